package documents

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A part is one code of a text with the separator before it. The separator is kept as it
// was found: what it should have been is a question of the system.
type part struct {
	text string
	at   int  // in the text
	sep  byte // '-', '/', '_', '.', ':', '|', ' ', or 0 for none
}

// The years that a number can have: no organ of this State numbered before 1945, and
// the upper bound leaves no room for a serial or a slip (45/9999/NĐ-CP).
const (
	firstYear = 1945
	lastYear  = 2100
)

const (
	whyTwo    = "two readings"
	whyListed = "two readings: one number, or an item of a list and its number"
)

// readNumber reads a text that begins with its serial at text[i] and returns
// where the number ends.
//
// Parts are split first and named afterwards, because what a part is depends on
// those behind it: a code is one only if an organ follows.
func (r *reader) readNumber(i int) (int, fault) {
	n := &r.number
	i, f := r.readSerial(i)
	if f.why != "" {
		return i, f
	}
	if f = notOne(n.Serial, n.Suffix, i-len(n.Suffix)); f.why != "" {
		return i, f
	}
	if i, f = r.split(i); f.why != "" {
		return i, f
	}
	parts, yearSep := r.parts[:r.count], byte('/')
	if len(parts) > 1 && isDate(n, parts[0]) {
		return i, fault{at: parts[0].at, why: "a date, not serial and year"}
	}
	turned := uint16(0)
	if y := r.yearOf(parts[0]); y != 0 {
		// "2019/05/…" may be either way round.
		if turned = value(parts[0].text); len(parts[0].text) != 2 || n.Serial < firstYear || n.Serial > lastYear {
			turned = 0
		}
		// "30/04/KH-UBND" is a day as likely as a number of 2004.
		if m := value(parts[0].text); len(parts[0].text) == 2 && n.Serial <= 31 && m <= 12 && len(parts) > 1 && leadingDigits(parts[1].text) == 0 {
			return i, fault{at: parts[0].at, why: "a day and month, or a year of two digits: write all four"}
		}
		n.Year, yearSep, parts = y, parts[0].sep, parts[1:]
	}
	if len(parts) == 0 {
		return i, fault{at: len(r.text), why: "code and organ are missing: a date?"}
	}
	if c := parts[0].text[0]; '0' <= c && c <= '9' {
		return i, fault{at: parts[0].at, why: "digits where a code belongs: a date, a telephone number?"}
	}
	if parts[0].sep == ' ' && n.Suffix != "" && !isLetters(n.Suffix) {
		return i, fault{at: parts[0].at, why: "a day or a range before it, no serial"} // "8-3 QĐ/TU"
	}
	f = r.assemble(parts, yearSep)
	if f.why == "" && turned != 0 {
		r.also = *n
		r.also.Serial, r.also.Year = uint32(turned), uint16(n.Serial)
		return i, fault{at: r.parts[0].at, why: whyTwo}
	}
	if f.why == "" && r.listed != 0 {
		r.also = *n
		r.also.Serial, r.also.Suffix = r.listed, n.Suffix[len(n.Suffix)-r.listedSuffix:]
		return i, fault{at: 0, why: whyListed}
	}
	if f.why == "" && digitLike(n.Suffix) && n.Serial <= MaxSerial/10 {
		whole := *n
		whole.Serial, whole.Suffix = n.Serial*10+uint32(digitOf(n.Suffix[0])), ""
		if r.folds&foldBit(FoldDigit) != 0 { // other digits were letters: "3O/2O20/NĐ-CP"
			*n, r.folds = whole, r.folds&^foldBit(FoldZero)
			return i, f
		}
		r.also = whole
		return i, fault{at: 0, why: "two readings: the letter after the serial may be a digit"}
	}
	return i, f
}

