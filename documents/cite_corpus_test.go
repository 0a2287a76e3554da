package documents

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// A record of the corpus: a text and what it cites.
type citedText struct {
	file  string
	line  int
	text  string
	cites []expectedCitation
}

type expectedCitation struct {
	text, number, kind, name, day, issuer string
	short                                 bool
}

// corpus reads testdata/cite/<name>.txt; blind.txt says how it is written.
func corpus(t testing.TB, name string) (out []citedText) {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", "cite", name+".txt"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	in := bufio.NewScanner(f)
	for n := 1; in.Scan(); n++ {
		kind, rest, _ := strings.Cut(in.Text(), " ")
		switch kind {
		case "T":
			text, err := strconv.Unquote(`"` + strings.ReplaceAll(rest, `"`, `\"`) + `"`)
			if err != nil {
				t.Fatalf("%s:%d: %v", name, n, err)
			}
			out = append(out, citedText{file: name, line: n, text: text})
		case "F", "S":
			p := strings.Split(rest, "|")
			if len(p) != 6 || len(out) == 0 {
				t.Fatalf("%s:%d: want a T first and six fields", name, n)
			}
			for i := range p {
				p[i] = strings.TrimSpace(p[i])
			}
			if p[0], err = strconv.Unquote(`"` + p[0] + `"`); err != nil {
				t.Fatalf("%s:%d: %v", name, n, err)
			}
			text := &out[len(out)-1]
			text.cites = append(text.cites, expectedCitation{p[0], p[1], p[2], p[3], p[4], p[5], kind == "S"})
		case "", "#":
		default:
			t.Fatalf("%s:%d: %q begins no line", name, n, kind)
		}
	}
	return out
}

// numberText writes a number as the corpus does: whole, or the fields of a
// short form.
func numberText(c Citation) string {
	n := c.Number
	switch {
	case n.IsZero():
		return ""
	case n == Number{Serial: n.Serial}:
		return strconv.Itoa(int(n.Serial))
	case n == Number{Serial: n.Serial, Year: n.Year}:
		return fmt.Sprintf("%d//%d", n.Serial, n.Year)
	}
	return n.String()
}

func (e expectedCitation) of(c Citation) expectedCitation {
	return expectedCitation{c.Text, numberText(c), string(c.Kind), c.KindName, c.Date.String(), c.IssuerName, c.Short}
}

// A tally counts what was found of one field, what of it was right, and what
// there was to find.
type tally struct{ right, found, there int }

func (t tally) String() string {
	return fmt.Sprintf("precision %5.1f %% recall %5.1f %% (%d found, %d there)",
		100*float64(t.right)/float64(max(t.found, 1)), 100*float64(t.right)/float64(max(t.there, 1)), t.found, t.there)
}

func (t *tally) add(got, want string) {
	if got != "" {
		t.found++
	}
	if want != "" {
		t.there++
	}
	if got != "" && got == want {
		t.right++
	}
}

var citedFields = []string{"number", "kind", "kind name", "date", "issuer", "short"}

// compareCited matches what was found with what there is by the text cited, in
// order, and counts every field. change is what was done to the text.
func compareCited(t testing.TB, text citedText, got []Citation, change func(string) string, sum map[string]*tally, log bool) {
	used := make([]bool, len(got))
	empty := expectedCitation{}
	count := func(g, w expectedCitation) {
		// Full numbers are one field and short forms another.
		field := "number"
		if w.short || g.short && w == empty {
			field = "short"
		}
		mark := func(e expectedCitation) string {
			if e == empty {
				return ""
			}
			return fmt.Sprintf("%s %s %t", e.text, e.number, e.short)
		}
		sum[field].add(mark(g), mark(w))
		sum["kind"].add(g.kind, w.kind)
		sum["kind name"].add(g.name, w.name)
		sum["date"].add(g.day, w.day)
		sum["issuer"].add(g.issuer, w.issuer)
		if log && g != w {
			t.Logf("%s:%d: found %+v\n\twant %+v", text.file, text.line, g, w)
		}
	}
	for _, want := range text.cites {
		raw := want.text
		if change != nil {
			raw = change(raw)
		}
		found := expectedCitation{}
		for i, c := range got {
			if !used[i] && c.Text == raw {
				used[i] = true
				found = want.of(c)
				found.text = want.text
				break
			}
		}
		count(found, want)
	}
	for i, c := range got {
		if !used[i] {
			count(empty.of(c), empty)
		}
	}
}

func collect(text string) (out []Citation) {
	for c := range Citations([]byte(text), nil) {
		out = append(out, c)
	}
	return out
}

func measureCorpus(t testing.TB, name string, change func(string) string, log bool) map[string]*tally {
	sum := map[string]*tally{}
	for _, f := range citedFields {
		sum[f] = &tally{}
	}
	for _, text := range corpus(t, name) {
		in := text.text
		if change != nil {
			in = change(in)
		}
		compareCited(t, text, collect(in), change, sum, log)
	}
	return sum
}

// The figures that were reached, in percent; a change may only raise them. The
// first run of all, before anything was tuned, gave for blind.txt: numbers 100
// and 100, kinds 100 and 96, days 100 and 100, issuers 100 and 84, short forms
// 100 and 78 (precision and recall); and for tuned.txt, written next: numbers
// 98 and 97, kinds 95 and 93, days 97 and 94, issuers 86 and 86, short forms 83
// and 94. third.txt, written by a second hand, gave when it came: numbers 100 and
// 99, kinds 100 and 98, days 100 and 95, issuers 97 and 97, short forms 100 and
// 93.
var reached = map[string]float64{"number": 100, "kind": 100, "kind name": 100, "date": 100, "issuer": 100, "short": 100}

func TestCitationsOfTheCorpus(t *testing.T) {
	texts, blind := 0, 0
	for _, name := range []string{"blind", "tuned", "third"} {
		for form, change := range map[string]func(string) string{"NFC": nil, "NFD": nfd} {
			sum := measureCorpus(t, name, change, change == nil)
			for _, f := range citedFields {
				t.Logf("%s %s %-9s %v", name, form, f, sum[f])
				s := sum[f]
				if p := 100 * float64(s.right); p < reached[f]*float64(s.found) || p < reached[f]*float64(s.there) {
					t.Errorf("%s in %s: %s: %v, %.1f %% was reached", name, form, f, s, reached[f])
				}
			}
		}
		n := len(corpus(t, name))
		if texts += n; name == "blind" {
			blind = n
		}
	}
	if texts < 150 || blind < 50 {
		t.Errorf("%d texts, %d of them blind", texts, blind)
	}
}
