package sqlite_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vanphong-go/vanphong/adapters/internal/bulk"
	"github.com/vanphong-go/vanphong/adapters/sqlite"
	"github.com/vanphong-go/vanphong/documents"
)

// tables are all tables of the stores, each with what names a row.
var tables = map[string]string{
	"vp_schema": "version", "vp_series": "org, id", "vp_events": "org, cursor", "vp_entries": "org, id",
	"vp_records": "org, kind, id", "vp_parts": "org, kind, part", "vp_changes": "org, cursor", "vp_heads": "org, port",
}

// rawDB opens a database file as a stranger would, without any check.
func rawDB(t testing.TB, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", (&url.URL{Scheme: "file", Path: path}).String())
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func texts(t testing.TB, db *sql.DB, query string) (out []string) {
	t.Helper()
	rows, err := db.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			t.Fatal(err)
		}
		out = append(out, s)
	}
	return out
}

// filledFile returns the bytes of a closed file with a row in every table.
func filledFile(t *testing.T) []byte {
	path := newFile(t)
	s := mustOpen(t, path, nil)
	fillWeek(t, s)
	if err := s.VerifyAll(context.Background()); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// complaint changes a copy of a file by one statement and returns what Open or
// VerifyAll says to it.
func complaint(t *testing.T, file []byte, change string) error {
	path := newFile(t)
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	db := rawDB(t, path)
	res, err := db.Exec(change)
	if err != nil {
		t.Fatalf("%s: %v", change, err)
	}
	if n, _ := res.RowsAffected(); n != 1 {
		t.Fatalf("%s: %d rows changed, want 1", change, n)
	}
	_ = db.Close()
	s, err := sqlite.Open(context.Background(), path, nil)
	if err != nil {
		return err
	}
	defer s.Close()
	return s.VerifyAll(context.Background())
}

// Whatever single row is deleted, Open or VerifyAll says so.
func TestEveryDeletedRowIsFound(t *testing.T) {
	file := filledFile(t)
	db := rawDB(t, writeTemp(t, file))
	// The index of words is no table of rows: TestEditedWordsAreFound.
	if got := texts(t, db, `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'vp_term%'`); len(got) != len(tables) {
		t.Fatalf("the file has tables %v: this test knows %d", got, len(tables))
	}
	rows := 0
	for table, key := range tables {
		found := texts(t, db, rowsOf(table, key))
		if len(found) == 0 {
			t.Errorf("%s has no row to delete", table)
		}
		for _, where := range found {
			rows++
			if complaint(t, file, `DELETE FROM `+table+` WHERE `+where) == nil {
				t.Errorf("nobody noticed that %s lost the row with %s", table, where)
			}
		}
	}
	t.Logf("%d rows, each deletion found", rows)
}

// Whatever single column of whatever row is edited, Open or VerifyAll says so.
func TestEveryEditedColumnIsFound(t *testing.T) {
	file := filledFile(t)
	db := rawDB(t, writeTemp(t, file))
	edits := 0
	for table, key := range tables {
		columns := texts(t, db, `SELECT name FROM pragma_table_info('`+table+`')`)
		for _, where := range texts(t, db, rowsOf(table, key)) {
			for _, column := range columns {
				change := fmt.Sprintf(`UPDATE %s SET %s = %s WHERE %s`, table, column, edit(table, column), where)
				edits++
				if complaint(t, file, change) == nil {
					t.Errorf("nobody noticed: %s", change)
				}
			}
		}
	}
	t.Logf("%d edits, each found", edits)
}

// edit returns an expression that keeps a column's type and changes its value
// as little as it can.
func edit(table, column string) string {
	switch column {
	case "cursor", "version", "seq", "events", "serial", "n":
		return column + ` + 1000`
	case "salt", "digest", "prev", "hash":
		if table != "vp_schema" {
			return `zeroblob(length(` + column + `) - 1) || x'07'`
		}
	case "body": // a value inside it, so that it is still what it should be
		return `replace(replace(replace(body, '"van-thu"', '"ke-toan"'), 'kiện toàn', 'giải thể'), '"TU"', '"HU"')`
	case "at":
		return `replace(at, '.123', '.124')`
	case "day", "until":
		return `'2026-03-06'`
	}
	return `coalesce(` + column + `, '') || 'x'`
}

func rowsOf(table, key string) string {
	var parts []string
	for _, k := range strings.Split(key, ", ") {
		parts = append(parts, `'`+k+` = ' || quote(`+k+`)`)
	}
	return `SELECT ` + strings.Join(parts, ` || ' AND ' || `) + ` FROM ` + table + ` ORDER BY 1`
}

func writeTemp(t *testing.T, file []byte) string {
	path := filepath.Join(t.TempDir(), "copy.db")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// The error says which table, and is of a type that callers can tell apart.
func TestVerifyNamesTheRow(t *testing.T) {
	file := filledFile(t)
	var row *sqlite.RowError
	if err := complaint(t, file, `DELETE FROM vp_records WHERE kind = 'task'`); !errors.As(err, &row) || row.Table != "vp_records" || !strings.Contains(row.ID, "t1") {
		t.Errorf("a task that is gone: %v", err)
	}
	if err := complaint(t, file, `DELETE FROM vp_entries WHERE id = 'd2'`); !errors.Is(err, documents.ErrBroken) {
		t.Errorf("an entry that is gone: %v", err)
	}
}

// dump is every row of every table as text.
func dump(t *testing.T, db *sql.DB) string {
	var b strings.Builder
	for _, table := range []string{"vp_schema", "vp_series", "vp_events", "vp_entries", "vp_records", "vp_parts", "vp_changes", "vp_heads"} {
		columns := texts(t, db, `SELECT 'quote(' || name || ')' FROM pragma_table_info('`+table+`')`)
		for _, row := range texts(t, db, `SELECT `+strings.Join(columns, ` || ',' || `)+` FROM `+table+` ORDER BY 1`) {
			b.WriteString(table + ": " + row + "\n")
		}
	}
	return b.String()
}

// Whatever byte of the file is flipped: Open or VerifyAll says so, with an
// error and not a panic, or every row is still what it was.
func TestFlippedBytesAreFoundOrHarmless(t *testing.T) {
	file := filledFile(t)
	want := dump(t, rawDB(t, writeTemp(t, file)))
	rnd := rand.New(rand.NewPCG(5, 6))
	found := 0
	const flips = 150
	for range flips {
		damaged := bytes.Clone(file)
		at := rnd.IntN(len(damaged))
		damaged[at] ^= 1 << rnd.IntN(8)
		path := writeTemp(t, damaged)
		s, err := sqlite.Open(context.Background(), path, nil)
		if err == nil {
			err = s.VerifyAll(context.Background())
			_ = s.Close()
		}
		if err != nil {
			found++
			continue
		}
		if got := dump(t, rawDB(t, path)); got != want {
			t.Errorf("byte %d of %d: nobody noticed that a row changed", at, len(file))
		}
	}
	if found < flips/20 {
		t.Errorf("only %d of %d flips were noticed: the test shows too little", found, flips)
	}
	t.Logf("%d flips, %d noticed, the others in space that holds no row", flips, found)
}

// Whatever is missing in the index of words, or too much, VerifyAll says so: a line
// could be hidden from everybody who searches.
func TestEditedWordsAreFound(t *testing.T) {
	path := newFile(t)
	s := mustOpen(t, path, nil)
	if err := bulk.Fill(context.Background(), s.Documents(), office, 600); err != nil {
		t.Fatal(err)
	}
	if err := s.VerifyAll(context.Background()); err != nil {
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
		`INSERT INTO vp_terms (vp_terms, rowid, terms) SELECT 'delete', n, terms FROM vp_entries WHERE n = 300`,
		`INSERT INTO vp_terms (rowid, terms) VALUES (300, 'khong')`,
		`UPDATE vp_entries SET terms = terms || ' khong' WHERE n = 300`, // of an indexed line
		`UPDATE vp_entries SET terms = terms || ' khong' WHERE n = 599`, // and of one that is not yet
		`DELETE FROM vp_terms_data WHERE id = (SELECT max(id) FROM vp_terms_data)`,
	} {
		if complaint(t, file, change) == nil {
			t.Errorf("nobody noticed: %s", change)
		}
	}
	// And the way to make it anew works.
	path = writeTemp(t, file)
	db := rawDB(t, path)
	for _, q := range []string{`INSERT INTO vp_terms (vp_terms) VALUES ('delete-all')`, `INSERT INTO vp_terms (vp_terms) VALUES ('rebuild')`} {
		if _, err := db.Exec(q); err != nil {
			t.Fatal(err)
		}
	}
	_ = db.Close()
	if err := mustOpen(t, path, nil).VerifyAll(context.Background()); err != nil {
		t.Error(err)
	}
}
