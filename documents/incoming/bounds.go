package incoming

import (
	"errors"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/vanphong-go/vanphong"
)

// The bounds of what is read from outside, far above what an office has.
const (
	MaxAbstract      = 4096        // bytes of an abstract, as in package documents
	MaxText          = 500         // bytes of a line of a form
	MaxOpinion       = 16 << 10    // bytes of an opinion, reason or note
	MaxArrival       = 999_999_999 // last number of a book (NĐ 30/2020/NĐ-CP, Phụ lục VI: 10 figures)
	MaxPages         = 1_000_000
	MaxPresentations = 100
	MaxSteps         = 500 // steps of one document
	MaxDepth         = 16  // steps from the root of the tree to its last leaf
	MaxCoordinating  = 200 // coordinating units of one direction
	MaxAnswers       = 100
	MaxRequired      = 100 // local documents that one document calls for
	MaxDuplicates    = 100 // documents registered anyway beside the first
	MaxCorrections   = 500 // fields of one document that were corrected
)

// Widths of fields in the exchange of State records, in characters (NĐ
// 30/2020/NĐ-CP, Phụ lục VI phần II, grade P). A longer text is kept whole here
// and will be cut by a system that follows the annex: [Receipt.Findings] says
// so. The width of 13 for the code of an organ fits the old codes only (QCVN
// 102); codes of QĐ 20/2020/QĐ-TTg have up to 35, so it is not among these.
const (
	WidthKind     = 100 // TypeName
	WidthNumber   = 41  // CodeNumber 11 and CodeNotation 30
	WidthIssuer   = 200 // OrganName
	WidthAbstract = 500 // Subject
	WidthPages    = 999 // PageAmount has 3 figures
)

// hidden says of whom an error may quote the words.
//
// An error is logged and shown where the document itself could not be: of a
// document with a mark of secrecy it names the field and what was expected.
type hidden bool

func (r Receipt) hidden() hidden { return r.Secrecy > vanphong.NotSecret }

func (h hidden) quote(s string) string {
	if h && s != "" {
		return vanphong.Placeholder
	}
	return s
}

// refuse is an InputError that quotes value only where it may be seen.
//
// Not leaving the value out but naming a placeholder: an empty one would read as
// if nothing had been given.
func (h hidden) refuse(field, value, want string, kind error) error {
	return vanphong.NewInputError(field, h.quote(value), want, kind)
}

// text refuses a text that is too long, not UTF-8, or holds control
// characters other than line breaks and tabs. need says that it may not be
// empty.
func (h hidden) text(field, s string, limit int, need bool) error {
	if need && strings.TrimSpace(s) == "" {
		return h.refuse(field, s, "a text", nil)
	}
	return h.mask(vanphong.CheckText(field, s, limit))
}

// mask takes the value out of an error about what may not be quoted. The error
// was made by the check it comes from and is nobody else's.
func (h hidden) mask(err error) error {
	var in *vanphong.InputError
	if bool(h) && errors.As(err, &in) {
		in.Value = h.quote(in.Value)
	}
	return err
}

// optionalID is CheckID for an id that may be left out.
func optionalID[T ~string](field string, id T) error {
	if id == "" {
		return nil
	}
	return vanphong.CheckID(field, id)
}

// within refuses a count outside 0 to limit.
//
// A negative count of pages is a damaged file, not a paper without pages.
func within(field string, n, limit int) error {
	if n < 0 || n > limit {
		return vanphong.NewInputError(field, strconv.Itoa(n), "0 to "+strconv.Itoa(limit), vanphong.ErrOutOfRange)
	}
	return nil
}

// happened checks the instant of an event: after the document came in, and not
// after it was written down. A date typed wrongly, or a clock that has jumped,
// would otherwise make the document wait for that day, or be done before it
// came.
func happened(field string, at, from, until time.Time) error {
	switch {
	case at.Before(from):
		return vanphong.NewInputError(field, instant(at), "an instant on or after "+instant(from), nil)
	case at.After(until):
		return vanphong.NewInputError(field, instant(at), "an instant not after it was recorded, "+instant(until), nil)
	}
	return nil
}

func instant(t time.Time) string { return t.In(vanphong.Hanoi).Format("2006-01-02 15:04:05") }

// sameInstant compares what was stored with what is said again: a store may
// give an instant back in another zone.
func sameInstant(a, b time.Time) bool { return a.Equal(b) }

// width counts what the annex counts, characters.
func width(s string) int { return utf8.RuneCountInString(s) }

// first returns the first error of several, so that checks read as a list.
func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
