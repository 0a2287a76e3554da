package main

import (
	"errors"
	"fmt"
	"time"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/calendar"
	"github.com/vanphong-go/vanphong/meetings"
	"github.com/vanphong-go/vanphong/meetings/followup"
)

// Hours and lengths that no rule fixes: the office's own, see
// calendar.OfficeHours.
const (
	usualLength = 90 * time.Minute // of an entry whose end is not stated
	travelGap   = 15 * time.Minute
)

// oneWeek returns the week, Monday to Sunday, of the first row, the rows that
// can stand in it and those that cannot.
//
// The earliest row says which week is meant, since a file is usually sorted
// and not always.
func oneWeek(entries []calendar.Entry) (week vanphong.Days, good, bad []calendar.Entry) {
	if len(entries) == 0 {
		return week, nil, nil
	}
	first := entries[0].Day
	for _, e := range entries {
		first = min(first, e.Day)
	}
	week = calendar.WeekOf(first)
	for _, e := range entries {
		if checkRow(e, week) == nil {
			good = append(good, e)
		} else {
			bad = append(bad, e)
		}
	}
	return week, good, bad
}

// skippedRow tells a row that the calendar package left out, its line once.
func skippedRow(name string, s calendar.SkippedRow) skipped {
	out := skipped{File: name, Line: s.Line, Why: s.Err.Error()}
	var bad *calendar.CSVError
	if errors.As(s.Err, &bad) {
		out.Why = bad.Err.Error()
	}
	return out
}

// checkRow says what is wrong with a row that the calendar package could read:
// a day outside the week, a body that this office has not.
//
// What a schedule may say in general and what this office can hold are two
// questions.
//
// An error is a door too: the row is named only as the screen may show it.
func checkRow(e calendar.Entry, week vanphong.Days) error {
	name := rowName(e)
	if e.Day < since {
		return vanphong.NewInputError("day", e.Day.String(), "a day from "+since.String()+" on, for "+name, vanphong.ErrOutOfRange)
	}
	if !week.Contains(e.Day) {
		return vanphong.NewInputError("day", e.Day.String(), "a day of one week, "+week.String()+", for "+name, vanphong.ErrOutOfRange)
	}
	switch e.Body {
	case "", bodyCommittee, bodyStanding, bodyThuongTruc:
		return nil
	}
	return vanphong.NewInputError("body", string(e.Body),
		fmt.Sprintf("%s, %s, %s or nothing, for %s", bodyCommittee, bodyStanding, bodyThuongTruc, name), nil)
}

// rowName is how an error names a row.
func rowName(e calendar.Entry) string { return policy.Text(screen, e.Secrecy, e.Activity) }

// publish registers every row, accepts it into the week, approves the week and
// publishes it; it returns the entries under their ids. A week that is
// published already and says otherwise is amended, which needs a reason.
func (o *office) publish(entries []calendar.Entry, week vanphong.Days, reason string) ([]calendar.Entry, error) {
	s, err := o.planner.Week(o.ctx, org, week.First)
	if err == nil && s.State >= calendar.SchedulePublished {
		return o.amend(s, entries, reason)
	}
	if err != nil && !errors.Is(err, vanphong.ErrNotFound) {
		return nil, err
	}
	// The day on which the Government Office sent out its schedule (rules of
	// 2016); a Party deadline was not found.
	before := week.First - 3 // Friday of the week before
	for _, e := range entries {
		unit := e.Unit
		if unit == "" {
			unit = "Văn phòng"
		}
		// The id of a registration derives from what it says, so a second run
		// registers nothing new.
		r, err := o.planner.Register(o.ctx, org, "", unit, e, at(before, 9))
		if err != nil {
			return nil, fmt.Errorf("đăng ký %q: %w", rowName(e), err)
		}
		if _, err := o.planner.Accept(o.ctx, org, r.ID, "", at(before, 14)); err != nil {
			return nil, fmt.Errorf("duyệt đăng ký %q: %w", rowName(e), err)
		}
	}
	if s, err = o.planner.Week(o.ctx, org, week.First); err != nil {
		return nil, err
	}
	if _, err := o.planner.Approve(o.ctx, org, s.ID, at(before, 15)); err != nil {
		return nil, err
	}
	s, err = o.planner.Publish(o.ctx, org, s.ID, at(before, 16))
	return s.Entries, err
}