// isDate reports whether serial, suffix and what follows are a day: 15-03-2026,
// 15.3.2026 or 2026-03-15 with one separator throughout. A number may have all
// of these parts, yet with a slash before its year.
func isDate(n *Number, next part) bool {
	suffix := n.Suffix
	if suffix == "" || next.sep != suffix[0] {
		return false
	}
	year := func(y uint32) bool { return y >= firstYear && y <= lastYear }
	upTo := func(digits string, limit uint16) bool { return 0 < value(digits) && value(digits) <= limit }
	if year(n.Serial) { // 2026-03-15: month and day are both in the suffix
		month, day, ok := strings.Cut(suffix[1:], suffix[:1])
		return ok && upTo(month, 12) && upTo(day, 31)
	}
	return n.Serial <= 31 && upTo(suffix[1:], 12) && year(uint32(value(next.text)))
}

// value returns the value of a text of up to four digits, or 0. Nothing that asks has a
// use for zero: no day, no year, no group of a number is.
func value(digits string) (v uint16) {
	if len(digits) > 4 || leadingDigits(digits) != len(digits) {
		return 0
	}
	for i := range len(digits) {
		v = v*10 + uint16(digits[i]-'0')
	}
	return v
}

// digitOf returns the digit that a letter is mistaken for, by scanners and by
// hands: 0 for O, 1 for l and I, and -1 for all others.
func digitOf(c byte) int {
	switch c {
	case 'O', 'o':
		return 0
	case 'l', 'I':
		return 1
	}
	return -1
}

// digitLike reports whether a suffix is one letter that may be a digit.
// Such a text is asked about even where it is canonical.
//
// Whether 15O is 15 with a letter or 150, only the paper tells.
func digitLike(suffix string) bool { return len(suffix) == 1 && digitOf(suffix[0]) >= 0 }

// readSerial reads serial and suffix at text[i].
//
// The bound of nine digits counts the value and not the text: zeros in front are folded,
// and telephone numbers fail for what follows them.
func (r *reader) readSerial(i int) (int, fault) {
	start, text := i, r.text
	v, width, zeros := uint64(0), 0, 0
	for ; i < len(text); i++ {
		d := int(text[i]) - '0'
		if d < 0 || d > 9 {
			if d = r.letterAsDigit(i); d < 0 {
				break
			}
			r.folds.add(FoldDigit)
		}
		if v == 0 && d == 0 {
			zeros++
		}
		if v = v*10 + uint64(d); v > MaxSerial {
			return i, fault{at: start + 9, why: "the serial has more than nine digits"}
		}
		width++
	}
	if i == start {
		return i, fault{at: i, why: "a number begins with its serial"}
	}
	if v == 0 {
		return i, fault{at: start, why: "the serial is 1 or more"}
	}
	if zeros == 0 && width <= 3 {
		var f fault
		if i, f = r.thousands(i, &v); f.why != "" {
			return i, f
		}
	}
	i = r.spacedLetter(i)
	n := &r.number
	n.Serial = uint32(v)
	// Two digits at least, as both systems print them.
	if zeros > 1 || zeros == 1 && v > 9 || zeros == 0 && v <= 9 {
		r.folds.add(FoldZero)
	}
	end := scanSuffix(text, i)
	if end-i > 1 && isLetters(text[i:end]) && nearCode(text[i:end]) >= 0 {
		end = i // "12qđ/TU": the separator is missing
	}
	n.Suffix = text[i:end]
	if width == 1 && end > i && text[i] == '.' {
		return end, r.listLabel(n.Suffix, i)
	}
	return end, fault{}
}

// listLabel looks at a serial of one digit with a full stop and digits after it:
// "2.45-KL/TU" is item 2 of a list and 45-KL/TU as likely as number 2.45.
//
// Offices write two digits at least, so a canonical 02.45 is never asked.
func (r *reader) listLabel(suffix string, at int) fault {
	d := leadingDigits(suffix[1:])
	rest := suffix[1+d:]
	if rest != "" && !isLetters(rest) {
		return fault{at: at, why: "the label of a list, no serial"} // "1.2.3-QĐ/TU"
	}
	r.listed, r.listedSuffix = uint32(value(suffix[1:1+d])), len(rest)
	return fault{}
}

