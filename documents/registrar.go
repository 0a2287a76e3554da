package documents

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"iter"
	"sync"

	"github.com/vanphong-go/vanphong"
)

// Registrar is the register office (văn thư) in front of a [Store]: it opens
// series, gives numbers and keeps account of each. It is safe for use by many
// goroutines.
//
// Every method that writes is one Store.Update, so a Registrar over a store
// that an adapter builds upon the caller's own SQL transaction takes part in
// that transaction. Every one asks the [vanphong.Guard] first. The object of
//
//	documents.open, documents.issue, documents.reserve, documents.hold,
//	documents.late, documents.insert, documents.reconcile, documents.end
//	and documents.close
//
// is a series (for EndTerm and CloseBooks the scope), that of
//
//	documents.release, documents.void, documents.recall, documents.repeal,
//	documents.supersede, documents.amend and documents.correct
//
// an entry (for a block its id). Every one can be run again: the
// same request gives what is stored and changes nothing, whoever asks and
// whenever; another request under the same id wraps vanphong.ErrConflict and
// names the field.
//
// Numbers follow the order of registration. The days of documents may go back
// within the days of the series: a paper signed on Friday can be registered
// after one signed on Monday.
type Registrar struct {
	// policies is written by NewRegistrar alone and read without a lock afterwards.
	store    Store
	guard    vanphong.Guard
	policies map[string]Policy
	fault    error // of the options; returned by every write

	mu   sync.Mutex // a caller's reader need not be safe for concurrent use
	salt io.Reader
}

// Options of a [Registrar].
type Options struct {
	// Guard decides who may. Nil lets everybody.
	Guard vanphong.Guard
	// Salt is where the salts of digests come from. Nil is crypto/rand.
	Salt io.Reader
	// Policies are known beside the presets of this package. A version that is
	// taken, by a preset too, makes every write fail.
	Policies []Policy
}

// NewRegistrar returns a Registrar over a store; opt may be nil.
//
// It returns no error, so that it can stand in a struct literal at start-up: what is
// wrong with the options is kept and comes back from the first write.
func NewRegistrar(store Store, opt *Options) *Registrar {
	r := &Registrar{store: store, salt: rand.Reader, policies: map[string]Policy{}}
	all := presets()
	if opt != nil {
		r.guard = opt.Guard
		if opt.Salt != nil {
			r.salt = opt.Salt
		}
		all = append(all, opt.Policies...)
	}
	for _, p := range all {
		if err := p.Check(); err != nil && r.fault == nil {
			r.fault = err
		}
		// Series name their policy by version for years. Two meanings under one version
		// would print another symbol for the same request after a restart.
		if _, taken := r.policies[p.Version]; taken && r.fault == nil {
			r.fault = vanphong.NewInputError("policy.version", p.Version, "a version that is not taken", vanphong.ErrConflict)
		}
		r.policies[p.Version] = p
	}
	return r
}

// IssueRequest asks for a number for a document that is signed.
type IssueRequest struct {
	ID     EntryID  `json:"id"` // the caller's; the same id always gives the same number
	Series SeriesID `json:"series"`
	Content
	// Reason is why it comes out of the order of days; most have none, and a
	// policy with BackdatingReason asks for it.
	Reason string `json:"reason,omitempty"`
}

