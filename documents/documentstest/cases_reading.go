package documentstest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/internal/exam"
)

// notFound prevents numbers from nowhere: a series mistyped or not yet opened must
// stop the clerk, and not begin quietly at 01.
func notFound(t T, store documents.Store) {
	d := newDesk(t, store, org)
	d.notices()
	d.view(func(r documents.Reader) {
		_, err := r.Series("không có")
		wantErr(t, err, vanphong.ErrNotFound, "series")
		_, err = r.Entry("không có")
		wantErr(t, err, vanphong.ErrNotFound, "entry")
		// A walk of nothing is empty and no error.
		if n := len(exam.Collect(t, r.Events("không có"))) + len(exam.Collect(t, r.Entries(documents.Query{Series: "không có"}))); n != 0 {
			t.Errorf("%d rows of a series that is not there", n)
		}
	})
	_, err := d.reg.Issue(d.ctx, org, issueRequest("tb", "không có"), stamp(1))
	wantErr(t, err, vanphong.ErrNotFound, "issue")
}

// sameIDs prevents one office from getting the other's paper: both use ids such as
// tb-1, and a store that keys by id alone would answer with what was stored first.
func sameIDs(t T, store documents.Store) {
	a, b := newDesk(t, store, org), newDesk(t, store, otherOrg)
	id := a.notices()
	// The series have one id too, since it is derived from the key.
	if other := b.notices(); other != id {
		t.Fatalf("one key gives two ids")
	}
	a.issue("tb", id)
	a.issue("tb-2", id)
	req := issueRequest("tb", id)
	req.Abstract = "của cơ quan khác"
	en, err := b.reg.Issue(b.ctx, otherOrg, req, stamp(4))
	b.must(err, "issue in the other organisation")
	// Its own count from 01, whatever the neighbour has given.
	if en.Serial != 1 || en.Org != otherOrg {
		t.Errorf("entry %d of %s, want 1 of %s", en.Serial, en.Org, otherOrg)
	}
	if own, err := a.reg.Entry(a.ctx, org, "tb"); err != nil || own.Abstract != "về tb" {
		t.Errorf("own entry is %+v, %v", own, err)
	}
	a.whole()
	b.whole()
}

// noCrossListing prevents a leak: the register of another committee, its abstracts
// and its personnel decisions, on the screen of people who have no business with it.
func noCrossListing(t T, store documents.Store) {
	a, b := newDesk(t, store, org), newDesk(t, store, otherOrg)
	id := a.notices()
	a.issue("tb", id)
	// The other organisation has a row of its own, or an empty answer would prove
	// nothing.
	b.open(openRequest("KL"))
	b.view(func(r documents.Reader) {
		_, err := r.Series(id)
		wantErr(t, err, vanphong.ErrNotFound, "series of another organisation")
		_, err = r.Entry("tb")
		wantErr(t, err, vanphong.ErrNotFound, "entry of another organisation")
		if n := len(exam.Collect(t, r.AllSeries())); n != 1 {
			t.Errorf("%d series, want its own 1", n)
		}
		// Each way to ask, because in SQL each is a condition of its own and may lack the
		// organisation.
		for _, q := range []documents.Query{{}, {Series: id}, {Organ: org}, {Kind: documents.KindNotice}, {State: documents.StateIssued}} {
			if n := len(exam.Collect(t, r.Entries(q))); n != 0 {
				t.Errorf("query %+v: %d entries of another organisation", q, n)
			}
		}
		if n := len(exam.Collect(t, r.Events(id))); n != 0 {
			t.Errorf("%d events of another organisation", n)
		}
		if n := len(exam.Collect(t, r.Events(""))); n != 1 {
			t.Errorf("%d events in all, want its own 1", n)
		}
	})
	// The change feed goes to mirrors outside, so it leaks the farthest.
	for _, c := range b.changes(0) {
		if c.Org != otherOrg || c.ID == "tb" || c.ID == string(id) {
			t.Errorf("change of another organisation: %+v", c)
		}
	}
}

// noCrossWrite prevents one office from spending or cancelling the other's numbers,
// by mistake of configuration or on purpose.
func noCrossWrite(t T, store documents.Store) {
	a, b := newDesk(t, store, org), newDesk(t, store, otherOrg)
	id := a.notices()
	a.issue("tb", id)
	// All of it is compared afterwards, as a write may land where no one looks.
	before := a.state()
	_, err := b.reg.Issue(b.ctx, otherOrg, issueRequest("tb-2", id), stamp(1))
	wantErr(t, err, vanphong.ErrNotFound, "issue into the series of another organisation")
	_, err = b.reg.Void(b.ctx, otherOrg, documents.VoidRequest{ID: "tb", Reason: "x"}, stamp(1))
	wantErr(t, err, vanphong.ErrNotFound, "void of an entry of another organisation")
	s, err := a.reg.Series(a.ctx, org, id)
	a.must(err, "series")
	// Past the Registrar: the border must be the store's own.
	err = store.Update(b.ctx, otherOrg, func(tx documents.Tx) error {
		s, e, en, err := nextIssue(s, otherOrg, "tb-3")
		if err != nil {
			return err
		}
		return tx.Append(s, e, en)
	})
	wantErr(t, err, vanphong.ErrConflict, "append to the ledger of another organisation")
	if after := a.state(); after != before {
		t.Errorf("the organisation was changed from outside:\n%s\nwant\n%s", after, before)
	}
}

