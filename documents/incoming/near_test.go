package incoming

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/internal/exam"
)

// Two ways to write one number are one key; what is another number is not.
func TestNumbersFoldTogether(t *testing.T) {
	same := []string{"05-QĐ/TU", "5-QĐ/TU", " 05 - QĐ / TU ", "Số 05-QĐ/TU", "05-QÐ/TU", "05-qđ/tu", "05\u2013QĐ/TU", "05/QĐ-TU", "05-Q\u0110/TU"}
	for _, s := range same {
		assert.Equal(t, foldNumber("05-QĐ/TU"), Receipt{NumberText: s}.foldedNumber(), "%q", s)
	}
	assert.Equal(t, foldNumber("05-QĐ/TU"), Receipt{Number: documents.MustNumber("05-QĐ/TU"), NumberText: "không đọc được"}.foldedNumber(), "what was read decides")
	for _, s := range []string{"50-QĐ/TU", "05-QĐ/HU", "05-QC/TU", "05a-QĐ/TU", "105-QĐ/TU", ""} {
		assert.NotEqual(t, foldNumber("05-QĐ/TU"), Receipt{NumberText: s}.foldedNumber(), "%q", s)
	}
	assert.Empty(t, Receipt{NumberText: " - / "}.DocumentKey(), "a number of nothing is none")
	r := Receipt{NumberText: "5-CV/TU", Issuer: Issuer{Name: "Tỉnh ủy Hòa Bình"}, Dated: day}
	o := r
	o.Issuer.Name = "TỈNH UỶ  HOÀ BÌNH."
	assert.Equal(t, r.DocumentKey(), o.DocumentKey())
	o.Issuer.Name = "Tỉnh ủy Thái Bình"
	assert.NotEqual(t, r.DocumentKey(), o.DocumentKey())
}

func TestALooseNumberForgetsOnlyHowItIsWritten(t *testing.T) {
	loose := func(s string) string { return looseNumber(Receipt{NumberText: s}.foldedNumber()) }
	for _, s := range []string{"05-CV/TU ngày 19/11/2026", "05-CVTU", "05CV/TU", "5 - CV - TU, 19/11/2026", "Số 05-CV/TU ngày 9-1-2026", "05-CV/TU"} {
		assert.Equal(t, "5cvtu", loose(s), "%q", s)
	}
	for _, s := range []string{
		"05-CV/TU-19",   // a figure of the symbol
		"19/11/2026",    // a date and nothing before it stays what was typed
		"15-CV/TU",      // another number
		"05-CV/TU 2026", // a year of the State's symbols is part of it
		"",              // none
	} {
		assert.NotEqual(t, "5cvtu", loose(s), "%q", s)
	}
	assert.NotEqual(t, loose("1-12/CV"), loose("11-2/CV"))
	assert.Equal(t, "19-11-2026", loose("19/11/2026"))
}

// Folding a folded number changes nothing, and what it gives is only letters,
// digits and single hyphens.
func FuzzFoldNumber(f *testing.F) {
	f.Add("05-QĐ/TU")               // the Party's form
	f.Add("59/QĐ-UBND")             // the State's
	f.Add("Số: 12 /CV–VPTU")        // a prefix, blanks, an en dash
	f.Add("000")                    // zeros only
	f.Add("uy\u0309 ban \u00a0 1")  // marks apart, a no-break space
	f.Add("\xff\xfe-1")             // not UTF-8
	f.Add("--//..")                 // separators only
	f.Add(strings.Repeat("0", 300)) // longer than a number may be
	f.Fuzz(func(t *testing.T, s string) {
		once := Receipt{NumberText: s}.foldedNumber()
		if twice := foldNumber(once); twice != once {
			t.Fatalf("%q folds to %q, and that to %q", s, once, twice)
		}
		if strings.HasPrefix(once, "-") || strings.HasSuffix(once, "-") || strings.Contains(once, "--") || strings.ContainsAny(once, " /.") {
			t.Fatalf("%q folds to %q", s, once)
		}
		if !matchWords(s, once) && s == once {
			t.Fatalf("%q does not hold its own words", s)
		}
		if oneApart(once, once) || oneApart(once, once+"x") != (once != "") {
			t.Fatalf("%q", once)
		}
	})
}

