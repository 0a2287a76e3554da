package vanphong_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	. "github.com/vanphong-go/vanphong"
)

const org = OrgID("tinhuy-thai-nguyen")

func congress(first, last, plenum string) Congress {
	c := Congress{ID: "dh-1", Org: org, Days: days(first, "")}
	c.Days.End = MustDate(last) + 1
	_ = c.FirstPlenum.UnmarshalText([]byte(plenum))
	return c
}

func TestTermStart(t *testing.T) {
	for _, c := range []struct{ plenum, want string }{
		{"", "2025-09-24"},           // unknown: the day after the closing
		{"2025-09-23", "2025-09-23"}, // on the closing day, within the congress
		{"2025-09-22", "2025-09-22"}, // on its first day
		{"2025-09-24", "2025-09-24"}, // the day after: outside, the rule gives the same day
		{"2025-09-30", "2025-09-24"}, // later: the term does not wait for it
		{"2025-09-01", "2025-09-24"}, // before the congress: no plenum of it
	} {
		assert.Equal(t, c.want, congress("2025-09-22", "2025-09-23", c.plenum).TermStart().String(), c.plenum)
	}
}

func TestTermsOverlapIsAConflict(t *testing.T) {
	var ts Terms
	require.NoError(t, ts.Add(Term{ID: "a", Org: org, Days: days("2025-07-01", "2025-09-24")}))
	require.NoError(t, ts.Add(Term{ID: "b", Org: org, Days: days("2025-09-24", "")}), "terms that touch")
	require.NoError(t, ts.Add(Term{ID: "c", Org: "other", Days: days("2025-07-01", "")}), "another organisation")
	for _, c := range []struct {
		why, field string
		term       Term
		kind       error
	}{
		{"one shared day", "term.days", Term{ID: "d", Org: org, Days: days("2020-01-01", "2025-07-02")}, ErrConflict},
		{"under the open one", "term.days", Term{ID: "d", Org: org, Days: days("2030-01-01", "2031-01-01")}, ErrConflict},
		{"id taken", "term.id", Term{ID: "a", Org: "third", Days: days("2000-01-01", "2001-01-01")}, ErrConflict},
		{"no first day", "term.days", Term{ID: "d", Org: "third", Days: days("", "2001-01-01")}, ErrInvalid},
		{"end before start", "term.days", Term{ID: "d", Org: "third", Days: days("2001-01-02", "2001-01-01")}, ErrInvalid},
		{"no id", "term", Term{Org: "third", Days: days("2001-01-01", "")}, ErrInvalid},
		{"no organisation", "org", Term{ID: "d", Days: days("2001-01-01", "")}, ErrInvalid},
	} {
		err := ts.Add(c.term)
		var in *InputError
		require.ErrorAs(t, err, &in, c.why)
		assert.Equal(t, c.field, in.Field, c.why)
		assert.ErrorIs(t, err, c.kind, c.why)
		assert.NotContains(t, err.Error(), "từ ", "errors are in English")
	}
	assert.Len(t, ts.Of(org), 2, "a refused term is not kept")
}

func TestHoldEndsTheTermWhereTheNewOneBegins(t *testing.T) {
	var ts Terms
	require.NoError(t, ts.Add(Term{ID: "chi-dinh", Org: org, Days: days("2025-07-01", "")}))
	next, err := ts.Hold(congress("2025-09-22", "2025-09-23", "2025-09-23"), Term{ID: "2025-2030", Name: "nhiệm kỳ 2025 - 2030"})
	require.NoError(t, err)
	assert.Equal(t, days("2025-09-23", ""), next.Days)
	assert.Equal(t, org, next.Org)
	all := ts.Of(org)
	require.Len(t, all, 2)
	assert.Equal(t, days("2025-07-01", "2025-09-23"), all[0].Days)
	for _, c := range []struct{ day, want string }{
		{"2025-06-30", ""}, {"2025-07-01", "chi-dinh"}, {"2025-09-22", "chi-dinh"}, {"2025-09-23", "2025-2030"}, {"2030-01-01", "2025-2030"},
	} {
		got, ok := ts.At(org, MustDate(c.day))
		assert.Equal(t, c.want, string(got.ID), c.day)
		assert.Equal(t, c.want != "", ok)
	}
	for _, day := range []string{"2025-09-22", "2025-09-23"} {
		got, ok := ts.CongressAt(org, MustDate(day))
		assert.True(t, ok && got.ID == "dh-1", "the congress stands beside both terms on %s", day)
	}
	_, ok := ts.CongressAt(org, MustDate("2025-09-24"))
	assert.False(t, ok)
}

func TestHoldRefusedLeavesTermsAlone(t *testing.T) {
	var ts Terms
	require.NoError(t, ts.Add(Term{ID: "now", Org: org, Days: days("2025-10-01", "")}))
	_, err := ts.Hold(congress("2025-09-22", "2025-09-23", ""), Term{ID: "next"})
	require.ErrorIs(t, err, ErrConflict, "the new term would run into one that is there")
	_, err = ts.Hold(congress("2025-11-22", "2025-11-23", ""), Term{ID: "now"})
	require.ErrorIs(t, err, ErrConflict, "id taken")
	_, err = ts.Hold(congress("2025-09-29", "2025-09-30", ""), Term{ID: "next"})
	require.ErrorIs(t, err, ErrConflict, "would leave the old term no day")
	open := congress("2025-11-22", "2025-11-23", "")
	open.Days.End = 0
	_, err = ts.Hold(open, Term{ID: "next"})
	require.ErrorIs(t, err, ErrInvalid, "a congress that never closes")
	got, ok := ts.At(org, MustDate("2026-01-01"))
	assert.True(t, ok)
	assert.Equal(t, days("2025-10-01", ""), got.Days)
	_, ok = ts.CongressAt(org, MustDate("2025-11-22"))
	assert.False(t, ok)
}

