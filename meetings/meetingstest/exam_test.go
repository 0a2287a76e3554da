package meetingstest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/meetings"
)

func TestMemorySitsTheExam(t *testing.T) {
	Run(t, func(*testing.T) meetings.Store { return meetings.NewMemory() }, nil)
}

func TestReopenIsAskedForIfOffered(t *testing.T) {
	asked := false
	Run(t, func(*testing.T) meetings.Store { return meetings.NewMemory() }, &Options{Reopen: func(_ *testing.T, old meetings.Store) meetings.Store {
		asked = true
		return old
	}})
	if !asked {
		t.Error("the case did not reopen")
	}
}

// recorder is a T that notes failures instead of failing the test.
type recorder struct {
	ctx   context.Context
	mu    sync.Mutex
	lines []string
}

func (r *recorder) Helper()                  {}
func (r *recorder) Logf(string, ...any)      {}
func (r *recorder) Context() context.Context { return r.ctx }
func (r *recorder) Errorf(f string, a ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.lines = append(r.lines, fmt.Sprintf(f, a...))
}

func (r *recorder) Fatalf(f string, a ...any) {
	r.Errorf(f, a...)
	runtime.Goexit()
}

// sit runs one case on a store and returns what it complained about.
func sit(t *testing.T, c Case, s meetings.Store) []string {
	t.Helper()
	r := &recorder{ctx: t.Context()}
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() {
			if p := recover(); p != nil {
				r.Errorf("panic: %v", p)
			}
		}()
		c.Run(r, s)
	}()
	<-done
	return r.lines
}

// faulty is a memory store with one fault.
type faulty struct {
	meetings.Store
	update  func(s meetings.Store, ctx context.Context, org vanphong.OrgID, fn func(meetings.Tx) error) error
	view    func(s meetings.Store, ctx context.Context, org vanphong.OrgID, fn func(meetings.Reader) error) error
	changes func(s meetings.Store, ctx context.Context, org vanphong.OrgID, after vanphong.Cursor) iter.Seq2[vanphong.Change, error]
}

func (f faulty) Update(ctx context.Context, org vanphong.OrgID, fn func(meetings.Tx) error) error {
	if f.update == nil {
		return f.Store.Update(ctx, org, fn)
	}
	return f.update(f.Store, ctx, org, fn)
}

func (f faulty) View(ctx context.Context, org vanphong.OrgID, fn func(meetings.Reader) error) error {
	if f.view == nil {
		return f.Store.View(ctx, org, fn)
	}
	return f.view(f.Store, ctx, org, fn)
}

func (f faulty) Changes(ctx context.Context, org vanphong.OrgID, after vanphong.Cursor) iter.Seq2[vanphong.Change, error] {
	if f.changes == nil {
		return f.Store.Changes(ctx, org, after)
	}
	return f.changes(f.Store, ctx, org, after)
}

// readFault is a reader with one fault.
type readFault struct {
	meetings.Reader
	meeting     func(meetings.Reader, meetings.MeetingID) (meetings.Meeting, error)
	meetings    func(meetings.Reader, meetings.Query) iter.Seq2[meetings.Meeting, error]
	conclusions func(meetings.Reader, meetings.ConclusionQuery) iter.Seq2[meetings.Conclusion, error]
}

func (r readFault) Meeting(id meetings.MeetingID) (meetings.Meeting, error) {
	if r.meeting == nil {
		return r.Reader.Meeting(id)
	}
	return r.meeting(r.Reader, id)
}

func (r readFault) Meetings(q meetings.Query) iter.Seq2[meetings.Meeting, error] {
	if r.meetings == nil {
		return r.Reader.Meetings(q)
	}
	return r.meetings(r.Reader, q)
}

func (r readFault) Conclusions(q meetings.ConclusionQuery) iter.Seq2[meetings.Conclusion, error] {
	if r.conclusions == nil {
		return r.Reader.Conclusions(q)
	}
	return r.conclusions(r.Reader, q)
}

