package documents

import (
	"crypto/sha256"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/vanphong-go/vanphong"
)

// The lines of a printed closing: a name, then values, parted by tabs. No value can
// have a tab or a line break, so nothing is quoted, and the page reads as a table.
const (
	closingTitle  = "KHÓA SỔ VĂN BẢN ĐI"
	lineForm      = "Mẫu"
	lineOrg       = "Đơn vị"
	lineOrgan     = "Cơ quan"
	lineScope     = "Phạm vi"
	lineAt        = "Thời điểm"
	lineCount     = "Số dãy số"
	lineName      = "DÃY SỐ"
	lineID        = "Mã dãy số"
	lineIssuer    = "Ký hiệu cơ quan"
	linePolicy    = "Cách đánh số"
	lineDays      = "Ngày văn bản"
	lineContinues = "Nối từ dãy số"
	lineOpened    = "Mở tại số"
	lineLast      = "Đến số"
	lineState     = "Tình trạng"
	lineIssued    = "Đã ban hành"
	lineReserved  = "Giữ chỗ"
	lineVoid      = "Đã hủy, trả lại"
	lineHeld      = "Sổ mật giữ"
	lineLate      = "Vào sổ muộn (số, dòng)"
	lineInserted  = "Số chèn"
	lineMissing   = "Thiếu"
	lineBack      = "Đồng hồ lùi"
	lineEvents    = "Số sự kiện"
	lineHead      = "Mã cuối sổ"
	lineRow       = "·" // of a list
	lineSection   = "Mã kiểm tra dãy số"
	lineSum       = "SHA-256"

	lastNone    = "chưa cấp số"
	stateOpen   = "đang mở"
	stateClosed = "đã khóa"
	closingForm = "1" // a later form is another number beside this one
)

// closingText is a closing while it is written.
type closingText struct {
	b   []byte
	err error // the first value that could not be written
}

// line writes a name and its values. A value that would not read back is an error and
// not a page that looks right.
func (t *closingText) line(name string, values ...string) {
	t.b = append(t.b, name...)
	for _, v := range values {
		if t.err == nil && (!utf8.ValidString(v) || strings.ContainsFunc(v, unicode.IsControl)) {
			t.err = vanphong.NewInputError("closing", strings.ToValidUTF8(v, "?"), "UTF-8 without control characters in line "+name, nil)
		}
		t.b = append(append(t.b, '\t'), v...)
	}
	t.b = append(t.b, '\n')
}

// AppendText appends the closing as it is printed: UTF-8, lines that end in LF, the
// last one the SHA-256 of all before it. Each series ends in a sum of its own, so that
// a check can say where a page was changed. These sums find slips and damage; that
// nobody wrote the whole page anew is told by the signature on it and by
// [Closing.Check].
func (c Closing) AppendText(b []byte) ([]byte, error) {
	var t closingText
	// The head of the page is under the last sum alone; each series has one of its own.
	t.line(closingTitle)
	t.line(lineForm, closingForm)
	t.line(lineOrg, string(c.Org))
	t.line(lineOrgan, string(c.Organ))
	t.line(lineScope, c.Scope)
	t.line(lineAt, instantText(c.At))
	t.line(lineCount, strconv.Itoa(len(c.Series)))
	for _, s := range c.Series {
		t.b = append(t.b, '\n')
		start := len(t.b)
		t.section(s)
		t.line(lineSection, Digest(sha256.Sum256(t.b[start:])).String())
	}
	t.b = append(t.b, '\n')
	t.line(lineSum, Digest(sha256.Sum256(t.b)).String())
	// Half a page would be taken for a whole one that was cut.
	if t.err != nil {
		return b, t.err
	}
	return append(b, t.b...), nil
}

// MarshalText is AppendText on nothing.
func (c Closing) MarshalText() ([]byte, error) { return c.AppendText(nil) }

// WriteTo writes the closing as it is printed; see [Closing.AppendText].
func (c Closing) WriteTo(w io.Writer) (int64, error) {
	text, err := c.AppendText(nil)
	if err != nil {
		return 0, err
	}
	n, err := w.Write(text)
	return int64(n), err
}

// section writes one series, but for its sum.
//
// Every line is there in every section, with 0 or nothing behind it where there is
// nothing to say: a line left out could not be told from a line torn off.
func (t *closingText) section(s SeriesClosing) {
	t.line(lineName, s.Name)
	t.line(lineID, string(s.Proof.Series))
	t.line(lineIssuer, s.Issuer)
	t.line(linePolicy, s.Policy)
	t.line(lineDays, daysText(s.Days)...)
	t.line(lineContinues, string(s.Continues))
	t.line(lineOpened, serial(s.First), s.Basis)
	last := lastNone
	if s.Last != 0 {
		last = serial(s.Last)
	}
	t.line(lineLast, last)
	state := stateOpen
	if s.Closed {
		state = stateClosed
	}
	t.line(lineState, state)
	t.line(lineIssued, strconv.Itoa(s.Issued))
	// The reason comes last: it is the only long value, and a page may cut it at the edge
	// without hiding another one.
	for _, list := range []struct {
		name  string
		lines []Line
	}{{lineReserved, s.Reserved}, {lineVoid, s.Void}, {lineHeld, s.Held}, {lineInserted, s.Inserted}} {
		t.line(list.name, strconv.Itoa(len(list.lines)))
		for _, l := range list.lines {
			t.line(lineRow, serial(l.Serial)+l.Suffix, l.Event.Name(), instantText(l.Last.At), string(l.Last.By.ID), string(l.Last.By.For), l.Reason)
		}
	}
	// Both counts: people want the numbers, the reader the rows.
	t.line(lineLate, strconv.Itoa(lateNumbers(s.Late)), strconv.Itoa(len(s.Late)))
	for _, r := range s.Late {
		t.line(lineRow, serial(r.First)+r.Suffix, serial(r.Last)+r.Suffix, r.Event.Name(), r.Reason)
	}
	t.line(lineMissing, strconv.Itoa(len(s.Missing)))
	for _, n := range s.Missing {
		t.line(lineRow, serial(n))
	}
	t.line(lineBack, strconv.Itoa(s.Back))
	t.line(lineEvents, strconv.FormatInt(s.Events, 10))
	t.line(lineHead, s.Head.String())
}

// instantText writes an instant in UTC, to the nanosecond, so that it reads back.
func instantText(at time.Time) string { return at.UTC().Format(time.RFC3339Nano) }

// daysText writes the first and the last day, without the last if there is none. On
// paper the last day belongs to the days, as offices write it.
func daysText(d vanphong.Days) []string {
	if d.End == 0 {
		return []string{d.First.String()}
	}
	return []string{d.First.String(), (d.End - 1).String()}
}
