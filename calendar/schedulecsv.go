package calendar

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/vanphong-go/vanphong"
)

// Bounds of a schedule file. A year of a province's schedules is far below.
//
// They are checked while reading, so that a file is never held whole.
const (
	// MaxCSVBytes is the largest file.
	MaxCSVBytes = 16 << 20
	// MaxCSVLine is the longest line, in bytes.
	MaxCSVLine = 64 << 10
	// MaxCSVRows is the most rows below the header.
	MaxCSVRows = 20_000
)

// scheduleColumns are the columns of a schedule file; day and activity are
// required.
var scheduleColumns = [...]string{
	"id", "day", "session", "start", "end", "activity", "place", "chair", "people", "unit", "invited", "staff",
	"delegate", "vehicle", "room", "body", "secrecy", "flags", "upstream", "note",
}

// CSVOptions are the options of [ReadScheduleCSV]. Nil is the zero value.
//
// By default a file is taken whole or not at all: half a week looks like a
// week.
type CSVOptions struct {
	// SkipBad leaves out rows that cannot be read and lists them, instead of
	// refusing the file.
	SkipBad bool
}

// SkippedRow is a row that [ReadScheduleCSV] left out.
type SkippedRow struct {
	Line int   // where the row begins, 1 being the header
	Last int   // where it ends; a quoted cell may run over several lines
	Err  error // a [*CSVError]
}

// CSVError says where a schedule file cannot be read. It wraps an InputError
// that says what stands there and what was expected.
//
// Clerks look for the line in their editor, hence lines and not rows.
type CSVError struct {
	Line   int    // 1 is the first line; a quoted cell may run over several
	Column string // name of the column, "" if it is about the whole line
	Err    error
}

// Error tells the line, the column and what is wrong there.
func (e *CSVError) Error() string {
	if e.Column == "" {
		return fmt.Sprintf("line %d: %v", e.Line, e.Err)
	}
	return fmt.Sprintf("line %d, column %s: %v", e.Line, e.Column, e.Err)
}

// Unwrap returns what is wrong, for errors.Is and errors.As.
func (e *CSVError) Unwrap() error { return e.Err }

// ReadScheduleCSV reads the entries of a weekly schedule from a CSV file: in
// UTF-8 (a byte order mark is allowed), cells separated by commas, LF or
// CRLF, the first line a header. The header names columns from this list, in
// any order, each once; day and activity are required, the rest may be
// missing or empty. A list in a cell is separated by semicolons.
//
//	id         id of the entry; if missing it is derived from the row's content
//	day        2026-11-16 or 16/11/2026
//	session    sáng, chiều, cả ngày (or morning, afternoon, whole-day)
//	start      08:00 or 8h00
//	end        as start, and after it
//	activity   what takes place; "Làm việc tại cơ quan" makes the row a filler
//	place      where, as printed
//	chair      who chairs: one person
//	people     who attends: a list of persons
//	unit       preparing unit
//	invited    guests, as printed
//	staff      office staff who go along: a list of persons
//	delegate   a list of: person who was invited -> person who goes
//	vehicle    a list of vehicles booked
//	room       a list of rooms booked
//	body       id of the body that meets
//	secrecy    none, confidential, secret, top-secret (or Mật, Tối mật, Tuyệt mật)
//	flags      a list of: invitation (thay thư mời), filler
//	upstream   organisation/entry: the superior body's row this one repeats
//	note       a remark
//
// A person is written "Bí thư <p1>": the words to print and the id. Words
// alone are their own id; words followed by <> ("các PCT liên quan <>") name
// nobody in particular and never conflict. Runs of white space in a cell
// become one space, decomposed letters composed ones: a name must be the same
// name in every file.
//
// One bad row refuses the whole file with a [*CSVError], unless
// [CSVOptions.SkipBad] is set; then each bad row is listed. A bad header, a
// wrong encoding of the file, a line, row or byte too many, a quote that is
// never closed (it hides every row after it) and a failing reader always
// refuse it. Two rows with one id are bad rows. The rows' days
// need not lie in one week.
func ReadScheduleCSV(r io.Reader, opt *CSVOptions) ([]Entry, []SkippedRow, error) {
	rd, err := newScheduleReader(r)
	if err != nil {
		return nil, nil, err
	}
	skipBad := opt != nil && opt.SkipBad
	var entries []Entry
	var skipped []SkippedRow
	// The line each id was met at, so that the second one can name the first.
	seen := map[EntryID]int{}
	for rows := 0; ; rows++ {
		e, line, err := rd.next()
		if err == io.EOF {
			return entries, skipped, nil
		}
		if err == nil && rows == MaxCSVRows {
			return nil, nil, csvWrong(line, "", strconv.Itoa(rows+1)+" rows", "at most "+strconv.Itoa(MaxCSVRows), vanphong.ErrOutOfRange)
		}
		if err == nil {
			err = rd.identify(&e, line, seen)
		}
		var bad *CSVError
		switch {
		case err == nil:
			entries = append(entries, e)
		case skipBad && errors.As(err, &bad) && !rd.broken && !rd.limit.broken:
			skipped = append(skipped, SkippedRow{line, rd.last, bad})
		default:
			return nil, nil, err
		}
	}
}

