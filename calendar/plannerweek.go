package calendar

import (
	"context"
	"errors"
	"iter"
	"slices"

	"github.com/vanphong-go/vanphong"
)

// Draft begins the schedule of an organisation for days, if there is none,
// and puts entries into it: each in the place of the one with its id, or at
// the end. Entries it does not name stay, so that drafting from a file and
// accepting registrations can be done in any order and again.
//
// An approved schedule that this changes becomes a draft again. A published
// one is left as it is if every entry stands in it, or stood in it before an
// amendment; else it is refused with ErrState. Days that differ from those of
// the stored schedule are refused with ErrConflict.
//
// Putting in place and not replacing the whole is what lets several desks work
// on one draft.
func (p *Planner) Draft(ctx context.Context, org vanphong.OrgID, days vanphong.Days, entries []Entry, by vanphong.Stamp) (WeekSchedule, error) {
	fresh, err := NewWeekSchedule(org, days, by)
	if err == nil {
		err = fresh.checkEntries(entries)
	}
	if err == nil {
		err = p.holds(entries...)
	}
	if err != nil {
		return WeekSchedule{}, err
	}
	if err := p.begin(ctx, org, "calendar.draft", string(fresh.ID), by); err != nil {
		return WeekSchedule{}, err
	}
	var out WeekSchedule
	err = p.store.Update(ctx, org, func(tx Tx) error {
		// The id is of organisation and first day, so two programs that begin
		// one week find each other.
		s, err := tx.Schedule(fresh.ID)
		switch {
		case errors.Is(err, vanphong.ErrNotFound):
			s = fresh
		case err != nil:
			return err
		case s.Days != days:
			return vanphong.NewInputError("days", days.ISO(), "the days it was begun with, "+s.Days.ISO(), vanphong.ErrConflict)
		}
		// A rerun of the drafting, after the week was issued and perhaps
		// amended, is no change.
		if s.State >= SchedulePublished && s.held(entries) {
			out = s
			return nil
		}
		if out, err = s.Edit(upsert(s.Entries, entries), by); err != nil {
			return err
		}
		return putSchedule(tx, s, &out)
	})
	return result(out, err)
}

// held reports whether every entry stands in the schedule as it is, or stood
// in one of its revisions.
//
// An old form counts too: the program that is run again has not heard of the
// amendment.
func (s WeekSchedule) held(entries []Entry) bool {
	versions := make(map[EntryID][]Entry, len(s.Entries))
	add := func(e Entry) { versions[e.ID] = append(versions[e.ID], e) }
	for _, e := range s.Entries {
		add(e)
	}
	for _, a := range s.Amendments {
		for _, e := range a.Diff.Removed {
			add(e)
		}
		for _, c := range a.Diff.Changed {
			add(c.Before)
		}
	}
	for _, e := range entries {
		if !slices.ContainsFunc(versions[e.ID], e.Equal) {
			return false
		}
	}
	return true
}

// Remove takes an entry out of a schedule not yet published. An entry that is
// not there changes nothing; a published schedule is refused with ErrState if
// it holds the entry: amend it.
//
// Removing and adding again gives back the same row, if it has the same id.
func (p *Planner) Remove(ctx context.Context, org vanphong.OrgID, id ScheduleID, entry EntryID, by vanphong.Stamp) (WeekSchedule, error) {
	return p.step(ctx, org, id, "calendar.remove", by, func(s WeekSchedule) (WeekSchedule, error) {
		without := slices.DeleteFunc(slices.Clone(s.Entries), func(e Entry) bool { return e.ID == entry })
		return s.Edit(without, by)
	})
}

// Approve approves a draft, see [WeekSchedule.Approve].
func (p *Planner) Approve(ctx context.Context, org vanphong.OrgID, id ScheduleID, by vanphong.Stamp) (WeekSchedule, error) {
	return p.step(ctx, org, id, "calendar.approve", by, func(s WeekSchedule) (WeekSchedule, error) {
		return s.Approve(by)
	})
}

// Publish issues an approved schedule, see [WeekSchedule.Publish].
func (p *Planner) Publish(ctx context.Context, org vanphong.OrgID, id ScheduleID, by vanphong.Stamp) (WeekSchedule, error) {
	return p.step(ctx, org, id, "calendar.publish", by, func(s WeekSchedule) (WeekSchedule, error) {
		return s.Publish(by)
	})
}

// Amend replaces the entries of a published schedule, see
// [WeekSchedule.Amend].
func (p *Planner) Amend(ctx context.Context, org vanphong.OrgID, id ScheduleID, entries []Entry, reason string, by vanphong.Stamp) (WeekSchedule, error) {
	return p.step(ctx, org, id, "calendar.amend", by, func(s WeekSchedule) (WeekSchedule, error) {
		if err := p.holds(entries...); err != nil {
			return s, err
		}
		return s.Amend(entries, reason, by)
	})
}

