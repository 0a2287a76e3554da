// Package memory is the mechanism of the SDK's stores in memory.
//
// # Snapshots
//
// What an organisation has is one value that is never changed: a transaction
// works on a clone and its commit puts the clone in the place of the old one.
// So undoing is forgetting the clone, a view keeps the value it began with,
// and nobody who reads waits. The records themselves go in and come out as
// copies.
package memory

import (
	"context"
	"fmt"
	"iter"
	"sort"
	"sync"
	"sync/atomic"

	"github.com/vanphong-go/vanphong"
)

// Store holds a snapshot S for each organisation and what happened to it.
//
// There is one writer for all organisations, as in a database file: what holds
// here holds there.
type Store[S any] struct {
	empty  S
	clone  func(S) S
	writer chan struct{} // held by the Update at work; a channel, so that waiting can be cancelled

	mu   sync.RWMutex // guards what follows; held for moments only
	orgs map[vanphong.OrgID]office[S]
	last vanphong.Cursor
}

// Sharing is safe because lines are only added behind the end that a reader
// knows, by one writer at a time.
type office[S any] struct {
	records S
	changes []vanphong.Change // append-only, so that readers may share it
}

// New returns a store in which an organisation begins with empty. clone must
// return a value that can be changed without changing its argument.
//
// empty is never changed either; it is the snapshot of every organisation that
// has none yet.
func New[S any](empty S, clone func(S) S) *Store[S] {
	return &Store[S]{empty: empty, clone: clone, writer: make(chan struct{}, 1), orgs: map[vanphong.OrgID]office[S]{}}
}

func (m *Store[S]) office(org vanphong.OrgID) office[S] {
	m.mu.RLock()
	defer m.mu.RUnlock()
	if o, ok := m.orgs[org]; ok {
		return o
	}
	return office[S]{records: m.empty}
}

// Update runs fn over a clone of the organisation's snapshot and commits it,
// unless fn fails or panics or ctx has ended by then.
//
// The clone is made under the writer's token, so no commit can come between
// reading and writing.
func (m *Store[S]) Update(ctx context.Context, org vanphong.OrgID, fn func(*Tx, S) error) error {
	if err := begin(ctx, org); err != nil {
		return err
	}
	select {
	case m.writer <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-m.writer }()
	tx, office := &Tx{Org: org}, m.office(org)
	office.records = m.clone(office.records)
	if err := tx.run(func() error { return fn(tx, office.records) }); err != nil {
		return err
	}
	// Asked again at the last moment: fn may have taken no notice.
	if err := ctx.Err(); err != nil {
		return err
	}
	m.commit(office, tx)
	return nil
}

// Cursors are given here and not in Put, so that what was undone uses up none
// and commits follow each other without a gap.
func (m *Store[S]) commit(office office[S], tx *Tx) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, c := range tx.log {
		m.last++
		c.Cursor = m.last
		office.changes = append(office.changes, c)
	}
	m.orgs[tx.Org] = office
}

// View runs fn over the organisation's snapshot of this moment.
func (m *Store[S]) View(ctx context.Context, org vanphong.OrgID, fn func(*Tx, S) error) error {
	if err := begin(ctx, org); err != nil {
		return err
	}
	tx := &Tx{Org: org}
	return tx.run(func() error { return fn(tx, m.office(org).records) })
}

// Changes walks the lines after a cursor that were committed when it began.
//
// The snapshot of lines is taken when the walk begins: a consumer that writes
// in its loop does not walk after itself for ever.
func (m *Store[S]) Changes(ctx context.Context, org vanphong.OrgID, after vanphong.Cursor) iter.Seq2[vanphong.Change, error] {
	return Changes(ctx, org, after, func() []vanphong.Change { return m.office(org).changes })
}

// Changes walks the lines after a cursor of a log that is in its order.
func Changes(ctx context.Context, org vanphong.OrgID, after vanphong.Cursor, log func() []vanphong.Change) iter.Seq2[vanphong.Change, error] {
	return func(yield func(vanphong.Change, error) bool) {
		if err := begin(ctx, org); err != nil {
			yield(vanphong.Change{}, err)
			return
		}
		lines := log()
		// Lines are in the order of their cursors, so the place is found and
		// not searched for.
		from := sort.Search(len(lines), func(i int) bool { return lines[i].Cursor > after })
		for _, c := range lines[from:] {
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

func begin(ctx context.Context, org vanphong.OrgID) error {
	if err := vanphong.CheckID("org", org); err != nil {
		return err
	}
	return ctx.Err()
}

// Guard runs a caller's function and turns its panic into an error.
//
// A Goexit is not caught: it unwinds, and the clone is forgotten with it.
func Guard(fn func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic in a transaction: %v", p)
		}
	}()
	return fn()
}

// Tx is a transaction or a view of one organisation.
//
// done is atomic because a reader that was kept may be used from any
// goroutine.
type Tx struct {
	Org  vanphong.OrgID
	log  []vanphong.Change
	done atomic.Bool
}

func (t *Tx) run(fn func() error) error {
	defer t.done.Store(true)
	return Guard(fn)
}

// Open refuses a transaction that was kept beyond its function: on disk it
// would read another transaction's state.
func (t *Tx) Open() error {
	if t.done.Load() {
		return fmt.Errorf("transaction used after its end: %w", vanphong.ErrClosed)
	}
	return nil
}
