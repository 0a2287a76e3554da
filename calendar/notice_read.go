package calendar

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/vanphong-go/vanphong"
)

// Bounds of a notice file: a year has some twenty marked days, so a file near
// them is another file by mistake.
//
// They are checked before anything is parsed, so a film that was dropped on
// the form by mistake costs no more memory than the bound.
const (
	maxNoticeFile = 4 << 20
	maxNoticeLine = 64 << 10
)

// ReadNotice reads a notice from a file in either form: JSON if the first
// character that is not a space is { or [, CSV otherwise. See [ReadNoticeCSV]
// and [ReadNoticeJSON]; nothing is taken from a file with an error.
func ReadNotice(r io.Reader) (Notice, error) {
	data, err := readNoticeFile(r)
	if err != nil {
		return Notice{}, err
	}
	if b := bytes.TrimSpace(data); len(b) > 0 && (b[0] == '{' || b[0] == '[') {
		return parseNoticeJSON(data)
	}
	return parseNoticeCSV(data)
}

// ReadNoticeCSV reads the days of a notice from comma-separated text with a
// header line. The columns, in any order:
//
//	date    the day, as [vanphong.ParseDate] reads it (required)
//	kind    holiday, comp_off, swap_off or swap_work (required)
//	name    Vietnamese name or remark
//	status  confirmed (also if empty) or provisional
//	source  address or notice number
//	grade   grade of the source: P, N, S, X, W, I
//
// The file is UTF-8, with or without a byte order mark, at most 4 MiB with
// 10,000 rows and lines of 64 KiB. Anything else is an [*vanphong.InputError]
// that names the line, the column, the value and what was expected, and
// nothing is taken from the file.
//
// An unknown column is refused rather than skipped: "status" spelt "state"
// would make a draft a decision.
func ReadNoticeCSV(r io.Reader) (Notice, error) {
	data, err := readNoticeFile(r)
	if err != nil {
		return Notice{}, err
	}
	return parseNoticeCSV(data)
}

// ReadNoticeJSON reads a notice from JSON: a [Notice] as it encodes itself,
// {"number":…,"days":[{"date":…,"kind":…,"name":…}]}, or only the list of its
// days. The bounds and the encoding are those of [ReadNoticeCSV]; a field that
// does not exist is an error.
func ReadNoticeJSON(r io.Reader) (Notice, error) {
	data, err := readNoticeFile(r)
	if err != nil {
		return Notice{}, err
	}
	return parseNoticeJSON(data)
}

// readNoticeFile returns the bytes of a file that is small enough and UTF-8,
// without a byte order mark. Only the bytes that fit are ever held.
//
// One byte more than allowed is read, to tell "exactly full" from "too long".
func readNoticeFile(r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxNoticeFile+1))
	if err != nil {
		return nil, fmt.Errorf("read notice: %w", err)
	}
	// Spreadsheets write "Unicode text" as UTF-16; said by name, it is easy to
	// put right.
	if bytes.HasPrefix(data, []byte("\xFF\xFE")) || bytes.HasPrefix(data, []byte("\xFE\xFF")) {
		return nil, vanphong.NewInputError("encoding", "UTF-16", "UTF-8", nil)
	}
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	// Lines are measured before the whole, so that a file which is one endless
	// line is told so, and the place of a broken byte is known.
	line := 0
	for text := range bytes.Lines(data) {
		line++
		if len(text) > maxNoticeLine {
			return nil, vanphong.NewInputError(fmt.Sprintf("line %d", line), string(text[:maxNoticeLine]),
				"at most 65536 bytes", vanphong.ErrOutOfRange)
		}
		if !utf8.Valid(text) {
			return nil, vanphong.NewInputError(fmt.Sprintf("line %d", line), strings.ToValidUTF8(string(text), "\uFFFD"),
				"UTF-8 text", nil)
		}
	}
	if len(data) > maxNoticeFile {
		return nil, vanphong.NewInputError("file", "more than 4194304 bytes", "at most 4 MiB", vanphong.ErrOutOfRange)
	}
	return data, nil
}

// noticeColumns are the columns of a file; the first two must be there.
var noticeColumns = []string{"date", "kind", "name", "status", "source", "grade"}

// parseNoticeCSV reads row by row and keeps the line of each, since a quoted
// field or an empty line makes them differ from the count of rows.
//
// The line in the file is what a clerk sees in the editor; an index would send
// them to the wrong row.
func parseNoticeCSV(data []byte) (Notice, error) {
	r := csv.NewReader(bytes.NewReader(data))
	// With the reader's own check a short row would be an error without the
	// column that is missing.
	r.FieldsPerRecord = -1 // checked here, to name the line
	r.ReuseRecord = true
	header, err := readRecord(r)
	if err == io.EOF {
		return Notice{}, vanphong.NewInputError("header", "", "a line like date,kind,name,status,source", nil)
	}
	if err != nil {
		return Notice{}, err
	}
	columns := slices.Clone(header)
	if err := checkHeader(columns); err != nil {
		return Notice{}, err
	}
	var n Notice
	var lines []int
	for {
		record, err := readRecord(r)
		if err == io.EOF {
			break
		}
		if err != nil {
			return Notice{}, err
		}
		line, _ := r.FieldPos(0)
		if len(n.Days) == maxNoticeDays {
			return Notice{}, vanphong.NewInputError(fmt.Sprintf("line %d", line), "row 10001", "at most 10000 rows", vanphong.ErrOutOfRange)
		}
		day, err := parseDay(columns, record, line)
		if err != nil {
			return Notice{}, err
		}
		n.Days, lines = append(n.Days, day), append(lines, line)
	}
	if len(n.Days) == 0 {
		return Notice{}, vanphong.NewInputError("file", "", "at least one row under the header", nil)
	}
	if err := n.checkDays(func(i int, field string) string { return atLine(lines[i], field) }); err != nil {
		return Notice{}, err
	}
	return n, nil
}

