package followup

import (
	"context"
	"iter"

	"github.com/vanphong-go/vanphong"
)

// RecordTask is the kind of record in a [vanphong.Change] of this port.
const RecordTask = "task"

// Store keeps tasks for any number of organisations. It is the port an
// adapter implements; programs talk to a [Tracker].
//
// Every method takes the organisation first and touches nothing of another:
// an id of another organisation is not found. A store is safe for use by many
// goroutines and, if it is on disk, by many processes. What it hands out is
// the caller's: changing a slice of it changes nothing in the store.
//
// The contract is what package followuptest examines.
type Store interface {
	// Update runs fn in one transaction: either everything it put is durable
	// when Update returns nil, or nothing of it is left. Updates of one
	// organisation take effect one after another. Update runs fn again from the
	// start if the transaction must be repeated, so fn decides from what it
	// reads and does nothing outside; it is quick, does no I/O of its own and
	// does not call the store. If fn returns an error, Update undoes everything
	// and returns that error unchanged. A panic in fn is undone and comes back
	// as an error. A context that ends before the transaction is committed
	// undoes it, with the context's error.
	Update(ctx context.Context, org vanphong.OrgID, fn func(Tx) error) error

	// View runs fn over one consistent state of the organisation's records, and
	// returns fn's error unchanged. It does not hold up an Update: fn may take
	// its time, and may call Update; it goes on seeing the state it began with.
	View(ctx context.Context, org vanphong.OrgID, fn func(Reader) error) error

	// Changes walks what happened to the organisation's records after a cursor,
	// in commit order, each Put once: kind [RecordTask], the task's id, actor and
	// instant from its Last. Nothing that was undone appears.
	Changes(ctx context.Context, org vanphong.OrgID, after vanphong.Cursor) iter.Seq2[vanphong.Change, error]
}

// Reader reads one organisation's tasks within a transaction. It must not be
// used after the function it was given to has returned.
//
// Iterators yield an error as their last pair, if any; what was yielded before
// it is valid.
type Reader interface {
	// Task returns a task, or an error that wraps vanphong.ErrNotFound.
	Task(TaskID) (Task, error)
	// Tasks walks the tasks that match a query, by the day they were assigned,
	// then by id in byte order.
	Tasks(Query) iter.Seq2[Task, error]
}

// Tx is a Reader that can also write. Within a transaction, reads see what
// was put before; a walk is finished before the next Put.
//
// One method: a task with its reports and extensions is one record, so no
// reader sees an extension without its task.
type Tx interface {
	Reader
	// PutTask writes one whole task, new or over the stored one. It refuses,
	// with an error that wraps vanphong.ErrConflict, a task whose Version is not
	// the stored one's (0 if there is none), and stores it with Version + 1. A
	// task whose Org is not the transaction's is refused with an error that
	// wraps vanphong.ErrInvalid.
	PutTask(Task) error
}

// Query says which tasks to walk. A zero field does not restrict.
//
// Due goes by the deadline as it is now. For a past day walk all and ask
// [Task.Status].
type Query struct {
	Origin string         // id of the conclusion or document
	Lead   vanphong.OrgID // units that lead
	Unit   vanphong.OrgID // units that lead or coordinate
	// Due restricts to tasks whose deadline (after extensions) lies in these
	// days. A task without deadline matches only the zero Due.
	Due      vanphong.Days
	Assigned vanphong.Days
	Open     bool // only those neither done nor withdrawn
}

// Match reports whether a task is one the query asks for.
func (q Query) Match(t Task) bool {
	if q.Due != (vanphong.Days{}) && (t.Due().IsZero() || !q.Due.Contains(t.Due())) {
		return false
	}
	return (q.Origin == "" || q.Origin == t.Origin.ID) && (q.Lead == "" || q.Lead == t.Lead) &&
		(q.Unit == "" || t.Involves(q.Unit)) && q.Assigned.Contains(t.Assigned) && (!q.Open || t.Open())
}
