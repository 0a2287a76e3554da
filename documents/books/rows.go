package books

import (
	"strings"
	"unicode/utf8"

	"github.com/vanphong-go/vanphong"
)

// decodeAll puts every row into Unicode, in place. It returns the rows of which
// the encoding is not certain, and a remark for each encoding that was
// converted, with its rows.
func decodeAll(all [][]string, given Encoding) (uncertain map[int]bool, remarks []Remark) {
	// Rows are few that are not certain; a map holds them alone.
	uncertain = map[int]bool{}
	converted := map[Encoding][]Gap{}
	mark := func(e Encoding, i int) {
		if e == UTF8 || e == EncodingUnknown {
			return
		}
		// Neighbouring rows become one run: a book of one encoding is one remark.
		list := converted[e]
		n := uint32(i + 1)
		if k := len(list) - 1; k >= 0 && list[k].Last+1 >= n {
			list[k].Last = n
		} else {
			list = append(list, Gap{n, n})
		}
		converted[e] = list
	}
	// First the rows that speak for themselves, then those between them.
	own := make([]Encoding, len(all))
	var open []int
	for i, cells := range all {
		e, ok := decodeRow(cells, given)
		own[i] = e
		if !ok {
			open = append(open, i)
			continue
		}
		mark(e, i)
	}
	for _, i := range open {
		e := neighbours(own, i)
		// If the caller named the encoding, a row that it does not fit is damaged, and its
		// neighbours have nothing to say.
		if given != EncodingUnknown || e == EncodingUnknown || !decodeAs(all[i], e) {
			uncertain[i] = true
			continue
		}
		mark(e, i)
	}
	for _, e := range []Encoding{Windows1258, TCVN3, VNI} {
		if list := converted[e]; len(list) > 0 {
			remarks = append(remarks, bookRemark(vanphong.Note, RuleConverted, e.Name(), runs(list)))
		}
	}
	return uncertain, remarks
}

// decodeRow decodes a row that tells its own encoding. The encoding is UTF8 for
// a row in ASCII only if it says so itself: EncodingUnknown otherwise, and such
// a row votes for nothing.
func decodeRow(cells []string, given Encoding) (Encoding, bool) {
	if ascii(strings.Join(cells, "")) {
		return EncodingUnknown, true
	}
	if given != EncodingUnknown {
		return given, decodeAs(cells, given)
	}
	whole := recognise(strings.Join(cells, "\n"))
	// The usual row is in one old encoding from end to end.
	if whole.encoding != UTF8 && whole.bad == 0 && whole.confidence() >= Certain {
		if out := strings.Split(whole.text, "\n"); len(out) == len(cells) {
			copy(cells, out)
			return whole.encoding, true
		}
	}
	// Cell by cell: a number typed today beside an abstract pasted from an old file.
	out := make([]string, len(cells))
	for i, c := range cells {
		if ascii(c) {
			out[i] = c
			continue
		}
		r := recognise(c)
		if r.confidence() < Certain {
			// A cell of one word (a name) is read as the row is, and a row that says nothing waits
			// for its neighbours.
			if whole.confidence() < Certain {
				return EncodingUnknown, false
			}
			text, ok := letters(c, whole.encoding)
			if !ok {
				return EncodingUnknown, false
			}
			r.text = text
		}
		out[i] = r.text
	}
	// All cells or none: a row half converted could not be tried again.
	copy(cells, out)
	return whole.encoding, true
}

// decodeAs decodes all cells of a row in one encoding, or none.
func decodeAs(cells []string, e Encoding) bool {
	out := make([]string, len(cells))
	for i, c := range cells {
		text, ok := letters(c, e)
		if !ok {
			return false
		}
		out[i] = text
	}
	copy(cells, out)
	return true
}

// letters returns the text of a cell in an encoding, whether it came as bytes
// or as the characters of a font.
func letters(cell string, e Encoding) (string, bool) {
	if e == UTF16LE || e == UTF16BE {
		e = UTF8 // ReadCSV has decoded it
	}
	var text string
	var err error
	if r := []byte(cell); e == UTF8 || !utf8.ValidString(cell) {
		text, err = e.Decode(r)
	} else {
		text, err = e.Letters(cell)
	}
	return text, err == nil
}

// neighbours returns the encoding of the rows around one that does not tell its
// own, if the nearest on both sides agree; at an end of the file one is enough.
func neighbours(own []Encoding, i int) Encoding {
	// Rows in ASCII have no encoding of their own and are passed over.
	before, after := EncodingUnknown, EncodingUnknown
	for k := i - 1; k >= 0 && before == EncodingUnknown; k-- {
		before = own[k]
	}
	for k := i + 1; k < len(own) && after == EncodingUnknown; k++ {
		after = own[k]
	}
	switch {
	case before == EncodingUnknown:
		return after
	case after == EncodingUnknown || after == before:
		return before
	}
	return EncodingUnknown
}
