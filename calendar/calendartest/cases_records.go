package calendartest

import (
	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/calendar"
	"github.com/vanphong-go/vanphong/internal/exam"
)

// Loss prevented: a field that a store forgets, noticed when somebody's
// delegate or car is missing on the day.
func fieldsComeBack(t T, store calendar.Store) {
	d := at(t, store, org)
	s, r := full(), fullRegistration()
	d.put(s, r)
	s.Version, r.Version = 1, 1
	want(t, "schedule", text(d.schedule(s.ID)), text(s))
	want(t, "registration", text(d.registration(r.ID)), text(r))
	d.view(func(rd calendar.Reader) error {
		for got, err := range rd.Schedules(vanphong.Days{}) {
			if err != nil {
				return err
			}
			want(t, "schedule in a listing", text(got), text(s))
		}
		for got, err := range rd.Registrations(calendar.RegistrationQuery{}) {
			if err != nil {
				return err
			}
			want(t, "registration in a listing", text(got), text(r))
		}
		got, err := rd.ScheduleOf("hop-btv")
		want(t, "schedule of an entry", text(got), text(s))
		return err
	})
	// The other extreme: nothing that may be empty is filled.
	//
	// A store must not turn "nothing" into an empty list or an invented value:
	// exports would differ.
	bare := week(org, 1)
	d.put(bare)
	bare.Version = 1
	want(t, "bare schedule", text(d.schedule(bare.ID)), text(bare))
}

// Loss prevented: a page that sorts the rows it was given and so reorders
// everybody's schedule.
func readerOwns(t T, store calendar.Store) {
	d := at(t, store, org)
	s := full()
	given := s
	given.Entries = append([]calendar.Entry(nil), s.Entries...)
	d.put(given)
	given.Entries[0].Activity = "đổi sau khi ghi"
	s.Version = 1
	want(t, "after writing to what was put", text(d.schedule(s.ID)), text(s))

	got := d.schedule(s.ID)
	got.Entries[0].Rooms[0] = "đổi sau khi đọc"
	got.Amendments[0].Diff.Changed[0].Before.Attendees[0].Text = "đổi"
	got.Amendments[0].Before[0] = "đổi"
	want(t, "after writing to what was read", text(d.schedule(s.ID)), text(s))
	d.view(func(r calendar.Reader) error {
		for got, err := range r.Schedules(vanphong.Days{}) {
			if err != nil {
				return err
			}
			got.Entries[0].Vehicles[0] = "đổi"
		}
		return nil
	})
	want(t, "after writing to what was listed", text(d.schedule(s.ID)), text(s))
}

// Loss prevented: two clerks change one week, and the second overwrites what
// the first has saved, unseen by both.
func refusesVersion(t T, store calendar.Store) {
	d := at(t, store, org)
	early := week(org, 0, "a")
	early.Version = 1
	exam.WantErr(t, "a new record with version 1", d.try(early), vanphong.ErrConflict)
	port().Empty(t, store, org)

	d.put(week(org, 0, "a"), registration(org, "dk", monday()))
	s, r := d.schedule("tuan-0"), d.registration("dk")
	want(t, "version after the first put", s.Version, 1)
	want(t, "version after the first put", r.Version, 1)
	d.put(s, r)
	exam.WantErr(t, "a schedule read before the last change", d.try(s), vanphong.ErrConflict)
	exam.WantErr(t, "a registration read before the last change", d.try(r), vanphong.ErrConflict)
	// Older, from the future, and nonsense: only the stored one will do.
	for _, v := range []int64{0, 3, -1} {
		s.Version, r.Version = v, v
		exam.WantErr(t, "another version", d.try(s), vanphong.ErrConflict)
		exam.WantErr(t, "another version", d.try(r), vanphong.ErrConflict)
	}
	want(t, "version after refusals", d.schedule("tuan-0").Version, 2)
	want(t, "version after refusals", d.registration("dk").Version, 2)
	want(t, "changes after refusals", len(d.changes(0)), 4)
}

