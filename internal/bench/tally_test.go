package bench

import (
	"database/sql"
	"flag"
	"fmt"
	"iter"
	"maps"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/reporting"
)

var factCount = flag.Int("facts", 200_000, "facts in the tally benchmarks")

// A cell is one count of the table that is wanted, as text: what the report
// prints and what every way can give.
type cell struct{ org, kind, month string }

// A row is a fact as text, as a query hands it over.
type row struct{ org, kind, day string }

// randomFacts are facts of 34 committees, 30 kinds and 24 months. The strings
// belong to pages of 1,024 rows, as a driver makes them: equal ones are not the
// same ones.
func randomFacts(n int) []reporting.Fact {
	rnd := rand.New(rand.NewPCG(7, 8))
	provinces := vanphong.Provinces()
	first := vanphong.MustDate("2025-01-01")
	var orgs, kinds []string
	out := make([]reporting.Fact, n)
	for i := range out {
		if i%1024 == 0 {
			orgs, kinds = nil, nil
			for _, p := range provinces {
				orgs = append(orgs, strings.Clone(string(p.Committee())))
			}
			for k := range 30 {
				kinds = append(kinds, fmt.Sprintf("loai-van-ban-%02d", k))
			}
		}
		out[i] = reporting.Fact{
			Org:  vanphong.OrgID(orgs[rnd.IntN(len(orgs))]),
			Kind: documents.Kind(kinds[rnd.IntN(len(kinds))]),
			Day:  first + vanphong.Date(rnd.IntN(730)),
		}
	}
	return out
}

// stream yields facts as a store's iterator does.
func stream(facts []reporting.Fact) iter.Seq2[reporting.Fact, error] {
	return func(yield func(reporting.Fact, error) bool) {
		for _, f := range facts {
			if !yield(f, nil) {
				return
			}
		}
	}
}

func texts(facts []reporting.Fact) []row {
	out := make([]row, len(facts))
	for i, f := range facts {
		out[i] = row{string(f.Org), string(f.Kind), f.Day.String()}
	}
	return out
}

func ourTally(facts iter.Seq2[reporting.Fact, error]) (*reporting.Tally, error) {
	t, err := reporting.NewTally(reporting.Scheme{})
	if err != nil {
		return nil, err
	}
	for f, err := range facts {
		if err == nil {
			err = t.Add(f)
		}
		if err != nil {
			return nil, err
		}
	}
	return t, nil
}

// monthKey is a cell in the form that is cheapest to make of a fact.
type monthKey struct {
	org   vanphong.OrgID
	kind  documents.Kind
	month int // months since the year 0
}

// structTally is what a programmer writes who cares for speed: one map, and no
// text made on the way.
func structTally(facts iter.Seq2[reporting.Fact, error]) (map[monthKey]int64, error) {
	out := map[monthKey]int64{}
	for f, err := range facts {
		if err != nil {
			return nil, err
		}
		out[monthKey{f.Org, f.Kind, f.Day.Year()*12 + int(f.Day.Month()) - 1}]++
	}
	return out, nil
}

// textTally is what most write: rows of text into a map of text. The day is
// text already and is only cut.
func textTally(rows []row) map[cell]int64 {
	out := map[cell]int64{}
	for _, r := range rows {
		out[cell{r.org, r.kind, r.day[:7]}]++
	}
	return out
}

// tallyTable is the rows in a table in memory. With the index the groups lie
// together and nothing is sorted. Loading is no part of what is measured.
func tallyTable(tb testing.TB, rows []row, indexed bool) *sql.DB {
	tb.Helper()
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = db.Close() })
	db.SetMaxOpenConns(1) // every connection would have a memory of its own
	must := func(err error) {
		if err != nil {
			tb.Fatal(err)
		}
	}
	_, err = db.Exec(`CREATE TABLE fact (org TEXT NOT NULL, kind TEXT NOT NULL, day TEXT NOT NULL)`)
	must(err)
	tx, err := db.Begin()
	must(err)
	insert, err := tx.Prepare(`INSERT INTO fact VALUES (?, ?, ?)`)
	must(err)
	for _, r := range rows {
		_, err := insert.Exec(r.org, r.kind, r.day)
		must(err)
	}
	must(tx.Commit())
	if indexed {
		_, err = db.Exec(`CREATE INDEX fact_cell ON fact (org, kind, substr(day, 1, 7))`)
		must(err)
	}
	return db
}

