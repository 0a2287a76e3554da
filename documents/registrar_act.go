package documents

import (
	"context"
	"errors"
	"strconv"

	"github.com/vanphong-go/vanphong"
)

// ActRequest asks to register what a later document does to an issued one.
type ActRequest struct {
	ID     EntryID `json:"id"` // of the document it is done to
	Act    Act     `json:"act"`
	Reason string  `json:"reason,omitempty"` // required if no document does it
}

// Recall registers that a document was recalled (thu hồi): recipients give it back or
// delete it. It is no longer in force from the day of the act. A document that was
// never out is voided instead. For the State a recall is itself a document
// (NĐ 30/2020/NĐ-CP Điều 18.4, grade P); of the Party no rule was found.
//
// The number stays issued in all five: what a document may be worth and what has
// become of its number are two things. Asked again with the same act each returns
// the entry as it is now. A document that has ended is not ended again, with
// vanphong.ErrConflict if the same was done by another act and ErrState else, unless
// the document that ended it is void; nor is it changed from a day on which it is no
// longer in force. A number that is not issued wraps ErrState, and so does an act of a
// document that has ended by the day of the act. A day before the document's own wraps
// ErrOutOfRange, and so does an end from a day before that of the acting document.
func (r *Registrar) Recall(ctx context.Context, org vanphong.OrgID, req ActRequest, stamp vanphong.Stamp) (Entry, error) {
	return r.act(ctx, org, "recall", EventRecalled, req, stamp)
}

// Repeal registers that a document was repealed (bãi bỏ): it is no longer in force
// from the day of the act. See [Registrar.Recall].
func (r *Registrar) Repeal(ctx context.Context, org vanphong.OrgID, req ActRequest, stamp vanphong.Stamp) (Entry, error) {
	return r.act(ctx, org, "repeal", EventRepealed, req, stamp)
}

// Supersede registers that a document was replaced (thay thế) by the acting one: it
// is no longer in force from the day of the act. See [Registrar.Recall].
func (r *Registrar) Supersede(ctx context.Context, org vanphong.OrgID, req ActRequest, stamp vanphong.Stamp) (Entry, error) {
	return r.act(ctx, org, "supersede", EventSuperseded, req, stamp)
}

// Amend registers that a document was amended or supplemented (sửa đổi, bổ sung): it
// stays in force. It can be amended many times. A wrong content is amended or
// replaced, never corrected (NĐ 30/2020/NĐ-CP Điều 18.3, grade P). See
// [Registrar.Recall].
func (r *Registrar) Amend(ctx context.Context, org vanphong.OrgID, req ActRequest, stamp vanphong.Stamp) (Entry, error) {
	return r.act(ctx, org, "amend", EventAmended, req, stamp)
}

// Correct registers that the form of a document was corrected (đính chính), by a
// letter of its issuer (NĐ 30/2020/NĐ-CP Điều 18.3, grade P): it stays in force. It
// can be corrected many times. See [Registrar.Recall].
func (r *Registrar) Correct(ctx context.Context, org vanphong.OrgID, req ActRequest, stamp vanphong.Stamp) (Entry, error) {
	return r.act(ctx, org, "correct", EventCorrected, req, stamp)
}

// act writes one of the five. What differs between them stands in the kind.
func (r *Registrar) act(ctx context.Context, org vanphong.OrgID, verb string, kind EventKind, req ActRequest, stamp vanphong.Stamp) (Entry, error) {
	e, err := r.begin(ctx, org, verb, string(req.ID), stamp, kind, req.ID)
	if err != nil {
		return Entry{}, err
	}
	req.Act.Number, req.Reason = vanphong.NFC(req.Act.Number), vanphong.NFC(req.Reason)
	if err := checkReason("reason", req.Reason); err != nil {
		return Entry{}, err
	}
	if err := req.Act.check(req.Reason); err != nil {
		return Entry{}, err
	}
	// Whether there is such a document and what state it is in is read within: it may be
	// voided by somebody else at this moment.
	e.Act, e.Reason = req.Act, req.Reason
	return r.one(ctx, org, e, func(tx Tx, e Event) (Entry, error) {
		stored, err := tx.Entry(req.ID)
		if errors.Is(err, vanphong.ErrNotFound) {
			return Entry{}, vanphong.NewInputError("id", string(req.ID), "an entry of this organisation", vanphong.ErrNotFound)
		}
		if err != nil {
			return Entry{}, err
		}
		// A document that nothing was done to needs no look into the ledger: nearly all.
		if stored.Standing > StandingReconciled {
			if done, err := acted(tx, stored, e); done || err != nil {
				return stored, err
			}
		}
		s, err := findSeries(tx, stored.Series, 0)
		if err != nil {
			return Entry{}, err
		}
		if err := mayAct(tx, s, stored, e); err != nil {
			return Entry{}, err
		}
		e.Serial = stored.Serial
		return write(tx, s, e, stored)
	})
}

// acted reports whether an event repeats one that the entry has in its ledger: the
// same act of the same kind. Only the ledger knows all of them; it is walked for
// documents that something was done to before.
func acted(tx Reader, stored Entry, e Event) (bool, error) {
	for old, err := range tx.Events(stored.Series) {
		switch {
		case err != nil:
			return false, err
		case old.Entry != e.Entry || old.Kind != e.Kind || old.Act != e.Act:
			continue
		case old.Reason != e.Reason:
			return false, differs("reason", e.Reason, old.Reason, stored)
		}
		return true, nil
	}
	return false, nil
}

