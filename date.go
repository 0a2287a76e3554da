package vanphong

import (
	"database/sql/driver"
	"fmt"
	"time"

	"github.com/rickb777/date/v2"
)

// Hanoi is the zone of every civil day in this SDK: UTC+7 all year, built in,
// so that a program needs no time-zone data and no setting of its host.
var Hanoi = time.FixedZone("+07", 7*60*60)

// Date is a civil day (ngày) in Việt Nam. It is the date library's Date with
// the door shut: the library reads 30 February as 2 March and an American
// 03/15/2025 as a day of 2026, without an error; a Date is only ever read by
// [ParseDate], from JSON and SQL too. Because the type itself is strict, every
// struct that holds one decodes strictly.
//
// Dates compare with ==, < and >; d+7 is a week later; date.Date(d) is the
// library's value. The zero Date means "unset" and prints as "".
type Date date.Date

// NewDate returns the day year-month-day, or an error that wraps
// [ErrInvalid] if the calendar has no such day. Years run from 1 to 9999; the
// very first day of year 1 is refused, its value means "unset".
func NewDate(year int, month time.Month, day int) (Date, error) {
	d := Date(date.New(year, month, day))
	if d == 0 || year < 1 || year > 9999 || d.Year() != year || d.Month() != month || d.Day() != day {
		return 0, invalid("date", fmt.Sprintf("%d-%d-%d", year, month, day), "a day that exists")
	}
	return d, nil
}

// MustDate is [ParseDate] for literals in programs and tests: it panics on
// what ParseDate refuses.
func MustDate(s string) Date {
	d, err := ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// DateOf returns the civil day in Việt Nam of an instant: 18:30 UTC on the
// 14th is the 15th in Hà Nội.
func DateOf(t time.Time) Date { return Date(date.NewAt(t.In(Hanoi))) }

// ParseDate reads a civil day written as 2026-03-05, 05/03/2026 or 5/3/2026
// (day first, as Vietnamese papers write it). Anything else, and a day that
// does not exist, is an [*InputError]. The year has four digits.
func ParseDate(s string) (Date, error) {
	y, m, d, ok := splitISO(s)
	if !ok {
		y, m, d, ok = splitDayFirst(s)
	}
	if !ok {
		return 0, invalid("date", s, "YYYY-MM-DD or d/m/yyyy")
	}
	out, err := NewDate(y, time.Month(m), d)
	if err != nil {
		return 0, invalid("date", s, "a day that exists")
	}
	return out, nil
}

func splitISO(s string) (y, m, d int, ok bool) {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return 0, 0, 0, false
	}
	y, ok1 := digits(s[:4])
	m, ok2 := digits(s[5:7])
	d, ok3 := digits(s[8:])
	return y, m, d, ok1 && ok2 && ok3
}

func splitDayFirst(s string) (y, m, d int, ok bool) {
	i := 0
	for i < len(s) && s[i] != '/' {
		i++
	}
	j := i + 1
	for j < len(s) && s[j] != '/' {
		j++
	}
	if i < 1 || i > 2 || j >= len(s) || j-i < 2 || j-i > 3 || len(s)-j != 5 {
		return 0, 0, 0, false
	}
	d, ok1 := digits(s[:i])
	m, ok2 := digits(s[i+1 : j])
	y, ok3 := digits(s[j+1:])
	return y, m, d, ok1 && ok2 && ok3
}

func digits(s string) (n int, ok bool) {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, s != ""
}

// Year returns the year of d.
func (d Date) Year() int { return date.Date(d).Year() }

// Month returns the month of d.
func (d Date) Month() time.Month { return date.Date(d).Month() }

// Day returns the day of the month of d.
func (d Date) Day() int { return date.Date(d).Day() }

// Weekday returns the day of the week of d.
func (d Date) Weekday() time.Weekday { return date.Date(d).Weekday() }

// ISOWeek returns the ISO 8601 year and week (01-53) of d, as published
// weekly schedules number them.
func (d Date) ISOWeek() (year, week int) { return date.Date(d).ISOWeek() }

// Monday returns the first day of the week of d: a working week begins on
// Monday (thứ Hai).
func (d Date) Monday() Date { return d - Date((int(d.Weekday())+6)%7) }

