package followup

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"maps"
	"slices"
	"sync"

	"github.com/vanphong-go/vanphong"
)

// Memory is a [Store] in the memory of one process. It sits the same exam as
// the stores on disk; what it lacks is to be opened again. Make one with
// [NewMemory].
//
// Each organisation's tasks are one immutable snapshot, replaced at commit: a
// View keeps the one it began with, so reading never waits.
type Memory struct {
	write sync.Mutex // one transaction at a time
	mu    sync.Mutex // guards the map and cursor
	orgs  map[vanphong.OrgID]*snapshot
	last  vanphong.Cursor
}

type snapshot struct {
	tasks   map[TaskID]Task
	changes []vanphong.Change
}

// NewMemory returns an empty store.
func NewMemory() *Memory { return &Memory{orgs: map[vanphong.OrgID]*snapshot{}} }

func (s *Memory) at(org vanphong.OrgID) *snapshot {
	s.mu.Lock()
	defer s.mu.Unlock()
	if v := s.orgs[org]; v != nil {
		return v
	}
	return &snapshot{}
}

// Update implements [Store].
func (s *Memory) Update(ctx context.Context, org vanphong.OrgID, fn func(Tx) error) error {
	if err := vanphong.CheckID("org", org); err != nil {
		return err
	}
	s.write.Lock()
	defer s.write.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	base := s.at(org)
	t := &memoryTx{org: org, snapshot: snapshot{tasks: maps.Clone(base.tasks)}}
	if err := guarded(func() error { return fn(t) }); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	s.commit(base, t)
	return nil
}

// commit makes a transaction's state the organisation's. A snapshot's change
// log is never written below its length, so older views may share it.
func (s *Memory) commit(base *snapshot, t *memoryTx) {
	s.mu.Lock()
	defer s.mu.Unlock()
	log := base.changes
	for _, c := range t.changes {
		s.last++
		c.Cursor = s.last
		log = append(log, c)
	}
	t.changes = log
	s.orgs[t.org] = &t.snapshot
}

// guarded runs fn and turns a panic into an error.
func guarded(fn func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("followup: panic in a transaction: %v", r)
		}
	}()
	return fn()
}

// View implements [Store].
func (s *Memory) View(ctx context.Context, org vanphong.OrgID, fn func(Reader) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return fn(s.at(org))
}

// Changes implements [Store].
func (s *Memory) Changes(ctx context.Context, org vanphong.OrgID, after vanphong.Cursor) iter.Seq2[vanphong.Change, error] {
	return func(yield func(vanphong.Change, error) bool) {
		log := s.at(org).changes
		from, _ := slices.BinarySearchFunc(log, after+1, func(c vanphong.Change, at vanphong.Cursor) int {
			return cmp.Compare(c.Cursor, at)
		})
		for _, c := range log[from:] {
			if err := ctx.Err(); err != nil {
				yield(vanphong.Change{}, err)
				return
			}
			if !yield(c, nil) {
				return
			}
		}
	}
}

func (v *snapshot) Task(id TaskID) (Task, error) {
	t, ok := v.tasks[id]
	if !ok {
		return Task{}, vanphong.NewInputError("task", string(id), "a task of this organisation", vanphong.ErrNotFound)
	}
	return t.clone(), nil
}

func (v *snapshot) Tasks(q Query) iter.Seq2[Task, error] {
	return func(yield func(Task, error) bool) {
		var found []Task
		for _, t := range v.tasks {
			if q.Match(t) {
				found = append(found, t)
			}
		}
		slices.SortFunc(found, func(a, b Task) int {
			return cmp.Or(cmp.Compare(a.Assigned, b.Assigned), cmp.Compare(a.ID, b.ID))
		})
		for _, t := range found {
			if !yield(t.clone(), nil) {
				return
			}
		}
	}
}

// memoryTx is a snapshot that is still being written.
type memoryTx struct {
	org vanphong.OrgID
	snapshot
}

func (t *memoryTx) PutTask(k Task) error {
	if err := vanphong.CheckID("task", k.ID); err != nil {
		return err
	}
	if k.Org != t.org {
		return vanphong.NewInputError("task.org", string(k.Org), string(t.org), nil)
	}
	if stored := t.tasks[k.ID].Version; k.Version != stored {
		return vanphong.NewInputError("task.version", fmt.Sprint(k.Version), fmt.Sprint(stored), vanphong.ErrConflict)
	}
	if t.tasks == nil {
		t.tasks = map[TaskID]Task{}
	}
	k = k.clone()
	k.Version++
	t.tasks[k.ID] = k
	t.changes = append(t.changes, vanphong.Change{Org: k.Org, Kind: "task", ID: string(k.ID), At: k.Last.At, By: k.Last.By})
	return nil
}
