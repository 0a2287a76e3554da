package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/adapters/sqlite"
	"github.com/vanphong-go/vanphong/calendar"
	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/meetings"
	"github.com/vanphong-go/vanphong/meetings/followup"
	"github.com/vanphong-go/vanphong/reporting"
)

// screen is the outlet of this program: without a policy it shows nothing
// above "không mật".
const screen vanphong.Zone = "terminal"

// The zero policy is the strict one; an office that may see more says so.
var policy vanphong.Redaction

// read opens the file afresh, for reading only, verifies it and computes
// everything that is shown from what is stored.
//
// Read-only, so that a report can never change what it reports on.
func read(ctx context.Context, opt options, in inputs, l live, log *progress) (res result, err error) {
	store, err := sqlite.Open(ctx, opt.db, &sqlite.Options{ReadOnly: true})
	if err != nil {
		return res, err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	o, err := newOffice(ctx, store, log)
	if err != nil {
		return res, err
	}
	if err := o.verify(store, opt.db); err != nil {
		return res, err
	}
	res.Office, res.Chain = officeName(), chainWhole
	if res.Week, err = o.showWeek(l.week); err != nil {
		return res, err
	}
	if res.Meeting, err = o.showMeeting(l); err != nil {
		return res, err
	}
	if res.Tasks, res.Board, err = o.showBoard(opt.day, l); err != nil {
		return res, err
	}
	// The report runs to the end of the half-year, or of the month of the week
	// that was played, if that is later.
	days := vanphong.Days{First: since, End: max(halfYearEnd, firstOfNextMonth(l.week.End-1))}
	res.Report, res.Reconciliation, err = o.report(in.figures, days)
	return res, err
}

func officeName() string {
	for _, o := range vanphong.ProvinceCommittees() {
		if o.ID == org {
			return strings.ToUpper(o.Name)
		}
	}
	return string(org)
}

// Tallies count whole months, see reporting.Tally.Count.
func firstOfNextMonth(d vanphong.Date) vanphong.Date {
	next := d.AddMonths(1)
	return next - vanphong.Date(next.Day()-1)
}

func (o *office) showWeek(week vanphong.Days) (weekResult, error) {
	s, err := o.planner.Week(o.ctx, org, week.First)
	if err != nil {
		return weekResult{}, err
	}
	findings, err := calendar.Findings(s.Entries, &calendar.FindingOptions{Length: usualLength, Gap: travelGap, Zone: screen, Redaction: policy})
	if err != nil {
		return weekResult{}, err
	}
	// Findings pass the same door by themselves; entries are shown from here
	// on only as redacted.
	shown := s.For(screen, policy)
	out := weekResult{Days: s.Days, State: s.State.Name(), Revision: s.Revision, Conflicts: []string{}}
	for _, f := range findings {
		out.Conflicts = append(out.Conflicts, calendar.Messages().Text(f))
	}
	for _, a := range shown.Amendments {
		out.Amendments = append(out.Amendments, fmt.Sprintf("Điều chỉnh lần %d: %s (thêm %d, bớt %d, sửa %d dòng)",
			a.Revision-1, a.Reason, len(a.Diff.Added), len(a.Diff.Removed), len(a.Diff.Changed)))
	}
	for row := range shown.Rows() {
		// An empty half-day is printed too.
		if len(row.Entries) == 0 {
			out.Rows = append(out.Rows, weekRow{Day: row.Day, Session: row.Session.Name()})
		}
		for _, e := range row.Entries {
			r := weekRow{
				Day: row.Day, Session: row.Session.Name(), Time: strings.ReplaceAll(e.Time.String(), " ", ""), Activity: e.Activity,
				Place: join("; ", append([]string{e.Place}, e.Vehicles...)...), Who: who(e),
			}
			unit := e.Unit
			if unit != "" {
				unit += " chuẩn bị"
			}
			invitation := ""
			if e.Invitation {
				invitation = "thay thư mời"
			}
			if mark := join("; ", invitation, unit, e.Invited, e.Note); mark != "" {
				r.Mark = "(" + mark + ")"
			}
			out.Rows = append(out.Rows, r)
		}
	}
	return out, nil
}

func who(e calendar.Entry) string {
	var names, staff []string
	for _, a := range append([]calendar.Attendee{e.Chair}, e.Attendees...) {
		names = append(names, a.String())
	}
	for _, a := range e.Staff {
		staff = append(staff, a.String())
	}
	if with := join(", ", staff...); with != "" {
		names = append(names, "cùng đi: "+with)
	}
	return join("; ", names...)
}

// join joins the texts that are not empty.
func join(sep string, texts ...string) string {
	return strings.Join(slices.DeleteFunc(texts, func(s string) bool { return s == "" }), sep)
}

func (o *office) showMeeting(l live) (meetingResult, error) {
	m, err := o.secretary.Meeting(o.ctx, org, l.meeting)
	if err != nil {
		return meetingResult{}, err
	}
	c, err := o.secretary.Conclusion(o.ctx, org, l.conclusion)
	if err != nil {
		return meetingResult{}, err
	}
	m, c = m.For(screen, policy), c.For(screen, policy)
	// A meeting without its quorum is not opened, so an ordinal is the proof.
	quorum := "chưa khai mạc"
	if m.Ordinal > 0 {
		quorum = "đủ điều kiện tiến hành (" + m.Opening.Quorum.String() + ")"
	}
	out := meetingResult{
		Title: m.Title, Term: o.termOn(m.Day).Name, Ordinal: m.Ordinal, Day: m.Day,
		InOffice: m.Opening.Tally.InOffice, Summoned: m.Opening.Tally.Summoned, Present: m.Opening.Tally.Present, Quorum: quorum,
		Conclusion: conclusionShown{ID: string(c.ID), Number: c.Number.String(), Day: c.Day, Abstract: c.Abstract},
	}
	for _, i := range m.Agenda {
		d := i.Decision
		item := itemResult{Title: i.Title, Method: d.Method.Name(), Outcome: d.Outcome.Name(), For: d.Tally.For, Against: d.Tally.Against}
		if d.Method == meetings.OpenVote || d.Method == meetings.Consensus {
			item.Needed = d.Threshold.Needed(d.Tally.InOffice)
		}
		// Everybody present agreed: that is what a consensus records.
		if d.Method == meetings.Consensus {
			item.For = d.Tally.Present
		}
		out.Items = append(out.Items, item)
	}
	return out, nil
}

func (o *office) showBoard(day vanphong.Date, l live) ([]taskResult, boardResult, error) {
	var tasks []taskResult
	for t, err := range o.tracker.Tasks(o.ctx, org, followup.Query{Origin: string(l.conclusion)}) {
		if err != nil {
			return nil, boardResult{}, err
		}
		// A task above the screen's level keeps its days, so its status can be
		// told.
		t = t.For(screen, policy)
		s := t.Status(day)
		if s.Standing == followup.NotAssigned {
			continue
		}
		with := make([]string, len(t.Coordinating))
		for i, u := range t.Coordinating {
			with[i] = unitName(u)
		}
		tasks = append(tasks, taskResult{
			Title: t.Title, Lead: unitName(t.Lead), With: strings.Join(with, "; "),
			Due: s.Due, FirstDue: s.FirstDue, DoneOn: s.DoneOn, Status: s.Name(), DaysLate: s.DaysLate,
		})
	}
	slices.SortStableFunc(tasks, byUrgency)
	b, err := o.tracker.Board(o.ctx, org, day, followup.Query{Origin: string(l.conclusion)})
	if err != nil {
		return nil, boardResult{}, err
	}
	t := b.Tally
	out := boardResult{Day: day, Cells: []cellResult{
		{"Hoàn thành đúng hạn", t.DoneInTime},
		{"Hoàn thành quá hạn", t.DoneLate},
		{"Hoàn thành (không hạn)", t.DoneNoDeadline},
		{"Đang thực hiện trong hạn", t.OpenInTime},
		{"Đang thực hiện quá hạn", t.OpenLate},
		{"Đang thực hiện (không hạn)", t.OpenNoDeadline},
		{"Tổng số nhiệm vụ được giao", t.Assigned()},
	}}
	for _, of := range []followup.Denominator{followup.OfAssigned, followup.OfDoneAndOverdue, followup.OfDue} {
		r := t.Rate(of)
		shown := "không có"
		if r.Den > 0 {
			if shown, err = reporting.Percent(int64(r.Num), int64(r.Den), 2, reporting.Round); err != nil {
				return nil, boardResult{}, err
			}
		}
		out.Rates = append(out.Rates, rateResult{of.Name(), r.Num, r.Den, shown})
	}
	return tasks, out, nil
}

// byUrgency puts what is overdue first, the latest on top, then what is still
// to be done by its deadline, then what is done.
//
// It is the order of a working list: what needs somebody today stands on top.
func byUrgency(a, b taskResult) int {
	rank := func(t taskResult) int {
		switch {
		case t.DoneOn != 0:
			return 2
		case t.DaysLate > 0:
			return 0
		}
		return 1
	}
	due := func(t taskResult) vanphong.Date {
		if t.Due == 0 {
			// Without a deadline comes after every deadline.
			return vanphong.MustDate("9999-12-31")
		}
		return t.Due
	}
	return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(due(a), due(b)), cmp.Compare(a.Title, b.Title))
}

