package dispatch

import (
	"slices"
	"strconv"
	"time"

	"github.com/vanphong-go/vanphong"
)

// State is how far the last sending to a recipient has come.
type State uint8

// The states.
const (
	Waiting   State = iota // chưa gửi
	Sent                   // đã gửi
	Delivered              // đã đến
	Received               // đã tiếp nhận
	Failed                 // gửi không được
	Returned               // bị trả lại
	Kept                   // lưu: nothing is sent
)

var stateNames = [...]string{"chưa gửi", "đã gửi", "đã đến", "đã tiếp nhận", "gửi không được", "bị trả lại", "lưu"}
var stateCodes = [...]string{"waiting", "sent", "delivered", "received", "failed", "returned", "kept"}

// Name returns the Vietnamese name of the state.
func (s State) Name() string { return vanphong.EnumName(stateNames[:], s) }

// MarshalText writes the state as its code.
func (s State) MarshalText() ([]byte, error) { return vanphong.EnumText("state", stateCodes[:], s) }

// UnmarshalText reads what MarshalText writes.
func (s *State) UnmarshalText(b []byte) (err error) {
	*s, err = vanphong.ParseEnum[State]("state", stateCodes[:], b)
	return err
}

// RecallState is how far a recall has come with a recipient. It is an axis of
// its own: a document that was received can be called back or not.
type RecallState uint8

// The states of a recall.
const (
	NotRecalled     RecallState = iota // không thu hồi
	RecallDue                          // phải thu hồi, chưa thông báo
	RecallNotified                     // đã gửi thông báo
	RecallNoticed                      // nơi nhận đã nhận thông báo
	RecallAnswered                     // không còn giữ gì: đã nộp lại hoặc hủy
	RecallConfirmed                    // đã xác nhận
)

var recallNames = [...]string{"không thu hồi", "chưa thông báo", "đã thông báo", "đã nhận thông báo", "đã nộp lại hoặc hủy", "đã xác nhận"}
var recallCodes = [...]string{"none", "due", "notified", "noticed", "answered", "confirmed"}

// Name returns the Vietnamese name of the state.
func (s RecallState) Name() string { return vanphong.EnumName(recallNames[:], s) }

// MarshalText writes the state as its code.
func (s RecallState) MarshalText() ([]byte, error) {
	return vanphong.EnumText("recall state", recallCodes[:], s)
}

// UnmarshalText reads what MarshalText writes.
func (s *RecallState) UnmarshalText(b []byte) (err error) {
	*s, err = vanphong.ParseEnum[RecallState]("recall state", recallCodes[:], b)
	return err
}

// Holding is what a recipient has in hand of a document. The zero Holding is
// nothing.
//
// An electronic copy is there or not: how often a recipient copied it nobody
// knows, and destroying it is destroying all of it.
type Holding struct {
	Electronic bool  `json:"electronic,omitempty"`
	Copies     int   `json:"copies,omitzero"`   // without a number
	Numbers    []int `json:"numbers,omitempty"` // ascending
}

// Empty reports whether it is nothing.
func (h Holding) Empty() bool { return !h.Electronic && h.Copies == 0 && len(h.Numbers) == 0 }

// without returns what is left when a step has taken copies away.
func (h Holding) without(s Step) Holding {
	h.Copies -= s.Copies
	h.Numbers = slices.DeleteFunc(slices.Clone(h.Numbers), func(n int) bool {
		_, gone := slices.BinarySearch(s.Numbers, n)
		return gone
	})
	return h
}

// lacks returns an error unless what a step takes away is there.
func (h Holding) lacks(s Step) error {
	if s.Copies > h.Copies {
		return vanphong.NewInputError("copies", strconv.Itoa(s.Copies), "at most the "+strconv.Itoa(h.Copies)+" it holds", vanphong.ErrState)
	}
	for _, n := range s.Numbers {
		if _, ok := slices.BinarySearch(h.Numbers, n); !ok {
			return vanphong.NewInputError("numbers", strconv.Itoa(n), "a copy that it holds", vanphong.ErrState)
		}
	}
	return nil
}

