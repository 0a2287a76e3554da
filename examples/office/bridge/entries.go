package bridge

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
)

// entryFilters are the parameters of listEntries.
var entryFilters = []string{"find", "series", "organ", "kind", "from", "to", "state", "origin", "words", "signer", "order", "after"}

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
	if query.After, err = b.lineOf(c, q.Get("after")); err != nil {
		return nil, err
	}
	// A mark, a number, its state and its day are what an open register shows
	// of a hidden line; that it matched anything else would tell of it.
	asks := query.Kind != "" || query.Origin != "" || query.Words != "" || query.Signer != ""
	if query.Limit = limit + 1; asks && c.client.Receives < vanphong.TopSecret {
		query.Limit = 0 // some of the lines will not count
	}
	lines := shown(b.registrar.List(c.Context(), c.org, query), func(e documents.Entry) (documents.Entry, bool) {
		return e.For(Zone, c.redaction()), !asks || c.redaction().Allows(Zone, e.Secrecy)
	})
	return page(lines, limit, func(e documents.Entry) string {
		return string(e.Series) + "~" + strconv.FormatUint(uint64(e.Serial), 10) + "~" + e.Number.Suffix
	})
}

// lineOf returns the id of the line a page ends with, from its place: the id
// of a hidden line is not told, and so cannot be sent back.
func (b *Bridge) lineOf(c *call, after string) (documents.EntryID, error) {
	if after == "" {
		return "", nil
	}
	wrong := vanphong.NewInputError("after", after, "the next of a page, as it was given", nil)
	series, rest, _ := strings.Cut(after, "~")
	serial, suffix, ok := strings.Cut(rest, "~")
	n, err := strconv.ParseUint(serial, 10, 32)
	if !ok || err != nil || series == "" {
		return "", wrong
	}
	// Without a suffix the query also gives 15a of 15.
	query := documents.Query{Series: documents.SeriesID(series), Number: documents.Number{Serial: uint32(n), Suffix: suffix}}
	for e, err := range b.registrar.List(c.Context(), c.org, query) {
		if err != nil {
			return "", err
		}
		if e.Number.Suffix == suffix {
			return e.ID, nil
		}
	}
	return "", wrong
}

// entryQuery makes the SDK's query of the parameters of an address.
func entryQuery(q url.Values) (documents.Query, error) {
	// What a clerk types into one box may be a number, a day or words; the other
	// parameters restrict it further.
	out, err := documents.ReadQuery(q.Get("find"), nil)
	if err != nil {
		return out, err
	}
	days, err := daysOf(q)
	if err != nil {
		return out, err
	}
	if days != (vanphong.Days{}) {
		out.Days = days
	}
	out.Series, out.Organ = documents.SeriesID(q.Get("series")), vanphong.OrgID(q.Get("organ"))
	out.Kind, out.Origin, out.Signer = documents.Kind(q.Get("kind")), q.Get("origin"), q.Get("signer")
	if words := q.Get("words"); words != "" {
		out.Words = words
	}
	if text := q.Get("order"); text != "" {
		if err := out.Order.UnmarshalText([]byte(text)); err != nil {
			return out, err
		}
	}
	if text := q.Get("state"); text != "" {
		err = out.State.UnmarshalText([]byte(text))
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
