package calendar

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/vanphong-go/vanphong"
)

const office vanphong.OrgID = "tinh-uy"

func mustDo[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func proposal(day int, activity string) Entry {
	return Entry{Day: week47 + vanphong.Date(day), Session: Morning, Activity: activity}
}

func TestAcceptedRegistrationStandsInTheDraft(t *testing.T) {
	p, ctx := NewPlanner(NewMemory(), nil), t.Context()
	reg, week := mustDo[Registration](t), mustDo[WeekSchedule](t)
	r := reg(p.Register(ctx, office, "", "Ban Tổ chức", proposal(2, "Họp xét"), by(0)))
	if r.State != RegistrationPending || r.Proposed.ID == "" || r.Version != 1 {
		t.Fatalf("registered: %+v", r)
	}
	got := reg(p.Accept(ctx, office, r.ID, "", by(1)))
	s := week(p.Week(ctx, office, week47+6))
	if got.State != RegistrationAccepted || got.Schedule != s.ID || !got.Result.Equal(r.Proposed) || got.Decided != by(1) {
		t.Errorf("accepted: %+v", got)
	}
	if s.State != ScheduleDraft || len(s.Entries) != 1 || !s.Entries[0].Equal(r.Proposed) {
		t.Errorf("draft: %+v", s)
	}
	e, in, err := p.Entry(ctx, office, r.Proposed.ID)
	if err != nil || in.ID != s.ID || !e.Equal(r.Proposed) {
		t.Errorf("the way back from the entry: %+v in %s, %v", e, in.ID, err)
	}
}

func TestAcceptIntoAPublishedWeekAmends(t *testing.T) {
	p, ctx := NewPlanner(NewMemory(), nil), t.Context()
	reg, week := mustDo[Registration](t), mustDo[WeekSchedule](t)
	s := week(p.Draft(ctx, office, WeekOf(week47), []Entry{row("a", 0, "Giao ban")}, by(0)))
	week(p.Approve(ctx, office, s.ID, by(1)))
	week(p.Publish(ctx, office, s.ID, by(2)))
	r := reg(p.Register(ctx, office, "", "Ban Nội chính", proposal(3, "Họp gấp"), by(3)))
	if _, err := p.Accept(ctx, office, r.ID, "", by(4)); !errors.Is(err, vanphong.ErrInvalid) {
		t.Errorf("without a reason: %v", err)
	}
	if got := mustDo[Registration](t)(p.Registration(ctx, office, r.ID)); got.State != RegistrationPending {
		t.Error("half of a refused step was kept")
	}
	reg(p.Accept(ctx, office, r.ID, "việc đột xuất", by(4)))
	s = week(p.Schedule(ctx, office, s.ID))
	if s.Revision != 2 || s.Amendments[0].Reason != "việc đột xuất" || len(s.Amendments[0].Diff.Added) != 1 {
		t.Errorf("revision %d, %+v", s.Revision, s.Amendments)
	}
}

func TestAcceptIntoAnApprovedWeekNeedsApprovalAgain(t *testing.T) {
	p, ctx := NewPlanner(NewMemory(), nil), t.Context()
	week := mustDo[WeekSchedule](t)
	s := week(p.Draft(ctx, office, WeekOf(week47), nil, by(0)))
	week(p.Approve(ctx, office, s.ID, by(1)))
	r := mustDo[Registration](t)(p.Register(ctx, office, "", "Ban Tổ chức", proposal(1, "Họp"), by(2)))
	mustDo[Registration](t)(p.Accept(ctx, office, r.ID, "", by(3)))
	if _, err := p.Publish(ctx, office, s.ID, by(4)); !errors.Is(err, vanphong.ErrState) {
		t.Errorf("what was not approved is published: %v", err)
	}
}

func TestMoveKeepsBoth(t *testing.T) {
	p, ctx := NewPlanner(NewMemory(), nil), t.Context()
	reg := mustDo[Registration](t)
	r := reg(p.Register(ctx, office, "dk-1", "Ban Tổ chức", proposal(2, "Họp xét"), by(0)))
	to := r.Proposed
	to.Day, to.ID = week47+9, "" // the week after
	if _, err := p.Move(ctx, office, r.ID, to, "", by(1)); !errors.Is(err, vanphong.ErrInvalid) {
		t.Errorf("without a reason: %v", err)
	}
	got := reg(p.Move(ctx, office, r.ID, to, "trùng lịch Bí thư", by(1)))
	if got.State != RegistrationMoved || !got.Proposed.Equal(r.Proposed) || got.Result.Day != week47+9 || got.Result.ID != r.Proposed.ID {
		t.Errorf("moved: %+v", got)
	}
	if _, err := p.Week(ctx, office, week47+2); !errors.Is(err, vanphong.ErrNotFound) {
		t.Errorf("the week proposed was begun: %v", err)
	}
	if s := mustDo[WeekSchedule](t)(p.Week(ctx, office, week47+9)); s.Days.First != week47+7 || len(s.Entries) != 1 {
		t.Errorf("the week moved to: %+v", s)
	}
}

// TestDecisionsAreFinalAndRepeatable tries every decision after every other:
// the same again changes nothing, another is refused.
func TestDecisionsAreFinalAndRepeatable(t *testing.T) {
	ctx := t.Context()
	to := proposal(4, "Họp")
	decisions := map[string]func(*Planner, string) (Registration, error){
		"accept":  func(p *Planner, why string) (Registration, error) { return p.Accept(ctx, office, "dk", why, by(2)) },
		"move":    func(p *Planner, why string) (Registration, error) { return p.Move(ctx, office, "dk", to, why, by(2)) },
		"decline": func(p *Planner, why string) (Registration, error) { return p.Decline(ctx, office, "dk", why, by(2)) },
	}
	for first, one := range decisions {
		for second, two := range decisions {
			p := NewPlanner(NewMemory(), nil)
			mustDo[Registration](t)(p.Register(ctx, office, "dk", "Ban Tổ chức", proposal(2, "Họp"), by(0)))
			was := mustDo[Registration](t)(one(p, "lý do"))
			again, err := two(p, "lý do")
			if first == second && (err != nil || again.Version != was.Version) {
				t.Errorf("%s twice: version %d, %v", first, again.Version, err)
			}
			if first != second && !errors.Is(err, vanphong.ErrState) {
				t.Errorf("%s after %s: %v", second, first, err)
			}
			if _, err := one(p, "lý do khác"); !errors.Is(err, vanphong.ErrConflict) {
				t.Errorf("%s again for another reason: %v", first, err)
			}
		}
	}
	p := NewPlanner(NewMemory(), nil)
	if _, err := p.Accept(ctx, office, "khong-co", "", by(0)); !errors.Is(err, vanphong.ErrNotFound) {
		t.Errorf("deciding what was not registered: %v", err)
	}
	mustDo[Registration](t)(p.Register(ctx, office, "dk", "Ban Tổ chức", proposal(2, "Họp"), by(0)))
	if _, err := p.Decline(ctx, office, "dk", " ", by(0)); !errors.Is(err, vanphong.ErrInvalid) {
		t.Errorf("declining without a reason: %v", err)
	}
}

func TestRegisterTwiceIsOnce(t *testing.T) {
	p, ctx := NewPlanner(NewMemory(), nil), t.Context()
	reg := mustDo[Registration](t)
	for _, id := range []RegistrationID{"", "dk-7"} {
		a := reg(p.Register(ctx, office, id, "Ban Tổ chức", proposal(2, "Họp"), by(0)))
		b := reg(p.Register(ctx, office, id, "Ban Tổ chức", proposal(2, "Họp"), by(9)))
		if a.ID != b.ID || b.Version != 1 || b.Filed != by(0) {
			t.Errorf("registered again: %+v", b)
		}
	}
	if _, err := p.Register(ctx, office, "dk-7", "Ban Tổ chức", proposal(3, "Họp"), by(0)); !errors.Is(err, vanphong.ErrConflict) {
		t.Errorf("other content under the id: %v", err)
	}
	if _, err := p.Register(ctx, office, "dk-8", "", proposal(3, "Họp"), by(0)); !errors.Is(err, vanphong.ErrInvalid) {
		t.Errorf("of no unit: %v", err)
	}
}

// TestDraftAgainAfterAmendment is a program that is run from its beginning
// once more: its draft must not be taken as a change.
func TestDraftAgainAfterAmendment(t *testing.T) {
	p, ctx := NewPlanner(NewMemory(), nil), t.Context()
	week := mustDo[WeekSchedule](t)
	file := []Entry{row("a", 0, "Giao ban"), row("b", 1, "Họp"), row("c", 2, "Tiếp dân")}
	s := week(p.Draft(ctx, office, WeekOf(week47), file, by(0)))
	week(p.Approve(ctx, office, s.ID, by(1)))
	week(p.Publish(ctx, office, s.ID, by(2)))
	s = week(p.Amend(ctx, office, s.ID, []Entry{row("a", 3, "Giao ban"), row("c", 2, "Tiếp dân")}, "đổi", by(3)))
	if got := week(p.Draft(ctx, office, WeekOf(week47), file, by(9))); got.Version != s.Version || got.Revision != 2 {
		t.Errorf("drafted again: version %d revision %d", got.Version, got.Revision)
	}
	file[1].Activity = "Họp khác"
	if _, err := p.Draft(ctx, office, WeekOf(week47), file, by(9)); !errors.Is(err, vanphong.ErrState) {
		t.Errorf("something new into a published week: %v", err)
	}
	if _, err := p.Remove(ctx, office, s.ID, "a", by(9)); !errors.Is(err, vanphong.ErrState) {
		t.Errorf("removing from a published week: %v", err)
	}
}

func TestDraftKeepsWhatItDoesNotName(t *testing.T) {
	p, ctx := NewPlanner(NewMemory(), nil), t.Context()
	week := mustDo[WeekSchedule](t)
	week(p.Draft(ctx, office, WeekOf(week47), []Entry{row("a", 0, "Giao ban"), row("b", 1, "Họp")}, by(0)))
	s := week(p.Draft(ctx, office, WeekOf(week47), []Entry{row("c", 2, "Mới"), row("a", 4, "Giao ban")}, by(1)))
	var ids []string
	for _, e := range s.Entries {
		ids = append(ids, fmt.Sprintf("%s%d", e.ID, int(e.Day-week47)))
	}
	if got := strings.Join(ids, " "); got != "a4 b1 c2" {
		t.Errorf("the draft holds %s", got)
	}
	s = week(p.Remove(ctx, office, s.ID, "b", by(2)))
	if same := week(p.Remove(ctx, office, s.ID, "b", by(3))); len(same.Entries) != 2 || same.Version != s.Version {
		t.Errorf("removed twice: %+v", same)
	}
	long := WeekOf(week47)
	long.End++
	if _, err := p.Draft(ctx, office, long, nil, by(3)); !errors.Is(err, vanphong.ErrConflict) {
		t.Errorf("the same week with other days: %v", err)
	}
}

// TestDayOfTwoSchedules is the eighth day of a long week, which the next week
// begins with.
func TestDayOfTwoSchedules(t *testing.T) {
	p, ctx := NewPlanner(NewMemory(), nil), t.Context()
	week := mustDo[WeekSchedule](t)
	long := WeekOf(week47)
	long.End++
	a := week(p.Draft(ctx, office, long, nil, by(0)))
	if got := week(p.Week(ctx, office, week47+7)); got.ID != a.ID {
		t.Error("the eighth day is not in the long week")
	}
	b := week(p.Draft(ctx, office, WeekOf(week47+7), nil, by(0)))
	if got := week(p.Week(ctx, office, week47+7)); got.ID != b.ID {
		t.Error("the day's own week is not preferred")
	}
}

func TestGuardIsAskedFirst(t *testing.T) {
	var asked []string
	no := fmt.Errorf("chưa được phân công: %w", vanphong.ErrForbidden)
	store := NewMemory()
	p := NewPlanner(store, &Options{Guard: func(_ context.Context, a vanphong.Act) error {
		asked = append(asked, a.Verb)
		if a.Org != office || a.By != by(0).By || a.Object == "" {
			t.Errorf("asked %+v", a)
		}
		return no
	}})
	ctx := t.Context()
	var errs []error
	add := func(err error) { errs = append(errs, err) }
	_, err := p.Register(ctx, office, "", "Ban Tổ chức", proposal(0, "Họp"), by(0))
	add(err)
	_, err = p.Accept(ctx, office, "x", "", by(0))
	add(err)
	_, err = p.Decline(ctx, office, "x", "", by(0))
	add(err)
	_, err = p.Move(ctx, office, "x", Entry{}, "", by(0))
	add(err)
	_, err = p.Draft(ctx, office, WeekOf(week47), nil, by(0))
	add(err)
	_, err = p.Remove(ctx, office, "x", "y", by(0))
	add(err)
	_, err = p.Approve(ctx, office, "x", by(0))
	add(err)
	_, err = p.Publish(ctx, office, "x", by(0))
	add(err)
	_, err = p.Amend(ctx, office, "x", nil, "đổi", by(0))
	add(err)
	for i, err := range errs {
		if err != no { //nolint:errorlint // unchanged
			t.Errorf("step %d: %v, want the guard's error unchanged", i, err)
		}
	}
	want := []string{"calendar.register", "calendar.accept", "calendar.decline", "calendar.move", "calendar.draft",
		"calendar.remove", "calendar.approve", "calendar.publish", "calendar.amend"}
	if !slices.Equal(asked, want) {
		t.Errorf("asked %v, want %v", asked, want)
	}
	for range store.Changes(ctx, office, 0) {
		t.Error("something was written")
	}
}

func TestPlannerLists(t *testing.T) {
	p, ctx := NewPlanner(NewMemory(), nil), t.Context()
	for n := range 3 {
		mustDo[WeekSchedule](t)(p.Draft(ctx, office, WeekOf(week47+vanphong.Date(7*n)), nil, by(n)))
		mustDo[Registration](t)(p.Register(ctx, office, "", "Ban Tổ chức", proposal(n, "Họp"), by(n)))
	}
	weeks, regs := 0, 0
	for s, err := range p.Schedules(ctx, office, vanphong.Days{First: week47 + 7}) {
		if err != nil || s.Days.First < week47+7 {
			t.Errorf("%s, %v", s.Days, err)
		}
		weeks++
	}
	for _, err := range p.Registrations(ctx, office, RegistrationQuery{State: RegistrationPending}) {
		if err != nil {
			t.Error(err)
		}
		if regs++; regs == 2 {
			break
		}
	}
	if weeks != 2 || regs != 2 {
		t.Errorf("%d schedules, %d registrations", weeks, regs)
	}
	gone, cancel := context.WithCancel(ctx)
	cancel()
	n := 0
	for _, err := range p.Schedules(gone, office, vanphong.Days{}) {
		if n++; !errors.Is(err, context.Canceled) {
			t.Errorf("with a cancelled context: %v", err)
		}
	}
	if n != 1 {
		t.Errorf("%d answers to a cancelled context, want the error", n)
	}
}
