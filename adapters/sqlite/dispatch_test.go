package sqlite_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/documents/dispatch"
)

// sendOff addresses a document to one recipient and sends it.
func sendOff(t *testing.T, st dispatch.Store, entry documents.EntryID) *dispatch.Clerk {
	t.Helper()
	k, ctx := dispatch.NewClerk(st, nil), context.Background()
	_, err := k.Address(ctx, office, dispatch.Addressing{Entry: entry, Day: today, Recipients: []dispatch.Recipient{{Org: "hue", Name: "Thành ủy Huế"}}}, clerk)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := k.Send(ctx, office, entry, dispatch.Step{At: clerk.At, Channel: dispatch.Network}, clerk, "hue"); err != nil {
		t.Fatal(err)
	}
	return k
}

// A dispatch is proved like every other record: its own columns, and its chain.
func TestDispatchesAreVerified(t *testing.T) {
	path := newFile(t)
	s := mustOpen(t, path, nil)
	sendOff(t, s.Dispatch(), "d1")
	if err := s.Verify(context.Background(), office); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, change := range []string{
		`UPDATE vp_records SET parent = NULL`, // as if nothing were open
		`UPDATE vp_records SET body = replace(body, 'Thành ủy Huế', 'Thành ủy Hà Nội')`,
		`DELETE FROM vp_records`,
	} {
		if err := complaint(t, file, change); err == nil {
			t.Errorf("nobody noticed: %s", change)
		}
	}
}

// One clerk's work on two stores: every question has the same answer on both.
func TestDispatchQueriesAnswerAsInMemory(t *testing.T) {
	rnd, ctx := rand.New(rand.NewPCG(5, 8)), context.Background()
	stores := []dispatch.Store{dispatch.NewMemory(), mustOpen(t, newFile(t), nil).Dispatch()}
	pick := func(list ...string) string { return list[rnd.IntN(len(list))] }
	for i := range 60 {
		entry, at := documents.EntryID(fmt.Sprint("e", rnd.IntN(25))), (today+vanphong.Date(i/10)).At(8, i%10)
		to, what, on := dispatch.RecipientID(pick("a", "b", "luu")), rnd.IntN(5), today+vanphong.Date(rnd.IntN(4))
		for _, st := range stores {
			k := dispatch.NewClerk(st, nil)
			step := dispatch.Step{At: at, Reason: "lý do"}
			by := vanphong.Stamp{By: clerk.By, At: at}
			var err error
			switch what {
			case 0, 1:
				_, err = k.Address(ctx, office, dispatch.Addressing{Entry: entry, Day: on, Recipients: []dispatch.Recipient{
					{Org: "a", Name: "A"}, {Org: "b", Name: "B"}, {ID: "luu", Name: "Lưu", Filed: true},
				}}, by)
				step.Channel = dispatch.Network
				if err == nil {
					_, err = k.Send(ctx, office, entry, step, by, to)
				}
			case 2:
				_, err = k.Acknowledge(ctx, office, entry, step, by, to)
			case 3:
				_, err = k.Recall(ctx, office, entry, dispatch.Recall{Number: "7-TB/TU", At: at}, by)
			case 4:
				_, err = k.Destroy(ctx, office, entry, step, by, to)
			}
			_ = err // what one store refuses, the other must refuse as well: the answers tell
		}
	}
	answered := 0
	for range 300 {
		q := dispatch.Query{Recipient: vanphong.OrgID(pick("", "a", "c")), RecallOpen: rnd.IntN(3) == 0}
		if rnd.IntN(2) == 0 {
			q.Days.First = today + vanphong.Date(rnd.IntN(4))
		}
		if rnd.IntN(2) == 0 {
			q.Awaiting = today + vanphong.Date(rnd.IntN(7))
		}
		if rnd.IntN(2) == 0 {
			q.After = dispatch.Position{Day: today + vanphong.Date(rnd.IntN(4)), Entry: documents.EntryID(fmt.Sprint("e", rnd.IntN(25)))}
		}
		var texts [2]string
		for i, st := range stores {
			page, next, err := dispatch.NewClerk(st, nil).Page(ctx, office, q, 4)
			if err != nil {
				t.Fatal(err)
			}
			b, err := json.Marshal([]any{page, next})
			if err != nil {
				t.Fatal(err)
			}
			texts[i] = string(b)
			answered += len(page)
		}
		if texts[0] != texts[1] {
			t.Fatalf("%+v:\nin memory %s\nin SQLite %s", q, texts[0], texts[1])
		}
	}
	if answered < 100 {
		t.Errorf("only %d records were ever found: the questions ask for nothing", answered)
	}
}
