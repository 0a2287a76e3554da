package documents

import (
	"time"

	"github.com/vanphong-go/vanphong"
)

// dayAt reads one full day that begins at b[p], with or without "ngày" before
// it: 05/01/2026, 5-1-2026, 5.1.2026, 2026-01-05, "ngày 05 tháng 01 năm 2026".
// A day that the calendar does not have is none.
func dayAt(b []byte, p, hi int) (d vanphong.Date, end int) {
	p = skipBlanks(b, p, hi)
	if w, ok := wordAfter(b, p, hi); ok && w.start == p && w.key == keyNgay {
		p = w.end
		// "Ngày ký:", "ngày ban hành", "ngày, tháng:", "ngày mùng 5"
		for {
			w, ok := wordAfter(b, p, hi)
			if !ok || !w.gap.only(gapBlank|gapComma) || w.gap&gapComma != 0 && w.key != keyThang || !dayLabels.has(w.key) {
				break
			}
			p = w.end
		}
		if p < hi && b[p] == ':' {
			p++
		}
		p = skipBlanks(b, p, hi)
	}
	a, q := smallInt(b, p, hi)
	switch {
	case q == p || q-p > 4:
		return 0, p
	case q-p == 4: // y-m-d
		return yearFirst(b, a, q, hi)
	case q-p > 2:
		return 0, p
	}
	at := skipBlanks(b, q, hi)
	if sep, _ := daySign(b, at, hi); sep != 0 {
		return dayFirst(b, a, at, hi)
	}
	return dayInWords(b, a, q, hi)
}

// dayLabels are words between "ngày" and its digits.
var dayLabels = keySet("ky", "ban", "hanh", "van", "thang", "nam", "mung", "mong")

// daySign returns the sign between the parts of a day at b[p], dashes of any
// length as a hyphen, and its size in bytes.
func daySign(b []byte, p, hi int) (sep byte, size int) {
	if p >= hi {
		return 0, 0
	}
	switch r, n := firstRune(b, p, hi); r {
	case '/', '.', '-':
		return byte(r), n
	case '–', '—', '‐', '‑', '−':
		return '-', n
	}
	return 0, 0
}

func yearFirst(b []byte, y, q, hi int) (vanphong.Date, int) {
	if q+5 > hi || b[q] != '-' && b[q] != '/' {
		return 0, q
	}
	m, r := smallInt(b, q+1, hi)
	if r-q-1 > 2 || r == q+1 || r >= hi || b[r] != b[q] {
		return 0, q
	}
	d, end := smallInt(b, r+1, hi)
	if end == r+1 || end-r-1 > 2 {
		return 0, q
	}
	return fullDay(b, y, m, d, end, hi)
}

// dayFirst reads "/1/2026" after the day d; both separators are the same.
func dayFirst(b []byte, d, at, hi int) (vanphong.Date, int) {
	sep, n := daySign(b, at, hi)
	m, q := smallInt(b, skipBlanks(b, at+n, hi), hi)
	r := skipBlanks(b, q, hi)
	again, n2 := daySign(b, r, hi)
	if q-at > 5+n || m == 0 || again != sep {
		return 0, at
	}
	from := skipBlanks(b, r+n2, hi)
	y, end := smallInt(b, from, hi)
	if end-from != 4 {
		return 0, at
	}
	return fullDay(b, y, m, d, end, hi)
}

// dayInWords reads "tháng 01 năm 2026" after the day d.
func dayInWords(b []byte, d, q, hi int) (vanphong.Date, int) {
	w, ok := wordAfter(b, q, hi)
	if !ok || w.key != keyThang || !w.gap.only(gapInside) {
		return 0, q
	}
	from := skipBlanks(b, w.end, hi)
	m, at := smallInt(b, from, hi)
	if at == from || at-from > 2 {
		return 0, q
	}
	w, ok = wordAfter(b, at, hi)
	if !ok || w.key != keyNam || !w.gap.only(gapInside|gapComma) {
		return 0, q
	}
	from = skipBlanks(b, w.end, hi)
	y, end := smallInt(b, from, hi)
	if end-from != 4 {
		return 0, q
	}
	return fullDay(b, y, m, d, end, hi)
}

// fullDay makes the day, unless the text runs on as something else: a time, a
// range, a longer number.
func fullDay(b []byte, y, m, d, end, hi int) (vanphong.Date, int) {
	if end < hi && (!endsWord(b, end, hi) || b[end] == '/' || b[end] == '-' && end+1 < hi && isDigit(b[end+1])) {
		return 0, end
	}
	if y < 1900 || y > 2199 || m > 12 || d > 31 {
		return 0, end
	}
	out, err := vanphong.NewDate(y, time.Month(m), d)
	if err != nil {
		return 0, end
	}
	return out, end
}

// smallInt reads up to five digits at b[p].
func smallInt(b []byte, p, hi int) (v, end int) {
	for end = p; end < hi && end-p < 5 && isDigit(b[end]); end++ {
		v = v*10 + int(b[end]-'0')
	}
	return v, end
}

// skipBlanks skips blanks and at most one line end.
func skipBlanks(b []byte, p, hi int) int {
	lines := 0
	for p < hi {
		r, n := firstRune(b, p, hi)
		switch gapOf(r) {
		case gapLine:
			if lines++; lines > 1 {
				return p
			}
		case gapBlank:
		default:
			return p
		}
		p += n
	}
	return p
}

// dayAfter reads the day that stands after a number or its issuer at b[p]:
// ", ngày 05/01/2026", "(05/01/2026)", "ký ngày …", "| 05/01/2026". A comma
// before it is reported: the day may then belong to the next citation.
func dayAfter(b []byte, p, hi int) (d vanphong.Date, end int, g signs) {
	at := p
	for at < hi {
		r, n := firstRune(b, at, hi)
		sign := gapOf(r)
		if sign&(gapBlank|gapLine|gapComma|gapQuote|gapBar) == 0 {
			break
		}
		if g = g.with(r); g&gapEmpty != 0 {
			return 0, p, g
		}
		at += n
	}
	start := at
	if r, n := firstRune(b, min(at, hi-1), hi); at < hi && gapOf(r) == gapDash && r != '/' {
		at = skipBlanks(b, at+n, hi) // "… – ngày 05/01/2026"
		start = at
		if at < hi && isDigit(b[at]) && g&gapLine != 0 {
			return 0, p, g // "- 05/01/2026" begins an item
		}
	}
	// "ký ngày", "ban hành ngày", "được ký ngày": nothing else stands between.
	for range 3 {
		w, ok := wordAfter(b, at, hi)
		if !ok || !w.gap.only(gapInside) || !signedWords.has(w.key) {
			break
		}
		at = w.end
	}
	if at > start {
		if w, ok := wordAfter(b, at, hi); !ok || w.key != keyNgay || !w.gap.only(gapInside) {
			return 0, p, g
		}
	}
	if d, end = dayAt(b, at, hi); d == 0 {
		return 0, p, g
	}
	return d, end, g
}

var signedWords = keySet("ky", "ban", "hanh", "duoc", "de", "deu", "cung")
