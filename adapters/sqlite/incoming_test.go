package sqlite_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/adapters/sqlite"
	"github.com/vanphong-go/vanphong/documents/incoming"
)

var arrivalDay = vanphong.MustDate("2026-03-10")

func arrivalClerk(minute int) vanphong.Stamp {
	return vanphong.Stamp{By: vanphong.Actor{ID: "van-thu"}, At: arrivalDay.At(8, minute)}
}

func openArrivals(t testing.TB, store incoming.Store) (*incoming.Desk, incoming.BookID) {
	t.Helper()
	desk := incoming.NewDesk(store, nil)
	b, err := desk.OpenBook(context.Background(), office, incoming.Opening{Numbering: incoming.PartyYearly(), Year: 2026, First: 1, Basis: "mở sổ năm 2026"}, arrivalClerk(0))
	if err != nil {
		t.Fatal(err)
	}
	return desk, b.ID
}

func arrival(book incoming.BookID, n int64) incoming.Receipt {
	return incoming.Receipt{
		Book: book, Received: arrivalDay.At(8, 0), NumberText: fmt.Sprintf("%d-CV/VPTW", n), Issuer: incoming.Issuer{Org: "vptw"},
		Dated: arrivalDay - 1, Abstract: "Về việc chuẩn bị hội nghị toàn quốc", External: fmt.Sprint("id-", n),
	}
}

// What arrived is proved like everything else: a row that is gone or edited is
// found, in the records, their keys and their changes.
func TestVerifyLooksAtArrivals(t *testing.T) {
	ctx := context.Background()
	path := newFile(t)
	s := mustOpen(t, path, nil)
	desk, book := openArrivals(t, s.Incoming())
	for n := range int64(3) {
		if _, err := desk.Receive(ctx, office, incoming.ID(fmt.Sprint("d", n)), arrival(book, n), arrivalClerk(1)); err != nil {
			t.Fatal(err)
		}
	}
	_, err := desk.Delegate(ctx, office, incoming.Mandate{ID: "m", Form: incoming.ForHead, Principal: "bt", Signer: "pbt", Basis: "phân công", From: arrivalDay.At(0, 0)}, arrivalClerk(1))
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(s.VerifyAll(ctx), s.Close()); err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, change := range []string{
		`DELETE FROM vp_records WHERE kind = 'incoming' AND id = 'd1'`,
		`DELETE FROM vp_records WHERE kind = 'mandate'`,
		`UPDATE vp_records SET body = replace(body, 'toàn quốc', 'toàn tỉnh') WHERE id = 'd2'`,
		`UPDATE vp_records SET body = replace(body, '"next":4', '"next":3') WHERE kind = 'arrival-book'`, // a number would be given again
		`UPDATE vp_records SET day = '2026-03-11' WHERE id = 'd0'`,                                       // hidden from its day
		`DELETE FROM vp_parts WHERE part IN (SELECT part FROM vp_parts LIMIT 1)`,                         // a paper could be registered again
		`UPDATE vp_parts SET record = 'd0' WHERE part IN (SELECT part FROM vp_parts WHERE record = 'd1' LIMIT 1)`,
		`DELETE FROM vp_changes WHERE cursor = (SELECT max(cursor) FROM vp_changes)`,
	} {
		var row *sqlite.RowError
		if err := complaint(t, file, change); !errors.As(err, &row) {
			t.Errorf("%s: got %v", change, err)
		}
	}
}

// The arrival port works in a transaction of the caller's: their row and our
// number, or neither.
func TestArrivalsWithinTheCallersTransaction(t *testing.T) {
	ctx := context.Background()
	db, path := callersDB(t)
	if err := sqlite.Migrate(ctx, db); err != nil {
		t.Fatal(err)
	}
	for i, commit := range []bool{false, true} {
		tx, err := db.BeginTx(ctx, nil)
		if err != nil {
			t.Fatal(err)
		}
		desk, book := openArrivals(t, sqlite.Within(tx).Incoming())
		d, err := desk.Receive(ctx, office, "d1", arrival(book, int64(i)), arrivalClerk(1))
		if err != nil || d.Arrival != 1 {
			t.Fatalf("number %d, %v", d.Arrival, err)
		}
		if _, err := tx.Exec(`INSERT INTO ho_so VALUES ('hs1', ?)`, d.Arrival); err != nil {
			t.Fatal(err)
		}
		end := tx.Rollback
		if commit {
			end = tx.Commit
		}
		if err := end(); err != nil {
			t.Fatal(err)
		}
	}
	if got := texts(t, db, `SELECT so FROM ho_so`); len(got) != 1 {
		t.Errorf("their table has %v", got)
	}
	s := mustOpen(t, path, nil)
	if err := s.VerifyAll(ctx); err != nil {
		t.Error(err)
	}
}

