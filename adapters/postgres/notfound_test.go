package postgres_test

import (
	"context"
	"errors"
	"testing"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
)

// What no id can be, and days that no calendar has, are answered as in memory: by
// nothing, and not by what the database says of them.
func TestWhatCannotBeStoredIsNotFound(t *testing.T) {
	s := mustOpen(t, newSchema(t), nil)
	ctx, mem := context.Background(), documents.NewMemory()
	for _, store := range []documents.Store{mem, s.Documents()} {
		r := openSeries(t, store, office)
		if _, err := issue(ctx, r, office, "d1"); err != nil {
			t.Fatal(err)
		}
		for _, id := range []string{"a\x00b", "a\xffb"} {
			look := func(r documents.Reader) error {
				_, entry := r.Entry(documents.EntryID(id))
				_, series := r.Series(documents.SeriesID(id))
				for _, err := range []error{entry, series} {
					if !errors.Is(err, vanphong.ErrNotFound) {
						t.Errorf("%T, %q: %v", store, id, err)
					}
				}
				for range r.Events(documents.SeriesID(id)) {
					t.Errorf("%T, %q: an event or an error", store, id)
				}
				return nil
			}
			if err := store.View(ctx, office, look); err != nil {
				t.Error(err)
			}
			if err := store.Update(ctx, office, func(tx documents.Tx) error { return look(tx) }); err != nil {
				t.Error(err)
			}
		}
		err := store.View(ctx, office, func(r documents.Reader) error {
			for _, c := range []struct {
				days vanphong.Days
				want int
			}{
				{vanphong.Days{First: today, End: 9_999_999}, 1},
				{vanphong.Days{First: 9_999_999}, 0},
				{vanphong.Days{First: -9_999_999}, 1},
				{vanphong.Days{End: -9_999_999}, 0},
			} {
				for _, limit := range []int{0, 5} {
					n := 0
					for _, err := range r.Entries(documents.Query{Days: c.days, Limit: limit}) {
						if err != nil {
							t.Error(err)
						}
						n++
					}
					if n != c.want {
						t.Errorf("%T, %v, limit %d: %d entries, want %d", store, c.days, limit, n, c.want)
					}
				}
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	}
}
