package documents

import "strings"

// ParseNumber reads a number in its canonical form. It succeeds exactly when
// printing the result gives s back:
//
//	party     serial[suffix]-CODE/ISSUER[-UNIT][/tail]            981-QĐ/TU
//	state     serial[suffix]/[year/][CODE-]ISSUER[-UNIT][/tail]   30/2020/NĐ-CP
//	standard  CODE serial[suffix][:year][/ISSUER[-UNIT]][/tail]   QCVN 102:2016/BTTTT
//
// The serial has at least two digits and at most nine. A suffix is one capital,
// up to three small letters, a hyphen with up to three digits or a full stop with
// one or two (three are thousands), and no higher number (12-13 is a range); in a standard also a hyphen with one to four capitals at its end, the field
// (QCVN 09-MT:2015/BTNMT).
// A code is one of the kind table, in its case; an organ is letters, digits
// and &, beginning with a capital, and is taken as written: 439/QĐ-TTG is a
// number of the issuer TTG. (What was meant is for [ReadNumber], which goes by
// the organ list: TTg.) A first code that is not in the kind table
// is the issuer (8726/VPCP-KGVX). A kind's code alone is refused, its organ is
// missing; but for AL and SL (56/2022/AL, 45/SL). A year without a code stands
// only with an organ of the State that the list knows (15/2017/QH14), and an issuer that stands
// alone has two letters and is no Roman numeral. A year is one of 1945–2100. With a joint kind (TTLT, NQLT) the whole organ list is the issuer. The
// organ of a Party number may be any; a Party organ, spelled as the list has
// it, is refused in State separators unless a year stands in the symbol.
//
// The error is a [*NumberError]: what is wrong, at which byte, what to write.
// What offices write otherwise is read by [ReadNumber]. ParseNumber allocates
// nothing unless it fails: the strings of the Number are parts of s.
func ParseNumber(s string) (Number, error) {
	var n Number
	if f := n.parse(s); f.why != "" {
		return Number{}, f.strict(s)
	}
	return n, nil
}

// MustNumber is [ParseNumber] for literals in programs and tests: it panics on
// what ParseNumber refuses.
func MustNumber(s string) Number {
	n, err := ParseNumber(s)
	if err != nil {
		panic(err)
	}
	return n
}

// A fault says why text is no number and where; the zero fault is none.
//
// It is a value and no error, because parsing is tried on every cell of an import
// and a failed attempt must not allocate. It becomes a [*NumberError] when a caller
// sees it.
type fault struct {
	at  int // byte
	why string
}

// The reasons that more than one place gives.
const (
	whyOrgan     = "an organ code of capitals, digits and & is missing"
	whyMisspelt  = "the code is spelled otherwise"
	whyAfter     = "text after the number"
	whyCode      = "a code of the kind table is missing"
	whyParty     = "a Party organ in State separators"
	whyNoKind    = "a Party number names its kind by a code of the kind table"
	whyNoOrgan   = "the organ is missing after the kind code"
	whyYearAlone = "a year stands only with a kind code: 30/2020/NĐ-CP"
	whyYear      = "a year from 1945 to 2100 is missing"
	whyContract  = "a contract or a case, no document of an organ"
	whyGlued     = "a hyphen is missing between code and organ"
)

// parse is ParseNumber without the error value. It fills n, which is zero.
//
// The separator after the serial decides the system: the Party writes
// serial-CODE/ORGAN (36-HD/VPTW, mục II.1.3, grade P), the State serial/CODE-ORGAN
// (NĐ 30/2020/NĐ-CP phụ lục I, II.3.c, grade P).
func (n *Number) parse(s string) (f fault) {
	if len(s) > maxNumber {
		return fault{at: maxNumber, why: "longer than 200 bytes"}
	}
	for _, code := range standardCodes {
		if len(s) > len(code) && s[len(code)] == ' ' && s[:len(code)] == code {
			return n.parseStandard(s, len(code)+1)
		}
	}
	i, f := n.parseSerial(s, 0)
	if f.why != "" {
		return f
	}
	if f = notOne(n.Serial, n.Suffix, i-len(n.Suffix)); f.why != "" {
		return f
	}
	switch {
	case i < len(s) && s[i] == '-':
		n.System = SystemParty
		i, f = n.parseParty(s, i+1)
	case i < len(s) && s[i] == '/':
		n.System = SystemState
		i, f = n.parseState(s, i+1)
	default:
		return fault{at: i, why: "a hyphen (Party) or a slash (State) is missing after the serial"}
	}
	if f.why == "" && i < len(s) {
		f = n.parseTail(s, i)
	}
	return f
}

