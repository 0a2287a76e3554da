package followuptest

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/internal/exam"
	"github.com/vanphong-go/vanphong/meetings/followup"
)

// Loss prevented: a board that shows the ten latest tasks leaves a lock
// behind.
func walkStops(t T, s followup.Store) {
	putFour(t, s)
	// Left early, a walk lets go of what it held; again and again.
	for range 50 {
		exam.View(t, s, here, func(r followup.Reader) error {
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

// Loss prevented: of two reports in the same second one is lost, though both
// were confirmed.
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
					// Appending to what was read: two transactions that read
					// the same list lose a report.
					k.Progress = append(k.Progress, followup.Progress{Day: day, Note: fmt.Sprint(w, "-", i), Made: exam.Stamp(i)})
					return putInto(tx, k, task(here, followup.TaskID(fmt.Sprint(w, "-", i))))
				})
				if err != nil {
					t.Errorf("update %d of worker %d: %v", i, w, err)
				}
			}
		})
	}
	wg.Wait()
	exam.View(t, s, here, func(r followup.Reader) error {
		k, err := r.Task("t1")
		notes := map[string]bool{}
		for _, p := range k.Progress {
			notes[p.Note] = true
		}
		if err != nil || len(notes) != workers*rounds || len(k.Progress) != workers*rounds || k.Version != 1+workers*rounds {
			t.Errorf("%d updates: %d reports, %d different, version %d; %v", workers*rounds, len(k.Progress), len(notes), k.Version, err)
		}
		if got := exam.Names(t, r.Tasks(followup.Query{}), taskName); len(got) != 1+workers*rounds {
			t.Errorf("%d tasks, want %d", len(got), 1+workers*rounds)
		}
		return nil
	})
	if got := len(exam.Changes(t, s, here, 0)); got != 1+2*workers*rounds {
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
			}, exam.Stamp(1))
			return err
		},
		func() (err error) {
			out, err = k.Report(ctx, here, id, followup.Progress{Day: day + 2, Unit: "vp", Percent: 40}, exam.Stamp(2))
			return err
		},
		func() (err error) {
			out, err = k.Extend(ctx, here, id, followup.Extension{Day: day + 8, To: day + 20, Reason: "chờ ý kiến"}, exam.Stamp(3))
			return err
		},
		func() (err error) {
			out, err = k.Complete(ctx, here, id, day+15, "đã ban hành", exam.Stamp(4))
			return err
		},
	} {
		if err := step(); err != nil {
			return out, err
		}
	}
	return out, nil
}

// Loss prevented: a task assigned, extended or reported twice, after a program
// was cut off.
func rerun(t T, s followup.Store) {
	k := followup.NewTracker(s, nil)
	first, err := chain(t.Context(), k)
	if err != nil {
		t.Fatalf("chain: %v", err)
	}
	before := exam.Changes(t, s, here, 0)
	again, err := chain(t.Context(), k)
	if err != nil {
		t.Fatalf("chain run again: %v", err)
	}
	exam.Same(t, "task", again, first)
	if after := exam.Changes(t, s, here, 0); len(after) != len(before) {
		t.Errorf("running the chain again wrote %s", exam.Lines(after[len(before):]))
	}
	b, err := k.Board(t.Context(), here, day+30, followup.Query{})
	if err != nil || b.Tally != (followup.Tally{DoneInTime: 1, Due: 1, DueDone: 1}) {
		t.Errorf("board %+v, %v", b.Tally, err)
	}
	if _, err := k.Task(t.Context(), there, first.ID); !errors.Is(err, vanphong.ErrNotFound) {
		t.Errorf("the task seen from another organisation: %v", err)
	}
}

// Loss prevented: after a restart, tasks without their reports, or a stream
// that starts over.
func reopenKeeps(t T, s followup.Store, reopen func(followup.Store) followup.Store) {
	put(t, s, here, task(here, "t1"))
	before := exam.Changes(t, s, here, 0)
	s = reopen(s)
	checkOne(t, s)
	exam.Same(t, "changes", exam.Changes(t, s, here, 0), before)
	put(t, s, here, task(here, "t2"))
	if len(before) > 0 {
		if got := exam.Lines(exam.Changes(t, s, here, before[len(before)-1].Cursor)); got != "task:t2 " {
			t.Errorf("a cursor from before the reopening: %s", got)
		}
	}
}
