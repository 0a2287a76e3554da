package documentstest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
)

// searchAny asks whatever comes to mind and compares with a filter that is too simple
// to be wrong. It prevents the combination that nobody thought of.
func searchAny(t T, store documents.Store) {
	d := newDesk(t, store, org)
	series := []documents.SeriesID{d.notices(), d.open(openRequest("KL"))}
	other := openRequest("TB")
	other.Key.Organ = "ban-to-chuc"
	series = append(series, d.open(other))
	organs := map[documents.SeriesID]vanphong.OrgID{series[0]: org, series[1]: org, series[2]: other.Key.Organ}

	rnd := rand.New(rand.NewPCG(2025, 9))
	vocabulary := strings.Fields("hòa hoà hoa Hóa ủy uỷ uy Đảng đảng dang \u0111a\u0309ng ĐANG tổ tố to 36-HD/VPTW (2025) 2025-2030 công. tác;cộng công,tác quý qúy")
	phrase := func(n int) string {
		var out []string
		for range n {
			out = append(out, vocabulary[rnd.IntN(len(vocabulary))])
		}
		return strings.Join(out, " ")
	}
	names := []string{"", "Nguyễn Văn Hòa", "Hoà Thị Đảng", "TỐ UY", "Uy Văn Tổ"}
	kinds := []documents.Kind{documents.KindNotice, documents.KindConclusion, "giay-la"}
	// More lines than any index takes at a time.
	const lines = 400
	var born []documents.EntryID
	for i := 0; i < lines; {
		s := series[rnd.IntN(len(series))]
		var some []documents.Entry
		for range 1 + rnd.IntN(60) {
			en := paper(fmt.Sprintf("e%d", (i*7919)%10007), phrase(rnd.IntN(6)))
			en.Kind, en.Day, en.Signer = kinds[rnd.IntN(3)], day+vanphong.Date(rnd.IntN(9)), names[rnd.IntN(len(names))]
			en.Origin = []string{"", "", "kl-1"}[rnd.IntN(3)]
			if rnd.IntN(20) == 0 {
				en.Secrecy, en.Abstract = vanphong.Confidential, ""
			}
			if rnd.IntN(10) == 0 {
				en.State, en.Content = documents.StateReserved, documents.Content{Kind: en.Kind}
			}
			some = append(some, en)
			born = append(born, en.ID)
			i++
		}
		d.register(s, some...)
	}
	for range 20 {
		d.recallOrSkip(born[rnd.IntN(len(born))])
	}
	all := d.list(documents.Query{})
	if len(all) != len(born) {
		t.Fatalf("%d entries, want %d", len(all), len(born))
	}
	at := map[documents.EntryID]int{}
	for i, id := range born {
		at[id] = i
	}
	some := func() bool { return rnd.IntN(4) == 0 }
	for range 300 {
		var q documents.Query
		q.Order, q.Limit = documents.Order(rnd.IntN(4)), rnd.IntN(3)*rnd.IntN(30)
		if rnd.IntN(2) == 0 {
			q.Words = phrase(1 + rnd.IntN(2))
			// A begun word with marks may lack its tone; the plain filter knows nothing of tones.
			last := naiveWords(q.Words)
			q.Partial = some() && vanphong.Fold(last[len(last)-1]) == strings.ToLower(last[len(last)-1])
		}
		if some() {
			q.Series = series[rnd.IntN(3)]
		}
		if some() {
			q.Organ = organs[series[rnd.IntN(3)]]
		}
		if some() {
			q.Kind = kinds[rnd.IntN(3)]
		}
		if some() {
			q.Kinds = kinds[:1+rnd.IntN(2)]
		}
		if some() {
			q.Days = vanphong.Days{First: day + vanphong.Date(rnd.IntN(5)), End: day + vanphong.Date(rnd.IntN(9))}
			if q.Days.End <= q.Days.First {
				q.Days.End = 0
			}
		}
		if some() {
			q.State = documents.EntryState(rnd.IntN(3))
		}
		if rnd.IntN(12) == 0 {
			q.Standing = documents.StandingRecalled
		}
		if some() {
			q.Origin = "kl-1"
		}
		if some() {
			q.Number.Serial = uint32(1 + rnd.IntN(100))
		}
		if some() {
			q.Given = []string{"hoa", "Hòa", "uy", "văn tổ"}[rnd.IntN(4)]
		}
		if some() {
			q.Signer = []string{"văn", "UY", "thị hoà"}[rnd.IntN(3)]
		}
		if some() {
			q.After = born[rnd.IntN(len(born))]
		}
		var want []string
		for _, en := range naive(q, all, organs, at) {
			want = append(want, string(en.ID))
		}
		if got := d.ids(q); got != strings.Join(want, " ") {
			t.Errorf("query %+v:\n%q, want\n%q", q, got, want)
		}
	}
	d.whole()
}

