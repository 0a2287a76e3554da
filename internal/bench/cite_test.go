package bench

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/vanphong-go/vanphong/documents"
	"github.com/wasilibs/go-re2"
)

// citePattern is what an office writes to find citations: eleven kinds in both
// cases of their first letter, "số" or not, a number of either system, a day in
// figures or words or none. It knows no lists, short forms, issuers, rows,
// headings, marks apart, capitals or no-break blanks.
const citePattern = `(?:[Nn]ghị quyết|[Qq]uyết định|[Cc]hỉ thị|[Kk]ết luận|[Qq]uy định|[Qq]uy chế|[Hh]ướng dẫn|[Tt]hông báo|[Kk]ế hoạch|[Cc]ông văn|[Nn]ghị định)` +
	`\s+(?:số\s+)?(\d{1,5}(?:/\d{4})?)([-/])([A-ZĐ][A-Za-zĐđ]*)[/-]([A-ZĐ][A-Za-zĐđ0-9]*(?:-[A-ZĐ]+)?)` +
	`(?:,?\s+ngày\s+(\d{1,2}/\d{1,2}/\d{4}|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}))?`

// citedTexts are a report, with a citation in some ten thousand bytes, and the
// grounds of decisions, with one in 250. Every citation is one that the pattern
// takes.
func citedTexts(size int) (report, grounds []byte) {
	prose := []string{
		"Công tác tham mưu, tổng hợp được đổi mới; văn phòng phối hợp chặt chẽ với các ban xây dựng Đảng và các cơ quan liên quan. ",
		"Trong năm, các chi bộ đã kết nạp 37 đảng viên, tổ chức 12 buổi sinh hoạt chuyên đề, bảo đảm đúng quy trình và thời gian. ",
		"Việc chuyển giao văn bản, sử dụng con dấu và lập hồ sơ công việc từng bước đi vào nền nếp, đúng thẩm quyền được giao. ",
		"Tập thể cấp ủy giữ vững đoàn kết, phân công rõ người, rõ việc, rõ thời hạn và thường xuyên kiểm tra việc thực hiện. ",
	}
	cites := []string{
		"Căn cứ Quyết định số %d-QĐ/TU ngày 06/4/2026 về phân công nhiệm vụ; ",
		"Thực hiện Nghị định số %d/2020/NĐ-CP ngày 05 tháng 3 năm 2020 về công tác văn thư; ",
		"Theo Công văn số %d/UBND-KGVX, ngày 02/6/2026; ",
		"Thực hiện Chỉ thị số %d-CT/TW về đại hội các cấp; ",
		"Quán triệt Nghị quyết số %d-NQ/TW ngày 22/12/2024; ",
	}
	rnd := rand.New(rand.NewPCG(11, 12))
	make := func(every int) []byte {
		var b strings.Builder
		for n := 1; b.Len() < size; n++ {
			b.WriteString(prose[rnd.IntN(len(prose))])
			if n%every == 0 {
				fmt.Fprintf(&b, cites[rnd.IntN(len(cites))], 10+rnd.IntN(990))
			}
		}
		return []byte(b.String())
	}
	return make(60), make(1)
}

// Where the pattern can see, it sees what Citations sees.
func TestCitePatternAgreesOnPlainText(t *testing.T) {
	report, grounds := citedTexts(200_000)
	std, wasm := regexp.MustCompile(citePattern), re2.MustCompile(citePattern)
	for _, text := range [][]byte{report, grounds} {
		theirs := std.FindAllSubmatchIndex(text, -1)
		if n := len(wasm.FindAllSubmatchIndex(text, -1)); n != len(theirs) {
			t.Errorf("regexp finds %d, re2 %d", len(theirs), n)
		}
		n := 0
		for c := range documents.Citations(text, nil) {
			if n < len(theirs) && (c.Start != theirs[n][2] || c.End != theirs[n][9]) {
				t.Fatalf("%d: %d to %d here, %v there", n, c.Start, c.End, theirs[n])
			}
			if n < len(theirs) && c.Date.IsZero() != (theirs[n][10] < 0) {
				t.Fatalf("%d: the day is %v here, %v there", n, c.Date, theirs[n])
			}
			n++
		}
		if n != len(theirs) || n == 0 {
			t.Errorf("%d here, %d there", n, len(theirs))
		}
	}
}

// What it cannot see.
func TestCitePatternMissesMore(t *testing.T) {
	std := regexp.MustCompile(citePattern)
	for why, text := range map[string]string{
		"no kind before it":   "Số 28-HD/BTGTU",
		"capitals":            "NGHỊ QUYẾT SỐ 18-NQ/TW",
		"marks apart":         "Nghi\u0323 quye\u0302\u0301t so\u0302\u0301 18-NQ/TW",
		"a no-break blank":    "Nghị quyết số\u00A018-NQ/TW",
		"a long dash":         "Nghị quyết số 18–NQ/TW",
		"a short form":        "Chỉ thị 05",
		"another word before": "theo văn bản 12-CV/TU",
	} {
		n := 0
		for range documents.Citations([]byte(text), nil) {
			n++
		}
		if n != 1 || std.MatchString(text) {
			t.Errorf("%s: %d here, the pattern finds it: %t", why, n, std.MatchString(text))
		}
	}
	// A list has one match and two members; the second is lost.
	list := "các Nghị quyết số 18-NQ/TW, 19-NQ/TW"
	if len(std.FindAllString(list, -1)) != 1 {
		t.Error("the pattern reads lists")
	}
}

func citeRaces(testing.TB) []race {
	const size = 1 << 20
	report, grounds := citedTexts(size)
	std, wasm := regexp.MustCompile(citePattern), re2.MustCompile(citePattern)
	var races []race
	for _, c := range []struct {
		name string
		text []byte
	}{{"report", report}, {"grounds", grounds}} {
		want := len(std.FindAllIndex(c.text, -1))
		check := func(n int) error {
			if n != want {
				return fmt.Errorf("%d citations, want %d", n, want)
			}
			return nil
		}
		races = append(races, race{c.name, fmt.Sprintf("find the %d citations of 1 MiB", want), []way{
			{"ours", func(n int) error {
				for range n {
					found := 0
					for range documents.Citations(c.text, nil) {
						found++
					}
					if err := check(found); err != nil {
						return err
					}
				}
				return nil
			}},
			{"re2", func(n int) error {
				for range n {
					if err := check(len(wasm.FindAllSubmatchIndex(c.text, -1))); err != nil {
						return err
					}
				}
				return nil
			}},
			{"regexp", func(n int) error {
				for range n {
					if err := check(len(std.FindAllSubmatchIndex(c.text, -1))); err != nil {
						return err
					}
				}
				return nil
			}},
		}})
	}
	return races
}

func BenchmarkPeerCitations(b *testing.B) { bench(b, citeRaces(b)) }
