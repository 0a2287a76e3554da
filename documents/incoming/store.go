package incoming

import (
	"context"
	"iter"

	"github.com/vanphong-go/vanphong"
)

// The kinds of record in a [vanphong.Change] of this port.
const (
	RecordBook     = "arrival-book"
	RecordDocument = "incoming"
	RecordMandate  = "mandate"
)

// Store keeps arrival books, documents and mandates for any number of
// organisations. It is the port an adapter implements; programs talk to a
// [Desk].
//
// Every method takes the organisation first and touches nothing of another:
// an id or key of another organisation is not found. A store is safe for use
// by many goroutines and, if it is on disk, by many processes. What it hands
// out is the caller's: changing a slice of it changes nothing in the store.
//
// The contract is what package incomingtest examines.
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
	// in commit order, each put once: kind [RecordBook], [RecordDocument] or
	// [RecordMandate], the record's id, actor and instant from its Last. Nothing
	// that was undone appears.
	Changes(ctx context.Context, org vanphong.OrgID, after vanphong.Cursor) iter.Seq2[vanphong.Change, error]
}

// Reader reads one organisation's records within a transaction. It must not be
// used after the function it was given to has returned. What is not there is
// an error that wraps vanphong.ErrNotFound.
//
// Iterators yield an error as their last pair, if any; what was yielded before
// it is valid. Walk one sequence at a time: a store may hold a single
// connection.
type Reader interface {
	// Book returns an arrival book.
	Book(BookID) (Book, error)
	// Books walks the books, by their first day, then by id in byte order.
	Books() iter.Seq2[Book, error]
	// Document returns a document.
	Document(ID) (Document, error)
	// Holder returns the document that holds a key now, see [Document.Keys].
	Holder(Key) (Document, error)
	// Documents walks the documents that a query selects ([Query.Select]), by
	// arrival day, then book, then arrival number.
	Documents(Query) iter.Seq2[Document, error]
	// Mandate returns a mandate.
	Mandate(MandateID) (Mandate, error)
	// Mandates walks the mandates of a principal, all of them if it is empty,
	// by the day they begin, then by id in byte order.
	Mandates(principal vanphong.PersonID) iter.Seq2[Mandate, error]
}

// Tx is a Reader that can also write. Within a transaction, reads see what
// was put before; a walk is finished before the next put.
//
// A put writes one whole record, new or over the stored one, and stores it with
// Version + 1. It refuses, with an error that wraps vanphong.ErrConflict, a
// record whose Version is not the stored one's (0 if there is none), and with
// one that wraps vanphong.ErrInvalid a record whose Org is not the
// transaction's. What the record's Check refuses is refused with that error.
type Tx interface {
	Reader
	// PutBook writes a book.
	PutBook(Book) error
	// PutDocument writes a document. One of whose keys another document holds is
	// refused with an error that wraps vanphong.ErrConflict; keys that the
	// stored document held and the new one does not are free again.
	PutDocument(Document) error
	// PutMandate writes a mandate.
	PutMandate(Mandate) error
}
