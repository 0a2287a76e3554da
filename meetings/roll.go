package meetings

import (
	"slices"
	"strconv"

	"github.com/vanphong-go/vanphong"
)

// Roll is a body with its dated members (danh sách ủy viên) and how far its
// meetings have been counted. There is one roll a body.
type Roll struct {
	Org     vanphong.OrgID        `json:"org"`
	Body    vanphong.Body         `json:"body"`
	Members []vanphong.Membership `json:"members,omitempty"`
	Runs    []Run                 `json:"runs,omitempty"` // in the order they were begun

	Version int64          `json:"version"`
	Last    vanphong.Stamp `json:"last"`
}

// Run is the running count of a body's meetings within one term (lần thứ …).
// It is kept in the roll, so that two meetings opened at once cannot both be
// the 31st.
//
// First keeps apart what was counted elsewhere from what can be proved here.
type Run struct {
	Term  vanphong.TermID `json:"term"`
	Given int             `json:"given"`           // the last ordinal given
	First int             `json:"first,omitzero"`  // ordinals up to this one were given before the office kept its meetings here
	Basis string          `json:"basis,omitempty"` // why it begins there
}

// InOffice returns the members in office on a day, in the order of the roll.
//
// The order is what a printed list of members follows, so it is kept.
func (r Roll) InOffice(day vanphong.Date) []vanphong.PersonID {
	return vanphong.MembersOn(r.Members, r.Body.ID, day)
}

// Run returns the count of a term; a term without meetings has given none.
func (r Roll) Run(term vanphong.TermID) Run {
	for _, n := range r.Runs {
		if n.Term == term {
			return n
		}
	}
	return Run{Term: term}
}

// withRun returns the roll with a run put in, without touching r's slice.
func (r Roll) withRun(n Run) Roll {
	r.Runs = slices.Clone(r.Runs)
	for i := range r.Runs {
		if r.Runs[i].Term == n.Term {
			r.Runs[i] = n
			return r
		}
	}
	r.Runs = append(r.Runs, n)
	return r
}

func (r Roll) clone() Roll {
	r.Members, r.Runs = slices.Clone(r.Members), slices.Clone(r.Runs)
	return r
}

// checkMembers refuses memberships of another body, without days, or of one
// person twice over one day: it would count that person twice in the base.
//
// Two memberships of one person may follow each other (left and came back),
// with days that do not overlap.
func checkMembers(body vanphong.Body, members []vanphong.Membership) error {
	if err := vanphong.CheckCount("members", len(members), MaxMembers); err != nil {
		return err
	}
	held := make(map[vanphong.PersonID][]vanphong.Days, len(members))
	for i, m := range members {
		at := "members[" + strconv.Itoa(i) + "]"
		if m.Body != body.ID {
			return vanphong.NewInputError(at+".body", string(m.Body), string(body.ID), nil)
		}
		if err := vanphong.CheckID(at+".person", m.Person); err != nil {
			return err
		}
		if err := checkText(at+".post", m.Post, false); err != nil {
			return err
		}
		if !m.Days.Valid() {
			return vanphong.NewInputError(at+".days", m.Days.ISO(), "an end after the first day", nil)
		}
		for _, d := range held[m.Person] {
			if d.Overlaps(m.Days) {
				return vanphong.NewInputError(at+".days", m.Days.ISO(), "days outside this person's other membership ("+d.ISO()+")", vanphong.ErrConflict)
			}
		}
		held[m.Person] = append(held[m.Person], m.Days)
	}
	return nil
}
