package reporting

import "github.com/vanphong-go/vanphong"

// The rules of this package's findings, with their arguments.
//
// Rules are stable names: an office may silence or translate one, and its
// settings must survive an update of the sentences.
const (
	// RuleHandedOn: the counts of {0} are under its successor {1} on {2}.
	RuleHandedOn = "reporting.handed-on"
	// RuleManySuccessors: {0} has {2} successors on {1}, its counts stand apart.
	RuleManySuccessors = "reporting.many-successors"
	// RuleNoSuccessor: nobody answers for {0} on {1}, its counts stand apart.
	RuleNoSuccessor = "reporting.no-successor"
	// RuleUnknownOrg: {0} is not in the directory, its counts stand apart.
	RuleUnknownOrg = "reporting.unknown-organisation"

	// RuleMissing: series {0} has no entry for {1} to {2}.
	RuleMissing = "reporting.number-missing"
	// RuleTwice: series {0} has number {1} twice.
	RuleTwice = "reporting.number-twice"
	// RuleBeyond: series {0} has number {1}, outside what it has given ({2}).
	RuleBeyond = "reporting.number-beyond"
	// RuleState: entry {1} of series {0} is in no state that can be counted.
	RuleState = "reporting.state-unknown"
	// RuleUndated: issued entry {1} of series {0} has no date.
	RuleUndated = "reporting.undated"
	// RuleDifference: the rows of series {0} do not add up, by {1}.
	RuleDifference = "reporting.difference"
	// RuleMore: {1} further findings of series {0} are not listed.
	RuleMore = "reporting.more"
)

// Messages returns the sentences of the findings of this package.
//
// A new map each time, so that nobody's change reaches another caller.
func Messages() vanphong.Catalogue {
	return vanphong.Catalogue{
		RuleHandedOn:       {Vietnamese: "Số liệu của {0} tính vào đơn vị kế thừa {1} (thời điểm {2})", English: "The counts of {0} are under its successor {1} (as of {2})"},
		RuleManySuccessors: {Vietnamese: "{0} có {2} đơn vị kế thừa tại thời điểm {1}; số liệu để riêng", English: "{0} has {2} successors as of {1}; its counts stand apart"},
		RuleNoSuccessor:    {Vietnamese: "Không có đơn vị nào kế thừa {0} tại thời điểm {1}; số liệu để riêng", English: "Nobody answers for {0} as of {1}; its counts stand apart"},
		RuleUnknownOrg:     {Vietnamese: "{0} không có trong danh mục cơ quan; số liệu để riêng", English: "{0} is not in the directory; its counts stand apart"},
		RuleMissing:        {Vietnamese: "Dãy số {0}: thiếu từ số {1} đến số {2}", English: "Series {0} has no entry for {1} to {2}"},
		RuleTwice:          {Vietnamese: "Dãy số {0}: số {1} bị trùng", English: "Series {0} has number {1} twice"},
		RuleBeyond:         {Vietnamese: "Dãy số {0}: số {1} nằm ngoài các số đã cấp ({2})", English: "Series {0} has number {1}, outside what it has given ({2})"},
		RuleState:          {Vietnamese: "Dãy số {0}: số {1} không rõ trạng thái", English: "Series {0}: the state of number {1} is unknown"},
		RuleUndated:        {Vietnamese: "Dãy số {0}: số {1} đã ban hành nhưng không có ngày", English: "Series {0}: number {1} is issued and has no date"},
		RuleDifference:     {Vietnamese: "Dãy số {0}: chênh lệch {1}", English: "Series {0} does not add up, by {1}"},
		RuleMore:           {Vietnamese: "Dãy số {0}: còn {1} phát hiện khác không liệt kê", English: "Series {0}: {1} further findings are not listed"},
	}
}
