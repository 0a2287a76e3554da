package calendar

import (
	"strings"

	"github.com/vanphong-go/vanphong"
)

// RegistrationID names a registration. The registering system chooses it, or
// leaves it empty and has it derived from what is registered: registering
// the same thing again finds the same registration.
//
// A network that drops the answer makes every system ask twice; without that
// there would be two rows.
type RegistrationID string

// RegistrationState is what became of a registration.
//
// Nothing is deleted: what was asked for and refused is a figure in reports,
// and the answer to "we did register".
type RegistrationState uint8

// The states of a registration. The last three are final: an entry that has
// gone into a schedule is changed there.
const (
	RegistrationUnknown  RegistrationState = iota
	RegistrationPending                    // chờ duyệt
	RegistrationAccepted                   // được xếp lịch như đăng ký
	RegistrationDeclined                   // không được xếp lịch
	RegistrationMoved                      // được xếp lịch vào lúc khác, nơi khác
)

// Fixed tables; nothing writes to them.
var (
	registrationNames = [...]string{"", "chờ duyệt", "đã xếp lịch", "không xếp lịch", "đã xếp lịch khác"}
	registrationCodes = [...]string{"", "pending", "accepted", "declined", "moved"}
)

// Name returns the Vietnamese name of the state.
func (s RegistrationState) Name() string { return vanphong.EnumName(registrationNames[:], s) }

// MarshalText writes the state as its code: "pending", "accepted",
// "declined", "moved".
func (s RegistrationState) MarshalText() ([]byte, error) {
	return vanphong.EnumText("registration state", registrationCodes[:], s)
}

// UnmarshalText reads what MarshalText writes.
func (s *RegistrationState) UnmarshalText(b []byte) (err error) {
	*s, err = vanphong.ParseEnum[RegistrationState]("registration state", registrationCodes[:], b)
	return err
}

// Registration is a unit's request to be put into the weekly schedule (đăng
// ký lịch công tác), and what was decided about it. What was proposed is kept
// beside what came of it.
type Registration struct {
	ID       RegistrationID `json:"id"`       // of the registering system, or derived
	Org      vanphong.OrgID `json:"org"`      // the office whose schedule it is
	Unit     string         `json:"unit"`     // who asks: "Ban Tổ chức Tỉnh ủy"
	Proposed Entry          `json:"proposed"` // as registered; never changed
	Filed    vanphong.Stamp `json:"filed"`    // who sent it in, and when

	State RegistrationState `json:"state"` // what became of it
	// Result is the entry that went into a schedule, as it was then: Proposed if
	// accepted, the changed one if moved. It has the same id as Proposed.
	Result Entry `json:"result,omitzero"`
	// Schedule is where Result was put.
	Schedule ScheduleID     `json:"schedule,omitempty"`
	Reason   string         `json:"reason,omitempty"` // required to decline and to move
	Decided  vanphong.Stamp `json:"decided,omitzero"` // by whom and when; zero while pending

	Last vanphong.Stamp `json:"last"` // of the last change to this record
	// Version is the store's count of changes; 0 is a record not yet stored.
	Version int64 `json:"version"`
}

// Day returns the day a registration is listed under: that of Result if there
// is one, else that of Proposed.
//
// That is the day on which a clerk looks for it.
func (r Registration) Day() vanphong.Date {
	if r.Result.Day != 0 {
		return r.Result.Day
	}
	return r.Proposed.Day
}

// Check returns an InputError naming the first field that cannot stand.
//
// A moved entry keeps the id it was registered under, so that the unit that
// asked still finds it.
func (r Registration) Check() error {
	if err := vanphong.CheckID("registration.id", r.ID); err != nil {
		return err
	}
	if err := vanphong.CheckID("org", r.Org); err != nil {
		return err
	}
	if strings.TrimSpace(r.Unit) == "" {
		return wrong("unit", r.Unit, "the unit that registers")
	}
	if err := checkText("unit", r.Unit); err != nil {
		return err
	}
	if err := checkText("reason", r.Reason); err != nil {
		return err
	}
	if r.State == RegistrationUnknown || r.State > RegistrationMoved {
		return wrong("registration.state", r.State.Name(), "a state")
	}
	if err := r.Proposed.Check(); err != nil {
		return err
	}
	if r.State == RegistrationAccepted || r.State == RegistrationMoved {
		if err := r.Result.Check(); err != nil {
			return err
		}
		if r.Result.ID != r.Proposed.ID {
			return wrong("result.id", string(r.Result.ID), "the id of the proposed entry, "+string(r.Proposed.ID))
		}
	}
	return r.Last.Check()
}

// decided returns r with a decision, the same r if exactly that was decided
// before, or an error that wraps ErrState if something else was.
//
// A second clerk who decides the same way is no error; one who decides
// otherwise must be told.
func (r Registration) decided(state RegistrationState, result Entry, reason string, by vanphong.Stamp) (Registration, bool, error) {
	reason = vanphong.NFC(reason)
	if r.State == state && r.Reason == reason && r.Result.Equal(result) {
		return r, false, nil
	}
	if r.State == state {
		return r, false, vanphong.NewInputError("registration", string(r.ID),
			"the decision already taken, or another registration", vanphong.ErrConflict)
	}
	if r.State != RegistrationPending {
		return r, false, vanphong.NewInputError("registration", string(r.ID),
			"a registration still pending; it is "+r.State.Name(), vanphong.ErrState)
	}
	// A refusal without a reason is asked about by telephone, and the answer
	// is nowhere.
	if state != RegistrationAccepted && strings.TrimSpace(reason) == "" {
		return r, false, wrong("reason", reason, "why it was declined or moved")
	}
	if err := checkText("reason", reason); err != nil {
		return r, false, err
	}
	r.State, r.Result, r.Reason, r.Decided, r.Last = state, result.clone(), reason, by, by
	return r, true, nil
}

// RegistrationQuery says which registrations to walk. A zero field does not
// restrict.
type RegistrationQuery struct {
	Days  vanphong.Days // of [Registration.Day]
	State RegistrationState
}

// Match reports whether a registration is one of those asked for.
func (q RegistrationQuery) Match(r Registration) bool {
	return q.Days.Contains(r.Day()) && (q.State == RegistrationUnknown || q.State == r.State)
}

func (r Registration) clone() Registration {
	r.Proposed = r.Proposed.clone()
	r.Result = r.Result.clone()
	return r
}
