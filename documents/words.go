package documents

import (
	"fmt"
	"iter"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/vanphong-go/vanphong"
)

// Words are what a text is searched for (từ cần tìm): "kiện toàn to cong tac".
// They are made once, by [ParseWords], and asked of many texts. The zero Words are
// in every text.
//
// A text is cut into words where something stands that is neither letter nor
// digit: 36-HD/VPTW has the words 36, HD and VPTW. Every word asked for must be a
// whole word of the text, in any order; capital and small letters are alike, and so
// are composed letters and letters with marks apart.
//
// A word typed without any mark is found whatever marks the text has: "uy" finds
// uy, ủy, úy; "dang" finds đảng, dâng, đang. A word typed with marks must have
// them: "đang" does not find đảng. Where in its syllable a tone was typed makes no
// difference: hòa and hoà, ủy and uỷ are one word.
//
// Clerks type what the keyboard of the moment gives them; whoever takes the trouble
// of marks wants them to count.
type Words struct{ list []sought }

// sought is one word asked for, in the forms that are compared.
type sought struct {
	folded  string // without marks
	letters string // with the marks of its letters and without tone; "" if typed without any mark
	tones   string // one digit for each tone
	part    bool   // the beginning of a word is enough
}

// Bounds of what is searched for.
const (
	MaxWords    = 16 // words asked for in one text
	maxTermSize = 64 // bytes of a word in an index; a syllable has at most ten
)

// ParseWords reads the words to search for. With part the last one may be the
// beginning of a word: for a box that searches while the clerk types. What is not
// typed of it yet may carry the tone: "kiê" finds kiện.
//
// The empty text gives the zero Words. A text without letter or digit, of more than
// MaxWords words or MaxText bytes, or with control characters is an
// [*vanphong.InputError] with field "words".
func ParseWords(s string, part bool) (Words, error) { return parseWords("words", s, part) }

func parseWords(field, s string, part bool) (Words, error) {
	if s == "" {
		return Words{}, nil
	}
	if err := checkText(field, s, MaxText); err != nil {
		return Words{}, err
	}
	var w Words
	for text := range textWords(s) {
		w.list = append(w.list, newSought(text))
	}
	switch n := len(w.list); {
	// Not taken for "everything": a clerk who typed a dash would be shown the register.
	case n == 0:
		return Words{}, vanphong.NewInputError(field, s, "a word", nil)
	case n > MaxWords:
		return Words{}, vanphong.NewInputError(field, s, fmt.Sprintf("at most %d words", MaxWords), vanphong.ErrOutOfRange)
	default:
		w.list[n-1].part = part
	}
	return w, nil
}

// IsZero reports whether nothing is asked for.
func (w Words) IsZero() bool { return len(w.list) == 0 }

// Match reports whether a text has all the words.
func (w Words) Match(text string) bool {
	if len(w.list) == 0 {
		return true
	}
	var buf [MaxWords]bool
	found, left := buf[:len(w.list)], len(w.list)
	for s := range textWords(text) {
		got := textWord{text: s, folded: vanphong.Fold(s)}
		for i := range w.list {
			if !found[i] && w.list[i].is(&got) {
				found[i] = true
				left--
			}
		}
		if left == 0 {
			return true
		}
	}
	return false
}

// matchEnd reports whether the words are the last ones of a name, in order: the
// given name, with as much before it as was typed.
func (w Words) matchEnd(name string) bool {
	words := slices.Collect(textWords(name))
	at := len(words) - len(w.list)
	if at < 0 {
		return false
	}
	for i := range w.list {
		s := words[at+i]
		if !w.list[i].is(&textWord{text: s, folded: vanphong.Fold(s)}) {
			return false
		}
	}
	return true
}

// textWord is a word of a text; its letters are worked out if a word with marks asks.
type textWord struct {
	text, folded   string
	letters, tones string
}

func (w *sought) is(s *textWord) bool {
	if w.folded != s.folded && !(w.part && strings.HasPrefix(s.folded, w.folded)) {
		return false
	}
	if w.letters == "" {
		return true
	}
	if s.letters == "" {
		s.letters, s.tones = toneApart(s.text)
	}
	if w.part {
		return strings.HasPrefix(s.letters, w.letters) && (w.tones == "" || w.tones == s.tones)
	}
	return w.letters == s.letters && w.tones == s.tones
}

