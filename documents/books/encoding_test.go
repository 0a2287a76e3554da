package books

import (
	"os/exec"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/vanphong-go/vanphong"
)

// allLetters are the 134 letters of Vietnamese that ASCII does not have, 67 small
// and 67 capital.
const allLetters = "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ" +
	"ÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬĐÈẺẼÉẸÊỀỂỄẾỆÌỈĨÍỊÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢÙỦŨÚỤƯỪỬỮỨỰỲỶỸÝỴ"

func TestEveryLetterHasAPlaceInEveryEncoding(t *testing.T) {
	require.Equal(t, 134, utf8.RuneCountInString(allLetters))
	for _, e := range []Encoding{UTF8, UTF16LE, UTF16BE, Windows1258, TCVN3, VNI} {
		seen := map[string]string{}
		for _, r := range allLetters {
			// Between capitals a capital comes back from TCVN3 too.
			word := "T" + string(r) + "T"
			if !isUpper(r) {
				word = "t" + string(r) + "t"
			}
			b, err := e.Encode(word)
			require.NoError(t, err, "%s %q", e.Name(), word)
			got, err := e.Decode(b)
			require.NoError(t, err, "%s %q", e.Name(), word)
			assert.Equal(t, word, got, e.Name())
			if e != TCVN3 || !isUpper(r) {
				assert.Empty(t, seen[string(b)], "%s: %q has the bytes of another letter", e.Name(), word)
			}
			seen[string(b)] = word
		}
	}
}

