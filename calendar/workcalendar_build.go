package calendar

import (
	"cmp"
	"maps"
	"slices"

	"github.com/vanphong-go/vanphong"
)

// draft is a calendar in the making. It is laid in layers, each over the one
// before: the week, the law, the notices. A calendar is always laid anew from
// all its notices, never patched, so that the order of loading them is the
// only thing that counts.
//
// Patching would make a late correction of one day leave behind the days in
// lieu that followed from the day as it was.
type draft struct {
	week  week
	cells []dayCell
	named map[vanphong.Date]DayInfo // what the notices say, the later one where two speak of a day
	ruled map[vanphong.Date]DayInfo // what follows from the law
	firm  map[int]bool
}

func build(w week, statutory bool, notices []Notice) (*WorkCalendar, error) {
	f := &draft{
		week:  w,
		cells: make([]dayCell, coverageLast-coverageFirst+1),
		named: map[vanphong.Date]DayInfo{},
		ruled: map[vanphong.Date]DayInfo{},
		firm:  map[int]bool{},
	}
	// The notices are read first and laid last: the law needs to know which
	// days they have fixed before it computes the others.
	for _, n := range notices {
		f.name(n, statutory)
	}
	for i := range f.cells {
		if w.off(dayAt(i)) {
			f.cells[i].kind = DayWeekend
		}
	}
	if statutory {
		for year := coverageFirst.Year(); year <= coverageLast.Year(); year++ {
			if err := f.rule(year); err != nil {
				return nil, err
			}
		}
	}
	f.overlay(f.named)
	if statutory {
		// Doubt comes last, since it depends on what is worked in the end.
		for year := range f.firm {
			f.doubtNationalDay(year)
		}
	}
	return f.finish(statutory, notices), nil
}

// tetWindow is where the Tết days of a year and their days in lieu can lie. It
// never reaches back to 01/01: the earliest Tết is on 21 January.
//
// Seven days before cover the eve and a day in lieu put in front; eleven
// after, five days with a weekend and the days in lieu behind it.
func tetWindow(tet vanphong.Date) vanphong.Days {
	return vanphong.Days{First: tet - 7, End: tet + 11}
}

// settlesTet reports whether n fixes the Tết of a year: whether it names the
// first day of the lunar year, which no such notice leaves out. A notice that
// names only other days, say the fifth one, adds them to the computed ones.
func (n Notice) settlesTet(tet vanphong.Date) bool {
	return slices.ContainsFunc(n.Days, func(d DayInfo) bool { return d.Date == tet && d.Kind == DayHoliday })
}

// name takes the days of a notice. Tết comes whole from the last notice that
// fixes it: what an earlier one said of it is dropped, not mixed in.
//
// A later notice may repeat an earlier one with a day moved: mixing them would
// give six days where each has five.
func (f *draft) name(n Notice, statutory bool) {
	if statutory {
		for year := range n.years() {
			tet, err := Tet(year)
			if err != nil || !n.settlesTet(tet) {
				continue
			}
			window := tetWindow(tet)
			maps.DeleteFunc(f.named, func(d vanphong.Date, old DayInfo) bool {
				return window.Contains(d) && (old.Kind == DayHoliday || old.Kind == DayCompOff)
			})
		}
	}
	// A later notice wins even for one day; earlier days of the same notice
	// only repeat it, see checkDays.
	for _, d := range n.Days {
		if d.Source == "" {
			d.Source = n.citation()
		}
		f.named[d.Date] = d
	}
}

// rule lays the law over one year: the holidays with a fixed date, solar or
// lunar, the computed Tết unless a notice has fixed it, and what follows from
// them in lieu.
func (f *draft) rule(year int) error {
	holidays, err := Holidays(year)
	if err != nil {
		return err
	}
	ruled := map[vanphong.Date]DayInfo{}
	var owed []vanphong.Date // holidays that need a day in lieu
	for _, h := range holidays {
		first, last := h.Date, h.Date
		// A notice that fixes Tết fixes its days in lieu as well; nothing is
		// added to it.
		if h.Name == nameTet {
			if f.named[h.Date].Kind == DayHoliday {
				f.firm[year] = f.confirmed(tetWindow(h.Date))
				continue
			}
			// The fifth day has been the one before the eve or mùng 4, as the
			// weekend lay; it is not guessed.
			first, last = h.Date-1, h.Date+2
		}
		for d := first; d <= last; d++ {
			ruled[d] = DayInfo{Date: d, Kind: DayHoliday, Name: h.Name, Source: h.Source.Clause, Grade: h.Source.Grade}
			if h.InLieu && f.week.off(d) {
				owed = append(owed, d)
			}
		}
	}
	// The law lists the holidays in the order of the year, so the days in lieu
	// are given out in order, too.
	for _, d := range owed {
		lieu := f.inLieu(ruled[d], ruled)
		ruled[lieu.Date] = lieu
	}
	// Days off and working days alike: a swap that nobody knows of yet may
	// turn one into the other.
	if !f.firm[year] {
		for d := range eachDay(vanphong.YearDays(year)) {
			f.cells[index(d)].provisional = true
		}
	}
	for d, info := range ruled {
		info.Provisional = !f.firm[year]
		ruled[d] = info
		f.ruled[d] = info
	}
	f.overlay(ruled)
	return nil
}

