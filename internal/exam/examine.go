package exam

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"testing"
	"time"
)

// patience is how long a case may take. Above it, a store hangs.
//
// It is far above what a slow disk takes; a store that hangs would otherwise
// hold up the whole run without a word.
const patience = 20 * time.Second

// recorder is a T that notes failures instead of failing a test.
type recorder struct {
	ctx context.Context
	mu  sync.Mutex
	log []string
}

func (r *recorder) Helper()                  {}
func (r *recorder) Logf(string, ...any)      {}
func (r *recorder) Context() context.Context { return r.ctx }

func (r *recorder) Errorf(format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.log = append(r.log, fmt.Sprintf(format, args...))
}

func (r *recorder) Fatalf(format string, args ...any) {
	r.Errorf(format, args...)
	runtime.Goexit()
}

// Record runs a case and returns what it complained of: a panic too, and that
// it did not end.
//
// The goroutine of a case that hangs is left behind: Go cannot end it, and the
// test binary soon will.
func Record(ctx context.Context, run func(T)) []string {
	r := &recorder{ctx: ctx}
	done := make(chan struct{})
	go func() { // Fatalf ends a goroutine
		defer close(done)
		defer func() {
			if p := recover(); p != nil {
				r.Errorf("panic: %v", p)
			}
		}()
		run(r)
	}()
	select {
	case <-done:
	case <-time.After(patience):
		r.Errorf("the case does not end")
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.log
}

// Broken is a store with one fault and the case that must notice it.
//
// The fault is a real store's fault, put into words: "an error is wrapped on
// its way".
type Broken[S any] struct {
	Fault string
	By    string
	Open  func() S
}

// Examine examines an exam: no case fails a healthy store (otherwise the rest
// would prove nothing), each broken store is caught by its case, and there is
// no case that none of them fails.
//
// An exam is code as well. Without this a case whose condition is always true
// would be passed by every store, and nobody would ever learn of it.
func Examine[S any](t *testing.T, cases []Case[S], reopened Reopening[S], healthy func() S, broken []Broken[S]) {
	byName := map[string]Case[S]{}
	for _, c := range cases {
		if _, twice := byName[c.Name]; twice {
			t.Errorf("two cases are named %q", c.Name)
		}
		byName[c.Name] = c
		if log := Record(t.Context(), func(r T) { c.Run(r, healthy()) }); len(log) > 0 {
			t.Errorf("a healthy store fails %q: %q", c.Name, log)
		}
	}
	for _, b := range broken {
		t.Run(b.Fault, func(t *testing.T) {
			c, ok := byName[b.By]
			if !ok {
				t.Fatalf("there is no case %q", b.By)
			}
			if log := Record(t.Context(), func(r T) { c.Run(r, b.Open()) }); len(log) == 0 {
				t.Errorf("a store with this fault passed the case %q", b.By)
			}
		})
	}
	// Whatever is left is a case that was never seen to fail.
	for _, b := range broken {
		delete(byName, b.By)
	}
	for name := range byName {
		t.Errorf("no broken store shows that %q can fail", name)
	}
	examineReopening(t, reopened, healthy)
}

// The two ends of the ability: a store that keeps all, and one that keeps
// nothing.
func examineReopening[S any](t *testing.T, reopened Reopening[S], healthy func() S) {
	keeps := func(old S) S { return old }
	if log := Record(t.Context(), func(r T) { reopened(r, healthy(), keeps) }); len(log) > 0 {
		t.Errorf("a store that keeps everything fails when opened again: %q", log)
	}
	forgets := func(S) S { return healthy() }
	if log := Record(t.Context(), func(r T) { reopened(r, healthy(), forgets) }); len(log) == 0 {
		t.Error("a store that is empty when opened again passed")
	}
}
