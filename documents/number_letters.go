package documents

import "unicode/utf8"

// Codes in numbers are made of first letters, so they carry no tone marks:
// A–Z, the seven further letters of the Vietnamese alphabet (Ă Â Đ Ê Ô Ơ Ư),
// digits and the ampersand. All of these take one or two bytes.

type class uint8

const (
	classNone class = iota
	classUpper
	classLower
	classDigit
	classAmp
)

// A table, because every byte of every number is looked up here.
var asciiClass = func() (t [128]class) {
	for c := 'A'; c <= 'Z'; c++ {
		t[c], t[c+'a'-'A'] = classUpper, classLower
	}
	for c := '0'; c <= '9'; c++ {
		t[c] = classDigit
	}
	t['&'] = classAmp
	return t
}()

// classAt returns the class of the letter or sign at s[i] and its length in
// bytes. Anything that no code contains is classNone.
func classAt(s string, i int) (class, int) {
	c := s[i]
	if c < utf8.RuneSelf {
		return asciiClass[c], 1
	}
	if i+1 >= len(s) {
		return classNone, 1
	}
	switch uint16(c)<<8 | uint16(s[i+1]) {
	case 0xC382, 0xC38A, 0xC394, 0xC482, 0xC490, 0xC6A0, 0xC6AF: // Â Ê Ô Ă Đ Ơ Ư
		return classUpper, 2
	case 0xC3A2, 0xC3AA, 0xC3B4, 0xC483, 0xC491, 0xC6A1, 0xC6B0: // â ê ô ă đ ơ ư
		return classLower, 2
	}
	return classNone, 1
}

// scanCode returns where the code that begins at s[i] ends: letters, digits
// and ampersands. It does not look at what the first one is.
//
// The ASCII branch repeats classAt for speed: nearly all codes are ASCII but for Đ.
func scanCode(s string, i int) int {
	for i < len(s) {
		if c := s[i]; c < utf8.RuneSelf {
			if asciiClass[c] == classNone {
				return i
			}
			i++
			continue
		}
		cl, n := classAt(s, i)
		if cl == classNone {
			return i
		}
		i += n
	}
	return i
}

// startsUpper reports whether s[i] begins a capital letter.
func startsUpper(s string, i int) bool {
	if i >= len(s) {
		return false
	}
	c, _ := classAt(s, i)
	return c == classUpper
}

// startsLower reports whether s[i] begins a small letter.
func startsLower(s string, i int) bool {
	if i >= len(s) {
		return false
	}
	c, _ := classAt(s, i)
	return c == classLower
}

// toUpperLetter returns the capital of one letter of a code.
//
// unicode.ToUpper would also raise letters that no code has, and then they would
// match.
func toUpperLetter(r rune) rune {
	switch {
	case 'a' <= r && r <= 'z', r == 'â', r == 'ê', r == 'ô':
		return r - 0x20
	case r == 'ă', r == 'đ', r == 'ơ':
		return r - 1
	case r == 'ư':
		return 'Ư'
	}
	return r
}

// upperCode returns a code in capitals.
//
// Only for codes no list knows: CTr, TTr and TTg are printed in mixed case.
func upperCode(s string) string {
	var room [64]byte // more than an organ's code has, so one allocation
	out := room[:0]
	for _, r := range s {
		out = utf8.AppendRune(out, toUpperLetter(r))
	}
	return string(out)
}

// bareBuf is room for the key a code is looked up by.
// It lives on the caller's stack, so that looking up a code allocates nothing.
type bareBuf [40]byte

// of returns s in capitals and without the stroke of Đ: the key under which
// "QĐi", "QDI" and "qđi" meet. Text that does not fit is no code: nil.
func (b *bareBuf) of(s string) []byte {
	if len(s) > len(b) {
		return nil
	}
	out := b[:0]
	for _, r := range s {
		r = toUpperLetter(r)
		if r == 'Đ' {
			r = 'D'
		}
		if len(out)+4 > len(b) {
			return nil
		}
		out = utf8.AppendRune(out, r)
	}
	return out
}

// spelling tells by which folds the code s becomes want: nothing, case, the
// stroke of Đ, or both; an unknown set if s is another code. A stroke is only
// ever added: "ĐA" is not a way to write DA.
func spelling(s, want string) foldSet {
	var set foldSet
	for len(s) > 0 && len(want) > 0 {
		a, n := utf8.DecodeRuneInString(s)
		b, m := utf8.DecodeRuneInString(want)
		s, want = s[n:], want[m:]
		if a == b {
			continue
		}
		ua, ub := toUpperLetter(a), toUpperLetter(b)
		if (a == ua) != (b == ub) {
			set |= foldBit(FoldCase)
		}
		switch {
		case ua == ub:
		case ua == 'D' && ub == 'Đ':
			set |= foldBit(FoldStroke)
		default:
			return foldUnknown
		}
	}
	if len(s) > 0 || len(want) > 0 {
		return foldUnknown
	}
	return set
}
