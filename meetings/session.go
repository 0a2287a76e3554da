package meetings

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/vanphong-go/vanphong"
)

// Mark calls the roll: it records where people are, before or during the
// meeting. Absence needs its reason. A mark that says where somebody already
// is, or that is recorded with the same instant already, is not added again.
//
// The instant is the stamp's and not the caller's, so that a roll call cannot
// be dated back to make a quorum.
func (s *Secretary) Mark(ctx context.Context, org vanphong.OrgID, id MeetingID, marks []Mark, by vanphong.Stamp) (Meeting, error) {
	return s.change(ctx, org, id, "mark", by, func(_ Tx, m *Meeting) (bool, error) {
		if err := vanphong.CheckCount("marks", len(marks), MaxMarks); err != nil {
			return false, err
		}
		changed := false
		for i, k := range marks {
			k.At, k.Reason = by.At, vanphong.NFC(k.Reason)
			if err := m.checkMark("marks["+strconv.Itoa(i)+"]", k); err != nil {
				return false, err
			}
			// A repeated mark is answered even when the meeting is over; only
			// a new one is refused.
			if m.marked(k) {
				continue
			}
			if m.State.final() {
				return false, m.stateError("a meeting that is not over")
			}
			m.Marks = append(m.Marks, k)
			changed = true
		}
		// Over everything recorded, and after the loop: repeated marks do not
		// count.
		return changed, vanphong.CheckCount("marks", len(m.Marks), MaxMarks)
	})
}

func (m *Meeting) checkMark(at string, k Mark) error {
	if err := vanphong.CheckID(at+".person", k.Person); err != nil {
		return err
	}
	if k.Presence == Unmarked || k.Presence > Absent {
		return vanphong.NewInputError(at+".presence", k.Presence.Name(), "in-room, online or absent", nil)
	}
	if err := checkText(at+".reason", k.Reason, k.Presence == Absent); err != nil {
		return err
	}
	// A member who was not summoned may still come: who is in office is only
	// known for certain when the meeting is opened, so the vote checks it.
	if !m.expects(k.Person) && !slices.Contains(m.InOffice, k.Person) {
		return vanphong.NewInputError(at+".person", string(k.Person), "somebody summoned or invited", ErrNotMember)
	}
	return nil
}

// marked reports whether a mark would say nothing new: it is the last of its
// person, or this very mark is in the log, because the step is run again.
//
// The whole log is searched, for a batch that was cut off and is run again may
// hold a mark that a later one has overtaken since.
func (m *Meeting) marked(k Mark) bool {
	last := true
	for i := len(m.Marks) - 1; i >= 0; i-- {
		o := m.Marks[i]
		if o.same(k) {
			return true
		}
		if o.Person == k.Person {
			if last && o.Presence == k.Presence && o.Reason == k.Reason {
				return true
			}
			last = false
		}
	}
	return false
}

// MarkAway records who is not there for one item (ra ngoài, không tham gia do
// liên quan) before it is decided. They count as absent for that item alone.
//
// Somebody may be away for one item and back for the next; a mark would take
// them out of all that follow.
func (s *Secretary) MarkAway(ctx context.Context, org vanphong.OrgID, id MeetingID, item ItemID, away []Away, by vanphong.Stamp) (Meeting, error) {
	return s.change(ctx, org, id, "mark", by, func(_ Tx, m *Meeting) (bool, error) {
		i := m.itemAt(item)
		if i < 0 {
			return false, missing("item", string(item))
		}
		changed := false
		for n, a := range away {
			a.Note = vanphong.NFC(a.Note)
			added, err := m.addAway("away["+strconv.Itoa(n)+"]", &m.Agenda[i], a)
			if err != nil {
				return false, err
			}
			changed = changed || added
		}
		return changed, nil
	})
}

func (m *Meeting) addAway(at string, item *Item, a Away) (bool, error) {
	if a.Why != LeftRoom && a.Why != Conflicted {
		return false, vanphong.NewInputError(at+".why", a.Why.Name(), "left or conflicted", nil)
	}
	if err := checkText(at+".note", a.Note, false); err != nil {
		return false, err
	}
	// A second reason for the same person would leave open which one the
	// minutes are to print.
	for _, o := range item.Away {
		if o == a {
			return false, nil
		}
		if o.Person == a.Person {
			return false, vanphong.NewInputError(at+".person", string(a.Person), "each person once for an item", vanphong.ErrConflict)
		}
	}
	switch {
	case m.State.final():
		return false, m.stateError("a meeting that is not over")
	case item.Decided():
		return false, vanphong.NewInputError(at+".item", string(item.ID), "an item that is not decided yet", vanphong.ErrState)
	case !m.PresenceOf(a.Person).Present():
		return false, vanphong.NewInputError(at+".person", string(a.Person), "somebody present", ErrAbsent)
	}
	item.Away = append(item.Away, a)
	return true, nil
}

