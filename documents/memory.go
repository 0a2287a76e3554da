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
type office struct {
	writer chan struct{} // held by the Update at work; a channel, so that waiting can be cancelled

	mu      sync.RWMutex // guards what follows; held for moments only
	series  map[SeriesID]Series
	events  map[SeriesID][]Event // append-only
	entries map[EntryID]*record
	bySer   map[SeriesID][]*record // in the order given
	given   map[place]bool         // what must never be given again
	changes []vanphong.Change      // append-only
}

// record is an entry with its earlier states: a View that began before a
// commit goes on seeing the state before it.
type record struct{ versions []version }

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

func placeOf(en Entry) place { return place{en.Series, en.Serial, en.Number.Suffix} }

// at returns the entry as it stood at a cursor.
func (r *record) at(c vanphong.Cursor) (Entry, bool) {
	for i := len(r.versions) - 1; i >= 0; i-- {
		if r.versions[i].since <= c {
			return r.versions[i].entry, true
		}
	}
	return Entry{}, false
}

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
func (m *Memory) Update(ctx context.Context, org vanphong.OrgID, fn func(Tx) error) error {
	if err := vanphong.CheckID("org", org); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	o := m.office(org)
	select {
	case o.writer <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-o.writer }()

	tx := &memoryTx{memoryReader: o.snapshot(), org: org, latest: map[EntryID]Entry{}}
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
	if err := ctx.Err(); err != nil {
		return err
	}
	r := m.office(org).snapshot()
	defer func() { r.done = true }()
	return memory.Guard(func() error { return fn(r) })
}

// Changes implements [Store].
func (m *Memory) Changes(ctx context.Context, org vanphong.OrgID, after vanphong.Cursor) iter.Seq2[vanphong.Change, error] {
	return memory.Changes(ctx, org, after, func() []vanphong.Change {
		o := m.office(org)
		o.mu.RLock()
		defer o.mu.RUnlock()
		return o.changes
	})
}

func (o *office) snapshot() *memoryReader {
	o.mu.RLock()
	defer o.mu.RUnlock()
	return &memoryReader{
		o:      o,
		now:    vanphong.Cursor(len(o.changes)),
		series: maps.Clone(o.series),
	}
}

func (o *office) commit(tx *memoryTx) {
	if len(tx.log) == 0 {
		return
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, a := range tx.log {
		e := a.event
		o.series[e.Series] = a.series
		o.events[e.Series] = append(o.events[e.Series], e)
		change := vanphong.Change{Cursor: e.Cursor, Org: tx.org, Kind: RecordSeries, ID: string(e.Series), At: e.At, By: e.By}
		if e.Entry != "" {
			change.Kind, change.ID = RecordEntry, string(e.Entry)
			rec := o.entries[e.Entry]
			if rec == nil {
				rec = &record{}
				o.entries[e.Entry] = rec
				o.bySer[e.Series] = append(o.bySer[e.Series], rec)
				o.given[placeOf(a.entry)] = true
			}
			rec.versions = append(rec.versions, version{e.Cursor, a.entry})
		}
		o.changes = append(o.changes, change)
	}
}

// memoryReader reads the state of an office at a cursor.
type memoryReader struct {
	o      *office
	now    vanphong.Cursor
	series map[SeriesID]Series
	done   bool
}

func (r *memoryReader) over() error {
	if r.done {
		return fmt.Errorf("documents: transaction used after its end: %w", vanphong.ErrClosed)
	}
	return nil
}

func (r *memoryReader) Series(id SeriesID) (Series, error) {
	if err := r.over(); err != nil {
		return Series{}, err
	}
	if s, ok := r.series[id]; ok {
		return s, nil
	}
	return Series{}, vanphong.NewInputError("series", string(id), "a series of this organisation", vanphong.ErrNotFound)
}

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

func (r *memoryReader) Entry(id EntryID) (Entry, error) {
	if err := r.over(); err != nil {
		return Entry{}, err
	}
	r.o.mu.RLock()
	defer r.o.mu.RUnlock()
	if rec := r.o.entries[id]; rec != nil {
		if en, ok := rec.at(r.now); ok {
			return en, nil
		}
	}
	return Entry{}, vanphong.NewInputError("entry", string(id), "an entry of this organisation", vanphong.ErrNotFound)
}

func (r *memoryReader) Entries(q Query) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		if err := r.over(); err != nil {
			yield(Entry{}, err)
			return
		}
		for _, id := range r.ledgers(q.Series) {
			for _, en := range r.entriesOf(id) {
				if q.matches(en, r.series[id]) && !yield(en, nil) {
					return
				}
			}
		}
	}
}

// entriesOf returns the entries of a series in order.
func (r *memoryReader) entriesOf(id SeriesID) []Entry {
	r.o.mu.RLock()
	defer r.o.mu.RUnlock()
	out := make([]Entry, 0, len(r.o.bySer[id]))
	for _, rec := range r.o.bySer[id] {
		if en, ok := rec.at(r.now); ok {
			out = append(out, en)
		}
	}
	slices.SortFunc(out, compareEntries)
	return out
}

func compareEntries(a, b Entry) int {
	return cmp.Or(cmp.Compare(a.Serial, b.Serial), cmp.Compare(a.Number.Suffix, b.Number.Suffix))
}

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
	n, _ := slices.BinarySearchFunc(all, r.now+1, func(e Event, c vanphong.Cursor) int { return cmp.Compare(e.Cursor, c) })
	return all[:n:n]
}

// ledgers returns the id asked for, or every id that has a row of any sort.
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

// matches reports whether an entry of series s is one that q asks for.
func (q Query) matches(en Entry, s Series) bool {
	return (q.Series == "" || en.Series == q.Series) &&
		(q.Organ == "" || s.Key.Organ == q.Organ) &&
		(q.Kind == "" || en.Kind == q.Kind) &&
		(q.Days == vanphong.Days{} || en.Day != 0 && q.Days.Contains(en.Day)) &&
		(q.State == StateUnknown || en.State == q.State) &&
		(q.Origin == "" || en.Origin == q.Origin)
}
