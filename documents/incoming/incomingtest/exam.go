package incomingtest

import (
	"testing"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents/incoming"
	"github.com/vanphong-go/vanphong/internal/exam"
)

// T is what a case needs of a *testing.T, so that the exam can itself be
// examined on stores that are broken on purpose.
type T = exam.T

// Case is one rule of the port, to be run on an empty store.
type Case = exam.Case[incoming.Store]

// Options of [Run]: Reopen closes a store and opens it again on the same data.
// Nil: the store keeps nothing, and the run says so.
type Options = exam.Options[incoming.Store]

// Run examines the stores that open returns: an empty one for each case. opt
// may be nil.
func Run(t *testing.T, open func(t *testing.T) incoming.Store, opt *Options) {
	t.Helper()
	exam.Run(t, Cases(), reopenKeeps, open, opt)
}

// Cases returns the rules, in the order in which a failure tells most.
func Cases() []Case {
	return append(port().Cases(), []Case{
		{Name: "every field comes back as it was", Run: recordsKeptWhole},
		{Name: "what is not there is not found", Run: notFound},
		{Name: "a transaction reads what it wrote", Run: readYourWrites},
		{Name: "a put refuses a version that is not the stored one", Run: versionConflict},
		{Name: "a put refuses a record of another organisation", Run: foreignRecord},
		{Name: "a put refuses a record that cannot stand", Run: checked},
		{Name: "one id in two organisations is two records", Run: isolationIDs},
		{Name: "no listing crosses organisations", Run: isolationListing},
		{Name: "ids are kept to the byte", Run: idsExact},
		{Name: "what is read belongs to the reader", Run: recordsNotShared},
		{Name: "a key stands in one document", Run: keysUnique},
		{Name: "a key that is let go is free", Run: keysMove},
		{Name: "a key of what was sent back is free", Run: keysFreed},
		{Name: "records come in their order", Run: order},
		{Name: "a query gives exactly what it asks for", Run: query},
		{Name: "pages join without a gap", Run: pages},
		{Name: "a query goes by the record as it is now", Run: queryFollows},
		{Name: "a walk can be left early", Run: walkStops},
		{Name: "concurrent registrations take each number once", Run: concurrentUpdates},
		{Name: "a step run again changes nothing", Run: rerun},
	}...)
}

func port() exam.Port[incoming.Store, incoming.Tx, incoming.Reader] {
	return exam.Port[incoming.Store, incoming.Tx, incoming.Reader]{
		Put: putAll,
		Change: func(tx incoming.Tx, name string) error {
			b, err := tx.Book(incoming.BookID(name))
			if err != nil {
				return err
			}
			b.Next++
			return tx.PutBook(b)
		},
		Lines: func(name string) []vanphong.Change {
			line := func(kind string, last vanphong.Stamp) vanphong.Change {
				return vanphong.Change{Kind: kind, ID: name, At: last.At, By: last.By}
			}
			return []vanphong.Change{
				line(incoming.RecordBook, book(here, "").Last), line(incoming.RecordDocument, paper(here, "").Last),
				line(incoming.RecordMandate, mandate(here, "").Last),
			}
		},
		State: func(t T, r incoming.Reader) (all []any) {
			for _, b := range exam.Collect(t, r.Books()) {
				all = append(all, b)
			}
			for _, d := range exam.Collect(t, r.Documents(incoming.Query{})) {
				all = append(all, d)
			}
			for _, m := range exam.Collect(t, r.Mandates("")) {
				all = append(all, m)
			}
			return all
		},
		NoHoldUp: true,
	}
}
