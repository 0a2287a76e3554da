package documents

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/vanphong-go/vanphong"
)

// OpenRequest asks to open a series.
//
// An open is an act of its own, with a number and a basis, because most offices
// begin in the middle of a paper register.
type OpenRequest struct {
	Key    SeriesKey     `json:"key"`
	Issuer string        `json:"issuer"` // organ code in the numbers: "TU"
	Days   vanphong.Days `json:"days"`   // of the documents; a zero End is open
	// First is the first number given; zero means 01, or the predecessor's next. An
	// office that starts with us at 127 says so here.
	First uint32 `json:"first,omitempty"`
	// Basis says why at this number: "sổ giấy đến số 126 ngày 30/6/2025". It is
	// required above 01, and made from the predecessor if there is one.
	Basis string `json:"basis,omitempty"`
	// Continues is the series of an organ that was merged, renamed or abolished, if
	// this one goes on from it. Whether the count goes on (First is zero) or begins
	// anew (First is 1) is the office's choice; see [Lineage].
	Continues SeriesID `json:"continues,omitempty"`
	// Policy is the version of the numbering policy; empty means
	// [PartyPerSymbol].
	Policy string `json:"policy,omitempty"`
}

// Open opens a series (mở dãy số) at a number, on a stated basis. Opened
// again with the same request it returns the series as it is now; another
// request for the same key wraps vanphong.ErrConflict.
//
// A predecessor may be in another organisation's store; then it cannot be read here,
// and First and Basis have to be said. It is not closed: one that goes on beside a
// successor of the same issuer prints numbers twice, so most close it first.
//
// All series of one organ in one scope, closed ones too, are counted by one policy, or
// by policies that differ in Symbols and in what they allow alone: a series "QĐ" and
// a series "quyet-dinh" beside each other would both print 01-QĐ/TU. Another
// way of counting wraps vanphong.ErrConflict and names both; it begins with
// the next term or year.
func (r *Registrar) Open(ctx context.Context, org vanphong.OrgID, req OpenRequest, stamp vanphong.Stamp) (Series, error) {
	all, err := r.openAll(ctx, org, []OpenRequest{req}, stamp)
	if err != nil {
		return Series{}, err
	}
	return all[0], nil
}

// openAll opens several series in one step.
//
// All or none: a term with half of its series would let a clerk draw a notice and be
// refused a decision on the first morning.
func (r *Registrar) openAll(ctx context.Context, org vanphong.OrgID, reqs []OpenRequest, stamp vanphong.Stamp) ([]Series, error) {
	// Checks and salts come before the transaction, because fn may run again and must
	// then write the same bytes.
	plans := make([]opening, len(reqs))
	events := make([]Event, len(reqs))
	for i, req := range reqs {
		e, err := r.begin(ctx, org, "open", string(req.Key.ID()), stamp, EventOpened, "")
		if err != nil {
			return nil, err
		}
		if plans[i], err = r.plan(req); err != nil {
			return nil, err
		}
		events[i] = e
	}
	out := make([]Series, len(reqs))
	err := r.store.Update(ctx, org, func(tx Tx) error {
		for i, plan := range plans {
			// The id is derived from the key, so a second opening meets the first one here.
			stored, err := tx.Series(plan.ID)
			if err == nil {
				out[i] = stored
				// It must return the series as it stands, not as it was opened: numbers given
				// since then are not taken back by asking again.
				if err := plan.repeats(tx, stored); err != nil {
					return err
				}
				continue
			}
			if !errors.Is(err, vanphong.ErrNotFound) {
				return err
			}
			s, err := plan.fresh(tx)
			if err != nil {
				return err
			}
			if err := r.sameCount(tx, s); err != nil {
				return err
			}
			after, e, err := Seal(s, events[i], Entry{})
			if err != nil {
				return err
			}
			if err := tx.Append(after, e, Entry{}); err != nil {
				return err
			}
			out[i] = after
		}
		return nil
	})
	return settled(out, err)
}

