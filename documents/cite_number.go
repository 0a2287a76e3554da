package documents

import (
	"strings"
	"unicode/utf8"
)

// maxCited bounds the text of one number, blanks and line ends inside counted.
const maxCited = 120

// foundNumber is a number read at a place of a text.
type foundNumber struct {
	number     Number
	start, end int
	text       string
	folds      foldSet
	sure       Certainty
	loose      bool // a blank, full stop or underscore stands for a separator
}

// numberAt reads the number whose digits begin at b[i]. The longest end wins
// that reads as a number: codes and organs are made of the same letters, so
// what belongs to it is known only when it is read.
func (s *citer) numberAt(b []byte, lo, i, hi int) (f foundNumber, ok bool) {
	hi = min(hi, i+maxCited)
	f.start = standardStart(b, lo, i)
	ends, loose, known := codeEnds(b, i, hi, f.start < i)
	if !known {
		return f, false
	}
	text := ""
	for k := len(ends) - 1; k >= 0; k-- {
		if ends[k] == 0 || f.start == i && goesOn(b, ends[k], hi) {
			continue
		}
		if text == "" {
			text = string(b[f.start:ends[k]])
		}
		f.text = text[:ends[k]-f.start]
		r, err := ReadNumber(f.text, s.read)
		if err != nil {
			continue
		}
		f.number, f.end, f.loose, f.sure = r.Number, ends[k], loose, r.Certainty
		for _, fold := range r.Folded {
			f.folds.add(fold)
		}
		return f, true
	}
	return f, false
}

// standardKeys are the codes that stand before the serial.
var standardKeys = keySet("qcvn", "tcvn", "qcdp")

// standardStart returns where QCVN, TCVN or QCĐP begins before the digits at b[i],
// or i.
func standardStart(b []byte, lo, i int) int {
	w, ok := wordBefore(b, lo, i)
	if ok && w.gap.only(gapBlank) && w.caps && standardKeys.has(w.key) {
		return w.start
	}
	return i
}

// codeEnds returns the places where the number that begins with digits at b[i]
// may end, in order, up to maxEnds; zero is none. known tells whether there is
// any.
func codeEnds(b []byte, i, hi int, standard bool) (ends [maxEnds]int, loose, known bool) {
	p := i
	for p < hi && isDigit(b[p]) {
		p++
	}
	if p-i > 9 {
		return ends, false, false
	}
	n := 0
	if standard {
		ends[0], n = p, 1
	}
	// "2.45-KL/TU" is an item and its number; "1.234-CV/TU" has a mark for
	// thousands.
	if q := digitsEnd(b, min(p+1, hi), hi); !standard && p+1 < q && b[p] == '.' && q-p != 4 {
		return ends, false, false
	}
	p = suffixEnd(b, p, hi)
	codes := 0 // letters seen as a part
	for parts := 0; parts < 8; parts++ {
		sep, at, blank := separatorAt(b, p, hi)
		if sep == 0 && (parts > 0 || at == hi || !isCodeLetter(b, at, hi)) {
			break
		}
		// After code and organ nothing but a close hyphen or slash goes on: else
		// "12-QĐ/TU - VPTU" would swallow what comes next.
		if codes >= 2 && (blank || sep != '-' && sep != '/') {
			break
		}
		end := codeEnd(b, at, hi)
		if end == at {
			break
		}
		digits := allDigits(b[at:end])
		if !digits && !isCapitalAt(b, at, hi) && (codes >= 2 && sep != '/' || blank && !smallCode(b, at, end, hi)) {
			break // a word, no code
		}
		end = centralEnd(b, at, end, hi)
		if !endsWord(b, end, hi) {
			if q := gluedEnd(b, at, end, hi); q > at && codes > 0 && n < len(ends) {
				ends[n], n, loose = q, n+1, true
			}
			break
		}
		if sep == ' ' || sep == '.' || sep == '_' {
			loose = true
		}
		p = end
		if digits && codes == 0 && !standard {
			continue // a year: something must follow
		}
		if !digits {
			codes++
		}
		if n < len(ends) {
			ends[n], n = end, n+1
		}
	}
	if n > 0 && codes >= 2 && p == ends[n-1] {
		if q := committeeEnd(b, p, hi); q > p { // half an organ is another one
			return [maxEnds]int{q}, loose, true
		}
	}
	return ends, loose, n > 0
}

// A number has at most a year, a code and four organs ("…/TTLT-VKSNDTC-TANDTC-BCA-BTP").
const maxEnds = 6