func unitName(u vanphong.OrgID) string {
	names := map[vanphong.OrgID]string{
		"van-phong": "Văn phòng", "ban-to-chuc": "Ban Tổ chức", "ubkt": "Ủy ban Kiểm tra", "ban-noi-chinh": "Ban Nội chính",
		"ban-tuyen-giao-dan-van": "Ban Tuyên giáo và Dân vận", "dang-uy-ubnd": "Đảng ủy UBND",
	}
	if n, ok := names[u]; ok {
		return n
	}
	return string(u)
}

// heldKind is the kind under which a tally counts the meetings of a body.
//
// The prefix keeps meetings apart from documents in one tally.
func heldKind(k vanphong.BodyKind) documents.Kind {
	return documents.Kind("held/" + string(bodyOf(k)))
}

// report counts what is stored, document by document and meeting by meeting,
// writes the sentences and holds every series against them.
//
// Nothing is taken from the figures but which subjects the sentence names and
// how they are cut: the values are counted again from the file.
func (o *office) report(figures []figure, days vanphong.Days) (reportResult, []seriesRow, error) {
	papers := reporting.Template{
		Before: "Văn phòng Tỉnh ủy đã tham mưu cho Thường trực, Ban Thường vụ Tỉnh ủy, Ban Chấp hành Đảng bộ tỉnh ban hành ",
		After:  ".", None: "Trong kỳ không ban hành văn bản nào.",
	}
	sittings := reporting.Template{Before: "Phối hợp chuẩn bị nội dung, tài liệu phục vụ ", After: ".", None: "Trong kỳ không có hội nghị nào."}
	full := map[vanphong.BodyKind]string{
		vanphong.ThuongTruc: "hội nghị Thường trực Tỉnh ủy", vanphong.StandingCommittee: "hội nghị Ban Thường vụ Tỉnh ủy",
		vanphong.PartyCommittee: "hội nghị Ban Chấp hành Đảng bộ tỉnh",
	}
	for _, f := range figures {
		switch {
		case f.Congress || !f.Report:
		case f.Body != vanphong.BodyUnknown:
			sittings.Items = append(sittings.Items, reporting.Item{Subject: full[f.Body], Kinds: []documents.Kind{heldKind(f.Body)}, Step: f.Round})
		default:
			papers.Items = append(papers.Items, reporting.Item{Subject: f.Subject, Kinds: []documents.Kind{f.Kind}, Step: f.Round})
		}
	}
	tally, err := reporting.NewTally(reporting.Scheme{})
	if err == nil {
		err = tally.AddAll(o.facts(days))
	}
	if err != nil {
		return reportResult{}, nil, err
	}
	out := reportResult{Period: days}
	for _, t := range []reporting.Template{papers, sittings} {
		lines, err := t.Lines(tally, org, days)
		if err != nil {
			return out, nil, err
		}
		text, err := t.Sentence(reporting.Figures(lines))
		if err != nil {
			return out, nil, err
		}
		out.Sentences = append(out.Sentences, text)
	}
	rows, err := o.reconcile(papers, days)
	return out, rows, err
}

