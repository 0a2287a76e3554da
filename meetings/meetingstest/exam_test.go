package meetingstest

import (
	"context"
	"errors"
	"iter"
	"strings"
	"testing"
	"time"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/internal/exam"
	"github.com/vanphong-go/vanphong/meetings"
)

func TestMemorySitsTheExam(t *testing.T) {
	Run(t, func(*testing.T) meetings.Store { return meetings.NewMemory() }, nil)
}

type faulty = exam.Faulty[meetings.Store, meetings.Tx, meetings.Reader]

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
	return faulty{Store: meetings.NewMemory(), Reader: func(r meetings.Reader) meetings.Reader {
		f := f
		f.Reader = r
		return f
	}}
}

// writing returns a store whose transactions write through wrap.
func writing(wrap func(meetings.Tx) meetings.Tx) func() meetings.Store {
	return func() meetings.Store { return faulty{Store: meetings.NewMemory(), Tx: wrap} }
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
func lostUpdates() meetings.Store {
	return faulty{Store: meetings.NewMemory(), OnUpdate: func(s meetings.Store, ctx context.Context, org vanphong.OrgID, fn func(meetings.Tx) error) error {
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
	l.with(func(r meetings.Reader) { seq = exam.Each(exam.Gather(r.Rolls())) })
	return seq
}

func (l liveReader) Meetings(q meetings.Query) (seq iter.Seq2[meetings.Meeting, error]) {
	l.with(func(r meetings.Reader) { seq = exam.Each(exam.Gather(r.Meetings(q))) })
	return seq
}

func (l liveReader) Conclusions(q meetings.ConclusionQuery) (seq iter.Seq2[meetings.Conclusion, error]) {
	l.with(func(r meetings.Reader) { seq = exam.Each(exam.Gather(r.Conclusions(q))) })
	return seq
}

func TestExam(t *testing.T) {
	healthy := func() meetings.Store { return meetings.NewMemory() }
	exam.Examine(t, Cases(), reopenKeeps, healthy, append(port().Faults(healthy), brokenStores()...))
}

func brokenStores() []exam.Broken[meetings.Store] {
	return []exam.Broken[meetings.Store]{
		{Fault: "every read of a view asks anew", By: "a view sees one state", Open: func() meetings.Store {
			return faulty{Store: meetings.NewMemory(), OnView: func(s meetings.Store, ctx context.Context, org vanphong.OrgID, fn func(meetings.Reader) error) error {
				if err := ctx.Err(); err != nil {
					return err
				}
				return fn(liveReader{s, ctx, org})
			}}
		}},
		{Fault: "the last writer wins", By: "a put refuses a version that is not the stored one", Open: writing(func(tx meetings.Tx) meetings.Tx { return unversioned{tx} })},
		{Fault: "a record of another organisation is taken in", By: "a put refuses a record of another organisation", Open: writing(func(tx meetings.Tx) meetings.Tx { return adopting{tx, here} })},
		{Fault: "walks in a transaction miss what it put", By: "a transaction reads what it wrote", Open: func() meetings.Store {
			return faulty{Store: meetings.NewMemory(), OnUpdate: func(s meetings.Store, ctx context.Context, org vanphong.OrgID, fn func(meetings.Tx) error) error {
				return s.View(ctx, org, func(before meetings.Reader) error {
					return s.Update(ctx, org, func(tx meetings.Tx) error { return fn(stale{tx, before}) })
				})
			}}
		}},
		{Fault: "instants are kept to the second", By: "every field comes back as it was", Open: writing(func(tx meetings.Tx) meetings.Tx { return toSecond{tx} })},
		{Fault: "ids are trimmed", By: "ids are kept to the byte", Open: writing(func(tx meetings.Tx) meetings.Tx { return folding{tx} })},
		{Fault: "what is not there is a zero record", By: "what is not there is not found", Open: func() meetings.Store {
			return reading(readFault{meeting: func(r meetings.Reader, id meetings.MeetingID) (meetings.Meeting, error) {
				m, err := r.Meeting(id)
				if errors.Is(err, vanphong.ErrNotFound) {
					err = nil
				}
				return m, err
			}})
		}},
		{Fault: "listings cross organisations", By: "no listing crosses organisations", Open: func() meetings.Store {
			return faulty{Store: meetings.NewMemory(), OnView: func(s meetings.Store, ctx context.Context, org vanphong.OrgID, fn func(meetings.Reader) error) error {
				return s.View(ctx, here, func(all meetings.Reader) error {
					return s.View(ctx, org, func(r meetings.Reader) error {
						return fn(readFault{Reader: r, meetings: func(_ meetings.Reader, q meetings.Query) iter.Seq2[meetings.Meeting, error] {
							return all.Meetings(q)
						}})
					})
				})
			}}
		}},
		{Fault: "ids cross organisations", By: "one id in two organisations is two records", Open: func() meetings.Store {
			return faulty{Store: meetings.NewMemory(), OnView: func(s meetings.Store, ctx context.Context, _ vanphong.OrgID, fn func(meetings.Reader) error) error {
				return s.View(ctx, here, fn)
			}}
		}},
		{Fault: "records are handed out without a copy", By: "what is read belongs to the reader", Open: func() meetings.Store {
			kept := map[meetings.MeetingID]meetings.Meeting{}
			return reading(readFault{meeting: func(r meetings.Reader, id meetings.MeetingID) (meetings.Meeting, error) {
				if m, ok := kept[id]; ok {
					return m, nil
				}
				m, err := r.Meeting(id)
				kept[id] = m
				return m, err
			}})
		}},
		{Fault: "listings are in no order", By: "records come in their order", Open: func() meetings.Store {
			return reading(readFault{meetings: func(r meetings.Reader, q meetings.Query) iter.Seq2[meetings.Meeting, error] {
				return exam.Backwards(r.Meetings(q))
			}})
		}},
		{Fault: "the last day of a query is included", By: "a query of meetings gives exactly what it asks for", Open: func() meetings.Store {
			return reading(readFault{meetings: func(r meetings.Reader, q meetings.Query) iter.Seq2[meetings.Meeting, error] {
				if q.Days.End != 0 {
					q.Days.End++
				}
				return r.Meetings(q)
			}})
		}},
		{Fault: "numbered conclusions are listed as waiting", By: "a query of conclusions gives exactly what it asks for", Open: func() meetings.Store {
			return reading(readFault{conclusions: func(r meetings.Reader, q meetings.ConclusionQuery) iter.Seq2[meetings.Conclusion, error] {
				q.Unnumbered = false
				return r.Conclusions(q)
			}})
		}},
		{Fault: "a walk does not stop", By: "a walk can be left early", Open: func() meetings.Store {
			return reading(readFault{meetings: func(r meetings.Reader, q meetings.Query) iter.Seq2[meetings.Meeting, error] {
				return exam.Restless(r.Meetings(q))
			}})
		}},
		{Fault: "transactions overwrite each other", By: "concurrent updates lose nothing", Open: lostUpdates},
		{Fault: "openings overwrite each other", By: "ordinals come without gap or double", Open: lostUpdates},
		{Fault: "every transaction runs twice and both count", By: "a step run again changes nothing", Open: func() meetings.Store {
			return faulty{Store: meetings.NewMemory(), OnUpdate: func(s meetings.Store, ctx context.Context, org vanphong.OrgID, fn func(meetings.Tx) error) error {
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
		}},
	}
}