// parseSerial reads serial and suffix at s[i] and returns where they end.
//
// At least two digits: 01 to 09 are written with a zero in both systems. More zeros
// are refused, or 01 and 001 would be two texts of one number.
func (n *Number) parseSerial(s string, i int) (int, fault) {
	start := i
	v := uint32(0)
	for ; i < len(s) && '0' <= s[i] && s[i] <= '9'; i++ {
		// Nine digits keep the serial within uint32 and telephone numbers out.
		if i-start == 9 {
			return i, fault{at: i, why: "the serial has more than nine digits"}
		}
		v = v*10 + uint32(s[i]-'0')
	}
	switch {
	case i == start:
		return i, fault{at: i, why: "a number begins with its serial"}
	case v == 0:
		return i, fault{at: start, why: "the serial is 1 or more"}
	case i-start == 1:
		return i, fault{at: start, why: "the serial has one digit, two are the least"}
	case s[start] == '0' && i-start > 2:
		return i, fault{at: start, why: "the serial has needless zeros"}
	}
	// "12qđ/TU" would otherwise be number 12 with the suffix "qđ".
	end := scanSuffix(s, i)
	if end > i && isLetters(s[i:end]) && end-i > 1 && nearCode(s[i:end]) >= 0 {
		return i, fault{at: i, why: "a separator is missing before the code"}
	}
	n.Serial, n.Suffix = v, s[i:end]
	return end, fault{}
}

// isLetters reports whether a suffix that is not empty begins with a letter.
func isLetters(s string) bool { return s[0] != '-' && s[0] != '.' }

// scanSuffix returns where the suffix at s[i] ends: a capital or up to three
// small letters, hyphens each with up to three digits (four would be a year) and
// full stops with up to two.
func scanSuffix(s string, i int) int {
	for i < len(s) {
		end := scanSuffixPart(s, i)
		if end == i {
			return i
		}
		i = end
	}
	return i
}

// scanSuffixPart returns where one part of a suffix ends, or i if there is none.
func scanSuffixPart(s string, i int) int {
	end := i
	if s[i] == '-' || s[i] == '.' {
		for end++; end < len(s) && '0' <= s[end] && s[end] <= '9'; end++ {
		}
		if end-i < 2 || end-i > 4 || end-i > 3 && s[i] == '.' {
			return i
		}
		return end
	}
	for letters := 0; end < len(s); letters++ {
		c, size := classAt(s, end)
		if c == classUpper && letters == 0 {
			end += size
			break
		}
		if c != classLower {
			break
		}
		if letters == 3 {
			return i
		}
		end += size
	}
	// What goes on with letters or digits is a code without its separator.
	if scanCode(s, end) != end {
		return i
	}
	return end
}

// parseParty reads CODE/ISSUER[-UNIT] at s[i].
//
// A code is required: without one "12-TU" would be a number, and so would half of
// the dates and telephone numbers in a text.
func (n *Number) parseParty(s string, i int) (int, fault) {
	end := scanCode(s, i)
	k := codeIndex.find(s[i:end])
	if k < 0 {
		if nearCode(s[i:end]) >= 0 {
			return end, fault{at: i, why: whyMisspelt}
		}
		return end, fault{at: i, why: whyCode}
	}
	if end == len(s) || s[end] != '/' {
		return end, fault{at: end, why: "a slash is missing between code and organ"}
	}
	n.Code = s[i:end]
	return n.parseOrgans(s, end+1, kindCodes[k].joint)
}

