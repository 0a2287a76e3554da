package dispatch

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
)

func TestAListIsAddressedOnceAndMayGrow(t *testing.T) {
	d := newDesk(t, list(), nil)
	again, err := d.Address(d.ctx, org, list(), stamp(5))
	require.NoError(t, err)
	assert.EqualValues(t, 1, again.Version, "the same list again writes nothing")

	more := Addressing{Entry: entry, Day: day, Signed: true, Numbered: 5, Recipients: []Recipient{{Name: "Các ban đảng", Numbers: []int{5}}}}
	got, err := d.Address(d.ctx, org, more, stamp(6))
	require.NoError(t, err)
	require.Len(t, got.Recipients, 5)
	assert.Equal(t, "12-BC/TU", got.Number, "a number left out this time stays")
	assert.Equal(t, 5, got.Numbered)
	assert.Equal(t, RecipientID("hue"), got.Recipients[2].ID, "the organisation's id is the recipient's")
	assert.NotEmpty(t, got.Recipients[4].ID, "a name alone has an id, too")
	assert.Equal(t, DefaultPolicy().Version, got.Policy)
}

func TestAddressRefuses(t *testing.T) {
	long := strings.Repeat("x", MaxText+1)
	for why, c := range map[string]struct {
		change func(*Addressing)
		kind   error
	}{
		"no entry":                            {func(a *Addressing) { a.Entry = "" }, vanphong.ErrInvalid},
		"no day":                              {func(a *Addressing) { a.Day = 0 }, vanphong.ErrInvalid},
		"a level that does not exist":         {func(a *Addressing) { a.Secrecy = 9 }, vanphong.ErrInvalid},
		"a mark of haste that does not exist": {func(a *Addressing) { a.Urgency = 9 }, vanphong.ErrInvalid},
		"nobody":                              {func(a *Addressing) { a.Recipients = nil }, vanphong.ErrInvalid},
		"too many recipients":                 {func(a *Addressing) { a.Recipients = make([]Recipient, MaxRecipients+1) }, vanphong.ErrOutOfRange},
		"too many copies":                     {func(a *Addressing) { a.Numbered = MaxCopies + 1 }, vanphong.ErrOutOfRange},
		"less than no copies":                 {func(a *Addressing) { a.Recipients[2].Copies = -1 }, vanphong.ErrOutOfRange},
		"a name of nothing":                   {func(a *Addressing) { a.Recipients[2].Name = " " }, vanphong.ErrInvalid},
		"a name too long":                     {func(a *Addressing) { a.Recipients[2].Name = long }, vanphong.ErrOutOfRange},
		"a control character":                 {func(a *Addressing) { a.Recipients[2].Purpose = "a\x00" }, vanphong.ErrInvalid},
		"a copy that does not exist":          {func(a *Addressing) { a.Recipients[2].Numbers = []int{5} }, vanphong.ErrOutOfRange},
		"copy zero":                           {func(a *Addressing) { a.Recipients[2].Numbers = []int{0} }, vanphong.ErrOutOfRange},
		"a copy twice for one":                {func(a *Addressing) { a.Recipients[2].Numbers = []int{3, 3} }, vanphong.ErrInvalid},
		"a copy for two":                      {func(a *Addressing) { a.Recipients[2].Numbers = []int{1} }, vanphong.ErrConflict},
		"a recipient twice":                   {func(a *Addressing) { a.Recipients[2] = a.Recipients[0] }, vanphong.ErrInvalid},
		"steps from outside":                  {func(a *Addressing) { a.Recipients[2].Steps = []Step{{Kind: StepReceived}} }, vanphong.ErrInvalid},
		"the file as addressee":               {func(a *Addressing) { a.Recipients[3].Addressee = true }, vanphong.ErrInvalid},
	} {
		a := list()
		c.change(&a)
		k := NewClerk(NewMemory(), nil)
		_, err := k.Address(context.Background(), org, a, stamp(0))
		assert.ErrorIs(t, err, c.kind, why)
		_, err = k.Dispatch(context.Background(), org, entry)
		assert.ErrorIs(t, err, vanphong.ErrNotFound, why)
	}
	// What stands in a list that was printed stays in it.
	d := newDesk(t, list(), nil)
	for why, change := range map[string]func(*Addressing){
		"another day":        func(a *Addressing) { a.Day++ },
		"another level":      func(a *Addressing) { a.Secrecy = vanphong.Confidential },
		"another number":     func(a *Addressing) { a.Number = "13-BC/TU" },
		"another name":       func(a *Addressing) { a.Recipients[0].Name = "Ban Bí thư" },
		"other copies":       func(a *Addressing) { a.Recipients[1].Numbers = []int{2} },
		"no longer the file": func(a *Addressing) { a.Recipients[3].Filed = false },
	} {
		a := list()
		change(&a)
		_, err := d.Address(d.ctx, org, a, stamp(1))
		assert.ErrorIs(t, err, vanphong.ErrConflict, why)
	}
}

