package bench

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/calendar"
)

// The peer knows no Việt Nam. Its user writes the holidays that follow a rule,
// and then, year by year, what was decided otherwise. These are the years for
// which it is written here.
const firstYear, lastYear = 2024, 2026

// First days of the lunar year, and the tenth of the third lunar month, which
// the peer cannot compute.
var (
	tet   = map[int]string{2024: "2024-02-10", 2025: "2025-01-29", 2026: "2026-02-17"}
	gioTo = map[int]string{2024: "2024-04-18", 2025: "2025-04-07", 2026: "2026-04-26"}
)

// fromTable is a holiday whose days somebody looked up, moved by some days.
func fromTable(name string, days map[int]string, offset int) *cal.Holiday {
	dates := map[int]time.Time{}
	for year, day := range days {
		d, _ := time.ParseInLocation(time.DateOnly, day, vanphong.Hanoi)
		dates[year] = d.AddDate(0, 0, offset)
	}
	return &cal.Holiday{Name: name, Func: func(_ *cal.Holiday, year int) time.Time { return dates[year] }}
}

func fixed(name string, month time.Month, day, since int) *cal.Holiday {
	return &cal.Holiday{Name: name, Month: month, Day: day, StartYear: since, Func: cal.CalcDayOfMonth}
}

// ruledHolidays are the eleven days a year that the Labour Code lists, as far
// as they follow a rule: Tết is taken from the eve to the fourth day, and the
// second day of Quốc khánh, which is decided each year, is not among them.
func ruledHolidays() []*cal.Holiday {
	out := []*cal.Holiday{
		fixed("Tết Dương lịch", time.January, 1, 0),
		fixed("Ngày Chiến thắng", time.April, 30, 0),
		fixed("Quốc tế Lao động", time.May, 1, 0),
		fixed("Quốc khánh", time.September, 2, 0),
		fixed("Ngày Văn hóa Việt Nam", time.November, 24, 2026),
		fromTable("Giỗ Tổ Hùng Vương", gioTo, 0),
	}
	for offset := -1; offset <= 3; offset++ {
		out = append(out, fromTable("Tết Nguyên đán", tet, offset))
	}
	return out
}

// Days off that no rule gives, and Saturdays worked instead.
var (
	decidedOff = []string{
		"2024-02-08", "2024-02-14", "2024-04-29", "2024-09-03",
		"2025-01-27", "2025-05-02", "2025-09-01",
		"2026-01-02", "2026-04-27", "2026-08-31", "2026-09-01",
	}
	decidedWorked = []string{"2024-05-04", "2025-04-26", "2026-01-10", "2026-08-22"}
)

// ruledCalendar is the peer with what follows a rule, decidedCalendar with
// what was decided as well.
func ruledCalendar() *cal.BusinessCalendar {
	c := cal.NewBusinessCalendar()
	c.AddHoliday(ruledHolidays()...)
	return c
}

func decidedCalendar() *cal.BusinessCalendar {
	c := ruledCalendar()
	for _, s := range decidedOff {
		d := vanphong.MustDate(s)
		c.AddHoliday(&cal.Holiday{Month: d.Month(), Day: d.Day(), StartYear: d.Year(), EndYear: d.Year(), Func: cal.CalcDayOfMonth})
	}
	worked := map[vanphong.Date]bool{}
	for _, s := range decidedWorked {
		worked[vanphong.MustDate(s)] = true
	}
	c.WorkdayFunc = func(t time.Time) bool {
		return !cal.IsWeekend(t) || t.Weekday() == time.Saturday && worked[vanphong.DateOf(t)]
	}
	return c
}

func years() vanphong.Days {
	return vanphong.Days{First: vanphong.YearDays(firstYear).First, End: vanphong.YearDays(lastYear).End}
}

