package incoming

import (
	"fmt"
	"testing"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/internal/exam"
)

// aYear is what an office receives in a year, a thousand times smaller.
func aYear(n int) []Document {
	out := make([]Document, n)
	for i := range out {
		d := timed(ID(fmt.Sprint("d", i)), 1, 2, 24*(i%9), vanphong.OrgID(fmt.Sprint("u", i%12)))
		d.Arrival, d.NumberText, d.Dated, d.Due = uint32(i+1), fmt.Sprintf("%d-CV/VPTW", i), day-1, day+3
		d.Abstract = fmt.Sprintf("Về việc báo cáo kết quả thực hiện Nghị quyết số %d-NQ/TW của Bộ Chính trị", i%80)
		out[i] = d
	}
	return out
}

// BenchmarkStatus is one line of a list, for a day.
func BenchmarkStatus(b *testing.B) {
	docs := aYear(64)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if docs[i%64].Status(day+5).State == StateUnknown {
			b.Fatal("not there")
		}
	}
}

// BenchmarkBetween is working time over a month with its holidays.
func BenchmarkBetween(b *testing.B) {
	w, from, to := office(b), vanphong.MustDate("2026-04-10").At(9, 13), vanphong.MustDate("2026-05-12").At(15, 47)
	b.ReportAllocs()
	for b.Loop() {
		if d, err := w.Between(from, to); err != nil || d == 0 {
			b.Fatal(d, err)
		}
	}
}

// BenchmarkNear is one receipt held against 1000 documents.
func BenchmarkNear(b *testing.B) {
	docs := aYear(1000)
	r := docs[500].Receipt
	r.Dated++
	b.ReportAllocs()
	for b.Loop() {
		if found, err := Near(r, exam.Each(docs)); err != nil || len(found) == 0 {
			b.Fatal(found, err)
		}
	}
}

// BenchmarkMatchWords is one document held against three words without marks.
func BenchmarkMatchWords(b *testing.B) {
	d := aYear(1)[0]
	q := Query{Words: "bao cao nghi quyet"}
	b.ReportAllocs()
	for b.Loop() {
		if !q.Match(d) {
			b.Fatal("no match")
		}
	}
}

// BenchmarkSummarise is the figures over 1000 documents of twelve units.
func BenchmarkSummarise(b *testing.B) {
	docs, w := aYear(1000), office(b)
	b.ReportAllocs()
	for b.Loop() {
		if s, err := Summarise(day+20, w, exam.Each(docs)); err != nil || len(s.Units) != 12 {
			b.Fatal(err)
		}
	}
}
