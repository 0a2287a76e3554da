package reporting_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
	. "github.com/vanphong-go/vanphong/reporting"
)

var schemes = []Scheme{{Month, MonthEnd}, {Month, MidMonth}, {Quarter, MidMonth}, {HalfYear, MonthEnd}, {Year, MidMonth}}

func tally(t *testing.T, s Scheme, facts ...Fact) *Tally {
	t.Helper()
	out, err := NewTally(s)
	require.NoError(t, err)
	for _, f := range facts {
		require.NoError(t, out.Add(f))
	}
	return out
}

// someOrg returns ids that are alike in length and at both ends.
func someOrg(n int) vanphong.OrgID { return vanphong.OrgID(fmt.Sprintf("dang-uy-%03d-thai-nguyen", n)) }

func someFacts(seed uint64, n int) []Fact {
	r := rand.New(rand.NewPCG(seed, seed))
	out := make([]Fact, n)
	for i := range out {
		out[i] = Fact{
			Org:  someOrg(r.IntN(90)), // more than the first size of the index
			Kind: documents.Kind(fmt.Sprint("kind-", r.IntN(9))),
			Day:  day("2025-01-01") + vanphong.Date(r.IntN(500)),
		}
	}
	return out
}

func cells(t *Tally) []Cell {
	var out []Cell
	for c := range t.Cells() {
		out = append(out, c)
	}
	return out
}

// The tally against a plain map, for every scheme.
func TestTallyCountsWhatAMapCounts(t *testing.T) {
	facts := someFacts(1, 5000)
	for _, s := range schemes {
		want := map[Cell]int64{}
		for _, f := range facts {
			p, err := s.At(f.Day)
			require.NoError(t, err)
			want[Cell{f.Org, f.Kind, p, 0}]++
		}
		got := tally(t, s, facts...)
		assert.EqualValues(t, len(facts), got.Total())
		all := cells(got)
		assert.Len(t, all, len(want))
		for i, c := range all {
			n := c.Count
			c.Count = 0
			assert.Equal(t, want[c], n)
			if i > 0 {
				b := all[i-1]
				assert.True(t, b.Org < c.Org || b.Org == c.Org && (b.Kind < c.Kind || b.Kind == c.Kind && b.Period.Days.First < c.Period.Days.First), "in order")
			}
		}
	}
}

func TestTallyCount(t *testing.T) {
	facts := someFacts(2, 3000)
	all := tally(t, Scheme{}, facts...)
	for _, rows := range []Rows{
		{},
		{Org: someOrg(3)},
		{Kinds: []documents.Kind{"kind-1", "kind-2"}},
		{Days: vanphong.Days{First: day("2025-02-01"), End: day("2025-05-01")}},
		{Days: vanphong.Days{First: day("2025-07-01")}}, // open
		{Days: vanphong.Days{End: day("2025-07-01")}},
		{Org: someOrg(5), Kinds: []documents.Kind{"kind-0"}, Days: vanphong.YearDays(2025)},
		{Org: "nobody"},
		{Days: vanphong.Days{First: day("2030-01-15"), End: day("2030-02-03")}}, // half months, but nothing in them
	} {
		var want int64
		for _, f := range facts {
			if rows.Has(f) {
				want++
			}
		}
		got, err := all.Count(rows)
		require.NoError(t, err)
		assert.Equal(t, want, got, "%+v", rows)
	}
	_, err := all.Count(Rows{Days: vanphong.Days{First: day("2025-02-15"), End: day("2025-05-01")}})
	assert.ErrorIs(t, err, vanphong.ErrOutOfRange, "half a month is not in a tally by months")
	_, err = all.Count(Rows{Days: vanphong.Days{First: day("2025-02-15"), End: day("2025-02-01")}})
	assert.ErrorIs(t, err, vanphong.ErrInvalid)
}

// Merging is commutative and associative, and the same as counting in one go.
func TestMergeInAnyOrder(t *testing.T) {
	for _, s := range schemes {
		facts := someFacts(3, 3000)
		a := func() *Tally { return tally(t, s, facts[:700]...) }
		b := func() *Tally { return tally(t, s, facts[700:2500]...) }
		c := func() *Tally { return tally(t, s, facts[2500:]...) }
		want := cells(tally(t, s, facts...))
		merged := func(first *Tally, rest ...*Tally) []Cell {
			for _, o := range rest {
				require.NoError(t, first.Merge(o))
			}
			assert.EqualValues(t, len(facts), first.Total())
			return cells(first)
		}
		assert.Equal(t, want, merged(a(), b(), c()))
		assert.Equal(t, want, merged(c(), b(), a()))
		bc := b()
		require.NoError(t, bc.Merge(c()))
		assert.Equal(t, want, merged(a(), bc))
		assert.Equal(t, want, merged(tally(t, s), a(), b(), tally(t, s), c()))
	}
	x := tally(t, Scheme{}, someFacts(4, 10)...)
	require.NoError(t, x.Merge(x))
	assert.EqualValues(t, 20, x.Total(), "with itself")
	err := x.Merge(tally(t, Scheme{Month, MidMonth}))
	assert.ErrorIs(t, err, vanphong.ErrConflict, "another scheme")
	require.NoError(t, x.Add(someFacts(4, 1)[0]), "still counts after a merge")
	assert.EqualValues(t, 21, x.Total())
}

