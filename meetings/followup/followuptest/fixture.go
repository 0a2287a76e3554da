package followuptest

import (
	"encoding/json"
	"iter"
	"time"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/meetings/followup"
)

const (
	here  = vanphong.OrgID("tinh-uy")
	there = vanphong.OrgID("thanh-uy")
	day   = vanphong.Date(20427) // 2025-12-05
)

func stamp(n int) vanphong.Stamp {
	return vanphong.Stamp{
		By: vanphong.Actor{ID: "văn thư", For: "chánh văn phòng"},
		// Odd nanoseconds: a store that keeps less changes what was written.
		At: day.At(8, 0).Add(time.Duration(n)*time.Minute + 123456789),
	}
}

// task returns a record with every field filled, so that whatever a store
// forgets is missed.
func task(org vanphong.OrgID, id followup.TaskID) followup.Task {
	return followup.Task{
		ID: id, Org: org, Key: "việc/" + string(id), Origin: followup.Origin{Kind: followup.FromConclusion, ID: "kl-1", Number: "122-KL/TU"},
		Title: "Tham mưu kế hoạch \"'\\\n%_", Product: "kế hoạch", Lead: "btc", Coordinating: []vanphong.OrgID{"vp", "btg"},
		Assigned: day, First: followup.Due{Day: day + 10, Basis: "10 ngày"}, Secrecy: vanphong.Secret,
		Extensions: []followup.Extension{{Day: day + 5, From: day + 10, To: day + 20, Reason: "chờ ý kiến", Made: stamp(1)}},
		Progress:   []followup.Progress{{Day: day + 1, Unit: "btc", Note: "đã dự thảo", Percent: 50, Made: stamp(2)}, {Day: day + 9, Done: true, Made: stamp(3)}},
		Withdrawn:  followup.Withdrawal{Day: day + 30, Reason: "trùng", Made: stamp(4)}, Last: stamp(5),
	}
}

// update runs fn and fails the case if it does not go through.
func update(t T, s followup.Store, org vanphong.OrgID, fn func(followup.Tx) error) {
	t.Helper()
	if err := s.Update(t.Context(), org, fn); err != nil {
		t.Fatalf("Update: %v", err)
	}
}

// put writes tasks in one transaction.
func put(t T, s followup.Store, org vanphong.OrgID, list ...followup.Task) {
	t.Helper()
	update(t, s, org, func(tx followup.Tx) error { return putInto(tx, list...) })
}

func putInto(tx followup.Tx, list ...followup.Task) error {
	for _, k := range list {
		if err := tx.PutTask(k); err != nil {
			return err
		}
	}
	return nil
}

func view(t T, s followup.Store, org vanphong.OrgID, fn func(followup.Reader) error) {
	t.Helper()
	if err := s.View(t.Context(), org, fn); err != nil {
		t.Fatalf("View: %v", err)
	}
}

// text is a record as JSON: the form in which two records are compared, since
// an instant read back may have another location inside.
func text(t T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatalf("json: %v", err)
	}
	return string(b)
}

func same(t T, what string, got, want any) {
	t.Helper()
	if g, w := text(t, got), text(t, want); g != w {
		t.Errorf("%s:\n got %s\nwant %s", what, g, w)
	}
}

// ids gathers the ids that an iterator yields.
func ids(t T, seq iter.Seq2[followup.Task, error]) []string {
	t.Helper()
	out := []string{}
	for v, err := range seq {
		if err != nil {
			t.Fatalf("walk: %v", err)
		}
		out = append(out, string(v.ID))
	}
	return out
}

func changes(t T, s followup.Store, org vanphong.OrgID, after vanphong.Cursor) []vanphong.Change {
	t.Helper()
	var out []vanphong.Change
	for c, err := range s.Changes(t.Context(), org, after) {
		if err != nil {
			t.Fatalf("Changes: %v", err)
		}
		out = append(out, c)
	}
	return out
}

func changeNames(list []vanphong.Change) string {
	s := ""
	for _, c := range list {
		s += c.Kind + ":" + c.ID + " "
	}
	return s
}

// empty fails the case if anything of an organisation is there.
func empty(t T, s followup.Store, org vanphong.OrgID) {
	t.Helper()
	view(t, s, org, func(r followup.Reader) error {
		if left := ids(t, r.Tasks(followup.Query{})); len(left) > 0 {
			t.Errorf("left behind: %v", left)
		}
		return nil
	})
	if c := changes(t, s, org, 0); len(c) > 0 {
		t.Errorf("changes left behind: %v", changeNames(c))
	}
}
