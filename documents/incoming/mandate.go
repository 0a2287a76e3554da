package incoming

import (
	"slices"
	"strconv"
	"time"

	"github.com/vanphong-go/vanphong"
)

// MandateID names a [Mandate]. It is the caller's.
type MandateID string

// Form is the capacity in which somebody speaks or signs for somebody else.
//
// What is printed before the signature follows from the form; which form an
// office may use is for its own rules.
type Form uint8

// The forms. T/M, K/T, T/L and Q. are the Party's (36-HD/VPTW, mục 1.7.1,
// grade P); ủy quyền (TUQ.) is the State's (NĐ 30/2020/NĐ-CP, Điều 13, grade P)
// and said not to be a form of the Party (grade S).
const (
	FormUnknown  Form = iota
	OnBehalf          // T/M, thay mặt: for a body
	ForHead           // K/T, ký thay: a deputy for the head
	ByOrder           // T/L, thừa lệnh
	ByDelegation      // ủy quyền: in writing and limited in time
	ActingHead        // Q., quyền
)

var formNames = [...]string{"", "thay mặt (T/M)", "ký thay (K/T)", "thừa lệnh (T/L)", "ủy quyền", "quyền (Q.)"}
var formCodes = [...]string{"", "on-behalf", "for-head", "by-order", "delegated", "acting"}

// Name returns the Vietnamese name of the form.
func (f Form) Name() string { return vanphong.EnumName(formNames[:], f) }

// MarshalText writes the form as its code.
func (f Form) MarshalText() ([]byte, error) { return vanphong.EnumText("form", formCodes[:], f) }

// UnmarshalText reads what MarshalText writes.
func (f *Form) UnmarshalText(b []byte) (err error) {
	*f, err = vanphong.ParseEnum[Form]("form", formCodes[:], b)
	return err
}

// Mandate says that somebody may speak and sign for somebody else (ký thay,
// thừa lệnh, ủy quyền), on what basis and how long. It is looked up for the
// instant of signing and for exactly this pair: a substitute of A is nobody's
// substitute for B, and holds no mandate through another.
type Mandate struct {
	ID        MandateID         `json:"id"`
	Org       vanphong.OrgID    `json:"org"`
	Form      Form              `json:"form"`
	Principal vanphong.PersonID `json:"principal"` // for T/M the id of the body
	Signer    vanphong.PersonID `json:"signer"`
	Basis     string            `json:"basis"` // the decision or assignment it rests on
	// From belongs to it, Until does not. A zero Until is open, which ủy quyền
	// may not be.
	From    time.Time      `json:"from"`
	Until   time.Time      `json:"until,omitzero"`
	Revoked Ending         `json:"revoked,omitzero"`
	Made    vanphong.Stamp `json:"made"`

	Version int64          `json:"version"`
	Last    vanphong.Stamp `json:"last"`
}

// Holds reports whether the mandate held at an instant. One that was revoked
// ended when it was revoked; what was signed before stands.
//
// Half-open like every interval of the SDK: of two mandates that follow each
// other exactly one holds at the instant between them.
func (m Mandate) Holds(at time.Time) bool {
	return !at.Before(m.From) && (m.Until.IsZero() || at.Before(m.Until)) && (m.Revoked.IsZero() || at.Before(m.Revoked.At))
}

// Check returns an error that names the field unless m can be stored.
func (m Mandate) Check() error {
	open := hidden(false)
	if err := first(
		vanphong.CheckID("principal", m.Principal), vanphong.CheckID("signer", m.Signer),
		open.text("basis", m.Basis, MaxText, true), open.text("revoked.reason", m.Revoked.Reason, MaxText, false),
	); err != nil {
		return err
	}
	switch {
	case m.Form == FormUnknown || int(m.Form) >= len(formCodes):
		return vanphong.NewInputError("form", strconv.Itoa(int(m.Form)), "a form of mandate", nil)
	case m.Signer == m.Principal:
		return vanphong.NewInputError("signer", string(m.Signer), "somebody other than the principal", nil)
	case m.From.IsZero():
		return vanphong.NewInputError("from", "", "an instant", nil)
	case !m.Until.IsZero() && !m.Until.After(m.From):
		return vanphong.NewInputError("until", instant(m.Until), "an instant after "+instant(m.From), nil)
	case m.Form == ByDelegation && m.Until.IsZero():
		return vanphong.NewInputError("until", "", "an end: ủy quyền is limited in time (NĐ 30/2020/NĐ-CP, Điều 13)", nil)
	}
	return nil
}

// same reports whether two mandates say the same, whoever wrote them down.
//
// Revoked is left out: recording the mandate again does not bring it back.
func (m Mandate) same(o Mandate) bool {
	return m.Form == o.Form && m.Principal == o.Principal && m.Signer == o.Signer && m.Basis == o.Basis &&
		sameInstant(m.From, o.From) && sameInstant(m.Until, o.Until)
}

// Capacity is a mandate as it was when somebody spoke under it: what was
// resolved then stands, whatever becomes of the mandate. The zero Capacity is
// speaking for oneself.
//
// A copy and not only the id, so that a document shows on its own in what
// capacity somebody spoke.
type Capacity struct {
	Mandate   MandateID         `json:"mandate"`
	Form      Form              `json:"form"`
	Principal vanphong.PersonID `json:"principal"`
	Basis     string            `json:"basis"`
}

// Resolve returns the capacity in which signer speaks for principal at an
// instant, by the mandates given. An empty principal, or the signer's own, is
// the zero Capacity: nobody needs a mandate for himself, not even while he
// stands in for another. Without a mandate that holds, and with several of
// different forms or bases of which under names none, it is an error that wraps
// vanphong.ErrForbidden or vanphong.ErrConflict.
func Resolve(mandates []Mandate, under MandateID, principal, signer vanphong.PersonID, at time.Time) (Capacity, error) {
	if principal == "" || principal == signer {
		return Capacity{}, nil
	}
	var found []Mandate
	for _, m := range mandates {
		if m.Principal == principal && m.Signer == signer && m.Holds(at) && (under == "" || m.ID == under) {
			found = append(found, m)
		}
	}
	if len(found) == 0 {
		return Capacity{}, vanphong.NewInputError("for", string(principal),
			"somebody for whom "+string(signer)+" holds a mandate at "+instant(at), vanphong.ErrForbidden)
	}
	if slices.ContainsFunc(found[1:], func(m Mandate) bool { return m.Form != found[0].Form || m.Basis != found[0].Basis }) {
		return Capacity{}, vanphong.NewInputError("under", "", "the mandate meant: several hold at "+instant(at), vanphong.ErrConflict)
	}
	m := found[0]
	return Capacity{m.ID, m.Form, m.Principal, m.Basis}, nil
}

// Day returns the day the mandate begins, which listings go by.
func (m Mandate) Day() vanphong.Date { return vanphong.DateOf(m.From) }
