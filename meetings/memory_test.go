package meetings

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/vanphong-go/vanphong"
)

// A Memory that nobody made is empty and takes a transaction; before, it had
// nothing behind it.
func TestZeroMemoryIsReady(t *testing.T) {
	var m Memory
	ctx := context.Background()
	for range m.Changes(ctx, "tu", 0) {
		t.Error("an empty store has no changes")
	}
	ran := 0
	require.NoError(t, m.View(ctx, "tu", func(Reader) error { ran++; return nil }))
	require.NoError(t, m.Update(ctx, "tu", func(Tx) error { ran++; return nil }))
	assert.Equal(t, 2, ran)
}

// Nobody's store is an error at the first call, for reading and for writing.
func TestNilStoreIsAnError(t *testing.T) {
	ctx := context.Background()
	by := vanphong.Stamp{By: vanphong.Actor{ID: "an"}, At: time.Date(2026, 1, 5, 8, 0, 0, 0, time.UTC)}
	desk := NewSecretary(nil, nil)
	_, err := desk.Roll(ctx, "tu", "x")
	assert.ErrorIs(t, err, vanphong.ErrInvalid)
	for _, err := range desk.Conclusions(context.Background(), "tu", ConclusionQuery{}) {
		assert.ErrorIs(t, err, vanphong.ErrInvalid)
	}
	_, err = desk.Open(ctx, "tu", "x", by)
	assert.ErrorIs(t, err, vanphong.ErrInvalid)
	for _, err := range desk.store.Changes(ctx, "tu", 0) {
		assert.ErrorIs(t, err, vanphong.ErrInvalid)
	}
}
