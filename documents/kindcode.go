package documents

import "github.com/vanphong-go/vanphong"

// kindCode is one code that stands for kinds in a number, and what it may
// stand for in each system. Order within a list is by how usual it is.
type kindCode struct {
	code  string
	party []Kind
	state []Kind
	std   []Kind
	joint bool            // the organ list is one issuer
	seen  vanphong.Source // for codes outside the rule sets: where it was seen
}

// kindCodes is the table that [ParseNumber] and [ReadNumber] go by: the codes
// of the rule sets and those that only real documents show.
//
// It is wider than the rule sets: these say what to write, the table what may be met
// on paper. Public lists with QCh, DAn, TTh and the like were left out as wrong.
var kindCodes = [...]kindCode{
	{code: "NQ", party: []Kind{KindResolution}, state: []Kind{KindResolution}},
	{code: "QĐ", party: []Kind{KindDecision, KindRegulation}, state: []Kind{KindDecision}},
	{code: "CT", party: []Kind{KindDirective}, state: []Kind{KindDirective}},
	{code: "KL", party: []Kind{KindConclusion}},
	{code: "QC", party: []Kind{KindWorkingRules}, state: []Kind{KindWorkingRules}},
	{code: "TT", party: []Kind{KindPartyCircular}, state: []Kind{KindCircular}},
	{code: "HD", party: []Kind{KindGuidance}, state: []Kind{KindGuidance}},
	{code: "TB", party: []Kind{KindNotice}, state: []Kind{KindNotice}},
	{code: "BC", party: []Kind{KindReport}, state: []Kind{KindReport}},
	{code: "KH", party: []Kind{KindPlan}, state: []Kind{KindPlan}},
	{code: "CTr", party: []Kind{KindProgramme}, state: []Kind{KindProgramme}},
	{code: "ĐA", party: []Kind{KindScheme}, state: []Kind{KindScheme}},
	{code: "PA", party: []Kind{KindOption}, state: []Kind{KindOption}},
	{code: "TTr", party: []Kind{KindSubmission}, state: []Kind{KindSubmission}},
	{code: "CV", party: []Kind{KindLetter}, state: []Kind{KindLetter}},
	{code: "BB", party: []Kind{KindMinutes}, state: []Kind{KindMinutes}},

	{code: "QĐi", party: []Kind{KindRegulation},
		seen: vanphong.Source{Clause: "08-QĐi/TW (25/10/2018), 10-QĐi/TW (12/12/2018)", Grade: vanphong.GradeWild}},
	{code: "QĐNS", party: []Kind{KindDecision},
		seen: vanphong.Source{Clause: "219-QĐNS/TW (7/2026): quyết định nhân sự", Grade: vanphong.GradeWild}},
	{code: "CTHĐ", party: []Kind{KindProgramme},
		seen: vanphong.Source{Clause: "101-CTHĐ/TU: chương trình hành động", Grade: vanphong.GradeWild}},
	{code: "TBKL", party: []Kind{KindNotice}, seen: inferred("thông báo kết luận")},
	{code: "QĐKT", party: []Kind{KindDecision}, seen: inferred("quyết định khen thưởng")},
	{code: "BS", party: []Kind{KindTrueCopy, KindRelayCopy, KindExtract},
		seen: vanphong.Source{Clause: "36-HD/VPTW phụ lục 3: 24-BS/UBKTTU", Grade: vanphong.GradePrimary}},

	{code: "QyĐ", party: []Kind{KindRegulation}, state: []Kind{KindRegulation}},
	{code: "TC", state: []Kind{KindCommunique}},
	{code: "DA", state: []Kind{KindProject}},
	{code: "HĐ", state: []Kind{KindContract}},
	{code: "CĐ", state: []Kind{KindTelegram}},
	{code: "BGN", state: []Kind{KindMemorandum}},
	{code: "BTT", state: []Kind{KindAgreement}},
	{code: "GUQ", state: []Kind{KindProxy}},
	{code: "GM", state: []Kind{KindInvitation}},
	{code: "GGT", state: []Kind{KindIntroduction}},
	{code: "GNP", state: []Kind{KindLeavePaper}},
	{code: "PG", state: []Kind{KindDispatchSlip}},
	{code: "PC", state: []Kind{KindTransferSlip}},
	{code: "PB", state: []Kind{KindAdviceSlip}},
	{code: "SY", state: []Kind{KindTrueCopy}},
	{code: "SL", state: []Kind{KindRelayCopy}},
	{code: "TrS", state: []Kind{KindExtract}},

	{code: "L", state: []Kind{KindOrder}},
	{code: "PL", state: []Kind{KindOrdinance}},
	{code: "NQLT", state: []Kind{KindJointResolution}, joint: true},
	{code: "NĐ", state: []Kind{KindDecree}},
	{code: "TTLT", state: []Kind{KindJointCircular}, joint: true},
	{code: "VBHN", state: []Kind{KindConsolidated}},
	{code: "AL", state: []Kind{KindPrecedent}},

	// Joint papers below the law: the first letters of the kind and of phối hợp, liên
	// tịch, liên ngành. No rule was found.
	{code: "CTPH", party: []Kind{KindProgramme}, state: []Kind{KindProgramme}, joint: true, seen: inferred("chương trình phối hợp")},
	{code: "QCPH", party: []Kind{KindWorkingRules}, state: []Kind{KindWorkingRules}, joint: true, seen: inferred("quy chế phối hợp")},
	{code: "KHPH", party: []Kind{KindPlan}, state: []Kind{KindPlan}, joint: true, seen: inferred("kế hoạch phối hợp")},
	{code: "QCLN", state: []Kind{KindWorkingRules}, joint: true, seen: inferred("quy chế liên ngành")},
	{code: "KHLN", state: []Kind{KindPlan}, joint: true, seen: inferred("kế hoạch liên ngành")},
	{code: "HDLN", state: []Kind{KindGuidance}, joint: true, seen: inferred("hướng dẫn liên ngành")},
	{code: "KHLT", party: []Kind{KindPlan}, state: []Kind{KindPlan}, joint: true, seen: inferred("kế hoạch liên tịch")},
	{code: "HDLT", party: []Kind{KindGuidance}, state: []Kind{KindGuidance}, joint: true, seen: inferred("hướng dẫn liên tịch")},

	{code: "QCVN", std: []Kind{KindTechnicalRegulation}},
	{code: "TCVN", std: []Kind{KindNationalStandard}},
	{code: "QCĐP", std: []Kind{KindLocalTechnicalRegulation},
		seen: vanphong.Source{Clause: "QCĐP 01:2022/BTr: quy chuẩn kỹ thuật địa phương", Grade: vanphong.GradeWild}},
}

