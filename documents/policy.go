package documents

import (
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/vanphong-go/vanphong"
)

// Scope is what a count restarts with.
//
// It is no enumeration of instruments: whatever the instrument, a count restarts
// with one of these four.
type Scope uint8

// The scopes.
// ScopeTerm and ScopeCongress are those of 36-HD/VPTW, mục II.1.3.1.a (grade P),
// ScopeYear that of NĐ 30/2020/NĐ-CP Điều 15.1 (grade P), ScopeLegislature is seen
// in the numbers of the National Assembly (grade W).
const (
	ScopeUnknown     Scope = iota
	ScopeTerm              // nhiệm kỳ cấp ủy
	ScopeCongress          // đại hội
	ScopeYear              // năm dương lịch
	ScopeLegislature       // khóa Quốc hội
)

var scopeCodes = [...]string{"", "term", "congress", "year", "legislature"}

// MarshalText writes the scope as its code: "term", "congress", "year",
// "legislature".
func (s Scope) MarshalText() ([]byte, error) { return vanphong.EnumText("scope", scopeCodes[:], s) }

// UnmarshalText reads what MarshalText writes.
func (s *Scope) UnmarshalText(b []byte) (err error) {
	*s, err = vanphong.ParseEnum[Scope]("scope", scopeCodes[:], b)
	return err
}

// Naming is which documents of a scope are counted together.
type Naming uint8

// The namings.
// The Party's text says "each type name", which is ByKind; the numbers of the
// Central Committee show BySymbol (grade I). So it is data, not code.
const (
	NamingUnknown Naming = iota
	BySymbol             // kinds that print the same symbol: quyết định and quy định share QĐ
	ByKind               // each kind for itself
	Together             // all kinds in one series
)

var namingCodes = [...]string{"", "symbol", "kind", "together"}

// MarshalText writes the naming as its code: "symbol", "kind", "together".
func (n Naming) MarshalText() ([]byte, error) { return vanphong.EnumText("naming", namingCodes[:], n) }

// UnmarshalText reads what MarshalText writes.
func (n *Naming) UnmarshalText(b []byte) (err error) {
	*n, err = vanphong.ParseEnum[Naming]("naming", namingCodes[:], b)
	return err
}

// Policy says which documents are counted together (cách đánh số): data, so
// that an office's own practice is a value and not a change of code. Every
// series names the policy it was opened under, so a Version must never come to
// mean something else.
//
// A changed practice is a new policy under a new version, for the next term or year.
type Policy struct {
	Version string `json:"version"`
	System  System `json:"system"`
	Scope   Scope  `json:"scope"`
	Rules   []Rule `json:"rules"` // the first that matches a document applies
	// Symbols are the office's own, over those of the rule set: for kinds whose
	// symbol no rule was found for (thông cáo, giấy mời of the Party), for kinds
	// of its own, and for documents dated before the first rule set, of which
	// [RuleSetOn] knows nothing (import of old registers): name each kind's
	// symbol of that time. "" is that of a kind without one. A kind named here
	// has this symbol on every day; for symbols that changed, use two policies.
	Symbols map[Kind]string `json:"symbols,omitempty"`

	// Insertions allows numbers put between others (15a, 15bis). No rule of the
	// Party or the State on them was found, so the presets do not.
	Insertions bool `json:"insertions,omitempty"`
	// BackdatingReason asks for a reason with a document that is dated before one
	// of the series that has its number already. The presets do not ask: a paper
	// signed on Friday may be registered after one signed on Monday.
	BackdatingReason bool `json:"backdating_reason,omitempty"`
	// ContentUpTo is the highest secrecy whose signer, origin and deciding body
	// are kept in the open register; zero means Mật. Tối mật and tuyệt mật then
	// have nothing there but what is printed in the number.
	ContentUpTo vanphong.Secrecy `json:"content_up_to,omitzero"`
	// HideKind keeps no kind of a number held for the secret register, even where
	// the kind was named to find its symbol.
	HideKind bool `json:"hide_kind,omitempty"`
}

