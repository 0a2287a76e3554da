package documentstest

import (
	"context"
	"testing"

	"github.com/vanphong-go/vanphong/documents"
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
	// Reopen closes a store and opens it again on the same data. Nil: the
	// store keeps nothing, and the run says so.
	Reopen func(t *testing.T, old documents.Store) documents.Store
}

// Run examines the stores that open returns: an empty one for each case. opt
// may be nil.
func Run(t *testing.T, open func(t *testing.T) documents.Store, opt *Options) {
	t.Helper()
	for _, c := range Cases() {
		t.Run(c.Name, func(t *testing.T) { c.Run(t, open(t)) })
	}
	t.Run("opened again it has everything", func(t *testing.T) {
		if opt == nil || opt.Reopen == nil {
			t.Log("not offered: Reopen; this store keeps nothing beyond its process")
			return
		}
		reopenKeeps(t, open(t), func(s documents.Store) documents.Store { return opt.Reopen(t, s) })
	})
}

// Case is one rule of the port.
type Case struct {
	Name string
	Run  func(T, documents.Store)
}

// Cases returns every case, each to be run on an empty store.
func Cases() []Case {
	return []Case{
		{"64 callers get numbers without gap or double", manyCallers},
		{"one id issued at once gives one number", oneIDAtOnce},
		{"one id issued again gives the same entry", oneIDAgain},
		{"a void number is never given again", voidNotReused},
		{"a released number is never given again", releasedNotReused},
		{"every step is kept in entry, series and ledger", stepsKept},
		{"the ledger is kept in the order it was written", ledgerInOrder},
		{"every field comes back as it was", fieldsComeBack},
		{"an error undoes everything and comes back unchanged", errorUndoes},
		{"a panic undoes everything and becomes an error", panicUndoes},
		{"a cancelled context undoes everything", cancelUndoes},
		{"two series change together or not at all", twoSeries},
		{"concurrent updates lose nothing", noLostUpdate},
		{"a transaction reads what it wrote", readsOwnWrites},
		{"a view sees one state", viewIsOneState},
		{"append refuses a wrong place in the ledger", refusesWrongSeq},
		{"append refuses a serial that is given", refusesSerial},
		{"append refuses an entry that moves", refusesMove},
		{"what is not there is not found", notFound},
		{"one id in two organisations is two records", sameIDs},
		{"no listing crosses organisations", noCrossListing},
		{"no write reaches another organisation", noCrossWrite},
		{"a query gives exactly what it asks for", queryFilters},
		{"entries come by series, serial and suffix", queryOrder},
		{"a walk can be left early", leaveEarly},
		{"changes come in the order of commits", changesInOrder},
		{"changes go on after a cursor", changesResume},
		{"changes show only what was committed", changesOnlyCommitted},
	}
}
