package incomingtest

import (
	"context"
	"errors"
	"iter"
	"strings"
	"sync"
	"time"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents/incoming"
	"github.com/vanphong-go/vanphong/internal/exam"
)

type broken = exam.Broken[incoming.Store]

func brokenWriters() []broken {
	const whole, conflict = "every field comes back as it was", "a put refuses a version that is not the stored one"
	return []broken{
		{Fault: "the last writer of a book wins", By: conflict, Open: func() incoming.Store { return writing(putFault{book: unversioned}) }},
		{Fault: "the version of a mandate is not asked", By: conflict, Open: func() incoming.Store {
			return writing(putFault{mandate: func(tx incoming.Tx, m incoming.Mandate) error {
				return swallowed(tx.PutMandate(m), vanphong.ErrConflict)
			}})
		}},
		{Fault: "a record of another organisation is dropped in silence", By: "a put refuses a record of another organisation", Open: func() incoming.Store {
			return writing(putFault{document: func(tx incoming.Tx, d incoming.Document) error {
				return swallowed(tx.PutDocument(d), vanphong.ErrInvalid)
			}})
		}},
		{Fault: "a tree with a loop is taken", By: "a put refuses a record that cannot stand", Open: func() incoming.Store {
			return writing(putFault{document: func(tx incoming.Tx, d incoming.Document) error {
				return swallowed(tx.PutDocument(d), vanphong.ErrNotFound)
			}})
		}},
		{Fault: "instants are kept to the second", By: whole, Open: func() incoming.Store {
			return writing(putFault{document: func(tx incoming.Tx, d incoming.Document) error {
				d.Received = d.Received.Truncate(time.Second)
				return tx.PutDocument(d)
			}})
		}},
		{Fault: "the reason of a closing is lost", By: whole, Open: func() incoming.Store {
			return writing(putFault{book: func(tx incoming.Tx, b incoming.Book) error { b.Closed.Reason = ""; return tx.PutBook(b) }})
		}},
		{Fault: "the number as received gives way to the number as read", By: whole, Open: func() incoming.Store {
			return writing(putFault{document: func(tx incoming.Tx, d incoming.Document) error {
				if !d.Number.IsZero() {
					d.NumberText = d.Number.String()
				}
				return tx.PutDocument(d)
			}})
		}},
		{Fault: "ids are folded to lower case", By: "ids are kept to the byte", Open: func() incoming.Store {
			return writing(putFault{document: func(tx incoming.Tx, d incoming.Document) error {
				d.ID = incoming.ID(strings.ToLower(string(d.ID)))
				return swallowed(tx.PutDocument(d), vanphong.ErrConflict)
			}})
		}},
		{Fault: "a key taken is dropped in silence", By: "a key stands in one document", Open: func() incoming.Store {
			return writing(putFault{document: func(tx incoming.Tx, d incoming.Document) error {
				return swallowed(tx.PutDocument(d), vanphong.ErrConflict)
			}})
		}},
		{Fault: "a key is never free again", By: "a key that is let go is free", Open: keptKeys},
		{Fault: "a key of what was sent back is kept", By: "a key of what was sent back is free", Open: keptKeys},
		{Fault: "a number is read in one transaction and taken in another", By: "concurrent registrations take each number once", Open: func() incoming.Store {
			return updating(func(s incoming.Store, ctx context.Context, org vanphong.OrgID, fn func(incoming.Tx) error) error {
				var log recording
				if err := s.View(ctx, org, func(r incoming.Reader) error { return fn(recordingTx{r, &log}) }); err != nil {
					return err
				}
				time.Sleep(time.Millisecond)
				return s.Update(ctx, org, func(tx incoming.Tx) error { return log.play(tx) })
			})
		}},
		{Fault: "a transaction that changed nothing is written all the same", By: "a step run again changes nothing", Open: func() incoming.Store {
			return updating(func(s incoming.Store, ctx context.Context, org vanphong.OrgID, fn func(incoming.Tx) error) error {
				return s.Update(ctx, org, func(tx incoming.Tx) error {
					if err := fn(tx); err != nil {
						return err
					}
					for b := range tx.Books() {
						return tx.PutBook(b)
					}
					return nil
				})
			})
		}},
	}
}

