package documents

import (
	"errors"
	"strings"
	"testing"

	"github.com/vanphong-go/vanphong"
)

func TestPolicyKeys(t *testing.T) {
	const ubnd vanphong.OrgID = "ubnd"
	d := vanphong.MustDate("2026-01-02")
	for _, c := range []struct {
		policy Policy
		in     Drawing
		want   SeriesKey
		probes string
	}{
		{PartyPerSymbol(), Drawing{Organ: tu, Scope: "nk", Kind: KindDecision, Day: d}, SeriesKey{tu, "nk", "QĐ"}, "quyết định"},
		{PartyPerSymbol(), Drawing{Organ: tu, Scope: "nk", Kind: KindRegulation, Day: d}, SeriesKey{tu, "nk", "QĐ"}, "quy định shares its symbol"},
		{PartyPerSymbol(), Drawing{Organ: tu, Scope: "nk", Kind: KindDecision, Secrecy: vanphong.Secret, Day: d}, SeriesKey{tu, "nk", "QĐ"}, "secret documents are among the others"},
		{PartyPerKind(), Drawing{Organ: tu, Scope: "nk", Kind: KindRegulation, Day: d}, SeriesKey{tu, "nk", "quy-dinh"}, "the letter of the rule"},
		{CongressPolicy(), Drawing{Organ: tu, Scope: "dh", Kind: KindNotice, Day: d}, SeriesKey{tu, "dh", AllKinds}, "one series for all kinds"},
		{StatePerYear(Together), Drawing{Organ: ubnd, Kind: KindNotice, Day: d}, SeriesKey{ubnd, "2026", AllKinds}, "the head chose one series"},
		{StatePerYear(ByKind), Drawing{Organ: ubnd, Kind: KindDecision, Day: d}, SeriesKey{ubnd, "2026", "quyet-dinh"}, "the head chose one a kind"},
		{StatePerYear(Together), Drawing{Organ: ubnd, Kind: KindNotice, Secrecy: vanphong.Confidential, Day: d}, SeriesKey{ubnd, "2026", "mật/*"}, "secret documents apart"},
		{StatePerYear(Together), Drawing{Organ: ubnd, Kind: KindDecision, Normative: true, Day: d}, SeriesKey{ubnd, "2026", "qppl/quyet-dinh"}, "normative kinds for themselves"},
		{StatePerYear(Together), Drawing{Organ: ubnd, Scope: "nk", Kind: KindNotice, Day: d - 2}, SeriesKey{ubnd, "2025", AllKinds}, "the document's day tells the year"},
		{StatePerYear(Together), Drawing{Organ: ubnd, Kind: KindDecision, Normative: true, Secrecy: vanphong.Secret, Day: d}, SeriesKey{ubnd, "2026", "mật/qppl/quyet-dinh"}, "a secret normative document is a secret one"},
		{StatePerYear(Together), Drawing{Organ: ubnd, Kind: KindDecree, Secrecy: vanphong.Secret, Day: d}, SeriesKey{ubnd, "2026", "mật/qppl/nghi-dinh"}, "so is one of a kind that is always normative"},
		{NationalAssembly(), Drawing{Organ: "qh", Scope: "QH16", Kind: KindResolution, Day: d}, SeriesKey{"qh", "QH16", "nghi-quyet"}, "per legislature, across years"},
		{NationalAssembly(), Drawing{Organ: "qh", Scope: "QH16", Kind: KindCode, Day: d}, SeriesKey{"qh", "QH16", "luat/*"}, "a code is counted among the laws"},
	} {
		got, err := c.policy.Key(c.in)
		if err != nil || got != c.want {
			t.Errorf("%s: %+v, %v; want %+v", c.probes, got, err, c.want)
		}
	}
	for _, c := range []struct {
		in    Drawing
		field string
	}{
		{Drawing{Scope: "nk", Kind: KindDecision, Day: d}, "organ"},
		{Drawing{Organ: tu, Kind: KindDecision, Day: d}, "scope"},
		{Drawing{Organ: tu, Scope: "nk", Day: d}, "kind"},
		{Drawing{Organ: tu, Scope: "nk", Kind: KindDecision}, "day"}, // no hidden today
		{Drawing{Organ: tu, Scope: "nk", Kind: "loại lạ", Day: d}, "kind"},
	} {
		_, err := PartyPerSymbol().Key(c.in)
		wantField(t, err, c.field, vanphong.ErrInvalid)
	}
}

