package bridge

import (
	"bytes"
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"path"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/time/rate"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/documents/incoming"
)

// Config is what a bridge stands on. The stores and Clients are required.
type Config struct {
	Documents documents.Store
	Incoming  incoming.Store
	// Policies are the office's own numbering policies beside the presets.
	Policies []documents.Policy
	Clients  []Client
	// Passing reports whether an error of the store is one that passes, such as
	// a lock held by another process: the client is told to ask again.
	Passing func(error) bool
	// Now is the clock; nil is time.Now. The bridge is the border at which
	// "now" becomes an argument.
	Now func() time.Time
	Log *slog.Logger // nil logs nothing
}

// The bounds of a request.
const (
	MaxBody     = 64 << 10         // bytes; the largest content of an entry is far below
	MaxDuration = 20 * time.Second // of one request, answer included
	maxFailures = 5                // wrong tokens a second, of all callers together
)

// Zone is the zone that the bridge's clients are in, see [vanphong.Redaction].
const Zone vanphong.Zone = "bridge"

// Bridge is the HTTP door. It is an http.Handler and safe for use by many
// goroutines.
type Bridge struct {
	cfg       Config
	registrar *documents.Registrar
	desk      *incoming.Desk
	clients   map[string]*knownClient // by the digest of the token
	wrong     *rate.Limiter
	mux       *http.ServeMux
}

// knownClient is a client and what is left of its requests.
type knownClient struct {
	Client
	limit *rate.Limiter
}

//go:embed openapi.json
var description []byte

// Description returns the OpenAPI 3.1 document of the bridge, as it is served
// at /openapi.json.
func Description() []byte { return append([]byte(nil), description...) }

// New returns a bridge, or what is wrong with its configuration.
func New(cfg Config) (*Bridge, error) {
	if cfg.Documents == nil || cfg.Incoming == nil {
		return nil, vanphong.NewInputError("store", "", "a store of documents and one of what arrives", nil)
	}
	if err := checkClients(cfg.Clients); err != nil {
		return nil, err
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	b := &Bridge{cfg: cfg, clients: map[string]*knownClient{}, wrong: rate.NewLimiter(maxFailures, maxFailures), mux: http.NewServeMux()}
	b.registrar = documents.NewRegistrar(cfg.Documents, &documents.Options{Guard: guard, Policies: cfg.Policies})
	b.desk = incoming.NewDesk(cfg.Incoming, &incoming.Options{Guard: guard})
	for _, c := range cfg.Clients {
		perMinute := c.PerMinute
		if perMinute == 0 {
			perMinute = DefaultPerMinute
		}
		// A tenth of a minute's requests may come at once: programs work in
		// batches.
		b.clients[strings.ToLower(c.TokenSHA256)] = &knownClient{c, rate.NewLimiter(rate.Limit(float64(perMinute)/60), max(1, perMinute/10))}
	}
	b.mux.HandleFunc("GET /openapi.json", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(description) // nobody is left to be told
	})
	for _, rt := range b.routes() {
		b.mux.HandleFunc(rt.method+" "+rt.path, b.serve(rt))
	}
	return b, nil
}

// ServeHTTP implements http.Handler. What no route answers is a problem too,
// so that a client has one form to read.
func (b *Bridge) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), MaxDuration)
	defer cancel()
	r = r.WithContext(ctx)
	// The mux would lead a client that wrote .. or // to another organisation's
	// address, by an answer that is no problem.
	if p := r.URL.EscapedPath(); p != path.Clean(p) {
		writeProblem(w, problemOf(ctx, b.cfg.Log, &requestError{http.StatusNotFound, "no-such-address", "see /openapi.json for what there is"}))
		return
	}
	if _, pattern := b.mux.Handler(r); pattern == "" {
		// The mux knows whether the path exists under another method; asked
		// through a recorder that keeps the status alone.
		rec := statusOnly{header: http.Header{}}
		b.mux.ServeHTTP(&rec, r)
		if allow := rec.header.Get("Allow"); allow != "" {
			w.Header().Set("Allow", allow)
		}
		writeProblem(w, problemOf(ctx, b.cfg.Log, &requestError{rec.status, "no-such-address", "see /openapi.json for what there is"}))
		return
	}
	b.mux.ServeHTTP(w, r)
}

// statusOnly is a ResponseWriter that throws away what is written.
type statusOnly struct {
	header http.Header
	status int
}

func (s *statusOnly) Header() http.Header         { return s.header }
func (s *statusOnly) Write(p []byte) (int, error) { return len(p), nil }
func (s *statusOnly) WriteHeader(status int)      { s.status = status }

// A route is one operation: the table is what is served, and a test holds the
// OpenAPI document to it.
type route struct {
	method, path string
	operation    string // operationId in the document
	read         string // the right needed, for operations that no Guard is asked about
	handle       func(*call) (any, error)
}

// call is one request of one client, on its way to the SDK.
type call struct {
	*http.Request
	client *knownClient
	org    vanphong.OrgID
	now    time.Time
}

// clientKey is the key of the client in a context; the Guard of the SDK finds
// it there.
type clientKey struct{}

// guard lets a client do what its rights say. Without a client nobody may.
func guard(ctx context.Context, a vanphong.Act) error {
	c, _ := ctx.Value(clientKey{}).(*knownClient)
	if c == nil || !c.may(a.Org, a.Verb) {
		return vanphong.NewInputError("right", a.Verb, "a right that this client has in "+string(a.Org), vanphong.ErrForbidden)
	}
	return nil
}

