package memory

import (
	"context"
	"iter"

	"github.com/vanphong-go/vanphong"
)

// None is the store of whoever was given none: every call is an error that
// wraps vanphong.ErrInvalid. It stands in for a nil store, so that a program
// wired wrongly gets an error at its first call and not a panic. T and R are
// the port's Tx and Reader.
type None[T, R any] struct{}

func errNone() error {
	return vanphong.NewInputError("store", "nil", "a store", nil)
}

// Update implements the ports' Store.
func (None[T, R]) Update(context.Context, vanphong.OrgID, func(T) error) error { return errNone() }

// View implements the ports' Store.
func (None[T, R]) View(context.Context, vanphong.OrgID, func(R) error) error { return errNone() }

// Changes implements the ports' Store.
func (None[T, R]) Changes(context.Context, vanphong.OrgID, vanphong.Cursor) iter.Seq2[vanphong.Change, error] {
	return func(yield func(vanphong.Change, error) bool) { yield(vanphong.Change{}, errNone()) }
}
