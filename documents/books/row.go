package books

import (
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
)

// line is a row as it was read.
type line struct {
	row    int
	number documents.Number // Serial and Suffix always; the rest if it is printed
	full   bool             // the number was printed with its symbol
	said   documents.Kind   // the kind named in the cell of the number: "Quyết định số 12"
	key    documents.SeriesKey
	void   string // why it is void
	documents.Content
}

// reader reads rows of one book.
type reader struct {
	book    Book
	opt     Options
	policy  documents.Policy
	at      layout
	remarks []Remark
	faults  int // of the row at hand
}

// fault says why the row at hand is not kept.
func (r *reader) fault(rule string, l *line, c Column, value, want string) {
	// The mark of secrecy is read first: of a secret row nothing is shown but a
	// number that was read as one. In a row whose cells have slipped by a column
	// any cell may hold the abstract.
	if l.Secrecy > vanphong.NotSecret && (c != ColumnNumber || l.number.Serial == 0) {
		value = vanphong.Placeholder
	}
	r.faults++
	r.remarks = append(r.remarks, rowRemark(vanphong.Fault, rule, l.row, r.at.name(c), value, want))
}

// note tells something about a row that is kept.
func (r *reader) note(rule string, l *line, c Column, value, want string) {
	r.remarks = append(r.remarks, rowRemark(vanphong.Note, rule, l.row, r.at.name(c), value, want))
}

// read reads one row. Everything wrong with it is told, not the first thing
// alone: a clerk corrects a row once. ok is false if it is not kept; then l
// holds what could be read, the number above all.
func (r *reader) read(n int, cells []string) (l line, ok bool) {
	l.row = n
	// The order matters: marks first, because what a fault may show depends on them, and the
	// number before the kind, which it often tells.
	r.faults = 0
	r.marks(&l, cells)
	r.void(&l, cells)
	r.readNumber(&l, cells)
	r.readDay(&l, cells)
	r.readKind(&l, cells)
	r.texts(&l, cells)
	if r.faults > 0 {
		return l, false
	}
	l.key, ok = r.series(&l)
	if ok && l.full && !r.printsAs(&l) {
		// QĐi for quy định, as some regulations of 2018 have it: the number stays as it
		// stands on paper.
		r.note(RuleSymbol, &l, ColumnNumber, l.number.String(), l.key.Name)
	}
	return l, ok
}

// marks reads the marks of secrecy and haste.
func (r *reader) marks(l *line, cells []string) {
	// Marks are compared without case and diacritics: "MẬT", "mat" and "Mật" are one mark,
	// and a slip towards secrecy costs a question, the other way a disclosure.
	text := r.at.cell(cells, ColumnSecrecy)
	var known bool
	if l.Secrecy, known = secrecies[vanphong.Fold(text)]; !known {
		// What is misread must not come out as open.
		l.Secrecy = vanphong.TopSecret
		r.fault(RuleMark, l, ColumnSecrecy, text, "Mật, Tối mật, Tuyệt mật, hoặc để trống")
	}
	// The Party counts secret documents among the others, and books without a column for
	// the mark have it in the note or behind the abstract.
	l.Secrecy = max(l.Secrecy, markIn(r.at.cell(cells, ColumnNote), noteMark),
		markIn(r.at.cell(cells, ColumnAbstract), textMark), markIn(r.at.cell(cells, ColumnKindAbstract), textMark))
	text = r.at.cell(cells, ColumnUrgency)
	if l.Urgency, known = urgencies[vanphong.Fold(text)]; !known {
		r.fault(RuleMark, l, ColumnUrgency, text, "Khẩn, Thượng khẩn, Hỏa tốc, Hỏa tốc hẹn giờ, hoặc để trống")
	}
}

// noteMark and textMark find marks of secrecy where no column is for them: a note that
// is one or names one, a mark in brackets at the head or the end of an abstract. Inside a
// sentence "bí mật" is a word like others.
var (
	noteMark = regexp.MustCompile(`^[\s(]*(tuyệt mật|tối mật|mật|tuyet mat|toi mat|mat)[\s).]*$|(?:văn bản|tài liệu|đóng dấu|độ)\s*(?:mật)?[\s:]*(tuyệt mật|tối mật|mật)`)
	textMark = regexp.MustCompile(`^\s*[(\[](tuyệt mật|tối mật|mật)[)\]]|[(\[](tuyệt mật|tối mật|mật)[)\]]\s*\.?\s*$`)
)

