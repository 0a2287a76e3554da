package meetings

import (
	"errors"
	"reflect"
	"slices"
	"testing"

	"github.com/vanphong-go/vanphong"
)

func TestMajorityIsOfThoseInOfficeAndQuorumOfThoseSummoned(t *testing.T) {
	// 15 in office, 10 present: the quorum holds, and 8 votes are needed, not 6.
	for _, c := range []struct {
		yes, no, blank int
		want           Outcome
	}{
		{6, 4, 0, NotAdopted}, // more than half of those present is not enough
		{7, 3, 0, NotAdopted}, // just below half of 15
		{8, 2, 0, Adopted},    // just above
		{8, 0, 0, Adopted},    // two present do not vote at all
		{5, 5, 0, NotAdopted}, // a tie fails
		{7, 0, 3, NotAdopted}, // blank votes do not make the base smaller
	} {
		f := newOffice(t, 15)
		m := f.open("e", 10)
		m, err := f.Decide(f.ctx, org, m.ID, m.Agenda[0].ID, votes(c.yes, c.no, c.blank), stamp(4))
		if err != nil {
			t.Fatal(err)
		}
		d := m.Agenda[0].Decision
		want := Tally{InOffice: 15, Summoned: 15, Present: 10, For: c.yes, Against: c.no, Blank: c.blank}
		if d.Outcome != c.want || d.Tally != want || len(d.Present) != 10 || len(d.Votes) != c.yes+c.no+c.blank {
			t.Errorf("%+v: %v %+v", c, d.Outcome.Name(), d.Tally)
		}
		if d.Threshold != DefaultPolicy().Majority.Threshold || d.Quorum != DefaultPolicy().Quorum.Threshold || d.Policy == "" || d.Made != stamp(4) {
			t.Errorf("the decision does not carry its proof: %+v", d)
		}
	}
}

func TestNoMeetingIsOpenedOrDecidesWithoutQuorum(t *testing.T) {
	f := newOffice(t, 15)
	m := f.convene("e")
	// The guest is present, and is no member.
	f.must(f.Mark(f.ctx, org, m.ID, marks(PresentInRoom, append(persons(1, 9), "khach")...), stamp(2)))
	_, err := f.Secretary.Open(f.ctx, org, m.ID, stamp(3))
	f.wantInput(err, ErrNoQuorum, "9")
	if !errors.Is(err, vanphong.ErrState) {
		t.Error("no quorum is a state")
	}
	// One on line makes it.
	f.must(f.Mark(f.ctx, org, m.ID, marks(PresentOnline, person(10)), stamp(4)))
	m = f.must(f.Secretary.Open(f.ctx, org, m.ID, stamp(5)))
	if m.Opening.Tally != (Tally{InOffice: 15, Summoned: 15, Present: 10}) || m.Opening.Policy == "" {
		t.Errorf("opening proof %+v", m.Opening)
	}
	// Somebody leaves: the next item cannot be decided, only deferred.
	f.must(f.Mark(f.ctx, org, m.ID, marks(Absent, person(10)), stamp(6)))
	_, err = f.Decide(f.ctx, org, m.ID, m.Agenda[0].ID, Ballot{Method: Consensus}, stamp(7))
	f.wantInput(err, ErrNoQuorum, "9")
	_, err = f.Decide(f.ctx, org, m.ID, m.Agenda[0].ID, votes(9, 0, 0), stamp(7))
	f.wantInput(err, ErrNoQuorum, "9")
	m = f.must(f.Decide(f.ctx, org, m.ID, m.Agenda[0].ID, Ballot{Method: Deferral, Note: "không đủ số ủy viên"}, stamp(8)))
	if d := m.Agenda[0].Decision; d.Outcome != Deferred || d.Tally.Present != 9 {
		t.Errorf("%+v", d)
	}
	// Back again: presence is taken at the moment of each decision.
	f.must(f.Mark(f.ctx, org, m.ID, marks(PresentInRoom, person(10)), stamp(9)))
	m = f.must(f.Decide(f.ctx, org, m.ID, m.Agenda[1].ID, Ballot{Method: Consensus}, stamp(10)))
	if d := m.Agenda[1].Decision; d.Outcome != Adopted || d.Tally.Present != 10 {
		t.Errorf("%+v", d)
	}
}

