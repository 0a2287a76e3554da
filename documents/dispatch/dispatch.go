package dispatch

import (
	"slices"
	"strconv"
	"time"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
)

// RecipientID names a [Recipient] within its document. [Clerk.Address] fills in
// what the caller leaves empty: the organisation's id, or one derived from the
// printed name.
type RecipientID string

// The usual purposes, as printed in parentheses after a recipient. A purpose is
// data: offices write others too.
const (
	ForReport    = "để báo cáo"
	ForAction    = "để thực hiện"
	ForReference = "để biết"
)

// Recipient is one line of the recipients (nơi nhận) of a document: an
// organisation of the caller's directory, or just a name as printed.
//
// The name is kept beside the id, for the list must print as it was printed after
// an organisation was renamed or merged.
type Recipient struct {
	ID      RecipientID    `json:"id"`
	Org     vanphong.OrgID `json:"org,omitempty"`     // "" if only the name is known
	Name    string         `json:"name"`              // as printed: "Ban Tổ chức Trung ương", "Lưu Văn phòng Tỉnh ủy"
	Purpose string         `json:"purpose,omitempty"` // as printed, without parentheses
	// Addressee is one that stands after "Kính gửi" or "Kính trình" and so
	// under "Như trên" in the list.
	Addressee bool `json:"addressee,omitempty"`
	// Filed is the copy that the office keeps (lưu): it is printed last, never
	// sent and never recalled.
	Filed bool `json:"filed,omitempty"`
	// Copies is how many copies without a number it is to have, Numbers which
	// numbered ones, ascending.
	Copies  int    `json:"copies,omitzero"`
	Numbers []int  `json:"numbers,omitempty"`
	Steps   []Step `json:"steps,omitempty"` // what happened, in its order
}

// Recall is why and by which notice a document is called back (thu hồi). The
// notice is itself a document: an entry here, or the number of one from
// elsewhere (NĐ 30/2020/NĐ-CP, Điều 18.4, grade P; a rule of the Party on it was
// not found). The zero Recall is none.
type Recall struct {
	Notice documents.EntryID `json:"notice,omitempty"`
	Number string            `json:"number,omitempty"` // as printed
	At     time.Time         `json:"at,omitzero"`      // from when it is called back
	Reason string            `json:"reason,omitempty"`
	Whole  bool              `json:"whole,omitempty"` // from all: filled in, nothing can be sent any more
	Made   vanphong.Stamp    `json:"made,omitzero"`   // filled in
}

// Dispatch is the record of where one issued document went. It has no abstract
// and no content: those are the entry's.
//
// One record for all recipients, since a numbered copy that leaves one of them
// and reaches another must do so in one write. Its size is that of the list: with
// 3,000 recipients a step writes about 0.6 MB.
type Dispatch struct {
	Entry   documents.EntryID `json:"entry"` // one record an entry
	Org     vanphong.OrgID    `json:"org"`
	Number  string            `json:"number,omitempty"` // as printed, for reading only
	Day     vanphong.Date     `json:"day"`              // of the document
	Secrecy vanphong.Secrecy  `json:"secrecy,omitzero"`
	Urgency vanphong.Urgency  `json:"urgency,omitzero"`
	// Class is the class of the document in a [PaperRule], "" for the rest.
	Class string `json:"class,omitempty"`
	// Signed says that a signed electronic document stands for the original.
	Signed bool `json:"signed,omitempty"`
	// Numbered is how many numbered copies there are: 1 to Numbered.
	Numbered   int         `json:"numbered,omitzero"`
	Policy     string      `json:"policy"` // version of the policy it was addressed under
	Recipients []Recipient `json:"recipients,omitempty"`
	Recall     Recall      `json:"recall,omitzero"`

	Version int64          `json:"version"`
	Last    vanphong.Stamp `json:"last"`
}

// Recipient returns a recipient by its id.
func (d Dispatch) Recipient(id RecipientID) (Recipient, bool) {
	for _, r := range d.Recipients {
		if r.ID == id {
			return r.clone(), true
		}
	}
	return Recipient{}, false
}

func (r Recipient) clone() Recipient {
	r.Numbers = slices.Clone(r.Numbers)
	r.Steps = slices.Clone(r.Steps)
	for i := range r.Steps {
		r.Steps[i].Numbers = slices.Clone(r.Steps[i].Numbers)
	}
	return r
}

// clone returns a copy that shares nothing with d.
func (d Dispatch) clone() Dispatch {
	d.Recipients = slices.Clone(d.Recipients)
	for i, r := range d.Recipients {
		d.Recipients[i] = r.clone()
	}
	return d
}

