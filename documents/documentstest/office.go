package documentstest

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/internal/exam"
)

// The people and organisations of the cases.
// Two committees of the same level: the ones most likely to sit in one database.
const (
	org      vanphong.OrgID = "tinh-uy"
	otherOrg vanphong.OrgID = "thanh-uy"
)

// The instant has nanoseconds so that a store which cuts them is found: the ledger's
// hash is over them. The day is the first of a new term, as offices have it.
var (
	clerk = vanphong.Actor{ID: "van-thu"}
	start = time.Date(2025, 9, 24, 1, 30, 0, 123456789, time.UTC)
	day   = vanphong.MustDate("2025-09-24")
)

// stamp is n minutes after start: the exam reads no clock, so a failure repeats
// exactly.
func stamp(n int) vanphong.Stamp {
	return vanphong.Stamp{By: clerk, At: start.Add(time.Duration(n) * time.Minute)}
}

// openRequest asks for an open-ended series at 01, the usual case on the first day
// of a term. Symbols serve as names, as the default policy has them.
func openRequest(name string) documents.OpenRequest {
	return documents.OpenRequest{
		Key:    documents.SeriesKey{Organ: org, Scope: "nk-2025", Name: name},
		Issuer: "TU", Days: vanphong.Days{First: day},
	}
}

// issueRequest differs by id alone, abstract included, so that entries that were
// mixed up show.
func issueRequest(id string, s documents.SeriesID) documents.IssueRequest {
	return documents.IssueRequest{ID: documents.EntryID(id), Series: s,
		Content: documents.Content{Kind: documents.KindNotice, Day: day, Abstract: "về " + id}}
}

// desk is a Registrar whose errors end the case.
//
// The cases go through a Registrar wherever they can, because a store must serve
// that one; only what a Registrar never does is written by hand.
type desk struct {
	t     T
	ctx   context.Context
	store documents.Store
	reg   *documents.Registrar
	org   vanphong.OrgID
}

// newDesk returns a desk over a store. Two desks on one store are two programs to
// it.
func newDesk(t T, s documents.Store, org vanphong.OrgID) *desk {
	return &desk{t, t.Context(), s, documents.NewRegistrar(s, nil), org}
}

// open opens a series and returns its id.
func (d *desk) open(req documents.OpenRequest) documents.SeriesID {
	d.t.Helper()
	s, err := d.reg.Open(d.ctx, d.org, req, stamp(0))
	d.must(err, "open")
	return s.ID
}

// notices opens the series of thông báo.
func (d *desk) notices() documents.SeriesID { d.t.Helper(); return d.open(openRequest("TB")) }

// issue gives the next number; an error is fatal, for what follows would blame the
// wrong rule.
func (d *desk) issue(id string, s documents.SeriesID) documents.Entry {
	d.t.Helper()
	en, err := d.reg.Issue(d.ctx, d.org, issueRequest(id, s), stamp(1))
	d.must(err, "issue "+id)
	return en
}

// reserve takes the next number with the clerk as its holder, who may then issue it.
func (d *desk) reserve(id string, s documents.SeriesID) documents.Entry {
	d.t.Helper()
	en, err := d.reg.Reserve(d.ctx, d.org, documents.ReserveRequest{ID: documents.EntryID(id), Series: s, Kind: documents.KindNotice, Day: day}, stamp(1))
	d.must(err, "reserve "+id)
	return en
}

// void makes a number void by an event of its own, later than the issue.
func (d *desk) void(id, reason string) documents.Entry {
	d.t.Helper()
	en, err := d.reg.Void(d.ctx, d.org, documents.VoidRequest{ID: documents.EntryID(id), Reason: reason}, stamp(2))
	d.must(err, "void "+id)
	return en
}

// must ends the case at an error of a step that is not under examination.
func (d *desk) must(err error, what string) {
	d.t.Helper()
	if err != nil {
		d.t.Fatalf("%s: %v", what, err)
	}
}

