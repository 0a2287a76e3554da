package documents

import (
	"cmp"
	"iter"
	"slices"

	"github.com/vanphong-go/vanphong"
)

// Node is a document of a [Graph].
type Node struct {
	ID     string         // the caller's own, unique in the set
	Number Number         // its number
	Owner  vanphong.OrgID // the organisation it is of, if known: ĐU alone does not say which
	Day    vanphong.Date  // its day
	// From is the day it takes effect, if another than Day: what it replaces or
	// repeals is in force until then.
	From      vanphong.Date
	Citations []Citation // of its text, as [Citations] finds them
}

// effect returns the day from which a document acts on others.
func (n *Node) effect() vanphong.Date {
	if !n.From.IsZero() {
		return n.From
	}
	return n.Day
}

// Edge says that one document of a graph cites another.
type Edge struct {
	From, To string // ids of nodes
	Relation Relation
	Text     string // the citation as written, the first of several
}

// Unresolved is a citation of which a graph does not know the document.
type Unresolved struct {
	From     string // id of the citing node
	Citation Citation
	// Ambiguous tells that documents of the set bear the number and nothing
	// says which is meant; otherwise none does.
	Ambiguous bool
}

// Graph is what the documents of a set do to each other (quan hệ giữa các văn
// bản): who cites, replaces, repeals, amends and corrects whom.
//
// A number alone does not say which document is meant: ĐU is every đảng ủy, and
// a number comes again in each term. Of several that bear it, one is taken if
// the stated day or the citing document's owner leaves one; the rest stays
// unresolved. A Graph does not change; all its answers have one order, that of
// ids.
type Graph struct {
	nodes      []Node // by id
	edges      []Edge // by from, to, relation
	out        []int  // edges[out[i]:out[i+1]] are those of node i
	to         []int  // the node that edges[i] leads to
	in         []int  // edges[into[k]] for k from in[i] to in[i+1] lead to node i
	into       []int
	unresolved []Unresolved
	ends       []end // by node: who replaced or repealed it first
}

// An end is the first replacement or repeal of a document.
type end struct {
	by       int // node, -1 for none
	day      vanphong.Date
	relation Relation
}

// The bounds of a set: a province's documents of several terms.
const (
	maxNodes     = 1_000_000
	maxCitations = 20_000_000
)

// NewGraph connects a set of documents. An id that is empty or used twice, and
// more than a million documents, are an [*vanphong.InputError].
func NewGraph(nodes []Node) (*Graph, error) {
	if err := vanphong.CheckCount("documents", len(nodes), maxNodes); err != nil {
		return nil, err
	}
	g := &Graph{nodes: slices.Clone(nodes)}
	slices.SortStableFunc(g.nodes, func(a, b Node) int { return cmp.Compare(a.ID, b.ID) })
	total := 0
	for i, n := range g.nodes {
		if n.ID == "" {
			return nil, vanphong.NewInputError("document id", "", "an id", nil)
		}
		if i > 0 && g.nodes[i-1].ID == n.ID {
			return nil, vanphong.NewInputError("document id", n.ID, "an id that no other document of the set has", vanphong.ErrConflict)
		}
		total += len(n.Citations)
	}
	if err := vanphong.CheckCount("citations", total, maxCitations); err != nil {
		return nil, err
	}
	g.connect()
	g.findEnds()
	return g, nil
}

// connect resolves every citation.
func (g *Graph) connect() {
	byNumber := make(map[Number][]int, len(g.nodes))
	for i, n := range g.nodes {
		if !n.Number.IsZero() {
			byNumber[n.Number] = append(byNumber[n.Number], i)
		}
	}
	type found struct {
		Edge
		to int
	}
	for i := range g.nodes {
		n := &g.nodes[i]
		var edges []found
		for _, c := range n.Citations {
			to, ambiguous := g.resolve(n, wholeOf(n, c), byNumber)
			switch {
			case to >= 0 && to != i: // its own number stands in its heading
				edges = append(edges, found{Edge{n.ID, g.nodes[to].ID, c.Relation, c.Text}, to})
			case to < 0:
				g.unresolved = append(g.unresolved, Unresolved{n.ID, c, ambiguous})
			}
		}
		slices.SortStableFunc(edges, func(a, b found) int {
			return cmp.Or(cmp.Compare(a.to, b.to), cmp.Compare(a.Relation, b.Relation))
		})
		g.out = append(g.out, len(g.edges))
		for k, e := range edges {
			if k > 0 && edges[k-1].to == e.to && edges[k-1].Relation == e.Relation {
				continue // cited twice
			}
			g.edges, g.to = append(g.edges, e.Edge), append(g.to, e.to)
		}
	}
	g.out = append(g.out, len(g.edges))
	g.turn()
}

// turn lists the edges by the node they lead to, those of one node in order.
func (g *Graph) turn() {
	g.in = make([]int, len(g.nodes)+1)
	for _, to := range g.to {
		g.in[to+1]++
	}
	for i := range g.nodes {
		g.in[i+1] += g.in[i]
	}
	next := slices.Clone(g.in)
	g.into = make([]int, len(g.to))
	for k, to := range g.to {
		g.into[next[to]] = k
		next[to]++
	}
}

