package sqlcore

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// Group runs the functions of many callers on one connection, as many as wait
// in one transaction, and answers each of them after the commit. One goroutine
// leads; it ends with [Group.Close].
//
// A function that fails, panics, ends its goroutine or is cancelled is undone
// alone, in its [Work]. A transaction that cannot be written or committed is
// rolled back whole, and each of its functions is run again in one of its own,
// so that only the one to blame fails.
//
// Why batches at all: a durable commit waits for the disk, which takes the
// same time for one row as for three hundred.
type Group struct {
	s    *Session
	opt  GroupOptions
	wake chan struct{} // holds a token while the queue may have something
	gone chan struct{} // closed when the leader has ended

	mu     sync.Mutex
	queue  []*job
	closed bool
}

// GroupOptions are the bounds of a [Group].
//
// Zero is no default here: the adapter fills them in, and a MaxBatch of 0
// would serve nobody.
type GroupOptions struct {
	MaxBatch int           // functions in one transaction, at least 1
	Patience time.Duration // how long to wait for a lock that another process holds
	Closed   error         // what Do returns after Close
}

// maxWrites ends a batch early: a transaction of a few thousand rows keeps the
// log short and the others' wait too.
const maxWrites = 8192

// job is one caller that waits. Until its state is taken the caller may leave
// it; from then on only the leader writes err and exit, and closing done hands
// both over.
type job struct {
	ctx   context.Context
	fn    func(*Work) error
	state atomic.Int32 // queued, taken or left
	done  chan struct{}
	err   error
	exit  bool // fn ended its goroutine
}

// A job goes from queued to taken or left, once: whoever swaps first decides.
// The leader may put it back from taken to queued, see giveBack.
const (
	queued int32 = iota
	taken
	left
)

// NewGroup starts a group on a session that nobody else uses.
func NewGroup(s *Session, opt GroupOptions) *Group {
	g := &Group{s: s, opt: opt, wake: make(chan struct{}, 1), gone: make(chan struct{})}
	go g.lead()
	return g
}

// Do runs fn in a transaction and returns when it is durable, or undone. fn
// may run again. A context that ends while fn still waits its turn ends the
// wait; fn is then never run.
//
// It must not be called from inside fn: the leader is busy with fn and would
// never come to the second job.
func (g *Group) Do(ctx context.Context, fn func(*Work) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	j := &job{ctx: ctx, fn: fn, done: make(chan struct{})}
	if !g.push(j) {
		return g.opt.Closed
	}
	select {
	case <-j.done:
	case <-ctx.Done():
		if j.state.CompareAndSwap(queued, left) {
			return ctx.Err()
		}
		// Its turn has come: only the leader knows how it ends.
		<-j.done
	}
	if j.exit {
		// fn asked for the goroutine it ran on to end (as testing's FailNow
		// does), and meant this one.
		runtime.Goexit()
	}
	return j.err
}

// push reports false after Close. The check and the append share one lock, so
// that nothing joins a queue which the leader has seen empty for the last
// time.
func (g *Group) push(j *job) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed {
		return false
	}
	g.queue = append(g.queue, j)
	g.nudge()
	return true
}

// nudge leaves a token for the leader and never blocks: one token is enough,
// for wait looks at the whole queue.
func (g *Group) nudge() {
	select {
	case g.wake <- struct{}{}:
	default:
	}
}

// Close lets what waits already finish, refuses what comes later, and returns
// when the leader has ended. Closing again does nothing.
func (g *Group) Close() {
	g.mu.Lock()
	g.closed = true
	g.mu.Unlock()
	g.nudge()
	<-g.gone
}

// wait blocks until somebody waits to be served; false says that nobody ever
// will again.
func (g *Group) wait() bool {
	for {
		g.mu.Lock()
		// What waited before Close is still served: only an empty queue and
		// closed together end the leader.
		waiting, closed := len(g.queue) > 0, g.closed
		g.mu.Unlock()
		if waiting || closed {
			return waiting
		}
		<-g.wake
	}
}

// take removes up to the batch size from the queue, without those whose
// callers have left.
func (g *Group) take() (batch []*job) {
	g.mu.Lock()
	defer g.mu.Unlock()
	n := 0
	for _, j := range g.queue {
		if len(batch) == g.opt.MaxBatch {
			break
		}
		n++
		if j.state.CompareAndSwap(queued, taken) {
			batch = append(batch, j)
		}
	}
	// Moved to the front of the same array rather than resliced: under a
	// steady load the queue never empties, and a resliced one would keep every
	// job that ever passed.
	rest := copy(g.queue, g.queue[n:])
	clear(g.queue[rest:])
	g.queue = g.queue[:rest]
	return batch
}

