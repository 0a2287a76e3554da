package sqlcore

import (
	"context"
	"database/sql"
	"sync"
	"time"
)

// Views are the connections that only read, each view in a transaction of its
// own: one state, the present one at its beginning.
type Views struct {
	db   *sql.DB
	d    *Dialect
	kept int

	// slots bounds the views that run at a time. The pool of database/sql is
	// not asked to: it does not know of the idle ones kept here, and a view that
	// waited for it would not be woken when one of them comes back.
	slots chan struct{}
	// patience bounds the wait for a slot, and full is what it ends with. A walk
	// inside a walk holds one slot and wants another; as many of them at a time as
	// there are slots would wait for each other for ever.
	patience time.Duration
	full     error

	mu   sync.Mutex
	idle []*Session
}

// FullHint is what an adapter's error says when all views are taken.
const FullHint = "too many reads at a time: a walk inside a walk holds two connections; gather the outer one first"

// ViewOptions are the bounds of [Views]. Zero is no default here.
type ViewOptions struct {
	Most     int           // views at a time
	Kept     int           // idle connections that stay open, with their statements
	Patience time.Duration // how long to wait until one of Most ends
	Full     error         // what a view returns for which that was too long
}

// NewViews returns views on connections of db. Nothing is opened by this.
func NewViews(db *sql.DB, d *Dialect, opt ViewOptions) *Views {
	db.SetMaxIdleConns(0) // the idle ones are kept here, prepared
	return &Views{db: db, d: d, kept: opt.Kept, slots: make(chan struct{}, opt.Most), patience: opt.Patience, full: opt.Full}
}

// enter takes a slot, which the caller gives back.
func (v *Views) enter(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	// Most find one free and need no timer.
	select {
	case v.slots <- struct{}{}:
		return nil
	default:
	}
	wait := time.NewTimer(v.patience)
	defer wait.Stop()
	select {
	case v.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	case <-wait.C:
		return v.full
	}
}

// get returns an idle connection, or a new one.
func (v *Views) get(ctx context.Context) (s *Session, idle bool, err error) {
	v.mu.Lock()
	// The one used last comes first: its cache is the warmest.
	if n := len(v.idle); n > 0 {
		s, v.idle = v.idle[n-1], v.idle[:n-1]
	}
	v.mu.Unlock()
	if s != nil {
		return s, true, nil
	}
	s, err = Connect(ctx, v.db, v.d)
	return s, false, err
}

// put keeps a connection whose transaction has ended. One in doubt is closed
// instead and never comes here.
func (v *Views) put(s *Session) {
	v.mu.Lock()
	if len(v.idle) < v.kept {
		v.idle = append(v.idle, s)
		s = nil
	}
	v.mu.Unlock()
	if s != nil {
		s.Close()
	}
}

// begin returns a connection with a transaction that sees the present state.
//
// A server that was started again leaves its idle connections dead, and one
// learns of it by using them: they are closed until one is alive or new.
func (v *Views) begin(ctx context.Context) (*Session, error) {
	for {
		s, idle, err := v.get(ctx)
		if err != nil {
			return nil, err
		}
		if v.d.Remote {
			s.ctx = ctx
		}
		if err = s.begin(v.d.View); err == nil {
			err = s.Pin()
		}
		if err == nil {
			return s, nil
		}
		s.Close()
		if !idle || v.d.judge(err) != Lost {
			return nil, err
		}
	}
}

// View runs fn in a transaction that reads; see [Access].
func (v *Views) View(ctx context.Context, fn func(*Work) error) error {
	if err := v.enter(ctx); err != nil {
		return err
	}
	defer func() { <-v.slots }()
	s, err := v.begin(ctx)
	if err != nil {
		return err
	}
	ended := false
	// Deferred, for fn may end its goroutine.
	defer func() {
		if !ended {
			s.ctx = nil
			_ = s.Exec("end", "ROLLBACK")
			s.Close()
		}
	}()
	err = View(ctx, s, fn)
	s.ctx = nil
	// Nothing was written, so COMMIT and ROLLBACK are alike; this one cannot
	// fail for a reason of fn's.
	if end := s.Exec("end", "ROLLBACK"); end != nil {
		return err
	}
	ended = true
	v.put(s)
	return err
}

// Close closes the idle connections and the pool.
func (v *Views) Close() error {
	v.mu.Lock()
	idle := v.idle
	v.idle = nil
	v.mu.Unlock()
	for _, s := range idle {
		s.Close()
	}
	return v.db.Close()
}
