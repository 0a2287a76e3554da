package sqlcore

import (
	"iter"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/calendar"
)

// Calendar returns the port of schedules over an access.
func Calendar(a Access) calendar.Store {
	return &port[calendar.Tx, calendar.Reader]{a, portCalendar,
		func(sc *scope) calendar.Tx { return calendarTx{calendarReader{sc}} },
		func(sc *scope) calendar.Reader { return calendarReader{sc} },
	}
}

// portCalendar stands in every row of vp_changes and is part of its hash:
// another name would break the chains of every file there is.
const portCalendar = "calendar"

// A schedule is listed under every day of its week, hence both ends. Its
// entries are its parts: a meeting knows the row it was announced in, not the
// week, and asks by ScheduleOf. Check is the port's own, so that the stores
// refuse the same records.
var schedules = kind[calendar.WeekSchedule]{
	port: portCalendar, name: calendar.RecordSchedule,
	id:      func(s *calendar.WeekSchedule) string { return string(s.ID) },
	org:     func(s *calendar.WeekSchedule) vanphong.OrgID { return s.Org },
	version: func(s *calendar.WeekSchedule) *int64 { return &s.Version },
	last:    func(s *calendar.WeekSchedule) vanphong.Stamp { return s.Last },
	day:     func(s *calendar.WeekSchedule) vanphong.Date { return s.Days.First },
	until:   func(s *calendar.WeekSchedule) vanphong.Date { return s.Days.Last() },
	parts: func(s *calendar.WeekSchedule) []string {
		ids := make([]string, len(s.Entries))
		for i, e := range s.Entries {
			ids[i] = string(e.ID)
		}
		return ids
	},
	check: func(s *calendar.WeekSchedule) error { return s.Check() },
}

// A registration (phiếu đăng ký) is about one day, so it needs no until.
var registrations = kind[calendar.Registration]{
	port: portCalendar, name: calendar.RecordRegistration,
	id:      func(r *calendar.Registration) string { return string(r.ID) },
	org:     func(r *calendar.Registration) vanphong.OrgID { return r.Org },
	version: func(r *calendar.Registration) *int64 { return &r.Version },
	last:    func(r *calendar.Registration) vanphong.Stamp { return r.Last },
	day:     func(r *calendar.Registration) vanphong.Date { return r.Day() },
	check:   func(r *calendar.Registration) error { return r.Check() },
}

// calendarReader is calendar.Reader.
type calendarReader struct{ sc *scope }

// calendarTx is calendar.Tx.
type calendarTx struct{ calendarReader }

// Schedule implements calendar.Reader.
func (r calendarReader) Schedule(id calendar.ScheduleID) (calendar.WeekSchedule, error) {
	return schedules.get(r.sc, string(id))
}

// Schedules implements calendar.Reader.
//
// The days restrict twice: in the database, to read less, and in match, for
// what this transaction has written and no query has seen.
func (r calendarReader) Schedules(days vanphong.Days) iter.Seq2[calendar.WeekSchedule, error] {
	return schedules.walk(r.sc, filter{days: days}, func(s calendar.WeekSchedule) bool { return s.Days.Overlaps(days) })
}

// ScheduleOf implements calendar.Reader.
func (r calendarReader) ScheduleOf(id calendar.EntryID) (calendar.WeekSchedule, error) {
	return schedules.holder(r.sc, string(id))
}

// Registration implements calendar.Reader.
func (r calendarReader) Registration(id calendar.RegistrationID) (calendar.Registration, error) {
	return registrations.get(r.sc, string(id))
}

// Registrations implements calendar.Reader.
func (r calendarReader) Registrations(q calendar.RegistrationQuery) iter.Seq2[calendar.Registration, error] {
	return registrations.walk(r.sc, filter{days: q.Days}, q.Match)
}

// PutSchedule implements calendar.Tx.
func (t calendarTx) PutSchedule(s calendar.WeekSchedule) error { return schedules.put(t.sc, s) }

// PutRegistration implements calendar.Tx.
func (t calendarTx) PutRegistration(r calendar.Registration) error {
	return registrations.put(t.sc, r)
}
