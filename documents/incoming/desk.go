package incoming

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"time"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/internal/memory"
)

// errEnded is for a step on a document that is done, returned, refused or void.
var errEnded = fmt.Errorf("%w: %w", vanphong.ErrState, vanphong.ErrClosed)

// Desk is the desk at which documents arrive (bộ phận văn thư đến) over any
// [Store].
//
// Every method that writes asks the guard first, checks what it is given, and
// can be repeated: the same step again returns the stored record unchanged,
// another content under the same id is vanphong.ErrConflict. A step on a
// document whose way has ended wraps vanphong.ErrState and vanphong.ErrClosed.
// An error leaves the store as it was. A Desk is safe for use by many
// goroutines.
//
// An event that is given without an instant happened when it was recorded.
type Desk struct {
	store Store
	guard vanphong.Guard
}

// Options are what a [Desk] can be told. Nil is the zero value.
type Options struct {
	// Guard decides who may; the verbs are "incoming.open", "close", "receive",
	// "correct", "present", "instruct", "delegate", "revoke", "acknowledge", "return",
	// "refuse", "complete", "link", "require" and "void", each after "incoming.".
	Guard vanphong.Guard
}

// NewDesk returns a desk over a store.
// Over a nil store every call is an error that wraps vanphong.ErrInvalid.
func NewDesk(store Store, opt *Options) *Desk {
	if store == nil {
		store = memory.None[Tx, Reader]{}
	}
	d := &Desk{store: store}
	if opt != nil {
		d.guard = opt.Guard
	}
	return d
}

// ask comes before the store: whoever may not ask is not to learn whether the
// record exists.
func (k *Desk) ask(ctx context.Context, org vanphong.OrgID, by vanphong.Stamp, verb, object string) error {
	if err := vanphong.CheckID("org", org); err != nil {
		return err
	}
	if err := by.Check(); err != nil {
		return err
	}
	return k.guard.Ask(ctx, vanphong.Act{Org: org, By: by.By, Verb: "incoming." + verb, Object: object})
}

// OpenBook opens an arrival book. Opening it again with the same content
// returns the book as it is now.
func (k *Desk) OpenBook(ctx context.Context, org vanphong.OrgID, o Opening, by vanphong.Stamp) (Book, error) {
	o.Basis = vanphong.NFC(o.Basis)
	fresh, bad := o.book(org, by)
	if err := k.ask(ctx, org, by, "open", string(fresh.ID)); err != nil {
		return Book{}, err
	}
	if bad != nil {
		return Book{}, bad
	}
	var out Book
	err := k.store.Update(ctx, org, func(tx Tx) error {
		b, err := tx.Book(fresh.ID)
		switch {
		case err == nil:
			out = b
			return b.sameOpening(fresh)
		case !errors.Is(err, vanphong.ErrNotFound):
			return err
		}
		out = fresh
		return putBook(tx, &out, by)
	})
	return result(out, err)
}

// CloseBook closes a book: it gives no more numbers. What it holds goes on.
//
// It is not needed for the next year's book to open: papers of the old year come
// in for weeks.
func (k *Desk) CloseBook(ctx context.Context, org vanphong.OrgID, id BookID, reason string, by vanphong.Stamp) (Book, error) {
	if err := k.ask(ctx, org, by, "close", string(id)); err != nil {
		return Book{}, err
	}
	reason = vanphong.NFC(reason)
	if err := hidden(false).text("reason", reason, MaxOpinion, true); err != nil {
		return Book{}, err
	}
	var out Book
	err := k.store.Update(ctx, org, func(tx Tx) (err error) {
		if out, err = tx.Book(id); err != nil {
			return err
		}
		if !out.Closed.IsZero() {
			if out.Closed.Reason == reason {
				return nil
			}
			return vanphong.NewInputError("book", string(id), "a book that is open", vanphong.ErrClosed)
		}
		out.Closed = Ending{by.At, reason, by}
		return putBook(tx, &out, by)
	})
	return result(out, err)
}