func TestTallyTravelsAsJSON(t *testing.T) {
	edge := []Fact{{"a", "k", day("1900-01-01")}, {"a", "k", day("2199-12-31")}} // periods that reach beyond the bounds
	for _, s := range schemes {
		for _, facts := range [][]Fact{nil, edge, someFacts(5, 500)} {
			a := tally(t, s, facts...)
			b, err := json.Marshal(a)
			require.NoError(t, err)
			var got Tally
			require.NoError(t, json.Unmarshal(b, &got), "%s", b)
			assert.Equal(t, cells(a), cells(&got))
			assert.Equal(t, a.Scheme(), got.Scheme())
			again, err := json.Marshal(&got)
			require.NoError(t, err)
			assert.Equal(t, string(b), string(again), "equal tallies are equal bytes")
		}
	}
	for why, in := range map[string]string{
		"not the first of a period": `{"scheme":"month","cells":[{"org":"a","kind":"k","first":"2026-01-02","count":1}]}`,
		"the first in no scheme":    `{"scheme":"month/14","cells":[{"org":"a","kind":"k","first":"2026-01-01","count":1}]}`,
		"a day that does not exist": `{"scheme":"month","cells":[{"org":"a","kind":"k","first":"2026-02-30","count":1}]}`,
		"no day":                    `{"scheme":"month","cells":[{"org":"a","kind":"k","count":1}]}`,
		"a count of 0":              `{"scheme":"month","cells":[{"org":"a","kind":"k","first":"2026-01-01","count":0}]}`,
		"a negative count":          `{"scheme":"month","cells":[{"org":"a","kind":"k","first":"2026-01-01","count":-1}]}`,
		"a cell twice":              `{"scheme":"month","cells":[{"org":"a","kind":"k","first":"2026-01-01","count":1},{"org":"a","kind":"k","first":"2026-01-01","count":2}]}`,
		"no organisation":           `{"scheme":"month","cells":[{"kind":"k","first":"2026-01-01","count":1}]}`,
		"no scheme":                 `{"scheme":"","cells":[]}`,
		"a sum beyond":              `{"scheme":"month","cells":[{"org":"a","kind":"k","first":"2026-01-01","count":9223372036854775807},{"org":"b","kind":"k","first":"2026-01-01","count":1}]}`,
	} {
		old := tally(t, Scheme{Year, MonthEnd}, someFacts(6, 3)...)
		before := cells(old)
		assert.Error(t, json.Unmarshal([]byte(in), old), why)
		assert.Equal(t, before, cells(old), "%s: left as it was", why)
	}
}

func FuzzTallyJSON(f *testing.F) {
	f.Add([]byte(`{"scheme":"month","cells":[{"org":"a","kind":"k","first":"2026-01-01","count":1}]}`))   // sound
	f.Add([]byte(`{"scheme":"year/14","cells":[{"org":"a","kind":"k","first":"1899-12-15","count":1}]}`)) // a period that begins before the bounds
	f.Add([]byte(`{"scheme":"half/28","cells":[{"org":"","kind":"k","first":"9999-12-31","count":-1}]}`)) // nothing right
	f.Fuzz(func(t *testing.T, b []byte) {
		var a, again Tally
		if json.Unmarshal(b, &a) != nil {
			return
		}
		out, err := json.Marshal(&a)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(out, &again); err != nil || again.Total() != a.Total() {
			t.Fatalf("%s → %s: %v", b, out, err)
		}
	})
}

func TestTallyRefuses(t *testing.T) {
	x := tally(t, Scheme{}, Fact{"a", "k", day("2026-01-01")})
	for _, c := range []struct {
		field string
		f     Fact
		kind  error
	}{
		{"day", Fact{"a", "k", 0}, vanphong.ErrOutOfRange}, // unset
		{"day", Fact{"a", "k", day("1899-12-31")}, vanphong.ErrOutOfRange},
		{"day", Fact{"a", "k", day("2200-01-01")}, vanphong.ErrOutOfRange},
		{"day", Fact{"a", "k", -5}, vanphong.ErrOutOfRange},
		{"org", Fact{"", "k", day("2026-01-01")}, vanphong.ErrInvalid},
		{"kind", Fact{"a", "", day("2026-01-01")}, vanphong.ErrInvalid},
		{"kind", Fact{"b", "\n", day("2026-01-01")}, vanphong.ErrInvalid},
	} {
		err := x.Add(c.f)
		var in *vanphong.InputError
		require.ErrorAs(t, err, &in, "%v", c.f)
		assert.Equal(t, c.field, in.Field)
		assert.ErrorIs(t, err, c.kind)
	}
	assert.EqualValues(t, 1, x.Total())
	assert.Equal(t, []vanphong.OrgID{"a"}, x.Orgs(), "nothing of a refused fact is kept")
	_, err := NewTally(Scheme{Unit: 9})
	assert.ErrorIs(t, err, vanphong.ErrInvalid)
}

