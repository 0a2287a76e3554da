package incoming

import (
	"encoding/binary"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/vanphong-go/vanphong"
)

func lead(unit vanphong.OrgID) []Assignee { return []Assignee{{Unit: unit}} }

// tree plays the usual way: proposed, directed, distributed, answered.
func (f fixture) tree() Document {
	f.t.Helper()
	f.receive(1)
	var d Document
	for i, in := range []Instruction{
		{ID: "p", Kind: Proposal, By: "cvp", From: "vp", Text: "giao BTC chủ trì"},
		{ID: "1", Parent: "p", Kind: Direction, By: "bt", Text: "đồng ý", Leads: lead("btc"), Coordinating: []Assignee{{Unit: "btg"}, {Unit: "vp"}}, Due: day + 10, Basis: "10 ngày"},
		{ID: "1.1", Parent: "1", Kind: Direction, By: "tb-btc", From: "btc", Leads: []Assignee{{Unit: "btc", Person: "cv1"}}, Coordinating: []Assignee{{Unit: "btc", Person: "cv2"}}, Due: day + 8},
		{ID: "1.2", Parent: "1", Kind: Direction, By: "tb-btg", From: "btg", Leads: []Assignee{{Unit: "btg", Person: "cv3"}}},
		{ID: "1.1.1", Parent: "1.1", Kind: Reply, By: "cv1", From: "btc", Text: "đã dự thảo"},
	} {
		d = f.must(f.Instruct(f.ctx, org, "d1", in, stamp(10+i)))
	}
	return d
}

