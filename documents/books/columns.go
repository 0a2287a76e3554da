package books

import (
	"strings"
	"unicode"

	"github.com/vanphong-go/vanphong"
)

// Column is what a column of an old register holds (cột của sổ).
type Column uint8

// The columns that are read. What an entry has no field for (nơi nhận, số lượng
// bản) is not carried over: the plan names such columns.
const (
	ColumnNone         Column = iota // not carried over
	ColumnNumber                     // số, ký hiệu; or the number alone
	ColumnSymbol                     // ký hiệu, where it has a column of its own
	ColumnDay                        // ngày tháng văn bản
	ColumnKind                       // tên loại
	ColumnAbstract                   // trích yếu
	ColumnKindAbstract               // tên loại và trích yếu in one
	ColumnSigner                     // người ký
	ColumnUnit                       // đơn vị soạn thảo, as a code printed in the number
	ColumnSecrecy                    // độ mật
	ColumnUrgency                    // độ khẩn
	ColumnNote                       // ghi chú: only that it is void ("hủy số") or secret ("Mật") is read
)

var columnNames = [...]string{"", "số, ký hiệu", "ký hiệu", "ngày tháng", "tên loại", "trích yếu",
	"tên loại và trích yếu", "người ký", "đơn vị soạn thảo", "độ mật", "độ khẩn", "ghi chú"}
var columnCodes = [...]string{"", "number", "symbol", "day", "kind", "abstract", "kind_abstract", "signer",
	"unit", "secrecy", "urgency", "note"}

// Name returns the Vietnamese name of the column; that of ColumnNone is "".
func (c Column) Name() string { return vanphong.EnumName(columnNames[:], c) }

// MarshalText writes the column as its code: "number", "day" ….
func (c Column) MarshalText() ([]byte, error) { return vanphong.EnumText("column", columnCodes[:], c) }

// UnmarshalText reads what MarshalText writes.
func (c *Column) UnmarshalText(b []byte) (err error) {
	*c, err = vanphong.ParseEnum[Column]("column", columnCodes[:], b)
	return err
}

// headers are the words that stand over columns in registers, as headerKey
// makes them: those of NĐ 30/2020/NĐ-CP phụ lục IV first (grade P), then what
// offices write (grade I).
var headers = map[string]Column{}

func init() {
	for c, names := range map[Column]string{
		ColumnNumber: "số ký hiệu văn bản|số ký hiệu|số và ký hiệu|số và ký hiệu văn bản|số văn bản|số vb|số kh|số kí hiệu|số hiệu|số hiệu văn bản|" +
			"số|số đi|số văn bản đi|số công văn|số cv|số kí hiệu vb|số ký hiệu vb|number",
		ColumnSymbol:       "ký hiệu|kí hiệu|ký hiệu văn bản",
		ColumnDay:          "ngày tháng văn bản|ngày tháng năm văn bản|ngày văn bản|ngày ban hành|ngày tháng ban hành|ngày tháng năm ban hành|ngày ký|ngày tháng|ngày tháng năm|ngày|ngày vb|ngày tháng vb|ngày phát hành|date|day",
		ColumnKind:         "tên loại|tên loại văn bản|loại văn bản|thể loại|thể loại văn bản|loại|loại vb|kind",
		ColumnAbstract:     "trích yếu|trích yếu nội dung|trích yếu nội dung văn bản|trích yếu văn bản|nội dung|nội dung trích yếu|nội dung văn bản|tóm tắt nội dung|về việc|abstract",
		ColumnKindAbstract: "tên loại và trích yếu nội dung văn bản|tên loại và trích yếu nội dung|tên loại và trích yếu|tên loại trích yếu|tên loại trích yếu nội dung|tên loại và trích yếu nội dung vb",
		ColumnSigner:       "người ký|người ký văn bản|họ tên người ký|ký|signer",
		ColumnUnit:         "mã đơn vị soạn thảo|ký hiệu đơn vị|ký hiệu đơn vị soạn thảo",
		ColumnSecrecy:      "độ mật|mức độ mật|mật|secrecy",
		ColumnUrgency:      "độ khẩn|mức độ khẩn|khẩn|urgency",
		ColumnNote:         "ghi chú|note",
	} {
		for name := range strings.SplitSeq(names, "|") {
			headers[headerKey(name)] = c
		}
	}
}

// headerKey is a heading without marks, case, punctuation and line breaks.
func headerKey(s string) string {
	return strings.Join(strings.FieldsFunc(vanphong.Fold(s), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}), " ")
}

// ColumnOf returns what a column with this heading holds, ColumnNone if the
// words are not known. Case, marks, punctuation and line breaks do not count.
func ColumnOf(heading string) Column { return headers[headerKey(heading)] }

// layout is which column of the file holds what.
type layout struct {
	at    map[Column]int
	names []string // what stands over the columns, for the reader of a remark
	none  []string // columns that are not carried over
}

// layoutOf reads a heading, false if it is none: no column for the number, or
// only one column known.
func layoutOf(cells []string, own map[string]Column) (layout, bool) {
	l := layout{at: map[Column]int{}}
	for i, cell := range cells {
		// Shown in remarks: a heading may hold anything, and as much as a cell can.
		l.names = append(l.names, strings.TrimSpace(clip(cell)))
		key := headerKey(cell)
		c, ok := own[key]
		if !ok {
			c = headers[key]
		}
		// Of two columns with one meaning the left one counts, and the other is named.
		_, taken := l.at[c]
		switch {
		case key == "":
		case c == ColumnNone || taken:
			l.none = append(l.none, l.names[i])
		default:
			l.at[c] = i
		}
	}
	_, number := l.at[ColumnNumber]
	return l, number && len(l.at) > 1
}

// cell returns the text of a column in a row, without the blanks around it, and
// "" where the row is short.
func (l layout) cell(row []string, c Column) string {
	i, ok := l.at[c]
	if !ok || i >= len(row) {
		return ""
	}
	return rearm(strings.TrimSpace(row[i]))
}

// name returns what stands over a column in the file.
func (l layout) name(c Column) string {
	if i, ok := l.at[c]; ok && i < len(l.names) && l.names[i] != "" {
		return l.names[i]
	}
	return c.Name()
}