// spacedLetter steps over the blank in "45 a-KL/TU" and returns where the letter is.
//
// Only a to d, and only before a code of the table: "5 m/s" has none.
func (r *reader) spacedLetter(i int) int {
	text := r.text
	if i+3 >= len(text) || text[i] != ' ' || text[i+1] < 'a' || text[i+1] > 'd' || text[i+2] != '-' && text[i+2] != '/' {
		return i
	}
	if nearCode(text[i+3:scanCode(text, i+3)]) < 0 {
		return i
	}
	r.folds.add(FoldSpace)
	return i + 1
}

// letterAsDigit returns the digit that the letter at text[i] stands for if
// digits follow, or -1: what stands between digits is one.
func (r *reader) letterAsDigit(i int) int {
	for at := i; at < len(r.text); at++ {
		switch c := r.text[at]; {
		case '0' <= c && c <= '9' && at > i:
			return digitOf(r.text[i])
		case digitOf(c) < 0:
			return -1
		}
	}
	return -1
}

// thousands reads groups of three digits at text[i], each after a full stop or
// comma, the same throughout.
//
// The full stop is the mark of thousands here; a comma parts the items of a list as
// well, and then the last group is the number: "12,268-CV/ĐU" is two readings.
//
// A suffix after a full stop has one or two digits (66.25), so nothing else can be
// meant; after zero in front they would be a telephone number.
func (r *reader) thousands(i int, v *uint64) (int, fault) {
	for i+3 < len(r.text) && (r.text[i] == '.' || r.text[i] == ',') && leadingDigits(r.text[i+1:]) == 3 {
		if *v = *v*1000 + uint64(value(r.text[i+1:i+4])); *v > MaxSerial {
			return i, fault{at: i, why: "the serial has more than nine digits"}
		}
		r.folds.add(FoldThousands)
		if r.listed = 0; r.text[i] == ',' && r.text[i+1] != '0' {
			r.listed = uint32(value(r.text[i+1 : i+4]))
		}
		i += 4
	}
	return i, fault{}
}

// split cuts text[i:] into codes and the separators before them.
//
// Every separator is taken for what it is and judged later: only then is it known
// which one belongs there.
func (r *reader) split(i int) (int, fault) {
	r.count = 0
	for i < len(r.text) {
		sep, at := r.separator(i)
		end := scanCode(r.text, at)
		if end == at {
			if c, _ := utf8.DecodeRuneInString(r.text[at:]); sep == 0 && r.count > 0 && unicode.IsLetter(c) {
				at = r.parts[r.count-1].at // in the middle of a word: "tỉnh"
			}
			return i, r.noCode(at)
		}
		if r.count == maxParts {
			return i, fault{at: at, why: "more codes than a number has"}
		}
		r.parts[r.count] = part{r.text[at:end], at, sep}
		r.count++
		i = end
	}
	if r.count == 0 {
		return i, fault{at: i, why: "code and organ are missing"}
	}
	return i, fault{}
}

// noCode says why there is no code at text[at]. A clerk corrects by this sentence, so a
// missing code, a sign too many and a word behind are told apart.
func (r *reader) noCode(at int) fault {
	switch {
	case at == len(r.text):
		return fault{at: at, why: "a code is missing after the separator"}
	case strings.IndexByte("-/_.:|", r.text[at]) >= 0:
		return fault{at: at, why: "a second separator"}
	}
	return fault{at: at, why: whyAfter}
}

