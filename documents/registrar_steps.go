package documents

import (
	"context"
	"errors"

	"github.com/vanphong-go/vanphong"
)

// ReserveRequest asks for a number before the document is signed.
//
// Abstract and signer are not asked for: often the paper is not written yet, and
// what a reservation says must still be true when it is issued.
type ReserveRequest struct {
	ID     EntryID       `json:"id"`
	Series SeriesID      `json:"series"`
	Kind   Kind          `json:"kind"`
	Unit   string        `json:"unit,omitempty"`
	Tail   string        `json:"tail,omitempty"`
	With   string        `json:"with,omitempty"` // co-issuers: see Content
	Day    vanphong.Date `json:"day"`            // for which it is reserved; its rules give the symbol
	Note   string        `json:"note,omitempty"` // what for
}

// Reserve takes the next number for a document to come (giữ chỗ). The actor
// of the stamp is its holder: they alone (or somebody acting for them) can
// issue or release it. The day is not kept: the document says its own when it
// is issued. An id whose number was given without a reservation wraps
// vanphong.ErrConflict.
func (r *Registrar) Reserve(ctx context.Context, org vanphong.OrgID, req ReserveRequest, stamp vanphong.Stamp) (Entry, error) {
	e, err := r.begin(ctx, org, "reserve", string(req.Series), stamp, EventReserved, req.ID)
	if err != nil {
		return Entry{}, err
	}
	step, err := r.reserving(req, &e)
	if err != nil {
		return Entry{}, err
	}
	return r.one(ctx, org, e, step)
}

// A step does one event of a request within a transaction, or finds that it has been
// done.
type step func(tx Tx, e Event) (Entry, error)

// one runs a step in a transaction of its own.
func (r *Registrar) one(ctx context.Context, org vanphong.OrgID, e Event, do step) (Entry, error) {
	var out Entry
	err := r.store.Update(ctx, org, func(tx Tx) (err error) {
		out, err = do(tx, e)
		return err
	})
	return settled(out, err)
}

// reserving checks a request and returns the step that reserves one number for it.
func (r *Registrar) reserving(req ReserveRequest, e *Event) (step, error) {
	// Everything that is printed in the number is fixed now, because the number is given
	// to people now, by telephone or on a draft.
	c := Content{Kind: req.Kind, Day: req.Day, Unit: req.Unit, Tail: req.Tail, With: req.With}.composed()
	req.Unit, req.Tail, req.With, req.Note = c.Unit, c.Tail, c.With, vanphong.NFC(req.Note)
	if err := c.Check(); err != nil {
		return nil, err
	}
	if err := checkText("note", req.Note, MaxText); err != nil {
		return nil, err
	}
	e.Reason = req.Note
	return func(tx Tx, e Event) (Entry, error) {
		stored, err := tx.Entry(e.Entry)
		switch {
		case errors.Is(err, vanphong.ErrNotFound):
			return r.draw(tx, req.Series, c, e)
		case err == nil:
			// Ids of a block are derived for reservations alone; a walk for each of a thousand
			// would be a thousand walks.
			if err = sameReservation(stored, req, e.By); err == nil && e.Entry == req.ID {
				err = wasReserved(tx, stored)
			}
		}
		return stored, err
	}, nil
}

// wasReserved returns an error unless a number came into the register by a reservation.
// Once it is issued or void only the ledger knows; it is walked as far as the number.
func wasReserved(tx Reader, stored Entry) error {
	if stored.State == StateReserved {
		return nil
	}
	for e, err := range tx.Events(stored.Series) {
		if err != nil {
			return err
		}
		if e.Entry != stored.ID {
			continue
		}
		if e.Kind == EventReserved {
			return nil
		}
		break
	}
	return vanphong.NewInputError("id", string(stored.ID), "another id: under this one number "+stored.Number.String()+" was given without a reservation", vanphong.ErrConflict)
}

// sameReservation returns an error unless a request repeats the reservation stored.
// Once the number is issued or void, holder and note are no longer in the row (they
// are in the ledger), so then only the parts of the number are compared.
func sameReservation(stored Entry, req ReserveRequest, by vanphong.Actor) error {
	if stored.State == StateReserved && !holds(stored, by) {
		return differs("holder", string(by.ID), string(stored.Last.By.ID), stored)
	}
	if stored.State == StateReserved && stored.Reason != req.Note {
		return differs("note", req.Note, stored.Reason, stored)
	}
	asked := Content{Kind: req.Kind, Unit: req.Unit, Tail: req.Tail, With: req.With}
	// The day is not compared: it is not kept.
	kept := stored
	kept.Content = stored.reservation()
	return sameEntry(kept, req.Series, asked)
}

