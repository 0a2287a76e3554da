package sqlcore

import (
	"crypto/sha256"
	"encoding/binary"
	"slices"

	"github.com/vanphong-go/vanphong"
)

// shelf is the part of a Work that belongs to the ports of whole records.
//
// As in ledger, records, parts and heads also cache what was read; changes are
// of this transaction only.
type shelf struct {
	records map[recordKey]*recordRow
	parts   map[partKey]*partRow
	heads   map[headKey]*headRow
	changes []change
	cursors map[vanphong.OrgID]vanphong.Cursor // the last ones given
}

// The organisation is part of every key, as in ledger.
type recordKey struct {
	org      vanphong.OrgID
	kind, id string
}

// recordRow is a record as this transaction sees it. Rows are replaced, never
// changed.
type recordRow struct {
	version            int64 // 0 if there is no such record
	day, until, parent string
	body               string
	parts              []string
	stored, dirty      bool
}

type partKey struct {
	org        vanphong.OrgID
	kind, part string
}

// partRow says which record a part stands in, "" if in none.
//
// stored is what the database has, so that flush knows whether to insert, move
// or delete.
type partRow struct{ record, stored string }

type headKey struct {
	org  vanphong.OrgID
	port string
}

// headRow is the last link of a port's chain in one organisation. Without it a
// chain could be shortened at its end and still be whole.
type headRow struct {
	seq           int64
	hash          [sha256.Size]byte
	stored, dirty bool
}

// change is one row of vp_changes.
type change struct {
	vanphong.Change
	port               string
	seq, version       int64
	digest, prev, hash [sha256.Size]byte
}

func newShelf() shelf {
	return shelf{
		records: map[recordKey]*recordRow{},
		parts:   map[partKey]*partRow{},
		heads:   map[headKey]*headRow{},
		cursors: map[vanphong.OrgID]vanphong.Cursor{},
	}
}

// sum is the hash of a change: over every column but the cursor, which the
// database's order gives, and over the hash before it.
//
// The cursor depends on what other organisations wrote in between, and a chain
// must be provable alone. The layout is fixed for ever: a change of it would
// call every chain that is stored false.
func (c *change) sum() [sha256.Size]byte {
	b := make([]byte, 0, 512)
	add := func(s string) {
		// Length first, so that no two rows write the same bytes.
		b = binary.BigEndian.AppendUint32(b, uint32(len(s)))
		b = append(b, s...)
	}
	for _, s := range []string{string(c.Org), c.port, c.Kind, c.ID, string(c.By.ID), string(c.By.For), instant(c.At)} {
		add(s)
	}
	b = binary.BigEndian.AppendUint64(b, uint64(c.seq))
	b = binary.BigEndian.AppendUint64(b, uint64(c.version))
	b = append(b, c.digest[:]...)
	b = append(b, c.prev[:]...)
	return sha256.Sum256(b)
}

const selectRecord = `SELECT version, body FROM vp_records WHERE org = ? AND kind = ? AND id = ?`

// recordOf returns the row of a record as this transaction sees it. Only what
// put has to compare is read; the other columns are made anew on a write.
func (w *Work) recordOf(k recordKey) (*recordRow, error) {
	if r := w.shelf.records[k]; r != nil {
		return r, nil
	}
	// Before it is asked for together with others, which are there.
	if !storable(k.id) {
		return &recordRow{}, nil
	}
	if w.asked != nil {
		w.asked.records[k] = true
		return nil, errAsked
	}
	r := &recordRow{}
	// A missing record is kept as version 0, so that asking for it twice costs
	// one query.
	var err error
	r.stored, err = w.s.row("read "+k.kind, selectRecord, []any{string(k.org), k.kind, k.id}, &r.version, &r.body)
	if err != nil {
		return nil, err
	}
	if w.shelf.records != nil {
		w.shelf.records[k] = r
	}
	return r, nil
}

