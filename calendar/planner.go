package calendar

import (
	"context"
	"errors"
	"slices"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/internal/memory"
)

// Options are the options of a [Planner]. Nil is the zero value.
type Options struct {
	// Guard decides who may do what. Nil lets everybody. It sees the verbs
	// "calendar.register", ".accept", ".decline", ".move", ".draft", ".remove",
	// ".approve", ".publish" and ".amend", and the id of the registration or
	// schedule as object.
	Guard vanphong.Guard
	// Keeps is the highest level of secrecy whose words the planner writes into
	// its store: what the store's computer and network are allowed to hold. The
	// zero value is none: an entry above it is taken only as [Entry.Opaque] makes
	// it.
	Keeps vanphong.Secrecy
}

// Planner is the office's desk for the weekly schedule (bộ phận lập lịch công
// tác tuần): it takes registrations, decides them, drafts, approves,
// publishes and amends the week.
//
// Every step can be run again: with the same content it returns the stored
// record unchanged, so a chain that was cut is completed by running it from
// its beginning. Every step is one transaction of the store. Its errors wrap
// ErrInvalid, ErrNotFound, ErrState, ErrConflict, or are the guard's or the
// store's own.
//
// It keeps nothing itself: two programs with planners over one store are as
// good as one.
type Planner struct {
	store Store
	guard vanphong.Guard
	keeps vanphong.Secrecy
}

// NewPlanner returns a planner over a store. Nil options are the zero value.
// Over a nil store every call is an error that wraps vanphong.ErrInvalid.
func NewPlanner(store Store, opt *Options) *Planner {
	if store == nil {
		store = memory.None[Tx, Reader]{}
	}
	p := &Planner{store: store}
	if opt != nil {
		p.guard, p.keeps = opt.Guard, opt.Keeps
	}
	return p
}

// holds refuses entries with words that the store may not keep, with an error
// that wraps vanphong.ErrSecret and quotes none of them.
//
// Secrets may not be kept on a computer that is or was on a network (Luật Bảo
// vệ bí mật nhà nước 29/2018/QH14, Điều 5, grade P; since 01/3/2026 but for an
// independent LAN, 117/2025/QH15, grade N). Only the office knows what its
// computer is, so it has to say.
func (p *Planner) holds(entries ...Entry) error {
	for _, e := range entries {
		if e.Secrecy > p.keeps && !e.Equal(e.Opaque()) {
			return vanphong.NewInputError("activity", vanphong.Placeholder,
				"no words in a row marked "+e.Secrecy.Name()+": only day, session, time and "+vanphong.Placeholder+", or a planner whose Options.Keeps allows the level", vanphong.ErrSecret)
		}
	}
	return nil
}

// begin asks the guard before anything is read or written.
//
// Whoever may not ask is not to learn whether the schedule exists.
func (p *Planner) begin(ctx context.Context, org vanphong.OrgID, verb, object string, by vanphong.Stamp) error {
	if err := vanphong.CheckID("org", org); err != nil {
		return err
	}
	if err := by.Check(); err != nil {
		return err
	}
	return p.guard.Ask(ctx, vanphong.Act{Org: org, By: by.By, Verb: verb, Object: object})
}

// Register files a registration (đăng ký lịch) of unit for the proposed
// entry. An empty id is derived from the unit and the entry, an empty entry
// id from the registration, so that registering twice is registering once.
// The same id with other content is refused with ErrConflict.
func (p *Planner) Register(ctx context.Context, org vanphong.OrgID, id RegistrationID, unit string, proposed Entry, by vanphong.Stamp) (Registration, error) {
	unit, proposed = vanphong.NFC(unit), proposed.composed()
	if id == "" {
		// What makes a request the same request: who asks for what, when and
		// where. People and cars may be corrected, which is then other content
		// under the same id, and refused.
		id = RegistrationID(vanphong.Derive("registration", string(org), unit, string(proposed.ID),
			proposed.Day.String(), proposed.Session.Name(), proposed.Time.String(), proposed.Activity, proposed.Place))
	}
	if proposed.ID == "" {
		proposed.ID = EntryID(vanphong.Derive("entry", string(org), string(id)))
	}
	if err := p.begin(ctx, org, "calendar.register", string(id), by); err != nil {
		return Registration{}, err
	}
	r := Registration{
		ID: id, Org: org, Unit: unit, Proposed: proposed, Filed: by,
		State: RegistrationPending, Last: by,
	}
	if err := r.Check(); err != nil {
		return Registration{}, err
	}
	if err := p.holds(proposed); err != nil {
		return Registration{}, err
	}
	var out Registration
	err := p.store.Update(ctx, org, func(tx Tx) error {
		old, err := tx.Registration(id)
		switch {
		case err == nil && old.Unit == unit && old.Proposed.Equal(proposed):
			out = old
			return nil
		case err == nil:
			return vanphong.NewInputError("registration", string(id), "an id not taken by other content", vanphong.ErrConflict)
		case !errors.Is(err, vanphong.ErrNotFound):
			return err
		}
		out = r
		return putRegistration(tx, &out)
	})
	return result(out, err)
}