// Network: sent, delivered, received; each step again changes nothing.
func TestASendingIsFollowed(t *testing.T) {
	d := newDesk(t, list(), nil)
	for i, s := range []struct {
		verb
		to    []RecipientID
		state State
	}{
		{d.Send, []RecipientID{"hue", "bbt"}, Sent},
		{d.Deliver, []RecipientID{"hue"}, Delivered},
		{d.Acknowledge, []RecipientID{"hue"}, Received},
	} {
		step := Step{At: at(i)}
		if i == 0 {
			step.Channel = Network
		}
		got := d.do(s.verb, step, append(s.to, s.to...)...) // one named twice is named once
		assert.Equal(t, s.state, now(t, got, "hue").State)
		again := d.do(s.verb, step, s.to...)
		assert.Equal(t, got.Version, again.Version, "step %d again", i)
	}
	got, err := d.Dispatch(d.ctx, org, entry)
	require.NoError(t, err)
	assert.Equal(t, Sent, now(t, got, "bbt").State, "one recipient's answer is its own")
	// As it stood when only the sending had happened.
	r, _ := got.Recipient("hue")
	for i, want := range []State{Sent, Delivered, Received} {
		assert.Equal(t, want, r.Status(at(i)).State)
	}
	assert.Equal(t, Waiting, r.Status(at(-1)).State)
}

func TestStepsFollowFromTheState(t *testing.T) {
	d := newDesk(t, list(), nil)
	s := Step{At: at(1)}
	for name, v := range map[string]verb{"deliver": d.Deliver, "acknowledge": d.Acknowledge} {
		t.Log(name)
		d.no(vanphong.ErrState, v, s, "hue")
	}
	reason := Step{At: at(1), Reason: "sai nơi nhận"}
	d.no(vanphong.ErrState, d.Fail, reason, "hue")
	d.no(vanphong.ErrState, d.Return, reason, "hue")
	d.no(vanphong.ErrState, d.Notify, s, "hue")
	d.no(vanphong.ErrState, d.Confirm, s, "hue")
	d.no(vanphong.ErrState, d.Destroy, s, "hue")
	d.no(vanphong.ErrInvalid, d.GiveBack, s, "hue")
	d.no(vanphong.ErrState, d.Send, Step{At: at(1), Channel: Network}, "luu")
	d.no(vanphong.ErrNotFound, d.Send, Step{At: at(1), Channel: Network}, "hue", "ai")
	d.no(vanphong.ErrInvalid, d.Send, Step{At: at(1), Channel: Network})
	d.no(vanphong.ErrInvalid, d.Send, Step{At: at(1)}, "hue")
	d.no(vanphong.ErrInvalid, d.Send, Step{At: at(1), Channel: 77}, "hue")
	d.no(vanphong.ErrInvalid, d.Send, Step{Channel: Network}, "hue")
	d.no(vanphong.ErrInvalid, d.Send, Step{At: at(1), Channel: Network, Copies: 1}, "hue")
	d.no(vanphong.ErrInvalid, d.Send, Step{At: at(1), Channel: Paper, Copies: 1}, "hue", "vptw")
	d.do(d.Send, Step{At: at(5), Channel: Network}, "hue")
	d.no(vanphong.ErrInvalid, d.Acknowledge, Step{At: at(4)}, "hue") // before it was sent
	d.no(vanphong.ErrInvalid, d.Fail, Step{At: at(6)}, "hue")        // for no reason
	d.do(d.Acknowledge, Step{At: at(6)}, "hue")
	got := d.do(d.Deliver, Step{At: at(7)}, "hue") // overtaken: no news
	assert.Equal(t, Received, now(t, got, "hue").State)
	d.no(vanphong.ErrState, d.Acknowledge, Step{At: at(8)}, "hue")
}

