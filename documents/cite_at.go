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
	if startsNumber(b, lo, i) {
		if f, full = s.numberAt(b, lo, i, hi); full {
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
	p, later := end, false
	c.Date, p, later = ownDay(b, p, hi)
	if !later {
		var q int
		if c.IssuerName, q = issuerAfter(b, partOfDay(b, p, hi), hi); c.IssuerName != "" {
			p = termEnd(b, q, hi)
			if c.Date == 0 {
				c.Date, p, _ = ownDay(b, p, hi)
			}
		} else if k.end > begin && k.end < end {
			c.IssuerName, _ = issuerAfter(b, k.end, end) // "Thông tư của Bộ Nội vụ số …"
		}
	}
	if c.Date == 0 && !later {
		if d, q := s.rowDay(b, lo, hi, tail, c.Start-s.base, p); d != 0 {
			c.Date, p = d, max(p, q)
		} else if k.said {
			c.Date = headingDay(b, lo, hi, c.Start-s.base, p)
		}
	}
	verb, name, at := issuedBefore(b, max(lo, tail), begin)
	c.linked = linked
	switch {
	case verb:
		if c.IssuerName == "" {
			c.IssuerName = name
		}
		if c.Date == 0 {
			c.Date = dayBefore(b, max(lo, tail), at)
			c.before = c.Date != 0
		}
	case linked && prev.before: // "Ngày …, X ban hành" both
		c.before = true
		if c.Date == 0 {
			c.Date = prev.Date
		}
		if c.IssuerName == "" {
			c.IssuerName = prev.IssuerName
		}
	}
	if linked {
		c.Relation = prev.Relation
	} else {
		c.Relation = relationAt(b, max(lo, tail), begin, prev != nil && prev.Relation == Cites)
	}
	s.tail = s.base + p
}

// ownDay reads the day that stands behind a number or an issuer at b[p]. Of a
// day with which the next sentence part begins ("…, ngày 12/6/2026 Tỉnh ủy ban
// hành …") it says that it is of a later citation.
func ownDay(b []byte, p, hi int) (d vanphong.Date, end int, later bool) {
	d, end, g := dayAfter(b, p, hi)
	switch {
	case d == 0 || g&gapBar != 0:
		return 0, p, false
	case g&gapComma != 0 && issuesNext(b, end, hi):
		return 0, p, true
	case g&gapLine != 0 && opensLine(b, p, end, hi):
		return 0, p, false
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
		case keyVa, keyHoac, keySo, keyOf("cung"), keyOf("cac"):
		default:
			return false
		}
		at = w.end
	}
}

// dayBefore reads the day of "Ngày …, X ban hành" before b[i], where X begins,
// in the same sentence. It stands directly before X, or is the only one there.
func dayBefore(b []byte, lo, i int) (d vanphong.Date) {
	at := i
	for range 24 {
		w, ok := wordBefore(b, lo, at)
		if !ok {
			return d
		}
		if w.key == keyNgay {
			x, end := dayAt(b, w.start, i)
			switch {
			case x == 0:
			case d != 0:
				return 0
			case !opensClause(b, lo, w):
				return 0
			case skipBlanks(b, end, i) == i || b[end] == ',' && skipBlanks(b, end+1, i) == i:
				return x
			default:
				d = x
			}
		} else if w.gap&(gapStop|gapEmpty) != 0 && w.gap&gapDigit == 0 {
			return d
		}
		at = w.start
	}
	return d
}

// beforeDay are words before "ngày" with which it still opens a clause.
var beforeDay = keySet("vao", "hom", "sang", "chieu", "toi", "va")

// opensClause reports whether nothing binds "ngày" to what stands before it, as
// "từ ngày", "hội nghị ngày".
func opensClause(b []byte, lo int, ngay citeWord) bool {
	w, ok := wordBefore(b, lo, ngay.start)
	return !ok || !w.gap.only(gapInside) || ngay.capital && !ngay.caps || beforeDay.has(w.key)
}
