package reporting

import (
	"encoding/json"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
)

// tallyJSON is how a tally travels between processes: its scheme and its
// cells, in the order of [Tally.Cells], so that equal tallies are equal bytes.
//
// Periods travel as their first day and not as an ordinal, which only this
// package could read.
type tallyJSON struct {
	Scheme Scheme     `json:"scheme"`
	Cells  []cellJSON `json:"cells"`
}

// It is the key of seen as well, with its count set to 0.
type cellJSON struct {
	Org   vanphong.OrgID `json:"org"`
	Kind  documents.Kind `json:"kind"`
	First vanphong.Date  `json:"first"` // first day of the period
	Count int64          `json:"count"`
}

// MarshalJSON writes the scheme and the cells.
func (t *Tally) MarshalJSON() ([]byte, error) {
	out := tallyJSON{Scheme: t.scheme, Cells: []cellJSON{}}
	for c := range t.Cells() {
		out.Cells = append(out.Cells, cellJSON{c.Org, c.Kind, c.Period.Days.First, c.Count})
	}
	return json.Marshal(out)
}

// UnmarshalJSON reads what MarshalJSON writes, within the bounds of a tally. A
// day that does not begin a period of the scheme, a cell that comes twice and a
// count under 1 are errors, and t is as it was.
//
// A tally from outside is trusted no more than facts are: a cell that comes
// twice would be added up, and nobody would see it.
func (t *Tally) UnmarshalJSON(b []byte) error {
	var in tallyJSON
	if err := json.Unmarshal(b, &in); err != nil {
		return err
	}
	fresh, err := NewTally(in.Scheme)
	if err != nil {
		return err
	}
	// Beside fresh and not by asking it, because a count is at least 1 but a
	// cell may be repeated.
	seen := make(map[cellJSON]bool, len(in.Cells))
	for _, c := range in.Cells {
		if err := fresh.readCell(c, seen); err != nil {
			return err
		}
	}
	*t = *fresh
	return nil
}

func (t *Tally) readCell(c cellJSON, seen map[cellJSON]bool) error {
	if c.Count < 1 {
		return vanphong.NewInputError("cells.count", Numeral(c.Count), "1 or more", nil)
	}
	ordinal := t.scheme.ordinal(c.First)
	if ordinal < t.scheme.ordinal(firstDay) || ordinal > t.scheme.ordinal(endDay-1) || t.scheme.first(ordinal) != c.First {
		return vanphong.NewInputError("cells.first", c.First.String(), "the first day of a period of the scheme, 1900 to 2199", nil)
	}
	count := c.Count
	c.Count = 0
	if seen[c] {
		return vanphong.NewInputError("cells", string(c.Org)+", "+string(c.Kind)+", "+c.First.String(), "each cell once", vanphong.ErrConflict)
	}
	seen[c] = true
	_, err := t.addN(c.Org, c.Kind, ordinal, count)
	return err
}
