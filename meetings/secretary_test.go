package meetings

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/calendar"
	"github.com/vanphong-go/vanphong/documents"
)

const org, other = vanphong.OrgID("tu"), vanphong.OrgID("tu-khac")

var (
	btv  = vanphong.Body{ID: "btv", Org: org, Kind: vanphong.StandingCommittee, Name: "Ban Thường vụ Tỉnh ủy"}
	term = vanphong.Term{ID: "k20", Org: org, Name: "nhiệm kỳ 2025 - 2030", Days: vanphong.Days{First: vanphong.MustDate("2025-07-01")}}
	day  = vanphong.MustDate("2025-12-05")
)

func person(i int) vanphong.PersonID { return vanphong.PersonID(fmt.Sprintf("p%02d", i)) }

func persons(from, to int) (out []vanphong.PersonID) {
	for i := from; i <= to; i++ {
		out = append(out, person(i))
	}
	return out
}

// stamp returns a stamp n minutes into the meeting's day.
func stamp(n int) vanphong.Stamp {
	return vanphong.Stamp{By: vanphong.Actor{ID: "thu-ky"}, At: day.At(8, n)}
}

type fixture struct {
	*Secretary
	t     *testing.T
	store Store
	ctx   context.Context
}

// newOffice returns a secretary with a standing committee of n in office.
func newOffice(t *testing.T, n int) fixture {
	t.Helper()
	store := NewMemory()
	f := fixture{NewSecretary(store, nil), t, store, t.Context()}
	var members []vanphong.Membership
	for i := 1; i <= n; i++ {
		members = append(members, vanphong.Membership{Body: btv.ID, Person: person(i), Days: vanphong.Days{First: term.Days.First}})
	}
	// Left before the meeting and joined after it: neither is in office on the day.
	members = append(members,
		vanphong.Membership{Body: btv.ID, Person: "truoc", Days: vanphong.Days{First: term.Days.First, End: day}},
		vanphong.Membership{Body: btv.ID, Person: "sau", Days: vanphong.Days{First: day + 1}})
	if _, err := f.Enroll(f.ctx, org, btv, members, stamp(0)); err != nil {
		t.Fatal(err)
	}
	return f
}

func invitation(entry string) Invitation {
	return Invitation{
		Entry: calendar.EntryID(entry), Body: btv.ID, Term: term, Kind: Regular, Mode: InPerson, Start: day.At(8, 0), Chair: "p01", Invited: []vanphong.PersonID{"khach"},
		Agenda: []Proposal{{Key: "a", Title: "Chương trình làm việc năm 2026"}, {Key: "b", Title: "Công tác cán bộ", Secrecy: vanphong.Secret, Invited: []vanphong.PersonID{"khach-b"}}},
	}
}

func (f fixture) convene(entry string) Meeting {
	f.t.Helper()
	m, err := f.Convene(f.ctx, org, invitation(entry), stamp(1))
	if err != nil {
		f.t.Fatal(err)
	}
	return m
}

func marks(state Presence, people ...vanphong.PersonID) (out []Mark) {
	for _, p := range people {
		k := Mark{Person: p, Presence: state}
		if state == Absent {
			k.Reason = "đi công tác"
		}
		out = append(out, k)
	}
	return out
}

// open returns an open meeting with members 1 to present in the room.
func (f fixture) open(entry string, present int) Meeting {
	f.t.Helper()
	m := f.convene(entry)
	if _, err := f.Mark(f.ctx, org, m.ID, marks(PresentInRoom, persons(1, present)...), stamp(2)); err != nil {
		f.t.Fatal(err)
	}
	m, err := f.Secretary.Open(f.ctx, org, m.ID, stamp(3))
	if err != nil {
		f.t.Fatal(err)
	}
	return m
}

func votes(yes, no, blank int) (b Ballot) {
	b.Method = OpenVote
	for i, p := range persons(1, yes+no+blank) {
		c := For
		if i >= yes {
			c = Against
		}
		if i >= yes+no {
			c = Blank
		}
		b.Votes = append(b.Votes, Vote{p, c})
	}
	return b
}

// wantInput checks kind and field or value of an error, and that the step
// left the store as it was.
func (f fixture) wantInput(err error, kind error, value string) {
	f.t.Helper()
	var in *vanphong.InputError
	if !errors.Is(err, kind) || !errors.As(err, &in) || in.Value != value || in.Field == "" || in.Want == "" {
		f.t.Errorf("got %v, want %v about %q", err, kind, value)
	}
}

