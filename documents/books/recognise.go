package books

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/vanphong-go/vanphong"
)

// Guess is what a text was recognised as.
type Guess struct {
	Encoding Encoding `json:"encoding"`
	// Confidence is from 0 to 1: the share of words with a mark that are
	// possible syllables of Vietnamese in this encoding, halved if another one
	// makes as much sense of them and another text. A text in plain ASCII is
	// UTF8 with confidence 1: it is the same in every encoding. A text in which
	// nothing was recognised is EncodingUnknown and 0.
	Confidence float64 `json:"confidence"`
}

// Certain is the least confidence at which [NewPlan] takes a row for what it
// was recognised as, without asking its neighbours.
const Certain = 0.8

// Recognise says in which encoding a text of Vietnamese is written. A byte
// order mark decides; bytes that are not UTF-8 are read in each of the old
// encodings, and characters that are UTF-8 also as those of an old font
// (see [Encoding.Letters]), and the reading wins that gives Vietnamese
// syllables. So the answer for UTF-8 bytes may be TCVN3: then
// Letters(string(b)) is the text, and for other bytes Decode(b).
//
// Give it a row or more: two or three words with marks settle it nearly
// always, one word often.
func Recognise(b []byte) Guess {
	switch {
	// FF and FE are no bytes of UTF-8, and no book begins with what they are in old
	// encodings.
	case bytes.HasPrefix(b, []byte{0xFF, 0xFE}):
		return Guess{UTF16LE, 1}
	case bytes.HasPrefix(b, []byte{0xFE, 0xFF}):
		return Guess{UTF16BE, 1}
	}
	// A mark of UTF-8 does not decide: a program that saved characters of a font as UTF-8
	// put it there too.
	best := recognise(string(trimBOM(b)))
	return Guess{best.encoding, best.confidence()}
}

// reading is a text as one encoding reads it.
type reading struct {
	encoding  Encoding
	text      string
	good, bad int // words with a mark: possible syllables, and others
	rival     bool
}

func (r reading) confidence() float64 {
	switch {
	case r.encoding == EncodingUnknown:
		return 0
	case r.good+r.bad == 0 && !r.rival:
		return 1
	}
	// One word more or less matters little in a long text, and much in a short one.
	c := float64(r.good) / (float64(r.good+r.bad) + 0.1)
	if r.rival {
		c /= 2
	}
	return c
}

// recognise returns the best reading of a text, whose bytes need not be UTF-8.
func recognise(s string) reading {
	// Nothing to be recognised, and nothing that could be read wrongly.
	if ascii(s) {
		return reading{encoding: UTF8, text: s}
	}
	best, second := reading{}, reading{}
	for _, r := range readings(s) {
		if r.encoding == UTF8 {
			r.text = vanphong.NFC(r.text)
		}
		switch {
		case best.encoding == EncodingUnknown || r.better(best):
			best, second = r, best
		case second.encoding == EncodingUnknown || r.better(second):
			second = r
		}
	}
	// The same letters by two roads are no doubt: a row may hold only what TCVN3
	// and VNI have in common.
	best.rival = second.encoding != EncodingUnknown && second.text != best.text && !best.beats(second)
	if best.encoding != EncodingUnknown && best.encoding != UTF8 && best.good == 0 {
		// Old letters of which not one word makes sense are no reading.
		return reading{text: s}
	}
	return best
}

// readings are all that a text can be.
func readings(s string) []reading {
	var out []reading
	// UTF-8 comes first: among readings that are as good, text that is right already wins.
	old := []Encoding{TCVN3, VNI, Windows1258}
	var runes []rune
	if utf8.ValidString(s) {
		if !oldText(s) {
			// A letter that no old font has: nothing else is possible, and most rows of a
			// book in Unicode are done here.
			return append(out, reading{encoding: UTF8, text: s, good: 1})
		}
		out = append(out, weigh(UTF8, s))
		runes = []rune(s)
	} else {
		runes = widen([]byte(s))
	}
	for _, e := range old {
		if text, at := e.letters(runes); at < 0 {
			out = append(out, weigh(e, text))
		}
	}
	return out
}

// oldText reports whether a text has only characters that an old font shows.
func oldText(s string) bool {
	for _, r := range s {
		if _, ok := narrow(r); !ok {
			return false
		}
	}
	return true
}

// weigh counts the words with a mark.
func weigh(e Encoding, text string) reading {
	r := reading{encoding: e, text: text}
	for word := range strings.FieldsFuncSeq(text, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsMark(c) }) {
		// Without a mark a word is the same in every encoding.
		if ascii(word) || emblem(word) {
			continue
		}
		if syllable(strings.ToLower(vanphong.NFC(word))) {
			r.good++
		} else {
			r.bad++
		}
	}
	// What is no letter of Vietnamese between or behind words counts as well:
	// "®" in UTF-8 text is đ of TCVN3 far more often than a trade mark.
	for _, c := range text {
		if c >= 0xA1 && c <= 0xBF || c == '×' || c == '÷' {
			r.bad++
		}
	}
	return r
}

// emblem reports whether a word is an abbreviation, which is no syllable in any
// encoding: QĐ, UBKTĐU, HĐND.
func emblem(word string) bool {
	for _, c := range word {
		if !(c >= 'A' && c <= 'Z' || c == 'Đ' || c == 'Ư' || c == 'Ơ' || c == 'Ă' || c == 'Â' || c == 'Ê' || c == 'Ô') {
			return false
		}
	}
	return !syllable(strings.ToLower(word))
}

// better compares the shares of broken words, and then how many words there are: of two
// readings without a fault the one that makes more words of the marks is right.
func (r reading) better(o reading) bool {
	if r.bad*(o.good+1) != o.bad*(r.good+1) {
		return r.bad*(o.good+1) < o.bad*(r.good+1)
	}
	return r.good > o.good
}

// beats reports whether a reading leaves another no chance: it has far fewer
// broken words.
func (r reading) beats(o reading) bool {
	return r.bad == 0 && o.bad > 0 && o.bad >= o.good/4 || r.bad*4 < o.bad
}

// ascii reports whether a text is the same in every encoding.
func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
