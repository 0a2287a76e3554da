package documents_test

import (
	"context"
	"fmt"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
)

// An office that kept its register on paper opens its series where the paper
// ends.
func ExampleRegistrar() {
	const tu vanphong.OrgID = "tinh-uy"
	ctx := context.Background()
	reg := documents.NewRegistrar(documents.NewMemory(), nil)
	day := vanphong.MustDate("2026-03-05")
	clerk := vanphong.Stamp{By: vanphong.Actor{ID: "van-thu"}, At: day.At(9, 0)}

	key, _ := documents.PartyPerSymbol().Key(documents.Drawing{Organ: tu, Scope: "nk-2025", Kind: documents.KindDecision, Day: day})
	series, _ := reg.Open(ctx, tu, documents.OpenRequest{
		Key: key, Issuer: "TU", Days: vanphong.Days{First: vanphong.MustDate("2025-09-24")},
		First: 127, Basis: "sổ giấy đến số 126",
	}, clerk)

	req := documents.IssueRequest{ID: "ho-so-15", Series: series.ID, Content: documents.Content{
		Kind: documents.KindDecision, Day: day, Abstract: "về việc phân công cấp ủy viên",
	}}
	entry, err := reg.Issue(ctx, tu, req, clerk)
	fmt.Println(entry.Number, err)
	entry, err = reg.Issue(ctx, tu, req, clerk) // asked again after a lost answer
	fmt.Println(entry.Number, err)
	// Output:
	// 127-QĐ/TU <nil>
	// 127-QĐ/TU <nil>
}

// A number that is void stays in the register; the proof accounts for every
// number from the first to the last.
func ExampleRegistrar_Proof() {
	const tu vanphong.OrgID = "tinh-uy"
	ctx := context.Background()
	reg := documents.NewRegistrar(documents.NewMemory(), nil)
	day := vanphong.MustDate("2025-09-24")
	clerk := vanphong.Stamp{By: vanphong.Actor{ID: "van-thu"}, At: day.At(9, 0)}

	series, _ := reg.Open(ctx, tu, documents.OpenRequest{
		Key:    documents.SeriesKey{Organ: tu, Scope: "nk-2025", Name: "TB"},
		Issuer: "TU", Days: vanphong.Days{First: day}, Basis: "nhiệm kỳ mới",
	}, clerk)
	for _, id := range []documents.EntryID{"a", "b", "c"} {
		reg.Issue(ctx, tu, documents.IssueRequest{ID: id, Series: series.ID,
			Content: documents.Content{Kind: documents.KindNotice, Day: day}}, clerk)
	}
	reg.Void(ctx, tu, documents.VoidRequest{ID: "c", Reason: "ban hành nhầm"}, clerk)

	proof, err := reg.Proof(ctx, tu, series.ID)
	fmt.Println(proof.First, proof.Last, proof.Issued, len(proof.Void), proof.Whole(), err)
	for _, line := range proof.Void {
		fmt.Println(line.Serial, line.Event.Name(), line.Reason, line.Last.By.ID)
	}
	fmt.Println(reg.Verify(ctx, tu))
	// Output:
	// 1 3 2 1 true <nil>
	// 3 hủy số ban hành nhầm van-thu
	// <nil>
}

// What differs is named, and nothing is stored.
func ExampleRegistrar_Issue_conflict() {
	const tu vanphong.OrgID = "tinh-uy"
	ctx := context.Background()
	reg := documents.NewRegistrar(documents.NewMemory(), nil)
	day := vanphong.MustDate("2025-09-24")
	clerk := vanphong.Stamp{By: vanphong.Actor{ID: "van-thu"}, At: day.At(9, 0)}
	series, _ := reg.Open(ctx, tu, documents.OpenRequest{
		Key: documents.SeriesKey{Organ: tu, Scope: "nk-2025", Name: "TB"}, Issuer: "TU", Days: vanphong.Days{First: day},
	}, clerk)
	req := documents.IssueRequest{ID: "a", Series: series.ID, Content: documents.Content{Kind: documents.KindNotice, Day: day}}
	reg.Issue(ctx, tu, req, clerk)

	req.Day++
	_, err := reg.Issue(ctx, tu, req, clerk)
	fmt.Println(err)
	req.ID, req.Day = "b", day-1
	_, err = reg.Issue(ctx, tu, req, clerk)
	fmt.Println(err)
	// Output:
	// day "2025-09-25": want "2025-09-24", as stored under id "a" (number 01-TB/TU, issued); a correction is a void and a new id: conflict
	// day "2025-09-23": want a day of series TB of tinh-uy nk-2025 (from 2025-09-24); other days belong to the series of another term or year: out of range
}
