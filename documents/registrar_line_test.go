package documents

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/vanphong-go/vanphong"
)

// merged is a district's series of the term that its abolition cut short, at 12.
func merged(t *testing.T) (*Memory, *Registrar, Series) {
	t.Helper()
	m := NewMemory()
	r := NewRegistrar(m, nil)
	s, err := r.Open(ctx, tu, OpenRequest{Key: SeriesKey{"huyen-cu", "nk-2020", "QĐ"}, Issuer: "HU", Days: vanphong.Days{First: firstDay - 900}}, by(0))
	if err != nil {
		t.Fatal(err)
	}
	for i := range 12 {
		req := decision(string(rune('a'+i)), s)
		if _, err := r.Issue(ctx, tu, req, by(1)); err != nil {
			t.Fatal(err)
		}
	}
	return m, r, s
}

func successor(organ vanphong.OrgID, of Series) OpenRequest {
	return OpenRequest{Key: SeriesKey{organ, "nk-2025", "QĐ"}, Issuer: "ĐU", Days: term, Continues: of.ID}
}

func TestASuccessorGoesOnOrBeginsAnew(t *testing.T) {
	_, r, old := merged(t)
	anew := successor("xa-moi", old)
	anew.First = 1
	own := successor("xa-ba", old)
	own.First, own.Basis = 50, "biên bản bàn giao ngày 30/6/2025"
	var ids []SeriesID
	for _, c := range []struct {
		req   OpenRequest
		first uint32
		basis string
	}{
		{successor("phuong-moi", old), 13, "nối dãy số QĐ của huyen-cu, nk-2020, đến số 12"},
		{anew, 1, "đánh số lại từ 01 sau dãy số QĐ của huyen-cu, nk-2020"},
		{own, 50, "biên bản bàn giao ngày 30/6/2025"},
	} {
		s, err := r.Open(ctx, tu, c.req, by(2))
		if err != nil || s.First != c.first || s.Basis != c.basis || s.Continues != old.ID {
			t.Fatalf("%+v, %v; want first %d, %q", s, err, c.first, c.basis)
		}
		ids = append(ids, s.ID)
	}
	// The predecessor goes on for a while: its successors were opened all the same.
	if _, err := r.Issue(ctx, tu, decision("z", old), by(3)); err != nil {
		t.Fatal(err)
	}
	for _, req := range []OpenRequest{successor("phuong-moi", old), anew, own} {
		if _, err := r.Open(ctx, tu, req, by(4)); err != nil {
			t.Errorf("opened again: %v", err)
		}
	}
	// One that was begun anew is not one that goes on, and the other way round.
	goesOn := anew
	goesOn.First = 0
	_, err := r.Open(ctx, tu, goesOn, by(4))
	wantField(t, err, "basis", vanphong.ErrConflict)
	begins := successor("phuong-moi", old)
	begins.First = 1
	_, err = r.Open(ctx, tu, begins, by(4))
	wantField(t, err, "first", vanphong.ErrConflict)
	other := successor("phuong-moi", old)
	other.Continues = ids[1]
	_, err = r.Open(ctx, tu, other, by(4))
	if !errors.Is(err, vanphong.ErrConflict) {
		t.Errorf("another predecessor: %v", err)
	}
	var after []SeriesID
	err = r.store.View(ctx, tu, func(v Reader) error {
		for s, err := range Successors(v, old.ID) {
			if err != nil {
				return err
			}
			after = append(after, s.ID)
		}
		return nil
	})
	slices.Sort(ids)
	if err != nil || !slices.Equal(after, ids) {
		t.Errorf("successors %v, want %v", after, ids)
	}
	if err := r.Verify(ctx, tu); err != nil {
		t.Error(err)
	}
}

