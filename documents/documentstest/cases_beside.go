package documentstest

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/internal/exam"
)

// insertions is the default policy of an office that allows 15a.
func insertions() documents.Policy {
	p := documents.PartyPerSymbol()
	p.Version, p.Insertions = "exam-insertions-1", true
	return p
}

// newBook opens a series at 12 under that policy: numbers 1 to 11 are in a paper book.
func newBook(t T, s documents.Store) (*desk, documents.SeriesID) {
	d := newDesk(t, s, org)
	d.reg = documents.NewRegistrar(s, &documents.Options{Policies: []documents.Policy{insertions()}})
	req := openRequest("TB")
	req.First, req.Basis, req.Policy = 12, "sổ giấy đến số 11", insertions().Version
	return d, d.open(req)
}

// late registers a number of the paper book.
func (d *desk) late(id string, s documents.SeriesID, serial uint32, suffix string) documents.Entry {
	d.t.Helper()
	en, err := d.reg.Late(d.ctx, d.org, documents.LateRequest{ID: documents.EntryID(id), Series: s, Serial: serial, Suffix: suffix,
		Reason: "sổ giấy", Content: issueRequest(id, s).Content}, stamp(2))
	d.must(err, "late "+id)
	return en
}

// insert puts a number beside another.
func (d *desk) insert(id string, s documents.SeriesID, serial uint32, suffix string) documents.Entry {
	d.t.Helper()
	en, err := d.reg.Insert(d.ctx, d.org, documents.InsertRequest{ID: documents.EntryID(id), Series: s, Serial: serial, Suffix: suffix,
		Reason: "bỏ sót", Content: issueRequest(id, s).Content}, stamp(3))
	d.must(err, "insert "+id)
	return en
}

// besideInOrder prevents a register in which a late line stands where it was written: the
// reader of page one takes its numbers for missing. Rows of the transaction itself are in
// their places too, or a batch would check itself against another book.
func besideInOrder(t T, store documents.Store) {
	d, id := newBook(t, store)
	other := d.open(func() documents.OpenRequest {
		req := openRequest("KL")
		req.Policy = insertions().Version
		return req
	}())
	d.issue("12", id)
	d.issue("13", id)
	// Written against the order of numbers and of suffixes.
	d.insert("12c", id, 12, "c")
	d.late("11", id, 11, "")
	d.insert("12b", id, 12, "b")
	d.late("2", id, 2, "")
	d.late("2a", id, 2, "a")
	d.late("10", id, 10, "")
	d.void("11", "trùng") // a changed entry keeps its place
	want := []string{"2", "2a", "10", "11", "12", "12b", "12c", "13"}
	d.inOrder("committed", d.list(documents.Query{Series: id}), want)
	d.must(store.Update(d.ctx, org, func(tx documents.Tx) error {
		for _, n := range []struct {
			serial uint32
			suffix string
			kind   documents.EventKind
		}{{14, "", documents.EventIssued}, {12, "a", documents.EventInserted}, {1, "", documents.EventLate}, {3, "b", documents.EventLate}, {3, "a", documents.EventLate}} {
			if err := appendBeside(tx, id, fmt.Sprint(n.serial, n.suffix), n.serial, n.suffix, n.kind); err != nil {
				return err
			}
		}
		want = []string{"1", "2", "2a", "3a", "3b", "10", "11", "12", "12a", "12b", "12c", "13", "14"}
		d.inOrder("within the transaction", exam.Collect(t, tx.Entries(documents.Query{Series: id})), want)
		return appendNextOf(tx, org, other, "k1", "KL", documents.KindConclusion)
	}), "update")
	d.inOrder("after it", d.list(documents.Query{Series: id}), want)
	all := d.list(documents.Query{})
	if len(all) != len(want)+1 || !slices.IsSortedFunc(all, func(a, b documents.Entry) int { return strings.Compare(string(a.Series), string(b.Series)) }) {
		t.Errorf("all series: %d entries, want %d by series", len(all), len(want)+1)
	}
	d.whole()
}

// inOrder compares the ids of a listing.
func (d *desk) inOrder(when string, list []documents.Entry, want []string) {
	d.t.Helper()
	var got []string
	for _, en := range list {
		got = append(got, string(en.ID))
	}
	if !slices.Equal(got, want) {
		d.t.Errorf("%s: entries come as %v, want %v", when, got, want)
	}
}

