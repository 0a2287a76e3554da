package documents

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/vanphong-go/vanphong"
)

// insertions is the default policy of an office that allows 15a.
func insertions() Policy {
	p := PartyPerSymbol()
	p.Version, p.Insertions = "chen-so-1", true
	return p
}

// midTerm opens QĐ at 127 on the day of changing over, under a policy.
func midTerm(t *testing.T, opt *Options, policy string) (*Memory, *Registrar, Series) {
	t.Helper()
	m := NewMemory()
	r := NewRegistrar(m, opt)
	s, err := r.Open(ctx, tu, OpenRequest{Key: SeriesKey{tu, "nk-2025", "QĐ"}, Issuer: "TU", Days: term,
		First: 127, Basis: "sổ giấy đến số 126", Policy: policy}, by(0))
	if err != nil {
		t.Fatal(err)
	}
	return m, r, s
}

// lateDecision is a line of the paper book, dated before the changing over.
func lateDecision(s Series, n uint32) LateRequest {
	return LateRequest{ID: EntryID(fmt.Sprint("cu-", n)), Series: s.ID, Serial: n, Reason: "chuyển từ sổ giấy",
		Content: Content{Kind: KindDecision, Day: firstDay - 40, Abstract: "về việc"}}
}

func TestLateEntriesStandBeforeTheRun(t *testing.T) {
	_, r, s := midTerm(t, nil, "")
	if _, err := r.Issue(ctx, tu, decision("a", s), by(1)); err != nil {
		t.Fatal(err)
	}
	req := lateDecision(s, 15)
	en, err := r.Late(ctx, tu, req, by(2))
	if err != nil || en.Number.String() != "15-QĐ/TU" || en.State != StateIssued || en.Reason != req.Reason {
		t.Fatalf("%+v, %v", en, err)
	}
	// The run goes on as if nothing had happened.
	if en, err := r.Issue(ctx, tu, decision("b", s), by(3)); err != nil || en.Serial != 128 {
		t.Errorf("the next number is %d, %v", en.Serial, err)
	}
	if again, err := r.Late(ctx, tu, req, by(9)); err != nil || again != en {
		t.Errorf("asked again: %+v, %v", again, err)
	}
	var order []string
	for en, err := range r.List(ctx, tu, Query{}) {
		if err != nil {
			t.Fatal(err)
		}
		order = append(order, en.Number.String())
	}
	if got := strings.Join(order, " "); got != "15-QĐ/TU 127-QĐ/TU 128-QĐ/TU" {
		t.Errorf("the register reads %s", got)
	}
	if err := r.Verify(ctx, tu); err != nil {
		t.Error(err)
	}
}

