package documents

import (
	"encoding/binary"
	"math/bits"

	"github.com/vanphong-go/vanphong"
)

// Every citation has digits, and few digits are one. So a text is crossed
// eight bytes at a time in search of digits; what stands directly around them
// settles most (a day, a year, a count), and only the rest is read.

// A citer is on its way through a text.
type citer struct {
	read  *ReadOptions
	yield func(Citation) bool
	text  []byte
	base  int // byte of the whole text that text[0] is
	at    int // in text: where to go on
	list  []listed
	tail  int // byte of the whole text: end of the last citation with what belongs to it
}

// listed is a citation that is held until its list has ended: the issuer of a
// list stands behind its last member.
type listed struct {
	Citation
	linked bool // nothing but a comma or "và" stands between it and the one before
	shared bool // its kind is that of the one before
	before bool // its day stands before it: "Ngày …, X ban hành"
	named  bool // and its issuer: that of the rest of its list too

	expired bool // "hết hiệu lực" stands behind it
}

// A list is not longer; what comes after begins another.
const maxListed = 64

func newCiter(opt *CiteOptions, yield func(Citation) bool) *citer {
	s := &citer{yield: yield}
	if opt != nil {
		s.read = &ReadOptions{Organs: opt.Organs, Owner: opt.Owner}
	}
	return s
}

func (s *citer) organs() *Organs {
	if s.read == nil {
		return nil
	}
	return s.read.Organs
}

// flush hands out the citations of the list and reports whether to go on.
func (s *citer) flush() bool {
	for _, c := range s.list {
		if !s.yield(c.Citation) {
			return false
		}
	}
	s.list = s.list[:0]
	return true
}

// scan finds the citations whose digits begin before text[limit].
func (s *citer) scan(limit int) bool {
	b := s.text
	for s.at < limit {
		i := nextDigit(b, s.at, limit)
		if i == limit {
			s.at = limit
			return true
		}
		j := i + 1
		for j < len(b) && isDigit(b[j]) {
			j++
		}
		s.at = j
		if i > 0 && isDigit(b[i-1]) || j-i > 9 || !worthALook(b, i, j, i+s.base-s.tail < 64) {
			continue
		}
		if c, end, ok := s.citeAt(i, j); ok {
			s.at = max(j, end)
			if !s.keep(c) {
				return false
			}
		}
	}
	return true
}

// keep puts a citation to the list it belongs to.
func (s *citer) keep(c listed) bool {
	if !c.linked || len(s.list) == maxListed {
		if !s.flush() {
			return false
		}
	}
	s.list = append(s.list, c)
	for k := len(s.list) - 1; k > 0 && c.expired && s.list[k].linked && s.list[k-1].Relation == Cites; k-- {
		s.list[k-1].Relation = Repeals
	}
	// The issuer behind a list is that of every member.
	if c.IssuerName != "" && c.shared {
		for k := len(s.list) - 2; k >= 0 && s.list[k].IssuerName == ""; k-- {
			s.list[k].IssuerName = c.IssuerName
			if !s.list[k].shared {
				break
			}
		}
	}
	return true
}

// nextDigit returns where the first digit of b[i:limit] is, or limit.
func nextDigit(b []byte, i, limit int) int {
	const ones = 0x0101010101010101
	for ; i+16 <= limit; i += 16 {
		x := binary.LittleEndian.Uint64(b[i:]) ^ '0'*ones
		y := binary.LittleEndian.Uint64(b[i+8:]) ^ '0'*ones
		// A digit is now 0 to 9: its byte, and its byte plus 0x76, stay below 0x80.
		x |= x&(0x7F*ones) + 0x76*ones
		y |= y&(0x7F*ones) + 0x76*ones
		if x&y&(0x80*ones) == 0x80*ones {
			continue
		}
		if x = ^x & (0x80 * ones); x != 0 {
			return i + bits.TrailingZeros64(x)/8
		}
		return i + 8 + bits.TrailingZeros64(^y&(0x80*ones))/8
	}
	for ; i < limit; i++ {
		if isDigit(b[i]) {
			return i
		}
	}
	return limit
}

// worthALook reports whether the digits b[i:j] may be part of a citation, by
// the few bytes around them. It must not lose any; most digits of a text end
// here. With near, a citation ends close before them.
func worthALook(b []byte, i, j int, near bool) bool {
	if i == 0 {
		return true
	}
	switch c := b[i-1]; {
	case c == 'W' || c == 'w': // "TW4"
		return true
	case asciiClass[c&0x7F] != classNone && c < 0x80:
		return false
	}
	return mayGoOn(b, j) || mayBeShort(b, i, near)
}

