package meetings

import (
	"slices"
	"time"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/calendar"
)

type (
	// MeetingID names a [Meeting].
	MeetingID string
	// ItemID names an [Item] of an agenda.
	ItemID string
	// ConclusionID names a [Conclusion].
	ConclusionID string
)

// NewMeetingID returns the id of the meeting that a schedule entry announces.
// It is derived, so that convening again finds the same meeting.
//
// A meeting has no ordinal before it is opened, and two may share day and
// title, so the row of the schedule is what tells them apart.
func NewMeetingID(org vanphong.OrgID, entry calendar.EntryID) MeetingID {
	return MeetingID(vanphong.Derive("meeting", string(org), string(entry)))
}

// NewItemID returns the id of the item that the caller's key names within a
// meeting.
func NewItemID(m MeetingID, key string) ItemID {
	return ItemID(vanphong.Derive("item", string(m), key))
}

// Kind is whether a meeting is one of the regular ones.
//
// The Party's rules fix how often the regular ones are held (147-QĐ/TW: the
// committee every 3 months, its standing committee monthly, grade P), so
// reports count the two apart.
type Kind uint8

// The kinds. Both are counted in one run of ordinals.
const (
	KindUnknown   Kind = iota
	Regular            // thường kỳ
	Extraordinary      // bất thường
)

var kindNames = [...]string{"", "thường kỳ", "bất thường"}
var kindCodes = [...]string{"", "regular", "extraordinary"}

// Name returns the Vietnamese name of the kind.
func (k Kind) Name() string { return vanphong.EnumName(kindNames[:], k) }

// MarshalText writes the kind as its code.
func (k Kind) MarshalText() ([]byte, error) { return vanphong.EnumText("kind", kindCodes[:], k) }

// UnmarshalText reads what MarshalText writes.
func (k *Kind) UnmarshalText(b []byte) (err error) {
	*k, err = vanphong.ParseEnum[Kind]("kind", kindCodes[:], b)
	return err
}

// Mode is how a meeting is held; Kết luận 226-KL/TW (11/12/2025, grade N)
// wants at least 60 % of a year's conferences held on line.
//
// The share on line is counted from this field; the grade is why the package
// counts it and enforces nothing.
type Mode uint8

// The modes.
const (
	ModeUnknown Mode = iota
	InPerson         // trực tiếp
	Online           // trực tuyến, or with line points
)

var modeNames = [...]string{"", "trực tiếp", "trực tuyến"}
var modeCodes = [...]string{"", "in-person", "online"}

// Name returns the Vietnamese name of the mode.
func (m Mode) Name() string { return vanphong.EnumName(modeNames[:], m) }

// MarshalText writes the mode as its code.
func (m Mode) MarshalText() ([]byte, error) { return vanphong.EnumText("mode", modeCodes[:], m) }

// UnmarshalText reads what MarshalText writes.
func (m *Mode) UnmarshalText(b []byte) (err error) {
	*m, err = vanphong.ParseEnum[Mode]("mode", modeCodes[:], b)
	return err
}

// State is how far a meeting has come.
//
// A meeting that was cancelled stays on record with its reason: calling one
// off is public business.
type State uint8

// The states. Convened leads to Opened, Cancelled or Postponed; Opened to
// Closed, or to Cancelled as long as nothing has been decided. The other
// three are final.
const (
	StateUnknown State = iota
	Convened           // đã triệu tập
	Opened             // đã khai mạc
	Closed             // đã bế mạc
	Cancelled          // đã hủy
	Postponed          // đã hoãn: the successor is held instead
)

var stateNames = [...]string{"", "đã triệu tập", "đang họp", "đã kết thúc", "đã hủy", "đã hoãn"}
var stateCodes = [...]string{"", "convened", "opened", "closed", "cancelled", "postponed"}

// Name returns the Vietnamese name of the state.
func (s State) Name() string { return vanphong.EnumName(stateNames[:], s) }

// MarshalText writes the state as its code.
func (s State) MarshalText() ([]byte, error) { return vanphong.EnumText("state", stateCodes[:], s) }

// UnmarshalText reads what MarshalText writes.
func (s *State) UnmarshalText(b []byte) (err error) {
	*s, err = vanphong.ParseEnum[State]("state", stateCodes[:], b)
	return err
}

// Held reports whether a meeting in this state was held, or is being held: it
// counts in reports.
//
// One that is open counts, for a report made on its day includes it.
func (s State) Held() bool { return s == Opened || s == Closed }

func (s State) final() bool { return s == Closed || s == Cancelled || s == Postponed }

