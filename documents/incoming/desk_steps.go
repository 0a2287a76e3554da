package incoming

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/vanphong-go/vanphong"
)

// endedError says how the document's way ended, for each needs another answer.
func (d Document) endedError() error {
	_, state, _ := d.Ended()
	code, _ := state.MarshalText()
	return vanphong.NewInputError("document.state", string(code), "a document that is open", errEnded)
}

func (d Document) open() error {
	if _, _, ended := d.Ended(); ended {
		return d.endedError()
	}
	return nil
}

// Present records that a document was put before somebody, or passed on to a
// unit (trình, chuyển). p.Made is taken from the stamp.
//
// The same presentation twice is one; to the same person at another instant it
// is another: papers do come back to a desk.
func (k *Desk) Present(ctx context.Context, org vanphong.OrgID, id ID, p Presentation, by vanphong.Stamp) (Document, error) {
	return k.change(ctx, org, id, "present", by, func(_ Tx, d *Document) (bool, error) {
		p.At, p.Note, p.Made = when(p.At, by), vanphong.NFC(p.Note), by
		if err := first(p.To.check("to"), d.words("note", p.Note), happened("at", p.At, d.Received, by.At)); err != nil {
			return false, err
		}
		// The same before the state: a step that was sent twice is no error because
		// the document is done by then.
		if slices.ContainsFunc(d.Presented, func(o Presentation) bool {
			return o.To == p.To && sameInstant(o.At, p.At) && o.Note == p.Note
		}) {
			return false, nil
		}
		d.Presented = append(d.Presented, p)
		return true, d.open()
	})
}

// words refuses words about a document with a mark of secrecy: what is said of
// it tells what is in it.
func (d *Document) words(field, s string) error {
	if h := d.hidden(); h && s != "" {
		return vanphong.NewInputError(field, vanphong.Placeholder, "no words on a document marked "+d.Secrecy.Name(), vanphong.ErrSecret)
	}
	return d.hidden().text(field, s, MaxOpinion, false)
}

// Instruct adds an opinion to the tree of a document (bút phê). If it was given
// for somebody else, a mandate that held at the instant it was given is looked
// up, for exactly this principal and this signer, and kept with the step;
// without one the error wraps vanphong.ErrForbidden.
func (k *Desk) Instruct(ctx context.Context, org vanphong.OrgID, id ID, in Instruction, by vanphong.Stamp) (Document, error) {
	return k.change(ctx, org, id, "instruct", by, func(tx Tx, d *Document) (bool, error) {
		in.At, in.Text, in.Basis = when(in.At, by), vanphong.NFC(in.Text), vanphong.NFC(in.Basis)
		if err := first(vanphong.CheckID("by", in.By), optionalID("for", in.For), happened("at", in.At, d.Received, by.At)); err != nil {
			return false, err
		}
		// Repeated after the mandate is gone it is still the step it was: what is
		// recorded is compared first.
		if i := slices.IndexFunc(d.Steps, func(s Step) bool { return s.ID == in.ID }); i >= 0 {
			s, err := in.step(Capacity{Principal: in.principal()}, by)
			if err == nil && !d.Steps[i].same(s) {
				err = vanphong.NewInputError("id", string(in.ID), "the step recorded under this id, or another id", vanphong.ErrConflict)
			}
			return false, err
		}
		capacity, err := capacity(tx, in)
		if err != nil {
			return false, err
		}
		s, err := in.step(capacity, by)
		if err != nil {
			return false, err
		}
		d.Steps = append(d.Steps, s)
		return true, first(d.open(), d.checkTree())
	})
}

// principal is who an opinion is given for, "" for one's own.
func (i Instruction) principal() vanphong.PersonID {
	if i.For == i.By {
		return ""
	}
	return i.For
}

func capacity(r Reader, in Instruction) (Capacity, error) {
	if in.principal() == "" {
		return Capacity{}, nil
	}
	var all []Mandate
	for m, err := range r.Mandates(in.For) {
		if err != nil {
			return Capacity{}, err
		}
		all = append(all, m)
	}
	return Resolve(all, in.Under, in.For, in.By, in.At)
}

