package documents

import (
	"bytes"

	"github.com/vanphong-go/vanphong"
)

// citeAt reads the citation whose digits are text[i:j] and returns where to go
// on behind it.
func (s *citer) citeAt(i, j int) (c listed, end int, ok bool) {
	b := s.text
	lo, hi := max(0, i-citeBefore), min(len(b), i+citeAfter)
	f, full := foundNumber{}, false
	plain := startsNumber(b, lo, i)
	if plain || gluedStart(b, lo, i) {
		f, full = s.numberAt(b, lo, i, hi)
		if full && (plain || !f.loose && f.number.Code != "" && !f.folds.guess()) {
			if c, ok = s.full(b, lo, hi, f); ok {
				return c, f.end, true
			}
		}
	}
	return s.short(b, lo, i, j, hi)
}

// previous returns the citation before, if there is one, and where it ends in
// the window with what belongs to it.
func (s *citer) previous(lo int) (prev *listed, tail int) {
	tail = max(lo, s.tail-s.base)
	if len(s.list) == 0 || s.tail-s.base < lo {
		return nil, tail
	}
	return &s.list[len(s.list)-1], tail
}

// full makes the citation of a full number.
func (s *citer) full(b []byte, lo, hi int, f foundNumber) (c listed, ok bool) {
	k := statedBefore(b, lo, f.start, f.number)
	prev, tail := s.previous(lo)
	if f.start < s.tail-s.base {
		return c, false // its QCVN is the organ of the one before
	}
	if k.found && k.start < tail {
		k = statedKind{said: k.said} // it belongs to the one before
	}
	begin := f.start
	if k.found {
		begin = k.start
	}
	linked := prev != nil && linkedBy(b, tail, begin)
	inherits := linked && !k.found && prev.KindName != "" && (prev.Kind == "" || prev.Kind.standsIn(f.number))
	if inherits {
		k.found = true // proven by the list
	}
	if !s.proven(b, lo, f, k) {
		return c, false
	}
	c.Citation = Citation{Number: f.number, Start: s.base + f.start, End: s.base + f.end, Text: f.text, Certainty: f.sure, folds: f.folds}
	c.Kind, c.KindName, c.shared = k.kind, k.name, inherits
	if inherits {
		c.Kind, c.KindName = prev.Kind, prev.KindName
	} else if c.Kind == "" {
		var buf [4]Kind
		if kinds := AppendKinds(buf[:0], f.number.System, f.number.Code); len(kinds) == 1 {
			c.Kind = kinds[0]
		}
	}
	s.around(b, lo, begin, f.end, hi, &c, k, prev, tail, linked)
	return c, true
}

// around reads what stands around a citation that begins at b[begin], with its
// kind, and ends at b[end]: issuer, day, relation.
func (s *citer) around(b []byte, lo, begin, end, hi int, c *listed, k statedKind, prev *listed, tail int, linked bool) {
	front := max(lo, tail)
	verb, name, at := issuedBefore(b, front, begin)
	var said, led vanphong.Date // "Ngày …, X ban hành", "05/9/2025: 12-QĐ/TU"
	if verb {
		said = dayBefore(b, front, at)
	} else {
		led = dayInFront(b, front, begin)
	}
	p, later := end, false
	c.Date, p, later = s.ownDay(b, lo, p, hi, said != 0, led != 0)
	if !later {
		var q int
		if c.IssuerName, q = issuerAfter(b, partOfDay(b, p, hi), hi); c.IssuerName != "" {
			p = termEnd(b, q, hi)
			if c.Date == 0 {
				c.Date, p, _ = s.ownDay(b, lo, p, hi, said != 0, led != 0)
			}
		} else if k.end > begin && k.end < end {
			c.IssuerName, _ = issuerAfter(b, k.end, end) // "Thông tư của Bộ Nội vụ số …"
			c.named = c.IssuerName != ""
		}
	}
	if c.Date == 0 && !later {
		if d, q := s.rowDay(b, lo, hi, tail, c.Start-s.base, p); d != 0 {
			c.Date, p = d, max(p, q)
		} else if k.said {
			c.Date = headingDay(b, lo, hi, c.Start-s.base, p)
		}
	}
	if c.Date == 0 {
		c.Date = led
	}
	c.linked = linked
	switch {
	case verb:
		if c.IssuerName == "" {
			c.IssuerName = name
			c.named = name != ""
		}
		if c.Date == 0 && said != 0 {
			c.Date, c.before = said, true
		}
	case linked: // "Ngày …, X ban hành" both
		if prev.before && c.Date == 0 {
			c.Date, c.before = prev.Date, true
		}
		if prev.named && c.IssuerName == "" && (prev.before || c.Number.Issuer == prev.Number.Issuer || c.Short || prev.Short) {
			c.IssuerName, c.named = prev.IssuerName, true
		}
	}
	if linked {
		c.Relation = prev.Relation
	} else {
		c.Relation = relationAt(b, max(lo, tail), begin, prev != nil && prev.Relation == Cites)
	}
	if c.Relation == Cites && expires(b, p, hi) {
		c.Relation, c.expired = Repeals, true
	}
	s.tail = s.base + p
}

