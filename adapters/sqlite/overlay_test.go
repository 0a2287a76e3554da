package sqlite_test

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/meetings/followup"
)

func collect[T any](t *testing.T, seq iter.Seq2[T, error]) []T {
	t.Helper()
	out := []T{}
	for v, err := range seq {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, v)
	}
	return out
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// ledgerQueries are asked inside a transaction and after it.
func ledgerQueries(r documents.Reader, t *testing.T) []any {
	id := decisionsOf(office).ID()
	out := []any{collect(t, r.AllSeries()), collect(t, r.Events(id)), collect(t, r.Events(""))}
	for _, q := range []documents.Query{
		{}, {Series: id}, {Organ: office}, {Organ: "khac"}, {Kind: documents.KindDecision}, {Kind: documents.KindNotice},
		{Days: vanphong.Days{First: today, End: today + 3}}, {Days: vanphong.Days{End: today + 2}}, {Days: vanphong.Days{First: today + 2}},
		{State: documents.StateVoid}, {State: documents.StateIssued, Origin: "o1"},
	} {
		out = append(out, collect(t, r.Entries(q)))
	}
	return out
}

// Whatever a transaction has written, every query answers inside it as it does
// after the commit: rows in the database, new ones, changed ones, in any mix
// and number.
func TestReadsInsideAreAsAfter(t *testing.T) {
	ctx := context.Background()
	s := mustOpen(t, newFile(t), nil)
	openSeries(t, s.Documents(), office)
	rnd := rand.New(rand.NewPCG(1, 2))
	total := 0
	for round, n := range []int{1, 7, 41, 77, 3} { // around the sizes rows are written in
		var inside, after []any
		err := s.Documents().Update(ctx, office, func(tx documents.Tx) error {
			inside = nil
			for i := range n {
				if err := putInto(tx, documents.EntryID(fmt.Sprintf("%03d-%d-%d", rnd.IntN(1000), round, i))); err != nil {
					return err
				}
			}
			// Some entries that were there before, and some new ones, become void.
			for i, en := range collect(t, tx.Entries(documents.Query{State: documents.StateIssued})) {
				if i%5 != round {
					continue
				}
				sr, err := tx.Series(en.Series)
				if err != nil {
					return err
				}
				en.State, en.Reason, en.Origin = documents.StateVoid, "in nhầm", "o1"
				sr, ev, err := documents.Seal(sr, documents.Event{Org: office, Kind: documents.EventVoided, Serial: en.Serial, Entry: en.ID, By: clerk.By, At: clerk.At, Reason: en.Reason}, en)
				if err != nil {
					return err
				}
				if err := tx.Append(sr, ev, en); err != nil {
					return err
				}
			}
			inside = ledgerQueries(tx, t)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		total += n
		if err := s.Documents().View(ctx, office, func(r documents.Reader) error { after = ledgerQueries(r, t); return nil }); err != nil {
			t.Fatal(err)
		}
		for i := range inside {
			// As text, since a time's zone has the same offset but no name when it
			// comes from the database.
			if in, out := asJSON(t, inside[i]), asJSON(t, after[i]); in != out {
				t.Fatalf("round %d, query %d: inside\n%s\nafter\n%s", round, i, in, out)
			}
		}
		if got := len(after[3].([]documents.Entry)); got != total {
			t.Fatalf("%d entries, want %d", got, total)
		}
	}
}

// The same for records: tasks put, put again and moved to another day.
func TestRecordsInsideAreAsAfter(t *testing.T) {
	ctx := context.Background()
	s := mustOpen(t, newFile(t), nil)
	rnd := rand.New(rand.NewPCG(3, 4))
	queries := []followup.Query{{}, {Origin: "c1"}, {Origin: "c2"}, {Assigned: vanphong.Days{First: today + 1, End: today + 3}}, {Lead: "ban-1"}}
	ask := func(r followup.Reader) (out [][]followup.Task) {
		for _, q := range queries {
			out = append(out, collect(t, r.Tasks(q)))
		}
		return out
	}
	for range 12 {
		var inside, after [][]followup.Task
		err := s.FollowUp().Update(ctx, office, func(tx followup.Tx) error {
			for range 1 + rnd.IntN(9) {
				id := followup.TaskID(fmt.Sprint("t", rnd.IntN(30)))
				task, err := tx.Task(id)
				if err != nil {
					task = followup.Task{ID: id, Org: office}
				}
				task.Assigned, task.Last = today+vanphong.Date(rnd.IntN(5)), clerk
				task.Origin.ID, task.Lead = fmt.Sprint("c", rnd.IntN(3)), vanphong.OrgID(fmt.Sprint("ban-", rnd.IntN(2)))
				if err := tx.PutTask(task); err != nil {
					return err
				}
			}
			inside = ask(tx)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.FollowUp().View(ctx, office, func(r followup.Reader) error { after = ask(r); return nil }); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(inside, after) {
			t.Fatalf("inside\n%+v\nafter\n%+v", inside, after)
		}
	}
	if err := s.VerifyAll(ctx); err != nil {
		t.Error(err)
	}
}
