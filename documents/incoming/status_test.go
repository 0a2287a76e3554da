package incoming

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
)

// on is an instant of a later day.
func on(days, hour int) vanphong.Stamp {
	return vanphong.Stamp{By: vanphong.Actor{ID: "van-thu"}, At: (day + vanphong.Date(days)).At(hour, 0)}
}

// One document through all its states, asked about on each day afterwards.
func TestStateIsAQuestionAboutADay(t *testing.T) {
	f := newDesk(t)
	r := f.receipt(1)
	r.Due, r.Unit = day+3, "vp"
	f.must(f.Receive(f.ctx, org, "d1", r, stamp(0)))
	f.must(f.Acknowledge(f.ctx, org, "d1", Notice{}, stamp(1)))
	f.must(f.Present(f.ctx, org, "d1", Presentation{To: Assignee{Unit: "vp", Person: "cvp"}}, on(1, 8)))
	f.must(f.Instruct(f.ctx, org, "d1", Instruction{ID: "1", Kind: Direction, By: "bt", Leads: lead("btc"), Due: day + 5}, on(2, 8)))
	f.must(f.Instruct(f.ctx, org, "d1", Instruction{ID: "2", Parent: "1", Kind: Reply, By: "tb", From: "btc", Text: "đã nhận"}, on(4, 8)))
	f.must(f.Link(f.ctx, org, "d1", Answer{Number: "15-CV/TU"}, on(6, 8)))
	// A proposal under the direction is no work on it.
	f.must(f.Instruct(f.ctx, org, "d1", Instruction{ID: "3", Parent: "1", Kind: Proposal, By: "cvp", From: "btc", Text: "đề nghị thêm người", At: on(3, 8).At}, on(6, 8)))
	d := f.must(f.Complete(f.ctx, org, "d1", time.Time{}, "đã trả lời", on(7, 8)))
	assert.Equal(t, StateInstructed, d.Status(day+3).State)
	for days, want := range map[int]Status{
		-1: {},
		0:  {State: StateReceived, Unit: "vp", Due: day + 3, Acknowledged: true},
		1:  {State: StatePresented, Unit: "vp", Due: day + 3, Acknowledged: true},
		2:  {State: StateInstructed, Unit: "btc", Due: day + 5, Acknowledged: true},
		4:  {State: StateInProgress, Unit: "btc", Due: day + 5, Acknowledged: true},
		5:  {State: StateInProgress, Unit: "btc", Due: day + 5, Acknowledged: true}, // the day itself is in time
		6:  {State: StateInProgress, Unit: "btc", Due: day + 5, Acknowledged: true, Answered: true, Late: true, DaysLate: 1},
		7:  {State: StateDone, Unit: "btc", Due: day + 5, Acknowledged: true, Answered: true, Late: true, DaysLate: 2},
		99: {State: StateDone, Unit: "btc", Due: day + 5, Acknowledged: true, Answered: true, Late: true, DaysLate: 2}, // as late as when it was done
	} {
		assert.Equal(t, want, d.Status(day+vanphong.Date(days)), "day %d", days)
	}
}

