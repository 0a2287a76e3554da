package sqlcore

import (
	"cmp"
	"database/sql"
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"strconv"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
)

// ledger is the part of a Work that belongs to the documents port.
//
// Slots, events and cursor are of this transaction only; series and entries
// also hold what was read, so that a batch of hundreds of numbers on one
// series reads its row once.
type ledger struct {
	series  map[seriesKey]*seriesRow
	entries map[entryKey]*entryRow
	slots   map[slotKey]documents.EntryID // given in this transaction
	events  []documents.Event
	cursors map[vanphong.OrgID]vanphong.Cursor // the last ones given
}

// The keys hold the organisation: one Work serves the functions of several, in
// one transaction, and their ids may be the same.
type seriesKey struct {
	org vanphong.OrgID
	id  documents.SeriesID
}

type entryKey struct {
	org vanphong.OrgID
	id  documents.EntryID
}

type slotKey struct {
	series seriesKey
	slot   string
}

// seriesRow is a series as this transaction sees it. Rows are replaced, never
// changed, so that taking a write back is putting the old row back.
type seriesRow struct {
	series documents.Series
	top    string // the highest slot given
	stored bool   // the database has a row of it
	dirty  bool
}

// entryRow is an entry as this transaction sees it; known says that there is
// one, so that an id found missing is not asked for twice.
type entryRow struct {
	entry         documents.Entry
	organ         vanphong.OrgID // of its series, and
	body          string         // the entry as JSON, if dirty
	born          int            // its place among the new ones, if not stored
	known         bool
	stored, dirty bool
}

func newLedger() ledger {
	return ledger{
		series:  map[seriesKey]*seriesRow{},
		entries: map[entryKey]*entryRow{},
		slots:   map[slotKey]documents.EntryID{},
		cursors: map[vanphong.OrgID]vanphong.Cursor{},
	}
}

// slotOf is the place of an entry in its series, written so that texts sort as
// the register reads: by serial, then by suffix (15, 15a, 16).
//
// Ten digits hold every uint32, the type of a serial. The column is unique
// within a series: it is the last guard against a number given twice (trùng
// số).
func slotOf(e *documents.Entry) string {
	digits := strconv.FormatUint(uint64(e.Serial), 10)
	return "0000000000"[len(digits):] + digits + e.Number.Suffix
}

// Whoever reads a series in order to write will add an event, and so needs the
// organisation's last cursor as well: one question for both.
const (
	selectSeries       = `SELECT body, top FROM vp_series WHERE org = ? AND id = ?`
	selectSeriesCursor = `SELECT body, top, (SELECT max(cursor) FROM vp_events e WHERE e.org = s.org) FROM vp_series s WHERE org = ? AND id = ?`
)

// seriesOf returns the row of a series, nil if there is none.
func (w *Work) seriesOf(k seriesKey) (*seriesRow, error) {
	if r := w.ledger.series[k]; r != nil {
		return r, nil
	}
	var body string
	var top sql.NullString
	var last sql.NullInt64
	query, into := selectSeries, []any{&body, &top}
	_, known := w.ledger.cursors[k.org]
	ask := w.ledger.cursors != nil && !known
	if ask {
		query, into = selectSeriesCursor, append(into, &last)
	}
	found, err := w.s.row("read series", query, []any{string(k.org), string(k.id)}, into...)
	if err != nil || !found {
		return nil, err
	}
	if ask {
		w.ledger.cursors[k.org] = vanphong.Cursor(last.Int64)
	}
	r := &seriesRow{top: top.String, stored: true}
	if err := decode("series", string(k.id), body, &r.series); err != nil {
		return nil, err
	}
	// A Work for reading only has no maps: what it reads is not kept.
	if w.ledger.series != nil {
		w.ledger.series[k] = r
	}
	return r, nil
}

const selectEntry = `SELECT body FROM vp_entries WHERE org = ? AND id = ?`

// entryOf returns the row of an entry, which may say that there is none.
func (w *Work) entryOf(k entryKey) (*entryRow, error) {
	if r := w.ledger.entries[k]; r != nil {
		return r, nil
	}
	// Before it is asked for together with others, which are there.
	if !storable(string(k.id)) {
		return &entryRow{}, nil
	}
	if w.asked != nil {
		w.asked.entries[k] = true
		return nil, errAsked
	}
	var body string
	found, err := w.s.row("read entry", selectEntry, []any{string(k.org), string(k.id)}, &body)
	if err != nil {
		return nil, err
	}
	r := &entryRow{known: found, stored: found}
	if found {
		if err := decode("entry", string(k.id), body, &r.entry); err != nil {
			return nil, err
		}
	}
	if w.ledger.entries != nil {
		w.ledger.entries[k] = r
	}
	return r, nil
}

