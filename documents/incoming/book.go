package incoming

import (
	"strconv"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
)

// BookID names a [Book].
type BookID string

// NewBookID returns the id of an office's book in a scope ("2026", or the id
// of a term); name tells the books of one scope apart and is "" for the common
// one. It is derived, so that opening again finds the same book.
//
// Two clerks who open the new year's book on the same morning open one book, and
// a program cut off between opening and receiving goes on where it was.
func NewBookID(org vanphong.OrgID, scope, name string) BookID {
	return BookID(vanphong.Derive("arrival-book", string(org), scope, name))
}

// Holds is which documents a book is for.
type Holds uint8

// The three. One common book is the State's rule for paper and electronic
// documents; that secret ones have a book of their own is each office's
// choice here, since the rule for arrivals was not found.
const (
	HoldsAll    Holds = iota // sổ chung
	HoldsOpen                // chỉ văn bản không mật
	HoldsSecret              // sổ văn bản mật đến
)

var holdsCodes = [...]string{"all", "open", "secret"}

// MarshalText writes the value as its code.
func (h Holds) MarshalText() ([]byte, error) { return vanphong.EnumText("holds", holdsCodes[:], h) }

// UnmarshalText reads what MarshalText writes.
func (h *Holds) UnmarshalText(b []byte) (err error) {
	*h, err = vanphong.ParseEnum[Holds]("holds", holdsCodes[:], b)
	return err
}

// takes reports whether a document of a level belongs into the book.
func (h Holds) takes(s vanphong.Secrecy) bool {
	return h == HoldsAll || (h == HoldsSecret) == (s > vanphong.NotSecret)
}

// Numbering is how arrival numbers are counted (cách đánh số đến): data, so
// that an office's own practice is a value. Version must never come to mean
// something else.
//
// The scope is that of package documents: an office that counts what it issues
// within the term may count what arrives within the term too.
type Numbering struct {
	Version string                  `json:"version"`
	Scope   documents.Scope         `json:"scope"` // documents.ScopeYear or documents.ScopeTerm
	Sources []documents.DatedSource `json:"sources,omitempty"`
}

// StateYearly is the State's rule: consecutive within the year, one series for
// paper and electronic documents (NĐ 30/2020/NĐ-CP, Điều 22 khoản 2, grade P;
// in force from 05/3/2020).
func StateYearly() Numbering {
	return Numbering{"state-arrival-year-1", documents.ScopeYear, []documents.DatedSource{{
		Days:   vanphong.Days{First: vanphong.MustDate("2020-03-05")},
		Source: vanphong.Source{Clause: "30/2020/NĐ-CP, Điều 22 khoản 2", Grade: vanphong.GradePrimary},
	}}}
}

// PartyYearly is a preset for Party offices: consecutive within the year. The
// Party's own rule on arrival numbers was not found; a yearly series is what
// secondary texts describe (grade S). An office that counts within the term
// says so with a Numbering of its own.
func PartyYearly() Numbering {
	return Numbering{"party-arrival-year-1", documents.ScopeYear, []documents.DatedSource{{
		Source: vanphong.Source{Clause: "số đến liên tục trong năm", Grade: vanphong.GradeSecondary},
	}}}
}

// Check returns an error that names the field unless n can be used.
func (n Numbering) Check() error {
	if err := vanphong.CheckID("numbering.version", n.Version); err != nil {
		return err
	}
	if n.Scope != documents.ScopeYear && n.Scope != documents.ScopeTerm {
		return vanphong.NewInputError("numbering.scope", strconv.Itoa(int(n.Scope)), "year or term", nil)
	}
	return nil
}

// Opening is a book as it is opened (mở sổ).
type Opening struct {
	Numbering Numbering `json:"numbering"`
	// Year is the year of a yearly book; Term and Days are those of a book per
	// term.
	Year  int             `json:"year,omitzero"`
	Term  vanphong.TermID `json:"term,omitzero"`
	Days  vanphong.Days   `json:"days,omitzero"`
	Name  string          `json:"name,omitzero"` // "" for the common book
	Holds Holds           `json:"holds,omitzero"`
	First uint32          `json:"first"` // the first number it gives; those before are in the old book
	Basis string          `json:"basis"` // why at this number: "tiếp theo sổ giấy, đến số 1240"
}

