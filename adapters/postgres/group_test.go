package postgres_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/adapters/postgres"
	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/meetings/followup"
)

// together holds the office's lock inside one update, lets start queue more,
// and releases it, so that all of them share the next transaction. It returns
// when the updates have been answered.
func together(t *testing.T, s *postgres.Store, start ...func()) {
	t.Helper()
	inside, release := make(chan struct{}), make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		_ = s.FollowUp().Update(context.Background(), office, func(followup.Tx) error {
			close(inside)
			<-release
			return nil
		})
	})
	<-inside
	for _, fn := range start {
		wg.Go(fn)
		time.Sleep(time.Millisecond) // so that they stand in the queue in this order
	}
	time.Sleep(20 * time.Millisecond) // until all of them wait
	close(release)
	wg.Wait()
}

// putInto issues the next number by hand.
func putInto(tx documents.Tx, id documents.EntryID) error {
	sr, err := tx.Series(decisionsOf(office).ID())
	if err != nil {
		return err
	}
	en := documents.Entry{ID: id, Org: office, Series: sr.ID, Serial: sr.Next, State: documents.StateIssued, Last: clerk}
	en.Number = documents.Number{System: documents.SystemParty, Serial: sr.Next, Code: "QĐ", Issuer: "TU"}
	sr, ev, err := documents.Seal(sr, documents.Event{Org: office, Kind: documents.EventIssued, Serial: en.Serial, Entry: en.ID, By: clerk.By, At: clerk.At}, en)
	if err != nil {
		return err
	}
	return tx.Append(sr, ev, en)
}

// In one transaction: callers that succeed, fail, panic, end their goroutine or
// are cancelled while they run. Only those that succeed leave a number, and
// everybody gets their own answer.
func TestOneFailsAlone(t *testing.T) {
	s := mustOpen(t, newSchema(t), nil)
	r := openSeries(t, s.Documents(), office)
	refused := errors.New("refused by the function")
	bad := func(ctx context.Context, end func() error) error {
		return s.Documents().Update(ctx, office, func(tx documents.Tx) error {
			if err := putInto(tx, "bad"); err != nil { // so that there is something to undo
				return err
			}
			return end()
		})
	}
	ctx, cancel := context.WithCancel(context.Background())
	var failed, panicked, cancelled error
	exited := true
	start := []func(){
		func() { failed = bad(context.Background(), func() error { return refused }) },
		func() { panicked = bad(context.Background(), func() error { panic("hỏng") }) },
		func() { cancelled = bad(ctx, func() error { cancel(); return nil }) },
		func() {
			_ = bad(context.Background(), func() error { runtime.Goexit(); return nil })
			exited = false
		},
	}
	for i := range 20 {
		start = append(start, func() {
			if _, err := issue(context.Background(), r, office, fmt.Sprint("d", i)); err != nil {
				t.Error(err)
			}
		})
	}
	together(t, s, start...)
	if failed != refused {
		t.Errorf("the function's error came back as %v", failed)
	}
	var p *postgres.Panic
	if !errors.As(panicked, &p) || p.Value != "hỏng" {
		t.Errorf("the panic came back as %v", panicked)
	}
	if !errors.Is(cancelled, context.Canceled) {
		t.Errorf("the cancelled one got %v", cancelled)
	}
	if !exited {
		t.Error("the goroutine that was to end went on")
	}
	checkWhole(t, s, office, 20)
}

// What is looked up together is what is there: in one transaction callers ask
// for ids that have a number, that have none, and twice for the same one.
func TestLookedUpTogether(t *testing.T) {
	s := mustOpen(t, newSchema(t), nil)
	r := openSeries(t, s.Documents(), office)
	const old = 90 // more than one statement fetches
	serials := map[string]uint32{}
	for i := range old {
		en, err := issue(context.Background(), r, office, fmt.Sprint("d", i))
		if err != nil {
			t.Fatal(err)
		}
		serials[string(en.ID)] = en.Serial
	}
	var mu sync.Mutex
	var start []func()
	for i := range old + 20 {
		for range 2 {
			start = append(start, func() {
				id := fmt.Sprint("d", i)
				en, err := issue(context.Background(), r, office, id)
				mu.Lock()
				defer mu.Unlock()
				if known, asked := serials[id]; err != nil || asked && known != en.Serial {
					t.Errorf("%s: %d, %v; want %d", id, en.Serial, err, known)
				}
				serials[id] = en.Serial
			})
		}
	}
	// And records, beside them in the same transaction.
	for v := range 3 {
		start = append(start, func() {
			if err := putTask(context.Background(), s.FollowUp(), "t1", "Rà soát", int64(v)); err != nil {
				t.Error(err)
			}
		}, func() {
			err := putTask(context.Background(), s.FollowUp(), "t2", "Rà soát", 7)
			if !errors.Is(err, vanphong.ErrConflict) {
				t.Errorf("a version that there is not: %v", err)
			}
		})
	}
	together(t, s, start...)
	checkWhole(t, s, office, old+20)
}