const selectSlot = `SELECT id FROM vp_entries WHERE org = ? AND series = ? AND slot = ?`

// given returns the entry that has a slot of a series, "" if it is free. A slot
// above the highest one given is free without asking the database, which is
// how almost every number is.
//
// One below it may be free as well: a suffix (15a), or a number that was
// skipped.
func (w *Work) given(r *seriesRow, k slotKey) (documents.EntryID, error) {
	if id, ok := w.ledger.slots[k]; ok {
		return id, nil
	}
	// top is enough because it only grows: no row of vp_entries is ever
	// deleted.
	if r == nil || !r.stored || k.slot > r.top {
		return "", nil
	}
	var id string
	_, err := w.s.row("look up number", selectSlot, []any{string(k.series.org), string(k.series.id), k.slot}, &id)
	return documents.EntryID(id), err
}

// In one organisation: a cursor is a place in its order of commits, so that
// offices which share a database need not wait for each other.
const selectCursor = `SELECT max(cursor) FROM vp_events WHERE org = ?`

func (w *Work) nextCursor(org vanphong.OrgID) (vanphong.Cursor, error) {
	return w.nextOf(w.ledger.cursors, selectCursor, org)
}

// nextOf counts on from the last cursor of an organisation, which is read once
// a transaction: nobody else can add a row while this one holds the lock.
func (w *Work) nextOf(last map[vanphong.OrgID]vanphong.Cursor, query string, org vanphong.OrgID) (vanphong.Cursor, error) {
	if _, known := last[org]; !known {
		var top sql.NullInt64
		if _, err := w.s.row("read cursor", query, []any{string(org)}, &top); err != nil {
			return 0, err
		}
		last[org] = vanphong.Cursor(top.Int64)
	}
	last[org]++
	return last[org], nil
}

// append adds an event; see documents.Tx.
//
// Each change is registered with wrote as it is made, so that a function which
// carries on after an error is undone as well as one that stops.
func (w *Work) append(s documents.Series, ev documents.Event, e documents.Entry) error {
	key := seriesKey{ev.Org, ev.Series}
	old, err := w.seriesOf(key)
	if err != nil {
		return err
	}
	var events int64
	next := &seriesRow{series: s, dirty: true}
	if old != nil {
		events, next.top, next.stored = old.series.Events, old.top, old.stored
	}
	// The optimistic lock of a ledger: the caller counted on the event before
	// this one, so nobody may have been quicker. It also keeps the hash chain
	// without forks.
	if ev.Seq != events+1 {
		return conflict("seq", strconv.FormatInt(ev.Seq, 10), fmt.Sprintf("%d, as the ledger has %d events", events+1, events))
	}
	// An unknown code is refused now, for one function, instead of in flush,
	// for all.
	if _, err := text(ev.Kind); err != nil {
		return err
	}
	if ev.Entry != "" {
		if err := w.putEntry(old, key, s.Key.Organ, e, &next.top); err != nil {
			return err
		}
	}
	if ev.Cursor, err = w.nextCursor(ev.Org); err != nil {
		return err
	}
	w.setSeries(key, next)
	n := len(w.ledger.events)
	w.ledger.events = append(w.ledger.events, ev)
	// Undone last to first, so events has the length it had. The cursor is
	// given up with it: the next function gets it, and cursors stay without a
	// hole, which is what Verify counts on.
	w.wrote(func() { w.ledger.events = w.ledger.events[:n]; w.ledger.cursors[ev.Org]-- })
	return nil
}

// setSeries remembers whether there was a row before: restore has to tell
// "absent" from "known".
func (w *Work) setSeries(k seriesKey, r *seriesRow) {
	old, had := w.ledger.series[k]
	w.ledger.series[k] = r
	w.wrote(func() { restore(w.ledger.series, k, old, had) })
}

