package postgres_test

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync/atomic"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"

	"github.com/vanphong-go/vanphong/adapters/postgres"
	"github.com/vanphong-go/vanphong/internal/pgtest"
)

func TestMain(m *testing.M) {
	if dsn := os.Getenv(childDSN); dsn != "" {
		if err := runChild(dsn); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	status := m.Run()
	pgtest.Stop()
	os.Exit(status)
}

// rawDB opens a database as a stranger would, without any check.
func rawDB(t testing.TB, dsn string) *sql.DB {
	t.Helper()
	db, err := sql.Open("pgx", dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func execAll(t testing.TB, db *sql.DB, statements ...string) {
	t.Helper()
	for _, st := range statements {
		if _, err := db.Exec(st); err != nil {
			t.Fatalf("%s: %v", st, err)
		}
	}
}

func texts(t testing.TB, db *sql.DB, query string) (out []string) {
	t.Helper()
	rows, err := db.Query(query)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer rows.Close()
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			t.Fatal(err)
		}
		out = append(out, s)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

var schemas atomic.Int64

// emptySchema makes a schema in the shared database and returns a dsn whose
// search_path is that schema alone.
func emptySchema(t testing.TB) string {
	t.Helper()
	return schemaIn(t, pgtest.DSN(t))
}

func schemaIn(t testing.TB, dsn string) string {
	t.Helper()
	name := fmt.Sprintf("vp_test_%d_%d", os.Getpid(), schemas.Add(1))
	db := rawDB(t, dsn)
	execAll(t, db, "CREATE SCHEMA "+name)
	t.Cleanup(func() {
		if late, err := sql.Open("pgx", dsn); err == nil {
			_, _ = late.Exec("DROP SCHEMA " + name + " CASCADE") // a server that was killed has none
			_ = late.Close()
		}
	})
	_ = db.Close()
	u, err := url.Parse(dsn)
	if err != nil || u.Scheme == "" {
		return strings.TrimSpace(dsn) + " search_path=" + name
	}
	q := u.Query()
	q.Set("search_path", name)
	u.RawQuery = q.Encode()
	return u.String()
}

// newSchema is emptySchema with our tables in it.
func newSchema(t testing.TB) string {
	t.Helper()
	dsn := emptySchema(t)
	migrate(t, dsn)
	return dsn
}

// schemaPool hands out schemas with our tables and no rows, to the many cases
// of an exam: when a case ends its rows are deleted and the next one takes the
// schema over. To make and drop the tables takes the server many times what a
// case does, and so does the start of a neighbour, who stays.
type schemaPool struct {
	parent     *testing.T // with whose end the schemas go
	neighbours bool       // each has a process that issues numbers of another office
	free       []string
}

func (p *schemaPool) take(t *testing.T) string {
	t.Helper()
	var dsn string
	if n := len(p.free); n > 0 {
		dsn, p.free = p.free[n-1], p.free[:n-1]
	} else {
		dsn = newSchema(p.parent)
		if p.neighbours {
			neighbour(p.parent, dsn)
		}
	}
	t.Cleanup(func() {
		// What a case that failed has left may still be at work: no other case is
		// to suffer from it.
		if t.Failed() {
			return
		}
		db := rawDB(t, dsn)
		for _, table := range []string{"events", "entries", "series", "parts", "records", "changes", "heads"} {
			execAll(t, db, "DELETE FROM vp_"+table+" WHERE org <> '"+neighbourOrg+"'")
		}
		p.free = append(p.free, dsn)
	})
	return dsn
}

func migrate(t testing.TB, dsn string) {
	t.Helper()
	db := rawDB(t, dsn)
	if err := postgres.Migrate(context.Background(), db); err != nil {
		t.Fatal(err)
	}
	_ = db.Close()
}
