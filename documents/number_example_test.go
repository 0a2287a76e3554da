package documents_test

import (
	"errors"
	"fmt"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
)

// A number says which system it follows and who issued it; its code says what
// kinds it may be.
func ExampleParseNumber() {
	n, err := documents.ParseNumber("981-QĐ/TU")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(n.System.Name(), n.Serial, n.Code, n.Issuer)
	for _, k := range n.Kinds() {
		fmt.Println(k.Name())
	}
	// Output:
	// party 981 QĐ TU
	// quyết định
	// quy định
}

// The strict parser says where a text stops being a number and what to write.
func ExampleNumberError() {
	_, err := documents.ParseNumber("12/CV-VPTU")
	fmt.Println(err)
	var ne *documents.NumberError
	if errors.As(err, &ne) {
		fmt.Println(ne.Offset, ne.Hint)
	}
	// Output:
	// invalid number "12/CV-VPTU": byte 6: a Party organ in State separators; write 12-CV/VPTU
	// 6 12-CV/VPTU
}

// The lenient reader takes what offices write and names what it put right.
func ExampleReadNumber() {
	for _, s := range []string{"Số: 18/NQ-TW", "981_QD_TU.pdf", "30/20/nđ-cp"} {
		r, err := documents.ReadNumber(s, nil)
		fmt.Println(r.Number, r.Folded, err)
	}
	// Output:
	// 18-NQ/TW [prefix order] <nil>
	// 981-QĐ/TU [file d-stroke separator] <nil>
	// 30/2020/NĐ-CP [case year] <nil>
}

// A kind's symbol depends on the day of the document, and may be unknown.
func ExampleRuleSet_Symbol() {
	rs, err := documents.RuleSetOn(documents.SystemParty, vanphong.MustDate("05/6/2026"))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, k := range []documents.Kind{documents.KindRegulation, documents.KindMasterPlan} {
		s, _ := rs.Symbol(k)
		fmt.Printf("%s %s %q known: %t, grade %s\n", rs.ID(), k.Name(), s.Text, s.Status != documents.SymbolUnknown, s.Source.Grade)
	}
	// Output:
	// 399+05HD quy định "QĐ" known: true, grade S
	// 399+05HD quy hoạch "" known: false, grade N
}

// Two readings are both named, and none is chosen: only the paper, or what the
// caller knows besides, tells which is meant.
func ExampleNumberError_readings() {
	_, err := documents.ReadNumber("Số 15O-QĐ/TU", nil)
	var ne *documents.NumberError
	if errors.As(err, &ne) {
		fmt.Println(ne.Readings[0], ne.Readings[1])
	}
	// Output:
	// 15O-QĐ/TU 150-QĐ/TU
}

// ĐU is every đảng ủy; the owner of the papers says whose number it is. The
// list also knows that CT is the tax department here and no chỉ thị.
func ExampleReadOptions() {
	organs, err := documents.NewOrgans(append(documents.DefaultOrgans(),
		documents.Organ{Code: "ĐU", System: documents.SystemParty, Org: "xa-an-khanh"},
		documents.Organ{Code: "ĐU", System: documents.SystemParty, Org: "xa-phu-luong"},
		documents.Organ{Code: "CT", System: documents.SystemState, Name: "cục thuế", Org: "cuc-thue"},
	))
	if err != nil {
		fmt.Println(err)
		return
	}
	opt := &documents.ReadOptions{Organs: organs, Owner: "xa-an-khanh"}
	for _, s := range []string{"Số: 12/qđ-đu", "3313/CT-TTHT", "Nghị quyết số 18/TW"} {
		r, err := documents.ReadNumber(s, opt)
		fmt.Println(r.Number, r.Certainty, r.Issuer, r.Kind.Name(), err)
	}
	// Output:
	// 12-QĐ/ĐU inferred xa-an-khanh  <nil>
	// 3313/CT-TTHT exact cuc-thue công văn <nil>
	// 18-NQ/TW inferred  nghị quyết <nil>
}
