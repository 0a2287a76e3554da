package calendar

// A weekly schedule is one document with a life: it is drafted from
// registrations, approved, published, and from then on only amended, each
// time with a reason and a revision that says what changed. The methods of
// WeekSchedule are those steps as pure functions; a Planner runs them in a
// store's transaction.

import (
	"slices"
	"strconv"
	"strings"

	"github.com/vanphong-go/vanphong"
)

// ScheduleID names a weekly schedule; it is derived, see [NewWeekSchedule].
type ScheduleID string

// Bounds of a schedule.
const (
	// MaxScheduleDays is the most days of one schedule. Published weeks have 5 to
	// 8; the bound only keeps a typing error from printing a year.
	MaxScheduleDays = 31
	// MaxScheduleEntries is the most entries of one schedule.
	MaxScheduleEntries = 2000
)

// ScheduleState is how far a schedule has come. The zero value is a draft.
//
// There is no way back from published to draft: what people have read can be
// amended and not unread.
type ScheduleState uint8

// The states of a schedule, in order.
const (
	ScheduleDraft     ScheduleState = iota // dự thảo
	ScheduleApproved                       // đã duyệt
	SchedulePublished                      // đã ban hành
	ScheduleAmended                        // đã ban hành, có điều chỉnh
)

// Fixed tables; nothing writes to them.
var (
	scheduleNames = [...]string{"dự thảo", "đã duyệt", "đã ban hành", "đã điều chỉnh"}
	scheduleCodes = [...]string{"draft", "approved", "published", "amended"}
)

// Name returns the Vietnamese name of the state.
func (s ScheduleState) Name() string { return vanphong.EnumName(scheduleNames[:], s) }

// MarshalText writes the state as its code: "draft", "approved", "published",
// "amended".
func (s ScheduleState) MarshalText() ([]byte, error) {
	return vanphong.EnumText("schedule state", scheduleCodes[:], s)
}

// UnmarshalText reads what MarshalText writes.
func (s *ScheduleState) UnmarshalText(b []byte) (err error) {
	*s, err = vanphong.ParseEnum[ScheduleState]("schedule state", scheduleCodes[:], b)
	return err
}

// Amendment is one change to a published schedule (điều chỉnh lịch).
//
// Only differences are kept, not whole schedules: a week is amended a row at a
// time.
type Amendment struct {
	Revision int            `json:"revision"` // the revision it made: 2, 3 …
	Reason   string         `json:"reason"`   // never empty
	By       vanphong.Stamp `json:"by"`       // who amended, and when
	Diff     ScheduleDiff   `json:"diff"`     // what changed against the revision before
	// Before is the issued order the amendment replaced; with Diff it gives back
	// the revision before, see [WeekSchedule.EntriesAt].
	Before []EntryID `json:"before,omitempty"`
}

// WeekSchedule is an organisation's weekly schedule (lịch công tác tuần). It
// is a value: its methods return a new one and leave the old one as it was.
//
// Steps that are not allowed return the schedule unchanged beside the error.
type WeekSchedule struct {
	ID  ScheduleID     `json:"id"`  // derived, see [NewWeekSchedule]
	Org vanphong.OrgID `json:"org"` // whose schedule it is
	// Days are the days it is issued for. They begin on a Monday; the end is as
	// published, since 5, 7 and 8 days all occur.
	Days vanphong.Days `json:"days"`
	// State says which steps may follow.
	State ScheduleState `json:"state"`
	// Revision is 0 until publication, 1 as published, one more with each
	// amendment.
	Revision int `json:"revision"`
	// Entries stand in the order they were issued in, which need not be that of
	// time; [WeekSchedule.Rows] sorts for display.
	Entries []Entry `json:"entries,omitempty"`
	// Approved and Published are who did it and when; zero if not done, and an
	// approval is zero again once the draft is edited.
	Approved  vanphong.Stamp `json:"approved,omitzero"`
	Published vanphong.Stamp `json:"published,omitzero"`
	// Amendments are the changes since publication, oldest first.
	Amendments []Amendment `json:"amendments,omitempty"`

	Last vanphong.Stamp `json:"last"` // of the last change to this record
	// Version is the store's count of changes; 0 is a record not yet stored.
	Version int64 `json:"version"`
}

// WeekOf returns the seven days, Monday to Sunday, that a day lies in.
//
// Monday is the first day of the office's week; see ISO 8601, as the printed
// schedules have it.
func WeekOf(day vanphong.Date) vanphong.Days {
	return vanphong.Days{First: day.Monday(), End: day.Monday() + 7}
}