// Issue gives a document its number and registers it, in one step (cấp số,
// vào sổ). An id that holds a reservation is issued under the number reserved,
// by its holder alone; kind, unit, tail and co-issuers stay as reserved.
//
// Asked again with the same content it returns the entry as it is now, even
// if it has become void since. Other content under the id wraps
// vanphong.ErrConflict. A series that this organisation has not opened wraps
// vanphong.ErrNotFound, a closed one ErrClosed, a day that is not one of its
// days ErrOutOfRange (after its last day, also ErrClosed). A document that is
// issued under another one (Content.Under) needs that one registered first.
func (r *Registrar) Issue(ctx context.Context, org vanphong.OrgID, req IssueRequest, stamp vanphong.Stamp) (Entry, error) {
	e, err := r.begin(ctx, org, "issue", string(req.Series), stamp, EventIssued, req.ID)
	if err != nil {
		return Entry{}, err
	}
	req.Content, req.Reason = req.Content.composed(), vanphong.NFC(req.Reason)
	if err := req.Check(); err != nil {
		return Entry{}, err
	}
	if err := checkText("reason", req.Reason, MaxText); err != nil {
		return Entry{}, err
	}
	e.Reason = req.Reason
	var out Entry
	// The entry is looked up inside the transaction. Looked up before it, two clerks
	// pressing the button at once would both find nothing and draw two numbers for one
	// document.
	err = r.store.Update(ctx, org, func(tx Tx) error {
		stored, err := tx.Entry(req.ID)
		switch {
		case errors.Is(err, vanphong.ErrNotFound):
			// New: the only branch that uses up a number.
			out, err = r.draw(tx, req.Series, req.Content, e)
		case err == nil && stored.State == StateReserved:
			// The paper under a reserved number has been signed.
			out, err = r.fulfil(tx, stored, req, e)
		case err == nil:
			// A retry, for example after a lost network answer: it must not cost a second
			// number.
			out, err = stored, sameIssue(stored, req)
		}
		return err
	})
	return settled(out, err)
}

// sameIssue returns an error unless a request repeats the issue stored. The reason
// stands in the entry only until the next event, so later it is not compared.
func sameIssue(stored Entry, req IssueRequest) error {
	if err := sameEntry(stored, req.Series, req.Content); err != nil {
		return err
	}
	if stored.State == StateIssued && stored.Standing == StandingPlain && stored.Reason != req.Reason {
		return differs("reason", req.Reason, stored.Reason, stored)
	}
	return nil
}

// settled drops what a failed Update left in its closure's variables.
// The closure may have filled its variable before the commit failed. A number returned
// beside an error might be written on paper, and the next caller gets the same one.
func settled[T any](v T, err error) (T, error) {
	if err != nil {
		var zero T
		return zero, err
	}
	return v, nil
}

// begin checks who asks and prepares the event. The salt is drawn here: a
// closure that runs again must write the same.
//
// The Guard is asked before anything is read, so that a refusal tells nothing about
// what the office has.
func (r *Registrar) begin(ctx context.Context, org vanphong.OrgID, verb, object string, stamp vanphong.Stamp, kind EventKind, id EntryID) (Event, error) {
	if r.fault != nil {
		return Event{}, r.fault
	}
	if err := stamp.Check(); err != nil {
		return Event{}, err
	}
	if err := vanphong.CheckID("org", org); err != nil {
		return Event{}, err
	}
	if err := r.guard.Ask(ctx, vanphong.Act{Org: org, By: stamp.By, Verb: "documents." + verb, Object: object}); err != nil {
		return Event{}, err
	}
	// Only events about a series come without an entry.
	switch kind {
	case EventOpened, EventClosed, EventEnded:
	default:
		if err := vanphong.CheckID("id", id); err != nil {
			return Event{}, err
		}
	}
	at := stamp.At.UTC().Round(0) // without monotonic clock and zone: comparable once stored
	// JSON and the SQL adapters write years in four digits; another one would not read
	// back.
	if y := at.Year(); y < 1 || y > 9999 {
		return Event{}, vanphong.NewInputError("at", at.String(), "an instant of the years 1 to 9999", nil)
	}
	e := Event{Org: org, Kind: kind, Entry: id, By: stamp.By, At: at}
	return e, r.drawSalt(&e)
}

// another prepares a further event of the same request: who, when and what was
// asked stand already, the entry and the salt are its own.
func (r *Registrar) another(e Event, kind EventKind, id EntryID) (Event, error) {
	if err := vanphong.CheckID("id", id); err != nil {
		return Event{}, err
	}
	e.Kind, e.Entry = kind, id
	return e, r.drawSalt(&e)
}

// drawSalt fills in 16 random bytes. They keep a short content, such as a reason of
// one word, from being found by hashing guesses against the digest.
func (r *Registrar) drawSalt(e *Event) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, err := io.ReadFull(r.salt, e.Salt[:]); err != nil {
		return fmt.Errorf("documents: salt: %w", err)
	}
	return nil
}

