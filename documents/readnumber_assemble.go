package documents

import (
	"slices"
	"strings"
)

// assemble says what the parts after serial and year are.
//
// The system comes last and by the order that [ReadNumber] states: a year, then the
// organ, then the separators, which are what offices confuse most (12/CV-VPTU, grade
// W).
func (r *reader) assemble(parts []part, yearSep byte) fault {
	n := &r.number
	k := r.kindOf(parts[0].text)
	if k < 0 && len(parts) == 2 && n.Year == 0 {
		k = r.kindLast(parts)
	}
	if k < 0 {
		if parts = r.unglue(parts); r.isGlued {
			k = r.kindOf(parts[0].text)
		}
	}
	first, rest := parts[0], parts
	if k >= 0 && len(parts) == 1 {
		switch kindCodes[k].code {
		case "AL":
		case "SL":
			k = -1 // it is printed where the organ is
		default:
			return fault{at: first.at + len(first.text), why: whyNoOrgan}
		}
	}
	if k >= 0 {
		n.Code, rest = kindCodes[k].code, r.joinSplit(parts[1:], kindCodes[k].joint)
		if f := r.checkRate(first, rest); f.why != "" {
			return f
		}
		r.folds |= spelling(first.text, n.Code) &^ foldUnknown
	} else {
		if f := r.checkNoCode(parts); f.why != "" {
			return f
		}
		k = r.codeOfKind(first)
		if k >= 0 {
			n.Code = kindCodes[k].code
			r.folds.add(FoldCode)
		}
	}
	if len(rest) == 0 { // án lệ
		n.System = SystemState
		r.separators(first, nil, yearSep)
		return fault{}
	}
	partyOrgan, f := r.readOrgans(rest, k >= 0 && kindCodes[k].joint)
	if f.why != "" {
		return f
	}
	within := len(parts) > len(rest) // the code stands in the number itself
	switch {
	case n.Year != 0:
		n.System = SystemState
	case partyOrgan, within && first.sep != '/' && rest[0].sep == '/':
		n.System = SystemParty
	default:
		n.System = SystemState
	}
	// A Party number always names its kind; without one it is more likely a room or a
	// file.
	if n.System == SystemParty && k < 0 {
		return fault{at: first.at, why: whyNoKind}
	}
	if within {
		r.separators(first, &rest[0], yearSep)
		if f := r.agrees(k); f.why != "" {
			return f
		}
		r.restoreStroke()
	} else {
		r.separators(part{sep: '/'}, nil, yearSep)
		if n.System == SystemState && k < 0 && first.sep != '/' {
			r.separatorIs(first, '/')
		}
	}
	return r.twoReadings(first.at)
}

// kindLast turns "981/TU-QĐ" round and returns the code: organ before code is
// read only if the organ is the Party's, as a State number may well end in such
// letters (12/UBND-KH is a công văn with the unit KH).
func (r *reader) kindLast(parts []part) int {
	if code, _ := r.organ(parts[0].text); !r.isParty(code) {
		return -1
	}
	k := nearCode(parts[1].text)
	if k >= 0 {
		r.folds.add(FoldOrder)
		parts[0], parts[1] = parts[1], parts[0]
		parts[0].sep, parts[1].sep = '-', '/' // those of the places they take
	}
	return k
}

// kindOf returns the code that s means, also typed with DD for Đ, or -1. No code of the
// table has DD, so the second look can take nothing away.
func (r *reader) kindOf(s string) int {
	k := nearCode(s)
	if k < 0 {
		if joined, ok := joinTyped(s); ok {
			if k = nearCode(joined); k >= 0 {
				r.folds.add(FoldStroke)
			}
		}
	}
	return k
}

