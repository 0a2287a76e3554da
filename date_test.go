package vanphong_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	. "github.com/vanphong-go/vanphong"
)

func TestParseDate(t *testing.T) {
	for _, c := range []struct {
		in, want string // want "" is a refusal
	}{
		{"2026-03-05", "2026-03-05"}, // ISO
		{"05/03/2026", "2026-03-05"}, // day first, padded
		{"5/3/2026", "2026-03-05"},   // day first, bare
		{"15/3/2026", "2026-03-15"},  // mixed, as papers write it
		{"29/02/2024", "2024-02-29"}, // a leap day
		{"0001-01-01", ""},           // its value means unset
		{"0001-01-02", "0001-01-02"}, // first day
		{"9999-12-31", "9999-12-31"}, // last day
		{"2026-02-30", ""},           // a day that does not exist
		{"31/4/2026", ""},            // likewise, day first
		{"29/02/2100", ""},           // no leap year
		{"2026-13-01", ""},           // month 13
		{"03/15/2025", ""},           // month first
		{"0/3/2026", ""},             // day 0
		{"5/0/2026", ""},             // month 0
		{"5/3/26", ""},               // two-digit year
		{"5/3/02026", ""},            // five digits
		{"005/3/2026", ""},           // three digits of day
		{"2026-3-5", ""},             // ISO unpadded
		{"2026-03-05 ", ""},          // a blank
		{" 5/3/2026", ""},            // a blank in front
		{"2026-03-05T00:00:00Z", ""}, // an instant
		{"+5/3/2026", ""},            // a sign
		{"5//2026", ""},              // no month
		{"//", ""},                   // nothing
		{"", ""},                     // empty
		{"５/3/2026", ""},             // a full-width digit
		{"0000-01-01", ""},           // year 0
	} {
		d, err := ParseDate(c.in)
		if c.want == "" {
			var in *InputError
			require.ErrorAs(t, err, &in, c.in)
			assert.ErrorIs(t, err, ErrInvalid)
			assert.Equal(t, "date", in.Field)
			assert.Zero(t, d)
			continue
		}
		require.NoError(t, err, c.in)
		assert.Equal(t, c.want, d.String(), c.in)
	}
}

// Every day of four centuries prints and reads as itself, in all three forms.
func TestDateRoundTrip(t *testing.T) {
	for d, end := MustDate("1800-01-01"), MustDate("2200-01-01"); d < end; d++ {
		got, err := ParseDate(d.String())
		if err != nil || got != d {
			t.Fatalf("%v: %v, %v", d, got, err)
		}
		got, err = ParseDate(FormatDate(d))
		if err != nil || got != d {
			t.Fatalf("%v as %s: %v, %v", d, FormatDate(d), got, err)
		}
		if n, err := NewDate(d.Year(), d.Month(), d.Day()); err != nil || n != d {
			t.Fatalf("NewDate of %v: %v, %v", d, n, err)
		}
		if want := d.At(12, 0).Format(time.DateOnly); d.String() != want {
			t.Fatalf("%v: package time says %s", d, want)
		}
	}
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2026-02-30", "5/3/2026", "05/03/2026", "0001-01-01", "9999-12-31", "/", "--", "12345678-1"} {
		f.Add(s) // strict ISO, both day-first forms, the two ends, separators alone, an overlong year
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ParseDate(s)
		if err != nil {
			return
		}
		if again, err := ParseDate(d.String()); err != nil || again != d {
			t.Fatalf("%q: %v, again %v (%v)", s, d, again, err)
		}
	})
}

func TestFormatDate(t *testing.T) {
	for _, c := range []struct{ day, short, long string }{
		{"2026-02-05", "05/02/2026", "ngày 05 tháng 02 năm 2026"}, // both padded
		{"2026-05-27", "27/5/2026", "ngày 27 tháng 5 năm 2026"},   // neither
		{"2025-07-01", "01/7/2025", "ngày 01 tháng 7 năm 2025"},   // day only
		{"2026-01-31", "31/01/2026", "ngày 31 tháng 01 năm 2026"}, // month only
		{"2026-03-10", "10/3/2026", "ngày 10 tháng 3 năm 2026"},   // first day and month without a zero
		{"2026-12-09", "09/12/2026", "ngày 09 tháng 12 năm 2026"}, // last padded day
		{"", "", ""}, // unset
	} {
		var d Date
		require.NoError(t, d.UnmarshalText([]byte(c.day)))
		assert.Equal(t, c.short, FormatDate(d))
		assert.Equal(t, c.long, FormatDateLong(d))
	}
}

