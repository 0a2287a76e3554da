package incomingtest

import (
	"errors"
	"fmt"
	"slices"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents/incoming"
	"github.com/vanphong-go/vanphong/internal/exam"
)

// Loss prevented: a bút phê, a deadline or who held a mandate that is not there
// when somebody asks.
func recordsKeptWhole(t T, s incoming.Store) {
	putOne(t, s)
	checkOne(t, s)
}

// putOne writes one record of each kind with every field filled.
func putOne(t T, s incoming.Store) {
	t.Helper()
	exam.Update(t, s, here, func(tx incoming.Tx) error {
		return errors.Join(tx.PutBook(book(here, "b1")), tx.PutDocument(document(here, "d1")), tx.PutMandate(mandate(here, "m1")))
	})
}

// checkOne compares what putOne wrote, as got, as walked and as changes.
func checkOne(t T, s incoming.Store) {
	t.Helper()
	b, d, m := book(here, "b1"), document(here, "d1"), mandate(here, "m1")
	b.Version, d.Version, m.Version = 1, 1, 1
	exam.View(t, s, here, func(r incoming.Reader) error {
		gotBook, err := r.Book("b1")
		if err != nil {
			t.Fatalf("get: %v", err)
		}
		exam.Same(t, "book", gotBook, b)
		gotDocument, err := r.Document("d1")
		if err != nil {
			t.Fatalf("get: %v", err)
		}
		exam.Same(t, "document", gotDocument, d)
		gotMandate, err := r.Mandate("m1")
		if err != nil {
			t.Fatalf("get: %v", err)
		}
		exam.Same(t, "mandate", gotMandate, m)
		exam.Same(t, "walked books", exam.Collect(t, r.Books()), []incoming.Book{b})
		exam.Same(t, "walked documents", exam.Collect(t, r.Documents(incoming.Query{})), []incoming.Document{d})
		exam.Same(t, "walked mandates", exam.Collect(t, r.Mandates("bt")), []incoming.Mandate{m})
		return nil
	})
	log := exam.Changes(t, s, here, 0)
	if got := exam.Lines(log); got != "arrival-book:b1 incoming:d1 mandate:m1 " {
		t.Fatalf("changes: %s", got)
	}
	if c := log[1]; c.Org != here || c.By != d.Last.By || !c.At.Equal(d.Last.At) {
		t.Errorf("change %+v", c)
	}
}

// oddIDs are those that no record can have: a NUL, and what is not UTF-8.
var oddIDs = []string{"a\x00b", "a\xffb"}

// Loss prevented: an empty record taken for a real one.
func notFound(t T, s incoming.Store) {
	check := func(r incoming.Reader) error {
		_, book := r.Book("x")
		_, document := r.Document("x")
		_, holder := r.Holder("x")
		_, mandate := r.Mandate("x")
		for what, err := range map[string]error{"book": book, "document": document, "key": holder, "mandate": mandate} {
			exam.WantErr(t, "a "+what+" that is not there", err, vanphong.ErrNotFound)
		}
		return nil
	}
	// What no id can be is not there either, and no other error.
	odd := func(r incoming.Reader) error {
		for _, id := range oddIDs {
			_, book := r.Book(incoming.BookID(id))
			_, document := r.Document(incoming.ID(id))
			_, holder := r.Holder(incoming.Key(id))
			_, arrival := r.Holder(incoming.ArrivalKey(incoming.BookID(id), 1))
			_, mandate := r.Mandate(incoming.MandateID(id))
			for what, err := range map[string]error{"book": book, "document": document, "key": holder, "arrival": arrival, "mandate": mandate} {
				exam.WantErr(t, fmt.Sprintf("a %s of id %q", what, id), err, vanphong.ErrNotFound)
			}
			if got := exam.Names(t, r.Mandates(vanphong.PersonID(id)), mandateName); len(got) != 0 {
				t.Errorf("the mandates of %q are %v", id, got)
			}
		}
		return nil
	}
	exam.View(t, s, here, check)
	exam.View(t, s, here, odd)
	exam.Update(t, s, here, func(tx incoming.Tx) error { return errors.Join(check(tx), odd(tx)) })
	port().Empty(t, s, here)
}