// draw takes the next number of a series for an entry that is not there yet.
//
// Serial and Number both come from s.Next as this transaction reads it: that is the
// whole of the promise that there is neither gap nor double. Everything that can
// refuse the document comes before the number is taken, so a refusal never leaves a
// gap.
func (r *Registrar) draw(tx Tx, id SeriesID, c Content, e Event) (Entry, error) {
	s, err := seriesFor(tx, id, c.Day)
	if err != nil {
		return Entry{}, err
	}
	p, err := r.policyOf(s)
	if err != nil {
		return Entry{}, err
	}
	number, err := p.number(s, c, s.Next, "")
	if err != nil {
		return Entry{}, err
	}
	e.Serial = s.Next
	en := Entry{ID: e.Entry, Org: e.Org, Series: id, Serial: s.Next, Number: number, Content: c}
	switch e.Kind {
	// The day asked for only chooses the symbol. A day kept would be taken for the day
	// of a document that does not exist yet.
	case EventReserved:
		en.Content = c.reservation()
	case EventHeld:
		if p.HideKind {
			en.Kind = ""
		}
	case EventIssued:
		if p.BackdatingReason && c.Day < s.Latest && e.Reason == "" {
			return Entry{}, vanphong.NewInputError("reason", "", "why a document of "+c.Day.String()+" comes after one of "+s.Latest.String()+": policy "+p.Version+" asks for it", nil)
		}
		if err := admit(tx, p, en); err != nil {
			return Entry{}, err
		}
	}
	return write(tx, s, e, en)
}

// admit refuses content that may not stand in the register: what a policy does not
// keep of a secret document, and a link to a document that is not there.
func admit(tx Reader, p Policy, en Entry) error {
	if err := p.keeps(en.Content); err != nil || en.Under == "" {
		return err
	}
	want := "a document that is registered and not void, and another one"
	if en.Under == en.ID {
		return vanphong.NewInputError("under", string(en.Under), want, nil)
	}
	switch above, err := tx.Entry(en.Under); {
	case errors.Is(err, vanphong.ErrNotFound):
		return vanphong.NewInputError("under", string(en.Under), want, vanphong.ErrNotFound)
	case err != nil:
		return err
	case above.State == StateVoid:
		return vanphong.NewInputError("under", string(en.Under), want, vanphong.ErrState)
	}
	return nil
}

// write seals an event and appends it.
//
// The state after the event is made here, before sealing, and never by an adapter:
// the digest must be over exactly what is stored.
func write(tx Tx, s Series, e Event, en Entry) (Entry, error) {
	en = en.after(e)
	s, e, err := Seal(s, e, en)
	if err != nil {
		return Entry{}, err
	}
	return en, tx.Append(s, e, en)
}

// seriesFor returns a series if it gives a number to a document of a day.
//
// It never opens one by itself. A series opened in passing would begin at 01 in an
// office whose paper register is at 126, and print 126 numbers a second time.
func seriesFor(tx Tx, id SeriesID, day vanphong.Date) (Series, error) {
	s, err := findSeries(tx, id, day)
	switch {
	case err != nil:
		return s, err
	case s.Closed:
		return s, vanphong.NewInputError("series", s.label(), "an open series: this one is closed; use that of the next term or year", vanphong.ErrClosed)
	case s.Next > MaxSerial:
		return s, vanphong.NewInputError("series", s.label(), "a serial of at most nine digits", vanphong.ErrOutOfRange)
	}
	return s, checkDay(s, day)
}

// findSeries returns a series, or an error that tells the clerk what to do about a
// missing one; day may be zero where no document is meant.
func findSeries(tx Reader, id SeriesID, day vanphong.Date) (Series, error) {
	s, err := tx.Series(id)
	if errors.Is(err, vanphong.ErrNotFound) {
		want := "a series of this organisation: open it first, at a number and with its basis"
		if day != 0 {
			want += " (document of " + day.String() + ")"
		}
		return s, vanphong.NewInputError("series", string(id), want, vanphong.ErrNotFound)
	}
	return s, err
}

// errEnded is for a day after the last of a series: its term is closed.
var errEnded = fmt.Errorf("%w: %w", vanphong.ErrOutOfRange, vanphong.ErrClosed)

