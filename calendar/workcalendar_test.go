package calendar

import (
	"encoding/csv"
	"errors"
	"math"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/vanphong-go/vanphong"
)

func onDay(s string) vanphong.Date { return vanphong.MustDate(s) }

// marks lists the marked days of a range as "date kind", with "?" behind the
// provisional ones.
func marks(t testing.TB, c *WorkCalendar, first, last string) []string {
	t.Helper()
	var out []string
	for d, err := range c.Marked(onDay(first), onDay(last)) {
		if err != nil {
			t.Fatal(err)
		}
		s := d.Date.String() + " " + d.Kind.String()
		if d.Provisional {
			s += "?"
		}
		out = append(out, s)
	}
	return out
}

func wantLines(t testing.TB, got []string, want ...string) {
	t.Helper()
	if g, w := strings.Join(got, "\n"), strings.Join(want, "\n"); g != w {
		t.Errorf("got\n%s\nwant\n%s", g, w)
	}
}

// The days of 2018 to 2026 as the notices have them, and those of 2027 that
// follow from the law alone, kept apart from the embedded data.
func TestMarkedDaysAreThoseOfTheNotices(t *testing.T) {
	f, err := os.Open("testdata/marked_days_vn.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, row := range rows[1:] {
		if row[2] == "confirmed" {
			want = append(want, row[0]+" "+row[1])
			continue
		}
		d, err := Vietnam().Day(onDay(row[0]))
		if err != nil || d.Kind.String() != row[1] || !d.Provisional {
			t.Errorf("%s: %+v, %v; want provisional %s", row[0], d, err, row[1])
		}
	}
	if len(want) != 131 {
		t.Fatalf("%d confirmed rows in the test data", len(want))
	}
	wantLines(t, marks(t, Vietnam(), "2018-01-01", "2026-12-31"), want...)
}

// What the notices print beyond Tết, the day beside 02/9 and the swaps must
// follow from the rules, or the rules of later years would be wrong too.
func TestRulesAgreeWithNotices(t *testing.T) {
	computed, err := build(Vietnam().week, true, nil)
	if err != nil {
		t.Fatal(err)
	}
	tets := map[int]vanphong.Date{}
	for year := 2018; year <= 2026; year++ {
		tets[year], _ = Tet(year)
	}
	yearly := func(d DayInfo) bool { // decided each year
		return tetWindow(tets[d.Date.Year()]).Contains(d.Date) || d.Kind == DaySwapOff || d.Kind == DaySwapWork ||
			strings.Contains(d.Name, "liền kề")
	}
	for d := range eachDay(vanphong.Days{First: coverageFirst, End: onDay("2027-01-01")}) {
		official, rule := Vietnam().info(d), computed.info(d)
		tet := tets[d.Year()]
		switch {
		case tet-1 <= d && d <= tet+2:
			if official.Kind != DayHoliday || rule.Kind != DayHoliday {
				t.Errorf("%v: notice %v, rule %v; eve to mùng 3 were off every year", d, official.Kind, rule.Kind)
			}
		case !yearly(official) && !tetWindow(tet).Contains(d) && official.Kind != rule.Kind:
			t.Errorf("%v: notice %v, rule %v", d, official.Kind, rule.Kind)
		}
	}
}

// A day of the past keeps the clause that was in force then.
func TestRulesNameTheLawOfTheirDay(t *testing.T) {
	computed, err := build(publicWeek, true, nil)
	if err != nil {
		t.Fatal(err)
	}
	for s, want := range map[string]string{
		"2018-09-02": "10/2012/QH13, Điều 115", // a Sunday
		"2018-09-03": "10/2012/QH13, Điều 115",
		"2022-04-10": "45/2019/QH14, Điều 112", // a Sunday
		"2022-04-11": "45/2019/QH14, Điều 111",
		"2026-11-24": "28/2026/QH16, Điều 2",
	} {
		if d := computed.info(onDay(s)); !d.Off() || !strings.Contains(d.Source, want) {
			t.Errorf("%+v, want %s", d, want)
		}
	}
}

func TestHolidaysOfTheLaw(t *testing.T) {
	for year := 2018; year <= 2100; year++ {
		holidays, err := Holidays(year)
		if err != nil {
			t.Fatal(err)
		}
		total, want := 0, 10
		if year >= 2021 {
			want++
		}
		if year >= 2026 {
			want++
		}
		seen := map[vanphong.Date]string{}
		for _, h := range holidays {
			total += h.Days
			if other, ok := seen[h.Date]; ok {
				t.Errorf("%v: %s and %s on one day", h.Date, other, h.Name)
			}
			seen[h.Date] = h.Name
			if h.Source.Clause == "" || h.Source.Grade == "" {
				t.Errorf("%s has no source", h.Name)
			}
		}
		if total != want {
			t.Errorf("%d: %d days, want %d", year, total, want)
		}
		if year > 2026 {
			continue
		}
		marked := 0
		for _, line := range marks(t, Vietnam(), vanphong.YearDays(year).First.String(), vanphong.YearDays(year).Last().String()) {
			if strings.HasSuffix(line, " holiday") {
				marked++
			}
		}
		if marked != want {
			t.Errorf("%d: the notices have %d holidays, the law %d", year, marked, want)
		}
	}
	for _, year := range []int{2017, 2101, math.MinInt, math.MaxInt} {
		if _, err := Holidays(year); !errors.Is(err, vanphong.ErrOutOfRange) {
			t.Errorf("%d: %v", year, err)
		}
	}
}

