package sqlite

import (
	"context"
	"database/sql"
	"os"
	"sync"

	"github.com/vanphong-go/vanphong/adapters/internal/sqlcore"
)

// maxReaders bounds the reads that run at once, each on a connection of its
// own; keptReaders is how many idle ones stay open, with their statements.
//
// A connection is a file handle and a cache of pages: 64 are plenty for a
// server of one office, and four idle ones serve its usual traffic without
// preparing statements again.
const (
	maxReaders  = 64
	keptReaders = 4
)

// readers are the connections that only read. In write-ahead mode they neither
// wait for the writer nor hold it up.
//
// A writer must not be one of them, for it has statements and settings of its
// own; query_only makes an accident an error.
type readers struct {
	db *sql.DB
	d  *sqlcore.Dialect

	// slots bounds the views that run at a time. The pool of database/sql is
	// not asked to: it does not know of the idle ones kept here, and a view that
	// waited for it would not be woken when one of them comes back.
	slots chan struct{}

	mu   sync.Mutex
	idle []*reader
}

type reader struct {
	conn *sql.Conn
	s    *sqlcore.Session
}

// frozen is looked at once, when the store is opened: a file on a disc stays
// there.
func newReaders(path string, d *sqlcore.Dialect, readOnly bool) *readers {
	params := []string{waitForLock, "_pragma=query_only(1)"}
	if readOnly {
		params = append(params, "mode=ro")
		if frozen(path) {
			params = append(params, "immutable=1")
		}
	}
	// Open only fails for a driver that does not exist; this one is imported.
	db, _ := sql.Open("sqlite", dsn(path, params...))
	db.SetMaxIdleConns(0) // the idle ones are kept here, prepared
	return &readers{db: db, d: d, slots: make(chan struct{}, maxReaders)}
}

func (r *readers) get(ctx context.Context) (*reader, error) {
	r.mu.Lock()
	// The one used last comes first: its cache is the warmest.
	if n := len(r.idle); n > 0 {
		got := r.idle[n-1]
		r.idle = r.idle[:n-1]
		r.mu.Unlock()
		return got, nil
	}
	r.mu.Unlock()
	conn, err := r.db.Conn(ctx)
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, r.d.Fail("read", err)
	}
	return &reader{conn, sqlcore.NewSession(conn, r.d)}, nil
}

// put keeps a connection whose transaction has ended. One in doubt is closed
// instead and never comes here.
func (r *readers) put(got *reader) {
	r.mu.Lock()
	if len(r.idle) < keptReaders {
		r.idle = append(r.idle, got)
		got = nil
	}
	r.mu.Unlock()
	if got != nil {
		got.close()
	}
}

func (r *reader) close() {
	r.s.Close()
	_ = r.conn.Close()
}

// view runs fn in a transaction that reads: one state, the present one.
func (r *readers) view(ctx context.Context, fn func(*sqlcore.Work) error) error {
	select {
	case r.slots <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-r.slots }()
	got, err := r.get(ctx)
	if err != nil {
		return err
	}
	// Not IMMEDIATE: a reader takes no lock that a writer would have to wait
	// for.
	if err := got.s.Exec("begin", "BEGIN"); err != nil {
		got.close()
		return err
	}
	ended := false
	// Deferred, for fn may end its goroutine.
	defer func() {
		if !ended {
			_ = got.s.Exec("end", "ROLLBACK")
			got.close()
		}
	}()
	if err = got.s.Pin(); err == nil {
		err = sqlcore.View(ctx, got.s, fn)
	}
	// Nothing was written, so COMMIT and ROLLBACK are alike; this one cannot
	// fail for a reason of fn's.
	if end := got.s.Exec("end", "ROLLBACK"); end != nil {
		return err
	}
	ended = true
	r.put(got)
	return err
}

func (r *readers) close() error {
	r.mu.Lock()
	idle := r.idle
	r.idle = nil
	r.mu.Unlock()
	for _, got := range idle {
		got.close()
	}
	return r.db.Close()
}

// frozen reports whether nobody can be writing to a file: no log stands beside
// it and none can be made. Only then may SQLite read it without locks, as from
// a disc or a protected backup folder.
//
// With a log or with a writable folder the locks are needed: reading without
// them a file that changes gives answers which were never true.
func frozen(path string) bool {
	_, err := os.Stat(path + "-wal")
	return err != nil && checkFolder(path) != nil
}
