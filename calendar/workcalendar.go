package calendar

import (
	"iter"
	"strconv"
	"sync"
	"time"

	"github.com/vanphong-go/vanphong"
)

// The days that every WorkCalendar covers. Before 2018 no notice is at hand,
// and after 2100 the lunar calendar ends.
var (
	coverageFirst = vanphong.MustDate("2018-01-01")
	coverageLast  = vanphong.MustDate("2100-12-31")
)

// WorkCalendar knows which days an office works (lịch làm việc): the ordinary
// week, the statutory holidays with their days in lieu, and what official
// notices decide each year. It covers 01/01/2018 to 31/12/2100; every method
// answers a day outside with an error that wraps [vanphong.ErrOutOfRange].
//
// # Known and provisional days
//
// Which five days are Tết, which day beside 02/9 is off and which Saturday is
// worked is decided year by year, a few months ahead. A year whose notice is
// not known is computed: the eve of Tết and the first three days of the lunar
// year (they were off in each of the years 2018 to 2026), the holidays with a
// fixed date, Giỗ Tổ, and the days in lieu that follow from these. All days
// of such a year are provisional, and [WorkCalendar.OpenQuestions] says what
// nobody knows yet. [WorkCalendar.With] lays a notice over the calendar.
//
// A WorkCalendar never changes and may be shared freely. The zero value and
// nil cover no day.
type WorkCalendar struct {
	cells []dayCell
	// Adding n working days must not take n steps: worked[i] is the number of
	// working days before day i, nth the working days in order. With both it
	// is two look-ups.
	worked []int32
	nth    []int32
	marked []DayInfo // days with a mark, in order

	week      week
	statutory bool
	notices   []Notice
	firm      map[int]bool // years whose Tết a notice has fixed
}

// dayCell is the answer for one day, small enough that 83 years of them stay
// in a processor's cache.
//
// A kind and a doubt, and no name: names are needed for some twenty days a
// year and are looked up in marked.
type dayCell struct {
	kind        DayKind
	provisional bool
}

// week tells the days of the week that are off.
//
// A week of rest days is per calendar, for some units work on Saturdays or
// rest on one other day.
type week [7]bool

// publicWeek is the week of the public sector, which the notices are for
// (Quyết định 188/1999/QĐ-TTg is usually cited; its text was not seen, grade N).
var publicWeek = week{time.Saturday: true, time.Sunday: true}

// off is about the week alone; a day it says is worked may be a holiday.
func (w week) off(d vanphong.Date) bool { return w[d.Weekday()] }

// sync.OnceValue keeps the panic too: every caller gets it, not the first one
// alone.
var vietnam = sync.OnceValue(func() *WorkCalendar {
	n, err := officialNotices()
	if err == nil {
		var c *WorkCalendar
		c, err = build(publicWeek, true, []Notice{n})
		if err == nil {
			return c
		}
	}
	// The notices are compiled in: this is a build that fails its own tests.
	panic(err)
})

// Vietnam returns the calendar of the public sector (khu vực công): weekend on
// Saturday and Sunday, notices 2018 to 2026 with their sources. It is built
// once, on first use. The notices are known from the press and from public
// files (grades N and S); the signed papers were not seen.
//
// For a deadline before 2018 or after 2100 there is no answer, rather than one
// that takes the week for the law.
func Vietnam() *WorkCalendar { return vietnam() }

// PlainWeek returns a calendar that knows no holidays, only the days of the
// week that are off, none or several: for units that fix their own rest days
// and lay their own notices over it with [WorkCalendar.With]. No day of it is
// provisional. A week without a working day is an [*vanphong.InputError].
//
// It is not statutory: no holiday is computed for it, and a notice laid over
// it is taken at its word.
func PlainWeek(off ...time.Weekday) (*WorkCalendar, error) {
	var w week
	for _, day := range off {
		if day < time.Sunday || day > time.Saturday {
			return nil, vanphong.NewInputError("weekday", strconv.Itoa(int(day)), "0 (Sunday) to 6 (Saturday)", nil)
		}
		w[day] = true
	}
	// Adding one working day in such a week would never end.
	if w == (week{true, true, true, true, true, true, true}) {
		return nil, vanphong.NewInputError("weekday", "0-6", "at least one day of the week that is worked", nil)
	}
	return build(w, false, nil)
}

// Coverage returns the days that c can answer for.
func (c *WorkCalendar) Coverage() vanphong.Days {
	return vanphong.Days{First: coverageFirst, End: coverageFirst + vanphong.Date(c.size())}
}

// size returns how many days c covers. Whatever c has is behind a comparison
// with it, so that a calendar nobody made answers as one without days.
func (c *WorkCalendar) size() uint64 {
	if c == nil {
		return 0
	}
	return uint64(len(c.cells))
}

// index returns the place of d in the tables. Days before the first one
// become huge, so that one comparison checks both ends.
//
// index relies on Date being a count of days, and on unsigned wrapping.
func index(d vanphong.Date) uint64 { return uint64(d - coverageFirst) }

func dayAt(i int) vanphong.Date { return coverageFirst + vanphong.Date(i) }

func outside(field string, d vanphong.Date) error {
	return vanphong.NewInputError(field, d.String(),
		"a day from "+coverageFirst.String()+" to "+coverageLast.String(), vanphong.ErrOutOfRange)
}

