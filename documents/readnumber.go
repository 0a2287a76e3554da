package documents

import (
	"strings"
	"unicode/utf8"

	"github.com/vanphong-go/vanphong"
)

// Fold is one thing that [ReadNumber] put right.
//
// Folds are reported because some are harmless (a blank) and some are judgements (a
// year of two digits): the caller decides which readings a person should look at.
type Fold uint8

// The folds.
const (
	FoldPrefix      Fold = iota + 1 // "Số:", "Số", the name of the kind before it
	FoldSpace                       // blanks where none belong, no-break and thin ones too
	FoldInvisible                   // characters of no width
	FoldNFD                         // letters and marks apart
	FoldLookAlike                   // Cyrillic, Greek and full-width letters, Ð and Ɖ for Đ
	FoldDash                        // another dash for the hyphen, another stroke for the slash
	FoldPunctuation                 // quotes, brackets, a full stop after it
	FoldFile                        // the extension of a file name
	FoldCase                        // capital or small letters
	FoldStroke                      // D for Đ
	FoldCentral                     // TƯ, T.Ư for TW
	FoldZero                        // 1 for 01, 007 for 07
	FoldYear                        // a year of two digits
	FoldOrder                       // hyphen and slash in each other's place, organ before code
	FoldSeparator                   // _ . or a blank for a separator, or none
)

var foldCodes = [...]string{"", "prefix", "space", "invisible", "nfd", "look-alike", "dash", "punctuation",
	"file", "case", "d-stroke", "tw", "zero", "year", "order", "separator"}

// String returns the fold's name: "order", "d-stroke" ….
func (f Fold) String() string { return vanphong.EnumName(foldCodes[:], f) }

// MarshalText writes the fold as its name.
func (f Fold) MarshalText() ([]byte, error) { return vanphong.EnumText("fold", foldCodes[:], f) }

// UnmarshalText reads what MarshalText writes.
func (f *Fold) UnmarshalText(b []byte) (err error) {
	*f, err = vanphong.ParseEnum[Fold]("fold", foldCodes[:], b)
	return err
}

// foldSet is a set of folds, one bit each.
// It holds up to 31 folds; bit 0 belongs to no fold and marks the unknown set.
type foldSet uint32

// foldUnknown is what [spelling] answers for codes that no fold joins.
const foldUnknown foldSet = 1

func foldBit(f Fold) foldSet  { return 1 << f }
func (s foldSet) known() bool { return s != foldUnknown }
func (s *foldSet) add(f Fold) { *s |= foldBit(f) }
func (s foldSet) folds() []Fold {
	var out []Fold
	for f := FoldPrefix; f <= FoldSeparator; f++ {
		if s&foldBit(f) != 0 {
			out = append(out, f)
		}
	}
	return out
}

// Reading is what [ReadNumber] made of a text.
//
// The text itself is not in it: the caller has it.
type Reading struct {
	Number Number `json:"number"`
	// Folded names what was put right, each fold once, in the order of the
	// constants. It is empty exactly when the text is the canonical form.
	Folded []Fold `json:"folded,omitempty"`
}

// ReadOptions changes how [ReadNumber] reads. The zero value and nil are the
// default.
type ReadOptions struct {
	// Organs is the list that tells Party organs and how codes are spelled;
	// nil is the SDK's own. A list that takes an organ out of the Party which
	// the SDK's own has in it cannot make its numbers canonical: they are
	// refused.
	Organs *Organs
}

// Three times the longest canonical number: marks apart and a prefix fit in.
const maxReading = 600 // bytes of a text: NFD and prefixes make it longer

// ReadNumber reads a number as offices really write it and says what it put
// right. The Number always prints as what [ParseNumber] reads back to it. On a
// text that ParseNumber takes, it returns the same Number and no folds.
//
// Which system a number belongs to follows this order: QCVN and TCVN forms are
// standards; a year in the symbol is State; else a Party organ is Party
// whatever the separators (18/NQ-TW is 18-NQ/TW); else number-kind/organ is
// Party; else State.
//
// Codes take the table's spelling, organs the list's. An organ the list does
// not know is put in capitals if it begins with a small letter, and kept as it
// is if it begins with a capital: its head may have decided so (TCTTTg). TƯ and
// T.Ư are TW, trung ương. A blank stands for a separator only before a code of the kind
// table and before capitals. A year of two digits is taken only between
// slashes or underscores: 45–99 are 1945–1999, 00–44 are 2000–2044.
//
// What is left over, a Party number without a kind code or with an unknown
// one, and text that is no number at all (a date, also with a code after it as
// in 15-03-2026-TU; a telephone number) are a
// [*NumberError] with the byte of s.
//
// It leans towards refusing: a date read as a number enters an index unseen, a
// refusal is looked at.
func ReadNumber(s string, opt *ReadOptions) (Reading, error) {
	var organs *Organs
	if opt != nil {
		organs = opt.Organs
	}
	var strict Number
	// The strict reading is the fast way for the many texts that are right already. With
	// the caller's own list the spelling of organs may differ, so it is not enough then.
	isStrict := organs == nil && strict.parse(s).why == ""
	r := reader{organs: organs.orBuiltin()}
	if isStrict && r.spelled(strict.Issuer) {
		return Reading{Number: strict}, nil
	}
	n, f := r.read(s)
	if f.why == "" {
		n, f = r.settle(n)
	}
	switch {
	// What ParseNumber takes must never fail here, whatever the lenient rules make of
	// it.
	case f.why != "" && isStrict:
		return Reading{Number: strict}, nil
	case f.why != "":
		return Reading{}, &NumberError{Input: s, Offset: r.offset(f.at, s), Reason: f.why, Hint: f.hint()}
	}
	out := Reading{Number: n}
	if n.String() != s {
		out.Folded = r.folds.folds()
	}
	return out, nil
}