// appendBeside appends a number by hand, as [appendNext] does.
func appendBeside(tx documents.Tx, id documents.SeriesID, entry string, serial uint32, suffix string, kind documents.EventKind) error {
	s, err := tx.Series(id)
	if err != nil {
		return err
	}
	at := stamp(4)
	e := documents.Event{Org: org, Kind: kind, Serial: serial, Entry: documents.EntryID(entry), By: at.By, At: at.At}
	en := documents.Entry{ID: e.Entry, Org: org, Series: id, Serial: serial, State: documents.StateIssued, Last: at,
		Number:  documents.Number{System: documents.SystemParty, Serial: serial, Suffix: suffix, Code: "TB", Issuer: "TU"},
		Content: documents.Content{Kind: documents.KindNotice, Day: day}}
	if s, e, err = documents.Seal(s, e, en); err != nil {
		return err
	}
	return tx.Append(s, e, en)
}

// appendNextOf is appendNext for a series of another kind.
func appendNextOf(tx documents.Tx, org vanphong.OrgID, id documents.SeriesID, entry, symbol string, kind documents.Kind) error {
	s, err := tx.Series(id)
	if err != nil {
		return err
	}
	at := stamp(4)
	e := documents.Event{Org: org, Kind: documents.EventIssued, Serial: s.Next, Entry: documents.EntryID(entry), By: at.By, At: at.At}
	en := documents.Entry{ID: e.Entry, Org: org, Series: id, Serial: s.Next, State: documents.StateIssued, Last: at,
		Number:  documents.Number{System: documents.SystemParty, Serial: s.Next, Code: symbol, Issuer: "TU"},
		Content: documents.Content{Kind: kind, Day: day}}
	if s, e, err = documents.Seal(s, e, en); err != nil {
		return err
	}
	return tx.Append(s, e, en)
}

// refusesSuffix prevents two papers with one number between the others: 15a and 15b are
// two numbers, two 15a are one.
func refusesSuffix(t T, store documents.Store) {
	d, id := newBook(t, store)
	d.issue("12", id)
	d.insert("12a", id, 12, "a")
	d.insert("12b", id, 12, "b") // another suffix is another number
	d.late("3", id, 3, "")
	d.late("3a", id, 3, "a")
	d.void("12a", "chèn nhầm") // void or not, it is given
	for _, n := range []struct {
		serial uint32
		suffix string
		kind   documents.EventKind
	}{{12, "a", documents.EventInserted}, {12, "b", documents.EventInserted}, {3, "", documents.EventLate}, {3, "a", documents.EventLate}, {12, "", documents.EventLate}} {
		what := fmt.Sprint(n.serial, n.suffix)
		err := store.Update(d.ctx, org, func(tx documents.Tx) error { return appendBeside(tx, id, "double", n.serial, n.suffix, n.kind) })
		wantErr(t, err, vanphong.ErrConflict, what+", which is given")
		err = store.Update(d.ctx, org, func(tx documents.Tx) error {
			// 12c stands in this transaction alone.
			if err := appendBeside(tx, id, "first", 12, "c", documents.EventInserted); err != nil {
				return err
			}
			return appendBeside(tx, id, "second", 12, "c", documents.EventInserted)
		})
		wantErr(t, err, vanphong.ErrConflict, "12c twice in one transaction")
	}
	// An entry does not get another suffix either.
	err := store.Update(d.ctx, org, func(tx documents.Tx) error {
		return appendBeside(tx, id, "12b", 12, "d", documents.EventVoided)
	})
	wantErr(t, err, vanphong.ErrConflict, "an entry under another suffix")
	if n := len(d.list(documents.Query{})); n != 5 {
		t.Errorf("%d entries, want 5", n)
	}
	// The run goes on as if nothing stood beside it.
	if n := d.issue("13", id).Serial; n != 13 {
		t.Errorf("the next number is %d, want 13", n)
	}
	d.whole()
}