// whole checks that ledger and register of the organisation hold together.
//
// Nearly every case ends with it: a store may give the right answers and still have
// written a ledger that an inspection refuses.
func (d *desk) whole() {
	d.t.Helper()
	if err := d.reg.Verify(d.ctx, d.org); err != nil {
		d.t.Errorf("the ledger does not hold together: %v", err)
	}
}

// view reads within one View.
func (d *desk) view(fn func(documents.Reader)) {
	d.t.Helper()
	d.must(d.store.View(d.ctx, d.org, func(r documents.Reader) error { fn(r); return nil }), "view")
}

// list collects a query within one View.
func (d *desk) list(q documents.Query) (out []documents.Entry) {
	d.t.Helper()
	d.view(func(r documents.Reader) { out = exam.Collect(d.t, r.Entries(q)) })
	return out
}

// changes collects what a mirror would read that stopped at a cursor.
func (d *desk) changes(after vanphong.Cursor) []vanphong.Change {
	d.t.Helper()
	return exam.Collect(d.t, d.store.Changes(d.ctx, d.org, after))
}

// state is everything an organisation has, to compare before and after.
//
// It goes through every listing, changes included: what is left behind may show in
// only one of them. Text is enough, since equal rows print alike.
func (d *desk) state() string {
	d.t.Helper()
	var out string
	d.view(func(r documents.Reader) {
		out = fmt.Sprint(exam.Collect(d.t, r.AllSeries()), exam.Collect(d.t, r.Entries(documents.Query{})), exam.Collect(d.t, r.Events("")))
	})
	return out + fmt.Sprint(d.changes(0))
}

// appendNext appends the issue of the next number, by hand: as Registrar does,
// without its checks.
//
// A Registrar would retry or refuse; here the store itself must.
func appendNext(tx documents.Tx, org vanphong.OrgID, id documents.SeriesID, entry string) error {
	s, err := tx.Series(id)
	if err != nil {
		return err
	}
	s, e, en, err := nextIssue(s, org, entry)
	if err != nil {
		return err
	}
	return tx.Append(s, e, en)
}

// appendOpened opens the series of notices of another term.
func appendOpened(tx documents.Tx, org vanphong.OrgID, scope string) error {
	at := stamp(3)
	key := documents.SeriesKey{Organ: org, Scope: scope, Name: "TB"}
	s := documents.Series{ID: key.ID(), Key: key, System: documents.SystemParty, Issuer: "TU", First: 1, Next: 1,
		Policy: documents.PartyPerSymbol().Version, Days: vanphong.Days{First: day}}
	s, e, err := documents.Seal(s, documents.Event{Org: org, Kind: documents.EventOpened, By: at.By, At: at.At}, documents.Entry{})
	if err != nil {
		return err
	}
	return tx.Append(s, e, documents.Entry{})
}

// nextIssue makes what issuing the next number appends. It believes the series it
// is given, also a stale one: with it a case builds the
// very append that a second program would try.
func nextIssue(s documents.Series, org vanphong.OrgID, entry string) (documents.Series, documents.Event, documents.Entry, error) {
	at := stamp(3)
	e := documents.Event{Org: org, Kind: documents.EventIssued, Serial: s.Next, Entry: documents.EntryID(entry), By: at.By, At: at.At}
	en := documents.Entry{ID: e.Entry, Org: org, Series: s.ID, Serial: s.Next, State: documents.StateIssued, Last: at,
		Number:  documents.Number{System: documents.SystemParty, Serial: s.Next, Code: "TB", Issuer: "TU"},
		Content: documents.Content{Kind: documents.KindNotice, Day: day}}
	s, e, err := documents.Seal(s, e, en)
	return s, e, en, err
}

// wantErr asks for the kind of an error and never for its words, which are the
// adapter's.
func wantErr(t T, err, kind error, what string) {
	t.Helper()
	if !errors.Is(err, kind) {
		t.Errorf("%s: error %v, want one that wraps %v", what, err, kind)
	}
}
