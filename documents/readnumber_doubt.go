package documents

import "strings"

// Codes that were run together or torn apart, and codes that are no organ's. The
// strict parser asks here too, so that what the lenient one puts right is never
// canonical as it stands.

// isContract reports whether the letters in an organ's place are those of a contract
// or of a court's case: 05/HĐLĐ-VPTU, 12/QĐST-HNGĐ.
//
// A closed list: most that begins with HĐ is a council (HĐND, HĐTV, HĐTĐKT).
func isContract(code string) bool {
	switch code {
	case "HĐLĐ", "HĐKT", "HĐMB", "HĐDV", "HĐLV", "HĐTN", "HĐXD", "HĐTX", "HĐGK", "HĐTC", "HĐVC",
		"QĐST", "QĐPT", "TLST", "TLPT", "HSST", "HSPT", "DSST", "DSPT", "HNGĐ":
		return true
	}
	return false
}

// notOne refuses a serial and its suffix, which begins at the byte at, that are two
// numbers or a day.
func notOne(serial uint32, suffix string, at int) fault {
	switch {
	case suffix == "":
	case isRange(serial, suffix):
		return fault{at: at, why: "a range of numbers, not one"}
	case isDay(serial, suffix):
		return fault{at: at, why: "a day, no serial"}
	}
	return fault{}
}

// isRange reports whether a serial and its suffix are the first and the last of some
// numbers: 12-13. Parts of one number are counted from 1 and stay below it: 3010-1.
func isRange(serial uint32, suffix string) bool {
	if len(suffix) < 3 || suffix[0] != '-' {
		return false
	}
	last := value(suffix[1:])
	return last >= 10 && uint32(last) > serial
}

// isDay reports whether a serial and its suffix begin with a day as files are named by
// it: 2026-06-15-84. No number has a year for its serial and two parts more.
func isDay(serial uint32, suffix string) bool {
	if serial < firstYear || serial > lastYear || len(suffix) < len("-06-15") || suffix[0] != '-' || suffix[3] != '-' {
		return false
	}
	month, day := value(suffix[1:3]), value(suffix[4:6])
	return 0 < month && month <= 12 && 0 < day && day <= 31
}

// gluedCode returns where the organ begins in "QĐUBND" or "KLTW", or 0 if s is one
// code: all of it is listed, no organ of the list ends it, or what stands before the
// organ may be a part of its name (CTUBND, the chairman; TTCP).
func gluedCode(s string, organs *Organs) (at int) {
	if whole, _, ok := organs.find(s); ok && (!whole.isPattern() || whole.System != SystemParty) {
		return 0
	}
	for i := 2; i <= min(len(s)-2, 8); i++ {
		if s[i]&0xC0 == 0x80 { // in the middle of Đ
			continue
		}
		e, _, ok := organs.find(s[i:])
		if !ok || e.isPattern() || e.Code == "SL" {
			continue
		}
		k := nearCode(s[:i])
		if k < 0 || kindCodes[k].joint || len(kindCodes[k].std) > 0 || kindCodes[k].code == "HĐ" {
			continue
		}
		c := &kindCodes[k]
		// "QĐITU" is QĐ, a stroke that was scanned as I, and TU, not QĐi and TU.
		if c.code != s[:i] && c.code != upperCode(c.code) {
			continue
		}
		if e.System == SystemParty {
			// Only where the Party's patterns know the end as well: HDCB may be anything.
			if len(c.party) == 0 || !strings.HasSuffix(e.Code, "TW") && !strings.HasSuffix(e.Code, "U") {
				continue
			}
		} else if alsoOrgan(c.code) && c.code != "KL" {
			continue
		}
		if at > 0 {
			return 0 // two ways to part it
		}
		at = i
	}
	return at
}

// unglue parts a code and an organ that stand without a separator.
//
// Only after a real separator: "981QĐTU" has none at all, and could be anything.
func (r *reader) unglue(parts []part) []part {
	first := parts[0]
	if first.sep == ' ' || first.sep == 0 || r.count == maxParts {
		return parts
	}
	at := gluedCode(first.text, r.organs)
	if at == 0 {
		return parts
	}
	r.isGlued = true
	r.count++
	parts = parts[:len(parts)+1] // parts are the end of r.parts, which has room
	copy(parts[2:], parts[1:])
	parts[0].text = first.text[:at]
	parts[1] = part{text: first.text[at:], at: first.at + at}
	return parts
}

// isCommittee reports whether a code is that of a committee, which ends the codes of
// its boards.
func isCommittee(s string) bool {
	if len(s) > len("ĐUK") {
		return false
	}
	var buf bareBuf
	switch string(buf.of(s)) {
	case "TW", "TƯ", "TU", "DU", "HU", "QU", "THU", "DUK":
		return true
	}
	return false
}

// board returns the board's code that two codes make together, if the list has it as
// one: UBKT and TU. Patterns are not enough, they would take any two.
func (r *reader) board(a, b string) (string, bool) {
	if !isCommittee(b) {
		return "", false
	}
	joined := a + b
	code, _ := r.organ(joined)
	e, _, ok := r.organs.find(code)
	return joined, ok && !e.isPattern() && e.System == SystemParty
}

// joinSplit puts a board's code together that was written in two: "UBKT TU",
// "UBKT-TU". Half of it would be another organ, or an organ with a unit it has not.
//
// Joint papers list organs with hyphens, and there TU is one of its own.
func (r *reader) joinSplit(organs []part, joint bool) []part {
	if len(organs) < 2 || organs[1].sep == '/' || joint && organs[1].sep != ' ' {
		return organs
	}
	joined, ok := r.board(organs[0].text, organs[1].text)
	if !ok {
		return organs
	}
	if organs[1].sep == ' ' {
		r.folds.add(FoldSpace)
	} else {
		r.folds.add(FoldSeparator)
	}
	organs[0].text = joined
	copy(organs[1:], organs[2:])
	r.count--
	return organs[:len(organs)-1]
}

// isSplit reports whether a canonical number has a board's code in two.
func (r *reader) isSplit() bool {
	n := &r.number
	if n.Unit == "" || n.Code == "" || isJoint(n.Code) {
		return false
	}
	first, _, _ := strings.Cut(n.Unit, "-")
	_, ok := r.board(n.Issuer, first)
	return ok
}

// isJoint reports whether the organs of a code's numbers are one issuer.
func isJoint(code string) bool {
	k := codeIndex.find(code)
	return k >= 0 && kindCodes[k].joint
}

// checkRate refuses "15 BC/đêm", "12 TB/GB", "20KH/ha": what stands behind the slash
// measures. A blank for the hyphen is one liberty, an organ nobody knows in small
// letters or in two another; both together are no number.
func (r *reader) checkRate(code part, organs []part) fault {
	// An án lệ has no organ.
	if code.sep != ' ' && code.sep != 0 || len(organs) == 0 || organs[0].sep != '/' {
		return fault{}
	}
	organ := organs[0]
	if !startsLower(organ.text, 0) && len(organ.text) > 2 {
		return fault{}
	}
	name, _ := r.organ(organ.text)
	if r.isOrgan(name) {
		return fault{}
	}
	return fault{at: organ.at, why: "a measure, no organ"}
}
