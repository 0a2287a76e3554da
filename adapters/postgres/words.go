package postgres

import (
	"strings"

	"github.com/vanphong-go/vanphong/adapters/internal/sqlcore"
	"github.com/vanphong-go/vanphong/documents"
)

// words is the index vp_entries_terms.
//
// The server cannot know how many lines have two words together: it takes each for
// a matter of its own. So the lines are counted, and either way is written such that
// one plan is left: an array is looked up by n, and a text search of something that
// is not indexed is asked of each line.
var words = sqlcore.WordIndex{
	Ask:   ask,
	Count: `SELECT count(*) FROM (SELECT 1 FROM vp_entries e WHERE ` + hasTerms + ` LIMIT ?) few`,
	Few:   `e.n = ANY (ARRAY(SELECT e.n FROM vp_entries e WHERE ` + hasTerms + `))`,
	Many:  `(` + vector + ` || CAST('' AS tsvector)) @@ CAST(? AS tsquery)`,
}

const (
	vector   = `array_to_tsvector(string_to_array(e.terms, ' '))`
	hasTerms = vector + ` @@ CAST(? AS tsquery)`
)

// ask writes terms as a tsquery, all of which must be there. A term holds nothing
// that would have to be escaped.
func ask(terms []documents.Term) string {
	var b strings.Builder
	for i, t := range terms {
		if i > 0 {
			b.WriteString(" & ")
		}
		b.WriteString("'" + t.Text + "'")
		if t.Part {
			b.WriteString(":*")
		}
	}
	return b.String()
}

// unindexed makes an expression of a column that no index has.
func unindexed(column string) string {
	if column == "e.n" || column == "e.serial" {
		return "(" + column + " + 0)"
	}
	return "(" + column + " || '')"
}
