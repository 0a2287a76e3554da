package books

import (
	"iter"
	"strconv"

	"github.com/vanphong-go/vanphong"
)

// The rules of a [Remark]. Those of severity vanphong.Fault name a row that is
// not kept.
const (
	RuleHeading   = "books.heading"   // note: columns that are not carried over
	RuleEncoding  = "books.encoding"  // fault: nobody can tell in which letters the row is written
	RuleConverted = "books.converted" // note: rows that were in an old encoding
	RuleReading   = "books.reading"   // warning: the number was read by a rule that can err
	RuleNumber    = "books.number"    // fault: no number, or one of another organ
	RuleTwo       = "books.two"       // fault: two numbers in one line
	RuleDay       = "books.day"       // fault: no day, or one that does not exist or does not belong here
	RuleKind      = "books.kind"      // fault: the kind is not told, or told in two ways
	RuleMark      = "books.mark"      // fault: an unknown mark of secrecy or haste
	RuleField     = "books.field"     // fault: a text that no register takes
	RuleTwice     = "books.twice"     // note: the same line twice
	RuleDuplicate = "books.duplicate" // fault: one number for two documents
	RuleOrder     = "books.order"     // note: number or day goes back
	RuleMissing   = "books.missing"   // warning: numbers that the book does not have
	RuleSecret    = "books.secret"    // note: a secret document; what is not carried over
	RuleSymbol    = "books.symbol"    // note: printed with another symbol than the series has now
	RuleVoid      = "books.void"      // note: void in the old book
	RuleGiven     = "books.given"     // fault: a number that the open series gives itself
	RuleRepeated  = "books.repeated"  // note: rows that repeat the heading of the columns
	RuleSection   = "books.section"   // note: rows with nothing but a heading
	RuleLineless  = "books.lineless"  // note: numbers that have no document in the book
	RuleSeries    = "books.series"    // fault: numbers without a document of which nobody can tell the series
	RuleWithheld  = "books.withheld"  // fault: a secret document that was written out without its content
	RuleChanged   = "books.changed"   // fault: registered before, with other content
)

// Remark is what a plan has to tell about a row of a book, or about all of it.
// Its arguments are the row, the heading of the column, the value and what was
// expected; of a rule about the whole book, those of its sentence. The value
// of a secret row is never among them.
type Remark struct {
	Row int `json:"row,omitzero"` // record of the file, counted from 1; 0: about the book
	vanphong.Finding
}

// RemarkRows walks remarks as rows of a table, for WriteCSV or a workbook: the
// row of the file, the severity, the sentence. It is the list that the clerk
// corrects the book by.
func RemarkRows(remarks []Remark) iter.Seq2[[]string, error] {
	texts := Messages()
	return func(yield func([]string, error) bool) {
		for _, r := range remarks {
			row := ""
			if r.Row > 0 {
				row = strconv.Itoa(r.Row)
			}
			if !yield([]string{row, r.Severity.Name(), texts.Text(r.Finding)}, nil) {
				return
			}
		}
	}
}

// rowRemark makes a remark about one row.
func rowRemark(severity vanphong.Severity, rule string, row int, column, value, want string) Remark {
	return Remark{row, vanphong.Finding{Rule: rule, Severity: severity, Args: []string{strconv.Itoa(row), column, clip(value), want}}}
}

// bookRemark makes a remark about the book.
func bookRemark(severity vanphong.Severity, rule string, args ...string) Remark {
	return Remark{0, vanphong.Finding{Rule: rule, Severity: severity, Args: args}}
}

// clip shortens a value for a list: a cell may be a page long, or no text.
func clip(s string) string {
	const limit = 80
	out := []rune(vanphong.NFC(printable(s)))
	if len(out) > limit {
		return string(out[:limit]) + "…"
	}
	return string(out)
}