// Addressing is a document and its recipients, as handed to [Clerk.Address].
// The fields mean what they mean in [Dispatch].
type Addressing struct {
	Entry      documents.EntryID `json:"entry"`
	Number     string            `json:"number,omitempty"`
	Day        vanphong.Date     `json:"day"`
	Secrecy    vanphong.Secrecy  `json:"secrecy,omitzero"`
	Urgency    vanphong.Urgency  `json:"urgency,omitzero"`
	Class      string            `json:"class,omitempty"`
	Signed     bool              `json:"signed,omitempty"`
	Numbered   int               `json:"numbered,omitzero"`
	Recipients []Recipient       `json:"recipients"` // without steps
}

// compose returns the addressing as it is stored: texts in NFC, ids filled in,
// numbers in order, nothing shared with the caller.
func (a Addressing) compose() Addressing {
	a.Number, a.Class = vanphong.NFC(a.Number), vanphong.NFC(a.Class)
	list := make([]Recipient, len(a.Recipients))
	for i, r := range a.Recipients {
		r.Name, r.Purpose = vanphong.NFC(r.Name), vanphong.NFC(r.Purpose)
		r.Numbers = slices.Sorted(slices.Values(r.Numbers))
		switch {
		case r.ID != "":
		case r.Org != "":
			r.ID = RecipientID(r.Org)
		default:
			r.ID = RecipientID(vanphong.Derive("recipient", r.Name))
		}
		list[i] = r
	}
	a.Recipients = list
	return a
}

// check refuses what cannot stand by itself. Whether copies clash with those of
// recipients recorded before is seen in the transaction.
func (a Addressing) check() error {
	switch {
	case a.Day.IsZero():
		return vanphong.NewInputError("day", "", "the day of the document", nil)
	case a.Secrecy > vanphong.TopSecret:
		return vanphong.NewInputError("secrecy", a.Secrecy.Name(), "a level of secrecy", nil)
	case a.Urgency > vanphong.ExpressTimed:
		return vanphong.NewInputError("urgency", a.Urgency.Name(), "a mark of haste", nil)
	case len(a.Recipients) == 0:
		return vanphong.NewInputError("recipients", "", "at least one recipient", nil)
	}
	for _, err := range []error{
		vanphong.CheckID("entry", a.Entry), checkText("number", a.Number, false), checkText("class", a.Class, false),
		checkCount("numbered", a.Numbered), vanphong.CheckCount("recipients", len(a.Recipients), MaxRecipients),
	} {
		if err != nil {
			return err
		}
	}
	for i, r := range a.Recipients {
		if err := r.check("recipients["+strconv.Itoa(i)+"]", a.Numbered); err != nil {
			return err
		}
	}
	return nil
}

func (r Recipient) check(at string, numbered int) error {
	if len(r.Steps) > 0 {
		return vanphong.NewInputError(at+".steps", strconv.Itoa(len(r.Steps)), "none: a clerk records them", nil)
	}
	if r.Org != "" {
		if err := vanphong.CheckID(at+".org", r.Org); err != nil {
			return err
		}
	}
	if r.Filed && r.Addressee {
		return vanphong.NewInputError(at+".filed", "true", "an addressee or the file, not both", nil)
	}
	for _, err := range []error{
		vanphong.CheckID(at+".id", r.ID), checkText(at+".name", r.Name, true), checkText(at+".purpose", r.Purpose, false),
		checkCount(at+".copies", r.Copies), checkNumbers(at+".numbers", r.Numbers, numbered),
	} {
		if err != nil {
			return err
		}
	}
	return nil
}

// checkCount refuses a count of copies that nobody makes.
func checkCount(field string, n int) error {
	if n < 0 || n > MaxCopies {
		return vanphong.NewInputError(field, strconv.Itoa(n), "0 to "+strconv.Itoa(MaxCopies), vanphong.ErrOutOfRange)
	}
	return nil
}

// checkNumbers refuses numbers of copies that do not exist or stand twice. They
// are in order, see compose.
func checkNumbers(field string, list []int, numbered int) error {
	if err := vanphong.CheckCount(field, len(list), MaxCopies); err != nil {
		return err
	}
	for i, n := range list {
		if n < 1 || n > numbered {
			return vanphong.NewInputError(field, strconv.Itoa(n), "copies 1 to "+strconv.Itoa(numbered), vanphong.ErrOutOfRange)
		}
		if i > 0 && list[i-1] == n {
			return vanphong.NewInputError(field, strconv.Itoa(n), "each copy once", nil)
		}
	}
	return nil
}
