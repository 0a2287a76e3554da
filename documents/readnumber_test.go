package documents

import (
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/vanphong-go/vanphong"
)

var lenientNumbers = []struct {
	in   string
	want string // canonical
	by   []Fold
}{
	// Separators of the other system; a Party organ decides.
	{"18/NQ-TW", "18-NQ/TW", []Fold{FoldOrder}},
	{"12/CV-VPTU", "12-CV/VPTU", []Fold{FoldOrder}},
	{"01/NQ-TU", "01-NQ/TU", []Fold{FoldOrder}},
	{"12/QĐ/TU", "12-QĐ/TU", []Fold{FoldOrder}},
	{"12-QĐ-TU", "12-QĐ/TU", []Fold{FoldOrder}},
	{"59/QĐ/UBND", "59/QĐ-UBND", []Fold{FoldOrder}},
	{"12/KH-TĐTN", "12-KH/TĐTN", []Fold{FoldOrder}},               // Youth Union
	{"04/NQ-QUTW", "04-NQ/QUTW", []Fold{FoldOrder}},               // Party organ of the army
	{"05/NQ-ĐUQS", "05-NQ/ĐUQS", []Fold{FoldOrder}},               // the same, by its pattern
	{"05/TTLT-BTCTW-BNV", "05-TTLT/BTCTW-BNV", []Fold{FoldOrder}}, // the lead decides
	{"981/TU-QĐ", "981-QĐ/TU", []Fold{FoldOrder}},                 // organ before code
	{"121-CP", "121/CP", []Fold{FoldOrder}},                       // decrees of old
	{"13/TT.TU", "13-TT/TU", []Fold{FoldOrder, FoldSeparator}},
	// Number-kind/organ stays Party without a Party organ.
	{"59 QĐ/UBND", "59-QĐ/UBND", []Fold{FoldSeparator}},
	{"59–QĐ/UBND", "59-QĐ/UBND", []Fold{FoldDash}},
	// A year is State, whatever the organ and the separators.
	{"12-2025-QD-TU", "12/2025/QĐ-TU", []Fold{FoldStroke, FoldOrder}},
	// File names: _ . - for any separator.
	{"981_QD_TU.pdf", "981-QĐ/TU", []Fold{FoldFile, FoldStroke, FoldSeparator}},
	{"59_QĐ-UBND", "59/QĐ-UBND", []Fold{FoldSeparator}},
	{"30-2020-ND-CP", "30/2020/NĐ-CP", []Fold{FoldStroke, FoldOrder}},
	{"30_2020_nd_cp.signed.pdf", "30/2020/NĐ-CP", []Fold{FoldFile, FoldCase, FoldStroke, FoldSeparator}},
	{"12.TB.TU", "12-TB/TU", []Fold{FoldSeparator}},
	{"5053_cv_vptw_nb", "5053-CV/VPTW/nb", []Fold{FoldCase, FoldSeparator}}, // the one tail that is told without a slash
	{"QCVN_102_2016_BTTTT", "QCVN 102:2016/BTTTT", []Fold{FoldSeparator}},
	// A blank for a separator, before a code and before capitals.
	{"981 QĐ/TU", "981-QĐ/TU", []Fold{FoldSeparator}},
	{"981 QĐ TU", "981-QĐ/TU", []Fold{FoldSeparator}},
	{"15/HD MTTQ BTT", "15/HD-MTTQ-BTT", []Fold{FoldSeparator}},
	{"12QĐ/TU", "12-QĐ/TU", []Fold{FoldSeparator}}, // none at all
	{"12qđ/TU", "12-QĐ/TU", []Fold{FoldCase, FoldSeparator}},
	// Case: the table's spelling, the list's, capitals.
	{"981-qđ/tu", "981-QĐ/TU", []Fold{FoldCase}},
	{"89/ttr-lđtbxh", "89/TTr-LĐTBXH", []Fold{FoldCase}},
	{"09/2025/qđ-ttg", "09/2025/QĐ-TTg", []Fold{FoldCase}},
	{"439/QĐ-TTG", "439/QĐ-TTg", []Fold{FoldCase}},
	{"59/QĐ-Ubnd", "59/QĐ-UBND", []Fold{FoldCase}},
	{"12-CT/thu", "12-CT/ThU", []Fold{FoldCase}},
	{"03-hd/btgdvtu", "03-HD/BTGDVTU", []Fold{FoldCase}},
	{"8726/vpcp-kgvx", "8726/VPCP-KGVX", []Fold{FoldCase}},
	{"12/qđ-abcxyz", "12/QĐ-ABCXYZ", []Fold{FoldCase}}, // not in the list
	{"15/2017/qh14", "15/2017/QH14", []Fold{FoldCase}},
	{"56/2022/al", "56/2022/AL", []Fold{FoldCase}},
	// D for Đ, only where the table knows only Đ.
	{"59/QD-UBND", "59/QĐ-UBND", []Fold{FoldStroke}},
	{"55/2025/NQ-HDND", "55/2025/NQ-HĐND", []Fold{FoldStroke}},
	{"10-QDi/TW", "10-QĐi/TW", []Fold{FoldStroke}},
	{"12/QyD-UBND", "12/QyĐ-UBND", []Fold{FoldStroke}},
	{"21-QD/DU", "21-QĐ/ĐU", []Fold{FoldStroke}},
	{"12/da-ubnd", "12/DA-UBND", []Fold{FoldCase}}, // dự án, a code of its own
	{"12/đa-ubnd", "12/ĐA-UBND", []Fold{FoldCase}}, // đề án
	// TƯ is trung ương.
	{"12-NQ/TƯ", "12-NQ/TW", []Fold{FoldCentral}},
	{"12/cv-vptư", "12-CV/VPTW", []Fold{FoldCase, FoldCentral, FoldOrder}},
	{"12-KH/TƯĐTN", "12-KH/TWĐTN", []Fold{FoldCentral}},
	{"18-NQ/T.Ư", "18-NQ/TW", []Fold{FoldCentral}},
	{"18/nq-t.ư", "18-NQ/TW", []Fold{FoldCase, FoldCentral, FoldOrder}},
	{"138-CV/VPT.Ư/nb", "138-CV/VPTW/nb", []Fold{FoldCentral}},
	{"18-NQ/T.U\u031B.", "18-NQ/TW", []Fold{FoldNFD, FoldPunctuation, FoldCentral}},
	{"18-NQ/T.W", "18-NQ/TW", []Fold{FoldCentral}},
	// Letters that look alike: Ð, Ɖ, Cyrillic ТU, full width.
	{"981-QÐ/TU", "981-QĐ/TU", []Fold{FoldLookAlike}},
	{"981-QƉ/TU", "981-QĐ/TU", []Fold{FoldLookAlike}},
	{"981-QĐ/\u0422U", "981-QĐ/TU", []Fold{FoldLookAlike}},
	{"981-\u041A\u041D/TU", "981-KH/TU", []Fold{FoldLookAlike}},
	{"９８１-QĐ/TU", "981-QĐ/TU", []Fold{FoldLookAlike}},
	// NFD, in the prefix and in a code.
	{"So\u0302\u0301 981-QĐ/TU", "981-QĐ/TU", []Fold{FoldPrefix, FoldNFD}},
	{"12-NQ/TU\u031B", "12-NQ/TW", []Fold{FoldNFD, FoldCentral}},
	// Dashes and strokes.
	{"981\u2011QĐ/TU", "981-QĐ/TU", []Fold{FoldDash}},
	{"981\u2014QĐ\u2215TU", "981-QĐ/TU", []Fold{FoldDash}},
	{`981-QĐ\TU`, "981-QĐ/TU", []Fold{FoldDash}},
	// Blanks: no-break, thin, around separators, at the ends.
	{"981\u00A0-\u2009QĐ/TU", "981-QĐ/TU", []Fold{FoldSpace}},
	{" 981 - QĐ / TU\t", "981-QĐ/TU", []Fold{FoldSpace}},
	{"15 / 2017 / QH14", "15/2017/QH14", []Fold{FoldSpace}},
	{"981-QĐ/\u200BTU", "981-QĐ/TU", []Fold{FoldInvisible}},
	// What stands before and after.
	{"Số: 12-CV/VPTU", "12-CV/VPTU", []Fold{FoldPrefix}},
	{"số 12-CV/VPTU", "12-CV/VPTU", []Fold{FoldPrefix}},
	{"So 12-CV/VPTU", "12-CV/VPTU", []Fold{FoldPrefix}},
	{"Số:12-CV/VPTU", "12-CV/VPTU", []Fold{FoldPrefix}},
	{"Số 100 - KL/TW", "100-KL/TW", []Fold{FoldPrefix, FoldSpace}},
	{"Số: 01 - BC/CB", "01-BC/CB", []Fold{FoldPrefix, FoldSpace}},
	{"Quyết định số 59/QĐ-UBND", "59/QĐ-UBND", []Fold{FoldPrefix}},
	{"NGHỊ QUYẾT 12-NQ/ĐU", "12-NQ/ĐU", []Fold{FoldPrefix}},
	{"Quy chuẩn kỹ thuật quốc gia QCVN 102:2016/BTTTT", "QCVN 102:2016/BTTTT", []Fold{FoldPrefix}},
	{"“12-CV/VPTU”,", "12-CV/VPTU", []Fold{FoldPunctuation}},
	{"(12-CV/VPTU).", "12-CV/VPTU", []Fold{FoldPunctuation}},
	{"12-CV/VPTU;", "12-CV/VPTU", []Fold{FoldPunctuation}},
	// Zeros.
	{"1-QĐ/TU", "01-QĐ/TU", []Fold{FoldZero}},
	{"007-QĐ/TU", "07-QĐ/TU", []Fold{FoldZero}},
	{"000000000123/QĐ-UBND", "123/QĐ-UBND", []Fold{FoldZero}}, // nine digits without the zeros
	{"8/2018/L-CTN", "08/2018/L-CTN", []Fold{FoldZero}},
	{"1a-QĐ/TU", "01a-QĐ/TU", []Fold{FoldZero}},
	// Years of two digits, on both sides of 45.
	{"30/20/NĐ-CP", "30/2020/NĐ-CP", []Fold{FoldYear}},
	{"171/98/NĐ-CP", "171/1998/NĐ-CP", []Fold{FoldYear}},
	{"30/44/NĐ-CP", "30/2044/NĐ-CP", []Fold{FoldYear}},
	{"30/45/NĐ-CP", "30/1945/NĐ-CP", []Fold{FoldYear}},
	{"TCVN 4054:85", "TCVN 4054:1985", []Fold{FoldYear}},
	// Standards.
	{"qcvn102:2016/btttt", "QCVN 102:2016/BTTTT", []Fold{FoldCase, FoldSeparator}},
	{"TCVN 2737-1995", "TCVN 2737:1995", []Fold{FoldOrder}},
	{"qcvn 09-mt:2015/btnmt", "QCVN 09-MT:2015/BTNMT", []Fold{FoldCase}},
	{"QCVN 09–MT:2015/BTNMT", "QCVN 09-MT:2015/BTNMT", []Fold{FoldDash}},
	// Like a date, and none: no such month, no such day, another separator.
	{"14-13-2026-QD-UBND", "14-13/2026/QĐ-UBND", []Fold{FoldStroke, FoldOrder}},
	{"32-1-2026-QD-UBND", "32-1/2026/QĐ-UBND", []Fold{FoldStroke, FoldOrder}},
	{"12-1_2026_QD_UBND", "12-1/2026/QĐ-UBND", []Fold{FoldStroke, FoldSeparator}},
	// All at once.
	{"  số:  7 – qd _ t\u01B0 ;", "07-QĐ/TW", []Fold{FoldPrefix, FoldSpace, FoldDash, FoldPunctuation, FoldCase, FoldStroke, FoldCentral, FoldZero, FoldSeparator}},
}

