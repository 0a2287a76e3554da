package documents

import (
	"strings"
	"testing"

	"github.com/vanphong-go/vanphong"
)

// What is asked again with another reason is a contradiction, for a block as for one
// number.
func TestAVoidBlockKeepsItsReason(t *testing.T) {
	r := NewRegistrar(NewMemory(), nil)
	s := openQD(t, r)
	block := func(id EntryID, count int) {
		t.Helper()
		if _, err := r.ReserveBlock(ctx, tu, ReserveRequest{ID: id, Series: s.ID, Kind: KindDecision, Day: firstDay}, count, by(1)); err != nil {
			t.Fatal(err)
		}
	}
	void := func(id EntryID, reason string) error {
		_, err := r.VoidBlock(ctx, tu, VoidRequest{id, reason}, by(3))
		return err
	}
	block("a", 3)
	if _, err := r.Void(ctx, tu, VoidRequest{BlockEntry("a", 1), "viết hỏng"}, by(2)); err != nil {
		t.Fatal(err)
	}
	if err := void("a", "thôi ký"); err != nil {
		t.Fatal(err)
	}
	events := eventCount(t, r, s)
	if err := void("a", "thôi ký"); err != nil {
		t.Errorf("run again: %v", err)
	}
	wantField(t, void("a", "lý do khác"), "reason", vanphong.ErrConflict)
	// What is left over is given back; nothing is left.
	if _, err := r.ReleaseBlock(ctx, tu, ReleaseRequest{"a", "trả phần còn lại"}, by(4)); err != nil {
		t.Errorf("release of nothing: %v", err)
	}
	if n := eventCount(t, r, s); n != events {
		t.Errorf("%d events were written in passing", n-events)
	}
	// A block that is out altogether has nothing void to contradict.
	block("b", 1)
	q := decision("", s)
	q.ID = BlockEntry("b", 0)
	if _, err := r.Issue(ctx, tu, q, by(5)); err != nil {
		t.Fatal(err)
	}
	if err := void("b", "thôi ký"); err != nil {
		t.Errorf("an issued block: %v", err)
	}
	// Nor does the contradiction tell why secret numbers are void.
	if _, err := r.HoldBlock(ctx, tu, HoldRequest{ID: "m", Series: s.ID, Day: firstDay, Secrecy: vanphong.Secret}, 2, by(6)); err != nil {
		t.Fatal(err)
	}
	if err := void("m", "vụ "+subject); err != nil {
		t.Fatal(err)
	}
	err := void("m", "khác")
	wantField(t, err, "reason", vanphong.ErrConflict)
	if err != nil && strings.Contains(err.Error(), subject) {
		t.Errorf("it tells: %v", err)
	}
}

// The id of a document that never had a reservation is no reservation.
func TestReserveUnderAnIssuedIDIsRefused(t *testing.T) {
	r := NewRegistrar(NewMemory(), nil)
	s := openQD(t, r)
	if _, err := r.Issue(ctx, tu, decision("thang", s), by(1)); err != nil {
		t.Fatal(err)
	}
	reserve := func(id EntryID) error {
		_, err := r.Reserve(ctx, tu, ReserveRequest{ID: id, Series: s.ID, Kind: KindDecision, Day: firstDay}, by(2))
		return err
	}
	wantField(t, reserve("thang"), "id", vanphong.ErrConflict)
	if _, err := r.Void(ctx, tu, VoidRequest{"thang", "hủy"}, by(3)); err != nil {
		t.Fatal(err)
	}
	wantField(t, reserve("thang"), "id", vanphong.ErrConflict)
	// One that was reserved and issued since is the reservation asked for.
	if err := reserve("giu"); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Issue(ctx, tu, decision("giu", s), by(4)); err != nil {
		t.Fatal(err)
	}
	if err := reserve("giu"); err != nil {
		t.Errorf("reserved again after the issue: %v", err)
	}
}
