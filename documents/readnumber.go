package documents

import (
	"math/bits"
	"strings"

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
	FoldFile                        // the extension of a file name, its folder, "_signed", "-final", a day before it
	FoldCase                        // capital or small letters
	FoldStroke                      // D or DD for Đ
	FoldCentral                     // TƯ, T.Ư for TW
	FoldZero                        // 1 for 01, 007 for 07
	FoldYear                        // a year of two digits
	FoldOrder                       // hyphen and slash in each other's place, organ before code
	FoldSeparator                   // _ . | or a blank for a separator, one twice, or none
	FoldDigit                       // O for 0, l and I for 1
	FoldThousands                   // 2.981 for 2981
	FoldCode                        // the code from before the serial: "QĐ 981/TU", "Nghị quyết số 18/TW"
	FoldAbstract                    // "V/v …" after it
)

var foldCodes = [...]string{"", "prefix", "space", "invisible", "nfd", "look-alike", "dash", "punctuation",
	"file", "case", "d-stroke", "tw", "zero", "year", "order", "separator", "digit", "thousands", "code", "abstract"}

// String returns the fold's name: "order", "d-stroke" ….
func (f Fold) String() string { return vanphong.EnumName(foldCodes[:], f) }

// MarshalText writes the fold as its name.
func (f Fold) MarshalText() ([]byte, error) { return vanphong.EnumText("fold", foldCodes[:], f) }

// UnmarshalText reads what MarshalText writes.
func (f *Fold) UnmarshalText(b []byte) (err error) {
	*f, err = vanphong.ParseEnum[Fold]("fold", foldCodes[:], b)
	return err
}

// Certainty says how sure a [Reading] is (độ chắc chắn). Zero is unset.
type Certainty uint8

// The certainties, in falling order.
const (
	// CertaintyExact: the text is the canonical form.
	CertaintyExact Certainty = iota + 1
	// CertaintyFolded: only the signs, blanks, spelling and what stands around
	// were put right. Letters and digits are those of the text, in their order.
	CertaintyFolded
	// CertaintyInferred: a rule was needed that can err: separators that were
	// changed or missing, a year, digit or code that was not there, an issuer
	// that only its place tells (12/ABC), a code that organs have as well
	// (3313/CT-TTHT). A register shows these to a person.
	CertaintyInferred
)

var certaintyCodes = [...]string{"", "exact", "folded", "inferred"}

// String returns the certainty's name: "exact", "folded", "inferred".
func (c Certainty) String() string { return vanphong.EnumName(certaintyCodes[:], c) }

// MarshalText writes the certainty as its name; the zero Certainty is "".
func (c Certainty) MarshalText() ([]byte, error) {
	return vanphong.EnumText("certainty", certaintyCodes[:], c)
}

// UnmarshalText reads what MarshalText writes.
func (c *Certainty) UnmarshalText(b []byte) (err error) {
	*c, err = vanphong.ParseEnum[Certainty]("certainty", certaintyCodes[:], b)
	return err
}

// foldSet is a set of folds, one bit each.
// It holds up to 31 folds; bit 0 belongs to no fold and marks the unknown set.
type foldSet uint32

// foldUnknown is what [spelling] answers for codes that no fold joins.
const foldUnknown foldSet = 1

// judgements are the folds that a rule decides and not the eye.
const judgements = 1<<FoldYear | 1<<FoldOrder | 1<<FoldSeparator | 1<<FoldDigit | 1<<FoldThousands | 1<<FoldCode

func foldBit(f Fold) foldSet  { return 1 << f }
func (s foldSet) known() bool { return s != foldUnknown }
func (s *foldSet) add(f Fold) { *s |= foldBit(f) }
func (s foldSet) folds() []Fold {
	if s == 0 {
		return nil
	}
	out := make([]Fold, 0, bits.OnesCount32(uint32(s)))
	for ; s != 0; s &= s - 1 {
		out = append(out, Fold(bits.TrailingZeros32(uint32(s))))
	}
	return out
}

// Reading is what [ReadNumber] made of a text.
//
// The text itself is not in it: the caller has it.
type Reading struct {
	// Number always prints as what [ParseNumber] reads back to it.
	Number Number `json:"number"`
	// Folded names what was put right, each fold once, in the order of the
	// constants. It is empty exactly when the text is the canonical form.
	Folded []Fold `json:"folded,omitempty"`
	// Certainty says how sure the reading is.
	Certainty Certainty `json:"certainty"`
	// Kind is the kind that the text names before the number ("Quyết định số
	// …"), or that the caller's list settles; "" if neither. With [KindLetter]
	// in a State number the letters after the slash are the organ's, whatever
	// code they equal: 3313/CT-TTHT is a letter of CT, cục thuế. The Number then
	// stays as ParseNumber has it, or one text would be two numbers.
	Kind Kind `json:"kind,omitempty"`
	// Issuer is the organisation of the caller's list that the organ's code
	// stands for; "" if the list names none, or several of which none is the
	// owner.
	Issuer vanphong.OrgID `json:"issuer,omitempty"`
}

