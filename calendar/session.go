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
func (h HalfDay) Name() string { return vanphong.EnumName(halfDayNames[:], h) }

// MarshalText writes the session as its code: "morning", "afternoon",
// "whole-day", "".
func (h HalfDay) MarshalText() ([]byte, error) {
	return vanphong.EnumText("session", halfDayCodes[:], h)
}

// UnmarshalText reads what MarshalText writes.
func (h *HalfDay) UnmarshalText(b []byte) (err error) {
	*h, err = vanphong.ParseEnum[HalfDay]("session", halfDayCodes[:], b)
	return err
}

// ParseHalfDay reads a session as schedules write it, in any case: "sáng",
// "chiều", "cả ngày" or "ngày", and "" for not stated; the codes of
// [HalfDay.MarshalText] too. Anything else is an InputError.
//
// "ngày" alone is how some schedules print "cả ngày" (grade W).
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

// wrong is an InputError about a value that cannot be taken as it is.
func wrong(field, value, want string) error {
	return vanphong.NewInputError(field, value, want, vanphong.ErrInvalid)
}