func TestNearMatchesNameTheirReason(t *testing.T) {
	stored := func(change func(*Document)) Document {
		d := document(day.At(9, 0), vanphong.NotUrgent)
		d.NumberText, d.Dated, d.Abstract = "128-CV/VPTW", day-3, "Về việc chuẩn bị hội nghị toàn quốc"
		change(&d)
		return d
	}
	r := stored(func(*Document) {}).Receipt
	for name, c := range map[string]struct {
		change func(*Document)
		rule   string
	}{
		"the same": {func(*Document) {}, RuleDuplicate},
		"the day typed behind it": {func(d *Document) {
			d.NumberText, d.Abstract = "128-CV/VPTW ngày 7/3/2026", "khác hẳn, không một chữ chung"
		}, RuleNearWritten},
		"only the day behind it":      {func(d *Document) { d.NumberText, d.Dated = "128-CV/VPTW (07/03/2026)", 0 }, RuleNearWritten},
		"without its stroke":          {func(d *Document) { d.NumberText, d.Abstract = "128CVVPTW", "khác hẳn, không một chữ chung" }, RuleNearWritten},
		"without its day":             {func(d *Document) { d.Dated = 0 }, RuleNearDate},
		"figures that run together":   {func(d *Document) { d.NumberText, d.Abstract = "12-8-CV/VPTW", "khác hẳn, không một chữ chung" }, ""},
		"the same id in the exchange": {func(d *Document) { d.NumberText, d.External = "9-CV/TU", "x" }, RuleDuplicate},
		"another day":                 {func(d *Document) { d.Dated++ }, RuleNearDate},
		"issuer written otherwise":    {func(d *Document) { d.Issuer = Issuer{Name: "Văn phòng Trung ương"} }, RuleNearIssuer},
		"a digit wrong":               {func(d *Document) { d.NumberText = "138-CV/VPTW" }, RuleNearNumber},
		"a digit left out":            {func(d *Document) { d.NumberText = "18-CV/VPTW" }, RuleNearNumber},
		"two digits changed over":     {func(d *Document) { d.NumberText = "182-CV/VPTW" }, RuleNearNumber},
		"a digit wrong, no abstract":  {func(d *Document) { d.NumberText, d.Abstract = "138-CV/VPTW", "" }, RuleNearNumber},
		"the next letter of the day": {func(d *Document) {
			d.NumberText, d.Abstract = "129-CV/VPTW", "Về cung cấp số liệu thống kê cán bộ"
		}, ""},
		"no number, the same words": {func(d *Document) {
			d.NumberText, d.Dated = "", day-1
			d.Abstract = "V/v chuẩn bị Hội nghị toàn quốc"
		}, RuleNearWords},
		"two numbers, the same words":        {func(d *Document) { d.NumberText, d.Dated = "201-CV/VPTW", day-30 }, ""},
		"the same words, another issuer":     {func(d *Document) { d.NumberText, d.Issuer = "", Issuer{Org: "bnc"} }, ""},
		"the same day and number of another": {func(d *Document) { d.NumberText, d.Issuer = "500-CV/BNC", Issuer{Org: "bnc"} }, ""},
		"void":                               {func(d *Document) { d.Voided = Ending{At: day.At(10, 0)} }, ""},
	} {
		r := r
		if c.rule == RuleDuplicate && name != "the same" {
			r.External = "x"
		}
		got, err := Near(r, exam.Each([]Document{stored(c.change)}))
		require.NoError(t, err)
		if c.rule == "" {
			assert.Empty(t, got, name)
			continue
		}
		require.Len(t, got, 1, name)
		assert.Equal(t, c.rule, got[0].Rule, name)
		assert.Equal(t, []string{"7", "10/3/2026"}, got[0].Args[:2], name)
	}
	many := make([]Document, 60)
	for i := range many {
		many[i] = stored(func(*Document) {})
	}
	got, err := Near(r, exam.Each(many))
	require.NoError(t, err)
	assert.Len(t, got, maxNear)
	_, err = Near(r, nil)
	assert.ErrorIs(t, err, vanphong.ErrInvalid)
	_, err = Near(r, func(yield func(Document, error) bool) { yield(Document{}, vanphong.ErrClosed) })
	assert.ErrorIs(t, err, vanphong.ErrClosed)
	// Of a secret document the number is not shown.
	got, err = Near(r, exam.Each([]Document{stored(func(d *Document) { d.Secrecy = vanphong.Secret })}))
	require.NoError(t, err)
	assert.NotContains(t, Messages().Text(got[0]), "128")
}