// A row that was damaged is the error of whoever looks it up, not of those who
// share the transaction, and is not taken for one that is not there.
func TestDamagedRowIsNotMissing(t *testing.T) {
	dsn := newSchema(t)
	s := mustOpen(t, dsn, nil)
	r := openSeries(t, s.Documents(), office)
	for i := range 3 {
		if _, err := issue(context.Background(), r, office, fmt.Sprint("d", i)); err != nil {
			t.Fatal(err)
		}
	}
	execAll(t, rawDB(t, dsn), `UPDATE vp_entries SET body = 'x' WHERE id = 'd1'`)
	errs := make([]error, 6)
	var start []func()
	for i := range errs {
		start = append(start, func() { _, errs[i] = issue(context.Background(), r, office, fmt.Sprint("d", i)) })
	}
	together(t, s, start...)
	for i, err := range errs {
		var row *postgres.RowError
		if got := errors.As(err, &row); got != (i == 1) || (err != nil) != (i == 1) {
			t.Errorf("d%d: %v", i, err)
		}
	}
}

// A transaction that the database refuses as a whole is taken apart: only the
// update to blame fails.
func TestRefusedBatchIsTakenApart(t *testing.T) {
	dsn := newSchema(t)
	s := mustOpen(t, dsn, nil)
	r := openSeries(t, s.Documents(), office)
	execAll(t, rawDB(t, dsn), `CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no'; END $$`,
		`CREATE TRIGGER no BEFORE INSERT ON vp_entries FOR EACH ROW WHEN (NEW.id = 'd7') EXECUTE FUNCTION no()`)
	var mu sync.Mutex
	var failures []error
	var start []func()
	for i := range 20 {
		start = append(start, func() {
			if _, err := issue(context.Background(), r, office, fmt.Sprint("d", i)); err != nil {
				mu.Lock()
				failures = append(failures, err)
				mu.Unlock()
			}
		})
	}
	together(t, s, start...)
	var typed *postgres.Error
	if len(failures) != 1 || !errors.As(failures[0], &typed) || typed.Code != "P0001" {
		t.Fatalf("failures %v, want the one of d7", failures)
	}
	checkWhole(t, s, office, 19)
}

// heldUp begins a transaction of a stranger's that has written for an office
// and does not end until it is told to.
func heldUp(t *testing.T, db *sql.DB, org vanphong.OrgID) *sql.Tx {
	t.Helper()
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = tx.Rollback() })
	if _, err := issue(context.Background(), documents.NewRegistrar(postgres.Within(tx).Documents(), nil), org, "held"); err != nil {
		t.Fatal(err)
	}
	return tx
}

// A caller's transaction that stays open holds up its own office and no other,
// also where there is one connection to write. Those of the office who have a
// deadline leave at it, the others are told who is to blame, and all can read.
func TestOneOfficeHoldsUpNoOther(t *testing.T) {
	dsn := newSchema(t)
	s := mustOpen(t, dsn, &postgres.Options{Writers: 1, Patience: 400 * time.Millisecond})
	const other = vanphong.OrgID("xa-khac")
	r := openSeries(t, s.Documents(), office)
	openSeries(t, s.Documents(), other)
	tx := heldUp(t, rawDB(t, dsn), office)
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	var wg sync.WaitGroup
	wg.Go(func() {
		if _, err := issue(ctx, r, office, "d1"); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("with a deadline: %v", err)
		}
	})
	wg.Go(func() {
		_, err := issue(context.Background(), r, office, "d2")
		if !errors.Is(err, postgres.ErrBusy) || !strings.Contains(err.Error(), "try again") {
			t.Errorf("without a deadline: %v", err)
		}
	})
	time.Sleep(10 * time.Millisecond)
	for i := range 5 {
		if _, err := issue(context.Background(), r, other, fmt.Sprint("x", i)); err != nil {
			t.Errorf("another office: %v", err)
		}
	}
	if _, err := r.Series(context.Background(), office, decisionsOf(office).ID()); err != nil {
		t.Errorf("reading beside the lock: %v", err)
	}
	wg.Wait()
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	if en, err := issue(context.Background(), r, office, "d2"); err != nil || en.Serial != 2 {
		t.Errorf("afterwards: %d, %v", en.Serial, err)
	}
	checkWhole(t, s, office, 2)
	checkWhole(t, s, other, 5)
}