// Receive registers a document under the caller's id and gives it the book's
// next number. The same id again returns the document as it is now; with
// another content it is vanphong.ErrConflict and names the field. A document
// that is registered already under another id is a [*DuplicateError], unless
// r.Anyway says why.
func (k *Desk) Receive(ctx context.Context, org vanphong.OrgID, id ID, r Receipt, by vanphong.Stamp) (Document, error) {
	if err := k.ask(ctx, org, by, "receive", string(id)); err != nil {
		return Document{}, err
	}
	r = r.composed()
	if err := first(vanphong.CheckID("id", id), r.Check()); err != nil {
		return Document{}, err
	}
	if r.Received.After(by.At) {
		return Document{}, vanphong.NewInputError("received", instant(r.Received), "an instant not after it was recorded, "+instant(by.At), nil)
	}
	var out Document
	err := k.store.Update(ctx, org, func(tx Tx) error {
		d, err := tx.Document(id)
		switch {
		case err == nil:
			out = d
			return d.sameReceipt(r)
		case !errors.Is(err, vanphong.ErrNotFound):
			return err
		}
		out = Document{ID: id, Org: org, Receipt: r, Registered: by}
		return register(tx, &out, by)
	})
	return result(out, err)
}

func (d Document) sameReceipt(r Receipt) error {
	h := hidden(bool(d.hidden()) || bool(r.hidden()))
	if field, given, stored := r.differs(d.Receipt); field != "" {
		return h.refuse(field, given, "what was registered, "+h.quote(stored), vanphong.ErrConflict)
	}
	return nil
}

// register finds out whether the document is there already, takes a number
// from its book and puts both.
//
// The number is taken last: a document refused as a duplicate uses none up. The
// first document learns of the second, so that whoever opens it sees both.
func register(tx Tx, d *Document, by vanphong.Stamp) error {
	before, err := earlier(tx, d.Receipt, d.ID)
	if err != nil {
		return err
	}
	if before != nil {
		if d.Anyway == "" {
			return sameDocument(d.Receipt, *before)
		}
		d.Duplicate = Duplicate{Of: before.ID, Reason: d.Anyway}
		before.Also = append(before.Also, d.ID)
		if err := put(tx, before, by); err != nil {
			return err
		}
	}
	b, err := tx.Book(d.Book)
	if err != nil {
		return err
	}
	if d.Arrival, err = b.take(d.Receipt); err != nil {
		return err
	}
	if err := putBook(tx, &b, by); err != nil {
		return err
	}
	return put(tx, d, by)
}

// earlier returns the document, other than self, that holds one of a receipt's
// keys, nil if there is none.
//
// By keys and not by a search: it runs inside the transaction that gives the
// number, while every other clerk waits.
func earlier(r Reader, receipt Receipt, self ID) (*Document, error) {
	var keys []Key
	if receipt.External != "" {
		keys = append(keys, ExternalKey(receipt.External))
	}
	if k := receipt.DocumentKey(); k != "" {
		keys = append(keys, k)
	}
	for _, key := range keys {
		d, err := r.Holder(key)
		switch {
		case errors.Is(err, vanphong.ErrNotFound):
		case err != nil:
			return nil, err
		case d.ID != self:
			return &d, nil
		}
	}
	return nil, nil
}

// Similar returns what may be the same paper among the documents that arrived
// in the 120 days before and the day after a receipt, see [Near]. A form asks
// it before the clerk registers.
func (k *Desk) Similar(ctx context.Context, org vanphong.OrgID, r Receipt) ([]vanphong.Finding, error) {
	day := r.Day()
	return Near(r, k.Documents(ctx, org, Query{Arrived: vanphong.Days{First: max(1, day-nearDays), End: day + 2}}))
}

// change runs one step on a stored document. fn changes d and reports whether
// it did; a document it leaves as it is is not written.
//
// fn may run more than once (see [Store]), each time on a fresh copy of d.
func (k *Desk) change(ctx context.Context, org vanphong.OrgID, id ID, verb string, by vanphong.Stamp, fn func(Tx, *Document) (bool, error)) (Document, error) {
	if err := k.ask(ctx, org, by, verb, string(id)); err != nil {
		return Document{}, err
	}
	var out Document
	err := k.store.Update(ctx, org, func(tx Tx) error {
		d, err := tx.Document(id)
		if err != nil {
			return err
		}
		changed, err := fn(tx, &d)
		if err == nil && changed {
			err = put(tx, &d, by)
		}
		out = d
		return err
	})
	return result(out, err)
}