// checkDay refuses a document whose own day is not one of the series. A term's
// numbers end with the closing day of its congress (36-HD/VPTW, mục II.1.3.1.a,
// grade P), those of a State organ on 31 December (NĐ 30/2020/NĐ-CP Điều 15.1, grade
// P). Today plays no part.
func checkDay(s Series, day vanphong.Date) error {
	if s.Days.Contains(day) {
		return nil
	}
	kind := vanphong.ErrOutOfRange
	if s.Days.End != 0 && day >= s.Days.End {
		kind = errEnded
	}
	return vanphong.NewInputError("day", day.String(), "a day of series "+s.label()+"; other days belong to the series of another term or year", kind)
}

// policyOf returns the policy that a series was opened under, not the office's
// latest: a series changes its symbols with the rule sets and its way of counting
// never.
func (r *Registrar) policyOf(s Series) (Policy, error) {
	// A program started without the office's own policy must stop here. Falling back on
	// a preset would give symbols the office does not use.
	p, ok := r.policies[s.Policy]
	if !ok {
		return Policy{}, vanphong.NewInputError("series.policy", s.Policy, "a policy that this Registrar was given", vanphong.ErrNotFound)
	}
	return p, nil
}

// number makes the number that a document gets in a series under a serial.
func (p Policy) number(s Series, c Content, serial uint32, suffix string) (Number, error) {
	n := Number{System: s.System, Serial: serial, Suffix: suffix, Issuer: s.Issuer, Unit: c.Unit, Tail: c.Tail}
	how := p.form
	if c.Kind == "" { // held for the secret register
		how = p.implied
	}
	f, err := how(s, c)
	if err != nil {
		return Number{}, err
	}
	n.Code = f.code
	n.join(c.With)
	if f.year {
		n.Year = uint16(c.Day.Year())
	}
	// Whatever is given must be read back from paper as what it is.
	if err := n.Check(); err != nil {
		return Number{}, vanphong.NewInputError("number", n.String(), "a number that reads back (issuer, co-issuers, unit, tail, suffix)", err)
	}
	return n, nil
}

// join puts the codes of co-issuers after the lead's: into the issuer for a
// joint kind, else before the unit, which is where they are read back.
func (n *Number) join(with string) {
	switch k := codeIndex.find(n.Code); {
	case with == "":
	case k >= 0 && kindCodes[k].joint:
		n.Issuer += "-" + with
	case n.Unit == "":
		n.Unit = with
	default:
		n.Unit = with + "-" + n.Unit
	}
}

// ruleFor returns the rule by which a document is counted in a series. Whether
// a document is normative is told by the series it is issued into; that a
// secret one belongs to another is not.
//
// Without the second part a secret document could be issued into the open series of
// a State organ, where NĐ 30/2020/NĐ-CP Điều 15.2 (grade P) keeps it out.
func ruleFor(p Policy, s Series, c Content) (Rule, error) {
	d := Drawing{Kind: c.Kind, Secrecy: c.Secrecy, Day: c.Day}
	rule, name, err := p.name(d)
	if err == nil && name != s.Key.Name {
		d.Normative = true
		if r, n, err := p.name(d); err == nil && n == s.Key.Name {
			return r, nil
		}
		return rule, vanphong.NewInputError("kind", string(c.Kind), "a document counted in series "+s.label()+"; this one is counted in "+name, nil)
	}
	return rule, err
}

// sameEntry returns an error that names the first field in which a request
// differs from what is stored under its id.
//
// It is what makes a retry safe: equal content is the same request, whatever else is
// an attempt to change a registered document, which no office may do silently.
func sameEntry(stored Entry, series SeriesID, c Content) error {
	if stored.Series != series {
		return differs("series", string(series), string(stored.Series), stored)
	}
	field, given, was := c.differs(stored.Content)
	if field != "" {
		return differs(field, given, was, stored)
	}
	if stored.State == StateHeld {
		return vanphong.NewInputError("id", string(stored.ID), "another id: under this one number "+stored.Number.String()+" is held for the secret register", vanphong.ErrConflict)
	}
	return nil
}

