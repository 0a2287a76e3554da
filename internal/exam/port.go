package exam

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/vanphong-go/vanphong"
)

// Port says how to write to the stores of a port and what they then hold, for
// the rules that all ports of records have in common.
//
// Cases are written once, over these few functions; a rule that is put right
// is put right for all ports.
type Port[S Store[Tx, R], Tx, R any] struct {
	// Put writes one new record of each kind, named, and stops at the first that
	// is refused.
	Put func(tx Tx, org vanphong.OrgID, name string) error
	// Change reads the first record that Put wrote and puts it back changed, its
	// Last as it was.
	Change func(tx Tx, name string) error
	// Lines are the changes that Put leaves: kind, id, instant and actor.
	Lines func(name string) []vanphong.Change
	// State lists the records of an organisation.
	State func(t T, r R) []any
	// NoHoldUp says that the port promises views which hold up nobody.
	NoHoldUp bool
}

// Cases returns the rules of transactions and changes.
//
// The order is that of the questions a newcomer asks: what is undone, what is
// seen, what is told.
func (p Port[S, Tx, R]) Cases() []Case[S] {
	cases := []Case[S]{
		{"an error undoes everything and comes back unchanged", p.errorUndoes},
		{"a panic undoes everything and becomes an error", p.panicUndoes},
		{"a cancelled context undoes everything", p.cancelUndoes},
		{"a view sees one state", p.viewIsOneState},
		{"no change crosses organisations", p.noCrossChanges},
		{"changes come in the order of commits", p.changesInOrder},
		{"changes go on after a cursor", p.changesResume},
		{"changes show only what was committed", p.changesOnlyCommitted},
	}
	if p.NoHoldUp {
		cases = append(cases, Case[S]{"a view does not hold up an update", p.viewHoldsUpNobody})
	}
	return cases
}

func (p Port[S, Tx, R]) put(t T, s S, org vanphong.OrgID, names ...string) {
	t.Helper()
	Update(t, s, org, func(tx Tx) error {
		for _, name := range names {
			if err := p.Put(tx, org, name); err != nil {
				return fmt.Errorf("put %q: %w", name, err)
			}
		}
		return nil
	})
}

// state is all that an organisation has, its changes included.
//
// Records and changes together, since a store may undo the one and keep the
// other.
func (p Port[S, Tx, R]) state(t T, s S) (text string) {
	t.Helper()
	View(t, s, Here, func(r R) error { text = Text(t, p.State(t, r)); return nil })
	return text + Text(t, Changes(t, s, Here, 0))
}

// Empty fails the case if anything of an organisation is there.
func (p Port[S, Tx, R]) Empty(t T, s S, org vanphong.OrgID) {
	t.Helper()
	View(t, s, org, func(r R) error {
		if left := p.State(t, r); len(left) > 0 {
			t.Errorf("left behind: %s", Text(t, left))
		}
		return nil
	})
	if c := Changes(t, s, org, 0); len(c) > 0 {
		t.Errorf("changes left behind: %s", Lines(c))
	}
}

// undone holds that an update leaves nothing behind, on an empty store and on
// one with the record that it changes, and that the store is still of use.
//
// Twice, because a store may undo inserts and not updates.
func (p Port[S, Tx, R]) undone(t T, s S, update func(fn func(Tx) error) error, check func(error)) {
	t.Helper()
	check(update(func(tx Tx) error { return p.Put(tx, Here, "a") }))
	p.Empty(t, s, Here)
	// An id left taken is a trace, too: the step could not be run again.
	p.put(t, s, Here, "a") // the ids are free
	before := p.state(t, s)
	check(update(func(tx Tx) error { return errors.Join(p.Change(tx, "a"), p.Put(tx, Here, "b")) }))
	if after := p.state(t, s); after != before {
		t.Errorf("something was left behind:\n%s\nwant\n%s", after, before)
	}
	p.put(t, s, Here, "b")
}

// errorUndoes: an office's rule refuses the second of two records, and the
// first must not stay.
func (p Port[S, Tx, R]) errorUndoes(t T, s S) {
	own := fmt.Errorf("own: %w", ErrStop)
	p.undone(t, s, func(fn func(Tx) error) error {
		return s.Update(t.Context(), Here, func(tx Tx) error {
			if err := fn(tx); err != nil {
				return err
			}
			return own
		})
	}, func(err error) {
		if err != own { //nolint:errorlint // the very value is the rule
			t.Errorf("Update returned %v, want the function's own error unchanged", err)
		}
	})
	if err := s.View(t.Context(), Here, func(R) error { return own }); err != own { //nolint:errorlint // as above
		t.Errorf("View returned %v, want the function's own error unchanged", err)
	}
}

// panicUndoes: a fault in the caller's code must not leave half of what it
// wrote, nor end the server.
func (p Port[S, Tx, R]) panicUndoes(t T, s S) {
	p.undone(t, s, func(fn func(Tx) error) (err error) {
		defer func() {
			if p := recover(); p != nil {
				t.Errorf("the panic %v reached the caller", p)
			}
		}()
		return s.Update(t.Context(), Here, func(tx Tx) error {
			if err := fn(tx); err != nil {
				return err
			}
			panic("giữa chừng")
		})
	}, func(err error) {
		if err == nil {
			t.Errorf("Update returned no error for a panic")
		}
	})
}

