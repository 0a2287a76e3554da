package followup

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/internal/memory"
)

// ErrSecondLead is for a task with more than one lead unit: one task, one lead
// (Kết luận 226-KL/TW, 11/12/2025, grade N). It comes inside a
// [*vanphong.InputError] that names the second one.
//
// With two leads each waits for the other: it is the one thing a conclusion
// leaves open that nobody notices until the deadline.
var ErrSecondLead = fmt.Errorf("second lead: %w", vanphong.ErrInvalid)

// errEnded is for a step on a task that is done or withdrawn.
var errEnded = fmt.Errorf("%w: %w", vanphong.ErrState, vanphong.ErrClosed)

// Tracker keeps an office's tasks over any [Store].
//
// Every method that writes asks the guard first, checks what it is given, and
// can be repeated: the same step again returns the stored task unchanged,
// another content under the same id is vanphong.ErrConflict. A step on a task
// that is done or withdrawn wraps vanphong.ErrState and vanphong.ErrClosed. An
// error leaves the store as it was. A Tracker is safe for use by many
// goroutines.
//
// A task that is done cannot be reopened: what is to be done again is a new
// task, with a deadline of its own, or past figures would change.
type Tracker struct {
	store Store
	guard vanphong.Guard
}

// Options are what a [Tracker] can be told. Nil is the zero value.
type Options struct {
	// Guard decides who may; the verbs are "followup.assign",
	// "followup.report", "followup.extend" and "followup.withdraw".
	Guard vanphong.Guard
}

// NewTracker returns a tracker over a store.
// Over a nil store every call is an error that wraps vanphong.ErrInvalid.
func NewTracker(store Store, opt *Options) *Tracker {
	if store == nil {
		store = memory.None[Tx, Reader]{}
	}
	t := &Tracker{store: store}
	if opt != nil {
		t.guard = opt.Guard
	}
	return t
}

// Assignment is a task as it is given out (giao nhiệm vụ).
type Assignment struct {
	Origin  Origin `json:"origin"`
	Key     string `json:"key"` // unique within the origin: the task's id derives from both
	Title   string `json:"title"`
	Product string `json:"product,omitempty"`
	// Leads is the lead unit. It is a list because lists of units are what
	// offices write: a second one is [ErrSecondLead], never dropped in silence.
	Leads        []vanphong.OrgID `json:"leads"`
	Coordinating []vanphong.OrgID `json:"coordinating,omitempty"`
	Assigned     vanphong.Date    `json:"assigned"`
	Due          Due              `json:"due,omitzero"`
	Secrecy      vanphong.Secrecy `json:"secrecy,omitzero"`
}

// Assign records a task. The number of its origin may be filled in later by
// assigning again; anything else that differs is vanphong.ErrConflict.
//
// A conclusion often gets its number after the tasks were given out, and
// waiting for it would cost days of the deadline.
func (k *Tracker) Assign(ctx context.Context, org vanphong.OrgID, a Assignment, by vanphong.Stamp) (Task, error) {
	id := NewTaskID(org, a.Origin, a.Key)
	if err := k.ask(ctx, org, by, "assign", string(id)); err != nil {
		return Task{}, err
	}
	// NFC first, then check and compare: the same title typed on another
	// machine must be found to be the same.
	a.Title, a.Product = vanphong.NFC(a.Title), vanphong.NFC(a.Product)
	a.Origin.Number, a.Due.Basis = vanphong.NFC(a.Origin.Number), vanphong.NFC(a.Due.Basis)
	if err := a.check(); err != nil {
		return Task{}, err
	}
	fresh := Task{
		ID: id, Org: org, Key: a.Key, Origin: a.Origin, Title: a.Title, Product: a.Product, Lead: a.Leads[0],
		Coordinating: slices.Clone(a.Coordinating), Assigned: a.Assigned, First: a.Due, Secrecy: a.Secrecy,
	}
	var out Task
	err := k.store.Update(ctx, org, func(tx Tx) error {
		t, err := tx.Task(id)
		switch {
		case errors.Is(err, vanphong.ErrNotFound):
			t = fresh
		case err != nil:
			return err
		default:
			if err := t.sameAssignment(fresh); err != nil {
				return err
			}
			// Nothing new is said, or the number is left out this time: what
			// is recorded stays.
			if t.Origin == fresh.Origin || fresh.Origin.Number == "" {
				out = t
				return nil
			}
			t.Origin.Number = fresh.Origin.Number
		}
		err = putTask(tx, &t, by)
		out = t
		return err
	})
	if err != nil {
		return Task{}, err
	}
	return out, nil
}

// sameAssignment returns an error that says what differs.
//
// The order is that of harm: another lead first, since two units would be told
// that they lead.
func (t Task) sameAssignment(o Task) error {
	switch {
	case t.Lead != o.Lead:
		return vanphong.NewInputError("leads[0]", string(o.Lead), "the lead recorded, "+string(t.Lead), fmt.Errorf("%w: %w", ErrSecondLead, vanphong.ErrConflict))
	case t.Title != o.Title:
		return vanphong.NewInputError("title", o.Title, "the title recorded", vanphong.ErrConflict)
	case t.Assigned != o.Assigned || t.First != o.First:
		return vanphong.NewInputError("due", o.First.Day.String(), "the days recorded; extend the task", vanphong.ErrConflict)
	case t.Product != o.Product || t.Secrecy != o.Secrecy || !slices.Equal(t.Coordinating, o.Coordinating):
		return vanphong.NewInputError("key", o.Key, "the assignment recorded", vanphong.ErrConflict)
	case t.Origin.Number != "" && o.Origin.Number != "" && t.Origin.Number != o.Origin.Number:
		return vanphong.NewInputError("origin.number", o.Origin.Number, t.Origin.Number, vanphong.ErrConflict)
	}
	return nil
}

