package books

import (
	"fmt"
	"strings"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
)

// Departure is a line of the register of outgoing documents as it is written
// out: what the register has, and what the office knows beside it.
type Departure struct {
	Line       documents.RegisterLine
	Recipients string        // nơi nhận
	Keeper     string        // đơn vị, người nhận bản lưu
	Copies     string        // số lượng bản
	Moved      vanphong.Date // ngày chuyển
	Receipt    string        // ký nhận
	Note       string        // beside what the line says itself
}

// Arrival is a line of the registers of incoming documents as it is written
// out. Package documents/incoming and every other keeper of such rows fills it.
type Arrival struct {
	Day       vanphong.Date // ngày đến
	Number    string        // số đến
	Author    string        // tác giả: the issuing organ
	Document  string        // số, ký hiệu văn bản
	Dated     vanphong.Date // ngày tháng văn bản
	Kind      documents.Kind
	Abstract  string
	Secrecy   vanphong.Secrecy
	Recipient string        // đơn vị hoặc người nhận
	Moved     vanphong.Date // ngày chuyển
	Receipt   string        // ký nhận
	Due       vanphong.Date // thời hạn giải quyết
	Progress  string        // tiến độ giải quyết
	Answer    string        // số, ký hiệu văn bản trả lời
	Note      string
}

// clauseIV is the annex with the forms of registers. Its columns are a minimum:
// "tối thiểu".
const clauseIV = "30/2020/NĐ-CP, phụ lục IV"

// Outgoing is the State's register of outgoing documents (sổ đăng ký văn bản
// đi), ten columns: NĐ 30/2020/NĐ-CP phụ lục IV mục I (grade P).
func Outgoing() Layout[Departure] {
	return Layout[Departure]{
		Name:    "Sổ đăng ký văn bản đi",
		Source:  vanphong.Source{Clause: clauseIV + ", mục I", Grade: vanphong.GradePrimary},
		Secrecy: func(d Departure) vanphong.Secrecy { return d.Line.Entry.Secrecy },
		Fields: []Field[Departure]{
			{Name: "Số, ký hiệu văn bản", Width: 18, Open: true, Value: func(d Departure) string { return d.Line.Label() }},
			{Name: "Ngày tháng văn bản", Width: 12, Value: func(d Departure) string { return vanphong.FormatDate(d.Line.Entry.Day) }},
			{Name: "Tên loại và trích yếu nội dung văn bản", Width: 48, Value: func(d Departure) string { return title(d.Line.Entry.Kind, d.Line.Entry.Abstract) }},
			{Name: "Người ký", Width: 20, Value: func(d Departure) string { return d.Line.Entry.Signer }},
			{Name: "Nơi nhận văn bản", Width: 24, Value: func(d Departure) string { return d.Recipients }},
			{Name: "Đơn vị, người nhận bản lưu", Width: 20, Value: func(d Departure) string { return d.Keeper }},
			{Name: "Số lượng bản", Width: 10, Value: func(d Departure) string { return d.Copies }},
			{Name: "Ngày chuyển", Width: 12, Value: func(d Departure) string { return vanphong.FormatDate(d.Moved) }},
			{Name: "Ký nhận", Width: 12, Value: func(d Departure) string { return d.Receipt }},
			{Name: "Ghi chú", Width: 28, Value: func(d Departure) string { return join("; ", d.Line.Note(), d.Note) }},
		},
	}
}

// Incoming is the State's register of incoming documents (sổ đăng ký văn bản
// đến), ten columns: NĐ 30/2020/NĐ-CP phụ lục IV (that there are ten, grade P;
// their names from public restatements, grade S).
func Incoming() Layout[Arrival] {
	return Layout[Arrival]{
		Name:    "Sổ đăng ký văn bản đến",
		Source:  vanphong.Source{Clause: clauseIV, Grade: vanphong.GradeSecondary},
		Secrecy: func(a Arrival) vanphong.Secrecy { return a.Secrecy },
		Fields: []Field[Arrival]{
			{Name: "Ngày đến", Width: 12, Open: true, Value: func(a Arrival) string { return vanphong.FormatDate(a.Day) }},
			{Name: "Số đến", Width: 10, Open: true, Value: func(a Arrival) string { return a.Number }},
			{Name: "Tác giả", Width: 24, Value: func(a Arrival) string { return a.Author }},
			{Name: "Số, ký hiệu văn bản", Width: 18, Value: func(a Arrival) string { return a.Document }},
			{Name: "Ngày tháng văn bản", Width: 12, Value: func(a Arrival) string { return vanphong.FormatDate(a.Dated) }},
			{Name: "Tên loại và trích yếu nội dung văn bản", Width: 48, Value: func(a Arrival) string { return title(a.Kind, a.Abstract) }},
			{Name: "Đơn vị hoặc người nhận", Width: 24, Value: func(a Arrival) string { return a.Recipient }},
			{Name: "Ngày chuyển", Width: 12, Value: func(a Arrival) string { return vanphong.FormatDate(a.Moved) }},
			{Name: "Ký nhận", Width: 12, Value: func(a Arrival) string { return a.Receipt }},
			{Name: "Ghi chú", Width: 28, Value: func(a Arrival) string { return a.Note }},
		},
	}
}

