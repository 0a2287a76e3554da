package meetings

import (
	"slices"
	"time"

	"github.com/vanphong-go/vanphong"
)

// Presence is where a person is, as the roll call has it.
type Presence uint8

// The states of presence. Whoever nobody has marked is not present.
//
// Absent without a mark and absent with a reason count alike for the quorum;
// the minutes tell them apart.
const (
	Unmarked      Presence = iota // chưa điểm danh
	PresentInRoom                 // có mặt tại phòng họp
	PresentOnline                 // có mặt trực tuyến
	Absent                        // vắng mặt (có lý do)
)

var presenceNames = [...]string{"chưa điểm danh", "có mặt tại phòng họp", "có mặt trực tuyến", "vắng mặt"}
var presenceCodes = [...]string{"", "in-room", "online", "absent"}

// Name returns the Vietnamese name of the state.
func (p Presence) Name() string { return vanphong.EnumName(presenceNames[:], p) }

// Present reports whether p counts as being there.
//
// On line counts like in the room (W: attendance software in use has both
// states side by side).
func (p Presence) Present() bool { return p == PresentInRoom || p == PresentOnline }

// MarshalText writes the state as its code: "in-room", "online" ….
func (p Presence) MarshalText() ([]byte, error) {
	return vanphong.EnumText("presence", presenceCodes[:], p)
}

// UnmarshalText reads what MarshalText writes.
func (p *Presence) UnmarshalText(b []byte) (err error) {
	*p, err = vanphong.ParseEnum[Presence]("presence", presenceCodes[:], b)
	return err
}

// Mark is one line of the roll call (điểm danh). Marks are only ever added:
// the last one of a person holds, and the log tells how many were there when
// each item was decided.
type Mark struct {
	Person   vanphong.PersonID `json:"person"`
	Presence Presence          `json:"presence"`
	Reason   string            `json:"reason,omitempty"` // needed if absent
	At       time.Time         `json:"at"`               // taken from the stamp it is recorded with
}

func (m Mark) same(o Mark) bool {
	return m.Person == o.Person && m.Presence == o.Presence && m.Reason == o.Reason && m.At.Equal(o.At)
}

// Away is a person who is in the meeting but not in it for one item.
//
// A conflict of interest (liên quan lợi ích) and a telephone call have the
// same effect on the figures; the minutes name which it was.
type Away struct {
	Person vanphong.PersonID `json:"person"`
	Why    AwayReason        `json:"why"`
	Note   string            `json:"note,omitempty"`
}

// AwayReason is why somebody is not there for one item.
type AwayReason uint8

// The reasons.
const (
	AwayUnknown AwayReason = iota
	LeftRoom               // ra ngoài
	Conflicted             // liên quan lợi ích, không tham gia
)

var awayNames = [...]string{"", "ra ngoài", "không tham gia do liên quan"}
var awayCodes = [...]string{"", "left", "conflicted"}

// Name returns the Vietnamese name of the reason.
func (a AwayReason) Name() string { return vanphong.EnumName(awayNames[:], a) }

// MarshalText writes the reason as its code: "left" or "conflicted".
func (a AwayReason) MarshalText() ([]byte, error) {
	return vanphong.EnumText("away", awayCodes[:], a)
}

// UnmarshalText reads what MarshalText writes.
func (a *AwayReason) UnmarshalText(b []byte) (err error) {
	*a, err = vanphong.ParseEnum[AwayReason]("away", awayCodes[:], b)
	return err
}

// PresenceOf returns where a person is, after every mark made so far.
//
// From the end, for the last mark holds.
func (m Meeting) PresenceOf(p vanphong.PersonID) Presence {
	for i := len(m.Marks) - 1; i >= 0; i-- {
		if m.Marks[i].Person == p {
			return m.Marks[i].Presence
		}
	}
	return Unmarked
}

// presences folds the marks once, for whole lists of people.
func (m Meeting) presences() map[vanphong.PersonID]Presence {
	out := make(map[vanphong.PersonID]Presence, len(m.Summoned))
	for _, k := range m.Marks {
		out[k.Person] = k.Presence
	}
	return out
}

// present returns the members among inOffice who are there, less those away
// from one item, sorted. Who was summoned but holds no office any more cannot
// make a quorum.
func (m Meeting) present(inOffice []vanphong.PersonID, away []Away) []vanphong.PersonID {
	where := m.presences()
	// Away for the item beats every mark: marks are about the meeting.
	for _, a := range away {
		where[a.Person] = Absent
	}
	var out []vanphong.PersonID
	for _, p := range inOffice {
		if where[p].Present() {
			out = append(out, p)
		}
	}
	slices.Sort(out)
	return out
}

// heads returns the figures of a body at a moment of the meeting. Those
// summoned count only while in office, and so do those present who were
// summoned; a member who came without a summons is present and may vote, but
// the quorum is a share of those summoned.
//
// That is why the numerator is returned apart: Present may be more than the
// quorum may count.
func (m Meeting) heads(inOffice, present []vanphong.PersonID) (t Tally, ofSummoned int) {
	t.InOffice, t.Present = len(inOffice), len(present)
	office := setOf(inOffice)
	here := setOf(present)
	for _, p := range m.Summoned {
		if office[p] {
			t.Summoned++
			if here[p] {
				ofSummoned++
			}
		}
	}
	return t, ofSummoned
}

func setOf(list []vanphong.PersonID) map[vanphong.PersonID]bool {
	out := make(map[vanphong.PersonID]bool, len(list))
	for _, p := range list {
		out[p] = true
	}
	return out
}
