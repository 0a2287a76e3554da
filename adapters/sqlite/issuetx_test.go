package sqlite_test

import (
	"testing"

	"github.com/vanphong-go/vanphong/adapters/sqlite"
	"github.com/vanphong-go/vanphong/documents"
)

// A number that was given in a transaction which did not commit is given to
// the next; asked for again in a later one, it is the same.
func TestIssueTxFollowsItsTransaction(t *testing.T) {
	ctx := t.Context()
	db, _ := callersDB(t)
	if err := sqlite.Migrate(ctx, db); err != nil {
		t.Fatal(err)
	}
	in := func(commit bool, id documents.EntryID, open bool) uint32 {
		t.Helper()
		tx, err := db.BeginTx(ctx, nil)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = tx.Rollback() }()
		if open {
			openSeries(t, sqlite.Within(tx).Documents(), office)
		}
		entry, err := sqlite.IssueTx(ctx, tx, office, documents.IssueRequest{ID: id, Series: decisionsOf(office).ID(),
			Content: documents.Content{Kind: documents.KindDecision, Day: today}}, clerk, nil)
		if err != nil {
			t.Fatal(err)
		}
		if commit {
			if err := tx.Commit(); err != nil {
				t.Fatal(err)
			}
		}
		return entry.Serial
	}
	steps := []struct {
		id     documents.EntryID
		commit bool
		want   uint32
	}{
		{"a", true, 1},
		{"b", false, 2}, // undone with its transaction
		{"c", true, 2},
		{"a", true, 1}, // again
		{"b", true, 3},
	}
	for i, s := range steps {
		if got := in(s.commit, s.id, i == 0); got != s.want {
			t.Errorf("step %d, %s: number %d, want %d", i, s.id, got, s.want)
		}
	}
}
