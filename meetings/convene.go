package meetings

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"time"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/calendar"
)

// Invitation is what convenes a meeting (giấy mời, or the row of the weekly
// schedule that stands for it).
type Invitation struct {
	Entry calendar.EntryID `json:"entry"` // the schedule entry: the meeting's id derives from it
	Body  vanphong.BodyID  `json:"body"`
	// Term is the term the meeting is counted in; a meeting of the congress is
	// counted in a Term with the congress's id and days.
	Term     vanphong.Term       `json:"term"`
	Kind     Kind                `json:"kind"`
	Mode     Mode                `json:"mode"`
	Title    string              `json:"title,omitempty"`
	Day      vanphong.Date       `json:"day,omitzero"`   // may be left out if Start is there
	Start    time.Time           `json:"start,omitzero"` // may be left out if Day is there
	Place    string              `json:"place,omitempty"`
	Chair    vanphong.PersonID   `json:"chair"`
	Summoned []vanphong.PersonID `json:"summoned,omitempty"` // nil: every member in office on the day
	Invited  []vanphong.PersonID `json:"invited,omitempty"`
	Secrecy  vanphong.Secrecy    `json:"secrecy,omitzero"`
	Agenda   []Proposal          `json:"agenda,omitempty"`
}

// Proposal is an item as it is put on an agenda.
//
// Previous makes a chain of items: what was deferred three times can be told
// from three items, and no report counts it thrice.
type Proposal struct {
	Key      string              `json:"key"` // unique within the meeting: the item's id derives from it
	Title    string              `json:"title"`
	Unit     vanphong.OrgID      `json:"unit,omitempty"`
	Secrecy  vanphong.Secrecy    `json:"secrecy,omitzero"`
	Invited  []vanphong.PersonID `json:"invited,omitempty"`  // for this item only
	Previous ItemID              `json:"previous,omitempty"` // the deferred item that returns
}

// Convene records that a meeting is called. Its body must be enrolled, its
// day lie in the term, and whoever is summoned hold office in the body on
// that day.
//
// Both checks on people prevent the same loss: somebody who left office and
// still counts changes the quorum and, at the vote, the result.
func (s *Secretary) Convene(ctx context.Context, org vanphong.OrgID, inv Invitation, by vanphong.Stamp) (Meeting, error) {
	id := NewMeetingID(org, inv.Entry)
	if err := s.ask(ctx, org, by, "convene", string(id)); err != nil {
		return Meeting{}, err
	}
	m, err := inv.meeting(org)
	if err != nil {
		return Meeting{}, err
	}
	var out Meeting
	err = s.store.Update(ctx, org, func(tx Tx) (err error) {
		out, _, err = convene(tx, m.clone(), inv, by)
		return err
	})
	if err != nil {
		return Meeting{}, err
	}
	return out, nil
}

// convene stores a meeting unless it is there; found reports that it was.
//
// found matters to Postpone, which may link to a meeting that the weekly
// schedule has announced already.
func convene(tx Tx, m Meeting, inv Invitation, by vanphong.Stamp) (out Meeting, found bool, err error) {
	switch old, err := tx.Meeting(m.ID); {
	case err == nil && sameInvitation(old, m, inv.Summoned == nil):
		return old, true, nil
	case err == nil:
		return Meeting{}, true, vanphong.NewInputError("invitation.entry", string(m.Entry), "an entry without a meeting, or the same invitation", vanphong.ErrConflict)
	case !errors.Is(err, vanphong.ErrNotFound):
		return Meeting{}, false, err
	}
	if err := checkAgainstRoll(tx, &m, inv); err != nil {
		return Meeting{}, false, err
	}
	err = putMeeting(tx, &m, by)
	return m, false, err
}