// sameCount returns an error if another series of the same organ and scope is
// counted otherwise than a new one would be. It walks every series: opening is
// rare, and issuing never comes here.
func (r *Registrar) sameCount(tx Tx, fresh Series) error {
	// Closed series count too: their numbers are on paper and would be printed again.
	for s, err := range tx.AllSeries() {
		if err != nil {
			return err
		}
		if s.Key.Organ != fresh.Key.Organ || s.Key.Scope != fresh.Key.Scope || s.Policy == fresh.Policy {
			continue
		}
		// An old policy this program no longer knows cannot be compared, so it is refused: a
		// double number cannot be repaired, an unwilling program can.
		if old, ok := r.policies[s.Policy]; ok && old.countsLike(r.policies[fresh.Policy]) {
			continue
		}
		return vanphong.NewInputError("policy", fresh.Policy, fmt.Sprintf("%q, by which series %s is counted", s.Policy, s.label()), vanphong.ErrConflict)
	}
	return nil
}

// plan checks a request and returns the series it asks for.
//
// It has no events yet: Next, Events and Head are set by [Seal].
func (r *Registrar) plan(req OpenRequest) (opening, error) {
	// Counting starts at 01 (36-HD/VPTW, mục II.1.3.1.a, grade P: "từ số 01").
	if req.First == 0 && req.Continues == "" {
		req.First = 1
	}
	if req.Policy == "" {
		req.Policy = PartyPerSymbol().Version
	}
	p, ok := r.policies[req.Policy]
	if !ok {
		return opening{}, vanphong.NewInputError("policy", req.Policy, "a policy that this Registrar was given", nil)
	}
	for _, f := range [...]struct{ field, value string }{{"key.scope", req.Key.Scope}, {"key.name", req.Key.Name}, {"key.organ", string(req.Key.Organ)}} {
		if err := vanphong.CheckID(f.field, f.value); err != nil {
			return opening{}, err
		}
	}
	if req.Issuer == "" {
		return opening{}, vanphong.NewInputError("issuer", "", "the organ code in the numbers", nil)
	}
	if err := checkSymbol("issuer", req.Issuer); err != nil {
		return opening{}, err
	}
	if req.First > MaxSerial {
		return opening{}, vanphong.NewInputError("first", strconv.FormatUint(uint64(req.First), 10), "a number of at most nine digits", vanphong.ErrOutOfRange)
	}
	// The numbers below First were given outside the SDK. The basis is the only thing an
	// inspector finds about them.
	if req.First > 1 && req.Basis == "" {
		return opening{}, vanphong.NewInputError("basis", "", fmt.Sprintf("why the series begins at %d", req.First), nil)
	}
	if err := checkText("basis", req.Basis, MaxText); err != nil {
		return opening{}, err
	}
	if err := checkDays(p, req); err != nil {
		return opening{}, err
	}
	if req.Continues != "" {
		if err := vanphong.CheckID("continues", req.Continues); err != nil {
			return opening{}, err
		}
		if req.Continues == req.Key.ID() {
			return opening{}, vanphong.NewInputError("continues", string(req.Continues), "another series", nil)
		}
	}
	return opening{Series{ID: req.Key.ID(), Key: req.Key, System: p.System, Issuer: req.Issuer, Days: req.Days,
		First: req.First, Basis: req.Basis, Policy: req.Policy, Continues: req.Continues}}, nil
}

// checkDays holds the days of a series to its scope: a yearly series cannot
// run past its year.
//
// The rule of a year is NĐ 30/2020/NĐ-CP Điều 15.1 (grade P): from 01 on 1 January
// to 31 December. Terms and congresses end on a day only the office knows, so their
// days are not checked against anything.
func checkDays(p Policy, req OpenRequest) error {
	d := req.Days
	if d.First == 0 || !d.Valid() {
		return vanphong.NewInputError("days", d.First.String()+".."+d.End.String(), "a first day, and an end after it", nil)
	}
	if p.Scope != ScopeYear {
		return nil
	}
	// 9998 and not 9999: the end of its days is 1 January of the next year.
	year, err := strconv.Atoi(req.Key.Scope)
	if err != nil || year < 1 || year > 9998 {
		return vanphong.NewInputError("key.scope", req.Key.Scope, "a year, as policy "+p.Version+" counts", nil)
	}
	if d.End == 0 || d.Intersect(vanphong.YearDays(year)) != d {
		return vanphong.NewInputError("days", isoDays(d), "days of "+req.Key.Scope, nil)
	}
	return nil
}