// checkNoCode refuses parts that cannot stand without a code.
//
// Without a code the organ is all that says "number", so it must look like one: this is
// where most of what only resembles numbers ends.
func (r *reader) checkNoCode(parts []part) fault {
	first, n := parts[0], &r.number
	// 12-CT3, 1204-TT5B: flats; PA1/PA2: options. A slash alone is kept, as organs have
	// digits too (KP3).
	if n.Year == 0 && (first.sep != '/' || r.before != 0) && strings.ContainsAny(first.text, "0123456789") && !r.isOrgan(first.text) {
		return fault{at: first.at, why: "a letter and a digit are a room or a house, no organ"}
	}
	// "3 l nước": a blank is too little to make a code of any word.
	if (first.sep == ' ' || first.sep == 0) && (r.before == 0 && r.stated == "" || !startsUpper(first.text, 0) || !r.isParty(first.text)) {
		return fault{at: first.at, why: whyCode}
	}
	if n.Year == 0 && first.sep != '/' && len(parts) > 1 && r.partyShaped(parts[1]) {
		return fault{at: first.at, why: whyCode}
	}
	if n.Year == 0 && len(parts) == 1 && startsLower(first.text, 0) && r.before == 0 && r.stated == "" {
		return fault{at: first.at, why: "a word, not a code"} // "10/ngay"
	}
	return fault{}
}

// codeOfKind returns the code for a number that has none of its own, from before
// the serial or from the kind that is named: for a Party organ, and for a year. It
// is -1 if there is none.
//
// The laws and resolutions of the National Assembly have a year and no code.
func (r *reader) codeOfKind(organ part) int {
	if r.before == 0 && r.stated == "" {
		return -1
	}
	code, _ := r.organ(organ.text)
	system := SystemState
	switch {
	// An organ nobody knows is a contract's or a court's: HĐ 15/2024/HĐLĐ.
	case r.number.Year != 0 && !strings.HasPrefix(code, "QH") && r.isOrgan(code):
	case r.number.Year == 0 && r.isParty(code):
		system = SystemParty
	default:
		return -1
	}
	if r.before == 0 {
		return codeFor(system, r.stated)
	}
	k := r.before - 1
	// The Party has no nghị định ("NĐ 12/TU"), the State no code for công văn (NĐ 30/2020
	// phụ lục I, II.3.b, grade P).
	if len(kindCodes[k].of(system)) == 0 || system == SystemState && kindCodes[k].code == "CV" {
		return -1
	}
	return k
}

// codeFor returns the code by which a system prints a kind, or -1: the first of
// the table that means this kind before all others, or else at all (quy định of the
// Party: QĐ).
func codeFor(system System, kind Kind) int {
	if kind == "" || kind == KindLetter && system == SystemState {
		return -1
	}
	for i := range kindCodes {
		if c := &kindCodes[i]; slices.Contains(c.of(system), kind) && !c.joint {
			return i
		}
	}
	return -1
}

// of returns the kinds that a code stands for in the Party or in the State, and none
// from the other: KindsOf may be generous, a rule may not.
func (c *kindCode) of(system System) []Kind {
	if system == SystemParty {
		return c.party
	}
	return c.state
}

// agrees refuses a number whose own code and the one before it mean different
// kinds: "QĐ 12-KH/TU" is a slip that only the paper clears up.
func (r *reader) agrees(k int) fault {
	if r.before == 0 || r.before-1 == k {
		return fault{}
	}
	a, b := &kindCodes[r.before-1], &kindCodes[k]
	for _, kinds := range [...][]Kind{a.party, a.state} {
		for _, kind := range kinds {
			if slices.Contains(b.party, kind) || slices.Contains(b.state, kind) {
				return fault{}
			}
		}
	}
	return fault{why: "another code stands before the number: " + a.code}
}

// restoreStroke puts the stroke on ĐA, đề án, and HĐ, hợp đồng, in a text that
// has lost its strokes, or leaves two readings: DA and HD are codes as well.
//
// A file name without any Đ has lost them, and so has a text in which another code
// got one back. The kind that is named decides, then the system.
func (r *reader) restoreStroke() {
	n := &r.number
	twin := ""
	switch n.Code {
	case "DA":
		twin = "ĐA"
	case "HD":
		twin = "HĐ"
	default:
		return
	}
	file := r.folds&foldBit(FoldFile) != 0 && strings.IndexByte(r.text, '/') < 0 // no file's name has a slash
	if !file && r.folds&foldBit(FoldStroke) == 0 || strings.Contains(r.text, "Đ") || strings.Contains(r.text, "đ") {
		return
	}
	plain, other := KindsOf(n.System, n.Code), KindsOf(n.System, twin)
	if n.System == SystemParty {
		plain, other = kindCodes[nearCode(n.Code)].party, kindCodes[nearCode(twin)].party
	}
	switch {
	case slices.Contains(plain, r.stated) || len(other) == 0:
	case slices.Contains(other, r.stated) || len(plain) == 0:
		n.Code = twin
		r.folds.add(FoldStroke)
	default:
		r.also = *n
		r.also.Code = twin
	}
}

