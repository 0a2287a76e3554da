package calendar

import (
	"cmp"
	"context"
	"iter"
	"maps"
	"sync"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/internal/memory"
)

// Memory is a [Store] in memory, for tests, small tools and programs that
// keep their state elsewhere. It holds everything a store on disk holds,
// except that it ends with the process. The zero Memory is empty and ready.
//
// Writers run one after the other; readers see the state of the last commit
// and wait for nobody.
type Memory struct {
	once  sync.Once
	store *memory.Store[memoryRecords] // made on first use, see records
}

// entries is kept beside the schedules because the rule that an id stands in
// one schedule is checked with every put.
type memoryRecords struct {
	schedules     memory.Table[ScheduleID, WeekSchedule]
	registrations memory.Table[RegistrationID, Registration]
	entries       map[EntryID]ScheduleID // where each present entry stands
}

func (r memoryRecords) clone() memoryRecords {
	c := memoryRecords{r.schedules.Clone(), r.registrations.Clone(), maps.Clone(r.entries)}
	if c.entries == nil {
		c.entries = map[EntryID]ScheduleID{}
	}
	return c
}

// NewMemory returns an empty store.
func NewMemory() *Memory { return &Memory{} }

// records returns the store behind m, which a zero Memory makes on first use.
func (m *Memory) records() *memory.Store[memoryRecords] {
	m.once.Do(func() { m.store = newRecords() })
	return m.store
}

func newRecords() *memory.Store[memoryRecords] {
	return memory.New(memoryRecords{
		schedules: memory.NewTable(memory.Kind[ScheduleID, WeekSchedule]{
			Name: RecordSchedule, Clone: WeekSchedule.clone, Check: WeekSchedule.Check,
			Head: func(s *WeekSchedule) memory.Head[ScheduleID] {
				return memory.Head[ScheduleID]{ID: s.ID, Org: s.Org, Version: &s.Version, Last: s.Last}
			},
			Order: func(a, b WeekSchedule) int {
				return cmp.Or(cmp.Compare(a.Days.First, b.Days.First), cmp.Compare(a.ID, b.ID))
			},
		}),
		registrations: memory.NewTable(memory.Kind[RegistrationID, Registration]{
			Name: RecordRegistration, Clone: Registration.clone, Check: Registration.Check,
			Head: func(r *Registration) memory.Head[RegistrationID] {
				return memory.Head[RegistrationID]{ID: r.ID, Org: r.Org, Version: &r.Version, Last: r.Last}
			},
			Order: func(a, b Registration) int { return cmp.Or(cmp.Compare(a.Day(), b.Day()), cmp.Compare(a.ID, b.ID)) },
		}),
	}, memoryRecords.clone)
}

// Update implements [Store].
func (m *Memory) Update(ctx context.Context, org vanphong.OrgID, fn func(Tx) error) error {
	return m.records().Update(ctx, org, func(tx *memory.Tx, r memoryRecords) error { return fn(memoryTx{memoryReader{tx, r}}) })
}

// View implements [Store].
//
// It takes no lock: what it shows is the state at its beginning, and a writer
// never waits for it.
func (m *Memory) View(ctx context.Context, org vanphong.OrgID, fn func(Reader) error) error {
	return m.records().View(ctx, org, func(tx *memory.Tx, r memoryRecords) error { return fn(memoryReader{tx, r}) })
}

// Changes implements [Store]. It ends with the lines committed when it began.
func (m *Memory) Changes(ctx context.Context, org vanphong.OrgID, after vanphong.Cursor) iter.Seq2[vanphong.Change, error] {
	return m.records().Changes(ctx, org, after)
}

type memoryReader struct {
	tx *memory.Tx
	memoryRecords
}

func (r memoryReader) Schedule(id ScheduleID) (WeekSchedule, error) { return r.schedules.Get(r.tx, id) }

func (r memoryReader) ScheduleOf(id EntryID) (WeekSchedule, error) {
	at, ok := r.entries[id]
	if err := r.tx.Open(); err == nil && !ok {
		return WeekSchedule{}, memory.NotFound("entry", string(id))
	}
	return r.schedules.Get(r.tx, at)
}

func (r memoryReader) Schedules(days vanphong.Days) iter.Seq2[WeekSchedule, error] {
	return r.schedules.Walk(r.tx, func(s WeekSchedule) bool { return s.Days.Overlaps(days) })
}

func (r memoryReader) Registration(id RegistrationID) (Registration, error) {
	return r.registrations.Get(r.tx, id)
}

func (r memoryReader) Registrations(q RegistrationQuery) iter.Seq2[Registration, error] {
	return r.registrations.Walk(r.tx, q.Match)
}

// memoryTx adds the puts, which a View must not have.
type memoryTx struct{ memoryReader }

// PutSchedule implements [Tx]. The index of entries is brought up to date with
// the record, so that an id leads to one row at every moment.
func (t memoryTx) PutSchedule(s WeekSchedule) error {
	if err := t.schedules.Refuse(t.tx, s); err != nil {
		return err
	}
	for _, e := range s.Entries {
		if at, taken := t.entries[e.ID]; taken && at != s.ID {
			return vanphong.NewInputError("entry.id", string(e.ID), "an id no other schedule holds", vanphong.ErrConflict)
		}
	}
	old, _ := t.schedules.Get(t.tx, s.ID) // none: without entries
	for _, e := range old.Entries {
		delete(t.entries, e.ID)
	}
	for _, e := range s.Entries {
		t.entries[e.ID] = s.ID
	}
	return t.schedules.Put(t.tx, s)
}

func (t memoryTx) PutRegistration(r Registration) error { return t.registrations.Put(t.tx, r) }
