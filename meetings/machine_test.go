package meetings

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
)

// The machine, whole: every state a meeting can be in, with every step tried
// on it. "same" leaves the meeting as it is, "conflict", "state" and "ended"
// are errors and leave it too; anything else is the state it goes to.
const machine = `
                       open    new-mark  old-mark  away   add    decide    redecide  close   cancel     recancel  postpone   conclude  minutes
convened               opened  convened  same      ok     ok     state     state     state   cancelled  -         postponed  state     state
opened                 same    opened    same      ok     ok     opened    conflict  state   cancelled  -         state      state     state
half-decided           same    opened    same      ended  ok     same      conflict  state   state      -         state      ok        state
all-decided            same    opened    same      ended  ok     same      conflict  closed  state      -         state      ok        state
closed                 same    ended     same      ended  ended  same      conflict  same    ended      -         ended      ok        ok
closed-written         same    ended     same      ended  ended  same      conflict  same    ended      -         ended      ok        same
cancelled              ended   ended     same      ended  ended  ended     ended     ended   same       conflict  ended      ended     ended
cancelled-after-open   ended   ended     same      ended  ended  ended     ended     ended   same       conflict  ended      ended     ended
postponed              ended   ended     same      ended  ended  ended     ended     ended   ended      -         same       ended     ended
`

// bring returns a meeting in a state of the table.
func (f fixture) bring(state string) Meeting {
	f.t.Helper()
	m := f.convene("e")
	f.must(f.Mark(f.ctx, org, m.ID, marks(PresentInRoom, persons(1, 3)...), stamp(2)))
	decide := func(i int) { f.must(f.Decide(f.ctx, org, m.ID, m.Agenda[i].ID, votes(3, 0, 0), stamp(4))) }
	open := func() { f.must(f.Secretary.Open(f.ctx, org, m.ID, stamp(3))) }
	switch state {
	case "opened":
		open()
	case "half-decided":
		open()
		decide(0)
	case "all-decided", "closed", "closed-written":
		open()
		decide(0)
		decide(1)
		if state != "all-decided" {
			f.must(f.Close(f.ctx, org, m.ID, stamp(5)))
		}
		if state == "closed-written" {
			f.must(f.WriteUp(f.ctx, org, m.ID, day+2, stamp(6)))
		}
	case "cancelled":
		f.must(f.Cancel(f.ctx, org, m.ID, "lý do", stamp(5)))
	case "cancelled-after-open":
		open()
		f.must(f.Cancel(f.ctx, org, m.ID, "lý do", stamp(5)))
	case "postponed":
		f.must(f.Postpone(f.ctx, org, m.ID, "lý do", later(), stamp(5)))
	}
	m, err := f.Meeting(f.ctx, org, m.ID)
	return f.must(m, err)
}

// later is the invitation that a meeting is postponed to.
func later() Invitation {
	inv := invitation("later")
	inv.Start, inv.Agenda = (day+7).At(14, 0), nil
	return inv
}

// take tries a step.
func (f fixture) take(step string, m Meeting) error {
	var err error
	item := m.Agenda[0].ID
	switch step {
	case "open":
		_, err = f.Secretary.Open(f.ctx, org, m.ID, stamp(30))
	case "new-mark":
		_, err = f.Mark(f.ctx, org, m.ID, marks(Absent, "p03"), stamp(30))
	case "old-mark":
		_, err = f.Mark(f.ctx, org, m.ID, marks(PresentInRoom, "p03"), stamp(2))
	case "away":
		_, err = f.MarkAway(f.ctx, org, m.ID, item, []Away{{Person: "p03", Why: LeftRoom}}, stamp(30))
	case "add":
		_, err = f.AddItem(f.ctx, org, m.ID, Proposal{Key: "z", Title: "bổ sung"}, stamp(30))
	case "decide":
		_, err = f.Decide(f.ctx, org, m.ID, item, votes(3, 0, 0), stamp(30))
	case "redecide":
		if m.State == Opened && !m.decided() { // nothing to contradict yet
			f.must(f.Decide(f.ctx, org, m.ID, item, votes(3, 0, 0), stamp(30)))
		}
		_, err = f.Decide(f.ctx, org, m.ID, item, votes(2, 1, 0), stamp(30))
	case "close":
		_, err = f.Close(f.ctx, org, m.ID, stamp(30))
	case "cancel":
		_, err = f.Cancel(f.ctx, org, m.ID, "lý do", stamp(30))
	case "recancel":
		_, err = f.Cancel(f.ctx, org, m.ID, "lý do khác", stamp(30))
	case "postpone":
		_, err = f.Postpone(f.ctx, org, m.ID, "lý do", later(), stamp(30))
	case "conclude":
		_, err = f.Conclude(f.ctx, org, m.ID, item, Draft{Kind: documents.KindConclusion, Abstract: "về việc"}, stamp(30))
	case "minutes":
		_, err = f.WriteUp(f.ctx, org, m.ID, day+2, stamp(30))
	}
	return err
}

