package calendar

import (
	"encoding/json"
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/vanphong-go/vanphong"
)

// regimeSpans are the days that each regime covers.
var regimeSpans = []struct {
	regime      Regime
	first, last vanphong.Date
}{
	{RegimeOfficial, vanphong.MustDate("1968-01-01"), vanphong.MustDate("2101-01-28")},
	{RegimeUTC7, vanphong.MustDate("1900-01-01"), vanphong.MustDate("2101-01-28")},
}

// TestEveryDayRoundTrips walks every day of both regimes: each has a lunar day,
// that leads back to it, follows the one of the day before by the rules, and
// survives its text.
func TestEveryDayRoundTrips(t *testing.T) {
	for _, span := range regimeSpans {
		var before Lunar
		for d := span.first; d <= span.last; d++ {
			l, err := span.regime.LunarOf(d)
			if err != nil {
				t.Fatalf("%v: %v", d, err)
			}
			if back, err := span.regime.Date(l); err != nil || back != d {
				t.Fatalf("%v is %v, which is %v, %v", d, l, back, err)
			}
			if d > span.first && !follows(before, l) {
				t.Fatalf("%v: %v after %v", d, l, before)
			}
			if d > span.first && before.Compare(l) >= 0 {
				t.Fatalf("%v does not compare before %v", before, l)
			}
			text, err := l.MarshalText()
			if err != nil {
				t.Fatal(err)
			}
			if back, err := ParseLunar(string(text)); err != nil || back != l {
				t.Fatalf("%s: %v, %v", text, back, err)
			}
			before = l
		}
	}
}

// follows reports whether b may be the day after a: the next day of the month,
// or day 1 after 29 or 30 days, in the next month, in the leap month of the
// same number, or in the next year.
func follows(a, b Lunar) bool {
	if a.Year == b.Year && a.Month == b.Month && a.Leap == b.Leap {
		return b.Day == a.Day+1 && b.Day <= 30
	}
	if b.Day != 1 || a.Day != 29 && a.Day != 30 {
		return false
	}
	switch {
	case b.Year == a.Year && b.Month == a.Month:
		return b.Leap && !a.Leap
	case b.Year == a.Year:
		return b.Month == a.Month+1 && !b.Leap
	}
	return b.Year == a.Year+1 && a.Month == 12 && b.Month == 1 && !b.Leap
}

// TestLunarTextSortsAsDaysDo compares neighbouring months, where "n" decides.
func TestLunarTextSortsAsDaysDo(t *testing.T) {
	var before []byte
	for d := vanphong.MustDate("2025-01-01"); d < vanphong.MustDate("2034-12-31"); d++ {
		l, err := LunarOf(d)
		if err != nil {
			t.Fatal(err)
		}
		text, err := l.MarshalText()
		if err != nil {
			t.Fatal(err)
		}
		if string(before) >= string(text) {
			t.Fatalf("%s does not sort after %s", text, before)
		}
		before = text
	}
}

// TestMonthsOfEachYear holds the shape of a year: 12 or 13 months of 29 or 30
// days that touch, the leap one after its namesake, Tết first.
func TestMonthsOfEachYear(t *testing.T) {
	var end vanphong.Date
	for year := 1900; year <= 2100; year++ {
		months, err := RegimeUTC7.Months(year)
		if err != nil {
			t.Fatal(err)
		}
		leap, err := RegimeUTC7.LeapMonth(year)
		if err != nil {
			t.Fatal(err)
		}
		tet, err := RegimeUTC7.Tet(year)
		if err != nil || months[0].First != tet || end != 0 && tet != end {
			t.Errorf("%d begins on %v, Tết is %v (%v), the year before ended before %v", year, months[0].First, tet, err, end)
		}
		if want := 12 + min(leap, 1); len(months) != want {
			t.Errorf("%d: %d months, want %d", year, len(months), want)
		}
		number, at := 0, tet
		for _, m := range months {
			if !m.Leap {
				number++
			} else if m.Month != leap {
				t.Errorf("%d: month %d is marked leap, want %d", year, m.Month, leap)
			}
			if m.Year != year || m.Month != number || m.First != at || m.Days != 29 && m.Days != 30 {
				t.Errorf("%d: unexpected month %+v, want number %d from %v", year, m, number, at)
			}
			at += vanphong.Date(m.Days)
		}
		end = at
	}
}

