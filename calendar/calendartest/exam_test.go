package calendartest

import (
	"context"
	"errors"
	"iter"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/calendar"
	"github.com/vanphong-go/vanphong/internal/exam"
)

type faulty = exam.Faulty[calendar.Store, calendar.Tx, calendar.Reader]

// puts is a Tx whose puts are broken.
type puts struct {
	calendar.Tx
	schedule     func(calendar.Tx, calendar.WeekSchedule) error
	registration func(calendar.Tx, calendar.Registration) error
}

func (p puts) PutSchedule(s calendar.WeekSchedule) error {
	if p.schedule != nil {
		return p.schedule(p.Tx, s)
	}
	return p.Tx.PutSchedule(s)
}

func (p puts) PutRegistration(r calendar.Registration) error {
	if p.registration != nil {
		return p.registration(p.Tx, r)
	}
	return p.Tx.PutRegistration(r)
}

// reads is a Reader whose answers are broken.
type reads struct {
	calendar.Reader
	one       func(calendar.Reader, calendar.ScheduleID) (calendar.WeekSchedule, error)
	of        func(calendar.Reader, calendar.EntryID) (calendar.WeekSchedule, error)
	schedules func(calendar.Reader, vanphong.Days) iter.Seq2[calendar.WeekSchedule, error]
	list      func(calendar.Reader, calendar.RegistrationQuery) iter.Seq2[calendar.Registration, error]
}

func (r reads) Schedule(id calendar.ScheduleID) (calendar.WeekSchedule, error) {
	if r.one != nil {
		return r.one(r.Reader, id)
	}
	return r.Reader.Schedule(id)
}

func (r reads) ScheduleOf(id calendar.EntryID) (calendar.WeekSchedule, error) {
	if r.of != nil {
		return r.of(r.Reader, id)
	}
	return r.Reader.ScheduleOf(id)
}

func (r reads) Schedules(days vanphong.Days) iter.Seq2[calendar.WeekSchedule, error] {
	if r.schedules != nil {
		return r.schedules(r.Reader, days)
	}
	return r.Reader.Schedules(days)
}

func (r reads) Registrations(q calendar.RegistrationQuery) iter.Seq2[calendar.Registration, error] {
	if r.list != nil {
		return r.list(r.Reader, q)
	}
	return r.Reader.Registrations(q)
}

func writing(p puts) func() calendar.Store {
	return func() calendar.Store {
		return faulty{Store: calendar.NewMemory(), Tx: func(tx calendar.Tx) calendar.Tx {
			p := p
			p.Tx = tx
			return p
		}}
	}
}

func reading(r reads) func() calendar.Store {
	return func() calendar.Store {
		return faulty{Store: calendar.NewMemory(), Reader: func(rd calendar.Reader) calendar.Reader {
			r := r
			r.Reader = rd
			return r
		}}
	}
}

func TestExam(t *testing.T) {
	healthy := func() calendar.Store { return calendar.NewMemory() }
	exam.Examine(t, Cases(), reopenKeeps, healthy, append(port().Faults(healthy), brokenStores()...))
}

