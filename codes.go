package vanphong

import (
	"slices"
	"strings"
)

// EnumName returns the name of e in a table indexed by value, "?" for a value
// the table does not have: a stray number prints, it does not panic.
func EnumName[E ~uint8](names []string, e E) string {
	if int(e) >= len(names) {
		return "?"
	}
	return names[e]
}

// EnumText is the MarshalText of an enumeration: its stable code in a table
// indexed by value. Enumerations are never written as numbers, since a number
// in a file would change its meaning with the next constant. A value without
// a code is an InputError about field.
func EnumText[E ~uint8](field string, codes []string, e E) ([]byte, error) {
	if int(e) >= len(codes) {
		return nil, invalid(field, itoa(int(e)), "one of "+strings.Join(codes, ", "))
	}
	return []byte(codes[e]), nil
}

// ParseEnum reads what [EnumText] writes, letter for letter. Anything else is
// the zero value and an InputError about field that lists the codes.
func ParseEnum[E ~uint8](field string, codes []string, b []byte) (E, error) {
	if i := slices.Index(codes, string(b)); i >= 0 {
		return E(i), nil
	}
	return 0, invalid(field, string(b), "one of "+strings.Join(codes, ", "))
}
