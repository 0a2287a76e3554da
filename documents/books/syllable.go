package books

import (
	"strings"

	"github.com/vanphong-go/vanphong"
)

// part is a vowel letter taken apart: â + sắc.
type part struct {
	base rune // without the tone
	tone rune // combining mark, or 0
}

// parts takes every vowel letter of Vietnamese apart, in both cases, those
// without a tone too.
var parts = func() map[rune]part {
	m := map[rune]part{}
	for _, base := range "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY" {
		m[base] = part{base: base}
		for _, tone := range []rune{0x300, 0x309, 0x303, 0x301, 0x323} {
			m[[]rune(vanphong.NFC(string([]rune{base, tone})))[0]] = part{base, tone}
		}
	}
	return m
}()

// initials are the sounds a syllable can begin with; none is longer than three
// bytes.
var initials = wordSet(`ngh ch gh gi kh ng nh ph qu th tr b c d đ g h k l m n p r s t v x`, "")

// rhymes are what can follow, without the tone.
var rhymes = wordSet(`
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu
i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet oc oi om on ong ooc oong op ot
ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
u ua uân uâng uât uây uc uê uêch uênh ui um un ung uơ up ut uôc uôi uôm uôn uông uôt
uy uya uych uyn uynh uyp uyt uyu uyên uyêt
ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
y ych ynh yt yn yêm yên yêng yêt yêu`)

func wordSet(words string, more ...string) map[string]bool {
	m := map[string]bool{}
	for _, w := range append(strings.Fields(words), more...) {
		m[w] = true
	}
	return m
}

// syllable reports whether a word in small letters is a possible syllable of
// Vietnamese: a known beginning, a known rhyme, at most one tone, and before
// c, ch, p, t only sắc or nặng. It says nothing about meaning.
//
// Reading a file in the wrong encoding breaks nearly every word with a mark,
// which is what makes this a measure.
func syllable(word string) bool {
	var buf [16]rune
	plain := buf[:0]
	var tone rune
	for _, r := range word {
		p, vowel := parts[r]
		if !vowel {
			plain = append(plain, r)
			continue
		}
		plain = append(plain, p.base)
		if p.tone != 0 {
			if tone != 0 {
				return false
			}
			tone = p.tone
		}
	}
	s := string(plain)
	// A closed syllable is short, and the voice has room for two tones only: a rule that a
	// wrong encoding breaks as easily as that of the rhyme.
	stopped := strings.HasSuffix(s, "c") || strings.HasSuffix(s, "ch") || strings.HasSuffix(s, "p") || strings.HasSuffix(s, "t")
	if stopped && tone != 0x301 && tone != 0x323 {
		return false
	}
	// Every cut is tried: "gi" is a beginning in "gia" and g with a rhyme in "gì".
	for n := min(len("ngh"), len(s)); n >= 0; n-- {
		if initials[s[:n]] && rhymes[s[n:]] {
			return true
		}
	}
	return false
}