// markIn returns the mark that a text bears by a pattern, NotSecret if none.
func markIn(text string, pattern *regexp.Regexp) vanphong.Secrecy {
	var out vanphong.Secrecy
	for _, found := range pattern.FindAllStringSubmatch(strings.ToLower(vanphong.FoldTone(text)), -1) {
		for _, mark := range found[1:] {
			out = max(out, secrecies[vanphong.Fold(mark)])
		}
	}
	return out
}

var secrecies = map[string]vanphong.Secrecy{
	"": 0, "-": 0, "khong": 0, "khong mat": 0, "thuong": 0, "none": 0, "0": 0,
	"mat": vanphong.Confidential, "confidential": vanphong.Confidential,
	"toi mat": vanphong.Secret, "secret": vanphong.Secret,
	"tuyet mat": vanphong.TopSecret, "top-secret": vanphong.TopSecret,
}

var urgencies = map[string]vanphong.Urgency{
	"": 0, "-": 0, "khong": 0, "thuong": 0, "none": 0, "0": 0,
	"khan": vanphong.Urgent, "urgent": vanphong.Urgent,
	"thuong khan": vanphong.VeryUrgent, "very-urgent": vanphong.VeryUrgent,
	"hoa toc": vanphong.Express, "express": vanphong.Express,
	"hoa toc hen gio": vanphong.ExpressTimed, "express-timed": vanphong.ExpressTimed,
}

// void reads from the note whether the number is void.
func (r *reader) void(l *line, cells []string) {
	note := oneLine(r.at.cell(cells, ColumnNote))
	if !isVoid(note) {
		return
	}
	// As a register writes it: the reason alone is what was said.
	reason, ok := strings.CutPrefix(strings.TrimSuffix(note, "; "+noteInserted), noteVoid+": ")
	if l.void = strings.TrimSuffix(note, "; "+noteInserted); ok && reason != "" {
		l.void = reason
	}
	if l.Secrecy > vanphong.NotSecret {
		l.void, note = noteVoid, noteVoid // a reason may tell what the document was about
	}
	r.note(RuleVoid, l, ColumnNote, note, "")
}

// readNumber reads the number, whole or the serial alone, with the symbol from
// a column of its own if there is one.
func (r *reader) readNumber(l *line, cells []string) {
	text := r.at.cell(cells, ColumnNumber)
	if n, ok := serialOnly(text); ok {
		l.number = n
		r.room(l, text)
		// Where the symbol stands apart, it is written with or without what joins it: "-QĐ/TU".
		symbol := strings.TrimLeft(r.at.cell(cells, ColumnSymbol), "-/ ")
		if symbol == "" {
			return
		}
		sep := "-"
		if r.policy.System == documents.SystemState {
			sep = "/"
		}
		text = strconv.Itoa(int(n.Serial)) + n.Suffix + sep + symbol
	}
	// The kind in the next column weighs like a name before the number. A mistake in
	// it is told where the column is read.
	beside, _ := documents.ParseKind(vanphong.FoldTone(r.at.cell(cells, ColumnKind)))
	opt := documents.ReadOptions{Organs: r.book.Organs, Owner: r.book.Organ, Kind: beside}
	if second, ok := twoNumbers(text); ok {
		r.fault(RuleTwo, l, ColumnNumber, text, "hai dòng, mỗi dòng một số")
		// The higher one says how far the count has gone.
		if got, err := documents.ReadNumber(second, &opt); err == nil {
			l.number = got.Number
		} else if n, ok := serialOnly(second); ok {
			l.number = n
		}
		return
	}
	got, err := documents.ReadNumber(text, &opt)
	if err != nil {
		r.fault(RuleNumber, l, ColumnNumber, text, "số và ký hiệu như 981-QĐ/TU")
		return
	}
	l.number, l.full, l.said = got.Number, true, got.Kind
	if got.Certainty == documents.CertaintyInferred {
		if l.Secrecy > vanphong.NotSecret {
			text = vanphong.Placeholder
		}
		r.remarks = append(r.remarks, rowRemark(vanphong.Warning, RuleReading, l.row, r.at.name(ColumnNumber), got.Number.String(), clip(text)))
	}
	r.room(l, text)
	l.Unit, l.Tail = got.Number.Unit, got.Number.Tail
	// Of a joint document the lead has the number: the others stand behind it.
	others, joint := strings.CutPrefix(got.Number.Issuer, r.book.Issuer+"-")
	if joint {
		l.With = others
	}
	// A number of another organ has slipped in from the book of incoming documents, or the
	// book is not the one it was said to be.
	if got.Number.Issuer != r.book.Issuer && !joint || got.Number.System != r.policy.System {
		r.fault(RuleNumber, l, ColumnNumber, text, "số của "+r.book.Issuer)
	}
}

