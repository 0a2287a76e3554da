package documents

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/vanphong-go/vanphong"
)

// Closing is the closing of an organ's books (khóa sổ) of a term, a congress or a
// year: what has become of every number of every series, with the hash that binds each
// to its ledger. It is printed, signed and filed ([Closing.WriteTo]); years later
// [ReadClosing] and [Closing.Check] tell whether the ledger is still the one that was
// closed. The same ledger and the same instant give the same bytes.
//
// It has no ids of entries, no kinds and no abstracts, so that of series with secret
// documents it says nothing of them.
type Closing struct {
	Org    vanphong.OrgID  `json:"org"`   // whose store it is
	Organ  vanphong.OrgID  `json:"organ"` // whose numbers these are
	Scope  string          `json:"scope"` // id of the term or congress, or the year
	At     time.Time       `json:"at"`    // when it was drawn up, as the caller says, in UTC
	Series []SeriesClosing `json:"series"`
}

// SeriesClosing is one series of a [Closing]. The lines of its proof name no entries.
type SeriesClosing struct {
	Name      string        `json:"name"`
	Issuer    string        `json:"issuer"`
	Policy    string        `json:"policy"`
	Days      vanphong.Days `json:"days"`
	Continues SeriesID      `json:"continues,omitzero"`
	Proof
}

// ClosingRequest says of which books a closing is drawn up.
type ClosingRequest struct {
	Organ vanphong.OrgID `json:"organ"`
	Scope string         `json:"scope"`
}

// Closing draws up the closing of all series of an organ and scope, by name. The
// instant is the caller's, so that the paper can be printed again. Ledgers and
// registers are verified as by [Verify]: one that does not hold together is a
// [*ChainError] and nothing is drawn up. Series need not be closed, nor reservations
// settled: the closing says that they are not, see [Closing.Findings]. An organ without
// series in that scope wraps vanphong.ErrNotFound.
func (r *Registrar) Closing(ctx context.Context, org vanphong.OrgID, req ClosingRequest, at time.Time) (Closing, error) {
	// In UTC and without the monotonic clock, so that what is printed is what is compared.
	at = at.UTC().Round(0)
	if y := at.Year(); at.IsZero() || y < 1 || y > 9999 {
		return Closing{}, vanphong.NewInputError("at", at.String(), "an instant of the years 1 to 9999", nil)
	}
	c := Closing{Org: org, Organ: req.Organ, Scope: req.Scope, At: at}
	// One View for all series: a paper on which one page is of the morning and the next of
	// the afternoon closes nothing.
	return read(ctx, r, org, func(v Reader) (Closing, error) {
		c.Series = nil
		ids, err := c.ids(v)
		if err != nil {
			return Closing{}, err
		}
		if len(ids) == 0 {
			return Closing{}, noBooks(req)
		}
		for _, id := range ids {
			// A broken ledger is not signed. What is wrong with it is told by the error.
			s, f, err := verified(v, id, nil)
			if err != nil {
				return Closing{}, err
			}
			c.Series = append(c.Series, f.closing(s, f))
		}
		return c, nil
	})
}

// CloseBooks closes every series of an organ and scope for good, in one step: all or,
// if a reservation is open in any of them, none, as [Registrar.Close]. It returns the
// series by name; run again it changes nothing. The [Closing] drawn up next is that of
// closed books.
//
// One step, so that no number is given in one series while another is being closed:
// the paper of a term is that of one moment.
func (r *Registrar) CloseBooks(ctx context.Context, org vanphong.OrgID, req ClosingRequest, reason string, stamp vanphong.Stamp) ([]Series, error) {
	e, err := r.begin(ctx, org, "close", req.Scope, stamp, EventClosed, "")
	if err != nil {
		return nil, err
	}
	if err := checkText("reason", reason, MaxText); err != nil {
		return nil, err
	}
	e.Reason = vanphong.NFC(reason)
	var out []Series
	err = r.store.Update(ctx, org, func(tx Tx) error {
		// fn may run again; what an earlier run collected must not stay.
		out = nil
		ids, err := Closing{Organ: req.Organ, Scope: req.Scope}.ids(tx)
		if err != nil {
			return err
		}
		if len(ids) == 0 {
			return noBooks(req)
		}
		for _, id := range ids {
			s, err := tx.Series(id)
			if err != nil {
				return err
			}
			// One salt would do: each series has a ledger of its own.
			if s, err = closeSeries(tx, s, e); err != nil {
				return err
			}
			out = append(out, s)
		}
		return nil
	})
	return settled(out, err)
}

