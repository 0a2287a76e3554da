package documents

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/vanphong-go/vanphong"
)

// MaxClosing is the largest printed closing that is read, in bytes.
const MaxClosing = 64 << 20

// ClosingError says where a printed closing is not what was printed. It wraps
// vanphong.ErrInvalid.
type ClosingError struct {
	Line   int // from 1
	Reason string
}

// Error tells the line and the reason.
func (e *ClosingError) Error() string {
	return fmt.Sprintf("documents: closing, line %d: %s: %v", e.Line, e.Reason, vanphong.ErrInvalid)
}

// Unwrap returns vanphong.ErrInvalid.
func (e *ClosingError) Unwrap() error { return vanphong.ErrInvalid }

// ReadClosing reads what [Closing.WriteTo] writes, strictly: to the byte. A file that
// was cut, changed or sent through a program that rewrites lines is a [*ClosingError]
// that says where; one over [MaxClosing] wraps vanphong.ErrOutOfRange.
func ReadClosing(r io.Reader) (Closing, error) {
	// It is read whole: every sum is over what stands before it, and nothing of a page
	// that turns out to be cut may be used.
	text, err := io.ReadAll(io.LimitReader(r, MaxClosing+1))
	if err != nil {
		return Closing{}, err
	}
	if err := vanphong.CheckCount("closing", len(text), MaxClosing); err != nil {
		return Closing{}, err
	}
	var c Closing
	err = c.UnmarshalText(text)
	return c, err
}

// UnmarshalText reads what MarshalText writes; see [ReadClosing].
func (c *Closing) UnmarshalText(text []byte) error {
	rd := closingReader{text: text}
	got := rd.closing()
	// The grammar says what stands where; that it is written in the one right way is told
	// by writing it again.
	if rd.err == nil {
		rd.compare(got)
	}
	if rd.err != nil {
		*c = Closing{}
		return rd.err
	}
	*c = got
	return nil
}

// closingReader goes through the lines. After the first error every step does nothing
// and returns zero values, so that the grammar reads as the page does.
type closingReader struct {
	text []byte
	at   int // where the next line begins
	line int // number of the line read last
	err  error
}

// fail keeps the first error: those that follow from it would lead away from the place.
func (r *closingReader) fail(reason string) {
	if r.err == nil {
		r.err = &ClosingError{max(r.line, 1), reason}
	}
}

// next returns the next line. A line without its LF was cut.
func (r *closingReader) next() string {
	if r.err != nil {
		return ""
	}
	r.line++
	n := bytes.IndexByte(r.text[r.at:], '\n')
	if n < 0 {
		r.fail("the file ends here")
		return ""
	}
	line := string(r.text[r.at : r.at+n])
	r.at += n + 1
	return line
}

// values reads a line of a name and returns what stands behind it, least to most
// values.
func (r *closingReader) values(name string, least, most int) []string {
	line := r.next()
	parts := strings.Split(line, "\t")
	if r.err == nil && (parts[0] != name || len(parts)-1 < least || len(parts)-1 > most) {
		r.fail(fmt.Sprintf("%.60q is not the line %q with its values", line, name))
	}
	// As many empty values as asked for, so that no caller has to look before it takes one.
	if r.err != nil {
		return make([]string, most)
	}
	return append(parts[1:], make([]string, most+1-len(parts))...)
}

func (r *closingReader) value(name string) string { return r.values(name, 1, 1)[0] }

func (r *closingReader) blank() {
	if line := r.next(); r.err == nil && line != "" {
		r.fail("an empty line was expected")
	}
}

// uint reads a count or a number that is written in digits alone.
func (r *closingReader) uint(text string, bits int) uint64 {
	if r.err != nil {
		return 0
	}
	n, err := strconv.ParseUint(text, 10, bits)
	if err != nil {
		r.fail(fmt.Sprintf("%.60q is no number", text))
	}
	return n
}

// count reads a line of one count. Nothing is made room for by it: rows are taken as
// they come, and a count without its rows ends at the first line that is not one.
func (r *closingReader) count(name string) int { return int(r.uint(r.value(name), 31)) }

// numbered reads a number with its suffix: "127a".
func (r *closingReader) numbered(text string) (uint32, string) {
	i := leadingDigits(text)
	return uint32(r.uint(text[:i], 32)), text[i:]
}

// date is strict by way of vanphong.Date: 30 February is no day.
func (r *closingReader) date(text string) (d vanphong.Date) {
	if r.err == nil {
		if err := d.UnmarshalText([]byte(text)); err != nil || d.IsZero() {
			r.fail(fmt.Sprintf("%.60q is no day", text))
		}
	}
	return d
}

func (r *closingReader) instant(text string) (at time.Time) {
	if r.err == nil {
		var err error
		if at, err = time.Parse(time.RFC3339Nano, text); err != nil {
			r.fail(fmt.Sprintf("%.60q is no instant", text))
		}
	}
	return at.UTC()
}

// event finds an event by the name it is printed under.
func (r *closingReader) event(name string) EventKind {
	k := slices.Index(eventKindNames[1:], name) + 1
	if k == 0 {
		r.fail(fmt.Sprintf("%.60q is no event", name))
	}
	return EventKind(k)
}

