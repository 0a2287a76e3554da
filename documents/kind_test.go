package documents

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/vanphong-go/vanphong"
)

func TestKindNamesAreLowerCaseAndRoundTrip(t *testing.T) {
	seen := map[Kind]bool{}
	names := map[string]bool{}
	for k := range Kinds() {
		name := k.Name()
		if seen[k] || names[name] || name == string(k) || !k.Known() {
			t.Errorf("%s: %q twice or unnamed", k, name)
		}
		seen[k], names[name] = true, true
		if first := []rune(name)[0]; strings.ToUpper(string(first)) == string(first) {
			t.Errorf("%s: %q begins with a capital", k, name)
		}
		if slug, ok := slugOfName(name); !ok || slug != string(k) {
			t.Errorf("%s: the identity of %q is %s", k, name, slug)
		}
		for _, text := range []string{string(k), name, strings.ToUpper(name)} {
			if got, err := ParseKind(text); err != nil || got != k {
				t.Errorf("%q: %s, %v", text, got, err)
			}
		}
	}
}

func TestParseKindRefusesSymbols(t *testing.T) {
	for _, s := range []string{"", "QĐ", "quyết", "giấy khen"} {
		if k, err := ParseKind(s); !errors.Is(err, vanphong.ErrInvalid) || k != "" {
			t.Errorf("%q: %s, %v", s, k, err)
		}
	}
	if got := Kind("giay-khen").Name(); got != "giay-khen" {
		t.Errorf("an office's own kind is named %q", got)
	}
	if got, err := ParseKind("quye\u0302\u0301t đi\u0323nh"); err != nil || got != KindDecision { // NFD
		t.Errorf("%s, %v", got, err)
	}
}

func TestKindsOfGivesCandidatesNotAnAnswer(t *testing.T) {
	for _, c := range []struct {
		system System
		code   string
		want   []Kind
	}{
		// One symbol, two kinds: the reason why a register holds the kind.
		{SystemParty, "QĐ", []Kind{KindDecision, KindRegulation}},
		{SystemState, "QĐ", []Kind{KindDecision}},
		// One kind, three symbols.
		{SystemParty, "QĐi", []Kind{KindRegulation}},
		{SystemParty, "QyĐ", []Kind{KindRegulation}},
		{SystemState, "QyĐ", []Kind{KindRegulation}},
		{SystemParty, "QĐNS", []Kind{KindDecision}},
		{SystemParty, "CTHĐ", []Kind{KindProgramme}},
		// One symbol, another kind in each system.
		{SystemParty, "TT", []Kind{KindPartyCircular}},
		{SystemState, "TT", []Kind{KindCircular}},
		{SystemParty, "TB", []Kind{KindNotice}},
		{SystemState, "CT", []Kind{KindDirective}},
		{SystemParty, "BS", []Kind{KindTrueCopy, KindRelayCopy, KindExtract}},
		{SystemState, "TrS", []Kind{KindExtract}},
		// What one system lacks is read as in the other.
		{SystemParty, "GM", []Kind{KindInvitation}},
		{SystemState, "KL", []Kind{KindConclusion}},
		{SystemStandard, "QCVN", []Kind{KindTechnicalRegulation}},
		{SystemStandard, "QĐ", nil},
		// Nothing is guessed.
		{SystemParty, "", nil},
		{SystemParty, "QTr", nil},
		{SystemParty, "qđ", nil},
		{SystemUnknown, "QĐ", nil},
		{SystemParty, strings.Repeat("Q", 9), nil},
		{SystemParty, "\x00QĐ", nil}, // packs to the same integer
	} {
		if got := KindsOf(c.system, c.code); !slices.Equal(got, c.want) {
			t.Errorf("%s %q: %v, want %v", c.system.Name(), c.code, got, c.want)
		}
	}
	if got := MustNumber("15/2017/QH14").Kinds(); len(got) != 0 {
		t.Errorf("a kind is inferred for a law: %v", got)
	}
}

func TestKindsOfBelongsToTheCaller(t *testing.T) {
	KindsOf(SystemParty, "QĐ")[0] = "changed"
	if got := KindsOf(SystemParty, "QĐ")[0]; got != KindDecision {
		t.Errorf("the table was changed: %s", got)
	}
	buf := make([]Kind, 0, 4)
	if a := testing.AllocsPerRun(100, func() { buf = AppendKinds(buf[:0], SystemParty, "BS") }); a != 0 {
		t.Errorf("AppendKinds: %v allocations", a)
	}
}

