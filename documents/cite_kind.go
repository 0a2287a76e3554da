package documents

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/vanphong-go/vanphong"
)

// A citedKind is a kind as words before a number state it.
type citedKind struct {
	kind  Kind
	keys  []uint64  // its words, last first
	forms [3]string // as written: "quyết định", "Quyết định", "QUYẾT ĐỊNH"
	apart [3]string // the same with marks apart
}

// citedKinds are the kinds that are cited by number, by the key of their last
// word. Longer names stand first: "thông tư liên tịch" before "thông tư".
//
// Cương lĩnh, Điều lệ, Hiến pháp are cited by name and have no number.
var citedKinds = func() map[uint64][]citedKind {
	m := map[uint64][]citedKind{}
	for _, k := range kindNames {
		switch k.kind {
		case KindPlatform, KindCharter, KindConstitution, KindAppeal, KindDeclaration, KindStrategy:
			continue
		}
		c := citedKind{kind: k.kind}
		for w := range strings.FieldsSeq(vanphong.Fold(k.name)) {
			c.keys = append([]uint64{keyOf(w)}, c.keys...)
		}
		first, n := utf8.DecodeRuneInString(k.name)
		c.forms = [3]string{k.name, string(unicode.ToUpper(first)) + k.name[n:], strings.ToUpper(k.name)}
		for i, form := range c.forms {
			c.apart[i] = nfd(form)
		}
		list := m[c.keys[0]]
		at := 0
		for at < len(list) && len(list[at].keys) >= len(c.keys) {
			at++
		}
		m[c.keys[0]] = append(list[:at:at], append([]citedKind{c}, list[at:]...)...)
	}
	return m
}()

// kindTails are the last words of citedKinds.
var kindTails = func() *keyTable {
	t := &keyTable{}
	for key := range citedKinds {
		t.put(key)
	}
	return t
}()

// statedKind is where and how a kind is stated.
type statedKind struct {
	kind       Kind
	name       string // as written, composed and in one line
	start, end int    // of the name
	capital    bool   // begins with a capital letter
	exact      bool   // with every mark of the name
	said       bool   // "số" stands between kind and number
	found      bool
}

// kindEndingAt returns the kind whose name ends with w.
func kindEndingAt(b []byte, lo int, w citeWord) (k statedKind) {
	if !kindTails.has(w.key) {
		return k
	}
	list := citedKinds[w.key]
next:
	for i := range list {
		c := &list[i]
		first := w
		for _, key := range c.keys[1:] {
			prev, ok := wordBefore(b, lo, first.start)
			if !ok || prev.key != key || !prev.gap.only(gapInside) {
				continue next
			}
			first = prev
		}
		k = statedKind{kind: c.kind, start: first.start, end: w.end, capital: first.capital, found: true}
		k.name, k.exact = c.written(b[first.start:w.end])
		return k
	}
	return k
}

// written returns the name of the kind as it stands in the text, and whether
// it has all its marks. The usual spellings are not copied.
func (c *citedKind) written(text []byte) (name string, exact bool) {
	for i, form := range c.forms {
		if string(text) == form || string(text) == c.apart[i] {
			return form, true
		}
	}
	name = oneLine(text)
	return name, vanphong.FoldTone(strings.ToLower(name)) == vanphong.FoldTone(strings.ToLower(c.forms[0]))
}

// nfd takes the letters of s apart, in the order that Unicode prescribes.
func nfd(s string) string {
	var out []rune
	for _, r := range s {
		base, tone, ok := splitLetter(r)
		mark := rune(0)
		if ok && base >= utf8.RuneSelf {
			base, mark = shapeOf(base)
		}
		out = append(out, base)
		below := tone == 5 // the dot below stands before circumflex and breve, after the horn
		if below && mark != 0x031B {
			out = append(out, 0x0323)
			tone = 0
		}
		if mark != 0 {
			out = append(out, mark)
		}
		if tone > 0 {
			out = append(out, []rune{0, 0x0300, 0x0301, 0x0303, 0x0309, 0x0323}[tone])
		}
	}
	return string(out)
}

// shapeOf takes a letter without its tone apart into letter and shape.
func shapeOf(r rune) (base, shape rune) {
	for _, shape := range []rune{0x0302, 0x0306, 0x031B} {
		for _, base := range "aeouAEOU" {
			if x, joined := withShape(base, shape); joined && x == r {
				return base, shape
			}
		}
	}
	return r, 0
}

