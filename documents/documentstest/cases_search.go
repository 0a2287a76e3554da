package documentstest

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/internal/exam"
)

// searchCases are the rules of looking up: what a clerk who is on the telephone relies on.
func searchCases() []Case {
	return []Case{
		{Name: "words are found with marks and without", Run: searchWords},
		{Name: "a number is found by any of its parts", Run: searchNumbers},
		{Name: "a signer is found by given name and by any part", Run: searchSigners},
		{Name: "what was done to a document can be asked for", Run: searchStanding},
		{Name: "pages make the whole while numbers are given", Run: searchPages},
		{Name: "a transaction searches what it wrote", Run: searchOwnWrites},
		{Name: "the abstract of a secret document is in no answer", Run: searchSecret},
		{Name: "a query out of bounds is refused", Run: searchBounds},
		{Name: "any query is answered as a plain filter would", Run: searchAny},
	}
}

// ids are the entries of an answer, in its order.
func (d *desk) ids(q documents.Query) string {
	d.t.Helper()
	var out []string
	for _, en := range d.list(q) {
		out = append(out, string(en.ID))
	}
	return strings.Join(out, " ")
}

// register issues by hand, in one transaction: what the cases need many of.
func (d *desk) register(s documents.SeriesID, all ...documents.Entry) {
	d.t.Helper()
	d.must(d.store.Update(d.ctx, d.org, func(tx documents.Tx) error { return appendAll(tx, d.org, s, all) }), "register")
}

// appendAll gives each entry the next number of a series; only its own fields are
// taken from it.
func appendAll(tx documents.Tx, org vanphong.OrgID, id documents.SeriesID, all []documents.Entry) error {
	for _, want := range all {
		s, err := tx.Series(id)
		if err != nil {
			return err
		}
		s, e, en, err := nextIssue(s, org, string(want.ID))
		if err != nil {
			return err
		}
		en.Content = want.Content
		if want.Number != (documents.Number{}) {
			want.Number.Serial = en.Serial
			en.Number = want.Number
		}
		e.Kind, en.State = documents.EventIssued, documents.StateIssued
		if want.Number.Suffix != "" {
			e.Kind, e.Serial = documents.EventInserted, s.Next-2
			en.Serial, en.Number.Serial = e.Serial, e.Serial
		}
		if want.State == documents.StateReserved {
			e.Kind, en.State = documents.EventReserved, documents.StateReserved
		}
		before, err := tx.Series(id)
		if err != nil {
			return err
		}
		if s, e, err = documents.Seal(before, e, en); err != nil {
			return err
		}
		if err := tx.Append(s, e, en); err != nil {
			return err
		}
	}
	return nil
}

func paper(id, abstract string) documents.Entry {
	return documents.Entry{ID: documents.EntryID(id), Content: documents.Content{Kind: documents.KindNotice, Day: day, Abstract: abstract}}
}

func signedBy(id, name string) documents.Entry {
	en := paper(id, "")
	en.Signer = name
	return en
}

