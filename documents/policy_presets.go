package documents

import "github.com/vanphong-go/vanphong"

// The clauses on numbers of the Party. Of 05-HD/VPTW only the core rule was
// found (each kind, from 01, within a term; grade S). Whether it carries over
// what 36-HD/VPTW says of congresses, of secret and of joint documents and of
// the first plenum is a gap, so those have no source from 27/5/2026.
const (
	clause36 = "36-HD/VPTW, mục II.1.3.1.a"
	clause05 = "05-HD/VPTW"
)

// sources36 is for a rule that only 36-HD/VPTW is known to hold.
//
// Its days end where 05-HD/VPTW begins: to name a replaced guidance as the source of
// a number of today would be worse than to name none.
func sources36(g vanphong.Grade) []DatedSource {
	return []DatedSource{{days36, vanphong.Source{Clause: clause36, Grade: g}}}
}

// sourcesTerm is for the core rule, which 05-HD/VPTW has too.
func sourcesTerm(g36, g05 vanphong.Grade) []DatedSource {
	return append(sources36(g36), DatedSource{days05, vanphong.Source{Clause: clause05, Grade: g05}})
}

// always is one source without days.
func always(s vanphong.Source) []DatedSource { return []DatedSource{{Source: s}} }

// PartyPerSymbol is the default policy of a Party committee: one series for
// each symbol within one term, secret documents among the others. The text
// says "mỗi tên loại" (36-HD/VPTW mục II.1.3.1.a, grade P, to 26/5/2026; from
// 27/5/2026 05-HD/VPTW, grade S); that quyết định and quy định, which share QĐ,
// share a count is inferred from the Central Committee's own numbers of 2024
// to 2026, so its rules are of grade I.
func PartyPerSymbol() Policy {
	return partyPolicy("party-symbol-1", BySymbol, sourcesTerm(vanphong.GradeInferred, vanphong.GradeInferred))
}

// PartyPerKind is the letter of the Party's rule: one series for each kind
// (mỗi tên loại văn bản) within one term, secret documents among the others.
//
// WARNING: by construction it prints some numbers twice. Quyết định and quy
// định have one symbol and two series here, so there is a 01-QĐ/TU of each,
// and nothing in the number tells them apart. An office that counts so usually
// gives quy định a symbol of its own, QĐi (seen in 2018: 08-QĐi/TW, grade W):
//
//	p := documents.PartyPerKind()
//	p.Version, p.Symbols = "van-phong-1", map[documents.Kind]string{documents.KindRegulation: "QĐi"}
func PartyPerKind() Policy {
	return partyPolicy("party-kind-1", ByKind, sourcesTerm(vanphong.GradePrimary, vanphong.GradeSecondary))
}

// partyPolicy counts secret documents with the others: a rule of its own,
// because its source is another.
//
// Copies share one series under either naming: all three print BS (36-HD/VPTW phụ
// lục 3, grade P), and a copy is no type of document, so "mỗi tên loại" does not speak
// of them. In which scope BS is counted was not found (grade I).
func partyPolicy(version string, by Naming, core []DatedSource) Policy {
	return Policy{Version: version, System: SystemParty, Scope: ScopeTerm, Rules: []Rule{
		{Kinds: copyKinds(), Naming: BySymbol, Sources: []DatedSource{{days36, vanphong.Source{Clause: "36-HD/VPTW phụ lục 3", Grade: vanphong.GradeInferred}}}},
		// Both rules name the series alike, so secret and open documents share one count.
		{Secret: true, Naming: by, Sources: sources36(vanphong.GradePrimary)},
		{Naming: by, Sources: core},
	}}
}

// CongressPolicy is that of a Party congress: one series from 01 for all kinds
// and all its organs (presidium, secretaries, boards), beside the terms before
// and after it. Its source, 36-HD/VPTW mục II.1.3.1.a (grade P), is of before
// 27/5/2026.
//
// The congress is an organ with a series of its own because its documents carry ĐH
// and not the committee's code: 01-NQ/ĐH (grade W).
func CongressPolicy() Policy {
	return Policy{Version: "congress-1", System: SystemParty, Scope: ScopeCongress, Rules: []Rule{
		{Naming: Together, Sources: sources36(vanphong.GradePrimary)}}}
}

