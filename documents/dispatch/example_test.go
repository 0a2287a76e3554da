package dispatch_test

import (
	"context"
	"fmt"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/calendar"
	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/documents/dispatch"
)

// A report goes out by network and by hand; one recipient has not answered.
func ExampleClerk() {
	ctx, org, entry := context.Background(), vanphong.OrgID("tinh-uy"), documents.EntryID("vb-981")
	day := vanphong.MustDate("2026-11-03")
	by := vanphong.Stamp{By: vanphong.Actor{ID: "van-thu"}, At: day.At(16, 0)}
	clerk := dispatch.NewClerk(dispatch.NewMemory(), nil)

	d, err := clerk.Address(ctx, org, dispatch.Addressing{
		Entry: entry, Number: "981-BC/TU", Day: day, Signed: true,
		Recipients: []dispatch.Recipient{
			{Org: "bbt", Name: "Ban Bí thư Trung ương Đảng", Purpose: dispatch.ForReport},
			{Org: "vptw", Name: "Văn phòng Trung ương Đảng"},
			{ID: "luu", Name: "Lưu Văn phòng Tỉnh ủy", Filed: true},
		},
	}, by)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, line := range dispatch.Printed(d.Recipients) {
		fmt.Println(line)
	}
	clerk.Send(ctx, org, entry, dispatch.Step{At: day.At(9, 15), Channel: dispatch.Network}, by, "bbt", "vptw")
	d, err = clerk.Acknowledge(ctx, org, entry, dispatch.Step{At: day.At(10, 2)}, by, "bbt")
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range dispatch.DefaultPolicy().Findings(d, (day+1).At(8, 0)) {
		fmt.Println(dispatch.Messages().Text(f))
	}
	// Output:
	// - Ban Bí thư Trung ương Đảng (để báo cáo);
	// - Văn phòng Trung ương Đảng;
	// - Lưu Văn phòng Tỉnh ủy.
	// Văn phòng Trung ương Đảng chưa báo nhận văn bản gửi ngày 03/11/2026
}

// Two numbered copies are called back; one comes.
func ExampleClerk_Recall() {
	ctx, org, entry := context.Background(), vanphong.OrgID("tinh-uy"), documents.EntryID("vb-12")
	day := vanphong.MustDate("2026-11-03")
	by := vanphong.Stamp{By: vanphong.Actor{ID: "van-thu"}, At: day.At(16, 0)}
	clerk := dispatch.NewClerk(dispatch.NewMemory(), nil)
	clerk.Address(ctx, org, dispatch.Addressing{
		Entry: entry, Day: day, Numbered: 3,
		Recipients: []dispatch.Recipient{
			{Org: "btc", Name: "Ban Tổ chức Tỉnh ủy", Numbers: []int{1}},
			{Org: "ubkt", Name: "Ủy ban Kiểm tra Tỉnh ủy", Numbers: []int{2}},
			{ID: "luu", Name: "Lưu Văn phòng Tỉnh ủy", Filed: true, Numbers: []int{3}},
		},
	}, by)
	signed := dispatch.Step{At: day.At(9, 30), Receipt: dispatch.Receipt{Person: "Lê Thị Bình", Number: "15"}}
	clerk.HandOver(ctx, org, entry, signed, by, "btc", "ubkt")

	clerk.Recall(ctx, org, entry, dispatch.Recall{Number: "7-TB/TU", At: day.At(14, 0), Reason: "sai phụ lục"}, by)
	d, err := clerk.GiveBack(ctx, org, entry, dispatch.Step{At: day.At(15, 0), Numbers: []int{1}}, by, "btc")
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, r := range d.Recipients {
		fmt.Println(r.Name+":", r.Status(day.At(15, 0)).Recall.Name())
	}
	for _, f := range d.Reconcile() {
		fmt.Println(dispatch.Messages().Text(f))
	}
	// Output:
	// Ban Tổ chức Tỉnh ủy: đã nộp lại hoặc hủy
	// Ủy ban Kiểm tra Tỉnh ủy: chưa thông báo
	// Lưu Văn phòng Tỉnh ủy: không thu hồi
	// Bản số 02 đang ở Ủy ban Kiểm tra Tỉnh ủy, chưa thu về và chưa hủy
}

// Signed on a Friday afternoon, it may go out on Monday; if it is urgent, at
// once.
func ExamplePolicy_IssueTimes() {
	ready := vanphong.MustDate("2026-11-06").At(16, 30)
	for _, u := range []vanphong.Urgency{vanphong.NotUrgent, vanphong.Express} {
		t, err := dispatch.DefaultPolicy().IssueTimes(ready, u, calendar.Vietnam())
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(u.Name(), t.Latest.Format("02/01 15:04"), t.AtOnce)
	}
	// Output:
	// thường 10/11 00:00 false
	// Hỏa tốc 06/11 16:30 true
}