// reading returns a store whose views read through a fault.
func reading(f readFault) faulty {
	return faulty{Store: meetings.NewMemory(), view: func(s meetings.Store, ctx context.Context, org vanphong.OrgID, fn func(meetings.Reader) error) error {
		return s.View(ctx, org, func(r meetings.Reader) error {
			f.Reader = r
			return fn(f)
		})
	}}
}

// writing returns a store whose transactions write through wrap.
func writing(wrap func(meetings.Tx) meetings.Tx) faulty {
	return faulty{Store: meetings.NewMemory(), update: func(s meetings.Store, ctx context.Context, org vanphong.OrgID, fn func(meetings.Tx) error) error {
		return s.Update(ctx, org, func(tx meetings.Tx) error { return fn(wrap(tx)) })
	}}
}

type unversioned struct{ meetings.Tx }

func (t unversioned) PutMeeting(m meetings.Meeting) error {
	if old, err := t.Meeting(m.ID); err == nil {
		m.Version = old.Version
	} else {
		m.Version = 0
	}
	return t.Tx.PutMeeting(m)
}

type adopting struct {
	meetings.Tx
	org vanphong.OrgID
}

func (t adopting) PutConclusion(c meetings.Conclusion) error {
	c.Org = t.org
	return t.Tx.PutConclusion(c)
}

type stale struct {
	meetings.Tx
	before meetings.Reader
}

func (t stale) Meetings(q meetings.Query) iter.Seq2[meetings.Meeting, error] {
	return t.before.Meetings(q)
}

type toSecond struct{ meetings.Tx }

func (t toSecond) PutMeeting(m meetings.Meeting) error {
	m.Last.At = m.Last.At.Truncate(time.Second)
	return t.Tx.PutMeeting(m)
}

type folding struct{ meetings.Tx }

func (t folding) PutMeeting(m meetings.Meeting) error {
	m.ID = meetings.MeetingID(strings.TrimSpace(string(m.ID)))
	return t.Tx.PutMeeting(m)
}

// lostUpdates takes what a transaction reads from before it began, and gives
// each record whatever version it needs to be written.
func lostUpdates() faulty {
	return faulty{Store: meetings.NewMemory(), update: func(s meetings.Store, ctx context.Context, org vanphong.OrgID, fn func(meetings.Tx) error) error {
		var rolls []meetings.Roll
		var list []meetings.Meeting
		err := s.View(ctx, org, func(r meetings.Reader) error {
			return fn(&recordingTx{Reader: r, rolls: &rolls, list: &list})
		})
		if err != nil {
			return err
		}
		time.Sleep(time.Millisecond)
		return s.Update(ctx, org, func(tx meetings.Tx) error {
			for _, r := range rolls {
				if old, err := tx.Roll(r.Body.ID); err == nil {
					r.Version = old.Version
				}
				if err := tx.PutRoll(r); err != nil {
					return err
				}
			}
			for _, m := range list {
				if err := (unversioned{tx}).PutMeeting(m); err != nil {
					return err
				}
			}
			return nil
		})
	}}
}

type recordingTx struct {
	meetings.Reader
	rolls *[]meetings.Roll
	list  *[]meetings.Meeting
}

func (t *recordingTx) PutRoll(r meetings.Roll) error             { *t.rolls = append(*t.rolls, r); return nil }
func (t *recordingTx) PutMeeting(m meetings.Meeting) error       { *t.list = append(*t.list, m); return nil }
func (t *recordingTx) PutConclusion(c meetings.Conclusion) error { return nil }

func backwards[V any](seq iter.Seq2[V, error]) iter.Seq2[V, error] {
	return func(yield func(V, error) bool) {
		var all []V
		for v := range seq {
			all = append(all, v)
		}
		for i := len(all) - 1; i >= 0; i-- {
			if !yield(all[i], nil) {
				return
			}
		}
	}
}

