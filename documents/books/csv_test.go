package books

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/vanphong-go/vanphong"
)

func readAll(t *testing.T, r io.Reader, opt *CSVOptions) (rows [][]string, err error) {
	t.Helper()
	for row, e := range ReadCSV(r, opt) {
		if e != nil {
			return rows, e
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func TestCSVAsOfficesSaveIt(t *testing.T) {
	for _, c := range []struct {
		name, in string
		want     [][]string
	}{
		{"the semicolon of Vietnamese Excel", "a;b,c;d\r\n1;2;3\r\n", [][]string{{"a", "b,c", "d"}, {"1", "2", "3"}}},
		{"commas, though abstracts have semicolons", "a,b\n\"x; y; z\",2\n1,2\n", [][]string{{"a", "b"}, {"x; y; z", "2"}, {"1", "2"}}},
		{"tabs", "a\tb, c\n1\t2\n", [][]string{{"a", "b, c"}, {"1", "2"}}},
		{"one column", "a\nb", [][]string{{"a"}, {"b"}}},
		{"a byte order mark", "\uFEFFa,b\n", [][]string{{"a", "b"}}},
		{"quotes, line ends inside, doubled quotes", "\"a\r\nb\",\"say \"\"x\"\"\"\n", [][]string{{"a\r\nb", `say "x"`}}},
		{"a quote in the middle is a character", `5" giấy,x`, [][]string{{`5" giấy`, "x"}}},
		{"empty lines keep their places", "a,b\n\n1,2\n", [][]string{{"a", "b"}, nil, {"1", "2"}}},
		{"an empty cell at the end", "a,\n,b\n", [][]string{{"a", ""}, {"", "b"}}},
		{"nothing", "", nil},
	} {
		for _, r := range []io.Reader{strings.NewReader(c.in), iotest.OneByteReader(strings.NewReader(c.in))} {
			got, err := readAll(t, r, nil)
			require.NoError(t, err, c.name)
			assert.Equal(t, c.want, got, c.name)
		}
	}
	// "Unicode text" of a spreadsheet; a pair on the border of the reader's blocks.
	for _, e := range []Encoding{UTF16LE, UTF16BE} {
		text := strings.Repeat("x", 2046) + "𠀀\tTỉnh ủy\r\n"
		b, err := e.Encode(text)
		require.NoError(t, err)
		got, err := readAll(t, bytes.NewReader(b), nil)
		require.NoError(t, err)
		assert.Equal(t, [][]string{{strings.Repeat("x", 2046) + "𠀀", "Tỉnh ủy"}}, got)
		_, err = readAll(t, bytes.NewReader(b[:len(b)-1]), nil)
		require.ErrorIs(t, err, vanphong.ErrInvalid, "half a character at the end")
	}
}

// endless is a file without end.
type endless struct{ text string }

func (e endless) Read(p []byte) (int, error) { return copy(p, e.text), nil }

func TestCSVIsBounded(t *testing.T) {
	for name, c := range map[string]struct {
		in   io.Reader
		kind error
	}{
		"a quote that is never closed":       {strings.NewReader("a,b\n\"x\n1,2\n"), vanphong.ErrInvalid},
		"200 MB in one line":                 {endless{"x"}, vanphong.ErrOutOfRange},
		"an open quote before 200 MB":        {io.MultiReader(strings.NewReader(`"`), endless{"x\n"}), vanphong.ErrOutOfRange},
		"cells without end":                  {endless{",,,,,,,,"}, vanphong.ErrOutOfRange},
		"rows without end":                   {endless{"\n\n\n\n\n\n\n\n"}, vanphong.ErrOutOfRange},
		"a reader that fails":                {io.MultiReader(strings.NewReader("a,b\n1"), iotest.ErrReader(io.ErrClosedPipe)), io.ErrClosedPipe},
		"a reader that fails from the start": {iotest.ErrReader(io.ErrClosedPipe), io.ErrClosedPipe},
	} {
		_, err := readAll(t, c.in, nil)
		require.ErrorIs(t, err, c.kind, name)
	}
	_, err := readAll(t, strings.NewReader("a"), &CSVOptions{Comma: '"'})
	require.ErrorIs(t, err, vanphong.ErrInvalid)
	_, err = readAll(t, strings.NewReader("a,b\nlonger than ten"), &CSVOptions{MaxRow: 10})
	require.ErrorIs(t, err, vanphong.ErrOutOfRange)
	assert.Contains(t, err.Error(), "row 2")
}

func TestACellDoesNotBecomeAFormula(t *testing.T) {
	dangerous := []string{`=HYPERLINK("x")`, "+84", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"}
	plain := []string{"981-QĐ/TU", "'", "'x", "''", " =1", ""}
	var b bytes.Buffer
	require.NoError(t, WriteCSV(&b, nil, all([][]string{dangerous, plain, {"'=1", "''-1"}}), 0))
	got, err := readAll(t, &b, &CSVOptions{Comma: ','})
	require.NoError(t, err)
	for i, c := range got[0] {
		assert.Equal(t, "'"+dangerous[i], c)
	}
	assert.Equal(t, plain, got[1])
	for _, row := range got {
		for _, c := range row {
			if c != "" {
				assert.NotContains(t, armed, string([]rune(c)[0]))
			}
		}
	}
	// A plan reads them as they were.
	assert.Equal(t, "'=1", rearm(got[2][0]))
	assert.Equal(t, "''-1", rearm(got[2][1]))
	// And an error of the rows comes back.
	boom := errors.New("boom")
	err = WriteCSV(io.Discard, nil, func(yield func([]string, error) bool) { yield(nil, boom) }, 0)
	require.ErrorIs(t, err, boom)
	require.ErrorIs(t, WriteCSV(failing{}, []string{"a"}, all(nil), 0), io.ErrClosedPipe)
	require.ErrorIs(t, WriteCSV(io.Discard, nil, all(nil), '\n'), vanphong.ErrInvalid)
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestCSVOfTwoHundredMegabytesStreams(t *testing.T) {
	if testing.Short() {
		t.Skip("writes 20 MB")
	}
	// A tenth of it, at a tenth of the row bound: the walk keeps one row.
	line := strings.Repeat("Về việc chỉ định cấp ủy viên;", 30) + "\n"
	n := 0
	for row, err := range ReadCSV(io.LimitReader(endless{line}, int64(20<<20/len(line)*len(line))), nil) {
		require.NoError(t, err)
		require.Len(t, row, 31)
		n++
	}
	assert.Equal(t, 20<<20/len(line), n, fmt.Sprint(n))
}

// A file of an old Macintosh ends its lines with a return alone.
func TestLinesThatEndWithAReturnAlone(t *testing.T) {
	want := [][]string{{"Số", "Ngày", "Trích yếu"}, {"1", "2", "a\nb"}, nil, {"3", "4", "c"}}
	const text = "Số;Ngày;Trích yếu\r1;2;\"a\nb\"\r\r3;4;c\r"
	for _, opt := range []*CSVOptions{nil, {Comma: ';'}} {
		got, err := readAll(t, strings.NewReader(text), opt)
		require.NoError(t, err)
		assert.Equal(t, want, got)
	}
	// Beside other line ends a return is a character, as in a cell that was broken.
	got, err := readAll(t, strings.NewReader("a;b\rc\r\n1;2\n"), nil)
	require.NoError(t, err)
	assert.Equal(t, [][]string{{"a", "b\rc"}, {"1", "2"}}, got)
}
