package sqlite_test

import (
	"context"
	"flag"
	"testing"

	"github.com/vanphong-go/vanphong/adapters/internal/bulk"
	"github.com/vanphong-go/vanphong/adapters/sqlite"
	"github.com/vanphong-go/vanphong/documents"
)

// A million lines take minutes to write: -lines 1000000 -lines.file big.db keeps
// them for the next run.
var (
	searchLines = flag.Int("lines", 20_000, "entries in the search benchmarks")
	searchFile  = flag.String("lines.file", "", "file that keeps the entries of the search benchmarks")
)

// BenchmarkSearch measures the first page of 50 of many queries.
func BenchmarkSearch(b *testing.B) {
	path := *searchFile
	if path == "" {
		path = newFile(b)
	}
	s := mustOpen(b, path, nil)
	if err := fillOnce(s, *searchLines); err != nil {
		b.Fatal(err)
	}
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

func fillOnce(s *sqlite.Store, n int) error {
	there := false
	err := s.Documents().View(context.Background(), office, func(r documents.Reader) error {
		for _, err := range r.Entries(documents.Query{Limit: 1}) {
			there = true
			return err
		}
		return nil
	})
	if err != nil || there {
		return err
	}
	return bulk.Fill(context.Background(), s.Documents(), office, n)
}
