package meetings

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"github.com/vanphong-go/vanphong"
)

// Enroll records a body and its dated members, in place of what was recorded
// of them before. Meetings that are open or closed keep the members they were
// held with. A membership of another body, or of one person twice over one
// day, is an [*vanphong.InputError].
//
// Memberships are dated instead of deleted, so that the quorum of a meeting of
// last year can still be computed from the members of that day.
func (s *Secretary) Enroll(ctx context.Context, org vanphong.OrgID, body vanphong.Body, members []vanphong.Membership, by vanphong.Stamp) (Roll, error) {
	return s.changeRoll(ctx, org, body.ID, "enroll", by, func(r *Roll) (bool, error) {
		body.Name = vanphong.NFC(body.Name)
		if err := checkBody(body); err != nil {
			return false, err
		}
		if err := checkMembers(body, members); err != nil {
			return false, err
		}
		members := slices.Clone(members)
		for i, m := range members {
			members[i].Post = vanphong.NFC(m.Post)
		}
		if r.Body == body && slices.Equal(r.Members, members) {
			return false, nil
		}
		r.Body, r.Members = body, members
		return true, nil
	})
}

// checkBody checks the body's organisation by its own id, not against the
// office's: a body may belong to a
// unit that the office keeps the meetings for.
func checkBody(b vanphong.Body) error {
	if err := vanphong.CheckID("body", b.ID); err != nil {
		return err
	}
	if err := vanphong.CheckID("body.org", b.Org); err != nil {
		return err
	}
	if _, err := b.Kind.MarshalText(); err != nil || b.Kind == vanphong.BodyUnknown {
		return vanphong.NewInputError("body.kind", b.Kind.Name(), "a kind of body", nil)
	}
	return checkText("body.name", b.Name, true)
}

// Continue begins the count of a body's meetings in a term after a number
// given elsewhere, for an office that joins in mid-term: after 30, the next
// meeting opened is the 31st. basis says where the number comes from. Once a
// meeting of the term has been opened here it is refused.
//
// Beginning at 1 in mid-term would give every later conclusion a wrong "hội
// nghị lần thứ …", and the number is printed in the text.
func (s *Secretary) Continue(ctx context.Context, org vanphong.OrgID, body vanphong.BodyID, term vanphong.TermID, after int, basis string, by vanphong.Stamp) (Roll, error) {
	return s.changeRoll(ctx, org, body, "continue", by, func(r *Roll) (bool, error) {
		if err := vanphong.CheckID("term", term); err != nil {
			return false, err
		}
		if after < 1 || after > 100_000 {
			return false, vanphong.NewInputError("after", strconv.Itoa(after), "the ordinal of the last meeting, from 1", vanphong.ErrOutOfRange)
		}
		basis := vanphong.NFC(basis)
		if err := checkText("basis", basis, true); err != nil {
			return false, err
		}
		if r.Body.ID == "" {
			return false, missing("roll", string(body))
		}
		run := r.Run(term)
		// The same beginning again, even if meetings were opened since.
		if run.First == after && run.Basis == basis {
			return false, nil
		}
		if run.Given > 0 {
			return false, vanphong.NewInputError("term", string(term), "a term whose count has not begun; it stands at "+strconv.Itoa(run.Given), vanphong.ErrConflict)
		}
		*r = r.withRun(Run{Term: term, Given: after, First: after, Basis: basis})
		return true, nil
	})
}

// changeRoll starts from an empty roll if there is none: enrolling makes it,
// continuing refuses it.
func (s *Secretary) changeRoll(ctx context.Context, org vanphong.OrgID, body vanphong.BodyID, verb string, by vanphong.Stamp, fn func(*Roll) (bool, error)) (Roll, error) {
	if err := s.ask(ctx, org, by, verb, string(body)); err != nil {
		return Roll{}, err
	}
	var out Roll
	err := s.store.Update(ctx, org, func(tx Tx) error {
		r, err := tx.Roll(body)
		if errors.Is(err, vanphong.ErrNotFound) {
			r, err = Roll{Org: org}, nil
		}
		if err != nil {
			return err
		}
		changed, err := fn(&r)
		if err == nil && changed {
			err = putRoll(tx, &r, by)
		}
		out = r
		return err
	})
	if err != nil {
		return Roll{}, err
	}
	return out, nil
}

func putRoll(tx Tx, r *Roll, by vanphong.Stamp) error {
	r.Last = by
	if err := tx.PutRoll(*r); err != nil {
		return err
	}
	r.Version++
	return nil
}
