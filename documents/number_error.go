package documents

import (
	"fmt"

	"github.com/vanphong-go/vanphong"
)

// NumberError says why a text is not taken as a number. It wraps
// [vanphong.ErrInvalid].
type NumberError struct {
	Input  string // the text as given
	Offset int    // the byte at which it stops being a number
	Reason string // what is wrong there
	Hint   string // what to write instead, if that is known
	// Readings are the numbers that remain if the text can be read in more than
	// one way: the reading as it stands first. Two of them may print alike and
	// differ in what is the kind (3313/CT-TTHT); [Number.Check] refuses the second
	// then.
	Readings []Number
}

// Error tells what is wrong, where, and what to write.
func (e *NumberError) Error() string {
	in := e.Input
	if len(in) > 80 {
		in = in[:80] + "…" // %q escapes a rune cut in two
	}
	hint := ""
	for i, n := range e.Readings {
		hint += [...]string{": ", " or "}[min(i, 1)] + n.String()
	}
	if e.Hint != "" {
		hint = "; write " + e.Hint
	}
	return fmt.Sprintf("invalid number %q: byte %d: %s%s", in, e.Offset, e.Reason, hint)
}

// Unwrap returns [vanphong.ErrInvalid].
func (e *NumberError) Unwrap() error { return vanphong.ErrInvalid }

// hint is what to write where no canonical form can be offered.
func (f fault) hint() string {
	switch f.why {
	case whyCode:
		return "a kind code such as QĐ, KL or CV"
	case whyParty, whyNoKind:
		return "serial, hyphen, kind code, slash, organ: 12-CV/TU"
	}
	return ""
}

// strict makes the error of the strict parser. If the text can be read
// leniently, the canonical form is the best hint there is.
func (f fault) strict(s string) error {
	e := &NumberError{Input: s, Offset: f.at, Reason: f.why, Hint: f.hint()}
	if r, err := ReadNumber(s, nil); err == nil {
		e.Hint = r.Number.String()
	}
	return e
}
