package documents

import (
	"slices"
	"strconv"

	"github.com/vanphong-go/vanphong"
)

// Query says which entries to walk (tra cứu sổ), in which order and how many. A
// zero field does not restrict; what is set must all hold. Every store gives the
// same answer to the same query.
type Query struct {
	Series   SeriesID
	Organ    vanphong.OrgID // key organ of the series
	Kind     Kind
	Kinds    []Kind        // any of these
	Days     vanphong.Days // of the document's day; what has no day yet is in no period
	State    EntryState
	Standing Standing
	Origin   string
	// Number restricts by the parts of the number that are set, each exactly:
	// Serial 15 alone gives 15, 15a and 15bis of every series. [ReadQuery] makes
	// it from what a clerk types.
	Number Number
	// Words are searched for in the abstract, see [Words]. The abstract of a secret
	// document is in no answer.
	Words string
	// Partial says that the last of Words may be the beginning of a word.
	Partial bool
	// Signer is searched for among all words of the signer's name: "Nguyễn", "an".
	Signer string
	// Given is the signer's given name (tên gọi), which stands last, with as much
	// before it as one likes: "An", "Văn An". It does not find the family name An.
	Given string

	Order Order
	// After is the last entry of the page before: the walk begins behind it. An id
	// that the organisation does not have is an error that wraps
	// vanphong.ErrNotFound. In the orders of a register and of registration an entry
	// never moves, so that no page repeats or leaves out a line, whatever is
	// registered meanwhile. By day, a reservation moves to its day when it is issued.
	After EntryID
	Limit int // at most so many entries; 0: all
}

// Order is an order of entries (thứ tự).
type Order uint8

// The orders. Entries of one day stand in the order they were registered, in
// OrderLatest backwards; those without a day stand last.
const (
	OrderRegister Order = iota // by series, serial and suffix
	OrderNewest                // registered last first
	OrderDay                   // by the document's day, the earliest first
	OrderLatest                // by the document's day, the latest first
)

var orderCodes = [...]string{"register", "newest", "day", "latest"}

// String returns the code of the order.
func (o Order) String() string { return vanphong.EnumName(orderCodes[:], o) }

// MarshalText writes the order as its code: "register", "newest" ….
func (o Order) MarshalText() ([]byte, error) { return vanphong.EnumText("order", orderCodes[:], o) }

// UnmarshalText reads what MarshalText writes.
func (o *Order) UnmarshalText(b []byte) (err error) {
	*o, err = vanphong.ParseEnum[Order]("order", orderCodes[:], b)
	return err
}

// MaxKinds bounds Query.Kinds: more than there are statutory kinds.
const MaxKinds = 100

// Filter is a query made ready: checked, its words cut. It is what a store asks of
// each entry, so that all stores mean the same.
type Filter struct {
	q             Query
	words         Words
	signer, given Words
}

// Filter checks a query and makes it ready. Errors name the field.
func (q Query) Filter() (*Filter, error) {
	f := &Filter{q: q}
	var err error
	if f.words, err = parseWords("words", q.Words, q.Partial); err != nil {
		return nil, err
	}
	if f.signer, err = parseWords("signer", q.Signer, false); err != nil {
		return nil, err
	}
	if f.given, err = parseWords("given", q.Given, false); err != nil {
		return nil, err
	}
	if err := vanphong.CheckCount("kinds", len(q.Kinds), MaxKinds); err != nil {
		return nil, err
	}
	if q.Limit < 0 {
		return nil, vanphong.NewInputError("limit", strconv.Itoa(q.Limit), "0 or more", nil)
	}
	for _, v := range [...]interface{ MarshalText() ([]byte, error) }{q.State, q.Standing, q.Order} {
		if _, err := v.MarshalText(); err != nil {
			return nil, err
		}
	}
	for _, c := range [...]struct{ field, value string }{
		{"series", string(q.Series)}, {"organ", string(q.Organ)}, {"kind", string(q.Kind)}, {"origin", q.Origin}, {"after", string(q.After)},
		{"number.suffix", q.Number.Suffix}, {"number.code", q.Number.Code}, {"number.issuer", q.Number.Issuer},
		{"number.unit", q.Number.Unit}, {"number.tail", q.Number.Tail},
	} {
		if err := checkText(c.field, c.value, max(MaxText, vanphong.MaxID)); err != nil {
			return nil, err
		}
	}
	return f, nil
}

// Matches reports whether an entry of a series of organ is one that is asked for.
// Order, After and Limit play no part.
//
// A reservation has no day yet, so it is in no period: counted in a month, it would
// make the report of that month change when the paper is signed in the next.
func (f *Filter) Matches(en *Entry, organ vanphong.OrgID) bool {
	q := &f.q
	return (q.Series == "" || en.Series == q.Series) &&
		(q.Organ == "" || organ == q.Organ) &&
		(q.Kind == "" || en.Kind == q.Kind) &&
		(len(q.Kinds) == 0 || slices.Contains(q.Kinds, en.Kind)) &&
		(q.Days == vanphong.Days{} || en.Day != 0 && q.Days.Contains(en.Day)) &&
		(q.State == StateUnknown || en.State == q.State) &&
		(q.Standing == StandingPlain || en.Standing == q.Standing) &&
		(q.Origin == "" || en.Origin == q.Origin) &&
		q.Number.within(&en.Number) &&
		(f.words.IsZero() || en.Secrecy == vanphong.NotSecret && f.words.Match(en.Abstract)) &&
		f.signer.Match(en.Signer) &&
		(f.given.IsZero() || f.given.matchEnd(en.Signer))
}

// within reports whether the parts of n that are set are those of o.
func (n *Number) within(o *Number) bool {
	return (n.System == SystemUnknown || n.System == o.System) &&
		(n.Serial == 0 || n.Serial == o.Serial) &&
		(n.Year == 0 || n.Year == o.Year) &&
		(n.Suffix == "" || n.Suffix == o.Suffix) &&
		(n.Code == "" || n.Code == o.Code) &&
		(n.Issuer == "" || n.Issuer == o.Issuer) &&
		(n.Unit == "" || n.Unit == o.Unit) &&
		(n.Tail == "" || n.Tail == o.Tail)
}

// Terms returns the terms that every entry has which is asked for, see
// [Entry.Terms]; none if neither words nor names are asked for. What has them all
// is still to be asked with Matches.
func (f *Filter) Terms() []Term {
	out := f.words.terms(nil, "")
	out = f.signer.terms(out, signerTerm)
	if n := len(f.given.list); n > 0 {
		out = Words{f.given.list[n-1:]}.terms(out, givenTerm)
		out = Words{f.given.list[:n-1]}.terms(out, signerTerm)
	}
	return out
}
