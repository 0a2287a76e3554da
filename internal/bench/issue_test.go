package bench

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	_ "modernc.org/sqlite" // the driver that the adapter uses too

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/adapters/sqlite"
	"github.com/vanphong-go/vanphong/documents"
)

const (
	office  = vanphong.OrgID("tinh-uy")
	callers = 64
)

var clerk = vanphong.Stamp{By: vanphong.Actor{ID: "van-thu"}, At: time.Date(2026, 3, 5, 8, 0, 0, 0, vanphong.Hanoi)}

var decisions = documents.SeriesKey{Organ: office, Scope: "nk-2025-2030", Name: "QĐ"}

// register is a store with one open series, closed when the test ends.
func register(tb testing.TB, opt *sqlite.Options) (*sqlite.Store, *documents.Registrar) {
	tb.Helper()
	s, err := sqlite.Open(context.Background(), filepath.Join(tb.TempDir(), "office.db"), opt)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = s.Close() })
	r := documents.NewRegistrar(s.Documents(), nil)
	_, err = r.Open(context.Background(), office, documents.OpenRequest{
		Key: decisions, Issuer: "TU", Days: vanphong.Days{First: vanphong.MustDate("2025-09-24")},
	}, clerk)
	if err != nil {
		tb.Fatal(err)
	}
	return s, r
}

func issue(r *documents.Registrar, id string) error {
	_, err := r.Issue(context.Background(), office, documents.IssueRequest{
		ID: documents.EntryID(id), Series: decisions.ID(),
		Content: documents.Content{Kind: documents.KindDecision, Day: vanphong.MustDate("2026-03-05"), Signer: "bi-thu",
			Abstract: "Về việc kiện toàn tổ công tác " + id},
	}, clerk)
	return err
}

// counter is what offices write themselves: a counter and a table of numbers
// in a transaction of their own, durable as the adapter's. No chain, no
// identity, no proof: it only never gives a number twice.
type counter struct{ db *sql.DB }

func newCounter(tb testing.TB) counter {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), "counter.db")
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=journal_mode(wal)&_pragma=synchronous(full)&_pragma=busy_timeout(10000)&_txlock=immediate")
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = db.Close() })
	db.SetMaxOpenConns(1) // writers in turn: SQLite has one at a time in any case
	for _, text := range []string{
		`CREATE TABLE series (name TEXT PRIMARY KEY, last INTEGER NOT NULL)`,
		`CREATE TABLE document (serial INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, day TEXT NOT NULL, signer TEXT NOT NULL, abstract TEXT NOT NULL)`,
		`INSERT INTO series VALUES ('QĐ', 0)`,
	} {
		if _, err := db.Exec(text); err != nil {
			tb.Fatal(err)
		}
	}
	return counter{db}
}

func (c counter) issue(id string) error {
	tx, err := c.db.Begin()
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // does nothing after Commit
	var serial int
	if err := tx.QueryRow(`UPDATE series SET last = last + 1 WHERE name = 'QĐ' RETURNING last`).Scan(&serial); err != nil {
		return err
	}
	_, err = tx.Exec(`INSERT INTO document VALUES (?, ?, 'quyet-dinh', '2026-03-05', 'bi-thu', ?)`, serial, id, "Về việc kiện toàn tổ công tác "+id)
	if err != nil {
		return err
	}
	return tx.Commit()
}

// crowd makes a way of which n operations are done by 64 callers at once, each
// under an id never used before.
func crowd(do func(id string) error) func(n int) error {
	var given atomic.Int64
	return func(n int) error {
		end := given.Load() + int64(n)
		var wait sync.WaitGroup
		var first error
		var once sync.Once
		for range min(callers, n) {
			wait.Go(func() {
				for i := given.Add(1); i <= end; i = given.Add(1) {
					if err := do("van-ban-" + strconv.FormatInt(i*7919, 10)); err != nil {
						once.Do(func() { first = err })
						return
					}
				}
			})
		}
		wait.Wait()
		given.Store(end)
		return first
	}
}

// However the numbers are given, 200 of them are 1 to 200.
func TestEveryWayNumbersWithoutGaps(t *testing.T) {
	const n = 200
	for name, opt := range map[string]*sqlite.Options{"shared": nil, "alone": {MaxBatch: 1}} {
		_, r := register(t, opt)
		if err := crowd(func(id string) error { return issue(r, id) })(n); err != nil {
			t.Fatal(err)
		}
		p, err := r.Proof(context.Background(), office, decisions.ID())
		if err != nil {
			t.Fatal(err)
		}
		if !p.Whole() || p.Issued != n || p.Last != n {
			t.Errorf("%s: %d numbers up to %d, missing %v", name, p.Issued, p.Last, p.Missing)
		}
	}
	c := newCounter(t)
	if err := crowd(c.issue)(n); err != nil {
		t.Fatal(err)
	}
	var count, last int
	if err := c.db.QueryRow(`SELECT count(*), max(serial) FROM document`).Scan(&count, &last); err != nil {
		t.Fatal(err)
	}
	if count != n || last != n {
		t.Errorf("counter: %d numbers up to %d", count, last)
	}
}

// A caller whose connection broke asks again under the same id. The register
// gives the number it gave; a counter refuses, and the caller must guess which.
func TestCounterCannotBeAskedAgain(t *testing.T) {
	_, r := register(t, nil)
	c := newCounter(t)
	for range 2 {
		if err := issue(r, "van-ban-1"); err != nil {
			t.Error(err)
		}
	}
	if err := c.issue("van-ban-1"); err != nil {
		t.Fatal(err)
	}
	if err := c.issue("van-ban-1"); err == nil {
		t.Error("the counter gave a second number for one document")
	}
}

func issueRaces(tb testing.TB) []race {
	_, shared := register(tb, nil)
	_, alone := register(tb, &sqlite.Options{MaxBatch: 1})
	c := newCounter(tb)
	return []race{{"64-callers", fmt.Sprintf("a durable number, %d callers at once on one series", callers), []way{
		{"ours", crowd(func(id string) error { return issue(shared, id) })},
		{"ours-alone", crowd(func(id string) error { return issue(alone, id) })},
		{"counter-table", crowd(c.issue)},
	}}}
}

func BenchmarkPeerIssue(b *testing.B) { bench(b, issueRaces(b)) }
