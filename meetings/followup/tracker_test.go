package followup

import (
	"context"
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/meetings"
)

const org = vanphong.OrgID("tu")

func stamp(n int) vanphong.Stamp {
	return vanphong.Stamp{By: vanphong.Actor{ID: "van-phong"}, At: day.At(8, n)}
}

func assignment(key string) Assignment {
	return Assignment{
		Origin: Origin{FromConclusion, "kl", "122-KL/TU"}, Key: key, Title: "Tham mưu kế hoạch", Product: "kế hoạch",
		Leads: []vanphong.OrgID{"btc"}, Coordinating: []vanphong.OrgID{"vp", "btg"}, Assigned: day,
		Due: Due{day + 10, "10 ngày kể từ ngày giao"}, Secrecy: vanphong.Confidential,
	}
}

type fixture struct {
	*Tracker
	t   *testing.T
	ctx context.Context
}

func newTracker(t *testing.T) fixture { return fixture{NewTracker(NewMemory(), nil), t, t.Context()} }

func (f fixture) must(k Task, err error) Task {
	f.t.Helper()
	if err != nil {
		f.t.Fatal(err)
	}
	return k
}

func (f fixture) wantInput(err error, kind error, value string) {
	f.t.Helper()
	var in *vanphong.InputError
	if !errors.Is(err, kind) || !errors.As(err, &in) || in.Value != value || in.Field == "" || in.Want == "" {
		f.t.Errorf("got %v, want %v about %q", err, kind, value)
	}
}

func TestATaskHasExactlyOneLead(t *testing.T) {
	f := newTracker(t)
	for _, c := range []struct {
		leads, others []vanphong.OrgID
		kind          error
		value         string
	}{
		{[]vanphong.OrgID{"btc", "vp"}, nil, ErrSecondLead, "vp"},                             // two leads
		{nil, nil, vanphong.ErrInvalid, ""},                                                   // none
		{[]vanphong.OrgID{""}, nil, vanphong.ErrInvalid, ""},                                  // one without a name
		{[]vanphong.OrgID{"btc"}, []vanphong.OrgID{"vp", "btc"}, vanphong.ErrInvalid, "btc"},  // the lead beside itself
		{[]vanphong.OrgID{"btc"}, []vanphong.OrgID{"vp", "vp"}, vanphong.ErrInvalid, "vp"},    // one unit twice
		{[]vanphong.OrgID{"btc"}, make([]vanphong.OrgID, 201), vanphong.ErrOutOfRange, "201"}, // everybody
	} {
		a := assignment("1")
		a.Leads, a.Coordinating = c.leads, c.others
		_, err := f.Assign(f.ctx, org, a, stamp(1))
		f.wantInput(err, c.kind, c.value)
	}
	k := f.must(f.Assign(f.ctx, org, assignment("1"), stamp(1)))
	if k.Lead != "btc" || k.ID != NewTaskID(org, k.Origin, "1") || k.Version != 1 {
		t.Errorf("%+v", k)
	}
	// The same task under another lead later is a second lead, too.
	a := assignment("1")
	a.Leads = []vanphong.OrgID{"vp"}
	a.Coordinating = nil
	_, err := f.Assign(f.ctx, org, a, stamp(2))
	f.wantInput(err, ErrSecondLead, "vp")
	f.wantInput(err, vanphong.ErrConflict, "vp")
}

