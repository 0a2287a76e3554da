package incoming

import (
	"cmp"
	"iter"
	"slices"

	"github.com/vanphong-go/vanphong"
)

// Query says which documents to walk. A zero field does not restrict.
type Query struct {
	Book    BookID
	Arrival uint32 // number of the book
	// Number is compared as folded: "5-cv/tu" finds 05-CV/TU.
	Number   string
	Issuer   Issuer        // by id, or by the name as folded
	Arrived  vanphong.Days // days of arrival
	Dated    vanphong.Days // days of the documents; one without a day matches only the zero Dated
	External string        // id in the exchange system
	Urgency  vanphong.Urgency
	// State is the state at the end of day On; a zero On asks for everything
	// recorded so far, and so does Open.
	State State
	On    vanphong.Date
	Open  bool // only those that are not done, returned, refused or void
	// Unit is in charge on day On, or is named by a direction.
	Unit     vanphong.OrgID
	Words    string // words of the abstract, all of them, with or without marks
	Required bool   // only those that call for a local document
	// After begins behind a place, and Limit ends the walk: the next page
	// begins after the last document of this one.
	After Place
	Limit int
}

// on is the day that the query asks about.
func (q Query) on() vanphong.Date {
	if q.On.IsZero() {
		return forever
	}
	return q.On
}

// Match reports whether a document is one the query asks for; Limit is for
// [Query.Select].
//
// Stores that keep columns may narrow by them; what they let through is asked
// here, so that every store answers alike.
func (q Query) Match(d Document) bool {
	// From the cheapest to the dearest.
	if (q.Book != "" && q.Book != d.Book) || (q.Arrival != 0 && q.Arrival != d.Arrival) || q.Urgency > d.Urgency ||
		(q.External != "" && q.External != d.External) || (q.Required && len(d.Required) == 0) || !q.Arrived.Contains(d.Day()) {
		return false
	}
	if q.Dated != (vanphong.Days{}) && (d.Dated == 0 || !q.Dated.Contains(d.Dated)) {
		return false
	}
	if q.After != (Place{}) && d.Place().Compare(q.After) <= 0 {
		return false
	}
	if (q.Issuer != Issuer{} && q.Issuer.key() != d.Issuer.key()) || (q.Unit != "" && !d.involves(q.Unit, q.on())) {
		return false
	}
	if q.State != StateUnknown || q.Open {
		s := d.Status(q.on()).State
		if (q.State != StateUnknown && s != q.State) || (q.Open && !s.Open()) {
			return false
		}
	}
	if q.Number != "" && (Receipt{NumberText: q.Number}).foldedNumber() != d.foldedNumber() {
		return false
	}
	return q.Words == "" || matchWords(d.Abstract, q.Words)
}

// Select yields the documents of a walk that the query asks for, up to its
// Limit. The walk must be in the order of [Place.Compare]. Stores use it, so
// that all of them answer alike.
func (q Query) Select(documents iter.Seq2[Document, error]) iter.Seq2[Document, error] {
	return func(yield func(Document, error) bool) {
		n := 0
		for d, err := range documents {
			if err != nil {
				yield(Document{}, err)
				return
			}
			if !q.Match(d) {
				continue
			}
			if !yield(d, nil) {
				return
			}
			if n++; q.Limit > 0 && n >= q.Limit {
				return
			}
		}
	}
}

// involves reports whether a unit is in charge on a day, or was named by a
// direction given by then.
func (d Document) involves(unit vanphong.OrgID, day vanphong.Date) bool {
	return d.Status(day).Unit == unit || slices.ContainsFunc(d.Steps, func(s Step) bool {
		return s.Names(unit) && vanphong.DateOf(s.At) <= day
	})
}

// Compare orders places: by arrival day, then book, then arrival number.
func (p Place) Compare(o Place) int {
	return cmp.Or(cmp.Compare(p.Day, o.Day), cmp.Compare(p.Book, o.Book), cmp.Compare(p.Arrival, o.Arrival))
}