// number reads the number of a row that has no document, and tells of nothing else.
func (r *reader) number(l *line, cells []string) {
	said := len(r.remarks)
	r.readNumber(l, cells)
	// What is wrong with the number is no fault of such a row: it is not kept anyway.
	r.remarks = append(r.remarks[:said], rowRemark(vanphong.Note, RuleLineless, l.row, "", l.shown(), ""))
}

// withhold tells that a row came without its content; its number counts.
func (r *reader) withhold(l *line, cells []string) {
	l.Secrecy = vanphong.TopSecret // which mark it has does not stand there
	said := len(r.remarks)
	r.readNumber(l, cells)
	r.remarks = r.remarks[:said]
	r.fault(RuleWithheld, l, ColumnNumber, l.shown(), "sổ mật")
}

// shown is the number of a line as far as it was read.
func (l *line) shown() string {
	switch {
	case l.full:
		return l.number.String()
	case l.number.Serial == 0:
		return ""
	}
	return strconv.Itoa(int(l.number.Serial)) + l.number.Suffix
}

// pair is two numbers in one cell: "7-8-QĐ/TU", "07, 08-QĐ/TU", "7 và 8".
var pair = regexp.MustCompile(`^\s*(?:[Ss]ố|[Ss]o)?[\s.:]*([0-9]{1,9})[a-z]?\s*(?:[-–,;+&]|và|đến)\s*([0-9]{1,9})([a-z]?\s*(?:[-/–].*)?)$`)

// twoNumbers reads two numbers in one cell and returns the text from the second on. They
// stand near each other: "7-2024" has a year.
func twoNumbers(text string) (string, bool) {
	m := pair.FindStringSubmatch(oneLine(text))
	if m == nil {
		return "", false
	}
	first, err1 := strconv.Atoi(m[1])
	second, err2 := strconv.Atoi(m[2])
	return m[2] + m[3], err1 == nil && err2 == nil && second > first && second-first <= 100
}

// room refuses the one number behind which no series can be opened.
func (r *reader) room(l *line, text string) {
	if l.number.Serial >= documents.MaxSerial {
		r.fault(RuleNumber, l, ColumnNumber, text, "số nhỏ hơn "+strconv.Itoa(documents.MaxSerial))
		l.number = documents.Number{}
	}
}

// serialOnly reads "981", "007", "15a", "15bis", "Số 12".
func serialOnly(s string) (documents.Number, bool) {
	s = strings.TrimSpace(strings.Trim(vanphong.NFC(s), ".:"))
	if rest, ok := strings.CutPrefix(vanphong.Fold(s), "so"); ok {
		s = strings.TrimLeft(rest, " .:")
	}
	// Nine digits at most: a longer run is a telephone number or an account.
	digits := 0
	for digits < len(s) && s[digits] >= '0' && s[digits] <= '9' {
		digits++
	}
	n, err := strconv.ParseUint(s[:digits], 10, 32)
	suffix := s[digits:]
	if err != nil || n == 0 || n > documents.MaxSerial || digits > 9 {
		return documents.Number{}, false
	}
	// Only what offices put behind a number; "12/3" and "12 trang" are no numbers.
	if suffix != "" && suffix != "bis" && !(len(suffix) == 1 && suffix[0] >= 'a' && suffix[0] <= 'z') &&
		!(len(suffix) == 1 && suffix[0] >= 'A' && suffix[0] <= 'Z') {
		return documents.Number{}, false
	}
	return documents.Number{Serial: uint32(n), Suffix: suffix}, true
}

// readDay reads the day and holds it against the days of the book: a day of another term
// is a slip of the pen, or the row belongs to another series.
func (r *reader) readDay(l *line, cells []string) {
	text := r.at.cell(cells, ColumnDay)
	if text == "" && l.void != "" {
		return // the line of a void number is often all there is
	}
	day, want := ReadDay(text, r.opt.Century)
	if want != "" {
		r.fault(RuleDay, l, ColumnDay, text, want)
		return
	}
	l.Day = day
	if !r.book.Days.Contains(day) {
		r.fault(RuleDay, l, ColumnDay, text, "một ngày trong "+r.book.Days.String())
	} else if r.opt.Until != 0 && day > r.opt.Until {
		r.fault(RuleDay, l, ColumnDay, text, notAfter(r.opt.Until))
	}
}