// oneLine returns a piece of text composed, its blanks and line ends one
// blank each.
func oneLine(text []byte) string {
	s := vanphong.NFC(strings.ToValidUTF8(string(text), "\uFFFD"))
	plain := true
	for i, r := range s {
		if g := gapOf(r); r != ' ' && g&(gapBlank|gapLine|gapBar) != 0 || r == ' ' && i+1 < len(s) && s[i+1] == ' ' {
			plain = false
			break
		}
	}
	if plain {
		return s
	}
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return gapOf(r)&(gapBlank|gapLine|gapBar) != 0
	}), " ")
}

// How many words back a kind is looked for that does not stand directly before
// "số": "Luật Bảo vệ bí mật nhà nước số 117/2025/QH15".
const maxTitle = 14

// statedBefore returns the kind that is stated before the number at b[i]. It
// prefers one that the number's code may stand for: in "Thông báo kết luận số
// 12-TB/TU" a thông báo is cited.
func statedBefore(b []byte, lo, i int, n Number) statedKind {
	w, said, ok := beforeSo(b, lo, i)
	if !ok || !w.gap.only(gapLoose) {
		return statedKind{said: said}
	}
	k := kindEndingAt(b, lo, w)
	k.said = said
	if k.found && k.kind.standsIn(n) {
		return k
	}
	if far, ok := kindInTitle(b, lo, w, said && !k.found, n); ok {
		far.said = said
		return far
	}
	if !k.found && !said {
		if of := kindOfOrgan(b, lo, w); of.found && of.kind.standsIn(n) {
			return of
		}
	}
	if !k.found && w.caps && w.gap.only(gapInside) {
		return codeAsKind(b, w, said, n)
	}
	return k
}

// beforeSo returns the word before "số", "số:", "số hiệu", "số, ký hiệu", or
// the word before b[i] if none of these stands there.
func beforeSo(b []byte, lo, i int) (w citeWord, said, ok bool) {
	for range 4 {
		prev, found := wordBefore(b, lo, i)
		if !found {
			prev.gap |= w.gap
			return prev, said, false
		}
		if prev.key != keySo && prev.key != keyHieu && prev.key != keyKy || !prev.gap.only(gapLoose|gapComma) {
			prev.gap |= w.gap &^ gapComma
			return prev, said, true
		}
		said = said || prev.key == keySo
		w.gap |= prev.gap
		i = prev.start
	}
	return w, said, false
}

// kindInTitle looks for a kind further back, with the words of a title or of a
// second kind between it and the number.
func kindInTitle(b []byte, lo int, w citeWord, title bool, n Number) (statedKind, bool) {
	limit := 3
	if title {
		limit = maxTitle
	}
	for range limit {
		prev, ok := wordBefore(b, lo, w.start)
		if !ok || !prev.gap.only(gapInside|gapComma|gapDash) || prev.gap&gapComma != 0 && !title {
			return statedKind{}, false
		}
		w = prev
		if k := kindEndingAt(b, lo, w); k.found && k.kind.standsIn(n) && (k.capital || !title) {
			return k, true
		}
	}
	return statedKind{}, false
}

// kindOfOrgan returns the kind before an organ whose name ends with w: "Nghị
// quyết của Bộ Chính trị (57-NQ/TW".
func kindOfOrgan(b []byte, lo int, w citeWord) (k statedKind) {
	start := organBefore(b, lo, w.end)
	if start == w.end {
		return k
	}
	of, ok := wordBefore(b, lo, start)
	if !ok || of.key != keyCua || !of.gap.only(gapInside) {
		return k
	}
	last, ok := wordBefore(b, lo, of.start)
	if !ok || !last.gap.only(gapInside) {
		return k
	}
	return kindEndingAt(b, lo, last)
}

// codeAsKind reads an abbreviation as the stated kind: "theo QĐ số 59/QĐ-UBND".
func codeAsKind(b []byte, w citeWord, said bool, n Number) statedKind {
	name := oneLine(b[w.start:w.end])
	k := statedKind{said: said}
	if name != n.Code {
		return k
	}
	k.name, k.start, k.end, k.capital, k.found = name, w.start, w.end, true, true
	if kinds := n.Kinds(); len(kinds) == 1 {
		k.kind = kinds[0]
	}
	return k
}

// standsIn reports whether a number may be one of this kind: by its code, and
// for numbers without a code by what is numbered so.
func (k Kind) standsIn(n Number) bool {
	if n.Code == "" {
		if n.Year != 0 {
			return k == KindLaw || k == KindCode || k == KindResolution || k == KindOrdinance
		}
		return k == KindLetter || k == KindTelegram || k == KindLetterCard
	}
	var buf [4]Kind
	for _, x := range AppendKinds(buf[:0], n.System, n.Code) {
		if x == k {
			return true
		}
	}
	return false
}