// TestLeapMonths holds the leap months that are often got wrong.
func TestLeapMonths(t *testing.T) {
	for year, want := range map[int]int{
		1984: 0, 1985: 2, // China: 10 in 1984, none in 1985
		1987: 7, // China: 6
		2020: 4, 2023: 2, 2025: 6, 2028: 5, 2031: 3,
		2033: 11, // three months without a principal term within a year; only one is leap
		2034: 0,
		2036: 6, 2039: 5, 2042: 2, 2044: 7, 2047: 5, 2050: 3,
	} {
		if got, err := LeapMonth(year); err != nil || got != want {
			t.Errorf("%d: %d, %v, want %d", year, got, err, want)
		}
	}
	for year := 2020; year <= 2050; year++ {
		leap, _ := LeapMonth(year)
		months, _ := LunarMonths(year)
		if (len(months) == 13) != (leap > 0) {
			t.Errorf("%d: %d months with leap month %d", year, len(months), leap)
		}
	}
}

// TestMoonsBesideMidnight holds the days that the apparent conjunction of sun
// and moon gives where others err. (Printed tables give 2054-05-07; a
// computation without the aberration of sunlight, 41 seconds, gives 2077-11-16
// and 2085-10-19.)
func TestMoonsBesideMidnight(t *testing.T) {
	for _, day := range []string{"1967-07-08", "2054-05-08", "2072-12-09", "2077-11-15", "2085-10-18"} {
		l, err := RegimeUTC7.LunarOf(vanphong.MustDate(day))
		if err != nil || l.Day != 1 {
			t.Errorf("%s: %v, %v, want the first of a month", day, l, err)
		}
	}
	// A day that low-precision libraries number 0.
	if l, err := LunarOf(vanphong.MustDate("2062-04-09")); err != nil || l != (Lunar{2062, 2, 30, false}) {
		t.Errorf("2062-04-09: %v, %v", l, err)
	}
}

// TestLunarDayThatDoesNotExist checks that nothing is moved to a neighbour and
// that the error names what is wrong.
func TestLunarDayThatDoesNotExist(t *testing.T) {
	for _, c := range []struct {
		name  string
		lunar Lunar
		field string
		kind  error
	}{
		{"day 30 of a month of 29 days", Lunar{2025, 12, 30, false}, "day", vanphong.ErrInvalid},
		{"day 30 of a leap month of 29 days", Lunar{2025, 6, 30, true}, "day", vanphong.ErrInvalid},
		{"day 31", Lunar{2026, 1, 31, false}, "day", vanphong.ErrInvalid},
		{"day 0", Lunar{2026, 1, 0, false}, "day", vanphong.ErrInvalid},
		{"day -1", Lunar{2026, 1, -1, false}, "day", vanphong.ErrInvalid},
		{"a year without leap month", Lunar{2026, 1, 5, true}, "leap", vanphong.ErrInvalid},
		{"another month is the leap one", Lunar{2025, 5, 5, true}, "leap", vanphong.ErrInvalid},
		{"the month after the leap one", Lunar{2025, 7, 5, true}, "leap", vanphong.ErrInvalid},
		{"leap month 12 where the next month is of another year", Lunar{2025, 12, 5, true}, "leap", vanphong.ErrInvalid},
		{"leap month 12 of the last year", Lunar{2100, 12, 5, true}, "leap", vanphong.ErrInvalid},
		{"month 13", Lunar{2026, 13, 1, false}, "month", vanphong.ErrInvalid},
		{"month 0", Lunar{2026, 0, 1, false}, "month", vanphong.ErrInvalid},
		{"the zero Lunar", Lunar{}, "month", vanphong.ErrInvalid},
		{"before the calendar was in force", Lunar{1967, 11, 1, false}, "lunar day", vanphong.ErrOutOfRange},
		{"the day before it was in force", Lunar{1967, 12, 1, false}, "lunar day", vanphong.ErrOutOfRange},
		{"after the table", Lunar{2101, 1, 1, false}, "lunar day", vanphong.ErrOutOfRange},
		{"far outside, no overflow", Lunar{math.MaxInt, 1, 1, false}, "lunar day", vanphong.ErrOutOfRange},
		{"far outside, no overflow", Lunar{math.MinInt, 12, 1, false}, "lunar day", vanphong.ErrOutOfRange},
	} {
		d, err := c.lunar.Date()
		var input *vanphong.InputError
		if !errors.As(err, &input) || input.Field != c.field || !errors.Is(err, c.kind) || d != 0 {
			t.Errorf("%s: %v, %v, want an error about %s that is %v", c.name, d, err, c.field, c.kind)
		}
	}
}