// book checks the opening and returns the book it opens.
//
// A yearly book has the days of its year and no others; whose days are those of
// a term says so itself, for this package knows no terms.
func (o Opening) book(org vanphong.OrgID, by vanphong.Stamp) (Book, error) {
	scope, days := string(o.Term), o.Days
	if err := o.Numbering.Check(); err != nil {
		return Book{}, err
	}
	// The Republic is of 1945: an earlier year is a slip of the keyboard.
	if o.Numbering.Scope == documents.ScopeYear {
		if o.Year < 1945 || o.Year > 9999 {
			return Book{}, vanphong.NewInputError("year", strconv.Itoa(o.Year), "a year", vanphong.ErrOutOfRange)
		}
		scope, days = strconv.Itoa(o.Year), vanphong.YearDays(o.Year)
	}
	switch {
	case !days.Valid():
		return Book{}, vanphong.NewInputError("days", days.ISO(), "at least one day", nil)
	case o.First < 1 || o.First > MaxArrival:
		return Book{}, vanphong.NewInputError("first", strconv.FormatUint(uint64(o.First), 10), "1 to "+strconv.Itoa(MaxArrival), vanphong.ErrOutOfRange)
	case int(o.Holds) >= len(holdsCodes):
		return Book{}, vanphong.NewInputError("holds", strconv.Itoa(int(o.Holds)), "all, open or secret", nil)
	}
	open := hidden(false)
	if err := first(vanphong.CheckID("scope", scope), optionalID("name", o.Name), open.text("basis", o.Basis, MaxText, true)); err != nil {
		return Book{}, err
	}
	return Book{
		ID: NewBookID(org, scope, o.Name), Org: org, Scope: scope, Name: o.Name, Holds: o.Holds, Days: days,
		Policy: o.Numbering.Version, First: o.First, Next: o.First, Basis: o.Basis, Opened: by,
	}, nil
}

// Book is an arrival book (sổ đăng ký văn bản đến). Every number from First up
// to, but not with, Next has been given to one document.
//
// Next stands in the record, not in a count over the documents: a row that is
// lost from the documents then shows as a number nobody has. Counting as maximum
// plus one would give it again.
type Book struct {
	ID     BookID         `json:"id"`
	Org    vanphong.OrgID `json:"org"`
	Scope  string         `json:"scope"` // "2026", or the id of the term
	Name   string         `json:"name,omitzero"`
	Holds  Holds          `json:"holds"`
	Days   vanphong.Days  `json:"days"`   // the days of arrival it is for
	Policy string         `json:"policy"` // version of the Numbering it was opened under
	First  uint32         `json:"first"`
	Next   uint32         `json:"next"`
	Basis  string         `json:"basis"`
	Opened vanphong.Stamp `json:"opened"`
	Closed Ending         `json:"closed,omitzero"`

	Version int64          `json:"version"`
	Last    vanphong.Stamp `json:"last"`
}

// Given returns how many numbers the book has given.
func (b Book) Given() int { return int(b.Next - b.First) }

// sameOpening returns an error that says what differs, if a book is opened
// again otherwise.
//
// Where it begins comes first: two first numbers would be two books under one
// name.
func (b Book) sameOpening(o Book) error {
	for _, f := range [...]struct{ field, given, stored string }{
		{"first", strconv.FormatUint(uint64(o.First), 10), strconv.FormatUint(uint64(b.First), 10)},
		{"basis", o.Basis, b.Basis},
		{"numbering.version", o.Policy, b.Policy},
		{"days", o.Days.ISO(), b.Days.ISO()},
		{"holds", holdsCodes[o.Holds], holdsCodes[b.Holds%3]},
	} {
		if f.given != f.stored {
			return vanphong.NewInputError(f.field, f.given, "as the book was opened, "+f.stored, vanphong.ErrConflict)
		}
	}
	return nil
}

// Check returns an error that names the field unless b can be stored.
func (b Book) Check() error {
	if b.First < 1 || b.Next < b.First || b.Next > MaxArrival+1 {
		return vanphong.NewInputError("next", strconv.FormatUint(uint64(b.Next), 10),
			"a number from "+strconv.FormatUint(uint64(b.First), 10)+" on", vanphong.ErrOutOfRange)
	}
	return nil
}

// take gives the book's next number to a document that came on a day.
//
// The day that decides is the day of arrival, not today's: what came on 31
// December and is registered in January is counted in December's book, as long
// as that is open.
func (b *Book) take(r Receipt) (uint32, error) {
	switch {
	case !b.Closed.IsZero():
		return 0, vanphong.NewInputError("book", string(b.ID), "a book that is open", vanphong.ErrClosed)
		// The commonest slip of January: last year's book is still open on the
		// screen.
	case !b.Days.Contains(r.Day()):
		return 0, vanphong.NewInputError("received", r.Day().String(), "a day of the book, "+b.Days.ISO(), vanphong.ErrOutOfRange)
	case !b.Holds.takes(r.Secrecy):
		return 0, vanphong.NewInputError("book", string(b.ID), "a book for documents of this mark of secrecy", nil)
	case b.Next > MaxArrival:
		return 0, vanphong.NewInputError("book", string(b.ID), "a book with numbers left", vanphong.ErrOutOfRange)
	}
	b.Next++
	return b.Next - 1, nil
}