// Loss prevented: a step that does not see what it has just recorded, and
// records it again.
func readYourWrites(t T, s incoming.Store) {
	exam.Update(t, s, here, func(tx incoming.Tx) error {
		if err := putAll(tx, here, "x"); err != nil {
			return err
		}
		b, err := tx.Book("x")
		if err != nil || b.Version != 1 {
			t.Errorf("a book put in this transaction: version %d, %v", b.Version, err)
		}
		if m, err := tx.Mandate("x"); err != nil || m.Version != 1 {
			t.Errorf("a mandate put in this transaction: version %d, %v", m.Version, err)
		}
		d, err := tx.Document("x")
		if err != nil || d.Version != 1 {
			t.Errorf("a document put in this transaction: version %d, %v", d.Version, err)
		}
		if h, err := tx.Holder(incoming.ExternalKey("id/x")); err != nil || h.ID != "x" {
			t.Errorf("a key put in this transaction: %q, %v", h.ID, err)
		}
		if got := exam.Names(t, tx.Documents(incoming.Query{Book: "so-2025"}), documentName); len(got) != 1 {
			t.Errorf("a walk in the transaction sees %v", got)
		}
		if got := exam.Names(t, tx.Mandates("bt"), mandateName); len(got) != 1 {
			t.Errorf("a walk of mandates in the transaction sees %v", got)
		}
		d.Signer = "lần hai"
		if err := tx.PutDocument(d); err != nil {
			return err
		}
		if d, err = tx.Document("x"); err != nil || d.Signer != "lần hai" || d.Version != 2 {
			t.Errorf("put twice in one transaction: %q version %d, %v", d.Signer, d.Version, err)
		}
		return nil
	})
}

// Loss prevented: two numbers taken at the same moment, of which the book
// knows one; two opinions, of which one is kept.
func versionConflict(t T, s incoming.Store) {
	exam.Update(t, s, here, func(tx incoming.Tx) error { return putAll(tx, here, "x") })
	for _, c := range []struct {
		id      string
		version int64
	}{
		{"x", 0},  // new though it is there
		{"x", 2},  // from the future
		{"x", -1}, // nonsense
		{"y", 1},  // a first record is new
	} {
		b, d, m := book(here, incoming.BookID(c.id)), paper(here, incoming.ID(c.id)), mandate(here, incoming.MandateID(c.id))
		b.Version, d.Version, m.Version = c.version, c.version, c.version
		for what, put := range map[string]func(incoming.Tx) error{
			"book":     func(tx incoming.Tx) error { return tx.PutBook(b) },
			"document": func(tx incoming.Tx) error { return tx.PutDocument(d) },
			"mandate":  func(tx incoming.Tx) error { return tx.PutMandate(m) },
		} {
			exam.WantErr(t, what+" "+c.id, s.Update(t.Context(), here, put), vanphong.ErrConflict)
		}
	}
	exam.Update(t, s, here, func(tx incoming.Tx) error {
		b, err := tx.Book("x")
		if err != nil {
			return err
		}
		b.Next++
		return tx.PutBook(b)
	})
	exam.View(t, s, here, func(r incoming.Reader) error {
		if b, err := r.Book("x"); err != nil || b.Version != 2 || b.Next != book(here, "x").Next+1 {
			t.Errorf("after a change: version %d, next %d, %v", b.Version, b.Next, err)
		}
		return nil
	})
}

// Loss prevented: a document that turns up in another office's book.
func foreignRecord(t T, s incoming.Store) {
	for what, put := range map[string]func(incoming.Tx) error{
		"book":     func(tx incoming.Tx) error { return tx.PutBook(book(there, "x")) },
		"document": func(tx incoming.Tx) error { return tx.PutDocument(paper(there, "x")) },
		"mandate":  func(tx incoming.Tx) error { return tx.PutMandate(mandate(there, "x")) },
	} {
		exam.WantErr(t, "a "+what+" of another organisation", s.Update(t.Context(), here, put), vanphong.ErrInvalid)
	}
	port().Empty(t, s, here)
	port().Empty(t, s, there)
}

// Loss prevented: a tree in which a step answers itself, and every program
// that reads it runs for ever.
func checked(t T, s incoming.Store) {
	loop := paper(here, "x")
	loop.Steps = []incoming.Step{{ID: "1", Parent: "1", Kind: incoming.Proposal, By: "a", At: at(1), Text: "ý kiến"}}
	backwards, nobody := book(here, "x"), mandate(here, "x")
	backwards.Next, nobody.Signer = backwards.First-1, nobody.Principal
	for what, put := range map[string]func(incoming.Tx) error{
		"a step that answers itself":       func(tx incoming.Tx) error { return tx.PutDocument(loop) },
		"a book that gave fewer than none": func(tx incoming.Tx) error { return tx.PutBook(backwards) },
		"a mandate for oneself":            func(tx incoming.Tx) error { return tx.PutMandate(nobody) },
	} {
		if err := s.Update(t.Context(), here, put); err == nil {
			t.Errorf("%s was taken", what)
		}
	}
	port().Empty(t, s, here)
}

