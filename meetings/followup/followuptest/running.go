package followuptest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/meetings/followup"
)

func walkStops(t T, s followup.Store) {
	putFour(t, s)
	// Left early, a walk lets go of what it held; again and again.
	for range 50 {
		view(t, s, here, func(r followup.Reader) error {
			for _, err := range r.Tasks(followup.Query{}) {
				if err != nil {
					return err
				}
				break
			}
			_, err := r.Task("a")
			return err
		})
		for range s.Changes(t.Context(), here, 0) {
			break
		}
	}
	put(t, s, here, task(here, "t1"))
}

func changesInOrder(t T, s followup.Store) {
	want := ""
	for i := range 5 {
		// Ids fall, so an order by id shows.
		put(t, s, here, task(here, followup.TaskID(fmt.Sprint("t", 9-i))), task(here, followup.TaskID(fmt.Sprint("s", 9-i))))
		want += fmt.Sprintf("task:t%d task:s%d ", 9-i, 9-i)
	}
	got := changes(t, s, here, 0)
	if changeNames(got) != want {
		t.Errorf("changes: %s, want %s", changeNames(got), want)
	}
	for i := 1; i < len(got); i++ {
		if got[i].Cursor <= got[i-1].Cursor {
			t.Errorf("cursor %d after %d", got[i].Cursor, got[i-1].Cursor)
		}
	}
}

func changesOnlyCommitted(t T, s followup.Store) {
	put(t, s, here, task(here, "t1"))
	_ = s.Update(t.Context(), here, func(tx followup.Tx) error {
		_ = tx.PutTask(task(here, "t2"))
		return errStop
	})
	_ = s.Update(t.Context(), here, func(tx followup.Tx) error {
		_ = tx.PutTask(task(here, "t1")) // refused, and the function goes on
		return tx.PutTask(task(here, "t3"))
	})
	if got := changeNames(changes(t, s, here, 0)); got != "task:t1 task:t3 " {
		t.Errorf("changes: %s", got)
	}
}

func changesResume(t T, s followup.Store) {
	put(t, s, here, task(here, "t1"))
	put(t, s, here, task(here, "t2"))
	first := changes(t, s, here, 0)
	if len(first) != 2 {
		t.Fatalf("two changes, got %s", changeNames(first))
	}
	if got := changeNames(changes(t, s, here, first[0].Cursor)); got != "task:t2 " {
		t.Errorf("after the first: %s", got)
	}
	at := first[1].Cursor
	if got := changes(t, s, here, at); len(got) != 0 {
		t.Errorf("after the last: %s", changeNames(got))
	}
	put(t, s, here, task(here, "t3"))
	if got := changeNames(changes(t, s, here, at)); got != "task:t3 " {
		t.Errorf("resumed: %s", got)
	}
}

// patience is how long an Update may take on the slowest disk.
const patience = 3 * time.Second

func viewConsistent(t T, s followup.Store) {
	put(t, s, here, task(here, "t1"))
	view(t, s, here, func(r followup.Reader) error {
		if _, err := r.Task("t1"); err != nil {
			return err
		}
		done := make(chan error, 1)
		go func() {
			done <- s.Update(t.Context(), here, func(tx followup.Tx) error {
				k, err := tx.Task("t1")
				if err != nil {
					return err
				}
				k.Title = "sau"
				return putInto(tx, k, task(here, "t2"))
			})
		}()
		select {
		case err := <-done:
			if err != nil {
				return err
			}
		case <-time.After(patience):
			// It waits for this view: then nothing can change under it.
		}
		k, err := r.Task("t1")
		if err != nil || k.Title == "sau" {
			t.Errorf("a view saw a later commit: %q, %v", k.Title, err)
		}
		if got := ids(t, r.Tasks(followup.Query{})); len(got) != 1 {
			t.Errorf("a view saw a later record: %v", got)
		}
		return nil
	})
}

func viewDoesNotBlock(t T, s followup.Store) {
	put(t, s, here, task(here, "t1"))
	view(t, s, here, func(r followup.Reader) error {
		for _, err := range r.Tasks(followup.Query{}) {
			if err != nil {
				return err
			}
			done := make(chan error, 1)
			go func() {
				done <- s.Update(t.Context(), here, func(tx followup.Tx) error { return tx.PutTask(task(here, "t2")) })
			}()
			select {
			case err := <-done:
				return err
			case <-time.After(patience):
				t.Errorf("an Update waits for a View that is being walked")
			}
		}
		return nil
	})
}

