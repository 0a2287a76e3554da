package documents

import (
	"testing"

	"github.com/vanphong-go/vanphong"
)

// A number from paper that the book of QĐ/TU can have, and those of other books.
func TestALateNumberIsOneOfItsBook(t *testing.T) {
	for _, c := range []struct {
		number string
		kind   Kind
		reason string
		want   string // field that is refused, or ""
		probes string
	}{
		{"17-QĐ/TU", KindDecision, "sổ giấy", "", "as the series prints it"},
		{"17-QĐ/TU", KindRegulation, "sổ giấy", "", "the other kind of the code"},
		{"17-QĐNS/TU", KindDecision, "sổ giấy", "", "a code that was seen"},
		{"17-QĐKT/TU", KindDecision, "sổ giấy", "", "a code that is inferred"},
		{"17-QĐ/TU", "quyet-dinh-nhan-su", "sổ giấy", "", "a kind of the office's own"},
		{"17-QĐ/TU-UBND", KindDecision, "sổ giấy", "", "the lead of a joint document"},
		{"17-NQ/HU", KindDecision, "sổ giấy", "number", "another organ's"},
		{"17-QĐ/HU", KindDecision, "sổ giấy", "number", "another organ's, of the right code"},
		{"17-QĐ/HU", KindDecision, "sổ giấy, ký hiệu cũ HU", "", "an old code of the organ, as the reason says"},
		{"17-QĐ/HU", KindDecision, "sổ giấy của HUYỆN", "number", "the code within another word"},
		{"17-QĐ/UBND-TU", KindDecision, "sổ giấy", "number", "a co-issuer's"},
		{"17-QĐ/TUX", KindDecision, "sổ giấy", "number", "a code that begins alike"},
		{"17/QĐ-UBND", KindDecision, "ký hiệu cũ UBND", "number", "the State's, whatever the reason"},
		{"17-NQ/TU", KindDecision, "sổ giấy", "kind", "a resolution's code"},
		{"17-NQ/TU", KindResolution, "sổ giấy", "kind", "a resolution, counted elsewhere"},
		{"17-NQ/HU", KindDecision, "ký hiệu cũ HU", "kind", "a reason does not make it a decision"},
	} {
		_, r, s := midTerm(t, nil, "")
		_, err := r.Late(ctx, tu, LateRequest{ID: "cu", Series: s.ID, Serial: 17, Number: mustRead(t, c.number), Reason: c.reason,
			Content: Content{Kind: c.kind, Day: firstDay}}, by(1))
		switch {
		case c.want == "" && err != nil:
			t.Errorf("%s: %v", c.probes, err)
		case c.want != "" && err == nil:
			t.Errorf("%s: %s was taken", c.probes, c.number)
		case c.want != "":
			wantField(t, err, c.want, vanphong.ErrInvalid)
		}
	}
}

func mustRead(t *testing.T, text string) Number {
	t.Helper()
	n, err := ParseNumber(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// The book of an organ that the series goes on from has that organ's code.
func TestALateNumberOfAPredecessor(t *testing.T) {
	_, r, old := merged(t) // HU, to 12
	req := successor("phuong-moi", old)
	req.First, req.Basis = 50, "biên bản bàn giao"
	s, err := r.Open(ctx, tu, req, by(2))
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{"17-QĐ/HU": "", "18-QĐ/ĐU": "", "19-QĐ/TU": "number"} {
		n := mustRead(t, text)
		_, err := r.Late(ctx, tu, LateRequest{ID: EntryID(text), Series: s.ID, Serial: n.Serial, Number: n, Reason: "sổ giấy",
			Content: Content{Kind: KindDecision, Day: firstDay}}, by(3))
		if want != "" {
			wantField(t, err, want, vanphong.ErrInvalid)
		} else if err != nil {
			t.Errorf("%s: %v", text, err)
		}
	}
}