func TestWhatHasEndedTakesNoFurtherStep(t *testing.T) {
	type end func(f fixture) (Document, error)
	for state, c := range map[State]struct {
		end                 end
		answered, requested error // whether an answer may be linked, a document called for
	}{
		StateDone: {func(f fixture) (Document, error) { return f.Complete(f.ctx, org, "d1", time.Time{}, "", stamp(5)) }, nil, nil},
		StateReturned: {func(f fixture) (Document, error) {
			return f.Return(f.ctx, org, "d1", time.Time{}, "nhầm nơi nhận", stamp(5))
		}, vanphong.ErrClosed, vanphong.ErrClosed},
		StateRefused: {func(f fixture) (Document, error) {
			return f.Refuse(f.ctx, org, "d1", time.Time{}, "không mở được", stamp(5))
		}, vanphong.ErrClosed, vanphong.ErrClosed},
		StateVoid: {func(f fixture) (Document, error) { return f.Void(f.ctx, org, "d1", "đăng ký nhầm", stamp(5)) }, vanphong.ErrClosed, vanphong.ErrClosed},
	} {
		f := newDesk(t)
		f.receive(1)
		first := f.must(c.end(f))
		assert.Equal(t, state, first.Status(day).State)
		assert.Equal(t, first, f.must(c.end(f)), "the same end again is the same end")
		for _, step := range []func() (Document, error){
			func() (Document, error) {
				return f.Present(f.ctx, org, "d1", Presentation{To: Assignee{Unit: "vp"}}, stamp(9))
			},
			func() (Document, error) {
				return f.Instruct(f.ctx, org, "d1", Instruction{ID: "1", Kind: Direction, By: "bt", Leads: lead("btc")}, stamp(9))
			},
			func() (Document, error) { return f.Return(f.ctx, org, "d1", time.Time{}, "lý do khác", stamp(9)) },
			func() (Document, error) { return f.Refuse(f.ctx, org, "d1", time.Time{}, "lý do khác", stamp(9)) },
			func() (Document, error) { return f.Complete(f.ctx, org, "d1", time.Time{}, "khác", stamp(9)) },
		} {
			_, err := step()
			assert.ErrorIs(t, err, vanphong.ErrState)
			wantInput(t, err, vanphong.ErrClosed, "document.state")
		}
		_, err := f.Link(f.ctx, org, "d1", Answer{Entry: "e"}, stamp(9))
		assert.ErrorIs(t, err, c.answered)
		_, err = f.Require(f.ctx, org, "d1", Requirement{Key: "1", Advises: "btc", Kind: documents.KindPlan}, stamp(9))
		assert.ErrorIs(t, err, c.requested)
		if state == StateVoid {
			_, err = f.Void(f.ctx, org, "d1", "lý do khác", stamp(9))
			wantInput(t, err, vanphong.ErrClosed, "document.state")
			_, err = f.Acknowledge(f.ctx, org, "d1", Notice{}, stamp(9))
			assert.ErrorIs(t, err, vanphong.ErrClosed)
		} else { // void outranks every other end, and the sender may still be told
			f.must(f.Acknowledge(f.ctx, org, "d1", Notice{}, stamp(9)))
			d := f.must(f.Void(f.ctx, org, "d1", "đăng ký nhầm", on(3, 8)))
			assert.Equal(t, state, d.Status(day+2).State, "and before that day it was what it was")
			assert.Equal(t, StateVoid, d.Status(day+3).State)
		}
	}
}

func TestAReasonIsAsked(t *testing.T) {
	f := newDesk(t)
	f.receive(1)
	for _, step := range []func() (Document, error){
		func() (Document, error) { return f.Return(f.ctx, org, "d1", time.Time{}, " ", stamp(5)) },
		func() (Document, error) { return f.Refuse(f.ctx, org, "d1", time.Time{}, "", stamp(5)) },
		func() (Document, error) { return f.Void(f.ctx, org, "d1", "", stamp(5)) },
	} {
		_, err := step()
		wantInput(t, err, vanphong.ErrInvalid, "reason")
	}
	_, err := f.Acknowledge(f.ctx, org, "d1", Notice{Note: "đã nhận đủ"}, stamp(2))
	require.NoError(t, err)
	_, err = f.Acknowledge(f.ctx, org, "d1", Notice{Note: "khác"}, stamp(2))
	wantInput(t, err, vanphong.ErrConflict, "at")
	_, err = f.Link(f.ctx, org, "d1", Answer{}, stamp(2))
	wantInput(t, err, vanphong.ErrInvalid, "answer")
}

