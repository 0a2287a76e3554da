package vanphong

import (
	"errors"
	"fmt"
)

// What callers branch on with errors.Is. Every error of the SDK wraps one of
// these, or comes from below it (a database, a cancelled context).
var (
	// ErrInvalid is wrapped by every error about a value that cannot be taken
	// as it is.
	ErrInvalid = errors.New("invalid value")
	// ErrOutOfRange is for a day, year or count outside what is known or allowed.
	ErrOutOfRange = errors.New("out of range")
	// ErrNotFound is for an id, number or series that this organisation has not.
	ErrNotFound = errors.New("not found")
	// ErrConflict is for an id that is taken with other content, or a record that
	// has changed since it was read.
	ErrConflict = errors.New("conflict")
	// ErrClosed is for writing into what has ended: a closed series, a meeting
	// that is over, a store after Close.
	ErrClosed = errors.New("closed")
	// ErrState is for a step that does not follow from the present state.
	ErrState = errors.New("not allowed in this state")
	// ErrForbidden is what a [Guard] returns for somebody who may not.
	ErrForbidden = errors.New("forbidden")
	// ErrSecret is for content that may not leave through a door, see [Redaction].
	ErrSecret = errors.New("secret content refused")
)

// InputError names a value that was refused: the field, the value as given
// (shortened if long) and what was expected instead. Errors about other
// things (ErrOutOfRange, ErrNotFound …) wrap it where a field is to blame.
type InputError struct {
	Field string // name of the field, column or argument
	Value string // the value as given
	Want  string // what was expected
	Err   error  // what kind of refusal; never nil
}

// NewInputError returns an [*InputError] that wraps kind, or [ErrInvalid] if
// kind is nil. A value over 80 bytes is shortened at a rune border.
func NewInputError(field, value, want string, kind error) *InputError {
	if kind == nil {
		kind = ErrInvalid
	}
	return &InputError{Field: field, Value: shorten(value), Want: want, Err: kind}
}

func invalid(field, value, want string) error { return NewInputError(field, value, want, nil) }

// Error tells the field, the value and what was expected.
func (e *InputError) Error() string {
	return fmt.Sprintf("%s %q: want %s: %v", e.Field, e.Value, e.Want, e.Err)
}

// Unwrap returns the kind of refusal, for errors.Is.
func (e *InputError) Unwrap() error { return e.Err }

func shorten(s string) string {
	const limit = 80
	if len(s) <= limit {
		return s
	}
	cut := limit
	for cut > 0 && s[cut]&0xC0 == 0x80 {
		cut--
	}
	return s[:cut] + "…"
}
