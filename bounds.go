package vanphong

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Whatever comes from outside is bounded where it enters: a broken file must
// not fill the memory, and what cannot be shown must not be stored. Each
// package says its own limits; the rules stand here, once.

// CheckText returns an [*InputError] naming field unless s is a text that can be
// stored and shown: at most limit bytes (wraps [ErrOutOfRange]), valid UTF-8, no
// control characters but line breaks and tabs. The others come in with a
// copied cell or a damaged file, are invisible on a screen and break a printed
// page. An empty text is a text.
func CheckText(field, s string, limit int) error {
	switch {
	case len(s) > limit:
		return NewInputError(field, strings.ToValidUTF8(s, "?"), "at most "+itoa(limit)+" bytes", ErrOutOfRange)
	case !utf8.ValidString(s):
		return invalid(field, strings.ToValidUTF8(s, "?"), "text in UTF-8")
	case strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) && !strings.ContainsRune("\n\r\t", r) }):
		return invalid(field, s, "text without control characters")
	}
	return nil
}

// CheckCount returns an [*InputError] naming field, which wraps
// [ErrOutOfRange], if there are more than limit of something.
func CheckCount(field string, n, limit int) error {
	if n > limit {
		return NewInputError(field, itoa(n), "at most "+itoa(limit), ErrOutOfRange)
	}
	return nil
}

// isText reports whether s is valid UTF-8 without control characters.
func isText(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, unicode.IsControl)
}
