package calendar

import (
	"slices"
	"strings"

	"github.com/vanphong-go/vanphong"
)

// EntryID names an entry within an organisation, in whichever schedule it
// stands. What follows from an entry (its meeting, conclusion, tasks) derives
// its own id from this one.
//
// So it must never be used again for another row: what was decided there would
// seem to have been decided here.
type EntryID string

// Bounds of an entry. They are far above any published row and keep what
// comes from outside from filling a store.
const (
	maxEntryText  = 8 << 10 // bytes of one text field
	maxEntryItems = 500     // people, rooms, vehicles … of one entry, each
)

// Attendee is somebody at an entry (người dự): a person the office can
// identify, the words the schedule prints, or both. "Các PCT liên quan" is
// words without a person: it is printed and never conflicts.
//
// Words alone cannot be compared: "đ/c Phó Bí thư" is one of three, and a
// conflict reported for the wrong one teaches clerks to look away.
type Attendee struct {
	Person vanphong.PersonID `json:"person,omitempty"` // who is busy; "": nobody in particular
	Text   string            `json:"text,omitempty"`   // as printed: "Bí thư", "LĐVP (1)"
}

// String returns the printed words, or the id if there are none.
func (a Attendee) String() string {
	if a.Text != "" {
		return a.Text
	}
	return string(a.Person)
}

// Delegation is attendance in somebody's stead (ủy quyền dự thay). Both are
// kept: the schedule says who was asked, the conflict check who goes.
//
// The row goes on naming the one who was invited, for that is whom the upper
// level asked for.
type Delegation struct {
	From Attendee `json:"from"` // the one who was invited
	To   Attendee `json:"to"`   // the one who goes instead
}

// Upstream is the row of a superior body's schedule that an entry repeats: a
// Ban Thường vụ meeting of the province in a commune's week. The zero value
// is "none".
type Upstream struct {
	Org   vanphong.OrgID `json:"org"`   // whose schedule it is
	Entry EntryID        `json:"entry"` // its id there, opaque here
}

// Entry is one row of a weekly schedule (nội dung lịch công tác). Texts are
// kept as received.
//
// Rows are printed with anything left out: only a day and an activity are
// always there.
type Entry struct {
	// ID stays the same when the row is moved or reworded; it is unique among
	// all schedules of the organisation.
	ID EntryID `json:"id"`
	// Day is the civil day it takes place on; an event of several days is an
	// entry a day, as offices print it.
	Day vanphong.Date `json:"day"`
	// Session is the half-day stated; an entry may have it beside a clock time.
	Session HalfDay `json:"session,omitzero"`
	// Time is the clock time stated; often only a start.
	Time     Span   `json:"time,omitzero"`
	Activity string `json:"activity"`        // what takes place; required
	Place    string `json:"place,omitempty"` // as printed; for a field trip the gathering place
	// Rooms are the rooms it books (phòng họp), by the office's own names. Place
	// alone books nothing: it is words.
	Rooms []string `json:"rooms,omitempty"`
	// Vehicles are the cars it books (xe), by the office's own names.
	Vehicles []string `json:"vehicles,omitempty"`
	Chair    Attendee `json:"chair,omitzero"` // chủ trì
	// Attendees are the leaders it concerns (thành phần), the chair aside.
	Attendees []Attendee `json:"attendees,omitempty"`
	Unit      string     `json:"unit,omitempty"`    // preparing unit (đơn vị chuẩn bị)
	Invited   string     `json:"invited,omitempty"` // guests as printed; "giấy mời riêng"
	// Staff are office leaders and specialists who go along (LĐVP, chuyên viên
	// đi cùng).
	Staff []Attendee `json:"staff,omitempty"`
	// Delegations say who goes instead of whom.
	Delegations []Delegation `json:"delegations,omitempty"`
	// Secrecy is the level of the row itself; it decides what [Entry.For] shows.
	Secrecy vanphong.Secrecy `json:"secrecy,omitzero"`
	// Invitation says that the row itself is the invitation (thay thư mời).
	Invitation bool `json:"invitation,omitempty"`
	// Filler marks "làm việc tại cơ quan": printed, but no event; it never
	// conflicts and never counts as a meeting.
	Filler bool `json:"filler,omitempty"`
	// Upstream is the superior body's row this one repeats.
	Upstream Upstream `json:"upstream,omitzero"`
	// Body is the body that meets, if the entry is a meeting of one.
	Body vanphong.BodyID `json:"body,omitempty"`
	Note string          `json:"note,omitempty"` // remark, printed last
}

