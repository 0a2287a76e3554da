package meetings

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
)

// Draft is what is concluded on an item, as it is to be issued.
//
// Kind decides the number series that it will be counted in; the caller says
// it, for the type cannot be read off the text.
type Draft struct {
	Kind     documents.Kind   `json:"kind"` // kết luận, thông báo, nghị quyết, quyết định, công văn …
	Abstract string           `json:"abstract"`
	Text     string           `json:"text,omitempty"`
	Secrecy  vanphong.Secrecy `json:"secrecy,omitzero"`
}

// Conclude records the conclusion on a decided item. One is made for an item;
// its secrecy is at least that of the item and of the meeting. An item that
// was deferred has none, and one that was not adopted cannot become a
// resolution or a decision.
//
// The first two limits keep a secret from becoming public by way of its
// conclusion, and the third keeps a vote that failed from being issued as if
// it had passed. A notice or a dispatch may still report what was not adopted.
func (s *Secretary) Conclude(ctx context.Context, org vanphong.OrgID, id MeetingID, item ItemID, d Draft, by vanphong.Stamp) (Conclusion, error) {
	if err := s.ask(ctx, org, by, "conclude", string(item)); err != nil {
		return Conclusion{}, err
	}
	d.Abstract, d.Text = vanphong.NFC(d.Abstract), vanphong.NFC(d.Text)
	if err := d.check(); err != nil {
		return Conclusion{}, err
	}
	var out Conclusion
	err := s.store.Update(ctx, org, func(tx Tx) error {
		m, err := tx.Meeting(id)
		if err != nil {
			return err
		}
		c, err := m.conclude(item, d)
		if err != nil {
			return err
		}
		// The id derives from the item, so what was concluded before is found
		// here, whoever asks and however often.
		switch old, err := tx.Conclusion(c.ID); {
		case err == nil && d.says(old):
			out = old
			return nil
		case err == nil:
			return vanphong.NewInputError("item", string(item), "the conclusion recorded", vanphong.ErrConflict)
		case !errors.Is(err, vanphong.ErrNotFound):
			return err
		}
		err = putConclusion(tx, &c, by)
		out = c
		return err
	})
	if err != nil {
		return Conclusion{}, err
	}
	return out, nil
}

// putConclusion is only called when something changed: a rerun must leave
// neither a new version nor a change in the stream.
func putConclusion(tx Tx, c *Conclusion, by vanphong.Stamp) error {
	c.Last = by
	if err := tx.PutConclusion(*c); err != nil {
		return err
	}
	c.Version++
	return nil
}

func (d Draft) check() error {
	if d.Secrecy > vanphong.TopSecret {
		return vanphong.NewInputError("secrecy", d.Secrecy.Name(), "a level of secrecy", nil)
	}
	return firstError(vanphong.CheckID("kind", string(d.Kind)), checkText("abstract", d.Abstract, true), checkText("text", d.Text, false))
}

// says compares the draft alone: number and document came later and are no
// part of what was concluded.
func (d Draft) says(c Conclusion) bool {
	return d.Kind == c.Kind && d.Abstract == c.Abstract && d.Text == c.Text && d.Secrecy == c.Secrecy
}

// conclude returns the conclusion that a draft makes of an item.
func (m Meeting) conclude(id ItemID, d Draft) (Conclusion, error) {
	item, ok := m.Item(id)
	if !ok {
		return Conclusion{}, missing("item", string(id))
	}
	outcome, _ := item.Decision.Outcome.MarshalText()
	switch {
	case !m.State.Held():
		return Conclusion{}, m.stateError("opened or closed")
	case item.Decision.Outcome != Adopted && item.Decision.Outcome != NotAdopted:
		return Conclusion{}, vanphong.NewInputError("item.outcome", string(outcome), "a decision on the item", vanphong.ErrState)
	case item.Decision.Outcome == NotAdopted && (d.Kind == documents.KindResolution || d.Kind == documents.KindDecision):
		return Conclusion{}, vanphong.NewInputError("item.outcome", string(outcome), "adopted, to become a "+string(d.Kind), vanphong.ErrState)
	// A higher level than the item's is allowed: putting things together can
	// make a secret of what was none.
	case d.Secrecy < max(m.Secrecy, item.Secrecy):
		return Conclusion{}, vanphong.NewInputError("secrecy", d.Secrecy.Name(), "at least that of the item, "+max(m.Secrecy, item.Secrecy).Name(), vanphong.ErrSecret)
	}
	return Conclusion{
		ID: NewConclusionID(id), Org: m.Org, Meeting: m.ID, Item: id, Body: m.Body, Term: m.Term, Day: m.Day,
		Kind: d.Kind, Abstract: d.Abstract, Text: d.Text, Secrecy: d.Secrecy,
	}, nil
}

