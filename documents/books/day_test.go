package books

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
)

// What spreadsheets and the documents themselves put around a day.
func TestDaysAsFilesHaveThem(t *testing.T) {
	for in, want := range map[string]string{
		"05/03/2021 0:00:00":                        "2021-03-05",
		"05/03/2021 00:00":                          "2021-03-05",
		"05/03/2021 12:00:00 SA":                    "2021-03-05", // Vietnamese Windows
		"2021-03-05 00:00:00":                       "2021-03-05",
		"2021-03-05T00:00:00Z":                      "2021-03-05",
		"5 / 3 / 2021":                              "2021-03-05",
		"5 - 3 - 2021":                              "2021-03-05",
		"Hà Nội, ngày 05 tháng 3 năm 2021":          "2021-03-05",
		"TP. Hồ Chí Minh, ngày 05 tháng 3 năm 2021": "2021-03-05",
		"Quận 1, ngày 5/3/2021":                     "2021-03-05",
		"3/5/2021 12:00:00 AM":                      "", // the month may come first
		"05/03/2021 và 0:00:00":                     "",
		"0:00:00":                                   "",
		"công văn số 3 ngày 05 tháng 3 năm 2021":    "", // no place
		"5 / 3 - 2021":                              "",
		"Hà Nội, ngày 31 tháng 2 năm 2021":          "",
	} {
		got, told := ReadDay(in, 0)
		assert.Equal(t, want, got.String(), in)
		assert.Equal(t, want == "", told != "", in)
	}
}

// A book without an end takes no day after the import: 2062 is 2026 mistyped.
func TestNoDocumentIsOfTomorrow(t *testing.T) {
	rows := table(heading, "01-QĐ/TU|01/7/2025|Quyết định a|An|||", "02-QĐ/TU|02/7/2025|Quyết định b|An|||", "03-QĐ/TU|5/3/2062|Quyết định c|An|||")
	today := vanphong.DateOf(stamp.At)
	require.Equal(t, "2025-07-01", today.String())
	p, err := NewPlan(oldBook(), rows, &Options{Until: today})
	require.NoError(t, err)
	assert.Equal(t, []string{"day@3", "day@4"}, told(p))
	// A plan that was not told the day is held against the stamp.
	p, err = NewPlan(oldBook(), rows, nil)
	require.NoError(t, err)
	assert.Zero(t, p.Faults())
	store := documents.NewMemory()
	done, err := p.Run(context.Background(), store, stamp, nil)
	require.ErrorIs(t, err, vanphong.ErrConflict)
	require.Len(t, done.Remarks, 2)
	assert.Equal(t, RuleDay, done.Remarks[0].Rule)
	done, err = p.Run(context.Background(), store, stamp, &RunOptions{Partial: true})
	require.NoError(t, err)
	assert.Equal(t, 1, done.Added)
}
