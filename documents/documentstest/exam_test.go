package documentstest

import (
	"testing"

	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/internal/exam"
)

func with(f fault) func() documents.Store {
	return func() documents.Store { return newPlain(f) }
}

func TestExam(t *testing.T) {
	exam.Examine(t, Cases(), reopenKeeps, with(fault{}), append(brokenStores(), brokenSearches()...))
}

func brokenStores() []exam.Broken[documents.Store] {
	return []exam.Broken[documents.Store]{
		{Fault: "MAX+1 of what is not void", By: "a void number is never given again", Open: with(fault{maxPlusOne: true, noSerialCheck: true})},
		{Fault: "MAX+1 after a release", By: "a released number is never given again", Open: with(fault{maxPlusOne: true, noSerialCheck: true})},
		{Fault: "double issue on retry", By: "one id issued again gives the same entry", Open: with(fault{forgetsIDs: true, noMoveCheck: true, noSerialCheck: true})},
		{Fault: "double issue at once", By: "one id issued at once gives one number", Open: with(fault{forgetsIDs: true, noMoveCheck: true, noSerialCheck: true})},
		{Fault: "lost rollback on error", By: "an error undoes everything and comes back unchanged", Open: with(fault{keepsOnError: true})},
		{Fault: "swallowed error", By: "an error undoes everything and comes back unchanged", Open: with(fault{swallowsError: true})},
		{Fault: "error wrapped on its way", By: "an error undoes everything and comes back unchanged", Open: with(fault{wrapsError: true})},
		{Fault: "lost rollback on panic", By: "a panic undoes everything and becomes an error", Open: with(fault{keepsOnPanic: true})},
		{Fault: "panic let through", By: "a panic undoes everything and becomes an error", Open: with(fault{letsPanic: true})},
		{Fault: "cancelled context ignored", By: "a cancelled context undoes everything", Open: with(fault{ignoresCancel: true})},
		{Fault: "half of a transaction kept", By: "two series change together or not at all", Open: with(fault{keepsFirst: true})},
		{Fault: "lost update", By: "concurrent updates lose nothing", Open: with(fault{lastWins: true})},
		{Fault: "lost update under many callers", By: "64 callers get numbers without gap or double", Open: with(fault{lastWins: true})},
		{Fault: "forgotten entry state", By: "every step is kept in entry, series and ledger", Open: with(fault{forgetsState: true})},
		{Fault: "forgotten closing", By: "every step is kept in entry, series and ledger", Open: with(fault{forgetsClosed: true})},
		{Fault: "reordered chain", By: "the ledger is kept in the order it was written", Open: with(fault{reorders: true})},
		{Fault: "instants cut to the second", By: "every field comes back as it was", Open: with(fault{cutsTime: true})},
		{Fault: "series in any order", By: "a transaction reads what it wrote", Open: with(fault{mixesSeries: true})},
		{Fault: "blind to own writes", By: "a transaction reads what it wrote", Open: with(fault{blind: true})},
		{Fault: "view of a moving state", By: "a view sees one state", Open: with(fault{movingView: true})},
		{Fault: "any place in the ledger", By: "append refuses a wrong place in the ledger", Open: with(fault{noSeqCheck: true})},
		{Fault: "a serial given twice", By: "append refuses a serial that is given", Open: with(fault{noSerialCheck: true})},
		{Fault: "serials alone are unique", By: "append refuses a suffix that is given", Open: with(fault{ignoresSuffix: true})},
		{Fault: "suffixes are not unique", By: "append refuses a suffix that is given", Open: with(fault{noSuffixCheck: true})},
		{Fault: "an entry that changes its suffix", By: "append refuses a suffix that is given", Open: with(fault{suffixMoves: true})},
		{Fault: "forgotten act", By: "an act comes back as it was", Open: with(fault{forgetsAct: true})},
		{Fault: "forgotten standing", By: "an act comes back as it was", Open: with(fault{forgetsStanding: true})},
		{Fault: "an entry that moves", By: "append refuses an entry that moves", Open: with(fault{noMoveCheck: true})},
		{Fault: "made up on reading", By: "what is not there is not found", Open: with(fault{inventsSeries: true})},
		{Fault: "one table for all offices", By: "one id in two organisations is two records", Open: with(fault{oneOffice: true})},
		{Fault: "cross-office listing", By: "no listing crosses organisations", Open: with(fault{listsAll: true})},
		{Fault: "cross-office changes", By: "no listing crosses organisations", Open: with(fault{changesOfAll: true})},
		{Fault: "cross-office writing", By: "no write reaches another organisation", Open: with(fault{oneOffice: true})},
		{Fault: "last day counted in", By: "a query gives exactly what it asks for", Open: with(fault{endIncluded: true})},
		{Fault: "query without state", By: "a query gives exactly what it asks for", Open: with(fault{ignoresState: true})},
		{Fault: "order of text", By: "entries come by series, serial and suffix", Open: with(fault{textOrder: true})},
		{Fault: "order of writing", By: "late and inserted numbers come in their places", Open: with(fault{writeOrder: true})},
		{Fault: "order without suffixes", By: "late and inserted numbers come in their places", Open: with(fault{noSuffixOrder: true})},
		{Fault: "changes of a batch by series", By: "changes of one transaction come in its order", Open: with(fault{groupsChanges: true})},
		{Fault: "changes out of order", By: "changes come in the order of commits", Open: with(fault{reordersChanges: true})},
		{Fault: "cursor read again", By: "changes go on after a cursor", Open: with(fault{repeatsCursor: true})},
		{Fault: "uncommitted changes visible", By: "changes show only what was committed", Open: with(fault{dirtyChanges: true})},
		{Fault: "a walk that does not stop", By: "a walk can be left early", Open: with(fault{ignoresBreak: true})},
	}
}
