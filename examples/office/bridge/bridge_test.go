package bridge

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/documents/incoming"
)

const (
	here  = "dang-uy-a"
	there = "dang-uy-b"
)

func itoa(n int) string { return strconv.Itoa(n) }

// desk is a bridge over a store in memory, and its clients' tokens.
type desk struct {
	t     *testing.T
	http  http.Handler
	store documents.Store
	now   time.Time
}

// newDesk is a desk whose every answer is held to the document.
func newDesk(t *testing.T) *desk {
	t.Helper()
	d := newPlainDesk(t)
	d.http = newChecked(t, d.http)
	return d
}

func newPlainDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{t: t, store: documents.NewMemory(), now: time.Date(2026, 11, 20, 16, 30, 0, 0, time.FixedZone("", 7*3600))}
	b, err := New(Config{
		Documents: d.store, Incoming: incoming.NewMemory(), Now: func() time.Time { return d.now },
		Passing: func(err error) bool { return errors.Is(err, errBusy) },
		Clients: []Client{
			{Name: "full", TokenSHA256: Token("full"), Actor: "van-thu", PerMinute: MaxPerMinute, Rights: map[vanphong.OrgID][]string{here: {"documents.*", "incoming.*"}}},
			{Name: "users", TokenSHA256: Token("users"), Actor: "phan-mem", SpeaksForUsers: true, Rights: map[vanphong.OrgID][]string{here: {"documents.*"}}},
			{Name: "reader", TokenSHA256: strings.ToUpper(Token("reader")), Actor: "ban-doc", Rights: map[vanphong.OrgID][]string{here: {"documents.read"}, there: {"documents.read"}}},
			{Name: "slow", TokenSHA256: Token("slow"), Actor: "cham", PerMinute: 10, Rights: map[vanphong.OrgID][]string{here: {"documents.read"}}},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	d.http = b
	return d
}

var errBusy = errors.New("locked")

// send sends a request as a client and returns status and answer.
func (d *desk) send(token, method, path string, body any) (int, map[string]any) {
	d.t.Helper()
	var text []byte
	switch b := body.(type) {
	case nil:
	case string:
		text = []byte(b)
	default:
		var err error
		if text, err = json.Marshal(b); err != nil {
			d.t.Fatal(err)
		}
	}
	r := httptest.NewRequestWithContext(d.t.Context(), method, path, bytes.NewReader(text))
	r.Header.Set("Content-Type", "application/json")
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	return d.do(r)
}

func (d *desk) do(r *http.Request) (int, map[string]any) {
	d.t.Helper()
	w := httptest.NewRecorder()
	d.http.ServeHTTP(w, r)
	var out map[string]any
	if err := json.Unmarshal(w.Body.Bytes(), &out); err != nil {
		d.t.Fatalf("%s %s: %d %q: %v", r.Method, r.URL, w.Code, w.Body, err)
	}
	return w.Code, out
}

// must sends a request that has to be taken.
func (d *desk) must(token, method, path string, body any) map[string]any {
	d.t.Helper()
	status, out := d.send(token, method, path, body)
	if status != http.StatusOK {
		d.t.Fatalf("%s %s: %d %v", method, path, status, out)
	}
	return out
}

// refused sends a request that has to be refused, with a type of problem.
func (d *desk) refused(status int, name, token, method, path string, body any) map[string]any {
	d.t.Helper()
	got, out := d.send(token, method, path, body)
	if got != status || out["type"] != typePrefix+name {
		d.t.Errorf("%s %s: %d %v, want %d %s", method, path, got, out, status, name)
	}
	return out
}

type object = map[string]any

const root = "/v1/orgs/" + here

// open opens the series of conclusions of a term.
func (d *desk) open() string {
	d.t.Helper()
	return d.must("full", "POST", root+"/series", openRequest())["id"].(string)
}

func openRequest() object {
	return object{"key": object{"organ": here, "scope": "nk-2025-2030", "name": "KL"}, "issuer": "ĐU",
		"days": object{"first": "2025-08-01"}, "first": 127, "basis": "sổ giấy đến số 126"}
}

func conclusion(series string) object {
	return object{"series": series, "kind": "ket-luan", "day": "2026-11-20", "abstract": "về công tác cán bộ"}
}

// A number is given once however often it is asked for, and another content
// under the id is told by its field.
func TestIssueTwiceGivesOneNumber(t *testing.T) {
	d := newDesk(t)
	s := d.open()
	for range 3 {
		if e := d.must("full", "PUT", root+"/entries/kl-1", conclusion(s)); e["number"] != "127-KL/ĐU" {
			t.Errorf("number %v", e["number"])
		}
	}
	other := conclusion(s)
	other["abstract"] = "về việc khác"
	if p := d.refused(409, "conflict", "full", "PUT", root+"/entries/kl-1", other); p["field"] != "abstract" {
		t.Errorf("the problem names %v", p["field"])
	}
	if e := d.must("full", "GET", root+"/entries/kl-1", nil); e["number"] != "127-KL/ĐU" || e["abstract"] != "về công tác cán bộ" {
		t.Errorf("stored: %v", e)
	}
	// Opened again, the series is as it is now.
	if got := d.must("full", "POST", root+"/series", openRequest()); got["next"] != float64(128) {
		t.Errorf("series: %v", got)
	}
}

// The way of a number over HTTP is that of the SDK: reserved, issued or given
// back, void with its reason, and all of it in the proof and the changes.
func TestLifeOfNumbers(t *testing.T) {
	d := newDesk(t)
	s := d.open()
	reserve := object{"series": s, "kind": "ket-luan", "day": "2026-11-20", "note": "chờ ký"}
	if e := d.must("full", "PUT", root+"/reservations/a", reserve); e["state"] != "reserved" {
		t.Errorf("reserved: %v", e)
	}
	if e := d.must("full", "PUT", root+"/entries/a", conclusion(s)); e["state"] != "issued" || e["serial"] != float64(127) {
		t.Errorf("issued: %v", e)
	}
	d.must("full", "PUT", root+"/reservations/b", reserve)
	if e := d.must("full", "POST", root+"/entries/b/release", object{"reason": "không ký"}); e["state"] != "void" {
		t.Errorf("released: %v", e)
	}
	if e := d.must("full", "POST", root+"/entries/a/void", object{"reason": "ghi nhầm"}); e["reason"] != "ghi nhầm" {
		t.Errorf("void: %v", e)
	}
	d.refused(409, "conflict", "full", "POST", root+"/entries/a/void", object{"reason": "lý do khác"})
	d.must("full", "POST", root+"/series/"+s+"/close", object{"reason": "hết nhiệm kỳ"})
	d.refused(409, "closed", "full", "PUT", root+"/entries/c", conclusion(s))
	proof := d.must("full", "GET", root+"/series/"+s+"/proof", nil)
	if void := proof["void"].([]any); len(void) != 2 || proof["last"] != float64(128) {
		t.Errorf("proof: %v", proof)
	}

	// Changes by cursor, in two pages, and nothing after the last.
	first := d.must("full", "GET", root+"/changes?limit=4", nil)
	if first["more"] != true || len(first["items"].([]any)) != 4 {
		t.Fatalf("first page: %v", first)
	}
	rest := d.must("full", "GET", fmt.Sprintf("%s/changes?after=%v", root, first["cursor"]), nil)
	if rest["more"] != false || len(rest["items"].([]any)) != 3 {
		t.Errorf("second page: %v", rest)
	}
	end := d.must("full", "GET", fmt.Sprintf("%s/changes?after=%v", root, rest["cursor"]), nil)
	if len(end["items"].([]any)) != 0 || end["cursor"] != rest["cursor"] {
		t.Errorf("after the last: %v", end)
	}
}

// A client reads and writes where it has the right, and nowhere else; a reader
// of two organisations sees neither's book from the other's address.
func TestRightsHoldByOrganisation(t *testing.T) {
	d := newDesk(t)
	s := d.open()
	d.must("full", "PUT", root+"/entries/kl-1", conclusion(s))
	d.must("reader", "GET", root+"/entries/kl-1", nil)
	d.refused(403, "forbidden", "reader", "PUT", root+"/entries/kl-2", conclusion(s))
	d.refused(403, "forbidden", "reader", "POST", root+"/entries/kl-1/void", object{"reason": "x"})
	d.refused(404, "not-found", "reader", "GET", "/v1/orgs/"+there+"/entries/kl-1", nil)
	for _, path := range []string{"/series", "/series/" + s, "/series/" + s + "/proof", "/entries", "/entries/kl-1", "/changes"} {
		d.refused(403, "forbidden", "full", "GET", "/v1/orgs/"+there+path, nil)
	}
}

// Without a token nothing is answered, and guessing tokens is slow for all who
// guess together; a client with a token is not slowed by them.
func TestTokens(t *testing.T) {
	d := newDesk(t)
	d.refused(401, "unauthorized", "", "GET", root+"/series", nil)
	d.refused(401, "unauthorized", "ful", "GET", root+"/series", nil)
	basic := httptest.NewRequest("GET", root+"/series", nil)
	basic.Header.Set("Authorization", "Basic full")
	if status, _ := d.do(basic); status != 401 {
		t.Errorf("another scheme: %d", status)
	}
	d.refused(401, "unauthorized", "x1", "GET", root+"/series", nil)
	d.refused(401, "unauthorized", "x2", "GET", root+"/series", nil)
	d.refused(429, "too-many-requests", "x3", "GET", root+"/series", nil)
	d.must("full", "GET", root+"/series", nil)
	d.now = d.now.Add(time.Second)
	d.refused(401, "unauthorized", "x4", "GET", root+"/series", nil)
}

// The ledger says which user acted, if the client is one that says so.
func TestClientSpeaksForItsUsers(t *testing.T) {
	d := newDesk(t)
	s := d.open()
	as := func(token string) (int, map[string]any) {
		body, _ := json.Marshal(conclusion(s))
		r := httptest.NewRequest("PUT", root+"/entries/by-"+token, bytes.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Authorization", "Bearer "+token)
		r.Header.Set(headerActor, "chi-hoa")
		r.Header.Set(headerFor, "anh-nam")
		return d.do(r)
	}
	status, e := as("users")
	by := e["last"].(object)["by"].(object)
	if status != 200 || by["id"] != "chi-hoa" || by["for"] != "anh-nam" {
		t.Errorf("%d %v", status, e)
	}
	if status, p := as("full"); status != 403 {
		t.Errorf("a client that speaks for nobody: %d %v", status, p)
	}
}

// A request has bounds, and what is wrong with it is said in its own type.
func TestBoundsOfARequest(t *testing.T) {
	d := newDesk(t)
	s := d.open()
	put := root + "/entries/kl-1"
	large := conclusion(s)
	large["abstract"] = strings.Repeat("a", MaxBody)
	d.refused(413, "too-large", "full", "PUT", put, large)
	misspelt := conclusion(s)
	misspelt["abtract"] = "x"
	d.refused(400, "malformed", "full", "PUT", put, misspelt)
	d.refused(400, "malformed", "full", "PUT", put, `{"series":`)
	d.refused(400, "malformed", "full", "PUT", put, `{} {}`)
	unreal := conclusion(s)
	unreal["day"] = "2026-02-30"
	d.refused(422, "invalid", "full", "PUT", put, unreal)
	r := httptest.NewRequest("PUT", put, strings.NewReader(`{}`))
	r.Header.Set("Authorization", "Bearer full")
	r.Header.Set("Content-Type", "text/plain")
	if status, _ := d.do(r); status != 415 {
		t.Errorf("media type: %d", status)
	}
	d.refused(422, "invalid", "full", "GET", root+"/entries?sereis=x", nil)
	d.refused(422, "invalid", "full", "GET", root+"/entries?limit=501", nil)
	d.refused(422, "invalid", "full", "GET", root+"/entries?from=2026-02-30", nil)
	d.refused(422, "invalid", "full", "GET", root+"/entries?state=lost", nil)
	d.refused(422, "invalid", "full", "GET", root+"/changes?after=-1", nil)
	d.refused(404, "no-such-address", "full", "GET", "/v2/orgs", nil)
	d.refused(405, "no-such-address", "full", "DELETE", put, nil)
	// Nothing of all this has taken a number.
	if got := d.must("full", "GET", root+"/series/"+s, nil); got["next"] != float64(127) {
		t.Errorf("series: %v", got)
	}
}

// A client that has used up its requests is told to wait, and gets more by and
// by.
func TestRateIsBoundedByClient(t *testing.T) {
	d := newDesk(t)
	d.must("slow", "GET", root+"/series", nil)
	d.refused(429, "too-many-requests", "slow", "GET", root+"/series", nil)
	d.must("reader", "GET", root+"/series", nil)
	d.now = d.now.Add(6 * time.Second)
	d.must("slow", "GET", root+"/series", nil)
}

// The abstract of a secret document is not taken, and not repeated in the
// answer that refuses it.
func TestSecretWordsAreNotTaken(t *testing.T) {
	d := newDesk(t)
	s := d.open()
	secret := conclusion(s)
	secret["secrecy"], secret["abstract"] = "secret", "án điểm"
	p := d.refused(422, "secret", "full", "PUT", root+"/entries/kl-1", secret)
	if text := fmt.Sprint(p); strings.Contains(text, "án điểm") {
		t.Errorf("the answer repeats it: %s", text)
	}
}

// What the store cannot do now is told as such; what nobody foresaw tells
// nothing of the inside.
func TestErrorsOfTheStore(t *testing.T) {
	for _, tc := range []struct {
		err    error
		status int
		name   string
	}{
		{errBusy, 503, "unavailable"},
		{errors.New("password=hunter2 at 10.0.0.1"), 500, "internal"},
	} {
		d := newDesk(t)
		b, err := New(Config{Documents: brokenStore{d.store, tc.err}, Incoming: incoming.NewMemory(), Passing: func(err error) bool { return errors.Is(err, errBusy) },
			Clients: []Client{{Name: "full", TokenSHA256: Token("full"), Actor: "a", Rights: map[vanphong.OrgID][]string{here: {"documents.*"}}}}})
		if err != nil {
			t.Fatal(err)
		}
		d.http = newChecked(t, b)
		p := d.refused(tc.status, tc.name, "full", "POST", root+"/series", openRequest())
		if strings.Contains(fmt.Sprint(p), "hunter2") {
			t.Errorf("the inside is told: %v", p)
		}
	}
}

// A file of clients with a hole in it is refused.
func TestClientsFile(t *testing.T) {
	good := `{"name":"a","token_sha256":"` + Token("a") + `","actor":"x","rights":{"o":["documents.issue"]}}`
	if all, err := ReadClients(strings.NewReader("[" + good + "]")); err != nil || len(all) != 1 {
		t.Fatalf("%v %v", all, err)
	}
	for name, text := range map[string]string{
		"none":            `[]`,
		"two of a token":  "[" + good + "," + good + "]",
		"a plain token":   `[{"name":"a","token_sha256":"secret","actor":"x"}]`,
		"no actor":        `[{"name":"a","token_sha256":"` + Token("a") + `"}]`,
		"unknown field":   `[{"name":"a","token_sha256":"` + Token("a") + `","actor":"x","right":{}}]`,
		"a verb of none":  `[{"name":"a","token_sha256":"` + Token("a") + `","actor":"x","rights":{"o":["*"]}}]`,
		"a level of none": `[{"name":"a","token_sha256":"` + Token("a") + `","actor":"x","receives":"all"}]`,
		"two values":      "[" + good + "] []",
	} {
		if _, err := ReadClients(strings.NewReader(text)); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
}

// Whatever is sent, nothing breaks and no number is lost: one is used up
// exactly if the answer says so.
func FuzzIssue(f *testing.F) {
	f.Add("kl-1", `{"series":"x","kind":"ket-luan","day":"2026-11-20"}`) // an unknown series
	f.Add("a/b", `{}`)                                                   // an id with a slash
	f.Add("", `null`)                                                    // no id, no object
	f.Add("kl-1", `{"series":"SERIES","kind":"ket-luan","day":"2026-11-20"}`)
	f.Fuzz(func(t *testing.T, id, body string) {
		d := newPlainDesk(t)
		s := d.open()
		r := httptest.NewRequest("PUT", root+"/entries/x", strings.NewReader(strings.ReplaceAll(body, "SERIES", s)))
		r.URL.Path, r.URL.RawPath = root+"/entries/"+id, ""
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Authorization", "Bearer full")
		w := httptest.NewRecorder()
		d.http.ServeHTTP(w, r)
		if w.Code >= 500 {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
		next := d.must("full", "GET", root+"/series/"+s, nil)["next"]
		if given := w.Code == 200 && bytes.Contains(w.Body.Bytes(), []byte(`"number"`)); given != (next == float64(128)) {
			t.Fatalf("answer %d %s, next number %v", w.Code, w.Body, next)
		}
		_, _ = io.Copy(io.Discard, w.Body)
	})
}

// In whose place somebody acts is not dropped because nobody is named who acts.
func TestActingForNeedsWhoActs(t *testing.T) {
	d := newPlainDesk(t)
	s := d.open()
	for _, token := range []string{"full", "users"} {
		body, err := json.Marshal(conclusion(s))
		if err != nil {
			t.Fatal(err)
		}
		r := httptest.NewRequestWithContext(t.Context(), "PUT", root+"/entries/kl-1", bytes.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Authorization", "Bearer "+token)
		r.Header.Set("Vanphong-Acting-For", "bi-thu")
		if status, p := d.do(r); status != 422 || p["field"] != "Vanphong-Acting-For" {
			t.Errorf("%s: %d %v", token, status, p)
		}
	}
}

// What is not UTF-8 is refused, not mended: the register would keep U+FFFD.
func TestBodyThatIsNotUTF8(t *testing.T) {
	d := newPlainDesk(t)
	s := d.open()
	body := `{"series":"` + s + `","kind":"ket-luan","day":"2026-11-20","abstract":"v` + "\xff" + `"}`
	d.refused(400, "malformed", "full", "PUT", root+"/entries/kl-1", body)
	d.refused(404, "not-found", "full", "GET", root+"/entries/kl-1", nil)
}

// An address with .. or // leads nowhere, rather than to another organisation.
func TestAddressesThatAreNotClean(t *testing.T) {
	d := newPlainDesk(t)
	for _, p := range []string{root + "/../" + there + "/entries", "/v1//orgs/" + here + "/entries", root + "/entries/..", root + "/./entries", root + "/entries/"} {
		d.refused(404, "no-such-address", "full", "GET", p, nil)
	}
	// An id may hold a slash.
	if e := d.must("full", "PUT", root+"/entries/a%2F..%2Fb", conclusion(d.open())); e["id"] != "a/../b" {
		t.Errorf("id: %v", e["id"])
	}
}