func TestReadNumberFoldsAndNamesEachFold(t *testing.T) {
	for _, c := range lenientNumbers {
		r, err := ReadNumber(c.in, nil)
		if err != nil {
			t.Errorf("%q: %v", c.in, err)
			continue
		}
		if got := r.Number.String(); got != c.want || !slices.Equal(r.Folded, c.by) {
			t.Errorf("%q: %s by %v, want %s by %v", c.in, got, r.Folded, c.want, c.by)
		}
		if n, err := ParseNumber(c.want); err != nil || n != r.Number {
			t.Errorf("%q: canonical form %s: %+v, %v, want %+v", c.in, c.want, n, err, r.Number)
		}
		// Only the spelling of an organ may be strict as it stands, and never
		// as the number that is read.
		if n, err := ParseNumber(c.in); err == nil && n == r.Number {
			t.Errorf("%q is strict already", c.in)
		}
	}
}

func TestReadNumberLeavesSuffixAndTailAsWritten(t *testing.T) {
	for _, c := range []struct{ in, suffix, tail string }{
		{"số 15A/QĐ-UBND", "A", ""},
		{"số 15a/QĐ-UBND", "a", ""},
		{"3010-1_QD_UBND", "-1", ""},
		{"66.25 - CV/TU", ".25", ""},
		{"Số: 5053-CV/VPTW/Nb", "", "Nb"},
	} {
		r, err := ReadNumber(c.in, nil)
		if err != nil || r.Number.Suffix != c.suffix || r.Number.Tail != c.tail {
			t.Errorf("%q: %+v, %v", c.in, r, err)
		}
	}
}

