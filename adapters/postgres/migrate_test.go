package postgres_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/adapters/postgres"
	"github.com/vanphong-go/vanphong/documents"
)

var update = flag.Bool("update", false, "write schema.txt anew from the migrations")

// schema.txt, with which every database is compared, is what the migrations
// make. After a new migration: go test -run TestSchemaText -update
func TestSchemaText(t *testing.T) {
	got, err := postgres.ReadSchema(t.Context(), rawDB(t, newSchema(t)))
	if err != nil {
		t.Fatal(err)
	}
	const name = "schema.txt"
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the migrations make\n%s\nand %s says\n%s", got, name, want)
	}
}

// What cannot be used is refused with its kind and what to do, and nothing of
// it is changed; no error holds the password.
func TestOpenRefuses(t *testing.T) {
	for _, tt := range []struct {
		name string
		make []string // what is done to a schema with our tables
		opt  *postgres.Options
		kind error
		says string
	}{
		// a program of next year was here
		{"newer", []string{`INSERT INTO vp_schema VALUES (99, '0099_later.sql', 'x')`}, nil, postgres.ErrSchema, "newer version"},
		// the same, and Migrate leaves it alone
		{"newer, migrating", []string{`INSERT INTO vp_schema VALUES (99, '0099_later.sql', 'x')`}, &postgres.Options{Migrate: true}, postgres.ErrSchema, "newer version"},
		// a migration that is not the one of this program
		{"other migration", []string{`UPDATE vp_schema SET digest = 'x' WHERE version = 1`}, nil, postgres.ErrSchema, "digest"},
		// an administrator has not come to the last version yet
		{"older", []string{`DELETE FROM vp_schema WHERE version = (SELECT max(version) FROM vp_schema)`}, nil, postgres.ErrSchema, "older version"},
		// somebody dropped a column
		{"column gone", []string{`ALTER TABLE vp_changes DROP COLUMN acting_for`}, nil, postgres.ErrSchema, "column acting_for"},
		// somebody added one
		{"column more", []string{`ALTER TABLE vp_entries ADD COLUMN ghi_chu TEXT`}, nil, postgres.ErrSchema, "column ghi_chu"},
		// ids would sort and compare by the rules of a language
		{"collation", []string{`ALTER TABLE vp_entries ALTER COLUMN slot TYPE TEXT COLLATE "default"`}, nil, postgres.ErrSchema, "column slot"},
		// the index that keeps a number from being given twice is gone
		{"index gone", []string{`DROP INDEX vp_entries_slot`}, nil, postgres.ErrSchema, "unique index"},
		// a table is gone
		{"table gone", []string{`DROP TABLE vp_heads`}, nil, postgres.ErrSchema, "vp_heads"},
		// the list of versions itself is gone
		{"list gone", []string{`DROP TABLE vp_schema`}, &postgres.Options{Migrate: true}, postgres.ErrSchema, "vp_schema is missing"},
		// it is there and empty
		{"list empty", []string{`DELETE FROM vp_schema`}, &postgres.Options{Migrate: true}, postgres.ErrSchema, "vp_schema is empty"},
		// no tables, and nobody asked for any
		{"no tables", []string{`DROP TABLE vp_heads, vp_changes, vp_parts, vp_records, vp_entries, vp_events, vp_series, vp_schema`}, nil, postgres.ErrSchema, "run Migrate"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dsn := newSchema(t)
			db := rawDB(t, dsn)
			execAll(t, db, tt.make...)
			before, err := postgres.ReadSchema(t.Context(), db)
			if err != nil {
				t.Fatal(err)
			}
			s, err := postgres.Open(t.Context(), dsn, tt.opt)
			if err == nil {
				_ = s.Close()
				t.Fatal("was opened")
			}
			var typed *postgres.Error
			if !errors.As(err, &typed) || !errors.Is(err, tt.kind) || !strings.Contains(err.Error(), tt.says) || typed.Hint == "" {
				t.Errorf("got %v, want kind %v and a hint with %q", err, tt.kind, tt.says)
			}
			if after, err := postgres.ReadSchema(t.Context(), db); err != nil || after != before {
				t.Errorf("the schema was changed: %v", err)
			}
		})
	}
}

