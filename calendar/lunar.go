package calendar

import (
	"cmp"
	"strconv"

	"github.com/vanphong-go/vanphong"
)

//go:generate go run ./internal/lunargen

// Lunar is a day of the Vietnamese lunar calendar (ngày âm lịch). Year is
// named by the Gregorian year in which it begins, Month runs from 1 to 12, Day
// from 1 to 30, and Leap marks the leap month (tháng nhuận) that follows the
// ordinary month of the same number.
//
// Lunars compare with ==; [Lunar.Compare] orders them. The zero Lunar means
// "unset". A Lunar is only a name until [Lunar.Date] has found the day: not
// every month has a day 30, and most years have no leap month. The day of
// commemoration of the Hùng kings (Giỗ Tổ) of a year is
// Lunar{Year: year, Month: 3, Day: 10}.
type Lunar struct {
	Year, Month, Day int
	Leap             bool
}

// NewLunar returns the lunar day of that year, month and day, or an error as
// [Lunar.Date] gives it. From 1968 on the day has to exist; of an earlier one,
// back to month 12 of 1899, only month and day are held to their bounds, since
// whether it exists depends on the [Regime].
func NewLunar(year, month, day int, leap bool) (Lunar, error) {
	l := Lunar{Year: year, Month: month, Day: day, Leap: leap}
	if err := l.check(); err != nil {
		return Lunar{}, err
	}
	return l, nil
}

// LunarOf returns the lunar day of a civil day in Việt Nam, from 1968-01-01
// to 2101-01-28, the last day of the lunar year 2100. Any other day is an
// [*vanphong.InputError] that wraps [vanphong.ErrOutOfRange]; for earlier ones
// say which calendar is meant: [Regime.LunarOf].
func LunarOf(d vanphong.Date) (Lunar, error) { return RegimeOfficial.LunarOf(d) }

// Tet returns the first day of a lunar year (Tết Nguyên đán), 1968 to 2100.
// Another year is an error that wraps [vanphong.ErrOutOfRange].
func Tet(year int) (vanphong.Date, error) { return RegimeOfficial.Tet(year) }

// LeapMonth returns the number of the leap month of a lunar year, 1968 to
// 2100, or 0 if the year has none. Another year is an error that wraps
// [vanphong.ErrOutOfRange].
//
// A leap month repeats the number of the month before it, so a day of month 6
// may be meant twice in such a year; an anniversary is kept in the ordinary
// one unless the caller says Leap.
func LeapMonth(year int) (int, error) { return RegimeOfficial.LeapMonth(year) }

// Date returns the civil day of l. A day that the calendar does not have (day
// 30 of a month of 29 days, a leap month in a year without it, month 13, the
// zero Lunar) is an [*vanphong.InputError] whose Field is "day", "leap",
// "month" and that wraps [vanphong.ErrInvalid]; it is never moved to a
// neighbour. A day before 1968-01-01 or after lunar 2100 wraps
// [vanphong.ErrOutOfRange].
func (l Lunar) Date() (vanphong.Date, error) { return RegimeOfficial.Date(l) }

// IsZero reports whether l is unset.
func (l Lunar) IsZero() bool { return l == Lunar{} }

// Compare orders lunar days as they follow each other, the leap month after
// the ordinary one: negative if l is before o, positive if after.
func (l Lunar) Compare(o Lunar) int {
	if c := cmp.Compare(l.Year, o.Year); c != 0 {
		return c
	}
	if c := cmp.Compare(l.Month, o.Month); c != 0 {
		return c
	}
	switch {
	case l.Leap == o.Leap:
		return cmp.Compare(l.Day, o.Day)
	case o.Leap:
		return -1
	}
	return 1
}

// Uncertain reports whether the month of l begins with a new moon within three
// minutes of midnight in Hà Nội, in years to come with the doubt about the
// turning of the earth on top: its days, and the last day of the month before,
// may then be one off in the calendar that will be published. From 1900 to 2100
// that is so for eleven months; a month outside the table is not known to be
// uncertain.
//
// A printed calendar decides then, and this one says that it does not know
// better.
func (l Lunar) Uncertain() bool {
	i, err := findMonth(l, 1900)
	return err == nil && lunarMonths[i]&monthUncertain != 0
}

// The fields of an entry of lunarMonths.
//
// One month in 32 bits: its first day counted from the first of the table,
// number, leap, doubt, and year counted from the first.
const (
	monthStartMask = 1<<17 - 1
	monthShift     = 17
	monthLeap      = 1 << 21
	monthUncertain = 1 << 22
	yearShift      = 23
)

// julianDay is the Julian day number of the zero vanphong.Date.
const julianDay = 1721426

// The table (lunar_table.go) is computed once and compiled in: reckoning the
// moon takes thousands of terms, and the same program must give the same day
// on every machine.
func monthStart(i int) int { return int(lunarMonths[i] & monthStartMask) }

// monthOf returns year, month and leap of the i-th month of the table.
func monthOf(i int) Lunar {
	m := lunarMonths[i]
	return Lunar{
		Year:  lunarFirstYear + int(m>>yearShift),
		Month: int(m >> monthShift & 15),
		Leap:  m&monthLeap != 0,
	}
}

// monthOfDay returns the index of the month that holds the n-th day of the
// table. A new moon strays less than a day from its mean; counting in mean
// months from a day late gives the month or the one before, at no more cost
// than a multiplication.
//
// Late by a day, so that the guess is never a month too far: the loop below
// only steps forward.
func monthOfDay(n int) int {
	const (
		late       = 1
		meanMonths = 145441294 // 1<<32 / 29.530588861 days
	)
	i := int(uint64(max(n-late, 0)) * meanMonths >> 32)
	for monthStart(i+1) <= n {
		i++
	}
	return i
}

// findMonth returns the index of the month that l names, whatever its day. What
// lies before month 12 of the year before first is out of range: there a regime
// that covers first whole begins.
func findMonth(l Lunar, first int) (int, error) {
	if l.Month < 1 || l.Month > 12 {
		return 0, vanphong.NewInputError("month", strconv.Itoa(l.Month), "1 to 12", nil)
	}
	if l.Year < first-1 || l.Year == first-1 && l.Month < 12 || l.Year > lunarLastYear {
		return 0, outOfRange("lunar day", l.figures(), first)
	}
	// Until the leap month the n-th month has the number n, after it one less.
	i := int(lunarYears[l.Year-lunarFirstYear]) + l.Month - 1
	if m := monthOf(i); m.Leap || m.Month != l.Month {
		i++
	}
	if !l.Leap {
		return i, nil
	}
	if m := monthOf(i + 1); m.Leap && m.Month == l.Month {
		return i + 1, nil
	}
	return 0, vanphong.NewInputError("leap", l.figures(), "a leap month of that year", nil)
}
