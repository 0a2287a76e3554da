package xlsx_test

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/adapters/sqlite"
	"github.com/vanphong-go/vanphong/adapters/xlsx"
	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/documents/books"
)

var book = books.Book{
	Org: "tinh-uy", Scope: "nk-2020", Issuer: "TU",
	Days:  vanphong.Days{First: vanphong.MustDate("2020-10-15")},
	Basis: "sổ Excel 2020–2025",
}

var stamp = vanphong.Stamp{By: vanphong.Actor{ID: "van-thu"}, At: time.Date(2025, 7, 1, 1, 0, 0, 0, time.UTC)}

// workbook is a register of n rows.
func workbook(t testing.TB, n int) []byte {
	t.Helper()
	var b bytes.Buffer
	rows := func(yield func([]string, error) bool) {
		kinds := [...]string{"Quyết định", "Thông báo", "Công văn", "Kế hoạch", "Báo cáo"}
		for i := range n {
			if !yield([]string{fmt.Sprint(i/5 + 1), fmt.Sprintf("%d/%d/%d", i%28+1, i/28%12+1, 2021+i*4/n), kinds[i%5],
				fmt.Sprintf("Về việc chỉ định, bổ sung cấp ủy viên khóa %d", i%97), "Nguyễn Thị Hường"}, nil) {
				return
			}
		}
	}
	err := xlsx.Write(&b, xlsx.Sheet{Name: "Sổ đi", Header: []string{"Số", "Ngày", "Loại", "Trích yếu", "Người ký"}}, rows)
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func take(t testing.TB, store documents.Store, rows iter.Seq2[[]string, error], progress func(done, total int)) books.Done {
	t.Helper()
	plan, err := books.NewPlan(book, rows, nil)
	if err != nil {
		t.Fatal(err)
	}
	done, err := plan.Run(context.Background(), store, stamp, &books.RunOptions{Progress: progress})
	if err != nil {
		t.Fatal(err)
	}
	return done
}

// A workbook goes into a database and comes out as a workbook with the same rows.
func TestAnOldWorkbookInADatabase(t *testing.T) {
	ctx := context.Background()
	db, err := sqlite.Open(ctx, filepath.Join(t.TempDir(), "van-phong.db"), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	file := workbook(t, 250)
	rows := xlsx.Rows(bytes.NewReader(file), int64(len(file)), nil)
	done := take(t, db.Documents(), rows, nil)
	if done.Added != 250 || len(done.Series) != 5 || done.Series[0].First != 51 {
		t.Fatalf("%+v", done)
	}
	if again := take(t, db.Documents(), rows, nil); again.Known != 250 || again.Added != 0 {
		t.Fatalf("again: %+v", again)
	}
	office := documents.NewRegistrar(db.Documents(), nil)
	if err := office.Verify(ctx, "tinh-uy"); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	err = db.Documents().View(ctx, "tinh-uy", func(v documents.Reader) error {
		layout := books.Outgoing()
		lines := func(yield func(books.Departure, error) bool) {
			for _, g := range documents.CommitteeBooks("tinh-uy", "nk-2020", done.Series) {
				for l, err := range g.Lines(v, nil, "") {
					if !yield(books.Departure{Line: l}, err) {
						return
					}
				}
			}
		}
		return xlsx.Write(&out, xlsx.Sheet{Name: layout.Name, Header: layout.Header(), Widths: layout.Widths()}, layout.Rows(lines, nil, ""))
	})
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, err := range xlsx.Rows(bytes.NewReader(out.Bytes()), int64(out.Len()), nil) {
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	// The heading, five sections, every row.
	if n != 1+5+250 {
		t.Errorf("%d rows", n)
	}
	// And the whole of it can be planned again: section heads are no rows of a book.
	plan, err := books.NewPlan(book, xlsx.Rows(bytes.NewReader(out.Bytes()), int64(out.Len()), nil), nil)
	if err != nil || len(plan.Rows) != 250 || plan.Faults() != 0 || plan.Unread != 0 {
		t.Fatalf("%d rows of %v, %v", len(plan.Rows), plan.Remarks[:min(5, len(plan.Remarks))], err)
	}
	// An empty store takes it in: the same numbers, days and kinds, the same series.
	empty := documents.NewMemory()
	again, err := plan.Run(ctx, empty, stamp, nil)
	if err != nil || again.Added != 250 {
		t.Fatalf("%+v, %v", again, err)
	}
	want, got := entriesOf(t, db.Documents(), done.Series), entriesOf(t, empty, again.Series)
	if !slices.Equal(want, got) {
		t.Errorf("%d entries became %d", len(want), len(got))
	}
}

// entriesOf lists what the form of the State has of each entry, and the next numbers.
func entriesOf(t *testing.T, store documents.Store, series []documents.Series) (out []string) {
	t.Helper()
	err := store.View(context.Background(), "tinh-uy", func(v documents.Reader) error {
		for _, s := range series {
			for en, err := range v.Entries(documents.Query{Series: s.ID}) {
				if err != nil {
					return err
				}
				// Kind and abstract stand in one column there.
				_, abstract, _ := strings.Cut(en.Abstract, "ề việc")
				out = append(out, fmt.Sprint(en.Number, en.Day, en.Kind, en.State, abstract, en.Signer))
			}
			out = append(out, fmt.Sprint(s.Key, s.Next))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// BenchmarkImport takes a workbook of 100,000 rows into a database, and into
// memory.
func BenchmarkImport(b *testing.B) {
	const n = 100_000
	file := workbook(b, n)
	stores := map[string]func() documents.Store{
		"memory": func() documents.Store { return documents.NewMemory() },
		"sqlite": func() documents.Store {
			db, err := sqlite.Open(context.Background(), filepath.Join(b.TempDir(), "van-phong.db"), nil)
			if err != nil {
				b.Fatal(err)
			}
			b.Cleanup(func() { _ = db.Close() })
			return db.Documents()
		},
	}
	for name, open := range stores {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				told := 0
				done := take(b, open(), xlsx.Rows(bytes.NewReader(file), int64(len(file)), nil), func(int, int) { told++ })
				if done.Added != n || told < 10 {
					b.Fatal(done.Added, told)
				}
			}
		})
	}
}

// A register is written and read as rows of text.
func Example() {
	var file bytes.Buffer
	rows := func(yield func([]string, error) bool) {
		yield([]string{"01-QĐ/TU", "02/11/2020", "Quyết định về việc phân công cấp ủy viên"}, nil)
	}
	sheet := xlsx.Sheet{Name: "Sổ đi", Header: []string{"Số, ký hiệu", "Ngày tháng", "Tên loại và trích yếu"}, Widths: []int{18, 12, 48}}
	if err := xlsx.Write(&file, sheet, rows); err != nil {
		fmt.Println(err)
		return
	}
	// A file on disk comes with os.Open and its size.
	for row, err := range xlsx.Rows(bytes.NewReader(file.Bytes()), int64(file.Len()), nil) {
		fmt.Println(strings.Join(row, " | "), err)
	}
	// Output:
	// Số, ký hiệu | Ngày tháng | Tên loại và trích yếu <nil>
	// 01-QĐ/TU | 02/11/2020 | Quyết định về việc phân công cấp ủy viên <nil>
}
