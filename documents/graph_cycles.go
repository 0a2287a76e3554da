package documents

import "iter"

// Cycles walks the groups of documents that cite each other in a circle, each
// as its ids in order: every document of a group is reached from every other.
// Documents do not cite what is not yet there, so a circle shows a wrong day,
// a number read wrongly or two drafts.
//
// The circles themselves may be more than can be counted; the groups are never
// more than the documents, and are found in one walk (Tarjan's algorithm, with
// its own stack instead of recursion).
func (g *Graph) Cycles() iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		groups := g.groups()
		members := make(map[int][]string)
		for i, group := range groups {
			members[group] = append(members[group], g.nodes[i].ID) // in order of ids
		}
		// By the first id of each group.
		for _, group := range groups {
			ids := members[group]
			delete(members, group)
			if len(ids) > 1 && !yield(ids) {
				return
			}
		}
	}
}

// groups numbers the strongly connected components: nodes of one component
// have one number.
func (g *Graph) groups() []int {
	n := len(g.nodes)
	state := tarjan{order: make([]int, n), low: make([]int, n), group: make([]int, n)}
	for i := range n {
		if state.order[i] == 0 {
			state.walk(g, i)
		}
	}
	return state.group
}

type tarjan struct {
	order, low []int // 1 and up, in the order nodes were met; 0 is not met
	group      []int // 1 and up; 0 is not yet known
	met, found int
	open       []int // nodes whose group is not yet known
}

// frame is a node on the way and the next of its edges.
type frame struct{ node, edge int }

func (t *tarjan) walk(g *Graph, root int) {
	way := []frame{t.enter(g, root)}
	for len(way) > 0 {
		top := &way[len(way)-1]
		if top.edge < g.out[top.node+1] {
			to := g.to[top.edge]
			top.edge++
			switch {
			case t.order[to] == 0:
				way = append(way, t.enter(g, to))
			case t.group[to] == 0:
				t.low[top.node] = min(t.low[top.node], t.order[to])
			}
			continue
		}
		node := top.node
		way = way[:len(way)-1]
		if len(way) > 0 {
			above := way[len(way)-1].node
			t.low[above] = min(t.low[above], t.low[node])
		}
		if t.low[node] == t.order[node] {
			t.close(node)
		}
	}
}

func (t *tarjan) enter(g *Graph, i int) frame {
	t.met++
	t.order[i], t.low[i] = t.met, t.met
	t.open = append(t.open, i)
	return frame{i, g.out[i]}
}

// close makes a group of what was met since node.
func (t *tarjan) close(node int) {
	t.found++
	for {
		i := t.open[len(t.open)-1]
		t.open = t.open[:len(t.open)-1]
		t.group[i] = t.found
		if i == node {
			return
		}
	}
}