// Loss prevented: documents of two offices under one id, each overwriting the
// other, or one office's paper refused because another has it.
func isolationIDs(t T, s incoming.Store) {
	putOne(t, s)
	exam.View(t, s, there, func(r incoming.Reader) error {
		_, err := r.Document("d1")
		exam.WantErr(t, "an id of another organisation", err, vanphong.ErrNotFound)
		_, err = r.Holder(document(here, "d1").Keys()[0])
		exam.WantErr(t, "a key of another organisation", err, vanphong.ErrNotFound)
		_, err = r.Book("b1")
		exam.WantErr(t, "a book of another organisation", err, vanphong.ErrNotFound)
		_, err = r.Mandate("m1")
		exam.WantErr(t, "a mandate of another organisation", err, vanphong.ErrNotFound)
		return nil
	})
	// The same ids and keys live beside each other.
	exam.Update(t, s, there, func(tx incoming.Tx) error {
		return errors.Join(tx.PutBook(book(there, "b1")), tx.PutDocument(document(there, "d1")), tx.PutMandate(mandate(there, "m1")))
	})
	checkOne(t, s)
}

// Loss prevented: another office's papers in a list that is sent upwards.
func isolationListing(t T, s incoming.Store) {
	putOne(t, s)
	exam.View(t, s, there, func(r incoming.Reader) error {
		for _, q := range []incoming.Query{{}, {Book: "so-2025"}, {Unit: "btg"}, {Words: "văn bản"}} {
			if got := exam.Names(t, r.Documents(q), documentName); len(got) > 0 {
				t.Errorf("listed from another organisation: %v", got)
			}
		}
		if got := exam.Names(t, r.Books(), bookName); len(got) > 0 {
			t.Errorf("books of another organisation: %v", got)
		}
		for _, p := range []vanphong.PersonID{"", "bt"} {
			if got := exam.Names(t, r.Mandates(p), mandateName); len(got) > 0 {
				t.Errorf("mandates of another organisation: %v", got)
			}
		}
		return nil
	})
}

// Loss prevented: persons whose ids differ only in case or marks sign for one
// another.
func idsExact(t T, s incoming.Store) {
	exam.Update(t, s, here, func(tx incoming.Tx) error {
		for _, id := range exam.OddIDs() {
			m := mandate(here, incoming.MandateID(id))
			m.Principal = vanphong.PersonID(id)
			if err := errors.Join(tx.PutBook(book(here, incoming.BookID(id))), tx.PutMandate(m), tx.PutDocument(odd(id))); err != nil {
				return err
			}
		}
		return nil
	})
	want := exam.OddIDs()
	slices.Sort(want)
	exam.View(t, s, here, func(r incoming.Reader) error {
		for _, id := range exam.OddIDs() {
			d, err := r.Document(incoming.ID(id))
			if err != nil || string(d.ID) != id || string(d.Book) != id {
				t.Errorf("id %q: got %q in book %q, %v", id, d.ID, d.Book, err)
			}
			h, err := r.Holder(incoming.ArrivalKey(incoming.BookID(id), 1))
			if err != nil || string(h.ID) != id {
				t.Errorf("number 1 of book %q: got %q, %v", id, h.ID, err)
			}
			exam.Same(t, "by book", exam.Names(t, r.Documents(incoming.Query{Book: incoming.BookID(id)}), documentName), []string{id})
			exam.Same(t, "by principal", exam.Names(t, r.Mandates(vanphong.PersonID(id)), mandateName), []string{id})
		}
		exam.Same(t, "books in byte order", exam.Names(t, r.Books(), bookName), want)
		exam.Same(t, "documents in byte order of books", exam.Names(t, r.Documents(incoming.Query{}), documentName), want)
		exam.Same(t, "mandates in byte order", exam.Names(t, r.Mandates(""), mandateName), want)
		return nil
	})
}

// odd is a document without number and exchange id, the first of its own book.
func odd(id string) incoming.Document {
	d := paper(here, incoming.ID(id))
	d.Book, d.Arrival, d.NumberText, d.External = incoming.BookID(id), 1, "", ""
	return d
}

// Loss prevented: a page that sorts the steps it was given and so changes the
// record.
func recordsNotShared(t T, s incoming.Store) {
	mine := document(here, "d1")
	exam.Update(t, s, here, func(tx incoming.Tx) error {
		return errors.Join(tx.PutBook(book(here, "b1")), tx.PutDocument(mine), tx.PutMandate(mandate(here, "m1")))
	})
	// Neither what was put nor what was got is the stored record.
	spoil := func(d incoming.Document) {
		d.Also[0], d.Presented[0].Note, d.Required[0].Title, d.Answers[0].Number = "đổi", "đổi", "đổi", "đổi"
		d.Corrections[0].Reason = "đổi"
		d.Steps[0].Text, d.Steps[1].Coordinating[0].Unit = "đổi", "đổi"
	}
	spoil(mine)
	exam.View(t, s, here, func(r incoming.Reader) error {
		d, err := r.Document("d1")
		if err != nil {
			return err
		}
		spoil(d)
		for d, err := range r.Documents(incoming.Query{}) {
			if err != nil {
				return err
			}
			spoil(d)
		}
		h, err := r.Holder(document(here, "d1").Keys()[0])
		if err != nil {
			return err
		}
		spoil(h)
		return nil
	})
	checkOne(t, s)
}
