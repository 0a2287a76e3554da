package calendar

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/vanphong-go/vanphong"
)

func markedAs(kind DayKind, days ...string) []DayInfo {
	var out []DayInfo
	for _, d := range days {
		out = append(out, DayInfo{Date: onDay(d), Kind: kind, Name: "thử"})
	}
	return out
}

func allDays(parts ...[]DayInfo) (out []DayInfo) {
	for _, p := range parts {
		out = append(out, p...)
	}
	return out
}

// tet2027 is a made-up notice: the days before the eve instead of the eve's
// computed four, with days in lieu.
func tet2027() Notice {
	return Notice{Number: "99/TB-BNV", Source: "hồ sơ", Days: allDays(
		markedAs(DayHoliday, "2027-02-04", "2027-02-05", "2027-02-06", "2027-02-07", "2027-02-08"),
		markedAs(DayCompOff, "2027-02-09", "2027-02-11"))}
}

func withNotice(t *testing.T, c *WorkCalendar, n Notice) *WorkCalendar {
	t.Helper()
	out, err := c.With(n)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func provisionalDays(c *WorkCalendar, year int) []string {
	var out []string
	for d := range eachDay(vanphong.YearDays(year)) {
		if c.cells[index(d)].provisional {
			out = append(out, d.String())
		}
	}
	return out
}

func TestNoticeSettlesTet(t *testing.T) {
	before := marks(t, Vietnam(), "2018-01-01", "2100-12-31")
	c := withNotice(t, Vietnam(), tet2027())
	// 10/02 was computed as a day in lieu and is worked; the rest of the year stays.
	wantLines(t, marks(t, c, "2027-01-01", "2027-05-03"),
		"2027-01-01 holiday",
		"2027-02-04 holiday", "2027-02-05 holiday", "2027-02-06 holiday", "2027-02-07 holiday", "2027-02-08 holiday",
		"2027-02-09 comp_off", "2027-02-11 comp_off",
		"2027-04-16 holiday", "2027-04-30 holiday", "2027-05-01 holiday", "2027-05-03 comp_off")
	wantLines(t, provisionalDays(c, 2027), "2027-09-01", "2027-09-03")
	if d, _ := c.Day(onDay("2027-02-04")); d.Source != "99/TB-BNV; hồ sơ" {
		t.Errorf("source %q", d.Source)
	}
	if len(provisionalDays(c, 2028)) != 366 {
		t.Error("2028 is settled by a notice about 2027")
	}
	wantLines(t, marks(t, Vietnam(), "2018-01-01", "2100-12-31"), before...)

	// A correction replaces Tết as a whole, it does not add to it.
	c = withNotice(t, c, Notice{Days: markedAs(DayHoliday, "2027-02-05", "2027-02-06", "2027-02-07", "2027-02-08", "2027-02-09")})
	wantLines(t, marks(t, c, "2027-02-01", "2027-02-28"),
		"2027-02-05 holiday", "2027-02-06 holiday", "2027-02-07 holiday", "2027-02-08 holiday", "2027-02-09 holiday")

	// Naming the day beside 02/9 closes the year.
	c = withNotice(t, c, Notice{Days: markedAs(DayHoliday, "2027-09-03")})
	wantLines(t, provisionalDays(c, 2027))
	if q, err := c.OpenQuestions(2027); err != nil || len(q) != 0 {
		t.Error(q, err)
	}
}

func TestDayInLieuOfTheDayBesideNationalDayIsProvisional(t *testing.T) {
	tests := []struct{ tet, want string }{
		{"2028-01-26", "2028-09-01 2028-09-03 2028-09-05"}, // 2/9 Saturday, in lieu 4/9; Sunday 3/9 would bring 5/9
		{"2029-02-13", "2029-09-01 2029-09-03 2029-09-04"}, // 2/9 Sunday
		{"2030-02-02", "2030-09-01 2030-09-03"},            // 2/9 Monday: Sunday 1/9 would bring 3/9
		{"2033-01-31", "2033-09-01 2033-09-03 2033-09-05"}, // 2/9 Friday: Saturday 3/9 would bring Monday 5/9
	}
	for _, tt := range tests {
		c := withNotice(t, Vietnam(), Notice{Days: markedAs(DayHoliday, tt.tet)})
		if got := strings.Join(provisionalDays(c, onDay(tt.tet).Year()), " "); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.tet, got, tt.want)
		}
	}
}