func concurrentUpdates(t T, s followup.Store) {
	first := task(here, "t1")
	first.Progress = nil
	put(t, s, here, first)
	const workers, rounds = 8, 5
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for i := range rounds {
				err := s.Update(t.Context(), here, func(tx followup.Tx) error {
					k, err := tx.Task("t1")
					if err != nil {
						return err
					}
					k.Progress = append(k.Progress, followup.Progress{Day: day, Note: fmt.Sprint(w, "-", i), Made: stamp(i)})
					return putInto(tx, k, task(here, followup.TaskID(fmt.Sprint(w, "-", i))))
				})
				if err != nil {
					t.Errorf("update %d of worker %d: %v", i, w, err)
				}
			}
		})
	}
	wg.Wait()
	view(t, s, here, func(r followup.Reader) error {
		k, err := r.Task("t1")
		notes := map[string]bool{}
		for _, p := range k.Progress {
			notes[p.Note] = true
		}
		if err != nil || len(notes) != workers*rounds || len(k.Progress) != workers*rounds || k.Version != 1+workers*rounds {
			t.Errorf("%d updates: %d reports, %d different, version %d; %v", workers*rounds, len(k.Progress), len(notes), k.Version, err)
		}
		if got := ids(t, r.Tasks(followup.Query{})); len(got) != 1+workers*rounds {
			t.Errorf("%d tasks, want %d", len(got), 1+workers*rounds)
		}
		return nil
	})
	if got := len(changes(t, s, here, 0)); got != 1+2*workers*rounds {
		t.Errorf("%d changes, want %d", got, 1+2*workers*rounds)
	}
}

// chain plays one task from its assignment to its end, every step by itself,
// as a program does that can be cut anywhere.
func chain(ctx context.Context, k *followup.Tracker) (followup.Task, error) {
	from := followup.Origin{Kind: followup.FromConclusion, ID: "kl-1", Number: "122-KL/TU"}
	id := followup.NewTaskID(here, from, "1")
	var out followup.Task
	for _, step := range []func() error{
		func() (err error) {
			out, err = k.Assign(ctx, here, followup.Assignment{
				Origin: from, Key: "1", Title: "Tham mưu kế hoạch", Leads: []vanphong.OrgID{"btc"}, Coordinating: []vanphong.OrgID{"vp"},
				Assigned: day, Due: followup.Due{Day: day + 10},
			}, stamp(1))
			return err
		},
		func() (err error) {
			out, err = k.Report(ctx, here, id, followup.Progress{Day: day + 2, Unit: "vp", Percent: 40}, stamp(2))
			return err
		},
		func() (err error) {
			out, err = k.Extend(ctx, here, id, followup.Extension{Day: day + 8, To: day + 20, Reason: "chờ ý kiến"}, stamp(3))
			return err
		},
		func() (err error) {
			out, err = k.Complete(ctx, here, id, day+15, "đã ban hành", stamp(4))
			return err
		},
	} {
		if err := step(); err != nil {
			return out, err
		}
	}
	return out, nil
}

func rerun(t T, s followup.Store) {
	k := followup.NewTracker(s, nil)
	first, err := chain(t.Context(), k)
	if err != nil {
		t.Fatalf("chain: %v", err)
	}
	before := changes(t, s, here, 0)
	again, err := chain(t.Context(), k)
	if err != nil {
		t.Fatalf("chain run again: %v", err)
	}
	same(t, "task", again, first)
	if after := changes(t, s, here, 0); len(after) != len(before) {
		t.Errorf("running the chain again wrote %s", changeNames(after[len(before):]))
	}
	b, err := k.Board(t.Context(), here, day+30, followup.Query{})
	if err != nil || b.Tally != (followup.Tally{DoneInTime: 1, Due: 1, DueDone: 1}) {
		t.Errorf("board %+v, %v", b.Tally, err)
	}
	if _, err := k.Task(t.Context(), there, first.ID); !errors.Is(err, vanphong.ErrNotFound) {
		t.Errorf("the task seen from another organisation: %v", err)
	}
}

func reopenKeeps(t T, s followup.Store, reopen func(followup.Store) followup.Store) {
	put(t, s, here, task(here, "t1"))
	before := changes(t, s, here, 0)
	s = reopen(s)
	checkOne(t, s)
	same(t, "changes", changes(t, s, here, 0), before)
	put(t, s, here, task(here, "t2"))
	if len(before) > 0 {
		if got := changeNames(changes(t, s, here, before[len(before)-1].Cursor)); got != "task:t2 " {
			t.Errorf("a cursor from before the reopening: %s", got)
		}
	}
}