// FillerActivity is the text that offices print for a filler row.
//
// Read without regard to case, see [ReadScheduleCSV].
const FillerActivity = "Làm việc tại cơ quan"

// Check returns an InputError naming the first field that cannot stand: id,
// day, activity, an unknown session or level, an end not after its start, a
// text or list over its bound, a control character (texts reach terminals and
// files; a line break is allowed), a nameless attendee or room. That session
// and clock time agree is not asked: published rows differ, see [Findings].
func (e Entry) Check() error {
	if err := vanphong.CheckID("entry.id", e.ID); err != nil {
		return err
	}
	return e.checkContent()
}

// checkContent is Check without the id, for rows that have none yet.
//
// A registration is checked before it has an id, see Planner.Register.
func (e Entry) checkContent() error {
	if _, err := e.Day.MarshalText(); err != nil || e.Day.IsZero() {
		return wrong("day", e.Day.String(), "a day")
	}
	if e.Session > WholeDay {
		return wrong("session", "?", "sáng, chiều, cả ngày or nothing")
	}
	if e.Secrecy > vanphong.TopSecret {
		return wrong("secrecy", "?", "a level that exists")
	}
	if err := e.Time.Check(); err != nil {
		return err
	}
	if strings.TrimSpace(e.Activity) == "" {
		return wrong("activity", e.Activity, "a text")
	}
	if err := e.checkTexts(); err != nil {
		return err
	}
	if err := e.checkPeople(); err != nil {
		return err
	}
	if e.Upstream != (Upstream{}) {
		if err := vanphong.CheckID("upstream.org", e.Upstream.Org); err != nil {
			return err
		}
		return vanphong.CheckID("upstream.entry", e.Upstream.Entry)
	}
	return nil
}

func (e Entry) checkTexts() error {
	for _, f := range [...]struct{ name, text string }{
		{"activity", e.Activity}, {"place", e.Place}, {"unit", e.Unit}, {"invited", e.Invited},
		{"body", string(e.Body)}, {"note", e.Note},
	} {
		if err := checkText(f.name, f.text); err != nil {
			return err
		}
	}
	// Rooms and vehicles are ids, since bookings compare them: bounds and
	// characters are those of ids, not of texts.
	for _, f := range [...]struct {
		name string
		list []string
	}{{"rooms", e.Rooms}, {"vehicles", e.Vehicles}} {
		if len(f.list) > maxEntryItems {
			return wrong(f.name, "", "at most 500 of them")
		}
		for _, s := range f.list {
			if err := vanphong.CheckID(f.name, s); err != nil {
				return err
			}
		}
	}
	return nil
}

func (e Entry) checkPeople() error {
	if len(e.Attendees) > maxEntryItems || len(e.Staff) > maxEntryItems || len(e.Delegations) > maxEntryItems {
		return wrong("attendees", "", "at most 500 of them")
	}
	if e.Chair != (Attendee{}) {
		if err := e.Chair.check("chair"); err != nil {
			return err
		}
	}
	for _, a := range e.Attendees {
		if err := a.check("attendees"); err != nil {
			return err
		}
	}
	for _, a := range e.Staff {
		if err := a.check("staff"); err != nil {
			return err
		}
	}
	for _, d := range e.Delegations {
		if err := d.From.check("delegations.from"); err != nil {
			return err
		}
		if err := d.To.check("delegations.to"); err != nil {
			return err
		}
	}
	return nil
}

func (a Attendee) check(field string) error {
	if a == (Attendee{}) {
		return wrong(field, "", "a person or words")
	}
	if a.Person != "" {
		if err := vanphong.CheckID(field, a.Person); err != nil {
			return err
		}
	}
	return checkText(field, a.Text)
}

// checkText holds a text of an entry to the rule for all texts, at this package's
// own limit, and refuses tabs too: entries are cells of a table.
func checkText(field, s string) error {
	if strings.ContainsAny(s, "\t\r") {
		return wrong(field, s, "text without tabs")
	}
	return vanphong.CheckText(field, s, maxEntryText)
}