// Which documents of the centre have no local document yet.
func TestOutstandingOnADay(t *testing.T) {
	f := newDesk(t)
	for n := 1; n <= 4; n++ {
		f.receive(n)
	}
	plan := Requirement{Key: "kh", Advises: "btg", Kind: documents.KindPlan, Title: "Kế hoạch thực hiện", Due: day + 10, Basis: "trong 10 ngày"}
	f.must(f.Require(f.ctx, org, "d1", plan, stamp(1)))
	again := f.must(f.Require(f.ctx, org, "d1", plan, stamp(1)))
	assert.Len(t, again.Required, 1)
	other := plan
	other.Advises = "btc"
	_, err := f.Require(f.ctx, org, "d1", other, stamp(1))
	wantInput(t, err, vanphong.ErrConflict, "key")
	other.Key, other.Due = "ct", day-1
	_, err = f.Require(f.ctx, org, "d1", other, stamp(1))
	wantInput(t, err, vanphong.ErrInvalid, "due")
	f.must(f.Require(f.ctx, org, "d2", plan, stamp(1)))
	f.must(f.Fulfil(f.ctx, org, "d2", "kh", Answer{Entry: "e7", Number: "07-KH/TU"}, on(4, 8)))
	f.must(f.Fulfil(f.ctx, org, "d2", "kh", Answer{Entry: "e7", Number: "07-KH/TU"}, on(5, 8)))
	_, err = f.Fulfil(f.ctx, org, "d2", "kh", Answer{Entry: "e8"}, on(5, 8))
	wantInput(t, err, vanphong.ErrConflict, "key")
	_, err = f.Fulfil(f.ctx, org, "d2", "x", Answer{Entry: "e8"}, on(5, 8))
	wantInput(t, err, vanphong.ErrNotFound, "key")
	f.must(f.Require(f.ctx, org, "d3", plan, on(6, 8)))
	f.must(f.Require(f.ctx, org, "d4", plan, stamp(1)))
	f.must(f.Void(f.ctx, org, "d4", "nhầm", stamp(2)))
	for days, want := range map[int][]ID{-1: nil, 0: {"d1", "d2"}, 4: {"d1"}, 6: {"d1", "d3"}} {
		var got []ID
		for o, err := range f.Outstanding(f.ctx, org, day+vanphong.Date(days)) {
			require.NoError(t, err)
			got = append(got, o.Document.ID)
		}
		assert.Equal(t, want, got, "day %d", days)
	}
	for o := range f.Outstanding(f.ctx, org, day+13) {
		assert.Equal(t, 3, o.DaysLate)
		break
	}
	a, b := f.must(f.Document(f.ctx, org, "d1")).Origin(), f.must(f.Document(f.ctx, org, "d2")).Origin()
	assert.Equal(t, "1-CV/VPTW", a.Number)
	assert.NotEqual(t, a.ID, b.ID)
	for _, err := range OutstandingOn(day, nil) {
		assert.ErrorIs(t, err, vanphong.ErrInvalid)
	}
}

func TestAnotherZoneSeesTheLineAndNothingOnIt(t *testing.T) {
	f := newDesk(t)
	r := f.receipt(1)
	r.Secrecy, r.Abstract, r.Signer, r.Unit, r.Due = vanphong.Secret, "", "Nguyễn Văn A", "vp", day+2
	f.must(f.Receive(f.ctx, org, "mat-to-chuc", r, stamp(0)))
	f.must(f.Present(f.ctx, org, "mat-to-chuc", Presentation{To: Assignee{Unit: "vp", Person: "cvp"}}, stamp(1)))
	f.must(f.Instruct(f.ctx, org, "mat-to-chuc", Instruction{ID: "nhan-su", Kind: Direction, By: "bt", Leads: []Assignee{{Unit: "btc", Person: "x"}}, Coordinating: []Assignee{{Unit: "ubkt"}}, Due: day + 4}, stamp(2)))
	f.must(f.Instruct(f.ctx, org, "mat-to-chuc", Instruction{ID: "tra-loi", Parent: "nhan-su", Kind: Reply, By: "tb", From: "btc"}, stamp(3)))
	f.must(f.Require(f.ctx, org, "mat-to-chuc", Requirement{Key: "nq", Advises: "btc", Kind: documents.KindPlan}, stamp(3)))
	d := f.must(f.Complete(f.ctx, org, "mat-to-chuc", time.Time{}, "", on(6, 8)))
	out := d.For("internet", nil)
	b := jsonOf(t, out)
	for _, word := range []string{"mat-to-chuc", "nhan-su", "tra-loi", "1-CV", "vptw", "Nguyễn", "cvp", "ubkt", "id-1", "van-thu", string(documents.KindLetter), (day - 1).String()} {
		assert.NotContains(t, b, word)
	}
	// Figures are the same, the book shows no hole, and no store takes it.
	for days := range vanphong.Date(9) {
		assert.Equal(t, d.Status(day+days), out.Status(day+days))
	}
	assert.Equal(t, d.Place(), out.Place())
	err := NewMemory().Update(f.ctx, org, func(tx Tx) error { return tx.PutDocument(out) })
	assert.Error(t, err)
	r = f.receipt(3)
	r.Secrecy, r.Abstract = vanphong.Confidential, ""
	f.must(f.Receive(f.ctx, org, "d3", r, stamp(0)))
	back := f.must(f.Return(f.ctx, org, "d3", time.Time{}, "gửi nhầm ban", stamp(1)))
	assert.NotContains(t, jsonOf(t, back.For("internet", nil)), "nhầm")
	// Where the level may be seen, all is there but the version.
	same := d.For("lan", vanphong.Redaction{"lan": vanphong.Secret})
	d.Version, d.Last = 0, vanphong.Stamp{}
	assert.Equal(t, d, same)
	assert.Contains(t, jsonOf(t, f.receive(2).For("internet", nil)), "2-CV/VPTW", "what is not secret leaves")
}
