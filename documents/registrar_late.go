package documents

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"github.com/vanphong-go/vanphong"
)

// MaxBatch is how many entries one call registers at most. A book of a province's term
// has some thousand lines; an import of more goes in several calls, which can be
// repeated one by one.
const MaxBatch = 100_000

// LateRequest asks that a number from before the opening of a series be
// registered: one of the paper book that the series goes on from.
type LateRequest struct {
	ID     EntryID  `json:"id"`
	Series SeriesID `json:"series"`
	Serial uint32   `json:"serial"`           // below the number the series was opened at
	Suffix string   `json:"suffix,omitempty"` // as it stands on paper: "a", "bis"
	// Number is the number as it stands on paper, if the series would print it
	// otherwise (08-QĐi/TW): its serial and suffix are those above, and it must read
	// back, see [Number.Check]. The kind is then taken as it is said.
	Number Number `json:"number,omitzero"`
	Reason string `json:"reason"` // why it is registered now
	// Void is why the number is void, if it is: then the entry is registered and
	// made void in one step, and its content may lack kind and day.
	Void string `json:"void,omitempty"`
	Content
}

// RowError says which request of a batch was refused, and why.
type RowError struct {
	Row int // from 0
	ID  EntryID
	Err error
}

// Error tells the row, counted from 1 as people do, its id and the reason.
func (e *RowError) Error() string {
	return fmt.Sprintf("documents: row %d (%q): %v", e.Row+1, e.ID, e.Err)
}

// Unwrap returns the reason.
func (e *RowError) Unwrap() error { return e.Err }

// Late registers a document under a number from before the opening of its
// series (vào sổ muộn), with the reason: the next number and the proof of the run
// are not touched. Asked again with the same request it returns the entry as it is
// now; another under the same id, or a number that is registered already, wraps
// vanphong.ErrConflict. A serial of the run wraps vanphong.ErrOutOfRange, a closed
// series ErrClosed.
//
// The day may be before the first day of the series, since an office opens a series
// on the day it changes over; in a yearly series it is of that year.
func (r *Registrar) Late(ctx context.Context, org vanphong.OrgID, req LateRequest, stamp vanphong.Stamp) (Entry, error) {
	out, err := r.LateAll(ctx, org, []LateRequest{req}, stamp)
	if err != nil {
		// Nobody asked for a batch, so the error does not speak of rows.
		var row *RowError
		if errors.As(err, &row) {
			err = row.Err
		}
		return Entry{}, err
	}
	return out[0], nil
}

// lateRow is a request of a batch with its events.
type lateRow struct {
	LateRequest
	late, void Event
}

// LateAll registers many numbers from before the opening in one step, as an import
// of an old book does: all of them or none, at most [MaxBatch]. It returns the
// entries in the order of the requests. A refusal is a [*RowError]. The whole batch,
// or any part of it, can be asked again.
func (r *Registrar) LateAll(ctx context.Context, org vanphong.OrgID, reqs []LateRequest, stamp vanphong.Stamp) ([]Entry, error) {
	if len(reqs) == 0 {
		return nil, vanphong.NewInputError("requests", "", "at least one", nil)
	}
	if err := vanphong.CheckCount("requests", len(reqs), MaxBatch); err != nil {
		return nil, err
	}
	// Checks and salts come before the transaction, because fn may run again and must
	// then write the same bytes. The guard is asked once for each series.
	rows := make([]lateRow, len(reqs))
	asked := map[SeriesID]Event{}
	for i, req := range reqs {
		// An import of a whole book is one act of one clerk; a guard that writes a log would
		// write it a hundred thousand times.
		base, ok := asked[req.Series]
		if !ok {
			var err error
			if base, err = r.begin(ctx, org, "late", string(req.Series), stamp, EventLate, req.ID); err != nil {
				return nil, &RowError{i, req.ID, err}
			}
			asked[req.Series] = base
		}
		var err error
		if rows[i], err = r.lateRow(req, base); err != nil {
			return nil, &RowError{i, req.ID, err}
		}
	}
	out := make([]Entry, len(rows))
	err := r.store.Update(ctx, org, func(tx Tx) error {
		fresh := make([]bool, len(rows))
		for i, row := range rows {
			var err error
			if out[i], fresh[i], err = r.late(tx, row); err != nil {
				return &RowError{i, row.ID, err}
			}
		}
		// Links are looked up last: a book may have the instrument before its decision. Of a
		// row that was registered before the decision may be void by now.
		for i, en := range out {
			if !fresh[i] || en.Under == "" || en.State == StateVoid {
				continue
			}
			// The policy has been asked already; only the link is left to look up.
			if err := admit(tx, Policy{ContentUpTo: vanphong.TopSecret}, en); err != nil {
				return &RowError{i, en.ID, err}
			}
		}
		return nil
	})
	return settled(out, err)
}

