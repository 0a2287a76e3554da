package documents

import (
	"context"
	"iter"

	"github.com/vanphong-go/vanphong"
)

// Store keeps ledgers and registers for any number of organisations. It is
// the port an adapter implements; programs talk to a [Registrar].
//
// Every method takes the organisation first and touches nothing of another:
// an id of another organisation is not found. A store is safe for use by many
// goroutines and, if it is on disk, by many processes.
type Store interface {
	// Update runs fn in one transaction: either everything it appended is
	// durable when Update returns nil, or nothing of it is left. It runs fn
	// again from the start if the transaction must be repeated, so fn decides
	// from what it reads and does nothing outside; it is quick and does no I/O
	// of its own. If fn returns an error, Update undoes everything and returns
	// that error unchanged. A panic in fn is undone and comes back as an error.
	// A context that ends before the transaction is committed undoes it, with
	// the context's error.
	Update(ctx context.Context, org vanphong.OrgID, fn func(Tx) error) error

	// View runs fn over one consistent state of the organisation's records.
	View(ctx context.Context, org vanphong.OrgID, fn func(Reader) error) error

	// Changes walks what happened to the organisation's records after a
	// cursor, in commit order, each line once. Every event gives one line, with
	// the event's Cursor, instant and actor: of kind [RecordEntry] and the
	// entry's id if the event is about an entry (its series has changed with
	// it), else of kind [RecordSeries] and the series' id. An event that is not
	// committed, or was undone, is never seen.
	Changes(ctx context.Context, org vanphong.OrgID, after vanphong.Cursor) iter.Seq2[vanphong.Change, error]
}

// Reader reads one organisation's records within a transaction. It must not
// be used after the function it was given to has returned. Walk one sequence
// at a time: a store may hold a single connection.
type Reader interface {
	// Series returns a series, or an error that wraps vanphong.ErrNotFound.
	Series(SeriesID) (Series, error)
	// AllSeries walks every series, in the order of their ids.
	AllSeries() iter.Seq2[Series, error]
	// Entry returns an entry, or an error that wraps vanphong.ErrNotFound.
	Entry(EntryID) (Entry, error)
	// Entries walks the entries that match a query, in its order, from behind
	// its After on and up to its Limit. A query that [Query.Filter] refuses gives
	// that error.
	Entries(Query) iter.Seq2[Entry, error]
	// Events walks the ledger of a series in order of Seq. An empty id walks
	// every ledger, by series and Seq: also one whose series is gone, which is
	// how a check finds that it is.
	Events(SeriesID) iter.Seq2[Event, error]
}

// Tx is a Reader that can also append. Within a transaction, reads see what
// was appended before.
type Tx interface {
	Reader
	// Append adds an event to the ledger of a series. With it the series takes
	// the state after the event and the entry, if the event is about one, its
	// new state: all three or none. It is the only way to write.
	//
	// The store refuses, with errors that wrap vanphong.ErrConflict, an event
	// whose Seq is not the series' number of events plus one; a new entry whose
	// serial and suffix the series has already given; and an entry that moves
	// to another series or serial. It sets the event's Cursor and stores all
	// other fields as they are, hashes included. An event that is about no
	// entry comes with the zero Entry.
	Append(Series, Event, Entry) error
}

// The kinds of record in a [vanphong.Change] of this port. A change of an entry
// is one of its series too.
const (
	RecordEntry  = "entry"
	RecordSeries = "series"
)
