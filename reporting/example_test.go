package reporting_test

import (
	"fmt"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/reporting"
)

func ExampleNarrate() {
	text, _ := reporting.Narrate([]reporting.Figure{
		{Subject: "nghị quyết", Value: 1},
		{Subject: "chỉ thị", Value: 2},
		{Subject: "thông báo", Value: 410, Qualifier: reporting.Over},
	})
	fmt.Println(text)
	// Output: 01 nghị quyết, 02 chỉ thị và trên 410 thông báo
}

func ExampleTemplate() {
	tally, _ := reporting.NewTally(reporting.Scheme{Unit: reporting.Month})
	for i := range 412 {
		_ = tally.Add(reporting.Fact{Org: "tu", Kind: documents.KindNotice, Day: vanphong.MustDate("2025-07-01") + vanphong.Date(i%90)})
	}
	_ = tally.Add(reporting.Fact{Org: "tu", Kind: documents.KindResolution, Day: vanphong.MustDate("2025-08-15")})

	form := reporting.Template{Before: "ban hành ", Items: []reporting.Item{
		{Subject: "nghị quyết", Kinds: []documents.Kind{documents.KindResolution}},
		{Subject: "thông báo", Kinds: []documents.Kind{documents.KindNotice}, Step: 10},
	}}
	lines, _ := form.Lines(tally, "tu", vanphong.Days{First: vanphong.MustDate("2025-07-01"), End: vanphong.MustDate("2026-01-01")})
	text, _ := form.Sentence(reporting.Figures(lines))
	fmt.Println(text)
	fmt.Println(lines[1].Value, lines[1].Rows.Days)
	// Output:
	// ban hành 01 nghị quyết và trên 410 thông báo
	// 412 từ 01/7/2025 đến 31/12/2025
}

func ExamplePercent() {
	cut, _ := reporting.Percent(16051, 16274, 2, reporting.Cut)
	rounded, _ := reporting.Percent(16051, 16274, 2, reporting.Round)
	fmt.Println(cut, rounded)
	// Output: 98,62% 98,63%
}

func ExampleScheme_At() {
	state := reporting.Scheme{Unit: reporting.HalfYear, Cutoff: reporting.MidMonth}
	p, _ := state.At(vanphong.MustDate("2026-06-14"))
	fmt.Println(p.Name, "—", p.Days)
	// Output: 6 tháng đầu năm 2026 — từ 15/12/2025 đến 14/6/2026
}

func ExampleReconcile() {
	series := documents.Series{ID: "tb", First: 1, Next: 4}
	entries := func(yield func(documents.Entry, error) bool) {
		for _, serial := range []uint32{1, 3} { // somebody deleted number 2
			e := documents.Entry{Series: "tb", Serial: serial, State: documents.StateIssued}
			e.Day = vanphong.MustDate("2025-10-01")
			if !yield(e, nil) {
				return
			}
		}
	}
	r, _ := reporting.Reconcile(series, entries, nil, vanphong.YearDays(2025))
	fmt.Println(r.OpenedAt, r.Last, r.Counted, r.Difference)
	for _, f := range r.Findings {
		fmt.Println(reporting.Messages().Text(f))
	}
	// Output:
	// 1 3 2 1
	// Dãy số tb: thiếu từ số 2 đến số 2
	// Dãy số tb: chênh lệch 1
}

func ExampleRollUp() {
	directory, _ := vanphong.NewDirectory(vanphong.ProvinceCommittees()...)
	tally, _ := reporting.NewTally(reporting.Scheme{Unit: reporting.Year})
	for _, org := range []vanphong.OrgID{"tinhuy-bac-kan-cu", "tinhuy-thai-nguyen-cu", "tinhuy-thai-nguyen"} {
		_ = tally.Add(reporting.Fact{Org: org, Kind: "bao-cao", Day: vanphong.MustDate("2025-06-30")})
	}
	rolled, _ := reporting.RollUp(tally, directory, vanphong.MustDate("2025-12-31"))
	for c := range rolled.Own.Cells() {
		fmt.Println(c.Org, c.Period.Name, c.Count)
	}
	// Output: tinhuy-thai-nguyen năm 2025 3
}
