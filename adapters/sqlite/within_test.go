package sqlite_test

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"testing"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/adapters/sqlite"
	"github.com/vanphong-go/vanphong/documents"
)

// callersDB is a database of the caller's with a table of the caller's and,
// since it was asked for, ours.
func callersDB(t *testing.T) (*sql.DB, string) {
	path := filepath.Join(t.TempDir(), "theirs.db")
	db, err := sql.Open("sqlite", "file:"+path+"?_txlock=immediate&_pragma=foreign_keys(1)&_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if _, err := db.Exec(`CREATE TABLE ho_so (id TEXT PRIMARY KEY, so TEXT)`); err != nil {
		t.Fatal(err)
	}
	return db, path
}

// Their row and our number are stored together or not at all.
func TestWithinTheCallersTransaction(t *testing.T) {
	ctx := context.Background()
	db, path := callersDB(t)
	if err := sqlite.CheckSchema(ctx, db); !errors.Is(err, sqlite.ErrSchema) {
		t.Errorf("before Migrate: %v", err)
	}
	for range 2 { // the second time it has nothing to do
		if err := sqlite.Migrate(ctx, db); err != nil {
			t.Fatal(err)
		}
	}
	if err := sqlite.CheckSchema(ctx, db); err != nil {
		t.Fatal(err)
	}
	for _, commit := range []bool{false, true} {
		tx, err := db.BeginTx(ctx, nil)
		if err != nil {
			t.Fatal(err)
		}
		ports := sqlite.Within(tx)
		r := openSeries(t, ports.Documents(), office)
		en, err := issue(ctx, r, office, "d1")
		if err != nil || en.Serial != 1 {
			t.Fatalf("%+v, %v", en, err)
		}
		if _, err := tx.Exec(`INSERT INTO ho_so VALUES ('hs1', ?)`, en.Number.String()); err != nil {
			t.Fatal(err)
		}
		// Another number, asked for in vain: it is undone alone.
		refused := errors.New("refused")
		err = ports.Documents().Update(ctx, office, func(dt documents.Tx) error {
			return errors.Join(putInto(dt, "d2"), refused)
		})
		if !errors.Is(err, refused) {
			t.Fatal(err)
		}
		if err := ports.Verify(ctx, office); err != nil {
			t.Fatal(err)
		}
		if commit {
			err = tx.Commit()
		} else {
			err = tx.Rollback()
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if got := texts(t, db, `SELECT so FROM ho_so`); len(got) != 1 {
		t.Errorf("their table has %v", got)
	}
	checkWhole(t, mustOpen(t, path, nil), office, 1)
}

// A statement that fails takes its Update with it and leaves the caller's
// transaction as it was before.
func TestWithinSurvivesAFailedWrite(t *testing.T) {
	ctx := context.Background()
	db, _ := callersDB(t)
	if err := sqlite.Migrate(ctx, db); err != nil {
		t.Fatal(err)
	}
	_, err := db.Exec(`CREATE TRIGGER no BEFORE INSERT ON vp_entries WHEN NEW.id = 'd2' BEGIN SELECT RAISE(ABORT, 'no'); END`)
	if err != nil {
		t.Fatal(err)
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	r := openSeries(t, sqlite.Within(tx).Documents(), office)
	for id, want := range map[string]bool{"d1": true, "d2": false} {
		if _, err := issue(ctx, r, office, id); (err == nil) != want {
			t.Errorf("%s: %v", id, err)
		}
	}
	if _, err := tx.Exec(`INSERT INTO ho_so VALUES ('hs1', 'x')`); err != nil {
		t.Errorf("the caller's transaction is broken: %v", err)
	}
	if err := tx.Commit(); err != nil {
		t.Error(err)
	}
	if got := texts(t, db, `SELECT count(*) FROM vp_events WHERE entry IS NOT NULL`); got[0] != "1" {
		t.Errorf("%v events of numbers, want 1", got)
	}
}

// Without our tables the error says what to do.
func TestWithinWithoutTables(t *testing.T) {
	db, _ := callersDB(t)
	tx, err := db.BeginTx(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	r := documents.NewRegistrar(sqlite.Within(tx).Documents(), nil)
	_, err = issue(context.Background(), r, office, "d1")
	if !errors.Is(err, sqlite.ErrSchema) || !errors.Is(err, vanphong.ErrInvalid) {
		t.Errorf("got %v", err)
	}
}

// All ports share the caller's transaction: a week is stored in one commit.
func TestWithinAllPorts(t *testing.T) {
	ctx := context.Background()
	db, path := callersDB(t)
	if err := sqlite.Migrate(ctx, db); err != nil {
		t.Fatal(err)
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	fillWeek(t, sqlite.Within(tx))
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	s := mustOpen(t, path, nil)
	if err := s.VerifyAll(ctx); err != nil {
		t.Error(err)
	}
	if got := len(collect(t, s.FollowUp().Changes(ctx, office, 0))); got != 2 {
		t.Errorf("%d changes of tasks, want 2", got)
	}
}

// A transaction that was never begun is an error of every call, and no panic.
func TestWithinNoTransaction(t *testing.T) {
	ctx, ports := context.Background(), sqlite.Within(nil)
	_, entry := documents.NewRegistrar(ports.Documents(), nil).Entry(ctx, office, "d1")
	_, number := sqlite.IssueTx(ctx, nil, office, documents.IssueRequest{ID: "d1", Series: decisionsOf(office).ID(),
		Content: documents.Content{Kind: documents.KindDecision, Day: today, Abstract: "x"}}, clerk, nil)
	for what, err := range map[string]error{"entry": entry, "number": number, "verify": ports.Verify(ctx, office),
		"view": ports.Incoming().View(ctx, office, nil), "update": ports.Dispatch().Update(ctx, office, nil)} {
		var in *vanphong.InputError
		if !errors.As(err, &in) || in.Field != "tx" {
			t.Errorf("%s: %v", what, err)
		}
	}
	for _, err := range ports.Documents().Changes(ctx, office, 0) {
		if !errors.Is(err, vanphong.ErrInvalid) {
			t.Errorf("changes: %v", err)
		}
	}
}
