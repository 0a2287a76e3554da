package calendar

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/vanphong-go/vanphong"
)

func newWeek(t testing.TB, entries ...Entry) WeekSchedule {
	t.Helper()
	s, err := NewWeekSchedule("tinh-uy", WeekOf(week47), by(0))
	if err == nil {
		s, err = s.Edit(entries, by(0))
	}
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func published(t testing.TB, entries ...Entry) WeekSchedule {
	t.Helper()
	s, err := newWeek(t, entries...).Approve(by(1))
	if err == nil {
		s, err = s.Publish(by(2))
	}
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestWeekBeginsOnMonday(t *testing.T) {
	days := func(first, end string) vanphong.Days {
		var d vanphong.Days
		_ = d.First.UnmarshalText([]byte(first))
		_ = d.End.UnmarshalText([]byte(end))
		return d
	}
	for _, c := range []struct {
		days  vanphong.Days
		field string
		kind  error
	}{
		{days("2026-11-16", "2026-11-23"), "", nil},
		{days("2018-05-21", "2018-05-29"), "", nil}, // S08: 21/5 - 28/5, eight days
		{days("2026-02-09", "2026-02-14"), "", nil}, // S09: Monday to Friday
		{days("2026-11-17", "2026-11-23"), "days.first", vanphong.ErrInvalid},
		{days("", "2026-11-23"), "days.first", vanphong.ErrInvalid},
		{days("2026-11-16", ""), "days.end", vanphong.ErrInvalid},
		{days("2026-11-16", "2026-11-16"), "days.end", vanphong.ErrInvalid},
		{days("2026-11-16", "2026-12-17"), "", nil}, // 31 days, the bound
		{days("2026-11-16", "2026-12-18"), "days.end", vanphong.ErrOutOfRange},
	} {
		s, err := NewWeekSchedule("tinh-uy", c.days, by(0))
		var in *vanphong.InputError
		if c.kind == nil && err != nil || c.kind != nil && (!errors.Is(err, c.kind) || !errors.As(err, &in) || in.Field != c.field) {
			t.Errorf("%s: got %v, want %v for %q", c.days, err, c.kind, c.field)
		}
		again, _ := NewWeekSchedule("tinh-uy", c.days, by(9))
		other, _ := NewWeekSchedule("xa", c.days, by(0))
		if s.ID != again.ID || s.ID == other.ID {
			t.Errorf("ids %s, %s, %s: want the first two alike", s.ID, again.ID, other.ID)
		}
	}
	for d := range vanphong.Date(7) {
		if got := WeekOf(week47 + d); got.First != week47 || got.Len() != 7 {
			t.Errorf("week of day %d is %s", d, got)
		}
	}
}

// TestScheduleSteps tries every step in every state: what is not in the table
// of legal steps is refused with ErrState and leaves the schedule as it was.
func TestScheduleSteps(t *testing.T) {
	draft := newWeek(t, row("a", 0, "Họp"))
	approved, _ := draft.Approve(by(1))
	pub, _ := approved.Publish(by(2))
	amended, err := pub.Amend([]Entry{row("a", 1, "Họp")}, "dời ngày", by(3))
	if err != nil {
		t.Fatal(err)
	}
	states := []WeekSchedule{draft, approved, pub, amended}
	for i, s := range states {
		if s.State != ScheduleState(i) {
			t.Fatalf("state %v at %d", s.State, i)
		}
	}
	with := []Entry{row("a", 0, "Họp"), row("b", 2, "Giao ban")}
	for name, step := range map[string]struct {
		run  func(WeekSchedule) (WeekSchedule, error)
		goes [4]int // state after, from each state; -1 is refused
	}{
		"edit":    {func(s WeekSchedule) (WeekSchedule, error) { return s.Edit(with, by(5)) }, [4]int{0, 0, -1, -1}},
		"approve": {func(s WeekSchedule) (WeekSchedule, error) { return s.Approve(by(5)) }, [4]int{1, 1, 2, 3}},
		"publish": {func(s WeekSchedule) (WeekSchedule, error) { return s.Publish(by(5)) }, [4]int{-1, 2, 2, 3}},
		"amend":   {func(s WeekSchedule) (WeekSchedule, error) { return s.Amend(with, "thêm", by(5)) }, [4]int{-1, -1, 3, 3}},
	} {
		for from, s := range states {
			before, _ := json.Marshal(s)
			got, err := step.run(s)
			if step.goes[from] < 0 {
				if !errors.Is(err, vanphong.ErrState) {
					t.Errorf("%s a schedule that is %s: %v", name, s.State.Name(), err)
				}
				got = s
			} else if err != nil || got.State != ScheduleState(step.goes[from]) {
				t.Errorf("%s a schedule that is %s: state %s, %v", name, s.State.Name(), got.State.Name(), err)
			}
			if after, _ := json.Marshal(s); string(after) != string(before) {
				t.Errorf("%s changed the schedule it was given", name)
			}
		}
	}
}

func TestEditingTakesTheApprovalAway(t *testing.T) {
	s, _ := newWeek(t, row("a", 0, "Họp")).Approve(by(1))
	got, err := s.Edit([]Entry{row("a", 0, "Họp khác")}, by(2))
	if err != nil || got.State != ScheduleDraft || got.Approved != (vanphong.Stamp{}) {
		t.Errorf("got %s approved by %v, %v", got.State.Name(), got.Approved, err)
	}
	if same, err := s.Edit(s.Entries, by(2)); err != nil || same.State != ScheduleApproved {
		t.Errorf("the same entries: %s, %v", same.State.Name(), err)
	}
}

func TestRevisionsCountFromPublication(t *testing.T) {
	s := newWeek(t, row("a", 0, "Họp"))
	if s.Revision != 0 {
		t.Errorf("a draft has revision %d", s.Revision)
	}
	s = published(t, row("a", 0, "Họp"))
	for n := 1; n <= 3; n++ {
		if s.Revision != n || len(s.Amendments) != n-1 {
			t.Errorf("revision %d with %d amendments, want %d", s.Revision, len(s.Amendments), n)
		}
		var err error
		s, err = s.Amend([]Entry{row("a", n, "Họp")}, fmt.Sprint("lần ", n), by(10+n))
		if err != nil {
			t.Fatal(err)
		}
	}
	a := s.Amendments[1]
	if a.Revision != 3 || a.Reason != "lần 2" || a.By != by(12) || len(a.Diff.Changed) != 1 ||
		a.Diff.Changed[0].Before.Day != week47+1 || a.Diff.Changed[0].After.Day != week47+2 {
		t.Errorf("the second amendment is %+v", a)
	}
	if s.Published != by(2) {
		t.Errorf("published %v, want as first published", s.Published)
	}
}

func TestAmendRefuses(t *testing.T) {
	s := published(t, row("a", 0, "Họp"))
	ok := []Entry{row("b", 0, "Giao ban")}
	for what, c := range map[string]struct {
		entries []Entry
		reason  string
		by      vanphong.Stamp
		kind    error
	}{
		"no reason":         {ok, " ", by(3), vanphong.ErrInvalid},
		"control character": {ok, "a\x07", by(3), vanphong.ErrInvalid},
		"nobody":            {ok, "đổi", vanphong.Stamp{}, vanphong.ErrInvalid},
		"outside the days":  {[]Entry{row("b", 7, "Giao ban")}, "đổi", by(3), vanphong.ErrInvalid},
		"before the days":   {[]Entry{row("b", -1, "Giao ban")}, "đổi", by(3), vanphong.ErrInvalid},
		"an id twice":       {[]Entry{row("b", 0, "x"), row("b", 1, "y")}, "đổi", by(3), vanphong.ErrConflict},
		"too many":          {make([]Entry, MaxScheduleEntries+1), "đổi", by(3), vanphong.ErrOutOfRange},
	} {
		got, err := s.Amend(c.entries, c.reason, c.by)
		if !errors.Is(err, c.kind) || got.Revision != 1 || len(got.Amendments) != 0 {
			t.Errorf("%s: revision %d, %v", what, got.Revision, err)
		}
	}
}

// TestAmendTwiceIsOnce is a chain that is run again from its beginning: the
// first amendment must not undo the second.
func TestAmendTwiceIsOnce(t *testing.T) {
	s := published(t, row("a", 0, "Họp"))
	chain := func(s WeekSchedule) WeekSchedule {
		for n, reason := range []string{"dời", "dời nữa"} {
			var err error
			if s, err = s.Amend([]Entry{row("a", n+1, "Họp")}, reason, by(3+n)); err != nil {
				t.Fatal(err)
			}
		}
		return s
	}
	once := chain(s)
	if twice := chain(once); !reflect.DeepEqual(twice, once) {
		t.Errorf("run again: revision %d, want %d", twice.Revision, once.Revision)
	}
	// Somebody else wanting the first state back is a new amendment.
	back, err := once.Amend([]Entry{row("a", 1, "Họp")}, "dời lại", by(8))
	if err != nil || back.Revision != 4 {
		t.Errorf("back again: revision %d, %v", back.Revision, err)
	}
}

// TestEntriesAtGivesBackEveryRevision amends at random and compares every
// revision with what it was.
func TestEntriesAtGivesBackEveryRevision(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	for range 50 {
		s := published(t, row("0", 0, "a"), row("1", 0, "b"), row("2", 1, "c"))
		was := [][]Entry{nil, s.Entries}
		for n := range 6 {
			next := slices.DeleteFunc(cloneEntries(s.Entries), func(Entry) bool { return r.IntN(4) == 0 })
			for i := range next {
				if r.IntN(3) == 0 {
					next[i].Day = week47 + vanphong.Date(r.IntN(7))
				}
			}
			if r.IntN(2) == 0 {
				next = append(next, row(fmt.Sprint("mới ", n), r.IntN(7), "x"))
			}
			r.Shuffle(len(next), func(i, j int) { next[i], next[j] = next[j], next[i] })
			after, err := s.Amend(next, "đổi", by(10+n))
			if err != nil {
				t.Fatal(err)
			}
			if after.Revision == len(was) {
				was = append(was, after.Entries)
			}
			s = after
		}
		for n := 1; n < len(was); n++ {
			got, err := s.EntriesAt(n)
			if err != nil || !entriesEqual(got, was[n]) {
				t.Fatalf("revision %d of %d: got %v, %v, want %v", n, s.Revision, got, err, was[n])
			}
		}
		for _, n := range []int{0, -1, s.Revision + 1} {
			if _, err := s.EntriesAt(n); !errors.Is(err, vanphong.ErrNotFound) {
				t.Errorf("revision %d: %v", n, err)
			}
		}
	}
}

func TestDiff(t *testing.T) {
	a, b, c := row("a", 0, "Họp"), row("b", 1, "Giao ban"), row("c", 2, "Tiếp dân")
	moved := a
	moved.Day += 3
	for what, x := range map[string]struct {
		old, new                []Entry
		added, removed, changed string
		reordered               bool
	}{
		"nothing":               {[]Entry{a, b}, []Entry{a, b}, "", "", "", false},
		"from nothing":          {nil, []Entry{a, b}, "a b", "", "", false},
		"to nothing":            {[]Entry{a, b}, nil, "", "a b", "", false},
		"one in the middle":     {[]Entry{a, b}, []Entry{a, c, b}, "c", "", "", false},
		"one out of the middle": {[]Entry{a, b, c}, []Entry{a, c}, "", "b", "", false},
		"another day":           {[]Entry{a, b}, []Entry{moved, b}, "", "", "a", false}, // not removed and added
		"another order":         {[]Entry{a, b}, []Entry{b, a}, "", "", "", true},
		"all at once":           {[]Entry{a, b}, []Entry{c, moved}, "c", "b", "a", false},
	} {
		d := Diff(x.old, x.new)
		ids := func(list []Entry) string {
			var out []string
			for _, e := range list {
				out = append(out, string(e.ID))
			}
			return strings.Join(out, " ")
		}
		var changed []Entry
		for _, c := range d.Changed {
			changed = append(changed, c.After)
		}
		if ids(d.Added) != x.added || ids(d.Removed) != x.removed || ids(changed) != x.changed || d.Reordered != x.reordered {
			t.Errorf("%s: %+v", what, d)
		}
		if d.IsEmpty() != entriesEqual(x.old, x.new) {
			t.Errorf("%s: empty is %v", what, d.IsEmpty())
		}
	}
}

// TestRowsKeepEmptyHalfDaysAndSort is made of what published schedules show:
// rows out of time order (S01), an empty half-day kept (S02), a row that
// lasts all day (S03), one with a day alone (S12).
func TestRowsKeepEmptyHalfDaysAndSort(t *testing.T) {
	timed := func(id string, day int, session HalfDay, start string) Entry {
		e := row(id, day, "Họp "+id)
		e.Session, e.Time = session, span(t, start, "")
		return e
	}
	s := newWeek(t,
		timed("0830", 0, Morning, "08:30"), timed("0800", 0, Morning, "08:00"), timed("không giờ", 0, Morning, ""),
		timed("1330", 0, SessionUnstated, "13:30"), timed("0800b", 0, Morning, "08:00"),
		timed("trực", 2, WholeDay, "07:30"), timed("trong ngày", 2, SessionUnstated, ""), timed("tối", 6, Afternoon, "19:00"))
	issued := cloneEntries(s.Entries)
	var got []string
	for r := range s.Rows() {
		line := fmt.Sprintf("%d %s:", int(r.Day-week47), r.Session.Name())
		for _, e := range r.Entries {
			line += " " + string(e.ID)
		}
		got = append(got, line)
	}
	want := []string{
		"0 sáng: không giờ 0800 0800b 0830", "0 chiều: 1330",
		"1 sáng:", "1 chiều:",
		"2 cả ngày: trực", "2 : trong ngày", "2 sáng:", "2 chiều:",
		"3 sáng:", "3 chiều:", "4 sáng:", "4 chiều:", "5 sáng:", "5 chiều:",
		"6 sáng:", "6 chiều: tối",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if !entriesEqual(s.Entries, issued) {
		t.Error("sorting for display changed the issued order")
	}
	for range (WeekSchedule{}).Rows() {
		t.Error("the zero schedule has rows")
	}
	for range s.Rows() {
		break // leaving early is no panic
	}
}
