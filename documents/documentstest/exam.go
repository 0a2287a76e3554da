package documentstest

import (
	"testing"

	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/internal/exam"
)

// T is what a case needs of a *testing.T, so that the exam can itself be
// examined on stores that are broken on purpose.
type T = exam.T

// Case is one rule of the port, to be run on an empty store.
//
// A case must not share a store with another: what one leaves behind would decide
// whether the next one passes.
type Case = exam.Case[documents.Store]

// Options of [Run]: Reopen closes a store and opens it again on the same data.
// Nil: the store keeps nothing, and the run says so.
type Options = exam.Options[documents.Store]

// Run examines the stores that open returns: an empty one for each case. opt
// may be nil.
func Run(t *testing.T, open func(t *testing.T) documents.Store, opt *Options) {
	t.Helper()
	exam.Run(t, Cases(), reopenKeeps, open, opt)
}

// Cases returns every case, each to be run on an empty store.
//
// They are data and not test functions, so that the exam's own tests can run one by
// name on a store broken on purpose, and see that just this case fails.
//
// The names are the rules. An adapter's author reads them in the output before
// anything else, so each says what must hold and not what the case does. They come
// in the order in which to repair: numbers, transactions, organisations, listings,
// changes.
func Cases() []Case {
	return append([]Case{
		// Numbers: what an office sees when a store is wrong.
		{Name: "64 callers get numbers without gap or double", Run: manyCallers},
		{Name: "one id issued at once gives one number", Run: oneIDAtOnce},
		{Name: "one id issued again gives the same entry", Run: oneIDAgain},
		{Name: "a void number is never given again", Run: voidNotReused},
		{Name: "a released number is never given again", Run: releasedNotReused},
		{Name: "every step is kept in entry, series and ledger", Run: stepsKept},
		{Name: "the ledger is kept in the order it was written", Run: ledgerInOrder},
		{Name: "every field comes back as it was", Run: fieldsComeBack},
		{Name: "an act comes back as it was", Run: actsComeBack},
		// Transactions: all or nothing, one after the other.
		{Name: "an error undoes everything and comes back unchanged", Run: errorUndoes},
		{Name: "a panic undoes everything and becomes an error", Run: panicUndoes},
		{Name: "a cancelled context undoes everything", Run: cancelUndoes},
		{Name: "two series change together or not at all", Run: twoSeries},
		{Name: "concurrent updates lose nothing", Run: noLostUpdate},
		{Name: "a transaction reads what it wrote", Run: readsOwnWrites},
		{Name: "a view sees one state", Run: viewIsOneState},
		// What the store must refuse by itself, whoever writes.
		{Name: "append refuses a wrong place in the ledger", Run: refusesWrongSeq},
		{Name: "append refuses a serial that is given", Run: refusesSerial},
		{Name: "append refuses a suffix that is given", Run: refusesSuffix},
		{Name: "append refuses an entry that moves", Run: refusesMove},
		// Organisations: one database, many offices.
		{Name: "what is not there is not found", Run: notFound},
		{Name: "one id in two organisations is two records", Run: sameIDs},
		{Name: "no listing crosses organisations", Run: noCrossListing},
		{Name: "no write reaches another organisation", Run: noCrossWrite},
		// Listings: what is printed and reported from.
		{Name: "a query gives exactly what it asks for", Run: queryFilters},
		{Name: "entries come by series, serial and suffix", Run: queryOrder},
		{Name: "late and inserted numbers come in their places", Run: besideInOrder},
		{Name: "a walk can be left early", Run: leaveEarly},
		// The change feed: what mirrors and notices live on.
		{Name: "changes come in the order of commits", Run: changesInOrder},
		{Name: "changes of one transaction come in its order", Run: batchChangesInOrder},
		{Name: "changes go on after a cursor", Run: changesResume},
		{Name: "changes show only what was committed", Run: changesOnlyCommitted},
	}, searchCases()...)
}
