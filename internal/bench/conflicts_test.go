package bench

import (
	"cmp"
	"flag"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/google/btree"
	"github.com/tidwall/rtree"
	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/calendar"
	"github.com/zyedidia/generic/interval"
)

var bookingCount = flag.Int("bookings", 100_000, "bookings in the conflict benchmarks")

// A pair is two bookings that overlap, by index, the lesser one first. It is
// all that is asked of a peer; the SDK writes out ids, the resource and the
// time in common, in order, and has checked every booking before.
type pair struct{ a, b int32 }

func paired(a, b int32) pair { return pair{min(a, b), max(a, b)} }

// A stretch is a booking in the form in which peers take it.
type stretch struct {
	start, end int64 // nanoseconds
	person     int32
	index      int32
}

// stretches numbers the people, which every peer needs first: a tree knows no
// names. It is part of what is measured, as it is for the SDK.
func stretches(bookings []calendar.Booking) (out []stretch, people int) {
	numbers := map[string]int32{}
	out = make([]stretch, len(bookings))
	for i := range bookings {
		b := &bookings[i]
		n, ok := numbers[b.People[0]]
		if !ok {
			n = int32(len(numbers))
			numbers[b.People[0]] = n
		}
		out[i] = stretch{b.Start.UnixNano(), b.End.UnixNano(), n, int32(i)}
	}
	return out, len(numbers)
}

// rtreePairs lays every booking as a line into a plane of people and seconds.
// The tree takes both ends as included, so the last second is left away; it
// splits best when the sides of the plane are alike, so people stand a day
// apart. (In whole nanoseconds its areas overflow and it is ten times slower.)
func rtreePairs(bookings []calendar.Booking) []pair {
	all, _ := stretches(bookings)
	line := func(s stretch) (from, to [2]float64) {
		person := float64(s.person) * 24 * 60 * 60
		return [2]float64{person, float64(s.start / 1e9)}, [2]float64{person, float64(s.end/1e9 - 1)}
	}
	var tree rtree.RTreeGN[float64, int32]
	for _, s := range all {
		from, to := line(s)
		tree.Insert(from, to, s.index)
	}
	var out []pair
	for _, s := range all {
		from, to := line(s)
		tree.Search(from, to, func(_, _ [2]float64, other int32) bool {
			if other > s.index { // each pair is met twice
				out = append(out, pair{s.index, other})
			}
			return true
		})
	}
	return out
}

// btreePairs keeps the bookings by person and start, and looks from each one
// on to those that begin before it ends.
func btreePairs(bookings []calendar.Booking) []pair {
	all, _ := stretches(bookings)
	tree := btree.NewG(32, func(x, y stretch) bool {
		if x.person != y.person {
			return x.person < y.person
		}
		if x.start != y.start {
			return x.start < y.start
		}
		return x.index < y.index
	})
	for _, s := range all {
		tree.ReplaceOrInsert(s)
	}
	var out []pair
	for _, s := range all {
		tree.AscendGreaterOrEqual(s, func(other stretch) bool {
			if other.index == s.index {
				return true
			}
			if other.person != s.person || other.start >= s.end {
				return false
			}
			out = append(out, paired(s.index, other.index))
			return true
		})
	}
	return out
}

// intervalPairs is a tree of intervals for each person. The tree holds one
// interval for each start: of two meetings that begin together it keeps the
// later one, and their conflict is lost with it.
func intervalPairs(bookings []calendar.Booking) []pair {
	all, people := stretches(bookings)
	trees := make([]*interval.Tree[int64, int32], people)
	for _, s := range all {
		if trees[s.person] == nil {
			trees[s.person] = interval.New[int64, int32]()
		}
		trees[s.person].Put(s.start, s.end, s.index)
	}
	var out []pair
	for _, s := range all {
		for _, other := range trees[s.person].Overlaps(s.start, s.end) {
			if other.Val > s.index {
				out = append(out, pair{s.index, other.Val})
			}
		}
	}
	return out
}