// ReadOptions says what a caller knows about the text. The zero value and nil
// know nothing.
type ReadOptions struct {
	// Organs is the list that tells Party organs and how codes are spelled, and
	// which organisations they stand for; nil is the SDK's own. A list that takes
	// an organ out of the Party which the SDK's own has in it cannot make its
	// numbers canonical: they are refused.
	Organs *Organs
	// Owner is the organisation whose papers these are (cơ quan chủ quản): of
	// several organs with one code (ĐU, TU) its own is meant, and a code of its
	// own that equals a kind's is the organ. "" is nobody.
	Owner vanphong.OrgID
	// Kind is the kind that stands beside the number, as in the next column of a
	// register; "" if it is not known. It weighs like a name before the number,
	// which comes first.
	Kind Kind
}

// Three times the longest canonical number: marks apart and a prefix fit in.
const maxReading = 600 // bytes of a text: NFD and prefixes make it longer

// ReadNumber reads a number as offices really write it and says what it put
// right. The Number always prints as what [ParseNumber] reads back to it. On a
// text that ParseNumber takes, it returns the same Number and no folds, but
// where the list spells an organ otherwise or two readings remain.
//
// Which system a number belongs to follows this order: QCVN, QCĐP and TCVN forms
// are standards; a year in the symbol is State; else a Party organ is Party
// whatever the separators (18/NQ-TW is 18-NQ/TW); else number-kind/organ is
// Party; else State.
//
// Codes take the table's spelling, organs the list's. An organ the list does
// not know is put in capitals if it begins with a small letter, and kept as it
// is if it begins with a capital: its head may have decided so (TCTTTg). TƯ and
// T.Ư are TW, trung ương. A board's code in two (UBKT TU, UBKT-TU) is one if the list
// has it as one, and a code run together with an organ of the list (QĐUBND) is parted
// where nothing else can be meant. A blank stands for a separator only before a code of the kind
// table and before capitals. A year of two digits is taken only between
// slashes or underscores: 45–99 are 1945–1999, 00–44 are 2000–2044. A point
// before each three digits groups thousands; a comma does so or parts the items of a
// list (12,268-CV/ĐU). A letter O, l or I among digits is 0 or 1.
//
// Of a file's name go its folders, a day before the number, the extension and what is
// said of the file (_v2, -final, signed, bản ký).
//
// A Party number without a code takes it from before the serial (QĐ 981/TU), or
// from the kind that is named there (Nghị quyết số 18/TW) or in the options. A
// State number does so if it has a year (NĐ 30/2020/CP); without one it may be
// an old number that had no code.
//
// The error is a [*NumberError] with the byte of s. Where two readings remain
// it names both in Readings and none is chosen: 150/QĐ-UBND or 15O/QĐ-UBND,
// 2.45-KL/TU or item 2 and 45-KL/TU, an organ CT or the kind CT where the list has organs for both. What is no number
// at all is refused: a date, also with a code after it (15-03-2026-TU), a
// telephone number, a plate, a fraction, a flat (12-CT3), a measure (15 BC/đêm), a
// blank to be filled in, a number with a year that names no kind (a contract, a case:
// 12/2025/HS-ST), a Party number without a kind.
//
// It leans towards refusing: a date read as a number enters an index unseen, a
// refusal is looked at.
func ReadNumber(s string, opt *ReadOptions) (Reading, error) {
	r := reader{organs: builtinOrgans}
	if opt != nil {
		r.organs, r.owner, r.stated = opt.Organs.orBuiltin(), opt.Owner, opt.Kind
	}
	f := r.run(s)
	if f.why != "" {
		e := &NumberError{Input: s, Offset: r.offset(f.at, s), Reason: f.why, Hint: f.hint()}
		if !r.also.IsZero() {
			e.Readings = []Number{r.number, r.also}
		}
		return Reading{}, e
	}
	return r.reading(s), nil
}

// readText is [ReadNumber] for those who try many texts, most of them in vain: it
// makes no error and no list of folds. The number's strings are parts of s where
// s is plain.
func readText(s string, opt *ReadOptions) (Number, foldSet, bool) {
	r := reader{organs: builtinOrgans}
	if opt != nil {
		r.organs, r.owner, r.stated = opt.Organs.orBuiltin(), opt.Owner, opt.Kind
	}
	if r.run(s).why != "" {
		return Number{}, 0, false
	}
	return r.number, r.folds, true
}

