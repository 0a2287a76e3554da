package calendar

import (
	"errors"
	"testing"

	"github.com/vanphong-go/vanphong"
)

func TestParseHalfDayReadsWhatSchedulesWrite(t *testing.T) {
	for in, want := range map[string]HalfDay{
		"":           SessionUnstated, // many rows state only a clock time
		"sáng":       Morning,
		"Chiều":      Afternoon, // capital at the head of a cell
		"cả ngày":    WholeDay,
		"ngày":       WholeDay, // HĐND Bến Tre, tuần 21/2018
		"CẢ NGÀY":    WholeDay,
		"afternoon":  Afternoon, // our own code
		" sáng ":     Morning,
		"sa\u0301ng": Morning, // letters as some systems send them
	} {
		got, err := ParseHalfDay(in)
		if err != nil || got != want {
			t.Errorf("%q: got %v, %v, want %v", in, got, err, want)
		}
	}
	for _, in := range []string{"tối", "sang", "sáng, chiều", "1"} {
		if _, err := ParseHalfDay(in); !errors.Is(err, vanphong.ErrInvalid) {
			t.Errorf("%q: error %v", in, err)
		}
	}
	for h := SessionUnstated; h <= WholeDay; h++ {
		if got, err := ParseHalfDay(h.Name()); err != nil || got != h {
			t.Errorf("name %q reads as %v, %v", h.Name(), got, err)
		}
	}
}

// TestCodesRoundTrip is about every enumeration of schedules: each value has
// a code of its own that reads back, and nothing else has.
func TestCodesRoundTrip(t *testing.T) {
	check := func(name string, n int, marshal func(uint8) ([]byte, error), unmarshal func([]byte) (uint8, error)) {
		seen := map[string]bool{}
		for i := range uint8(n) {
			b, err := marshal(i)
			if err != nil || seen[string(b)] {
				t.Errorf("%s %d: code %q, %v", name, i, b, err)
			}
			seen[string(b)] = true
			if got, err := unmarshal(b); err != nil || got != i {
				t.Errorf("%s %q reads as %d, %v", name, b, got, err)
			}
		}
		if _, err := marshal(uint8(n)); err == nil {
			t.Errorf("%s: a value that does not exist has a code", name)
		}
		if _, err := unmarshal([]byte("khác")); !errors.Is(err, vanphong.ErrInvalid) {
			t.Errorf("%s: an unknown code is read: %v", name, err)
		}
	}
	check("session", 4, func(i uint8) ([]byte, error) { return HalfDay(i).MarshalText() },
		func(b []byte) (uint8, error) { var v HalfDay; err := v.UnmarshalText(b); return uint8(v), err })
	check("registration state", 5, func(i uint8) ([]byte, error) { return RegistrationState(i).MarshalText() },
		func(b []byte) (uint8, error) {
			var v RegistrationState
			err := v.UnmarshalText(b)
			return uint8(v), err
		})
	check("schedule state", 4, func(i uint8) ([]byte, error) { return ScheduleState(i).MarshalText() },
		func(b []byte) (uint8, error) { var v ScheduleState; err := v.UnmarshalText(b); return uint8(v), err })
	check("resource", 3, func(i uint8) ([]byte, error) { return ResourceKind(i).MarshalText() },
		func(b []byte) (uint8, error) { var v ResourceKind; err := v.UnmarshalText(b); return uint8(v), err })
}