func TestHoldOpensTheFirstTermOfANewOrganisation(t *testing.T) {
	var ts Terms
	next, err := ts.Hold(congress("2025-09-22", "2025-09-23", ""), Term{ID: "first"})
	require.NoError(t, err)
	assert.Equal(t, "2025-09-24", next.Days.First.String())
}

func TestHoldAgainFindsWhatIsThere(t *testing.T) {
	var ts Terms
	require.NoError(t, ts.Add(Term{ID: "chi-dinh", Org: org, Days: days("2025-07-01", "")}))
	c, next := congress("2025-09-22", "2025-09-23", ""), Term{ID: "2025-2030", Name: "nhiệm kỳ 2025 - 2030"}
	first, err := ts.Hold(c, next)
	require.NoError(t, err)
	again, err := ts.Hold(c, next)
	require.NoError(t, err, "the same congress and term")
	assert.Equal(t, first, again)
	again, err = ts.Hold(c, first)
	require.NoError(t, err, "with the term as it was returned")
	assert.Equal(t, first, again)
	later := congress("2030-09-22", "2030-09-23", "")
	later.ID = "dh-2"
	_, err = ts.Hold(later, Term{ID: "2030-2035"})
	require.NoError(t, err)
	again, err = ts.Hold(c, next)
	require.NoError(t, err, "after the term has ended")
	assert.Equal(t, days("2025-09-24", "2030-09-24"), again.Days)
	_, err = ts.Hold(c, Term{ID: "2025-2030", Name: "another name"})
	assert.ErrorIs(t, err, ErrConflict, "another next term")
	assert.Len(t, ts.Of(org), 3)
}

func TestCongressIDsAreTheirOwn(t *testing.T) {
	var ts Terms
	require.NoError(t, ts.Add(Term{ID: "chi-dinh", Org: org, Days: days("2025-07-01", "")}))
	_, err := ts.Hold(congress("2025-09-22", "2025-09-23", ""), Term{ID: "2025-2030"})
	require.NoError(t, err)
	for _, c := range []struct {
		why   string
		field string
		id    TermID
		day   string
		next  TermID
		kind  error
	}{
		{"the id of another congress", "congress.id", "dh-1", "2030-09-22", "2030-2035", ErrConflict},
		{"the id of a term", "congress.id", "chi-dinh", "2030-09-22", "2030-2035", ErrConflict},
		{"the id of its own next term", "congress.id", "2030", "2030-09-22", "2030", ErrConflict},
		{"a congress within the other's days", "congress.days", "dh-2", "2025-09-23", "2030-2035", ErrConflict},
		{"a next term with a congress's id", "term.id", "dh-2", "2030-09-22", "dh-1", ErrConflict},
	} {
		cg := congress(c.day, c.day, "")
		cg.ID = c.id
		_, err := ts.Hold(cg, Term{ID: c.next})
		var in *InputError
		require.ErrorAs(t, err, &in, c.why)
		assert.Equal(t, c.field, in.Field, c.why)
		assert.ErrorIs(t, err, c.kind, c.why)
	}
	assert.ErrorIs(t, ts.Add(Term{ID: "dh-1", Org: "other", Days: days("2000-01-01", "")}), ErrConflict, "a term with a congress's id")
	_, err = ts.Hold(congress("2025-09-22", "2025-09-23", "2025-09-21"), Term{ID: "x"})
	assert.ErrorIs(t, err, ErrInvalid, "a plenum before the congress opens")
	assert.Len(t, ts.Of(org), 2, "nothing refused was kept")
}

// An office that keeps its terms and congresses in a table has them again
// after a restart, whichever way it adds them.
func TestTermsAreRebuiltFromRecords(t *testing.T) {
	old := Term{ID: "2020-2025", Org: org, Days: days("2020-10-01", "2025-09-24")}
	now := Term{ID: "2025-2030", Org: org, Name: "nhiệm kỳ 2025 - 2030", Days: days("2025-09-24", "")}
	c := congress("2025-09-22", "2025-09-23", "")
	for why, build := range map[string]func(*Terms) error{
		"ended term, then the congress with its next": func(ts *Terms) error {
			_, err := ts.Hold(c, now)
			return errors.Join(ts.Add(old), err)
		},
		"every term, then the congress": func(ts *Terms) error {
			err := errors.Join(ts.Add(now), ts.Add(old))
			_, held := ts.Hold(c, now)
			return errors.Join(err, held)
		},
	} {
		var ts Terms
		require.NoError(t, build(&ts), why)
		assert.Equal(t, []Term{old, now}, ts.Of(org), why)
		got, ok := ts.CongressAt(org, c.Days.First)
		assert.True(t, ok && got == c, why)
	}
}

func TestTermsOfAreInOrder(t *testing.T) {
	var ts Terms
	require.NoError(t, ts.Add(Term{ID: "b", Org: org, Days: days("2020-01-01", "2025-01-01")}))
	require.NoError(t, ts.Add(Term{ID: "c", Org: org, Days: days("2025-01-01", "")}))
	require.NoError(t, ts.Add(Term{ID: "a", Org: org, Days: days("2015-01-01", "2020-01-01")}))
	var ids []TermID
	for _, o := range ts.Of(org) {
		ids = append(ids, o.ID)
	}
	assert.Equal(t, []TermID{"a", "b", "c"}, ids)
}