// checkAgainstRoll holds the invitation against the body as of the day, and
// summons the members if nobody in particular is.
func checkAgainstRoll(tx Tx, m *Meeting, inv Invitation) error {
	roll, err := tx.Roll(m.Body)
	if err != nil {
		return err
	}
	// A body is elected for a term of its own organisation; counting in
	// another's would begin a second count beside the right one.
	if inv.Term.Org != roll.Body.Org {
		return vanphong.NewInputError("invitation.term", string(inv.Term.ID), "a term of "+string(roll.Body.Org), nil)
	}
	// The members as of the meeting's day, not as of today: invitations go out
	// before and reports are made after a change of office.
	office := roll.InOffice(m.Day)
	if inv.Summoned == nil {
		m.Summoned = office
	}
	if len(m.Summoned) == 0 {
		return vanphong.NewInputError("invitation.summoned", "", "a member of the body in office on "+m.Day.String(), nil)
	}
	if err := checkPersons("invitation.summoned", m.Summoned); err != nil {
		return err
	}
	in := setOf(office)
	for i, p := range m.Summoned {
		if !in[p] {
			return vanphong.NewInputError("invitation.summoned["+strconv.Itoa(i)+"]", string(p), "a member of the body in office on "+m.Day.String(), ErrNotMember)
		}
	}
	// The chair may be a guest, somebody sent from above (grade I), but not
	// somebody whom nobody has called.
	if !slices.Contains(m.Summoned, m.Chair) && !slices.Contains(m.Invited, m.Chair) {
		return vanphong.NewInputError("invitation.chair", string(m.Chair), "one of those summoned or invited", nil)
	}
	return nil
}

// meeting checks what an invitation says by itself and returns the meeting it
// convenes.
func (inv Invitation) meeting(org vanphong.OrgID) (Meeting, error) {
	if err := inv.check(); err != nil {
		return Meeting{}, err
	}
	m := Meeting{
		ID: NewMeetingID(org, inv.Entry), Org: org, Entry: inv.Entry, Body: inv.Body, Term: inv.Term.ID,
		Kind: inv.Kind, Mode: inv.Mode, Title: vanphong.NFC(inv.Title), Day: inv.day(), Start: inv.Start, Place: vanphong.NFC(inv.Place),
		Chair: inv.Chair, Summoned: inv.Summoned, Invited: inv.Invited, Secrecy: inv.Secrecy, State: Convened,
	}
	for _, p := range inv.Agenda {
		m.Agenda = append(m.Agenda, p.item(m.ID))
	}
	return m.clone(), nil
}

// day is the day in Hà Nội: a meeting at 06:30 there is on the day before in
// UTC.
func (inv Invitation) day() vanphong.Date {
	if inv.Day.IsZero() && !inv.Start.IsZero() {
		return vanphong.DateOf(inv.Start)
	}
	return inv.Day
}

func (inv Invitation) check() error {
	day := inv.day()
	switch {
	case day.IsZero():
		return vanphong.NewInputError("invitation.day", "", "a day or a start", nil)
	case !inv.Start.IsZero() && vanphong.DateOf(inv.Start) != day:
		return vanphong.NewInputError("invitation.start", inv.Start.Format(time.RFC3339), "an instant on "+day.String(), nil)
	case !inv.Term.Days.Contains(day):
		return vanphong.NewInputError("invitation.day", day.String(), "a day of the term ("+inv.Term.Days.ISO()+")", vanphong.ErrOutOfRange)
	case inv.Kind != Regular && inv.Kind != Extraordinary:
		return vanphong.NewInputError("invitation.kind", inv.Kind.Name(), "regular or extraordinary", nil)
	case inv.Mode != InPerson && inv.Mode != Online:
		return vanphong.NewInputError("invitation.mode", inv.Mode.Name(), "in-person or online", nil)
	case inv.Secrecy > vanphong.TopSecret:
		return vanphong.NewInputError("invitation.secrecy", inv.Secrecy.Name(), "a level of secrecy", nil)
	}
	return firstError(
		vanphong.CheckID("invitation.entry", inv.Entry),
		vanphong.CheckID("invitation.body", inv.Body),
		vanphong.CheckID("invitation.term", inv.Term.ID),
		vanphong.CheckID("invitation.chair", inv.Chair),
		checkText("invitation.title", inv.Title, false),
		checkText("invitation.place", inv.Place, false),
		checkPersons("invitation.summoned", inv.Summoned),
		checkPersons("invitation.invited", inv.Invited),
		checkAgenda(inv.Agenda),
	)
}