// run reads s, strictly if that is enough.
func (r *reader) run(s string) fault {
	// The strict reading is the fast way for the many texts that are right already.
	isStrict := r.number.parse(s).why == ""
	if isStrict && !digitLike(r.number.Suffix) && r.spelled(r.number.Issuer) && !r.isSplit() && !r.open() {
		return fault{}
	}
	strict := r.number
	r.number = Number{}
	f := r.read(s)
	switch {
	case f.why == "":
		f = r.settle()
	case !r.also.IsZero():
		f = r.settleBoth(f)
	}
	// What ParseNumber takes must never fail here, whatever the lenient rules make of
	// it; but the caller's list may take an organ out of the Party.
	if f.why != "" && isStrict && r.also.IsZero() && r.organs == builtinOrgans {
		r.number, r.folds, f = strict, 0, fault{}
	}
	return f
}

// open reports whether what the caller knows may give a canonical State number
// another reading: an organ of the Party or one with a kind's letters in the
// caller's list, a kind beside a number without a code.
func (r *reader) open() bool {
	n := &r.number
	switch {
	case n.System != SystemState:
		return false
	case n.Code == "" && r.stated != "":
		return true
	case n.Year != 0 || r.organs == builtinOrgans:
		return false
	}
	e, _, ok := r.organs.find(n.Code)
	return ok && !e.isPattern() || r.isParty(n.Issuer)
}

// spelled reports whether every organ of an issuer is spelled as the list has
// it, or not in the list.
//
// 439/QĐ-TTG is canonical by itself and yet means TTg: the lenient reader puts that
// right.
func (r *reader) spelled(issuer string) bool {
	for issuer != "" {
		end := strings.IndexByte(issuer, '-')
		if end < 0 {
			end = len(issuer)
		}
		code := issuer[:end]
		if listed, _ := r.organ(code); listed != code {
			return false
		}
		issuer = strings.TrimPrefix(issuer[end:], "-")
	}
	return true
}

// maxParts is more codes than a number of 200 bytes and of real organs has.
const maxParts = 16

// reader holds a text on its way to a number. Its text is the input itself where
// that is plain, so that reading takes no memory.
type reader struct {
	organs *Organs
	owner  vanphong.OrgID
	stated Kind // named before the number or by the caller
	before int  // the kind code before the serial, in kindCodes, and 1: 0 is none

	text    string // cleaned and trimmed; the number's strings are parts of it
	lo      int    // where text begins in the cleaned text
	dots    [4]int // full stops taken out of T.Ư: where, in the cleaned text
	gone    int    // how many
	isGlued bool   // code and organ stood without a separator
	all     bool   // the text is the input as it is

	parts [maxParts]part
	count int

	listed       uint32 // the serial if what stands before it is of a list, or 0
	listedSuffix int    // bytes of the suffix that belong to it as well

	number  Number
	also    Number // the other reading, if two remain
	folds   foldSet
	settled bool // the number stands in the text as it is
}

// reading makes the answer.
func (r *reader) reading(s string) Reading {
	out := Reading{Number: r.number, Kind: r.stated, Certainty: CertaintyExact}
	if r.folds != 0 {
		var buf [maxNumber + 56]byte
		// A prefix alone makes another text.
		if r.folds&foldBit(FoldPrefix) != 0 || string(r.number.AppendTo(buf[:0])) != s {
			out.Folded = r.folds.folds()
			out.Certainty = CertaintyFolded
		}
	}
	if out.Folded != nil && r.folds&judgements != 0 || r.unsure() {
		out.Certainty = CertaintyInferred
	}
	if r.organs.orgs != nil {
		organ := r.number.Issuer
		if r.isLetterOfCode() {
			organ = r.number.Code
		}
		out.Issuer = r.organs.orgOf(organ, r.owner)
	}
	return out
}

// unsure reports whether only the place of a code says what it is: an issuer
// nobody knows without a kind, a code that organs have as well, a code that no real
// number showed, a Party organ with a year.
func (r *reader) unsure() bool {
	n := &r.number
	switch {
	case rareCode(n.Code):
		return true
	// 57/2024/NQ-TW: the Party does not number by years, so either is a slip.
	case n.System == SystemState && n.Year != 0:
		return n.Code != "TTLT" && n.Code != "NQLT" && r.isParty(n.Issuer)
	case n.System != SystemState || r.stated != "":
		return false
	}
	if n.Code != "" && !alsoOrgan(n.Code) {
		return false
	}
	_, _, ok := r.organs.find(n.Issuer)
	return !ok
}

