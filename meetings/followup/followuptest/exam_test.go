package followuptest

import (
	"context"
	"errors"
	"iter"
	"strings"
	"testing"
	"time"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/internal/exam"
	"github.com/vanphong-go/vanphong/meetings/followup"
)

func TestMemorySitsTheExam(t *testing.T) {
	Run(t, func(*testing.T) followup.Store { return followup.NewMemory() }, nil)
}

type faulty = exam.Faulty[followup.Store, followup.Tx, followup.Reader]

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
	return faulty{Store: followup.NewMemory(), Reader: func(r followup.Reader) followup.Reader {
		f := f
		f.Reader = r
		return f
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
	return faulty{Store: followup.NewMemory(), Tx: func(tx followup.Tx) followup.Tx { return putFault{tx, put} }}
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

// asked returns a store whose listings answer another query.
func asked(change func(*followup.Query)) faulty {
	return reading(readFault{tasks: func(r followup.Reader, q followup.Query) iter.Seq2[followup.Task, error] {
		change(&q)
		return r.Tasks(q)
	}})
}

func TestExam(t *testing.T) {
	healthy := func() followup.Store { return followup.NewMemory() }
	exam.Examine(t, Cases(), reopenKeeps, healthy, append(port().Faults(healthy), brokenStores()...))
}

func brokenStores() []exam.Broken[followup.Store] {
	return []exam.Broken[followup.Store]{
		{Fault: "the last writer wins", By: "a put refuses a version that is not the stored one", Open: func() followup.Store {
			return writing(unversioned)
		}},
		{Fault: "the version is not counted up", By: "a put refuses a version that is not the stored one", Open: func() followup.Store {
			return reading(readFault{task: func(r followup.Reader, id followup.TaskID) (followup.Task, error) {
				k, err := r.Task(id)
				k.Version = min(k.Version, 1)
				return k, err
			}})
		}},
		{Fault: "a record of another organisation is dropped in silence", By: "a put refuses a record of another organisation", Open: func() followup.Store {
			return writing(func(tx followup.Tx, k followup.Task) error {
				if err := tx.PutTask(k); err != nil && !errors.Is(err, vanphong.ErrConflict) {
					return nil
				} else {
					return err
				}
			})
		}},
		{Fault: "walks in a transaction miss what it put", By: "a transaction reads what it wrote", Open: func() followup.Store {
			return faulty{Store: followup.NewMemory(), OnUpdate: func(s followup.Store, ctx context.Context, org vanphong.OrgID, fn func(followup.Tx) error) error {
				return s.View(ctx, org, func(before followup.Reader) error {
					return s.Update(ctx, org, func(tx followup.Tx) error { return fn(stale{tx, before}) })
				})
			}}
		}},
		{Fault: "instants are kept to the second", By: "every field comes back as it was", Open: func() followup.Store {
			return writing(func(tx followup.Tx, k followup.Task) error {
				k.Last.At = k.Last.At.Truncate(time.Second)
				return tx.PutTask(k)
			})
		}},
		{Fault: "the first deadline is overwritten by the extended one", By: "every field comes back as it was", Open: func() followup.Store {
			return writing(func(tx followup.Tx, k followup.Task) error {
				k.First.Day = k.Due()
				return tx.PutTask(k)
			})
		}},
		{Fault: "ids are folded to lower case", By: "ids are kept to the byte", Open: func() followup.Store {
			return writing(func(tx followup.Tx, k followup.Task) error {
				k.ID = followup.TaskID(strings.ToLower(string(k.ID)))
				return unversioned(tx, k)
			})
		}},
		{Fault: "what is not there is a zero record", By: "what is not there is not found", Open: func() followup.Store {
			return reading(readFault{task: func(r followup.Reader, id followup.TaskID) (followup.Task, error) {
				k, err := r.Task(id)
				if errors.Is(err, vanphong.ErrNotFound) {
					err = nil
				}
				return k, err
			}})
		}},
		{Fault: "records are handed out without a copy", By: "what is read belongs to the reader", Open: func() followup.Store {
			kept := map[followup.TaskID]followup.Task{}
			return reading(readFault{task: func(r followup.Reader, id followup.TaskID) (followup.Task, error) {
				if k, ok := kept[id]; ok {
					return k, nil
				}
				k, err := r.Task(id)
				kept[id] = k
				return k, err
			}})
		}},
		{Fault: "ids cross organisations", By: "one id in two organisations is two records", Open: func() followup.Store {
			return faulty{Store: followup.NewMemory(), OnView: func(s followup.Store, ctx context.Context, _ vanphong.OrgID, fn func(followup.Reader) error) error {
				return s.View(ctx, here, fn)
			}}
		}},
		{Fault: "listings cross organisations", By: "no listing crosses organisations", Open: func() followup.Store {
			return faulty{Store: followup.NewMemory(), OnView: func(s followup.Store, ctx context.Context, org vanphong.OrgID, fn func(followup.Reader) error) error {
				return s.View(ctx, here, func(all followup.Reader) error {
					return s.View(ctx, org, func(r followup.Reader) error {
						return fn(readFault{Reader: r, tasks: func(_ followup.Reader, q followup.Query) iter.Seq2[followup.Task, error] { return all.Tasks(q) }})
					})
				})
			}}
		}},
		{Fault: "listings are in no order", By: "records come in their order", Open: func() followup.Store {
			return reading(readFault{tasks: func(r followup.Reader, q followup.Query) iter.Seq2[followup.Task, error] {
				return exam.Backwards(r.Tasks(q))
			}})
		}},
		{Fault: "a unit finds only what it leads", By: "a query gives exactly what it asks for", Open: func() followup.Store {
			return asked(func(q *followup.Query) { q.Lead, q.Unit = max(q.Lead, q.Unit), "" })
		}},
		{Fault: "the last day of a query is included", By: "a query gives exactly what it asks for", Open: func() followup.Store {
			return asked(func(q *followup.Query) {
				if q.Due.End != 0 {
					q.Due.End++
				}
			})
		}},
		{Fault: "done tasks are listed as open", By: "a query gives exactly what it asks for", Open: func() followup.Store {
			return asked(func(q *followup.Query) { q.Open = false })
		}},
		{Fault: "what a query goes by is written once only", By: "a query goes by the record as it is now", Open: func() followup.Store {
			first := map[followup.TaskID]followup.Task{}
			s := writing(func(tx followup.Tx, k followup.Task) error {
				if _, ok := first[k.ID]; !ok {
					first[k.ID] = k
				}
				return tx.PutTask(k)
			})
			s.OnView = func(inner followup.Store, ctx context.Context, org vanphong.OrgID, fn func(followup.Reader) error) error {
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
		}},
		{Fault: "transactions overwrite each other", By: "concurrent updates lose nothing", Open: func() followup.Store {
			return faulty{Store: followup.NewMemory(), OnUpdate: func(s followup.Store, ctx context.Context, org vanphong.OrgID, fn func(followup.Tx) error) error {
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
			}}
		}},
		{Fault: "a transaction that changed nothing is written all the same", By: "a step run again changes nothing", Open: func() followup.Store {
			return faulty{Store: followup.NewMemory(), OnUpdate: func(s followup.Store, ctx context.Context, org vanphong.OrgID, fn func(followup.Tx) error) error {
				return s.Update(ctx, org, func(tx followup.Tx) error {
					if err := fn(tx); err != nil {
						return err
					}
					for k := range tx.Tasks(followup.Query{}) {
						return tx.PutTask(k)
					}
					return nil
				})
			}}
		}},
		{Fault: "every read of a view asks anew", By: "a view sees one state", Open: func() followup.Store {
			return faulty{Store: followup.NewMemory(), OnView: func(s followup.Store, ctx context.Context, org vanphong.OrgID, fn func(followup.Reader) error) error {
				return s.View(ctx, org, func(r followup.Reader) error {
					return fn(readFault{Reader: r, tasks: func(_ followup.Reader, q followup.Query) (seq iter.Seq2[followup.Task, error]) {
						_ = s.View(ctx, org, func(now followup.Reader) error { seq = exam.Each(exam.Gather(now.Tasks(q))); return nil })
						return seq
					}})
				})
			}}
		}},
		{Fault: "a walk does not stop", By: "a walk can be left early", Open: func() followup.Store {
			return reading(readFault{tasks: func(r followup.Reader, q followup.Query) iter.Seq2[followup.Task, error] {
				return exam.Restless(r.Tasks(q))
			}})
		}},
	}
}