// Rule is one rule of a [Policy].
type Rule struct {
	Kinds  []Kind `json:"kinds,omitempty"`  // the kinds it is about; none: every kind
	Secret bool   `json:"secret,omitempty"` // only about documents with a mark of secrecy
	// Normative: only about văn bản quy phạm pháp luật. The kind does not tell:
	// 09/2025/QĐ-TTg is normative, 439/QĐ-TTg is not.
	Normative bool   `json:"normative,omitempty"`
	Naming    Naming `json:"naming"`
	Prefix    string `json:"prefix,omitempty"` // before the series' name, to keep it apart
	Year      bool   `json:"year,omitempty"`   // the year is printed in the number
	// NoCode: no code of the kind is printed (luật, nghị quyết của Quốc hội:
	// 28/2026/QH16).
	NoCode bool `json:"no_code,omitempty"`
	// Sources are where the rule comes from, each for the days on which its
	// instrument holds. See [Policy.SourceOn].
	Sources []DatedSource `json:"sources,omitempty"`
}

// DatedSource is where a rule comes from on some days.
type DatedSource struct {
	Days   vanphong.Days   `json:"days,omitzero"` // zero: always
	Source vanphong.Source `json:"source"`
}

// SourceOn returns the clause, with its grade, by which a document is counted
// as it is: of its kind, mark of secrecy and day; organ and scope do not
// matter. Without a rule for it, or without a source for that day (a gap: the
// rule is applied on, yet nobody has found that it still holds), it is false.
//
// It looks no further than the first rule that matches: the rule applied is the one
// whose source is asked for, even if a later one has a better source.
func (p Policy) SourceOn(d Drawing) (vanphong.Source, bool) {
	for _, r := range p.Rules {
		if !r.matches(d) {
			continue
		}
		for _, s := range r.Sources {
			if s.Days.Contains(d.Day) {
				return s.Source, true
			}
		}
		return vanphong.Source{}, false
	}
	return vanphong.Source{}, false
}

// keeps returns an error that wraps vanphong.ErrSecret if the open register must
// not keep a content: of what is above ContentUpTo only the parts of the number, the
// day and the marks may stand there. An abstract of a secret document was refused
// before, whatever the policy.
//
// Of tối mật and tuyệt mật the register has the line and never the text (grade N,
// a textbook of the Party's offices; the rules of NĐ 63/2026/NĐ-CP on abstracts were
// not found), so the narrow reading is the default.
func (p Policy) keeps(c Content) error {
	if c.Secrecy <= max(p.ContentUpTo, vanphong.Confidential) {
		return nil
	}
	for _, f := range [...]struct{ field, value string }{
		{"signer", c.Signer}, {"decided_by", string(c.DecidedBy)}, {"origin", c.Origin},
		{"under", string(c.Under)}, {"issues", string(c.Issues)}, {"copy_of", c.CopyOf},
	} {
		if f.value != "" {
			// The value stays out of the error, which is logged.
			return vanphong.NewInputError(f.field, vanphong.Placeholder,
				"nothing beyond the number of a document marked "+code(c.Secrecy)+" under policy "+p.Version, vanphong.ErrSecret)
		}
	}
	return nil
}

// matches reports whether a rule is about a document. Restrictions only narrow, so
// rules are listed from the narrowest to the widest.
func (r Rule) matches(d Drawing) bool {
	return (len(r.Kinds) == 0 || slices.Contains(r.Kinds, d.Kind)) &&
		(!r.Secret || d.Secrecy > vanphong.NotSecret) && (!r.Normative || d.Normative)
}

// countsLike reports whether two policies count the same documents together
// and print the same parts of a number: all but version, symbols, sources and
// what a policy allows besides.
//
// Symbols may differ because an office learns them as it goes: a symbol for giấy mời
// added in the second year changes no number that was given.
func (p Policy) countsLike(o Policy) bool {
	return p.System == o.System && p.Scope == o.Scope && slices.EqualFunc(p.Rules, o.Rules, func(a, b Rule) bool {
		return slices.Equal(a.Kinds, b.Kinds) && a.Secret == b.Secret && a.Normative == b.Normative &&
			a.Naming == b.Naming && a.Prefix == b.Prefix && a.Year == b.Year && a.NoCode == b.NoCode
	})
}