func TestQuorumAtTheBorder(t *testing.T) {
	for n := 1; n <= 40; n++ {
		need := (2*n + 2) / 3
		f := newOffice(t, n)
		if need > 1 {
			m := f.convene("short")
			f.must(f.Mark(f.ctx, org, m.ID, marks(PresentInRoom, persons(1, need-1)...), stamp(2)))
			if _, err := f.Secretary.Open(f.ctx, org, m.ID, stamp(3)); !errors.Is(err, ErrNoQuorum) {
				t.Errorf("%d of %d opened a meeting: %v", need-1, n, err)
			}
		}
		f.open("enough", need)
	}
}

func TestAVoteThatMayNotBeNamesThePerson(t *testing.T) {
	f := newOffice(t, 15)
	m := f.open("e", 12)
	item := m.Agenda[0].ID
	f.must(f.MarkAway(f.ctx, org, m.ID, item, []Away{{Person: "p12", Why: Conflicted}}, stamp(4)))
	with := func(p vanphong.PersonID) Ballot {
		b := votes(9, 0, 0)
		b.Votes = append(b.Votes, Vote{p, For})
		return b
	}
	for _, c := range []struct {
		person vanphong.PersonID
		kind   error
	}{
		{"p15", ErrAbsent},      // in office, never marked
		{"p12", ErrAbsent},      // in the meeting, away for this item
		{"p03", ErrVotedTwice},  // votes again
		{"khach", ErrNotMember}, // a guest
		{"truoc", ErrNotMember}, // left the body the day before
		{"sau", ErrNotMember},   // joins the day after
		{"ai-do", ErrNotMember}, // nobody knows him
	} {
		_, err := f.Decide(f.ctx, org, m.ID, item, with(c.person), stamp(5))
		f.wantInput(err, c.kind, string(c.person))
		b := Ballot{Method: SecretVote, For: 10, Turnout: append(persons(1, 9), c.person)}
		_, err = f.Decide(f.ctx, org, m.ID, item, b, stamp(5))
		f.wantInput(err, c.kind, string(c.person))
	}
	if got, _ := f.Meeting(f.ctx, org, m.ID); got.Agenda[0].Decided() || got.Version != m.Version+1 {
		t.Error("a refused vote left something behind")
	}
	// For another item the same person is there.
	f.must(f.Decide(f.ctx, org, m.ID, m.Agenda[1].ID, Ballot{Method: OpenVote, Votes: []Vote{{"p12", For}}}, stamp(6)))
}

func TestASecretBallotKeepsCountsAndTurnoutOnly(t *testing.T) {
	f := newOffice(t, 15)
	m := f.open("e", 12)
	b := Ballot{Method: SecretVote, For: 8, Against: 1, Blank: 1, Invalid: 1, Turnout: []vanphong.PersonID{"p11", "p02", "p01", "p03", "p04", "p05", "p06", "p07", "p08", "p09", "p10"}}
	short := b
	short.For = 7
	_, err := f.Decide(f.ctx, org, m.ID, m.Agenda[1].ID, short, stamp(4))
	f.wantInput(err, vanphong.ErrInvalid, "11")
	m = f.must(f.Decide(f.ctx, org, m.ID, m.Agenda[1].ID, b, stamp(4)))
	d := m.Agenda[1].Decision
	if d.Outcome != Adopted || d.Votes != nil || !slices.IsSorted(d.Turnout) || d.Tally.Cast() != 11 || d.Tally.Of(BaseValid) != 10 {
		t.Errorf("%+v", d)
	}
	// The order in which the turnout was written is no other decision; a
	// different count is.
	slices.Reverse(b.Turnout)
	if again := f.must(f.Decide(f.ctx, org, m.ID, m.Agenda[1].ID, b, stamp(9))); !reflect.DeepEqual(again, m) {
		t.Error("the same ballot again changed the record")
	}
	b.For, b.Against = 7, 2
	_, err = f.Decide(f.ctx, org, m.ID, m.Agenda[1].ID, b, stamp(9))
	f.wantInput(err, vanphong.ErrConflict, string(m.Agenda[1].ID))
}