// searchWords prevents the paper that is there and not found: typed on a keyboard
// without marks, with the tone on the other vowel, or in capitals as it was printed.
func searchWords(t T, store documents.Store) {
	d := newDesk(t, store, org)
	id := d.notices()
	d.register(id,
		paper("a", "Kết luận của Thường trực Tỉnh ủy về công tác hòa giải ở cơ sở"),
		paper("b", "Thông báo hoãn phiên họp Tỉnh uỷ, kiêm tra (lần 2)"),
		paper("c", "Hoa đăng tại lễ hội; Đảng bộ, 36-HD/VPTW"),
		paper("d", "ĐẢNG ỦY xã: kiểm tra, giám sát"),
		// e and its marks apart, as one operating system stores names of files.
		paper("e", "Kie\u0302\u0309m tra \u0111a\u0309ng vie\u0302n"),
		paper("f", ""))
	for _, c := range []struct{ words, want, why string }{
		{"tinh uy", "a b", "no marks find any marks"},
		{"Tỉnh uỷ", "a b", "the tone of ủy may stand on either vowel"},
		{"uy", "a b d", "one word"},
		{"ủy tỉnh", "a b", "in any order"},
		{"hòa", "a", "marks must be there, and no word that is longer"},
		{"hoa", "a c", "without marks both"},
		{"hoà", "a", "the newer place of the tone"},
		{"dang", "c d e", "đ is d"},
		{"đảng", "c d e", "marks in any composition and case"},
		{"đảng uỷ", "d", "both words"},
		{"đang", "", "a mark that is not there"},
		{"kiểm tra", "d e", "not kiêm tra"},
		{"kiem tra", "b d e", "all three"},
		{"hd vptw", "c", "words end at a hyphen and a stroke"},
		{"36", "c", "digits are a word"},
		{"3", "", "a part of a word is no word"},
		{"Đang bo", "", "each word has its own marks"},
		{"khong co", "", "nothing"},
		{"tinh uy tinh uy", "a b", "a word said twice is asked once"},
	} {
		if got := d.ids(documents.Query{Words: c.words}); got != c.want {
			t.Errorf("words %q: %q, want %q: %s", c.words, got, c.want, c.why)
		}
	}
	for _, c := range []struct{ words, want, why string }{
		{"tinh u", "a b", "the last word has only been begun"},
		{"ti uy", "", "and only the last"},
		{"kiê", "b d e", "the tone is not typed yet"},
		{"kiể", "d e", "the tone that is typed counts"},
		{"h", "a b c", "a single letter"},
	} {
		if got := d.ids(documents.Query{Words: c.words, Partial: true}); got != c.want {
			t.Errorf("words %q, partial: %q, want %q: %s", c.words, got, c.want, c.why)
		}
	}
	d.whole()
}

// searchNumbers prevents the answer "there is no such number" to somebody who holds
// the paper in his hand.
func searchNumbers(t T, store documents.Store) {
	d := newDesk(t, store, org)
	a, b := d.notices(), d.open(openRequest("QĐ"))
	numbered := func(id string, n documents.Number) documents.Entry {
		en := paper(id, "")
		en.Number = n
		return en
	}
	party, state := documents.SystemParty, documents.SystemState
	d.register(a,
		numbered("a1", documents.Number{System: party, Code: "TB", Issuer: "TU"}),
		numbered("a2", documents.Number{System: party, Code: "TB", Issuer: "TU", Unit: "KGVX"}))
	d.register(b, paper("b0", ""),
		numbered("b1", documents.Number{System: party, Code: "QĐ", Issuer: "TU", Suffix: "a"}),
		numbered("b2", documents.Number{System: state, Code: "QĐ", Issuer: "UBND", Year: 2025, Tail: "nb"}))
	for _, c := range []struct {
		n    documents.Number
		want string
	}{
		{documents.Number{Serial: 1}, "a1 b0 b1"},
		{documents.Number{Serial: 2, Code: "QĐ"}, "b2"},
		{documents.Number{Code: "TB"}, "a1 a2 b0"},
		{documents.Number{Issuer: "TU"}, "a1 a2 b0 b1"},
		{documents.Number{Serial: 1, Suffix: "a"}, "b1"},
		{documents.Number{Year: 2025}, "b2"},
		{documents.Number{Unit: "KGVX"}, "a2"},
		{documents.Number{Tail: "nb"}, "b2"},
		{documents.Number{System: state}, "b2"},
		{documents.Number{System: party, Serial: 1, Code: "TB", Issuer: "TU"}, "a1 b0"},
		{documents.Number{Serial: 3}, ""},
	} {
		got := strings.Fields(d.ids(documents.Query{Number: c.n}))
		slices.Sort(got)
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("number %+v: %q, want %q", c.n, s, c.want)
		}
	}
	d.whole()
}