// notAfter is what is expected of a day: no document is of tomorrow.
func notAfter(day vanphong.Date) string { return "một ngày không sau " + vanphong.FormatDate(day) }

// readKind finds the kind: in its column, at the head of the abstract, or from
// the symbol if only one kind has it. QĐ alone is no answer: quyết định and quy
// định share it.
func (r *reader) readKind(l *line, cells []string) {
	var candidates []documents.Kind
	if l.full {
		candidates = r.kindsOf(l.number.Code)
	}
	if text := r.at.cell(cells, ColumnKind); text != "" {
		// Names with the tone on either vowel are one name.
		k, err := documents.ParseKind(vanphong.FoldTone(text))
		if err != nil {
			// The column often holds the symbol instead.
			switch byCode := r.kindsOf(vanphong.NFC(text)); {
			case len(byCode) == 1:
				k = byCode[0]
			case len(byCode) > 1:
				r.fault(RuleKind, l, ColumnKind, text, "một trong: "+kindList(byCode))
				return
			default:
				r.fault(RuleKind, l, ColumnKind, text, "tên loại như “quyết định”")
				return
			}
		}
		// The number says one kind and the column another: one of them is wrong, and only the
		// paper tells which.
		if len(candidates) > 0 && !contains(candidates, k) {
			r.fault(RuleKind, l, ColumnKind, text, "tên loại có ký hiệu "+l.number.Code+": "+kindList(candidates))
			return
		}
		l.Kind = k
		return
	}
	// The State's form has kind and abstract in one column, so its head is the kind.
	head := r.at.cell(cells, ColumnKindAbstract)
	if head == "" && len(candidates) != 1 {
		// In an abstract by itself "quyết định" may be a verb; it only settles which of
		// the kinds with this symbol it is.
		if k := kindAtHead(r.at.cell(cells, ColumnAbstract)); contains(candidates, k) {
			l.Kind = k
			return
		}
	}
	if l.said != "" && (len(candidates) == 0 || contains(candidates, l.said)) {
		l.Kind = l.said
		return
	}
	switch k := kindAtHead(head); {
	case k != "" && (len(candidates) == 0 || contains(candidates, k)):
		l.Kind = k
	case len(candidates) == 1:
		l.Kind = candidates[0]
	case len(candidates) > 1:
		r.fault(RuleKind, l, ColumnNumber, l.number.String(), "tên loại, một trong: "+kindList(candidates))
	case r.opt.Kind != "":
		l.Kind = r.opt.Kind
	default:
		r.fault(RuleKind, l, ColumnKind, "", "tên loại")
	}
}

// kindsOf returns the kinds that a symbol may stand for, those of the office's
// own policy among them.
func (r *reader) kindsOf(code string) []documents.Kind {
	out := documents.KindsOf(r.policy.System, code)
	for k, symbol := range r.policy.Symbols {
		if symbol == code && !contains(out, k) {
			out = append(out, k)
		}
	}
	return out
}

// kindAtHead returns the kind whose name a text begins with, the longest: quy
// định and not quy.
func kindAtHead(text string) documents.Kind {
	// Only the head is folded: abstracts are long and rows are many.
	text = oneLine(text)
	if len(text) > longestKind {
		text = strings.ToValidUTF8(text[:longestKind], "")
	}
	text = strings.ToLower(vanphong.FoldTone(text))
	for _, h := range kindHeads {
		if rest, ok := strings.CutPrefix(text, h.name); ok && !startsWithLetter(rest) {
			return h.kind
		}
	}
	return ""
}

const longestKind = 60 // bytes: no name of a kind is longer, with the letter behind it

type kindHead struct {
	name string
	kind documents.Kind
}

// kindHeads are the names of the kinds, the longest first.
var kindHeads = func() (out []kindHead) {
	for k := range documents.Kinds() {
		out = append(out, kindHead{strings.ToLower(vanphong.FoldTone(k.Name())), k})
	}
	slices.SortStableFunc(out, func(a, b kindHead) int { return len(b.name) - len(a.name) })
	return out
}()

// startsWithLetter keeps "quy định" from being found at the head of a longer word.
func startsWithLetter(s string) bool {
	for _, r := range s {
		return unicode.IsLetter(r)
	}
	return false
}

// contains reports whether a kind is set and among others.
func contains(kinds []documents.Kind, k documents.Kind) bool {
	return k != "" && slices.Contains(kinds, k)
}

// kindList names kinds for the clerk who has to choose.
func kindList(kinds []documents.Kind) string {
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = k.Name()
	}
	return strings.Join(names, ", ")
}

