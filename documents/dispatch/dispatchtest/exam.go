package dispatchtest

import (
	"testing"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/documents/dispatch"
	"github.com/vanphong-go/vanphong/internal/exam"
)

// T is what a case needs of a *testing.T, so that the exam can itself be
// examined on stores that are broken on purpose.
type T = exam.T

// Case is one rule of the port, to be run on an empty store.
type Case = exam.Case[dispatch.Store]

// Options of [Run]: Reopen closes a store and opens it again on the same data.
// Nil: the store keeps nothing, and the run says so.
type Options = exam.Options[dispatch.Store]

// Run examines the stores that open returns: an empty one for each case. opt
// may be nil.
func Run(t *testing.T, open func(t *testing.T) dispatch.Store, opt *Options) {
	t.Helper()
	exam.Run(t, Cases(), reopenKeeps, open, opt)
}

// Cases returns the rules, in the order in which a failure tells most.
func Cases() []Case {
	return append(port().Cases(), []Case{
		{Name: "every field comes back as it was", Run: recordKeptWhole},
		{Name: "what is not there is not found", Run: notFound},
		{Name: "a transaction reads what it wrote", Run: readYourWrites},
		{Name: "a put refuses a version that is not the stored one", Run: versionConflict},
		{Name: "a put refuses a record of another organisation", Run: foreignRecord},
		{Name: "one id in two organisations is two records", Run: isolationIDs},
		{Name: "no listing crosses organisations", Run: isolationListing},
		{Name: "ids are kept to the byte", Run: idsExact},
		{Name: "what is read belongs to the reader", Run: recordsNotShared},
		{Name: "records come in their order", Run: order},
		{Name: "a query gives exactly what it asks for", Run: query},
		{Name: "a query goes by the record as it is now", Run: queryFollows},
		{Name: "a walk can be left early", Run: walkStops},
		{Name: "concurrent updates lose nothing", Run: concurrentUpdates},
		{Name: "a step run again changes nothing", Run: rerun},
	}...)
}

// One record a name: the rules of transactions need no more.
func port() exam.Port[dispatch.Store, dispatch.Tx, dispatch.Reader] {
	return exam.Port[dispatch.Store, dispatch.Tx, dispatch.Reader]{
		Put: func(tx dispatch.Tx, org vanphong.OrgID, name string) error {
			return tx.PutDispatch(record(org, documents.EntryID(name)))
		},
		Change: func(tx dispatch.Tx, name string) error {
			d, err := tx.Dispatch(documents.EntryID(name))
			if err != nil {
				return err
			}
			d.Number = "sửa"
			return tx.PutDispatch(d)
		},
		Lines: func(name string) []vanphong.Change {
			last := record(exam.Here, "").Last
			return []vanphong.Change{{Kind: dispatch.RecordDispatch, ID: name, At: last.At, By: last.By}}
		},
		State: func(t T, r dispatch.Reader) (all []any) {
			for _, d := range exam.Collect(t, r.Dispatches(dispatch.Query{})) {
				all = append(all, d)
			}
			return all
		},
		NoHoldUp: true,
	}
}
