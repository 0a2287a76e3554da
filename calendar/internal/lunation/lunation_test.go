package lunation

import (
	"math"
	"testing"
	"time"

	"github.com/vanphong-go/vanphong/calendar/internal/astro"
)

func civil(julianDay int) string {
	return time.Unix(0, 0).UTC().AddDate(0, 0, julianDay-2440588).Format("2006-01-02")
}

// newYears returns the first day and the leap month of each lunar year.
func newYears(months []Month) (first map[int]string, leap map[int]int) {
	first, leap = map[int]string{}, map[int]int{}
	for _, m := range months {
		if m.Month == 1 && !m.Leap {
			first[m.Year] = civil(m.First)
		}
		if m.Leap {
			leap[m.Year] = m.Month
		}
	}
	return first, leap
}

// TestDifferencesFromChina applies the rules at UTC+7 and at UTC+8: the same
// sky gives another calendar. Since 1968 Tết differs in six years and the leap
// month in three.
func TestDifferencesFromChina(t *testing.T) {
	hanoi, hanoiLeap := newYears(Months(1968, 2100, 7))
	beijing, beijingLeap := newYears(Months(1968, 2100, 8))
	days := map[int][2]string{
		1968: {"1968-01-29", "1968-01-30"}, 1969: {"1969-02-16", "1969-02-17"},
		1985: {"1985-01-21", "1985-02-20"}, 2007: {"2007-02-17", "2007-02-18"},
		2030: {"2030-02-02", "2030-02-03"}, 2053: {"2053-02-18", "2053-02-19"},
	}
	leaps := map[int][2]int{1984: {0, 10}, 1985: {2, 0}, 1987: {7, 6}}
	for year := 1968; year <= 2100; year++ {
		got := [2]string{hanoi[year], beijing[year]}
		if want, differs := days[year]; got[0] == "" || differs != (got[0] != got[1]) || differs && got != want {
			t.Errorf("Tết %d: %v", year, got)
		}
		gotLeap := [2]int{hanoiLeap[year], beijingLeap[year]}
		if want, differs := leaps[year]; differs != (gotLeap[0] != gotLeap[1]) || differs && gotLeap != want {
			t.Errorf("leap month of %d: %v", year, gotLeap)
		}
	}
	// Two Chinese New Years that a widely used library has a day off.
	if beijing[2027] != "2027-02-06" || beijing[2030] != "2030-02-03" {
		t.Errorf("at UTC+8: 2027 %s, 2030 %s", beijing[2027], beijing[2030])
	}
}

// TestWinterSolsticeIsInMonthEleven holds the rule itself, for every year.
func TestWinterSolsticeIsInMonthEleven(t *testing.T) {
	months := Months(FirstYear, LastYear, Zone)
	count := 0
	for i, m := range months[:len(months)-1] {
		a, b := start{sun: sunAt(m.First)}, start{sun: sunAt(months[i+1].First)}
		if holdsSolstice(a, b) {
			count++
			if m.Month != 11 || m.Leap {
				t.Errorf("the solstice of %d is in month %d, leap %t", m.Year, m.Month, m.Leap)
			}
		}
		if m.Leap && principalTerm(a.sun) != principalTerm(b.sun) {
			t.Errorf("leap month %d of %d holds a principal term", m.Month, m.Year)
		}
	}
	if want := LastYear - FirstYear + 1; count != want {
		t.Errorf("%d solstices in %d years", count, want)
	}
}

func sunAt(day int) float64 { return astro.SunLongitude(astro.TT(float64(day) - 0.5 - Zone/24)) }

// TestSunIsClearOfTheTerms shows that no month hangs on the precision of the
// sun: at the midnight that begins a month it is never within 15 arcseconds
// (six minutes) of a principal term, but for 24 September 1938, and there by
// more than three times the error of the series.
func TestSunIsClearOfTheTerms(t *testing.T) {
	for _, m := range Months(FirstYear, LastYear, Zone) {
		off := math.Remainder(sunAt(m.First), 30) * 3600
		if math.Abs(off) < 15 && (civil(m.First) != "1938-09-24" || off < 1) {
			t.Errorf("%s: the sun is %.2f arcseconds from a term", civil(m.First), off)
		}
	}
}

// TestMonthsOfAnySpan: a span asked for alone is a part of a longer one, and
// one month more than its years hold marks the end.
func TestMonthsOfAnySpan(t *testing.T) {
	all := Months(2020, 2040, Zone)
	for year := 2020; year <= 2040; year++ {
		part := Months(year, year, Zone)
		if last := part[len(part)-1]; last.Year != year+1 || last.Month != 1 || len(part) < 13 {
			t.Fatalf("%d: %d months, the last %+v", year, len(part), last)
		}
		for _, m := range part {
			found := false
			for _, n := range all {
				found = found || m == n
			}
			if !found {
				t.Errorf("%+v is not in the longer span", m)
			}
		}
	}
}

func TestDoubtGrowsWithTheForecast(t *testing.T) {
	if doubt(1950) != 180 || doubt(2025) != 180 {
		t.Error("what has been observed is doubted")
	}
	if d := doubt(2062); d < 200 || d > 205 {
		t.Errorf("2062: %v seconds", d)
	}
}
