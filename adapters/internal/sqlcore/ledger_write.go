package sqlcore

import (
	"encoding"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
)

// All INSERTs end in VALUES: Session.insert adds the rows. An INSERT and the
// UPDATE of its table name the columns in one order, so that one function
// makes the arguments of both. "events < ?" lets an UPDATE only go forward: a
// stale row changes nothing, which touchOne reports.
const (
	insertSeries = `INSERT INTO vp_series (organ, events, top, body, org, id) VALUES (?,?,?,?,?,?)`
	updateSeries = `UPDATE vp_series SET organ = ?, events = ?, top = ?, body = ? WHERE org = ? AND id = ? AND events < ?`
	insertEvent  = `INSERT INTO vp_events (cursor, org, series, seq, kind, serial, entry, actor, acting_for, at, reason, act, salt, digest, prev, hash) VALUES `
	eventColumns = 16
	insertEntry  = `INSERT INTO vp_entries (series, slot, organ, serial, code, issuer, state, standing, kind, day, origin, terms, body, org, id) VALUES `
	entryColumns = 15
	setEntry     = `UPDATE vp_entries SET series = ?, slot = ?, organ = ?, serial = ?, code = ?, issuer = ?, state = ?, standing = ?, kind = ?, day = ?, origin = ?, terms = ?, body = ?
		WHERE org = ? AND id = ?`
)

// organ and top are columns only to be queried by; the body is the record, and
// Verify compares the two.
func writeSeries(s *Session, k seriesKey, r *seriesRow) error {
	body, err := encode("series", string(k.id), &r.series)
	if err != nil {
		return err
	}
	args := []any{string(r.series.Key.Organ), r.series.Events, null(r.top), body, string(k.org), string(k.id)}
	query := insertSeries
	if r.stored {
		query, args = updateSeries, append(args, r.series.Events)
	}
	return touchOne(s, "write series", query, args)
}

// touchOne runs a statement that must change exactly one row.
func touchOne(s *Session, op, query string, args []any) error {
	return s.write(Write{Query: query, Args: args, op: op, one: true})
}

// insertRows writes n rows by as few statements as the dialect's chunks allow;
// add appends the values of the i-th row.
//
// Fewer, larger statements halve the time of a batch. Each distinct text is a
// prepared statement that is kept, hence few sizes and not any.
func insertRows(s *Session, op, head string, columns, n int, add func(args []any, i int) ([]any, error)) error {
	for i := 0; i < n; {
		// The largest chunk that fits; 1 always does.
		size := 1
		for _, c := range s.d.Chunks {
			if n-i >= c {
				size = c
				break
			}
		}
		args := make([]any, 0, columns*size) // it may be kept
		for end := i + size; i < end; i++ {
			var err error
			if args, err = add(args, i); err != nil {
				return err
			}
		}
		if err := s.write(Write{Query: s.insert(head, size, columns), Args: args, op: op}); err != nil {
			return err
		}
	}
	return nil
}

// insertEvents writes them in the order of their cursors, as they were given.
func insertEvents(s *Session, events []documents.Event) error {
	return insertRows(s, "write events", insertEvent, eventColumns, len(events), func(args []any, i int) ([]any, error) {
		ev := &events[i]
		kind, err := text(ev.Kind)
		if err != nil {
			return nil, err
		}
		act, err := actText(ev.Act)
		return append(args, int64(ev.Cursor), string(ev.Org), string(ev.Series), ev.Seq, kind, int64(ev.Serial),
			null(ev.Entry), string(ev.By.ID), null(ev.By.For), instant(ev.At), null(ev.Reason), act,
			ev.Salt[:], ev.Digest[:], ev.Prev[:], ev.Hash[:]), err
	})
}

func insertEntries(s *Session, rows []*entryRow) error {
	return insertRows(s, "write entries", insertEntry, entryColumns, len(rows), func(args []any, i int) ([]any, error) {
		return appendEntry(args, &rows[i].entry, rows[i].organ, rows[i].body)
	})
}

// updateEntry changes an entry whose state went on: a number held back was
// issued, one that was issued is void. Series and slot stay, see putEntry.
func updateEntry(s *Session, r *entryRow) error {
	args, err := appendEntry(nil, &r.entry, r.organ, r.body)
	if err != nil {
		return err
	}
	return touchOne(s, "write entry", setEntry, args)
}

// appendEntry appends the columns of an entry whose JSON is body.
//
// The order of the columns is that of insertEntry and setEntry, and of the
// comparison in checkEntryColumns.
func appendEntry(args []any, e *documents.Entry, organ vanphong.OrgID, body string) ([]any, error) {
	state, err := text(e.State)
	if err != nil {
		return nil, err
	}
	standing, err := text(e.Standing)
	n := &e.Number
	return append(args, string(e.Series), slotOf(e), string(organ), int64(e.Serial), null(n.Code), null(n.Issuer),
		state, null(standing), null(e.Kind), null(e.Day.String()), null(e.Origin), termsOf(e),
		body, string(e.Org), string(e.ID)), err
}

// text is the code of an enumeration.
func text(v encoding.TextMarshaler) (string, error) {
	b, err := v.MarshalText()
	return string(b), err
}

// actText is the column of what is done to a document in force, NULL for the
// many events that do nothing of the kind.
func actText(a documents.Act) (any, error) {
	if a.IsZero() {
		return nil, nil
	}
	return encode("act", string(a.By), a)
}
