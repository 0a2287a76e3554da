package vanphong_test

import (
	"bytes"
	"cmp"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"

	. "github.com/vanphong-go/vanphong"
)

// Vietnamese vowels in alphabetical order, toneless, with the marks they are
// made of; written apart from the package's own tables.
var (
	bases = []struct {
		letter, base, mark string
	}{
		{"a", "a", ""}, {"ă", "a", "\u0306"}, {"â", "a", "\u0302"}, {"e", "e", ""}, {"ê", "e", "\u0302"}, {"i", "i", ""},
		{"o", "o", ""}, {"ô", "o", "\u0302"}, {"ơ", "o", "\u031b"}, {"u", "u", ""}, {"ư", "u", "\u031b"}, {"y", "y", ""},
	}
	toneMarks = []string{"", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"}
	composed  = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵ"
)

// Every Vietnamese vowel with every tone, in every order of marks that means
// it, in both cases, wholly and half taken apart.
func TestNFCComposesEveryVietnameseLetter(t *testing.T) {
	want := []rune(composed)
	for i, b := range bases {
		for j, tone := range toneMarks {
			whole := string(want[i*6+j])
			forms := []string{whole, b.letter + tone, b.base + b.mark + tone}
			if b.mark == "\u031b" || tone == "\u0323" { // marks that do not stand in each other's place
				forms = append(forms, b.base+tone+b.mark, NFC(b.base+tone)+b.mark)
			}
			for _, f := range forms {
				assert.Equal(t, whole, NFC(f), "%+q", f)
				assert.Equal(t, strings.ToUpper(whole), NFC(strings.ToUpper(f)), "%+q", f)
				assert.Equal(t, f == whole, IsNFC(f), "%+q", f)
				assert.Equal(t, "x"+whole+"n-", NFC("x"+f+"n-"), "inside a word")
			}
		}
	}
}

// Four marks are only other names for marks.
func TestNFCReplacesSingletonMarks(t *testing.T) {
	for in, want := range map[string]string{
		"a\u0340": "à", "a\u0341": "á", "a\u0343": "a\u0313", "i\u0344": "ḯ", "x\u0344": "ẍ\u0301", "\u0344": "\u0308\u0301",
	} {
		assert.Equal(t, want, NFC(in), "%+q", in)
	}
}

func TestNFCLeavesAlone(t *testing.T) {
	for _, s := range []string{
		"", "abc", "Văn phòng Tỉnh ủy",
		"á\u0302",             // a tone before a circumflex is not ấ
		"đ\u0301",             // nothing composes
		"\u0301",              // a mark alone
		"а\u0301 α\u0301",     // Cyrillic and Greek: other scripts
		"\xff\xcc",            // no UTF-8
		"\u034f",              // a joiner
		"한글\u1100\u1161",      // Hangul letters
		"e\u034f\u0301",       // a joiner keeps letter and mark apart
		"ạ\u0301\u0309\u0300", // marks that pile up
	} {
		assert.Equal(t, s, NFC(s), "%+q", s)
		assert.True(t, IsNFC(s), "%+q", s)
	}
}

func TestTextFunctionsDoNotAllocateForOrdinaryText(t *testing.T) {
	composed, folded := strings.Repeat("Văn phòng Tỉnh ủy Thái Nguyên, ", 50), strings.Repeat("van phong ", 50)+"x"
	assert.Zero(t, testing.AllocsPerRun(10, func() { NFC(composed) }))
	assert.Zero(t, testing.AllocsPerRun(10, func() { IsNFC(composed) }))
	assert.Zero(t, testing.AllocsPerRun(10, func() { Fold(folded) }))
	assert.Zero(t, testing.AllocsPerRun(10, func() { FoldTone(composed) }))
	assert.Zero(t, testing.AllocsPerRun(10, func() { CompareText("Nguyễn Văn An", "Nguyễn Văn Ân") }))
}

func TestFold(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"Đại hội", "dai hoi"},
		{"ĐẢNG ỦY", "dang uy"},
		{"\u00d0\u1ea3ng, \u0189\u1ea3ng", "dang, dang"},     // look-alikes of Đ
		{"D\u0323a\u0323i", "dai"},                           // marks that are apart
		{"  Tỉnh\u00a0 ủy\t\r\nHuế ", "tinh uy hue"},         // every kind of space
		{"tỉnh\u200b ủy\ufeff", "tinh uy"},                   // characters without width
		{"soft\u00adhyphen", "softhyphen"},                   //
		{"Quyết định 981-QĐ/TU", "quyet dinh 981-qd/tu"},     // signs stay
		{"Ñandú Øre Straße", "nandu øre straße"},             // other Latin: marks go, letters stay
		{"МОСКВА Αθήνα", "москва αθήνα"},                     // other scripts: case only
		{"1 ≠ 2 =\u0338", "1 = 2 ="},                         // composed or apart, a stroke goes
		{"\xffA", "\ufffda"},                                 // no UTF-8
		{"", ""}, {" ", ""}, {"\u0301", ""}, {"a  b", "a b"}, //
	} {
		assert.Equal(t, c.want, Fold(c.in), "%+q", c.in)
	}
	for i, r := range []rune(composed) {
		assert.Equal(t, bases[i/6].base, Fold(string(r)))
		assert.Equal(t, bases[i/6].base, Fold(strings.ToUpper(string(r))))
	}
}

