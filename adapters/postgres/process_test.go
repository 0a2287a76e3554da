package postgres_test

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/adapters/postgres"
	"github.com/vanphong-go/vanphong/documents"
)

// A child is this test binary run again with these in its environment: it
// issues numbers and writes each to its output when it has it.
const (
	childDSN   = "VANPHONG_TEST_DSN"
	childName  = "VANPHONG_TEST_NAME"
	childCount = "VANPHONG_TEST_COUNT"
	childPause = "VANPHONG_TEST_PAUSE"
	childOrg   = "VANPHONG_TEST_ORG" // "" for office
)

func runChild(dsn string) error {
	ctx := context.Background()
	s, err := postgres.Open(ctx, dsn, nil)
	if err != nil {
		return err
	}
	defer s.Close()
	r := documents.NewRegistrar(s.Documents(), nil)
	n, err := strconv.Atoi(os.Getenv(childCount))
	if err != nil {
		return err
	}
	pause, err := time.ParseDuration(cmp.Or(os.Getenv(childPause), "0s"))
	if err != nil {
		return err
	}
	org := vanphong.OrgID(cmp.Or(os.Getenv(childOrg), string(office)))
	const callers = 4
	results := make(chan error, callers)
	for c := range callers {
		go func() {
			for i := c; i < n; i += callers {
				id := fmt.Sprintf("%s-%d", os.Getenv(childName), i)
				en, err := issue(ctx, r, org, id)
				if err != nil {
					results <- fmt.Errorf("%s: %w", id, err)
					return
				}
				fmt.Printf("%s %d\n", id, en.Serial)
				time.Sleep(pause)
			}
			results <- nil
		}()
	}
	for range callers {
		if err := <-results; err != nil {
			return err
		}
	}
	return nil
}

func startChild(t *testing.T, dsn, name string, count int) (*exec.Cmd, io.Reader, *strings.Builder) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childDSN+"="+dsn, childName+"="+name, fmt.Sprintf("%s=%d", childCount, count))
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var stderr strings.Builder
	cmd.Stderr = &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd, out, &stderr
}

// readAcknowledged reads what a child said to have, whole lines only, to the
// end. It calls each, if not nil, after every line.
func readAcknowledged(out io.Reader, into map[string]uint32, each func()) {
	lines := bufio.NewReader(out)
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			return
		}
		var id string
		var serial uint32
		if _, err := fmt.Sscan(line, &id, &serial); err == nil {
			into[id] = serial
		}
		if each != nil {
			each()
		}
	}
}

// Three processes issue into one series of one database at once.
func TestProcessesShareADatabase(t *testing.T) {
	dsn := newSchema(t)
	s := mustOpen(t, dsn, nil)
	openSeries(t, s.Documents(), office)
	const processes, each = 3, 100
	var cmds []*exec.Cmd
	var outs []io.Reader
	var errs []*strings.Builder
	for p := range processes {
		cmd, out, stderr := startChild(t, dsn, fmt.Sprint("p", p), each)
		cmds, outs, errs = append(cmds, cmd), append(outs, out), append(errs, stderr)
	}
	given := map[string]uint32{}
	for p, cmd := range cmds {
		readAcknowledged(outs[p], given, nil)
		if err := cmd.Wait(); err != nil {
			t.Fatalf("process %d: %v: %s", p, err, errs[p])
		}
	}
	if len(given) != processes*each {
		t.Errorf("%d numbers acknowledged, want %d", len(given), processes*each)
	}
	checkWhole(t, s, office, processes*each)
}

// A process that is killed leaves every number it was told of under its id,
// and no hole. Children run one after the other, each killed a little later:
// the first as it starts, the others after so many numbers, at full speed.
func TestKilledProcess(t *testing.T) {
	dsn := newSchema(t)
	s := mustOpen(t, dsn, nil)
	openSeries(t, s.Documents(), office)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	told := map[string]uint32{}
	const kills, many = 10, 1_000_000
	for k := range kills {
		cmd, out, stderr := startChild(t, dsn, fmt.Sprint("k", k), many)
		if k == 0 {
			_ = cmd.Process.Kill()
		}
		lines := 0
		readAcknowledged(out, told, func() {
			if lines++; lines == 23*k {
				_ = cmd.Process.Kill()
			}
		})
		if err := cmd.Wait(); err == nil {
			t.Fatalf("the child ended by itself: %s", stderr)
		}
		if k > 0 && lines < 23*k {
			t.Fatalf("the child failed: %s", stderr)
		}
		checkTold(t, dsn, told)
	}
	t.Logf("%d kills, %d numbers acknowledged", kills, len(told))
}

func checkTold(t *testing.T, dsn string, told map[string]uint32) {
	t.Helper()
	s := mustOpen(t, dsn, nil)
	defer s.Close()
	ctx := context.Background()
	if err := s.VerifyAll(ctx); err != nil {
		t.Fatal(err)
	}
	found := 0
	r := documents.NewRegistrar(s.Documents(), nil)
	for en, err := range r.List(ctx, office, documents.Query{}) {
		if err != nil {
			t.Fatal(err)
		}
		if serial, ok := told[string(en.ID)]; ok {
			found++
			if serial != en.Serial {
				t.Errorf("%s was told %d and has %d", en.ID, serial, en.Serial)
			}
		}
	}
	if found != len(told) {
		t.Errorf("%d of %d acknowledged numbers are there", found, len(told))
	}
	p, err := r.Proof(ctx, office, decisionsOf(office).ID())
	if err != nil || !p.Whole() {
		t.Errorf("proof %+v, %v", p, err)
	}
}
