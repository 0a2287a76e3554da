package dispatch

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/vanphong-go/vanphong"
)

func notice() Recall { return Recall{Number: "7-TB/TU", At: at(10), Reason: "sai phụ lục"} }

// sent is a desk whose document is at bbt (copy 1), vptw (2, 3 and one without
// a number) and, over the network, at hue.
func sent(t *testing.T) desk {
	d := newDesk(t, list(), nil)
	d.do(d.HandOver, Step{At: at(1), Receipt: Receipt{Person: "Bình"}}, "bbt", "vptw")
	d.do(d.Send, Step{At: at(1), Channel: Network}, "hue")
	return d
}

func TestARecallIsFollowedToItsEnd(t *testing.T) {
	d := sent(t)
	got, err := d.Recall(d.ctx, org, entry, notice(), stamp(11))
	require.NoError(t, err)
	assert.Equal(t, []RecipientID{"bbt", "vptw", "hue"}, got.RecallOpen(), "the file is not called back")
	again, err := d.Recall(d.ctx, org, entry, notice(), stamp(12))
	require.NoError(t, err)
	assert.Equal(t, got.Version, again.Version)
	d.no(vanphong.ErrState, d.Send, Step{At: at(12), Channel: Network}, "hue")

	is := func(want RecallState, id RecipientID, d Dispatch) {
		t.Helper()
		assert.Equal(t, want, now(t, d, id).Recall)
	}
	d.no(vanphong.ErrState, d.Noticed, Step{At: at(12)}, "hue") // of which notice?
	got = d.do(d.Notify, Step{At: at(12), Channel: Network}, "hue", "vptw")
	is(RecallNotified, "hue", got)
	is(RecallDue, "bbt", got)
	got = d.do(d.Noticed, Step{At: at(13)}, "hue", "vptw")
	is(RecallNoticed, "vptw", got)
	is(RecallNoticed, "vptw", d.do(d.Notify, Step{At: at(14)}, "vptw")) // a reminder

	got = d.do(d.Destroy, Step{At: at(15)}, "hue")
	is(RecallAnswered, "hue", got)
	d.no(vanphong.ErrState, d.Confirm, Step{At: at(16)}, "hue", "vptw") // one of them has it still
	// Copies come back in parts.
	is(RecallNoticed, "vptw", d.do(d.GiveBack, Step{At: at(16), Numbers: []int{3}, Copies: 1}, "vptw"))
	is(RecallAnswered, "vptw", d.do(d.Destroy, Step{At: at(17), Numbers: []int{2}}, "vptw"))
	d.no(vanphong.ErrState, d.GiveBack, Step{At: at(18), Numbers: []int{2}}, "vptw") // there is no such copy any more
	d.no(vanphong.ErrState, d.Destroy, Step{At: at(18)}, "vptw")                     // nor a file
	got = d.do(d.Confirm, Step{At: at(19)}, "hue", "vptw")
	is(RecallConfirmed, "vptw", got)
	assert.Equal(t, []RecipientID{"bbt"}, got.RecallOpen())
	assert.Len(t, got.Reconcile(), 1, "copy 1 is out")
	// Given back before anybody had sent it the notice.
	d.do(d.GiveBack, Step{At: at(20), Numbers: []int{1}}, "bbt")
	got = d.do(d.Confirm, Step{At: at(21)}, "bbt")
	assert.Empty(t, got.RecallOpen())
	assert.Empty(t, got.Reconcile())
	assert.Equal(t, []Copy{{1, CopyBack, "bbt"}, {2, CopyDestroyed, "vptw"}, {3, CopyBack, "vptw"}, {4, CopyOnFile, "luu"}}, got.Copies())
	// hue had not acknowledged what it then destroyed: it is not reminded.
	assert.Equal(t, Sent, now(t, got, "hue").State)
	assert.False(t, got.Open())
}

func TestARecallFromSomeLeavesTheOthers(t *testing.T) {
	d := sent(t)
	got, err := d.Recall(d.ctx, org, entry, notice(), stamp(11), "vptw")
	require.NoError(t, err)
	assert.False(t, got.Recall.Whole)
	d.do(d.Send, Step{At: at(12), Channel: Network}, "hue", "bbt")
	d.no(vanphong.ErrState, d.Send, Step{At: at(12), Channel: Network}, "vptw")
	// Then from all: who did something since is called back all the same.
	got, err = d.Recall(d.ctx, org, entry, notice(), stamp(13))
	require.NoError(t, err)
	assert.True(t, got.Recall.Whole)
	assert.Equal(t, []RecipientID{"bbt", "vptw", "hue"}, got.RecallOpen())
	more := list()
	more.Recipients = append(more.Recipients, Recipient{Name: "Một nơi nữa"})
	_, err = d.Address(d.ctx, org, more, stamp(14))
	assert.ErrorIs(t, err, vanphong.ErrState)
}