// NewWeekSchedule returns the empty draft of an organisation's schedule for
// days. Its id is derived from the organisation and the first day, so that
// one week is never drafted twice. An InputError names days that do not begin
// on a Monday, have no end or are over [MaxScheduleDays].
//
// The end is not part of the id: a week that is drafted for five days and then
// for seven is the same week.
func NewWeekSchedule(org vanphong.OrgID, days vanphong.Days, by vanphong.Stamp) (WeekSchedule, error) {
	s := WeekSchedule{
		ID:  ScheduleID(vanphong.Derive("schedule", string(org), days.First.String())),
		Org: org, Days: days, Last: by,
	}
	return s, s.Check()
}

// Check returns an InputError naming the first field that cannot stand: days
// as in [NewWeekSchedule], an entry that is not valid, outside the days or
// with the id of another (which wraps ErrConflict).
func (s WeekSchedule) Check() error {
	if err := vanphong.CheckID("schedule.id", s.ID); err != nil {
		return err
	}
	if err := vanphong.CheckID("org", s.Org); err != nil {
		return err
	}
	if err := checkDays(s.Days); err != nil {
		return err
	}
	if s.State > ScheduleAmended {
		return wrong("schedule.state", "?", "a state")
	}
	if err := s.Last.Check(); err != nil {
		return err
	}
	return s.checkEntries(s.Entries)
}

// The bounds are of the days as a whole; that each entry lies within is
// checked with the entries.
func checkDays(days vanphong.Days) error {
	switch {
	case days.First == 0 || days.First != days.First.Monday():
		return wrong("days.first", days.First.String(), "a Monday (thứ Hai)")
	case days.End == 0 || !days.Valid():
		return wrong("days.end", days.End.String(), "a day after "+days.First.String())
	case days.Len() > MaxScheduleDays:
		return vanphong.NewInputError("days.end", days.End.String(), "at most 31 days", vanphong.ErrOutOfRange)
	}
	return nil
}

func (s WeekSchedule) checkEntries(entries []Entry) error {
	if len(entries) > MaxScheduleEntries {
		return vanphong.NewInputError("entries", strconv.Itoa(len(entries)),
			"at most "+strconv.Itoa(MaxScheduleEntries), vanphong.ErrOutOfRange)
	}
	seen := make(map[EntryID]bool, len(entries))
	for _, e := range entries {
		if err := e.Check(); err != nil {
			return err
		}
		if !s.Days.Contains(e.Day) {
			return wrong("entry.day", e.Day.String(), "a day of "+s.Days.ISO())
		}
		if seen[e.ID] {
			return vanphong.NewInputError("entry.id", string(e.ID), "an id not used twice in a schedule", vanphong.ErrConflict)
		}
		seen[e.ID] = true
	}
	return nil
}

// Entry returns the entry with an id.
func (s WeekSchedule) Entry(id EntryID) (Entry, bool) {
	if i := s.index(id); i >= 0 {
		return s.Entries[i].clone(), true
	}
	return Entry{}, false
}

// Few entries and few look-ups: an index would cost more than it saves.
func (s WeekSchedule) index(id EntryID) int {
	return slices.IndexFunc(s.Entries, func(e Entry) bool { return e.ID == id })
}

// Edit replaces the entries of a schedule that is not yet published. An
// approval is of what was approved: editing an approved schedule makes it a
// draft again. The same entries in the same order change nothing. A published
// schedule is refused with ErrState: amend it.
//
// So nobody can put a row under somebody else's signature.
func (s WeekSchedule) Edit(entries []Entry, by vanphong.Stamp) (WeekSchedule, error) {
	entries = composedEntries(entries)
	if entriesEqual(s.Entries, entries) {
		return s, nil
	}
	if s.State >= SchedulePublished {
		return s, s.stateError("a schedule not yet published; amend it with a reason")
	}
	if err := s.checkChange(entries, by); err != nil {
		return s, err
	}
	s.Entries = entries
	s.State, s.Approved, s.Last = ScheduleDraft, vanphong.Stamp{}, by
	return s, nil
}

// Approve marks a draft as approved (duyệt). A schedule that is approved, or
// further, is returned as it is.
//
// Approving an empty schedule is allowed: an empty week is also a week.
func (s WeekSchedule) Approve(by vanphong.Stamp) (WeekSchedule, error) {
	if s.State >= ScheduleApproved {
		return s, nil
	}
	if err := s.checkChange(s.Entries, by); err != nil {
		return s, err
	}
	s.State, s.Approved, s.Last = ScheduleApproved, by, by
	return s, nil
}