// recallOrSkip recalls a document that is issued and not recalled yet.
func (d *desk) recallOrSkip(id documents.EntryID) {
	d.t.Helper()
	if en, err := d.reg.Entry(d.ctx, d.org, id); err == nil && en.State == documents.StateIssued && en.Standing == documents.StandingPlain {
		d.recall(id)
	}
}

// naive answers a query by its documentation alone.
func naive(q documents.Query, all []documents.Entry, organs map[documents.SeriesID]vanphong.OrgID, at map[documents.EntryID]int) (out []documents.Entry) {
	before := func(a, b documents.Entry) bool {
		switch q.Order {
		case documents.OrderNewest:
			return at[a.ID] > at[b.ID]
		case documents.OrderDay:
			return b.Day == 0 && a.Day != 0 || (a.Day == 0) == (b.Day == 0) && (a.Day < b.Day || a.Day == b.Day && at[a.ID] < at[b.ID])
		case documents.OrderLatest:
			return b.Day == 0 && a.Day != 0 || (a.Day == 0) == (b.Day == 0) && (a.Day > b.Day || a.Day == b.Day && at[a.ID] > at[b.ID])
		}
		return a.Series < b.Series || a.Series == b.Series && a.Serial < b.Serial
	}
	var after documents.Entry
	for _, en := range all {
		if en.ID == q.After {
			after = en
		}
	}
	for _, en := range all {
		name := naiveWords(en.Signer)
		given := naiveWords(q.Given)
		switch {
		case q.Series != "" && en.Series != q.Series,
			q.Organ != "" && organs[en.Series] != q.Organ,
			q.Kind != "" && en.Kind != q.Kind,
			len(q.Kinds) > 0 && !slices.Contains(q.Kinds, en.Kind),
			q.Days.First != 0 && (en.Day == 0 || en.Day < q.Days.First),
			q.Days.End != 0 && (en.Day == 0 || en.Day >= q.Days.End),
			q.State != 0 && en.State != q.State,
			q.Standing != 0 && en.Standing != q.Standing,
			q.Origin != "" && en.Origin != q.Origin,
			q.Number.Serial != 0 && en.Serial != q.Number.Serial,
			!naiveAll(q.Words, q.Partial, en.Abstract),
			!naiveAll(q.Signer, false, en.Signer),
			len(given) > len(name),
			!naiveAll(strings.Join(given, " "), false, strings.Join(name[max(0, len(name)-len(given)):], " ")),
			q.After != "" && !before(after, en):
			continue
		}
		out = append(out, en)
	}
	slices.SortFunc(out, func(a, b documents.Entry) int {
		if before(a, b) {
			return -1
		}
		return 1
	})
	if q.Limit > 0 && len(out) > q.Limit {
		out = out[:q.Limit]
	}
	return out
}

func naiveWords(s string) []string {
	return strings.FieldsFunc(vanphong.NFC(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

func naiveAll(words string, partial bool, text string) bool {
	asked := naiveWords(words)
	for i, w := range asked {
		if !slices.ContainsFunc(naiveWords(text), func(s string) bool { return naiveWord(w, s, partial && i == len(asked)-1) }) {
			return false
		}
	}
	return true
}

func naiveWord(w, s string, begun bool) bool {
	fit := func(w, s string) bool { return w == s || begun && strings.HasPrefix(s, w) }
	if vanphong.Fold(w) == strings.ToLower(w) {
		return fit(vanphong.Fold(w), vanphong.Fold(s))
	}
	return fit(strings.ToLower(vanphong.FoldTone(w)), strings.ToLower(vanphong.FoldTone(s)))
}
