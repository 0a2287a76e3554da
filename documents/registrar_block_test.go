package documents

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/vanphong-go/vanphong"
)

func reserveRequest(id string, s Series) ReserveRequest {
	return ReserveRequest{ID: EntryID(id), Series: s.ID, Kind: KindDecision, Day: firstDay, Note: "ký hàng loạt"}
}

func TestABlockIsOneRunOfNumbers(t *testing.T) {
	r := NewRegistrar(NewMemory(), nil)
	s := openQD(t, r)
	if _, err := r.Issue(ctx, tu, decision("trước", s), by(1)); err != nil {
		t.Fatal(err)
	}
	block, err := r.ReserveBlock(ctx, tu, reserveRequest("đợt 1", s), 5, by(2))
	if err != nil || len(block) != 5 {
		t.Fatalf("%+v, %v", block, err)
	}
	for i, en := range block {
		if en.Serial != uint32(i+2) || en.ID != BlockEntry("đợt 1", i) || en.State != StateReserved || en.Reason != "ký hàng loạt" {
			t.Errorf("entry %d: %+v", i, en)
		}
	}
	// Three are signed, the retry finds them so.
	for i := range 3 {
		req := decision("", s)
		req.ID = BlockEntry("đợt 1", i)
		if _, err := r.Issue(ctx, tu, req, by(3)); err != nil {
			t.Fatal(err)
		}
	}
	again, err := r.ReserveBlock(ctx, tu, reserveRequest("đợt 1", s), 5, by(4))
	if err != nil || again[0].State != StateIssued || again[4] != block[4] {
		t.Errorf("asked again: %+v, %v", again, err)
	}
	for _, n := range []int{4, 6} {
		_, err = r.ReserveBlock(ctx, tu, reserveRequest("đợt 1", s), n, by(4))
		wantField(t, err, "count", vanphong.ErrConflict)
	}
	other := reserveRequest("đợt 1", s)
	other.Note = "khác"
	_, err = r.ReserveBlock(ctx, tu, other, 5, by(4))
	wantField(t, err, "note", vanphong.ErrConflict)
	for _, n := range []int{0, -1, MaxBlock + 1} {
		_, err = r.ReserveBlock(ctx, tu, reserveRequest("đợt 2", s), n, by(4))
		wantField(t, err, "count", vanphong.ErrOutOfRange)
	}
	// The rest is given back by its holder.
	_, err = r.ReleaseBlock(ctx, tu, ReleaseRequest{ID: "đợt 1"}, vanphong.Stamp{By: vanphong.Actor{ID: "khac"}, At: by(5).At})
	wantField(t, err, "by", vanphong.ErrForbidden)
	for range 2 {
		rest, err := r.ReleaseBlock(ctx, tu, ReleaseRequest{ID: "đợt 1", Reason: "ký ít hơn"}, by(5))
		if err != nil || rest[2].State != StateIssued || rest[3].State != StateVoid || rest[4].Reason != "ký ít hơn" {
			t.Errorf("%+v, %v", rest, err)
		}
	}
	if n := eventCount(t, r, s); n != 1+1+5+3+2 {
		t.Errorf("%d events: a retry wrote something", n)
	}
	_, err = r.ReleaseBlock(ctx, tu, ReleaseRequest{ID: "không có"}, by(6))
	wantField(t, err, "id", vanphong.ErrNotFound)
	_, err = r.VoidBlock(ctx, tu, VoidRequest{ID: "đợt 1"}, by(6))
	wantField(t, err, "reason", vanphong.ErrInvalid)
	if err := r.Verify(ctx, tu); err != nil {
		t.Error(err)
	}
}

func TestABlockIsAllOrNothing(t *testing.T) {
	r := NewRegistrar(NewMemory(), nil)
	// Five numbers are left of nine digits.
	s, err := r.Open(ctx, tu, OpenRequest{Key: SeriesKey{tu, "nk-2025", "QĐ"}, Issuer: "TU", Days: term, First: MaxSerial - 4, Basis: "sổ giấy"}, by(0))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.ReserveBlock(ctx, tu, reserveRequest("a", s), 6, by(1)); !errors.Is(err, vanphong.ErrOutOfRange) {
		t.Errorf("six of five: %v", err)
	}
	if n := eventCount(t, r, s); n != 1 {
		t.Errorf("%d events after a refusal", n)
	}
	if _, err := r.ReserveBlock(ctx, tu, reserveRequest("a", s), 5, by(1)); err != nil {
		t.Errorf("five of five: %v", err)
	}
}

// Blocks that are asked for at once do not mix.
func TestBlocksAtOnceDoNotMix(t *testing.T) {
	r := NewRegistrar(NewMemory(), nil)
	s := openQD(t, r)
	var wg sync.WaitGroup
	for c := range 8 {
		wg.Go(func() {
			block, err := r.ReserveBlock(ctx, tu, reserveRequest(fmt.Sprint("khối ", c%4), s), 25, by(1))
			if err != nil {
				t.Error(err)
				return
			}
			for i, en := range block {
				if en.Serial != block[0].Serial+uint32(i) {
					t.Errorf("block %d: entry %d has number %d after %d", c%4, i, en.Serial, block[0].Serial)
				}
			}
		})
	}
	wg.Wait()
	// Each block was asked for twice.
	if n := eventCount(t, r, s); n != 101 {
		t.Errorf("%d events, want 101", n)
	}
	if err := r.Verify(ctx, tu); err != nil {
		t.Error(err)
	}
}

func TestVoidBlockLeavesWhatIsOutOrAccountedFor(t *testing.T) {
	r := NewRegistrar(NewMemory(), nil)
	s := openQD(t, r)
	hold := HoldRequest{ID: "mật", Series: s.ID, Day: firstDay, Secrecy: vanphong.Secret}
	block, err := r.HoldBlock(ctx, tu, hold, 3, by(1))
	if err != nil || block[2].Serial != 3 || block[2].State != StateHeld || block[2].Kind != "" {
		t.Fatalf("%+v, %v", block, err)
	}
	if _, err := r.Reconcile(ctx, tu, SecretReport{Series: s.ID, Lines: []SecretLine{{Serial: 2, Used: true}}}, by(2)); err != nil {
		t.Fatal(err)
	}
	out, err := r.VoidBlock(ctx, tu, VoidRequest{"mật", "sổ mật trả lại"}, by(3))
	if err != nil || out[0].State != StateVoid || out[1].State != StateHeld || out[2].State != StateVoid {
		t.Errorf("%+v, %v", out, err)
	}
	if again, err := r.HoldBlock(ctx, tu, hold, 3, by(4)); err != nil || again[0] != out[0] {
		t.Errorf("asked again: %+v, %v", again, err)
	}
	// A reserved block whose holder is gone.
	if _, err := r.ReserveBlock(ctx, tu, reserveRequest("b", s), 2, by(5)); err != nil {
		t.Fatal(err)
	}
	if out, err := r.VoidBlock(ctx, tu, VoidRequest{"b", "người giữ chuyển công tác"}, vanphong.Stamp{By: vanphong.Actor{ID: "khac"}, At: by(6).At}); err != nil || out[1].State != StateVoid {
		t.Errorf("%+v, %v", out, err)
	}
	if err := r.Verify(ctx, tu); err != nil {
		t.Error(err)
	}
}