// ownDay reads the day that stands behind a number or an issuer at b[p]. Of a
// day with which the next sentence part begins ("…, ngày 12/6/2026 Tỉnh ủy ban
// hành …") it says that it is of a later citation.
//
// With said the day is stated before ("Ngày …, X ban hành"), with led a day
// stands in front of the number.
func (s *citer) ownDay(b []byte, lo, p, hi int, said, led bool) (d vanphong.Date, end int, later bool) {
	d, end, g := dayAfter(b, p, hi)
	switch {
	case d == 0 || g&gapBar != 0 || arrives(b, end, hi):
		return 0, p, false
	case g&gapComma != 0 && (issuesNext(b, end, hi) || said && beginsClause(b, end, hi)):
		return 0, p, true
	case g&gapLine != 0 && (led || opensLine(b, p, end, hi) || inRow(b, lo, p, hi)):
		return 0, p, false
	case g&(gapLine|gapComma|gapQuote) != 0 && s.leadsNumber(b, end, hi):
		return 0, p, true
	}
	if end < hi && b[end] == ')' {
		end++
	}
	return d, end, false
}

// opensLine reports whether "Ngày" after b[p] opens a sentence on a line of its
// own: more follows behind the day, which ends at b[end].
func opensLine(b []byte, p, end, hi int) bool {
	w, ok := wordAfter(b, p, hi)
	if !ok || !w.capital || w.caps || w.gap&gapLine == 0 {
		return false
	}
	next, ok := wordAfter(b, end, hi)
	return ok && next.gap&(gapLine|gapBar) == 0
}

// partOfDay skips what is no full day before an issuer: "tháng 5/2026", "năm
// 2025".
func partOfDay(b []byte, p, hi int) int {
	w, ok := wordAfter(b, p, hi)
	if !ok || !w.gap.only(gapInside|gapComma|gapQuote) || w.key != keyThang && w.key != keyNam && w.key != keyNgay {
		return p
	}
	end := skipBlanks(b, w.end, hi)
	start := end
	for end < hi && (isDigit(b[end]) || end > start && gapOf(rune(b[end])) == gapDash) && end-start < 10 {
		end++
	}
	if end == start || !endsWord(b, end, hi) {
		return p
	}
	if end < hi && b[end] == ')' {
		end++
	}
	return end
}

// linkedBy reports whether b[p:q] is what stands between two members of a
// list: a comma, "và", "hoặc", "số".
func linkedBy(b []byte, p, q int) bool {
	if q <= p || q-p > 40 {
		return false
	}
	for at := p; ; {
		w, ok := wordAfter(b, at, q)
		if at < q && b[at] == ';' && !bytes.ContainsAny(b[at:w.start], ".!?\u2026") {
			w.gap = w.gap&^gapStop | gapComma // "12-QĐ/TU; số 13-QĐ/TU"
		}
		if !w.gap.only(gapInside | gapComma | gapQuote) {
			return false
		}
		if !ok {
			return at > p || w.gap&gapComma != 0
		}
		switch w.key {
		case keyVa, keyHoac, keySo, keyOf("cung"), keyOf("cac"), keyOf("den"):
		default:
			return false
		}
		at = w.end
	}
}