// Nothing leaves after a recall from all, not even to whom nothing was sent.
func TestNothingIsSentAfterARecall(t *testing.T) {
	d := newDesk(t, list(), nil)
	d.do(d.Send, Step{At: at(1), Channel: Network}, "hue")
	got, err := d.Recall(d.ctx, org, entry, notice(), stamp(11))
	require.NoError(t, err)
	assert.Equal(t, []RecipientID{"hue"}, got.RecallOpen())
	d.no(vanphong.ErrState, d.Send, Step{At: at(12), Channel: Network}, "bbt")
	d.no(vanphong.ErrState, d.HandOver, Step{At: at(12), Receipt: Receipt{Person: "Bình"}}, "bbt")
	// The steps of a recipient are bounded.
	for i := range MaxSteps - 2 {
		d.do(d.Notify, Step{At: at(12 + i)}, "hue")
	}
	d.no(vanphong.ErrOutOfRange, d.Notify, Step{At: at(900)}, "hue")
}

func TestRecallRefuses(t *testing.T) {
	d := sent(t)
	for why, c := range map[string]struct {
		r    Recall
		from []RecipientID
		kind error
	}{
		"no notice":                {Recall{At: at(10)}, nil, vanphong.ErrInvalid},
		"no instant":               {Recall{Number: "7-TB/TU"}, nil, vanphong.ErrInvalid},
		"an id that is none":       {Recall{Notice: "a\x00", At: at(10)}, nil, vanphong.ErrInvalid},
		"who is not in the list":   {notice(), []RecipientID{"ai"}, vanphong.ErrNotFound},
		"who has nothing: a file":  {notice(), []RecipientID{"luu"}, vanphong.ErrState},
		"a text with a bad reason": {Recall{Number: "7", At: at(10), Reason: "\x00"}, nil, vanphong.ErrInvalid},
	} {
		before, err := d.Dispatch(d.ctx, org, entry)
		require.NoError(t, err)
		_, err = d.Recall(d.ctx, org, entry, c.r, stamp(11), c.from...)
		assert.ErrorIs(t, err, c.kind, why)
		after, err := d.Dispatch(d.ctx, org, entry)
		require.NoError(t, err)
		assert.Equal(t, before, after, why)
	}
	_, err := d.Recall(d.ctx, org, entry, notice(), stamp(11), "hue")
	require.NoError(t, err)
	other := notice()
	other.Number = "8-TB/TU"
	_, err = d.Recall(d.ctx, org, entry, other, stamp(12))
	assert.ErrorIs(t, err, vanphong.ErrConflict)
	_, err = d.Recall(d.ctx, org, "không có", notice(), stamp(12))
	assert.ErrorIs(t, err, vanphong.ErrNotFound)
}

// Whatever is done in whatever order: a numbered copy is in one place, nobody
// holds what was never sent to him, and the copies say what the holdings say.
func TestNoOrderOfStepsLosesACopy(t *testing.T) {
	const copies = 4
	done, seen := 0, map[Place]bool{}
	for seed := range uint64(40) {
		rnd := rand.New(rand.NewPCG(seed, 1))
		d := newDesk(t, list(), nil)
		// Those that move copies first.
		verbs := []verb{d.Send, d.HandOver, d.Fail, d.Return, d.GiveBack, d.Destroy, d.Deliver, d.Acknowledge, d.Notify, d.Noticed, d.Confirm}
		ids := []RecipientID{"bbt", "vptw", "hue", "luu"}
		for i := range 120 {
			v := rnd.IntN(len(verbs))
			s := Step{At: at(i + 1)}
			if v < 2 {
				s.Channel = [...]Channel{Paper, Paper, Network}[rnd.IntN(3)]
			}
			if v < 6 && rnd.IntN(3) > 0 {
				s.Numbers, s.Copies = []int{1 + rnd.IntN(copies)}, rnd.IntN(2)*rnd.IntN(2)
			}
			s.Reason, s.Receipt.Person = "lý do", "Bình"
			_, err := verbs[v](d.ctx, org, entry, s, stamp(i+1), ids[rnd.IntN(len(ids))])
			if i == 100 {
				_, err = d.Recall(d.ctx, org, entry, Recall{Number: "7", At: at(i)}, stamp(i))
			}
			if err == nil {
				done++
			}
			got, err := d.Dispatch(d.ctx, org, entry)
			require.NoError(t, err)
			held := map[int]RecipientID{}
			for _, r := range got.Recipients {
				h := r.Status(time.Time{}).Holding
				require.GreaterOrEqual(t, h.Copies, 0)
				require.True(t, slices.IsSorted(h.Numbers))
				for _, n := range h.Numbers {
					require.Empty(t, held[n], "copy %d at two recipients", n)
					held[n] = r.ID
				}
			}
			for _, c := range got.Copies() {
				seen[c.Place] = true
				require.Equal(t, c.Place == CopyOut, held[c.No] != "", "copy %d", c.No)
				if c.Place == CopyOut {
					require.Equal(t, held[c.No], c.Recipient)
				}
			}
			require.Len(t, got.Reconcile(), len(held))
		}
	}
	// The walk came by everything a copy can meet.
	assert.Greater(t, done, 400)
	assert.Len(t, seen, 5)
}

