package followuptest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/meetings/followup"
)

func TestMemorySitsTheExam(t *testing.T) {
	Run(t, func(*testing.T) followup.Store { return followup.NewMemory() }, nil)
}

func TestReopenIsAskedForIfOffered(t *testing.T) {
	asked := false
	Run(t, func(*testing.T) followup.Store { return followup.NewMemory() }, &Options{Reopen: func(_ *testing.T, old followup.Store) followup.Store {
		asked = true
		return old
	}})
	if !asked {
		t.Error("the case did not reopen")
	}
}

// recorder is a T that notes failures instead of failing the test.
type recorder struct {
	ctx   context.Context
	mu    sync.Mutex
	lines []string
}

func (r *recorder) Helper()                  {}
func (r *recorder) Logf(string, ...any)      {}
func (r *recorder) Context() context.Context { return r.ctx }
func (r *recorder) Errorf(f string, a ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.lines = append(r.lines, fmt.Sprintf(f, a...))
}

func (r *recorder) Fatalf(f string, a ...any) {
	r.Errorf(f, a...)
	runtime.Goexit()
}

// sit runs one case on a store and returns what it complained about.
func sit(t *testing.T, c Case, s followup.Store) []string {
	t.Helper()
	r := &recorder{ctx: t.Context()}
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() {
			if p := recover(); p != nil {
				r.Errorf("panic: %v", p)
			}
		}()
		c.Run(r, s)
	}()
	<-done
	return r.lines
}

// faulty is a memory store with one fault.
type faulty struct {
	followup.Store
	update  func(s followup.Store, ctx context.Context, org vanphong.OrgID, fn func(followup.Tx) error) error
	view    func(s followup.Store, ctx context.Context, org vanphong.OrgID, fn func(followup.Reader) error) error
	changes func(s followup.Store, ctx context.Context, org vanphong.OrgID, after vanphong.Cursor) iter.Seq2[vanphong.Change, error]
}

func (f faulty) Update(ctx context.Context, org vanphong.OrgID, fn func(followup.Tx) error) error {
	if f.update == nil {
		return f.Store.Update(ctx, org, fn)
	}
	return f.update(f.Store, ctx, org, fn)
}

func (f faulty) View(ctx context.Context, org vanphong.OrgID, fn func(followup.Reader) error) error {
	if f.view == nil {
		return f.Store.View(ctx, org, fn)
	}
	return f.view(f.Store, ctx, org, fn)
}

func (f faulty) Changes(ctx context.Context, org vanphong.OrgID, after vanphong.Cursor) iter.Seq2[vanphong.Change, error] {
	if f.changes == nil {
		return f.Store.Changes(ctx, org, after)
	}
	return f.changes(f.Store, ctx, org, after)
}

// readFault is a reader with one fault.
type readFault struct {
	followup.Reader
	task  func(followup.Reader, followup.TaskID) (followup.Task, error)
	tasks func(followup.Reader, followup.Query) iter.Seq2[followup.Task, error]
}

func (r readFault) Task(id followup.TaskID) (followup.Task, error) {
	if r.task == nil {
		return r.Reader.Task(id)
	}
	return r.task(r.Reader, id)
}

func (r readFault) Tasks(q followup.Query) iter.Seq2[followup.Task, error] {
	if r.tasks == nil {
		return r.Reader.Tasks(q)
	}
	return r.tasks(r.Reader, q)
}

// reading returns a store whose views read through a fault.
func reading(f readFault) faulty {
	return faulty{Store: followup.NewMemory(), view: func(s followup.Store, ctx context.Context, org vanphong.OrgID, fn func(followup.Reader) error) error {
		return s.View(ctx, org, func(r followup.Reader) error {
			f.Reader = r
			return fn(f)
		})
	}}
}

// putFault is a transaction whose PutTask has one fault.
type putFault struct {
	followup.Tx
	put func(followup.Tx, followup.Task) error
}

func (t putFault) PutTask(k followup.Task) error { return t.put(t.Tx, k) }

// writing returns a store whose transactions write through a fault.
func writing(put func(followup.Tx, followup.Task) error) faulty {
	return faulty{Store: followup.NewMemory(), update: func(s followup.Store, ctx context.Context, org vanphong.OrgID, fn func(followup.Tx) error) error {
		return s.Update(ctx, org, func(tx followup.Tx) error { return fn(putFault{tx, put}) })
	}}
}