func TestEveryStepFromEveryState(t *testing.T) {
	lines := strings.Split(strings.TrimSpace(machine), "\n")
	steps := strings.Fields(lines[0])
	for _, line := range lines[1:] {
		cells := strings.Fields(line)
		if len(cells) != len(steps)+1 {
			t.Fatalf("row %q has %d cells for %d steps", cells[0], len(cells), len(steps))
		}
		for i, step := range steps {
			want := cells[i+1]
			if want == "-" {
				continue
			}
			t.Run(cells[0]+"/"+step, func(t *testing.T) {
				f := newOffice(t, 3)
				before := f.bring(cells[0])
				err := f.take(step, before)
				after, getErr := f.Meeting(f.ctx, org, before.ID)
				if getErr != nil {
					t.Fatal(getErr)
				}
				checkCell(t, want, err, before, after)
			})
		}
	}
}

func checkCell(t *testing.T, want string, err error, before, after Meeting) {
	t.Helper()
	unchanged := reflect.DeepEqual(before, after)
	switch want {
	case "ok":
		if err != nil || after.State != before.State {
			t.Errorf("%v, state %s", err, after.State.Name())
		}
	case "same":
		if err != nil || !unchanged {
			t.Errorf("%v, unchanged %v", err, unchanged)
		}
	case "conflict":
		if !errors.Is(err, vanphong.ErrConflict) {
			t.Error(err)
		}
	case "state":
		if !errors.Is(err, vanphong.ErrState) || errors.Is(err, vanphong.ErrClosed) || !unchanged {
			t.Errorf("%v, unchanged %v", err, unchanged)
		}
	case "ended":
		// Over, or, for one item of a meeting that goes on, decided.
		if !errors.Is(err, vanphong.ErrState) || !unchanged || (before.State.final() && !errors.Is(err, vanphong.ErrClosed)) {
			t.Errorf("%v, unchanged %v", err, unchanged)
		}
	default:
		code, _ := after.State.MarshalText()
		if err != nil || string(code) != want {
			t.Errorf("%v, state %s, want %s", err, code, want)
		}
	}
}

func TestAPostponedMeetingAndItsSuccessorNameEachOther(t *testing.T) {
	f := newOffice(t, 3)
	m := f.convene("e")
	f.must(f.AddItem(f.ctx, org, m.ID, Proposal{Key: "c", Title: "bổ sung"}, stamp(2)))
	next := f.must(f.Postpone(f.ctx, org, m.ID, "bão số 10", later(), stamp(3)))
	old, _ := f.Meeting(f.ctx, org, m.ID)
	if old.State != Postponed || old.Reason != "bão số 10" || old.Next != next.ID || next.Previous != old.ID || next.State != Convened || next.Day != day+7 {
		t.Errorf("%+v\n%+v", old, next)
	}
	// The items return, each naming the one it continues; none is moved.
	if len(next.Agenda) != 3 || len(old.Agenda) != 3 {
		t.Fatalf("%d items, %d before", len(next.Agenda), len(old.Agenda))
	}
	for i, item := range next.Agenda {
		if item.Previous != old.Agenda[i].ID || item.ID == old.Agenda[i].ID || item.Title != old.Agenda[i].Title || item.Secrecy != old.Agenda[i].Secrecy {
			t.Errorf("item %d: %+v", i, item)
		}
	}
	// Again, also after the successor has been held.
	f.must(f.Mark(f.ctx, org, next.ID, marks(PresentInRoom, persons(1, 3)...), stamp(4)))
	next = f.must(f.Secretary.Open(f.ctx, org, next.ID, stamp(5)))
	if again := f.must(f.Postpone(f.ctx, org, m.ID, "bão số 10", later(), stamp(6))); !reflect.DeepEqual(again, next) {
		t.Error("postponing again changed the successor")
	}
	if next.Ordinal != 1 {
		t.Errorf("the postponed meeting took an ordinal: %d", next.Ordinal)
	}
	_, err := f.Postpone(f.ctx, org, m.ID, "lý do khác", later(), stamp(6))
	f.wantInput(err, vanphong.ErrConflict, "lý do khác")
	other := later()
	other.Entry = "khác"
	_, err = f.Postpone(f.ctx, org, m.ID, "bão số 10", other, stamp(6))
	f.wantInput(err, vanphong.ErrConflict, "khác")

	// A successor that was convened from the new schedule first is found; one
	// that cannot be is refused, and then nothing is postponed.
	a := f.convene("a")
	invB := invitation("b")
	b := f.must(f.Convene(f.ctx, org, invB, stamp(7)))
	if got := f.must(f.Postpone(f.ctx, org, a.ID, "lý do", invB, stamp(8))); got.ID != b.ID || got.Previous != a.ID {
		t.Errorf("%+v", got)
	}
	c := f.convene("c")
	for name, inv := range map[string]Invitation{
		"itself":                    invitation("c"),
		"one that succeeds another": invB,
		"another body":              func() Invitation { i := later(); i.Body = "bch"; return i }(),
		"a day outside the term":    func() Invitation { i := invitation("d"); i.Start = i.Start.AddDate(-1, 0, 0); return i }(),
	} {
		if _, err := f.Postpone(f.ctx, org, c.ID, "lý do", inv, stamp(9)); err == nil {
			t.Errorf("postponed to %s", name)
		}
	}
	if got, _ := f.Meeting(f.ctx, org, c.ID); !reflect.DeepEqual(got, c) {
		t.Error("a refused postponement changed the meeting")
	}
}