// facts walks what the sentences count: the issued documents of the
// committee's terms (the congress's own are counted apart) and the meetings
// that were held.
func (o *office) facts(days vanphong.Days) iter.Seq2[reporting.Fact, error] {
	return func(yield func(reporting.Fact, error) bool) {
		inTerm := map[documents.SeriesID]bool{}
		for s, err := range o.registrar.AllSeries(o.ctx, org) {
			if err != nil {
				yield(reporting.Fact{}, err)
				return
			}
			// A congress numbers and reports for itself.
			inTerm[s.ID] = s.Key.Scope != string(congressID)
		}
		for e, err := range o.registrar.List(o.ctx, org, documents.Query{State: documents.StateIssued, Days: days}) {
			if err == nil && !inTerm[e.Series] {
				continue
			}
			if !yield(reporting.Fact{Org: org, Kind: e.Kind, Day: e.Day}, err) || err != nil {
				return
			}
		}
		for _, k := range []vanphong.BodyKind{vanphong.ThuongTruc, vanphong.StandingCommittee, vanphong.PartyCommittee} {
			for m, err := range o.secretary.Meetings(o.ctx, org, meetings.Query{Body: bodyOf(k), Days: days}) {
				if err == nil && !m.State.Held() {
					continue
				}
				if !yield(reporting.Fact{Org: org, Kind: heldKind(k), Day: m.Day}, err) || err != nil {
					return
				}
			}
		}
	}
}

