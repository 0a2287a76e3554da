package documents

import (
	"fmt"
	"math/rand/v2"
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

// BenchmarkReadNumber reads texts that each need a fold.
func BenchmarkReadNumber(b *testing.B) {
	texts := mixedNumbers(4096)
	for i := range texts {
		texts[i] = "Số: " + texts[i]
	}
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		if _, err := ReadNumber(texts[i&4095], nil); err != nil {
			b.Fatal(err)
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