func TestAssigningAgainIsTheSameTaskOrAConflict(t *testing.T) {
	f := newTracker(t)
	a := assignment("1")
	a.Origin.Number = "" // concluded, not numbered yet
	first := f.must(f.Assign(f.ctx, org, a, stamp(1)))
	if again := f.must(f.Assign(f.ctx, org, a, stamp(2))); !reflect.DeepEqual(again, first) {
		t.Error("assigning again changed the task")
	}
	// The number is filled in once it is there, and then stands.
	numbered := f.must(f.Assign(f.ctx, org, assignment("1"), stamp(3)))
	if numbered.ID != first.ID || numbered.Origin.Number != "122-KL/TU" || numbered.Version != 2 {
		t.Errorf("%+v", numbered)
	}
	if again := f.must(f.Assign(f.ctx, org, a, stamp(4))); !reflect.DeepEqual(again, numbered) {
		t.Error("a run without the number took it away")
	}
	for name, change := range map[string]func(*Assignment){
		"number":       func(a *Assignment) { a.Origin.Number = "123-KL/TU" },
		"title":        func(a *Assignment) { a.Title = "khác" },
		"product":      func(a *Assignment) { a.Product = "khác" },
		"due":          func(a *Assignment) { a.Due.Day++ },
		"basis":        func(a *Assignment) { a.Due.Basis = "khác" },
		"assigned":     func(a *Assignment) { a.Assigned-- },
		"secrecy":      func(a *Assignment) { a.Secrecy = vanphong.NotSecret },
		"coordinating": func(a *Assignment) { a.Coordinating = a.Coordinating[:1] },
	} {
		a := assignment("1")
		change(&a)
		if _, err := f.Assign(f.ctx, org, a, stamp(5)); !errors.Is(err, vanphong.ErrConflict) {
			t.Errorf("another %s: %v", name, err)
		}
	}
	for name, change := range map[string]func(*Assignment){
		"no origin":             func(a *Assignment) { a.Origin = Origin{} },
		"no origin id":          func(a *Assignment) { a.Origin.ID = "" },
		"no key":                func(a *Assignment) { a.Key = "" },
		"no title":              func(a *Assignment) { a.Title = "" },
		"title too long":        func(a *Assignment) { a.Title = strings.Repeat("a", MaxText+1) },
		"not assigned":          func(a *Assignment) { a.Assigned = 0 },
		"due before assignment": func(a *Assignment) { a.Due.Day = day - 1 },
		"no such secrecy":       func(a *Assignment) { a.Secrecy = 9 },
	} {
		a := assignment("x")
		change(&a)
		var in *vanphong.InputError
		if _, err := f.Assign(f.ctx, org, a, stamp(5)); !errors.As(err, &in) {
			t.Errorf("%s: %v", name, err)
		}
	}
	// The origin's kind and the key are part of the identity.
	ids := map[TaskID]bool{}
	for _, o := range []Origin{{FromConclusion, "kl", ""}, {FromDocument, "kl", ""}, {FromConclusion, "kl2", ""}} {
		for _, key := range []string{"1", "2"} {
			ids[NewTaskID(org, o, key)] = true
		}
	}
	if len(ids) != 6 || NewTaskID(org, Origin{FromConclusion, "kl", "a"}, "1") != NewTaskID(org, Origin{FromConclusion, "kl", "b"}, "1") {
		t.Error("ids")
	}
}

func TestExtensionsKeepTheFirstDeadline(t *testing.T) {
	f := newTracker(t)
	k := f.must(f.Assign(f.ctx, org, assignment("1"), stamp(1)))
	first := Extension{Day: day + 8, To: day + 20, Reason: "chờ ý kiến"}
	k = f.must(f.Extend(f.ctx, org, k.ID, first, stamp(2)))
	if k.First.Day != day+10 || k.Due() != day+20 || k.Extensions[0].From != day+10 || k.Extensions[0].Made != stamp(2) {
		t.Errorf("%+v", k)
	}
	for _, c := range []struct {
		e     Extension
		value string
	}{
		{Extension{Day: day + 9, To: day + 20, Reason: "khác"}, "2026-12-10"}, // no later than now
		{Extension{Day: day + 9, To: day + 12, Reason: "khác"}, "2026-12-02"}, // shorter
		{Extension{Day: day + 9, To: day + 30}, ""},                           // without a reason
		{Extension{Day: day + 7, To: day + 30, Reason: "khác"}, "2026-11-27"}, // granted before the one before
		{Extension{To: day + 30, Reason: "khác"}, ""},                         // granted on no day
	} {
		_, err := f.Extend(f.ctx, org, k.ID, c.e, stamp(3))
		f.wantInput(err, vanphong.ErrInvalid, c.value)
	}
	if again := f.must(f.Extend(f.ctx, org, k.ID, first, stamp(4))); !reflect.DeepEqual(again, k) {
		t.Error("the same extension again changed the task")
	}
	k = f.must(f.Extend(f.ctx, org, k.ID, Extension{Day: day + 8, To: day + 30, Reason: "bão"}, stamp(5)))
	if k.First.Day != day+10 || k.Due() != day+30 || k.Extensions[1].From != day+20 || k.DueOn(day+7) != day+10 || k.DueOn(day+8) != day+30 {
		t.Errorf("%+v", k)
	}
	// Run again in the middle of the chain: the first one is still the first one.
	if again := f.must(f.Extend(f.ctx, org, k.ID, first, stamp(6))); !reflect.DeepEqual(again, k) {
		t.Error("an old step run again changed the task")
	}
	a := assignment("không hạn")
	a.Due = Due{}
	k = f.must(f.Assign(f.ctx, org, a, stamp(1)))
	_, err := f.Extend(f.ctx, org, k.ID, first, stamp(2))
	f.wantInput(err, vanphong.ErrState, "2026-12-10")
}