// The expected bytes are those of the standards, written by hand: a round trip
// alone would pass with two letters exchanged.
func TestWordsAsTheFontsHaveThem(t *testing.T) {
	for _, c := range []struct {
		e           Encoding
		bytes, want string
	}{
		{TCVN3, "QuyÕt ®Þnh", "Quyết định"},                                                 // the word of every register
		{TCVN3, "TØnh ñy, ®¶ng bé, chi bé", "Tỉnh ủy, đảng bộ, chi bộ"},                     // five tones
		{TCVN3, "céng hßa x· héi chñ nghÜa ViÖt Nam", "cộng hòa xã hội chủ nghĩa Việt Nam"}, // ngã twice
		{TCVN3, "Sè 12-Q§/TU", "Số 12-QĐ/TU"},                                               // a capital that VN3 has
		{TCVN3, "QUYÕT §ÞNH", "QUYẾT ĐỊNH"},                                                 // .VnTimeH: capitals by the other letters
		{TCVN3, "KÕt luËn cña BCH TØNH", "Kết luận của BCH TỈNH"},                           // one word of capitals in small text
		{TCVN3, "§¶NG Uû", "ĐẢNG UỶ"},                                                       // no sure small letter in the whole text
		{TCVN3, "Êp 3", "ấp 3"},                                                             // what the file does not tell stays small
		{TCVN3, "\u00ADu ®iÓm, ng\u00ADêi", "ưu điểm, người"},                               // ư is the soft hyphen
		{TCVN3, "TØNH Uû", "TỈNH UỶ"},                                                       // the word beside tells
		{VNI, "Quyeát ñònh", "Quyết định"},
		{VNI, "Tænh uûy, ñaûng boä, chi boä", "Tỉnh ủy, đảng bộ, chi bộ"},
		{VNI, "coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "cộng hòa xã hội chủ nghĩa Việt Nam"},
		{VNI, "QUYEÁT ÑÒNH", "QUYẾT ĐỊNH"},
		{VNI, "Aùp 3, Öu tieân, Ôû ñaây", "Áp 3, Ưu tiên, Ở đây"}, // a tone typed without the shift key
		{VNI, "ñöôøng, nöôùc, huyeän kyõ", "đường, nước, huyện kỹ"},
		{Windows1258, "Quy\u00EA\u00ECt \u00F0i\u00F2nh", "Quyết định"},
	} {
		got, err := c.e.Letters(c.bytes)
		require.NoError(t, err, c.bytes)
		assert.Equal(t, c.want, got, "%s as characters", c.e.Name())
		raw := make([]byte, 0, len(c.bytes))
		for _, r := range c.bytes {
			b, ok := narrow(r)
			require.True(t, ok)
			raw = append(raw, b)
		}
		got, err = c.e.Decode(raw)
		require.NoError(t, err, c.bytes)
		assert.Equal(t, c.want, got, "%s as bytes", c.e.Name())
	}
}

func TestWhatNoLetterHasIsRefusedWithItsPlace(t *testing.T) {
	for _, c := range []struct {
		e     Encoding
		bytes string
		want  string
	}{
		{UTF8, "Quy\xD5t", "at 3"},
		{VNI, "h\xF9", "at 1"},                // a tone after a consonant
		{Windows1258, "a\x8A", "at 1"},        // a hole of the code page
		{TCVN3, "a\x81", "at 1"},              // neither punctuation nor a letter
		{UTF16LE, "\xFF\xFEa", "at 2"},        // half a character
		{UTF16LE, "\x00\xD8", "at 0"},         // half a pair
		{UTF16BE, "\xD8\x00\x00\x41", "at 0"}, // a pair that is none
	} {
		_, err := c.e.Decode([]byte(c.bytes))
		require.ErrorIs(t, err, vanphong.ErrInvalid, "%s %q", c.e.Name(), c.bytes)
		assert.Contains(t, err.Error(), c.want)
	}
	// Found by FuzzDecode: files that were put together have two byte order marks.
	for e, b := range map[Encoding]string{UTF8: "\uFEFF\uFEFFa", UTF16LE: "\xFF\xFE\xFF\xFEa\x00"} {
		got, err := e.Decode([]byte(b))
		require.NoError(t, err)
		assert.Equal(t, "a", got)
	}
	// Found by FuzzDecode: a zero byte behind a letter of its own was swallowed.
	got, err := VNI.Decode([]byte("\xD1\x00"))
	require.NoError(t, err)
	assert.Equal(t, "Đ\x00", got)
	_, err = EncodingUnknown.Decode(nil)
	require.ErrorIs(t, err, vanphong.ErrInvalid)
	_, err = TCVN3.Encode("漢")
	require.ErrorIs(t, err, vanphong.ErrInvalid)
}

// Each text stands in for a row of a register.
var rows = []string{
	"981-QĐ/TU;14/3/2022;Về việc chỉ định cấp ủy viên;Nguyễn Văn An",
	"Kế hoạch kiểm tra, giám sát năm 2021",
	"Báo cáo tình hình thực hiện nghị quyết",
	"Đặng Thị Hường",
	"THÔNG BÁO KẾT LUẬN CỦA BAN THƯỜNG VỤ",
	"Ý kiến chỉ đạo",
	"Trần Đức Lương; Bí thư Huyện ủy",
	"công tác xây dựng Đảng",
}

func TestRowsAreRecognised(t *testing.T) {
	for _, text := range rows {
		for _, e := range []Encoding{UTF8, UTF16LE, UTF16BE, Windows1258, TCVN3, VNI} {
			b, err := e.Encode(text)
			require.NoError(t, err)
			got := Recognise(b)
			assert.Equal(t, e, got.Encoding, "%s %q", e.Name(), text)
			assert.GreaterOrEqual(t, got.Confidence, Certain, "%s %q", e.Name(), text)
		}
		// As a spreadsheet has it: the characters of the font, in UTF-8.
		for _, e := range []Encoding{TCVN3, VNI, Windows1258} {
			b, err := e.Encode(text)
			require.NoError(t, err)
			got := Recognise([]byte(string(widen(b))))
			assert.Equal(t, e, got.Encoding, "%s %q in UTF-8", e.Name(), text)
		}
		assert.Equal(t, UTF8, Recognise([]byte(nfd(text))).Encoding, "marks apart")
	}
	assert.Equal(t, Guess{UTF8, 1}, Recognise([]byte("12-TB/TU")))
	assert.Equal(t, Guess{}, Recognise([]byte("\x81\x8D\x90")))
}

// A name without a Vietnamese mark, or with one that two encodings have, is not
// decided by force.
func TestWhatIsNotCertainIsSaidSo(t *testing.T) {
	for _, text := range []string{"B\xF9i", "\xE8\xE8"} {
		assert.Less(t, Recognise([]byte(text)).Confidence, Certain, "%q", text)
	}
}

// A long text of one kind must not cost more than its length.
func TestRecognitionIsLinear(t *testing.T) {
	for _, unit := range []string{"a\u0301", "\xB3", "\xC0", "A\xB3", "\xE1", "Ã\xF9 ", "x\u0300\u0323\u0301"} {
		start := time.Now()
		Recognise([]byte(strings.Repeat(unit, 50_000)))
		assert.Less(t, time.Since(start), 20*time.Second, "%q", unit)
	}
}

func nfd(s string) string {
	var b strings.Builder
	for _, r := range s {
		if p, ok := parts[r]; ok && p.tone != 0 {
			b.WriteRune(p.base)
			b.WriteRune(p.tone)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// The C library knows TCVN 5712 and code page 1258; where it is at hand, it is
// asked for every byte.
func TestTablesAgreeWithTheCLibrary(t *testing.T) {
	iconv, err := exec.LookPath("iconv")
	if err != nil {
		t.Skip("no iconv here: the tables are checked by the words above alone")
	}
	for e, name := range map[Encoding]string{TCVN3: "TCVN5712-1", Windows1258: "CP1258"} {
		for c := 0xA1; c <= 0xFF; c++ {
			if e == TCVN3 && tcvn3Letters[c] == 0 {
				continue // a capital of VN2
			}
			cmd := exec.Command(iconv, "-f", name, "-t", "UTF-8")
			cmd.Stdin = strings.NewReader(string([]byte{'a', byte(c)}))
			out, err := cmd.Output()
			if err != nil {
				t.Skipf("iconv does not know %s", name)
			}
			got, err := e.Decode([]byte{'a', byte(c)})
			require.NoError(t, err)
			assert.Equal(t, vanphong.NFC(string(out)), got, "%s %X", name, c)
		}
	}
}
