package xlsx

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"io"
	"iter"
	"runtime"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents/books"
)

// all reads a workbook; the error is that of the walk.
func all(b []byte, opt *Options) (rows [][]string, err error) {
	for row, e := range Rows(bytes.NewReader(b), int64(len(b)), opt) {
		if e != nil {
			return rows, e
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func seq(rows ...[]string) iter.Seq2[[]string, error] {
	return func(yield func([]string, error) bool) {
		for _, r := range rows {
			if !yield(r, nil) {
				return
			}
		}
	}
}

func same(t *testing.T, want, got [][]string) {
	t.Helper()
	if fmt.Sprintf("%q", want) != fmt.Sprintf("%q", got) {
		t.Errorf("\nwant %q\ngot  %q", want, got)
	}
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	rows := [][]string{
		{"01-QĐ/TU", "05/3/2026", "Quyết định \"A\" & <B>\nhai dòng", ""}, // what XML must escape
		{"01", "007", "=1+1", "1E5", "+84"},                               // text that looks like numbers and formulas
		nil,
		{"", "", "sau hai ô trống"},
		{" đầu và cuối "},
	}
	var b bytes.Buffer
	err := Write(&b, Sheet{Name: "Sổ theo dõi giải quyết văn bản đến: 2026", Header: []string{"Số", "Ngày"}, Widths: []int{18, 0, 40}}, seq(rows...))
	if err != nil {
		t.Fatal(err)
	}
	got, err := all(b.Bytes(), nil)
	if err != nil {
		t.Fatal(err)
	}
	// Cells that are empty behind the last one are none.
	rows[0] = rows[0][:3]
	same(t, append([][]string{{"Số", "Ngày"}}, rows...), got)
	// The library reads the same, as text.
	f, err := excelize.OpenReader(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	name := f.GetSheetList()[0]
	if name != "Sổ theo dõi giải quyết văn bản" {
		t.Errorf("sheet %q", name)
	}
	if v, _ := f.GetCellValue(name, "C3"); v != "=1+1" {
		t.Errorf("C3 is %q", v)
	}
	if form, _ := f.GetCellFormula(name, "C3"); form != "" {
		t.Errorf("C3 is the formula %q", form)
	}
	if p, err := f.GetPanes(name); err != nil || !p.Freeze || p.YSplit != 1 {
		t.Errorf("the header does not stand still: %+v, %v", p, err)
	}
}

func TestWriteCutsNothingOff(t *testing.T) {
	var b bytes.Buffer
	long := strings.Repeat("ệ", maxCellText)
	if err := Write(&b, Sheet{}, seq([]string{long})); err != nil {
		t.Fatal(err)
	}
	if rows, err := all(b.Bytes(), &Options{MaxCell: 1 << 20}); err != nil || rows[0][0] != long {
		t.Errorf("the longest cell did not come back: %v", err)
	}
	wants(t, Write(io.Discard, Sheet{}, seq([]string{long + "a"})), vanphong.ErrOutOfRange)
	wants(t, Write(io.Discard, Sheet{}, seq([]string{"\xFF"})), vanphong.ErrInvalid)
	// An error of the rows leaves nothing behind.
	b.Reset()
	err := Write(&b, Sheet{}, func(yield func([]string, error) bool) { yield(nil, io.ErrUnexpectedEOF) })
	wants(t, err, io.ErrUnexpectedEOF)
	if b.Len() > 0 {
		t.Error("half a file was written")
	}
}

// The library makes the file, so that it is not our own reader's idea of one.
func TestCellsAreReadAsTheyShow(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	put := func(cell string, value any, s *excelize.Style) {
		t.Helper()
		if err := f.SetCellValue("Sheet1", cell, value); err != nil {
			t.Fatal(err)
		}
		if s == nil {
			return
		}
		id, err := f.NewStyle(s)
		if err != nil {
			t.Fatal(err)
		}
		if err := f.SetCellStyle("Sheet1", cell, cell, id); err != nil {
			t.Fatal(err)
		}
	}
	code := func(c string) *excelize.Style { return &excelize.Style{CustomNumFmt: &c} }
	var want [][]string
	for i, c := range []struct {
		value any
		style *excelize.Style
		want  string
	}{
		{981, nil, "981"},
		{45731, nil, "45731"}, // a number that is no day by its format
		{45731, &excelize.Style{NumFmt: 14}, "2025-03-15"},             // mm-dd-yy of the system
		{45731, code("m/d/yyyy"), "2025-03-15"},                        // month first: shown 3/15/2025
		{45731, code(`dd/mm/yyyy`), "2025-03-15"},                      //
		{45731, code(`"ngày" dd "tháng" mm "năm" yyyy`), "2025-03-15"}, // letters in quotes
		{45731, code(`[$-42A]d/m/yyyy;@`), "2025-03-15"},               // the locale in brackets
		{45731.354166666664, code("dd/mm/yyyy"), "2025-03-15"},         // a time that is not shown
		{45731.354166666664, code("dd/mm/yyyy hh:mm"), "2025-03-15T08:30:00"},
		{0.354166666666667, code("hh:mm"), "08:30:00"},
		{1, &excelize.Style{NumFmt: 14}, "1900-01-01"},
		{59, &excelize.Style{NumFmt: 14}, "1900-02-28"},
		{60, &excelize.Style{NumFmt: 14}, "60"}, // 29/02/1900, which never was
		{61, &excelize.Style{NumFmt: 14}, "1900-03-01"},
		{1e9, &excelize.Style{NumFmt: 14}, "1000000000"},
		{12.5, code("#,##0.00"), "12.5"},
		{7, code(`00"-Đ"`), "7"}, // a d in quotes is no day
		{1e15, nil, "1e+15"},
		{true, nil, "TRUE"},
		{"Tỉnh ủy", nil, "Tỉnh ủy"},
		{"QuyÕt ®Þnh", &excelize.Style{Font: &excelize.Font{Family: ".VnTime"}}, "Quyết định"},
		{"QuyÕt ®Þnh", &excelize.Style{Font: &excelize.Font{Family: ".VnTimeH"}}, "QUYẾT ĐỊNH"},
		{"Quyeát ñònh", &excelize.Style{Font: &excelize.Font{Family: "VNI-Times"}}, "Quyết định"},
		{"Quyết định", &excelize.Style{Font: &excelize.Font{Family: ".VnTime"}}, "Quyết định"}, // typed in Unicode
		{"QuyÕt ®Þnh", &excelize.Style{Font: &excelize.Font{Family: "Arial"}}, "QuyÕt ®Þnh"},   // for the plan to find out
	} {
		put(fmt.Sprintf("A%d", i+1), c.value, c.style)
		want = append(want, []string{c.want})
	}
	// Runs in fonts of their own.
	if err := f.SetCellRichText("Sheet1", "A30", []excelize.RichTextRun{
		{Text: "Sè ", Font: &excelize.Font{Family: ".VnTime"}}, {Text: "981-QĐ/TU", Font: &excelize.Font{Family: "Times New Roman"}}}); err != nil {
		t.Fatal(err)
	}
	for len(want) < 29 {
		want = append(want, nil)
	}
	want = append(want, []string{"Số 981-QĐ/TU"})
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	got, err := all(b.Bytes(), nil)
	if err != nil {
		t.Fatal(err)
	}
	same(t, want, got)
	raw, err := all(b.Bytes(), &Options{RawLetters: true})
	if err != nil || raw[20][0] != "QuyÕt ®Þnh" {
		t.Errorf("raw letters: %q, %v", raw[20], err)
	}
}

func TestSheets(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	for _, n := range []string{"Năm 2024", "Năm 2025"} {
		if _, err := f.NewSheet(n); err != nil {
			t.Fatal(err)
		}
		if err := f.SetCellValue(n, "B2", n); err != nil {
			t.Fatal(err)
		}
	}
	f.SetActiveSheet(1)
	if err := f.SetSheetVisible("Sheet1", false); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	names, err := Sheets(bytes.NewReader(b.Bytes()), int64(b.Len()), nil)
	if err != nil || fmt.Sprint(names) != "[Sheet1 Năm 2024 Năm 2025]" {
		t.Errorf("%v, %v", names, err)
	}
	got, err := all(b.Bytes(), nil) // the first is hidden
	if err != nil {
		t.Fatal(err)
	}
	same(t, [][]string{nil, {"", "Năm 2024"}}, got)
	got, err = all(b.Bytes(), &Options{Sheet: "Na\u0306m 2025"}) // marks apart
	if err != nil {
		t.Fatal(err)
	}
	same(t, [][]string{nil, {"", "Năm 2025"}}, got)
	_, err = all(b.Bytes(), &Options{Sheet: "2026"})
	wants(t, err, vanphong.ErrNotFound)
}

// workbookOf packs parts, with those that every workbook has.
func workbookOf(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	for name, text := range map[string]string{
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/workbook.xml":            `<workbook><sheets><sheet name="S" sheetId="1" r:id="r1" xmlns:r="x"/></sheets></workbook>`,
	} {
		if _, ok := parts[name]; !ok {
			parts[name] = text
		}
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range parts {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func sheetOf(t testing.TB, rows string) []byte {
	return workbookOf(t, map[string]string{"xl/worksheets/sheet1.xml": "<worksheet><sheetData>" + rows + "</sheetData></worksheet>"})
}

func wants(t *testing.T, err, kind error) {
	t.Helper()
	if err == nil || !errors.Is(err, kind) {
		t.Errorf("got %v, want %v", err, kind)
	}
}

func TestDamagedAndOversizedFilesAreRefused(t *testing.T) {
	good := sheetOf(t, `<row r="1"><c r="A1"><v>1</v></c></row>`)
	for name, c := range map[string]struct {
		file []byte
		opt  *Options
		kind error
	}{
		"nothing":                    {nil, nil, vanphong.ErrInvalid},
		"an .xls or a password":      {[]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), nil, vanphong.ErrInvalid},
		"half a file":                {good[:len(good)/2], nil, vanphong.ErrInvalid},
		"a file over its bound":      {good, &Options{MaxFile: 10}, vanphong.ErrOutOfRange},
		"unpacked over its bound":    {good, &Options{MaxBytes: 10}, vanphong.ErrOutOfRange},
		"no sheet":                   {workbookOf(t, map[string]string{}), nil, vanphong.ErrNotFound},
		"broken XML":                 {sheetOf(t, `<row><c></row>`), nil, vanphong.ErrInvalid},
		"a row that ends nowhere":    {sheetOf(t, `<row><c>`)[:], nil, vanphong.ErrInvalid},
		"a string that is not there": {sheetOf(t, `<row><c t="s"><v>7</v></c></row>`), nil, vanphong.ErrInvalid},
		"rows that go back":          {sheetOf(t, `<row r="2"><c><v>1</v></c></row><row r="2"><c><v>1</v></c></row>`), nil, vanphong.ErrInvalid},
		"cells that go back":         {sheetOf(t, `<row><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>`), nil, vanphong.ErrInvalid},
		"a row far below":            {sheetOf(t, `<row r="2000000"><c><v>1</v></c></row>`), nil, vanphong.ErrOutOfRange},
		"a cell far right":           {sheetOf(t, `<row><c r="XFD1"><v>1</v></c></row>`), nil, vanphong.ErrOutOfRange},
		"a long cell":                {sheetOf(t, `<row><c t="inlineStr"><is><t>`+strings.Repeat("x", 70_000)+`</t></is></c></row>`), nil, vanphong.ErrOutOfRange},
		"a long number":              {sheetOf(t, `<row><c><v>`+strings.Repeat("1", 70_000)+`</v></c></row>`), nil, vanphong.ErrOutOfRange},
		"a tag without end":          {sheetOf(t, `<row a="`+strings.Repeat("x", 2<<20)+`"/>`), nil, vanphong.ErrOutOfRange},
		"an entity":                  {workbookOf(t, map[string]string{"xl/worksheets/sheet1.xml": `<!DOCTYPE x [<!ENTITY a "b">]><worksheet><sheetData><row><c t="str"><v>&a;</v></c></row></sheetData></worksheet>`}), nil, vanphong.ErrInvalid},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := all(c.file, c.opt)
			wants(t, err, c.kind)
		})
	}
	// What is empty and far away is nothing.
	rows, err := all(sheetOf(t, `<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"/></row><row r="1048576"><c r="A1" s="1"/></row>`), nil)
	if err != nil {
		t.Fatal(err)
	}
	same(t, [][]string{{"1"}}, rows)
}

// blanks returns n MiB of blanks as deflate packs them: the same packed block
// over and over, so that the test does not pack gigabytes.
func blanks(t *testing.T, n int) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	block := bytes.Repeat([]byte(" "), 1<<20)
	var ends []int
	for range 3 {
		if _, err := w.Write(block); err != nil {
			t.Fatal(err)
		}
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
		ends = append(ends, b.Len())
	}
	// The third block refers to the one before it only, which is alike.
	out := bytes.Clone(b.Bytes()[:ends[1]])
	for range n - 2 {
		out = append(out, b.Bytes()[ends[1]:ends[2]]...)
	}
	return append(out, 3, 0) // an empty last block
}

// A file of some megabytes that unpacks to gigabytes, and one whose directory
// says less than it holds.
func TestABombIsRefusedInLittleMemory(t *testing.T) {
	const size = 2 << 30
	packed := blanks(t, size>>20)
	if r := flate.NewReader(bytes.NewReader(blanks(t, 64))); true {
		if n, err := io.Copy(io.Discard, r); n != 64<<20 || err != nil {
			t.Fatalf("the bomb would not go off: %d bytes, %v", n, err)
		}
	}
	file := func(claimed uint64) []byte {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		rels, err := z.Create("xl/_rels/workbook.xml.rels")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(rels, "<Relationships/>"); err != nil {
			t.Fatal(err)
		}
		w, err := z.CreateRaw(&zip.FileHeader{Name: "xl/workbook.xml", Method: zip.Deflate, CompressedSize64: uint64(len(packed)), UncompressedSize64: claimed})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(packed); err != nil {
			t.Fatal(err)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	refused := func(file []byte, kind error) {
		t.Helper()
		if len(file) > 8<<20 {
			t.Fatalf("%d bytes are no small file", len(file))
		}
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		_, err := all(file, nil)
		runtime.ReadMemStats(&after)
		wants(t, err, kind)
		if used := after.TotalAlloc - before.TotalAlloc; used > 16<<20 {
			t.Errorf("%d MB were allocated", used>>20)
		}
	}
	refused(file(size), vanphong.ErrOutOfRange)
	// Unpacking stops where the claimed size ends, and at a text that is too long.
	refused(file(256), vanphong.ErrInvalid)
	refused(file(500<<20), vanphong.ErrOutOfRange)
	// A directory of very many entries.
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := range 60_000 {
		if _, err := z.CreateRaw(&zip.FileHeader{Name: fmt.Sprint(i)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	refused(b.Bytes(), vanphong.ErrOutOfRange)
}

func TestTheWalkCanBeLeft(t *testing.T) {
	file := sheetOf(t, `<row><c><v>1</v></c></row><row r="5"><c><v>2</v></c></row>`)
	for stop := 1; stop <= 5; stop++ {
		n := 0
		for _, err := range Rows(bytes.NewReader(file), int64(len(file)), nil) {
			if err != nil {
				t.Fatal(err)
			}
			if n++; n == stop {
				break
			}
		}
		if n != stop {
			t.Errorf("%d rows before the walk was left at %d", n, stop)
		}
	}
}

// FuzzRows reads any sheet without panic, within its bounds.
func FuzzRows(f *testing.F) {
	f.Add(`<row r="1"><c r="A1" t="s"><v>0</v></c></row>`, `<sst><si><t>a</t></si></sst>`) // a shared string
	f.Add(`<row><c t="inlineStr"><is><r><rPr><rFont val=".VnTime"/></rPr><t>Sè</t></r></is></c></row>`, ``)
	f.Add(`<row><c s="1"><v>45731.5</v></c></row>`, `<sst><si><rPh><t>x</t></rPh></si></sst>`) // a day; a phonetic guide
	f.Add(`<row r="3"><c r="ZZ1"><v>1e400</v></c></row>`, `<sst>`)                             // far, infinite, open
	f.Add(`<row><c><v><x><y/></x></v><is/></c>`, `</si>`)                                      // tags that do not belong
	f.Fuzz(func(t *testing.T, rows, strings string) {
		file := workbookOf(t, map[string]string{
			"xl/worksheets/sheet1.xml": "<worksheet><sheetData>" + rows + "</sheetData></worksheet>",
			"xl/sharedStrings.xml":     strings,
			"xl/styles.xml":            `<styleSheet><fonts><font><name val="VNI-Times"/></font></fonts><cellXfs><xf/><xf numFmtId="22" fontId="0"/></cellXfs></styleSheet>`,
		})
		opt := &Options{MaxRows: 100, MaxCells: 20, MaxCell: 100}
		n := 0
		for row, err := range Rows(bytes.NewReader(file), int64(len(file)), opt) {
			if err != nil {
				if row != nil || !errors.Is(err, vanphong.ErrInvalid) && !errors.Is(err, vanphong.ErrOutOfRange) {
					t.Fatalf("%q with %v", row, err)
				}
				return
			}
			n++
			if len(row) > 20 || n > 100 || len(row) > 0 && row[len(row)-1] == "" {
				t.Fatalf("row %d: %q", n, row)
			}
		}
	})
}

// BenchmarkRows reads a register of 10,000 rows.
func BenchmarkRows(b *testing.B) {
	file := register(b, 10_000)
	b.SetBytes(int64(len(file)))
	b.ReportAllocs()
	for b.Loop() {
		if rows, err := all(file, nil); err != nil || len(rows) != 10_001 {
			b.Fatal(err)
		}
	}
}

// BenchmarkWrite writes one.
func BenchmarkWrite(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		register(b, 10_000)
	}
}

func register(t testing.TB, n int) []byte {
	var b bytes.Buffer
	header := books.Outgoing().Header()
	err := Write(&b, Sheet{Header: header}, func(yield func([]string, error) bool) {
		for i := range n {
			if !yield([]string{fmt.Sprintf("%02d-QĐ/TU", i+1), "05/3/2026", "Quyết định về việc chỉ định cấp ủy viên", "Nguyễn Văn An", "Ban Tổ chức", "Văn thư", "5", "", "", ""}, nil) {
				return
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
