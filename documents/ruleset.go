package documents

import (
	"iter"

	"github.com/vanphong-go/vanphong"
)

// The ids of the rule sets.
// They are part of stored data and of JSON, so they stay as they are for good.
const (
	// RuleSet66 is 66-QĐ/TW with 36-HD/VPTW, up to 08/01/2026. It counts from
	// 03/4/2018, the day of 36-HD/VPTW.
	RuleSet66 = "66+36HD"
	// RuleSet399 is 399-QĐ/TW while 36-HD/VPTW still applied, from 09/01/2026
	// to 26/5/2026.
	RuleSet399 = "399+36HD"
	// RuleSet399HD05 is 399-QĐ/TW with 05-HD/VPTW, from 27/5/2026 (grade S; one
	// source has another day for 05-HD/VPTW).
	RuleSet399HD05 = "399+05HD"
	// RuleSetND30 is NĐ 30/2020/NĐ-CP, from 05/3/2020, with the normative types
	// of the State.
	RuleSetND30 = "NĐ30"
	// RuleSetStandards is the way standards are cited; it has no dates.
	RuleSetStandards = "QCVN-TCVN"
)

// Group is the part of a rule set that a kind belongs to.
type Group uint8

// The groups.
const (
	GroupUnknown   Group = iota
	GroupTypes           // thể loại văn bản: the 25 of the Party, the 29 of the State
	GroupPapers          // giấy tờ hành chính: the 8 of the Party
	GroupNormative       // văn bản quy phạm pháp luật, and án lệ, văn bản hợp nhất
	GroupCopies          // bản sao
	GroupStandards       // quy chuẩn, tiêu chuẩn
)

// SymbolStatus is what a rule set says of a kind's symbol. "Unknown" is an
// answer of its own: the SDK has not found the rule and does not make one up.
//
// "Unknown" and "none" must not be one: a công văn of the State has no symbol by
// rule (NĐ 30/2020/NĐ-CP phụ lục I, II.3.b, grade P), a thông cáo of the Party has
// one that was not found.
type SymbolStatus uint8

// The answers.
const (
	SymbolUnknown SymbolStatus = iota // not found: the office has to say
	SymbolSet                         // Text is the symbol
	SymbolNone                        // the kind is numbered without one (công văn of the State, luật)
)

var groupCodes = [...]string{"", "types", "papers", "normative", "copies", "standards"}
var statusCodes = [...]string{"unknown", "set", "none"}

// MarshalText writes the group as its code: "types", "papers" ….
func (g Group) MarshalText() ([]byte, error) { return vanphong.EnumText("group", groupCodes[:], g) }

// UnmarshalText reads what MarshalText writes.
func (g *Group) UnmarshalText(b []byte) (err error) {
	*g, err = vanphong.ParseEnum[Group]("group", groupCodes[:], b)
	return err
}

// MarshalText writes the answer as its code: "unknown", "set", "none".
func (s SymbolStatus) MarshalText() ([]byte, error) {
	return vanphong.EnumText("symbol status", statusCodes[:], s)
}

// UnmarshalText reads what MarshalText writes.
func (s *SymbolStatus) UnmarshalText(b []byte) (err error) {
	*s, err = vanphong.ParseEnum[SymbolStatus]("symbol status", statusCodes[:], b)
	return err
}

// Symbol is the symbol of a kind (ký hiệu thể loại) in a rule set.
type Symbol struct {
	Text   string          `json:"text,omitempty"` // "QĐ"; "" unless Status is SymbolSet
	Status SymbolStatus    `json:"status"`
	Group  Group           `json:"group"`
	Source vanphong.Source `json:"source"` // of the symbol; of the kind, if the symbol is unknown
}

// RuleSet is a dated set of rules on kinds and their symbols. The zero RuleSet
// knows no kind. RuleSets are equal if they are the same set.
// The pointer leads into a table that nobody can change; it makes RuleSets
// comparable.
type RuleSet struct{ set *ruleSet }

// ruleSet has its days by the date of the document: a paper of 26/5/2026 keeps the
// rules of that day when it is registered later.
type ruleSet struct {
	id     string
	name   string
	system System
	days   vanphong.Days
	rows   []symbolRow
}

