package reporting

import (
	"strconv"

	"github.com/vanphong-go/vanphong"
)

// Rolled is a tally added up over the tree of organisations as it stood on a
// day (số liệu tổng hợp theo cây tổ chức).
//
// Both tallies are kept because they answer two questions: Own can be added
// up, Under must not be, for each level contains the ones below.
type Rolled struct {
	// Own holds every fact exactly once, under the organisation that answers
	// for it on the day, or under its own id if it stands apart. Its total is
	// the total of the tally that was rolled up.
	Own *Tally `json:"own"`
	// Under holds the facts of an organisation and of everybody below it: what
	// its report says. A fact is in it once for each level.
	Under *Tally `json:"under"`
	// Apart lists the organisations that nobody answers for on the day, by id;
	// their facts are in Own and Under under their own ids and under nobody
	// else's.
	Apart []vanphong.OrgID `json:"apart,omitempty"`
	// Findings says what was handed on to a successor and what stands apart.
	Findings []vanphong.Finding `json:"findings,omitempty"`
}

// RollUp adds t up over the organisations of d as they stood on a day. The
// facts of an organisation that has ended by then fall to its successor if
// exactly one answers for it (see [vanphong.Directory.SuccessorsOf]). With
// several (an abolished district), with none, and with an id the directory
// does not know, they stand apart with a finding: who is to report them is
// for the office to say, not for a program. The day is usually the last of the
// period reported.
//
// Since 01/7/2025 districts have ended and communes have merged: a report of
// 2025 counts units that no longer exist, and somebody must answer for their
// documents.
func RollUp(t *Tally, d *vanphong.Directory, day vanphong.Date) (*Rolled, error) {
	if t == nil {
		return nil, missing("tally", "a tally to add up")
	}
	if d == nil {
		return nil, missing("directory", "a directory, empty or not")
	}
	if day.IsZero() {
		return nil, vanphong.NewInputError("day", "", "the day on which the tree is taken", nil)
	}
	out := &Rolled{Own: &Tally{scheme: t.scheme}, Under: &Tally{scheme: t.scheme}}
	// Once for each organisation, not for each cell.
	above := map[vanphong.OrgID][]vanphong.OrgID{} // who answers, then everybody above, by counted id
	for _, id := range t.Orgs() {
		above[id] = out.place(id, d, day)
	}
	for c := range t.Cells() {
		ordinal := t.scheme.ordinal(c.Period.Days.First)
		// The first of the line answers for it; the rest are above.
		line := above[c.Org]
		if _, err := out.Own.addN(line[0], c.Kind, ordinal, c.Count); err != nil {
			return nil, err
		}
		for _, id := range line {
			if _, err := out.Under.addN(id, c.Kind, ordinal, c.Count); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// place returns who answers for id on the day, and everybody above.
//
// An organisation that is alive answers for itself: it is its own only
// successor.
func (r *Rolled) place(id vanphong.OrgID, d *vanphong.Directory, day vanphong.Date) []vanphong.OrgID {
	successors := d.SuccessorsOf(id, day)
	if len(successors) != 1 {
		r.Apart = append(r.Apart, id)
		rule, args := RuleNoSuccessor, []string{string(id), vanphong.FormatDate(day)}
		switch {
		case !d.Known(id):
			rule = RuleUnknownOrg
		case len(successors) > 1:
			rule, args = RuleManySuccessors, append(args, strconv.Itoa(len(successors)))
		}
		r.Findings = append(r.Findings, vanphong.Finding{Rule: rule, Severity: vanphong.Warning, Args: args})
		return []vanphong.OrgID{id}
	}
	// Said, even though it is the ordinary case after a merger: a reader who
	// adds up by hand must find the figures again.
	line := []vanphong.OrgID{successors[0].ID}
	if line[0] != id {
		r.Findings = append(r.Findings, vanphong.Finding{Rule: RuleHandedOn, Severity: vanphong.Note,
			Args: []string{string(id), string(line[0]), vanphong.FormatDate(day)}})
	}
	for o := range d.Ancestors(line[0], day) {
		line = append(line, o.ID)
	}
	return line
}
