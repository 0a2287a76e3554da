package calendar_test

import (
	"errors"
	"fmt"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/calendar"
)

func ExampleLunarOf() {
	day := vanphong.MustDate("2025-07-25")
	l, err := calendar.LunarOf(day)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(l)
	fmt.Printf("năm %s, tháng %s, ngày %s\n", l.YearName(), l.MonthName(), calendar.DayName(day))
	// Output:
	// mùng 1 tháng 6 nhuận năm Ất Tỵ
	// năm Ất Tỵ, tháng Quý Mùi, ngày Ất Mùi
}

func ExampleTet() {
	for year := 2026; year <= 2028; year++ {
		tet, err := calendar.Tet(year)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(calendar.Lunar{Year: year, Month: 1, Day: 1}.YearName(), vanphong.FormatDate(tet))
	}
	// Output:
	// Bính Ngọ 17/02/2026
	// Đinh Mùi 06/02/2027
	// Mậu Thân 26/01/2028
}

// The day of commemoration of the Hùng kings of a year.
func ExampleLunar_Date() {
	day, err := calendar.Lunar{Year: 2026, Month: 3, Day: 10}.Date()
	fmt.Println(day, err)
	// Output: 2026-04-26 <nil>
}

// A day that the calendar does not have is an error, never the day beside it.
func ExampleLunar_Date_missing() {
	_, err := calendar.Lunar{Year: 2026, Month: 1, Day: 5, Leap: true}.Date()
	fmt.Println(err)
	fmt.Println(errors.Is(err, vanphong.ErrInvalid))
	// Output:
	// leap "5/1 nhuận/2026": want a leap month of that year: invalid value
	// true
}

// Before 1968 the caller says which calendar is meant.
func ExampleRegime_LunarOf() {
	day := vanphong.MustDate("1945-09-02")
	_, err := calendar.LunarOf(day)
	fmt.Println(errors.Is(err, vanphong.ErrOutOfRange))
	fmt.Println(calendar.RegimeUTC7.LunarOf(day))
	// Output:
	// true
	// ngày 26 tháng 7 năm Ất Dậu <nil>
}

func ExampleLunarMonths() {
	months, err := calendar.LunarMonths(2033)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, m := range months[10:] {
		fmt.Println(m.Month, m.Leap, m.First, m.Days)
	}
	// Output:
	// 11 false 2033-11-22 30
	// 11 true 2033-12-22 29
	// 12 false 2034-01-20 30
}

func ExampleParseLunar() {
	l, err := calendar.ParseLunar("AL2025-06n-10")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(l)
	_, err = calendar.ParseLunar("2025-06-10")
	fmt.Println(err)
	// Output:
	// mùng 10 tháng 6 nhuận năm Ất Tỵ
	// lunar day "2025-06-10": want ALYYYY-MM-DD, in a leap month ALYYYY-MMn-DD: invalid value
}
