package postgres_test

import (
	"context"
	"io"
	"iter"
	"maps"
	"os"
	"os/exec"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/adapters/postgres"
	"github.com/vanphong-go/vanphong/calendar"
	"github.com/vanphong-go/vanphong/calendar/calendartest"
	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/documents/dispatch"
	"github.com/vanphong-go/vanphong/documents/dispatch/dispatchtest"
	"github.com/vanphong-go/vanphong/documents/documentstest"
	"github.com/vanphong-go/vanphong/documents/incoming"
	"github.com/vanphong-go/vanphong/documents/incoming/incomingtest"
	"github.com/vanphong-go/vanphong/meetings"
	"github.com/vanphong-go/vanphong/meetings/followup"
	"github.com/vanphong-go/vanphong/meetings/followup/followuptest"
	"github.com/vanphong-go/vanphong/meetings/meetingstest"
)

// exams are those of all ports: a new port gets its line here.
var exams = map[string]func(t *testing.T, x *examined){
	"documents": func(t *testing.T, x *examined) {
		c := candidates[documents.Tx, documents.Reader]{x, func(s *postgres.Store) store[documents.Tx, documents.Reader] { return s.Documents() }}
		documentstest.Run(t, func(t *testing.T) documents.Store { return c.open(t, "") },
			&documentstest.Options{Reopen: func(t *testing.T, old documents.Store) documents.Store { return c.reopen(t, old) }})
	},
	"calendar": func(t *testing.T, x *examined) {
		c := candidates[calendar.Tx, calendar.Reader]{x, func(s *postgres.Store) store[calendar.Tx, calendar.Reader] { return s.Calendar() }}
		calendartest.Run(t, func(t *testing.T) calendar.Store { return c.open(t, "") },
			&calendartest.Options{Reopen: func(t *testing.T, old calendar.Store) calendar.Store { return c.reopen(t, old) }})
	},
	"meetings": func(t *testing.T, x *examined) {
		c := candidates[meetings.Tx, meetings.Reader]{x, func(s *postgres.Store) store[meetings.Tx, meetings.Reader] { return s.Meetings() }}
		meetingstest.Run(t, func(t *testing.T) meetings.Store { return c.open(t, "") },
			&meetingstest.Options{Reopen: func(t *testing.T, old meetings.Store) meetings.Store { return c.reopen(t, old) }})
	},
	"dispatch": func(t *testing.T, x *examined) {
		c := candidates[dispatch.Tx, dispatch.Reader]{x, func(s *postgres.Store) store[dispatch.Tx, dispatch.Reader] { return s.Dispatch() }}
		dispatchtest.Run(t, func(t *testing.T) dispatch.Store { return c.open(t, "") },
			&dispatchtest.Options{Reopen: func(t *testing.T, old dispatch.Store) dispatch.Store { return c.reopen(t, old) }})
	},
	"incoming": func(t *testing.T, x *examined) {
		c := candidates[incoming.Tx, incoming.Reader]{x, func(s *postgres.Store) store[incoming.Tx, incoming.Reader] { return s.Incoming() }}
		incomingtest.Run(t, func(t *testing.T) incoming.Store { return c.open(t, "") },
			&incomingtest.Options{Reopen: func(t *testing.T, old incoming.Store) incoming.Store { return c.reopen(t, old) }})
	},
	"followup": func(t *testing.T, x *examined) {
		c := candidates[followup.Tx, followup.Reader]{x, func(s *postgres.Store) store[followup.Tx, followup.Reader] { return s.FollowUp() }}
		followuptest.Run(t, func(t *testing.T) followup.Store { return c.open(t, "") },
			&followuptest.Options{Reopen: func(t *testing.T, old followup.Store) followup.Store { return c.reopen(t, old) }})
	},
}

