package documents

import (
	"bufio"
	"errors"
	"os"
	"strconv"
	"strings"
	"testing"
)

// A corpusLine is a text of a corpus and how it reads.
type corpusLine struct {
	in    string
	wants []Number // none: refused; two: both remain
}

// readCorpus reads a file of texts; its head says how lines are written.
func readCorpus(t testing.TB, file string) []corpusLine {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []corpusLine
	for sc := bufio.NewScanner(f); sc.Scan(); {
		if line := sc.Text(); line != "" && line[0] != '#' {
			in, want, ok := strings.Cut(line, "\t")
			text, err := strconv.Unquote(`"` + strings.ReplaceAll(in, `"`, `\"`) + `"`)
			if err != nil || !ok {
				t.Fatalf("%s: %q: %v", file, line, err)
			}
			c := corpusLine{in: text}
			if want != "-" {
				for w := range strings.SplitSeq(want, " | ") {
					c.wants = append(c.wants, MustNumber(w))
				}
			}
			out = append(out, c)
		}
	}
	return out
}

// fieldsOf are the fields of a number as texts, "" for one that is not there.
func fieldsOf(n Number) map[string]string {
	year := ""
	if n.Year != 0 {
		year = strconv.Itoa(int(n.Year))
	}
	serial := ""
	if n.Serial != 0 {
		serial = strconv.Itoa(int(n.Serial))
	}
	return map[string]string{"system": n.System.Name(), "serial": serial, "suffix": n.Suffix, "year": year,
		"code": n.Code, "issuer": n.Issuer, "unit": n.Unit, "tail": n.Tail}
}

// A score counts the fields that were read: right, read and to be read.
type score struct{ right, read, there int }

// scores reads a corpus and counts field by field. A text with two readings counts as
// read if both are named.
func scores(t testing.TB, lines []corpusLine) (fields map[string]score, whole int) {
	fields = map[string]score{}
	for _, c := range lines {
		r, err := ReadNumber(c.in, nil)
		got := []Number{}
		var ne *NumberError
		if err == nil {
			got = append(got, r.Number)
		} else if errors.As(err, &ne) {
			got = ne.Readings
		}
		same := len(got) == len(c.wants)
		for i := range max(len(got), len(c.wants)) {
			var g, w Number
			if i < len(got) {
				g = got[i]
			}
			if i < len(c.wants) {
				w = c.wants[i]
			}
			same = same && g == w
			is := fieldsOf(g)
			for name, want := range fieldsOf(w) {
				s := fields[name]
				if is[name] != "" {
					s.read++
				}
				if want != "" {
					s.there++
				}
				if want != "" && is[name] == want {
					s.right++
				}
				fields[name] = s
			}
		}
		if same {
			whole++
		} else {
			t.Errorf("%q: %v, %v; want %v", c.in, got, err, c.wants)
		}
	}
	return fields, whole
}

// corpora are the files of texts: one that grew with the reader, two that others wrote.
var corpora = []string{"testdata/readnumber.tsv", "testdata/readnumber_blind.tsv", "testdata/readnumber_clerk.tsv"}

// The corpora are what the reader is held to. A field that is lost or wrong shows here by
// name; go test -v prints the figures.
func TestReadNumberReadsEveryFieldOfTheCorpora(t *testing.T) {
	for _, file := range corpora {
		lines := readCorpus(t, file)
		fields, whole := scores(t, lines)
		t.Logf("%s: %d texts, %d right", file, len(lines), whole)
		for _, name := range []string{"system", "serial", "suffix", "year", "code", "issuer", "unit", "tail"} {
			s := fields[name]
			t.Logf("%-7s precision %d/%d, recall %d/%d", name, s.right, s.read, s.right, s.there)
			if s.right < s.read || s.right < s.there {
				t.Errorf("%s: %d right of %d read and %d that are there", name, s.right, s.read, s.there)
			}
		}
	}
}

func TestTheCorporaAreLargeAndTheirTextsDiffer(t *testing.T) {
	seen := map[string]bool{}
	read, refused, two := 0, 0, 0
	for _, file := range corpora {
		for _, c := range readCorpus(t, file) {
			if file == "testdata/readnumber.tsv" && seen[c.in] {
				t.Errorf("%q twice", c.in)
			}
			seen[c.in] = true
			switch len(c.wants) {
			case 0:
				refused++
			case 1:
				read++
			default:
				two++
			}
		}
	}
	if read < 200 || refused < 100 || two < 10 {
		t.Errorf("%d read, %d refused, %d with two readings", read, refused, two)
	}
}