const selectPart = `SELECT record FROM vp_parts WHERE org = ? AND kind = ? AND part = ?`

func (w *Work) partOf(k partKey) (*partRow, error) {
	if r := w.shelf.parts[k]; r != nil {
		return r, nil
	}
	if w.asked != nil {
		return nil, errAsked
	}
	r := &partRow{}
	// An absent row leaves stored "", which is no record's id.
	_, err := w.s.row("look up part", selectPart, []any{string(k.org), k.kind, k.part}, &r.stored)
	if err != nil {
		return nil, err
	}
	r.record = r.stored
	if w.shelf.parts != nil {
		w.shelf.parts[k] = r
	}
	return r, nil
}

// Read once a transaction; the write lock keeps it current.
const selectHead = `SELECT seq, hash FROM vp_heads WHERE org = ? AND port = ?`

func (w *Work) headOf(k headKey) (*headRow, error) {
	if h := w.shelf.heads[k]; h != nil {
		return h, nil
	}
	h := &headRow{}
	var hash []byte
	var err error
	h.stored, err = w.s.row("read head", selectHead, []any{string(k.org), k.port}, &h.seq, &hash)
	if err != nil {
		return nil, err
	}
	copy(h.hash[:], hash)
	w.shelf.heads[k] = h
	return h, nil
}

const selectChangeCursor = `SELECT max(cursor) FROM vp_changes WHERE org = ?`

// nextChange counts apart from nextCursor: the ledger's stream and that of the
// records are two, each without a hole.
func (w *Work) nextChange(org vanphong.OrgID) (vanphong.Cursor, error) {
	return w.nextOf(w.shelf.cursors, selectChangeCursor, org)
}

// putRecord writes a record whose version the caller has checked, its parts
// and its change. oldParts are the parts of the record it replaces.
//
// The change is made here and nowhere else, so that no record can be put
// without one.
func (w *Work) putRecord(port string, k recordKey, r *recordRow, oldParts []string, last vanphong.Stamp) error {
	if err := w.putParts(k, oldParts, r.parts); err != nil {
		return err
	}
	hk := headKey{k.org, port}
	head, err := w.headOf(hk)
	if err != nil {
		return err
	}
	c := change{
		Change: vanphong.Change{Org: k.org, Kind: k.kind, ID: k.id, At: last.At, By: last.By},
		port:   port, seq: head.seq + 1, version: r.version,
		digest: sha256.Sum256([]byte(r.body)), prev: head.hash,
	}
	if c.Cursor, err = w.nextChange(k.org); err != nil {
		return err
	}
	// Last of all, for the hash is over every field set above.
	c.hash = c.sum()
	// The row as it was, not merely "absent": the next function of the batch
	// must see the version that this one started from.
	n, old := len(w.shelf.changes), w.shelf.records[k]
	w.shelf.changes = append(w.shelf.changes, c)
	w.shelf.heads[hk] = &headRow{seq: c.seq, hash: c.hash, stored: head.stored, dirty: true}
	w.shelf.records[k] = r
	w.wrote(func() {
		w.shelf.changes, w.shelf.heads[hk], w.shelf.records[k] = w.shelf.changes[:n], head, old
		w.shelf.cursors[k.org]--
	})
	return nil
}

// putParts moves the parts of a record from old to now.
//
// A row of the weekly schedule that moves to another week must leave the first
// in the same Update: in two of them, it would be announced twice and lead to
// one meeting.
func (w *Work) putParts(k recordKey, old, now []string) error {
	set := func(part, record string) error {
		pk := partKey{k.org, k.kind, part}
		was, err := w.partOf(pk)
		if err != nil {
			return err
		}
		if record != "" && was.record != "" && was.record != k.id {
			return conflict("part", part, "an id that stands in no other "+k.kind+"; this one stands in "+was.record)
		}
		if was.record != record {
			w.shelf.parts[pk] = &partRow{record: record, stored: was.stored}
			w.wrote(func() { w.shelf.parts[pk] = was })
		}
		return nil
	}
	// The new ones first, then those that are gone. A part in both lists is
	// not touched, so that a week published again with one row changed writes
	// one part.
	for _, part := range now {
		if err := set(part, k.id); err != nil {
			return err
		}
	}
	for _, part := range old {
		if !slices.Contains(now, part) {
			if err := set(part, ""); err != nil {
				return err
			}
		}
	}
	return nil
}