// alsoOrgan reports whether a kind's code is seen, or likely, as the code of an
// organ of the State as well: cục thuế (3313/CT-TTHT, grade W), thanh tra, tài
// chính, kiểm lâm, công đoàn, ban thường trực (grade I).
func alsoOrgan(code string) bool {
	switch code {
	case "CT", "TT", "TTr", "TC", "KL", "CĐ", "BTT", "KH":
		return true
	}
	return false
}

// rareCode reports whether a code follows only from the words of its kind and no real
// number showed it.
func rareCode(code string) bool { return code == "TBKL" || code == "QĐKT" }

// KindsOf returns the kinds that a printed code may stand for in a system,
// the usual one first: QĐ of the Party is a quyết định or a quy định. The code
// never decides between them; a register holds the kind itself. A code that
// the system has no kind for is answered as in the other one (State numbers
// with KL, Party numbers with GM are seen); an unknown code has none. The
// slice belongs to the caller; [AppendKinds] spares the allocation.
func KindsOf(system System, code string) []Kind { return AppendKinds(nil, system, code) }

// AppendKinds appends what [KindsOf] returns to dst.
func AppendKinds(dst []Kind, system System, code string) []Kind {
	i := codeIndex.find(code)
	if i < 0 || kindCodes[i].code != code { // a NUL before it packs alike
		return dst
	}
	c := &kindCodes[i]
	first, second := c.state, c.party
	switch system {
	case SystemParty:
		first, second = c.party, c.state
	case SystemStandard:
		first, second = c.std, nil
	case SystemUnknown:
		return dst
	}
	if len(first) == 0 {
		first = second
	}
	return append(dst, first...)
}

