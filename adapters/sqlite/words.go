package sqlite

import (
	"context"
	"database/sql"
	"hash/fnv"
	"strconv"
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

// checkWords compares the index of words with the lines that it is made of. Lines are
// counted without a gap, or the index would pass over some.
//
// Two sums over all pairs of a word and a line are compared, not the pairs: there are
// twenty of them a line. What was changed without the sum in mind changes it.
func checkWords(ctx context.Context, q querier) error {
	var lines, top int64
	if err := q.QueryRowContext(ctx, `SELECT count(*), coalesce(max(n), 0) FROM vp_entries`).Scan(&lines, &top); err != nil {
		return err
	}
	if lines != top {
		return &RowError{Table: "vp_entries", ID: strconv.FormatInt(top, 10), Want: "lines numbered 1 to " + strconv.FormatInt(lines, 10)}
	}
	var want, have uint64
	err := eachWord(ctx, q, `SELECT terms, n FROM vp_indexed`, func(terms string, n int64) {
		for t := range strings.SplitSeq(terms, " ") {
			want += pairSum(t, n)
		}
	})
	if err == nil {
		err = eachWord(ctx, q, `SELECT term, doc FROM vp_term_lines`, func(term string, n int64) { have += pairSum(term, n) })
	}
	if err == nil && want != have {
		err = &RowError{Table: "vp_terms", ID: "vp_terms", Want: "the words of vp_entries.terms; INSERT INTO vp_terms (vp_terms) VALUES ('rebuild') makes them anew"}
	}
	return err
}

func eachWord(ctx context.Context, q querier, query string, do func(string, int64)) error {
	rows, err := q.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var text sql.RawBytes
		var n int64
		if err := rows.Scan(&text, &n); err != nil {
			return err
		}
		do(string(text), n)
	}
	return rows.Err()
}

func pairSum(term string, n int64) uint64 {
	h := fnv.New64a()
	h.Write([]byte(term + " " + strconv.FormatInt(n, 10)))
	return h.Sum64()
}
