package documents

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/vanphong-go/vanphong"
)

// The tests of this file reach into the memory store to do what nobody can do
// through the port: delete and edit rows.

const tu vanphong.OrgID = "tinh-uy-thai-nguyen"

var (
	clerk = vanphong.Actor{ID: "van-thu"}
	nine  = vanphong.MustDate("2025-09-24").At(9, 0)
)

func by(n int) vanphong.Stamp {
	return vanphong.Stamp{By: clerk, At: nine.Add(time.Duration(n) * time.Minute)}
}

// fullOffice returns a store in which every kind of event has happened.
func fullOffice(t *testing.T) (*Memory, *Registrar) {
	t.Helper()
	ctx := context.Background()
	m := NewMemory()
	r := NewRegistrar(m, nil)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"QĐ", "TB"} {
		key := SeriesKey{tu, "nk-2025", name}
		s, err := r.Open(ctx, tu, OpenRequest{Key: key, Issuer: "TU", Days: vanphong.Days{First: vanphong.MustDate("2025-09-24")}, First: 127, Basis: "sổ giấy đến số 126"}, by(0))
		must(err)
		kind := map[string]Kind{"QĐ": KindDecision, "TB": KindNotice}[name]
		id := func(n int) EntryID { return EntryID(fmt.Sprintf("%s-%d", name, n)) }
		for n := range 3 {
			_, err := r.Issue(ctx, tu, IssueRequest{ID: id(n), Series: s.ID, Content: Content{Kind: kind, Day: s.Days.First + vanphong.Date(n), Abstract: "về việc"}}, by(n))
			must(err)
		}
		for n := 3; n < 6; n++ {
			_, err := r.Reserve(ctx, tu, ReserveRequest{ID: id(n), Series: s.ID, Kind: kind, Day: s.Days.First, Note: "chờ ký"}, by(n))
			must(err)
		}
		_, err = r.Issue(ctx, tu, IssueRequest{ID: id(3), Series: s.ID, Content: Content{Kind: kind, Day: s.Days.First, Signer: "Bí thư"}}, by(6))
		must(err)
		_, err = r.Release(ctx, tu, ReleaseRequest{id(4), "thôi ban hành"}, by(7))
		must(err)
		_, err = r.Void(ctx, tu, VoidRequest{id(1), "sai thể thức"}, by(8))
		must(err)
		_, err = r.Hold(ctx, tu, HoldRequest{ID: id(6), Series: s.ID, Day: s.Days.First, Secrecy: vanphong.Secret}, by(9))
		must(err)
	}
	// One series goes on to its end; in the other a reservation stays open.
	s := SeriesKey{tu, "nk-2025", "QĐ"}.ID()
	_, err := r.Void(ctx, tu, VoidRequest{"QĐ-5", "người giữ chuyển công tác"}, by(10))
	must(err)
	_, err = r.End(ctx, tu, EndRequest{s, vanphong.MustDate("2026-01-01")}, by(11))
	must(err)
	_, err = r.Close(ctx, tu, CloseRequest{s, "hết nhiệm kỳ"}, by(12))
	must(err)
	if err := r.Verify(ctx, tu); err != nil {
		t.Fatalf("the untouched office: %v", err)
	}
	return m, r
}

// broken checks that the office no longer verifies.
func broken(t *testing.T, r *Registrar, what string) {
	t.Helper()
	err := r.Verify(context.Background(), tu)
	var chain *ChainError
	if !errors.As(err, &chain) || !errors.Is(err, ErrBroken) {
		t.Errorf("%s: Verify returned %v, want a ChainError", what, err)
	}
}

func seriesIDs(o *office) []SeriesID { return slices.Sorted(maps.Keys(o.series)) }

// offices are those of which every row is deleted and edited: between them they have
// every kind of event.
var offices = map[string]func(*testing.T) (*Memory, *Registrar){"in mid-term": fullOffice, "at the end of the term": endOfTerm}

func TestVerifyFindsEachDeletedRow(t *testing.T) {
	for name, office := range offices {
		t.Run(name, func(t *testing.T) { deleteEachRow(t, office) })
	}
}

