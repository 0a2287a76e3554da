package documents

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"

	"github.com/vanphong-go/vanphong"
)

var (
	ctx      = context.Background()
	firstDay = vanphong.MustDate("2025-09-24")
	term     = vanphong.Days{First: firstDay}
)

// openQD opens the series QĐ of the term at 01.
func openQD(t *testing.T, r *Registrar) Series {
	t.Helper()
	s, err := r.Open(ctx, tu, OpenRequest{Key: SeriesKey{tu, "nk-2025", "QĐ"}, Issuer: "TU", Days: term}, by(0))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func decision(id string, s Series) IssueRequest {
	return IssueRequest{EntryID(id), s.ID, Content{Kind: KindDecision, Day: firstDay, Abstract: "về việc phân công cấp ủy viên"}}
}

// wantField checks that err is an InputError about a field that wraps kind.
func wantField(t *testing.T, err error, field string, kind error) {
	t.Helper()
	var in *vanphong.InputError
	if !errors.As(err, &in) || in.Field != field || !errors.Is(err, kind) {
		t.Errorf("error %v, want one about %q that wraps %v", err, field, kind)
	}
}

func TestAnOfficeStartsWithUsAt127(t *testing.T) {
	r := NewRegistrar(NewMemory(), nil)
	req := OpenRequest{Key: SeriesKey{tu, "nk-2020", "QĐ"}, Issuer: "TU", Days: vanphong.Days{First: vanphong.MustDate("2020-10-01")}, First: 127, Basis: "sổ giấy đến số 126"}
	s, err := r.Open(ctx, tu, req, by(0))
	if err != nil || s.Last() != 0 {
		t.Fatalf("last %d, %v; want none yet", s.Last(), err)
	}
	en, err := r.Issue(ctx, tu, IssueRequest{"a", s.ID, Content{Kind: KindRegulation, Day: firstDay}}, by(1))
	if err != nil || en.Number.String() != "127-QĐ/TU" {
		t.Fatalf("number %s, %v", en.Number, err)
	}
	// A quyết định and a quy định share the symbol, and so the count.
	en, err = r.Issue(ctx, tu, decision("b", s), by(1))
	if err != nil || en.Number.String() != "128-QĐ/TU" {
		t.Fatalf("number %s, %v", en.Number, err)
	}
	again, err := r.Open(ctx, tu, req, by(9))
	if err != nil || again.Next != 129 || again.Events != 3 {
		t.Errorf("opened again: %+v, %v; want the series as it is", again, err)
	}
	for field, change := range map[string]func(*OpenRequest){
		"first":  func(q *OpenRequest) { q.First = 1 },
		"basis":  func(q *OpenRequest) { q.Basis = "khác" },
		"issuer": func(q *OpenRequest) { q.Issuer = "ĐU" },
		"days":   func(q *OpenRequest) { q.Days.First++ },
		"policy": func(q *OpenRequest) { q.Policy = PartyPerKind().Version },
	} {
		other := req
		change(&other)
		_, err := r.Open(ctx, tu, other, by(9))
		wantField(t, err, field, vanphong.ErrConflict)
	}
}

func TestOpenRefuses(t *testing.T) {
	r := NewRegistrar(NewMemory(), nil)
	good := OpenRequest{Key: SeriesKey{tu, "2026", AllKinds}, Issuer: "UBND", Days: vanphong.YearDays(2026), Policy: StatePerYear(Together).Version}
	for _, c := range []struct {
		field  string
		change func(*OpenRequest)
		kind   error
	}{
		{"key.organ", func(q *OpenRequest) { q.Key.Organ = "" }, vanphong.ErrInvalid},
		{"key.scope", func(q *OpenRequest) { q.Key.Scope = "" }, vanphong.ErrInvalid},
		{"key.name", func(q *OpenRequest) { q.Key.Name = strings.Repeat("x", 201) }, vanphong.ErrInvalid},
		{"issuer", func(q *OpenRequest) { q.Issuer = "" }, vanphong.ErrInvalid},
		{"issuer", func(q *OpenRequest) { q.Issuer = "UB/ND" }, vanphong.ErrInvalid}, // would read as a tail
		{"policy", func(q *OpenRequest) { q.Policy = "chưa có" }, vanphong.ErrInvalid},
		{"basis", func(q *OpenRequest) { q.First = 2 }, vanphong.ErrInvalid}, // why at 2?
		{"basis", func(q *OpenRequest) { q.Basis = "a\nb" }, vanphong.ErrInvalid},
		{"first", func(q *OpenRequest) { q.First, q.Basis = MaxSerial+1, "x" }, vanphong.ErrOutOfRange},
		{"days", func(q *OpenRequest) { q.Days = vanphong.Days{} }, vanphong.ErrInvalid},          // forgotten
		{"days", func(q *OpenRequest) { q.Days.End = q.Days.First - 1 }, vanphong.ErrInvalid},     // ends before it starts
		{"days", func(q *OpenRequest) { q.Days = vanphong.YearDays(2025) }, vanphong.ErrInvalid},  // another year's days
		{"days", func(q *OpenRequest) { q.Days.End = 0 }, vanphong.ErrInvalid},                    // a year ends
		{"key.scope", func(q *OpenRequest) { q.Key.Scope = "nk-2025" }, vanphong.ErrInvalid},      // a term under a yearly policy
		{"key.scope", func(q *OpenRequest) { q.Key.Scope = "999999999999" }, vanphong.ErrInvalid}, // no such year
	} {
		req := good
		c.change(&req)
		_, err := r.Open(ctx, tu, req, by(0))
		wantField(t, err, c.field, c.kind)
	}
	if n := countSeries(t, r); n != 0 {
		t.Errorf("%d series are there after refusals", n)
	}
}

func countSeries(t *testing.T, r *Registrar) (n int) {
	t.Helper()
	for _, err := range r.AllSeries(ctx, tu) {
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	return n
}

func TestIssueIsIdempotentOnTheCallersID(t *testing.T) {
	r := NewRegistrar(NewMemory(), nil)
	s := openQD(t, r)
	full := IssueRequest{"qd", s.ID, Content{KindDecision, firstDay, "a", "b", "btv", vanphong.NotSecret, vanphong.Urgent, "kl", "VP", "nb"}}
	first, err := r.Issue(ctx, tu, full, by(1))
	if err != nil {
		t.Fatal(err)
	}
	// Another clerk, later: the same entry, untouched.
	again, err := r.Issue(ctx, tu, full, vanphong.Stamp{By: vanphong.Actor{ID: "khac"}, At: by(50).At})
	if err != nil || again != first {
		t.Errorf("asked again: %+v, %v; want %+v", again, err, first)
	}
	for field, change := range map[string]func(*IssueRequest){
		"series":     func(q *IssueRequest) { q.Series = "khác" },
		"kind":       func(q *IssueRequest) { q.Kind = KindRegulation },
		"day":        func(q *IssueRequest) { q.Day++ },
		"abstract":   func(q *IssueRequest) { q.Abstract = "khác" },
		"signer":     func(q *IssueRequest) { q.Signer = "khác" },
		"decided_by": func(q *IssueRequest) { q.DecidedBy = "bch" },
		"secrecy":    func(q *IssueRequest) { q.Secrecy, q.Abstract = vanphong.Secret, "" },
		"urgency":    func(q *IssueRequest) { q.Urgency = vanphong.Express },
		"origin":     func(q *IssueRequest) { q.Origin = "khác" },
		"unit":       func(q *IssueRequest) { q.Unit = "TH" },
		"tail":       func(q *IssueRequest) { q.Tail = "m" },
	} {
		req := full
		change(&req)
		if field == "secrecy" { // the abstract goes with it; compare on a base without one
			base := full
			base.ID, base.Abstract, req.ID = "qd-2", "", "qd-2"
			if _, err := r.Issue(ctx, tu, base, by(1)); err != nil {
				t.Fatal(err)
			}
		}
		_, err := r.Issue(ctx, tu, req, by(2))
		wantField(t, err, field, vanphong.ErrConflict)
	}
	if _, err := r.Void(ctx, tu, VoidRequest{"qd", "hủy"}, by(3)); err != nil {
		t.Fatal(err)
	}
	// After a void the retry tells what has become of the number; nothing new
	// is given.
	again, err = r.Issue(ctx, tu, full, by(4))
	if err != nil || again.State != StateVoid || again.Serial != first.Serial {
		t.Errorf("asked again after a void: %+v, %v", again, err)
	}
}

// Every field of Content must be compared and hashed: one that is added later
// and forgotten in differs would pass as "the same".
func TestEveryContentFieldIsCompared(t *testing.T) {
	typ := reflect.TypeFor[Content]()
	for i := range typ.NumField() {
		var c Content
		f := reflect.ValueOf(&c).Elem().Field(i)
		switch f.Kind() {
		case reflect.String:
			f.SetString("x")
		case reflect.Uint8:
			f.SetUint(1)
		default:
			f.SetInt(1)
		}
		if field, _, _ := c.differs(Content{}); field == "" {
			t.Errorf("a difference in %s is not seen", typ.Field(i).Name)
		}
		if tag := typ.Field(i).Tag.Get("json"); !strings.HasSuffix(tag, ",omitzero") {
			t.Errorf("%s is written when zero: digests of old entries would change", typ.Field(i).Name)
		}
	}
}

func TestIssueRefuses(t *testing.T) {
	r := NewRegistrar(NewMemory(), nil)
	s := openQD(t, r)
	for _, c := range []struct {
		field  string
		change func(*IssueRequest)
		kind   error
	}{
		{"id", func(q *IssueRequest) { q.ID = "" }, vanphong.ErrInvalid},
		{"id", func(q *IssueRequest) { q.ID = EntryID(strings.Repeat("x", 201)) }, vanphong.ErrInvalid},
		{"series", func(q *IssueRequest) { q.Series = "chưa mở" }, vanphong.ErrNotFound},
		{"kind", func(q *IssueRequest) { q.Kind = "" }, vanphong.ErrInvalid},
		{"kind", func(q *IssueRequest) { q.Kind = "không có loại này" }, vanphong.ErrInvalid},
		{"kind", func(q *IssueRequest) { q.Kind = KindNotice }, vanphong.ErrInvalid}, // counted in TB, not in QĐ
		{"day", func(q *IssueRequest) { q.Day = 0 }, vanphong.ErrInvalid},
		{"day", func(q *IssueRequest) { q.Day = firstDay - 1 }, vanphong.ErrOutOfRange}, // the term before
		{"abstract", func(q *IssueRequest) { q.Abstract = strings.Repeat("ă", MaxAbstract/2) + "x" }, vanphong.ErrInvalid},
		{"abstract", func(q *IssueRequest) { q.Abstract = "a\x00b" }, vanphong.ErrInvalid},
		{"abstract", func(q *IssueRequest) { q.Abstract = "\xff" }, vanphong.ErrInvalid},
		{"abstract", func(q *IssueRequest) { q.Secrecy = vanphong.Confidential }, vanphong.ErrSecret},
		{"secrecy", func(q *IssueRequest) { q.Secrecy = 9 }, vanphong.ErrInvalid},
		{"urgency", func(q *IssueRequest) { q.Urgency = 9 }, vanphong.ErrInvalid},
		{"signer", func(q *IssueRequest) { q.Signer = strings.Repeat("x", MaxText+1) }, vanphong.ErrInvalid},
		{"decided_by", func(q *IssueRequest) { q.DecidedBy = vanphong.BodyID(strings.Repeat("x", 201)) }, vanphong.ErrInvalid},
		{"origin", func(q *IssueRequest) { q.Origin = "a\tb" }, vanphong.ErrInvalid},
		{"unit", func(q *IssueRequest) { q.Unit = "V P" }, vanphong.ErrInvalid},
		{"unit", func(q *IssueRequest) { q.Unit = "VP-" }, vanphong.ErrInvalid},
		{"tail", func(q *IssueRequest) { q.Tail = "n/b" }, vanphong.ErrInvalid},
	} {
		req := decision("x", s)
		c.change(&req)
		_, err := r.Issue(ctx, tu, req, by(1))
		wantField(t, err, c.field, c.kind)
		if strings.Contains(fmt.Sprint(err), "phân công") {
			t.Errorf("the error repeats the content: %v", err)
		}
	}
	for _, stamp := range []vanphong.Stamp{{}, {By: clerk}, {At: nine}} {
		if _, err := r.Issue(ctx, tu, decision("x", s), stamp); !errors.Is(err, vanphong.ErrInvalid) {
			t.Errorf("stamp %+v: %v", stamp, err)
		}
	}
	if after, err := r.Series(ctx, tu, s.ID); err != nil || after != s {
		t.Errorf("refusals left something: %+v, %v", after, err)
	}
}

func TestReservationBelongsToItsHolder(t *testing.T) {
	r := NewRegistrar(NewMemory(), nil)
	s := openQD(t, r)
	an := vanphong.Stamp{By: vanphong.Actor{ID: "an"}, At: nine}
	binh := vanphong.Stamp{By: vanphong.Actor{ID: "binh"}, At: nine}
	forAn := vanphong.Stamp{By: vanphong.Actor{ID: "binh", For: "an"}, At: nine}
	req := ReserveRequest{ID: "a", Series: s.ID, Kind: KindDecision, Day: firstDay, Note: "chờ ký"}
	held, err := r.Reserve(ctx, tu, req, an)
	if err != nil || held.State != StateReserved || held.Number.String() != "01-QĐ/TU" || held.Day != 0 {
		t.Fatalf("%+v, %v", held, err)
	}
	if again, err := r.Reserve(ctx, tu, req, an); err != nil || again != held {
		t.Errorf("reserved again: %+v, %v", again, err)
	}
	_, err = r.Reserve(ctx, tu, req, binh)
	wantField(t, err, "holder", vanphong.ErrConflict)
	_, err = r.Issue(ctx, tu, decision("a", s), binh)
	wantField(t, err, "by", vanphong.ErrForbidden)
	_, err = r.Release(ctx, tu, VoidRequest{ID: "a"}, binh)
	wantField(t, err, "by", vanphong.ErrForbidden)
	other := decision("a", s)
	other.Kind = KindRegulation // the same symbol, yet not what was reserved
	_, err = r.Issue(ctx, tu, other, an)
	wantField(t, err, "kind", vanphong.ErrConflict)
	late := decision("a", s)
	late.Day = firstDay - 1
	_, err = r.Issue(ctx, tu, late, an)
	wantField(t, err, "day", vanphong.ErrOutOfRange)

	next, err := r.Issue(ctx, tu, decision("b", s), binh)
	if err != nil || next.Serial != 2 {
		t.Fatalf("a number past the reservation: %+v, %v", next, err)
	}
	en, err := r.Issue(ctx, tu, decision("a", s), forAn)
	if err != nil || en.Serial != 1 || en.State != StateIssued || en.Abstract == "" {
		t.Fatalf("issued: %+v, %v", en, err)
	}
	// The chain run again from its start finds the step after.
	if again, err := r.Reserve(ctx, tu, req, an); err != nil || again != en {
		t.Errorf("reserved again after the issue: %+v, %v", again, err)
	}
	_, err = r.Release(ctx, tu, VoidRequest{ID: "a"}, an)
	wantField(t, err, "id", vanphong.ErrState)

	if _, err = r.Reserve(ctx, tu, ReserveRequest{ID: "c", Series: s.ID, Kind: KindDecision, Day: firstDay}, an); err != nil {
		t.Fatal(err)
	}
	gone, err := r.Release(ctx, tu, VoidRequest{"c", "thôi"}, an)
	if err != nil || gone.State != StateVoid || gone.Reason != "thôi" || gone.Last.By.ID != "an" {
		t.Errorf("released: %+v, %v", gone, err)
	}
	if again, err := r.Release(ctx, tu, VoidRequest{"c", "thôi"}, an); err != nil || again != gone {
		t.Errorf("released again: %+v, %v", again, err)
	}
	// An id whose number was released is used up.
	_, err = r.Issue(ctx, tu, decision("c", s), an)
	if !errors.Is(err, vanphong.ErrConflict) {
		t.Errorf("issue under a released id: %v", err)
	}
	if en, err := r.Issue(ctx, tu, decision("d", s), an); err != nil || en.Serial != 4 {
		t.Errorf("after a release: %+v, %v; number 3 is not given again", en, err)
	}
	if err := r.Verify(ctx, tu); err != nil {
		t.Error(err)
	}
}

func TestVoidNeedsAReasonAndKeepsTheNumber(t *testing.T) {
	r := NewRegistrar(NewMemory(), nil)
	s := openQD(t, r)
	if _, err := r.Issue(ctx, tu, decision("a", s), by(1)); err != nil {
		t.Fatal(err)
	}
	_, err := r.Void(ctx, tu, VoidRequest{ID: "a"}, by(2))
	wantField(t, err, "reason", vanphong.ErrInvalid)
	_, err = r.Void(ctx, tu, VoidRequest{"không có", "x"}, by(2))
	wantField(t, err, "id", vanphong.ErrNotFound)
	gone, err := r.Void(ctx, tu, VoidRequest{"a", "ban hành nhầm"}, by(2))
	if err != nil || gone.State != StateVoid || gone.Abstract == "" {
		t.Fatalf("%+v, %v", gone, err)
	}
	if again, err := r.Void(ctx, tu, VoidRequest{"a", "ban hành nhầm"}, by(7)); err != nil || again != gone {
		t.Errorf("void again: %+v, %v", again, err)
	}
	_, err = r.Void(ctx, tu, VoidRequest{"a", "lý do khác"}, by(7))
	wantField(t, err, "reason", vanphong.ErrConflict)
	if en, err := r.Issue(ctx, tu, decision("b", s), by(3)); err != nil || en.Serial != 2 {
		t.Errorf("the last number was void, the next is %d, %v; want 2", en.Serial, err)
	}
}

func TestHoldSaysNothingOfTheDocument(t *testing.T) {
	r := NewRegistrar(NewMemory(), nil)
	s := openQD(t, r)
	req := HoldRequest{ID: "m", Series: s.ID, Day: firstDay, Secrecy: vanphong.TopSecret}
	en, err := r.Hold(ctx, tu, req, by(1))
	if err != nil || en.State != StateHeld || en.Serial != 1 || en.Kind != "" || en.Number.String() != "01-QĐ/TU" {
		t.Fatalf("%+v, %v", en, err)
	}
	if again, err := r.Hold(ctx, tu, req, by(4)); err != nil || again != en {
		t.Errorf("held again: %+v, %v", again, err)
	}
	other := req
	other.Secrecy = vanphong.Secret
	_, err = r.Hold(ctx, tu, other, by(4))
	wantField(t, err, "secrecy", vanphong.ErrConflict)
	other.Secrecy = vanphong.NotSecret
	_, err = r.Hold(ctx, tu, other, by(4))
	wantField(t, err, "secrecy", vanphong.ErrInvalid)
	_, err = r.Issue(ctx, tu, IssueRequest{"m", s.ID, Content{Kind: KindDecision, Day: firstDay, Secrecy: vanphong.TopSecret}}, by(4))
	if !errors.Is(err, vanphong.ErrConflict) {
		t.Errorf("issue under an id that is held: %v", err)
	}
	// A secret document without abstract is registered in the same series.
	en, err = r.Issue(ctx, tu, IssueRequest{"n", s.ID, Content{Kind: KindDecision, Day: firstDay, Secrecy: vanphong.Secret}}, by(4))
	if err != nil || en.Number.String() != "02-QĐ/TU" {
		t.Errorf("%+v, %v", en, err)
	}
}

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
			en, err := r.Issue(ctx, tu, IssueRequest{EntryID(fmt.Sprint("dh-", i)), dh.ID, Content{Kind: k, Day: congress.Days.First}}, by(3))
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
			return r.Issue(ctx, tu, IssueRequest{EntryID(id), s.ID, Content{Kind: KindDecision, Day: day}}, by(4))
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

func TestGuardIsAskedFirst(t *testing.T) {
	m := NewMemory()
	s := openQD(t, NewRegistrar(m, nil))
	var asked []string
	no := errors.New("no")
	r := NewRegistrar(m, &Options{Guard: func(_ context.Context, a vanphong.Act) error {
		asked = append(asked, a.Verb+" "+a.Object)
		return no
	}})
	var errs []error
	note := func(_ any, err error) { errs = append(errs, err) }
	note(r.Open(ctx, tu, OpenRequest{Key: s.Key}, by(0)))
	note(r.Issue(ctx, tu, IssueRequest{ID: "a", Series: s.ID}, by(0)))
	note(r.Reserve(ctx, tu, ReserveRequest{ID: "a", Series: s.ID}, by(0)))
	note(r.Hold(ctx, tu, HoldRequest{ID: "a", Series: s.ID}, by(0)))
	note(r.Release(ctx, tu, VoidRequest{ID: "a"}, by(0)))
	note(r.Void(ctx, tu, VoidRequest{"a", "x"}, by(0)))
	note(r.End(ctx, tu, EndRequest{Series: s.ID}, by(0)))
	note(r.EndTerm(ctx, tu, vanphong.Term{ID: "nk"}, by(0)))
	note(r.Close(ctx, tu, CloseRequest{Series: s.ID}, by(0)))
	id := string(s.ID)
	want := []string{"documents.open " + id, "documents.issue " + id, "documents.reserve " + id, "documents.hold " + id,
		"documents.release a", "documents.void a", "documents.end " + id, "documents.end nk", "documents.close " + id}
	if !reflect.DeepEqual(asked, want) {
		t.Errorf("asked %q, want %q", asked, want)
	}
	for i, err := range errs {
		if err != no {
			t.Errorf("%s: error %v, want the guard's unchanged", want[i], err)
		}
	}
}

func TestSaltComesFromTheReaderAndIsDrawnOnce(t *testing.T) {
	salt := bytes.NewReader(bytes.Repeat([]byte{7}, 32))
	r := NewRegistrar(rerunning{NewMemory()}, &Options{Salt: salt})
	s := openQD(t, r)
	if _, err := r.Issue(ctx, tu, decision("a", s), by(1)); err != nil {
		t.Fatal(err)
	}
	for e, err := range r.History(ctx, tu, s.ID) {
		if err != nil || e.Salt != (Salt{7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7}) {
			t.Errorf("salt %x, %v", e.Salt, err)
		}
	}
	if _, err := r.Issue(ctx, tu, decision("b", s), by(1)); err == nil {
		t.Error("no error although there is no salt left")
	}
	if en, err := r.Entry(ctx, tu, "b"); !errors.Is(err, vanphong.ErrNotFound) {
		t.Errorf("%+v, %v", en, err)
	}
}

// rerunning is a store that runs every transaction twice, as one does that
// met another's.
type rerunning struct{ Store }

var errAgain = errors.New("again")

func (s rerunning) Update(ctx context.Context, org vanphong.OrgID, fn func(Tx) error) error {
	err := s.Store.Update(ctx, org, func(tx Tx) error {
		if err := fn(tx); err != nil {
			return err
		}
		return errAgain
	})
	if !errors.Is(err, errAgain) {
		return err
	}
	return s.Store.Update(ctx, org, fn)
}

func TestEveryStepCanRunAgain(t *testing.T) {
	r := NewRegistrar(rerunning{NewMemory()}, nil)
	s := openQD(t, r)
	steps := []func() (uint32, error){
		func() (uint32, error) { en, err := r.Issue(ctx, tu, decision("a", s), by(1)); return en.Serial, err },
		func() (uint32, error) {
			en, err := r.Reserve(ctx, tu, ReserveRequest{ID: "b", Series: s.ID, Kind: KindDecision, Day: firstDay}, by(1))
			return en.Serial, err
		},
		func() (uint32, error) {
			en, err := r.Release(ctx, tu, VoidRequest{ID: "b"}, by(1))
			return en.Serial, err
		},
		func() (uint32, error) {
			en, err := r.Void(ctx, tu, VoidRequest{"a", "x"}, by(1))
			return en.Serial, err
		},
		func() (uint32, error) {
			en, err := r.Hold(ctx, tu, HoldRequest{ID: "c", Series: s.ID, Day: firstDay, Secrecy: vanphong.Secret}, by(1))
			return en.Serial, err
		},
		func() (uint32, error) {
			s, err := r.End(ctx, tu, EndRequest{s.ID, firstDay + 5}, by(1))
			return s.Next, err
		},
		func() (uint32, error) {
			s, err := r.Close(ctx, tu, CloseRequest{Series: s.ID}, by(1))
			return s.Next, err
		},
	}
	for i, want := range []uint32{1, 2, 2, 1, 3, 4, 4} {
		if got, err := steps[i](); err != nil || got != want {
			t.Errorf("step %d: %d, %v; want %d", i, got, err, want)
		}
	}
	if err := r.Verify(ctx, tu); err != nil {
		t.Error(err)
	}
}

func TestOfficesOwnPolicy(t *testing.T) {
	own := Policy{Version: "van-phong-1", System: SystemParty, Scope: ScopeTerm, Symbols: map[Kind]string{KindInvitation: "GM"}, Rules: []Rule{
		{Kinds: []Kind{KindDecision}, Naming: ByKind, Prefix: "riêng/", Source: vanphong.Source{Clause: "quy chế của văn phòng", Grade: vanphong.GradeWild}},
		{Naming: Together, Source: vanphong.Source{Clause: "quy chế của văn phòng", Grade: vanphong.GradeWild}},
	}}
	m := NewMemory()
	r := NewRegistrar(m, &Options{Policies: []Policy{own}})
	all, err := r.OpenTerm(ctx, tu, TermRequest{Term: vanphong.Term{ID: "nk", Org: tu, Days: term}, Issuer: "TU", Policy: own.Version,
		Kinds: []Kind{KindDecision, KindNotice, KindInvitation}}, by(0))
	if err != nil || len(all) != 2 || all[0].Key.Name != "riêng/quyet-dinh" || all[1].Key.Name != AllKinds {
		t.Fatalf("%+v, %v", all, err)
	}
	// A program that does not know the policy must not number under another.
	_, err = NewRegistrar(m, nil).Issue(ctx, tu, decision("a", all[0]), by(1))
	wantField(t, err, "series.policy", vanphong.ErrNotFound)
	// A version never comes to mean something else.
	taken := own
	taken.Version = PartyPerSymbol().Version
	_, err = NewRegistrar(m, &Options{Policies: []Policy{taken}}).Issue(ctx, tu, decision("a", all[0]), by(1))
	wantField(t, err, "policy.version", vanphong.ErrConflict)
}

func TestManyCallersOnOneSeries(t *testing.T) {
	r := NewRegistrar(NewMemory(), &Options{Salt: strings.NewReader(strings.Repeat("0123456789abcdef", 201))})
	s := openQD(t, r)
	var wg sync.WaitGroup
	for c := range 20 {
		wg.Go(func() {
			for i := range 10 {
				if _, err := r.Issue(ctx, tu, decision(fmt.Sprint(c, "-", i), s), by(c)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	p, err := r.Proof(ctx, tu, s.ID)
	if err != nil || p.Issued != 200 || p.Last != 200 || !p.Whole() {
		t.Errorf("%+v, %v", p, err)
	}
}

func TestProofAccountsForEveryNumber(t *testing.T) {
	m, r := fullOffice(t)
	id := SeriesKey{tu, "nk-2025", "TB"}.ID()
	p, err := r.Proof(ctx, tu, id)
	if err != nil {
		t.Fatal(err)
	}
	if p.First != 127 || p.Last != 133 || p.Issued != 3 || len(p.Reserved) != 1 || len(p.Void) != 2 || len(p.Held) != 1 || !p.Whole() {
		t.Errorf("%+v", p)
	}
	if p.Void[0].Serial != 128 || p.Void[0].Reason != "sai thể thức" || p.Void[0].Last.By != clerk || p.Void[0].Event != EventVoided || p.Void[1].Event != EventReleased {
		t.Errorf("void numbers %+v", p.Void)
	}
	want := "Mở tại số 127 (sổ giấy đến số 126), đến số 133: đã ban hành 03, giữ chỗ 01, đã hủy 02 (128: sai thể thức; 131: thôi ban hành), sổ mật giữ 01, thiếu 00; mã niêm "
	if got := Messages().Text(p.Finding()); !strings.HasPrefix(got, want) || p.Finding().Severity != vanphong.Note {
		t.Errorf("sentence %q", got)
	}
	if _, err := r.Proof(ctx, tu, "không có"); !errors.Is(err, vanphong.ErrNotFound) {
		t.Error(err)
	}
	empty := openQDIn(t, r, "nk-moi")
	if p, err := r.Proof(ctx, tu, empty.ID); err != nil || !p.Whole() || p.Last != 0 || p.Given() != 0 {
		t.Errorf("a series without numbers: %+v, %v", p, err)
	}
	// A ledger that was opened lower than its first number lacks some.
	s := m.office(tu).series[id]
	s.First = 125
	p, err = ProofOf(s, (&memoryReader{o: m.office(tu), now: 1000}).Events(id))
	if err != nil || p.Whole() || !reflect.DeepEqual(p.Missing, []uint32{125, 126}) || p.Finding().Severity != vanphong.Fault {
		t.Errorf("%+v, %v", p, err)
	}
}

func openQDIn(t *testing.T, r *Registrar, scope string) Series {
	t.Helper()
	s, err := r.Open(ctx, tu, OpenRequest{Key: SeriesKey{tu, scope, "QĐ"}, Issuer: "TU", Days: term}, by(0))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestRecordsRoundTripAsJSON(t *testing.T) {
	m, r := fullOffice(t)
	o := m.office(tu)
	for _, s := range o.series {
		roundTrip(t, s)
		p, err := r.Proof(ctx, tu, s.ID)
		if err != nil {
			t.Fatal(err)
		}
		roundTrip(t, p)
		for _, e := range o.events[s.ID] {
			roundTrip(t, e)
		}
		for _, rec := range o.bySer[s.ID] {
			roundTrip(t, rec.versions[len(rec.versions)-1].entry)
		}
	}
	for _, p := range presets() {
		roundTrip(t, p)
	}
	for _, bad := range []string{`{"state":"lost"}`, `{"day":"2026-02-30"}`, `{"secrecy":"x"}`} {
		if err := json.Unmarshal([]byte(bad), new(Entry)); !errors.Is(err, vanphong.ErrInvalid) {
			t.Errorf("%s: %v", bad, err)
		}
	}
	for _, bad := range []string{`{"kind":"deleted"}`, `{"digest":"00"}`, `{"salt":"zz"}`, `{"prev":"` + strings.Repeat("g", 64) + `"}`} {
		if err := json.Unmarshal([]byte(bad), new(Event)); !errors.Is(err, vanphong.ErrInvalid) {
			t.Errorf("%s: %v", bad, err)
		}
	}
}

func roundTrip[T any](t *testing.T, v T) {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatalf("%+v: %v", v, err)
	}
	var back T
	if err := json.Unmarshal(text, &back); err != nil || !reflect.DeepEqual(back, v) {
		t.Errorf("%s came back as %+v, %v", text, back, err)
	}
}

// A walk may issue and void while it goes: it sees the state at its beginning.
func TestListWalksOneState(t *testing.T) {
	r := NewRegistrar(NewMemory(), nil)
	s := openQD(t, r)
	for i := range 3 {
		if _, err := r.Issue(ctx, tu, decision(fmt.Sprint(i), s), by(1)); err != nil {
			t.Fatal(err)
		}
	}
	n := 0
	for en, err := range r.List(ctx, tu, Query{}) {
		if err != nil {
			t.Fatal(err)
		}
		if _, err := r.Issue(ctx, tu, decision("moi"+string(en.ID), s), by(2)); err != nil {
			t.Fatal(err)
		}
		n++
	}
	if n != 3 {
		t.Errorf("the walk gave %d entries, want 3", n)
	}
	done, cancel := context.WithCancel(ctx)
	cancel()
	for _, err := range r.List(done, tu, Query{}) {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("a cancelled walk: %v", err)
		}
	}
}