// A task runs, is done or is withdrawn; every step is tried on each, before
// and after it was extended.
func TestEveryStepOnEveryStanding(t *testing.T) {
	steps := map[string]func(f fixture, id TaskID) error{
		"report": func(f fixture, id TaskID) error {
			_, err := f.Report(f.ctx, org, id, Progress{Day: day + 3, Percent: 70}, stamp(9))
			return err
		},
		"complete": func(f fixture, id TaskID) error {
			_, err := f.Complete(f.ctx, org, id, day+5, "xong", stamp(9))
			return err
		},
		"complete another day": func(f fixture, id TaskID) error {
			_, err := f.Complete(f.ctx, org, id, day+6, "xong", stamp(9))
			return err
		},
		"extend": func(f fixture, id TaskID) error {
			_, err := f.Extend(f.ctx, org, id, Extension{Day: day + 4, To: day + 40, Reason: "chờ"}, stamp(9))
			return err
		},
		"withdraw": func(f fixture, id TaskID) error {
			_, err := f.Withdraw(f.ctx, org, id, day+5, "trùng", stamp(9))
			return err
		},
		"withdraw for another reason": func(f fixture, id TaskID) error {
			_, err := f.Withdraw(f.ctx, org, id, day+5, "khác", stamp(9))
			return err
		},
	}
	same := map[string][]string{"running": nil, "extended": {"extend"}, "reported": {"report"}, "done": {"complete"}, "withdrawn": {"withdraw"}}
	for standing, unchanged := range same {
		for step, take := range steps {
			f := newTracker(t)
			k := f.must(f.Assign(f.ctx, org, assignment("1"), stamp(1)))
			switch standing {
			case "extended":
				_ = steps["extend"](f, k.ID)
			case "reported":
				_ = steps["report"](f, k.ID)
			case "done":
				_ = steps["complete"](f, k.ID)
			case "withdrawn":
				_ = steps["withdraw"](f, k.ID)
			}
			before := f.must(f.Task(f.ctx, org, k.ID))
			err := take(f, k.ID)
			after := f.must(f.Task(f.ctx, org, k.ID))
			ended := standing == "done" || standing == "withdrawn"
			stays := len(unchanged) > 0 && unchanged[0] == step
			switch {
			case stays && (err != nil || !reflect.DeepEqual(before, after)):
				t.Errorf("%s again when %s: %v", step, standing, err)
			case !stays && ended && (!errors.Is(err, vanphong.ErrState) || !errors.Is(err, vanphong.ErrClosed) || !reflect.DeepEqual(before, after)):
				t.Errorf("%s when %s: %v", step, standing, err)
			case !stays && !ended && (err != nil || after.Version != before.Version+1):
				t.Errorf("%s when %s: %v", step, standing, err)
			}
		}
	}
}

func TestReportsAreChecked(t *testing.T) {
	f := newTracker(t)
	k := f.must(f.Assign(f.ctx, org, assignment("1"), stamp(1)))
	for _, c := range []struct {
		p     Progress
		kind  error
		value string
	}{
		{Progress{Day: day - 1, Percent: 5}, vanphong.ErrInvalid, "2026-11-19"}, // before it was assigned
		{Progress{Percent: 5}, vanphong.ErrInvalid, ""},                         // on no day
		{Progress{Day: day, Percent: 101}, vanphong.ErrOutOfRange, "101"},       // more than all
		{Progress{Day: day, Percent: -1}, vanphong.ErrOutOfRange, "-1"},         // less than nothing
		{Progress{Day: day}, vanphong.ErrInvalid, ""},                           // says nothing
		{Progress{Day: day, Unit: "la", Percent: 5}, vanphong.ErrInvalid, "la"}, // a unit that has no part in it
		{Progress{Day: day, Unit: "vp", Done: true}, vanphong.ErrInvalid, "vp"}, // done, says who only helps
	} {
		_, err := f.Report(f.ctx, org, k.ID, c.p, stamp(2))
		f.wantInput(err, c.kind, c.value)
	}
	late := f.must(f.Report(f.ctx, org, k.ID, Progress{Day: day + 4, Unit: "btc", Note: "đã trình"}, stamp(2)))
	if late = f.must(f.Report(f.ctx, org, k.ID, Progress{Day: day + 2, Unit: "vp", Note: "đã góp ý"}, stamp(3))); len(late.Progress) != 2 {
		t.Error("a unit may report late")
	}
	if _, err := f.Report(f.ctx, org, "khác", Progress{Day: day, Percent: 5}, stamp(2)); !errors.Is(err, vanphong.ErrNotFound) {
		t.Error(err)
	}
}

