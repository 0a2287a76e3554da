package bridge

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/documents/incoming"
)

// incomingRoutes are the operations on what arrives (văn bản đến).
func (b *Bridge) incomingRoutes(org string) []route {
	one := org + "/incoming/{id}"
	return []route{
		{http.MethodGet, org + "/books", "listBooks", "incoming.read", b.listBooks},
		{http.MethodPost, org + "/books", "openBook", "", b.openBook},
		{http.MethodGet, org + "/incoming", "listIncoming", "incoming.read", b.listIncoming},
		{http.MethodGet, one, "getIncoming", "incoming.read", b.getIncoming},
		{http.MethodPut, one, "receive", "", b.receive},
		{http.MethodGet, one + "/status", "getIncomingStatus", "incoming.read", b.incomingStatus},
		{http.MethodPost, one + "/presentations", "present", "", b.present},
		{http.MethodPost, one + "/instructions", "instruct", "", b.instruct},
		{http.MethodPost, one + "/acknowledge", "acknowledge", "", b.acknowledge},
		{http.MethodPost, one + "/complete", "complete", "", b.complete},
		{http.MethodPost, one + "/answers", "link", "", b.link},
	}
}

// arrivalID is the caller's own id of an arrived document.
func (c *call) arrivalID() incoming.ID { return incoming.ID(c.PathValue("id")) }

// arrival is the one door for arrived documents, as [call.entry] is for
// entries.
func (c *call) arrival(d incoming.Document, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	return d.For(Zone, c.redaction()), nil
}

func (b *Bridge) listBooks(c *call) (any, error) {
	if _, _, err := c.limit(); err != nil {
		return nil, err
	}
	return page(b.desk.Books(c.Context(), c.org), 10*MaxPage, func(k incoming.Book) string { return string(k.ID) })
}

func (b *Bridge) openBook(c *call) (any, error) {
	var req incoming.Opening
	stamp, err := c.write(&req)
	if err != nil {
		return nil, err
	}
	return b.desk.OpenBook(c.Context(), c.org, req, stamp)
}

// incomingFilters are the parameters of listIncoming.
var incomingFilters = []string{"book", "arrival", "number", "issuer", "external", "from", "to", "state", "on", "open", "unit", "words", "after"}

func (b *Bridge) listIncoming(c *call) (any, error) {
	limit, q, err := c.limit(incomingFilters...)
	if err != nil {
		return nil, err
	}
	query := incoming.Query{
		Book: incoming.BookID(q.Get("book")), Number: q.Get("number"), Issuer: incoming.Issuer{Name: q.Get("issuer")},
		External: q.Get("external"), Unit: vanphong.OrgID(q.Get("unit")), Words: q.Get("words"),
	}
	if query.Arrived, err = daysOf(q); err != nil {
		return nil, err
	}
	if text := q.Get("arrival"); text != "" {
		n, err := strconv.ParseUint(text, 10, 32)
		if err != nil || n == 0 {
			return nil, vanphong.NewInputError("arrival", text, "a number of the book", nil)
		}
		query.Arrival = uint32(n)
	}
	if text := q.Get("state"); text != "" {
		if err := query.State.UnmarshalText([]byte(text)); err != nil {
			return nil, err
		}
	}
	if text := q.Get("on"); text != "" {
		if query.On, err = vanphong.ParseDate(text); err != nil {
			return nil, err
		}
	}
	if text := q.Get("open"); text != "" {
		if query.Open, err = strconv.ParseBool(text); err != nil {
			return nil, vanphong.NewInputError("open", text, "true or false", nil)
		}
	}
	if query.After, err = placeOf(q.Get("after")); err != nil {
		return nil, err
	}
	// To be told that a hidden line has this number would confirm a guess.
	asks := query.Number != "" || query.Issuer != (incoming.Issuer{}) || query.External != "" || query.Words != ""
	if query.Limit = limit + 1; (asks || query.Unit != "") && c.client.Receives < vanphong.TopSecret {
		query.Limit = 0 // some of the lines will not count
	}
	lines := shown(b.desk.Documents(c.Context(), c.org, query), func(d incoming.Document) (incoming.Document, bool) {
		view := d.For(Zone, c.redaction())
		if c.redaction().Allows(Zone, d.Secrecy) {
			return view, true
		}
		// Of the units only those in charge are shown, not those that coordinate.
		return view, !asks && (query.Unit == "" || query.Match(view))
	})
	return page(lines, limit, func(d incoming.Document) string {
		p := d.Place()
		return p.Day.String() + "~" + strconv.FormatUint(uint64(p.Arrival), 10) + "~" + string(p.Book)
	})
}

