package documents_test

import (
	"context"
	"fmt"
	"strings"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
)

// An office brings its paper book in, one line of it void.
func ExampleRegistrar_LateAll() {
	const tu vanphong.OrgID = "tinh-uy"
	ctx := context.Background()
	reg := documents.NewRegistrar(documents.NewMemory(), nil)
	day := vanphong.MustDate("2025-10-02")
	clerk := vanphong.Stamp{By: vanphong.Actor{ID: "van-thu"}, At: day.At(9, 0)}
	series, _ := reg.Open(ctx, tu, documents.OpenRequest{
		Key:    documents.SeriesKey{Organ: tu, Scope: "nk-2025", Name: "KL"},
		Issuer: "TU", Days: vanphong.Days{First: vanphong.MustDate("2025-09-24")}, First: 3, Basis: "sổ giấy đến số 02",
	}, clerk)

	book, err := reg.LateAll(ctx, tu, []documents.LateRequest{
		{ID: "so-giay-1", Series: series.ID, Serial: 1, Reason: "chuyển từ sổ giấy",
			Content: documents.Content{Kind: documents.KindConclusion, Day: day, Abstract: "về công tác quý III"}},
		{ID: "so-giay-2", Series: series.ID, Serial: 2, Reason: "chuyển từ sổ giấy", Void: "viết nhầm số"},
	}, clerk)
	for _, en := range book {
		fmt.Println(en.Number, en.State.Name())
	}
	proof, _ := reg.Proof(ctx, tu, series.ID)
	fmt.Println(proof.Late[0].Last, proof.Late[1].Reason, proof.Given(), proof.Whole(), err)
	// Output:
	// 01-KL/TU đã ban hành
	// 02-KL/TU đã hủy
	// 1 viết nhầm số 0 true <nil>
}

// The books of a term are closed; the page is read back and held against the store.
func ExampleRegistrar_Closing() {
	const tu vanphong.OrgID = "tinh-uy"
	ctx := context.Background()
	reg := documents.NewRegistrar(documents.NewMemory(), nil)
	day := vanphong.MustDate("2025-10-02")
	clerk := vanphong.Stamp{By: vanphong.Actor{ID: "van-thu"}, At: day.At(9, 0)}
	series, _ := reg.Open(ctx, tu, documents.OpenRequest{
		Key:    documents.SeriesKey{Organ: tu, Scope: "nk-2025", Name: "KL"},
		Issuer: "TU", Days: vanphong.Days{First: vanphong.MustDate("2025-09-24")},
	}, clerk)
	for _, id := range []documents.EntryID{"kl-1", "kl-2"} {
		reg.Issue(ctx, tu, documents.IssueRequest{ID: id, Series: series.ID, Content: documents.Content{Kind: documents.KindConclusion, Day: day}}, clerk)
	}
	reg.Void(ctx, tu, documents.VoidRequest{ID: "kl-2", Reason: "trùng kết luận số 01"}, clerk)

	closing, _ := reg.Closing(ctx, tu, documents.ClosingRequest{Organ: tu, Scope: "nk-2025"}, day.At(17, 0))
	var page strings.Builder
	closing.WriteTo(&page)

	_, err := documents.ReadClosing(strings.NewReader(strings.Replace(page.String(), "trùng kết luận", "sai thể thức", 1)))
	fmt.Println(err)
	filed, err := documents.ReadClosing(strings.NewReader(page.String()))
	fmt.Println(filed.Series[0].Last, len(filed.Series[0].Void), err)
	reg.Recall(ctx, tu, documents.ActRequest{ID: "kl-1", Act: documents.Act{Number: "05-TB/TW", Day: day + 30}}, clerk)
	findings, _ := reg.CheckClosing(ctx, tu, filed)
	for _, f := range findings {
		fmt.Println(f.Severity.Name(), f.Args[2])
	}
	// Output:
	// documents: closing, line 29: series "KL", from line 9 was changed: this sum is of another text: invalid value
	// 2 1 <nil>
	// ghi chú 1
}

// The secret register tells what it did with its numbers.
func ExampleRegistrar_Reconcile() {
	const tu vanphong.OrgID = "tinh-uy"
	ctx := context.Background()
	reg := documents.NewRegistrar(documents.NewMemory(), nil)
	day := vanphong.MustDate("2025-10-02")
	clerk := vanphong.Stamp{By: vanphong.Actor{ID: "van-thu"}, At: day.At(9, 0)}
	series, _ := reg.Open(ctx, tu, documents.OpenRequest{
		Key:    documents.SeriesKey{Organ: tu, Scope: "nk-2025", Name: "QĐ"},
		Issuer: "TU", Days: vanphong.Days{First: vanphong.MustDate("2025-09-24")},
	}, clerk)
	block, _ := reg.HoldBlock(ctx, tu, documents.HoldRequest{ID: "mat-quy-4", Series: series.ID, Day: day, Secrecy: vanphong.Secret}, 3, clerk)
	fmt.Println(block[0].Number, block[2].Number, block[0].Kind == "")

	told, _ := reg.Reconcile(ctx, tu, documents.SecretReport{Series: series.ID, Lines: []documents.SecretLine{
		{Serial: 1, Used: true},
		{Serial: 3, Reason: "không dùng đến"},
	}}, clerk)
	fmt.Println(len(told.Used), len(told.Void))
	for _, f := range told.Findings {
		fmt.Println(documents.Messages().Text(f))
	}
	// Output:
	// 01-QĐ/TU 03-QĐ/TU true
	// 1 1
	// Số 02 giao cho sổ mật chưa được báo về
}
