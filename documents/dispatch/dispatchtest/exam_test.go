package dispatchtest

import (
	"context"
	"errors"
	"iter"
	"strings"
	"testing"
	"time"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/documents/dispatch"
	"github.com/vanphong-go/vanphong/internal/exam"
)

func TestMemorySitsTheExam(t *testing.T) {
	Run(t, func(*testing.T) dispatch.Store { return dispatch.NewMemory() }, nil)
}

type faulty = exam.Faulty[dispatch.Store, dispatch.Tx, dispatch.Reader]

// readFault is a reader with one fault.
type readFault struct {
	dispatch.Reader
	one  func(dispatch.Reader, documents.EntryID) (dispatch.Dispatch, error)
	walk func(dispatch.Reader, dispatch.Query) iter.Seq2[dispatch.Dispatch, error]
}

func (r readFault) Dispatch(id documents.EntryID) (dispatch.Dispatch, error) {
	if r.one == nil {
		return r.Reader.Dispatch(id)
	}
	return r.one(r.Reader, id)
}

func (r readFault) Dispatches(q dispatch.Query) iter.Seq2[dispatch.Dispatch, error] {
	if r.walk == nil {
		return r.Reader.Dispatches(q)
	}
	return r.walk(r.Reader, q)
}

// reading returns a store whose views read through a fault.
func reading(f readFault) faulty {
	return faulty{Store: dispatch.NewMemory(), Reader: func(r dispatch.Reader) dispatch.Reader {
		f := f
		f.Reader = r
		return f
	}}
}

// putFault is a transaction whose PutDispatch has one fault.
type putFault struct {
	dispatch.Tx
	put func(dispatch.Tx, dispatch.Dispatch) error
}

func (t putFault) PutDispatch(d dispatch.Dispatch) error { return t.put(t.Tx, d) }

// writing returns a store whose transactions write through a fault.
func writing(put func(dispatch.Tx, dispatch.Dispatch) error) faulty {
	return faulty{Store: dispatch.NewMemory(), Tx: func(tx dispatch.Tx) dispatch.Tx { return putFault{tx, put} }}
}

// unversioned writes over whatever is there.
func unversioned(tx dispatch.Tx, d dispatch.Dispatch) error {
	d.Version = 0
	if old, err := tx.Dispatch(d.Entry); err == nil {
		d.Version = old.Version
	}
	return tx.PutDispatch(d)
}

type stale struct {
	dispatch.Tx
	before dispatch.Reader
}

func (t stale) Dispatches(q dispatch.Query) iter.Seq2[dispatch.Dispatch, error] {
	return t.before.Dispatches(q)
}

type recordingTx struct {
	dispatch.Reader
	list *[]dispatch.Dispatch
}

func (t recordingTx) PutDispatch(d dispatch.Dispatch) error { *t.list = append(*t.list, d); return nil }

// asked returns a store whose listings answer another query.
func asked(change func(*dispatch.Query)) faulty {
	return reading(readFault{walk: func(r dispatch.Reader, q dispatch.Query) iter.Seq2[dispatch.Dispatch, error] {
		change(&q)
		return r.Dispatches(q)
	}})
}

func TestExam(t *testing.T) {
	healthy := func() dispatch.Store { return dispatch.NewMemory() }
	exam.Examine(t, Cases(), reopenKeeps, healthy, append(port().Faults(healthy), brokenStores()...))
}