func TestWorkingDaysOfAYear(t *testing.T) {
	for year, want := range map[int]int{
		2024: 251, // civil servants' years as published
		2025: 250,
		2026: 249, // 250 before 24/11 became a holiday
	} {
		got, err := Vietnam().WorkingDays(vanphong.YearDays(year))
		if err != nil || got != want {
			t.Errorf("%d: %d, %v; want %d", year, got, err, want)
		}
	}
}

func TestYearWithoutNoticeIsComputedAndProvisional(t *testing.T) {
	wantLines(t, marks(t, Vietnam(), "2027-01-01", "2027-12-31"),
		"2027-01-01 holiday?",
		"2027-02-05 holiday?", "2027-02-06 holiday?", "2027-02-07 holiday?", "2027-02-08 holiday?",
		"2027-02-09 comp_off?", "2027-02-10 comp_off?", // for Saturday and Sunday
		"2027-04-16 holiday?",
		"2027-04-30 holiday?", "2027-05-01 holiday?", "2027-05-03 comp_off?",
		"2027-09-02 holiday?",
		"2027-11-24 holiday?")
	// 24/11/2029 is a Saturday; whether it is made up for is unsettled.
	wantLines(t, marks(t, Vietnam(), "2029-11-20", "2029-11-30"), "2029-11-24 holiday?")
	// 30/4 and 1/5 of 2033 are Saturday and Sunday: the days in lieu cascade.
	wantLines(t, marks(t, Vietnam(), "2033-04-29", "2033-05-05"),
		"2033-04-30 holiday?", "2033-05-01 holiday?", "2033-05-02 comp_off?", "2033-05-03 comp_off?")
	for d := range eachDay(vanphong.Days{First: coverageFirst, End: coverageLast + 1}) {
		info, err := Vietnam().Day(d)
		if err != nil {
			t.Fatal(err)
		}
		if want := d.Year() >= 2027; info.Provisional != want {
			t.Fatalf("%v provisional = %v", d, info.Provisional)
		}
		if info.Kind.Marked() && (info.Name == "" || info.Source == "" || info.Grade == "") {
			t.Errorf("%+v lacks its name or source", info)
		}
		if working, err := Vietnam().IsWorking(d); err != nil || working == info.Off() {
			t.Fatalf("%v: IsWorking %v, %v but %v", d, working, err, info.Kind)
		}
	}
}

// In every computed year each holiday of Điều 112 on a weekend brings one day
// in lieu, on a weekday after it, and nothing else is off.
func TestEachHolidayOnAWeekendIsMadeUpForOnce(t *testing.T) {
	for year := 2027; year <= 2100; year++ {
		owed, days := 0, 0
		for d, err := range Vietnam().Marked(vanphong.YearDays(year).First, vanphong.YearDays(year).Last()) {
			weekend := d.Date.Weekday() == time.Saturday || d.Date.Weekday() == time.Sunday
			switch {
			case err != nil:
				t.Fatal(err)
			case d.Kind == DayCompOff && !weekend && owed > 0:
				owed--
			case d.Kind != DayHoliday:
				t.Errorf("%v: %v with %d owed", d.Date, d.Kind, owed)
			case weekend && d.Name != nameCultureDay:
				owed++
				fallthrough
			default:
				days++
			}
		}
		// Four computed days of Tết and six others.
		if owed != 0 || days != 10 {
			t.Errorf("%d: %d holidays, %d not made up for", year, days, owed)
		}
	}
}