// wholeOf returns the citation that a short form of the same text stands for:
// the one full number of its serial and kind ("Nghị quyết số 12-NQ/ĐU … Nghị
// quyết 12"). Any other comes back as it is.
func wholeOf(n *Node, c Citation) Citation {
	if !c.Short || c.Number.IsZero() || c.Number.Code != "" {
		return c
	}
	whole := c
	for _, x := range n.Citations {
		if x.Short || x.Number.Serial != c.Number.Serial || x.Kind != c.Kind || c.Number.Year != 0 && x.Number.Year != c.Number.Year {
			continue
		}
		if !whole.Short && whole.Number != x.Number {
			return c // two of them
		}
		whole = x
		whole.Relation, whole.Text = c.Relation, c.Text
	}
	return whole
}

// resolve returns the node that a citation in n means, or -1.
func (g *Graph) resolve(n *Node, c Citation, byNumber map[Number][]int) (to int, ambiguous bool) {
	all := byNumber[c.Number]
	if len(all) == 0 || c.Number.Issuer == "" && c.Number.Code == "" {
		return -1, false
	}
	fits := slices.Clone(all)
	// A stated day excludes what has another: numbers come again every term.
	if !c.Date.IsZero() {
		fits = slices.DeleteFunc(fits, func(i int) bool { return g.nodes[i].Day != c.Date && !g.nodes[i].Day.IsZero() })
		if len(fits) == 0 {
			return -1, true
		}
	}
	if len(fits) > 1 && n.Owner != "" {
		own := slices.DeleteFunc(slices.Clone(fits), func(i int) bool { return g.nodes[i].Owner != n.Owner })
		if len(own) == 1 {
			return own[0], false
		}
	}
	if len(fits) > 1 {
		return -1, true
	}
	// One commune's 12-QĐ/ĐU in the set is not the 12-QĐ/ĐU that another cites
	// as its own.
	other := &g.nodes[fits[0]]
	if c.Number.Issuer == n.Number.Issuer && n.Owner != other.Owner && n.Owner != "" && other.Owner != "" && (c.Date.IsZero() || c.Date != other.Day) {
		return -1, true
	}
	return fits[0], false
}

// findEnds notes for every document who replaced or repealed it first.
func (g *Graph) findEnds() {
	g.ends = make([]end, len(g.nodes))
	for i := range g.ends {
		g.ends[i].by = -1
	}
	for i := range g.nodes {
		for k := g.out[i]; k < g.out[i+1]; k++ {
			r, e := g.edges[k].Relation, &g.ends[g.to[k]]
			if r != Replaces && r != Repeals {
				continue
			}
			// A day that is not known ends nothing on a day.
			day := g.nodes[i].effect()
			if !day.IsZero() && (e.by < 0 || day < e.day) {
				*e = end{i, day, r}
			}
		}
	}
}

// Edges walks all edges, by citing and cited id.
func (g *Graph) Edges() iter.Seq[Edge] { return slices.Values(g.edges) }

// Cites walks the edges that go out of a document.
func (g *Graph) Cites(id string) iter.Seq[Edge] {
	if i, ok := g.find(id); ok {
		return slices.Values(g.edges[g.out[i]:g.out[i+1]])
	}
	return func(func(Edge) bool) {}
}

// CitedBy walks the edges that lead to a document.
func (g *Graph) CitedBy(id string) iter.Seq[Edge] {
	return func(yield func(Edge) bool) {
		i, ok := g.find(id)
		if !ok {
			return
		}
		for _, k := range g.into[g.in[i]:g.in[i+1]] {
			if !yield(g.edges[k]) {
				return
			}
		}
	}
}

// Unresolved walks the citations whose document is not known, by citing id and
// in the order of its text.
func (g *Graph) Unresolved() iter.Seq[Unresolved] { return slices.Values(g.unresolved) }

func (g *Graph) find(id string) (int, bool) {
	return slices.BinarySearchFunc(g.nodes, id, func(n Node, id string) int { return cmp.Compare(n.ID, id) })
}

// InForce reports whether no document of the set has replaced or repealed this
// one up to a day, and otherwise which did and from when. A document that is
// not in the set is in force: nothing is known against it.
func (g *Graph) InForce(id string, day vanphong.Date) (by string, from vanphong.Date, ok bool) {
	i, known := g.find(id)
	if !known || g.ends[i].by < 0 || g.ends[i].day > day {
		return "", 0, true
	}
	return g.nodes[g.ends[i].by].ID, g.ends[i].day, false
}

// Stale is a citation of what was no longer in force.
type Stale struct {
	Edge                   // the citation
	By       string        // the document that ended the cited one
	Since    vanphong.Date // from this day
	Repealed bool          // it was repealed, not replaced
}

// Stale walks the citations of documents that were no longer in force on a
// day, in documents that were: issued by then and not ended themselves. With
// the zero day each document is asked for its own day: what it should not have
// cited when it was issued. Replacing or repealing something that has ended is
// a citation of it too; the document that ended it is left out.
func (g *Graph) Stale(day vanphong.Date) iter.Seq[Stale] {
	return func(yield func(Stale) bool) {
		for i := range g.nodes {
			on := day
			if on.IsZero() {
				on = g.nodes[i].Day
			}
			if on.IsZero() || g.nodes[i].Day > on || g.ends[i].by >= 0 && g.ends[i].day <= on {
				continue
			}
			for k := g.out[i]; k < g.out[i+1]; k++ {
				e := g.ends[g.to[k]]
				if e.by < 0 || e.day > on || e.by == i {
					continue
				}
				if !yield(Stale{g.edges[k], g.nodes[e.by].ID, e.day, e.relation == Repeals}) {
					return
				}
			}
		}
	}
}
