package documents

import (
	"cmp"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/vanphong-go/vanphong"
)

// realNumbers reads testdata/numbers.txt.
func realNumbers(t testing.TB) []string {
	t.Helper()
	b, err := os.ReadFile("testdata/numbers.txt")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for line := range strings.Lines(string(b)) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			out = append(out, line)
		}
	}
	return out
}

var strictNumbers = []struct {
	in   string
	want Number
}{
	// The plain Party form.
	{"981-QĐ/TU", Number{System: SystemParty, Serial: 981, Code: "QĐ", Issuer: "TU"}},
	// The zero before 1–9 is not part of the serial.
	{"01-QC/ĐU", Number{System: SystemParty, Serial: 1, Code: "QC", Issuer: "ĐU"}},
	// A second slash begins the tail.
	{"5053-CV/VPTW/nb", Number{System: SystemParty, Serial: 5053, Code: "CV", Issuer: "VPTW", Tail: "nb"}},
	// A code with a small letter at its end, and codes that only documents show.
	{"10-QĐi/TW", Number{System: SystemParty, Serial: 10, Code: "QĐi", Issuer: "TW"}},
	{"219-QĐNS/TW", Number{System: SystemParty, Serial: 219, Code: "QĐNS", Issuer: "TW"}},
	{"101-CTHĐ/TU", Number{System: SystemParty, Serial: 101, Code: "CTHĐ", Issuer: "TU"}},
	{"24-BS/UBKTTU", Number{System: SystemParty, Serial: 24, Code: "BS", Issuer: "UBKTTU"}},
	// A unit after a Party organ.
	{"12-KH/TWĐTN-BTC", Number{System: SystemParty, Serial: 12, Code: "KH", Issuer: "TWĐTN", Unit: "BTC"}},
	// Party form is Party whatever the organ.
	{"59-QĐ/UBND", Number{System: SystemParty, Serial: 59, Code: "QĐ", Issuer: "UBND"}},
	// An organ list of a joint kind is one issuer in Party form too.
	{"12-NQLT/TU-UBND", Number{System: SystemParty, Serial: 12, Code: "NQLT", Issuer: "TU-UBND"}},
	// Suffixes: letter, capital, hyphen and digits, full stop and digits, several.
	{"15a-KL/TU", Number{System: SystemParty, Serial: 15, Suffix: "a", Code: "KL", Issuer: "TU"}},
	{"15A/QĐ-UBND", Number{System: SystemState, Serial: 15, Suffix: "A", Code: "QĐ", Issuer: "UBND"}},
	{"15đ/QĐ-UBND", Number{System: SystemState, Serial: 15, Suffix: "đ", Code: "QĐ", Issuer: "UBND"}},
	{"15bis/QĐ-UBND", Number{System: SystemState, Serial: 15, Suffix: "bis", Code: "QĐ", Issuer: "UBND"}},
	{"3010-1/QĐ-UBND", Number{System: SystemState, Serial: 3010, Suffix: "-1", Code: "QĐ", Issuer: "UBND"}},
	{"12-1-QĐ/TU", Number{System: SystemParty, Serial: 12, Suffix: "-1", Code: "QĐ", Issuer: "TU"}},
	{"66.25-CV/TU", Number{System: SystemParty, Serial: 66, Suffix: ".25", Code: "CV", Issuer: "TU"}},
	{"66.25/UBND-VX", Number{System: SystemState, Serial: 66, Suffix: ".25", Issuer: "UBND", Unit: "VX"}},
	{"12-1a-QĐ/TU", Number{System: SystemParty, Serial: 12, Suffix: "-1a", Code: "QĐ", Issuer: "TU"}},
	{"15a/2020/NĐ-CP", Number{System: SystemState, Serial: 15, Suffix: "a", Year: 2020, Code: "NĐ", Issuer: "CP"}},
	// The State with and without a year.
	{"59/QĐ-UBND", Number{System: SystemState, Serial: 59, Code: "QĐ", Issuer: "UBND"}},
	{"30/2020/NĐ-CP", Number{System: SystemState, Serial: 30, Year: 2020, Code: "NĐ", Issuer: "CP"}},
	{"09/2025/QĐ-TTg", Number{System: SystemState, Serial: 9, Year: 2025, Code: "QĐ", Issuer: "TTg"}},
	// Công văn of the State: no code. KH after an organ is a unit, not a plan.
	{"8726/VPCP-KGVX", Number{System: SystemState, Serial: 8726, Issuer: "VPCP", Unit: "KGVX"}},
	{"12/UBND-KH", Number{System: SystemState, Serial: 12, Issuer: "UBND", Unit: "KH"}},
	// Several codes after the kind: the first is the issuer.
	{"15/HD-MTTQ-BTT", Number{System: SystemState, Serial: 15, Code: "HD", Issuer: "MTTQ", Unit: "BTT"}},
	{"15/HD-MTTQ-BTT-P1", Number{System: SystemState, Serial: 15, Code: "HD", Issuer: "MTTQ", Unit: "BTT-P1"}},
	// Joint kinds: the whole list, of three as well.
	{"05/2019/TTLT-BNV-BTC", Number{System: SystemState, Serial: 5, Year: 2019, Code: "TTLT", Issuer: "BNV-BTC"}},
	{"01/NQLT-CP-TANDTC-VKSNDTC", Number{System: SystemState, Serial: 1, Code: "NQLT", Issuer: "CP-TANDTC-VKSNDTC"}},
	// The legislature stays in the issuer.
	{"15/2017/QH14", Number{System: SystemState, Serial: 15, Year: 2017, Issuer: "QH14"}},
	{"30/2000/PL-UBTVQH10", Number{System: SystemState, Serial: 30, Year: 2000, Code: "PL", Issuer: "UBTVQH10"}},
	// A code alone: án lệ, and otherwise the issuer even if a kind has that code.
	{"56/2022/AL", Number{System: SystemState, Serial: 56, Year: 2022, Code: "AL"}},
	{"45/SL", Number{System: SystemState, Serial: 45, Issuer: "SL"}},
	// A code that no kind has is the issuer.
	{"12/QTr-UBND", Number{System: SystemState, Serial: 12, Issuer: "QTr", Unit: "UBND"}},
	// & and small letters inside an organ.
	{"12/QĐ-KH&CN", Number{System: SystemState, Serial: 12, Code: "QĐ", Issuer: "KH&CN"}},
	{"1270/BC-TCTTTg", Number{System: SystemState, Serial: 1270, Code: "BC", Issuer: "TCTTTg"}},
	{"12/TTr-XyzT", Number{System: SystemState, Serial: 12, Code: "TTr", Issuer: "XyzT"}},
	// Organs as written, also where the list spells them otherwise.
	{"439/QĐ-TTG", Number{System: SystemState, Serial: 439, Code: "QĐ", Issuer: "TTG"}},
	{"59/QĐ-Ubnd", Number{System: SystemState, Serial: 59, Code: "QĐ", Issuer: "Ubnd"}},
	{"12-KH/DU", Number{System: SystemParty, Serial: 12, Code: "KH", Issuer: "DU"}},
	{"18-NQ/TƯ", Number{System: SystemParty, Serial: 18, Code: "NQ", Issuer: "TƯ"}},
	{"12-NQ/ĐUTƯ", Number{System: SystemParty, Serial: 12, Code: "NQ", Issuer: "ĐUTƯ"}},
	{"05/2016/TTLT-BNV-BGDDT", Number{System: SystemState, Serial: 5, Year: 2016, Code: "TTLT", Issuer: "BNV-BGDDT"}},
	{"12/KH-DU", Number{System: SystemState, Serial: 12, Code: "KH", Issuer: "DU"}}, // as written it is no Party organ
	{"12/DU", Number{System: SystemState, Serial: 12, Issuer: "DU"}},
	// State tails, with a year too.
	{"59/QĐ-UBND/nb", Number{System: SystemState, Serial: 59, Code: "QĐ", Issuer: "UBND", Tail: "nb"}},
	{"30/2020/NĐ-CP/m-1", Number{System: SystemState, Serial: 30, Year: 2020, Code: "NĐ", Issuer: "CP", Tail: "m-1"}},
	// A year makes it State, the Party's organ notwithstanding.
	{"04/2013/QĐ-TW", Number{System: SystemState, Serial: 4, Year: 2013, Code: "QĐ", Issuer: "TW"}},
	// A hospital of the Centre is no Party organ.
	{"12/BVNTW-TH", Number{System: SystemState, Serial: 12, Issuer: "BVNTW", Unit: "TH"}},
	// Nine digits.
	{"123456789/QĐ-UBND", Number{System: SystemState, Serial: 123456789, Code: "QĐ", Issuer: "UBND"}},
	// Standards: with issuer, without, with a part number, undated.
	{"QCVN 102:2016/BTTTT", Number{System: SystemStandard, Serial: 102, Year: 2016, Code: "QCVN", Issuer: "BTTTT"}},
	{"TCVN 6909:2001", Number{System: SystemStandard, Serial: 6909, Year: 2001, Code: "TCVN"}},
	{"TCVN 7570-1:2006", Number{System: SystemStandard, Serial: 7570, Suffix: "-1", Year: 2006, Code: "TCVN"}},
	{"QCVN 01-1:2018/BYT", Number{System: SystemStandard, Serial: 1, Suffix: "-1", Year: 2018, Code: "QCVN", Issuer: "BYT"}},
	// The field of a regulation, after a part number too; five letters are the issuer's.
	{"QCVN 09-MT:2015/BTNMT", Number{System: SystemStandard, Serial: 9, Suffix: "-MT", Year: 2015, Code: "QCVN", Issuer: "BTNMT"}},
	{"QCVN 40-1-MT:2025/BTNMT", Number{System: SystemStandard, Serial: 40, Suffix: "-1-MT", Year: 2025, Code: "QCVN", Issuer: "BTNMT"}},
	{"QCVN 09-ĐTBC", Number{System: SystemStandard, Serial: 9, Suffix: "-ĐTBC", Code: "QCVN"}},
	{"TCVN 6909", Number{System: SystemStandard, Serial: 6909, Code: "TCVN"}},
	// Of a province.
	{"QCĐP 01:2022/BTr", Number{System: SystemStandard, Serial: 1, Year: 2022, Code: "QCĐP", Issuer: "BTr"}},
	// Joint codes: the whole list is the issuer.
	{"03/CTPH-UBND-MTTQ", Number{System: SystemState, Serial: 3, Code: "CTPH", Issuer: "UBND-MTTQ"}},
	{"05-QCPH/BTCTU-BNCTU", Number{System: SystemParty, Serial: 5, Code: "QCPH", Issuer: "BTCTU-BNCTU"}},
}