func TestSimilarLooksAtTheLastMonths(t *testing.T) {
	f := newDesk(t)
	f.receive(1)
	r := f.receipt(1)
	r.External, r.Dated = "", r.Dated-1
	got, err := f.Similar(f.ctx, org, r)
	require.NoError(t, err)
	require.Len(t, got, 1)
	assert.Equal(t, "Có thể trùng với số đến 1 ngày 10/3/2026: cùng số 1-CV/VPTW, cùng cơ quan ban hành, khác ngày văn bản.", Messages().Text(got[0]))
	r.Received = (day + nearDays + 1).At(8, 0)
	got, err = f.Similar(f.ctx, org, r)
	require.NoError(t, err)
	assert.Empty(t, got)
}

func TestWhatAClerkShouldLookAt(t *testing.T) {
	f := newDesk(t)
	rules := func(change func(*Receipt)) []string {
		r := f.receipt(1)
		change(&r)
		out := []string{}
		for _, finding := range r.Findings() {
			out = append(out, finding.Rule)
			for _, text := range []string{Messages().Text(finding), Messages().English(finding)} {
				assert.NotContains(t, text, "{", "every argument is given")
			}
		}
		return out
	}
	assert.Empty(t, rules(func(*Receipt) {}))
	assert.Equal(t, []string{RuleFuture}, rules(func(r *Receipt) { r.Dated = day + 1 }))
	assert.Equal(t, []string{RuleChannel}, rules(func(r *Receipt) { r.Secrecy = vanphong.Confidential }))
	assert.Equal(t, []string{RuleChannel}, rules(func(r *Receipt) { r.Secrecy, r.Channel = vanphong.TopSecret, ChannelFax }))
	assert.Empty(t, rules(func(r *Receipt) { r.Secrecy, r.Channel = vanphong.TopSecret, ChannelCipher }))
	assert.Empty(t, rules(func(r *Receipt) { r.Secrecy, r.Channel = vanphong.TopSecret, ChannelPaper }))
	assert.Equal(t, []string{RuleSignature}, rules(func(r *Receipt) { r.Signature = SignatureInvalid }))
	assert.Empty(t, rules(func(r *Receipt) { r.Signature = SignatureValid }))
	assert.Equal(t, []string{RuleDelivery}, rules(func(r *Receipt) { r.Urgency, r.DeliverAt = vanphong.ExpressTimed, day.At(7, 0) }))
	assert.Equal(t, []string{RuleWidth}, rules(func(r *Receipt) { r.Abstract = strings.Repeat("ộ", WidthAbstract+1) }))
	assert.Empty(t, rules(func(r *Receipt) { r.Abstract = strings.Repeat("ộ", WidthAbstract) }), "characters, not bytes")
	assert.Equal(t, []string{RuleWidth}, rules(func(r *Receipt) { r.Pages = 1000 }))
}
