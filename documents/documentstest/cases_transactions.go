package documentstest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/internal/exam"
)

// undone runs an Update that must leave nothing behind.
//
// That the next number is 2 is part of it: rows may be gone and the counter still
// moved, which is the gap that nobody can explain.
func undone(d *desk, id documents.SeriesID, update func() error) error {
	d.t.Helper()
	before := d.state()
	err := update()
	if after := d.state(); after != before {
		d.t.Errorf("something was left behind:\n%s\nwant\n%s", after, before)
	}
	if n := d.issue("next", id).Serial; n != 2 {
		d.t.Errorf("the next number is %d, want 2", n)
	}
	d.whole()
	return err
}

// errorUndoes prevents half a registration: the rules refuse the second paper of a
// batch, and the first must not keep a number for something never sent.
func errorUndoes(t T, store documents.Store) {
	d := newDesk(t, store, org)
	id := d.notices()
	d.issue("tb", id)
	mine := errors.New("mine")
	err := undone(d, id, func() error {
		return store.Update(d.ctx, org, func(tx documents.Tx) error {
			// Two appends, because a store that undoes only the last one passes with one.
			d.must(appendNext(tx, org, id, "lost-1"), "append")
			d.must(appendNext(tx, org, id, "lost-2"), "append")
			return mine
		})
	})
	if err != mine {
		t.Errorf("Update returned %v, want the function's own error unchanged", err)
	}
	// Compared with != on purpose: unchanged means not wrapped either.
	if err := store.View(d.ctx, org, func(documents.Reader) error { return mine }); err != mine {
		t.Errorf("View returned %v, want the function's own error unchanged", err)
	}
}

// panicUndoes prevents one faulty screen from taking the whole office down, and from
// leaving a number behind as it goes.
func panicUndoes(t T, store documents.Store) {
	d := newDesk(t, store, org)
	id := d.notices()
	d.issue("tb", id)
	err := undone(d, id, func() (err error) {
		// The exam must survive a store that lets the panic through, to tell of it.
		defer func() {
			if p := recover(); p != nil {
				t.Errorf("the panic %v reached the caller", p)
			}
		}()
		return store.Update(d.ctx, org, func(tx documents.Tx) error {
			d.must(appendNext(tx, org, id, "lost"), "append")
			panic("on purpose")
		})
	})
	// The number was not given, and the caller must be told so.
	if err == nil {
		t.Errorf("Update returned no error for a panic")
	}
}

// cancelUndoes prevents a number nobody holds: the clerk closes the window, and what
// is committed afterwards is seen by no one.
func cancelUndoes(t T, store documents.Store) {
	d := newDesk(t, store, org)
	id := d.notices()
	d.issue("tb", id)
	ctx, cancel := context.WithCancel(d.ctx)
	defer cancel()
	err := undone(d, id, func() error {
		return store.Update(ctx, org, func(tx documents.Tx) error {
			d.must(appendNext(tx, org, id, "lost"), "append")
			// In the middle of the function: the store must look once more before it commits.
			cancel()
			return nil
		})
	})
	wantErr(t, err, context.Canceled, "cancelled within")
	// A context that ended before must not even start the work.
	ran := false
	err = store.Update(ctx, org, func(documents.Tx) error { ran = true; return nil })
	wantErr(t, err, context.Canceled, "cancelled before")
	if ran {
		t.Errorf("the function was run although the context had ended")
	}
}

// twoSeries prevents a decision without its submission: papers that belong together
// are registered in one step, and half of it in two registers is worse than none.
func twoSeries(t T, store documents.Store) {
	d := newDesk(t, store, org)
	a, b := d.notices(), d.open(openRequest("KL"))
	d.must(store.Update(d.ctx, org, func(tx documents.Tx) error {
		return errors.Join(appendNext(tx, org, a, "a-1"), appendNext(tx, org, b, "b-1"))
	}), "both")
	// After the first step: what must stay is both numbers.
	before := d.state()
	wantErr(t, store.Update(d.ctx, org, func(tx documents.Tx) error {
		if err := appendNext(tx, org, a, "a-2"); err != nil {
			return err
		}
		return fmt.Errorf("second series: %w", vanphong.ErrClosed)
	}), vanphong.ErrClosed, "second fails")
	if after := d.state(); after != before {
		t.Errorf("the first series kept its part:\n%s\nwant\n%s", after, before)
	}
	if n := len(d.list(documents.Query{})); n != 2 {
		t.Errorf("%d entries, want 2", n)
	}
}