// sameSeries returns an error that names the first field in which a request
// differs from the series that is open.
//
// Key and id are equal already; System follows from the policy.
func sameSeries(stored, asked Series) error {
	if asked.Days.End == 0 && asked.Days.First == stored.Days.First {
		asked.Days = stored.Days // it may have got its last day since
	}
	// Compared as texts because the error shows them as texts anyway.
	for _, f := range [...]struct{ field, given, stored string }{
		{"first", fmt.Sprint(asked.First), fmt.Sprint(stored.First)},
		{"basis", asked.Basis, stored.Basis},
		{"issuer", asked.Issuer, stored.Issuer},
		{"days", isoDays(asked.Days), isoDays(stored.Days)},
		{"policy", asked.Policy, stored.Policy},
		{"continues", string(asked.Continues), string(stored.Continues)},
	} {
		if f.given != f.stored {
			return vanphong.NewInputError(f.field, f.given, fmt.Sprintf("%q, as series %s was opened", f.stored, stored.label()), vanphong.ErrConflict)
		}
	}
	return nil
}

// TermRequest asks for the usual series of a term.
type TermRequest struct {
	Term   vanphong.Term
	Issuer string
	Kinds  []Kind // those the office issues; kinds counted together share a series
	Basis  string
	Policy string // empty means [PartyPerSymbol]
}

// OpenTerm opens the series of a term from 01, one for each name under which
// the policy counts the kinds, in one step and in the order of the kinds. The
// days are the term's; a present term is open at its end until [Registrar.EndTerm].
//
// It opens at 01 only: an office that changes over in mid-term opens each series by
// itself with [Registrar.Open], because each of its paper registers stands at
// another number.
func (r *Registrar) OpenTerm(ctx context.Context, org vanphong.OrgID, req TermRequest, stamp vanphong.Stamp) ([]Series, error) {
	version := req.Policy
	if version == "" {
		version = PartyPerSymbol().Version
	}
	p, ok := r.policies[version]
	if !ok {
		return nil, vanphong.NewInputError("policy", version, "a policy that this Registrar was given", nil)
	}
	var reqs []OpenRequest
	// Quyết định and quy định have one key under the default policy; asking for both
	// must not be an error in the office's list.
	seen := map[SeriesKey]bool{}
	for _, k := range req.Kinds {
		key, err := p.Key(Drawing{Organ: req.Term.Org, Scope: req.Term.ID, Kind: k, Day: req.Term.Days.First})
		if err != nil {
			return nil, err
		}
		if !seen[key] {
			seen[key] = true
			reqs = append(reqs, OpenRequest{Key: key, Issuer: req.Issuer, Days: req.Term.Days, Basis: req.Basis, Policy: version})
		}
	}
	if len(reqs) == 0 {
		return nil, vanphong.NewInputError("kinds", "", "at least one kind", nil)
	}
	return r.openAll(ctx, org, reqs, stamp)
}

// EndRequest asks that an open-ended series get its last day.
type EndRequest struct {
	Series SeriesID      `json:"series"`
	End    vanphong.Date `json:"end"` // the first day that no longer belongs to it
}

// End gives a series that was opened without an end its days' end (ấn định
// ngày cuối), as when a congress closes the term. Documents of earlier days
// can still be registered until [Registrar.Close]. It can be done once. If a
// document of that day or a later one has a number already, nothing changes
// and the error wraps vanphong.ErrConflict.
//
// The end is a day of its own and not part of opening, because nobody knows on the
// first day of a term when the next congress will close.
func (r *Registrar) End(ctx context.Context, org vanphong.OrgID, req EndRequest, stamp vanphong.Stamp) (Series, error) {
	e, err := r.begin(ctx, org, "end", string(req.Series), stamp, EventEnded, "")
	if err != nil {
		return Series{}, err
	}
	var out Series
	err = r.store.Update(ctx, org, func(tx Tx) error {
		s, err := findSeries(tx, req.Series, 0)
		if err != nil {
			return err
		}
		out, err = endSeries(tx, s, req.End, e)
		return err
	})
	return settled(out, err)
}