// Meeting is a meeting of a body (hội nghị, cuộc họp) from its invitation to
// its minutes. It is never deleted.
//
// Lists of people hold ids only; names and posts as of the day are the
// directory's.
type Meeting struct {
	ID       MeetingID           `json:"id"`
	Org      vanphong.OrgID      `json:"org"`
	Entry    calendar.EntryID    `json:"entry"` // the schedule entry it follows from
	Body     vanphong.BodyID     `json:"body"`
	Term     vanphong.TermID     `json:"term"`
	Kind     Kind                `json:"kind"`
	Mode     Mode                `json:"mode"`
	Title    string              `json:"title,omitempty"`
	Day      vanphong.Date       `json:"day"`
	Start    time.Time           `json:"start,omitzero"` // zero: only the day is known
	Place    string              `json:"place,omitempty"`
	Chair    vanphong.PersonID   `json:"chair"`
	Summoned []vanphong.PersonID `json:"summoned,omitempty"` // members of the body
	Invited  []vanphong.PersonID `json:"invited,omitempty"`  // guests without a vote
	Secrecy  vanphong.Secrecy    `json:"secrecy,omitzero"`
	Agenda   []Item              `json:"agenda,omitempty"`

	State State `json:"state"`
	// Ordinal is "lần thứ …" within the term, given when the meeting is opened;
	// 0 before. A meeting cancelled or postponed before that has none.
	Ordinal int    `json:"ordinal,omitzero"`
	Marks   []Mark `json:"marks,omitempty"`
	// InOffice is who held office on the meeting's day, fixed when it is opened:
	// a later correction of the roll does not change what was decided.
	InOffice []vanphong.PersonID `json:"in_office,omitempty"`
	Opening  Opening             `json:"opening,omitzero"`
	Reason   string              `json:"reason,omitempty"`   // why it was cancelled or postponed
	Previous MeetingID           `json:"previous,omitempty"` // the meeting it is held instead of
	Next     MeetingID           `json:"next,omitempty"`     // the meeting held instead of it
	// MinutesDay is when the minutes were put into writing (văn bản hóa biên
	// bản); zero as long as they are not.
	MinutesDay vanphong.Date `json:"minutes_day,omitzero"`

	Version int64          `json:"version"`
	Last    vanphong.Stamp `json:"last"`
}

// Opening is the proof that a meeting could be opened: the figures and the
// rule they were held against.
//
// The quorum at the opening and at each decision are separate proofs, since
// people come and go in between.
type Opening struct {
	Tally  Tally          `json:"tally"`
	Quorum Threshold      `json:"quorum"`
	Policy string         `json:"policy"` // version of the policy
	Made   vanphong.Stamp `json:"made"`
}

// Item is one item of an agenda (nội dung) and what was decided on it.
//
// Guests are admitted by item (147-QĐ/TW, grade P): those who come for one
// hear only that one.
type Item struct {
	ID       ItemID              `json:"id"`
	Key      string              `json:"key"` // the caller's, unique within the meeting
	Title    string              `json:"title"`
	Unit     vanphong.OrgID      `json:"unit,omitempty"` // who proposes it
	Secrecy  vanphong.Secrecy    `json:"secrecy,omitzero"`
	Invited  []vanphong.PersonID `json:"invited,omitempty"`  // for this item only
	Late     bool                `json:"late,omitempty"`     // added after the invitation
	Previous ItemID              `json:"previous,omitempty"` // the deferred item that returns here
	Away     []Away              `json:"away,omitempty"`
	Decision Decision            `json:"decision,omitzero"`
}

// Decided reports whether the item has its decision.
func (i Item) Decided() bool { return i.Decision.Method != MethodUnknown }

// Item returns an item of the agenda by its id.
func (m Meeting) Item(id ItemID) (Item, bool) {
	if i := m.itemAt(id); i >= 0 {
		return m.Agenda[i], true
	}
	return Item{}, false
}

func (m Meeting) itemAt(id ItemID) int {
	return slices.IndexFunc(m.Agenda, func(i Item) bool { return i.ID == id })
}

// decided reports whether any item has its decision.
//
// After that a meeting can no longer be cancelled: its decisions are in force.
func (m Meeting) decided() bool { return slices.ContainsFunc(m.Agenda, Item.Decided) }

// expects reports whether p was summoned or invited, be it for one item.
func (m Meeting) expects(p vanphong.PersonID) bool {
	return slices.Contains(m.Summoned, p) || slices.Contains(m.Invited, p) ||
		slices.ContainsFunc(m.Agenda, func(i Item) bool { return slices.Contains(i.Invited, p) })
}

// clone returns a copy that shares nothing with m.
//
// Stores hand out clones, so that a caller who sorts a list of people does not
// change what was decided.
func (m Meeting) clone() Meeting {
	m.Summoned, m.Invited = slices.Clone(m.Summoned), slices.Clone(m.Invited)
	m.Marks, m.InOffice = slices.Clone(m.Marks), slices.Clone(m.InOffice)
	m.Agenda = slices.Clone(m.Agenda)
	for i := range m.Agenda {
		it := &m.Agenda[i]
		it.Invited, it.Away = slices.Clone(it.Invited), slices.Clone(it.Away)
		d := &it.Decision
		d.Present, d.Votes, d.Turnout = slices.Clone(d.Present), slices.Clone(d.Votes), slices.Clone(d.Turnout)
	}
	return m
}
