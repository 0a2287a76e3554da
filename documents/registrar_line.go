package documents

import (
	"context"
	"errors"
	"iter"
	"slices"
	"strconv"

	"github.com/vanphong-go/vanphong"
)

// opening is a series as a request asks for it. First is zero, and Basis may be empty,
// if they are to come from the predecessor.
type opening struct{ Series }

// fresh returns the series that the request opens.
//
// It is worked out within the transaction: a number that the predecessor gives while
// the successor is being opened must be before or after, not in both books.
func (o opening) fresh(tx Reader) (Series, error) {
	s := o.Series
	if s.Continues == "" {
		return s, nil
	}
	before, err := tx.Series(s.Continues)
	switch {
	case errors.Is(err, vanphong.ErrNotFound) && s.First != 0 && s.Basis != "":
		return s, nil // the books of a predecessor that are kept elsewhere
	case errors.Is(err, vanphong.ErrNotFound):
		return s, vanphong.NewInputError("continues", string(s.Continues), "a series of this organisation; of another one, say first and basis", vanphong.ErrNotFound)
	case err != nil:
		return s, err
	}
	// The predecessor of one that is not here yet can only lead back to it if somebody
	// named it before it was there.
	for older, err := range Lineage(tx, before.ID) {
		if errors.Is(err, vanphong.ErrNotFound) {
			break
		}
		if err != nil {
			return s, err
		}
		if older.Continues == s.ID || older.ID == s.ID {
			return s, vanphong.NewInputError("continues", string(s.Continues), "a series that does not go on from this one", vanphong.ErrConflict)
		}
	}
	if s.First == 0 {
		s.First = before.Next
	}
	if s.First > MaxSerial {
		return s, vanphong.NewInputError("first", strconv.FormatUint(uint64(s.First), 10), "a number of at most nine digits", vanphong.ErrOutOfRange)
	}
	if s.Basis == "" {
		s.Basis = basisOf(before, o.First, s.First)
	}
	return s, nil
}

// repeats returns an error unless the request asks for the series that is open. The
// predecessor may have given numbers since: what it stood at is told by the series.
func (o opening) repeats(tx Reader, stored Series) error {
	asked := o.Series
	// Another predecessor, or one now and none then, is told as the field that differs.
	if asked.Continues == "" || stored.Continues != asked.Continues {
		return sameSeries(stored, asked)
	}
	if asked.First == 0 {
		asked.First = stored.First
	}
	if asked.Basis == "" {
		// Made anew from the number that the series was opened at. If the caller now asks
		// for the other choice, the two bases differ and say so.
		before, err := tx.Series(asked.Continues)
		if err != nil {
			return err
		}
		asked.Basis = basisOf(before, o.First, stored.First)
	}
	return sameSeries(stored, asked)
}

// basisOf is the basis of a series that goes on from another: with its count, opened
// at first, or anew, as asked for. It tells nothing that a later number of the
// predecessor would change.
func basisOf(before Series, asked, first uint32) string {
	name := before.Key.Name + " của " + string(before.Key.Organ) + ", " + before.Key.Scope
	text := "đánh số lại từ 01 sau dãy số " + name
	if asked == 0 {
		text = "nối dãy số " + name + ", chưa cấp số"
		if first > 1 {
			text = "nối dãy số " + name + ", đến số " + serial(first-1)
		}
	}
	// Ids of 200 bytes in all three places: the paper then has the id alone.
	if len(text) > MaxText {
		return "nối dãy số " + string(before.ID)
	}
	return text
}

// maxLineage bounds a walk over predecessors. Organs are rearranged a few times in a
// century; a longer line than this is a circle, written past the SDK.
const maxLineage = 1000

// Lineage walks a series and those it goes on from (dãy số trước sắp xếp), the newest
// first. A predecessor that is not in this store ends the walk with an error that
// wraps vanphong.ErrNotFound and names it: the line goes on in another register.
func Lineage(r Reader, id SeriesID) iter.Seq2[Series, error] {
	return func(yield func(Series, error) bool) {
		for range maxLineage {
			s, err := r.Series(id)
			if !yield(s, err) || err != nil || s.Continues == "" {
				return
			}
			id = s.Continues
		}
		yield(Series{}, &ChainError{Series: id, Reason: "goes on from itself"})
	}
}

// Successors walks the series that go on from one, in the order of their ids: an organ
// that was parted has several.
//
// It looks at every series: the link is kept by the successor alone, because the
// predecessor's ledger may be closed, or another office's.
func Successors(r Reader, id SeriesID) iter.Seq2[Series, error] {
	return func(yield func(Series, error) bool) {
		for s, err := range r.AllSeries() {
			if (err != nil || s.Continues == id && id != "") && !yield(s, err) {
				return
			}
		}
	}
}

// Lineage walks a series and those it goes on from; see [Lineage].
func (r *Registrar) Lineage(ctx context.Context, org vanphong.OrgID, id SeriesID) iter.Seq2[Series, error] {
	return walk(ctx, r, org, func(v Reader) iter.Seq2[Series, error] { return Lineage(v, id) })
}

// ListLine walks the register of a series with those of its predecessors, from the
// oldest number on, as the book of one office. If a predecessor is in another store
// it comes without that one's numbers, and the error of [Lineage] comes last.
func (r *Registrar) ListLine(ctx context.Context, org vanphong.OrgID, id SeriesID) iter.Seq2[Entry, error] {
	return walk(ctx, r, org, func(v Reader) iter.Seq2[Entry, error] {
		return func(yield func(Entry, error) bool) {
			var ids []SeriesID
			var elsewhere error
			// The line is known from its newest end, the book is read from its oldest. One walk
			// is over before the next begins, as [Reader] asks.
			for s, err := range Lineage(v, id) {
				if err != nil {
					elsewhere = err
					break
				}
				ids = append(ids, s.ID)
			}
			for _, id := range slices.Backward(ids) {
				for en, err := range v.Entries(Query{Series: id}) {
					if !yield(en, err) {
						return
					}
				}
			}
			if elsewhere != nil {
				yield(Entry{}, elsewhere)
			}
		}
	})
}
