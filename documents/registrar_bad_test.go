package documents

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/vanphong-go/vanphong"
)

func TestTwoClerksVoidOneEntry(t *testing.T) {
	for _, c := range []struct {
		reasons [2]string
		refused int
	}{
		{[2]string{"sai thể thức", "sai thể thức"}, 0}, // one presses twice, or both see the same slip
		{[2]string{"sai thể thức", "trùng số"}, 1},     // two stories: one of them is told
	} {
		r := NewRegistrar(NewMemory(), nil)
		s := openQD(t, r)
		if _, err := r.Issue(ctx, tu, decision("a", s), by(1)); err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		var errs [2]error
		for i, reason := range c.reasons {
			wg.Go(func() {
				_, errs[i] = r.Void(ctx, tu, VoidRequest{"a", reason}, vanphong.Stamp{By: vanphong.Actor{ID: vanphong.PersonID(fmt.Sprint("van-thu-", i))}, At: nine})
			})
		}
		wg.Wait()
		stored, err := r.Entry(ctx, tu, "a")
		if err != nil {
			t.Fatal(err)
		}
		refused := 0
		for i, err := range errs {
			if err == nil {
				continue
			}
			refused++
			wantField(t, err, "reason", vanphong.ErrConflict)
			if c.reasons[i] == stored.Reason || !strings.Contains(err.Error(), stored.Reason) {
				t.Errorf("the refusal does not name what is stored, %q: %v", stored.Reason, err)
			}
		}
		if refused != c.refused || eventCount(t, r, s) != 3 {
			t.Errorf("%v: %d refused, %d events", c.reasons, refused, eventCount(t, r, s))
		}
	}
}

// The order of a ledger is that in which it was written, whatever the clock says.
func TestAClockThatJumpsBackBreaksNothing(t *testing.T) {
	r := NewRegistrar(NewMemory(), nil)
	s := openQD(t, r)
	for i, minute := range []int{10, 5, -60 * 24 * 400, 20, 20, 19} {
		if _, err := r.Issue(ctx, tu, decision(fmt.Sprint("qd-", i), s), by(minute)); err != nil {
			t.Fatal(err)
		}
	}
	var last int64
	for e, err := range r.History(ctx, tu, s.ID) {
		if err != nil || e.Seq != last+1 {
			t.Errorf("event %d after %d, %v", e.Seq, last, err)
		}
		last = e.Seq
	}
	if err := r.Verify(ctx, tu); err != nil {
		t.Error(err)
	}
	// Three steps back: 10 to 5, 5 to the year before, 20 to 19.
	c := closingOf(t, r)
	if p, err := r.Proof(ctx, tu, s.ID); err != nil || p.Back != 3 || !p.Whole() || c.Series[0].Back != 3 {
		t.Errorf("%+v, %v", p, err)
	}
	if f := c.Findings(); len(f) != 1 || f[0].Severity != vanphong.Note || Messages().Text(f[0]) != "Dãy số QĐ: đồng hồ lùi 3 lần giữa các sự kiện; thứ tự vẫn theo sổ" {
		t.Errorf("findings %+v", f)
	}
}

var errCut = errors.New("connection reset by peer")

// cutStore loses the answer of every other update: of some before the commit, of
// some behind it, as a broken line does.
type cutStore struct {
	Store
	calls int
}

func (s *cutStore) Update(ctx context.Context, org vanphong.OrgID, fn func(Tx) error) error {
	s.calls++
	switch s.calls % 3 {
	case 1: // undone, and the caller does not know
		return s.Store.Update(ctx, org, func(tx Tx) error { return errors.Join(fn(tx), errCut) })
	case 2: // done, and the caller does not know
		if err := s.Store.Update(ctx, org, fn); err != nil {
			return err
		}
		return errCut
	}
	return s.Store.Update(ctx, org, fn)
}

