package calendar

import (
	"cmp"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/vanphong-go/vanphong"
)

// hour is an instant of the day of the tests, in hours since midnight.
func hour(h float64) time.Time {
	return week47.At(0, 0).Add(time.Duration(h * float64(time.Hour)))
}

func person(id string, from, to float64, people ...string) Booking {
	return Booking{ID: id, Start: hour(from), End: hour(to), People: people}
}

// show writes conflicts as "a b person:x 8-9".
func show(list []Conflict) string {
	var out []string
	for _, c := range list {
		h := func(t time.Time) string { return fmt.Sprint(t.Sub(hour(0)).Hours()) }
		out = append(out, fmt.Sprintf("%s %s %s %s-%s", c.A, c.B, c.Resource, h(c.From), h(c.To)))
	}
	return strings.Join(out, "; ")
}

// TestOverlapOfTwo are the eight ways one stretch can lie to another: against
// 02:00 - 04:00. Touching is not overlapping.
func TestOverlapOfTwo(t *testing.T) {
	for _, c := range []struct {
		from, to float64
		want     string
	}{
		{0, 1, ""}, {1, 2, ""}, {1, 3, "2-3"}, {1, 5, "2-4"}, {2, 4, "2-4"}, {3, 5, "3-4"}, {4, 5, ""}, {5, 6, ""},
	} {
		got, err := Conflicts([]Booking{person("b", c.from, c.to, "x"), person("a", 2, 4, "x")}, nil)
		want := ""
		if c.want != "" {
			want = "a b person:x " + c.want
		}
		if err != nil || show(got) != want {
			t.Errorf("[%v, %v): got %q, %v, want %q", c.from, c.to, show(got), err, want)
		}
	}
}

func TestConflictsOf(t *testing.T) {
	for what, c := range map[string]struct {
		bookings []Booking
		gap      time.Duration
		want     string
	}{
		"nothing":                    {nil, 0, ""},
		"two people at one time":     {[]Booking{person("a", 8, 9, "x"), person("b", 8, 9, "y")}, 0, ""},
		"named twice in one booking": {[]Booking{person("a", 8, 10, "x", "x"), person("b", 9, 11, "x", "x")}, 0, "a b person:x 9-10"},
		"not with itself":            {[]Booking{person("a", 8, 10, "x", "x")}, 0, ""},
		"two resources, two lines": {[]Booking{
			{ID: "a", Start: hour(8), End: hour(10), People: []string{"x"}, Rooms: []string{"P2"}, Vehicles: []string{"xe"}},
			{ID: "b", Start: hour(9), End: hour(10), People: []string{"x"}, Rooms: []string{"P2"}, Vehicles: []string{"xe"}},
		}, 0, "a b person:x 9-10; a b room:P2 9-10; a b vehicle:xe 9-10"},
		"one name, two kinds": {[]Booking{
			{ID: "a", Start: hour(8), End: hour(10), Rooms: []string{"1"}},
			{ID: "b", Start: hour(8), End: hour(10), Vehicles: []string{"1"}},
		}, 0, ""},
		"three at once, three pairs": {[]Booking{person("c", 8, 11, "x"), person("b", 9, 12, "x"), person("a", 10, 13, "x")}, 0,
			"b c person:x 9-11; a b person:x 10-12; a c person:x 10-11"},
		"a long one over many": {[]Booking{person("z", 0, 24, "x"), person("a", 1, 2, "x"), person("b", 3, 4, "x")}, 0,
			"a z person:x 1-2; b z person:x 3-4"},
		"gap: enough":                 {[]Booking{person("a", 8, 9, "x"), person("b", 9.5, 10, "x")}, 30 * time.Minute, ""},
		"gap: too short":              {[]Booking{person("a", 8, 9, "x"), person("b", 9.25, 11, "x")}, 30 * time.Minute, "a b person:x 9.25-9.5"},
		"gap: none left":              {[]Booking{person("a", 8, 9, "x"), person("b", 9, 11, "x")}, 30 * time.Minute, "a b person:x 9-9.5"},
		"gap: later one ends in it":   {[]Booking{person("a", 8, 9, "x"), person("b", 9, 9.25, "x")}, 30 * time.Minute, "a b person:x 9-9.25"},
		"gap: true overlap stays":     {[]Booking{person("a", 8, 9, "x"), person("b", 8.5, 11, "x")}, 30 * time.Minute, "a b person:x 8.5-9"},
		"gap: over one in between":    {[]Booking{person("a", 8, 9, "x"), person("b", 9, 9.25, "x"), person("c", 9.25, 10, "x")}, 30 * time.Minute, "a b person:x 9-9.25; a c person:x 9.25-9.5; b c person:x 9.25-9.75"},
		"gap: a vehicle travels":      {[]Booking{{ID: "a", Start: hour(8), End: hour(9), Vehicles: []string{"xe"}}, {ID: "b", Start: hour(9), End: hour(10), Vehicles: []string{"xe"}}}, time.Hour, "a b vehicle:xe 9-10"},
		"gap: a room stays":           {[]Booking{{ID: "a", Start: hour(8), End: hour(9), Rooms: []string{"P"}}, {ID: "b", Start: hour(9), End: hour(10), Rooms: []string{"P"}}}, time.Hour, ""},
		"ids compare as bytes":        {[]Booking{person("e10", 8, 9, "x"), person("e9", 8, 9, "x")}, 0, "e10 e9 person:x 8-9"},
		"under a nanosecond from one": {[]Booking{person("a", 8, 9, "x"), {ID: "b", Start: hour(9).Add(-1), End: hour(10), People: []string{"x"}}}, 0, "a b person:x 8.999999999999723-9"},
	} {
		got, err := Conflicts(c.bookings, &ConflictOptions{Gap: c.gap})
		if err != nil || show(got) != c.want {
			t.Errorf("%s: got %q, %v, want %q", what, show(got), err, c.want)
		}
	}
}