// searchSigners prevents a list that lacks half of what somebody has signed, or has
// another's papers in it: people are called by their given name, which is the last.
func searchSigners(t T, store documents.Store) {
	d := newDesk(t, store, org)
	id := d.notices()
	d.register(id, signedBy("a", "Nguyễn Văn An"), signedBy("b", "An Thị Bình"), signedBy("c", "TRẦN VĂN ÂN"), signedBy("d", "Bình"), signedBy("e", ""))
	for _, c := range []struct {
		q    documents.Query
		want string
	}{
		{documents.Query{Given: "an"}, "a c"},
		{documents.Query{Given: "Ân"}, "c"},
		{documents.Query{Given: "văn an"}, "a c"},
		{documents.Query{Given: "an văn"}, ""},
		{documents.Query{Given: "Bình"}, "b d"},
		{documents.Query{Given: "x văn an"}, ""},
		{documents.Query{Signer: "an"}, "a b c"},
		{documents.Query{Signer: "nguyen"}, "a"},
		{documents.Query{Signer: "an nguyễn"}, "a"},
		{documents.Query{Signer: "Văn", Given: "Ân"}, "c"},
		// The name is no part of the abstract.
		{documents.Query{Words: "an"}, ""},
	} {
		if got := d.ids(c.q); got != c.want {
			t.Errorf("signer %q, given %q: %q, want %q", c.q.Signer, c.q.Given, got, c.want)
		}
	}
	d.whole()
}

// searchStanding prevents a recalled document from being handed on as one in force.
func searchStanding(t T, store documents.Store) {
	d := newDesk(t, store, org)
	id := d.notices()
	d.register(id, paper("a", "một"), paper("b", "hai"), paper("c", "ba"))
	d.recall("b")
	for _, c := range []struct {
		q    documents.Query
		want string
	}{
		{documents.Query{Standing: documents.StandingRecalled}, "b"},
		{documents.Query{Standing: documents.StandingAmended}, ""},
		{documents.Query{Kinds: []documents.Kind{documents.KindDecision, documents.KindNotice}}, "a b c"},
		{documents.Query{Kinds: []documents.Kind{documents.KindDecision}}, ""},
		{documents.Query{Words: "hai", Standing: documents.StandingRecalled, Limit: 1}, "b"},
	} {
		if got := d.ids(c.q); got != c.want {
			t.Errorf("query %+v: %q, want %q", c.q, got, c.want)
		}
	}
	d.whole()
}

// recall appends the recall of a document by hand.
func (d *desk) recall(id documents.EntryID) {
	d.t.Helper()
	d.must(d.store.Update(d.ctx, d.org, func(tx documents.Tx) error {
		en, err := tx.Entry(id)
		if err != nil {
			return err
		}
		s, err := tx.Series(en.Series)
		if err != nil {
			return err
		}
		at := stamp(5)
		e := documents.Event{Org: d.org, Kind: documents.EventRecalled, Serial: en.Serial, Entry: en.ID, By: at.By, At: at.At, Act: documents.Act{Number: "99-TB/TU", Day: day}}
		en.Standing, en.Act, en.Last, en.Reason = documents.StandingRecalled, e.Act, at, ""
		s, e, err = documents.Seal(s, e, en)
		if err != nil {
			return err
		}
		return tx.Append(s, e, en)
	}), "recall")
}