func TestLateRefuses(t *testing.T) {
	_, r, s := midTerm(t, nil, "")
	if _, err := r.Late(ctx, tu, lateDecision(s, 20), by(1)); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Late(ctx, tu, LateRequest{ID: "huy-21", Series: s.ID, Serial: 21, Reason: "chuyển từ sổ giấy", Void: "viết nhầm số"}, by(1)); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		field  string
		kind   error
		probes string
		change func(*LateRequest)
	}{
		{"serial", vanphong.ErrOutOfRange, "the first number of the run", func(q *LateRequest) { q.Serial = 127 }},
		{"serial", vanphong.ErrOutOfRange, "no number", func(q *LateRequest) { q.Serial = 0 }},
		{"reason", vanphong.ErrInvalid, "no reason", func(q *LateRequest) { q.Reason = "" }},
		{"reason", vanphong.ErrInvalid, "a line break in it", func(q *LateRequest) { q.Reason = "a\nb" }},
		{"void", vanphong.ErrInvalid, "a control character", func(q *LateRequest) { q.Void = "\x00" }},
		{"kind", vanphong.ErrInvalid, "no kind and not void", func(q *LateRequest) { q.Kind = "" }},
		{"kind", vanphong.ErrInvalid, "a kind of another series", func(q *LateRequest) { q.Kind = KindNotice }},
		{"day", vanphong.ErrInvalid, "no day and not void", func(q *LateRequest) { q.Day = 0 }},
		{"number", vanphong.ErrInvalid, "a number of another serial", func(q *LateRequest) {
			q.Number = Number{System: SystemParty, Serial: 31, Code: "QĐ", Issuer: "TU"}
		}},
		{"number", vanphong.ErrInvalid, "a number that reads otherwise", func(q *LateRequest) {
			q.Number = Number{System: SystemParty, Serial: 30, Code: "Q Đ", Issuer: "TU"}
		}},
		{"number", vanphong.ErrInvalid, "a suffix that no number has", func(q *LateRequest) { q.Suffix = "abcd" }},
		{"series", vanphong.ErrNotFound, "no such series", func(q *LateRequest) { q.Series = "không có" }},
		{"under", vanphong.ErrNotFound, "the issuing document is not there", func(q *LateRequest) { q.Under = "chưa có" }},
		{"signer", vanphong.ErrSecret, "content of a tối mật document", func(q *LateRequest) {
			q.Abstract, q.Secrecy, q.Signer = "", vanphong.Secret, "Bí thư"
		}},
		// Of number 20, which is there.
		{"reason", vanphong.ErrConflict, "another reason", func(q *LateRequest) { q.ID, q.Serial, q.Reason = "cu-20", 20, "khác" }},
		{"abstract", vanphong.ErrConflict, "another content", func(q *LateRequest) { q.ID, q.Serial, q.Abstract = "cu-20", 20, "khác" }},
		{"serial", vanphong.ErrConflict, "another number", func(q *LateRequest) { q.ID = "cu-20" }},
		{"void", vanphong.ErrConflict, "void now", func(q *LateRequest) { q.ID, q.Serial, q.Void = "cu-20", 20, "hủy" }},
		{"void", vanphong.ErrConflict, "void for another reason", func(q *LateRequest) {
			q.ID, q.Serial, q.Void, q.Content = "huy-21", 21, "khác", Content{}
		}},
		{"number", vanphong.ErrConflict, "printed otherwise", func(q *LateRequest) {
			q.ID, q.Serial, q.Number = "cu-20", 20, Number{System: SystemParty, Serial: 20, Code: "QĐNS", Issuer: "TU"}
		}},
	} {
		req := lateDecision(s, 30)
		c.change(&req)
		_, err := r.Late(ctx, tu, req, by(2))
		var in *vanphong.InputError
		if !errors.As(err, &in) || in.Field != c.field || !errors.Is(err, c.kind) {
			t.Errorf("%s: error %v, want one about %q that wraps %v", c.probes, err, c.field, c.kind)
		}
	}
	// A number that another entry has: the store says so.
	double := lateDecision(s, 20)
	double.ID = "khác"
	if _, err := r.Late(ctx, tu, double, by(2)); !errors.Is(err, vanphong.ErrConflict) {
		t.Errorf("a number twice: %v", err)
	}
	if _, err := r.Close(ctx, tu, CloseRequest{Series: s.ID}, by(3)); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Late(ctx, tu, lateDecision(s, 30), by(4)); !errors.Is(err, vanphong.ErrClosed) {
		t.Errorf("after the closing: %v", err)
	}
	if again, err := r.Late(ctx, tu, lateDecision(s, 20), by(4)); err != nil || again.Serial != 20 {
		t.Errorf("asked again after the closing: %v", err)
	}
	if err := r.Verify(ctx, tu); err != nil {
		t.Error(err)
	}
}

func TestLateDaysKeepToTheYear(t *testing.T) {
	r := NewRegistrar(NewMemory(), nil)
	days := vanphong.YearDays(2026)
	days.First = vanphong.MustDate("2026-07-01")
	s, err := r.Open(ctx, tu, OpenRequest{Key: SeriesKey{tu, "2026", AllKinds}, Issuer: "UBND", Days: days,
		First: 90, Basis: "sổ giấy", Policy: StatePerYear(Together).Version}, by(0))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		day  string
		want error
	}{
		{"2026-03-01", nil},                    // before the changing over
		{"2026-08-01", nil},                    // found later
		{"2025-12-31", vanphong.ErrOutOfRange}, // another year's
		{"2027-01-01", vanphong.ErrClosed},     // after its last day
	} {
		_, err := r.Late(ctx, tu, LateRequest{ID: EntryID(c.day), Series: s.ID, Serial: uint32(vanphong.MustDate(c.day))%80 + 1, Reason: "sổ giấy",
			Content: Content{Kind: KindDecision, Day: vanphong.MustDate(c.day)}}, by(1))
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.day, err, c.want)
		}
	}
}

