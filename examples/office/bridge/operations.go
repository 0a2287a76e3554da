package bridge

import (
	"iter"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/documents/incoming"
)

// routes is every operation of the bridge.
func (b *Bridge) routes() []route {
	const org = "/v1/orgs/{org}"
	return append(b.incomingRoutes(org), []route{
		{http.MethodGet, org + "/series", "listSeries", "documents.read", b.listSeries},
		{http.MethodPost, org + "/series", "openSeries", "", b.openSeries},
		{http.MethodGet, org + "/series/{series}", "getSeries", "documents.read", b.getSeries},
		{http.MethodGet, org + "/series/{series}/proof", "getProof", "documents.read", b.getProof},
		{http.MethodPost, org + "/series/{series}/close", "closeSeries", "", b.closeSeries},
		{http.MethodGet, org + "/entries", "listEntries", "documents.read", b.listEntries},
		{http.MethodGet, org + "/entries/{id}", "getEntry", "documents.read", b.getEntry},
		{http.MethodPut, org + "/entries/{id}", "issue", "", b.issue},
		{http.MethodPut, org + "/reservations/{id}", "reserve", "", b.reserve},
		{http.MethodPost, org + "/entries/{id}/release", "release", "", b.release},
		{http.MethodPost, org + "/entries/{id}/void", "void", "", b.void},
		{http.MethodGet, org + "/changes", "listChanges", "", b.listChanges},
	}...)
}

// Page is one page of a list. Next is what to send as "after" for the page
// behind it, empty on the last.
type Page[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next,omitempty"`
}

// The bounds of a page.
const (
	DefaultPage = 50
	MaxPage     = 500
)

// page takes the items of a sequence until the page is full; one more than the
// limit says that there is a next page.
func page[T any](all iter.Seq2[T, error], limit int, id func(T) string) (Page[T], error) {
	out := Page[T]{Items: []T{}}
	for v, err := range all {
		if err != nil {
			return out, err
		}
		if len(out.Items) == limit {
			out.Next = id(out.Items[limit-1])
			break
		}
		out.Items = append(out.Items, v)
	}
	return out, nil
}

// shown walks what may leave of each item, without those that may not be told
// of at all.
func shown[T any](all iter.Seq2[T, error], show func(T) (T, bool)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for v, err := range all {
			if err != nil {
				yield(v, err)
				return
			}
			if v, ok := show(v); ok && !yield(v, nil) {
				return
			}
		}
	}
}

