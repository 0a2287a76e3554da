package documents

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"maps"
	"slices"
	"sync"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/internal/memory"
)

// Memory is a [Store] in memory: for tests, for programs that keep nothing,
// and as the measure that every adapter's exam is written against. The zero
// Memory is empty and ready.
//
// Each organisation has one writer at a time; what it appends is invisible
// until it is committed in one step. A View reads the state at its beginning
// and never waits for a writer that is at work.
type Memory struct {
	mu      sync.Mutex
	offices map[vanphong.OrgID]*office
}

// NewMemory returns an empty store.
func NewMemory() *Memory { return &Memory{} }

// office is the records of one organisation.
//
// Organisations share nothing but the map they stand in, so one office never waits
// for another and no listing can cross.
type office struct {
	writer chan struct{} // held by the Update at work; a channel, so that waiting can be cancelled

	mu      sync.RWMutex // guards what follows; held for moments only
	series  map[SeriesID]Series
	events  map[SeriesID][]Event // append-only
	entries map[EntryID]*record
	bySer   map[SeriesID][]*record // in the order of a register; what a slice holds never changes
	given   map[place]bool         // what must never be given again
	changes []vanphong.Change      // append-only
}

// record is an entry with its earlier states: a View that began before a
// commit goes on seeing the state before it.
type record struct {
	born     vanphong.Cursor // of the event that registered it
	versions []version
}

// A version is an entry from the commit at cursor since onwards.
type version struct {
	since vanphong.Cursor
	entry Entry
}

// place is a number in a series: what two entries can never share.
type place struct {
	series SeriesID
	serial uint32
	suffix string
}

// placeOf includes the suffix: 15a after 15 is another number of the same serial.
func placeOf(en Entry) place { return place{en.Series, en.Serial, en.Number.Suffix} }

// at returns the entry as it stood at a cursor.
//
// It searches backwards, because nearly every reader wants the newest state.
func (r *record) at(c vanphong.Cursor) (Entry, bool) {
	for i := len(r.versions) - 1; i >= 0; i-- {
		if r.versions[i].since <= c {
			return r.versions[i].entry, true
		}
	}
	return Entry{}, false
}

// office returns the records of an organisation and makes room for a new one. The
// room is made for readers too: a View of an unknown organisation is empty and no
// error.
func (m *Memory) office(org vanphong.OrgID) *office {
	m.mu.Lock()
	defer m.mu.Unlock()
	o := m.offices[org]
	if o == nil {
		if m.offices == nil {
			m.offices = map[vanphong.OrgID]*office{}
		}
		o = &office{
			writer:  make(chan struct{}, 1),
			series:  map[SeriesID]Series{},
			events:  map[SeriesID][]Event{},
			entries: map[EntryID]*record{},
			bySer:   map[SeriesID][]*record{},
			given:   map[place]bool{},
		}
		m.offices[org] = o
	}
	return o
}

// Update implements [Store].
//
// There is one writer at a time, so fn runs once; adapters on SQL may have to run it
// again.
func (m *Memory) Update(ctx context.Context, org vanphong.OrgID, fn func(Tx) error) error {
	if err := vanphong.CheckID("org", org); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	o := m.office(org)
	select {
	// A mutex could not be left when the context ends, and a cancelled request would
	// hang behind a slow one.
	case o.writer <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-o.writer }()

	tx := newMemoryTx(o.snapshot(), org)
	// A Tx kept beyond fn would append to a transaction that nobody commits any more.
	defer func() { tx.done = true }()
	if err := memory.Guard(func() error { return fn(tx) }); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	o.commit(tx)
	return nil
}

// View implements [Store].
func (m *Memory) View(ctx context.Context, org vanphong.OrgID, fn func(Reader) error) error {
	if err := vanphong.CheckID("org", org); err != nil {
		return err
	}
	// The caller may have gone while fn ran. Committed now, the number would belong to
	// nobody.
	if err := ctx.Err(); err != nil {
		return err
	}
	r := m.office(org).snapshot()
	// No lock is held while fn runs: the snapshot is enough, writers go on.
	defer func() { r.done = true }()
	return memory.Guard(func() error { return fn(r) })
}

