package incoming

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
)

func TestACorrectionKeepsWhatStoodThere(t *testing.T) {
	f := newDesk(t)
	f.receive(1)
	r := f.receipt(1)
	r.Abstract, r.Pages = "Về việc tổ chức hội nghị", 3
	d := f.must(f.Correct(f.ctx, org, "d1", r, "gõ nhầm", stamp(5)))
	require.Len(t, d.Corrections, 2)
	assert.Equal(t, Correction{"abstract", "Về việc chuẩn bị hội nghị toàn quốc", r.Abstract, "gõ nhầm", stamp(5).At, stamp(5)}, d.Corrections[0])
	assert.Equal(t, "pages", d.Corrections[1].Field)
	assert.Equal(t, r.Abstract, d.Abstract)
	assert.Equal(t, d, f.must(f.Correct(f.ctx, org, "d1", r, "gõ nhầm", stamp(6))), "again is nothing new")
	_, err := f.Correct(f.ctx, org, "d1", f.receipt(1), " ", stamp(6))
	wantInput(t, err, vanphong.ErrInvalid, "reason")
	r.Received = r.Received.Add(-time.Minute)
	_, err = f.Correct(f.ctx, org, "d1", r, "x", stamp(6))
	wantInput(t, err, vanphong.ErrConflict, "received")
	r = f.receipt(1)
	r.Book = "another"
	_, err = f.Correct(f.ctx, org, "d1", r, "x", stamp(6))
	wantInput(t, err, vanphong.ErrConflict, "book")
}

// The first turns out to be another paper: what was registered anyway beside
// it stands in its place, and a third is refused by that one's name.
func TestACorrectedFirstLetsGoOfItsKeys(t *testing.T) {
	f := newDesk(t)
	f.receive(1)
	r := f.receipt(1)
	r.Anyway = "bản thứ hai"
	f.must(f.Receive(f.ctx, org, "d2", r, stamp(1)))
	right := f.receipt(9)
	d := f.must(f.Correct(f.ctx, org, "d1", right, "nhầm văn bản", stamp(2)))
	assert.Empty(t, d.Also)
	_, err := f.Receive(f.ctx, org, "d3", f.receipt(1), stamp(3))
	var dup *DuplicateError
	require.ErrorAs(t, err, &dup)
	assert.Equal(t, ID("d2"), dup.First)
	// The other way round: the second is put right, and has keys of its own.
	r = f.receipt(9)
	r.Anyway = "bản thứ hai"
	f.must(f.Receive(f.ctx, org, "d4", r, stamp(4)))
	r = f.receipt(10)
	r.Anyway = "bản thứ hai"
	f.must(f.Correct(f.ctx, org, "d4", r, "nhầm văn bản", stamp(5)))
	_, err = f.Receive(f.ctx, org, "d5", f.receipt(10), stamp(6))
	require.ErrorAs(t, err, &dup)
	assert.Equal(t, ID("d4"), dup.First)
}

// Put right, a paper may turn out to be one that is there; its own keys move
// with it.
func TestACorrectionIsHeldToTheKeys(t *testing.T) {
	f := newDesk(t)
	f.receive(1)
	f.receive(2)
	r := f.receipt(2)
	r.NumberText = "1-CV/VPTW"
	_, err := f.Correct(f.ctx, org, "d2", r, "đọc nhầm số", stamp(5))
	var dup *DuplicateError
	require.ErrorAs(t, err, &dup)
	assert.Equal(t, ID("d1"), dup.First)
	r.NumberText = "20-CV/VPTW"
	f.must(f.Correct(f.ctx, org, "d2", r, "đọc nhầm số", stamp(5)))
	again := f.receipt(2) // the number that was misread is free
	again.External = "id-3"
	f.must(f.Receive(f.ctx, org, "d3", again, stamp(6)))
	again.NumberText = "20-CV/VPTW"
	_, err = f.Receive(f.ctx, org, "d4", again, stamp(6))
	assert.ErrorIs(t, err, vanphong.ErrConflict)
	f.must(f.Return(f.ctx, org, "d1", time.Time{}, "nhầm nơi nhận", stamp(7)))
	r = f.receipt(1)
	r.Pages = 7
	_, err = f.Correct(f.ctx, org, "d1", r, "x", stamp(8))
	wantInput(t, err, vanphong.ErrClosed, "document.state")
}

func TestAMarkOfSecrecyGivenLaterTakesTheWordsOut(t *testing.T) {
	f := newDesk(t)
	f.receive(1)
	const word = "nhân sự đại hội"
	f.must(f.Present(f.ctx, org, "d1", Presentation{To: Assignee{Unit: "vp"}, Note: word}, stamp(1)))
	f.must(f.Acknowledge(f.ctx, org, "d1", Notice{Note: word}, stamp(1)))
	f.must(f.Instruct(f.ctx, org, "d1", Instruction{ID: "1", Kind: Direction, By: "bt", Text: word, Leads: lead("btc"), Due: day + 3}, stamp(2)))
	f.must(f.Require(f.ctx, org, "d1", Requirement{Key: "1", Advises: "btc", Kind: documents.KindPlan, Title: word}, stamp(2)))
	r := f.receipt(1)
	r.Abstract = word
	f.must(f.Correct(f.ctx, org, "d1", r, "gõ nhầm", stamp(3)))
	f.must(f.Complete(f.ctx, org, "d1", time.Time{}, word, stamp(4)))
	r.Secrecy = vanphong.Secret
	_, err := f.Correct(f.ctx, org, "d1", r, "đóng dấu mật", stamp(5))
	wantInput(t, err, vanphong.ErrSecret, "abstract") // it has to be taken out knowingly
	r.Abstract = ""
	d := f.must(f.Correct(f.ctx, org, "d1", r, "đóng dấu mật", stamp(5)))
	assert.NotContains(t, jsonOf(t, d), word)
	assert.NotContains(t, jsonOf(t, d), "hội nghị")
	assert.Equal(t, Status{State: StateDone, Unit: "btc", Due: day + 3, Acknowledged: true}, d.Status(day), "who and when remain")
	last := d.Corrections[len(d.Corrections)-1]
	assert.Equal(t, []string{"secrecy", "không mật", "Tối mật"}, []string{last.Field, last.From, last.To})
	stored := f.must(f.Document(f.ctx, org, "d1"))
	assert.Equal(t, d, stored)
}

// Two clerks make one number void in the same moment: one reason stands.
func TestTwoClerksVoidOneNumber(t *testing.T) {
	f := newDesk(t)
	f.receive(1)
	reasons := []string{"đăng ký nhầm", "trùng"}
	errs := make(chan error, 2)
	for _, reason := range reasons {
		go func() { _, err := f.Void(f.ctx, org, "d1", reason, stamp(5)); errs <- err }()
	}
	a, b := <-errs, <-errs
	if a == nil {
		a, b = b, a
	}
	wantInput(t, a, vanphong.ErrClosed, "document.state")
	assert.NoError(t, b)
	d := f.must(f.Document(f.ctx, org, "d1"))
	assert.Contains(t, reasons, d.Voided.Reason)
	assert.Equal(t, d, f.must(f.Void(f.ctx, org, "d1", d.Voided.Reason, stamp(9))), "the same reason again is the same void")
}