// put stores d under a stamp and gives it the version it has then.
func put(tx Tx, d *Document, by vanphong.Stamp) error {
	d.Last = by
	if err := tx.PutDocument(*d); err != nil {
		return err
	}
	d.Version++
	return nil
}

func putBook(tx Tx, b *Book, by vanphong.Stamp) error {
	b.Last = by
	if err := tx.PutBook(*b); err != nil {
		return err
	}
	b.Version++
	return nil
}

// result hands out nothing with an error.
func result[T any](v T, err error) (T, error) {
	if err != nil {
		var none T
		return none, err
	}
	return v, nil
}

// when is the instant of an event, without a monotonic clock: as given, or as
// recorded.
//
// The monotonic clock goes because it would not come back from a store.
func when(at time.Time, by vanphong.Stamp) time.Time {
	if at.IsZero() {
		at = by.At
	}
	return at.Round(0)
}

// Document returns a document.
func (k *Desk) Document(ctx context.Context, org vanphong.OrgID, id ID) (out Document, err error) {
	err = k.store.View(ctx, org, func(r Reader) (err error) {
		out, err = r.Document(id)
		return err
	})
	return out, err
}

// Arrival returns the document with a number of a book.
func (k *Desk) Arrival(ctx context.Context, org vanphong.OrgID, book BookID, number uint32) (out Document, err error) {
	err = k.store.View(ctx, org, func(r Reader) (err error) {
		out, err = r.Holder(ArrivalKey(book, number))
		return err
	})
	return out, err
}

// Documents walks the documents that a query selects, by arrival day, then
// book, then arrival number. The walk holds a View open, which does not hold up
// writers.
func (k *Desk) Documents(ctx context.Context, org vanphong.OrgID, q Query) iter.Seq2[Document, error] {
	return walk(k, ctx, org, func(r Reader) iter.Seq2[Document, error] { return r.Documents(q) })
}

// Books walks the arrival books, by their first day.
func (k *Desk) Books(ctx context.Context, org vanphong.OrgID) iter.Seq2[Book, error] {
	return walk(k, ctx, org, Reader.Books)
}

// Mandates walks the mandates of a principal, all of them if it is empty.
func (k *Desk) Mandates(ctx context.Context, org vanphong.OrgID, principal vanphong.PersonID) iter.Seq2[Mandate, error] {
	return walk(k, ctx, org, func(r Reader) iter.Seq2[Mandate, error] { return r.Mandates(principal) })
}

// Proof makes the proof of a book, see [ProofOf], over one state of the store.
//
// One view: a number given between reading the book and its documents would show
// as missing.
func (k *Desk) Proof(ctx context.Context, org vanphong.OrgID, id BookID) (out Proof, err error) {
	err = k.store.View(ctx, org, func(r Reader) error {
		b, err := r.Book(id)
		if err != nil {
			return err
		}
		// Not by the book's days: a document astray outside of them must show.
		out, err = ProofOf(b, r.Documents(Query{Book: id}))
		return err
	})
	return out, err
}

// Outstanding walks the requirements that no local document had met by the end
// of a day, see [OutstandingOn].
func (k *Desk) Outstanding(ctx context.Context, org vanphong.OrgID, day vanphong.Date) iter.Seq2[Outstanding, error] {
	return OutstandingOn(day, k.Documents(ctx, org, Query{Required: true}))
}

// walk yields a sequence of a view, which lasts as long as the walk.
func walk[T any](k *Desk, ctx context.Context, org vanphong.OrgID, of func(Reader) iter.Seq2[T, error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		stopped := false
		err := k.store.View(ctx, org, func(r Reader) error {
			for v, err := range of(r) {
				if err != nil {
					return err
				}
				if stopped = !yield(v, nil); stopped {
					return nil
				}
			}
			return nil
		})
		if err != nil && !stopped {
			var none T
			yield(none, err)
		}
	}
}