// Delegate records a mandate under the caller's id (phân công ký thay, thừa
// lệnh, ủy quyền). m.Made is taken from the stamp.
//
// What was delegated is not delegated further: mandates are never followed from
// one to the next ([Resolve]), and ủy quyền that its principal records while he
// acts for somebody else (vanphong.Actor.For) is refused.
func (k *Desk) Delegate(ctx context.Context, org vanphong.OrgID, m Mandate, by vanphong.Stamp) (Mandate, error) {
	if err := k.ask(ctx, org, by, "delegate", string(m.ID)); err != nil {
		return Mandate{}, err
	}
	m.Org, m.Basis, m.Made, m.Revoked, m.Version = org, vanphong.NFC(m.Basis), by, Ending{}, 0
	m.From, m.Until = m.From.Round(0), m.Until.Round(0)
	if err := first(vanphong.CheckID("id", m.ID), m.Check()); err != nil {
		return Mandate{}, err
	}
	// NĐ 30/2020/NĐ-CP, Điều 13 (grade P): who was delegated does not delegate.
	if m.Form == ByDelegation && by.By.For != "" && by.By.ID == m.Principal {
		return Mandate{}, vanphong.NewInputError("principal", string(m.Principal), "somebody who does not hold the power for another", vanphong.ErrForbidden)
	}
	out := m
	err := k.store.Update(ctx, org, func(tx Tx) error {
		old, err := tx.Mandate(m.ID)
		switch {
		case err == nil && old.same(m):
			out = old
			return nil
		case err == nil:
			return vanphong.NewInputError("id", string(m.ID), "the mandate recorded under this id, or another id", vanphong.ErrConflict)
		case !errors.Is(err, vanphong.ErrNotFound):
			return err
		}
		out = m
		return putMandate(tx, &out, by)
	})
	return result(out, err)
}

// Revoke ends a mandate at an instant, for a reason; a zero instant is that of
// the stamp. What was signed under it before stands.
//
// It may be recorded later than it took effect, as a decision arrives after its
// date; steps given in between stay as they were resolved.
func (k *Desk) Revoke(ctx context.Context, org vanphong.OrgID, id MandateID, at time.Time, reason string, by vanphong.Stamp) (Mandate, error) {
	if err := k.ask(ctx, org, by, "revoke", string(id)); err != nil {
		return Mandate{}, err
	}
	end := Ending{when(at, by), vanphong.NFC(reason), by}
	if err := hidden(false).text("reason", end.Reason, MaxText, true); err != nil {
		return Mandate{}, err
	}
	var out Mandate
	err := k.store.Update(ctx, org, func(tx Tx) (err error) {
		if out, err = tx.Mandate(id); err != nil {
			return err
		}
		switch {
		case out.Revoked.sameEnd(end):
			return nil
		case !out.Revoked.IsZero():
			return vanphong.NewInputError("mandate", string(id), "a mandate that holds", errEnded)
		case end.At.Before(out.From):
			return vanphong.NewInputError("at", instant(end.At), "an instant on or after "+instant(out.From), nil)
		}
		out.Revoked = end
		return putMandate(tx, &out, by)
	})
	return result(out, err)
}

func putMandate(tx Tx, m *Mandate, by vanphong.Stamp) error {
	m.Last = by
	if err := tx.PutMandate(*m); err != nil {
		return err
	}
	m.Version++
	return nil
}

func (e Ending) sameEnd(o Ending) bool {
	return !e.IsZero() && sameInstant(e.At, o.At) && e.Reason == o.Reason
}

// Acknowledge records that the sender was told of the arrival (báo nhận), of a
// document that is returned or done as well.
func (k *Desk) Acknowledge(ctx context.Context, org vanphong.OrgID, id ID, n Notice, by vanphong.Stamp) (Document, error) {
	return k.change(ctx, org, id, "acknowledge", by, func(_ Tx, d *Document) (bool, error) {
		n.At, n.Note, n.Made = when(n.At, by), vanphong.NFC(n.Note), by
		if err := first(d.words("note", n.Note), happened("at", n.At, d.Received, by.At)); err != nil {
			return false, err
		}
		switch old := d.Acknowledged; {
		case old.At.IsZero():
		case sameInstant(old.At, n.At) && old.Note == n.Note:
			return false, nil
		default:
			return false, vanphong.NewInputError("at", instant(n.At), "the acknowledgement recorded, "+instant(old.At), vanphong.ErrConflict)
		}
		if !d.Voided.IsZero() {
			return false, d.endedError()
		}
		d.Acknowledged = n
		return true, nil
	})
}

