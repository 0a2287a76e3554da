package meetings

import (
	"context"
	"iter"
	"slices"
	"strings"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/internal/memory"
)

// Secretary keeps a committee's meetings (thư ký hội nghị): it convenes,
// calls the roll, records decisions and conclusions, over any [Store].
//
// Every method that writes asks the guard first, checks what it is given,
// and can be repeated: the same step again returns the stored record
// unchanged, another content under the same id is vanphong.ErrConflict. A step
// that does not follow from the present state wraps vanphong.ErrState; if the
// meeting is over, vanphong.ErrClosed as well. An error leaves the store as it
// was. A Secretary is safe for use by many goroutines.
//
// It holds no state of its own: everything is in the store, so two programs
// over one store are as good as one.
type Secretary struct {
	store  Store
	guard  vanphong.Guard
	policy Policy
	bad    error // why the policy cannot be used
}

// Options are what a [Secretary] can be told. Nil is the zero value.
//
// A nil Guard permits everything, which suits a program that has asked
// already.
type Options struct {
	// Guard decides who may; the verbs are "meetings.enroll",
	// "meetings.continue", "meetings.convene", "meetings.propose",
	// "meetings.mark", "meetings.open", "meetings.decide", "meetings.close",
	// "meetings.cancel", "meetings.postpone", "meetings.minutes",
	// "meetings.conclude" and "meetings.attach".
	Guard vanphong.Guard
	// Policy is the committee's own rules; the zero value is [DefaultPolicy].
	// One that fails [Policy.Check] makes every write fail with that error.
	Policy Policy
}

// NewSecretary returns a secretary over a store.
// Over a nil store every call is an error that wraps vanphong.ErrInvalid.
func NewSecretary(store Store, opt *Options) *Secretary {
	if store == nil {
		store = memory.None[Tx, Reader]{}
	}
	s := &Secretary{store: store, policy: DefaultPolicy()}
	if opt != nil {
		s.guard = opt.Guard
		if opt.Policy != (Policy{}) {
			s.policy = opt.Policy
		}
	}
	// A constructor with an error would be in the way of every program for the
	// sake of one that is misconfigured; that one learns of it at its first
	// write.
	s.bad = s.policy.Check()
	return s
}

// ask checks who does it and asks the guard, before anything is read.
//
// The guard comes before the store: whoever may not ask is not to learn
// whether the meeting exists.
func (s *Secretary) ask(ctx context.Context, org vanphong.OrgID, by vanphong.Stamp, verb, object string) error {
	if s.bad != nil {
		return s.bad
	}
	if err := vanphong.CheckID("org", org); err != nil {
		return err
	}
	if err := by.Check(); err != nil {
		return err
	}
	return s.guard.Ask(ctx, vanphong.Act{Org: org, By: by.By, Verb: "meetings." + verb, Object: object})
}

// change runs one step on a stored meeting. fn changes m and reports whether
// it did; a meeting it leaves as it is is not written.
//
// fn may run more than once (see [Store]), always on a fresh copy of m, and so
// must not keep anything from a run before.
func (s *Secretary) change(ctx context.Context, org vanphong.OrgID, id MeetingID, verb string, by vanphong.Stamp,
	fn func(tx Tx, m *Meeting) (bool, error),
) (Meeting, error) {
	if err := s.ask(ctx, org, by, verb, string(id)); err != nil {
		return Meeting{}, err
	}
	var out Meeting
	err := s.store.Update(ctx, org, func(tx Tx) error {
		m, err := tx.Meeting(id)
		if err != nil {
			return err
		}
		changed, err := fn(tx, &m)
		if err != nil {
			return err
		}
		if changed {
			err = putMeeting(tx, &m, by)
		}
		out = m
		return err
	})
	if err != nil {
		return Meeting{}, err
	}
	return out, nil
}

// putMeeting stores m under a stamp and gives it the version it has then.
//
// The caller then has the record exactly as a reader would get it, and can put
// it again.
func putMeeting(tx Tx, m *Meeting, by vanphong.Stamp) error {
	m.Last = by
	if err := tx.PutMeeting(*m); err != nil {
		return err
	}
	m.Version++
	return nil
}

