package documents_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
)

// What a clerk types into one box is a number, a serial, a day, or words.
func TestReadQuery(t *testing.T) {
	day := vanphong.MustDate("2026-03-05")
	year := vanphong.Days{First: vanphong.MustDate("2020-01-01"), End: vanphong.MustDate("2021-01-01")}
	for _, c := range []struct {
		typed string
		want  documents.Query
	}{
		{"", documents.Query{}},
		{"  ", documents.Query{}},
		{"981", documents.Query{Number: documents.Number{Serial: 981}}},
		{" số 981 ", documents.Query{Number: documents.Number{Serial: 981}}},
		{"Số: 07", documents.Query{Number: documents.Number{Serial: 7}}}, // with its zero
		{"15a", documents.Query{Number: documents.Number{Serial: 15, Suffix: "a"}}},
		{"15bis", documents.Query{Number: documents.Number{Serial: 15, Suffix: "bis"}}},
		{"981-QĐ/TU", documents.Query{Number: documents.Number{Serial: 981, Code: "QĐ", Issuer: "TU"}}},
		{"số 981 - qd/tu", documents.Query{Number: documents.Number{Serial: 981, Code: "QĐ", Issuer: "TU"}}},
		{"18/NQ-TW", documents.Query{Number: documents.Number{Serial: 18, Code: "NQ", Issuer: "TW"}}}, // separators changed over
		{"30/2020/NĐ-CP", documents.Query{Number: documents.Number{Serial: 30, Year: 2020, Code: "NĐ", Issuer: "CP"}}},
		{"981-QĐ", documents.Query{Number: documents.Number{Serial: 981, Code: "QĐ"}}},
		{"30/2020", documents.Query{Number: documents.Number{Serial: 30}, Days: year}},
		{"05/3/2026", documents.Query{Days: vanphong.Days{First: day, End: day + 1}}},
		{"2026-03-05", documents.Query{Days: vanphong.Days{First: day, End: day + 1}}},
		{"ngày 5/3/2026", documents.Query{Days: vanphong.Days{First: day, End: day + 1}}},
		{"Ngay  05/03/2026", documents.Query{Days: vanphong.Days{First: day, End: day + 1}}}, // without marks
		{"ngày 05 tháng 3 năm 2026", documents.Query{Days: vanphong.Days{First: day, End: day + 1}}},
		{"ngày 31/2/2026", documents.Query{Words: "ngày 31/2/2026"}},       // no such day
		{"ngày hội 5/3/2026", documents.Query{Words: "ngày hội 5/3/2026"}}, // words
		{"ngày", documents.Query{Words: "ngày"}},
		{"2025", documents.Query{Number: documents.Number{Serial: 2025}}}, // a serial, not a year
		{"kiện toàn", documents.Query{Words: "kiện toàn"}},
		{"Đại hội 13", documents.Query{Words: "Đại hội 13"}}, // digits within words
		{"0", documents.Query{Words: "0"}},                   // no serial
		{"9999999999", documents.Query{Words: "9999999999"}}, // a telephone number
		{"kie\u0302\u0323n toa\u0300n", documents.Query{Words: "kiện toàn"}},
	} {
		got, err := documents.ReadQuery(c.typed, nil)
		require.NoError(t, err, c.typed)
		assert.Equal(t, c.want, got, "%q", c.typed)
	}
	for _, typed := range []string{"–", "...", strings.Repeat("a ", 17), strings.Repeat("a", 501), "a\x00b", "\xff"} {
		_, err := documents.ReadQuery(typed, nil)
		var input *vanphong.InputError
		assert.True(t, errors.As(err, &input), "%q: %v", typed, err)
	}
}