// TestConflictKeepsTheZone is about instants written in several zones: they
// compare as instants and come back as they were written.
func TestConflictKeepsTheZone(t *testing.T) {
	utc := person("a", 8, 10, "x")
	utc.Start, utc.End = utc.Start.UTC(), utc.End.UTC()
	got, err := Conflicts([]Booking{person("b", 9, 11, "x"), utc}, nil)
	if err != nil || len(got) != 1 {
		t.Fatal(got, err)
	}
	if from, to := got[0].From.Format(time.RFC3339), got[0].To.Format(time.RFC3339); from != "2026-11-16T09:00:00+07:00" || to != "2026-11-16T03:00:00Z" {
		t.Errorf("from %s to %s", from, to)
	}
}

func TestConflictsRefuse(t *testing.T) {
	far := time.Date(2262, 4, 11, 0, 0, 0, 0, time.UTC)
	ok := person("a", 8, 9, "x")
	for what, c := range map[string]struct {
		bookings []Booking
		opt      ConflictOptions
		field    string
		names    string // what the message must contain
		kind     error
	}{
		"no id":                {[]Booking{person("", 8, 9, "x")}, ConflictOptions{}, "id", "", vanphong.ErrInvalid},
		"one id twice":         {[]Booking{ok, person("b", 8, 9), person("a", 10, 11)}, ConflictOptions{}, "id", `"a"`, vanphong.ErrConflict},
		"end before start":     {[]Booking{ok, person("b", 9, 8, "x")}, ConflictOptions{}, "end", "of b", vanphong.ErrInvalid},
		"end is start":         {[]Booking{ok, person("b", 9, 9)}, ConflictOptions{}, "end", "of b", vanphong.ErrInvalid},
		"no time at all":       {[]Booking{{ID: "b"}}, ConflictOptions{}, "end", "of b", vanphong.ErrInvalid},
		"start unset":          {[]Booking{{ID: "b", End: hour(9)}}, ConflictOptions{}, "start", "b", vanphong.ErrOutOfRange},
		"end too far":          {[]Booking{{ID: "b", Start: hour(9), End: far}}, ConflictOptions{}, "start", "b", vanphong.ErrOutOfRange},
		"an empty person":      {[]Booking{person("b", 8, 9, "x", "")}, ConflictOptions{}, "person", "booking b", vanphong.ErrInvalid},
		"an empty room":        {[]Booking{{ID: "b", Start: hour(8), End: hour(9), Rooms: []string{""}}}, ConflictOptions{}, "room", "booking b", vanphong.ErrInvalid},
		"an empty vehicle":     {[]Booking{{ID: "b", Start: hour(8), End: hour(9), Vehicles: []string{""}}}, ConflictOptions{}, "vehicle", "booking b", vanphong.ErrInvalid},
		"gap below nothing":    {[]Booking{ok}, ConflictOptions{Gap: -1}, "gap", "-1ns", vanphong.ErrOutOfRange},
		"gap over the bound":   {[]Booking{ok}, ConflictOptions{Gap: MaxGap + 1}, "gap", "", vanphong.ErrOutOfRange},
		"maximum below none":   {[]Booking{ok}, ConflictOptions{Max: -1}, "max", "-1", vanphong.ErrOutOfRange},
		"one over the maximum": {[]Booking{ok, person("b", 8, 9, "x"), person("c", 8, 9, "x")}, ConflictOptions{Max: 2}, "conflicts", "2", vanphong.ErrOutOfRange},
	} {
		got, err := Conflicts(c.bookings, &c.opt)
		var in *vanphong.InputError
		if !errors.Is(err, c.kind) || !errors.As(err, &in) || in.Field != c.field || !strings.Contains(err.Error(), c.names) || got != nil {
			t.Errorf("%s: got %v, %v", what, got, err)
		}
	}
	if got, err := Conflicts([]Booking{ok, person("b", 8, 9, "x")}, &ConflictOptions{Max: 1}); err != nil || len(got) != 1 {
		t.Errorf("exactly the maximum: %v, %v", got, err)
	}
}