// Messages returns the sentences of this package's findings.
func Messages() vanphong.Catalogue {
	row := func(vi, en string) vanphong.Message {
		return vanphong.Message{Vietnamese: "Dòng {0}, cột “{1}”: " + vi, English: "Row {0}, column “{1}”: " + en}
	}
	return vanphong.Catalogue{
		RuleHeading:   {Vietnamese: "Không nhập các cột: {0}", English: "Columns not carried over: {0}"},
		RuleEncoding:  {Vietnamese: "Dòng {0}: không chắc bảng mã nào (UTF-8, TCVN3, VNI hay Windows-1258); cần {3}", English: "Row {0}: the encoding is not certain (UTF-8, TCVN3, VNI or Windows-1258); want {3}"},
		RuleConverted: {Vietnamese: "Đã chuyển từ {0} sang Unicode: các dòng {1}", English: "Converted from {0} to Unicode: rows {1}"},
		RuleReading:   row("“{3}” được đọc là {2}; cần xem lại", "“{3}” was read as {2}; look at it"),
		RuleNumber:    row("“{2}” không dùng được làm số; cần {3}", "“{2}” cannot be the number; want {3}"),
		RuleTwo:       row("“{2}” là hai số trên một dòng; cần {3}", "“{2}” is two numbers in one line; want {3}"),
		RuleDay:       row("“{2}” không dùng được làm ngày; cần {3}", "“{2}” cannot be the day; want {3}"),
		RuleKind:      row("“{2}” không cho biết chắc tên loại; cần {3}", "“{2}” does not tell the kind; want {3}"),
		RuleMark:      row("“{2}” không phải mức độ đã biết; cần {3}", "“{2}” is no known mark; want {3}"),
		RuleField:     row("“{2}” không vào sổ được; cần {3}", "“{2}” cannot be registered; want {3}"),
		RuleTwice:     row("số {2} đã có ở dòng {3}, nội dung như nhau; chỉ nhập một lần", "number {2} stands in row {3} with the same content; taken once"),
		RuleDuplicate: row("số {2} đã có ở dòng {3} với nội dung khác", "number {2} stands in row {3} with other content"),
		RuleOrder:     row("“{2}” lùi so với dòng {3}", "“{2}” goes back behind row {3}"),
		RuleMissing:   {Vietnamese: "Dãy {0}, số 1 đến {1}: sổ không có số {2}", English: "Series {0}, 1 to {1}: the book does not have {2}"},
		RuleSecret:    row("văn bản {2}; không nhập {3}", "document marked {2}; not carried over: {3}"),
		RuleSymbol:    row("số {2} vào dãy {3}, giữ nguyên ký hiệu cũ", "number {2} goes into series {3} with its old symbol"),
		RuleVoid:      row("số hủy: “{2}”", "void: “{2}”"),
		RuleRepeated:  {Vietnamese: "Bỏ qua tiêu đề cột lặp lại: các dòng {0}", English: "Headings of columns repeated, passed over: rows {0}"},
		RuleSection:   {Vietnamese: "Bỏ qua tiêu đề phần, tháng: các dòng {0}", English: "Headings of sections and months, passed over: rows {0}"},
		RuleLineless:  {Vietnamese: "Dòng {0}: số {2} không có văn bản trong sổ", English: "Row {0}: {2} has no document in the book"},
		RuleSeries:    {Vietnamese: "Dòng {0}: không rõ số {2} thuộc dãy nào", English: "Row {0}: of which series {2} is cannot be told"},
		RuleWithheld:  {Vietnamese: "Dòng {0}: số {2} của văn bản mật, nội dung không được xuất ra; cần {3}", English: "Row {0}: {2} is of a secret document whose content was not written out; want {3}"},
		RuleGiven:     row("số {2} thuộc phần dãy số đã mở; {3}", "number {2} belongs to the series as it is open; {3}"),
		RuleChanged:   row("số {2} đã vào sổ với nội dung khác ({3}); sửa thì hủy số rồi vào lại", "number {2} is registered with other content ({3}); a correction is a void and a new entry"),
	}
}
