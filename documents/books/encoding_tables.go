package books

import (
	"strings"

	"github.com/vanphong-go/vanphong"
)

// punctuation is what Windows has in the bytes 80 to 9F, in the Western and the
// Vietnamese code page alike; 0 where neither has anything. The Western letters
// of that block (Š, š, Ž, ž) are in no Vietnamese file.
var punctuation = [32]rune{
	'€', 0, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 0, '‹', 'Œ', 0, 0, 0,
	0, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 0, '›', 'œ', 0, 0, 'Ÿ',
}

// narrowed is the way back from punctuation: its characters are above FF in Unicode,
// and only they are.
var narrowed = func() map[rune]byte {
	m := map[rune]byte{}
	for i, r := range punctuation {
		if r != 0 {
			m[r] = byte(0x80 + i)
		}
	}
	return m
}()

// cp1258 is the code page 1258 of Windows. Five of its characters are tone
// marks that stand after their letter.
var cp1258 = func() (t [256]rune) {
	for i := range t {
		t[i] = rune(i)
	}
	// A byte that neither Windows nor the letters use is 0, which is no letter.
	copy(t[0x80:0xA0], punctuation[:])
	for c, r := range map[byte]rune{
		0xC3: 'Ă', 0xE3: 'ă', 0xD0: 'Đ', 0xF0: 'đ', 0xD5: 'Ơ', 0xF5: 'ơ', 0xDD: 'Ư', 0xFD: 'ư', 0xFE: '₫',
		0xCC: '\u0300', 0xD2: '\u0309', 0xDE: '\u0303', 0xEC: '\u0301', 0xF2: '\u0323',
	} {
		t[c] = r
	}
	return t
}()

// tcvn3 lists the letters of TCVN 5712:1993 VN3 from A1 to FE, a blank where it
// has none. VN2 puts capitals with a tone there, which the ABC fonts never had;
// to read them would make sense of Western text. B0 to B4 are tone marks that
// stand after their letter.
const tcvn3 = "" +
	"ĂÂÊÔƠƯĐ" + "ăâêôơưđ" + " " + // A1
	"\u0300\u0309\u0303\u0301\u0323" + "àảãáạ" + " " + "ằẳẵắ" + " " + // B0
	"      " + "ặầẩẫấậè" + " " + "ẻẽ" + // C0
	"éẹềểễếệìỉ" + "   " + "ĩíịò" + // D0
	" " + "ỏõóọồổỗốộờởỡớợù" + // E0
	" " + "ủũúụừửữứựỳỷỹýỵ" // F0

// tcvn3Letters has the letter for each byte, 0 for none.
var tcvn3Letters = func() (t [256]rune) {
	for i := range 0x80 {
		t[i] = rune(i)
	}
	copy(t[0x80:0xA0], punctuation[:])
	t[0xA0] = 0xA0
	c := 0xA1
	for _, r := range tcvn3 {
		if r != ' ' {
			t[c] = r
		}
		c++
	}
	return t
}()

// vniRows are the letters that VNI writes with a second character, by the first
// one, in the order of vniSeconds.
var vniRows = map[rune]string{
	'a': "á à ả ã ạ â ấ ầ ẩ ẫ ậ ă ắ ằ ẳ ẵ ặ",
	'e': "é è ẻ ẽ ẹ ê ế ề ể ễ ệ",
	'o': "ó ò ỏ õ ọ ô ố ồ ổ ỗ ộ",
	'ô': "ớ ờ ở ỡ ợ",
	'u': "ú ù ủ ũ ụ",
	'ö': "ứ ừ ử ữ ự",
	'y': "ý ỳ ỷ ỹ",
}

// vniSeconds are the second characters: five tones, then those that bring a
// circumflex (â and its tones), then those that bring a breve.
const vniSeconds = "ùøûõï" + "âáàåãä" + "êéèúüë"

// vniSingles are the letters that VNI has in one character.
const vniSingles = "ôơ öư íí ìì æỉ óĩ òị îỵ ñđ"

// vniPair is one or two characters of VNI; second is 0 where one is enough.
type vniPair struct{ first, second rune }

// vniLetters maps one or two characters (second 0) to the letter.
var vniLetters = func() map[vniPair]rune {
	m := map[vniPair]rune{}
	put := func(first, second, letter rune) {
		up, seconds := upper(first), []rune{second}
		if second != 0 {
			// "Aù" is as common as "AÙ": the tone is typed with the shift key released.
			seconds = append(seconds, upper(second))
		}
		for _, s := range seconds {
			m[vniPair{first, s}], m[vniPair{up, s}] = letter, upper(letter)
		}
	}
	for first, row := range vniRows {
		seconds := []rune(vniSeconds)
		for i, letter := range strings.Fields(row) {
			put(first, seconds[i], []rune(letter)[0])
		}
	}
	for _, s := range strings.Fields(vniSingles) {
		r := []rune(s)
		put(r[0], 0, r[1])
	}
	return m
}()

// upper is a single character in capitals. No letter of Vietnamese becomes two.
func upper(r rune) rune { return []rune(strings.ToUpper(string(r)))[0] }