func TestOneBookAcrossPredecessors(t *testing.T) {
	m, r, old := merged(t)
	mid, err := r.Open(ctx, tu, successor("phuong-moi", old), by(2))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.Issue(ctx, tu, decision("giữa", mid), by(3)); err != nil {
		t.Fatal(err)
	}
	req := successor("dac-khu", mid)
	req.Key.Scope = "nk-2026"
	last, err := r.Open(ctx, tu, req, by(4))
	if err != nil || last.First != 14 {
		t.Fatalf("%+v, %v", last, err)
	}
	if _, err := r.Issue(ctx, tu, decision("cuối", last), by(5)); err != nil {
		t.Fatal(err)
	}
	var line []SeriesID
	for s, err := range r.Lineage(ctx, tu, last.ID) {
		if err != nil {
			t.Fatal(err)
		}
		line = append(line, s.ID)
	}
	if !slices.Equal(line, []SeriesID{last.ID, mid.ID, old.ID}) {
		t.Errorf("the line is %v", line)
	}
	n := uint32(0)
	for en, err := range r.ListLine(ctx, tu, last.ID) {
		if n++; err != nil || en.Serial != n {
			t.Errorf("number %d of the book is %d, %v", n, en.Serial, err)
		}
	}
	if n != 14 {
		t.Errorf("%d numbers, want 14", n)
	}
	for range r.ListLine(ctx, tu, last.ID) {
		break // it can be left
	}
	// Written past the SDK, a line can go in a circle.
	o := m.office(tu)
	s := o.series[old.ID]
	s.Continues = last.ID
	o.series[old.ID] = s
	var circle error
	for _, err := range r.Lineage(ctx, tu, last.ID) {
		circle = err
	}
	if !errors.Is(circle, ErrBroken) {
		t.Errorf("a circle: %v", circle)
	}
}

func TestAPredecessorInAnotherStore(t *testing.T) {
	r := NewRegistrar(NewMemory(), nil)
	away := Series{ID: SeriesKey{"huyen-khac", "nk-2020", "QĐ"}.ID()}
	req := successor("xa-moi", away)
	_, err := r.Open(ctx, tu, req, by(1))
	wantField(t, err, "continues", vanphong.ErrNotFound)
	req.First = 31
	_, err = r.Open(ctx, tu, req, by(1))
	wantField(t, err, "basis", vanphong.ErrInvalid)
	req.Basis = "sổ của huyện đến số 30"
	s, err := r.Open(ctx, tu, req, by(1))
	if err != nil || s.First != 31 {
		t.Fatalf("%+v, %v", s, err)
	}
	if again, err := r.Open(ctx, tu, req, by(2)); err != nil || again != s {
		t.Errorf("opened again: %+v, %v", again, err)
	}
	if _, err := r.Issue(ctx, tu, decision("a", s), by(2)); err != nil {
		t.Fatal(err)
	}
	var names []string
	var end error
	for en, err := range r.ListLine(ctx, tu, s.ID) {
		if end = err; err == nil {
			names = append(names, en.Number.String())
		}
	}
	if strings.Join(names, " ") != "31-QĐ/ĐU" || !errors.Is(end, vanphong.ErrNotFound) {
		t.Errorf("%v, then %v", names, end)
	}
	// Its own predecessor, directly or by way of one that comes later.
	self := successor("xa-moi-2", Series{})
	self.Continues, self.First, self.Basis = self.Key.ID(), 2, "sổ giấy"
	_, err = r.Open(ctx, tu, self, by(3))
	wantField(t, err, "continues", vanphong.ErrInvalid)
	later := OpenRequest{Key: SeriesKey{"huyen-khac", "nk-2020", "QĐ"}, Issuer: "HU", Days: term, Continues: s.ID, First: 1}
	_, err = r.Open(ctx, tu, later, by(3))
	wantField(t, err, "continues", vanphong.ErrConflict)
}

