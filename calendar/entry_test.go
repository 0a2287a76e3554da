package calendar

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/vanphong-go/vanphong"
)

var week47 = vanphong.MustDate("2026-11-16") // a Monday

func by(n int) vanphong.Stamp {
	return vanphong.Stamp{By: vanphong.Actor{ID: "chuyen-vien"}, At: (week47 - 3).At(8, n)}
}

func row(id string, day int, activity string) Entry {
	return Entry{ID: EntryID(id), Day: week47 + vanphong.Date(day), Activity: activity}
}

func span(t testing.TB, start, end string) Span {
	t.Helper()
	var s Span
	if err := errors.Join(s.Start.UnmarshalText([]byte(start)), s.End.UnmarshalText([]byte(end)), s.Check()); err != nil {
		t.Fatal(err)
	}
	return s
}

// fill sets every exported field of a value to something that is not zero, n
// times different, lists to two elements.
func fill(v reflect.Value, n *int) {
	*n++
	switch x := v.Addr().Interface().(type) {
	case *vanphong.Date:
		*x = week47 + vanphong.Date(*n%5)
		return
	case *time.Time:
		*x = time.Date(2026, 11, 13, 8, *n%60, 1, 123456789, vanphong.Hanoi)
		return
	case *Clock:
		*x = Clock(*n%1000 + 1)
		return
	case *Span:
		*x = Span{Clock(*n%500 + 1), Clock(*n%500 + 600)}
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString("chữ " + string(rune('a'+*n%26)) + strings.Repeat("x", *n/26))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Uint8:
		v.SetUint(uint64(1 + *n%2)) // every enumeration has codes 1 and 2
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(*n))
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range 2 {
			fill(v.Index(i), n)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), n)
		}
	default:
		panic("fill: " + v.Kind().String())
	}
}

func filled[T any]() T {
	var v T
	n := 0
	fill(reflect.ValueOf(&v).Elem(), &n)
	return v
}

// TestJSONRoundTrips walks every exported struct that is stored or sent: all
// fields set, none set, and a day that does not exist.
func TestJSONRoundTrips(t *testing.T) {
	roundTrip[Attendee](t)
	roundTrip[Delegation](t)
	roundTrip[Upstream](t)
	roundTrip[Span](t)
	roundTrip[Entry](t)
	roundTrip[EntryChange](t)
	roundTrip[ScheduleDiff](t)
	roundTrip[Amendment](t)
	roundTrip[WeekSchedule](t)
	roundTrip[Registration](t)
	roundTrip[Row](t)
	roundTrip[Booking](t)
	roundTrip[Conflict](t)
	roundTrip[OfficeHours](t)
}

func roundTrip[T any](t *testing.T) {
	t.Helper()
	var zero T
	for _, v := range []T{filled[T](), zero} {
		b, err := json.Marshal(v)
		if err != nil {
			if _, ok := any(v).(Conflict); ok && reflect.ValueOf(v).IsZero() {
				continue // a conflict about nothing cannot be written
			}
			t.Errorf("%T: %v", v, err)
			continue
		}
		var back T
		if err := json.Unmarshal(b, &back); err != nil {
			t.Errorf("%T: %v in %s", v, err, b)
			continue
		}
		again, _ := json.Marshal(back)
		if string(again) != string(b) {
			t.Errorf("%T: wrote\n%s\nread and wrote\n%s", v, b, again)
		}
		if reflect.ValueOf(v).IsZero() && !reflect.ValueOf(back).IsZero() {
			t.Errorf("%T: zero reads back as %+v", v, back)
		}
	}
	b, _ := json.Marshal(filled[T]())
	bad := string(b)
	for i := range 5 {
		bad = strings.ReplaceAll(bad, `"`+(week47+vanphong.Date(i)).String()+`"`, `"2026-02-30"`)
	}
	if bad != string(b) {
		var back T
		if err := json.Unmarshal([]byte(bad), &back); !errors.Is(err, vanphong.ErrInvalid) {
			t.Errorf("%T: 30 February is read: %v", back, err)
		}
	}
}

// TestEntryEqualSeesEveryField changes one field after the other: a field
// that Equal forgot would make an edit vanish without a word.
func TestEntryEqualSeesEveryField(t *testing.T) {
	e := filled[Entry]()
	if !e.Equal(e.clone()) {
		t.Fatal("an entry differs from its copy")
	}
	for i := range reflect.TypeFor[Entry]().NumField() {
		o := e.clone()
		f := reflect.ValueOf(&o).Elem().Field(i)
		f.SetZero()
		if e.Equal(o) || o.Equal(e) {
			t.Errorf("field %s is not compared", reflect.TypeFor[Entry]().Field(i).Name)
		}
	}
	none, empty := row("a", 0, "Họp"), row("a", 0, "Họp")
	empty.Rooms, empty.Attendees = []string{}, []Attendee{}
	if !none.Equal(empty) {
		t.Error("an empty list differs from none, which JSON cannot tell apart")
	}
}

