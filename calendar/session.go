package calendar

import (
	"slices"
	"strings"

	"github.com/vanphong-go/vanphong"
)

// HalfDay is the session (buổi) an entry is printed under. Published schedules
// state a session, a clock time, both or neither; the two are kept apart
// because neither can be computed from the other without an office's hours.
// The zero value is "not stated".
type HalfDay uint8

// The sessions of a working day.
const (
	SessionUnstated HalfDay = iota // không ghi buổi
	Morning                        // sáng
	Afternoon                      // chiều
	WholeDay                       // cả ngày ("ngày" in some schedules)
)

// Fixed tables; nothing writes to them.
var (
	halfDayNames = [...]string{"", "sáng", "chiều", "cả ngày"}
	halfDayCodes = [...]string{"", "morning", "afternoon", "whole-day"}
)

// Name returns the Vietnamese name of the session, "" if it is not stated.
func (h HalfDay) Name() string { return enumName(halfDayNames[:], uint8(h)) }

// MarshalText writes the session as its code: "morning", "afternoon",
// "whole-day", "".
func (h HalfDay) MarshalText() ([]byte, error) {
	return enumText("session", halfDayCodes[:], uint8(h))
}

// UnmarshalText reads what MarshalText writes.
func (h *HalfDay) UnmarshalText(b []byte) error {
	i, err := enumFrom("session", halfDayCodes[:], b)
	*h = HalfDay(i)
	return err
}

// ParseHalfDay reads a session as schedules write it, in any case: "sáng",
// "chiều", "cả ngày" or "ngày", and "" for not stated; the codes of
// [HalfDay.MarshalText] too. Anything else is an InputError.
func ParseHalfDay(s string) (HalfDay, error) {
	low := strings.ToLower(vanphong.NFC(strings.TrimSpace(s)))
	if low == "ngày" {
		return WholeDay, nil
	}
	if i := slices.Index(halfDayNames[:], low); i >= 0 {
		return HalfDay(i), nil
	}
	if i := slices.Index(halfDayCodes[:], low); i >= 0 {
		return HalfDay(i), nil
	}
	return SessionUnstated, wrong("session", s, "sáng, chiều, cả ngày or nothing")
}

// The enumerations of schedules are written as stable codes: a number in a
// file would change its meaning with the next constant.

func enumName(names []string, i uint8) string {
	if int(i) >= len(names) {
		return "?"
	}
	return names[i]
}

func enumText(field string, codes []string, i uint8) ([]byte, error) {
	if int(i) >= len(codes) {
		return nil, wrong(field, "?", "one of "+strings.Join(codes, ", "))
	}
	return []byte(codes[i]), nil
}

func enumFrom(field string, codes []string, b []byte) (uint8, error) {
	if i := slices.Index(codes, string(b)); i >= 0 {
		return uint8(i), nil
	}
	return 0, wrong(field, string(b), "one of "+strings.Join(codes, ", "))
}

// wrong is an InputError about a value that cannot be taken as it is.
func wrong(field, value, want string) error {
	return vanphong.NewInputError(field, value, want, vanphong.ErrInvalid)
}
