package documents

import (
	"regexp"
	"slices"
	"testing"

	"github.com/vanphong-go/vanphong"
)

// Every rule has a sentence in both languages, in NFC, and the two are about the same
// arguments: only the reason of a broken chain is for the technician alone.
func TestEveryRuleHasItsSentences(t *testing.T) {
	args := regexp.MustCompile(`\{\d+\}`)
	of := func(s string) []string {
		all := args.FindAllString(s, -1)
		slices.Sort(all)
		return slices.Compact(all)
	}
	for rule, m := range Messages() {
		if m.Vietnamese == "" || m.English == "" || m.Vietnamese != vanphong.NFC(m.Vietnamese) {
			t.Errorf("%s: %q, %q", rule, m.Vietnamese, m.English)
		}
		vi, en := of(m.Vietnamese), of(m.English)
		if rule == RuleChain {
			en = en[:len(en)-1]
		}
		if !slices.Equal(vi, en) {
			t.Errorf("%s is about %v in Vietnamese and %v in English", rule, vi, en)
		}
	}
	for _, rule := range []string{RuleChain, RuleProof, RuleProofEmpty, RuleProofBeside,
		RuleClosingMissing, RuleClosingReserved, RuleClosingHeld, RuleClosingClock, RuleClosingGone, RuleClosingOlder,
		RuleClosingChanged, RuleClosingDiffers, RuleClosingSince, RuleClosingNew,
		RuleSecretUnknown, RuleSecretSilent, RuleSecretTwice, RuleSecretVoidHere, RuleSecretUsedHere} {
		if _, ok := Messages()[rule]; !ok {
			t.Errorf("%s has no sentence", rule)
		}
	}
}
