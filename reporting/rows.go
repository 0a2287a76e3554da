package reporting

import (
	"slices"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
)

// Rows says which rows a figure is made of: those of an organisation, of some
// kinds, dated on some days. A zero field does not restrict. It is a query,
// not a list, so that it stays small and can be asked again; for documents,
// [Rows.Queries] puts it to the register.
//
// It is how a figure in a sentence leads back to the documents behind it,
// which is what an inspection asks for.
type Rows struct {
	Org   vanphong.OrgID   `json:"org,omitzero"`
	Kinds []documents.Kind `json:"kinds,omitempty"`
	Days  vanphong.Days    `json:"days,omitzero"`
}

func (r Rows) hasKind(k documents.Kind) bool {
	return len(r.Kinds) == 0 || slices.Contains(r.Kinds, k)
}

// Has reports whether a fact is among the rows.
func (r Rows) Has(f Fact) bool {
	return (r.Org == "" || r.Org == f.Org) && r.hasKind(f.Kind) && r.Days.Contains(f.Day)
}

// Queries returns the register queries, one a kind, that together walk the
// issued documents among the rows.
//
// Kinds are sorted and each asked once, so that a kind named twice does not
// count twice.
func (r Rows) Queries() []documents.Query {
	q := documents.Query{Organ: r.Org, Days: r.Days, State: documents.StateIssued}
	if len(r.Kinds) == 0 {
		return []documents.Query{q}
	}
	var out []documents.Query
	for _, k := range slices.Compact(slices.Sorted(slices.Values(r.Kinds))) {
		q.Kind = k
		out = append(out, q)
	}
	return out
}

// Line is a figure together with the rows that it counts.
//
// Without its rows a figure can be believed or not; with them it can be
// checked.
type Line struct {
	Figure
	Rows Rows `json:"rows"`
}
