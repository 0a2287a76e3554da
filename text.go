package vanphong

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// NFC returns s with its letters composed (chuẩn hóa dựng sẵn, Unicode
// Normalization Form C): e + U+0302 + U+0323 and ê + U+0323 both become ệ.
//
// It covers what Vietnamese and other Latin text is made of: a character up
// to U+036F or in U+1E00–U+1EFF with the combining marks U+0300–U+036F after
// it, in any number and order. On text of these characters it gives what
// Unicode prescribes; a letter of any other script stays as it is, with its
// marks, and so does a byte that is not UTF-8. Marks are only ever exchanged
// where Unicode holds both orders for the same text: a tone typed before a
// circumflex is another letter and stays one.
//
// A string that is composed already is returned as it is, without allocating.
func NFC(s string) string {
	if !hasMarks(s) {
		return s
	}
	return compose(s)
}

// IsNFC reports whether [NFC] leaves s as it is.
func IsNFC(s string) bool { return NFC(s) == s }

// hasMarks reports whether s can hold a combining mark: in UTF-8 the block
// U+0300–U+036F, and little else, begins with the bytes CC and CD. Nothing
// without one of them can change under NFC, which settles nearly every string
// at the speed of a byte search.
func hasMarks(s string) bool {
	return strings.IndexByte(s, 0xCC) >= 0 || strings.IndexByte(s, 0xCD) >= 0
}

// mark is a character of a cluster with its combining class.
type mark struct {
	r     rune
	class uint8
}

// compose walks s cluster by cluster (a character and the marks after it) and
// begins a copy at the first cluster that changes.
func compose(s string) string {
	var out []byte
	copied := 0 // s[:copied] is in out, once there is one
	cluster := make([]mark, 0, 8)
	text := make([]byte, 0, 32)
	for start, end := 0, 0; start < len(s); start = end {
		r, n := utf8.DecodeRuneInString(s[start:])
		end = clusterEnd(s, start, r, n)
		if latin(r) < 0 || end == start+n && class(r) == 0 {
			continue // another script, or a letter alone
		}
		cluster = decomposed(cluster[:0], s[start:end])
		text = composed(text[:0], cluster)
		if string(text) == s[start:end] {
			continue
		}
		if out == nil {
			out = make([]byte, 0, len(s))
		}
		out = append(append(out, s[copied:start]...), text...)
		copied = end
	}
	if out == nil {
		return s
	}
	return string(append(out, s[copied:]...))
}

// clusterEnd returns where the cluster ends that begins at start with r, n
// bytes long. A byte that is not UTF-8 is a cluster by itself: the marks after
// it have no letter.
func clusterEnd(s string, start int, r rune, n int) int {
	end := start + n
	if r == utf8.RuneError && n == 1 {
		return end
	}
	for end < len(s) && (s[end] == 0xCC || s[end] == 0xCD) {
		m, n := utf8.DecodeRuneInString(s[end:])
		if class(m) == 0 {
			break
		}
		end += n
	}
	return end
}

// decomposed appends the characters of a cluster, taken apart and in
// canonical order, to buf.
func decomposed(buf []mark, cluster string) []mark {
	for _, r := range cluster {
		buf = appendParts(buf, r)
	}
	// Stable: marks of one class keep their order, it carries meaning. A letter
	// has class 0 and stays in front.
	slices.SortStableFunc(buf, func(a, b mark) int { return int(a.class) - int(b.class) })
	return buf
}

func appendParts(buf []mark, r rune) []mark {
	switch r { // four marks are only other names for marks
	case 0x340:
		r = 0x300
	case 0x341:
		r = 0x301
	case 0x343:
		r = 0x313
	case 0x344:
		return append(buf, mark{0x308, 230}, mark{0x301, 230})
	}
	if p := textTables.decompose[latin(r)]; p.base != 0 {
		return append(appendParts(buf, p.base), mark{p.mark, class(p.mark)})
	}
	return append(buf, mark{r, class(r)})
}

// composed appends the text of a cluster to buf, each mark joined with the
// letter unless a mark of the same or a higher class stands between.
func composed(buf []byte, cluster []mark) []byte {
	if cluster[0].class != 0 { // marks without a letter
		for _, m := range cluster {
			buf = utf8.AppendRune(buf, m.r)
		}
		return buf
	}
	letter, last := cluster[0].r, uint8(0)
	rest := cluster[:0]
	for _, m := range cluster[1:] {
		if whole, ok := textTables.compose[pair{letter, m.r}]; ok && last < m.class {
			letter = whole
			continue
		}
		last = m.class
		rest = append(rest, m)
	}
	buf = utf8.AppendRune(buf, letter)
	for _, m := range rest {
		buf = utf8.AppendRune(buf, m.r)
	}
	return buf
}