func TestLateKeepsWhatThePaperSays(t *testing.T) {
	_, r, s := midTerm(t, nil, "")
	for _, c := range []struct {
		req    LateRequest
		want   string
		state  EntryState
		probes string
	}{
		{LateRequest{ID: "a", Serial: 12, Number: Number{System: SystemParty, Serial: 12, Code: "QĐNS", Issuer: "TU"}, Content: Content{Kind: KindDecision, Day: firstDay}},
			"12-QĐNS/TU", StateIssued, "a symbol of the book's time"},
		{LateRequest{ID: "b", Serial: 12, Suffix: "a", Content: Content{Kind: KindDecision, Day: firstDay}},
			"12a-QĐ/TU", StateIssued, "a number between others, whatever the policy: it is on paper"},
		{LateRequest{ID: "c", Serial: 13, Void: "viết nhầm"}, "13-QĐ/TU", StateVoid, "a void line without a document"},
		{LateRequest{ID: "d", Serial: 14, Number: Number{System: SystemParty, Serial: 14, Code: "QĐi", Issuer: "TU"}, Content: Content{Kind: KindRegulation, Day: vanphong.MustDate("2015-03-01")}},
			"14-QĐi/TU", StateIssued, "from before the first rule set"},
		{LateRequest{ID: "e", Serial: 16, Content: Content{Kind: KindDecision, Day: firstDay, Secrecy: vanphong.TopSecret}},
			"16-QĐ/TU", StateIssued, "a secret document, without content"},
	} {
		c.req.Series, c.req.Reason = s.ID, "chuyển từ sổ giấy"
		en, err := r.Late(ctx, tu, c.req, by(1))
		if err != nil || en.Number.String() != c.want || en.State != c.state {
			t.Errorf("%s: %s %s, %v; want %s", c.probes, en.Number, en.State.Name(), err, c.want)
		}
		if again, err := r.Late(ctx, tu, c.req, by(2)); err != nil || again != en {
			t.Errorf("%s, again: %+v, %v", c.probes, again, err)
		}
	}
	if err := r.Verify(ctx, tu); err != nil {
		t.Error(err)
	}
	// Made void by a step of its own: the line of the book is still what it was.
	if _, err := r.Void(ctx, tu, VoidRequest{"b", "trùng"}, by(3)); err != nil {
		t.Fatal(err)
	}
	if en, err := r.Late(ctx, tu, LateRequest{ID: "b", Series: s.ID, Serial: 12, Suffix: "a", Reason: "chuyển từ sổ giấy", Content: Content{Kind: KindDecision, Day: firstDay}}, by(4)); err != nil || en.State != StateVoid {
		t.Errorf("%+v, %v", en, err)
	}
}

func TestLateAllIsAllOrNothing(t *testing.T) {
	_, r, s := midTerm(t, nil, "")
	batch := []LateRequest{lateDecision(s, 1), lateDecision(s, 2), lateDecision(s, 1)}
	batch[2].ID = "trùng số"
	_, err := r.LateAll(ctx, tu, batch, by(1))
	var row *RowError
	if !errors.As(err, &row) || row.Row != 2 || row.ID != "trùng số" || !errors.Is(err, vanphong.ErrConflict) || !strings.Contains(err.Error(), "row 3") {
		t.Errorf("a number twice in a batch: %v", err)
	}
	if _, err := r.Entry(ctx, tu, "cu-1"); !errors.Is(err, vanphong.ErrNotFound) {
		t.Errorf("the first row was kept: %v", err)
	}
	// The instrument comes before its decision in the book.
	batch[2].Serial, batch[0].Under = 3, batch[2].ID
	out, err := r.LateAll(ctx, tu, batch, by(1))
	if err != nil || len(out) != 3 || out[2].Serial != 3 {
		t.Fatalf("%+v, %v", out, err)
	}
	// A longer batch that begins with what is there: only the rest is new.
	events := eventCount(t, r, s)
	again, err := r.LateAll(ctx, tu, append(batch, lateDecision(s, 4)), by(2))
	if err != nil || again[0] != out[0] || eventCount(t, r, s) != events+1 {
		t.Errorf("asked again with one more: %d events, %v", eventCount(t, r, s)-events, err)
	}
	if _, err := r.LateAll(ctx, tu, nil, by(3)); !errors.Is(err, vanphong.ErrInvalid) {
		t.Errorf("an empty batch: %v", err)
	}
	if _, err := r.LateAll(ctx, tu, make([]LateRequest, MaxBatch+1), by(3)); !errors.Is(err, vanphong.ErrOutOfRange) {
		t.Errorf("too large a batch: %v", err)
	}
	if err := r.Verify(ctx, tu); err != nil {
		t.Error(err)
	}
}