// The same documents and the same question give the same answer from memory
// and from the file.
func TestArrivalsAreFoundAlikeInMemoryAndInTheFile(t *testing.T) {
	ctx, rnd := context.Background(), rand.New(rand.NewPCG(7, 22))
	stores := []incoming.Store{incoming.NewMemory(), mustOpen(t, newFile(t), nil).Incoming()}
	pick := func(list ...string) string { return list[rnd.IntN(len(list))] }
	words := []string{"hội", "nghị", "toàn", "quốc", "Ủy", "ban", "KIỂM", "tra", "hoà", "bình", "chuyển đổi số"}
	for i := range 150 {
		d := incoming.Document{ID: incoming.ID(fmt.Sprint(rnd.IntN(1e6), "-", i)), Org: office, Arrival: uint32(i + 1), Registered: arrivalClerk(1), Last: arrivalClerk(1)}
		d.Receipt = incoming.Receipt{
			Book: incoming.BookID(pick("a", "b")), Received: (arrivalDay + vanphong.Date(rnd.IntN(9))).At(rnd.IntN(24), 0), NumberText: fmt.Sprintf("%d-%s/TU", i, pick("CV", "QĐ")),
			Issuer: incoming.Issuer{Org: vanphong.OrgID(pick("x", "y"))}, Dated: arrivalDay, Abstract: pick(words...) + " " + pick(words...), Urgency: vanphong.Urgency(rnd.IntN(4)),
		}
		if rnd.IntN(2) == 0 {
			d.Steps = []incoming.Step{{ID: "1", Kind: incoming.Direction, By: "bt", At: d.Received, Lead: incoming.Assignee{Unit: vanphong.OrgID(pick("u", "v"))}}}
		}
		if rnd.IntN(3) == 0 {
			d.Done = incoming.Ending{At: d.Received.AddDate(0, 0, 2)}
		}
		for _, s := range stores {
			if err := s.Update(ctx, office, func(tx incoming.Tx) error { return tx.PutDocument(d) }); err != nil {
				t.Fatal(err)
			}
		}
	}
	found := 0
	for range 300 {
		q := incoming.Query{Limit: rnd.IntN(20)}
		for _, set := range []func(){
			func() { q.Book = incoming.BookID(pick("a", "b")) }, func() { q.Words = pick("hoi", "nghị", "uỷ ban", "hòa", "kiem", "chuyen doi") },
			func() { q.Arrived.First = arrivalDay + vanphong.Date(rnd.IntN(9)) }, func() { q.Arrived.End = arrivalDay + vanphong.Date(rnd.IntN(9)) + 1 },
			func() { q.Open = true }, func() { q.State, q.On = incoming.State(1+rnd.IntN(5)), arrivalDay+vanphong.Date(rnd.IntN(12)) },
			func() { q.Unit = vanphong.OrgID(pick("u", "v")) }, func() { q.Urgency = vanphong.Urgency(rnd.IntN(4)) },
			func() { q.Number = fmt.Sprintf("%d-cv/tu", rnd.IntN(150)) }, func() { q.Issuer.Org = "x" },
			func() {
				q.After = incoming.Place{Day: arrivalDay + vanphong.Date(rnd.IntN(9)), Book: "a", Arrival: uint32(rnd.IntN(150))}
			},
		} {
			if rnd.IntN(5) == 0 {
				set()
			}
		}
		var answers [2][]incoming.ID
		for i, s := range stores {
			for _, d := range collect(t, incoming.NewDesk(s, nil).Documents(ctx, office, q)) {
				answers[i] = append(answers[i], d.ID)
			}
		}
		if !slices.Equal(answers[0], answers[1]) {
			t.Errorf("%+v:\nmemory %v\nfile   %v", q, answers[0], answers[1])
		}
		found += len(answers[0])
	}
	if found < 500 {
		t.Errorf("only %d documents found: the queries ask for nothing", found)
	}
}

// BenchmarkReceive measures 64 clerks who register into one book at once, each
// answered when the number is on the disk, and proves the book.
func BenchmarkReceive(b *testing.B) {
	s := mustOpen(b, newFile(b), nil)
	desk, book := openArrivals(b, s.Incoming())
	var next atomic.Int64
	b.ReportAllocs()
	b.ResetTimer()
	var wg sync.WaitGroup
	for range 64 {
		wg.Go(func() {
			for {
				i := next.Add(1)
				if i > int64(b.N) {
					return
				}
				if _, err := desk.Receive(context.Background(), office, incoming.ID(fmt.Sprint("d", i*7919)), arrival(book, i), arrivalClerk(1)); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	b.StopTimer()
	p, err := desk.Proof(context.Background(), office, book)
	if err != nil || !p.Whole() || p.Count != b.N {
		b.Errorf("%+v, %v", p.Count, err)
	}
}
