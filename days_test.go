package vanphong_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	. "github.com/vanphong-go/vanphong"
)

func days(first, end string) Days {
	var d Days
	_ = d.First.UnmarshalText([]byte(first))
	_ = d.End.UnmarshalText([]byte(end))
	return d
}

func TestNewDays(t *testing.T) {
	a, b := MustDate("2026-01-01"), MustDate("2026-01-02")
	r, err := NewDays(a, b)
	require.NoError(t, err)
	assert.Equal(t, 1, r.Len())
	assert.Equal(t, a, r.Last())
	r, err = NewDays(a, 0)
	require.NoError(t, err, "open")
	assert.Equal(t, -1, r.Len())
	assert.Zero(t, r.Last())
	for _, end := range []Date{a, a - 1} {
		_, err = NewDays(a, end)
		var in *InputError
		require.ErrorAs(t, err, &in)
		assert.Equal(t, "end", in.Field)
	}
	r, err = Through(a, a)
	require.NoError(t, err)
	assert.Equal(t, Days{a, b}, r)
	_, err = Through(b, a)
	assert.ErrorIs(t, err, ErrInvalid)
	assert.Equal(t, 366, YearDays(2024).Len())
	assert.Equal(t, 365, YearDays(2026).Len())
}

func TestDaysAgainstADayByDayCount(t *testing.T) {
	base := MustDate("2026-01-01")
	var all []Days
	for i := range Date(7) {
		all = append(all, Days{First: base + i}, Days{End: base + i + 1})
		for j := i; j < 7; j++ { // j == i is empty
			all = append(all, Days{base + i, base + j})
		}
	}
	all = append(all, Days{})
	for _, a := range all {
		for _, b := range all {
			shared := false
			for d := base - 2; d < base+10; d++ {
				both := a.Contains(d) && b.Contains(d)
				shared = shared || both
				if x := a.Intersect(b); x.Contains(d) != both {
					t.Fatalf("%v ∩ %v = %v, on %v", a, b, x, d)
				}
			}
			if a.Overlaps(b) != shared {
				t.Fatalf("%v overlaps %v: %v", a, b, a.Overlaps(b))
			}
		}
	}
}

func TestDaysPrintAsOffices(t *testing.T) {
	assert.Equal(t, "từ 01/7/2025 đến 31/12/2025", days("2025-07-01", "2026-01-01").String())
	assert.Equal(t, "từ 01/7/2025 đến nay", days("2025-07-01", "").String())
	assert.Equal(t, "đến 31/12/2025", days("", "2026-01-01").String(), "no beginning")
	assert.Equal(t, "mọi ngày", Days{}.String())
	assert.Equal(t, "2025-07-01..2025-12-31", days("2025-07-01", "2026-01-01").ISO())
	assert.Equal(t, "2025-07-01..", days("2025-07-01", "").ISO())
	assert.Equal(t, "..", Days{}.ISO())
}

func TestTouchingDaysDoNotOverlap(t *testing.T) {
	assert.False(t, days("2025-01-01", "2025-07-01").Overlaps(days("2025-07-01", "")))
	assert.True(t, days("2025-01-01", "2025-07-02").Overlaps(days("2025-07-01", "")))
}