// An update that waits for a caller's transaction sees what that one stored.
func TestWaitsForTheCallersCommit(t *testing.T) {
	dsn := newSchema(t)
	s := mustOpen(t, dsn, nil)
	r := openSeries(t, s.Documents(), office)
	tx := heldUp(t, rawDB(t, dsn), office)
	done := make(chan uint32, 1)
	go func() {
		en, err := issue(context.Background(), r, office, "d1")
		if err != nil {
			t.Error(err)
		}
		done <- en.Serial
	}()
	time.Sleep(1300 * time.Millisecond) // longer than it stands in the server's queue at a time
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	if n := <-done; n != 2 {
		t.Errorf("got number %d, want 2", n)
	}
	checkWhole(t, s, office, 2)
}

// Many offices in one database keep their own count.
func TestManyOffices(t *testing.T) {
	s := mustOpen(t, newSchema(t), nil)
	var wg sync.WaitGroup
	const offices, each = 12, 10
	for o := range offices {
		org := vanphong.OrgID(fmt.Sprint("xa-", o))
		r := openSeries(t, s.Documents(), org)
		for c := range each {
			wg.Go(func() {
				if _, err := issue(context.Background(), r, org, fmt.Sprint("d", c)); err != nil {
					t.Error(err)
				}
			})
		}
	}
	wg.Wait()
	for o := range offices {
		checkWhole(t, s, vanphong.OrgID(fmt.Sprint("xa-", o)), each)
	}
	orgs, err := s.Organisations(context.Background())
	if err != nil || len(orgs) != offices {
		t.Errorf("organisations %v, %v", orgs, err)
	}
}

// A statement that the server works on for too long is given up, with an error
// that says so, and nothing of it is stored. A deadlock with a stranger is
// nobody's error: the store runs the transaction again.
func TestSlowAndEntangledStatements(t *testing.T) {
	dsn := newSchema(t)
	s := mustOpen(t, dsn, &postgres.Options{StatementTimeout: 150 * time.Millisecond})
	r := openSeries(t, s.Documents(), office)
	db := rawDB(t, dsn)
	execAll(t, db, `CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(20); RETURN NEW; END $$`,
		`CREATE TRIGGER slow BEFORE INSERT ON vp_entries FOR EACH ROW EXECUTE FUNCTION slow()`)
	_, err := issue(context.Background(), r, office, "d1")
	if !errors.Is(err, postgres.ErrTimeout) || !strings.Contains(err.Error(), "StatementTimeout") {
		t.Errorf("a slow statement: %v", err)
	}
	execAll(t, db, `DROP TRIGGER slow ON vp_entries`)
	checkWhole(t, s, office, 0)

	s = mustOpen(t, dsn, nil)
	r = documents.NewRegistrar(s.Documents(), nil)
	// Serialization failures and deadlocks come out of nowhere: here from a
	// trigger, the first three times.
	for _, state := range []string{"40001", "40P01", "55P03"} {
		execAll(t, db, `DROP SEQUENCE IF EXISTS tries`, `CREATE SEQUENCE tries`,
			`CREATE OR REPLACE FUNCTION again() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF nextval('tries') < 4 THEN RAISE 'again' USING ERRCODE = '`+state+`'; END IF; RETURN NEW; END $$`,
			`CREATE OR REPLACE TRIGGER again BEFORE INSERT ON vp_entries FOR EACH ROW EXECUTE FUNCTION again()`)
		if _, err := issue(context.Background(), r, office, state); err != nil {
			t.Errorf("%s: %v", state, err)
		}
	}
	checkWhole(t, s, office, 3)
	// One that does not end is somebody else's doing, and the error says so.
	execAll(t, db, `CREATE OR REPLACE FUNCTION again() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'again' USING ERRCODE = '40001'; END $$`)
	s = mustOpen(t, dsn, &postgres.Options{Patience: 50 * time.Millisecond})
	if _, err := issue(context.Background(), documents.NewRegistrar(s.Documents(), nil), office, "never"); !errors.Is(err, postgres.ErrBusy) {
		t.Errorf("again and again: %v", err)
	}
}

