package main

import (
	"bufio"
	"context"
	"fmt"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/vanphong-go/vanphong/adapters/sqlite"
	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/meetings"
	"github.com/vanphong-go/vanphong/meetings/followup"
)

// killFigures makes a half-year of 62 numbers: long enough to be cut at many
// moments, short enough to be finished fifty times.
const killFigures = `scope,subject,value,round,report
term,nghị quyết,2,,yes
term,quyết định,5,,no
term,kết luận,20,,yes
term,báo cáo,12,,yes
term,thông báo,20,,yes
term,hội nghị Thường trực,2,,yes
term,hội nghị Ban Thường vụ,4,,yes
term,hội nghị Ban Chấp hành,2,,yes
congress,nghị quyết,1,,no
congress,báo cáo,2,,no
`

const (
	killNumbers = 62
	killMoments = 50
	wantPartial = 30 // of the moments leave a store strictly between empty and full
)

// A power cut at any moment: the program runs as a child and is killed with
// SIGKILL. Afterwards the file opens and verifies, every number that was
// acknowledged is there under its id, and a second run finishes the work: no
// concluded item lacks its number, and nothing was doubled.
func TestKilledAtAnyMoment(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("needs SIGKILL")
	}
	program := filepath.Join(t.TempDir(), "office")
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	figures := file(t, "figures.csv", killFigures)
	// All runs are the program's, which is built without the race detector.
	play := func(t *testing.T, db string) string {
		t.Helper()
		cmd := exec.Command(program, "-db", db, "-figures", figures)
		var errs strings.Builder
		cmd.Stderr = &errs
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("%v: %s", err, &errs)
		}
		return string(out)
	}
	whole := play(t, filepath.Join(t.TempDir(), "whole.db"))

	partial := make(chan bool, killMoments)
	t.Run("moments", func(t *testing.T) {
		for i := range killMoments {
			t.Run(fmt.Sprintf("%02d", i), func(t *testing.T) {
				t.Parallel()
				db := filepath.Join(t.TempDir(), "office.db")
				acked := runAndKill(t, program, db, figures, i)
				partial <- inspect(t, db, acked)
				if out := play(t, db); out != whole {
					t.Errorf("the finished run differs from one that was never cut:\n%s", out)
				}
				finished(t, db)
			})
		}
	})
	close(partial)
	n := 0
	for p := range partial {
		if p {
			n++
		}
	}
	if n < wantPartial {
		t.Errorf("%d of %d kills left a store strictly between empty and full, want %d: the moments are badly spread", n, killMoments, wantPartial)
	}
}

// runAndKill starts the program and kills it some microseconds after it has
// acknowledged so many numbers; it returns those it acknowledged, by id.
func runAndKill(t *testing.T, program, db, figures string, moment int) map[string]string {
	t.Helper()
	cmd := exec.Command(program, "-v", "-db", db, "-figures", figures)
	stderr, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	after := 1 + moment*(killNumbers-1)/(killMoments-1)
	acked := map[string]string{}
	lines := bufio.NewScanner(stderr)
	for lines.Scan() {
		rest, ok := strings.CutPrefix(lines.Text(), "số ")
		if !ok {
			continue
		}
		id, number, ok := strings.Cut(rest, "\t")
		if !ok {
			t.Errorf("acknowledgement cut short: %q", lines.Text())
		}
		acked[id] = number
		if len(acked) == after {
			// Not always at the same place between two numbers.
			time.Sleep(time.Duration(moment%10) * 200 * time.Microsecond)
			if err := cmd.Process.Kill(); err != nil {
				t.Logf("kill: %v", err) // it may have ended by itself
			}
		}
	}
	// On a busy machine it may have ended before the kill came; then the store
	// is full and does not count among the partial ones, of which there is a
	// minimum. Its code is of no account: a killed program has none.
	_ = cmd.Wait()
	if len(acked) < after {
		t.Errorf("%d numbers acknowledged, killed after %d", len(acked), after)
	}
	return acked
}

// inspect opens what the kill left and returns whether it is strictly between
// empty and full.
func inspect(t *testing.T, db string, acked map[string]string) bool {
	t.Helper()
	if err := check(db); err != nil {
		t.Fatalf("after the kill: %v", err)
	}
	ctx := context.Background()
	store, err := sqlite.Open(ctx, db, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	numbers := 0
	for e, err := range documents.NewRegistrar(store.Documents(), nil).List(ctx, org, documents.Query{}) {
		if err != nil {
			t.Fatal(err)
		}
		numbers++
		if want, ok := acked[string(e.ID)]; ok && e.Number.String() != want {
			t.Errorf("%s was acknowledged as %s and is %s", e.ID, want, e.Number)
		}
		delete(acked, string(e.ID))
	}
	for id, number := range acked {
		t.Errorf("%s was acknowledged as %s and is lost", id, number)
	}
	tasks := 0
	for _, err := range followup.NewTracker(store.FollowUp(), nil).Tasks(ctx, org, followup.Query{}) {
		if err != nil {
			t.Fatal(err)
		}
		tasks++
	}
	return numbers > 0 && (numbers < killNumbers || tasks < len(deeds))
}

// finished holds the finished store against what must be there.
func finished(t *testing.T, db string) {
	t.Helper()
	if err := check(db); err != nil {
		t.Error(err)
	}
	ctx := context.Background()
	store, err := sqlite.Open(ctx, db, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	for c, err := range meetings.NewSecretary(store.Meetings(), nil).Conclusions(ctx, org, meetings.ConclusionQuery{Unnumbered: true}) {
		if err != nil {
			t.Fatal(err)
		}
		t.Errorf("conclusion %s has no number", c.Abstract)
	}
	n := 0
	for _, err := range documents.NewRegistrar(store.Documents(), nil).List(ctx, org, documents.Query{State: documents.StateIssued}) {
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	if n != killNumbers {
		t.Errorf("%d numbers, want %d", n, killNumbers)
	}
}