func brokenStores() []exam.Broken[dispatch.Store] {
	return []exam.Broken[dispatch.Store]{
		{Fault: "the last writer wins", By: "a put refuses a version that is not the stored one", Open: func() dispatch.Store {
			return writing(unversioned)
		}},
		{Fault: "the version is not counted up", By: "a put refuses a version that is not the stored one", Open: func() dispatch.Store {
			return reading(readFault{one: func(r dispatch.Reader, id documents.EntryID) (dispatch.Dispatch, error) {
				d, err := r.Dispatch(id)
				d.Version = min(d.Version, 1)
				return d, err
			}})
		}},
		{Fault: "a record of another organisation is dropped in silence", By: "a put refuses a record of another organisation", Open: func() dispatch.Store {
			return writing(func(tx dispatch.Tx, d dispatch.Dispatch) error {
				if err := tx.PutDispatch(d); err != nil && !errors.Is(err, vanphong.ErrConflict) {
					return nil
				} else {
					return err
				}
			})
		}},
		{Fault: "walks in a transaction miss what it put", By: "a transaction reads what it wrote", Open: func() dispatch.Store {
			return faulty{Store: dispatch.NewMemory(), OnUpdate: func(s dispatch.Store, ctx context.Context, org vanphong.OrgID, fn func(dispatch.Tx) error) error {
				return s.View(ctx, org, func(before dispatch.Reader) error {
					return s.Update(ctx, org, func(tx dispatch.Tx) error { return fn(stale{tx, before}) })
				})
			}}
		}},
		{Fault: "instants are kept to the second", By: "every field comes back as it was", Open: func() dispatch.Store {
			return writing(func(tx dispatch.Tx, d dispatch.Dispatch) error {
				d.Last.At = d.Last.At.Truncate(time.Second)
				return tx.PutDispatch(d)
			})
		}},
		{Fault: "the steps of a recipient are kept without their numbers", By: "every field comes back as it was", Open: func() dispatch.Store {
			return writing(func(tx dispatch.Tx, d dispatch.Dispatch) error {
				for _, r := range d.Recipients {
					for i := range r.Steps {
						r.Steps[i].Numbers = nil
					}
				}
				return tx.PutDispatch(d)
			})
		}},
		{Fault: "ids are folded to lower case", By: "ids are kept to the byte", Open: func() dispatch.Store {
			return writing(func(tx dispatch.Tx, d dispatch.Dispatch) error {
				d.Entry = documents.EntryID(strings.ToLower(string(d.Entry)))
				return unversioned(tx, d)
			})
		}},
		{Fault: "what is not there is a zero record", By: "what is not there is not found", Open: func() dispatch.Store {
			return reading(readFault{one: func(r dispatch.Reader, id documents.EntryID) (dispatch.Dispatch, error) {
				d, err := r.Dispatch(id)
				if errors.Is(err, vanphong.ErrNotFound) {
					err = nil
				}
				return d, err
			}})
		}},
		{Fault: "records are handed out without a copy", By: "what is read belongs to the reader", Open: func() dispatch.Store {
			kept := map[documents.EntryID]dispatch.Dispatch{}
			return reading(readFault{one: func(r dispatch.Reader, id documents.EntryID) (dispatch.Dispatch, error) {
				if d, ok := kept[id]; ok {
					return d, nil
				}
				d, err := r.Dispatch(id)
				kept[id] = d
				return d, err
			}})
		}},
		{Fault: "ids cross organisations", By: "one id in two organisations is two records", Open: func() dispatch.Store {
			return faulty{Store: dispatch.NewMemory(), OnView: func(s dispatch.Store, ctx context.Context, _ vanphong.OrgID, fn func(dispatch.Reader) error) error {
				return s.View(ctx, here, fn)
			}}
		}},
		{Fault: "listings cross organisations", By: "no listing crosses organisations", Open: func() dispatch.Store {
			return faulty{Store: dispatch.NewMemory(), OnView: func(s dispatch.Store, ctx context.Context, org vanphong.OrgID, fn func(dispatch.Reader) error) error {
				return s.View(ctx, here, func(all dispatch.Reader) error {
					return s.View(ctx, org, func(r dispatch.Reader) error {
						return fn(readFault{Reader: r, walk: func(_ dispatch.Reader, q dispatch.Query) iter.Seq2[dispatch.Dispatch, error] {
							return all.Dispatches(q)
						}})
					})
				})
			}}
		}},
		{Fault: "listings are in no order", By: "records come in their order", Open: func() dispatch.Store {
			return reading(readFault{walk: func(r dispatch.Reader, q dispatch.Query) iter.Seq2[dispatch.Dispatch, error] {
				return exam.Backwards(r.Dispatches(q))
			}})
		}},
		{Fault: "the recipient is not asked for", By: "a query gives exactly what it asks for", Open: func() dispatch.Store {
			return asked(func(q *dispatch.Query) { q.Recipient = "" })
		}},
		{Fault: "the last day of a query is included", By: "a query gives exactly what it asks for", Open: func() dispatch.Store {
			return asked(func(q *dispatch.Query) {
				if q.Days.End != 0 {
					q.Days.End++
				}
			})
		}},
		{Fault: "the day asked for is not awaited yet", By: "a query gives exactly what it asks for", Open: func() dispatch.Store {
			return asked(func(q *dispatch.Query) {
				if q.Awaiting != 0 {
					q.Awaiting--
				}
			})
		}},
		{Fault: "ended recalls are listed as open", By: "a query gives exactly what it asks for", Open: func() dispatch.Store {
			return asked(func(q *dispatch.Query) { q.RecallOpen = false })
		}},
		{Fault: "a page goes on after the day, not after the record", By: "a query gives exactly what it asks for", Open: func() dispatch.Store {
			return asked(func(q *dispatch.Query) { q.After.Entry = "" })
		}},
		{Fault: "what a query goes by is written once only", By: "a query goes by the record as it is now", Open: func() dispatch.Store {
			first := map[documents.EntryID]dispatch.Dispatch{}
			s := writing(func(tx dispatch.Tx, d dispatch.Dispatch) error {
				if _, ok := first[d.Entry]; !ok {
					first[d.Entry] = d
				}
				return tx.PutDispatch(d)
			})
			s.OnView = func(inner dispatch.Store, ctx context.Context, org vanphong.OrgID, fn func(dispatch.Reader) error) error {
				return inner.View(ctx, org, func(r dispatch.Reader) error {
					return fn(readFault{Reader: r, walk: func(r dispatch.Reader, q dispatch.Query) iter.Seq2[dispatch.Dispatch, error] {
						return func(yield func(dispatch.Dispatch, error) bool) {
							for d, err := range r.Dispatches(dispatch.Query{}) {
								if q.Match(first[d.Entry]) && !yield(d, err) {
									return
								}
							}
						}
					}})
				})
			}
			return s
		}},
		{Fault: "transactions overwrite each other", By: "concurrent updates lose nothing", Open: func() dispatch.Store {
			return faulty{Store: dispatch.NewMemory(), OnUpdate: func(s dispatch.Store, ctx context.Context, org vanphong.OrgID, fn func(dispatch.Tx) error) error {
				var list []dispatch.Dispatch
				if err := s.View(ctx, org, func(r dispatch.Reader) error { return fn(recordingTx{r, &list}) }); err != nil {
					return err
				}
				time.Sleep(time.Millisecond)
				return s.Update(ctx, org, func(tx dispatch.Tx) error {
					for _, d := range list {
						if err := unversioned(tx, d); err != nil {
							return err
						}
					}
					return nil
				})
			}}
		}},
		{Fault: "a transaction that changed nothing is written all the same", By: "a step run again changes nothing", Open: func() dispatch.Store {
			return faulty{Store: dispatch.NewMemory(), OnUpdate: func(s dispatch.Store, ctx context.Context, org vanphong.OrgID, fn func(dispatch.Tx) error) error {
				return s.Update(ctx, org, func(tx dispatch.Tx) error {
					if err := fn(tx); err != nil {
						return err
					}
					for d := range tx.Dispatches(dispatch.Query{}) {
						return tx.PutDispatch(d)
					}
					return nil
				})
			}}
		}},
		{Fault: "every read of a view asks anew", By: "a view sees one state", Open: func() dispatch.Store {
			return faulty{Store: dispatch.NewMemory(), OnView: func(s dispatch.Store, ctx context.Context, org vanphong.OrgID, fn func(dispatch.Reader) error) error {
				return s.View(ctx, org, func(r dispatch.Reader) error {
					return fn(readFault{Reader: r, walk: func(_ dispatch.Reader, q dispatch.Query) (seq iter.Seq2[dispatch.Dispatch, error]) {
						_ = s.View(ctx, org, func(now dispatch.Reader) error { seq = exam.Each(exam.Gather(now.Dispatches(q))); return nil })
						return seq
					}})
				})
			}}
		}},
		{Fault: "a walk does not stop", By: "a walk can be left early", Open: func() dispatch.Store {
			return reading(readFault{walk: func(r dispatch.Reader, q dispatch.Query) iter.Seq2[dispatch.Dispatch, error] {
				return exam.Restless(r.Dispatches(q))
			}})
		}},
	}
}
