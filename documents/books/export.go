package books

import (
	"bufio"
	"io"
	"iter"
	"strings"

	"github.com/vanphong-go/vanphong"
)

// Field is a column of a register that is written out: its heading, its width
// in characters and what stands in it.
type Field[T any] struct {
	Name  string
	Width int // 0: as the program that opens it thinks
	Value func(T) string
	// Open says that the cell may leave with a secret row too: the number, which
	// stands on the envelope, and what has become of it. Whoever sets it answers
	// for it.
	Open bool
}

// Layout is how a register is written out (mẫu sổ): its columns, and how it is
// known that a row is secret. The layouts of NĐ 30/2020/NĐ-CP are [Outgoing],
// [Incoming] and [Tracking]. The Party's own was not found and is not shipped:
// an office builds its own from fields.
type Layout[T any] struct {
	Name    string // for the sheet
	Fields  []Field[T]
	Secrecy func(T) vanphong.Secrecy // nil: every row is taken for secret
	Source  vanphong.Source
}

// Header returns the headings.
func (l Layout[T]) Header() []string {
	out := make([]string, len(l.Fields))
	for i, f := range l.Fields {
		out[i] = f.Name
	}
	return out
}

// Widths returns the widths of the columns in characters.
func (l Layout[T]) Widths() []int {
	out := make([]int, len(l.Fields))
	for i, f := range l.Fields {
		out[i] = f.Width
	}
	return out
}

// Rows walks the cells of rows as they may leave to a zone. It is the door of
// this package: of a row that the zone may not receive only open fields are
// filled, and the first of the others says [vanphong.Placeholder]. Without a
// redaction nothing secret leaves.
func (l Layout[T]) Rows(rows iter.Seq2[T, error], red vanphong.Redaction, zone vanphong.Zone) iter.Seq2[[]string, error] {
	return func(yield func([]string, error) bool) {
		for row, err := range rows {
			if err != nil {
				yield(nil, err)
				return
			}
			secrecy := vanphong.TopSecret
			if l.Secrecy != nil {
				secrecy = l.Secrecy(row)
			}
			if !yield(l.cells(row, red.Allows(zone, secrecy)), nil) {
				return
			}
		}
	}
}

func (l Layout[T]) cells(row T, allowed bool) []string {
	out := make([]string, len(l.Fields))
	said := false
	// The first closed field says that something is withheld; to repeat it in ten columns
	// would make the page unreadable.
	for i, f := range l.Fields {
		switch {
		case f.Value == nil:
		case allowed || f.Open:
			out[i] = f.Value(row)
		case !said:
			out[i], said = vanphong.Placeholder, true
		}
	}
	return out
}

// WriteCSV writes a heading and rows as CSV for spreadsheets: UTF-8 with a byte
// order mark, without which Excel shows Vietnamese garbled, lines ended by
// CRLF, cells in quotes where they must be. comma is the separator, 0 the
// comma.
//
// A cell that a spreadsheet would run as a formula, one that begins with = + -
// @ or a tab or line end, gets an apostrophe in front: the text of an abstract
// must not become a command on the reader's machine. [NewPlan] takes the
// apostrophe away again.
//
// The first error of rows ends it and comes back; what was written until then
// is not a whole file.
func WriteCSV(w io.Writer, header []string, rows iter.Seq2[[]string, error], comma byte) error {
	if comma == 0 {
		comma = ','
	}
	if err := checkComma(comma); err != nil {
		return err
	}
	// One buffer and no check at each cell: a bufio.Writer keeps its first error.
	out := bufio.NewWriter(w)
	_, _ = out.WriteString("\uFEFF") // errors of a bufio.Writer come back from Flush
	if header != nil {
		writeRow(out, header, comma)
	}
	for row, err := range rows {
		if err != nil {
			return err
		}
		writeRow(out, row, comma)
	}
	return out.Flush()
}

// writeRow puts a cell in quotes where a reader could take it for something else, also
// where blanks at its ends would be lost.
func writeRow(out *bufio.Writer, row []string, comma byte) {
	for i, cell := range row {
		if i > 0 {
			_ = out.WriteByte(comma)
		}
		cell = disarm(cell)
		if strings.ContainsAny(cell, "\"\r\n"+string(rune(comma))) || cell == "" && len(row) == 1 ||
			strings.TrimSpace(cell) != cell {
			_, _ = out.WriteString(`"` + strings.ReplaceAll(cell, `"`, `""`) + `"`)
			continue
		}
		_, _ = out.WriteString(cell)
	}
	_, _ = out.WriteString("\r\n")
}

// armed are the characters that make a cell a formula; the last four are what
// some programs take for the first four.
const armed = "=+-@\t\r\n＝＋－＠"

// disarm makes a cell a text. A cell that begins with an apostrophe before such
// a character gets one more, so that reading takes away what writing put there.
func disarm(cell string) string {
	if s := strings.TrimLeft(cell, "'"); s != "" && strings.ContainsRune(armed, []rune(s)[0]) {
		return "'" + cell
	}
	return cell
}

// rearm is disarm backwards.
func rearm(cell string) string {
	if rest, ok := strings.CutPrefix(cell, "'"); ok && disarm(rest) != rest {
		return rest
	}
	return cell
}
