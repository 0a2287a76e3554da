package followup

import "github.com/vanphong-go/vanphong"

// Standing is how far a task is on a day.
type Standing uint8

// The standings.
const (
	NotAssigned Standing = iota // chưa giao: the day lies before the assignment
	Running                     // đang thực hiện
	Completed                   // hoàn thành
	Dropped                     // đã rút
)

var standingNames = [...]string{"chưa giao", "đang thực hiện", "hoàn thành", "đã rút"}
var standingCodes = [...]string{"not-assigned", "running", "completed", "dropped"}

// Name returns the Vietnamese name of the standing.
func (s Standing) Name() string { return vanphong.EnumName(standingNames[:], s) }

// MarshalText writes the standing as its code.
func (s Standing) MarshalText() ([]byte, error) {
	return vanphong.EnumText("standing", standingCodes[:], s)
}

// UnmarshalText reads what MarshalText writes.
func (s *Standing) UnmarshalText(b []byte) (err error) {
	*s, err = vanphong.ParseEnum[Standing]("standing", standingCodes[:], b)
	return err
}

// Timeliness is how a task stands to its deadline, apart from whether it is
// done: every office that counts keeps the two axes.
//
// A task may be late and done, or open and in time; one axis with four values
// would lose which.
type Timeliness uint8

// The three.
const (
	NoDeadline Timeliness = iota // không hạn
	InTime                       // đúng hạn, trong hạn
	Late                         // quá hạn
)

var timelinessNames = [...]string{"không hạn", "trong hạn", "quá hạn"}
var timelinessCodes = [...]string{"no-deadline", "in-time", "late"}

// Name returns the Vietnamese name of the timeliness.
func (t Timeliness) Name() string { return vanphong.EnumName(timelinessNames[:], t) }

// MarshalText writes the timeliness as its code.
func (t Timeliness) MarshalText() ([]byte, error) {
	return vanphong.EnumText("timeliness", timelinessCodes[:], t)
}

// UnmarshalText reads what MarshalText writes.
func (t *Timeliness) UnmarshalText(b []byte) (err error) {
	*t, err = vanphong.ParseEnum[Timeliness]("timeliness", timelinessCodes[:], b)
	return err
}

// Status is how a task stands on a day. It is computed, never stored.
//
// Being stored is how "overdue" goes wrong: yesterday's flag is today's lie
// unless a program runs every midnight.
type Status struct {
	Standing   Standing      `json:"standing"`
	Timeliness Timeliness    `json:"timeliness"`
	Due        vanphong.Date `json:"due,omitzero"`       // as known on the day
	FirstDue   vanphong.Date `json:"first_due,omitzero"` // shown beside it
	DoneOn     vanphong.Date `json:"done_on,omitzero"`
	// DaysLate is how many days after the deadline it was done, or how many
	// have passed without; 0 if it is in time.
	DaysLate int  `json:"days_late,omitzero"`
	Reached  bool `json:"reached,omitempty"` // the deadline is that day or before
}

// Done reports whether the task is done.
func (s Status) Done() bool { return s.Standing == Completed }

// Overdue reports whether the deadline has passed and the task is not done.
func (s Status) Overdue() bool { return s.Standing == Running && s.Timeliness == Late }

// Name returns the cell as the tables of offices head it: "hoàn thành đúng
// hạn", "đang thực hiện quá hạn" ….
func (s Status) Name() string {
	switch s.Standing {
	case Completed:
		return [...]string{"hoàn thành (không hạn)", "hoàn thành đúng hạn", "hoàn thành quá hạn"}[s.Timeliness%3]
	case Running:
		return [...]string{"đang thực hiện (không hạn)", "đang thực hiện trong hạn", "đang thực hiện quá hạn"}[s.Timeliness%3]
	}
	return s.Standing.Name()
}

// Status returns how the task stands on a day, from what had happened by its
// end: reports, extensions and a withdrawal dated later are not counted, so
// any past day can be asked for again. The deadline day itself is in time,
// done or not.
//
// What is done is held against the deadline as it was known when it was done.
//
// An extension granted after a late end would otherwise turn it into one in
// time.
//
// What counts is the day an event is dated, not the day it was written down: a
// unit that reports on Monday what it finished on Friday was in time.
func (t Task) Status(day vanphong.Date) Status {
	s := Status{FirstDue: t.First.Day}
	if day < t.Assigned {
		return s
	}
	// For what is done, the day it was done; for what is not, the day asked
	// about.
	until := day // the day that decides about timeliness
	s.Standing = Running
	if done, ok := t.Done(); ok && done.Day <= day {
		s.Standing, s.DoneOn, until = Completed, done.Day, done.Day
	}
	s.Due = t.DueOn(until)
	s.Reached = !s.Due.IsZero() && s.Due <= day
	switch {
	// Withdrawn overrides timeliness: it is in no cell, so being late is
	// nothing it can be.
	case !t.Withdrawn.Day.IsZero() && t.Withdrawn.Day <= day:
		s.Standing = Dropped
	case s.Due.IsZero():
	case until > s.Due:
		// Dates are counted in days, so the difference is the number of
		// calendar days, weekends included.
		s.Timeliness, s.DaysLate = Late, int(until-s.Due)
	default:
		s.Timeliness = InTime
	}
	return s
}

// LatestProgress returns the newest report dated on or before a day.
func (t Task) LatestProgress(day vanphong.Date) (Progress, bool) {
	best, found := Progress{}, false
	for _, p := range t.Progress {
		// Not the last in the list: reports may come in late and out of order.
		// Of two of one day the one recorded later holds.
		if p.Day <= day && (!found || p.Day >= best.Day) {
			best, found = p, true
		}
	}
	return best, found
}
