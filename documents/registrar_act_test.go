package documents

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/vanphong-go/vanphong"
)

// Every state and standing against every event: what can happen to a number is this
// table and nothing else. A column is an event in the order of the enumeration.
func TestEveryStateAgainstEveryEvent(t *testing.T) {
	ended := func(s Standing) status { return status{StateIssued, s, Act{Day: firstDay}} }
	for _, c := range []struct {
		name string
		from status
		want string // the events that can follow
	}{
		{"not given", status{}, "reserved issued held late inserted"},
		{"reserved", status{state: StateReserved}, "issued released voided"},
		{"issued", status{state: StateIssued}, "voided recalled repealed superseded amended corrected"},
		{"corrected", status{StateIssued, StandingCorrected, Act{Day: 1}}, "voided recalled repealed superseded amended corrected"},
		{"amended", status{StateIssued, StandingAmended, Act{Day: 1}}, "voided recalled repealed superseded amended corrected"},
		{"superseded", ended(StandingSuperseded), "voided recalled repealed superseded amended corrected"},
		{"repealed", ended(StandingRepealed), "voided recalled repealed superseded amended corrected"},
		{"recalled", ended(StandingRecalled), "voided recalled repealed superseded amended corrected"},
		{"held", status{state: StateHeld}, "voided reconciled"},
		{"reconciled", status{state: StateHeld, standing: StandingReconciled}, "voided"},
		{"void", status{state: StateVoid}, ""},
		{"void after a recall", status{StateVoid, StandingRecalled, Act{Day: 1}}, ""},
		{"void after a reconciliation", status{state: StateVoid, standing: StandingReconciled}, ""},
	} {
		var got []string
		for k := EventUnknown; int(k) < len(eventKindCodes); k++ {
			if c.from.follows(k) {
				got = append(got, code(k))
			}
		}
		if list := strings.Join(got, " "); list != c.want {
			t.Errorf("%s: %s, want %s", c.name, list, c.want)
		}
	}
}

// What an entry shows after several acts.
func TestStandingIsTheStrongest(t *testing.T) {
	for _, c := range []struct {
		events []EventKind
		want   Standing
		day    vanphong.Date // of the act that shows, counted from the first event
	}{
		{[]EventKind{EventCorrected}, StandingCorrected, 1},
		{[]EventKind{EventAmended, EventCorrected}, StandingAmended, 1},                     // the amendment stays in sight
		{[]EventKind{EventCorrected, EventAmended, EventAmended}, StandingAmended, 3},       // of equals the later
		{[]EventKind{EventAmended, EventSuperseded, EventCorrected}, StandingSuperseded, 2}, // an end is not hidden
		{[]EventKind{EventRecalled, EventSuperseded}, StandingSuperseded, 2},                // another end counts
		{[]EventKind{EventRepealed, EventVoided}, StandingRepealed, 1},                      // void beside it
	} {
		st := status{state: StateIssued}
		for i, k := range c.events {
			e := Event{Kind: k}
			if k.acts() {
				e.Act.Day = vanphong.Date(i + 1)
			}
			st = st.after(e)
		}
		if st.standing != c.want || st.act.Day != c.day {
			t.Errorf("%v: %s by the act of day %d, want %s, %d", c.events, st.standing.Name(), st.act.Day, c.want.Name(), c.day)
		}
	}
}

// acts are the five doors, by their codes.
func acts(r *Registrar) map[string]func(context.Context, vanphong.OrgID, ActRequest, vanphong.Stamp) (Entry, error) {
	return map[string]func(context.Context, vanphong.OrgID, ActRequest, vanphong.Stamp) (Entry, error){
		"recalled": r.Recall, "repealed": r.Repeal, "superseded": r.Supersede, "amended": r.Amend, "corrected": r.Correct,
	}
}

// actOffice has one entry in each state, and "moi", the document that acts.
func actOffice(t *testing.T) (*Registrar, Series) {
	t.Helper()
	r := NewRegistrar(NewMemory(), nil)
	s := openQD(t, r)
	for _, id := range []string{"cu", "moi", "huy"} {
		if _, err := r.Issue(ctx, tu, decision(id, s), by(1)); err != nil {
			t.Fatal(err)
		}
	}
	_, e1 := r.Void(ctx, tu, VoidRequest{"huy", "hủy"}, by(2))
	_, e2 := r.Reserve(ctx, tu, ReserveRequest{ID: "giu", Series: s.ID, Kind: KindDecision, Day: firstDay}, by(2))
	_, e3 := r.Hold(ctx, tu, HoldRequest{ID: "mat", Series: s.ID, Day: firstDay, Secrecy: vanphong.Secret}, by(2))
	if err := errors.Join(e1, e2, e3); err != nil {
		t.Fatal(err)
	}
	return r, s
}

