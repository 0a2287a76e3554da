package postgres_test

import (
	"flag"
	"os"
	"testing"

	"github.com/vanphong-go/vanphong/adapters/postgres"
)

var update = flag.Bool("update", false, "write schema.txt anew from the migrations")

// schema.txt, with which every database is compared, is what the migrations
// make. After a new migration: go test -run TestSchemaText -update
func TestSchemaText(t *testing.T) {
	got, err := postgres.ReadSchema(t.Context(), rawDB(t, newSchema(t)))
	if err != nil {
		t.Fatal(err)
	}
	const name = "schema.txt"
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the migrations make\n%s\nand %s says\n%s", got, name, want)
	}
}