// searchPages prevents a line that no page shows, or two do: somebody pages through
// the register while others are given numbers.
func searchPages(t T, store documents.Store) {
	d := newDesk(t, store, org)
	a, b := d.notices(), d.open(openRequest("KL"))
	// The days run against the registration, so that each order is another.
	for i := range 12 {
		en := paper(fmt.Sprintf("p%02d", i), "công tác tổ chức")
		en.Day = day + vanphong.Date(20-i/2)
		d.register([]documents.SeriesID{a, b}[i%2], en)
	}
	reserved := documents.Entry{ID: "r", State: documents.StateReserved, Content: documents.Content{Kind: documents.KindNotice}}
	d.register(a, reserved)
	for _, words := range []string{"", "cong tac"} {
		for _, order := range []documents.Order{documents.OrderRegister, documents.OrderNewest, documents.OrderDay, documents.OrderLatest} {
			q := documents.Query{Order: order, Words: words}
			whole := d.ids(q)
			d.ordered(order, d.list(q))
			var pages []string
			for q.Limit = 5; ; {
				page := d.list(q)
				for _, en := range page {
					pages = append(pages, string(en.ID))
				}
				if len(page) > q.Limit {
					t.Fatalf("order %s: a page of %d entries, want at most %d", order, len(page), q.Limit)
				}
				if len(page) == 0 || len(pages) > 100 {
					break
				}
				q.After = page[len(page)-1].ID
				// Somebody is given a number between two pages, and nobody's page moves.
				late := paper(fmt.Sprintf("late %s %q %d", order, words, len(pages)), "khác")
				late.Day = day + 15
				if order == documents.OrderNewest {
					d.register(a, late)
				}
			}
			if got := strings.Join(pages, " "); got != whole {
				t.Errorf("order %s, words %q: pages of five give %q, want %q", order, words, got, whole)
			}
		}
	}
	d.view(func(r documents.Reader) {
		for _, err := range r.Entries(documents.Query{After: "không có"}) {
			wantErr(t, err, vanphong.ErrNotFound, "a page after an entry that is not there")
			return
		}
		t.Errorf("a page after an entry that is not there gives no error")
	})
	d.whole()
}

// ordered checks an answer against its order; the order of registration is in the
// ids p00 to p11.
func (d *desk) ordered(o documents.Order, all []documents.Entry) {
	d.t.Helper()
	if len(all) < 12 {
		d.t.Errorf("order %s: %d entries, want 12 and more", o, len(all))
	}
	for i := 1; i < len(all); i++ {
		a, b := all[i-1], all[i]
		early, late := a, b
		if o == documents.OrderLatest {
			early, late = b, a
		}
		ok := true
		switch o {
		case documents.OrderRegister:
			ok = a.Series < b.Series || a.Series == b.Series && a.Serial < b.Serial
		case documents.OrderNewest:
			ok = a.ID > b.ID || a.ID[0] != 'p' || b.ID[0] != 'p'
		default:
			switch {
			case a.Day == 0 || b.Day == 0:
				ok = b.Day == 0
			case early.Day == late.Day:
				ok = early.ID < late.ID || a.ID[0] != 'p' || b.ID[0] != 'p'
			default:
				ok = early.Day < late.Day
			}
		}
		if !ok {
			d.t.Errorf("order %s: %s comes before %s", o, a.ID, b.ID)
		}
	}
}