func TestTallyIsBounded(t *testing.T) {
	x := tally(t, Scheme{})
	for i := range MaxKinds {
		require.NoError(t, x.Add(Fact{"a", documents.Kind(fmt.Sprint(i)), day("2026-01-01")}))
	}
	assert.ErrorIs(t, x.Add(Fact{"a", "one more", day("2026-01-01")}), vanphong.ErrOutOfRange)
	require.NoError(t, x.Add(Fact{"a", "7", day("2026-01-01")}), "those it knows go on")

	x = tally(t, Scheme{})
	for i := range MaxOrgs {
		require.NoError(t, x.Add(Fact{vanphong.OrgID(fmt.Sprint(i)), "k", day("2026-01-01")}))
	}
	assert.ErrorIs(t, x.Add(Fact{"one more", "k", day("2026-01-01")}), vanphong.ErrOutOfRange)

	// Cells: each organisation's last kind makes it hold the ones before.
	x = tally(t, Scheme{})
	for i := range MaxKinds {
		require.NoError(t, x.Add(Fact{"first", documents.Kind(fmt.Sprint(i)), day("2026-01-01")}))
	}
	var err error
	n := 0
	for ; err == nil && n < MaxOrgs; n++ {
		err = x.Add(Fact{vanphong.OrgID(fmt.Sprint(n)), documents.Kind(fmt.Sprint(MaxKinds - 1)), day("2026-01-01")})
	}
	assert.ErrorIs(t, err, vanphong.ErrOutOfRange)
	assert.InDelta(t, MaxCells/(3*MaxKinds), n, 10)
}

// Memory depends on the cells, never on how many facts went by.
func TestTallyDoesNotGrowWithFacts(t *testing.T) {
	facts := someFacts(7, 4000)
	x := tally(t, Scheme{}, facts...)
	assert.Zero(t, testing.AllocsPerRun(5, func() {
		for _, f := range facts {
			_ = x.Add(f)
		}
	}))
}

func TestAddAllIsAllOrNothing(t *testing.T) {
	broken := errors.New("connection lost")
	stream := func(facts []Fact, end error) iter.Seq2[Fact, error] {
		return func(yield func(Fact, error) bool) {
			for _, f := range facts {
				if !yield(f, nil) {
					return
				}
			}
			if end != nil {
				yield(Fact{}, end)
			}
		}
	}
	x := tally(t, Scheme{}, someFacts(8, 5)...)
	before := cells(x)
	assert.Same(t, broken, x.AddAll(stream(someFacts(9, 50), broken)))
	assert.Equal(t, before, cells(x))
	assert.ErrorIs(t, x.AddAll(stream(append(someFacts(9, 50), Fact{}), nil)), vanphong.ErrOutOfRange)
	assert.Equal(t, before, cells(x))
	require.NoError(t, x.AddAll(stream(someFacts(9, 50), nil)))
	assert.EqualValues(t, 55, x.Total())
	assert.Equal(t, cells(tally(t, Scheme{}, append(someFacts(8, 5), someFacts(9, 50)...)...)), cells(x))
}

func TestRowsAsQueries(t *testing.T) {
	days := vanphong.YearDays(2026)
	qs := Rows{Org: "a", Kinds: []documents.Kind{"y", "x", "y"}, Days: days}.Queries()
	assert.Equal(t, []documents.Query{
		{Organ: "a", Kind: "x", Days: days, State: documents.StateIssued},
		{Organ: "a", Kind: "y", Days: days, State: documents.StateIssued},
	}, qs, "each kind once")
	assert.Equal(t, []documents.Query{{State: documents.StateIssued}}, Rows{}.Queries())
}

// What an office forgot to pass comes back as an error with its name.
func TestNilArgumentsAreErrors(t *testing.T) {
	counted := tally(t, Scheme{}, Fact{"a", "kl", vanphong.MustDate("2026-01-05")})
	tree, err := vanphong.NewDirectory()
	require.NoError(t, err)
	form := Template{Items: []Item{{Subject: "kết luận", Kinds: []documents.Kind{"kl"}}}}
	for field, call := range map[string]func() error{
		"merge/tally":  func() error { return counted.Merge(nil) },
		"add/facts":    func() error { return counted.AddAll(nil) },
		"roll/tally":   func() error { _, err := RollUp(nil, tree, 1); return err },
		"up/directory": func() error { _, err := RollUp(counted, nil, 1); return err },
		"lines/tally":  func() error { _, err := form.Lines(nil, "a", vanphong.Days{}); return err },
		"rest/tally":   func() error { _, err := form.Uncounted(nil, "a", vanphong.Days{}); return err },
		"book/entries": func() error { _, err := Reconcile(documents.Series{}, nil, nil, vanphong.Days{}); return err },
	} {
		var in *vanphong.InputError
		require.ErrorAs(t, call(), &in, field)
		_, want, _ := strings.Cut(field, "/")
		assert.Equal(t, want, in.Field)
		assert.ErrorIs(t, in, vanphong.ErrInvalid)
	}
	assert.EqualValues(t, 1, counted.Total(), "nothing was changed")
}
