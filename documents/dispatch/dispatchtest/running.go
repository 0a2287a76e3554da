package dispatchtest

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/documents/dispatch"
	"github.com/vanphong-go/vanphong/internal/exam"
)

// Loss prevented: a page of the ten first records leaves a lock behind.
func walkStops(t T, s dispatch.Store) {
	putFour(t, s)
	// Left early, a walk lets go of what it held; again and again.
	for range 50 {
		exam.View(t, s, here, func(r dispatch.Reader) error {
			for _, err := range r.Dispatches(dispatch.Query{}) {
				if err != nil {
					return err
				}
				break
			}
			_, err := r.Dispatch("a")
			return err
		})
		for range s.Changes(t.Context(), here, 0) {
			break
		}
	}
	put(t, s, here, record(here, "t1"))
}

// Loss prevented: of two receipts in the same second one is lost, though both
// were confirmed.
func concurrentUpdates(t T, s dispatch.Store) {
	first := record(here, "t1")
	first.Recipients[1].Steps = nil
	put(t, s, here, first)
	const workers, rounds = 8, 5
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for i := range rounds {
				err := s.Update(t.Context(), here, func(tx dispatch.Tx) error {
					d, err := tx.Dispatch("t1")
					if err != nil {
						return err
					}
					// Appending to what was read: two transactions that read
					// the same list lose a step.
					r := &d.Recipients[1]
					r.Steps = append(r.Steps, dispatch.Step{Kind: dispatch.StepNotified, At: day.At(9, 0), Reason: fmt.Sprint(w, "-", i), Made: exam.Stamp(i)})
					return putInto(tx, d, record(here, documents.EntryID(fmt.Sprint(w, "-", i))))
				})
				if err != nil {
					t.Errorf("update %d of worker %d: %v", i, w, err)
				}
			}
		})
	}
	wg.Wait()
	exam.View(t, s, here, func(r dispatch.Reader) error {
		d, err := r.Dispatch("t1")
		if err != nil {
			return err
		}
		steps, notes := d.Recipients[1].Steps, map[string]bool{}
		for _, p := range steps {
			notes[p.Reason] = true
		}
		if len(notes) != workers*rounds || len(steps) != workers*rounds || d.Version != 1+workers*rounds {
			t.Errorf("%d updates: %d steps, %d different, version %d", workers*rounds, len(steps), len(notes), d.Version)
		}
		if got := exam.Names(t, r.Dispatches(dispatch.Query{}), entryName); len(got) != 1+workers*rounds {
			t.Errorf("%d records, want %d", len(got), 1+workers*rounds)
		}
		return nil
	})
	if got := len(exam.Changes(t, s, here, 0)); got != 1+2*workers*rounds {
		t.Errorf("%d changes, want %d", got, 1+2*workers*rounds)
	}
}

// chain plays one document from its list to the end of its recall, every step by
// itself, as a program does that can be cut anywhere.
func chain(ctx context.Context, c *dispatch.Clerk) (out dispatch.Dispatch, err error) {
	const id = documents.EntryID("vb-1")
	when := func(n int) dispatch.Step { return dispatch.Step{At: exam.Stamp(n).At} }
	send, signed, back := when(1), when(2), when(5)
	send.Channel, signed.Receipt.Person, back.Numbers = dispatch.Network, "Lê Bình", []int{1}
	for i, run := range []func(by vanphong.Stamp) (dispatch.Dispatch, error){
		func(by vanphong.Stamp) (dispatch.Dispatch, error) {
			return c.Address(ctx, here, dispatch.Addressing{Entry: id, Day: day, Numbered: 1, Recipients: []dispatch.Recipient{
				{Org: "vptw", Name: "Văn phòng Trung ương Đảng", Numbers: []int{1}}, {Org: "hue", Name: "Thành ủy Huế"},
			}}, by)
		},
		func(by vanphong.Stamp) (dispatch.Dispatch, error) { return c.Send(ctx, here, id, send, by, "hue") },
		func(by vanphong.Stamp) (dispatch.Dispatch, error) {
			return c.HandOver(ctx, here, id, signed, by, "vptw")
		},
		func(by vanphong.Stamp) (dispatch.Dispatch, error) {
			return c.Acknowledge(ctx, here, id, when(2), by, "hue")
		},
		func(by vanphong.Stamp) (dispatch.Dispatch, error) {
			return c.Recall(ctx, here, id, dispatch.Recall{Number: "7-TB/TU", At: exam.Stamp(3).At}, by)
		},
		func(by vanphong.Stamp) (dispatch.Dispatch, error) {
			return c.Notify(ctx, here, id, when(4), by, "hue", "vptw")
		},
		func(by vanphong.Stamp) (dispatch.Dispatch, error) {
			return c.GiveBack(ctx, here, id, back, by, "vptw")
		},
		func(by vanphong.Stamp) (dispatch.Dispatch, error) {
			return c.Destroy(ctx, here, id, when(5), by, "hue")
		},
		func(by vanphong.Stamp) (dispatch.Dispatch, error) {
			return c.Confirm(ctx, here, id, when(6), by, "hue", "vptw")
		},
	} {
		if out, err = run(exam.Stamp(i)); err != nil {
			return out, fmt.Errorf("step %d: %w", i, err)
		}
	}
	return out, nil
}

// Loss prevented: a document sent, handed over or called back twice, after a
// program was cut off.
func rerun(t T, s dispatch.Store) {
	c := dispatch.NewClerk(s, nil)
	first, err := chain(t.Context(), c)
	if err != nil {
		t.Fatalf("chain: %v", err)
	}
	before := exam.Changes(t, s, here, 0)
	again, err := chain(t.Context(), c)
	if err != nil {
		t.Fatalf("chain run again: %v", err)
	}
	exam.Same(t, "record", again, first)
	if after := exam.Changes(t, s, here, 0); len(after) != len(before) {
		t.Errorf("running the chain again wrote %s", exam.Lines(after[len(before):]))
	}
	if len(first.Reconcile()) > 0 || first.Open() {
		t.Errorf("at the end of the chain something is open: %s", exam.Text(t, first))
	}
	if _, err := c.Dispatch(t.Context(), there, first.Entry); !errors.Is(err, vanphong.ErrNotFound) {
		t.Errorf("the record seen from another organisation: %v", err)
	}
}

// Loss prevented: after a restart, records without their steps, or a stream
// that starts over.
func reopenKeeps(t T, s dispatch.Store, reopen func(dispatch.Store) dispatch.Store) {
	put(t, s, here, record(here, "t1"))
	before := exam.Changes(t, s, here, 0)
	s = reopen(s)
	checkOne(t, s)
	exam.Same(t, "changes", exam.Changes(t, s, here, 0), before)
	put(t, s, here, record(here, "t2"))
	if len(before) > 0 {
		if got := exam.Lines(exam.Changes(t, s, here, before[len(before)-1].Cursor)); got != "dispatch:t2 " {
			t.Errorf("a cursor from before the reopening: %s", got)
		}
	}
}