// A step cannot be written down before it happened: one year typed wrongly would
// keep out all that follows.
func TestNothingIsRecordedBeforeItHappened(t *testing.T) {
	d := newDesk(t, list(), nil)
	late := Step{At: at(10).AddDate(36, 0, 0), Channel: Network}
	_, err := d.Send(d.ctx, org, entry, late, stamp(10), "hue")
	var in *vanphong.InputError
	require.ErrorAs(t, err, &in)
	assert.Equal(t, "at", in.Field)
	_, err = d.Send(d.ctx, org, entry, Step{At: at(10).Add(1), Channel: Network}, stamp(10), "hue")
	require.ErrorIs(t, err, vanphong.ErrInvalid, "by a nanosecond")
	_, err = d.Send(d.ctx, org, entry, Step{At: at(10), Channel: Network}, stamp(10), "hue")
	require.NoError(t, err, "as it happens")
	_, err = d.Recall(d.ctx, org, entry, Recall{Number: "7-TB/TU", At: at(12)}, stamp(11))
	require.ErrorAs(t, err, &in)
	assert.Equal(t, "recall.at", in.Field)
	_, err = d.Recall(d.ctx, org, entry, Recall{Number: "7-TB/TU", At: at(11)}, stamp(12))
	require.NoError(t, err)
}

// A step that differs in its receipt or its reason is another step.
func TestAnotherReceiptIsNotTheSameStep(t *testing.T) {
	d := newDesk(t, list(), nil)
	d.do(d.Send, Step{At: at(1), Channel: Network}, "hue")
	d.do(d.Acknowledge, Step{At: at(2), Receipt: Receipt{Number: "15"}}, "hue")
	d.no(vanphong.ErrState, d.Acknowledge, Step{At: at(2), Receipt: Receipt{Number: "16"}}, "hue")
	d.do(d.Return, Step{At: at(3), Reason: "sai nơi nhận"}, "hue")
	d.no(vanphong.ErrState, d.Return, Step{At: at(3), Reason: "thiếu phụ lục"}, "hue")
}

