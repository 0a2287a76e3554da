package documents

import "testing"

// Two ways to write "ế" and "ị", equal to the eye.
const (
	apart    = "nghi\u0323 quye\u0302\u0301t"
	together = "nghị quyết"
)

func TestTextsAreComposedAtTheDoor(t *testing.T) {
	r := NewRegistrar(NewMemory(), nil)
	s := openQD(t, r)
	say := func(text string) IssueRequest {
		req := decision("a", s)
		req.Abstract, req.Signer = text, text
		return req
	}
	first, err := r.Issue(ctx, tu, say(apart), by(1))
	if err != nil || first.Abstract != together || first.Signer != together {
		t.Fatalf("issued %q by %q, %v", first.Abstract, first.Signer, err)
	}
	for _, text := range []string{apart, together} { // a retry from any keyboard is the same content
		if again, err := r.Issue(ctx, tu, say(text), by(2)); err != nil || again != first {
			t.Errorf("%q: %+v, %v", text, again, err)
		}
	}

	// What is printed in a number, and the words beside it.
	reserve := ReserveRequest{ID: "b", Series: s.ID, Kind: KindDecision, Day: firstDay, Unit: "BDVTU\u031B", Note: apart}
	held, err := r.Reserve(ctx, tu, reserve, by(3))
	if err != nil || held.Unit != "BDVTƯ" || held.Number.Unit != "BDVTƯ" || held.Reason != together {
		t.Fatalf("reserved %+v, %v", held, err)
	}
	if again, err := r.Reserve(ctx, tu, reserve, by(4)); err != nil || again != held {
		t.Errorf("reserved again: %+v, %v", again, err)
	}
	for _, text := range []string{apart, together} {
		if void, err := r.Void(ctx, tu, VoidRequest{"b", text}, by(5)); err != nil || void.Reason != together {
			t.Errorf("void for %q: %q, %v", text, void.Reason, err)
		}
	}
}