func TestPoliciesAreSound(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range presets() {
		if err := p.Check(); err != nil || seen[p.Version] {
			t.Errorf("%s: %v, or a version twice", p.Version, err)
		}
		seen[p.Version] = true
		for _, r := range p.Rules {
			if len(r.Sources) == 0 {
				t.Errorf("%s: a rule without source", p.Version)
			}
			for _, src := range r.Sources {
				if src.Source.Clause == "" || src.Source.Grade == "" || !src.Days.Valid() {
					t.Errorf("%s: source %+v", p.Version, src)
				}
			}
		}
	}
	for field, change := range map[string]func(*Policy){
		"policy.version":      func(p *Policy) { p.Version = "" },
		"policy.system":       func(p *Policy) { p.System = 0 },
		"policy.scope":        func(p *Policy) { p.Scope = 9 },
		"policy.rules":        func(p *Policy) { p.Rules = nil },
		"policy.rules.naming": func(p *Policy) { p.Rules[0].Naming = 0 },

		"policy.content_up_to": func(p *Policy) { p.ContentUpTo = 4 },
	} {
		p := PartyPerSymbol()
		change(&p)
		wantField(t, p.Check(), field, vanphong.ErrInvalid)
	}
}

// Copies: one series BS of the Party, one series of all three of the State, by whatever
// naming the rest is counted.
func TestCopiesShareASeries(t *testing.T) {
	year := vanphong.YearDays(2026)
	for _, c := range []struct {
		p     Policy
		scope string
		name  string
		want  string
	}{
		{PartyPerSymbol(), "nk-2025", "BS", "01-BS/TU 02-BS/TU 03-BS/TU"},
		{PartyPerKind(), "nk-2025", "BS", "01-BS/TU 02-BS/TU 03-BS/TU"}, // three kinds, one symbol: else three 01-BS/TU
		{StatePerYear(Together), "2026", "sao/*", "01/SY-UBND 02/SL-UBND 03/TrS-UBND"},
		{StatePerYear(ByKind), "2026", "sao/*", "01/SY-UBND 02/SL-UBND 03/TrS-UBND"},
		{StatePerYear(BySymbol), "2026", "sao/*", "01/SY-UBND 02/SL-UBND 03/TrS-UBND"},
	} {
		r, issuer := NewRegistrar(NewMemory(), nil), "TU"
		if c.p.System == SystemState {
			issuer = "UBND"
		}
		key, err := c.p.Key(Drawing{Organ: tu, Scope: vanphong.TermID(c.scope), Kind: KindExtract, Day: year.First})
		if err != nil || key.Name != c.name || key.Scope != c.scope {
			t.Errorf("%s: %+v, %v; want %s", c.p.Version, key, err, c.name)
			continue
		}
		s, err := r.Open(ctx, tu, OpenRequest{Key: key, Issuer: issuer, Days: year, Policy: c.p.Version}, by(0))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, k := range []Kind{KindTrueCopy, KindRelayCopy, KindExtract} {
			en, err := r.Issue(ctx, tu, IssueRequest{ID: EntryID(k), Series: s.ID, Content: Content{Kind: k, Day: year.First, CopyOf: "05-HD/VPTW"}}, by(1))
			if err != nil || en.CopyOf != "05-HD/VPTW" {
				t.Fatalf("%s: %v", c.p.Version, err)
			}
			got = append(got, en.Number.String())
		}
		if list := strings.Join(got, " "); list != c.want {
			t.Errorf("%s: %s, want %s", c.p.Version, list, c.want)
		}
		// Nothing but copies is counted there.
		_, err = r.Issue(ctx, tu, IssueRequest{ID: "qđ", Series: s.ID, Content: Content{Kind: KindDecision, Day: year.First}}, by(2))
		wantField(t, err, "kind", vanphong.ErrInvalid)
		_, err = r.Issue(ctx, tu, IssueRequest{ID: "qđ", Series: s.ID, Content: Content{Kind: KindDecision, Day: year.First, CopyOf: "05-HD/VPTW"}}, by(2))
		wantField(t, err, "copy_of", vanphong.ErrInvalid)
	}
	// A copy of a secret document of the State is counted with the secret ones.
	key, err := StatePerYear(Together).Key(Drawing{Organ: tu, Kind: KindTrueCopy, Secrecy: vanphong.Confidential, Day: year.First})
	if err != nil || key.Name != "mật/*" {
		t.Errorf("%+v, %v", key, err)
	}
}

