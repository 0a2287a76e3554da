package vntext

import (
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/vanphong-go/vanphong"
)

// covered reports whether r belongs to the text that vanphong.NFC promises to
// treat as Unicode does.
func covered(r rune) bool { return r < 0x370 || r >= 0x1E00 && r < 0x1F00 }

// inScope reports whether s is UTF-8, every character of it is covered and no
// run of marks is so long that x/text breaks it up (it inserts a joiner after
// 30). Before a byte that is not UTF-8 x/text leaves even singletons alone.
func inScope(s string) bool {
	run := 0
	for _, r := range s {
		if !covered(r) {
			return false
		}
		run++
		if r < 0x300 || r >= 0x370 {
			run = 0
		}
		if run > 8 { // a letter before and after may bring marks of its own
			return false
		}
	}
	return utf8.ValidString(s)
}

func FuzzNFC(f *testing.F) {
	for _, s := range []string{
		"",
		"Tỉnh ủy Thái Nguyên",              // composed, the ordinary case
		norm.NFD.String("Tỉnh ủy Huế"),     // wholly taken apart
		"e\u0302\u0323 \u00ea\u0323",       // circumflex before dot, half composed
		"\u00f3\u031b o\u0301\u031b",       // horn after the tone
		"a\u0301\u0302",                    // tone before circumflex: not ấ
		"\u0323\u0301 x",                   // marks without a letter
		"\u0340\u0341\u0343\u0344",         // marks that are only other names
		"=\u0338 \u00a8\u0301",             // compositions that leave Latin
		"\xff\u0323\u0301",                 // a byte that is no UTF-8 before marks
		"o\u034f\u0301",                    // a joiner keeps mark and letter apart
		"\u1e69\u0307 s\u0307\u0323",       // two marks outside Vietnamese
		"\u01d6\u0323 u\u0323\u0308\u0304", // three marks
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := vanphong.NFC(s)
		if again := vanphong.NFC(got); again != got {
			t.Fatalf("NFC(%+q) = %+q, and again %+q", s, got, again)
		}
		if vanphong.IsNFC(s) != (got == s) {
			t.Fatalf("IsNFC(%+q)", s)
		}
		if !inScope(s) {
			return
		}
		if want := norm.NFC.String(s); got != want {
			t.Fatalf("NFC(%+q) = %+q, x/text %+q", s, got, want)
		}
		if vanphong.IsNFC(s) != norm.NFC.IsNormalString(s) {
			t.Fatalf("IsNFC(%+q) differs from x/text", s)
		}
	})
}

// Every covered character with every one and two marks in both orders: the
// table has no hole and no extra pair.
func TestNFCExhaustive(t *testing.T) {
	marks := []rune{0x300, 0x301, 0x302, 0x303, 0x304, 0x306, 0x307, 0x308, 0x309, 0x30A, 0x31B, 0x323, 0x327, 0x328, 0x338}
	for r := rune(0); r < 0x1F00; r++ {
		if !covered(r) {
			continue
		}
		for m := rune(0x300); m < 0x370; m++ {
			check(t, string([]rune{r, m}))
		}
		for _, a := range marks {
			for _, b := range marks {
				check(t, string([]rune{r, a, b}))
			}
		}
	}
}

func check(t *testing.T, s string) {
	t.Helper()
	if got, want := vanphong.NFC(s), norm.NFC.String(s); got != want {
		t.Fatalf("NFC(%+q) = %+q, x/text %+q", s, got, want)
	}
}

// Fold takes off every mark that x/text's decomposition shows.
func FuzzFold(f *testing.F) {
	f.Add("Đại hội Đảng bộ tỉnh")
	f.Add("\u00d0\u1ea3ng  \u00a0 b\u1ed9")
	f.Fuzz(func(t *testing.T, s string) {
		once := vanphong.Fold(s)
		if vanphong.Fold(once) != once {
			t.Fatalf("Fold(%+q) = %+q is not stable", s, once)
		}
		if !inScope(s) {
			return
		}
		if a, b := vanphong.Fold(norm.NFD.String(s)), vanphong.Fold(norm.NFC.String(s)); a != b {
			t.Fatalf("Fold of NFD %+q, of NFC %+q", a, b)
		}
	})
}
