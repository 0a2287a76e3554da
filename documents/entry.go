package documents

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/vanphong-go/vanphong"
)

// EntryID names a register entry. The caller chooses it: asking again with
// the same id gives the same number.
//
// The number itself cannot be the id: it is not known before it is given, and a
// retry has to name what it repeats.
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
// number is issued. Its texts are kept in NFC, however they were typed. New
// fields are only ever added with omitzero: the ledger holds digests of these
// bytes.
//
// It is kept apart from [Entry] because the digest of an issue covers it and nothing
// that changes later.
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
	// With are the organs that issue it jointly (liên tịch, liên cơ quan), as
	// their codes joined by hyphens: "BTC", "BTC-BYT". The document is counted
	// in the lead's series. The codes are printed after the lead's: for a joint
	// kind (TTLT, NQLT) as one issuer, 01/2016/TTLT-BNV-BTC; for another kind
	// where a unit would stand, and before it. How the Party prints joint
	// organs was not found: leave With empty and the lead alone is printed.
	With string `json:"with,omitzero"`

	// Under is the document that issues this one (ban hành kèm theo): the quyết
	// định of a quy chế that has a number of its own.
	Under EntryID `json:"under,omitzero"`
	// Issues is the kind of an instrument without a number that this document
	// issues: a quyết định with the quy chế behind it.
	Issues Kind `json:"issues,omitzero"`
	// CopyOf is the printed number of the document that a copy (sao y bản chính,
	// sao lục, trích sao) is a copy of.
	CopyOf string `json:"copy_of,omitzero"`
}

// Entry is one line of a register (dòng sổ đăng ký văn bản đi).
//
// State, Standing, Act, Reason and Last repeat its events, so that a register can be
// printed without reading its ledger; [Verify] holds the two together.
type Entry struct {
	ID     EntryID        `json:"id"`
	Org    vanphong.OrgID `json:"org"`
	Series SeriesID       `json:"series"`
	Serial uint32         `json:"serial"`
	Number Number         `json:"number"`
	State  EntryState     `json:"state"`
	Content
	// Standing and Act tell what later documents have done to it.
	Standing Standing       `json:"standing,omitzero"`
	Act      Act            `json:"act,omitzero"`
	Reason   string         `json:"reason,omitempty"` // of the last event: why it is void, what it is reserved for
	Last     vanphong.Stamp `json:"last"`             // who did the last event to it, and when
}

// after returns the entry with an event added to its history. It is the only
// definition of what an event does to an entry.
func (en Entry) after(e Event) Entry {
	st := en.status().after(e)
	en.State, en.Standing, en.Act = st.state, st.standing, st.act
	en.Reason = e.Reason
	en.Last = vanphong.Stamp{By: e.By, At: e.At}
	return en
}

// status returns the part of an entry that events change.
func (en Entry) status() status { return status{en.State, en.Standing, en.Act} }

// state returns the state of an entry after an event of kind k about it.
func (k EventKind) state() EntryState {
	switch k {
	case EventReserved:
		return StateReserved
	case EventIssued, EventLate, EventInserted:
		return StateIssued
	case EventReleased, EventVoided:
		return StateVoid
	case EventHeld:
		return StateHeld
	}
	return StateUnknown
}

// Bounds of what an entry holds, in bytes.
// MaxText is for lines of a form. MaxAbstract has room for 1,300 Vietnamese letters of
// three bytes, several times what a trích yếu needs.
const (
	MaxAbstract = 4096
	MaxText     = 500
)

// Check returns an error that names the field unless c can be registered: a
// kind, a day that exists, texts within their bounds, valid UTF-8 and without
// control characters.
//
// A secret document (Secrecy above NotSecret) has no abstract here: it is
// refused with an error that wraps vanphong.ErrSecret. Register it with an
// empty abstract, or hold its number for the secret register (sổ đăng ký bí
// mật nhà nước đi) with [Registrar.Hold].
//
// The kind need not be one that the SDK knows: offices have types of their own.
func (c Content) Check() error {
	if c.Day == 0 {
		return vanphong.NewInputError("day", "", "the day of the document", nil)
	}
	if c.Kind == "" {
		return vanphong.NewInputError("kind", "", "a kind of document", nil)
	}
	return c.checkParts()
}