// parseState reads [YEAR/][CODE-]ISSUER[-UNIT] at s[i].
//
// The year is the only sure mark of a normative document (30/2020/NĐ-CP). The code
// may be missing, as in every công văn of the State (8726/VPCP-KGVX; NĐ
// 30/2020/NĐ-CP phụ lục I, II.3.b, grade P), so an unknown first code is taken as
// the issuer.
func (n *Number) parseState(s string, i int) (int, fault) {
	if y := leadingDigits(s[i:]); y > 0 {
		if y != 4 || s[i] == '0' || i+4 >= len(s) || s[i+4] != '/' {
			return i, fault{at: i, why: "a year has four digits and a slash after it"}
		}
		if n.Year = value(s[i : i+4]); n.Year < firstYear || n.Year > lastYear {
			return i, fault{at: i, why: whyYear}
		}
		i += 5
	}
	organ := i
	end := scanCode(s, i)
	first := s[i:end]
	k := codeIndex.find(first)
	joint := false
	switch more := end < len(s); {
	// "59/qd-UBND" must not become a công văn of an organ called qd.
	case k < 0 && more && s[end] == '-' && nearCode(first) >= 0:
		return end, fault{at: i, why: whyMisspelt}
	case k < 0:
	case more && s[end] == '-':
		n.Code, organ, joint = first, end+1, kindCodes[k].joint
	case more && s[end] == '/':
		// "59/QĐ/UBND": a code alone would be the issuer and UBND its tail,
		// which nobody means.
		return end, fault{at: end, why: "a hyphen is missing between code and organ"}
	// Án lệ name no court: 56/2022/AL.
	case !more && first == "AL":
		n.Code = first
		return end, fault{}
	case !more && first != "SL":
		return end, fault{at: end, why: whyNoOrgan}
	}
	end, f := n.parseOrgans(s, organ, joint)
	switch {
	case f.why != "":
	case n.Code == "":
		f = n.checkLetter(organ)
	// NĐ 30/2020 gives a hợp đồng of an organ no year; those of trade have one:
	// 01/2025/HĐ-KT.
	case n.Code == "HĐ" && n.Year != 0:
		if e, by, ok := builtinOrgans.find(n.Issuer); !ok || by != 0 || e.System != SystemState {
			f = fault{at: organ, why: whyContract}
		}
	}
	return end, f
}

// checkLetter looks at a State number without a code, whose issuer begins at
// the byte at.
//
// NĐ 30/2020 phụ lục I, II.3.b (grade P) gives such numbers to công văn, and those
// have no year; so a year and an organ nobody knows are a contract or a case:
// 01/2026/HĐKT, 12/2025/HS-ST. One letter is a class or a house, 12/A1, and Roman
// numerals are a month or a quarter, 15/III/2026.
func (n *Number) checkLetter(at int) fault {
	if n.Year != 0 {
		if e, by, ok := builtinOrgans.find(n.Issuer); !ok || by != 0 || e.System != SystemState {
			return fault{at: at, why: whyYearAlone}
		}
		return fault{}
	}
	if isContract(n.Issuer) {
		return fault{at: at, why: whyContract}
	}
	if end := gluedCode(n.Issuer, builtinOrgans); end > 0 {
		return fault{at: at + end, why: whyGlued}
	}
	letters, roman := 0, true
	for i := 0; i < len(n.Issuer); {
		c, size := classAt(n.Issuer, i)
		if c == classUpper || c == classLower {
			letters++
		}
		roman = roman && strings.IndexByte("IVX", n.Issuer[i]) >= 0
		i += size
	}
	if roman || letters < 2 && n.Unit == "" {
		return fault{at: at, why: "one letter or a Roman numeral is no organ"}
	}
	return fault{}
}

// parseOrgans reads ISSUER[-UNIT] at s[i], for a joint kind all of it as the
// issuer. The first organ says whether State separators may stand.
func (n *Number) parseOrgans(s string, i int, joint bool) (int, fault) {
	end := scanCode(s, i)
	lead, f := checkOrgan(s, i, end)
	if f.why != "" {
		return end, f
	}
	// 18/NQ-TW is a slip for 18-NQ/TW. Taken as it stands, the Party's number and its
	// misspelling would be two numbers in every index.
	if lead == SystemParty && n.System == SystemState && n.Year == 0 {
		return end, fault{at: i, why: whyParty}
	}
	issuer := end
	for end < len(s) && s[end] == '-' {
		next := scanCode(s, end+1)
		if joint {
			_, f = checkOrgan(s, end+1, next)
			issuer = next
		} else {
			f = checkUnit(s, end+1, next)
			// Digits end a unit; more behind them is the next number of a list.
			if d := leadingDigits(s[end+1:]); f.why == "" && end+1+d == next && next < len(s) && s[next] == '-' {
				f = fault{at: next, why: whyAfter}
			}
		}
		if f.why != "" {
			return next, f
		}
		end = next
	}
	n.Issuer = s[i:issuer]
	if issuer < end {
		n.Unit = s[issuer+1 : end]
	}
	return end, fault{}
}

