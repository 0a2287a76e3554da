package calendar

import "github.com/vanphong-go/vanphong"

// The ten stems (thiên can) and twelve branches (địa chi), whose pairs name
// years, months and days in rounds of sixty.
var (
	stems    = [...]string{"Giáp", "Ất", "Bính", "Đinh", "Mậu", "Kỷ", "Canh", "Tân", "Nhâm", "Quý"}
	branches = [...]string{"Tý", "Sửu", "Dần", "Mão", "Thìn", "Tỵ", "Ngọ", "Mùi", "Thân", "Dậu", "Tuất", "Hợi"}
)

// sexagenary returns the name of a stem and a branch, each counted from its
// first in any round.
//
// Twice the remainder, for Go's is negative for a negative number.
func sexagenary(stem, branch int) string {
	return stems[(stem%10+10)%10] + " " + branches[(branch%12+12)%12]
}

// YearName returns the sexagenary name of the year (tên năm theo can chi):
// "Bính Ngọ" for 2026. The zero Lunar has none.
func (l Lunar) YearName() string {
	if l.IsZero() {
		return ""
	}
	// The year 4 was a Giáp Tý.
	return sexagenary(l.Year-4, l.Year-4)
}

// MonthName returns the sexagenary name of the month: "Canh Dần" for the first
// month of 2026. A leap month bears the name of the month it follows. The zero
// Lunar has none.
func (l Lunar) MonthName() string {
	if l.IsZero() {
		return ""
	}
	// The first month is always Dần, the third branch; its stem moves on by
	// twelve a year.
	return sexagenary(l.Year*12+l.Month+3, l.Month+1)
}

// DayName returns the sexagenary name of a civil day: "Nhâm Tuất" for
// 2026-02-17. The round runs on without regard to months, so that it needs no
// Regime. An unset day has none.
func DayName(d vanphong.Date) string {
	if d == 0 {
		return ""
	}
	// Julian day 11 was a Giáp Tý. Reduced first, so that no sum overflows.
	n := int(d%60) + julianDay
	return sexagenary(n+9, n+1)
}