func TestNoticeWithoutTetOnlyOverlays(t *testing.T) {
	// The fifth day alone: the computed four stay, days in lieu move on.
	c := withNotice(t, Vietnam(), Notice{Days: markedAs(DayHoliday, "2027-02-09")})
	wantLines(t, marks(t, c, "2027-02-01", "2027-02-28"),
		"2027-02-05 holiday?", "2027-02-06 holiday?", "2027-02-07 holiday?", "2027-02-08 holiday?",
		"2027-02-09 holiday", "2027-02-10 comp_off?", "2027-02-11 comp_off?")
	c = withNotice(t, Vietnam(), Notice{Days: allDays(markedAs(DaySwapOff, "2027-01-04"), markedAs(DaySwapWork, "2027-01-09"))})
	if got := provisionalDays(c, 2027); len(got) != 363 {
		t.Errorf("%d provisional days, want all but the two of the notice", len(got))
	}
	for s, want := range map[string]bool{"2027-01-04": false, "2027-01-09": true} {
		if ok, err := c.IsWorking(onDay(s)); ok != want || err != nil {
			t.Errorf("%s worked = %v, %v", s, ok, err)
		}
	}
	// The swap proposed for 2026 is answered once a notice speaks of it.
	c = withNotice(t, Vietnam(), Notice{Days: allDays(markedAs(DaySwapOff, "2026-11-23"), markedAs(DaySwapWork, "2026-11-28"))})
	if q, _ := c.OpenQuestions(2026); len(q) != 0 {
		t.Error(q)
	}
}

// A day in lieu goes to the next working day, and a swapped day is none.
func TestDayInLieuPassesASwappedDay(t *testing.T) {
	c := withNotice(t, Vietnam(), Notice{Days: allDays(markedAs(DaySwapOff, "2027-05-03"), markedAs(DaySwapWork, "2027-05-08"))})
	wantLines(t, marks(t, c, "2027-05-01", "2027-05-08"),
		"2027-05-01 holiday?", "2027-05-03 swap_off", "2027-05-04 comp_off?", "2027-05-08 swap_work")
}

func TestNoticeConfirmsItsOwnDays(t *testing.T) {
	c := withNotice(t, Vietnam(), tet2027())
	c = withNotice(t, c, Notice{Days: allDays(markedAs(DaySwapOff, "2027-09-01"), markedAs(DaySwapWork, "2027-08-28"))})
	wantLines(t, provisionalDays(c, 2027), "2027-09-03")
}

func TestProvisionalNoticeSettlesNothing(t *testing.T) {
	n := tet2027()
	n.Days[0].Provisional = true
	c := withNotice(t, Vietnam(), n)
	wantLines(t, marks(t, c, "2027-02-01", "2027-02-10"), "2027-02-04 holiday?", "2027-02-05 holiday",
		"2027-02-06 holiday", "2027-02-07 holiday", "2027-02-08 holiday", "2027-02-09 comp_off")
	if d, _ := c.Day(onDay("2027-02-10")); !d.Provisional {
		t.Error("the year is settled by a provisional notice")
	}
}

// Loading what is known already must change nothing, so that a file of
// several years can be laid over the shipped calendar.
func TestOfficialNoticesTwiceAreTheSame(t *testing.T) {
	n, err := officialNotices()
	if err != nil {
		t.Fatal(err)
	}
	c := withNotice(t, Vietnam(), n)
	if !reflect.DeepEqual(c.marked, Vietnam().marked) || !reflect.DeepEqual(c.cells, Vietnam().cells) {
		t.Error("the same notice again changes the calendar")
	}
	if f := n.Findings(); len(f) != 0 {
		t.Error(f)
	}
}

