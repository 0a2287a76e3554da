package calendar

import (
	"errors"
	"testing"
	"time"

	"github.com/vanphong-go/vanphong"
)

func TestParseClock(t *testing.T) {
	for in, want := range map[string]string{
		"08:30": "08:30",
		"7:30":  "07:30", // as S03 prints it
		"8h30":  "08:30", // as S01 prints it
		"8h":    "08:00",
		"0:00":  "00:00",
		"24:00": "24:00", // the midnight that ends a day
	} {
		c, err := ParseClock(in)
		if err != nil || c.String() != want {
			t.Errorf("%q: got %q, %v, want %q", in, c, err, want)
		}
	}
	for _, in := range []string{
		"", "8", "8:", "8:3", "08:30:00", "8:60", "25:00", "24:01", "-1:00", "8h3", "108:30", "8 giờ 30", "８:30", "8:30 ",
	} {
		if c, err := ParseClock(in); !errors.Is(err, vanphong.ErrInvalid) {
			t.Errorf("%q: got %v, %v, want a refusal", in, c, err)
		}
	}
}

// TestEveryClockRoundTrips walks all 1441 minutes: distinct, ordered, exact.
func TestEveryClockRoundTrips(t *testing.T) {
	last := Clock(0)
	for m := 0; m <= 24*60; m++ {
		c, err := NewClock(m/60, m%60)
		if err != nil || c <= last || c.Minutes() != m {
			t.Fatalf("minute %d: clock %v (%d), %v", m, c, c.Minutes(), err)
		}
		last = c
		back, err := ParseClock(c.String())
		if err != nil || back != c {
			t.Fatalf("%v reads as %v, %v", c, back, err)
		}
	}
	if _, err := (last + 1).MarshalText(); err == nil {
		t.Error("a minute after 24:00 can be written")
	}
}

func TestClockOnADayIsInVietnam(t *testing.T) {
	day := vanphong.MustDate("2026-11-16")
	c, _ := ParseClock("07:30")
	if got := c.On(day).UTC().Format(time.RFC3339); got != "2026-11-16T00:30:00Z" {
		t.Errorf("07:30 is %s", got)
	}
	c, _ = ParseClock("24:00")
	if got := c.On(day); !got.Equal((day + 1).At(0, 0)) {
		t.Errorf("24:00 is %s", got)
	}
	if !Clock(0).On(day).IsZero() || !c.On(0).IsZero() {
		t.Error("an unset clock or day has an instant")
	}
}

func TestSpanRefusesWhatNoDayHas(t *testing.T) {
	clock := func(s string) Clock {
		if s == "" {
			return 0
		}
		c, err := ParseClock(s)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	for _, row := range []struct{ start, end, field, prints string }{
		{"", "", "", ""},           // no time stated
		{"08:00", "", "", "08:00"}, // end not known
		{"08:00", "10:00", "", "08:00 - 10:00"},
		{"22:00", "24:00", "", "22:00 - 24:00"},
		{"08:00", "08:00", "end", ""}, // no time passes
		{"10:00", "08:00", "end", ""},
		{"", "08:00", "end", ""},   // an end alone says nothing
		{"24:00", "", "start", ""}, // that is tomorrow
	} {
		s, err := NewSpan(clock(row.start), clock(row.end))
		if row.field == "" {
			if err != nil || s.String() != row.prints {
				t.Errorf("%s-%s: got %q, %v", row.start, row.end, s, err)
			}
			continue
		}
		var in *vanphong.InputError
		if !errors.As(err, &in) || in.Field != row.field {
			t.Errorf("%s-%s: got %v, want a refusal of %s", row.start, row.end, err, row.field)
		}
	}
}

func FuzzParseClock(f *testing.F) {
	f.Add("08:30") // plain
	f.Add("8h")    // no minutes
	f.Add("24:00") // the one time of hour 24
	f.Add("9:99")  // a minute no hour has
	f.Add("٨:30")  // digits that are not ASCII
	f.Fuzz(func(t *testing.T, s string) {
		c, err := ParseClock(s)
		if err != nil {
			if c != 0 {
				t.Fatalf("%q: refused, but %v", s, c)
			}
			return
		}
		if back, err := ParseClock(c.String()); err != nil || back != c {
			t.Fatalf("%q is %v, which reads as %v, %v", s, c, back, err)
		}
	})
}