// "version < ?" and "seq < ?" let an UPDATE only go forward, as in
// ledger_write.go.
const (
	insertRecord  = `INSERT INTO vp_records (version, day, until, parent, body, org, kind, id) VALUES (?,?,?,?,?,?,?,?)`
	updateRecord  = `UPDATE vp_records SET version = ?, day = ?, until = ?, parent = ?, body = ? WHERE org = ? AND kind = ? AND id = ? AND version < ?`
	insertPart    = `INSERT INTO vp_parts (org, kind, part, record) VALUES (?,?,?,?)`
	updatePart    = `UPDATE vp_parts SET record = ? WHERE org = ? AND kind = ? AND part = ?`
	deletePart    = `DELETE FROM vp_parts WHERE org = ? AND kind = ? AND part = ?`
	insertChange  = `INSERT INTO vp_changes (cursor, org, port, seq, kind, id, version, digest, actor, acting_for, at, prev, hash) VALUES `
	changeColumns = 13
	insertHead    = `INSERT INTO vp_heads (seq, hash, org, port) VALUES (?,?,?,?)`
	updateHead    = `UPDATE vp_heads SET seq = ?, hash = ? WHERE org = ? AND port = ? AND seq < ?`
)

// flush writes records before parts, whose foreign key leads to them. Rows of
// one table do not depend on each other, and cursors were given before, so the
// order of a map will do.
func (l *shelf) flush(s *Session) error {
	for k, r := range l.records {
		if !r.dirty {
			continue
		}
		query := insertRecord
		args := []any{r.version, r.day, r.until, null(r.parent), r.body, string(k.org), k.kind, k.id}
		if r.stored {
			query, args = updateRecord, append(args, r.version)
		}
		if err := touchOne(s, "write "+k.kind, query, args); err != nil {
			return err
		}
	}
	// Also those that moved and moved back: writePart compares with what is
	// stored.
	for k, r := range l.parts {
		if err := writePart(s, k, r); err != nil {
			return err
		}
	}
	if err := l.flushChanges(s); err != nil {
		return err
	}
	for k, h := range l.heads {
		if !h.dirty {
			continue
		}
		query, args := insertHead, []any{h.seq, h.hash[:], string(k.org), k.port}
		if h.stored {
			query, args = updateHead, append(args, h.seq)
		}
		if err := touchOne(s, "write head", query, args); err != nil {
			return err
		}
	}
	return nil
}

// writePart brings one part from where it is stored to where it now belongs.
func writePart(s *Session, k partKey, r *partRow) error {
	org := string(k.org)
	switch {
	case r.record == r.stored:
		return nil
	case r.stored == "":
		return touchOne(s, "write part", insertPart, []any{org, k.kind, k.part, r.record})
	case r.record == "":
		return touchOne(s, "remove part", deletePart, []any{org, k.kind, k.part})
	}
	return touchOne(s, "write part", updatePart, []any{r.record, org, k.kind, k.part})
}

// They stand in the order of their cursors, which is the order the functions
// ran in.
func (l *shelf) flushChanges(s *Session) error {
	return insertRows(s, "write changes", insertChange, changeColumns, len(l.changes), func(args []any, i int) ([]any, error) {
		c := &l.changes[i]
		return append(args, int64(c.Cursor), string(c.Org), c.port, c.seq, c.Kind, c.ID, c.version, c.digest[:],
			string(c.By.ID), null(c.By.For), instant(c.At), c.prev[:], c.hash[:]), nil
	})
}
