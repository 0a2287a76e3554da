package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

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
	// Migrate lets Open create the tables or bring them up to date. Without it
	// no schema is ever changed: the tables must be there as this version
	// expects them, see [Migrate] and [Migrations].
	Migrate bool
	// MaxBatch is how many updates may share a transaction, 256 if zero. With 1
	// each has its own, which is slower for everybody who waits.
	MaxBatch int
	// Patience is how long an update waits for a lock that somebody else holds,
	// and for a server that is starting again, and how long a read waits until
	// one of Readers is free; 30 seconds if zero. The context can end the wait
	// before.
	Patience time.Duration
	// StatementTimeout bounds each statement of an update, 30 seconds if zero.
	StatementTimeout time.Duration
	// Writers and Readers are how many connections may write and read at a time,
	// 8 and 16 if zero. They are opened when they are wanted; an organisation
	// never uses more than one to write. A read begun inside another, as in the
	// body of a walk, needs a second connection.
	Writers, Readers int
}

// Eight and sixteen leave room for four such programs under the hundred
// connections that a server allows by itself.
const (
	defaultBatch    = 256
	defaultPatience = 30 * time.Second
	defaultTimeout  = 30 * time.Second
	defaultWriters  = 8
	defaultReaders  = 16
	keptReaders     = 4
)

// A copy is returned, so that changing the options later changes nothing.
func (o *Options) withDefaults() (Options, error) {
	var out Options
	if o != nil {
		out = *o
	}
	if out.MaxBatch < 0 || out.Patience < 0 || out.StatementTimeout < 0 || out.Writers < 0 || out.Readers < 0 {
		return out, vanphong.NewInputError("options", "a negative value", "bounds of 0 or more", nil)
	}
	setDefault(&out.MaxBatch, defaultBatch)
	setDefault(&out.Patience, defaultPatience)
	setDefault(&out.StatementTimeout, defaultTimeout)
	setDefault(&out.Writers, defaultWriters)
	setDefault(&out.Readers, defaultReaders)
	return out, nil
}

func setDefault[T int | time.Duration](v *T, to T) {
	if *v == 0 {
		*v = to
	}
}

// Store keeps everything in one PostgreSQL database. It is safe for use by
// many goroutines, and the database by many processes.
//
// Updates of one organisation run one after the other, those of several side
// by side; an Update must not be asked for inside the function given to
// another of the same organisation: it would wait for itself until its context
// ends. Reads run beside them, each over the state at its beginning.
//
// A function given to an Update may run again, as its port says. When many
// share a transaction it also is run once as far as its first look into the
// database, which is refused with an error, so that what they all want to know
// is fetched at once.
type Store struct {
	db    *sql.DB
	group *sqlcore.Group
	reads *sqlcore.Views

	mu     sync.Mutex
	closed bool
	views  sync.WaitGroup // reads that are running
	once   sync.Once
	err    error
}

// Open connects to a database and checks its tables. dsn is a URL
// (postgres://…) or a list of settings (host=… dbname=…), as libpq reads them;
// what it leaves out is taken from the environment (PGHOST …). The tables are
// looked for along the role's search_path, and made in the first schema of it.
//
// The error is an [*Error] of kind [ErrSchema], [ErrDenied], [ErrUnreachable]
// or [ErrReadOnly], or one that says what is wrong with the dsn; no error holds
// the password. ctx bounds the opening only.
func Open(ctx context.Context, dsn string, opt *Options) (*Store, error) {
	o, err := opt.withDefaults()
	if err != nil {
		return nil, err
	}
	cfg, err := parse(dsn)
	if err != nil {
		return nil, err
	}
	db := stdlib.OpenDB(*cfg)
	if err := prepare(ctx, db, o); err != nil {
		_ = db.Close()
		return nil, err
	}
	d := writing(o)
	return &Store{
		db: db,
		reads: sqlcore.NewViews(db, dialect(), sqlcore.ViewOptions{
			Most: o.Readers, Kept: keptReaders, Patience: o.Patience,
			Full: &Error{Op: "view", Kind: ErrBusy, Hint: sqlcore.FullHint + ", or raise Options.Readers"},
		}),
		group: sqlcore.NewGroup(d, sqlcore.GroupOptions{
			MaxBatch: o.MaxBatch, Sessions: o.Writers, Patience: o.Patience, Closed: closedError(),
			Connect: func() (*sqlcore.Session, error) { return sqlcore.Connect(context.Background(), db, d) },
		}),
	}, nil
}