// noLostUpdate prevents a paper from vanishing: two clerks read the same state, both
// write, and the later one wipes out the line of the earlier.
func noLostUpdate(t T, store documents.Store) {
	// Fewer than in the case of numbers, since each holds its transaction open for a
	// while.
	const callers = 16
	d := newDesk(t, store, org)
	id := d.notices()
	var wg sync.WaitGroup
	for c := range callers {
		wg.Go(func() {
			// Each caller reads, lets the others run, and writes.
			err := store.Update(d.ctx, org, func(tx documents.Tx) error {
				s, err := tx.Series(id)
				if err != nil {
					return err
				}
				// Long enough for others to read the same state, if the store lets them.
				time.Sleep(time.Millisecond)
				s, e, en, err := nextIssue(s, org, fmt.Sprint("tb-", c))
				if err != nil {
					return err
				}
				return tx.Append(s, e, en)
			})
			if err != nil {
				t.Errorf("caller %d: %v (the store repeats what it must)", c, err)
			}
		})
	}
	wg.Wait()
	// Counter, ledger and register are three places in which an update can get lost.
	s, err := d.reg.Series(d.ctx, org, id)
	d.must(err, "series")
	// The ledger has the opening besides the numbers, and Next is one past the last.
	if s.Next != callers+1 || s.Events != callers+1 {
		t.Errorf("next %d, events %d after %d updates; want %d, %d", s.Next, s.Events, callers, callers+1, callers+1)
	}
	if n := len(d.list(documents.Query{})); n != callers {
		t.Errorf("%d entries, want %d", n, callers)
	}
	d.whole()
}

// readsOwnWrites prevents a batch from giving its second paper the number of the
// first.
func readsOwnWrites(t T, store documents.Store) {
	d := newDesk(t, store, org)
	id := d.notices()
	d.issue("tb-1", id)
	d.must(store.Update(d.ctx, org, func(tx documents.Tx) error {
		if err := appendNext(tx, org, id, "tb-2"); err != nil {
			return err
		}
		s, err := tx.Series(id)
		if err != nil || s.Next != 3 || s.Events != 3 {
			t.Errorf("series: next %d, events %d, %v; want 3, 3", s.Next, s.Events, err)
		}
		if en, err := tx.Entry("tb-2"); err != nil || en.Serial != 2 {
			t.Errorf("entry: serial %d, %v; want 2", en.Serial, err)
		}
		if n := len(exam.Collect(t, tx.Entries(documents.Query{Series: id}))); n != 2 {
			t.Errorf("%d entries, want 2", n)
		}
		if n := len(exam.Collect(t, tx.Events(id))); n != 3 {
			t.Errorf("%d events, want 3", n)
		}
		// Each way to read is asked, because each may have forgotten the part not yet
		// committed.
		all := exam.Collect(t, tx.AllSeries())
		if len(all) != 1 || all[0].Next != 3 {
			t.Errorf("all series: %+v, want one, next 3", all)
		}
		for i := range 8 {
			if err := appendOpened(tx, org, fmt.Sprint("nk-", i)); err != nil {
				return err
			}
		}
		all = exam.Collect(t, tx.AllSeries())
		if len(all) != 9 || !slices.IsSortedFunc(all, func(a, b documents.Series) int { return cmp.Compare(a.ID, b.ID) }) {
			t.Errorf("%d series, want 9 in the order of their ids, those of the transaction too", len(all))
		}
		// The third append builds on what the reads above returned.
		return appendNext(tx, org, id, "tb-3")
	}), "update")
	d.whole()
}

