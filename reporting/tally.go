package reporting

import (
	"cmp"
	"iter"
	"math"
	"slices"
	"strconv"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
)

// Fact is one thing that is counted: an organisation did something of a kind
// on a day. For a document these are its organ, kind and date; what else an
// office counts (meetings, bulletins) takes a Kind of its own.
//
// It is three small values and no record: a million of them pass through
// without anything being kept.
type Fact struct {
	Org  vanphong.OrgID `json:"org"`
	Kind documents.Kind `json:"kind"`
	Day  vanphong.Date  `json:"day"`
}

// What a Tally holds at most. Facts beyond are refused with an error that
// wraps vanphong.ErrOutOfRange: a stream with an id a row (a number read as an
// organisation) would otherwise fill the memory before anybody noticed.
const (
	MaxOrgs  = 50_000
	MaxKinds = 1_000
	MaxCells = 1 << 24
)

// Facts are counted from 1900 to 2199; a day outside is a misread one.
var (
	firstDay = vanphong.MustDate("1900-01-01")
	endDay   = vanphong.MustDate("2200-01-01")
)

// Tally counts facts by organisation, kind and period of a scheme (bảng tổng
// hợp). It meets new organisations and kinds as they come and keeps cells, not
// facts: its size is bounded by what it tells apart, however many facts it has
// seen. Make one with [NewTally]. Only reading is safe from several goroutines at
// once; to count from several, give each its own and [Tally.Merge] them.
//
// Cells and not facts is also why it cannot be asked about half a period, see
// [Tally.Count].
type Tally struct {
	scheme   Scheme
	orgs     index[vanphong.OrgID]
	kinds    index[documents.Kind]
	ordinals []int       // of the periods met, by their index
	period   map[int]int // and back
	// slots is the period of each day, so that a fact costs a load and not a
	// calendar: pages of 256 days, the period's index plus one, 0 for not met.
	slots [slotPages]*[slotPage]int32
	cells [][][]int64 // organisation, kind, period
	used  int         // words allocated in cells
	total int64
}

// 300 years of at most 366 days, in pages so that a report of one year
// allocates two.
const (
	slotPage  = 256
	slotPages = 300*366/slotPage + 1
)

// NewTally returns an empty tally by the periods of a scheme.
func NewTally(by Scheme) (*Tally, error) {
	if err := by.Check(); err != nil {
		return nil, err
	}
	return &Tally{scheme: by}, nil
}

// Scheme returns the scheme of the tally's periods.
func (t *Tally) Scheme() Scheme { return t.scheme }

// Total returns how many facts were counted.
func (t *Tally) Total() int64 { return t.total }

// Add counts one fact. A fact without a usable organisation, kind or day is
// refused with an [*vanphong.InputError] and not counted.
//
// The ordinary case first: everything was met before, and one slot is added
// to. What is new, or wrong, goes the slow way, which also finds the words for
// the error.
func (t *Tally) Add(f Fact) error {
	o, k, p := t.orgs.find(f.Org), t.kinds.find(f.Kind), t.slot(f.Day)
	// A total at its bound goes the slow way, too, which refuses it.
	if o >= 0 && k >= 0 && p >= 0 && t.total < math.MaxInt64 {
		if row := t.cells[o]; k < len(row) && p < len(row[k]) {
			row[k][p]++
			t.total++
			return nil
		}
	}
	if f.Day < firstDay || f.Day >= endDay {
		return vanphong.NewInputError("day", f.Day.String(), "a day of the years 1900 to 2199", vanphong.ErrOutOfRange)
	}
	p, err := t.addN(f.Org, f.Kind, t.scheme.ordinal(f.Day), 1)
	if err == nil {
		t.note(f.Day, p)
	}
	return err
}

// slot returns the period index of a day, or -1 if it is not met yet.
func (t *Tally) slot(day vanphong.Date) int {
	// An unset day is 0 and wraps as well, so it needs no test of its own.
	i := uint64(day - firstDay) // a day before wraps far above
	if i >= slotPages*slotPage {
		return -1
	}
	page := t.slots[i/slotPage]
	if page == nil {
		return -1
	}
	return int(page[i%slotPage]) - 1
}

