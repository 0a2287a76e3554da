package postgres_test

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"github.com/vanphong-go/vanphong/adapters/postgres"
	"github.com/vanphong-go/vanphong/internal/pgtest"
)

// A schema whose name has capital letters, blanks or quotes is one like any
// other.
func TestSchemaNameThatNeedsQuotes(t *testing.T) {
	for _, name := range []string{"VanThu", `van thu`, `so"den`, "van-thu's"} {
		quoted := `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
		db := rawDB(t, pgtest.DSN(t))
		execAll(t, db, "CREATE SCHEMA "+quoted)
		t.Cleanup(func() { _, _ = rawDB(t, pgtest.DSN(t)).Exec("DROP SCHEMA " + quoted + " CASCADE") })
		u, err := url.Parse(pgtest.DSN(t))
		if err != nil {
			t.Fatal(err)
		}
		q := u.Query()
		q.Set("search_path", quoted)
		u.RawQuery = strings.ReplaceAll(q.Encode(), "+", "%20") // as libpq reads it
		for _, opt := range []*postgres.Options{{Migrate: true}, nil} {
			s, err := postgres.Open(context.Background(), u.String(), opt)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		}
	}
}
