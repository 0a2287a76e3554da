package documents

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/vanphong-go/vanphong"
)

// doors are the ways to do something to one number, under the id "x".
var doors = []struct {
	name string
	do   func(*Registrar, Series) error
}{
	{"issue", func(r *Registrar, s Series) error { _, err := r.Issue(ctx, tu, decision("x", s), by(50)); return err }},
	{"reserve", func(r *Registrar, s Series) error {
		_, err := r.Reserve(ctx, tu, reserveRequest("x", s), by(50))
		return err
	}},
	{"hold", func(r *Registrar, s Series) error {
		_, err := r.Hold(ctx, tu, HoldRequest{ID: "x", Series: s.ID, Day: firstDay, Secrecy: vanphong.Secret}, by(50))
		return err
	}},
	{"late", func(r *Registrar, s Series) error {
		req := lateDecision(s, 3)
		req.ID = "x"
		_, err := r.Late(ctx, tu, req, by(50))
		return err
	}},
	{"insert", func(r *Registrar, s Series) error {
		_, err := r.Insert(ctx, tu, InsertRequest{ID: "x", Series: s.ID, Serial: 10, Suffix: "a", Reason: "bỏ sót", Content: Content{Kind: KindDecision, Day: firstDay}}, by(50))
		return err
	}},
	{"release", func(r *Registrar, s Series) error {
		_, err := r.Release(ctx, tu, ReleaseRequest{ID: "x", Reason: "thôi"}, by(50))
		return err
	}},
	{"void", func(r *Registrar, s Series) error {
		_, err := r.Void(ctx, tu, VoidRequest{"x", "thôi"}, by(50))
		return err
	}},
	{"recall", func(r *Registrar, s Series) error { _, err := r.Recall(ctx, tu, byMoi(5), by(50)); return err }},
	{"repeal", func(r *Registrar, s Series) error { _, err := r.Repeal(ctx, tu, byMoi(5), by(50)); return err }},
	{"supersede", func(r *Registrar, s Series) error { _, err := r.Supersede(ctx, tu, byMoi(5), by(50)); return err }},
	{"amend", func(r *Registrar, s Series) error { _, err := r.Amend(ctx, tu, byMoi(5), by(50)); return err }},
	{"correct", func(r *Registrar, s Series) error { _, err := r.Correct(ctx, tu, byMoi(5), by(50)); return err }},
	{"used", func(r *Registrar, s Series) error { return reconcileX(r, s, SecretLine{Used: true}) }},
	{"unused", func(r *Registrar, s Series) error { return reconcileX(r, s, SecretLine{Reason: "thôi"}) }},
}

// byMoi is an act of the document "moi" on "x", from a day of the term.
func byMoi(day vanphong.Date) ActRequest {
	return ActRequest{ID: "x", Act: Act{By: "moi", Day: firstDay + day}}
}

var errFinding = errors.New("a finding")

// reconcileX reports the number of "x"; what is not clear comes back as errFinding.
func reconcileX(r *Registrar, s Series, l SecretLine) error {
	en, err := r.Entry(ctx, tu, "x")
	if err != nil {
		return err
	}
	l.Serial = en.Serial
	rc, err := r.Reconcile(ctx, tu, SecretReport{s.ID, []SecretLine{l}}, by(50))
	if err == nil && len(rc.Findings) > 0 {
		err = errFinding
	}
	return err
}

// Every state through every door. "new" writes an event, "same" finds that it was
// done and writes none; the others are refused and write none either.
func TestEveryStateThroughEveryDoor(t *testing.T) {
	outcome := map[error]string{
		vanphong.ErrNotFound: "missing", vanphong.ErrConflict: "conflict", vanphong.ErrState: "state", vanphong.ErrOutOfRange: "range", errFinding: "finding",
	}
	for _, c := range []struct {
		state string
		steps string // the doors by which it is reached
		want  string // for the doors, in order
	}{
		// Doors:     issue reserve hold late insert release void recall repeal supersede amend correct used unused
		{"not given", "", "new new new new new missing missing missing missing missing missing missing missing missing"},
		{"reserved", "reserve", "new same conflict conflict conflict new new state state state state state finding finding"},
		{"issued", "issue", "same conflict conflict conflict conflict state new new new new new new finding finding"},
		{"issued as reserved", "reserve issue", "same same conflict conflict conflict state new new new new new new finding finding"},
		{"late", "late", "conflict conflict conflict same conflict state new new new new new new finding finding"},
		{"inserted", "insert", "conflict conflict conflict conflict same state new new new new new new finding finding"},
		{"held", "hold", "conflict conflict same conflict conflict state new state state state state state new new"},
		{"reconciled", "hold used", "conflict conflict same conflict conflict state new state state state state state same finding"},
		{"corrected", "issue correct", "same conflict conflict conflict conflict state new new new new new same finding finding"},
		{"amended", "issue amend", "same conflict conflict conflict conflict state new new new new same new finding finding"},
		{"superseded", "issue supersede", "same conflict conflict conflict conflict state new state state same state state finding finding"},
		{"repealed", "issue repeal", "same conflict conflict conflict conflict state new state same state state state finding finding"},
		{"recalled", "issue recall", "same conflict conflict conflict conflict state new same state state state state finding finding"},
		{"released", "reserve release", "conflict same conflict conflict conflict same same state state state state state finding finding"},
		{"void", "issue void", "same conflict conflict conflict conflict same same state state state state state finding finding"},
		{"held and void", "hold unused", "conflict conflict same conflict conflict same same state state state state state finding same"},
	} {
		want := strings.Fields(c.want)
		for i, door := range doors {
			r := NewRegistrar(NewMemory(), &Options{Policies: []Policy{insertions()}})
			s, err := r.Open(ctx, tu, OpenRequest{Key: SeriesKey{tu, "nk-2025", "QĐ"}, Issuer: "TU", Days: term, First: 10, Basis: "sổ giấy", Policy: insertions().Version}, by(0))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := r.Issue(ctx, tu, decision("moi", s), by(1)); err != nil {
				t.Fatal(err)
			}
			for _, step := range strings.Fields(c.steps) {
				for _, d := range doors {
					if d.name == step {
						if err := d.do(r, s); err != nil {
							t.Fatalf("%s: %s: %v", c.state, step, err)
						}
					}
				}
			}
			before := eventCount(t, r, s)
			err = door.do(r, s)
			got := "same"
			if eventCount(t, r, s) > before {
				got = "new"
			}
			for kind, name := range outcome {
				if errors.Is(err, kind) {
					got = name + strings.TrimPrefix(got, "same")
				}
			}
			if got != want[i] {
				t.Errorf("%s, %s: %s (%v), want %s", c.state, door.name, got, err, want[i])
			}
			if err := r.Verify(ctx, tu); err != nil {
				t.Errorf("%s, %s: %v", c.state, door.name, err)
			}
		}
		if len(want) != len(doors) {
			t.Fatal(fmt.Sprint(c.state, ": ", len(want), " outcomes for ", len(doors), " doors"))
		}
	}
}