// sortedPairs is what an office's programmer writes without a library: the
// bookings of each person in a map, sorted, and each one compared with those
// after it until one begins too late.
func sortedPairs(bookings []calendar.Booking) []pair {
	of := map[string][]stretch{}
	for i := range bookings {
		b := &bookings[i]
		of[b.People[0]] = append(of[b.People[0]], stretch{b.Start.UnixNano(), b.End.UnixNano(), 0, int32(i)})
	}
	var out []pair
	for _, list := range of {
		slices.SortFunc(list, func(x, y stretch) int { return cmp.Compare(x.start, y.start) })
		for i, s := range list {
			for j := i + 1; j < len(list) && list[j].start < s.end; j++ {
				out = append(out, paired(s.index, list[j].index))
			}
		}
	}
	return out
}

// sortedConflicts is sortedPairs made to do the whole job: refuse what cannot
// stand, write out the conflicts, put them in order.
func sortedConflicts(bookings []calendar.Booking) ([]calendar.Conflict, error) {
	ids := make(map[string]bool, len(bookings))
	for i := range bookings {
		b := &bookings[i]
		if b.ID == "" || ids[b.ID] || !b.End.After(b.Start) || b.People[0] == "" {
			return nil, fmt.Errorf("booking %q cannot stand", b.ID)
		}
		ids[b.ID] = true
	}
	pairs := sortedPairs(bookings)
	out := make([]calendar.Conflict, len(pairs))
	for i, p := range pairs {
		a, b := &bookings[p.a], &bookings[p.b]
		if a.ID > b.ID {
			a, b = b, a
		}
		c := calendar.Conflict{A: a.ID, B: b.ID, Resource: calendar.Resource{Kind: calendar.ResourcePerson, Name: a.People[0]}, From: a.Start, To: a.End}
		if b.Start.After(c.From) {
			c.From = b.Start
		}
		if b.End.Before(c.To) {
			c.To = b.End
		}
		out[i] = c
	}
	slices.SortFunc(out, func(x, y calendar.Conflict) int {
		return cmp.Or(x.From.Compare(y.From), cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B))
	})
	return out, nil
}

// ourPairs is Conflicts, brought to the form in which peers are compared.
func ourPairs(tb testing.TB, bookings []calendar.Booking) []pair {
	tb.Helper()
	found, err := calendar.Conflicts(bookings, nil)
	if err != nil {
		tb.Fatal(err)
	}
	at := map[string]int32{}
	for i := range bookings {
		at[bookings[i].ID] = int32(i)
	}
	out := make([]pair, len(found))
	for i, c := range found {
		out[i] = paired(at[c.A], at[c.B])
	}
	return inOrder(out)
}

func inOrder(pairs []pair) []pair {
	slices.SortFunc(pairs, func(x, y pair) int { return cmp.Or(cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b)) })
	return pairs
}

// randomBookings is a year in n unsorted bookings of 30 to 180 minutes on a
// grid of 15, so many for each person on average.
func randomBookings(n, each int) []calendar.Booking {
	rnd := rand.New(rand.NewPCG(3, uint64(n)))
	people := make([]string, max(1, n/each))
	for i := range people {
		people[i] = fmt.Sprintf("%08x-%d", rnd.Uint64(), rnd.IntN(1e6))
	}
	first := vanphong.MustDate("2026-01-01").At(0, 0)
	out := make([]calendar.Booking, n)
	for i := range out {
		start := first.Add(time.Duration(rnd.IntN(365*96)) * 15 * time.Minute)
		out[i] = calendar.Booking{
			ID: fmt.Sprintf("%08x-%d", rnd.Uint32(), i), Start: start,
			End: start.Add(time.Duration(2+rnd.IntN(11)) * 15 * time.Minute),
			// A string of its own for each booking, as rows of a file have.
			People: []string{string([]byte(people[rnd.IntN(len(people))]))},
		}
	}
	return out
}

// The SDK finds what two trees and a sorted list find, each pair once.
func TestConflictsAgreeWithTrees(t *testing.T) {
	bookings := randomBookings(20_000, 1000)
	ours := ourPairs(t, bookings)
	if len(ours) < 1000 {
		t.Fatalf("only %d conflicts: the bookings prove nothing", len(ours))
	}
	for name, pairs := range map[string][]pair{
		"rtree": rtreePairs(bookings), "btree": btreePairs(bookings), "sorted": sortedPairs(bookings),
	} {
		if !slices.Equal(ours, inOrder(pairs)) {
			t.Errorf("%s finds %d pairs, not the %d found here", name, len(pairs), len(ours))
		}
	}
}