func TestASecretListDoesNotLeave(t *testing.T) {
	a := list()
	a.Secrecy, a.Class = vanphong.Secret, ClassPersonnel
	d := newDesk(t, a, nil)
	d.do(d.HandOver, Step{At: at(1), Receipt: Receipt{Person: "Lê Bình", Number: "SN15"}}, "bbt", "vptw")
	got, err := d.Recall(d.ctx, org, entry, Recall{Notice: "tb-7", Number: "7-TB/TU", At: at(2), Reason: "lộ tên"}, stamp(2))
	require.NoError(t, err)

	view := got.For("mạng diện rộng", nil)
	b, err := json.Marshal(view)
	require.NoError(t, err)
	for _, word := range []string{"vb-1", "12-BC", "bbt", "vptw", "Ban Bí thư", "Lưu", "báo cáo", "Bình", "SN15", "tb-7", "7-TB", "lộ tên", "van-thu", ClassPersonnel} {
		assert.NotContains(t, string(b), word)
	}
	// What is counted comes out as before.
	for i, r := range got.Recipients {
		assert.Equal(t, r.Status(time.Time{}), view.Recipients[i].Status(time.Time{}))
	}
	assert.Equal(t, len(got.Reconcile()), len(view.Reconcile()))
	assert.Equal(t, "Bản số 01 đang ở "+vanphong.Placeholder+", chưa thu về và chưa hủy", Messages().Text(view.Reconcile()[0]))
	assert.Equal(t, got.Recipients[0].Name, "Ban Bí thư Trung ương Đảng", "the record is as it was")
	err = d.store.Update(d.ctx, org, func(tx Tx) error { return tx.PutDispatch(view) })
	assert.ErrorIs(t, err, vanphong.ErrConflict, "a view cannot be stored")

	open := got.For("cơ yếu", vanphong.Redaction{"cơ yếu": vanphong.TopSecret})
	assert.Equal(t, got.Recipients, open.Recipients)
	assert.Zero(t, open.Version)
}

func TestPrinted(t *testing.T) {
	for why, c := range map[string]struct {
		list []Recipient
		want []string
	}{
		"nobody": {nil, nil},
		"semicolons between, a stop at the end, the file last": {
			[]Recipient{{Name: "Lưu Văn phòng Tỉnh ủy", Filed: true, Purpose: "x"}, {Name: "Ban Bí thư", Purpose: ForReport}, {Name: "Các ban đảng"}},
			[]string{"- Ban Bí thư (để báo cáo);", "- Các ban đảng;", "- Lưu Văn phòng Tỉnh ủy."},
		},
		"addressees are one first line": {
			[]Recipient{{Name: "Các ban đảng", Purpose: ForReference}, {Name: "A", Addressee: true}, {Name: "B", Addressee: true}, {Name: "Lưu VPĐU", Filed: true}},
			[]string{"- Như trên;", "- Các ban đảng (để biết);", "- Lưu VPĐU."},
		},
		"marks of an old list are dropped": {[]Recipient{{Name: " Ban Tổ chức; ", Purpose: " "}, {Name: "Lưu VPTU.", Filed: true}}, []string{"- Ban Tổ chức;", "- Lưu VPTU."}},
		"one alone ends with a stop":       {[]Recipient{{Name: "Đảng ủy xã A"}}, []string{"- Đảng ủy xã A."}},
	} {
		assert.Equal(t, c.want, Printed(c.list), why)
	}
}

// A province's list: one step for a thousand recipients.
func BenchmarkSendToAThousand(b *testing.B) {
	a := Addressing{Entry: entry, Day: day}
	var to []RecipientID
	for i := range 1000 {
		id := RecipientID(fmt.Sprint("xa-", i))
		a.Recipients, to = append(a.Recipients, Recipient{ID: id, Name: string(id)}), append(to, id)
	}
	b.ReportAllocs()
	for b.Loop() {
		k := NewClerk(NewMemory(), nil)
		if _, err := k.Address(b.Context(), org, a, stamp(0)); err != nil {
			b.Fatal(err)
		}
		if _, err := k.Send(b.Context(), org, entry, Step{At: at(1), Channel: Network}, stamp(1), to...); err != nil {
			b.Fatal(err)
		}
	}
}
