package vanphong_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	. "github.com/vanphong-go/vanphong"
)

func TestCheckID(t *testing.T) {
	for _, c := range []struct {
		id string
		ok bool
	}{
		{"tinhuy-thai-nguyen", true},
		{"phòng 1", true},                // any text, blanks too
		{strings.Repeat("a", 200), true}, // the longest
		{strings.Repeat("a", 201), false},
		{"", false},
		{"a\nb", false},   // would break a listing
		{"a\x00b", false}, // and a C library
		{"\xff", false},   // no UTF-8
	} {
		err := CheckID("org", OrgID(c.id))
		if c.ok {
			assert.NoError(t, err, c.id)
			continue
		}
		var in *InputError
		require.ErrorAs(t, err, &in)
		assert.Equal(t, "org", in.Field)
	}
}

func TestDeriveIsStableAndApart(t *testing.T) {
	// Pinned: records of an old chain must be found for ever.
	assert.Equal(t, Derive("meeting", "o", "e"), Derive("meeting", "o", "e"))
	require.NoError(t, uuid.Validate(Derive("meeting", "o", "e")))
	seen := map[string][]string{}
	for _, parts := range [][]string{
		nil, {""}, {"", ""}, {"a"}, {"ab", "c"}, {"a", "bc"}, {"abc"}, {"a", "b", "c"}, {"1:a"}, {"c", "ab"},
	} {
		id := Derive(parts...)
		assert.NotContains(t, seen, id, "%q and %q", parts, seen[id])
		seen[id] = parts
	}
}

func TestInputErrorShortensAtARune(t *testing.T) {
	err := NewInputError("f", strings.Repeat("ệ", 100), "less", nil)
	assert.ErrorIs(t, err, ErrInvalid)
	assert.True(t, strings.HasSuffix(err.Value, "ệ…"))
	assert.LessOrEqual(t, len(err.Value), 83)
	assert.Contains(t, err.Error(), "want less")
	assert.ErrorIs(t, NewInputError("f", "", "x", ErrConflict), ErrConflict)
}

func TestStampAndGuard(t *testing.T) {
	at := time.Date(2026, 2, 5, 8, 0, 0, 0, Hanoi)
	assert.NoError(t, Stamp{By: Actor{ID: "an"}, At: at}.Check())
	assert.ErrorIs(t, Stamp{By: Actor{ID: "an"}}.Check(), ErrInvalid, "no instant")
	assert.ErrorIs(t, Stamp{At: at}.Check(), ErrInvalid, "nobody")
	assert.ErrorIs(t, Actor{ID: "an", For: "\n"}.Check(), ErrInvalid)

	var g Guard
	assert.NoError(t, g.Ask(context.Background(), Act{}), "a nil guard lets everybody")
	no := errors.New("no")
	g = func(_ context.Context, a Act) error {
		if a.Verb == "documents.issue" {
			return no
		}
		return nil
	}
	assert.Same(t, no, g.Ask(context.Background(), Act{Verb: "documents.issue"}))
	assert.NoError(t, g.Ask(context.Background(), Act{Verb: "documents.read"}))
	g = func(context.Context, Act) error { panic("guard") }
	assert.ErrorIs(t, g.Ask(context.Background(), Act{}), ErrForbidden, "a guard that panics lets nobody")
}
