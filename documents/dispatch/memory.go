package dispatch

import (
	"context"
	"iter"
	"sync"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/internal/memory"
)

// Memory is a [Store] in the memory of one process. It sits the same exam as
// the stores on disk; what it lacks is to be opened again. The zero
// Memory is empty and ready.
//
// Each organisation's records are one immutable snapshot, replaced at commit: a
// View keeps the one it began with, so reading never waits.
type Memory struct {
	once  sync.Once
	store *memory.Store[dispatches] // made on first use, see records
}

// dispatches is the one table there is, and so the whole of a snapshot.
type dispatches = memory.Table[documents.EntryID, Dispatch]

// NewMemory returns an empty store.
func NewMemory() *Memory { return &Memory{} }

// records returns the store behind m, which a zero Memory makes on first use.
func (m *Memory) records() *memory.Store[dispatches] {
	m.once.Do(func() {
		m.store = memory.New(memory.NewTable(memory.Kind[documents.EntryID, Dispatch]{
			Name: RecordDispatch, Clone: Dispatch.clone,
			Head: func(d *Dispatch) memory.Head[documents.EntryID] {
				return memory.Head[documents.EntryID]{ID: d.Entry, Org: d.Org, Version: &d.Version, Last: d.Last}
			},
			Order: func(a, b Dispatch) int { return a.Position().Compare(b.Position()) },
		}), dispatches.Clone)
	})
	return m.store
}

// Update implements [Store].
func (m *Memory) Update(ctx context.Context, org vanphong.OrgID, fn func(Tx) error) error {
	return m.records().Update(ctx, org, func(tx *memory.Tx, t dispatches) error { return fn(memoryTx{memoryReader{tx, t}}) })
}

// View implements [Store].
func (m *Memory) View(ctx context.Context, org vanphong.OrgID, fn func(Reader) error) error {
	return m.records().View(ctx, org, func(tx *memory.Tx, t dispatches) error { return fn(memoryReader{tx, t}) })
}

// Changes implements [Store].
func (m *Memory) Changes(ctx context.Context, org vanphong.OrgID, after vanphong.Cursor) iter.Seq2[vanphong.Change, error] {
	return m.records().Changes(ctx, org, after)
}

type memoryReader struct {
	tx   *memory.Tx
	rows dispatches
}

func (r memoryReader) Dispatch(id documents.EntryID) (Dispatch, error) { return r.rows.Get(r.tx, id) }

func (r memoryReader) Dispatches(q Query) iter.Seq2[Dispatch, error] {
	return r.rows.Walk(r.tx, q.Match)
}

// memoryTx adds the put, which a View must not have.
type memoryTx struct{ memoryReader }

func (t memoryTx) PutDispatch(d Dispatch) error { return t.rows.Put(t.tx, d) }