func TestParseNumberMapsEachPartToItsField(t *testing.T) {
	for _, c := range strictNumbers {
		got, err := ParseNumber(c.in)
		if err != nil {
			t.Errorf("%s: %v", c.in, err)
			continue
		}
		if got != c.want {
			t.Errorf("%s: got %+v, want %+v", c.in, got, c.want)
		}
		if got.String() != c.in {
			t.Errorf("%s prints as %s", c.in, got)
		}
	}
}

var refusedNumbers = []struct {
	in     string
	offset int
	hint   string // what the error tells to write; "" for any
}{
	// No number.
	{"", 0, ""},
	{"QĐ", 0, ""},
	{"12", 2, ""},
	{"12-", 3, ""},
	{"12/", 3, ""},
	// Dates, fractions, telephone numbers, plates, amounts.
	{"12/5/2026", 3, ""},
	{"05/2026", 3, ""},
	{"2026-05-12", 4, ""},
	{"2026-06-15-84-KH/TU", 4, ""},
	// Two numbers, a contract, a court's case, a code run together with its organ, a year
	// that cannot be.
	{"12-13-QĐ/TU", 2, ""},
	{"101-109/QĐ-UBND", 3, ""},
	{"01/2025/HĐ-KT", 12, ""},
	{"05/HĐLĐ-VPTU", 3, ""},
	{"12/QĐST-HNGĐ", 3, ""},
	{"2240/QĐUBND", 8, "2240/QĐ-UBND"},
	{"45/9999/NĐ-CP", 3, ""},
	{"45/1944/NĐ-CP", 3, ""},
	{"TCVN 4054:2101", 10, ""},
	{"12-5-2026", 5, ""},
	{"30/4", 3, ""},
	{"10/20", 3, ""},
	{"0912-345-678", 0, ""},
	{"51F-123.45", 10, ""},
	{"29-C1", 3, ""},
	{"10 VND", 2, ""},
	// The serial: one digit, zeros, none, too long.
	{"1-QĐ/TU", 0, "01-QĐ/TU"},
	{"1/QĐ-UBND", 0, "01/QĐ-UBND"},
	{"8/2018/L-CTN", 0, "08/2018/L-CTN"},
	{"007-QĐ/TU", 0, "07-QĐ/TU"},
	{"00-QĐ/TU", 0, ""},
	{"1234567890/QĐ-UBND", 9, ""},
	// A Party organ in State separators, with and without a code, joint too.
	{"12/CV-VPTU", 6, "12-CV/VPTU"},
	{"01/NQ-TU", 6, "01-NQ/TU"},
	{"18/NQ-TW", 6, "18-NQ/TW"},
	{"12/KH-TĐTN", 6, "12-KH/TĐTN"},
	{"12/TU", 3, ""},
	{"05/TTLT-BTCTW-BNV", 8, "05-TTLT/BTCTW-BNV"},
	// Codes: unknown, case, stroke.
	{"12-XX/TU", 3, ""},
	{"12-QTr/TU", 3, ""},
	{"981-qđ/TU", 4, "981-QĐ/TU"},
	{"981-QD/TU", 4, "981-QĐ/TU"},
	{"59/QD-UBND", 3, "59/QĐ-UBND"},
	{"59/Qđ-UBND", 3, "59/QĐ-UBND"},
	{"12/TTR-UBND", 3, "12/TTr-UBND"},
	// Organs: first letter, a tone mark, a year.
	{"59/QĐ-ubnd", 7, "59/QĐ-UBND"},
	{"439/QĐ-ttg", 8, "439/QĐ-TTg"},
	{"12/QĐ-UỶ", 8, ""},
	{"12/QĐ-1A", 7, ""},
	{"12/STC-2020", 7, ""},
	{"12/2020/", 8, ""},
	{"12/202/QĐ-UBND", 3, ""},
	{"12/0020/QĐ-UBND", 3, ""},
	// A contract and a case: a year, and neither a kind nor an organ of the list. A Party
	// organ has no such numbers.
	{"01/2026/HĐKT", 8, ""},
	{"12/2025/HS-ST", 8, ""},
	{"03/2022/TU", 8, ""},
	// The kind without its organ; a class, a house; a month in Roman numerals.
	{"981/QĐ", 7, ""},
	{"30/2020/NĐ", 11, ""},
	{"12/A1", 3, ""},
	{"15/III", 3, ""},
	// A year after the organ, three digits after a full stop, two numbers.
	{"59/QĐ-UBND/2024", 12, ""},
	{"12.345/QĐ-UBND", 2, "12345/QĐ-UBND"},
	{"25-KL/TW-26-KL/TW", 11, ""},
	// Separators: none, two, the wrong one, a year after a hyphen.
	{"12QĐ/TU", 2, "12-QĐ/TU"},
	{"12qđ/UBND", 2, ""},
	{"12-QĐ-TU", 6, "12-QĐ/TU"},
	{"12--QĐ/TU", 3, ""},
	{"12-QĐ//TU", 7, ""},
	{"59/QĐ/UBND", 6, "59/QĐ-UBND"},
	{"13/TT.TU", 5, "13-TT/TU"},
	{"30-2020/NĐ-CP", 3, "30/2020/NĐ-CP"},
	{"12-QĐ/TU/", 10, ""},
	{"12-QĐ/TU/nb/2", 12, ""},
	{"59/QĐ-UBND-", 12, ""},
	// Signs that are no part of a number.
	{" 12-QĐ/TU", 0, "12-QĐ/TU"},
	{"12-QĐ/TU ", 9, "12-QĐ/TU"},
	{"12-QĐ/TU\n", 9, "12-QĐ/TU"},
	{"12-QĐ/TU.", 9, "12-QĐ/TU"},
	{"12 - QĐ/TU", 2, "12-QĐ/TU"},
	{"12–QĐ/TU", 2, "12-QĐ/TU"},
	{"Số 12-QĐ/TU", 0, "12-QĐ/TU"},
	{"12-QÐ/TU", 3, "12-QĐ/TU"},      // U+00D0
	{"12-QĐ/\u0422U", 7, "12-QĐ/TU"}, // Cyrillic Т
	{"12/QĐ-A\u0302", 8, "12/QĐ-Â"},  // NFD
	{"12-QĐ/TU\xff", 9, ""},          // not UTF-8
	{"12-\x00/TU", 3, ""},            // control character
	{"QCVN 1:2009/BYT", 5, "QCVN 01:2009/BYT"},
	{"QCVN 102:16/BTTTT", 9, "QCVN 102:2016/BTTTT"},
	{"TCVN ISO 9001:2015", 5, ""},
	{"QCVN 09-mt:2015/BTNMT", 7, "QCVN 09-MT:2015/BTNMT"},
	{"QCVN 09-ABCDE:2015", 7, ""},
	{"QCVN 09-:2015", 7, ""},
	{"09-MT/QĐ-UBND", 3, ""}, // of standards alone
	{"15-03-2026-TU", 6, ""},
	{"QCVN  102:2016", 5, "QCVN 102:2016"},
	{"99-QĐ/" + strings.Repeat("A", 300), 200, ""},
}