// texts reads what is left, and drops what an open register must not hold.
func (r *reader) texts(l *line, cells []string) {
	// An abstract of its own is better than one with the kind before it.
	l.Abstract = oneLine(r.at.cell(cells, ColumnAbstract))
	if l.Abstract == "" {
		l.Abstract = oneLine(r.at.cell(cells, ColumnKindAbstract))
	}
	l.Signer = oneLine(r.at.cell(cells, ColumnSigner))
	if unit := r.at.cell(cells, ColumnUnit); unit != "" && l.Unit == "" {
		l.Unit = unit
	}
	if l.Secrecy > vanphong.NotSecret {
		// What is dropped is named, never shown.
		dropped := []string{}
		if l.Abstract != "" {
			dropped = append(dropped, "trích yếu")
		}
		if l.Secrecy > max(r.policy.ContentUpTo, vanphong.Confidential) && l.Signer != "" {
			l.Signer = ""
			dropped = append(dropped, "người ký")
		}
		l.Abstract = ""
		r.note(RuleSecret, l, ColumnSecrecy, l.Secrecy.Name(), strings.Join(dropped, ", "))
	}
	check := l.Content
	if check.Day == 0 {
		check.Day = r.book.Days.First // missing and told, or void without one
	}
	if check.Kind == "" {
		return // told already
	}
	if err := check.Check(); err != nil {
		column, want := ColumnAbstract, "văn bản tối đa "+strconv.Itoa(documents.MaxAbstract)+" byte, không có ký tự điều khiển"
		if in := (*vanphong.InputError)(nil); errors.As(err, &in) && in.Field != "abstract" {
			want = "văn bản tối đa " + strconv.Itoa(documents.MaxText) + " byte, không có ký tự điều khiển"
			if c, ok := fieldColumns[in.Field]; ok {
				column = c
			}
		}
		r.fault(RuleField, l, column, r.at.cell(cells, column), want)
	}
}

var fieldColumns = map[string]Column{"signer": ColumnSigner, "unit": ColumnUnit, "tail": ColumnNumber, "kind": ColumnKind}

// oneLine puts a text that spreadsheets broke over lines on one, and composes it.
func oneLine(s string) string { return vanphong.NFC(strings.Join(strings.Fields(s), " ")) }

// isVoid reports whether a note says that the number is void.
//
// A document that was annulled ("đã hủy bỏ theo Quyết định 55") has a number that was
// used, and a note that begins with "thay" speaks of another number. What is read as
// void is listed with its note.
func isVoid(note string) bool {
	words := strings.FieldsFunc(strings.ToLower(vanphong.FoldTone(note)), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) })
	key := " " + strings.Join(words, " ") + " "
	return !strings.HasPrefix(key, " thay ") && voidNote.MatchString(key)
}

// voidNote has the words with their marks, because "gửi các bộ, sở" is no "bỏ số";
// without any mark, as some type, only those that can be nothing else.
var voidNote = regexp.MustCompile(` (hủy số|số hủy|hủy bỏ số|bỏ số|huy so|so huy|huy bo so) |^ (hủy|huy) $| (đã hủy|da huy) ([^b]|$)`)

// series finds the series that a row belongs to, by the policy.
func (r *reader) series(l *line) (documents.SeriesKey, bool) {
	key, err := r.policy.Key(r.drawing(l, l.Kind))
	if err != nil {
		// No rule set reaches the day, or none is known to give a symbol: both are mended
		// in the same place.
		r.fault(RuleKind, l, ColumnKind, l.Kind.Name(), "ký hiệu của tên loại này vào ngày "+vanphong.FormatDate(l.Day)+", ghi trong Symbols của chính sách đánh số")
		return key, false
	}
	return key, true
}

func (r *reader) drawing(l *line, k documents.Kind) documents.Drawing {
	day := l.Day
	if day == 0 {
		day = r.book.Days.First // a void line without a day: the symbol of the book's time
	}
	return documents.Drawing{Organ: r.book.Organ, Scope: r.book.Scope, Kind: k, Secrecy: l.Secrecy, Day: day, Normative: l.number.Year != 0}
}

// printsAs reports whether a number has the symbol after which its series is
// named, if it is named after one.
func (r *reader) printsAs(l *line) bool {
	name := l.key.Name[strings.LastIndexByte(l.key.Name, '/')+1:]
	return name == documents.AllKinds || name == l.number.Code || documents.Kind(name) == l.Kind
}

// printable replaces what cannot be shown.
func printable(s string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsControl(c) {
			return ' '
		}
		return c
	}, strings.ToValidUTF8(s, "?"))
}