// A paper of December registered in January counts in December's year, and
// does not move the new year's series; peers restart by today's year, or let a
// leftover reset the count.
func TestStateYears(t *testing.T) {
	r := NewRegistrar(NewMemory(), nil)
	p := StatePerYear(Together)
	open := func(year int, name, scope string) Series {
		t.Helper()
		s, err := r.Open(ctx, tu, OpenRequest{Key: SeriesKey{tu, scope, name}, Issuer: "UBND", Days: vanphong.YearDays(year), Policy: p.Version}, by(0))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	old, now := open(2025, AllKinds, "2025"), open(2026, AllKinds, "2026")
	laws, secret := open(2026, "qppl/quyet-dinh", "2026"), open(2026, "mật/*", "2026")
	for _, c := range []struct {
		id      string
		s       Series
		day     string
		kind    Kind
		secrecy vanphong.Secrecy
		want    string
	}{
		{"a", now, "2026-01-05", KindDecision, 0, "01/QĐ-UBND"},
		{"b", old, "2025-12-31", KindNotice, 0, "01/TB-UBND"},
		{"c", now, "2026-01-06", KindNotice, 0, "02/TB-UBND"},
		{"d", laws, "2026-01-06", KindDecision, 0, "01/2026/QĐ-UBND"},
		{"e", secret, "2026-01-06", KindDecision, vanphong.Secret, "01/QĐ-UBND"},
	} {
		en, err := r.Issue(ctx, tu, IssueRequest{ID: EntryID(c.id), Series: c.s.ID, Content: Content{Kind: c.kind, Day: vanphong.MustDate(c.day), Secrecy: c.secrecy}}, by(1))
		if err != nil || en.Number.String() != c.want {
			t.Errorf("%s: %s, %v; want %s", c.id, en.Number, err, c.want)
		}
	}
	day := vanphong.MustDate("2026-02-01")
	for _, req := range []IssueRequest{
		{ID: "x", Series: now.ID, Content: Content{Kind: KindDecision, Day: day, Secrecy: vanphong.Secret}}, // a secret one among the open
		{ID: "x", Series: secret.ID, Content: Content{Kind: KindDecision, Day: day}},                        // an open one among the secret
		{ID: "x", Series: laws.ID, Content: Content{Kind: KindNotice, Day: day}},                            // another kind
	} {
		_, err := r.Issue(ctx, tu, req, by(1))
		wantField(t, err, "kind", vanphong.ErrInvalid)
	}
	if _, err := r.Issue(ctx, tu, IssueRequest{ID: "x", Series: old.ID, Content: Content{Kind: KindNotice, Day: day}}, by(1)); !errors.Is(err, vanphong.ErrClosed) {
		t.Errorf("a document of this year into last year's series: %v", err)
	}
}

// A legislature runs over years: a number that prints one is of that year.
func TestReservedNumberKeepsItsYear(t *testing.T) {
	r := NewRegistrar(NewMemory(), nil)
	day := vanphong.MustDate("2025-12-30")
	s, err := r.Open(ctx, "qh", OpenRequest{Key: SeriesKey{"qh", "QH15", "luat/*"}, Issuer: "QH15", Days: vanphong.Days{First: day},
		First: 91, Basis: "Luật số 90", Policy: NationalAssembly().Version}, by(0))
	if err != nil {
		t.Fatal(err)
	}
	en, err := r.Reserve(ctx, "qh", ReserveRequest{ID: "a", Series: s.ID, Kind: KindLaw, Day: day}, by(1))
	if err != nil || en.Number.String() != "91/2025/QH15" {
		t.Fatalf("%s, %v", en.Number, err)
	}
	_, err = r.Issue(ctx, "qh", IssueRequest{ID: "a", Series: s.ID, Content: Content{Kind: KindLaw, Day: day + 5}}, by(1))
	wantField(t, err, "day", vanphong.ErrOutOfRange)
	if en, err = r.Issue(ctx, "qh", IssueRequest{ID: "a", Series: s.ID, Content: Content{Kind: KindLaw, Day: day + 1}}, by(1)); err != nil || en.Number.Year != 2025 {
		t.Errorf("%+v, %v", en, err)
	}
}

// A number held without its kind obeys the rule that its mark of secrecy
// falls under: the State counts secret documents apart.
func TestHoldWithoutKindKeepsToItsSeries(t *testing.T) {
	r := NewRegistrar(NewMemory(), nil)
	open := func(p Policy, name, issuer string) Series {
		t.Helper()
		s, err := r.Open(ctx, "ubnd", OpenRequest{Key: SeriesKey{"ubnd", "2026", name}, Issuer: issuer, Days: vanphong.YearDays(2026), Policy: p.Version}, by(0))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	kinds := StatePerYear(ByKind)
	day := vanphong.MustDate("2026-03-05")
	for i, c := range []struct {
		series Series
		want   string // "" is a refusal
		field  string
		probes string
	}{
		{open(kinds, "quyet-dinh", "UBND"), "", "secrecy", "an open series of one kind"},
		{open(kinds, "qppl/quyet-dinh", "UBND"), "", "secrecy", "an open normative series"},
		{open(kinds, "qppl/nghi-dinh", "UBND"), "", "secrecy", "an open series of a kind that is always normative"},
		{open(kinds, "mật/quyet-dinh", "UBND"), "01/QĐ-UBND", "", "the secret series of one kind"},
		{open(kinds, "mật/qppl/quyet-dinh", "UBND"), "01/2026/QĐ-UBND", "", "the secret normative series prints the year"},
		{open(kinds, "mật/cong-van", "UBND"), "01/UBND", "", "a kind without a symbol"},
		{open(kinds, "mật/loai-la", "UBND"), "", "kind", "a kind whose symbol nobody knows"},
	} {
		req := HoldRequest{ID: EntryID(rune('a' + i)), Series: c.series.ID, Day: day, Secrecy: vanphong.Secret}
		en, err := r.Hold(ctx, "ubnd", req, by(1))
		if c.want == "" {
			wantField(t, err, c.field, vanphong.ErrInvalid)
		} else if err != nil || en.Number.String() != c.want {
			t.Errorf("%s: %s, %v; want %s", c.probes, en.Number, err, c.want)
		}
	}
}

// What the National Assembly and its Standing Committee print, by numbers that
// were really given.
func TestLegislaturePrintsAsItDoes(t *testing.T) {
	early := StandingCommittee() // the symbols of 2000 are the caller's to say
	early.Version, early.Symbols = "ubtvqh10", map[Kind]string{KindOrdinance: "PL"}
	r := NewRegistrar(NewMemory(), &Options{Policies: []Policy{early}})
	for _, c := range []struct {
		policy    Policy
		issuer    string
		kind      Kind
		normative bool
		first     uint32
		day       string
		want      string
		probes    string
	}{
		{NationalAssembly(), "QH15", KindLaw, false, 91, "2025-06-26", "91/2025/QH15", "a law has no code"},
		{NationalAssembly(), "QH16", KindResolution, false, 28, "2026-04-20", "28/2026/QH16", "a resolution has none either"},
		{NationalAssembly(), "QH14", KindResolution, true, 119, "2020-06-19", "119/2020/QH14", "normative or not"},
		{early, "UBTVQH10", KindOrdinance, false, 30, "2000-12-28", "30/2000/PL-UBTVQH10", "an ordinance has code and year"},
		{StandingCommittee(), "UBTVQH15", KindResolution, false, 1675, "2025-06-16", "1675/NQ-UBTVQH15", "an individual resolution has no year"},
		{StandingCommittee(), "UBTVQH16", KindResolution, false, 398, "2026-08-20", "398/NQ-UBTVQH16", "in the next legislature too"},
		{StandingCommittee(), "UBTVQH15", KindResolution, true, 35, "2023-07-12", "35/2023/UBTVQH15", "a normative one"},
	} {
		day := vanphong.MustDate(c.day)
		organ := vanphong.OrgID(c.issuer)
		key, err := c.policy.Key(Drawing{Organ: organ, Scope: "khoa", Kind: c.kind, Day: day, Normative: c.normative})
		if err != nil {
			t.Errorf("%s: %v", c.probes, err)
			continue
		}
		s, err := r.Open(ctx, organ, OpenRequest{Key: key, Issuer: c.issuer, Days: vanphong.Days{First: day}, First: c.first, Basis: "sổ cũ", Policy: c.policy.Version}, by(0))
		if err != nil {
			t.Fatal(err)
		}
		en, err := r.Issue(ctx, organ, IssueRequest{ID: "a" + EntryID(c.want), Series: s.ID, Content: Content{Kind: c.kind, Day: day}}, by(1))
		if err != nil || en.Number.String() != c.want {
			t.Errorf("%s: %s, %v; want %s", c.probes, en.Number, err, c.want)
		}
	}
	_, err := NationalAssembly().Key(Drawing{Organ: "qh", Scope: "QH16", Kind: KindNotice, Day: vanphong.MustDate("2026-04-20")})
	wantField(t, err, "kind", vanphong.ErrInvalid)
}

// Documents older than every rule set are numbered by symbols that the office
// names, and only by those.
func TestOldDocumentsNeedTheOfficesOwnSymbols(t *testing.T) {
	day := vanphong.MustDate("2018-04-02") // the day before the first set
	own := PartyPerSymbol()
	own.Version, own.Symbols = "so-cu", map[Kind]string{KindRegulation: "QĐi"}
	r := NewRegistrar(NewMemory(), &Options{Policies: []Policy{own}})
	s, err := r.Open(ctx, tu, OpenRequest{Key: SeriesKey{tu, "nk-2015", "QĐi"}, Issuer: "TU", Days: vanphong.Days{First: day}, Policy: own.Version}, by(0))
	if err != nil {
		t.Fatal(err)
	}
	en, err := r.Issue(ctx, tu, IssueRequest{ID: "a", Series: s.ID, Content: Content{Kind: KindRegulation, Day: day}}, by(1))
	if err != nil || en.Number.String() != "01-QĐi/TU" {
		t.Errorf("%s, %v", en.Number, err)
	}
	_, err = r.Issue(ctx, tu, IssueRequest{ID: "b", Series: s.ID, Content: Content{Kind: KindDecision, Day: day}}, by(1))
	wantField(t, err, "day", vanphong.ErrOutOfRange)
}

// A clause counts as evidence on the days of its instrument alone.
func TestSourcesHaveTheirDays(t *testing.T) {
	for _, c := range []struct {
		policy  Policy
		kind    Kind
		secrecy vanphong.Secrecy
		day     string
		want    string // clause and grade; "" is a gap
		probes  string
	}{
		{PartyPerKind(), KindNotice, 0, "2026-05-26", "36-HD/VPTW, mục II.1.3.1.a P", "the last day of 36-HD"},
		{PartyPerKind(), KindNotice, 0, "2026-05-27", "05-HD/VPTW S", "the core rule is restated"},
		{PartyPerKind(), KindNotice, vanphong.Secret, "2026-05-26", "36-HD/VPTW, mục II.1.3.1.a P", "secret among the others"},
		{PartyPerKind(), KindNotice, vanphong.Secret, "2026-05-27", "", "whether 05-HD says so is a gap"},
		{PartyPerKind(), KindNotice, 0, "2018-04-02", "", "before 36-HD"},
		{PartyPerSymbol(), KindRegulation, 0, "2026-01-05", "36-HD/VPTW, mục II.1.3.1.a I", "one count for QĐ is inferred"},
		{PartyPerSymbol(), KindRegulation, 0, "2026-06-01", "05-HD/VPTW I", "and stays so"},
		{CongressPolicy(), KindNotice, 0, "2025-09-22", "36-HD/VPTW, mục II.1.3.1.a P", "the congresses of 2025"},
		{CongressPolicy(), KindNotice, 0, "2026-06-01", "", "a later congress"},
		{StatePerYear(Together), KindNotice, 0, "2020-03-05", "30/2020/NĐ-CP, Điều 15 khoản 1.c P", "the first day of the decree"},
		{StatePerYear(Together), KindNotice, 0, "2020-03-04", "", "the day before"},
		{NationalAssembly(), KindLaw, 0, "2025-06-26", "91/2025/QH15 W", "seen in numbers: no days"},
		{NationalAssembly(), KindLaw, 0, "1960-04-15", "91/2025/QH15 W", "no days are all days"},
		{NationalAssembly(), KindNotice, 0, "2025-06-26", "", "no rule, no source"},
	} {
		src, ok := c.policy.SourceOn(Drawing{Kind: c.kind, Secrecy: c.secrecy, Day: vanphong.MustDate(c.day)})
		got := ""
		if ok {
			got = src.Clause + " " + string(src.Grade)
		}
		if got != c.want || ok != (c.want != "") {
			t.Errorf("%s: %q, want %q", c.probes, got, c.want)
		}
	}
}