// lettersVNI reads the longest letter at each place: "oâ" is ô and never o
// followed by something else, because no second character is a letter of its own.
func lettersVNI(in []rune) (string, int) {
	var b strings.Builder
	for i := 0; i < len(in); i++ {
		r := in[i]
		if i+1 < len(in) && in[i+1] != 0 { // 0 is "none" in the table
			if letter, ok := vniLetters[vniPair{r, in[i+1]}]; ok {
				b.WriteRune(letter)
				i++
				continue
			}
		}
		if letter, ok := vniLetters[vniPair{r, 0}]; ok {
			r = letter
		} else if !sharedRune(r) {
			return "", i
		}
		b.WriteRune(r)
	}
	return b.String(), -1
}

// sharedRune reports whether a character means the same in text of an old font
// and in Unicode: ASCII, no-break space, the punctuation of Windows.
func sharedRune(r rune) bool {
	if r < 0x80 || r == 0xA0 {
		return true
	}
	_, ok := narrowed[r]
	return ok
}

// lettersTCVN3 also settles which letters are capitals.
func lettersTCVN3(in []rune) (string, int) {
	out := make([]rune, len(in))
	for i, r := range in {
		c, ok := narrow(r)
		if !ok || tcvn3Letters[c] == 0 {
			return "", i
		}
		out[i] = tcvn3Letters[c]
	}
	raise(out)
	return vanphong.NFC(string(out)), -1
}

// raise puts in capitals what a font of capitals (.VnTimeH) showed as capitals,
// as far as the text tells: see [Encoding.Decode].
func raise(text []rune) {
	sure, any := true, false // no small ASCII letter in the text; a word of capitals in it
	for i := 0; i < len(text); {
		if !wordRune(text[i]) {
			i++
			continue
		}
		start := i
		for i < len(text) && wordRune(text[i]) {
			i++
		}
		word := text[start:i]
		switch small := hasSmall(word); {
		case small:
			sure = false
		// The first capital of a word says nothing: names and sentences begin so. An
		// abbreviation (Q§) has no letter whose case is open and says nothing either.
		case hasCapital(word[1:]) && capitals(word):
			any = true
		}
	}
	// "TØNH Uû": by itself the second word would be Uỷ.
	if sure && any {
		capitals(text)
	}
}

// capitals puts the letters whose case is open in capitals and says whether
// there were any.
func capitals(text []rune) (open bool) {
	for i, r := range text {
		if r > 0x7F && toLower(r) == r && upper(r) != r {
			text[i], open = upper(r), true
		}
	}
	return open
}

// hasSmall reports whether a word has a letter that is small in every font.
func hasSmall(text []rune) bool {
	for _, r := range text {
		if r >= 'a' && r <= 'z' {
			return true
		}
	}
	return false
}

// hasCapital reports whether a word has a letter that is a capital in every font.
func hasCapital(text []rune) bool {
	for _, r := range text {
		if isCapital(r) {
			return true
		}
	}
	return false
}

// isCapital includes the seven capitals that VN3 has beyond ASCII.
func isCapital(r rune) bool { return r >= 'A' && r <= 'Z' || strings.ContainsRune("ĂÂÊÔƠƯĐ", r) }

// wordRune includes the tone marks that stand apart.
func wordRune(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= 0x300 && r < 0x330 || r >= 0xC0 && isLetterOfOurs(r)
}

// isLetterOfOurs reports whether r is a vowel letter of Vietnamese or đ.
func isLetterOfOurs(r rune) bool { _, ok := parts[r]; return ok || r == 'đ' || r == 'Đ' }

// encoders maps each character above ASCII to its bytes.
var encoders = func() (t [len(encodingCodes)]map[rune]string) {
	shared := func() map[rune]string {
		m := map[rune]string{0xA0: "\xA0"}
		for r, c := range narrowed {
			m[r] = string([]byte{c})
		}
		return m
	}
	t[Windows1258], t[TCVN3], t[VNI] = shared(), shared(), shared()
	for c := 0xA1; c <= 0xFF; c++ {
		t[Windows1258][cp1258[c]] = string([]byte{byte(c)})
		if r := tcvn3Letters[c]; r != 0 {
			t[TCVN3][r] = string([]byte{byte(c)})
		}
	}
	// Windows-1258 has a vowel whole, or as its base and a tone. TCVN3 has small letters,
	// and a capital with a tone takes the place of its small one.
	for r, p := range parts {
		base, small := t[Windows1258][p.base], t[TCVN3][toLower(r)]
		if p.base < 0x80 {
			base = string(p.base)
		}
		if _, whole := t[Windows1258][r]; !whole && p.tone != 0 && base != "" {
			t[Windows1258][r] = base + t[Windows1258][p.tone]
		}
		if _, own := t[TCVN3][r]; !own && small != "" {
			t[TCVN3][r] = small
		}
	}
	for p, r := range vniLetters {
		// Both characters in the case of the letter.
		if p.second != 0 && isUpper(p.first) != isUpper(p.second) {
			continue
		}
		text := []byte{byte(p.first)}
		if p.second != 0 {
			text = append(text, byte(p.second))
		}
		t[VNI][r] = string(text)
	}
	return t
}()

// toLower is a single character in small letters.
func toLower(r rune) rune { return []rune(strings.ToLower(string(r)))[0] }

// isUpper reports whether r has a small letter beside it.
func isUpper(r rune) bool { return toLower(r) != r }
