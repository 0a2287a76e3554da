package books

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
)

// What stands between the documents of a book: the heading of the columns on every page,
// headings of sections and months, and the lines that Register.Lines writes for numbers
// without a document. None of them is a row that was lost.

// repeated reports whether a row is the heading of the columns once more.
func (r *reader) repeated(cells []string) bool {
	if len(r.at.names) == 0 || blank(cells) {
		return false
	}
	for i := range max(len(cells), len(r.at.names)) {
		var cell, name string
		if i < len(cells) {
			cell = cells[i]
		}
		if i < len(r.at.names) {
			name = r.at.names[i]
		}
		// The names were cut to be shown; what is compared is cut as they were.
		if headerKey(clip(cell)) != headerKey(name) {
			return false
		}
	}
	return true
}

// periods begin the headings that have figures in them: "Tháng 11", "Quý 2/2025", "Trang 3".
var periods = regexp.MustCompile(`^(thang|quy|nam|trang|quyen|so quyen|to|tuan|nhiem ky|khoa|phan|muc)[\s.:]*[0-9ivx]+([\s/.,:-]*(nam|thang|quy|nhiem ky)?[\s/.,:-]*[0-9]*)*$`)

// section returns the text of a row in which nothing but a heading stands, "" if the row
// is none.
//
// A lone text without figures is one, unless it stands under the abstract: there it is the
// rest of the line above, and a row that was torn is told. With figures it must be a month,
// a page or the like: a number that is hard to read must not pass for a heading.
func (r *reader) section(cells []string) string {
	at := -1
	for i, c := range cells {
		if strings.TrimSpace(c) == "" {
			continue
		}
		if at >= 0 {
			return ""
		}
		at = i
	}
	if at < 0 {
		return ""
	}
	text := oneLine(cells[at])
	if periods.MatchString(strings.TrimSpace(vanphong.Fold(text))) {
		return text
	}
	for _, c := range []Column{ColumnAbstract, ColumnKindAbstract, ColumnSecrecy, ColumnNote} {
		if i, ok := r.at.at[c]; ok && i == at {
			return ""
		}
	}
	// A number that cannot be read, "số mờ" or "không số", is of a document.
	word := strings.Fields(vanphong.Fold(text))
	if strings.ContainsFunc(text, unicode.IsDigit) || !strings.ContainsFunc(text, unicode.IsLetter) ||
		slices.Contains(word, "so") && !strings.HasPrefix(vanphong.Fold(text), "so dang ky") {
		return ""
	}
	return text
}

// The notes of lines without a document, in the words of the register that writes them.
var (
	noteBefore   = documents.RegisterLine{From: 1, Basis: "x"}.Status()
	noteNone     = documents.RegisterLine{From: 1}.Status()
	noteReserved = documents.RegisterLine{Entry: documents.Entry{State: documents.StateReserved}}.Status()
	noteHeld     = documents.RegisterLine{Entry: documents.Entry{State: documents.StateHeld}}.Status()
	noteInserted = documents.RegisterLine{Inserted: true}.Note()
	noteVoid     = documents.RegisterLine{Entry: documents.Entry{State: documents.StateVoid}}.Status()
)

// numbers reads "03" and "05–07".
var numbers = regexp.MustCompile(`^([0-9]{1,9})(?:–([0-9]{1,9}))?$`)

// lineless reads a line of numbers that have no document: the number and the note are all
// that is in it, and the note is one of a register.
func (r *reader) lineless(cells []string) (Gap, bool) {
	note := oneLine(r.at.cell(cells, ColumnNote))
	if note != noteNone && note != noteBefore && !strings.HasPrefix(note, noteBefore+":") || !r.alone(cells) {
		return Gap{}, false
	}
	m := numbers.FindStringSubmatch(oneLine(r.at.cell(cells, ColumnNumber)))
	if m == nil {
		return Gap{}, false
	}
	if m[2] == "" {
		m[2] = m[1]
	}
	first, err1 := strconv.ParseUint(m[1], 10, 32)
	last, err2 := strconv.ParseUint(m[2], 10, 32)
	ok := err1 == nil && err2 == nil && first > 0 && first <= last && last < documents.MaxSerial
	return Gap{uint32(first), uint32(last)}, ok
}

// waiting reports whether a row is a number that is kept free or stands in the secret
// book: the register has no document for it, and the count has passed it.
func (r *reader) waiting(cells []string) bool {
	note := oneLine(r.at.cell(cells, ColumnNote))
	is := func(status string) bool { return note == status || strings.HasPrefix(note, status+":") }
	return (is(noteReserved) || is(noteHeld)) && r.alone(cells)
}