func TestTheExamCatchesBrokenStores(t *testing.T) {
	type mk = func() meetings.Store
	for _, b := range []struct {
		fault string
		open  mk
		by    string // the case that must catch it
	}{
		{"an error is answered, and what was put is kept", func() meetings.Store {
			return faulty{Store: meetings.NewMemory(), update: func(s meetings.Store, ctx context.Context, org vanphong.OrgID, fn func(meetings.Tx) error) (out error) {
				if err := s.Update(ctx, org, func(tx meetings.Tx) error { out = fn(tx); return nil }); err != nil {
					return err
				}
				return out
			}}
		}, "rollback-on-error"},
		{"a panic commits what was put before it", func() meetings.Store {
			return faulty{Store: meetings.NewMemory(), update: func(s meetings.Store, ctx context.Context, org vanphong.OrgID, fn func(meetings.Tx) error) (out error) {
				err := s.Update(ctx, org, func(tx meetings.Tx) (err error) {
					defer func() {
						if r := recover(); r != nil {
							out = fmt.Errorf("panic: %v", r)
						}
					}()
					return fn(tx)
				})
				return errors.Join(err, out)
			}}
		}, "rollback-on-panic"},
		{"the context is not looked at again", func() meetings.Store {
			return faulty{Store: meetings.NewMemory(), update: func(s meetings.Store, ctx context.Context, org vanphong.OrgID, fn func(meetings.Tx) error) error {
				return s.Update(context.WithoutCancel(ctx), org, fn)
			}}
		}, "rollback-on-cancel"},
		{"errors are wrapped", func() meetings.Store {
			return faulty{Store: meetings.NewMemory(), update: func(s meetings.Store, ctx context.Context, org vanphong.OrgID, fn func(meetings.Tx) error) error {
				if err := s.Update(ctx, org, fn); err != nil {
					return fmt.Errorf("store: %w", err)
				}
				return nil
			}}
		}, "error-unchanged"},
		{"the last writer wins", func() meetings.Store {
			return writing(func(tx meetings.Tx) meetings.Tx { return unversioned{tx} })
		}, "version-conflict"},
		{"a record of another organisation is taken in", func() meetings.Store {
			return faulty{Store: meetings.NewMemory(), update: func(s meetings.Store, ctx context.Context, org vanphong.OrgID, fn func(meetings.Tx) error) error {
				return s.Update(ctx, org, func(tx meetings.Tx) error { return fn(adopting{tx, org}) })
			}}
		}, "record-of-another-organisation"},
		{"walks in a transaction miss what it put", func() meetings.Store {
			return faulty{Store: meetings.NewMemory(), update: func(s meetings.Store, ctx context.Context, org vanphong.OrgID, fn func(meetings.Tx) error) error {
				return s.View(ctx, org, func(before meetings.Reader) error {
					return s.Update(ctx, org, func(tx meetings.Tx) error { return fn(stale{tx, before}) })
				})
			}}
		}, "read-your-writes"},
		{"instants are kept to the second", func() meetings.Store {
			return writing(func(tx meetings.Tx) meetings.Tx { return toSecond{tx} })
		}, "record-kept-whole"},
		{"ids are trimmed", func() meetings.Store {
			return writing(func(tx meetings.Tx) meetings.Tx { return folding{tx} })
		}, "ids-exact"},
		{"what is not there is a zero record", func() meetings.Store {
			return reading(readFault{meeting: func(r meetings.Reader, id meetings.MeetingID) (meetings.Meeting, error) {
				m, err := r.Meeting(id)
				if errors.Is(err, vanphong.ErrNotFound) {
					err = nil
				}
				return m, err
			}})
		}, "not-found"},
		{"listings cross organisations", func() meetings.Store {
			inner := meetings.NewMemory()
			return faulty{Store: inner, view: func(s meetings.Store, ctx context.Context, org vanphong.OrgID, fn func(meetings.Reader) error) error {
				return s.View(ctx, here, func(all meetings.Reader) error {
					return s.View(ctx, org, func(r meetings.Reader) error {
						return fn(readFault{Reader: r, meetings: func(_ meetings.Reader, q meetings.Query) iter.Seq2[meetings.Meeting, error] {
							return all.Meetings(q)
						}})
					})
				})
			}}
		}, "isolation-listing"},
		{"ids cross organisations", func() meetings.Store {
			return faulty{Store: meetings.NewMemory(), view: func(s meetings.Store, ctx context.Context, _ vanphong.OrgID, fn func(meetings.Reader) error) error {
				return s.View(ctx, here, fn)
			}}
		}, "isolation-ids"},
		{"changes cross organisations", func() meetings.Store {
			return faulty{Store: meetings.NewMemory(), changes: func(s meetings.Store, ctx context.Context, org vanphong.OrgID, after vanphong.Cursor) iter.Seq2[vanphong.Change, error] {
				return func(yield func(vanphong.Change, error) bool) {
					for _, o := range []vanphong.OrgID{here, there} {
						for c, err := range s.Changes(ctx, o, after) {
							if !yield(c, err) {
								return
							}
						}
					}
				}
			}}
		}, "isolation-changes"},
		{"records are handed out without a copy", func() meetings.Store {
			kept := map[meetings.MeetingID]meetings.Meeting{}
			return reading(readFault{meeting: func(r meetings.Reader, id meetings.MeetingID) (meetings.Meeting, error) {
				if m, ok := kept[id]; ok {
					return m, nil
				}
				m, err := r.Meeting(id)
				kept[id] = m
				return m, err
			}})
		}, "records-not-shared"},
		{"listings are in no order", func() meetings.Store {
			return reading(readFault{meetings: func(r meetings.Reader, q meetings.Query) iter.Seq2[meetings.Meeting, error] {
				return backwards(r.Meetings(q))
			}})
		}, "order"},
		{"the last day of a query is included", func() meetings.Store {
			return reading(readFault{meetings: func(r meetings.Reader, q meetings.Query) iter.Seq2[meetings.Meeting, error] {
				if q.Days.End != 0 {
					q.Days.End++
				}
				return r.Meetings(q)
			}})
		}, "query-meetings"},
		{"numbered conclusions are listed as waiting", func() meetings.Store {
			return reading(readFault{conclusions: func(r meetings.Reader, q meetings.ConclusionQuery) iter.Seq2[meetings.Conclusion, error] {
				q.Unnumbered = false
				return r.Conclusions(q)
			}})
		}, "query-conclusions"},
		{"changes come newest first", func() meetings.Store {
			return faulty{Store: meetings.NewMemory(), changes: func(s meetings.Store, ctx context.Context, org vanphong.OrgID, after vanphong.Cursor) iter.Seq2[vanphong.Change, error] {
				return backwards(s.Changes(ctx, org, after))
			}}
		}, "changes-in-commit-order"},
		{"a cursor gives its own line again", func() meetings.Store {
			return faulty{Store: meetings.NewMemory(), changes: func(s meetings.Store, ctx context.Context, org vanphong.OrgID, after vanphong.Cursor) iter.Seq2[vanphong.Change, error] {
				return s.Changes(ctx, org, after-1)
			}}
		}, "changes-cursor-resumes"},
		{"transactions overwrite each other", func() meetings.Store { return lostUpdates() }, "concurrent-updates-lose-nothing"},
		{"every transaction runs twice and both count", func() meetings.Store {
			return faulty{Store: meetings.NewMemory(), update: func(s meetings.Store, ctx context.Context, org vanphong.OrgID, fn func(meetings.Tx) error) error {
				if err := s.Update(ctx, org, fn); err != nil {
					return err
				}
				return s.Update(ctx, org, func(tx meetings.Tx) error {
					for r := range tx.Rolls() { // the retry touches what it finds
						return tx.PutRoll(r)
					}
					return nil
				})
			}}
		}, "chain-run-again-doubles-nothing"},
	} {
		t.Run(b.fault, func(t *testing.T) {
			for _, c := range Cases() {
				if c.Name == b.by {
					if lines := sit(t, c, b.open()); len(lines) == 0 {
						t.Errorf("%s did not catch it", b.by)
					}
					return
				}
			}
			t.Fatalf("no case %s", b.by)
		})
	}
}

