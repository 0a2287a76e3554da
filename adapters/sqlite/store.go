package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/adapters/internal/sqlcore"
	"github.com/vanphong-go/vanphong/calendar"
	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/documents/dispatch"
	"github.com/vanphong-go/vanphong/documents/incoming"
	"github.com/vanphong-go/vanphong/meetings"
	"github.com/vanphong-go/vanphong/meetings/followup"
)

// Options say how a store is opened. The zero Options, and nil, are the
// defaults.
type Options struct {
	// ReadOnly opens the file for reading: View and Changes work, Update
	// returns an error of kind [ErrReadOnly]. The file must exist with the
	// schema of this version.
	ReadOnly bool
	// KeepSchema forbids Open to create or change tables; the file must have
	// the schema of this version, see [Migrations].
	KeepSchema bool
	// Adopt lets Open add its tables (vp_…) to a database of another program.
	Adopt bool
	// MaxBatch is how many updates may share a transaction, 256 if zero. With 1
	// each has its own, which is slower for everybody who waits.
	MaxBatch int
	// Patience is how long an update waits for another process to release the
	// file, and a read until fewer than 64 others run, 30 seconds if zero. The
	// context can end the wait before. A read begun inside another, as in the
	// body of a walk, counts as one more.
	Patience time.Duration
}

// 256 functions of a few rows each stay a short transaction, so nobody waits
// long for the others. 30 seconds are far above what another process should
// hold the lock for.
const (
	defaultBatch    = 256
	defaultPatience = 30 * time.Second
)

// A copy is returned, so that changing the options later changes nothing.
func (o *Options) withDefaults() Options {
	var out Options
	if o != nil {
		out = *o
	}
	if out.MaxBatch == 0 {
		out.MaxBatch = defaultBatch
	}
	if out.Patience == 0 {
		out.Patience = defaultPatience
	}
	return out
}

// Store keeps everything in one SQLite file. It is safe for use by many
// goroutines, and the file by many processes.
//
// Updates of all ports and organisations run one after the other; an Update
// must not be asked for inside the function given to another: it would wait
// for itself until its context ends. Reads run beside them, each over the
// state at its beginning.
//
// Why one writer: SQLite has one write lock a file, so a second connection
// could only wait for it, less fairly than a queue.
type Store struct {
	path   string
	opt    Options
	use    *use
	writer *sql.DB
	group  *sqlcore.Group
	readDB *sql.DB
	reads  *sqlcore.Views

	mu     sync.Mutex
	closed bool
	views  sync.WaitGroup // reads that are running
	once   sync.Once
	err    error
}

// Open opens the database file at path, or creates it; the folder must exist.
// The tables are brought up to this version and checked.
//
// A file that is no database, or another program's, is refused and left as it
// was: the error is an [*Error] of kind [ErrNotDatabase], [ErrForeign],
// [ErrSchema], [ErrCorrupt], [ErrReadOnly] or [ErrBusy]. Without
// Options.ReadOnly a file that cannot be written is refused here. ctx bounds the opening
// only.
func Open(ctx context.Context, path string, opt *Options) (*Store, error) {
	o := opt.withDefaults()
	if o.MaxBatch < 0 || o.Patience < 0 {
		return nil, vanphong.NewInputError("options", "a negative value", "MaxBatch and Patience of 0 or more", nil)
	}
	// A memory database would be another one on each connection, and a URI
	// could carry options that undo ours.
	if path == "" || strings.ContainsRune(path, 0) || strings.HasPrefix(path, ":memory:") || strings.HasPrefix(path, "file:") {
		return nil, vanphong.NewInputError("path", path, "the path of a file (a store in memory is documents.NewMemory)", nil)
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, &Error{Path: path, Op: "open", Err: err}
	}
	// From the cheapest look to the dearest: path, header, tables. Only then
	// is anything opened for writing, so that a wrong path costs nobody's
	// file.
	exists, err := checkPath(path, o.ReadOnly)
	if err != nil {
		return nil, err
	}
	use, err := enter(path, exists)
	if err != nil {
		return nil, err
	}
	s, err := open(ctx, path, exists, o)
	if err != nil {
		use.leave()
		return nil, err
	}
	s.use = use
	return s, nil
}

