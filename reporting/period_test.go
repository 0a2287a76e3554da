package reporting_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/vanphong-go/vanphong"
	. "github.com/vanphong-go/vanphong/reporting"
)

var day = vanphong.MustDate

func TestPeriodsOfASchemeAndTheirNames(t *testing.T) {
	for _, c := range []struct {
		scheme            Scheme
		day               string
		name, first, last string
	}{
		{Scheme{Month, MonthEnd}, "2026-02-28", "tháng 02/2026", "2026-02-01", "2026-02-28"},
		{Scheme{Month, MonthEnd}, "2026-03-01", "tháng 3/2026", "2026-03-01", "2026-03-31"},
		{Scheme{Quarter, MonthEnd}, "2026-12-31", "quý IV/2026", "2026-10-01", "2026-12-31"},
		{Scheme{HalfYear, MonthEnd}, "2025-07-01", "6 tháng cuối năm 2025", "2025-07-01", "2025-12-31"},
		{Scheme{Year, MonthEnd}, "2026-06-15", "năm 2026", "2026-01-01", "2026-12-31"},
		// The State's scheme: the 15th of one month to the 14th of the next.
		{Scheme{Month, MidMonth}, "2026-03-14", "tháng 3/2026", "2026-02-15", "2026-03-14"},
		{Scheme{Month, MidMonth}, "2026-03-15", "tháng 4/2026", "2026-03-15", "2026-04-14"},
		{Scheme{Month, MidMonth}, "2025-12-15", "tháng 01/2026", "2025-12-15", "2026-01-14"},
		{Scheme{Quarter, MidMonth}, "2026-03-14", "quý I/2026", "2025-12-15", "2026-03-14"},
		{Scheme{HalfYear, MidMonth}, "2026-06-14", "6 tháng đầu năm 2026", "2025-12-15", "2026-06-14"},
		{Scheme{HalfYear, MidMonth}, "2026-06-15", "6 tháng cuối năm 2026", "2026-06-15", "2026-12-14"},
		{Scheme{Year, MidMonth}, "2025-12-31", "năm 2026", "2025-12-15", "2026-12-14"},
		// A cut-off near the month's end: after 28 February comes 1 March.
		{Scheme{Month, 28}, "2026-03-01", "tháng 3/2026", "2026-03-01", "2026-03-28"},
		{Scheme{Month, 28}, "2024-02-29", "tháng 3/2024", "2024-02-29", "2024-03-28"},
		{Scheme{Month, 1}, "2026-03-02", "tháng 4/2026", "2026-03-02", "2026-04-01"},
	} {
		p, err := c.scheme.At(day(c.day))
		require.NoError(t, err)
		assert.Equal(t, c.name, p.Name, c.day)
		assert.Equal(t, c.first, p.Days.First.String(), c.day)
		assert.Equal(t, c.last, p.Days.Last().String(), c.day)
	}
}

// Every day lies in exactly one period: the periods of every scheme follow
// one another without gap or overlap.
func TestPeriodsCoverEveryDayOnce(t *testing.T) {
	for unit := Month; unit <= Year; unit++ {
		for cut := Cutoff(0); cut <= 28; cut++ {
			s := Scheme{unit, cut}
			before, err := s.At(day("2023-01-01"))
			require.NoError(t, err)
			for d := day("2023-01-01"); d < day("2025-06-01"); d++ {
				p, err := s.At(d)
				require.NoError(t, err)
				if !p.Days.Contains(d) || p != before && p.Days.First != before.Days.End {
					t.Fatalf("%v: %v is in %v, after %v", s, d, p, before)
				}
				before = p
			}
		}
	}
}

func TestPeriodOfAYear(t *testing.T) {
	p, err := Scheme{Quarter, MidMonth}.Of(2026, 1)
	require.NoError(t, err)
	assert.Equal(t, "quý I/2026", p.Name)
	assert.Equal(t, "2025-12-15", p.Days.First.String())
	p, err = Scheme{Year, MonthEnd}.Of(2026, 1)
	require.NoError(t, err)
	assert.Equal(t, vanphong.YearDays(2026), p.Days)
	for _, c := range []struct {
		s       Scheme
		year, n int
	}{{Scheme{}, 2026, 13}, {Scheme{}, 2026, 0}, {Scheme{Unit: Year}, 2026, 2}, {Scheme{}, 0, 1}, {Scheme{}, 10000, 1}, {Scheme{Unit: 4}, 2026, 1}, {Scheme{Cutoff: 29}, 2026, 1}} {
		_, err := c.s.Of(c.year, c.n)
		var in *vanphong.InputError
		assert.ErrorAs(t, err, &in, "%v", c)
	}
	_, err = Scheme{}.At(0)
	assert.ErrorIs(t, err, vanphong.ErrOutOfRange)
}

func TestOpenPeriodIsClosedAtItsDay(t *testing.T) {
	p, err := Since(day("2025-07-01"), day("2025-12-31"))
	require.NoError(t, err)
	assert.Equal(t, "từ 01/7/2025 đến nay", p.Name)
	assert.Equal(t, vanphong.Days{First: day("2025-07-01"), End: day("2026-01-01")}, p.Days)
	_, err = Since(day("2025-07-01"), day("2025-07-01"))
	assert.NoError(t, err, "one day")
	_, err = Since(day("2025-07-01"), day("2025-06-30"))
	var in *vanphong.InputError
	require.ErrorAs(t, err, &in)
	assert.Equal(t, "as_of", in.Field)
	_, err = Since(0, day("2025-06-30"))
	assert.ErrorIs(t, err, vanphong.ErrInvalid)
}

func TestSchemeText(t *testing.T) {
	for unit := Month; unit <= Year; unit++ {
		for cut := Cutoff(0); cut <= 28; cut++ {
			b, err := json.Marshal(Scheme{unit, cut})
			require.NoError(t, err)
			var got Scheme
			require.NoError(t, json.Unmarshal(b, &got))
			assert.Equal(t, Scheme{unit, cut}, got)
		}
	}
	for _, in := range []string{"", "week", "month/", "month/0", "month/29", "month/014", "month/+14", "month/-1", "month/270", "month/14/14", "Month"} {
		s := Scheme{Quarter, 3}
		assert.ErrorIs(t, s.UnmarshalText([]byte(in)), vanphong.ErrInvalid, in)
		assert.Equal(t, Scheme{Quarter, 3}, s)
	}
	_, err := json.Marshal(Scheme{Unit: 9})
	assert.Error(t, err)
}
