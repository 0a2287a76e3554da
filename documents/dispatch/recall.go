package dispatch

import (
	"context"
	"time"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
)

// Recall calls a document back by a notice (thu hồi văn bản): from the
// recipients named, or from every one that has anything of it; then nothing of
// it can be sent to anybody any more. Calling it back from further recipients
// names the same notice; another one is vanphong.ErrConflict. r.Whole and
// r.Made are filled in. From then on each is on the open list, see
// [Dispatch.RecallOpen].
//
// It says nothing about the entry: that the document is withdrawn is an event of
// the register (documents.EventRecalled).
func (c *Clerk) Recall(ctx context.Context, org vanphong.OrgID, entry documents.EntryID, r Recall, by vanphong.Stamp, from ...RecipientID) (Dispatch, error) {
	r.Number, r.Reason = vanphong.NFC(r.Number), vanphong.NFC(r.Reason)
	r.Whole, r.Made = len(from) == 0, by
	return c.change(ctx, org, entry, "recall", by, func(d *Dispatch) (bool, error) {
		if err := r.check(); err != nil {
			return false, err
		}
		if err := happened("recall.at", r.At, by); err != nil {
			return false, err
		}
		w := &work{c: c, d: d}
		switch old := d.Recall; {
		case old == Recall{}:
			d.Recall, w.wrote = r, true
		case old.Notice != r.Notice || old.Number != r.Number || !old.At.Equal(r.At) || old.Reason != r.Reason:
			return false, vanphong.NewInputError("recall.notice", string(r.Notice), "the notice recorded", vanphong.ErrConflict)
		case r.Whole && !old.Whole:
			d.Recall.Whole, w.wrote = true, true
		}
		list, err := d.holders(from)
		if err != nil {
			return false, err
		}
		for _, i := range list {
			p := &d.Recipients[i]
			st := p.Status(time.Time{})
			if st.Recall != NotRecalled {
				continue
			}
			if st.Holding.Empty() {
				return false, vanphong.NewInputError("from", string(p.ID), "a recipient that has something of the document", vanphong.ErrState)
			}
			// What the recipient did after the recall began, and before it was
			// written down here, does not keep the recall out.
			at := r.At
			if n := len(p.Steps); n > 0 && p.Steps[n-1].At.After(at) {
				at = p.Steps[n-1].At
			}
			if err := w.add(p, Step{Kind: StepRecalled, At: at, Made: by}); err != nil {
				return false, err
			}
		}
		return w.wrote, nil
	})
}

func (r Recall) check() error {
	if err := checkInstant("recall.at", r.At); err != nil {
		return err
	}
	if r.Notice == "" && r.Number == "" {
		return vanphong.NewInputError("recall.notice", "", "the notice: its entry or its number", nil)
	}
	if r.Notice != "" {
		if err := vanphong.CheckID("recall.notice", r.Notice); err != nil {
			return err
		}
	}
	if err := checkText("recall.number", r.Number, false); err != nil {
		return err
	}
	return checkText("recall.reason", r.Reason, false)
}

// holders returns the places of the recipients named; of none, all that have
// anything of the document.
func (d *Dispatch) holders(from []RecipientID) ([]int, error) {
	if len(from) > 0 {
		return d.pick(from)
	}
	var out []int
	for i, r := range d.Recipients {
		if !r.Status(time.Time{}).Holding.Empty() {
			out = append(out, i)
		}
	}
	return out, nil
}

// recalled is a step that needs a recall in one of some states.
func (w *work) recalled(r *Recipient, first, last RecallState) error {
	if st := r.Status(time.Time{}); st.Recall < first || st.Recall > last {
		code, _ := st.Recall.MarshalText()
		return vanphong.NewInputError("recall", string(code), "a state of the recall from which this step follows", vanphong.ErrState)
	}
	return w.bare(r)
}

// Notify records that the notice of recall was sent to recipients; again is a
// reminder.
func (c *Clerk) Notify(ctx context.Context, org vanphong.OrgID, entry documents.EntryID, s Step, by vanphong.Stamp, to ...RecipientID) (Dispatch, error) {
	s.Kind = StepNotified
	return c.step(ctx, org, entry, "notify", s, by, to, func(w *work, r *Recipient) error {
		return w.recalled(r, RecallDue, RecallNoticed)
	})
}

// Noticed records that recipients have the notice of recall.
func (c *Clerk) Noticed(ctx context.Context, org vanphong.OrgID, entry documents.EntryID, s Step, by vanphong.Stamp, to ...RecipientID) (Dispatch, error) {
	s.Kind = StepNoticed
	return c.step(ctx, org, entry, "noticed", s, by, to, func(w *work, r *Recipient) error {
		return w.recalled(r, RecallNotified, RecallNotified)
	})
}

// GiveBack records that a recipient gave copies on paper back: s.Numbers and
// s.Copies, at least one. They may come in parts, and without a recall, as secret
// papers do after a meeting.
func (c *Clerk) GiveBack(ctx context.Context, org vanphong.OrgID, entry documents.EntryID, s Step, by vanphong.Stamp, to ...RecipientID) (Dispatch, error) {
	s.Kind = StepGivenBack
	return c.step(ctx, org, entry, "giveback", s, by, to, func(w *work, r *Recipient) error {
		if len(w.s.Numbers) == 0 && w.s.Copies == 0 {
			return vanphong.NewInputError("numbers", "", "the copies that came back", nil)
		}
		return w.takeBack(r, r.Status(time.Time{}))
	})
}

// Destroy records that recipients reported a document destroyed: the electronic
// one on their system, or the copies on paper that s.Numbers and s.Copies name.
func (c *Clerk) Destroy(ctx context.Context, org vanphong.OrgID, entry documents.EntryID, s Step, by vanphong.Stamp, to ...RecipientID) (Dispatch, error) {
	s.Kind = StepDestroyed
	return c.step(ctx, org, entry, "destroy", s, by, to, func(w *work, r *Recipient) error {
		st := r.Status(time.Time{})
		if len(w.s.Numbers) == 0 && w.s.Copies == 0 && !st.Holding.Electronic {
			return vanphong.NewInputError("numbers", "", "the copies destroyed: there is no electronic one", vanphong.ErrState)
		}
		return w.takeBack(r, st)
	})
}

// Confirm ends the recall with recipients that have nothing left of the document.
func (c *Clerk) Confirm(ctx context.Context, org vanphong.OrgID, entry documents.EntryID, s Step, by vanphong.Stamp, to ...RecipientID) (Dispatch, error) {
	s.Kind = StepConfirmed
	return c.step(ctx, org, entry, "confirm", s, by, to, func(w *work, r *Recipient) error {
		return w.recalled(r, RecallAnswered, RecallAnswered)
	})
}