// lateRow checks a request and prepares its events.
func (r *Registrar) lateRow(req LateRequest, base Event) (row lateRow, err error) {
	req.Content = req.Content.composed()
	req.Reason, req.Void, req.Suffix = vanphong.NFC(req.Reason), vanphong.NFC(req.Void), vanphong.NFC(req.Suffix)
	row.LateRequest = req
	check := req.Content.Check
	// The line of a void number may be all that the book has of it.
	if req.Void != "" {
		check = req.Content.checkParts
	}
	if err := check(); err != nil {
		return row, err
	}
	if req.Reason == "" {
		return row, vanphong.NewInputError("reason", "", "why the number is registered now", nil)
	}
	if err := errors.Join(checkText("reason", req.Reason, MaxText), checkText("void", req.Void, MaxText)); err != nil {
		return row, err
	}
	// A number that does not read back could be stored and never be found by what stands
	// on the paper.
	if n := req.Number; !n.IsZero() {
		if n.Serial != req.Serial || n.Suffix != req.Suffix {
			return row, vanphong.NewInputError("number", n.String(), "a number of serial "+strconv.Itoa(int(req.Serial))+req.Suffix, nil)
		}
		if err := n.Check(); err != nil {
			return row, vanphong.NewInputError("number", n.String(), "a number that reads back", err)
		}
	}
	// Two events for a void line: that it was registered, and that it is void. One that
	// said both would be a third way for a number to come into the ledger.
	if row.late, err = r.another(base, EventLate, req.ID); err != nil {
		return row, err
	}
	row.late.Serial, row.late.Reason = req.Serial, req.Reason
	if req.Void == "" {
		return row, nil
	}
	row.void, err = r.another(base, EventVoided, req.ID)
	row.void.Serial, row.void.Reason = req.Serial, req.Void
	return row, err
}

// late registers one row, unless it is there; fresh tells.
func (r *Registrar) late(tx Tx, row lateRow) (en Entry, fresh bool, err error) {
	stored, err := tx.Entry(row.ID)
	if err == nil {
		return stored, false, sameLate(stored, row.LateRequest)
	}
	if !errors.Is(err, vanphong.ErrNotFound) {
		return Entry{}, false, err
	}
	s, p, err := r.besideSeries(tx, row.Series)
	if err != nil {
		return Entry{}, false, err
	}
	// From First on numbers are given, never claimed: that is what the proof of the run
	// rests on.
	if row.Serial == 0 || row.Serial >= s.First {
		return Entry{}, false, vanphong.NewInputError("serial", strconv.Itoa(int(row.Serial)), "a number before "+strconv.Itoa(int(s.First))+", at which series "+s.label()+" was opened", vanphong.ErrOutOfRange)
	}
	if err := lateDay(p, s, row.Day); err != nil {
		return Entry{}, false, err
	}
	if err := p.keeps(row.Content); err != nil {
		return Entry{}, false, err
	}
	n := row.Number
	if n.IsZero() {
		c := row.Content
		if c.Day == 0 {
			c.Day = s.Days.First // a void line without a day: the symbol of the book's time
		}
		if n, err = p.number(s, c, row.Serial, row.Suffix); err != nil {
			return Entry{}, false, err
		}
	}
	en = Entry{ID: row.ID, Org: row.late.Org, Series: s.ID, Serial: row.Serial, Number: n, Content: row.Content}
	if en, err = write(tx, s, row.late, en); err != nil || row.Void == "" {
		return en, true, err
	}
	// The series has moved on by one event; sealed on the old one, the second would not
	// follow the first.
	if s, err = tx.Series(s.ID); err != nil {
		return Entry{}, false, err
	}
	en, err = write(tx, s, row.void, en)
	return en, true, err
}

// besideSeries returns a series that a late or inserted number is written to, with
// its policy.
//
// A closed one is refused: its closing is printed and filed, and a line more would
// make the paper wrong.
func (r *Registrar) besideSeries(tx Reader, id SeriesID) (Series, Policy, error) {
	s, err := findSeries(tx, id, 0)
	if err != nil {
		return s, Policy{}, err
	}
	if s.Closed {
		return s, Policy{}, vanphong.NewInputError("series", s.label(), "an open series: this one is closed and takes no line more", vanphong.ErrClosed)
	}
	p, err := r.policyOf(s)
	return s, p, err
}

// lateDay checks the day of a document from before the opening. The end of a series
// is a border between two terms; its first day may only be the day of changing over.
func lateDay(p Policy, s Series, day vanphong.Date) error {
	switch {
	case day == 0, s.Days.Contains(day):
		return nil
	case day < s.Days.First && (p.Scope != ScopeYear || strconv.Itoa(day.Year()) == s.Key.Scope):
		return nil
	}
	return checkDay(s, day)
}

