package postgres_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/vanphong-go/vanphong/adapters/postgres"
	"github.com/vanphong-go/vanphong/documents"
)

// tables are all tables of the stores, each with what names a row.
var tables = map[string]string{
	"vp_schema": "version", "vp_series": "org, id", "vp_events": "org, cursor", "vp_entries": "org, id",
	"vp_records": "org, kind, id", "vp_parts": "org, kind, part", "vp_changes": "org, cursor", "vp_heads": "org, port",
}

// filled returns a database with a row in every table.
func filled(t *testing.T) *sql.DB {
	t.Helper()
	dsn := newSchema(t)
	s := mustOpen(t, dsn, nil)
	fillWeek(t, s)
	if err := s.VerifyAll(context.Background()); err != nil {
		t.Fatal(err)
	}
	db := rawDB(t, dsn)
	if got := texts(t, db, `SELECT tablename FROM pg_tables WHERE schemaname = current_schema()`); len(got) != len(tables) {
		t.Fatalf("the database has tables %v: this test knows %d", got, len(tables))
	}
	return db
}

// complaint changes one row, returns what the server, or Verify, says to it,
// and undoes it.
func complaint(t *testing.T, db *sql.DB, change string) error {
	t.Helper()
	tx := begin(t, db, nil)
	defer func() { _ = tx.Rollback() }()
	res, err := tx.Exec(change)
	if err != nil {
		return err // a key or a reference is in the way
	}
	if n, _ := res.RowsAffected(); n != 1 {
		t.Fatalf("%s: %d rows changed, want 1", change, n)
	}
	return postgres.Within(tx).Verify(context.Background(), office)
}

// Whatever single row is deleted, the server or Verify says so. That a version
// is missing in vp_schema is found when the store is opened.
func TestEveryDeletedRowIsFound(t *testing.T) {
	db := filled(t)
	rows := 0
	for table, key := range tables {
		found := texts(t, db, rowsOf(table, key))
		if len(found) == 0 {
			t.Errorf("%s has no row to delete", table)
		}
		for _, where := range found {
			rows++
			if table != "vp_schema" && complaint(t, db, `DELETE FROM `+table+` WHERE `+where) == nil {
				t.Errorf("nobody noticed that %s lost the row with %s", table, where)
			}
		}
	}
	t.Logf("%d rows, each deletion found", rows)
}

// Whatever single column of whatever row is edited, the server or Verify says
// so.
func TestEveryEditedColumnIsFound(t *testing.T) {
	db := filled(t)
	edits := 0
	for table, key := range tables {
		if table == "vp_schema" {
			continue
		}
		columns := texts(t, db, `SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = '`+table+`'`)
		for _, where := range texts(t, db, rowsOf(table, key)) {
			for _, column := range columns {
				edits++
				change := fmt.Sprintf(`UPDATE %s SET %s = %s WHERE %s`, table, column, edit(column), where)
				if complaint(t, db, change) == nil {
					t.Errorf("nobody noticed: %s", change)
				}
			}
		}
	}
	t.Logf("%d edits, each found", edits)
}

// edit returns an expression that keeps a column's type and changes its value
// as little as it can.
func edit(column string) string {
	switch column {
	case "n": // another place among the lines
		return `- n`
	case "cursor", "version", "seq", "events", "serial":
		return column + ` + 1000`
	case "salt", "digest", "prev", "hash":
		return `set_byte(` + column + `, 7, 255 - get_byte(` + column + `, 7))`
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
		parts = append(parts, `'`+k+` = ' || quote_literal(`+k+`)`)
	}
	return `SELECT ` + strings.Join(parts, ` || ' AND ' || `) + ` FROM ` + table + ` ORDER BY 1`
}

// The error says which table, and is of a type that callers can tell apart.
func TestVerifyNamesTheRow(t *testing.T) {
	db := filled(t)
	var row *postgres.RowError
	if err := complaint(t, db, `DELETE FROM vp_records WHERE kind = 'task'`); !errors.As(err, &row) || row.Table != "vp_records" || !strings.Contains(row.ID, "t1") {
		t.Errorf("a task that is gone: %v", err)
	}
	if err := complaint(t, db, `DELETE FROM vp_entries WHERE id = 'd2'`); !errors.Is(err, documents.ErrBroken) {
		t.Errorf("an entry that is gone: %v", err)
	}
}
