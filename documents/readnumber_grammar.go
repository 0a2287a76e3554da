package documents

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A part is one code of a text with the separator before it.
type part struct {
	text string
	at   int  // in the cleaned text
	sep  byte // '-', '/', '_', '.', ':', ' ', or 0 for none
}

// The years that four digits can be between other separators than slashes.
const (
	firstYear = 1945
	lastYear  = 2099
)

// readNumber reads a cleaned text that begins with digits.
//
// Parts are split first and named afterwards, because what a part is depends on
// those behind it: a code is one only if an organ follows.
func (r *reader) readNumber() (Number, fault) {
	var n Number
	i, f := r.readSerial(&n, 0)
	if f.why != "" {
		return n, f
	}
	parts, f := r.split(i)
	if f.why != "" {
		return n, f
	}
	yearSep := byte('/')
	// "2019/05/…" may be either way round: no year of two digits there.
	unsure := n.Serial >= firstYear && n.Serial <= lastYear && len(parts[0].text) == 2
	if len(parts) > 1 && isDate(n, parts[0]) {
		return n, fault{at: parts[0].at, why: "a date, not serial and year"}
	}
	if y := r.yearOf(parts[0]); y != 0 && !unsure {
		n.Year, yearSep, parts = y, parts[0].sep, parts[1:]
	}
	if len(parts) == 0 {
		return n, fault{at: len(r.text), why: "code and organ are missing: a date?"}
	}
	if c := parts[0].text[0]; '0' <= c && c <= '9' {
		return n, fault{at: parts[0].at, why: "digits where a code belongs: a date, a telephone number?"}
	}
	return r.assemble(n, parts, yearSep)
}

// isDate reports whether serial, suffix and what follows are a day: 15-03-2026,
// 15.3.2026 or 2026-03-15 with one separator throughout. A number may have all
// of these parts, yet with a slash before its year.
func isDate(n Number, next part) bool {
	suffix := n.Suffix
	if suffix == "" || next.sep != suffix[0] {
		return false
	}
	year := func(y uint32) bool { return y >= firstYear && y <= lastYear }
	upTo := func(digits string, limit uint32) bool { return 0 < value(digits) && value(digits) <= limit }
	if year(n.Serial) { // 2026-03-15: month and day are both in the suffix
		month, day, ok := strings.Cut(suffix[1:], suffix[:1])
		return ok && upTo(month, 12) && upTo(day, 31)
	}
	return n.Serial <= 31 && upTo(suffix[1:], 12) && year(value(next.text))
}

// value returns the value of a text of up to four digits, or 0.
func value(digits string) (v uint32) {
	if len(digits) > 4 || leadingDigits(digits) != len(digits) {
		return 0
	}
	for _, d := range []byte(digits) {
		v = v*10 + uint32(d-'0')
	}
	return v
}

// readSerial reads serial and suffix at text[i].
func (r *reader) readSerial(n *Number, i int) (int, fault) {
	start := i
	i += leadingDigits(r.text[i:])
	if i == start {
		return i, fault{at: i, why: "a number begins with its serial"}
	}
	digits := strings.TrimLeft(r.text[start:i], "0")
	if digits == "" {
		return i, fault{at: start, why: "the serial is 1 or more"}
	}
	if len(digits) > 9 {
		return i, fault{at: start + 9, why: "the serial has more than nine digits"}
	}
	// Nine digits at most by now, so the value fits.
	for _, d := range []byte(digits) {
		n.Serial = n.Serial*10 + uint32(d-'0')
	}
	// Two digits at least, as both systems print them.
	if w := i - start; w != max(2, len(digits)) {
		r.folds.add(FoldZero)
	}
	end := scanSuffix(r.text, i)
	if end-i > 1 && isLetters(r.text[i:end]) && nearCode(r.text[i:end]) >= 0 {
		end = i // "12qđ/TU": the separator is missing
	}
	n.Suffix = r.text[i:end]
	return end, fault{}
}