// viewIsOneState prevents a report that contradicts itself: the total on page one
// and the list on page two come from before and after somebody's work.
func viewIsOneState(t T, store documents.Store) {
	d := newDesk(t, store, org)
	id := d.notices()
	d.issue("tb-1", id)
	done := make(chan error, 1)
	d.view(func(r documents.Reader) {
		s, err := r.Series(id)
		d.must(err, "series")
		// The writer runs beside the view and not in it: most stores would deadlock
		// otherwise.
		go func() {
			_, err := d.reg.Issue(d.ctx, org, issueRequest("tb-2", id), stamp(2))
			if err == nil {
				_, err = d.reg.Void(d.ctx, org, documents.VoidRequest{ID: "tb-1", Reason: "x"}, stamp(3))
			}
			done <- err
		}()
		// A store may hold the writer back until the view is over.
		select {
		case err := <-done:
			done <- err
		case <-time.After(200 * time.Millisecond):
		}
		again, err := r.Series(id)
		if err != nil || again != s {
			t.Errorf("the series changed within a view: %+v, %v; want %+v", again, err, s)
		}
		if n := len(exam.Collect(t, r.Events(id))); n != 2 {
			t.Errorf("%d events within the view, want 2", n)
		}
		// The void of an old entry is the harder part: its row was there before and must not
		// change.
		list := exam.Collect(t, r.Entries(documents.Query{}))
		if len(list) != 1 || list[0].State != documents.StateIssued {
			t.Errorf("entries within the view: %+v, want one, issued", list)
		}
	})
	// Held back or not, in the end the writer must have got through.
	d.must(<-done, "writer")
	if n := len(d.list(documents.Query{})); n != 2 {
		t.Errorf("%d entries after the view, want 2", n)
	}
}

// refusesWrongSeq prevents a ledger with two lines in one place: a program that read
// yesterday's state must not write over today's.
func refusesWrongSeq(t T, store documents.Store) {
	d := newDesk(t, store, org)
	id := d.notices()
	stale, err := d.reg.Series(d.ctx, org, id)
	d.must(err, "series")
	d.issue("tb-1", id)
	// Behind the ledger's end and beyond it: the second would leave a hole in the
	// ledger.
	for _, events := range []int64{stale.Events, stale.Events + 5} {
		s := stale
		s.Events, s.Next = events, 9
		err := store.Update(d.ctx, org, func(tx documents.Tx) error {
			s, e, en, err := nextIssue(s, org, "tb-9")
			if err != nil {
				return err
			}
			return tx.Append(s, e, en)
		})
		wantErr(t, err, vanphong.ErrConflict, fmt.Sprintf("event %d into a ledger of 2", events+1))
	}
	d.whole()
}

// refusesSerial prevents the double number itself, whichever program asks: an import
// that miscounts must be stopped by the store, since no Registrar stands before it.
func refusesSerial(t T, store documents.Store) {
	d := newDesk(t, store, org)
	id := d.notices()
	d.issue("tb-1", id)
	d.void("tb-1", "hủy") // a number that is void is given all the same
	try := func(within string) {
		t.Helper()
		err := store.Update(d.ctx, org, func(tx documents.Tx) error {
			if within != "" {
				if err := appendNext(tx, org, id, within); err != nil {
					return err
				}
			}
			s, err := tx.Series(id)
			if err != nil {
				return err
			}
			// One less than the next is the number given last.
			s.Next--
			s, e, en, err := nextIssue(s, org, "double")
			if err != nil {
				return err
			}
			return tx.Append(s, e, en)
		})
		wantErr(t, err, vanphong.ErrConflict, "a serial that is given")
	}
	try("")
	try("tb-2") // given in the same transaction
	// The transaction that was refused took number 2 back with it.
	if n := d.issue("tb-3", id).Serial; n != 2 {
		t.Errorf("the next number is %d, want 2", n)
	}
	d.whole()
}

// refusesMove prevents a registered paper from changing its number: the one on the
// paper would then be found by nobody.
func refusesMove(t T, store documents.Store) {
	d := newDesk(t, store, org)
	a, b := d.notices(), d.open(openRequest("KL"))
	d.issue("tb-1", a)
	// Another serial in its own series, and the first serial of another series.
	for _, id := range []documents.SeriesID{a, b} {
		err := store.Update(d.ctx, org, func(tx documents.Tx) error { return appendNext(tx, org, id, "tb-1") })
		wantErr(t, err, vanphong.ErrConflict, "an entry under another serial or series")
	}
	if en, err := d.reg.Entry(d.ctx, org, "tb-1"); err != nil || en.Serial != 1 || en.Series != a {
		t.Errorf("entry is %d of %s, %v", en.Serial, en.Series, err)
	}
	d.whole()
}
