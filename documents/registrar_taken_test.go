package documents

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/vanphong-go/vanphong"
)

// line is A, opened at 127 and gone to 131, B that goes on at 132, and C that goes on
// from B at 60, by a paper of its own.
func line(t *testing.T) (r *Registrar, a, b, c Series) {
	t.Helper()
	r = NewRegistrar(NewMemory(), &Options{Policies: []Policy{insertions()}})
	open := func(organ vanphong.OrgID, first uint32, continues SeriesID) Series {
		req := OpenRequest{Key: SeriesKey{organ, "nk-2025", "QĐ"}, Issuer: "TU", Days: term, First: first, Continues: continues, Policy: insertions().Version}
		if first != 0 {
			req.Basis = "biên bản bàn giao"
		}
		s, err := r.Open(ctx, tu, req, by(0))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	a = open("a", 127, "")
	for i := range 5 {
		if _, err := r.Issue(ctx, tu, decision(fmt.Sprint("a-", i), a), by(1)); err != nil {
			t.Fatal(err)
		}
	}
	b = open("b", 0, a.ID)
	return r, a, b, open("c", 60, b.ID)
}

func TestALineHasEachNumberOnce(t *testing.T) {
	r, a, b, c := line(t)
	late := func(s Series, serial uint32, suffix string) error {
		req := lateDecision(s, serial)
		req.ID, req.Suffix = EntryID(fmt.Sprint(s.Key.Organ, "-muon-", serial, suffix)), suffix
		_, err := r.Late(ctx, tu, req, by(2))
		return err
	}
	for _, step := range []struct {
		s      Series
		serial uint32
		suffix string
		taken  string // label of the series that has it, or ""
		probes string
	}{
		{b, 128, "", "a", "of the run of the predecessor"},
		{b, 127, "", "a", "its first"},
		{b, 131, "", "a", "its last"},
		{b, 126, "", "", "before its opening, and in nobody's book yet"},
		{a, 126, "", "b", "registered in the successor meanwhile"},
		{a, 125, "", "", "in its own book"},
		{b, 125, "", "a", "late in the predecessor"},
		{b, 128, "a", "", "beside a number of the run"},
		{c, 59, "", "", "a line of the book before B"},
		{a, 59, "", "c", "registered two books later"},
		{b, 59, "", "c", "registered in the successor"},
		{c, 58, "", "", "the number before"},
	} {
		err := late(step.s, step.serial, step.suffix)
		if step.taken == "" {
			if err != nil {
				t.Errorf("%s: %v", step.probes, err)
			}
			continue
		}
		wantField(t, err, "serial", vanphong.ErrConflict)
		if err != nil && !strings.Contains(err.Error(), (map[string]Series{"a": a, "b": b, "c": c})[step.taken].label()) {
			t.Errorf("%s: %v does not name series %s", step.probes, err, step.taken)
		}
	}
	// 128a stands in B already.
	_, err := r.Insert(ctx, tu, InsertRequest{ID: "chen", Series: a.ID, Serial: 128, Suffix: "a", Reason: "bỏ sót", Content: Content{Kind: KindDecision, Day: firstDay}}, by(3))
	wantField(t, err, "serial", vanphong.ErrConflict)
	// One batch must not give in one book what it gave in another a row before.
	one, two := lateDecision(a, 99), lateDecision(b, 99)
	two.ID = "khác"
	if _, err := r.LateAll(ctx, tu, []LateRequest{one, two}, by(4)); !errors.Is(err, vanphong.ErrConflict) {
		t.Errorf("one number in two books of a batch: %v", err)
	}
	if _, err := r.LateAll(ctx, tu, []LateRequest{two, one}, by(4)); !errors.Is(err, vanphong.ErrConflict) {
		t.Errorf("the other way round: %v", err)
	}
	if err := r.Verify(ctx, tu); err != nil {
		t.Error(err)
	}
}

// A series that begins at 01 again shares no number with the one it goes on from.
func TestACountBegunAnewSharesNoNumber(t *testing.T) {
	r, a, _, _ := line(t)
	anew, err := r.Open(ctx, tu, OpenRequest{Key: SeriesKey{"moi", "nk-2025", "QĐ"}, Issuer: "TU", Days: term, First: 1, Continues: a.ID, Policy: insertions().Version}, by(5))
	if err != nil {
		t.Fatal(err)
	}
	for i := range 20 {
		if _, err := r.Issue(ctx, tu, decision(fmt.Sprint("moi-", i), anew), by(6)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := r.Insert(ctx, tu, InsertRequest{ID: "chen", Series: anew.ID, Serial: 15, Suffix: "a", Reason: "bỏ sót", Content: Content{Kind: KindDecision, Day: firstDay}}, by(7)); err != nil {
		t.Error(err)
	}
	q := lateDecision(a, 15)
	q.Suffix = "a"
	if _, err := r.Late(ctx, tu, q, by(8)); err != nil {
		t.Errorf("15a of another count: %v", err)
	}
}