// People returns who is bodily there, each once, in the order of the entry:
// chair, attendees, accompanying staff, delegates. Who sends a delegate is
// left out although the row still names them; words without a person too.
//
// Nobody is in two places because of a delegation; that is the whole point of
// recording one.
func (e Entry) People() []vanphong.PersonID {
	var out []vanphong.PersonID
	add := func(a Attendee) {
		away := func(d Delegation) bool { return d.From.Person == a.Person }
		if a.Person != "" && !slices.Contains(out, a.Person) && !slices.ContainsFunc(e.Delegations, away) {
			out = append(out, a.Person)
		}
	}
	add(e.Chair)
	for _, a := range e.Attendees {
		add(a)
	}
	for _, a := range e.Staff {
		add(a)
	}
	for _, d := range e.Delegations {
		add(d.To)
	}
	return out
}

// Half returns the half-day an entry is printed under: the session it states,
// else the half its start lies in (noon begins the afternoon), else
// [SessionUnstated].
func (e Entry) Half() HalfDay {
	switch {
	case e.Session != SessionUnstated || e.Time.Start == 0:
		return e.Session
	case e.Time.Start.Minutes() < 12*60:
		return Morning
	}
	return Afternoon
}

// Equal reports whether two entries say the same. An empty list is the same
// as none, as it is in JSON.
//
// It decides whether a schedule was changed, so a field that is left out here
// can be changed unnoticed.
func (e Entry) Equal(o Entry) bool {
	return e.ID == o.ID && e.Day == o.Day && e.Session == o.Session && e.Time == o.Time &&
		e.Activity == o.Activity && e.Place == o.Place &&
		slices.Equal(e.Rooms, o.Rooms) && slices.Equal(e.Vehicles, o.Vehicles) &&
		e.Chair == o.Chair && slices.Equal(e.Attendees, o.Attendees) &&
		e.Unit == o.Unit && e.Invited == o.Invited && slices.Equal(e.Staff, o.Staff) &&
		slices.Equal(e.Delegations, o.Delegations) &&
		e.Secrecy == o.Secrecy && e.Invitation == o.Invitation && e.Filler == o.Filler &&
		e.Upstream == o.Upstream && e.Body == o.Body && e.Note == o.Note
}

// clone returns a copy that shares nothing with e. Empty lists become nil, so
// that a record is the same before and after JSON.
func (e Entry) clone() Entry {
	e.Rooms = cloneList(e.Rooms)
	e.Vehicles = cloneList(e.Vehicles)
	e.Attendees = cloneList(e.Attendees)
	e.Staff = cloneList(e.Staff)
	e.Delegations = cloneList(e.Delegations)
	return e
}

// composed returns a clone with its texts in NFC: the same text from another
// keyboard or file system is the same entry. Ids are kept to the byte.
func (e Entry) composed() Entry {
	e = e.clone()
	for _, s := range [...]*string{&e.Activity, &e.Place, &e.Chair.Text, &e.Unit, &e.Invited, &e.Note} {
		*s = vanphong.NFC(*s)
	}
	for _, list := range [...][]string{e.Rooms, e.Vehicles} {
		for i, s := range list {
			list[i] = vanphong.NFC(s)
		}
	}
	for _, list := range [...][]Attendee{e.Attendees, e.Staff} {
		for i, a := range list {
			list[i].Text = vanphong.NFC(a.Text)
		}
	}
	for i, d := range e.Delegations {
		e.Delegations[i].From.Text, e.Delegations[i].To.Text = vanphong.NFC(d.From.Text), vanphong.NFC(d.To.Text)
	}
	return e
}

func composedEntries(s []Entry) []Entry {
	out := cloneEntries(s)
	for i, e := range out {
		out[i] = e.composed()
	}
	return out
}

// nil for an empty list: a record put and read back must be equal to the one
// before.
func cloneList[T any](s []T) []T {
	if len(s) == 0 {
		return nil
	}
	return slices.Clone(s)
}

func cloneEntries(s []Entry) []Entry {
	if len(s) == 0 {
		return nil
	}
	out := make([]Entry, len(s))
	for i, e := range s {
		out[i] = e.clone()
	}
	return out
}
