package calendar

import (
	"cmp"
	"math"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/vanphong-go/vanphong"
)

// The search behind Conflicts. Names are interned once, (resource, booking)
// items are brought together by a counting sort, and every bucket is sorted
// by start and swept on its own. People, rooms and vehicles never meet, so
// each kind is prepared by itself, side by side; then the buckets are shared
// out between processors. What they find is small (a few integers a pair)
// until it has been counted and ordered; only then is it written out.

// kinds is the number of kinds of resource.
const kinds = int(ResourceVehicle) + 1

// sweep is the bookings in the form the search needs.
type sweep struct {
	bookings []Booking
	of       [kinds]buckets
}

// buckets is the bookings of every resource of one kind.
//
// Flat slices instead of a slice for each resource: a hundred thousand
// resources would be as many allocations.
type buckets struct {
	names []string
	items []item  // those of names[r] are items[first[r]:first[r+1]]
	first []int32 // one more than names
}

// item is one booking of one resource.
type item struct {
	start, end int64 // nanoseconds since 1970
	booking    uint32
}

// found is a conflict before it is written out; a has the lesser id.
//
// 24 bytes, while a Conflict is some 100: sorting moves these.
type found struct {
	from int64
	a, b uint32
	name uint32 // in the names of kind
	kind ResourceKind
}

// Errors are looked at in a fixed order after all have ended, so that the same
// bookings always give the same error, however the goroutines ran.
func newSweep(bookings []Booking) (*sweep, error) {
	if len(bookings) > math.MaxInt32 {
		return nil, vanphong.NewInputError("bookings", strconv.Itoa(len(bookings)), "fewer than 2^31", vanphong.ErrOutOfRange)
	}
	s := &sweep{bookings: bookings}
	var errs [kinds + 1]error
	each(kinds+1, func(i int) {
		if i == 0 {
			errs[i] = checkBookings(bookings)
			return
		}
		s.of[i-1], errs[i] = bucketsOf(bookings, ResourceKind(i-1))
	})
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return s, nil
}

// each runs do(0) … do(n-1) on as many goroutines as there are processors and
// returns when all have ended.
//
// Work is taken one by one, for runs are unequal: whoever is done first takes
// the next.
func each(n int, do func(int)) {
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), n) {
		wait.Add(1)
		go func() {
			defer wait.Done()
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				do(i)
			}
		}()
	}
	wait.Wait()
}

// bucketsOf interns the names of one kind and buckets the bookings by them.
func bucketsOf(bookings []Booking, kind ResourceKind) (buckets, error) {
	in := interner{numbers: map[string]uint32{}}
	// use and ends are the bookings' lists laid end to end as numbers; the
	// strings are not touched again.
	var use []uint32 // resources of each booking, in turn
	ends := make([]int32, len(bookings))
	for i := range bookings {
		names := bookings[i].names(kind)
		if len(use) > math.MaxInt32-len(names) {
			return buckets{}, vanphong.NewInputError(resourceCodes[kind], "", "fewer than 2^31 in all", vanphong.ErrOutOfRange)
		}
		for _, name := range names {
			if name == "" {
				return buckets{}, wrong(resourceCodes[kind], "", "a name in booking "+bookings[i].ID)
			}
			if use == nil {
				use = make([]uint32, 0, len(bookings))
			}
			// A name given twice in one booking would make the booking
			// conflict with itself.
			if n, fresh := in.number(name, uint32(i)+1); fresh {
				use = append(use, n)
			}
		}
		ends[i] = int32(len(use))
	}
	return countingSort(bookings, in.names, use, ends), nil
}

func (b *Booking) names(kind ResourceKind) []string {
	switch kind {
	case ResourcePerson:
		return b.People
	case ResourceRoom:
		return b.Rooms
	}
	return b.Vehicles
}

// interner gives every name a number.
type interner struct {
	numbers map[string]uint32
	names   []string
	last    []uint32 // by number: the booking that named it last
}

