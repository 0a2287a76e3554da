package incoming

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
)

const org = vanphong.OrgID("tu")

var day = vanphong.MustDate("2026-03-10") // a Tuesday

// stamp is the clerk at so many minutes after eight.
func stamp(minutes int) vanphong.Stamp {
	return vanphong.Stamp{By: vanphong.Actor{ID: "van-thu"}, At: day.At(8, minutes)}
}

type fixture struct {
	*Desk
	t    *testing.T
	ctx  context.Context
	book BookID
}

func newDesk(t *testing.T) fixture {
	f := fixture{NewDesk(NewMemory(), nil), t, t.Context(), ""}
	b, err := f.OpenBook(f.ctx, org, Opening{Numbering: PartyYearly(), Year: 2026, First: 1, Basis: "mở sổ năm 2026"}, stamp(-60))
	require.NoError(t, err)
	f.book = b.ID
	return f
}

// receipt is a paper whose number is n, all else alike.
func (f fixture) receipt(n int) Receipt {
	return Receipt{
		Book: f.book, Received: day.At(7, 30), Channel: ChannelAxis, NumberText: fmt.Sprintf("%d-CV/VPTW", n), Issuer: Issuer{Org: "vptw"},
		Kind: documents.KindLetter, Dated: day - 1, Abstract: "Về việc chuẩn bị hội nghị toàn quốc", External: fmt.Sprint("id-", n), Pages: 2, Copies: 1,
	}
}

func (f fixture) receive(n int) Document {
	f.t.Helper()
	return f.must(f.Receive(f.ctx, org, ID(fmt.Sprint("d", n)), f.receipt(n), stamp(0)))
}

func (f fixture) must(d Document, err error) Document {
	f.t.Helper()
	require.NoError(f.t, err)
	return d
}

// wantInput holds that err is of a kind and names field.
func wantInput(t *testing.T, err, kind error, field string) {
	t.Helper()
	var in *vanphong.InputError
	if !errors.Is(err, kind) || !errors.As(err, &in) || in.Field != field || in.Want == "" {
		t.Errorf("got %v, want %v about %q", err, kind, field)
	}
}

func TestNumbersFollowEachOther(t *testing.T) {
	f := newDesk(t)
	for n := 1; n <= 3; n++ {
		assert.Equal(t, uint32(n), f.receive(n).Arrival)
	}
	// A void number stays given.
	f.must(f.Void(f.ctx, org, "d3", "đăng ký nhầm", stamp(1)))
	assert.Equal(t, uint32(4), f.receive(4).Arrival)
	got, err := f.Arrival(f.ctx, org, f.book, 3)
	require.NoError(t, err)
	assert.Equal(t, ID("d3"), got.ID)
	// A refused receipt uses none up.
	r := f.receipt(5)
	r.Received = vanphong.MustDate("2025-12-31").At(9, 0)
	_, err = f.Receive(f.ctx, org, "d5", r, stamp(0))
	wantInput(t, err, vanphong.ErrOutOfRange, "received")
	assert.Equal(t, uint32(5), f.receive(5).Arrival)
}

func TestAskedAgainWithTheSameIDItIsTheSameNumber(t *testing.T) {
	f := newDesk(t)
	first := f.receive(1)
	f.must(f.Present(f.ctx, org, "d1", Presentation{To: Assignee{Unit: "vp"}}, stamp(5)))
	again := f.must(f.Receive(f.ctx, org, "d1", f.receipt(1), stamp(9))) // the answer was lost on its way
	assert.Equal(t, first.Arrival, again.Arrival)
	assert.Equal(t, int64(2), again.Version)
	for field, change := range map[string]func(*Receipt){
		"number_text": func(r *Receipt) { r.NumberText = "x" },
		"abstract":    func(r *Receipt) { r.Abstract = "khác" },
		"received":    func(r *Receipt) { r.Received = r.Received.Add(time.Minute) },
		"issuer.name": func(r *Receipt) { r.Issuer.Name = "khác" },
		"urgency":     func(r *Receipt) { r.Urgency = vanphong.Urgent },
		"secrecy":     func(r *Receipt) { r.Secrecy, r.Abstract = vanphong.Secret, "" },
		"pages":       func(r *Receipt) { r.Pages = 9 },
		"due":         func(r *Receipt) { r.Due = day },
	} {
		r := f.receipt(1)
		change(&r)
		_, err := f.Receive(f.ctx, org, "d1", r, stamp(9))
		assert.ErrorIs(t, err, vanphong.ErrConflict, field)
		if field != "secrecy" { // there the abstract, gone with it, is named first
			wantInput(t, err, vanphong.ErrConflict, field)
		}
	}
	assert.Equal(t, uint32(2), f.receive(2).Arrival)
}

