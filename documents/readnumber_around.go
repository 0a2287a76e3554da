package documents

import (
	"strings"
	"unicode/utf8"
)

// What stands around a number: quotes, the extension of a file, the word "Số", the
// kind before it, the abstract after it.

// trim cuts blanks, quotes, brackets, bullets, borders of tables, closing
// punctuation and the extension of a file name from both ends, as often as
// there are any.
//
// They come nested, as in “(12-CV/VPTU).pdf”, so one pass is not enough. Full stops
// are not cut on the left: nothing that begins with one is a number.
func (r *reader) trim() {
	for before := -1; before != len(r.text) && r.text != ""; {
		before = len(r.text)
		// Most texts begin and end with a letter or a digit.
		if last := r.text[before-1]; last < utf8.RuneSelf && asciiClass[last] == classNone {
			r.cutRight(cutFootnote(r.text), FoldPunctuation)
			r.cutRight(strings.TrimRight(r.text, " "), FoldSpace)
			r.cutRight(strings.TrimSuffix(r.text, "./."), FoldPunctuation) // the end of an old letter
			r.cutRight(strings.TrimRight(r.text, `.,;:"'()[]{}<>*|`), FoldPunctuation)
		} else if last >= utf8.RuneSelf {
			r.cutRight(strings.TrimSuffix(r.text, "…"), FoldPunctuation)
		}
		if r.text == "" {
			break
		}
		if first := r.text[0]; first >= utf8.RuneSelf {
			if first == "№"[0] {
				r.cutLeft(strings.TrimLeft(strings.TrimPrefix(r.text, "№"), " "), FoldPrefix)
			}
		} else if asciiClass[first] == classNone {
			r.cutLeft(strings.TrimLeft(r.text, " "), FoldSpace)
			r.cutLeft(strings.TrimLeft(r.text, `,;:"'()[]{}<>*|+`), FoldPunctuation)
		}
		r.cutRight(cutFileTail(r.text), FoldFile)
	}
}

// cutRight shortens the text. Everything is cut through here or cutLeft, so nothing
// goes without its fold.
func (r *reader) cutRight(rest string, f Fold) {
	if len(rest) < len(r.text) {
		r.folds.add(f)
		r.text = rest
	}
}

// cutLeft is cutRight for the beginning, of which places must know.
func (r *reader) cutLeft(rest string, f Fold) {
	if cut := len(r.text) - len(rest); cut > 0 {
		r.folds.add(f)
		r.text, r.lo = rest, r.lo+cut
	}
}

// cutFootnote cuts the mark of a footnote that web pages leave: "981-QĐ/TU[1]".
//
// It goes whole and before the brackets: cut alone, they would leave "TU[1", and the
// 1 would become a part of the organ.
func cutFootnote(s string) string {
	open := strings.LastIndexByte(s, '[')
	if open <= 0 || s[len(s)-1] != ']' {
		return s
	}
	if d := len(s) - open - 2; d == 0 || d > 3 || leadingDigits(s[open+1:]) != d {
		return s
	}
	return s[:open]
}

// joinCentral takes the full stop out of T.Ư and T.W, trung ương, at the end of
// a code: "18-NQ/T.Ư", "VPT.Ư". T.U, tỉnh ủy, must be the whole code: in
// "UBKT.U" nobody knows what was meant.
//
// A full stop is a separator of file names as well, so it must be gone before the
// text is split.
func (r *reader) joinCentral() {
	for i := strings.IndexByte(r.text, '.'); i > 0 && i+1 < len(r.text) && r.gone < len(r.dots); i++ {
		if r.text[i] != '.' || r.text[i-1] != 'T' && r.text[i-1] != 't' {
			continue
		}
		c, n := utf8.DecodeRuneInString(r.text[i+1:])
		if scanCode(r.text, i+1) != i+1+n {
			continue
		}
		switch c {
		case 'Ư', 'ư', 'W', 'w':
			r.folds.add(FoldCentral)
		case 'U', 'u':
			if i < 2 || r.text[i-2] >= utf8.RuneSelf || asciiClass[r.text[i-2]] != classNone {
				continue
			}
			r.folds.add(FoldPunctuation)
		default:
			continue
		}
		r.text = r.text[:i] + r.text[i+1:]
		r.dots[r.gone] = r.lo + i
		r.gone++
	}
}