type symbolRow struct {
	kind Kind
	Symbol
}

// RuleSetOn returns the rules of a system that hold for a document of a day,
// never for today. An unknown system is an error that wraps
// [vanphong.ErrInvalid].
//
// The first sets begin on 03/4/2018 (Party, 36-HD/VPTW) and on 05/3/2020
// (State, NĐ 30/2020/NĐ-CP). A day before is an error that wraps
// [vanphong.ErrOutOfRange]: what held then was not found. So a Registrar
// gives no number to a document that is dated earlier, as an import of old
// registers may have, unless its [Policy] names the symbol itself, in Symbols.
// Reading such numbers with [ParseNumber] needs no rule set.
func RuleSetOn(system System, day vanphong.Date) (RuleSet, error) {
	if system == SystemUnknown || int(system) >= len(systemCodes) {
		return RuleSet{}, vanphong.NewInputError("system", system.Name(), "party, state or standard", nil)
	}
	for i := range ruleSets {
		// The days of one system never overlap, so the first that fits is the only one.
		if s := &ruleSets[i]; s.system == system && s.days.Contains(day) {
			return RuleSet{s}, nil
		}
	}
	return RuleSet{}, vanphong.NewInputError("day", day.String(), "a day that a rule set of system "+system.Name()+" covers", vanphong.ErrOutOfRange)
}

// RuleSetByID returns the rule set with this id, or an error that wraps
// [vanphong.ErrNotFound].
func RuleSetByID(id string) (RuleSet, error) {
	for i := range ruleSets {
		if ruleSets[i].id == id {
			return RuleSet{&ruleSets[i]}, nil
		}
	}
	return RuleSet{}, vanphong.NewInputError("rule set", id, "one of 66+36HD, 399+36HD, 399+05HD, NĐ30, QCVN-TCVN", vanphong.ErrNotFound)
}

// RuleSets walks all rule sets, by system and day.
func RuleSets() iter.Seq[RuleSet] {
	return func(yield func(RuleSet) bool) {
		for i := range ruleSets {
			if !yield(RuleSet{&ruleSets[i]}) {
				return
			}
		}
	}
}

// It stands in for the zero RuleSet, so that no method has to ask for nil.
var noRules ruleSet

func (r RuleSet) rules() *ruleSet {
	if r.set == nil {
		return &noRules
	}
	return r.set
}

// IsZero reports whether r is the zero RuleSet.
func (r RuleSet) IsZero() bool { return r.set == nil }

// ID returns the id: "399+05HD".
func (r RuleSet) ID() string { return r.rules().id }

// MarshalText writes the id; the zero RuleSet is "".
func (r RuleSet) MarshalText() ([]byte, error) { return []byte(r.ID()), nil }

// UnmarshalText reads what MarshalText writes, or fails as [RuleSetByID].
func (r *RuleSet) UnmarshalText(b []byte) (err error) {
	if len(b) == 0 {
		*r = RuleSet{}
		return nil
	}
	*r, err = RuleSetByID(string(b))
	return err
}

// Name returns the instruments in Vietnamese.
func (r RuleSet) Name() string { return r.rules().name }

// System returns whose rules these are.
func (r RuleSet) System() System { return r.rules().system }

// Days returns the days of documents the set is for.
func (r RuleSet) Days() vanphong.Days { return r.rules().days }

// Symbol returns the symbol of a kind and whether the set has that kind at
// all. Three answers are possible for a kind it has: see [SymbolStatus].
// A walk and no map: the rows are few, and their order is that of the regulation.
func (r RuleSet) Symbol(k Kind) (Symbol, bool) {
	for i := range r.rules().rows {
		if row := &r.rules().rows[i]; row.kind == k {
			return row.Symbol, true
		}
	}
	return Symbol{}, false
}

// Kinds walks the kinds of the set with their symbols, in the order of the
// regulation.
func (r RuleSet) Kinds() iter.Seq2[Kind, Symbol] {
	return func(yield func(Kind, Symbol) bool) {
		for _, row := range r.rules().rows {
			if !yield(row.kind, row.Symbol) {
				return
			}
		}
	}
}
