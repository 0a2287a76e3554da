package documents

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"slices"

	"github.com/vanphong-go/vanphong"
)

// memoryTx is a reader of the state at its beginning with what it appended
// since laid over it.
type memoryTx struct {
	*memoryReader
	org vanphong.OrgID
	log []Event
	// latest is the last state of each entry in log, fresh those of them that are
	// new, taken where they stand.
	latest map[EntryID]*Entry
	fresh  []*Entry
	sorted bool // whether fresh is in the order of a register
	taken  map[place]bool
	// births is the cursor at which each entry first stands in log[:listed]
	births map[EntryID]vanphong.Cursor
	listed int
}

// newMemoryTx returns a transaction that has appended nothing yet.
func newMemoryTx(r *memoryReader, org vanphong.OrgID) *memoryTx {
	return &memoryTx{memoryReader: r, org: org, latest: map[EntryID]*Entry{}, taken: map[place]bool{}}
}

// Append implements [Tx].
//
// The cursor is given here although the commit may still fail: with one writer an
// organisation, a number that is not committed is given to the next.
func (tx *memoryTx) Append(s Series, e Event, en Entry) error {
	if err := tx.over(); err != nil {
		return err
	}
	if err := tx.check(s, e, en); err != nil {
		return err
	}
	e.Cursor = tx.now + vanphong.Cursor(len(tx.log)) + 1
	tx.log = append(tx.log, e)
	tx.series[s.ID] = s
	if e.Entry == "" {
		return nil
	}
	// The row is changed where it stands: fresh points at it too.
	// Its place never changes, so the order of fresh holds.
	if row := tx.latest[e.Entry]; row != nil {
		*row = en
		return nil
	}
	if _, err := tx.memoryReader.Entry(e.Entry); err != nil {
		tx.fresh, tx.sorted = append(tx.fresh, &en), false
		tx.taken[placeOf(en)] = true
	}
	tx.latest[e.Entry] = &en
	return nil
}

// check holds the three promises of [Tx]. They are the store's and not the
// Registrar's, because two programs may share a store, and one of them may be an
// import.
func (tx *memoryTx) check(s Series, e Event, en Entry) error {
	if s.ID != e.Series || en.ID != e.Entry || e.Entry != "" && (en.Series != s.ID || en.Serial != e.Serial) {
		return fmt.Errorf("documents: append of %s: series, event and entry do not belong together: %w", e.Series, vanphong.ErrInvalid)
	}
	// A series read before another one wrote to it has the wrong count. Refused here, it
	// cannot overwrite the other's number.
	if stored := tx.series[s.ID]; e.Seq != stored.Events+1 {
		return conflict(s.ID, fmt.Sprintf("event %d after %d", e.Seq, stored.Events))
	}
	if e.Entry == "" {
		return nil
	}
	old, err := tx.Entry(e.Entry)
	if err == nil {
		// A number that moved would leave a gap where it stood and stand on paper under the
		// old one.
		if old.Series != en.Series || old.Serial != en.Serial || old.Number.Suffix != en.Number.Suffix {
			return conflict(s.ID, fmt.Sprintf("entry %q moves from serial %d to %d", en.ID, old.Serial, en.Serial))
		}
		return nil
	}
	if tx.given(en) {
		return conflict(s.ID, fmt.Sprintf("serial %d%s is given already", en.Serial, en.Number.Suffix))
	}
	return nil
}

// given reports whether another entry has the serial and suffix of en.
//
// It asks both what this transaction appended and what was committed: a batch must
// not give one number twice within itself either.
func (tx *memoryTx) given(en Entry) bool {
	if tx.taken[placeOf(en)] {
		return true
	}
	tx.o.mu.RLock()
	defer tx.o.mu.RUnlock()
	return tx.o.given[placeOf(en)]
}

// conflict names series and reason; it has no field, because no caller typed one.
func conflict(id SeriesID, what string) error {
	return fmt.Errorf("documents: series %s: %s: %w", id, what, vanphong.ErrConflict)
}

// Entry implements [Reader]: what was appended before is seen.
func (tx *memoryTx) Entry(id EntryID) (Entry, error) {
	if en := tx.latest[id]; en != nil && !tx.done {
		return *en, nil
	}
	return tx.memoryReader.Entry(id)
}

// Entries implements [Reader].
func (tx *memoryTx) Entries(q Query) iter.Seq2[Entry, error] { return search(q, tx) }

// register lays what was appended over the committed entries. One that was changed
// since keeps its place; new ones are merged in. Nothing is sorted twice: a batch
// that reads as it writes must not cost its square.
func (tx *memoryTx) register(id SeriesID) iter.Seq[*Entry] {
	return func(yield func(*Entry) bool) {
		fresh := tx.freshOf(id)
		for en := range tx.memoryReader.register(id) {
			for len(fresh) > 0 && comparePlaces(fresh[0], en) < 0 {
				if !yield(fresh[0]) {
					return
				}
				fresh = fresh[1:]
			}
			if newer := tx.latest[en.ID]; newer != nil {
				en = newer
			}
			if !yield(en) {
				return
			}
		}
		for _, en := range fresh {
			if !yield(en) {
				return
			}
		}
	}
}

// born finds a new entry by its first event. Only a walk in the order of
// registration asks, and then of every entry: the log is read once for all.
func (tx *memoryTx) born(id EntryID) vanphong.Cursor {
	for ; tx.listed < len(tx.log); tx.listed++ {
		id := tx.log[tx.listed].Entry
		if tx.births == nil {
			tx.births = map[EntryID]vanphong.Cursor{}
		}
		if _, known := tx.births[id]; !known {
			tx.births[id] = tx.log[tx.listed].Cursor
		}
	}
	if c := tx.memoryReader.born(id); c != 0 {
		return c
	}
	return tx.births[id]
}

// comparePlaces is the order of a listing over several series.
func comparePlaces(a, b *Entry) int {
	return cmp.Or(cmp.Compare(a.Series, b.Series), compareEntries(a, b))
}

// freshOf returns the new entries of a series, of all if id is empty, in order. It
// is a copy of the list: a loop body may append.
func (tx *memoryTx) freshOf(id SeriesID) []*Entry {
	if !tx.sorted {
		slices.SortFunc(tx.fresh, comparePlaces)
		tx.sorted = true
	}
	from, to := 0, len(tx.fresh)
	if id != "" {
		from, _ = slices.BinarySearchFunc(tx.fresh, id, func(en *Entry, id SeriesID) int { return cmp.Compare(en.Series, id) })
		to = from
		for to < len(tx.fresh) && tx.fresh[to].Series == id {
			to++
		}
	}
	return slices.Clone(tx.fresh[from:to])
}

// Events implements [Reader]. The new events of a ledger come behind its old ones,
// not behind all ledgers.
func (tx *memoryTx) Events(id SeriesID) iter.Seq2[Event, error] {
	return func(yield func(Event, error) bool) {
		if err := tx.over(); err != nil {
			yield(Event{}, err)
			return
		}
		// The log has the order of writing, which within a ledger is that of Seq.
		added := map[SeriesID][]Event{}
		for _, e := range tx.log {
			if id == "" || e.Series == id {
				added[e.Series] = append(added[e.Series], e)
			}
		}
		ids := tx.ledgers(id)
		if id == "" {
			ids = slices.AppendSeq(ids, maps.Keys(added))
			slices.Sort(ids)
			ids = slices.Compact(ids)
		}
		for _, id := range ids {
			for _, events := range [...][]Event{tx.eventsOf(id), added[id]} {
				for _, e := range events {
					if !yield(e, nil) {
						return
					}
				}
			}
		}
	}
}
