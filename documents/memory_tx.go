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
	log []appended
	// latest is the last state of each entry in log
	latest map[EntryID]Entry
}

type appended struct {
	series Series
	event  Event
	entry  Entry
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
	tx.log = append(tx.log, appended{s, e, en})
	tx.series[s.ID] = s
	if e.Entry != "" {
		tx.latest[e.Entry] = en
	}
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
	for _, a := range tx.latest {
		if placeOf(a) == placeOf(en) {
			return true
		}
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
	if en, ok := tx.latest[id]; ok && !tx.done {
		return en, nil
	}
	return tx.memoryReader.Entry(id)
}

// Entries implements [Reader]. The committed entries are read unfiltered but for the
// series and the query is applied at the end: an entry that matched before and was
// changed since must be judged by its new state.
func (tx *memoryTx) Entries(q Query) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		all := make([]Entry, 0, len(tx.latest))
		for en, err := range tx.memoryReader.Entries(Query{Series: q.Series}) {
			if err != nil {
				yield(Entry{}, err)
				return
			}
			if _, newer := tx.latest[en.ID]; !newer {
				all = append(all, en)
			}
		}
		all = slices.AppendSeq(all, maps.Values(tx.latest))
		slices.SortFunc(all, func(a, b Entry) int {
			return cmp.Or(cmp.Compare(a.Series, b.Series), compareEntries(a, b))
		})
		for _, en := range all {
			if q.matches(en, tx.series[en.Series]) && !yield(en, nil) {
				return
			}
		}
	}
}

// Events implements [Reader]. A stable sort by series and Seq puts the new events
// behind the old ones of their own ledger, not behind all ledgers.
func (tx *memoryTx) Events(id SeriesID) iter.Seq2[Event, error] {
	return func(yield func(Event, error) bool) {
		var all []Event
		for e, err := range tx.memoryReader.Events(id) {
			if err != nil {
				yield(Event{}, err)
				return
			}
			all = append(all, e)
		}
		for _, a := range tx.log {
			if id == "" || a.event.Series == id {
				all = append(all, a.event)
			}
		}
		slices.SortStableFunc(all, func(a, b Event) int {
			return cmp.Or(cmp.Compare(a.Series, b.Series), cmp.Compare(a.Seq, b.Seq))
		})
		for _, e := range all {
			if !yield(e, nil) {
				return
			}
		}
	}
}
