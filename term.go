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
// it (Hướng dẫn 36-HD/VPTW, mục II.1.3.1.a; grade P until 05-HD/VPTW of
// 27/5/2026 replaced it; whether that keeps the rule for congresses is not
// known).
type Congress struct {
	ID   TermID `json:"id"`
	Org  OrgID  `json:"org"`
	Name string `json:"name"`
	Days Days   `json:"days"` // from the preparatory session (phiên trù bị) to the closing day
	// FirstPlenum is the opening day of the new committee's first plenum (hội
	// nghị lần thứ nhất), never before the congress opens; zero if unknown.
	FirstPlenum Date `json:"first_plenum,omitzero"`
}

// TermStart returns the first day of the term that follows the congress: the
// day after it closes, or the first plenum's opening day if that falls within
// the congress (36-HD/VPTW, mục II.1.3.1.a; grade P until 27/5/2026; whether
// 05-HD/VPTW keeps the exception is not known, grade I since).
func (c Congress) TermStart() Date {
	if c.FirstPlenum != 0 && c.Days.Contains(c.FirstPlenum) {
		return c.FirstPlenum
	}
	return c.Days.End
}

// Terms is the terms and congresses of any number of organisations. The zero
// value holds none. It is not safe for use while it is being changed.
//
// An office builds it each time it starts: [Terms.Add] for each term as it has
// them on record, ended ones with their end, in any order; then [Terms.Hold]
// for each congress with the term it opened, or with that term instead of
// adding it. Either way the result is the same.
type Terms struct {
	terms      []Term
	congresses []Congress
}

// Add adds a term. A second term of the same organisation over one day is an
// [*InputError] that wraps [ErrConflict]; so is an id that a term or congress
// has.
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
			return NewInputError("term.days", term.Days.ISO(), "days outside "+string(o.ID)+" ("+o.Days.ISO()+")", ErrConflict)
		}
	}
	for _, c := range t.congresses {
		if c.ID == term.ID {
			return NewInputError("term.id", string(term.ID), "an id that no congress has", ErrConflict)
		}
	}
	t.terms = append(t.terms, term)
	return nil
}

// Hold records a congress: the term that runs into it ends where the new one
// begins, next is opened from there and returned. The congress itself stands
// beside both. Without a term before it (a new organisation) it only opens
// the next.
//
// A congress and a next term that are there already are left as they are, and
// the stored term is returned. Another congress under the same id, over the
// same days, or under the id of a term is an [*InputError] that wraps
// [ErrConflict]. After an error nothing has changed.
func (t *Terms) Hold(c Congress, next Term) (Term, error) {
	if err := c.check(); err != nil {
		return Term{}, err
	}
	next.Org = c.Org
	next.Days.First = c.TermStart()
	known, err := t.knows(c, next.ID)
	if err != nil {
		return Term{}, err
	}
	// On a copy, so that a next term that is refused leaves t alone.
	trial := Terms{append([]Term(nil), t.terms...), t.congresses}
	if !known {
		trial.congresses = append(append([]Congress(nil), t.congresses...), c)
	}
	if next, err = trial.open(c, next); err != nil {
		return Term{}, err
	}
	*t = trial
	return next, nil
}

// knows reports whether exactly this congress is recorded, and refuses one
// that cannot stand beside what is.
func (t *Terms) knows(c Congress, next TermID) (known bool, err error) {
	for _, o := range t.congresses {
		switch {
		case o == c:
			known = true
		case o.ID == c.ID:
			return false, NewInputError("congress.id", string(c.ID), "the congress recorded, or an id that is not taken", ErrConflict)
		case o.Org == c.Org && o.Days.Overlaps(c.Days):
			return false, NewInputError("congress.days", c.Days.ISO(), "days outside "+string(o.ID)+" ("+o.Days.ISO()+")", ErrConflict)
		}
	}
	for _, o := range t.terms {
		if o.ID == c.ID {
			return false, NewInputError("congress.id", string(c.ID), "an id that no term has", ErrConflict)
		}
	}
	if c.ID == next {
		return false, NewInputError("congress.id", string(c.ID), "another id than the next term's", ErrConflict)
	}
	return known, nil
}

// open adds the term that follows a congress and ends the one before it. A
// term that is there as the congress opened it, ended since or not, is
// returned as it is.
func (t *Terms) open(c Congress, next Term) (Term, error) {
	before := -1
	for i, o := range t.terms {
		same := next
		if same.Days.End == 0 {
			same.Days.End = o.Days.End
		}
		if o == same {
			return o, nil
		}
		if o.Org == c.Org && o.Days.Contains(next.Days.First) {
			before = i
		}
	}
	if before >= 0 {
		o := &t.terms[before]
		if o.Days.First >= next.Days.First {
			return Term{}, NewInputError("congress.days", c.Days.ISO(), "a congress after "+string(o.ID)+" began", ErrConflict)
		}
		o.Days.End = next.Days.First
	}
	return next, t.Add(next)
}

// check holds what a congress must be by itself.
func (c Congress) check() error {
	if err := CheckID("congress", c.ID); err != nil {
		return err
	}
	if err := CheckID("org", c.Org); err != nil {
		return err
	}
	if c.Days.First == 0 || c.Days.End == 0 || !c.Days.Valid() {
		return invalid("congress.days", c.Days.First.String()+".."+c.Days.End.String(), "an opening day and a closing day after or on it")
	}
	if c.FirstPlenum != 0 && c.FirstPlenum < c.Days.First {
		return invalid("congress.first_plenum", c.FirstPlenum.String(), "a day on or after the opening, "+c.Days.First.String())
	}
	return nil
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
