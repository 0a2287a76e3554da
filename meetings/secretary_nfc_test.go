package meetings

import (
	"encoding/json"
	"testing"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
)

// Every text that enters is composed, and a step that is run again with the
// same text from another keyboard changes nothing.
func TestTextsAreComposedAtTheDoor(t *testing.T) {
	const apart, together = "Nghi\u0323 quye\u0302\u0301t", "Nghị quyết"
	f := newOffice(t, 3)
	play := func(s string) (Meeting, Roll, Conclusion) {
		body, inv := btv, invitation("lich")
		body.Name, inv.Title, inv.Place, inv.Agenda[0].Title = s, s, s, s
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		var members []vanphong.Membership
		for _, p := range persons(1, 3) {
			members = append(members, vanphong.Membership{Body: btv.ID, Person: p, Post: s, Days: vanphong.Days{First: term.Days.First}})
		}
		_, err := f.Enroll(f.ctx, org, body, members, stamp(0))
		must(err)
		_, err = f.Continue(f.ctx, org, btv.ID, "k19", 30, s, stamp(0))
		must(err)
		m, err := f.Convene(f.ctx, org, inv, stamp(1))
		must(err)
		item := m.Agenda[0].ID
		_, err = f.AddItem(f.ctx, org, m.ID, Proposal{Key: "z", Title: s}, stamp(2))
		must(err)
		_, err = f.Mark(f.ctx, org, m.ID, []Mark{{Person: "p01", Presence: PresentInRoom}, {Person: "p02", Presence: PresentInRoom}, {Person: "p03", Presence: Absent, Reason: s}}, stamp(3))
		must(err)
		_, err = f.Open(f.ctx, org, m.ID, stamp(4))
		must(err)
		_, err = f.MarkAway(f.ctx, org, m.ID, m.Agenda[1].ID, []Away{{Person: "p02", Why: LeftRoom, Note: s}}, stamp(5))
		must(err)
		m, err = f.Decide(f.ctx, org, m.ID, item, Ballot{Method: Consensus, Note: s}, stamp(6))
		must(err)
		c, err := f.Conclude(f.ctx, org, m.ID, item, Draft{Kind: documents.KindConclusion, Abstract: s, Text: s}, stamp(7))
		must(err)
		r, err := f.Roll(f.ctx, org, btv.ID)
		must(err)
		return m, r, c
	}
	m, r, c := play(apart)
	again, rAgain, cAgain := play(together)
	if again.Version != m.Version || rAgain.Version != r.Version || cAgain.Version != c.Version {
		t.Errorf("played again: versions %d %d %d, want %d %d %d", again.Version, rAgain.Version, cAgain.Version, m.Version, r.Version, c.Version)
	}
	for _, v := range []any{m, r, c} {
		if b, err := json.Marshal(v); err != nil || !vanphong.IsNFC(string(b)) {
			t.Errorf("%v: %s", err, b)
		}
	}
	if c.Text != together || m.Title != together || r.Runs[0].Basis != together {
		t.Errorf("%q %q %q", c.Text, m.Title, r.Runs[0].Basis)
	}
	for _, s := range []string{apart, together} {
		if m, err := f.Cancel(f.ctx, org, f.convene("khac").ID, s, stamp(8)); err != nil || m.Reason != together {
			t.Errorf("cancelled for %q: %q, %v", s, m.Reason, err)
		}
	}
}
