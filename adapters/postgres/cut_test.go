package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/vanphong-go/vanphong/adapters/postgres"
	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/internal/pgtest"
)

// A cable that is cut at the commit, before the server hears of it or after,
// costs the caller time and no number: the store finds out how it ended.
func TestCutAtTheCommit(t *testing.T) {
	for _, before := range []bool{true, false} {
		t.Run(fmt.Sprintf("before the server hears of it %v", before), func(t *testing.T) {
			dsn := newSchema(t)
			p, through := throughProxy(t, dsn)
			s := mustOpen(t, through, nil)
			r := openSeries(t, s.Documents(), office)
			for i := range 3 {
				p.arm(before, !before, false)
				en, err := issue(context.Background(), r, office, fmt.Sprint("d", i))
				if err != nil || int(en.Serial) != i+1 {
					t.Fatalf("number %d, %v; want %d", en.Serial, err, i+1)
				}
			}
			checkWhole(t, s, office, 3)
		})
	}
}

// Without a server to ask, the caller hears that nobody knows, asks again with
// the same ID when it is back, and has one number, the first.
func TestCutAtTheCommitForGood(t *testing.T) {
	for _, before := range []bool{true, false} {
		t.Run(fmt.Sprintf("before the server hears of it %v", before), func(t *testing.T) {
			dsn := newSchema(t)
			p, through := throughProxy(t, dsn)
			s := mustOpen(t, through, &postgres.Options{Patience: 200 * time.Millisecond})
			r := openSeries(t, s.Documents(), office)
			p.arm(before, !before, true)
			_, err := issue(context.Background(), r, office, "d1")
			var typed *postgres.Error
			if !errors.Is(err, postgres.ErrUnknown) || !errors.As(err, &typed) || typed.Hint == "" {
				t.Fatalf("got %v, want ErrUnknown", err)
			}
			p.arm(false, false, false)
			for range 2 {
				en, err := issue(context.Background(), r, office, "d1")
				if err != nil || en.Serial != 1 {
					t.Errorf("asked again: %d, %v", en.Serial, err)
				}
			}
			checkWhole(t, s, office, 1)
		})
	}
}

// A caller whose time is up does not wait for a server that is gone, neither
// before the commit nor after one whose answer never came.
func TestDeadlineWhileTheServerIsGone(t *testing.T) {
	dsn := newSchema(t)
	p, through := throughProxy(t, dsn)
	s := mustOpen(t, through, nil)
	r := openSeries(t, s.Documents(), office)
	for _, after := range []bool{true, false} { // the second time there is no connection to begin with
		p.arm(false, after, true)
		ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
		begun := time.Now()
		_, err := issue(ctx, r, office, "d1")
		cancel()
		want := error(context.DeadlineExceeded)
		if after {
			want = postgres.ErrUnknown
		}
		if !errors.Is(err, want) || time.Since(begun) > 5*time.Second {
			t.Errorf("got %v after %v, want %v", err, time.Since(begun), want)
		}
	}
	p.arm(false, false, false)
	if en, err := issue(context.Background(), r, office, "d1"); err != nil || en.Serial != 1 {
		t.Errorf("afterwards: %d, %v", en.Serial, err)
	}
	checkWhole(t, s, office, 1)
}

// Cables are cut and sessions ended all the time while many issue and others
// read: everybody who issues gets a number, and no number is given twice.
func TestCutWhileManyIssue(t *testing.T) {
	dsn := newSchema(t)
	p, through := throughProxy(t, dsn)
	s := mustOpen(t, through, nil)
	r := openSeries(t, s.Documents(), office)
	admin := rawDB(t, dsn)
	stop := make(chan struct{})
	var cutting sync.WaitGroup
	cutting.Go(func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			case <-time.After(20 * time.Millisecond):
			}
			switch i % 4 {
			case 0:
				p.cut()
			case 1:
				p.arm(true, false, false)
			case 2:
				p.arm(false, true, false)
			case 3:
				_, _ = admin.Exec(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'vanphong' AND query LIKE '%' || current_schema() || '%'
					OR pid IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND classid::bigint << 32 | objid::bigint = $1)`, postgres.LockKey(office))
			}
		}
	})
	const callers, each = 16, 12
	var wg sync.WaitGroup
	for c := range callers {
		wg.Go(func() {
			for i := range each {
				if _, err := issue(context.Background(), r, office, fmt.Sprintf("d%d-%d", c, i)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	close(stop)
	cutting.Wait()
	p.arm(false, false, false)
	checkWhole(t, mustOpen(t, dsn, nil), office, callers*each)
}

// The server is killed as by a power cut, again and again, while many issue,
// and started again: the callers notice nothing but the time it takes. All
// that was acknowledged is there, under the number that was told, and asking
// again gives it once more.
func TestServerKilled(t *testing.T) {
	server := pgtest.New(t)
	dsn := server.DSN()
	migrate(t, dsn)
	s := mustOpen(t, dsn, &postgres.Options{Patience: 2 * time.Minute})
	r := openSeries(t, s.Documents(), office)
	var mu sync.Mutex
	told := map[string]uint32{}
	stop := make(chan struct{})
	var wg sync.WaitGroup
	for c := range 16 {
		wg.Go(func() {
			for i := 0; ; i++ {
				select {
				case <-stop:
					return
				default:
				}
				id := fmt.Sprintf("d%d-%d", c, i)
				en, err := issue(context.Background(), r, office, id)
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				told[id] = en.Serial
				mu.Unlock()
			}
		})
	}
	given := func() int { mu.Lock(); defer mu.Unlock(); return len(told) }
	const kills = 3
	for k := range kills {
		for before := given(); given() < before+20*(k+1); {
			time.Sleep(time.Millisecond)
			if t.Failed() {
				break
			}
		}
		if err := server.Kill(); err != nil {
			t.Fatal(err)
		}
		if err := server.Start(); err != nil {
			t.Fatal(err)
		}
	}
	close(stop)
	wg.Wait()
	t.Logf("%d kills, %d numbers acknowledged", kills, len(told))
	checkTold(t, dsn, told)
	again := mustOpen(t, dsn, nil)
	reg := documents.NewRegistrar(again.Documents(), nil)
	for _, id := range slices.Sorted(maps.Keys(told))[:20] {
		if en, err := issue(context.Background(), reg, office, id); err != nil || en.Serial != told[id] {
			t.Errorf("%s asked again: %d, %v; was told %d", id, en.Serial, err, told[id])
		}
	}
	checkWhole(t, again, office, len(told))
}
