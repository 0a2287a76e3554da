package documents

import (
	"unicode"
	"unicode/utf8"
)

// Text around a number is read word by word, on bytes and without copying: a
// word is a run of letters with their marks, and what counts of it is a key,
// its plain letters packed into an integer. So "Uỷ", "ỦY" and u + U+0309 + y
// are one key, and comparing words is comparing integers. No syllable of
// Vietnamese has more than eight letters.

// signs is what stands between two words, one bit a sort of sign.
type signs uint16

const (
	gapBlank signs = 1 << iota // blanks, no-break ones too, signs without width
	gapLine                    // one line end
	gapEmpty                   // an empty line: more than one line end
	gapBar                     // table bars and tabs
	gapColon                   // colons and the asterisk of a heading
	gapQuote                   // quotes and brackets
	gapComma                   // commas
	gapStop                    // full stop, semicolon, question and exclamation marks
	gapDash                    // dashes and strokes
	gapDigit                   // digits
	gapOther                   // anything else
)

// The gaps that words of one phrase may have between them.
const gapInside = gapBlank | gapLine

// gapLoose is what may stand between a kind, the word "số" and the number.
const gapLoose = gapInside | gapBar | gapColon | gapQuote

// A citeWord is a word of a text.
type citeWord struct {
	start, end int
	key        uint64 // its plain small letters, packed; 0 if there are more than eight
	capital    bool   // the first letter is a capital
	caps       bool   // every letter is one
	gap        signs  // between this word and where the search began
}

// letterKeys holds the plain small letter of every character up to U+024F and
// in U+1E00–U+1EFF, and bit 7 for capitals; 0 is no letter.
var letterKeys = func() (t [0x350]byte) {
	put := func(r rune, c byte) {
		if i := letterIndex(r); i >= 0 {
			t[i] = c
		}
	}
	for r := rune(0); r < 0x250; r++ {
		switch {
		case 'a' <= r && r <= 'z':
			put(r, byte(r))
		case 'A' <= r && r <= 'Z':
			put(r, byte(r)+('a'-'A')|0x80)
		case r > 0x7F && unicode.IsUpper(r):
			put(r, '?'|0x80) // letters of other languages: part of a word, equal to none
		case r > 0x7F && unicode.IsLetter(r):
			put(r, '?')
		}
	}
	for r := rune(0x1E00); r < 0x1F00; r++ {
		put(r, '?')
	}
	for _, row := range vietnameseLetters {
		for _, r := range row {
			c := byte(plainLetter(r))
			if unicode.IsUpper(r) {
				c |= 0x80
			}
			put(r, c)
		}
	}
	// Old files have Ð and Ɖ for Đ.
	put('đ', 'd')
	put('Đ', 'd'|0x80)
	put('Ð', 'd'|0x80)
	put('Ɖ', 'd'|0x80)
	return t
}()

func letterIndex(r rune) int {
	switch {
	case r < 0x250:
		return int(r)
	case r >= 0x1E00 && r < 0x1F00:
		return int(r) - 0x1E00 + 0x250
	}
	return -1
}

// letterOf returns the plain letter of r and whether it is a capital; 0 if r is
// no letter. Letters of other scripts are '?'.
func letterOf(r rune) (c byte, capital bool) {
	if i := letterIndex(r); i >= 0 {
		return letterKeys[i] & 0x7F, letterKeys[i] >= 0x80
	}
	if r != utf8.RuneError && unicode.IsLetter(r) {
		return '?', unicode.IsUpper(r)
	}
	return 0, false
}

// isJoining reports whether r is a mark that belongs to the letter before it.
func isJoining(r rune) bool { return r >= 0x300 && r < 0x370 }

// gapOf returns the sort of sign r is.
func gapOf(r rune) signs {
	switch r {
	case ' ', '\r', 0xA0, 0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x202F, 0x2009:
		return gapBlank
	case '\n':
		return gapLine
	case '|', '\t':
		return gapBar
	case ':', '*', '_':
		return gapColon
	case '(', ')', '"', '\'', '“', '”', '‘', '’', '[', ']', '«', '»':
		return gapQuote
	case ',':
		return gapComma
	case '.', ';', '!', '?', '…':
		return gapStop
	case '-', '/', '–', '—', '‐', '‑', '−':
		return gapDash
	}
	if '0' <= r && r <= '9' {
		return gapDigit
	}
	return gapOther
}

// asciiGaps holds what gapOf says of ASCII.
var asciiGaps = func() (t [utf8.RuneSelf]signs) {
	for r := range rune(utf8.RuneSelf) {
		t[r] = gapOf(r)
	}
	return t
}()

// with adds the sign of r to a gap.
func (g signs) with(r rune) signs {
	var s signs
	if r < utf8.RuneSelf {
		s = asciiGaps[r]
	} else {
		s = gapOf(r)
	}
	if s == gapLine && g&gapLine != 0 {
		s |= gapEmpty
	}
	return g | s
}

// only reports whether a gap has nothing but the signs of allowed.
func (g signs) only(allowed signs) bool { return g&^allowed == 0 }

// With more digits than these between them, two words have nothing to do with
// each other. So a long list of serials is crossed in linear time.
const maxGapDigits = 24

