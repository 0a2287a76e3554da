package incoming

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/vanphong-go/vanphong"
)

// ErrSecondLead is for a direction with more than one lead, and for a second
// direction where one is in force: one task, one lead (Kết luận 226-KL/TW,
// 11/12/2025, grade N). It comes inside a [*vanphong.InputError].
var ErrSecondLead = fmt.Errorf("second lead: %w", vanphong.ErrInvalid)

// StepID names a [Step] within its document. It is the caller's.
//
// Chosen by the caller for the same reason as a document's id.
type StepID string

// StepKind is what a step of the tree is.
//
// Kept apart because only one of them binds anybody: a proposal of the office
// that was taken for a direction would send a unit to work without an order.
type StepKind uint8

// The kinds.
const (
	StepUnknown StepKind = iota
	Proposal             // ý kiến đề xuất: what the office puts before its leader
	Direction            // ý kiến chỉ đạo, phân phối: it names exactly one lead
	Reply                // ý kiến của đơn vị, người được giao
)

var stepNames = [...]string{"", "ý kiến đề xuất", "ý kiến chỉ đạo", "ý kiến của đơn vị được giao"}
var stepCodes = [...]string{"", "proposal", "direction", "reply"}

// Name returns the Vietnamese name of the kind.
func (k StepKind) Name() string { return vanphong.EnumName(stepNames[:], k) }

// MarshalText writes the kind as its code.
func (k StepKind) MarshalText() ([]byte, error) { return vanphong.EnumText("step", stepCodes[:], k) }

// UnmarshalText reads what MarshalText writes.
func (k *StepKind) UnmarshalText(b []byte) (err error) {
	*k, err = vanphong.ParseEnum[StepKind]("step", stepCodes[:], b)
	return err
}

// Assignee is a unit, and within it possibly one person.
//
// The unit is always there, the person may be missing: a leader directs to
// units, and the unit's head to people.
type Assignee struct {
	Unit   vanphong.OrgID    `json:"unit"`
	Person vanphong.PersonID `json:"person,omitzero"`
}

func (a Assignee) check(field string) error {
	return first(vanphong.CheckID(field+".unit", a.Unit), optionalID(field+".person", a.Person))
}

// Instruction is a step of the tree as it is given (bút phê).
//
// The tree grows downwards: the office proposes, a leader directs to a lead
// unit and coordinating units, a unit's head directs within the unit, a
// specialist replies. Below a direction, at any depth, speaks only a unit that the
// nearest direction above names; the office itself (an empty From, or its own id)
// may propose there, but directs anew only by replacing.
type Instruction struct {
	ID     StepID            `json:"id"`
	Parent StepID            `json:"parent,omitzero"` // the step it answers
	Kind   StepKind          `json:"kind"`
	From   vanphong.OrgID    `json:"from,omitzero"`  // the unit that speaks, see below
	By     vanphong.PersonID `json:"by"`             // whose opinion it is
	For    vanphong.PersonID `json:"for,omitzero"`   // for whom, under a mandate
	Under  MandateID         `json:"under,omitzero"` // which mandate, if several hold
	At     time.Time         `json:"at"`             // when it was given; zero: when it is recorded
	Text   string            `json:"text,omitzero"`
	// Leads is the lead. It is a list because lists of units are what is
	// written on papers: a second one is [ErrSecondLead], never dropped in
	// silence.
	Leads []Assignee `json:"leads,omitempty"`
	// Coordinating units stand here once each, and not the lead; a unit that
	// directs its own people (From) names them by person.
	Coordinating []Assignee    `json:"coordinating,omitempty"`
	Due          vanphong.Date `json:"due,omitzero"`
	Basis        string        `json:"basis,omitzero"`    // how the deadline was reckoned
	Replaces     StepID        `json:"replaces,omitzero"` // the direction that this one takes the place of
}

// Step is one opinion on a document (ý kiến), by somebody at an instant.
//
// Steps are never changed; a direction that was wrong is replaced by another
// step, so that who said what when can be read as it was.
type Step struct {
	ID           StepID            `json:"id"`
	Parent       StepID            `json:"parent,omitzero"`
	Kind         StepKind          `json:"kind"`
	From         vanphong.OrgID    `json:"from,omitzero"`
	By           vanphong.PersonID `json:"by"`
	Capacity     Capacity          `json:"capacity,omitzero"`
	At           time.Time         `json:"at"`
	Text         string            `json:"text,omitzero"`
	Lead         Assignee          `json:"lead,omitzero"`
	Coordinating []Assignee        `json:"coordinating,omitempty"`
	Due          vanphong.Date     `json:"due,omitzero"`
	Basis        string            `json:"basis,omitzero"`
	Replaces     StepID            `json:"replaces,omitzero"`
	Made         vanphong.Stamp    `json:"made"`
}

// Names reports whether a direction names a unit as lead or as coordinating.
func (s Step) Names(unit vanphong.OrgID) bool {
	return s.Kind == Direction && (s.Lead.Unit == unit ||
		slices.ContainsFunc(s.Coordinating, func(a Assignee) bool { return a.Unit == unit }))
}

