package documents

import "github.com/vanphong-go/vanphong"

// SeriesKey says what is counted together (dãy số): an organ's documents in
// one scope that share a name. Two documents with the same key draw from the
// same numbers.
//
// It never has a year unless the policy counts by year: a Party term crosses five
// New Years and its count does not restart (36-HD/VPTW, mục II.1.3.1.a, grade P).
type SeriesKey struct {
	// Organ is the organisation whose numbers these are; for a joint document
	// the lead (cơ quan chủ trì); the others are in Content.With.
	Organ vanphong.OrgID `json:"organ"`
	// Scope is what the count restarts with: the id of a term or congress, a
	// year ("2026") or a legislature ("QH16").
	Scope string `json:"scope"`
	// Name is what the policy counts together: a symbol ("QĐ"), a kind, or
	// [AllKinds].
	Name string `json:"name"`
}

// AllKinds is the series name of a policy that counts every kind together, as
// a congress does.
// An asterisk is in no symbol and in no kind, so no other series can have this name.
const AllKinds = "*"

// SeriesID names a series within an organisation's store.
// It is the same in every organisation that has the same key; a store keeps them
// apart.
type SeriesID string

// ID returns the identifier of the series with this key. It is derived, so
// that every program finds the same series.
func (k SeriesKey) ID() SeriesID {
	return SeriesID(vanphong.Derive("series", string(k.Organ), k.Scope, k.Name))
}

// Series is a run of numbers and where its ledger stands. A series is opened
// once, at a stated number and on a stated basis; what it has given is told by
// its events alone.
//
// Next, Events, Head and Latest are what the store checks and moves with each event; the
// fields above them are fixed at the opening, but for Closed and the end of Days.
type Series struct {
	ID     SeriesID      `json:"id"`
	Key    SeriesKey     `json:"key"`
	System System        `json:"system"`
	Issuer string        `json:"issuer"` // organ code in the numbers: "TU"
	Days   vanphong.Days `json:"days"`   // days on which a document of this series can be dated
	First  uint32        `json:"first"`  // opened at this number
	Basis  string        `json:"basis"`  // why at this number
	Policy string        `json:"policy"` // version of the numbering policy it was opened under
	// Continues is the series of a predecessor (đơn vị trước sắp xếp) that this one
	// goes on from, with its count or from 01. Empty: none.
	Continues SeriesID `json:"continues,omitzero"`
	Closed    bool     `json:"closed,omitempty"`

	Next   uint32 `json:"next"`   // the number that the next document gets
	Events int64  `json:"events"` // how many events the ledger has
	Head   Digest `json:"head"`   // hash of the last event
	// Latest is the latest day of a document that got its number in turn; late and
	// inserted ones do not move it.
	Latest vanphong.Date `json:"latest,omitzero"`
}

// MaxSerial is the highest number a series gives: nine digits.
const MaxSerial = 999_999_999

// Last returns the last number the series has given, or zero if it has given
// none.
func (s Series) Last() uint32 {
	if s.Next <= s.First {
		return 0
	}
	return s.Next - 1
}

// after returns the series with an event added to its ledger. It is the only
// definition of what an event does to a series.
//
// A void or a release leaves Next alone: that is why no number is ever given twice.
// So do late and inserted numbers, which are not the next of the run.
func (s Series) after(e Event, en Entry) Series {
	switch e.Kind {
	case EventOpened:
		s.Next = s.First
	case EventReserved, EventIssued, EventHeld:
		// An event about a number taken before (the issue of a reserved one)
		// takes no new one.
		if e.Serial == s.Next {
			s.Next++
		}
		// A reservation has no day: it is zero and moves nothing.
		s.Latest = max(s.Latest, en.Day)
	case EventClosed:
		s.Closed = true
	}
	s.Events, s.Head = e.Seq, e.Hash
	return s
}

// label names a series for the reader of an error.
func (s Series) label() string {
	return s.Key.Name + " of " + string(s.Key.Organ) + " " + s.Key.Scope + " (" + isoDays(s.Days) + ")"
}

// isoDays writes days for the reader of an error, the last one included.
func isoDays(d vanphong.Days) string {
	if d.End == 0 {
		return "from " + d.First.String()
	}
	return d.First.String() + " to " + (d.End - 1).String()
}