func deleteEachRow(t *testing.T, fullOffice func(*testing.T) (*Memory, *Registrar)) {
	m, _ := fullOffice(t)
	for _, id := range seriesIDs(m.office(tu)) {
		for i := range m.office(tu).events[id] {
			m, r := fullOffice(t)
			o := m.office(tu)
			o.events[id] = slices.Delete(slices.Clone(o.events[id]), i, i+1)
			broken(t, r, fmt.Sprintf("event %d of %s deleted", i+1, id))
		}
		for i := range m.office(tu).bySer[id] {
			m, r := fullOffice(t)
			o := m.office(tu)
			delete(o.entries, o.bySer[id][i].versions[0].entry.ID)
			o.bySer[id] = slices.Delete(o.bySer[id], i, i+1)
			broken(t, r, fmt.Sprintf("entry %d of %s deleted", i+1, id))
		}
		if len(m.office(tu).bySer[id]) == 0 {
			continue // nothing would be left to say that it was there
		}
		for name, destroy := range map[string]func(*office){
			"series row deleted":             func(o *office) { delete(o.series, id) },
			"every event deleted":            func(o *office) { delete(o.events, id) },
			"every entry deleted":            func(o *office) { delete(o.bySer, id) },
			"series row and entries deleted": func(o *office) { delete(o.series, id); delete(o.bySer, id) },
			"series row and events deleted":  func(o *office) { delete(o.series, id); delete(o.events, id) },
			"events and entries deleted":     func(o *office) { delete(o.events, id); delete(o.bySer, id) },
			"last event deleted, series set back": func(o *office) {
				n := len(o.events[id]) - 1
				last, s := o.events[id][n], o.series[id]
				o.events[id] = o.events[id][:n]
				s.Events, s.Head = last.Seq-1, last.Prev
				o.series[id] = s
			},
		} {
			m, r := fullOffice(t)
			destroy(m.office(tu))
			broken(t, r, name)
		}
	}
}

// Every field of every row is edited in turn, each to another plausible value.
func TestVerifyFindsEachEditedField(t *testing.T) {
	for name, office := range offices {
		t.Run(name, func(t *testing.T) { editEachField(t, office) })
	}
}