// confirmed reports whether no notice calls a day of the window provisional.
//
// A notice may be a draft from the press: laid over the calendar it gives the
// days, and not yet the certainty.
func (f *draft) confirmed(window vanphong.Days) bool {
	for d := range eachDay(window) {
		if f.named[d].Provisional {
			return false
		}
	}
	return true
}

// inLieu returns the day off for a holiday on a weekend: the next working day
// that is not taken, so that two holidays in a row cascade. The clause says
// no more than "the next working day": that a day off by notice is not one is
// our reading (grade I).
func (f *draft) inLieu(h DayInfo, ruled map[vanphong.Date]DayInfo) DayInfo {
	d := h.Date + 1
	for f.week.off(d) || ruled[d].Kind.Off() || f.named[d].Kind == DayHoliday || f.named[d].Kind == DaySwapOff {
		d++
	}
	clause := "Bộ luật Lao động 45/2019/QH14, Điều 111 khoản 3"
	// Before 2021 the holiday's own clause, Điều 115 of the old code, also
	// gave the day in lieu.
	if d.Year() < 2021 {
		clause = h.Source
	}
	name := "Nghỉ bù " + h.Name + " (trùng " + vanphong.WeekdayName(h.Date.Weekday()) + ", " + vanphong.FormatDate(h.Date) + ")"
	return DayInfo{Date: d, Kind: DayCompOff, Name: name, Source: clause, Grade: vanphong.GradeSecondary}
}

// overlay writes days over what is there; a named day brings its own doubt or
// certainty with it.
//
// The order of the map does not matter, for each day is in it once.
func (f *draft) overlay(days map[vanphong.Date]DayInfo) {
	for d, info := range days {
		f.cells[index(d)] = dayCell{info.Kind, info.Provisional}
	}
}

// doubtNationalDay marks what stays open in a year whose Tết is fixed while
// nobody has named the day beside 02/9: that day, on either side, and the day
// in lieu it would bring if it fell on a weekend.
//
// In a year that is not firm everything is provisional already.
func (f *draft) doubtNationalDay(year int) {
	if !f.firm[year] {
		return
	}
	for _, d := range f.besideNationalDay(year) {
		f.doubt(d)
		for f.cells[index(d)].kind.Off() {
			d++
		}
		f.doubt(d)
	}
}

// besideNationalDay returns the two days of which one is off, or none if a
// notice has named it or the law of the year does not give it.
//
// Since 2021 the law gives two days for Quốc khánh: 02/9 and one before or
// after it (Điều 112 khoản 1 and 3; grade S).
func (f *draft) besideNationalDay(year int) []vanphong.Date {
	d, err := nationalDay(year)
	if err != nil || year < 2021 || f.named[d-1].Kind == DayHoliday || f.named[d+1].Kind == DayHoliday {
		return nil
	}
	return []vanphong.Date{d - 1, d + 1}
}

// doubt makes a day provisional, unless a notice vouches for it.
func (f *draft) doubt(d vanphong.Date) {
	if info, ok := f.ruled[d]; ok && f.named[d].Date.IsZero() {
		info.Provisional = true
		f.ruled[d] = info
	}
	if info, ok := f.named[d]; !ok || info.Provisional {
		f.cells[index(d)].provisional = true
	}
}

// finish counts the working days and lists the marked ones.
func (f *draft) finish(statutory bool, notices []Notice) *WorkCalendar {
	c := &WorkCalendar{
		cells: f.cells, worked: make([]int32, 1, len(f.cells)+1),
		week: f.week, statutory: statutory, notices: notices, firm: f.firm,
	}
	for i, cell := range f.cells {
		if !cell.kind.Off() {
			c.nth = append(c.nth, int32(i))
		}
		c.worked = append(c.worked, int32(len(c.nth)))
	}
	// What a notice says of a day replaces what the law gives, name and source
	// included.
	maps.Copy(f.ruled, f.named)
	c.marked = slices.SortedFunc(maps.Values(f.ruled), func(a, b DayInfo) int { return cmp.Compare(a.Date, b.Date) })
	return c
}

// markedFrom returns the place of the first marked day on or after d.
func (c *WorkCalendar) markedFrom(d vanphong.Date) int {
	i, _ := slices.BinarySearchFunc(c.marked, d, func(a DayInfo, d vanphong.Date) int { return cmp.Compare(a.Date, d) })
	return i
}

// eachDay yields the days of a closed run.
func eachDay(days vanphong.Days) func(yield func(vanphong.Date) bool) {
	return func(yield func(vanphong.Date) bool) {
		for d := days.First; d < days.End; d++ {
			if !yield(d) {
				return
			}
		}
	}
}
