package meetings

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/vanphong-go/vanphong"
)

// Ballot is how an item was put to those present, and what they said.
type Ballot struct {
	Method Method `json:"method"`

	Votes []Vote `json:"votes,omitempty"` // open vote: one a person

	// Secret vote: the counts, and who took part. Nothing joins the two.
	For     int                 `json:"for,omitzero"`
	Against int                 `json:"against,omitzero"`
	Blank   int                 `json:"blank,omitzero"`
	Invalid int                 `json:"invalid,omitzero"`
	Turnout []vanphong.PersonID `json:"turnout,omitempty"`

	// Objections is who objects to a consensus: there is none then, and the
	// item has to be put to the vote.
	Objections []vanphong.PersonID `json:"objections,omitempty"`

	// Threshold is what this item is held against; zero is the policy's
	// majority. One that asks for less, or for a share of something else, needs
	// its Basis: by which clause. The decision keeps both.
	Threshold Threshold `json:"threshold,omitzero"`
	Basis     string    `json:"basis,omitempty"`
	Note      string    `json:"note,omitempty"` // what was agreed; for a deferral why, and needed
}

// Decide records what an open meeting decides on an item, from the presence at
// that moment:
//
//   - an open vote, one named vote a person. A vote by somebody who is not in
//     office, not present, away for this item or who voted already is an error
//     that names the person: [ErrNotMember], [ErrAbsent], [ErrVotedTwice];
//   - a secret vote, whose counts must add up to its turnout;
//   - a consensus: nobody present objects, and those present are enough to
//     adopt by themselves. They are recorded as being for it;
//   - a deferral, which needs no quorum.
//
// An item may be held against a threshold of its own, see [Ballot]; nobody
// lowers the majority without saying by which rule.
//
// Without a quorum the others are refused with [ErrNoQuorum]. A decision never
// changes: the same again returns the meeting as it is, another is
// vanphong.ErrConflict.
func (s *Secretary) Decide(ctx context.Context, org vanphong.OrgID, id MeetingID, item ItemID, b Ballot, by vanphong.Stamp) (Meeting, error) {
	return s.change(ctx, org, id, "decide", by, func(_ Tx, m *Meeting) (bool, error) {
		b := b.sorted()
		b.Note = vanphong.NFC(b.Note)
		i := m.itemAt(item)
		if i < 0 {
			return false, missing("item", string(item))
		}
		if err := b.check(); err != nil {
			return false, err
		}
		if old := m.Agenda[i].Decision; m.Agenda[i].Decided() {
			if b.says(old) {
				return false, nil
			}
			return false, vanphong.NewInputError("item", string(item), "the decision recorded", vanphong.ErrConflict)
		}
		if m.State != Opened {
			return false, m.stateError("opened")
		}
		d, err := s.decide(m, m.Agenda[i], b)
		if err != nil {
			return false, err
		}
		d.Made = by
		m.Agenda[i].Decision = d
		return true, nil
	})
}

// decide computes the decision that a ballot comes to.
//
// The policy's version goes into every decision: which rules were in force
// then is a question asked years later, when they have changed.
func (s *Secretary) decide(m *Meeting, item Item, b Ballot) (Decision, error) {
	present := m.present(m.InOffice, item.Away)
	d := Decision{Method: b.Method, Present: present, Note: b.Note, Policy: s.policy.Version}
	var err error
	if b.Method == Deferral {
		// A deferral keeps its figures as well: few present is often why.
		d.Tally, _ = m.heads(m.InOffice, present)
		d.Outcome = Deferred
		return d, nil
	}
	// Held again for each item: members leave, and what is decided by too few
	// can be contested although the opening was in order. Those away for this
	// item count as absent here.
	if d.Tally, err = s.quorum(m, present); err != nil {
		return Decision{}, err
	}
	d.Quorum, d.Threshold = s.policy.Quorum.Threshold, b.Threshold
	majority := s.policy.Majority.Threshold
	// An item may need more than the policy says (two thirds, say); the ballot
	// names it, and the decision keeps which one it was.
	if d.Threshold == (Threshold{}) {
		d.Threshold = majority
	}
	if d.Threshold.weaker(majority) && b.Basis == "" {
		return Decision{}, vanphong.NewInputError("threshold", d.Threshold.share(), "no less than the policy's, "+majority.share()+", or a basis for it", nil)
	}
	d.Basis = b.Basis
	switch b.Method {
	case OpenVote:
		err = countOpen(&d, m, b)
	case SecretVote:
		err = countSecret(&d, m, b)
	case Consensus:
		err = agree(&d, b)
	}
	if err != nil {
		return Decision{}, err
	}
	d.Outcome = NotAdopted
	// Nothing but the threshold decides. A tie, or a majority of those present
	// that is none of those in office, is simply not met.
	if d.Threshold.Met(d.Tally.For, d.Tally.Of(d.Threshold.Base)) {
		d.Outcome = Adopted
	}
	return d, nil
}

// countOpen counts first and checks after, for checkVoters wants the list; on
// an error the decision is thrown away whole.
func countOpen(d *Decision, m *Meeting, b Ballot) error {
	voters := make([]vanphong.PersonID, len(b.Votes))
	for i, v := range b.Votes {
		voters[i] = v.Person
		switch v.Choice {
		case For:
			d.Tally.For++
		case Against:
			d.Tally.Against++
		default:
			d.Tally.Blank++
		}
	}
	d.Votes = b.Votes
	return checkVoters("votes", voters, d.Present, m.InOffice)
}