func eventCount(t *testing.T, r *Registrar, s Series) int64 {
	t.Helper()
	s, err := r.Series(ctx, tu, s.ID)
	if err != nil {
		t.Fatal(err)
	}
	return s.Events
}

func TestInsertStandsBesideAGivenNumber(t *testing.T) {
	_, r, s := midTerm(t, &Options{Policies: []Policy{insertions()}}, insertions().Version)
	for _, id := range []string{"a", "b"} {
		if _, err := r.Issue(ctx, tu, decision(id, s), by(1)); err != nil {
			t.Fatal(err)
		}
	}
	req := InsertRequest{ID: "chèn", Series: s.ID, Serial: 127, Suffix: "a", Reason: "bỏ sót khi vào sổ", Content: Content{Kind: KindDecision, Day: firstDay}}
	en, err := r.Insert(ctx, tu, req, by(2))
	if err != nil || en.Number.String() != "127a-QĐ/TU" || en.State != StateIssued {
		t.Fatalf("%+v, %v", en, err)
	}
	if again, err := r.Insert(ctx, tu, req, by(3)); err != nil || again != en {
		t.Errorf("asked again: %+v, %v", again, err)
	}
	// Beside a number of the paper book too.
	old := req
	old.ID, old.Serial, old.Suffix = "chèn-2", 15, "bis"
	if en, err := r.Insert(ctx, tu, old, by(4)); err != nil || en.Number.String() != "15bis-QĐ/TU" {
		t.Errorf("%s, %v", en.Number, err)
	}
	if en, err := r.Issue(ctx, tu, decision("c", s), by(5)); err != nil || en.Serial != 129 {
		t.Errorf("the next number is %d, %v", en.Serial, err)
	}
	for _, c := range []struct {
		field  string
		kind   error
		probes string
		change func(*InsertRequest)
	}{
		{"suffix", vanphong.ErrInvalid, "no suffix", func(q *InsertRequest) { q.Suffix = "" }},
		{"suffix", vanphong.ErrInvalid, "a capital", func(q *InsertRequest) { q.Suffix = "A" }},
		{"suffix", vanphong.ErrInvalid, "a slash", func(q *InsertRequest) { q.Suffix = "/a" }},
		{"number", vanphong.ErrInvalid, "a suffix that reads as a code", func(q *InsertRequest) { q.Suffix = "qđ" }},
		{"number", vanphong.ErrInvalid, "digits that join the serial", func(q *InsertRequest) { q.Suffix = "5" }},
		{"serial", vanphong.ErrOutOfRange, "a number not given yet", func(q *InsertRequest) { q.Serial = 130 }},
		{"serial", vanphong.ErrOutOfRange, "no number", func(q *InsertRequest) { q.Serial = 0 }},
		{"reason", vanphong.ErrInvalid, "no reason", func(q *InsertRequest) { q.Reason = "" }},
		{"kind", vanphong.ErrInvalid, "another series' kind", func(q *InsertRequest) { q.Kind = KindNotice }},
		{"day", vanphong.ErrOutOfRange, "another term's day", func(q *InsertRequest) { q.Day = firstDay - 1 }},
		{"under", vanphong.ErrInvalid, "itself", func(q *InsertRequest) { q.Under = q.ID }},
		{"reason", vanphong.ErrConflict, "another reason", func(q *InsertRequest) { q.ID, q.Reason = "chèn", "khác" }},
		{"serial", vanphong.ErrConflict, "another suffix", func(q *InsertRequest) { q.ID, q.Suffix = "chèn", "b" }},
	} {
		q := req
		q.ID, q.Suffix = "mới", "c"
		c.change(&q)
		if q.ID == "chèn" && q.Suffix == "c" {
			q.Suffix = "a"
		}
		_, err := r.Insert(ctx, tu, q, by(6))
		var in *vanphong.InputError
		if !errors.As(err, &in) || in.Field != c.field || !errors.Is(err, c.kind) {
			t.Errorf("%s: error %v, want one about %q that wraps %v", c.probes, err, c.field, c.kind)
		}
	}
	double := req
	double.ID = "hai"
	if _, err := r.Insert(ctx, tu, double, by(7)); !errors.Is(err, vanphong.ErrConflict) {
		t.Errorf("a suffix twice: %v", err)
	}
	if err := r.Verify(ctx, tu); err != nil {
		t.Error(err)
	}
	// The presets do not know such numbers.
	_, plain, s := midTerm(t, nil, "")
	if _, err := plain.Issue(ctx, tu, decision("a", s), by(1)); err != nil {
		t.Fatal(err)
	}
	req.Series = s.ID
	_, err = plain.Insert(ctx, tu, req, by(2))
	wantField(t, err, "suffix", vanphong.ErrInvalid)
}

