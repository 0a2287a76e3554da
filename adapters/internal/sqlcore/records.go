package sqlcore

import (
	"cmp"
	"context"
	"database/sql"
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/vanphong-go/vanphong"
)

// kind tells how one type of record is stored: what its columns are made of.
// The record itself is stored as its JSON.
//
// A type is described once, for storing, reading, listing and verifying: none
// of the four can forget a column that another one knows.
type kind[T any] struct {
	port, name string
	id         func(*T) string
	org        func(*T) vanphong.OrgID
	version    func(*T) *int64
	last       func(*T) vanphong.Stamp
	// day and until are the first and last day it is listed under.
	day, until func(*T) vanphong.Date
	parent     func(*T) string   // nil: it belongs to nothing
	parts      func(*T) []string // nil: it has none
	check      func(*T) error    // nil: the port asks for none
}

// unset is the day of a record that has none. It sorts first, as the zero Date
// does.
//
// A text and not NULL: databases do not agree on where NULL sorts.
const unset = "0000-00-00"

// dayText must sort as dates do: it is what listings are ordered by.
func dayText(d vanphong.Date) string {
	if d.IsZero() {
		return unset
	}
	return d.String()
}

// firstDay is a bound from which days are asked for, as text; "" if there is none.
// A day that only arithmetic can make has no text: it bounds all that is stored,
// or nothing, and what is let through too much is matched again.
func firstDay(d vanphong.Date) string {
	if _, err := d.MarshalText(); err == nil {
		return d.String()
	} else if d > 0 {
		return "9999-12-31"
	}
	return ""
}

// endDay is the same for a bound before which days are asked for.
func endDay(d vanphong.Date) string {
	if _, err := d.MarshalText(); err == nil {
		return d.String()
	} else if d > 0 {
		return ""
	}
	return "0001-01-01"
}

// row returns the columns of a record.
//
// All come from the record itself and none is handed in beside it: that is
// what lets Verify make them again from the body and compare.
func (k *kind[T]) row(v *T) (*recordRow, error) {
	body, err := encode(k.name, k.id(v), v)
	if err != nil {
		return nil, err
	}
	r := &recordRow{version: *k.version(v), body: body, day: unset, until: unset}
	if k.day != nil {
		r.day = dayText(k.day(v))
		r.until = r.day
	}
	if k.until != nil {
		r.until = dayText(k.until(v))
	}
	if k.parent != nil {
		r.parent = k.parent(v)
	}
	if k.parts != nil {
		r.parts = k.parts(v)
	}
	return r, nil
}

// Decoded afresh for every caller, so that no two share a slice or a map.
func (k *kind[T]) decode(id, body string) (T, error) {
	var v T
	err := decode(k.name, id, body, &v)
	return v, err
}

// get returns a record, or an error that wraps vanphong.ErrNotFound.
func (k *kind[T]) get(sc *scope, id string) (T, error) {
	var zero T
	if err := sc.live(); err != nil {
		return zero, err
	}
	r, err := sc.w.recordOf(recordKey{sc.org, k.name, id})
	if err != nil {
		return zero, err
	}
	if r.version == 0 {
		return zero, notFound(k.name, id)
	}
	return k.decode(id, r.body)
}

// put stores a record as the next version of the one it was made from.
//
// The checks come in the order of the port's exam: may the Tx still be used,
// is the id well formed, is it our organisation's, is the record whole, is it
// the newest.
func (k *kind[T]) put(sc *scope, v T) error {
	if err := sc.live(); err != nil {
		return err
	}
	id := k.id(&v)
	if err := vanphong.CheckID(k.name, id); err != nil {
		return err
	}
	if k.org(&v) != sc.org {
		return vanphong.NewInputError(k.name+".org", string(k.org(&v)), "organisation "+string(sc.org), nil)
	}
	if k.check != nil {
		if err := k.check(&v); err != nil {
			return err
		}
	}
	key := recordKey{sc.org, k.name, id}
	old, err := sc.w.recordOf(key)
	if err != nil {
		return err
	}
	version := k.version(&v)
	// Whoever put the version in between did not know of this change, nor this
	// caller of theirs: one must read again. 0 is for a record that is new.
	if *version != old.version {
		return conflict(k.name+".version", strconv.FormatInt(*version, 10),
			"version "+strconv.FormatInt(old.version, 10)+" of "+id+": read it again")
	}
	*version++
	row, err := k.row(&v)
	if err != nil {
		return err
	}
	row.stored, row.dirty = old.stored, true
	// Parts are not read with a record, since only one that is replaced needs
	// its old ones.
	var oldParts []string
	if k.parts != nil && old.version > 0 {
		before, err := k.decode(id, old.body)
		if err != nil {
			return err
		}
		oldParts = k.parts(&before)
	}
	return sc.w.putRecord(k.port, key, row, oldParts, k.last(&v))
}

// holder returns the record a part stands in.
func (k *kind[T]) holder(sc *scope, part string) (T, error) {
	var zero T
	if err := sc.live(); err != nil {
		return zero, err
	}
	// The organisation is in the key: a part of another one is not found.
	p, err := sc.w.partOf(partKey{sc.org, k.name, part})
	if err != nil {
		return zero, err
	}
	if p.record == "" {
		return zero, notFound("part of a "+k.name, part)
	}
	return k.get(sc, p.record)
}

// filter narrows a walk in the database; what it lets through is matched again
// in Go.
//
// So it may let too much through, but never too little.
type filter struct {
	days   vanphong.Days // at least one of the record's days is in it
	parent string
}

// listed is a record on its way through a walk.
type listed[T any] struct {
	day, id string
	value   T
}

