package dispatch

import (
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
)

// Send records that a document left for recipients by a channel, again or for
// the first time (a resending, a replacement for what was returned). A channel
// that the policy does not allow for its secrecy is refused with an error that
// wraps vanphong.ErrSecret. Nothing is sent to the file, nor to whom the
// document is called back from.
//
// On paper, s.Numbers and s.Copies say which copies go; both empty are those the
// recipient is to have and that are in the office, or one copy without a number
// if it is to have none. A numbered copy goes only from the office, and one that
// was never sent only to the recipient it is meant for. Copies are named for one
// recipient at a time.
func (c *Clerk) Send(ctx context.Context, org vanphong.OrgID, entry documents.EntryID, s Step, by vanphong.Stamp, to ...RecipientID) (Dispatch, error) {
	s.Kind = StepSent
	return c.step(ctx, org, entry, "send", s, by, to, func(w *work, r *Recipient) error { return w.send(r, s.Receipt) })
}

// HandOver records that a recipient took a document over on paper and signed for
// it: s.Receipt.Person says who. If it was not on its way yet, it is sent by
// this, with the copies as in [Clerk.Send].
func (c *Clerk) HandOver(ctx context.Context, org vanphong.OrgID, entry documents.EntryID, s Step, by vanphong.Stamp, to ...RecipientID) (Dispatch, error) {
	s.Kind = StepReceived
	if s.Channel == ChannelUnknown {
		s.Channel = Paper
	}
	return c.step(ctx, org, entry, "handover", s, by, to, func(w *work, r *Recipient) error {
		switch {
		case w.s.Channel != Paper:
			return vanphong.NewInputError("channel", w.s.Channel.Name(), "paper", nil)
		case w.s.Receipt.Person == "":
			return vanphong.NewInputError("receipt.person", "", "who signed for it", nil)
		}
		received := w.s
		if st := r.Status(time.Time{}); !st.underWay() || st.Channel != Paper {
			// The receipt is the receiving's, so that the sending reads as one.
			w.s.Kind, w.s.Receipt = StepSent, Receipt{}
			if err := w.send(r, Receipt{}); err != nil {
				return err
			}
		} else if len(received.Numbers) > 0 || received.Copies > 0 {
			return vanphong.NewInputError("numbers", "", "none: the copies went with the sending", vanphong.ErrState)
		}
		w.s = received
		return w.add(r, received)
	})
}

// Deliver records that a document has come to where a recipient is (by the
// system, or at its door), before its clerk took it in. That it came is no news
// once it was received: then nothing changes.
func (c *Clerk) Deliver(ctx context.Context, org vanphong.OrgID, entry documents.EntryID, s Step, by vanphong.Stamp, to ...RecipientID) (Dispatch, error) {
	s.Kind = StepDelivered
	return c.step(ctx, org, entry, "deliver", s, by, to, func(w *work, r *Recipient) error {
		switch st := r.Status(time.Time{}); st.State {
		// The two messages of a system may overtake each other.
		case Delivered, Received:
			return nil
		case Sent:
			return w.bare(r)
		default:
			return stateError(st)
		}
	})
}

// Acknowledge records that a recipient has taken a document in (báo nhận), with
// its receipt if it gave one.
func (c *Clerk) Acknowledge(ctx context.Context, org vanphong.OrgID, entry documents.EntryID, s Step, by vanphong.Stamp, to ...RecipientID) (Dispatch, error) {
	s.Kind = StepReceived
	return c.step(ctx, org, entry, "acknowledge", s, by, to, func(w *work, r *Recipient) error {
		if st := r.Status(time.Time{}); !st.underWay() {
			return stateError(st)
		}
		return w.bare(r)
	})
}

// Fail records that a sending did not arrive, for a reason. Copies on paper are
// out until they are named: s.Numbers and s.Copies are those that came back to
// the office; what is not named is missing.
func (c *Clerk) Fail(ctx context.Context, org vanphong.OrgID, entry documents.EntryID, s Step, by vanphong.Stamp, to ...RecipientID) (Dispatch, error) {
	s.Kind = StepFailed
	return c.step(ctx, org, entry, "fail", s, by, to, func(w *work, r *Recipient) error {
		st := r.Status(time.Time{})
		if !st.underWay() {
			return stateError(st)
		}
		return w.takeBack(r, st)
	})
}

// Return records that a recipient sent a document back, for a reason: it was
// not meant for it, or its check of authenticity or integrity failed (NĐ
// 30/2020/NĐ-CP, Điều 21.2, grade P). As in [Clerk.Fail], copies on paper come
// back by being named. A replacement is another [Clerk.Send].
func (c *Clerk) Return(ctx context.Context, org vanphong.OrgID, entry documents.EntryID, s Step, by vanphong.Stamp, to ...RecipientID) (Dispatch, error) {
	s.Kind = StepReturned
	return c.step(ctx, org, entry, "return", s, by, to, func(w *work, r *Recipient) error {
		st := r.Status(time.Time{})
		if !st.underWay() && st.State != Received {
			return stateError(st)
		}
		return w.takeBack(r, st)
	})
}

func stateError(s Status) error {
	code, _ := s.State.MarshalText()
	return vanphong.NewInputError("state", string(code), "one from which this step follows", vanphong.ErrState)
}

// work is one step that is being recorded, for one recipient after another.
type work struct {
	c      *Clerk
	d      *Dispatch
	s      Step
	copies []Copy // where the numbered copies are; nil until somebody asks
	wrote  bool
}

