package vanphong

import "strconv"

// Term is a committee's term (nhiệm kỳ cấp ủy). Party numbers run within it.
type Term struct {
	ID   TermID `json:"id"`
	Org  OrgID  `json:"org"`
	Name string `json:"name"` // "nhiệm kỳ 2025 - 2030"
	Days Days   `json:"days"` // zero End: the present term
}

// Congress is a Party congress (đại hội) of an organisation. It has one
// number series of its own for all kinds, beside the terms before and after
// it (Hướng dẫn 36-HD/VPTW, mục II.1.3.1.a; grade P).
type Congress struct {
	ID   TermID `json:"id"`
	Org  OrgID  `json:"org"`
	Name string `json:"name"`
	Days Days   `json:"days"` // from the preparatory session (phiên trù bị) to the closing day
	// FirstPlenum is the opening day of the new committee's first plenum (hội
	// nghị lần thứ nhất); zero if unknown.
	FirstPlenum Date `json:"first_plenum,omitzero"`
}

// TermStart returns the first day of the term that follows the congress: the
// day after it closes, or the first plenum's opening day if that falls within
// the congress (36-HD/VPTW, mục II.1.3.1.a; grade P).
func (c Congress) TermStart() Date {
	if c.FirstPlenum != 0 && c.Days.Contains(c.FirstPlenum) {
		return c.FirstPlenum
	}
	return c.Days.End
}

// Terms is the terms and congresses of any number of organisations. The zero
// value holds none. It is not safe for use while it is being changed.
type Terms struct {
	terms      []Term
	congresses []Congress
}

// Add adds a term. A second term of the same organisation over one day is an
// [*InputError] that wraps [ErrConflict]; so is an id that is taken.
func (t *Terms) Add(term Term) error {
	if err := CheckID("term", term.ID); err != nil {
		return err
	}
	if err := CheckID("org", term.Org); err != nil {
		return err
	}
	if term.Days.First == 0 || !term.Days.Valid() {
		return invalid("term.days", term.Days.First.String()+".."+term.Days.End.String(), "a first day, and an end after it")
	}
	for _, o := range t.terms {
		if o.ID == term.ID {
			return NewInputError("term.id", string(term.ID), "an id that is not taken", ErrConflict)
		}
		if o.Org == term.Org && o.Days.Overlaps(term.Days) {
			return NewInputError("term.days", term.Days.String(), "days outside "+string(o.ID)+" ("+o.Days.String()+")", ErrConflict)
		}
	}
	t.terms = append(t.terms, term)
	return nil
}

// Hold records a congress: the term that runs into it ends where the new one
// begins, next is opened from there and returned. The congress itself stands
// beside both. Without a term before it (a new organisation) it only opens
// the next.
func (t *Terms) Hold(c Congress, next Term) (Term, error) {
	if err := CheckID("congress", c.ID); err != nil {
		return Term{}, err
	}
	if c.Days.First == 0 || c.Days.End == 0 || !c.Days.Valid() {
		return Term{}, invalid("congress.days", c.Days.First.String()+".."+c.Days.End.String(), "an opening day and a closing day after or on it")
	}
	next.Org = c.Org
	next.Days.First = c.TermStart()
	before := -1
	trial := *t
	trial.terms = append([]Term(nil), t.terms...)
	for i, o := range trial.terms {
		if o.Org == c.Org && o.Days.Contains(next.Days.First) {
			before = i
		}
	}
	if before >= 0 {
		if trial.terms[before].Days.First >= next.Days.First {
			return Term{}, NewInputError("congress.days", c.Days.String(), "a congress after "+string(trial.terms[before].ID)+" began", ErrConflict)
		}
		trial.terms[before].Days.End = next.Days.First
	}
	if err := trial.Add(next); err != nil {
		return Term{}, err
	}
	trial.congresses = append(append([]Congress(nil), t.congresses...), c)
	*t = trial
	return next, nil
}

// At returns the term of an organisation on a day.
func (t *Terms) At(org OrgID, day Date) (Term, bool) {
	for _, o := range t.terms {
		if o.Org == org && o.Days.Contains(day) {
			return o, true
		}
	}
	return Term{}, false
}

// CongressAt returns the congress that an organisation held on a day.
func (t *Terms) CongressAt(org OrgID, day Date) (Congress, bool) {
	for _, c := range t.congresses {
		if c.Org == org && c.Days.Contains(day) {
			return c, true
		}
	}
	return Congress{}, false
}

// Of returns the terms of an organisation in order of their first days.
func (t *Terms) Of(org OrgID) []Term {
	var out []Term
	for _, o := range t.terms {
		if o.Org != org {
			continue
		}
		i := len(out)
		for i > 0 && out[i-1].Days.First > o.Days.First {
			i--
		}
		out = append(out, Term{})
		copy(out[i+1:], out[i:])
		out[i] = o
	}
	return out
}

func itoa(n int) string { return strconv.Itoa(n) }
