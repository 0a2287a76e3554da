package calendartest

import (
	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/calendar"
	"github.com/vanphong-go/vanphong/internal/exam"
)

// Loss prevented: an id such as "dk" or "tuan-0" is natural in two offices,
// and a store keyed by id alone gives one of them the other's week.
func sameIDs(t T, store calendar.Store) {
	d, o := at(t, store, org), at(t, store, otherOrg)
	mine, theirs := week(org, 0, "a"), week(otherOrg, 0, "a")
	theirs.Entries[0].Activity = "của xã"
	d.put(mine, registration(org, "dk", monday()))
	o.put(theirs, registration(otherOrg, "dk", monday()+1))
	want(t, "our activity", d.schedule("tuan-0").Entries[0].Activity, "Họp a")
	want(t, "their activity", o.schedule("tuan-0").Entries[0].Activity, "của xã")
	want(t, "our registration's day", d.registration("dk").Day(), monday())
	want(t, "their registration's day", o.registration("dk").Day(), monday()+1)
	s := d.schedule("tuan-0")
	s.Entries = nil
	d.put(s)
	want(t, "their entries after our change", len(o.schedule("tuan-0").Entries), 1)
	o.view(func(r calendar.Reader) error {
		_, err := r.ScheduleOf("a")
		return err
	})
}

// Loss prevented: a province's schedule printed with a commune's rows, or read
// by it.
func noCrossListing(t T, store calendar.Store) {
	d, o := at(t, store, org), at(t, store, otherOrg)
	d.put(week(org, 0, "a"), registration(org, "dk", monday()))
	o.put(week(otherOrg, 1, "b"), registration(otherOrg, "dk-xa", monday()))
	want(t, "our schedules", d.schedules(vanphong.Days{}), "tuan-0")
	want(t, "their schedules", o.schedules(vanphong.Days{}), "tuan-1")
	want(t, "our registrations", d.registrations(calendar.RegistrationQuery{}), "dk")
	want(t, "their registrations", o.registrations(calendar.RegistrationQuery{}), "dk-xa")
	d.view(func(r calendar.Reader) error {
		_, err := r.Schedule("tuan-1")
		exam.WantErr(t, "their schedule", err, vanphong.ErrNotFound)
		_, err = r.ScheduleOf("b")
		exam.WantErr(t, "their entry", err, vanphong.ErrNotFound)
		_, err = r.Registration("dk-xa")
		exam.WantErr(t, "their registration", err, vanphong.ErrNotFound)
		return nil
	})
}

// Loss prevented: a printed week that misses the schedule which began the
// Sunday before, or lists one twice.
func schedulesByDays(t T, store calendar.Store) {
	d := at(t, store, org)
	// Put in another order than listed; 16/11 to 23/11 has eight days and so
	// shares one with the week after it.
	//
	// Out of order, so that a store which lists as it was written is seen.
	long := week(org, 0)
	long.Days.End++
	twin := week(org, 2)
	twin.ID = "tuan-1b"
	d.put(week(org, 2), week(org, 1), twin, long)
	first := monday()
	for _, row := range []struct {
		days vanphong.Days
		want string
		why  string
	}{
		{vanphong.Days{}, "tuan-0 tuan-1 tuan-1b tuan-2", "all, by first day, then id"},
		{vanphong.Days{First: first, End: first + 1}, "tuan-0", "the first day of a week"},
		{vanphong.Days{First: first - 7, End: first}, "", "the days up to the first: they only touch"},
		{vanphong.Days{First: first + 7, End: first + 8}, "tuan-0 tuan-1", "a day that two schedules share"},
		{vanphong.Days{First: first + 8, End: first + 9}, "tuan-1", "the end of the long week is not in it"},
		{vanphong.Days{First: first + 14}, "tuan-1b tuan-2", "an open end"},
		{vanphong.Days{End: first + 7}, "tuan-0", "an open beginning"},
		{vanphong.Days{First: first + 21, End: first + 22}, "", "after everything"},
	} {
		want(t, row.why, d.schedules(row.days), row.want)
	}
}

// Loss prevented: a request that was moved to Friday is looked for on Monday,
// found open there, and granted a second time.
func registrationsByQuery(t T, store calendar.Store) {
	d := at(t, store, org)
	first := monday()
	moved := registration(org, "a", first)
	moved.State, moved.Result, moved.Reason = calendar.RegistrationMoved, moved.Proposed, "trùng giờ"
	moved.Result.Day = first + 4
	declined := registration(org, "d", first+1)
	declined.State, declined.Reason = calendar.RegistrationDeclined, "để tuần sau"
	d.put(moved, declined, registration(org, "c", first+1), registration(org, "b", first+2))
	for _, row := range []struct {
		q    calendar.RegistrationQuery
		want string
		why  string
	}{
		{calendar.RegistrationQuery{}, "c d b a", "all, by day, then id"},
		{calendar.RegistrationQuery{State: calendar.RegistrationPending}, "c b", "pending"},
		{calendar.RegistrationQuery{State: calendar.RegistrationAccepted}, "", "a state nobody is in"},
		{calendar.RegistrationQuery{Days: vanphong.Days{First: first, End: first + 1}}, "", "a moved one has left its proposed day"},
		{calendar.RegistrationQuery{Days: vanphong.Days{First: first + 4, End: first + 5}}, "a", "and is on its new one"},
		{calendar.RegistrationQuery{Days: vanphong.Days{First: first + 1, End: first + 2}}, "c d", "the end is not included"},
		{calendar.RegistrationQuery{Days: vanphong.Days{First: first + 1, End: first + 2}, State: calendar.RegistrationDeclined}, "d", "both"},
		{calendar.RegistrationQuery{Days: vanphong.Days{First: first + 2}}, "b a", "an open end"},
	} {
		want(t, row.why, d.registrations(row.q), row.want)
	}
}

// Loss prevented: a page that shows the first ten rows leaves a lock behind,
// and nobody can write until the program is restarted.
func leaveEarly(t T, store calendar.Store) {
	d := at(t, store, org)
	d.put(week(org, 0, "a"), week(org, 1, "b"), registration(org, "x", monday()), registration(org, "y", monday()))
	// An iterator that yields after its loop was left makes Go panic here.
	defer func() {
		if p := recover(); p != nil {
			t.Errorf("a walk went on after its loop was left: %v", p)
		}
	}()
	d.view(func(r calendar.Reader) error {
		for _, err := range r.Schedules(vanphong.Days{}) {
			if err != nil {
				return err
			}
			break
		}
		for _, err := range r.Registrations(calendar.RegistrationQuery{}) {
			if err != nil {
				return err
			}
			break
		}
		// The transaction is still of use.
		_, err := r.Schedule("tuan-1")
		return err
	})
	for _, err := range store.Changes(t.Context(), org, 0) {
		if err != nil {
			t.Fatalf("changes: %v", err)
		}
		break
	}
	d.put(week(org, 2, "c"))
}
