package dispatch

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
)

const (
	org   = vanphong.OrgID("tinh-uy")
	entry = "vb-1"
)

var day = vanphong.MustDate("2025-12-05") // a Friday

// at is n minutes after 8:00 of the day.
func at(n int) time.Time { return day.At(8, 0).Add(time.Duration(n) * time.Minute) }

func stamp(n int) vanphong.Stamp {
	return vanphong.Stamp{By: vanphong.Actor{ID: "van-thu"}, At: at(n)}
}

// list is a document for an addressee, two readers and the file, three numbered
// copies in all.
func list() Addressing {
	return Addressing{
		Entry: entry, Number: "12-BC/TU", Day: day, Signed: true, Numbered: 4,
		Recipients: []Recipient{
			{Org: "bbt", Name: "Ban Bí thư Trung ương Đảng", Purpose: ForReport, Numbers: []int{1}},
			{Org: "vptw", Name: "Văn phòng Trung ương Đảng", Numbers: []int{2, 3}, Copies: 1},
			{Org: "hue", Name: "Thành ủy Huế", Purpose: ForReference},
			{ID: "luu", Name: "Lưu Văn phòng Tỉnh ủy", Filed: true, Numbers: []int{4}},
		},
	}
}

// desk is a clerk with its list addressed.
type desk struct {
	*Clerk
	t   *testing.T
	ctx context.Context
}

func newDesk(t *testing.T, a Addressing, opt *Options) desk {
	t.Helper()
	d := desk{NewClerk(NewMemory(), opt), t, context.Background()}
	_, err := d.Address(d.ctx, org, a, stamp(0))
	require.NoError(t, err)
	return d
}

// verb is the shape of every step of a clerk.
type verb = func(context.Context, vanphong.OrgID, documents.EntryID, Step, vanphong.Stamp, ...RecipientID) (Dispatch, error)

// madeAt is the stamp of a step that is written down as it happens.
func madeAt(at time.Time) vanphong.Stamp {
	if at.IsZero() {
		return stamp(0)
	}
	return vanphong.Stamp{By: vanphong.Actor{ID: "van-thu"}, At: at}
}

// do runs a step that must succeed.
func (d desk) do(v verb, s Step, to ...RecipientID) Dispatch {
	d.t.Helper()
	out, err := v(d.ctx, org, entry, s, madeAt(s.At), to...)
	require.NoError(d.t, err)
	return out
}

// no runs a step that must be refused with an error of a kind, and holds that
// nothing was written.
func (d desk) no(kind error, v verb, s Step, to ...RecipientID) {
	d.t.Helper()
	before, err := d.Dispatch(d.ctx, org, entry)
	require.NoError(d.t, err)
	_, err = v(d.ctx, org, entry, s, madeAt(s.At), to...)
	require.ErrorIs(d.t, err, kind)
	after, err := d.Dispatch(d.ctx, org, entry)
	require.NoError(d.t, err)
	require.Equal(d.t, before, after)
}

// now is the status of a recipient by all that is recorded.
func now(t *testing.T, d Dispatch, id RecipientID) Status {
	t.Helper()
	r, ok := d.Recipient(id)
	require.True(t, ok, id)
	return r.Status(time.Time{})
}
