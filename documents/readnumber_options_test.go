package documents

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/vanphong-go/vanphong"
)

// taxOffice is the list of an office that gets papers of the tax department, whose
// initials are those of chỉ thị.
func taxOffice(t testing.TB) *Organs {
	t.Helper()
	o, err := NewOrgans(append(DefaultOrgans(),
		Organ{Code: "CT", System: SystemState, Name: "cục thuế", Org: "cuc-thue"},
		Organ{Code: "KH", System: SystemState, Name: "phòng kế hoạch", Org: "phong-ke-hoach"},
		Organ{Code: "BTC", System: SystemState, Name: "Bộ Tài chính", Org: "bo-tai-chinh"},
		Organ{Code: "TU", System: SystemParty, Name: "tỉnh ủy", Org: "tinh-uy"},
		Organ{Code: "ĐU", System: SystemParty, Name: "đảng ủy xã", Org: "xa-an-khanh"},
		Organ{Code: "ĐU", System: SystemParty, Name: "đảng ủy xã", Org: "xa-phu-luong"},
	))
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// "A number with two readings": the error names both and none is chosen.
func TestTwoReadingsAreBothNamedAndNoneIsChosen(t *testing.T) {
	office := taxOffice(t)
	for _, c := range []struct {
		in   string
		opt  *ReadOptions
		want []string
	}{
		{"15O/QĐ-UBND", nil, []string{"15O/QĐ-UBND", "150/QĐ-UBND"}},                                         // a letter or a digit
		{"Số 15l-QĐ/TU", nil, []string{"15l-QĐ/TU", "151-QĐ/TU"}},                                            // also before a prefix
		{"2019/05/TTLT-BNV-BTC", nil, []string{"2019/2005/TTLT-BNV-BTC", "05/2019/TTLT-BNV-BTC"}},            // which is the year
		{"12_HD_SNV.pdf", nil, []string{"12/HD-SNV", "12/HĐ-SNV"}},                                           // a stroke lost
		{"QĐ 59/UBND", nil, []string{"59/UBND", "59/QĐ-UBND"}},                                               // an old form or a slip
		{"Quyết định số 59/UBND", nil, []string{"59/UBND", "59/QĐ-UBND"}},                                    // the same in words
		{"59/UBND", &ReadOptions{Kind: KindDecision}, []string{"59/UBND", "59/QĐ-UBND"}},                     // or in the next column
		{"12/CT-KH", &ReadOptions{Organs: office}, []string{"12/CT-KH", "12/CT-KH"}},                         // a chỉ thị of KH, a letter of CT
		{"12/CT-BTC-VP", &ReadOptions{Organs: office}, []string{"12/CT-BTC-VP", "12/CT-BTC-VP"}},             // with a unit
		{"Chỉ thị số 12/CT-BTC", &ReadOptions{Organs: office, Owner: "cuc-thue"}, []string{"12/CT-BTC", ""}}, // the word against the owner
	} {
		r, err := ReadNumber(c.in, c.opt)
		var ne *NumberError
		if !errors.As(err, &ne) || !errors.Is(err, vanphong.ErrInvalid) || len(ne.Readings) != 2 {
			t.Errorf("%q: %+v, %v", c.in, r, err)
			continue
		}
		a, b := ne.Readings[0], ne.Readings[1]
		if a.String() != c.want[0] || c.want[1] != "" && b.String() != c.want[1] || a == b || r.Number != (Number{}) {
			t.Errorf("%q: %+v or %+v", c.in, a, b)
		}
		if a.Check() != nil {
			t.Errorf("%q: the first reading is no number: %v", c.in, a.Check())
		}
	}
}

func TestTwoReadingsAreInTheErrorText(t *testing.T) {
	_, err := ReadNumber("15O/QĐ-UBND", nil)
	const want = `invalid number "15O/QĐ-UBND": byte 0: two readings: the letter after the serial may be a digit: 15O/QĐ-UBND or 150/QĐ-UBND`
	if err == nil || err.Error() != want {
		t.Errorf("got %v\nwant %s", err, want)
	}
}

// What the text leaves open the list, the owner, the word before the number or the next
// column settles.
func TestAnOrganWithTheInitialsOfAKindIsSettled(t *testing.T) {
	office := taxOffice(t)
	for _, c := range []struct {
		in   string
		opt  ReadOptions
		want Kind // of the reading
		org  vanphong.OrgID
	}{
		{"3313/CT-TTHT", ReadOptions{}, "", ""},                                                             // nothing known: as ParseNumber has it
		{"3313/CT-TTHT", ReadOptions{Organs: office}, KindLetter, "cuc-thue"},                               // CT is an organ, TTHT is none
		{"Công văn số 3313/CT-TTHT", ReadOptions{}, KindLetter, ""},                                         // the word
		{"3313/CT-TTHT", ReadOptions{Kind: KindLetter}, KindLetter, ""},                                     // the next column
		{"12/CT-BTC", ReadOptions{Organs: office, Owner: "cuc-thue"}, KindLetter, "cuc-thue"},               // the owner is CT
		{"12/CT-BTC", ReadOptions{Organs: office, Owner: "bo-tai-chinh"}, "", "bo-tai-chinh"},               // the owner is BTC
		{"Chỉ thị 12/CT-BTC", ReadOptions{Organs: office}, KindDirective, "bo-tai-chinh"},                   // the word
		{"12/CT-BTC", ReadOptions{Organs: office, Kind: KindDirective}, KindDirective, "bo-tai-chinh"},      // the next column
		{"Chỉ thị 12/CT-BTC", ReadOptions{Organs: office, Kind: KindLetter}, KindDirective, "bo-tai-chinh"}, // the word comes first
		{"12-CT/TU", ReadOptions{Organs: office}, "", "tinh-uy"},                                            // a Party number always has a code
		{"12/2025/CT-BTC", ReadOptions{Organs: office}, "", "bo-tai-chinh"},                                 // so has one with a year
	} {
		r, err := ReadNumber(c.in, &c.opt)
		if err != nil || r.Kind != c.want || r.Issuer != c.org {
			t.Errorf("%q: %+v, %v; want %q, %q", c.in, r, err, c.want, c.org)
			continue
		}
		if n, err := ParseNumber(r.Number.String()); err != nil || n != r.Number {
			t.Errorf("%q: %+v is not what ParseNumber reads: %v", c.in, r.Number, err)
		}
	}
}

// ĐU is every đảng ủy: only the owner, or a list that has one, tells which.
func TestACodeOfManyOrganisationsIsTheOwners(t *testing.T) {
	office := taxOffice(t)
	for owner, want := range map[vanphong.OrgID]vanphong.OrgID{
		"xa-an-khanh": "xa-an-khanh", "xa-phu-luong": "xa-phu-luong",
		"":        "", // two have it: none is chosen
		"tinh-uy": "",
	} {
		r, err := ReadNumber("số 12/qđ-đu", &ReadOptions{Organs: office, Owner: owner})
		if err != nil || r.Issuer != want || r.Number.String() != "12-QĐ/ĐU" {
			t.Errorf("owner %q: %+v, %v", owner, r, err)
		}
	}
	if r, err := ReadNumber("12-QĐ/TU", &ReadOptions{Organs: office, Owner: "xa-an-khanh"}); err != nil || r.Issuer != "tinh-uy" {
		t.Errorf("the only one: %+v, %v", r, err)
	}
	if r, err := ReadNumber("12-QĐ/TU", nil); err != nil || r.Issuer != "" {
		t.Errorf("the SDK's list names no organisation: %+v, %v", r, err)
	}
}

func TestNewOrgansRefusesAnOrganisationThatIsNoID(t *testing.T) {
	if _, err := NewOrgans([]Organ{{Code: "TU", System: SystemParty, Org: "a\x00"}}); !errors.Is(err, vanphong.ErrInvalid) {
		t.Error(err)
	}
}

func TestCertaintyIsExactFoldedOrInferred(t *testing.T) {
	for in, want := range map[string]Certainty{
		"981-QĐ/TU":            CertaintyExact,
		"30/2020/NĐ-CP":        CertaintyExact,
		"8726/VPCP-KGVX":       CertaintyExact,
		"QCVN 102:2016/BTTTT":  CertaintyExact,
		"Số: 981–QĐ / TU.":     CertaintyFolded, // signs
		"981-qđ/tu":            CertaintyFolded, // spelling
		"981-QD/TU":            CertaintyFolded,
		"7-NQ/T.Ư":             CertaintyFolded,
		"18/NQ-TW":             CertaintyInferred, // the order
		"981 QĐ/TU":            CertaintyInferred, // a separator
		"30/20/NĐ-CP":          CertaintyInferred, // a year
		"1O5-QĐ/TU":            CertaintyInferred, // a digit
		"2.240/QĐ-UBND":        CertaintyInferred, // thousands
		"12-CV/UBKT TU":        CertaintyFolded,   // a blank in an organ's code
		"12-QĐ/UBKT-TU":        CertaintyInferred, // a hyphen in it
		"2240/QĐUBND":          CertaintyInferred, // a separator that was not there
		"12-TBKL/TU":           CertaintyInferred, // a code that no real number showed
		"57/2024/NQ-TW":        CertaintyInferred, // a year that the Party does not print
		"12-QĐ/TU_signed.pdf":  CertaintyFolded,   // what is said of the file
		"QĐ 981/TU":            CertaintyInferred, // the code
		"12/ABCXYZ":            CertaintyInferred, // an issuer only by its place
		"3313/CT-TTHT":         CertaintyInferred, // organs have CT as well
		"12/CT-UBND":           CertaintyExact,    // and yet the organ is known
		"Công văn 3313/CT-THT": CertaintyFolded,   // said in words
	} {
		r, err := ReadNumber(in, nil)
		if err != nil || r.Certainty != want {
			t.Errorf("%q: %v, %v; want %v", in, r, err, want)
		}
		if r.Certainty == CertaintyExact && r.Folded != nil || r.Certainty == CertaintyFolded && r.Folded == nil {
			t.Errorf("%q: %v by %v", in, r.Certainty, r.Folded)
		}
	}
}

func TestCertaintyNamesAreStable(t *testing.T) {
	for c, want := range map[Certainty]string{0: `""`, CertaintyExact: `"exact"`, CertaintyFolded: `"folded"`, CertaintyInferred: `"inferred"`} {
		b, err := json.Marshal(c)
		var back Certainty
		if err != nil || string(b) != want || json.Unmarshal(b, &back) != nil || back != c {
			t.Errorf("%d: %s, %v, back %d", c, b, err, back)
		}
	}
	var c Certainty
	if c.UnmarshalText([]byte("sure")) == nil {
		t.Error("an unknown certainty is read")
	}
}

func TestTheKindBeforeTheNumberIsKept(t *testing.T) {
	for in, want := range map[string]Kind{
		"Quyết định số 981-QĐ/TU": KindDecision,
		"QUY ĐỊNH 981-QĐ/TU":      KindRegulation, // the code does not tell them apart
		"Qui chế số 09-QC/TW":     KindWorkingRules,
		"Văn bản số 981-QĐ/TU":    "",
		"QĐ 981/TU":               "", // a code names no kind
		"981-QĐ/TU":               "",
	} {
		r, err := ReadNumber(in, nil)
		if err != nil || r.Kind != want {
			t.Errorf("%q: %q, %v", in, r.Kind, err)
		}
	}
}

// Every error points into the text that the caller has, however much was put right
// before it.
func TestErrorsPointIntoTheTextAsGiven(t *testing.T) {
	for _, c := range []struct {
		in     string
		offset int
	}{
		{"Số: 12-XX/TU", len("Số: 12-")},                                            // after a prefix
		{"So\u0302\u0301: 12\u201312/TU", len("So\u0302\u0301: 12\u201312/TU") - 2}, // marks and a dash before it
		{"\ufeff(12-QĐ/T.Ư-1234", len("\ufeff(12-QĐ/T.Ư-")},                         // a character without width, a full stop taken out
		{"12-QĐ/TU\xff", len("12-QĐ/TU")},                                           // not UTF-8
		{"Số 12–QĐ/TU tỉnh", len("Số 12–QĐ/TU ")},                                   // a word behind
	} {
		_, err := ReadNumber(c.in, nil)
		var ne *NumberError
		if !errors.As(err, &ne) || ne.Offset != c.offset {
			t.Errorf("%q: %v, want byte %d", c.in, err, c.offset)
		}
	}
}

func TestReadTextIsReadNumberWithoutErrorsAndMemory(t *testing.T) {
	var lines []corpusLine
	for _, file := range corpora {
		lines = append(lines, readCorpus(t, file)...)
	}
	for _, c := range lines {
		r, err := ReadNumber(c.in, nil)
		n, folds, ok := readText(c.in, nil)
		if ok != (err == nil) || n != r.Number || n.String() != c.in && !slices.Equal(folds.folds(), r.Folded) {
			t.Errorf("%q: %v %v %v; ReadNumber has %v, %v", c.in, n, folds.folds(), ok, r, err)
		}
	}
	for _, in := range []string{"981-QĐ/TU", "Số: 981-QĐ/TU", "12/5/2026", "15A-123.45", "3-2", "khoản 2 Điều 15", "0912-345-678"} {
		if a := testing.AllocsPerRun(100, func() { readText(in, nil) }); a != 0 {
			t.Errorf("%q: %v allocations", in, a)
		}
	}
}

func TestReadNumberAllocatesThreeTimesAtMost(t *testing.T) {
	for _, in := range noisyNumbers(500) {
		if a := testing.AllocsPerRun(20, func() { ReadNumber(in, nil) }); a > 3 {
			t.Errorf("%q: %v allocations", in, a)
		}
	}
}

// A clerk reads why a text is no number, and where.
func TestEachRefusalSaysWhy(t *testing.T) {
	for in, want := range map[string]string{
		"14/3/2022":              "digits where a code belongs: a date, a telephone number?",
		"15-03-2026-QĐ-UBND":     "a date, not serial and year",
		"30/04/KH-UBND":          "a day and month, or a year of two digits: write all four",
		"8-3 QĐ/TU":              "a day or a range before it, no serial",
		"15/III/2026":            "one letter or a Roman numeral is no organ",
		"Quý I/2026":             "a number begins with its serial, not with this",
		"bão số 3":               "a number begins with its serial, not with this",
		"0208.3855.123":          "digits where a code belongs: a date, a telephone number?",
		"0912345678901":          "the serial has more than nine digits",
		"3-2":                    "code and organ are missing",
		"1/2/3":                  "digits where a code belongs: a date, a telephone number?",
		"15A-123.45":             "code and organ are missing",
		"01/2026/HĐKT":           "a year stands only with a kind code: 30/2020/NĐ-CP",
		"12/2025/HS-ST":          "a year stands only with a kind code: 30/2020/NĐ-CP",
		"12,268-CV/ĐU":           "two readings: one number, or an item of a list and its number",
		"1.2.3-QĐ/TU":            "the label of a list, no serial",
		"12-13-QĐ/TU":            "a range of numbers, not one",
		"2026-06-15-KH/TU":       "a day, no serial",
		"12-CT3":                 "a letter and a digit are a room or a house, no organ",
		"15 BC/đêm":              "a measure, no organ",
		"05/HĐLĐ-VPTU":           "a contract or a case, no document of an organ",
		"981/QĐ":                 "the organ is missing after the kind code",
		"12/A1":                  "one letter or a Roman numeral is no organ",
		"Số: /2026/QĐ-UBND":      "a blank to be filled in, no serial",
		"Số .....12-QĐ/TU":       "a blank to be filled in, no serial",
		"Số    -QĐ/TU":           "a number begins with its serial, there are no digits",
		"QĐ 12-KH/TU":            "another code stands before the number: QĐ",
		"12/TU":                  "a Party number names its kind by a code of the kind table",
		"12-QTr/TU":              "a code of the kind table is missing",
		"12/QĐ-UBND ngày":        "text after the number",
		"12/ /QĐ-UBND":           "a second separator",
		"59/QĐ-UBND/2024":        "a year after the organ",
		"0/QĐ-UBND":              "the serial is 1 or more",
		"TCVN ISO 9001:2015":     "a number begins with its serial",
		"thay thế 981-QĐ/TU":     "a number begins with its serial, not with this",
		"12-QĐ/TU\xff":           "not UTF-8",
		strings.Repeat("1", 601): "longer than 600 bytes",
	} {
		_, err := ReadNumber(in, nil)
		var ne *NumberError
		if !errors.As(err, &ne) || ne.Reason != want {
			t.Errorf("%q: %v", in, err)
		}
	}
}
