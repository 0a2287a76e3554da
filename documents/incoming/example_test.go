package incoming_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/calendar"
	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/documents/incoming"
)

// A document arrives, is directed to a unit and is late.
func ExampleDesk() {
	ctx, org := context.Background(), vanphong.OrgID("tinh-uy")
	day := vanphong.MustDate("2026-03-10")
	by := vanphong.Stamp{By: vanphong.Actor{ID: "van-thu"}, At: day.At(8, 15)}
	desk := incoming.NewDesk(incoming.NewMemory(), nil)

	// The paper book ended at 1240; this one goes on.
	book, err := desk.OpenBook(ctx, org, incoming.Opening{Numbering: incoming.PartyYearly(), Year: 2026, First: 1241, Basis: "tiếp theo sổ giấy đến số 1240"}, by)
	if err != nil {
		fmt.Println(err)
		return
	}
	receipt := incoming.Receipt{
		Book: book.ID, Received: day.At(8, 0), Channel: incoming.ChannelPaper, NumberText: "128-CV/VPTW",
		Issuer: incoming.Issuer{Name: "Văn phòng Trung ương Đảng"}, Kind: documents.KindLetter, Dated: day - 4, Abstract: "Về việc báo cáo kết quả chuyển đổi số",
	}
	d, err := desk.Receive(ctx, org, "tep-1", receipt, by)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("số đến", d.Arrival)

	// The same letter again, by fax and typed otherwise.
	receipt.Channel, receipt.NumberText = incoming.ChannelFax, "Số: 128 - CV/VPTW"
	_, err = desk.Receive(ctx, org, "tep-2", receipt, by)
	var duplicate *incoming.DuplicateError
	fmt.Println(errors.As(err, &duplicate), duplicate.Arrival)

	d, err = desk.Instruct(ctx, org, "tep-1", incoming.Instruction{
		ID: "1", Kind: incoming.Direction, By: "chanh-vp", Text: "Giao Phòng Chuyển đổi số tham mưu",
		Leads: []incoming.Assignee{{Unit: "phong-cds"}}, Coordinating: []incoming.Assignee{{Unit: "phong-th"}}, Due: day + 5,
	}, by)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, later := range []vanphong.Date{1, 8} {
		s := d.Status(day + later)
		fmt.Println(vanphong.FormatDate(day+later), s.State.Name(), s.Unit, s.DaysLate)
	}
	// Output:
	// số đến 1241
	// true 1241
	// 11/3/2026 đã có ý kiến chỉ đạo phong-cds 0
	// 18/3/2026 đã có ý kiến chỉ đạo phong-cds 3
}

// Deadlines with their clause and grade. "At once" has no figure until the
// office gives one.
func ExampleClockPolicy_Deadlines() {
	hours := calendar.OfficeHours{}
	for into, text := range map[*calendar.Span][2]string{&hours.Morning: {"7:30", "11:30"}, &hours.Afternoon: {"13:30", "17:00"}} {
		into.Start, _ = calendar.ParseClock(text[0])
		into.End, _ = calendar.ParseClock(text[1])
	}
	office := incoming.WorkTime{Days: calendar.Vietnam(), Hours: hours}
	friday := vanphong.MustDate("2026-03-13")
	d := incoming.Document{Arrival: 7, Registered: vanphong.Stamp{At: friday.At(16, 10)},
		Receipt: incoming.Receipt{Received: friday.At(16, 0), Urgency: vanphong.Urgent, Channel: incoming.ChannelPaper}}
	for _, policy := range []incoming.ClockPolicy{incoming.StateClock(), incoming.VungTauClock()} {
		all, err := policy.Deadlines(d, office, friday.At(17, 0))
		if err != nil {
			fmt.Println(err)
			return
		}
		for _, l := range all {
			by := "ngay"
			if !l.By.IsZero() {
				by = "trước " + l.By.In(vanphong.Hanoi).Format("15:04 02/01")
			}
			fmt.Printf("%s: %s, quá hạn %v (%s, %s)\n", l.Stage.Name(), by, l.Late, l.Source.Clause, l.Source.Grade)
		}
	}
	// Output:
	// đăng ký: trước 00:00 17/03, quá hạn false (30/2020/NĐ-CP, Điều 4 khoản 2 điểm c, P)
	// trình, chuyển: trước 00:00 17/03, quá hạn false (30/2020/NĐ-CP, Điều 23 khoản 1, P)
	// trình, chuyển: ngay, quá hạn false (30/2020/NĐ-CP, Điều 4 khoản 2 điểm c, P)
	// giải quyết: ngay, quá hạn false (30/2020/NĐ-CP, Điều 24 khoản 2, P)
	// đăng ký: trước 09:00 16/03, quá hạn false (quy trình xử lý văn bản, Vũng Tàu, W)
	// trình, chuyển: trước 16:30 13/03, quá hạn true (quy trình xử lý văn bản, Vũng Tàu, W)
}

// Which documents of the centre have no local document yet.
func ExampleDesk_Outstanding() {
	ctx, org := context.Background(), vanphong.OrgID("tinh-uy")
	day := vanphong.MustDate("2026-03-10")
	by := vanphong.Stamp{By: vanphong.Actor{ID: "van-thu"}, At: day.At(9, 0)}
	desk := incoming.NewDesk(incoming.NewMemory(), nil)
	book, _ := desk.OpenBook(ctx, org, incoming.Opening{Numbering: incoming.PartyYearly(), Year: 2026, First: 1, Basis: "mở sổ năm 2026"}, by)
	desk.Receive(ctx, org, "nq", incoming.Receipt{Book: book.ID, Received: day.At(8, 0), Number: documents.MustNumber("57-NQ/TW"), Issuer: incoming.Issuer{Org: "bct"}}, by)
	desk.Require(ctx, org, "nq", incoming.Requirement{Key: "ct", Advises: "ban-tgdv", Kind: documents.KindPlan, Due: day + 15, Basis: "trước 25/3/2026"}, by)

	for o, err := range desk.Outstanding(ctx, org, day+20) {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%s: %s tham mưu %s, quá hạn %d ngày\n", o.Document.NumberText, o.Requirement.Advises, o.Requirement.Kind.Name(), o.DaysLate)
	}
	desk.Fulfil(ctx, org, "nq", "ct", incoming.Answer{Number: "12-KH/TU", Dated: day + 21, At: (day + 21).At(9, 0)}, vanphong.Stamp{By: by.By, At: (day + 21).At(9, 0)})
	for range desk.Outstanding(ctx, org, day+21) {
		fmt.Println("còn nợ")
	}
	// Output:
	// 57-NQ/TW: ban-tgdv tham mưu kế hoạch, quá hạn 5 ngày
}
