package reporting

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/vanphong-go/vanphong"
)

// Period is a named run of days that a report covers (kỳ báo cáo).
//
// The name is for print; what is counted is Days alone.
type Period struct {
	Name string        `json:"name"` // "tháng 3/2026", "từ 01/7/2025 đến nay"
	Days vanphong.Days `json:"days"`
}

// Since returns the open period "từ … đến nay", its figures closed at the end
// of day asOf: its Days are closed, only its name is open, so that the report
// can be made again and say the same. asOf before first is an error that
// names it.
//
// Most periods in reports are open ("từ đầu nhiệm kỳ đến nay", "10 tháng đầu
// năm"), few are a calendar's.
func Since(first, asOf vanphong.Date) (Period, error) {
	if first.IsZero() {
		return Period{}, vanphong.NewInputError("first", "", "the first day of the period", nil)
	}
	days, err := vanphong.Through(first, asOf)
	if err != nil {
		return Period{}, vanphong.NewInputError("as_of", asOf.String(), "a day on or after "+first.String(), nil)
	}
	return Period{vanphong.Days{First: first}.String(), days}, nil
}

// Unit is the length of the periods of a [Scheme].
type Unit uint8

// The units.
const (
	Month    Unit = iota // tháng
	Quarter              // quý
	HalfYear             // 6 tháng
	Year                 // năm
)

var unitMonths = [...]int{1, 3, 6, 12}
var unitCodes = [...]string{"month", "quarter", "half", "year"}

// Cutoff is the day of the month on which figures are closed (thời gian chốt
// số liệu), the days after it belong to the next month. [MonthEnd], the zero
// value, is the calendar's; an office with a rule of its own gives the day, 1
// to 28.
//
// 28 is the last day that every month has.
type Cutoff uint8

// The cut-offs that rules name.
const (
	MonthEnd Cutoff = 0 // calendar months
	// MidMonth closes on the 14th: periods run from the 15th to the 14th, the
	// half-years 15/12–14/6 and 15/6–14/12, the year 15/12–14/12 (Nghị định
	// 09/2019/NĐ-CP Điều 12, grade P, for State reports). For Party reports no
	// rule is known; the office chooses.
	MidMonth Cutoff = 14
)

// Scheme divides the days into periods. The zero Scheme is calendar months. It
// is written "month", "quarter/14": unit and cut-off day.
//
// It is small and comparable, so two tallies can be asked whether they may be
// added.
type Scheme struct {
	Unit   Unit
	Cutoff Cutoff
}

// Check returns an [*vanphong.InputError] for a unit or cut-off day that
// cannot be.
func (s Scheme) Check() error {
	if _, err := vanphong.EnumText("scheme.unit", unitCodes[:], s.Unit); err != nil {
		return err
	}
	if s.Cutoff > 28 {
		return vanphong.NewInputError("scheme.cutoff", strconv.Itoa(int(s.Cutoff)), "0 for the month's end, or a day from 1 to 28", nil)
	}
	return nil
}

// MarshalText writes the scheme as "half" or "half/14".
func (s Scheme) MarshalText() ([]byte, error) {
	if err := s.Check(); err != nil {
		return nil, err
	}
	out := unitCodes[s.Unit]
	if s.Cutoff != MonthEnd {
		out += "/" + strconv.Itoa(int(s.Cutoff))
	}
	return []byte(out), nil
}

// UnmarshalText reads what MarshalText writes, and nothing else.
//
// Other spellings ("month/0", "half/014") would make two texts of one scheme.
func (s *Scheme) UnmarshalText(b []byte) error {
	unit, day, cut := strings.Cut(string(b), "/")
	if u, err := vanphong.ParseEnum[Unit]("unit", unitCodes[:], []byte(unit)); err == nil {
		n := 0
		if cut {
			n, _ = strconv.Atoi(day)
		}
		// Out of bounds stays out of bounds, which MarshalText refuses.
		out := Scheme{u, Cutoff(min(max(n, 0), 255))}
		if text, err := out.MarshalText(); err == nil && string(text) == string(b) {
			*s = out
			return nil
		}
	}
	return vanphong.NewInputError("scheme", string(b), "a unit ("+strings.Join(unitCodes[:], ", ")+") and a cut-off day, as half/14", nil)
}

// At returns the period that a day falls in. An unset day, and a period that
// would reach beyond the years 1 to 9999, are errors.
//
// A period may begin in the year before and end in the year after, hence 2 to
// 9998.
func (s Scheme) At(day vanphong.Date) (Period, error) {
	if err := s.Check(); err != nil {
		return Period{}, err
	}
	if y := day.Year(); day.IsZero() || y < 2 || y > 9998 {
		return Period{}, vanphong.NewInputError("day", day.String(), "a day of the years 2 to 9998", vanphong.ErrOutOfRange)
	}
	return s.period(s.ordinal(day)), nil
}

// Of returns the n-th period of a year: Of(2026, 3) is tháng 3/2026 for
// months, quý III/2026 for quarters; a year has one. An n that the year has
// not is an error.
func (s Scheme) Of(year, n int) (Period, error) {
	if err := s.Check(); err != nil {
		return Period{}, err
	}
	if year < 2 || year > 9998 {
		return Period{}, vanphong.NewInputError("year", strconv.Itoa(year), "a year from 2 to 9998", vanphong.ErrOutOfRange)
	}
	most := 12 / unitMonths[s.Unit]
	if n < 1 || n > most {
		return Period{}, vanphong.NewInputError("n", strconv.Itoa(n), fmt.Sprintf("a %s from 1 to %d", unitCodes[s.Unit], most), vanphong.ErrOutOfRange)
	}
	return s.period(year*most + n - 1), nil
}

// ordinal numbers the periods one after another through all years: 12*year +
// month - 1 for months, divided by the months of a longer unit.
//
// With a mid-month cut-off the 15th of December opens the next year: its month
// is moved on before it is divided.
func (s Scheme) ordinal(day vanphong.Date) int {
	month := day.Year()*12 + int(day.Month()) - 1
	if s.Cutoff != MonthEnd && day.Day() > int(s.Cutoff) {
		month++
	}
	return month / unitMonths[s.Unit]
}

func (s Scheme) period(ordinal int) Period {
	return Period{s.name(ordinal), vanphong.Days{First: s.first(ordinal), End: s.first(ordinal + 1)}}
}

func (s Scheme) first(ordinal int) vanphong.Date {
	month := ordinal * unitMonths[s.Unit]
	if s.Cutoff == MonthEnd {
		return vanphong.Date(date.New(month/12, time.Month(month%12+1), 1))
	}
	month-- // the day after the cut-off of the month before; after 28 February that may be 1 March
	return vanphong.Date(date.New(month/12, time.Month(month%12+1), int(s.Cutoff)+1))
}

var romans = [...]string{"I", "II", "III", "IV"}

// The name is that of the unit even with a cut-off: a State report "năm 2026"
// runs from 15/12 to 14/12.
func (s Scheme) name(ordinal int) string {
	most := 12 / unitMonths[s.Unit]
	year, n := ordinal/most, ordinal%most
	switch s.Unit {
	case Month:
		if n < 2 { // as in dates: a zero before months 1 and 2 only
			return fmt.Sprintf("tháng %02d/%d", n+1, year)
		}
		return fmt.Sprintf("tháng %d/%d", n+1, year)
	case Quarter:
		return fmt.Sprintf("quý %s/%d", romans[n], year)
	case HalfYear:
		return fmt.Sprintf("6 tháng %s năm %d", [...]string{"đầu", "cuối"}[n], year)
	}
	return fmt.Sprintf("năm %d", year)
}
