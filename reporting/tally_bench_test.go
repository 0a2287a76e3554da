package reporting_test

import (
	"fmt"
	"iter"
	"strings"
	"testing"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/reporting"
)

// rowsOfAStore yields n facts as a store's iterator does: ids are strings that
// the driver made for each page of rows, never the tally's own. Organisation,
// kind and day vary from row to row without a pattern a cache could use.
func rowsOfAStore(n int) iter.Seq2[reporting.Fact, error] {
	const orgs, kinds, days = 34, 30, 730
	first := vanphong.MustDate("2025-07-01")
	var ids, names [64][]string // several copies of each string, as pages of rows would hold
	for c := range ids {
		for _, p := range vanphong.Provinces() {
			ids[c] = append(ids[c], strings.Clone(string(p.Committee())))
		}
		for k := range kinds {
			names[c] = append(names[c], fmt.Sprintf("kind-of-document-%02d", k))
		}
	}
	return func(yield func(reporting.Fact, error) bool) {
		x := uint64(88172645463325252)
		for i := range n {
			x ^= x << 13
			x ^= x >> 7
			x ^= x << 17
			page := i >> 10 & 63
			f := reporting.Fact{
				Org:  vanphong.OrgID(ids[page][x%orgs]),
				Kind: documents.Kind(names[page][(x>>16)%kinds]),
				Day:  first + vanphong.Date((x>>32&0xffff)*days>>16),
			}
			if !yield(f, nil) {
				return
			}
		}
	}
}

// BenchmarkTally counts ten million facts of 34 committees, 30 kinds and 24
// months in one goroutine, mapping ids and days to cells inside.
func BenchmarkTally(b *testing.B) {
	const n = 10_000_000
	facts := rowsOfAStore(n)
	b.ReportAllocs()
	for b.Loop() {
		t, err := reporting.NewTally(reporting.Scheme{})
		if err != nil {
			b.Fatal(err)
		}
		for f, err := range facts {
			if err == nil {
				err = t.Add(f)
			}
			if err != nil {
				b.Fatal(err)
			}
		}
		if t.Total() != n {
			b.Fatal(t.Total())
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/fact")
}

// BenchmarkTallySource is the generator alone, to be taken off BenchmarkTally.
func BenchmarkTallySource(b *testing.B) {
	facts := rowsOfAStore(10_000_000)
	var sum vanphong.Date
	for b.Loop() {
		for f := range facts {
			sum += f.Day
		}
	}
	_ = sum
}