func TestNoticeIsCopied(t *testing.T) {
	n := tet2027()
	c := withNotice(t, Vietnam(), n)
	n.Days[0].Kind = DaySwapWork
	a, errA := c.With(Notice{Days: markedAs(DayHoliday, "2030-03-04")})
	b, errB := c.With(Notice{Days: markedAs(DayHoliday, "2031-03-04")})
	if errA != nil || errB != nil {
		t.Fatal(errA, errB)
	}
	if ok, _ := a.IsWorking(onDay("2031-03-04")); !ok {
		t.Error("two calendars over one share their notices")
	}
	for name, cal := range map[string]*WorkCalendar{"a": a, "b": b} {
		if d, _ := cal.Day(onDay("2027-02-04")); d.Kind != DayHoliday {
			t.Errorf("%s: the caller's slice is shared", name)
		}
	}
	// From one base of several notices two ways part; what the one adds must
	// not turn up in what the other becomes later.
	base := a
	for _, s := range []string{"2032-03-04", "2033-03-04"} {
		base = withNotice(t, base, Notice{Days: markedAs(DayHoliday, s)})
	}
	left := withNotice(t, base, Notice{Days: markedAs(DayHoliday, "2034-03-06")})
	_ = withNotice(t, base, Notice{Days: markedAs(DayHoliday, "2035-03-05")})
	left = withNotice(t, left, Notice{Days: markedAs(DayHoliday, "2036-03-04")})
	for s, want := range map[string]bool{"2030-03-04": false, "2033-03-04": false, "2034-03-06": false, "2035-03-05": true, "2036-03-04": false} {
		if ok, _ := left.IsWorking(onDay(s)); ok != want {
			t.Errorf("%s worked = %v", s, ok)
		}
	}
}

