package calendar

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/vanphong-go/vanphong"
)

// String returns the day as a sentence bears it: "mùng 10 tháng 3 năm Bính
// Ngọ" for the first ten days of a month, "ngày 15 tháng 3 …" for the others,
// with "nhuận" after the number of a leap month. The zero before small figures
// belongs to civil dates and is not written. The zero Lunar is "".
func (l Lunar) String() string {
	if l.IsZero() {
		return ""
	}
	leap := ""
	if l.Leap {
		leap = " nhuận"
	}
	day := "ngày "
	if l.Day <= 10 {
		day = "mùng "
	}
	return day + strconv.Itoa(l.Day) + " tháng " + strconv.Itoa(l.Month) + leap + " năm " + l.YearName()
}

// figures writes l for an error, whatever stands in it.
func (l Lunar) figures() string {
	leap := ""
	if l.Leap {
		leap = " nhuận"
	}
	return fmt.Sprintf("%d/%d%s/%d", l.Day, l.Month, leap, l.Year)
}

// The text form of a Lunar: AL for âm lịch, so that no lunar day is taken for
// a civil one, nor the other way round; figures of fixed width and "n" (nhuận)
// before the day, so that texts sort as days do.
const (
	lunarPrefix = "AL"
	lunarShape  = "ALYYYY-MM-DD, in a leap month ALYYYY-MMn-DD"
)

// MarshalText writes l as "AL2026-03-10", in a leap month as "AL2025-06n-10".
// The zero Lunar is "". A lunar day that [ParseLunar] would refuse is refused.
func (l Lunar) MarshalText() ([]byte, error) {
	if l.IsZero() {
		return []byte{}, nil
	}
	if err := l.check(); err != nil {
		return nil, err
	}
	leap := ""
	if l.Leap {
		leap = "n"
	}
	return fmt.Appendf(nil, "%s%04d-%02d%s-%02d", lunarPrefix, l.Year, l.Month, leap, l.Day), nil
}

// UnmarshalText reads what [ParseLunar] reads, and "" as unset.
func (l *Lunar) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*l = Lunar{}
		return nil
	}
	v, err := ParseLunar(string(b))
	if err != nil {
		return err
	}
	*l = v
	return nil
}

// ParseLunar reads a lunar day as [Lunar.MarshalText] writes it, and nothing
// else: "AL2026-03-10", "AL2025-06n-10". The day is held to what [NewLunar] holds
// it to. The error is an [*vanphong.InputError].
func ParseLunar(s string) (Lunar, error) {
	rest, ok := strings.CutPrefix(s, lunarPrefix)
	leap := len(rest) == len("YYYY-MMn-DD") && rest[7] == 'n'
	if leap {
		rest = rest[:7] + rest[8:]
	}
	ok = ok && len(rest) == len("YYYY-MM-DD") && rest[4] == '-' && rest[7] == '-'
	if !ok {
		return Lunar{}, vanphong.NewInputError("lunar day", s, lunarShape, nil)
	}
	year, ok1 := lunarFigures(rest[:4])
	month, ok2 := lunarFigures(rest[5:7])
	day, ok3 := lunarFigures(rest[8:])
	if !ok1 || !ok2 || !ok3 {
		return Lunar{}, vanphong.NewInputError("lunar day", s, lunarShape, nil)
	}
	return NewLunar(year, month, day, leap)
}

// lunarFigures reads decimal figures and nothing but figures.
func lunarFigures(s string) (n int, ok bool) {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, s != ""
}

// check holds l to what NewLunar promises.
func (l Lunar) check() error {
	if l.Year >= 1968 {
		_, err := RegimeOfficial.Date(l)
		return err
	}
	switch {
	case l.Month < 1 || l.Month > 12:
		return vanphong.NewInputError("month", strconv.Itoa(l.Month), "1 to 12", nil)
	case l.Year < 1899 || l.Year == 1899 && l.Month < 12:
		return outOfRange("lunar day", l.figures(), 1900)
	case l.Day < 1 || l.Day > 30:
		return vanphong.NewInputError("day", strconv.Itoa(l.Day), "1 to 30", nil)
	}
	return nil
}