// queryFilters prevents a wrong report: a document too many or too few in the
// month's list goes up to the next level under the chief's signature.
func queryFilters(t T, store documents.Store) {
	d := newDesk(t, store, org)
	// A second organ with a series of all kinds, so that organ, series and kind are
	// three different questions.
	congress := openRequest(documents.AllKinds)
	congress.Key.Organ, congress.Policy = "dai-hoi", documents.CongressPolicy().Version
	a, b := d.notices(), d.open(congress)
	issue := func(id string, s documents.SeriesID, k documents.Kind, on vanphong.Date, origin string) {
		t.Helper()
		_, err := d.reg.Issue(d.ctx, org, documents.IssueRequest{ID: documents.EntryID(id), Series: s,
			Content: documents.Content{Kind: k, Day: on, Origin: origin}}, stamp(1))
		d.must(err, id)
	}
	issue("n1", a, documents.KindNotice, day, "kl-1")
	issue("n2", a, documents.KindNotice, day+1, "")
	issue("n3", a, documents.KindNotice, day+2, "kl-1")
	// It has no day, which in a table is a NULL or a zero and easily falls into a
	// period.
	d.reserve("r4", a)
	issue("c1", b, documents.KindNotice, day+1, "")
	issue("c2", b, documents.KindResolution, day+2, "kl-2")
	d.void("n2", "hủy")
	for _, c := range []struct {
		q    documents.Query
		want string
	}{
		{documents.Query{}, "c1 c2 n1 n2 n3 r4"},
		{documents.Query{Series: a}, "n1 n2 n3 r4"},
		{documents.Query{Organ: "dai-hoi"}, "c1 c2"},
		{documents.Query{Kind: documents.KindNotice}, "c1 n1 n2 n3 r4"},
		{documents.Query{Kind: documents.KindResolution}, "c2"},
		{documents.Query{State: documents.StateVoid}, "n2"},
		{documents.Query{State: documents.StateReserved}, "r4"},
		{documents.Query{Origin: "kl-1"}, "n1 n3"},
		// The last day of Days does not belong to it; what has no day yet is
		// in no period.
		{documents.Query{Days: vanphong.Days{First: day, End: day + 2}}, "c1 n1 n2"},
		{documents.Query{Days: vanphong.Days{First: day + 1}}, "c1 c2 n2 n3"},
		{documents.Query{Days: vanphong.Days{End: day + 1}}, "n1"},
		{documents.Query{Series: a, State: documents.StateIssued, Origin: "kl-1", Kind: documents.KindNotice, Organ: org, Days: vanphong.Days{First: day + 1}}, "n3"},
		{documents.Query{Series: b, Organ: org}, ""},
	} {
		var ids []string
		for _, en := range d.list(c.q) {
			ids = append(ids, string(en.ID))
		}
		// Order is another case; here only what is in it counts.
		slices.Sort(ids)
		if got := strings.Join(ids, " "); got != c.want {
			t.Errorf("query %+v: %q, want %q", c.q, got, c.want)
		}
	}
}

// queryOrder prevents a printed register whose pages cannot be checked by eye:
// number 10 between 1 and 2 looks like a gap, and is one the auditor asks about.
func queryOrder(t T, store documents.Store) {
	d := newDesk(t, store, org)
	req := openRequest("TB")
	req.First, req.Basis = 8, "sổ giấy" // 8, 9, 10: the order is of numbers, not of text
	a, b := d.open(req), d.open(openRequest("KL"))
	for i := range 4 {
		d.issue(fmt.Sprint("z-", 9-i), a) // ids run against the serials
		// The two series are written in turn, so the order of writing is not that of the
		// register.
		req := issueRequest(fmt.Sprint("y-", i), b)
		req.Kind = documents.KindConclusion
		_, err := d.reg.Issue(d.ctx, org, req, stamp(1))
		d.must(err, "issue")
	}
	d.void("z-9", "hủy") // a changed entry keeps its place
	list := d.list(documents.Query{})
	// An order over too few rows would pass by chance.
	if len(list) != 8 {
		t.Fatalf("%d entries, want 8", len(list))
	}
	for i := 1; i < len(list); i++ {
		x, y := list[i-1], list[i]
		if x.Series > y.Series || x.Series == y.Series && x.Serial >= y.Serial {
			t.Errorf("entry %s (%d) comes before %s (%d)", x.ID, x.Serial, y.ID, y.Serial)
		}
	}
	d.view(func(r documents.Reader) {
		all := exam.Collect(t, r.AllSeries())
		if len(all) != 2 || all[0].ID >= all[1].ID {
			t.Errorf("series are not in the order of their ids")
		}
	})
}

