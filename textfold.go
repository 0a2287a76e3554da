package vanphong

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Fold returns s as accent-free search compares it (tìm không dấu): lower
// case, without marks, đ as d, "Đại hội" as "dai hoi". The look-alikes Ð
// (U+00D0) and Ɖ (U+0189) that old files have for Đ are d as well. Spaces of
// every kind, no-break ones and line ends included, become one blank, none at
// the ends; characters without width (soft hyphen, zero-width space, byte
// order mark) go. Letters of other scripts are only put in lower case.
//
// Fold is idempotent and does not see where a tone is placed, nor whether s is
// composed. Text that is folded already is returned without allocating.
func Fold(s string) string {
	if isFolded(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	space := false // a blank is due before the next character
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		i += n // a byte that is not UTF-8 becomes U+FFFD
		switch r = fold(r); r {
		case 0:
		case ' ':
			space = true
		default:
			space = appendBlank(&b, space)
			b.WriteRune(r)
		}
	}
	return b.String()
}

func appendBlank(b *strings.Builder, due bool) bool {
	if due && b.Len() > 0 {
		b.WriteByte(' ')
	}
	return false
}

// isFolded reports whether s is ASCII that Fold does not change.
func isFolded(s string) bool {
	blank := true // a blank at the start would go
	for i := range len(s) {
		c := s[i]
		if c >= utf8.RuneSelf || 'A' <= c && c <= 'Z' || c < ' ' && c >= '\t' && c <= '\r' || c == ' ' && blank {
			return false
		}
		blank = c == ' '
	}
	return s == "" || !blank
}

// fold returns the folded form of one character, ' ' for a space and 0 for a
// character that goes.
func fold(r rune) rune {
	if i := latin(r); i >= 0 {
		return textTables.plain[i]
	}
	switch {
	case unicode.IsSpace(r):
		return ' '
	case r >= 0x200B && r <= 0x200D, r == 0x2060, r == 0xFEFF:
		return 0
	// The signs that a stroke through <, = or > composes to ([NFC]) stand outside
	// the tables of letters; apart, the stroke would go.
	case r == '≮':
		return '<'
	case r == '≠':
		return '='
	case r == '≯':
		return '>'
	case r == 0x212A, r == 0x212B: // the signs for kelvin and ångström
		return fold(unicode.ToLower(r))
	}
	return unicode.ToLower(r)
}

// plainOf computes what fold gives for the character at index i of the
// tables.
func (t *tables) plainOf(i int) rune {
	r := rune(i)
	if i >= latinEnd {
		r += viFirst - latinEnd
	}
	switch {
	case unicode.IsSpace(r):
		return ' '
	case r >= 0x300 && r < latinEnd, r == 0xAD:
		return 0
	case r == 'đ', r == 'Đ', r == 'ð', r == 'Ð', r == 'ɖ', r == 'Ɖ':
		return 'd'
	}
	for {
		p := t.decompose[latin(r)]
		if p.base == 0 {
			break
		}
		r = p.base
	}
	// ToLower can leave the blocks of the table; the result then has no mark.
	return unicode.ToLower(r)
}

// FoldTone returns s composed ([NFC]) and with every tone where the spelling
// used by the Party's and the State's own names puts it (kiểu cũ): an open
// oa, oe, uy carries it on the first vowel, "hòa", "khỏe", "Tỉnh ủy", and the
// newer "hoà", "khoẻ", "uỷ" become these. After q the u belongs to the
// consonant: "quý", "quà" stay, "qúy" becomes "quý". Before a final sound both
// styles put it on the second vowel, and the slip "hòan" becomes "hoàn".
// Every other syllable (ngoại, thuyền, giữ, gìn, già) is alike in both styles
// and stays. Case and everything that is not such a syllable is kept.
//
// FoldTone is idempotent. It is for comparing and searching; names are stored
// as received.
func FoldTone(s string) string {
	s = NFC(s)
	var b strings.Builder
	copied := 0
	var before, last rune // the two characters before s[i:]
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf && !opens(rune(s[i])) { // nearly all of a text
			before, last = last, rune(s[i])
			i++
			continue
		}
		first, n := utf8.DecodeRuneInString(s[i:])
		second, m := utf8.DecodeRuneInString(s[i+n:])
		a, c, ok := moved(before, last, first, second, s[i+n+m:])
		if !ok {
			before, last = last, first
			i += n
			continue
		}
		b.WriteString(s[copied:i])
		b.WriteRune(a)
		b.WriteRune(c)
		i += n + m
		copied = i
		before, last = a, c
	}
	if copied == 0 {
		return s
	}
	b.WriteString(s[copied:])
	return b.String()
}

func opens(r rune) bool { return r == 'o' || r == 'u' || r == 'O' || r == 'U' }

// moved returns the two vowels with the tone at its place, and whether that is
// another place than it had.
func moved(before, last, first, second rune, rest string) (a, b rune, ok bool) {
	v, w := vowelOf(first), vowelOf(second)
	if v.row == 0 || w.row == 0 || (v.tone == 0) == (w.tone == 0) {
		return 0, 0, false // not two vowels with one tone between them
	}
	final, _ := utf8.DecodeRuneInString(rest)
	if class(final) != 0 {
		return 0, 0, false // a mark that found no letter would find one now
	}
	onSecond, known := toneOnSecond(before, last, v, w, rest != "" && unicode.IsLetter(final), final)
	if !known || onSecond == (w.tone != 0) {
		return 0, 0, false
	}
	tone := v.tone + w.tone // one of them is 0
	if onSecond {
		return textTables.toned[v.row-1][0], textTables.toned[w.row-1][tone], true
	}
	return textTables.toned[v.row-1][tone], textTables.toned[w.row-1][0], true
}

// toneOnSecond says on which of two vowels the tone stands, if this is a pair
// whose tone wanders; closed is whether the letter final follows them.
func toneOnSecond(before, last rune, v, w letter, closed bool, final rune) (onSecond, known bool) {
	first, second := unicode.ToLower(textTables.toned[v.row-1][0]), unicode.ToLower(textTables.toned[w.row-1][0])
	if first == 'u' && (last == 'q' || last == 'Q') {
		return true, true // qu is a consonant
	}
	if !(first == 'o' && (second == 'a' || second == 'e') || first == 'u' && second == 'y') {
		return false, false
	}
	if vowelOf(last).row != 0 && !isGI(before, last) {
		return false, false // the middle of a longer run of vowels: no syllable of ours
	}
	if !closed {
		return false, true
	}
	// The sounds that can close oa, oe, uy; before another letter the word is
	// foreign, and stays.
	return true, strings.ContainsRune("cmnptiyouCMNPTIYOU", final)
}

func isGI(before, last rune) bool {
	return (before == 'g' || before == 'G') && (last == 'i' || last == 'I')
}

// vowelOf returns the row and tone of a Vietnamese vowel, row 0 for anything
// else.
func vowelOf(r rune) letter {
	if i := latin(r); i >= 0 {
		return textTables.vowel[i]
	}
	return letter{}
}
