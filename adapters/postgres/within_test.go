package postgres_test

import (
	"context"
	"database/sql"
	"errors"
	"iter"
	"testing"
	"time"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/adapters/postgres"
	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/documents/documentstest"
)

// callersDB is a database of the caller's with a table of the caller's.
func callersDB(t *testing.T) (*sql.DB, string) {
	t.Helper()
	dsn := emptySchema(t)
	db := rawDB(t, dsn)
	execAll(t, db, `CREATE TABLE ho_so (id TEXT PRIMARY KEY, so TEXT)`)
	return db, dsn
}

func begin(t *testing.T, db *sql.DB, opt *sql.TxOptions) *sql.Tx {
	t.Helper()
	tx, err := db.BeginTx(context.Background(), opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = tx.Rollback() })
	return tx
}

// Their row and our number are stored together or not at all.
func TestWithinTheCallersTransaction(t *testing.T) {
	ctx := context.Background()
	db, dsn := callersDB(t)
	if err := postgres.CheckSchema(ctx, db); !errors.Is(err, postgres.ErrSchema) {
		t.Errorf("before Migrate: %v", err)
	}
	for range 2 { // the second time it has nothing to do
		if err := postgres.Migrate(ctx, db); err != nil {
			t.Fatal(err)
		}
	}
	for _, commit := range []bool{false, true} {
		tx := begin(t, db, nil)
		ports := postgres.Within(tx)
		r := openSeries(t, ports.Documents(), office)
		en, err := issue(ctx, r, office, "d1")
		if err != nil || en.Serial != 1 {
			t.Fatalf("%+v, %v", en, err)
		}
		if _, err := tx.Exec(`INSERT INTO ho_so VALUES ('hs1', $1)`, en.Number.String()); err != nil {
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
	checkWhole(t, mustOpen(t, dsn, nil), office, 1)
}

// A statement that fails takes its Update or View with it and leaves the
// caller's transaction as it was before, be it a write or a question.
func TestWithinSurvivesAFailedStatement(t *testing.T) {
	ctx := context.Background()
	db, _ := callersDB(t)
	if err := postgres.Migrate(ctx, db); err != nil {
		t.Fatal(err)
	}
	execAll(t, db, `CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no'; END $$`,
		`CREATE TRIGGER no BEFORE INSERT ON vp_entries FOR EACH ROW WHEN (NEW.id = 'd2') EXECUTE FUNCTION no()`)
	tx := begin(t, db, nil)
	r := openSeries(t, postgres.Within(tx).Documents(), office)
	for _, want := range []struct {
		id   string
		fine bool
	}{{"d1", true}, {"d2", false}, {"d3", true}} {
		if en, err := issue(ctx, r, office, want.id); (err == nil) != want.fine {
			t.Errorf("%s: %d, %v", want.id, en.Serial, err)
		}
	}
	if _, err := tx.Exec(`ALTER TABLE vp_entries RENAME COLUMN body TO text`); err != nil {
		t.Fatal(err)
	}
	if _, err := issue(ctx, r, office, "d4"); !errors.Is(err, postgres.ErrSchema) {
		t.Errorf("a failed question in an Update: %v", err)
	}
	if _, err := r.Entry(ctx, office, "d1"); !errors.Is(err, postgres.ErrSchema) {
		t.Errorf("a failed question in a View: %v", err)
	}
	if _, err := tx.Exec(`ALTER TABLE vp_entries RENAME COLUMN text TO body`); err != nil {
		t.Fatalf("the caller's transaction is broken: %v", err)
	}
	if en, err := issue(ctx, r, office, "d4"); err != nil || en.Serial != 3 {
		t.Errorf("afterwards: %d, %v", en.Serial, err)
	}
	if err := tx.Commit(); err != nil {
		t.Error(err)
	}
	if got := texts(t, db, `SELECT count(*)::text FROM vp_events WHERE entry IS NOT NULL`); got[0] != "3" {
		t.Errorf("%v events of numbers, want 3", got)
	}
}

// Without our tables the error says what to do.
func TestWithinWithoutTables(t *testing.T) {
	db, _ := callersDB(t)
	tx := begin(t, db, nil)
	_, err := issue(context.Background(), documents.NewRegistrar(postgres.Within(tx).Documents(), nil), office, "d1")
	if !errors.Is(err, postgres.ErrSchema) || !errors.Is(err, vanphong.ErrInvalid) {
		t.Errorf("got %v", err)
	}
	if _, err := tx.Exec(`INSERT INTO ho_so VALUES ('hs1', 'x')`); err != nil {
		t.Errorf("the caller's transaction is broken: %v", err)
	}
}

// Under a stricter level a transaction that began before another one committed
// is told to run again, and gives no number twice; a wait for the lock ends as
// the caller has set it.
func TestWithinStricterTransactions(t *testing.T) {
	ctx := context.Background()
	db, dsn := callersDB(t)
	if err := postgres.Migrate(ctx, db); err != nil {
		t.Fatal(err)
	}
	s := mustOpen(t, dsn, nil)
	r := openSeries(t, s.Documents(), office)
	numbers := 0
	for _, level := range []sql.IsolationLevel{sql.LevelRepeatableRead, sql.LevelSerializable} {
		tx := begin(t, db, &sql.TxOptions{Isolation: level})
		if _, err := tx.Exec(`INSERT INTO ho_so VALUES ($1, 'x')`, level.String()); err != nil { // its state is fixed by this
			t.Fatal(err)
		}
		numbers++
		if _, err := issue(ctx, r, office, "between "+level.String()); err != nil {
			t.Fatal(err)
		}
		_, err := issue(ctx, documents.NewRegistrar(postgres.Within(tx).Documents(), nil), office, "late "+level.String())
		if !errors.Is(err, postgres.ErrRepeat) {
			t.Errorf("%v: got %v, want ErrRepeat", level, err)
		}
		_ = tx.Rollback()
	}
	tx := begin(t, db, nil)
	if _, err := tx.Exec(`SET LOCAL lock_timeout = 50`); err != nil {
		t.Fatal(err)
	}
	holder := heldUp(t, db, office)
	begun := time.Now()
	_, err := issue(ctx, documents.NewRegistrar(postgres.Within(tx).Documents(), nil), office, "waits")
	if !errors.Is(err, postgres.ErrBusy) || time.Since(begun) > 10*time.Second {
		t.Errorf("the lock is held: %v", err)
	}
	if _, err := tx.Exec(`INSERT INTO ho_so VALUES ('hs1', 'x')`); err != nil {
		t.Errorf("the caller's transaction is broken: %v", err)
	}
	if err := errors.Join(tx.Commit(), holder.Commit()); err != nil {
		t.Fatal(err)
	}
	if _, err := issue(ctx, documents.NewRegistrar(postgres.Within(tx).Documents(), nil), office, "over"); !errors.Is(err, vanphong.ErrClosed) {
		t.Errorf("after the commit: %v", err)
	}
	checkWhole(t, s, office, numbers+1)
}

// All ports share the caller's transaction: a week is stored in one commit.
func TestWithinAllPorts(t *testing.T) {
	ctx := context.Background()
	db, dsn := callersDB(t)
	if err := postgres.Migrate(ctx, db); err != nil {
		t.Fatal(err)
	}
	tx := begin(t, db, nil)
	fillWeek(t, postgres.Within(tx))
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	if err := mustOpen(t, dsn, nil).VerifyAll(ctx); err != nil {
		t.Error(err)
	}
}

// callerStore is what a system with its own transactions builds of
// [postgres.Within]: each call in a transaction of its database.
type callerStore struct{ db *sql.DB }

func (c callerStore) in(ctx context.Context, readOnly bool, fn func(*postgres.Ports) error) error {
	opt := &sql.TxOptions{ReadOnly: readOnly}
	if readOnly {
		opt.Isolation = sql.LevelRepeatableRead
	}
	tx, err := c.db.BeginTx(ctx, opt)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // does nothing after Commit
	if err := fn(postgres.Within(tx)); err != nil {
		return err
	}
	return tx.Commit()
}

func (c callerStore) Update(ctx context.Context, org vanphong.OrgID, fn func(documents.Tx) error) error {
	return c.in(ctx, false, func(p *postgres.Ports) error { return p.Documents().Update(ctx, org, fn) })
}

func (c callerStore) View(ctx context.Context, org vanphong.OrgID, fn func(documents.Reader) error) error {
	return c.in(ctx, true, func(p *postgres.Ports) error { return p.Documents().View(ctx, org, fn) })
}

func (c callerStore) Changes(ctx context.Context, org vanphong.OrgID, after vanphong.Cursor) iter.Seq2[vanphong.Change, error] {
	return func(yield func(vanphong.Change, error) bool) {
		// Read first, yield after: the consumer may want a transaction itself.
		var lines []vanphong.Change
		err := c.in(ctx, true, func(p *postgres.Ports) error {
			for line, err := range p.Documents().Changes(ctx, org, after) {
				if err != nil {
					return err
				}
				lines = append(lines, line)
			}
			return nil
		})
		for _, line := range lines {
			if !yield(line, nil) {
				return
			}
		}
		if err != nil {
			yield(vanphong.Change{}, err)
		}
	}
}

// TestExamWithinTransactions sits the exam of the documents port inside
// transactions of a caller.
func TestExamWithinTransactions(t *testing.T) {
	documentstest.Run(t, func(t *testing.T) documents.Store { return callerStore{rawDB(t, newSchema(t))} }, nil)
}

// A transaction that was never begun is an error of every call, and no panic.
func TestWithinNoTransaction(t *testing.T) {
	ctx, ports := context.Background(), postgres.Within(nil)
	_, entry := documents.NewRegistrar(ports.Documents(), nil).Entry(ctx, office, "d1")
	_, number := postgres.IssueTx(ctx, nil, office, documents.IssueRequest{ID: "d1", Series: decisionsOf(office).ID(),
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

// What the caller's own statement has spoilt is told as such.
func TestWithinAnAbortedTransaction(t *testing.T) {
	ctx := context.Background()
	db, _ := callersDB(t)
	if err := postgres.Migrate(ctx, db); err != nil {
		t.Fatal(err)
	}
	tx := begin(t, db, nil)
	if _, err := tx.Exec(`SELECT 1/0`); err == nil {
		t.Fatal("divided by zero")
	}
	_, err := documents.NewRegistrar(postgres.Within(tx).Documents(), nil).Entry(ctx, office, "d1")
	var typed *postgres.Error
	if !errors.Is(err, postgres.ErrAborted) || !errors.Is(err, vanphong.ErrState) || !errors.As(err, &typed) || typed.Hint == "" {
		t.Errorf("got %v", err)
	}
}
