// Package lunation applies the rules of the Vietnamese lunisolar calendar to
// the sky as package astro computes it, and writes the table that package
// calendar ships.
//
// # The rules
//
// A month begins on the civil day, in the zone of the calendar, in which the
// new moon falls. The month that holds the winter solstice is the eleventh. If
// thirteen months lie between one eleventh month and the next, the first of
// them in which the sun enters no principal term (trung khí, a longitude that
// 30 degrees divide) is a leap month and takes the number of the one before.
package lunation

import (
	"math"
	"slices"

	"github.com/vanphong-go/vanphong/calendar/internal/astro"
)

// Month is one month of the lunar calendar. First is the Julian day number
// (counted at noon) of its first day. It is Uncertain if the new moon may lie
// within three minutes of midnight.
type Month struct {
	Year, Month int
	Leap        bool
	First       int
	Uncertain   bool
}

// Three minutes are far above the error of the series and below what would
// doubt many months: eleven in two centuries.
const (
	doubtSeconds = 180.0
	// forecastDoubt is how far, as a part of itself, ΔT of a coming year may
	// miss its forecast: in 2025 the polynomial of 2006 said 74 seconds where
	// the earth had it at 69.
	forecastDoubt = 0.2
	observedUntil = 2025
)

// start is a new moon as the calendar sees it.
type start struct {
	day       int     // Julian day number of the civil day
	sun       float64 // longitude of the sun at the midnight that begins it
	uncertain bool
}

// Months returns the months of the lunar years first to last in a zone given
// in hours east of Greenwich, and with them the first month of the year after.
//
// More is computed than is asked for, because a year is only numbered between
// two eleventh months.
func Months(first, last int, zone float64) []Month {
	starts := newMoons(yearStart(first-1), yearStart(last+3), zone)
	var out []Month
	eleventh := -1
	for i := range len(starts) - 1 {
		if !holdsSolstice(starts[i], starts[i+1]) {
			continue
		}
		if eleventh >= 0 {
			out = append(out, number(starts[eleventh:i+1])...)
		}
		eleventh = i
	}
	from := slices.IndexFunc(out, func(m Month) bool { return m.Year >= first })
	end := slices.IndexFunc(out, func(m Month) bool { return m.Year > last })
	return out[from : end+1]
}

// number numbers the months from one eleventh month to the next; s ends with
// the start of the latter.
func number(s []start) []Month {
	n := len(s) - 1
	year := civilYear(s[0].day)
	out := make([]Month, 0, n)
	// An eleventh month comes first, hence 10 before it; thirteen months to
	// the next one mean that one of them is leap.
	month, leapToCome := 10, n == 13
	for i := range n {
		// The sun's sign at both ends of the month: equal means that it
		// entered no principal term. Only the first such month is leap, and
		// never the eleventh itself.
		leap := leapToCome && i > 0 && principalTerm(s[i].sun) == principalTerm(s[i+1].sun)
		if leap {
			leapToCome = false
		} else {
			month++
		}
		m := Month{Year: year, Month: month, Leap: leap, First: s[i].day, Uncertain: s[i].uncertain}
		if month > 12 {
			m.Year, m.Month = year+1, month-12
		}
		out = append(out, m)
	}
	return out
}

// newMoons returns the month starts from the Julian days from to to.
func newMoons(from, to, zone float64) []start {
	var out []start
	// UT, then local, then counted from midnight instead of noon, where Julian
	// days begin.
	for k := astro.NewMoonIndex(from); k <= astro.NewMoonIndex(to); k++ {
		local := astro.UT(astro.NewMoon(k)) + zone/24 + 0.5
		day := math.Floor(local)
		midnight := astro.TT(day - 0.5 - zone/24)
		seconds := math.Min(local-day, 1-(local-day)) * 86400
		out = append(out, start{
			day:       int(day),
			sun:       astro.SunLongitude(midnight),
			uncertain: seconds <= doubt(civilYear(int(day))),
		})
	}
	return out
}

// doubt returns how close to midnight, in seconds, makes a new moon uncertain:
// three minutes, and in years to come the doubt about ΔT on top.
func doubt(year int) float64 {
	if year <= observedUntil {
		return doubtSeconds
	}
	return doubtSeconds + forecastDoubt*astro.DeltaT(float64(year))
}

// The twelve principal terms are the multiples of 30 degrees.
func principalTerm(longitude float64) int { return int(longitude / 30) }

// holdsSolstice reports whether the sun passes 270 degrees in the month from a
// to b.
//
// Shifted by 90 degrees the solstice lies at 0, where the remainder jumps.
func holdsSolstice(a, b start) bool {
	before, after := math.Mod(a.sun+90, 360), math.Mod(b.sun+90, 360)
	return before > 180 && after < 180
}

// yearStart returns a Julian day about 1 November of a year: before the
// eleventh month.
func yearStart(year int) float64 { return 2451544.5 + float64(year-2000)*365.2425 - 61 }

// civilYear returns the year of a Julian day number. The eleventh month begins
// between 22 November and 22 December, far from the edge of a mean year.
func civilYear(day int) int { return int(math.Floor(2000 + (float64(day)-2451544.5)/365.2425)) }