// open is Open on a file that is entered as in use.
func open(ctx context.Context, path string, exists bool, o Options) (*Store, error) {
	var err error
	switch {
	case exists:
		err = inspect(ctx, path, o)
	case o.KeepSchema:
		err = schemaError(path, "there are no tables yet: run Migrate")
	}
	if err != nil {
		return nil, err
	}
	s := &Store{path: path, opt: o}
	// Nothing is opened by this: readers connect when they are asked for.
	s.openReaders()
	if !o.ReadOnly {
		err = s.openWriter(ctx)
	}
	if err != nil {
		s.closeFiles()
		return nil, err
	}
	return s, nil
}

// writerParams make every commit durable (FULL), and keep 16 MB of pages and of
// log before they are moved, so that a batch rarely waits for the file itself.
//
// foreign_keys is off in SQLite unless asked for; without it an event could be
// stored for a series that is not there.
var writerParams = []string{
	waitForLock, "_pragma=synchronous(FULL)", "_pragma=foreign_keys(1)", "_pragma=temp_store(MEMORY)",
	"_pragma=cache_size(-16000)", "_pragma=wal_autocheckpoint(4000)",
}

// openWriter opens the one connection that writes.
func (s *Store) openWriter(ctx context.Context) error {
	var err error
	s.writer, err = sql.Open("sqlite", dsn(s.path, writerParams...))
	if err != nil {
		return fail(s.path, "open", err)
	}
	s.writer.SetMaxOpenConns(1)
	conn, err := s.writer.Conn(ctx)
	if err != nil {
		return fail(s.path, "open", err)
	}
	defer conn.Close() // the pool keeps it for the group
	if err := prepareFile(ctx, conn, s.path, s.opt); err != nil {
		return err
	}
	// From here on the group does the waiting, in shorter steps than SQLite.
	if _, err := conn.ExecContext(ctx, "PRAGMA busy_timeout = 2"); err != nil {
		return fail(s.path, "open", err)
	}
	d := s.dialect()
	s.group = sqlcore.NewGroup(d, sqlcore.GroupOptions{
		MaxBatch: s.opt.MaxBatch, Sessions: 1, Patience: s.opt.Patience, Closed: s.closedError(),
		Connect: func() (*sqlcore.Session, error) { return sqlcore.Connect(context.Background(), s.writer, d) },
	})
	return nil
}

// dialect returns SQLite's dialect, with the file's path in its errors.
func (s *Store) dialect() *sqlcore.Dialect { return dialect(s.path) }

func dialect(path string) *sqlcore.Dialect {
	return &sqlcore.Dialect{
		Begin: "BEGIN IMMEDIATE",
		// Not IMMEDIATE: a reader takes no lock that a writer would have to wait
		// for.
		View:      "BEGIN",
		Limit:     " LIMIT ?",
		Words:     words,
		Unindexed: func(column string) string { return "+" + column },
		KeyFirst:  true,
		// 32 rows of 16 columns stay under the 999 arguments of an old SQLite.
		Chunks: []int{32, 8, 1},
		Fail:   func(op string, err error) error { return fail(path, op, err) },
		Judge: func(err error) sqlcore.Verdict {
			if errors.Is(err, ErrBusy) {
				return sqlcore.Busy
			}
			return sqlcore.Final
		},
	}
}

// Close lets running calls finish, ends every goroutine of the store and
// closes the file. Later calls get an error that wraps vanphong.ErrClosed;
// closing again does nothing.
func (s *Store) Close() error {
	s.once.Do(func() {
		s.mu.Lock()
		s.closed = true
		s.mu.Unlock()
		if s.group != nil {
			s.group.Close()
		}
		s.views.Wait()
		s.err = s.closeFiles()
		s.use.leave()
	})
	return s.err
}

func (s *Store) closeFiles() error {
	errs := []error{s.reads.Close()}
	if s.writer != nil {
		errs = append(errs, s.writer.Close())
	}
	if err := errors.Join(errs...); err != nil {
		return fail(s.path, "close", err)
	}
	return nil
}

// Path returns the absolute path of the file.
func (s *Store) Path() string { return s.path }

