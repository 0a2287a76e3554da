package bridge

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"

	"github.com/vanphong-go/vanphong"
)

// Problem is what the bridge answers with when it refuses (RFC 9457, media
// type application/problem+json). Type is what a program branches on; field,
// value and want are for the form in front of the clerk.
type Problem struct {
	Type   string `json:"type"`
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail,omitempty"`
	Field  string `json:"field,omitempty"`
	Value  string `json:"value,omitempty"`
	Want   string `json:"want,omitempty"`
}

// The types of problem, all below one name. They are names and not addresses
// to open.
const typePrefix = "urn:vanphong:problem:"

// problems says what each kind of error of the SDK is over HTTP. The first
// that the error wraps counts: an error may wrap several.
var problems = []struct {
	kind   error
	status int
	name   string
	title  string
}{
	{vanphong.ErrForbidden, http.StatusForbidden, "forbidden", "This client may not do that"},
	{vanphong.ErrSecret, http.StatusUnprocessableEntity, "secret", "Secret content is not taken here"},
	{vanphong.ErrNotFound, http.StatusNotFound, "not-found", "Not found"},
	{vanphong.ErrClosed, http.StatusConflict, "closed", "Closed"},
	{vanphong.ErrConflict, http.StatusConflict, "conflict", "In conflict with what is stored"},
	{vanphong.ErrState, http.StatusConflict, "state", "Not possible in the present state"},
	{vanphong.ErrOutOfRange, http.StatusUnprocessableEntity, "out-of-range", "Out of range"},
	{vanphong.ErrInvalid, http.StatusUnprocessableEntity, "invalid", "A value cannot be taken"},
}

// errUnavailable is wrapped by what the store cannot do now and can do later.
var errUnavailable = errors.New("unavailable")

// problemOf turns an error into what the client is told. What is no error of
// the SDK tells nothing of the inside: it is logged and answered with 500.
func problemOf(ctx context.Context, log *slog.Logger, err error) Problem {
	var bad *requestError
	if errors.As(err, &bad) {
		return Problem{Type: typePrefix + bad.name, Title: http.StatusText(bad.status), Status: bad.status, Detail: bad.detail}
	}
	for _, p := range problems {
		if !errors.Is(err, p.kind) {
			continue
		}
		out := Problem{Type: typePrefix + p.name, Title: p.title, Status: p.status, Detail: err.Error()}
		var in *vanphong.InputError
		if errors.As(err, &in) {
			out.Field, out.Value, out.Want = in.Field, in.Value, in.Want
		}
		return out
	}
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) || errors.Is(err, errUnavailable) {
		return Problem{Type: typePrefix + "unavailable", Title: "Not now", Status: http.StatusServiceUnavailable,
			Detail: "the store was busy; send the same request again, it gives the same number"}
	}
	log.ErrorContext(ctx, "request failed", "error", err)
	return Problem{Type: typePrefix + "internal", Title: "Internal error", Status: http.StatusInternalServerError,
		Detail: "the server's log has more; sending the same request again is safe"}
}

// requestError is a request that never reached the SDK.
type requestError struct {
	status int
	name   string
	detail string
}

func (e *requestError) Error() string { return e.detail }

// writeProblem answers with a problem.
func writeProblem(w http.ResponseWriter, p Problem) {
	h := w.Header()
	h.Set("Content-Type", "application/problem+json")
	h.Set("Cache-Control", "no-store")
	if p.Status == http.StatusUnauthorized {
		h.Set("WWW-Authenticate", `Bearer realm="vanphong"`)
	}
	if p.Status == http.StatusTooManyRequests || p.Status == http.StatusServiceUnavailable {
		h.Set("Retry-After", "1")
	}
	w.WriteHeader(p.Status)
	// Nobody is left to be told if the client has gone.
	_ = json.NewEncoder(w).Encode(p)
}
