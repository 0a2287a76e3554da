package incoming

import (
	"time"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/calendar"
)

// WorkTime is an office's days and hours of work, both the caller's to say: no
// common rule fixes the hours. The zero Hours are the whole day, so that
// working time then means the time of working days.
type WorkTime struct {
	Days  *calendar.WorkCalendar
	Hours calendar.OfficeHours
}

// spans returns the two halves of the day, checked.
//
// Checked with every question, for both parts are the caller's data and a slip
// in them would make every figure wrong in silence.
func (w WorkTime) spans() ([2]calendar.Span, error) {
	out := [2]calendar.Span{w.Hours.Morning, w.Hours.Afternoon}
	if out == ([2]calendar.Span{}) {
		midnight, _ := calendar.NewClock(0, 0)
		noon, _ := calendar.NewClock(12, 0)
		end, _ := calendar.NewClock(24, 0)
		return [2]calendar.Span{{Start: midnight, End: noon}, {Start: noon, End: end}}, nil
	}
	for i, field := range [...]string{"morning", "afternoon"} {
		if err := out[i].Check(); err != nil {
			return out, err
		}
		// One half may be missing (an office that works mornings), not one end.
		if !out[i].IsZero() && out[i].End.IsZero() {
			return out, vanphong.NewInputError(field, out[i].String(), "both ends of the office hours", nil)
		}
	}
	if !out[1].IsZero() && out[1].Start < out[0].End {
		return out, vanphong.NewInputError("afternoon", out[1].String(), "a start not before the end of the morning", nil)
	}
	return out, nil
}

// Open reports whether an instant lies in the office's hours. A day outside
// the calendar is an error that wraps vanphong.ErrOutOfRange.
func (w WorkTime) Open(at time.Time) (bool, error) {
	got, err := w.onDay(vanphong.DateOf(at), at, at.Add(time.Nanosecond))
	return got > 0, err
}

// onDay returns how much of [from, to) lies in the hours of one day.
//
// A day off counts nothing, whatever its hours; so a Saturday that is worked
// instead of a Monday counts like any other day of work.
func (w WorkTime) onDay(day vanphong.Date, from, to time.Time) (time.Duration, error) {
	spans, err := w.spans()
	if err != nil {
		return 0, err
	}
	if on, err := w.Days.IsWorking(day); err != nil || !on {
		return 0, err
	}
	var sum time.Duration
	for _, s := range spans {
		if s.IsZero() {
			continue
		}
		start, end := s.Start.On(day), s.End.On(day)
		if from.After(start) {
			start = from
		}
		if to.Before(end) {
			end = to
		}
		sum += max(0, end.Sub(start))
	}
	return sum, nil
}

// Between returns how much working time lies between two instants, 0 if the
// second is not after the first. The time it takes does not grow with the
// days: only the first and the last are looked at by the hour.
func (w WorkTime) Between(from, to time.Time) (time.Duration, error) {
	if !to.After(from) {
		return 0, nil
	}
	a, b := vanphong.DateOf(from), vanphong.DateOf(to)
	sum, err := w.onDay(a, from, to)
	if err != nil || a == b {
		return sum, err
	}
	last, err := w.onDay(b, from, to)
	if err != nil {
		return 0, err
	}
	sum += last
	if b > a+1 {
		n, err := w.Days.WorkingDays(vanphong.Days{First: a + 1, End: b})
		if err != nil {
			return 0, err
		}
		day, err := w.day()
		if err != nil {
			return 0, err
		}
		sum += time.Duration(n) * day
	}
	return sum, nil
}

// day is the length of a whole working day.
func (w WorkTime) day() (time.Duration, error) {
	spans, err := w.spans()
	if err != nil {
		return 0, err
	}
	var sum time.Duration
	for _, s := range spans {
		sum += time.Duration(s.End.Minutes()-s.Start.Minutes()) * time.Minute
	}
	return sum, nil
}
