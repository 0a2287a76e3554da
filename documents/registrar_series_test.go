package documents

import (
	"fmt"
	"strings"
	"testing"

	"github.com/vanphong-go/vanphong"
)

func TestClosingASeries(t *testing.T) {
	r := NewRegistrar(NewMemory(), nil)
	s := openQD(t, r)
	if _, err := r.Issue(ctx, tu, decision("a", s), by(1)); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Reserve(ctx, tu, ReserveRequest{ID: "b", Series: s.ID, Kind: KindDecision, Day: firstDay}, by(1)); err != nil {
		t.Fatal(err)
	}
	_, err := r.Close(ctx, tu, CloseRequest{Series: s.ID}, by(2))
	wantField(t, err, "series", vanphong.ErrState)
	if !strings.Contains(fmt.Sprint(err), "02-QĐ/TU") {
		t.Errorf("the error does not name the reserved number: %v", err)
	}
	if _, err := r.Void(ctx, tu, VoidRequest{"b", "người giữ đã nghỉ"}, by(2)); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		got, err := r.Close(ctx, tu, CloseRequest{Series: s.ID}, by(3))
		if err != nil || !got.Closed || got.Events != 5 {
			t.Fatalf("%+v, %v", got, err)
		}
	}
	_, err = r.Issue(ctx, tu, decision("c", s), by(4))
	wantField(t, err, "series", vanphong.ErrClosed)
	_, err = r.Close(ctx, tu, CloseRequest{Series: "không có"}, by(4))
	wantField(t, err, "series", vanphong.ErrNotFound)
	if en, err := r.Issue(ctx, tu, decision("a", s), by(5)); err != nil || en.Serial != 1 {
		t.Errorf("a retry after the closing: %+v, %v", en, err)
	}
	if _, err := r.Void(ctx, tu, VoidRequest{"a", "phát hiện sai"}, by(6)); err != nil {
		t.Errorf("void in a closed series: %v", err)
	}
	if err := r.Verify(ctx, tu); err != nil {
		t.Error(err)
	}
}

// The congress of 22-23/9/2025: the appointed committee's term runs to the
// closing day, the congress has its own series, the new term begins at 01.
func TestTermsMeetAtTheCongress(t *testing.T) {
	for _, c := range []struct {
		name    string
		plenum  string
		newTerm string
	}{
		{"first plenum after the congress", "", "2025-09-24"},
		{"first plenum within the congress", "2025-09-23", "2025-09-23"},
	} {
		r := NewRegistrar(NewMemory(), nil)
		var terms vanphong.Terms
		old := vanphong.Term{ID: "nk-chi-dinh", Org: tu, Name: "chỉ định", Days: vanphong.Days{First: vanphong.MustDate("2025-07-01")}}
		if err := terms.Add(old); err != nil {
			t.Fatal(err)
		}
		other := openQDIn(t, r, "nk-khac") // of another term: left alone
		before, err := r.OpenTerm(ctx, tu, TermRequest{Term: old, Issuer: "TU", Kinds: []Kind{KindDecision, KindRegulation, KindNotice}}, by(0))
		if err != nil || len(before) != 2 { // QĐ and TB
			t.Fatalf("%s: %d series, %v", c.name, len(before), err)
		}
		congress := vanphong.Congress{ID: "dh-xxi", Org: tu, Days: vanphong.Days{First: vanphong.MustDate("2025-09-22"), End: vanphong.MustDate("2025-09-24")}}
		if c.plenum != "" {
			congress.FirstPlenum = vanphong.MustDate(c.plenum)
		}
		next, err := terms.Hold(congress, vanphong.Term{ID: "nk-2025", Name: "nhiệm kỳ 2025 - 2030"})
		if err != nil || next.Days.First != vanphong.MustDate(c.newTerm) {
			t.Fatalf("%s: %+v, %v", c.name, next, err)
		}
		ended := terms.Of(tu)[0]
		for range 2 {
			all, err := r.EndTerm(ctx, tu, ended, by(1))
			if err != nil || len(all) != 2 || all[0].Days.End != next.Days.First {
				t.Fatalf("%s: %+v, %v", c.name, all, err)
			}
		}
		if s, err := r.Series(ctx, tu, other.ID); err != nil || s != other {
			t.Errorf("%s: a series of another term was ended too: %+v, %v", c.name, s, err)
		}
		after, err := r.OpenTerm(ctx, tu, TermRequest{Term: next, Issuer: "TU", Kinds: []Kind{KindDecision, KindNotice}}, by(2))
		if err != nil {
			t.Fatal(err)
		}
		key, err := CongressPolicy().Key(Drawing{Organ: tu, Scope: congress.ID, Kind: KindResolution, Day: congress.Days.First})
		if err != nil {
			t.Fatal(err)
		}
		dh, err := r.Open(ctx, tu, OpenRequest{Key: key, Issuer: "ĐH", Days: congress.Days, Policy: CongressPolicy().Version}, by(2))
		if err != nil {
			t.Fatal(err)
		}
		for i, k := range []Kind{KindResolution, KindNotice, KindResolution} {
			en, err := r.Issue(ctx, tu, IssueRequest{ID: EntryID(fmt.Sprint("dh-", i)), Series: dh.ID, Content: Content{Kind: k, Day: congress.Days.First}}, by(3))
			if err != nil || en.Serial != uint32(i+1) {
				t.Errorf("%s: congress document %d: %+v, %v; all kinds share one series", c.name, i, en, err)
			}
		}
		byName := func(all []Series, name string) Series {
			for _, s := range all {
				if s.Key.Name == name {
					return s
				}
			}
			return Series{}
		}
		last, first := next.Days.First-1, next.Days.First
		issue := func(id string, s Series, day vanphong.Date) (Entry, error) {
			return r.Issue(ctx, tu, IssueRequest{ID: EntryID(id), Series: s.ID, Content: Content{Kind: KindDecision, Day: day}}, by(4))
		}
		// Registered late, dated in time: still of the old term.
		if en, err := issue("cu", byName(before, "QĐ"), last); err != nil || en.Number.String() != "01-QĐ/TU" {
			t.Errorf("%s: %v, %v", c.name, en, err)
		}
		_, err = issue("sai", byName(before, "QĐ"), first)
		wantField(t, err, "day", vanphong.ErrOutOfRange)
		wantField(t, err, "day", vanphong.ErrClosed)
		if en, err := issue("moi", byName(after, "QĐ"), first); err != nil || en.Number.String() != "01-QĐ/TU" {
			t.Errorf("%s: the new term begins at %v, %v", c.name, en, err)
		}
		_, err = issue("som", byName(after, "QĐ"), last)
		wantField(t, err, "day", vanphong.ErrOutOfRange)
		if err := r.Verify(ctx, tu); err != nil {
			t.Error(err)
		}
	}
}