// The rules of words that a whole store cannot show.
func TestWordsMatch(t *testing.T) {
	for _, c := range []struct {
		words, text string
		part, want  bool
	}{
		{"", "", false, true}, // nothing asked for
		{"a", "", false, false},
		{"hòa", "HOÀ", false, true},
		{"quý", "qúy", false, true},
		{"quý", "quỳ", false, false}, // another tone
		{"đ", "Đ", false, true},
		{"Đảng", "\u00d0ảng", false, true}, // Ð of old files
		{"đang", "dang", false, false},     // a stroke is a mark
		{"hội", "hộ\u00adi", false, true},  // a soft hyphen inside a word
		{"hoi", "h\u200bội", false, true},  // a space without width
		{"ê", "e\u0302", false, true},
		{"mưa", "mua", false, false},
		{"kiê", "kiện", true, true},
		{"kiề", "kiện", true, false},
		{"kie", "kiện", true, true},
		{"hoà", "hoàn", true, true}, // the tone moves when the word goes on
		{"n", "Nghị quyết", true, true},
		{"quyet ng", "Nghị quyết", true, true},
		{"quyết nghi", "Nghị quyết", false, true},
		{"ng quyết", "Nghị quyết", true, false}, // only the last is begun
		{"дума", "Дума", false, true},
		{"36", "36-HD/VPTW", false, true},
		{"2020", "2020-2025", false, true},
		{"02", "2020", false, false},
	} {
		w, err := documents.ParseWords(c.words, c.part)
		require.NoError(t, err)
		assert.Equal(t, c.want, w.Match(c.text), "%q in %q", c.words, c.text)
	}
}

// An index tells what stands in it: of a secret document it gets the signer alone,
// even if a store was given an abstract that none should have.
func TestTermsOfAnEntry(t *testing.T) {
	en := documents.Entry{Content: documents.Content{Abstract: "Kiện toàn, kiện toàn 36-HD/VPTW", Signer: "Trần Văn Ân"}}
	assert.Equal(t, []string{"kien", "toan", "36", "hd", "vptw", "s_tran", "s_van", "s_an", "g_an"}, en.Terms())
	en.Secrecy = vanphong.Confidential
	assert.Equal(t, []string{"s_tran", "s_van", "s_an", "g_an"}, en.Terms())
	assert.Empty(t, documents.Entry{}.Terms())
}

// What words match has their terms: an index may be asked first.
func FuzzWords(f *testing.F) {
	for _, s := range [][2]string{
		{"kiện toàn", "Về việc kiện toàn tổ"}, // the plain case
		{"hoà", "hòa"},                 // two places of a tone
		{"e\u0302\u0323", "ệ"},         // marks apart
		{"a\u0301\u0300", "\u0301a"},   // marks that meet none
		{"\u00ada", "a\u200b"},         // no width
		{"Дума 中", "中 дума"},           // other scripts
		{strings.Repeat("đ", 90), "x"}, // longer than an index takes
		{"\xff", "\xc3"},               // no UTF-8
	} {
		f.Add(s[0], s[1], true)
		f.Add(s[0], s[1], false)
	}
	f.Fuzz(func(t *testing.T, asked, text string, part bool) {
		w, err := documents.ParseWords(asked, part)
		if err != nil {
			return
		}
		terms := documents.Terms(text)
		for _, s := range terms {
			if s == "" || strings.ContainsAny(s, " '\"_*\\") || len(s) > 64 {
				t.Fatalf("term %q of %q", s, text)
			}
		}
		if w.Match(text) {
			for _, want := range w.Terms() {
				found := false
				for _, s := range terms {
					found = found || s == want.Text || want.Part && strings.HasPrefix(s, want.Text)
				}
				if !found {
					t.Fatalf("%q matches %q, which has no term %+v", asked, text, want)
				}
			}
		}
		if !part && !w.Match(asked) {
			t.Fatalf("%q does not match itself", asked)
		}
		if w.Match(text) != w.Match(vanphong.NFC(text)) {
			t.Fatalf("%q: %q is another text composed", asked, text)
		}
		if v, err := documents.ParseWords(vanphong.Fold(asked), part); err == nil && w.Match(text) && !v.Match(text) {
			t.Fatalf("%q matches %q, without marks it does not", asked, text)
		}
	})
}

func BenchmarkWordsMatch(b *testing.B) {
	const text = "Về việc kiện toàn Ban Chỉ đạo xây dựng và thực hiện quy chế dân chủ ở cơ sở của Tỉnh ủy nhiệm kỳ 2025 - 2030"
	for _, c := range []struct{ name, words string }{{"plain", "co so quy che"}, {"marks", "cơ sở quy chế"}} {
		w, err := documents.ParseWords(c.words, false)
		require.NoError(b, err)
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if !w.Match(text) {
					b.Fatal("not found")
				}
			}
		})
	}
}