func TestParseNumberRefusesAndSaysWhere(t *testing.T) {
	for _, c := range refusedNumbers {
		n, err := ParseNumber(c.in)
		var ne *NumberError
		if !errors.As(err, &ne) || !errors.Is(err, vanphong.ErrInvalid) {
			t.Errorf("%q: got %v, %v, want a NumberError", c.in, n, err)
			continue
		}
		if ne.Offset != c.offset {
			t.Errorf("%q: offset %d, want %d: %v", c.in, ne.Offset, c.offset, err)
		}
		if c.hint != "" && ne.Hint != c.hint {
			t.Errorf("%q: hint %q, want %q", c.in, ne.Hint, c.hint)
		}
		if ne.Input != c.in || ne.Reason == "" {
			t.Errorf("%q: error without input or reason: %+v", c.in, ne)
		}
		if n != (Number{}) {
			t.Errorf("%q: a refused number is not zero: %+v", c.in, n)
		}
	}
}

// What is printed in another spelling than the organ list's is a number as it
// stands, and is read leniently as what was meant.
func TestOrgansAreTakenAsWrittenAndReadAsListed(t *testing.T) {
	for _, c := range []struct {
		in, lenient string
		by          []Fold
	}{
		{"439/QĐ-TTG", "439/QĐ-TTg", []Fold{FoldCase}},
		{"12-KH/DU", "12-KH/ĐU", []Fold{FoldStroke}},
		{"18-NQ/TƯ", "18-NQ/TW", []Fold{FoldCentral}},
		{"18/NQ-TƯ", "18-NQ/TW", []Fold{FoldCentral, FoldOrder}}, // and its separators with it
		{"59/QĐ-Ubnd", "59/QĐ-UBND", []Fold{FoldCase}},
		{"05/2016/TTLT-BNV-BGDDT", "05/2016/TTLT-BNV-BGDĐT", []Fold{FoldStroke}}, // the second of a list
		{"12/DU", "12/DU", nil},                                                  // as ĐU it would be a Party number without a kind
		{"12/QĐ-Xyz", "12/QĐ-Xyz", nil},                                          // not in the list
	} {
		n, err := ParseNumber(c.in)
		if err != nil || n.String() != c.in {
			t.Errorf("%s: %s, %v", c.in, n, err)
		}
		r, err := ReadNumber(c.in, nil)
		if err != nil || r.Number.String() != c.lenient || !slices.Equal(r.Folded, c.by) {
			t.Errorf("%s: read as %s by %v, %v; want %s by %v", c.in, r.Number, r.Folded, err, c.lenient, c.by)
		}
	}
}