func (f fixture) must(m Meeting, err error) Meeting {
	f.t.Helper()
	if err != nil {
		f.t.Fatal(err)
	}
	return m
}

func TestOrdinalsRunWithinTheTermWithoutGapOrDouble(t *testing.T) {
	f := newOffice(t, 3)
	a, b := f.convene("a"), f.convene("b")
	f.must(f.Cancel(f.ctx, org, a.ID, "lãnh đạo đi công tác đột xuất", stamp(2)))
	if got, _ := f.Meeting(f.ctx, org, a.ID); got.Ordinal != 0 {
		t.Error("a meeting that was never opened has an ordinal")
	}
	_ = b
	inv := invitation("extra")
	inv.Kind = Extraordinary
	f.must(f.Convene(f.ctx, org, inv, stamp(1)))
	for i, entry := range []string{"b", "extra", "c"} {
		if entry == "c" {
			f.convene(entry)
		}
		id := NewMeetingID(org, calendar.EntryID(entry))
		f.must(f.Mark(f.ctx, org, id, marks(PresentInRoom, persons(1, 3)...), stamp(2)))
		m := f.must(f.Secretary.Open(f.ctx, org, id, stamp(3)))
		if m.Ordinal != i+1 {
			t.Errorf("%s is the %dth, want %d", entry, m.Ordinal, i+1)
		}
		if again := f.must(f.Secretary.Open(f.ctx, org, id, stamp(4))); !reflect.DeepEqual(again, m) {
			t.Error("opening again changed the meeting")
		}
	}
	// Opened and then cancelled: the ordinal stays with it and is not given again.
	c := NewMeetingID(org, "c")
	if m := f.must(f.Cancel(f.ctx, org, c, "mất điện", stamp(5))); m.Ordinal != 3 {
		t.Errorf("ordinal %d", m.Ordinal)
	}
	if m := f.open("d", 3); m.Ordinal != 4 {
		t.Errorf("after a cancelled 3rd comes the %dth", m.Ordinal)
	}
	// Another term begins anew; and an office may join in mid-term.
	next := vanphong.Term{ID: "k21", Org: org, Days: vanphong.Days{First: day}}
	if _, err := f.Continue(f.ctx, org, btv.ID, next.ID, 30, "sổ theo dõi cuộc họp đến 04/12/2025", stamp(6)); err != nil {
		t.Fatal(err)
	}
	inv = invitation("k21")
	inv.Term = next
	f.must(f.Convene(f.ctx, org, inv, stamp(1)))
	f.must(f.Mark(f.ctx, org, NewMeetingID(org, "k21"), marks(PresentInRoom, persons(1, 3)...), stamp(2)))
	if m := f.must(f.Secretary.Open(f.ctx, org, NewMeetingID(org, "k21"), stamp(3))); m.Ordinal != 31 {
		t.Errorf("ordinal %d, want 31", m.Ordinal)
	}
	_, err := f.Continue(f.ctx, org, btv.ID, next.ID, 40, "nhầm", stamp(7))
	f.wantInput(err, vanphong.ErrConflict, "k21")
	if r, err := f.Continue(f.ctx, org, btv.ID, next.ID, 30, "sổ theo dõi cuộc họp đến 04/12/2025", stamp(8)); err != nil || r.Run(next.ID).Given != 31 {
		t.Errorf("the same basis again: %+v %v", r.Run(next.ID), err)
	}
}

func TestMeetingsOpenedAtOnceGetDifferentOrdinals(t *testing.T) {
	f := newOffice(t, 3)
	const n = 20
	var wg sync.WaitGroup
	var mu sync.Mutex
	var got []int
	for i := range n {
		m := f.convene(fmt.Sprint(i))
		f.must(f.Mark(f.ctx, org, m.ID, marks(PresentInRoom, persons(1, 3)...), stamp(2)))
		wg.Go(func() {
			m, err := f.Secretary.Open(f.ctx, org, m.ID, stamp(3))
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				t.Error(err)
			}
			got = append(got, m.Ordinal)
		})
	}
	wg.Wait()
	slices.Sort(got)
	for i, o := range got {
		if o != i+1 {
			t.Fatalf("ordinals %v", got)
		}
	}
}

