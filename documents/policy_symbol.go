package documents

import "github.com/vanphong-go/vanphong"

// symbolOn returns the symbol of a kind by the rule set of a system on a day;
// false if the rule set does not know the kind. A kind can have none: "", true.
func symbolOn(system System, day vanphong.Date, k Kind) (string, bool) {
	s, ok := commonSymbols[k]
	return s, ok
}

var commonSymbols = map[Kind]string{
	KindResolution: "NQ", KindDecision: "QĐ", KindRegulation: "QĐ", KindConclusion: "KL", KindNotice: "TB",
}
