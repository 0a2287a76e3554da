package books

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"iter"
	"strconv"
	"strings"

	"github.com/vanphong-go/vanphong"
)

// CSVOptions say how a CSV file is read. The zero value and nil are the
// default.
type CSVOptions struct {
	// Comma separates cells; 0 finds it out: the comma, the semicolon of
	// Vietnamese Excel, or the tab.
	Comma byte
	// MaxRow is the longest row in bytes, 0 for [MaxRow].
	MaxRow int
}

// Bounds of what is read from a file.
const (
	MaxRow   = 1 << 20   // bytes of a row
	MaxCells = 200       // cells of a row
	MaxRows  = 1_000_000 // rows of a file
	MaxBook  = 256 << 20 // bytes of all cells of a book that is planned
)

// ReadCSV walks the rows of a CSV file, the heading too, each with its own
// cells: a short row is short. Empty lines are rows without cells, so that
// the n-th row is the n-th record of the file.
//
// The bytes of a cell are handed on as they are: a cell that is not UTF-8 is
// in one of the old encodings, and [NewPlan] reads it, row by row, because
// files change their encoding midway. UTF-16 is known by its byte order mark
// and comes out as UTF-8; a byte order mark of UTF-8 goes.
//
// Lines end with a line feed, with or without a return before it, or, in a file that has
// no line feed, with a return alone.
//
// A cell in quotes may hold separators, line ends and doubled quotes. A quote
// that is never closed, a row over MaxRow or [MaxCells], and more than
// [MaxRows] rows end the walk with an [*vanphong.InputError]; an error of r
// comes back as it is. A quote in the middle of a cell is a character.
func ReadCSV(r io.Reader, opt *CSVOptions) iter.Seq2[[]string, error] {
	var o CSVOptions
	if opt != nil {
		o = *opt
	}
	if o.MaxRow <= 0 {
		o.MaxRow = MaxRow
	}
	return func(yield func([]string, error) bool) {
		if err := checkComma(o.Comma); o.Comma != 0 && err != nil {
			yield(nil, err)
			return
		}
		// The buffer is as large as what is looked at for the separator: Peek cannot see more.
		in := bufio.NewReaderSize(unicoded(r), sniffed)
		head, err := in.Peek(sniffed)
		if err != nil && !errors.Is(err, io.EOF) && len(head) == 0 {
			yield(nil, err)
			return
		}
		end := lineEnd(head)
		if o.Comma == 0 {
			o.Comma = separator(head, end)
		}
		rd := csvReader{in: in, comma: o.Comma, end: end, limit: o.MaxRow}
		for rd.rows < MaxRows {
			row, err := rd.next()
			if errors.Is(err, io.EOF) {
				return
			}
			if !yield(row, err) || err != nil {
				return
			}
		}
		// A file that ends with the last row allowed is a whole file; one that goes on is not
		// read in part without a word.
		if _, err := in.Peek(1); err == nil {
			yield(nil, vanphong.NewInputError("rows", "more than "+strconv.Itoa(MaxRows), "a file in parts of at most "+strconv.Itoa(MaxRows)+" rows", vanphong.ErrOutOfRange))
		}
	}
}

// checkComma refuses as a separator what has another meaning in CSV, or is a part
// of a letter.
func checkComma(c byte) error {
	if c == '\t' || c >= ' ' && c < 0x7F && c != '"' && c != '\'' {
		return nil
	}
	return vanphong.NewInputError("comma", strconv.Itoa(int(c)), "a separator such as , ; or tab", nil)
}

// sniffed is how much of a file is looked at to find its separator.
const sniffed = 64 << 10

// unicoded returns r with UTF-16 as UTF-8 and without byte order mark.
func unicoded(r io.Reader) io.Reader {
	in := bufio.NewReader(r)
	head, _ := in.Peek(3) // an error comes again with the first read
	switch {
	case len(head) >= 2 && (head[0] == 0xFF && head[1] == 0xFE || head[0] == 0xFE && head[1] == 0xFF):
		return &utf16Reader{in: in, big: head[0] == 0xFE}
	}
	for string(head) == "\xEF\xBB\xBF" {
		_, _ = in.Discard(3)
		head, _ = in.Peek(3)
	}
	return in
}

// utf16Reader gives UTF-16 as UTF-8, line by line.
type utf16Reader struct {
	in   *bufio.Reader
	big  bool
	out  []byte
	done error
}

// Read decodes as many whole characters as the next block has.
func (u *utf16Reader) Read(p []byte) (int, error) {
	for len(u.out) == 0 {
		if u.done != nil {
			return 0, u.done
		}
		// Blocks of 4 KiB: a text of UTF-16 is half as long again in UTF-8, and no line end has
		// to be looked for.
		e := UTF16LE
		if u.big {
			e = UTF16BE
		}
		// A pair must not be cut: one more unit is read behind its first half.
		block := make([]byte, 4096, 4098)
		n, err := io.ReadFull(u.in, block)
		block = block[:n]
		if err == nil && isHighHalf(block[n-2:], u.big) {
			var more [2]byte
			m, _ := io.ReadFull(u.in, more[:])
			block = append(block, more[:m]...)
		}
		// What was read before an error is given first; the error comes with the next call.
		if err != nil {
			u.done = io.EOF
			if !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
				u.done = err
			}
		}
		text, err := e.Decode(block)
		if err != nil {
			u.done = err
		}
		u.out = []byte(text)
	}
	n := copy(p, u.out)
	u.out = u.out[n:]
	return n, nil
}