// holds reports whether an actor is the holder of a reservation, or acts for
// the holder.
//
// Acting for the holder is enough: clerks fall ill, and a number must not wait for
// them.
func holds(stored Entry, by vanphong.Actor) bool {
	holder := stored.Last.By.ID
	return by.ID == holder || by.For == holder
}

// notHolder is the refusal of another clerk. It names the holder, because the next
// step is to ask them.
func notHolder(stored Entry, by vanphong.Actor) error {
	return vanphong.NewInputError("by", string(by.ID), "the holder of number "+stored.Number.String()+", "+string(stored.Last.By.ID), vanphong.ErrForbidden)
}

// fulfil issues a number that was reserved.
//
// The series is not asked for a new number, so its Next stays; [Series.after] relies
// on the serial being an old one.
func (r *Registrar) fulfil(tx Tx, stored Entry, req IssueRequest, e Event) (Entry, error) {
	if !holds(stored, e.By) {
		return Entry{}, notHolder(stored, e.By)
	}
	// What the reservation did not fix is taken from the request on both sides, so that
	// only the parts of the number are compared.
	kept := req.Content
	kept.Kind, kept.Unit, kept.Tail, kept.With = stored.Kind, stored.Unit, stored.Tail, stored.With
	// A number reserved as thông báo and issued as kết luận would print a symbol that
	// its holder never passed on.
	if err := sameEntry(Entry{ID: stored.ID, Series: stored.Series, Number: stored.Number, State: stored.State, Content: kept}, req.Series, req.Content); err != nil {
		return Entry{}, err
	}
	s, err := findSeries(tx, stored.Series, req.Day)
	if err != nil {
		return Entry{}, err
	}
	// A closed series has no reservations left, so only the day is to check.
	if err := checkDay(s, req.Day); err != nil {
		return Entry{}, err
	}
	// A number that prints its year was reserved for that year.
	if y := stored.Number.Year; y != 0 && int(y) != req.Day.Year() {
		return Entry{}, vanphong.NewInputError("day", req.Day.String(), "a day of the year in number "+stored.Number.String(), vanphong.ErrOutOfRange)
	}
	p, err := r.policyOf(s)
	if err != nil {
		return Entry{}, err
	}
	// Not asked here whether the day goes back: the reservation says that the number
	// was to wait.
	stored.Content, e.Serial = req.Content, stored.Serial
	if err := admit(tx, p, stored); err != nil {
		return Entry{}, err
	}
	return write(tx, s, e, stored)
}

// HoldRequest asks that the next number be left to the secret register.
type HoldRequest struct {
	ID      EntryID          `json:"id"`
	Series  SeriesID         `json:"series"`
	Kind    Kind             `json:"kind,omitempty"` // may be empty where the series tells the symbol
	Day     vanphong.Date    `json:"day"`
	Secrecy vanphong.Secrecy `json:"secrecy"`
}

// Hold takes the next number for a document that is registered elsewhere, in
// the register of State secrets. In the Party the number stands in the open
// series, the content does not (36-HD/VPTW, mục II.1.3.1.a, grade P). A policy
// that counts secret documents apart (NĐ 30/2020/NĐ-CP Điều 15.2, grade P)
// holds numbers of its secret series alone; others are refused. A kind is
// needed only where the series does not tell the symbol, as that of a
// congress; a policy with HideKind does not keep it.
//
// The place in the count is kept without content: a number without any entry would look
// like a lost document, one with an abstract would be a leak.
func (r *Registrar) Hold(ctx context.Context, org vanphong.OrgID, req HoldRequest, stamp vanphong.Stamp) (Entry, error) {
	e, err := r.begin(ctx, org, "hold", string(req.Series), stamp, EventHeld, req.ID)
	if err != nil {
		return Entry{}, err
	}
	step, err := r.holding(req)
	if err != nil {
		return Entry{}, err
	}
	return r.one(ctx, org, e, step)
}

// holding checks a request and returns the step that holds one number for it.
func (r *Registrar) holding(req HoldRequest) (step, error) {
	c := Content{Kind: req.Kind, Day: req.Day, Secrecy: req.Secrecy}
	// Otherwise Hold would be a way to take a number without saying what for.
	if req.Secrecy == vanphong.NotSecret {
		return nil, vanphong.NewInputError("secrecy", code(req.Secrecy), "a mark of secrecy; other documents are issued", nil)
	}
	if req.Day == 0 {
		return nil, vanphong.NewInputError("day", "", "the day of the document", nil)
	}
	if err := c.checkParts(); err != nil {
		return nil, err
	}
	return func(tx Tx, e Event) (Entry, error) {
		stored, err := tx.Entry(e.Entry)
		switch {
		case errors.Is(err, vanphong.ErrNotFound):
			return r.draw(tx, req.Series, c, e)
		case err == nil:
			err = r.sameHold(tx, stored, req.Series, c)
		}
		return stored, err
	}, nil
}

