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

func migrate(t testing.TB, dsn string) {
	t.Helper()
	db := rawDB(t, dsn)
	if err := postgres.Migrate(context.Background(), db); err != nil {
		t.Fatal(err)
	}
	_ = db.Close()
}
