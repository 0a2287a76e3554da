package bridge

import (
	"net/url"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
)

// entryFilters are the parameters of listEntries.
var entryFilters = []string{"series", "organ", "kind", "from", "to", "state", "origin"}

// listEntries lists and searches the register (tra cứu sổ), a page at a time.
func (b *Bridge) listEntries(c *call) (any, error) {
	limit, q, err := c.limit(entryFilters...)
	if err != nil {
		return nil, err
	}
	query, err := entryQuery(q)
	if err != nil {
		return nil, err
	}
	return page(documents.EntriesFor(Zone, c.redaction(), b.registrar.List(c.Context(), c.org, query)), limit, func(e documents.Entry) string { return string(e.ID) })
}

// entryQuery makes the SDK's query of the parameters of an address.
func entryQuery(q url.Values) (documents.Query, error) {
	days, err := daysOf(q)
	if err != nil {
		return documents.Query{}, err
	}
	out := documents.Query{
		Series: documents.SeriesID(q.Get("series")), Organ: vanphong.OrgID(q.Get("organ")),
		Kind: documents.Kind(q.Get("kind")), Days: days, Origin: q.Get("origin"),
	}
	if state := q.Get("state"); state != "" {
		err = out.State.UnmarshalText([]byte(state))
	}
	return out, err
}

// daysOf reads "from" and "to". People name the last day that belongs to a
// period, days of the SDK end before theirs.
func daysOf(q url.Values) (vanphong.Days, error) {
	var d vanphong.Days
	var err error
	if text := q.Get("from"); text != "" {
		if d.First, err = vanphong.ParseDate(text); err != nil {
			return d, err
		}
	}
	if text := q.Get("to"); text != "" {
		last, err := vanphong.ParseDate(text)
		if err != nil {
			return d, err
		}
		d.End = last + 1
	}
	return d, nil
}
