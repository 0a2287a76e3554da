package sqlite

import (
	"strings"

	"github.com/vanphong-go/vanphong/adapters/internal/sqlcore"
	"github.com/vanphong-go/vanphong/documents"
)

// words is the full-text index vp_terms. Its lines come in the order of n, and it
// has them up to the last multiple of 256, see 0003_search.sql.
var words = sqlcore.WordIndex{
	Ask:    ask,
	Count:  `SELECT count(*) FROM (SELECT 1 FROM vp_terms WHERE vp_terms MATCH ? LIMIT ?)`,
	Few:    foundByWords,
	Many:   `+` + foundByWords,
	Newest: `SELECT e.n, e.id, e.body FROM vp_terms CROSS JOIN vp_entries e ON e.n = vp_terms.rowid WHERE vp_terms MATCH ? AND e.org = ?`,
	Loose:  `SELECT ` + lastIndexed,
}

const (
	lastIndexed  = `coalesce((SELECT max(n) FROM vp_entries) / 256 * 256, 0)`
	foundByWords = `e.n IN (SELECT rowid FROM vp_terms WHERE vp_terms MATCH ? UNION ALL SELECT n FROM vp_entries WHERE n > ` + lastIndexed + `)`
)

// ask writes terms as FTS5 reads them: strings, all of which must be there. A term
// holds nothing that would have to be escaped.
func ask(terms []documents.Term) string {
	var b strings.Builder
	for _, t := range terms {
		b.WriteString(`"` + t.Text + `"`)
		if t.Part {
			b.WriteByte('*')
		}
		b.WriteByte(' ')
	}
	return b.String()
}