// cancelUndoes: the user has gone away. Before, within, for views and for
// changes: each is another line of an adapter.
func (p Port[S, Tx, R]) cancelUndoes(t T, s S) {
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	err := s.Update(ended, Here, func(tx Tx) error { return p.Put(tx, Here, "a") })
	WantErr(t, "cancelled before", err, context.Canceled)
	p.undone(t, s, func(fn func(Tx) error) error {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		return s.Update(ctx, Here, func(tx Tx) error {
			err := fn(tx)
			cancel()
			return err
		})
	}, func(err error) { WantErr(t, "cancelled within", err, context.Canceled) })
	WantErr(t, "a view", s.View(ended, Here, func(R) error { return nil }), context.Canceled)
	for _, err = range s.Changes(ended, Here, 0) {
		break
	}
	WantErr(t, "changes", err, context.Canceled)
}

// viewIsOneState lets a writer try to commit in the middle of a view. A store
// may hold the writer back or let it pass; the view must not see it.
//
// A report made from two states adds up to neither.
func (p Port[S, Tx, R]) viewIsOneState(t T, s S) {
	p.put(t, s, Here, "a")
	wrote := make(chan error, 1)
	View(t, s, Here, func(r R) error {
		before := p.State(t, r)
		go func() {
			wrote <- s.Update(t.Context(), Here, func(tx Tx) error {
				return errors.Join(p.Change(tx, "a"), p.Put(tx, Here, "b"))
			})
		}()
		// Either way is allowed, so only a bound of time can tell; a fifth of
		// a second is ample for a store that lets it pass.
		select {
		case err := <-wrote:
			wrote <- err
		case <-time.After(200 * time.Millisecond):
		}
		Same(t, "the records later in the view", p.State(t, r), before)
		return nil
	})
	if err := <-wrote; err != nil {
		t.Errorf("the writer: %v", err)
	}
	// The writer's own changes must be there afterwards, or a store that drops
	// them would pass.
	p.wantLines(t, s, Here, 0, p.Lines("a"), p.Lines("a")[:1], p.Lines("b"))
}

// viewHoldsUpNobody updates in the middle of a view, and waits for it.
//
// The time is generous: the case fails for a store that waits, not for a disk
// that is slow.
func (p Port[S, Tx, R]) viewHoldsUpNobody(t T, s S) {
	const slowest = 3 * time.Second // that an update takes on any disk
	p.put(t, s, Here, "a")
	View(t, s, Here, func(r R) error {
		p.State(t, r)
		wrote := make(chan error, 1)
		go func() {
			wrote <- s.Update(t.Context(), Here, func(tx Tx) error { return p.Put(tx, Here, "b") })
		}()
		select {
		case err := <-wrote:
			return err
		case <-time.After(slowest):
			t.Errorf("an Update waits for a View")
			return nil
		}
	})
}

// wantLines compares the changes after a cursor with what was put.
//
// Cursors must climb, or a consumer that keeps the last one would go round in
// circles.
func (p Port[S, Tx, R]) wantLines(t T, s S, org vanphong.OrgID, after vanphong.Cursor, parts ...[]vanphong.Change) {
	t.Helper()
	var want []vanphong.Change
	for _, part := range parts {
		want = append(want, part...)
	}
	got := Changes(t, s, org, after)
	if g, w := Lines(got), Lines(want); g != w {
		t.Errorf("changes: %s, want %s", g, w)
		return
	}
	for i, c := range got {
		if c.Org != org || c.By != want[i].By || !c.At.Equal(want[i].At) {
			t.Errorf("change %d: %+v, want %+v", i, c, want[i])
		}
		if c.Cursor <= after {
			t.Errorf("change %d has cursor %d, not above %d", i, c.Cursor, after)
		}
		after = c.Cursor
	}
}

// noCrossChanges: another office's changes between two of ours, so that a
// store which filters by position is found out.
func (p Port[S, Tx, R]) noCrossChanges(t T, s S) {
	p.put(t, s, Here, "a")
	p.put(t, s, There, "b")
	p.put(t, s, Here, "c")
	p.wantLines(t, s, Here, 0, p.Lines("a"), p.Lines("c"))
	p.wantLines(t, s, There, 0, p.Lines("b"))
}

// changesInOrder: the order of commits, within one Update that of the puts.
func (p Port[S, Tx, R]) changesInOrder(t T, s S) {
	p.put(t, s, Here, "e") // names fall, so an order by id shows
	p.put(t, s, Here, "d", "c")
	Update(t, s, Here, func(tx Tx) error { return p.Change(tx, "e") })
	p.put(t, s, Here, "a")
	p.wantLines(t, s, Here, 0, p.Lines("e"), p.Lines("d"), p.Lines("c"), p.Lines("e")[:1], p.Lines("a"))
}

// changesResume: from every cursor there is, not only the first and the last.
func (p Port[S, Tx, R]) changesResume(t T, s S) {
	p.put(t, s, Here, "a")
	p.put(t, s, There, "x")
	p.put(t, s, Here, "b")
	lines := append(p.Lines("a"), p.Lines("b")...)
	all := Changes(t, s, Here, 0)
	if len(all) != len(lines) {
		t.Fatalf("changes: %s, want %s", Lines(all), Lines(lines))
	}
	for i, c := range all {
		p.wantLines(t, s, Here, c.Cursor, lines[i+1:])
	}
	p.put(t, s, Here, "c")
	p.wantLines(t, s, Here, all[len(all)-1].Cursor, p.Lines("c"))
}

// changesOnlyCommitted: an undone Update, and a refused put in one that is
// committed.
func (p Port[S, Tx, R]) changesOnlyCommitted(t T, s S) {
	p.put(t, s, Here, "a")
	_ = s.Update(t.Context(), Here, func(tx Tx) error {
		_ = p.Put(tx, Here, "b")
		return ErrStop
	})
	Update(t, s, Here, func(tx Tx) error {
		_ = p.Put(tx, Here, "a") // refused, and the function goes on
		return p.Put(tx, Here, "c")
	})
	p.wantLines(t, s, Here, 0, p.Lines("a"), p.Lines("c"))
}
