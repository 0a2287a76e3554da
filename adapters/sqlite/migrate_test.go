package sqlite_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"strings"
	"testing"

	"github.com/vanphong-go/vanphong/adapters/sqlite"
)

// A file of an older version is brought up to date by Open, keeps what it has,
// and is left alone where only the administrator changes tables. The first
// version is applied here as he would: from the files, by hand.
func TestOlderFile(t *testing.T) {
	const first = "0001_ledger.sql"
	text, err := fs.ReadFile(sqlite.Migrations(), first)
	if err != nil {
		t.Fatal(err)
	}
	path := newFile(t)
	db := rawDB(t, path)
	if _, err := db.Exec(string(text)); err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(text)
	if _, err := db.Exec(`INSERT INTO vp_schema VALUES (1, ?, ?)`, first, hex.EncodeToString(sum[:])); err != nil {
		t.Fatal(err)
	}
	_, err = sqlite.Open(context.Background(), path, &sqlite.Options{KeepSchema: true})
	if !errors.Is(err, sqlite.ErrSchema) || !strings.Contains(err.Error(), "older") {
		t.Errorf("with KeepSchema: %v", err)
	}
	if got := texts(t, db, `SELECT count(*) FROM vp_schema`); got[0] != "1" {
		t.Errorf("KeepSchema changed the schema: %v versions", got)
	}
	fillWeek(t, mustOpen(t, path, nil))
	if err := mustOpen(t, path, &sqlite.Options{KeepSchema: true}).VerifyAll(context.Background()); err != nil {
		t.Error(err)
	}
}

// A migration that fails half-way leaves nothing of itself: here a table that
// is in its way.
func TestFailedMigrationLeavesNothing(t *testing.T) {
	db, _ := callersDB(t)
	if _, err := db.Exec(`CREATE INDEX vp_heads ON ho_so (so)`); err != nil { // the name is taken
		t.Fatal(err)
	}
	if err := sqlite.Migrate(context.Background(), db); err == nil {
		t.Fatal("migrated")
	}
	if got := texts(t, db, `SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'vp%'`); len(got) != 0 {
		t.Errorf("it left %v", got)
	}
	if _, err := db.Exec(`INSERT INTO ho_so VALUES ('a', 'b')`); err != nil {
		t.Errorf("the database is locked: %v", err)
	}
}
