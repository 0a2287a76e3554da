package reporting_test

import (
	"encoding/json"
	"errors"
	"iter"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
	. "github.com/vanphong-go/vanphong/reporting"
)

var series = documents.Series{ID: "qd", Key: documents.SeriesKey{Organ: "tu", Scope: "2025-2030", Name: "QĐ"}, First: 1, Next: 1}

func entry(serial uint32, suffix string, state documents.EntryState, kind documents.Kind, on string) documents.Entry {
	e := documents.Entry{Series: "qd", Serial: serial, State: state}
	e.Number.Serial, e.Number.Suffix = serial, suffix
	e.Kind = kind
	_ = e.Day.UnmarshalText([]byte(on))
	return e
}

func issued(serial uint32) documents.Entry {
	return entry(serial, "", documents.StateIssued, documents.KindRegulation, "2025-10-01")
}

func walked(entries ...documents.Entry) iter.Seq2[documents.Entry, error] {
	return func(yield func(documents.Entry, error) bool) {
		for _, e := range entries {
			if !yield(e, nil) {
				return
			}
		}
	}
}

func regulations(k documents.Kind) bool { return k == documents.KindRegulation }

var half = vanphong.Days{First: day("2025-07-01"), End: day("2026-01-01")}

func TestReconcileSaysWhereEveryNumberWent(t *testing.T) {
	s := series
	s.First, s.Next = 127, 136 // taken over from another system
	r, err := Reconcile(s, walked(
		entry(126, "a", documents.StateIssued, documents.KindRegulation, "2025-07-02"), // inserted before the first
		issued(127),
		entry(128, "", documents.StateIssued, documents.KindDecision, "2025-10-02"),   // a quyết định in the same series
		entry(129, "", documents.StateVoid, documents.KindRegulation, "2025-10-02"),   //
		entry(130, "", documents.StateHeld, "", ""),                                   // no content, no date
		entry(131, "", documents.StateReserved, "", ""),                               //
		entry(132, "", documents.StateIssued, documents.KindRegulation, "2026-01-01"), // the first day after the period
		entry(132, "a", documents.StateIssued, documents.KindRegulation, "2025-12-31"),
		entry(132, "-10", documents.StateVoid, documents.KindRegulation, "2025-12-31"), // suffixes in any order
		entry(133, "", documents.StateIssued, documents.KindRegulation, "2025-06-30"),  // the day before it
		entry(134, "", documents.StateIssued, documents.KindDecision, "2026-02-01"),    // outside goes before unnamed
		issued(135),
	), regulations, half)
	require.NoError(t, err)
	assert.Equal(t, Reconciliation{
		Series: "qd", Key: s.Key, OpenedAt: 127, Last: 135,
		Issued: 8, Void: 2, Reserved: 1, Held: 1, Suffixed: 3,
		Outside: 3, Uncounted: 1, Counted: 4,
	}, r)
	assert.True(t, r.Sound())
	assert.Equal(t, r.Issued, r.Counted+r.Uncounted+r.Outside)
}

func TestReconcileAnEmptySeries(t *testing.T) {
	s := series
	s.First, s.Next = 127, 127
	r, err := Reconcile(s, walked(), nil, vanphong.Days{})
	require.NoError(t, err)
	assert.True(t, r.Sound())
	assert.EqualValues(t, 126, r.Last, "none given yet")
}

func TestReconcileFinds(t *testing.T) {
	s := series
	s.Next = 6
	for _, c := range []struct {
		why        string
		entries    []documents.Entry
		difference int64
		rules      [][]string // rule and arguments
	}{
		{"one row deleted", []documents.Entry{issued(1), issued(2), issued(4), issued(5)}, 1,
			[][]string{{RuleMissing, "qd", "3", "3"}, {RuleDifference, "qd", "1"}}},
		{"the last ones deleted", []documents.Entry{issued(1), issued(2), issued(3)}, 2,
			[][]string{{RuleMissing, "qd", "4", "5"}, {RuleDifference, "qd", "2"}}},
		{"the first ones deleted", []documents.Entry{issued(3), issued(4), issued(5)}, 2,
			[][]string{{RuleMissing, "qd", "1", "2"}, {RuleDifference, "qd", "2"}}},
		{"one twice", []documents.Entry{issued(1), issued(2), issued(2), issued(3), issued(4), issued(5)}, -1,
			[][]string{{RuleTwice, "qd", "2"}, {RuleDifference, "qd", "-1"}}},
		{"a double hides a gap in the sum, not in the findings", []documents.Entry{issued(1), issued(2), issued(2), issued(4), issued(5)}, 0,
			[][]string{{RuleTwice, "qd", "2"}, {RuleMissing, "qd", "3", "3"}}},
		{"a number never given", []documents.Entry{issued(1), issued(2), issued(3), issued(4), issued(5), issued(9)}, -1,
			[][]string{{RuleBeyond, "qd", "9", "1–5"}, {RuleDifference, "qd", "-1"}}},
		{"number 0", []documents.Entry{issued(0), issued(1), issued(2), issued(3), issued(4), issued(5)}, -1,
			[][]string{{RuleBeyond, "qd", "0", "1–5"}, {RuleDifference, "qd", "-1"}}},
		{"an inserted number without its own", []documents.Entry{issued(1), issued(2), entry(3, "a", documents.StateVoid, "", ""), issued(4), issued(5)}, 1,
			[][]string{{RuleMissing, "qd", "3", "3"}, {RuleDifference, "qd", "1"}}},
		{"a state nobody knows", []documents.Entry{issued(1), issued(2), entry(3, "", 0, "", ""), issued(4), issued(5)}, 1,
			[][]string{{RuleState, "qd", "3"}, {RuleDifference, "qd", "1"}}},
		{"issued without a date", []documents.Entry{issued(1), issued(2), issued(3), issued(4), entry(5, "", documents.StateIssued, "k", "")}, 0,
			[][]string{{RuleUndated, "qd", "5"}}},
	} {
		r, err := Reconcile(s, walked(c.entries...), nil, half)
		require.NoError(t, err, c.why)
		assert.Equal(t, c.difference, r.Difference, c.why)
		var got [][]string
		for _, f := range r.Findings {
			got = append(got, append([]string{f.Rule}, f.Args...))
			assert.Equal(t, vanphong.Fault, f.Severity)
			assert.NotContains(t, Messages().Text(f), "{", c.why)
		}
		assert.Equal(t, c.rules, got, c.why)
		assert.False(t, r.Sound(), c.why)
	}
}

