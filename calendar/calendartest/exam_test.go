package calendartest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/calendar"
)

// recorder is a T that keeps failures to itself.
type recorder struct {
	ctx    context.Context
	mu     sync.Mutex
	failed []string
}

func (r *recorder) Helper()                  {}
func (r *recorder) Logf(string, ...any)      {}
func (r *recorder) Context() context.Context { return r.ctx }
func (r *recorder) Errorf(format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.failed = append(r.failed, fmt.Sprintf(format, args...))
}
func (r *recorder) Fatalf(format string, args ...any) {
	r.Errorf(format, args...)
	runtime.Goexit()
}

// examine runs a case against a T of its own and returns its failures.
func examine(t *testing.T, run func(T)) []string {
	r := &recorder{ctx: t.Context()}
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() {
			if p := recover(); p != nil {
				r.Errorf("panic: %v", p)
			}
		}()
		run(r)
	}()
	select {
	case <-done:
	case <-time.After(20 * time.Second):
		t.Fatal("the case does not end")
	}
	return r.failed
}

// hooks is a store that is broken where a hook is set.
type hooks struct {
	calendar.Store
	update  func(s calendar.Store, ctx context.Context, org vanphong.OrgID, fn func(calendar.Tx) error) error
	tx      func(calendar.Tx) calendar.Tx
	reader  func(calendar.Reader) calendar.Reader
	changes func(s calendar.Store, ctx context.Context, org vanphong.OrgID, after vanphong.Cursor) iter.Seq2[vanphong.Change, error]
}

func (h *hooks) Update(ctx context.Context, org vanphong.OrgID, fn func(calendar.Tx) error) error {
	with := func(tx calendar.Tx) error {
		if h.tx != nil {
			tx = h.tx(tx)
		}
		return fn(tx)
	}
	if h.update != nil {
		return h.update(h.Store, ctx, org, with)
	}
	return h.Store.Update(ctx, org, with)
}

func (h *hooks) View(ctx context.Context, org vanphong.OrgID, fn func(calendar.Reader) error) error {
	return h.Store.View(ctx, org, func(r calendar.Reader) error {
		if h.reader != nil {
			r = h.reader(r)
		}
		return fn(r)
	})
}

func (h *hooks) Changes(ctx context.Context, org vanphong.OrgID, after vanphong.Cursor) iter.Seq2[vanphong.Change, error] {
	if h.changes != nil {
		return h.changes(h.Store, ctx, org, after)
	}
	return h.Store.Changes(ctx, org, after)
}

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
		return &hooks{Store: calendar.NewMemory(), tx: func(tx calendar.Tx) calendar.Tx {
			p := p
			p.Tx = tx
			return p
		}}
	}
}

func reading(r reads) func() calendar.Store {
	return func() calendar.Store {
		return &hooks{Store: calendar.NewMemory(), reader: func(rd calendar.Reader) calendar.Reader {
			r := r
			r.Reader = rd
			return r
		}}
	}
}

func all[E any](list []E) iter.Seq2[E, error] {
	return func(yield func(E, error) bool) {
		for _, v := range list {
			if !yield(v, nil) {
				return
			}
		}
	}
}

type updating func(calendar.Store, context.Context, vanphong.OrgID, func(calendar.Tx) error) error

func updates(u updating) func() calendar.Store {
	return func() calendar.Store { return &hooks{Store: calendar.NewMemory(), update: u} }
}

func tells(c func(calendar.Store, context.Context, vanphong.OrgID, vanphong.Cursor) iter.Seq2[vanphong.Change, error]) func() calendar.Store {
	return func() calendar.Store { return &hooks{Store: calendar.NewMemory(), changes: c} }
}

