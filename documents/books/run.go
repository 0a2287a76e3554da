package books

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"reflect"
	"slices"
	"strconv"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
)

// RunOptions of [Plan.Run]. The zero value and nil are the default.
type RunOptions struct {
	// Partial keeps the good rows of a book that has faults. The default is all
	// or nothing.
	Partial bool
	// Registrar has the guard and the salt; the book's policy is added to its own.
	Registrar *documents.Options
	// Progress is told now and then how many rows are registered, of how many.
	Progress func(done, total int)
}

// Done is what an import did.
type Done struct {
	Added  int                `json:"added"`
	Known  int                `json:"known"` // rows that were registered before, by an earlier run
	Series []documents.Series `json:"series"`
	// Remarks are about rows that the plan kept and the register does not take:
	// see [RuleGiven], [RuleChanged], [RuleDay].
	Remarks []Remark `json:"remarks,omitempty"`
}

// batch is how many rows are registered between two reports of progress.
const batch = 2000

// Run carries a plan out: each series of the book that is not open yet is
// opened at the number after the book's last one, and every row is registered
// as a late entry before it (documents.Registrar.LateAll). All of it is one
// transaction of the store, so that a failure in the last row leaves nothing;
// other writers of the organisation wait meanwhile.
//
// The guard is asked for documents.late on every series and documents.open on
// those that are not open.
//
// A plan with faults is refused with an error that wraps vanphong.ErrInvalid
// unless opt.Partial. Then a series is opened only if it is sure at which
// number: while a row's number could not be read, Book.Last must name its last
// one.
//
// Run can be repeated. What is registered already counts as Known; a corrected
// file adds what was missing; a row that was registered with other content, or
// whose number the open series gives by now, or whose day is after the stamp's, is a
// fault: all or nothing, as above, and Done has the remarks also beside the error.
func (p *Plan) Run(ctx context.Context, store documents.Store, stamp vanphong.Stamp, opt *RunOptions) (Done, error) {
	var o RunOptions
	if opt != nil {
		o = *opt
	}
	// Asked here and not left to the caller: the list of faults is long and the button is
	// near.
	if n := p.Faults(); n > 0 && !o.Partial {
		return Done{}, vanphong.NewInputError("rows", strconv.Itoa(n)+" not kept", "a book without faults, or Partial", nil)
	}
	var given documents.Options
	if o.Registrar != nil {
		given = *o.Registrar
	}
	if err := p.ask(ctx, store, given.Guard, stamp.By); err != nil {
		return Done{}, err
	}
	// Inside the transaction the guard has been asked already.
	given.Guard = nil
	var err error
	if given.Policies, err = withPolicy(given.Policies, p.Book.Policy); err != nil {
		return Done{}, err
	}
	var out Done
	err = store.Update(ctx, p.Book.Org, func(tx documents.Tx) error {
		// A fresh run each time, so that what an undone go counted does not stay.
		// fn may run again from the start.
		r := run{plan: p, opt: o, stamp: stamp, tx: tx, reg: documents.NewRegistrar(inside{tx, p.Book.Org}, &given)}
		err := r.do(ctx)
		out = r.done
		return err
	})
	if err != nil {
		return Done{Remarks: out.Remarks}, err
	}
	return out, nil
}