// amend makes a published week say what the file says.
//
// The order alone is no change that readers need to be told.
func (o *office) amend(s calendar.WeekSchedule, entries []calendar.Entry, reason string) ([]calendar.Entry, error) {
	diff := calendar.Diff(s.Entries, entries)
	if len(diff.Added)+len(diff.Removed)+len(diff.Changed) == 0 {
		return s.Entries, nil
	}
	if reason == "" {
		return nil, fmt.Errorf("lịch tuần %s đã ban hành và khác với tệp (thêm %d, bớt %d, sửa %d dòng): nêu lý do điều chỉnh bằng -reason, hoặc chọn tệp dữ liệu khác bằng -db",
			s.Days, len(diff.Added), len(diff.Removed), len(diff.Changed))
	}
	// On Monday before work, as an urgent change is.
	s, err := o.planner.Amend(o.ctx, org, s.ID, entries, reason, at(s.Days.First, 6))
	return s.Entries, err
}

// holdMeeting holds the Ban Thường vụ's meeting of the week: presence, two
// decisions by open vote and one by consensus, one of the items concluded and
// numbered. Without a row for it the meeting is an extraordinary one on the
// week's first day.
func (o *office) holdMeeting(entries []calendar.Entry, l *live) error {
	inv := meetings.Invitation{
		Entry: calendar.EntryID("ngoai-lich/" + l.week.First.String()), Body: bodyStanding, Kind: meetings.Extraordinary,
		Mode: meetings.InPerson, Start: l.week.First.At(8, 0), Chair: secretary, Title: "Hội nghị Ban Thường vụ Tỉnh ủy",
	}
	// The first row of the body; fillers announce nothing.
	for _, e := range entries {
		if e.Body == bodyStanding && !e.Filler {
			inv.Entry, inv.Kind, inv.Title, inv.Place = e.ID, meetings.Regular, e.Activity, e.Place
			inv.Start = e.Day.At(8, 0)
			if !e.Time.Start.IsZero() {
				inv.Start = e.Time.Start.On(e.Day)
			}
			break
		}
	}
	day := vanphong.DateOf(inv.Start)
	inv.Term = o.termOn(day)
	inv.Agenda = []meetings.Proposal{
		{Key: "nhiem-vu-2026", Title: "Nhiệm vụ trọng tâm năm 2026", Unit: "van-phong"},
		{Key: "dau-tu-cong", Title: "Điều chỉnh kế hoạch vốn đầu tư công", Unit: "dang-uy-ubnd"},
		{Key: "kiem-tra", Title: "Chương trình kiểm tra, giám sát năm 2026", Unit: "ubkt"},
	}
	// With 13 of 15 present the quorum holds.
	m, err := o.open(inv, map[vanphong.PersonID]string{
		"uv-btv-11": "công tác ngoài tỉnh", "uv-btv-14": "nghỉ ốm",
	})
	if err != nil {
		return err
	}
	l.meeting = m.ID
	ballots := []meetings.Ballot{
		openVote(m, 0),
		// The case that majorities are lost over: more than half of those
		// present is not more than half of those in office.
		openVote(m, 6), // 7 of 13 present, but 8 of 15 in office are needed
		{Method: meetings.Consensus, Note: "thống nhất chương trình"},
	}
	for i, item := range m.Agenda {
		if m, err = o.secretary.Decide(o.ctx, org, m.ID, item.ID, ballots[i], at(day, 9)); err != nil {
			return fmt.Errorf("%s: %w", item.Title, err)
		}
	}
	// Only what was adopted is concluded; the second item failed.
	item := m.Agenda[0]
	l.conclusion = meetings.NewConclusionID(item.ID)
	if _, err := o.conclude(m, item.ID, "nhiệm vụ trọng tâm năm 2026"); err != nil {
		return err
	}
	if _, err := o.secretary.Close(o.ctx, org, m.ID, at(day, 11)); err != nil {
		return err
	}
	// Minutes are due some days after; two working days are this office's own
	// rule (the Party's: not found).
	due, err := o.calendar.AddWorkingDays(day, 2)
	if err != nil {
		return err
	}
	_, err = o.secretary.WriteUp(o.ctx, org, m.ID, due, at(due, 9))
	return err
}

// openVote has everybody present vote for, but the last n against.
func openVote(m meetings.Meeting, against int) meetings.Ballot {
	b := meetings.Ballot{Method: meetings.OpenVote}
	for _, p := range m.Summoned {
		if m.PresenceOf(p).Present() {
			b.Votes = append(b.Votes, meetings.Vote{Person: p, Choice: meetings.For})
		}
	}
	// Summoned stands in the order of the roll, so the same people vote
	// against on every run.
	for i := range against {
		b.Votes[len(b.Votes)-1-i].Choice = meetings.Against
	}
	return b
}