// putEntry puts an entry in its slot. An entry keeps its series and number for
// ever (a wrong number is made void, never moved), and a slot has one entry.
func (w *Work) putEntry(series *seriesRow, key seriesKey, organ vanphong.OrgID, e documents.Entry, top *string) error {
	k := entryKey{key.org, e.ID}
	old, err := w.entryOf(k)
	if err != nil {
		return err
	}
	slot := slotOf(&e)
	if old.known {
		if old.entry.Series != e.Series || slotOf(&old.entry) != slot {
			return conflict("entry", string(e.ID), "the series and number it has already")
		}
	} else {
		sk := slotKey{key, slot}
		holder, err := w.given(series, sk)
		if err != nil {
			return err
		}
		if holder != "" {
			return conflict("serial", e.Number.String(), "a number that the series has not given yet")
		}
		w.ledger.slots[sk] = e.ID
		w.wrote(func() { delete(w.ledger.slots, sk) })
	}
	// Encoded now rather than when it is written: an entry that cannot be is
	// then the error of this function alone, not of the whole transaction.
	body, err := encode("entry", string(e.ID), &e)
	if err != nil {
		return err
	}
	*top = max(*top, slot)
	row := &entryRow{entry: e, organ: organ, body: body, born: old.born, known: true, stored: old.stored, dirty: true}
	if !old.known {
		row.born = len(w.ledger.events) + 1
	}
	w.ledger.entries[k] = row
	w.wrote(func() { w.ledger.entries[k] = old })
	return nil
}

// restore puts a map back as it was. A key that was absent must be absent
// again: a nil row in its place would stop it from being read.
func restore[K comparable, V any](m map[K]V, k K, old V, had bool) {
	if had {
		m[k] = old
	} else {
		delete(m, k)
	}
}

// encode is the only way a record becomes a body: Verify compares bodies byte
// for byte, so all must come from the same encoder.
func encode(kind, id string, v any) (string, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return "", fmt.Errorf("%s %q cannot be stored: %w", kind, id, err)
	}
	return string(b), nil
}

// decode is strict about nothing but JSON here; Verify compares the rest. Its
// error is a RowError because only another hand can have spoilt a body that
// encode wrote.
func decode(kind, id, body string, v any) error {
	if err := json.Unmarshal([]byte(body), v); err != nil {
		return &RowError{Table: kind, ID: id, Want: "a record as the store wrote it", Err: err}
	}
	return nil
}

// flush writes events, entries and series. Parents come first, so that foreign
// keys hold at every moment.
//
// Keys are sorted so that one batch always writes the same statements in the
// same order: a failure can be repeated, and two databases fed alike are
// alike.
func (l *ledger) flush(s *Session) error {
	for _, k := range sortedKeys(l.series, compareSeriesKeys) {
		if r := l.series[k]; r.dirty {
			if err := writeSeries(s, k, r); err != nil {
				return err
			}
		}
	}
	if err := insertEvents(s, l.events); err != nil {
		return err
	}
	// Inserts can share a statement, updates cannot.
	var fresh []*entryRow
	for _, k := range sortedKeys(l.entries, compareEntryKeys) {
		r := l.entries[k]
		switch {
		case !r.dirty:
		case r.stored:
			if err := updateEntry(s, r); err != nil {
				return err
			}
		default:
			fresh = append(fresh, r)
		}
	}
	// In the order they were registered, which their lines are numbered by.
	slices.SortFunc(fresh, func(a, b *entryRow) int { return cmp.Compare(a.born, b.born) })
	return insertEntries(s, fresh)
}

// sortedKeys gives maps the order that flush needs.
func sortedKeys[K comparable, V any](m map[K]V, compare func(K, K) int) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, compare)
	return keys
}

func compareSeriesKeys(a, b seriesKey) int {
	return cmp.Or(cmp.Compare(a.org, b.org), cmp.Compare(a.id, b.id))
}

func compareEntryKeys(a, b entryKey) int {
	return cmp.Or(cmp.Compare(a.org, b.org), cmp.Compare(a.id, b.id))
}

// merge walks two ordered sequences as one. from is what the database has;
// over is what the transaction has written, and hides reports which of the
// database's values are out of date.
//
// over must be sorted by compare, or the result is out of order. A value that
// hides drops is in over in its new form, if it still belongs to the listing.
func merge[T any](from iter.Seq2[T, error], over []T, hides func(T) bool, compare func(a, b T) int) iter.Seq2[T, error] {
	if len(over) == 0 && hides == nil {
		return from
	}
	return func(yield func(T, error) bool) {
		for v, err := range from {
			if err != nil {
				yield(v, err)
				return
			}
			if hides(v) {
				continue
			}
			// Strictly before: what is in both was hidden above, so equal
			// never happens.
			for len(over) > 0 && compare(over[0], v) < 0 {
				if !yield(over[0], nil) {
					return
				}
				over = over[1:]
			}
			if !yield(v, nil) {
				return
			}
		}
		for _, v := range over {
			if !yield(v, nil) {
				return
			}
		}
	}
}
