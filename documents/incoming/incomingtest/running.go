package incomingtest

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/documents/incoming"
	"github.com/vanphong-go/vanphong/internal/exam"
)

// Loss prevented: a list of the ten latest arrivals leaves a lock behind.
func walkStops(t T, s incoming.Store) {
	putFive(t, s)
	// Left early, a walk lets go of what it held; again and again.
	for range 50 {
		exam.View(t, s, here, func(r incoming.Reader) error {
			for _, err := range r.Documents(incoming.Query{}) {
				if err != nil {
					return err
				}
				break
			}
			for range r.Books() {
				break
			}
			_, err := r.Document("a")
			return err
		})
		for range s.Changes(t.Context(), here, 0) {
			break
		}
	}
	put(t, s, here, paper(here, "z"))
}

// opening is the book of the running cases.
func opening() incoming.Opening {
	return incoming.Opening{Numbering: incoming.PartyYearly(), Year: 2025, First: 41, Basis: "tiếp theo sổ giấy đến số 40"}
}

// Loss prevented: two clerks at two windows give one number to two papers, or
// leave one out.
func concurrentUpdates(t T, s incoming.Store) {
	desk := incoming.NewDesk(s, nil)
	b, err := desk.OpenBook(t.Context(), here, opening(), stamp(0))
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	const workers, rounds = 8, 5
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for i := range rounds {
				r := paper(here, incoming.ID(fmt.Sprint(w, "-", i))).Receipt
				r.Book = b.ID
				if _, err := desk.Receive(t.Context(), here, incoming.ID(fmt.Sprint(w, "-", i)), r, stamp(5)); err != nil {
					t.Errorf("document %d of clerk %d: %v", i, w, err)
				}
			}
		})
	}
	wg.Wait()
	p, err := desk.Proof(t.Context(), here, b.ID)
	if err != nil || !p.Whole() || p.Count != workers*rounds || p.First != 41 || p.Last != 40+workers*rounds {
		t.Errorf("%d documents: %+v, %v", workers*rounds, p, err)
	}
	if got := len(exam.Changes(t, s, here, 0)); got != 1+2*workers*rounds {
		t.Errorf("%d changes, want %d", got, 1+2*workers*rounds)
	}
}

// chain plays one document from its arrival to its end, every step by itself,
// as a program does that can be cut anywhere.
func chain(ctx context.Context, k *incoming.Desk) (incoming.Document, error) {
	receipt := paper(here, "d1").Receipt
	receipt.Book = incoming.NewBookID(here, "2025", "")
	answer := incoming.Answer{Entry: "e1", Number: "15-KH/TU", Dated: day}
	var out incoming.Document
	for _, step := range []func() error{
		func() error { _, err := k.OpenBook(ctx, here, opening(), stamp(0)); return err },
		func() error {
			_, err := k.Delegate(ctx, here, incoming.Mandate{ID: "m1", Form: incoming.ForHead, Principal: "bt", Signer: "pbt", Basis: "phân công", From: at(0)}, stamp(1))
			return err
		},
		func() (err error) { out, err = k.Receive(ctx, here, "d1", receipt, stamp(2)); return err },
		func() (err error) {
			out, err = k.Acknowledge(ctx, here, "d1", incoming.Notice{}, stamp(3))
			return err
		},
		func() (err error) {
			out, err = k.Present(ctx, here, "d1", incoming.Presentation{To: incoming.Assignee{Unit: "vp", Person: "pbt"}}, stamp(4))
			return err
		},
		func() (err error) {
			out, err = k.Instruct(ctx, here, "d1", incoming.Instruction{
				ID: "1", Kind: incoming.Direction, By: "pbt", For: "bt", Text: "giao BTC tham mưu", Leads: []incoming.Assignee{{Unit: "btc"}}, Due: day + 10}, stamp(5))
			return err
		},
		func() (err error) {
			out, err = k.Instruct(ctx, here, "d1", incoming.Instruction{ID: "2", Parent: "1", Kind: incoming.Reply, By: "tb", From: "btc", Text: "đã nhận"}, stamp(6))
			return err
		},
		func() (err error) {
			out, err = k.Require(ctx, here, "d1", incoming.Requirement{Key: "kh", Advises: "btc", Kind: documents.KindPlan, Due: day + 20}, stamp(7))
			return err
		},
		func() (err error) { out, err = k.Fulfil(ctx, here, "d1", "kh", answer, stamp(8)); return err },
		func() (err error) { out, err = k.Link(ctx, here, "d1", answer, stamp(8)); return err },
		func() (err error) {
			out, err = k.Complete(ctx, here, "d1", at(9), "đã ban hành", stamp(9))
			return err
		},
	} {
		if err := step(); err != nil {
			return out, err
		}
	}
	return out, nil
}

// Loss prevented: a number used up, an opinion or an answer recorded twice,
// after a program was cut off.
func rerun(t T, s incoming.Store) {
	k := incoming.NewDesk(s, nil)
	first, err := chain(t.Context(), k)
	if err != nil {
		t.Fatalf("chain: %v", err)
	}
	before := exam.Changes(t, s, here, 0)
	again, err := chain(t.Context(), k)
	if err != nil {
		t.Fatalf("chain run again: %v", err)
	}
	exam.Same(t, "document", again, first)
	if after := exam.Changes(t, s, here, 0); len(after) != len(before) {
		t.Errorf("running the chain again wrote %s", exam.Lines(after[len(before):]))
	}
	if first.Arrival != 41 || first.Status(day).State != incoming.StateDone {
		t.Errorf("arrival %d, %v", first.Arrival, first.Status(day))
	}
	_, err = k.Document(t.Context(), there, first.ID)
	if !errors.Is(err, vanphong.ErrNotFound) {
		t.Errorf("the document seen from another organisation: %v", err)
	}
}

// Loss prevented: after a restart, documents without their opinions, a number
// given again, or a stream that starts over.
func reopenKeeps(t T, s incoming.Store, reopen func(incoming.Store) incoming.Store) {
	putOne(t, s)
	before := exam.Changes(t, s, here, 0)
	s = reopen(s)
	checkOne(t, s)
	exam.Same(t, "changes", exam.Changes(t, s, here, 0), before)
	put(t, s, here, paper(here, "d2"))
	if len(before) > 0 {
		if got := exam.Lines(exam.Changes(t, s, here, before[len(before)-1].Cursor)); got != "incoming:d2 " {
			t.Errorf("a cursor from before the reopening: %s", got)
		}
	}
	exam.View(t, s, here, func(r incoming.Reader) error {
		d, err := r.Holder(incoming.ExternalKey("id/d2"))
		if err != nil || d.ID != "d2" {
			t.Errorf("a key after the reopening: %q, %v", d.ID, err)
		}
		return nil
	})
}