func TestDateOfIsTheDayInHanoi(t *testing.T) {
	assert.Equal(t, "2026-02-15", DateOf(time.Date(2026, 2, 14, 18, 30, 0, 0, time.UTC)).String())
	assert.Equal(t, "2026-02-14", DateOf(time.Date(2026, 2, 14, 16, 59, 59, 0, time.UTC)).String())
	d := MustDate("2026-02-14")
	assert.Equal(t, d, DateOf(d.At(0, 0)))
	assert.Equal(t, d, DateOf(d.At(23, 59)))
}

func TestAddMonthsStopsAtTheMonthsEnd(t *testing.T) {
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-01-31", 1, "2026-02-28"},  // the library says 3 March
		{"2024-01-31", 1, "2024-02-29"},  // leap year
		{"2026-01-15", 1, "2026-02-15"},  // the corresponding day
		{"2026-03-31", -1, "2026-02-28"}, // backwards
		{"2026-11-30", 3, "2027-02-28"},  // over the year's end
		{"2026-05-31", 0, "2026-05-31"},  // none
		{"2026-01-31", -13, "2024-12-31"},
	} {
		assert.Equal(t, c.want, MustDate(c.from).AddMonths(c.n).String(), "%s %+d", c.from, c.n)
	}
}

func TestMonday(t *testing.T) {
	for d, end := MustDate("2026-01-01"), MustDate("2026-03-01"); d < end; d++ {
		m := d.Monday()
		assert.Equal(t, time.Monday, m.Weekday())
		assert.True(t, m <= d && d < m+7, "%v in the week of %v", d, m)
	}
}

func TestDateInSQL(t *testing.T) {
	d := MustDate("2026-02-05")
	v, err := d.Value()
	require.NoError(t, err)
	assert.Equal(t, "2026-02-05", v)
	v, err = Date(0).Value()
	require.NoError(t, err)
	assert.Nil(t, v)

	for _, src := range []any{"2026-02-05", []byte("2026-02-05"), time.Date(2026, 2, 5, 0, 0, 0, 0, time.UTC), time.Date(2026, 2, 5, 0, 0, 0, 0, Hanoi)} {
		var got Date
		require.NoError(t, got.Scan(src))
		assert.Equal(t, d, got, "%T", src)
	}
	got := d
	require.NoError(t, got.Scan(nil))
	assert.Zero(t, got, "NULL clears an old value")
	for _, src := range []any{"2026-02-30", int64(5), 1.5, true} {
		got = d
		require.ErrorIs(t, got.Scan(src), ErrInvalid)
		assert.Equal(t, d, got, "a refused value leaves the old one")
	}
	got = d
	require.NoError(t, got.Scan(""))
	assert.Zero(t, got)
}

func TestDateOutsideItsYearsIsNotWritten(t *testing.T) {
	_, err := (MustDate("9999-12-31") + 1).MarshalText()
	assert.ErrorIs(t, err, ErrInvalid)
	_, err = json.Marshal(Days{First: MustDate("2026-01-01"), End: MustDate("9999-12-31") + 1})
	assert.Error(t, err)
}

func TestMustDatePanicsOnlyForLiterals(t *testing.T) {
	assert.Panics(t, func() { MustDate("2026-02-30") })
}

func TestWeekdayName(t *testing.T) {
	assert.Equal(t, "thứ Hai", WeekdayName(time.Monday))
	assert.Equal(t, "Chủ nhật", WeekdayName(time.Sunday))
	assert.Empty(t, WeekdayName(7))
	assert.Empty(t, WeekdayName(-1))
	y, w := MustDate("2026-02-09").ISOWeek()
	assert.Equal(t, [2]int{2026, 7}, [2]int{y, w})
}
