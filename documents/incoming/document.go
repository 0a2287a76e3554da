package incoming

import (
	"slices"
	"strconv"
	"time"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
)

// ID names a [Document]. It is the caller's: asking again with the same id
// gives the same document and the same number.
//
// The caller chooses it before there is a number, so that a connection cut in
// the middle of the registration costs a question and not a second number.
type ID string

// Document is a document that arrived (văn bản đến): how it was registered and
// what happened to it since. Its state is computed, see [Document.Status].
//
// Events are only ever added. Their instants are when they happened; who wrote
// them down, and when, stands beside them.
type Document struct {
	ID      ID             `json:"id"`
	Org     vanphong.OrgID `json:"org"`
	Arrival uint32         `json:"arrival"` // number of the book (số đến)
	Receipt
	Registered vanphong.Stamp `json:"registered"`
	Duplicate  Duplicate      `json:"duplicate,omitzero"`
	Also       []ID           `json:"also,omitempty"` // registered anyway beside this one

	Presented    []Presentation `json:"presented,omitempty"`
	Steps        []Step         `json:"steps,omitempty"`
	Acknowledged Notice         `json:"acknowledged,omitzero"`
	Required     []Requirement  `json:"required,omitempty"` // local documents it calls for
	Answers      []Answer       `json:"answers,omitempty"`
	Corrections  []Correction   `json:"corrections,omitempty"`

	Done     Ending `json:"done,omitzero"`
	Returned Ending `json:"returned,omitzero"`
	Refused  Ending `json:"refused,omitzero"`
	Voided   Ending `json:"voided,omitzero"`

	Version int64          `json:"version"`
	Last    vanphong.Stamp `json:"last"`
}

// Duplicate says that a document was registered although another was known to
// be the same. The zero Duplicate is none.
//
// Both papers stay: the second original may go its own way, with opinions of its
// own, and the book must not hide that it came.
type Duplicate struct {
	Of     ID     `json:"of"`
	Reason string `json:"reason"`
	// Lapsed: the first was made void, returned, refused or put right since, and this one stands in
	// its place.
	Lapsed bool `json:"lapsed,omitzero"`
}

// Presentation is a document put before somebody (trình, chuyển).
//
// A list and not one line: what is sent on from one leader to another is put
// before somebody each time.
type Presentation struct {
	To   Assignee       `json:"to"`
	At   time.Time      `json:"at"`
	Note string         `json:"note,omitzero"`
	Made vanphong.Stamp `json:"made"`
}

// Notice is that the sender was told of the arrival (báo nhận). The zero
// Notice is none.
type Notice struct {
	At   time.Time      `json:"at"`
	Note string         `json:"note,omitzero"`
	Made vanphong.Stamp `json:"made"`
}

// Ending is how something came to its end: when, why, and who wrote it down.
// The zero Ending is none.
//
// The instant is when it happened and may lie before the stamp: what was decided
// at noon is often written down in the evening.
type Ending struct {
	At     time.Time      `json:"at"`
	Reason string         `json:"reason,omitzero"`
	Made   vanphong.Stamp `json:"made"`
}

// IsZero reports whether there is no end.
func (e Ending) IsZero() bool { return e.At.IsZero() }

// on reports whether it had happened by the end of a day.
func (e Ending) on(day vanphong.Date) bool { return !e.IsZero() && vanphong.DateOf(e.At) <= day }

// Answer is a document of this office that answers or carries out the one that
// arrived: an entry of its register, or a printed number.
//
// The entry is opaque here, and a number of a register kept on paper will do:
// an office that numbers elsewhere still links.
type Answer struct {
	Entry  documents.EntryID `json:"entry,omitzero"`
	Number string            `json:"number,omitzero"` // as printed: "122-KH/TU"
	Dated  vanphong.Date     `json:"dated,omitzero"`
	At     time.Time         `json:"at"` // when it was linked, or issued
	Made   vanphong.Stamp    `json:"made"`
}

// IsZero reports whether there is no answer.
func (a Answer) IsZero() bool { return a.At.IsZero() }

// same reports whether two answers name one document, whoever linked it.
func (a Answer) same(o Answer) bool {
	return a.Entry == o.Entry && a.Number == o.Number && a.Dated == o.Dated
}

func (a Answer) check(h hidden) error {
	if a.Entry == "" && a.Number == "" {
		return vanphong.NewInputError("answer", "", "an entry of the register, or a number", nil)
	}
	if _, err := a.Dated.MarshalText(); err != nil {
		return err
	}
	return first(optionalID("answer.entry", a.Entry), h.text("answer.number", a.Number, MaxText, false))
}

// Ended returns how the document's way through the office ended, and the state
// it is in since; false if it is still open. It looks at everything recorded;
// for a day ask [Document.Status].
func (d Document) Ended() (Ending, State, bool) { return d.endedOn(forever) }

func (d Document) endedOn(day vanphong.Date) (Ending, State, bool) {
	// Void outranks all: a number given by mistake is no document, whatever was
	// done with it before.
	for _, e := range [...]struct {
		end   Ending
		state State
	}{{d.Voided, StateVoid}, {d.Returned, StateReturned}, {d.Refused, StateRefused}, {d.Done, StateDone}} {
		if e.end.on(day) {
			return e.end, e.state, true
		}
	}
	return Ending{}, StateUnknown, false
}

// Check returns an error that names the field unless d can be stored: a
// receipt that can be registered, a number, a tree of steps without cycles,
// lists within their bounds.
//
// Stores ask it at every put, so that a row written past a [Desk] is held to
// the same rules.
func (d Document) Check() error {
	if err := d.Receipt.Check(); err != nil {
		return err
	}
	if d.Arrival < 1 || d.Arrival > MaxArrival {
		return vanphong.NewInputError("arrival", strconv.FormatUint(uint64(d.Arrival), 10), "1 to "+strconv.Itoa(MaxArrival), vanphong.ErrOutOfRange)
	}
	return first(
		vanphong.CheckCount("also", len(d.Also), MaxDuplicates),
		vanphong.CheckCount("presented", len(d.Presented), MaxPresentations),
		vanphong.CheckCount("required", len(d.Required), MaxRequired),
		vanphong.CheckCount("answers", len(d.Answers), MaxAnswers),
		vanphong.CheckCount("corrections", len(d.Corrections), MaxCorrections),
		d.checkTree(),
	)
}

// clone returns a copy that shares nothing with d.
//
// A slice that is forgotten here is found by the exam of the stores.
func (d Document) clone() Document {
	d.Also = slices.Clone(d.Also)
	d.Presented = slices.Clone(d.Presented)
	d.Required = slices.Clone(d.Required)
	d.Answers = slices.Clone(d.Answers)
	d.Corrections = slices.Clone(d.Corrections)
	d.Steps = slices.Clone(d.Steps)
	for i := range d.Steps {
		d.Steps[i].Coordinating = slices.Clone(d.Steps[i].Coordinating)
	}
	return d
}

// Place is where a document stands in a listing: by arrival day, then book,
// then arrival number. It never changes, so a page that begins after one is
// the same page tomorrow. The zero Place is before everything.
type Place struct {
	Day     vanphong.Date `json:"day"`
	Book    BookID        `json:"book"`
	Arrival uint32        `json:"arrival"`
}

// Place returns the place of the document.
func (d Document) Place() Place { return Place{d.Day(), d.Book, d.Arrival} }
