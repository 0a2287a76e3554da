package calendar

import (
	"time"

	"github.com/vanphong-go/vanphong"
)

// OfficeHours are an office's hours (giờ làm việc): what "sáng" and "chiều"
// mean in clock times. They are the caller's to say, since no common rule
// fixes them. In the zero value morning is 00:00 to 12:00 and afternoon 12:00
// to 24:00, so that two entries of one half-day meet whatever the hours.
//
// The default halves are wide on purpose: to call two entries of one morning a
// conflict wrongly costs a look, to miss one costs a meeting.
type OfficeHours struct {
	Morning   Span `json:"morning,omitzero"`   // sáng: "07:30" to "11:30"; both ends, or zero
	Afternoon Span `json:"afternoon,omitzero"` // chiều
}

// A Clock is minutes plus one, so that its zero value means "not stated".
const noon = Clock(12*60 + 1)

func (h OfficeHours) spans() (morning, afternoon Span, err error) {
	morning, afternoon = h.Morning, h.Afternoon
	if morning.IsZero() {
		morning = Span{1, noon}
	}
	if afternoon.IsZero() {
		afternoon = Span{noon, clockMax}
	}
	for _, s := range [...]Span{morning, afternoon} {
		if err := s.Check(); err != nil {
			return morning, afternoon, err
		}
		if s.End == 0 {
			return morning, afternoon, wrong("end", "", "both ends of the office hours")
		}
	}
	return morning, afternoon, nil
}

// Bookings returns what entries take for [Conflicts], in their order. An
// entry is booked
//   - for its clock time, if it has one with an end;
//   - from its start for length, if the end is not known; to the end of the
//     afternoon if it is to last all day and begins before that;
//   - for its half-day or both by hours, if it states only a session.
//
// Left out are fillers, entries that state neither session nor time, and
// entries without a person, room or vehicle. Who sends a delegate is free, see
// [Entry.People]. An InputError names an entry without an end if length is
// not more than 0, a day or time that cannot stand, and office hours that
// have no end.
//
// length is the caller's because the usual meeting differs between offices;
// there is no rule to take it from.
//
// A session without a clock time takes the whole half-day: somebody who is to
// be there "sáng" cannot be promised elsewhere that morning.
func Bookings(entries []Entry, hours OfficeHours, length time.Duration) ([]Booking, error) {
	morning, afternoon, err := hours.spans()
	if err != nil {
		return nil, err
	}
	var out []Booking
	for _, e := range entries {
		people := e.People()
		// A filler ("làm việc tại cơ quan") says where somebody is when
		// nothing else calls, so it gives way to everything.
		if e.Filler || len(people)+len(e.Rooms)+len(e.Vehicles) == 0 || e.Time.IsZero() && e.Session == SessionUnstated {
			continue
		}
		if err := e.checkContent(); err != nil {
			return nil, err
		}
		b := Booking{ID: string(e.ID), Rooms: cloneList(e.Rooms), Vehicles: cloneList(e.Vehicles)}
		for _, p := range people {
			b.People = append(b.People, string(p))
		}
		if b.Start, b.End, err = e.interval(morning, afternoon, length); err != nil {
			return nil, err
		}
		out = append(out, b)
	}
	return out, nil
}

func (e Entry) interval(morning, afternoon Span, length time.Duration) (start, end time.Time, err error) {
	switch {
	case e.Time.End != 0:
		return e.Time.Start.On(e.Day), e.Time.End.On(e.Day), nil
	// An entry that begins after the afternoon's end and is said to last all
	// day falls through to length.
	case e.Time.Start != 0 && e.Session == WholeDay && e.Time.Start < afternoon.End:
		return e.Time.Start.On(e.Day), afternoon.End.On(e.Day), nil
	case e.Time.Start != 0:
		if length <= 0 {
			return start, end, wrong("length", length.String(), "more than 0, since the end of "+string(e.ID)+" is not known")
		}
		start = e.Time.Start.On(e.Day)
		return start, start.Add(length), nil
	case e.Session == Morning:
		return morning.Start.On(e.Day), morning.End.On(e.Day), nil
	case e.Session == Afternoon:
		return afternoon.Start.On(e.Day), afternoon.End.On(e.Day), nil
	}
	return morning.Start.On(e.Day), afternoon.End.On(e.Day), nil
}