// wordBefore returns the word that ends before b[i], not before b[lo]. With no
// word there is still the gap.
func wordBefore(b []byte, lo, i int) (w citeWord, ok bool) {
	var r rune
	n, digits := 0, 0
	for ; i > lo; i -= n {
		if c := b[i-1]; c < utf8.RuneSelf {
			if letterKeys[c] != 0 {
				break
			}
			if isDigit(c) {
				if digits++; digits > maxGapDigits {
					lo = i // no word near
					w.gap |= gapOther
					break
				}
			}
			w.gap, n = w.gap.with(rune(c)), 1
			continue
		}
		if r, n = lastRune(b, lo, i); isJoining(r) {
			break
		}
		if c, _ := letterOf(r); c != 0 {
			break
		}
		w.gap = w.gap.with(r)
	}
	w.start, w.end, w.caps = i, i, true
	shift := 0
	for w.start > lo {
		var c byte
		var capital bool
		if x := b[w.start-1]; x < utf8.RuneSelf {
			c, capital, n = letterKeys[x]&0x7F, letterKeys[x] >= 0x80, 1
		} else {
			r, n = lastRune(b, lo, w.start)
			if isJoining(r) {
				w.start -= n
				continue
			}
			c, capital = letterOf(r)
		}
		if c == 0 {
			break
		}
		w.start -= n
		if shift < 64 {
			w.key |= uint64(c) << shift
		} else {
			w.key = 0
		}
		shift += 8
		w.capital = capital
		w.caps = w.caps && capital
	}
	if shift > 64 {
		w.key = 0
	}
	w.caps = w.caps && shift > 8
	return w, shift > 0
}

func lastRune(b []byte, lo, i int) (rune, int) {
	if c := b[i-1]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	return utf8.DecodeLastRune(b[lo:i])
}

// wordAfter returns the word that begins at or after b[i], before b[hi].
func wordAfter(b []byte, i, hi int) (w citeWord, ok bool) {
	var r rune
	n, digits := 0, 0
	for ; i < hi; i += n {
		if c := b[i]; c < utf8.RuneSelf {
			if letterKeys[c] != 0 {
				break
			}
			if isDigit(c) {
				if digits++; digits > maxGapDigits {
					hi = i // no word near
					w.gap |= gapOther
					break
				}
			}
			w.gap, n = w.gap.with(rune(c)), 1
			continue
		}
		r, n = firstRune(b, i, hi)
		if c, _ := letterOf(r); c != 0 || isJoining(r) {
			break
		}
		w.gap = w.gap.with(r)
	}
	w.start, w.end, w.caps = i, i, true
	letters := 0
	for w.end < hi {
		var c byte
		var capital bool
		if x := b[w.end]; x < utf8.RuneSelf {
			c, capital, n = letterKeys[x]&0x7F, letterKeys[x] >= 0x80, 1
		} else {
			r, n = firstRune(b, w.end, hi)
			if isJoining(r) {
				w.end += n
				continue
			}
			c, capital = letterOf(r)
		}
		if c == 0 {
			break
		}
		if letters == 0 {
			w.capital = capital
		}
		w.end += n
		w.key = w.key<<8 | uint64(c)
		w.caps = w.caps && capital
		letters++
	}
	if letters > 8 {
		w.key = 0
	}
	w.caps = w.caps && letters > 1
	return w, letters > 0
}

func firstRune(b []byte, i, hi int) (rune, int) {
	if c := b[i]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	return utf8.DecodeRune(b[i:hi])
}

// keyOf packs plain small letters: keyOf("so") is the key of "Số".
func keyOf(s string) (k uint64) {
	for i := range len(s) {
		k = k<<8 | uint64(s[i])
	}
	return k
}

// A keyTable is a set of keys, asked for with every word around a number: a Go
// map takes three times as long.
type keyTable struct{ slots [512]uint64 }

// keySet makes a set of up to 300 words.
func keySet(words ...string) *keyTable {
	t := &keyTable{}
	if len(words) > 300 {
		panic("more words than are found fast") // a slip in these files, caught by every test
	}
	for _, w := range words {
		t.put(keyOf(w))
	}
	return t
}

func (t *keyTable) put(key uint64) {
	i := key * codeHashMult >> 55
	for t.slots[i] != 0 && t.slots[i] != key {
		i = (i + 1) % uint64(len(t.slots))
	}
	t.slots[i] = key
}

// has reports whether the key is in the set; no key is 0.
func (t *keyTable) has(key uint64) bool {
	for i := key * codeHashMult >> 55; ; i = (i + 1) % uint64(len(t.slots)) {
		switch t.slots[i] {
		case key:
			return key != 0
		case 0:
			return false
		}
	}
}

// The words that decide something.
var (
	keySo, keyHieu, keyKy   = keyOf("so"), keyOf("hieu"), keyOf("ky")
	keyNgay, keyThang       = keyOf("ngay"), keyOf("thang")
	keyNam, keyVa, keyCua   = keyOf("nam"), keyOf("va"), keyOf("cua")
	keyBan, keyHanh, keyDo  = keyOf("ban"), keyOf("hanh"), keyOf("do")
	keyTrung, keyUong       = keyOf("trung"), keyOf("uong")
	keyTW, keyKhoa, keyHoac = keyOf("tw"), keyOf("khoa"), keyOf("hoac")
	keyBo                   = keyOf("bo")
)
