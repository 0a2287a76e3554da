package vanphong

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Small enumerations are written as stable codes, never as numbers: a number
// in a file would change its meaning with the next constant.

func nameAt(names []string, i int) string {
	if i < 0 || i >= len(names) {
		return "?"
	}
	return names[i]
}

func marshalCode(field string, codes []string, i int) ([]byte, error) {
	if i < 0 || i >= len(codes) {
		return nil, invalid(field, itoa(i), "one of "+strings.Join(codes, ", "))
	}
	return []byte(codes[i]), nil
}

func unmarshalCode(field string, codes []string, b []byte) (int, error) {
	if i := slices.Index(codes, string(b)); i >= 0 {
		return i, nil
	}
	return 0, invalid(field, string(b), "one of "+strings.Join(codes, ", "))
}

// isText reports whether s is valid UTF-8 without control characters.
func isText(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, unicode.IsControl)
}