func FuzzText(f *testing.F) {
	for _, s := range []string{
		"Tỉnh uỷ, hoà bình, quý, gìn giữ", // both styles, and syllables that stay
		"\u00d0\u1ea3ng bo\u0323\u0302",   // look-alike and marks apart
		"qúoa quúy hòá ngòai",             // tones where none belongs
		"\xc4\u0319\x89",                  // bytes that would join when a mark goes
		"bo\u00e3\u0302",                  // a mark that would find a letter when the tone moves
		"  \u00a0 \u200b",                 // nothing but space
		"<\u0338=\u0338>\u0338",           // marks that make signs, not letters
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for name, fn := range map[string]func(string) string{"NFC": NFC, "Fold": Fold, "FoldTone": FoldTone} {
			once := fn(s)
			if twice := fn(once); twice != once {
				t.Fatalf("%s(%+q) = %+q, again %+q", name, s, once, twice)
			}
			if utf8.ValidString(s) && !utf8.ValidString(once) {
				t.Fatalf("%s(%+q) = %+q", name, s, once)
			}
		}
		if a, b := Fold(FoldTone(s)), Fold(s); a != b {
			t.Fatalf("Fold sees where a tone is placed in %+q: %q, %q", s, a, b)
		}
		if CompareText(s, NFC(s)) != 0 {
			t.Fatalf("%+q does not stand with its composed form", s)
		}
	})
}

func TestFoldTone(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"uỷ", "ủy"}, {"hoà", "hòa"}, {"khoẻ", "khỏe"}, {"thuý", "thúy"}, {"goá", "góa"}, {"loè", "lòe"},
		{"UỶ BAN", "ỦY BAN"}, {"Uỷ ban", "Ủy ban"}, {"HOÀ BÌNH", "HÒA BÌNH"}, // case stays
		{"quý", "quý"}, {"qúy", "quý"}, {"quà", "quà"}, {"qùa", "quà"}, {"quẻ", "quẻ"}, {"Qủa", "Quả"}, {"QÚY", "QUÝ"}, // qu
		{"hoàn", "hoàn"}, {"hòan", "hoàn"}, {"tòan quốc", "toàn quốc"}, {"ngòai", "ngoài"}, {"xóay", "xoáy"}, {"húynh", "huýnh"}, // before a final sound
		{"khuỷu", "khuỷu"}, {"khủyu", "khuỷu"}, {"ngoẻo", "ngoẻo"},
		{"tỉnh uỷ, thành uỷ.", "tỉnh ủy, thành ủy."}, {"(uỷ)", "(ủy)"}, {"uỷ_ban", "ủy_ban"}, // inside text
		{"uy\u0309", "ủy"}, {"u\u0309y", "ủy"}, {"ho\u0061\u0300", "hòa"}, // marks apart
		{"giữ gìn già quả mía của lúa múa", "giữ gìn già quả mía của lúa múa"}, // alike in both styles
		{"thuyền nguyễn thuế luật ngoại khoán tuyến", "thuyền nguyễn thuế luật ngoại khoán tuyến"},
		{"Plié, naïve, José, Sóar", "Plié, naïve, José, Sóar"}, // foreign words stay
		{"oa òá", "oa òá"}, // no tone, two tones
		{"iuý", "iuý"},     // within a longer run of vowels
		{"gioà", "giòa"},   // gi is a consonant
		{"", ""}, {"ascii only", "ascii only"},
	} {
		assert.Equal(t, c.want, FoldTone(c.in), "%+q", c.in)
	}
}