// Every field of a receipt is compared: one that is left out would be lost in
// silence when a program asks again.
func TestEveryFieldOfAReceiptIsCompared(t *testing.T) {
	var zero Receipt
	v := reflect.ValueOf(&zero).Elem()
	for i := range v.NumField() {
		r := Receipt{}
		field := reflect.ValueOf(&r).Elem().Field(i)
		switch p := field.Addr().Interface().(type) {
		case *time.Time:
			*p = day.At(1, 1)
		case *documents.Number:
			*p = documents.MustNumber("01-CV/TU")
		case *Issuer:
			p.Name = "x"
		default:
			if field.Kind() == reflect.String {
				field.SetString("x")
			} else if field.CanInt() {
				field.SetInt(1)
			} else {
				field.SetUint(1)
			}
		}
		got, _, _ := r.differs(zero)
		assert.NotEmpty(t, got, v.Type().Field(i).Name)
	}
}

func TestTwoClerksRegisterOnePaperAtOnce(t *testing.T) {
	f := newDesk(t)
	const clerks = 8
	numbers, refused := make([]uint32, clerks), make([]error, clerks)
	var wg sync.WaitGroup
	for i := range clerks {
		wg.Go(func() {
			d, err := f.Receive(f.ctx, org, ID(fmt.Sprint("clerk", i)), f.receipt(1), stamp(0))
			numbers[i], refused[i] = d.Arrival, err
		})
	}
	wg.Wait()
	won := 0
	for i := range clerks {
		if refused[i] == nil {
			won++
			assert.Equal(t, uint32(1), numbers[i])
			continue
		}
		var dup *DuplicateError
		require.ErrorAs(t, refused[i], &dup)
		assert.ErrorIs(t, refused[i], vanphong.ErrConflict)
		assert.Equal(t, uint32(1), dup.Arrival, "it names the first")
	}
	assert.Equal(t, 1, won)
	// The same id from all of them: one number, and nobody is refused.
	for range clerks {
		wg.Go(func() {
			d, err := f.Receive(f.ctx, org, "d2", f.receipt(2), stamp(0))
			assert.NoError(t, err)
			assert.Equal(t, uint32(2), d.Arrival)
		})
	}
	wg.Wait()
	p, err := f.Proof(f.ctx, org, f.book)
	require.NoError(t, err)
	assert.True(t, p.Whole())
	assert.Equal(t, uint32(2), p.Last)
}

// What was sent back is put right by its sender and comes again: it is a document
// of its own then, and the clerk is shown that it was there before.
func TestWhatWasSentBackMayComeAgain(t *testing.T) {
	for what, end := range map[string]func(*Desk, context.Context, vanphong.OrgID, ID, time.Time, string, vanphong.Stamp) (Document, error){
		"returned": (*Desk).Return, "refused": (*Desk).Refuse,
	} {
		f := newDesk(t)
		f.receive(1)
		r := f.receipt(1)
		_, err := f.Receive(f.ctx, org, "again", r, stamp(5))
		wantInput(t, err, vanphong.ErrConflict, "external")
		f.must(end(f.Desk, f.ctx, org, "d1", time.Time{}, "thiếu phụ lục", stamp(6)))
		similar, err := f.Similar(f.ctx, org, r)
		require.NoError(t, err)
		require.Len(t, similar, 1, what)
		assert.Equal(t, RuleNearGone, similar[0].Rule)
		r.External = "" // by its number alone it is known as well
		similar, err = f.Similar(f.ctx, org, r)
		require.NoError(t, err)
		require.Len(t, similar, 1, what)
		assert.Equal(t, RuleNearGone, similar[0].Rule)
		again := f.must(f.Receive(f.ctx, org, "again", f.receipt(1), stamp(7)))
		assert.Equal(t, Duplicate{}, again.Duplicate)
		// A third time it is a duplicate of the one that stayed.
		_, err = f.Receive(f.ctx, org, "third", f.receipt(1), stamp(8))
		var twice *DuplicateError
		require.ErrorAs(t, err, &twice)
		assert.Equal(t, ID("again"), twice.First)
		// Making the first one void as well takes nothing from the second.
		f.must(f.Void(f.ctx, org, "d1", "nhầm", stamp(9)))
		_, err = f.Receive(f.ctx, org, "third", f.receipt(1), stamp(10))
		require.ErrorAs(t, err, &twice)
	}
}