func TestKindCodesAreFoundAndTold(t *testing.T) {
	seen := map[string]bool{}
	for i, c := range kindCodes {
		if seen[c.code] || codeIndex.find(c.code) != i || nearCode(c.code) != i {
			t.Errorf("%s: twice, or found as another", c.code)
		}
		seen[c.code] = true
		if c.party == nil && c.state == nil && c.std == nil {
			t.Errorf("%s stands for nothing", c.code)
		}
		for _, k := range slices.Concat(c.party, c.state, c.std) {
			if !k.Known() {
				t.Errorf("%s: unknown kind %s", c.code, k)
			}
		}
		if got := nearCode(strings.ToLower(c.code)); got != i {
			t.Errorf("%s is not found from its small letters", c.code)
		}
	}
	for s, want := range map[string]string{"qd": "QĐ", "QYD": "QyĐ", "DA": "DA", "da": "DA", "đa": "ĐA", "HD": "HD", "hđ": "HĐ", "qdi": "QĐi"} {
		if i := nearCode(s); i < 0 || kindCodes[i].code != want {
			t.Errorf("%s means %d, want %s", s, i, want)
		}
	}
	for _, s := range []string{"", "X", "ĐC", "TĐ", "QTr", "KĐ", "ĐBC"} { // a stroke is never taken away
		if i := nearCode(s); i >= 0 {
			t.Errorf("%s means %s", s, kindCodes[i].code)
		}
	}
}

func TestRuleSetGoesByTheDayOfTheDocument(t *testing.T) {
	for _, c := range []struct {
		system System
		day    string
		id     string
	}{
		{SystemParty, "2018-04-03", RuleSet66},
		{SystemParty, "2026-01-08", RuleSet66}, // the last day before 399-QĐ/TW
		{SystemParty, "2026-01-09", RuleSet399},
		{SystemParty, "2026-05-26", RuleSet399},
		{SystemParty, "2026-05-27", RuleSet399HD05},
		{SystemParty, "2030-01-01", RuleSet399HD05},
		{SystemState, "2020-03-05", RuleSetND30},
		{SystemStandard, "1960-01-01", RuleSetStandards},
	} {
		rs, err := RuleSetOn(c.system, vanphong.MustDate(c.day))
		if err != nil || rs.ID() != c.id || rs.System() != c.system || !rs.Days().Contains(vanphong.MustDate(c.day)) {
			t.Errorf("%s %s: %s, %v", c.system.Name(), c.day, rs.ID(), err)
		}
		if byID, err := RuleSetByID(c.id); err != nil || byID != rs {
			t.Errorf("%s: %v", c.id, err)
		}
	}
	for _, c := range []struct {
		system System
		day    string
		kind   error
	}{
		{SystemParty, "2018-04-02", vanphong.ErrOutOfRange},
		{SystemState, "2020-03-04", vanphong.ErrOutOfRange}, // NĐ 110/2004 is not in the SDK
		{SystemUnknown, "2026-01-01", vanphong.ErrInvalid},
		{System(9), "2026-01-01", vanphong.ErrInvalid},
	} {
		if rs, err := RuleSetOn(c.system, vanphong.MustDate(c.day)); !errors.Is(err, c.kind) || !rs.IsZero() {
			t.Errorf("%d %s: %s, %v", c.system, c.day, rs.ID(), err)
		}
	}
	if _, err := RuleSetByID("31-QĐ/TW"); !errors.Is(err, vanphong.ErrNotFound) {
		t.Error(err)
	}
}

func TestRuleSetsOfASystemFollowWithoutGapOrOverlap(t *testing.T) {
	var last RuleSet
	n := 0
	for rs := range RuleSets() {
		n++
		if !rs.Days().Valid() || rs.Name() == "" {
			t.Errorf("%s: %s", rs.ID(), rs.Days())
		}
		if rs.System() == last.System() && last.Days().End != rs.Days().First {
			t.Errorf("%s ends %s, %s begins %s", last.ID(), last.Days().End, rs.ID(), rs.Days().First)
		}
		last = rs
	}
	if n != 5 {
		t.Errorf("%d rule sets", n)
	}
}

