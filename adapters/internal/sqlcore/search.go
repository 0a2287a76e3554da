package sqlcore

import (
	"cmp"
	"database/sql"
	"hash/fnv"
	"iter"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
)

// WordIndex is what differs between databases in looking up words: the index of
// vp_entries.terms. Each condition has one argument, which Ask makes.
type WordIndex struct {
	// Ask writes terms that must all be there.
	Ask func([]documents.Term) string
	// Count counts the lines that have them, up to its second argument.
	Count string
	// Few is a condition on vp_entries to be looked up in the index first; Many
	// one to be asked of each line, as they come in the order that is wanted.
	Few, Many string
	// Newest begins a query, up to its conditions, that comes from the index in
	// the order of n, the last first. "" if the index has no order.
	Newest string
	// Loose gives n of the last line that the index has: those after it are
	// looked at one by one. "" if it has all.
	Loose string
}

// manyLines is where looking up all that match and sorting them begins to take
// longer than walking in the order that is wanted: of a million lines, a hundredth
// is met soon enough.
const manyLines = 10_000

// orgTerm is the term of an organisation: its share of an index that all have in
// common. Two organisations may have one term; every query names the organisation
// as well.
func orgTerm(org vanphong.OrgID) string {
	h := fnv.New64a()
	h.Write([]byte(org))
	return "o_" + strconv.FormatUint(h.Sum64(), 36)
}

// termsOf is the column that the index of words is made of.
func termsOf(e *documents.Entry) string {
	return strings.Join(append(e.Terms(), orgTerm(e.Org)), " ")
}

// Entries implements documents.Reader.
func (r *ledgerReader) Entries(q documents.Query) iter.Seq2[documents.Entry, error] {
	return walk(&r.scope, func() iter.Seq2[documents.Entry, error] {
		s := search{scope: &r.scope, q: q}
		if err := s.prepare(); err != nil {
			return failed[documents.Entry](err)
		}
		over, err := s.written()
		if err != nil {
			return failed[documents.Entry](err)
		}
		hides := func(h hit) bool {
			row := r.w.ledger.entries[entryKey{r.org, h.entry.ID}]
			return row != nil && row.dirty
		}
		return s.answer(merge(s.stored(len(over)), over, hides, func(a, b hit) int { return s.compare(&a, &b) }))
	})
}

// hit is an entry that was found, with its place among the lines: math.MaxInt64/2
// and more for one that is not stored yet.
type hit struct {
	entry documents.Entry
	n     int64
}

// search answers one query.
type search struct {
	*scope
	q      documents.Query
	filter *documents.Filter
	terms  []documents.Term
	after  *hit
}

func (s *search) prepare() (err error) {
	if s.filter, err = s.q.Filter(); err != nil {
		return err
	}
	if s.terms = s.filter.Terms(); len(s.terms) > 0 {
		s.terms = append(s.terms, documents.Term{Text: orgTerm(s.org)})
	}
	if s.q.After == "" {
		return nil
	}
	row, err := s.w.entryOf(entryKey{s.org, s.q.After})
	if err != nil {
		return err
	}
	if !row.known {
		return vanphong.NewInputError("after", string(s.q.After), "an entry of this organisation", vanphong.ErrNotFound)
	}
	s.after, err = s.hitOf(row)
	return err
}

// hitOf finds the place of an entry. Only the orders that go by it ask the database.
func (s *search) hitOf(row *entryRow) (*hit, error) {
	h := &hit{row.entry, math.MaxInt64/2 + int64(row.born)}
	if !row.stored || s.q.Order == documents.OrderRegister {
		return h, nil
	}
	found, err := s.w.s.row("read entry", `SELECT n FROM vp_entries WHERE org = ? AND id = ?`, []any{string(s.org), string(row.entry.ID)}, &h.n)
	if err == nil && !found {
		err = notFound("entry", string(row.entry.ID))
	}
	return h, err
}

// written returns the entries of this transaction that are asked for, in order.
func (s *search) written() ([]hit, error) {
	var out []hit
	for k, row := range s.w.ledger.entries {
		if !row.dirty || k.org != s.org || !s.filter.Matches(&row.entry, row.organ) {
			continue
		}
		h, err := s.hitOf(row)
		if err != nil {
			return nil, err
		}
		if s.after == nil || s.compare(s.after, h) < 0 {
			out = append(out, *h)
		}
	}
	slices.SortFunc(out, func(a, b hit) int { return s.compare(&a, &b) })
	return out, nil
}

