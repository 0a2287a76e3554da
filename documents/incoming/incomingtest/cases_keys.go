package incomingtest

import (
	"errors"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents/incoming"
	"github.com/vanphong-go/vanphong/internal/exam"
)

// Loss prevented: one number on two papers, or one paper under two numbers,
// registered by two clerks in the same second.
func keysUnique(t T, s incoming.Store) {
	first := paper(here, "a")
	put(t, s, here, first)
	for what, change := range map[string]func(*incoming.Document){
		"arrival number": func(d *incoming.Document) { d.Arrival = first.Arrival },
		"exchange id":    func(d *incoming.Document) { d.External = first.External },
		"number and day": func(d *incoming.Document) { d.NumberText = first.NumberText },
		"folded number":  func(d *incoming.Document) { d.NumberText = "SO CUA  A" },
	} {
		d := paper(here, "b")
		change(&d)
		exam.WantErr(t, "the same "+what, s.Update(t.Context(), here, func(tx incoming.Tx) error { return tx.PutDocument(d) }), vanphong.ErrConflict)
	}
	// What differs by one of its parts is another paper.
	other := paper(here, "b")
	other.NumberText, other.Dated = first.NumberText, first.Dated+1
	put(t, s, here, other)
	exam.View(t, s, here, func(r incoming.Reader) error {
		for _, k := range first.Keys() {
			if d, err := r.Holder(k); err != nil || d.ID != "a" {
				t.Errorf("key %s leads to %q, %v", k, d.ID, err)
			}
		}
		return nil
	})
}

// Loss prevented: a paper that was sent back, and is refused as a duplicate when
// it comes again corrected.
func keysFreed(t T, s incoming.Store) {
	for what, end := range map[string]func(*incoming.Document, incoming.Ending){
		"returned": func(d *incoming.Document, e incoming.Ending) { d.Returned = e },
		"refused":  func(d *incoming.Document, e incoming.Ending) { d.Refused = e },
	} {
		first := paper(here, incoming.ID("a "+what))
		put(t, s, here, first)
		exam.Update(t, s, here, func(tx incoming.Tx) error {
			d, err := tx.Document(first.ID)
			if err != nil {
				return err
			}
			end(&d, incoming.Ending{At: at(9), Reason: "sai thể thức"})
			return tx.PutDocument(d)
		})
		exam.View(t, s, here, func(r incoming.Reader) error {
			_, err := r.Holder(incoming.ExternalKey(first.External))
			exam.WantErr(t, "the key of one that was "+what, err, vanphong.ErrNotFound)
			return nil
		})
		again := paper(here, incoming.ID("b "+what))
		again.External, again.NumberText = first.External, first.NumberText
		put(t, s, here, again)
		exam.View(t, s, here, func(r incoming.Reader) error {
			if d, err := r.Holder(first.DocumentKey()); err != nil || d.ID != again.ID {
				t.Errorf("%s: the key leads to %q, %v", what, d.ID, err)
			}
			return nil
		})
	}
}

// Loss prevented: a paper that cannot be registered again after its first
// number was made void.
func keysMove(t T, s incoming.Store) {
	first := paper(here, "a")
	put(t, s, here, first)
	second := paper(here, "b")
	second.External, second.NumberText = first.External, first.NumberText
	// In one transaction: the first lets go, the second takes over.
	exam.Update(t, s, here, func(tx incoming.Tx) error {
		d, err := tx.Document("a")
		if err != nil {
			return err
		}
		d.Voided = incoming.Ending{At: at(9), Reason: "nhầm"}
		return putInto(tx, d, second)
	})
	exam.View(t, s, here, func(r incoming.Reader) error {
		if d, err := r.Holder(incoming.ExternalKey(first.External)); err != nil || d.ID != "b" {
			t.Errorf("the key leads to %q, %v", d.ID, err)
		}
		// The number of the void one stays its own.
		if d, err := r.Holder(incoming.ArrivalKey(first.Book, first.Arrival)); err != nil || d.ID != "a" {
			t.Errorf("the arrival number leads to %q, %v", d.ID, err)
		}
		return nil
	})
	// Undone, nothing has moved.
	third := paper(here, "c")
	third.External = first.External
	stop := errors.New("stop")
	err := s.Update(t.Context(), here, func(tx incoming.Tx) error {
		d, err := tx.Document("b")
		if err != nil {
			return err
		}
		d.Voided = incoming.Ending{At: at(9), Reason: "nhầm"}
		return errors.Join(putInto(tx, d, third), stop)
	})
	exam.WantErr(t, "undone", err, stop)
	exam.View(t, s, here, func(r incoming.Reader) error {
		if d, err := r.Holder(incoming.ExternalKey(first.External)); err != nil || d.ID != "b" {
			t.Errorf("after an update that was undone the key leads to %q, %v", d.ID, err)
		}
		return nil
	})
}