// keptKeys is a store that remembers every key that was ever held.
func keptKeys() incoming.Store {
	var mu sync.Mutex
	ever := map[incoming.Key]incoming.ID{}
	return writing(putFault{document: func(tx incoming.Tx, d incoming.Document) error {
		mu.Lock()
		defer mu.Unlock()
		for _, k := range d.Keys() {
			if id, ok := ever[k]; ok && id != d.ID {
				return vanphong.ErrConflict
			}
			ever[k] = d.ID
		}
		return tx.PutDocument(d)
	}})
}

// recording is what a transaction that only pretends has put.
type recording struct {
	books     []incoming.Book
	documents []incoming.Document
}

func (l *recording) play(tx incoming.Tx) error {
	for _, b := range l.books {
		if err := unversioned(tx, b); err != nil {
			return err
		}
	}
	return putInto(tx, l.documents...)
}

type recordingTx struct {
	incoming.Reader
	log *recording
}

func (t recordingTx) PutBook(b incoming.Book) error { t.log.books = append(t.log.books, b); return nil }
func (t recordingTx) PutDocument(d incoming.Document) error {
	t.log.documents = append(t.log.documents, d)
	return nil
}
func (t recordingTx) PutMandate(incoming.Mandate) error { return nil }

type stale struct {
	incoming.Tx
	before incoming.Reader
}

func (t stale) Documents(q incoming.Query) iter.Seq2[incoming.Document, error] {
	return t.before.Documents(q)
}