// unversioned writes over whatever is there.
func unversioned(tx followup.Tx, k followup.Task) error {
	k.Version = 0
	if old, err := tx.Task(k.ID); err == nil {
		k.Version = old.Version
	}
	return tx.PutTask(k)
}

type stale struct {
	followup.Tx
	before followup.Reader
}

func (t stale) Tasks(q followup.Query) iter.Seq2[followup.Task, error] { return t.before.Tasks(q) }

type recordingTx struct {
	followup.Reader
	list *[]followup.Task
}

func (t recordingTx) PutTask(k followup.Task) error { *t.list = append(*t.list, k); return nil }

func backwards[V any](seq iter.Seq2[V, error]) iter.Seq2[V, error] {
	return func(yield func(V, error) bool) {
		var all []V
		for v := range seq {
			all = append(all, v)
		}
		for i := len(all) - 1; i >= 0; i-- {
			if !yield(all[i], nil) {
				return
			}
		}
	}
}

// asked returns a store whose listings answer another query.
func asked(change func(*followup.Query)) faulty {
	return reading(readFault{tasks: func(r followup.Reader, q followup.Query) iter.Seq2[followup.Task, error] {
		change(&q)
		return r.Tasks(q)
	}})
}

func TestTheExamCatchesBrokenStores(t *testing.T) {
	for _, b := range []struct {
		fault string
		by    string // the case that must catch it
		store followup.Store
	}{
		{"an error is answered, and what was put is kept", "rollback-on-error", faulty{Store: followup.NewMemory(), update: func(s followup.Store, ctx context.Context, org vanphong.OrgID, fn func(followup.Tx) error) (out error) {
			err := s.Update(ctx, org, func(tx followup.Tx) error { out = fn(tx); return nil })
			return errors.Join(err, out)
		}}},
		{"a panic commits what was put before it", "rollback-on-panic", faulty{Store: followup.NewMemory(), update: func(s followup.Store, ctx context.Context, org vanphong.OrgID, fn func(followup.Tx) error) (out error) {
			err := s.Update(ctx, org, func(tx followup.Tx) error {
				defer func() {
					if r := recover(); r != nil {
						out = fmt.Errorf("panic: %v", r)
					}
				}()
				return fn(tx)
			})
			return errors.Join(err, out)
		}}},
		{"a panic goes through", "rollback-on-panic", faulty{Store: followup.NewMemory(), update: func(s followup.Store, ctx context.Context, org vanphong.OrgID, fn func(followup.Tx) error) error {
			var p any
			err := s.Update(ctx, org, func(tx followup.Tx) (err error) {
				defer func() {
					if p = recover(); p != nil {
						err = errStop
					}
				}()
				return fn(tx)
			})
			if p != nil {
				panic(p)
			}
			return err
		}}},
		{"the context is not looked at again", "rollback-on-cancel", faulty{Store: followup.NewMemory(), update: func(s followup.Store, ctx context.Context, org vanphong.OrgID, fn func(followup.Tx) error) error {
			return s.Update(context.WithoutCancel(ctx), org, fn)
		}}},
		{"errors are wrapped", "error-unchanged", faulty{Store: followup.NewMemory(), view: func(s followup.Store, ctx context.Context, org vanphong.OrgID, fn func(followup.Reader) error) error {
			if err := s.View(ctx, org, fn); err != nil {
				return fmt.Errorf("store: %w", err)
			}
			return nil
		}}},
		{"the last writer wins", "version-conflict", writing(unversioned)},
		{"the version is not counted up", "version-conflict", reading(readFault{task: func(r followup.Reader, id followup.TaskID) (followup.Task, error) {
			k, err := r.Task(id)
			k.Version = min(k.Version, 1)
			return k, err
		}})},
		{"a record of another organisation is dropped in silence", "record-of-another-organisation", writing(func(tx followup.Tx, k followup.Task) error {
			if err := tx.PutTask(k); err != nil && !errors.Is(err, vanphong.ErrConflict) {
				return nil
			} else {
				return err
			}
		})},
		{"walks in a transaction miss what it put", "read-your-writes", faulty{Store: followup.NewMemory(), update: func(s followup.Store, ctx context.Context, org vanphong.OrgID, fn func(followup.Tx) error) error {
			return s.View(ctx, org, func(before followup.Reader) error {
				return s.Update(ctx, org, func(tx followup.Tx) error { return fn(stale{tx, before}) })
			})
		}}},
		{"instants are kept to the second", "record-kept-whole", writing(func(tx followup.Tx, k followup.Task) error {
			k.Last.At = k.Last.At.Truncate(time.Second)
			return tx.PutTask(k)
		})},
		{"the first deadline is overwritten by the extended one", "record-kept-whole", writing(func(tx followup.Tx, k followup.Task) error {
			k.First.Day = k.Due()
			return tx.PutTask(k)
		})},
		{"ids are folded to lower case", "ids-exact", writing(func(tx followup.Tx, k followup.Task) error {
			k.ID = followup.TaskID(strings.ToLower(string(k.ID)))
			return unversioned(tx, k)
		})},
		{"what is not there is a zero record", "not-found", reading(readFault{task: func(r followup.Reader, id followup.TaskID) (followup.Task, error) {
			k, err := r.Task(id)
			if errors.Is(err, vanphong.ErrNotFound) {
				err = nil
			}
			return k, err
		}})},
		{"records are handed out without a copy", "records-not-shared", func() followup.Store {
			kept := map[followup.TaskID]followup.Task{}
			return reading(readFault{task: func(r followup.Reader, id followup.TaskID) (followup.Task, error) {
				if k, ok := kept[id]; ok {
					return k, nil
				}
				k, err := r.Task(id)
				kept[id] = k
				return k, err
			}})
		}()},
		{"ids cross organisations", "isolation-ids", faulty{Store: followup.NewMemory(), view: func(s followup.Store, ctx context.Context, _ vanphong.OrgID, fn func(followup.Reader) error) error {
			return s.View(ctx, here, fn)
		}}},
		{"listings cross organisations", "isolation-listing", faulty{Store: followup.NewMemory(), view: func(s followup.Store, ctx context.Context, org vanphong.OrgID, fn func(followup.Reader) error) error {
			return s.View(ctx, here, func(all followup.Reader) error {
				return s.View(ctx, org, func(r followup.Reader) error {
					return fn(readFault{Reader: r, tasks: func(_ followup.Reader, q followup.Query) iter.Seq2[followup.Task, error] { return all.Tasks(q) }})
				})
			})
		}}},
		{"changes cross organisations", "isolation-changes", faulty{Store: followup.NewMemory(), changes: func(s followup.Store, ctx context.Context, _ vanphong.OrgID, after vanphong.Cursor) iter.Seq2[vanphong.Change, error] {
			return s.Changes(ctx, here, after)
		}}},
		{"listings are in no order", "order", reading(readFault{tasks: func(r followup.Reader, q followup.Query) iter.Seq2[followup.Task, error] {
			return backwards(r.Tasks(q))
		}})},
		{"a unit finds only what it leads", "query", asked(func(q *followup.Query) { q.Lead, q.Unit = max(q.Lead, q.Unit), "" })},
		{"the last day of a query is included", "query", asked(func(q *followup.Query) {
			if q.Due.End != 0 {
				q.Due.End++
			}
		})},
		{"done tasks are listed as open", "query", asked(func(q *followup.Query) { q.Open = false })},
		{"what a query goes by is written once only", "query-follows-changes", func() followup.Store {
			first := map[followup.TaskID]followup.Task{}
			s := writing(func(tx followup.Tx, k followup.Task) error {
				if _, ok := first[k.ID]; !ok {
					first[k.ID] = k
				}
				return tx.PutTask(k)
			})
			s.view = func(inner followup.Store, ctx context.Context, org vanphong.OrgID, fn func(followup.Reader) error) error {
				return inner.View(ctx, org, func(r followup.Reader) error {
					return fn(readFault{Reader: r, tasks: func(r followup.Reader, q followup.Query) iter.Seq2[followup.Task, error] {
						return func(yield func(followup.Task, error) bool) {
							for k, err := range r.Tasks(followup.Query{}) {
								if q.Match(first[k.ID]) && !yield(k, err) {
									return
								}
							}
						}
					}})
				})
			}
			return s
		}()},
		{"changes come newest first", "changes-in-commit-order", faulty{Store: followup.NewMemory(), changes: func(s followup.Store, ctx context.Context, org vanphong.OrgID, after vanphong.Cursor) iter.Seq2[vanphong.Change, error] {
			return backwards(s.Changes(ctx, org, after))
		}}},
		{"a cursor gives its own line again", "changes-cursor-resumes", faulty{Store: followup.NewMemory(), changes: func(s followup.Store, ctx context.Context, org vanphong.OrgID, after vanphong.Cursor) iter.Seq2[vanphong.Change, error] {
			return s.Changes(ctx, org, after-1)
		}}},
		{"what was undone is in the changes", "changes-only-committed", func() followup.Store {
			var undone []vanphong.Change
			s := writing(func(tx followup.Tx, k followup.Task) error {
				undone = append(undone, vanphong.Change{Kind: "task", ID: string(k.ID), Cursor: vanphong.Cursor(len(undone) + 1)})
				return tx.PutTask(k)
			})
			s.changes = func(followup.Store, context.Context, vanphong.OrgID, vanphong.Cursor) iter.Seq2[vanphong.Change, error] {
				return func(yield func(vanphong.Change, error) bool) {
					for _, c := range undone {
						if !yield(c, nil) {
							return
						}
					}
				}
			}
			return s
		}()},
		{"transactions overwrite each other", "concurrent-updates-lose-nothing", faulty{Store: followup.NewMemory(), update: func(s followup.Store, ctx context.Context, org vanphong.OrgID, fn func(followup.Tx) error) error {
			var list []followup.Task
			if err := s.View(ctx, org, func(r followup.Reader) error { return fn(recordingTx{r, &list}) }); err != nil {
				return err
			}
			time.Sleep(time.Millisecond)
			return s.Update(ctx, org, func(tx followup.Tx) error {
				for _, k := range list {
					if err := unversioned(tx, k); err != nil {
						return err
					}
				}
				return nil
			})
		}}},
		{"a transaction that changed nothing is written all the same", "chain-run-again-doubles-nothing", faulty{Store: followup.NewMemory(), update: func(s followup.Store, ctx context.Context, org vanphong.OrgID, fn func(followup.Tx) error) error {
			return s.Update(ctx, org, func(tx followup.Tx) error {
				if err := fn(tx); err != nil {
					return err
				}
				for k := range tx.Tasks(followup.Query{}) {
					return tx.PutTask(k)
				}
				return nil
			})
		}}},
	} {
		t.Run(b.fault, func(t *testing.T) {
			for _, c := range Cases() {
				if c.Name == b.by {
					if lines := sit(t, c, b.store); len(lines) == 0 {
						t.Errorf("%s did not catch it", b.by)
					}
					return
				}
			}
			t.Fatalf("no case %s", b.by)
		})
	}
}