// sameHold returns an error unless a request repeats the hold stored; a held number
// that has become void since is still that hold.
func (r *Registrar) sameHold(tx Reader, stored Entry, series SeriesID, c Content) error {
	if stored.State != StateHeld && stored.State != StateVoid {
		return vanphong.NewInputError("id", string(stored.ID), "another id: under this one number "+stored.Number.String()+" is "+code(stored.State), vanphong.ErrConflict)
	}
	// sameEntry refuses held entries, for the sake of Issue. The copy is set to void to
	// pass that check; only series and content are compared from here on.
	stored.State = StateVoid
	s, err := tx.Series(stored.Series)
	if err != nil {
		return err
	}
	if r.policies[s.Policy].HideKind {
		c.Kind = "" // it was used for the number alone
	}
	return sameEntry(stored, series, c)
}

// VoidRequest asks that a number become void.
type VoidRequest struct {
	ID     EntryID `json:"id"`
	Reason string  `json:"reason"`
}

// Void makes a number void (hủy số), with a reason. It stays in the register
// with its content and is never given again. A reservation whose holder is
// gone ends this way too. It is allowed in a closed series.
//
// Numbers are never given again, in either system: the paper with the old one may
// already be in another office's register of incoming documents.
func (r *Registrar) Void(ctx context.Context, org vanphong.OrgID, req VoidRequest, stamp vanphong.Stamp) (Entry, error) {
	req.Reason = vanphong.NFC(req.Reason)
	// Years later the reason is all that tells a withdrawn document from a lost one.
	if req.Reason == "" {
		return Entry{}, vanphong.NewInputError("reason", "", "why the number is void", nil)
	}
	return r.end(ctx, org, "void", req, stamp, EventVoided, func(stored Entry) error {
		if stored.State == StateVoid && stored.Reason != req.Reason {
			return differs("reason", req.Reason, stored.Reason, stored)
		}
		return nil
	})
}

// ReleaseRequest asks that a reserved number be given back.
type ReleaseRequest struct {
	ID     EntryID `json:"id"`
	Reason string  `json:"reason,omitempty"`
}

// Release gives a reserved number back (trả số): only its holder can. The
// number is void and never given again; the reason may be empty. A number
// that is issued or held is not released but voided: vanphong.ErrState.
//
// Its reason may be empty because nothing has been issued: there is nobody outside
// the office who could ask for one.
func (r *Registrar) Release(ctx context.Context, org vanphong.OrgID, req ReleaseRequest, stamp vanphong.Stamp) (Entry, error) {
	req.Reason = vanphong.NFC(req.Reason)
	return r.end(ctx, org, "release", VoidRequest(req), stamp, EventReleased, func(stored Entry) error {
		switch {
		case stored.State == StateReserved && !holds(stored, stamp.By):
			return notHolder(stored, stamp.By)
		case stored.State == StateVoid && stored.Reason != req.Reason:
			return differs("reason", req.Reason, stored.Reason, stored)
		case stored.State == StateIssued || stored.State == StateHeld:
			return vanphong.NewInputError("id", string(req.ID), "a reservation; number "+stored.Number.String()+" is "+code(stored.State)+": void it", vanphong.ErrState)
		}
		return nil
	})
}

// end makes a number void by either door.
//
// Void and release differ in who may and from which state; what happens to the
// number is the same, so it is written once.
func (r *Registrar) end(ctx context.Context, org vanphong.OrgID, verb string, req VoidRequest, stamp vanphong.Stamp, kind EventKind, allowed func(Entry) error) (Entry, error) {
	e, err := r.begin(ctx, org, verb, string(req.ID), stamp, kind, req.ID)
	if err != nil {
		return Entry{}, err
	}
	if err := checkReason("reason", req.Reason); err != nil {
		return Entry{}, err
	}
	e.Reason = req.Reason
	var out Entry
	err = r.store.Update(ctx, org, func(tx Tx) error {
		stored, err := tx.Entry(req.ID)
		if errors.Is(err, vanphong.ErrNotFound) {
			return vanphong.NewInputError("id", string(req.ID), "an entry of this organisation", vanphong.ErrNotFound)
		}
		if err != nil {
			return err
		}
		// Asked before the retry below: a second void with another reason is a contradiction
		// and not a repetition.
		if err := allowed(stored); err != nil {
			return err
		}
		if stored.State == StateVoid {
			out = stored
			return nil
		}
		s, err := findSeries(tx, stored.Series, 0)
		if err != nil {
			return err
		}
		// A copy: fn may run again and must begin with the event as it was prepared.
		ev := e
		ev.Serial = stored.Serial
		out, err = write(tx, s, ev, stored)
		return err
	})
	return settled(out, err)
}