// abstractAt returns where the abstract of a letter begins, "V/v" or "về việc"
// after a blank, or 0.
//
// Only these two: a công văn prints them right under its number (36-HD/VPTW has "về
// việc", many files "V/v"), so they are copied with it. Other words behind a number are
// a sentence.
func abstractAt(s string) int {
	for i := 1; i+3 <= len(s); i++ {
		if s[i-1] != ' ' && s[i-1] != ',' {
			continue
		}
		if rest := s[i:]; rest[0]|0x20 == 'v' && (rest[1] == '/' && rest[2]|0x20 == 'v' ||
			strings.HasPrefix(rest[1:], "ề việc") || strings.HasPrefix(rest[1:], "Ề VIỆC")) {
			return i
		}
	}
	return 0
}

// The standards whose code stands before the serial.
var standardCodes = [...]string{"QCVN", "TCVN", "QCĐP"}

// start returns where the number begins: at its first digit, or at the code of
// a standard before that. Without digits it is -1.
//
// A letter right before the first digit that stands for one is the beginning, if no
// other letter stands before it: "Số: l2-CT/TU".
func (r *reader) start() (code string, at int) {
	for at < len(r.text) && (r.text[at] < '0' || r.text[at] > '9') {
		at++
	}
	if at == len(r.text) {
		return "", -1
	}
	for i := range at {
		if c := r.text[i] | 0x20; c != 'q' && c != 't' {
			continue
		}
		for _, code := range standardCodes {
			if matchStandard(r.text[i:at], code) {
				return code, i
			}
		}
	}
	first := at
	for first > 0 && digitOf(r.text[first-1]) >= 0 {
		first--
	}
	if first == 0 || r.text[first-1] < utf8.RuneSelf && asciiClass[r.text[first-1]] == classNone {
		at = first
	}
	return "", at
}

// matchStandard reports whether s begins with the code of a standard, in any case and
// with D for Đ. It compares rune by rune, as it is asked for every q and t before a
// number.
func matchStandard(s, code string) bool {
	for code != "" {
		if s == "" {
			return false
		}
		a, n := utf8.DecodeRuneInString(s)
		b, m := utf8.DecodeRuneInString(code)
		if a = toUpperLetter(a); a != b && (a != 'D' || b != 'Đ') {
			return false
		}
		s, code = s[n:], code[m:]
	}
	return true
}

// A word is a place in the text before the number.
type word struct{ at, end int }

// words are those before a number, and their slug: "Quyết định số: " is
// "quyet-dinh-so". The slug makes marks, case and signs alike, so one list of names is
// enough. Both have fixed room: longer text before a number is a sentence and is refused.
type words struct {
	list  [8]word
	count int
	slug  [64]byte
	len   int
}

// numberWords are the ways to say "số" at the end of the words before a number. The
// longer come first, as they end like the shorter. KH after "số" is ký hiệu and no plan
// ("Số KH: 12-QĐ/TU").
var numberWords = [...]string{"so-va-ky-hieu", "so-ky-hieu", "so-ki-hieu", "so-hieu", "so-van-ban", "so-vb", "so-kh", "so", "no", "ky-hieu", "ki-hieu"}

// kindBySlug are the kinds that words can name, and words that name any.
var kindBySlug = func() map[string]Kind {
	m := map[string]Kind{"van-ban": "", "vb": "", "ban-sao": "",
		"qui-che": KindWorkingRules, "qui-dinh": KindRegulation, "qui-hoach": KindMasterPlan,
		"thong-bao-ket-luan": KindNotice, "chuong-trinh-hanh-dong": KindProgramme, "chuong-trinh-phoi-hop": KindProgramme,
		"quy-che-phoi-hop": KindWorkingRules, "quy-che-lam-viec": KindWorkingRules}
	for _, k := range kindNames {
		m[string(k.kind)] = k.kind
	}
	return m
}()

