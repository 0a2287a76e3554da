package postgres_test

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/vanphong-go/vanphong/adapters/postgres"
)

// BenchmarkIssue measures 64 callers who take numbers from one series at once,
// each answered when its number is on the disk: with shared transactions, and
// with one for each. It then proves that every number was given once. What a
// plain row lock reaches is measured beside it in internal/bench.
func BenchmarkIssue(b *testing.B) {
	for _, way := range []struct {
		name string
		opt  *postgres.Options
	}{{"shared", nil}, {"alone", &postgres.Options{MaxBatch: 1}}} {
		b.Run(way.name, func(b *testing.B) {
			s := mustOpen(b, newSchema(b), way.opt)
			r := openSeries(b, s.Documents(), office)
			var next atomic.Int64
			b.ResetTimer()
			b.ReportAllocs()
			var wg sync.WaitGroup
			for range 64 {
				wg.Go(func() {
					for {
						i := next.Add(1)
						if i > int64(b.N) {
							return
						}
						if _, err := issue(context.Background(), r, office, fmt.Sprintf("van-ban-%d", i*7919)); err != nil {
							b.Error(err)
							return
						}
					}
				})
			}
			wg.Wait()
			b.StopTimer()
			checkWhole(b, s, office, b.N)
		})
	}
}
