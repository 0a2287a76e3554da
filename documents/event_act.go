package documents

import (
	"strconv"

	"github.com/vanphong-go/vanphong"
)

// Act is what a later document does to an issued one (văn bản tác động): it
// recalls, repeals, replaces, amends or corrects it. The zero Act is "none".
//
// The acting document is named by By if it stands in this register, else by
// Number; an act without a document of its own has neither and a reason
// instead. A secret document is not named in the line of an open one: say in the
// reason that there is one.
type Act struct {
	By     EntryID       `json:"by,omitzero"`     // the acting document, if it is registered here
	Number string        `json:"number,omitzero"` // the printed number of one that is not
	Day    vanphong.Date `json:"day,omitzero"`    // from which it takes effect
}

// IsZero reports whether a is "none".
func (a Act) IsZero() bool { return a == Act{} }

// Standing is what has been done to a registered document since (tình trạng).
// It stands beside the state: a recalled document stays issued, for its number
// was given and its paper is in other offices' files.
type Standing uint8

// The standings. Those of a document that is in force come from the weaker to the
// stronger: an entry shows the strongest that it has met, and the ledger shows all.
const (
	StandingPlain      Standing = iota // nothing since
	StandingReconciled                 // sổ mật đã báo về: of a held number alone
	StandingCorrected                  // đã đính chính
	StandingAmended                    // đã sửa đổi, bổ sung
	StandingSuperseded                 // đã bị thay thế
	StandingRepealed                   // đã bị bãi bỏ
	StandingRecalled                   // đã thu hồi
)

var standingNames = [...]string{"", "sổ mật đã báo về", "đã đính chính", "đã sửa đổi, bổ sung", "đã bị thay thế", "đã bị bãi bỏ", "đã thu hồi"}
var standingCodes = [...]string{"", "reconciled", "corrected", "amended", "superseded", "repealed", "recalled"}

// Name returns the Vietnamese name of the standing; that of StandingPlain is "".
func (s Standing) Name() string { return vanphong.EnumName(standingNames[:], s) }

// MarshalText writes the standing as its code: "", "reconciled", "corrected",
// "amended", "superseded", "repealed", "recalled".
func (s Standing) MarshalText() ([]byte, error) {
	return vanphong.EnumText("standing", standingCodes[:], s)
}

// UnmarshalText reads what MarshalText writes.
func (s *Standing) UnmarshalText(b []byte) (err error) {
	*s, err = vanphong.ParseEnum[Standing]("standing", standingCodes[:], b)
	return err
}

// Ends reports whether a document of this standing is no longer in force from
// the day of its act onwards.
func (s Standing) Ends() bool { return s >= StandingSuperseded && s <= StandingRecalled }

// standing returns what an event of kind k makes of a document: StandingPlain if
// it does nothing to one.
func (k EventKind) standing() Standing {
	switch k {
	case EventReconciled:
		return StandingReconciled
	case EventRecalled:
		return StandingRecalled
	case EventRepealed:
		return StandingRepealed
	case EventSuperseded:
		return StandingSuperseded
	case EventAmended:
		return StandingAmended
	case EventCorrected:
		return StandingCorrected
	}
	return StandingPlain
}

// acts reports whether an event of kind k comes with an [Act].
func (k EventKind) acts() bool { return k.standing() > StandingReconciled }

// status is the part of an entry that events change.
//
// It is apart from [Entry] so that [Entry.after] and the fold of [Verify] share
// one definition; the fold keeps no content.
type status struct {
	state    EntryState
	standing Standing
	act      Act
}

// after returns the status after an event.
//
// What ends a document counts until another act ends it. Before that the strongest
// standing stays, with its act, and of equals the later: a correction of 2027 must
// not hide from a list that the document was amended in 2026.
func (s status) after(e Event) status {
	if after := e.Kind.standing(); after > StandingPlain {
		if after.Ends() || !s.standing.Ends() && after >= s.standing {
			s.standing, s.act = after, e.Act
		}
		return s
	}
	s.state = e.Kind.state()
	return s
}

// follows reports whether an event of kind k can happen to a number of this
// status; the zero status is that of a number not yet given.
//
// There is no way back from void, and none from issued to reserved: a number that
// has left the office on paper cannot be unsaid. A document that has ended can end
// again, because what ended it may turn out to be void; whether it may is told by
// another series, so that is for the [Registrar] to say.
func (s status) follows(k EventKind) bool {
	switch k {
	case EventReserved, EventHeld, EventLate, EventInserted:
		return s.state == StateUnknown
	case EventIssued:
		return s.state == StateUnknown || s.state == StateReserved
	case EventReleased:
		return s.state == StateReserved
	case EventVoided:
		return s.state == StateReserved || s.state == StateIssued || s.state == StateHeld
	case EventReconciled:
		return s.state == StateHeld && s.standing == StandingPlain
	}
	return k.acts() && s.state == StateIssued
}

// check returns an error that names the field unless a can be written: a day, at
// most one document, and a reason where there is none.
//
// That the acting document is one of the register is a rule of the State's recall
// (NĐ 30/2020/NĐ-CP Điều 18.4, grade P: it begins with a notice of recall). For the
// Party no rule was found, hence the reason in its place.
func (a Act) check(reason string) error {
	switch {
	case a.Day.IsZero():
		return vanphong.NewInputError("act.day", "", "the day from which it takes effect", nil)
	case a.By != "" && a.Number != "":
		return vanphong.NewInputError("act.number", a.Number, "no number beside the id of an acting document", nil)
	case a.By == "" && a.Number == "" && reason == "":
		return vanphong.NewInputError("act.by", "", "the acting document, by id or number, or a reason", nil)
	}
	if _, err := a.Day.MarshalText(); err != nil {
		return err
	}
	if a.By != "" {
		if err := vanphong.CheckID("act.by", a.By); err != nil {
			return err
		}
	}
	return checkText("act.number", a.Number, maxNumber)
}

// String names an act for the reader of an error.
func (a Act) String() string {
	by := a.Number
	if a.By != "" {
		by = strconv.Quote(string(a.By))
	}
	switch {
	case a.IsZero():
		return ""
	case by == "":
		return "from " + a.Day.String()
	}
	return "by " + by + " from " + a.Day.String()
}
