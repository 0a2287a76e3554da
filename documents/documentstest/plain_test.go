package documentstest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/internal/exam"
)

// fault is one way for a store to be wrong.
type fault struct {
	maxPlusOne, noSerialCheck, noSeqCheck, noMoveCheck, forgetsIDs bool
	keepsOnError, keepsOnPanic, keepsFirst                         bool
	swallowsError, wrapsError, letsPanic, ignoresCancel, lastWins  bool
	forgetsState, forgetsClosed, reorders, cutsTime, blind         bool
	movingView, inventsSeries, oneOffice, listsAll, changesOfAll   bool
	endIncluded, ignoresState, textOrder, reordersChanges          bool
	repeatsCursor, dirtyChanges, ignoresBreak, mixesSeries         bool
	needsMarks, looseMarks, partsOfWords, wholeNumbers             bool
	anyPartIsGiven, ignoresStanding, repeatsAnchor, newestByID     bool
	findsSecrets, ignoresBounds, cutsBeforeFilter                  bool
	ignoresSuffix, noSuffixCheck, suffixMoves, noSuffixOrder       bool
	forgetsAct, forgetsStanding, writeOrder, groupsChanges         bool
}

// plain is the simplest store that can be right: it copies an office for each
// transaction and puts the copy in its place.
type plain struct {
	fault
	mu      sync.Mutex // guards offices
	writer  sync.Mutex
	offices map[vanphong.OrgID]*rows
	dirty   int
}

func newPlain(f fault) *plain { return &plain{fault: f, offices: map[vanphong.OrgID]*rows{}} }

type rows struct {
	series  map[documents.SeriesID]documents.Series
	entries map[documents.EntryID]documents.Entry
	events  []documents.Event
	changes []vanphong.Change
}

func (r *rows) clone() *rows {
	return &rows{maps.Clone(r.series), maps.Clone(r.entries), slices.Clone(r.events), slices.Clone(r.changes)}
}

