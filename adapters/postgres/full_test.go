package postgres_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/adapters/postgres"
	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/internal/pgtest"
)

// A disk that is full costs the caller an error and the register nothing; with
// room made, the same store goes on where it was. The tables stand on a disk of
// their own, and a small one; a full disk under the server's log is a server
// that stops, see TestServerKilled.
func TestFullDisk(t *testing.T) {
	server := pgtest.New(t)
	dir := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=2m,mode=0700", "none", dir).CombinedOutput(); err != nil {
		t.Skipf("no small disk can be made here: %v %s", err, out)
	}
	t.Cleanup(func() { _ = exec.Command("umount", "-l", dir).Run() })
	// The server's user must reach and own the folder.
	tables := filepath.Join(dir, "tables")
	if err := errors.Join(os.Mkdir(tables, 0o700), os.Chmod(dir, 0o755), os.Chmod(filepath.Dir(dir), 0o755)); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("chown", "--reference="+server.Dir(), tables).CombinedOutput(); err != nil {
		t.Skipf("the folder cannot be given away: %v %s", err, out)
	}
	ballast := filepath.Join(dir, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 600_000), 0o600); err != nil {
		t.Fatal(err)
	}
	db := rawDB(t, server.DSN())
	execAll(t, db, `CREATE TABLESPACE small LOCATION '`+tables+`'`)
	dsn := schemaIn(t, server.DSN()) + "&default_tablespace=small"
	migrate(t, dsn)
	s := mustOpen(t, dsn, nil)
	r := openSeries(t, s.Documents(), office)
	n, id := 0, ""
	for ; ; n++ {
		id = fmt.Sprint("d", n)
		_, err := issue(context.Background(), r, office, id)
		if err == nil && n < 10_000 {
			continue
		}
		var typed *postgres.Error
		if !errors.Is(err, postgres.ErrFull) || !errors.As(err, &typed) || !strings.Contains(typed.Hint, "free space") {
			t.Fatalf("number %d: %v, want ErrFull", n+1, err)
		}
		break
	}
	if _, err := issue(context.Background(), r, office, id); !errors.Is(err, postgres.ErrFull) {
		t.Fatalf("asked again: %v, want ErrFull", err)
	}
	checkWhole(t, s, office, n)
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	en, err := issue(context.Background(), r, office, id)
	if err != nil || int(en.Serial) != n+1 {
		t.Errorf("with room made: %d, %v; want %d", en.Serial, err, n+1)
	}
	checkWhole(t, s, office, n+1)
	t.Logf("full after %d numbers", n)
}

// The same where no disk can be made: the server says that it is full.
func TestServerSaysItIsFull(t *testing.T) {
	dsn := newSchema(t)
	s := mustOpen(t, dsn, nil)
	r := openSeries(t, s.Documents(), office)
	db := rawDB(t, dsn)
	execAll(t, db, `CREATE FUNCTION filled() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'could not extend file' USING ERRCODE = '53100'; END $$`)
	for _, table := range []string{"vp_events", "vp_entries"} {
		execAll(t, db, `CREATE TRIGGER filled AFTER INSERT ON `+table+` FOR EACH ROW EXECUTE FUNCTION filled()`)
		if _, err := issue(context.Background(), r, office, "d1"); !errors.Is(err, postgres.ErrFull) {
			t.Errorf("%s: %v, want ErrFull", table, err)
		}
		execAll(t, db, `DROP TRIGGER filled ON `+table)
		checkWhole(t, s, office, 0)
	}
	if en, err := issue(context.Background(), r, office, "d1"); err != nil || en.Serial != 1 {
		t.Errorf("with room made: %d, %v", en.Serial, err)
	}
	checkWhole(t, s, office, 1)
}

// A database that was restored from an older dump is whole in itself: only
// what was printed since knows better. The closing of the day before agrees with
// it, that of today does not, whatever is issued afterwards.
func TestRestoredFromAnOldDump(t *testing.T) {
	ctx := context.Background()
	server := pgtest.New(t)
	migrate(t, server.DSN())
	s := mustOpen(t, server.DSN(), nil)
	r := openSeries(t, s.Documents(), office)
	several := func(r *documents.Registrar, name string) {
		for i := range 3 {
			if _, err := issue(ctx, r, office, fmt.Sprint(name, i)); err != nil {
				t.Fatal(err)
			}
		}
	}
	several(r, "yesterday")
	yesterday := printed(t, r)
	dump, err := server.Tool("pg_dump", "--no-owner").Output()
	if err != nil {
		t.Fatal(err)
	}
	several(r, "today")
	today := printed(t, r)
	if n := faults(t, r, yesterday) + faults(t, r, today); n > 0 {
		t.Fatalf("%d faults before anything happened", n)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}

	execAll(t, rawDB(t, server.DSN()), `DROP SCHEMA public CASCADE`, `CREATE SCHEMA public`)
	restore := server.Tool("psql", "-q", "-v", "ON_ERROR_STOP=1")
	restore.Stdin = bytes.NewReader(dump)
	if out, err := restore.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	s = mustOpen(t, server.DSN(), nil)
	checkWhole(t, s, office, 3)
	r = documents.NewRegistrar(s.Documents(), nil)
	if n := faults(t, r, yesterday); n > 0 {
		t.Errorf("yesterday's closing: %d faults", n)
	}
	if faults(t, r, today) == 0 {
		t.Error("today's closing agrees with yesterday's register")
	}
	several(r, "again") // numbers of today are given a second time
	if faults(t, r, today) == 0 {
		t.Error("today's closing agrees with another register of the same length")
	}
}

// printed is the closing of the office's series as it was filed on paper.
func printed(t *testing.T, r *documents.Registrar) []byte {
	t.Helper()
	c, err := r.Closing(context.Background(), office, documents.ClosingRequest{Organ: office, Scope: decisionsOf(office).Scope}, clerk.At)
	if err != nil {
		t.Fatal(err)
	}
	paper, err := c.MarshalText()
	if err != nil {
		t.Fatal(err)
	}
	return paper
}

// faults is how many faults the register has against a printed closing.
func faults(t *testing.T, r *documents.Registrar, paper []byte) (n int) {
	t.Helper()
	c, err := documents.ReadClosing(bytes.NewReader(paper))
	if err != nil {
		t.Fatal(err)
	}
	found, err := r.CheckClosing(context.Background(), office, c)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		if f.Severity == vanphong.Fault {
			n++
		}
	}
	return n
}