// deed is a task of the conclusion and what became of it; days are counted
// from the conclusion.
type deed struct {
	key, title, product string
	lead                vanphong.OrgID
	with                []vanphong.OrgID
	working             int // deadline in working days, or
	months              int // in months; neither: none
	extend              int // extended to so many months
	done                int // done after so many days; 0: not
}

// Chosen so that the board of the default day has every cell: done in time and
// late, open in time and late, both without a deadline, and one extended.
var deeds = []deed{
	{key: "1", title: "Ban hành kế hoạch triển khai kết luận", product: "kế hoạch", lead: "van-phong", working: 15, done: 12},
	{key: "2", title: "Rà soát quy chế làm việc của cấp ủy", product: "báo cáo", lead: "ban-to-chuc", with: []vanphong.OrgID{"van-phong"}, months: 3, done: 100},
	{key: "3", title: "Xây dựng đề án liên thông lịch công tác đến cấp xã", product: "đề án", lead: "van-phong", with: []vanphong.OrgID{"dang-uy-ubnd"}, months: 9, extend: 12},
	{key: "4", title: "Kiểm tra việc giải ngân vốn đầu tư công", product: "báo cáo", lead: "dang-uy-ubnd", with: []vanphong.OrgID{"ubkt"}, months: 10},
	{key: "5", title: "Thường xuyên theo dõi dư luận xã hội", lead: "ban-tuyen-giao-dan-van"},
	{key: "6", title: "Thông báo kết luận đến đảng ủy xã, phường", lead: "van-phong", done: 6},
	{key: "7", title: "Sơ kết thực hiện nhiệm vụ năm 2026", product: "báo cáo", lead: "van-phong", with: []vanphong.OrgID{"ban-noi-chinh"}, months: 12},
}

// followUp gives out the tasks of the conclusion and plays what became of
// them.
func (o *office) followUp(l live) error {
	c, err := o.secretary.Conclusion(o.ctx, org, l.conclusion)
	if err != nil {
		return err
	}
	origin := followup.OriginOf(c, c.Number.String())
	for _, d := range deeds {
		if err := o.playDeed(d, origin, c.Day); err != nil {
			return fmt.Errorf("nhiệm vụ %s: %w", d.key, err)
		}
	}
	return nil
}

// Deadlines are reckoned by the calendar, so that a holiday or a swapped day
// moves them as it would in the office.
func (o *office) playDeed(d deed, origin followup.Origin, day vanphong.Date) error {
	a := followup.Assignment{
		Origin: origin, Key: d.key, Title: d.title, Product: d.product,
		Leads: []vanphong.OrgID{d.lead}, Coordinating: d.with, Assigned: day,
	}
	switch {
	case d.working > 0:
		due, err := o.calendar.Deadline(day, d.working, calendar.CountWorking, nil)
		if err != nil {
			return err
		}
		a.Due = followup.Due{Day: due.Due, Basis: fmt.Sprintf("%d ngày làm việc từ %s", d.working, vanphong.FormatDate(day))}
	case d.months > 0:
		due, err := o.calendar.DeadlineMonths(day, d.months, nil)
		if err != nil {
			return err
		}
		a.Due = followup.Due{Day: due.Due, Basis: fmt.Sprintf("%d tháng từ %s", d.months, vanphong.FormatDate(day))}
	}
	t, err := o.tracker.Assign(o.ctx, org, a, at(day, 15))
	if err != nil {
		return err
	}
	if d.extend > 0 {
		if err := o.extend(t.ID, a.Due.Day-10, day, d.extend); err != nil {
			return err
		}
	}
	if d.done > 0 {
		on := day + vanphong.Date(d.done)
		_, err = o.tracker.Complete(o.ctx, org, t.ID, on, "đã hoàn thành", at(on, 16))
	}
	return err
}

// extend gives a task so many months from its assignment, granted on a day.
func (o *office) extend(id followup.TaskID, on, assigned vanphong.Date, months int) error {
	to, err := o.calendar.DeadlineMonths(assigned, months, nil)
	if err != nil {
		return err
	}
	_, err = o.tracker.Extend(o.ctx, org, id, followup.Extension{Day: on, To: to.Due, Reason: "chờ hướng dẫn của cấp trên"}, at(on, 9))
	return err
}