// ask asks the guard for what Run is going to do: documents.late for every
// series, documents.open for those that are not open. It is asked before the
// transaction, because it may read the same database.
func (p *Plan) ask(ctx context.Context, store documents.Store, guard vanphong.Guard, by vanphong.Actor) error {
	if guard == nil {
		return nil
	}
	act := func(verb string, id documents.SeriesID) error {
		return guard.Ask(ctx, vanphong.Act{Org: p.Book.Org, By: by, Verb: "documents." + verb, Object: string(id)})
	}
	var open []documents.SeriesID
	for _, s := range p.Series {
		if err := act("late", s.Open.Key.ID()); err != nil {
			return err
		}
	}
	err := store.View(ctx, p.Book.Org, func(v documents.Reader) error {
		for _, s := range p.Series {
			_, err := v.Series(s.Open.Key.ID())
			switch {
			case errors.Is(err, vanphong.ErrNotFound):
				open = append(open, s.Open.Key.ID())
			case err != nil:
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, id := range open {
		if err := act("open", id); err != nil {
			return err
		}
	}
	return nil
}

// withPolicy adds the book's policy, unless the Registrar has it. One that was changed
// and kept its version is refused, as a Registrar refuses it: the rows were put into
// series by a rule that nobody would go on with.
func withPolicy(list []documents.Policy, p documents.Policy) ([]documents.Policy, error) {
	known := append([]documents.Policy{documents.PartyPerSymbol(), documents.PartyPerKind(), documents.CongressPolicy(),
		documents.StatePerYear(documents.Together), documents.StatePerYear(documents.ByKind), documents.StatePerYear(documents.BySymbol),
		documents.NationalAssembly(), documents.StandingCommittee()}, list...)
	switch i := slices.IndexFunc(known, func(k documents.Policy) bool { return k.Version == p.Version }); {
	case i < 0:
		return append(slices.Clone(list), p), nil
	case !reflect.DeepEqual(known[i], p):
		return nil, vanphong.NewInputError("policy.version", p.Version, "a version of its own: another policy has this one", vanphong.ErrConflict)
	}
	return list, nil
}

// run is one go of a plan inside a transaction.
type run struct {
	plan  *Plan
	opt   RunOptions
	stamp vanphong.Stamp
	tx    documents.Tx
	reg   *documents.Registrar
	done  Done
}

func (r *run) do(ctx context.Context) error {
	// What is stored is read once, series by series: a look-up for
	// each row would be a hundred thousand questions to a database.
	there := map[documents.SeriesID]documents.Series{}
	stored := map[documents.EntryID]documents.Entry{}
	for _, s := range r.plan.Series {
		id := s.Open.Key.ID()
		have, err := r.tx.Series(id)
		switch {
		case errors.Is(err, vanphong.ErrNotFound):
			if have, err = r.open(ctx, s); err != nil {
				return err
			}
		case err != nil:
			return err
		default:
			there[id] = have
			for en, err := range r.tx.Entries(documents.Query{Series: id}) {
				if err != nil {
					return err
				}
				stored[en.ID] = en
			}
		}
		r.done.Series = append(r.done.Series, have)
	}
	reqs := make([]documents.LateRequest, 0, len(r.plan.Rows))
	for _, row := range r.plan.Rows {
		en, registered := stored[row.Request.ID]
		s, open := there[row.Request.Series]
		today := vanphong.DateOf(r.stamp.At)
		switch {
		case row.Request.Day > today:
			r.done.Remarks = append(r.done.Remarks, rowRemark(vanphong.Fault, RuleDay, row.Row, ColumnDay.Name(),
				vanphong.FormatDate(row.Request.Day), notAfter(today)))
		// Nothing is sent for what is there, so a second run writes no event at all.
		case registered && same(en, row.Request):
			r.done.Known++
		case registered:
			r.remark(RuleChanged, row, en.Number.String())
			// Such a number is the SDK's own to give. That the paper has it as well must be settled
			// by people.
		case open && row.Request.Serial >= s.First:
			r.remark(RuleGiven, row, "dãy số này mở từ số "+strconv.Itoa(int(s.First)))
		default:
			reqs = append(reqs, row.Request)
		}
	}
	if n := len(r.done.Remarks); n > 0 && !r.opt.Partial {
		return vanphong.NewInputError("rows", strconv.Itoa(n)+" not taken", "a book that the register can take, or Partial", vanphong.ErrConflict)
	}
	return r.late(ctx, reqs)
}

// open opens a series behind the book's last number.
func (r *run) open(ctx context.Context, s SeriesPlan) (documents.Series, error) {
	if _, told := r.plan.Book.lastOf(s.Open.Key); r.plan.Unread > 0 && !told {
		return documents.Series{}, vanphong.NewInputError("last", s.Open.Key.Name,
			fmt.Sprintf("the last number of this series on paper: %d rows could not be read", r.plan.Unread), nil)
	}
	return r.reg.Open(ctx, r.plan.Book.Org, s.Open, r.stamp)
}

// late registers the rows, batch by batch within the one transaction.
func (r *run) late(ctx context.Context, reqs []documents.LateRequest) error {
	total := len(reqs)
	for len(reqs) > 0 {
		n := min(batch, len(reqs))
		if _, err := r.reg.LateAll(ctx, r.plan.Book.Org, reqs[:n], r.stamp); err != nil {
			return r.placed(err)
		}
		r.done.Added += n
		reqs = reqs[n:]
		if r.opt.Progress != nil {
			r.opt.Progress(r.done.Added, total)
		}
	}
	return nil
}

// placed adds to the refusal of a request in which row of the file it stands.
func (r *run) placed(err error) error {
	var refused *documents.RowError
	if !errors.As(err, &refused) {
		return err
	}
	for _, row := range r.plan.Rows {
		if row.Request.ID == refused.ID {
			return fmt.Errorf("row %d of the file: %w", row.Row, err)
		}
	}
	return err
}

func (r *run) remark(rule string, row Row, want string) {
	r.done.Remarks = append(r.done.Remarks, rowRemark(vanphong.Fault, rule, row.Row, ColumnNumber.Name(),
		strconv.Itoa(int(row.Request.Serial))+row.Request.Suffix, want))
}

// same reports whether a row says what is registered. A number that was made
// void since is still the same row.
func same(en documents.Entry, req documents.LateRequest) bool {
	return en.Content == req.Content && (req.Void == "" || en.State == documents.StateVoid) &&
		(req.Number.IsZero() || req.Number == en.Number)
}

// inside is the store that a Registrar sees within a transaction: its writes
// become part of it.
type inside struct {
	tx  documents.Tx
	org vanphong.OrgID
}

// Update runs fn in the transaction that is under way.
func (s inside) Update(ctx context.Context, org vanphong.OrgID, fn func(documents.Tx) error) error {
	if err := s.check(ctx, org); err != nil {
		return err
	}
	return fn(s.tx)
}

// View sees what the transaction has written.
func (s inside) View(ctx context.Context, org vanphong.OrgID, fn func(documents.Reader) error) error {
	if err := s.check(ctx, org); err != nil {
		return err
	}
	return fn(s.tx)
}

// Changes is of committed records; inside there are none.
func (s inside) Changes(context.Context, vanphong.OrgID, vanphong.Cursor) iter.Seq2[vanphong.Change, error] {
	return func(yield func(vanphong.Change, error) bool) { yield(vanphong.Change{}, vanphong.ErrState) }
}

func (s inside) check(ctx context.Context, org vanphong.OrgID) error {
	if org != s.org {
		return vanphong.NewInputError("org", string(org), "the organisation of the transaction", vanphong.ErrNotFound)
	}
	return ctx.Err()
}