// spelled reports whether every organ of an issuer is spelled as the list has
// it, or not in the list.
//
// 439/QĐ-TTG is canonical by itself and yet means TTg: the lenient reader puts that
// right.
func (r *reader) spelled(issuer string) bool {
	for code := range strings.SplitSeq(issuer, "-") {
		if listed, _ := r.organ(code); listed != code {
			return false
		}
	}
	return true
}

// reader holds a text on its way to a number: cleaned of signs that mean
// nothing, with the byte of the input each byte came from.
//
// Errors point into the text the caller has, not into the cleaned one; hence from.
type reader struct {
	organs *Organs
	text   string
	from   []int // from[i] is the byte of the input that text[i] came from
	folds  foldSet
}

// offset turns a place in the cleaned text into a byte of the input.
func (r *reader) offset(i int, s string) int {
	if r.from == nil { // nothing was cleaned yet
		return i
	}
	if i >= len(r.from) {
		return len(s)
	}
	return r.from[i]
}

// read takes the text in three steps: signs, what stands around, the number.
//
// The order is fixed: look-alikes must be Latin before anything is compared, and the
// prefix must be gone before the serial is looked for.
func (r *reader) read(s string) (Number, fault) {
	if len(s) > maxReading {
		return Number{}, fault{at: maxReading, why: "longer than 600 bytes"}
	}
	if at := brokenAt(s); at >= 0 {
		return Number{}, fault{at: at, why: "not UTF-8"}
	}
	r.clean(s)
	r.trim()
	r.joinCentral()
	if r.text == "" {
		return Number{}, fault{why: "empty: a number is missing"}
	}
	code, start := r.start()
	if start < 0 {
		return Number{}, fault{why: "a number begins with its serial, there are no digits"}
	}
	if f := r.cutPrefix(start); f.why != "" {
		return Number{}, f
	}
	if code != "" {
		return r.readStandard(code)
	}
	return r.readNumber()
}

// brokenAt returns the first byte that is not UTF-8, or -1.
//
// Cleaning would turn broken bytes into U+FFFD, no longer told from a real one.
func brokenAt(s string) int {
	for i, c := range s {
		if c != utf8.RuneError {
			continue
		}
		if _, n := utf8.DecodeRuneInString(s[i:]); n == 1 {
			return i
		}
	}
	return -1
}

// settle makes sure that the number is one that ParseNumber reads back.
//
// It is the promise of [ReadNumber] checked instead of proved: lenient rules are
// many, and a number that reads back as another would be filed under the wrong
// document.
func (r *reader) settle(n Number) (Number, fault) {
	var again Number
	f := again.parse(n.String())
	if f.why != "" {
		// The place is in the canonical form, which the caller has not seen.
		return n, fault{at: 0, why: "read as " + n.String() + ", which is no number: " + f.why}
	}
	if again != n {
		return n, fault{at: 0, why: "read as " + n.String() + ", which means something else"}
	}
	return n, fault{}
}

// clean puts every rune into its plain form: NFC, real Latin letters, the
// hyphen, the slash, the blank.
func (r *reader) clean(s string) {
	var out []rune
	var from []int
	for i, c := range s {
		// A mark that joins no letter is kept, and refused later as text in the wrong place.
		if isMark(c) && len(out) > 0 {
			if whole, ok := withMark(out[len(out)-1], c); ok {
				out[len(out)-1] = whole
				r.folds.add(FoldNFD)
				continue
			}
		}
		plain, fold := plainRune(c)
		if fold != 0 {
			r.folds.add(fold)
		}
		if fold != FoldInvisible {
			out, from = append(out, plain), append(from, i)
		}
	}
	var b strings.Builder
	for i, c := range out {
		// Every byte of a rune points at the rune's first byte in the input.
		n, _ := b.WriteRune(c)
		for range n {
			r.from = append(r.from, from[i])
		}
	}
	r.text = b.String()
}