// step turns an instruction into the step it makes; a second lead ends here.
func (i Instruction) step(capacity Capacity, by vanphong.Stamp) (Step, error) {
	s := Step{
		ID: i.ID, Parent: i.Parent, Kind: i.Kind, From: i.From, By: i.By, Capacity: capacity, At: i.At, Text: i.Text,
		Coordinating: slices.Clone(i.Coordinating), Due: i.Due, Basis: i.Basis, Replaces: i.Replaces, Made: by,
	}
	if len(i.Leads) > 1 {
		return s, vanphong.NewInputError("leads[1]", string(i.Leads[1].Unit), "exactly one lead", ErrSecondLead)
	}
	if len(i.Leads) == 1 {
		s.Lead = i.Leads[0]
	}
	return s, nil
}

// same reports whether a step says what another says, whoever recorded it.
//
// The mandate is compared by its principal alone, for it may be gone since.
func (s Step) same(o Step) bool {
	return s.Parent == o.Parent && s.Kind == o.Kind && s.From == o.From && s.By == o.By && s.Capacity.Principal == o.Capacity.Principal &&
		sameInstant(s.At, o.At) && s.Text == o.Text && s.Lead == o.Lead && slices.Equal(s.Coordinating, o.Coordinating) &&
		s.Due == o.Due && s.Basis == o.Basis && s.Replaces == o.Replaces
}

// checkTree checks every step against those before it. A step can only answer
// one that stands before it, which is what makes a cycle impossible.
//
// The whole tree is checked each time and not only the new step: a tree has a
// few dozen steps, and a rule that holds for all of them is one rule.
func (d Document) checkTree() error {
	if err := vanphong.CheckCount("steps", len(d.Steps), MaxSteps); err != nil {
		return err
	}
	t := tree{at: map[StepID]int{}, depth: make([]int, 0, len(d.Steps)), replaced: map[StepID]bool{}, slots: map[slot]StepID{}}
	for i := range d.Steps {
		if err := t.add(d, i); err != nil {
			return err
		}
	}
	return nil
}

// tree is what the steps before one have made so far.
type tree struct {
	at       map[StepID]int
	depth    []int
	replaced map[StepID]bool
	slots    map[slot]StepID // the direction in force in each place
}

// slot is a place where one direction can be in force: under a direction, one
// for each unit that it names; at the root, one for the whole document.
type slot struct {
	under StepID
	from  vanphong.OrgID
}

func (t *tree) add(d Document, i int) error {
	s, h := &d.Steps[i], d.hidden()
	if err := s.check(d.Receipt); err != nil {
		return err
	}
	if _, taken := t.at[s.ID]; taken {
		return vanphong.NewInputError("id", string(s.ID), "an id that no step of this document has", vanphong.ErrConflict)
	}
	depth, parent := 1, (*Step)(nil)
	if s.Parent != "" {
		at, ok := t.at[s.Parent]
		if !ok {
			return vanphong.NewInputError("parent", string(s.Parent), "a step before this one", vanphong.ErrNotFound)
		}
		parent, depth = &d.Steps[at], t.depth[at]+1
	}
	// Deeper trees do not come from an office; without a bound, recursion over
	// them in somebody's program would.
	if depth > MaxDepth {
		return vanphong.NewInputError("parent", string(s.Parent), "at most "+strconv.Itoa(MaxDepth)+" steps from the root", vanphong.ErrOutOfRange)
	}
	if err := s.answers(parent); err != nil {
		return err
	}
	// However many proposals and replies stand between: whom the direction does
	// not name has no part in the work. Only the office may propose everywhere.
	above := t.governing(d, parent)
	if office := s.Kind == Proposal && (s.From == "" || s.From == d.Org); above != nil && !above.Names(s.From) && !office {
		return h.refuse("from", string(s.From), "the lead or a coordinating unit of step "+string(above.ID), nil)
	}
	if s.Kind == Direction {
		if err := t.direct(d, s, above); err != nil {
			return err
		}
	}
	t.at[s.ID] = i
	t.depth = append(t.depth, depth)
	return nil
}

// governing returns the direction that a step stands under, nil at the root.
// Between a direction and the next there may be proposals and replies.
func (t *tree) governing(d Document, s *Step) *Step {
	for s != nil && s.Kind != Direction {
		if s.Parent == "" {
			return nil
		}
		s = &d.Steps[t.at[s.Parent]]
	}
	return s
}

// overruled returns the direction, this one or one above it, that was replaced;
// "" if all of them are in force. What hangs under a replaced one binds nobody.
func (t *tree) overruled(d Document, s *Step) StepID {
	for s != nil && !t.replaced[s.ID] {
		if s.Parent == "" {
			return ""
		}
		s = t.governing(d, &d.Steps[t.at[s.Parent]])
	}
	if s == nil {
		return ""
	}
	return s.ID
}