func TestActsLeaveTheNumberIssued(t *testing.T) {
	for name := range acts(nil) {
		r, s := actOffice(t)
		do := acts(r)[name]
		req := ActRequest{ID: "cu", Act: Act{By: "moi", Day: firstDay + 10}, Reason: "theo quyết định mới"}
		en, err := do(ctx, tu, req, by(3))
		if err != nil || en.State != StateIssued || code(en.Standing) != name || en.Act != req.Act || en.Reason != req.Reason {
			t.Fatalf("%s: %+v, %v", name, en, err)
		}
		if stored, err := r.Entry(ctx, tu, "cu"); err != nil || stored != en {
			t.Errorf("%s: stored %+v, %v", name, stored, err)
		}
		// Asked again, by somebody else and later: nothing new.
		events := eventCount(t, r, s)
		again, err := do(ctx, tu, req, vanphong.Stamp{By: vanphong.Actor{ID: "khac"}, At: by(50).At})
		if err != nil || again != en || eventCount(t, r, s) != events {
			t.Errorf("%s again: %+v, %v", name, again, err)
		}
		// Another reason for the same act.
		other := req
		other.Reason = "khác"
		_, err = do(ctx, tu, other, by(4))
		wantField(t, err, "reason", vanphong.ErrConflict)
		// After a step in between the retry still finds its own.
		if _, err := r.Void(ctx, tu, VoidRequest{"cu", "trùng"}, by(5)); err != nil {
			t.Fatal(err)
		}
		if again, err := do(ctx, tu, req, by(6)); err != nil || again.State != StateVoid || eventCount(t, r, s) != events+1 {
			t.Errorf("%s after a void: %+v, %v", name, again, err)
		}
		if err := r.Verify(ctx, tu); err != nil {
			t.Error(err)
		}
	}
}

func TestActsRefuse(t *testing.T) {
	r, _ := actOffice(t)
	for name, do := range acts(r) {
		for _, c := range []struct {
			field  string
			kind   error
			probes string
			req    ActRequest
		}{
			{"id", vanphong.ErrNotFound, "no such entry", ActRequest{ID: "không có", Act: Act{By: "moi", Day: firstDay}}},
			{"id", vanphong.ErrState, "a void number", ActRequest{ID: "huy", Act: Act{By: "moi", Day: firstDay}}},
			{"id", vanphong.ErrState, "a reserved number", ActRequest{ID: "giu", Act: Act{By: "moi", Day: firstDay}}},
			{"id", vanphong.ErrState, "a held number", ActRequest{ID: "mat", Act: Act{By: "moi", Day: firstDay}}},
			{"act.day", vanphong.ErrInvalid, "no day", ActRequest{ID: "cu", Act: Act{By: "moi"}}},
			{"act.day", vanphong.ErrOutOfRange, "before the document", ActRequest{ID: "cu", Act: Act{By: "moi", Day: firstDay - 1}}},
			{"act.by", vanphong.ErrInvalid, "no document and no reason", ActRequest{ID: "cu", Act: Act{Day: firstDay}}},
			{"act.by", vanphong.ErrInvalid, "itself", ActRequest{ID: "cu", Act: Act{By: "cu", Day: firstDay}}},
			{"act.by", vanphong.ErrNotFound, "by what is not there", ActRequest{ID: "cu", Act: Act{By: "không có", Day: firstDay}}},
			{"act.by", vanphong.ErrState, "by a void one", ActRequest{ID: "cu", Act: Act{By: "huy", Day: firstDay}}},
			{"act.by", vanphong.ErrState, "by one not issued yet", ActRequest{ID: "cu", Act: Act{By: "giu", Day: firstDay}}},
			{"act.number", vanphong.ErrInvalid, "two documents", ActRequest{ID: "cu", Act: Act{By: "moi", Number: "05-QĐ/TW", Day: firstDay}}},
			{"act.number", vanphong.ErrInvalid, "a line break", ActRequest{ID: "cu", Act: Act{Number: "a\nb", Day: firstDay}}},
			{"reason", vanphong.ErrInvalid, "too long a reason", ActRequest{ID: "cu", Act: Act{By: "moi", Day: firstDay}, Reason: strings.Repeat("x", MaxText+1)}},
		} {
			_, err := do(ctx, tu, c.req, by(3))
			var in *vanphong.InputError
			if !errors.As(err, &in) || in.Field != c.field || !errors.Is(err, c.kind) {
				t.Errorf("%s, %s: error %v, want one about %q that wraps %v", name, c.probes, err, c.field, c.kind)
			}
		}
	}
	if en, err := r.Entry(ctx, tu, "cu"); err != nil || en.Standing != StandingPlain {
		t.Errorf("refused acts left %+v, %v", en, err)
	}
}

