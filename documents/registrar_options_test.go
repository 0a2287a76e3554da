package documents

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"

	"github.com/vanphong-go/vanphong"
)

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
	note(r.Release(ctx, tu, ReleaseRequest{ID: "a"}, by(0)))
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
			en, err := r.Release(ctx, tu, ReleaseRequest{ID: "b"}, by(1))
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
		{Kinds: []Kind{KindDecision}, Naming: ByKind, Prefix: "riêng/", Sources: always(seen("quy chế của văn phòng"))},
		{Naming: Together, Sources: always(seen("quy chế của văn phòng"))},
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

// Errors are in English and name codes and ISO days; Vietnamese is for
// findings.
func TestErrorsNameCodesAndISODays(t *testing.T) {
	r := NewRegistrar(NewMemory(), nil)
	s := openQD(t, r)
	ended, err := r.Open(ctx, tu, OpenRequest{Key: SeriesKey{tu, "nk-2020", "QĐ"}, Issuer: "TU", Days: vanphong.Days{First: firstDay - 100, End: firstDay}}, by(0))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.Issue(ctx, tu, decision("a", s), by(1)); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Hold(ctx, tu, HoldRequest{ID: "h", Series: s.ID, Day: firstDay, Secrecy: vanphong.Secret}, by(1)); err != nil {
		t.Fatal(err)
	}
	early, late, secret, invitation := decision("x", s), decision("x", ended), decision("x", s), decision("x", s)
	early.Day, secret.Secrecy, invitation.Kind = firstDay-1, vanphong.TopSecret, KindInvitation
	again := decision("a", s)
	again.Signer = "X"
	issue := func(q IssueRequest) error { _, err := r.Issue(ctx, tu, q, by(2)); return err }
	hold := func(q HoldRequest) error { _, err := r.Hold(ctx, tu, q, by(2)); return err }
	_, notReserved := r.Release(ctx, tu, ReleaseRequest{ID: "a"}, by(2))
	_, missing := r.Issue(ctx, tu, IssueRequest{ID: "x", Series: "s", Content: Content{Kind: KindDecision, Day: firstDay}}, by(2))
	_, days := r.Open(ctx, tu, OpenRequest{Key: ended.Key, Issuer: "TU", Days: vanphong.Days{First: firstDay - 100, End: firstDay - 1}}, by(2))
	for i, c := range []struct {
		err  error
		want string
	}{
		{issue(early), "series QĐ of tinh-uy-thai-nguyen nk-2025 (from 2025-09-24)"},
		{issue(late), "(2025-06-16 to 2025-09-23)"},
		{issue(again), "issued"},
		{issue(secret), "top-secret"},
		{issue(invitation), "66+36HD"},
		{hold(HoldRequest{ID: "a", Series: s.ID, Day: firstDay, Secrecy: vanphong.Secret}), "is issued"},
		{hold(HoldRequest{ID: "h", Series: s.ID, Day: firstDay, Secrecy: vanphong.Confidential}), "confidential"},
		{notReserved, "is issued"},
		{missing, "document of 2025-09-24"},
		{days, "2025-06-16 to 2025-09-22"},
	} {
		text := strings.ReplaceAll(fmt.Sprint(c.err), vanphong.Placeholder, "")
		if !strings.Contains(text, c.want) {
			t.Errorf("%d: %s; want it to name %q", i, text, c.want)
		}
		for _, word := range []string{"từ ", "đến", "đã ", "giữ", "Mật", "mật", "không", "Quy định", "/2025"} {
			if strings.Contains(text, word) {
				t.Errorf("%d: %s: %q is not English", i, text, word)
			}
		}
	}
}