func editEachField(t *testing.T, fullOffice func(*testing.T) (*Memory, *Registrar)) {
	events := map[string]func(*Event){
		"org":    func(e *Event) { e.Org = "khac" },
		"series": func(e *Event) { e.Series = "khac" },
		"seq":    func(e *Event) { e.Seq++ },
		"kind":   func(e *Event) { e.Kind = e.Kind%EventCorrected + 1 },
		"serial": func(e *Event) { e.Serial++ },
		"entry":  func(e *Event) { e.Entry += "x" },
		"by":     func(e *Event) { e.By.ID = "ke-khac" },
		"for":    func(e *Event) { e.By.For = "ke-khac" },
		"at":     func(e *Event) { e.At = e.At.Add(time.Nanosecond) },
		"reason": func(e *Event) { e.Reason += "." },
		"salt":   func(e *Event) { e.Salt[15]++ },
		"digest": func(e *Event) { e.Digest[0]++ },
		"prev":   func(e *Event) { e.Prev[31]++ },
		"hash":   func(e *Event) { e.Hash[7]++ },
		"act":    func(e *Event) { e.Act.Day++ },
	}
	entries := map[string]func(*Entry){
		"id":         func(en *Entry) { en.ID += "x" },
		"org":        func(en *Entry) { en.Org = "khac" },
		"series":     func(en *Entry) { en.Series = "khac" },
		"serial":     func(en *Entry) { en.Serial += 50 },
		"number":     func(en *Entry) { en.Number.Serial++ },
		"code":       func(en *Entry) { en.Number.Code += "x" },
		"issuer":     func(en *Entry) { en.Number.Issuer = "ĐU" },
		"year":       func(en *Entry) { en.Number.Year = 2025 },
		"suffix":     func(en *Entry) { en.Number.Suffix += "a" },
		"state":      func(en *Entry) { en.State = en.State%4 + 1 },
		"kind":       func(en *Entry) { en.Kind = "khac" },
		"day":        func(en *Entry) { en.Day++ },
		"abstract":   func(en *Entry) { en.Abstract += "." },
		"signer":     func(en *Entry) { en.Signer += "." },
		"decided by": func(en *Entry) { en.DecidedBy = "bch" },
		"secrecy":    func(en *Entry) { en.Secrecy = (en.Secrecy + 1) % 4 },
		"urgency":    func(en *Entry) { en.Urgency++ },
		"origin":     func(en *Entry) { en.Origin = "kl" },
		"unit":       func(en *Entry) { en.Unit = "VP" },
		"tail":       func(en *Entry) { en.Tail = "nb" },
		"reason":     func(en *Entry) { en.Reason += "." },
		"by":         func(en *Entry) { en.Last.By.ID = "ke-khac" },
		"at":         func(en *Entry) { en.Last.At = en.Last.At.Add(1) },
		"standing":   func(en *Entry) { en.Standing = (en.Standing + 1) % 7 },
		"act":        func(en *Entry) { en.Act.Day++ },
		"under":      func(en *Entry) { en.Under = "qd" },
		"issues":     func(en *Entry) { en.Issues = KindWorkingRules },
		"copy of":    func(en *Entry) { en.CopyOf = "1-QĐ/TU" },
		"content":    func(en *Entry) { en.Content = Content{} },
	}
	series := map[string]func(*Series){
		"id":        func(s *Series) { s.ID = "khac" },
		"organ":     func(s *Series) { s.Key.Organ = "khac" },
		"scope":     func(s *Series) { s.Key.Scope = "khac" },
		"name":      func(s *Series) { s.Key.Name = "khac" },
		"system":    func(s *Series) { s.System = SystemState },
		"issuer":    func(s *Series) { s.Issuer = "ĐU" },
		"start":     func(s *Series) { s.Days.First-- },
		"end":       func(s *Series) { s.Days.End += 700_000 },
		"first":     func(s *Series) { s.First-- },
		"basis":     func(s *Series) { s.Basis += "." },
		"policy":    func(s *Series) { s.Policy = "khac" },
		"closed":    func(s *Series) { s.Closed = !s.Closed },
		"next":      func(s *Series) { s.Next++ },
		"events":    func(s *Series) { s.Events++ },
		"head":      func(s *Series) { s.Head[0]++ },
		"latest":    func(s *Series) { s.Latest++ },
		"continues": func(s *Series) { s.Continues = "khac" },
	}
	// Each edit is taken back again: to build an office for each would take long.
	m, r := fullOffice(t)
	o := m.office(tu)
	for _, id := range seriesIDs(o) {
		for i, was := range o.events[id] {
			for name, edit := range events {
				edit(&o.events[id][i])
				broken(t, r, fmt.Sprintf("%s of event %d edited", name, i+1))
				o.events[id][i] = was
			}
		}
		for i, rec := range o.bySer[id] {
			row := &rec.versions[len(rec.versions)-1].entry
			was := *row
			for name, edit := range entries {
				if edit(row); name == "content" && was.Content == (Content{}) {
					continue
				}
				broken(t, r, fmt.Sprintf("%s of entry %d edited", name, i+1))
				*row = was
			}
		}
		was := o.series[id]
		for name, edit := range series {
			s := was
			edit(&s)
			o.series[id] = s
			broken(t, r, name+" of the series edited")
			o.series[id] = was
		}
	}
	if err := r.Verify(context.Background(), tu); err != nil {
		t.Errorf("with every edit taken back: %v", err)
	}
}

func TestVerifyFindsRowsThatWereAdded(t *testing.T) {
	m, r := fullOffice(t)
	o := m.office(tu)
	id := seriesIDs(o)[0]
	twin := *o.bySer[id][0]
	o.bySer[id] = append(o.bySer[id], &twin)
	broken(t, r, "an entry twice")

	m, r = fullOffice(t)
	o = m.office(tu)
	forged := o.bySer[id][0].versions[0].entry
	forged.ID, forged.Serial = "gia", 900
	o.bySer[id] = append(o.bySer[id], &record{versions: []version{{1, forged}}})
	broken(t, r, "an entry without event")

	m, r = fullOffice(t)
	o = m.office(tu)
	s := o.series[id]
	s.Key.Name = "GM"
	s.ID = s.Key.ID()
	o.series[s.ID] = s
	broken(t, r, "a series without events")

	m, r = fullOffice(t)
	o = m.office(tu)
	o.events[id][1], o.events[id][2] = o.events[id][2], o.events[id][1]
	broken(t, r, "two events changed places")
}