// offset turns a place in the text into a byte of the input.
func (r *reader) offset(at int, s string) int {
	at += r.lo
	for i := r.gone - 1; i >= 0; i-- {
		if at >= r.dots[i] {
			at++
		}
	}
	if r.all {
		return min(at, len(s))
	}
	_, _, input := cleanText(make([]byte, 0, len(s)), s, at)
	return input
}

// read takes the text in three steps: signs, what stands around, the number.
//
// The order is fixed: look-alikes must be Latin before anything is compared, and the
// prefix must be gone before the serial is looked for.
func (r *reader) read(s string) fault {
	r.all = true // until it is cleaned, places are those of the input
	if len(s) > maxReading {
		return fault{at: maxReading, why: "longer than 600 bytes"}
	}
	r.text = s
	if plainRun(s) < len(s) {
		var buf [maxReading]byte
		out, folds, end := cleanText(buf[:0], s, maxReading)
		if end < len(s) {
			return fault{at: end, why: "not UTF-8"}
		}
		r.text, r.folds, r.all = string(out), folds, false
	}
	r.trim()
	r.joinCentral()
	text, lo, folds := r.text, r.lo, r.folds
	f := r.readTrimmed()
	if f.why == "" || !r.also.IsZero() {
		return f
	}
	// What follows "V/v" is the abstract. It is looked for only now: nearly no text has
	// one.
	if at := abstractAt(text); at > 0 {
		again := reader{organs: r.organs, owner: r.owner, stated: r.stated, text: text, lo: lo, folds: folds}
		again.cutRight(text[:at], FoldAbstract)
		again.trim()
		if again.readTrimmed().why == "" {
			*r = again
			return fault{}
		}
	}
	// A path, a day before the number: they, too, are looked for only when all else has
	// failed.
	if folds&foldBit(FoldFile) == 0 {
		return f
	}
	if base := fileBase(text); len(base) < len(text) {
		again := reader{organs: r.organs, owner: r.owner, stated: r.stated, text: text, lo: lo, folds: folds,
			all: r.all, dots: r.dots, gone: r.gone}
		again.cutLeft(base, FoldFile)
		again.trim()
		f2 := again.readTrimmed()
		if f2.why == "" || !again.also.IsZero() {
			*r = again
			return f2
		}
	}
	return f
}

// readTrimmed reads what is left between the ends.
func (r *reader) readTrimmed() fault {
	if r.text == "" {
		return fault{why: "empty: a number is missing"}
	}
	code, start := r.start()
	if start < 0 {
		return fault{why: "a number begins with its serial, there are no digits"}
	}
	if f := r.cutPrefix(start, code != ""); f.why != "" {
		return f
	}
	if code != "" {
		return r.readStandard(code)
	}
	if r.readPlain() {
		return fault{}
	}
	_, f := r.readNumber(0)
	return f
}

// readPlain takes what is left if it is canonical and nothing said before it can
// change that: most texts are right but for a word or a sign around them.
func (r *reader) readPlain() bool {
	n := &r.number
	if r.before != 0 || r.lo == 0 && r.all && r.folds == 0 { // the last was tried already
		return false
	}
	if n.parse(r.text).why == "" && !digitLike(n.Suffix) && n.Code != "DA" && n.Code != "HD" && r.spelled(n.Issuer) && !r.isSplit() && !r.open() {
		r.settled = true
		return true
	}
	*n = Number{}
	return false
}

// settleBoth keeps two readings only if both are numbers: "KH 1.A" is neither
// 01/A nor 01/KH-A. Those that print alike are told apart by what the letters
// mean, which printing does not show.
func (r *reader) settleBoth(two fault) fault {
	f := r.settle()
	if f.why != "" {
		r.also = Number{}
		return f
	}
	if again, text, _ := r.also.again(); again != r.also && text != r.number.String() {
		r.also = Number{}
		return fault{}
	}
	return two
}

// settle makes sure that the number is one that ParseNumber reads back.
//
// It is the promise of [ReadNumber] checked instead of proved: lenient rules are
// many, and a number that reads back as another would be filed under the wrong
// document.
func (r *reader) settle() fault {
	if r.settled {
		return fault{}
	}
	again, text, f := r.number.again()
	if f.why != "" {
		return fault{at: 0, why: f.why} // its place is in the canonical form, which nobody has seen
	}
	if again != r.number {
		return fault{at: 0, why: "read as " + text + ", which means something else"}
	}
	return fault{}
}

// again is what the printed number reads as, and the print.
func (n Number) again() (again Number, text string, f fault) {
	var buf [maxNumber + 56]byte
	text = string(n.AppendTo(buf[:0]))
	if f = again.parse(text); f.why != "" {
		again = Number{}
	}
	return again, text, f
}