func TestTheGuardIsAskedFirst(t *testing.T) {
	no := errors.New("không được phép")
	var verbs []string
	k := NewTracker(NewMemory(), &Options{Guard: func(_ context.Context, a vanphong.Act) error {
		verbs = append(verbs, a.Verb)
		return no
	}})
	ctx := t.Context()
	_, e1 := k.Assign(ctx, org, Assignment{}, stamp(1))
	_, e2 := k.Report(ctx, org, "t", Progress{}, stamp(1))
	_, e3 := k.Extend(ctx, org, "t", Extension{}, stamp(1))
	_, e4 := k.Withdraw(ctx, org, "t", 0, "", stamp(1))
	for _, err := range []error{e1, e2, e3, e4} {
		if !errors.Is(err, no) {
			t.Error(err)
		}
	}
	if got := strings.Join(verbs, " "); got != "followup.assign followup.report followup.extend followup.withdraw" {
		t.Error(got)
	}
	if _, err := k.Report(ctx, org, "t", Progress{}, vanphong.Stamp{}); !errors.Is(err, vanphong.ErrInvalid) {
		t.Errorf("no actor: %v", err)
	}
}

func full(t *testing.T) Task {
	f := newTracker(t)
	k := f.must(f.Assign(f.ctx, org, assignment("khóa-mật"), stamp(1)))
	f.must(f.Report(f.ctx, org, k.ID, Progress{Day: day + 2, Unit: "vp", Note: "ghi-chú-mật", Percent: 40}, stamp(2)))
	f.must(f.Extend(f.ctx, org, k.ID, Extension{Day: day + 8, To: day + 20, Reason: "lý-do-mật"}, stamp(3)))
	return f.must(f.Complete(f.ctx, org, k.ID, day+15, "kết-quả-mật", stamp(4)))
}

func records(t *testing.T) []any {
	k := full(t)
	b, err := BoardOf(day+12, seq(k, Task{ID: "x", Lead: "vp", Assigned: day, First: Due{Day: day + 1}}))
	if err != nil || len(b.Overdue) != 1 {
		t.Fatal(b, err)
	}
	return []any{
		k, k.Extensions[0], k.Progress[0], k.First, k.Origin, Withdrawal{day, "x", stamp(1)}, k.Status(day + 30), assignment("1"),
		b, b.Overdue[0], b.Units[0], b.Tally, b.Tally.Rate(OfDue), Stated{1, 2, 3},
		Query{"o", "l", "u", vanphong.Days{First: day, End: day + 1}, vanphong.Days{First: day}, true},
		Task{}, Assignment{}, Status{}, Ratio{}, Board{},
	}
}

func TestEveryRecordRoundTripsThroughJSON(t *testing.T) {
	for _, v := range records(t) {
		b, err := json.Marshal(v)
		back := reflect.New(reflect.TypeOf(v))
		if err == nil {
			err = json.Unmarshal(b, back.Interface())
		}
		again, _ := json.Marshal(back.Elem().Interface())
		if err != nil || string(b) != string(again) {
			t.Errorf("%T: %v\n%s\n%s", v, err, b, again)
		}
	}
}

func TestADayThatDoesNotExistIsRefusedInEveryRecord(t *testing.T) {
	found := 0
	for _, v := range records(t) {
		b, _ := json.Marshal(v)
		for d := day; d <= day+20; d++ {
			parts := strings.Split(string(b), `"`+d.String()+`"`)
			for i := 1; i < len(parts); i++ {
				found++
				bad := strings.Join(parts[:i], `"`+d.String()+`"`) + `"2026-02-30"` + strings.Join(parts[i:], `"`+d.String()+`"`)
				if err := json.Unmarshal([]byte(bad), reflect.New(reflect.TypeOf(v)).Interface()); !errors.Is(err, vanphong.ErrInvalid) {
					t.Errorf("%T: %v", v, err)
				}
			}
		}
	}
	if found < 15 {
		t.Errorf("only %d days were tried", found)
	}
}

