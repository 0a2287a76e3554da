package documents

import (
	"strings"

	"github.com/vanphong-go/vanphong"
)

// Short forms (viện dẫn tắt) name a document by kind and serial, "Chỉ thị 05",
// by serial and year, "Nghị định 30/2020", or as that of a plenum, "Nghị quyết
// Trung ương 4 khoá XII". A count looks the same ("quyết định 54 nội dung"),
// so more is asked of them: the kind with all its marks, as a name, and behind
// the digits nothing that is counted.

// countedWords are words behind a number that make it a count.
var countedWords = keySet("nam", "thang", "tuan", "ngay", "quy", "gio", "phut", "trang", "diem", "lan", "noi", "muc", "nhiem", "nguoi",
	"trieu", "ty", "nghin", "ngan", "cuoc", "truong", "nhom", "chi", "dong", "can", "bo", "dang", "don", "ban", "bien", "van", "dieu",
	"khoan", "chuong", "phan", "y", "viec", "buoc", "co", "to", "xa", "tinh", "huyen", "phuong", "ho", "hop", "hoi", "vu", "cong",
	"du", "de", "ke", "bai", "loai", "dot", "ky", "khoa", "cap", "cai", "chiec", "con", "cay", "ha", "km", "m", "kg", "tan", "phong",
	"giai", "huan", "tap", "ca", "doi", "doan", "doanh", "hang", "luot", "mat", "mo", "linh", "phuc", "so", "thanh", "thu",
	"tieu", "truc", "khu", "kenh", "nganh", "nuoc", "san", "suat", "tram", "vi", "vien", "hoc", "giao", "tre", "thon", "giay", "phieu")

// closingWords are words behind a short form that are not counted.
var closingWords = keySet("cua", "ve", "va", "da", "duoc", "la", "co", "tai", "theo", "trong", "cho", "do", "neu", "den", "tu", "voi",
	"hoac", "phai", "chua", "se", "cung", "con", "nhu", "vao", "tiep", "bang", "yeu", "xac", "de", "nay", "ra", "khi",
	"thi", "ma", "nham", "sau", "truoc", "van")

// short makes the citation of a short form with the digits b[i:j].
func (s *citer) short(b []byte, lo, i, j, hi int) (c listed, end int, ok bool) {
	serial, year, p := shortNumber(b, i, j, hi)
	if serial == 0 || !shortEnds(b, p, hi) && !s.leadsList(b, i, p, hi) {
		return c, 0, false
	}
	if serial <= maxPlenum && j-i <= 2 {
		if c, end, ok = s.plenum(b, lo, i, j, hi); ok {
			return c, end, true
		}
	}
	prev, tail := s.previous(lo)
	w, said, ok := beforeSo(b, lo, i)
	k := statedKind{}
	if ok && w.start >= tail && w.gap.only(gapInside|gapColon) {
		k = kindEndingAt(b, lo, w)
	}
	k.said = said
	switch {
	case k.found && k.start >= tail:
		if !s.namedShort(b, lo, k, serial, year, j-i, p, hi) {
			return c, 0, false
		}
	case prev != nil && prev.KindName != "" && s.listsShort(b, tail, i, p, hi, prev):
		k = statedKind{kind: prev.Kind, name: prev.KindName, start: i}
		c.shared = true
	default:
		return c, 0, false
	}
	n := Number{Serial: serial, Year: year}
	if rest, ok := s.restOfList(b, p, hi, k.kind); ok && year == 0 {
		rest.Serial, rest.Suffix = serial, ""
		n = rest
	}
	c.Citation = Citation{Number: n, Start: s.base + k.start, End: s.base + p, Text: string(b[k.start:p]), Kind: k.kind, KindName: k.name, Short: true}
	s.around(b, lo, k.start, p, hi, &c, k, prev, tail, prev != nil && linkedBy(b, tail, k.start))
	return c, p, true
}