func TestNumberErrorSaysWhatToWrite(t *testing.T) {
	_, err := ParseNumber("12/CV-VPTU")
	const want = `invalid number "12/CV-VPTU": byte 6: a Party organ in State separators; write 12-CV/VPTU`
	if err == nil || err.Error() != want {
		t.Errorf("got %v\nwant %s", err, want)
	}
	_, err = ParseNumber(strings.Repeat("ư", 5000))
	if err == nil || len(err.Error()) > 600 {
		t.Errorf("a long input is not shortened: %d bytes", len(err.Error()))
	}
}

func TestRealNumbersParseAndPrint(t *testing.T) {
	for _, s := range realNumbers(t) {
		n, err := ParseNumber(s)
		if err != nil || n.String() != s {
			t.Errorf("%s: %v, %v", s, n, err)
		}
		if err := n.Check(); err != nil {
			t.Errorf("%s: %v", s, err)
		}
	}
}

func TestParseNumberAllocatesNothing(t *testing.T) {
	texts := mixedNumbers(500)
	i := 0
	if a := testing.AllocsPerRun(1000, func() {
		if _, err := ParseNumber(texts[i%len(texts)]); err != nil {
			t.Fatal(err)
		}
		i++
	}); a != 0 {
		t.Errorf("%v allocations", a)
	}
}

