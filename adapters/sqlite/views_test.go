package sqlite_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/vanphong-go/vanphong/adapters/sqlite"
	"github.com/vanphong-go/vanphong/documents/incoming"
)

// Each read inside another holds a connection of its own. When there are no more,
// it is refused after a while, and says why, instead of waiting for those that
// wait for it.
func TestAReadInsideReadsDoesNotWaitForEver(t *testing.T) {
	s := mustOpen(t, newFile(t), &sqlite.Options{Patience: 50 * time.Millisecond})
	ctx := context.Background()
	deepest := 0
	var nest func(depth int) error
	nest = func(depth int) error {
		return s.Incoming().View(ctx, office, func(incoming.Reader) error {
			deepest = depth
			return nest(depth + 1)
		})
	}
	err := nest(1)
	if !errors.Is(err, sqlite.ErrBusy) || !strings.Contains(err.Error(), "a walk inside a walk") {
		t.Errorf("%d deep: %v", deepest, err)
	}
	if deepest != 64 {
		t.Errorf("%d reads ran at a time, want 64", deepest)
	}
	if err := s.Incoming().View(ctx, office, func(incoming.Reader) error { return nil }); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}
