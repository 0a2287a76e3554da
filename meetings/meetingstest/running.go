package meetingstest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/meetings"
)

func walkStops(t T, s meetings.Store) {
	putThree(t, s)
	// Left early, a walk lets go of what it held; again and again.
	for range 50 {
		view(t, s, here, func(r meetings.Reader) error {
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
	update(t, s, here, func(tx meetings.Tx) error { return tx.PutRoll(roll(here, "btv")) })
}

func changesInOrder(t T, s meetings.Store) {
	want := ""
	for i := range 5 {
		update(t, s, here, func(tx meetings.Tx) error {
			// Ids fall, so an order by id shows.
			return errors.Join(tx.PutMeeting(meeting(here, meetings.MeetingID(fmt.Sprint("m", 9-i)))), tx.PutRoll(roll(here, vanphong.BodyID(fmt.Sprint("b", 9-i)))))
		})
		want += fmt.Sprintf("meeting:m%d roll:b%d ", 9-i, 9-i)
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

func changesOnlyCommitted(t T, s meetings.Store) {
	update(t, s, here, func(tx meetings.Tx) error { return tx.PutMeeting(meeting(here, "m1")) })
	_ = s.Update(t.Context(), here, func(tx meetings.Tx) error {
		_ = tx.PutMeeting(meeting(here, "m2"))
		return errStop
	})
	_ = s.Update(t.Context(), here, func(tx meetings.Tx) error {
		stale := meeting(here, "m1")
		_ = tx.PutMeeting(stale) // refused, and the function goes on
		return tx.PutMeeting(meeting(here, "m3"))
	})
	if got := changeNames(changes(t, s, here, 0)); got != "meeting:m1 meeting:m3 " {
		t.Errorf("changes: %s", got)
	}
}

func changesResume(t T, s meetings.Store) {
	put := func(id meetings.MeetingID) {
		t.Helper()
		update(t, s, here, func(tx meetings.Tx) error { return tx.PutMeeting(meeting(here, id)) })
	}
	put("m1")
	put("m2")
	first := changes(t, s, here, 0)
	if len(first) != 2 {
		t.Fatalf("two changes, got %s", changeNames(first))
	}
	if got := changeNames(changes(t, s, here, first[0].Cursor)); got != "meeting:m2 " {
		t.Errorf("after the first: %s", got)
	}
	at := first[1].Cursor
	if got := changes(t, s, here, at); len(got) != 0 {
		t.Errorf("after the last: %s", changeNames(got))
	}
	put("m3")
	if got := changeNames(changes(t, s, here, at)); got != "meeting:m3 " {
		t.Errorf("resumed: %s", got)
	}
}

func viewConsistent(t T, s meetings.Store) {
	update(t, s, here, func(tx meetings.Tx) error { return putAll(tx, here) })
	view(t, s, here, func(r meetings.Reader) error {
		if _, err := r.Meeting("m1"); err != nil {
			return err
		}
		done := make(chan error, 1)
		go func() {
			done <- s.Update(t.Context(), here, func(tx meetings.Tx) error {
				m, err := tx.Meeting("m1")
				if err != nil {
					return err
				}
				m.Title = "sau"
				return errors.Join(tx.PutMeeting(m), tx.PutMeeting(meeting(here, "m2")))
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
		m, err := r.Meeting("m1")
		if err != nil || m.Title == "sau" {
			t.Errorf("a view saw a later commit: %q, %v", m.Title, err)
		}
		if got := collect(t, r.Meetings(meetings.Query{}), meetingName); len(got) != 1 {
			t.Errorf("a view saw a later record: %v", got)
		}
		return nil
	})
}

// patience is how long an Update may take on the slowest disk.
const patience = 3 * time.Second

func viewDoesNotBlock(t T, s meetings.Store) {
	update(t, s, here, func(tx meetings.Tx) error { return tx.PutMeeting(meeting(here, "m1")) })
	view(t, s, here, func(r meetings.Reader) error {
		for _, err := range r.Meetings(meetings.Query{}) {
			if err != nil {
				return err
			}
			done := make(chan error, 1)
			go func() {
				done <- s.Update(t.Context(), here, func(tx meetings.Tx) error { return tx.PutMeeting(meeting(here, "m2")) })
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

func concurrentUpdates(t T, s meetings.Store) {
	update(t, s, here, func(tx meetings.Tx) error { return tx.PutRoll(roll(here, "btv")) })
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
	view(t, s, here, func(r meetings.Reader) error {
		b, err := r.Roll("btv")
		if want := 31 + workers*rounds; err != nil || b.Runs[0].Given != want || b.Version != 1+workers*rounds {
			t.Errorf("%d updates: counted to %d, version %d, want %d; %v", workers*rounds, b.Runs[0].Given, b.Version, want, err)
		}
		if got := collect(t, r.Meetings(meetings.Query{}), meetingName); len(got) != workers*rounds {
			t.Errorf("%d records of %d", len(got), workers*rounds)
		}
		return nil
	})
	if got := len(changes(t, s, here, 0)); got != 1+2*workers*rounds {
		t.Errorf("%d changes, want %d", got, 1+2*workers*rounds)
	}
}

func invitation(entry string) meetings.Invitation {
	return meetings.Invitation{
		Entry: entry, Body: "btv", Term: vanphong.Term{ID: "k20", Org: here, Days: vanphong.Days{First: day - 100}},
		Kind: meetings.Regular, Mode: meetings.InPerson, Start: day.At(8, 0), Chair: "p1", Agenda: []meetings.Proposal{{Key: "1", Title: "Kế hoạch"}},
	}
}

// chain plays one meeting from roll to number, every step by itself, as a
// program does that can be cut anywhere.
func chain(ctx context.Context, s *meetings.Secretary, entry string) (meetings.Meeting, meetings.Conclusion, error) {
	members := []vanphong.Membership{{Body: "btv", Person: "p1"}, {Body: "btv", Person: "p2"}}
	id := meetings.NewMeetingID(here, entry)
	item := meetings.NewItemID(id, "1")
	var m meetings.Meeting
	var c meetings.Conclusion
	for _, step := range []func() error{
		func() (err error) { _, err = s.Enroll(ctx, here, body("btv"), members, stamp(1)); return err },
		func() (err error) { _, err = s.Convene(ctx, here, invitation(entry), stamp(2)); return err },
		func() (err error) {
			_, err = s.Mark(ctx, here, id, []meetings.Mark{{Person: "p1", Presence: meetings.PresentInRoom}, {Person: "p2", Presence: meetings.PresentOnline}}, stamp(3))
			return err
		},
		func() (err error) { _, err = s.Open(ctx, here, id, stamp(4)); return err },
		func() (err error) {
			_, err = s.Decide(ctx, here, id, item, meetings.Ballot{Method: meetings.Consensus}, stamp(5))
			return err
		},
		func() (err error) {
			c, err = s.Conclude(ctx, here, id, item, meetings.Draft{Kind: documents.KindConclusion, Abstract: "về kế hoạch"}, stamp(6))
			return err
		},
		func() (err error) {
			e := documents.Entry{ID: c.EntryID(), Org: here, State: documents.StateIssued, Content: c.Content(day, "")}
			c, err = s.AttachDocument(ctx, here, c.ID, e, stamp(7))
			return err
		},
		func() (err error) { m, err = s.Close(ctx, here, id, stamp(8)); return err },
	} {
		if err := step(); err != nil {
			return m, c, err
		}
	}
	return m, c, nil
}

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
			m, _, err := chain(t.Context(), sec, fmt.Sprint(i))
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

func rerun(t T, s meetings.Store) {
	sec := meetings.NewSecretary(s, nil)
	m, c, err := chain(t.Context(), sec, "e")
	if err != nil {
		t.Fatalf("chain: %v", err)
	}
	before := changes(t, s, here, 0)
	m2, c2, err := chain(t.Context(), sec, "e")
	if err != nil {
		t.Fatalf("chain run again: %v", err)
	}
	same(t, "meeting", m2, m)
	same(t, "conclusion", c2, c)
	if after := changes(t, s, here, 0); len(after) != len(before) {
		t.Errorf("running the chain again wrote %s", changeNames(after[len(before):]))
	}
}

func reopenKeeps(t T, s meetings.Store, reopen func(meetings.Store) meetings.Store) {
	update(t, s, here, func(tx meetings.Tx) error { return putAll(tx, here) })
	before := changes(t, s, here, 0)
	s = reopen(s)
	checkAll(t, s)
	same(t, "changes", changes(t, s, here, 0), before)
	update(t, s, here, func(tx meetings.Tx) error { return tx.PutMeeting(meeting(here, "m2")) })
	if len(before) > 0 {
		if got := changeNames(changes(t, s, here, before[len(before)-1].Cursor)); got != "meeting:m2 " {
			t.Errorf("a cursor from before the reopening: %s", got)
		}
	}
}
