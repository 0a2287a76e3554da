package pgtest

import (
	"errors"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"
)

// witness is a test that only notes how it ended.
type witness struct {
	testing.TB
	skipped, failed string
}

func (*witness) Helper()             {}
func (w *witness) Skip(args ...any)  { w.skipped = args[0].(error).Error(); runtime.Goexit() }
func (w *witness) Fatal(args ...any) { w.failed = args[0].(error).Error(); runtime.Goexit() }

// Without a server a test is skipped and names the package to install; where
// one is needed, as in CI, it fails. What else goes wrong is always a failure.
func TestMissingServer(t *testing.T) {
	for _, tt := range []struct {
		name          string
		need          string
		err           error
		skipped, fail bool
	}{
		{"none here", "", ErrMissing, true, false},
		{"none here and needed", "1", ErrMissing, false, true},
		{"it does not start", "", errors.New("the server does not start"), false, true},
		{"it runs", "1", nil, false, false},
	} {
		t.Setenv(NeedVariable, tt.need)
		w := &witness{}
		over := make(chan struct{})
		go func() {
			defer close(over)
			demand(w, tt.err)
		}()
		<-over
		if (w.skipped != "") != tt.skipped || (w.failed != "") != tt.fail {
			t.Errorf("%s: skipped %q, failed %q", tt.name, w.skipped, w.failed)
		}
		if said := w.skipped + w.failed; errors.Is(tt.err, ErrMissing) && !strings.Contains(said, "apt-get install") {
			t.Errorf("%s: %q does not say what to install", tt.name, said)
		}
	}
}

// A server that was killed starts again on its files, and leaves nothing behind
// when the test is over.
func TestServerComesAndGoes(t *testing.T) {
	var dir string
	t.Run("a test", func(t *testing.T) {
		s := New(t)
		dir = s.Dir()
		query := func(text string) string {
			out, err := s.Tool("psql", "-Atc", text).CombinedOutput()
			if err != nil {
				t.Fatalf("%s: %v %s", text, err, out)
			}
			return strings.TrimSpace(string(out))
		}
		query(`CREATE TABLE t AS SELECT 7 AS a`)
		for range 2 {
			if err := s.Kill(); err != nil {
				t.Fatal(err)
			}
			if err := s.Start(); err != nil {
				t.Fatal(err)
			}
		}
		if got := query(`SELECT a FROM t`); got != "7" {
			t.Errorf("got %q", got)
		}
		if got := query(`SHOW fsync`); got != "on" {
			t.Errorf("fsync is %s: a crash test on it proves nothing", got)
		}
	})
	if dir == "" {
		t.Skip("no server here")
	}
	for range 100 {
		if _, err := os.Stat(dir); err != nil {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("%s is still there", dir)
}
