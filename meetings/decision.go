package meetings

import (
	"github.com/vanphong-go/vanphong"
)

// Method is how a body decides an item.
type Method uint8

// The methods.
//
// The codes are stored and sent; the order of the constants may change, the
// codes never.
const (
	MethodUnknown Method = iota // not decided yet
	OpenVote                    // biểu quyết: every vote has its name
	SecretVote                  // bỏ phiếu kín: counts, and who took part
	Consensus                   // thống nhất: nobody present objects
	Deferral                    // chuyển sang kỳ họp sau
)

var methodNames = [...]string{"", "biểu quyết", "bỏ phiếu kín", "thống nhất", "chuyển kỳ họp sau"}
var methodCodes = [...]string{"", "open-vote", "secret-vote", "consensus", "deferral"}

// Name returns the Vietnamese name of the method.
func (m Method) Name() string { return vanphong.EnumName(methodNames[:], m) }

// MarshalText writes the method as its code.
func (m Method) MarshalText() ([]byte, error) {
	return vanphong.EnumText("method", methodCodes[:], m)
}

// UnmarshalText reads what MarshalText writes.
func (m *Method) UnmarshalText(b []byte) (err error) {
	*m, err = vanphong.ParseEnum[Method]("method", methodCodes[:], b)
	return err
}

// Choice is what a vote says.
type Choice uint8

// The choices.
const (
	ChoiceUnknown Choice = iota
	For                  // tán thành
	Against              // không tán thành
	Blank                // không có ý kiến
)

var choiceNames = [...]string{"", "tán thành", "không tán thành", "không có ý kiến"}
var choiceCodes = [...]string{"", "for", "against", "blank"}

// Name returns the Vietnamese name of the choice.
func (c Choice) Name() string { return vanphong.EnumName(choiceNames[:], c) }

// MarshalText writes the choice as its code.
func (c Choice) MarshalText() ([]byte, error) {
	return vanphong.EnumText("choice", choiceCodes[:], c)
}

// UnmarshalText reads what MarshalText writes.
func (c *Choice) UnmarshalText(b []byte) (err error) {
	*c, err = vanphong.ParseEnum[Choice]("choice", choiceCodes[:], b)
	return err
}

// Outcome is what came of an item.
//
// A deferral, too, is an outcome: the meeting may close over it.
type Outcome uint8

// The outcomes. A tie is not adopted: more than half was needed (grade I for
// the Party, whose rules name no casting vote).
const (
	OutcomeUnknown Outcome = iota
	Adopted                // thông qua
	NotAdopted             // không thông qua
	Deferred               // chuyển sang kỳ họp sau; it returns as a new item
)

var outcomeNames = [...]string{"", "thông qua", "không thông qua", "chuyển kỳ họp sau"}
var outcomeCodes = [...]string{"", "adopted", "not-adopted", "deferred"}

// Name returns the Vietnamese name of the outcome.
func (o Outcome) Name() string { return vanphong.EnumName(outcomeNames[:], o) }

// MarshalText writes the outcome as its code.
func (o Outcome) MarshalText() ([]byte, error) {
	return vanphong.EnumText("outcome", outcomeCodes[:], o)
}

// UnmarshalText reads what MarshalText writes.
func (o *Outcome) UnmarshalText(b []byte) (err error) {
	*o, err = vanphong.ParseEnum[Outcome]("outcome", outcomeCodes[:], b)
	return err
}

// Vote is one vote of an open ballot.
//
// A minority may ask to have its opinion kept and reported upwards (363-QĐ/TW,
// grade N); an open vote holds it by name.
type Vote struct {
	Person vanphong.PersonID `json:"person"`
	Choice Choice            `json:"choice"`
}

// Decision is what was decided on an item, with its own proof: who was there,
// what they said, which thresholds it was held against. It does not change
// once it is recorded. The zero Decision is none.
//
// A secret ballot has no field for a voter's choice: only counts, and apart
// from them who took part.
type Decision struct {
	Method    Method              `json:"method"`
	Outcome   Outcome             `json:"outcome"`
	Tally     Tally               `json:"tally"`
	Quorum    Threshold           `json:"quorum,omitzero"`
	Threshold Threshold           `json:"threshold,omitzero"`
	Basis     string              `json:"basis,omitempty"`   // the clause for a threshold that is not the policy's
	Present   []vanphong.PersonID `json:"present,omitempty"` // members there for this item, sorted
	Votes     []Vote              `json:"votes,omitempty"`   // open vote, sorted by person
	Turnout   []vanphong.PersonID `json:"turnout,omitempty"` // secret vote, sorted
	Note      string              `json:"note,omitempty"`    // what was agreed; why it was deferred
	Policy    string              `json:"policy,omitempty"`  // version of the policy
	Made      vanphong.Stamp      `json:"made"`
}
