package calendartest

import (
	"fmt"
	"sync"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/calendar"
	"github.com/vanphong-go/vanphong/internal/exam"
)

// Loss prevented: of two registrations accepted in the same second, one
// vanishes.
func noLostUpdate(t T, store calendar.Store) {
	// Few enough for a slow disk, enough to meet: all of them write one
	// record.
	const callers, each = 8, 4
	d := at(t, store, org)
	p := calendar.NewPlanner(store, nil)
	var wg sync.WaitGroup
	for c := range callers {
		wg.Go(func() {
			for i := range each {
				e := entry(fmt.Sprintf("e-%d-%d", c, i), monday())
				if _, err := p.Draft(t.Context(), org, calendar.WeekOf(monday()), []calendar.Entry{e}, stamp(c)); err != nil {
					t.Errorf("caller %d: %v", c, err)
				}
			}
		})
	}
	wg.Wait()
	s, err := p.Week(t.Context(), org, monday())
	if err != nil {
		t.Fatalf("week: %v", err)
	}
	want(t, "entries", len(s.Entries), callers*each)
	want(t, "version", s.Version, callers*each)
	want(t, "changes", len(d.changes(0)), callers*each)
}

// Loss prevented: a step that looks at what it has just done, does not find
// it, and does it again.
func readsOwnWrites(t T, store calendar.Store) {
	err := store.Update(t.Context(), org, func(tx calendar.Tx) error {
		if err := putAll(tx, week(org, 0, "a"), registration(org, "dk", monday())); err != nil {
			return err
		}
		s, err := tx.Schedule("tuan-0")
		if err != nil {
			return fmt.Errorf("schedule just put: %w", err)
		}
		want(t, "version just put", s.Version, 1)
		s.Entries = append(s.Entries, entry("b", monday()))
		if err := tx.PutSchedule(s); err != nil {
			return fmt.Errorf("put twice in one transaction: %w", err)
		}
		if s, err = tx.ScheduleOf("b"); err != nil {
			return fmt.Errorf("entry just put: %w", err)
		}
		want(t, "version put twice", s.Version, 2)
		want(t, "schedules in the transaction", len(exam.Collect(t, tx.Schedules(vanphong.Days{}))), 1)
		want(t, "registrations in the transaction", len(exam.Collect(t, tx.Registrations(calendar.RegistrationQuery{State: calendar.RegistrationPending}))), 1)
		_, err = tx.Registration("dk")
		return err
	})
	if err != nil {
		t.Fatalf("update: %v", err)
	}
}
