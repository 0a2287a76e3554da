package followup_test

import (
	"context"
	"fmt"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/meetings/followup"
)

// A conclusion becomes two tasks; one is extended, one is forgotten.
func ExampleTracker() {
	ctx, org := context.Background(), vanphong.OrgID("tinh-uy")
	day := vanphong.MustDate("2026-11-02")
	by := vanphong.Stamp{By: vanphong.Actor{ID: "van-phong"}, At: day.At(9, 0)}
	k := followup.NewTracker(followup.NewMemory(), nil)
	from := followup.Origin{Kind: followup.FromConclusion, ID: "kl-122", Number: "122-KL/TU"}

	a, err := k.Assign(ctx, org, followup.Assignment{
		Origin: from, Key: "1", Title: "Tham mưu kế hoạch kiểm tra", Leads: []vanphong.OrgID{"ubkt"}, Coordinating: []vanphong.OrgID{"vp"},
		Assigned: day, Due: followup.Due{Day: day + 10, Basis: "trước ngày 12/11/2026"},
	}, by)
	if err != nil {
		fmt.Println(err)
		return
	}
	k.Assign(ctx, org, followup.Assignment{Origin: from, Key: "2", Title: "Báo cáo kết quả", Leads: []vanphong.OrgID{"btc"}, Assigned: day, Due: followup.Due{Day: day + 15}}, by)
	k.Extend(ctx, org, a.ID, followup.Extension{Day: day + 9, To: day + 30, Reason: "chờ hướng dẫn của Trung ương"}, by)

	board, err := k.Board(ctx, org, vanphong.MustDate("2026-11-20"), followup.Query{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(board.Tally.Rate(followup.OfAssigned))
	for _, l := range board.Overdue {
		fmt.Printf("%s (%s): hạn %s, quá hạn %d ngày\n", l.Title, l.Lead, vanphong.FormatDate(l.Due), l.DaysLate)
	}
	a, _ = k.Task(ctx, org, a.ID)
	s := a.Status(board.Day)
	fmt.Printf("%s: hạn %s (hạn đầu %s)\n", s.Name(), vanphong.FormatDate(s.Due), vanphong.FormatDate(s.FirstDue))
	// Output:
	// 0/2 nhiệm vụ được giao
	// Báo cáo kết quả (btc): hạn 17/11/2026, quá hạn 3 ngày
	// đang thực hiện trong hạn: hạn 02/12/2026 (hạn đầu 12/11/2026)
}

// The same figures by two denominators.
func ExampleTally_Rate() {
	t := followup.Tally{DoneInTime: 14_068, DoneLate: 1_983, OpenInTime: 5_640, OpenLate: 223}
	fmt.Println(t.Assigned())
	fmt.Println(t.Rate(followup.OfDoneAndOverdue))
	fmt.Println(t.Rate(followup.OfAssigned))
	// Output:
	// 21914
	// 16051/16274 nhiệm vụ đã hoàn thành và quá hạn chưa hoàn thành
	// 16051/21914 nhiệm vụ được giao
}
