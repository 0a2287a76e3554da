package dispatch

import (
	"context"
	"errors"
	"iter"
	"slices"
	"strconv"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/internal/memory"
)

// Clerk keeps the dispatches of an office (văn thư, phát hành văn bản) over any
// [Store].
//
// Every method that writes asks the guard first, checks what it is given, and
// can be repeated: the same step again returns the stored record unchanged. A
// step that does not follow from how things stand wraps vanphong.ErrState. Where
// a method takes several recipients, it is done to all of them or to none, in
// one transaction. An error leaves the store as it was, and quotes nothing of a
// secret document. A Clerk is safe for use by many goroutines.
type Clerk struct {
	store  Store
	guard  vanphong.Guard
	policy Policy
	bad    error // why policy cannot be used
}

// Options are what a [Clerk] can be told. Nil is the zero value.
type Options struct {
	// Guard decides who may; the verbs are "dispatch.address",
	// "dispatch.send", "dispatch.handover", "dispatch.deliver",
	// "dispatch.acknowledge", "dispatch.fail", "dispatch.return",
	// "dispatch.recall", "dispatch.notify", "dispatch.noticed",
	// "dispatch.giveback", "dispatch.destroy" and "dispatch.confirm".
	Guard vanphong.Guard
	// Policy is the office's own rules; nil is [DefaultPolicy].
	Policy *Policy
}

// NewClerk returns a clerk over a store. Over a nil store, or with a policy that
// [Policy.Check] refuses, every call that writes is an error that wraps
// vanphong.ErrInvalid.
func NewClerk(store Store, opt *Options) *Clerk {
	if store == nil {
		store = memory.None[Tx, Reader]{}
	}
	c := &Clerk{store: store, policy: DefaultPolicy()}
	if opt != nil {
		c.guard = opt.Guard
		if opt.Policy != nil {
			c.policy = *opt.Policy
			c.policy.Channels = slices.Clone(c.policy.Channels)
			c.policy.Paper.Classes = slices.Clone(c.policy.Paper.Classes)
			c.bad = c.policy.Check()
		}
	}
	return c
}

// Address records to whom a document goes. Again with the same recipients it
// changes nothing; with further ones it adds them, after the others. The number,
// if it was empty, and a greater count of numbered copies are filled in.
// Anything else that differs is vanphong.ErrConflict: whoever stands in a list
// that was printed stays in it.
//
// A copy is meant for one recipient; one that is meant for another, or was sent
// to somebody before it was meant for anybody, is vanphong.ErrConflict: one that
// came back goes to whom [Clerk.Send] names. A document called back from all takes no more
// recipients.
func (c *Clerk) Address(ctx context.Context, org vanphong.OrgID, a Addressing, by vanphong.Stamp) (Dispatch, error) {
	if err := c.ask(ctx, org, by, "address", a.Entry); err != nil {
		return Dispatch{}, err
	}
	a = a.compose()
	if err := a.check(); err != nil {
		return Dispatch{}, hide(a.Secrecy, err)
	}
	var out Dispatch
	err := c.store.Update(ctx, org, func(tx Tx) error {
		d, err := tx.Dispatch(a.Entry)
		switch {
		case errors.Is(err, vanphong.ErrNotFound):
			d = Dispatch{
				Entry: a.Entry, Org: org, Day: a.Day, Secrecy: a.Secrecy, Urgency: a.Urgency,
				Class: a.Class, Signed: a.Signed, Policy: c.policy.Version,
			}
		case err != nil:
			return err
		}
		changed, err := d.add(a)
		if err != nil {
			return hide(max(a.Secrecy, d.Secrecy), err)
		}
		if changed {
			err = put(tx, &d, by)
		}
		out = d
		return err
	})
	if err != nil {
		return Dispatch{}, err
	}
	return out, nil
}

// add lays an addressing over a record and reports whether it says anything new.
func (d *Dispatch) add(a Addressing) (bool, error) {
	switch {
	case d.Day != a.Day:
		return false, vanphong.NewInputError("day", a.Day.String(), "the day recorded", vanphong.ErrConflict)
	case d.Secrecy != a.Secrecy || d.Urgency != a.Urgency || d.Class != a.Class || d.Signed != a.Signed:
		return false, vanphong.NewInputError("entry", string(a.Entry), "the marks and the class recorded", vanphong.ErrConflict)
	case d.Number != "" && a.Number != "" && d.Number != a.Number:
		return false, vanphong.NewInputError("number", a.Number, "the number recorded", vanphong.ErrConflict)
	}
	changed := d.Version == 0
	if d.Number == "" && a.Number != "" {
		d.Number, changed = a.Number, true
	}
	if a.Numbered > d.Numbered {
		d.Numbered, changed = a.Numbered, true
	}
	// Maps, for a list of thousands is compared with one of thousands.
	known := make(map[RecipientID]Recipient, len(d.Recipients))
	taken := map[int]bool{}
	for _, r := range d.Recipients {
		known[r.ID] = r
		for _, n := range r.Numbers {
			taken[n] = true
		}
	}
	// One that was meant for nobody may have gone to somebody all the same.
	for _, n := range d.moved() {
		taken[n] = true
	}
	twice := map[RecipientID]bool{}
	for i, r := range a.Recipients {
		at := "recipients[" + strconv.Itoa(i) + "]"
		if twice[r.ID] {
			return false, vanphong.NewInputError(at+".id", string(r.ID), "each recipient once", nil)
		}
		twice[r.ID] = true
		if old, ok := known[r.ID]; ok {
			if !old.sameLine(r) {
				return false, vanphong.NewInputError(at, string(r.ID), "the recipient as recorded", vanphong.ErrConflict)
			}
			continue
		}
		if d.Recall.Whole {
			return false, vanphong.NewInputError(at, string(r.ID), "no more recipients: the document is called back", vanphong.ErrState)
		}
		for _, n := range r.Numbers {
			if taken[n] {
				return false, vanphong.NewInputError(at+".numbers", strconv.Itoa(n), "a copy that is meant for nobody else and was never sent", vanphong.ErrConflict)
			}
			taken[n] = true
		}
		d.Recipients, changed = append(d.Recipients, r), true
	}
	return changed, vanphong.CheckCount("recipients", len(d.Recipients), MaxRecipients)
}

