package dispatch

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"time"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
)

// RecordDispatch is the kind of record in a [vanphong.Change] of this port.
const RecordDispatch = "dispatch"

// Store keeps dispatches for any number of organisations. It is the port an
// adapter implements; programs talk to a [Clerk].
//
// Every method takes the organisation first and touches nothing of another:
// an id of another organisation is not found. A store is safe for use by many
// goroutines and, if it is on disk, by many processes. What it hands out is
// the caller's: changing a slice of it changes nothing in the store.
//
// The contract is what package dispatchtest examines.
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
	// A View inside a View, as in the body of a walk, holds a second connection:
	// a store of few refuses it after a while, and does not wait for ever.
	View(ctx context.Context, org vanphong.OrgID, fn func(Reader) error) error

	// Changes walks what happened to the organisation's records after a cursor,
	// in commit order, each Put once: kind [RecordDispatch], the entry's id,
	// actor and instant from its Last. Nothing that was undone appears.
	Changes(ctx context.Context, org vanphong.OrgID, after vanphong.Cursor) iter.Seq2[vanphong.Change, error]
}

// Reader reads one organisation's dispatches within a transaction. It must not
// be used after the function it was given to has returned.
//
// Iterators yield an error as their last pair, if any; what was yielded before
// it is valid.
type Reader interface {
	// Dispatch returns the record of an entry, or an error that wraps
	// vanphong.ErrNotFound.
	Dispatch(documents.EntryID) (Dispatch, error)
	// Dispatches walks the records that match a query, by the day of the
	// document, then by entry in byte order.
	Dispatches(Query) iter.Seq2[Dispatch, error]
}

// Tx is a Reader that can also write. Within a transaction, reads see what
// was put before; a walk is finished before the next Put.
//
// One method: a document with its recipients is one record, so no reader sees a
// copy at two recipients.
type Tx interface {
	Reader
	// PutDispatch writes one whole record, new or over the stored one. It
	// refuses, with an error that wraps vanphong.ErrConflict, one whose Version
	// is not the stored one's (0 if there is none), and stores it with
	// Version + 1. One whose Org is not the transaction's is refused with an
	// error that wraps vanphong.ErrInvalid.
	PutDispatch(Dispatch) error
}

// Position is a place in a listing: the record that was shown last. The zero
// Position is the beginning.
//
// It is the record's own place in the order and no count, so that a page goes on
// where the last one ended even if records were added before it.
type Position struct {
	Day   vanphong.Date     `json:"day,omitzero"`
	Entry documents.EntryID `json:"entry,omitempty"`
}

// Position returns the place of the record in every listing.
func (d Dispatch) Position() Position { return Position{d.Day, d.Entry} }

// Compare orders places as listings do.
func (p Position) Compare(o Position) int {
	return cmp.Or(cmp.Compare(p.Day, o.Day), cmp.Compare(p.Entry, o.Entry))
}

// Query says which dispatches to walk. A zero field does not restrict.
//
// It goes by what is recorded now. For a past instant walk all and ask
// [Recipient.Status].
type Query struct {
	Days      vanphong.Days  // of the documents
	Recipient vanphong.OrgID // organisations among the recipients, the file included
	// Awaiting restricts to documents that were sent to somebody on or before
	// this day who has not said what became of them.
	Awaiting   vanphong.Date
	RecallOpen bool     // only those with a recall that has not ended
	After      Position // only those that come after it: the next page
}

// Match reports whether a dispatch is one the query asks for.
func (q Query) Match(d Dispatch) bool {
	if !q.Days.Contains(d.Day) || (q.After != Position{} && d.Position().Compare(q.After) <= 0) {
		return false
	}
	// Each condition may be met by another recipient.
	return (q.Recipient == "" || slices.ContainsFunc(d.Recipients, func(r Recipient) bool { return r.Org == q.Recipient })) &&
		(q.Awaiting.IsZero() || slices.ContainsFunc(d.Recipients, func(r Recipient) bool {
			s := r.Status(time.Time{})
			return s.Awaiting() && vanphong.DateOf(s.Sent) <= q.Awaiting
		})) &&
		(!q.RecallOpen || len(d.RecallOpen()) > 0)
}
