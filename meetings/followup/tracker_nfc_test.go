package followup

import (
	"encoding/json"
	"testing"

	"github.com/vanphong-go/vanphong"
)

func TestTextsAreComposedAtTheDoor(t *testing.T) {
	const apart, together = "Nghi\u0323 quye\u0302\u0301t", "Nghị quyết"
	f := newTracker(t)
	play := func(s string) Task {
		a := assignment("1")
		a.Title, a.Product, a.Due.Basis, a.Origin.Number = s, s, s, s
		k := f.must(f.Assign(f.ctx, org, a, stamp(0)))
		f.must(f.Report(f.ctx, org, k.ID, Progress{Day: day, Note: s}, stamp(1)))
		f.must(f.Extend(f.ctx, org, k.ID, Extension{Day: day, To: day + 20, Reason: s}, stamp(2)))
		return f.must(f.Withdraw(f.ctx, org, k.ID, day+1, s, stamp(3)))
	}
	k := play(apart)
	if again := play(together); again.Version != k.Version {
		t.Errorf("played again: version %d, want %d", again.Version, k.Version)
	}
	b, err := json.Marshal(k)
	if err != nil || !vanphong.IsNFC(string(b)) || k.Title != together || k.Withdrawn.Reason != together {
		t.Errorf("%v: %s", err, b)
	}
}