// TestConflictsOfACrowdAreBounded is one person booked 20,000 times at one
// time: 199,990,000 pairs. It must end with an error, soon and small.
func TestConflictsOfACrowdAreBounded(t *testing.T) {
	bookings := make([]Booking, 20_000)
	for i := range bookings {
		bookings[i] = person(fmt.Sprint(i), 8, 9, "x")
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := Conflicts(bookings, &ConflictOptions{Max: 100_000})
	runtime.ReadMemStats(&after)
	if !errors.Is(err, vanphong.ErrOutOfRange) {
		t.Errorf("got %v", err)
	}
	if used := after.TotalAlloc - before.TotalAlloc; used > 64<<20 {
		t.Errorf("%d MiB were used to say no", used>>20)
	}
}

// pairwise is the search as one would say it: every booking against every
// other.
func pairwise(bookings []Booking, gap time.Duration) []Conflict {
	var out []Conflict
	for i, a := range bookings {
		for _, b := range bookings[i+1:] {
			if a.ID > b.ID {
				a, b = b, a
			}
			for kind := ResourcePerson; kind <= ResourceVehicle; kind++ {
				names := slices.Compact(slices.Sorted(slices.Values(a.names(kind))))
				for _, name := range names {
					if !slices.Contains(b.names(kind), name) {
						continue
					}
					g := gap
					if kind == ResourceRoom {
						g = 0
					}
					from, to := a.Start, a.End
					if b.Start.After(from) {
						from = b.Start
					}
					if b.End.Before(to) {
						to = b.End
					}
					if !from.Before(to) {
						first, second := a, b
						if b.Start.Before(a.Start) {
							first, second = b, a
						}
						if to = first.End.Add(g); second.End.Before(to) {
							to = second.End
						}
						if !second.Start.Before(first.End.Add(g)) {
							continue
						}
					}
					out = append(out, Conflict{a.ID, b.ID, Resource{kind, name}, from, to})
				}
			}
			a = bookings[i]
		}
	}
	slices.SortFunc(out, func(x, y Conflict) int {
		return cmp.Or(x.From.Compare(y.From), cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B),
			cmp.Compare(x.Resource.Kind, y.Resource.Kind), cmp.Compare(x.Resource.Name, y.Resource.Name))
	})
	return out
}