// The second original takes the place of the first when that is sent back, once.
func TestASecondOriginalFollowsOneThatWasSentBack(t *testing.T) {
	f := newDesk(t)
	f.receive(1)
	r := f.receipt(1)
	r.Anyway = "bản thứ hai"
	f.must(f.Receive(f.ctx, org, "d2", r, stamp(5)))
	f.must(f.Receive(f.ctx, org, "d3", r, stamp(6)))
	f.must(f.Return(f.ctx, org, "d1", time.Time{}, "nhầm nơi nhận", stamp(7)))
	read := func(id ID) Document { d, err := f.Document(f.ctx, org, id); require.NoError(t, err); return d }
	for range 2 {
		second, third := read("d2"), read("d3")
		assert.True(t, second.Duplicate.Lapsed)
		assert.Equal(t, []ID{"d3"}, second.Also)
		assert.Equal(t, ID("d2"), third.Duplicate.Of)
		f.must(f.Void(f.ctx, org, "d1", "nhầm", stamp(8))) // changes neither of them
	}
}

func TestADuplicateIsRefusedUnlessAReasonIsGiven(t *testing.T) {
	f := newDesk(t)
	f.receive(1)
	for name, change := range map[string]func(*Receipt){
		"exchange id":             func(r *Receipt) { r.NumberText = "999-CV/VPTW" },
		"number as typed by hand": func(r *Receipt) { r.External, r.NumberText = "", "Số: 01 - cv/vptw" },
		"number as read":          func(r *Receipt) { r.External, r.NumberText, r.Number = "", "", documents.MustNumber("01-CV/VPTW") },
	} {
		r := f.receipt(1)
		change(&r)
		_, err := f.Receive(f.ctx, org, "other", r, stamp(1))
		var dup *DuplicateError
		require.ErrorAs(t, err, &dup, name)
		assert.Equal(t, DuplicateError{First: "d1", Book: f.book, Arrival: 1, Day: day, Field: dup.Field, value: dup.value}, *dup)
		assert.Contains(t, err.Error(), "arrival 1 of 2026-03-10")
	}
	r := f.receipt(1)
	r.Anyway = "bản chính thứ hai, gửi riêng Ban Tổ chức"
	second := f.must(f.Receive(f.ctx, org, "d2", r, stamp(1)))
	third := f.must(f.Receive(f.ctx, org, "d3", r, stamp(2)))
	assert.Equal(t, Duplicate{Of: "d1", Reason: r.Anyway}, second.Duplicate)
	assert.Equal(t, ID("d1"), third.Duplicate.Of)
	first, err := f.Document(f.ctx, org, "d1")
	require.NoError(t, err)
	assert.Equal(t, []ID{"d2", "d3"}, first.Also)
	// The first made void, the second stands in its place: a fourth is refused
	// and names it.
	f.must(f.Void(f.ctx, org, "d1", "nhầm", stamp(3)))
	_, err = f.Receive(f.ctx, org, "d4", f.receipt(1), stamp(4))
	var dup *DuplicateError
	require.ErrorAs(t, err, &dup)
	assert.Equal(t, ID("d2"), dup.First)
	second, third = f.must(f.Document(f.ctx, org, "d2")), f.must(f.Document(f.ctx, org, "d3"))
	assert.Equal(t, []ID{"d3"}, second.Also)
	assert.True(t, second.Duplicate.Lapsed)
	assert.Equal(t, Duplicate{Of: "d2", Reason: r.Anyway}, third.Duplicate)
	f.must(f.Void(f.ctx, org, "d2", "nhầm", stamp(5)))
	_, err = f.Receive(f.ctx, org, "d4", f.receipt(1), stamp(5))
	require.ErrorAs(t, err, &dup)
	assert.Equal(t, ID("d3"), dup.First)
	f.must(f.Void(f.ctx, org, "d3", "nhầm", stamp(6)))
	f.must(f.Receive(f.ctx, org, "d4", f.receipt(1), stamp(7))) // all void: it is the first again
}

