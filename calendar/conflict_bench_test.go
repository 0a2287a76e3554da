package calendar

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/vanphong-go/vanphong"
)

// BenchmarkConflicts is a year of a large system: 1,000,000 unsorted
// bookings on a 15-minute grid, 30 to 180 minutes each, of 10,000 people by
// name; then with a room and a vehicle each as well. Checking, ordering and
// writing out the pairs are inside.
func BenchmarkConflicts(b *testing.B) {
	for _, resources := range []int{1, 3} {
		b.Run(fmt.Sprintf("resources=%d", resources), func(b *testing.B) {
			bookings := randomYear(1_000_000, 10_000, resources)
			b.ResetTimer()
			b.ReportAllocs()
			pairs := 0
			for range b.N {
				found, err := Conflicts(bookings, nil)
				if err != nil {
					b.Fatal(err)
				}
				pairs = len(found)
			}
			b.ReportMetric(float64(pairs), "pairs")
		})
	}
}

func randomYear(n, names, resources int) []Booking {
	r := rand.New(rand.NewPCG(1, uint64(resources)))
	name := func() string { return fmt.Sprintf("%08x-%d", r.Uint64(), r.IntN(1e6)) }
	var pool [3][]string
	for k := range pool {
		for range names {
			pool[k] = append(pool[k], name())
		}
	}
	first := vanphong.MustDate("2026-01-01").At(0, 0)
	out := make([]Booking, n)
	for i := range out {
		start := first.Add(time.Duration(r.IntN(365*96)) * 15 * time.Minute)
		b := Booking{ID: fmt.Sprintf("e%07d", r.Uint32()) + fmt.Sprint(i), Start: start, End: start.Add(time.Duration(2+r.IntN(11)) * 15 * time.Minute)}
		// A name of its own for every booking, as they come out of a file.
		pick := func(k int) []string { return []string{string([]byte(pool[k][r.IntN(names)]))} }
		b.People = pick(0)
		if resources == 3 {
			b.Rooms, b.Vehicles = pick(1), pick(2)
		}
		out[i] = b
	}
	return out
}
