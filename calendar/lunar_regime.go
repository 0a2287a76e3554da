package calendar

import (
	"fmt"
	"strconv"

	"github.com/vanphong-go/vanphong"
)

// Regime is the authority by which a lunar calendar is reckoned (chế độ lịch).
// From 1968 on there is one in force, and the functions without a Regime use
// it. For earlier days the caller has to say what is meant.
//
// Not given here, because no source at hand settles it: the calendar in force
// in the North before 1968 and in the South until 1975 (both reckoned at UTC+8
// for a time; their gazettes are not at hand, and printed tables differ among
// themselves for Tết of 1925). Only Tết of 1968 and 1969 are known to have been
// kept a day later in the South. A table of what was printed would be a further
// Regime.
//
// A default for earlier days would put anniversaries on days on which nobody
// kept them.
type Regime uint8

// The regimes.
const (
	// RegimeOfficial is the calendar of Quyết định 121-CP, from 1968-01-01
	// (grade S), the zero value.
	RegimeOfficial Regime = iota
	// RegimeUTC7 applies the rules at UTC+7 to every year from 1900 on. Before
	// 1968 that is astronomy, not history: Tết of 1903, 1925, 1935 and 1965 and
	// the leap months of 1917, 1922 and 1938 differ from the printed tables.
	RegimeUTC7
)

var regimeCodes = [...]string{"official", "utc7"}

// String returns the code of the regime.
func (r Regime) String() string { return vanphong.EnumName(regimeCodes[:], r) }

// MarshalText writes the regime as its code: "official", "utc7".
func (r Regime) MarshalText() ([]byte, error) {
	return vanphong.EnumText("regime", regimeCodes[:], r)
}

// UnmarshalText reads what MarshalText writes.
func (r *Regime) UnmarshalText(b []byte) (err error) {
	*r, err = vanphong.ParseEnum[Regime]("regime", regimeCodes[:], b)
	return err
}

// A number that is no Regime comes from a caller's own conversion.
func (r Regime) unknown() error {
	return vanphong.NewInputError("regime", strconv.Itoa(int(r)), "a regime that exists", nil)
}

// The days of the table that the regimes begin with: 1968-01-01 is a day of
// month 12 of 1967, 1900-01-01 of month 12 of 1899.
//
// A regime begins in the middle of a lunar year, so it has days before the
// first year that it covers whole.
const (
	officialFirst = 2439857 - lunarFirstDay
	utc7First     = 2415021 - lunarFirstDay
)

// first returns the first day of the table that r covers, and the first lunar
// year that it covers whole.
func (r Regime) first() (day, year int, err error) {
	switch r {
	case RegimeOfficial:
		return officialFirst, 1968, nil
	case RegimeUTC7:
		return utc7First, 1900, nil
	}
	return 0, 0, r.unknown()
}

// LunarOf returns the lunar day of a civil day by r: from 1968-01-01
// (RegimeOfficial) or 1900-01-01 (RegimeUTC7) to 2101-01-28. Any other day is
// an [*vanphong.InputError] that wraps [vanphong.ErrOutOfRange].
func (r Regime) LunarOf(d vanphong.Date) (Lunar, error) {
	first, year, err := r.first()
	if err != nil {
		return Lunar{}, err
	}
	if d < dateOfDay(first) || d >= dateOfDay(lunarDays) {
		return Lunar{}, outOfRange("date", d.String(), year)
	}
	n := int(d) + julianDay - lunarFirstDay
	i := monthOfDay(n)
	l := monthOf(i)
	l.Day = n - monthStart(i) + 1
	return l, nil
}

// Date returns the civil day of a lunar day by r, with the errors that
// [Lunar.Date] tells of. What [Regime.LunarOf] answers it takes back.
//
// The table is the same for both regimes from 1968 on; they differ in where
// they begin.
func (r Regime) Date(l Lunar) (vanphong.Date, error) {
	first, year, err := r.first()
	if err != nil {
		return 0, err
	}
	i, err := findMonth(l, year)
	if err != nil {
		return 0, err
	}
	// Day 30 of a short month is refused, not moved to the first of the next:
	// it is no day of that month, and which neighbour is kept is for the
	// family or the office to say.
	start := monthStart(i)
	if days := monthStart(i+1) - start; l.Day < 1 || l.Day > days {
		want := fmt.Sprintf("1 to %d in month %d of %d", days, l.Month, l.Year)
		return 0, vanphong.NewInputError("day", strconv.Itoa(l.Day), want, nil)
	}
	n := start + l.Day - 1
	if n < first {
		return 0, outOfRange("lunar day", l.figures(), year)
	}
	return dateOfDay(n), nil
}

// Tet returns the first day of a lunar year by r (Tết Nguyên đán): 1968 or
// 1900 to 2100. Another year is an error that wraps [vanphong.ErrOutOfRange].
func (r Regime) Tet(year int) (vanphong.Date, error) {
	i, err := r.yearIndex(year)
	if err != nil {
		return 0, err
	}
	return dateOfDay(monthStart(i)), nil
}

// yearIndex returns the first month of a lunar year that r covers whole.
func (r Regime) yearIndex(year int) (int, error) {
	_, first, err := r.first()
	if err != nil {
		return 0, err
	}
	if year < first || year > lunarLastYear {
		return 0, outOfRange("year", strconv.Itoa(year), first)
	}
	return int(lunarYears[year-lunarFirstYear]), nil
}

func dateOfDay(n int) vanphong.Date { return vanphong.Date(n + lunarFirstDay - julianDay) }

// outOfRange tells what r does not cover, and how an earlier year is asked for.
func outOfRange(field, value string, first int) error {
	want := fmt.Sprintf("from 1 January %d to the end of lunar %d", first, lunarLastYear)
	if first > 1900 {
		want += ", or an explicit Regime"
	}
	return vanphong.NewInputError(field, value, want, vanphong.ErrOutOfRange)
}
