package exam

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"sync"

	"github.com/vanphong-go/vanphong"
)

// Faulty is a store in which the methods that are set are broken.
//
// Faults are wrapped around a healthy store instead of written as stores of
// their own: each differs from health in one thing, so it is that thing the
// case has noticed.
type Faulty[S Store[Tx, R], Tx, R any] struct {
	Store     S
	OnUpdate  func(s S, ctx context.Context, org vanphong.OrgID, fn func(Tx) error) error
	OnView    func(s S, ctx context.Context, org vanphong.OrgID, fn func(R) error) error
	OnChanges func(s S, ctx context.Context, org vanphong.OrgID, after vanphong.Cursor) iter.Seq2[vanphong.Change, error]
	Tx        func(Tx) Tx // what transactions are given instead
	Reader    func(R) R   // what views are given instead
}

// Update is OnUpdate, or that of the store.
func (f Faulty[S, Tx, R]) Update(ctx context.Context, org vanphong.OrgID, fn func(Tx) error) error {
	with := fn
	if f.Tx != nil {
		with = func(tx Tx) error { return fn(f.Tx(tx)) }
	}
	if f.OnUpdate == nil {
		return f.Store.Update(ctx, org, with)
	}
	return f.OnUpdate(f.Store, ctx, org, with)
}

// View is OnView, or that of the store.
//
// The wrapped reader is handed to fn, so even a fault in reading reaches only
// what the case does.
func (f Faulty[S, Tx, R]) View(ctx context.Context, org vanphong.OrgID, fn func(R) error) error {
	with := fn
	if f.Reader != nil {
		with = func(r R) error { return fn(f.Reader(r)) }
	}
	if f.OnView == nil {
		return f.Store.View(ctx, org, with)
	}
	return f.OnView(f.Store, ctx, org, with)
}

// Changes is OnChanges, or that of the store.
func (f Faulty[S, Tx, R]) Changes(ctx context.Context, org vanphong.OrgID, after vanphong.Cursor) iter.Seq2[vanphong.Change, error] {
	if f.OnChanges == nil {
		return f.Store.Changes(ctx, org, after)
	}
	return f.OnChanges(f.Store, ctx, org, after)
}

// Each walks a list.
func Each[V any](list []V) iter.Seq2[V, error] {
	return func(yield func(V, error) bool) {
		for _, v := range list {
			if !yield(v, nil) {
				return
			}
		}
	}
}

// Gather lists what a walk yields, up to an error.
//
// An error ends the list in silence: what is built from it is broken anyhow.
func Gather[V any](seq iter.Seq2[V, error]) []V {
	var list []V
	for v, err := range seq {
		if err != nil {
			break
		}
		list = append(list, v)
	}
	return list
}

// Backwards walks the other way round.
func Backwards[V any](seq iter.Seq2[V, error]) iter.Seq2[V, error] {
	list := Gather(seq)
	slices.Reverse(list)
	return Each(list)
}

// Restless walks on after its loop was left.
//
// It yields twice and ignores the answer, as an iterator does that forgets its
// return.
func Restless[V any](seq iter.Seq2[V, error]) iter.Seq2[V, error] {
	return func(yield func(V, error) bool) {
		for v, err := range seq {
			yield(v, err)
			yield(v, err)
		}
	}
}

