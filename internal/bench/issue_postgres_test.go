package bench

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/adapters/postgres"
	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/internal/pgtest"
)

func TestMain(m *testing.M) {
	status := m.Run()
	pgtest.Stop()
	os.Exit(status)
}

var schemas atomic.Int64

// database returns the address of a schema of its own on a server with the
// settings of an office's: every commit waits for the disk.
func database(tb testing.TB) string {
	tb.Helper()
	dsn := pgtest.DSN(tb)
	db, err := sql.Open("pgx", dsn)
	if err != nil {
		tb.Fatal(err)
	}
	defer db.Close()
	name := fmt.Sprintf("vp_bench_%d_%d", os.Getpid(), schemas.Add(1))
	if _, err := db.Exec("CREATE SCHEMA " + name); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if late, err := sql.Open("pgx", dsn); err == nil {
			_, _ = late.Exec("DROP SCHEMA " + name + " CASCADE") // only tidiness
			_ = late.Close()
		}
	})
	u, err := url.Parse(dsn)
	if err != nil || u.Scheme == "" {
		return dsn + " search_path=" + name
	}
	q := u.Query()
	q.Set("search_path", name)
	u.RawQuery = q.Encode()
	return u.String()
}

// registerOn is register on PostgreSQL.
func registerOn(tb testing.TB, opt postgres.Options) *documents.Registrar {
	tb.Helper()
	opt.Migrate = true
	s, err := postgres.Open(context.Background(), database(tb), &opt)
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
	return r
}

// rowLock is what offices write themselves on PostgreSQL: one statement that
// counts up a row, which locks it until the commit, and inserts the document.
// It is the best of its kind, one journey for all; no chain, no identity, no
// proof.
type rowLock struct{ db *sql.DB }

func newRowLock(tb testing.TB) rowLock {
	tb.Helper()
	cfg, err := pgx.ParseConfig(database(tb))
	if err != nil {
		tb.Fatal(err)
	}
	db := stdlib.OpenDB(*cfg)
	tb.Cleanup(func() { _ = db.Close() })
	db.SetMaxOpenConns(callers) // a connection for each caller, all of them kept
	db.SetMaxIdleConns(callers)
	for _, text := range []string{
		`CREATE TABLE series (name TEXT PRIMARY KEY, last BIGINT NOT NULL)`,
		`CREATE TABLE document (serial BIGINT PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, day TEXT NOT NULL, signer TEXT NOT NULL, abstract TEXT NOT NULL)`,
		`INSERT INTO series VALUES ('QĐ', 0)`,
	} {
		if _, err := db.Exec(text); err != nil {
			tb.Fatal(err)
		}
	}
	return rowLock{db}
}

func (l rowLock) issue(id string) error {
	var serial int
	return l.db.QueryRow(`WITH next AS (UPDATE series SET last = last + 1 WHERE name = 'QĐ' RETURNING last)
		INSERT INTO document SELECT last, $1, 'quyet-dinh', '2026-03-05', 'bi-thu', $2 FROM next RETURNING serial`,
		id, "Về việc kiện toàn tổ công tác "+id).Scan(&serial)
}

// The two count the same: 200 numbers are 1 to 200.
func TestPostgresNumbersWithoutGaps(t *testing.T) {
	const n = 200
	r := registerOn(t, postgres.Options{})
	if err := crowd(func(id string) error { return issue(r, id) })(n); err != nil {
		t.Fatal(err)
	}
	p, err := r.Proof(context.Background(), office, decisions.ID())
	if err != nil {
		t.Fatal(err)
	}
	if !p.Whole() || p.Issued != n || p.Last != n {
		t.Errorf("%d numbers up to %d, missing %v", p.Issued, p.Last, p.Missing)
	}
	l := newRowLock(t)
	if err := crowd(l.issue)(n); err != nil {
		t.Fatal(err)
	}
	var count, last int
	if err := l.db.QueryRow(`SELECT count(*), max(serial) FROM document`).Scan(&count, &last); err != nil {
		t.Fatal(err)
	}
	if count != n || last != n {
		t.Errorf("row lock: %d numbers up to %d", count, last)
	}
}

func postgresRaces(tb testing.TB) []race {
	shared := registerOn(tb, postgres.Options{})
	l := newRowLock(tb)
	return []race{{"64-callers", fmt.Sprintf("a durable number on PostgreSQL, %d callers at once on one series", callers), []way{
		{"ours", crowd(func(id string) error { return issue(shared, id) })},
		{"row-lock", crowd(l.issue)},
	}}}
}

func BenchmarkPeerIssuePostgres(b *testing.B) { bench(b, postgresRaces(b)) }
