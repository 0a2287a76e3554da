package bench

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strconv"
	"testing"

	"github.com/vanphong-go/vanphong/documents"
)

// The pattern that somebody writes who has seen the plain forms and knows the
// usual codes: Party 981-QĐ/TU, State 59/QĐ-UBND and 30/2020/NĐ-CP. The codes
// must be listed, or VPCP in 8726/VPCP-KGVX would be one.
const (
	codes = `QĐ|CV|KL|NQ|TB|BC|KH|CTr|TTr|CT|HD|NĐ|TT|QC|QyĐ|GM`
	organ = `\p{Lu}[\p{L}\d&]*`
	unit  = `[\p{Lu}\d][\p{L}\d&]*(?:-[\p{Lu}\d][\p{L}\d&]*)*`
)

var (
	party = regexp.MustCompile(`^(\d{2,9})-(` + codes + `)/(` + organ + `)(?:-(` + unit + `))?$`)
	state = regexp.MustCompile(`^(\d{2,9})/(?:(\d{4})/)?(?:(` + codes + `)-)?(` + organ + `)(?:-(` + unit + `))?$`)
)

// byPattern reads a number with the patterns above, in the cheapest way the
// package regexp has.
func byPattern(s string) (documents.Number, bool) {
	n := documents.Number{System: documents.SystemParty}
	m := party.FindStringSubmatchIndex(s)
	code, issuer := 2, 3
	if m == nil {
		if m = state.FindStringSubmatchIndex(s); m == nil {
			return documents.Number{}, false
		}
		n.System, code, issuer = documents.SystemState, 3, 4
		if y := part(s, m, 2); y != "" {
			year, _ := strconv.ParseUint(y, 10, 16) // four digits by the pattern
			n.Year = uint16(year)
		}
	}
	serial, _ := strconv.ParseUint(part(s, m, 1), 10, 32) // nine at most
	n.Serial = uint32(serial)
	n.Code, n.Issuer, n.Unit = part(s, m, code), part(s, m, issuer), part(s, m, issuer+1)
	return n, true
}

// part is the i-th group of a match, "" if it took no part.
func part(s string, m []int, i int) string {
	if m[2*i] < 0 {
		return ""
	}
	return s[m[2*i]:m[2*i+1]]
}

// plainNumbers are numbers of the plain forms, shuffled.
func plainNumbers(n int) []string {
	shapes := []string{
		"%02d-QĐ/TU", "%02d-KL/TU", "%02d-NQ/ĐU", "%02d-CV/VPTW", "%02d-TB/UBKTĐU", "%02d-BC/BTGDVTU", "%02d-CV/TU-TH",
		"%02d/QĐ-UBND", "%02d/NQ-HĐND", "%02d/2020/NĐ-CP", "%02d/2025/QĐ-TTg", "%02d/VPCP-KGVX", "%02d/SNV-TCBC", "%02d/QĐ-SGD&ĐT", "%02d/TTr-UBND",
	}
	rnd := rand.New(rand.NewPCG(5, 6))
	out := make([]string, n)
	for i := range out {
		out[i] = fmt.Sprintf(shapes[i%len(shapes)], 1+rnd.IntN(9999))
	}
	rnd.Shuffle(n, func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

// On the plain forms the pattern reads exactly what ParseNumber reads.
func TestPatternAgreesOnPlainNumbers(t *testing.T) {
	for _, s := range plainNumbers(3000) {
		ours, err := documents.ParseNumber(s)
		if err != nil {
			t.Fatal(err)
		}
		if theirs, ok := byPattern(s); !ok || theirs != ours {
			t.Errorf("%s: %+v here, %+v there", s, ours, theirs)
		}
	}
}

// Beyond them it reads what is no number and leaves out what is one.
func TestPatternIsWrongBeyondThem(t *testing.T) {
	for _, test := range []struct {
		text     string
		ok       bool // that it is a number
		patterns bool // that the pattern takes it
	}{
		{"00-QĐ/TU", false, true},               // there is no document 0
		{"012-QĐ/TU", false, true},              // prints as 12-QĐ/TU, so it is not canonical
		{"12/CV-TU", false, true},               // a Party organ in State separators
		{"QCVN 102:2016/BTTTT", true, false},    // a technical regulation
		{"12a-KL/ĐU", true, false},              // a suffix
		{"12-CTHĐ/TU", true, false},             // a code that real documents show
		{"10/2000/PL-UBTVQH10", true, true},     // a kind that was not listed is read as the issuer
		{"05/2022/AL", true, true},              // án lệ: the code alone, read as an issuer
		{"17/2019/TTLT-BNV-BTC", true, true},    // joint: two issuers, read as issuer and unit
		{"8726/QĐ/UBND", false, false},          // both see that a hyphen is missing
		{"12-QD\u0323/TU", false, false},        // a letter in two parts: both refuse
		{"1-QĐ/TU", false, false},               // one digit: both refuse
		{"9999999999-QĐ/TU", false, false},      // more digits than a number has
		{"12-QĐ/TU-VPTU/nb", true, false},       // a tail
		{"30/2020/NĐ-CP sửa đổi", false, false}, // text after the number
	} {
		ours, err := documents.ParseNumber(test.text)
		if (err == nil) != test.ok {
			t.Errorf("%s here: %v", test.text, err)
		}
		theirs, ok := byPattern(test.text)
		if ok != test.patterns {
			t.Errorf("%s there: taken is %t", test.text, ok)
		}
		if test.ok && ok && ours == theirs {
			t.Errorf("%s: the pattern reads %+v as well", test.text, theirs)
		}
	}
}

func numberRaces(testing.TB) []race {
	texts := plainNumbers(inputs)
	at := 0
	var sum uint32
	return []race{{"parse", "read one of 4,096 numbers of plain forms", []way{
		{"ours", func(n int) error {
			for range n {
				at++
				v, err := documents.ParseNumber(texts[at%inputs])
				if err != nil {
					return err
				}
				sum += v.Serial
			}
			return nil
		}},
		{"regexp", func(n int) error {
			for range n {
				at++
				v, ok := byPattern(texts[at%inputs])
				if !ok {
					return fmt.Errorf("%s is not read", texts[at%inputs])
				}
				sum += v.Serial
			}
			return nil
		}},
	}}}
}

func BenchmarkPeerNumbers(b *testing.B) { bench(b, numberRaces(b)) }
