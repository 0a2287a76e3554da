package documents

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/vanphong-go/vanphong"
)

// subject is what a reason tells of a secret document and no paper may.
const subject = "ông Nguyễn Văn X"

// markedOffice has a secret number in every list of a proof, each with a reason and an
// id that tell its subject, and open ones beside them.
func markedOffice(t *testing.T) (*Memory, *Registrar, Series) {
	t.Helper()
	m, r, s := midTerm(t, &Options{Policies: []Policy{insertions()}}, insertions().Version)
	must := func(_ any, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	marked := func(level vanphong.Secrecy) Content {
		return Content{Kind: KindDecision, Day: firstDay, Secrecy: level}
	}
	must(r.Hold(ctx, tu, HoldRequest{ID: "x-giu", Series: s.ID, Day: firstDay, Secrecy: vanphong.Confidential}, by(1)))
	must(r.Reconcile(ctx, tu, SecretReport{s.ID, []SecretLine{{Serial: 127, Reason: "không ban hành quyết định kỷ luật " + subject}}}, by(2)))
	must(r.Hold(ctx, tu, HoldRequest{ID: "x-giu-2", Series: s.ID, Day: firstDay, Secrecy: vanphong.Secret}, by(3)))
	must(r.Void(ctx, tu, VoidRequest{"x-giu-2", "thôi kỷ luật " + subject}, by(4)))
	must(r.Hold(ctx, tu, HoldRequest{ID: "x-giu-3", Series: s.ID, Day: firstDay, Secrecy: vanphong.Secret}, by(5)))
	must(r.Issue(ctx, tu, IssueRequest{ID: "x-ban-hanh", Series: s.ID, Content: marked(vanphong.TopSecret)}, by(6)))
	must(r.Void(ctx, tu, VoidRequest{"x-ban-hanh", "sai tên " + subject}, by(7)))
	must(r.Late(ctx, tu, LateRequest{ID: "x-muon", Series: s.ID, Serial: 15, Reason: "bỏ sót vụ " + subject, Content: marked(vanphong.Confidential)}, by(8)))
	must(r.Late(ctx, tu, LateRequest{ID: "x-muon-huy", Series: s.ID, Serial: 16, Reason: "sổ giấy", Void: "nhầm " + subject, Content: marked(vanphong.Confidential)}, by(9)))
	must(r.Insert(ctx, tu, InsertRequest{ID: "x-chen", Series: s.ID, Serial: 127, Suffix: "a", Reason: "vụ " + subject, Content: marked(vanphong.Secret)}, by(10)))
	must(r.Reserve(ctx, tu, ReserveRequest{ID: "giu-cho", Series: s.ID, Kind: KindDecision, Day: firstDay, Note: "chờ ký"}, by(11)))
	must(r.Issue(ctx, tu, decision("mo", s), by(12)))
	must(r.Void(ctx, tu, VoidRequest{"mo", "sai thể thức"}, by(13)))
	return m, r, s
}

func TestProofAndClosingTellNothingOfSecretNumbers(t *testing.T) {
	m, r, s := markedOffice(t)
	p, err := r.Proof(ctx, tu, s.ID)
	if err != nil {
		t.Fatal(err)
	}
	bare, err := ProofOf(s, (&memoryReader{o: m.office(tu), now: 1000}).Events(s.ID))
	if err != nil {
		t.Fatal(err)
	}
	c := closingOf(t, r)
	papers := map[string]string{"closing": string(closingPage(t, c)), "proof sentence": Messages().Text(p.Finding()), "bare sentence": Messages().Text(bare.Finding())}
	for _, f := range c.Findings() {
		papers["findings"] += Messages().Text(f)
	}
	for name, v := range map[string]any{"closing JSON": c, "proof JSON": p, "bare JSON": bare} {
		text, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		papers[name] = string(text)
	}
	for name, text := range papers {
		if strings.Contains(text, subject) || strings.Contains(text, "x-") {
			t.Errorf("%s tells of a secret document:\n%s", name, text)
		}
		// A reservation has no document yet, so its note is nobody's secret.
		if name != "findings" && !strings.Contains(text, "chờ ký") {
			t.Errorf("%s does not say why a number is reserved:\n%s", name, text)
		}
		// The open number beside them keeps its reason wherever the rows were read.
		if open := strings.Contains(text, "sai thể thức"); open == strings.HasPrefix(name, "bare") && name != "findings" {
			t.Errorf("%s, reason of an open number: %v\n%s", name, open, text)
		}
	}
	if len(p.Void) != 4 || p.Void[0].Reason != vanphong.Placeholder || p.Void[0].Entry != Redacted || p.Void[3].Entry != "mo" {
		t.Errorf("void lines %+v", p.Void)
	}
	if len(p.Late) != 2 || p.Late[0].Reason != vanphong.Placeholder || p.Inserted[0].Reason != vanphong.Placeholder || p.Inserted[0].Suffix != "a" {
		t.Errorf("late %+v, inserted %+v", p.Late, p.Inserted)
	}
}

// A reservation is no secret when the closing is filed; the document it is issued for
// afterwards may be one. The paper must still be the one that was filed.
func TestClosingStaysCheckableWhenAReservationBecomesSecret(t *testing.T) {
	_, r, s := markedOffice(t)
	filed, err := ReadClosing(strings.NewReader(string(closingPage(t, closingOf(t, r)))))
	if err != nil {
		t.Fatal(err)
	}
	if f, err := r.CheckClosing(ctx, tu, filed); err != nil || len(f) != 0 {
		t.Errorf("checked at once: %+v, %v", f, err)
	}
	if _, err := r.Issue(ctx, tu, IssueRequest{ID: "giu-cho", Series: s.ID, Content: Content{Kind: KindDecision, Day: firstDay, Secrecy: vanphong.Secret}}, by(20)); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Void(ctx, tu, VoidRequest{"giu-cho", "vụ " + subject}, by(21)); err != nil {
		t.Fatal(err)
	}
	f, err := r.CheckClosing(ctx, tu, filed)
	if err != nil || len(f) != 1 || f[0].Rule != RuleClosingSince {
		t.Errorf("checked after the issue: %+v, %v", f, err)
	}
	if page := string(closingPage(t, closingOf(t, r))); strings.Contains(page, subject) || strings.Contains(page, "chờ ký") {
		t.Errorf("drawn up anew:\n%s", page)
	}
}