func TestHandOverIsSignedFor(t *testing.T) {
	d := newDesk(t, list(), nil)
	d.no(vanphong.ErrInvalid, d.HandOver, Step{At: at(1)}, "vptw") // by whom?
	signed := Step{At: at(1), Receipt: Receipt{Person: "Lê Thị Bình", Number: "15"}}
	d.no(vanphong.ErrInvalid, d.HandOver, Step{At: at(1), Channel: Network, Receipt: signed.Receipt}, "vptw")
	got := d.do(d.HandOver, signed, "vptw")
	s := now(t, got, "vptw")
	assert.Equal(t, Received, s.State)
	assert.Equal(t, Holding{Copies: 1, Numbers: []int{2, 3}}, s.Holding)
	r, _ := got.Recipient("vptw")
	require.Len(t, r.Steps, 2)
	assert.Equal(t, signed.Receipt, r.Steps[1].Receipt)
	assert.Equal(t, stamp(1), r.Steps[1].Made)
	assert.Equal(t, got.Version, d.do(d.HandOver, signed, "vptw").Version, "again")

	// On its way with a messenger, the receipt comes later and sends nothing.
	d.do(d.Send, Step{At: at(2), Channel: Paper}, "bbt")
	d.no(vanphong.ErrState, d.HandOver, Step{At: at(3), Receipt: signed.Receipt, Numbers: []int{1}}, "bbt")
	got = d.do(d.HandOver, Step{At: at(3), Receipt: signed.Receipt}, "bbt")
	assert.Equal(t, Holding{Numbers: []int{1}}, now(t, got, "bbt").Holding)
	// Without copies of its own, one without a number.
	got = d.do(d.HandOver, Step{At: at(3), Receipt: signed.Receipt}, "hue")
	assert.Equal(t, Holding{Copies: 1}, now(t, got, "hue").Holding)
}

func TestFailedAndReturnedAreSentAgain(t *testing.T) {
	d := newDesk(t, list(), nil)
	d.do(d.Send, Step{At: at(1), Channel: Network}, "hue")
	got := d.do(d.Fail, Step{At: at(2), Reason: "mất kết nối"}, "hue")
	assert.Equal(t, Failed, now(t, got, "hue").State)
	assert.True(t, now(t, got, "hue").Holding.Empty())
	got = d.do(d.Send, Step{At: at(3), Channel: Network}, "hue")
	assert.Equal(t, Sent, now(t, got, "hue").State)
	d.do(d.Acknowledge, Step{At: at(4)}, "hue")
	// A resending that fails takes nothing from what came.
	d.do(d.Send, Step{At: at(5), Channel: Network}, "hue")
	got = d.do(d.Fail, Step{At: at(6), Reason: "trùng"}, "hue")
	assert.True(t, now(t, got, "hue").Holding.Electronic)
	d.do(d.Send, Step{At: at(7), Channel: Network}, "hue")
	got = d.do(d.Return, Step{At: at(8), Reason: "chữ ký số không hợp lệ"}, "hue")
	assert.Equal(t, Status{State: Returned, Channel: Network, Sent: at(7), Since: at(8), file: true}, now(t, got, "hue"))
}

// Copy 3 goes to the wrong place, comes back and goes to the right one.
func TestANumberedCopyIsInOnePlace(t *testing.T) {
	d := newDesk(t, list(), nil)
	d.no(vanphong.ErrState, d.Send, Step{At: at(1), Channel: Paper, Numbers: []int{1}}, "hue")      // another's
	d.no(vanphong.ErrState, d.Send, Step{At: at(1), Channel: Paper, Numbers: []int{4}}, "hue")      // the file's
	d.no(vanphong.ErrOutOfRange, d.Send, Step{At: at(1), Channel: Paper, Numbers: []int{9}}, "hue") // none
	d.do(d.Send, Step{At: at(1), Channel: Paper}, "vptw", "bbt")
	d.no(vanphong.ErrState, d.Send, Step{At: at(2), Channel: Paper, Numbers: []int{3}}, "hue") // out
	d.no(vanphong.ErrState, d.Return, Step{At: at(2), Reason: "nhầm", Numbers: []int{1}}, "vptw")
	d.no(vanphong.ErrState, d.Return, Step{At: at(2), Reason: "nhầm", Copies: 2}, "vptw")
	got := d.do(d.Return, Step{At: at(2), Reason: "nhầm nơi nhận", Numbers: []int{3}}, "vptw")
	assert.Equal(t, Holding{Copies: 1, Numbers: []int{2}}, now(t, got, "vptw").Holding)
	assert.Equal(t, Copy{3, CopyBack, "vptw"}, got.Copies()[2])
	got = d.do(d.Send, Step{At: at(3), Channel: Paper, Numbers: []int{3}}, "hue")
	assert.Equal(t, []Copy{{1, CopyOut, "bbt"}, {2, CopyOut, "vptw"}, {3, CopyOut, "hue"}, {4, CopyOnFile, "luu"}}, got.Copies())
	got = d.do(d.Destroy, Step{At: at(4), Numbers: []int{3}}, "hue")
	assert.Equal(t, Copy{3, CopyDestroyed, "hue"}, got.Copies()[2])
	d.no(vanphong.ErrState, d.Send, Step{At: at(5), Channel: Paper, Numbers: []int{3}}, "hue")
	// A parcel that was lost does not bring its copies back.
	got = d.do(d.Fail, Step{At: at(6), Reason: "thất lạc"}, "bbt")
	assert.Equal(t, []string{"Bản số 01 đang ở Ban Bí thư Trung ương Đảng, chưa thu về và chưa hủy", "Bản số 02 đang ở Văn phòng Trung ương Đảng, chưa thu về và chưa hủy"}, texts(got.Reconcile()))
	d.do(d.GiveBack, Step{At: at(7), Numbers: []int{1}}, "bbt")
	got = d.do(d.GiveBack, Step{At: at(7), Numbers: []int{2}}, "vptw")
	assert.Empty(t, got.Reconcile(), "every copy is accounted for")
}

