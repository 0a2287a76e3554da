package sqlite_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"testing"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/adapters/sqlite"
	"github.com/vanphong-go/vanphong/documents"
)

// A second store of the same process on the same file must not cost the first
// one its locks: another process would then take itself for the last to close
// the file, and remove the log that the first still writes to.
func TestSecondStoreOfAProcessKeepsTheLocksOfTheFirst(t *testing.T) {
	path := newFile(t)
	first := mustOpen(t, path, nil)
	r := openSeries(t, first.Documents(), office)
	if _, err := issue(context.Background(), r, office, "before"); err != nil {
		t.Fatal(err)
	}
	locked := locksOn(t, path)
	link := filepath.Join(filepath.Dir(path), "other-name.db")
	if err := os.Symlink(path, link); err != nil {
		link = path // no links here: the same name will do
	}
	for _, name := range []string{path, link} {
		second, err := sqlite.Open(context.Background(), name, nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := second.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if now := locksOn(t, path); now != locked {
		t.Errorf("the first store had %d locks on its file, and has %d", locked, now)
	}
	// Another process comes, issues, and closes the file behind itself.
	cmd, out, stderr := startChild(t, path, "guest", 4)
	given := map[string]uint32{}
	readAcknowledged(out, given, nil)
	if err := cmd.Wait(); err != nil {
		t.Fatalf("%v: %s", err, stderr)
	}
	if _, err := os.Stat(path + "-wal"); err != nil {
		t.Errorf("the log of the first store is gone: %v", err)
	}
	last, err := issue(context.Background(), r, office, "after")
	if err != nil {
		t.Fatal(err)
	}
	// And what the first store wrote afterwards is there for others.
	third := mustOpen(t, path, nil)
	got, err := documents.NewRegistrar(third.Documents(), nil).Entry(context.Background(), office, "after")
	if err != nil || got.Serial != last.Serial || int(last.Serial) != len(given)+2 {
		t.Errorf("%v, %v; want %v, number %d", got.Number, err, last.Number, len(given)+2)
	}
}

// locksOn returns how many locks the system holds on a file, 0 where it does
// not tell.
func locksOn(t *testing.T, path string) int {
	t.Helper()
	table, err := os.ReadFile("/proc/locks")
	if err != nil {
		return 0
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	// A line ends in "device:inode from to".
	inode := regexp.MustCompile(`^\d+$`).FindString(fmt.Sprint(reflect.ValueOf(info.Sys()).Elem().FieldByName("Ino")))
	return len(regexp.MustCompile(`(?m):`+inode+` \d+ (?:\d+|EOF)$`).FindAll(table, -1))
}

// Once every store has left a file, its header is looked at again.
func TestHeaderIsCheckedAgainAfterClose(t *testing.T) {
	path := newFile(t)
	s, err := sqlite.Open(context.Background(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, fmt.Append(nil, "no database any more, but long enough to have had a header of one hundred bytes", make([]byte, 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := sqlite.Open(context.Background(), path, nil); !errors.Is(err, sqlite.ErrNotDatabase) {
		t.Errorf("%v, want ErrNotDatabase", err)
	}
	if _, err := sqlite.Open(context.Background(), filepath.Join(filepath.Dir(path), "none", "x.db"), nil); err == nil || errors.Is(err, vanphong.ErrClosed) {
		t.Errorf("%v, want an error about the folder", err)
	}
}
