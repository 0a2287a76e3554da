package calendar

import (
	"strconv"

	"github.com/vanphong-go/vanphong"
)

// viewVersion is the Version of a redacted schedule. No store holds it, so
// that a view can never be put back over the schedule it was made from.
const viewVersion = -1

// For returns the schedule as it may leave to a zone: the one door for files,
// calendars, messages and pages. An entry above the zone's level becomes an
// opaque placeholder: day, session, clock time and [vanphong.Placeholder] as
// its activity. Its people, place, unit, rooms, vehicles, body, note, level
// and id are gone; in place of the id stands "redacted-1", "redacted-2" …,
// the same for one entry throughout the view.
//
// In the record of amendments an entry is judged by the highest level it ever
// had, now included: what was open last week and is secret today must not be
// read in the history. The reason of an amendment that touches such an entry
// is replaced too. The view cannot be stored: its Version is never that of a
// stored record.
//
// Day, session and time stay because a schedule with a hole would be read as
// "free", and somebody would be booked there.
func (s WeekSchedule) For(zone vanphong.Zone, r vanphong.Redaction) WeekSchedule {
	v := viewer{zone: zone, policy: r, highest: map[EntryID]vanphong.Secrecy{}, names: map[EntryID]EntryID{}}
	out := s.clone()
	v.note(out.Entries...)
	for _, a := range out.Amendments {
		v.note(a.Diff.Added...)
		v.note(a.Diff.Removed...)
		for _, c := range a.Diff.Changed {
			v.note(c.Before, c.After)
		}
	}
	for i, e := range out.Entries {
		out.Entries[i] = v.entry(e, e.Secrecy)
	}
	for i := range out.Amendments {
		v.amendment(&out.Amendments[i])
	}
	out.Version = viewVersion
	return out
}

// For returns the entry as it may leave to a zone, by the rule of
// [WeekSchedule.For]; a placeholder has the id "redacted-1".
//
// A single entry has no history, so its own level decides.
func (e Entry) For(zone vanphong.Zone, r vanphong.Redaction) Entry {
	v := viewer{zone: zone, policy: r, names: map[EntryID]EntryID{}}
	return v.entry(e.clone(), e.Secrecy)
}

// Opaque returns what of a secret row may stand where its words may not: id,
// day, session, clock time, level, and [vanphong.Placeholder] as its activity.
// It is what a [Planner] takes of a row above the level it may keep.
//
// It books nobody and no room: whom a secret row holds is itself secret.
func (e Entry) Opaque() Entry {
	return Entry{ID: e.ID, Day: e.Day, Session: e.Session, Time: e.Time, Secrecy: e.Secrecy, Activity: vanphong.Placeholder}
}

// viewer gives each hidden id one name for the whole view, so that a reader
// sees that the row changed, and not what it is.
type viewer struct {
	zone    vanphong.Zone
	policy  vanphong.Redaction
	highest map[EntryID]vanphong.Secrecy
	names   map[EntryID]EntryID // id → what stands for it
}

func (v *viewer) note(entries ...Entry) {
	for _, e := range entries {
		v.highest[e.ID] = max(v.highest[e.ID], e.Secrecy)
	}
}

// hides goes by the highest level ever; an entry that is open now and was
// secret once is shown as it is now and hidden in the history.
func (v *viewer) hides(id EntryID) bool { return !v.policy.Allows(v.zone, v.highest[id]) }

// name is what stands for a hidden id. It is a count, not a digest: a digest
// of an id that was derived from a row's words would confirm a guess at them.
func (v *viewer) name(id EntryID) EntryID {
	if _, ok := v.names[id]; !ok {
		v.names[id] = EntryID("redacted-" + strconv.Itoa(len(v.names)+1))
	}
	return v.names[id]
}

func (v *viewer) entry(e Entry, level vanphong.Secrecy) Entry {
	if v.policy.Allows(v.zone, level) {
		return e
	}
	return Entry{ID: v.name(e.ID), Day: e.Day, Session: e.Session, Time: e.Time, Activity: vanphong.Placeholder}
}

func (v *viewer) amendment(a *Amendment) {
	hidden := false
	redact := func(e *Entry) {
		hidden = hidden || v.hides(e.ID)
		*e = v.entry(*e, v.highest[e.ID])
	}
	for i := range a.Diff.Added {
		redact(&a.Diff.Added[i])
	}
	for i := range a.Diff.Removed {
		redact(&a.Diff.Removed[i])
	}
	for i := range a.Diff.Changed {
		redact(&a.Diff.Changed[i].Before)
		redact(&a.Diff.Changed[i].After)
	}
	for i, id := range a.Before {
		if v.hides(id) {
			a.Before[i] = v.name(id)
		}
	}
	// A reason says what was changed ("đón đoàn công tác …") as plainly as the
	// entry.
	if hidden {
		a.Reason = vanphong.Placeholder
	}
}