// FindingOptions are the options of [Findings]. Nil is the zero value, which
// refuses entries without an end and shows nothing secret.
type FindingOptions struct {
	Hours     OfficeHours        // as in [Bookings]
	Length    time.Duration      // as in [Bookings]
	Gap       time.Duration      // as in [ConflictOptions]
	Zone      vanphong.Zone      // where the findings are to be read
	Redaction vanphong.Redaction // what that zone may see
}

// Findings tells a clerk what to look at before a schedule is issued: people,
// rooms and vehicles wanted twice, then entries whose stated session and
// clock time disagree. Schedules are published with both (grade W), so a
// conflict is never more than a warning, the rest a note. The rules and their
// arguments are those of [Messages]. Errors are those of [Bookings] and
// [Conflicts].
//
// The findings pass the redaction door: if an entry of a conflict may not
// leave to the zone, resource, activities and ids are
// [vanphong.Placeholder], since whom a secret entry holds is itself secret.
//
// Overlaps are ordinary in published schedules (a leader opens one meeting and
// closes another), hence warnings: the clerk decides, see grade W.
func Findings(entries []Entry, opt *FindingOptions) ([]vanphong.Finding, error) {
	var o FindingOptions
	if opt != nil {
		o = *opt
	}
	bookings, err := Bookings(entries, o.Hours, o.Length)
	if err != nil {
		return nil, err
	}
	conflicts, err := Conflicts(bookings, &ConflictOptions{Gap: o.Gap})
	if err != nil {
		return nil, err
	}
	// Findings need the entry's words, which a booking does not have.
	byID := make(map[string]Entry, len(entries))
	for _, e := range entries {
		byID[string(e.ID)] = e
	}
	booked := make(map[string]Booking, len(bookings))
	for _, b := range bookings {
		booked[b.ID] = b
	}
	var out []vanphong.Finding
	for _, c := range conflicts {
		first, second := booked[c.A], booked[c.B]
		if second.Start.Before(first.Start) { // told in order of time, not of ids
			first, second = second, first
		}
		rule := "calendar.conflict." + resourceCodes[c.Resource.Kind]
		if !second.Start.Before(first.End) {
			rule = "calendar.conflict.travel" // the first had ended: only the gap is short
		}
		out = append(out, o.conflict(rule, c, byID[first.ID], byID[second.ID]))
	}
	for _, e := range entries {
		start := e.Time.Start
		// The midday hour belongs to the afternoon: 12:00 as "sáng" is the
		// slip that this finds.
		if start != 0 && (e.Session == Morning && start >= noon || e.Session == Afternoon && start < noon) {
			out = append(out, o.session(e))
		}
	}
	return out, nil
}

func (o FindingOptions) conflict(rule string, c Conflict, a, b Entry) vanphong.Finding {
	// The higher of the two levels decides: the open entry of a pair would
	// otherwise name the hidden one's people.
	text := func(s string) string { return o.Redaction.Text(o.Zone, max(a.Secrecy, b.Secrecy), s) }
	return vanphong.Finding{
		Rule: rule, Severity: vanphong.Warning, Source: vanphong.Source{Grade: vanphong.GradeWild},
		Args: []string{
			text(c.Resource.display(a, b)), text(a.Activity), text(b.Activity),
			vanphong.FormatDate(vanphong.DateOf(c.From)), clock(c.From), clock(c.To), text(string(a.ID)), text(string(b.ID)),
		},
	}
}

func (o FindingOptions) session(e Entry) vanphong.Finding {
	text := func(s string) string { return o.Redaction.Text(o.Zone, e.Secrecy, s) }
	return vanphong.Finding{
		Rule: "calendar.session", Severity: vanphong.Note, Source: vanphong.Source{Grade: vanphong.GradeWild},
		Args: []string{text(e.Activity), e.Session.Name(), e.Time.Start.String(), vanphong.FormatDate(e.Day), text(string(e.ID))},
	}
}

// Instants may come in any zone; the clerk reads them in the office's.
func clock(t time.Time) string { return t.In(vanphong.Hanoi).Format("15:04") }

// display is the resource as the schedule prints it: a person by the words
// of an entry, if it has any.
//
// The first entry that knows the person by name decides; both mean the same
// id.
func (r Resource) display(entries ...Entry) string {
	if r.Kind != ResourcePerson {
		return r.Name
	}
	for _, e := range entries {
		people := append([]Attendee{e.Chair}, e.Attendees...)
		people = append(people, e.Staff...)
		for _, d := range e.Delegations {
			people = append(people, d.To)
		}
		for _, p := range people {
			if string(p.Person) == r.Name {
				return p.String()
			}
		}
	}
	return r.Name
}