// Accept puts a registration's proposed entry into the schedule of its week:
// into the draft, which is begun if there is none, or as an amendment if the
// week is published; then reason is required and becomes the amendment's. An
// approved schedule becomes a draft again.
//
// The stored registration and the schedule change in one transaction: a
// request that is marked as accepted and stands in no week would be lost
// without anybody knowing.
func (p *Planner) Accept(ctx context.Context, org vanphong.OrgID, id RegistrationID, reason string, by vanphong.Stamp) (Registration, error) {
	return p.decide(ctx, org, id, "calendar.accept", by, func(tx Tx, r Registration) (Registration, error) {
		out, fresh, err := r.decided(RegistrationAccepted, r.Proposed, reason, by)
		if err != nil || !fresh {
			return out, err
		}
		out.Schedule, err = place(tx, org, out.Result, reason, by)
		return out, err
	})
}

// Move accepts a registration at another time or place: the entry that goes
// into the schedule is to, under the id of the proposed one. The reason is
// required.
//
// Under the same id, so that whoever follows the request finds it where it was
// moved to.
func (p *Planner) Move(ctx context.Context, org vanphong.OrgID, id RegistrationID, to Entry, reason string, by vanphong.Stamp) (Registration, error) {
	return p.decide(ctx, org, id, "calendar.move", by, func(tx Tx, r Registration) (Registration, error) {
		to := to.composed()
		to.ID = r.Proposed.ID
		if err := p.holds(to); err != nil {
			return r, err
		}
		out, fresh, err := r.decided(RegistrationMoved, to, reason, by)
		if err != nil || !fresh {
			return out, err
		}
		out.Schedule, err = place(tx, org, out.Result, reason, by)
		return out, err
	})
}

// Decline refuses a registration. The reason is required.
func (p *Planner) Decline(ctx context.Context, org vanphong.OrgID, id RegistrationID, reason string, by vanphong.Stamp) (Registration, error) {
	return p.decide(ctx, org, id, "calendar.decline", by, func(_ Tx, r Registration) (Registration, error) {
		out, _, err := r.decided(RegistrationDeclined, Entry{}, reason, by)
		return out, err
	})
}

// decide runs a decision over a stored registration and stores it if it
// changed anything.
func (p *Planner) decide(ctx context.Context, org vanphong.OrgID, id RegistrationID, verb string, by vanphong.Stamp,
	step func(Tx, Registration) (Registration, error)) (Registration, error) {
	if err := p.begin(ctx, org, verb, string(id), by); err != nil {
		return Registration{}, err
	}
	var out Registration
	err := p.store.Update(ctx, org, func(tx Tx) error {
		old, err := tx.Registration(id)
		if err != nil {
			return err
		}
		if out, err = step(tx, old); err != nil || out.State == old.State {
			return err
		}
		return putRegistration(tx, &out)
	})
	return result(out, err)
}

// place puts an entry into the schedule that covers its day.
//
// Beginning the draft here lets the first request of a week come before
// anybody has opened it.
func place(tx Tx, org vanphong.OrgID, e Entry, reason string, by vanphong.Stamp) (ScheduleID, error) {
	s, err := weekFor(tx, org, e.Day, by)
	if err != nil {
		return "", err
	}
	next := upsert(s.Entries, []Entry{e})
	var after WeekSchedule
	if s.State >= SchedulePublished {
		after, err = s.Amend(next, reason, by)
	} else {
		after, err = s.Edit(next, by)
	}
	if err != nil {
		return "", err
	}
	return s.ID, putSchedule(tx, s, &after)
}

// weekFor returns the schedule of a day. Published ranges of eight days
// overlap the next week by one; the later schedule, the one the day's own
// week begins, has the better claim.
func weekFor(r Reader, org vanphong.OrgID, day vanphong.Date, by vanphong.Stamp) (WeekSchedule, error) {
	var last WeekSchedule
	for s, err := range r.Schedules(vanphong.Days{First: day, End: day + 1}) {
		if err != nil {
			return WeekSchedule{}, err
		}
		last = s
	}
	if last.ID != "" {
		return last, nil
	}
	return NewWeekSchedule(org, WeekOf(day), by)
}

// upsert returns entries with each of put in the place of the one with its
// id, or at the end.
//
// A row keeps its place: an issued order is not shuffled by a correction.
func upsert(entries, put []Entry) []Entry {
	out := slices.Clone(entries)
	at := make(map[EntryID]int, len(out))
	for i, e := range out {
		at[e.ID] = i
	}
	for _, e := range put {
		i, ok := at[e.ID]
		if !ok {
			at[e.ID] = len(out)
			out = append(out, e)
			continue
		}
		out[i] = e
	}
	return out
}

func putRegistration(tx Tx, r *Registration) error {
	if err := tx.PutRegistration(*r); err != nil {
		return err
	}
	r.Version++
	return nil
}

// putSchedule stores next if it differs from what is stored; next takes the
// version it then has.
//
// Steps return records that are equal when nothing was done, which is how a
// rerun is known.
func putSchedule(tx Tx, stored WeekSchedule, next *WeekSchedule) error {
	same := next.State == stored.State && next.Revision == stored.Revision && entriesEqual(next.Entries, stored.Entries)
	if same && stored.Version > 0 {
		return nil
	}
	if err := tx.PutSchedule(*next); err != nil {
		return err
	}
	next.Version++
	return nil
}

// result keeps half-done records from a caller who forgets the error.
func result[T any](v T, err error) (T, error) {
	if err != nil {
		var zero T
		return zero, err
	}
	return v, nil
}