func sqlTally(db *sql.DB) (map[cell]int64, error) {
	rows, err := db.Query(`SELECT org, kind, substr(day, 1, 7), count(*) FROM fact GROUP BY org, kind, substr(day, 1, 7)`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[cell]int64{}
	for rows.Next() {
		var c cell
		var n int64
		if err := rows.Scan(&c.org, &c.kind, &c.month, &n); err != nil {
			return nil, err
		}
		out[c] = n
	}
	return out, rows.Err()
}

// Every way counts the same.
func TestTalliesAgree(t *testing.T) {
	facts := randomFacts(20_000)
	rows := texts(facts)
	want := textTally(rows)

	ours, err := ourTally(stream(facts))
	if err != nil {
		t.Fatal(err)
	}
	got := map[cell]int64{}
	for c := range ours.Cells() {
		got[cell{string(c.Org), string(c.Kind), c.Period.Days.First.String()[:7]}] = c.Count
	}
	if !maps.Equal(got, want) {
		t.Error("the SDK counts otherwise than a map of text")
	}

	byKey, err := structTally(stream(facts))
	if err != nil {
		t.Fatal(err)
	}
	clear(got)
	for k, n := range byKey {
		got[cell{string(k.org), string(k.kind), fmt.Sprintf("%04d-%02d", k.month/12, k.month%12+1)}] = n
	}
	if !maps.Equal(got, want) {
		t.Error("a map of structs counts otherwise than a map of text")
	}

	for _, indexed := range []bool{false, true} {
		got, err := sqlTally(tallyTable(t, rows, indexed))
		if err != nil {
			t.Fatal(err)
		}
		if !maps.Equal(got, want) {
			t.Errorf("SQLite, indexed %t, counts otherwise than a map of text", indexed)
		}
	}
}

// What the map is handed it counts, the SDK refuses what is no fact.
func TestMapCountsWhatIsNoFact(t *testing.T) {
	none := []reporting.Fact{{Org: "", Kind: documents.KindDecision, Day: vanphong.MustDate("2026-03-05")}}
	if _, err := ourTally(stream(none)); err == nil {
		t.Error("a fact of no organisation was counted here")
	}
	if m, err := structTally(stream(none)); err != nil || len(m) != 1 {
		t.Errorf("there: %v, %v", m, err)
	}
}

func tallyRaces(tb testing.TB) []race {
	facts := randomFacts(*factCount)
	rows := texts(facts)
	plain, indexed := tallyTable(tb, rows, false), tallyTable(tb, rows, true)
	cells := len(textTally(rows))
	// A way that finds another number of cells is not doing the job.
	times := func(count func() (int, error)) func(int) error {
		return func(n int) error {
			for range n {
				if got, err := count(); err != nil || got != cells {
					return fmt.Errorf("%d cells, want %d: %w", got, cells, err)
				}
			}
			return nil
		}
	}
	fromTable := func(db *sql.DB) func(int) error {
		return times(func() (int, error) {
			m, err := sqlTally(db)
			return len(m), err
		})
	}
	return []race{{"org-kind-month", fmt.Sprintf("%d facts into %d cells", len(facts), cells), []way{
		{"ours", func(n int) error {
			for range n {
				t, err := ourTally(stream(facts))
				if err != nil {
					return err
				}
				if t.Total() != int64(len(facts)) {
					return fmt.Errorf("%d facts counted of %d", t.Total(), len(facts))
				}
			}
			return nil
		}},
		{"map-struct", times(func() (int, error) {
			m, err := structTally(stream(facts))
			return len(m), err
		})},
		{"map-text", times(func() (int, error) { return len(textTally(rows)), nil })},
		{"sqlite-indexed", fromTable(indexed)},
		{"sqlite", fromTable(plain)},
	}}}
}

func BenchmarkPeerTally(b *testing.B) { bench(b, tallyRaces(b)) }