// shortNumber reads a serial of up to five digits, and a year behind a slash.
func shortNumber(b []byte, i, j, hi int) (serial uint32, year uint16, end int) {
	v, end := smallInt(b, i, hi)
	if end != j || v == 0 {
		return 0, 0, end
	}
	if end < hi && b[end] == '/' {
		y, q := smallInt(b, end+1, hi)
		if q-end != 5 || y < firstYear || y > lastYear {
			return 0, 0, end
		}
		return uint32(v), uint16(y), q
	}
	return uint32(v), 0, end
}

// shortEnds reports whether nothing at b[p] makes the digits before it part of
// something else: a fraction, a range, a share, a template's dots.
func shortEnds(b []byte, p, hi int) bool {
	if p >= hi {
		return true
	}
	if !endsWord(b, p, hi) {
		return false
	}
	r, n := firstRune(b, p, hi)
	next := byte(' ')
	if p+n < hi {
		next = b[p+n]
	}
	switch r {
	case '%', '/', '\\', '_', '…', '+', '=', '°', '‰':
		return false
	case '-', '–', '.', ',', ':':
		return !isDigit(next) && (r != '.' || next != '.') && (r != '-' || next == ' ')
	}
	// "12 - 15", "12 /QĐ", "12 %"
	at := skipBlanks(b, p, hi)
	if at < hi && at > p {
		switch r, _ := firstRune(b, at, hi); r {
		case '%', '/', '…':
			return false
		case '-', '–':
			q := skipBlanks(b, at+1, hi)
			return q >= hi || !isDigit(b[q]) && b[q] != '.'
		}
	}
	return true
}

// namedShort reports whether a kind before digits names a document: "Chỉ thị
// 05", not "chỉ thị 5 việc".
func (s *citer) namedShort(b []byte, lo int, k statedKind, serial uint32, year uint16, digits, p, hi int) bool {
	if k.kind == KindContract || !k.exact && !k.said {
		return false
	}
	if year != 0 {
		return k.said || k.capital && (k.kind == KindDecree || k.kind == KindCircular || k.kind == KindLaw || k.kind == KindJointCircular ||
			k.kind == KindDecision || k.kind == KindResolution || k.kind == KindCode)
	}
	next, ok := wordAfter(b, p, hi)
	direct := ok && next.gap.only(gapInside) && termEnd(b, p, hi) == p && !closesExactly(b, next)
	if direct && next.key == keyOf("giai") { // "Chương trình 135 giai đoạn II"
		if w, ok := wordAfter(b, next.end, hi); ok && w.key == keyOf("doan") {
			w, ok = wordAfter(b, w.end, hi)
			direct = !ok || !w.capital
		}
	}
	if direct && !next.capital && countedWords.has(next.key) && !isDayHere(b, next, hi) && !(k.said && digits > 1) {
		return false
	}
	if k.said {
		return true
	}
	if countsOn(b, lo, k.start, serial) {
		return false
	}
	if !k.capital && (digits > 1 || b[min(p, len(b)-1)] == ',') {
		d, _, g := dayAfter(b, p, hi)
		return d != 0 && g&(gapLine|gapBar) == 0
	}
	// "9 Thông tư 10 Công văn 11 …" is a list of kinds with their places.
	if ok && next.capital && !next.caps && next.gap.only(gapBlank) {
		return false
	}
	// A year is no serial: "Kế hoạch 2026".
	if !k.capital || serial >= firstYear && serial <= lastYear {
		return false
	}
	closed := !direct || closingWords.has(next.key) || isDayHere(b, next, hi)
	return closed || digits > 1 && (nounKinds[k.kind] || digits > 2 || !startsSentence(b, lo, k.start))
}

// countsOn reports whether the number before a kind at b[i] is the one before
// serial: "5. Quyết định 6. Chỉ thị 7." is a list of kinds.
func countsOn(b []byte, lo, i int, serial uint32) bool {
	for i > lo && b[i-1] < 0x80 && (gapOf(rune(b[i-1]))&(gapBlank|gapBar) != 0 || b[i-1] == '.' || b[i-1] == ')') {
		i--
	}
	p := i
	for p > lo && i-p < 3 && isDigit(b[p-1]) {
		p--
	}
	v, _ := smallInt(b, p, i)
	return p < i && uint32(v)+1 == serial
}

