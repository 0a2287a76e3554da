package incomingtest

import (
	"context"
	"errors"
	"iter"
	"testing"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents/incoming"
	"github.com/vanphong-go/vanphong/internal/exam"
)

func TestMemorySitsTheExam(t *testing.T) {
	Run(t, func(*testing.T) incoming.Store { return incoming.NewMemory() }, nil)
}

// A store that keeps what it is given as long as the run lasts is opened again
// by handing it back.
func TestTheExamCanReopen(t *testing.T) {
	Run(t, func(*testing.T) incoming.Store { return incoming.NewMemory() },
		&Options{Reopen: func(_ *testing.T, old incoming.Store) incoming.Store { return old }})
}

type faulty = exam.Faulty[incoming.Store, incoming.Tx, incoming.Reader]

// readFault is a reader with one fault: the methods that are set are broken.
type readFault struct {
	incoming.Reader
	document  func(incoming.Reader, incoming.ID) (incoming.Document, error)
	holder    func(incoming.Reader, incoming.Key) (incoming.Document, error)
	documents func(incoming.Reader, incoming.Query) iter.Seq2[incoming.Document, error]
	books     func(incoming.Reader) iter.Seq2[incoming.Book, error]
}

func (r readFault) Document(id incoming.ID) (incoming.Document, error) {
	if r.document == nil {
		return r.Reader.Document(id)
	}
	return r.document(r.Reader, id)
}

func (r readFault) Holder(k incoming.Key) (incoming.Document, error) {
	if r.holder == nil {
		return r.Reader.Holder(k)
	}
	return r.holder(r.Reader, k)
}

func (r readFault) Documents(q incoming.Query) iter.Seq2[incoming.Document, error] {
	if r.documents == nil {
		return r.Reader.Documents(q)
	}
	return r.documents(r.Reader, q)
}

func (r readFault) Books() iter.Seq2[incoming.Book, error] {
	if r.books == nil {
		return r.Reader.Books()
	}
	return r.books(r.Reader)
}

// reading returns a store whose views read through a fault.
func reading(f readFault) faulty {
	return faulty{Store: incoming.NewMemory(), Reader: func(r incoming.Reader) incoming.Reader {
		f := f
		f.Reader = r
		return f
	}}
}

// putFault is a transaction whose puts have one fault.
type putFault struct {
	incoming.Tx
	document func(incoming.Tx, incoming.Document) error
	book     func(incoming.Tx, incoming.Book) error
	mandate  func(incoming.Tx, incoming.Mandate) error
}

func (t putFault) PutDocument(d incoming.Document) error {
	if t.document == nil {
		return t.Tx.PutDocument(d)
	}
	return t.document(t.Tx, d)
}

func (t putFault) PutBook(b incoming.Book) error {
	if t.book == nil {
		return t.Tx.PutBook(b)
	}
	return t.book(t.Tx, b)
}

func (t putFault) PutMandate(m incoming.Mandate) error {
	if t.mandate == nil {
		return t.Tx.PutMandate(m)
	}
	return t.mandate(t.Tx, m)
}

// writing returns a store whose transactions write through a fault.
func writing(f putFault) faulty {
	return faulty{Store: incoming.NewMemory(), Tx: func(tx incoming.Tx) incoming.Tx {
		f := f
		f.Tx = tx
		return f
	}}
}

// unversioned writes over whatever is there.
func unversioned(tx incoming.Tx, b incoming.Book) error {
	b.Version = 0
	if old, err := tx.Book(b.ID); err == nil {
		b.Version = old.Version
	}
	return tx.PutBook(b)
}

// asked returns a store whose listings answer another query.
func asked(change func(*incoming.Query)) faulty {
	return reading(readFault{documents: func(r incoming.Reader, q incoming.Query) iter.Seq2[incoming.Document, error] {
		change(&q)
		return r.Documents(q)
	}})
}

// viewing returns a store whose views are made by fn.
func viewing(fn func(s incoming.Store, ctx context.Context, org vanphong.OrgID, fn func(incoming.Reader) error) error) faulty {
	return faulty{Store: incoming.NewMemory(), OnView: fn}
}

// updating returns a store whose updates are made by fn.
func updating(fn func(s incoming.Store, ctx context.Context, org vanphong.OrgID, fn func(incoming.Tx) error) error) faulty {
	return faulty{Store: incoming.NewMemory(), OnUpdate: fn}
}

func TestExam(t *testing.T) {
	healthy := func() incoming.Store { return incoming.NewMemory() }
	exam.Examine(t, Cases(), reopenKeeps, healthy, append(port().Faults(healthy), append(brokenWriters(), brokenReaders()...)...))
}

// swallowed returns nil for a refusal of one kind.
func swallowed(err, kind error) error {
	if errors.Is(err, kind) {
		return nil
	}
	return err
}
