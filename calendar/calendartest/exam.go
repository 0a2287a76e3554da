package calendartest

import (
	"context"
	"testing"

	"github.com/vanphong-go/vanphong/calendar"
)

// T is what a case needs of a *testing.T, so that the exam can itself be
// examined on stores that are broken on purpose.
type T interface {
	Helper()
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
	Logf(format string, args ...any)
	Context() context.Context
}

// Options of [Run].
type Options struct {
	// Reopen closes a store and opens it again on the same data. Nil: the store
	// keeps nothing, and the run says so.
	Reopen func(t *testing.T, old calendar.Store) calendar.Store
}

// reopenCase is the name of the case that needs [Options.Reopen].
const reopenCase = "opened again it has everything"

// Run examines the stores that open returns: an empty one for each case. opt
// may be nil.
func Run(t *testing.T, open func(t *testing.T) calendar.Store, opt *Options) {
	t.Helper()
	for _, c := range Cases() {
		t.Run(c.Name, func(t *testing.T) { c.Run(t, open(t)) })
	}
	t.Run(reopenCase, func(t *testing.T) {
		if opt == nil || opt.Reopen == nil {
			t.Log("not offered: Reopen; this store keeps nothing beyond its process")
			return
		}
		reopenKeeps(t, open(t), func(s calendar.Store) calendar.Store { return opt.Reopen(t, s) })
	})
}

// Case is one rule of the port.
type Case struct {
	Name string
	Run  func(T, calendar.Store)
}

// Cases returns every case, each to be run on an empty store.
func Cases() []Case {
	return []Case{
		{"an error undoes everything and comes back unchanged", errorUndoes},
		{"a panic undoes everything and becomes an error", panicUndoes},
		{"a cancelled context undoes everything", cancelUndoes},
		{"concurrent updates lose nothing", noLostUpdate},
		{"a transaction reads what it wrote", readsOwnWrites},
		{"a view sees one state", viewIsOneState},
		{"every field comes back as it was", fieldsComeBack},
		{"what is read belongs to the reader", readerOwns},
		{"a put refuses a version that is not the stored one", refusesVersion},
		{"a put refuses a record that does not hold", refusesBadRecord},
		{"a put refuses a record of another organisation", refusesOtherOrg},
		{"an entry id stands in one schedule only", entryOnce},
		{"an entry leads to the schedule it stands in now", entryLeads},
		{"a step run again changes nothing", stepAgain},
		{"what is not there is not found", notFound},
		{"one id in two organisations is two records", sameIDs},
		{"no listing crosses organisations", noCrossListing},
		{"no change crosses organisations", noCrossChanges},
		{"schedules come by their days", schedulesByDays},
		{"registrations come by day and state", registrationsByQuery},
		{"a walk can be left early", leaveEarly},
		{"changes come in the order of commits", changesInOrder},
		{"changes go on after a cursor", changesResume},
		{"changes show only what was committed", changesOnlyCommitted},
	}
}