func atLine(line int, column string) string { return fmt.Sprintf("line %d, column %s", line, column) }

// readRecord reads one row; a slip of the quotes is told by its line.
func readRecord(r *csv.Reader) ([]string, error) {
	record, err := r.Read()
	var bad *csv.ParseError
	if errors.As(err, &bad) {
		return nil, vanphong.NewInputError(fmt.Sprintf("line %d", bad.Line), bad.Err.Error(), "comma-separated values, quotes in pairs", nil)
	}
	return record, err
}

// checkHeader refuses unknown columns rather than skip them: a misspelt
// "staus" would make provisional days certain.
func checkHeader(columns []string) error {
	for i, name := range columns {
		if !slices.Contains(noticeColumns, name) || slices.Contains(columns[:i], name) {
			return vanphong.NewInputError(fmt.Sprintf("header, column %d", i+1), name,
				"each of "+strings.Join(noticeColumns, ", ")+" at most once", nil)
		}
	}
	for _, name := range noticeColumns[:2] {
		if !slices.Contains(columns, name) {
			return vanphong.NewInputError("header", strings.Join(columns, ","), "a column "+name, nil)
		}
	}
	return nil
}

// parseDay reads one row. Whether the day can stand in a notice at all is
// checked with the others, by the same code as for a notice made in memory.
func parseDay(columns, record []string, line int) (DayInfo, error) {
	var d DayInfo
	if len(record) != len(columns) {
		return d, vanphong.NewInputError(fmt.Sprintf("line %d", line), strings.Join(record, ","),
			fmt.Sprintf("%d columns as in the header, not %d", len(columns), len(record)), nil)
	}
	for i, name := range columns {
		v := record[i]
		switch name {
		case "date":
			day, err := vanphong.ParseDate(v)
			if err != nil {
				return d, vanphong.NewInputError(atLine(line, name), v, "a day that exists, YYYY-MM-DD or d/m/yyyy", nil)
			}
			d.Date = day
		case "kind":
			if err := d.Kind.UnmarshalText([]byte(v)); err != nil {
				return d, vanphong.NewInputError(atLine(line, name), v, oneOf(dayKindCodes[DayHoliday:]), nil)
			}
		case "name":
			d.Name = v
		case "status":
			if v != "" && v != "confirmed" && v != "provisional" {
				return d, vanphong.NewInputError(atLine(line, name), v, "confirmed or provisional", nil)
			}
			d.Provisional = v == "provisional"
		case "source":
			d.Source = v
		case "grade":
			d.Grade = vanphong.Grade(v)
		}
	}
	return d, nil
}

// parseNoticeJSON reads a notice or a list of days. A name the decoder does
// not know is an error for the same reason as an unknown column.
//
// Strictness is not for its own sake: a misspelt "provisional" would be read
// as false, that is as certain.
func parseNoticeJSON(data []byte) (Notice, error) {
	// The days are decoded one by one, so that an error can say which.
	var file struct {
		Number, Title, Source string
		Issued                vanphong.Date
		Days                  []json.RawMessage
	}
	target := any(&file)
	if b := bytes.TrimSpace(data); len(b) > 0 && b[0] == '[' {
		target = &file.Days
	}
	if err := decodeStrictly(data, target); err != nil {
		return Notice{}, jsonError("", err)
	}
	if len(file.Days) == 0 || len(file.Days) > maxNoticeDays {
		return Notice{}, vanphong.NewInputError("days", fmt.Sprint(len(file.Days)), "1 to 10000 days", vanphong.ErrOutOfRange)
	}
	n := Notice{Number: file.Number, Title: file.Title, Source: file.Source, Issued: file.Issued,
		Days: make([]DayInfo, len(file.Days))}
	for i, raw := range file.Days {
		if err := decodeStrictly(raw, &n.Days[i]); err != nil {
			return Notice{}, jsonError(fmt.Sprintf("days[%d].", i), err)
		}
	}
	if err := n.Check(); err != nil {
		return Notice{}, err
	}
	return n, nil
}

// decodeStrictly decodes one value and nothing after it.
//
// What follows the first value would be lost in silence, as when two files
// were joined.
func decodeStrictly(data []byte, target any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(target); err != nil {
		return err
	}
	if _, err := d.Token(); err != io.EOF {
		return errors.New("text after the end of the notice")
	}
	return nil
}

// jsonError puts where it happened before what the decoder has to say.
//
// So errors of JSON and of CSV read alike and name a field, and neither speaks
// of Go types alone.
func jsonError(where string, err error) error {
	var input *vanphong.InputError
	if errors.As(err, &input) {
		return vanphong.NewInputError(where+input.Field, input.Value, input.Want, input.Err)
	}
	var kind *json.UnmarshalTypeError
	if errors.As(err, &kind) {
		return vanphong.NewInputError(where+kind.Field, kind.Value, "a "+kind.Type.String(), nil)
	}
	field := strings.TrimSuffix(where, ".")
	return vanphong.NewInputError(orElse(field, "file"), err.Error(), "a notice in JSON with the fields that are documented", nil)
}
