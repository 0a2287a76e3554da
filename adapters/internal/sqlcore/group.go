package sqlcore

import (
	"context"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/vanphong-go/vanphong"
)

// Group runs the functions of many callers, as many as wait in one
// transaction, and answers each of them after the commit.
//
// What shares a transaction is what shares a lock: with a dialect that locks
// everything, all of it, on one connection; with one that locks an
// organisation, the functions of that organisation, and several organisations
// are served at once. A leader, a goroutine, serves one such share at a time
// and ends when nobody waits; two never serve the same one.
//
// A function that fails, panics, ends its goroutine or is cancelled is undone
// alone, in its [Work]. A transaction that cannot be written or committed is
// rolled back whole, and each of its functions is run again in one of its own,
// so that only the one to blame fails. One that met a lock, or was undone for
// another one's sake, or lost its connection, is run again until patience has
// run out.
//
// Why batches at all: a durable commit waits for the disk, which takes the
// same time for one row as for three hundred.
type Group struct {
	d   *Dialect
	opt GroupOptions

	leaders sync.WaitGroup

	mu     sync.Mutex
	queue  []*job
	led    map[vanphong.OrgID]bool // shares that have a leader
	idle   []*Session              // the one used last comes last
	closed bool
}

// GroupOptions are the bounds of a [Group].
//
// Zero is no default here: the adapter fills them in, and a MaxBatch of 0
// would serve nobody.
type GroupOptions struct {
	MaxBatch int           // functions in one transaction, at least 1
	Sessions int           // transactions at a time, at least 1
	Patience time.Duration // how long to wait for a lock that another process holds, or for the database
	Closed   error         // what Do returns after Close
	// Connect opens a session that nobody else uses.
	Connect func() (*Session, error)
}

// job is one caller that waits. Until its state is taken the caller may leave
// it; from then on only the leader writes err and exit, and closing done hands
// both over.
type job struct {
	ctx   context.Context
	share vanphong.OrgID
	fn    func(*Work) error
	state atomic.Int32 // queued, taken or left
	done  chan struct{}
	err   error
	exit  bool      // fn ended its goroutine
	alone bool      // it was in a transaction that failed: the next one is its own
	until time.Time // when patience runs out; zero as long as nothing went wrong
}

// A job goes from queued to taken or left, once: whoever swaps first decides.
// The leader may put it back from taken to queued, see giveBack.
const (
	queued int32 = iota
	taken
	left
)

// NewGroup returns a group that opens its sessions when they are wanted.
func NewGroup(d *Dialect, opt GroupOptions) *Group {
	return &Group{d: d, opt: opt, led: map[vanphong.OrgID]bool{}}
}

// Do runs fn in a transaction over an organisation's records and returns when
// it is durable, or undone. fn may run again. A context that ends while fn
// still waits its turn ends the wait; fn is then never run.
//
// It must not be called from inside fn: the leader is busy with fn and would
// never come to the second job.
func (g *Group) Do(ctx context.Context, org vanphong.OrgID, fn func(*Work) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	j := &job{ctx: ctx, share: g.d.share(org), fn: fn, done: make(chan struct{})}
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
// that nothing joins a queue which its leader has seen empty for the last
// time.
//
// Whatever stands in the queue has a leader, or there are as many leaders as
// sessions, and each of them looks at the queue before it ends.
func (g *Group) push(j *job) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed {
		return false
	}
	g.queue = append(g.queue, j)
	if !g.led[j.share] && len(g.led) < g.opt.Sessions {
		g.led[j.share] = true
		g.leaders.Add(1)
		go g.lead(j.share)
	}
	return true
}

// Close lets what waits already finish, refuses what comes later, and returns
// when the leaders have ended and the sessions are closed. Closing again does
// nothing.
func (g *Group) Close() {
	g.mu.Lock()
	g.closed = true
	g.mu.Unlock()
	g.leaders.Wait()
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, s := range g.idle {
		s.Close()
	}
	g.idle = nil
}

// lead serves one share after the other until nobody waits.
func (g *Group) lead(share vanphong.OrgID) {
	defer g.leaders.Done()
	for more := true; more; share, more = g.next(share) {
		g.serve(share)
		// Those just answered are about to ask again: let them, so that they
		// share the next transaction instead of missing it.
		// Without it a caller that asks in a loop would find a transaction
		// just begun and wait for the next one: half as many in a batch, twice
		// as many commits.
		runtime.Gosched()
	}
}

// next gives up a share and returns the first that waits for a leader.
func (g *Group) next(done vanphong.OrgID) (vanphong.OrgID, bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.led, done)
	g.queue = slices.DeleteFunc(g.queue, func(j *job) bool { return j.state.Load() == left })
	for _, j := range g.queue {
		if !g.led[j.share] {
			g.led[j.share] = true
			return j.share, true
		}
	}
	return "", false
}

// take removes up to the batch size of a share from the queue, without those
// whose callers have left.
func (g *Group) take(share vanphong.OrgID) (batch []*job) {
	g.mu.Lock()
	defer g.mu.Unlock()
	full := false
	// Moved to the front of the same array rather than resliced: under a
	// steady load the queue never empties, and a resliced one would keep every
	// job that ever passed.
	rest := g.queue[:0]
	for _, j := range g.queue {
		if j.share == share && len(batch) > 0 && (j.alone || batch[0].alone) {
			full = true
		}
		if j.share != share || full || len(batch) == g.opt.MaxBatch {
			rest = append(rest, j)
		} else if j.state.CompareAndSwap(queued, taken) {
			batch = append(batch, j)
		}
	}
	clear(g.queue[len(rest):])
	g.queue = rest
	return batch
}

// giveBack returns jobs that were taken to the front of the queue.
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

// session returns an idle session, or a new one.
func (g *Group) session() (s *Session, idle bool, err error) {
	g.mu.Lock()
	if n := len(g.idle); n > 0 {
		s, g.idle = g.idle[n-1], g.idle[:n-1]
	}
	g.mu.Unlock()
	if s != nil {
		return s, true, nil
	}
	s, err = g.opt.Connect()
	return s, false, err
}

// release keeps a session whose transaction has ended, or ends it: without an
// answer the connection is gone.
func (g *Group) release(s *Session, rollBack bool) {
	if rollBack {
		// A failed COMMIT may have ended the transaction already; then there is
		// nothing to roll back, and the error tells nothing new.
		if err := s.Exec("roll back", "ROLLBACK"); g.d.judge(err) == Lost {
			s.Close()
			return
		}
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.idle = append(g.idle, s)
}

// open begins a transaction over a share. Sessions that turn out to be dead
// are closed on the way to one that lives.
func (g *Group) open(share vanphong.OrgID) (*Session, error) {
	for {
		s, idle, err := g.session()
		if err != nil {
			return nil, err
		}
		if err = s.begin(g.d.begin(share)); err == nil {
			return s, nil
		}
		if g.d.judge(err) != Lost {
			g.release(s, true)
			return nil, err
		}
		s.Close()
		if !idle {
			return nil, err
		}
	}
}
