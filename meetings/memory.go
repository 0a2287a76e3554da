package meetings

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
// Each organisation's records are one immutable snapshot, replaced at commit:
// a View keeps the one it began with, so reading never waits.
type Memory struct {
	write sync.Mutex // one transaction at a time
	mu    sync.Mutex // guards the map and cursor
	orgs  map[vanphong.OrgID]*snapshot
	last  vanphong.Cursor
}

type snapshot struct {
	rolls       map[vanphong.BodyID]Roll
	meetings    map[MeetingID]Meeting
	conclusions map[ConclusionID]Conclusion
	changes     []vanphong.Change
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
	t := &memoryTx{org: org, snapshot: snapshot{
		maps.Clone(base.rolls), maps.Clone(base.meetings), maps.Clone(base.conclusions), nil,
	}}
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
			err = fmt.Errorf("meetings: panic in a transaction: %v", r)
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

func (v *snapshot) Roll(id vanphong.BodyID) (Roll, error) {
	r, ok := v.rolls[id]
	if !ok {
		return Roll{}, missing("roll", string(id))
	}
	return r.clone(), nil
}

func (v *snapshot) Meeting(id MeetingID) (Meeting, error) {
	m, ok := v.meetings[id]
	if !ok {
		return Meeting{}, missing("meeting", string(id))
	}
	return m.clone(), nil
}

func (v *snapshot) Conclusion(id ConclusionID) (Conclusion, error) {
	c, ok := v.conclusions[id]
	if !ok {
		return Conclusion{}, missing("conclusion", string(id))
	}
	return c.clone(), nil
}

func (v *snapshot) Rolls() iter.Seq2[Roll, error] {
	return walk(v.rolls, func(Roll) bool { return true }, Roll.clone,
		func(a, b Roll) int { return cmp.Compare(a.Body.ID, b.Body.ID) })
}

func (v *snapshot) Meetings(q Query) iter.Seq2[Meeting, error] {
	return walk(v.meetings, q.Match, Meeting.clone, func(a, b Meeting) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.ID, b.ID))
	})
}

func (v *snapshot) Conclusions(q ConclusionQuery) iter.Seq2[Conclusion, error] {
	return walk(v.conclusions, q.Match, Conclusion.clone, func(a, b Conclusion) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.ID, b.ID))
	})
}

func walk[K comparable, V any](m map[K]V, match func(V) bool, clone func(V) V, order func(a, b V) int) iter.Seq2[V, error] {
	return func(yield func(V, error) bool) {
		var found []V
		for _, v := range m {
			if match(v) {
				found = append(found, v)
			}
		}
		slices.SortFunc(found, order)
		for _, v := range found {
			if !yield(clone(v), nil) {
				return
			}
		}
	}
}

func missing(field, id string) error {
	return vanphong.NewInputError(field, id, "a "+field+" of this organisation", vanphong.ErrNotFound)
}

// memoryTx is a snapshot that is still being written.
type memoryTx struct {
	org vanphong.OrgID
	snapshot
}

func (t *memoryTx) PutRoll(r Roll) error {
	id := r.Body.ID
	if err := t.check("roll", string(id), r.Org, r.Version, t.rolls[id].Version, r.Last); err != nil {
		return err
	}
	r = r.clone()
	r.Version++
	put(&t.rolls, id, r)
	return nil
}

func (t *memoryTx) PutMeeting(m Meeting) error {
	if err := t.check("meeting", string(m.ID), m.Org, m.Version, t.meetings[m.ID].Version, m.Last); err != nil {
		return err
	}
	m = m.clone()
	m.Version++
	put(&t.meetings, m.ID, m)
	return nil
}

func (t *memoryTx) PutConclusion(c Conclusion) error {
	if err := t.check("conclusion", string(c.ID), c.Org, c.Version, t.conclusions[c.ID].Version, c.Last); err != nil {
		return err
	}
	c = c.clone()
	c.Version++
	put(&t.conclusions, c.ID, c)
	return nil
}

// check holds what every Put refuses, and notes the change.
func (t *memoryTx) check(kind, id string, org vanphong.OrgID, version, stored int64, last vanphong.Stamp) error {
	if err := vanphong.CheckID(kind, id); err != nil {
		return err
	}
	if org != t.org {
		return vanphong.NewInputError(kind+".org", string(org), string(t.org), nil)
	}
	if version != stored {
		return vanphong.NewInputError(kind+".version", fmt.Sprint(version), fmt.Sprint(stored), vanphong.ErrConflict)
	}
	t.changes = append(t.changes, vanphong.Change{Org: org, Kind: kind, ID: id, At: last.At, By: last.By})
	return nil
}

func put[K comparable, V any](m *map[K]V, k K, v V) {
	if *m == nil {
		*m = map[K]V{}
	}
	(*m)[k] = v
}