// Return sends a document back for a reason (trả lại nơi gửi): wrong
// addressee, or authenticity or integrity not given (NĐ 30/2020/NĐ-CP, Điều 21
// khoản 2, grade P). Sent again, corrected or not, it is registered as a document
// of its own, under a number of its own.
func (k *Desk) Return(ctx context.Context, org vanphong.OrgID, id ID, at time.Time, reason string, by vanphong.Stamp) (Document, error) {
	return k.end(ctx, org, id, "return", at, reason, by, func(d *Document) *Ending { return &d.Returned })
}

// Refuse records that a document was not accepted (từ chối tiếp nhận), for a
// reason. Its number stays given.
func (k *Desk) Refuse(ctx context.Context, org vanphong.OrgID, id ID, at time.Time, reason string, by vanphong.Stamp) (Document, error) {
	return k.end(ctx, org, id, "refuse", at, reason, by, func(d *Document) *Ending { return &d.Refused })
}

// Complete records that the work on a document is done (giải quyết xong); note
// says with what result and may be empty, as it is for a document with a mark
// of secrecy. A document that only had to be known is done once it was.
func (k *Desk) Complete(ctx context.Context, org vanphong.OrgID, id ID, at time.Time, note string, by vanphong.Stamp) (Document, error) {
	return k.end(ctx, org, id, "complete", at, note, by, func(d *Document) *Ending { return &d.Done })
}

func (k *Desk) end(ctx context.Context, org vanphong.OrgID, id ID, verb string, at time.Time, reason string, by vanphong.Stamp, of func(*Document) *Ending) (Document, error) {
	return k.change(ctx, org, id, verb, by, func(tx Tx, d *Document) (bool, error) {
		e := Ending{when(at, by), vanphong.NFC(reason), by}
		// Why a secret document went back has to be said, and is kept within; what
		// was done about it need not be.
		check := d.hidden().text("reason", e.Reason, MaxOpinion, true)
		if verb == "complete" {
			check = d.words("note", e.Reason)
		}
		if err := first(check, happened("at", e.At, d.Received, by.At)); err != nil {
			return false, err
		}
		if of(d).sameEnd(e) {
			return false, nil
		}
		if err := d.open(); err != nil {
			return false, err
		}
		*of(d) = e
		if !d.gone() || len(d.Also) == 0 {
			return true, nil
		}
		also := d.Also
		if err := put(tx, d, by); err != nil {
			return false, err
		}
		return false, succeed(tx, d.ID, also, by) // as for a void one
	})
}

// Void makes the number of a document void, for a reason (hủy số đến): it was
// registered by mistake. The number stays given and its line in the book. The
// first document that was registered anyway beside it stands in its place from
// then on.
func (k *Desk) Void(ctx context.Context, org vanphong.OrgID, id ID, reason string, by vanphong.Stamp) (Document, error) {
	return k.change(ctx, org, id, "void", by, func(tx Tx, d *Document) (bool, error) {
		reason := vanphong.NFC(reason)
		if err := d.hidden().text("reason", reason, MaxOpinion, true); err != nil {
			return false, err
		}
		switch {
		case d.Voided.IsZero():
		case d.Voided.Reason == reason:
			return false, nil
		default:
			return false, d.endedError()
		}
		d.Voided = Ending{by.At.Round(0), reason, by}
		also := d.Also
		if err := put(tx, d, by); err != nil {
			return false, err
		}
		// Written above, so that the keys are free for the one that follows.
		return false, succeed(tx, d.ID, also, by)
	})
}

