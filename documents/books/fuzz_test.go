package books

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
)

// FuzzDecode holds that what decodes is composed Unicode, and that writing it
// and reading it again gives the same text.
func FuzzDecode(f *testing.F) {
	for i, s := range []string{
		"Quy\xD5t \xAE\xDEnh",         // TCVN3
		"Quye\xE1t \xF1\xF2nh",        // VNI
		"Quy\xEA\xECt \xF0i\xF2nh",    // code page 1258
		"T\xD8NH U\xFB",               // capitals that the bytes do not tell
		"\xFF\xFEQ\x00\x00\xD8",       // half a pair
		"a\xB3\xB3 \xA1\xB3 \xAD\xB3", // marks after letters, twice, after capitals
		"o\xE2\xE2 \xF4\xF9 \xD4\xD9", // second characters in a row
		"“–…” \xA0",                   // punctuation
		"\xEF\xBB\xBFa\u0309",         // a byte order mark, marks apart
		"\xD1\x00\x00",                // zero bytes, which no table may take for "none"
	} {
		f.Add(uint8(i), []byte(s))
	}
	f.Fuzz(func(t *testing.T, which uint8, b []byte) {
		g := Recognise(b)
		if g.Confidence < 0 || g.Confidence > 1 || g.Encoding == EncodingUnknown && g.Confidence > 0 {
			t.Fatalf("%+v", g)
		}
		e := Encoding(which%uint8(len(encodingCodes)-1)) + 1
		text, err := e.Decode(b)
		if err != nil {
			return
		}
		if !utf8.ValidString(text) || !vanphong.IsNFC(text) {
			t.Fatalf("%s: %q is no composed text", e.Name(), text)
		}
		out, err := e.Encode(text)
		if err != nil {
			return // ABC fonts can put a mark on a letter that has no place of its own
		}
		again, err := e.Decode(out)
		// TCVN3: a small letter with a mark behind it is surely small, the letter that
		// both make is not.
		if err != nil || again != text && (e != TCVN3 || !strings.EqualFold(again, text)) {
			t.Fatalf("%s: %q became %q, %v", e.Name(), text, again, err)
		}
	})
}

// FuzzCSV holds that rows stay within their bounds, and that rows that were
// written are read as they were.
func FuzzCSV(f *testing.F) {
	f.Add([]byte("a;b;c\r\n1;\"x;\"\"y\"\"\n\";3\n"), uint8(';')) // quotes, a line end inside
	f.Add([]byte("a,b\n\n\n1"), uint8(0))                         // empty lines, no line end at the end
	f.Add([]byte("\"a"), uint8(','))                              // a quote left open
	f.Add([]byte("a\rb\r\r\n\"\"\"\"x\"y"), uint8('\t'))          // returns, characters behind a quote
	f.Add([]byte("\xFF\xFEa\x00,\x00b\x00\n\x00"), uint8(0))      // UTF-16
	f.Add([]byte("'=1,-2,'x,''@"), uint8(','))                    // what a spreadsheet would run
	f.Fuzz(func(t *testing.T, file []byte, comma uint8) {
		const limit = 200
		var rows [][]string
		for row, err := range ReadCSV(bytes.NewReader(file), &CSVOptions{Comma: comma, MaxRow: limit}) {
			if err != nil {
				return
			}
			size := 0
			for _, c := range row {
				size += len(c)
			}
			if len(row) > MaxCells || size > limit {
				t.Fatalf("%d cells, %d bytes", len(row), size)
			}
			rows = append(rows, slices.Clone(row))
		}
		if comma == 0 {
			return // sniffed
		}
		var b bytes.Buffer
		if err := WriteCSV(&b, nil, all(rows), comma); err != nil {
			t.Fatal(err)
		}
		i := 0
		for row, err := range ReadCSV(&b, &CSVOptions{Comma: comma}) {
			if err != nil || i >= len(rows) {
				t.Fatalf("row %d: %q, %v", i, row, err)
			}
			for k := range row {
				row[k] = rearm(row[k])
			}
			if !slices.Equal(row, rows[i]) {
				t.Fatalf("row %d: %q became %q", i, rows[i], row)
			}
			i++
		}
	})
}

