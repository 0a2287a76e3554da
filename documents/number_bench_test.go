package documents

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// mixedNumbers returns n different numbers of all shapes in no order, so that
// neither a cache nor the branch predictor knows what comes next.
func mixedNumbers(n int) []string {
	shapes := []string{
		"%02d-QĐ/TU", "%02d-CV/VPTW/nb", "%02d-CTr/BTGDVTU", "%02da-KL/ĐU", "%02d-1-TB/UBKTĐU", "%02d.25-CV/TWĐTN-BTC",
		"%02d-BS/UBKTTU", "%02d-CTHĐ/TU", "%02d/QĐ-UBND", "%02d/VPCP-KGVX", "%02d/2025/QĐ-TTg", "%02d/2020/NĐ-CP",
		"%02d/2017/QH14", "%02d/2000/PL-UBTVQH10", "%02d/NQ-UBTVQH15", "%02d/2019/TTLT-BNV-BTC",
		"%02db/2018/TT-BLĐTBXH", "%02d/HD-MTTQ-BTT", "%02d/QĐ-SGD&ĐT", "%02d/BC-TCTTTg", "%02d/2022/AL",
		"%02d/VBHN-VPQH", "QCVN %02d:2016/BTTTT", "TCVN %02d-1:2001", "%02d/TTr-ABCXYZ",
	}
	rnd := rand.New(rand.NewPCG(1, 2))
	out := make([]string, n)
	for i := range out {
		out[i] = fmt.Sprintf(shapes[i%len(shapes)], 1+i/len(shapes)*23) // 1 to four digits
	}
	rnd.Shuffle(n, func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

func BenchmarkParseNumber(b *testing.B) {
	texts := mixedNumbers(4096)
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		if _, err := ParseNumber(texts[i&4095]); err != nil {
			b.Fatal(err)
		}
		i++
	}
}

// noisyNumbers returns n numbers as offices write them, one noise after the
// other in the order of the numbers, which is none.
func noisyNumbers(n int) []string {
	noises := []func(string) string{
		func(s string) string { return "Số: " + s },
		func(s string) string { return "số " + s + ";" },
		strings.ToLower,
		func(s string) string { return strings.ReplaceAll(s, "-", " - ") },
		func(s string) string { return strings.ReplaceAll(s, "-", "\u2013") },
		func(s string) string { return strings.NewReplacer("/", "_", "-", "_").Replace(s) + ".pdf" },
		func(s string) string { return strings.ReplaceAll(s, "Đ", "\u00D0") },
		func(s string) string { return "So\u0302\u0301: " + s },
		func(s string) string { return "Văn bản số\u00A0" + strings.ReplaceAll(s, "Đ", "D") },
		func(s string) string { // separators of the other system
			kind, organ, _ := strings.Cut(s, "/")
			return strings.Replace(kind, "-", "/", 1) + "-" + organ
		},
	}
	out := mixedNumbers(n)
	for i, text := range out {
		for k := range noises { // not every noise can be read in every number
			noisy := noises[(i+k)%len(noises)](text)
			if r, err := ReadNumber(noisy, nil); err == nil && r.Folded != nil {
				out[i] = noisy
				break
			}
		}
	}
	return out
}

func BenchmarkReadNumber(b *testing.B) {
	for _, set := range []struct {
		name string
		make func(int) []string
	}{
		{"noisy", noisyNumbers}, {"canonical", mixedNumbers},
		{"prefix", func(n int) []string {
			texts := mixedNumbers(n)
			for i := range texts {
				texts[i] = "Số: " + texts[i]
			}
			return texts
		}},
	} {
		b.Run(set.name, func(b *testing.B) {
			texts := set.make(4096)
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				if _, err := ReadNumber(texts[i&4095], nil); err != nil {
					b.Fatal(err)
				}
				i++
			}
		})
	}
}

// BenchmarkReadNumberRefuses reads what is no number: in a running text that is
// most of what looks like one.
func BenchmarkReadNumberRefuses(b *testing.B) {
	texts := []string{"12/5/2026", "0912-345-678", "3-2", "15A-123.45", "30/2020", "12/4", "2025-2030", "khoản 2"}
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		if _, err := ReadNumber(texts[i&7], nil); err == nil {
			b.Fatal(texts[i&7])
		}
		i++
	}
}

func BenchmarkNumberAppendTo(b *testing.B) {
	texts := mixedNumbers(4096)
	numbers := make([]Number, len(texts))
	for i := range texts {
		numbers[i] = MustNumber(texts[i])
	}
	buf := make([]byte, 0, 64)
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		buf = numbers[i&4095].AppendTo(buf[:0])
		i++
	}
}

func BenchmarkReadNumberOwnList(b *testing.B) {
	organs := taxOffice(b)
	texts := noisyNumbers(4096)
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		_, _ = ReadNumber(texts[i&4095], &ReadOptions{Organs: organs, Owner: "xa-an-khanh"})
		i++
	}
}
