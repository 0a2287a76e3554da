package sqlcore

import (
	"context"
	"database/sql"
	"iter"
	"slices"
	"strings"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
)

// documentsStore is documents.Store over an access.
type documentsStore struct{ a Access }

// Update implements documents.Store.
//
// The organisation is an argument of every query below: an id means nothing
// without it, and no listing can cross from one office into another.
func (d documentsStore) Update(ctx context.Context, org vanphong.OrgID, fn func(documents.Tx) error) error {
	if err := checkOrg(org); err != nil {
		return err
	}
	// One row struct serves the whole call: done, set when fn returns, is what
	// turns a Tx that was kept into an error instead of a write into a
	// stranger's transaction.
	return d.a.Update(ctx, org, func(w *Work) error {
		tx := &ledgerTx{ledgerReader{scope{ctx: ctx, org: org, w: w}}}
		defer func() { tx.done = true }()
		return fn(tx)
	})
}

// View implements documents.Store.
func (d documentsStore) View(ctx context.Context, org vanphong.OrgID, fn func(documents.Reader) error) error {
	if err := checkOrg(org); err != nil {
		return err
	}
	return d.a.View(ctx, func(w *Work) error {
		r := &ledgerReader{scope{ctx: ctx, org: org, w: w}}
		defer func() { r.done = true }()
		return fn(r)
	})
}

// Every event is a change, so the ledger itself is the stream: there is no
// second table that could disagree with it.
const selectEventChanges = `SELECT cursor, series, entry, at, actor, acting_for FROM vp_events
	WHERE org = ? AND cursor > ? ORDER BY cursor`

// Changes implements documents.Store.
func (d documentsStore) Changes(ctx context.Context, org vanphong.OrgID, after vanphong.Cursor) iter.Seq2[vanphong.Change, error] {
	return changes(ctx, d.a, org, after, func(s *Session, after vanphong.Cursor, limit int) iter.Seq2[vanphong.Change, error] {
		return list(s, "read changes", selectEventChanges+s.d.Limit, []any{string(org), int64(after), limit}, func(r *sql.Rows) (vanphong.Change, error) {
			c := vanphong.Change{Org: org, Kind: documents.RecordEntry}
			var series, at string
			var entry, by sql.NullString
			err := r.Scan(&c.Cursor, &series, &entry, &at, &c.By.ID, &by)
			if err != nil {
				return c, err
			}
			c.ID, c.By.For = entry.String, vanphong.PersonID(by.String)
			// An event without an entry opened or changed the series itself.
			if !entry.Valid {
				c.Kind, c.ID = documents.RecordSeries, series
			}
			c.At, err = readInstant(at)
			return c, err
		})
	})
}

// ledgerReader is documents.Reader.
//
// It holds the scope by value, and so must be passed as a pointer: a copy
// would keep its own done.
type ledgerReader struct{ scope }

// ledgerTx is documents.Tx.
type ledgerTx struct{ ledgerReader }

// Series implements documents.Reader.
func (r *ledgerReader) Series(id documents.SeriesID) (documents.Series, error) {
	if err := r.live(); err != nil {
		return documents.Series{}, err
	}
	row, err := r.w.seriesOf(seriesKey{r.org, id})
	if err != nil {
		return documents.Series{}, err
	}
	if row == nil {
		return documents.Series{}, notFound("series", string(id))
	}
	return row.series, nil
}

// Entry implements documents.Reader.
func (r *ledgerReader) Entry(id documents.EntryID) (documents.Entry, error) {
	if err := r.live(); err != nil {
		return documents.Entry{}, err
	}
	row, err := r.w.entryOf(entryKey{r.org, id})
	if err != nil {
		return documents.Entry{}, err
	}
	if !row.known {
		return documents.Entry{}, notFound("entry", string(id))
	}
	return row.entry, nil
}

const selectAllSeries = `SELECT id, body FROM vp_series WHERE org = ? ORDER BY id`

// AllSeries implements documents.Reader.
func (r *ledgerReader) AllSeries() iter.Seq2[documents.Series, error] {
	return walk(&r.scope, func() iter.Seq2[documents.Series, error] {
		from := list(r.w.s, "read series", selectAllSeries, []any{string(r.org)}, func(rows *sql.Rows) (documents.Series, error) {
			var s documents.Series
			var id, body string
			if err := rows.Scan(&id, &body); err != nil {
				return s, err
			}
			return s, decode("series", id, body, &s)
		})
		var over []documents.Series
		for k, row := range r.w.ledger.series {
			if row.dirty && k.org == r.org {
				over = append(over, row.series)
			}
		}
		byID := func(a, b documents.Series) int { return strings.Compare(string(a.ID), string(b.ID)) }
		slices.SortFunc(over, byID) // they come from a map
		// Of an updated entry or series the database has the old form and the
		// Work the new one: the old is dropped here and the new one comes from
		// over.
		hides := func(s documents.Series) bool {
			row := r.w.ledger.series[seriesKey{r.org, s.ID}]
			return row != nil && row.dirty
		}
		return merge(from, over, hides, byID)
	})
}

