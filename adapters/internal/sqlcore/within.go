package sqlcore

import (
	"context"
	"database/sql"

	"github.com/vanphong-go/vanphong"
)

// within is the access inside a transaction of the caller's.
//
// One Session for the whole transaction: its statements are prepared once, and
// database/sql closes them with the transaction.
type within struct{ s *Session }

// NewWithin returns the access inside tx. Inside none, every call is an error.
func NewWithin(tx *sql.Tx, d *Dialect) Access {
	if tx == nil {
		return nowhere{}
	}
	return within{NewSession(tx, d)}
}

// nowhere is the access of a caller who has no transaction, most often because the
// error of its beginning was not looked at.
type nowhere struct{}

func (nowhere) err() error {
	return vanphong.NewInputError("tx", "nil", "a transaction that was begun", nil)
}

// Update implements Access.
func (n nowhere) Update(context.Context, vanphong.OrgID, func(*Work) error) error { return n.err() }

// View implements Access.
func (n nowhere) View(context.Context, func(*Work) error) error { return n.err() }

// A savepoint bounds one Update or View, so that a statement which fails takes
// with it what was written just before, and nothing of the caller's.
//
// It is set before anything is read: to some databases a transaction in which
// one statement failed, were it a question, is lost to its last savepoint.
const (
	setSavepoint  = "SAVEPOINT vp_update"
	dropSavepoint = "RELEASE SAVEPOINT vp_update"
	undoSavepoint = "ROLLBACK TO SAVEPOINT vp_update"
)

// Update implements Access. fn writes into a Work, which costs the transaction
// nothing if fn fails.
//
// Flush comes at the end of each Update and not of the transaction, so that
// the caller's own SQL between two of them sees our rows like any others. The
// organisation's lock is kept until the caller's transaction ends.
func (in within) Update(ctx context.Context, org vanphong.OrgID, fn func(*Work) error) error {
	begin := setSavepoint
	if in.s.d.Lock != nil {
		begin += "; " + in.s.d.Lock(org)
	}
	return in.bounded(begin, func() error {
		w := NewWork(in.s)
		// Only Group has to tell a Goexit from a return; here it unwinds into the
		// caller, whose transaction and goroutine they are.
		var finished bool
		if err := attempt(ctx, w, fn, &finished); err != nil || !w.Dirty() {
			return err
		}
		return w.Flush()
	})
}

// View implements Access.
func (in within) View(ctx context.Context, fn func(*Work) error) error {
	return in.bounded(setSavepoint, func() error { return View(ctx, in.s, fn) })
}

// bounded runs do between a savepoint and its release. What do has written is
// undone if it fails, or if a statement failed and do took no notice.
func (in within) bounded(begin string, do func() error) (err error) {
	in.s.broken = nil
	if err := in.s.Exec("set savepoint", begin); err != nil {
		// The lock may be what was refused, behind the savepoint. Without a
		// savepoint this fails too, and says nothing new.
		if in.s.d.Lock != nil {
			in.undo()
		}
		return err
	}
	ended := false
	defer func() {
		if !ended { // the goroutine is ending
			in.undo()
		}
	}()
	err = do()
	ended = true
	if err == nil {
		err = in.s.broken
	}
	if err != nil {
		in.undo()
		return err
	}
	return in.s.Exec("release savepoint", dropSavepoint)
}

// undo takes back what was written since the savepoint. If that fails the
// transaction itself is gone, and the error at hand says why.
func (in within) undo() {
	if in.s.Exec("undo", undoSavepoint) == nil {
		_ = in.s.Exec("release savepoint", dropSavepoint)
	}
}