// Changes implements [Store].
func (m *Memory) Changes(ctx context.Context, org vanphong.OrgID, after vanphong.Cursor) iter.Seq2[vanphong.Change, error] {
	// The slice may be read after the lock is given back: lines are only ever added behind it.
	return memory.Changes(ctx, org, after, func() []vanphong.Change {
		o := m.office(org)
		o.mu.RLock()
		defer o.mu.RUnlock()
		return o.changes
	})
}

// snapshot returns a reader of the state now. Only the series are copied: entries
// have versions and events are append-only, so a cursor is enough to cut both. The
// cost is one copy of the series, of which an office has tens, not of the register.
func (o *office) snapshot() *memoryReader {
	o.mu.RLock()
	defer o.mu.RUnlock()
	return &memoryReader{
		o:      o,
		now:    vanphong.Cursor(len(o.changes)),
		series: maps.Clone(o.series),
	}
}

// commit makes what a transaction appended visible, all at once under the lock. It
// cannot fail: all that can be refused was refused by Append.
func (o *office) commit(tx *memoryTx) {
	// Readers that came by way of Update write nothing and must not wait for the lock.
	if len(tx.log) == 0 {
		return
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, e := range tx.log {
		o.series[e.Series] = tx.series[e.Series]
		o.events[e.Series] = append(o.events[e.Series], e)
		// One line an event: an event about an entry changes the series too, and a second
		// line would make a mirror read the same step twice.
		change := vanphong.Change{Cursor: e.Cursor, Org: tx.org, Kind: RecordSeries, ID: string(e.Series), At: e.At, By: e.By}
		if e.Entry != "" {
			change.Kind, change.ID = RecordEntry, string(e.Entry)
			if o.entries[e.Entry] == nil {
				o.entries[e.Entry] = &record{born: e.Cursor}
			}
		}
		o.changes = append(o.changes, change)
	}
	// Of an entry that took several steps only the last state is ever seen, since a view
	// begins before the commit or after it.
	fresh := map[SeriesID][]*record{}
	for id, en := range tx.latest {
		rec := o.entries[id]
		if len(rec.versions) == 0 {
			fresh[en.Series] = append(fresh[en.Series], rec)
			o.given[placeOf(*en)] = true
		}
		rec.versions = append(rec.versions, version{tx.now + 1, *en})
	}
	for id, recs := range fresh {
		o.bySer[id] = file(o.bySer[id], recs)
	}
}

// file puts new records among those of a series, in the order of a register.
//
// Numbers of the run come behind all others. Late and inserted ones do not: then
// there is a new slice, because a reader may be walking the old one.
func file(old, fresh []*record) []*record {
	slices.SortStableFunc(fresh, compareRecords)
	if len(old) == 0 || compareRecords(old[len(old)-1], fresh[0]) < 0 {
		return append(old, fresh...)
	}
	out := make([]*record, 0, len(old)+len(fresh))
	for len(old) > 0 && len(fresh) > 0 {
		from := &old
		if compareRecords(fresh[0], old[0]) < 0 {
			from = &fresh
		}
		out, *from = append(out, (*from)[0]), (*from)[1:]
	}
	return append(append(out, old...), fresh...)
}

// compareRecords goes by the first version: an entry never changes its place.
func compareRecords(a, b *record) int {
	return compareEntries(&a.versions[0].entry, &b.versions[0].entry)
}

// memoryReader reads the state of an office at a cursor.
type memoryReader struct {
	o      *office
	now    vanphong.Cursor
	series map[SeriesID]Series
	done   bool
}

// over returns an error once the function that got the reader has returned. The
// snapshot would still answer, but an SQL store could not: what works here must work
// there.
func (r *memoryReader) over() error {
	if r.done {
		return fmt.Errorf("documents: transaction used after its end: %w", vanphong.ErrClosed)
	}
	return nil
}

// Series implements [Reader].
func (r *memoryReader) Series(id SeriesID) (Series, error) {
	if err := r.over(); err != nil {
		return Series{}, err
	}
	if s, ok := r.series[id]; ok {
		return s, nil
	}
	return Series{}, vanphong.NewInputError("series", string(id), "a series of this organisation", vanphong.ErrNotFound)
}

// AllSeries implements [Reader].
func (r *memoryReader) AllSeries() iter.Seq2[Series, error] {
	return func(yield func(Series, error) bool) {
		if err := r.over(); err != nil {
			yield(Series{}, err)
			return
		}
		for _, id := range slices.Sorted(maps.Keys(r.series)) {
			if !yield(r.series[id], nil) {
				return
			}
		}
	}
}

// Entry implements [Reader].
func (r *memoryReader) Entry(id EntryID) (Entry, error) {
	if err := r.over(); err != nil {
		return Entry{}, err
	}
	r.o.mu.RLock()
	defer r.o.mu.RUnlock()
	if rec := r.o.entries[id]; rec != nil {
		// An entry written after this view began is not found, as if it were not there yet.
		if en, ok := rec.at(r.now); ok {
			return en, nil
		}
	}
	return Entry{}, vanphong.NewInputError("entry", string(id), "an entry of this organisation", vanphong.ErrNotFound)
}

// Entries implements [Reader].
func (r *memoryReader) Entries(q Query) iter.Seq2[Entry, error] { return search(q, r) }

// register walks the entries of a series, or of all, unfiltered.
func (r *memoryReader) register(id SeriesID) iter.Seq[*Entry] {
	return func(yield func(*Entry) bool) {
		for _, id := range r.ledgers(id) {
			for en := range r.entriesOf(id) {
				if !yield(en) {
					return
				}
			}
		}
	}
}

// organOf is the organ of a series, "" of one that is gone.
func (r *memoryReader) organOf(id SeriesID) vanphong.OrgID { return r.series[id].Key.Organ }

// born is the cursor of the event that registered an entry.
func (r *memoryReader) born(id EntryID) vanphong.Cursor {
	r.o.mu.RLock()
	defer r.o.mu.RUnlock()
	if rec := r.o.entries[id]; rec != nil {
		return rec.born
	}
	return 0
}

// entriesOf walks the entries of a series in order.
//
// It takes them out by the page, so that a walk which is left early costs little and
// the lock is never held while the caller's loop body runs: a body that wrote would
// wait for itself.
func (r *memoryReader) entriesOf(id SeriesID) iter.Seq[*Entry] {
	return func(yield func(*Entry) bool) {
		r.o.mu.RLock()
		recs := r.o.bySer[id]
		r.o.mu.RUnlock()
		var page []Entry
		for size := 1; len(recs) > 0; size = 64 {
			page = page[:0]
			n := min(size, len(recs))
			r.o.mu.RLock()
			for _, rec := range recs[:n] {
				if en, ok := rec.at(r.now); ok {
					page = append(page, en)
				}
			}
			r.o.mu.RUnlock()
			recs = recs[n:]
			for i := range page {
				if !yield(&page[i]) {
					return
				}
			}
		}
	}
}

// compareEntries is the order of a register within its series.
func compareEntries(a, b *Entry) int {
	return cmp.Or(cmp.Compare(a.Serial, b.Serial), cmp.Compare(a.Number.Suffix, b.Number.Suffix))
}

// Events implements [Reader].
func (r *memoryReader) Events(id SeriesID) iter.Seq2[Event, error] {
	return func(yield func(Event, error) bool) {
		if err := r.over(); err != nil {
			yield(Event{}, err)
			return
		}
		for _, id := range r.ledgers(id) {
			for _, e := range r.eventsOf(id) {
				if !yield(e, nil) {
					return
				}
			}
		}
	}
}

// eventsOf returns the ledger of a series up to the reader's cursor.
func (r *memoryReader) eventsOf(id SeriesID) []Event {
	r.o.mu.RLock()
	defer r.o.mu.RUnlock()
	all := r.o.events[id]
	// Cursors grow along the ledger, so the events of this state are its beginning.
	n, _ := slices.BinarySearchFunc(all, r.now+1, func(e Event, c vanphong.Cursor) int { return cmp.Compare(e.Cursor, c) })
	// The third index keeps an append of the caller out of the store's own array.
	return all[:n:n]
}

// ledgers returns the id asked for, or every id that has a row of any sort.
//
// It does not look at the series rows: a ledger whose series row is gone must still
// be walked, or a check could not find the loss.
func (r *memoryReader) ledgers(id SeriesID) []SeriesID {
	if id != "" {
		return []SeriesID{id}
	}
	r.o.mu.RLock()
	defer r.o.mu.RUnlock()
	ids := map[SeriesID]bool{}
	for id := range r.o.events {
		ids[id] = true
	}
	for id := range r.o.bySer {
		ids[id] = true
	}
	return slices.Sorted(maps.Keys(ids))
}