// newSought reads one word.
func newSought(s string) sought {
	w := sought{folded: vanphong.Fold(s)}
	if letters, tones := toneApart(s); letters != w.folded || tones != "" {
		w.letters, w.tones = letters, tones
	}
	return w
}

// textWords cuts a text into words, as they are written. Marks stand with their
// letter, and so do characters without width: a soft hyphen parts no word.
func textWords(s string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for s != "" {
			begin := strings.IndexFunc(s, isLetter)
			if begin < 0 {
				return
			}
			s = s[begin:]
			end := strings.IndexFunc(s, func(r rune) bool { return !isLetter(r) && !unicode.IsMark(r) && !isWidthless(r) })
			if end < 0 {
				end = len(s)
			}
			if !yield(s[:end]) {
				return
			}
			s = s[end:]
		}
	}
}

func isLetter(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// isWidthless is the list of [vanphong.Fold].
func isWidthless(r rune) bool {
	return r == 0xAD || r >= 0x200B && r <= 0x200D || r == 0x2060 || r == 0xFEFF
}

// toneApart returns the letters of a word in small letters, without tone and
// characters of no width, and its tones in order. The look-alikes that old files
// have for đ are đ.
func toneApart(s string) (letters, tones string) {
	var b, t strings.Builder
	for _, r := range vanphong.NFC(s) {
		r = unicode.ToLower(r)
		if r >= utf8.RuneSelf {
			base, tone, _ := splitLetter(r)
			if tone > 0 {
				t.WriteByte(byte('0' + tone))
			}
			r = base
		}
		switch {
		case r == 'ð', r == 'ɖ':
			b.WriteRune('đ')
		case !isWidthless(r):
			b.WriteRune(r)
		}
	}
	return b.String(), t.String()
}

// Term is one word of an index (từ khóa của chỉ mục): small Latin letters and digits, letters of
// other scripts, and an underscore in those that do not come from an abstract.
type Term struct {
	Text string
	Part bool // asks for every term that begins with Text
}

// The terms of a signer's name, each word of it and the given name alone.
const (
	signerTerm = "s_"
	givenTerm  = "g_"
)

// cutTerm keeps a term within what any index holds.
func cutTerm(s string) string {
	if len(s) <= maxTermSize {
		return s
	}
	n := maxTermSize
	for !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// Terms returns the words under which an adapter indexes a text, without marks,
// each once, in the order they first stand.
func Terms(text string) []string { return appendTerms(nil, "", text) }

func appendTerms(out []string, prefix, text string) []string {
	from := len(out)
	for s := range textWords(text) {
		if t := prefix + cutTerm(vanphong.Fold(s)); !slices.Contains(out[from:], t) {
			out = append(out, t)
		}
	}
	return out
}

// Terms returns what an index is asked for: every text that w matches has all of
// these terms, as [Terms] gives them. The reverse holds unless a word has marks or
// is very long, so a candidate is still to be asked with Match.
func (w Words) Terms() []Term { return w.terms(nil, "") }

func (w Words) terms(out []Term, prefix string) []Term {
	for _, x := range w.list {
		// A single letter to begin with is in nearly every text: an index would only be
		// slowed down by it.
		if x.part && len(x.folded) < 2 {
			continue
		}
		out = append(out, Term{prefix + cutTerm(x.folded), x.part})
	}
	return out
}

// Terms returns the terms under which a store indexes the entry: the words of
// its abstract, and those of its signer's name, marked as such. A secret document
// has none of its abstract: it should have no abstract, and if it has, the index is
// not the place to learn of it.
func (en Entry) Terms() []string {
	var out []string
	if en.Secrecy == vanphong.NotSecret {
		out = appendTerms(out, "", en.Abstract)
	}
	out = appendTerms(out, signerTerm, en.Signer)
	given := ""
	for s := range textWords(en.Signer) {
		given = s
	}
	return appendTerms(out, givenTerm, given)
}