// note keeps the period index of a day for the next fact.
func (t *Tally) note(day vanphong.Date, p int) {
	i := int(day - firstDay)
	if t.slots[i/slotPage] == nil {
		t.slots[i/slotPage] = new([slotPage]int32)
	}
	t.slots[i/slotPage][i%slotPage] = int32(p + 1)
}

// addN counts n facts of one cell, meeting what is new, and returns the index
// of the period.
//
// Everything that can be refused is refused before anything is changed, so
// that a refused fact leaves no empty row behind.
func (t *Tally) addN(org vanphong.OrgID, kind documents.Kind, ordinal int, n int64) (int, error) {
	o, k := t.orgs.find(org), t.kinds.find(kind)
	p, okPeriod := t.period[ordinal]
	okOrg, okKind := o >= 0, k >= 0
	if n < 0 || t.total > math.MaxInt64-n {
		return 0, vanphong.NewInputError("count", strconv.FormatInt(n, 10), "a count that adds up to at most 2^63-1", vanphong.ErrOutOfRange)
	}
	if !okOrg {
		o = len(t.orgs.keys)
		if err := room("org", org, o, MaxOrgs); err != nil {
			return 0, err
		}
	}
	if !okKind {
		k = len(t.kinds.keys)
		if err := room("kind", kind, k, MaxKinds); err != nil {
			return 0, err
		}
	}
	if !okPeriod {
		p = len(t.ordinals)
	}
	// A kind that an organisation has not used costs three words: they count.
	var kinds [][]int64
	var periods []int64
	if okOrg {
		kinds = t.cells[o]
	}
	if k < len(kinds) {
		periods = kinds[k]
	}
	// Words, not bytes: 16 million of them are 128 MB, whatever shape they
	// take.
	more := 3*max(0, k+1-len(kinds)) + max(0, p+1-len(periods))
	if t.used+more > MaxCells {
		return 0, vanphong.NewInputError("org", string(org), "at most "+strconv.Itoa(MaxCells)+" cells in a tally", vanphong.ErrOutOfRange)
	}
	if !okOrg {
		t.orgs.add(org)
		t.cells = append(t.cells, nil)
	}
	if !okKind {
		t.kinds.add(kind)
	}
	if !okPeriod {
		if t.period == nil {
			t.period = map[int]int{}
		}
		t.period[ordinal] = p
		t.ordinals = append(t.ordinals, ordinal)
	}
	// Rows grow only as far as they are used: to the last kind of an
	// organisation, and to the last period of that kind.
	t.cells[o] = grown(t.cells[o], k)
	t.cells[o][k] = grown(t.cells[o][k], p)
	t.cells[o][k][p] += n
	t.used += more
	t.total += n
	return p, nil
}

// room refuses an id that cannot be one, and one more than a tally takes.
func room[T ~string](field string, id T, have, most int) error {
	if err := vanphong.CheckID(field, id); err != nil {
		return err
	}
	if have >= most {
		return vanphong.NewInputError(field, string(id), "at most "+strconv.Itoa(most)+" different ones in a tally", vanphong.ErrOutOfRange)
	}
	return nil
}

func grown[T any](s []T, i int) []T {
	if i < len(s) {
		return s
	}
	return append(s, make([]T, i+1-len(s))...)
}

// AddAll counts a stream of facts, all or none: after an error, the stream's
// own or a refused fact's, t is as it was.
//
// It counts beside t and merges: undoing a million facts one by one would need
// to remember them.
func (t *Tally) AddAll(facts iter.Seq2[Fact, error]) error {
	if facts == nil {
		return missing("facts", "a stream of facts, empty or not")
	}
	fresh := &Tally{scheme: t.scheme}
	for f, err := range facts {
		if err != nil {
			return err
		}
		if err := fresh.Add(f); err != nil {
			return err
		}
	}
	return t.Merge(fresh)
}

// missing is the error about a nil argument: an office that forgot one gets it
// back with its name, not a panic.
func missing(field, want string) error {
	return vanphong.NewInputError(field, "nil", want, nil)
}