// walk goes over the records of a kind that match, by day, then by id.
func (k *kind[T]) walk(sc *scope, f filter, match func(T) bool) iter.Seq2[T, error] {
	all := walk(sc, func() iter.Seq2[listed[T], error] {
		over, err := k.written(sc)
		if err != nil {
			return failed[listed[T]](err)
		}
		// A record that was put again may have moved to another day, so it is
		// hidden where it was stored and merged in where it is now.
		hides := func(l listed[T]) bool {
			r := sc.w.shelf.records[recordKey{sc.org, k.name, l.id}]
			return r != nil && r.dirty
		}
		return merge(k.stored(sc, f), over, hides, func(a, b listed[T]) int {
			return cmp.Or(strings.Compare(a.day, b.day), strings.Compare(a.id, b.id))
		})
	})
	return func(yield func(T, error) bool) {
		for l, err := range all {
			// An error has no value to match; it ends the walk.
			if err == nil && !match(l.value) {
				continue
			}
			if !yield(l.value, err) || err != nil {
				return
			}
		}
	}
}

// stored asks for overlap: the record's last day is not before the first day
// asked for, and its first day is before the end, which is the day after the
// last.
func (k *kind[T]) stored(sc *scope, f filter) iter.Seq2[listed[T], error] {
	query := `SELECT day, id, body FROM vp_records WHERE org = ? AND kind = ?`
	args := []any{string(sc.org), k.name}
	if from := firstDay(f.days.First); from != "" {
		query, args = query+` AND until >= ?`, append(args, from)
	}
	if end := endDay(f.days.End); end != "" {
		query, args = query+` AND day < ?`, append(args, end)
	}
	if f.parent != "" {
		query, args = query+` AND parent = ?`, append(args, f.parent)
	}
	return list(sc.w.s, "read "+k.name, query+` ORDER BY day, id`, args, func(rows *sql.Rows) (listed[T], error) {
		var l listed[T]
		var body string
		if err := rows.Scan(&l.day, &l.id, &body); err != nil {
			return l, err
		}
		var err error
		l.value, err = k.decode(l.id, body)
		return l, err
	})
}

// written returns the records that this transaction has put, in order.
//
// They are few in a transaction, so they are decoded on demand instead of
// being kept twice.
func (k *kind[T]) written(sc *scope) ([]listed[T], error) {
	var out []listed[T]
	for key, r := range sc.w.shelf.records {
		if !r.dirty || key.org != sc.org || key.kind != k.name {
			continue
		}
		v, err := k.decode(key.id, r.body)
		if err != nil {
			return nil, err
		}
		out = append(out, listed[T]{r.day, key.id, v})
	}
	slices.SortFunc(out, func(a, b listed[T]) int {
		return cmp.Or(strings.Compare(a.day, b.day), strings.Compare(a.id, b.id))
	})
	return out, nil
}

// A cursor counts over all ports of an organisation; within one it grows, with
// gaps.
const selectChanges = `SELECT cursor, kind, id, at, actor, acting_for FROM vp_changes
	WHERE org = ? AND port = ? AND cursor > ? ORDER BY cursor`

// portChanges walks the changes of one port.
func portChanges(ctx context.Context, a Access, port string, org vanphong.OrgID, after vanphong.Cursor) iter.Seq2[vanphong.Change, error] {
	return changes(ctx, a, org, after, func(s *Session, after vanphong.Cursor, limit int) iter.Seq2[vanphong.Change, error] {
		args := []any{string(org), port, int64(after), limit}
		return list(s, "read changes", selectChanges+s.d.Limit, args, func(r *sql.Rows) (vanphong.Change, error) {
			c := vanphong.Change{Org: org}
			var at string
			var by sql.NullString
			if err := r.Scan(&c.Cursor, &c.Kind, &c.ID, &at, &c.By.ID, &by); err != nil {
				return c, err
			}
			c.By.For = vanphong.PersonID(by.String)
			var err error
			c.At, err = readInstant(at)
			return c, err
		})
	})
}

// port is what the stores of whole records have in common.
//
// Two function fields stand for what is different: each port has its own types
// of Tx and Reader, and everything around them is the same.
type port[Tx, Reader any] struct {
	a    Access
	name string
	// tx and reader make the port's own faces of a scope.
	tx     func(*scope) Tx
	reader func(*scope) Reader
}

// Update is the Update of every port of whole records.
func (p *port[Tx, Reader]) Update(ctx context.Context, org vanphong.OrgID, fn func(Tx) error) error {
	if err := checkOrg(org); err != nil {
		return err
	}
	return p.a.Update(ctx, org, func(w *Work) error {
		sc := &scope{ctx: ctx, org: org, w: w}
		// Deferred, for fn may panic or end its goroutine, and its Tx must be
		// dead all the same.
		defer func() { sc.done = true }()
		return fn(p.tx(sc))
	})
}

// View is the View of every port of whole records.
func (p *port[Tx, Reader]) View(ctx context.Context, org vanphong.OrgID, fn func(Reader) error) error {
	if err := checkOrg(org); err != nil {
		return err
	}
	return p.a.View(ctx, func(w *Work) error {
		sc := &scope{ctx: ctx, org: org, w: w}
		defer func() { sc.done = true }()
		return fn(p.reader(sc))
	})
}

// Changes is the Changes of every port of whole records.
func (p *port[Tx, Reader]) Changes(ctx context.Context, org vanphong.OrgID, after vanphong.Cursor) iter.Seq2[vanphong.Change, error] {
	return portChanges(ctx, p.a, p.name, org, after)
}