func brokenStores() []exam.Broken[calendar.Store] {
	return []exam.Broken[calendar.Store]{
		{Fault: "updates decide on what was read before others", By: "concurrent updates lose nothing", Open: func() calendar.Store { return faulty{Store: calendar.NewMemory(), OnUpdate: lostUpdate} }},
		{Fault: "reads in a transaction see the last commit", By: "a transaction reads what it wrote", Open: func() calendar.Store {
			return faulty{Store: calendar.NewMemory(), OnUpdate: func(s calendar.Store, ctx context.Context, org vanphong.OrgID, fn func(calendar.Tx) error) error {
				return s.Update(ctx, org, func(tx calendar.Tx) error {
					return s.View(ctx, org, func(r calendar.Reader) error { return fn(readTx{tx, r}) })
				})
			}}
		}},
		{Fault: "a view reads committed state each time", By: "a view sees one state", Open: func() calendar.Store { return &unsteady{calendar.NewMemory()} }},
		{Fault: "a field is forgotten", By: "every field comes back as it was", Open: writing(puts{schedule: func(tx calendar.Tx, s calendar.WeekSchedule) error {
			s.Entries = slices.Clone(s.Entries)
			for i := range s.Entries {
				s.Entries[i].Delegations = nil
			}
			return tx.PutSchedule(s)
		}})},
		{Fault: "instants are cut to seconds", By: "every field comes back as it was", Open: writing(puts{registration: func(tx calendar.Tx, r calendar.Registration) error {
			r.Filed.At = r.Filed.At.Truncate(time.Second)
			return tx.PutRegistration(r)
		}})},
		{Fault: "a cache is handed out", By: "what is read belongs to the reader", Open: func() calendar.Store {
			cache := map[calendar.ScheduleID]calendar.WeekSchedule{}
			return reading(reads{one: func(r calendar.Reader, id calendar.ScheduleID) (calendar.WeekSchedule, error) {
				s, err := r.Schedule(id)
				if c, ok := cache[id]; ok && c.Version == s.Version {
					return c, nil
				}
				cache[id] = s
				return s, err
			}})()
		}},
		{Fault: "the last writer wins", By: "a put refuses a version that is not the stored one", Open: writing(puts{schedule: func(tx calendar.Tx, s calendar.WeekSchedule) error {
			old, err := tx.Schedule(s.ID)
			if err == nil {
				s.Version = old.Version
			}
			return tx.PutSchedule(s)
		}})},
		{Fault: "records are mended, not refused", By: "a put refuses a record that does not hold", Open: writing(puts{registration: func(tx calendar.Tx, r calendar.Registration) error {
			if r.Unit == "" {
				r.Unit = "không rõ"
			}
			return tx.PutRegistration(r)
		}})},
		{Fault: "records are taken over from another organisation", By: "a put refuses a record of another organisation", Open: writing(puts{schedule: func(tx calendar.Tx, s calendar.WeekSchedule) error {
			s.Org = org
			return tx.PutSchedule(s)
		}})},
		{Fault: "an entry id taken is passed over", By: "an entry id stands in one schedule only", Open: writing(puts{schedule: func(tx calendar.Tx, s calendar.WeekSchedule) error {
			err := tx.PutSchedule(s)
			if errors.Is(err, vanphong.ErrConflict) && strings.Contains(err.Error(), "entry.id") {
				return nil
			}
			return err
		}})},
		{Fault: "an entry leads to where it once stood", By: "an entry leads to the schedule it stands in now", Open: reading(reads{of: func(r calendar.Reader, id calendar.EntryID) (calendar.WeekSchedule, error) {
			s, err := r.ScheduleOf(id)
			if err == nil {
				return s, nil
			}
			for s, err := range r.Schedules(vanphong.Days{}) {
				if err != nil {
					return s, err
				}
				for _, a := range s.Amendments {
					if slices.Contains(a.Before, id) {
						return s, nil
					}
				}
			}
			return s, err
		}})},
		{Fault: "an unchanged record counts as a new one", By: "a step run again changes nothing", Open: func() calendar.Store {
			return faulty{Store: calendar.NewMemory(), Tx: func(tx calendar.Tx) calendar.Tx {
				return readTx{puts{Tx: tx}, reads{one: func(r calendar.Reader, id calendar.ScheduleID) (calendar.WeekSchedule, error) {
					s, err := r.Schedule(id)
					for i := range s.Entries {
						s.Entries[i].Note += " "
					}
					return s, err
				}, Reader: tx}}
			}}
		}},
		{Fault: "what is not there is empty", By: "what is not there is not found", Open: reading(reads{one: func(r calendar.Reader, id calendar.ScheduleID) (calendar.WeekSchedule, error) {
			s, err := r.Schedule(id)
			if errors.Is(err, vanphong.ErrNotFound) {
				return s, nil
			}
			return s, err
		}})},
		{Fault: "ids are keyed without the organisation", By: "one id in two organisations is two records", Open: func() calendar.Store {
			last := map[calendar.ScheduleID]calendar.WeekSchedule{}
			h := reading(reads{one: func(r calendar.Reader, id calendar.ScheduleID) (calendar.WeekSchedule, error) {
				if s, err := r.Schedule(id); err != nil {
					return s, err
				}
				return last[id], nil
			}})().(faulty)
			h.Tx = func(tx calendar.Tx) calendar.Tx {
				return puts{Tx: tx, schedule: func(tx calendar.Tx, s calendar.WeekSchedule) error {
					err := tx.PutSchedule(s)
					s.Version++
					last[s.ID] = s
					return err
				}}
			}
			return h
		}},
		{Fault: "a listing crosses organisations", By: "no listing crosses organisations", Open: func() calendar.Store { return &crossing{Store: calendar.NewMemory()} }},
		{Fault: "days are taken as closed", By: "schedules come by their days", Open: reading(reads{schedules: func(r calendar.Reader, d vanphong.Days) iter.Seq2[calendar.WeekSchedule, error] {
			if d.End != 0 {
				d.End++
			}
			return r.Schedules(d)
		}})},
		{Fault: "schedules come by id alone", By: "schedules come by their days", Open: reading(reads{schedules: func(r calendar.Reader, d vanphong.Days) iter.Seq2[calendar.WeekSchedule, error] {
			list := exam.Gather(r.Schedules(d))
			slices.SortFunc(list, func(a, b calendar.WeekSchedule) int { return strings.Compare(string(a.ID), string(b.ID)) })
			slices.Reverse(list)
			return exam.Each(list)
		}})},
		{Fault: "the state asked for is ignored", By: "registrations come by day and state", Open: reading(reads{list: func(r calendar.Reader, q calendar.RegistrationQuery) iter.Seq2[calendar.Registration, error] {
			q.State = calendar.RegistrationUnknown
			return r.Registrations(q)
		}})},
		{Fault: "a moved registration is listed on its proposed day", By: "registrations come by day and state", Open: reading(reads{list: func(r calendar.Reader, q calendar.RegistrationQuery) iter.Seq2[calendar.Registration, error] {
			list := exam.Gather(r.Registrations(calendar.RegistrationQuery{State: q.State}))
			return exam.Each(slices.DeleteFunc(list, func(g calendar.Registration) bool { return !q.Days.Contains(g.Proposed.Day) }))
		}})},
		{Fault: "a walk does not stop", By: "a walk can be left early", Open: reading(reads{schedules: func(r calendar.Reader, d vanphong.Days) iter.Seq2[calendar.WeekSchedule, error] {
			return exam.Restless(r.Schedules(d))
		}})},
	}
}