// Merge adds what another tally of the same scheme has counted. The order of
// merging makes no difference. If it cannot be (another scheme: wraps
// vanphong.ErrConflict; the bounds), t is as it was.
//
// The same bounds hold for the sum, so merging cannot be a way around them.
func (t *Tally) Merge(o *Tally) error {
	if o == nil {
		return missing("tally", "a tally to add")
	}
	if o.scheme != t.scheme {
		a, _ := t.scheme.MarshalText()
		b, _ := o.scheme.MarshalText()
		return vanphong.NewInputError("scheme", string(b), "the scheme of the tally it goes into, "+string(a), vanphong.ErrConflict)
	}
	sum := &Tally{scheme: t.scheme} // what could fail is tried beside t
	// Both into a fresh one, so that t is untouched if the second does not
	// fit.
	for _, from := range [...]*Tally{t, o} {
		for c := range from.Cells() {
			if _, err := sum.addN(c.Org, c.Kind, t.scheme.ordinal(c.Period.Days.First), c.Count); err != nil {
				return err
			}
		}
	}
	*t = *sum
	return nil
}

// Cell is one count of a [Tally].
type Cell struct {
	Org    vanphong.OrgID `json:"org"`
	Kind   documents.Kind `json:"kind"`
	Period Period         `json:"period"`
	Count  int64          `json:"count"` // 1 or more
}

// Cells walks the counts, by organisation, kind and period, each in order of
// its ids or days: the same tally always walks the same way, whatever came
// first.
//
// The indices are those of first meeting and differ between runs; ids and days
// do not.
func (t *Tally) Cells() iter.Seq[Cell] {
	return func(yield func(Cell) bool) {
		orgs, kinds, ordinals := t.Orgs(), t.Kinds(), sorted(t.ordinals)
		for _, org := range orgs {
			row := t.cells[t.orgs.look(org)]
			for _, kind := range kinds {
				k := t.kinds.look(kind)
				if k >= len(row) {
					continue
				}
				for _, ordinal := range ordinals {
					p := t.period[ordinal]
					if p < len(row[k]) && row[k][p] > 0 && !yield(Cell{org, kind, t.scheme.period(ordinal), row[k][p]}) {
						return
					}
				}
			}
		}
	}
}

func sorted[T cmp.Ordered](keys []T) []T { return slices.Sorted(slices.Values(keys)) }

// Orgs returns the organisations that were counted, in order of their ids.
func (t *Tally) Orgs() []vanphong.OrgID { return sorted(t.orgs.keys) }

// Kinds returns the kinds that were counted, in order of their ids.
func (t *Tally) Kinds() []documents.Kind { return sorted(t.kinds.keys) }

// Count returns how many facts the rows hold; a zero field of rows does not
// restrict. Days must be whole periods of the scheme, or periods that hold
// nothing: a tally by months cannot say what fell on half a month, and says so
// with an error that wraps vanphong.ErrOutOfRange.
//
// A period cut in two would have to be guessed, and a guess would be printed
// as a count.
func (t *Tally) Count(rows Rows) (int64, error) {
	inside, err := t.inside(rows.Days)
	if err != nil {
		return 0, err
	}
	var n int64
	for i, org := range t.orgs.keys {
		if rows.Org != "" && rows.Org != org {
			continue
		}
		for k, periods := range t.cells[i] {
			if !rows.hasKind(t.kinds.keys[k]) {
				continue
			}
			for p, count := range periods {
				if inside[p] {
					n += count
				}
			}
		}
	}
	return n, nil
}

// inside says of each period index whether it lies within days. Periods that
// were not met hold nothing, so cutting them does no harm.
func (t *Tally) inside(days vanphong.Days) ([]bool, error) {
	if !days.Valid() {
		return nil, vanphong.NewInputError("days", days.ISO(), "an end after the first day", nil)
	}
	out := make([]bool, len(t.ordinals))
	for p, ordinal := range t.ordinals {
		period := t.scheme.period(ordinal)
		// A period that shares some days, but not all, with those asked for
		// cannot be answered.
		shared := period.Days.Intersect(days)
		out[p] = shared == period.Days
		if shared.Valid() && !out[p] {
			return nil, vanphong.NewInputError("days", days.ISO(), "whole periods: "+period.Name+" is "+period.Days.ISO(), vanphong.ErrOutOfRange)
		}
	}
	return out, nil
}
