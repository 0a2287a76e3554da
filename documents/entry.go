package documents

import "github.com/vanphong-go/vanphong"

// EntryID names a register entry. The caller chooses it: asking again with
// the same id gives the same number.
type EntryID string

// EntryState is what has become of a number.
type EntryState uint8

// The states of a number. There is no state for "lost".
const (
	StateUnknown  EntryState = iota
	StateReserved            // giữ chỗ: taken, not yet issued
	StateIssued              // đã ban hành
	StateVoid                // đã hủy số, with its reason; a released reservation too
	StateHeld                // do sổ mật giữ: held by the secret register, without content
)

// Content is what an entry says of its document. It does not change once the
// number is issued. New fields are only ever added with omitzero: the ledger
// holds digests of these bytes.
type Content struct {
	Kind      Kind             `json:"kind,omitzero"`
	Day       vanphong.Date    `json:"day,omitzero"` // ngày ban hành
	Abstract  string           `json:"abstract,omitzero"`
	Signer    string           `json:"signer,omitzero"`
	DecidedBy vanphong.BodyID  `json:"decided_by,omitzero"` // BCH, BTV …: not shown in the number
	Secrecy   vanphong.Secrecy `json:"secrecy,omitzero"`
	Urgency   vanphong.Urgency `json:"urgency,omitzero"`
	Origin    string           `json:"origin,omitzero"` // id of the conclusion, task or document it follows from
	Unit      string           `json:"unit,omitzero"`   // drafting unit printed in the number
	Tail      string           `json:"tail,omitzero"`   // after a second slash: "nb"
}

// Entry is one line of a register (dòng sổ đăng ký văn bản đi).
type Entry struct {
	ID     EntryID        `json:"id"`
	Org    vanphong.OrgID `json:"org"`
	Series SeriesID       `json:"series"`
	Serial uint32         `json:"serial"`
	Number Number         `json:"number"`
	State  EntryState     `json:"state"`
	Content
	Reason string         `json:"reason,omitempty"` // why it is void
	Last   vanphong.Stamp `json:"last"`             // who did the last event to it, and when
}
