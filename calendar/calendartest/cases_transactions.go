package calendartest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/calendar"
)

func errorUndoes(t T, store calendar.Store) {
	d := at(t, store, org)
	err := store.Update(t.Context(), org, func(tx calendar.Tx) error {
		if err := putAll(tx, week(org, 0, "a"), week(org, 1, "b"), registration(org, "dk", monday())); err != nil {
			return err
		}
		return errStop
	})
	if err != errStop { //nolint:errorlint // unchanged means the very same
		t.Errorf("got error %v, want the function's own, unchanged", err)
	}
	d.empty("after an error")

	d.put(week(org, 0, "a"))
	err = store.Update(t.Context(), org, func(tx calendar.Tx) error {
		s, err := tx.Schedule("tuan-0")
		if err != nil {
			return err
		}
		s.Entries[0].Activity = "khác"
		if err := tx.PutSchedule(s); err != nil {
			return err
		}
		return fmt.Errorf("no: %w", errStop)
	})
	wantErr(t, "second error", err, errStop)
	after := d.schedule("tuan-0")
	want(t, "version after an undone change", after.Version, 1)
	if len(after.Entries) != 1 || after.Entries[0].Activity != "Họp a" {
		t.Errorf("after an undone change the entries are %+v", after.Entries)
	}
}

func panicUndoes(t T, store calendar.Store) {
	err := func() (err error) {
		defer func() {
			if p := recover(); p != nil {
				t.Errorf("the panic reached the caller: %v", p)
			}
		}()
		return store.Update(t.Context(), org, func(tx calendar.Tx) error {
			if err := putAll(tx, week(org, 0, "a"), registration(org, "dk", monday())); err != nil {
				return err
			}
			panic("trong giao dịch")
		})
	}()
	if err == nil {
		t.Errorf("a panic was answered with success")
	}
	d := at(t, store, org)
	d.empty("after a panic")
	d.put(week(org, 0, "a")) // the store is still of use
}

func cancelUndoes(t T, store calendar.Store) {
	d := at(t, store, org)
	ran := false
	err := store.Update(cancelled(t), org, func(tx calendar.Tx) error {
		ran = true
		return putAll(tx, week(org, 0, "a"))
	})
	wantErr(t, "cancelled before", err, context.Canceled)
	if ran {
		t.Logf("the function ran although the context had ended; allowed")
	}
	d.empty("cancelled before")

	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	err = store.Update(ctx, org, func(tx calendar.Tx) error {
		if err := putAll(tx, week(org, 0, "a")); err != nil {
			return err
		}
		cancel()
		return nil
	})
	wantErr(t, "cancelled within", err, context.Canceled)
	d.empty("cancelled within")

	d.put(week(org, 0, "a"))
	err = store.View(cancelled(t), org, func(calendar.Reader) error { return nil })
	wantErr(t, "a view with a cancelled context", err, context.Canceled)
	_, err = collect(store.Changes(cancelled(t), org, 0))
	wantErr(t, "changes with a cancelled context", err, context.Canceled)
}

func noLostUpdate(t T, store calendar.Store) {
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
		all, err := collect(tx.Schedules(vanphong.Days{}))
		if err != nil {
			return err
		}
		want(t, "schedules in the transaction", len(all), 1)
		list, err := collect(tx.Registrations(calendar.RegistrationQuery{State: calendar.RegistrationPending}))
		if err != nil {
			return err
		}
		want(t, "registrations in the transaction", len(list), 1)
		_, err = tx.Registration("dk")
		return err
	})
	if err != nil {
		t.Fatalf("update: %v", err)
	}
}

// viewIsOneState lets a writer try to commit in the middle of a view. A store
// may hold the writer back or let it pass; the view must not see it.
func viewIsOneState(t T, store calendar.Store) {
	d := at(t, store, org)
	d.put(week(org, 0, "a"))
	wrote := make(chan error, 1)
	d.view(func(r calendar.Reader) error {
		before, err := collect(r.Schedules(vanphong.Days{}))
		if err != nil {
			return err
		}
		go func() { wrote <- d.try(week(org, 1, "b"), registration(org, "dk", monday())) }()
		select {
		case err := <-wrote:
			wrote <- err
		case <-time.After(200 * time.Millisecond):
		}
		after, err := collect(r.Schedules(vanphong.Days{}))
		if err != nil {
			return err
		}
		want(t, "schedules later in the view", len(after), len(before))
		_, err = r.Registration("dk")
		wantErr(t, "a registration made during the view", err, vanphong.ErrNotFound)
		return nil
	})
	if err := <-wrote; err != nil {
		t.Errorf("the writer: %v", err)
	}
	want(t, "schedules in a new view", d.schedules(vanphong.Days{}), "tuan-0 tuan-1")

	own := errors.New("của hàm")
	if err := store.View(t.Context(), org, func(calendar.Reader) error { return own }); err != own { //nolint:errorlint // the very same
		t.Errorf("view returned %v, want the function's own error, unchanged", err)
	}
}