func TestOpenQuestions(t *testing.T) {
	tests := []struct {
		year int
		want string // rules, without "calendar."
	}{
		{2018, ""}, // 24/11 a Saturday, no holiday yet
		{2025, ""},
		{2026, "swap_proposed"}, // Monday 23/11/2026
		{2027, "tet_fifth_day beside_national_day swaps_unknown"},
		{2029, "tet_fifth_day beside_national_day culture_day_in_lieu swaps_unknown"}, // 24/11 a Saturday
	}
	for _, tt := range tests {
		found, err := Vietnam().OpenQuestions(tt.year)
		if err != nil {
			t.Fatal(err)
		}
		var rules []string
		for _, f := range found {
			rules = append(rules, strings.TrimPrefix(f.Rule, "calendar."))
			if f.Source.Clause == "" || f.Source.Grade == "" {
				t.Errorf("%s has no source", f.Rule)
			}
			if text := Messages().Text(f); strings.Contains(text, f.Rule) || strings.Contains(text, "{") {
				t.Errorf("no sentence: %s", text)
			}
			if text := Messages().English(f); strings.Contains(text, f.Rule) || strings.Contains(text, "{") {
				t.Errorf("no sentence: %s", text)
			}
		}
		if got := strings.Join(rules, " "); got != tt.want {
			t.Errorf("%d: %s, want %s", tt.year, got, tt.want)
		}
	}
	if _, err := Vietnam().OpenQuestions(2101); !errors.Is(err, vanphong.ErrOutOfRange) {
		t.Error(err)
	}
}

// Every answer of the tables is checked against a walk day by day.
func TestAddWorkingDaysIsAWalk(t *testing.T) {
	c := Vietnam()
	slow := func(d vanphong.Date, n int) vanphong.Date {
		step := vanphong.Date(1)
		if n < 0 {
			step, n = -1, -n
		} else if n == 0 {
			d, n = d-1, 1
		}
		for n > 0 {
			d += step
			if !c.cells[index(d)].kind.Off() {
				n--
			}
		}
		return d
	}
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		d := coverageFirst + 400 + vanphong.Date(rnd.Int64N(int64(coverageLast-coverageFirst-800)))
		n := rnd.IntN(401) - 200
		got, err := c.AddWorkingDays(d, n)
		if err != nil || got != slow(d, n) {
			t.Fatalf("%v %+d: %v, %v; want %v", d, n, got, err, slow(d, n))
		}
		back, err := c.WorkingDaysBetween(d, got)
		if working, _ := c.IsWorking(d); err != nil || n != 0 && back != n || n == 0 && working && back != 0 {
			t.Fatalf("%v to %v: %d, %v; want %d", d, got, back, err, n)
		}
	}
}

func TestWeeksOfOtherKinds(t *testing.T) {
	weekend, err := PlainWeek(time.Saturday, time.Sunday)
	if err != nil {
		t.Fatal(err)
	}
	sunday, _ := PlainWeek(time.Sunday)
	all, _ := PlainWeek()
	monday := onDay("2026-03-02")
	holiday, err := sunday.With(Notice{Days: []DayInfo{{Date: monday + 1, Kind: DayHoliday}}})
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name string
		c    *WorkCalendar
		from vanphong.Date
		n    int
		want vanphong.Date
	}{
		{"weekend of two days", weekend, monday, 7, monday + 9},
		{"Sunday only", sunday, monday, 7, monday + 8},
		{"Sunday and a holiday", holiday, monday, 7, monday + 9},
		{"no day off", all, monday, 7, monday + 7},
		{"within a week", weekend, onDay("2023-03-06"), 4, onDay("2023-03-10")},
		{"over one weekend", weekend, onDay("2023-03-06"), 5, onDay("2023-03-13")},
		{"four weeks", weekend, onDay("2023-03-06"), 20, onDay("2023-04-03")},
		{"back over Tết and a weekend", Vietnam(), onDay("2026-02-23"), -1, onDay("2026-02-13")},
		{"nothing from a Saturday: on to Monday", weekend, onDay("2026-03-07"), 0, onDay("2026-03-09")},
		{"nothing from a make-up Saturday: itself", Vietnam(), onDay("2026-08-22"), 0, onDay("2026-08-22")},
		{"to a make-up Saturday", Vietnam(), onDay("2026-08-21"), 1, onDay("2026-08-22")},
	}
	for _, tt := range tests {
		if got, err := tt.c.AddWorkingDays(tt.from, tt.n); err != nil || got != tt.want {
			t.Errorf("%s: %v, %v; want %v", tt.name, got, err, tt.want)
		}
	}
	if d, _ := weekend.Day(onDay("2027-02-06")); d.Provisional || d.Kind != DayWeekend || d.Name != "thứ Bảy" {
		t.Errorf("a plain week knows all there is: %+v", d)
	}
	if q, err := weekend.OpenQuestions(2027); len(q) != 0 || err != nil {
		t.Error(q, err)
	}
	for _, off := range [][]time.Weekday{{0, 1, 2, 3, 4, 5, 6}, {7}, {-1}} {
		if _, err := PlainWeek(off...); !errors.Is(err, vanphong.ErrInvalid) {
			t.Errorf("%v: %v", off, err)
		}
	}
}

