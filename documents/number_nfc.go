package documents

import (
	"strings"
	"unicode/utf8"
)

// Text from macOS and from some scanners writes a letter and its marks apart
// (NFD): "Đ" is one rune but "ê" is e and U+0302. What follows puts the
// Vietnamese letters together again mark by mark, in whatever order they come,
// so that the lenient reader can say where it did; whole texts go through
// vanphong.NFC.

// vietnameseLetters has a row a base letter and shape, columns a tone: none,
// huyền, sắc, ngã, hỏi, nặng.
var vietnameseLetters = [...]string{
	"aàáãảạ", "ăằắẵẳặ", "âầấẫẩậ", "eèéẽẻẹ", "êềếễểệ", "iìíĩỉị",
	"oòóõỏọ", "ôồốỗổộ", "ơờớỡởợ", "uùúũủụ", "ưừứữửự", "yỳýỹỷỵ",
	"AÀÁÃẢẠ", "ĂẰẮẴẲẶ", "ÂẦẤẪẨẬ", "EÈÉẼẺẸ", "ÊỀẾỄỂỆ", "IÌÍĨỈỊ",
	"OÒÓÕỎỌ", "ÔỒỐỖỔỘ", "ƠỜỚỠỞỢ", "UÙÚŨỦỤ", "ƯỪỨỮỬỰ", "YỲÝỸỶỴ",
}

// letterPlaces leads from a letter to its place in vietnameseLetters, counted
// from 1, and letterAt back: marks come in every word of such a text, and a search
// through the rows for each would be most of the reading.
var letterPlaces, letterAt = func() (places [0x1F00]uint8, at [len(vietnameseLetters) * tones]rune) {
	i := 0
	for _, row := range vietnameseLetters {
		for _, r := range row {
			at[i] = r
			i++
			places[r] = uint8(i)
		}
	}
	return places, at
}()

const tones = 6

// isMark reports whether r is one of the marks of Vietnamese letters: three
// shapes, five tones.
func isMark(r rune) bool { return toneOf(r) > 0 || isShape(r) }

// isShape reports whether r is a circumflex, breve or horn.
func isShape(r rune) bool { return r == 0x0302 || r == 0x0306 || r == 0x031B }

// toneOf returns the column of a tone mark in vietnameseLetters, 0 for other runes.
// U+0340 and U+0341 are old twins of huyền and sắc.
func toneOf(r rune) int {
	switch r {
	case 0x0300, 0x0340:
		return 1
	case 0x0301, 0x0341:
		return 2
	case 0x0303:
		return 3
	case 0x0309:
		return 4
	case 0x0323:
		return 5
	}
	return 0
}

// withMark returns the letter r with one more mark, in whatever order marks
// come ("ệ" may be e, dot, circumflex).
func withMark(r, mark rune) (rune, bool) {
	base, tone, ok := splitLetter(r)
	if !ok {
		return r, false
	}
	if t := toneOf(mark); t > 0 {
		if tone != 0 {
			return r, false
		}
		return joinLetter(base, t)
	}
	shaped, ok := withShape(base, mark)
	if !ok {
		return r, false
	}
	return joinLetter(shaped, tone)
}

// withShape puts a shape on a bare letter.
func withShape(base, mark rune) (rune, bool) {
	var from, to string
	switch mark {
	case 0x0302:
		from, to = "aeoAEO", "âêôÂÊÔ"
	case 0x0306:
		from, to = "aA", "ăĂ"
	case 0x031B:
		from, to = "ouOU", "ơưƠƯ"
	}
	// Each shaped letter takes two bytes.
	if i := strings.IndexRune(from, base); i >= 0 {
		r, _ := utf8.DecodeRuneInString(to[2*i:])
		return r, true
	}
	return base, false
}

// splitLetter returns a letter without its tone, and the tone.
func splitLetter(r rune) (base rune, tone int, ok bool) {
	if r < 0 || int(r) >= len(letterPlaces) || letterPlaces[r] == 0 {
		return r, 0, false
	}
	place := int(letterPlaces[r]) - 1
	return letterAt[place-place%tones], place % tones, true
}

// joinLetter is the way back from splitLetter.
func joinLetter(base rune, tone int) (rune, bool) {
	if base < 0 || int(base) >= len(letterPlaces) || letterPlaces[base] == 0 {
		return base, false
	}
	return letterAt[int(letterPlaces[base])-1+tone], true
}

// plainLetter returns the ASCII letter under a Vietnamese one, in lower case:
// "Ế" is e. Other runes come back as they are, in lower case if ASCII.
func plainLetter(r rune) rune {
	if base, _, ok := splitLetter(r); ok {
		r = base
	}
	switch r = toUpperLetter(r); r {
	case 'Ă', 'Â':
		r = 'A'
	case 'Đ':
		r = 'D'
	case 'Ê':
		r = 'E'
	case 'Ô', 'Ơ':
		r = 'O'
	case 'Ư':
		r = 'U'
	}
	if 'A' <= r && r <= 'Z' {
		r += 'a' - 'A'
	}
	return r
}