func texts(list []vanphong.Finding) []string {
	out := []string{}
	for _, f := range list {
		out = append(out, Messages().Text(f))
	}
	return out
}

func TestACopyForNobodyIsMissing(t *testing.T) {
	a := list()
	a.Numbered = 5
	d := newDesk(t, a, nil)
	got, err := d.Dispatch(d.ctx, org, entry)
	require.NoError(t, err)
	assert.Equal(t, []string{"Bản số 05 không ghi cho nơi nhận nào, cũng không ghi là bản lưu"}, texts(got.Reconcile()))
	// It may go to whoever needs one.
	got = d.do(d.Send, Step{At: at(1), Channel: Paper, Numbers: []int{5}}, "hue")
	assert.Equal(t, Copy{5, CopyOut, "hue"}, got.Copies()[4])
}

// What is with one recipient, or was, is not promised to another; nor is what it
// destroyed.
func TestACopyThatLeftIsMeantForNobodyElse(t *testing.T) {
	a := list()
	a.Numbered = 6 // 5 and 6 are meant for nobody
	d := newDesk(t, a, nil)
	d.do(d.Send, Step{At: at(1), Channel: Paper, Numbers: []int{5}}, "hue")
	meant := func(n int) error {
		_, err := d.Address(d.ctx, org, Addressing{Entry: entry, Day: day, Signed: true, Numbered: 6, Recipients: []Recipient{{Org: "dn", Name: "Thành ủy Đà Nẵng", Numbers: []int{n}}}}, stamp(9))
		return err
	}
	require.ErrorIs(t, meant(5), vanphong.ErrConflict, "out")
	d.do(d.GiveBack, Step{At: at(2), Numbers: []int{5}}, "hue")
	require.ErrorIs(t, meant(5), vanphong.ErrConflict, "back")
	require.NoError(t, meant(6))
	// The list as it was handed in is still the list.
	_, err := d.Address(d.ctx, org, a, stamp(10))
	require.NoError(t, err)
	d.do(d.Send, Step{At: at(11), Channel: Paper, Numbers: []int{5}}, "dn")
}