// scheduleReader reads rows one by one; nothing of a file but the present
// row is held.
//
// broken and limit.broken mean that nothing after the fault can be trusted to
// begin where it seems to: skipping one row would be skipping an unknown
// number of them.
type scheduleReader struct {
	limit  *limitReader
	csv    *csv.Reader
	column []string // of each cell, from the header
	last   int      // the line the present row ends on
	broken bool     // where the next row begins cannot be known
}

// newScheduleReader reads the header. The mark must go before the csv reader
// sees it, or the first column's name would begin with it.
func newScheduleReader(r io.Reader) (*scheduleReader, error) {
	limit := &limitReader{r: r, line: 1}
	buffered := bufio.NewReader(limit)
	if err := checkMark(buffered); err != nil {
		return nil, err
	}
	s := &scheduleReader{limit: limit, csv: csv.NewReader(buffered)}
	s.csv.FieldsPerRecord = -1 // counted here, to name line and number
	s.csv.ReuseRecord = true
	header, err := s.csv.Read()
	switch {
	case err == io.EOF:
		return nil, csvWrong(1, "", "", "a header: "+strings.Join(scheduleColumns[:], ","), nil)
	case err != nil:
		return nil, s.parseError(err)
	}
	s.column = slices.Clone(header)
	return s, s.checkHeader()
}

// checkMark drops a byte order mark of UTF-8 and refuses those of UTF-16, by
// which spreadsheets' "Unicode text" is known.
func checkMark(r *bufio.Reader) error {
	head, _ := r.Peek(3) // a shorter file has no mark
	switch {
	case bytes.HasPrefix(head, []byte("\xEF\xBB\xBF")):
		_, err := r.Discard(3)
		return err
	case bytes.HasPrefix(head, []byte("\xFF\xFE")), bytes.HasPrefix(head, []byte("\xFE\xFF")):
		return csvWrong(1, "", "UTF-16", "text in UTF-8", nil)
	}
	return nil
}

// checkHeader names semicolons, which spreadsheets write where the comma is
// the decimal sign, as in Vietnamese settings.
func (s *scheduleReader) checkHeader() error {
	for i, name := range s.column {
		want := "one of " + strings.Join(scheduleColumns[:], ", ")
		if strings.Contains(name, ";") {
			want = "commas between columns; " + want
		}
		if !slices.Contains(scheduleColumns[:], name) {
			return csvWrong(1, strconv.Itoa(i+1), name, want, nil)
		}
		if slices.Contains(s.column[:i], name) {
			return csvWrong(1, strconv.Itoa(i+1), name, "each column once", nil)
		}
	}
	for _, name := range [...]string{"day", "activity"} {
		if !slices.Contains(s.column, name) {
			return csvWrong(1, name, strings.Join(s.column, ","), "a column "+name, nil)
		}
	}
	return nil
}

