package calendar

import (
	_ "embed"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/vanphong-go/vanphong"
)

// Bounds of a [Notice], so that a wrong file is refused early and cheaply.
//
// Text is bounded because it is printed in tables and sent in messages.
const (
	maxNoticeDays = 10_000
	maxNoticeText = 1_000 // bytes of a name, title or source
)

// Notice is an official notice about days off (thông báo nghỉ lễ, tết): what
// the Prime Minister, a ministry or the office's own head decided for a year.
// Its days carry a mark each; DayWorking and DayWeekend cannot be decided.
type Notice struct {
	Number string        `json:"number,omitempty"` // as printed: "9441/TB-BNV"
	Title  string        `json:"title,omitempty"`
	Source string        `json:"source,omitempty"` // address, or where the paper lies
	Issued vanphong.Date `json:"issued,omitzero"`
	Days   []DayInfo     `json:"days"`
}

// In the binary, not beside it: the calendar must not depend on where a
// program is run from.
//
//go:embed data/notices_vn.csv
var officialCSV string

// officialNotices returns what was decided for the years 2018 to 2026, read
// through the same door as a caller's file. The sources stand in its rows.
//
// The same reader as for any file, so what is compiled in has passed every
// check that a caller's file must pass.
func officialNotices() (Notice, error) {
	n, err := ReadNoticeCSV(strings.NewReader(officialCSV))
	n.Title = "Lịch nghỉ lễ, tết khu vực công 2018–2026"
	return n, err
}

// citation is the source of a day that names none itself.
func (n Notice) citation() string {
	if n.Number == "" || n.Source == "" {
		return n.Number + n.Source
	}
	return n.Number + "; " + n.Source
}

// years yields the years that n speaks of.
func (n Notice) years() iter.Seq[int] {
	return func(yield func(int) bool) {
		seen := map[int]bool{}
		for _, d := range n.Days {
			if y := d.Date.Year(); !seen[y] {
				seen[y] = true
				if !yield(y) {
					return
				}
			}
		}
	}
}

// Check returns an error unless n can be laid over a calendar by itself: every
// day exists, lies from 2018 to 2100 and carries one of the four marks, texts
// are valid UTF-8 on one line and at most 1,000 bytes long, there are at most
// 10,000 days, and no day is named twice with different marks (that one wraps
// [vanphong.ErrConflict]). The error is an [*vanphong.InputError] whose field
// says which day, "days[3].kind".
//
// Two marks for one day in a single notice are a slip that nobody can resolve
// but its author; the same mark twice is harmless and frequent.
func (n Notice) Check() error {
	for field, text := range map[string]string{"number": n.Number, "title": n.Title, "source": n.Source} {
		if err := checkNoticeText(field, text); err != nil {
			return err
		}
	}
	return n.checkDays(func(i int, field string) string { return fmt.Sprintf("days[%d].%s", i, field) })
}

// checkDays is Check of the days; where names a field of the i-th one, by its
// index or by its line in a file.
func (n Notice) checkDays(where func(i int, field string) string) error {
	if len(n.Days) > maxNoticeDays {
		return vanphong.NewInputError("days", strconv.Itoa(len(n.Days)), "at most 10000 days", vanphong.ErrOutOfRange)
	}
	kinds := make(map[vanphong.Date]DayKind, len(n.Days))
	for i, d := range n.Days {
		at := func(field string) string { return where(i, field) }
		if err := d.check(at); err != nil {
			return err
		}
		if k, ok := kinds[d.Date]; ok && k != d.Kind {
			return vanphong.NewInputError(at("kind"), d.Kind.String(),
				k.String()+", as the same notice says of "+d.Date.String()+" before", vanphong.ErrConflict)
		}
		kinds[d.Date] = d.Kind
	}
	return nil
}

// The empty grade is for callers who have not graded their source; the package
// never writes it.
var grades = []vanphong.Grade{"", vanphong.GradePrimary, vanphong.GradePress, vanphong.GradeSecondary,
	vanphong.GradeExam, vanphong.GradeWild, vanphong.GradeInferred}

// check is Check of one day.
func (d DayInfo) check(at func(field string) string) error {
	if d.Date < coverageFirst || d.Date > coverageLast {
		return outside(at("date"), d.Date)
	}
	// "Working" or "weekend" in a notice would be a decision that something is
	// ordinary: it is made by leaving the day out, and read by mistake from a
	// table of all days.
	if !d.Kind.Marked() {
		return vanphong.NewInputError(at("kind"), d.Kind.String(), oneOf(dayKindCodes[DayHoliday:]), nil)
	}
	if !slices.Contains(grades, d.Grade) {
		return vanphong.NewInputError(at("grade"), string(d.Grade), "P, N, S, X, W, I or nothing", nil)
	}
	if err := checkNoticeText(at("name"), d.Name); err != nil {
		return err
	}
	return checkNoticeText(at("source"), d.Source)
}

// checkNoticeText refuses what would break a table line or a log line.
//
// A line break in a name would shift the columns of everything printed after
// it.
func checkNoticeText(field, s string) error {
	if len(s) > maxNoticeText || !utf8.ValidString(s) || strings.ContainsFunc(s, unicode.IsControl) {
		return vanphong.NewInputError(field, s, "at most 1000 bytes of UTF-8 on one line", nil)
	}
	return nil
}

