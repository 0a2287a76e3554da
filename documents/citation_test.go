package documents

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"
)

// readCites collects what ReadCitations finds.
func readCites(r io.Reader) (out []Citation, err error) { return readThrough(r, citeWindow) }

func readThrough(r io.Reader, window int) (out []Citation, err error) {
	for c, e := range readCitations(r, nil, window) {
		if e != nil {
			return out, e
		}
		out = append(out, c)
	}
	return out, nil
}

// cutReader hands out n bytes at a time.
type cutReader struct {
	text string
	n    int
}

func (r *cutReader) Read(p []byte) (int, error) {
	if r.text == "" {
		return 0, io.EOF
	}
	n := copy(p[:min(len(p), r.n)], r.text)
	r.text = r.text[n:]
	return n, nil
}

// allTexts is the corpus in one text, longer than several windows.
func allTexts(t testing.TB) string {
	var b strings.Builder
	for b.Len() < 60_000 {
		for _, name := range []string{"blind", "tuned", "third"} {
			for _, c := range corpus(t, name) {
				b.WriteString(c.text)
				b.WriteString(strings.Repeat("\n", 1+b.Len()%3))
			}
		}
	}
	return b.String()
}

func TestCitationsOfAReaderAreThoseOfTheText(t *testing.T) {
	text := allTexts(t)
	want := collect(text)
	if len(want) < 300 {
		t.Fatalf("only %d citations", len(want))
	}
	for _, n := range []int{1, 7, 997, citeBefore, 4096, 1 << 20} {
		got, err := readThrough(&cutReader{text, n}, citeBefore+citeAfter+n%1000+1)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("in pieces of %d: %d citations, %v; want %d", n, len(got), err, len(want))
			for i := range min(len(got), len(want)) {
				if got[i] != want[i] {
					t.Fatalf("%d: %+v, want %+v", i, got[i], want[i])
				}
			}
		}
	}
}

// What is found does not depend on where in the window it stands: a text
// behind filling of any length is read alike.
func TestCitationsDoNotDependOnWhereTheyStand(t *testing.T) {
	text := "\n\nCác Quyết định số 15-QĐ/ĐU ngày 01/8/2025, 16-QĐ/ĐU và 17-QĐ/ĐU của Ban Thường vụ Đảng ủy; Chỉ thị 05, thay thế Quy định số 3-QĐ/ĐU.\n\n"
	want := collect(text)
	if len(want) != 5 {
		t.Fatalf("%d citations: %+v", len(want), want)
	}
	for _, before := range []int{1, citeBefore, citeWindow - citeAfter - 200, citeWindow - 30, citeWindow} {
		for _, after := range []int{0, citeAfter, citeWindow} {
			in := strings.Repeat(".", before) + text + strings.Repeat(".", after)
			got, err := readCites(strings.NewReader(in))
			if err != nil || len(got) != len(want) {
				t.Fatalf("%d before, %d after: %d citations, %v", before, after, len(got), err)
			}
			for i, c := range got {
				c.Start, c.End = c.Start-before, c.End-before
				if c != want[i] {
					t.Errorf("%d before, %d after: %+v, want %+v", before, after, c, want[i])
				}
			}
		}
	}
}

// A reader that fails is told, after what was read before it failed.
func TestCitationsBeforeAReadErrorAreAnswered(t *testing.T) {
	broken := errors.New("broken")
	r := io.MultiReader(strings.NewReader("Chỉ thị số 40-CT/TW; "), iotest.ErrReader(broken))
	got, err := readCites(r)
	if !errors.Is(err, broken) || len(got) != 1 {
		t.Errorf("%+v, %v", got, err)
	}
}

// A walk may end early.
func TestCitationsMayBeLeft(t *testing.T) {
	text := strings.Repeat("Chỉ thị số 40-CT/TW. ", 100)
	n := 0
	for range Citations([]byte(text), nil) {
		if n++; n == 3 {
			break
		}
	}
	for range ReadCitations(strings.NewReader(text), nil) {
		if n++; n == 6 {
			break
		}
	}
	if n != 6 {
		t.Error(n)
	}
}

// Any bytes are text.
func TestCitationsOfAnyBytes(t *testing.T) {
	for _, in := range []string{
		"", "9", "\xff\xfe12-QĐ/TU\xff", "12-QĐ/TU\xcc", strings.Repeat("1", 3*citeWindow), strings.Repeat("1/", citeWindow),
		strings.Repeat("12-QĐ/TU,", citeWindow/40), strings.Repeat("\u0301", citeWindow), strings.Repeat("số ", citeWindow),
	} {
		got, err := readCites(strings.NewReader(in))
		if err != nil || !slices.Equal(got, collect(in)) {
			t.Errorf("%.20q: %v", in, err)
		}
	}
}

// Letters and marks apart are read like letters with marks, and so are the
// newer tone places and the signs that word processors make.
func TestCitationsSeeThroughSpelling(t *testing.T) {
	for name, change := range map[string]func(string) string{
		"apart": nfd,
		"new tones": func(s string) string {
			return strings.NewReplacer("ủy", "uỷ", "Ủy", "Uỷ", "ỦY", "UỶ").Replace(s)
		},
		"CRLF":     func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") },
		"no-break": func(s string) string { return strings.ReplaceAll(s, "số ", "số\u00A0") },
	} {
		for _, file := range []string{"blind", "tuned", "third"} {
			for _, text := range corpus(t, file) {
				want, got := collect(text.text), collect(change(text.text))
				if len(got) != len(want) {
					t.Errorf("%s: %s:%d: %d citations, want %d: %+v", name, file, text.line, len(got), len(want), got)
					continue
				}
				for i := range got {
					g, w := got[i], want[i]
					if g.Number != w.Number || g.Kind != w.Kind || g.Date != w.Date || g.Short != w.Short || g.Relation != w.Relation ||
						(g.IssuerName == "") != (w.IssuerName == "") || g.KindName != w.KindName && name != "new tones" {
						t.Errorf("%s: %s:%d: %+v, want %+v", name, file, text.line, g, w)
					}
				}
			}
		}
	}
}