func TestConsensusNeedsThatNobodyObjectsAndEnoughToAdopt(t *testing.T) {
	f := newOffice(t, 15)
	m := f.open("e", 10)
	_, err := f.Decide(f.ctx, org, m.ID, m.Agenda[0].ID, Ballot{Method: Consensus, Objections: []vanphong.PersonID{"p04"}}, stamp(4))
	f.wantInput(err, vanphong.ErrState, "p04")
	m = f.must(f.Decide(f.ctx, org, m.ID, m.Agenda[0].ID, Ballot{Method: Consensus, Note: "thống nhất"}, stamp(4)))
	if d := m.Agenda[0].Decision; d.Outcome != Adopted || d.Tally.For != 10 {
		t.Errorf("%+v", d)
	}
	// Nine summoned, six there: a quorum, but six cannot agree for fifteen.
	inv := invitation("few")
	inv.Summoned = persons(1, 9)
	few := f.must(f.Convene(f.ctx, org, inv, stamp(1)))
	f.must(f.Mark(f.ctx, org, few.ID, marks(PresentInRoom, persons(1, 6)...), stamp(2)))
	few = f.must(f.Secretary.Open(f.ctx, org, few.ID, stamp(3)))
	if few.Opening.Tally.Summoned != 9 {
		t.Errorf("%+v", few.Opening.Tally)
	}
	_, err = f.Decide(f.ctx, org, few.ID, few.Agenda[0].ID, Ballot{Method: Consensus}, stamp(4))
	f.wantInput(err, vanphong.ErrState, "6")
}