func TestMixedNumbersDiffer(t *testing.T) { // what the benchmark stands on
	texts := mixedNumbers(4096)
	slices.Sort(texts)
	if n := len(slices.Compact(texts)); n != 4096 {
		t.Errorf("%d different numbers", n)
	}
}

func TestNumberTextRoundTrip(t *testing.T) {
	type record struct {
		Number Number `json:"number"`
	}
	for _, s := range append(realNumbers(t), "") {
		var in record
		if s != "" {
			in.Number = MustNumber(s)
		}
		b, err := json.Marshal(in)
		if err != nil {
			t.Fatalf("%s: %v", s, err)
		}
		out := record{Number: MustNumber("99-QĐ/TU")} // must be overwritten, by "" too
		if err := json.Unmarshal(b, &out); err != nil || out != in {
			t.Errorf("%s: %s reads back as %+v, %v", s, b, out, err)
		}
	}
	var n Number
	if err := n.UnmarshalText([]byte("18/NQ-TW")); err == nil || !n.IsZero() {
		t.Errorf("UnmarshalText is not strict: %v, %v", n, err)
	}
}

func TestCheckRefusesFieldsThatPrintAsAnotherNumber(t *testing.T) {
	for _, n := range []Number{
		{}, // unset
		{System: SystemParty, Serial: 1, Issuer: "TU"},                             // no code
		{System: SystemState, Serial: 1, Code: "QĐ", Issuer: "TU"},                 // Party organ
		{System: SystemState, Serial: 0, Code: "QĐ", Issuer: "UBND"},               // no serial
		{System: SystemState, Serial: 1, Issuer: "QĐ", Unit: "UBND"},               // reads back with QĐ as code
		{System: SystemState, Serial: 1, Code: "TTLT", Issuer: "BNV", Unit: "BTC"}, // one issuer
		{System: SystemParty, Serial: 1, Year: 2026, Code: "QĐ", Issuer: "TU"},     // the year is not printed
		{System: SystemState, Serial: MaxSerial + 1, Code: "QĐ", Issuer: "UBND"},   // ten digits
		{System: SystemUnknown, Serial: 1, Code: "QĐ", Issuer: "UBND"},             // no system
		{System: SystemParty, Serial: 1, Code: "QĐ", Issuer: "TU/nb"},              // a tail in disguise
		{System: SystemStandard, Serial: 1, Code: "QĐ", Issuer: "TU"},              // not a standard
	} {
		if err := n.Check(); !errors.Is(err, vanphong.ErrInvalid) {
			t.Errorf("%+v is taken: %v", n, err)
		}
		if b, err := n.MarshalText(); err == nil && !n.IsZero() {
			t.Errorf("%+v is written as %s", n, b)
		}
	}
}