func brokenReaders() []broken {
	const asks, page = "a query gives exactly what it asks for", "pages join without a gap"
	all := []broken{
		{Fault: "walks in a transaction miss what it put", By: "a transaction reads what it wrote", Open: func() incoming.Store {
			return updating(func(s incoming.Store, ctx context.Context, org vanphong.OrgID, fn func(incoming.Tx) error) error {
				return s.View(ctx, org, func(before incoming.Reader) error {
					return s.Update(ctx, org, func(tx incoming.Tx) error { return fn(stale{tx, before}) })
				})
			})
		}},
		{Fault: "what is not there is a zero record", By: "what is not there is not found", Open: func() incoming.Store {
			return reading(readFault{holder: func(r incoming.Reader, k incoming.Key) (incoming.Document, error) {
				d, err := r.Holder(k)
				return d, swallowed(err, vanphong.ErrNotFound)
			}})
		}},
		{Fault: "records are handed out without a copy", By: "what is read belongs to the reader", Open: func() incoming.Store {
			kept := map[incoming.ID]incoming.Document{}
			return reading(readFault{document: func(r incoming.Reader, id incoming.ID) (incoming.Document, error) {
				if d, ok := kept[id]; ok {
					return d, nil
				}
				d, err := r.Document(id)
				kept[id] = d
				return d, err
			}})
		}},
		{Fault: "ids cross organisations", By: "one id in two organisations is two records", Open: func() incoming.Store {
			return viewing(func(s incoming.Store, ctx context.Context, _ vanphong.OrgID, fn func(incoming.Reader) error) error {
				return s.View(ctx, here, fn)
			})
		}},
		{Fault: "listings cross organisations", By: "no listing crosses organisations", Open: func() incoming.Store {
			return viewing(func(s incoming.Store, ctx context.Context, org vanphong.OrgID, fn func(incoming.Reader) error) error {
				return s.View(ctx, here, func(all incoming.Reader) error {
					return s.View(ctx, org, func(r incoming.Reader) error {
						return fn(readFault{Reader: r, books: func(incoming.Reader) iter.Seq2[incoming.Book, error] { return all.Books() }})
					})
				})
			})
		}},
		{Fault: "documents come backwards", By: "records come in their order", Open: func() incoming.Store {
			return reading(readFault{documents: func(r incoming.Reader, q incoming.Query) iter.Seq2[incoming.Document, error] {
				return exam.Backwards(r.Documents(q))
			}})
		}},
		{Fault: "books are in no order", By: "records come in their order", Open: func() incoming.Store {
			return reading(readFault{books: func(r incoming.Reader) iter.Seq2[incoming.Book, error] { return exam.Backwards(r.Books()) }})
		}},
		{Fault: "the limit counts before the query is asked", By: asks, Open: func() incoming.Store {
			return reading(readFault{documents: func(r incoming.Reader, q incoming.Query) iter.Seq2[incoming.Document, error] {
				first := exam.Gather(r.Documents(incoming.Query{Limit: q.Limit}))
				return q.Select(exam.Each(first))
			}})
		}},
		{Fault: "a page begins with the last of the one before", By: page, Open: func() incoming.Store {
			return asked(func(q *incoming.Query) {
				if q.After != (incoming.Place{}) {
					q.After.Arrival--
				}
			})
		}},
		{Fault: "a page begins with the next day", By: page, Open: func() incoming.Store {
			return asked(func(q *incoming.Query) {
				if q.After != (incoming.Place{}) {
					q.After = incoming.Place{Day: q.After.Day + 1}
				}
			})
		}},
		{Fault: "a walk does not stop", By: "a walk can be left early", Open: func() incoming.Store {
			return reading(readFault{documents: func(r incoming.Reader, q incoming.Query) iter.Seq2[incoming.Document, error] {
				return exam.Restless(r.Documents(q))
			}})
		}},
		{Fault: "every read of a view asks anew", By: "a view sees one state", Open: func() incoming.Store {
			return viewing(func(s incoming.Store, ctx context.Context, org vanphong.OrgID, fn func(incoming.Reader) error) error {
				return s.View(ctx, org, func(r incoming.Reader) error {
					return fn(readFault{Reader: r, documents: func(_ incoming.Reader, q incoming.Query) (seq iter.Seq2[incoming.Document, error]) {
						err := s.View(ctx, org, func(now incoming.Reader) error { seq = exam.Each(exam.Gather(now.Documents(q))); return nil })
						return errOr(seq, err)
					}})
				})
			})
		}},
		{Fault: "what a query goes by is written once only", By: "a query goes by the record as it is now", Open: writtenOnce},
	}
	// One store for each condition that forgets it.
	for what, forget := range map[string]func(*incoming.Query){
		"book": func(q *incoming.Query) { q.Book = "" }, "arrival number": func(q *incoming.Query) { q.Arrival = 0 },
		"number": func(q *incoming.Query) { q.Number = "" }, "issuer": func(q *incoming.Query) { q.Issuer = incoming.Issuer{} },
		"days of arrival": func(q *incoming.Query) { q.Arrived = vanphong.Days{} }, "days of documents": func(q *incoming.Query) { q.Dated = vanphong.Days{} },
		"exchange id": func(q *incoming.Query) { q.External = "" }, "haste": func(q *incoming.Query) { q.Urgency = 0 },
		"state": func(q *incoming.Query) { q.State = 0 }, "day of the state": func(q *incoming.Query) { q.On = 0 }, "being open": func(q *incoming.Query) { q.Open = false },
		"unit": func(q *incoming.Query) { q.Unit = "" }, "words": func(q *incoming.Query) { q.Words = "" },
		"requirements": func(q *incoming.Query) { q.Required = false }, "limit": func(q *incoming.Query) { q.Limit = 0 },
	} {
		all = append(all, broken{Fault: "a query forgets its " + what, By: asks, Open: func() incoming.Store { return asked(forget) }})
	}
	return append(all, broken{Fault: "the last day of a query is included", By: asks, Open: func() incoming.Store {
		return asked(func(q *incoming.Query) {
			if q.Arrived.End != 0 {
				q.Arrived.End++
			}
		})
	}})
}

func errOr(seq iter.Seq2[incoming.Document, error], err error) iter.Seq2[incoming.Document, error] {
	if err == nil {
		return seq
	}
	return func(yield func(incoming.Document, error) bool) { yield(incoming.Document{}, errors.Join(err)) }
}

// writtenOnce lists documents by what they were when they were first put.
func writtenOnce() incoming.Store {
	first := map[incoming.ID]incoming.Document{}
	s := writing(putFault{document: func(tx incoming.Tx, d incoming.Document) error {
		if _, ok := first[d.ID]; !ok {
			first[d.ID] = d
		}
		return tx.PutDocument(d)
	}})
	s.Reader = func(r incoming.Reader) incoming.Reader {
		return readFault{Reader: r, documents: func(r incoming.Reader, q incoming.Query) iter.Seq2[incoming.Document, error] {
			return func(yield func(incoming.Document, error) bool) {
				for d, err := range r.Documents(incoming.Query{}) {
					if q.Match(first[d.ID]) && !yield(d, err) {
						return
					}
				}
			}
		}}
	}
	return s
}