// Addresses that lead nowhere, and bounds that make no sense.
func TestOpenNamesBadArguments(t *testing.T) {
	dsn := newSchema(t)
	u, err := url.Parse(dsn)
	if err != nil || u.User == nil {
		t.Skip("the database is not named by a URL")
	}
	const secret = "bi-mat-123"
	with := func(change func(*url.URL)) string {
		v := *u
		v.User = url.UserPassword(u.User.Username(), secret)
		change(&v)
		return v.String()
	}
	for _, tt := range []struct {
		name, dsn string
		opt       *postgres.Options
		want      error
	}{
		{"no URL", "postgres://u:" + secret + "@[::", nil, vanphong.ErrInvalid},
		{"no setting", "hôm nay " + secret, nil, vanphong.ErrInvalid},
		{"wrong password", with(func(*url.URL) {}), nil, postgres.ErrDenied},
		{"nobody listens", with(func(u *url.URL) { u.Host = "127.0.0.1:1" }), nil, postgres.ErrUnreachable},
		{"no such socket", "host=/nonexistent user=x password=" + secret, nil, postgres.ErrUnreachable},
		{"negative", dsn, &postgres.Options{Writers: -1}, vanphong.ErrInvalid},
	} {
		s, err := postgres.Open(t.Context(), tt.dsn, tt.opt)
		if err == nil {
			_ = s.Close()
		}
		if !errors.Is(err, tt.want) || strings.Contains(fmt.Sprint(err), secret) {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := postgres.Open(ctx, dsn, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// An administrator applies the files by hand, one after the other, and Migrate
// takes it from there; several programs that start at once do not disturb each
// other.
func TestMigrate(t *testing.T) {
	dsn := emptySchema(t)
	db := rawDB(t, dsn)
	const first = "0001_ledger.sql"
	text, err := fs.ReadFile(postgres.Migrations(), first)
	if err != nil {
		t.Fatal(err)
	}
	execAll(t, db, string(text), fmt.Sprintf(`INSERT INTO vp_schema VALUES (1, '%s', '%x')`, first, sha256.Sum256(text)))
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			s, err := postgres.Open(t.Context(), dsn, &postgres.Options{Migrate: true})
			if err != nil {
				t.Error(err)
				return
			}
			_ = s.Close()
		})
	}
	wg.Wait()
	s := mustOpen(t, dsn, nil)
	fillWeek(t, s)
	if err := s.VerifyAll(t.Context()); err != nil {
		t.Error(err)
	}
}

// What an administrator ran from the files alone can be opened after the INSERT
// that the hint gives; and after one for a file that did not run, it cannot.
func TestTheHintSaysWhichRowsAreMissing(t *testing.T) {
	run := func(t *testing.T, files int) (string, string) {
		dsn := emptySchema(t)
		names, err := fs.Glob(postgres.Migrations(), "*.sql")
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names[:files] {
			text, err := fs.ReadFile(postgres.Migrations(), name)
			if err != nil {
				t.Fatal(err)
			}
			execAll(t, rawDB(t, dsn), string(text))
		}
		_, err = postgres.Open(t.Context(), dsn, nil)
		var typed *postgres.Error
		if !errors.As(err, &typed) || !errors.Is(err, postgres.ErrSchema) {
			t.Fatalf("got %v", err)
		}
		_, insert, _ := strings.Cut(typed.Hint, "INSERT")
		insert, _, _ = strings.Cut("INSERT"+insert, ";")
		return dsn, insert
	}
	dsn, insert := run(t, 3)
	execAll(t, rawDB(t, dsn), insert)
	mustOpen(t, dsn, nil)
	// The last row again, as if two of three had been noted.
	execAll(t, rawDB(t, dsn), `DELETE FROM vp_schema WHERE version = 3`)
	err := postgres.CheckSchema(t.Context(), rawDB(t, dsn))
	if err == nil || !strings.Contains(err.Error(), "VALUES (3, '0003_search.sql'") {
		t.Errorf("got %v", err)
	}
	dsn, insert = run(t, 2)
	execAll(t, rawDB(t, dsn), insert)
	if _, err := postgres.Open(t.Context(), dsn, nil); !errors.Is(err, postgres.ErrSchema) {
		t.Errorf("without the last file: %v", err)
	}
}

// A role that may not use the schema is told what to grant, not to make the tables
// once more.
func TestRoleWithoutTheSchema(t *testing.T) {
	dsn := newSchema(t)
	db := rawDB(t, dsn)
	name := texts(t, db, `SELECT current_schema()`)[0]
	execAll(t, db, `CREATE ROLE `+name+` LOGIN PASSWORD 'x'`)
	t.Cleanup(func() { execAll(t, rawDB(t, dsn), `DROP OWNED BY `+name, `DROP ROLE `+name) })
	u, err := url.Parse(dsn)
	if err != nil || u.Scheme == "" {
		t.Skip("the database is not named by a URL")
	}
	u.User = url.UserPassword(name, "x")
	for _, migrate := range []bool{false, true} {
		_, err = postgres.Open(t.Context(), u.String(), &postgres.Options{Migrate: migrate})
		if !errors.Is(err, postgres.ErrDenied) || !strings.Contains(err.Error(), "GRANT USAGE ON SCHEMA "+name+" TO "+name) {
			t.Errorf("migrate %v: %v", migrate, err)
		}
	}
	execAll(t, db, `GRANT USAGE ON SCHEMA `+name+` TO `+name, `GRANT SELECT ON ALL TABLES IN SCHEMA `+name+` TO `+name)
	mustOpen(t, u.String(), nil)
}

// A migration that fails half-way leaves nothing of itself: here a table that
// is in its way.
func TestFailedMigrationLeavesNothing(t *testing.T) {
	db := rawDB(t, emptySchema(t))
	execAll(t, db, `CREATE VIEW vp_heads AS SELECT 1 AS a`) // the name is taken
	if err := postgres.Migrate(t.Context(), db); err == nil {
		t.Fatal("migrated")
	}
	if got := texts(t, db, `SELECT tablename FROM pg_tables WHERE schemaname = current_schema()`); len(got) != 0 {
		t.Errorf("it left %v", got)
	}
}

// A role that may only read can be given to those who only read: its updates
// fail with what to do, its reads work.
func TestReadOnlyRole(t *testing.T) {
	dsn := newSchema(t)
	s := mustOpen(t, dsn, nil)
	fillWeek(t, s)
	u, err := url.Parse(dsn)
	if err != nil {
		t.Skip("the database is not named by a URL")
	}
	q := u.Query()
	q.Set("default_transaction_read_only", "on")
	u.RawQuery = q.Encode()
	reads := mustOpen(t, u.String(), nil)
	r := documents.NewRegistrar(reads.Documents(), nil)
	if _, err := r.Entry(t.Context(), office, "d0"); err != nil {
		t.Error(err)
	}
	if _, err := issue(t.Context(), r, office, "d9"); !errors.Is(err, postgres.ErrReadOnly) || !errors.Is(err, vanphong.ErrState) {
		t.Errorf("issue: %v", err)
	}
	// Another role: the right to write was never given.
	db := rawDB(t, dsn)
	name := texts(t, db, `SELECT current_schema()`)[0]
	execAll(t, db, `CREATE ROLE `+name+` LOGIN PASSWORD 'x'`, `GRANT USAGE ON SCHEMA `+name+` TO `+name, `GRANT SELECT ON ALL TABLES IN SCHEMA `+name+` TO `+name)
	t.Cleanup(func() { execAll(t, rawDB(t, dsn), `DROP OWNED BY `+name, `DROP ROLE `+name) })
	u, _ = url.Parse(dsn)
	u.User = url.UserPassword(name, "x")
	reader, err := postgres.Open(t.Context(), u.String(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	r = documents.NewRegistrar(reader.Documents(), nil)
	if _, err := issue(t.Context(), r, office, "d9"); !errors.Is(err, postgres.ErrDenied) || !strings.Contains(err.Error(), "grant") {
		t.Errorf("issue: %v", err)
	}
	if err := s.VerifyAll(t.Context()); err != nil {
		t.Error(err)
	}
}
