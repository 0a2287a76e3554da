package meetings

import (
	"fmt"

	"github.com/vanphong-go/vanphong"
)

// What is wrong with a vote, a mark or a quorum, for errors.Is. Each comes
// inside a [*vanphong.InputError] that names the person or the figure.
//
// A clerk can mend the first three in the list of names; the last one can only
// be waited for, or the meeting is postponed.
var (
	// ErrNotMember is for somebody who holds no office in the body on the day.
	ErrNotMember = fmt.Errorf("not a member in office: %w", vanphong.ErrInvalid)
	// ErrAbsent is for somebody who is not present, or is away for this item.
	ErrAbsent = fmt.Errorf("not present: %w", vanphong.ErrInvalid)
	// ErrVotedTwice is for a second vote by the same person.
	ErrVotedTwice = fmt.Errorf("voted twice: %w", vanphong.ErrInvalid)
	// ErrNoQuorum is for a meeting that too few of those summoned attend.
	ErrNoQuorum = fmt.Errorf("no quorum: %w", vanphong.ErrState)
)

// errEnded is for a step on a meeting that is over.
//
// Two sentinels: the step does not fit the state, and no later state will let
// it.
var errEnded = fmt.Errorf("%w: %w", vanphong.ErrState, vanphong.ErrClosed)

// stateError says that the meeting's state does not allow a step.
func (m Meeting) stateError(want string) error {
	kind := vanphong.ErrState
	if m.State.final() {
		kind = errEnded
	}
	code, _ := m.State.MarshalText()
	return vanphong.NewInputError("meeting.state", string(code), want, kind)
}

func missing(field, id string) error {
	return vanphong.NewInputError(field, id, "a "+field+" of this organisation", vanphong.ErrNotFound)
}