func TestEndIsGivenOnceAndLeavesNoDocumentOutside(t *testing.T) {
	r := NewRegistrar(NewMemory(), nil)
	s := openQD(t, r)
	req := decision("a", s)
	req.Day = firstDay + 10
	if _, err := r.Issue(ctx, tu, req, by(1)); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		end  vanphong.Date
		kind error
	}{
		{0, vanphong.ErrInvalid},
		{firstDay, vanphong.ErrInvalid},
		{firstDay + 10, vanphong.ErrConflict}, // number 01 is of that day
	} {
		_, err := r.End(ctx, tu, EndRequest{s.ID, c.end}, by(2))
		wantField(t, err, "end", c.kind)
	}
	for range 2 {
		got, err := r.End(ctx, tu, EndRequest{s.ID, firstDay + 11}, by(2))
		if err != nil || got.Days.End != firstDay+11 || got.Events != 3 {
			t.Fatalf("%+v, %v", got, err)
		}
	}
	_, err := r.End(ctx, tu, EndRequest{s.ID, firstDay + 12}, by(2))
	wantField(t, err, "end", vanphong.ErrConflict)
	// Opening again as at first is still the same series.
	if again := openQD(t, r); again.Days.End != firstDay+11 {
		t.Errorf("opened again: %+v", again)
	}
}

// Two ways of counting beside each other would print one number twice.
func TestOneTermIsCountedOneWay(t *testing.T) {
	own := PartyPerKind()
	own.Version, own.Symbols = "van-phong-1", map[Kind]string{KindRegulation: "QĐi"}
	r := NewRegistrar(NewMemory(), &Options{Policies: []Policy{own}})
	term := vanphong.Term{ID: "nk-2025", Org: tu, Days: term}
	open := func(term vanphong.Term, policy string, kinds ...Kind) error {
		t.Helper()
		_, err := r.OpenTerm(ctx, tu, TermRequest{Term: term, Issuer: "TU", Kinds: kinds, Policy: policy}, by(0))
		return err
	}
	if err := open(term, "", KindDecision); err != nil {
		t.Fatal(err)
	}
	err := open(term, PartyPerKind().Version, KindNotice, KindDecision)
	wantField(t, err, "policy", vanphong.ErrConflict)
	if text := fmt.Sprint(err); !strings.Contains(text, "party-symbol-1") || !strings.Contains(text, "party-kind-1") {
		t.Errorf("the error does not name both policies: %v", err)
	}
	if n := countSeries(t, r); n != 1 {
		t.Errorf("%d series are open, want the 1 of before", n)
	}
	// A closed series has printed its numbers too.
	if _, err := r.Close(ctx, tu, CloseRequest{Series: SeriesKey{tu, "nk-2025", "QĐ"}.ID()}, by(1)); err != nil {
		t.Fatal(err)
	}
	wantField(t, open(term, PartyPerKind().Version, KindDecision), "policy", vanphong.ErrConflict)
	// Another term may be counted otherwise, and another organ.
	next, other := term, term
	next.ID, other.Org = "nk-2030", "vp"
	for _, term := range []vanphong.Term{next, other} {
		if err := open(term, PartyPerKind().Version, KindDecision); err != nil {
			t.Error(err)
		}
	}
	// A symbol of the office's own changes no count.
	if err := open(next, own.Version, KindRegulation); err != nil {
		t.Error(err)
	}
	en, err := r.Issue(ctx, tu, IssueRequest{ID: "a", Series: SeriesKey{tu, "nk-2030", string(KindRegulation)}.ID(), Content: Content{Kind: KindRegulation, Day: firstDay}}, by(1))
	if err != nil || en.Number.String() != "01-QĐi/TU" {
		t.Errorf("%s, %v", en.Number, err)
	}
}

