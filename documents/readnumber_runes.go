package documents

import (
	"strings"
	"unicode"
)

// plainRune returns the sign that c stands for in a number, and the fold if it
// is another than c. With FoldInvisible it stands for nothing.
//
// Such signs come from word processors (dashes, quotes), from web pages (blanks and
// marks of no width), from scanners and from keyboards of other languages. To the
// eye the number is right, to a search it is another.
func plainRune(c rune) (rune, Fold) {
	switch {
	case c < 0x80:
		return plainASCII(c)
	case unicode.Is(unicode.Dash, c) || c == '\u2043' || c == '\u00AF':
		return '-', FoldDash
	case c == '\u2044' || c == '\u2215' || c == '\u29F8':
		return '/', FoldDash
	// Soft hyphen, zero-width blanks and joiners, marks of direction, the byte order
	// mark.
	case c == '\u00AD' || c == '\u200B' || c == '\u200C' || c == '\u200D' || c == '\u200E' || c == '\u200F' ||
		c == '\u2060' || c == '\uFEFF':
		return 0, FoldInvisible
	case unicode.IsSpace(c) || c == '\u180E':
		return ' ', FoldSpace
	// The full-width forms stand in the order of ASCII.
	case '\uFF01' <= c && c <= '\uFF5E':
		plain, _ := plainASCII(c - 0xFEE0)
		return plain, FoldLookAlike
	case unicode.In(c, unicode.Pi, unicode.Pf) || c == '„' || c == '‚':
		return '"', FoldPunctuation
	}
	if i := strings.IndexRune(lookAlikes, c); i >= 0 {
		return lookAlikeOf(c), FoldLookAlike
	}
	return c, 0
}

// plainASCII is plainRune within ASCII. Other control characters are no blanks: they
// stay and the text is refused.
func plainASCII(c rune) (rune, Fold) {
	switch c {
	case '\t', '\n', '\r':
		return ' ', FoldSpace
	case '\\':
		return '/', FoldDash
	}
	return c, 0
}

// Letters that look like Latin ones, in pairs with what they look like:
// the D with stroke of Icelandic and of African languages, Cyrillic, Greek.
const (
	lookAlikes = "ÐðƉɖ" + "АВЕЅІЈКМНОРСТУХаеѕіјорсух" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο"
	looksLike  = "ĐđĐđ" + "ABESIJKMHOPCTYXaesijopcyx" + "ABEZHIKMNOPTYXo"
)

// lookAlikeOf returns the Latin letter in the same place of looksLike; counted in
// runes, as the pairs differ in bytes.
func lookAlikeOf(c rune) rune {
	latin := []rune(looksLike)
	i := 0
	for _, x := range lookAlikes {
		if x == c {
			return latin[i]
		}
		i++
	}
	return c
}