// IsWorking reports whether d is a working day (ngày làm việc), a make-up
// Saturday included.
func (c *WorkCalendar) IsWorking(d vanphong.Date) (bool, error) {
	i := index(d)
	if i >= c.size() {
		return false, outside("date", d)
	}
	return !c.cells[i].kind.Off(), nil
}

// Day returns what is known about d.
func (c *WorkCalendar) Day(d vanphong.Date) (DayInfo, error) {
	i := index(d)
	if i >= c.size() {
		return DayInfo{}, outside("date", d)
	}
	return c.info(d), nil
}

// info is Day for a day known to be covered.
//
// Most days are ordinary and are made here from their kind; only a marked day
// has a text of its own.
func (c *WorkCalendar) info(d vanphong.Date) DayInfo {
	cell := c.cells[index(d)]
	if !cell.kind.Marked() {
		return DayInfo{Date: d, Kind: cell.kind, Name: vanphong.WeekdayName(d.Weekday()), Provisional: cell.provisional}
	}
	return c.marked[c.markedFrom(d)]
}

// Marked yields the days from first to last, both included, that are not
// ordinary: holidays, also on a weekend, days in lieu and both sides of a swap.
// A last day before the first, or one outside the coverage, is yielded as an
// error and nothing else.
//
// It walks marked days, not days: a whole century costs some two thousand
// steps.
func (c *WorkCalendar) Marked(first, last vanphong.Date) iter.Seq2[DayInfo, error] {
	return func(yield func(DayInfo, error) bool) {
		if err := c.checkRange(first, last); err != nil {
			yield(DayInfo{}, err)
			return
		}
		for _, d := range c.marked[c.markedFrom(first):] {
			if d.Date > last || !yield(d, nil) {
				return
			}
		}
	}
}

func (c *WorkCalendar) checkRange(first, last vanphong.Date) error {
	n := c.size()
	switch {
	case index(first) >= n:
		return outside("from", first)
	case index(last) >= n:
		return outside("to", last)
	case last < first:
		return vanphong.NewInputError("to", last.String(), "a day not before "+first.String(), nil)
	}
	return nil
}

// AddWorkingDays returns the n-th working day after d, or before d if n is
// negative; d itself is not counted, whether worked or not. n = 0 is d itself,
// moved on to the next working day if d is off. A result outside the coverage
// is an error that wraps [vanphong.ErrOutOfRange]. The time does not grow with
// n.
//
// Lead times go backwards with it: "at least 3 working days before" is
// AddWorkingDays(day, -3) at the latest.
func (c *WorkCalendar) AddWorkingDays(d vanphong.Date, n int) (vanphong.Date, error) {
	i := index(d)
	if i >= c.size() {
		return 0, outside("date", d)
	}
	// worked[i] is the place in nth of the first working day on or after d.
	// Going forward, a d that is worked must not count as its own first day,
	// so counting starts from the place after it.
	k := int(c.worked[i]) + n
	if n > 0 {
		k = int(c.worked[i+1]) + n - 1
	}
	// An n so large that the sum wraps around becomes a huge index as well.
	if uint64(k) >= uint64(len(c.nth)) {
		return 0, vanphong.NewInputError("n", strconv.Itoa(n),
			"a working day from "+coverageFirst.String()+" to "+coverageLast.String(), vanphong.ErrOutOfRange)
	}
	return dayAt(int(c.nth[k])), nil
}

// NextWorking returns the first working day after d.
//
// Not AddWorkingDays(d, 0), which would give d itself if it is worked.
func (c *WorkCalendar) NextWorking(d vanphong.Date) (vanphong.Date, error) {
	return c.AddWorkingDays(d, 1)
}

// PrevWorking returns the last working day before d.
func (c *WorkCalendar) PrevWorking(d vanphong.Date) (vanphong.Date, error) {
	return c.AddWorkingDays(d, -1)
}

// WorkingDays returns how many of the days are working days. The days must be
// closed at both ends and lie within the coverage.
//
// This is the figure for a table of attendance; for a term use
// [WorkCalendar.WorkingDaysBetween], which does not count the day of the
// event.
func (c *WorkCalendar) WorkingDays(days vanphong.Days) (int, error) {
	if days.End.IsZero() {
		return 0, vanphong.NewInputError("end", "", "a day: open days cannot be counted", nil)
	}
	if err := c.checkRange(days.First, days.End-1); err != nil {
		return 0, err
	}
	return int(c.worked[index(days.End)] - c.worked[index(days.First)]), nil
}

// WorkingDaysBetween returns how many working days lie after from, up to and
// with to; negative, counting those before from down to to, if to is earlier.
// It undoes [WorkCalendar.AddWorkingDays]: for a working day to, adding the
// result to from gives to.
func (c *WorkCalendar) WorkingDaysBetween(from, to vanphong.Date) (int, error) {
	i, j := index(from), index(to)
	n := c.size()
	switch {
	case i >= n:
		return 0, outside("from", from)
	case j >= n:
		return 0, outside("to", to)
	// Backwards the day of from is left out as well and to is counted, so that
	// the result is minus the way back only between working days.
	case j < i:
		return int(c.worked[j] - c.worked[i]), nil
	}
	return int(c.worked[j+1] - c.worked[i+1]), nil
}