// Joint documents continue the lead's count, whoever joins in.
func TestJointDocumentsAreCountedByTheLead(t *testing.T) {
	r := NewRegistrar(NewMemory(), nil)
	day := vanphong.MustDate("2026-03-05")
	open := func(organ vanphong.OrgID, scope, name, issuer, policy string) Series {
		t.Helper()
		s, err := r.Open(ctx, organ, OpenRequest{Key: SeriesKey{organ, scope, name}, Issuer: issuer, Days: vanphong.YearDays(2026), Policy: policy}, by(0))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	state := StatePerYear(ByKind).Version
	joint, submissions := open("bnv", "2026", "qppl/thong-tu-lien-tich", "BNV", state), open("bnv", "2026", "to-trinh", "BNV", state)
	party := open("btc", "nk", "HD", "BTCTW", "")
	for i, c := range []struct {
		s      Series
		c      Content
		want   string
		probes string
	}{
		{joint, Content{Kind: KindJointCircular, With: "BTC"}, "01/2026/TTLT-BNV-BTC", "one organ joins"},
		{joint, Content{Kind: KindJointCircular, With: "BYT"}, "02/2026/TTLT-BNV-BYT", "another one, in the same count"},
		{joint, Content{Kind: KindJointCircular, With: "BTC-BYT"}, "03/2026/TTLT-BNV-BTC-BYT", "two"},
		{submissions, Content{Kind: KindSubmission, With: "BTC"}, "01/TTr-BNV-BTC", "a kind that is not joint by name"},
		{submissions, Content{Kind: KindSubmission, With: "BTC", Unit: "VP"}, "02/TTr-BNV-BTC-VP", "co-issuers stand before the unit"},
		{submissions, Content{Kind: KindSubmission, Unit: "VP"}, "03/TTr-BNV-VP", "nobody joins"},
		{party, Content{Kind: KindGuidance}, "01-HD/BTCTW", "the Party's form is a gap: the lead alone"},
		{party, Content{Kind: KindGuidance, With: "UBKTTW"}, "02-HD/BTCTW-UBKTTW", "unless it is given"},
	} {
		c.c.Day = day
		id := EntryID(rune('a' + i))
		if i%2 == 1 { // half of them by way of a reservation
			held, err := r.Reserve(ctx, c.s.Key.Organ, ReserveRequest{ID: id, Series: c.s.ID, Kind: c.c.Kind, Unit: c.c.Unit, With: c.c.With, Day: day}, by(1))
			if err != nil || held.Number.String() != c.want || held.With != c.c.With {
				t.Errorf("%s: reserved %s, %v; want %s", c.probes, held.Number, err, c.want)
			}
			other := c.c
			other.With = "K"
			_, err = r.Issue(ctx, c.s.Key.Organ, IssueRequest{ID: id, Series: c.s.ID, Content: other}, by(1))
			wantField(t, err, "with", vanphong.ErrConflict)
		}
		en, err := r.Issue(ctx, c.s.Key.Organ, IssueRequest{ID: id, Series: c.s.ID, Content: c.c}, by(1))
		if err != nil || en.Number.String() != c.want {
			t.Errorf("%s: %s, %v; want %s", c.probes, en.Number, err, c.want)
		}
	}
	for _, organ := range []vanphong.OrgID{"bnv", "btc"} {
		if err := r.Verify(ctx, organ); err != nil {
			t.Error(err)
		}
	}
}

func TestATermWithoutSeriesIsNotEnded(t *testing.T) {
	r := NewRegistrar(NewMemory(), nil)
	openQD(t, r)
	_, err := r.EndTerm(ctx, tu, vanphong.Term{Org: tu, ID: "nk-go-sai", Days: vanphong.Days{First: firstDay, End: firstDay + 100}}, by(1))
	wantField(t, err, "scope", vanphong.ErrNotFound)
}
