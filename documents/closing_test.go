package documents

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/vanphong-go/vanphong"
)

var updateClosing = flag.Bool("update-closing", false, "write testdata/closing.txt anew: go test ./documents -run ClosingText -update-closing")

var closingDay = vanphong.MustDate("2026-01-05").At(9, 0)

// endOfTerm is an office with every case that a closing tells: late and inserted
// numbers, some of them void, secret ones of which the other book has told or not, an
// open reservation, a closed series and one without numbers.
func endOfTerm(t *testing.T) (*Memory, *Registrar) {
	t.Helper()
	m := NewMemory()
	r := NewRegistrar(m, &Options{Salt: &countingSalt{}, Policies: []Policy{insertions()}})
	must := func(_ any, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	open := func(name string, first uint32, basis string) Series {
		s, err := r.Open(ctx, tu, OpenRequest{Key: SeriesKey{tu, "nk-2025", name}, Issuer: "TU", Days: term, First: first, Basis: basis, Policy: insertions().Version}, by(0))
		must(s, err)
		return s
	}
	qd, kl, _ := open("QĐ", 127, "sổ giấy đến số 126 ngày 30/9/2025"), open("KL", 1, ""), open("BC", 1, "")
	for i := range 5 {
		must(r.Issue(ctx, tu, decision(fmt.Sprint("qd-", i), qd), by(1+i)))
	}
	var book []LateRequest
	for n := uint32(1); n < 20; n++ {
		book = append(book, lateDecision(qd, n))
	}
	book[9].Void = "viết nhầm số"
	must(r.LateAll(ctx, tu, book, by(10)))
	must(r.Late(ctx, tu, LateRequest{ID: "cu-20a", Series: qd.ID, Serial: 20, Suffix: "a", Reason: "chuyển từ sổ giấy", Content: Content{Kind: KindDecision, Day: firstDay}}, by(11)))
	must(r.Insert(ctx, tu, InsertRequest{ID: "chen", Series: qd.ID, Serial: 128, Suffix: "a", Reason: "bỏ sót khi vào sổ", Content: Content{Kind: KindDecision, Day: firstDay}}, by(12)))
	must(r.Insert(ctx, tu, InsertRequest{ID: "chen-2", Series: qd.ID, Serial: 128, Suffix: "b", Reason: "bỏ sót", Content: Content{Kind: KindDecision, Day: firstDay}}, by(12)))
	must(r.Void(ctx, tu, VoidRequest{"chen-2", "chèn nhầm"}, by(13)))
	must(r.Void(ctx, tu, VoidRequest{"qd-1", "sai thể thức"}, vanphong.Stamp{By: vanphong.Actor{ID: "pho-van-phong", For: "chanh-van-phong"}, At: by(14).At}))
	must(r.HoldBlock(ctx, tu, HoldRequest{ID: "mat", Series: qd.ID, Day: firstDay, Secrecy: vanphong.Secret}, 3, by(15)))
	must(r.Reconcile(ctx, tu, SecretReport{qd.ID, []SecretLine{{Serial: 132, Used: true}, {Serial: 133, Reason: "thừa"}}}, by(16)))
	must(r.Reserve(ctx, tu, ReserveRequest{ID: "giu", Series: qd.ID, Kind: KindDecision, Day: firstDay, Note: "chờ ký"}, by(17)))
	must(r.Issue(ctx, tu, IssueRequest{ID: "kl-1", Series: kl.ID, Content: Content{Kind: KindConclusion, Day: firstDay}}, by(18)))
	must(r.Repeal(ctx, tu, ActRequest{ID: "qd-0", Act: Act{By: "kl-1", Day: firstDay + 9}}, by(19)))
	must(r.Correct(ctx, tu, ActRequest{ID: "qd-2", Act: Act{By: "kl-1", Day: firstDay + 1}}, by(20)))
	must(r.Amend(ctx, tu, ActRequest{ID: "qd-2", Act: Act{Number: "05-QĐ/TW", Day: firstDay + 2}}, by(21)))
	must(r.Supersede(ctx, tu, ActRequest{ID: "qd-2", Act: Act{By: "qd-3", Day: firstDay + 3}}, by(22)))
	must(r.Recall(ctx, tu, ActRequest{ID: "qd-4", Act: Act{Day: firstDay + 3}, Reason: "phát hành nhầm"}, by(23)))
	must(r.Close(ctx, tu, CloseRequest{Series: kl.ID}, by(5))) // the clock went back
	return m, r
}

// countingSalt makes a ledger that comes out the same each time.
type countingSalt struct{ n byte }

func (s *countingSalt) Read(p []byte) (int, error) {
	for i := range p {
		s.n++
		p[i] = s.n
	}
	return len(p), nil
}

func closingOf(t *testing.T, r *Registrar) Closing {
	t.Helper()
	c, err := r.Closing(ctx, tu, ClosingRequest{Organ: tu, Scope: "nk-2025"}, closingDay)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func closingPage(t *testing.T, c Closing) []byte {
	t.Helper()
	var page bytes.Buffer
	n, err := c.WriteTo(&page)
	if err != nil || n != int64(page.Len()) {
		t.Fatalf("%d bytes of %d, %v", n, page.Len(), err)
	}
	return page.Bytes()
}

// The page is filed for decades: its form changes under a new form number only. Renew
// it with -update-closing.
func TestClosingTextIsFixed(t *testing.T) {
	_, r := endOfTerm(t)
	page := closingPage(t, closingOf(t, r))
	if *updateClosing {
		if err := os.WriteFile("testdata/closing.txt", page, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("testdata/closing.txt")
	if err != nil || !bytes.Equal(page, want) {
		t.Errorf("the page is\n%s, %v", page, err)
	}
	for _, absent := range []string{"qd-0", "mat", "về việc", "phân công"} {
		if bytes.Contains(page, []byte(absent)) {
			t.Errorf("%q stands in the closing", absent)
		}
	}
}

func TestClosingComesOutTheSame(t *testing.T) {
	_, r := endOfTerm(t)
	first := closingPage(t, closingOf(t, r))
	if second := closingPage(t, closingOf(t, r)); !bytes.Equal(first, second) {
		t.Errorf("a second run differs:\n%s", second)
	}
	c, err := ReadClosing(bytes.NewReader(first))
	if err != nil || !reflect.DeepEqual(c, closingOf(t, r)) {
		t.Errorf("read back: %+v, %v", c, err)
	}
	if again := closingPage(t, c); !bytes.Equal(first, again) {
		t.Errorf("written again it differs:\n%s", again)
	}
	roundTrip(t, c)
	for _, c := range []struct {
		req  ClosingRequest
		at   time.Time
		want error
	}{
		{ClosingRequest{tu, "nk-2030"}, closingDay, vanphong.ErrNotFound},
		{ClosingRequest{"khac", "nk-2025"}, closingDay, vanphong.ErrNotFound},
		{ClosingRequest{tu, "nk-2025"}, time.Time{}, vanphong.ErrInvalid},
		{ClosingRequest{tu, "nk-2025"}, time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC), vanphong.ErrInvalid},
	} {
		if _, err := r.Closing(ctx, tu, c.req, c.at); !errors.Is(err, c.want) {
			t.Errorf("%+v at %s: %v, want %v", c.req, c.at, err, c.want)
		}
	}
}

func TestClosingAccountsForEveryNumber(t *testing.T) {
	_, r := endOfTerm(t)
	c := closingOf(t, r)
	var qd SeriesClosing
	for _, s := range c.Series {
		if !s.Whole() {
			t.Errorf("%s is not whole: %+v", s.Name, s.Proof)
		}
		if s.Name == "QĐ" {
			qd = s
		}
	}
	if qd.Issued != 4 || len(qd.Void) != 2 || len(qd.Held) != 2 || len(qd.Reserved) != 1 || len(qd.Inserted) != 2 {
		t.Errorf("%+v", qd)
	}
	var late []string
	for _, run := range qd.Late {
		late = append(late, fmt.Sprint(run.First, "-", run.Last, run.Suffix, " ", run.Reason))
	}
	if got := strings.Join(late, "; "); got != "1-9 chuyển từ sổ giấy; 10-10 viết nhầm số; 11-19 chuyển từ sổ giấy; 20-20a chuyển từ sổ giấy" {
		t.Errorf("late %s", got)
	}
	var sentences []string
	for _, f := range c.Findings() {
		sentences = append(sentences, Messages().Text(f))
	}
	want := []string{
		"Dãy số KL: đồng hồ lùi 1 lần giữa các sự kiện; thứ tự vẫn theo sổ",
		"Dãy số QĐ: còn giữ chỗ 01 số (135: chờ ký)",
		"Dãy số QĐ: sổ mật chưa báo về 01 số (134)",
	}
	if !reflect.DeepEqual(sentences, want) {
		t.Errorf("findings %q", sentences)
	}
	gap := Closing{Series: []SeriesClosing{{Name: "TB", Proof: Proof{First: 1, Last: 2, Issued: 1, Missing: []uint32{2}}}}}
	if f := gap.Findings(); len(f) != 1 || f[0].Severity != vanphong.Fault || Messages().Text(f[0]) != "Dãy số TB: thiếu số (02)" {
		t.Errorf("a gap: %+v", f)
	}
}

func TestBooksAreClosedTogether(t *testing.T) {
	_, r := endOfTerm(t)
	req := ClosingRequest{tu, "nk-2025"}
	before := closingOf(t, r)
	_, err := r.CloseBooks(ctx, tu, req, "hết nhiệm kỳ", by(30))
	wantField(t, err, "series", vanphong.ErrState) // 135 is still reserved
	if after := closingOf(t, r); !reflect.DeepEqual(before, after) {
		t.Errorf("a refusal closed something: %+v", after)
	}
	if _, err := r.Release(ctx, tu, ReleaseRequest{ID: "giu"}, by(31)); err != nil {
		t.Fatal(err)
	}
	all, err := r.CloseBooks(ctx, tu, req, "hết nhiệm kỳ", by(32))
	if err != nil || len(all) != 3 || all[0].Key.Name != "BC" || !all[2].Closed {
		t.Fatalf("%+v, %v", all, err)
	}
	closed := closingOf(t, r)
	if again, err := r.CloseBooks(ctx, tu, req, "khác", by(33)); err != nil || !reflect.DeepEqual(again, all) {
		t.Errorf("closed again: %+v, %v", again, err)
	}
	check(t, r, closed, "closed books")
	for _, f := range closed.Findings() {
		if f.Rule == RuleClosingReserved {
			t.Errorf("%+v", f)
		}
	}
	_, err = r.CloseBooks(ctx, tu, ClosingRequest{tu, "nk-2030"}, "", by(34))
	wantField(t, err, "scope", vanphong.ErrNotFound)
	if err := r.Verify(ctx, tu); err != nil {
		t.Error(err)
	}
}

// A byte changed anywhere, a line lost, the end cut off: the error says where.
func TestReadClosingFindsEveryChange(t *testing.T) {
	_, r := endOfTerm(t)
	page := closingPage(t, closingOf(t, r))
	read := func(text []byte) *ClosingError {
		_, err := ReadClosing(bytes.NewReader(text))
		var where *ClosingError
		if err != nil && (!errors.As(err, &where) || !errors.Is(err, vanphong.ErrInvalid)) {
			t.Fatalf("error %v", err)
		}
		return where
	}
	for i := range page {
		for _, b := range []byte{page[i] ^ 1, '\t', '\n', '0'} {
			if b == page[i] {
				continue
			}
			changed := bytes.Clone(page)
			changed[i] = b
			where := read(changed)
			if where == nil {
				t.Fatalf("byte %d changed to %q is not found", i, b)
			}
			// Not before the line that was changed.
			if at := 1 + bytes.Count(page[:i], []byte("\n")); where.Line < at {
				t.Errorf("byte %d in line %d: said to be in line %d", i, at, where.Line)
			}
		}
		if where := read(page[:i]); where == nil {
			t.Fatalf("cut at byte %d is not found", i)
		}
	}
	lines := strings.SplitAfter(string(page), "\n")
	for i := range lines[:len(lines)-1] {
		without := strings.Join(append(append([]string{}, lines[:i]...), lines[i+1:]...), "")
		if read([]byte(without)) == nil {
			t.Errorf("without line %d", i+1)
		}
		twice := strings.Join(append(append([]string{}, lines[:i+1]...), lines[i:]...), "")
		if read([]byte(twice)) == nil {
			t.Errorf("line %d twice", i+1)
		}
	}
	for name, text := range map[string]string{
		"nothing":            "",
		"another file":       "stt,so_ky_hieu\n1,15-QĐ/TU\n",
		"line ends of DOS":   strings.ReplaceAll(string(page), "\n", "\r\n"),
		"an empty line more": string(page) + "\n",
		"a mark in front":    "\ufeff" + string(page),
		"twice":              string(page) + string(page),
	} {
		if read([]byte(text)) == nil {
			t.Errorf("%s is not found", name)
		}
	}
	if _, err := ReadClosing(endless{}); !errors.Is(err, vanphong.ErrOutOfRange) {
		t.Errorf("a file without end: %v", err)
	}
	if _, err := ReadClosing(failing{}); !errors.Is(err, os.ErrPermission) {
		t.Errorf("a file that cannot be read: %v", err)
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, os.ErrPermission }

// Somebody who makes all sums anew is past the reader. The ledger is not.
func TestCheckFindsWhatAForgerWrote(t *testing.T) {
	m, r := endOfTerm(t)
	c := closingOf(t, r)
	check(t, r, c, "")
	for name, forge := range map[string]func(*SeriesClosing){
		"a reason":        func(s *SeriesClosing) { s.Void[0].Reason = "khác" },
		"an actor":        func(s *SeriesClosing) { s.Void[0].Last.By.ID = "khac" },
		"a void number":   func(s *SeriesClosing) { s.Void, s.Issued = s.Void[1:], s.Issued+1 },
		"a count":         func(s *SeriesClosing) { s.Issued++ },
		"a late number":   func(s *SeriesClosing) { s.Late = s.Late[1:] },
		"a suffix":        func(s *SeriesClosing) { s.Inserted[0].Suffix = "c" },
		"the basis":       func(s *SeriesClosing) { s.Basis = "" },
		"the first":       func(s *SeriesClosing) { s.First-- },
		"the issuer":      func(s *SeriesClosing) { s.Issuer = "ĐU" },
		"the days":        func(s *SeriesClosing) { s.Days.End = firstDay + 9 },
		"the state":       func(s *SeriesClosing) { s.Closed = true },
		"the clock":       func(s *SeriesClosing) { s.Back = 7 },
		"a line too many": func(s *SeriesClosing) { s.Held = append(s.Held, s.Held[0]) },
		"a tab":           func(s *SeriesClosing) { s.Basis = "a\tb" },
	} {
		forged := closingOf(t, r)
		forge(&forged.Series[2])
		if forged.Series[2].Name != "QĐ" {
			t.Fatal("another series")
		}
		check(t, r, forged, name, RuleClosingDiffers)
	}
	forged := closingOf(t, r)
	forged.Series[2].Head[0]++
	check(t, r, forged, "the head", RuleClosingChanged)
	forged = closingOf(t, r)
	forged.Series = forged.Series[:2]
	check(t, r, forged, "a series left out", RuleClosingNew)
	if all, err := r.CheckClosing(ctx, tu, forged); err != nil || all[0].Severity != vanphong.Fault {
		t.Errorf("a series that was open by then is torn out: %v, %v", all, err)
	}
	forged = closingOf(t, r)
	forged.Series = append(forged.Series, forged.Series[2])
	check(t, r, forged, "a series twice", RuleClosingDiffers)
	for name, forge := range map[string]func(*Closing){
		"the scope": func(c *Closing) { c.Scope = "nk-2020" },
		"the organ": func(c *Closing) { c.Organ = "ubkt" },
	} {
		forged = closingOf(t, r)
		forge(&forged)
		check(t, r, forged, name, RuleClosingDiffers, RuleClosingDiffers, RuleClosingDiffers)
	}
	if _, err := r.Open(ctx, tu, OpenRequest{Key: SeriesKey{tu, "nk-2025", "TB"}, Issuer: "TU", Days: term, Policy: insertions().Version},
		vanphong.Stamp{By: vanphong.Actor{ID: "van-thu"}, At: closingDay.Add(1)}); err != nil {
		t.Fatal(err)
	}
	if all, err := r.CheckClosing(ctx, tu, c); err != nil || len(all) != 1 || all[0].Severity != vanphong.Warning {
		t.Errorf("a series opened since: %v, %v", all, err)
	}
	if _, err := r.CheckClosing(ctx, "khac", c); !errors.Is(err, vanphong.ErrInvalid) {
		t.Errorf("the closing of another organisation: %v", err)
	}
	_ = m
}

// check compares a closing and wants these rules, in order.
func check(t *testing.T, r *Registrar, c Closing, what string, want ...string) {
	t.Helper()
	all, err := r.CheckClosing(ctx, tu, c)
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	var got []string
	for _, f := range all {
		got = append(got, f.Rule)
		if text := Messages().Text(f); strings.ContainsAny(text, "{}") {
			t.Errorf("%s: sentence %q", what, text)
		}
	}
	if strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("%s: findings %v, want %v", what, got, want)
	}
}

func TestCheckFindsWhatHappenedToTheStore(t *testing.T) {
	id := SeriesKey{tu, "nk-2025", "QĐ"}.ID()
	_, r := endOfTerm(t)
	filed := closingOf(t, r)

	// What follows a closing in the normal course.
	if _, err := r.Issue(ctx, tu, IssueRequest{ID: "sau", Series: id, Content: Content{Kind: KindDecision, Day: firstDay}}, by(30)); err != nil {
		t.Fatal(err)
	}
	if _, err := r.End(ctx, tu, EndRequest{Series: id, End: firstDay + 100}, by(31)); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Void(ctx, tu, VoidRequest{"chen", "chèn nhầm"}, by(32)); err != nil {
		t.Fatal(err)
	}
	check(t, r, filed, "steps since", RuleClosingSince)
	later := closingOf(t, r)

	// The backup of the day of the closing, restored: sound in itself, and shorter.
	_, restored := endOfTerm(t)
	if err := restored.Verify(ctx, tu); err != nil {
		t.Fatal(err)
	}
	check(t, restored, later, "an old backup", RuleClosingOlder)
	f, err := restored.CheckClosing(ctx, tu, later)
	if err != nil || Messages().Text(f[0]) != fmt.Sprintf("Dãy số QĐ (%s): bản khóa sổ có %d sự kiện, sổ chỉ còn %d; dữ liệu có thể được phục hồi từ bản sao lưu cũ", id, later.Series[2].Events, filed.Series[2].Events) {
		t.Errorf("%v, %v", Messages().Text(f[0]), err)
	}

	// Restored, and then worked on with: as long as before, with another past.
	for i := range 4 {
		if _, err := restored.Issue(ctx, tu, IssueRequest{ID: EntryID(fmt.Sprint("khác-", i)), Series: id, Content: Content{Kind: KindDecision, Day: firstDay}}, by(40)); err != nil {
			t.Fatal(err)
		}
	}
	check(t, restored, later, "an old backup worked on with", RuleClosingChanged)
	check(t, restored, filed, "the closing of before", RuleClosingSince)

	// A series that vanished with all its rows.
	m, gone := endOfTerm(t)
	o := m.office(tu)
	delete(o.series, id)
	delete(o.events, id)
	delete(o.bySer, id)
	if err := gone.Verify(ctx, tu); err != nil {
		t.Fatalf("nothing is left to verify: %v", err)
	}
	check(t, gone, filed, "a vanished series", RuleClosingGone)

	// A row edited by hand.
	m, edited := endOfTerm(t)
	m.office(tu).events[id][4].Reason = "sửa tay"
	check(t, edited, filed, "an edited row", RuleChain)
	if _, err := edited.Closing(ctx, tu, ClosingRequest{tu, "nk-2025"}, closingDay); !errors.Is(err, ErrBroken) {
		t.Errorf("a closing of a broken ledger: %v", err)
	}
}

// Every seed says what it probes. Whatever is read prints as what was read.
func FuzzReadClosing(f *testing.F) {
	page, err := os.ReadFile("testdata/closing.txt")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(page)                                                                            // a whole page
	f.Add(page[:len(page)/2])                                                              // cut
	f.Add([]byte(""))                                                                      // nothing
	f.Add([]byte(closingTitle + "\n"))                                                     // the title alone
	f.Add(bytes.ReplaceAll(page, []byte("\t"), []byte(" ")))                               // tabs lost
	f.Add(bytes.ReplaceAll(page, []byte("\n"), []byte("\r\n")))                            // line ends of DOS
	f.Add(bytes.Replace(page, []byte("Số dãy số\t3"), []byte("Số dãy số\t2147483647"), 1)) // a count to fill the memory
	f.Add(bytes.Replace(page, []byte("2025-09-24"), []byte("2025-02-30"), 1))              // a day that does not exist
	f.Add(append(bytes.Clone(page), 0xff))                                                 // behind the end
	f.Fuzz(func(t *testing.T, text []byte) {
		c, err := ReadClosing(bytes.NewReader(text))
		if err != nil {
			var where *ClosingError
			if !errors.As(err, &where) || where.Line < 1 || where.Line > bytes.Count(text, []byte("\n"))+2 {
				t.Fatalf("error %v of a text of %d lines", err, bytes.Count(text, []byte("\n"))+1)
			}
			return
		}
		back, err := c.AppendText(nil)
		if err != nil || !bytes.Equal(back, text) {
			t.Fatalf("read and written:\n%s\n%v", back, err)
		}
	})
}

// The books of one series with 100,000 documents, a tenth of them with a story.
func BenchmarkClosing(b *testing.B) {
	m := NewMemory()
	r := NewRegistrar(m, nil)
	s, err := r.Open(ctx, tu, OpenRequest{Key: SeriesKey{tu, "nk-2025", "QĐ"}, Issuer: "TU", Days: term}, by(0))
	if err != nil {
		b.Fatal(err)
	}
	for i := range 100_000 {
		id := EntryID(fmt.Sprint("qd-", i))
		_, err := r.Issue(ctx, tu, IssueRequest{ID: id, Series: s.ID, Content: Content{Kind: KindDecision, Day: firstDay, Abstract: "về việc phân công nhiệm vụ cấp ủy viên", Signer: "Nguyễn Văn An"}}, by(1))
		if err == nil && i%10 == 0 {
			_, err = r.Void(ctx, tu, VoidRequest{id, "sai thể thức"}, by(2))
		}
		if err != nil {
			b.Fatal(err)
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		c, err := r.Closing(ctx, tu, ClosingRequest{tu, "nk-2025"}, closingDay)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := c.AppendText(nil); err != nil {
			b.Fatal(err)
		}
	}
}