// TestConflictsAreThoseOfEveryPair compares with the plain search on random
// days, crowded and empty, with and without a gap, in any order and on any
// number of processors.
func TestConflictsAreThoseOfEveryPair(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	r := rand.New(rand.NewPCG(3, 4))
	total := 0
	for round := range 300 {
		n, names := 1+r.IntN(40), 1+r.IntN(6)
		bookings := make([]Booking, n)
		for i := range bookings {
			from := float64(r.IntN(48)) / 4
			b := person(fmt.Sprintf("id-%d", r.IntN(10)*100+i), from, from+float64(1+r.IntN(12))/4)
			some := func(prefix string) (list []string) {
				for range r.IntN(4) {
					list = append(list, prefix+fmt.Sprint(r.IntN(names)))
				}
				return list
			}
			b.People, b.Rooms, b.Vehicles = some("p"), some("x"), some("x")
			bookings[i] = b
		}
		gap := time.Duration(r.IntN(4)) * 20 * time.Minute
		want := pairwise(bookings, gap)
		for range 2 {
			runtime.GOMAXPROCS(1 + r.IntN(4))
			got, err := Conflicts(bookings, &ConflictOptions{Gap: gap})
			if err != nil || !reflect.DeepEqual(got, want) {
				t.Fatalf("round %d, gap %s: %v\ngot  %s\nwant %s", round, gap, err, show(got), show(want))
			}
			r.Shuffle(n, func(i, j int) { bookings[i], bookings[j] = bookings[j], bookings[i] })
		}
		total += len(want)
	}
	if total < 10_000 {
		t.Errorf("only %d conflicts were compared", total)
	}
}

// TestManyBuckets compares sizes at which work is shared out between
// processors, where the plain search still ends.
func TestManyBuckets(t *testing.T) {
	bookings := randomYear(1000, 20, 3)
	got, err := Conflicts(bookings, nil)
	if want := pairwise(bookings, 0); err != nil || len(want) == 0 || !reflect.DeepEqual(got, want) {
		t.Fatalf("%d conflicts, %v, want %d", len(got), err, len(want))
	}
}

func TestRepeatedIDIsFoundAnywhere(t *testing.T) {
	for _, n := range []int{2, 3, 17, 1000} {
		bookings := randomYear(n, 10, 1)
		if i := repeatedID(bookings); i >= 0 {
			t.Fatalf("%d different ids: number %d is said to be repeated", n, i)
		}
		for _, at := range [][2]int{{0, n - 1}, {n - 2, n - 1}, {0, 1}} {
			b := slices.Clone(bookings)
			b[at[1]].ID = strings.Clone(b[at[0]].ID)
			if i := repeatedID(b); i != at[1] {
				t.Errorf("of %d, %v alike: got %d", n, at, i)
			}
		}
	}
	if repeatedID(nil) >= 0 {
		t.Error("nothing repeats an id")
	}
}

func TestParseResource(t *testing.T) {
	for _, s := range []string{"person:bi-thu", "room:Phòng họp: số 2", "vehicle:20A-001.23"} {
		r, err := ParseResource(s)
		if err != nil || r.String() != s {
			t.Errorf("%q reads as %v, %v", s, r, err)
		}
	}
	for _, s := range []string{"", "person", "person:", ":x", "People:x", "car:x"} {
		if _, err := ParseResource(s); !errors.Is(err, vanphong.ErrInvalid) {
			t.Errorf("%q: %v", s, err)
		}
	}
}