// leaveEarly prevents an office that hangs: a page shows the first rows and stops
// reading, and a store that keeps its connection then blocks the next clerk.
func leaveEarly(t T, store documents.Store) {
	d := newDesk(t, store, org)
	id := d.notices()
	for i := range 5 {
		d.issue(fmt.Sprint("tb-", i), id)
	}
	d.view(func(r documents.Reader) {
		// More than once, since a leak may need the pool to run out.
		for range 3 {
			for range r.Entries(documents.Query{}) {
				break
			}
			for range r.Events(id) {
				break
			}
			for range r.AllSeries() {
				break
			}
		}
		if n := len(exam.Collect(t, r.Entries(documents.Query{}))); n != 5 {
			t.Errorf("%d entries after walks that were left, want 5", n)
		}
	})
	for range store.Changes(d.ctx, org, 0) {
		break
	}
	// The write would wait for ever behind a walk that still holds the store.
	d.issue("tb-9", id)
}

// changesInOrder prevents a mirror that is wrong: a portal which reads the void
// before the issue shows a cancelled paper as being in force.
func changesInOrder(t T, store documents.Store) {
	d := newDesk(t, store, org)
	id := d.notices()
	// Ids run against the order of commits, so that a feed sorted by id is found.
	d.issue("tb-2", id)
	d.issue("tb-1", id)
	d.void("tb-2", "hủy")
	want := []string{"series " + string(id), "entry tb-2", "entry tb-1", "entry tb-2"}
	var got []string
	var last vanphong.Cursor
	for _, c := range d.changes(0) {
		got = append(got, c.Kind+" "+c.ID)
		if c.Cursor <= last || c.Org != org || c.By != clerk || c.At.IsZero() {
			t.Errorf("change %+v after cursor %d", c, last)
		}
		last = c.Cursor
	}
	if !slices.Equal(got, want) {
		t.Errorf("changes %q, want %q", got, want)
	}
	// A reader may hold an event's cursor and go on from there in the feed.
	var cursors []vanphong.Cursor
	d.view(func(r documents.Reader) {
		for _, e := range exam.Collect(t, r.Events(id)) {
			cursors = append(cursors, e.Cursor)
		}
	})
	for i, c := range d.changes(0) {
		if i >= len(cursors) || c.Cursor != cursors[i] {
			t.Errorf("change %d has cursor %d, its event another", i, c.Cursor)
		}
	}
}

// changesResume prevents a mirror that misses a paper or sends it twice: it was
// stopped for the night and goes on where it stood.
func changesResume(t T, store documents.Store) {
	d := newDesk(t, store, org)
	id := d.notices()
	for i := range 4 {
		d.issue(fmt.Sprint("tb-", i), id)
	}
	all := d.changes(0)
	// The opening of the series and four numbers.
	if len(all) != 5 {
		t.Fatalf("%d changes, want 5", len(all))
	}
	// From every place, because a program may be stopped after any line.
	for i, c := range all {
		if rest := d.changes(c.Cursor); !slices.Equal(rest, all[i+1:]) {
			t.Errorf("after cursor %d: %d changes, want %d", c.Cursor, len(rest), len(all)-i-1)
		}
	}
	d.issue("tb-9", id)
	if rest := d.changes(all[4].Cursor); len(rest) != 1 || rest[0].ID != "tb-9" {
		t.Errorf("after the last cursor: %+v, want the one new change", rest)
	}
}

// changesOnlyCommitted prevents a notice about a number that does not exist:
// recipients are told of a paper whose registration was then undone.
func changesOnlyCommitted(t T, store documents.Store) {
	d := newDesk(t, store, org)
	id := d.notices()
	// Buffered, so that the reader ends even if the store made it wait.
	seen := make(chan int, 1)
	mine := errors.New("mine")
	// The transaction is left open while somebody reads.
	err := store.Update(d.ctx, org, func(tx documents.Tx) error {
		if err := appendNext(tx, org, id, "lost"); err != nil {
			return err
		}
		go func() {
			n := 0
			for range store.Changes(d.ctx, org, 0) {
				n++
			}
			seen <- n
		}()
		// A store may hold the reader back until the transaction is over.
		select {
		case n := <-seen:
			seen <- n
		case <-time.After(200 * time.Millisecond):
		}
		return mine
	})
	if err != mine {
		t.Errorf("Update returned %v, want the function's own error", err)
	}
	// The opening alone, whether the reader waited or not.
	if n := <-seen; n != 1 {
		t.Errorf("%d changes seen while a transaction was open, want the 1 committed", n)
	}
	if n := len(d.changes(0)); n != 1 {
		t.Errorf("%d changes after the rollback, want 1", n)
	}
}
