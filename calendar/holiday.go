package calendar

import (
	"strconv"
	"time"

	"github.com/vanphong-go/vanphong"
)

// Holiday is a statutory holiday (ngày nghỉ lễ, tết) in one year.
//
// It is what the law gives, not what is off in the end; for that ask
// [WorkCalendar.Day].
type Holiday struct {
	Name string `json:"name"`
	// Date is the day itself; of Tết the first day of the lunar year.
	Date vanphong.Date `json:"date"`
	// Days is how many days off the law gives. Where it is more than one, Tết
	// (5) and since 2021 Quốc khánh (2), the Prime Minister says each year
	// which days they are (Bộ luật Lao động 2019, Điều 112 khoản 3; grade S).
	Days int `json:"days"`
	// InLieu is set if a day on a weekend is made up for on the next working
	// day (Bộ luật Lao động 2019, Điều 111 khoản 3; grade S).
	InLieu bool            `json:"in_lieu"`
	Source vanphong.Source `json:"source"`
}

// holidayRule is a line of the law with the days it is in force on. A change
// of the law is a new line beside the old one, never an edit of it: deadlines
// of the past must come out as they did.
//
// valid is checked against the holiday's own day, so a law that comes into
// force in July changes nothing of that year's spring.
type holidayRule struct {
	name   string
	day    func(year int) (vanphong.Date, error)
	days   int
	inLieu bool
	valid  vanphong.Days
	source vanphong.Source
}

// Bộ luật Lao động 2012, in force from 01/5/2013 to the end of 2020: ten days. Its Điều
// 115 holds both the list and the days in lieu.
//
// The clause of 2012 has one Quốc khánh and no second day.
func oldCode(name string, days int, day func(int) (vanphong.Date, error)) holidayRule {
	valid := vanphong.Days{First: vanphong.MustDate("2013-05-01"), End: vanphong.YearDays(2021).First}
	return holidayRule{name, day, days, true, valid,
		vanphong.Source{Clause: "Bộ luật Lao động 10/2012/QH13, Điều 115", Grade: vanphong.GradeSecondary}}
}

// Bộ luật Lao động 2019, in force since 2021: eleven days.
func newCode(name string, days int, day func(int) (vanphong.Date, error)) holidayRule {
	return holidayRule{name, day, days, true, vanphong.Days{First: vanphong.YearDays(2021).First},
		vanphong.Source{Clause: "Bộ luật Lao động 45/2019/QH14, Điều 112 khoản 1", Grade: vanphong.GradeSecondary}}
}

const (
	nameTet         = "Tết Nguyên đán"
	nameNationalDay = "Quốc khánh"
	nameCultureDay  = "Ngày Văn hóa Việt Nam"
)

var (
	newYearsDay = fixed(time.January, 1)
	victoryDay  = fixed(time.April, 30)
	labourDay   = fixed(time.May, 1)
	nationalDay = fixed(time.September, 2)
	cultureDay  = fixed(time.November, 24)
)

// holidayRules returns the law as it stood and stands, line by line.
func holidayRules() []holidayRule {
	return []holidayRule{
		oldCode("Tết Dương lịch", 1, newYearsDay),
		oldCode(nameTet, 5, Tet),
		oldCode("Giỗ Tổ Hùng Vương", 1, hungKings),
		oldCode("Ngày Chiến thắng", 1, victoryDay),
		oldCode("Quốc tế Lao động", 1, labourDay),
		oldCode(nameNationalDay, 1, nationalDay),

		newCode("Tết Dương lịch", 1, newYearsDay),
		newCode(nameTet, 5, Tet),
		newCode("Giỗ Tổ Hùng Vương", 1, hungKings),
		newCode("Ngày Chiến thắng", 1, victoryDay),
		newCode("Quốc tế Lao động", 1, labourDay),
		newCode(nameNationalDay, 2, nationalDay),

		// Outside Điều 112, so whether a 24/11 on a weekend is made up for is
		// unsettled; see [WorkCalendar.OpenQuestions].
		//
		// The day in lieu comes from Điều 111, which speaks of the holidays of
		// Điều 112 only.
		{nameCultureDay, cultureDay, 1, false, vanphong.Days{First: vanphong.MustDate("2026-07-01")},
			vanphong.Source{Clause: "Nghị quyết 28/2026/QH16, Điều 2", Grade: vanphong.GradeSecondary}},
	}
}

// fixed is a holiday on the same solar day each year.
func fixed(month time.Month, day int) func(int) (vanphong.Date, error) {
	return func(year int) (vanphong.Date, error) { return vanphong.NewDate(year, month, day) }
}

// hungKings is the tenth day of the third lunar month; in a year with a leap
// third month, of the ordinary one.
//
// Which of the two it is no text was found to say (grade I).
func hungKings(year int) (vanphong.Date, error) {
	return Lunar{Year: year, Month: 3, Day: 10}.Date()
}

// Holidays returns the statutory holidays of a year from 2018 to 2100 in the
// order of the law: together ten days off until 2020, eleven since 2021 and
// twelve since 2026. Another year is an error that wraps
// [vanphong.ErrOutOfRange].
func Holidays(year int) ([]Holiday, error) {
	if year < coverageFirst.Year() || year > coverageLast.Year() {
		return nil, outsideYear(year)
	}
	var out []Holiday
	// Made anew each call: nothing of a package can be changed by a caller.
	for _, r := range holidayRules() {
		d, err := r.day(year)
		if err != nil {
			return nil, err
		}
		if r.valid.Contains(d) {
			out = append(out, Holiday{r.name, d, r.days, r.inLieu, r.source})
		}
	}
	return out, nil
}

func outsideYear(year int) error {
	return vanphong.NewInputError("year", strconv.Itoa(year), "a year from 2018 to 2100", vanphong.ErrOutOfRange)
}
