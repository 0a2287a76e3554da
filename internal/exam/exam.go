package exam

import (
	"context"
	"iter"
	"testing"

	"github.com/vanphong-go/vanphong"
)

// T is what a case needs of a *testing.T, so that the exam can itself be
// examined on stores that are broken on purpose.
//
// There is no FailNow: Fatalf is enough, and a recorder can only end a
// goroutine.
type T interface {
	Helper()
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
	Logf(format string, args ...any)
	Context() context.Context
}

// Store is what the stores of all ports have in common.
type Store[Tx, R any] interface {
	Update(ctx context.Context, org vanphong.OrgID, fn func(Tx) error) error
	View(ctx context.Context, org vanphong.OrgID, fn func(R) error) error
	Changes(ctx context.Context, org vanphong.OrgID, after vanphong.Cursor) iter.Seq2[vanphong.Change, error]
}

// Case is one rule of a port, to be run on an empty store.
//
// One rule, so that a store that breaks it is told which, and the name of the
// case is the sentence that was broken.
type Case[S any] struct {
	Name string
	Run  func(T, S)
}

// Options are the abilities of a store that not every store has.
type Options[S any] struct {
	// Reopen closes a store and opens it again on the same data. Nil: the store
	// keeps nothing, and the run says so.
	Reopen func(t *testing.T, old S) S
}

// Reopening is the case that needs [Options.Reopen].
type Reopening[S any] func(t T, s S, reopen func(S) S)

// Run examines the stores that open returns: an empty one for each case. opt
// may be nil.
//
// Each case gets a store of its own: a fault of one case cannot hide or cause
// that of another.
func Run[S any](t *testing.T, cases []Case[S], reopened Reopening[S], open func(t *testing.T) S, opt *Options[S]) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.Name, func(t *testing.T) { c.Run(t, open(t)) })
	}
	t.Run("opened again it has everything", func(t *testing.T) {
		if opt == nil || opt.Reopen == nil {
			// Said and not skipped: a run that lists every rule must also list
			// the one that was not examined.
			t.Log("not offered: Reopen; this store keeps nothing beyond its process")
			return
		}
		reopened(t, open(t), func(s S) S { return opt.Reopen(t, s) })
	})
}