// AttachDocument records the register entry that a conclusion was issued as,
// or, if the entry is void, that it has no number again: [Conclusion.EntryID]
// is then another one. The entry must be the one of that id, of the
// conclusion's kind, and name the conclusion as its origin; one held by the
// secret register says neither and is taken by its id. An entry dated before
// the meeting is refused: nothing is issued before it is concluded.
//
// The register itself is another port, in another transaction perhaps in
// another system. So the entry is handed in, and everything it claims is
// compared here before it is believed.
func (s *Secretary) AttachDocument(ctx context.Context, org vanphong.OrgID, id ConclusionID, e documents.Entry, by vanphong.Stamp) (Conclusion, error) {
	if err := s.ask(ctx, org, by, "attach", string(id)); err != nil {
		return Conclusion{}, err
	}
	var out Conclusion
	err := s.store.Update(ctx, org, func(tx Tx) error {
		c, err := tx.Conclusion(id)
		if err != nil {
			return err
		}
		changed, err := c.attach(e)
		if err == nil && changed {
			err = putConclusion(tx, &c, by)
		}
		out = c
		return err
	})
	if err != nil {
		return Conclusion{}, err
	}
	return out, nil
}

func (c *Conclusion) attach(e documents.Entry) (changed bool, err error) {
	if e.Org != c.Org {
		return false, vanphong.NewInputError("entry.org", string(e.Org), string(c.Org), nil)
	}
	// The void one is reported once more by a program that was cut off.
	if slices.Contains(c.Voided, e.ID) && e.State == documents.StateVoid {
		return false, nil
	}
	if want := c.EntryID(); e.ID != want {
		return false, vanphong.NewInputError("entry.id", string(e.ID), string(want), vanphong.ErrConflict)
	}
	// A void number is never given again: the conclusion gets another entry
	// and keeps the list of those before it. The next id follows from its
	// length.
	switch e.State {
	case documents.StateVoid:
		c.Voided = append(c.Voided, e.ID)
		c.Document, c.Number = "", documents.Number{}
		return true, nil
	case documents.StateIssued:
		if e.Kind != c.Kind {
			return false, vanphong.NewInputError("entry.kind", string(e.Kind), string(c.Kind), nil)
		}
		if e.Origin != string(c.ID) {
			return false, vanphong.NewInputError("entry.origin", e.Origin, string(c.ID), nil)
		}
		if err := c.checkDay(e); err != nil {
			return false, err
		}
	// The open register knows of a held entry no more than its id and that it
	// exists.
	case documents.StateHeld:
		if !e.Day.IsZero() {
			if err := c.checkDay(e); err != nil {
				return false, err
			}
		}
	default:
		return false, vanphong.NewInputError("entry.state", strconv.Itoa(int(e.State)), "issued, void or held", vanphong.ErrState)
	}
	if c.Document == e.ID && c.Number == e.Number {
		return false, nil
	}
	// A conclusion has one number. A second one would be two documents with
	// the same text in circulation.
	if c.Document != "" {
		return false, vanphong.NewInputError("entry.number", "", "the number recorded", vanphong.ErrConflict)
	}
	c.Document, c.Number = e.ID, e.Number
	return true, nil
}

func (c *Conclusion) checkDay(e documents.Entry) error {
	if e.Day < c.Day {
		return vanphong.NewInputError("entry.day", e.Day.String(), "a day on or after the meeting's, "+c.Day.String(), nil)
	}
	return nil
}
