package documents

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/vanphong-go/vanphong"
)

// Errors are logged. Whatever is asked twice of a secret entry, neither what was stored
// nor what was asked is told, and the id neither.
func TestErrorsAboutSecretEntriesQuoteNothing(t *testing.T) {
	_, r, s := markedOffice(t)
	issued := IssueRequest{ID: "x-mat", Series: s.ID, Reason: "vụ " + subject,
		Content: Content{Kind: KindDecision, Day: firstDay, Secrecy: vanphong.Confidential, Signer: subject}}
	if _, err := r.Issue(ctx, tu, issued, by(20)); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Issue(ctx, tu, decision("mo-2", s), by(20)); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Repeal(ctx, tu, ActRequest{ID: "x-mat", Act: Act{Number: "09-QĐ/TU", Day: firstDay + 1}, Reason: subject}, by(21)); err != nil {
		t.Fatal(err)
	}
	other := func(change func(*IssueRequest)) error {
		q := issued
		change(&q)
		_, err := r.Issue(ctx, tu, q, by(22))
		return err
	}
	for field, ask := range map[string]func() error{
		"void again": func() error {
			_, err := r.Void(ctx, tu, VoidRequest{"x-ban-hanh", "lý do khác của " + subject}, by(22))
			return err
		},
		"release a void one": func() error {
			_, err := r.Release(ctx, tu, ReleaseRequest{"x-ban-hanh", "trả " + subject}, by(22))
			return err
		},
		"another void line": func() error {
			_, err := r.Late(ctx, tu, LateRequest{ID: "x-muon-huy", Series: s.ID, Serial: 16, Reason: "sổ giấy", Void: "khác " + subject,
				Content: Content{Kind: KindDecision, Day: firstDay, Secrecy: vanphong.Confidential}}, by(22))
			return err
		},
		"another late reason": func() error {
			_, err := r.Late(ctx, tu, LateRequest{ID: "x-muon", Series: s.ID, Serial: 15, Reason: "khác " + subject,
				Content: Content{Kind: KindDecision, Day: firstDay, Secrecy: vanphong.Confidential}}, by(22))
			return err
		},
		"another signer":        func() error { return other(func(q *IssueRequest) { q.Signer = "khác " + subject }) },
		"secret asked for open": func() error { return other(func(q *IssueRequest) { q.ID = "mo-2" }) },
		"a signer that cannot be written": func() error {
			return other(func(q *IssueRequest) { q.ID, q.Signer = "x-moi", subject+"\n" })
		},
		"a reason that cannot be written": func() error {
			_, err := r.Void(ctx, tu, VoidRequest{"x-mat", subject + "\n"}, by(22))
			return err
		},
		"another act's reason": func() error {
			_, err := r.Repeal(ctx, tu, ActRequest{ID: "x-mat", Act: Act{Number: "09-QĐ/TU", Day: firstDay + 1}, Reason: "khác " + subject}, by(22))
			return err
		},
		"another act": func() error {
			_, err := r.Repeal(ctx, tu, ActRequest{ID: "x-mat", Act: Act{Number: "10-QĐ/TU", Day: firstDay + 1}}, by(22))
			if err != nil && (strings.Contains(err.Error(), "09-QĐ") || strings.Contains(err.Error(), "10-QĐ")) {
				err = fmt.Errorf("it names an act: %w %s", err, subject)
			}
			return err
		},
	} {
		err := ask()
		if err == nil || !errors.Is(err, vanphong.ErrConflict) && !errors.Is(err, vanphong.ErrInvalid) && !errors.Is(err, vanphong.ErrState) {
			t.Errorf("%s: %v", field, err)
			continue
		}
		if text := err.Error(); strings.Contains(text, subject) || field != "secret asked for open" && strings.Contains(text, `id "x-`) {
			t.Errorf("%s: %s", field, text)
		}
	}
	// Open ones are told with both values, or nobody could set them right.
	_, err := r.Void(ctx, tu, VoidRequest{"mo", "lý do khác"}, by(22))
	if !errors.Is(err, vanphong.ErrConflict) || !strings.Contains(err.Error(), "sai thể thức") || !strings.Contains(err.Error(), "lý do khác") {
		t.Errorf("an open entry: %v", err)
	}
}
