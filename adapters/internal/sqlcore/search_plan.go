package sqlcore

import (
	"database/sql"
	"slices"
	"strings"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
)

const selectHit = `SELECT e.n, e.id, e.body`

// phases plans a search.
func (s *search) phases() ([]phase, error) {
	conditions, err := s.conditions()
	if err != nil {
		return nil, err
	}
	fromIndex := len(s.terms) > 0 && s.q.Order == documents.OrderNewest && s.w.s.d.Words.Newest != ""
	sorted := false
	if !fromIndex {
		if conditions, sorted, err = s.narrowed(conditions); err != nil {
			return nil, err
		}
	}
	// The lines of an organisation are no few: where words lead to them, it is only
	// compared.
	organisation := "e.org"
	if sorted && len(s.terms) > 0 && s.w.s.d.KeyFirst {
		organisation = s.w.s.d.Unindexed(organisation)
	}
	base := phase{head: selectHit + " FROM vp_entries e WHERE " + organisation + " = ?", args: []any{string(s.org)}, after: s.after, sorted: sorted}
	for _, c := range conditions {
		base.where, base.args = append(base.where, c.text), append(base.args, c.args...)
	}
	switch s.q.Order {
	case documents.OrderNewest:
		base.key, base.down = []string{"e.n"}, true
		if fromIndex {
			return s.fromIndex(base)
		}
	case documents.OrderDay, documents.OrderLatest:
		return s.byDay(base), nil
	default:
		base.key = []string{"e.series", "e.slot"}
	}
	return []phase{base}, nil
}

// byDay walks what has a day before what has none: databases do not agree where
// NULL stands.
func (s *search) byDay(dated phase) []phase {
	dated.down = s.q.Order == documents.OrderLatest
	undated := dated
	dated.key, undated.key = []string{"e.day", "e.n"}, []string{"e.n"}
	dated.where = append(slices.Clip(dated.where), "e.day IS NOT NULL")
	undated.where = append(slices.Clip(undated.where), "e.day IS NULL")
	if s.q.Days != (vanphong.Days{}) {
		return []phase{dated}
	}
	if s.after == nil {
		return []phase{dated, undated}
	}
	if s.after.entry.Day.IsZero() {
		return []phase{undated}
	}
	undated.after = nil
	return []phase{dated, undated}
}

// fromIndex walks the index of words, which is in the order that is wanted, after
// the lines that it does not have yet.
func (s *search) fromIndex(loose phase) ([]phase, error) {
	x := s.w.s.d.Words
	indexed := loose
	indexed.head, indexed.args = x.Newest, append([]any{x.Ask(s.terms)}, loose.args...)
	indexed.key = []string{"vp_terms.rowid"}
	if x.Loose == "" {
		return []phase{indexed}, nil
	}
	var last int64
	if _, err := s.w.s.row("look up words", x.Loose, nil, &last); err != nil {
		return nil, err
	}
	loose.where, loose.args = append(slices.Clip(loose.where), "e.n > ?"), append(slices.Clip(loose.args), last)
	return []phase{loose, indexed}, nil
}

// condition is one of a query's, on a column of vp_entries e.
type condition struct {
	column, text string
	args         []any
}

// conditions writes a query in SQL. Each condition appears only if it is asked
// for, so that the database plans for what is there.
//
// One statement for all cases, with conditions that an empty argument turns
// off, would be planned without its arguments and use no index.
func (s *search) conditions() (out []condition, err error) {
	q := &s.q
	add := func(set bool, column, test string, args ...any) {
		if set {
			out = append(out, condition{column, "e." + column + test, args})
		}
	}
	state, standing := "", ""
	if state, err = text(q.State); err != nil {
		return nil, err
	}
	if standing, err = text(q.Standing); err != nil {
		return nil, err
	}
	add(q.Number.Serial != 0, "serial", " = ?", int64(q.Number.Serial))
	add(q.Origin != "", "origin", " = ?", q.Origin)
	add(q.Standing != documents.StandingPlain, "standing", " = ?", standing)
	add(q.Series != "", "series", " = ?", string(q.Series))
	add(q.Organ != "", "organ", " = ?", string(q.Organ))
	add(q.Kind != "", "kind", " = ?", string(q.Kind))
	if n := len(q.Kinds); n > 0 {
		kinds := make([]any, n)
		for i, k := range q.Kinds {
			kinds[i] = string(k)
		}
		add(true, "kind", " IN (?"+strings.Repeat(",?", n-1)+")", kinds...)
	}
	// Days are stored as YYYY-MM-DD, which sorts as days do. An entry without
	// a day is NULL and fails both comparisons: it is on no day.
	first, end := firstDay(q.Days.First), endDay(q.Days.End)
	add(first != "", "day", " >= ?", first)
	add(end != "", "day", " < ?", end)
	add(q.State != documents.StateUnknown, "state", " = ?", state)
	add(q.Number.Code != "", "code", " = ?", q.Number.Code)
	add(q.Number.Issuer != "", "issuer", " = ?", q.Number.Issuer)
	return out, nil
}