// Faults returns a broken store, over the healthy ones of open, for each rule
// of [Port.Cases] but that a view sees one state: how to break a reader only
// the port knows.
//
// The names are sentences of what went wrong in such a store, and each names
// the case it breaks by its text, so that renaming a case is noticed.
func (p Port[S, Tx, R]) Faults(open func() S) []Broken[S] {
	type faulty = Faulty[S, Tx, R]
	var all []Broken[S]
	add := func(fault, by string, make func() faulty) {
		all = append(all, Broken[S]{fault, by, func() S {
			f := make()
			f.Store = open()
			// S is an interface that the wrapper satisfies, which the compiler
			// cannot see here.
			return any(f).(S)
		}})
	}
	update := func(fault, by string, u func(s S, ctx context.Context, org vanphong.OrgID, fn func(Tx) error) error) {
		add(fault, by, func() faulty { return faulty{OnUpdate: u} })
	}
	changes := func(fault, by string, c func(s S, ctx context.Context, org vanphong.OrgID, after vanphong.Cursor) iter.Seq2[vanphong.Change, error]) {
		add(fault, by, func() faulty { return faulty{OnChanges: c} })
	}
	const onError, onPanic = "an error undoes everything and comes back unchanged", "a panic undoes everything and becomes an error"
	// An adapter that commits before it looks at the error.
	update("an error is answered, and what was put is kept", onError, func(s S, ctx context.Context, org vanphong.OrgID, fn func(Tx) error) (own error) {
		if err := s.Update(ctx, org, func(tx Tx) error { own = fn(tx); return nil }); err != nil {
			return err
		}
		return own
	})
	// Callers compare with errors.Is and often with ==; a wrapped error also
	// says twice what happened.
	update("an error is wrapped on its way", onError, func(s S, ctx context.Context, org vanphong.OrgID, fn func(Tx) error) error {
		if err := s.Update(ctx, org, fn); err != nil {
			return fmt.Errorf("update: %w", err)
		}
		return nil
	})
	add("a view wraps errors", onError, func() faulty {
		return faulty{OnView: func(s S, ctx context.Context, org vanphong.OrgID, fn func(R) error) error {
			if err := s.View(ctx, org, fn); err != nil {
				return fmt.Errorf("view: %w", err)
			}
			return nil
		}}
	})
	// Loss: half a step stays behind, the number given and the document not.
	update("a panic commits what was put before it", onPanic, func(s S, ctx context.Context, org vanphong.OrgID, fn func(Tx) error) (own error) {
		err := s.Update(ctx, org, func(tx Tx) (err error) {
			defer func() {
				if v := recover(); v != nil {
					own = fmt.Errorf("panic: %v", v)
				}
			}()
			return fn(tx)
		})
		return errors.Join(err, own)
	})
	// A panic that goes through ends the server of all the others.
	update("a panic goes through", onPanic, func(s S, ctx context.Context, org vanphong.OrgID, fn func(Tx) error) error {
		var v any
		err := s.Update(ctx, org, func(tx Tx) (err error) {
			defer func() {
				if v = recover(); v != nil {
					err = ErrStop
				}
			}()
			return fn(tx)
		})
		if v != nil {
			panic(v)
		}
		return err
	})
	// Loss: the caller has been told that it was cancelled, and asks again:
	// twice.
	update("the context is not looked at again", "a cancelled context undoes everything", func(s S, ctx context.Context, org vanphong.OrgID, fn func(Tx) error) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		return errors.Join(s.Update(context.WithoutCancel(ctx), org, fn), ctx.Err())
	})
	// Loss: one office reads who did what in another.
	changes("changes cross organisations", "no change crosses organisations", func(s S, ctx context.Context, _ vanphong.OrgID, after vanphong.Cursor) iter.Seq2[vanphong.Change, error] {
		return Each(append(Gather(s.Changes(ctx, Here, after)), Gather(s.Changes(ctx, There, after))...))
	})
	// Loss: whoever follows the stream takes the older state for the newer
	// one.
	changes("changes come newest first", "changes come in the order of commits", func(s S, ctx context.Context, org vanphong.OrgID, after vanphong.Cursor) iter.Seq2[vanphong.Change, error] {
		return Backwards(s.Changes(ctx, org, after))
	})
	// Loss: every consumer does the last thing twice, after every restart.
	changes("a cursor gives its own line again", "changes go on after a cursor", func(s S, ctx context.Context, org vanphong.OrgID, after vanphong.Cursor) iter.Seq2[vanphong.Change, error] {
		return s.Changes(ctx, org, after-1)
	})
	// Loss: a letter is sent for a document that was never issued.
	add("what was undone is in the changes", "changes show only what was committed", func() faulty {
		var undone []vanphong.Change
		return faulty{
			OnUpdate: func(s S, ctx context.Context, org vanphong.OrgID, fn func(Tx) error) error {
				err := s.Update(ctx, org, fn)
				if err != nil {
					undone = append(undone, p.Lines("b")...)
				}
				return err
			},
			OnChanges: func(s S, ctx context.Context, org vanphong.OrgID, after vanphong.Cursor) iter.Seq2[vanphong.Change, error] {
				return Each(append(Gather(s.Changes(ctx, org, after)), undone...))
			},
		}
	})
	if p.NoHoldUp {
		// Loss: a long report stops the numbering of the whole office.
		add("a reader's lock holds up writers", "a view does not hold up an update", func() faulty {
			var mu sync.RWMutex
			return faulty{
				OnUpdate: func(s S, ctx context.Context, org vanphong.OrgID, fn func(Tx) error) error {
					mu.Lock()
					defer mu.Unlock()
					return s.Update(ctx, org, fn)
				},
				OnView: func(s S, ctx context.Context, org vanphong.OrgID, fn func(R) error) error {
					mu.RLock()
					defer mu.RUnlock()
					return s.View(ctx, org, fn)
				},
			}
		})
	}
	return all
}