// Documents returns the register's port (văn bản đi).
func (s *Store) Documents() documents.Store { return sqlcore.Documents(access{s}) }

// Calendar returns the port of weekly schedules and registrations (lịch công
// tác).
func (s *Store) Calendar() calendar.Store { return sqlcore.Calendar(access{s}) }

// Meetings returns the port of rolls, meetings and conclusions (hội nghị, kết
// luận).
func (s *Store) Meetings() meetings.Store { return sqlcore.Meetings(access{s}) }

// FollowUp returns the port of tasks (theo dõi nhiệm vụ).
func (s *Store) FollowUp() followup.Store { return sqlcore.FollowUp(access{s}) }

// Dispatch returns the port of recipients and deliveries (nơi nhận, phát hành,
// thu hồi).
func (s *Store) Dispatch() dispatch.Store { return sqlcore.Dispatch(access{s}) }

// Incoming returns the port of arrival books and documents that arrive (văn
// bản đến).
func (s *Store) Incoming() incoming.Store { return sqlcore.Incoming(access{s}) }

// Verify proves that no row of an organisation was deleted or edited past the
// store, in any table. It returns the first place where something does not
// fit: a [*documents.ChainError] for a ledger, a [*RowError] for anything
// else. It reads everything that the organisation has.
//
// It cannot find what leaves no trace at all: an organisation of which every
// row is gone, or a file replaced by an older copy of itself. The
// closings that were printed are against that, see [documents.Closing.Check].
func (s *Store) Verify(ctx context.Context, org vanphong.OrgID) error {
	return sqlcore.Verify(ctx, access{s}, org)
}

// VerifyAll verifies every organisation of the file, and the file itself.
func (s *Store) VerifyAll(ctx context.Context) error {
	if err := s.checkFile(ctx); err != nil {
		return err
	}
	orgs, err := s.Organisations(ctx)
	if err != nil {
		return err
	}
	for _, org := range orgs {
		if err := s.Verify(ctx, org); err != nil {
			return fmt.Errorf("organisation %s: %w", org, err)
		}
	}
	return nil
}

// Organisations returns the organisations that have anything in the file, in
// the order of their ids.
func (s *Store) Organisations(ctx context.Context) ([]vanphong.OrgID, error) {
	return sqlcore.Organisations(ctx, access{s})
}

// RowError is a row that was changed past the store; see [Store.Verify].
type RowError = sqlcore.RowError

// Panic is what an Update or View returns for a function that panicked.
type Panic = sqlcore.Panic

// checkFile has SQLite check the structure of the whole file.
func (s *Store) checkFile(ctx context.Context) error {
	if err := s.beginView(); err != nil {
		return err
	}
	defer s.views.Done()
	var found string
	if err := s.readDB.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&found); err != nil {
		return fail(s.path, "verify", err)
	}
	if found != "ok" {
		return &Error{Path: s.path, Op: "verify", Kind: ErrCorrupt, Hint: found + ": keep a copy of the file and restore the last backup"}
	}
	if err := checkWords(ctx, s.readDB); err != nil {
		if row := (*RowError)(nil); errors.As(err, &row) {
			return err
		}
		return fail(s.path, "verify", err)
	}
	return nil
}

// access reaches the database for the ports.
type access struct{ s *Store }

// Update implements sqlcore.Access.
func (a access) Update(ctx context.Context, org vanphong.OrgID, fn func(*sqlcore.Work) error) error {
	if a.s.group == nil {
		return &Error{Path: a.s.path, Op: "update", Kind: ErrReadOnly, Hint: "it was opened with Options.ReadOnly"}
	}
	return a.s.group.Do(ctx, org, fn)
}

// View implements sqlcore.Access.
func (a access) View(ctx context.Context, fn func(*sqlcore.Work) error) error {
	if err := a.s.beginView(); err != nil {
		return err
	}
	defer a.s.views.Done()
	return a.s.reads.View(ctx, fn)
}

func (s *Store) closedError() error {
	return &Error{Path: s.path, Op: "use", Hint: "the store was closed: open it again", Err: vanphong.ErrClosed}
}

func (s *Store) beginView() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return s.closedError()
	}
	s.views.Add(1)
	return nil
}