// limit is how many items a page may have. Parameters that the operation does
// not know are refused: one misspelt would be a filter left out.
func (c *call) limit(known ...string) (int, url.Values, error) {
	q, err := url.ParseQuery(c.URL.RawQuery)
	if err != nil {
		return 0, nil, &requestError{http.StatusBadRequest, "malformed", "the query of the address cannot be read"}
	}
	for name, values := range q {
		if len(values) > 1 {
			return 0, nil, vanphong.NewInputError("query", name, "each parameter once", nil)
		}
		if name != "limit" && !slices.Contains(known, name) {
			return 0, nil, vanphong.NewInputError("query", name, "a parameter that is described in /openapi.json", nil)
		}
	}
	text := q.Get("limit")
	if text == "" {
		return DefaultPage, q, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > MaxPage {
		return 0, nil, vanphong.NewInputError("limit", text, "1 to "+strconv.Itoa(MaxPage), nil)
	}
	return n, q, nil
}

func (b *Bridge) listSeries(c *call) (any, error) {
	if _, _, err := c.limit(); err != nil {
		return nil, err
	}
	// An office has tens of series: they fit a page.
	return page(b.registrar.AllSeries(c.Context(), c.org), 10*MaxPage, func(s documents.Series) string { return string(s.ID) })
}

func (b *Bridge) openSeries(c *call) (any, error) {
	var req documents.OpenRequest
	stamp, err := c.write(&req)
	if err != nil {
		return nil, err
	}
	return b.registrar.Open(c.Context(), c.org, req, stamp)
}

func (b *Bridge) getSeries(c *call) (any, error) {
	return b.registrar.Series(c.Context(), c.org, documents.SeriesID(c.PathValue("series")))
}

func (b *Bridge) getProof(c *call) (any, error) {
	id := documents.SeriesID(c.PathValue("series"))
	p, err := b.registrar.Proof(c.Context(), c.org, id)
	if err != nil {
		return nil, err
	}
	secret := map[place]bool{}
	for e, err := range b.registrar.List(c.Context(), c.org, documents.Query{Series: id}) {
		if err != nil {
			return nil, err
		}
		if !c.redaction().Allows(Zone, e.Secrecy) {
			secret[place{e.Serial, e.Number.Suffix}] = true
		}
	}
	return redactProof(p, secret), nil
}

// place is a number of a series.
type place struct {
	serial uint32
	suffix string
}

// redactProof takes out of a proof what [documents.Entry.For] takes out of the
// entries of those numbers: id, reason and person. The numbers stay, so that it
// still shows no gap.
func redactProof(p documents.Proof, secret map[place]bool) documents.Proof {
	for _, lines := range [...][]documents.Line{p.Reserved, p.Void, p.Held, p.Inserted} {
		for i, l := range lines {
			if secret[place{l.Serial, l.Suffix}] {
				lines[i] = documents.Line{Serial: l.Serial, Suffix: l.Suffix, Entry: documents.Redacted, Event: l.Event}
				if l.Reason != "" {
					lines[i].Reason = vanphong.Placeholder
				}
			}
		}
	}
	for i, r := range p.Late {
		for at := range secret {
			if at.suffix == r.Suffix && r.First <= at.serial && at.serial <= r.Last {
				p.Late[i].Reason = vanphong.Placeholder
			}
		}
	}
	return p
}

// Reason is the body of an operation that needs no more than why.
type Reason struct {
	Reason string `json:"reason"`
}

func (b *Bridge) closeSeries(c *call) (any, error) {
	var req Reason
	stamp, err := c.write(&req)
	if err != nil {
		return nil, err
	}
	return b.registrar.Close(c.Context(), c.org, documents.CloseRequest{Series: documents.SeriesID(c.PathValue("series")), Reason: req.Reason}, stamp)
}

// issue gives a document its number: PUT, for the same request gives the same
// number however often it is sent.
func (b *Bridge) issue(c *call) (any, error) {
	var req struct {
		Series documents.SeriesID `json:"series"`
		documents.Content
	}
	stamp, err := c.write(&req)
	if err != nil {
		return nil, err
	}
	return c.entry(b.registrar.Issue(c.Context(), c.org, documents.IssueRequest{ID: c.id(), Series: req.Series, Content: req.Content}, stamp))
}

func (b *Bridge) reserve(c *call) (any, error) {
	var req struct {
		Series documents.SeriesID `json:"series"`
		Kind   documents.Kind     `json:"kind"`
		Unit   string             `json:"unit"`
		Tail   string             `json:"tail"`
		With   string             `json:"with"`
		Day    vanphong.Date      `json:"day"`
		Note   string             `json:"note"`
	}
	stamp, err := c.write(&req)
	if err != nil {
		return nil, err
	}
	return c.entry(b.registrar.Reserve(c.Context(), c.org, documents.ReserveRequest{ID: c.id(), Series: req.Series, Kind: req.Kind,
		Unit: req.Unit, Tail: req.Tail, With: req.With, Day: req.Day, Note: req.Note}, stamp))
}

func (b *Bridge) release(c *call) (any, error) {
	var req Reason
	stamp, err := c.write(&req)
	if err != nil {
		return nil, err
	}
	return c.entry(b.registrar.Release(c.Context(), c.org, documents.ReleaseRequest{ID: c.id(), Reason: req.Reason}, stamp))
}

func (b *Bridge) void(c *call) (any, error) {
	var req Reason
	stamp, err := c.write(&req)
	if err != nil {
		return nil, err
	}
	return c.entry(b.registrar.Void(c.Context(), c.org, documents.VoidRequest{ID: c.id(), Reason: req.Reason}, stamp))
}

func (b *Bridge) getEntry(c *call) (any, error) {
	return c.entry(b.registrar.Entry(c.Context(), c.org, c.id()))
}

// id is the caller's own id of an entry.
func (c *call) id() documents.EntryID { return documents.EntryID(c.PathValue("id")) }

// entry is the one door for entries: what may not reach this client does not.
func (c *call) entry(e documents.Entry, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	return e.For(Zone, c.redaction()), nil
}

// ChangePage is a part of the stream of changes. Cursor is where to go on, also
// when there is nothing more yet.
type ChangePage struct {
	Items  []vanphong.Change `json:"items"`
	Cursor vanphong.Cursor   `json:"cursor"`
	More   bool              `json:"more"`
}

// listChanges tells what happened after a cursor, in commit order. Documents
// and incoming are two streams with cursors of their own, and rights of their
// own.
func (b *Bridge) listChanges(c *call) (any, error) {
	limit, q, err := c.limit("stream", "after")
	if err != nil {
		return nil, err
	}
	right, changes, hides := "documents.read", b.cfg.Documents.Changes, b.hidesEntry
	switch stream := q.Get("stream"); stream {
	case "", "documents":
	case "incoming":
		right, changes, hides = "incoming.read", b.cfg.Incoming.Changes, b.hidesArrival
	default:
		return nil, vanphong.NewInputError("stream", stream, "documents or incoming", nil)
	}
	if err := c.mayRead(right); err != nil {
		return nil, err
	}
	out := ChangePage{Items: []vanphong.Change{}}
	if text := q.Get("after"); text != "" {
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil || n < 0 {
			return nil, vanphong.NewInputError("after", text, "a cursor as it was given", nil)
		}
		out.Cursor = vanphong.Cursor(n)
	}
	for ch, err := range changes(c.Context(), c.org, out.Cursor) {
		if err != nil {
			return nil, err
		}
		if out.More = len(out.Items) == limit; out.More {
			break
		}
		out.Items = append(out.Items, ch)
	}
	if n := len(out.Items); n > 0 {
		out.Cursor = out.Items[n-1].Cursor
	}
	// After the walk and not within it: a walk may hold one of the store's few
	// connections, and many that wait for a second one would wait for ever.
	for i, ch := range out.Items {
		hidden, err := hides(c, ch)
		if err != nil {
			return nil, err
		}
		if hidden {
			out.Items[i].ID = string(documents.Redacted)
		}
	}
	return out, nil
}

// hidesEntry reports whether a change is about an entry whose id may not reach
// this client: the id is the caller's own and may say what it is about.
func (b *Bridge) hidesEntry(c *call, ch vanphong.Change) (bool, error) {
	if ch.Kind != documents.RecordEntry || c.client.Receives == vanphong.TopSecret {
		return false, nil
	}
	e, err := b.registrar.Entry(c.Context(), c.org, documents.EntryID(ch.ID))
	return !c.redaction().Allows(Zone, e.Secrecy), err
}

// hidesArrival is hidesEntry for what arrives.
func (b *Bridge) hidesArrival(c *call, ch vanphong.Change) (bool, error) {
	if ch.Kind != incoming.RecordDocument || c.client.Receives == vanphong.TopSecret {
		return false, nil
	}
	d, err := b.desk.Document(c.Context(), c.org, incoming.ID(ch.ID))
	return !c.redaction().Allows(Zone, d.Secrecy), err
}
