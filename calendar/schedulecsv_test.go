package calendar

import (
	"bytes"
	"errors"
	"io"
	"os"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/vanphong-go/vanphong"
)

func readCSV(s string) ([]Entry, error) {
	e, _, err := ReadScheduleCSV(strings.NewReader(s), nil)
	return e, err
}

// TestReadScheduleCSV reads rows in the form of the weekly schedule of a
// Thường trực Thành ủy: every column, dates and clock times as written.
func TestReadScheduleCSV(t *testing.T) {
	file, err := os.ReadFile("testdata/week.csv")
	if err != nil {
		t.Fatal(err)
	}
	got, skipped, err := ReadScheduleCSV(bytes.NewReader(file), nil)
	if err != nil || len(skipped) != 0 {
		t.Fatal(err, skipped)
	}
	first := vanphong.MustDate("2025-05-12")
	p := func(id, text string) Attendee { return Attendee{vanphong.PersonID(id), text} }
	want := []Entry{
		{Day: first, Time: span(t, "06:30", ""), Activity: "Thường trực Thành ủy hội ý cùng Thường trực HĐND, UBND, MTTQ",
			Place: "Nhà ăn Hội trường TTHC thành phố", Chair: p("bt", "Bí thư"), Attendees: []Attendee{p("pbt", "Phó Bí thư")},
			Unit: "Văn phòng HĐND và UBND thành phố", Invited: "TT HĐND, UBND; UVBTV", Staff: []Attendee{p("lđvp1", "LĐVP (1)")}, Invitation: true},
		{Day: first, Time: span(t, "07:00", ""), Activity: "Dự kỷ niệm ngày thành lập Đội TNTP", Place: "Trường tiểu học, xã Hỏa Lựu",
			Attendees:   []Attendee{p("pbt", "Phó Bí thư")},
			Delegations: []Delegation{{p("pbt", "Phó Bí thư"), p("tg", "Trưởng Ban Tuyên giáo và Dân vận")}}},
		{Day: first, Session: Afternoon, Time: span(t, "13:30", ""), Activity: FillerActivity, Chair: p("pbt", "Phó Bí thư"), Filler: true},
		{Day: first + 1, Session: Afternoon, Time: span(t, "13:30", "17:00"), Activity: "Dự họp Ban Thường vụ Tỉnh ủy", Place: "Phòng họp số 2 Tỉnh ủy",
			Attendees: []Attendee{p("bt", "Bí thư"), p("pbt", "Phó Bí thư")}, Invited: "giấy mời riêng", Vehicles: []string{"65A-001.23"},
			Rooms: []string{"Phòng họp số 2"}, Body: "btv", Secrecy: vanphong.Confidential, Upstream: Upstream{"tinh-uy", "btv-05"}, Note: "tài liệu tại chỗ"},
		{Day: first + 2, Session: WholeDay, Activity: "Khảo sát", Place: "tập trung tại Thành ủy",
			Attendees: []Attendee{p("", "các đồng chí UVBTV"), p("Chánh Văn phòng", "Chánh Văn phòng")}},
	}
	if len(got) != len(want) {
		t.Fatalf("%d entries, want %d", len(got), len(want))
	}
	for i := range got {
		if got[i].ID == "" {
			t.Errorf("row %d has no id", i)
		}
		want[i].ID = got[i].ID
		if !reflect.DeepEqual(got[i], want[i]) {
			t.Errorf("row %d:\ngot  %+v\nwant %+v", i, got[i], want[i])
		}
	}
	for name, variant := range map[string][]byte{
		"CRLF":            bytes.ReplaceAll(file, []byte("\n"), []byte("\r\n")),
		"byte order mark": append([]byte("\xEF\xBB\xBF"), file...),
		"no last newline": bytes.TrimSuffix(file, []byte("\n")),
	} {
		if again, _, err := ReadScheduleCSV(iotest.OneByteReader(bytes.NewReader(variant)), nil); err != nil || !reflect.DeepEqual(again, got) {
			t.Errorf("%s: reads otherwise, %v", name, err)
		}
	}
	if _, err := Findings(got, &FindingOptions{Length: time.Hour}); err != nil {
		t.Errorf("what was read cannot be checked: %v", err)
	}
}

