package calendartest

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/calendar"
	"github.com/vanphong-go/vanphong/internal/exam"
)

// The organisations and days of the cases.
const (
	org      = exam.Here
	otherOrg = exam.There
)

// A Monday, as schedules begin on one; a week without holidays.
func monday() vanphong.Date { return vanphong.MustDate("2026-11-16") }

// stamp is the n-th thing done. Stores keep instants to the nanosecond.
func stamp(n int) vanphong.Stamp {
	at := time.Date(2026, 11, 13, 8, 30, 0, 123456789, vanphong.Hanoi).Add(time.Duration(n) * time.Minute)
	return vanphong.Stamp{By: vanphong.Actor{ID: "chuyen-vien", For: "chanh-van-phong"}, At: at}
}

// The least that the port accepts.
func entry(id string, day vanphong.Date) calendar.Entry {
	return calendar.Entry{ID: calendar.EntryID(id), Day: day, Session: calendar.Morning, Activity: "Họp " + id}
}

// week returns the schedule of the n-th week of an organisation with entries
// of the given ids on its Monday.
func week(o vanphong.OrgID, n int, ids ...string) calendar.WeekSchedule {
	first := monday() + vanphong.Date(7*n)
	s := calendar.WeekSchedule{
		ID: calendar.ScheduleID(fmt.Sprintf("tuan-%d", n)), Org: o,
		Days: vanphong.Days{First: first, End: first + 7}, Last: stamp(n),
	}
	for _, id := range ids {
		s.Entries = append(s.Entries, entry(id, first))
	}
	return s
}

func registration(o vanphong.OrgID, id string, day vanphong.Date) calendar.Registration {
	return calendar.Registration{
		ID: calendar.RegistrationID(id), Org: o, Unit: "Ban Tổ chức", Proposed: entry("muc-"+id, day),
		Filed: stamp(0), State: calendar.RegistrationPending, Last: stamp(0),
	}
}

// full is a schedule in which no field is empty.
//
// Whoever adds a field to the record adds it here: what is empty in this one is
// not examined.
func full() calendar.WeekSchedule {
	p := func(id string) calendar.Attendee {
		return calendar.Attendee{Person: vanphong.PersonID(id), Text: "đ/c " + id}
	}
	e := calendar.Entry{
		ID: "hop-btv", Day: monday() + 1, Session: calendar.Afternoon, Time: calendar.Span{Start: 811, End: 931},
		Activity: "Hội nghị Ban Thường vụ", Place: "Phòng họp số 2", Rooms: []string{"P2", "P3"}, Vehicles: []string{"20A-001.23"},
		Chair: p("bi-thu"), Attendees: []calendar.Attendee{p("pbt"), {Text: "các đồng chí liên quan"}}, Unit: "Văn phòng",
		Invited: "giấy mời riêng", Staff: []calendar.Attendee{p("cvp")},
		Delegations: []calendar.Delegation{{From: p("pbt"), To: p("uvtv")}}, Secrecy: vanphong.Secret, Invitation: true,
		Filler: true, Upstream: calendar.Upstream{Org: "trung-uong", Entry: "bct"}, Body: "btv", Note: "mang theo\ntài liệu",
	}
	moved := e
	moved.Day, moved.Time = monday()+2, calendar.Span{Start: 811}
	s := week(org, 0)
	s.Days.End = s.Days.First + 8
	s.State, s.Revision, s.Entries = calendar.ScheduleAmended, 2, []calendar.Entry{moved, entry("giao-ban", monday())}
	s.Approved, s.Published, s.Last = stamp(1), stamp(2), stamp(3)
	s.Amendments = []calendar.Amendment{{
		Revision: 2, Reason: "Bí thư đi công tác", By: stamp(3), Before: []calendar.EntryID{"hop-btv", "bo-di"},
		Diff: calendar.ScheduleDiff{
			Added: []calendar.Entry{entry("giao-ban", monday())}, Removed: []calendar.Entry{entry("bo-di", monday())},
			Changed: []calendar.EntryChange{{Before: e, After: moved}}, Reordered: true,
		},
	}}
	return s
}