func TestAskedAgainAfterACutConnection(t *testing.T) {
	// again asks until there is an answer, as a program does.
	again := func(do func() (any, error)) any {
		t.Helper()
		for range 5 {
			v, err := do()
			if err == nil {
				return v
			}
			if !errors.Is(err, errCut) {
				t.Fatal(err)
			}
			if !reflect.ValueOf(v).IsZero() {
				t.Errorf("a value beside an error: %+v", v)
			}
		}
		t.Fatal("no answer")
		return nil
	}
	run := func(store Store) *Registrar {
		r := NewRegistrar(store, &Options{Policies: []Policy{insertions()}})
		s := again(func() (any, error) {
			return r.Open(ctx, tu, OpenRequest{Key: SeriesKey{tu, "nk-2025", "QĐ"}, Issuer: "TU", Days: term, First: 10, Basis: "sổ giấy", Policy: insertions().Version}, by(0))
		}).(Series)
		for _, do := range []func() (any, error){
			func() (any, error) { return r.Issue(ctx, tu, decision("a", s), by(1)) },
			func() (any, error) { return r.Issue(ctx, tu, decision("b", s), by(1)) },
			func() (any, error) { return r.ReserveBlock(ctx, tu, reserveRequest("k", s), 3, by(2)) },
			func() (any, error) {
				return r.HoldBlock(ctx, tu, HoldRequest{ID: "m", Series: s.ID, Day: firstDay, Secrecy: vanphong.Secret}, 2, by(2))
			},
			func() (any, error) {
				return r.LateAll(ctx, tu, []LateRequest{lateDecision(s, 3), lateDecision(s, 4)}, by(3))
			},
			func() (any, error) {
				return r.Insert(ctx, tu, InsertRequest{ID: "c", Series: s.ID, Serial: 10, Suffix: "a", Reason: "bỏ sót", Content: Content{Kind: KindDecision, Day: firstDay}}, by(4))
			},
			func() (any, error) {
				return r.Amend(ctx, tu, ActRequest{ID: "a", Act: Act{By: "b", Day: firstDay}}, by(5))
			},
			func() (any, error) {
				return r.Recall(ctx, tu, ActRequest{ID: "a", Act: Act{By: "b", Day: firstDay + 1}}, by(5))
			},
			func() (any, error) {
				return r.Reconcile(ctx, tu, SecretReport{s.ID, []SecretLine{{Serial: 15, Used: true}, {Serial: 16, Reason: "thừa"}}}, by(6))
			},
			func() (any, error) { return r.ReleaseBlock(ctx, tu, ReleaseRequest{ID: "k"}, by(7)) },
			func() (any, error) { return r.Void(ctx, tu, VoidRequest{"b", "hủy"}, by(8)) },
			func() (any, error) { return r.Close(ctx, tu, CloseRequest{Series: s.ID}, by(9)) },
		} {
			again(do)
		}
		return r
	}
	sound, cut := run(NewMemory()), run(&cutStore{Store: NewMemory()})
	if err := cut.Verify(ctx, tu); err != nil {
		t.Fatal(err)
	}
	// The same books as if the line had held, but for salts and so hashes.
	a, b := closingOf(t, sound), closingOf(t, cut)
	a.Series[0].Head, b.Series[0].Head = Digest{}, Digest{}
	if !reflect.DeepEqual(a, b) {
		t.Errorf("over a cut line:\n%+v, want\n%+v", b, a)
	}
}

