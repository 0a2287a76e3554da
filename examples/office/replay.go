package main

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/calendar"
	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/meetings"
)

// paper is one document of the half-year that is to get a number.
//
// The id is made of what the paper is, not of when it was written: a second
// run finds it.
type paper struct {
	ID       documents.EntryID
	Congress bool
	Content  documents.Content
}

// sitting is one meeting of the half-year, with what was concluded at it.
type sitting struct {
	Body        vanphong.BodyID
	Kind        vanphong.BodyKind
	N           int // the n-th of this body in the half-year
	Day         vanphong.Date
	Conclusions []string // abstracts
}

// program is the half-year in order: on each day the papers, then the
// sittings. The last meeting of the Ban Thường vụ and one conclusion are left
// to the week that is played.
//
// Numbers are given in the order of days, as a clerk would, so the whole is
// ordered before the first is given.
type program struct {
	Papers   []paper
	Sittings []sitting
	Total    int // numbers to give
}

// spread returns the day of the k-th of n events (k from 0), evenly over the
// working days of a run.
//
// In the middle of its share of the days: the first event is not on the first
// day, nor the last on the last.
func spread(work []vanphong.Date, k, n int) vanphong.Date {
	return work[(2*k+1)*len(work)/(2*n)]
}

// workingDays returns the working days of a run.
func workingDays(cal *calendar.WorkCalendar, run vanphong.Days) ([]vanphong.Date, error) {
	var out []vanphong.Date
	for d := run.First; d < run.End; d++ {
		works, err := cal.IsWorking(d)
		if err != nil {
			return nil, err
		}
		if works {
			out = append(out, d)
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("không có ngày làm việc nào %s", run)
	}
	return out, nil
}

// plan lays the figures over the working days of a run: so many of each kind,
// evenly. Real dates are not published; the counts are.
//
// An even spread is an invention, and only the counts are held against the
// report.
func plan(figures []figure, cal *calendar.WorkCalendar, run vanphong.Days, congress vanphong.Days) (program, error) {
	days, err := workingDays(cal, run)
	if err != nil {
		return program{}, err
	}
	sessions, err := workingDays(cal, congress)
	if err != nil {
		return program{}, err
	}
	var p program
	conclusions := 0
	for _, f := range figures {
		switch {
		case f.Body != vanphong.BodyUnknown:
			n := f.Value
			if f.Body == vanphong.StandingCommittee && n > 0 {
				n-- // the last one is held in the week that is played
			}
			for k := range n {
				p.Sittings = append(p.Sittings, sitting{Body: bodyOf(f.Body), Kind: f.Body, N: k + 1, Day: spread(days, k, n)})
			}
		case f.Kind == documents.KindConclusion && !f.Congress:
			// Written at meetings, see share, since that is where they come
			// from.
			conclusions = max(0, f.Value-1) // one is written in the week that is played
		default:
			at := days
			if f.Congress {
				at = sessions
			}
			for k := range f.Value {
				p.Papers = append(p.Papers, paper{
					ID:       documents.EntryID(fmt.Sprintf("nua-nam/%s/%s/%03d", scopeName(f.Congress), f.Kind, k+1)),
					Congress: f.Congress,
					Content: documents.Content{
						Kind: f.Kind, Day: spread(at, k, f.Value), DecidedBy: decider(f.Kind),
						Abstract: fmt.Sprintf("%s thứ %d trong kỳ", f.Kind.Name(), k+1),
					},
				})
			}
		}
	}
	// Stable, so that papers of one day keep the order of the file.
	order(&p)
	if err := share(&p, conclusions, days); err != nil {
		return program{}, err
	}
	p.Total = len(p.Papers) + conclusions
	return p, nil
}

func scopeName(congress bool) string {
	if congress {
		return "dai-hoi"
	}
	return "nhiem-ky"
}

// decider is the body whose paper a kind usually is; a chỉ thị is the Ban
// Thường vụ's alone (66-QĐ/TW Điều 7, grade P; whether 399-QĐ/TW keeps it is
// not known).
func decider(k documents.Kind) vanphong.BodyID {
	if k == documents.KindResolution || k == documents.KindProgramme {
		return bodyCommittee
	}
	return bodyStanding
}

func order(p *program) {
	slices.SortStableFunc(p.Papers, func(a, b paper) int { return cmp.Compare(a.Content.Day, b.Content.Day) })
	slices.SortStableFunc(p.Sittings, func(a, b sitting) int { return cmp.Compare(a.Day, b.Day) })
}

// share gives the conclusions to the sittings of the Ban Thường vụ and the Ban
// Chấp hành, evenly.
//
// Which meeting a conclusion came from is not published; that these two bodies
// made them all is an assumption of the example.
func share(p *program, n int, days []vanphong.Date) error {
	var hosts []int
	for i, s := range p.Sittings {
		if s.Kind != vanphong.ThuongTruc {
			hosts = append(hosts, i)
		}
	}
	if len(hosts) == 0 && n > 0 {
		return vanphong.NewInputError("kết luận", fmt.Sprint(n+1), "at least two meetings of the Ban Thường vụ or one of the Ban Chấp hành to conclude them", nil)
	}
	for k := range n {
		// Every host gets its share in turn; with fewer conclusions than hosts
		// some get none.
		s := &p.Sittings[hosts[k*len(hosts)/n]]
		s.Conclusions = append(s.Conclusions, fmt.Sprintf("nội dung thứ %d trong kỳ", k+1))
	}
	return nil
}

// replay gives every paper its number and holds every sitting, in the order of
// their days.
func (o *office) replay(p program) error {
	i, j := 0, 0
	for i < len(p.Papers) || j < len(p.Sittings) {
		// On one day papers come before the sitting, whose conclusions are
		// numbered at its end.
		if j == len(p.Sittings) || (i < len(p.Papers) && p.Papers[i].Content.Day <= p.Sittings[j].Day) {
			if err := o.issuePaper(p.Papers[i]); err != nil {
				return err
			}
			i++
			continue
		}
		if err := o.sit(p.Sittings[j]); err != nil {
			return err
		}
		j++
	}
	return nil
}

func (o *office) issuePaper(p paper) error {
	_, err := o.issue(p.ID, p.Congress, p.Content)
	return err
}

// issue gives a document its number in the series of its day.
func (o *office) issue(id documents.EntryID, congress bool, c documents.Content) (documents.Entry, error) {
	term, ok := o.history.terms.At(org, c.Day)
	if !ok {
		return documents.Entry{}, vanphong.NewInputError("day", c.Day.String(), "a day of a term of the committee, from "+since.String(), vanphong.ErrOutOfRange)
	}
	// Which series a paper draws from is the policy's answer and not the
	// caller's: Party numbers run by kind and term, a congress has one series.
	policy, scope := documents.PartyPerSymbol(), term.ID
	if congress {
		policy, scope = documents.CongressPolicy(), congressID
	}
	key, err := policy.Key(documents.Drawing{Organ: org, Scope: scope, Kind: c.Kind, Secrecy: c.Secrecy, Day: c.Day})
	if err != nil {
		return documents.Entry{}, err
	}
	// The whole point of the id: what has its number keeps it.
	e, err := o.registrar.Issue(o.ctx, org, documents.IssueRequest{ID: id, Series: key.ID(), Content: c}, at(c.Day, 10))
	if err != nil {
		return e, fmt.Errorf("cấp số cho %s: %w", id, err)
	}
	o.log.acknowledge(e)
	return e, nil
}

// sit holds a meeting: convened from its row, roll called, opened, every item
// agreed by consensus and concluded, each conclusion numbered at once, closed.
// Every step finds what an earlier run did.
func (o *office) sit(s sitting) error {
	row := fmt.Sprintf("nua-nam/%s/%02d", s.Body, s.N)
	inv := meetings.Invitation{
		Entry: calendar.EntryID(row), Body: s.Body, Term: o.termOn(s.Day), Kind: meetings.Regular, Mode: meetings.InPerson,
		Start: s.Day.At(8, 0), Chair: secretary, Place: "Trụ sở Tỉnh ủy",
	}
	for i, c := range s.Conclusions {
		inv.Agenda = append(inv.Agenda, meetings.Proposal{Key: fmt.Sprint(i + 1), Title: c})
	}
	// A meeting must have decided every item to be closed, and one without an
	// item would be no meeting.
	if len(s.Conclusions) == 0 {
		inv.Agenda = []meetings.Proposal{{Key: "1", Title: "công việc trong tuần"}}
	}
	m, err := o.open(inv, nil)
	if err != nil {
		return err
	}
	for i, item := range m.Agenda {
		ballot := meetings.Ballot{Method: meetings.Consensus, Note: "thống nhất"}
		if _, err := o.secretary.Decide(o.ctx, org, m.ID, item.ID, ballot, at(s.Day, 9)); err != nil {
			return fmt.Errorf("%s: %w", item.Title, err)
		}
		if i < len(s.Conclusions) {
			if _, err := o.conclude(m, item.ID, s.Conclusions[i]); err != nil {
				return err
			}
		}
	}
	_, err = o.secretary.Close(o.ctx, org, m.ID, at(s.Day, 11))
	return err
}

// open convenes a meeting, calls the roll and opens it. Whoever is not in
// absent is in the room.
func (o *office) open(inv meetings.Invitation, absent map[vanphong.PersonID]string) (meetings.Meeting, error) {
	day := vanphong.DateOf(inv.Start)
	m, err := o.secretary.Convene(o.ctx, org, inv, at(day-1, 8))
	if err != nil {
		return m, fmt.Errorf("triệu tập %s: %w", inv.Entry, err)
	}
	// Only while it is convened: an opened meeting has its roll call from an
	// earlier run.
	if m.State == meetings.Convened {
		var marks []meetings.Mark
		for _, p := range m.Summoned {
			mark := meetings.Mark{Person: p, Presence: meetings.PresentInRoom}
			if why, ok := absent[p]; ok {
				mark.Presence, mark.Reason = meetings.Absent, why
			}
			marks = append(marks, mark)
		}
		if _, err := o.secretary.Mark(o.ctx, org, m.ID, marks, at(day, 7)); err != nil {
			return m, fmt.Errorf("điểm danh %s: %w", inv.Entry, err)
		}
	}
	m, err = o.secretary.Open(o.ctx, org, m.ID, at(day, 8))
	if err != nil {
		return m, fmt.Errorf("khai mạc %s: %w", inv.Entry, err)
	}
	return m, nil
}

// conclude writes the conclusion of an item and issues it: the entry's id
// derives from the conclusion's, so that a rerun never takes a second number.
//
// Three steps in two ports, each of which can be the last before a crash;
// together they are run again until all are done.
func (o *office) conclude(m meetings.Meeting, item meetings.ItemID, abstract string) (documents.Entry, error) {
	c, err := o.secretary.Conclude(o.ctx, org, m.ID, item, meetings.Draft{Kind: documents.KindConclusion, Abstract: abstract}, at(m.Day, 10))
	if err != nil {
		return documents.Entry{}, fmt.Errorf("kết luận %s: %w", abstract, err)
	}
	// T/M: thay mặt, on behalf of the body that concluded.
	content := c.Content(m.Day, "T/M "+string(m.Body))
	e, err := o.issue(c.EntryID(), false, content)
	if err != nil {
		return e, err
	}
	_, err = o.secretary.AttachDocument(o.ctx, org, c.ID, e, at(m.Day, 10))
	return e, err
}

func (o *office) termOn(day vanphong.Date) vanphong.Term {
	t, _ := o.history.terms.At(org, day)
	return t
}

// at is the stamp of the clerk at an hour of a day: nothing here reads a clock.
//
// So a second run has the same stamps and changes nothing.
func at(day vanphong.Date, hour int) vanphong.Stamp {
	return vanphong.Stamp{By: vanphong.Actor{ID: clerk}, At: day.At(hour, 0)}
}
