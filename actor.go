package vanphong

import (
	"context"
	"fmt"
	"time"
)

// Actor is who does something, as the calling system knows them. Every write
// names one.
type Actor struct {
	ID PersonID `json:"id"`
	// For is the person this actor stands in for, if any (thừa lệnh, ký thay).
	For PersonID `json:"for,omitempty"`
}

// Check returns an [*InputError] if a has no usable id.
func (a Actor) Check() error {
	if err := CheckID("actor", a.ID); err != nil {
		return err
	}
	if a.For != "" {
		return CheckID("actor.for", a.For)
	}
	return nil
}

// Stamp is who did something, and when. The instant is the caller's: nothing
// in the SDK reads a clock.
type Stamp struct {
	By Actor     `json:"by"`
	At time.Time `json:"at"`
}

// Check returns an [*InputError] if the actor or the instant is missing.
func (s Stamp) Check() error {
	if s.At.IsZero() {
		return invalid("at", "", "an instant")
	}
	return s.By.Check()
}

// Act is what an [Actor] is about to do, as a [Guard] sees it.
type Act struct {
	Org    OrgID
	By     Actor
	Verb   string // "documents.issue", "meetings.conclude" …
	Object string // id of what it is done to
}

// Guard decides who may: it returns nil, or an error (best one that wraps
// [ErrForbidden]) that reaches the caller unchanged. A nil Guard lets
// everybody. It is asked before anything is read or written.
type Guard func(context.Context, Act) error

// Ask asks the guard, if there is one. A guard that panics has let nobody: its
// panic comes back as an error that wraps [ErrForbidden].
func (g Guard) Ask(ctx context.Context, a Act) (err error) {
	if g == nil {
		return nil
	}
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic in the guard at %s: %v: %w", a.Verb, p, ErrForbidden)
		}
	}()
	return g(ctx, a)
}

// Cursor is a place in a store's stream of changes. The zero Cursor is its
// beginning. It means something only to the store that gave it.
type Cursor int64

// Change is one line of what happened in a store, in commit order; it is
// written in the transaction that made the change, so that caches, bridges
// and mirrors miss nothing and see nothing that was rolled back. It says that
// something changed, not what: read the record for that.
type Change struct {
	Cursor Cursor    `json:"cursor"`
	Org    OrgID     `json:"org"`
	Kind   string    `json:"kind"` // kind of record: "schedule", "meeting", "task" …
	ID     string    `json:"id"`
	At     time.Time `json:"at"`
	By     Actor     `json:"by"`
}
