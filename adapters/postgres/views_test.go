package postgres_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/vanphong-go/vanphong/adapters/postgres"
	"github.com/vanphong-go/vanphong/documents/incoming"
)

// A walk inside a walk holds two connections. Where there is one, the inner one is
// refused after a while, and says why, instead of waiting for the outer one.
func TestAWalkInsideAWalkDoesNotWaitForEver(t *testing.T) {
	s := mustOpen(t, newSchema(t), &postgres.Options{Readers: 1, Patience: 50 * time.Millisecond})
	desk, ctx := incoming.NewDesk(s.Incoming(), nil), context.Background()
	_, err := desk.OpenBook(ctx, office, incoming.Opening{Numbering: incoming.PartyYearly(), Year: 2026, First: 1, Basis: "mở sổ"}, clerk)
	if err != nil {
		t.Fatal(err)
	}
	outer := 0
	for _, err := range desk.Books(ctx, office) {
		if err != nil {
			t.Fatal(err)
		}
		outer++
		for _, err = range desk.Books(ctx, office) {
		}
		if !errors.Is(err, postgres.ErrBusy) || !strings.Contains(err.Error(), "a walk inside a walk") || !strings.Contains(err.Error(), "Options.Readers") {
			t.Errorf("inside: %v", err)
		}
		short, cancel := context.WithTimeout(ctx, time.Millisecond)
		if _, err := desk.Document(short, office, "d"); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("with a deadline: %v", err)
		}
		cancel()
	}
	if outer != 1 {
		t.Errorf("the outer walk gave %d books", outer)
	}
	// The connection is free again.
	for _, err := range desk.Books(ctx, office) {
		if err != nil {
			t.Error(err)
		}
	}
}