func TestReadNumberRefusesWhatIsNoNumber(t *testing.T) {
	for _, c := range []struct {
		in     string
		offset int
	}{
		{"", 0},                    // nothing
		{"   ", 0},                 // blanks
		{"Số:", 0},                 // a prefix alone
		{"Tỉnh ủy Thái Nguyên", 0}, // words
		{"12", 2},                  // a serial alone
		{"12/5/2026", 3},           // dates
		{"12-5-2026", 9},
		{"12.5.2026", 9},
		{"05/2026", 7},
		{"ngày 14/3/2022", 0},
		{"30/4", 3}, // fractions and days
		{"50/50", 3},
		{"12/05/2026/QĐ-UBND", 6}, // a date with a symbol after it
		{"15-03-2026-TU", 6},      // the same with other separators
		{"15.3.2026-UBND", 5},
		{"15-03-2026-QĐ-UBND", 6},
		{"2026-03-15-TU", 4},
		{"2019/05/TTLT-BNV-BTC", 5}, // a year first, or a year of two digits
		{"0912 345 678", 5},         // telephone numbers
		{"0912-345-678", 12},
		{"024.3845.1234", 4},
		{"51F-123.45", 10}, // plates
		{"29-C1 12345", 3},
		{"12 tháng 5", 3}, // words after a number
		{"3 l nước", 4},
		{"10 VND", 3},
		{"12/ngay", 3},
		{"100 MB", 4},
		{"981-QĐ/TU ngày 14/3/2022", 11}, // a number and more
		{"59/QĐ-UBND tỉnh Thái Nguyên", 12},
		{"12-XX/TU", 3}, // unknown codes in Party form
		{"12-QTr-TU", 3},
		{"05/VPTU-TH", 3}, // a Party number without a kind
		{"12/TU", 3},
		{"12---QĐ/TU", 4}, // separators too many
		{"12/  /NĐ-CP", 5},
		{"12-QĐ/TU/", 10},
		{"12-QĐ/", 7},
		{"0-QĐ/TU", 0}, // serial 0, serial too long
		{"số 1234567890-QĐ/TU", 14},
		{"399-QD-TW-2026-the-loai", 10}, // the title after the symbol in an address
		{"$12-QĐ/TU", 0},
		{"01/A\x00", 4},     // a control character is not dropped
		{"12-QĐ/TU\xff", 9}, // not UTF-8
		{"TCVN ISO 9001:2015", 5},
		{strings.Repeat("1", 700), 600},
	} {
		r, err := ReadNumber(c.in, nil)
		var ne *NumberError
		if !errors.As(err, &ne) || !errors.Is(err, vanphong.ErrInvalid) {
			t.Errorf("%q: %+v, %v", c.in, r, err)
			continue
		}
		if ne.Offset != c.offset || ne.Input != c.in {
			t.Errorf("%q: offset %d, want %d: %v", c.in, ne.Offset, c.offset, err)
		}
	}
}

