package incoming

import (
	"math"
	"time"

	"github.com/vanphong-go/vanphong"
)

// State is how far a document is on a day. It is computed, never stored.
type State uint8

// The states, in the order of a document's way.
const (
	StateUnknown    State = iota // chưa đến: the day lies before its arrival
	StateReceived                // đã đăng ký, chưa trình
	StatePresented               // đã trình
	StateInstructed              // đã có ý kiến chỉ đạo, phân công
	StateInProgress              // đơn vị được giao đang xử lý
	StateDone                    // đã giải quyết
	StateReturned                // trả lại nơi gửi
	StateRefused                 // từ chối tiếp nhận
	StateVoid                    // hủy số
)

var stateNames = [...]string{"chưa đến", "đã đăng ký", "đã trình", "đã có ý kiến chỉ đạo", "đang xử lý", "đã giải quyết", "trả lại nơi gửi", "từ chối tiếp nhận", "hủy số"}
var stateCodes = [...]string{"", "received", "presented", "instructed", "in-progress", "done", "returned", "refused", "void"}

// Name returns the Vietnamese name of the state.
func (s State) Name() string { return vanphong.EnumName(stateNames[:], s) }

// MarshalText writes the state as its code.
func (s State) MarshalText() ([]byte, error) { return vanphong.EnumText("state", stateCodes[:], s) }

// UnmarshalText reads what MarshalText writes.
func (s *State) UnmarshalText(b []byte) (err error) {
	*s, err = vanphong.ParseEnum[State]("state", stateCodes[:], b)
	return err
}

// Open reports whether something is still to be done.
func (s State) Open() bool { return s >= StateReceived && s <= StateInProgress }

// forever is the day that asks for everything recorded.
const forever = vanphong.Date(math.MaxInt32)

// Status is how a document stands on a day.
//
// Being late is a question apart from the state: a document may be done and have
// been late, and a count of each needs both.
type Status struct {
	State State `json:"state"`
	// Unit is who is in charge: the lead of the direction in force, else the
	// unit that the document is addressed to.
	Unit vanphong.OrgID `json:"unit,omitzero"`
	// Due is the deadline that counts: that of the direction in force, else the
	// one the document itself sets. Zero: none.
	Due vanphong.Date `json:"due,omitzero"`
	// Late: Due has passed and the document is open, or it was done after it.
	// DaysLate is by how many days.
	Late         bool `json:"late,omitzero"`
	DaysLate     int  `json:"days_late,omitzero"`
	Acknowledged bool `json:"acknowledged,omitzero"`
	Answered     bool `json:"answered,omitzero"` // a document of ours is linked
}

// Status returns how the document stands at the end of a day, from what had
// happened by then: a day of last month comes out today as it stood last
// month. The day of the deadline itself is in time.
func (d Document) Status(day vanphong.Date) Status {
	if day < d.Day() {
		return Status{}
	}
	s := Status{State: StateReceived, Unit: d.Unit, Due: d.Due}
	s.Acknowledged = !d.Acknowledged.At.IsZero() && vanphong.DateOf(d.Acknowledged.At) <= day
	for _, a := range d.Answers {
		s.Answered = s.Answered || vanphong.DateOf(a.At) <= day
	}
	for _, p := range d.Presented {
		if vanphong.DateOf(p.At) <= day {
			s.State = StatePresented
		}
	}
	if in, working, ok := d.directed(day); ok {
		s.State, s.Unit = StateInstructed, in.Lead.Unit
		if working {
			s.State = StateInProgress
		}
		if in.Due != 0 {
			s.Due = in.Due
		}
	}
	// For what is done the day it was done decides, so that it is as late in
	// ten years as it was then.
	until := day // the day that decides about lateness
	if end, state, ok := d.endedOn(day); ok {
		s.State, until = state, vanphong.DateOf(end.At)
	}
	// What was sent back or never counted cannot be late.
	if late := int(until - s.Due); s.Due != 0 && late > 0 && (s.State.Open() || s.State == StateDone) {
		s.Late, s.DaysLate = true, late
	}
	return s
}

// directed returns the direction in force for the whole document on a day, and
// whether a unit that it names has taken it up: has directed or replied under
// it.
//
// A direction further down moves no lead of the document: within a unit its head
// distributes as he sees fit.
func (d Document) directed(day vanphong.Date) (in Step, working, ok bool) {
	root := map[StepID]StepID{} // the direction at the root that each step stands under
	var current StepID
	under := map[StepID]bool{} // directions with a step under them
	for _, s := range d.Steps {
		above := root[s.Parent]
		if s.Kind == Direction && above == "" {
			above = s.ID
		}
		root[s.ID] = above
		if vanphong.DateOf(s.At) > day {
			continue
		}
		switch {
		case above == s.ID:
			in, current, ok = s, s.ID, true
		case above != "" && s.Kind != Proposal:
			under[above] = true
		}
	}
	return in, under[current], ok
}

// firstOf returns the first instant of several, zero if there is none.
func firstOf(at ...time.Time) (out time.Time) {
	for _, t := range at {
		if !t.IsZero() && (out.IsZero() || t.Before(out)) {
			out = t
		}
	}
	return out
}

// presentedAt returns when the document was first put before somebody.
func (d Document) presentedAt() (out time.Time) {
	for _, p := range d.Presented {
		out = firstOf(out, p.At)
	}
	return out
}

// instructedAt returns when the first direction was given.
func (d Document) instructedAt() (out time.Time) {
	for _, s := range d.Steps {
		if s.Kind == Direction {
			out = firstOf(out, s.At)
		}
	}
	return out
}