// split cuts text[i:] into codes and the separators before them.
//
// Every separator is taken for what it is and judged later: only then is it known
// which one belongs there.
func (r *reader) split(i int) ([]part, fault) {
	var parts []part
	for i < len(r.text) {
		sep, at := r.separator(i)
		end := scanCode(r.text, at)
		if end == at {
			if c, _ := utf8.DecodeRuneInString(r.text[at:]); sep == 0 && len(parts) > 0 && unicode.IsLetter(c) {
				at = parts[len(parts)-1].at // in the middle of a word: "tỉnh"
			}
			return nil, r.noCode(at)
		}
		parts = append(parts, part{r.text[at:end], at, sep})
		i = end
	}
	if len(parts) == 0 {
		return nil, fault{at: i, why: "code and organ are missing"}
	}
	return parts, fault{}
}

// noCode says why there is no code at text[at].
func (r *reader) noCode(at int) fault {
	switch {
	case at == len(r.text):
		return fault{at: at, why: "a code is missing after the separator"}
	case strings.IndexByte("-/_.:", r.text[at]) >= 0:
		return fault{at: at, why: "a second separator"}
	}
	return fault{at: at, why: whyAfter}
}

// separator reads the separator at text[i], with the blanks around it, and
// returns where the next code begins.
func (r *reader) separator(i int) (sep byte, at int) {
	for at = i; at < len(r.text); at++ {
		switch c := r.text[at]; c {
		case ' ':
			if sep == 0 {
				sep = ' '
			} else if sep != ' ' {
				r.folds.add(FoldSpace)
			}
		case '-', '/', '_', '.', ':':
			if sep != 0 && sep != ' ' {
				return sep, at // two separators: the caller finds no code here
			}
			if sep == ' ' {
				r.folds.add(FoldSpace)
			}
			sep = c
		default:
			return sep, at
		}
	}
	return sep, at
}

// yearOf returns the year that a part is, or 0. Between other separators than
// slashes four digits are a year only if they can be one; two digits count
// only between slashes and underscores.
func (r *reader) yearOf(p part) uint16 {
	d := leadingDigits(p.text)
	if d != len(p.text) || (d != 4 && d != 2) {
		return 0
	}
	y := uint16(0)
	for _, c := range []byte(p.text) {
		y = y*10 + uint16(c-'0')
	}
	after := byte(0)
	if end := p.at + d; end < len(r.text) {
		after = r.text[end]
	}
	switch {
	case d == 2 && (p.sep == '/' || p.sep == '_') && (after == '/' || after == '_'):
		r.folds.add(FoldYear)
		return century(y)
	case d == 4 && p.sep == '/' && y >= 1000, d == 4 && y >= firstYear && y <= lastYear:
		return y
	}
	return 0
}

// century gives a year of two digits its century: the State counts from 1945.
//
// No earlier number can be of this State, and the border moves with no clock: the
// same text is read alike in any year.
func century(y uint16) uint16 {
	if y < firstYear-1900 {
		return 2000 + y
	}
	return 1900 + y
}