// Check returns an error that names the field unless p can be used.
//
// It does not look for rules that can never apply: what is listed behind a wider
// rule is harmless.
func (p Policy) Check() error {
	if err := vanphong.CheckID("policy.version", p.Version); err != nil {
		return err
	}
	if p.System == SystemUnknown || int(p.System) >= len(systemCodes) {
		return vanphong.NewInputError("policy.system", strconv.Itoa(int(p.System)), "a system of numbers", nil)
	}
	if p.Scope == ScopeUnknown || int(p.Scope) >= len(scopeCodes) {
		return vanphong.NewInputError("policy.scope", strconv.Itoa(int(p.Scope)), "a scope", nil)
	}
	for _, r := range p.Rules {
		if r.Naming == NamingUnknown || int(r.Naming) >= len(namingCodes) {
			return vanphong.NewInputError("policy.rules.naming", strconv.Itoa(int(r.Naming)), "a naming", nil)
		}
	}
	if p.ContentUpTo > vanphong.TopSecret {
		return vanphong.NewInputError("policy.content_up_to", strconv.Itoa(int(p.ContentUpTo)), "a level of secrecy", nil)
	}
	if len(p.Rules) == 0 {
		return vanphong.NewInputError("policy.rules", "", "at least one rule", nil)
	}
	return nil
}

// Drawing is a document for which a number is to be drawn.
type Drawing struct {
	// Organ is the organisation whose number it is; for a joint document
	// (văn bản liên cơ quan) the lead: the others take no number.
	Organ vanphong.OrgID
	// Scope is the id of the term, congress or legislature, as
	// vanphong.Terms.At or CongressAt gives it for the document's day. A policy
	// per year takes the year of Day instead.
	Scope   vanphong.TermID
	Kind    Kind
	Secrecy vanphong.Secrecy
	Day     vanphong.Date // the document's own day, never today's
	// Normative says that it is a văn bản quy phạm pháp luật of the State.
	Normative bool
}

// Key returns the key of the series that a document draws its number from.
// The day is the document's: a paper of December that is registered in
// January is counted in December's year.
//
// It needs no store, so a form can show the series before anything is written.
func (p Policy) Key(d Drawing) (SeriesKey, error) {
	if err := vanphong.CheckID("organ", d.Organ); err != nil {
		return SeriesKey{}, err
	}
	if d.Day == 0 {
		return SeriesKey{}, vanphong.NewInputError("day", "", "the day of the document", nil)
	}
	_, name, err := p.name(d)
	if err != nil {
		return SeriesKey{}, err
	}
	// By the day of the document and not by today: otherwise the first working day of
	// January would print December's papers into the new year.
	scope := string(d.Scope)
	if p.Scope == ScopeYear {
		scope = strconv.Itoa(d.Day.Year())
	} else if err := vanphong.CheckID("scope", d.Scope); err != nil {
		return SeriesKey{}, err
	}
	return SeriesKey{d.Organ, scope, name}, nil
}

// name returns the rule that applies to a document and the name of its
// series.
//
// The first rule that matches decides, even where it fails: falling through to the
// next would count a secret document of unknown symbol among the open ones.
func (p Policy) name(d Drawing) (Rule, string, error) {
	k, day := d.Kind, d.Day
	if k == "" {
		return Rule{}, "", vanphong.NewInputError("kind", "", "a kind of document", nil)
	}
	for _, r := range p.Rules {
		if !r.matches(d) {
			continue
		}
		switch r.Naming {
		case Together:
			return r, r.Prefix + AllKinds, nil
		case BySymbol:
			// The name is the symbol on the document's day. A symbol that changes in mid-term
			// begins a series of its own, because the two print different numbers.
			symbol, err := p.symbol(k, day)
			if err != nil {
				return r, "", err
			}
			if symbol != "" {
				return r, r.Prefix + symbol, nil
			}
			// Kinds without a symbol would all meet under "".
		}
		return r, r.Prefix + string(k), nil
	}
	return Rule{}, "", vanphong.NewInputError("kind", string(k), "a kind that policy "+p.Version+" has a rule for", nil)
}

