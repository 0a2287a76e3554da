package sqlite_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/adapters/sqlite"
	"github.com/vanphong-go/vanphong/documents"
)

// What cannot be opened is refused with its kind and what to do, and stays as
// it was to the byte.
func TestOpenRefuses(t *testing.T) {
	filled := filledFile(t)
	change := func(statements ...string) func(t *testing.T, path string) {
		return func(t *testing.T, path string) {
			write(t, path, filled)
			db := rawDB(t, path)
			for _, st := range statements {
				if _, err := db.Exec(st); err != nil {
					t.Fatal(err)
				}
			}
			_ = db.Close()
		}
	}
	for _, tt := range []struct {
		name string
		make func(t *testing.T, path string)
		opt  *sqlite.Options
		kind error
		says string
	}{
		// a text somebody named office.db
		{"text", func(t *testing.T, p string) { write(t, p, []byte("Số: 981-QĐ/TU\n")) }, nil, sqlite.ErrNotDatabase, "left as it was"},
		// longer than a header, yet no database
		{"zeros", func(t *testing.T, p string) { write(t, p, make([]byte, 8192)) }, nil, sqlite.ErrNotDatabase, "left as it was"},
		// the first bytes of a database and nothing more
		{"header cut", func(t *testing.T, p string) { write(t, p, filled[:50]) }, nil, sqlite.ErrCorrupt, "cut short"},
		// a copy that stopped half-way
		{"half", func(t *testing.T, p string) { write(t, p, filled[:len(filled)/2]) }, nil, sqlite.ErrCorrupt, "bytes of"},
		// the page that lists the tables is overwritten
		{"first page", func(t *testing.T, p string) {
			b := bytes.Clone(filled)
			copy(b[100:], bytes.Repeat([]byte{0xAA}, 900))
			write(t, p, b)
		}, nil, sqlite.ErrCorrupt, "backup"},
		// tables of another program
		{"foreign", func(t *testing.T, p string) {
			if _, err := rawDB(t, p).Exec(`CREATE TABLE so_cong_van (id INTEGER)`); err != nil {
				t.Fatal(err)
			}
		}, nil, sqlite.ErrForeign, "Adopt"},
		// no tables yet, but marked by another program
		{"foreign and empty", func(t *testing.T, p string) {
			if _, err := rawDB(t, p).Exec(`PRAGMA application_id = 42; CREATE TABLE t (a); DROP TABLE t`); err != nil {
				t.Fatal(err)
			}
		}, nil, sqlite.ErrForeign, "application id"},
		// a program of next year was here
		{"newer", change(`INSERT INTO vp_schema VALUES (99, '0099_later.sql', 'x')`), nil, sqlite.ErrSchema, "newer version"},
		// a migration that is not the one of this program
		{"other migration", change(`UPDATE vp_schema SET digest = 'x' WHERE version = 1`), nil, sqlite.ErrSchema, "digest"},
		// somebody dropped a column
		{"column gone", change(`ALTER TABLE vp_changes DROP COLUMN acting_for`), nil, sqlite.ErrSchema, "column acting_for"},
		// somebody added one
		{"column more", change(`ALTER TABLE vp_entries ADD COLUMN ghi_chu TEXT`), nil, sqlite.ErrSchema, "column ghi_chu"},
		// the index that keeps a number from being given twice is gone
		{"index gone", change(`DROP INDEX vp_entries_slot`), nil, sqlite.ErrSchema, "unique index"},
		// a table is gone
		{"table gone", change(`DROP TABLE vp_heads`), nil, sqlite.ErrSchema, "vp_heads"},
		// the schema table itself is gone
		{"schema gone", change(`DROP TABLE vp_schema`), nil, sqlite.ErrSchema, "vp_schema"},
		// an administrator who changes schemas himself
		{"kept empty", func(t *testing.T, p string) { write(t, p, nil) }, &sqlite.Options{KeepSchema: true}, sqlite.ErrSchema, "Migrate"},
		// write-protected by its owner
		{"read-only file", func(t *testing.T, p string) { write(t, p, filled); chmod(t, p, 0o444) }, nil, sqlite.ErrReadOnly, "ReadOnly"},
		// the folder is protected: no log can stand beside the file
		{"read-only folder", func(t *testing.T, p string) { write(t, p, filled); chmod(t, filepath.Dir(p), 0o555) }, nil, sqlite.ErrReadOnly, "folder"},
		// a folder
		{"folder", func(t *testing.T, p string) { _ = os.Mkdir(p, 0o700) }, nil, sqlite.ErrNotDatabase, "folder"},
		// nothing there to read
		{"missing, read-only", func(*testing.T, string) {}, &sqlite.Options{ReadOnly: true}, vanphong.ErrNotFound, "exists"},
		{"empty, read-only", func(t *testing.T, p string) { write(t, p, nil) }, &sqlite.Options{ReadOnly: true}, sqlite.ErrNotDatabase, "empty"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "van phong %20?#") // a path that an URI would misread
			if err := os.Mkdir(dir, 0o700); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = os.Chmod(dir, 0o700) })
			path := filepath.Join(dir, "office.db")
			tt.make(t, path)
			before, _ := os.ReadFile(path)
			s, err := sqlite.Open(context.Background(), path, tt.opt)
			if err == nil {
				_ = s.Close()
				t.Fatal("was opened")
			}
			var typed *sqlite.Error
			if !errors.As(err, &typed) || !errors.Is(err, tt.kind) || !strings.Contains(err.Error(), tt.says) || typed.Path != path || typed.Hint == "" {
				t.Errorf("got %v, want kind %v, path, and a hint with %q", err, tt.kind, tt.says)
			}
			if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
				t.Error("the file was changed")
			}
		})
	}
}