// Open opens a meeting: the members in office are fixed, the quorum is held
// against those present, and the meeting gets its ordinal in the term. Without
// a quorum it is refused with [ErrNoQuorum]; postpone the meeting then.
//
// Members in office are those on the meeting's day, even if it is opened after
// midnight.
func (s *Secretary) Open(ctx context.Context, org vanphong.OrgID, id MeetingID, by vanphong.Stamp) (Meeting, error) {
	return s.change(ctx, org, id, "open", by, func(tx Tx, m *Meeting) (bool, error) {
		if m.State.Held() {
			return false, nil
		}
		if m.State != Convened {
			return false, m.stateError("convened")
		}
		roll, err := tx.Roll(m.Body)
		if err != nil {
			return false, err
		}
		// Not fixed at Convene: the roll may have been corrected in between,
		// and the quorum is held now.
		m.InOffice = roll.InOffice(m.Day)
		t, err := s.quorum(m, m.present(m.InOffice, nil))
		if err != nil {
			return false, err
		}
		run := roll.Run(m.Term)
		run.Given++
		// The roll is written too: of two meetings opened at once, one waits or
		// is run again, so no ordinal is given twice.
		roll = roll.withRun(run)
		m.State, m.Ordinal = Opened, run.Given
		m.Opening = Opening{Tally: t, Quorum: s.policy.Quorum.Threshold, Policy: s.policy.Version, Made: by}
		return true, putRoll(tx, &roll, by)
	})
}

// quorum returns the figures of those present, or an error if they are too
// few.
//
// Which figures make the quorum follows from the policy's base: of those
// summoned, only those summoned count; of those in office, every member
// present.
func (s *Secretary) quorum(m *Meeting, present []vanphong.PersonID) (Tally, error) {
	t, ofSummoned := m.heads(m.InOffice, present)
	rule := s.policy.Quorum.Threshold
	count, base := ofSummoned, t.Summoned
	if rule.Base == BaseInOffice {
		count, base = t.Present, t.InOffice
	}
	if !rule.Met(count, base) {
		return t, vanphong.NewInputError("present", strconv.Itoa(count),
			fmt.Sprintf("at least %d of %d (%s)", rule.Needed(base), base, rule.share()), ErrNoQuorum)
	}
	return t, nil
}

// Close ends a meeting. Every item must have its decision; what was not
// reached is deferred first, and returns as a new item.
//
// Otherwise an item could be forgotten, and nobody would know whether it was
// dropped or overlooked.
func (s *Secretary) Close(ctx context.Context, org vanphong.OrgID, id MeetingID, by vanphong.Stamp) (Meeting, error) {
	return s.change(ctx, org, id, "close", by, func(_ Tx, m *Meeting) (bool, error) {
		if m.State == Closed {
			return false, nil
		}
		if m.State != Opened {
			return false, m.stateError("opened")
		}
		for _, i := range m.Agenda {
			if !i.Decided() {
				return false, vanphong.NewInputError("item", string(i.ID), "a decision on every item, or its deferral", vanphong.ErrState)
			}
		}
		m.State = Closed
		return true, nil
	})
}

// Cancel calls a meeting off for a reason (hủy họp), as long as nothing has
// been decided. A meeting that was opened keeps its ordinal, which is not
// given again; one that was not has none.
//
// An ordinal that was announced is in circulation: two meetings "lần thứ 31"
// are worse than a gap, which the reason explains.
func (s *Secretary) Cancel(ctx context.Context, org vanphong.OrgID, id MeetingID, reason string, by vanphong.Stamp) (Meeting, error) {
	return s.change(ctx, org, id, "cancel", by, func(_ Tx, m *Meeting) (bool, error) {
		reason := vanphong.NFC(reason)
		if err := checkText("reason", reason, true); err != nil {
			return false, err
		}
		if m.State == Cancelled {
			return false, m.sameReason(reason)
		}
		if m.State.final() {
			return false, m.stateError("convened or opened")
		}
		if m.decided() {
			return false, m.stateError("a meeting that has decided nothing")
		}
		m.State, m.Reason = Cancelled, reason
		return true, nil
	})
}