// alone reports whether a row has nothing but a number and a note.
func (r *reader) alone(cells []string) bool {
	for i, c := range cells {
		if strings.TrimSpace(c) != "" && i != r.at.place(ColumnNumber) && i != r.at.place(ColumnNote) {
			return false
		}
	}
	return true
}

// place returns where a column stands, -1 if nowhere.
func (l layout) place(c Column) int {
	if i, ok := l.at[c]; ok {
		return i
	}
	return -1
}

// withheld reports whether a row was written out without its content.
func withheld(cells []string) bool { return slices.Contains(cells, vanphong.Placeholder) }

// between is what a builder knows of the lines without a document: a number by itself does
// not say of which series it is, the section and the lines around it do.
type between struct {
	heading  string // of the section
	prev     *line  // the last line of the section
	gap      Gap    // numbers whose series is not settled, zero if none
	row      int    // where they stand
	repeated []Gap  // rows of headings, for the notes
	sections []Gap
}

// enter begins a section.
func (b *builder) enter(row int, heading string) {
	b.settle(nil)
	b.between.heading, b.between.prev = heading, nil
	b.between.sections = withRow(b.between.sections, row)
}

// hold takes a line of numbers without a document.
func (b *builder) hold(row int, g Gap) {
	// Numbers from before the opening and numbers that are missing stand in two lines.
	if w := &b.between; w.gap != (Gap{}) && w.gap.Last+1 == g.First {
		w.gap.Last = g.Last
	} else {
		b.settle(nil)
		w.gap, w.row = g, row
	}
	b.reader.remarks = append(b.reader.remarks, rowRemark(vanphong.Note, RuleLineless, row, "", runs([]Gap{g}), ""))
}

// settle puts numbers without a document into their series, so that its count goes on
// behind them; next is the line below them, nil at the end of a section.
func (b *builder) settle(next *line) {
	w := &b.between
	g, prev := w.gap, w.prev
	if g == (Gap{}) {
		return
	}
	w.gap = Gap{}
	key, ok := documents.SeriesKey{}, true
	switch {
	case prev != nil && prev.number.Serial+1 == g.First:
		key = prev.key
	case next != nil && next.number.Serial == g.Last+1:
		key = next.key
	case prev != nil && prev.number.Serial < g.First && (next == nil || next.key == prev.key):
		key = prev.key
	case prev == nil && next != nil:
		key = next.key
	default:
		key, ok = b.reader.headed(w.heading)
	}
	if !ok {
		b.plan.Unread++
		b.reader.remarks = append(b.reader.remarks, rowRemark(vanphong.Fault, RuleSeries, w.row, "", runs([]Gap{g}), ""))
		return
	}
	s := b.of(key)
	s.last = max(s.last, g.Last)
}

// headed returns the series that the heading of a section names: "QĐ", "kết luận (KL)".
func (r *reader) headed(heading string) (documents.SeriesKey, bool) {
	name := heading
	if i := strings.LastIndexByte(heading, '('); i >= 0 && strings.HasSuffix(heading, ")") {
		name = heading[i+1 : len(heading)-1]
	}
	// Of a yearly book the heading does not say the year.
	if name == "" || r.policy.Scope == documents.ScopeYear {
		return documents.SeriesKey{}, false
	}
	for _, k := range append(r.kindsOf(name), documents.Kind(name)) {
		if key, err := r.policy.Key(r.drawing(&line{}, k)); k.Known() && err == nil && key.Name == name {
			return key, true
		}
	}
	return documents.SeriesKey{}, false
}

// withRow adds a row to runs of rows.
func withRow(list []Gap, row int) []Gap {
	n := uint32(row)
	if k := len(list) - 1; k >= 0 && list[k].Last+1 == n {
		list[k].Last = n
		return list
	}
	return append(list, Gap{n, n})
}

// tell notes which rows were passed over as headings.
func (b *builder) tell() {
	if list := b.between.repeated; len(list) > 0 {
		b.reader.remarks = append(b.reader.remarks, bookRemark(vanphong.Note, RuleRepeated, runs(list)))
	}
	if list := b.between.sections; len(list) > 0 {
		b.reader.remarks = append(b.reader.remarks, bookRemark(vanphong.Note, RuleSection, runs(list)))
	}
}