// TestExams sits the exams of all ports: with shared transactions, with one
// for each update, and on a database that two programs use by turns while
// another process writes into it.
func TestExams(t *testing.T) {
	for name, x := range map[string]*examined{
		"shared":    {},
		"alone":     {opt: &postgres.Options{MaxBatch: 1}},
		"processes": {neighbours: true},
	} {
		t.Run(name, func(t *testing.T) {
			if testing.Short() && name != "shared" {
				t.Skip("the same exams in another way: left out with -short")
			}
			x.opened = map[any]opened{}
			x.schemas = &schemaPool{parent: t, neighbours: x.neighbours}
			for _, port := range slices.Sorted(maps.Keys(exams)) {
				t.Run(port, func(t *testing.T) { exams[port](t, x) })
			}
		})
	}
}

// examined says how the stores of an exam are opened, and remembers them.
type examined struct {
	opt *postgres.Options
	// neighbours: calls go to two stores by turns, which share nothing but the
	// database, and a child process issues numbers of another office all the
	// time.
	neighbours bool
	opened     map[any]opened
	schemas    *schemaPool
}

type opened struct {
	dsn    string
	stores []*postgres.Store
}

// store is what the ports have in common.
type store[Tx, R any] interface {
	Update(context.Context, vanphong.OrgID, func(Tx) error) error
	View(context.Context, vanphong.OrgID, func(R) error) error
	Changes(context.Context, vanphong.OrgID, vanphong.Cursor) iter.Seq2[vanphong.Change, error]
}

// candidates are the stores of one port.
type candidates[Tx, R any] struct {
	x    *examined
	port func(*postgres.Store) store[Tx, R]
}

// open opens the database that a dsn leads to, a new one if it is empty.
func (c candidates[Tx, R]) open(t *testing.T, dsn string) store[Tx, R] {
	if dsn == "" {
		dsn = c.x.schemas.take(t)
	}
	o := opened{dsn, []*postgres.Store{mustOpen(t, dsn, c.x.opt)}}
	got := c.port(o.stores[0])
	if c.x.neighbours {
		o.stores = append(o.stores, mustOpen(t, dsn, c.x.opt))
		got = &byTurns[Tx, R]{of: [2]store[Tx, R]{got, c.port(o.stores[1])}}
	}
	c.x.opened[got] = o
	return got
}

func (c candidates[Tx, R]) reopen(t *testing.T, old store[Tx, R]) store[Tx, R] {
	o := c.x.opened[old]
	for _, s := range o.stores {
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return c.open(t, o.dsn)
}

// byTurns sends every other call to the other store.
type byTurns[Tx, R any] struct {
	of [2]store[Tx, R]
	n  atomic.Int64
}

func (b *byTurns[Tx, R]) next() store[Tx, R] { return b.of[b.n.Add(1)%2] }

func (b *byTurns[Tx, R]) Update(ctx context.Context, org vanphong.OrgID, fn func(Tx) error) error {
	return b.next().Update(ctx, org, fn)
}

func (b *byTurns[Tx, R]) View(ctx context.Context, org vanphong.OrgID, fn func(R) error) error {
	return b.next().View(ctx, org, fn)
}

func (b *byTurns[Tx, R]) Changes(ctx context.Context, org vanphong.OrgID, after vanphong.Cursor) iter.Seq2[vanphong.Change, error] {
	return b.next().Changes(ctx, org, after)
}

// neighbourOrg is the office whose numbers a neighbour issues.
const neighbourOrg = "hang-xom"

// neighbour starts a process that issues numbers of another office until the
// test has ended, and returns when it has the first. It pauses after each, as
// an office does: without that it would have the machine to itself.
func neighbour(t *testing.T, dsn string) {
	t.Helper()
	const org = neighbourOrg
	s := mustOpen(t, dsn, nil)
	openSeries(t, s.Documents(), org)
	_ = s.Close()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childDSN+"="+dsn, childName+"=x", childOrg+"="+org, childCount+"=1000000", childPause+"=5ms")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	if _, err := out.Read(make([]byte, 1)); err != nil {
		t.Fatalf("the neighbour does not issue: %v", err)
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
}