// gluedWords are words that stand glued to an organ in text out of a PDF.
var gluedWords = keySet("cua", "ngay", "ve")

// gluedEnd returns where capitals end in b[at:end] to which a word is glued:
// "TWngày"; else at.
func gluedEnd(b []byte, at, end, hi int) int {
	q := at
	for q < end && isCapitalAt(b, q, end) {
		_, n := firstRune(b, q, end)
		q += n
	}
	w, ok := wordAfter(b, q, hi)
	if q-at < 2 || !ok || w.start != q || !gluedWords.has(w.key) {
		return at
	}
	return q
}

// committees are organs that are typed apart from whose they are: "UBKT TU".
var committees = keySet("bcd", "bdv", "bnc", "btc", "btg", "btgdv", "bxdd", "ubkt", "vp")

// committeeEnd returns where "TU" behind a committee's code that ends at b[p]
// ends, or p.
func committeeEnd(b []byte, p, hi int) int {
	if p >= hi || b[p] != ' ' {
		return p
	}
	w, _ := wordBefore(b, 0, p)
	next, ok := wordAfter(b, p, hi)
	if !ok || next.start != p+1 || !next.caps || !committees.has(w.key) {
		return p
	}
	switch string(b[next.start:next.end]) {
	case "TU", "TW", "ĐU":
		return next.end
	}
	return p
}

// smallCode reports whether b[p:end] is a code in small letters with the
// separator close behind it: "12 qđ/tu".
func smallCode(b []byte, p, end, hi int) bool {
	return end < hi && (b[end] == '/' || b[end] == '-') && nearCode(string(b[p:end])) >= 0
}

// suffixEnd returns where what directly follows the serial ends: letters
// ("12a"), or a hyphen or full stop with up to three digits and more behind.
func suffixEnd(b []byte, p, hi int) int {
	if end := codeEnd(b, p, hi); end > p {
		if end-p <= 4 && endsWord(b, end, hi) && separates(b, end, hi) {
			return end
		}
		return p
	}
	for p+1 < hi && (b[p] == '-' || b[p] == '.') && isDigit(b[p+1]) {
		end := p + 1
		for end < hi && isDigit(b[end]) {
			end++
		}
		if end-p > 4 || !separates(b, end, hi) {
			return p
		}
		p = end
	}
	return p
}

// separates reports whether a separator stands at b[p].
func separates(b []byte, p, hi int) bool {
	sep, _, _ := separatorAt(b, p, hi)
	return sep != 0 && sep != ' '
}

// separatorAt reads the separator at b[p]: the sign that it stands for, where
// the next part begins, and whether blanks stand around it. A blank alone is
// ' '; an empty line or four blanks end a number.
func separatorAt(b []byte, p, hi int) (sep byte, at int, blank bool) {
	blanks, lines := 0, 0
	for at = p; at < hi; {
		r, n := firstRune(b, at, hi)
		switch r {
		case '-', '‐', '‑', '–', '—', '−', '\uFF0D':
			r = '-'
		case '/', '\\', '⁄', '∕', '\uFF0F':
			r = '/'
		case '_', '.', ':':
		default:
			switch gapOf(r) {
			case gapLine:
				lines++
			case gapBlank:
			default:
				return sepOr(sep, blank), at, blank
			}
			if blanks++; blanks > 4 || lines > 1 {
				return 0, p, true
			}
			blank, at = blank || r > ' ' || n == 1, at+n
			continue
		}
		if sep != 0 {
			return 0, p, blank
		}
		sep, at = byte(r), at+n
	}
	return 0, p, blank
}

func sepOr(sep byte, blank bool) byte {
	if sep == 0 && blank {
		return ' '
	}
	return sep
}

// centralEnd takes in the rest of T.Ư and T.W, trung ương.
func centralEnd(b []byte, at, end, hi int) int {
	if end == at || b[end-1] != 'T' || end+1 >= hi || b[end] != '.' {
		return end
	}
	r, n := firstRune(b, end+1, hi)
	if r == 'U' && end+2 < hi && b[end+2] == 0xCC { // U and a horn apart
		return markedEnd(b, end+2, hi)
	}
	if r == 'Ư' || r == 'W' {
		return end + 1 + n
	}
	return end
}

// markedEnd returns where the combining marks at b[p] end.
func markedEnd(b []byte, p, hi int) int {
	for p < hi {
		r, n := firstRune(b, p, hi)
		if !isJoining(r) {
			break
		}
		p += n
	}
	return p
}