// actsComeBack prevents a document in force that was repealed: the act is what an office
// shows when it is asked why it no longer follows a paper.
func actsComeBack(t T, store documents.Store) {
	d := newDesk(t, store, org)
	id := d.notices()
	for _, n := range []string{"a", "b", "c"} {
		d.issue(n, id)
	}
	amended, err := d.reg.Amend(d.ctx, org, documents.ActRequest{ID: "a", Act: documents.Act{By: "b", Day: day + 1}, Reason: "theo ý kiến"}, stamp(2))
	d.must(err, "amend")
	repealed, err := d.reg.Repeal(d.ctx, org, documents.ActRequest{ID: "c", Act: documents.Act{Number: "05-QĐ/TW \"a\" <b>", Day: day + 7}}, stamp(3))
	d.must(err, "repeal")
	_, err = d.reg.Hold(d.ctx, org, documents.HoldRequest{ID: "m", Series: id, Day: day, Secrecy: vanphong.Confidential}, stamp(4))
	d.must(err, "hold")
	rc, err := d.reg.Reconcile(d.ctx, org, documents.SecretReport{Series: id, Lines: []documents.SecretLine{{Serial: 4, Used: true}}}, stamp(5))
	d.must(err, "reconcile")
	// What the ledger holds to the byte: an act without its day would end another one.
	want := map[documents.EntryID]documents.Act{"a": amended.Act, "c": repealed.Act, "m": {}}
	d.view(func(r documents.Reader) {
		for _, en := range append(rc.Used, amended, repealed) {
			got, err := r.Entry(en.ID)
			d.must(err, "entry")
			got.Last.At = en.Last.At
			if !reflect.DeepEqual(got, en) || got.Act != want[en.ID] || got.Standing == documents.StandingPlain {
				t.Errorf("entry\n%+v, want\n%+v", got, en)
			}
		}
		acts := map[documents.EntryID]documents.Act{}
		for _, e := range exam.Collect(t, r.Events(id)) {
			if !e.Act.IsZero() {
				acts[e.Entry] = e.Act
			}
		}
		delete(want, "m")
		if !reflect.DeepEqual(acts, want) {
			t.Errorf("the ledger has the acts %v, want %v", acts, want)
		}
	})
	// Asked again after a later step, the ledger is where the act is found.
	_, err = d.reg.Correct(d.ctx, org, documents.ActRequest{ID: "a", Act: documents.Act{By: "b", Day: day + 2}}, stamp(6))
	d.must(err, "correct")
	before := d.state()
	_, err = d.reg.Amend(d.ctx, org, documents.ActRequest{ID: "a", Act: amended.Act, Reason: "theo ý kiến"}, stamp(7))
	d.must(err, "amend again")
	if after := d.state(); after != before {
		t.Errorf("a retry wrote something:\n%s\nwant\n%s", after, before)
	}
	d.whole()
}

// batchChangesInOrder prevents a mirror that reads a batch as it is sorted and not as it
// happened: the void of a paper before the paper itself.
func batchChangesInOrder(t T, store documents.Store) {
	d := newDesk(t, store, org)
	a, b := d.notices(), d.open(openRequest("KL"))
	start := d.changes(0)
	after := start[len(start)-1].Cursor
	d.must(store.Update(d.ctx, org, func(tx documents.Tx) error {
		// From series to series, so that an order by series or by id is another.
		for i := range 3 {
			if err := appendNextOf(tx, org, b, fmt.Sprint("k", 9-i), "KL", documents.KindConclusion); err != nil {
				return err
			}
			if err := appendNext(tx, org, a, fmt.Sprint("t", 9-i)); err != nil {
				return err
			}
		}
		return nil
	}), "batch")
	var got []string
	for _, c := range d.changes(after) {
		if c.Cursor <= after {
			t.Errorf("change %+v after cursor %d", c, after)
		}
		after = c.Cursor
		got = append(got, c.ID)
	}
	if want := []string{"k9", "t9", "k8", "t8", "k7", "t7"}; !slices.Equal(got, want) {
		t.Errorf("changes of one transaction come as %v, want %v", got, want)
	}
	// Each ledger has the cursors of its own events, in order.
	d.view(func(r documents.Reader) {
		for _, id := range []documents.SeriesID{a, b} {
			last := vanphong.Cursor(0)
			for _, e := range exam.Collect(t, r.Events(id)) {
				if e.Cursor <= last {
					t.Errorf("event %d of %s has cursor %d after %d", e.Seq, id, e.Cursor, last)
				}
				last = e.Cursor
			}
		}
	})
	d.whole()
}
