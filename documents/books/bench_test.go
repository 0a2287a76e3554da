package books

import (
	"bytes"
	"context"
	"fmt"
	"testing"

	"github.com/vanphong-go/vanphong/documents"
)

// bookOf writes n rows of an old book as CSV in an encoding.
func bookOf(t testing.TB, e Encoding, n int) []byte {
	var b bytes.Buffer
	b.WriteString("Số;Ngày;Trích yếu;Người ký;Loại\r\n")
	for i := range n {
		kinds := [...]string{"Quyết định", "Thông báo", "Công văn", "Kế hoạch", "Báo cáo"}
		fmt.Fprintf(&b, "%d;%d/%d/%d;Về việc chỉ định, bổ sung cấp ủy viên khóa %d nhiệm kỳ mới;Nguyễn Thị Hường;%s\r\n",
			i/5+1, i%28+1, i/28%12+1, 2021+i*4/n, i%97, kinds[i%5])
	}
	out, err := e.Encode(b.String())
	if err != nil {
		t.Fatal(err)
	}
	return out
}

const benchRows = 100_000

// BenchmarkPlan reads and plans a book of 100,000 rows.
func BenchmarkPlan(b *testing.B) {
	for _, e := range []Encoding{UTF8, TCVN3, VNI} {
		file := bookOf(b, e, benchRows)
		b.Run(e.Name(), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				p, err := NewPlan(oldBook(), ReadCSV(bytes.NewReader(file), nil), nil)
				if err != nil || len(p.Rows) != benchRows {
					b.Fatal(err, p.Remarks[:10])
				}
			}
		})
	}
}

// BenchmarkImport plans and registers a book of 100,000 rows in TCVN3, in memory.
func BenchmarkImport(b *testing.B) {
	file := bookOf(b, TCVN3, benchRows)
	b.ReportAllocs()
	for b.Loop() {
		p, err := NewPlan(oldBook(), ReadCSV(bytes.NewReader(file), nil), nil)
		if err != nil {
			b.Fatal(err)
		}
		done, err := p.Run(context.Background(), documents.NewMemory(), stamp, nil)
		if err != nil || done.Added != benchRows {
			b.Fatal(done.Added, err)
		}
	}
}

// BenchmarkRecognise recognises one row.
func BenchmarkRecognise(b *testing.B) {
	row, err := TCVN3.Encode("981-QĐ/TU;14/3/2022;Về việc chỉ định, bổ sung cấp ủy viên;Nguyễn Thị Hường")
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if Recognise(row).Encoding != TCVN3 {
			b.Fatal("not recognised")
		}
	}
}