func TestDaysOutsideTheCoverage(t *testing.T) {
	c := Vietnam()
	first, last := coverageFirst, coverageLast
	add := func(d vanphong.Date, n int) error { _, err := c.AddWorkingDays(d, n); return err }
	between := func(a, b vanphong.Date) error { _, err := c.WorkingDaysBetween(a, b); return err }
	in := func(r vanphong.Days) error { _, err := c.WorkingDays(r); return err }
	_, isWorking := c.IsWorking(first - 1)
	_, dayErr := c.Day(last + 1)
	_, zero := new(WorkCalendar).IsWorking(first)
	_, zeroDay := new(WorkCalendar).AddWorkingDays(first, 1)
	for name, err := range map[string]error{
		"IsWorking before":    isWorking,
		"Day after":           dayErr,
		"unset day":           add(0, 1),
		"before the start":    add(first, -1), // 01/01/2018 is the first covered day, and off
		"past the end":        add(last, 1),
		"huge n":              add(first+1, math.MaxInt),
		"huge negative n":     add(last, math.MinInt),
		"huge date":           add(math.MaxInt64, 1),
		"between, from":       between(first-1, last),
		"between, to":         between(first, last+1),
		"count, first":        in(vanphong.Days{First: first - 1, End: last}),
		"count, end":          in(vanphong.Days{First: first, End: last + 2}),
		"zero calendar":       zero,
		"zero calendar, days": zeroDay,
	} {
		var input *vanphong.InputError
		if !errors.Is(err, vanphong.ErrOutOfRange) || !errors.As(err, &input) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := in(vanphong.Days{First: first}); !errors.Is(err, vanphong.ErrInvalid) {
		t.Errorf("open days: %v", err)
	}
	if n, err := c.WorkingDays(c.Coverage()); err != nil || n != len(c.nth) {
		t.Errorf("the whole coverage: %d, %v", n, err)
	}
	if d, err := c.PrevWorking(last); err != nil || d != last-1 {
		t.Errorf("before %v: %v, %v", last, d, err)
	}
	if d, err := c.NextWorking(first); err != nil || d != first+1 {
		t.Errorf("after %v: %v, %v", first, d, err)
	}
}

func TestMarkedNamesBothEnds(t *testing.T) {
	wantLines(t, marks(t, Vietnam(), "2026-08-22", "2026-08-31"), "2026-08-22 swap_work", "2026-08-31 swap_off")
	wantLines(t, marks(t, Vietnam(), "2026-08-23", "2026-08-30"))
	for name, ends := range map[string][2]vanphong.Date{
		"backwards":    {onDay("2026-02-02"), onDay("2026-02-01")},
		"starts early": {coverageFirst - 1, coverageLast},
		"ends late":    {coverageFirst, coverageLast + 1},
	} {
		n := 0
		for d, err := range Vietnam().Marked(ends[0], ends[1]) {
			if n++; err == nil || d != (DayInfo{}) {
				t.Errorf("%s: %v", name, d)
			}
		}
		if n != 1 {
			t.Errorf("%s: %d results", name, n)
		}
	}
	for range Vietnam().Marked(coverageFirst, coverageLast) {
		break // a caller may stop early
	}
}

// A calendar that nobody made covers no day, and says so; with nil it was a
// panic.
func TestCalendarWithoutDaysIsOutOfRange(t *testing.T) {
	d := vanphong.MustDate("2026-01-05")
	for name, c := range map[string]*WorkCalendar{"nil": nil, "zero": {}} {
		for what, err := range map[string]error{
			"IsWorking":      second(c.IsWorking(d)),
			"Day":            second(c.Day(d)),
			"AddWorkingDays": second(c.AddWorkingDays(d, 3)),
			"NextWorking":    second(c.NextWorking(d)),
			"PrevWorking":    second(c.PrevWorking(d)),
			"WorkingDays":    second(c.WorkingDays(vanphong.Days{First: d, End: d + 1})),
			"Between":        second(c.WorkingDaysBetween(d, d+3)),
			"Deadline":       second(c.Deadline(d, 3, CountWorking, nil)),
			"calendar days":  second(c.Deadline(d, 3, CountCalendar, nil)),
			"DeadlineMonths": second(c.DeadlineMonths(d, 1, nil)),
			"OpenQuestions":  second(c.OpenQuestions(2026)),
		} {
			if !errors.Is(err, vanphong.ErrOutOfRange) {
				t.Errorf("%s, %s: %v", name, what, err)
			}
		}
		for _, err := range c.Marked(d, d) {
			if !errors.Is(err, vanphong.ErrOutOfRange) {
				t.Errorf("%s, Marked: %v", name, err)
			}
		}
		if days := c.Coverage(); days.Valid() {
			t.Errorf("%s covers %v", name, days)
		}
		if _, err := c.With(Notice{}); !errors.Is(err, vanphong.ErrInvalid) {
			t.Errorf("%s, With: %v", name, err)
		}
	}
}

func second[T any](_ T, err error) error { return err }