func TestAStepAnswersItsParentWithExactlyOneLead(t *testing.T) {
	f := newDesk(t)
	d := f.tree()
	assert.Len(t, d.Steps, 5)
	for name, c := range map[string]struct {
		in    Instruction
		kind  error
		field string
	}{
		"two leads":                       {Instruction{Kind: Direction, Parent: "1", From: "vp", Leads: append(lead("a"), lead("b")...)}, ErrSecondLead, "leads[1]"},
		"no lead":                         {Instruction{Kind: Direction, Parent: "1", From: "vp"}, vanphong.ErrInvalid, "leads"},
		"a lead without a unit":           {Instruction{Kind: Direction, Parent: "1", From: "vp", Leads: []Assignee{{Person: "a"}}}, vanphong.ErrInvalid, "leads[0].unit"},
		"the lead beside itself":          {Instruction{Kind: Direction, Parent: "1", From: "vp", Leads: lead("vp"), Coordinating: lead("vp")}, vanphong.ErrInvalid, "coordinating[0]"},
		"everybody":                       {Instruction{Kind: Direction, Parent: "1", From: "vp", Leads: lead("vp"), Coordinating: make([]Assignee, MaxCoordinating+1)}, vanphong.ErrOutOfRange, "coordinating"},
		"a second direction at the root":  {Instruction{Kind: Direction, Leads: lead("btg")}, ErrSecondLead, "replaces"},
		"a second one within a unit":      {Instruction{Kind: Direction, Parent: "1", From: "btc", Leads: lead("btc")}, ErrSecondLead, "replaces"},
		"replacing what is not there":     {Instruction{Kind: Direction, Parent: "1", From: "vp", Leads: lead("vp"), Replaces: "1"}, vanphong.ErrNotFound, "replaces"},
		"a unit that was not named":       {Instruction{Kind: Reply, Parent: "1", From: "ubkt", Text: "ý kiến"}, vanphong.ErrInvalid, "from"},
		"nor under a reply":               {Instruction{Kind: Reply, Parent: "1.1.1", From: "ubkt", Text: "ý kiến"}, vanphong.ErrInvalid, "from"},
		"nor one the inner does not name": {Instruction{Kind: Proposal, Parent: "1.1.1", From: "btg", Text: "ý kiến"}, vanphong.ErrInvalid, "from"},
		"nobody under a reply":            {Instruction{Kind: Reply, Parent: "1.1.1", Text: "ý kiến"}, vanphong.ErrInvalid, "from"},
		"a direction under a reply":       {Instruction{Kind: Direction, Parent: "1.1.1", From: "ubkt", Leads: lead("ubkt")}, vanphong.ErrInvalid, "from"},
		"the office replying":             {Instruction{Kind: Reply, Parent: "1.1.1", From: org, Text: "ý kiến"}, vanphong.ErrInvalid, "from"},
		"a parent that is not there":      {Instruction{Kind: Reply, Parent: "9", From: "btc", Text: "ý kiến"}, vanphong.ErrNotFound, "parent"},
		"itself as parent":                {Instruction{Kind: Reply, Parent: "x", From: "btc", Text: "ý kiến"}, vanphong.ErrNotFound, "parent"},
		"a reply to nothing":              {Instruction{Kind: Reply, Text: "ý kiến"}, vanphong.ErrInvalid, "parent"},
		"a reply without words":           {Instruction{Kind: Reply, Parent: "1", From: "vp"}, vanphong.ErrInvalid, "text"},
		"a reply that directs":            {Instruction{Kind: Reply, Parent: "1", From: "vp", Text: "a", Leads: lead("vp")}, vanphong.ErrInvalid, "leads"},
		"a reply with a deadline":         {Instruction{Kind: Reply, Parent: "1", From: "vp", Text: "a", Due: day + 1}, vanphong.ErrInvalid, "due"},
		"a deadline before the day":       {Instruction{Kind: Direction, Parent: "1", From: "vp", Leads: lead("vp"), Due: day - 1}, vanphong.ErrInvalid, "due"},
		"a deadline beyond the one given": {Instruction{Kind: Direction, Parent: "1", From: "vp", Leads: lead("vp"), Due: day + 11}, vanphong.ErrInvalid, "due"},
		"before what it answers":          {Instruction{Kind: Reply, Parent: "1", From: "vp", Text: "a", At: day.At(8, 10)}, vanphong.ErrInvalid, "at"},
		"in the future":                   {Instruction{Kind: Reply, Parent: "1", From: "vp", Text: "a", At: day.At(23, 0)}, vanphong.ErrInvalid, "at"},
		"nobody's opinion":                {Instruction{Kind: Reply, Parent: "1", From: "vp", Text: "a"}, vanphong.ErrInvalid, "by"},
		"no kind":                         {Instruction{Parent: "1", From: "vp", Text: "a"}, vanphong.ErrInvalid, "kind"},
	} {
		c.in.ID = "x"
		if c.field != "by" {
			c.in.By = "a"
		}
		_, err := f.Instruct(f.ctx, org, "d1", c.in, stamp(30))
		wantInput(t, err, c.kind, c.field)
		if t.Failed() {
			t.Fatal(name)
		}
	}
	again, err := f.Document(f.ctx, org, "d1")
	require.NoError(t, err)
	assert.Equal(t, d, again, "nothing was left behind")
	// The office itself proposes wherever it likes, and a unit that is named
	// answers under its own words.
	for i, in := range []Instruction{
		{Kind: Proposal, Parent: "1", Text: "nhắc"}, {Kind: Proposal, Parent: "1.1.1", From: org, Text: "nhắc"},
		{Kind: Reply, Parent: "1.1.1", From: "btc", Text: "bổ sung"},
	} {
		in.ID, in.By = StepID(fmt.Sprint("y", i)), "a"
		f.must(f.Instruct(f.ctx, org, "d1", in, stamp(31)))
	}
}