// firstError lets a list of checks be read like a form: the first field that
// is wrong is the one that is named.
func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// checkAgenda wants each key once, because ids derive from them: two items with one key would
// be one item.
func checkAgenda(list []Proposal) error {
	if err := vanphong.CheckCount("invitation.agenda", len(list), MaxItems); err != nil {
		return err
	}
	seen := make(map[string]bool, len(list))
	for i, p := range list {
		at := "invitation.agenda[" + strconv.Itoa(i) + "]"
		if err := p.check(at); err != nil {
			return err
		}
		if seen[p.Key] {
			return vanphong.NewInputError(at+".key", p.Key, "each key once", nil)
		}
		seen[p.Key] = true
	}
	return nil
}

func (p Proposal) check(at string) error {
	if p.Secrecy > vanphong.TopSecret {
		return vanphong.NewInputError(at+".secrecy", p.Secrecy.Name(), "a level of secrecy", nil)
	}
	var unit, previous error
	if p.Unit != "" {
		unit = vanphong.CheckID(at+".unit", p.Unit)
	}
	if p.Previous != "" {
		previous = vanphong.CheckID(at+".previous", p.Previous)
	}
	return firstError(vanphong.CheckID(at+".key", p.Key), checkText(at+".title", p.Title, true), unit, previous,
		checkPersons(at+".invited", p.Invited))
}

// item is what becomes of a proposal. Texts are composed (NFC) here, at the
// door, as everywhere: from here on two texts that look alike are equal.
func (p Proposal) item(m MeetingID) Item {
	return Item{
		ID: NewItemID(m, p.Key), Key: p.Key, Title: vanphong.NFC(p.Title), Unit: p.Unit, Secrecy: p.Secrecy,
		Invited: slices.Clone(p.Invited), Previous: p.Previous,
	}
}

// sameItem compares what was proposed, not what has become of it.
func sameItem(a, b Item) bool {
	return a.ID == b.ID && a.Title == b.Title && a.Unit == b.Unit && a.Secrecy == b.Secrecy &&
		a.Previous == b.Previous && slices.Equal(a.Invited, b.Invited)
}

// sameInvitation compares what was called for, not what has become of it:
// items that were added later do not make another invitation, and who was
// summoned by default stays as the roll was then.
func sameInvitation(old, m Meeting, byDefault bool) bool {
	asked := slices.DeleteFunc(slices.Clone(old.Agenda), func(i Item) bool { return i.Late })
	return old.Body == m.Body && old.Term == m.Term && old.Kind == m.Kind && old.Mode == m.Mode &&
		old.Title == m.Title && old.Day == m.Day && old.Start.Equal(m.Start) && old.Place == m.Place &&
		old.Chair == m.Chair && old.Secrecy == m.Secrecy && slices.Equal(old.Invited, m.Invited) &&
		(byDefault || slices.Equal(old.Summoned, m.Summoned)) && slices.EqualFunc(asked, m.Agenda, sameItem)
}

// AddItem puts a late item on the agenda of a meeting that is not over: it
// stands last and is marked as late, and renumbers nothing.
func (s *Secretary) AddItem(ctx context.Context, org vanphong.OrgID, id MeetingID, p Proposal, by vanphong.Stamp) (Meeting, error) {
	return s.change(ctx, org, id, "propose", by, func(_ Tx, m *Meeting) (bool, error) {
		if err := p.check("item"); err != nil {
			return false, err
		}
		item := p.item(m.ID)
		item.Late = true
		if old, ok := m.Item(item.ID); ok {
			if sameItem(old, item) {
				return false, nil
			}
			return false, vanphong.NewInputError("item.key", p.Key, "a key that is not taken in this meeting", vanphong.ErrConflict)
		}
		// The same item again is answered even after the meeting is over; only
		// a new one comes too late.
		if m.State.final() {
			return false, m.stateError("a meeting that is not over")
		}
		if err := vanphong.CheckCount("agenda", len(m.Agenda)+1, MaxItems); err != nil {
			return false, err
		}
		m.Agenda = append(m.Agenda, item)
		return true, nil
	})
}
