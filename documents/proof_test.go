package documents

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/vanphong-go/vanphong"
)

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