// symbol returns the symbol of a kind on a day: the office's own, else that of
// the rule set in force. "" is the symbol of a kind that is numbered without
// one. A symbol that nobody has found is an error, never a guess.
//
// A guess would be printed, signed and sent; an error costs a question to the head
// of the office. (The symbol appendices of 36-HD/VPTW and 05-HD/VPTW were not
// found.)
func (p Policy) symbol(k Kind, day vanphong.Date) (string, error) {
	if own, ok := p.Symbols[k]; ok {
		return own, nil
	}
	rules, err := RuleSetOn(p.System, day)
	if err != nil {
		return "", err
	}
	symbol, ok := rules.Symbol(k)
	switch {
	case !ok:
		return "", vanphong.NewInputError("kind", string(k), "a kind that rule set "+rules.ID()+" has, or one in the policy's own symbols", nil)
	case symbol.Status == SymbolUnknown:
		return "", vanphong.NewInputError("kind", string(k), "a kind whose symbol is known: rule set "+rules.ID()+" is not known to give one; name it in a policy's Symbols", nil)
	}
	return symbol.Text, nil
}

// A form is what a rule and a symbol make of a number.
// It leaves out serial and issuer, which the series gives.
type form struct {
	code string
	year bool
}

// form returns how the number of a document is printed in a series.
//
// A rule without a code must not ask for the symbol: luật has none and would be
// refused.
func (p Policy) form(s Series, c Content) (form, error) {
	rule, err := ruleFor(p, s, c)
	if err != nil || rule.NoCode {
		return form{year: rule.Year}, err
	}
	code, err := p.symbol(c.Kind, c.Day)
	return form{code, rule.Year}, err
}

// implied returns the form that every kind has which a document without a
// named one can be: in this series, with its mark of secrecy. It is for a
// number whose kind is kept secret. A series that has no such kind, or kinds
// of several forms, is an error.
//
// Trying every kind is slow and only done for held numbers of unnamed kind, a few a
// term.
func (p Policy) implied(s Series, c Content) (form, error) {
	var found form
	var seen, fits bool
	var unknown error // a kind that fits and whose symbol nobody has found
	for k := range p.candidates(s) {
		c.Kind = k
		if _, err := ruleFor(p, s, c); err != nil {
			continue
		}
		fits = true
		switch f, err := p.form(s, c); {
		case err != nil:
			unknown = err
		// Printing one of two possible forms would tell what kind the secret document is, or
		// be wrong.
		case seen && f != found:
			return form{}, vanphong.NewInputError("kind", "", "a kind: series "+s.label()+" does not tell it", nil)
		default:
			found, seen = f, true
		}
	}
	switch {
	case !fits:
		return form{}, vanphong.NewInputError("secrecy", code(c.Secrecy), "a mark of secrecy that is counted in series "+s.label()+": policy "+p.Version+" counts this one elsewhere", nil)
	case !seen:
		return form{}, unknown
	}
	return found, nil
}

// candidates walks the kinds that may be counted in a series: those the SDK
// knows, the office's own, and the one the series is named for.
//
// The last are for kinds of an office's own that have no symbol: their series is
// named after the kind, and no list knows them.
func (p Policy) candidates(s Series) iter.Seq[Kind] {
	return func(yield func(Kind) bool) {
		for k := range Kinds() {
			if !yield(k) {
				return
			}
		}
		for _, k := range slices.Sorted(maps.Keys(p.Symbols)) {
			if !yield(k) {
				return
			}
		}
		for _, r := range p.Rules {
			if name, ok := strings.CutPrefix(s.Key.Name, r.Prefix); ok && !yield(Kind(name)) {
				return
			}
		}
	}
}