// variants are ways to spoil a canonical number that must all read back to it.
var variants = []struct {
	name string
	make func(string) string
	skip func(Number) bool
}{
	{"prefix", func(s string) string { return "Số: " + s }, nil},
	{"kind before it", func(s string) string { return "Thông báo số " + s }, nil},
	{"quotes", func(s string) string { return "“" + s + "”." }, nil},
	{"file", func(s string) string { return s + ".pdf" }, nil},
	{"blanks", func(s string) string { return strings.NewReplacer("-", " - ", "/", "\u00A0/ ").Replace(s) },
		func(n Number) bool { return strings.ContainsAny(n.Suffix, "-") }},
	{"dash", func(s string) string { return strings.ReplaceAll(s, "-", "–") }, nil},
	{"small letters", strings.ToLower, nil},
	{"Icelandic", func(s string) string { return strings.ReplaceAll(s, "Đ", "Ð") }, nil},
	{"Cyrillic", func(s string) string {
		return strings.NewReplacer("T", "\u0422", "B", "\u0412", "C", "\u0421").Replace(s)
	}, nil},
	{"no stroke", func(s string) string { return strings.ReplaceAll(s, "Đ", "D") },
		func(n Number) bool { return strings.Contains(n.Unit, "Đ") }}, // units are in no list
	{"file name", func(s string) string { return strings.NewReplacer("/", "_", "-", "_", " ", "_", ":", "_").Replace(s) },
		func(n Number) bool { return n.Suffix != "" }},
	{"State separators", func(s string) string {
		kind, organ, _ := strings.Cut(s, "/")
		return strings.Replace(kind, "-", "/", 1) + "-" + organ
	}, func(n Number) bool { return n.System != SystemParty }},
	{"no zero", func(s string) string { return strings.TrimLeft(s, "0") }, nil},
	{"zeros", func(s string) string { return "00" + s }, func(n Number) bool { return n.System == SystemStandard }},
}