// isHighHalf reports whether a unit of UTF-16 is the first half of a pair.
func isHighHalf(unit []byte, big bool) bool {
	c := unit[1]
	if big {
		c = unit[0]
	}
	return c >= 0xD8 && c < 0xDC
}

// lineEnd returns what ends the lines: the line feed, or the return of an old Macintosh
// if the file has no line feed outside quotes.
func lineEnd(head []byte) byte {
	end, quoted := byte('\n'), false
	for _, b := range head {
		switch {
		case b == '"':
			quoted = !quoted
		case quoted:
		case b == '\n':
			return '\n'
		case b == '\r':
			end = '\r'
		}
	}
	// A return at the very end may have its line feed behind what was looked at.
	if len(head) == sniffed && head[sniffed-1] == '\r' && bytes.IndexByte(head, '\r') == sniffed-1 {
		return '\n'
	}
	return end
}

// separator returns the character that the first lines have the same number
// of times, outside quotes. Of several the one wins that stands there most
// often: an abstract has commas, but not in every line as many.
func separator(head []byte, end byte) byte {
	best, most := byte(','), 0
	for _, c := range []byte{'\t', ';', ','} {
		counts := map[int]int{} // how many lines have c so many times
		n, quoted := 0, false
		for _, b := range head {
			switch {
			case b == '"':
				quoted = !quoted
			case quoted:
			case b == c:
				n++
			case b == end:
				counts[n]++
				n = 0
			}
		}
		if len(head) < sniffed {
			counts[n]++ // the last line, if it is whole
		}
		// Lines count twice: a separator stands in every line, a comma of a sentence in some.
		score := 0
		for times, lines := range counts {
			if times > 0 {
				score = max(score, lines*lines*times)
			}
		}
		if score > most {
			best, most = c, score
		}
	}
	return best
}

// csvReader reads records byte by byte. encoding/csv has no bound for a record: one
// quote left open makes the rest of a file a single cell. It also counts a row with
// another number of cells than the first as an error, which every hand-kept book has.
type csvReader struct {
	in    *bufio.Reader
	comma byte
	end   byte // of a line
	limit int
	rows  int
}

// next reads one row.
func (c *csvReader) next() ([]string, error) {
	var row []string
	var cell strings.Builder
	size, quoted, wasQuoted, begun := 0, false, false, false
	// The row is named in every refusal: the file is opened beside the message.
	refuse := func(field, value, want string) error {
		return vanphong.NewInputError(field, value, want+" (row "+strconv.Itoa(c.rows+1)+")", vanphong.ErrOutOfRange)
	}
	put := func() {
		row = append(row, cell.String())
		cell.Reset()
		wasQuoted = false
	}
	for {
		b, err := c.in.ReadByte()
		if err != nil {
			switch {
			case !errors.Is(err, io.EOF):
				return nil, err
			case quoted:
				return nil, vanphong.NewInputError("csv", "\"", "a closing quote (row "+strconv.Itoa(c.rows+1)+")", nil)
			case !begun:
				return nil, io.EOF
			}
			put()
			c.rows++
			return row, nil
		}
		// From here on the end of the file ends a row and not the file.
		begun = true
		if size++; size > c.limit {
			return nil, refuse("csv", strconv.Itoa(size)+" bytes", "a row of at most "+strconv.Itoa(c.limit)+" bytes; is a quote left open?")
		}
		switch {
		case quoted && b == '"':
			if next, err := c.in.Peek(1); err == nil && next[0] == '"' {
				_, _ = c.in.ReadByte()
				cell.WriteByte('"')
			} else {
				quoted, wasQuoted = false, true
			}
		case quoted:
			cell.WriteByte(b)
			// Only at its head does a quote open a cell: 5" in the middle is a size of paper.
		case b == '"' && cell.Len() == 0 && !wasQuoted:
			quoted = true
		case b == c.comma:
			put()
			if len(row) >= MaxCells {
				return nil, refuse("csv", strconv.Itoa(len(row)+1)+" cells", "at most "+strconv.Itoa(MaxCells)+" cells a row")
			}
		case b == '\r' && c.end == '\n' && c.newline():
		case b == c.end:
			c.rows++
			// An empty line is a row without cells, so that rows keep their numbers.
			if len(row) > 0 || cell.Len() > 0 || wasQuoted {
				put()
			}
			return row, nil
		default:
			cell.WriteByte(b)
		}
	}
}

// newline reports whether the next byte ends the line: the \r before it goes.
func (c *csvReader) newline() bool {
	next, err := c.in.Peek(1)
	return err != nil || next[0] == '\n'
}
