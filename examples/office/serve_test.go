package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/examples/office/bridge"
)

// served is "office serve" on a file of its own, with one client "máy trạm".
type served struct {
	url, token string
	log        *syncBuffer
}

// syncBuffer is written by the server and read by the test.
type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *syncBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *syncBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

var address = regexp.MustCompile(`http://127\.0\.0\.1:\d+`)

// startServing runs the command as a user would and waits until it listens.
func startServing(t *testing.T) served {
	t.Helper()
	dir := t.TempDir()
	s := served{token: "ma-thu-nghiem", log: &syncBuffer{}}
	clients, err := json.Marshal([]bridge.Client{{Name: "máy trạm", TokenSHA256: bridge.Token(s.token), Actor: "van-thu",
		Rights: map[vanphong.OrgID][]string{org: {"documents.*", "incoming.*"}}}})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "clients.json")
	if err := os.WriteFile(file, clients, 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	code := make(chan int, 1)
	go func() {
		code <- run(ctx, []string{"serve", "-addr", "127.0.0.1:0", "-db", filepath.Join(dir, "office.db"), "-clients", file}, s.log, s.log)
	}()
	t.Cleanup(func() {
		cancel()
		if c := <-code; c != 0 {
			t.Errorf("office serve ended with %d:\n%s", c, s.log)
		}
	})
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if s.url = address.FindString(s.log.String()); s.url != "" {
			return s
		}
	}
	t.Fatalf("office serve does not listen:\n%s", s.log)
	return s
}

// need finds a program. Without it the test says that it did not run, and
// fails where everything has to run (CI).
func need(t *testing.T, program, install string) string {
	t.Helper()
	path, err := exec.LookPath(program)
	if err != nil {
		if os.Getenv("VANPHONG_NEED_CLIENTS") != "" {
			t.Fatalf("%s is missing: %s", program, install)
		}
		t.Skipf("NOT RUN: %s is missing: %s", program, install)
	}
	return path
}

// The bridge is driven by a client that shares no line with it: curl.
func TestServeAnswersCurl(t *testing.T) {
	curl := need(t, "curl", "apt-get install curl")
	s := startServing(t)
	call := func(method, path, body string) (int, map[string]any) {
		t.Helper()
		args := []string{"--silent", "--show-error", "--max-time", "10", "--write-out", "\n%{http_code}", "--request", method,
			"--header", "Authorization: Bearer " + s.token, s.url + path}
		if body != "" {
			args = append(args, "--header", "Content-Type: application/json", "--data-binary", body)
		}
		out, err := exec.CommandContext(t.Context(), curl, args...).CombinedOutput()
		if err != nil {
			t.Fatalf("curl %s %s: %v: %s", method, path, err, out)
		}
		cut := strings.LastIndexByte(string(out), '\n')
		text, code := string(out[:cut]), string(out[cut+1:])
		var status int
		var answer map[string]any
		if _, err := fmt.Sscan(code, &status); err != nil {
			t.Fatalf("curl %s %s: %s", method, path, out)
		}
		if err := json.Unmarshal([]byte(text), &answer); err != nil {
			t.Fatalf("curl %s %s: %v: %s", method, path, err, out)
		}
		return status, answer
	}
	root := "/v1/orgs/" + string(org)
	_, series := call("POST", root+"/series", `{"key":{"organ":"`+string(org)+`","scope":"nk-2025-2030","name":"CV"},"issuer":"TU","days":{"first":"2025-09-24"}}`)
	issue := fmt.Sprintf(`{"series":%q,"kind":"cong-van","day":"2026-11-20","abstract":"mời họp"}`, series["id"])
	for range 2 {
		if status, e := call("PUT", root+"/entries/cv-1", issue); status != http.StatusOK || e["number"] != "01-CV/TU" {
			t.Fatalf("issue: %d %v", status, e)
		}
	}
	if status, p := call("PUT", root+"/entries/cv-1", strings.Replace(issue, "mời họp", "hoãn họp", 1)); status != http.StatusConflict || p["field"] != "abstract" {
		t.Errorf("another content: %d %v", status, p)
	}
	if status, list := call("GET", root+"/entries?from=2026-11-01&to=2026-11-30", ""); status != http.StatusOK || len(list["items"].([]any)) != 1 {
		t.Errorf("list: %d %v", status, list)
	}
	if status, doc := call("GET", "/openapi.json", ""); status != http.StatusOK || doc["openapi"] != "3.1.0" {
		t.Errorf("description: %d %v", status, doc["openapi"])
	}
}

// A client in TypeScript is generated from the document by somebody else's
// generator, built, and does an office's work; and the document is valid by
// the schema of OpenAPI 3.1 itself.
func TestServeAnswersAGeneratedClient(t *testing.T) {
	need(t, "npm", "apt-get install nodejs npm")
	s := startServing(t)
	dir := t.TempDir()
	for name, text := range map[string]string{"openapi.json": string(bridge.Description()), "package.json": `{"private":true}`} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"client.ts", "validate.mjs"} {
		text, err := os.ReadFile(filepath.Join("testdata", name))
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, name), text, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	step := func(name string, args ...string) string {
		t.Helper()
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
		defer cancel()
		cmd := exec.CommandContext(ctx, name, args...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "BRIDGE_URL="+s.url, "BRIDGE_TOKEN="+s.token, "BRIDGE_ORG="+string(org))
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
		}
		return string(out)
	}
	step("npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--silent",
		"@seriousme/openapi-schema-validator@2.3.1", "openapi-typescript-codegen@0.29.0", "esbuild@0.28.2")
	step("node", "validate.mjs")
	step("npx", "openapi", "--input", "openapi.json", "--output", "generated", "--client", "fetch")
	step("npx", "esbuild", "client.ts", "--bundle", "--platform=node", "--format=cjs", "--external:form-data", "--outfile=client.js", "--log-level=warning")
	if out := step("node", "client.js"); !strings.Contains(out, "01-TB/TU") || !strings.Contains(out, "urn:vanphong:problem:conflict") {
		t.Errorf("the client's work: %s", out)
	}
}

// Only loopback: tokens cross no network unencrypted.
func TestServeRefusesOtherAddresses(t *testing.T) {
	for _, addr := range []string{":8087", "0.0.0.0:8087", "192.168.1.5:8087", "van-phong:8087", "8087"} {
		var log bytes.Buffer
		if code := run(t.Context(), []string{"serve", "-addr", addr}, &log, &log); code != 2 {
			t.Errorf("-addr %s: code %d, %s", addr, code, &log)
		}
	}
}