func TestTheGuardIsAskedForEveryVerb(t *testing.T) {
	var asked []string
	deny := errors.New("no")
	k := NewClerk(NewMemory(), &Options{Guard: func(_ context.Context, a vanphong.Act) error {
		asked = append(asked, a.Verb+" "+a.Object)
		return deny
	}})
	ctx := context.Background()
	_, err := k.Address(ctx, org, list(), stamp(0))
	assert.Equal(t, deny, err)
	_, err = k.Recall(ctx, org, entry, Recall{}, stamp(0))
	assert.Equal(t, deny, err)
	for _, v := range []verb{k.Send, k.HandOver, k.Deliver, k.Acknowledge, k.Fail, k.Return, k.Notify, k.Noticed, k.GiveBack, k.Destroy, k.Confirm} {
		_, err := v(ctx, org, entry, Step{}, stamp(0), "x")
		assert.Equal(t, deny, err)
	}
	want := []string{}
	for _, v := range []string{"address", "recall", "send", "handover", "deliver", "acknowledge", "fail", "return", "notify", "noticed", "giveback", "destroy", "confirm"} {
		want = append(want, "dispatch."+v+" vb-1")
	}
	assert.Equal(t, want, asked)
	// Nobody writes without a name, and nowhere.
	_, err = k.Send(ctx, org, entry, Step{}, vanphong.Stamp{}, "x")
	assert.ErrorIs(t, err, vanphong.ErrInvalid)
	_, err = k.Send(ctx, "", entry, Step{}, stamp(0), "x")
	assert.ErrorIs(t, err, vanphong.ErrInvalid)
}

func TestNoStoreAndABadPolicyAreErrors(t *testing.T) {
	ctx := context.Background()
	_, err := NewClerk(nil, nil).Address(ctx, org, list(), stamp(0))
	assert.ErrorIs(t, err, vanphong.ErrInvalid)
	for _, err := range NewClerk(nil, nil).Dispatches(ctx, org, Query{}) {
		assert.ErrorIs(t, err, vanphong.ErrInvalid)
	}
	_, err = NewClerk(NewMemory(), &Options{Policy: &Policy{}}).Address(ctx, org, list(), stamp(0))
	assert.ErrorIs(t, err, vanphong.ErrInvalid)
	var m Memory
	require.NoError(t, m.View(ctx, org, func(Reader) error { return nil }))
}

func TestPagesGoOnWhereTheLastEnded(t *testing.T) {
	k, ctx := NewClerk(NewMemory(), nil), context.Background()
	var want, got []string
	for i := range 7 {
		a := list()
		a.Entry, a.Day = documents.EntryID(fmt.Sprint("e", i)), day+vanphong.Date(i/3)
		_, err := k.Address(ctx, org, a, stamp(0))
		require.NoError(t, err)
		want = append(want, string(a.Entry))
	}
	q := Query{}
	for pages := 1; ; pages++ {
		page, next, err := k.Page(ctx, org, q, 3)
		require.NoError(t, err)
		for _, d := range page {
			got = append(got, string(d.Entry))
		}
		if next == (Position{}) {
			assert.Equal(t, 3, pages)
			break
		}
		q.After = next
	}
	assert.Equal(t, want, got)
	for _, limit := range []int{0, -1, MaxPage + 1} {
		_, _, err := k.Page(ctx, org, q, limit)
		assert.ErrorIs(t, err, vanphong.ErrOutOfRange, fmt.Sprint(limit))
	}
}

func TestTextsAreComposedAtTheDoor(t *testing.T) {
	apart, together := "Thành ủy Hue\u0302\u0301", "Thành ủy Huế"
	a, b := list(), list()
	a.Recipients[2].Name, b.Recipients[2].Name = apart, together
	d := newDesk(t, a, nil)
	got, err := d.Address(d.ctx, org, b, stamp(1))
	require.NoError(t, err)
	assert.EqualValues(t, 1, got.Version)
	d.do(d.Send, Step{At: at(1), Channel: Network}, "hue")
	d.do(d.Return, Step{At: at(2), Reason: apart}, "hue")
	got = d.do(d.Return, Step{At: at(2), Reason: together}, "hue")
	r, _ := got.Recipient("hue")
	assert.Equal(t, together, r.Steps[1].Reason)
	assert.Len(t, r.Steps, 2)
}
