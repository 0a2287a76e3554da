package sqlcore

import (
	"context"
	"fmt"
	"iter"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
)

// Access is how the ports reach a database: by transactions of their own
// ([Group] and a pool), or inside one of the caller's ([Within]).
type Access interface {
	// Update runs fn over a transaction that writes an organisation's records;
	// see [Group.Do].
	Update(ctx context.Context, org vanphong.OrgID, fn func(*Work) error) error
	// View runs fn over one consistent state. A panic of fn comes back as an
	// error.
	View(ctx context.Context, fn func(*Work) error) error
}

// Documents returns the documents port over an access.
func Documents(a Access) documents.Store { return documentsStore{a} }

// RowError is a row that the store cannot have written as it is.
type RowError struct {
	Table string
	ID    string // id of the record, or place of the row
	Want  string // what was expected
	Err   error  // what was found, if a decoder said so
}

// Error tells the table, the row and what was expected of it.
func (e *RowError) Error() string {
	msg := fmt.Sprintf("%s, row %q: want %s: the database was changed by something other than the store", e.Table, e.ID, e.Want)
	if e.Err != nil {
		msg += ": " + e.Err.Error()
	}
	return msg
}

// Unwrap returns vanphong.ErrInvalid and the decoder's error.
func (e *RowError) Unwrap() []error {
	if e.Err == nil {
		return []error{vanphong.ErrInvalid}
	}
	return []error{vanphong.ErrInvalid, e.Err}
}

// Pin makes the state that an open transaction sees the present one. Without
// it that would be the state at its first read, which fn may put off.
func (s *Session) Pin() error {
	// Any table would do: vp_schema always has a row and is always small.
	// SQLite's deferred BEGIN fixes the state at the first read, not at BEGIN
	// itself.
	var n int
	_, err := s.row("begin", `SELECT max(version) FROM vp_schema`, nil, &n)
	return err
}

// View runs fn over a session for reading; an [Access] begins and ends the
// transaction around it.
//
// It is attempt, as for writers, so that a panic, a Goexit and a context that
// ends half-way are treated alike on both sides.
func View(ctx context.Context, s *Session, fn func(*Work) error) error {
	var finished bool
	return attempt(ctx, readOnly(s), fn, &finished)
}

// walk begins a sequence of a reader when it is ranged over, not before, and
// ends it when the reader may no longer be used.
//
// A caller may keep the sequence, range over it later or twice: the rows are
// asked for anew each time, and a range that outlives its function ends with
// vanphong.ErrClosed instead of reading a connection that serves somebody else
// by then.
func walk[T any](sc *scope, begin func() iter.Seq2[T, error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		if err := sc.live(); err != nil {
			failed[T](err)(yield)
			return
		}
		// A walk is not gathered, and would be made twice.
		if sc.w.asked != nil {
			failed[T](errAsked)(yield)
			return
		}
		for v, err := range begin() {
			if err == nil {
				err = sc.live()
			}
			if !yield(v, err) || err != nil {
				return
			}
		}
	}
}

// failed is a sequence of nothing but an error.
func failed[T any](err error) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var zero T
		yield(zero, err)
	}
}

// page is how many changes are read at a time. Between pages no transaction is
// open, so that a slow consumer keeps no log from being cleared.
const page = 512

// changesPage reads up to limit changes with a cursor above after, in the
// order of their cursors.
type changesPage func(s *Session, after vanphong.Cursor, limit int) iter.Seq2[vanphong.Change, error]

// changes walks a stream of changes page by page, to its end at the moment
// the last page is read.
func changes(ctx context.Context, a Access, org vanphong.OrgID, after vanphong.Cursor, read changesPage) iter.Seq2[vanphong.Change, error] {
	return func(yield func(vanphong.Change, error) bool) {
		if err := checkOrg(org); err != nil {
			yield(vanphong.Change{}, err)
			return
		}
		for after := after; ; {
			// Gathered before the first is yielded: the consumer may call the
			// store from its loop body and must not find this transaction
			// open.
			got := make([]vanphong.Change, 0, 16)
			err := a.View(ctx, func(w *Work) error {
				for c, err := range read(w.s, after, page) {
					if err != nil {
						return err
					}
					got = append(got, c)
				}
				return nil
			})
			if err != nil {
				yield(vanphong.Change{}, err)
				return
			}
			for _, c := range got {
				if !yield(c, nil) {
					return
				}
			}
			// A short page is the end. What is committed next gets a higher
			// cursor, so whoever asks again from the last one misses nothing
			// and sees nothing twice.
			if len(got) < page {
				return
			}
			after = got[len(got)-1].Cursor
		}
	}
}