func (p *plain) office(org vanphong.OrgID) *rows {
	if p.oneOffice {
		org = "all"
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.offices[org] == nil {
		p.offices[org] = &rows{series: map[documents.SeriesID]documents.Series{}, entries: map[documents.EntryID]documents.Entry{}}
	}
	return p.offices[org]
}

func (p *plain) replace(org vanphong.OrgID, r *rows) {
	if p.oneOffice {
		org = "all"
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.offices[org] = r
}

func (p *plain) Update(ctx context.Context, org vanphong.OrgID, fn func(documents.Tx) error) (err error) {
	if err := ctx.Err(); err != nil && !p.ignoresCancel {
		return err
	}
	if !p.lastWins {
		p.writer.Lock()
		defer p.writer.Unlock()
	}
	before := p.office(org)
	tx := &plainTx{plain: p, org: org, rows: before.clone()}
	tx.seen = tx.rows
	if p.blind {
		tx.seen = before
	}
	commit := func() { p.replace(org, tx.rows) }
	if !p.letsPanic {
		defer func() {
			if v := recover(); v != nil {
				err = fmt.Errorf("panic: %v", v)
				if p.keepsOnPanic {
					commit()
				}
			}
		}()
	}
	err = fn(tx)
	p.mu.Lock()
	p.dirty = 0
	p.mu.Unlock()
	if err != nil {
		switch {
		case p.keepsOnError:
			commit()
		case p.keepsFirst && tx.first != nil:
			p.replace(org, tx.first)
		case p.swallowsError:
			return nil
		case p.wrapsError:
			return fmt.Errorf("update: %w", err)
		}
		return err
	}
	if err := ctx.Err(); err != nil && !p.ignoresCancel {
		return err
	}
	commit()
	return nil
}

func (p *plain) View(ctx context.Context, org vanphong.OrgID, fn func(documents.Reader) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	tx := &plainTx{plain: p, org: org, rows: p.office(org)}
	tx.seen = tx.rows
	if p.movingView {
		tx.seen = nil
	}
	return fn(tx)
}

func (p *plain) Changes(_ context.Context, org vanphong.OrgID, after vanphong.Cursor) iter.Seq2[vanphong.Change, error] {
	all := slices.Clone(p.office(org).changes)
	if p.changesOfAll {
		for _, other := range []vanphong.OrgID{"tinh-uy", "thanh-uy"} {
			if other != org {
				all = append(all, p.office(other).changes...)
			}
		}
	}
	if p.reordersChanges {
		slices.SortStableFunc(all, func(a, b vanphong.Change) int { return cmp.Compare(a.ID, b.ID) })
	}
	if p.repeatsCursor {
		after--
	}
	p.mu.Lock()
	dirty := p.dirty
	p.mu.Unlock()
	return func(yield func(vanphong.Change, error) bool) {
		for _, c := range all {
			if c.Cursor > after && !yield(c, nil) {
				return
			}
		}
		for range dirty {
			if !yield(vanphong.Change{Org: org}, nil) {
				return
			}
		}
	}
}

// plainTx reads seen and writes rows: the same, unless the store is blind.
type plainTx struct {
	*plain
	org   vanphong.OrgID
	rows  *rows
	seen  *rows
	first *rows // after the first append
	from  vanphong.Cursor
}

func (tx *plainTx) read() *rows {
	if tx.seen == nil {
		return tx.office(tx.org)
	}
	return tx.seen
}

func (tx *plainTx) Series(id documents.SeriesID) (documents.Series, error) {
	s, ok := tx.read().series[id]
	if !ok && !tx.inventsSeries {
		return s, fmt.Errorf("series: %w", vanphong.ErrNotFound)
	}
	if tx.maxPlusOne {
		s.Next = s.First
		for _, en := range tx.read().entries {
			if en.Series == id && en.State != documents.StateVoid {
				s.Next = max(s.Next, en.Serial+1)
			}
		}
	}
	return s, nil
}

func (tx *plainTx) AllSeries() iter.Seq2[documents.Series, error] {
	all := slices.SortedFunc(maps.Values(tx.read().series), func(a, b documents.Series) int { return cmp.Compare(a.ID, b.ID) })
	if tx.mixesSeries && len(all) > 1 {
		all[0], all[1] = all[1], all[0]
	}
	if tx.ignoresBreak {
		return func(yield func(documents.Series, error) bool) {
			for range 2 {
				yield(all[0], nil)
			}
		}
	}
	return exam.Each(all)
}

func (tx *plainTx) Entry(id documents.EntryID) (documents.Entry, error) {
	en, ok := tx.read().entries[id]
	if !ok || tx.forgetsIDs {
		return documents.Entry{}, fmt.Errorf("entry: %w", vanphong.ErrNotFound)
	}
	return en, nil
}

// written is where the first event about an entry stands.
func (tx *plainTx) written(id documents.EntryID) int {
	return slices.IndexFunc(tx.read().events, func(e documents.Event) bool { return e.Entry == id })
}

func (tx *plainTx) Events(id documents.SeriesID) iter.Seq2[documents.Event, error] {
	all := slices.DeleteFunc(slices.Clone(tx.read().events), func(e documents.Event) bool { return id != "" && e.Series != id })
	slices.SortStableFunc(all, func(a, b documents.Event) int {
		return cmp.Or(cmp.Compare(a.Series, b.Series), cmp.Compare(a.Seq, b.Seq))
	})
	if tx.reorders {
		slices.SortStableFunc(all, func(a, b documents.Event) int { return cmp.Compare(a.Hash.String(), b.Hash.String()) })
	}
	return exam.Each(all)
}

func (tx *plainTx) Append(s documents.Series, e documents.Event, en documents.Entry) error {
	r := tx.rows
	if !tx.noSeqCheck && e.Seq != r.series[s.ID].Events+1 {
		return fmt.Errorf("seq: %w", vanphong.ErrConflict)
	}
	old, known := r.entries[en.ID]
	switch {
	case e.Entry == "":
	case known && (old.Series != en.Series || old.Serial != en.Serial || !tx.suffixMoves && old.Number.Suffix != en.Number.Suffix):
		if !tx.noMoveCheck {
			return fmt.Errorf("moved: %w", vanphong.ErrConflict)
		}
	case !known && !tx.noSerialCheck:
		for _, o := range r.entries {
			same := o.Number.Suffix == en.Number.Suffix || tx.ignoresSuffix
			if same && tx.noSuffixCheck {
				same = en.Number.Suffix == ""
			}
			if o.Series == en.Series && o.Serial == en.Serial && same {
				return errors.Join(vanphong.ErrConflict)
			}
		}
	}
	if tx.forgetsClosed {
		s.Closed = false
	}
	if tx.forgetsAct {
		e.Act = documents.Act{}
	}
	if tx.forgetsStanding {
		en.Standing = documents.StandingPlain
	}
	if tx.cutsTime {
		e.At, en.Last.At = e.At.Truncate(time.Second), en.Last.At.Truncate(time.Second)
	}
	e.Cursor = vanphong.Cursor(len(r.changes) + 1)
	r.series[s.ID] = s
	change := vanphong.Change{Cursor: e.Cursor, Org: tx.org, Kind: documents.RecordSeries, ID: string(s.ID), At: e.At, By: e.By}
	if e.Entry != "" {
		change.Kind, change.ID = documents.RecordEntry, string(e.Entry)
		if !known || !tx.forgetsState {
			r.entries[en.ID] = en
		}
	}
	r.events = append(r.events, e)
	r.changes = append(r.changes, change)
	if tx.groupsChanges && change.Kind == documents.RecordEntry {
		tx.group(change.Cursor)
	}
	if tx.dirtyChanges {
		tx.mu.Lock()
		tx.dirty++
		tx.mu.Unlock()
	}
	if tx.first == nil {
		tx.first = r.clone()
	}
	return nil
}

// group sorts the changes of this transaction by id and gives them its cursors anew.
func (tx *plainTx) group(last vanphong.Cursor) {
	if tx.from == 0 {
		tx.from = last
	}
	batch := tx.rows.changes[tx.from-1:]
	slices.SortStableFunc(batch, func(a, b vanphong.Change) int { return cmp.Compare(a.ID, b.ID) })
	for i := range batch {
		batch[i].Cursor = tx.from + vanphong.Cursor(i)
	}
}
