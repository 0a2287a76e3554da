package calendar

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/vanphong-go/vanphong"
)

func TestDeadline(t *testing.T) {
	tests := []struct {
		name        string
		from        string
		n           int
		by          Counting
		due         string
		provisional bool
		skipped     string
	}{
		{"the start day is not counted", "2026-03-02", 1, CountWorking, "2026-03-03", false, ""},
		{"a weekend is passed over", "2026-03-05", 2, CountWorking, "2026-03-09", false,
			"2026-03-07 thứ Bảy; 2026-03-08 Chủ nhật"},
		{"Tết: five days and two weekends", "2026-02-13", 1, CountWorking, "2026-02-23", false,
			"2026-02-14 thứ Bảy; 2026-02-15 Chủ nhật; 2026-02-16 Tết Bính Ngọ; 2026-02-17 Tết Bính Ngọ; 2026-02-18 Tết Bính Ngọ; 2026-02-19 Tết Bính Ngọ; 2026-02-20 Tết Bính Ngọ; 2026-02-21 thứ Bảy; 2026-02-22 Chủ nhật"},
		{"a make-up Saturday is worked, a swapped Monday is off", "2026-08-21", 6, CountWorking, "2026-08-28", false,
			"2026-08-23 Chủ nhật"},
		{"swapped Monday, National Day and the day beside it", "2026-08-28", 1, CountWorking, "2026-09-03", false,
			"2026-08-29 thứ Bảy; 2026-08-30 Chủ nhật; 2026-08-31 hoán đổi với thứ Bảy 22/8/2026; 2026-09-01 Quốc khánh (ngày liền kề); 2026-09-02 Quốc khánh"},
		{"a holiday on Sunday and its day in lieu", "2026-04-24", 1, CountWorking, "2026-04-28", false,
			"2026-04-25 thứ Bảy; 2026-04-26 Giỗ Tổ Hùng Vương; 2026-04-27 nghỉ bù Giỗ Tổ"},
		{"nothing on a working day is the day", "2026-03-05", 0, CountWorking, "2026-03-05", false, ""},
		{"nothing on a Saturday moves on", "2026-03-07", 0, CountWorking, "2026-03-09", false,
			"2026-03-07 thứ Bảy; 2026-03-08 Chủ nhật"},
		{"and in calendar days alike", "2026-03-07", 0, CountCalendar, "2026-03-09", false,
			"2026-03-07 thứ Bảy; 2026-03-08 Chủ nhật"},
		{"calendar days run through a weekend", "2026-03-02", 10, CountCalendar, "2026-03-12", false, ""},
		{"only an end on a day off moves", "2026-04-16", 10, CountCalendar, "2026-04-28", false,
			"2026-04-26 Giỗ Tổ Hùng Vương; 2026-04-27 nghỉ bù Giỗ Tổ"},
		{"an end on a make-up Saturday stays", "2026-08-12", 10, CountCalendar, "2026-08-22", false, ""},
		{"an event on a day off", "2026-03-07", 1, CountWorking, "2026-03-09", false, "2026-03-08 Chủ nhật"},
		{"the last known day", "2026-12-30", 1, CountWorking, "2026-12-31", false, ""},
		{"into a year without notice", "2026-12-31", 1, CountWorking, "2027-01-04", true,
			"2027-01-01 Tết Dương lịch; 2027-01-02 thứ Bảy; 2027-01-03 Chủ nhật"},
		{"nothing in a year without notice", "2027-03-01", 0, CountWorking, "2027-03-01", true, ""},
		{"a computed day in lieu says what for", "2027-04-29", 1, CountWorking, "2027-05-04", true,
			"2027-04-30 Ngày Chiến thắng; 2027-05-01 Quốc tế Lao động; 2027-05-02 Chủ nhật; 2027-05-03 nghỉ bù Quốc tế Lao động (trùng thứ Bảy, 01/5/2027)"},
	}
	for _, tt := range tests {
		got, err := Vietnam().Deadline(onDay(tt.from), tt.n, tt.by, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got.From != onDay(tt.from) || got.Due != onDay(tt.due) || got.Provisional != tt.provisional {
			t.Errorf("%s: %+v; want due %s", tt.name, got, tt.due)
		}
		if s := skippedText(got); s != tt.skipped {
			t.Errorf("%s: skipped %s", tt.name, s)
		}
	}
}

func skippedText(d Deadline) string {
	var out []string
	for _, s := range d.Skipped {
		out = append(out, s.Date.String()+" "+s.Why)
	}
	return strings.Join(out, "; ")
}

// A deadline in working days is the same day as AddWorkingDays gives, and the
// days it counts and the days it skips are all there are.
func TestDeadlineAgreesWithAddWorkingDays(t *testing.T) {
	for i, from := range randomDays(1000)[:2000] {
		n := i % 300
		want, err := Vietnam().AddWorkingDays(from, n)
		if err != nil {
			t.Fatal(err)
		}
		got, err := Vietnam().Deadline(from, n, CountWorking, nil)
		if err != nil || got.Due != want {
			t.Fatalf("%v + %d: %v, %v; want %v", from, n, got.Due, err, want)
		}
		if n > 0 && int(got.Due-from) != n+len(got.Skipped) {
			t.Fatalf("%v + %d: %d days, %d skipped", from, n, got.Due-from, len(got.Skipped))
		}
	}
}

func TestDeadlineOptions(t *testing.T) {
	tests := []struct {
		name string
		from string
		n    int
		by   Counting
		opt  DeadlineOptions
		due  string
		why  string
	}{
		{"a worked Saturday taken as a day off", "2026-08-21", 1, CountWorking, DeadlineOptions{RestOnSwapWork: true}, "2026-08-24",
			"2026-08-22 thứ Bảy (làm bù, tính là ngày nghỉ); 2026-08-23 Chủ nhật"},
		{"also at the end of calendar days", "2026-08-12", 10, CountCalendar, DeadlineOptions{RestOnSwapWork: true}, "2026-08-24",
			"2026-08-22 thứ Bảy (làm bù, tính là ngày nghỉ); 2026-08-23 Chủ nhật"},
		{"a swapped Monday taken as worked", "2026-08-28", 1, CountWorking, DeadlineOptions{WorkOnSwapOff: true}, "2026-08-31",
			"2026-08-29 thứ Bảy; 2026-08-30 Chủ nhật"},
	}
	for _, tt := range tests {
		got, err := Vietnam().Deadline(onDay(tt.from), tt.n, tt.by, &tt.opt)
		if err != nil || got.Due != onDay(tt.due) || skippedText(got) != tt.why {
			t.Errorf("%s: %+v, %v", tt.name, got, err)
		}
	}
}

func TestDeadlineMonths(t *testing.T) {
	tests := []struct {
		name   string
		from   string
		months int
		due    string
	}{
		{"the corresponding day", "2026-03-05", 1, "2026-04-06"}, // 5/4 is a Sunday
		{"no 31 in June", "2026-03-31", 3, "2026-06-30"},
		{"the end of February, moved over a weekend", "2026-01-31", 1, "2026-03-02"}, // 28/02/2026 is a Saturday
		{"a leap year", "2024-01-30", 1, "2024-02-29"},
		{"a year", "2025-03-03", 12, "2026-03-03"},
		{"no month", "2026-03-05", 0, "2026-03-05"},
	}
	for _, tt := range tests {
		got, err := Vietnam().DeadlineMonths(onDay(tt.from), tt.months, nil)
		if err != nil || got.Due != onDay(tt.due) {
			t.Errorf("%s: %v, %v; want %s", tt.name, got.Due, err, tt.due)
		}
	}
}

func TestDeadlineErrors(t *testing.T) {
	c := Vietnam()
	deadline := func(from vanphong.Date, n int, by Counting) error { _, err := c.Deadline(from, n, by, nil); return err }
	months := func(from vanphong.Date, n int) error { _, err := c.DeadlineMonths(from, n, nil); return err }
	ok := onDay("2026-03-02")
	tests := []struct {
		name  string
		err   error
		field string
		kind  error
	}{
		{"negative", deadline(ok, -1, CountWorking), "days", vanphong.ErrOutOfRange},
		{"too long", deadline(ok, MaxDeadline+1, CountWorking), "days", vanphong.ErrOutOfRange},
		{"no such counting", deadline(ok, 1, 9), "count", vanphong.ErrInvalid},
		{"from too early", deadline(coverageFirst-1, 5, CountWorking), "from", vanphong.ErrOutOfRange},
		{"unset, calendar days", deadline(0, 5, CountCalendar), "from", vanphong.ErrOutOfRange},
		{"an early day that runs into the coverage", deadline(coverageFirst-1, 5, CountCalendar), "from", vanphong.ErrOutOfRange},
		{"due too late, working", deadline(coverageLast-3, 10, CountWorking), "due", vanphong.ErrOutOfRange},
		{"due too late, calendar", deadline(coverageLast-3, 10, CountCalendar), "due", vanphong.ErrOutOfRange},
		{"months negative", months(ok, -1), "months", vanphong.ErrOutOfRange},
		{"months too many", months(ok, 10_000), "months", vanphong.ErrOutOfRange},
		{"months from too early", months(0, 1), "from", vanphong.ErrOutOfRange},
		{"months too late", months(coverageLast-3, 1), "due", vanphong.ErrOutOfRange},
	}
	for _, tt := range tests {
		var input *vanphong.InputError
		if !errors.As(tt.err, &input) || input.Field != tt.field || !errors.Is(tt.err, tt.kind) {
			t.Errorf("%s: %v", tt.name, tt.err)
		}
	}
	if err := deadline(coverageFirst, MaxDeadline, CountWorking); err != nil {
		t.Error(err)
	}
}

// A term of no days looks at the day itself, also when it moves on.
func TestDeadlineOfNoDaysFromAProvisionalDayOff(t *testing.T) {
	n := Notice{Days: markedAs(DayHoliday, "2026-06-12")}
	n.Days[0].Provisional = true
	c := withNotice(t, Vietnam(), n)
	if d, err := c.Deadline(onDay("2026-06-12"), 0, CountWorking, nil); err != nil || !d.Provisional || d.Due != onDay("2026-06-15") {
		t.Errorf("%+v, %v", d, err)
	}
}

// Days of a settled year that are still open make a deadline provisional.
func TestDeadlineOverTheDayBesideNationalDay(t *testing.T) {
	c := withNotice(t, Vietnam(), tet2027())
	for from, want := range map[string]bool{"2027-08-24": false, "2027-08-30": true} {
		if d, err := c.Deadline(onDay(from), 3, CountWorking, nil); err != nil || d.Provisional != want {
			t.Errorf("%s: %+v, %v", from, d, err)
		}
	}
}

func TestWorkJSON(t *testing.T) {
	holidays, err := Holidays(2026)
	if err != nil {
		t.Fatal(err)
	}
	deadline, _ := Vietnam().Deadline(onDay("2026-02-13"), 1, CountWorking, nil)
	none, _ := Vietnam().Deadline(onDay("2026-03-02"), 1, CountWorking, nil)
	info, _ := Vietnam().Day(onDay("2026-02-17"))
	n := tet2027()
	n.Issued = onDay("2026-10-16")
	for _, v := range []any{info, n, holidays[0], deadline, none, deadline.Skipped[0]} {
		b, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		back := reflect.New(reflect.TypeOf(v))
		if err := json.Unmarshal(b, back.Interface()); err != nil || !reflect.DeepEqual(back.Elem().Interface(), v) {
			t.Errorf("%s comes back as %+v, %v", b, back.Elem(), err)
		}
		bad := strings.Replace(string(b), firstDate(v), "2026-02-30", 1)
		if bad == string(b) || json.Unmarshal([]byte(bad), back.Interface()) == nil {
			t.Errorf("%T takes %s", v, bad)
		}
	}
	if b, _ := json.Marshal(none); string(b) != `{"from":"2026-03-02","due":"2026-03-03","provisional":false,"skipped":[]}` {
		t.Errorf("%s", b)
	}
}

// firstDate returns the first date in the JSON of a value.
func firstDate(v any) string {
	switch v := v.(type) {
	case DayInfo:
		return v.Date.String()
	case Notice:
		return v.Issued.String()
	case Holiday:
		return v.Date.String()
	case Deadline:
		return v.Due.String()
	case SkippedDay:
		return v.Date.String()
	}
	return "?"
}

func TestWorkCodes(t *testing.T) {
	for k := DayWorking; k <= DaySwapWork; k++ {
		b, err := k.MarshalText()
		var back DayKind
		if err != nil || back.UnmarshalText(b) != nil || back != k || k.Name() == "?" || k.String() != string(b) {
			t.Errorf("%d: %s, %v", k, b, err)
		}
	}
	for _, by := range []Counting{CountWorking, CountCalendar} {
		b, err := by.MarshalText()
		var back Counting
		if err != nil || back.UnmarshalText(b) != nil || back != by || by.Name() == "?" {
			t.Errorf("%d: %s, %v", by, b, err)
		}
	}
	if _, err := DayKind(6).MarshalText(); err == nil || DayKind(6).Name() != "?" || DayKind(6).String() != "?" || DayKind(6).Marked() {
		t.Error("a kind that does not exist is written")
	}
	if _, err := Counting(2).MarshalText(); err == nil || Counting(2).Name() != "?" {
		t.Error("a counting that does not exist is written")
	}
	if new(Counting).UnmarshalText([]byte("Working")) == nil || new(DayKind).UnmarshalText(nil) == nil {
		t.Error("an unknown code is read")
	}
	for _, tt := range []struct {
		kind       DayKind
		name, want string
	}{
		{DayHoliday, "", "nghỉ lễ, tết"},
		{DayCompOff, "", "nghỉ bù"},
		{DayCompOff, "nghỉ bù 1/5", "nghỉ bù 1/5"},
		{DayCompOff, "Giỗ Tổ", "nghỉ bù: Giỗ Tổ"},
		{DaySwapOff, "Hoán đổi với thứ Bảy", "hoán đổi với thứ Bảy"},
		{DaySwapOff, "Nghỉ 23/11", "hoán đổi: Nghỉ 23/11"},
	} {
		if got := (DayInfo{Kind: tt.kind, Name: tt.name}).why(); got != tt.want {
			t.Errorf("%v %q: %q, want %q", tt.kind, tt.name, got, tt.want)
		}
	}
}
