package sqlcore

import (
	"slices"
	"time"

	"github.com/vanphong-go/vanphong"
)

// maxWrites ends a batch early: a transaction of a few thousand rows keeps the
// log short and the others' wait too.
const maxWrites = 8192

// serve runs those who wait for a share in one transaction.
//
// They are taken once the lock is held: until then they may leave, and others
// may join them.
func (g *Group) serve(share vanphong.OrgID) {
	s, err := g.open(share)
	if err != nil {
		g.postpone(share, err)
		return
	}
	batch := g.take(share)
	w, n := g.runAll(s, batch)
	if n < len(batch) {
		g.giveBack(batch[n:])
		batch = batch[:n]
	}
	switch {
	case s.broken != nil:
		err = s.broken
	case w.Dirty():
		err = w.Flush()
	default:
		// Nothing to make durable: a ROLLBACK does not wait for the disk.
		g.release(s, true)
		answer(batch, nil)
		return
	}
	if err == nil {
		if err = s.Exec("commit", "COMMIT"); g.d.judge(err) == Lost {
			s.Close()
			g.settle(share, w, batch, err)
			return
		}
	}
	g.release(s, err != nil)
	g.conclude(batch, err)
}

// conclude answers a batch whose transaction has ended with err, or has it run
// again.
func (g *Group) conclude(batch []*job, err error) {
	switch {
	case err == nil:
		answer(batch, nil)
	case g.d.judge(err) != Final:
		g.again(batch, err)
	case len(batch) == 1:
		answer(batch, err)
	default:
		// A batch's statements carry the rows of many functions, so nobody can
		// tell whose row the database refused. Alone, the blame is certain and
		// the innocent succeed.
		for _, j := range batch {
			j.alone = true
		}
		g.giveBack(batch)
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

// again puts a batch back, without those whose patience has run out, and waits
// a moment.
func (g *Group) again(batch []*job, err error) {
	var over []*job
	batch = slices.DeleteFunc(batch, func(j *job) bool {
		out := g.impatient(j)
		if out {
			over = append(over, j)
		}
		return out
	})
	for _, j := range over {
		j.err, j.exit = err, false
	}
	answer(over, err)
	g.giveBack(batch)
	g.pause(err)
}

// impatient reports whether a job has waited long enough for something that
// goes wrong again and again. It counts from the first time.
func (g *Group) impatient(j *job) bool {
	now := time.Now()
	if j.until.IsZero() {
		j.until = now.Add(g.opt.Patience)
	}
	return now.After(j.until)
}

// pause lets some time pass before the same is tried again: short steps for a
// lock, which is fairer than a database's own growing ones, and longer ones
// for a database that is not there.
func (g *Group) pause(err error) {
	if g.d.judge(err) == Lost {
		time.Sleep(25 * time.Millisecond)
	} else {
		time.Sleep(time.Millisecond)
	}
}

// postpone is for a transaction that could not begin. If waiting may help, the
// share goes to the end of the queue, so that one which is held up for long
// does not keep the others from being served.
//
// No context ends the wait here, on purpose: the callers are still in the
// queue, watch their own and may leave at any time.
func (g *Group) postpone(share vanphong.OrgID, err error) {
	final := g.d.judge(err) == Final
	var over []*job
	g.mu.Lock()
	var mine, rest []*job
	for _, j := range g.queue {
		switch {
		case j.share != share:
			rest = append(rest, j)
		case !final && !g.impatient(j):
			mine = append(mine, j)
		case j.state.CompareAndSwap(queued, taken):
			over = append(over, j)
		}
	}
	g.queue = append(rest, mine...)
	g.mu.Unlock()
	answer(over, err)
	if !final {
		g.pause(err)
	}
}

// settle finds out how a COMMIT ended whose answer never came. The lock is
// asked for again, so the old connection has come to its end by then, one way
// or the other; and what it wrote is there or not.
//
// Only when the database cannot be asked either, a caller is told that nobody
// knows. One whose context has ended is told at once.
func (g *Group) settle(share vanphong.OrgID, w *Work, batch []*job, lost error) {
	until := time.Now().Add(g.opt.Patience)
	for {
		s, err := g.open(share)
		if err == nil {
			var there bool
			there, err = w.stored(s)
			g.release(s, true)
			if err == nil {
				if there {
					answer(batch, nil)
				} else {
					g.again(batch, lost)
				}
				return
			}
		}
		out := g.d.judge(err) == Final || time.Now().After(until)
		var over []*job
		batch = slices.DeleteFunc(batch, func(j *job) bool {
			leaves := out || j.ctx.Err() != nil
			if leaves {
				over = append(over, j)
			}
			return leaves
		})
		answer(over, g.d.Unknown(lost))
		if len(batch) == 0 {
			return
		}
		g.pause(err)
	}
}

// runAll runs the functions over one Work and returns how many it ran. If the
// context of one ends before the writing begins, the others are run again
// without it, for they may have read what it wrote.
//
// The check comes after the last function and before the first row: a caller
// who hears "cancelled" can rely on it that nothing of the call is stored.
// Each further round has one context less to lose, so the loop ends.
func (g *Group) runAll(s *Session, batch []*job) (*Work, int) {
	for {
		w := NewWork(s)
		if g.d.Remote && len(batch) > 1 {
			g.gather(w, batch)
		}
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
		if !again || s.broken != nil {
			return w, n
		}
	}
}

// gather finds out what the functions of a batch will look up, and fetches it
// by few statements instead of one each. It runs them as far as their first
// look into the database, which is refused with an error and never answered
// falsely; what they wrote until then is taken back, and they run again.
//
// Sixty-four callers who want a number each ask first whether they have one
// already. To ask sixty-four times takes longer than all the rest.
func (g *Group) gather(w *Work, batch []*job) {
	w.asked = &asked{entries: map[entryKey]bool{}, records: map[recordKey]bool{}}
	for n := 0; n < len(batch) && w.writes < maxWrites; {
		n = g.runSome(w, batch, n)
	}
	w.rollback(0)
	want := w.asked
	w.asked = nil
	// A failure shows in the session, and ends the transaction.
	_ = w.fetch(want)
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
			// transaction (conclude).
			j := batch[i]
			j.exit = false
			j.err = attempt(j.ctx, w, j.fn, &finished)
		}
	}()
	return <-over
}
