package incoming

import (
	"context"
	"slices"
	"time"

	"github.com/vanphong-go/vanphong"
)

// Correction is one field of the register that was put right (sửa dòng đăng
// ký): what stood there stays readable, as on paper. Of a document with a mark
// of secrecy, before or after, the words are left out.
type Correction struct {
	Field  string         `json:"field"`
	From   string         `json:"from,omitzero"`
	To     string         `json:"to,omitzero"`
	Reason string         `json:"reason"`
	At     time.Time      `json:"at"`
	Made   vanphong.Stamp `json:"made"`
}

// Correct puts a line of the register right, for a reason: r is the whole
// receipt as it should be. Book and instant of arrival stay, for the number
// was given by them; a number of the wrong book is made void. A correction
// that makes the document one that is registered already is a
// [*DuplicateError]; one that changes nothing returns the document as it is.
//
// A mark of secrecy given later (đóng dấu mật sau khi đăng ký) takes every word
// out of the document: abstract, opinions, notes, titles, and what was
// corrected before. Who, when, which unit and by when remain.
//
// A document that is done can be corrected, one that is returned, refused or
// void cannot.
func (k *Desk) Correct(ctx context.Context, org vanphong.OrgID, id ID, r Receipt, reason string, by vanphong.Stamp) (Document, error) {
	return k.change(ctx, org, id, "correct", by, func(tx Tx, d *Document) (bool, error) {
		r, reason := r.composed(), vanphong.NFC(reason)
		h := hidden(bool(d.hidden()) || bool(r.hidden()))
		if err := first(r.Check(), h.text("reason", reason, MaxText, true)); err != nil {
			return false, err
		}
		changed, err := d.corrections(r, h)
		if err != nil || len(changed) == 0 {
			return false, err
		}
		if _, state, ended := d.Ended(); ended && state != StateDone {
			return false, d.endedError()
		}
		before, err := earlier(tx, r, d.ID)
		switch {
		case err != nil:
			return false, err
		case before != nil && before.ID != d.Duplicate.Of:
			return false, sameDocument(r, *before)
		case before == nil && d.Duplicate.Of != "":
			d.Duplicate.Lapsed = true // it was another paper all along
		}
		if r.hidden() && !d.hidden() {
			d.wordless()
		}
		for _, c := range changed {
			c.Reason, c.At, c.Made = reason, by.At.Round(0), by
			d.Corrections = append(d.Corrections, c)
		}
		moved := d.External != r.External || d.DocumentKey() != r.DocumentKey()
		d.Receipt = r
		if !moved || len(d.Also) == 0 {
			return true, nil
		}
		// It was registered anyway beside what this one turns out not to be: the
		// keys that are let go go to the first of those.
		also := d.Also
		d.Also = nil
		if err := put(tx, d, by); err != nil {
			return false, err
		}
		return false, succeed(tx, d.ID, also, by)
	})
}

// corrections lists the fields in which the document is to change.
//
// One correction for each field, so that a line can be read as it stood before
// any of them.
func (d *Document) corrections(r Receipt, h hidden) ([]Correction, error) {
	var out []Correction
	was := d.fields()
	for i, f := range r.fields() {
		if f.text == was[i].text {
			continue
		}
		if f.name == "book" || f.name == "received" {
			return nil, vanphong.NewInputError(f.name, f.text, "as registered, "+was[i].text, vanphong.ErrConflict)
		}
		c := Correction{Field: f.name}
		// A level is no content; everything else may be.
		if !h || f.name == "secrecy" {
			c.From, c.To = was[i].text, f.text
		}
		out = append(out, c)
	}
	return out, nil
}

// wordless takes out every text that could tell what the document says.
func (d *Document) wordless() {
	for i := range d.Presented {
		d.Presented[i].Note = ""
	}
	d.Steps = slices.Clone(d.Steps)
	for i := range d.Steps {
		d.Steps[i].Text = ""
	}
	for i := range d.Required {
		d.Required[i].Title = ""
	}
	for i := range d.Corrections {
		d.Corrections[i].From, d.Corrections[i].To = "", ""
	}
	d.Acknowledged.Note = ""
	// Why it was done, or answered by what, may tell as much.
	d.Done.Reason = ""
}