// TestCloneSharesNothing writes to every list of a copy, at any depth.
func TestCloneSharesNothing(t *testing.T) {
	s, r := filled[WeekSchedule](), filled[Registration]()
	before, _ := json.Marshal([]any{s, r})
	sc, rc := s.clone(), r.clone()
	scribble(reflect.ValueOf(&sc).Elem())
	scribble(reflect.ValueOf(&rc).Elem())
	if after, _ := json.Marshal([]any{s, r}); string(after) != string(before) {
		t.Error("writing to a copy changed the original")
	}
}

func scribble(v reflect.Value) {
	switch v.Kind() {
	case reflect.Slice:
		for i := range v.Len() {
			scribble(v.Index(i))
			v.Index(i).SetZero()
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type() != reflect.TypeFor[time.Time]() {
				scribble(v.Field(i))
			}
		}
	}
}

func TestEntryCheckNamesTheField(t *testing.T) {
	if err := filled[Entry]().Check(); err != nil {
		t.Fatalf("a full entry: %v", err)
	}
	for _, c := range []struct {
		field string
		spoil func(*Entry)
	}{
		{"entry.id", func(e *Entry) { e.ID = "" }},
		{"entry.id", func(e *Entry) { e.ID = EntryID(strings.Repeat("x", 201)) }},
		{"day", func(e *Entry) { e.Day = 0 }},
		{"session", func(e *Entry) { e.Session = 4 }},
		{"secrecy", func(e *Entry) { e.Secrecy = 9 }},
		{"end", func(e *Entry) { e.Time.End = e.Time.Start }},
		{"activity", func(e *Entry) { e.Activity = " \n" }},
		{"activity", func(e *Entry) { e.Activity = "\x1b[2J" }}, // would clear a terminal
		{"place", func(e *Entry) { e.Place = "a\tb" }},
		{"note", func(e *Entry) { e.Note = strings.Repeat("x", 8193) }},
		{"unit", func(e *Entry) { e.Unit = "\xff" }},
		{"rooms", func(e *Entry) { e.Rooms[0] = "" }},
		{"vehicles", func(e *Entry) { e.Vehicles = make([]string, 501) }},
		{"attendees", func(e *Entry) { e.Attendees[1] = Attendee{} }},
		{"staff", func(e *Entry) { e.Staff[0].Text = "\x00" }},
		{"chair", func(e *Entry) { e.Chair.Person = "a\nb" }},
		{"delegations.to", func(e *Entry) { e.Delegations[0].To = Attendee{} }},
		{"delegations.from", func(e *Entry) { e.Delegations[0].From = Attendee{} }},
		{"upstream.org", func(e *Entry) { e.Upstream.Org = "" }},
		{"upstream.entry", func(e *Entry) { e.Upstream.Entry = "" }},
	} {
		e := filled[Entry]()
		c.spoil(&e)
		var in *vanphong.InputError
		if err := e.Check(); !errors.As(err, &in) || in.Field != c.field {
			t.Errorf("got %v, want a refusal of %s", err, c.field)
		}
	}
}

// TestPeopleAreThoseWhoGo is the row of Thường trực Thành ủy Vị Thanh with a
// delegate: the one invited stays on the row, the one who goes is busy.
func TestPeopleAreThoseWhoGo(t *testing.T) {
	e := row("a", 0, "Dự kỷ niệm ngày thành lập Đội TNTP")
	e.Chair = Attendee{Person: "bi-thu"}
	e.Attendees = []Attendee{{Person: "pbt"}, {Person: "bi-thu"}, {Text: "các đồng chí UVBTV"}}
	e.Staff = []Attendee{{Person: "cvp"}}
	e.Delegations = []Delegation{{From: Attendee{Person: "pbt"}, To: Attendee{Person: "truong-ban"}}}
	want := []vanphong.PersonID{"bi-thu", "cvp", "truong-ban"}
	if got := e.People(); !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestHalfIsTheSessionStatedElseThatOfTheStart(t *testing.T) {
	for _, c := range []struct {
		session    HalfDay
		start, end string
		want       HalfDay
	}{
		{SessionUnstated, "", "", SessionUnstated}, // S12: a day and nothing more
		{SessionUnstated, "11:59", "", Morning},
		{SessionUnstated, "12:00", "", Afternoon},
		{SessionUnstated, "09:00", "15:00", Morning}, // where it begins
		{Morning, "13:30", "", Morning},              // as issued
		{WholeDay, "07:30", "", WholeDay},            // S03: cả ngày, 07:30
	} {
		e := row("a", 0, "Họp")
		e.Session, e.Time = c.session, span(t, c.start, c.end)
		if got := e.Half(); got != c.want {
			t.Errorf("%v %s: got %v, want %v", c.session, c.start, got, c.want)
		}
	}
}
