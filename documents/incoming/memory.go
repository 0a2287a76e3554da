package incoming

import (
	"cmp"
	"context"
	"iter"
	"maps"
	"sync"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/internal/memory"
)

// Memory is a [Store] in the memory of one process. It sits the same exam as
// the stores on disk; what it lacks is to be opened again. The zero Memory is
// empty and ready.
type Memory struct {
	once  sync.Once
	store *memory.Store[records] // made on first use, see records
}

// records is the snapshot of an organisation. keys is kept beside the documents
// because the rule that a key stands in one of them is checked with every put.
type records struct {
	books     memory.Table[BookID, Book]
	documents memory.Table[ID, Document]
	mandates  memory.Table[MandateID, Mandate]
	keys      map[Key]ID
}

func (r records) clone() records {
	c := records{r.books.Clone(), r.documents.Clone(), r.mandates.Clone(), maps.Clone(r.keys)}
	if c.keys == nil {
		c.keys = map[Key]ID{}
	}
	return c
}

// NewMemory returns an empty store.
func NewMemory() *Memory { return &Memory{} }

// records returns the store behind m, which a zero Memory makes on first use.
func (m *Memory) records() *memory.Store[records] {
	m.once.Do(func() { m.store = newRecords() })
	return m.store
}

// Order and Check are the port's own, which the adapters have to meet as well.
func newRecords() *memory.Store[records] {
	return memory.New(records{
		books: memory.NewTable(memory.Kind[BookID, Book]{
			Name: RecordBook, Clone: func(b Book) Book { return b }, Check: Book.Check,
			Head: func(b *Book) memory.Head[BookID] {
				return memory.Head[BookID]{ID: b.ID, Org: b.Org, Version: &b.Version, Last: b.Last}
			},
			Order: func(a, b Book) int { return cmp.Or(cmp.Compare(a.Days.First, b.Days.First), cmp.Compare(a.ID, b.ID)) },
		}),
		documents: memory.NewTable(memory.Kind[ID, Document]{
			Name: RecordDocument, Clone: Document.clone, Check: Document.Check,
			Head: func(d *Document) memory.Head[ID] {
				return memory.Head[ID]{ID: d.ID, Org: d.Org, Version: &d.Version, Last: d.Last}
			},
			Order: func(a, b Document) int { return a.Place().Compare(b.Place()) },
		}),
		mandates: memory.NewTable(memory.Kind[MandateID, Mandate]{
			Name: RecordMandate, Clone: func(m Mandate) Mandate { return m }, Check: Mandate.Check,
			Head: func(m *Mandate) memory.Head[MandateID] {
				return memory.Head[MandateID]{ID: m.ID, Org: m.Org, Version: &m.Version, Last: m.Last}
			},
			Order: func(a, b Mandate) int { return cmp.Or(cmp.Compare(a.Day(), b.Day()), cmp.Compare(a.ID, b.ID)) },
		}),
	}, records.clone)
}

// Update implements [Store].
func (m *Memory) Update(ctx context.Context, org vanphong.OrgID, fn func(Tx) error) error {
	return m.records().Update(ctx, org, func(tx *memory.Tx, r records) error { return fn(memoryTx{memoryReader{tx, r}}) })
}

// View implements [Store].
func (m *Memory) View(ctx context.Context, org vanphong.OrgID, fn func(Reader) error) error {
	return m.records().View(ctx, org, func(tx *memory.Tx, r records) error { return fn(memoryReader{tx, r}) })
}

// Changes implements [Store].
func (m *Memory) Changes(ctx context.Context, org vanphong.OrgID, after vanphong.Cursor) iter.Seq2[vanphong.Change, error] {
	return m.records().Changes(ctx, org, after)
}

type memoryReader struct {
	tx *memory.Tx
	records
}

func (r memoryReader) Book(id BookID) (Book, error) { return r.books.Get(r.tx, id) }

func (r memoryReader) Books() iter.Seq2[Book, error] {
	return r.books.Walk(r.tx, func(Book) bool { return true })
}

func (r memoryReader) Document(id ID) (Document, error) { return r.documents.Get(r.tx, id) }

func (r memoryReader) Holder(k Key) (Document, error) {
	id, ok := r.keys[k]
	if err := r.tx.Open(); err == nil && !ok {
		return Document{}, memory.NotFound("key", string(k))
	}
	return r.documents.Get(r.tx, id)
}

func (r memoryReader) Documents(q Query) iter.Seq2[Document, error] {
	// Matched before sorting; Select matches again and ends at the limit.
	return q.Select(r.documents.Walk(r.tx, q.Match))
}

func (r memoryReader) Mandate(id MandateID) (Mandate, error) { return r.mandates.Get(r.tx, id) }

func (r memoryReader) Mandates(principal vanphong.PersonID) iter.Seq2[Mandate, error] {
	return r.mandates.Walk(r.tx, func(m Mandate) bool { return principal == "" || m.Principal == principal })
}

// memoryTx adds the puts, which a View must not have.
type memoryTx struct{ memoryReader }

func (t memoryTx) PutBook(b Book) error { return t.books.Put(t.tx, b) }

func (t memoryTx) PutMandate(m Mandate) error { return t.mandates.Put(t.tx, m) }

// PutDocument brings the index of keys up to date with the record, so that a
// key leads to one document at every moment.
func (t memoryTx) PutDocument(d Document) error {
	if err := t.documents.Refuse(t.tx, d); err != nil {
		return err
	}
	for _, k := range d.Keys() {
		if at, taken := t.keys[k]; taken && at != d.ID {
			return vanphong.NewInputError("key", string(k), "a key that no other document holds", vanphong.ErrConflict)
		}
	}
	old, err := t.documents.Get(t.tx, d.ID)
	if err == nil {
		for _, k := range old.Keys() {
			delete(t.keys, k)
		}
	}
	for _, k := range d.Keys() {
		t.keys[k] = d.ID
	}
	return t.documents.Put(t.tx, d)
}
