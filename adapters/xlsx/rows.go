package xlsx

import (
	"encoding/xml"
	"errors"
	"io"
	"iter"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents/books"
)

// Sheets returns the names of the sheets of a workbook, hidden ones too.
func Sheets(r io.ReaderAt, size int64, opt *Options) ([]string, error) {
	w, err := openWorkbook(r, size, opt.orDefault())
	if err != nil {
		return nil, err
	}
	var out []string
	for _, s := range w.sheets {
		out = append(out, s.name)
	}
	return out, nil
}

// Rows walks the rows of a sheet, the n-th row being row n of the sheet: empty
// ones between others are rows without cells. A row ends with its last cell
// that is not empty.
//
// A cell is its text; a number as 981, not 981.0; a day as 2026-03-05 if its
// format shows one, with T08:30:00 behind it if it shows a time too; TRUE or
// FALSE; of a formula the value that was stored. What a file claims to be a
// workbook and is none, damage, and whatever exceeds the bounds of opt ends the
// walk with an [*vanphong.InputError]; a sheet that is not there wraps
// vanphong.ErrNotFound. opt may be nil.
func Rows(r io.ReaderAt, size int64, opt *Options) iter.Seq2[[]string, error] {
	return func(yield func([]string, error) bool) {
		// Formats and shared strings stand in parts of their own and are needed for the first
		// cell, so they are read before the sheet.
		w, err := openWorkbook(r, size, opt.orDefault())
		if err != nil {
			yield(nil, err)
			return
		}
		sheet, err := w.sheet(w.opt.Sheet)
		if err == nil {
			err = errors.Join(w.readStyles(), w.readStrings())
		}
		if err != nil {
			yield(nil, err)
			return
		}
		s := sheetReader{workbook: w, yield: yield}
		if err := walk(w.zip, sheet.part, s.tag); err != nil && !errors.Is(err, errStopped) {
			yield(nil, err)
		}
	}
}

// errStopped ends a walk that the caller has left.
var errStopped = vanphong.NewInputError("xlsx", "", "", errors.New("stopped"))

// sheetReader gives the rows of one sheet.
type sheetReader struct {
	*workbook
	yield func([]string, error) bool
	given int // rows that have been yielded
}

// tag reads one row at a time.
func (s *sheetReader) tag(d *xml.Decoder, e xml.StartElement) error {
	if e.Name.Local != "row" {
		return nil
	}
	// Rows say their own number; those left out are empty.
	at := s.given + 1
	if ref := attr(e, "r"); ref != "" {
		n, err := strconv.Atoi(ref)
		if err != nil || n < at {
			return vanphong.NewInputError("xlsx row", ref, "a number from "+strconv.Itoa(at)+" on", nil)
		}
		at = n
	}
	// Empty rows are only made up once one with something in it follows: a sheet often has a
	// formatted row far below its last entry.
	cells, err := s.row(d)
	if err != nil || len(cells) == 0 {
		return err
	}
	if at > s.opt.MaxRows {
		return tooLarge("rows", int64(at), int64(s.opt.MaxRows), "rows")
	}
	for s.given < at-1 {
		s.given++
		if !s.yield(nil, nil) {
			return errStopped
		}
	}
	s.given++
	if !s.yield(cells, nil) {
		return errStopped
	}
	return nil
}

// row reads the cells of a row up to its end.
func (s *sheetReader) row(d *xml.Decoder) ([]string, error) {
	var cells []string
	// next is the column behind the last cell: a cell need not say where it stands.
	next := 0
	for {
		t, err := d.Token()
		if err != nil {
			return nil, err
		}
		switch t := t.(type) {
		case xml.EndElement:
			if t.Name.Local == "row" {
				return cells, nil
			}
		case xml.StartElement:
			if t.Name.Local != "c" {
				continue
			}
			at := next
			if ref := attr(t, "r"); ref != "" {
				if at = columnOf(ref); at < next {
					return nil, vanphong.NewInputError("xlsx cell", ref, "a cell to the right of the one before it", nil)
				}
			}
			value, err := s.cell(d, t)
			if err != nil {
				return nil, err
			}
			next = at + 1
			// A cell that is only formatted is none, however far right it stands.
			if value == "" {
				continue
			}
			if at >= s.opt.MaxCells {
				return nil, tooLarge("cells", int64(at+1), int64(s.opt.MaxCells), "cells a row")
			}
			for len(cells) <= at {
				cells = append(cells, "")
			}
			cells[at] = value
		}
	}
}

// columnOf returns the column of a reference, "AB12" is 27; -1 for none.
func columnOf(ref string) int {
	n := 0
	for i := range len(ref) {
		c := ref[i]
		if c < 'A' || c > 'Z' || n > 1<<20 {
			break
		}
		n = n*26 + int(c-'A') + 1
	}
	return n - 1
}