// twoReadings returns the fault of a number that may be another as well, and
// keeps the other in also.
func (r *reader) twoReadings(at int) fault {
	n := &r.number
	if !r.also.IsZero() {
		return fault{at: at, why: "two readings: the letter may have lost its stroke"}
	}
	if n.System != SystemState || n.Year != 0 {
		return fault{}
	}
	if n.Code == "" {
		return r.oldOrIncomplete(at)
	}
	if r.organs == builtinOrgans || n.Issuer == "" { // no code of the SDK's own list is a kind's
		return fault{}
	}
	k := nearCode(n.Code)
	if kindCodes[k].joint {
		return fault{}
	}
	// An organ of the list may have a kind's letters: 3313/CT-TTHT (grade W) is a letter
	// of the tax department, cục thuế, and no chỉ thị.
	e, _, ok := r.organs.find(n.Code)
	if !ok || e.isPattern() {
		return fault{}
	}
	_, _, known := r.organs.find(n.Issuer)
	letter := r.stated == KindLetter || r.ownerHas(n.Code)
	kind := slices.Contains(kindCodes[k].state, r.stated) || r.ownerHas(n.Issuer)
	switch {
	case kind && !letter:
	case letter && !kind, !kind && !known:
		r.stated = KindLetter
	default:
		r.also = *n
		r.also.Code, r.also.Issuer, r.also.Unit = "", n.Code, n.Issuer
		if n.Unit != "" {
			r.also.Unit += "-" + n.Unit
		}
		return fault{at: at, why: "two readings: a kind of one organ, or a letter of the other"}
	}
	return fault{}
}

// oldOrIncomplete looks at a number of the State without a code, of which
// another kind than công văn is said: 59/UBND may be what an old quyết định has
// on it, or a slip for 59/QĐ-UBND. What has a unit is a công văn, whatever it is
// called.
func (r *reader) oldOrIncomplete(at int) fault {
	n := &r.number
	k := r.before - 1
	if k < 0 {
		k = codeFor(SystemState, r.stated)
	}
	// The government never had decrees with a code and without a year, and HĐBT ended
	// before codes began.
	if k < 0 || kindCodes[k].code == "CV" || n.Unit != "" && r.before == 0 || n.Issuer == "CP" || n.Issuer == "HĐBT" || n.Issuer == "SL" {
		return fault{}
	}
	r.also = *n
	r.also.Code = kindCodes[k].code
	return fault{at: at, why: "two readings: as it stands, or with the code that is named before it"}
}

// isLetterOfCode reports whether the code of the number is an organ's: the organisation
// is then looked up by it and not by the issuer.
func (r *reader) isLetterOfCode() bool {
	n := &r.number
	return r.stated == KindLetter && n.System == SystemState && n.Year == 0 && n.Code != "" && n.Code != "CV"
}