// trim cuts blanks, quotes, brackets, closing punctuation and the extension of
// a file name from both ends, as often as there are any.
//
// They come nested, as in “(12-CV/VPTU).pdf”, so one pass is not enough. Full stops
// are not cut on the left: nothing that begins with one is a number.
func (r *reader) trim() {
	for before := -1; before != len(r.text); {
		before = len(r.text)
		r.cutRight(strings.TrimRight(r.text, " "), FoldSpace)
		r.cutRight(strings.TrimRight(r.text, `.,;:"'()[]{}`), FoldPunctuation)
		r.cutLeft(strings.TrimLeft(r.text, " "), FoldSpace)
		r.cutLeft(strings.TrimLeft(r.text, `,;:"'()[]{}`), FoldPunctuation)
		r.cutRight(cutExtension(r.text), FoldFile)
	}
}

// joinCentral takes the full stop out of T.Ư and T.W, trung ương, at the end of
// a code: "18-NQ/T.Ư", "VPT.Ư".
//
// A full stop is a separator of file names as well, so it must be gone before the
// text is split.
func (r *reader) joinCentral() {
	for i := 1; i+1 < len(r.text); i++ {
		if r.text[i] != '.' || r.text[i-1] != 'T' && r.text[i-1] != 't' {
			continue
		}
		c, n := utf8.DecodeRuneInString(r.text[i+1:])
		if !strings.ContainsRune("ƯưWw", c) || scanCode(r.text, i+1) != i+1+n {
			continue
		}
		r.folds.add(FoldCentral)
		r.text = r.text[:i] + r.text[i+1:]
		r.from = append(r.from[:i:i], r.from[i+1:]...)
	}
}

// cutRight shortens text and from together; they must stay of one length.
func (r *reader) cutRight(rest string, f Fold) {
	if len(rest) < len(r.text) {
		r.folds.add(f)
		r.text, r.from = rest, r.from[:len(rest)]
	}
}

// cutLeft is cutRight for the beginning.
func (r *reader) cutLeft(rest string, f Fold) {
	if cut := len(r.text) - len(rest); cut > 0 {
		r.folds.add(f)
		r.text, r.from = rest, r.from[cut:]
	}
}

// cutExtension cuts an extension from a closed list: anything after a full stop
// could also be a suffix (66.25).
func cutExtension(s string) string {
	dot := strings.LastIndexByte(s, '.')
	if dot <= 0 {
		return s
	}
	switch strings.ToLower(s[dot+1:]) {
	case "pdf", "doc", "docx", "odt", "rtf", "txt", "xls", "xlsx", "xml", "edxml", "zip", "html", "htm", "aspx", "jpg", "png", "tif", "signed":
		return s[:dot]
	}
	return s
}

// start returns where the number begins: at its first digit, or at the QCVN or
// TCVN before that. Without digits it is -1.
func (r *reader) start() (code string, at int) {
	digit := strings.IndexAny(r.text, "0123456789")
	for _, code := range []string{"QCVN", "TCVN"} {
		for i := 0; i+len(code) <= digit; i++ {
			if strings.EqualFold(r.text[i:i+len(code)], code) {
				return code, i
			}
		}
	}
	return "", digit
}

// cutPrefix cuts what stands before the number: "Số:", "So", the name of a
// kind, the hyphen of a list. Other words are no part of a number.
//
// Other words are refused and not skipped: in "thay thế 981-QĐ/TU" the number is
// that of another document.
func (r *reader) cutPrefix(start int) fault {
	words, ok := slugOf(r.text[:start])
	words = strings.TrimSuffix(words, "ky-hieu")
	words = strings.TrimSuffix(strings.TrimSuffix(words, "-"), "so")
	words = strings.TrimSuffix(words, "-")
	if !ok || words != "" && !Kind(words).Known() {
		return fault{why: "a number begins with its serial, not with this"}
	}
	r.cutLeft(r.text[start:], FoldPrefix)
	return fault{}
}

// slugOf writes words as kinds are identified: "Quyết định số: " is
// "quyet-dinh-so". Other signs than letters, blanks and simple punctuation
// make it fail.
func slugOf(s string) (slug string, ok bool) {
	var b strings.Builder
	for _, c := range s {
		switch c = plainLetter(c); {
		case 'a' <= c && c <= 'z':
			b.WriteRune(c)
		case !strings.ContainsRune(" -_.,:;", c):
			return "", false
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	return strings.TrimSuffix(b.String(), "-"), true
}
