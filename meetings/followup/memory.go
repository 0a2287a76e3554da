package followup

import (
	"cmp"
	"context"
	"iter"
	"sync"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/internal/memory"
)

// Memory is a [Store] in the memory of one process. It sits the same exam as
// the stores on disk; what it lacks is to be opened again. The zero
// Memory is empty and ready.
//
// Each organisation's tasks are one immutable snapshot, replaced at commit: a
// View keeps the one it began with, so reading never waits.
type Memory struct {
	once  sync.Once
	store *memory.Store[tasks] // made on first use, see records
}

// tasks is the one table there is, and so the whole of a snapshot.
type tasks = memory.Table[TaskID, Task]

// NewMemory returns an empty store.
func NewMemory() *Memory { return &Memory{} }

// records returns the store behind m, which a zero Memory makes on first use.
func (m *Memory) records() *memory.Store[tasks] {
	m.once.Do(func() { m.store = newRecords() })
	return m.store
}

func newRecords() *memory.Store[tasks] {
	// The order of the port: by the day a task was assigned, then by id.
	return memory.New(memory.NewTable(memory.Kind[TaskID, Task]{
		Name: RecordTask, Clone: Task.clone,
		Head: func(k *Task) memory.Head[TaskID] {
			return memory.Head[TaskID]{ID: k.ID, Org: k.Org, Version: &k.Version, Last: k.Last}
		},
		Order: func(a, b Task) int { return cmp.Or(cmp.Compare(a.Assigned, b.Assigned), cmp.Compare(a.ID, b.ID)) },
	}), tasks.Clone)
}

// Update implements [Store].
func (m *Memory) Update(ctx context.Context, org vanphong.OrgID, fn func(Tx) error) error {
	return m.records().Update(ctx, org, func(tx *memory.Tx, t tasks) error { return fn(memoryTx{memoryReader{tx, t}}) })
}

// View implements [Store].
func (m *Memory) View(ctx context.Context, org vanphong.OrgID, fn func(Reader) error) error {
	return m.records().View(ctx, org, func(tx *memory.Tx, t tasks) error { return fn(memoryReader{tx, t}) })
}

// Changes implements [Store].
func (m *Memory) Changes(ctx context.Context, org vanphong.OrgID, after vanphong.Cursor) iter.Seq2[vanphong.Change, error] {
	return m.records().Changes(ctx, org, after)
}

type memoryReader struct {
	tx    *memory.Tx
	tasks tasks
}

func (r memoryReader) Task(id TaskID) (Task, error)         { return r.tasks.Get(r.tx, id) }
func (r memoryReader) Tasks(q Query) iter.Seq2[Task, error] { return r.tasks.Walk(r.tx, q.Match) }

// memoryTx adds the put, which a View must not have.
type memoryTx struct{ memoryReader }

func (t memoryTx) PutTask(k Task) error { return t.tasks.Put(t.tx, k) }
