package bench

import "testing"

// A race is one job done in several ways over the same inputs. The first way
// is the SDK's own; ratios are against it.
type race struct {
	name string
	op   string // what one operation is, in a few words
	ways []way
}

// A way does the job n times. It holds its own place in the inputs, so that a
// second run does not begin at the cached ones.
type way struct {
	name string
	run  func(n int) error
}

// bench runs every way of every race as a sub-benchmark.
func bench(b *testing.B, races []race) {
	for _, r := range races {
		b.Run(r.name, func(b *testing.B) {
			for _, w := range r.ways {
				b.Run(w.name, func(b *testing.B) {
					b.ReportAllocs()
					if err := w.run(b.N); err != nil {
						b.Fatal(err)
					}
				})
			}
		})
	}
}