// giveBack returns jobs that were taken but not run to the front of the queue.
//
// Queued again before they stand in the queue: a caller that leaves in between
// is simply not taken.
func (g *Group) giveBack(jobs []*job) {
	for _, j := range jobs {
		j.state.Store(queued)
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.queue = append(append(make([]*job, 0, len(jobs)+len(g.queue)), jobs...), g.queue...)
}

// lead is the only goroutine that touches the session, so neither Session nor
// Work needs a lock.
func (g *Group) lead() {
	defer close(g.gone)
	for g.wait() {
		// Callers are taken once the lock is held: until then they may leave,
		// and others may join them.
		err := g.begin()
		batch := g.take()
		if err != nil {
			answer(batch, err)
			continue
		}
		batch, err = g.transact(batch)
		if errors.Is(err, errBatch) && len(batch) > 1 {
			g.serveAlone(batch)
		} else {
			answer(batch, err)
		}
		// Those just answered are about to ask again: let them, so that they
		// share the next transaction instead of missing it.
		// Without it a caller that asks in a loop would find a transaction
		// just begun and wait for the next one: half as many in a batch, twice
		// as many commits.
		runtime.Gosched()
	}
}

// serveAlone runs each of a failed batch in a transaction of its own.
//
// A batch's statements carry the rows of many functions, so nobody can tell
// whose row the database refused. Alone, the blame is certain and the innocent
// succeed.
func (g *Group) serveAlone(batch []*job) {
	for _, j := range batch {
		alone := []*job{j}
		err := g.begin()
		if err == nil {
			alone, err = g.transact(alone)
		}
		answer(alone, err)
	}
}

// answer ends the wait of a batch; err is of the whole transaction.
//
// A function that failed by itself keeps its own error, which says more.
func answer(batch []*job, err error) {
	for _, j := range batch {
		if err != nil && j.err == nil && !j.exit {
			j.err = err
		}
		close(j.done)
	}
}

// errBatch says that a transaction failed as a whole.
var errBatch = errors.New("transaction failed")

// batchError is a failure of the whole transaction, not of one function.
//
// So lead tells it from a transaction that could not begin, which is nobody's
// fault, and running each alone would only wait as long again.
type batchError struct{ err error }

func (e *batchError) Error() string   { return e.err.Error() }
func (e *batchError) Unwrap() []error { return []error{errBatch, e.err} }

// transact runs a batch in the transaction that is open and ends it. It
// returns the jobs that were in it: it gives back those that would have made
// it too large.
func (g *Group) transact(batch []*job) ([]*job, error) {
	w, n := g.runAll(batch)
	if n < len(batch) {
		g.giveBack(batch[n:])
		batch = batch[:n]
	}
	// Nothing to make durable: a ROLLBACK does not wait for the disk.
	if !w.Dirty() {
		return batch, g.s.Exec("end", "ROLLBACK")
	}
	err := w.Flush()
	if err == nil {
		err = g.s.Exec("commit", "COMMIT")
	}
	if err == nil {
		return batch, nil
	}
	// A failed COMMIT may have ended the transaction already; then there is
	// nothing to roll back and this error tells nothing new.
	_ = g.s.Exec("roll back", "ROLLBACK")
	return batch, &batchError{err}
}

// begin opens a transaction. Another process may hold the lock: it asks again
// in short steps, which is fairer than the database's own growing ones, until
// patience has run out.
//
// No context ends the wait, on purpose: the callers are still in the queue,
// watch their own and may leave at any time.
func (g *Group) begin() error {
	const step = time.Millisecond
	until := time.Now().Add(g.opt.Patience)
	for {
		err := g.s.Exec("begin", g.s.d.Begin)
		if err == nil || !g.s.d.Busy(err) || time.Now().After(until) {
			return err
		}
		time.Sleep(step)
	}
}

// runAll runs the functions over one Work and returns how many it ran. If the
// context of one ends before the writing begins, the others are run again
// without it, for they may have read what it wrote.
//
// The check comes after the last function and before the first row: a caller
// who hears "cancelled" can rely on it that nothing of the call is stored.
// Each further round has one context less to lose, so the loop ends.
func (g *Group) runAll(batch []*job) (*Work, int) {
	for {
		w := NewWork(g.s)
		n := 0
		for n < len(batch) && w.writes < maxWrites {
			n = g.runSome(w, batch, n)
		}
		again := false
		for _, j := range batch[:n] {
			if j.err == nil && !j.exit && j.ctx.Err() != nil {
				again = true
			}
		}
		if !again {
			return w, n
		}
	}
}

// runSome runs functions from the i-th on, on a goroutine of their own, so
// that one which ends its goroutine takes nobody with it. It returns the index
// of the first that has not run.
//
// A Goexit cannot be caught, only survived: the goroutine is gone, and the
// rest of the batch goes on in the next one, with the rows of before
// untouched.
func (g *Group) runSome(w *Work, batch []*job, i int) int {
	over := make(chan int, 1)
	go func() {
		finished := true
		defer func() {
			if !finished {
				batch[i].exit = true
				i++
			}
			over <- i
		}()
		for ; i < len(batch) && w.writes < maxWrites; i++ {
			// Reset, for this may be its second round (runAll) or its second
			// transaction (serveAlone).
			j := batch[i]
			j.exit = false
			j.err = attempt(j.ctx, w, j.fn, &finished)
		}
	}()
	return <-over
}
