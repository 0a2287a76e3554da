package calendar

import (
	"fmt"
	"time"

	"github.com/vanphong-go/vanphong"
)

// Clock is a clock time of a civil day in Việt Nam (giờ), exact to the minute,
// from 00:00 to 24:00; 24:00 is only of use as an end. The zero Clock is
// unset and prints as "". Clocks compare with ==, < and >.
//
// Minutes plus one and not minutes, so that 00:00 and "not stated" are two
// values.
type Clock uint16 // minutes since midnight, plus one

const clockMax = 24*60 + 1

// NewClock returns hour:minute, or an InputError if no day has it.
func NewClock(hour, minute int) (Clock, error) {
	if hour < 0 || hour > 24 || minute < 0 || minute > 59 || (hour == 24 && minute != 0) {
		return 0, wrong("time", fmt.Sprintf("%d:%d", hour, minute), "a clock time from 00:00 to 24:00")
	}
	return Clock(hour*60+minute) + 1, nil
}

// ParseClock reads a clock time as schedules write it: "08:30", "7:30",
// "8h30" or "8h". Anything else, and a time no day has, is an InputError.
//
// "8h" is read and "8:" is not: the first is written, the second is a slip.
func ParseClock(s string) (Clock, error) {
	want := "a clock time such as 08:30 or 8h30"
	// Three digits are looked at, so that "123:00" is refused and not read as
	// 12.
	i := 0
	for i < len(s) && i < 3 && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	if i == 0 || i > 2 || i == len(s) || (s[i] != ':' && s[i] != 'h') {
		return 0, wrong("time", s, want)
	}
	hour, minute := 0, 0
	for _, c := range []byte(s[:i]) {
		hour = hour*10 + int(c-'0')
	}
	rest := s[i+1:]
	switch {
	case rest == "" && s[i] == 'h':
	case len(rest) == 2 && isDigit(rest[0]) && isDigit(rest[1]):
		minute = int(rest[0]-'0')*10 + int(rest[1]-'0')
	default:
		return 0, wrong("time", s, want)
	}
	c, err := NewClock(hour, minute)
	if err != nil {
		return 0, wrong("time", s, "a clock time from 00:00 to 24:00")
	}
	return c, nil
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// IsZero reports whether c is unset.
func (c Clock) IsZero() bool { return c == 0 }

// Minutes returns the minutes since midnight, 0 if c is unset.
func (c Clock) Minutes() int { return max(0, int(c)-1) }

// On returns the instant of c on a day in Việt Nam; 24:00 is the midnight
// that ends it. It is the zero time if c or the day is unset.
//
// A session that ends at 24:00 has its end on the next day, which a time of
// day cannot say.
func (c Clock) On(day vanphong.Date) time.Time {
	if c == 0 || day == 0 {
		return time.Time{}
	}
	return day.At(0, c.Minutes())
}

// String returns the time as "08:30", or "" if it is unset.
func (c Clock) String() string {
	if c == 0 {
		return ""
	}
	m := c.Minutes()
	return fmt.Sprintf("%02d:%02d", m/60, m%60)
}

// MarshalText writes c as [Clock.String] does.
func (c Clock) MarshalText() ([]byte, error) {
	if c > clockMax {
		return nil, wrong("time", fmt.Sprint(uint16(c)), "a clock time from 00:00 to 24:00")
	}
	return []byte(c.String()), nil
}

// UnmarshalText reads what [ParseClock] reads, and "" as unset.
func (c *Clock) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*c = 0
		return nil
	}
	v, err := ParseClock(string(b))
	if err != nil {
		return err
	}
	*c = v
	return nil
}

// Span is a stretch of clock time within one day, half-open: a meeting to
// 09:00 and one from 09:00 do not overlap. A zero End is "end not known",
// which is how most published rows stand; the zero Span is "no clock time".
//
// A span never runs past midnight; what does is two entries, as it is printed.
type Span struct {
	Start Clock `json:"start,omitzero"`
	End   Clock `json:"end,omitzero"`
}

// NewSpan returns the time from start to end; a zero end is "not known". An
// end that is not after the start, and an end without a start, are InputErrors.
func NewSpan(start, end Clock) (Span, error) {
	s := Span{start, end}
	return s, s.Check()
}

// IsZero reports whether s has no clock time at all.
func (s Span) IsZero() bool { return s == Span{} }

// Check returns an InputError naming "start" or "end" unless s is one that
// [NewSpan] makes.
func (s Span) Check() error {
	switch {
	case s.Start >= clockMax:
		return wrong("start", s.Start.String(), "a start before 24:00")
	case s.End > clockMax:
		return wrong("end", s.End.String(), "an end not after 24:00")
	case s.End != 0 && s.Start == 0:
		return wrong("end", s.End.String(), "a start with it")
	case s.End != 0 && s.End <= s.Start:
		return wrong("end", s.End.String(), "an end after the start "+s.Start.String())
	}
	return nil
}

// String returns "08:30", "08:30 - 10:00" or "".
func (s Span) String() string {
	if s.End == 0 {
		return s.Start.String()
	}
	return s.Start.String() + " - " + s.End.String()
}