// Status is how a document stands with a recipient at an instant. It is
// computed, never stored.
//
// Stored, "not acknowledged" would be right only until the receipt of yesterday
// evening is written down this morning.
type Status struct {
	State   State       `json:"state"`
	Channel Channel     `json:"channel,omitzero"` // of the last sending
	Sent    time.Time   `json:"sent,omitzero"`    // the last sending
	Since   time.Time   `json:"since,omitzero"`   // when the last step happened
	Recall  RecallState `json:"recall,omitzero"`
	Holding Holding     `json:"holding,omitzero"`

	file bool // there was an electronic copy before the last sending
}

// Awaiting reports whether it was sent and nobody has said what became of it.
//
// Whoever gave it back or destroyed it has said so, and is not to be reminded.
func (s Status) Awaiting() bool { return s.underWay() && !s.Holding.Empty() }

// underWay reports whether an answer to the last sending can still be recorded.
func (s Status) underWay() bool { return s.State == Sent || s.State == Delivered }

// RecallOpen reports whether it is called back and the end is not confirmed.
func (s Status) RecallOpen() bool { return s.Recall != NotRecalled && s.Recall != RecallConfirmed }

// Status returns how the document stands with the recipient at an instant, by
// the steps that happened until then; the zero instant counts every step.
func (r Recipient) Status(at time.Time) Status {
	var s Status
	if r.Filed {
		s.State = Kept
	}
	for _, step := range r.Steps {
		// Steps are recorded in their order, so the first later one ends it.
		if !at.IsZero() && step.At.After(at) {
			break
		}
		s = s.after(step)
	}
	// Answered is no step of its own: it is there as soon as nothing is left,
	// be it given back, destroyed or returned.
	if s.RecallOpen() && s.Holding.Empty() {
		s.Recall = RecallAnswered
	}
	return s
}

// after returns the status with a step added. It is the only definition of what
// a step does.
func (s Status) after(p Step) Status {
	s.Since = p.At
	switch p.Kind {
	case StepSent:
		s.State, s.Channel, s.Sent = Sent, p.Channel, p.At
		s.file = s.Holding.Electronic
		s.Holding.Electronic = s.file || p.Channel.Electronic()
		s.Holding.Copies += p.Copies
		s.Holding.Numbers = slices.Sorted(slices.Values(append(slices.Clone(s.Holding.Numbers), p.Numbers...)))
	case StepDelivered:
		s.State = Delivered
	case StepReceived:
		s.State = Received
	case StepFailed:
		// A resending that fails takes nothing from what came by the first one.
		s.State, s.Holding = Failed, s.Holding.without(p)
		s.Holding.Electronic = s.file
	case StepReturned:
		s.State, s.Holding = Returned, s.Holding.without(p)
		if s.Channel.Electronic() {
			s.Holding.Electronic = false
		}
	case StepGivenBack:
		s.Holding = s.Holding.without(p)
	case StepDestroyed:
		s.Holding = s.Holding.without(p)
		if len(p.Numbers) == 0 && p.Copies == 0 {
			s.Holding.Electronic = false
		}
	case StepRecalled:
		s.Recall = RecallDue
	case StepNotified:
		// A reminder does not unmake that the notice came.
		s.Recall = max(s.Recall, RecallNotified)
	case StepNoticed:
		s.Recall = RecallNoticed
	case StepConfirmed:
		s.Recall = RecallConfirmed
	}
	return s
}

// Open reports whether anything is still to be told about the document, by all
// that is recorded: a sending without an answer, or a recall without an end.
func (d Dispatch) Open() bool {
	return slices.ContainsFunc(d.Recipients, func(r Recipient) bool {
		s := r.Status(time.Time{})
		return s.Awaiting() || s.RecallOpen()
	})
}

// RecallOpen returns the recipients with which a recall has not ended, by all
// that is recorded, in the order of the list.
func (d Dispatch) RecallOpen() []RecipientID {
	var out []RecipientID
	for _, r := range d.Recipients {
		if r.Status(time.Time{}).RecallOpen() {
			out = append(out, r.ID)
		}
	}
	return out
}