// Roll returns the roll of a body.
func (s *Secretary) Roll(ctx context.Context, org vanphong.OrgID, body vanphong.BodyID) (Roll, error) {
	var out Roll
	err := s.store.View(ctx, org, func(r Reader) (err error) {
		out, err = r.Roll(body)
		return err
	})
	return out, err
}

// Meeting returns a meeting.
func (s *Secretary) Meeting(ctx context.Context, org vanphong.OrgID, id MeetingID) (Meeting, error) {
	var out Meeting
	err := s.store.View(ctx, org, func(r Reader) (err error) {
		out, err = r.Meeting(id)
		return err
	})
	return out, err
}

// Meetings walks the meetings that match a query, by day.
func (s *Secretary) Meetings(ctx context.Context, org vanphong.OrgID, q Query) iter.Seq2[Meeting, error] {
	return viewed(ctx, s.store, org, func(r Reader) iter.Seq2[Meeting, error] { return r.Meetings(q) })
}

// Conclusion returns a conclusion.
func (s *Secretary) Conclusion(ctx context.Context, org vanphong.OrgID, id ConclusionID) (Conclusion, error) {
	var out Conclusion
	err := s.store.View(ctx, org, func(r Reader) (err error) {
		out, err = r.Conclusion(id)
		return err
	})
	return out, err
}

// Conclusions walks the conclusions that match a query, by the meeting's day.
// With Unnumbered it is the list that hurts offices most: concluded, and still
// without a number.
func (s *Secretary) Conclusions(ctx context.Context, org vanphong.OrgID, q ConclusionQuery) iter.Seq2[Conclusion, error] {
	return viewed(ctx, s.store, org, func(r Reader) iter.Seq2[Conclusion, error] { return r.Conclusions(q) })
}

// Count is how many meetings of a body were held. Those cancelled or
// postponed are none.
//
// Merged figures ("35 hội nghị BTV, BCH") are how some reports print them;
// they can be added up from this, never split again.
type Count struct {
	Body          vanphong.BodyID `json:"body"`
	Regular       int             `json:"regular"`
	Extraordinary int             `json:"extraordinary"`
	Online        int             `json:"online"` // of both kinds
}

// Held returns how many meetings there were, of either kind.
func (c Count) Held() int { return c.Regular + c.Extraordinary }

// CountByBody counts the meetings held on the given days, one line a body, in
// the order of their ids. Only the counts are kept in memory.
func (s *Secretary) CountByBody(ctx context.Context, org vanphong.OrgID, days vanphong.Days) ([]Count, error) {
	at := map[vanphong.BodyID]*Count{}
	for m, err := range s.Meetings(ctx, org, Query{Days: days}) {
		if err != nil {
			return nil, err
		}
		// Convened, cancelled and postponed ones have not taken place.
		if !m.State.Held() {
			continue
		}
		c := at[m.Body]
		if c == nil {
			c = &Count{Body: m.Body}
			at[m.Body] = c
		}
		if m.Kind == Extraordinary {
			c.Extraordinary++
		} else {
			c.Regular++
		}
		if m.Mode == Online {
			c.Online++
		}
	}
	out := make([]Count, 0, len(at))
	for _, c := range at {
		out = append(out, *c)
	}
	slices.SortFunc(out, func(a, b Count) int { return strings.Compare(string(a.Body), string(b.Body)) })
	return out, nil
}

// viewed walks an iterator of a reader inside one view.
//
// The error comes last, as the iterator's only pair with one; a caller who
// stopped early hears of none, since nothing it saw was wrong.
func viewed[T any](ctx context.Context, store Store, org vanphong.OrgID, of func(Reader) iter.Seq2[T, error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		stopped := false
		err := store.View(ctx, org, func(r Reader) error {
			for v, err := range of(r) {
				if err != nil {
					return err
				}
				if stopped = !yield(v, nil); stopped {
					return nil
				}
			}
			return nil
		})
		if err != nil && !stopped {
			var none T
			yield(none, err)
		}
	}
}