// What the digests do not say in the clear: where the series begins, and suffixes.
func TestVerifyKeepsNumbersBesideTheRun(t *testing.T) {
	late := func(n uint32, id string, suffix string, kind EventKind) (Event, Entry) {
		stamp := by(50)
		e := Event{Org: tu, Kind: kind, Serial: n, Entry: EntryID(id), By: stamp.By, At: stamp.At, Reason: "sổ giấy"}
		return e, Entry{ID: e.Entry, Org: tu, Serial: n, Number: Number{System: SystemParty, Serial: n, Suffix: suffix, Code: "QĐ", Issuer: "TU"},
			Content: Content{Kind: KindDecision, Day: firstDay}}
	}
	for _, c := range []struct {
		probes string
		serial uint32
		suffix string
		kind   EventKind
		issued bool // a number of the run was given before
		twice  bool // another id under the same number
		sound  bool
	}{
		{"late, before the run", 126, "", EventLate, true, false, true},
		{"late, with a suffix", 126, "a", EventLate, true, false, true},
		{"late, the first number of a series that gave none", 127, "", EventLate, false, false, false},
		{"late, a number of the run", 127, "a", EventLate, true, false, false},
		{"late, twice", 126, "", EventLate, true, true, false},
		{"inserted beside the run's", 127, "a", EventInserted, true, false, true},
		{"inserted beside a paper number", 12, "a", EventInserted, true, false, true},
		{"inserted, twice", 127, "a", EventInserted, true, true, false},
		{"inserted without a suffix", 12, "", EventInserted, true, false, false},
		{"inserted beside a number not given", 128, "a", EventInserted, true, false, false},
		{"inserted into a series that gave none", 127, "a", EventInserted, false, false, false},
		{"issued with a suffix", 128, "a", EventIssued, true, false, false},
	} {
		m, r, s := midTerm(t, nil, "")
		if c.issued {
			if _, err := r.Issue(ctx, tu, decision("a", s), by(1)); err != nil {
				t.Fatal(err)
			}
		}
		add := func(id string) error {
			return m.Update(ctx, tu, func(tx Tx) error {
				e, en := late(c.serial, id, c.suffix, c.kind)
				en.Series = s.ID
				s, err := tx.Series(s.ID)
				if err != nil {
					return err
				}
				_, err = write(tx, s, e, en)
				return err
			})
		}
		if err := add("x"); err != nil {
			t.Fatal(err)
		}
		if c.twice {
			// The store refuses it; a hand in the table does not ask.
			o := m.office(tu)
			delete(o.given, place{s.ID, c.serial, c.suffix})
			if err := add("y"); err != nil {
				t.Fatal(err)
			}
		}
		if err := r.Verify(ctx, tu); (err == nil) != c.sound {
			t.Errorf("%s: Verify returned %v", c.probes, err)
		}
	}
}