// packCode puts a code of up to eight bytes into an integer, so that the table
// is searched without comparing strings. Longer text and "" are 0.
func packCode(s string) uint64 {
	if len(s) > 8 {
		return 0
	}
	var k uint64
	for i := 0; i < len(s); i++ {
		k = k<<8 | uint64(s[i])
	}
	return k
}

// A codeHash finds a number by a packed code: the kind table and the organ
// list are searched with it. It is filled once and then only read. (A Go map
// takes three times as long, and every number asks twice.)
// Of the 512 slots at most three quarters are used, so find always meets an empty
// one and ends.
type codeHash struct {
	keys [512]uint64
	at   [512]int16
	len  int
}

// Fibonacci hashing: the top nine bits of the product choose one of the 512 slots.
const codeHashMult = 0x9E3779B97F4A7C15 // spreads neighbouring codes over the slots

// put enters a code, in place of an earlier entry. It refuses what cannot be
// packed, and more codes than can be found fast.
func (h *codeHash) put(code string, i int) bool {
	key := packCode(code)
	if key == 0 {
		return false
	}
	slot := key * codeHashMult >> 55
	for h.keys[slot] != 0 && h.keys[slot] != key {
		slot = (slot + 1) % uint64(len(h.keys))
	}
	if h.keys[slot] == 0 {
		if h.len == len(h.keys)*3/4 {
			return false
		}
		h.len++
	}
	h.keys[slot], h.at[slot] = key, int16(i)
	return true
}

// find returns the number of a code, or -1.
func (h *codeHash) find(code string) int {
	key := packCode(code)
	for slot := key * codeHashMult >> 55; ; slot = (slot + 1) % uint64(len(h.keys)) {
		switch h.keys[slot] {
		case 0:
			return -1
		case key:
			return int(h.at[slot])
		}
	}
}

// codeIndex finds codes in their exact spelling, for the strict parser.
var codeIndex = func() (h codeHash) {
	for i := range kindCodes {
		h.put(kindCodes[i].code, i)
	}
	return h
}()

// bareIndex finds codes by their letters in upper case without the stroke of
// Đ: the door to [nearCode]. Two codes may share such a key (DA and ĐA); bareTwin
// leads from the one that is found to the other, by its index and 1.
var bareIndex, bareTwin = func() (h codeHash, twin [len(kindCodes)]uint8) {
	for i := range kindCodes {
		var buf bareBuf
		key := string(buf.of(kindCodes[i].code))
		if other := h.find(key); other >= 0 {
			twin[i] = uint8(other) + 1
		}
		h.put(key, i)
	}
	return h, twin
}()

// nearCode returns the index of the code that s means when case is ignored and
// a D may stand for Đ, or -1. The exact code wins, then one that differs by
// case alone: "da" is DA and "đa" is ĐA, while "qd" can only be QĐ.
func nearCode(s string) int {
	if len(s) > 8 {
		return -1 // no code of the table is as long
	}
	if i := codeIndex.find(s); i >= 0 {
		return i
	}
	i := -1
	if isBare(s) {
		i = bareIndex.find(s)
	} else {
		var buf bareBuf
		i = bareIndex.find(string(buf.of(s)))
	}
	stroke := -1
	for i >= 0 {
		switch differ := spelling(s, kindCodes[i].code); {
		case differ == 0 || differ == foldBit(FoldCase):
			return i
		case differ.known():
			stroke = i
		}
		i = int(bareTwin[i]) - 1
	}
	return stroke
}
