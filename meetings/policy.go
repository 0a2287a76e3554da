package meetings

import "github.com/vanphong-go/vanphong"

// Rule is a threshold and where it comes from.
type Rule struct {
	Threshold
	Source vanphong.Source `json:"source"`
}

// Policy is the rules that a body meets and decides under (quy chế làm việc),
// as data: each committee's own working rules come before ours. A decision
// keeps the thresholds it was taken under and the version of the policy.
//
// Bodies of different levels follow different model rules, and each committee
// issues its own; so there is a Policy a Secretary and no global one.
type Policy struct {
	Version  string `json:"version"`
	Quorum   Rule   `json:"quorum"`   // to open and to decide
	Majority Rule   `json:"majority"` // to adopt
}

// DefaultPolicy is the nearest that is attested: at least 2/3 of the members
// summoned, and more than half of the members in office. Both are grade I for
// a provincial or commune committee; its own working rules come first.
//
// The model rules of such committees (168-QĐ/TW, 302-QĐ/TW) are known only in
// part, so the quorum is that of enterprise committees, where it is grade P.
// The majority is grade P in the text of 2021; whether the texts of 2025 keep
// its base was not seen.
func DefaultPolicy() Policy {
	return Policy{
		Version: "vanphong 2026-1",
		Quorum: Rule{
			Threshold{Num: 2, Den: 3, Base: BaseSummoned},
			vanphong.Source{Clause: "147-QĐ/TW (14/5/2024), chế độ làm việc của đảng ủy doanh nghiệp nhà nước; áp dụng tương tự", Grade: vanphong.GradeInferred},
		},
		Majority: Rule{
			Threshold{Num: 1, Den: 2, Strict: true, Base: BaseInOffice},
			vanphong.Source{Clause: "24-QĐ/TW (2021), mục 9.3.3; chưa đối chiếu với 232-QĐ/TW (2025), 294-QĐ/TW (26/5/2025)", Grade: vanphong.GradeInferred},
		},
	}
}

// Check returns an [*vanphong.InputError] unless the policy can be used. A
// quorum is about people, so its base cannot be votes.
//
// A quorum of votes would be known only after the vote that needed it.
func (p Policy) Check() error {
	if err := checkText("policy.version", p.Version, true); err != nil {
		return err
	}
	if err := p.Quorum.Check("policy.quorum"); err != nil {
		return err
	}
	if b := p.Quorum.Base; b != BaseInOffice && b != BaseSummoned {
		return vanphong.NewInputError("policy.quorum.base", b.Name(), "in office or summoned", nil)
	}
	return p.Majority.Check("policy.majority")
}
