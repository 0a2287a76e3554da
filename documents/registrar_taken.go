package documents

import (
	"errors"
	"strconv"

	"github.com/vanphong-go/vanphong"
)

// A series that goes on with the count of another has the numbers of two books in one
// line. What stands beside its run must be neither in the books before it nor in those
// after it: the store compares numbers of one series alone.

// lineBook is what a series has of numbers, as far as another one can ask for them.
type lineBook struct {
	Series
	beside map[beside]bool // late and inserted ones
}

// lineBooks are the books read within one transaction. An import has a hundred thousand
// lines; each book is walked once and not once for each line.
type lineBooks struct {
	tx    Reader
	books map[SeriesID]*lineBook
	next  map[SeriesID][]SeriesID // successors; nil until they were read
}

func newLineBooks(tx Reader) *lineBooks {
	return &lineBooks{tx: tx, books: map[SeriesID]*lineBook{}}
}

// book reads a series, once.
func (l *lineBooks) book(id SeriesID) (*lineBook, error) {
	if b := l.books[id]; b != nil {
		return b, nil
	}
	s, err := l.tx.Series(id)
	if err != nil {
		return nil, err
	}
	b := &lineBook{s, map[beside]bool{}}
	for en, err := range l.tx.Entries(Query{Series: id}) {
		if err != nil {
			return nil, err
		}
		if en.Serial < s.First || en.Number.Suffix != "" {
			b.beside[beside{en.Serial, en.Number.Suffix}] = true
		}
	}
	l.books[id] = b
	return b, nil
}

// free refuses a number beside the run of a series that another book of its line has.
// Only the part of the line that shares its count is asked: a series that begins at 01
// shares none with those before it.
func (l *lineBooks) free(s Series, at beside) error {
	conflict := func(other Series) error {
		return vanphong.NewInputError("serial", strconv.Itoa(int(at.serial))+at.suffix, "a number that series "+other.label()+", whose count this one shares, has not given", vanphong.ErrConflict)
	}
	before := s
	for range maxLineage {
		if before.Continues == "" || at.serial >= before.First {
			break
		}
		b, err := l.book(before.Continues)
		if errors.Is(err, vanphong.ErrNotFound) {
			break // kept elsewhere: nobody here can tell
		}
		if err != nil {
			return err
		}
		// Every number of a run was given, whatever became of it.
		run := at.suffix == "" && at.serial >= b.First && at.serial < b.Next
		if run || b.beside[at] {
			return conflict(b.Series)
		}
		before = b.Series
	}
	return l.freeAfter(s.ID, at, conflict)
}

// freeAfter asks the books that go on from one: a line of the older book may have been
// registered there before the older book was asked.
func (l *lineBooks) freeAfter(id SeriesID, at beside, conflict func(Series) error) error {
	if l.next == nil {
		l.next = map[SeriesID][]SeriesID{}
		for s, err := range l.tx.AllSeries() {
			if err != nil {
				return err
			}
			if s.Continues != "" {
				l.next[s.Continues] = append(l.next[s.Continues], s.ID)
			}
		}
	}
	// A circle can only be written past the SDK; it must not hang an import.
	seen := map[SeriesID]bool{id: true}
	for queue := l.next[id]; len(queue) > 0; queue = queue[1:] {
		if seen[queue[0]] {
			continue
		}
		seen[queue[0]] = true
		b, err := l.book(queue[0])
		if err != nil {
			return err
		}
		if at.serial >= b.First {
			continue // it counts anew, or this number is of its own run
		}
		if b.beside[at] {
			return conflict(b.Series)
		}
		queue = append(queue[:len(queue):len(queue)], l.next[b.ID]...)
	}
	return nil
}

// took remembers a number that this transaction has written.
func (l *lineBooks) took(id SeriesID, at beside) {
	if b := l.books[id]; b != nil {
		b.beside[at] = true
	}
}