// compare is the ORDER BY of the phases: merge relies on the two being one order.
func (s *search) compare(a, b *hit) int {
	x, y := &a.entry, &b.entry
	switch s.q.Order {
	case documents.OrderNewest:
		return cmp.Compare(b.n, a.n)
	case documents.OrderDay, documents.OrderLatest:
		if x.Day.IsZero() != y.Day.IsZero() {
			if x.Day.IsZero() {
				return 1
			}
			return -1
		}
		c := cmp.Or(cmp.Compare(x.Day, y.Day), cmp.Compare(a.n, b.n))
		if s.q.Order == documents.OrderLatest {
			c = -c
		}
		return c
	}
	return cmp.Or(strings.Compare(string(x.Series), string(y.Series)), strings.Compare(slotOf(x), slotOf(y)))
}

// answer takes as many as are wanted.
func (s *search) answer(from iter.Seq2[hit, error]) iter.Seq2[documents.Entry, error] {
	return func(yield func(documents.Entry, error) bool) {
		left := s.q.Limit
		for h, err := range from {
			if left--; !yield(h.entry, err) || err != nil || left == 0 {
				return
			}
		}
	}
}

// stored walks what the database has, phase after phase. With a limit it asks for
// pages: not every line that SQL finds is one that is asked for, and a database that
// is told how few are wanted takes another way to them. spare is how many of a page
// may be out of date.
func (s *search) stored(spare int) iter.Seq2[hit, error] {
	return func(yield func(hit, error) bool) {
		phases, err := s.phases()
		if err != nil {
			yield(hit{}, err)
			return
		}
		for i := range phases {
			p := &phases[i]
			size := 0
			if s.q.Limit > 0 {
				size = min(s.q.Limit, 1000) + spare + 1
			}
			for at := p.after; ; size = min(size*4, 4000) {
				n, last := 0, hit{}
				query, args := p.query(s, at, size)
				for h, err := range list(s.w.s, "read entries", query, args, scanHit) {
					if err != nil {
						yield(h, err)
						return
					}
					n, last = n+1, h
					if s.filter.Matches(&h.entry, s.q.Organ) && !yield(h, nil) {
						return
					}
				}
				if size == 0 || n < size {
					break
				}
				at = &last
			}
		}
	}
}

func scanHit(rows *sql.Rows) (h hit, err error) {
	var id, body string
	if err := rows.Scan(&h.n, &id, &body); err != nil {
		return h, err
	}
	return h, decode("entry", id, body, &h.entry)
}

// phase is one statement of a search: a part of the lines that comes before the
// part of the next phase.
type phase struct {
	head  string // up to the conditions, with its arguments
	where []string
	args  []any
	// key is what the phase is ordered by, down or up
	key   []string
	down  bool
	after *hit // behind which it begins
	// sorted says that the lines are looked up by a condition and then sorted, not
	// walked in the order of the key.
	sorted bool
}

// query writes the phase in SQL, from behind a hit on and for no more than size
// lines. Values are always arguments; nothing of a query's text comes from the
// caller.
func (p *phase) query(s *search, at *hit, size int) (string, []any) {
	d := s.w.s.d
	var b strings.Builder
	args := slices.Clone(p.args)
	key, head := p.key, p.head
	// Of lines to be sorted only the key is read, and the rest of the few that win.
	twice := p.sorted && d.KeyFirst && size > 0
	if p.sorted {
		key = make([]string, len(p.key))
		for i, k := range p.key {
			key[i] = d.Unindexed(k)
		}
	}
	if twice {
		head = "SELECT e.n" + strings.TrimPrefix(head, selectHit)
	}
	b.WriteString(head)
	for _, w := range p.where {
		b.WriteString(" AND " + w)
	}
	sign, way := " > ", ""
	if p.down {
		sign, way = " < ", " DESC"
	}
	if at != nil {
		for _, k := range p.key {
			args = append(args, at.column(k))
		}
		b.WriteString(" AND (" + strings.Join(key, ", ") + ")" + sign + "(" + strings.Repeat("?, ", len(key)-1) + "?)")
	}
	order := " ORDER BY " + strings.Join(key, way+", ") + way
	b.WriteString(order)
	if size > 0 {
		b.WriteString(d.Limit)
		args = append(args, size)
	}
	if twice {
		return selectHit + ` FROM vp_entries e WHERE e.n IN (` + b.String() + `)` + order, args
	}
	return b.String(), args
}

// column is what an entry has in a column that phases are ordered by.
func (h *hit) column(key string) any {
	switch key {
	case "e.series":
		return string(h.entry.Series)
	case "e.slot":
		return slotOf(&h.entry)
	case "e.day":
		return h.entry.Day.String()
	}
	return h.n
}
