package postgres_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/adapters/postgres"
	"github.com/vanphong-go/vanphong/documents"
)

// A system with tables of its own: its row and the number are stored together.
// The office waits while tx is open, so the number is asked for last.
func ExampleIssueTx() {
	ctx := context.Background()
	db, err := sql.Open("pgx", os.Getenv("DATABASE_URL"))
	if err != nil {
		fmt.Println(err)
		return
	}
	defer db.Close()
	who := vanphong.Stamp{By: vanphong.Actor{ID: "van-thu"}, At: time.Now()}
	key := documents.SeriesKey{Organ: "tinh-uy", Scope: "nk-2025-2030", Name: "QĐ"}

	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer tx.Rollback()
	if _, err := tx.Exec(`INSERT INTO ho_so (ma) VALUES ('hs-7')`); err != nil {
		fmt.Println(err)
		return
	}
	entry, err := postgres.IssueTx(ctx, tx, "tinh-uy", documents.IssueRequest{ID: "hs-7", Series: key.ID(),
		Content: documents.Content{Kind: documents.KindDecision, Day: vanphong.MustDate("2026-03-05")}}, who, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	if _, err := tx.Exec(`UPDATE ho_so SET so = $1 WHERE ma = 'hs-7'`, entry.Number.String()); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(tx.Commit())
}