func TestCodesRoundTripAndUnknownOnesAreRefused(t *testing.T) {
	check := func(name string, n int, of func(int) (encoding.TextMarshaler, string), read func([]byte) (any, error)) {
		seen := map[string]bool{}
		for i := range n {
			v, text := of(i)
			b, err := v.MarshalText()
			back, err2 := read(b)
			if err != nil || err2 != nil || seen[string(b)] || !reflect.DeepEqual(back, any(v)) || (i > 0 && text == "") {
				t.Errorf("%s %d: %q %q %v %v", name, i, b, text, err, err2)
			}
			seen[string(b)] = true
		}
		v, text := of(n)
		if _, err := v.MarshalText(); err == nil || text != "?" {
			t.Errorf("%s has more than %d", name, n)
		}
		if _, err := read([]byte("Late")); !errors.Is(err, vanphong.ErrInvalid) {
			t.Errorf("%s reads anything: %v", name, err)
		}
	}
	check("origin", 3, func(i int) (encoding.TextMarshaler, string) { v := OriginKind(i); return v, v.Name() }, func(b []byte) (any, error) { var v OriginKind; err := v.UnmarshalText(b); return v, err })
	check("standing", 4, func(i int) (encoding.TextMarshaler, string) { v := Standing(i); return v, v.Name() }, func(b []byte) (any, error) { var v Standing; err := v.UnmarshalText(b); return v, err })
	check("timeliness", 3, func(i int) (encoding.TextMarshaler, string) { v := Timeliness(i); return v, v.Name() }, func(b []byte) (any, error) { var v Timeliness; err := v.UnmarshalText(b); return v, err })
	check("denominator", 4, func(i int) (encoding.TextMarshaler, string) { v := Denominator(i); return v, v.Name() }, func(b []byte) (any, error) { var v Denominator; err := v.UnmarshalText(b); return v, err })
}

func TestNothingSecretLeavesThroughTheDoor(t *testing.T) {
	k := full(t)
	k.Title, k.Product, k.First.Basis = "tiêu-đề-mật", "sản-phẩm-mật", "căn-cứ-mật"
	k.Origin = Origin{FromDocument, "gốc-mật", "số-mật"}
	k.Coordinating = []vanphong.OrgID{"đơn-vị-mật"}
	policy := vanphong.Redaction{"LAN độc lập": vanphong.Secret}
	out := k.For("internet", policy)
	b, _ := json.Marshal(out)
	if strings.Contains(string(b), "-mật") || strings.Contains(string(b), "van-phong") || strings.Contains(string(b), string(k.ID)) || out.Title != vanphong.Placeholder {
		t.Errorf("%s", b)
	}
	// What is left counts as before, on every day.
	for d := day - 1; d < day+30; d++ {
		if out.Status(d) != k.Status(d) {
			t.Errorf("%s: %+v, %+v", d, out.Status(d), k.Status(d))
		}
	}
	if in := k.For("LAN độc lập", policy); in.Title != k.Title || in.Version != 0 || len(in.Progress) != 2 {
		t.Errorf("%+v", in)
	}
	open := k
	open.Secrecy = vanphong.NotSecret
	board, err := BoardOf(day+12, seq(k, open))
	board.Overdue = append(board.Overdue, Line{Task: "mã-mật", Title: "tiêu-đề-mật", Origin: "số-mật", Secrecy: vanphong.Secret}, Line{Title: "việc mở", Origin: "122-KL/TU"})
	if err != nil {
		t.Fatal(err)
	}
	shown := board.For("internet", policy)
	b, _ = json.Marshal(shown)
	if strings.Contains(string(b), "-mật") || !strings.Contains(string(b), "việc mở") || shown.Tally != board.Tally || board.Overdue[0].Title != "tiêu-đề-mật" {
		t.Errorf("%s", b)
	}
	// A view cannot be written over the task.
	f := newTracker(t)
	f.must(f.Assign(f.ctx, org, assignment("khóa-mật"), stamp(1)))
	if err := f.store.Update(f.ctx, org, func(tx Tx) error { return tx.PutTask(out) }); !errors.Is(err, vanphong.ErrConflict) {
		t.Errorf("a view was stored: %v", err)
	}
}

func TestTasksAreWalkedByQueryAndTheLoopMayWrite(t *testing.T) {
	f := newTracker(t)
	for i := range 5 {
		f.must(f.Assign(f.ctx, org, assignment(fmt.Sprint(i)), stamp(1)))
	}
	for k, err := range f.Tasks(f.ctx, org, Query{Unit: "vp", Open: true}) {
		f.must(k, err)
		f.must(f.Complete(f.ctx, org, k.ID, day+1, "xong", stamp(2)))
	}
	b, err := f.Board(f.ctx, org, day+1, Query{})
	if err != nil || b.Tally.DoneInTime != 5 {
		t.Errorf("%+v %v", b.Tally, err)
	}
	ctx, cancel := context.WithCancel(f.ctx)
	cancel()
	if _, err := f.Board(ctx, org, day, Query{}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	o := OriginOf(meetings.Conclusion{ID: "kl"}, "122-KL/TU")
	if o != assignment("1").Origin {
		t.Errorf("%+v", o)
	}
}
