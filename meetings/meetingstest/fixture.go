package meetingstest

import (
	"encoding/json"
	"fmt"
	"iter"
	"time"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/meetings"
)

const (
	here  = vanphong.OrgID("tinh-uy")
	there = vanphong.OrgID("thanh-uy")
	day   = vanphong.Date(20427) // 2025-12-05
)

func stamp(n int) vanphong.Stamp {
	return vanphong.Stamp{
		By: vanphong.Actor{ID: "văn thư", For: "chánh văn phòng"},
		// Odd nanoseconds: a store that keeps less changes what was written.
		At: day.At(8, 0).Add(time.Duration(n)*time.Minute + 123456789),
	}
}

func body(id vanphong.BodyID) vanphong.Body {
	return vanphong.Body{ID: id, Org: here, Kind: vanphong.StandingCommittee, Name: "Ban Thường vụ"}
}

func roll(org vanphong.OrgID, id vanphong.BodyID) meetings.Roll {
	return meetings.Roll{
		Org: org, Body: body(id), Last: stamp(1),
		Members: []vanphong.Membership{{Body: id, Person: "p1", Post: "Bí thư", Days: vanphong.Days{First: day - 100}}, {Body: id, Person: "p2"}},
		Runs:    []meetings.Run{{Term: "k20", Given: 31, First: 30, Basis: "sổ cũ"}},
	}
}

// meeting returns a record with every field filled, so that whatever a store
// forgets is missed.
func meeting(org vanphong.OrgID, id meetings.MeetingID) meetings.Meeting {
	tally := meetings.Tally{InOffice: 3, Summoned: 3, Present: 2, For: 1, Against: 1, Blank: 1, Invalid: 1}
	th := meetings.Threshold{Num: 1, Den: 2, Strict: true, Base: meetings.BaseInOffice}
	return meetings.Meeting{
		ID: id, Org: org, Entry: "lịch/" + string(id), Body: "btv", Term: "k20", Kind: meetings.Extraordinary, Mode: meetings.Online,
		Title: "Hội nghị bất thường \"'\\\n%_", Day: day, Start: day.At(7, 30), Place: "Phòng họp số 1", Chair: "p1",
		Summoned: []vanphong.PersonID{"p1", "p2"}, Invited: []vanphong.PersonID{"k"}, Secrecy: vanphong.Confidential,
		Agenda: []meetings.Item{
			{
				ID: "i1", Key: "1", Title: "Kế hoạch", Unit: "btc", Secrecy: vanphong.Secret, Invited: []vanphong.PersonID{"k1"}, Late: true, Previous: "i0",
				Away: []meetings.Away{{Person: "p2", Why: meetings.Conflicted, Note: "liên quan"}},
				Decision: meetings.Decision{
					Method: meetings.OpenVote, Outcome: meetings.NotAdopted, Tally: tally, Quorum: th, Threshold: th,
					Present: []vanphong.PersonID{"p1"}, Votes: []meetings.Vote{{Person: "p1", Choice: meetings.Blank}},
					Turnout: []vanphong.PersonID{"p1"}, Note: "ý kiến", Policy: "v1", Made: stamp(2),
				},
			},
			{ID: "i2", Key: "2", Title: "Nội dung thứ hai"},
		},
		State: meetings.Opened, Ordinal: 32,
		Marks:    []meetings.Mark{{Person: "p2", Presence: meetings.Absent, Reason: "ốm", At: stamp(0).At}},
		InOffice: []vanphong.PersonID{"p1", "p2"},
		Opening:  meetings.Opening{Tally: tally, Quorum: th, Policy: "v1", Made: stamp(1)},
		Reason:   "lý do", Previous: "m0", Next: "m2", MinutesDay: day + 3, Last: stamp(3),
	}
}

func conclusion(org vanphong.OrgID, id meetings.ConclusionID) meetings.Conclusion {
	return meetings.Conclusion{
		ID: id, Org: org, Meeting: "m1", Item: "i1", Body: "btv", Term: "k20", Day: day, Kind: documents.KindConclusion,
		Abstract: "về kế hoạch", Text: "Ban Thường vụ thống nhất …", Secrecy: vanphong.Secret, Document: "vb-1",
		Number: documents.Number{System: documents.SystemParty, Serial: 122, Code: "KL", Issuer: "TU"},
		Voided: []documents.EntryID{"vb-0"}, Last: stamp(4),
	}
}

// update runs fn and fails the case if it does not go through.
func update(t T, s meetings.Store, org vanphong.OrgID, fn func(meetings.Tx) error) {
	t.Helper()
	if err := s.Update(t.Context(), org, fn); err != nil {
		t.Fatalf("Update: %v", err)
	}
}

func view(t T, s meetings.Store, org vanphong.OrgID, fn func(meetings.Reader) error) {
	t.Helper()
	if err := s.View(t.Context(), org, fn); err != nil {
		t.Fatalf("View: %v", err)
	}
}

// text is a record as JSON: the form in which two records are compared, since
// an instant read back may have another location inside.
func text(t T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatalf("json: %v", err)
	}
	return string(b)
}

func same(t T, what string, got, want any) {
	t.Helper()
	if g, w := text(t, got), text(t, want); g != w {
		t.Errorf("%s:\n got %s\nwant %s", what, g, w)
	}
}

// collect gathers what an iterator yields, through a function that names each.
func collect[V any](t T, seq iter.Seq2[V, error], name func(V) string) []string {
	t.Helper()
	out := []string{}
	for v, err := range seq {
		if err != nil {
			t.Fatalf("walk: %v", err)
		}
		out = append(out, name(v))
	}
	return out
}

func meetingName(m meetings.Meeting) string       { return string(m.ID) }
func conclusionName(c meetings.Conclusion) string { return string(c.ID) }
func rollName(r meetings.Roll) string             { return string(r.Body.ID) }

func changes(t T, s meetings.Store, org vanphong.OrgID, after vanphong.Cursor) []vanphong.Change {
	t.Helper()
	var out []vanphong.Change
	for c, err := range s.Changes(t.Context(), org, after) {
		if err != nil {
			t.Fatalf("Changes: %v", err)
		}
		out = append(out, c)
	}
	return out
}

func changeNames(list []vanphong.Change) string {
	s := ""
	for _, c := range list {
		s += fmt.Sprintf("%s:%s ", c.Kind, c.ID)
	}
	return s
}

// empty fails the case if anything of an organisation is there.
func empty(t T, s meetings.Store, org vanphong.OrgID) {
	t.Helper()
	view(t, s, org, func(r meetings.Reader) error {
		m := collect(t, r.Meetings(meetings.Query{}), meetingName)
		c := collect(t, r.Conclusions(meetings.ConclusionQuery{}), conclusionName)
		b := collect(t, r.Rolls(), rollName)
		if len(m)+len(c)+len(b) > 0 {
			t.Errorf("left behind: %v %v %v", m, c, b)
		}
		return nil
	})
	if c := changes(t, s, org, 0); len(c) > 0 {
		t.Errorf("changes left behind: %v", changeNames(c))
	}
}

// putAll writes one record of each kind.
func putAll(tx meetings.Tx, org vanphong.OrgID) error {
	if err := tx.PutRoll(roll(org, "btv")); err != nil {
		return err
	}
	if err := tx.PutMeeting(meeting(org, "m1")); err != nil {
		return err
	}
	return tx.PutConclusion(conclusion(org, "c1"))
}
