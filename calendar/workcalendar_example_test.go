package calendar_test

import (
	"fmt"
	"strings"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/calendar"
)

// A report is due four working days after the conclusion of 10/02/2026; Tết
// lies between.
func ExampleWorkCalendar_Deadline() {
	d, err := calendar.Vietnam().Deadline(vanphong.MustDate("2026-02-10"), 4, calendar.CountWorking, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("hạn", vanphong.FormatDate(d.Due), "tạm tính:", d.Provisional)
	for _, s := range d.Skipped {
		fmt.Println(vanphong.FormatDate(s.Date), s.Why)
	}
	// Output:
	// hạn 23/02/2026 tạm tính: false
	// 14/02/2026 thứ Bảy
	// 15/02/2026 Chủ nhật
	// 16/02/2026 Tết Bính Ngọ
	// 17/02/2026 Tết Bính Ngọ
	// 18/02/2026 Tết Bính Ngọ
	// 19/02/2026 Tết Bính Ngọ
	// 20/02/2026 Tết Bính Ngọ
	// 21/02/2026 thứ Bảy
	// 22/02/2026 Chủ nhật
}

// A year whose notice is not out is computed, and says what is open.
func ExampleWorkCalendar_OpenQuestions() {
	questions, err := calendar.Vietnam().OpenQuestions(2027)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range questions {
		fmt.Println(calendar.Messages().Text(f))
	}
	// Output:
	// Chưa rõ ngày nghỉ Tết thứ năm: 04/02/2027 hay 09/02/2027.
	// Chưa rõ ngày nghỉ liền kề Quốc khánh: 01/9/2027 hay 03/9/2027.
	// Chưa có thông báo về hoán đổi ngày làm việc năm 2027.
}

// An office lays its own notice over the shipped calendar.
func ExampleWorkCalendar_With() {
	notice, err := calendar.ReadNotice(strings.NewReader(`date,kind,name
2026-11-23,swap_off,Hoán đổi với thứ Bảy 28/11/2026
2026-11-28,swap_work,Làm bù cho 23/11/2026
`))
	if err != nil {
		fmt.Println(err)
		return
	}
	office, err := calendar.Vietnam().With(notice)
	if err != nil {
		fmt.Println(err)
		return
	}
	next, err := office.NextWorking(vanphong.MustDate("2026-11-20"))
	fmt.Println(next, err)
	// Output: 2026-11-25 <nil>
}