// noBooks is the error of an organ that has no series in a scope: nearly always a
// scope that was mistyped.
func noBooks(req ClosingRequest) error {
	return vanphong.NewInputError("scope", req.Scope, "a scope in which organ "+string(req.Organ)+" has series", vanphong.ErrNotFound)
}

// ids returns the series of the closing's organ and scope, in the order in which they
// are printed.
func (c Closing) ids(v Reader) ([]SeriesID, error) {
	var all []Series
	for s, err := range v.AllSeries() {
		if err != nil {
			return nil, err
		}
		if s.Key.Organ == c.Organ && s.Key.Scope == c.Scope {
			all = append(all, s)
		}
	}
	// By name, as people look them up. Two series of one organ and scope never share one.
	slices.SortFunc(all, func(a, b Series) int { return cmp.Compare(a.Key.Name, b.Key.Name) })
	ids := make([]SeriesID, len(all))
	for i, s := range all {
		ids[i] = s.ID
	}
	return ids, nil
}

// closing makes the section of a ledger that was read. The suffixes are those of rows,
// which rows tells: for an earlier state of the ledger that is the fold of all of it.
func (f *ledgerFold) closing(s Series, rows *ledgerFold) SeriesClosing {
	sc := SeriesClosing{Name: s.Key.Name, Issuer: s.Issuer, Policy: s.Policy, Days: s.Days, Continues: s.Continues}
	if f.ended.Seq == 0 && rows.ended.Seq != 0 {
		sc.Days.End = 0 // it got its last day later
	}
	sc.Proof = f.proof(s, func(id EntryID) string {
		if en := rows.entries[id]; en != nil {
			return en.suffix
		}
		return ""
	})
	// Ids are the callers' and may tell what a document is about; the number is enough to
	// find the line by.
	for _, lines := range [...][]Line{sc.Reserved, sc.Void, sc.Held, sc.Inserted} {
		for i := range lines {
			lines[i].Entry = ""
			lines[i].Last.At = lines[i].Last.At.UTC()
		}
	}
	return sc
}

// Findings returns what people should look at before they sign: for each series a
// fault if numbers are missing, warnings for reservations that are open and numbers of
// which the secret register has not told, and a note if the clock went back.
func (c Closing) Findings() []vanphong.Finding {
	var out []vanphong.Finding
	for _, s := range c.Series {
		add := func(rule string, sev vanphong.Severity, args ...string) {
			out = append(out, vanphong.Finding{Rule: rule, Severity: sev, Args: append([]string{s.Name}, args...)})
		}
		if !s.Whole() {
			add(RuleClosingMissing, vanphong.Fault, bracketed(missing(s.Missing)))
		}
		if n := len(s.Reserved); n > 0 {
			add(RuleClosingReserved, vanphong.Warning, count(n), bracketed(texts(s.Reserved)))
		}
		// With their numbers and nothing else: the reason of a hold is nobody's business here.
		var open []Line
		for _, l := range s.Held {
			if l.Event != EventReconciled {
				open = append(open, Line{Serial: l.Serial})
			}
		}
		if len(open) > 0 {
			add(RuleClosingHeld, vanphong.Warning, count(len(open)), bracketed(texts(open)))
		}
		if s.Back > 0 {
			add(RuleClosingClock, vanphong.Note, strconv.Itoa(s.Back))
		}
	}
	return out
}

// CheckClosing compares a filed closing with the organisation's store as it is now;
// see [Closing.Check].
func (r *Registrar) CheckClosing(ctx context.Context, org vanphong.OrgID, c Closing) ([]vanphong.Finding, error) {
	if c.Org != org {
		return nil, vanphong.NewInputError("org", string(c.Org), "the closing of organisation "+string(org), nil)
	}
	return read(ctx, r, org, func(v Reader) ([]vanphong.Finding, error) { return c.Check(v) })
}