// next reads a row. The error is io.EOF, a *CSVError of this row, or one that
// ends the reading.
func (s *scheduleReader) next() (Entry, int, error) {
	cells, err := s.csv.Read()
	if err == io.EOF {
		return Entry{}, 0, io.EOF
	}
	if err != nil {
		err = s.parseError(err)
		line := 0
		var at *CSVError
		if errors.As(err, &at) {
			line = at.Line
		}
		return Entry{}, line, err
	}
	line, _ := s.csv.FieldPos(0)
	// A quoted last cell may itself run over lines.
	s.last, _ = s.csv.FieldPos(len(cells) - 1)
	s.last += strings.Count(cells[len(cells)-1], "\n")
	if len(cells) != len(s.column) {
		return Entry{}, line, csvWrong(line, "", strconv.Itoa(len(cells))+" cells", strconv.Itoa(len(s.column))+" as in the header", nil)
	}
	var e Entry
	for i, cell := range cells {
		at, _ := s.csv.FieldPos(i)
		if !utf8.ValidString(cell) {
			return e, line, csvWrong(at, s.column[i], strings.ToValidUTF8(cell, "\uFFFD"), "text in UTF-8", nil)
		}
		// Composed and with single spaces, so that one name typed in two files
		// is one name.
		if err := e.setCell(s.column[i], strings.Join(strings.Fields(vanphong.NFC(cell)), " ")); err != nil {
			return e, line, &CSVError{at, s.column[i], err}
		}
	}
	// Offices print it in capitals and in small letters.
	if strings.EqualFold(e.Activity, FillerActivity) {
		e.Filler = true
	}
	if err := e.checkContent(); err != nil {
		return e, line, &CSVError{line, columnOf(err), err}
	}
	return e, line, nil
}

// identify derives a missing id from the row's content, so that reading the
// same file again gives the same ids, and refuses an id met before. Rows that
// say the same are counted apart.
func (s *scheduleReader) identify(e *Entry, line int, seen map[EntryID]int) error {
	if e.ID != "" {
		if err := vanphong.CheckID("id", e.ID); err != nil {
			return &CSVError{line, "id", err}
		}
		if seen[e.ID]++; seen[e.ID] > 1 {
			return csvWrong(line, "id", string(e.ID), "an id used once in the file", vanphong.ErrConflict)
		}
		return nil
	}
	content := []string{"row", e.Day.String(), e.Session.Name(), e.Time.String(), e.Activity, e.Place, e.Chair.String()}
	base := EntryID(vanphong.Derive(content...))
	e.ID = base
	if n := seen[base]; n > 0 {
		e.ID = EntryID(vanphong.Derive(append(content, strconv.Itoa(n))...))
		seen[e.ID]++
	}
	seen[base]++
	return nil
}

// parseError turns an error of the CSV reader, or of the limits below it,
// into a *CSVError.
func (s *scheduleReader) parseError(err error) error {
	var limit *CSVError
	if errors.As(err, &limit) {
		return limit
	}
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		s.last, s.broken = parse.Line, parse.Line != parse.StartLine
		return csvWrong(parse.StartLine, "", "byte "+strconv.Itoa(parse.Column), "CSV: quotes around a whole cell, doubled within it", nil)
	}
	return err
}

func csvWrong(line int, column, value, want string, kind error) *CSVError {
	field := column
	if field == "" {
		field = "row"
	}
	return &CSVError{line, column, vanphong.NewInputError(field, value, want, kind)}
}

// columnOf returns the column an error about a whole row is to blame on.
func columnOf(err error) string {
	var in *vanphong.InputError
	if errors.As(err, &in) && slices.Contains(scheduleColumns[:], in.Field) {
		return in.Field
	}
	return ""
}

// limitReader ends the reading of a file or line that is too long, before
// the CSV reader has gathered it.
type limitReader struct {
	r      io.Reader
	total  int
	inLine int
	line   int
	broken bool // a limit was hit: there is nothing after it
}

func (l *limitReader) Read(p []byte) (int, error) {
	n, err := l.r.Read(p)
	l.total += n
	if l.total > MaxCSVBytes {
		l.broken = true
		return 0, csvWrong(l.line, "", "a file over 16 MiB", "at most 16 MiB", vanphong.ErrOutOfRange)
	}
	for rest := p[:n]; len(rest) > 0; {
		end := bytes.IndexByte(rest, '\n')
		if end < 0 {
			l.inLine += len(rest)
			break
		}
		l.inLine += end
		if l.inLine > MaxCSVLine {
			break
		}
		l.inLine, l.line = 0, l.line+1
		rest = rest[end+1:]
	}
	if l.inLine > MaxCSVLine {
		l.broken = true
		return 0, csvWrong(l.line, "", "a line over 64 KiB", "at most 64 KiB", vanphong.ErrOutOfRange)
	}
	return n, err
}