// check refuses what cannot stand by itself. A deadline before the assignment
// is a slip of the pen that would make the task late from its first day.
func (a Assignment) check() error {
	if a.Origin.Kind != FromConclusion && a.Origin.Kind != FromDocument {
		return vanphong.NewInputError("origin.kind", a.Origin.Kind.Name(), "conclusion or document", nil)
	}
	if a.Secrecy > vanphong.TopSecret {
		return vanphong.NewInputError("secrecy", a.Secrecy.Name(), "a level of secrecy", nil)
	}
	for _, err := range []error{
		vanphong.CheckID("origin.id", a.Origin.ID), vanphong.CheckID("key", a.Key),
		checkText("origin.number", a.Origin.Number, false), checkText("title", a.Title, true),
		checkText("product", a.Product, false), checkText("due.basis", a.Due.Basis, false), a.checkUnits(),
	} {
		if err != nil {
			return err
		}
	}
	if a.Assigned.IsZero() {
		return vanphong.NewInputError("assigned", "", "a day", nil)
	}
	if !a.Due.Day.IsZero() && a.Due.Day < a.Assigned {
		return vanphong.NewInputError("due.day", a.Due.Day.String(), "a day on or after "+a.Assigned.String(), nil)
	}
	return nil
}

func (a Assignment) checkUnits() error {
	if len(a.Leads) == 0 {
		return vanphong.NewInputError("leads", "", "exactly one lead unit", nil)
	}
	if len(a.Leads) > 1 {
		return vanphong.NewInputError("leads[1]", string(a.Leads[1]), "exactly one lead unit", ErrSecondLead)
	}
	if err := vanphong.CheckID("leads[0]", a.Leads[0]); err != nil {
		return err
	}
	if err := vanphong.CheckCount("coordinating", len(a.Coordinating), MaxCoordinating); err != nil {
		return err
	}
	// The lead is in the set: a unit that both leads and coordinates would be
	// counted and reminded twice.
	seen := map[vanphong.OrgID]bool{a.Leads[0]: true}
	for i, u := range a.Coordinating {
		at := "coordinating[" + strconv.Itoa(i) + "]"
		if err := vanphong.CheckID(at, u); err != nil {
			return err
		}
		if seen[u] {
			return vanphong.NewInputError(at, string(u), "each unit once, and not the lead", nil)
		}
		seen[u] = true
	}
	return nil
}

// ask comes before the store: whoever may not ask is not to learn whether the
// task exists.
func (k *Tracker) ask(ctx context.Context, org vanphong.OrgID, by vanphong.Stamp, verb, object string) error {
	if err := vanphong.CheckID("org", org); err != nil {
		return err
	}
	if err := by.Check(); err != nil {
		return err
	}
	return k.guard.Ask(ctx, vanphong.Act{Org: org, By: by.By, Verb: "followup." + verb, Object: object})
}

// change runs one step on a stored task. fn changes t and reports whether it
// did; a task it leaves as it is is not written.
//
// fn may run more than once (see [Store]), each time on a fresh copy of t.
func (k *Tracker) change(ctx context.Context, org vanphong.OrgID, id TaskID, verb string, by vanphong.Stamp, fn func(*Task) (bool, error)) (Task, error) {
	if err := k.ask(ctx, org, by, verb, string(id)); err != nil {
		return Task{}, err
	}
	var out Task
	err := k.store.Update(ctx, org, func(tx Tx) error {
		t, err := tx.Task(id)
		if err != nil {
			return err
		}
		changed, err := fn(&t)
		if err == nil && changed {
			err = putTask(tx, &t, by)
		}
		out = t
		return err
	})
	if err != nil {
		return Task{}, err
	}
	return out, nil
}

// putTask stores t under a stamp and gives it the version it has then.
func putTask(tx Tx, t *Task, by vanphong.Stamp) error {
	t.Last = by
	if err := tx.PutTask(*t); err != nil {
		return err
	}
	t.Version++
	return nil
}

// Task returns a task.
func (k *Tracker) Task(ctx context.Context, org vanphong.OrgID, id TaskID) (Task, error) {
	var out Task
	err := k.store.View(ctx, org, func(r Reader) (err error) {
		out, err = r.Task(id)
		return err
	})
	return out, err
}

// Tasks walks the tasks that match a query, by the day they were assigned.
//
// The walk holds a View open, which does not hold up writers.
func (k *Tracker) Tasks(ctx context.Context, org vanphong.OrgID, q Query) iter.Seq2[Task, error] {
	return func(yield func(Task, error) bool) {
		stopped := false
		err := k.store.View(ctx, org, func(r Reader) error {
			for t, err := range r.Tasks(q) {
				if err != nil {
					return err
				}
				if stopped = !yield(t, nil); stopped {
					return nil
				}
			}
			return nil
		})
		if err != nil && !stopped {
			yield(Task{}, err)
		}
	}
}

// Board returns the board of a day over the tasks that match a query; the
// zero Query is all of them. Mind that Query.Open and Query.Due go by what is
// recorded now, not by what was known on a past day.
//
// So a board of a past day is taken over all tasks, and narrowed by lead or
// origin, which never change.
func (k *Tracker) Board(ctx context.Context, org vanphong.OrgID, day vanphong.Date, q Query) (Board, error) {
	return BoardOf(day, k.Tasks(ctx, org, q))
}
