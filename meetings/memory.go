package meetings

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
// Each organisation's records are one immutable snapshot, replaced at commit:
// a View keeps the one it began with, so reading never waits.
type Memory struct {
	once  sync.Once
	store *memory.Store[memoryRecords] // made on first use, see records
}

// memoryRecords is one struct, so that the three tables are snapshotted and committed as one: a
// conclusion is never seen without its meeting.
type memoryRecords struct {
	rolls       memory.Table[vanphong.BodyID, Roll]
	meetings    memory.Table[MeetingID, Meeting]
	conclusions memory.Table[ConclusionID, Conclusion]
}

func (r memoryRecords) clone() memoryRecords {
	return memoryRecords{r.rolls.Clone(), r.meetings.Clone(), r.conclusions.Clone()}
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
		memory.NewTable(memory.Kind[vanphong.BodyID, Roll]{
			Name: RecordRoll, Clone: Roll.clone,
			Head: func(r *Roll) memory.Head[vanphong.BodyID] {
				return memory.Head[vanphong.BodyID]{ID: r.Body.ID, Org: r.Org, Version: &r.Version, Last: r.Last}
			},
			Order: func(a, b Roll) int { return cmp.Compare(a.Body.ID, b.Body.ID) },
		}),
		memory.NewTable(memory.Kind[MeetingID, Meeting]{
			Name: RecordMeeting, Clone: Meeting.clone,
			Head: func(m *Meeting) memory.Head[MeetingID] {
				return memory.Head[MeetingID]{ID: m.ID, Org: m.Org, Version: &m.Version, Last: m.Last}
			},
			Order: func(a, b Meeting) int { return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.ID, b.ID)) },
		}),
		memory.NewTable(memory.Kind[ConclusionID, Conclusion]{
			Name: RecordConclusion, Clone: Conclusion.clone,
			Head: func(c *Conclusion) memory.Head[ConclusionID] {
				return memory.Head[ConclusionID]{ID: c.ID, Org: c.Org, Version: &c.Version, Last: c.Last}
			},
			Order: func(a, b Conclusion) int { return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.ID, b.ID)) },
		}),
	}, memoryRecords.clone)
}

// Update implements [Store].
func (m *Memory) Update(ctx context.Context, org vanphong.OrgID, fn func(Tx) error) error {
	return m.records().Update(ctx, org, func(tx *memory.Tx, r memoryRecords) error { return fn(memoryTx{memoryReader{tx, r}}) })
}

// View implements [Store].
func (m *Memory) View(ctx context.Context, org vanphong.OrgID, fn func(Reader) error) error {
	return m.records().View(ctx, org, func(tx *memory.Tx, r memoryRecords) error { return fn(memoryReader{tx, r}) })
}

// Changes implements [Store].
func (m *Memory) Changes(ctx context.Context, org vanphong.OrgID, after vanphong.Cursor) iter.Seq2[vanphong.Change, error] {
	return m.records().Changes(ctx, org, after)
}

type memoryReader struct {
	tx *memory.Tx
	memoryRecords
}

// Reader is a thin face: rules are in [Secretary], and order and isolation in
// the table.
func (r memoryReader) Roll(id vanphong.BodyID) (Roll, error) { return r.rolls.Get(r.tx, id) }
func (r memoryReader) Meeting(id MeetingID) (Meeting, error) { return r.meetings.Get(r.tx, id) }

func (r memoryReader) Conclusion(id ConclusionID) (Conclusion, error) {
	return r.conclusions.Get(r.tx, id)
}

func (r memoryReader) Rolls() iter.Seq2[Roll, error] {
	return r.rolls.Walk(r.tx, func(Roll) bool { return true })
}

func (r memoryReader) Meetings(q Query) iter.Seq2[Meeting, error] {
	return r.meetings.Walk(r.tx, q.Match)
}

func (r memoryReader) Conclusions(q ConclusionQuery) iter.Seq2[Conclusion, error] {
	return r.conclusions.Walk(r.tx, q.Match)
}

// memoryTx adds the puts, which a View must not have.
type memoryTx struct{ memoryReader }

func (t memoryTx) PutRoll(r Roll) error             { return t.rolls.Put(t.tx, r) }
func (t memoryTx) PutMeeting(m Meeting) error       { return t.meetings.Put(t.tx, m) }
func (t memoryTx) PutConclusion(c Conclusion) error { return t.conclusions.Put(t.tx, c) }