// A congress counts everything in one run, late numbers, blocks and joint documents
// too; a joint document is in the lead's series alone.
func TestACongressSeriesDoesAllOfIt(t *testing.T) {
	p := CongressPolicy()
	p.Version, p.Insertions = "dai-hoi-1", true
	r := NewRegistrar(NewMemory(), &Options{Policies: []Policy{p}})
	s, err := r.Open(ctx, tu, OpenRequest{Key: SeriesKey{"dai-hoi-14", "dh-14", AllKinds}, Issuer: "ĐH", Days: term, Policy: p.Version, First: 3, Basis: "sổ giấy của tổ thư ký"}, by(0))
	if err != nil {
		t.Fatal(err)
	}
	must := func(en Entry, err error) Entry {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return en
	}
	var got []string
	add := func(en Entry) { got = append(got, en.Number.String()) }
	add(must(r.Late(ctx, tu, LateRequest{ID: "1", Series: s.ID, Serial: 2, Reason: "sổ giấy", Content: Content{Kind: KindReport, Day: firstDay}}, by(1))))
	add(must(r.Issue(ctx, tu, IssueRequest{ID: "2", Series: s.ID, Content: Content{Kind: KindResolution, Day: firstDay}}, by(2))))
	block, err := r.ReserveBlock(ctx, tu, ReserveRequest{ID: "k", Series: s.ID, Kind: KindMinutes, Day: firstDay, With: "MTTQ"}, 2, by(3))
	add(must(block[0], err))
	add(must(r.Issue(ctx, tu, IssueRequest{ID: block[1].ID, Series: s.ID, Content: Content{Kind: KindMinutes, Day: firstDay, With: "MTTQ"}}, by(4))))
	add(must(r.Insert(ctx, tu, InsertRequest{ID: "3", Series: s.ID, Serial: 3, Suffix: "a", Reason: "bỏ sót", Content: Content{Kind: KindReport, Day: firstDay, With: "MTTQ"}}, by(5))))
	add(must(r.Amend(ctx, tu, ActRequest{ID: "2", Act: Act{By: "3", Day: firstDay + 1}}, by(6))))
	if list, want := strings.Join(got, " "), "02-BC/ĐH 03-NQ/ĐH 04-BB/ĐH-MTTQ 05-BB/ĐH-MTTQ 03a-BC/ĐH-MTTQ 03-NQ/ĐH"; list != want {
		t.Errorf("%s, want %s", list, want)
	}
	if err := r.Verify(ctx, tu); err != nil {
		t.Error(err)
	}
}

// A joint circular prints its organs as one issuer, beside the run too.
func TestAJointDocumentBesideTheRun(t *testing.T) {
	p := StatePerYear(Together)
	p.Version, p.Insertions = "lien-tich-1", true
	r := NewRegistrar(NewMemory(), &Options{Policies: []Policy{p}})
	key, err := p.Key(Drawing{Organ: "bnv", Kind: KindJointCircular, Day: vanphong.MustDate("2026-03-01"), Normative: true})
	if err != nil {
		t.Fatal(err)
	}
	s, err := r.Open(ctx, tu, OpenRequest{Key: key, Issuer: "BNV", Days: vanphong.YearDays(2026), Policy: p.Version, First: 2, Basis: "sổ giấy"}, by(0))
	if err != nil {
		t.Fatal(err)
	}
	c := Content{Kind: KindJointCircular, Day: vanphong.MustDate("2026-03-01"), With: "BTC"}
	en, err := r.Late(ctx, tu, LateRequest{ID: "a", Series: s.ID, Serial: 1, Reason: "sổ giấy", Content: c}, by(1))
	if err != nil || en.Number.String() != "01/2026/TTLT-BNV-BTC" {
		t.Errorf("%s, %v", en.Number, err)
	}
	en, err = r.Insert(ctx, tu, InsertRequest{ID: "b", Series: s.ID, Serial: 1, Suffix: "a", Reason: "bỏ sót", Content: c}, by(2))
	if err != nil || en.Number.String() != "01a/2026/TTLT-BNV-BTC" {
		t.Errorf("%s, %v", en.Number, err)
	}
}