func TestCompareOrdersBySystemOrganCodeYearSerialSuffixTail(t *testing.T) {
	ordered := []string{
		"09-CV/TU", "10-CV/TU", "09-QĐ/TU", "09a-QĐ/TU", "10-QĐ/TU", "10-1-QĐ/TU", "10-2-QĐ/TU", "10-10-QĐ/TU", "10a-QĐ/TU",
		"100-QĐ/TU", "100-QĐ/TU/nb", // tail after none
		"01-QĐ/TU-BTC", // a unit after none
		"01-QĐ/TW",
		"99/QĐ-UBND", "02/2025/QĐ-UBND", "01/2026/QĐ-UBND", // no year first
		"TCVN 6909:2001", "QCVN 102:2016/BTTTT",
	}
	for i, a := range ordered {
		for j, b := range ordered {
			if got, want := MustNumber(a).Compare(MustNumber(b)), cmp.Compare(i, j); got != want {
				t.Errorf("%s against %s: %d, want %d", a, b, got, want)
			}
		}
	}
}

func TestCompareIsATotalOrder(t *testing.T) {
	rnd := rand.New(rand.NewPCG(7, 7))
	suffixes := []string{"", "a", "b", "-1", "-01", "-2", "-10", ".1", "-1a", "A"}
	random := func() Number {
		return Number{System(rnd.IntN(3) + 1), uint32(rnd.IntN(3)), uint16(rnd.IntN(2)), suffixes[rnd.IntN(len(suffixes))],
			[]string{"QĐ", "KL"}[rnd.IntN(2)], []string{"TU", "TW"}[rnd.IntN(2)], []string{"", "B"}[rnd.IntN(2)], []string{"", "nb"}[rnd.IntN(2)]}
	}
	for range 20000 {
		a, b, c := random(), random(), random()
		if a.Compare(b) != -b.Compare(a) || (a.Compare(b) == 0) != (a == b) {
			t.Fatalf("%+v, %+v", a, b)
		}
		if a.Compare(b) <= 0 && b.Compare(c) <= 0 && a.Compare(c) > 0 {
			t.Fatalf("not transitive: %+v, %+v, %+v", a, b, c)
		}
	}
	for range 2000 { // the suffix alone, where runs of digits meet letters
		a, b, c := suffixes[rnd.IntN(10)], suffixes[rnd.IntN(10)], suffixes[rnd.IntN(10)]
		if compareNatural(a, b) <= 0 && compareNatural(b, c) <= 0 && compareNatural(a, c) > 0 {
			t.Fatalf("%q %q %q", a, b, c)
		}
	}
}