// direct puts a direction in its slot: into an empty one, or over the one that
// it says it replaces. Nothing is directed any more under one that was replaced;
// a reply or proposal there is still heard.
// It stands under the direction above, nil at the root.
func (t *tree) direct(d Document, s, above *Step) error {
	var at slot
	if above != nil {
		if old := t.overruled(d, above); old != "" {
			return vanphong.NewInputError("parent", string(s.Parent), "a step under a direction in force: "+string(old)+" was replaced", vanphong.ErrState)
		}
		at = slot{above.ID, s.From}
		// Whoever directs within the time he was given cannot give more of it.
		if s.Due != 0 && above.Due != 0 && s.Due > above.Due {
			return vanphong.NewInputError("due", s.Due.String(), "a day on or before "+above.Due.String()+", the deadline it was given", nil)
		}
	}
	inForce := t.slots[at]
	switch {
	case s.Replaces != inForce && inForce == "":
		return vanphong.NewInputError("replaces", string(s.Replaces), "a direction in force in the same place", vanphong.ErrNotFound)
	case s.Replaces != inForce:
		return vanphong.NewInputError("replaces", string(s.Replaces), "the direction in force, "+string(inForce), ErrSecondLead)
	}
	if inForce != "" {
		// One given earlier was overtaken by the one in force, whenever it is
		// recorded.
		if old := &d.Steps[t.at[inForce]]; s.At.Before(old.At) {
			return vanphong.NewInputError("at", instant(s.At), "an instant on or after the direction it replaces, "+instant(old.At), nil)
		}
		t.replaced[inForce] = true
	}
	t.slots[at] = s.ID
	return nil
}

// check is what a step must hold by itself.
func (s *Step) check(r Receipt) error {
	h := r.hidden()
	if h && s.Text != "" {
		return vanphong.NewInputError("text", vanphong.Placeholder, "no words on a document marked "+r.Secrecy.Name()+": give lead, units and deadline", vanphong.ErrSecret)
	}
	if s.Kind == StepUnknown || int(s.Kind) >= len(stepCodes) {
		return vanphong.NewInputError("kind", strconv.Itoa(int(s.Kind)), "proposal, direction or reply", nil)
	}
	if _, err := s.Due.MarshalText(); err != nil {
		return err
	}
	if err := first(
		vanphong.CheckID("id", s.ID), vanphong.CheckID("by", s.By), optionalID("from", s.From), optionalID("parent", s.Parent),
		h.text("text", s.Text, MaxOpinion, s.Kind != Direction && !bool(h)), h.text("basis", s.Basis, MaxText, false),
	); err != nil {
		return err
	}
	if s.Kind != Direction {
		return s.undirected()
	}
	if s.Lead == (Assignee{}) {
		return vanphong.NewInputError("leads", "", "exactly one lead", nil)
	}
	if s.Due != 0 && s.Due < vanphong.DateOf(s.At) {
		return vanphong.NewInputError("due", s.Due.String(), "a day on or after "+vanphong.DateOf(s.At).String(), nil)
	}
	return s.checkUnits()
}

// undirected: only a direction assigns anything.
//
// A deadline on a reply would be in no list of deadlines.
func (s *Step) undirected() error {
	switch {
	case s.Lead != Assignee{}:
		return vanphong.NewInputError("leads", string(s.Lead.Unit), "no lead: only a direction has one", nil)
	case len(s.Coordinating) > 0:
		return vanphong.NewInputError("coordinating", string(s.Coordinating[0].Unit), "none: only a direction has them", nil)
	case s.Due != 0:
		return vanphong.NewInputError("due", s.Due.String(), "no deadline: only a direction sets one", nil)
	case s.Replaces != "":
		return vanphong.NewInputError("replaces", string(s.Replaces), "nothing: only a direction replaces one", nil)
	}
	return nil
}

func (s *Step) checkUnits() error {
	if err := s.Lead.check("leads[0]"); err != nil {
		return err
	}
	if err := vanphong.CheckCount("coordinating", len(s.Coordinating), MaxCoordinating); err != nil {
		return err
	}
	// The lead is in the set: a unit that both leads and coordinates would be
	// reminded and counted twice, whichever of its people are named. Only a unit
	// that directs its own people may name several of them.
	units, seen := map[vanphong.OrgID]bool{s.Lead.Unit: true}, map[Assignee]bool{s.Lead: true}
	for i, a := range s.Coordinating {
		at := "coordinating[" + strconv.Itoa(i) + "]"
		if err := a.check(at); err != nil {
			return err
		}
		if units[a.Unit] && (a.Unit != s.From || a.Person == "" || seen[a] || seen[Assignee{Unit: a.Unit}]) {
			return vanphong.NewInputError(at, string(a.Unit), "each unit once, and not the lead", nil)
		}
		units[a.Unit], seen[a] = true, true
	}
	return nil
}

// answers checks a step against the one it answers, nil at the root.
func (s *Step) answers(parent *Step) error {
	switch {
	case parent == nil && s.Kind == Reply:
		return vanphong.NewInputError("parent", "", "the step that the reply is to", nil)
	case parent == nil:
		return nil
		// Answers before questions come from two clocks, or from a step hung on
		// the wrong parent.
	case s.At.Before(parent.At):
		return vanphong.NewInputError("at", instant(s.At), "an instant on or after the step it answers, "+instant(parent.At), nil)
	}
	return nil
}
