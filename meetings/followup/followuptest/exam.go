package followuptest

import (
	"testing"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/internal/exam"
	"github.com/vanphong-go/vanphong/meetings/followup"
)

// T is what a case needs of a *testing.T, so that the exam can itself be
// examined on stores that are broken on purpose.
type T = exam.T

// Case is one rule of the port, to be run on an empty store.
type Case = exam.Case[followup.Store]

// Options of [Run]: Reopen closes a store and opens it again on the same data.
// Nil: the store keeps nothing, and the run says so.
type Options = exam.Options[followup.Store]

// Run examines the stores that open returns: an empty one for each case. opt
// may be nil.
func Run(t *testing.T, open func(t *testing.T) followup.Store, opt *Options) {
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
func port() exam.Port[followup.Store, followup.Tx, followup.Reader] {
	return exam.Port[followup.Store, followup.Tx, followup.Reader]{
		Put: func(tx followup.Tx, org vanphong.OrgID, name string) error {
			return tx.PutTask(task(org, followup.TaskID(name)))
		},
		Change: func(tx followup.Tx, name string) error {
			k, err := tx.Task(followup.TaskID(name))
			if err != nil {
				return err
			}
			k.Title = "sửa"
			return tx.PutTask(k)
		},
		Lines: func(name string) []vanphong.Change {
			last := task(exam.Here, "").Last
			return []vanphong.Change{{Kind: followup.RecordTask, ID: name, At: last.At, By: last.By}}
		},
		State: func(t T, r followup.Reader) (all []any) {
			for _, k := range exam.Collect(t, r.Tasks(followup.Query{})) {
				all = append(all, k)
			}
			return all
		},
		NoHoldUp: true,
	}
}
