package bench

import (
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"testing"
	"text/tabwriter"
	"time"
)

var (
	printRatios = flag.Bool("ratios", false, "measure all pairs and print a table of ratios")
	rounds      = flag.Int("rounds", 5, "with -ratios: batches of each way")
	batch       = flag.Duration("batch", 30*time.Millisecond, "with -ratios: shortest time of a batch")
)

// TestRatios measures every race and prints how many times longer each peer
// takes than the SDK. It asserts nothing: a ratio is of a machine and a moment.
func TestRatios(t *testing.T) {
	if !*printRatios {
		t.Skip("measures only with -ratios")
	}
	all := []struct {
		name  string
		races func(testing.TB) []race
	}{
		{"workdays", workdayRaces}, {"conflicts", conflictRaces}, {"numbers", numberRaces}, {"citations", citeRaces}, {"tally", tallyRaces}, {"issue", issueRaces},
		{"issue-postgres", postgresRaces},
	}
	fmt.Printf("%s %s/%s, %d processors; %d interleaved batches of at least %v each\n\n",
		runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.GOMAXPROCS(0), *rounds, *batch)
	for _, group := range all {
		// Each in a test of its own: what it opened is closed before the next.
		t.Run(group.name, func(t *testing.T) {
			for _, r := range group.races(t) {
				results, err := measure(r, *rounds, *batch)
				if err != nil {
					t.Fatalf("%s: %v", r.name, err)
				}
				writeTable(os.Stdout, group.name+"/"+r.name, r, results)
			}
		})
	}
}

// A result is what was measured of one way.
type result struct {
	picos []time.Duration // of one operation, by round; in picoseconds, since some take 3 ns
	bytes uint64          // allocated for one operation, in the last round
}

// measure times each way in batches, one way after the other in every round,
// so that a busy second of the machine hits all of them.
func measure(r race, rounds int, least time.Duration) ([]result, error) {
	sizes := make([]int, len(r.ways))
	for i, w := range r.ways {
		n, err := batchSize(w, least)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", w.name, err)
		}
		sizes[i] = n
	}
	results := make([]result, len(r.ways))
	for range rounds {
		for i, w := range r.ways {
			if err := results[i].add(w, sizes[i]); err != nil {
				return nil, fmt.Errorf("%s: %w", w.name, err)
			}
		}
	}
	return results, nil
}

// add measures one batch of n operations.
func (m *result) add(w way, n int) error {
	var before, after runtime.MemStats
	runtime.GC() // nobody pays for the garbage of the one before
	runtime.ReadMemStats(&before)
	start := time.Now()
	err := w.run(n)
	took := time.Since(start)
	runtime.ReadMemStats(&after)
	m.picos = append(m.picos, took*1000/time.Duration(n))
	m.bytes = (after.TotalAlloc - before.TotalAlloc) / uint64(n)
	return err
}

// batchSize returns how many operations take at least that long. Finding it
// warms the way up.
func batchSize(w way, least time.Duration) (int, error) {
	for n := 1; ; {
		start := time.Now()
		if err := w.run(n); err != nil {
			return 0, err
		}
		took := time.Since(start)
		if took >= least {
			return n, nil
		}
		// Not more than ten times at once: the first run pays for page faults.
		n = min(10*n, 1+int(float64(n)*1.2*float64(least)/float64(max(took, 1))))
	}
}

// writeTable prints best and median of each way, how often the first way goes
// into them, and what one operation allocates.
func writeTable(out io.Writer, name string, r race, results []result) {
	tab := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(out, "%s, one operation: %s\n", name, r.op)
	fmt.Fprintln(tab, "way\tbest\tmedian\tbest ÷ ours\tmedian ÷ ours\tbytes\t")
	var ours [2]time.Duration
	for i, w := range r.ways {
		best, median := slices.Min(results[i].picos), middle(results[i].picos)
		if i == 0 {
			ours = [2]time.Duration{best, median}
		}
		fmt.Fprintf(tab, "%s\t%s\t%s\t%s\t%s\t%d\t\n", w.name, short(best), short(median),
			ratio(best, ours[0]), ratio(median, ours[1]), results[i].bytes)
	}
	_ = tab.Flush() // to standard output
	fmt.Fprintln(out)
}

func middle(d []time.Duration) time.Duration { return slices.Sorted(slices.Values(d))[len(d)/2] }

// short writes picoseconds in three digits or so.
func short(pico time.Duration) string {
	switch ns := float64(pico) / 1e3; {
	case ns < 1e3:
		return fmt.Sprintf("%.3g ns", ns)
	case ns < 1e6:
		return fmt.Sprintf("%.3g µs", ns/1e3)
	default:
		return fmt.Sprintf("%.4g ms", ns/1e6)
	}
}

func ratio(theirs, ours time.Duration) string {
	switch x := float64(theirs) / float64(max(ours, 1)); {
	case x < 10:
		return fmt.Sprintf("%.2f", x)
	case x < 100:
		return fmt.Sprintf("%.1f", x)
	default:
		return fmt.Sprintf("%.0f", x)
	}
}

// The table is arithmetic too, and is held like any other: best is the least,
// the median the middle one, and the first way is 1.
func TestTableOfRatios(t *testing.T) {
	r := race{op: "nothing", ways: []way{{name: "ours"}, {name: "peer"}}}
	var out tableBuffer
	writeTable(&out, "x", r, []result{
		{[]time.Duration{4000, 2000, 9000}, 0}, {[]time.Duration{100_000, 60_000, 70_000}, 640},
	})
	want := "x, one operation: nothing\n" +
		"   way   best  median  best ÷ ours  median ÷ ours  bytes\n" +
		"  ours   2 ns    4 ns         1.00           1.00      0\n" +
		"  peer  60 ns   70 ns         30.0           17.5    640\n\n"
	if string(out) != want {
		t.Errorf("got\n%q want\n%q", out, want)
	}
}

type tableBuffer []byte

func (b *tableBuffer) Write(p []byte) (int, error) { *b = append(*b, p...); return len(p), nil }

// Ways take turns in every round, and a batch is never shorter than asked.
func TestMeasureInterleaves(t *testing.T) {
	var order []string
	pause := func(name string) way {
		return way{name, func(n int) error {
			order = append(order, name)
			time.Sleep(time.Duration(n) * 100 * time.Microsecond)
			return nil
		}}
	}
	results, err := measure(race{ways: []way{pause("a"), pause("b")}}, 3, time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(order[len(order)-6:]); got != "[a b a b a b]" {
		t.Errorf("rounds ran as %s", got)
	}
	for _, of := range results {
		if len(of.picos) != 3 || slices.Min(of.picos) < 100*time.Microsecond*1000 {
			t.Errorf("times %v: want three of at least 100 µs an operation", of.picos)
		}
	}
}
