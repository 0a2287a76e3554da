package calendar

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/vanphong-go/vanphong"
)

// randomDays are days of the whole coverage, more of them than any branch
// predictor learns, but for the margin that the longest step needs.
func randomDays(margin vanphong.Date) []vanphong.Date {
	rnd := rand.New(rand.NewPCG(2018, 2100))
	days := make([]vanphong.Date, 1<<14)
	for i := range days {
		days[i] = coverageFirst + vanphong.Date(rnd.Int64N(int64(coverageLast-coverageFirst+1-margin)))
	}
	return days
}

func BenchmarkIsWorking(b *testing.B) {
	c, days, n := Vietnam(), randomDays(0), 0
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if ok, err := c.IsWorking(days[i%len(days)]); err == nil && ok {
			n++
		}
	}
	if n == 0 {
		b.Fatal("no working day")
	}
}

func BenchmarkAddWorkingDays(b *testing.B) {
	c := Vietnam()
	for _, n := range []int{30, 250, 2500, -30} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			days := randomDays(4000)
			for i := range days {
				days[i] += 100
			}
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				if _, err := c.AddWorkingDays(days[i%len(days)], n); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkDeadline(b *testing.B) {
	c, days := Vietnam(), randomDays(100)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if _, err := c.Deadline(days[i%len(days)], 30, CountWorking, nil); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkWith(b *testing.B) {
	c, n := Vietnam(), tet2027()
	for b.Loop() {
		if _, err := c.With(n); err != nil {
			b.Fatal(err)
		}
	}
}