// Check compares a filed closing with a store and tells each series that is not as it
// was filed: one that is gone; a ledger that is shorter, as after an old backup was
// restored; one whose past was changed; one that does not hold together; a closing
// that says otherwise than the ledger it names; a series that stands there twice, or was
// open by then and does not stand there. Every one of these is a fault. What happened
// since is a note, and a series that was opened since a warning. The error is that of
// reading alone.
func (c Closing) Check(v Reader) ([]vanphong.Finding, error) {
	var out []vanphong.Finding
	// Series of the paper first, in its order: the reader goes down the page.
	filed := map[SeriesID]bool{}
	for _, s := range c.Series {
		f, err := s.check(v, c)
		if filed[s.Proof.Series] && err == nil {
			f = vanphong.Finding{Rule: RuleClosingDiffers, Severity: vanphong.Fault, Args: []string{s.Name, string(s.Proof.Series), lineName + "\t" + s.Name + " ×1"}}
		}
		filed[s.Proof.Series] = true
		if err != nil {
			return nil, err
		}
		if f.Rule != "" {
			out = append(out, f)
		}
	}
	ids, err := c.ids(v)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		if filed[id] {
			continue
		}
		s, err := v.Series(id)
		if err != nil {
			return nil, err
		}
		// Torn out and not new, if it was open by then: sums can be made anew.
		severity := vanphong.Warning
		for e, err := range v.Events(id) {
			if err != nil {
				return nil, err
			}
			if e.At.Before(c.At) {
				severity = vanphong.Fault
			}
			break
		}
		out = append(out, vanphong.Finding{Rule: RuleClosingNew, Severity: severity, Args: []string{s.Key.Name, string(id)}})
	}
	return out, nil
}

// check compares one series of a closing; the finding has no rule if it is as it was
// filed.
func (sc SeriesClosing) check(v Reader, c Closing) (vanphong.Finding, error) {
	fault := func(rule string, args ...string) (vanphong.Finding, error) {
		return vanphong.Finding{Rule: rule, Severity: vanphong.Fault, Args: append([]string{sc.Name, string(sc.Proof.Series)}, args...)}, nil
	}
	// The ledger is folded twice in one walk: whole, and as far as it was filed.
	then := newFold(sc.Proof.Series)
	s, now, err := verified(v, sc.Proof.Series, func(e Event) error {
		if e.Seq > sc.Events {
			return nil
		}
		return then.add(e)
	})
	var chain *ChainError
	switch {
	case errors.Is(err, vanphong.ErrNotFound):
		return fault(RuleClosingGone)
	case err != nil && !errors.As(err, &chain):
		return vanphong.Finding{}, err
	// Before the ledger is blamed for its rows: a past that was changed, or an end that
	// was cut off, is what the closing was filed against.
	case then.seq == sc.Events && then.head != sc.Head:
		return fault(RuleClosingChanged, strconv.FormatInt(sc.Events, 10))
	case err != nil:
		return chain.Finding(), nil
	case then.seq < sc.Events:
		return fault(RuleClosingOlder, strconv.FormatInt(sc.Events, 10), strconv.FormatInt(then.seq, 10))
	}
	// The head is right, so the ledger is the one that was filed; what is left is a paper
	// that was written by somebody else. The head of the page counts: it says of which
	// term it is.
	if s.Key.Organ != c.Organ {
		return fault(RuleClosingDiffers, lineOrgan+"\t"+string(s.Key.Organ))
	}
	if s.Key.Scope != c.Scope {
		return fault(RuleClosingDiffers, lineScope+"\t"+s.Key.Scope)
	}
	if line := sc.differs(then.closing(s, now)); line != "" {
		return fault(RuleClosingDiffers, line)
	}
	if n := now.seq - then.seq; n > 0 {
		return vanphong.Finding{Rule: RuleClosingSince, Severity: vanphong.Note, Args: []string{sc.Name, string(sc.Proof.Series), strconv.FormatInt(n, 10)}}, nil
	}
	return vanphong.Finding{}, nil
}

// differs returns the first printed line in which two sections differ, as it stands in
// the ledger, or "".
func (sc SeriesClosing) differs(o SeriesClosing) string {
	// Compared as printed: what a person sees is what is told.
	var a, b closingText
	a.section(sc)
	b.section(o)
	if a.err != nil || b.err != nil {
		return fmt.Sprint(errors.Join(a.err, b.err))
	}
	x, y := splitLines(a.b), splitLines(b.b)
	for i, line := range y {
		if i >= len(x) || x[i] != line {
			return line
		}
	}
	if len(x) > len(y) {
		return x[len(y)]
	}
	return ""
}