func TestScheduleCSVColumnsInAnyOrder(t *testing.T) {
	a, err := readCSV("day,activity,place\n2026-11-16,Họp,P2\n")
	b, err2 := readCSV("place,activity,day\nP2,Họp,16/11/2026\n")
	if err != nil || err2 != nil || !reflect.DeepEqual(a, b) {
		t.Errorf("%+v, %v and %+v, %v", a, err, b, err2)
	}
	for _, name := range scheduleColumns {
		if name == "day" || name == "activity" {
			continue
		}
		if _, err := readCSV("day,activity," + name + "\n2026-11-16,Họp,\n"); err != nil {
			t.Errorf("an empty %s: %v", name, err)
		}
	}
}

// TestScheduleCSVComposesLetters: one person in two spellings of the same
// letters is one person, or a conflict is missed.
func TestScheduleCSVComposesLetters(t *testing.T) {
	got, err := readCSV("day,start,end,activity,chair\n2026-11-16,8h,9h,Họp,Bí thư\n2026-11-16,8h,9h,Ho\u0323p,Bi\u0301 thu\u031b\n")
	if err != nil || got[0].Chair != got[1].Chair || got[0].Activity != got[1].Activity {
		t.Errorf("%+v, %v", got, err)
	}
}

// TestScheduleCSVIDs: the same row has the same id whenever it is read; rows
// that say the same have ids of their own.
func TestScheduleCSVIDs(t *testing.T) {
	const file = "day,activity\n2026-11-16,Họp\n2026-11-16,Họp\n2026-11-16,Họp\n2026-11-17,Họp\n"
	a, err := readCSV(file)
	b, _ := readCSV(file)
	if err != nil || !reflect.DeepEqual(a, b) {
		t.Fatal(a, b, err)
	}
	seen := map[EntryID]bool{}
	for _, e := range a {
		seen[e.ID] = true
	}
	if len(seen) != 4 {
		t.Errorf("%d ids for 4 rows", len(seen))
	}
	if got, err := readCSV("id,day,activity\nhop-1,2026-11-16,Họp\n"); err != nil || got[0].ID != "hop-1" {
		t.Errorf("a given id: %+v, %v", got, err)
	}
}

// badRows are rows below the header "day,start,end,activity,chair,people,
// secrecy,flags" that cannot be read.
var badRows = []struct {
	row, column, says string
	why               string
}{
	{"2026-02-30,,,Họp,,,,", "day", "2026-02-30", "a day that does not exist"},
	{",,,Họp,,,,", "day", "YYYY-MM-DD", "no day"},
	{"T2 16/11,,,Họp,,,,", "day", "T2 16/11", "a day without a year"},
	{"2026-11-16,8.30,,Họp,,,,", "start", "8.30", "no clock time"},
	{"2026-11-16,08:00,25:00,Họp,,,,", "end", "25:00", "a clock time no day has"},
	{"2026-11-16,10:00,08:00,Họp,,,,", "end", "after the start 10:00", "an end before its start"},
	{"2026-11-16,,08:00,Họp,,,,", "end", "a start with it", "an end alone"},
	{"2026-11-16,,, ,,,,", "activity", "a text", "nothing takes place"},
	{"2026-11-16,,,Họp,A;B,,,", "chair", "one person", "two chairs"},
	{"2026-11-16,,,Họp,Bí thư <bt,,,", "chair", "words <id>", "an id that is not closed"},
	{"2026-11-16,,,Họp,,<>,,", "people", "words <id>", "nobody at all"},
	{"2026-11-16,,,Họp,,a>b,,", "people", "words <id>", "a bracket astray"},
	{"2026-11-16,,,Họp,,,mật thư,", "secrecy", "mật thư", "a level that does not exist must not be read as open"},
	{"2026-11-16,,,Họp,,,,thay thư mời", "flags", "invitation or filler", "an unknown flag"},
	{"2026-11-16,,,H\x1b[2Jọp,,,,", "activity", "control", "a terminal sequence"},
	{"2026-11-16,,,H\xe1p,,,,", "activity", "UTF-8", "another encoding"},
	{"2026-11-16,,,Họp,,,", "", "7 cells", "a cell too few"},
	{"2026-11-16,,,Họp,,,,,", "", "9 cells", "a cell too many"},
	{"2026-11-16,,,Họp \"gấp\",,,,", "", "quotes", "a quote within a cell"},
}

