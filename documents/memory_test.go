package documents_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/documents/documentstest"
)

func TestMemorySitsTheExam(t *testing.T) {
	documentstest.Run(t, func(*testing.T) documents.Store { return documents.NewMemory() }, nil)
}

const office vanphong.OrgID = "tinh-uy"

func TestMemoryWaitingWriterCanBeCancelled(t *testing.T) {
	var m documents.Memory // the zero value is ready
	err := m.Update(context.Background(), office, func(documents.Tx) error {
		ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
		defer cancel()
		err := m.Update(ctx, office, func(documents.Tx) error { return nil })
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("a writer that waited: %v", err)
		}
		// Neither readers nor other offices wait.
		if err := m.View(ctx, "khac", func(documents.Reader) error { return nil }); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("a view whose context has ended: %v", err)
		}
		return errors.Join(
			m.View(context.Background(), office, func(documents.Reader) error { return nil }),
			m.Update(context.Background(), "khac", func(documents.Tx) error { return nil }))
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestMemoryTransactionEnds(t *testing.T) {
	m := documents.NewMemory()
	var kept documents.Tx
	if err := m.Update(context.Background(), office, func(tx documents.Tx) error { kept = tx; return nil }); err != nil {
		t.Fatal(err)
	}
	_, e1 := kept.Series("x")
	_, e2 := kept.Entry("x")
	errs := []error{e1, e2, kept.Append(documents.Series{}, documents.Event{}, documents.Entry{})}
	for _, err := range kept.Events("") {
		errs = append(errs, err)
	}
	for _, err := range kept.Entries(documents.Query{}) {
		errs = append(errs, err)
	}
	for _, err := range kept.AllSeries() {
		errs = append(errs, err)
	}
	if len(errs) != 6 {
		t.Errorf("%d errors, want 6", len(errs))
	}
	for i, err := range errs {
		if !errors.Is(err, vanphong.ErrClosed) {
			t.Errorf("use %d after the end: %v", i, err)
		}
	}
}

func TestMemoryRefusesARowThatDoesNotBelong(t *testing.T) {
	m := documents.NewMemory()
	err := m.Update(context.Background(), office, func(tx documents.Tx) error {
		return tx.Append(documents.Series{ID: "a"}, documents.Event{Series: "b", Seq: 1}, documents.Entry{})
	})
	if !errors.Is(err, vanphong.ErrInvalid) {
		t.Error(err)
	}
	for _, org := range []vanphong.OrgID{"", "a\nb"} {
		if err := m.View(context.Background(), org, func(documents.Reader) error { return nil }); !errors.Is(err, vanphong.ErrInvalid) {
			t.Errorf("organisation %q: %v", org, err)
		}
	}
}