func TestAClockThatJumpsBackLosesNothing(t *testing.T) {
	f := newDesk(t)
	f.receive(1)
	// An hour back, all instants with it: the number goes on.
	r := f.receipt(2)
	r.Received = day.At(6, 20)
	d := f.must(f.Receive(f.ctx, org, "d2", r, stamp(-90)))
	assert.Equal(t, uint32(2), d.Arrival)
	// Received later than registered, done before it came: typed errors.
	r = f.receipt(3)
	r.Received = day.At(9, 0)
	_, err := f.Receive(f.ctx, org, "d3", r, stamp(0))
	wantInput(t, err, vanphong.ErrInvalid, "received")
	_, err = f.Complete(f.ctx, org, "d1", time.Time{}, "xong", stamp(-90))
	wantInput(t, err, vanphong.ErrInvalid, "at")
	_, err = f.Complete(f.ctx, org, "d1", day.At(20, 0), "xong", stamp(9))
	wantInput(t, err, vanphong.ErrInvalid, "at")
	stored, err := f.Document(f.ctx, org, "d1")
	require.NoError(t, err)
	assert.Equal(t, StateReceived, stored.Status(day).State)
	p, err := f.Proof(f.ctx, org, f.book)
	require.NoError(t, err)
	assert.True(t, p.Whole())
}

func TestOfASecretDocumentNothingIsKeptOrQuoted(t *testing.T) {
	f := newDesk(t)
	const secret = "Kế hoạch điều động X"
	r := f.receipt(1)
	r.Secrecy, r.Abstract = vanphong.Confidential, secret
	_, err := f.Receive(f.ctx, org, "d1", r, stamp(0))
	wantInput(t, err, vanphong.ErrSecret, "abstract")
	assert.NotContains(t, err.Error(), secret)
	r.Abstract, r.NumberText = "", secret+"\x00"
	_, err = f.Receive(f.ctx, org, "d1", r, stamp(0))
	wantInput(t, err, vanphong.ErrInvalid, "number_text")
	assert.NotContains(t, err.Error(), "Kế hoạch")
	r.NumberText = "12-KH/TW"
	r.Issuer.Org = secret + "\x00"
	_, err = f.Receive(f.ctx, org, "d1", r, stamp(0))
	wantInput(t, err, vanphong.ErrInvalid, "issuer.org")
	assert.NotContains(t, err.Error(), "Kế hoạch")
	r.Issuer.Org = "vptw"
	f.must(f.Receive(f.ctx, org, "d1", r, stamp(0)))
	_, err = f.Receive(f.ctx, org, "d9", r, stamp(0))
	assert.ErrorIs(t, err, vanphong.ErrConflict)
	assert.NotContains(t, err.Error(), "12-KH")
	r.NumberText = "13-KH/TW"
	_, err = f.Receive(f.ctx, org, "d1", r, stamp(0))
	wantInput(t, err, vanphong.ErrConflict, "number_text")
	assert.NotContains(t, err.Error(), "-KH")
	for field, step := range map[string]func() (Document, error){
		"text": func() (Document, error) {
			return f.Instruct(f.ctx, org, "d1", Instruction{ID: "1", Kind: Direction, By: "bt", Text: secret, Leads: []Assignee{{Unit: "btc"}}}, stamp(1))
		},
		"note": func() (Document, error) { return f.Complete(f.ctx, org, "d1", time.Time{}, secret, stamp(1)) },
		"title": func() (Document, error) {
			return f.Require(f.ctx, org, "d1", Requirement{Key: "1", Advises: "btc", Kind: documents.KindPlan, Title: secret}, stamp(1))
		},
	} {
		_, err := step()
		wantInput(t, err, vanphong.ErrSecret, field)
		assert.NotContains(t, err.Error(), secret)
	}
	// Who leads and by when may be said, and a reply without words.
	f.must(f.Instruct(f.ctx, org, "d1", Instruction{ID: "1", Kind: Direction, By: "bt", Leads: []Assignee{{Unit: "btc"}}, Due: day + 5}, stamp(1)))
	d := f.must(f.Instruct(f.ctx, org, "d1", Instruction{ID: "2", Parent: "1", Kind: Reply, By: "tb", From: "btc"}, stamp(2)))
	assert.Equal(t, StateInProgress, d.Status(day).State)
	assert.Empty(t, d.Origin().Number)
}