// mayAct refuses an act that does not follow from what the register has.
func mayAct(tx Reader, s Series, stored Entry, e Event) error {
	switch {
	case !stored.status().follows(e.Kind):
		return vanphong.NewInputError("id", string(stored.ID), "an issued document; number "+stored.Number.String()+" is "+code(stored.State), vanphong.ErrState)
	case e.Act.Day < stored.Day:
		return vanphong.NewInputError("act.day", e.Act.Day.String(), "a day from "+stored.Day.String()+" on, that of number "+stored.Number.String(), vanphong.ErrOutOfRange)
	}
	// The same number of another term is another document; within the days of the series
	// it is this one.
	if e.Act.Number != "" && s.Days.Contains(e.Act.Day) && namesNumber(e.Act.Number, stored.Number) {
		return vanphong.NewInputError("act.number", e.Act.Number, "the number of another document; one of another term that has the same is named by act.by", nil)
	}
	if e.Act.By != "" {
		if err := mayBy(tx, stored, e); err != nil {
			return err
		}
	}
	if !stored.Standing.Ends() {
		return nil
	}
	if void, err := voidAct(tx, stored.Act); void || err != nil {
		return err
	}
	was, given := "number "+stored.Number.String()+" is "+code(stored.Standing)+" "+stored.Act.String(), e.Act.String()
	if stored.Secrecy > vanphong.NotSecret {
		// What acts on a secret document may tell what it is.
		was, given = "number "+stored.Number.String()+" is "+code(stored.Standing)+" from "+stored.Act.Day.String(), vanphong.Placeholder
	}
	switch {
	// Two clerks tell the same end by two papers: one of them is mistaken.
	case stored.Standing == e.Kind.standing():
		return vanphong.NewInputError("act", given, was, vanphong.ErrConflict)
	// An amendment from before the end is late news about a document that was in force.
	case e.Kind.standing().Ends(), e.Act.Day >= stored.Act.Day:
		return vanphong.NewInputError("id", string(stored.ID), "a document in force; "+was, vanphong.ErrState)
	}
	return nil
}

// namesNumber reports whether a printed number is that of a document, as people write
// it: 1-QĐ/TU is 01-QĐ/TU.
func namesNumber(text string, n Number) bool {
	read, err := ReadNumber(text, nil)
	return text == n.String() || err == nil && read.Number == n
}

// mayBy refuses an acting document that cannot be one: not there, void, the very
// document it acts on, not yet signed on the day that it ends the other from, or no
// longer in force on the day of the act.
func mayBy(tx Reader, stored Entry, e Event) error {
	by := e.Act.By
	want := "an issued document of this register, and another one"
	if by == stored.ID {
		return vanphong.NewInputError("act.by", string(by), want, nil)
	}
	acting, err := tx.Entry(by)
	switch {
	case errors.Is(err, vanphong.ErrNotFound):
		return vanphong.NewInputError("act.by", string(by), want, vanphong.ErrNotFound)
	case err != nil:
		return err
	case acting.State != StateIssued:
		return vanphong.NewInputError("act.by", string(by), want+": number "+acting.Number.String()+" is "+code(acting.State), vanphong.ErrState)
	// An amendment may say that it holds from an earlier day. A document that nobody had
	// signed yet ends nothing: until its day recipients followed the other one, rightly.
	case e.Kind.standing().Ends() && e.Act.Day < acting.Day:
		return vanphong.NewInputError("act.day", e.Act.Day.String(), "a day from "+acting.Day.String()+" on, that of the acting number "+acting.Number.String(), vanphong.ErrOutOfRange)
	case !acting.Standing.Ends():
		return nil
	}
	if void, err := voidAct(tx, acting.Act); void || err != nil {
		return err
	}
	// Of two documents that end each other one had ended before, whatever the days.
	mutual := e.Kind.standing().Ends() && acting.Act.By == stored.ID
	if mutual || e.Act.Day >= acting.Act.Day {
		return vanphong.NewInputError("act.by", string(by), "a document in force on the day of the act; number "+acting.Number.String()+" is "+code(acting.Standing)+" from "+acting.Act.Day.String(), vanphong.ErrState)
	}
	return nil
}

// voidAct reports whether an act does not count because its document is void.
func voidAct(tx Reader, a Act) (bool, error) {
	if a.By == "" {
		return false, nil
	}
	acting, err := tx.Entry(a.By)
	if errors.Is(err, vanphong.ErrNotFound) {
		return false, nil // a register with a hole in it: Verify says so, this goes on
	}
	return err == nil && acting.State == StateVoid, err
}

// InForceOn reports whether an issued document was in force on a day, by its own
// line: from its day on, until the day of the act that ended it. A later day of effect
// that its text names is not in the register. See [InForce] for what depends on other
// lines.
func (en Entry) InForceOn(day vanphong.Date) bool {
	return en.State == StateIssued && en.Day != 0 && day >= en.Day && !(en.Standing.Ends() && day >= en.Act.Day)
}

// maxUnder bounds the chain of documents that issue each other. Two is usual; a
// longer one than this is a circle.
const maxUnder = 16

// InForce reports whether a document was in force on a day (còn hiệu lực): by its own
// line; not by an act whose document is void; and an instrument that another document
// issued (Content.Under) no longer than that one.
func InForce(r Reader, id EntryID, day vanphong.Date) (bool, error) {
	for range maxUnder {
		en, err := r.Entry(id)
		if err != nil {
			return false, err
		}
		// The register never ends a document twice unless the first end was void, so there
		// is no earlier act behind this one that would count.
		if en.Standing.Ends() {
			void, err := voidAct(r, en.Act)
			if err != nil {
				return false, err
			}
			if void {
				en.Standing = StandingPlain
			}
		}
		if !en.InForceOn(day) {
			return false, nil
		}
		if en.Under == "" {
			return true, nil
		}
		id = en.Under
	}
	return false, vanphong.NewInputError("under", string(id), "at most "+strconv.Itoa(maxUnder)+" documents under each other", vanphong.ErrOutOfRange)
}