// assemble says what the parts after serial and year are.
//
// The system comes last and by the order that [ReadNumber] states: a year, then the
// organ, then the separators, which are what offices confuse most (12/CV-VPTU, grade
// W).
func (r *reader) assemble(n Number, parts []part, yearSep byte) (Number, fault) {
	parts = r.kindFirst(parts, n.Year)
	first := parts[0]
	k := -1
	if len(parts) > 1 || upperCode(first.text) == "AL" {
		k = nearCode(first.text)
	}
	// "3 l nước": a blank is too little to make a code of any word.
	if k < 0 && (first.sep == ' ' || first.sep == 0) {
		return n, fault{at: first.at, why: whyCode}
	}
	if k < 0 && n.Year == 0 && first.sep != '/' && len(parts) > 1 && r.partyShaped(parts[1]) {
		return n, fault{at: first.at, why: whyCode}
	}
	rest := parts
	if k >= 0 {
		n.Code, rest = kindCodes[k].code, parts[1:]
		r.folds |= spelling(first.text, n.Code)
	} else if len(parts) == 1 && n.Year == 0 && startsLower(first.text, 0) {
		return n, fault{at: first.at, why: "a word, not a code"} // "10/ngay"
	}
	if len(rest) == 0 { // án lệ
		n.System = SystemState
		r.separators(n, first, nil, yearSep)
		return n, fault{}
	}
	partyOrgan, f := r.readOrgans(&n, rest, k >= 0 && kindCodes[k].joint)
	if f.why != "" {
		return n, f
	}
	switch {
	case n.Year != 0:
		n.System = SystemState
	case partyOrgan, k >= 0 && first.sep != '/' && rest[0].sep == '/':
		n.System = SystemParty
	default:
		n.System = SystemState
	}
	// A Party number always names its kind; without one it is more likely a room or a
	// file.
	if n.System == SystemParty && k < 0 {
		return n, fault{at: first.at, why: whyNoKind}
	}
	if k >= 0 {
		r.separators(n, first, &rest[0], yearSep)
	} else {
		r.separators(n, first, nil, yearSep)
	}
	return n, fault{}
}

// kindFirst turns "981/TU-QĐ" round: organ before code is read only if the
// organ is the Party's, as a State number may well end in such letters
// (12/UBND-KH is a công văn with the unit KH).
func (r *reader) kindFirst(parts []part, year uint16) []part {
	if len(parts) != 2 || year != 0 || nearCode(parts[0].text) >= 0 || nearCode(parts[1].text) < 0 {
		return parts
	}
	if code, _ := r.organ(parts[0].text); !r.isParty(code) {
		return parts
	}
	r.folds.add(FoldOrder)
	a, b := parts[0], parts[1]
	a.sep, b.sep = '/', '-' // in the places they take
	return []part{b, a}
}

// partyShaped reports whether p, after a code that is not in the table, shows
// that the code was meant as one: "12-QTr/TU" is no number of an organ QTr.
func (r *reader) partyShaped(p part) bool {
	code, _ := r.organ(p.text)
	return p.sep == '/' || r.isParty(code)
}

// isParty reports whether the list in use has an organ in the Party. An organ nobody
// knows is not: State organs are by far the more.
func (r *reader) isParty(code string) bool {
	e, _, ok := r.organs.find(code)
	return ok && e.System == SystemParty
}

// organ returns an organ's code as it is to be printed.
//
// Patterns ("*TU") tell the system and never a spelling.
func (r *reader) organ(s string) (string, foldSet) {
	var by foldSet
	if fixed, old := fixCentral(upperIfLower(s, &by)); old {
		s = fixed
		by.add(FoldCentral)
	}
	if e, spelled, ok := r.organs.find(s); ok && !strings.Contains(e.Code, "*") {
		if by&foldBit(FoldCentral) == 0 {
			by = 0 // what the list says replaces the guess
		}
		return e.Code, by | spelled
	}
	return upperIfLower(s, &by), by
}

// upperIfLower puts a code that begins with a small letter in capitals.
func upperIfLower(s string, by *foldSet) string {
	if !startsLower(s, 0) {
		return s
	}
	by.add(FoldCase)
	return upperCode(s)
}