// A document ends once, unless what ended it turns out to be void.
func TestWhatHasEndedDoesNotEndAgain(t *testing.T) {
	r, s := actOffice(t)
	if _, err := r.Issue(ctx, tu, decision("moi-2", s), by(1)); err != nil {
		t.Fatal(err)
	}
	end := ActRequest{ID: "cu", Act: Act{By: "moi", Day: firstDay + 10}}
	if _, err := r.Supersede(ctx, tu, end, by(3)); err != nil {
		t.Fatal(err)
	}
	other := ActRequest{ID: "cu", Act: Act{By: "moi-2", Day: firstDay + 20}}
	_, err := r.Supersede(ctx, tu, other, by(4))
	wantField(t, err, "act", vanphong.ErrConflict) // the same, by another act
	if !strings.Contains(fmt.Sprint(err), `"moi"`) {
		t.Errorf("the error does not name what is stored: %v", err)
	}
	_, err = r.Repeal(ctx, tu, other, by(4))
	wantField(t, err, "id", vanphong.ErrState)
	_, err = r.Amend(ctx, tu, other, by(4))
	wantField(t, err, "id", vanphong.ErrState)
	// While it is still in force it can be changed.
	other.Act.Day = firstDay + 9
	if en, err := r.Amend(ctx, tu, other, by(5)); err != nil || en.Standing != StandingSuperseded || en.Act != end.Act {
		t.Errorf("amended before its end: %+v, %v", en, err)
	}
	if _, err := r.Void(ctx, tu, VoidRequest{"moi", "ban hành nhầm"}, by(6)); err != nil {
		t.Fatal(err)
	}
	inForce(t, r, "cu", firstDay+15, true) // the act of a void document does not count
	other.Act.Day = firstDay + 20
	if en, err := r.Repeal(ctx, tu, other, by(7)); err != nil || en.Standing != StandingRepealed {
		t.Errorf("repealed after that: %+v, %v", en, err)
	}
	inForce(t, r, "cu", firstDay+19, true)
	inForce(t, r, "cu", firstDay+20, false)
	if err := r.Verify(ctx, tu); err != nil {
		t.Error(err)
	}
}

