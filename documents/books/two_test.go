package books

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
)

// Two numbers in one line are told as that, and both are on paper.
func TestTwoNumbersInOneLine(t *testing.T) {
	for _, number := range []string{"7-8-QĐ/TU", "07–08-QĐ/TU", "7, 8-QĐ/TU", "7 và 8-QĐ/TU", "7+8-QĐ/TU", "Số 7-8-QĐ/TU"} {
		p, err := NewPlan(oldBook(), table(heading, "01-QĐ/TU|20/10/2020|Quyết định a|An|||", number+"|21/10/2020|Quyết định b|An|||"), nil)
		require.NoError(t, err)
		assert.Equal(t, []string{"two@3"}, told(p), number)
		assert.Zero(t, p.Unread, number)
		require.Len(t, p.Series, 1, number)
		assert.Equal(t, uint32(9), p.Series[0].Open.First, number)
	}
	// The serials alone, their kind beside them.
	p, err := NewPlan(oldBook(), table("Số|Ngày|Trích yếu|Tên loại", "7-8|21/10/2020|b|Kế hoạch"), nil)
	require.NoError(t, err)
	assert.Equal(t, []string{"two@2"}, told(p))
	assert.Zero(t, p.Unread)
	// Neither is what has one number.
	for _, text := range []string{"7-QĐ/TU", "7-2024", "8-7-QĐ/TU", "2025", "7 - QĐ/TU", "12-3456789"} {
		_, ok := twoNumbers(text)
		assert.False(t, ok, text)
	}
}

// 15a and 15A are one number, in the file and from one run to the next.
func TestTheCaseOfASuffixMakesNoOtherNumber(t *testing.T) {
	row := func(number, about string) string {
		return number + "-QĐ/TU|20/10/2020|Quyết định " + about + "|An|||"
	}
	p, err := NewPlan(oldBook(), table(heading, row("15a", "a"), row("15A", "b"), row("15A", "a")), nil)
	require.NoError(t, err)
	assert.Equal(t, []string{"duplicate@3", "duplicate@4"}, told(p))
	store := documents.NewMemory()
	_, err = p.Run(context.Background(), store, stamp, &RunOptions{Partial: true})
	require.NoError(t, err)
	p, err = NewPlan(oldBook(), table(heading, row("15A", "b")), nil)
	require.NoError(t, err)
	done, err := p.Run(context.Background(), store, stamp, nil)
	require.ErrorIs(t, err, vanphong.ErrConflict)
	assert.Equal(t, RuleChanged, done.Remarks[0].Rule)
}
