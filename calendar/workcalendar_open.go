package calendar

import (
	"strconv"

	"github.com/vanphong-go/vanphong"
)

// openSwap is a swap that was proposed and of which no decision is known
// (grade S). Its day is counted as worked, as long as no notice says otherwise.
var openSwap = vanphong.MustDate("2026-11-23")

// OpenQuestions returns what is not decided, or not known to be decided,
// about a year: each one a note with its clause, or with what decides it where
// there is none. [WorkMessages] has the sentences. A settled year has none, as
// a rule; a [PlainWeek] never has any.
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
	if !c.firm[year] {
		ask("calendar.swaps_unknown", swaps, strconv.Itoa(year))
	}
	if d := openSwap; d.Year() == year && !c.cells[index(d)].kind.Marked() {
		ask("calendar.swap_proposed", swaps, vanphong.FormatDate(d))
	}
	return out, nil
}

func (c *WorkCalendar) holiday(d vanphong.Date) bool { return c.cells[index(d)].kind == DayHoliday }

// WorkMessages returns the sentences of the findings about notices and years,
// in a fresh catalogue each time: an office may put its own wording into it.
func WorkMessages() vanphong.Catalogue {
	return vanphong.Catalogue{
		"calendar.swap_unpaired": {
			Vietnamese: "Thông báo có {0} ngày nghỉ hoán đổi nhưng {1} ngày làm bù.",
			English:    "The notice has {0} swapped days off but {1} days worked instead."},
		"calendar.tet_partial": {
			Vietnamese: "Thông báo có {1} ngày nghỉ dịp Tết {0} nhưng không có mùng 1 ({2}): các ngày này được cộng vào số ngày dự tính, năm {0} vẫn là tạm tính.",
			English:    "The notice names {1} days off around Tết {0} but not its first day ({2}): they are added to the computed ones and the year stays provisional."},
		"calendar.tet_days": {
			Vietnamese: "Thông báo cho nghỉ Tết {0} {1} ngày, luật định 05 ngày.",
			English:    "The notice gives {1} days of Tết {0}; the law gives 5."},
		"calendar.tet_in_lieu": {
			Vietnamese: "Tết {0} có {1} ngày nghỉ trùng thứ Bảy, Chủ nhật nhưng thông báo cho nghỉ bù {2} ngày.",
			English:    "{1} days of Tết {0} fall on a weekend, but the notice gives {2} days in lieu."},
		"calendar.tet_fifth_day": {
			Vietnamese: "Chưa rõ ngày nghỉ Tết thứ năm: {0} hay {1}.",
			English:    "The fifth day of Tết is not known: {0} or {1}."},
		"calendar.beside_national_day": {
			Vietnamese: "Chưa rõ ngày nghỉ liền kề Quốc khánh: {0} hay {1}.",
			English:    "The day off beside National Day is not known: {0} or {1}."},
		"calendar.culture_day_in_lieu": {
			Vietnamese: "Ngày Văn hóa Việt Nam {0} trùng ngày nghỉ hằng tuần; chưa có quy định rõ về nghỉ bù.",
			English:    "Culture Day {0} falls on a weekend; whether it is made up for is unsettled."},
		"calendar.swaps_unknown": {
			Vietnamese: "Chưa có thông báo về hoán đổi ngày làm việc năm {0}.",
			English:    "No notice about swapped days of {0} is known."},
		"calendar.swap_proposed": {
			Vietnamese: "Có đề xuất hoán đổi ngày {0}, chưa rõ quyết định.",
			English:    "A swap of {0} was proposed; the decision is not known."},
	}
}