// A forger who knows the hash can append a consistent event; what the digest
// and the rules of the fold say must still hold.
func TestVerifyFindsForgedSteps(t *testing.T) {
	for name, forge := range map[string]func(s Series, en Entry) (Series, Event, Entry){
		"a number skipped": func(s Series, en Entry) (Series, Event, Entry) {
			s.Next += 2
			en = Entry{ID: "moi", Org: tu, Series: s.ID, Serial: s.Next, Number: en.Number, Content: en.Content}
			en.Number.Serial = s.Next
			return s, Event{Kind: EventIssued, Serial: s.Next, Entry: en.ID}, en
		},
		"a number given twice": func(s Series, en Entry) (Series, Event, Entry) {
			en.ID = "hai"
			return s, Event{Kind: EventIssued, Serial: en.Serial, Entry: en.ID}, en
		},
		"a void number issued again": func(s Series, en Entry) (Series, Event, Entry) {
			return s, Event{Kind: EventIssued, Serial: en.Serial, Entry: en.ID}, en
		},
		"a series opened twice": func(s Series, en Entry) (Series, Event, Entry) {
			return s, Event{Kind: EventOpened}, Entry{}
		},
		"an event of no kind": func(s Series, en Entry) (Series, Event, Entry) {
			return s, Event{Serial: en.Serial, Entry: en.ID}, en
		},
	} {
		m, r := fullOffice(t)
		o := m.office(tu)
		id := SeriesKey{tu, "nk-2025", "TB"}.ID()
		void := o.bySer[id][1]
		s, e, en := forge(o.series[id], void.versions[len(void.versions)-1].entry)
		stamp := by(90)
		e.Org, e.By, e.At = tu, stamp.By, stamp.At
		e.Cursor = vanphong.Cursor(len(o.changes) + 1)
		s, e, err := Seal(s, e, en.after(e))
		if err != nil {
			t.Fatal(err)
		}
		o.series[id], o.events[id] = s, append(o.events[id], e)
		o.changes = append(o.changes, vanphong.Change{Cursor: e.Cursor})
		if en.ID != "" {
			if en.ID == void.versions[0].entry.ID {
				void.versions = append(void.versions, version{e.Cursor, en.after(e)})
			} else {
				o.bySer[id] = append(o.bySer[id], &record{versions: []version{{e.Cursor, en.after(e)}}})
			}
		}
		broken(t, r, name)
	}
}

func TestVerifyOfWhatIsNotThere(t *testing.T) {
	m, r := fullOffice(t)
	if err := r.Verify(context.Background(), "khac"); err != nil {
		t.Errorf("an organisation without rows: %v", err)
	}
	err := m.View(context.Background(), tu, func(v Reader) error { return Verify(v, "không có") })
	if !errors.Is(err, vanphong.ErrNotFound) || errors.Is(err, ErrBroken) {
		t.Errorf("a series without rows: %v", err)
	}
}