// cell reads a cell up to its end.
func (s *sheetReader) cell(d *xml.Decoder, e xml.StartElement) (string, error) {
	// The type says where the value is: in the shared strings, in the cell, or it is a
	// number, whose meaning is in its format.
	var value text
	kind := attr(e, "t")
	for depth := 1; depth > 0; {
		t, err := d.Token()
		if err != nil {
			return "", err
		}
		switch t := t.(type) {
		case xml.EndElement:
			depth--
		case xml.StartElement:
			switch t.Name.Local {
			case "is", "v":
				// A v holds plain text, which is a run without tags of its own.
				if value, err = s.value(d, t.Name.Local == "v"); err != nil {
					return "", err
				}
			default:
				depth++
			}
		}
	}
	// A style that the workbook does not have is no style; the value is not lost for it.
	var look style
	if i, err := strconv.Atoi(attr(e, "s")); err == nil && i >= 0 && i < len(s.styles) {
		look = s.styles[i]
	}
	if len(value) == 0 {
		return "", nil
	}
	plain := value[0].text
	switch kind {
	case "s":
		// A string that is not there is damage: an empty cell in its place would be a lie.
		i, err := strconv.Atoi(plain)
		if err != nil || i < 0 || i >= len(s.strings) {
			return "", vanphong.NewInputError("xlsx cell", plain, "a string that the workbook has", nil)
		}
		return s.letters(s.strings[i], look.font), nil
	case "inlineStr", "str":
		return s.letters(value, look.font), nil
	case "b":
		if plain == "1" {
			return "TRUE", nil
		}
		return "FALSE", nil
	case "", "n":
		return s.number(plain, look), nil
	}
	return plain, nil
}

// value reads a v or an is up to its end.
func (s *sheetReader) value(d *xml.Decoder, plain bool) (text, error) {
	if !plain {
		return readText(d, s.opt.MaxCell)
	}
	var b strings.Builder
	for {
		t, err := d.Token()
		if err != nil {
			return nil, err
		}
		switch t := t.(type) {
		case xml.EndElement:
			return text{{"", b.String()}}, nil
			// No program puts a tag into a value; what stands in one is not the value.
		case xml.StartElement:
			if err := d.Skip(); err != nil {
				return nil, err
			}
		case xml.CharData:
			if b.Len()+len(t) > s.opt.MaxCell {
				return nil, tooLarge("cell", int64(b.Len()+len(t)), int64(s.opt.MaxCell), "bytes")
			}
			b.Write(t)
		}
	}
}

// letters gives a text as its fonts show it.
func (s *sheetReader) letters(t text, font string) string {
	var b strings.Builder
	for _, r := range t {
		if r.font == "" {
			r.font = font
		}
		b.WriteString(shown(r.text, r.font, s.opt.RawLetters))
	}
	return b.String()
}

// shown returns what a font of TCVN3 or VNI shows for a text. A text with a
// character that the font does not have was typed in Unicode, and stays.
func shown(text, font string, raw bool) string {
	var e books.Encoding
	switch name := strings.ToLower(font); {
	case raw:
		return text
	case strings.HasPrefix(name, ".vn"):
		e = books.TCVN3
	case strings.HasPrefix(name, "vni-"):
		e = books.VNI
	default:
		return text
	}
	// The font decides and not the look of the text: "Bùi" in .VnTime is shown as Bựi.
	out, err := e.Letters(text)
	if err != nil {
		return text
	}
	// .VnTimeH, .VnArialH: capitals, whatever was typed.
	if e == books.TCVN3 && strings.HasSuffix(font, "H") {
		out = strings.ToUpper(out)
	}
	return out
}

// number writes a number as its format shows it.
func (s *sheetReader) number(text string, look style) string {
	// Kept as it stands if it is no number after all.
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsInf(f, 0) || math.IsNaN(f) {
		return text
	}
	if look.day || look.clock {
		if out := s.instant(f, look); out != "" {
			return out
		}
	}
	// 981 and not 981.0, 12345678 and not 1.2345678e+07: numbers of documents are digits.
	if f == math.Trunc(f) && math.Abs(f) < 1e15 {
		return strconv.FormatInt(int64(f), 10)
	}
	return strconv.FormatFloat(f, 'g', -1, 64)
}

// instant writes a serial of days: from 1904 on, or from 1900 with the 29
// February that never was. "" is a serial that is no day.
func (s *sheetReader) instant(f float64, look style) string {
	// Spreadsheets keep a day as a count and a time as the fraction behind it.
	days := math.Floor(f)
	first := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case s.from == 1904:
		first = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case look.day && (days == 60 || days < 1):
		return ""
	case days < 60:
		days++
	}
	if days < 0 || days > 2_958_465 { // 31/12/9999
		return ""
	}
	// Rounded to seconds: 08:30 is not a whole fraction of a day.
	seconds := math.Round((f - math.Floor(f)) * 24 * 60 * 60)
	t := first.AddDate(0, 0, int(days)).Add(time.Duration(seconds) * time.Second)
	switch {
	case !look.day:
		return t.Format("15:04:05")
	case !look.clock || seconds == 0:
		return t.Format("2006-01-02")
	}
	return t.Format("2006-01-02T15:04:05")
}
