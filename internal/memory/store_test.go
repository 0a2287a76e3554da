package memory

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/vanphong-go/vanphong"
)

// What the exams of the ports do not ask; the rest they do.

type record struct {
	ID      string
	Org     vanphong.OrgID
	Version int64
}

func newStore() *Store[Table[string, record]] {
	return New(NewTable(Kind[string, record]{
		Name:  "record",
		Head:  func(r *record) Head[string] { return Head[string]{ID: r.ID, Org: r.Org, Version: &r.Version} },
		Clone: func(r record) record { return r },
		Order: func(a, b record) int { return 0 },
	}), Table[string, record].Clone)
}

func TestWaitingWriterCanBeCancelled(t *testing.T) {
	m := newStore()
	err := m.Update(t.Context(), "org", func(*Tx, Table[string, record]) error {
		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		defer cancel()
		return m.Update(ctx, "org", func(*Tx, Table[string, record]) error { return nil })
	})
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a writer that waited: %v", err)
	}
	if err := m.Update(t.Context(), "org", func(*Tx, Table[string, record]) error { return nil }); err != nil {
		t.Errorf("the writer after it: %v", err)
	}
}

func TestTransactionEndsWithItsFunction(t *testing.T) {
	m := newStore()
	var tx *Tx
	var rows Table[string, record]
	keep := func(t *Tx, r Table[string, record]) error { tx, rows = t, r; return nil }
	for name, run := range map[string]func(context.Context, vanphong.OrgID, func(*Tx, Table[string, record]) error) error{
		"update": m.Update, "view": m.View,
	} {
		if err := run(t.Context(), "org", keep); err != nil {
			t.Fatal(err)
		}
		_, got := rows.Get(tx, "a")
		errs := []error{got, rows.Put(tx, record{ID: "a", Org: "org"})}
		for _, err := range rows.Walk(tx, func(record) bool { return true }) {
			errs = append(errs, err)
		}
		if len(errs) != 3 {
			t.Errorf("%s: %d answers, want 3", name, len(errs))
		}
		for i, err := range errs {
			if !errors.Is(err, vanphong.ErrClosed) {
				t.Errorf("%s: use %d after the end: %v", name, i, err)
			}
		}
	}
}

func TestOrganisationIsAskedFor(t *testing.T) {
	m := newStore()
	for _, org := range []vanphong.OrgID{"", "a\nb"} {
		nothing := func(*Tx, Table[string, record]) error { return nil }
		errs := []error{m.Update(t.Context(), org, nothing), m.View(t.Context(), org, nothing)}
		for _, err := range m.Changes(t.Context(), org, 0) {
			errs = append(errs, err)
		}
		if len(errs) != 3 {
			t.Errorf("organisation %q: %d answers, want 3", org, len(errs))
		}
		for _, err := range errs {
			if !errors.Is(err, vanphong.ErrInvalid) {
				t.Errorf("organisation %q: %v", org, err)
			}
		}
	}
}