// StatePerYear is the policy of a State organ: every series from 01 on 1
// January; each normative kind has its own and prints the year; secret
// documents are counted apart from all of these ("mật/"), normative ones too
// and again each kind for itself ("mật/qppl/"). For administrative documents
// the head of the organ chooses: [Together] for one common series, [ByKind] or
// [BySymbol]. Copies of every kind share one series ("sao/"), which is that of
// NĐ 30/2020/NĐ-CP phụ lục I, phần II, II.1.c (grade P); of secret documents they are
// counted with these, since khoản 2 makes no exception.
func StatePerYear(administrative Naming) Policy {
	code := vanphong.EnumName(namingCodes[:], administrative)
	nd30 := func(clause string) []DatedSource {
		return []DatedSource{{daysND30, vanphong.Source{Clause: "30/2020/NĐ-CP, " + clause, Grade: vanphong.GradePrimary}}}
	}
	decree := func(clause string) []DatedSource { return nd30("Điều 15 " + clause) }
	laws := []Kind{KindConstitution, KindCode, KindLaw, KindOrdinance, KindOrder, KindJointResolution, KindDecree, KindCircular, KindJointCircular}
	rules := []Rule{
		// khoản 2 makes no exception: secret documents come first.
		{Secret: true, Kinds: laws, Naming: ByKind, Prefix: "mật/qppl/", Year: true, Sources: decree("khoản 2")},
		{Secret: true, Normative: true, Naming: ByKind, Prefix: "mật/qppl/", Year: true, Sources: decree("khoản 2")},
		{Secret: true, Naming: administrative, Prefix: "mật/", Sources: decree("khoản 2")},
		{Kinds: copyKinds(), Naming: Together, Prefix: "sao/", Sources: nd30("phụ lục I, phần II, mục II.1.c")},
		{Kinds: laws, Naming: ByKind, Prefix: "qppl/", Year: true, Sources: decree("khoản 1.a")},
		{Normative: true, Naming: ByKind, Prefix: "qppl/", Year: true, Sources: decree("khoản 1.a")},
		{Naming: administrative, Sources: decree("khoản 1.c")},
	}
	// The naming is part of the version: the three presets count differently.
	return Policy{Version: "state-year-" + code + "-1", System: SystemState, Scope: ScopeYear, Rules: rules}
}

// NationalAssembly is the policy of the National Assembly (Quốc hội): within
// one legislature, laws and codes in one count, resolutions in another, both
// with the year and without a code: 91/2025/QH15, 28/2026/QH16 (grade W; that
// codes are counted among the laws is inferred). How its other kinds are
// numbered was not found: they have no rule. Its Standing Committee is an
// organ with a policy of its own, [StandingCommittee].
func NationalAssembly() Policy {
	return Policy{Version: "legislature-1", System: SystemState, Scope: ScopeLegislature, Rules: []Rule{
		{Kinds: []Kind{KindLaw, KindCode}, Naming: Together, Prefix: "luat/", Year: true, NoCode: true, Sources: always(seen("91/2025/QH15"))},
		{Kinds: []Kind{KindResolution}, Naming: ByKind, Year: true, NoCode: true, Sources: always(seen("28/2026/QH16"))},
	}}
}

// StandingCommittee is the policy of the Standing Committee of the National
// Assembly (Ủy ban Thường vụ Quốc hội): each kind for itself within one
// legislature. Ordinances print code and year (30/2000/PL-UBTVQH10), resolutions
// that are not normative the code alone (398/NQ-UBTVQH16; grade W); a normative
// one is inferred to print the year as laws do, without a code, and to be
// counted apart.
func StandingCommittee() Policy {
	return Policy{Version: "standing-committee-1", System: SystemState, Scope: ScopeLegislature, Rules: []Rule{
		{Kinds: []Kind{KindOrdinance}, Naming: ByKind, Year: true, Sources: always(seen("30/2000/PL-UBTVQH10"))},
		{Kinds: []Kind{KindResolution}, Normative: true, Naming: ByKind, Prefix: "qppl/", Year: true, NoCode: true, Sources: always(inferred("as laws and resolutions of the National Assembly"))},
		{Kinds: []Kind{KindResolution}, Naming: ByKind, Sources: always(seen("1675/NQ-UBTVQH15, 398/NQ-UBTVQH16"))},
	}}
}

// presets are the policies that every Registrar knows.
func presets() []Policy {
	return []Policy{PartyPerSymbol(), PartyPerKind(), CongressPolicy(),
		StatePerYear(Together), StatePerYear(ByKind), StatePerYear(BySymbol), NationalAssembly(), StandingCommittee()}
}