// checkOrgan looks at the organ code s[i:end] and returns its system, as far
// as the list knows it in just this spelling.
//
// It asks the SDK's own list alone: what is a canonical number must not depend on
// who reads it.
func checkOrgan(s string, i, end int) (System, fault) {
	if !startsUpper(s, i) {
		return 0, fault{at: i, why: whyOrgan}
	}
	if e, by, ok := builtinOrgans.find(s[i:end]); ok && by == 0 {
		return e.System, fault{}
	}
	return 0, fault{}
}

// checkUnit looks at one part of a unit: an organ code, or up to three digits
// ("KTTH-3"), or digits and then a capital. Four digits would be a year.
func checkUnit(s string, i, end int) fault {
	d := leadingDigits(s[i:end])
	if startsUpper(s, i+d) && i+d < end || d > 0 && d <= 3 && i+d == end {
		return fault{}
	}
	return fault{at: i, why: "a unit of capitals, digits and & is missing"}
}

// parseTail reads [/TAIL] at s[i], up to the end.
//
// The tail is seen as "nb" (nội bộ) in 5053-CV/VPTW/nb (grade W); no rule on it was
// found.
func (n *Number) parseTail(s string, i int) fault {
	if i == len(s) {
		return fault{}
	}
	if s[i] != '/' {
		return fault{at: i, why: whyAfter}
	}
	n.Tail = s[i+1:]
	for j := i + 1; ; j++ {
		end := scanCode(s, j)
		if end == j {
			return fault{at: j, why: "letters or digits are missing after the slash"}
		}
		if end == len(s) {
			// "59/QĐ-UBND/2024" would be another number than 59/QĐ-UBND.
			if y := value(n.Tail); y >= firstYear && y <= lastYear {
				return fault{at: i + 1, why: "a year after the organ"}
			}
			return fault{}
		}
		if s[end] != '-' {
			return fault{at: end, why: whyAfter}
		}
		j = end
	}
}

// scanGroup returns where the letters of a field at s[i] end, a hyphen and one
// to four capitals, or i if there are none.
//
// It is apart from scanSuffix because in other numbers a hyphen and capitals are the
// code.
func scanGroup(s string, i int) int {
	if i >= len(s) || s[i] != '-' {
		return i
	}
	end := i + 1
	for letters := 0; end < len(s); letters++ {
		c, size := classAt(s, end)
		if c == classNone {
			break
		}
		if c != classUpper || letters == 4 {
			return i
		}
		end += size
	}
	if end == i+1 {
		return i
	}
	return end
}

// parseStandard reads what follows QCVN, QCĐP or TCVN and a blank, at s[after].
//
// The code stands first here, so nothing else could begin like it.
func (n *Number) parseStandard(s string, after int) fault {
	n.System, n.Code = SystemStandard, s[:after-1]
	i, f := n.parseSerial(s, after)
	if f.why != "" {
		return f
	}
	if end := scanGroup(s, i); end > i {
		n.Suffix, i = s[i-len(n.Suffix):end], end
	}
	if i < len(s) && s[i] == ':' {
		if leadingDigits(s[i+1:]) != 4 || s[i+1] == '0' {
			return fault{at: i + 1, why: "a year has four digits"}
		}
		if n.Year = value(s[i+1 : i+5]); n.Year < firstYear || n.Year > lastYear {
			return fault{at: i + 1, why: whyYear}
		}
		i += 5
	}
	if i < len(s) && s[i] == '/' {
		if i, f = n.parseOrgans(s, i+1, false); f.why != "" {
			return f
		}
	}
	return n.parseTail(s, i)
}
