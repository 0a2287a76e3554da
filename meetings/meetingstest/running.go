package meetingstest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/calendar"
	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/internal/exam"
	"github.com/vanphong-go/vanphong/meetings"
)

// Loss prevented: a page that looks at the first meeting only leaves a
// connection or a lock behind; after fifty the office stands still.
func walkStops(t T, s meetings.Store) {
	putThree(t, s)
	// Left early, a walk lets go of what it held; again and again.
	for range 50 {
		exam.View(t, s, here, func(r meetings.Reader) error {
			for _, err := range r.Meetings(meetings.Query{}) {
				if err != nil {
					return err
				}
				break
			}
			for range r.Conclusions(meetings.ConclusionQuery{}) {
				break
			}
			_, err := r.Meeting("a")
			return err
		})
		for range s.Changes(t.Context(), here, 0) {
			break
		}
	}
	exam.Update(t, s, here, func(tx meetings.Tx) error { return tx.PutRoll(roll(here, "btv")) })
}

// Loss prevented: of two steps in the same second one is lost, though both
// were confirmed.
func concurrentUpdates(t T, s meetings.Store) {
	exam.Update(t, s, here, func(tx meetings.Tx) error { return tx.PutRoll(roll(here, "btv")) })
	const workers, rounds = 8, 5
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for i := range rounds {
				err := s.Update(t.Context(), here, func(tx meetings.Tx) error {
					r, err := tx.Roll("btv")
					if err != nil {
						return err
					}
					// The count is read and written back: a store that lets
					// two transactions read the same count loses one.
					r.Runs[0].Given++
					return errors.Join(tx.PutRoll(r), tx.PutMeeting(meeting(here, meetings.MeetingID(fmt.Sprint(w, "-", i)))))
				})
				if err != nil {
					t.Errorf("update %d of worker %d: %v", i, w, err)
				}
			}
		})
	}
	wg.Wait()
	exam.View(t, s, here, func(r meetings.Reader) error {
		b, err := r.Roll("btv")
		if want := 31 + workers*rounds; err != nil || b.Runs[0].Given != want || b.Version != 1+workers*rounds {
			t.Errorf("%d updates: counted to %d, version %d, want %d; %v", workers*rounds, b.Runs[0].Given, b.Version, want, err)
		}
		if got := exam.Names(t, r.Meetings(meetings.Query{}), meetingName); len(got) != workers*rounds {
			t.Errorf("%d records of %d", len(got), workers*rounds)
		}
		return nil
	})
	if got := len(exam.Changes(t, s, here, 0)); got != 1+2*workers*rounds {
		t.Errorf("%d changes, want %d", got, 1+2*workers*rounds)
	}
}

func invitation(entry calendar.EntryID) meetings.Invitation {
	return meetings.Invitation{
		Entry: entry, Body: "btv", Term: vanphong.Term{ID: "k20", Org: here, Days: vanphong.Days{First: day - 100}},
		Kind: meetings.Regular, Mode: meetings.InPerson, Start: day.At(8, 0), Chair: "p1", Agenda: []meetings.Proposal{{Key: "1", Title: "Kế hoạch"}},
	}
}

// chain plays one meeting from roll to number, every step by itself, as a
// program does that can be cut anywhere.
func chain(ctx context.Context, s *meetings.Secretary, entry calendar.EntryID) (meetings.Meeting, meetings.Conclusion, error) {
	members := []vanphong.Membership{{Body: "btv", Person: "p1"}, {Body: "btv", Person: "p2"}}
	id := meetings.NewMeetingID(here, entry)
	item := meetings.NewItemID(id, "1")
	var m meetings.Meeting
	var c meetings.Conclusion
	for _, step := range []func() error{
		func() (err error) { _, err = s.Enroll(ctx, here, body("btv"), members, exam.Stamp(1)); return err },
		func() (err error) { _, err = s.Convene(ctx, here, invitation(entry), exam.Stamp(2)); return err },
		func() (err error) {
			_, err = s.Mark(ctx, here, id, []meetings.Mark{{Person: "p1", Presence: meetings.PresentInRoom}, {Person: "p2", Presence: meetings.PresentOnline}}, exam.Stamp(3))
			return err
		},
		func() (err error) { _, err = s.Open(ctx, here, id, exam.Stamp(4)); return err },
		func() (err error) {
			_, err = s.Decide(ctx, here, id, item, meetings.Ballot{Method: meetings.Consensus}, exam.Stamp(5))
			return err
		},
		func() (err error) {
			c, err = s.Conclude(ctx, here, id, item, meetings.Draft{Kind: documents.KindConclusion, Abstract: "về kế hoạch"}, exam.Stamp(6))
			return err
		},
		func() (err error) {
			e := documents.Entry{ID: c.EntryID(), Org: here, State: documents.StateIssued, Content: c.Content(day, "")}
			c, err = s.AttachDocument(ctx, here, c.ID, e, exam.Stamp(7))
			return err
		},
		func() (err error) { m, err = s.Close(ctx, here, id, exam.Stamp(8)); return err },
	} {
		if err := step(); err != nil {
			return m, c, err
		}
	}
	return m, c, nil
}

// Loss prevented: two meetings "lần thứ 31" of one term, printed in two
// resolutions.
func ordinals(t T, s meetings.Store) {
	sec := meetings.NewSecretary(s, nil)
	const n = 12
	got := make([]int, n)
	if _, _, err := chain(t.Context(), sec, "0"); err != nil {
		t.Fatalf("chain: %v", err)
	}
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			m, _, err := chain(t.Context(), sec, calendar.EntryID(fmt.Sprint(i)))
			if err != nil {
				t.Errorf("chain %d: %v", i, err)
			}
			got[i] = m.Ordinal
		})
	}
	wg.Wait()
	slices.Sort(got)
	for i, o := range got {
		if o != i+1 {
			t.Errorf("ordinals %v, want 1 to %d", got, n)
			return
		}
	}
}

// Loss prevented: a second number for one conclusion, after a program was cut
// off between two steps.
func rerun(t T, s meetings.Store) {
	sec := meetings.NewSecretary(s, nil)
	m, c, err := chain(t.Context(), sec, "e")
	if err != nil {
		t.Fatalf("chain: %v", err)
	}
	before := exam.Changes(t, s, here, 0)
	m2, c2, err := chain(t.Context(), sec, "e")
	if err != nil {
		t.Fatalf("chain run again: %v", err)
	}
	exam.Same(t, "meeting", m2, m)
	exam.Same(t, "conclusion", c2, c)
	if after := exam.Changes(t, s, here, 0); len(after) != len(before) {
		t.Errorf("running the chain again wrote %s", exam.Lines(after[len(before):]))
	}
}

// Loss prevented: after a restart, decisions without their votes, or a stream
// that starts over.
func reopenKeeps(t T, s meetings.Store, reopen func(meetings.Store) meetings.Store) {
	exam.Update(t, s, here, func(tx meetings.Tx) error { return putAll(tx, here) })
	before := exam.Changes(t, s, here, 0)
	s = reopen(s)
	checkAll(t, s)
	exam.Same(t, "changes", exam.Changes(t, s, here, 0), before)
	// What is put afterwards comes after everything of before.
	exam.Update(t, s, here, func(tx meetings.Tx) error { return tx.PutMeeting(meeting(here, "m2")) })
	if len(before) > 0 {
		if got := exam.Lines(exam.Changes(t, s, here, before[len(before)-1].Cursor)); got != "meeting:m2 " {
			t.Errorf("a cursor from before the reopening: %s", got)
		}
	}
}
