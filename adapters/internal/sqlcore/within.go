package sqlcore

import (
	"context"
	"database/sql"
)

// within is the access inside a transaction of the caller's.
//
// One Session for the whole transaction: its statements are prepared once, and
// database/sql closes them with the transaction.
type within struct{ s *Session }

// NewWithin returns the access inside tx.
func NewWithin(tx *sql.Tx, d *Dialect) Access { return within{NewSession(tx, d)} }

// savepoint bounds the writing of one Update, so that a statement which fails
// takes with it the rows written just before, and nothing of the caller's.
const savepoint = "vp_update"

// Update implements Access. fn writes into a Work, which costs the transaction
// nothing if fn fails.
//
// Flush comes at the end of each Update and not of the transaction, so that
// the caller's own SQL between two of them sees our rows like any others.
func (in within) Update(ctx context.Context, fn func(*Work) error) error {
	w := NewWork(in.s)
	// Only Group has to tell a Goexit from a return; here it unwinds into the
	// caller, whose transaction and goroutine they are.
	var finished bool
	if err := attempt(ctx, w, fn, &finished); err != nil || !w.Dirty() {
		return err
	}
	if err := in.s.Exec("set savepoint", "SAVEPOINT "+savepoint); err != nil {
		return err
	}
	err := w.Flush()
	if err == nil {
		return in.s.Exec("release savepoint", "RELEASE SAVEPOINT "+savepoint)
	}
	if undo := in.s.Exec("undo", "ROLLBACK TO SAVEPOINT "+savepoint); undo != nil {
		return err // the transaction itself is gone; err says why
	}
	// What was written is undone; a savepoint left behind does no harm, and err
	// is what the caller must hear.
	_ = in.s.Exec("release savepoint", "RELEASE SAVEPOINT "+savepoint)
	return err
}

// View implements Access.
func (in within) View(ctx context.Context, fn func(*Work) error) error {
	return View(ctx, in.s, fn)
}