// endSeries gives one series its end inside a transaction that may do others too.
func endSeries(tx Tx, s Series, end vanphong.Date, e Event) (Series, error) {
	switch {
	// Run again: nothing to do and no second event.
	case s.Days.End == end && end != 0:
		return s, nil
	case s.Days.End != 0:
		return s, vanphong.NewInputError("end", end.String(), "the end that series "+s.label()+" has", vanphong.ErrConflict)
	case end <= s.Days.First:
		return s, vanphong.NewInputError("end", end.String(), "a day after "+s.Days.First.String(), nil)
	case s.Closed:
		return s, vanphong.NewInputError("series", s.label(), "an open series", vanphong.ErrClosed)
	}
	// A document dated on or after the end belongs to the new term and has been given a
	// number of the old one. Only people can decide which of the two is wrong.
	for en, err := range tx.Entries(Query{Series: s.ID, Days: vanphong.Days{First: end}}) {
		if err != nil {
			return s, err
		}
		return s, vanphong.NewInputError("end", end.String(), "a day after "+en.Day.String()+", the day of number "+en.Number.String(), vanphong.ErrConflict)
	}
	s.Days.End = end
	return writeSeries(tx, s, e)
}

// writeSeries seals an event about the series alone and appends it. For an end the
// series must have its last day already: the digest is over it.
func writeSeries(tx Tx, s Series, e Event) (Series, error) {
	s, e, err := Seal(s, e, Entry{})
	if err != nil {
		return s, err
	}
	return s, tx.Append(s, e, Entry{})
}

// EndTerm gives every series of a term the term's end, in one step: those
// whose key names the term's organisation and id. The term is as
// vanphong.Terms.Hold left it, with its end. It returns the series; a term that has
// none wraps vanphong.ErrNotFound.
//
// One step for all series: were some ended and others not, decisions of one day
// would be counted in the new term and notices in the old one.
func (r *Registrar) EndTerm(ctx context.Context, org vanphong.OrgID, term vanphong.Term, stamp vanphong.Stamp) ([]Series, error) {
	e, err := r.begin(ctx, org, "end", string(term.ID), stamp, EventEnded, "")
	if err != nil {
		return nil, err
	}
	var out []Series
	err = r.store.Update(ctx, org, func(tx Tx) error {
		// fn may run again; what an earlier run collected must not stay.
		out = nil
		for s, err := range tx.AllSeries() {
			if err != nil {
				return err
			}
			if s.Key.Organ == term.Org && s.Key.Scope == string(term.ID) {
				out = append(out, s)
			}
		}
		// Nearly always an id that was mistyped: the term would go on without a word.
		if len(out) == 0 {
			return noBooks(ClosingRequest{Organ: term.Org, Scope: string(term.ID)})
		}
		// The walk above is over before the first append: a store may hold one connection,
		// and an append in the middle of a walk is not promised to work.
		for i, s := range out {
			// One salt would do: each series has a ledger of its own.
			if out[i], err = endSeries(tx, s, term.Days.End, e); err != nil {
				return err
			}
		}
		return nil
	})
	return settled(out, err)
}

// CloseRequest asks that a series be closed.
type CloseRequest struct {
	Series SeriesID `json:"series"`
	Reason string   `json:"reason,omitempty"`
}

// Close closes a series for good (khóa dãy số): it gives no number any more,
// whatever the day; a number can still become void. While a reservation is
// open it is refused with vanphong.ErrState, naming the number: its holder
// issues or releases it, or it is voided. Closing again returns the series.
//
// A reservation left open would be a number nobody can account for once the register
// is bound and filed.
func (r *Registrar) Close(ctx context.Context, org vanphong.OrgID, req CloseRequest, stamp vanphong.Stamp) (Series, error) {
	e, err := r.begin(ctx, org, "close", string(req.Series), stamp, EventClosed, "")
	if err != nil {
		return Series{}, err
	}
	if err := checkText("reason", req.Reason, MaxText); err != nil {
		return Series{}, err
	}
	e.Reason = vanphong.NFC(req.Reason)
	var out Series
	err = r.store.Update(ctx, org, func(tx Tx) error {
		s, err := findSeries(tx, req.Series, 0)
		if err != nil {
			return err
		}
		out, err = closeSeries(tx, s, e)
		return err
	})
	return settled(out, err)
}

// closeSeries closes one series inside a transaction that may do others too.
func closeSeries(tx Tx, s Series, e Event) (Series, error) {
	// Closed already: a retry, and the first reason stays.
	if s.Closed {
		return s, nil
	}
	for en, err := range tx.Entries(Query{Series: s.ID, State: StateReserved}) {
		if err != nil {
			return s, err
		}
		return s, vanphong.NewInputError("series", s.label(), "no open reservation; number "+en.Number.String()+" is reserved by "+string(en.Last.By.ID), vanphong.ErrState)
	}
	return writeSeries(tx, s, e)
}
