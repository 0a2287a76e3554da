package calendar

import (
	"errors"
	"strings"
	"testing"

	"github.com/vanphong-go/vanphong"
)

// A secret row's words are refused at every door of the planner unless the
// office says that its store may keep them; the error does not quote them.
func TestPlannerKeepsNoSecretWords(t *testing.T) {
	reg, week := mustDo[Registration](t), mustDo[WeekSchedule](t)
	days := WeekOf(week47)
	secret := proposal(0, "Nghe án điểm")
	secret.ID, secret.Secrecy = "s", vanphong.Confidential
	refused := func(what string, err error) {
		t.Helper()
		if !errors.Is(err, vanphong.ErrSecret) || strings.Contains(err.Error(), "án điểm") {
			t.Errorf("%s: %v", what, err)
		}
	}
	p, ctx := NewPlanner(NewMemory(), nil), t.Context()
	_, err := p.Register(ctx, office, "", "Văn phòng", secret, by(0))
	refused("register", err)
	r := reg(p.Register(ctx, office, "", "Văn phòng", proposal(1, "Giao ban"), by(0)))
	_, err = p.Move(ctx, office, r.ID, secret, "đổi lịch", by(1))
	refused("move", err)
	_, err = p.Draft(ctx, office, days, []Entry{secret}, by(1))
	refused("draft", err)
	// A room or a person would say whom the row holds.
	booked := secret.Opaque()
	booked.Rooms = []string{"Phòng họp số 1"}
	_, err = p.Draft(ctx, office, days, []Entry{booked}, by(1))
	refused("a room", err)

	// Without its words it is taken, again and again.
	for range 2 {
		s := week(p.Draft(ctx, office, days, []Entry{secret.Opaque()}, by(2)))
		if got := s.Entries[0]; got.Activity != vanphong.Placeholder || got.Secrecy != vanphong.Confidential || s.Version != 1 {
			t.Errorf("drafted: %+v, version %d", got, s.Version)
		}
	}
	s := week(p.Week(ctx, office, week47))
	week(p.Approve(ctx, office, s.ID, by(3)))
	week(p.Publish(ctx, office, s.ID, by(4)))
	_, err = p.Amend(ctx, office, s.ID, []Entry{secret}, "bổ sung", by(5))
	refused("amend", err)
}

// An office on an independent network keeps what it allows, and no more.
func TestPlannerKeepsWhatItsOfficeAllows(t *testing.T) {
	p := NewPlanner(NewMemory(), &Options{Keeps: vanphong.Confidential})
	e := proposal(0, "Nghe án điểm")
	e.ID, e.Secrecy = "s", vanphong.Confidential
	s := mustDo[WeekSchedule](t)(p.Draft(t.Context(), office, WeekOf(week47), []Entry{e}, by(0)))
	if s.Entries[0].Activity != e.Activity {
		t.Errorf("kept: %+v", s.Entries[0])
	}
	e.Secrecy = vanphong.Secret
	if _, err := p.Draft(t.Context(), office, WeekOf(week47), []Entry{e}, by(1)); !errors.Is(err, vanphong.ErrSecret) {
		t.Errorf("above the level: %v", err)
	}
}
