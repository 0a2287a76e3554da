package calendar

import (
	"strings"

	"github.com/vanphong-go/vanphong"
)

// DayKind says what a day is to an office. The zero value is an ordinary
// working day, since that is what most days are.
type DayKind uint8

// The kinds of day. The last four are marks: somebody decided them, by law or
// by notice, against the ordinary week.
//
// The order counts: Marked compares with the first and last mark.
const (
	DayWorking  DayKind = iota // ngày làm việc
	DayWeekend                 // ngày nghỉ hằng tuần
	DayHoliday                 // ngày nghỉ lễ, tết; it may fall on a weekend
	DayCompOff                 // ngày nghỉ bù, a day in lieu of a holiday on a weekend
	DaySwapOff                 // ngày nghỉ hoán đổi, paid for with a worked Saturday
	DaySwapWork                // ngày làm bù, that Saturday
)

var dayKindNames = [...]string{"ngày làm việc", "ngày nghỉ hằng tuần", "ngày nghỉ lễ, tết", "ngày nghỉ bù", "ngày nghỉ hoán đổi", "ngày làm bù"}
var dayKindCodes = [...]string{"working", "weekend", "holiday", "comp_off", "swap_off", "swap_work"}

// Name returns the Vietnamese name of the kind, "?" if there is no such kind.
func (k DayKind) Name() string { return vanphong.EnumName(dayKindNames[:], k) }

// Off reports whether nobody works on a day of this kind.
func (k DayKind) Off() bool { return k != DayWorking && k != DaySwapWork }

// Marked reports whether k is one of the four marks.
func (k DayKind) Marked() bool { return DayHoliday <= k && k <= DaySwapWork }

// String returns the code of the kind, as in files: "swap_work".
func (k DayKind) String() string { return vanphong.EnumName(dayKindCodes[:], k) }

// MarshalText writes the kind as its code: "working", "weekend", "holiday",
// "comp_off", "swap_off" or "swap_work".
func (k DayKind) MarshalText() ([]byte, error) {
	return vanphong.EnumText("kind", dayKindCodes[:], k)
}

// UnmarshalText reads what MarshalText writes.
func (k *DayKind) UnmarshalText(b []byte) (err error) {
	*k, err = vanphong.ParseEnum[DayKind]("kind", dayKindCodes[:], b)
	return err
}

// DayInfo is what is known about one day. It is both what a [Notice] says of
// a day and what a [WorkCalendar] answers.
//
// One type for both, so that what was answered can be laid over another
// calendar as a notice.
type DayInfo struct {
	Date vanphong.Date `json:"date"`
	Kind DayKind       `json:"kind"`
	// Name is Vietnamese: the holiday, what a day is in lieu of, what it is
	// swapped with; of an ordinary day the name of the day of the week.
	Name string `json:"name"`
	// Provisional is set where the official notice is not known: the day was
	// computed and may still change.
	Provisional bool `json:"provisional"`
	// Source is the clause, notice number or address behind a mark.
	Source string         `json:"source"`
	Grade  vanphong.Grade `json:"grade,omitempty"` // of the source; "" if the caller gave none
}

// Off reports whether nobody works on the day.
func (d DayInfo) Off() bool { return d.Kind.Off() }

// why says in a few words why a day is off, for the list of skipped days.
//
// Whoever is told "due on 11/05" asks why not on the 8th; these are the words
// of the answer.
func (d DayInfo) why() string {
	switch d.Kind {
	case DayHoliday:
		return orElse(d.Name, "nghỉ lễ, tết")
	case DayCompOff:
		return reason("nghỉ bù", d.Name)
	case DaySwapOff:
		return reason("hoán đổi", d.Name)
	default:
		return vanphong.WeekdayName(d.Date.Weekday())
	}
}

// reason puts the sort of rest before a name that does not say it already:
// notices write "Nghỉ bù Giỗ Tổ" as often as just "Giỗ Tổ".
func reason(what, name string) string {
	rest, found := strings.CutPrefix(name, strings.ToUpper(what[:1])+what[1:])
	switch {
	case name == "":
		return what
	case found:
		return what + rest
	case strings.HasPrefix(name, what):
		return name
	}
	return what + ": " + name
}

// orElse returns s, or other if s is empty.
func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

func oneOf(codes []string) string { return "one of " + strings.Join(codes, ", ") }
