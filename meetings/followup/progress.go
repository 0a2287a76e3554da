package followup

import (
	"context"
	"strconv"

	"github.com/vanphong-go/vanphong"
)

// Report adds a report on a task. A report that says the same as one recorded
// is that one. The day may lie before that of an earlier report (units report
// late), but not before the assignment. Only the lead can report a task done;
// Made is taken from the stamp.
//
// That only the lead reports it done is what "one lead" means in practice: a
// coordinating unit finishes its part, not the task.
func (k *Tracker) Report(ctx context.Context, org vanphong.OrgID, id TaskID, p Progress, by vanphong.Stamp) (Task, error) {
	return k.change(ctx, org, id, "report", by, func(t *Task) (bool, error) {
		p.Note = vanphong.NFC(p.Note)
		if err := t.checkProgress(p); err != nil {
			return false, err
		}
		// The same before the state: a report that was sent twice is no error
		// because the task is finished by then.
		for _, o := range t.Progress {
			if o.same(p) {
				return false, nil
			}
		}
		if !t.Open() {
			return false, t.endedError()
		}
		if err := vanphong.CheckCount("progress", len(t.Progress)+1, MaxProgress); err != nil {
			return false, err
		}
		p.Made = by
		t.Progress = append(t.Progress, p)
		return true, nil
	})
}

// Complete reports a task done by its lead on a day.
func (k *Tracker) Complete(ctx context.Context, org vanphong.OrgID, id TaskID, day vanphong.Date, note string, by vanphong.Stamp) (Task, error) {
	return k.Report(ctx, org, id, Progress{Day: day, Note: note, Done: true}, by)
}

func (t *Task) checkProgress(p Progress) error {
	switch {
	case p.Day < t.Assigned:
		return vanphong.NewInputError("day", p.Day.String(), "a day on or after "+t.Assigned.String(), nil)
	case p.Percent < 0 || p.Percent > 100:
		return vanphong.NewInputError("percent", strconv.Itoa(p.Percent), "0 to 100", vanphong.ErrOutOfRange)
	case p.Unit != "" && !t.Involves(p.Unit):
		return vanphong.NewInputError("unit", string(p.Unit), "the lead or a coordinating unit", nil)
	case p.Done && p.Unit != "" && p.Unit != t.Lead:
		return vanphong.NewInputError("unit", string(p.Unit), "the lead, "+string(t.Lead)+", to report it done", nil)
	}
	// A report that is neither an end nor a figure must say something.
	return checkText("note", p.Note, !p.Done && p.Percent == 0)
}

// endedError says whether it was done or withdrawn, for the two need different
// answers.
func (t *Task) endedError() error {
	state := Completed
	if !t.Withdrawn.Day.IsZero() {
		state = Dropped
	}
	code, _ := state.MarshalText()
	return vanphong.NewInputError("task.standing", string(code), "a task that is still running", errEnded)
}

// Extend gives a task a later deadline, from the day it was granted (e.Day) and
// for a reason. e.From and e.Made are filled in. An extension shortens nothing,
// cannot be granted before the one before it, and a task without a deadline
// has nothing to extend.
//
// An extension after the deadline does not undo the days the task was late: a
// past board stays as it was, see [Task.Status].
func (k *Tracker) Extend(ctx context.Context, org vanphong.OrgID, id TaskID, e Extension, by vanphong.Stamp) (Task, error) {
	return k.change(ctx, org, id, "extend", by, func(t *Task) (bool, error) {
		e.Reason = vanphong.NFC(e.Reason)
		if err := checkText("reason", e.Reason, true); err != nil {
			return false, err
		}
		// Granted in the order they are recorded, so that the deadline known
		// on a day follows from the days alone.
		granted := t.Assigned
		for _, o := range t.Extensions {
			if o.Day == e.Day && o.To == e.To && o.Reason == e.Reason {
				return false, nil
			}
			granted = o.Day
		}
		switch {
		case !t.Open():
			return false, t.endedError()
		case t.Due().IsZero():
			return false, vanphong.NewInputError("to", e.To.String(), "a task with a deadline", vanphong.ErrState)
		// A shorter deadline is another order, with another basis, not an
		// extension.
		case e.To <= t.Due():
			return false, vanphong.NewInputError("to", e.To.String(), "a day after "+t.Due().String(), nil)
		case e.Day < granted:
			return false, vanphong.NewInputError("day", e.Day.String(), "a day on or after "+granted.String(), nil)
		}
		e.From, e.Made = t.Due(), by
		t.Extensions = append(t.Extensions, e)
		return true, vanphong.CheckCount("extensions", len(t.Extensions), MaxExtensions)
	})
}

// Withdraw ends a task that need not be done any more, from a day and for a
// reason. It stays in the register and is counted apart.
//
// Counting it as done would flatter the rate, and as open would never end.
func (k *Tracker) Withdraw(ctx context.Context, org vanphong.OrgID, id TaskID, day vanphong.Date, reason string, by vanphong.Stamp) (Task, error) {
	return k.change(ctx, org, id, "withdraw", by, func(t *Task) (bool, error) {
		reason := vanphong.NFC(reason)
		if err := checkText("reason", reason, true); err != nil {
			return false, err
		}
		// The zero day is what a task has that was not withdrawn; it is
		// refused below, as before every assignment.
		if w := t.Withdrawn; w.Day == day && w.Reason == reason && !day.IsZero() {
			return false, nil
		}
		if !t.Open() {
			return false, t.endedError()
		}
		if day < t.Assigned {
			return false, vanphong.NewInputError("day", day.String(), "a day on or after "+t.Assigned.String(), nil)
		}
		t.Withdrawn = Withdrawal{day, reason, by}
		return true, nil
	})
}
