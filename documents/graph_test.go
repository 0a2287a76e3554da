package documents

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/vanphong-go/vanphong"
)

// node makes a node from a text.
func node(id, number, day, owner, text string) Node {
	n := Node{ID: id, Owner: vanphong.OrgID(owner), Citations: collect(text)}
	if number != "" {
		n.Number = MustNumber(number)
	}
	if day != "" {
		n.Day = vanphong.MustDate(day)
	}
	return n
}

func graph(t testing.TB, nodes ...Node) *Graph {
	t.Helper()
	g, err := NewGraph(nodes)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// lines writes edges as the tests expect them.
func lines[T any](seq func(func(T) bool), line func(T) string) (out []string) {
	for x := range seq {
		out = append(out, line(x))
	}
	return out
}

func edgeLine(e Edge) string { return fmt.Sprintf("%s %v %s", e.From, e.Relation, e.To) }

func TestGraphConnectsDocuments(t *testing.T) {
	g := graph(t,
		node("c", "30-QĐ/TW", "2026-03-01", "", "Quyết định này thay thế Quyết định số 10-QĐ/TW và bãi bỏ Thông báo số 5-TB/TW; căn cứ Nghị quyết số 1-NQ/TW."),
		node("a", "10-QĐ/TW", "2020-01-05", "", "Số 10-QĐ/TW\nCăn cứ Nghị quyết số 1-NQ/TW; Nghị quyết số 1-NQ/TW."),
		node("b", "05-TB/TW", "2021-01-05", "", "Đính chính Quyết định số 10-QĐ/TW."),
		node("n", "01-NQ/TW", "2019-01-05", "", ""),
		node("d", "40-QĐ/TW", "2026-04-01", "", "Căn cứ Quyết định số 10-QĐ/TW, Công văn số 99-CV/TW."),
	)
	want := []string{"a cites n", "b corrects a", "c replaces a", "c repeals b", "c cites n", "d cites a"}
	if got := lines(g.Edges(), edgeLine); !slices.Equal(got, want) {
		t.Errorf("edges %q, want %q", got, want)
	}
	if got := lines(g.CitedBy("a"), edgeLine); !slices.Equal(got, []string{"b corrects a", "c replaces a", "d cites a"}) {
		t.Errorf("cited by %q", got)
	}
	if got := lines(g.Cites("c"), edgeLine); !slices.Equal(got, want[2:5]) {
		t.Errorf("cites %q", got)
	}
	if got := lines(g.Cites("x"), edgeLine); got != nil {
		t.Errorf("an id that is not there cites %q", got)
	}
	if got := lines(g.Unresolved(), func(u Unresolved) string { return u.From + " " + u.Citation.Text }); !slices.Equal(got, []string{"d 99-CV/TW"}) {
		t.Errorf("unresolved %q", got)
	}
	if got := lines(g.Cycles(), func(ids []string) string { return strings.Join(ids, " ") }); got != nil {
		t.Errorf("circles %q", got)
	}
}

func TestGraphKnowsWhatIsInForce(t *testing.T) {
	late := node("late", "31-QĐ/TW", "2026-02-01", "", "Thay thế Quyết định số 11-QĐ/TW")
	late.From = vanphong.MustDate("2026-07-01")
	g := graph(t, late,
		node("old", "11-QĐ/TW", "2020-01-05", "", ""),
		node("before", "50-CV/TW", "2026-06-30", "", "theo Quyết định số 11-QĐ/TW"),
		node("on", "51-CV/TW", "2026-07-01", "", "theo Quyết định số 11-QĐ/TW"),
		node("gone", "52-CV/TW", "2026-07-02", "", "theo Quyết định số 11-QĐ/TW"),
		node("repeal", "32-QĐ/TW", "2026-08-01", "", "Bãi bỏ Công văn số 52-CV/TW"),
	)
	for _, c := range []struct {
		id, day, by string
	}{
		{"old", "2026-06-30", ""}, {"old", "2026-07-01", "late"}, {"gone", "2026-07-31", ""}, {"gone", "2026-08-01", "repeal"}, {"none", "2026-08-01", ""},
	} {
		by, _, ok := g.InForce(c.id, vanphong.MustDate(c.day))
		if by != c.by || ok != (c.by == "") {
			t.Errorf("%s on %s: by %q, %t", c.id, c.day, by, ok)
		}
	}
	line := func(s Stale) string { return fmt.Sprintf("%s>%s by %s %v %t", s.From, s.To, s.By, s.Since, s.Repealed) }
	for _, c := range []struct {
		day  string
		want []string
	}{
		{"2026-06-30", nil},
		{"2026-07-01", []string{"before>old by late 2026-07-01 false", "on>old by late 2026-07-01 false"}},
		// What was repealed itself cites nothing any more.
		{"2026-08-01", []string{"before>old by late 2026-07-01 false", "on>old by late 2026-07-01 false", "repeal>gone by repeal"}[:2]},
		// Each on its own day.
		{"", []string{"gone>old by late 2026-07-01 false", "on>old by late 2026-07-01 false"}},
	} {
		day := vanphong.Date(0)
		if c.day != "" {
			day = vanphong.MustDate(c.day)
		}
		if got := lines(g.Stale(day), line); !slices.Equal(got, c.want) {
			t.Errorf("%q: %q, want %q", c.day, got, c.want)
		}
	}
}

func TestGraphLeavesAmbiguousNumbersOpen(t *testing.T) {
	one := node("1", "12-QĐ/ĐU", "2026-01-05", "xa-1", "")
	two := node("2", "12-QĐ/ĐU", "2026-02-05", "xa-2", "")
	old := node("0", "12-QĐ/ĐU", "2021-01-05", "xa-1", "")
	for _, c := range []struct {
		why   string
		nodes []Node
		owner string
		text  string
		want  string // the id, "?" for ambiguous, "-" for unknown
	}{
		{"two communes", []Node{one, two}, "", "theo Quyết định số 12-QĐ/ĐU", "?"},
		{"the owner settles", []Node{one, two}, "xa-2", "theo Quyết định số 12-QĐ/ĐU", "2"},
		{"the day settles", []Node{one, two}, "", "theo Quyết định số 12-QĐ/ĐU ngày 05/02/2026", "2"},
		{"the day of neither", []Node{one, two}, "xa-1", "theo Quyết định số 12-QĐ/ĐU ngày 06/02/2026", "?"},
		{"two terms of one commune", []Node{one, old}, "xa-1", "theo Quyết định số 12-QĐ/ĐU", "?"},
		{"two terms and the day", []Node{one, old}, "xa-1", "theo Quyết định số 12-QĐ/ĐU ngày 05/01/2021", "0"},
		{"another commune's alone in the set", []Node{two}, "xa-1", "theo Quyết định số 12-QĐ/ĐU", "?"},
		{"another commune's with its day", []Node{two}, "xa-1", "theo Quyết định số 12-QĐ/ĐU ngày 05/02/2026", "2"},
		{"not there", []Node{one}, "xa-1", "theo Quyết định số 13-QĐ/ĐU", "-"},
		{"a short form alone", []Node{one}, "xa-1", "theo Quyết định số 12", "-"},
		{"a short form after the full number", []Node{one}, "xa-1", "theo Quyết định số 12-QĐ/ĐU; làm đúng Quyết định 12.", "1"},
	} {
		citing := node("x", "90-CV/ĐU", "2026-05-05", c.owner, c.text)
		g := graph(t, append(slices.Clone(c.nodes), citing)...)
		got := lines(g.Cites("x"), func(e Edge) string { return e.To })
		for u := range g.Unresolved() {
			if got = append(got, "-"); u.Ambiguous {
				got[len(got)-1] = "?"
			}
		}
		if !slices.Equal(got, []string{c.want}) {
			t.Errorf("%s: %q, want %s", c.why, got, c.want)
		}
	}
}

func TestGraphFindsCircles(t *testing.T) {
	cite := func(numbers ...string) string {
		return "Căn cứ Quyết định số " + strings.Join(numbers, "; Quyết định số ")
	}
	g := graph(t,
		node("a", "01-QĐ/TW", "", "", cite("02-QĐ/TW")), node("b", "02-QĐ/TW", "", "", cite("03-QĐ/TW")), node("c", "03-QĐ/TW", "", "", cite("01-QĐ/TW", "04-QĐ/TW")),
		node("d", "04-QĐ/TW", "", "", cite("05-QĐ/TW")), node("e", "05-QĐ/TW", "", "", cite("04-QĐ/TW")),
		node("f", "06-QĐ/TW", "", "", cite("06-QĐ/TW", "01-QĐ/TW")),
	)
	got := lines(g.Cycles(), func(ids []string) string { return strings.Join(ids, " ") })
	if !slices.Equal(got, []string{"a b c", "d e"}) {
		t.Errorf("%q", got)
	}
}

// A chain as long as a set may be is walked without recursion.
func TestGraphOfALongChain(t *testing.T) {
	const n = 50_000
	nodes := make([]Node, n)
	for i := range nodes {
		next := Number{System: SystemParty, Serial: uint32((i+1)%n + 1), Code: "QĐ", Issuer: "TW"}
		nodes[i] = Node{ID: fmt.Sprintf("%06d", i), Number: Number{System: SystemParty, Serial: uint32(i + 1), Code: "QĐ", Issuer: "TW"},
			Citations: []Citation{{Number: next, Text: next.String()}}}
	}
	g := graph(t, nodes...)
	groups := 0
	for ids := range g.Cycles() {
		if groups++; len(ids) != n {
			t.Errorf("a circle of %d", len(ids))
		}
	}
	if groups != 1 {
		t.Errorf("%d circles", groups)
	}
}

// The order in which documents are given makes no difference.
func TestGraphHasOneOrder(t *testing.T) {
	var nodes []Node
	rnd := rand.New(rand.NewPCG(3, 4))
	for i := range 60 {
		text := fmt.Sprintf("Thay thế Quyết định số %d-QĐ/TW; bãi bỏ Quyết định số %d-QĐ/TW; căn cứ Quyết định số %d-QĐ/TW", rnd.IntN(60), rnd.IntN(60), rnd.IntN(80))
		nodes = append(nodes, node(fmt.Sprintf("n%02d", i), fmt.Sprintf("%02d-QĐ/TW", i+1), fmt.Sprintf("2026-01-%02d", 1+rnd.IntN(28)), "", text))
	}
	show := func(g *Graph) string {
		return fmt.Sprint(lines(g.Edges(), edgeLine), lines(g.Cycles(), func(s []string) string { return fmt.Sprint(s) }), g.Findings(vanphong.MustDate("2026-02-01")))
	}
	want := show(graph(t, nodes...))
	for range 5 {
		rnd.Shuffle(len(nodes), func(i, j int) { nodes[i], nodes[j] = nodes[j], nodes[i] })
		if got := show(graph(t, nodes...)); got != want {
			t.Fatalf("another order gives\n%s\nnot\n%s", got, want)
		}
	}
}

func TestNewGraphRefusesIDs(t *testing.T) {
	if _, err := NewGraph([]Node{{}}); !errors.Is(err, vanphong.ErrInvalid) {
		t.Error(err)
	}
	if _, err := NewGraph([]Node{{ID: "a"}, {ID: "a"}}); !errors.Is(err, vanphong.ErrConflict) {
		t.Error(err)
	}
	if _, err := NewGraph(make([]Node, maxNodes+1)); !errors.Is(err, vanphong.ErrOutOfRange) {
		t.Error(err)
	}
}

func TestGraphFindingsAreSentences(t *testing.T) {
	g := graph(t,
		node("a", "10-QĐ/TU", "2020-01-05", "", ""),
		node("b", "20-QĐ/TU", "2026-01-05", "", "Thay thế Quyết định số 10-QĐ/TU, căn cứ Quyết định số 30-QĐ/TU"),
		node("c", "30-QĐ/TU", "2026-02-05", "", "Căn cứ Quyết định số 10-QĐ/TU, Quyết định số 20-QĐ/TU và Quyết định số 99-QĐ/TU"),
	)
	var got []string
	for _, f := range g.Findings(0) {
		got = append(got, Messages().Text(f))
		if en := Messages().English(f); strings.Contains(en, "{") || !strings.HasPrefix(en, "Document") && !strings.HasPrefix(en, "These") {
			t.Error(en)
		}
	}
	want := []string{
		"Văn bản 30-QĐ/TU viện dẫn 10-QĐ/TU, đã được thay thế bằng 20-QĐ/TU từ ngày 05/01/2026",
		"Văn bản 30-QĐ/TU viện dẫn 99-QĐ/TU: không có trong các văn bản đang xét",
		"Các văn bản viện dẫn lẫn nhau thành vòng: 20-QĐ/TU, 30-QĐ/TU",
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q\nwant %q", got, want)
	}
}

func TestRelationNamesAreStable(t *testing.T) {
	for r := Cites; r <= Corrects; r++ {
		text, err := r.MarshalText()
		var back Relation
		if err != nil || back.UnmarshalText(text) != nil || back != r || r.Name() == "" {
			t.Errorf("%d: %q, %v", r, text, err)
		}
	}
	if _, err := Relation(9).MarshalText(); err == nil {
		t.Error("an unknown relation is written")
	}
}
