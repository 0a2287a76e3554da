package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/vanphong-go/vanphong"
)

// result is what a run shows, as text or as one JSON document. Everything in
// it is computed from the file opened afresh.
//
// Keys of the JSON are a contract with the tests and with whoever reads it
// from another program.
type result struct {
	Office         string        `json:"office"`
	Week           weekResult    `json:"week"`
	Meeting        meetingResult `json:"meeting"`
	Tasks          []taskResult  `json:"tasks"`
	Board          boardResult   `json:"board"`
	Report         reportResult  `json:"report"`
	Reconciliation []seriesRow   `json:"reconciliation"`
	Chain          string        `json:"chain"` // "whole": every ledger was verified
	Skipped        []skipped     `json:"skipped,omitempty"`
}

type weekResult struct {
	Days      vanphong.Days `json:"days"`
	State     string        `json:"state"`
	Revision  int           `json:"revision"`
	Rows      []weekRow     `json:"rows"`
	Conflicts []string      `json:"conflicts"`
	// Amendments tell what changed after publication, one sentence a revision.
	//
	// The rest of the rows is already in its state after them.
	Amendments []string `json:"amendments,omitempty"`
}

type weekRow struct {
	Day      vanphong.Date `json:"day"`
	Session  string        `json:"session"`
	Time     string        `json:"time,omitempty"`
	Activity string        `json:"activity,omitempty"`
	Place    string        `json:"place,omitempty"`
	Who      string        `json:"who,omitempty"`
	Mark     string        `json:"mark,omitempty"`
}

type meetingResult struct {
	Title      string          `json:"title"`
	Term       string          `json:"term"`
	Ordinal    int             `json:"ordinal"`
	Day        vanphong.Date   `json:"day"`
	InOffice   int             `json:"in_office"`
	Summoned   int             `json:"summoned"`
	Present    int             `json:"present"`
	Quorum     string          `json:"quorum"`
	Items      []itemResult    `json:"items"`
	Conclusion conclusionShown `json:"conclusion"`
}

type itemResult struct {
	Title   string `json:"title"`
	Method  string `json:"method"`
	For     int    `json:"for"`
	Against int    `json:"against"`
	Needed  int    `json:"needed,omitempty"`
	Outcome string `json:"outcome"`
}

type conclusionShown struct {
	ID       string        `json:"id"`
	Number   string        `json:"number"`
	Day      vanphong.Date `json:"day"`
	Abstract string        `json:"abstract"`
}

type taskResult struct {
	Title    string        `json:"title"`
	Lead     string        `json:"lead"`
	With     string        `json:"with,omitempty"`
	Due      vanphong.Date `json:"due,omitzero"`
	FirstDue vanphong.Date `json:"first_due,omitzero"`
	DoneOn   vanphong.Date `json:"done_on,omitzero"`
	Status   string        `json:"status"`
	DaysLate int           `json:"days_late,omitempty"`
}

type boardResult struct {
	Day   vanphong.Date `json:"day"`
	Cells []cellResult  `json:"cells"`
	Rates []rateResult  `json:"rates"`
}

type cellResult struct {
	Name  string `json:"name"`
	Count int    `json:"count"`
}

type rateResult struct {
	Of      string `json:"of"`
	Num     int    `json:"num"`
	Den     int    `json:"den"`
	Percent string `json:"percent"`
}

type reportResult struct {
	Period    vanphong.Days `json:"period"`
	Sentences []string      `json:"sentences"`
}

type seriesRow struct {
	Scope      string `json:"scope"`
	Name       string `json:"name"`
	OpenedAt   int64  `json:"opened_at"`
	Last       int64  `json:"last"`
	Void       int64  `json:"void"`
	Reserved   int64  `json:"reserved"`
	Held       int64  `json:"held"`
	Suffixed   int64  `json:"suffixed"`
	Outside    int64  `json:"outside"`
	Uncounted  int64  `json:"uncounted"`
	Counted    int64  `json:"counted"`
	Difference int64  `json:"difference"`
}

// printer writes until the first error and keeps it.
//
// So printing needs no check a line, and a closed pipe is still noticed.
type printer struct {
	w   io.Writer
	err error
}

func (p *printer) linef(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format+"\n", args...)
	}
}

// Letters are counted, not bytes: "Ố" is three of them.
func (p *printer) head(s string) { p.linef("\n%s\n%s", s, strings.Repeat("═", len([]rune(s)))) }

func (p *printer) table(t *table) {
	if p.err == nil {
		p.err = t.print(p.w)
	}
}

func (r result) print(w io.Writer) error {
	p := &printer{w: w}
	p.linef("%s", r.Office)
	r.Week.print(p)
	r.Meeting.print(p)
	r.printTasks(p)
	r.Board.print(p)
	p.head("BÁO CÁO " + strings.ToUpper(r.Report.Period.String()))
	for _, s := range r.Report.Sentences {
		for _, l := range wrap(s, 100) {
			p.linef("%s", l)
		}
	}
	r.printSeries(p)
	if len(r.Skipped) > 0 {
		p.head("DÒNG BỎ QUA")
		for _, s := range r.Skipped {
			p.linef("%s", s)
		}
	}
	return p.err
}