// Loss prevented: a record that no step can handle any more, since every later
// one is checked against what is stored.
func refusesBadRecord(t T, store calendar.Store) {
	d := at(t, store, org)
	for what, spoil := range map[string]func(*calendar.WeekSchedule){
		"no id":                 func(s *calendar.WeekSchedule) { s.ID = "" },
		"a Tuesday first":       func(s *calendar.WeekSchedule) { s.Days.First++ },
		"an entry outside":      func(s *calendar.WeekSchedule) { s.Entries[0].Day = s.Days.End },
		"an entry without text": func(s *calendar.WeekSchedule) { s.Entries[0].Activity = "" },
		"nobody who did it":     func(s *calendar.WeekSchedule) { s.Last = vanphong.Stamp{} },
	} {
		s := week(org, 0, "a")
		spoil(&s)
		exam.WantErr(t, "schedule with "+what, d.try(s), vanphong.ErrInvalid)
	}
	r := registration(org, "dk", monday())
	r.Unit = ""
	exam.WantErr(t, "registration of no unit", d.try(r), vanphong.ErrInvalid)
	port().Empty(t, store, org)
}

// Loss prevented: a slip in a program that serves two offices files one's week
// with the other.
func refusesOtherOrg(t T, store calendar.Store) {
	d := at(t, store, org)
	exam.WantErr(t, "another's schedule", d.try(week(otherOrg, 0, "a")), vanphong.ErrInvalid)
	exam.WantErr(t, "another's registration", d.try(registration(otherOrg, "dk", monday())), vanphong.ErrInvalid)
	port().Empty(t, store, org)
	port().Empty(t, store, otherOrg)
}

// Loss prevented: a row that stands in two weeks is announced twice, and both
// lead to one meeting.
func entryOnce(t T, store calendar.Store) {
	d := at(t, store, org)
	d.put(week(org, 0, "a", "b"))
	exam.WantErr(t, "an entry id of another week", d.try(week(org, 1, "c", "b")), vanphong.ErrConflict)
	want(t, "schedules after the refusal", d.schedules(vanphong.Days{}), "tuan-0")

	// Taken out of the one, it may stand in the other, in one transaction.
	first := d.schedule("tuan-0")
	first.Entries = first.Entries[:1]
	d.put(first, week(org, 1, "b"))
	second := d.schedule("tuan-1")
	// The other way round fails: an id moves, it does not multiply.
	second.Entries = append(second.Entries, entry("a", second.Days.First))
	exam.WantErr(t, "an entry id of an earlier week", d.try(second), vanphong.ErrConflict)
}

// Loss prevented: a meeting that leads back to a week its row has left long
// ago.
func entryLeads(t T, store calendar.Store) {
	d := at(t, store, org)
	of := func(id calendar.EntryID) (found calendar.ScheduleID) {
		d.view(func(r calendar.Reader) error {
			s, err := r.ScheduleOf(id)
			if err != nil {
				exam.WantErr(t, "entry "+string(id), err, vanphong.ErrNotFound)
				return nil
			}
			found = s.ID
			return nil
		})
		return found
	}
	d.put(week(org, 0, "a", "b"), week(org, 1, "c"))
	want(t, "a", of("a"), "tuan-0")
	want(t, "c", of("c"), "tuan-1")
	want(t, "unknown", of("d"), "")

	s, err := d.schedule("tuan-0").Approve(stamp(1))
	if err == nil {
		s, err = s.Publish(stamp(2))
	}
	if err == nil {
		s, err = s.Amend(s.Entries[1:], "hoãn", stamp(3))
	}
	if err != nil {
		t.Fatalf("amend: %v", err)
	}
	d.put(s)
	want(t, "removed by an amendment", of("a"), "")
	want(t, "kept by an amendment", of("b"), "tuan-0")

	other := d.schedule("tuan-1")
	other.Entries = append(other.Entries, entry("a", other.Days.First))
	d.put(other)
	want(t, "moved to the next week", of("a"), "tuan-1")
}