// codeEnd is scanCode on bytes. Letters and marks apart are taken together: Ơ
// and Ư, Ă, Â, Ê, Ô may come so.
func codeEnd(b []byte, p, hi int) int {
	for p < hi {
		c := b[p]
		if c < utf8.RuneSelf {
			if asciiClass[c] == classNone {
				break
			}
			p++
			continue
		}
		r, n := firstRune(b, p, hi)
		if c, ok := lookAlike(r); ok && c < utf8.RuneSelf || r == 'Ð' || r == 'Ɖ' || codeMark(r) {
			p += n
			continue
		}
		if p+1 >= hi || !isCodeRune(r) {
			break
		}
		p += n
	}
	return p
}

// lookAlike returns the Latin letter that r looks like.
func lookAlike(r rune) (rune, bool) {
	if r < 0x370 || r > 0x45F {
		return r, false
	}
	c, fold := plainRune(r)
	return c, fold == FoldLookAlike
}

// codeMark reports whether a combining mark makes a letter of codes: breve,
// circumflex, horn.
func codeMark(r rune) bool { return isShape(r) }

// isCodeRune reports whether r is one of the seven further letters of codes.
func isCodeRune(r rune) bool { return strings.ContainsRune("ÂÊÔĂĐƠƯâêôăđơư", r) }

func isCodeLetter(b []byte, p, hi int) bool { return isCapitalAt(b, p, hi) || startsLetter(b, p, hi) }

func startsLetter(b []byte, p, hi int) bool {
	r, _ := firstRune(b, p, hi)
	c, _ := letterOf(r)
	return c != 0
}

func isCapitalAt(b []byte, p, hi int) bool {
	if p >= hi {
		return false
	}
	r, _ := firstRune(b, p, hi)
	_, capital := letterOf(r)
	return capital
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func allDigits(b []byte) bool {
	for _, c := range b {
		if !isDigit(c) {
			return false
		}
	}
	return true
}

// endsWord reports whether no letter, mark or digit stands at b[p].
func endsWord(b []byte, p, hi int) bool {
	if p >= hi {
		return true
	}
	r, _ := firstRune(b, p, hi)
	c, _ := letterOf(r)
	return c == 0 && !isJoining(r) && gapOf(r) != gapDigit && r != '&'
}

// goesOn reports whether the text runs on after a number so that it is none:
// the title in an address (399-QD-TW-2026-the-loai), a template's dots.
func goesOn(b []byte, p, hi int) bool {
	if p+1 >= hi {
		return false
	}
	switch b[p] {
	case '-', '_', '/':
		if d, _ := dayAt(b, p+1, hi); b[p] == '-' && d != 0 {
			return false // "12-QĐ/ĐU-ngày 05/9/2025"
		}
		r, _ := firstRune(b, p+1, hi)
		c, capital := letterOf(r)
		return isDigit(b[p+1]) || c != 0 && !capital || r == '…' || r == '.'
	}
	return false
}

// gluedStart reports whether digits at b[i] may begin a number though a comma
// behind digits ("3,45-KL/TU,03/7/2026") or "số" is glued to them.
func gluedStart(b []byte, lo, i int) bool {
	if i-1 > lo && b[i-1] == ',' {
		return isDigit(b[i-2])
	}
	w, ok := wordBefore(b, lo, i)
	return ok && w.end == i && w.key == keySo
}

// startsNumber reports whether digits at b[i] may begin a number, by what
// stands directly before them: "A12", "2020-2025", "+84" and "3,5" are none.
func startsNumber(b []byte, lo, i int) bool {
	if i == lo {
		return true
	}
	r, n := lastRune(b, lo, i)
	if c, _ := letterOf(r); c != 0 || isJoining(r) {
		return false
	}
	switch r {
	case '.', ',', ':', '-', '/', '_', '–':
		before := i - n
		if before == lo {
			return r != '/' && r != '_'
		}
		prev, _ := lastRune(b, lo, before)
		c, _ := letterOf(prev)
		switch r {
		case ':':
			return gapOf(prev) != gapDigit
		case '-', '–': // a list: "- 12-QĐ/TU" has a blank, "-12-QĐ/TU" a line end before it
			return c == 0 && gapOf(prev)&(gapLine|gapBar|gapBlank|gapQuote) != 0
		case '/', '_':
			return false
		}
		return c != 0 || gapOf(prev) == gapBlank || gapOf(prev) == gapQuote
	case '+', '$', '#', '=', '@', '&', '%', '\\', '…', '~', '^':
		return false
	}
	return true
}