// TestNewLunar: it takes what has a day, and what an earlier regime may have.
func TestNewLunar(t *testing.T) {
	if l, err := NewLunar(2025, 6, 29, true); err != nil || l != (Lunar{2025, 6, 29, true}) {
		t.Errorf("%v, %v", l, err)
	}
	if l, err := NewLunar(1917, 2, 30, true); err != nil || l != (Lunar{1917, 2, 30, true}) {
		t.Errorf("%v, %v", l, err)
	}
	for _, l := range []Lunar{{2025, 6, 30, true}, {2026, 6, 1, true}, {2026, 13, 1, false}, {1917, 2, 31, false}, {0, 0, 0, false}} {
		if got, err := NewLunar(l.Year, l.Month, l.Day, l.Leap); err == nil || !got.IsZero() {
			t.Errorf("%v: %v, %v", l, got, err)
		}
	}
}

// TestLunarRange probes both sides of each end.
func TestLunarRange(t *testing.T) {
	for _, span := range regimeSpans {
		for _, d := range []vanphong.Date{0, span.first - 1, span.last + 1, 1 << 62, -1 << 62} {
			if l, err := span.regime.LunarOf(d); !errors.Is(err, vanphong.ErrOutOfRange) || !l.IsZero() {
				t.Errorf("%v %v: %v, %v", span.regime, int64(d), l, err)
			}
		}
		for _, d := range []vanphong.Date{span.first, span.last} {
			if _, err := span.regime.LunarOf(d); err != nil {
				t.Errorf("%v %v: %v", span.regime, d, err)
			}
		}
	}
	for _, year := range []int{1899, 2101, math.MinInt, math.MaxInt} {
		_, err1 := RegimeUTC7.Tet(year)
		_, err2 := RegimeUTC7.LeapMonth(year)
		_, err3 := RegimeUTC7.Months(year)
		for _, err := range []error{err1, err2, err3} {
			if !errors.Is(err, vanphong.ErrOutOfRange) {
				t.Errorf("%d: %v", year, err)
			}
		}
	}
	if _, err := Tet(1967); !errors.Is(err, vanphong.ErrOutOfRange) {
		t.Errorf("Tết 1967 without a regime: %v", err)
	}
	if _, err := LunarMonths(1967); !errors.Is(err, vanphong.ErrOutOfRange) {
		t.Errorf("months of 1967 without a regime: %v", err)
	}
	// The first day of the official range, in the middle of a lunar month.
	if got, err := LunarOf(vanphong.MustDate("1968-01-01")); err != nil || got.Year != 1967 || got.Month != 12 {
		t.Errorf("1968-01-01: %v, %v", got, err)
	}
}

func TestUnknownRegime(t *testing.T) {
	r := Regime(9)
	_, err1 := r.LunarOf(vanphong.MustDate("2026-02-17"))
	_, err2 := r.Date(Lunar{2026, 1, 1, false})
	_, err3 := r.Tet(2026)
	_, err4 := r.MarshalText()
	err5 := r.UnmarshalText([]byte("hnd"))
	for i, err := range []error{err1, err2, err3, err4, err5} {
		if !errors.Is(err, vanphong.ErrInvalid) {
			t.Errorf("%d: %v", i, err)
		}
	}
	for _, r := range []Regime{RegimeOfficial, RegimeUTC7} {
		text, err := r.MarshalText()
		var back Regime
		if err != nil || back.UnmarshalText(text) != nil || back != r || r.String() != string(text) {
			t.Errorf("%v: %s, %v, back %v", r, text, err, back)
		}
	}
}

