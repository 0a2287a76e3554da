package calendar

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/vanphong-go/vanphong"
)

// at is an entry with a session, a time and people.
func at(t testing.TB, id string, session HalfDay, start, end string, people ...string) Entry {
	e := row(id, 0, "Họp "+id)
	e.Session, e.Time = session, span(t, start, end)
	for _, p := range people {
		e.Attendees = append(e.Attendees, Attendee{Person: vanphong.PersonID(p), Text: "Đ/c " + p})
	}
	return e
}

func TestBookingsOfEntries(t *testing.T) {
	hours := OfficeHours{Morning: span(t, "07:30", "11:30"), Afternoon: span(t, "13:30", "17:00")}
	filler := at(t, "tại cơ quan", Morning, "", "", "x")
	filler.Filler = true
	room := at(t, "phòng", Afternoon, "14:00", "")
	room.Rooms = []string{"P2"}
	for _, c := range []struct {
		e        Entry
		none     string // without office hours
		official string // with them
	}{
		{at(t, "giờ", Morning, "08:00", "09:15", "x"), "8-9.25", "8-9.25"},
		{at(t, "chỉ bắt đầu", SessionUnstated, "08:00", "", "x"), "8-10", "8-10"}, // the length given
		{at(t, "sáng", Morning, "", "", "x"), "0-12", "7.5-11.5"},
		{at(t, "chiều", Afternoon, "", "", "x"), "12-24", "13.5-17"},
		{at(t, "cả ngày", WholeDay, "", "", "x"), "0-24", "7.5-17"},
		{at(t, "cả ngày từ", WholeDay, "08:00", "", "x"), "8-24", "8-17"},    // as S03 and S06 print it
		{at(t, "cả ngày tối", WholeDay, "18:00", "", "x"), "18-24", "18-20"}, // begins after hours
		{at(t, "không rõ", SessionUnstated, "", "", "x"), "", ""},            // a day alone: nothing known
		{at(t, "không ai", Morning, "08:00", "09:00"), "", ""},
		{room, "14-16", "14-16"},
		{filler, "", ""},
	} {
		for i, h := range []OfficeHours{{}, hours} {
			want := []string{c.none, c.official}[i]
			got, err := Bookings([]Entry{c.e}, h, 2*time.Hour)
			text := ""
			if len(got) == 1 {
				text = fmt.Sprintf("%v-%v", got[0].Start.Sub(hour(0)).Hours(), got[0].End.Sub(hour(0)).Hours())
			}
			if err != nil || text != want {
				t.Errorf("%s: got %q, %v, want %q", c.e.ID, text, err, want)
			}
		}
	}
}

func TestBookingsRefuse(t *testing.T) {
	open := []Entry{at(t, "a", Morning, "08:00", "", "x")}
	var in *vanphong.InputError
	if _, err := Bookings(open, OfficeHours{}, 0); !errors.As(err, &in) || in.Field != "length" || !strings.Contains(err.Error(), "end of a") {
		t.Errorf("no length: %v", err)
	}
	if _, err := Bookings(nil, OfficeHours{Morning: span(t, "07:30", "")}, time.Hour); !errors.As(err, &in) || in.Field != "end" {
		t.Errorf("office hours without an end: %v", err)
	}
	open[0].Day = 0
	if _, err := Bookings(open, OfficeHours{}, time.Hour); !errors.As(err, &in) || in.Field != "day" {
		t.Errorf("no day: %v", err)
	}
}

// TestHalfDaysMeetWhateverTheHours: two morning entries of one person
// conflict, morning and afternoon do not.
func TestHalfDaysMeetWhateverTheHours(t *testing.T) {
	b, err := Bookings([]Entry{
		at(t, "a", Morning, "", "", "x"), at(t, "b", Morning, "", "", "x"), at(t, "c", Afternoon, "", "", "x"),
		at(t, "d", Afternoon, "17:30", "18:00", "x"),
	}, OfficeHours{}, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	got, err := Conflicts(b, nil)
	if want := "a b person:x 0-12; c d person:x 17.5-18"; err != nil || show(got) != want {
		t.Errorf("got %q, %v, want %q", show(got), err, want)
	}
}

// TestFindingsOfAWeek is a day as S03 and S10 published it, with a room, a
// car and too little time to travel besides.
func TestFindingsOfAWeek(t *testing.T) {
	a, b := at(t, "a", SessionUnstated, "07:30", "09:00", "ct"), at(t, "b", SessionUnstated, "08:00", "09:30", "ct")
	a.Rooms, b.Rooms = []string{"PH2"}, []string{"PH2"}
	c := at(t, "c", Morning, "13:45", "15:00", "pgd")
	d := at(t, "d", SessionUnstated, "15:10", "", "pgd")
	d.Vehicles = []string{"20A"}
	got, err := Findings([]Entry{a, b, c, d}, &FindingOptions{Length: time.Hour, Gap: 15 * time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, f := range got {
		lines = append(lines, f.Severity.Name()+": "+Messages().Text(f))
		if english := Messages().English(f); strings.Contains(english, "{") || english == "" {
			t.Errorf("in English: %q", english)
		}
	}
	want := []string{
		"cảnh báo: Trùng lịch của Đ/c ct ngày 16/11/2026, từ 08:00 đến 09:00: “Họp a” và “Họp b”",
		"cảnh báo: Trùng phòng (PH2) ngày 16/11/2026, từ 08:00 đến 09:00: “Họp a” và “Họp b”",
		"cảnh báo: Đ/c pgd không đủ thời gian di chuyển ngày 16/11/2026, từ 15:10 đến 15:15: giữa “Họp c” và “Họp d”",
		"ghi chú: “Họp c” ngày 16/11/2026: ghi buổi sáng nhưng bắt đầu lúc 13:45",
	}
	if strings.Join(lines, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(lines, "\n"), strings.Join(want, "\n"))
	}
	if got[0].Args[6] != "a" || got[0].Args[7] != "b" {
		t.Errorf("the ids are %v", got[0].Args[6:])
	}
	if _, err := Findings([]Entry{d}, nil); err == nil {
		t.Error("an entry without an end is guessed at")
	}
}

func TestFindingsDoNotTellSecrets(t *testing.T) {
	open, shut := at(t, "mở", Morning, "08:00", "09:00", hush), secretEntry("a")
	shut.Time, shut.Chair, shut.Delegations = span(t, "08:30", "13:00"), Attendee{Person: hush}, nil
	late := shut
	late.ID, late.Session = hush+"b", Afternoon
	o := &FindingOptions{Zone: "internet", Redaction: vanphong.Redaction{"lan": vanphong.Secret}}
	got, err := Findings([]Entry{open, shut, late}, o)
	if err != nil || len(got) < 3 {
		t.Fatalf("%v, %v", got, err)
	}
	for _, f := range got {
		if text := fmt.Sprint(f.Args); strings.Contains(text, hush) {
			t.Errorf("%s tells %s", f.Rule, text)
		}
	}
	o.Zone = "lan"
	got, _ = Findings([]Entry{open, shut, late}, o)
	if !strings.Contains(fmt.Sprint(got[0].Args), hush) {
		t.Errorf("where it may be told it is not: %v", got[0].Args)
	}
}