func TestNoticeContradictions(t *testing.T) {
	long := strings.Repeat("ă", 501)
	tests := []struct {
		name  string
		n     Notice
		field string
		kind  error
	}{
		{"a worked day made up for", Notice{Days: markedAs(DaySwapWork, "2026-03-04")}, "days[0].kind", vanphong.ErrConflict},
		{"a Saturday swapped off", Notice{Days: markedAs(DaySwapOff, "2026-03-07")}, "days[0].kind", vanphong.ErrConflict},
		{"a Sunday in lieu", Notice{Days: markedAs(DayCompOff, "2026-03-08")}, "days[0].kind", vanphong.ErrConflict},
		{"one day, two marks", Notice{Days: allDays(markedAs(DayHoliday, "2026-03-07"), markedAs(DaySwapWork, "2026-03-07"))}, "days[1].kind", vanphong.ErrConflict},
		{"no mark", Notice{Days: markedAs(DayWeekend, "2026-03-07")}, "days[0].kind", vanphong.ErrInvalid},
		{"unknown kind", Notice{Days: markedAs(77, "2026-03-07")}, "days[0].kind", vanphong.ErrInvalid},
		{"before the coverage", Notice{Days: markedAs(DayHoliday, "2017-12-31")}, "days[0].date", vanphong.ErrOutOfRange},
		{"after the coverage", Notice{Days: markedAs(DayHoliday, "2101-01-01")}, "days[0].date", vanphong.ErrOutOfRange},
		{"no date", Notice{Days: []DayInfo{{Kind: DayHoliday}}}, "days[0].date", vanphong.ErrOutOfRange},
		{"a long name", Notice{Days: []DayInfo{{Date: onDay("2026-03-04"), Kind: DayHoliday, Name: long}}}, "days[0].name", vanphong.ErrInvalid},
		{"two lines", Notice{Days: []DayInfo{{Date: onDay("2026-03-04"), Kind: DayHoliday, Source: "a\nb"}}}, "days[0].source", vanphong.ErrInvalid},
		{"a grade that is none", Notice{Days: []DayInfo{{Date: onDay("2026-03-04"), Kind: DayHoliday, Grade: "Z"}}}, "days[0].grade", vanphong.ErrInvalid},
		{"broken text", Notice{Number: "\xff"}, "number", vanphong.ErrInvalid},
		{"too many days", Notice{Days: make([]DayInfo, 10_001)}, "days", vanphong.ErrOutOfRange},
	}
	for _, tt := range tests {
		_, err := Vietnam().With(tt.n)
		var input *vanphong.InputError
		if !errors.As(err, &input) || input.Field != tt.field || !errors.Is(err, tt.kind) {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
	if _, err := new(WorkCalendar).With(tet2027()); !errors.Is(err, vanphong.ErrInvalid) {
		t.Errorf("zero calendar: %v", err)
	}
	// The same mark twice is not one either; the later name counts.
	twice := markedAs(DayHoliday, "2026-03-04", "2026-03-04")
	twice[1].Name = "ngày thành lập"
	if d, _ := withNotice(t, Vietnam(), Notice{Days: twice}).Day(onDay("2026-03-04")); d.Name != twice[1].Name {
		t.Error(d)
	}
	// A holiday worked in exchange is no contradiction.
	if _, err := Vietnam().With(Notice{Days: markedAs(DaySwapWork, "2026-05-01")}); err != nil {
		t.Error(err)
	}
}

func TestNoticeFindings(t *testing.T) {
	tests := []struct {
		name string
		days []DayInfo
		want string
	}{
		{"five days of Tết", tet2027().Days, "[]"},
		{"a swap without its other side", markedAs(DaySwapOff, "2027-01-04"), "[calendar.swap_unpaired]"},
		{"Tết without its first day", markedAs(DayHoliday, "2027-02-09"), "[calendar.tet_partial]"},
		{"Tết of one day, a Saturday", markedAs(DayHoliday, "2027-02-06"), "[calendar.tet_days calendar.tet_in_lieu]"},
		{"Tết of six days", append(markedAs(DayHoliday, "2027-02-03"), tet2027().Days...), "[calendar.tet_days]"},
		{"no day in lieu", tet2027().Days[:5], "[calendar.tet_in_lieu]"},
		{"New Year is not Tết", markedAs(DayHoliday, "2027-01-01"), "[]"},
	}
	for _, tt := range tests {
		var rules []string
		for _, f := range (Notice{Days: tt.days}).Findings() {
			rules = append(rules, f.Rule)
			if text := Messages().Text(f); strings.Contains(text, "{") || strings.Contains(text, f.Rule) {
				t.Error(text)
			}
		}
		if got := fmt.Sprint(rules); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestReadNotice(t *testing.T) {
	want := Notice{Days: []DayInfo{
		{Date: onDay("2026-11-23"), Kind: DaySwapOff, Name: "Hoán đổi, nghỉ liền", Provisional: true, Source: "đề xuất"},
		{Date: onDay("2026-11-28"), Kind: DaySwapWork},
	}}
	for name, text := range map[string]string{
		"all columns":    "date,kind,name,status,source\n2026-11-23,swap_off,\"Hoán đổi, nghỉ liền\",provisional,đề xuất\n2026-11-28,swap_work,,confirmed,\n",
		"another order":  "source,status,kind,date,name\nđề xuất,provisional,swap_off,23/11/2026,\"Hoán đổi, nghỉ liền\"\n,,swap_work,28/11/2026,\n",
		"CRLF and BOM":   "\uFEFFdate,kind,name,status,source\r\n2026-11-23,swap_off,\"Hoán đổi, nghỉ liền\",provisional,đề xuất\r\n2026-11-28,swap_work,,,\r\n",
		"a list in JSON": ` [{"date":"2026-11-23","kind":"swap_off","name":"Hoán đổi, nghỉ liền","provisional":true,"source":"đề xuất"},{"date":"2026-11-28","kind":"swap_work"}]`,
		"JSON and a BOM": "\uFEFF\n{\"days\":[{\"date\":\"23/11/2026\",\"kind\":\"swap_off\",\"name\":\"Hoán đổi, nghỉ liền\",\"provisional\":true,\"source\":\"đề xuất\"},{\"date\":\"2026-11-28\",\"kind\":\"swap_work\"}]}\n",
	} {
		got, err := ReadNotice(strings.NewReader(text))
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

func TestBadNoticeFiles(t *testing.T) {
	const head = "date,kind,name\n"
	tests := []struct{ name, text, field, want string }{
		{"empty", "", "header", ""},
		{"blank lines", "\n\n", "header", ""},
		{"header only", head, "file", "one row"},
		{"unknown column", "date,kind,colour\n", "header, column 3", "colour"},
		{"column twice", "date,kind,date\n", "header, column 3", "date"},
		{"no kind", "date,name\n", "header", "a column kind"},
		{"semicolons", "date;kind;name\n", "header, column 1", "date;kind;name"},
		{"30 February", head + "2026-02-28,holiday,x\n2026-02-30,holiday,x\n", "line 3, column date", "2026-02-30"},
		{"American date", head + "03/15/2026,holiday,x\n", "line 2, column date", "03/15/2026"},
		{"unknown kind", head + "2026-03-04,Holiday,x\n", "line 2, column kind", "one of holiday, comp_off, swap_off, swap_work"},
		{"no mark", head + "2026-03-07,weekend,x\n", "line 2, column kind", "weekend"},
		{"unknown status", "date,kind,status\n2026-03-04,holiday,sure\n", "line 2, column status", "confirmed or provisional"},
		{"a field too many", head + "2026-03-04,holiday,x,y\n", "line 2", "3 columns"},
		{"a field too few", head + "2026-03-04,holiday\n", "line 2", "3 columns"},
		{"open quote", head + "2026-03-04,holiday,\"x\n", "line 2", "quotes"},
		{"outside the coverage", head + "\n2017-03-04,holiday,x\n", "line 3, column date", "2017-03-04"},
		{"one day, two marks", head + "2026-03-04,holiday,x\n04/3/2026,comp_off,x\n", "line 3, column kind", "comp_off"},
		{"a name over two lines", head + "2026-03-04,holiday,\"a\nb\"\n", "line 2, column name", "one line"},
		{"not UTF-8", head + "2026-03-04,holiday,\xe1\xba\n", "line 2", "UTF-8"},
		{"UTF-16", "\xff\xfed\x00a\x00", "encoding", "UTF-16"},
		{"UTF-16, other end first", "\xfe\xff\x00d\x00a", "encoding", "UTF-16"},
		{"a long line", head + strings.Repeat("x", 65<<10) + "\n", "line 2", "65536"},
		{"a long file", head + strings.Repeat("2026-03-04,holiday,x\n", 210_000), "file", "4 MiB"},
		{"many rows", head + strings.Repeat("2026-03-04,holiday,x\n", 10_001), "line 10002", "10000 rows"},
		{"JSON: 30 February", `{"days":[{"date":"2026-02-28","kind":"holiday"},{"date":"2026-02-30","kind":"holiday"}]}`, "days[1].date", "2026-02-30"},
		{"JSON: unknown kind", `[{"date":"2026-02-28","kind":"off"}]`, "days[0].kind", "off"},
		{"JSON: no kind", `[{"date":"2026-02-28"}]`, "days[0].kind", "working"},
		{"JSON: no date", `[{"kind":"holiday"}]`, "days[0].date", ""},
		{"JSON: unknown field", `[{"date":"2026-02-28","kind":"holiday","off":true}]`, "days[0]", "off"},
		{"JSON: wrong type", `[{"date":"2026-02-28","kind":"holiday","name":7}]`, "days[0].name", "number"},
		{"JSON: no days", `{"number":"1"}`, "days", "1 to 10000"},
		{"JSON: cut off", `{"days":[`, "file", "EOF"},
		{"JSON: two notices", `{"days":[{"date":"2026-02-28","kind":"holiday"}]}{}`, "file", "after the end"},
		{"JSON: bad issue day", `{"issued":"2026-13-01","days":[]}`, "date", "2026-13-01"},
	}
	for _, tt := range tests {
		n, err := ReadNotice(strings.NewReader(tt.text))
		var input *vanphong.InputError
		if !errors.As(err, &input) || input.Field != tt.field || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v", tt.name, err)
		}
		if !reflect.DeepEqual(n, Notice{}) {
			t.Errorf("%s: something was taken: %+v", tt.name, n)
		}
	}
	broken := errors.New("disk")
	if _, err := ReadNotice(failingReader{broken}); !errors.Is(err, broken) {
		t.Errorf("the reader's error is lost: %v", err)
	}
}

type failingReader struct{ error }

func (r failingReader) Read([]byte) (int, error) { return 0, r.error }

func FuzzReadNoticeCSV(f *testing.F) {
	f.Add("date,kind,name,status,source,grade\n2026-11-23,swap_off,Hoán đổi,provisional,x,S\n") // every column
	f.Add("kind,date\nholiday,6/2/2027\ncomp_off,2027-02-09\n")                                 // another order, Tết
	f.Add("\uFEFFdate,kind\r\n2027-02-30,holiday\r\n")                                          // mark, CRLF, no such day
	f.Add("date,kind,name\n2026-03-04,holiday,\"a\nb\"\n")                                      // quoted line break
	f.Add("date,kind\n2100-12-31,swap_work\n2018-01-01,swap_off\n")                             // ends of the coverage
	f.Fuzz(func(t *testing.T, text string) {
		n, err := ReadNoticeCSV(strings.NewReader(text))
		fuzzNotice(t, n, err)
	})
}

func FuzzReadNoticeJSON(f *testing.F) {
	f.Add(`{"number":"9441/TB-BNV","issued":"2025-10-16","days":[{"date":"2026-02-16","kind":"holiday","name":"Tết"}]}`) // whole
	f.Add(`[{"date":"2026-02-30","kind":"holiday"}]`)                                                                    // no such day
	f.Add(`{"days":[{"date":null,"kind":null}]}`)                                                                        // nulls
	f.Add("[{\"date\":\"2100-12-31\",\"kind\":\"comp_off\",\"name\":\"\\ud800\"}]")                                      // half a surrogate
	f.Fuzz(func(t *testing.T, text string) {
		n, err := ReadNoticeJSON(strings.NewReader(text))
		fuzzNotice(t, n, err)
	})
}

// fuzzNotice holds what a reader promises: an error and nothing, or a notice
// that is well-formed, survives its own JSON and can be offered to a calendar.
func fuzzNotice(t *testing.T, n Notice, err error) {
	if err != nil {
		var input *vanphong.InputError
		if !errors.As(err, &input) || !reflect.DeepEqual(n, Notice{}) {
			t.Fatalf("%+v, %v", n, err)
		}
		return
	}
	if err := n.Check(); err != nil || len(n.Days) == 0 {
		t.Fatalf("%+v: %v", n, err)
	}
	b, err := json.Marshal(n)
	if err != nil {
		t.Fatal(err)
	}
	back, err := ReadNoticeJSON(bytes.NewReader(b))
	if err != nil || !reflect.DeepEqual(back, n) {
		t.Fatalf("%s: %+v, %v", b, back, err)
	}
	n.Findings()
	if c, err := Vietnam().With(n); err == nil {
		for _, d := range n.Days {
			if got, err := c.Day(d.Date); err != nil || got.Kind != d.Kind {
				t.Fatalf("%v is %v, the notice says %v (%v)", d.Date, got.Kind, d.Kind, err)
			}
		}
	} else if !errors.Is(err, vanphong.ErrConflict) {
		t.Fatal(err)
	}
}