// differs names the field, both values and the way out. Values are cut at 60
// characters: an abstract may have 4,096 bytes and the error is one line of a log.
func differs(field, given, was string, stored Entry) error {
	return vanphong.NewInputError(field, given,
		fmt.Sprintf("%.60q, as stored under id %q (number %s, %s); a correction is a void and a new id", was, stored.ID, stored.Number, code(stored.State)),
		vanphong.ErrConflict)
}

// read runs fn over one state of the organisation.
//
// The result is dropped if the View fails at its end: half a proof is none.
func read[T any](ctx context.Context, r *Registrar, org vanphong.OrgID, fn func(Reader) (T, error)) (T, error) {
	var out T
	err := r.store.View(ctx, org, func(v Reader) (err error) {
		out, err = fn(v)
		return err
	})
	return settled(out, err)
}

// Series returns a series as it stands.
func (r *Registrar) Series(ctx context.Context, org vanphong.OrgID, id SeriesID) (Series, error) {
	return read(ctx, r, org, func(v Reader) (Series, error) { return v.Series(id) })
}

// Entry returns an entry as it stands.
func (r *Registrar) Entry(ctx context.Context, org vanphong.OrgID, id EntryID) (Entry, error) {
	return read(ctx, r, org, func(v Reader) (Entry, error) { return v.Entry(id) })
}

// Verify proves that every ledger and register of the organisation is whole;
// see [Verify].
func (r *Registrar) Verify(ctx context.Context, org vanphong.OrgID) error {
	return r.store.View(ctx, org, VerifyAll)
}

// Proof returns the gap proof of a series.
func (r *Registrar) Proof(ctx context.Context, org vanphong.OrgID, id SeriesID) (Proof, error) {
	return read(ctx, r, org, func(v Reader) (Proof, error) {
		s, err := v.Series(id)
		if err != nil {
			return Proof{}, err
		}
		f, err := foldEvents(id, v.Events(id))
		if err != nil {
			return Proof{}, err
		}
		// The rows are read for the suffixes alone, which are not in the ledger in the clear.
		suffixes := map[EntryID]string{}
		for en, err := range v.Entries(Query{Series: id}) {
			if err != nil {
				return Proof{}, err
			}
			if en.Number.Suffix != "" {
				suffixes[en.ID] = en.Number.Suffix
			}
		}
		return f.proof(s, func(id EntryID) string { return suffixes[id] }), nil
	})
}

// List walks the register: the entries that match a query, in its order. The walk
// sees one state of the register.
func (r *Registrar) List(ctx context.Context, org vanphong.OrgID, q Query) iter.Seq2[Entry, error] {
	return walk(ctx, r, org, func(v Reader) iter.Seq2[Entry, error] { return v.Entries(q) })
}

// AllSeries walks the series of the organisation, in the order of their ids.
func (r *Registrar) AllSeries(ctx context.Context, org vanphong.OrgID) iter.Seq2[Series, error] {
	return walk(ctx, r, org, func(v Reader) iter.Seq2[Series, error] { return v.AllSeries() })
}

// History walks the ledger of a series: what happened, in order.
func (r *Registrar) History(ctx context.Context, org vanphong.OrgID, id SeriesID) iter.Seq2[Event, error] {
	return walk(ctx, r, org, func(v Reader) iter.Seq2[Event, error] { return v.Events(id) })
}

// walk runs a walk inside one View, so that a register of many pages is that of one
// moment. The View stays open while the caller's loop body runs; on a store with one
// connection the body must not write.
func walk[T any](ctx context.Context, r *Registrar, org vanphong.OrgID, rows func(Reader) iter.Seq2[T, error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		stopped := false
		err := r.store.View(ctx, org, func(v Reader) error {
			for row, err := range rows(v) {
				if err != nil {
					return err
				}
				// A store may fetch all rows before the first; then this is the only place to
				// stop.
				if err := ctx.Err(); err != nil {
					return err
				}
				if !yield(row, nil) {
					// To leave a loop is no error, and yield must not be called again after
					// false.
					stopped = true
					return nil
				}
			}
			return nil
		})
		if err != nil && !stopped {
			var zero T
			yield(zero, err)
		}
	}
}