// TestExamCatchesBrokenStores holds that each way to be wrong is caught by
// the case that is named for it.
func TestExamCatchesBrokenStores(t *testing.T) {
	for _, row := range []struct {
		broken string
		caught string // name of the case
		store  func() calendar.Store
	}{
		{"an error does not roll back", "an error undoes everything and comes back unchanged",
			updates(func(s calendar.Store, ctx context.Context, org vanphong.OrgID, fn func(calendar.Tx) error) error {
				var own error
				if err := s.Update(ctx, org, func(tx calendar.Tx) error { own = fn(tx); return nil }); err != nil {
					return err
				}
				return own
			})},
		{"an error is wrapped", "an error undoes everything and comes back unchanged",
			updates(func(s calendar.Store, ctx context.Context, org vanphong.OrgID, fn func(calendar.Tx) error) error {
				if err := s.Update(ctx, org, fn); err != nil {
					return fmt.Errorf("update: %w", err)
				}
				return nil
			})},
		{"a panic commits", "a panic undoes everything and becomes an error",
			updates(func(s calendar.Store, ctx context.Context, org vanphong.OrgID, fn func(calendar.Tx) error) error {
				var own error
				err := s.Update(ctx, org, func(tx calendar.Tx) (err error) {
					defer func() {
						if p := recover(); p != nil {
							own = fmt.Errorf("panic: %v", p)
						}
					}()
					return fn(tx)
				})
				return errors.Join(err, own)
			})},
		{"a cancelled context commits", "a cancelled context undoes everything",
			updates(func(s calendar.Store, ctx context.Context, org vanphong.OrgID, fn func(calendar.Tx) error) error {
				if err := s.Update(context.WithoutCancel(ctx), org, fn); err != nil {
					return err
				}
				return ctx.Err()
			})},
		{"updates decide on what was read before others", "concurrent updates lose nothing", updates(lostUpdate)},
		{"reads in a transaction see the last commit", "a transaction reads what it wrote",
			updates(func(s calendar.Store, ctx context.Context, org vanphong.OrgID, fn func(calendar.Tx) error) error {
				return s.Update(ctx, org, func(tx calendar.Tx) error {
					return s.View(ctx, org, func(r calendar.Reader) error {
						return fn(struct {
							calendar.Reader
							putter
						}{r, tx})
					})
				})
			})},
		{"a view reads committed state each time", "a view sees one state", func() calendar.Store { return &unsteady{calendar.NewMemory()} }},
		{"a field is forgotten", "every field comes back as it was",
			writing(puts{schedule: func(tx calendar.Tx, s calendar.WeekSchedule) error {
				s.Entries = slices.Clone(s.Entries)
				for i := range s.Entries {
					s.Entries[i].Delegations = nil
				}
				return tx.PutSchedule(s)
			}})},
		{"instants are cut to seconds", "every field comes back as it was",
			writing(puts{registration: func(tx calendar.Tx, r calendar.Registration) error {
				r.Filed.At = r.Filed.At.Truncate(time.Second)
				return tx.PutRegistration(r)
			}})},
		{"a cache is handed out", "what is read belongs to the reader", func() calendar.Store {
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
		{"the last writer wins", "a put refuses a version that is not the stored one",
			writing(puts{schedule: func(tx calendar.Tx, s calendar.WeekSchedule) error {
				old, err := tx.Schedule(s.ID)
				if err == nil {
					s.Version = old.Version
				}
				return tx.PutSchedule(s)
			}})},
		{"records are mended, not refused", "a put refuses a record that does not hold",
			writing(puts{registration: func(tx calendar.Tx, r calendar.Registration) error {
				if r.Unit == "" {
					r.Unit = "không rõ"
				}
				return tx.PutRegistration(r)
			}})},
		{"records are taken over from another organisation", "a put refuses a record of another organisation",
			writing(puts{schedule: func(tx calendar.Tx, s calendar.WeekSchedule) error {
				s.Org = org
				return tx.PutSchedule(s)
			}})},
		{"an entry id taken is passed over", "an entry id stands in one schedule only",
			writing(puts{schedule: func(tx calendar.Tx, s calendar.WeekSchedule) error {
				err := tx.PutSchedule(s)
				if errors.Is(err, vanphong.ErrConflict) && strings.Contains(err.Error(), "entry.id") {
					return nil
				}
				return err
			}})},
		{"an entry leads to where it once stood", "an entry leads to the schedule it stands in now",
			reading(reads{of: func(r calendar.Reader, id calendar.EntryID) (calendar.WeekSchedule, error) {
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
		{"an unchanged record counts as a new one", "a step run again changes nothing", func() calendar.Store {
			return &hooks{Store: calendar.NewMemory(), tx: func(tx calendar.Tx) calendar.Tx {
				return readTx{puts{Tx: tx}, reads{one: func(r calendar.Reader, id calendar.ScheduleID) (calendar.WeekSchedule, error) {
					s, err := r.Schedule(id)
					for i := range s.Entries {
						s.Entries[i].Note += " "
					}
					return s, err
				}, Reader: tx}}
			}}
		}},
		{"what is not there is empty", "what is not there is not found",
			reading(reads{one: func(r calendar.Reader, id calendar.ScheduleID) (calendar.WeekSchedule, error) {
				s, err := r.Schedule(id)
				if errors.Is(err, vanphong.ErrNotFound) {
					return s, nil
				}
				return s, err
			}})},
		{"ids are keyed without the organisation", "one id in two organisations is two records", func() calendar.Store {
			last := map[calendar.ScheduleID]calendar.WeekSchedule{}
			h := reading(reads{one: func(r calendar.Reader, id calendar.ScheduleID) (calendar.WeekSchedule, error) {
				if s, err := r.Schedule(id); err != nil {
					return s, err
				}
				return last[id], nil
			}})().(*hooks)
			h.tx = func(tx calendar.Tx) calendar.Tx {
				return puts{Tx: tx, schedule: func(tx calendar.Tx, s calendar.WeekSchedule) error {
					err := tx.PutSchedule(s)
					s.Version++
					last[s.ID] = s
					return err
				}}
			}
			return h
		}},
		{"a listing crosses organisations", "no listing crosses organisations", func() calendar.Store { return &crossing{Store: calendar.NewMemory()} }},
		{"changes cross organisations", "no change crosses organisations",
			tells(func(s calendar.Store, ctx context.Context, _ vanphong.OrgID, after vanphong.Cursor) iter.Seq2[vanphong.Change, error] {
				a, _ := collect(s.Changes(ctx, org, after))
				b, _ := collect(s.Changes(ctx, otherOrg, after))
				return all(append(a, b...))
			})},
		{"days are taken as closed", "schedules come by their days",
			reading(reads{schedules: func(r calendar.Reader, d vanphong.Days) iter.Seq2[calendar.WeekSchedule, error] {
				if d.End != 0 {
					d.End++
				}
				return r.Schedules(d)
			}})},
		{"schedules come by id alone", "schedules come by their days",
			reading(reads{schedules: func(r calendar.Reader, d vanphong.Days) iter.Seq2[calendar.WeekSchedule, error] {
				list, _ := collect(r.Schedules(d))
				slices.SortFunc(list, func(a, b calendar.WeekSchedule) int { return strings.Compare(string(a.ID), string(b.ID)) })
				slices.Reverse(list)
				return all(list)
			}})},
		{"the state asked for is ignored", "registrations come by day and state",
			reading(reads{list: func(r calendar.Reader, q calendar.RegistrationQuery) iter.Seq2[calendar.Registration, error] {
				q.State = calendar.RegistrationUnknown
				return r.Registrations(q)
			}})},
		{"a moved registration is listed on its proposed day", "registrations come by day and state",
			reading(reads{list: func(r calendar.Reader, q calendar.RegistrationQuery) iter.Seq2[calendar.Registration, error] {
				list, _ := collect(r.Registrations(calendar.RegistrationQuery{State: q.State}))
				return all(slices.DeleteFunc(list, func(g calendar.Registration) bool { return !q.Days.Contains(g.Proposed.Day) }))
			}})},
		{"a walk does not stop", "a walk can be left early",
			reading(reads{schedules: func(r calendar.Reader, d vanphong.Days) iter.Seq2[calendar.WeekSchedule, error] {
				return func(yield func(calendar.WeekSchedule, error) bool) {
					for s, err := range r.Schedules(d) {
						yield(s, err)
					}
				}
			}})},
		{"changes come newest first", "changes come in the order of commits",
			tells(func(s calendar.Store, ctx context.Context, org vanphong.OrgID, after vanphong.Cursor) iter.Seq2[vanphong.Change, error] {
				list, _ := collect(s.Changes(ctx, org, after))
				slices.Reverse(list)
				return all(list)
			})},
		{"the cursor is included", "changes go on after a cursor",
			tells(func(s calendar.Store, ctx context.Context, org vanphong.OrgID, after vanphong.Cursor) iter.Seq2[vanphong.Change, error] {
				return s.Changes(ctx, org, after-1)
			})},
		{"changes are told before the commit", "changes show only what was committed", func() calendar.Store {
			var told []vanphong.Change
			h := tells(func(calendar.Store, context.Context, vanphong.OrgID, vanphong.Cursor) iter.Seq2[vanphong.Change, error] {
				return all(told)
			})().(*hooks)
			h.tx = func(tx calendar.Tx) calendar.Tx {
				return puts{Tx: tx, schedule: func(tx calendar.Tx, s calendar.WeekSchedule) error {
					told = append(told, vanphong.Change{Org: s.Org, ID: string(s.ID)})
					return tx.PutSchedule(s)
				}}
			}
			return h
		}},
	} {
		t.Run(row.broken, func(t *testing.T) {
			for _, c := range Cases() {
				if c.Name != row.caught {
					continue
				}
				failures := examine(t, func(tt T) { c.Run(tt, row.store()) })
				if len(failures) == 0 {
					t.Errorf("case %q does not notice", c.Name)
				}
				return
			}
			t.Errorf("there is no case %q", row.caught)
		})
	}
}

// TestExamPassesAHealthyStore holds that no case fails a store that is right,
// by the same way of running as the broken ones.
func TestExamPassesAHealthyStore(t *testing.T) {
	for _, c := range Cases() {
		if f := examine(t, func(tt T) { c.Run(tt, &hooks{Store: calendar.NewMemory()}) }); len(f) > 0 {
			t.Errorf("case %q: %v", c.Name, f)
		}
	}
	same := func(s calendar.Store) calendar.Store { return s }
	if f := examine(t, func(tt T) { reopenKeeps(tt, calendar.NewMemory(), same) }); len(f) > 0 {
		t.Errorf("reopen: %v", f)
	}
}

// TestExamCatchesAStoreThatForgets is about what only Reopen can show.
func TestExamCatchesAStoreThatForgets(t *testing.T) {
	forget := func(calendar.Store) calendar.Store { return calendar.NewMemory() }
	if f := examine(t, func(tt T) { reopenKeeps(tt, calendar.NewMemory(), forget) }); len(f) == 0 {
		t.Error("a store that keeps nothing passes as reopened")
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
			_ = u.Store.View(ctx, org, func(now calendar.Reader) (err error) {
				list, err = collect(now.Schedules(d))
				return err
			})
			return all(list)
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
					more, err := collect(r.Registrations(q))
					list = append(list, more...)
					return err
				})
			}
			return all(list)
		}})
	})
}