const (
	eventFields     = `SELECT cursor, series, seq, kind, serial, entry, actor, acting_for, at, reason, act, salt, digest, prev, hash FROM vp_events WHERE org = ?`
	selectEvents    = eventFields + ` AND series = ? ORDER BY seq`
	selectAllEvents = eventFields + ` ORDER BY series, seq`
)

// Events implements documents.Reader.
func (r *ledgerReader) Events(id documents.SeriesID) iter.Seq2[documents.Event, error] {
	return walk(&r.scope, func() iter.Seq2[documents.Event, error] {
		query, args := selectAllEvents, []any{string(r.org)}
		if id != "" {
			query, args = selectEvents, append(args, string(id))
		}
		from := list(r.w.s, "read events", query, args, func(rows *sql.Rows) (documents.Event, error) {
			return scanEvent(rows, r.org)
		})
		// Events are never replaced, so none of the database's is out of date.
		var over []documents.Event
		for _, ev := range r.w.ledger.events {
			if ev.Org == r.org && (id == "" || ev.Series == id) {
				over = append(over, ev)
			}
		}
		compare := func(a, b documents.Event) int {
			if c := strings.Compare(string(a.Series), string(b.Series)); c != 0 {
				return c
			}
			return int(a.Seq - b.Seq)
		}
		slices.SortFunc(over, compare)
		return merge(from, over, func(documents.Event) bool { return false }, compare)
	})
}

// scanEvent reads an event as it was hashed; what was edited by hand shows
// either here, as a RowError, or in the chain.
func scanEvent(rows *sql.Rows, org vanphong.OrgID) (documents.Event, error) {
	ev := documents.Event{Org: org}
	var kind, at string
	var entry, by, reason, act sql.NullString
	var salt, digest, prev, hash []byte
	err := rows.Scan(&ev.Cursor, &ev.Series, &ev.Seq, &kind, &ev.Serial, &entry, &ev.By.ID, &by, &at, &reason, &act, &salt, &digest, &prev, &hash)
	if err != nil {
		return ev, err
	}
	ev.Entry, ev.By.For, ev.Reason = documents.EntryID(entry.String), vanphong.PersonID(by.String), reason.String
	if err := ev.Kind.UnmarshalText([]byte(kind)); err != nil {
		return ev, err
	}
	if act.Valid {
		if err := decode("vp_events", string(ev.Series), act.String, &ev.Act); err != nil {
			return ev, err
		}
		// The column is NULL or what the store writes, nothing that only decodes
		// alike.
		if again, err := actText(ev.Act); err != nil || again != act.String {
			return ev, &RowError{Table: "vp_events", ID: string(ev.Series), Want: "an act as the store writes it", Err: err}
		}
	}
	// A sum that is too short would be filled up with zeros in silence, and a
	// later check would blame the chain instead of the row.
	for _, f := range []struct{ dst, src []byte }{{ev.Salt[:], salt}, {ev.Digest[:], digest}, {ev.Prev[:], prev}, {ev.Hash[:], hash}} {
		if len(f.src) != len(f.dst) {
			return ev, &RowError{Table: "vp_events", ID: string(ev.Series), Want: "sums of their full length"}
		}
		copy(f.dst, f.src)
	}
	ev.At, err = readInstant(at)
	return ev, err
}

// Append implements documents.Tx.
//
// It trusts no caller to have put the three together rightly: an event that
// names one series and lands in another would prove a number that was never
// given.
func (t *ledgerTx) Append(s documents.Series, ev documents.Event, e documents.Entry) error {
	if err := t.live(); err != nil {
		return err
	}
	// The organisation too: nothing may land in another's books.
	about := ev.Entry != ""
	if ev.Org != t.org || s.ID != ev.Series || e.ID != ev.Entry || about && (e.Org != t.org || e.Series != s.ID || e.Serial != ev.Serial) {
		return vanphong.NewInputError("event", string(ev.Series), "a series, event and entry that belong together, of organisation "+string(t.org), nil)
	}
	return t.w.append(s, ev, e)
}