// fullRegistration is a registration in which no field is empty.
func fullRegistration() calendar.Registration {
	r := registration(org, "dk", monday())
	r.Result = r.Proposed
	r.Result.Day++
	r.State, r.Schedule, r.Reason, r.Decided, r.Last = calendar.RegistrationMoved, "tuan-0", "trùng giờ", stamp(4), stamp(5)
	return r
}

// text is a record in a form that is equal for equal records: as JSON, its
// instants in one zone.
//
// Zones differ in name and not in meaning between what was put and what a
// store read back.
func text(v any) string {
	switch r := v.(type) {
	case calendar.WeekSchedule:
		utc(&r.Approved, &r.Published, &r.Last)
		r.Amendments = append([]calendar.Amendment(nil), r.Amendments...)
		for i := range r.Amendments {
			utc(&r.Amendments[i].By)
		}
		v = r
	case calendar.Registration:
		utc(&r.Filed, &r.Decided, &r.Last)
		v = r
	}
	b, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(b)
}

func utc(stamps ...*vanphong.Stamp) {
	for _, s := range stamps {
		s.At = s.At.UTC()
	}
}

// desk is a store whose errors end the case.
//
// So a case reads as what an office does, without an error branch a line.
type desk struct {
	T
	store calendar.Store
	org   vanphong.OrgID
}

// at is where a case looks: a store, as one organisation.
func at(t T, s calendar.Store, o vanphong.OrgID) desk { return desk{t, s, o} }

// put stores records in one transaction.
func (d desk) put(records ...any) {
	d.Helper()
	if err := d.try(records...); err != nil {
		d.Fatalf("put: %v", err)
	}
}

// try is put for a case that expects to be refused.
func (d desk) try(records ...any) error {
	return d.store.Update(d.Context(), d.org, func(tx calendar.Tx) error { return putAll(tx, records...) })
}

func putAll(tx calendar.Tx, records ...any) error {
	for _, r := range records {
		var err error
		switch r := r.(type) {
		case calendar.WeekSchedule:
			err = tx.PutSchedule(r)
		case calendar.Registration:
			err = tx.PutRegistration(r)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// view runs fn in a View; an error of its own ends the case.
func (d desk) view(fn func(calendar.Reader) error) {
	d.Helper()
	if err := d.store.View(d.Context(), d.org, fn); err != nil {
		d.Fatalf("view: %v", err)
	}
}

func (d desk) schedule(id calendar.ScheduleID) (s calendar.WeekSchedule) {
	d.Helper()
	d.view(func(r calendar.Reader) (err error) {
		s, err = r.Schedule(id)
		return err
	})
	return s
}

func (d desk) registration(id calendar.RegistrationID) (g calendar.Registration) {
	d.Helper()
	d.view(func(r calendar.Reader) (err error) {
		g, err = r.Registration(id)
		return err
	})
	return g
}

// schedules lists ids, with a space between.
func (d desk) schedules(days vanphong.Days) (ids string) {
	d.Helper()
	d.view(func(r calendar.Reader) error {
		ids = strings.Join(exam.Names(d, r.Schedules(days), func(v calendar.WeekSchedule) string { return string(v.ID) }), " ")
		return nil
	})
	return ids
}

func (d desk) registrations(q calendar.RegistrationQuery) (ids string) {
	d.Helper()
	d.view(func(r calendar.Reader) error {
		ids = strings.Join(exam.Names(d, r.Registrations(q), func(v calendar.Registration) string { return string(v.ID) }), " ")
		return nil
	})
	return ids
}

func (d desk) changes(after vanphong.Cursor) []vanphong.Change {
	d.Helper()
	return exam.Changes(d, d.store, d.org, after)
}

// want compares plain values; for records see text.
func want[V comparable](t T, what string, got, want V) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}
