package meetings

import (
	"context"
	"iter"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
)

// The kinds of record in a [vanphong.Change] of this port.
const (
	RecordRoll       = "roll"
	RecordMeeting    = "meeting"
	RecordConclusion = "conclusion"
)

// Store keeps rolls, meetings and conclusions for any number of
// organisations. It is the port an adapter implements; programs talk to a
// [Secretary].
//
// Every method takes the organisation first and touches nothing of another:
// an id of another organisation is not found. A store is safe for use by many
// goroutines and, if it is on disk, by many processes. What it hands out is
// the caller's: changing a slice of it changes nothing in the store.
//
// The contract is what package meetingstest examines; a store that passes may
// be used in place of any other.
type Store interface {
	// Update runs fn in one transaction: either everything it put is durable
	// when Update returns nil, or nothing of it is left. Updates of one
	// organisation take effect one after another. Update runs fn again from the
	// start if the transaction must be repeated, so fn decides from what it
	// reads and does nothing outside; it is quick, does no I/O of its own and
	// does not call the store. If fn returns an error, Update undoes everything
	// and returns that error unchanged. A panic in fn is undone and comes back
	// as an error. A context that ends before the transaction is committed
	// undoes it, with the context's error.
	Update(ctx context.Context, org vanphong.OrgID, fn func(Tx) error) error

	// View runs fn over one consistent state of the organisation's records, and
	// returns fn's error unchanged. It does not hold up an Update: fn may take
	// its time, and may call Update; it goes on seeing the state it began with.
	View(ctx context.Context, org vanphong.OrgID, fn func(Reader) error) error

	// Changes walks what happened to the organisation's records after a cursor,
	// in commit order, each Put once: kind [RecordRoll], [RecordMeeting] or
	// [RecordConclusion], the id of the record (of the body for a roll), actor
	// and instant from the record's Last. Nothing that was undone appears.
	Changes(ctx context.Context, org vanphong.OrgID, after vanphong.Cursor) iter.Seq2[vanphong.Change, error]
}

// Reader reads one organisation's records within a transaction. It must not
// be used after the function it was given to has returned.
//
// Iterators yield an error as their last pair, if any; what was yielded before
// it is valid.
type Reader interface {
	// Roll returns the roll of a body, or an error that wraps vanphong.ErrNotFound.
	Roll(vanphong.BodyID) (Roll, error)
	// Rolls walks every roll, in the byte order of the bodies' ids.
	Rolls() iter.Seq2[Roll, error]
	// Meeting returns a meeting, or an error that wraps vanphong.ErrNotFound.
	Meeting(MeetingID) (Meeting, error)
	// Meetings walks the meetings that match a query, by day, then by id in byte
	// order.
	Meetings(Query) iter.Seq2[Meeting, error]
	// Conclusion returns a conclusion, or an error that wraps vanphong.ErrNotFound.
	Conclusion(ConclusionID) (Conclusion, error)
	// Conclusions walks the conclusions that match a query, by day, then by id
	// in byte order.
	Conclusions(ConclusionQuery) iter.Seq2[Conclusion, error]
}

// Tx is a Reader that can also write. Within a transaction, reads see what
// was put before; a walk is finished before the next Put.
//
// Each Put writes one whole record, new or over the stored one. It refuses,
// with an error that wraps vanphong.ErrConflict, a record whose Version is
// not the stored one's (0 if there is none), and stores it with Version + 1.
// A record whose Org is not the transaction's is refused with an error that
// wraps vanphong.ErrInvalid.
//
// Versions are how two clerks at two desks find out that they have changed the
// same meeting, instead of the second silently undoing the first.
type Tx interface {
	Reader
	// PutRoll writes the roll of r.Body.ID.
	PutRoll(r Roll) error
	// PutMeeting writes a meeting.
	PutMeeting(m Meeting) error
	// PutConclusion writes a conclusion.
	PutConclusion(c Conclusion) error
}

// Query says which meetings to walk. A zero field does not restrict.
//
// Days is half-open, as everywhere: First is in it, End is not.
type Query struct {
	Body  vanphong.BodyID
	Term  vanphong.TermID
	State State
	Days  vanphong.Days // of the meeting's day
}

// Match reports whether a meeting is one the query asks for.
func (q Query) Match(m Meeting) bool {
	return (q.Body == "" || q.Body == m.Body) && (q.Term == "" || q.Term == m.Term) &&
		(q.State == StateUnknown || q.State == m.State) && q.Days.Contains(m.Day)
}

// ConclusionQuery says which conclusions to walk. A zero field does not
// restrict.
//
// Unnumbered goes by the document and not the number: an entry in the secret
// register has no number that is shown here.
type ConclusionQuery struct {
	Body       vanphong.BodyID
	Meeting    MeetingID
	Kind       documents.Kind
	Days       vanphong.Days // of the meeting's day
	Unnumbered bool          // only those without a document
}

// Match reports whether a conclusion is one the query asks for.
func (q ConclusionQuery) Match(c Conclusion) bool {
	return (q.Body == "" || q.Body == c.Body) && (q.Meeting == "" || q.Meeting == c.Meeting) &&
		(q.Kind == "" || q.Kind == c.Kind) && q.Days.Contains(c.Day) && (!q.Unnumbered || c.Document == "")
}