func (r weekResult) print(p *printer) {
	p.head(fmt.Sprintf("LỊCH CÔNG TÁC TUẦN %s (%s, lần %d)", strings.ToUpper(r.Days.String()), r.State, r.Revision))
	// Zero widths are as wide as their widest cell.
	t := &table{heads: []string{"Ngày", "Buổi", "Giờ", "Nội dung", "Địa điểm", "Chủ trì, thành phần"}, widths: []int{0, 0, 0, 34, 18, 22}}
	var last vanphong.Date
	for _, row := range r.Rows {
		day := ""
		if row.Day != last {
			t.rule()
			day, last = dayShort(row.Day), row.Day
		}
		t.add(day, row.Session, row.Time, strings.TrimSpace(row.Activity+" "+row.Mark), row.Place, row.Who)
	}
	p.table(t)
	// Continued lines are indented under the first.
	for _, c := range append(slices.Clone(r.Amendments), r.Conflicts...) {
		for i, l := range wrap(c, 110) {
			p.linef("%s %s", []string{"!", " "}[min(i, 1)], l)
		}
	}
}

// As Vietnamese calendars write it: T2 is Monday, CN Sunday.
func dayShort(d vanphong.Date) string {
	short := map[time.Weekday]string{time.Sunday: "CN"}
	name, ok := short[d.Weekday()]
	if !ok {
		name = fmt.Sprintf("T%d", int(d.Weekday())+1)
	}
	full := vanphong.FormatDate(d)
	return name + " " + full[:len(full)-5]
}

func (r meetingResult) print(p *printer) {
	p.head(strings.ToUpper(fmt.Sprintf("%s lần thứ %d, %s, %s", r.Title, r.Ordinal, r.Term, vanphong.FormatDateLong(r.Day))))
	p.linef("Đương nhiệm %d, triệu tập %d, có mặt %d: %s.", r.InOffice, r.Summoned, r.Present, r.Quorum)
	t := &table{heads: []string{"Nội dung", "Hình thức", "Tán thành", "Không", "Cần", "Kết quả"}, widths: []int{44, 12, 0, 0, 0, 0}}
	for _, i := range r.Items {
		forVotes, against, needed := fmt.Sprint(i.For), fmt.Sprint(i.Against), fmt.Sprint(i.Needed)
		if i.Needed == 0 {
			forVotes, against, needed = "", "", "" // put off: nobody was asked
		}
		t.add(i.Title, i.Method, forVotes, against, needed, i.Outcome)
	}
	p.table(t)
	p.linef("Kết luận số %s, %s về %s.", r.Conclusion.Number, vanphong.FormatDateLong(r.Conclusion.Day), r.Conclusion.Abstract)
}

func (r result) printTasks(p *printer) {
	p.head("BẢNG THEO DÕI NHIỆM VỤ, " + strings.ToUpper(vanphong.FormatDateLong(r.Board.Day)))
	t := &table{
		heads:  []string{"Nhiệm vụ", "Chủ trì (phối hợp)", "Hạn (hạn đầu)", "Hoàn thành", "Tình trạng"},
		widths: []int{36, 22, 13, 0, 22},
	}
	for _, k := range r.Tasks {
		who, due, status := k.Lead, vanphong.FormatDate(k.Due), k.Status
		if k.With != "" {
			who += " (" + k.With + ")"
		}
		// The first deadline is shown beside the current one: an extension is
		// no secret.
		if k.FirstDue != k.Due {
			due += " (" + vanphong.FormatDate(k.FirstDue) + ")"
		}
		if k.DaysLate > 0 {
			status += fmt.Sprintf(" %d ngày", k.DaysLate)
		}
		t.add(k.Title, who, due, vanphong.FormatDate(k.DoneOn), status)
	}
	p.table(t)
}

func (r boardResult) print(p *printer) {
	for _, c := range r.Cells {
		p.linef("%-36s %3d", c.Name, c.Count)
	}
	for _, rate := range r.Rates {
		p.linef("Tỷ lệ hoàn thành trên số %s: %d/%d = %s (làm tròn)", rate.Of, rate.Num, rate.Den, rate.Percent)
	}
}

func (r result) printSeries(p *printer) {
	p.head("ĐỐI CHIẾU VỚI DÃY SỐ")
	t := &table{
		heads:  []string{"Nhiệm kỳ, đại hội", "Dãy số", "Từ", "Đến", "Hủy", "Giữ", "Sổ mật", "Chèn", "Ngoài kỳ", "Không nêu", "Đã nêu", "Lệch"},
		widths: []int{20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0},
	}
	scope := ""
	for _, s := range r.Reconciliation {
		shown := s.Scope
		if s.Scope == scope {
			shown = ""
		} else {
			t.rule()
		}
		scope = s.Scope
		// Two digits, as numbers are written on paper.
		last := fmt.Sprintf("%02d", s.Last)
		if s.Last < s.OpenedAt {
			last = "–"
		}
		t.add(shown, s.Name, fmt.Sprintf("%02d", s.OpenedAt), last, num(s.Void), num(s.Reserved), num(s.Held), num(s.Suffixed),
			num(s.Outside), num(s.Uncounted), num(s.Counted), num(s.Difference))
	}
	p.table(t)
	if r.Chain == chainWhole {
		p.linef("“Không nêu”: đã ban hành nhưng câu báo cáo không nhắc đến. “Lệch” phải bằng 0.")
		p.linef("Đã kiểm tra toàn bộ sổ: không dòng nào bị sửa hay mất, không số nào hụt hoặc cấp hai lần.")
	}
}

const chainWhole = "whole"

func num(n int64) string { return fmt.Sprint(n) }