func write(t *testing.T, path string, b []byte) {
	t.Helper()
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

func chmod(t *testing.T, path string, mode fs.FileMode) {
	t.Helper()
	if err := os.Chmod(path, mode); err != nil {
		t.Fatal(err)
	}
}

// Paths and options that make no sense name themselves.
func TestOpenNamesBadArguments(t *testing.T) {
	for _, path := range []string{"", ":memory:", "file:x.db", "a\x00b"} {
		var in *vanphong.InputError
		if _, err := sqlite.Open(context.Background(), path, nil); !errors.As(err, &in) || in.Field != "path" {
			t.Errorf("path %q: %v", path, err)
		}
	}
	if _, err := sqlite.Open(context.Background(), newFile(t), &sqlite.Options{MaxBatch: -1}); !errors.Is(err, vanphong.ErrInvalid) {
		t.Errorf("negative batch: %v", err)
	}
	missing := filepath.Join(t.TempDir(), "no", "office.db")
	if _, err := sqlite.Open(context.Background(), missing, nil); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("missing folder: %v", err)
	}
}

// A file opened for reading is read, and nothing is written to it, nor beside
// it if its folder is protected.
func TestReadOnly(t *testing.T) {
	for name, protect := range map[string]bool{"open folder": false, "protected folder": true} {
		t.Run(name, func(t *testing.T) {
			path := writeTemp(t, filledFile(t))
			chmod(t, path, 0o444)
			if protect {
				chmod(t, filepath.Dir(path), 0o555)
				t.Cleanup(func() { _ = os.Chmod(filepath.Dir(path), 0o700) })
			}
			s := mustOpen(t, path, &sqlite.Options{ReadOnly: true})
			if err := s.VerifyAll(context.Background()); err != nil {
				t.Fatal(err)
			}
			r := documents.NewRegistrar(s.Documents(), nil)
			if en, err := r.Entry(context.Background(), office, "d2"); err != nil || en.Serial != 3 {
				t.Errorf("entry %+v, %v", en, err)
			}
			_, err := issue(context.Background(), r, office, "d9")
			if !errors.Is(err, sqlite.ErrReadOnly) || !errors.Is(err, vanphong.ErrState) {
				t.Errorf("issue into a read-only store: %v", err)
			}
		})
	}
}

// A file that its administrator made immutable has every permission and still
// cannot be written: it is refused when it is opened, not at the first number.
func TestImmutableFileIsRefusedAtOpen(t *testing.T) {
	path := writeTemp(t, filledFile(t))
	if out, err := exec.Command("chattr", "+i", path).CombinedOutput(); err != nil {
		t.Skipf("no file can be made immutable here: %v %s", err, out)
	}
	t.Cleanup(func() { _ = exec.Command("chattr", "-i", path).Run() })
	s, err := sqlite.Open(context.Background(), path, nil)
	if err == nil {
		_ = s.Close()
	}
	if !errors.Is(err, sqlite.ErrReadOnly) || !strings.Contains(err.Error(), "ReadOnly") {
		t.Errorf("opened for writing: %v", err)
	}
	if err := mustOpen(t, path, &sqlite.Options{ReadOnly: true}).VerifyAll(context.Background()); err != nil {
		t.Errorf("read: %v", err)
	}
}

// A database of another program is adopted when asked for, and its tables stay.
func TestAdopt(t *testing.T) {
	path := newFile(t)
	db := rawDB(t, path)
	if _, err := db.Exec(`PRAGMA application_id = 42; CREATE TABLE so_cong_van (id INTEGER); INSERT INTO so_cong_van VALUES (7)`); err != nil {
		t.Fatal(err)
	}
	s := mustOpen(t, path, &sqlite.Options{Adopt: true})
	fillWeek(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	// Once adopted, it need not be said again.
	if err := mustOpen(t, path, nil).VerifyAll(context.Background()); err != nil {
		t.Error(err)
	}
	if got := texts(t, db, `SELECT id FROM so_cong_van`); len(got) != 1 || got[0] != "7" {
		t.Errorf("their table has %v", got)
	}
	if got := texts(t, db, `PRAGMA application_id`); got[0] != "42" {
		t.Errorf("their application id is %v", got)
	}
}

// An empty file, as a temporary-file call leaves it, becomes a database.
func TestOpenEmptyFile(t *testing.T) {
	path := newFile(t)
	write(t, path, nil)
	fillWeek(t, mustOpen(t, path, nil))
}