// number returns the number of a name, and whether the booking names it for
// the first time.
func (in *interner) number(name string, booking uint32) (n uint32, fresh bool) {
	n, ok := in.numbers[name]
	if !ok {
		n = uint32(len(in.names))
		// A copy: keys that lie together stay in the cache, the callers' strings do not.
		name = strings.Clone(name)
		in.numbers[name] = n
		in.names = append(in.names, name)
		in.last = append(in.last, 0)
	}
	fresh = in.last[n] != booking
	in.last[n] = booking
	return n, fresh
}

// countingSort brings the uses together by resource; those of bookings[i] end
// at ends[i].
//
// Stable: within a resource the bookings stay in their order, which keeps the
// sweep's sort quick when they came sorted.
func countingSort(bookings []Booking, names []string, use []uint32, ends []int32) buckets {
	first := make([]int32, len(names)+1)
	for _, r := range use {
		first[r+1]++
	}
	for r := range names {
		first[r+1] += first[r]
	}
	next := slices.Clone(first)
	items := make([]item, len(use))
	at := int32(0)
	for i, end := range ends {
		if at == end {
			continue
		}
		start, stop := bookings[i].Start.UnixNano(), bookings[i].End.UnixNano()
		for ; at < end; at++ {
			r := use[at]
			items[next[r]] = item{start, stop, uint32(i)}
			next[r]++
		}
	}
	return buckets{names, items, first}
}

// Instants outside these seconds have no UnixNano.
//
// lastSecond leaves room for the gap, so that an end plus the gap cannot wrap
// round.
const (
	firstSecond = math.MinInt64/1_000_000_000 + 1
	lastSecond  = math.MaxInt64/1_000_000_000 - int64(MaxGap/time.Second) - 1
)

func checkBooking(b *Booking) error {
	if b.ID == "" {
		return wrong("id", "", "an id")
	}
	if !b.End.After(b.Start) {
		return wrong("end", b.End.Format(time.RFC3339), "an end after the start "+b.Start.Format(time.RFC3339)+" of "+b.ID)
	}
	if b.Start.Unix() < firstSecond || b.End.Unix() > lastSecond {
		return vanphong.NewInputError("start", b.Start.Format(time.RFC3339), "an instant of the years 1678 to 2261 for "+b.ID, vanphong.ErrOutOfRange)
	}
	return nil
}

// checkBookings refuses the first booking that cannot stand, then the first
// id that is used again.
//
// To check before any instant is turned into nanoseconds would be simpler; it
// runs beside the bucketing instead, whose result is thrown away on an error.
func checkBookings(bookings []Booking) error {
	for i := range bookings {
		if err := checkBooking(&bookings[i]); err != nil {
			return err
		}
	}
	if i := repeatedID(bookings); i >= 0 {
		return vanphong.NewInputError("id", bookings[i].ID, "an id used once", vanphong.ErrConflict)
	}
	return nil
}

// run is some resources of one kind, about as many bookings as in every run.
//
// Four runs a processor: enough to even out, few enough that starting one does
// not count.
type run struct {
	kind       ResourceKind
	first, end int
}

// conflicts sweeps all buckets and writes out what was found.
func (s *sweep) conflicts(o ConflictOptions) ([]Conflict, error) {
	runs := s.runs(4 * runtime.GOMAXPROCS(0))
	// By index, so the order of results is that of the runs and not of the
	// goroutines.
	results := make([][]found, len(runs))
	var total atomic.Int64
	each(len(runs), func(i int) { results[i] = s.sweep(runs[i], o, &total) })
	if total.Load() > int64(o.Max) {
		return nil, vanphong.NewInputError("conflicts", "more than "+strconv.Itoa(o.Max),
			"at most "+strconv.Itoa(o.Max)+"; check the bookings or raise the maximum", vanphong.ErrOutOfRange)
	}
	all := slices.Concat(results...)
	// The order is fixed here and not in the sweeps, since From orders across
	// resources.
	slices.SortFunc(all, s.compare)
	return s.write(all, o.Gap), nil
}

