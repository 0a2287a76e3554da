package xlsx

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strconv"
	"strings"

	"github.com/vanphong-go/vanphong"
)

// workbook is what the rows of a sheet need to be understood.
type workbook struct {
	opt     Options
	zip     *zip.Reader
	sheets  []sheetRef
	from    int // 1904 if days are counted from then
	styles  []style
	strings []text
}

// sheetRef is a sheet in the order of its tab, and the part it lies in.
type sheetRef struct {
	name, part string
	hidden     bool
}

// style is what a cell format tells of a value.
type style struct {
	day, clock bool
	font       string
}

// text is a string of a cell: its runs, each in its own font or, if that is
// empty, in the cell's.
type text []textRun

// textRun is a stretch of text in one font.
type textRun struct{ font, text string }

// walk calls visit for every start tag of a part; visit may read on with d.
func walk(z *zip.Reader, name string, visit func(d *xml.Decoder, e xml.StartElement) error) error {
	d, in, err := part(z, name)
	if err != nil {
		return err
	}
	defer in.Close()
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return broken(name, err)
		}
		if e, ok := t.(xml.StartElement); ok {
			if err := visit(d, e); err != nil {
				return broken(name, err)
			}
		}
	}
}

// attr returns an attribute by its local name: the prefixes of r:id differ from program
// to program.
func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// openWorkbook reads the directory of sheets and the formats.
func openWorkbook(r io.ReaderAt, size int64, o Options) (*workbook, error) {
	z, err := open(r, size, o)
	if err != nil {
		return nil, err
	}
	w := &workbook{opt: o, zip: z}
	parts := map[string]string{}
	err = walk(z, "xl/_rels/workbook.xml.rels", func(_ *xml.Decoder, e xml.StartElement) error {
		// Targets are relative to xl/, or from the root with a slash.
		if e.Name.Local == "Relationship" && len(parts) < maxParts {
			target := attr(e, "Target")
			if !strings.HasPrefix(target, "/") {
				target = "/xl/" + target
			}
			parts[attr(e, "Id")] = strings.TrimPrefix(path.Clean(target), "/")
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = walk(z, "xl/workbook.xml", func(_ *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		// Workbooks of old Macs count days from 1904.
		case "workbookPr":
			if v := attr(e, "date1904"); v == "1" || v == "true" {
				w.from = 1904
			}
		case "sheet":
			// A sheet without a part is kept: it is named when somebody asks for it.
			if len(w.sheets) < maxParts {
				state := attr(e, "state")
				w.sheets = append(w.sheets, sheetRef{attr(e, "name"), parts[attr(e, "id")], state == "hidden" || state == "veryHidden"})
			}
		}
		return nil
	})
	return w, err
}

// sheet finds a sheet by its name, or the first that is not hidden.
func (w *workbook) sheet(name string) (sheetRef, error) {
	// Names are compared composed: the same name comes in NFD from a Mac.
	for _, s := range w.sheets {
		if name == "" && !s.hidden || name != "" && vanphong.NFC(s.name) == vanphong.NFC(name) {
			return s, nil
		}
	}
	names := make([]string, len(w.sheets))
	for i, s := range w.sheets {
		names[i] = s.name
	}
	return sheetRef{}, vanphong.NewInputError("xlsx sheet", name, "one of "+strings.Join(names, ", "), vanphong.ErrNotFound)
}

// maxFormats bounds the cell formats: spreadsheets allow 64,000.
const maxFormats = 65_536

// readStyles reads which formats are days and which fonts they have. A workbook
// need not have any.
func (w *workbook) readStyles() error {
	custom := map[string]string{}
	var fonts []string
	var inFonts, inFormats bool
	err := walk(w.zip, "xl/styles.xml", func(_ *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		// font and xf stand in several lists; only those of the cells count.
		case "fonts", "cellXfs", "cellStyleXfs", "dxfs", "fills":
			inFonts, inFormats = e.Name.Local == "fonts", e.Name.Local == "cellXfs"
		case "numFmt":
			if len(custom) < maxFormats {
				custom[attr(e, "numFmtId")] = attr(e, "formatCode")
			}
		case "font":
			if inFonts && len(fonts) < maxFormats {
				fonts = append(fonts, "")
			}
		case "name":
			if inFonts && len(fonts) > 0 {
				fonts[len(fonts)-1] = attr(e, "val")
			}
		case "xf":
			if !inFormats || len(w.styles) >= maxFormats {
				break
			}
			var s style
			// A format that the workbook defines goes before one that every program knows.
			id := attr(e, "numFmtId")
			s.day, s.clock = dayFormat(id, custom[id])
			if i, err := strconv.Atoi(attr(e, "fontId")); err == nil && i >= 0 && i < len(fonts) {
				s.font = fonts[i]
			}
			w.styles = append(w.styles, s)
		}
		return nil
	})
	if errors.Is(err, vanphong.ErrNotFound) {
		return nil
	}
	return err
}

// dayFormat says whether a number format shows a day, and whether a time.
func dayFormat(id, code string) (day, clock bool) {
	// The numbers of built-in formats; 27 to 58 are those of East Asian editions, where the
	// same numbers are days too.
	if code == "" {
		n, err := strconv.Atoi(id)
		switch {
		case err != nil:
		case n >= 14 && n <= 17, n >= 27 && n <= 31, n == 36, n >= 50 && n <= 54, n == 57, n == 58:
			return true, false
		case n == 22:
			return true, true
		case n >= 18 && n <= 21, n >= 32 && n <= 35, n >= 45 && n <= 47, n == 55, n == 56:
			return false, true
		}
		return false, false
	}
	// What is in quotes, in brackets ([$-42A], [Red]) or escaped is shown as it is and says
	// nothing of the value.
	letters := map[rune]bool{}
	var quoted, bracket, skip bool
	for _, c := range strings.ToLower(code) {
		switch {
		case skip:
			skip = false
		case c == '"':
			quoted = !quoted
		case quoted:
		case bracket:
			bracket = c != ']'
		case c == '[':
			bracket = true
		case c == '\\', c == '_', c == '*':
			skip = true
		case c == ';':
			if len(letters) > 0 {
				goto known // the first section is for values above zero
			}
		default:
			letters[c] = true
		}
	}
known:
	if letters['0'] || letters['#'] || letters['?'] || letters['g'] && letters['n'] { // a number; "General"
		return false, false
	}
	// m is a month, and a minute beside h or s.
	clock = letters['h'] || letters['s']
	return letters['d'] || letters['y'] || letters['m'] && !clock, clock
}

// readStrings reads the shared strings. Their size is that of the part, which is
// bounded.
func (w *workbook) readStrings() error {
	err := walk(w.zip, "xl/sharedStrings.xml", func(d *xml.Decoder, e xml.StartElement) error {
		if e.Name.Local != "si" {
			return nil
		}
		t, err := readText(d, w.opt.MaxCell)
		w.strings = append(w.strings, t)
		return err
	})
	// A workbook whose texts all stand in their cells has no such part.
	if errors.Is(err, vanphong.ErrNotFound) {
		return nil
	}
	return err
}

// readText reads the text of an si or is element up to its end: runs with their
// fonts, without the phonetic guides.
func readText(d *xml.Decoder, limit int) (text, error) {
	var out text
	// Phonetic guides (rPh) repeat the text in another script; they are not what it says.
	font, inText, skipped, size := "", false, 0, 0
	for depth := 1; depth > 0; {
		t, err := d.Token()
		if err != nil {
			return nil, err
		}
		switch t := t.(type) {
		case xml.StartElement:
			depth++
			switch t.Name.Local {
			case "rPh":
				skipped = depth
			case "r":
				font = ""
			case "rFont":
				font = attr(t, "val")
			case "t":
				inText = skipped == 0
			}
		case xml.EndElement:
			if depth == skipped {
				skipped = 0
			}
			depth--
			inText = false
		case xml.CharData:
			if !inText {
				continue
			}
			if size += len(t); size > limit {
				return nil, tooLarge("cell", int64(size), int64(limit), "bytes")
			}
			if n := len(out) - 1; n >= 0 && out[n].font == font {
				out[n].text += string(t)
			} else {
				out = append(out, textRun{font, string(t)})
			}
		}
	}
	return out, nil
}