func TestReconcileRefusesAWalkThatMeansNothing(t *testing.T) {
	s := series
	s.Next = 3
	other := issued(1)
	other.Series = "tb"
	for why, entries := range map[string][]documents.Entry{"another series": {other}, "out of order": {issued(2), issued(1)}} {
		_, err := Reconcile(s, walked(entries...), nil, half)
		assert.ErrorIs(t, err, vanphong.ErrConflict, why)
	}
	broken := errors.New("disk gone")
	_, err := Reconcile(s, func(yield func(documents.Entry, error) bool) { yield(documents.Entry{}, broken) }, nil, half)
	assert.Same(t, broken, err)
	_, err = Reconcile(s, walked(), nil, vanphong.Days{First: 5, End: 5})
	assert.ErrorIs(t, err, vanphong.ErrInvalid)
}

func TestReconcileListsABoundedNumberOfFindings(t *testing.T) {
	s := series
	s.Next = 1001
	var entries []documents.Entry
	for n := uint32(2); n <= 1000; n += 2 {
		entries = append(entries, issued(n))
	}
	r, err := Reconcile(s, walked(entries...), nil, half)
	require.NoError(t, err)
	assert.EqualValues(t, 500, r.Difference)
	assert.Len(t, r.Findings, 102)
	assert.Equal(t, vanphong.Finding{Rule: RuleMore, Severity: vanphong.Fault, Args: []string{"qd", "400"}}, r.Findings[101])
	assert.Equal(t, RuleDifference, r.Findings[100].Rule, "the sum is always told")
}

// Deleting any one row shows, whatever the row is.
func TestAnyOneRowDeletedShows(t *testing.T) {
	s := series
	s.Next = 13
	var all []documents.Entry
	for n := uint32(1); n < 13; n++ {
		all = append(all, entry(n, "", documents.EntryState(1+n%4), documents.KindDecision, "2025-08-01"))
	}
	for i := range all {
		r, err := Reconcile(s, walked(slices.Delete(slices.Clone(all), i, i+1)...), nil, half)
		require.NoError(t, err)
		assert.EqualValues(t, 1, r.Difference)
		assert.False(t, r.Sound())
	}
}

// Every exported struct comes back from JSON as it was, and takes no day that
// does not exist.
func TestJSONRoundTrip(t *testing.T) {
	s := series
	s.Next = 2
	r, err := Reconcile(s, walked(), nil, half)
	require.NoError(t, err)
	roundTrip(t, r)
	roundTrip(t, Figure{"thông báo", 410, Over})
	roundTrip(t, Line{Figure{"x", 1, About}, Rows{"o", []documents.Kind{"k"}, half}})
	roundTrip(t, Period{"tháng 3/2026", half})
	roundTrip(t, officeTemplate)
	roundTrip(t, Template{"a", []Item{{"x", nil, 10}}, "b", ";", "&", true, "none"})
	roundTrip(t, Fact{"o", "k", day("2026-01-01")})
	roundTrip(t, Cell{"o", "k", Period{"p", half}, 5})
	roundTrip(t, Scheme{Quarter, MidMonth})
	for _, into := range []any{new(Period), new(Rows), new(Line), new(Fact), new(Cell), new(Rolled)} {
		in := `{"day":"2026-02-30","days":{"first":"2026-02-30"},"rows":{"days":{"first":"2026-02-30"}},"period":{"days":{"first":"2026-02-30"}},"own":{"scheme":"month","cells":[{"first":"2026-02-30"}]}}`
		assert.ErrorIs(t, json.Unmarshal([]byte(in), into), vanphong.ErrInvalid, "%T", into)
	}
}

func roundTrip[T any](t *testing.T, v T) {
	t.Helper()
	for _, v := range []T{v, *new(T)} {
		b, err := json.Marshal(v)
		require.NoError(t, err)
		var got T
		require.NoError(t, json.Unmarshal(b, &got), "%s", b)
		assert.Equal(t, v, got, "%s", b)
	}
}
