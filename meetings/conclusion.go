package meetings

import (
	"slices"
	"strconv"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
)

// NewConclusionID returns the id of the conclusion on an item.
//
// One item has one conclusion, so nothing else goes into the id; the item's id
// already holds meeting and organisation.
func NewConclusionID(item ItemID) ConclusionID {
	return ConclusionID(vanphong.Derive("conclusion", string(item)))
}

// Conclusion is what a body concluded on an item (kết luận), on its way to
// being issued as a numbered document.
type Conclusion struct {
	ID       ConclusionID     `json:"id"`
	Org      vanphong.OrgID   `json:"org"`
	Meeting  MeetingID        `json:"meeting"`
	Item     ItemID           `json:"item"`
	Body     vanphong.BodyID  `json:"body"`
	Term     vanphong.TermID  `json:"term"`
	Day      vanphong.Date    `json:"day"` // the meeting's
	Kind     documents.Kind   `json:"kind"`
	Abstract string           `json:"abstract"` // trích yếu
	Text     string           `json:"text,omitempty"`
	Secrecy  vanphong.Secrecy `json:"secrecy,omitzero"`

	// Document is the register entry it was issued as, "" as long as it has no
	// number; Number is that entry's.
	Document documents.EntryID `json:"document,omitempty"`
	Number   documents.Number  `json:"number,omitzero"`
	// Voided is the entries whose numbers were void again, in order: the next
	// one gets a new id.
	Voided []documents.EntryID `json:"voided,omitempty"`

	Version int64          `json:"version"`
	Last    vanphong.Stamp `json:"last"`
}

// EntryID returns the id under which the register is to issue this conclusion:
// derived, so that a rerun asks for the same number again. After a number has
// been void it is another one.
//
// The count of void entries is part of it: without that, the register would
// take the new request for the old one and hand back the void number.
func (c Conclusion) EntryID() documents.EntryID {
	if c.Document != "" {
		return c.Document
	}
	return documents.EntryID(vanphong.Derive("entry", string(c.Org), string(c.ID), strconv.Itoa(len(c.Voided))))
}

// Content returns what the register entry of this conclusion says, issued on
// a day under a signer's name. The day is not before the meeting's:
// [Secretary.AttachDocument] refuses such an entry.
//
// Origin is the conclusion's id: it is how a register entry is traced to the
// meeting that decided it, years later.
func (c Conclusion) Content(day vanphong.Date, signer string) documents.Content {
	return documents.Content{
		Kind: c.Kind, Day: day, Abstract: c.Abstract, Signer: signer,
		DecidedBy: c.Body, Secrecy: c.Secrecy, Origin: string(c.ID),
	}
}

func (c Conclusion) clone() Conclusion {
	c.Voided = slices.Clone(c.Voided)
	return c
}