func TestEveryRealNumberReadsBackFromEveryVariant(t *testing.T) {
	for _, s := range realNumbers(t) {
		want := MustNumber(s)
		for _, v := range variants {
			if v.skip != nil && v.skip(want) {
				continue
			}
			text := v.make(s)
			r, err := ReadNumber(text, nil)
			if err != nil || r.Number != want {
				t.Errorf("%s: %q reads as %v, %v", v.name, text, r.Number, err)
			}
			if (text == s) != (len(r.Folded) == 0) {
				t.Errorf("%s: %q folded by %v", v.name, text, r.Folded)
			}
		}
	}
}

func TestReadNumberGoesByTheCallersOrgans(t *testing.T) {
	mine, err := NewOrgans(append(DefaultOrgans(),
		Organ{Code: "TĐ", System: SystemParty, Name: "tỉnh đoàn"}, // too common for the SDK's list
		Organ{Code: "SgT", System: SystemState},
	))
	if err != nil {
		t.Fatal(err)
	}
	for in, want := range map[string]string{
		"12/KH-TĐ":   "12-KH/TĐ",  // a Party organ of the caller
		"12/QĐ-SGT":  "12/QĐ-SgT", // a spelling of the caller
		"12-QĐ/TU":   "12-QĐ/TU",  // the SDK's own still hold
		"59/QĐ-UBND": "59/QĐ-UBND",
	} {
		r, err := ReadNumber(in, &ReadOptions{Organs: mine})
		if err != nil || r.Number.String() != want {
			t.Errorf("%s: %v, %v", in, r.Number, err)
		}
	}
	// What the SDK knows as a Party organ cannot be made one of the State.
	state, err := NewOrgans([]Organ{{Code: "TU", System: SystemState}})
	if err != nil {
		t.Fatal(err)
	}
	if r, err := ReadNumber("12/QĐ-TU", &ReadOptions{Organs: state}); err == nil {
		t.Errorf("reads as %v", r.Number)
	}
}