// With every decision written out by hand the peer agrees on every day, and so
// on every sum of working days, forwards and backwards.
func TestWorkdaysAgreeWithRickar(t *testing.T) {
	ours, theirs, days := calendar.Vietnam(), decidedCalendar(), years()
	for d := days.First; d < days.End; d++ {
		worked, err := ours.IsWorking(d)
		if err != nil {
			t.Fatal(err)
		}
		if theirs.IsWorkday(d.At(0, 0)) != worked {
			t.Errorf("%s: worked is %t here, %t there", d, worked, !worked)
		}
		for _, n := range []int{1, 30, -1, -30} {
			got, err := ours.AddWorkingDays(d, n)
			if err != nil {
				t.Fatal(err)
			}
			if !days.Contains(got) {
				continue // into a year the peer was not told of
			}
			if want := vanphong.DateOf(theirs.WorkdaysFrom(d.At(0, 0), n)); got != want {
				t.Errorf("%s %+d working days: %s here, %s there", d, n, got, want)
			}
		}
	}
}

// Counting agrees as well; the peer's ranges include both ends.
func TestCountsAgreeWithRickar(t *testing.T) {
	ours, theirs := calendar.Vietnam(), decidedCalendar()
	for _, r := range countRanges(200) {
		got, err := ours.WorkingDays(r)
		if err != nil {
			t.Fatal(err)
		}
		if want := theirs.WorkdaysInRange(r.First.At(0, 0), r.Last().At(0, 0)); got != want {
			t.Errorf("%s: %d working days here, %d there", r, got, want)
		}
	}
}

// What rules alone get wrong: 15 days in three years, and with them the end of
// more than a quarter of all terms of 30 working days.
func TestRulesAloneMissWhatWasDecided(t *testing.T) {
	ours, theirs, days := calendar.Vietnam(), ruledCalendar(), years()
	wrongDays, wrongEnds, ends := 0, 0, 0
	for d := days.First; d < days.End; d++ {
		worked, err := ours.IsWorking(d)
		if err != nil {
			t.Fatal(err)
		}
		if theirs.IsWorkday(d.At(0, 0)) != worked {
			wrongDays++
		}
		end, err := ours.AddWorkingDays(d, 30)
		if err != nil {
			t.Fatal(err)
		}
		if !days.Contains(end) {
			continue
		}
		ends++
		if vanphong.DateOf(theirs.WorkdaysFrom(d.At(0, 0), 30)) != end {
			wrongEnds++
		}
	}
	if want := len(decidedOff) + len(decidedWorked); wrongDays != want {
		t.Errorf("%d days differ, want %d", wrongDays, want)
	}
	if wrongEnds*4 < ends {
		t.Errorf("%d of %d ends differ, want more than a quarter", wrongEnds, ends)
	}
	t.Logf("%d of %d days and %d of %d ends of 30 working days are wrong", wrongDays, days.Len(), wrongEnds, ends)
}

// The peer compares zones as pointers: 2 September is worked for an instant
// whose zone is the same but was made elsewhere.
func TestRickarForgetsHolidaysInAnEqualZone(t *testing.T) {
	c := decidedCalendar()
	c.Locations = []*time.Location{vanphong.Hanoi}
	day := vanphong.MustDate("2026-09-02").At(8, 0)
	elsewhere := day.In(time.FixedZone("+07", 7*60*60))
	if c.IsWorkday(day) || !c.IsWorkday(elsewhere) {
		t.Errorf("worked: %t in our value of the zone, %t in another; want false and, in error, true", c.IsWorkday(day), c.IsWorkday(elsewhere))
	}
	if worked, err := calendar.Vietnam().IsWorking(vanphong.DateOf(elsewhere)); worked || err != nil {
		t.Errorf("here: worked %t, %v", worked, err)
	}
}

// startDays are days of the three years that leave room for n working days.
func startDays(count, n int) []vanphong.Date {
	rnd := rand.New(rand.NewPCG(2024, uint64(n)))
	days := years()
	room := days.Len() - n*3/2 - 60
	out := make([]vanphong.Date, count)
	for i := range out {
		out[i] = days.First + vanphong.Date(rnd.IntN(room))
	}
	return out
}