func TestConveneTakesTheBodyAsOfTheDay(t *testing.T) {
	f := newOffice(t, 3)
	m := f.convene("e")
	if !slices.Equal(m.Summoned, persons(1, 3)) || m.Day != day || m.ID != NewMeetingID(org, "e") || m.Version != 1 {
		t.Errorf("%+v", m)
	}
	change := func(fn func(*Invitation)) Invitation {
		inv := invitation("x")
		fn(&inv)
		return inv
	}
	before := vanphong.MustDate("2025-06-30")
	for _, c := range []struct {
		name  string
		inv   Invitation
		kind  error
		value string
	}{
		{"left before the day", change(func(i *Invitation) { i.Summoned = []vanphong.PersonID{"p01", "truoc"} }), ErrNotMember, "truoc"},
		{"joins after the day", change(func(i *Invitation) { i.Summoned = []vanphong.PersonID{"p01", "sau"} }), ErrNotMember, "sau"},
		{"summoned twice", change(func(i *Invitation) { i.Summoned = []vanphong.PersonID{"p01", "p01"} }), vanphong.ErrInvalid, "p01"},
		{"nobody summoned", change(func(i *Invitation) { i.Summoned = []vanphong.PersonID{} }), vanphong.ErrInvalid, ""},
		{"chair from outside", change(func(i *Invitation) { i.Chair = "la" }), vanphong.ErrInvalid, "la"},
		{"unknown body", change(func(i *Invitation) { i.Body = "bch" }), vanphong.ErrNotFound, "bch"},
		{"outside the term", change(func(i *Invitation) { i.Start, i.Day = time.Time{}, before }), vanphong.ErrOutOfRange, "2025-06-30"},
		{"term of another organisation", change(func(i *Invitation) { i.Term.Org = other }), vanphong.ErrInvalid, "k20"},
		{"no day at all", change(func(i *Invitation) { i.Start = time.Time{} }), vanphong.ErrInvalid, ""},
		{"start on another day", change(func(i *Invitation) { i.Day = day + 1 }), vanphong.ErrInvalid, "2025-12-05T08:00:00+07:00"},
		{"no kind", change(func(i *Invitation) { i.Kind = 0 }), vanphong.ErrInvalid, ""},
		{"no mode", change(func(i *Invitation) { i.Mode = 0 }), vanphong.ErrInvalid, ""},
		{"no entry", change(func(i *Invitation) { i.Entry = "" }), vanphong.ErrInvalid, ""},
		{"one key twice", change(func(i *Invitation) { i.Agenda[1].Key = "a" }), vanphong.ErrInvalid, "a"},
		{"item without title", change(func(i *Invitation) { i.Agenda[0].Title = " " }), vanphong.ErrInvalid, " "},
		{"too many items", change(func(i *Invitation) { i.Agenda = make([]Proposal, MaxItems+1) }), vanphong.ErrOutOfRange, "501"},
		{"too many guests", change(func(i *Invitation) { i.Invited = make([]vanphong.PersonID, MaxSummoned+1) }), vanphong.ErrOutOfRange, "1001"},
		{"no such secrecy", change(func(i *Invitation) { i.Secrecy = 9 }), vanphong.ErrInvalid, "?"},
	} {
		_, err := f.Convene(f.ctx, org, c.inv, stamp(2))
		var in *vanphong.InputError
		if !errors.Is(err, c.kind) || !errors.As(err, &in) || in.Value != c.value {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	if _, err := f.Meeting(f.ctx, org, NewMeetingID(org, "x")); !errors.Is(err, vanphong.ErrNotFound) {
		t.Error("a refused invitation left a meeting")
	}
	// Late items and a changed roll do not make the invitation another one.
	late := Proposal{Key: "c", Title: "Nội dung bổ sung"}
	m = f.must(f.AddItem(f.ctx, org, m.ID, late, stamp(3)))
	if !m.Agenda[2].Late || m.Agenda[0].Late {
		t.Error("late items are marked")
	}
	if again := f.must(f.AddItem(f.ctx, org, m.ID, late, stamp(4))); !reflect.DeepEqual(again, m) {
		t.Error("the same item again changed the meeting")
	}
	if again := f.must(f.Convene(f.ctx, org, invitation("e"), stamp(5))); !reflect.DeepEqual(again, m) {
		t.Error("the same invitation again changed the meeting")
	}
	changed := invitation("e")
	changed.Place = "Hội trường B"
	_, err := f.Convene(f.ctx, org, changed, stamp(6))
	f.wantInput(err, vanphong.ErrConflict, "e")
	late.Title = "khác"
	_, err = f.AddItem(f.ctx, org, m.ID, late, stamp(6))
	f.wantInput(err, vanphong.ErrConflict, "c")
}

func TestTheRollRefusesWhatWouldCountSomebodyTwice(t *testing.T) {
	f := newOffice(t, 3)
	d := func(a, b string) vanphong.Days {
		return vanphong.Days{First: vanphong.MustDate(a), End: vanphong.MustDate(b)}
	}
	member := func(days vanphong.Days) vanphong.Membership {
		return vanphong.Membership{Body: btv.ID, Person: "p01", Days: days}
	}
	if _, err := f.Enroll(f.ctx, org, btv, []vanphong.Membership{member(d("2025-07-01", "2025-09-01")), member(d("2025-09-01", "2025-10-01"))}, stamp(1)); err != nil {
		t.Errorf("memberships that touch: %v", err)
	}
	for name, list := range map[string][]vanphong.Membership{
		"overlap":      {member(d("2025-07-01", "2025-09-02")), member(d("2025-09-01", "2025-10-01"))},
		"other body":   {{Body: "bch", Person: "p01"}},
		"end at start": {member(d("2025-09-01", "2025-09-01"))},
		"no person":    {{Body: btv.ID}},
	} {
		if _, err := f.Enroll(f.ctx, org, btv, list, stamp(2)); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
	bad := btv
	bad.Kind = vanphong.BodyUnknown
	if _, err := f.Enroll(f.ctx, org, bad, nil, stamp(2)); !errors.Is(err, vanphong.ErrInvalid) {
		t.Errorf("body of no kind: %v", err)
	}
}

func TestMarksAreALogWhoseLastLineHolds(t *testing.T) {
	f := newOffice(t, 5)
	m := f.convene("e")
	steps := []Mark{
		{Person: "p01", Presence: PresentInRoom}, {Person: "p01", Presence: Absent, Reason: "việc gấp"}, {Person: "p01", Presence: PresentOnline},
	}
	for i, k := range steps {
		m = f.must(f.Mark(f.ctx, org, m.ID, []Mark{k}, stamp(i)))
		if m.PresenceOf("p01") != k.Presence || len(m.Marks) != i+1 {
			t.Errorf("%d: %+v", i, m.Marks)
		}
	}
	// Run again with the same instants, nothing is added; nor by saying what is
	// so already.
	for i, k := range steps {
		f.must(f.Mark(f.ctx, org, m.ID, []Mark{k}, stamp(i)))
	}
	if again := f.must(f.Mark(f.ctx, org, m.ID, steps[2:], stamp(9))); !reflect.DeepEqual(again, m) {
		t.Errorf("%+v", again.Marks)
	}
	if m.PresenceOf("p02") != Unmarked || m.PresenceOf("p02").Present() {
		t.Error("whoever nobody marked is not present")
	}
	for name, k := range map[string]Mark{
		"absent without reason": {Person: "p02", Presence: Absent},
		"no state":              {Person: "p02"},
		"a stranger":            {Person: "la", Presence: PresentInRoom},
	} {
		if _, err := f.Mark(f.ctx, org, m.ID, []Mark{{Person: "p03", Presence: PresentInRoom}, k}, stamp(9)); !errors.Is(err, vanphong.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if got, _ := f.Meeting(f.ctx, org, m.ID); !reflect.DeepEqual(got, m) {
		t.Error("one bad mark of a roll call stored the others")
	}
}

func TestConclusionsGoTheirWayToANumber(t *testing.T) {
	f := newOffice(t, 5)
	m := f.open("e", 5)
	item, secret := m.Agenda[0].ID, m.Agenda[1].ID
	draft := Draft{Kind: documents.KindConclusion, Abstract: "về chương trình làm việc năm 2026", Text: "Ban Thường vụ thống nhất …"}
	_, err := f.Conclude(f.ctx, org, m.ID, item, draft, stamp(4))
	f.wantInput(err, vanphong.ErrState, "") // not decided
	f.must(f.Decide(f.ctx, org, m.ID, item, Ballot{Method: Consensus}, stamp(5)))
	f.must(f.Decide(f.ctx, org, m.ID, secret, votes(1, 4, 0), stamp(5)))
	c, err := f.Conclude(f.ctx, org, m.ID, item, draft, stamp(6))
	if err != nil || c.ID != NewConclusionID(item) || c.Day != day || c.Body != btv.ID || c.Term != term.ID {
		t.Fatalf("%+v %v", c, err)
	}
	if again, err := f.Conclude(f.ctx, org, m.ID, item, draft, stamp(7)); err != nil || !reflect.DeepEqual(again, c) {
		t.Errorf("%+v %v", again, err)
	}
	other := draft
	other.Text = "khác"
	_, err = f.Conclude(f.ctx, org, m.ID, item, other, stamp(7))
	f.wantInput(err, vanphong.ErrConflict, string(item))
	// The secret item: not below its level, and what was voted down is no resolution.
	_, err = f.Conclude(f.ctx, org, m.ID, secret, draft, stamp(7))
	f.wantInput(err, vanphong.ErrSecret, "không mật")
	_, err = f.Conclude(f.ctx, org, m.ID, secret, Draft{Kind: documents.KindResolution, Abstract: "x", Secrecy: vanphong.TopSecret}, stamp(7))
	f.wantInput(err, vanphong.ErrState, "not-adopted")

	unnumbered := func() (n int) {
		for _, err := range f.Conclusions(f.ctx, org, ConclusionQuery{Unnumbered: true}) {
			if err != nil {
				t.Fatal(err)
			}
			n++
		}
		return n
	}
	if unnumbered() != 1 {
		t.Error("the conclusion waits for its number")
	}
	e := documents.Entry{ID: c.EntryID(), Org: org, Serial: 122, State: documents.StateIssued, Content: c.Content(day+1, "Nguyễn Văn An"), Number: documents.Number{System: documents.SystemParty, Serial: 122, Code: "KL", Issuer: "TU"}}
	for name, change := range map[string]func(*documents.Entry){
		"other office": func(e *documents.Entry) { e.Org = "khac" },
		"other entry":  func(e *documents.Entry) { e.ID = "khac" },
		"other kind":   func(e *documents.Entry) { e.Kind = documents.KindNotice },
		"other origin": func(e *documents.Entry) { e.Origin = "khac" },
		"before":       func(e *documents.Entry) { e.Day = day - 1 }, // dated before the meeting
		"undated":      func(e *documents.Entry) { e.Day = 0 },
		"held before":  func(e *documents.Entry) { e.State, e.Day = documents.StateHeld, day-1 },
		"reserved":     func(e *documents.Entry) { e.State = documents.StateReserved },
	} {
		bad := e
		change(&bad)
		if _, err := f.AttachDocument(f.ctx, org, c.ID, bad, stamp(8)); err == nil {
			t.Errorf("%s was attached", name)
		}
	}
	attached, err := f.AttachDocument(f.ctx, org, c.ID, e, stamp(8))
	if err != nil || attached.Document != e.ID || attached.Number.Serial != 122 || attached.EntryID() != e.ID || unnumbered() != 0 {
		t.Fatalf("%+v %v", attached, err)
	}
	if again, err := f.AttachDocument(f.ctx, org, c.ID, e, stamp(9)); err != nil || !reflect.DeepEqual(again, attached) {
		t.Errorf("%+v %v", again, err)
	}
	renumbered := e
	renumbered.Number.Serial++
	_, err = f.AttachDocument(f.ctx, org, c.ID, renumbered, stamp(9))
	f.wantInput(err, vanphong.ErrConflict, "")
	// The number is void: the conclusion waits again, under another entry id.
	void := e
	void.State = documents.StateVoid
	for range 2 {
		c, err = f.AttachDocument(f.ctx, org, c.ID, void, stamp(10))
		if err != nil || c.Document != "" || c.EntryID() == e.ID || unnumbered() != 1 || len(c.Voided) != 1 {
			t.Fatalf("%+v %v", c, err)
		}
	}
	// A number held by the secret register says nothing of its document.
	held := documents.Entry{ID: c.EntryID(), Org: org, State: documents.StateHeld, Number: documents.Number{System: documents.SystemParty, Serial: 123, Code: "KL", Issuer: "TU"}}
	if c, err = f.AttachDocument(f.ctx, org, c.ID, held, stamp(11)); err != nil || c.Document != held.ID {
		t.Errorf("%+v %v", c, err)
	}
}

func TestCountsAreOfMeetingsHeld(t *testing.T) {
	f := newOffice(t, 3)
	f.open("a", 3)
	inv := invitation("b")
	inv.Kind, inv.Mode = Extraordinary, Online
	f.must(f.Convene(f.ctx, org, inv, stamp(1)))
	f.must(f.Mark(f.ctx, org, NewMeetingID(org, "b"), marks(PresentOnline, persons(1, 3)...), stamp(2)))
	f.must(f.Secretary.Open(f.ctx, org, NewMeetingID(org, "b"), stamp(3)))
	f.convene("not held")
	f.must(f.Cancel(f.ctx, org, f.convene("off").ID, "hoãn", stamp(4)))
	got, err := f.CountByBody(f.ctx, org, vanphong.Days{First: day, End: day + 1})
	if err != nil || len(got) != 1 || got[0] != (Count{btv.ID, 1, 1, 1}) || got[0].Held() != 2 {
		t.Errorf("%+v %v", got, err)
	}
	if got, _ := f.CountByBody(f.ctx, org, vanphong.Days{First: day + 1}); len(got) != 0 {
		t.Errorf("another day: %+v", got)
	}
	if got, _ := f.CountByBody(f.ctx, other, vanphong.Days{}); len(got) != 0 {
		t.Errorf("another office: %+v", got)
	}
	// A loop may write while it walks.
	for m, err := range f.Meetings(f.ctx, org, Query{State: Convened}) {
		if err != nil {
			t.Fatal(err)
		}
		f.must(f.Cancel(f.ctx, org, m.ID, "hoãn", stamp(5)))
	}
}

func TestTheGuardIsAskedFirst(t *testing.T) {
	store := NewMemory()
	no := errors.New("không được phép")
	var verbs []string
	s := NewSecretary(store, &Options{Guard: func(_ context.Context, a vanphong.Act) error {
		if a.Org != org || a.By.ID != "thu-ky" || a.Object == "" {
			t.Errorf("%+v", a)
		}
		verbs = append(verbs, a.Verb)
		return no
	}})
	ctx := t.Context()
	// Nothing of this exists: whoever may not learns not even that.
	for _, step := range []func() error{
		func() error { _, err := s.Enroll(ctx, org, vanphong.Body{ID: "b"}, nil, stamp(0)); return err },
		func() error { _, err := s.Continue(ctx, org, "b", "k", 0, "", stamp(0)); return err },
		func() error { _, err := s.Convene(ctx, org, Invitation{}, stamp(0)); return err },
		func() error { _, err := s.AddItem(ctx, org, "m", Proposal{}, stamp(0)); return err },
		func() error { _, err := s.Mark(ctx, org, "m", nil, stamp(0)); return err },
		func() error { _, err := s.MarkAway(ctx, org, "m", "i", nil, stamp(0)); return err },
		func() error { _, err := s.Open(ctx, org, "m", stamp(0)); return err },
		func() error { _, err := s.Decide(ctx, org, "m", "i", Ballot{}, stamp(0)); return err },
		func() error { _, err := s.Close(ctx, org, "m", stamp(0)); return err },
		func() error { _, err := s.Cancel(ctx, org, "m", "", stamp(0)); return err },
		func() error { _, err := s.Postpone(ctx, org, "m", "", Invitation{}, stamp(0)); return err },
		func() error { _, err := s.WriteUp(ctx, org, "m", 0, stamp(0)); return err },
		func() error { _, err := s.Conclude(ctx, org, "m", "i", Draft{}, stamp(0)); return err },
		func() error { _, err := s.AttachDocument(ctx, org, "c", documents.Entry{}, stamp(0)); return err },
	} {
		if err := step(); !errors.Is(err, no) {
			t.Errorf("%v", err)
		}
	}
	want := []string{"enroll", "continue", "convene", "propose", "mark", "mark", "open", "decide", "close", "cancel", "postpone", "minutes", "conclude", "attach"}
	for i, v := range want {
		if i >= len(verbs) || verbs[i] != "meetings."+v {
			t.Fatalf("verbs %v", verbs)
		}
	}
	if _, err := s.Open(ctx, org, "m", vanphong.Stamp{}); !errors.Is(err, vanphong.ErrInvalid) {
		t.Errorf("no actor: %v", err)
	}
	bad := NewSecretary(store, &Options{Policy: Policy{Version: "x"}})
	if _, err := bad.Open(ctx, org, "m", stamp(0)); !errors.Is(err, vanphong.ErrInvalid) {
		t.Errorf("policy without thresholds: %v", err)
	}
}