func TestABookTakesOnlyItsOwn(t *testing.T) {
	f := newDesk(t)
	open := func(o Opening) (Book, error) { return f.OpenBook(f.ctx, org, o, stamp(0)) }
	base := Opening{Numbering: StateYearly(), Year: 2026, Name: "mật", Holds: HoldsSecret, First: 5, Basis: "tiếp theo"}
	b, err := open(base)
	require.NoError(t, err)
	again, err := open(base)
	require.NoError(t, err)
	assert.Equal(t, b, again)
	for field, change := range map[string]func(*Opening){
		"first": func(o *Opening) { o.First = 6 }, "basis": func(o *Opening) { o.Basis = "khác" },
		"numbering.version": func(o *Opening) { o.Numbering = PartyYearly() }, "holds": func(o *Opening) { o.Holds = HoldsAll },
	} {
		o := base
		change(&o)
		_, err := open(o)
		wantInput(t, err, vanphong.ErrConflict, field)
	}
	for field, change := range map[string]func(*Opening){
		"first": func(o *Opening) { o.First = 0 }, "basis": func(o *Opening) { o.Basis = " " }, "year": func(o *Opening) { o.Year = 0 },
		"numbering.scope":   func(o *Opening) { o.Numbering.Scope = documents.ScopeCongress },
		"numbering.version": func(o *Opening) { o.Numbering.Version = "" },
		"scope":             func(o *Opening) { o.Numbering.Scope = documents.ScopeTerm }, // no term named
	} {
		o := base
		change(&o)
		_, err := open(o)
		var in *vanphong.InputError
		require.ErrorAs(t, err, &in, field)
		assert.Equal(t, field, in.Field)
	}
	r := f.receipt(1)
	r.Book = b.ID
	_, err = f.Receive(f.ctx, org, "open", r, stamp(0))
	wantInput(t, err, vanphong.ErrInvalid, "book")
	r.Secrecy, r.Abstract = vanphong.TopSecret, ""
	d := f.must(f.Receive(f.ctx, org, "secret", r, stamp(0)))
	assert.Equal(t, uint32(5), d.Arrival, "opened at 5")
	_, err = f.CloseBook(f.ctx, org, b.ID, "hết năm", stamp(1))
	require.NoError(t, err)
	closed, err := f.CloseBook(f.ctx, org, b.ID, "hết năm", stamp(2))
	require.NoError(t, err)
	assert.Equal(t, int64(3), closed.Version, "closing again wrote nothing")
	r.External, r.NumberText = "id-9", "9-CV/VPTW"
	_, err = f.Receive(f.ctx, org, "late", r, stamp(2))
	wantInput(t, err, vanphong.ErrClosed, "book")
	r.Book = "none"
	_, err = f.Receive(f.ctx, org, "late", r, stamp(2))
	assert.ErrorIs(t, err, vanphong.ErrNotFound)
	// A book per term takes the days of the term.
	term, err := open(Opening{Numbering: Numbering{Version: "term-1", Scope: documents.ScopeTerm}, Term: "xviii", Days: vanphong.Days{First: day - 100}, First: 1, Basis: "mở sổ"})
	require.NoError(t, err)
	assert.Equal(t, NewBookID(org, "xviii", ""), term.ID)
	last, err := open(Opening{Numbering: StateYearly(), Year: 2026, Name: "đầy", First: MaxArrival, Basis: "x"})
	require.NoError(t, err)
	r = f.receipt(7)
	r.Book = last.ID
	f.must(f.Receive(f.ctx, org, "d7", r, stamp(2)))
	r = f.receipt(8)
	r.Book = last.ID
	_, err = f.Receive(f.ctx, org, "d8", r, stamp(2))
	wantInput(t, err, vanphong.ErrOutOfRange, "book")
}

