package calendar

import (
	"strconv"

	"github.com/vanphong-go/vanphong"
)

// openSwap is a swap that was proposed and of which no decision is known
// (grade S). Its day is counted as worked, as long as no notice says otherwise.
//
// It stays a question and is not guessed either way: a deadline that counts on
// a day off would be late, and one that counts on work would be early by a
// day; the earlier one is the safe error.
var openSwap = vanphong.MustDate("2026-11-23")

// OpenQuestions returns what is not decided, or not known to be decided,
// about a year: each one a note with its clause, or with what decides it where
// there is none. [Messages] has the sentences. A settled year has none, as
// a rule; a [PlainWeek] never has any.
//
// A program asks before it prints a plan of a coming year, and shows the notes
// beside the dates.
func (c *WorkCalendar) OpenQuestions(year int) ([]vanphong.Finding, error) {
	first := vanphong.YearDays(year).First
	if index(first) >= c.size() {
		return nil, outsideYear(year)
	}
	if !c.statutory {
		return nil, nil
	}
	tet, err := Tet(year)
	if err != nil {
		return nil, err
	}
	// A question is only asked while it is open: a notice that names the day
	// answers it, even one that settles nothing else of the year.
	var out []vanphong.Finding
	const yearly = "Bộ luật Lao động 45/2019/QH14, Điều 112 khoản 3"
	// The Code knows no swap: each is one direction for one year.
	const swaps = "không có điều khoản; chỉ đạo hằng năm của Thủ tướng Chính phủ"
	ask := func(rule, clause string, args ...string) {
		out = append(out, vanphong.Finding{Rule: rule, Severity: vanphong.Note,
			Source: vanphong.Source{Clause: clause, Grade: vanphong.GradeSecondary}, Args: args})
	}
	if !c.firm[year] {
		ask("calendar.tet_fifth_day", yearly, vanphong.FormatDate(tet-2), vanphong.FormatDate(tet+3))
	}
	if d, err := nationalDay(year); err == nil && year >= 2021 && !c.holiday(d-1) && !c.holiday(d+1) {
		ask("calendar.beside_national_day", yearly, vanphong.FormatDate(d-1), vanphong.FormatDate(d+1))
	}
	if d, err := cultureDay(year); err == nil && c.holiday(d) && c.week.off(d) {
		ask("calendar.culture_day_in_lieu", "Nghị quyết 28/2026/QH16, Điều 2", vanphong.FormatDate(d))
	}
	// Swaps are announced with Tết or after it, so a year without its Tết
	// cannot have all of them.
	if !c.firm[year] {
		ask("calendar.swaps_unknown", swaps, strconv.Itoa(year))
	}
	if d := openSwap; d.Year() == year && !c.cells[index(d)].kind.Marked() {
		ask("calendar.swap_proposed", swaps, vanphong.FormatDate(d))
	}
	return out, nil
}

// holiday goes by the finished cells, so a notice that named the day has been
// heard.
func (c *WorkCalendar) holiday(d vanphong.Date) bool { return c.cells[index(d)].kind == DayHoliday }