const badHeader = "day,start,end,activity,chair,people,secrecy,flags\n"

func TestScheduleCSVRefusesTheFileForOneBadRow(t *testing.T) {
	for _, c := range badRows {
		got, err := readCSV(badHeader + "2026-11-16,,,Họp,,,,\n" + c.row + "\n2026-11-17,,,Họp,,,,\n")
		var at *CSVError
		if got != nil || !errors.As(err, &at) || at.Line != 3 || at.Column != c.column || !strings.Contains(err.Error(), c.says) || !errors.Is(err, vanphong.ErrInvalid) {
			t.Errorf("%s: %d entries, %v; want line 3, column %q, %q", c.why, len(got), err, c.column, c.says)
		}
	}
}

func TestScheduleCSVSkipsAndListsBadRows(t *testing.T) {
	file := badHeader
	for _, c := range badRows {
		file += "2026-11-16,,,Tốt,,,,\n" + c.row + "\n"
	}
	file += "2026-11-18,,,\"Tốt\nhai dòng\",,,,\n\"2026-13-01\",,,\"Hỏng\nhai dòng\",,,,\n"
	got, skipped, err := ReadScheduleCSV(strings.NewReader(file), &CSVOptions{SkipBad: true})
	if err != nil || len(got) != len(badRows)+1 || len(skipped) != len(badRows)+1 {
		t.Fatalf("%d read, %d skipped, %v", len(got), len(skipped), err)
	}
	for i, s := range skipped[:len(badRows)] {
		if s.Line != 3+2*i || s.Last != s.Line || !strings.Contains(s.Err.Error(), badRows[i].says) {
			t.Errorf("%s: skipped %d-%d, %v", badRows[i].why, s.Line, s.Last, s.Err)
		}
	}
	if last := skipped[len(badRows)]; last.Last != last.Line+1 {
		t.Errorf("a row of two lines was skipped as %d-%d", last.Line, last.Last)
	}
}

func TestScheduleCSVRefusesTheFileWhateverTheOptions(t *testing.T) {
	rows := strings.Repeat("2026-11-16,Họp\n", MaxCSVRows)
	for why, c := range map[string]struct {
		file string
		line int
		says string
		kind error
	}{
		"empty":                  {"", 1, "a header", vanphong.ErrInvalid},
		"no header":              {"2026-11-16,Họp\n", 1, "2026-11-16", vanphong.ErrInvalid},
		"an unknown column":      {"day,activity,địa điểm\n", 1, "địa điểm", vanphong.ErrInvalid},
		"a column twice":         {"day,activity,day\n", 1, "each column once", vanphong.ErrInvalid},
		"no day":                 {"activity,place\n", 1, "a column day", vanphong.ErrInvalid},
		"no activity":            {"day,place\n", 1, "a column activity", vanphong.ErrInvalid},
		"semicolons":             {"day;activity;place\n", 1, "commas between columns", vanphong.ErrInvalid},
		"capitals":               {"Day,Activity\n", 1, "Day", vanphong.ErrInvalid},
		"UTF-16":                 {"\xff\xfed\x00a\x00", 1, "UTF-8", vanphong.ErrInvalid},
		"UTF-16, big end first":  {"\xfe\xff\x00d\x00a", 1, "UTF-8", vanphong.ErrInvalid},
		"a line too long":        {"day,activity\n2026-11-16,Họp\n2026-11-16," + strings.Repeat("x", MaxCSVLine), 3, "64 KiB", vanphong.ErrOutOfRange},
		"a header too long":      {strings.Repeat("x", MaxCSVLine+1), 1, "64 KiB", vanphong.ErrOutOfRange},
		"a row too many":         {"day,activity\n" + rows + "2026-11-16,Họp\n", MaxCSVRows + 2, "20001 rows", vanphong.ErrOutOfRange},
		"a quote never closed":   {"day,activity\n2026-11-16,\"Họp\n2026-11-16,Họp\n2026-11-16,Họp\n", 2, "quotes", vanphong.ErrInvalid},
		"too many bytes in all":  {"day,activity\n2026-11-16,\"" + strings.Repeat(strings.Repeat("x", 60<<10)+"\n", 280), 0, "16 MiB", vanphong.ErrOutOfRange},
		"a quote closed far off": {"day,activity\n2026-11-16,\"Họp\n2026-11-16,Họp\n2026-11-16,\"Họp\n", 2, "quotes", vanphong.ErrInvalid},
	} {
		for _, opt := range []*CSVOptions{nil, {SkipBad: true}} {
			got, skipped, err := ReadScheduleCSV(strings.NewReader(c.file), opt)
			var at *CSVError
			if got != nil || skipped != nil || !errors.As(err, &at) || c.line > 0 && at.Line != c.line || !errors.Is(err, c.kind) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%s: %d entries, %d skipped, %v; want line %d, %q", why, len(got), len(skipped), err, c.line, c.says)
			}
		}
	}
	if got, err := readCSV("day,activity\n" + rows); err != nil || len(got) != MaxCSVRows {
		t.Errorf("exactly the most rows: %d, %v", len(got), err)
	}
	if got, err := readCSV("day,activity\n"); err != nil || len(got) != 0 {
		t.Errorf("a header alone: %d, %v", len(got), err)
	}
}

