package postgres_test

import (
	"context"
	"flag"
	"testing"

	"github.com/vanphong-go/vanphong/adapters/internal/bulk"
	"github.com/vanphong-go/vanphong/documents"
)

// A million lines take minutes to write: -lines 1000000.
var searchLines = flag.Int("lines", 10_000, "entries in the search benchmarks")

// BenchmarkSearch measures the first page of 50 of many queries.
func BenchmarkSearch(b *testing.B) {
	dsn := newSchema(b)
	s := mustOpen(b, dsn, nil)
	if err := bulk.Fill(context.Background(), s.Documents(), office, *searchLines); err != nil {
		b.Fatal(err)
	}
	// What a server does by itself some minutes after.
	execAll(b, rawDB(b, dsn), "VACUUM ANALYZE vp_entries")
	for _, c := range bulk.Searches(*searchLines) {
		b.Run(c.Name, func(b *testing.B) {
			b.ReportAllocs()
			n := 0
			for b.Loop() {
				n = 0
				err := s.Documents().View(context.Background(), office, func(r documents.Reader) error {
					for _, err := range r.Entries(c.Query) {
						if err != nil {
							return err
						}
						n++
					}
					return nil
				})
				if err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(n), "entries")
		})
	}
}