func TestABallotRefusesWhatItWouldLose(t *testing.T) {
	f := newOffice(t, 3)
	m := f.open("e", 3)
	for name, b := range map[string]Ballot{
		"no method":                    {},
		"named votes in secret":        {Method: SecretVote, Votes: []Vote{{"p01", For}}},
		"counts in an open vote":       {Method: OpenVote, For: 3},
		"turnout in a consensus":       {Method: Consensus, Turnout: persons(1, 1)},
		"objections to a vote":         {Method: OpenVote, Objections: persons(1, 1)},
		"a vote that says nothing":     {Method: OpenVote, Votes: []Vote{{Person: "p01"}}},
		"negative count":               {Method: SecretVote, For: 2, Against: -1, Turnout: persons(1, 1)},
		"deferral without why":         {Method: Deferral},
		"unreachable threshold":        {Method: Consensus, Threshold: Threshold{1, 1, true, BasePresent}},
		"threshold for a deferral":     {Method: Deferral, Note: "x", Threshold: half(BaseInOffice)},
		"basis without a threshold":    {Method: Consensus, Basis: "quy chế"},
		"control character in a basis": {Method: Consensus, Threshold: half(BasePresent), Basis: "a\x00"},
		"control character in a note":  {Method: Consensus, Note: "a\x00"},
	} {
		if _, err := f.Decide(f.ctx, org, m.ID, m.Agenda[0].ID, b, stamp(4)); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
	// A rule of its own for one item is kept with it.
	th := Threshold{Num: 1, Den: 1, Base: BasePresent}
	b := votes(2, 1, 0)
	b.Threshold = th
	_, err := f.Decide(f.ctx, org, m.ID, m.Agenda[0].ID, b, stamp(4))
	f.wantInput(err, vanphong.ErrInvalid, th.share()) // all those present: another base than the policy's
	b.Basis = "quy chế làm việc"
	if d := f.must(f.Decide(f.ctx, org, m.ID, m.Agenda[0].ID, b, stamp(4))).Agenda[0].Decision; d.Outcome != NotAdopted || d.Threshold != th || d.Basis != b.Basis {
		t.Errorf("%+v", d)
	}
	f.must(f.Decide(f.ctx, org, m.ID, m.Agenda[0].ID, votes(2, 1, 0), stamp(5))) // the rule need not be said again
	b.Threshold.Base = BaseCast
	_, err = f.Decide(f.ctx, org, m.ID, m.Agenda[0].ID, b, stamp(5))
	f.wantInput(err, vanphong.ErrConflict, string(m.Agenda[0].ID))
}

func TestAMajorityIsNotLoweredWithoutABasis(t *testing.T) {
	f := newOffice(t, 15)
	for i, c := range []struct {
		th      Threshold
		basis   string
		outcome Outcome // unknown: refused
	}{
		{Threshold{Num: 1, Den: 1_000_000, Base: BaseInOffice}, "", OutcomeUnknown},     // next to nothing
		{Threshold{Num: 1, Den: 2, Base: BaseInOffice}, "", OutcomeUnknown},             // half is less than more than half
		{half(BasePresent), "", OutcomeUnknown},                                         // of fewer people
		{half(BaseInOffice), "", NotAdopted},                                            // the policy's own
		{twoThirds(BaseInOffice), "", NotAdopted},                                       // more than the policy asks
		{half(BasePresent), "quy chế bầu cử", Adopted},                                  // with its rule
		{Threshold{Num: 1, Den: 2, Base: BaseInOffice}, "quy chế làm việc", NotAdopted}, // 7 of 15 is less than half all the same
	} {
		m := f.open(string(rune('a'+i)), 12)
		b := votes(7, 5, 0)
		b.Threshold, b.Basis = c.th, c.basis
		m, err := f.Decide(f.ctx, org, m.ID, m.Agenda[0].ID, b, stamp(4))
		if c.outcome == OutcomeUnknown {
			f.wantInput(err, vanphong.ErrInvalid, c.th.share())
			continue
		}
		if d := f.must(m, err).Agenda[0].Decision; d.Outcome != c.outcome || d.Threshold != c.th || d.Basis != c.basis {
			t.Errorf("%v: %+v", c.th, d)
		}
	}
}

func TestDecisionsStandWhenTheRollIsCorrectedLater(t *testing.T) {
	f := newOffice(t, 15)
	m := f.open("e", 10)
	if _, err := f.Enroll(f.ctx, org, btv, []vanphong.Membership{{Body: btv.ID, Person: "p01"}}, stamp(4)); err != nil {
		t.Fatal(err)
	}
	m = f.must(f.Decide(f.ctx, org, m.ID, m.Agenda[0].ID, votes(7, 0, 0), stamp(5)))
	if d := m.Agenda[0].Decision; d.Outcome != NotAdopted || d.Tally.InOffice != 15 {
		t.Errorf("the body as of opening decides: %+v", d)
	}
	if r, _ := f.Roll(f.ctx, org, btv.ID); r.Run(term.ID).Given != 1 {
		t.Error("a corrected roll lost its count of meetings")
	}
}

func TestWhoLeftOfficeBetweenSummonsAndOpeningIsNotCounted(t *testing.T) {
	f := newOffice(t, 4)
	m := f.convene("e")
	f.must(f.Mark(f.ctx, org, m.ID, marks(PresentInRoom, "p01", "p04"), stamp(2)))
	// 2 of 4 are too few; once the two absent are known to have left, 2 of 2 are not.
	if _, err := f.Secretary.Open(f.ctx, org, m.ID, stamp(3)); !errors.Is(err, ErrNoQuorum) {
		t.Errorf("2 of 4: %v", err)
	}
	in := []vanphong.Membership{{Body: btv.ID, Person: "p01"}, {Body: btv.ID, Person: "p04"}}
	if _, err := f.Enroll(f.ctx, org, btv, in, stamp(4)); err != nil {
		t.Fatal(err)
	}
	m = f.must(f.Secretary.Open(f.ctx, org, m.ID, stamp(5)))
	if m.Opening.Tally != (Tally{InOffice: 2, Summoned: 2, Present: 2}) {
		t.Errorf("%+v", m.Opening.Tally)
	}
}