// Tracking is the State's book in which the work on incoming documents is
// followed (sổ theo dõi giải quyết văn bản đến), seven columns: NĐ
// 30/2020/NĐ-CP phụ lục IV (that there are seven, grade P; their names from a
// public restatement, grade S).
func Tracking() Layout[Arrival] {
	return Layout[Arrival]{
		Name:    "Sổ theo dõi giải quyết văn bản đến",
		Source:  vanphong.Source{Clause: clauseIV, Grade: vanphong.GradeSecondary},
		Secrecy: func(a Arrival) vanphong.Secrecy { return a.Secrecy },
		Fields: []Field[Arrival]{
			{Name: "Số đến", Width: 10, Open: true, Value: func(a Arrival) string { return a.Number }},
			{Name: "Tên loại, số và ký hiệu, ngày tháng và tác giả văn bản", Width: 48, Value: func(a Arrival) string {
				return join(", ", strings.TrimSpace(title(a.Kind, "")+" "+a.Document), vanphong.FormatDate(a.Dated), a.Author)
			}},
			{Name: "Đơn vị hoặc người nhận", Width: 24, Value: func(a Arrival) string { return a.Recipient }},
			{Name: "Thời hạn giải quyết", Width: 14, Value: func(a Arrival) string { return vanphong.FormatDate(a.Due) }},
			{Name: "Tiến độ giải quyết", Width: 24, Value: func(a Arrival) string { return a.Progress }},
			{Name: "Số, ký hiệu văn bản trả lời", Width: 18, Value: func(a Arrival) string { return a.Answer }},
			{Name: "Ghi chú", Width: 28, Value: func(a Arrival) string { return a.Note }},
		},
	}
}

// EntryField returns a column over entries by its code, for layouts that are
// configuration: "number", "serial", "day", "kind", "abstract",
// "kind_abstract", "signer", "unit", "secrecy", "urgency", "state", "standing",
// "reason", "decided_by", "origin". name is the heading; an empty one is the
// Vietnamese name. An unknown code is an [*vanphong.InputError].
func EntryField(code, name string, width int) (Field[documents.Entry], error) {
	for _, f := range entryFields {
		if f.code == code {
			if name == "" {
				name = f.name
			}
			return Field[documents.Entry]{Name: name, Width: width, Value: f.value, Open: f.open}, nil
		}
	}
	codes := make([]string, len(entryFields))
	for i, f := range entryFields {
		codes[i] = f.code
	}
	return Field[documents.Entry]{}, vanphong.NewInputError("field", code, "one of "+strings.Join(codes, ", "), nil)
}

// Entries is a layout over entries with the given fields.
func Entries(name string, fields ...Field[documents.Entry]) Layout[documents.Entry] {
	return Layout[documents.Entry]{Name: name, Fields: fields,
		Secrecy: func(e documents.Entry) vanphong.Secrecy { return e.Secrecy }}
}

// entryFields are the columns by code. Open are those that say nothing of what a
// document is about: its number, its mark, and what became of the number.
var entryFields = [...]struct {
	code, name string
	open       bool
	value      func(documents.Entry) string
}{
	{"number", "Số, ký hiệu", true, func(e documents.Entry) string { return e.Number.String() }},
	{"serial", "Số", true, func(e documents.Entry) string { return fmt.Sprintf("%02d", e.Serial) + e.Number.Suffix }},
	{"day", "Ngày tháng", false, func(e documents.Entry) string { return vanphong.FormatDate(e.Day) }},
	{"kind", "Tên loại", false, func(e documents.Entry) string { return title(e.Kind, "") }},
	{"abstract", "Trích yếu", false, func(e documents.Entry) string { return e.Abstract }},
	{"kind_abstract", "Tên loại và trích yếu", false, func(e documents.Entry) string { return title(e.Kind, e.Abstract) }},
	{"signer", "Người ký", false, func(e documents.Entry) string { return e.Signer }},
	{"unit", "Đơn vị soạn thảo", false, func(e documents.Entry) string { return e.Unit }},
	{"secrecy", "Độ mật", true, func(e documents.Entry) string { return marked(e.Secrecy > 0, e.Secrecy.Name()) }},
	{"urgency", "Độ khẩn", false, func(e documents.Entry) string { return marked(e.Urgency > 0, e.Urgency.Name()) }},
	{"state", "Tình trạng số", true, func(e documents.Entry) string { return documents.RegisterLine{Entry: e}.Status() }},
	{"standing", "Hiệu lực", false, func(e documents.Entry) string { return e.Standing.Name() }},
	{"reason", "Lý do", false, func(e documents.Entry) string { return e.Reason }},
	{"decided_by", "Cơ quan quyết định", false, func(e documents.Entry) string { return string(e.DecidedBy) }},
	{"origin", "Căn cứ", false, func(e documents.Entry) string { return e.Origin }},
}

// marked leaves the column empty for what has no mark, as books do.
func marked(is bool, name string) string {
	if is {
		return name
	}
	return ""
}

// title writes a kind with a capital, and the abstract behind it unless it
// begins with the kind already.
func title(k documents.Kind, abstract string) string {
	name := k.Name()
	if k == "" || kindAtHead(abstract) == k {
		return abstract
	}
	if r := []rune(name); len(r) > 0 {
		name = string(upper(r[0])) + string(r[1:])
	}
	return strings.TrimSpace(name + " " + abstract)
}

// join joins the parts that are not empty.
func join(sep string, parts ...string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, sep)
}