// Both placements of every tone on oa, oe, uy fold to one, with and without
// the consonants that tempt to a mistake, in both cases.
func TestBothTonePlacementsFoldAlike(t *testing.T) {
	vowel := func(base string, tone int) string { return NFC(base + toneMarks[tone]) }
	for _, onset := range []string{"", "h", "t", "th", "g", "ng", "kh", "q", "gi"} {
		for _, v := range []string{"oa", "oe", "uy"} {
			for tone := 1; tone < 6; tone++ {
				older, newer := onset+vowel(v[:1], tone)+v[1:], onset+v[:1]+vowel(v[1:], tone)
				for _, s := range []string{"", " ", "."} {
					a, b := FoldTone(older+s), FoldTone(newer+s)
					assert.Equal(t, a, b, "%s and %s", older, newer)
					assert.Equal(t, strings.ToUpper(a), FoldTone(strings.ToUpper(newer+s)))
				}
				want := older
				if onset == "q" && v == "uy" {
					want = newer
				}
				assert.Equal(t, want, FoldTone(newer))
			}
		}
	}
}

func TestCompareText(t *testing.T) {
	order := []string{
		"", "1", "2", "a", "A", "à", "ả", "ã", "á", "ạ", "an", "án", "anh", "ă", "ắ", "ăn", "â", "ấn", "b", "c", "d", "dz", "đ", "Đ", "e", "ê", "f", "g",
		"ma", "ma túy", "mà", "mà cả", "má", "mạ", "mai", "măng", "mây",
		"o", "ô", "ơ", "phường Bến Nghé", "quận", "u", "ư", "v", "w", "x", "y", "z", "я",
	}
	for i, a := range order {
		for j, b := range order {
			assert.Equal(t, cmp.Compare(i, j), CompareText(a, b), "%q and %q", a, b)
		}
	}
	assert.Zero(t, CompareText("e\u0323\u0302", "ệ"), "the same text")
	assert.NotZero(t, CompareText("hoà", "hòa"), "other text, so that a sort has one result")
	assert.Negative(t, CompareText("hoà x", "hòa y"), "but the same syllable")
	assert.Negative(t, CompareText("Bà Rịa - Vũng Tàu", "Bà Rịa Vũng Tây"), "dashes part syllables and weigh nothing")
	assert.Negative(t, CompareText("Ðan", "Đào"), "the look-alike stands with Đ …")
	assert.Negative(t, CompareText("Dũng", "Ðan"), "… and not with D")
}

func TestSortKeyAgreesWithCompareText(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	letters := []rune("aàáăâbdđeêo ôơưuAĐ1-'я")
	random := func() string {
		out := make([]rune, r.IntN(6))
		for i := range out {
			out[i] = letters[r.IntN(len(letters))]
		}
		return string(out)
	}
	var all []string
	for range 2000 {
		a, b := random(), random()
		if got, want := CompareText(a, b), bytes.Compare(AppendSortKey(nil, a), AppendSortKey(nil, b)); got != want || CompareText(b, a) != -want || want == 0 && a != b {
			t.Fatalf("%q, %q: %d, keys %d", a, b, got, want)
		}
		all = append(all, a)
	}
	slices.SortFunc(all, CompareText)
	assert.True(t, slices.IsSortedFunc(all, CompareText))
}

func BenchmarkNFC(b *testing.B) {
	text := strings.Repeat("Văn phòng Tỉnh ủy Thái Nguyên ", 30)
	apart := strings.Repeat("Va\u0306n pho\u0300ng Ti\u0309nh u\u0309y Tha\u0301i Nguye\u0302\u0303n ", 30)
	for name, s := range map[string]string{"composed": text, "apart": apart} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(s)))
			for b.Loop() {
				NFC(s)
			}
		})
	}
}

func BenchmarkFold(b *testing.B) {
	text := strings.Repeat("Văn phòng Tỉnh ủy Thái Nguyên ", 30)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Fold(text)
	}
}

func BenchmarkFoldTone(b *testing.B) {
	text := strings.Repeat("Văn phòng Tỉnh uỷ Thái Nguyên ", 30)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		FoldTone(text)
	}
}

func BenchmarkComparePersons(b *testing.B) {
	p, q := Person{Name: "Nguyễn Văn An"}, Person{Name: "Nguyễn Văn Ân"}
	b.ReportAllocs()
	for b.Loop() {
		ComparePersons(p, q)
	}
}