// A reader lock that holds up writers waits out the exam's patience.
func TestTheExamCatchesAViewThatHoldsUpWriters(t *testing.T) {
	var mu sync.RWMutex
	locked := faulty{
		Store: followup.NewMemory(),
		update: func(s followup.Store, ctx context.Context, org vanphong.OrgID, fn func(followup.Tx) error) error {
			mu.Lock()
			defer mu.Unlock()
			return s.Update(ctx, org, fn)
		},
		view: func(s followup.Store, ctx context.Context, org vanphong.OrgID, fn func(followup.Reader) error) error {
			mu.RLock()
			defer mu.RUnlock()
			return s.View(ctx, org, fn)
		},
	}
	if len(sit(t, Case{"view", viewDoesNotBlock}, locked)) == 0 {
		t.Error("not caught")
	}
}

func TestReopenThatForgetsIsCaught(t *testing.T) {
	forgets := Case{"reopen", func(t T, s followup.Store) {
		reopenKeeps(t, s, func(followup.Store) followup.Store { return followup.NewMemory() })
	}}
	if len(sit(t, forgets, followup.NewMemory())) == 0 {
		t.Error("a store that forgets passed")
	}
	keeps := Case{"reopen", func(t T, s followup.Store) {
		reopenKeeps(t, s, func(old followup.Store) followup.Store { return old })
	}}
	if lines := sit(t, keeps, followup.NewMemory()); len(lines) != 0 {
		t.Errorf("a store that keeps failed: %v", lines)
	}
}