// Publish issues an approved schedule (ban hành) as revision 1. One that was
// published before is returned as it is; a draft is refused with ErrState.
func (s WeekSchedule) Publish(by vanphong.Stamp) (WeekSchedule, error) {
	if s.State >= SchedulePublished {
		return s, nil
	}
	// Nobody may publish past the approval: the schedule binds the leaders it
	// names.
	if s.State != ScheduleApproved {
		return s, s.stateError("an approved schedule")
	}
	if err := by.Check(); err != nil {
		return s, err
	}
	s.State, s.Revision, s.Published, s.Last = SchedulePublished, 1, by, by
	return s, nil
}

// Amend replaces the entries of a published schedule (điều chỉnh) and records
// revision, reason, who and what changed. Without a reason it is refused; so,
// with ErrState, is a schedule not yet published.
//
// It can be run again: entries that stand already, and an amendment already
// recorded with the same reason, stamp and outcome, change nothing.
//
// The stamp is part of "the same": the same change made twice on purpose, with
// a change back between, is three amendments.
func (s WeekSchedule) Amend(entries []Entry, reason string, by vanphong.Stamp) (WeekSchedule, error) {
	entries, reason = composedEntries(entries), vanphong.NFC(reason)
	if s.State < SchedulePublished {
		return s, s.stateError("a published schedule")
	}
	if strings.TrimSpace(reason) == "" {
		return s, wrong("reason", reason, "why the schedule is amended")
	}
	if err := checkText("reason", reason); err != nil {
		return s, err
	}
	if entriesEqual(s.Entries, entries) || s.amendedBefore(entries, reason, by) {
		return s, nil
	}
	if err := s.checkChange(entries, by); err != nil {
		return s, err
	}
	a := Amendment{Revision: s.Revision + 1, Reason: reason, By: by, Diff: Diff(s.Entries, entries)}
	for _, e := range s.Entries {
		a.Before = append(a.Before, e.ID)
	}
	// Clip: two values that share the old list must not write into one array.
	s.Amendments = append(slices.Clip(s.Amendments), a)
	s.Entries = entries
	s.State, s.Revision, s.Last = ScheduleAmended, a.Revision, by
	return s, nil
}

// amendedBefore looks further than at the last amendment, for others may have
// followed before the step was run again.
func (s WeekSchedule) amendedBefore(entries []Entry, reason string, by vanphong.Stamp) bool {
	for _, a := range s.Amendments {
		if a.Reason == reason && a.By.By == by.By && a.By.At.Equal(by.At) {
			if then, err := s.EntriesAt(a.Revision); err == nil && entriesEqual(then, entries) {
				return true
			}
		}
	}
	return false
}

// EntriesAt returns the entries of a revision, 1 being the schedule as first
// published, in the order they were issued in. A revision there was not is an
// InputError that wraps ErrNotFound.
//
// It goes back from what stands now: every amendment knows how to undo itself.
func (s WeekSchedule) EntriesAt(revision int) ([]Entry, error) {
	if revision < 1 || revision > s.Revision {
		return nil, vanphong.NewInputError("revision", strconv.Itoa(revision),
			"1 to "+strconv.Itoa(s.Revision), vanphong.ErrNotFound)
	}
	entries := cloneEntries(s.Entries)
	for i := len(s.Amendments) - 1; i >= 0 && s.Amendments[i].Revision > revision; i-- {
		entries = s.Amendments[i].undo(entries)
	}
	return entries, nil
}

func (a Amendment) undo(after []Entry) []Entry {
	byID := make(map[EntryID]Entry, len(after))
	for _, e := range after {
		byID[e.ID] = e
	}
	for _, c := range a.Diff.Changed {
		byID[c.Before.ID] = c.Before
	}
	for _, e := range a.Diff.Removed {
		byID[e.ID] = e
	}
	// Before has the old order; rows that were added are not in it and so drop
	// out by themselves.
	before := make([]Entry, 0, len(a.Before))
	for _, id := range a.Before {
		before = append(before, byID[id].clone())
	}
	return before
}

func (s WeekSchedule) checkChange(entries []Entry, by vanphong.Stamp) error {
	if err := by.Check(); err != nil {
		return err
	}
	return s.checkEntries(entries)
}

// The name and not the code: this one is read by the clerk.
func (s WeekSchedule) stateError(want string) error {
	return vanphong.NewInputError("schedule.state", s.State.Name(), want, vanphong.ErrState)
}

func entriesEqual(a, b []Entry) bool { return slices.EqualFunc(a, b, Entry.Equal) }

// Deep, for entries and amendments hold lists of their own.
func (s WeekSchedule) clone() WeekSchedule {
	s.Entries = cloneEntries(s.Entries)
	s.Amendments = cloneList(s.Amendments)
	for i := range s.Amendments {
		s.Amendments[i].Diff = s.Amendments[i].Diff.clone()
		s.Amendments[i].Before = cloneList(s.Amendments[i].Before)
	}
	return s
}
