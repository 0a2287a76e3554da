package calendar

import (
	"context"
	"iter"

	"github.com/vanphong-go/vanphong"
)

// The kinds of record that stand in a [vanphong.Change] of a Store.
const (
	RecordSchedule     = "schedule"
	RecordRegistration = "registration"
)

// Store keeps weekly schedules and registrations for any number of
// organisations. It is the port an adapter implements; programs talk to a
// [Planner].
//
// Every method takes the organisation first and touches nothing of another:
// an id of another organisation is not found, and two organisations may use
// the same id. A store is safe for use by many goroutines and, if it is on
// disk, by many processes.
type Store interface {
	// Update runs fn in one transaction: either everything it put is durable when
	// Update returns nil, or nothing of it is left. It runs fn again from the
	// start if the transaction must be repeated, so fn decides from what it reads
	// and does nothing outside; it is quick, does no I/O of its own and does not
	// call the store. If fn returns an error, Update undoes everything and
	// returns that error unchanged. A panic in fn is undone and comes back as an
	// error. A context that ends before the transaction is committed undoes it,
	// with the context's error.
	Update(ctx context.Context, org vanphong.OrgID, fn func(Tx) error) error

	// View runs fn over one consistent state of the organisation's records, and
	// returns its error unchanged. A panic in fn comes back as an error.
	View(ctx context.Context, org vanphong.OrgID, fn func(Reader) error) error

	// Changes walks what happened to the organisation's records after a cursor,
	// in commit order, each line once: one line a put, of kind [RecordSchedule] or
	// [RecordRegistration], with the record's Last as who and when. It ends with the lines committed when it began, or later.
	Changes(ctx context.Context, org vanphong.OrgID, after vanphong.Cursor) iter.Seq2[vanphong.Change, error]
}

// Reader reads one organisation's records within a transaction. What it
// returns belongs to the caller: writing to it changes nothing in the store.
// A Reader must not be used after the function it was given to has returned.
type Reader interface {
	// Schedule returns a schedule, or an error that wraps vanphong.ErrNotFound.
	Schedule(ScheduleID) (WeekSchedule, error)
	// Schedules walks the schedules that have a day in common with days, in the
	// order of their first days, then ids (by bytes). The zero Days is all.
	Schedules(days vanphong.Days) iter.Seq2[WeekSchedule, error]
	// ScheduleOf returns the schedule in whose present entries an entry stands,
	// or an error that wraps vanphong.ErrNotFound. Entries that only stand in the
	// record of an amendment are not found.
	ScheduleOf(EntryID) (WeekSchedule, error)
	// Registration returns a registration, or an error that wraps
	// vanphong.ErrNotFound.
	Registration(RegistrationID) (Registration, error)
	// Registrations walks the registrations that match a query, in the order of
	// [Registration.Day], then ids (by bytes).
	Registrations(RegistrationQuery) iter.Seq2[Registration, error]
}

// Tx is a Reader that can also write. Within a transaction, reads see what
// was put before.
//
// A put stores the whole record under its id, with Version one higher than
// given. It refuses
//   - a record whose Version is not that of the stored one (0 if there is
//     none), with an error that wraps vanphong.ErrConflict: somebody else
//     changed it since it was read;
//   - a record whose Org is not the organisation of the transaction, or whose
//     Check fails, with that error or one that wraps vanphong.ErrInvalid.
type Tx interface {
	Reader
	// PutSchedule stores a schedule. It also refuses, with an error that wraps
	// vanphong.ErrConflict, an entry id that another schedule of the organisation
	// holds: an id leads to one row.
	PutSchedule(WeekSchedule) error
	// PutRegistration stores a registration.
	PutRegistration(Registration) error
}
