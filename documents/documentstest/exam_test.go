package documentstest

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/vanphong-go/vanphong/documents"
)

// recorder is a T that notes failures instead of failing the test.
type recorder struct {
	ctx context.Context
	mu  sync.Mutex
	log []string
}

func (r *recorder) Helper()                  {}
func (r *recorder) Context() context.Context { return r.ctx }
func (r *recorder) Logf(string, ...any)      {}
func (r *recorder) Errorf(f string, a ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.log = append(r.log, fmt.Sprintf(f, a...))
}

func (r *recorder) Fatalf(f string, a ...any) {
	r.Errorf(f, a...)
	runtime.Goexit()
}

// record runs a case and returns what it complained of.
func record(t *testing.T, run func(T)) []string {
	r := &recorder{ctx: t.Context()}
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() {
			if p := recover(); p != nil {
				r.Errorf("panic: %v", p)
			}
		}()
		run(r)
	}()
	<-done
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.log
}

func caseNamed(t *testing.T, name string) Case {
	for _, c := range Cases() {
		if c.Name == name {
			return c
		}
	}
	t.Fatalf("no case is named %q", name)
	return Case{}
}

// The examined store must pass when nothing is broken: otherwise the next test
// would prove nothing.
func TestHealthyStorePasses(t *testing.T) {
	for _, c := range Cases() {
		if log := record(t, func(r T) { c.Run(r, newPlain(fault{})) }); len(log) > 0 {
			t.Errorf("%s: %s", c.Name, strings.Join(log, "\n"))
		}
	}
}

// broken is a store with one fault and the case that must notice it.
type broken struct {
	name   string
	fault  fault
	caught string
}

func brokenStores() []broken {
	return []broken{
		{"MAX+1 of what is not void", fault{maxPlusOne: true, noSerialCheck: true}, "a void number is never given again"},
		{"MAX+1 after a release", fault{maxPlusOne: true, noSerialCheck: true}, "a released number is never given again"},
		{"double issue on retry", fault{forgetsIDs: true, noMoveCheck: true, noSerialCheck: true}, "one id issued again gives the same entry"},
		{"double issue at once", fault{forgetsIDs: true, noMoveCheck: true, noSerialCheck: true}, "one id issued at once gives one number"},
		{"lost rollback on error", fault{keepsOnError: true}, "an error undoes everything and comes back unchanged"},
		{"swallowed error", fault{swallowsError: true}, "an error undoes everything and comes back unchanged"},
		{"error wrapped on its way", fault{wrapsError: true}, "an error undoes everything and comes back unchanged"},
		{"lost rollback on panic", fault{keepsOnPanic: true}, "a panic undoes everything and becomes an error"},
		{"panic let through", fault{letsPanic: true}, "a panic undoes everything and becomes an error"},
		{"cancelled context ignored", fault{ignoresCancel: true}, "a cancelled context undoes everything"},
		{"half of a transaction kept", fault{keepsFirst: true}, "two series change together or not at all"},
		{"lost update", fault{lastWins: true}, "concurrent updates lose nothing"},
		{"lost update under many callers", fault{lastWins: true}, "64 callers get numbers without gap or double"},
		{"forgotten entry state", fault{forgetsState: true}, "every step is kept in entry, series and ledger"},
		{"forgotten closing", fault{forgetsClosed: true}, "every step is kept in entry, series and ledger"},
		{"reordered chain", fault{reorders: true}, "the ledger is kept in the order it was written"},
		{"instants cut to the second", fault{cutsTime: true}, "every field comes back as it was"},
		{"blind to own writes", fault{blind: true}, "a transaction reads what it wrote"},
		{"view of a moving state", fault{movingView: true}, "a view sees one state"},
		{"any place in the ledger", fault{noSeqCheck: true}, "append refuses a wrong place in the ledger"},
		{"a serial given twice", fault{noSerialCheck: true}, "append refuses a serial that is given"},
		{"an entry that moves", fault{noMoveCheck: true}, "append refuses an entry that moves"},
		{"made up on reading", fault{inventsSeries: true}, "what is not there is not found"},
		{"one table for all offices", fault{oneOffice: true}, "one id in two organisations is two records"},
		{"cross-office listing", fault{listsAll: true}, "no listing crosses organisations"},
		{"cross-office changes", fault{changesOfAll: true}, "no listing crosses organisations"},
		{"cross-office writing", fault{oneOffice: true}, "no write reaches another organisation"},
		{"last day counted in", fault{endIncluded: true}, "a query gives exactly what it asks for"},
		{"query without state", fault{ignoresState: true}, "a query gives exactly what it asks for"},
		{"order of text", fault{textOrder: true}, "entries come by series, serial and suffix"},
		{"changes out of order", fault{reordersChanges: true}, "changes come in the order of commits"},
		{"cursor read again", fault{repeatsCursor: true}, "changes go on after a cursor"},
		{"uncommitted changes visible", fault{dirtyChanges: true}, "changes show only what was committed"},
		{"a walk that does not stop", fault{ignoresBreak: true}, "a walk can be left early"},
	}
}

func TestEachBrokenStoreIsCaughtByItsCase(t *testing.T) {
	for _, b := range brokenStores() {
		t.Run(b.name, func(t *testing.T) {
			c := caseNamed(t, b.caught)
			if log := record(t, func(r T) { c.Run(r, newPlain(b.fault)) }); len(log) == 0 {
				t.Errorf("a store with this fault passed the case %q", b.caught)
			}
		})
	}
}

// Opening again is a case of its own, as the store has to be able to.
func TestStoreThatForgetsIsCaught(t *testing.T) {
	keeps := func(s documents.Store) documents.Store { return s }
	if log := record(t, func(r T) { reopenKeeps(r, newPlain(fault{}), keeps) }); len(log) > 0 {
		t.Errorf("a store that keeps everything: %q", log)
	}
	forgets := func(documents.Store) documents.Store { return newPlain(fault{}) }
	if log := record(t, func(r T) { reopenKeeps(r, newPlain(fault{}), forgets) }); len(log) == 0 {
		t.Error("a store that is empty when opened again passed")
	}
}

// A case that no broken store fails would prove nothing.
func TestEveryCaseCanFail(t *testing.T) {
	caught := map[string]bool{}
	for _, b := range brokenStores() {
		caught[b.caught] = true
	}
	seen := map[string]bool{}
	for _, c := range Cases() {
		if seen[c.Name] {
			t.Errorf("two cases are named %q", c.Name)
		}
		if seen[c.Name] = true; !caught[c.Name] {
			t.Errorf("no broken store shows that %q can fail", c.Name)
		}
	}
}