func all(rows [][]string) func(func([]string, error) bool) {
	return func(yield func([]string, error) bool) {
		for _, r := range rows {
			if !yield(r, nil) {
				return
			}
		}
	}
}

// FuzzPlan holds that every row is kept or listed, and that the register takes
// whatever a plan without faults keeps, twice.
func FuzzPlan(f *testing.F) {
	const head = "Số, ký hiệu|Ngày tháng|Tên loại|Trích yếu|Độ mật|Ghi chú\n"
	f.Add(head + "01-QĐ/TU|20/10/2020|Quyết định|Về việc A||\n2|21/10/2020|QC|B|Mật|")                             // the usual
	f.Add(head + "3|||x||hủy số\n3a|1/1/2021|Thông báo|y||")                                                       // void, a suffix
	f.Add(head + "999999999-TB/TU|1/1/2021||z||")                                                                  // the highest number
	f.Add(head + "1-TB/TU-A|1/1/2021||z||\n1-TB/TU/nb|2/1/2021||z||")                                              // a unit, a tail
	f.Add(head + "1|1/1/2021|giấy mời|z|Tối mật|\n1|1/1/2021|CTr|z||")                                             // no symbol is known; mixed case
	f.Add(head + "Sè 5|5.5.2021|Th\u00ABng b¸o|VÒ viÖc häp||")                                                     // an old font
	f.Add(head + "08-QĐi/TU|1/1/2021|Quy định|z||")                                                                // a symbol of other years
	f.Add(head + "THÁNG 11|||||\n" + head + "03–09|||||trước khi mở dãy số: x\nQĐ|||||\n05|||||không có trong sổ") // what is no document
	f.Add(head + "02-QĐ/TU|||||giữ chỗ\n03-QĐ/TU|" + vanphong.Placeholder + "||||\n7-8-QĐ/TU|1/1/2021||z||")       // numbers without a line
	f.Add(head + "15a-TB/TU|Hà Nội, ngày 05 tháng 3 năm 2021||z||\n15A-TB/TU|5 / 3 / 2021 0:00:00||z||")           // days; one suffix
	f.Fuzz(func(t *testing.T, text string) {
		var rows [][]string
		for l := range strings.SplitSeq(text, "\n") {
			rows = append(rows, strings.Split(l, "|"))
		}
		p, err := NewPlan(oldBook(), all(rows), &Options{Until: vanphong.DateOf(stamp.At)})
		if err != nil {
			return
		}
		listed := map[int]bool{}
		for _, r := range p.Remarks {
			if r.Severity == vanphong.Fault || r.Rule == RuleTwice {
				listed[r.Row] = true
			}
			if s := Messages().Text(r.Finding); !utf8.ValidString(s) || strings.Contains(s, "{0}") && !strings.Contains(text, "{0}") {
				t.Fatalf("%q", s)
			}
		}
		kept := map[int]bool{}
		for _, r := range p.Rows {
			if kept[r.Row] || listed[r.Row] {
				t.Fatalf("row %d is kept and listed", r.Row)
			}
			kept[r.Row] = true
			if r.Request.Secrecy > vanphong.NotSecret && r.Request.Abstract != "" {
				t.Fatalf("row %d keeps a secret abstract", r.Row)
			}
		}
		if p.Faults() > 0 {
			return
		}
		store := documents.NewMemory()
		done, err := p.Run(context.Background(), store, stamp, nil)
		if err != nil || done.Added != len(p.Rows) {
			t.Fatalf("the register does not take the plan: %d of %d, %v", done.Added, len(p.Rows), err)
		}
		done, err = p.Run(context.Background(), store, stamp, nil)
		if err != nil || done.Known != len(p.Rows) || done.Added != 0 {
			t.Fatalf("again: %+v, %v", done, err)
		}
	})
}