// stepAgain plays a week twice: the second time nothing is written.
//
// Loss prevented: a program cut off in mid-week and started again registers,
// publishes or amends everything twice.
func stepAgain(t T, store calendar.Store) {
	p, ctx := calendar.NewPlanner(store, nil), t.Context()
	play := func() string {
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatalf("%v", err)
			}
		}
		r, err := p.Register(ctx, org, "", "Ban Tổ chức", calendar.Entry{Day: monday() + 2, Activity: "Họp"}, stamp(0))
		must(err)
		s, err := p.Draft(ctx, org, calendar.WeekOf(monday()), []calendar.Entry{entry("a", monday())}, stamp(1))
		must(err)
		r, err = p.Accept(ctx, org, r.ID, "", stamp(2))
		must(err)
		_, err = p.Approve(ctx, org, s.ID, stamp(3))
		must(err)
		s, err = p.Publish(ctx, org, s.ID, stamp(4))
		must(err)
		late, err := p.Register(ctx, org, "", "Ban Nội chính", calendar.Entry{Day: monday() + 3, Activity: "Họp gấp"}, stamp(5))
		must(err)
		_, err = p.Accept(ctx, org, late.ID, "việc đột xuất", stamp(6))
		must(err)
		s, err = p.Schedule(ctx, org, s.ID)
		must(err)
		return text(s) + text(r)
	}
	first := play()
	n := len(at(t, store, org).changes(0))
	want(t, "the week played again", play(), first)
	want(t, "changes after playing again", len(at(t, store, org).changes(0)), n)
}

// Loss prevented: an empty record taken for a real one, and published.
func notFound(t T, store calendar.Store) {
	d := at(t, store, org)
	check := func() {
		d.view(func(r calendar.Reader) error {
			_, err := r.Schedule("khong-co")
			exam.WantErr(t, "schedule", err, vanphong.ErrNotFound)
			_, err = r.ScheduleOf("khong-co")
			exam.WantErr(t, "schedule of an entry", err, vanphong.ErrNotFound)
			_, err = r.Registration("khong-co")
			exam.WantErr(t, "registration", err, vanphong.ErrNotFound)
			return nil
		})
	}
	check() // in an organisation never written to
	d.put(week(org, 0, "a"), registration(org, "dk", monday()))
	check()
}

// reopenKeeps is the case that needs Options.Reopen.
//
// Loss prevented: after a restart, an office without its week, or followers of
// the stream that start over.
func reopenKeeps(t T, store calendar.Store, reopen func(calendar.Store) calendar.Store) {
	d := at(t, store, org)
	s, r := full(), fullRegistration()
	d.put(s, r)
	other := at(t, store, otherOrg)
	other.put(week(otherOrg, 0, "a"))
	before := text(d.changes(0))

	d = at(t, reopen(store), org)
	s.Version, r.Version = 1, 1
	want(t, "schedule", text(d.schedule(s.ID)), text(s))
	want(t, "registration", text(d.registration(r.ID)), text(r))
	want(t, "changes", text(d.changes(0)), before)
	want(t, "the other's schedules", at(t, d.store, otherOrg).schedules(vanphong.Days{}), "tuan-0")
	// What holds for ids and versions holds across it.
	//
	// A store that begins its versions or cursors anew would accept what is
	// stale and repeat what was told.
	exam.WantErr(t, "a version of before", d.try(full()), vanphong.ErrConflict)
	exam.WantErr(t, "an entry id of before", d.try(week(org, 1, "hop-btv")), vanphong.ErrConflict)
	d.put(week(org, 1, "b"))
	list := d.changes(0)
	for i := 1; i < len(list); i++ {
		if list[i].Cursor <= list[i-1].Cursor {
			t.Errorf("cursor %d comes after %d", list[i].Cursor, list[i-1].Cursor)
		}
	}
	want(t, "changes after one more put", len(list), 3)
}
