package memory

import (
	"iter"
	"maps"
	"slices"
	"strconv"

	"github.com/vanphong-go/vanphong"
)

// Kind is what a table knows of its records.
//
// Clone must reach every slice and map of the record: what comes out is the
// caller's to change.
type Kind[K ~string, V any] struct {
	Name  string // as in vanphong.Change
	Head  func(*V) Head[K]
	Clone func(V) V
	Order func(a, b V) int
	Check func(V) error // what a record must hold besides its head; nil for nothing
}

// Head is the part of a record that all records have.
//
// Version is a pointer into the record, so that Put can count it up in its
// copy.
type Head[K ~string] struct {
	ID      K
	Org     vanphong.OrgID
	Version *int64
	Last    vanphong.Stamp
}

// Table is the records of one kind in a snapshot.
//
// It is a value: cloning one copies the map and no records.
type Table[K ~string, V any] struct {
	kind Kind[K, V]
	rows map[K]V
}

// NewTable returns an empty table. It can be written to once it was cloned.
func NewTable[K ~string, V any](kind Kind[K, V]) Table[K, V] { return Table[K, V]{kind: kind} }

// Clone returns a table that can be written to. The records are shared: they
// are replaced, never written to.
//
// Cost grows with the number of records, once an Update; the store on disk is
// for offices that feel it.
func (t Table[K, V]) Clone() Table[K, V] {
	if t.rows = maps.Clone(t.rows); t.rows == nil {
		t.rows = map[K]V{}
	}
	return t
}

// Get returns a copy of a record, or an error that wraps vanphong.ErrNotFound.
func (t Table[K, V]) Get(tx *Tx, id K) (V, error) {
	var none V
	if err := tx.Open(); err != nil {
		return none, err
	}
	v, ok := t.rows[id]
	if !ok {
		return none, NotFound(t.kind.Name, string(id))
	}
	return t.kind.Clone(v), nil
}

// NotFound is the error about an id that leads to nothing.
//
// It does not say whether another organisation has it.
func NotFound(field, id string) error {
	return vanphong.NewInputError(field, id, "one of this organisation", vanphong.ErrNotFound)
}

// Walk yields copies of the records that match, in the order of their kind.
//
// Matching comes before sorting and copying, for most walks want few of many.
func (t Table[K, V]) Walk(tx *Tx, match func(V) bool) iter.Seq2[V, error] {
	return func(yield func(V, error) bool) {
		if err := tx.Open(); err != nil {
			var none V
			yield(none, err)
			return
		}
		var found []V
		for _, v := range t.rows {
			if match(v) {
				found = append(found, v)
			}
		}
		slices.SortFunc(found, t.kind.Order)
		for _, v := range found {
			if !yield(t.kind.Clone(v), nil) {
				return
			}
		}
	}
}

// Refuse returns the error for which Put refuses a record. The content comes
// before the version: a bad record is bad at any version.
func (t Table[K, V]) Refuse(tx *Tx, v V) error {
	if err := tx.Open(); err != nil {
		return err
	}
	name, head := t.kind.Name, t.kind.Head(&v)
	if err := vanphong.CheckID(name, head.ID); err != nil {
		return err
	}
	if head.Org != tx.Org {
		return vanphong.NewInputError(name+".org", string(head.Org), "the organisation of the transaction, "+string(tx.Org), nil)
	}
	if t.kind.Check != nil {
		if err := t.kind.Check(v); err != nil {
			return err
		}
	}
	old := t.rows[head.ID]
	// A record that is not there is the zero value and has version 0, as the
	// one that is new.
	if given, stored := *head.Version, *t.kind.Head(&old).Version; given != stored {
		return vanphong.NewInputError(name+".version", strconv.FormatInt(given, 10), strconv.FormatInt(stored, 10), vanphong.ErrConflict)
	}
	return nil
}

// Put stores a copy of a record under the next version and adds a line to the
// changes: undone with the transaction, seen only after the commit.
func (t Table[K, V]) Put(tx *Tx, v V) error {
	if err := t.Refuse(tx, v); err != nil {
		return err
	}
	v = t.kind.Clone(v)
	// The head is taken again: it must point into the copy.
	head := t.kind.Head(&v)
	*head.Version++
	t.rows[head.ID] = v
	tx.log = append(tx.log, vanphong.Change{Org: tx.Org, Kind: t.kind.Name, ID: string(head.ID), At: head.Last.At, By: head.Last.By})
	return nil
}