// leadsList reports whether digits b[i:p] are of a list without blanks: "các
// Nghị quyết 57,59,66", "số 12,13-QĐ/TU". Two numbers with a comma between are
// a fraction as well.
func (s *citer) leadsList(b []byte, i, p, hi int) bool {
	within := s.base+i-1 == s.tail && b[max(i-1, 0)] == ','
	for n := 1; n < 24 && p+1 < hi && b[p] == ',' && isDigit(b[p+1]); n++ {
		to := digitsEnd(b, p+1, hi)
		if to-p > 6 {
			return false
		}
		if to < hi && b[to] != ',' && mayGoOn(b[:hi], to) {
			if f, ok := s.numberAt(b, p+1, p+1, hi); ok && f.number.Code != "" && !f.loose {
				return true
			}
		}
		if n >= 2 || within {
			return endsWord(b, to, hi)
		}
		p = to
	}
	return false
}

// nounKinds are kinds whose names are not verbs as well: at the beginning of a
// sentence they are no less a name.
var nounKinds = map[Kind]bool{KindResolution: true, KindDirective: true, KindDecree: true, KindCircular: true, KindLaw: true,
	KindOrdinance: true, KindLetter: true, KindPartyCircular: true}

// closesExactly reports whether a word is, with its marks, one that is not
// counted though another of the same letters is: "có", not "cơ".
func closesExactly(b []byte, w citeWord) bool {
	if !countedWords.has(w.key) || w.end-w.start > 12 {
		return false
	}
	switch strings.ToLower(vanphong.NFC(string(b[w.start:w.end]))) {
	case "có", "để", "vẫn", "thì", "còn", "cả", "đã", "do":
		return true
	}
	return false
}

// isDayHere reports whether the word "ngày" begins a full day.
func isDayHere(b []byte, w citeWord, hi int) bool {
	if w.key != keyNgay {
		return false
	}
	d, _ := dayAt(b, w.start, hi)
	return d != 0
}

// startsSentence reports whether b[i] is the first word of a sentence: there a
// capital says nothing.
func startsSentence(b []byte, lo, i int) bool {
	w, ok := wordBefore(b, lo, i)
	return !ok || w.gap&(gapStop|gapEmpty|gapLine|gapBar|gapColon) != 0
}

// listsShort reports whether digits behind a citation are the next of its
// list: "các Nghị quyết số 79 và 80".
func (s *citer) listsShort(b []byte, tail, i, p, hi int, prev *listed) bool {
	if !linkedBy(b, tail, i) || i-tail > 12 {
		return false
	}
	w, ok := wordBefore(b, tail, i)
	if ok && w.key == keySo {
		return true
	}
	if !prev.Short { // "Nghị quyết 18-NQ/TW và 19 nhiệm vụ": a full number is not followed by half a one
		return false
	}
	next, ok := wordAfter(b, p, hi)
	return !ok || !next.gap.only(gapInside) || closingWords.has(next.key) || termEnd(b, p, hi) > p || isDayHere(b, next, hi) || next.gap&gapLine != 0 && next.capital
}

// restOfList reads what a list of serials shares: of "12, 13-QĐ/TU" the code
// and the organ, if they fit the kind.
func (s *citer) restOfList(b []byte, p, hi int, kind Kind) (Number, bool) {
	for range 8 {
		q := p
		for q < hi && !isDigit(b[q]) && q-p < 14 {
			q++
		}
		if q >= hi || !linkedBy(b, p, q) {
			return Number{}, false
		}
		if f, ok := s.numberAt(b, p, q, hi); ok {
			n := f.number
			return n, f.start == q && !f.loose && n.Code != "" && n.System != SystemStandard && kind.standsIn(n)
		}
		_, _, end := shortNumber(b, q, digitsEnd(b, q, hi), hi)
		p = end
	}
	return Number{}, false
}

func digitsEnd(b []byte, p, hi int) int {
	for p < hi && isDigit(b[p]) {
		p++
	}
	return p
}