func countRanges(count int) []vanphong.Days {
	rnd := rand.New(rand.NewPCG(2026, 1))
	days := years()
	out := make([]vanphong.Days, count)
	for i := range out {
		first := days.First + vanphong.Date(rnd.IntN(days.Len()-365))
		out[i] = vanphong.Days{First: first, End: first + 1 + vanphong.Date(rnd.IntN(365))}
	}
	return out
}

const inputs = 1 << 12 // of the small jobs; a power of two, to go round cheaply

func workdayRaces(testing.TB) []race {
	return []race{
		addRace("add-30", 30), addRace("add-250", 250), isWorkingRace(), countRace(),
	}
}

// addRace adds n working days. The SDK counts in days and the peer in instants:
// "ours-instants" converts on the way in and out, as a caller with time.Time
// would have to.
func addRace(name string, n int) race {
	ours, plain, cached := calendar.Vietnam(), decidedCalendar(), decidedCalendar()
	cached.Cacheable = true
	days := startDays(inputs, n)
	instants := make([]time.Time, len(days))
	for i, d := range days {
		instants[i] = d.At(0, 0)
	}
	at := 0
	var sum vanphong.Date
	peer := func(c *cal.BusinessCalendar) func(int) error {
		return func(count int) error {
			for range count {
				at++
				c.WorkdaysFrom(instants[at%inputs], n)
			}
			return nil
		}
	}
	return race{name, "the n-th working day after a random day of 2024 to 2026", []way{
		{"ours", func(count int) error {
			for range count {
				at++
				d, err := ours.AddWorkingDays(days[at%inputs], n)
				if err != nil {
					return err
				}
				sum += d
			}
			return nil
		}},
		{"ours-instants", func(count int) error {
			for range count {
				at++
				d, err := ours.AddWorkingDays(vanphong.DateOf(instants[at%inputs]), n)
				if err != nil {
					return err
				}
				sum += vanphong.Date(d.At(0, 0).Unix())
			}
			return nil
		}},
		{"rickar-cached", peer(cached)},
		{"rickar", peer(plain)},
	}}
}

func isWorkingRace() race {
	ours, plain, cached := calendar.Vietnam(), decidedCalendar(), decidedCalendar()
	cached.Cacheable = true
	days := startDays(inputs, 0)
	instants := make([]time.Time, len(days))
	for i, d := range days {
		instants[i] = d.At(0, 0)
	}
	at, worked := 0, 0
	peer := func(c *cal.BusinessCalendar) func(int) error {
		return func(count int) error {
			for range count {
				at++
				if c.IsWorkday(instants[at%inputs]) {
					worked++
				}
			}
			return nil
		}
	}
	return race{"is-working", "is a random day of 2024 to 2026 worked", []way{
		{"ours", func(count int) error {
			for range count {
				at++
				ok, err := ours.IsWorking(days[at%inputs])
				if err != nil {
					return err
				}
				if ok {
					worked++
				}
			}
			return nil
		}},
		{"rickar-cached", peer(cached)},
		{"rickar", peer(plain)},
	}}
}

func countRace() race {
	ours, cached := calendar.Vietnam(), decidedCalendar()
	cached.Cacheable = true
	ranges := countRanges(inputs)
	at, sum := 0, 0
	return race{"count", "how many working days has a run of up to a year", []way{
		{"ours", func(count int) error {
			for range count {
				at++
				n, err := ours.WorkingDays(ranges[at%inputs])
				if err != nil {
					return err
				}
				sum += n
			}
			return nil
		}},
		{"rickar-cached", func(count int) error {
			for range count {
				at++
				r := ranges[at%inputs]
				sum += cached.WorkdaysInRange(r.First.At(0, 0), r.Last().At(0, 0))
			}
			return nil
		}},
	}}
}

func BenchmarkPeerWorkdays(b *testing.B) { bench(b, workdayRaces(b)) }