// countSecret checks who took part and how many votes there were, and can
// check no more: whose vote was which is not known to anybody.
func countSecret(d *Decision, m *Meeting, b Ballot) error {
	d.Tally.For, d.Tally.Against, d.Tally.Blank, d.Tally.Invalid = b.For, b.Against, b.Blank, b.Invalid
	d.Turnout = b.Turnout
	if err := checkVoters("turnout", b.Turnout, d.Present, m.InOffice); err != nil {
		return err
	}
	// One vote too many or too few was miscounted, or put in by somebody who
	// is not on the list: that is settled in the room, not here.
	if d.Tally.Cast() != len(b.Turnout) {
		return vanphong.NewInputError("turnout", strconv.Itoa(len(b.Turnout)), "as many as votes counted, "+strconv.Itoa(d.Tally.Cast()), nil)
	}
	return nil
}

// agree records a consensus. Fewer people than a vote would need cannot
// agree in the body's name.
//
// An objection by somebody who is absent is ignored: only those present agree.
func agree(d *Decision, b Ballot) error {
	for _, p := range b.Objections {
		if slices.Contains(d.Present, p) {
			return vanphong.NewInputError("objections", string(p), "nobody present who objects; put the item to the vote", vanphong.ErrState)
		}
	}
	d.Tally.For = d.Tally.Present
	base := d.Tally.Of(d.Threshold.Base)
	if !d.Threshold.Met(d.Tally.For, base) {
		return vanphong.NewInputError("present", strconv.Itoa(d.Tally.For),
			"at least "+strconv.Itoa(d.Threshold.Needed(base))+" to agree ("+d.Threshold.share()+")", vanphong.ErrState)
	}
	return nil
}

// checkVoters names the first voter, in the order of their ids, who may not
// have voted.
//
// The order of the ids makes the error the same however the list was written.
func checkVoters(field string, voters, present, inOffice []vanphong.PersonID) error {
	office, here := setOf(inOffice), setOf(present)
	seen := make(map[vanphong.PersonID]bool, len(voters))
	for _, p := range voters {
		switch {
		case !office[p]:
			return vanphong.NewInputError(field, string(p), "members of the body in office", ErrNotMember)
		case !here[p]:
			return vanphong.NewInputError(field, string(p), "members present for this item", ErrAbsent)
		case seen[p]:
			return vanphong.NewInputError(field, string(p), "each person once", ErrVotedTwice)
		}
		seen[p] = true
	}
	return nil
}

// check holds what a ballot must be by itself: fields of another method would
// be lost in silence, so they are refused.
//
// A count and named votes together would be two results for one item. Deferral
// and consensus have neither.
func (b Ballot) check() error {
	counts := b.For != 0 || b.Against != 0 || b.Blank != 0 || b.Invalid != 0
	switch {
	case b.Method == MethodUnknown || b.Method > Deferral:
		return vanphong.NewInputError("method", b.Method.Name(), "a method of deciding", nil)
	case len(b.Votes) > MaxMembers || len(b.Turnout) > MaxMembers || len(b.Objections) > MaxMembers:
		return vanphong.NewInputError("votes", strconv.Itoa(max(len(b.Votes), len(b.Turnout), len(b.Objections))), "at most "+strconv.Itoa(MaxMembers), vanphong.ErrOutOfRange)
	case b.Method != OpenVote && len(b.Votes) > 0:
		return vanphong.NewInputError("votes", string(b.Votes[0].Person), "named votes in an open vote only", nil)
	case b.Method != SecretVote && (counts || len(b.Turnout) > 0):
		return vanphong.NewInputError("turnout", strconv.Itoa(len(b.Turnout)), "counts and turnout in a secret vote only", nil)
	case b.Method != Consensus && len(b.Objections) > 0:
		return vanphong.NewInputError("objections", string(b.Objections[0]), "objections to a consensus only", nil)
	case min(b.For, b.Against, b.Blank, b.Invalid) < 0 || max(b.For, b.Against, b.Blank, b.Invalid) > MaxMembers:
		return vanphong.NewInputError("for", strconv.Itoa(b.For), "counts from 0", vanphong.ErrOutOfRange)
	}
	for i, v := range b.Votes {
		if v.Choice != For && v.Choice != Against && v.Choice != Blank {
			return vanphong.NewInputError("votes["+strconv.Itoa(i)+"].choice", v.Choice.Name(), "for, against or blank", nil)
		}
	}
	if b.Threshold == (Threshold{}) {
		if b.Basis != "" {
			return vanphong.NewInputError("basis", b.Basis, "a threshold that it is for", nil)
		}
	} else if b.Method == Deferral {
		return vanphong.NewInputError("threshold", b.Threshold.share(), "none for a deferral", nil)
	} else if err := firstError(b.Threshold.Check("threshold"), checkText("basis", b.Basis, false)); err != nil {
		return err
	}
	return checkText("note", b.Note, b.Method == Deferral)
}

// sorted returns the ballot with its people in the order of their ids: what a
// secretary wrote first is no part of a decision, and in a secret vote the
// order in which people came to the box is nobody's business.
func (b Ballot) sorted() Ballot {
	b.Votes, b.Turnout = slices.Clone(b.Votes), slices.Clone(b.Turnout)
	slices.SortStableFunc(b.Votes, func(a, c Vote) int { return strings.Compare(string(a.Person), string(c.Person)) })
	slices.Sort(b.Turnout)
	return b
}

// says reports whether a sorted ballot is the one a decision was made on.
func (b Ballot) says(d Decision) bool {
	if b.Method != d.Method || b.Note != d.Note || !slices.Equal(b.Votes, d.Votes) || !slices.Equal(b.Turnout, d.Turnout) {
		return false
	}
	if b.Method == SecretVote && (b.For != d.Tally.For || b.Against != d.Tally.Against || b.Blank != d.Tally.Blank || b.Invalid != d.Tally.Invalid) {
		return false
	}
	return b.Threshold == (Threshold{}) || (b.Threshold == d.Threshold && b.Basis == d.Basis)
}
