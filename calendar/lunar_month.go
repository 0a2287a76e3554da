package calendar

import "github.com/vanphong-go/vanphong"

// LunarMonth is one month of a lunar year (tháng âm lịch): its first civil day,
// its length of 29 (tháng thiếu) or 30 days (tháng đủ), and whether the day it
// begins with is uncertain, see [Lunar.Uncertain].
//
// The length follows from the next new moon; there is no rule such as "odd
// months have thirty days".
type LunarMonth struct {
	Year      int           `json:"year"`
	Month     int           `json:"month"`
	Leap      bool          `json:"leap,omitzero"`
	First     vanphong.Date `json:"first"`
	Days      int           `json:"days"`
	Uncertain bool          `json:"uncertain,omitzero"`
}

// LunarMonths returns the 12 or 13 months of a lunar year in order, 1968 to
// 2100. Another year is an error that wraps [vanphong.ErrOutOfRange].
func LunarMonths(year int) ([]LunarMonth, error) { return RegimeOfficial.Months(year) }

// Months returns the 12 or 13 months of a lunar year by r, in order. A year
// that r does not cover whole is an error that wraps [vanphong.ErrOutOfRange].
func (r Regime) Months(year int) ([]LunarMonth, error) {
	i, err := r.yearIndex(year)
	if err != nil {
		return nil, err
	}
	// The year after the last is in the table too, so that the last one has an
	// end.
	end := int(lunarYears[year-lunarFirstYear+1])
	out := make([]LunarMonth, 0, end-i)
	for ; i < end; i++ {
		l := monthOf(i)
		out = append(out, LunarMonth{
			Year: l.Year, Month: l.Month, Leap: l.Leap,
			First:     dateOfDay(monthStart(i)),
			Days:      monthStart(i+1) - monthStart(i),
			Uncertain: lunarMonths[i]&monthUncertain != 0,
		})
	}
	return out, nil
}

// LeapMonth returns the number of the leap month of a lunar year by r, 0 if it
// has none. A year that r does not cover whole is an error that wraps
// [vanphong.ErrOutOfRange].
func (r Regime) LeapMonth(year int) (int, error) {
	i, err := r.yearIndex(year)
	if err != nil {
		return 0, err
	}
	for end := int(lunarYears[year-lunarFirstYear+1]); i < end; i++ {
		if l := monthOf(i); l.Leap {
			return l.Month, nil
		}
	}
	return 0, nil
}