func TestBackdatingAsksForAReasonIfThePolicySaysSo(t *testing.T) {
	p := PartyPerSymbol()
	p.Version, p.BackdatingReason = "lui-ngay-1", true
	_, r, s := midTerm(t, &Options{Policies: []Policy{p}}, p.Version)
	issue := func(id string, day vanphong.Date, reason string) (Entry, error) {
		req := decision(id, s)
		req.Day, req.Reason = day, reason
		return r.Issue(ctx, tu, req, by(1))
	}
	for _, c := range []struct {
		id     string
		day    vanphong.Date
		reason string
		ok     bool
	}{
		{"a", firstDay + 5, "", true},
		{"b", firstDay + 5, "", true},                     // the same day
		{"c", firstDay + 4, "", false},                    // a day back
		{"c", firstDay + 4, "ký thay, chuyển muộn", true}, // with the reason
		{"d", firstDay + 4, "", false},                    // the latest day counts, not the last
		{"e", firstDay + 6, "", true},
	} {
		en, err := issue(c.id, c.day, c.reason)
		if (err == nil) != c.ok {
			t.Errorf("%s of %s: %v", c.id, c.day, err)
		}
		if !c.ok {
			wantField(t, err, "reason", vanphong.ErrInvalid)
		} else if en.Reason != c.reason {
			t.Errorf("%s: reason %q", c.id, en.Reason)
		}
	}
	_, err := issue("c", firstDay+4, "khác")
	wantField(t, err, "reason", vanphong.ErrConflict)
	if _, err := r.Void(ctx, tu, VoidRequest{"c", "hủy"}, by(2)); err != nil {
		t.Fatal(err)
	}
	if _, err := issue("c", firstDay+4, "khác"); err != nil {
		t.Errorf("after a void the reason stands in the ledger alone: %v", err)
	}
	// A number that waited is issued with an earlier day: that is what it waited for.
	if _, err := r.Reserve(ctx, tu, ReserveRequest{ID: "r", Series: s.ID, Kind: KindDecision, Day: firstDay}, by(3)); err != nil {
		t.Fatal(err)
	}
	if _, err := issue("r", firstDay, ""); err != nil {
		t.Error(err)
	}
	// The presets do not ask.
	_, r, s = midTerm(t, nil, "")
	for i, day := range []vanphong.Date{firstDay + 5, firstDay} {
		if _, err := issue(fmt.Sprint("p", i), day, ""); err != nil {
			t.Error(err)
		}
	}
	if err := r.Verify(ctx, tu); err != nil {
		t.Error(err)
	}
}

func BenchmarkLateAll(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		r := NewRegistrar(NewMemory(), nil)
		s, err := r.Open(ctx, tu, OpenRequest{Key: SeriesKey{tu, "nk-2025", "QĐ"}, Issuer: "TU", Days: term, First: MaxBatch + 1, Basis: "sổ giấy"}, by(0))
		if err != nil {
			b.Fatal(err)
		}
		rows := make([]LateRequest, MaxBatch)
		for i := range rows {
			rows[i] = lateDecision(s, uint32(MaxBatch-i))
		}
		if _, err := r.LateAll(ctx, tu, rows, by(1)); err != nil {
			b.Fatal(err)
		}
		if err := r.Verify(ctx, tu); err != nil {
			b.Fatal(err)
		}
	}
}

func TestLateCanBeAskedAgainWhateverBecameOfTheLink(t *testing.T) {
	_, r, s := midTerm(t, nil, "")
	above, below := lateDecision(s, 15), lateDecision(s, 16)
	below.Under = above.ID
	first, err := r.LateAll(ctx, tu, []LateRequest{below, above}, by(1))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.Void(ctx, tu, VoidRequest{above.ID, "ghi nhầm"}, by(2)); err != nil {
		t.Fatal(err)
	}
	if again, err := r.Late(ctx, tu, below, by(3)); err != nil || again != first[0] {
		t.Errorf("asked again: %+v, %v", again, err)
	}
	another := lateDecision(s, 17)
	another.Under = above.ID
	if _, err := r.Late(ctx, tu, another, by(3)); !errors.Is(err, vanphong.ErrState) {
		t.Errorf("a new one under a void document: %v", err)
	}
}