// placeOf reads where a page begins. A place and not an id: that of a hidden
// line is not told.
func placeOf(after string) (p incoming.Place, err error) {
	if after == "" {
		return p, nil
	}
	wrong := vanphong.NewInputError("after", after, "the next of a page, as it was given", nil)
	day, rest, _ := strings.Cut(after, "~")
	number, book, ok := strings.Cut(rest, "~")
	if p.Day, err = vanphong.ParseDate(day); !ok || err != nil {
		return p, wrong
	}
	n, err := strconv.ParseUint(number, 10, 32)
	if err != nil {
		return p, wrong
	}
	p.Arrival, p.Book = uint32(n), incoming.BookID(book)
	return p, nil
}

func (b *Bridge) getIncoming(c *call) (any, error) {
	return c.arrival(b.desk.Document(c.Context(), c.org, c.arrivalID()))
}

func (b *Bridge) receive(c *call) (any, error) {
	var req incoming.Receipt
	stamp, err := c.write(&req)
	if err != nil {
		return nil, err
	}
	return c.arrival(b.desk.Receive(c.Context(), c.org, c.arrivalID(), req, stamp))
}

// incomingStatus answers for a day: yesterday's question has yesterday's
// answer.
func (b *Bridge) incomingStatus(c *call) (any, error) {
	day := vanphong.DateOf(c.now)
	_, q, err := c.limit("day")
	if err != nil {
		return nil, err
	}
	if text := q.Get("day"); text != "" {
		if day, err = vanphong.ParseDate(text); err != nil {
			return nil, err
		}
	}
	d, err := b.desk.Document(c.Context(), c.org, c.arrivalID())
	if err != nil {
		return nil, err
	}
	return d.Status(day), nil
}

func (b *Bridge) present(c *call) (any, error) {
	var req struct {
		To   incoming.Assignee `json:"to"`
		At   time.Time         `json:"at"`
		Note string            `json:"note"`
	}
	stamp, err := c.write(&req)
	if err != nil {
		return nil, err
	}
	return c.arrival(b.desk.Present(c.Context(), c.org, c.arrivalID(), incoming.Presentation{To: req.To, At: req.At, Note: req.Note}, stamp))
}

func (b *Bridge) instruct(c *call) (any, error) {
	var req incoming.Instruction
	stamp, err := c.write(&req)
	if err != nil {
		return nil, err
	}
	return c.arrival(b.desk.Instruct(c.Context(), c.org, c.arrivalID(), req, stamp))
}

// noteRequest is the body of a step that needs an instant and a remark at
// most.
type noteRequest struct {
	At   time.Time `json:"at"`
	Note string    `json:"note"`
}

func (b *Bridge) acknowledge(c *call) (any, error) {
	var req noteRequest
	stamp, err := c.write(&req)
	if err != nil {
		return nil, err
	}
	return c.arrival(b.desk.Acknowledge(c.Context(), c.org, c.arrivalID(), incoming.Notice{At: req.At, Note: req.Note}, stamp))
}

func (b *Bridge) complete(c *call) (any, error) {
	var req noteRequest
	stamp, err := c.write(&req)
	if err != nil {
		return nil, err
	}
	return c.arrival(b.desk.Complete(c.Context(), c.org, c.arrivalID(), req.At, req.Note, stamp))
}

func (b *Bridge) link(c *call) (any, error) {
	var req struct {
		Entry  documents.EntryID `json:"entry"`
		Number string            `json:"number"`
		Dated  vanphong.Date     `json:"dated"`
		At     time.Time         `json:"at"`
	}
	stamp, err := c.write(&req)
	if err != nil {
		return nil, err
	}
	return c.arrival(b.desk.Link(c.Context(), c.org, c.arrivalID(), incoming.Answer{Entry: req.Entry, Number: req.Number, Dated: req.Dated, At: req.At}, stamp))
}