func TestSexagenaryNames(t *testing.T) {
	for _, c := range []struct{ date, year, month, day string }{
		{"2026-02-17", "Bính Ngọ", "Canh Dần", "Nhâm Tuất"},
		{"2000-01-01", "Kỷ Mão", "Bính Tý", "Mậu Ngọ"}, // the anchor of the round of days
		{"1984-02-02", "Giáp Tý", "Bính Dần", "Bính Dần"},
		{"2025-07-25", "Ất Tỵ", "Quý Mùi", "Ất Mùi"}, // leap month: the name of the month it follows
		{"2025-06-25", "Ất Tỵ", "Quý Mùi", "Ất Sửu"},
	} {
		d := vanphong.MustDate(c.date)
		l, err := LunarOf(d)
		if err != nil {
			t.Fatal(err)
		}
		if l.YearName() != c.year || l.MonthName() != c.month || DayName(d) != c.day {
			t.Errorf("%s: year %s, month %s, day %s, want %+v", c.date, l.YearName(), l.MonthName(), DayName(d), c)
		}
	}
	if DayName(0) != "" || (Lunar{}).YearName() != "" || (Lunar{}).MonthName() != "" {
		t.Error("the unset day has a name")
	}
}

// TestNamesGoRoundInSixty: consecutive years and days take each name once.
func TestNamesGoRoundInSixty(t *testing.T) {
	years, days := map[string]bool{}, map[string]bool{}
	for i := range 60 {
		years[Lunar{Year: -30 + i, Month: 1, Day: 1}.YearName()] = true
		days[DayName(vanphong.MustDate("2026-01-01")+vanphong.Date(i))] = true
	}
	if len(years) != 60 || len(days) != 60 {
		t.Errorf("%d names of years, %d of days", len(years), len(days))
	}
}

func TestLunarCompare(t *testing.T) {
	ordered := []Lunar{{}, {2024, 12, 30, false}, {2025, 6, 30, false}, {2025, 6, 1, true}, {2025, 6, 2, true}, {2025, 7, 1, false}, {2026, 1, 1, false}}
	for i, a := range ordered {
		for j, b := range ordered {
			if got := a.Compare(b); (got < 0) != (i < j) || (got > 0) != (i > j) {
				t.Errorf("%v, %v: %d", a, b, got)
			}
		}
	}
}

func TestLunarJSON(t *testing.T) {
	type holder struct {
		Day  Lunar      `json:"day,omitzero"`
		Info LunarMonth `json:"info"`
	}
	months, err := LunarMonths(2025)
	if err != nil {
		t.Fatal(err)
	}
	for _, in := range []holder{{}, {Lunar{2025, 6, 10, true}, months[6]}, {Lunar{1950, 6, 10, true}, months[0]}} {
		b, err := json.Marshal(in)
		if err != nil {
			t.Fatal(err)
		}
		var out holder
		if err := json.Unmarshal(b, &out); err != nil || out != in {
			t.Errorf("%s: %+v, %v", b, out, err)
		}
	}
	// An unset Lunar that is not omitted is "".
	if b, err := json.Marshal(Lunar{}); err != nil || string(b) != `""` {
		t.Errorf("%s, %v", b, err)
	}
	if _, err := json.Marshal(Lunar{2026, 1, 1, true}); !errors.Is(err, vanphong.ErrInvalid) {
		t.Errorf("a leap month that does not exist is written: %v", err)
	}
}

func TestParseLunarRefuses(t *testing.T) {
	for _, c := range []struct {
		text string
		kind error
	}{
		{"", vanphong.ErrInvalid},
		{"2026-03-10", vanphong.ErrInvalid},    // a civil day
		{"al2026-03-10", vanphong.ErrInvalid},  // case
		{"AL2026-3-10", vanphong.ErrInvalid},   // width
		{"AL2026-03-1O", vanphong.ErrInvalid},  // a letter for a figure
		{"AL2026-03-+1", vanphong.ErrInvalid},  // a sign
		{"AL2026-03-10 ", vanphong.ErrInvalid}, // trailing space
		{"AL2026-06N-10", vanphong.ErrInvalid}, // case of the leap mark
		{"AL2026-06n-10", vanphong.ErrInvalid}, // 2026 has no leap month
		{"AL2025-06n-30", vanphong.ErrInvalid}, // it has 29 days
		{"AL2025-13-01", vanphong.ErrInvalid},
		{"AL2101-01-01", vanphong.ErrOutOfRange},
		{"AL1898-01-01", vanphong.ErrOutOfRange},
		{"AL1917-00n-01", vanphong.ErrInvalid}, // before 1968 the bounds still hold
		{"AL1917-13-01", vanphong.ErrInvalid},
		{"AL1917-02n-31", vanphong.ErrInvalid},
		{"AL1917-02n-00", vanphong.ErrInvalid},
	} {
		l, err := ParseLunar(c.text)
		var input *vanphong.InputError
		if !errors.As(err, &input) || !errors.Is(err, c.kind) || l != (Lunar{}) {
			t.Errorf("%q: %v, %v", c.text, l, err)
		}
	}
	kept := Lunar{2026, 3, 10, false}
	if err := kept.UnmarshalText([]byte("AL2026-03-31")); err == nil || kept != (Lunar{2026, 3, 10, false}) {
		t.Errorf("a refused text changed the value to %v: %v", kept, err)
	}
	// 1917: by the printed tables the leap month was 2, by UTC+7 it is 3.
	if _, err := ParseLunar("AL1917-02n-10"); err != nil {
		t.Errorf("a day that a regime may have: %v", err)
	}
}

