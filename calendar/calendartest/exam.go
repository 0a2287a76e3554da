package calendartest

import (
	"testing"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/calendar"
	"github.com/vanphong-go/vanphong/internal/exam"
)

// T is what a case needs of a *testing.T, so that the exam can itself be
// examined on stores that are broken on purpose.
type T = exam.T

// Case is one rule of the port, to be run on an empty store.
type Case = exam.Case[calendar.Store]

// Options of [Run]: Reopen closes a store and opens it again on the same data.
// Nil: the store keeps nothing, and the run says so.
type Options = exam.Options[calendar.Store]

// Run examines the stores that open returns: an empty one for each case. opt
// may be nil.
func Run(t *testing.T, open func(t *testing.T) calendar.Store, opt *Options) {
	t.Helper()
	exam.Run(t, Cases(), reopenKeeps, open, opt)
}

// Cases returns every case.
//
// Names are sentences of the contract, and part of it: a failing run reads as
// the list of what the store breaks.
func Cases() []Case {
	return append(port().Cases(), []Case{
		{Name: "concurrent updates lose nothing", Run: noLostUpdate},
		{Name: "a transaction reads what it wrote", Run: readsOwnWrites},
		{Name: "every field comes back as it was", Run: fieldsComeBack},
		{Name: "what is read belongs to the reader", Run: readerOwns},
		{Name: "a put refuses a version that is not the stored one", Run: refusesVersion},
		{Name: "a put refuses a record that does not hold", Run: refusesBadRecord},
		{Name: "a put refuses a record of another organisation", Run: refusesOtherOrg},
		{Name: "an entry id stands in one schedule only", Run: entryOnce},
		{Name: "an entry leads to the schedule it stands in now", Run: entryLeads},
		{Name: "a step run again changes nothing", Run: stepAgain},
		{Name: "what is not there is not found", Run: notFound},
		{Name: "one id in two organisations is two records", Run: sameIDs},
		{Name: "no listing crosses organisations", Run: noCrossListing},
		{Name: "schedules come by their days", Run: schedulesByDays},
		{Name: "registrations come by day and state", Run: registrationsByQuery},
		{Name: "a walk can be left early", Run: leaveEarly},
	}...)
}

// The record's id is the name, its entries' derive from it: entries of two
// names must not meet, for they stand in one schedule only.
func port() exam.Port[calendar.Store, calendar.Tx, calendar.Reader] {
	return exam.Port[calendar.Store, calendar.Tx, calendar.Reader]{
		Put: func(tx calendar.Tx, o vanphong.OrgID, name string) error {
			s := week(o, 0, "muc-"+name)
			s.ID = calendar.ScheduleID(name)
			return putAll(tx, s, registration(o, name, monday()))
		},
		Change: func(tx calendar.Tx, name string) error {
			s, err := tx.Schedule(calendar.ScheduleID(name))
			if err != nil {
				return err
			}
			s.Entries[0].Activity = "khác"
			return tx.PutSchedule(s)
		},
		Lines: func(name string) []vanphong.Change {
			c := vanphong.Change{Kind: calendar.RecordSchedule, ID: name, At: stamp(0).At, By: stamp(0).By}
			r := c
			r.Kind = calendar.RecordRegistration
			return []vanphong.Change{c, r}
		},
		State: func(t T, r calendar.Reader) (all []any) {
			for _, s := range exam.Collect(t, r.Schedules(vanphong.Days{})) {
				all = append(all, s)
			}
			for _, g := range exam.Collect(t, r.Registrations(calendar.RegistrationQuery{})) {
				all = append(all, g)
			}
			return all
		},
	}
}