// The sums of a ledger are read for decades: these values never change.
func TestSumsAreFixed(t *testing.T) {
	s := Series{Key: SeriesKey{tu, "nk-2025", "QĐ"}, System: SystemParty, Issuer: "TU", First: 1, Policy: "party-symbol-1",
		Days: vanphong.Days{First: vanphong.MustDate("2025-09-24")}}
	s.ID = s.Key.ID()
	s, opened, err := Seal(s, Event{Org: tu, Kind: EventOpened, By: clerk, At: nine}, Entry{})
	if err != nil {
		t.Fatal(err)
	}
	en := Entry{ID: "qd-1", Org: tu, Series: s.ID, Serial: 1, Number: Number{System: SystemParty, Serial: 1, Code: "QĐ", Issuer: "TU"},
		Content: Content{Kind: KindDecision, Day: vanphong.MustDate("2025-09-24"), Abstract: "phân công <cấp ủy viên> & \"ủy viên\"", Secrecy: vanphong.Confidential}}
	_, issued, err := Seal(s, Event{Org: tu, Kind: EventIssued, Serial: 1, Entry: en.ID, By: clerk, At: nine.Add(time.Nanosecond), Salt: Salt{1, 2, 3}}, en)
	if err != nil {
		t.Fatal(err)
	}
	next := s
	next.Key.Scope, next.Continues = "nk-2030", s.ID
	next.ID = next.Key.ID()
	_, continued, err := Seal(Series{ID: next.ID, Key: next.Key, System: next.System, Issuer: next.Issuer, First: 127, Basis: "nối dãy số", Policy: next.Policy, Days: next.Days, Continues: s.ID},
		Event{Org: tu, Kind: EventOpened, By: clerk, At: nine}, Entry{})
	if err != nil {
		t.Fatal(err)
	}
	_, late, err := Seal(s, Event{Org: tu, Kind: EventLate, Serial: 1, Entry: en.ID, By: clerk, At: nine, Reason: "sổ giấy"}, en)
	if err != nil {
		t.Fatal(err)
	}
	_, repealed, err := Seal(s, Event{Org: tu, Kind: EventRepealed, Serial: 1, Entry: en.ID, By: clerk, At: nine, Act: Act{By: "qd-2", Day: vanphong.MustDate("2026-01-01")}}, en)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ what, got, want string }{
		{"series id", string(s.ID), "db60884b-a34f-5fe2-a4b2-148c85a9c6cc"},
		{"digest of the opening", opened.Digest.String(), "120291a9829d68adc4796feb40e04b3a31593109f5a6b3936fef51a70f5459cd"},
		{"hash of the opening", opened.Hash.String(), "d6a2e542b73cc12525c32143ec87b2afca13ea3c6a86237058dd68763ae12ad6"},
		{"digest of the issue", issued.Digest.String(), "bfdf17d324b4cd8910f02d4c242371cb9f95e99f2f34d5fedd785c980c55cd40"},
		{"hash of the issue", issued.Hash.String(), "221311a6185ca7ca8d6489dfe26a7960e7b82a7f2bc187d58dfe6a3c0e9fc802"},
		{"digest of an opening that continues", continued.Digest.String(), "94ad1b66025f52698f3cb2ed057bc12f443ec0308be869d5277e2d47d2cfb96e"},
		{"digest of a late entry", late.Digest.String(), "761bd751aa37931251ca026a50e13477359173200046b8c194f8fc88285097c5"},
		{"hash of a late entry", late.Hash.String(), "ccbe2354f124ffbb90d04b708c6dd5def670165d7ba2f6d3779710db0e58b109"},
		{"digest of a repeal", repealed.Digest.String(), "4364fc2686f87e15743e6b9d3100410b53ebd9a4f7f8a9f8e1bbbc8e7023e8c7"},
		{"hash of a repeal", repealed.Hash.String(), "a40a499253b952dcacd758023b7c796f95e09eb132e019fe67159500e88a36a5"},
	} {
		if c.got != c.want {
			t.Errorf("%s is %s, want %s", c.what, c.got, c.want)
		}
	}
}

func TestVerifyFindsStepsAfterTheClosing(t *testing.T) {
	m, r := fullOffice(t)
	o := m.office(tu)
	id := SeriesKey{tu, "nk-2025", "QĐ"}.ID() // closed
	stamp := by(90)
	e := Event{Org: tu, Kind: EventIssued, Serial: o.series[id].Next, Entry: "muon", By: stamp.By, At: stamp.At, Cursor: vanphong.Cursor(len(o.changes) + 1)}
	en := Entry{ID: e.Entry, Org: tu, Series: id, Serial: e.Serial, Number: Number{Serial: e.Serial}}.after(e)
	s, e, err := Seal(o.series[id], e, en)
	if err != nil {
		t.Fatal(err)
	}
	o.series[id], o.events[id] = s, append(o.events[id], e)
	o.bySer[id] = append(o.bySer[id], &record{versions: []version{{e.Cursor, en}}})
	o.changes = append(o.changes, vanphong.Change{Cursor: e.Cursor})
	broken(t, r, "a number given after the closing")
}

func TestVerifyFindsASeriesUnderAForeignID(t *testing.T) {
	m, r := fullOffice(t)
	stamp := by(90)
	s := Series{ID: "tu-dat", Key: SeriesKey{tu, "nk-2025", "GM"}, System: SystemParty, First: 1}
	s, e, err := Seal(s, Event{Org: tu, Kind: EventOpened, By: stamp.By, At: stamp.At, Cursor: 1}, Entry{})
	if err != nil {
		t.Fatal(err)
	}
	o := m.office(tu)
	o.series[s.ID], o.events[s.ID] = s, []Event{e}
	broken(t, r, "a series whose key does not give its id: the key could be opened twice")
}

// Cursors are the store's and stand in no hash, yet they only ever rise.
func TestVerifyFindsCursorsThatFall(t *testing.T) {
	m, r := fullOffice(t)
	events := m.office(tu).events[SeriesKey{tu, "nk-2025", "TB"}.ID()]
	events[4].Cursor = events[3].Cursor
	broken(t, r, "a cursor twice")
}
