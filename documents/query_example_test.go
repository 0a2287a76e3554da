package documents_test

import (
	"context"
	"fmt"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
)

// searched is an office with four notices.
func searched() (*documents.Registrar, vanphong.OrgID) {
	const tu vanphong.OrgID = "tinh-uy"
	ctx := context.Background()
	reg := documents.NewRegistrar(documents.NewMemory(), nil)
	day := vanphong.MustDate("2025-09-24")
	clerk := vanphong.Stamp{By: vanphong.Actor{ID: "van-thu"}, At: day.At(9, 0)}
	series, _ := reg.Open(ctx, tu, documents.OpenRequest{
		Key:    documents.SeriesKey{Organ: tu, Scope: "nk-2025", Name: "TB"},
		Issuer: "TU", Days: vanphong.Days{First: day}, Basis: "nhiệm kỳ mới",
	}, clerk)
	for i, line := range []struct{ abstract, signer string }{
		{"kết luận về công tác hòa giải ở cơ sở", "Nguyễn Văn An"},
		{"phân công nhiệm vụ Ủy viên Ban Thường vụ", "Trần Thị Bình"},
		{"lịch tiếp dân quý IV của Tỉnh uỷ", "Nguyễn Văn An"},
		{"kết luận hội nghị Tỉnh ủy lần thứ nhất", "An Văn Long"},
	} {
		reg.Issue(ctx, tu, documents.IssueRequest{ID: documents.EntryID(fmt.Sprint("tb-", i)), Series: series.ID,
			Content: documents.Content{Kind: documents.KindNotice, Day: day + vanphong.Date(i), Abstract: line.abstract, Signer: line.signer}}, clerk)
	}
	return reg, tu
}

// One box takes a number, a day or words; marks may be left out, and the tone of ủy
// stands on either vowel.
func ExampleReadQuery() {
	reg, tu := searched()
	for _, typed := range []string{"tinh uy", "hoà giải", "03-tb/tu", "2", "27/9/2025"} {
		q, _ := documents.ReadQuery(typed, nil)
		for entry, err := range reg.List(context.Background(), tu, q) {
			fmt.Println(typed, "→", entry.Number, entry.Abstract, err)
		}
	}
	// Output:
	// tinh uy → 03-TB/TU lịch tiếp dân quý IV của Tỉnh uỷ <nil>
	// tinh uy → 04-TB/TU kết luận hội nghị Tỉnh ủy lần thứ nhất <nil>
	// hoà giải → 01-TB/TU kết luận về công tác hòa giải ở cơ sở <nil>
	// 03-tb/tu → 03-TB/TU lịch tiếp dân quý IV của Tỉnh uỷ <nil>
	// 2 → 02-TB/TU phân công nhiệm vụ Ủy viên Ban Thường vụ <nil>
	// 27/9/2025 → 04-TB/TU kết luận hội nghị Tỉnh ủy lần thứ nhất <nil>
}

// What đồng chí An has signed, the newest first, one line a page: each page begins
// after the last entry of the one before.
func ExampleQuery() {
	reg, tu := searched()
	q := documents.Query{Given: "An", Order: documents.OrderNewest, Limit: 1}
	for page := 1; ; page++ {
		found := false
		for entry := range reg.List(context.Background(), tu, q) {
			fmt.Println("page", page, entry.Number, entry.Signer)
			q.After, found = entry.ID, true
		}
		if !found {
			break
		}
	}
	// Output:
	// page 1 03-TB/TU Nguyễn Văn An
	// page 2 01-TB/TU Nguyễn Văn An
}
