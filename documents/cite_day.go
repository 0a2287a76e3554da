package documents

import "github.com/vanphong-go/vanphong"

// Whose a day is that stands near a number is a question of what else stands
// there: a day leads the number behind it, opens a clause, or tells when a
// document came in.

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
	return !ok || !w.gap.only(gapInside) && w.gap&gapDigit == 0 || ngay.capital && !ngay.caps || beforeDay.has(w.key)
}

// afterDay are words behind a day that is the document's own, where the text
// states another day before: what is no such word begins a clause.
var afterDay = keySet("cua", "ve", "v", "do", "va", "hoac", "den")

// beginsClause reports whether a sentence part goes on behind a day that ends
// at b[p]: "…, ngày 18/6/2025 tổ chức hội nghị".
func beginsClause(b []byte, p, hi int) bool {
	w, ok := wordAfter(b, p, hi)
	return ok && w.gap.only(gapInside) && !afterDay.has(w.key)
}

// arrives reports whether the day that ends at b[p] is that of receipt: "ngày
// 06/9/2025 nhận được".
func arrives(b []byte, p, hi int) bool {
	w, ok := wordAfter(b, p, hi)
	return ok && w.gap.only(gapBlank) && w.key == keyOf("nhan")
}

// inRow reports whether b[p] is behind a bar or tab in its line, and the next
// line begins with a day as another row does.
func inRow(b []byte, lo, p, hi int) bool {
	for at := p - 1; at >= lo && b[at] != '\n'; at-- {
		if b[at] == '|' || b[at] == '\t' {
			at = p
			for at < hi && gapOf(rune(b[at]))&(gapBlank|gapLine|gapBar) != 0 {
				at++
			}
			return at < hi && (isDigit(b[at]) || isCapitalAt(b, at, hi))
		}
	}
	return false
}

// leadsNumber reports whether a number follows directly behind a day that ends
// at b[p], in its line, with or without its kind: the day is that one's.
func (s *citer) leadsNumber(b []byte, p, hi int) bool {
	for range 5 {
		w, ok := wordAfter(b, p, hi)
		if w.gap&gapDigit != 0 {
			end := p
			for end < hi && !isDigit(b[end]) {
				if gapOf(rune(b[end]))&(gapBlank|gapBar|gapColon|gapQuote) == 0 && b[end] < 0x80 {
					return false
				}
				end++
			}
			f, ok := s.numberAt(b, end, end, hi)
			return ok && f.number.Code != "" && !f.loose
		}
		if !ok || !w.gap.only(gapBlank|gapBar|gapColon|gapQuote) {
			return false
		}
		if w.key != keySo && !isKindStart(b, w, hi) && !kindTails.has(w.key) {
			return false
		}
		p = w.end
	}
	return false
}

// dayInFront reads the day that leads the number or kind at b[i]: "05/9/2025:
// 12-QĐ/TU", "(05/9/2025) 12-QĐ/TU", in a line of its own before that of the
// number, or "Ngày ban hành: 05/9/2025" there. Nothing else stands before it.
func dayInFront(b []byte, lo, i int) vanphong.Date {
	for range 3 { // "Số", "Số, ký hiệu:"
		w, ok := wordBefore(b, lo, i)
		if !ok || w.key != keySo && w.key != keyHieu && w.key != keyKy || !w.gap.only(gapBlank|gapColon|gapComma) {
			break
		}
		i = w.start
	}
	end, g := i, signs(0)
	for end > lo && b[end-1] < 0x80 && gapOf(rune(b[end-1]))&(gapBlank|gapLine|gapColon|gapQuote) != 0 {
		end--
		g = g.with(rune(b[end]))
	}
	if end == lo || !isDigit(b[end-1]) || g&gapEmpty != 0 || g&(gapLine|gapColon|gapQuote) == 0 {
		return 0
	}
	start := end
	for start > lo && end-start < 12 && (isDigit(b[start-1]) || b[start-1] == '/' || b[start-1] == '.' || b[start-1] == '-') {
		start--
	}
	d, to := dayAt(b, start, end)
	if d == 0 || to != end {
		return 0
	}
	w, ok := wordBefore(b, lo, start)
	for range 3 { // "Ngày", "Ngày ban hành:"
		if !ok || !w.gap.only(gapBlank|gapColon) || w.key != keyNgay && !dayLabels.has(w.key) {
			break
		}
		ngay := w.key == keyNgay
		start = w.start
		if w, ok = wordBefore(b, lo, start); ngay {
			break
		}
	}
	opens := gapLine | gapStop
	if g&gapLine == 0 {
		opens |= gapComma
	}
	for start > lo && b[start-1] < 0x80 {
		sign := gapOf(rune(b[start-1]))
		if sign&opens != 0 {
			return d
		}
		if sign&(gapBlank|gapQuote) == 0 {
			return 0
		}
		start--
	}
	if start == lo {
		return d
	}
	return 0
}
