package postgres

import (
	"strings"

	"github.com/vanphong-go/vanphong/adapters/internal/sqlcore"
	"github.com/vanphong-go/vanphong/documents"
)

// words is the index vp_entries_terms.
//
// The server cannot know how many lines have two words together, and takes each
// for a matter of its own: so it is counted, and either way is written such that
// only one plan is left.
var words = sqlcore.WordIndex{
	Ask:   ask,
	Count: `SELECT count(*) FROM (SELECT 1 FROM vp_entries e WHERE ` + hasTerms + ` LIMIT ?) few`,
	Few:   `e.n IN (SELECT n FROM vp_entries e WHERE ` + hasTerms + `)`,
	Many:  `string_to_array(e.terms, ' ') IS NOT NULL AND ` + hasTerms,
}

const hasTerms = `array_to_tsvector(string_to_array(e.terms, ' ')) @@ CAST(? AS tsquery)`

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
