package sqlcore

import (
	"context"
	"fmt"
	"runtime/debug"

	"github.com/vanphong-go/vanphong"
)

// Work is what has been read and written in one transaction and has not
// reached the database yet. Reads look here first. A nil map is read as empty,
// so that a Work for reading only is one with nothing but its session.
//
// Undoing is a list of closures and not a copy of the maps: a batch is many
// small functions over what may be thousands of rows, and nearly all of them
// succeed.
type Work struct {
	s      *Session
	ledger ledger
	shelf  shelf
	asked  *asked   // nil unless a batch is being gathered
	undo   []func() // how to take back each write, in order
	writes int
}

// NewWork returns an empty layer over an open transaction that will write.
func NewWork(s *Session) *Work {
	return &Work{s: s, ledger: newLedger(), shelf: newShelf()}
}

// readOnly returns a layer that holds nothing.
//
// Its callers have no Put, so the nil maps are never written.
func readOnly(s *Session) *Work { return &Work{s: s} }

// wrote counts a write and remembers how to take it back.
func (w *Work) wrote(undo func()) {
	w.writes++
	w.undo = append(w.undo, undo)
}

// rollback takes back every write after the first n.
//
// The last first, for it may have been made over an earlier one.
func (w *Work) rollback(n int) {
	for i := len(w.undo) - 1; i >= n; i-- {
		w.undo[i]()
		w.undo[i] = nil
	}
	w.writes -= len(w.undo) - n
	w.undo = w.undo[:n]
}

// Dirty reports whether there is anything to write.
func (w *Work) Dirty() bool { return w.writes > 0 }

// Flush writes everything into the open transaction.
//
// Ledger and shelf have no table in common, so their order is of no account.
func (w *Work) Flush() error {
	if err := w.ledger.flush(w.s); err != nil {
		return err
	}
	if err := w.shelf.flush(w.s); err != nil {
		return err
	}
	return w.s.send()
}

// Panic is the error of a caller's function that panicked. What it wrote was
// undone.
type Panic struct {
	Value any    // what it panicked with
	Stack []byte // where
}

// Error tells the value; the stack is in the field.
func (p *Panic) Error() string {
	return fmt.Sprintf("panic in the function given to Update: %v", p.Value)
}

// Unwrap returns the value if it is an error.
func (p *Panic) Unwrap() error {
	err, _ := p.Value.(error)
	return err
}

// attempt runs fn once over w and takes back what it wrote unless it returned
// nil and its context is still alive. finished is false while fn runs, and
// stays so if fn ends its goroutine.
//
// The context is asked once more after fn: one that ended meanwhile undoes
// what was written even if fn took no notice, as the port's contract says.
func attempt(ctx context.Context, w *Work, fn func(*Work) error, finished *bool) (err error) {
	mark := len(w.undo)
	*finished = false
	keep := false
	defer func() {
		// A Goexit is no panic: recover returns nil then, and finished stays
		// false.
		if v := recover(); v != nil {
			err = &Panic{Value: v, Stack: debug.Stack()}
			*finished = true
		}
		if !keep {
			w.rollback(mark)
		}
	}()
	if err := ctx.Err(); err != nil {
		*finished = true
		return err
	}
	err = fn(w)
	if err == nil {
		err = ctx.Err()
	}
	keep, *finished = err == nil, true
	return err
}

// errDone is for a Reader or Tx kept beyond the function it was given to.
var errDone = fmt.Errorf("the function it was given to has returned: %w", vanphong.ErrClosed)

// scope is what the readers of all ports have in common: whose records, under
// whose context, and whether the time to use it is over.
//
// done is set and read by the goroutine that runs fn, hence no lock.
type scope struct {
	ctx  context.Context
	org  vanphong.OrgID
	w    *Work
	done bool
}

// live returns the error that every method of a reader begins with.
//
// done is asked before the context, which has mostly ended as well when a
// Reader was kept: "closed" says what to mend.
func (sc *scope) live() error {
	if sc.done {
		return errDone
	}
	return sc.ctx.Err()
}

// checkOrg comes before a transaction is asked for: an empty organisation would
// be a partition of its own that nobody could list.
func checkOrg(org vanphong.OrgID) error { return vanphong.CheckID("org", org) }

// conflict and notFound name the field and what it should be, as every error
// of the SDK about a value does, so that callers of all stores read alike.
func conflict(field, value, want string) error {
	return vanphong.NewInputError(field, value, want, vanphong.ErrConflict)
}

func notFound(field, value string) error {
	return vanphong.NewInputError(field, value, "one that this organisation has", vanphong.ErrNotFound)
}