// step runs one pure step over a stored schedule.
//
// Rules are in the pure step and the transaction is here, so each can be
// tested without the other.
func (p *Planner) step(ctx context.Context, org vanphong.OrgID, id ScheduleID, verb string, by vanphong.Stamp,
	do func(WeekSchedule) (WeekSchedule, error)) (WeekSchedule, error) {
	if err := p.begin(ctx, org, verb, string(id), by); err != nil {
		return WeekSchedule{}, err
	}
	var out WeekSchedule
	err := p.store.Update(ctx, org, func(tx Tx) error {
		s, err := tx.Schedule(id)
		if err != nil {
			return err
		}
		if out, err = do(s); err != nil {
			return err
		}
		return putSchedule(tx, s, &out)
	})
	return result(out, err)
}

// Schedule returns a schedule, or an error that wraps ErrNotFound.
func (p *Planner) Schedule(ctx context.Context, org vanphong.OrgID, id ScheduleID) (WeekSchedule, error) {
	return read(ctx, p.store, org, func(r Reader) (WeekSchedule, error) { return r.Schedule(id) })
}

// Week returns the schedule that covers a day, the later one if two do, or an
// error that wraps ErrNotFound.
//
// A schedule of eight days shares its last one with the next week, whose own
// schedule says more about it.
func (p *Planner) Week(ctx context.Context, org vanphong.OrgID, day vanphong.Date) (WeekSchedule, error) {
	return read(ctx, p.store, org, func(r Reader) (WeekSchedule, error) {
		var found WeekSchedule
		for s, err := range r.Schedules(vanphong.Days{First: day, End: day + 1}) {
			if err != nil {
				return s, err
			}
			found = s
		}
		if found.ID == "" {
			return found, notFound("week of", day.String())
		}
		return found, nil
	})
}

// Entry returns an entry and the schedule it stands in now, or an error that
// wraps ErrNotFound: the way back from a meeting to its row.
//
// The store finds the schedule by the entry, for the row may have moved to
// another week since it was announced.
func (p *Planner) Entry(ctx context.Context, org vanphong.OrgID, id EntryID) (Entry, WeekSchedule, error) {
	s, err := read(ctx, p.store, org, func(r Reader) (WeekSchedule, error) { return r.ScheduleOf(id) })
	if err != nil {
		return Entry{}, WeekSchedule{}, err
	}
	e, ok := s.Entry(id)
	if !ok {
		return Entry{}, WeekSchedule{}, notFound("entry", string(id))
	}
	return e, s, nil
}

// Registration returns a registration, or an error that wraps ErrNotFound.
func (p *Planner) Registration(ctx context.Context, org vanphong.OrgID, id RegistrationID) (Registration, error) {
	return read(ctx, p.store, org, func(r Reader) (Registration, error) { return r.Registration(id) })
}

// Schedules walks the schedules with a day in days, in the order of their
// first days, over one consistent state. The loop's body must not write to
// the store.
func (p *Planner) Schedules(ctx context.Context, org vanphong.OrgID, days vanphong.Days) iter.Seq2[WeekSchedule, error] {
	return walk(ctx, p.store, org, func(r Reader) iter.Seq2[WeekSchedule, error] { return r.Schedules(days) })
}

// Registrations walks the registrations that match a query, by day and id,
// over one consistent state. The loop's body must not write to the store.
func (p *Planner) Registrations(ctx context.Context, org vanphong.OrgID, q RegistrationQuery) iter.Seq2[Registration, error] {
	return walk(ctx, p.store, org, func(r Reader) iter.Seq2[Registration, error] { return r.Registrations(q) })
}

// read holds a View open no longer than one get.
func read[T any](ctx context.Context, store Store, org vanphong.OrgID, get func(Reader) (T, error)) (T, error) {
	var out T
	err := store.View(ctx, org, func(r Reader) error {
		var err error
		out, err = get(r)
		return err
	})
	return result(out, err)
}

// walk turns the iterator of a transaction into one of its own. An error of
// the transaction comes last, unless the loop has ended by then.
func walk[T any](ctx context.Context, store Store, org vanphong.OrgID, list func(Reader) iter.Seq2[T, error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		going := true
		err := store.View(ctx, org, func(r Reader) error {
			for v, err := range list(r) {
				if err != nil {
					return err
				}
				if going = yield(v, nil); !going {
					return nil
				}
			}
			return nil
		})
		if err != nil && going {
			var zero T
			yield(zero, err)
		}
	}
}

func notFound(field, id string) error {
	return vanphong.NewInputError(field, id, "one that is stored", vanphong.ErrNotFound)
}