// A view that sees later commits, and a reader lock that holds up writers, are
// each caught too; the second waits out the exam's patience, so both stand
// apart.
func TestTheExamCatchesBrokenViews(t *testing.T) {
	live := faulty{Store: meetings.NewMemory(), view: func(s meetings.Store, ctx context.Context, org vanphong.OrgID, fn func(meetings.Reader) error) error {
		return fn(liveReader{s, ctx, org})
	}}
	var mu sync.RWMutex
	locked := faulty{
		Store: meetings.NewMemory(),
		update: func(s meetings.Store, ctx context.Context, org vanphong.OrgID, fn func(meetings.Tx) error) error {
			mu.Lock()
			defer mu.Unlock()
			return s.Update(ctx, org, fn)
		},
		view: func(s meetings.Store, ctx context.Context, org vanphong.OrgID, fn func(meetings.Reader) error) error {
			mu.RLock()
			defer mu.RUnlock()
			return s.View(ctx, org, fn)
		},
	}
	for name, s := range map[string]meetings.Store{"view-consistent": live, "view-does-not-hold-up-update": locked} {
		for _, c := range Cases() {
			if c.Name == name && len(sit(t, c, s)) == 0 {
				t.Errorf("%s did not catch it", name)
			}
		}
	}
}

// liveReader asks the store anew each time.
type liveReader struct {
	s   meetings.Store
	ctx context.Context
	org vanphong.OrgID
}