type putter interface {
	PutSchedule(calendar.WeekSchedule) error
	PutRegistration(calendar.Registration) error
}

// readTx is a Tx made of broken reads and (perhaps broken) puts.
type readTx struct {
	putter
	calendar.Reader
}

// lostUpdate reads before it has the right to write, and takes whatever
// version it finds when it has.
func lostUpdate(s calendar.Store, ctx context.Context, org vanphong.OrgID, fn func(calendar.Tx) error) error {
	var late []calendar.WeekSchedule
	err := s.View(ctx, org, func(r calendar.Reader) error {
		return fn(readTx{puts{schedule: func(_ calendar.Tx, w calendar.WeekSchedule) error {
			late = append(late, w)
			return nil
		}}, r})
	})
	if err != nil {
		return err
	}
	time.Sleep(time.Millisecond) // others read meanwhile
	return s.Update(ctx, org, func(tx calendar.Tx) error {
		for _, w := range late {
			if old, err := tx.Schedule(w.ID); err == nil {
				w.Version = old.Version
			}
			if err := tx.PutSchedule(w); err != nil {
				return err
			}
		}
		return nil
	})
}

// unsteady answers every read of a view from the state of that moment.
type unsteady struct{ calendar.Store }

func (u *unsteady) View(ctx context.Context, org vanphong.OrgID, fn func(calendar.Reader) error) error {
	return u.Store.View(ctx, org, func(r calendar.Reader) error {
		return fn(reads{Reader: r, schedules: func(_ calendar.Reader, d vanphong.Days) iter.Seq2[calendar.WeekSchedule, error] {
			var list []calendar.WeekSchedule
			_ = u.Store.View(ctx, org, func(now calendar.Reader) error { list = exam.Gather(now.Schedules(d)); return nil })
			return exam.Each(list)
		}})
	})
}

// crossing lists the registrations of every organisation.
type crossing struct{ calendar.Store }

func (c *crossing) View(ctx context.Context, o vanphong.OrgID, fn func(calendar.Reader) error) error {
	return c.Store.View(ctx, o, func(r calendar.Reader) error {
		return fn(reads{Reader: r, list: func(_ calendar.Reader, q calendar.RegistrationQuery) iter.Seq2[calendar.Registration, error] {
			var list []calendar.Registration
			for _, each := range []vanphong.OrgID{org, otherOrg} {
				_ = c.Store.View(ctx, each, func(r calendar.Reader) error {
					list = append(list, exam.Gather(r.Registrations(q))...)
					return nil
				})
			}
			return exam.Each(list)
		}})
	})
}
