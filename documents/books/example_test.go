package books_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/documents/books"
)

// oldFile makes the register of an office as a machine of twenty years ago
// saved it: CSV with semicolons, in the letters of the ABC fonts.
func oldFile() []byte {
	file, err := books.TCVN3.Encode("" +
		"SỔ ĐĂNG KÝ VĂN BẢN ĐI\r\n" +
		"Số;Ngày tháng;Tên loại và trích yếu;Người ký;Ghi chú\r\n" +
		"1;02/11/2020;Quyết định về việc phân công cấp ủy viên;Nguyễn Văn An;\r\n" +
		"2;05/11/2020;Quy định chế độ báo cáo;Nguyễn Văn An;\r\n" +
		"4;09/11/2020;Quyết định về việc khen thưởng;Trần Thị Hường;hủy số, ghi nhầm\r\n")
	if err != nil {
		panic(err)
	}
	return file
}

var book = books.Book{
	Org: "tinh-uy", Scope: "nk-2020", Issuer: "TU",
	Days:  vanphong.Days{First: vanphong.MustDate("2020-10-15")},
	Basis: "sổ giấy quyển 1, chốt ngày 30/11/2020",
}

// An office goes on with the SDK behind its old book.
func Example() {
	ctx := context.Background()
	plan, err := books.NewPlan(book, books.ReadCSV(bytes.NewReader(oldFile()), nil), nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	// The clerk reads the plan before anything is written.
	for _, r := range plan.Remarks {
		fmt.Println(r.Severity.Name()+":", books.Messages().Text(r.Finding))
	}
	for _, s := range plan.Series {
		fmt.Printf("%s: nhập %d dòng, dùng tiếp từ số %d\n", s.Open.Key.Name, s.Rows, s.Open.First)
	}

	store := documents.NewMemory()
	stamp := vanphong.Stamp{By: vanphong.Actor{ID: "van-thu"}, At: time.Date(2020, 12, 1, 8, 0, 0, 0, vanphong.Hanoi)}
	done, err := plan.Run(ctx, store, stamp, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("đã nhập", done.Added)

	office := documents.NewRegistrar(store, nil)
	next, err := office.Issue(ctx, "tinh-uy", documents.IssueRequest{ID: "qd-moi", Series: done.Series[0].ID, Content: documents.Content{
		Kind: documents.KindDecision, Day: vanphong.MustDate("2020-12-01"), Abstract: "về việc điều động cán bộ"}}, stamp)
	fmt.Println("số tiếp theo:", next.Number, err)

	// Output:
	// ghi chú: Đã chuyển từ TCVN3 (ABC) sang Unicode: các dòng 1–5
	// cảnh báo: Dãy QĐ nk-2020, số 1 đến 4: sổ không có số 3
	// ghi chú: Dòng 5, cột “Ghi chú”: số hủy: “hủy số, ghi nhầm”
	// QĐ: nhập 3 dòng, dùng tiếp từ số 5
	// đã nhập 3
	// số tiếp theo: 05-QĐ/TU <nil>
}

// A register is written out with columns of the State's form; WriteCSV and
// adapters/xlsx take the same rows.
func ExampleLayout() {
	ctx := context.Background()
	plan, err := books.NewPlan(book, books.ReadCSV(bytes.NewReader(oldFile()), nil), nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	store := documents.NewMemory()
	stamp := vanphong.Stamp{By: vanphong.Actor{ID: "van-thu"}, At: time.Date(2020, 12, 1, 8, 0, 0, 0, vanphong.Hanoi)}
	done, err := plan.Run(ctx, store, stamp, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	err = store.View(ctx, "tinh-uy", func(v documents.Reader) error {
		book := documents.CommitteeBooks("tinh-uy", "nk-2020", done.Series)[0]
		layout := books.Outgoing()
		layout.Fields = append(layout.Fields[:4:4], layout.Fields[9]) // what fits here
		lines := func(yield func(books.Departure, error) bool) {
			for l, err := range book.Lines(v, nil, "") {
				if !yield(books.Departure{Line: l}, err) {
					return
				}
			}
		}
		for cells, err := range layout.Rows(lines, nil, "") {
			if err != nil {
				return err
			}
			fmt.Println(strings.TrimRight(strings.Join(cells, " | "), " "))
		}
		return nil
	})
	fmt.Println(err)
	// Output:
	// Quyết định, quy định (QĐ) |  |  |  |
	// 01-QĐ/TU | 02/11/2020 | Quyết định về việc phân công cấp ủy viên | Nguyễn Văn An |
	// 02-QĐ/TU | 05/11/2020 | Quy định chế độ báo cáo | Nguyễn Văn An |
	// 03 |  |  |  | trước khi mở dãy số: sổ giấy quyển 1, chốt ngày 30/11/2020
	// 04-QĐ/TU | 09/11/2020 | Quyết định về việc khen thưởng | Trần Thị Hường | hủy số, ghi nhầm
	// <nil>
}

// Recognise tells the encoding of a file of which nobody remembers it.
func ExampleRecognise() {
	for _, row := range []string{"QuyÕt ®Þnh vÒ viÖc ph©n c«ng", "Quyeát ñònh veà vieäc phaân coâng", "Quyết định về việc phân công"} {
		g := books.Recognise([]byte(row))
		text, err := g.Encoding.Letters(row)
		fmt.Println(g.Encoding.Name(), "→", text, err)
	}
	// Output:
	// TCVN3 (ABC) → Quyết định về việc phân công <nil>
	// VNI → Quyết định về việc phân công <nil>
	// UTF-8 → Quyết định về việc phân công <nil>
}