// sameLine compares what was addressed, whatever happened since: the list may be
// handed in again after half of it was sent.
func (r Recipient) sameLine(o Recipient) bool {
	return r.ID == o.ID && r.Org == o.Org && r.Name == o.Name && r.Purpose == o.Purpose && r.Addressee == o.Addressee &&
		r.Filed == o.Filed && r.Copies == o.Copies && slices.Equal(r.Numbers, o.Numbers)
}

// ask comes before the store: whoever may not ask is not to learn whether the
// record exists.
func (c *Clerk) ask(ctx context.Context, org vanphong.OrgID, by vanphong.Stamp, verb string, entry documents.EntryID) error {
	if err := vanphong.CheckID("org", org); err != nil {
		return err
	}
	if err := by.Check(); err != nil {
		return err
	}
	if c.bad != nil {
		return c.bad
	}
	return c.guard.Ask(ctx, vanphong.Act{Org: org, By: by.By, Verb: "dispatch." + verb, Object: string(entry)})
}

// put stores d under a stamp and gives it the version it has then.
func put(tx Tx, d *Dispatch, by vanphong.Stamp) error {
	d.Last = by
	if err := tx.PutDispatch(*d); err != nil {
		return err
	}
	d.Version++
	return nil
}

// change runs fn on a stored record. fn changes d and reports whether it did; a
// record it leaves as it is is not written.
//
// fn may run more than once (see [Store]), each time on a fresh copy of d.
func (c *Clerk) change(ctx context.Context, org vanphong.OrgID, entry documents.EntryID, verb string, by vanphong.Stamp, fn func(*Dispatch) (bool, error)) (Dispatch, error) {
	if err := c.ask(ctx, org, by, verb, entry); err != nil {
		return Dispatch{}, err
	}
	var out Dispatch
	err := c.store.Update(ctx, org, func(tx Tx) error {
		d, err := tx.Dispatch(entry)
		if err != nil {
			return err
		}
		changed, err := fn(&d)
		if err != nil {
			return hide(d.Secrecy, err)
		}
		if changed {
			err = put(tx, &d, by)
		}
		out = d
		return err
	})
	if err != nil {
		return Dispatch{}, err
	}
	return out, nil
}

// Dispatch returns the record of an entry.
func (c *Clerk) Dispatch(ctx context.Context, org vanphong.OrgID, entry documents.EntryID) (Dispatch, error) {
	var out Dispatch
	err := c.store.View(ctx, org, func(r Reader) (err error) {
		out, err = r.Dispatch(entry)
		return err
	})
	return out, err
}

// Dispatches walks the records that match a query, by the day of the document,
// then by entry.
//
// The walk holds a View open, which does not hold up writers.
func (c *Clerk) Dispatches(ctx context.Context, org vanphong.OrgID, q Query) iter.Seq2[Dispatch, error] {
	return func(yield func(Dispatch, error) bool) {
		stopped := false
		err := c.store.View(ctx, org, func(r Reader) error {
			for d, err := range r.Dispatches(q) {
				if err != nil {
					return err
				}
				if stopped = !yield(d, nil); stopped {
					return nil
				}
			}
			return nil
		})
		if err != nil && !stopped {
			yield(Dispatch{}, err)
		}
	}
}

// MaxPage is the most records of one [Clerk.Page].
const MaxPage = 1000

// Page returns at most limit (1 to [MaxPage]) records that match a query, and
// the place of the last one for the After of the next page; the zero Position
// says that there are no more.
func (c *Clerk) Page(ctx context.Context, org vanphong.OrgID, q Query, limit int) ([]Dispatch, Position, error) {
	if limit < 1 || limit > MaxPage {
		return nil, Position{}, vanphong.NewInputError("limit", strconv.Itoa(limit), "1 to "+strconv.Itoa(MaxPage), vanphong.ErrOutOfRange)
	}
	var page []Dispatch
	for d, err := range c.Dispatches(ctx, org, q) {
		switch {
		case err != nil:
			return nil, Position{}, err
		case len(page) == limit:
			return page, page[limit-1].Position(), nil // one more is known to be there
		}
		page = append(page, d)
	}
	return page, Position{}, nil
}