// separator reads the separator at text[i], with the blanks around it, and
// returns where the next code begins.
//
// A hyphen or slash written twice is one. Not so two slashes with a blank between
// them after the serial: a year is missing there, "12/   /NĐ-CP".
func (r *reader) separator(i int) (sep byte, at int) {
	twice := false
	for at = i; at < len(r.text); at++ {
		switch c := r.text[at]; c {
		case ' ':
			if sep == 0 {
				sep = ' '
			} else if sep != ' ' {
				r.folds.add(FoldSpace)
			}
		case '-', '/', '_', '.', ':', '|':
			if sep != 0 && sep != ' ' {
				if twice || c != sep || c != '-' && c != '/' || c == '/' && r.count == 0 && r.text[at-1] == ' ' {
					return sep, at // two separators: the caller finds no code here
				}
				twice = true
				r.folds.add(FoldSeparator)
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

// yearOf returns the year that a part is, or 0. Four digits are a year only if
// they can be one; two digits count only between slashes and underscores.
func (r *reader) yearOf(p part) uint16 {
	d := leadingDigits(p.text)
	if d == 0 || len(p.text) != 4 && len(p.text) != 2 {
		return 0
	}
	if d < len(p.text) {
		return r.yearWithLetters(p)
	}
	y := value(p.text)
	after := byte(0)
	if end := p.at + d; end < len(r.text) {
		after = r.text[end]
	}
	switch {
	case d == 2 && (p.sep == '/' || p.sep == '_') && (after == '/' || after == '_'):
		r.folds.add(FoldYear)
		return century(y)
	case d == 4 && y >= firstYear && y <= lastYear:
		return y
	}
	return 0
}

// yearWithLetters reads 2O25 as 2025. Between slashes and within the years that can be,
// so that an organ with a digit in it is never taken for one.
func (r *reader) yearWithLetters(p part) uint16 {
	var y uint16
	for i := range len(p.text) {
		d := int(p.text[i]) - '0'
		if d < 0 || d > 9 {
			d = digitOf(p.text[i])
		}
		if d < 0 {
			return 0
		}
		y = y*10 + uint16(d)
	}
	if len(p.text) != 4 || p.sep != '/' || y < firstYear || y > lastYear {
		return 0
	}
	r.folds.add(FoldDigit)
	return y
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
	if strings.IndexByte(s, 0xC6) >= 0 { // Ư and ư are C6 AF and C6 B0
		upper := upperCode(s)
		if fixed, old := fixCentral(upper); old {
			if upper != s {
				by.add(FoldCase)
			}
			s = fixed
			by.add(FoldCentral)
		}
	}
	e, spelled, ok := r.organs.find(s)
	if !ok {
		e, spelled, ok = r.findTyped(s)
	}
	if ok && !e.isPattern() {
		if by&foldBit(FoldCentral) == 0 {
			by = 0 // what the list says replaces the guess
		}
		return e.Code, by | spelled
	}
	return upperIfLower(s, &by), by
}

// findTyped finds an organ that was typed with no Vietnamese keyboard running:
// DD for Đ, as in HDDND.
func (r *reader) findTyped(s string) (*Organ, foldSet, bool) {
	if joined, ok := joinTyped(s); ok {
		if e, by, ok := r.organs.find(joined); ok && !e.isPattern() {
			return e, by | foldBit(FoldStroke), true
		}
	}
	return nil, 0, false
}

// joinTyped writes DD as Đ.
func joinTyped(s string) (string, bool) {
	for i := 1; i < len(s); i++ {
		if s[i]|0x20 == 'd' && s[i-1]|0x20 == 'd' {
			return s[:i-1] + "Đ" + s[i+1:], true
		}
	}
	return s, false
}

// upperIfLower puts a code that begins with a small letter in capitals. One that begins
// with a capital is how its organ spells itself, as far as anybody knows.
func upperIfLower(s string, by *foldSet) string {
	if !startsLower(s, 0) {
		return s
	}
	by.add(FoldCase)
	return upperCode(s)
}

// ownerHas reports whether code is one of the owner's own: in its books 3313/CT-TTHT is
// no riddle.
func (r *reader) ownerHas(code string) bool {
	return r.owner != "" && r.organs.orgOf(code, r.owner) == r.owner
}