func TestALaterOrganTakesThePlaceOfAnEarlierOne(t *testing.T) {
	list := DefaultOrgans()
	for i := range 1000 { // more than the fast index holds
		list = append(list, Organ{Code: "X" + strconv.Itoa(i) + "y", System: SystemParty})
	}
	list = append(list, Organ{Code: "TTG", System: SystemState, Name: "mine"})
	o, err := NewOrgans(list)
	if err != nil {
		t.Fatal(err)
	}
	for in, want := range map[string]string{"TTg": "TTG", "ttg": "TTG", "x7Y": "X7y", "X999y": "X999y", "UBND": "UBND", "hdnd": "HĐND"} {
		if e, ok := o.Find(in); !ok || e.Code != want {
			t.Errorf("%s: %+v, %v", in, e, ok)
		}
	}
}

func TestNewOrgansRefusesWhatNoNumberPrints(t *testing.T) {
	for _, o := range []Organ{
		{Code: "", System: SystemParty},
		{Code: "*", System: SystemParty},
		{Code: "*TU*", System: SystemParty},
		{Code: "tu", System: SystemParty},
		{Code: "T U", System: SystemParty},
		{Code: "TU", System: SystemStandard},
		{Code: strings.Repeat("A", 31), System: SystemState},
	} {
		if _, err := NewOrgans([]Organ{o}); !errors.Is(err, vanphong.ErrInvalid) {
			t.Errorf("%+v: %v", o, err)
		}
	}
}

func TestNewOrgansIsBounded(t *testing.T) {
	if _, err := NewOrgans(make([]Organ, maxOrgans+1)); !errors.Is(err, vanphong.ErrOutOfRange) {
		t.Error(err)
	}
}

func TestBuiltinOrgansAreSpelledOnceAndHaveSources(t *testing.T) {
	seen := map[string]string{}
	for _, o := range DefaultOrgans() {
		var buf bareBuf
		key := string(buf.of(o.Code))
		if other, ok := seen[key]; ok {
			t.Errorf("%s and %s are one code", o.Code, other)
		}
		seen[key] = o.Code
		if o.Source.Clause == "" || o.Source.Grade == "" {
			t.Errorf("%s has no source", o.Code)
		}
	}
	var none *Organs // the SDK's own list
	if o, ok := none.Find("vptu"); !ok || o.System != SystemParty || o.Code != "VPTU" {
		t.Errorf("%+v, %v", o, ok)
	}
	if _, ok := none.Find("XYZ"); ok {
		t.Error("XYZ is known")
	}
}

func TestFoldNamesAreStable(t *testing.T) {
	b, err := json.Marshal(Reading{Number: MustNumber("18-NQ/TW"), Folded: []Fold{FoldOrder, FoldStroke}, Certainty: CertaintyInferred})
	if want := `{"number":"18-NQ/TW","folded":["order","d-stroke"],"certainty":"inferred"}`; err != nil || string(b) != want {
		t.Errorf("%s, %v", b, err)
	}
	for f := FoldPrefix; int(f) < len(foldCodes); f++ {
		text, _ := f.MarshalText()
		var back Fold
		if err := back.UnmarshalText(text); err != nil || back != f || len(text) == 0 {
			t.Errorf("%d: %q, %v", f, text, err)
		}
	}
	var f Fold
	if f.UnmarshalText([]byte("magic")) == nil {
		t.Error("an unknown fold is read")
	}
}

func TestLookAlikesArePaired(t *testing.T) {
	if a, b := utf8.RuneCountInString(lookAlikes), utf8.RuneCountInString(looksLike); a != b {
		t.Errorf("%d and %d", a, b)
	}
	for _, c := range lookAlikes {
		if cl, n := classAt(string(lookAlikeOf(c)), 0); cl == classNone || n == 0 {
			t.Errorf("%q looks like no letter", c)
		}
	}
}

