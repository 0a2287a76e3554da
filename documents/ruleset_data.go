package documents

import (
	"time"

	"github.com/rickb777/date/v2"

	"github.com/vanphong-go/vanphong"
)

// day is for the literals of this file: the date library's constructor does
// not check, so a test reads every day here back.
func day(y int, m time.Month, d int) vanphong.Date { return vanphong.Date(date.New(y, m, d)) }

// The days on which an instrument holds.
var (
	days36   = vanphong.Days{First: day(2018, time.April, 3), End: day(2026, time.May, 27)} // 36-HD/VPTW
	days05   = vanphong.Days{First: day(2026, time.May, 27)}                                // 05-HD/VPTW
	daysND30 = vanphong.Days{First: day(2020, time.March, 5)}                               // NĐ 30/2020/NĐ-CP
)

// A new instrument ends the days of the set before it and adds one of its own; no
// set is ever changed, since documents of its days go on being checked by it.
var ruleSets = [...]ruleSet{
	{
		id: RuleSet66, name: "Quy định 66-QĐ/TW và Hướng dẫn 36-HD/VPTW", system: SystemParty,
		days: vanphong.Days{First: days36.First, End: day(2026, time.January, 9)},
		rows: partyRows(vanphong.Source{Clause: "66-QĐ/TW", Grade: vanphong.GradePress}, false),
	},
	{
		id: RuleSet399, name: "Quy định 399-QĐ/TW và Hướng dẫn 36-HD/VPTW", system: SystemParty,
		days: vanphong.Days{First: day(2026, time.January, 9), End: days36.End},
		rows: partyRows(vanphong.Source{Clause: "399-QĐ/TW phần II", Grade: vanphong.GradePress}, false),
	},
	{
		id: RuleSet399HD05, name: "Quy định 399-QĐ/TW và Hướng dẫn 05-HD/VPTW", system: SystemParty,
		days: days05,
		rows: partyRows(vanphong.Source{Clause: "399-QĐ/TW phần II", Grade: vanphong.GradePress}, true),
	},
	{
		id: RuleSetND30, name: "Nghị định 30/2020/NĐ-CP", system: SystemState,
		days: daysND30,
		rows: stateRows(),
	},
	{
		id: RuleSetStandards, name: "Quy chuẩn, tiêu chuẩn quốc gia", system: SystemStandard,
		rows: []symbolRow{
			set(KindTechnicalRegulation, GroupStandards, "QCVN", seen("QCVN 102:2016/BTTTT")),
			set(KindNationalStandard, GroupStandards, "TCVN", seen("TCVN 6909:2001")),
		},
	},
}

// set is a kind whose symbol is known.
func set(k Kind, g Group, text string, src vanphong.Source) symbolRow {
	return symbolRow{k, Symbol{Text: text, Status: SymbolSet, Group: g, Source: src}}
}

// gap is a kind that exists and whose symbol was not found; the source is of the
// kind.
func gap(k Kind, g Group, src vanphong.Source) symbolRow {
	return symbolRow{k, Symbol{Status: SymbolUnknown, Group: g, Source: src}}
}

// none is a kind that is numbered without a symbol.
func none(k Kind, g Group, src vanphong.Source) symbolRow {
	return symbolRow{k, Symbol{Status: SymbolNone, Group: g, Source: src}}
}

// partyRows are the 25 types, 8 papers and 3 copies. The special-symbol
// appendices of 36-HD/VPTW and 05-HD/VPTW were not found: what they may say is
// a gap, and what is set rests on numbers seen and on restatements.
func partyRows(types vanphong.Source, hd05 bool) []symbolRow {
	// stated is for symbols that a restatement of 05-HD/VPTW gives; under
	// 36-HD/VPTW they count as seen if a number of that time shows them.
	stated := func(example string) vanphong.Source {
		switch {
		case hd05:
			return vanphong.Source{Clause: "05-HD/VPTW", Grade: vanphong.GradeSecondary}
		case example != "":
			return seen(example)
		}
		return inferred("as under 05-HD/VPTW")
	}
	decision := vanphong.Source{Clause: "36-HD/VPTW phụ lục 3: 127-QĐ/TW", Grade: vanphong.GradePrimary}
	if hd05 {
		decision = stated("")
	}
	return []symbolRow{
		gap(KindPlatform, GroupTypes, types),
		gap(KindCharter, GroupTypes, types),
		gap(KindStrategy, GroupTypes, types),
		set(KindResolution, GroupTypes, "NQ", stated("57-NQ/TW")),
		set(KindDecision, GroupTypes, "QĐ", decision),
		set(KindDirective, GroupTypes, "CT", stated("40-CT/TW")),
		set(KindConclusion, GroupTypes, "KL", stated("198-KL/TW")),
		set(KindWorkingRules, GroupTypes, "QC", stated("01-QC/ĐU")),
		// QĐi was printed by some of 2018; QĐ is what all the others print.
		set(KindRegulation, GroupTypes, "QĐ", stated("66-QĐ/TW, 399-QĐ/TW")),
		set(KindPartyCircular, GroupTypes, "TT", stated("")),
		set(KindGuidance, GroupTypes, "HD", seen("36-HD/VPTW, 05-HD/VPTW")),
		set(KindNotice, GroupTypes, "TB", stated("05-TB/BCĐTW")),
		gap(KindCommunique, GroupTypes, types),
		gap(KindDeclaration, GroupTypes, types),
		gap(KindAppeal, GroupTypes, types),
		set(KindReport, GroupTypes, "BC", stated("152-BC/ĐU")),
		set(KindPlan, GroupTypes, "KH", stated("91-KH/BTGDVTU")),
		gap(KindMasterPlan, GroupTypes, types),
		set(KindProgramme, GroupTypes, "CTr", stated("")),
		set(KindScheme, GroupTypes, "ĐA", stated("")),
		set(KindOption, GroupTypes, "PA", stated("")),
		gap(KindProject, GroupTypes, types),
		set(KindSubmission, GroupTypes, "TTr", stated("")),
		set(KindLetter, GroupTypes, "CV", stated("16915-CV/VPTW")),
		set(KindMinutes, GroupTypes, "BB", stated("")),

		gap(KindIntroduction, GroupPapers, types),
		gap(KindCertificate, GroupPapers, types),
		gap(KindTravelPaper, GroupPapers, types),
		gap(KindLeavePaper, GroupPapers, types),
		gap(KindInvitation, GroupPapers, types),
		gap(KindTransferSlip, GroupPapers, types),
		gap(KindDispatchSlip, GroupPapers, types),
		gap(KindLetterCard, GroupPapers, types),

		set(KindTrueCopy, GroupCopies, "BS", copies(hd05)),
		set(KindRelayCopy, GroupCopies, "BS", copies(hd05)),
		set(KindExtract, GroupCopies, "BS", copies(hd05)),
	}
}

