package documents

import (
	"cmp"
	"iter"
	"slices"

	"github.com/vanphong-go/vanphong"
)

// rows is what a store in memory searches.
type rows interface {
	over() error
	Entry(EntryID) (Entry, error)
	register(SeriesID) iter.Seq[*Entry] // by series, serial and suffix; all if the id is empty
	organOf(SeriesID) vanphong.OrgID
	born(EntryID) vanphong.Cursor // grows in the order of registration
}

// search answers a query by looking at every entry. What is wanted in the order of a
// register goes out as it is found; any other order is sorted first.
func search(q Query, r rows) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		if err := r.over(); err != nil {
			yield(Entry{}, err)
			return
		}
		f, err := q.Filter()
		var after *placed
		if err == nil && q.After != "" {
			after, err = anchor(q.After, r)
		}
		if err != nil {
			yield(Entry{}, err)
			return
		}
		left := q.Limit
		give := func(en *Entry) bool {
			left--
			return yield(*en, nil) && left != 0
		}
		var sorted []placed
		for en := range r.register(q.Series) {
			if !f.Matches(en, r.organOf(en.Series)) {
				continue
			}
			p := placed{entry: en}
			if q.Order != OrderRegister {
				p.born = r.born(en.ID)
			}
			switch {
			case after != nil && q.Order.compare(after, &p) >= 0:
			case q.Order != OrderRegister:
				copied := *en
				p.entry = &copied
				sorted = append(sorted, p)
			case !give(en):
				return
			}
		}
		slices.SortFunc(sorted, func(a, b placed) int { return q.Order.compare(&a, &b) })
		for _, p := range sorted {
			if !give(p.entry) {
				return
			}
		}
	}
}

// placed is an entry with what puts it in its place.
type placed struct {
	entry *Entry
	born  vanphong.Cursor
}

// anchor returns the entry that a page begins behind.
func anchor(id EntryID, r rows) (*placed, error) {
	en, err := r.Entry(id)
	if err != nil {
		return nil, vanphong.NewInputError("after", string(id), "an entry of this organisation", err)
	}
	return &placed{&en, r.born(id)}, nil
}

// compare is the one definition of the orders.
func (o Order) compare(a, b *placed) int {
	x, y := a.entry, b.entry
	switch o {
	case OrderNewest:
		return cmp.Compare(b.born, a.born)
	case OrderDay, OrderLatest:
		if (x.Day == 0) != (y.Day == 0) {
			if x.Day == 0 {
				return 1
			}
			return -1
		}
		c := cmp.Or(cmp.Compare(x.Day, y.Day), cmp.Compare(a.born, b.born))
		if o == OrderLatest {
			c = -c
		}
		return c
	}
	return comparePlaces(x, y)
}
