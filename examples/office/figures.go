package main

import (
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
	"github.com/vanphong-go/vanphong/documents"
)

// figure is one row of a figures file: how many of what the office had in the
// half-year.
//
// Files like it are kept by hand, so nothing in it is trusted: the sums that
// are printed come from it.
type figure struct {
	Congress bool
	Subject  string
	Kind     documents.Kind    // of documents; "" for meetings
	Body     vanphong.BodyKind // of meetings; unknown for documents
	Value    int
	Round    int64 // step of rounding down in the sentence; 0: exact
	Report   bool  // whether the sentence names it
}

// The columns of a figures file, in this order:
//
//	scope    term (nhiệm kỳ) or congress (đại hội)
//	subject  a kind of document ("kết luận") or a meeting ("hội nghị Ban Thường vụ")
//	value    how many, a whole number from 0 to 100000
//	round    step to round down to in the sentence: 412 with 10 is "trên 410"; empty: exact
//	report   yes or no: whether the report sentence names it
var figureColumns = []string{"scope", "subject", "value", "round", "report"}

// Far above a half-year of one office (410 notices), far below what would keep
// the machine busy: each document is written on its own.
const (
	maxFigureBytes = 1 << 20
	maxFigureLine  = 4 << 10
	maxFigureRows  = 200
	maxFigure      = 100_000
)

// A meeting is known by its subject, for bodies have no kind of document.
var meetingSubjects = map[string]vanphong.BodyKind{
	"hội nghị Thường trực":   vanphong.ThuongTruc,
	"hội nghị Ban Thường vụ": vanphong.StandingCommittee,
	"hội nghị Ban Chấp hành": vanphong.PartyCommittee,
}

// skipped is a row of an input file that was left out under -skip-bad.
type skipped struct {
	File string `json:"file"`
	Line int    `json:"line,omitempty"` // 0 if the row was read and then found wrong
	Why  string `json:"why"`
}

func (s skipped) String() string {
	if s.Line == 0 {
		return fmt.Sprintf("%s: %s", s.File, s.Why)
	}
	return fmt.Sprintf("%s dòng %d: %s", s.File, s.Line, s.Why)
}

// readFigures reads a figures file. One bad row refuses the file, unless
// skipBad is set; then each is returned.
//
// One bad row refuses everything by default: a report with a row missing looks
// like a report.
func readFigures(r io.Reader, name string, skipBad bool) ([]figure, []skipped, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxFigureBytes+1))
	if err != nil {
		return nil, nil, err
	}
	if len(data) > maxFigureBytes {
		return nil, nil, fmt.Errorf("%s: over %d bytes", name, maxFigureBytes)
	}
	// Spreadsheets put it in front of UTF-8.
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if !utf8.Valid(data) {
		return nil, nil, fmt.Errorf("%s: not UTF-8; save it as UTF-8", name)
	}
	// Measured before the parser sees them: a quote that is never closed would
	// swallow the rest of the file as one field.
	for i, line := range bytes.Split(data, []byte("\n")) {
		if len(line) > maxFigureLine {
			return nil, nil, fmt.Errorf("%s: line %d: over %d bytes", name, i+1, maxFigureLine)
		}
	}
	c := csv.NewReader(bytes.NewReader(data))
	// A row with a comma too many is an error of its line, not a figure in the
	// wrong column.
	c.FieldsPerRecord = len(figureColumns)
	header, err := c.Read()
	if err != nil || !slices.Equal(header, figureColumns) {
		return nil, nil, fmt.Errorf("%s: line 1: want the header %s", name, strings.Join(figureColumns, ","))
	}
	var out []figure
	var left []skipped
	seen := map[string]int{}
	for {
		row, err := c.Read()
		if err == io.EOF {
			return out, left, nil
		}
		line, _ := c.FieldPos(0)
		var f figure
		if err == nil {
			f, err = parseFigure(row)
		}
		// Twice the same subject would be added up and shown as one.
		key := fmt.Sprint(f.Congress, f.Subject)
		if first, again := seen[key]; err == nil && again {
			err = fmt.Errorf("subject %q: stands in line %d already", f.Subject, first)
		}
		// A row that does not parse has no fields to point at; its own error
		// knows the line.
		var broken *csv.ParseError
		if errors.As(err, &broken) {
			line = broken.Line
		}
		switch {
		case err == nil:
			seen[key] = line
			out = append(out, f)
		case skipBad:
			left = append(left, skipped{name, line, err.Error()})
		default:
			return nil, nil, fmt.Errorf("%s: line %d: %w", name, line, err)
		}
		if len(out)+len(left) > maxFigureRows {
			return nil, nil, fmt.Errorf("%s: over %d rows", name, maxFigureRows)
		}
	}
}

func parseFigure(row []string) (figure, error) {
	// Composed, so that a file typed on another system names the same subject.
	f := figure{Subject: vanphong.NFC(row[1])}
	switch row[0] {
	case "term":
	case "congress":
		f.Congress = true
	default:
		return f, vanphong.NewInputError("scope", row[0], "term or congress", nil)
	}
	f.Body = meetingSubjects[f.Subject]
	// What is no meeting must be a kind of document that this office issues.
	if f.Body == vanphong.BodyUnknown {
		kind, ok := kindNamed(f.Subject)
		if !ok || !slices.Contains(issuedKinds(f.Congress), kind) {
			return f, vanphong.NewInputError("subject", row[1], "a kind of document that the office issues, or a meeting", nil)
		}
		f.Kind = kind
	}
	var err error
	if f.Value, err = strconv.Atoi(row[2]); err != nil || f.Value < 0 || f.Value > maxFigure {
		return f, vanphong.NewInputError("value", row[2], "a whole number from 0 to 100000", nil)
	}
	// The week that is played writes one of them itself; with 0 the report
	// would show one more than the file.
	played := !f.Congress && (f.Body == vanphong.StandingCommittee || f.Kind == documents.KindConclusion)
	if played && f.Value == 0 {
		return f, vanphong.NewInputError("value", row[2], "1 or more: the week that is played holds one meeting of the Ban Thường vụ and writes one conclusion", nil)
	}
	if row[3] != "" {
		if f.Round, err = strconv.ParseInt(row[3], 10, 32); err != nil || f.Round < 1 {
			return f, vanphong.NewInputError("round", row[3], "a whole number from 1, or nothing", nil)
		}
	}
	switch row[4] {
	case "yes":
		f.Report = true
	case "no":
	default:
		return f, vanphong.NewInputError("report", row[4], "yes or no", nil)
	}
	return f, nil
}

func kindNamed(name string) (documents.Kind, bool) {
	k, err := documents.ParseKind(name)
	return k, err == nil
}