func TestADirectionTakesThePlaceOfTheOneItReplaces(t *testing.T) {
	f := newDesk(t)
	f.tree()
	d := f.must(f.Instruct(f.ctx, org, "d1", Instruction{ID: "2", Kind: Direction, By: "bt", Leads: lead("ubkt"), Due: day + 20, Replaces: "1", Text: "giao lại"}, stamp(60*24)))
	today, tomorrow := d.Status(day), d.Status(day+1)
	assert.Equal(t, Status{State: StateInProgress, Unit: "btc", Due: day + 10}, today)
	assert.Equal(t, Status{State: StateInstructed, Unit: "ubkt", Due: day + 20}, tomorrow, "the new lead has not begun")
	_, err := f.Instruct(f.ctx, org, "d1", Instruction{ID: "3", Kind: Direction, By: "bt", Leads: lead("vp"), Replaces: "1"}, stamp(60*24))
	wantInput(t, err, ErrSecondLead, "replaces")
}

func TestAUnitLeadsOrCoordinates(t *testing.T) {
	of := func(unit vanphong.OrgID, person vanphong.PersonID) Assignee { return Assignee{unit, person} }
	for name, c := range map[string]struct {
		from vanphong.OrgID
		lead Assignee
		with []Assignee
		ok   bool
	}{
		"two units":                                {"", of("btc", ""), []Assignee{of("btg", ""), of("vp", "cvp")}, true},
		"the lead's unit, another of its people":   {"", of("btc", ""), []Assignee{of("btc", "cv1")}, false},
		"two people of one unit":                   {"", of("btc", "cv1"), []Assignee{of("btc", "cv2")}, false},
		"a coordinating unit twice":                {"", of("btc", ""), []Assignee{of("btg", "a"), of("btg", "b")}, false},
		"a unit's own people":                      {"btc", of("btc", "cv1"), []Assignee{of("btc", "cv2"), of("btc", "cv3")}, true},
		"one of a unit's own people twice":         {"btc", of("btc", "cv1"), []Assignee{of("btc", "cv2"), of("btc", "cv2")}, false},
		"a unit beside one of its own people":      {"btc", of("btc", "cv1"), []Assignee{of("btc", "")}, false},
		"one of a unit's own people beside it":     {"btc", of("btc", ""), []Assignee{of("btc", "cv1")}, false},
		"another's people, by the unit's own head": {"btc", of("vp", "a"), []Assignee{of("vp", "b")}, false},
	} {
		s := Step{Kind: Direction, From: c.from, Lead: c.lead, Coordinating: c.with}
		if err := s.checkUnits(); (err == nil) != c.ok {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestADirectionDoesNotReplaceALaterOne(t *testing.T) {
	f := newDesk(t)
	f.tree() // "1" is of minute 11
	second := Instruction{ID: "2", Kind: Direction, By: "bt", Leads: lead("ubkt"), Replaces: "1", At: stamp(11).At.Add(-1)}
	_, err := f.Instruct(f.ctx, org, "d1", second, stamp(30))
	wantInput(t, err, vanphong.ErrInvalid, "at")
	second.At = stamp(11).At // both of one conversation
	f.must(f.Instruct(f.ctx, org, "d1", second, stamp(30)))
}

func TestNothingIsDirectedUnderADirectionThatWasReplaced(t *testing.T) {
	f := newDesk(t)
	f.tree()
	f.must(f.Instruct(f.ctx, org, "d1", Instruction{ID: "2", Kind: Direction, By: "bt", Leads: lead("ubkt"), Replaces: "1"}, stamp(30)))
	for parent, from := range map[StepID]vanphong.OrgID{
		"1":     "vp",  // under it
		"1.1":   "btc", // under what was directed under it
		"1.1.1": "btc", // under a reply to that
	} {
		_, err := f.Instruct(f.ctx, org, "d1", Instruction{ID: "x", Parent: parent, Kind: Direction, By: "a", From: from, Leads: lead(from)}, stamp(40))
		wantInput(t, err, vanphong.ErrState, "parent")
	}
	// What was still said is kept, and the new one is distributed as any.
	f.must(f.Instruct(f.ctx, org, "d1", Instruction{ID: "x", Parent: "1", Kind: Reply, By: "a", From: "btc", Text: "đã bàn giao"}, stamp(40)))
	f.must(f.Instruct(f.ctx, org, "d1", Instruction{ID: "y", Parent: "2", Kind: Direction, By: "b", From: "ubkt", Leads: lead("ubkt")}, stamp(41)))
}

func TestAStepAskedAgainIsTheSameStep(t *testing.T) {
	f := newDesk(t)
	d := f.tree()
	in := Instruction{ID: "1.1.1", Parent: "1.1", Kind: Reply, By: "cv1", From: "btc", Text: "đã dự thảo", At: stamp(14).At}
	again := f.must(f.Instruct(f.ctx, org, "d1", in, stamp(40)))
	assert.Equal(t, d, again)
	in.Text = "khác"
	_, err := f.Instruct(f.ctx, org, "d1", in, stamp(40))
	wantInput(t, err, vanphong.ErrConflict, "id")
}

func TestTheTreeIsBounded(t *testing.T) {
	f := newDesk(t)
	f.receive(1)
	parent := StepID("")
	for i := range MaxDepth {
		id := StepID(fmt.Sprint(i))
		f.must(f.Instruct(f.ctx, org, "d1", Instruction{ID: id, Parent: parent, Kind: Proposal, By: "a", Text: "ý kiến"}, stamp(1)))
		parent = id
	}
	_, err := f.Instruct(f.ctx, org, "d1", Instruction{ID: "deep", Parent: parent, Kind: Proposal, By: "a", Text: "ý kiến"}, stamp(1))
	wantInput(t, err, vanphong.ErrOutOfRange, "parent")
	d, err := f.Document(f.ctx, org, "d1")
	require.NoError(t, err)
	for i := len(d.Steps); i < MaxSteps; i++ {
		d.Steps = append(d.Steps, Step{ID: StepID(fmt.Sprint("w", i)), Kind: Proposal, By: "a", Text: "x", At: day.At(8, 0)})
	}
	require.NoError(t, d.Check())
	d.Steps = append(d.Steps, Step{ID: "last", Kind: Proposal, By: "a", Text: "x", At: day.At(8, 0)})
	wantInput(t, d.Check(), vanphong.ErrOutOfRange, "steps")
}

func TestASubstituteSpeaksOnlyForWhomAndWhileHeMay(t *testing.T) {
	f := newDesk(t)
	f.receive(1)
	mandate := func(id MandateID, form Form, principal, signer vanphong.PersonID, until time.Time) Mandate {
		return Mandate{ID: id, Form: form, Principal: principal, Signer: signer, Basis: "Thông báo phân công " + string(id), From: day.At(8, 0), Until: until}
	}
	delegate := func(m Mandate) { _, err := f.Delegate(f.ctx, org, m, stamp(0)); require.NoError(t, err) }
	delegate(mandate("a", ByDelegation, "bt", "pbt", day.At(9, 0)))
	delegate(mandate("b", ForHead, "pbt", "cvp", time.Time{}))
	delegate(mandate("c", ByOrder, "tt", "cvp", time.Time{}))
	say := func(id StepID, by, principal vanphong.PersonID, at time.Time) (Document, error) {
		return f.Instruct(f.ctx, org, "d1", Instruction{ID: id, Kind: Proposal, By: by, For: principal, At: at, Text: "ý kiến"}, stamp(600))
	}
	d, err := say("1", "pbt", "bt", day.At(8, 59))
	require.NoError(t, err)
	assert.Equal(t, Capacity{"a", ByDelegation, "bt", "Thông báo phân công a"}, d.Steps[0].Capacity)
	for name, c := range map[string]struct {
		by, principal vanphong.PersonID
		at            time.Time
	}{
		"before it begins":               {"pbt", "bt", day.At(7, 59)},
		"at its end":                     {"pbt", "bt", day.At(9, 0)},
		"the other way round":            {"bt", "pbt", day.At(8, 30)},
		"A's substitute for B":           {"pbt", "tt", day.At(8, 30)},
		"a substitute of the substitute": {"cvp", "bt", day.At(8, 30)},
	} {
		_, err := say("x", c.by, c.principal, c.at)
		wantInput(t, err, vanphong.ErrForbidden, "for")
		if t.Failed() {
			t.Fatal(name)
		}
	}
	// While he substitutes he goes on speaking for himself, without a mandate.
	for i, principal := range []vanphong.PersonID{"", "pbt"} {
		d, err = say(StepID(fmt.Sprint("own", i)), "pbt", principal, day.At(8, 30))
		require.NoError(t, err)
		assert.Zero(t, d.Steps[len(d.Steps)-1].Capacity)
	}
	// Revoked: from then on, not before; and what was said stands.
	_, err = f.Revoke(f.ctx, org, "b", day.At(10, 0), "đi học", stamp(200))
	require.NoError(t, err)
	_, err = f.Revoke(f.ctx, org, "b", day.At(10, 0), "đi học", stamp(210))
	require.NoError(t, err, "again is the same")
	_, err = f.Revoke(f.ctx, org, "b", day.At(11, 0), "khác", stamp(210))
	wantInput(t, err, vanphong.ErrClosed, "mandate")
	_, err = say("2", "cvp", "pbt", day.At(9, 59))
	require.NoError(t, err)
	_, err = say("3", "cvp", "pbt", day.At(10, 0))
	wantInput(t, err, vanphong.ErrForbidden, "for")
	// Two that hold at once: which one is meant has to be said.
	delegate(mandate("d", ForHead, "tt", "cvp", time.Time{}))
	_, err = say("4", "cvp", "tt", day.At(9, 0))
	wantInput(t, err, vanphong.ErrConflict, "under")
	d, err = f.Instruct(f.ctx, org, "d1", Instruction{ID: "4", Kind: Proposal, By: "cvp", For: "tt", Under: "d", Text: "ý kiến"}, stamp(90))
	require.NoError(t, err)
	assert.Equal(t, ForHead, d.Steps[len(d.Steps)-1].Capacity.Form)
	// Asked again after the mandate is gone, a step is still the step it was.
	_, err = f.Revoke(f.ctx, org, "d", time.Time{}, "hết việc", stamp(91))
	require.NoError(t, err)
	_, err = f.Instruct(f.ctx, org, "d1", Instruction{ID: "4", Kind: Proposal, By: "cvp", For: "tt", At: stamp(90).At, Text: "ý kiến"}, stamp(300))
	require.NoError(t, err)
	// Whoever hands over a list of everybody's mandates gets the same answer.
	all := []Mandate{mandate("a", ForHead, "bt", "pbt", time.Time{}), mandate("b", ForHead, "tt", "pbt", time.Time{})}
	own, err := Resolve(all, "", "tt", "pbt", day.At(8, 30))
	require.NoError(t, err)
	assert.Equal(t, MandateID("b"), own.Mandate)
	n := 0
	for _, err := range f.Mandates(f.ctx, org, "tt") {
		require.NoError(t, err)
		n++
	}
	assert.Equal(t, 2, n)
}

func TestAMandateThatCannotStandIsRefused(t *testing.T) {
	f := newDesk(t)
	good := Mandate{ID: "m", Form: ByDelegation, Principal: "bt", Signer: "pbt", Basis: "x", From: day.At(8, 0), Until: day.At(9, 0)}
	for field, change := range map[string]func(*Mandate){
		"id": func(m *Mandate) { m.ID = "" }, "form": func(m *Mandate) { m.Form = 0 }, "signer": func(m *Mandate) { m.Signer = "bt" },
		"basis": func(m *Mandate) { m.Basis = "" }, "from": func(m *Mandate) { m.From = time.Time{} },
		"until": func(m *Mandate) { m.Until = time.Time{} }, // ủy quyền is limited in time
	} {
		m := good
		change(&m)
		_, err := f.Delegate(f.ctx, org, m, stamp(0))
		wantInput(t, err, vanphong.ErrInvalid, field)
	}
	// What was delegated is not delegated further.
	_, err := f.Delegate(f.ctx, org, good, vanphong.Stamp{By: vanphong.Actor{ID: "bt", For: "tt"}, At: day.At(8, 0)})
	wantInput(t, err, vanphong.ErrForbidden, "principal")
	first, err := f.Delegate(f.ctx, org, good, stamp(0))
	require.NoError(t, err)
	again, err := f.Delegate(f.ctx, org, good, stamp(5))
	require.NoError(t, err)
	assert.Equal(t, first, again)
	good.Signer = "cvp"
	_, err = f.Delegate(f.ctx, org, good, stamp(5))
	wantInput(t, err, vanphong.ErrConflict, "id")
}

// A tree that is accepted has no cycle, is not deeper than it may be, and has
// one direction in force in each place, whatever was put in.
func FuzzTree(f *testing.F) {
	f.Add([]byte{})                                       // no step
	f.Add([]byte{1, 0, 0, 0, 2, 1, 0, 0})                 // one under the other
	f.Add([]byte{1, 1, 0, 0})                             // its own parent
	f.Add([]byte{1, 2, 0, 0, 2, 1, 0, 0})                 // a ring of two
	f.Add([]byte{1, 0, 1, 1, 2, 0, 1, 1, 3, 1, 1, 2})     // two directions at the root
	f.Add([]byte{1, 0, 1, 1, 2, 0, 17, 2, 3, 2, 2, 2})    // the second replaces the first
	f.Add([]byte{1, 0, 0, 0, 1, 0, 0, 0})                 // an id twice
	f.Add(binary.BigEndian.AppendUint32(nil, 0x01000203)) // a reply at the root
	f.Fuzz(func(t *testing.T, b []byte) {
		d := Document{Receipt: Receipt{Received: day.At(8, 0)}}
		for ; len(b) >= 4; b = b[4:] {
			s := Step{ID: StepID(fmt.Sprint("s", b[0])), Kind: StepKind(b[2]%4 + 1), By: "a", At: day.At(8, 0), Text: "x", From: vanphong.OrgID(fmt.Sprint("u", b[3]%3))}
			if b[1] > 0 {
				s.Parent = StepID(fmt.Sprint("s", b[1]))
			}
			if s.Kind == Direction {
				s.Lead = Assignee{Unit: vanphong.OrgID(fmt.Sprint("u", b[3]%3))}
				if b[2] > 15 {
					s.Replaces = StepID(fmt.Sprint("s", b[2]>>4))
				}
			}
			d.Steps = append(d.Steps, s)
		}
		err := d.checkTree()
		d.Status(forever) // never panics, accepted or not
		if err != nil {
			return
		}
		at, replaced := map[StepID]Step{}, map[StepID]bool{}
		for _, s := range d.Steps {
			if _, twice := at[s.ID]; twice {
				t.Fatalf("%s twice", s.ID)
			}
			at[s.ID] = s
			replaced[s.Replaces] = true
		}
		roots := 0
		for _, s := range d.Steps {
			depth, underDirection := 1, false
			for p := s; p.Parent != ""; depth++ {
				if depth > MaxDepth {
					t.Fatalf("%s is deeper than %d, or in a cycle", s.ID, MaxDepth)
				}
				p = at[p.Parent]
				underDirection = underDirection || p.Kind == Direction
			}
			if s.Kind == Direction && !underDirection && !replaced[s.ID] {
				roots++
			}
		}
		if roots > 1 {
			t.Fatalf("%d directions are in force at the root", roots)
		}
	})
}
