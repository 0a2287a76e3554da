package documents

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
)

func TestTmpBlind(t *testing.T) {
	b, _ := os.ReadFile("testdata/readnumber_blind.tsv")
	ok, all := 0, 0
	for line := range strings.Lines(string(b)) {
		line = strings.TrimRight(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		in, want, _ := strings.Cut(line, "\t")
		in, err := strconv.Unquote(`"` + strings.ReplaceAll(in, `"`, `\"`) + `"`)
		if err != nil {
			t.Fatal(line)
		}
		all++
		r, err := ReadNumber(in, nil)
		got := r.Number.String()
		if err != nil {
			got = "-"
			if ne := err.(*NumberError); len(ne.Readings) > 0 {
				got = ne.Readings[0].String() + " | " + ne.Readings[1].String()
			}
		}
		if got == want {
			ok++
		} else {
			fmt.Printf("%q: got %s want %s (%v)\n", in, got, want, err)
		}
	}
	fmt.Println(ok, all)
}
