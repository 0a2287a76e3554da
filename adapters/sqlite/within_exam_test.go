package sqlite_test

import (
	"context"
	"database/sql"
	"iter"
	"testing"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/adapters/sqlite"
	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/documents/documentstest"
)

// callerStore is what a system with its own transactions builds of [sqlite.Within]:
// each call in a transaction of its database.
type callerStore struct{ db *sql.DB }

func (c callerStore) in(ctx context.Context, readOnly bool, fn func(*sqlite.Ports) error) error {
	tx, err := c.db.BeginTx(ctx, &sql.TxOptions{ReadOnly: readOnly})
	if err != nil {
		return err
	}
	defer tx.Rollback() // does nothing after Commit
	if err := fn(sqlite.Within(tx)); err != nil {
		return err
	}
	return tx.Commit()
}

func (c callerStore) Update(ctx context.Context, org vanphong.OrgID, fn func(documents.Tx) error) error {
	return c.in(ctx, false, func(p *sqlite.Ports) error { return p.Documents().Update(ctx, org, fn) })
}

func (c callerStore) View(ctx context.Context, org vanphong.OrgID, fn func(documents.Reader) error) error {
	return c.in(ctx, true, func(p *sqlite.Ports) error { return p.Documents().View(ctx, org, fn) })
}

func (c callerStore) Changes(ctx context.Context, org vanphong.OrgID, after vanphong.Cursor) iter.Seq2[vanphong.Change, error] {
	return func(yield func(vanphong.Change, error) bool) {
		// Read first, yield after: the consumer may want a transaction itself.
		var lines []vanphong.Change
		err := c.in(ctx, true, func(p *sqlite.Ports) error {
			for line, err := range p.Documents().Changes(ctx, org, after) {
				if err != nil {
					return err
				}
				lines = append(lines, line)
			}
			return nil
		})
		for _, line := range lines {
			if !yield(line, nil) {
				return
			}
		}
		if err != nil {
			yield(vanphong.Change{}, err)
		}
	}
}

// TestExamWithinTransactions sits the exam of the documents port inside
// transactions of a caller.
func TestExamWithinTransactions(t *testing.T) {
	documentstest.Run(t, func(t *testing.T) documents.Store {
		db, _ := callersDB(t)
		if err := sqlite.Migrate(t.Context(), db); err != nil {
			t.Fatal(err)
		}
		return callerStore{db}
	}, nil)
}
