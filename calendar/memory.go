package calendar

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strconv"
	"sync/atomic"

	"github.com/vanphong-go/vanphong"
)

// Memory is a [Store] in memory, for tests, small tools and programs that
// keep their state elsewhere. It holds everything a store on disk holds,
// except that it ends with the process.
//
// Writers run one after the other; readers see the state of the last commit
// and wait for nobody.
type Memory struct {
	writer chan struct{} // holds one token: whoever has it may write
	state  atomic.Pointer[memoryState]
}

// memoryState is one committed state. It is never changed: a transaction
// works on a copy of its organisation's part and a commit swaps the whole.
type memoryState struct {
	cursor vanphong.Cursor
	orgs   map[vanphong.OrgID]memoryOrg
}

type memoryOrg struct {
	schedules     map[ScheduleID]WeekSchedule
	registrations map[RegistrationID]Registration
	entries       map[EntryID]ScheduleID // where each present entry stands
	changes       []vanphong.Change
}

// NewMemory returns an empty store.
func NewMemory() *Memory {
	m := &Memory{writer: make(chan struct{}, 1)}
	m.writer <- struct{}{}
	m.state.Store(&memoryState{})
	return m
}

// Update implements [Store].
func (m *Memory) Update(ctx context.Context, org vanphong.OrgID, fn func(Tx) error) error {
	if err := vanphong.CheckID("org", org); err != nil {
		return err
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-m.writer:
	}
	defer func() { m.writer <- struct{}{} }()
	if err := ctx.Err(); err != nil {
		return err
	}
	old := m.state.Load()
	tx := &memoryTx{org: org, data: old.orgs[org].copy(), cursor: old.cursor}
	if err := guarded(func() error { return fn(tx) }, &tx.done); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	next := &memoryState{cursor: tx.cursor, orgs: maps.Clone(old.orgs)}
	if next.orgs == nil {
		next.orgs = map[vanphong.OrgID]memoryOrg{}
	}
	next.orgs[org] = tx.data
	m.state.Store(next)
	return nil
}

// View implements [Store].
//
// It takes no lock: what it shows is the state at its beginning, and a writer
// never waits for it.
func (m *Memory) View(ctx context.Context, org vanphong.OrgID, fn func(Reader) error) error {
	if err := vanphong.CheckID("org", org); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	tx := &memoryTx{org: org, data: m.state.Load().orgs[org]}
	// The Reader handed out has no Put methods to be asserted back to.
	return guarded(func() error { return fn(memoryReader{tx}) }, &tx.done)
}

// Changes implements [Store]. It ends with the lines committed when it began.
func (m *Memory) Changes(ctx context.Context, org vanphong.OrgID, after vanphong.Cursor) iter.Seq2[vanphong.Change, error] {
	return func(yield func(vanphong.Change, error) bool) {
		if err := vanphong.CheckID("org", org); err != nil {
			yield(vanphong.Change{}, err)
			return
		}
		for _, c := range m.state.Load().orgs[org].changes {
			if err := ctx.Err(); err != nil {
				yield(vanphong.Change{}, err)
				return
			}
			if c.Cursor > after && !yield(c, nil) {
				return
			}
		}
	}
}

// guarded runs a caller's function, turns its panic into an error and ends
// the transaction it was given.
func guarded(fn func() error, done *atomic.Bool) (err error) {
	defer done.Store(true)
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("calendar: panic in transaction: %v", p)
		}
	}()
	return fn()
}

// copy is the part a transaction works on. The records themselves are shared:
// they are replaced, never written to.
func (o memoryOrg) copy() memoryOrg {
	c := memoryOrg{
		schedules:     maps.Clone(o.schedules),
		registrations: maps.Clone(o.registrations),
		entries:       maps.Clone(o.entries),
		// Clip: an undone transaction must not write into the committed array.
		changes: slices.Clip(o.changes),
	}
	if c.schedules == nil {
		c.schedules = map[ScheduleID]WeekSchedule{}
		c.registrations = map[RegistrationID]Registration{}
		c.entries = map[EntryID]ScheduleID{}
	}
	return c
}

// memoryTx is a transaction of a Memory. Records go in and come out as
// copies.
type memoryTx struct {
	org    vanphong.OrgID
	data   memoryOrg
	cursor vanphong.Cursor
	done   atomic.Bool
}

// memoryReader hides the Put methods of a memoryTx.
type memoryReader struct{ Reader }

// open refuses a Reader or Tx that was kept beyond its function: on disk it
// would read another transaction's state.
func (t *memoryTx) open() error {
	if t.done.Load() {
		return fmt.Errorf("calendar: transaction is over: %w", vanphong.ErrClosed)
	}
	return nil
}