// endless is a line without end: what is read of it is counted.
type endless struct{ read int }

func (e *endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	e.read += len(p)
	return len(p), nil
}

func TestScheduleCSVStopsReadingALineWithoutEnd(t *testing.T) {
	tail := &endless{}
	_, _, err := ReadScheduleCSV(io.MultiReader(strings.NewReader("day,activity\n2026-11-16,"), tail), &CSVOptions{SkipBad: true})
	if !errors.Is(err, vanphong.ErrOutOfRange) || tail.read > 2*MaxCSVLine {
		t.Errorf("%d bytes read, %v", tail.read, err)
	}
}

func TestScheduleCSVPassesOnTheReadersError(t *testing.T) {
	broken := errors.New("mất kết nối")
	file := io.MultiReader(strings.NewReader("day,activity\n2026-11-16,Họp\n"), iotest.ErrReader(broken))
	if got, _, err := ReadScheduleCSV(file, &CSVOptions{SkipBad: true}); !errors.Is(err, broken) || got != nil {
		t.Errorf("%d entries, %v", len(got), err)
	}
}

func TestScheduleCSVRefusesAnIDTwice(t *testing.T) {
	_, err := readCSV("id,day,activity\na,2026-11-16,Họp\nb,2026-11-16,Họp\na,2026-11-17,Họp\n")
	var at *CSVError
	if !errors.Is(err, vanphong.ErrConflict) || !errors.As(err, &at) || at.Line != 4 || at.Column != "id" {
		t.Errorf("got %v", err)
	}
}

func FuzzReadScheduleCSV(f *testing.F) {
	whole, err := os.ReadFile("testdata/week.csv")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole, false)                                                             // every column
	f.Add([]byte("day,activity\n2026-02-30,Họp\n"), true)                           // a row to skip
	f.Add([]byte("day,activity\n2026-11-16,\"Họp\n"), true)                         // a quote never closed
	f.Add([]byte("\xEF\xBB\xBFday,activity\r\n16/11/2026,Họp\r\n"), false)          // as a spreadsheet saves it
	f.Add([]byte("day,activity,delegate\n2026-11-16,Họp,a <b> -> c <>\n"), false)   // nested marks
	f.Add([]byte("id,day,activity\nx,2026-11-16,Họp\nx,2026-11-16,Họp\n"), true)    // an id twice
	f.Add([]byte("day,activity\n2026-11-16,\"a\n\nb\"\n\n\n2026-11-17,\r\n"), true) // empty lines
	f.Fuzz(func(t *testing.T, file []byte, skip bool) {
		entries, skipped, err := ReadScheduleCSV(bytes.NewReader(file), &CSVOptions{SkipBad: skip})
		if err != nil && (entries != nil || skipped != nil) {
			t.Fatal("something came with the error")
		}
		if !skip && skipped != nil {
			t.Fatal("a row was skipped unasked")
		}
		seen := map[EntryID]bool{}
		for _, e := range entries {
			if err := e.Check(); err != nil {
				t.Fatalf("an entry that does not hold: %v", err)
			}
			if seen[e.ID] {
				t.Fatalf("id %q twice", e.ID)
			}
			seen[e.ID] = true
		}
		for _, s := range skipped {
			var at *CSVError
			if !errors.As(s.Err, &at) || s.Line < 2 || s.Last < s.Line {
				t.Fatalf("skipped %+v", s)
			}
		}
	})
}