// Whatever clerks do, in whatever order: books verify, proofs are whole, a closing
// reads back and is found in the store.
func TestAnyOrderOfStepsLeavesWholeBooks(t *testing.T) {
	for seed := range uint64(30) {
		rng := rand.New(rand.NewPCG(seed, 7))
		r := NewRegistrar(NewMemory(), &Options{Policies: []Policy{insertions()}})
		s, err := r.Open(ctx, tu, OpenRequest{Key: SeriesKey{tu, "nk-2025", "QĐ"}, Issuer: "TU", Days: term, First: 8, Basis: "sổ giấy", Policy: insertions().Version}, by(0))
		if err != nil {
			t.Fatal(err)
		}
		id := func() EntryID { return EntryID(fmt.Sprint("e", rng.IntN(40))) }
		content := func() Content { return Content{Kind: KindDecision, Day: firstDay + vanphong.Date(rng.IntN(9))} }
		act := func() ActRequest {
			return ActRequest{id(), Act{By: id(), Day: firstDay + vanphong.Date(rng.IntN(20))}, ""}
		}
		var filed []Closing
		for step := range 200 {
			at := by(step - rng.IntN(3))
			// Most of these are refused: that is what is tried.
			var err error
			switch rng.IntN(17) {
			case 0, 1, 2, 3:
				_, err = r.Issue(ctx, tu, IssueRequest{ID: id(), Series: s.ID, Content: content()}, at)
			case 4:
				_, err = r.Reserve(ctx, tu, ReserveRequest{ID: id(), Series: s.ID, Kind: KindDecision, Day: firstDay}, at)
			case 5:
				_, err = r.Hold(ctx, tu, HoldRequest{ID: id(), Series: s.ID, Day: firstDay, Secrecy: vanphong.Secret}, at)
			case 6:
				_, err = r.Late(ctx, tu, LateRequest{ID: id(), Series: s.ID, Serial: uint32(rng.IntN(9)), Reason: "sổ giấy", Content: content()}, at)
			case 7:
				_, err = r.Insert(ctx, tu, InsertRequest{ID: id(), Series: s.ID, Serial: uint32(rng.IntN(20)), Suffix: string(rune('a' + rng.IntN(3))), Reason: "bỏ sót", Content: content()}, at)
			case 8:
				_, err = r.Void(ctx, tu, VoidRequest{id(), "hủy"}, at)
			case 9:
				_, err = r.Release(ctx, tu, ReleaseRequest{ID: id()}, at)
			case 10:
				_, err = r.Recall(ctx, tu, act(), at)
			case 11:
				_, err = r.Supersede(ctx, tu, act(), at)
			case 12:
				_, err = r.Amend(ctx, tu, act(), at)
			case 13:
				_, err = r.Correct(ctx, tu, act(), at)
			case 14:
				n := uint32(rng.IntN(30) + 1)
				_, err = r.Reconcile(ctx, tu, SecretReport{s.ID, []SecretLine{{Serial: n, Used: true}, {Serial: n + 1, Reason: "thừa"}}}, at)
			case 15:
				_, err = r.ReserveBlock(ctx, tu, ReserveRequest{ID: EntryID(fmt.Sprint("k", rng.IntN(3))), Series: s.ID, Kind: KindDecision, Day: firstDay}, 1+rng.IntN(3), at)
			case 16:
				c := closingOf(t, r)
				c.At = time.Time{}.Add(time.Duration(step))
				filed = append(filed, c)
			}
			for _, kind := range []error{errCut, vanphong.ErrForbidden, ErrBroken} {
				if errors.Is(err, kind) {
					t.Fatalf("seed %d, step %d: %v", seed, step, err)
				}
			}
		}
		if err := r.Verify(ctx, tu); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		if p, err := r.Proof(ctx, tu, s.ID); err != nil || !p.Whole() {
			t.Errorf("seed %d: %+v, %v", seed, p, err)
		}
		for _, c := range filed {
			back, err := ReadClosing(strings.NewReader(string(closingPage(t, c))))
			if err != nil || !reflect.DeepEqual(back, c) {
				t.Fatalf("seed %d: %v", seed, err)
			}
			all, err := r.CheckClosing(ctx, tu, back)
			if err != nil || len(all) > 1 || len(all) == 1 && all[0].Rule != RuleClosingSince {
				t.Errorf("seed %d: %+v, %v", seed, all, err)
			}
		}
	}
}
