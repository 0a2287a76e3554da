package sqlcore

import (
	"iter"
	"slices"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents/incoming"
)

// Incoming returns the port of documents that arrive over an access.
func Incoming(a Access) incoming.Store {
	return &port[incoming.Tx, incoming.Reader]{a, portIncoming,
		func(sc *scope) incoming.Tx { return incomingTx{incomingReader{sc}} },
		func(sc *scope) incoming.Reader { return incomingReader{sc} },
	}
}

// Stored in every change and part of its hash: see portCalendar.
const portIncoming = "incoming"

// Listed under the first day it takes documents of, so that the years come in
// their order.
var arrivalBooks = kind[incoming.Book]{
	port: portIncoming, name: incoming.RecordBook,
	id:      func(b *incoming.Book) string { return string(b.ID) },
	org:     func(b *incoming.Book) vanphong.OrgID { return b.Org },
	version: func(b *incoming.Book) *int64 { return &b.Version },
	last:    func(b *incoming.Book) vanphong.Stamp { return b.Last },
	day:     func(b *incoming.Book) vanphong.Date { return b.Days.First },
	check:   func(b *incoming.Book) error { return b.Check() },
}

// Its keys are its parts: the table of parts is what refuses a number given
// twice, and what finds a paper that comes again without reading any other.
// Listings go by the arrival day, which never changes; parent is left free, for
// the book is nearly always that of the days asked for.
var arrivals = kind[incoming.Document]{
	port: portIncoming, name: incoming.RecordDocument,
	id:      func(d *incoming.Document) string { return string(d.ID) },
	org:     func(d *incoming.Document) vanphong.OrgID { return d.Org },
	version: func(d *incoming.Document) *int64 { return &d.Version },
	last:    func(d *incoming.Document) vanphong.Stamp { return d.Last },
	day:     func(d *incoming.Document) vanphong.Date { return d.Day() },
	parts: func(d *incoming.Document) []string {
		keys := d.Keys()
		out := make([]string, len(keys))
		for i, k := range keys {
			out[i] = string(k)
		}
		return out
	},
	check: func(d *incoming.Document) error { return d.Check() },
}

// A mandate belongs to its principal, by whom it is looked up.
var mandates = kind[incoming.Mandate]{
	port: portIncoming, name: incoming.RecordMandate,
	id:      func(m *incoming.Mandate) string { return string(m.ID) },
	org:     func(m *incoming.Mandate) vanphong.OrgID { return m.Org },
	version: func(m *incoming.Mandate) *int64 { return &m.Version },
	last:    func(m *incoming.Mandate) vanphong.Stamp { return m.Last },
	day:     func(m *incoming.Mandate) vanphong.Date { return m.Day() },
	parent:  func(m *incoming.Mandate) string { return string(m.Principal) },
	check:   func(m *incoming.Mandate) error { return m.Check() },
}

// incomingReader is incoming.Reader.
type incomingReader struct{ sc *scope }

// incomingTx is incoming.Tx.
type incomingTx struct{ incomingReader }

// Book implements incoming.Reader.
func (r incomingReader) Book(id incoming.BookID) (incoming.Book, error) {
	return arrivalBooks.get(r.sc, string(id))
}

// Books implements incoming.Reader.
func (r incomingReader) Books() iter.Seq2[incoming.Book, error] {
	return arrivalBooks.walk(r.sc, filter{}, func(incoming.Book) bool { return true })
}

// Document implements incoming.Reader.
func (r incomingReader) Document(id incoming.ID) (incoming.Document, error) {
	return arrivals.get(r.sc, string(id))
}

// Holder implements incoming.Reader.
func (r incomingReader) Holder(k incoming.Key) (incoming.Document, error) {
	return arrivals.holder(r.sc, string(k))
}

// Documents implements incoming.Reader.
//
// A page begins on the day of the place it begins behind: what lies before is
// not read again.
func (r incomingReader) Documents(q incoming.Query) iter.Seq2[incoming.Document, error] {
	days := q.Arrived
	days.First = max(days.First, q.After.Day)
	return q.Select(byArrival(arrivals.walk(r.sc, filter{days: days}, q.Match)))
}

// byArrival puts the documents of each day in the order of their books and
// numbers. The walk comes by day and then by the caller's ids, which know
// nothing of numbers; a day is what one office receives between two mornings,
// so holding one is little.
func byArrival(walk iter.Seq2[incoming.Document, error]) iter.Seq2[incoming.Document, error] {
	return func(yield func(incoming.Document, error) bool) {
		var day []incoming.Document
		flush := func() bool {
			slices.SortFunc(day, func(a, b incoming.Document) int { return a.Place().Compare(b.Place()) })
			for _, d := range day {
				if !yield(d, nil) {
					return false
				}
			}
			day = day[:0]
			return true
		}
		for d, err := range walk {
			if err != nil {
				// What was read before it is valid and comes first.
				if flush() {
					yield(incoming.Document{}, err)
				}
				return
			}
			if len(day) > 0 && day[0].Day() != d.Day() && !flush() {
				return
			}
			day = append(day, d)
		}
		flush()
	}
}

// Mandate implements incoming.Reader.
func (r incomingReader) Mandate(id incoming.MandateID) (incoming.Mandate, error) {
	return mandates.get(r.sc, string(id))
}

// Mandates implements incoming.Reader.
func (r incomingReader) Mandates(principal vanphong.PersonID) iter.Seq2[incoming.Mandate, error] {
	return mandates.walk(r.sc, filter{parent: string(principal)}, func(m incoming.Mandate) bool {
		return principal == "" || m.Principal == principal
	})
}

// PutBook implements incoming.Tx.
func (t incomingTx) PutBook(b incoming.Book) error { return arrivalBooks.put(t.sc, b) }

// PutDocument implements incoming.Tx.
func (t incomingTx) PutDocument(d incoming.Document) error { return arrivals.put(t.sc, d) }

// PutMandate implements incoming.Tx.
func (t incomingTx) PutMandate(m incoming.Mandate) error { return mandates.put(t.sc, m) }
