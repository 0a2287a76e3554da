package documents

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/vanphong-go/vanphong"
)

// secretOffice holds 1 to 6 for the secret register, 7 is an open document, 8 was
// held and is void.
func secretOffice(t *testing.T) (*Registrar, Series) {
	t.Helper()
	r := NewRegistrar(NewMemory(), nil)
	s := openQD(t, r)
	hold := func(id string) {
		if _, err := r.Hold(ctx, tu, HoldRequest{ID: EntryID(id), Series: s.ID, Day: firstDay, Secrecy: vanphong.Secret}, by(1)); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 6 {
		hold(fmt.Sprint("m", i+1))
	}
	if _, err := r.Issue(ctx, tu, decision("thường", s), by(2)); err != nil {
		t.Fatal(err)
	}
	hold("m8")
	if _, err := r.Void(ctx, tu, VoidRequest{"m8", "hủy tại sổ này"}, by(3)); err != nil {
		t.Fatal(err)
	}
	return r, s
}

func TestReconcileWritesWhatIsClearAndTellsWhatIsNot(t *testing.T) {
	r, s := secretOffice(t)
	report := SecretReport{Series: s.ID, Lines: []SecretLine{
		{Serial: 3, Reason: "viết hỏng"}, // not used
		{Serial: 1, Used: true},
		{Serial: 4, Used: true}, {Serial: 4, Reason: "viết hỏng"}, // named twice
		{Serial: 7, Used: true},  // an open document
		{Serial: 90, Used: true}, // never given
		{Serial: 8, Used: true},  // void here
		{Serial: 2, Used: true},
	}}
	want := []string{
		"documents.secret.twice 04", "documents.secret.silent 05", "documents.secret.silent 06",
		"documents.secret.unknown 07", "documents.secret.void-here 08", "documents.secret.unknown 90",
	}
	var first Reconciliation
	for round := range 2 {
		events := eventCount(t, r, s)
		rc, err := r.Reconcile(ctx, tu, report, by(10+round))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range rc.Findings {
			got = append(got, f.Rule+" "+f.Args[0])
			if text := Messages().Text(f); !strings.Contains(text, "ố "+f.Args[0]) {
				t.Errorf("sentence %q", text)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("round %d: %q, want %q", round, got, want)
		}
		if len(rc.Used) != 2 || rc.Used[0].Standing != StandingReconciled || rc.Used[0].State != StateHeld || len(rc.Void) != 1 || rc.Void[0].Reason != "viết hỏng" {
			t.Errorf("round %d: %+v", round, rc)
		}
		if round == 0 {
			first = rc
			if n := eventCount(t, r, s) - events; n != 3 {
				t.Errorf("%d events, want 3", n)
			}
			continue
		}
		if n := eventCount(t, r, s) - events; n != 0 || rc.Used[0] != first.Used[0] || rc.Void[0] != first.Void[0] {
			t.Errorf("run again: %d events, %+v", n, rc)
		}
	}
	// The secret register changes its mind.
	rc, err := r.Reconcile(ctx, tu, SecretReport{s.ID, []SecretLine{{Serial: 1, Reason: "nhầm"}, {Serial: 3, Reason: "lý do khác"}}}, by(20))
	if err != nil || len(rc.Findings) != 4 || rc.Findings[0].Rule != RuleSecretUsedHere || len(rc.Void) != 1 {
		t.Errorf("%+v, %v", rc, err)
	}
	if err := r.Verify(ctx, tu); err != nil {
		t.Error(err)
	}
}

func TestReconcileComesBackAfterTheClosing(t *testing.T) {
	r, s := secretOffice(t)
	if _, err := r.Close(ctx, tu, CloseRequest{Series: s.ID}, by(4)); err != nil {
		t.Fatal(err)
	}
	rc, err := r.Reconcile(ctx, tu, SecretReport{s.ID, []SecretLine{{Serial: 1, Used: true}, {Serial: 2, Reason: "thừa"}}}, by(5))
	if err != nil || len(rc.Used) != 1 || len(rc.Void) != 1 {
		t.Errorf("%+v, %v", rc, err)
	}
	if err := r.Verify(ctx, tu); err != nil {
		t.Error(err)
	}
}

func TestReconcileRefuses(t *testing.T) {
	r, s := secretOffice(t)
	for _, c := range []struct {
		field  string
		kind   error
		report SecretReport
	}{
		{"lines.serial", vanphong.ErrInvalid, SecretReport{s.ID, []SecretLine{{Used: true}}}},
		{"lines.serial", vanphong.ErrInvalid, SecretReport{s.ID, []SecretLine{{Serial: MaxSerial + 1, Used: true}}}},
		{"lines.reason", vanphong.ErrInvalid, SecretReport{s.ID, []SecretLine{{Serial: 1}}}},                                    // why not?
		{"lines.reason", vanphong.ErrSecret, SecretReport{s.ID, []SecretLine{{Serial: 1, Used: true, Reason: "về nhân sự X"}}}}, // content by the back door
		{"lines.reason", vanphong.ErrInvalid, SecretReport{s.ID, []SecretLine{{Serial: 1, Reason: "a\nb"}}}},
		{"lines", vanphong.ErrOutOfRange, SecretReport{s.ID, make([]SecretLine, MaxBatch+1)}},
		{"series", vanphong.ErrNotFound, SecretReport{"không có", []SecretLine{{Serial: 1, Used: true}}}},
	} {
		_, err := r.Reconcile(ctx, tu, c.report, by(4))
		wantField(t, err, c.field, c.kind)
		if strings.Contains(fmt.Sprint(err), "nhân sự X") {
			t.Errorf("the error quotes what is secret: %v", err)
		}
	}
}

// Nothing of a document above Mật stands in the register but what its number says,
// unless the policy allows it.
func TestSecretDocumentsKeepNoContent(t *testing.T) {
	allows := PartyPerSymbol()
	allows.Version, allows.ContentUpTo = "toi-mat-1", vanphong.Secret
	r := NewRegistrar(NewMemory(), &Options{Policies: []Policy{allows}})
	strict := openQD(t, r)
	free, err := r.Open(ctx, tu, OpenRequest{Key: SeriesKey{tu, "nk-2030", "QĐ"}, Issuer: "TU", Days: term, Policy: allows.Version}, by(0))
	if err != nil {
		t.Fatal(err)
	}
	for field, change := range map[string]func(*Content){
		"signer":     func(c *Content) { c.Signer = "Nguyễn Văn An" },
		"decided_by": func(c *Content) { c.DecidedBy = "btv" },
		"origin":     func(c *Content) { c.Origin = "kl-1" },
		"under":      func(c *Content) { c.Under = "qd" },
		"issues":     func(c *Content) { c.Issues = KindWorkingRules },
	} {
		for level, open := range map[vanphong.Secrecy][2]bool{
			vanphong.Confidential: {true, true}, vanphong.Secret: {false, true}, vanphong.TopSecret: {false, false},
		} {
			for i, s := range []Series{strict, free} {
				c := Content{Kind: KindDecision, Day: firstDay, Secrecy: level}
				change(&c)
				_, err := r.Issue(ctx, tu, IssueRequest{ID: EntryID(fmt.Sprint(field, level, i)), Series: s.ID, Content: c}, by(1))
				if field == "under" && open[i] {
					wantField(t, err, "under", vanphong.ErrNotFound) // allowed, and not there
					continue
				}
				if open[i] != (err == nil) || err != nil && !errors.Is(err, vanphong.ErrSecret) {
					t.Errorf("%s, %s, policy %d: %v", field, level.Name(), i, err)
				}
				if strings.Contains(fmt.Sprint(err), "Nguyễn") {
					t.Errorf("the error quotes what is secret: %v", err)
				}
			}
		}
	}
	// A reservation that turns out to be secret.
	if _, err := r.Reserve(ctx, tu, ReserveRequest{ID: "r", Series: strict.ID, Kind: KindDecision, Day: firstDay}, by(2)); err != nil {
		t.Fatal(err)
	}
	_, err = r.Issue(ctx, tu, IssueRequest{ID: "r", Series: strict.ID, Content: Content{Kind: KindDecision, Day: firstDay, Secrecy: vanphong.Secret, Signer: "X"}}, by(3))
	wantField(t, err, "signer", vanphong.ErrSecret)
}

func TestAPolicyHidesTheKindOfHeldNumbers(t *testing.T) {
	p := CongressPolicy()
	p.Version, p.HideKind = "dai-hoi-kin", true
	r := NewRegistrar(NewMemory(), &Options{Policies: []Policy{p}})
	s, err := r.Open(ctx, tu, OpenRequest{Key: SeriesKey{"dai-hoi", "dh-14", AllKinds}, Issuer: "ĐH", Days: term, Policy: p.Version}, by(0))
	if err != nil {
		t.Fatal(err)
	}
	req := HoldRequest{ID: "m", Series: s.ID, Kind: KindReport, Day: firstDay, Secrecy: vanphong.Confidential}
	en, err := r.Hold(ctx, tu, req, by(1))
	if err != nil || en.Kind != "" || en.Number.String() != "01-BC/ĐH" {
		t.Fatalf("%+v, %v", en, err)
	}
	if again, err := r.Hold(ctx, tu, req, by(2)); err != nil || again != en {
		t.Errorf("asked again: %+v, %v", again, err)
	}
	if err := r.Verify(ctx, tu); err != nil {
		t.Error(err)
	}
}

func TestForLeavesNothingOfASecretDocument(t *testing.T) {
	internet, lan := vanphong.Zone("internet"), vanphong.Zone("lan")
	rules := vanphong.Redaction{lan: vanphong.Confidential}
	en := Entry{ID: "nhan-su-x", Org: tu, Series: "s", Serial: 5, Number: Number{System: SystemParty, Serial: 5, Code: "QĐ", Issuer: "TU"}, State: StateIssued,
		Content: Content{Kind: KindRegulation, Day: firstDay, Signer: "SIGNER", DecidedBy: "BODY", Secrecy: vanphong.Confidential, Urgency: vanphong.Express,
			Origin: "ORIGIN", Unit: "UNIT", Tail: "TAIL", With: "WITH", Under: "UNDER", Issues: "ISSUES", CopyOf: "COPY"},
		Standing: StandingRepealed, Act: Act{By: "ACTBY", Number: "ACTNO", Day: firstDay + 3}, Reason: "REASON", Last: by(1)}
	if got := en.For(lan, rules); got != en {
		t.Errorf("where it may go: %+v", got)
	}
	open := en
	open.Secrecy = vanphong.NotSecret
	if got := open.For(internet, nil); got != open {
		t.Errorf("an open document: %+v", got)
	}
	got := en.For(internet, rules)
	text, err := json.Marshal(got)
	if err != nil {
		t.Fatal(err)
	}
	for _, leak := range []string{"nhan-su-x", "SIGNER", "BODY", "ORIGIN", "UNIT", "TAIL", "WITH", "UNDER", "ISSUES", "COPY", "ACTBY", "ACTNO", "REASON", "van-thu", string(KindRegulation), "express"} {
		if strings.Contains(string(text), leak) {
			t.Errorf("%s is left in %s", leak, text)
		}
	}
	// What counts and proofs need is there.
	if got.Number != en.Number || got.State != en.State || got.Standing != en.Standing || got.Day != en.Day || got.Act.Day != en.Act.Day || got.Secrecy != en.Secrecy {
		t.Errorf("%+v", got)
	}
	got.Secrecy = 9
	if got.For(lan, vanphong.Redaction{lan: vanphong.TopSecret}).ID != Redacted {
		t.Errorf("a level that does not exist went out")
	}
}

func TestEntriesForIsADoorForEveryWalk(t *testing.T) {
	r, _ := secretOffice(t)
	n := 0
	for en, err := range EntriesFor("internet", nil, r.List(ctx, tu, Query{})) {
		if err != nil {
			t.Fatal(err)
		}
		if (en.ID == Redacted) != (en.Secrecy > vanphong.NotSecret) {
			t.Errorf("%+v", en)
		}
		if n++; n == 7 {
			break
		}
	}
	if n != 7 {
		t.Errorf("%d entries", n)
	}
}

func TestAReasonFromTheSecretRegisterIsInNoError(t *testing.T) {
	for _, reason := range []string{"kỷ luật ông X\n", strings.Repeat("kỷ luật ông X ", 50), "ông X\xff"} {
		err := SecretReport{Lines: []SecretLine{{Serial: 5, Reason: reason}}}.Check()
		wantField(t, err, "lines.reason", vanphong.ErrInvalid)
		if err == nil || strings.Contains(err.Error(), "ông X") {
			t.Errorf("%v", err)
		}
	}
}
