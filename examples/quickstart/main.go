// Command quickstart shows the SDK in one page, in memory alone: a number read,
// one issued, a deadline over Tết, the sentence of a report.
package main

import (
	"context"
	"fmt"
	"log"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/calendar"
	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/reporting"
)

func main() {
	if err := run(); err != nil {
		log.Fatal(err)
	}
}

func run() error {
	ctx := context.Background()
	n, err := documents.ParseNumber("981-QĐ/TU")
	if err != nil {
		return err
	}
	fmt.Println(n, "có thể là:", n.Kinds()[0].Name(), "hoặc", n.Kinds()[1].Name())

	// An office that starts with us at 127, in the middle of its term.
	day := vanphong.MustDate("2026-02-10")
	clerk := vanphong.Stamp{By: vanphong.Actor{ID: "van-thu"}, At: day.At(9, 0)}
	key := documents.SeriesKey{Organ: "tinh-uy", Scope: "nk-2025-2030", Name: "KL"}
	registrar := documents.NewRegistrar(documents.NewMemory(), nil)
	series, err := registrar.Open(ctx, "tinh-uy", documents.OpenRequest{Key: key, Issuer: "TU",
		Days: vanphong.Days{First: vanphong.MustDate("2025-09-24")}, First: 127, Basis: "sổ giấy đến số 126"}, clerk)
	if err != nil {
		return err
	}
	entry, err := registrar.Issue(ctx, "tinh-uy", documents.IssueRequest{ID: "kl-1", Series: series.ID,
		Content: documents.Content{Kind: documents.KindConclusion, Day: day, Abstract: "chuẩn bị Tết Bính Ngọ"}}, clerk)
	if err != nil {
		return err
	}
	fmt.Println("cấp số:", entry.Number)

	due, err := calendar.Vietnam().Deadline(day, 5, calendar.CountWorking, nil)
	if err != nil {
		return err
	}
	fmt.Println("5 ngày làm việc:", vanphong.FormatDate(due.Due), "- bỏ qua", len(due.Skipped), "ngày nghỉ")

	notices, err := reporting.RoundDown(reporting.Figure{Subject: "thông báo", Value: 412}, 10)
	if err != nil {
		return err
	}
	text, err := reporting.Narrate([]reporting.Figure{{Subject: "nghị quyết", Value: 1}, {Subject: "kết luận", Value: 122}, notices})
	fmt.Println("ban hành", text)
	return err
}