// With returns the calendar with a notice laid over it; c stays as it is. Of
// two notices that speak of one day, the later one counts.
//
// A notice whose holidays include the first day of a lunar year settles Tết:
// it replaces all that was known or computed of that Tết and its days in lieu,
// and the year is no longer provisional, unless it calls one of those days
// provisional itself. Until a notice names 01/9 or 03/9 a holiday, those two
// days stay provisional, and so does the day in lieu they may bring. A notice
// without the first day of Tết adds its own days and confirms nothing else.
// What a notice said cannot be withdrawn by a later one: leave it out instead.
//
// Besides what [Notice.Check] refuses, a day that is worked anyway cannot be
// made up for (swap_work), and a day of the weekend cannot be given off again
// (swap_off, comp_off): an [*vanphong.InputError] that wraps
// [vanphong.ErrConflict]. [Notice.Findings] has what is merely odd.
//
// These two are refused because they cannot be meant: one would count a day as
// worked twice, the other give a day off for nothing. The rest is odd but
// happens.
func (c *WorkCalendar) With(n Notice) (*WorkCalendar, error) {
	if err := n.Check(); err != nil {
		return nil, err
	}
	if c.size() == 0 {
		return nil, vanphong.NewInputError("calendar", "nil or zero", "Vietnam() or PlainWeek()", nil)
	}
	// Against the calendar as it is now: the order of loading decides, see
	// draft.
	for i, d := range n.Days {
		if err := c.contradicts(d); err != "" {
			return nil, vanphong.NewInputError(fmt.Sprintf("days[%d].kind", i), d.Kind.String()+" "+d.Date.String(),
				err, vanphong.ErrConflict)
		}
	}
	// Neither the caller's slice nor the spare room of ours may be shared: two
	// calendars over one base go separate ways.
	n.Days = slices.Clone(n.Days)
	return build(c.week, c.statutory, append(slices.Clip(c.notices), n))
}

// contradicts says what the mark of d would need to be possible, or "".
//
// A Saturday is worked to pay for a day off only if it is off; so for a
// weekday off by holiday, too.
func (c *WorkCalendar) contradicts(d DayInfo) string {
	weekend := c.week.off(d.Date)
	switch {
	case d.Kind == DaySwapWork && !weekend && !c.cells[index(d.Date)].kind.Off():
		return "a day that is off otherwise"
	case (d.Kind == DaySwapOff || d.Kind == DayCompOff) && weekend:
		return "a day outside the weekend"
	}
	return ""
}

// Findings returns what is odd about a notice and yet allowed: swapped days
// off that are not matched by days worked instead; Tết days without the first
// of the lunar year; a Tết of other than five days, or with more or fewer days
// in lieu than it has Saturdays and Sundays (a notice that fixes Tết is taken
// at its word, nothing is added to it). [Messages] has the sentences.
//
// They are findings and not errors, since the paper is the authority: an
// office must be able to load what was decided, also if it was decided oddly.
func (n Notice) Findings() []vanphong.Finding {
	var out []vanphong.Finding
	count := map[DayKind]int{}
	for _, d := range n.Days {
		count[d.Kind]++
	}
	// A swap moves one working day to a Saturday: unequal counts mean that one
	// half is missing from the file.
	if off, work := count[DaySwapOff], count[DaySwapWork]; off != work {
		out = append(out, vanphong.Finding{Rule: "calendar.swap_unpaired", Severity: vanphong.Warning,
			Args: []string{strconv.Itoa(off), strconv.Itoa(work)}})
	}
	for year := range n.years() {
		out = append(out, n.tetFindings(year)...)
	}
	return out
}

// tetFindings compares the Tết of a notice with what the law gives.
func (n Notice) tetFindings(year int) []vanphong.Finding {
	tet, err := Tet(year)
	if err != nil {
		return nil
	}
	days, weekend, lieu := 0, 0, 0
	window := tetWindow(tet)
	for _, d := range n.Days {
		switch {
		case !window.Contains(d.Date):
		case d.Kind == DayCompOff:
			lieu++
		case d.Kind == DayHoliday:
			days++
			if publicWeek.off(d.Date) {
				weekend++
			}
		}
	}
	// A notice about other holidays says nothing about Tết.
	if days == 0 {
		return nil
	}
	var out []vanphong.Finding
	note := func(rule string, args ...string) {
		out = append(out, vanphong.Finding{Rule: rule, Severity: vanphong.Warning,
			Source: vanphong.Source{Clause: "Bộ luật Lao động 45/2019/QH14, Điều 111 và 112", Grade: vanphong.GradeSecondary},
			Args:   append([]string{strconv.Itoa(year)}, args...)})
	}
	switch {
	case !n.settlesTet(tet):
		note("calendar.tet_partial", strconv.Itoa(days), vanphong.FormatDate(tet))
		return out
	case days != 5:
		note("calendar.tet_days", strconv.Itoa(days))
	}
	if weekend != lieu {
		note("calendar.tet_in_lieu", strconv.Itoa(weekend), strconv.Itoa(lieu))
	}
	return out
}
