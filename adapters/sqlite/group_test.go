package sqlite_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/adapters/sqlite"
	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/meetings/followup"
)

// together holds the store's writer inside one update, lets start queue more,
// and releases it, so that all of them share the next transaction. It returns
// when the updates have been answered.
func together(t *testing.T, s *sqlite.Store, start ...func()) {
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

// In one transaction: callers that succeed, fail, panic, end their goroutine or
// are cancelled while they run. Only those that succeed leave a number, and
// everybody gets their own answer.
func TestOneFailsAlone(t *testing.T) {
	s := mustOpen(t, newFile(t), nil)
	r := openSeries(t, s.Documents(), office)
	refused := errors.New("refused by the function")
	bad := func(ctx context.Context, end func() error) error {
		return s.Documents().Update(ctx, office, func(tx documents.Tx) error {
			// It writes first, so that there is something to undo.
			if err := putInto(tx, "bad"); err != nil {
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
	var p *sqlite.Panic
	if !errors.As(panicked, &p) || p.Value != "hỏng" || !strings.Contains(string(p.Stack), "TestOneFailsAlone") {
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

// A context that ends after the function has returned, but before anything is
// written, undoes it; those who ran after it and saw its number are run again.
func TestCancelledBeforeTheWrite(t *testing.T) {
	s := mustOpen(t, newFile(t), nil)
	r := openSeries(t, s.Documents(), office)
	ctx, cancel := context.WithCancel(context.Background())
	var first, second error
	ran := make(chan struct{})
	together(t, s,
		func() {
			_, first = issue(ctx, r, office, "cancelled")
			close(ran)
		},
		func() {
			second = s.Documents().Update(context.Background(), office, func(tx documents.Tx) error {
				cancel()
				if _, err := tx.Entry("cancelled"); err == nil {
					return nil // it sees what is about to be undone, and will not the next time
				}
				return putInto(tx, "kept")
			})
		})
	<-ran
	if !errors.Is(first, context.Canceled) || second != nil {
		t.Fatalf("got %v and %v", first, second)
	}
	if en, err := r.Entry(context.Background(), office, "kept"); err != nil || en.Serial != 1 {
		t.Errorf("the one that was run again has %+v, %v", en, err)
	}
	if _, err := r.Entry(context.Background(), office, "cancelled"); !errors.Is(err, vanphong.ErrNotFound) {
		t.Errorf("the cancelled one: %v", err)
	}
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

// What cannot be stored is refused where it is appended, so that nobody else's
// transaction fails for it.
func TestUnstorableEntryIsRefused(t *testing.T) {
	s := mustOpen(t, newFile(t), nil)
	openSeries(t, s.Documents(), office)
	err := s.Documents().Update(context.Background(), office, func(tx documents.Tx) error {
		sr, err := tx.Series(decisionsOf(office).ID())
		if err != nil {
			return err
		}
		en := documents.Entry{ID: "d1", Org: office, Series: sr.ID, Serial: 1, Number: documents.Number{Serial: 1, Issuer: "tu"}, State: 200, Last: clerk}
		ev := documents.Event{Org: office, Series: sr.ID, Seq: sr.Events + 1, Kind: documents.EventIssued, Serial: 1, Entry: "d1", By: clerk.By, At: clerk.At}
		err = tx.Append(sr, ev, en)
		if err == nil {
			t.Error("appended")
		}
		if _, found := tx.Entry("d1"); !errors.Is(found, vanphong.ErrNotFound) {
			t.Errorf("it is half there: %v", found)
		}
		return err
	})
	if !errors.Is(err, vanphong.ErrInvalid) {
		t.Errorf("got %v", err)
	}
	checkWhole(t, s, office, 0)
}

// A caller whose context ends while it waits returns at once and is never run.
func TestCancelledInTheQueue(t *testing.T) {
	s := mustOpen(t, newFile(t), nil)
	inside, release, over := make(chan struct{}), make(chan struct{}), make(chan struct{})
	go func() {
		defer close(over)
		_ = s.FollowUp().Update(context.Background(), office, func(followup.Tx) error {
			close(inside)
			<-release
			return nil
		})
	}()
	<-inside
	ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
	defer cancel()
	ran := false
	// It returns although the transaction before it goes on.
	err := s.FollowUp().Update(ctx, office, func(followup.Tx) error { ran = true; return nil })
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	close(release)
	<-over
	if err := s.Close(); err != nil || ran {
		t.Errorf("closing: %v; run all the same: %v", err, ran)
	}
}

// A transaction that the database refuses as a whole is taken apart: only the
// update to blame fails. Here a stranger has put a row where one of them will.
func TestRefusedBatchIsTakenApart(t *testing.T) {
	path := newFile(t)
	s := mustOpen(t, path, nil)
	r := openSeries(t, s.Documents(), office)
	_, err := rawDB(t, path).Exec(`INSERT INTO vp_entries (org, id, series, slot, organ, serial, state, terms, body) VALUES (?, 'stranger', ?, '0000000099', '', 99, 'issued', '', '{}');
		CREATE TRIGGER t BEFORE INSERT ON vp_entries WHEN NEW.id = 'd7' BEGIN SELECT RAISE(ABORT, 'no'); END`, office, decisionsOf(office).ID())
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	given := map[uint32]bool{}
	var failures []error
	var start []func()
	for i := range 20 {
		start = append(start, func() {
			en, err := issue(context.Background(), r, office, fmt.Sprint("d", i))
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				failures = append(failures, err)
			} else {
				given[en.Serial] = true
			}
		})
	}
	together(t, s, start...)
	var typed *sqlite.Error
	if len(failures) != 1 || !errors.As(failures[0], &typed) {
		t.Fatalf("failures %v, want the one of d7", failures)
	}
	for n := uint32(1); n <= 19; n++ {
		if !given[n] {
			t.Errorf("number %d was not given", n)
		}
	}
}

// Close answers those who wait, refuses those who come, and leaves no goroutine.
func TestCloseLeavesNothing(t *testing.T) {
	before := runtime.NumGoroutine()
	s := mustOpen(t, newFile(t), nil)
	r := openSeries(t, s.Documents(), office)
	var wg sync.WaitGroup
	var mu sync.Mutex
	given := 0
	for c := range 16 {
		wg.Go(func() {
			for i := 0; ; i++ {
				_, err := issue(context.Background(), r, office, fmt.Sprint(c, "-", i))
				if err != nil {
					if !errors.Is(err, vanphong.ErrClosed) {
						t.Error(err)
					}
					return
				}
				mu.Lock()
				given++
				mu.Unlock()
			}
		})
	}
	time.Sleep(30 * time.Millisecond)
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	wg.Wait()
	if err := s.Close(); err != nil {
		t.Errorf("closing again: %v", err)
	}
	if err := s.Documents().View(context.Background(), office, func(documents.Reader) error { return nil }); !errors.Is(err, vanphong.ErrClosed) {
		t.Errorf("View after Close: %v", err)
	}
	for _, err := range s.Documents().Changes(context.Background(), office, 0) {
		if !errors.Is(err, vanphong.ErrClosed) {
			t.Errorf("Changes after Close: %v", err)
		}
	}
	// The pool of the standard library ends its goroutines a moment later.
	for i := 0; runtime.NumGoroutine() > before && i < 200; i++ {
		time.Sleep(5 * time.Millisecond)
	}
	if now := runtime.NumGoroutine(); now > before {
		buf := make([]byte, 1<<16)
		t.Errorf("%d goroutines before, %d after:\n%s", before, now, buf[:runtime.Stack(buf, true)])
	}
	checkWhole(t, mustOpen(t, filepath.Clean(s.Path()), nil), office, given)
}

// A View that ends its goroutine gives its connection back; a reader kept
// beyond its function refuses to read.
func TestViewEndsItsReader(t *testing.T) {
	s := mustOpen(t, newFile(t), nil)
	var kept documents.Reader
	for range 100 { // more than there are connections
		done := make(chan struct{})
		go func() {
			defer close(done)
			_ = s.Documents().View(context.Background(), office, func(r documents.Reader) error { kept = r; runtime.Goexit(); return nil })
		}()
		<-done
	}
	if _, err := kept.Entry("d1"); !errors.Is(err, vanphong.ErrClosed) {
		t.Errorf("a reader after its function: %v", err)
	}
	for _, err := range kept.Entries(documents.Query{}) {
		if !errors.Is(err, vanphong.ErrClosed) {
			t.Errorf("a walk after its function: %v", err)
		}
	}
	err := s.Documents().View(context.Background(), office, func(documents.Reader) error { panic("hỏng") })
	var p *sqlite.Panic
	if !errors.As(err, &p) {
		t.Errorf("a panic in a View: %v", err)
	}
}

// Many offices in one file keep their own count, whoever shares a transaction.
func TestManyOffices(t *testing.T) {
	s := mustOpen(t, newFile(t), nil)
	var wg sync.WaitGroup
	const offices, each = 12, 25
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

// Another process holds the file for longer than anybody wants to wait: those
// who have a deadline leave at it, the others are told who is to blame.
func TestBusyFile(t *testing.T) {
	path := newFile(t)
	s := mustOpen(t, path, &sqlite.Options{Patience: 100 * time.Millisecond})
	r := openSeries(t, s.Documents(), office)
	other := rawDB(t, path)
	if _, err := other.Exec(`BEGIN IMMEDIATE`); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer cancel()
	var wg sync.WaitGroup
	wg.Go(func() {
		if _, err := issue(ctx, r, office, "d1"); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("with a deadline: %v", err)
		}
	})
	wg.Go(func() {
		if _, err := issue(context.Background(), r, office, "d2"); !errors.Is(err, sqlite.ErrBusy) || !strings.Contains(err.Error(), "try again") {
			t.Errorf("without a deadline: %v", err)
		}
	})
	wg.Wait()
	if _, err := r.Series(context.Background(), office, decisionsOf(office).ID()); err != nil {
		t.Errorf("reading beside the lock: %v", err)
	}
	if _, err := other.Exec(`ROLLBACK`); err != nil {
		t.Fatal(err)
	}
	if _, err := issue(context.Background(), r, office, "d2"); err != nil {
		t.Errorf("afterwards: %v", err)
	}
	checkWhole(t, s, office, 1)
}

// A View sees the state at its beginning, also if an update is made before its
// first read.
func TestViewBeginsAtItsBeginning(t *testing.T) {
	s := mustOpen(t, newFile(t), nil)
	r := openSeries(t, s.Documents(), office)
	err := s.Documents().View(context.Background(), office, func(v documents.Reader) error {
		if _, err := issue(context.Background(), r, office, "d1"); err != nil {
			return err
		}
		if _, err := v.Entry("d1"); !errors.Is(err, vanphong.ErrNotFound) {
			t.Errorf("the view sees what came after it: %v", err)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// Offices that share a transaction see nothing of each other, not even what is
// written and not yet committed.
func TestOfficesShareATransactionOnly(t *testing.T) {
	s := mustOpen(t, newFile(t), nil)
	ctx := context.Background()
	r := openSeries(t, s.Documents(), office)
	const other = vanphong.OrgID("xa-khac")
	look := func() error {
		err := s.Documents().Update(ctx, other, func(tx documents.Tx) error {
			seen := len(collect(t, tx.AllSeries())) + len(collect(t, tx.Events(""))) + len(collect(t, tx.Entries(documents.Query{})))
			_, err := tx.Entry("d1")
			if seen != 0 || !errors.Is(err, vanphong.ErrNotFound) {
				return fmt.Errorf("%d rows of another office, its entry: %v", seen, err)
			}
			return nil
		})
		return errors.Join(err, s.FollowUp().Update(ctx, other, func(tx followup.Tx) error {
			_, err := tx.Task("t1")
			if seen := len(collect(t, tx.Tasks(followup.Query{}))); seen != 0 || !errors.Is(err, vanphong.ErrNotFound) {
				return fmt.Errorf("%d tasks of another office, its task: %v", seen, err)
			}
			return nil
		}))
	}
	var start []func()
	for range 8 { // enough to stand behind the writers in the same transaction
		start = append(start, func() {
			if err := look(); err != nil {
				t.Error(err)
			}
		})
	}
	write := func() {
		if _, err := issue(ctx, r, office, "d1"); err != nil {
			t.Error(err)
		}
	}
	put := func() {
		if err := putTask(ctx, s.FollowUp(), "t1", "Rà soát", 0); err != nil {
			t.Error(err)
		}
	}
	together(t, s, append([]func(){write, put}, start...)...)
}

// Updates of thousands of rows share no transaction beyond a bound, and are
// all served.
func TestLargeUpdates(t *testing.T) {
	s := mustOpen(t, newFile(t), nil)
	const updates, each = 5, 2500
	var start []func()
	for u := range updates {
		start = append(start, func() {
			err := s.FollowUp().Update(context.Background(), office, func(tx followup.Tx) error {
				for i := range each {
					if err := tx.PutTask(followup.Task{ID: followup.TaskID(fmt.Sprintf("t%d-%d", u, i)), Org: office, Last: clerk}); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	together(t, s, start...)
	if got := len(collect(t, s.FollowUp().Changes(context.Background(), office, 0))); got != updates*each {
		t.Errorf("%d changes, want %d", got, updates*each)
	}
	if err := s.VerifyAll(context.Background()); err != nil {
		t.Error(err)
	}
}