// IsZero reports whether d is unset.
func (d Date) IsZero() bool { return d == 0 }

// AddMonths returns the corresponding day n months later or earlier; if that
// month has no such day, its last day (Bộ luật Dân sự 2015, Điều 148 khoản 3;
// grade P). The date library would run over into the month after.
func (d Date) AddMonths(n int) Date {
	first := date.New(d.Year(), d.Month()+time.Month(n), 1)
	last := date.New(first.Year(), first.Month()+1, 0)
	return min(Date(first)+Date(d.Day()-1), Date(last))
}

// At returns the instant of a clock time on day d in Việt Nam.
func (d Date) At(hour, minute int) time.Time {
	return time.Date(d.Year(), d.Month(), d.Day(), hour, minute, 0, 0, Hanoi)
}

// String returns the day as YYYY-MM-DD, or "" if it is unset.
func (d Date) String() string {
	if d == 0 {
		return ""
	}
	return string(d.append(make([]byte, 0, 10)))
}

func (d Date) append(b []byte) []byte {
	y, m, n := d.Year(), int(d.Month()), d.Day()
	return append(b, byte('0'+y/1000), byte('0'+y/100%10), byte('0'+y/10%10), byte('0'+y%10), '-',
		byte('0'+m/10), byte('0'+m%10), '-', byte('0'+n/10), byte('0'+n%10))
}

// MarshalText writes d as [Date.String] does. A value outside the years 1 to
// 9999, which only arithmetic can make, is an error.
func (d Date) MarshalText() ([]byte, error) {
	if y := d.Year(); d != 0 && (y < 1 || y > 9999) {
		return nil, invalid("date", fmt.Sprint(int64(d)), "a year from 1 to 9999")
	}
	return []byte(d.String()), nil
}

// UnmarshalText reads what [ParseDate] reads, and "" as unset.
func (d *Date) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = 0
		return nil
	}
	v, err := ParseDate(string(b))
	if err != nil {
		return err
	}
	*d = v
	return nil
}

// Value stores d in a database as its text, NULL if it is unset.
func (d Date) Value() (driver.Value, error) {
	if d == 0 {
		return nil, nil
	}
	b, err := d.MarshalText()
	return string(b), err
}

// Scan reads d from a database: text as [ParseDate] reads it, NULL as unset.
// A time.Time is taken at its own wall clock, since drivers return a DATE
// column as midnight in whatever zone they use.
func (d *Date) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*d = 0
		return nil
	case string:
		return d.UnmarshalText([]byte(v))
	case []byte:
		return d.UnmarshalText(v)
	case time.Time:
		*d = Date(date.New(v.Year(), v.Month(), v.Day()))
		return nil
	}
	return invalid("date", fmt.Sprintf("%T", src), "text or a date column")
}

// FormatDate writes d in figures as official papers do: a zero before days 1
// to 9 and before months 1 and 2 only, "27/5/2026", "01/7/2025" (Nghị định
// 30/2020/NĐ-CP, Phụ lục I mục II.4.b, grade P; the Party's own texts keep the
// same rule, grade P by example). An unset day is "".
func FormatDate(d Date) string { return formatDate(d, "", "/", "/") }

// FormatDateLong writes d in words: "ngày 05 tháng 02 năm 2026", by the same
// rule as [FormatDate]. An unset day is "".
func FormatDateLong(d Date) string { return formatDate(d, "ngày ", " tháng ", " năm ") }

func formatDate(d Date, before, month, year string) string {
	if d == 0 {
		return ""
	}
	m := fmt.Sprintf("%d", d.Month())
	if d.Month() <= time.February {
		m = "0" + m
	}
	return fmt.Sprintf("%s%02d%s%s%s%d", before, d.Day(), month, m, year, d.Year())
}

var weekdayNames = [...]string{"Chủ nhật", "thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy"}

// WeekdayName returns the Vietnamese name of a day of the week, as it stands
// inside a sentence: "thứ Hai", "Chủ nhật".
func WeekdayName(w time.Weekday) string {
	if w < time.Sunday || w > time.Saturday {
		return ""
	}
	return weekdayNames[w]
}