// sameLate returns an error unless a request repeats the entry stored.
func sameLate(stored Entry, req LateRequest) error {
	if stored.Serial != req.Serial || stored.Number.Suffix != req.Suffix {
		return differs("serial", strconv.Itoa(int(req.Serial))+req.Suffix, strconv.Itoa(int(stored.Serial))+stored.Number.Suffix, stored)
	}
	// Without a number in the request the stored one was made by the policy, which says
	// the same again.
	if !req.Number.IsZero() && stored.Number != req.Number {
		return differs("number", req.Number.String(), stored.Number.String(), stored)
	}
	if err := sameEntry(stored, req.Series, req.Content); err != nil {
		return err
	}
	void := stored.State == StateVoid
	switch {
	// Void since, by a step of its own: the request is still what was registered.
	case void && req.Void == "":
		return nil
	case void && stored.Reason != req.Void, !void && req.Void != "":
		return differs("void", req.Void, stored.Reason, stored)
	case !void && stored.Standing == StandingPlain && stored.Reason != req.Reason:
		return differs("reason", req.Reason, stored.Reason, stored)
	}
	return nil
}

// InsertRequest asks for a number beside one that was given: 15a, 15bis.
type InsertRequest struct {
	ID     EntryID  `json:"id"`
	Series SeriesID `json:"series"`
	Serial uint32   `json:"serial"` // of the number beside which it stands
	Suffix string   `json:"suffix"` // "a", "bis": small letters, or hyphens and full stops with digits
	Reason string   `json:"reason"` // why it stands there
	Content
}

// Insert registers a document under a number put between others (số chèn): one
// that was given, or that is from before the opening, with a suffix. It is refused
// unless the policy of the series allows it: no rule knows such numbers, and each is
// a question at the next inspection. The next number and the proof of the run are
// not touched; proof and closing list every one with its reason.
//
// Asked again with the same request it returns the entry as it is now. A suffix
// that is taken wraps vanphong.ErrConflict, a serial that was not given
// ErrOutOfRange, a closed series ErrClosed.
func (r *Registrar) Insert(ctx context.Context, org vanphong.OrgID, req InsertRequest, stamp vanphong.Stamp) (Entry, error) {
	e, err := r.begin(ctx, org, "insert", string(req.Series), stamp, EventInserted, req.ID)
	if err != nil {
		return Entry{}, err
	}
	req.Content, req.Reason = req.Content.composed(), vanphong.NFC(req.Reason)
	if err := req.Content.Check(); err != nil {
		return Entry{}, err
	}
	if req.Reason == "" {
		return Entry{}, vanphong.NewInputError("reason", "", "why the number is put between others", nil)
	}
	if err := checkText("reason", req.Reason, MaxText); err != nil {
		return Entry{}, err
	}
	if err := checkSuffix(req.Suffix); err != nil {
		return Entry{}, err
	}
	e.Serial, e.Reason = req.Serial, req.Reason
	var out Entry
	err = r.store.Update(ctx, org, func(tx Tx) error {
		stored, err := tx.Entry(req.ID)
		switch {
		case errors.Is(err, vanphong.ErrNotFound):
			out, err = r.insert(tx, req, e)
		case err == nil:
			out, err = stored, sameLate(stored, LateRequest{ID: req.ID, Series: req.Series, Serial: req.Serial, Suffix: req.Suffix, Reason: req.Reason, Content: req.Content})
		}
		return err
	})
	return settled(out, err)
}

// insert writes a number that is not there yet.
func (r *Registrar) insert(tx Tx, req InsertRequest, e Event) (Entry, error) {
	s, p, err := r.besideSeries(tx, req.Series)
	switch {
	case err != nil:
		return Entry{}, err
	// Asked after the retry: what was registered under another policy stays registered.
	case !p.Insertions:
		return Entry{}, vanphong.NewInputError("suffix", req.Suffix, "no suffix: policy "+p.Version+" of series "+s.label()+" does not allow numbers between others", nil)
	case req.Serial == 0 || req.Serial >= s.Next:
		return Entry{}, vanphong.NewInputError("serial", strconv.Itoa(int(req.Serial)), "a number that was given: the next of series "+s.label()+" is "+strconv.Itoa(int(s.Next)), vanphong.ErrOutOfRange)
	}
	// Strictly the days of the series, unlike a late entry: this document is of today's
	// term and stands among its numbers.
	if err := checkDay(s, req.Day); err != nil {
		return Entry{}, err
	}
	n, err := p.number(s, req.Content, req.Serial, req.Suffix)
	if err != nil {
		return Entry{}, err
	}
	en := Entry{ID: req.ID, Org: e.Org, Series: s.ID, Serial: req.Serial, Number: n, Content: req.Content}
	if err := admit(tx, p, en); err != nil {
		return Entry{}, err
	}
	return write(tx, s, e, en)
}

// checkSuffix refuses capitals: 15a and 15A would be two numbers here and one to
// everybody who reads them aloud. The rest is told by the number, which must read
// back.
func checkSuffix(suffix string) error {
	small := func(r rune) bool { return unicode.IsLower(r) || r == '-' || r == '.' || '0' <= r && r <= '9' }
	if suffix == "" || len(suffix) > 12 || suffix != vanphong.NFC(suffix) || strings.ContainsFunc(suffix, func(r rune) bool { return !small(r) }) {
		return vanphong.NewInputError("suffix", suffix, `a suffix in small letters or digits, as in 15a, 15bis, 15-1`, nil)
	}
	return nil
}
