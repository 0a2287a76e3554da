package documents

import (
	"bytes"

	"github.com/vanphong-go/vanphong"
)

// rowDay reads the day of a number b[start:end] in another cell of its row, a
// line with bars or tabs: of the next cell, the one before, or the only one
// there is. Cells before b[claimed] belong to the citation before, and cells
// behind another number to that number.
func (s *citer) rowDay(b []byte, lo, hi, claimed, start, end int) (d vanphong.Date, to int) {
	if d, to := s.markedDay(b, lo, hi, claimed, start, end); d != 0 {
		return d, to
	}
	// Most text has neither.
	if bytes.IndexByte(b[lo:hi], '|') < 0 && bytes.IndexByte(b[lo:hi], '\t') < 0 {
		return 0, end
	}
	from := lo + bytes.LastIndexByte(b[lo:start], '\n') + 1
	until := hi
	if n := bytes.IndexByte(b[end:hi], '\n'); n >= 0 {
		until = end + n
	}
	if !bytes.ContainsAny(b[from:start], "|\t") && !bytes.ContainsAny(b[end:until], "|\t") {
		return 0, end
	}
	from = max(from, claimed)
	if own := cellEnd(b, end, until) + 1; own < until {
		if e := cellEnd(b, own, until); e < until && skipBlanks(b, own, e) == e {
			return 0, end // its own cell of the day is there and empty: the one before is of receipt
		}
	}
	next, nextEnd, nextTo := s.nextDay(b, end, until)
	before := s.lastDay(b, from, start)
	switch {
	case next != 0 && before != 0 && nextEnd < until && s.holdsNumber(b, nextEnd, cellEnd(b, nextEnd+1, until)):
		return before, end // rows of day and number: the next day is the next number's
	case next != 0:
		return next, nextTo
	case before != 0:
		return before, end
	}
	return s.onlyDay(b, from, start, end, until)
}

// markedDay is rowDay where semicolons or commas part the cells: a day that is
// all of the cell behind b[end] or before b[start].
func (s *citer) markedDay(b []byte, lo, hi, claimed, start, end int) (d vanphong.Date, to int) {
	after, before := skipBlanks(b, end, hi), start
	for before > lo && (b[before-1] == ' ' || b[before-1] == '\r') {
		before--
	}
	mark := byte(0)
	switch {
	case after < hi && (b[after] == ';' || b[after] == ','):
		mark = b[after]
	case before > lo && (b[before-1] == ';' || b[before-1] == ','):
		mark = b[before-1]
	default:
		return 0, end
	}
	next, to := vanphong.Date(0), end
	if after < hi && b[after] == mark {
		e := partEnd(b, after+1, hi, mark)
		if next, to = cellDay(b, after+1, e); next != 0 && (e == hi || b[e] == '\n' || !s.leadsNumber(b, e+1, hi)) {
			return next, to
		}
	}
	if before > lo && b[before-1] == mark {
		p := before - 1
		for p > max(lo, claimed) && p > before-40 && b[p-1] != mark && b[p-1] != '\n' {
			p--
		}
		if d, _ := cellDay(b, p, before-1); d != 0 {
			return d, end
		}
	}
	return next, to
}

// partEnd returns where the cell that begins at b[p] ends, at a mark or a line
// end.
func partEnd(b []byte, p, hi int, mark byte) int {
	for p < hi && b[p] != mark && b[p] != '\n' {
		p++
	}
	return p
}

// cellEnd returns where the cell that begins at b[p] ends: at a bar or tab.
func cellEnd(b []byte, p, until int) int {
	if p >= until {
		return until
	}
	if n := bytes.IndexAny(b[p:until], "|\t"); n >= 0 {
		return p + n
	}
	return until
}

// nextDay returns the day that is all of the cell behind b[p].
func (s *citer) nextDay(b []byte, p, until int) (d vanphong.Date, end, to int) {
	start := cellEnd(b, p, until) + 1
	end = cellEnd(b, start, until)
	d, to = cellDay(b, start, end)
	return d, end, to
}

// lastDay returns the day that is all of the cell before b[p].
func (s *citer) lastDay(b []byte, from, p int) vanphong.Date {
	bar := lastBar(b, from, p)
	if bar < from {
		return 0
	}
	d, _ := cellDay(b, max(from, lastBar(b, from, bar)+1), bar)
	return d
}

