package xlsx

import (
	"io"
	"iter"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"github.com/vanphong-go/vanphong"
)

// Sheet is the sheet that [Write] writes.
type Sheet struct {
	Name   string   // cut to the 31 characters that spreadsheets allow
	Header []string // stands still while the rows scroll; none if empty
	Widths []int    // of the columns, in characters; 0 is the program's own
}

// What a spreadsheet takes: more would be cut off without a word.
const (
	maxSheetRows = 1_048_576
	maxCellText  = 32_767 // UTF-16 units; no text has more of them than bytes
)

// Write writes rows as a workbook of one sheet, while they come. Every cell is
// text: 01 stays 01, a day stays as it is written, and a cell that begins with =
// is no formula. A cell over 32,767 characters and more than 1,048,576 rows are
// an [*vanphong.InputError]; nothing is cut off. The first error of rows ends it
// and comes back, and nothing is written to w then.
func Write(w io.Writer, sheet Sheet, rows iter.Seq2[[]string, error]) (err error) {
	f := excelize.NewFile()
	defer func() {
		if e := f.Close(); err == nil {
			err = e
		}
	}()
	name := sheetName(sheet.Name)
	// A new workbook comes with one sheet; it is renamed, not joined by another.
	if err := f.SetSheetName("Sheet1", name); err != nil {
		return err
	}
	// The stream writer keeps rows beyond some megabytes in a temporary file, which Close
	// takes away.
	s, err := f.NewStreamWriter(name)
	if err != nil {
		return err
	}
	styles, err := newStyles(f)
	if err != nil {
		return err
	}
	// Widths and panes come before the first row, or they are not written at all.
	for i, width := range sheet.Widths {
		if width > 0 {
			if err := s.SetColWidth(i+1, i+1, float64(min(width, 255))); err != nil {
				return err
			}
		}
	}
	at := 1
	if len(sheet.Header) > 0 {
		if err := s.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
			return err
		}
		if err := writeRow(s, at, sheet.Header, styles.header); err != nil {
			return err
		}
		at++
	}
	for row, err := range rows {
		if err != nil {
			return err
		}
		if at > maxSheetRows {
			return tooLarge("rows", int64(at), maxSheetRows, "rows")
		}
		if err := writeRow(s, at, row, styles.cell); err != nil {
			return err
		}
		at++
	}
	// The rows are complete; w gets the workbook as a whole.
	if err := s.Flush(); err != nil {
		return err
	}
	return f.Write(w)
}

type styleIDs struct{ header, cell int }

// newStyles makes the two formats: ruled and wrapped, since a register is printed.
func newStyles(f *excelize.File) (out styleIDs, err error) {
	thin := []excelize.Border{}
	for _, side := range []string{"left", "right", "top", "bottom"} {
		thin = append(thin, excelize.Border{Type: side, Color: "000000", Style: 1})
	}
	const text = 49 // the format "@": what is typed over a cell stays text too
	if out.header, err = f.NewStyle(&excelize.Style{NumFmt: text, Border: thin, Font: &excelize.Font{Bold: true, Family: "Times New Roman", Size: 12},
		Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}}); err != nil {
		return out, err
	}
	out.cell, err = f.NewStyle(&excelize.Style{NumFmt: text, Border: thin, Font: &excelize.Font{Family: "Times New Roman", Size: 12},
		Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}})
	return out, err
}

func writeRow(s *excelize.StreamWriter, at int, row []string, style int) error {
	cells := make([]any, len(row))
	// The library would cut a long text at the limit and say nothing.
	for i, c := range row {
		if utf8.RuneCountInString(c) > maxCellText/2 && len(utf16.Encode([]rune(c))) > maxCellText {
			return tooLarge("cell", int64(len(c)), maxCellText, "characters")
		}
		if !utf8.ValidString(c) {
			return vanphong.NewInputError("xlsx cell", strings.ToValidUTF8(c, "?"), "text in UTF-8", nil)
		}
		cells[i] = excelize.Cell{StyleID: style, Value: c}
	}
	ref, err := excelize.CoordinatesToCellName(1, at)
	if err != nil {
		return err
	}
	return s.SetRow(ref, cells)
}

// sheetName makes a name that spreadsheets take.
func sheetName(name string) string {
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]`, r) || r < ' ' {
			return ' '
		}
		return r
	}, vanphong.NFC(strings.ToValidUTF8(name, "")))
	name = strings.Trim(strings.TrimSpace(name), "'")
	if r := []rune(name); len(r) > 31 {
		name = strings.TrimSpace(string(r[:31]))
	}
	if name == "" {
		return "Sheet1"
	}
	return name
}
