package bridge

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// document is the OpenAPI document as the tests need it.
type document struct {
	Paths map[string]map[string]json.RawMessage `json:"paths"`
}

type operation struct {
	OperationID string                     `json:"operationId"`
	RequestBody json.RawMessage            `json:"requestBody"`
	Responses   map[string]json.RawMessage `json:"responses"`
	Parameters  []struct {
		Name string `json:"name"`
		Ref  string `json:"$ref"`
	} `json:"parameters"`
}

// operations returns every operation of the document, by method and path.
func operations(t *testing.T) map[string]operation {
	t.Helper()
	var doc document
	if err := json.Unmarshal(Description(), &doc); err != nil {
		t.Fatal(err)
	}
	out := map[string]operation{}
	for path, methods := range doc.Paths {
		for method, raw := range methods {
			if method == "parameters" {
				continue
			}
			var op operation
			if err := json.Unmarshal(raw, &op); err != nil {
				t.Fatal(err)
			}
			out[strings.ToUpper(method)+" "+path] = op
		}
	}
	return out
}

// What is served is what is described, under the same names, and the other way
// round.
func TestRoutesAreThoseOfTheDocument(t *testing.T) {
	described := operations(t)
	for _, rt := range (&Bridge{}).routes() {
		key := rt.method + " " + rt.path
		op, ok := described[key]
		if !ok {
			t.Errorf("%s is served and not described", key)
			continue
		}
		if op.OperationID != rt.operation {
			t.Errorf("%s is %q in the document, %q in the table", key, op.OperationID, rt.operation)
		}
		if (rt.method != http.MethodGet) != (op.RequestBody != nil) {
			t.Errorf("%s: has the document a request body?", key)
		}
		delete(described, key)
	}
	for key := range described {
		t.Errorf("%s is described and not served", key)
	}
}

// Every parameter of the register's search is described, and none that is not
// read.
func TestSearchParametersAreThoseOfTheDocument(t *testing.T) {
	for key, read := range map[string][]string{
		"GET /v1/orgs/{org}/entries": entryFilters, "GET /v1/orgs/{org}/incoming": incomingFilters,
	} {
		var described []string
		for _, p := range operations(t)[key].Parameters {
			if p.Name != "" {
				described = append(described, p.Name)
			}
		}
		slices.Sort(described)
		if want := slices.Sorted(slices.Values(read)); !slices.Equal(described, want) {
			t.Errorf("%s: described %v, read %v", key, described, want)
		}
	}
}

// checked is a bridge whose every answer is held to the document: the status
// is one that is described, and the body fits its schema.
type checked struct {
	t       *testing.T
	next    http.Handler
	ops     map[string]operation
	schemas *jsonschema.Compiler
}

func newChecked(t *testing.T, next http.Handler) *checked {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(Description()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("openapi.json", doc); err != nil {
		t.Fatal(err)
	}
	return &checked{t, next, operations(t), c}
}

func (c *checked) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	rec := httptest.NewRecorder()
	c.next.ServeHTTP(rec, r)
	for k, v := range rec.Header() {
		w.Header()[k] = v
	}
	w.WriteHeader(rec.Code)
	_, _ = w.Write(rec.Body.Bytes())
	c.hold(r, rec)
}

var schemaName = regexp.MustCompile(`"schema":\s*\{\s*"\$ref":\s*"#(/components/schemas/\w+)"`)

func (c *checked) hold(r *http.Request, rec *httptest.ResponseRecorder) {
	op, ok := c.operation(r)
	if !ok {
		return // no such address: the answer is a problem without an operation
	}
	raw, ok := op.Responses[itoa(rec.Code)]
	if !ok {
		c.t.Errorf("%s: status %d is not described", op.OperationID, rec.Code)
		return
	}
	name := "/components/schemas/Problem"
	if m := schemaName.FindSubmatch(raw); m != nil {
		name = string(m[1])
	} else if rec.Code == http.StatusOK {
		c.t.Errorf("%s has no schema for 200", op.OperationID)
		return
	}
	schema, err := c.schemas.Compile("openapi.json#" + name)
	if err != nil {
		c.t.Fatal(err)
	}
	body, err := jsonschema.UnmarshalJSON(bytes.NewReader(rec.Body.Bytes()))
	if err != nil {
		c.t.Errorf("%s: %v in %s", op.OperationID, err, rec.Body)
		return
	}
	if err := schema.Validate(body); err != nil {
		c.t.Errorf("%s: %v\n%s", op.OperationID, err, rec.Body)
	}
}

func (c *checked) operation(r *http.Request) (operation, bool) {
	for key, op := range c.ops {
		method, path, _ := strings.Cut(key, " ")
		pattern := "^" + regexp.MustCompile(`\\\{\w+\\\}`).ReplaceAllString(regexp.QuoteMeta(path), "[^/]+") + "$"
		if method == r.Method && regexp.MustCompile(pattern).MatchString(r.URL.EscapedPath()) {
			return op, true
		}
	}
	return operation{}, false
}
