package documents

import (
	"cmp"
	"strconv"

	"github.com/vanphong-go/vanphong"
)

// System is the family of rules a number is written by (hệ thống văn bản).
// It is kept and not worked out again from the text: 18/NQ-TW is a slip for a Party
// number, whatever its separators say.
type System uint8

// The systems.
const (
	SystemUnknown  System = iota
	SystemParty           // Party form: 981-QĐ/TU
	SystemState           // State form: 59/QĐ-UBND, 30/2020/NĐ-CP
	SystemStandard        // technical standards: QCVN 102:2016/BTTTT
)

var systemCodes = [...]string{"", "party", "state", "standard"}

// Name returns the code of the system: "party", "state", "standard".
func (s System) Name() string { return vanphong.EnumName(systemCodes[:], s) }

// MarshalText writes the system as its code; the zero System is "".
func (s System) MarshalText() ([]byte, error) {
	return vanphong.EnumText("system", systemCodes[:], s)
}

// UnmarshalText reads what MarshalText writes.
func (s *System) UnmarshalText(b []byte) (err error) {
	*s, err = vanphong.ParseEnum[System]("system", systemCodes[:], b)
	return err
}

// Number is the number and symbol of a document (số, ký hiệu): 981-QĐ/TU.
//
// It is a value: comparable with ==, its strings are parts of the text it was
// read from. The zero Number is "unset" and prints as "". A Number from
// [ParseNumber] or [ReadNumber] prints as the text that ParseNumber reads back
// to it; for one that was put together by hand, [Number.Check] says whether
// it does.
type Number struct {
	System System
	Serial uint32 // 1 to 999,999,999
	Year   uint16 // 1000 to 9999, or 0: no year stands in the symbol
	Suffix string // what directly follows the serial: "a", "-1", ".25"
	Code   string // "QĐ"; "" in công văn of the State and in laws
	Issuer string // "TU"; the whole organ list of a joint document: "BNV-BTC"
	Unit   string // drafting unit, hyphens kept: "KGVX"
	Tail   string // after a further slash: "nb"
}

const maxNumber = 200 // bytes of a number as text

// IsZero reports whether n is the zero Number.
func (n Number) IsZero() bool { return n == Number{} }

// String returns the number in its canonical form: 01-QC/ĐU, 59/QĐ-UBND,
// 30/2020/NĐ-CP, QCVN 102:2016/BTTTT.
func (n Number) String() string {
	if n.IsZero() {
		return ""
	}
	var buf [64]byte
	return string(n.AppendTo(buf[:0]))
}

// AppendTo appends what [Number.String] returns to b.
func (n Number) AppendTo(b []byte) []byte {
	switch {
	case n.IsZero():
		return b
	case n.System == SystemParty:
		b = n.appendSerial(b)
		b = append(append(b, '-'), n.Code...)
		b = append(append(b, '/'), n.Issuer...)
	case n.System == SystemStandard:
		b = append(append(b, n.Code...), ' ')
		b = n.appendSerial(b)
		if n.Year != 0 {
			b = appendYear(append(b, ':'), n.Year)
		}
		if n.Issuer != "" {
			b = append(append(b, '/'), n.Issuer...)
		}
	default:
		b = append(n.appendSerial(b), '/')
		if n.Year != 0 {
			b = append(appendYear(b, n.Year), '/')
		}
		b = append(b, n.Code...)
		if n.Code != "" && n.Issuer != "" {
			b = append(b, '-')
		}
		b = append(b, n.Issuer...)
	}
	if n.Unit != "" {
		b = append(append(b, '-'), n.Unit...)
	}
	if n.Tail != "" {
		b = append(append(b, '/'), n.Tail...)
	}
	return b
}

// appendSerial writes 01 to 09 with a zero (36-HD/VPTW, mục II.1.3.1.a: "từ số 01",
// grade P; NĐ 30/2020/NĐ-CP phụ lục I, II.3.c, grade P).
func (n Number) appendSerial(b []byte) []byte {
	if n.Serial < 10 {
		b = append(b, '0')
	}
	return append(strconv.AppendUint(b, uint64(n.Serial), 10), n.Suffix...)
}

// appendYear writes four digits always: a shorter year would read back as something
// else.
func appendYear(b []byte, y uint16) []byte {
	return append(b, byte('0'+y/1000%10), byte('0'+y/100%10), byte('0'+y/10%10), byte('0'+y%10))
}

// Check returns nil if n prints as a number that [ParseNumber] reads back to
// n, and a [*NumberError] otherwise. The zero Number is refused.
func (n Number) Check() error {
	s := n.String()
	got, err := ParseNumber(s)
	if err != nil {
		return err
	}
	if got != n {
		return &NumberError{Input: s, Reason: "these fields print as another number"}
	}
	return nil
}

// Kinds returns the kinds that the number's code may stand for: see
// [KindsOf]. A number without a code has none: the kind is never guessed.
func (n Number) Kinds() []Kind { return KindsOf(n.System, n.Code) }

// MarshalText writes the canonical form; the zero Number is "". A Number that
// does not read back to itself is refused, as by [Number.Check].
func (n Number) MarshalText() ([]byte, error) {
	if n.IsZero() {
		return []byte{}, nil
	}
	if err := n.Check(); err != nil {
		return nil, err
	}
	return n.AppendTo(nil), nil
}

// UnmarshalText reads what MarshalText writes, strictly.
func (n *Number) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*n = Number{}
		return nil
	}
	got, err := ParseNumber(string(b))
	*n = got
	return err
}

// Compare puts numbers in one total order: by system, issuer, unit, code,
// year, serial, suffix (none first, digits by value: -2 before -10), tail. It
// is 0 exactly when n == o. Texts compare byte by byte: for an alphabetical
// list sort by name.
func (n Number) Compare(o Number) int {
	return cmp.Or(
		cmp.Compare(n.System, o.System),
		cmp.Compare(n.Issuer, o.Issuer),
		cmp.Compare(n.Unit, o.Unit),
		cmp.Compare(n.Code, o.Code),
		cmp.Compare(n.Year, o.Year),
		cmp.Compare(n.Serial, o.Serial),
		compareNatural(n.Suffix, o.Suffix),
		cmp.Compare(n.Tail, o.Tail),
	)
}

// compareNatural compares texts with runs of digits taken by value. Runs of
// the same value and different length ("-1", "-01") are told apart last, so
// that only equal texts compare as 0.
func compareNatural(a, b string) int {
	x, y := a, b
	for x != "" && y != "" {
		dx, dy := leadingDigits(x), leadingDigits(y)
		if dx > 0 && dy > 0 {
			if c := compareDigits(x[:dx], y[:dy]); c != 0 {
				return c
			}
			x, y = x[dx:], y[dy:]
			continue
		}
		if x[0] != y[0] {
			return cmp.Compare(x[0], y[0])
		}
		x, y = x[1:], y[1:]
	}
	return cmp.Or(cmp.Compare(len(x), len(y)), cmp.Compare(a, b))
}

// leadingDigits counts the ASCII digits a text begins with.
func leadingDigits(s string) int {
	i := 0
	for i < len(s) && '0' <= s[i] && s[i] <= '9' {
		i++
	}
	return i
}

// compareDigits compares two runs of digits of any length by value.
//
// Without zeros in front the longer run is the greater, so no run is too long to
// compare.
func compareDigits(a, b string) int {
	for len(a) > 1 && a[0] == '0' {
		a = a[1:]
	}
	for len(b) > 1 && b[0] == '0' {
		b = b[1:]
	}
	return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b))
}
