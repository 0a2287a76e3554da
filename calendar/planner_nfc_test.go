package calendar

import "testing"

// Two ways to write one text, equal to the eye.
const (
	apart    = "Nghi\u0323 quye\u0302\u0301t"
	together = "Nghị quyết"
)

// worded is an entry in which every text is s.
func worded(id EntryID, s string) Entry {
	a := Attendee{Person: "an", Text: s}
	return Entry{
		ID: id, Day: week47, Session: Morning, Activity: s, Place: s, Rooms: []string{s}, Vehicles: []string{s}, Chair: a,
		Attendees: []Attendee{a}, Unit: s, Invited: s, Staff: []Attendee{a}, Delegations: []Delegation{{From: a, To: a}}, Note: s,
	}
}

func TestTextsAreComposedAtTheDoor(t *testing.T) {
	p, ctx := NewPlanner(NewMemory(), nil), t.Context()
	reg, week := mustDo[Registration](t), mustDo[WeekSchedule](t)
	given := worded("a", apart)
	want := worded("a", together)
	r := reg(p.Register(ctx, office, "", apart, given, by(0)))
	if !r.Proposed.Equal(want) || r.Unit != together {
		t.Errorf("registered: %+v", r)
	}
	if !given.Equal(worded("a", apart)) {
		t.Errorf("the caller's entry was written to: %+v", given)
	}
	if again := reg(p.Register(ctx, office, "", together, want, by(1))); again.ID != r.ID || again.Version != 1 {
		t.Errorf("registered again from another keyboard: %+v", again)
	}
	if moved := reg(p.Move(ctx, office, r.ID, worded("a", apart), apart, by(2))); !moved.Result.Equal(want) || moved.Reason != together {
		t.Errorf("moved: %+v", moved)
	}

	s := week(p.Draft(ctx, office, WeekOf(week47), []Entry{worded("b", apart)}, by(3)))
	if e, ok := s.Entry("b"); !ok || !e.Equal(worded("b", together)) {
		t.Errorf("drafted: %+v", e)
	}
	if again := week(p.Draft(ctx, office, WeekOf(week47), []Entry{worded("b", together)}, by(4))); again.Version != s.Version {
		t.Errorf("drafted again: version %d, want %d", again.Version, s.Version)
	}
	week(p.Approve(ctx, office, s.ID, by(5)))
	week(p.Publish(ctx, office, s.ID, by(6)))
	for range 2 {
		s = week(p.Amend(ctx, office, s.ID, []Entry{worded("c", apart)}, apart, by(7)))
		if len(s.Amendments) != 1 || s.Amendments[0].Reason != together || !s.Entries[0].Equal(worded("c", together)) {
			t.Errorf("amended: %+v", s)
		}
	}
}