func TestRuleSetsHoldTheStatutoryLists(t *testing.T) {
	for id, want := range map[string]map[Group]int{
		RuleSet66:        {GroupTypes: 25, GroupPapers: 8, GroupCopies: 3},
		RuleSet399:       {GroupTypes: 25, GroupPapers: 8, GroupCopies: 3},
		RuleSet399HD05:   {GroupTypes: 25, GroupPapers: 8, GroupCopies: 3},
		RuleSetND30:      {GroupTypes: 29, GroupNormative: 11, GroupCopies: 3},
		RuleSetStandards: {GroupStandards: 2},
	} {
		rs, err := RuleSetByID(id)
		if err != nil {
			t.Fatal(err)
		}
		got := map[Group]int{}
		for k, s := range rs.Kinds() {
			got[s.Group]++
			if again, ok := rs.Symbol(k); !ok || again != s {
				t.Errorf("%s: %s is listed twice", id, k)
			}
			if (s.Status == SymbolSet) != (s.Text != "") || s.Source.Clause == "" || s.Source.Grade == "" {
				t.Errorf("%s: %s: %+v", id, k, s)
			}
			// Every symbol must be readable as the kind it stands for.
			if s.Text != "" && !slices.Contains(KindsOf(rs.System(), s.Text), k) {
				t.Errorf("%s: %s is not read as %s", id, s.Text, k)
			}
		}
		for g, n := range want {
			if got[g] != n {
				t.Errorf("%s: group %d has %d kinds, want %d", id, g, got[g], n)
			}
		}
	}
}

func TestSymbolsAndRuleSetsRoundTripAsJSON(t *testing.T) {
	type record struct {
		Rules  RuleSet `json:"rules"`
		Symbol Symbol  `json:"symbol"`
	}
	check := func(in record) {
		t.Helper()
		b, err := json.Marshal(in)
		var out record
		if err != nil || json.Unmarshal(b, &out) != nil || out != in {
			t.Errorf("%s reads back as %+v, %v", b, out, err)
		}
	}
	check(record{})
	for rs := range RuleSets() {
		for _, s := range rs.Kinds() {
			check(record{rs, s})
		}
	}
	var out record
	for _, bad := range []string{`{"rules":"67"}`, `{"symbol":{"status":"1"}}`, `{"symbol":{"group":"x"}}`} {
		if json.Unmarshal([]byte(bad), &out) == nil {
			t.Errorf("%s is read", bad)
		}
	}
}

func TestSymbolHasThreeAnswers(t *testing.T) {
	party, _ := RuleSetByID(RuleSet399HD05)
	state, _ := RuleSetByID(RuleSetND30)
	for _, c := range []struct {
		rs     RuleSet
		kind   Kind
		text   string
		status SymbolStatus
		grade  vanphong.Grade
	}{
		{party, KindDecision, "QĐ", SymbolSet, vanphong.GradeSecondary},
		{party, KindRegulation, "QĐ", SymbolSet, vanphong.GradeSecondary}, // never QĐi under 399
		{party, KindSubmission, "TTr", SymbolSet, vanphong.GradeSecondary},
		{party, KindMasterPlan, "", SymbolUnknown, vanphong.GradePress}, // a gap is not filled
		{party, KindInvitation, "", SymbolUnknown, vanphong.GradePress},
		{state, KindRegulation, "QyĐ", SymbolSet, vanphong.GradePrimary},
		{state, KindLetter, "", SymbolNone, vanphong.GradePrimary},
		{state, KindLaw, "", SymbolNone, vanphong.GradeWild},
		{state, KindTrueCopy, "SY", SymbolSet, vanphong.GradePrimary},
	} {
		s, ok := c.rs.Symbol(c.kind)
		if !ok || s.Text != c.text || s.Status != c.status || s.Source.Grade != c.grade {
			t.Errorf("%s %s: %+v, %v", c.rs.ID(), c.kind, s, ok)
		}
	}
	if _, ok := party.Symbol(KindDecree); ok {
		t.Error("the Party has nghị định")
	}
	if _, ok := (RuleSet{}).Symbol(KindDecision); ok {
		t.Error("the zero RuleSet knows a kind")
	}
}

// slugOfName writes a name as kinds are identified: "Quyết định" is "quyet-dinh".
func slugOfName(s string) (string, bool) {
	var w words
	f := w.split(s)
	return string(w.slug[:w.len]), f.why == ""
}