func (l liveReader) with(fn func(meetings.Reader)) {
	_ = l.s.View(l.ctx, l.org, func(r meetings.Reader) error { fn(r); return nil })
}

func (l liveReader) Roll(id vanphong.BodyID) (v meetings.Roll, err error) {
	l.with(func(r meetings.Reader) { v, err = r.Roll(id) })
	return v, err
}

func (l liveReader) Meeting(id meetings.MeetingID) (v meetings.Meeting, err error) {
	l.with(func(r meetings.Reader) { v, err = r.Meeting(id) })
	return v, err
}

func (l liveReader) Conclusion(id meetings.ConclusionID) (v meetings.Conclusion, err error) {
	l.with(func(r meetings.Reader) { v, err = r.Conclusion(id) })
	return v, err
}

func (l liveReader) Rolls() (seq iter.Seq2[meetings.Roll, error]) {
	l.with(func(r meetings.Reader) { seq = r.Rolls() })
	return seq
}

func (l liveReader) Meetings(q meetings.Query) (seq iter.Seq2[meetings.Meeting, error]) {
	l.with(func(r meetings.Reader) { seq = r.Meetings(q) })
	return seq
}

func (l liveReader) Conclusions(q meetings.ConclusionQuery) (seq iter.Seq2[meetings.Conclusion, error]) {
	l.with(func(r meetings.Reader) { seq = r.Conclusions(q) })
	return seq
}

func TestReopenThatForgetsIsCaught(t *testing.T) {
	forgets := Case{"reopen", func(t T, s meetings.Store) {
		reopenKeeps(t, s, func(meetings.Store) meetings.Store { return meetings.NewMemory() })
	}}
	if len(sit(t, forgets, meetings.NewMemory())) == 0 {
		t.Error("a store that forgets passed")
	}
	keeps := Case{"reopen", func(t T, s meetings.Store) {
		reopenKeeps(t, s, func(old meetings.Store) meetings.Store { return old })
	}}
	if lines := sit(t, keeps, meetings.NewMemory()); len(lines) != 0 {
		t.Errorf("a store that keeps failed: %v", lines)
	}
}
