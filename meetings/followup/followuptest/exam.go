package followuptest

import (
	"context"
	"testing"

	"github.com/vanphong-go/vanphong/meetings/followup"
)

// T is what a case needs of a *testing.T. That it is an interface lets the
// exam itself be examined on stores that must fail.
type T interface {
	Helper()
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
	Logf(format string, args ...any)
	Context() context.Context
}

// Options are the abilities of a store that not every store has.
type Options struct {
	// Reopen closes a store and opens it again from where it keeps its tasks.
	// Nil: the store keeps them in memory only.
	Reopen func(t *testing.T, old followup.Store) followup.Store
}

// Case is one rule of the contract.
type Case struct {
	Name string
	Run  func(t T, s followup.Store)
}

// Cases returns the rules, in the order in which a failure tells most.
func Cases() []Case {
	return []Case{
		{"record-kept-whole", recordKeptWhole},
		{"not-found", notFound},
		{"read-your-writes", readYourWrites},
		{"rollback-on-error", rollbackOnError},
		{"rollback-on-panic", rollbackOnPanic},
		{"rollback-on-cancel", rollbackOnCancel},
		{"cancelled-before", cancelledBefore},
		{"error-unchanged", errorUnchanged},
		{"version-conflict", versionConflict},
		{"record-of-another-organisation", foreignRecord},
		{"isolation-ids", isolationIDs},
		{"isolation-listing", isolationListing},
		{"isolation-changes", isolationChanges},
		{"ids-exact", idsExact},
		{"records-not-shared", recordsNotShared},
		{"order", order},
		{"query", query},
		{"query-follows-changes", queryFollows},
		{"walk-stops", walkStops},
		{"changes-in-commit-order", changesInOrder},
		{"changes-only-committed", changesOnlyCommitted},
		{"changes-cursor-resumes", changesResume},
		{"view-consistent", viewConsistent},
		{"view-does-not-hold-up-update", viewDoesNotBlock},
		{"concurrent-updates-lose-nothing", concurrentUpdates},
		{"chain-run-again-doubles-nothing", rerun},
	}
}

// Run sits the exam: open returns a fresh, empty store for each case.
func Run(t *testing.T, open func(t *testing.T) followup.Store, opt *Options) {
	t.Helper()
	for _, c := range Cases() {
		t.Run(c.Name, func(t *testing.T) { c.Run(t, open(t)) })
	}
	t.Run("reopen-keeps-everything", func(t *testing.T) {
		if opt == nil || opt.Reopen == nil {
			t.Log("not offered: this store cannot be opened again")
			return
		}
		reopenKeeps(t, open(t), func(s followup.Store) followup.Store { return opt.Reopen(t, s) })
	})
}