func (o *office) reconcile(t reporting.Template, days vanphong.Days) ([]seriesRow, error) {
	names := map[string]string{
		string(termAppointed): o.history.first.Name, string(termElected): "Nhiệm kỳ 2025 - 2030", string(congressID): "Đại hội lần thứ I",
	}
	byScope := map[string][]seriesRow{}
	for s, err := range o.registrar.AllSeries(o.ctx, org) {
		if err != nil {
			return nil, err
		}
		// For the congress's series nothing counts in this sentence; every
		// number must be accounted for all the same.
		counts := t.Counts
		if s.Key.Scope == string(congressID) {
			counts = func(documents.Kind) bool { return false }
		}
		r, err := reporting.Reconcile(s, o.registrar.List(o.ctx, org, documents.Query{Series: s.ID}), counts, days)
		if err != nil {
			return nil, err
		}
		name := s.Key.Name
		if name == documents.AllKinds {
			name = "mọi loại"
		}
		byScope[s.Key.Scope] = append(byScope[s.Key.Scope], seriesRow{
			Scope: names[s.Key.Scope], Name: name, OpenedAt: r.OpenedAt, Last: r.Last, Void: r.Void, Reserved: r.Reserved,
			Held: r.Held, Suffixed: r.Suffixed, Outside: r.Outside, Uncounted: r.Uncounted, Counted: r.Counted, Difference: r.Difference,
		})
	}
	var out []seriesRow
	for _, scope := range []vanphong.TermID{termAppointed, congressID, termElected} {
		out = append(out, sortedRows(byScope[string(scope)])...)
	}
	return out, nil
}

// sortedRows puts the series of a term into the order of the kinds.
//
// The order of the report sentence, with the congress's one series last.
func sortedRows(rows []seriesRow) []seriesRow {
	var out []seriesRow
	for _, name := range []string{"NQ", "QĐ", "CT", "KL", "ĐA", "CTr", "KH", "BC", "TB", "mọi loại"} {
		for _, r := range rows {
			if r.Name == name {
				out = append(out, r)
			}
		}
	}
	return out
}
