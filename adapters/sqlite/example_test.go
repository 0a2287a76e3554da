package sqlite_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/adapters/sqlite"
	"github.com/vanphong-go/vanphong/documents"
)

// A register in a file: it is there again when the program is.
func ExampleOpen() {
	dir, err := os.MkdirTemp("", "vanphong")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	ctx := context.Background()
	who := vanphong.Stamp{By: vanphong.Actor{ID: "van-thu"}, At: time.Date(2026, 3, 5, 8, 0, 0, 0, vanphong.Hanoi)}
	key := documents.SeriesKey{Organ: "tinh-uy", Scope: "nk-2025-2030", Name: "QĐ"}

	for range 2 { // the second time everything is there, and nothing is doubled
		store, err := sqlite.Open(ctx, filepath.Join(dir, "office.db"), nil)
		if err != nil {
			fmt.Println(err)
			return
		}
		registrar := documents.NewRegistrar(store.Documents(), nil)
		_, err = registrar.Open(ctx, "tinh-uy", documents.OpenRequest{
			Key: key, Issuer: "TU", First: 127, Basis: "sổ giấy đến số 126",
			Days: vanphong.Days{First: vanphong.MustDate("2025-09-24")},
		}, who)
		if err != nil {
			fmt.Println(err)
			return
		}
		entry, err := registrar.Issue(ctx, "tinh-uy", documents.IssueRequest{ID: "to-trinh-15", Series: key.ID(),
			Content: documents.Content{Kind: documents.KindDecision, Day: vanphong.MustDate("2026-03-05"), Abstract: "Về công tác cán bộ"}}, who)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(entry.Number, store.VerifyAll(ctx))
		if err := store.Close(); err != nil {
			fmt.Println(err)
		}
	}
	// Output:
	// 127-QĐ/TU <nil>
	// 127-QĐ/TU <nil>
}

// A system with tables of its own: its row and the number are stored together.
func ExampleWithin() {
	ctx := context.Background()
	db, err := sql.Open("sqlite", "file:example?mode=memory&_txlock=immediate")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer db.Close()
	db.SetMaxOpenConns(1) // a database in memory is that of its connection
	if err := sqlite.Migrate(ctx, db); err != nil {
		fmt.Println(err)
		return
	}
	if _, err := db.Exec(`CREATE TABLE ho_so (ma TEXT, so TEXT)`); err != nil {
		fmt.Println(err)
		return
	}

	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer tx.Rollback()
	who := vanphong.Stamp{By: vanphong.Actor{ID: "van-thu"}, At: time.Date(2026, 3, 5, 8, 0, 0, 0, vanphong.Hanoi)}
	key := documents.SeriesKey{Organ: "tinh-uy", Scope: "nk-2025-2030", Name: "QĐ"}
	registrar := documents.NewRegistrar(sqlite.Within(tx).Documents(), nil)
	if _, err := registrar.Open(ctx, "tinh-uy", documents.OpenRequest{Key: key, Issuer: "TU", Days: vanphong.Days{First: vanphong.MustDate("2025-09-24")}}, who); err != nil {
		fmt.Println(err)
		return
	}
	entry, err := registrar.Issue(ctx, "tinh-uy", documents.IssueRequest{ID: "hs-7", Series: key.ID(),
		Content: documents.Content{Kind: documents.KindDecision, Day: vanphong.MustDate("2026-03-05")}}, who)
	if err != nil {
		fmt.Println(err)
		return
	}
	if _, err := tx.Exec(`INSERT INTO ho_so VALUES ('hs-7', ?)`, entry.Number.String()); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(entry.Number, tx.Commit())
	// Output: 01-QĐ/TU <nil>
}