// A resource is never split: its bookings must be swept together.
func (s *sweep) runs(n int) []run {
	var out []run
	for kind := range s.of {
		b := &s.of[kind]
		size := int32(len(b.items)/n + 1)
		from := 0
		for r := range b.names {
			if b.first[r+1]-b.first[from] >= size || r == len(b.names)-1 {
				out = append(out, run{ResourceKind(kind), from, r + 1})
				from = r + 1
			}
		}
	}
	return out
}

// sweep finds the conflicts of one run. It stops early once the total of all
// runs is over the maximum: there will be no result then.
func (s *sweep) sweep(part run, o ConflictOptions, total *atomic.Int64) []found {
	b := &s.of[part.kind]
	gap := int64(o.Gap)
	if part.kind == ResourceRoom {
		gap = 0 // a room does not travel
	}
	var out []found
	counted := 0
	for r := part.first; r < part.end; r++ {
		items := b.items[b.first[r]:b.first[r+1]]
		slices.SortFunc(items, func(x, y item) int { return cmp.Compare(x.start, y.start) })
		// Sorted by start, so the first booking that starts when this one is
		// over ends the search for it: later ones start later still. That is
		// what keeps the cost to sorting plus conflicts.
		for i := range items {
			free := items[i].end + gap
			for j := i + 1; j < len(items) && items[j].start < free; j++ {
				out = append(out, s.pair(items[i], items[j], uint32(r), part.kind))
				// In steps, so that processors do not fight over the counter.
				if len(out)-counted == 1024 {
					counted = len(out)
					if total.Add(1024) > int64(o.Max) {
						return nil
					}
				}
			}
		}
	}
	total.Add(int64(len(out) - counted))
	return out
}

// pair is the conflict of two items, the first not starting later.
//
// from is the later start in both sorts of conflict.
func (s *sweep) pair(first, second item, name uint32, kind ResourceKind) found {
	f := found{from: second.start, a: first.booking, b: second.booking, name: name, kind: kind}
	if s.bookings[f.a].ID > s.bookings[f.b].ID {
		f.a, f.b = f.b, f.a
	}
	return f
}

// compare is a total order, for a pair and resource occurs once: so the result
// does not depend on which sort is used.
func (s *sweep) compare(x, y found) int {
	switch {
	case x.from != y.from:
		return cmp.Compare(x.from, y.from)
	case x.a != y.a: // ids are unique: another index is another id
		return cmp.Compare(s.bookings[x.a].ID, s.bookings[y.a].ID)
	case x.b != y.b:
		return cmp.Compare(s.bookings[x.b].ID, s.bookings[y.b].ID)
	case x.kind != y.kind:
		return cmp.Compare(x.kind, y.kind)
	}
	names := s.of[x.kind].names
	return cmp.Compare(names[x.name], names[y.name])
}

// write turns what was found into conflicts.
func (s *sweep) write(all []found, gap time.Duration) []Conflict {
	if len(all) == 0 {
		return nil
	}
	out := make([]Conflict, len(all))
	for i, f := range all {
		a, b := &s.bookings[f.a], &s.bookings[f.b]
		c := Conflict{A: a.ID, B: b.ID, Resource: Resource{f.kind, s.of[f.kind].names[f.name]}}
		c.From, c.To = meet(a, b, gap)
		out[i] = c
	}
	return out
}

// meet returns the time two conflicting bookings share, or the time by which
// the gap between them is short. At a tie the instant of a is taken.
//
// Instants that are equal may be written in two zones; a's is taken so that
// the output is the same in both orders of the input.
func meet(a, b *Booking, gap time.Duration) (from, to time.Time) {
	earlier, later := a, b
	if b.Start.Before(a.Start) {
		earlier, later = b, a
	}
	from = a.Start
	if b.Start.After(a.Start) {
		from = b.Start
	}
	to = a.End
	if !earlier.End.After(later.Start) {
		// They do not overlap: the gap alone makes the conflict.
		to = earlier.End.Add(gap)
		if later.End.Before(to) {
			to = later.End
		}
	} else if b.End.Before(a.End) {
		to = b.End
	}
	// Round strips the monotonic reading a caller's time.Now may carry.
	return from.Round(0), to.Round(0)
}