func inForce(t *testing.T, r *Registrar, id EntryID, day vanphong.Date, want bool) {
	t.Helper()
	err := r.store.View(ctx, tu, func(v Reader) error {
		got, err := InForce(v, id, day)
		if got != want {
			t.Errorf("%s in force on %s: %v, want %v", id, day, got, want)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func TestInForceOn(t *testing.T) {
	issued := Entry{State: StateIssued, Content: Content{Day: 100}}
	with := func(s Standing, from vanphong.Date) Entry {
		en := issued
		en.Standing, en.Act.Day = s, from
		return en
	}
	void := issued
	void.State = StateVoid
	for _, c := range []struct {
		en     Entry
		day    vanphong.Date
		want   bool
		probes string
	}{
		{issued, 99, false, "the day before its own"},
		{issued, 100, true, "its own day"},
		{issued, 9999, true, "long after"},
		{void, 100, false, "a void one"},
		{Entry{State: StateReserved}, 100, false, "a reserved number"},
		{Entry{State: StateIssued}, 100, false, "one without a day"},
		{with(StandingRepealed, 110), 109, true, "the day before the repeal"},
		{with(StandingRepealed, 110), 110, false, "the day of the repeal"},
		{with(StandingRecalled, 100), 100, false, "recalled from its own day: never"},
		{with(StandingSuperseded, 110), 111, false, "replaced"},
		{with(StandingAmended, 110), 111, true, "amended"},
		{with(StandingCorrected, 110), 111, true, "corrected"},
	} {
		if got := c.en.InForceOn(c.day); got != c.want {
			t.Errorf("%s: %v, want %v", c.probes, got, c.want)
		}
	}
}

func TestAnInstrumentFallsWithItsDecision(t *testing.T) {
	r, s := actOffice(t)
	qc := openNamed(t, r, "QC")
	if _, err := r.Issue(ctx, tu, IssueRequest{ID: "quy-che", Series: qc.ID, Content: Content{Kind: KindWorkingRules, Day: firstDay, Under: "cu"}}, by(2)); err != nil {
		t.Fatal(err)
	}
	inForce(t, r, "quy-che", firstDay+30, true)
	if _, err := r.Repeal(ctx, tu, ActRequest{ID: "cu", Act: Act{Number: "12-QĐ/TW", Day: firstDay + 30}}, by(3)); err != nil {
		t.Fatal(err)
	}
	inForce(t, r, "quy-che", firstDay+29, true)
	inForce(t, r, "quy-che", firstDay+30, false)
	if en, err := r.Entry(ctx, tu, "quy-che"); err != nil || !en.InForceOn(firstDay+30) {
		t.Errorf("by its own line alone: %+v, %v", en, err)
	}
	// A void decision issues nothing more.
	req := decision("sau", s)
	req.Under = "huy"
	_, err := r.Issue(ctx, tu, req, by(4))
	wantField(t, err, "under", vanphong.ErrState)
	// A circle, as an import could write it.
	m := r.store.(*Memory)
	for a, b := range map[EntryID]EntryID{"cu": "moi", "moi": "cu"} {
		v := m.office(tu).entries[a].versions
		v[len(v)-1].entry.Under, v[len(v)-1].entry.Standing = b, StandingPlain
	}
	err = m.View(ctx, tu, func(v Reader) error { _, err := InForce(v, "cu", firstDay); return err })
	wantField(t, err, "under", vanphong.ErrOutOfRange)
}

func openNamed(t *testing.T, r *Registrar, name string) Series {
	t.Helper()
	s, err := r.Open(ctx, tu, OpenRequest{Key: SeriesKey{tu, "nk-2025", name}, Issuer: "TU", Days: term}, by(0))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// The end of a document comes years after the term's books were closed.
func TestActsAreAllowedInAClosedSeries(t *testing.T) {
	r, s := actOffice(t)
	if _, err := r.Release(ctx, tu, ReleaseRequest{ID: "giu"}, by(3)); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Close(ctx, tu, CloseRequest{Series: s.ID}, by(4)); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Repeal(ctx, tu, ActRequest{ID: "cu", Act: Act{Number: "12-QĐ/TW", Day: firstDay + 30}}, by(5)); err != nil {
		t.Error(err)
	}
	if err := r.Verify(ctx, tu); err != nil {
		t.Error(err)
	}
}

// The guard hears the verb of each act and the entry it is about.
func TestActsAskTheGuard(t *testing.T) {
	var heard []string
	r := NewRegistrar(NewMemory(), &Options{Guard: func(_ context.Context, a vanphong.Act) error {
		heard = append(heard, a.Verb+" "+a.Object)
		return vanphong.ErrForbidden
	}})
	calls := []func() error{
		func() error { _, err := r.Recall(ctx, tu, ActRequest{ID: "a"}, by(1)); return err },
		func() error { _, err := r.Repeal(ctx, tu, ActRequest{ID: "a"}, by(1)); return err },
		func() error { _, err := r.Supersede(ctx, tu, ActRequest{ID: "a"}, by(1)); return err },
		func() error { _, err := r.Amend(ctx, tu, ActRequest{ID: "a"}, by(1)); return err },
		func() error { _, err := r.Correct(ctx, tu, ActRequest{ID: "a"}, by(1)); return err },
		func() error { _, err := r.Late(ctx, tu, LateRequest{ID: "a", Series: "s"}, by(1)); return err },
		func() error { _, err := r.Insert(ctx, tu, InsertRequest{ID: "a", Series: "s"}, by(1)); return err },
		func() error {
			_, err := r.ReserveBlock(ctx, tu, ReserveRequest{ID: "a", Series: "s"}, 1, by(1))
			return err
		},
		func() error { _, err := r.HoldBlock(ctx, tu, HoldRequest{ID: "a", Series: "s"}, 1, by(1)); return err },
		func() error { _, err := r.ReleaseBlock(ctx, tu, ReleaseRequest{ID: "a"}, by(1)); return err },
		func() error { _, err := r.VoidBlock(ctx, tu, VoidRequest{"a", "x"}, by(1)); return err },
		func() error { _, err := r.Reconcile(ctx, tu, SecretReport{Series: "s"}, by(1)); return err },
	}
	for i, call := range calls {
		if err := call(); !errors.Is(err, vanphong.ErrForbidden) {
			t.Errorf("call %d: %v", i, err)
		}
	}
	want := "documents.recall a, documents.repeal a, documents.supersede a, documents.amend a, documents.correct a, documents.late s, documents.insert s, documents.reserve s, documents.hold s, documents.release a, documents.void a, documents.reconcile s"
	if got := strings.Join(heard, ", "); got != want {
		t.Errorf("heard %s, want %s", got, want)
	}
}