func TestSystemTextIsStable(t *testing.T) {
	for s, want := range map[System]string{SystemUnknown: "", SystemParty: "party", SystemState: "state", SystemStandard: "standard"} {
		b, err := s.MarshalText()
		var back System
		if err != nil || string(b) != want || back.UnmarshalText(b) != nil || back != s {
			t.Errorf("%d: %q, %v, back %d", s, b, err, back)
		}
	}
	var s System
	if s.UnmarshalText([]byte("Party")) == nil {
		t.Error("an unknown system is read")
	}
	if _, err := System(9).MarshalText(); err == nil {
		t.Error("an unknown system is written")
	}
}

func FuzzParseNumber(f *testing.F) {
	for _, c := range strictNumbers {
		f.Add(c.in) // each shape that is taken
	}
	for _, c := range refusedNumbers {
		f.Add(c.in) // each way to be refused
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, err := ParseNumber(s)
		r, lenient := ReadNumber(s, nil)
		if err != nil {
			var ne *NumberError
			if !errors.As(err, &ne) || ne.Offset < 0 || ne.Offset > len(s) || n != (Number{}) {
				t.Fatalf("%q: %v, %+v", s, n, err)
			}
			if lenient == nil && r.Number.String() == s {
				t.Fatalf("%q is refused and printed by its own reading", s)
			}
			return
		}
		if n.String() != s || n.Serial == 0 || n.Check() != nil {
			t.Fatalf("%q is printed as %q", s, n)
		}
		// Read leniently it is the same number, or one whose organ is spelled
		// otherwise; then the fold says so. Or two readings remain.
		var two *NumberError
		if errors.As(lenient, &two) && len(two.Readings) == 2 {
			return
		}
		if lenient != nil || (r.Number == n) != (len(r.Folded) == 0) || r.Number != n && r.Number.Serial != n.Serial {
			t.Fatalf("%q reads as %+v, %v", s, r, lenient)
		}
	})
}
