package books

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
)

// In a file of several years a last number is of one of them.
func TestALastNumberIsOfOneYear(t *testing.T) {
	book := Book{Org: "ubnd", Issuer: "UBND", Basis: "sổ các năm", Policy: documents.StatePerYear(documents.BySymbol),
		Days: vanphong.Days{First: vanphong.MustDate("2023-01-01"), End: vanphong.MustDate("2025-01-01")}}
	rows := table("Số ký hiệu|Ngày ban hành|Trích yếu", "01/QĐ-UBND|05/3/2023|a", "01/QĐ-UBND|05/01/2024|b", "02/BC-UBND|06/01/2024|c", "số mờ|06/01/2024|d")
	book.Last = map[string]uint32{"QĐ": 500}
	_, err := NewPlan(book, rows, nil)
	require.ErrorIs(t, err, vanphong.ErrInvalid)
	assert.ErrorContains(t, err, "2023/QĐ or 2024/QĐ")
	book.Last = map[string]uint32{"2022/QĐ": 500}
	_, err = NewPlan(book, rows, nil)
	require.ErrorIs(t, err, vanphong.ErrNotFound)
	book.Last = map[string]uint32{"2023/QĐ": 500, "2024/QĐ": 7, "BC": 9} // BC is of one year alone
	p, err := NewPlan(book, rows, nil)
	require.NoError(t, err)
	done, err := p.Run(context.Background(), documents.NewMemory(), stamp, &RunOptions{Partial: true})
	require.NoError(t, err)
	next := map[string]uint32{}
	for _, s := range done.Series {
		next[s.Key.Scope+"/"+s.Key.Name] = s.First
	}
	assert.Equal(t, map[string]uint32{"2023/QĐ": 501, "2024/QĐ": 8, "2024/BC": 10}, next)
}