// Done by hand to the end, the job has the same result to the last field.
func TestConflictsAgreeWithHandwork(t *testing.T) {
	bookings := randomBookings(20_000, 1000)
	ours, err := calendar.Conflicts(bookings, nil)
	if err != nil {
		t.Fatal(err)
	}
	theirs, err := sortedConflicts(bookings)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(ours, theirs) {
		t.Errorf("%d conflicts here, %d there, or not the same ones", len(ours), len(theirs))
	}
}

// An interval tree with one interval for each start loses conflicts; the
// clearest are two meetings of one person at one time.
func TestIntervalTreeLosesEqualStarts(t *testing.T) {
	bookings := randomBookings(20_000, 1000)
	ours, theirs := ourPairs(t, bookings), inOrder(intervalPairs(bookings))
	if len(theirs) >= len(ours) {
		t.Errorf("the tree finds %d of %d pairs: it loses none", len(theirs), len(ours))
	}
	for _, p := range theirs {
		if _, ok := slices.BinarySearchFunc(ours, p, func(x, y pair) int { return cmp.Or(cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b)) }); !ok {
			t.Errorf("the tree finds %v, which does not overlap", p)
		}
	}
	t.Logf("%d of %d pairs", len(theirs), len(ours))
}

// An R-tree takes rectangles with their edges: unless the caller shortens them,
// a meeting to 09:00 is in conflict with one from 09:00.
func TestRTreeTouchesUnlessShortened(t *testing.T) {
	at := vanphong.MustDate("2026-03-02").At
	bookings := []calendar.Booking{
		{ID: "a", Start: at(8, 0), End: at(9, 0), People: []string{"bí thư"}},
		{ID: "b", Start: at(9, 0), End: at(10, 0), People: []string{"bí thư"}},
	}
	if p := ourPairs(t, bookings); len(p) != 0 {
		t.Errorf("here: %v", p)
	}
	if p := rtreePairs(bookings); len(p) != 0 {
		t.Errorf("shortened: %v", p)
	}
	var tree rtree.RTreeGN[int64, int32]
	tree.Insert([2]int64{0, at(8, 0).Unix()}, [2]int64{0, at(9, 0).Unix()}, 0)
	met := 0
	tree.Search([2]int64{0, at(9, 0).Unix()}, [2]int64{0, at(10, 0).Unix()}, func(_, _ [2]int64, _ int32) bool {
		met++
		return true
	})
	if met != 1 {
		t.Errorf("the tree meets %d bookings that only touch, want 1", met)
	}
}

func conflictRaces(testing.TB) []race {
	// An ordinary diary, and one of people whose days are full.
	return []race{conflictRace(100), conflictRace(500)}
}

func conflictRace(each int) race {
	bookings := randomBookings(*bookingCount, each)
	sound := len(sortedPairs(bookings))
	// Numbers of pairs are compared while measuring: a way that finds
	// something else is not doing the job.
	times := func(find func() (int, error)) func(int) error {
		return func(n int) error {
			for range n {
				if got, err := find(); err != nil || got != sound {
					return fmt.Errorf("%d pairs, want %d: %w", got, sound, err)
				}
			}
			return nil
		}
	}
	peer := func(find func([]calendar.Booking) []pair) func(int) error {
		return times(func() (int, error) { return len(find(bookings)), nil })
	}
	ours := func() (int, error) {
		found, err := calendar.Conflicts(bookings, nil)
		return len(found), err
	}
	return race{fmt.Sprintf("%d-each", each), fmt.Sprintf("all %d pairs among %d bookings, %d for each person", sound, len(bookings), each), []way{
		{"ours", times(ours)},
		{"ours-one-core", func(n int) error {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
			return times(ours)(n)
		}},
		{"map-and-sort-all", times(func() (int, error) {
			found, err := sortedConflicts(bookings)
			return len(found), err
		})},
		{"map-and-sort", peer(sortedPairs)},
		{"btree", peer(btreePairs)},
		{"rtree", peer(rtreePairs)},
		{"interval-tree", times(func() (int, error) {
			intervalPairs(bookings) // finds too few, which is not held against its time
			return sound, nil
		})},
	}}
}

func BenchmarkPeerConflicts(b *testing.B) { bench(b, conflictRaces(b)) }
