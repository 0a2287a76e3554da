package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/adapters/internal/sqlcore"
	"github.com/vanphong-go/vanphong/documents"
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
	// file, 30 seconds if zero. Its context can end the wait before.
	Patience time.Duration
}

const (
	defaultBatch    = 256
	defaultPatience = 30 * time.Second
)

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
// must not be asked for inside the function given to another. Reads run beside
// them, each over the state at its beginning.
type Store struct {
	path   string
	opt    Options
	writer *sql.DB
	conn   *sql.Conn
	group  *sqlcore.Group
	reads  *readers

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
// [ErrSchema], [ErrCorrupt], [ErrReadOnly] or [ErrBusy]. ctx bounds the opening
// only.
func Open(ctx context.Context, path string, opt *Options) (*Store, error) {
	o := opt.withDefaults()
	if o.MaxBatch < 0 || o.Patience < 0 {
		return nil, vanphong.NewInputError("options", "a negative value", "MaxBatch and Patience of 0 or more", nil)
	}
	if path == "" || strings.ContainsRune(path, 0) || strings.HasPrefix(path, ":memory:") || strings.HasPrefix(path, "file:") {
		return nil, vanphong.NewInputError("path", path, "the path of a file (a store in memory is documents.NewMemory)", nil)
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, &Error{Path: path, Op: "open", Err: err}
	}
	exists, err := checkPath(path, o.ReadOnly)
	if err != nil {
		return nil, err
	}
	if exists {
		if err := inspect(ctx, path, o.Adopt || o.ReadOnly); err != nil {
			return nil, err
		}
	}
	s := &Store{path: path, opt: o}
	s.reads = newReaders(path, s.dialect(), o.ReadOnly)
	if o.ReadOnly {
		err = s.openReadOnly(ctx)
	} else {
		err = s.openWriter(ctx)
	}
	if err != nil {
		s.closeFiles()
		return nil, err
	}
	return s, nil
}

func (s *Store) openReadOnly(ctx context.Context) error {
	return checkSchema(ctx, s.reads.db, s.path)
}

// writerParams make every commit durable (FULL), and keep 16 MB of pages and of
// log before they are moved, so that a batch rarely waits for the file itself.
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
	if s.conn, err = s.writer.Conn(ctx); err != nil {
		return fail(s.path, "open", err)
	}
	if err := prepareFile(ctx, s.conn, s.path, s.opt); err != nil {
		return err
	}
	// From here on the group does the waiting, in shorter steps than SQLite.
	if _, err := s.conn.ExecContext(ctx, "PRAGMA busy_timeout = 2"); err != nil {
		return fail(s.path, "open", err)
	}
	s.group = sqlcore.NewGroup(sqlcore.NewSession(s.conn, s.dialect()),
		sqlcore.GroupOptions{MaxBatch: s.opt.MaxBatch, Patience: s.opt.Patience})
	return nil
}

// dialect returns SQLite's dialect, with the file's path in its errors.
func (s *Store) dialect() *sqlcore.Dialect { return dialect(s.path) }

func dialect(path string) *sqlcore.Dialect {
	return &sqlcore.Dialect{
		Begin: "BEGIN IMMEDIATE",
		Fail:  func(op string, err error) error { return fail(path, op, err) },
		Busy:  func(err error) bool { return errors.Is(err, ErrBusy) },
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
	})
	return s.err
}

func (s *Store) closeFiles() error {
	errs := []error{s.reads.close()}
	if s.conn != nil {
		errs = append(errs, s.conn.Close())
	}
	if s.writer != nil {
		errs = append(errs, s.writer.Close())
	}
	if err := errors.Join(errs...); err != nil {
		return fail(s.path, "close", err)
	}
	return nil
}

// Documents returns the register's port (văn bản đi).
func (s *Store) Documents() documents.Store { return sqlcore.Documents(access{s}) }

// access reaches the database for the ports.
type access struct{ s *Store }

// Update implements sqlcore.Access.
func (a access) Update(ctx context.Context, fn func(*sqlcore.Work) error) error {
	if a.s.group == nil {
		return &Error{Path: a.s.path, Op: "update", Kind: ErrReadOnly, Hint: "it was opened with Options.ReadOnly"}
	}
	return a.s.group.Do(ctx, fn)
}

// View implements sqlcore.Access.
func (a access) View(ctx context.Context, fn func(*sqlcore.Work) error) error {
	if err := a.s.beginView(); err != nil {
		return err
	}
	defer a.s.views.Done()
	return a.s.reads.view(ctx, fn)
}

func (s *Store) beginView() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return vanphong.ErrClosed
	}
	s.views.Add(1)
	return nil
}