// parse reads a dsn and adds what a store needs to notice a dead server.
func parse(dsn string) (*pgx.ConnConfig, error) {
	cfg, err := pgx.ParseConfig(dsn)
	if err != nil {
		// The driver's text leaves the password out where it finds it, but it
		// may not find it in what it cannot read: so nothing is quoted.
		return nil, vanphong.NewInputError("dsn", "", "postgres://role@host/database or host=… dbname=…, as libpq reads it", nil)
	}
	// The driver takes what follows the first @ of "role:pass@word@host" for the
	// host and writes it into its errors; a host has none.
	if strings.Contains(cfg.Host, "@") {
		return nil, vanphong.NewInputError("dsn", "", "a password in which @ is written as %40", nil)
	}
	// The driver would wait two minutes for a server that does not answer.
	if cfg.ConnectTimeout == 0 || cfg.ConnectTimeout > time.Minute {
		cfg.ConnectTimeout = 10 * time.Second
	}
	// A cable that was pulled is noticed within half a minute, also by a reader
	// whose statements have no bound.
	dialer := &net.Dialer{Timeout: cfg.ConnectTimeout,
		KeepAliveConfig: net.KeepAliveConfig{Enable: true, Idle: 15 * time.Second, Interval: 5 * time.Second, Count: 3}}
	cfg.DialFunc = dialer.DialContext
	if cfg.RuntimeParams["application_name"] == "" {
		cfg.RuntimeParams["application_name"] = "vanphong"
	}
	return cfg, nil
}

// prepare looks at the database, and changes its schema if that was asked for.
func prepare(ctx context.Context, db *sql.DB, o Options) error {
	var encoding string
	if err := db.QueryRowContext(ctx, "SHOW server_encoding").Scan(&encoding); err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return fail("open", err)
	}
	// Another one cannot hold every letter, or counts bytes as letters.
	if !strings.EqualFold(encoding, "UTF8") {
		return schemaError(fmt.Sprintf("the database's encoding is %s: create one with ENCODING 'UTF8'", encoding))
	}
	if o.Migrate {
		if err := Migrate(ctx, db); err != nil {
			return err
		}
	}
	return CheckSchema(ctx, db)
}

// Close lets running calls finish, ends every goroutine of the store and
// closes its connections. Later calls get an error that wraps
// vanphong.ErrClosed; closing again does nothing.
func (s *Store) Close() error {
	s.once.Do(func() {
		s.mu.Lock()
		s.closed = true
		s.mu.Unlock()
		s.group.Close()
		s.views.Wait()
		if err := s.reads.Close(); err != nil { // the pool, too
			s.err = fail("close", err)
		}
	})
	return s.err
}

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
// row is gone, or a database restored from an older dump of itself. The closings
// that were printed are against that, see [documents.Closing.Check].
func (s *Store) Verify(ctx context.Context, org vanphong.OrgID) error {
	return sqlcore.Verify(ctx, access{s}, org)
}

// VerifyAll verifies every organisation of the database. Damage to the files
// below it is the server's to find (pg_amcheck, data checksums).
func (s *Store) VerifyAll(ctx context.Context) error {
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

// Organisations returns the organisations that have anything in the database,
// in the order of their ids.
func (s *Store) Organisations(ctx context.Context) ([]vanphong.OrgID, error) {
	return sqlcore.Organisations(ctx, access{s})
}

// RowError is a row that was changed past the store; see [Store.Verify].
type RowError = sqlcore.RowError

// Panic is what an Update or View returns for a function that panicked.
type Panic = sqlcore.Panic

// access reaches the database for the ports.
type access struct{ s *Store }

// Update implements sqlcore.Access.
func (a access) Update(ctx context.Context, org vanphong.OrgID, fn func(*sqlcore.Work) error) error {
	return inPlain(a.s.group.Do(ctx, org, fn))
}

// inPlain tells a caller that what the store repeated until its patience ran
// out was somebody else's doing: the caller has nothing to roll back.
func inPlain(err error) error {
	var e *Error
	if errors.As(err, &e) && e.Kind == ErrRepeat {
		return &Error{Op: e.Op, Kind: ErrBusy, Code: e.Code, Err: e.Err, Hint: "other transactions got in the way again and again: try again; nothing was stored"}
	}
	return err
}

// View implements sqlcore.Access.
func (a access) View(ctx context.Context, fn func(*sqlcore.Work) error) error {
	a.s.mu.Lock()
	if a.s.closed {
		a.s.mu.Unlock()
		return closedError()
	}
	a.s.views.Add(1)
	a.s.mu.Unlock()
	defer a.s.views.Done()
	return a.s.reads.View(ctx, fn)
}

func closedError() error {
	return &Error{Op: "use", Hint: "the store was closed: open it again", Err: vanphong.ErrClosed}
}