// sum compares a sum with the bytes it is over. Its line is to blame only in so far
// as something above it is not what it was.
func (r *closingReader) sum(name string, over []byte, what string) {
	text := r.value(name)
	if r.err == nil && text != Digest(sha256.Sum256(over)).String() {
		r.fail(what + " was changed: this sum is of another text")
	}
}

// closing reads the page.
func (r *closingReader) closing() (c Closing) {
	if line := r.next(); r.err == nil && line != closingTitle {
		r.fail("not a closing: the title is missing")
	}
	if form := r.value(lineForm); r.err == nil && form != closingForm {
		r.fail(fmt.Sprintf("form %.20q is not known", form))
	}
	c.Org = vanphong.OrgID(r.value(lineOrg))
	c.Organ = vanphong.OrgID(r.value(lineOrgan))
	c.Scope = r.value(lineScope)
	c.At = r.instant(r.value(lineAt))
	// The sum of a section is checked as soon as it is read, so the error of a changed
	// page names the series and not only the page.
	for n := r.count(lineCount); n > 0 && r.err == nil; n-- {
		r.blank()
		start, first := r.at, r.line+1
		s := r.section()
		r.sum(lineSection, r.text[start:r.at], fmt.Sprintf("series %.60q, from line %d", s.Name, first))
		c.Series = append(c.Series, s)
	}
	r.blank()
	r.sum(lineSum, r.text[:r.at], "the closing")
	if r.err == nil && r.at != len(r.text) {
		r.line++
		r.fail("something follows the last line")
	}
	return c
}

// section reads one series, but for its sum.
func (r *closingReader) section() (s SeriesClosing) {
	s.Name = r.value(lineName)
	s.Proof.Series = SeriesID(r.value(lineID))
	s.Issuer = r.value(lineIssuer)
	s.Policy = r.value(linePolicy)
	days := r.values(lineDays, 1, 2)
	if s.Days.First = r.date(days[0]); days[1] != "" {
		s.Days.End = r.date(days[1]) + 1
	}
	s.Continues = SeriesID(r.value(lineContinues))
	opened := r.values(lineOpened, 2, 2)
	s.First, s.Basis = uint32(r.uint(opened[0], 32)), opened[1]
	// A series that gave none says so; 00 in its place is told by writing it again.
	if last := r.value(lineLast); last != lastNone {
		s.Last = uint32(r.uint(last, 31))
	}
	switch state := r.value(lineState); state {
	case stateClosed:
		s.Closed = true
	case stateOpen:
	default:
		r.fail(fmt.Sprintf("%.60q is no state", state))
	}
	s.Issued = r.count(lineIssued)
	for _, list := range []struct {
		name  string
		lines *[]Line
	}{{lineReserved, &s.Reserved}, {lineVoid, &s.Void}, {lineHeld, &s.Held}, {lineInserted, &s.Inserted}} {
		for n := r.count(list.name); n > 0 && r.err == nil; n-- {
			v := r.values(lineRow, 6, 6)
			l := Line{Event: r.event(v[1]), Reason: v[5]}
			l.Serial, l.Suffix = r.numbered(v[0])
			l.Last = vanphong.Stamp{At: r.instant(v[2]), By: vanphong.Actor{ID: vanphong.PersonID(v[3]), For: vanphong.PersonID(v[4])}}
			*list.lines = append(*list.lines, l)
		}
	}
	// How many numbers that are is told again by the rows.
	late := r.values(lineLate, 2, 2)
	for n := r.uint(late[1], 31); n > 0 && r.err == nil; n-- {
		v := r.values(lineRow, 4, 4)
		run := Run{Event: r.event(v[2]), Reason: v[3]}
		run.First, run.Suffix = r.numbered(v[0])
		run.Last, _ = r.numbered(v[1])
		s.Late = append(s.Late, run)
	}
	for n := r.count(lineMissing); n > 0 && r.err == nil; n-- {
		s.Missing = append(s.Missing, uint32(r.uint(r.value(lineRow), 32)))
	}
	s.Back = r.count(lineBack)
	s.Events = int64(r.uint(r.value(lineEvents), 63))
	if head := r.value(lineHead); r.err == nil {
		if err := s.Head.UnmarshalText([]byte(head)); err != nil {
			r.fail("the last hash is not one")
		}
	}
	return s
}

// compare holds the page against what its values print as: one text for one closing.
// It finds what the grammar is too kind for, as "1" for "01", and says in which line.
func (r *closingReader) compare(c Closing) {
	text, err := c.AppendText(nil)
	if err != nil {
		r.fail(err.Error())
		return
	}
	if bytes.Equal(text, r.text) {
		return
	}
	// One of the two may be the shorter; the place is then the line after its last.
	got, want := splitLines(r.text), splitLines(text)
	r.line = 1
	for r.line <= len(got) && r.line <= len(want) && got[r.line-1] == want[r.line-1] {
		r.line++
	}
	r.fail("not written as a closing is")
}

// splitLines cuts a text into its lines.
func splitLines(text []byte) []string { return strings.Split(string(text), "\n") }