// A View sees the state at its beginning, also if an update is made before its
// first read; and in the loop body of a walk, whatever its length, the reader
// answers.
func TestReadsInTheLoopBody(t *testing.T) {
	s := mustOpen(t, newSchema(t), nil)
	r := openSeries(t, s.Documents(), office)
	const n = 1203 // more than two pages, and rows for several journeys
	err := s.Documents().Update(context.Background(), office, func(tx documents.Tx) error {
		for i := range n {
			if err := putInto(tx, documents.EntryID(fmt.Sprintf("d%04d", i))); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	err = s.Documents().View(context.Background(), office, func(v documents.Reader) error {
		if _, err := issue(context.Background(), r, office, "later"); err != nil {
			return err
		}
		if _, err := v.Entry("later"); !errors.Is(err, vanphong.ErrNotFound) {
			t.Errorf("the view sees what came after it: %v", err)
		}
		seen := 0
		for en, err := range v.Entries(documents.Query{}) {
			if err != nil {
				return err
			}
			seen++
			if again, err := v.Entry(en.ID); err != nil || again.Serial != en.Serial || int(en.Serial) != seen {
				t.Fatalf("line %d is %d: %d, %v", seen, en.Serial, again.Serial, err)
			}
			if seen%300 == 1 { // the same walk within itself, left early
				for inner, err := range v.Entries(documents.Query{}) {
					if err != nil || inner.Serial != 1 {
						t.Fatalf("inner walk: %d, %v", inner.Serial, err)
					}
					break
				}
			}
		}
		if seen != n {
			t.Errorf("walked over %d lines, want %d", seen, n)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// After Close every call says so, and nothing waits for ever.
func TestClosed(t *testing.T) {
	s := mustOpen(t, newSchema(t), nil)
	r := openSeries(t, s.Documents(), office)
	for range 2 {
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := issue(context.Background(), r, office, "d1"); !errors.Is(err, vanphong.ErrClosed) {
		t.Errorf("issue: %v", err)
	}
	if _, err := r.Entry(context.Background(), office, "d1"); !errors.Is(err, vanphong.ErrClosed) {
		t.Errorf("entry: %v", err)
	}
}

// A View whose time is up does not wait for a lock that somebody has on a
// whole table, and its connection costs the next one nothing.
func TestViewLeavesALockedTable(t *testing.T) {
	dsn := newSchema(t)
	s := mustOpen(t, dsn, nil)
	r := openSeries(t, s.Documents(), office)
	tx := begin(t, rawDB(t, dsn), nil)
	if _, err := tx.Exec(`LOCK TABLE vp_entries`); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	begun := time.Now()
	if _, err := r.Entry(ctx, office, "d1"); !errors.Is(err, context.DeadlineExceeded) || time.Since(begun) > 10*time.Second {
		t.Errorf("%v after %v", err, time.Since(begun))
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Entry(context.Background(), office, "d1"); !errors.Is(err, vanphong.ErrNotFound) {
		t.Errorf("afterwards: %v", err)
	}
}

// An update of thousands of records is stored whole, over as many journeys as
// it takes, or not at all.
func TestLargeUpdate(t *testing.T) {
	dsn := newSchema(t)
	s := mustOpen(t, dsn, nil)
	const n = 700
	put := func() error {
		return s.FollowUp().Update(context.Background(), office, func(tx followup.Tx) error {
			for i := range n {
				if err := tx.PutTask(followup.Task{ID: followup.TaskID(fmt.Sprintf("t%03d", i)), Org: office, Last: clerk}); err != nil {
					return err
				}
			}
			return nil
		})
	}
	count := func() (n int) {
		for _, err := range s.FollowUp().Changes(context.Background(), office, 0) {
			if err != nil {
				t.Fatal(err)
			}
			n++
		}
		return n
	}
	db := rawDB(t, dsn)
	execAll(t, db, `CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no'; END $$`,
		`CREATE TRIGGER no BEFORE INSERT ON vp_records FOR EACH ROW WHEN (NEW.id = 't555') EXECUTE FUNCTION no()`)
	if err := put(); err == nil || count() != 0 {
		t.Errorf("refused in the middle: %v, %d changes", err, count())
	}
	execAll(t, db, `DROP TRIGGER no ON vp_records`)
	if err := put(); err != nil || count() != n {
		t.Errorf("%v, %d changes, want %d", err, count(), n)
	}
	if err := s.VerifyAll(context.Background()); err != nil {
		t.Error(err)
	}
}