// mayGoOn reports whether a full number may go on at b[j], behind its serial.
func mayGoOn(b []byte, j int) bool {
	if j+2 >= len(b) {
		return false
	}
	c, next := b[j], b[j+1]
	switch {
	case c == ' ' || c == '\n':
		switch {
		case next == '-' || next == '/' || next == ' ':
			return !isDigit(b[j+2]) && (b[j+2] != ' ' || j+3 >= len(b) || !isDigit(b[j+3]))
		case next >= 0x80:
			return mayBeCode(next, b[j+2])
		}
		return asciiClass[next] == classUpper || next == 'q' || next == '_' || next == '\n' || next == '\t'
	case c >= 0x80:
		return c == 0xC2 || c >= 0xE2 || mayBeCode(c, next)
	case c == '-' || c == '/' || c == '.':
		if isDigit(next) {
			return mayBePart(b, j)
		}
		if next >= 0x80 {
			return mayBeCode(next, b[j+2])
		}
		return asciiClass[next] == classUpper || c != '.' && (asciiClass[next] == classLower || next <= ' ')
	}
	return c == ':' || c == '_' || c == '\\' || asciiClass[c] != classNone
}

// mayBeCode reports whether two bytes of which the first is no ASCII may begin
// a code, a dash or a blank.
func mayBeCode(x, y byte) bool {
	switch x {
	case 0xC3: // Â Ê Ô Ð
		return y == 0x82 || y == 0x8A || y == 0x94 || y == 0x90 || y >= 0xA2
	case 0xC4: // Ă Đ
		return y == 0x82 || y == 0x90 || y == 0x83
	case 0xE1: // letters with two marks
		return false
	}
	return true
}

// mayBePart reports whether a sign and digits at b[j] may be a suffix or a
// year, and not the rest of a day or of an amount.
func mayBePart(b []byte, j int) bool {
	p := j + 2
	for p < len(b) && p < j+6 && isDigit(b[p]) {
		p++
	}
	if p+1 >= len(b) || isDigit(b[p+1]) {
		return false
	}
	switch c := b[p]; {
	case c == '/', c == '-':
		return true
	case c == ' ' || c == '\n':
		return b[p+1] == '/' || b[p+1] == '-'
	case c >= 0x80:
		return c == 0xE2 || c == 0xC2 || c == 0xEF
	case c == '_' || c == '.':
		return asciiClass[b[p+1]&0x7F] == classUpper
	}
	return false
}

// mayBeShort reports whether the word before b[i] may be that of a short form.
func mayBeShort(b []byte, i int, near bool) bool {
	p := i - 1
	if near && b[p] == ',' {
		return true // "số 12,13,14-QĐ/TU"
	}
	for p > 0 && p > i-6 && (b[p] <= ' ' || b[p] == '|' || b[p] == ':' || b[p] == '(' || b[p] == 0xA0 && b[p-1] == 0xC2 || b[p] == 0xC2) {
		p--
	}
	if p < 1 || p == i-1 {
		return false
	}
	if near && (b[p] == ',' || b[p] == ';') {
		return true
	}
	if !shortTail[b[p]] {
		return false
	}
	w, ok := wordBefore(b, max(0, p-24), p+1)
	if !ok || w.key == 0 {
		return false
	}
	if w.key == keyVa || w.key == keyHoac {
		return near
	}
	return w.key == keySo || w.key == keyUong || w.key == keyTW || w.key == keyOf("thu") || w.key == keyOf("tu") && w.caps || w.key == keyHieu || kindTails.has(w.key)
}

// shortTail holds the last bytes of the words that stand before a short form,
// whole or with their marks apart.
var shortTail = func() (t [256]bool) {
	mark := func(s string) {
		for _, form := range []string{s, nfd(s)} {
			t[form[len(form)-1]] = true
		}
	}
	for _, s := range []string{"số", "SỐ", "và", "VÀ", "Trung ương", "TRUNG ƯƠNG", "TW", "tw", "TƯ", "thứ", "THỨ", "hiệu", "HIỆU", "hoặc", "so", "va"} {
		mark(s)
	}
	for _, list := range citedKinds {
		for _, c := range list {
			for _, form := range c.forms {
				mark(form)
				mark(vanphong.Fold(form))
			}
			mark(upperASCII(vanphong.Fold(c.forms[0])))
		}
	}
	return t
}()

func upperASCII(s string) string {
	b := []byte(s)
	for i, c := range b {
		if 'a' <= c && c <= 'z' {
			b[i] = c - 'a' + 'A'
		}
	}
	return string(b)
}