// succeed puts the first living document of those registered beside one that is
// gone in its place. One that stands there since it was returned stays when it is
// made void as well.
//
// All in the transaction of the caller: between the two nobody could register
// the paper a third time.
func succeed(tx Tx, first ID, also []ID, by vanphong.Stamp) error {
	for i, id := range also {
		next, err := tx.Document(id)
		if err != nil {
			return err
		}
		if next.gone() || next.Duplicate.Of != first || next.Duplicate.Lapsed {
			continue
		}
		next.Duplicate.Lapsed = true
		next.Also = append(next.Also, also[i+1:]...)
		if err := put(tx, &next, by); err != nil {
			return err
		}
		for _, id := range also[i+1:] {
			rest, err := tx.Document(id)
			if err != nil {
				return err
			}
			rest.Duplicate.Of = next.ID
			if err := put(tx, &rest, by); err != nil {
				return err
			}
		}
		return nil
	}
	return nil
}

// Link records a document of this office that answers this one (văn bản trả
// lời), also after the work on it is done. a.At and a.Made are filled in.
//
// An answer does not end the work by itself: an interim one is an answer, too.
func (k *Desk) Link(ctx context.Context, org vanphong.OrgID, id ID, a Answer, by vanphong.Stamp) (Document, error) {
	return k.change(ctx, org, id, "link", by, func(_ Tx, d *Document) (bool, error) {
		a.At, a.Number, a.Made = when(a.At, by), vanphong.NFC(a.Number), by
		if err := first(a.check(d.hidden()), happened("at", a.At, d.Received, by.At)); err != nil {
			return false, err
		}
		if slices.ContainsFunc(d.Answers, a.same) {
			return false, nil
		}
		// The answer is often numbered after the work was reported done.
		if _, state, ended := d.Ended(); ended && state != StateDone {
			return false, d.endedError()
		}
		d.Answers = append(d.Answers, a)
		return true, nil
	})
}

// Require records that a document calls for a local one: who advises, what is
// to be issued, by when. q.Made is taken from the stamp, q.Issued is left out.
// The same key with another content is vanphong.ErrConflict.
//
// The requirement and the tasks that follow from it meet in [Document.Origin].
func (k *Desk) Require(ctx context.Context, org vanphong.OrgID, id ID, q Requirement, by vanphong.Stamp) (Document, error) {
	return k.change(ctx, org, id, "require", by, func(_ Tx, d *Document) (bool, error) {
		q.At, q.Made, q.Issued = when(q.At, by), by, Answer{}
		q.Title, q.Basis = vanphong.NFC(q.Title), vanphong.NFC(q.Basis)
		if err := first(q.check(d.Receipt), happened("at", q.At, d.Received, by.At)); err != nil {
			return false, err
		}
		if i := d.requirement(q.Key); i >= 0 {
			if d.Required[i].same(q) {
				return false, nil
			}
			return false, d.hidden().refuse("key", q.Key, "the requirement recorded under this key, or another key", vanphong.ErrConflict)
		}
		d.Required = append(d.Required, q)
		// A document that is done may still call for others.
		if _, state, ended := d.Ended(); ended && state != StateDone {
			return false, d.endedError()
		}
		return true, nil
	})
}

func (d *Document) requirement(key string) int {
	return slices.IndexFunc(d.Required, func(q Requirement) bool { return q.Key == key })
}

// Fulfil records the local document that meets a requirement. A second one is
// vanphong.ErrConflict: link what else follows with [Desk.Link].
func (k *Desk) Fulfil(ctx context.Context, org vanphong.OrgID, id ID, key string, a Answer, by vanphong.Stamp) (Document, error) {
	return k.change(ctx, org, id, "link", by, func(_ Tx, d *Document) (bool, error) {
		a.At, a.Number, a.Made = when(a.At, by), vanphong.NFC(a.Number), by
		i := d.requirement(key)
		if i < 0 {
			return false, vanphong.NewInputError("key", key, "a requirement of this document", vanphong.ErrNotFound)
		}
		q := &d.Required[i]
		if err := first(a.check(d.hidden()), happened("at", a.At, d.Received, by.At)); err != nil {
			return false, err
		}
		switch {
		case q.Issued.IsZero():
			q.Issued = a
			return true, nil
		case q.Issued.same(a):
			return false, nil
		}
		return false, d.hidden().refuse("key", key, "a requirement that nothing has met", vanphong.ErrConflict)
	})
}
