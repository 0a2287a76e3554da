package vanphong

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

// The order of Vietnamese text (thứ tự từ điển): syllable by syllable; within
// a syllable first the letters a ă â b c d đ e ê … y, then the tone (ngang,
// huyền, hỏi, ngã, sắc, nặng); over the whole text, last, lower case before
// upper. So "ma" < "ma túy" < "mà" < "mà cả" < "má". (Unicode's collation for
// Vietnamese compares the letters of the whole text before any tone; printed
// dictionaries and lists of names do not.)
//
// Where a tone is placed and whether a letter is composed makes no difference
// to the order of syllables. F, j, w, z stand where Latin has them, digits
// before letters, letters of other scripts after z; everything else only
// parts syllables.

// CompareText returns -1, 0 or +1 as a stands before, with or after b in
// Vietnamese alphabetical order. It is 0 only if [NFC] makes a and b the same,
// so that a sort has one result.
func CompareText(a, b string) int {
	var x, y [256]byte // long enough that titles and names need no heap
	return bytes.Compare(AppendSortKey(x[:0], a), AppendSortKey(y[:0], b))
}

// AppendSortKey appends the sort key of s to buf: comparing two keys byte by
// byte gives what [CompareText] gives. Use it for an index in a database, or
// to sort many texts. It is not text, and not meant to be read.
func AppendSortKey(buf []byte, s string) []byte {
	s = NFC(s)
	buf = append(appendSyllables(buf, s), endOfText)
	for _, r := range s {
		if unicode.IsUpper(r) {
			buf = append(buf, upperCase)
		} else {
			buf = append(buf, lowerCase)
		}
	}
	buf = append(buf, endOfText)
	return append(buf, s...) // what is still alike differs in tone placement or marks
}

// The bytes of a key below its letters, in order: a text that ends stands
// before one that goes on, a syllable that ends before one with more letters,
// a syllable without a tone before one with.
const (
	endOfText    = 0x00
	endOfLetters = 0x01
	firstTone    = 0x02 // huyền; … 0x06 nặng, and ngang is the end of the list
	lowerCase    = 0x01
	upperCase    = 0x02
	firstDigit   = 0x10
	firstLetter  = 0x20
	otherScript  = 0xF0 // followed by the folded character in UTF-8
)

// alphabet lists the plain letters in order; its index is the weight.
const alphabet = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"

// compareSyllables compares letters and tones alone: texts that differ in
// case, tone placement or what parts the syllables are alike.
func compareSyllables(a, b string) int {
	var x, y [128]byte
	return bytes.Compare(appendSyllables(x[:0], NFC(a)), appendSyllables(y[:0], NFC(b)))
}

func appendSyllables(buf []byte, s string) []byte {
	for i := 0; i < len(s); {
		i, buf = appendSyllable(buf, s, i)
	}
	return buf
}

// appendSyllable appends the key of the syllable at s[i:], and steps over what
// parts it from the next.
func appendSyllable(buf []byte, s string, i int) (int, []byte) {
	var tones [8]byte
	list := tones[:0]
	letters := 0
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			if unicode.Is(unicode.Mn, r) { // a mark that nothing composed with
				i += n
				continue
			}
			if letters > 0 {
				break
			}
			i += n
			continue
		}
		var tone uint8
		buf, tone = appendWeight(buf, r)
		if tone != 0 {
			list = append(list, firstTone+tone-1)
		}
		letters++
		i += n
	}
	if letters == 0 {
		return i, buf
	}
	buf = append(append(append(buf, endOfLetters), list...), endOfLetters)
	return i, buf
}

// appendWeight appends what a letter or digit weighs, and returns its tone.
func appendWeight(buf []byte, r rune) ([]byte, uint8) {
	if r >= '0' && r <= '9' {
		return append(buf, firstDigit+byte(r-'0')), 0
	}
	var tone uint8
	if v := vowelOf(r); v.row != 0 {
		tone = v.tone
		r = textTables.toned[v.row-1][0]
	}
	r = unicode.ToLower(r)
	switch r {
	case 'ă', 'â', 'ê', 'ô', 'ơ', 'ư', 'đ': // letters of their own
	case 'ð', 'ɖ': // what old files have for đ
		r = 'đ'
	default:
		r = fold(r) // ñ stands with n
	}
	if w := weights[max(0, latin(r))]; w != 0 {
		return append(buf, w), tone
	}
	return utf8.AppendRune(append(buf, otherScript), r), tone
}

// weights holds the weight of each plain letter, 0 for none.
var weights = newWeights()

func newWeights() *[latinSpaces]byte {
	w := new([latinSpaces]byte)
	next := byte(firstLetter)
	for _, r := range alphabet {
		w[latin(r)] = next
		next++
	}
	return w
}
