package documents

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// plainRun returns how many bytes of s, from the left, stand for themselves:
// ASCII but for line ends, tabs and the backslash, and the letters of
// Vietnamese in one piece. Text that is plain to its end is read where it
// stands, without a copy; that is nearly all text.
func plainRun(s string) int {
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case c < utf8.RuneSelf:
			if c < ' ' || c == '\\' {
				return i
			}
			i++
		// À–ỹ within U+00C0–U+01BF: two bytes; the letters that look like Đ (Ð ð Ɖ)
		// are not plain.
		case c >= 0xC3 && c <= 0xC6 && i+1 < len(s) && s[i+1]&0xC0 == 0x80:
			if c == 0xC3 && (s[i+1] == 0x90 || s[i+1] == 0xB0) || c == 0xC6 && s[i+1] == 0x89 {
				return i
			}
			i += 2
		// Ạ–ỹ: U+1EA0–U+1EFF.
		case c == 0xE1 && i+2 < len(s) && (s[i+1] == 0xBA || s[i+1] == 0xBB) && s[i+2]&0xC0 == 0x80:
			i += 3
		default:
			return i
		}
	}
	return len(s)
}

// cleanText appends s to out with every rune in its plain form: NFC, real Latin
// letters, the hyphen, the slash, the blank. It ends where s is no UTF-8, or once
// out[stop] is there, and returns the byte of s that it came to: an error points
// into the text that the caller has, and only an error needs to know.
//
// No plain form is longer than what it stands for, so room for len(s) is enough.
func cleanText(out []byte, s string, stop int) (_ []byte, folds foldSet, end int) {
	last := 0 // where the rune came from that out ends with
	for i := 0; i < len(s) && len(out) <= stop; {
		if n := plainRun(s[i:]); n > 0 {
			last = i + max(0, stop-len(out))
			out = append(out, s[i:i+n]...)
			i += n
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 {
			return out, folds, i
		}
		// A mark that joins no letter is kept, and refused later as text in the wrong place.
		if isMark(r) && len(out) > 0 {
			base, size := utf8.DecodeLastRune(out)
			if whole, ok := withMark(base, r); ok {
				out = utf8.AppendRune(out[:len(out)-size], whole)
				folds.add(FoldNFD)
				i += n
				continue
			}
		}
		plain, fold := plainRune(r)
		if fold != 0 {
			folds.add(fold)
		}
		if fold != FoldInvisible {
			last = i
			out = utf8.AppendRune(out, plain)
		}
		i += n
	}
	if len(out) > stop {
		return out, folds, last
	}
	return out, folds, len(s)
}

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
	case c == '\u2043' || c == '\u00AF' || c == '\u2212' || c == '\u2500' || unicode.Is(unicode.Dash, c):
		return '-', FoldDash
	case c == '\u2044' || c == '\u2215' || c == '\u29F8' || c == '\u2571':
		return '/', FoldDash
	case c == '\u2502' || c == '\u00A6' || c == '\u2503' || c == '\u01C0': // borders of tables, copied
		return '|', FoldDash
	// Soft hyphen, zero-width blanks and joiners, marks of direction, the byte order
	// mark.
	case c == '\u00AD' || c == '\u200B' || c == '\u200C' || c == '\u200D' || c == '\u200E' || c == '\u200F' ||
		c == '\u2060' || c == '\uFEFF' || c >= '\u202A' && c <= '\u202E':
		return 0, FoldInvisible
	case unicode.IsSpace(c) || c == '\u180E':
		return ' ', FoldSpace
	// The full-width forms stand in the order of ASCII.
	case '\uFF01' <= c && c <= '\uFF5E':
		plain, _ := plainASCII(c - 0xFEE0)
		return plain, FoldLookAlike
	case c == '•' || c == '·' || c == '▪' || c == '●' || c == '◦': // of a list
		return '*', FoldPunctuation
	case unicode.In(c, unicode.Pi, unicode.Pf) || c == '„' || c == '‚':
		return '"', FoldPunctuation
	}
	if strings.ContainsRune(lookAlikes, c) {
		return lookAlikeOf(c), FoldLookAlike
	}
	return c, 0
}

// plainASCII is plainRune within ASCII. Other control characters are no blanks: they
// stay and the text is refused, as a register must not hold what no screen shows. The
// backslash is a slash: some keyboards have it in its place, and paths of Windows have it.
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
// the D with stroke of Icelandic and of African languages, Cyrillic, Greek. Only letters
// that nobody can tell apart: a Cyrillic Л in a code is a mistake to be seen.
const (
	lookAlikes = "ÐðƉɖ" + "АВЕЅІЈКМНОРСТУХаеѕіјорсух" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο"
	looksLike  = "ĐđĐđ" + "ABESIJKMHOPCTYXaesijopcyx" + "ABEZHIKMNOPTYXo"
)

// lookAlikeOf returns the Latin letter in the same place of looksLike; counted in
// runes, as the pairs differ in bytes.
func lookAlikeOf(c rune) rune {
	at := 0
	for _, x := range lookAlikes {
		if x == c {
			break
		}
		at++
	}
	for _, x := range looksLike {
		if at == 0 {
			return x
		}
		at--
	}
	return c
}

// wordLetters has the small ASCII letter under each letter of Vietnamese words,
// and 0 for all other runes: "Ế" is e. The words before a number are compared
// in it.
var wordLetters = func() (t [0x1F00]byte) {
	for c := 'a'; c <= 'z'; c++ {
		t[c], t[c+'A'-'a'] = byte(c), byte(c)
	}
	t['đ'], t['Đ'] = 'd', 'd'
	for _, row := range vietnameseLetters {
		for _, r := range row {
			t[r] = byte(plainLetter(r))
		}
	}
	return t
}()

// wordLetter looks a rune up in wordLetters; runes beyond the table are no letters of
// Vietnamese.
func wordLetter(r rune) byte {
	if r < 0 || int(r) >= len(wordLetters) {
		return 0
	}
	return wordLetters[r]
}