// A rerun with the same words is the same step; with other words it would
// rewrite why.
func (m *Meeting) sameReason(reason string) error {
	if m.Reason != reason {
		return vanphong.NewInputError("reason", reason, "the reason recorded", vanphong.ErrConflict)
	}
	return nil
}

// Postpone puts off a meeting that was not opened (hoãn họp) and convenes the
// one held instead of it, which it returns. The two name each other. If next
// names no agenda, the old one's items return on it, each naming the item it
// continues.
func (s *Secretary) Postpone(ctx context.Context, org vanphong.OrgID, id MeetingID, reason string, next Invitation, by vanphong.Stamp) (Meeting, error) {
	var successor Meeting
	_, err := s.change(ctx, org, id, "postpone", by, func(tx Tx, m *Meeting) (bool, error) {
		reason := vanphong.NFC(reason)
		if err := checkText("reason", reason, true); err != nil {
			return false, err
		}
		nextID := NewMeetingID(org, next.Entry)
		// The step was done before: hand back the successor as it is now,
		// which may have been opened since.
		if m.State == Postponed && m.Next == nextID {
			if err := m.sameReason(reason); err != nil {
				return false, err
			}
			var err error
			successor, err = tx.Meeting(nextID)
			return false, err
		}
		if m.State == Postponed {
			return false, vanphong.NewInputError("next.entry", string(next.Entry), "the entry it was postponed to", vanphong.ErrConflict)
		}
		if m.State != Convened {
			return false, m.stateError("convened")
		}
		if next.Body != m.Body || nextID == m.ID {
			return false, vanphong.NewInputError("next", string(next.Entry), "another entry of the same body", nil)
		}
		var err error
		if successor, err = succeed(tx, *m, next, by); err != nil {
			return false, err
		}
		m.State, m.Reason, m.Next = Postponed, reason, nextID
		return true, nil
	})
	if err != nil {
		return Meeting{}, err
	}
	return successor, nil
}

// succeed convenes the successor of a meeting, or finds it convened already,
// and links it back.
//
// It may have been convened first, as its row stood in the schedule; it must
// then still be open to being linked, and to one only.
func succeed(tx Tx, m Meeting, next Invitation, by vanphong.Stamp) (Meeting, error) {
	if next.Agenda == nil {
		for _, i := range m.Agenda {
			// The old keys, so that the items get the same ids on every rerun;
			// Previous names the item they continue.
			next.Agenda = append(next.Agenda, Proposal{i.Key, i.Title, i.Unit, i.Secrecy, slices.Clone(i.Invited), i.ID})
		}
	}
	n, err := next.meeting(m.Org)
	if err != nil {
		return Meeting{}, err
	}
	n.Previous = m.ID
	n, found, err := convene(tx, n, next, by)
	if err != nil || !found {
		return n, err
	}
	if n.State != Convened || (n.Previous != "" && n.Previous != m.ID) {
		return Meeting{}, n.stateError("a meeting that is convened and succeeds no other")
	}
	n.Previous = m.ID
	return n, putMeeting(tx, &n, by)
}

// WriteUp records the day on which the minutes of a closed meeting were put
// into writing (văn bản hóa biên bản).
//
// Minutes that are never written up are one of the weak spots offices
// themselves report; MinutesDay lets them be listed.
func (s *Secretary) WriteUp(ctx context.Context, org vanphong.OrgID, id MeetingID, day vanphong.Date, by vanphong.Stamp) (Meeting, error) {
	return s.change(ctx, org, id, "minutes", by, func(_ Tx, m *Meeting) (bool, error) {
		if m.MinutesDay == day && !day.IsZero() {
			return false, nil
		}
		if m.State != Closed {
			return false, m.stateError("closed")
		}
		// Before the zero check below: a zero day is before every day and is
		// refused here.
		if day < m.Day {
			return false, vanphong.NewInputError("day", day.String(), "a day on or after "+m.Day.String(), nil)
		}
		if !m.MinutesDay.IsZero() {
			return false, vanphong.NewInputError("day", day.String(), m.MinutesDay.String(), vanphong.ErrConflict)
		}
		m.MinutesDay = day
		return true, nil
	})
}