// serve wraps an operation in everything that all have in common.
func (b *Bridge) serve(rt route) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		out, err := b.answer(rt, w, r)
		if err != nil {
			if b.cfg.Passing != nil && b.cfg.Passing(err) {
				err = errors.Join(errUnavailable, err)
			}
			writeProblem(w, problemOf(r.Context(), b.cfg.Log, err))
			return
		}
		// Encoded before the first byte is written: a failure in the middle
		// would be a half answer under status 200.
		body, err := json.Marshal(out)
		if err != nil {
			writeProblem(w, problemOf(r.Context(), b.cfg.Log, err))
			return
		}
		h := w.Header()
		h.Set("Content-Type", "application/json")
		h.Set("Cache-Control", "no-store")
		h.Set("X-Content-Type-Options", "nosniff")
		_, _ = w.Write(append(body, '\n')) // nobody is left to be told
	}
}

func (b *Bridge) answer(rt route, w http.ResponseWriter, r *http.Request) (any, error) {
	now := b.cfg.Now()
	client, err := b.admit(r, now)
	if err != nil {
		return nil, err
	}
	r.Body = http.MaxBytesReader(w, r.Body, MaxBody)
	r = r.WithContext(context.WithValue(r.Context(), clientKey{}, client))
	c := &call{Request: r, client: client, org: vanphong.OrgID(r.PathValue("org")), now: now}
	if rt.read != "" {
		if err := c.mayRead(rt.read); err != nil {
			return nil, err
		}
	}
	return rt.handle(c)
}

// mayRead asks the guard about reading, which the SDK leaves to its caller. An
// organisation that does not exist is refused as one that is another's: who
// has no right is not told which there are.
func (c *call) mayRead(right string) error {
	return guard(c.Context(), vanphong.Act{Org: c.org, Verb: right})
}

// admit finds the client of a request by its token, and asks whether it has
// requests left.
func (b *Bridge) admit(r *http.Request, now time.Time) (*knownClient, error) {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	sum := sha256.Sum256([]byte(strings.TrimSpace(token)))
	// A map keyed by the digest: how long the search takes says nothing of the
	// token.
	client := b.clients[hex.EncodeToString(sum[:])]
	if !strings.EqualFold(scheme, "Bearer") || token == "" || client == nil {
		if !b.wrong.AllowN(now, 1) {
			return nil, &requestError{http.StatusTooManyRequests, "too-many-requests", "too many requests without a valid token"}
		}
		return nil, &requestError{http.StatusUnauthorized, "unauthorized", "send Authorization: Bearer TOKEN"}
	}
	if !client.limit.AllowN(now, 1) {
		return nil, &requestError{http.StatusTooManyRequests, "too-many-requests", "this client has used up its requests; wait as Retry-After says"}
	}
	return client, nil
}

// The headers in which a client says for whom it writes.
const (
	headerActor = "Vanphong-Actor"      // the person at the other system
	headerFor   = "Vanphong-Acting-For" // in whose place, if in another's
)

// stamp is who writes, and when. A client that speaks for its users names the
// one who acts, since the ledger is to say which clerk gave a number and not
// which program.
func (c *call) stamp() (vanphong.Stamp, error) {
	by := vanphong.Actor{ID: c.client.Actor}
	if id := c.Header.Get(headerActor); id != "" {
		if !c.client.SpeaksForUsers {
			return vanphong.Stamp{}, vanphong.NewInputError(headerActor, id, "no such header from a client that does not speak for users", vanphong.ErrForbidden)
		}
		by = vanphong.Actor{ID: vanphong.PersonID(id), For: vanphong.PersonID(c.Header.Get(headerFor))}
	} else if id := c.Header.Get(headerFor); id != "" {
		// Left out it would be a number given in one's own name.
		return vanphong.Stamp{}, vanphong.NewInputError(headerFor, id, "with it "+headerActor+", who acts", nil)
	}
	return vanphong.Stamp{By: by, At: c.now}, by.Check()
}

// write decodes the request into req and says who writes.
func (c *call) write(req any) (vanphong.Stamp, error) {
	if err := c.body(req); err != nil {
		return vanphong.Stamp{}, err
	}
	return c.stamp()
}

// redaction is what may leave to this client.
func (c *call) redaction() vanphong.Redaction {
	return vanphong.Redaction{Zone: c.client.Receives}
}

// body decodes the request's JSON into v. Unknown fields are refused: a
// misspelt field would be a field left out, and a number given without it.
func (c *call) body(v any) error {
	if media, _, err := mime.ParseMediaType(c.Header.Get("Content-Type")); err != nil || media != "application/json" {
		return &requestError{http.StatusUnsupportedMediaType, "media-type", "send Content-Type: application/json"}
	}
	text, err := io.ReadAll(c.Body)
	// The decoder would put U+FFFD for every wrong byte, and a register keeps what
	// it is given.
	if err == nil && !utf8.Valid(text) {
		return &requestError{http.StatusBadRequest, "malformed", "not UTF-8"}
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.DisallowUnknownFields()
	if err == nil {
		err = dec.Decode(v)
	}
	if err == nil {
		if _, err = dec.Token(); errors.Is(err, io.EOF) {
			return nil
		}
		err = errors.New("more than one JSON value")
	}
	var large *http.MaxBytesError
	var in *vanphong.InputError
	switch {
	case errors.As(err, &large):
		return &requestError{http.StatusRequestEntityTooLarge, "too-large", "a request has at most 65536 bytes"}
	case errors.As(err, &in):
		return in // a day that does not exist, a kind of state that is none
	}
	return &requestError{http.StatusBadRequest, "malformed", "not the JSON that is described in /openapi.json: " + err.Error()}
}