// readOrgans reads issuer, unit and tail from the parts after the code and
// reports whether the issuer (the first of a joint list) is a Party organ.
func (r *reader) readOrgans(n *Number, parts []part, joint bool) (partyOrgan bool, f fault) {
	var units []string
	for i, p := range parts {
		if i > 0 && (p.sep == '/' || i == len(parts)-1 && p.text == "nb") {
			r.separatorIs(p, '/')
			n.Tail = r.text[p.at:]
			return partyOrgan, fault{}
		}
		if p.sep == ' ' && !startsUpper(p.text, 0) {
			return false, fault{at: p.at, why: whyAfter}
		}
		code, by := r.organ(p.text)
		switch {
		case i == 0:
			_, f = checkOrgan(code, 0, len(code))
			n.Issuer, partyOrgan = code, r.isParty(code)
			r.folds |= by
		case joint:
			_, f = checkOrgan(code, 0, len(code))
			n.Issuer += "-" + code
			r.folds |= by
		default:
			unit := upperIfLower(p.text, &r.folds)
			f = checkUnit(unit, 0, len(unit))
			units = append(units, unit)
		}
		if f.why != "" {
			f.at = p.at
			return false, f
		}
		if i > 0 {
			r.separatorIs(p, '-')
		}
	}
	n.Unit = strings.Join(units, "-")
	return partyOrgan, fault{}
}

// separators notes the folds of the separators before code and organ.
func (r *reader) separators(n Number, first part, second *part, yearSep byte) {
	r.separatorIs(part{sep: yearSep}, '/')
	if n.System == SystemParty {
		r.separatorIs(first, '-')
		r.separatorIs(*second, '/')
		return
	}
	r.separatorIs(first, '/')
	if second != nil {
		r.separatorIs(*second, '-')
	}
}

// separatorIs notes the fold that a separator needed. A hyphen for a slash is an
// order mistaken, other signs come from file names.
func (r *reader) separatorIs(p part, want byte) {
	switch p.sep {
	case want:
	case '-', '/':
		r.folds.add(FoldOrder)
	default:
		r.folds.add(FoldSeparator)
	}
}

// readStandard reads a cleaned text that begins with QCVN or TCVN.
//
// Nothing is guessed about its system: the four letters tell it.
func (r *reader) readStandard(code string) (Number, fault) {
	n := Number{System: SystemStandard, Code: code}
	if r.text[:4] != code {
		r.folds.add(FoldCase)
	}
	sep, i := r.separator(4)
	if sep != ' ' || i != 5 {
		r.folds.add(FoldSeparator)
	}
	i, f := r.readSerial(&n, i)
	if f.why != "" {
		return n, f
	}
	if i = r.letterGroup(&n, i); i == len(r.text) {
		return n, fault{}
	}
	parts, f := r.split(i)
	if f.why != "" {
		return n, f
	}
	if y := r.standardYear(parts[0]); y != 0 {
		n.Year = y
		r.separatorIs(parts[0], ':')
		parts = parts[1:]
	}
	if len(parts) == 0 {
		return n, fault{}
	}
	r.separatorIs(parts[0], '/')
	if parts[0].sep == ' ' && !startsUpper(parts[0].text, 0) {
		return n, fault{at: parts[0].at, why: whyAfter}
	}
	_, f = r.readOrgans(&n, parts, false)
	return n, f
}

// letterGroup reads the letters of a field ("-MT") at text[i] into the suffix
// and returns where they end; small letters only if a year follows.
//
// Without the year "-mt" could as well be the beginning of a title in a file name.
func (r *reader) letterGroup(n *Number, i int) int {
	end := scanGroup(r.text, i)
	if end == i && i < len(r.text) && r.text[i] == '-' {
		if code := scanCode(r.text, i+1); code < len(r.text) && leadingDigits(r.text[code+1:]) == 4 {
			upper := upperCode(r.text[i:code])
			if scanGroup(upper, 0) == len(upper) {
				r.folds.add(FoldCase)
				n.Suffix += upper
				return code
			}
		}
	}
	n.Suffix += r.text[i:end]
	return end
}

// standardYear reads the year of a standard: 2016, or 85 after a colon.
func (r *reader) standardYear(p part) uint16 {
	if p.sep == ':' && len(p.text) == 2 && leadingDigits(p.text) == 2 {
		r.folds.add(FoldYear)
		return century(uint16(p.text[0]-'0')*10 + uint16(p.text[1]-'0'))
	}
	if p.sep == ':' && len(p.text) == 4 && leadingDigits(p.text) == 4 {
		p.sep = '/' // any year
	}
	return r.yearOf(p)
}