// joined puts letters and their marks together as the lenient reader does.
func joined(s string) string {
	var out []rune
	for _, r := range s {
		if n := len(out); n > 0 && isMark(r) {
			if c, ok := withMark(out[n-1], r); ok {
				out[n-1] = c
				continue
			}
		}
		out = append(out, r)
	}
	return string(out)
}

func TestWithMarkPutsEveryLetterTogether(t *testing.T) {
	marks := []rune{0x0300, 0x0301, 0x0303, 0x0309, 0x0323}
	shapes := map[rune]string{'ă': "a\u0306", 'â': "a\u0302", 'ê': "e\u0302", 'ô': "o\u0302", 'ơ': "o\u031B", 'ư': "u\u031B"}
	for _, row := range vietnameseLetters {
		letters := []rune(row)
		lower := []rune(strings.ToLower(string(letters[0])))[0]
		apart := string(letters[0])
		if s, ok := shapes[lower]; ok {
			apart = s
			if lower != letters[0] {
				apart = strings.ToUpper(s)
			}
			if got := joined(apart); got != string(letters[0]) {
				t.Errorf("%q becomes %q", apart, got)
			}
		}
		for i, m := range marks {
			want := string(letters[i+1])
			if got := joined(apart + string(m)); got != want {
				t.Errorf("%q becomes %q, want %q", apart+string(m), got, want)
			}
			if base, size := utf8.DecodeRuneInString(apart); size < len(apart) { // tone before shape, as Unicode sorts a dot below
				if got := joined(string(base) + string(m) + apart[size:]); got != want {
					t.Errorf("tone first: %q, want %q", got, want)
				}
			}
		}
	}
	for _, s := range []string{"\u0301a", "b\u0301", "a\u0301\u0300", "Đ"} { // nothing to put together
		if got := joined(s); s == "a\u0301\u0300" && got != "á\u0300" || s != "a\u0301\u0300" && got != s {
			t.Errorf("%q becomes %q", s, got)
		}
	}
}

func FuzzReadNumber(f *testing.F) {
	for _, c := range lenientNumbers {
		f.Add(c.in) // each fold
	}
	for _, c := range refusedNumbers {
		f.Add(c.in) // each way to be no strict number
	}
	for _, file := range corpora {
		for _, c := range readCorpus(f, file) {
			f.Add(c.in) // what its group in the file says
		}
	}
	f.Add("3O/2O20/N\u0110-CP v/v") // folds on top of each other
	f.Add("So\u0302\u0301 15O\u2013QD/T.U\u031b[1]")
	f.Add(strings.Repeat("A-", 300)) // more codes than are kept
	f.Fuzz(func(t *testing.T, s string) {
		r, err := ReadNumber(s, nil)
		n, _, ok := readText(s, nil)
		if ok != (err == nil) || n != r.Number {
			t.Fatalf("%q: %v and %v", s, r, n)
		}
		if err != nil {
			var ne *NumberError
			if !errors.As(err, &ne) || ne.Offset < 0 || ne.Offset > len(s) || len(ne.Readings) == 1 || len(ne.Readings) > 2 {
				t.Fatalf("%q: %+v", s, err)
			}
			for _, n := range ne.Readings {
				if n.Check() != nil || ne.Readings[0] == ne.Readings[1] {
					t.Fatalf("%q: readings %+v", s, ne.Readings)
				}
			}
			return
		}
		text := r.Number.String()
		if n, err := ParseNumber(text); err != nil || n != r.Number {
			t.Fatalf("%q reads as %s, which is %+v, %v", s, text, n, err)
		}
		if (text == s) != (len(r.Folded) == 0) || len(s) > maxReading {
			t.Fatalf("%q reads as %s by %v", s, text, r.Folded)
		}
		if r.Certainty == 0 || len(r.Folded) > 0 && r.Certainty == CertaintyExact {
			t.Fatalf("%q: %v by %v", s, r.Certainty, r.Folded)
		}
		again, err := ReadNumber(text, nil)
		if err != nil || again.Number != r.Number || len(again.Folded) != 0 {
			t.Fatalf("%q reads as %s, then as %+v, %v", s, text, again, err)
		}
	})
}