func TestAReceiptThatCannotStandIsRefused(t *testing.T) {
	f := newDesk(t)
	for field, change := range map[string]func(*Receipt){
		"received":    func(r *Receipt) { r.Received = time.Time{} },
		"book":        func(r *Receipt) { r.Book = "" },
		"issuer":      func(r *Receipt) { r.Issuer = Issuer{} },
		"number_text": func(r *Receipt) { r.NumberText = strings.Repeat("1", MaxText+1) },
		"number":      func(r *Receipt) { r.Number = documents.Number{Serial: 1, Code: "a b"} },
		"abstract":    func(r *Receipt) { r.Abstract = "a\xff" },
		"secrecy":     func(r *Receipt) { r.Secrecy = 9 },
		"urgency":     func(r *Receipt) { r.Urgency = 9 },
		"deliver_at":  func(r *Receipt) { r.Urgency = vanphong.ExpressTimed },
		"channel":     func(r *Receipt) { r.Channel = 99 },
		"signature":   func(r *Receipt) { r.Signature = 99 },
		"pages":       func(r *Receipt) { r.Pages = -1 },
		"copies":      func(r *Receipt) { r.Copies = MaxPages + 1 },
		"external":    func(r *Receipt) { r.External = strings.Repeat("x", 201) },
	} {
		r := f.receipt(1)
		change(&r)
		_, err := f.Receive(f.ctx, org, "d1", r, stamp(0))
		var in *vanphong.InputError
		if !errors.As(err, &in) || in.Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	assert.Equal(t, uint32(1), f.receive(1).Arrival, "nothing was left behind")
}

func TestTheGuardIsAskedFirstForEveryWrite(t *testing.T) {
	var verbs []string
	guard := func(_ context.Context, a vanphong.Act) error {
		verbs = append(verbs, a.Verb)
		return vanphong.ErrForbidden
	}
	k, ctx, by := NewDesk(nil, &Options{Guard: guard}), t.Context(), stamp(0) // no store: whoever may not learns nothing of it
	for verb, ask := range map[string]func() error{
		"open":        func() error { _, err := k.OpenBook(ctx, org, Opening{}, by); return err },
		"correct":     func() error { _, err := k.Correct(ctx, org, "d", Receipt{}, "x", by); return err },
		"close":       func() error { _, err := k.CloseBook(ctx, org, "b", "x", by); return err },
		"receive":     func() error { _, err := k.Receive(ctx, org, "d", Receipt{}, by); return err },
		"present":     func() error { _, err := k.Present(ctx, org, "d", Presentation{}, by); return err },
		"instruct":    func() error { _, err := k.Instruct(ctx, org, "d", Instruction{}, by); return err },
		"delegate":    func() error { _, err := k.Delegate(ctx, org, Mandate{}, by); return err },
		"revoke":      func() error { _, err := k.Revoke(ctx, org, "m", time.Time{}, "x", by); return err },
		"acknowledge": func() error { _, err := k.Acknowledge(ctx, org, "d", Notice{}, by); return err },
		"return":      func() error { _, err := k.Return(ctx, org, "d", time.Time{}, "x", by); return err },
		"refuse":      func() error { _, err := k.Refuse(ctx, org, "d", time.Time{}, "x", by); return err },
		"complete":    func() error { _, err := k.Complete(ctx, org, "d", time.Time{}, "x", by); return err },
		"void":        func() error { _, err := k.Void(ctx, org, "d", "x", by); return err },
		"require":     func() error { _, err := k.Require(ctx, org, "d", Requirement{}, by); return err },
		"link":        func() error { _, err := k.Link(ctx, org, "d", Answer{}, by); return err },
	} {
		verbs = nil
		assert.ErrorIs(t, ask(), vanphong.ErrForbidden, verb)
		assert.Equal(t, []string{"incoming." + verb}, verbs)
	}
	_, err := k.Fulfil(ctx, org, "d", "k", Answer{}, by)
	assert.ErrorIs(t, err, vanphong.ErrForbidden)
	_, err = k.Receive(ctx, org, "d", Receipt{}, vanphong.Stamp{})
	assert.ErrorIs(t, err, vanphong.ErrInvalid, "every write names who")
	_, err = k.Receive(ctx, "", "d", Receipt{}, by)
	assert.ErrorIs(t, err, vanphong.ErrInvalid)
}

func TestNilStoreAndZeroMemory(t *testing.T) {
	_, err := NewDesk(nil, nil).Document(t.Context(), org, "d")
	assert.ErrorIs(t, err, vanphong.ErrInvalid)
	for _, err := range NewDesk(nil, nil).Documents(t.Context(), org, Query{}) {
		assert.ErrorIs(t, err, vanphong.ErrInvalid)
	}
	var m Memory
	_, err = NewDesk(&m, nil).Document(t.Context(), org, "d")
	assert.ErrorIs(t, err, vanphong.ErrNotFound)
}
