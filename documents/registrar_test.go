package documents

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
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
	return IssueRequest{ID: EntryID(id), Series: s.ID, Content: Content{Kind: KindDecision, Day: firstDay, Abstract: "về việc phân công cấp ủy viên"}}
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
	en, err := r.Issue(ctx, tu, IssueRequest{ID: "a", Series: s.ID, Content: Content{Kind: KindRegulation, Day: firstDay}}, by(1))
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
	full := IssueRequest{ID: "qd", Series: s.ID, Content: Content{Kind: KindDecision, Day: firstDay, Abstract: "a", Signer: "b", DecidedBy: "btv", Urgency: vanphong.Urgent, Origin: "kl", Unit: "VP", Tail: "nb", With: "UBND", Issues: KindWorkingRules}}
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
		"with":       func(q *IssueRequest) { q.With = "HĐND" },
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
		{"with", func(q *IssueRequest) { q.With = "BTC, BYT" }, vanphong.ErrInvalid},
		{"number", func(q *IssueRequest) { q.With = "btc" }, vanphong.ErrInvalid}, // would not read back
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
	_, err = r.Release(ctx, tu, ReleaseRequest{ID: "a"}, binh)
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
	_, err = r.Release(ctx, tu, ReleaseRequest{ID: "a"}, an)
	wantField(t, err, "id", vanphong.ErrState)

	if _, err = r.Reserve(ctx, tu, ReserveRequest{ID: "c", Series: s.ID, Kind: KindDecision, Day: firstDay}, an); err != nil {
		t.Fatal(err)
	}
	gone, err := r.Release(ctx, tu, ReleaseRequest{"c", "thôi"}, an)
	if err != nil || gone.State != StateVoid || gone.Reason != "thôi" || gone.Last.By.ID != "an" {
		t.Errorf("released: %+v, %v", gone, err)
	}
	if again, err := r.Release(ctx, tu, ReleaseRequest{"c", "thôi"}, an); err != nil || again != gone {
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
	_, err = r.Issue(ctx, tu, IssueRequest{ID: "m", Series: s.ID, Content: Content{Kind: KindDecision, Day: firstDay, Secrecy: vanphong.TopSecret}}, by(4))
	if !errors.Is(err, vanphong.ErrConflict) {
		t.Errorf("issue under an id that is held: %v", err)
	}
	// A secret document without abstract is registered in the same series.
	en, err = r.Issue(ctx, tu, IssueRequest{ID: "n", Series: s.ID, Content: Content{Kind: KindDecision, Day: firstDay, Secrecy: vanphong.Secret}}, by(4))
	if err != nil || en.Number.String() != "02-QĐ/TU" {
		t.Errorf("%+v, %v", en, err)
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

func TestSymbolsThatNobodyFoundAreTheOfficesToName(t *testing.T) {
	own := PartyPerKind()
	own.Version, own.Symbols = "van-phong-2", map[Kind]string{KindInvitation: "GM", "phieu-trinh": "PT", "hong": "P T"}
	r := NewRegistrar(NewMemory(), &Options{Policies: []Policy{own}})
	issue := func(k Kind, policy string) (Entry, error) {
		t.Helper()
		s, err := r.Open(ctx, tu, OpenRequest{Key: SeriesKey{tu, policy, string(k)}, Issuer: "VPTU", Days: term, Policy: policy}, by(0))
		if err != nil {
			t.Fatal(err)
		}
		return r.Issue(ctx, tu, IssueRequest{ID: EntryID(policy + string(k)), Series: s.ID, Content: Content{Kind: k, Day: firstDay}}, by(1))
	}
	for k, want := range map[Kind]string{KindInvitation: "01-GM/VPTU", KindDecision: "01-QĐ/VPTU"} {
		if en, err := issue(k, own.Version); err != nil || en.Number.String() != want {
			t.Errorf("%s: %s, %v; want %s", k, en.Number, err, want)
		}
	}
	_, err := issue(KindInvitation, PartyPerKind().Version)
	wantField(t, err, "kind", vanphong.ErrInvalid)
	_, err = issue("phieu-la", own.Version)
	wantField(t, err, "kind", vanphong.ErrInvalid)
	_, err = issue("hong", own.Version) // a symbol that no number can hold
	wantField(t, err, "number", vanphong.ErrInvalid)
}

func TestHoldInACongressNeedsAKind(t *testing.T) {
	r := NewRegistrar(NewMemory(), nil)
	s, err := r.Open(ctx, tu, OpenRequest{Key: SeriesKey{tu, "dh", AllKinds}, Issuer: "ĐH", Days: term, Policy: CongressPolicy().Version}, by(0))
	if err != nil {
		t.Fatal(err)
	}
	req := HoldRequest{ID: "m", Series: s.ID, Day: firstDay, Secrecy: vanphong.Secret}
	_, err = r.Hold(ctx, tu, req, by(1))
	wantField(t, err, "kind", vanphong.ErrInvalid)
	req.Kind = KindReport
	if en, err := r.Hold(ctx, tu, req, by(1)); err != nil || en.Number.String() != "01-BC/ĐH" {
		t.Errorf("%+v, %v", en, err)
	}
}

func TestNoSerialPastNineDigits(t *testing.T) {
	r := NewRegistrar(NewMemory(), nil)
	s, err := r.Open(ctx, tu, OpenRequest{Key: SeriesKey{tu, "nk", "QĐ"}, Issuer: "TU", Days: term, First: MaxSerial, Basis: "hết số"}, by(0))
	if err != nil {
		t.Fatal(err)
	}
	if en, err := r.Issue(ctx, tu, decision("a", s), by(1)); err != nil || en.Serial != MaxSerial {
		t.Fatalf("%+v, %v", en, err)
	}
	_, err = r.Issue(ctx, tu, decision("b", s), by(1))
	wantField(t, err, "series", vanphong.ErrOutOfRange)
	if err := r.Verify(ctx, tu); err != nil {
		t.Error(err)
	}
}

// Each of 64 callers issues into one series; the memory store bounds what the
// domain itself costs.
func BenchmarkIssueMemory(b *testing.B) {
	r := NewRegistrar(NewMemory(), nil)
	s, err := r.Open(ctx, tu, OpenRequest{Key: SeriesKey{tu, "nk", "QĐ"}, Issuer: "TU", Days: term}, by(0))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for i := range b.N {
		if _, err := r.Issue(ctx, tu, decision(fmt.Sprint("qd-", i), s), by(1)); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkVerify checks a ledger of 10,000 numbers.
func BenchmarkVerify(b *testing.B) {
	r := NewRegistrar(NewMemory(), nil)
	s, err := r.Open(ctx, tu, OpenRequest{Key: SeriesKey{tu, "nk", "QĐ"}, Issuer: "TU", Days: term}, by(0))
	if err != nil {
		b.Fatal(err)
	}
	for i := range 10_000 {
		if _, err := r.Issue(ctx, tu, decision(fmt.Sprint("qd-", i), s), by(1)); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		if err := r.Verify(ctx, tu); err != nil {
			b.Fatal(err)
		}
	}
}
