package vanphong_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/vanphong-go/vanphong"
)

func TestTextThatCannotBeStoredIsRefused(t *testing.T) {
	for _, c := range []struct {
		text string
		want error
	}{
		{"", nil},                        // nothing said is a text
		{"Kết luận\n\t- mục 1\r\n", nil}, // as pasted from a paper
		{strings.Repeat("ế", 10), nil},   // thirty bytes: the limit itself
		{strings.Repeat("ế", 10) + "x", vanphong.ErrOutOfRange}, // one more
		{"b\x00", vanphong.ErrInvalid},                          // ends a string in C
		{"\x1b[2J", vanphong.ErrInvalid},                        // clears the terminal that shows it
		{"\u0085", vanphong.ErrInvalid},                         // a control character beyond ASCII
		{"Tỉnh \xfc", vanphong.ErrInvalid},                      // another encoding
	} {
		err := vanphong.CheckText("note", c.text, 30)
		assert.ErrorIs(t, err, c.want, "%q", c.text)
		if err != nil {
			assert.Contains(t, err.Error(), "note")
		}
	}
}

func TestCountsAreBounded(t *testing.T) {
	assert.NoError(t, vanphong.CheckCount("marks", 3, 3))
	assert.ErrorIs(t, vanphong.CheckCount("marks", 4, 3), vanphong.ErrOutOfRange)
}