// searchOwnWrites prevents a program that decides on what it read from deciding on
// an old state: what it has just written is found, in its place.
func searchOwnWrites(t T, store documents.Store) {
	d := newDesk(t, store, org)
	id := d.notices()
	d.register(id, paper("a", "hòa giải"), documents.Entry{ID: "r", State: documents.StateReserved, Content: documents.Content{Kind: documents.KindNotice}}, paper("b", "hòa giải"))
	d.must(store.Update(d.ctx, org, func(tx documents.Tx) error {
		if err := appendAll(tx, org, id, []documents.Entry{paper("c", "hoà giải"), paper("d", "khác")}); err != nil {
			return err
		}
		// The reserved number is issued: it is changed, and keeps its place.
		en, err := tx.Entry("r")
		if err != nil {
			return err
		}
		s, err := tx.Series(id)
		if err != nil {
			return err
		}
		at := stamp(4)
		en.State, en.Last, en.Content = documents.StateIssued, at, paper("", "hòa giải viên").Content
		s, e, err := documents.Seal(s, documents.Event{Org: org, Kind: documents.EventIssued, Serial: en.Serial, Entry: "r", By: at.By, At: at.At}, en)
		if err != nil {
			return err
		}
		if err := tx.Append(s, e, en); err != nil {
			return err
		}
		for _, c := range []struct {
			q    documents.Query
			want string
		}{
			{documents.Query{Words: "hoa giai"}, "a r b c"},
			{documents.Query{Words: "hoa giai", Limit: 2}, "a r"},
			{documents.Query{Words: "hòa giải", Order: documents.OrderNewest}, "c b r a"},
			{documents.Query{Words: "hòa giải", Order: documents.OrderNewest, After: "c", Limit: 2}, "b r"},
			{documents.Query{Order: documents.OrderNewest, Limit: 3}, "d c b"},
			{documents.Query{Order: documents.OrderDay, After: "r"}, "b c d"},
			{documents.Query{Order: documents.OrderLatest, Limit: 4}, "d c b r"},
			{documents.Query{Number: documents.Number{Serial: 4}}, "c"},
			{documents.Query{State: documents.StateReserved}, ""},
		} {
			var got []string
			for _, en := range exam.Collect(t, tx.Entries(c.q)) {
				got = append(got, string(en.ID))
			}
			if s := strings.Join(got, " "); s != c.want {
				t.Errorf("query %+v: %q, want %q", c.q, s, c.want)
			}
		}
		return nil
	}), "update")
	if got := d.ids(documents.Query{Words: "hoa giai", Order: documents.OrderNewest}); got != "c b r a" {
		t.Errorf("after the commit: %q, want the same", got)
	}
	d.whole()
}

// searchSecret prevents a disclosure by asking: words that find a line tell what
// stands in it, also if the line does not show them. No Registrar takes such an
// abstract; a store that was given one all the same must not be the one to tell.
func searchSecret(t T, store documents.Store) {
	d := newDesk(t, store, org)
	id := d.notices()
	secret := paper("mat", "phương án phòng thủ")
	secret.Secrecy = vanphong.Secret
	d.register(id, paper("a", "phương án phòng chống lụt bão"), secret)
	for _, words := range []string{"phương án", "phong thu", "phuong", "phòng thủ"} {
		for _, q := range []documents.Query{{Words: words}, {Words: words, Partial: true, Limit: 5}, {Words: words, Order: documents.OrderNewest, Limit: 5}} {
			if strings.Contains(d.ids(q), "mat") {
				t.Errorf("words %q find the secret document", words)
			}
		}
	}
	// It is a line of the register like any other.
	if got := d.ids(documents.Query{Number: documents.Number{Serial: 2}}); got != "mat" {
		t.Errorf("its number finds %q, want it", got)
	}
}

// searchBounds prevents a query that was made to keep a server busy, and one that
// was mistyped and is answered with the whole register.
func searchBounds(t T, store documents.Store) {
	d := newDesk(t, store, org)
	d.issue("tb", d.notices())
	for _, q := range []documents.Query{
		{Words: strings.Repeat("a ", documents.MaxWords+1)},
		{Words: strings.Repeat("a", documents.MaxText+1)},
		{Words: "–"},
		{Words: "a\x00"},
		{Words: "\xff"},
		{Signer: "..."},
		{Given: strings.Repeat("a ", documents.MaxWords+1)},
		{Limit: -1},
		{Order: 99},
		{State: 99},
		{Standing: 99},
		{Kinds: make([]documents.Kind, documents.MaxKinds+1)},
		{Origin: strings.Repeat("a", documents.MaxText+1)},
		{Number: documents.Number{Code: "\xff"}},
	} {
		d.view(func(r documents.Reader) {
			var got error
			n := 0
			for _, err := range r.Entries(q) {
				got = cmp.Or(got, err)
				n++
			}
			if n != 1 {
				t.Errorf("query %.80v: %d steps, want one error", q, n)
			}
			if input := (*vanphong.InputError)(nil); !errors.As(got, &input) {
				t.Errorf("query %.80v: error %v, want one that names the field", q, got)
			}
		})
	}
}