// checkParts is Check without the fields that a hold or a reservation may leave
// empty.
func (c Content) checkParts() error {
	if c.Secrecy > vanphong.TopSecret {
		return vanphong.NewInputError("secrecy", strconv.Itoa(int(c.Secrecy)), "a level of secrecy", nil)
	}
	// An abstract in an open register is itself a disclosure; the law of State secrets
	// sends it to a book of its own (NĐ 63/2026/NĐ-CP, grade N).
	if c.Secrecy > vanphong.NotSecret && c.Abstract != "" {
		// The error does not repeat the text: errors are logged.
		return vanphong.NewInputError("abstract", vanphong.Placeholder,
			"no abstract for a document marked "+code(c.Secrecy), vanphong.ErrSecret)
	}
	if _, err := c.Urgency.MarshalText(); err != nil {
		return err
	}
	if _, err := c.Day.MarshalText(); err != nil {
		return err
	}
	for _, f := range [...]struct {
		field, value string
		limit        int
	}{
		{"kind", string(c.Kind), MaxText},
		{"abstract", c.Abstract, MaxAbstract},
		{"signer", c.Signer, MaxText},
		{"decided_by", string(c.DecidedBy), vanphong.MaxID},
		{"origin", c.Origin, vanphong.MaxID},
		{"under", string(c.Under), vanphong.MaxID},
		{"issues", string(c.Issues), MaxText},
		{"copy_of", c.CopyOf, maxNumber},
	} {
		if err := checkText(f.field, f.value, f.limit); err != nil {
			if c.Secrecy > vanphong.NotSecret {
				err = vanphong.NewInputError(f.field, vanphong.Placeholder, "valid text of at most "+strconv.Itoa(f.limit)+" bytes", nil)
			}
			return err
		}
	}
	// A document that is no copy and names an original is a copy under a wrong kind. A
	// copy need not name one: old books often do not.
	if c.CopyOf != "" && c.Kind != "" && !c.Kind.IsCopy() {
		return vanphong.NewInputError("copy_of", c.CopyOf, "nothing, or a kind of copy", nil)
	}
	if err := checkSymbol("unit", c.Unit); err != nil {
		return err
	}
	if err := checkSymbol("tail", c.Tail); err != nil {
		return err
	}
	return checkSymbol("with", c.With)
}

// checkText bounds one text. Control characters are refused because they break
// printed registers and hide from the eye.
func checkText(field, value string, limit int) error {
	if len(value) > limit || !utf8.ValidString(value) || strings.ContainsFunc(value, unicode.IsControl) {
		return vanphong.NewInputError(field, strings.ToValidUTF8(value, "?"),
			fmt.Sprintf("at most %d bytes of UTF-8 without control characters", limit), nil)
	}
	return nil
}

// checkReason is checkText for a reason, whose text stays out of the error: the entry
// that it is about, which may be a secret one, is often not known yet.
func checkReason(field, value string) error {
	if checkText(field, value, MaxText) != nil {
		return vanphong.NewInputError(field, vanphong.Placeholder,
			fmt.Sprintf("at most %d bytes of UTF-8 without control characters", MaxText), nil)
	}
	return nil
}

// checkSymbol checks a part that is printed in a number: letters, digits and
// &, groups joined by single hyphens.
func checkSymbol(field, value string) error {
	if err := checkText(field, value, MaxText); err != nil {
		return err
	}
	if value == "" {
		return nil
	}
	for _, group := range strings.Split(value, "-") {
		if group == "" || strings.ContainsFunc(group, func(r rune) bool {
			return r != '&' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
		}) {
			return vanphong.NewInputError(field, value, "letters, digits and &, joined by hyphens", nil)
		}
	}
	return nil
}

// composed returns c with its texts in NFC: the same text from another
// keyboard or file system is the same content. Ids are kept to the byte.
//
// Without it a retry from a Mac (NFD) would be a conflict with itself.
func (c Content) composed() Content {
	c.Abstract, c.Signer = vanphong.NFC(c.Abstract), vanphong.NFC(c.Signer)
	c.Unit, c.Tail, c.With = vanphong.NFC(c.Unit), vanphong.NFC(c.Tail), vanphong.NFC(c.With)
	c.CopyOf = vanphong.NFC(c.CopyOf)
	return c
}

// differs names the first field in which two contents differ, or "".
//
// Fields come in the order of the form, so the clerk is sent to the first that is
// wrong.
func (c Content) differs(o Content) (field, given, stored string) {
	for _, f := range [...]struct{ field, given, stored string }{
		{"kind", string(c.Kind), string(o.Kind)},
		{"day", c.Day.String(), o.Day.String()},
		{"abstract", c.Abstract, o.Abstract},
		{"signer", c.Signer, o.Signer},
		{"decided_by", string(c.DecidedBy), string(o.DecidedBy)},
		{"secrecy", code(c.Secrecy), code(o.Secrecy)},
		{"urgency", code(c.Urgency), code(o.Urgency)},
		{"origin", c.Origin, o.Origin},
		{"unit", c.Unit, o.Unit},
		{"tail", c.Tail, o.Tail},
		{"with", c.With, o.With},
		{"under", string(c.Under), string(o.Under)},
		{"issues", string(c.Issues), string(o.Issues)},
		{"copy_of", c.CopyOf, o.CopyOf},
	} {
		if f.given != f.stored {
			return f.field, f.given, f.stored
		}
	}
	return "", "", ""
}
