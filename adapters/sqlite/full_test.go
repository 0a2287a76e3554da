package sqlite_test

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
	"github.com/vanphong-go/vanphong/adapters/sqlite"
	"github.com/vanphong-go/vanphong/documents"
)

// issueUntilFull issues until the disk is full and returns how many numbers
// were given and the id that got none.
func issueUntilFull(t *testing.T, s *sqlite.Store) (given int, refused string) {
	t.Helper()
	r := documents.NewRegistrar(s.Documents(), nil)
	for i := range 100_000 {
		id := fmt.Sprint("d", i)
		_, err := issue(context.Background(), r, office, id)
		if err == nil {
			continue
		}
		var typed *sqlite.Error
		if !errors.Is(err, sqlite.ErrFull) || !errors.As(err, &typed) || !strings.Contains(typed.Hint, "free space") {
			t.Fatalf("number %d: %v, want ErrFull", i+1, err)
		}
		// It stays refused, and nothing of it is there.
		if _, err := issue(context.Background(), r, office, id); !errors.Is(err, sqlite.ErrFull) {
			t.Fatalf("asked again: %v, want ErrFull", err)
		}
		checkWhole(t, s, office, i)
		if i < 10 {
			t.Fatalf("full after %d numbers: the test shows too little", i)
		}
		return i, id
	}
	t.Fatal("the disk does not fill")
	return 0, ""
}

// A disk that is full costs the caller an error and the register nothing; with
// room made, the same store goes on where it was.
func TestFullDisk(t *testing.T) {
	dir := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=1m", "none", dir).CombinedOutput(); err != nil {
		t.Skipf("no small disk can be made here: %v %s", err, out)
	}
	t.Cleanup(func() { _ = exec.Command("umount", dir).Run() })
	ballast := filepath.Join(dir, "ballast")
	write(t, ballast, make([]byte, 300_000))
	s := mustOpen(t, filepath.Join(dir, "office.db"), nil)
	openSeries(t, s.Documents(), office)
	n, id := issueUntilFull(t, s)
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	en, err := issue(context.Background(), documents.NewRegistrar(s.Documents(), nil), office, id)
	if err != nil || int(en.Serial) != n+1 {
		t.Errorf("with room made: %d, %v; want %d", en.Serial, err, n+1)
	}
	checkWhole(t, s, office, n+1)
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// The same where no disk can be made: the file may not grow.
func TestFullFile(t *testing.T) {
	path := newFile(t)
	s := mustOpen(t, path, nil)
	if err := sqlite.LimitPages(s, 60); err != nil {
		t.Fatal(err)
	}
	openSeries(t, s.Documents(), office)
	n, id := issueUntilFull(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = mustOpen(t, path, nil) // without the limit
	en, err := issue(context.Background(), documents.NewRegistrar(s.Documents(), nil), office, id)
	if err != nil || int(en.Serial) != n+1 {
		t.Errorf("with room made: %d, %v; want %d", en.Serial, err, n+1)
	}
	checkWhole(t, s, office, n+1)
}

// A file put back from an old copy is whole in itself: only what was printed
// since knows better. The closing of the day before agrees with it, that of
// today does not, whatever is issued afterwards.
func TestRestoredFromAnOldCopy(t *testing.T) {
	ctx := context.Background()
	path := newFile(t)
	// day opens the file, issues three numbers unless it is only to look, and
	// returns what is printed in the evening.
	day := func(name string, look func(*documents.Registrar)) []byte {
		s := mustOpen(t, path, nil)
		defer s.Close()
		r := documents.NewRegistrar(s.Documents(), nil)
		if name == "yesterday" {
			openSeries(t, s.Documents(), office)
		}
		for i := range 3 {
			if name != "" {
				if _, err := issue(ctx, r, office, fmt.Sprint(name, i)); err != nil {
					t.Fatal(err)
				}
			}
		}
		if look != nil {
			look(r)
		}
		return printed(t, r)
	}
	yesterday := day("yesterday", nil)
	backup, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	today := day("today", nil)
	day("", func(r *documents.Registrar) {
		if n := faults(t, r, yesterday) + faults(t, r, today); n > 0 {
			t.Fatalf("%d faults before anything happened", n)
		}
	})
	write(t, path, backup)
	checkWhole(t, mustOpen(t, path, nil), office, 3)
	day("", func(r *documents.Registrar) {
		if n := faults(t, r, yesterday); n > 0 {
			t.Errorf("yesterday's closing: %d faults", n)
		}
		if faults(t, r, today) == 0 {
			t.Error("today's closing agrees with yesterday's register")
		}
	})
	day("again", func(r *documents.Registrar) { // numbers of today are given a second time
		if faults(t, r, today) == 0 {
			t.Error("today's closing agrees with another register of the same length")
		}
	})
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