// narrowed chooses by which column lines are looked up, and keeps the database
// from another choice where it does not know better (Dialect.Unindexed). Few that
// match are looked up and sorted; of many the first are soon met by walking in the
// order that is wanted. Which of the two it is, is counted, and no further than it
// takes.
//
// Without a limit nothing is chosen: all lines must be read anyway.
func (s *search) narrowed(all []condition) (_ []condition, sorted bool, err error) {
	d := s.w.s.d
	limited := s.q.Limit > 0
	if x := d.Words; len(s.terms) > 0 {
		ask, way, n := x.Ask(s.terms), x.Few, 0
		if limited {
			if n, err = s.count(x.Count, ask); err != nil {
				return nil, false, err
			}
			if n >= manyLines {
				way = x.Many
			}
		}
		s.unindex(all, "")
		return append([]condition{{text: way, args: []any{ask}}}, all...), n < manyLines, nil
	}
	if !limited {
		return all, false, nil
	}
	for _, column := range []string{"serial", "origin", "standing"} {
		if slices.ContainsFunc(all, func(c condition) bool { return c.column == column }) {
			s.unindex(all, column)
			return all, true, nil
		}
	}
	recent, err := s.recent()
	if err != nil {
		return nil, false, err
	}
	// The days of one organ or kind are together in an index.
	for _, column := range []string{"organ", "kind", "day"} {
		query, args := `SELECT count(*) FROM (SELECT 1 FROM vp_entries e WHERE e.org = ?`, []any{string(s.org)}
		has := false
		for _, c := range all {
			if c.column == column || c.column == "day" {
				query, args = query+" AND "+c.text, append(args, c.args...)
				has = has || c.column == column
			}
		}
		if !has {
			continue
		}
		n, err := s.count(query+d.Limit+") few", args...)
		if err != nil {
			return nil, false, err
		}
		if n < manyLines || !recent {
			s.unindex(all, column, "day")
			return all, true, nil
		}
	}
	keep := "series"
	if s.q.Order == documents.OrderDay || s.q.Order == documents.OrderLatest {
		keep = "day"
	}
	s.unindex(all, keep)
	return all, false, nil
}

// recent reports whether what is asked for, the newest first, is among the newest
// lines: of a period long past the first may be behind a million others.
func (s *search) recent() (bool, error) {
	if s.q.Order != documents.OrderNewest || s.q.Days == (vanphong.Days{}) {
		return true, nil
	}
	var day sql.NullString
	_, err := s.w.s.row("read entry", `SELECT day FROM vp_entries WHERE org = ? ORDER BY n DESC`+s.w.s.d.Limit, []any{string(s.org), 1}, &day)
	if err != nil || !day.Valid {
		return true, err
	}
	d, err := vanphong.ParseDate(day.String)
	return err != nil || s.q.Days.Contains(d), nil
}

// count counts lines up to manyLines.
func (s *search) count(query string, args ...any) (n int, err error) {
	_, err = s.w.s.row("count entries", query, append(args, manyLines), &n)
	return n, err
}

// unindex keeps all conditions but those on some columns from being looked up in
// an index.
func (s *search) unindex(all []condition, except ...string) {
	for i := range all {
		if !slices.Contains(except, all[i].column) {
			column := "e." + all[i].column
			all[i].text = s.w.s.d.Unindexed(column) + strings.TrimPrefix(all[i].text, column)
		}
	}
}