// cutPrefix cuts what stands before the number: "Số:", "So", the name of a
// kind, its code, the hyphen of a list. Other words are no part of a number.
//
// Other words are refused and not skipped: in "thay thế 981-QĐ/TU" the number is
// that of another document.
func (r *reader) cutPrefix(start int, standard bool) fault {
	if start == 0 {
		return fault{}
	}
	var w words
	if f := w.split(r.text[:start]); f.why != "" {
		return f
	}
	rest := w.slug[:w.len]
	said := false // "Số": it makes a line or a hyphen after it a blank to be filled in
	for _, so := range numberWords {
		if cut := len(rest) - len(so); cut >= 0 && string(rest[cut:]) == so && (cut == 0 || rest[cut-1] == '-') {
			rest, said = rest[:max(0, cut-1)], true
			break
		}
	}
	// The serial of a blank form is still to be written: "Số:   -2026-QĐ/TU". In the name
	// of a file every sign is a hyphen: so-981-qd-tu.pdf.
	if sign := strings.TrimRight(r.text[:start], " "); said && strings.HasSuffix(sign, "-") && r.folds&foldBit(FoldFile) == 0 {
		return fault{at: len(sign) - 1, why: whyBlank}
	}
	if !said && len(rest) > len("so-") && string(rest[:3]) == "so-" { // "Số công văn: 12-CV/TU"
		rest = rest[3:]
	}
	if len(rest) > 0 {
		kind, ok := kindBySlug[string(rest)]
		if ok && kind != "" {
			r.stated = kind
		}
		if !ok && (standard || !r.codeBefore(&w, len(rest))) {
			return fault{why: whyNotSerial}
		}
	}
	r.cutLeft(r.text[start:], FoldPrefix)
	return fault{}
}

// codeBefore takes the word of a slug of n letters as the code of a kind.
//
// The word itself is looked at and not its slug: "đa" is ĐA and "da" is DA.
func (r *reader) codeBefore(w *words, n int) bool {
	for _, at := range w.list[:w.count] {
		code := r.text[at.at:at.end]
		// Two letters at least: L would be found in front of anything.
		if len(code) < 2 || utf8.RuneCountInString(code) != n || scanCode(code, 0) != len(code) {
			continue
		}
		if k := nearCode(code); k >= 0 && len(kindCodes[k].std) == 0 {
			r.before = k + 1
			return true
		}
	}
	return false
}

const (
	whyBlank     = "a blank to be filled in, no serial"
	whyNotSerial = "a number begins with its serial, not with this"
)

// split finds the words of s. Other signs than letters, blanks and simple
// punctuation make it fail, and so does a line of dots or strokes: the serial of
// a blank form.
func (w *words) split(s string) fault {
	inside, line := false, byte(0)
	for i, n := 0, 0; i < len(s); i += n {
		r := rune(s[i])
		if n = 1; r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(s[i:])
		}
		if c := wordLetter(r); c != 0 {
			if !inside {
				if w.count == len(w.list) {
					return fault{at: i, why: "too many words before the number"}
				}
				if w.len > 0 {
					w.slug[w.len] = '-'
					w.len++
				}
				w.list[w.count].at, inside = i, true
				w.count++
			}
			w.list[w.count-1].end = i + n
			if w.len+2 > len(w.slug) {
				return fault{at: i, why: "too many words before the number"}
			}
			w.slug[w.len] = c
			w.len++
			line = 0
			continue
		}
		inside = false
		switch {
		case r == '/' && !letterAfter(s[i+n:]):
			if !strings.HasPrefix(string(w.slug[:w.len]), "so") {
				return fault{at: i, why: whyNotSerial} // "Quý I/2026"
			}
			return fault{at: i, why: whyBlank} // "Số: /2026/QĐ-UBND"
		case r >= utf8.RuneSelf || strings.IndexByte(" -_.,:;()[]{}\"'*|/", byte(r)) < 0:
			return fault{at: i, why: whyNotSerial}
		case r == '.' || r == '_' || r == '-':
			if line == byte(r) {
				return fault{at: i, why: whyBlank}
			}
			line = byte(r)
		case r != ' ':
			line = 0
		}
	}
	return fault{}
}

// letterAfter reports whether the next sign that is no blank is a letter: after it the
// slash parts two words (Số/Ký hiệu), else it stands where the serial should be.
func letterAfter(s string) bool {
	s = strings.TrimLeft(s, " ")
	c, _ := utf8.DecodeRuneInString(s)
	return s != "" && wordLetter(c) != 0
}