func (t *memoryTx) Schedule(id ScheduleID) (WeekSchedule, error) {
	if err := t.open(); err != nil {
		return WeekSchedule{}, err
	}
	s, ok := t.data.schedules[id]
	if !ok {
		return WeekSchedule{}, notFound("schedule", string(id))
	}
	return s.clone(), nil
}

func (t *memoryTx) ScheduleOf(id EntryID) (WeekSchedule, error) {
	if err := t.open(); err != nil {
		return WeekSchedule{}, err
	}
	at, ok := t.data.entries[id]
	if !ok {
		return WeekSchedule{}, notFound("entry", string(id))
	}
	return t.data.schedules[at].clone(), nil
}

func (t *memoryTx) Schedules(days vanphong.Days) iter.Seq2[WeekSchedule, error] {
	return func(yield func(WeekSchedule, error) bool) {
		if err := t.open(); err != nil {
			yield(WeekSchedule{}, err)
			return
		}
		var found []WeekSchedule
		for _, s := range t.data.schedules {
			if s.Days.Overlaps(days) {
				found = append(found, s)
			}
		}
		slices.SortFunc(found, func(a, b WeekSchedule) int {
			return cmp.Or(cmp.Compare(a.Days.First, b.Days.First), cmp.Compare(a.ID, b.ID))
		})
		for _, s := range found {
			if !yield(s.clone(), nil) {
				return
			}
		}
	}
}

func (t *memoryTx) Registration(id RegistrationID) (Registration, error) {
	if err := t.open(); err != nil {
		return Registration{}, err
	}
	r, ok := t.data.registrations[id]
	if !ok {
		return Registration{}, notFound("registration", string(id))
	}
	return r.clone(), nil
}

func (t *memoryTx) Registrations(q RegistrationQuery) iter.Seq2[Registration, error] {
	return func(yield func(Registration, error) bool) {
		if err := t.open(); err != nil {
			yield(Registration{}, err)
			return
		}
		var found []Registration
		for _, r := range t.data.registrations {
			if q.Matches(r) {
				found = append(found, r)
			}
		}
		slices.SortFunc(found, func(a, b Registration) int {
			return cmp.Or(cmp.Compare(a.Day(), b.Day()), cmp.Compare(a.ID, b.ID))
		})
		for _, r := range found {
			if !yield(r.clone(), nil) {
				return
			}
		}
	}
}

// PutSchedule implements [Tx]. The index of entries is brought up to date with
// the record, so that an id leads to one row at every moment.
func (t *memoryTx) PutSchedule(s WeekSchedule) error {
	old := t.data.schedules[s.ID]
	if err := t.checkPut("schedule", string(s.ID), s.Org, s.Version, old.Version, s.Check); err != nil {
		return err
	}
	for _, e := range s.Entries {
		if at, taken := t.data.entries[e.ID]; taken && at != s.ID {
			return vanphong.NewInputError("entry.id", string(e.ID), "an id no other schedule holds", vanphong.ErrConflict)
		}
	}
	for _, e := range old.Entries {
		delete(t.data.entries, e.ID)
	}
	for _, e := range s.Entries {
		t.data.entries[e.ID] = s.ID
	}
	s.Version++
	t.data.schedules[s.ID] = s.clone()
	t.changed(KindSchedule, string(s.ID), s.Last)
	return nil
}

func (t *memoryTx) PutRegistration(r Registration) error {
	old := t.data.registrations[r.ID]
	if err := t.checkPut("registration", string(r.ID), r.Org, r.Version, old.Version, r.Check); err != nil {
		return err
	}
	r.Version++
	t.data.registrations[r.ID] = r.clone()
	t.changed(KindRegistration, string(r.ID), r.Last)
	return nil
}

// checkPut is what both kinds of record are refused for. The content comes
// before the version: a bad record is bad at any version.
func (t *memoryTx) checkPut(field, id string, org vanphong.OrgID, given, stored int64, check func() error) error {
	if err := t.open(); err != nil {
		return err
	}
	if org != t.org {
		return wrong(field+".org", string(org), "the organisation of the transaction, "+string(t.org))
	}
	if err := check(); err != nil {
		return err
	}
	if given != stored {
		return vanphong.NewInputError(field, id,
			"version "+strconv.FormatInt(stored, 10)+", not "+strconv.FormatInt(given, 10), vanphong.ErrConflict)
	}
	return nil
}

// changed adds a line to the changes. It is part of the transaction: undone
// with it, seen only after the commit.
func (t *memoryTx) changed(kind, id string, last vanphong.Stamp) {
	t.cursor++
	t.data.changes = append(t.data.changes, vanphong.Change{
		Cursor: t.cursor, Org: t.org, Kind: kind, ID: id, At: last.At, By: last.By,
	})
}

func notFound(field, id string) error {
	return vanphong.NewInputError(field, id, "one that is stored", vanphong.ErrNotFound)
}
