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
	want := "Mở tại số 127 (sổ giấy đến số 126), đến số 133: đã ban hành 03, giữ chỗ 01 (132: chờ ký), đã hủy 01 (128: sai thể thức), trả số 01 (131: thôi ban hành), sổ mật giữ 01 (133), thiếu 0; vào sổ muộn 0, số chèn 0; mã kiểm tra "
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

// The sentence has no empty brackets, no empty reasons, no "00".
func TestProofReadsAsAnOfficeWritesIt(t *testing.T) {
	line := func(n uint32, kind EventKind, reason string) Line {
		return Line{Serial: n, Event: kind, Reason: reason}
	}
	for _, c := range []struct {
		p       Proof
		want    string
		english string
		probes  string
	}{
		{Proof{First: 1, Last: 5, Issued: 2, Void: []Line{line(3, EventVoided, "sai"), line(4, EventReleased, ""), line(5, EventReleased, "sai")}},
			"Mở tại số 01, đến số 05: đã ban hành 02, giữ chỗ 0, đã hủy 01 (03: sai), trả số 02 (04; 05: sai), sổ mật giữ 0, thiếu 0; vào sổ muộn 0, số chèn 0; mã kiểm tra 000000000000",
			"Opened at 01, last 05: issued 02, reserved 0, void 01 (03: sai), released 02 (04; 05: sai), held as secret 0, missing 0; late 0, inserted 0; check code 000000000000",
			"no basis, a release without reason"},
		{Proof{First: 127, Basis: "sổ giấy đến số 126", Last: 130, Issued: 1, Missing: []uint32{128, 130}, Held: []Line{line(129, EventHeld, "")}},
			"Mở tại số 127 (sổ giấy đến số 126), đến số 130: đã ban hành 01, giữ chỗ 0, đã hủy 0, trả số 0, sổ mật giữ 01 (129), thiếu 02 (128; 130); vào sổ muộn 0, số chèn 0; mã kiểm tra 000000000000",
			"", "missing numbers are named"},
		{Proof{First: 1}, "Mở tại số 01, chưa cấp số nào; mã kiểm tra 000000000000", "Opened at 01, no number given yet; check code 000000000000", "an empty series"},
		{Proof{First: 127, Basis: "sổ giấy"}, "Mở tại số 127 (sổ giấy), chưa cấp số nào; mã kiểm tra 000000000000", "", "an empty series with its basis"},
		{Proof{First: 1, Last: 30, Issued: 7, Missing: []uint32{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23}},
			"Mở tại số 01, đến số 30: đã ban hành 07, giữ chỗ 0, đã hủy 0, trả số 0, sổ mật giữ 0, thiếu 23 (01; 02; 03; 04; 05; 06; 07; 08; 09; 10; 11; 12; 13; 14; 15; 16; 17; 18; 19; 20; …); vào sổ muộn 0, số chèn 0; mã kiểm tra 000000000000",
			"", "a long list"},
	} {
		if got := Messages().Text(c.p.Finding()); got != c.want {
			t.Errorf("%s:\n%s, want\n%s", c.probes, got, c.want)
		}
		if got := Messages().English(c.p.Finding()); c.english != "" && got != c.english {
			t.Errorf("%s:\n%s, want\n%s", c.probes, got, c.english)
		}
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