// copies is the source of BS: primary under 36-HD/VPTW, and inferred to go on.
func copies(hd05 bool) vanphong.Source {
	if hd05 {
		return inferred("as under 36-HD/VPTW phụ lục 3")
	}
	return vanphong.Source{Clause: "36-HD/VPTW phụ lục 3: 24-BS/UBKTTU", Grade: vanphong.GradePrimary}
}

// stateRows are the 29 types, the copies, and the normative types. Their
// numbering decree was not read; the symbols are those of real documents.
func stateRows() []symbolRow {
	nd30 := vanphong.Source{Clause: "NĐ 30/2020/NĐ-CP phụ lục III", Grade: vanphong.GradePrimary}
	article := vanphong.Source{Clause: "NĐ 30/2020/NĐ-CP phụ lục I, II.3.b", Grade: vanphong.GradePrimary}
	rows := []symbolRow{}
	for _, r := range []struct {
		kind Kind
		text string
	}{
		{KindResolution, "NQ"}, {KindDecision, "QĐ"}, {KindDirective, "CT"}, {KindWorkingRules, "QC"},
		{KindRegulation, "QyĐ"}, {KindCommunique, "TC"}, {KindNotice, "TB"}, {KindGuidance, "HD"},
		{KindProgramme, "CTr"}, {KindPlan, "KH"}, {KindOption, "PA"}, {KindScheme, "ĐA"}, {KindProject, "DA"},
		{KindReport, "BC"}, {KindMinutes, "BB"}, {KindSubmission, "TTr"}, {KindContract, "HĐ"}, {KindLetter, ""},
		{KindTelegram, "CĐ"}, {KindMemorandum, "BGN"}, {KindAgreement, "BTT"}, {KindProxy, "GUQ"},
		{KindInvitation, "GM"}, {KindIntroduction, "GGT"}, {KindLeavePaper, "GNP"}, {KindDispatchSlip, "PG"},
		{KindTransferSlip, "PC"}, {KindAdviceSlip, "PB"}, {KindLetterCard, ""},
	} {
		if r.text == "" {
			rows = append(rows, none(r.kind, GroupTypes, article))
			continue
		}
		rows = append(rows, set(r.kind, GroupTypes, r.text, nd30))
	}
	return append(rows,
		none(KindConstitution, GroupNormative, inferred("as laws")),
		none(KindCode, GroupNormative, seen("91/2015/QH13, 45/2019/QH14")),
		none(KindLaw, GroupNormative, seen("91/2025/QH15")),
		set(KindOrdinance, GroupNormative, "PL", seen("30/2000/PL-UBTVQH10")),
		set(KindOrder, GroupNormative, "L", seen("8/2018/L-CTN")),
		set(KindJointResolution, GroupNormative, "NQLT", seen("joint resolutions")),
		set(KindDecree, GroupNormative, "NĐ", seen("30/2020/NĐ-CP")),
		set(KindCircular, GroupNormative, "TT", seen("05/2025/TT-BNV")),
		set(KindJointCircular, GroupNormative, "TTLT", seen("joint circulars, up to 2016")),
		set(KindConsolidated, GroupNormative, "VBHN", seen("03/VBHN-VPQH")),
		set(KindPrecedent, GroupNormative, "AL", seen("56/2022/AL")),
		set(KindTrueCopy, GroupCopies, "SY", nd30),
		set(KindRelayCopy, GroupCopies, "SL", nd30),
		set(KindExtract, GroupCopies, "TrS", nd30),
	)
}