func lastBar(b []byte, from, p int) int {
	if p <= from {
		return from - 1
	}
	if n := bytes.LastIndexAny(b[from:p], "|\t"); n >= 0 {
		return from + n
	}
	return from - 1
}

// cellDay reads a cell that holds a day and nothing else.
func cellDay(b []byte, start, end int) (vanphong.Date, int) {
	if start >= end {
		return 0, start
	}
	d, to := dayAt(b, start, end)
	if d == 0 || skipBlanks(b, to, end) < end {
		return 0, start
	}
	return d, to
}

// onlyDay returns the day of the one cell of the row that is a day, if no
// other number stands between.
func (s *citer) onlyDay(b []byte, from, start, end, until int) (d vanphong.Date, to int) {
	to = end
	found := 0
	for p := cellEnd(b, end, until) + 1; p < until; {
		e := cellEnd(b, p, until)
		if s.holdsNumber(b, p-1, e) {
			break
		}
		if x, q := cellDay(b, p, e); x != 0 {
			d, to = x, q
			found++
		}
		p = e + 1
	}
	for p := lastBar(b, from, start); p >= from; {
		q := lastBar(b, from, p)
		if s.holdsNumber(b, max(from, q), p) {
			break
		}
		if x, _ := cellDay(b, max(from, q+1), p); x != 0 {
			d = x
			found++
		}
		p = q
	}
	if found != 1 {
		return 0, end
	}
	return d, to
}

// holdsNumber reports whether a cell b[p:end] has a full number in it.
func (s *citer) holdsNumber(b []byte, p, end int) bool {
	for p = nextDigit(b, p, end); p < end; p = nextDigit(b, p, end) {
		j := digitsEnd(b, p, end)
		if startsNumber(b, 0, p) && mayGoOn(b[:end], j) {
			if f, ok := s.numberAt(b, p, p, end); ok && f.number.Code != "" {
				return true
			}
		}
		p = j
	}
	return false
}

// headingDay reads the day of a heading (thể thức văn bản) whose "Số …" stands
// before b[p], begun at b[begin]: "<place>, ngày …" or "Ngày ban hành: …" in
// the same line or the next ones.
func headingDay(b []byte, lo, hi, begin, p int) vanphong.Date {
	if !headsLine(b, lo, begin) {
		return 0
	}
	hi = min(hi, p+300)
	place, lines := true, 0 // only capitals so far in this line
	for at := p; ; {
		w, ok := wordAfter(b, at, hi)
		if !ok {
			return 0
		}
		if w.gap&(gapLine|gapBar) != 0 {
			place = true
			if lines++; lines > 6 {
				return 0
			}
		}
		switch {
		case w.key == keySo && w.capital && w.gap&(gapLine|gapBar) != 0:
			return 0 // another heading
		case w.key == keyNgay:
			next, ok := wordAfter(b, w.end, hi)
			issue := ok && next.gap.only(gapInside) && (next.key == keyBan || next.key == keyKy || next.key == keyOf("van"))
			if issue {
				if next.key != keyKy {
					next, _ = wordAfter(b, next.end, hi)
				}
				from := next.end
				for from < hi && gapOf(rune(b[from]))&(gapColon|gapBar|gapBlank) != 0 {
					from++
				}
				d, _ := dayAt(b, from, hi)
				return d
			}
			if d, end := dayAt(b, w.start, hi); d != 0 && place && (w.gap&gapComma != 0 || w.gap&(gapLine|gapBar) != 0) {
				if g, _ := wordAfter(b, end, hi); g.gap&(gapLine|gapBar) != 0 || g.start == hi {
					return d
				}
			}
		case !w.capital && !organPlace.has(w.key) && w.key != keyOf("thanh"):
			place = false
		}
		at = w.end
	}
}

// headsLine reports whether "Số" before b[i] is the first word of a line or a
// cell.
func headsLine(b []byte, lo, i int) bool {
	if so, ok := wordBefore(b, lo, i); ok && so.key == keySo && !so.capital {
		return false // a line that was wrapped there
	}
	w, said, ok := beforeSo(b, lo, i)
	return said && (!ok || w.gap&(gapLine|gapEmpty|gapBar) != 0)
}