func TestRelationsOfCitations(t *testing.T) {
	for _, c := range []struct {
		text string
		want []Relation
	}{
		// The words of closing articles.
		{"Quy định này thay thế Quy định số 66-QĐ/TW và Quy định số 223-QĐ/TW.", []Relation{Replaces, Replaces}},
		{"Quyết định này có hiệu lực từ ngày ký và thay thế Quyết định số 12-QĐ/ĐU; bãi bỏ Công văn số 5-CV/ĐU.", []Relation{Replaces, Repeals}},
		{"Hủy bỏ Thông báo số 19-TB/TU.", []Relation{Repeals}},
		{"Huỷ bỏ Thông báo số 19-TB/TU.", []Relation{Repeals}},
		{"Sửa đổi, bổ sung một số điều của Quy chế số 01-QC/TU ngày 5/1/2026 của Tỉnh ủy.", []Relation{Amends}},
		{"bổ sung khoản 3 Điều 5 Quyết định số 12-QĐ/TU", []Relation{Amends}},
		{"Về việc đính chính Kế hoạch số 77-KH/TU", []Relation{Corrects}},
		{"Quyết định số 9-QĐ/TU và Quyết định số 8-QĐ/TU của Tỉnh ủy hết hiệu lực.", []Relation{Repeals, Repeals}},
		{"QUYẾT ĐỊNH\nvề việc sửa đổi Quy định số 12-QĐ/TU", []Relation{Amends}},
		{"Quy chế này thay thế Quy chế ban hành kèm theo Quyết định số 12-QĐ/TU", []Relation{Replaces}},
		// Named only.
		{"Bãi bỏ những nội dung trái với Quy định số 66-QĐ/TW", []Relation{Cites}},
		{"Căn cứ Quy định số 66-QĐ/TW", []Relation{Cites}},
		{"Bãi bỏ các quy định trước đây. Thực hiện Quy định số 66-QĐ/TW", []Relation{Cites}},
		{"Nội dung này không thay thế Quy định số 66-QĐ/TW", []Relation{Cites}},
		{"đã được thay thế bằng Quyết định số 12-QĐ/TU", []Relation{Cites}},
		{"được sửa đổi, bổ sung theo Nghị định số 20/2026/NĐ-CP", []Relation{Cites}},
		// Another document's doing.
		{"Nghị định số 20/2026/NĐ-CP sửa đổi, bổ sung một số điều của Nghị định số 30/2020/NĐ-CP", []Relation{Cites, Cites}},
		{"Quyết định số 9-QĐ/TU ngày 5/1/2026 của Tỉnh ủy về việc thay thế Quyết định số 8-QĐ/TU", []Relation{Cites, Cites}},
		// Both of one text's doing.
		{"Thay thế Quyết định số 8-QĐ/TU và bãi bỏ Quyết định số 9-QĐ/TU.", []Relation{Replaces, Repeals}},
	} {
		var got []Relation
		for _, x := range collect(c.text) {
			got = append(got, x.Relation)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.text, got, c.want)
		}
	}
}

func FuzzCitations(f *testing.F) {
	for _, name := range []string{"blind", "tuned", "third"} {
		for _, c := range corpus(f, name) {
			f.Add([]byte(c.text), uint16(5)) // each way of citing
		}
	}
	f.Add([]byte("QCVN 102:2016/BTTTT\xff, TCVN 4054:2005\xcc"), uint16(1)) // standards, broken bytes
	f.Add([]byte("TCVN 1TCVN 1"), uint16(0))                                // a code that two numbers could have
	f.Add([]byte("Nghị quyết số 18,19-NQ/TW\u0301 và 20"), uint16(2))       // marks at the borders
	f.Add([]byte("| 1 | 12-QĐ/TU | 5/1/2026 |\n| 2 |"), uint16(3))          // rows
	f.Fuzz(func(t *testing.T, text []byte, cut uint16) {
		// Long enough for the windows to matter.
		if len(text) > 0 && cut%4 == 0 {
			text = bytes.Repeat(text, 1+min(64, 2*citeBefore/len(text)))
		}
		valid := utf8.Valid(text)
		var got []Citation
		last := 0
		for c := range Citations(text, nil) {
			if c.Start < last || c.End <= c.Start || c.End > len(text) {
				t.Fatalf("span %d to %d after %d of %d", c.Start, c.End, last, len(text))
			}
			last = c.End
			if c.Text != string(text[c.Start:c.End]) {
				t.Fatalf("%q is not the text of %+v", text[c.Start:c.End], c)
			}
			if valid && !utf8.ValidString(c.Text) {
				t.Fatalf("%q is cut within a rune", c.Text)
			}
			if !utf8.ValidString(c.KindName) || !utf8.ValidString(c.IssuerName) {
				t.Fatalf("broken names: %+v", c)
			}
			if !c.Short {
				r, err := ReadNumber(c.Text, nil)
				if err != nil || r.Number != c.Number || !slices.Equal(r.Folded, c.Folded()) {
					t.Fatalf("%q reads as %+v, %v, not as %+v", c.Text, r, err, c.Number)
				}
			}
			got = append(got, c)
		}
		again, err := readThrough(&cutReader{string(text), 1 + int(cut)}, citeBefore+citeAfter+1+int(cut)%512)
		if err != nil || !slices.Equal(again, got) {
			t.Fatalf("in pieces of %d: %+v, %v, want %+v", 1+cut, again, err, got)
		}
	})
}