// readOrgans reads issuer, unit and tail from the parts after the code and
// reports whether the issuer (the first of a joint list) is a Party organ.
func (r *reader) readOrgans(parts []part, joint bool) (partyOrgan bool, f fault) {
	n := &r.number
	unitFrom, unitTo, spelled := 0, 0, true // of r.text, while the units stand there as printed
	for i, p := range parts {
		if i > 0 && (p.sep == '/' && !(joint && r.isOrgan(p.text)) || i == len(parts)-1 && p.text == "nb") {
			r.separatorIs(p, '/')
			n.Tail = r.text[p.at : parts[len(parts)-1].at+len(parts[len(parts)-1].text)]
			return partyOrgan, fault{}
		}
		// A blank or full stop goes on with the organ only where it stands before it as
		// well: "59 QD UBND TH". In "59/QĐ-UBND TP" it ends the number, in "12/Q.1" it is a
		// shortened word.
		if p.sep == ' ' && (!startsUpper(p.text, 0) || i > 0 && parts[0].sep != ' ') ||
			p.sep == '.' && i > 0 && r.parts[0].sep != '.' {
			return false, fault{at: p.at, why: whyAfter}
		}
		if i == 0 || joint {
			code, by := r.organ(p.text)
			if !startsUpper(code, 0) {
				return false, fault{at: p.at, why: whyOrgan}
			}
			r.folds |= by
			if i == 0 {
				n.Issuer, partyOrgan = code, r.isParty(code)
			} else {
				n.Issuer += "-" + code
			}
		} else {
			unit := upperIfLower(p.text, &r.folds)
			f = checkUnit(unit, 0, len(unit))
			// Units that stand as they are to be printed are a part of the text.
			if spelled = spelled && unit == p.text && (n.Unit == "" || r.text[unitTo] == '-' && unitTo+1 == p.at); spelled {
				if n.Unit == "" {
					unitFrom = p.at
				}
				unitTo = p.at + len(p.text)
				n.Unit = r.text[unitFrom:unitTo]
			} else if n.Unit == "" {
				n.Unit = unit
			} else {
				n.Unit += "-" + unit
			}
		}
		if f.why != "" {
			f.at = p.at
			return false, f
		}
		if i > 0 {
			r.separatorIs(p, '-')
		}
	}
	return partyOrgan, fault{}
}

// isOrgan reports whether the list knows s. In a joint document what follows a slash is
// one more organ then, and no tail; with a year from before the serial only such an
// organ makes a number.
func (r *reader) isOrgan(s string) bool {
	_, _, ok := r.organs.find(s)
	return ok
}

// separators notes the folds of the separators before code and organ. Which ones belong
// there is known only now, with the system.
func (r *reader) separators(first part, second *part, yearSep byte) {
	r.separatorIs(part{sep: yearSep}, '/')
	if r.number.System == SystemParty && second != nil {
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

// readStandard reads a text that begins with the code of a standard.
//
// Nothing is guessed about its system: the four letters tell it.
func (r *reader) readStandard(code string) fault {
	n := &r.number
	n.System, n.Code = SystemStandard, code
	end := scanCode(r.text, 0)
	if digits := strings.IndexAny(r.text[:end], "0123456789"); digits >= 0 {
		end = digits // "qcvn102"
	}
	if r.folds |= spelling(r.text[:end], code) &^ foldUnknown; !spelling(r.text[:end], code).known() {
		return fault{at: end, why: "a serial is missing after " + code}
	}
	sep, i := r.separator(end)
	if strings.HasPrefix(r.text[i:], "số ") {
		i += len("số ")
		r.folds.add(FoldPrefix)
	}
	if sep != ' ' || i != end+1 {
		r.folds.add(FoldSeparator)
	}
	i, f := r.readSerial(i)
	if f.why != "" {
		return f
	}
	if i = r.letterGroup(n, i); i == len(r.text) {
		return fault{}
	}
	if _, f = r.split(i); f.why != "" {
		return f
	}
	parts := r.parts[:r.count]
	if y := r.standardYear(parts[0]); y != 0 {
		n.Year = y
		r.separatorIs(parts[0], ':')
		parts = parts[1:]
	}
	if len(parts) == 0 {
		return fault{}
	}
	r.separatorIs(parts[0], '/')
	if parts[0].sep == ' ' && !startsUpper(parts[0].text, 0) {
		return fault{at: parts[0].at, why: whyAfter}
	}
	_, f = r.readOrgans(parts, false)
	return f
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
	n.Suffix = r.text[i-len(n.Suffix) : end]
	return end
}

// standardYear reads the year of a standard: 2016, or 85 after a colon. Standards printed
// two digits until the nineties, and the colon is theirs alone.
func (r *reader) standardYear(p part) uint16 {
	if p.sep == ':' && len(p.text) == 2 && leadingDigits(p.text) == 2 {
		r.folds.add(FoldYear)
		return century(value(p.text))
	}
	if p.sep == ':' && len(p.text) == 4 && leadingDigits(p.text) == 4 {
		p.sep = '/' // any year
	}
	return r.yearOf(p)
}