// step records a step for recipients, all or none. fn adds it to one of them.
func (c *Clerk) step(ctx context.Context, org vanphong.OrgID, entry documents.EntryID, verb string, s Step, by vanphong.Stamp, to []RecipientID, fn func(*work, *Recipient) error) (Dispatch, error) {
	s = s.compose()
	s.Made = by
	return c.change(ctx, org, entry, verb, by, func(d *Dispatch) (bool, error) {
		if err := s.check(); err != nil {
			return false, err
		}
		if err := happened("at", s.At, by); err != nil {
			return false, err
		}
		list, err := d.pick(to)
		if err != nil {
			return false, err
		}
		if len(list) > 1 && (len(s.Numbers) > 0 || s.Copies > 0) {
			return false, vanphong.NewInputError("to", strconv.Itoa(len(list)), "one recipient: copies are named for one at a time", nil)
		}
		w := &work{c: c, d: d}
		for _, i := range list {
			r := &d.Recipients[i]
			// The same before the state: a step that was sent twice is no error
			// because others came after it.
			if slices.ContainsFunc(r.Steps, func(o Step) bool { return o.same(s) }) {
				continue
			}
			// fn may have turned it into a sending for the one before.
			w.s = s
			if err := fn(w, r); err != nil {
				return false, err
			}
		}
		return w.wrote, nil
	})
}

// pick returns the places of recipients in the list. One that is named twice is
// twice in it: the second time its step is there.
func (d *Dispatch) pick(to []RecipientID) ([]int, error) {
	if len(to) == 0 {
		return nil, vanphong.NewInputError("to", "", "at least one recipient", nil)
	}
	if err := vanphong.CheckCount("to", len(to), MaxRecipients); err != nil {
		return nil, err
	}
	at := make(map[RecipientID]int, len(d.Recipients))
	for i, r := range d.Recipients {
		at[r.ID] = i
	}
	out := make([]int, 0, len(to))
	for _, id := range to {
		i, ok := at[id]
		if !ok {
			return nil, vanphong.NewInputError("to", string(id), "a recipient of the document", vanphong.ErrNotFound)
		}
		out = append(out, i)
	}
	return out, nil
}

// add adds a step to a recipient, not before the one recorded last: what stands
// on a past day follows from the order.
func (w *work) add(r *Recipient, s Step) error {
	if n := len(r.Steps); n > 0 && s.At.Before(r.Steps[n-1].At) {
		return vanphong.NewInputError("at", s.At.Format(time.RFC3339), "an instant on or after "+r.Steps[n-1].At.Format(time.RFC3339), nil)
	}
	if err := vanphong.CheckCount("steps", len(r.Steps)+1, MaxSteps); err != nil {
		return err
	}
	s.Numbers = slices.Clone(s.Numbers)
	r.Steps, w.wrote = append(r.Steps, s), true
	return nil
}

// bare adds a step that moves no copies.
func (w *work) bare(r *Recipient) error {
	if len(w.s.Numbers) > 0 || w.s.Copies > 0 {
		return vanphong.NewInputError("numbers", "", "none: this step moves no copy", nil)
	}
	return w.add(r, w.s)
}

// takeBack adds a step by which copies come back to the office.
func (w *work) takeBack(r *Recipient, st Status) error {
	if err := st.Holding.lacks(w.s); err != nil {
		return err
	}
	return w.add(r, w.s)
}

// send adds w.s as a sending.
func (w *work) send(r *Recipient, receipt Receipt) error {
	s := w.s
	s.Receipt = receipt
	switch st := r.Status(time.Time{}); {
	case r.Filed:
		return vanphong.NewInputError("to", string(r.ID), "a recipient: this is the file", vanphong.ErrState)
	case w.d.Recall.Whole || st.Recall != NotRecalled:
		return vanphong.NewInputError("recall", "", "a document that is not called back", vanphong.ErrState)
	}
	if s.Channel == ChannelUnknown {
		return vanphong.NewInputError("channel", "", "a channel", nil)
	}
	if err := w.c.policy.Allow(w.d.Secrecy, s.Channel); err != nil {
		return err
	}
	if s.Channel.Electronic() {
		w.s = s
		return w.bare(r)
	}
	// Asked once for all recipients of the step, and kept current below: each
	// asking walks the whole record.
	if w.copies == nil {
		w.copies = w.d.Copies()
	}
	if len(s.Numbers) == 0 && s.Copies == 0 {
		for _, n := range r.Numbers {
			if w.free(n, r) == nil {
				s.Numbers = append(s.Numbers, n)
			}
		}
		if s.Copies = r.Copies; s.Copies == 0 && len(r.Numbers) == 0 {
			s.Copies = 1
		}
		// All it was to have is with it, or gone.
		if s.Copies == 0 && len(s.Numbers) == 0 {
			return vanphong.NewInputError("numbers", "", "copies that are in the office", vanphong.ErrState)
		}
	}
	// Before anything is added: a parcel goes with all its copies or not at all.
	for _, n := range s.Numbers {
		if err := w.free(n, r); err != nil {
			return err
		}
	}
	if err := w.add(r, s); err != nil {
		return err
	}
	for _, n := range s.Numbers {
		w.copies[n-1] = Copy{n, CopyOut, r.ID}
	}
	return nil
}

// free returns an error unless a numbered copy can go to a recipient.
func (w *work) free(n int, r *Recipient) error {
	if n > len(w.copies) {
		return vanphong.NewInputError("numbers", strconv.Itoa(n), "copies 1 to "+strconv.Itoa(len(w.copies)), vanphong.ErrOutOfRange)
	}
	c := w.copies[n-1]
	if c.Place == CopyBack || (c.Place == CopyInOffice && (c.Recipient == "" || c.Recipient == r.ID)) {
		return nil
	}
	code, _ := c.Place.MarshalText()
	return vanphong.NewInputError("numbers", strconv.Itoa(n), "a copy in the office that is meant for nobody else; this one is "+string(code), vanphong.ErrState)
}