// FuzzParseLunar: what is read is written back to the byte, and never panics.
func FuzzParseLunar(f *testing.F) {
	for _, seed := range []string{
		"AL2026-03-10",                  // plain
		"AL2025-06n-10",                 // leap month
		"AL2033-11n-29",                 // leap month 11
		"AL2025-06n-30",                 // a day too many
		"AL1917-02n-30",                 // before the calendar in force
		"AL2100-12-29",                  // the end
		"2026-03-10",                    // a civil day
		"AL\xff\xff\xff\xff-01n-01",     // not UTF-8
		"AL2026-0३-10",                  // figures of another script
		"AL2026-03-10\x00",              // trailing byte
		"ALAL2026-03-10", "AL", "nnnnn", // shapes
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		l, err := ParseLunar(s)
		if err != nil {
			if !errors.Is(err, vanphong.ErrInvalid) && !errors.Is(err, vanphong.ErrOutOfRange) {
				t.Errorf("%q: %v", s, err)
			}
			return
		}
		if b, err := l.MarshalText(); err != nil || string(b) != s {
			t.Errorf("%q is written as %q, %v", s, b, err)
		}
		if d, err := l.Date(); l.Year >= 1968 && err != nil {
			t.Errorf("%q: %v, %v", s, d, err)
		}
		if _, err := vanphong.ParseDate(s); err == nil {
			t.Errorf("%q is a civil day too", s)
		}
	})
}

// lunarBenchDays returns random days of the whole official range.
func lunarBenchDays() []vanphong.Date {
	r := rand.New(rand.NewPCG(1, 2))
	first, last := regimeSpans[0].first, regimeSpans[0].last
	days := make([]vanphong.Date, 1<<14)
	for i := range days {
		days[i] = first + vanphong.Date(r.IntN(int(last-first)+1))
	}
	return days
}

var lunarSink Lunar

func BenchmarkLunarOf(b *testing.B) {
	days := lunarBenchDays()
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		l, err := LunarOf(days[i&(1<<14-1)])
		if err != nil {
			b.Fatal(err)
		}
		lunarSink = l
	}
}

var dateSink vanphong.Date

func BenchmarkLunarDate(b *testing.B) {
	var lunars []Lunar
	for _, d := range lunarBenchDays() {
		l, err := LunarOf(d)
		if err != nil {
			b.Fatal(err)
		}
		lunars = append(lunars, l)
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		d, err := lunars[i&(1<<14-1)].Date()
		if err != nil {
			b.Fatal(err)
		}
		dateSink = d
	}
}

// A lunar day from the first to the tenth is "mùng", as people say and write it.
func TestLunarDaysReadAsPeopleSayThem(t *testing.T) {
	for _, c := range []struct {
		day  Lunar
		want string
	}{
		{Lunar{Year: 2026, Month: 1, Day: 1}, "mùng 1 tháng 1 năm Bính Ngọ"},
		{Lunar{Year: 2026, Month: 3, Day: 10}, "mùng 10 tháng 3 năm Bính Ngọ"}, // the last mùng
		{Lunar{Year: 2026, Month: 3, Day: 11}, "ngày 11 tháng 3 năm Bính Ngọ"},
		{Lunar{Year: 2025, Month: 6, Day: 2, Leap: true}, "mùng 2 tháng 6 nhuận năm Ất Tỵ"},
	} {
		if got := c.day.String(); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
