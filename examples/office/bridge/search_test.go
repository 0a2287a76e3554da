package bridge

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
)

// numbers sends a search and returns the numbers it finds, over all pages.
func (d *desk) numbers(query string) string {
	d.t.Helper()
	var out []string
	for after := ""; ; {
		p := d.must("full", "GET", root+"/entries?"+query+"&limit=2&after="+url.QueryEscape(after), nil)
		for _, v := range p["items"].([]any) {
			out = append(out, fmt.Sprint(v.(object)["number"]))
		}
		next, more := p["next"].(string)
		if !more {
			return strings.Join(out, " ")
		}
		after = next
	}
}

// The register is searched over HTTP as in Go: one box, words with and without
// marks, orders, pages that together are the whole.
func TestSearchOverHTTP(t *testing.T) {
	d := newDesk(t)
	s := d.open()
	for i, text := range []string{"về công tác cán bộ", "tổ chức đại hội chi bộ", "về chuyển đổi số", "quy hoạch cán bộ xã", "đại hội cấp cơ sở"} {
		c := conclusion(s)
		c["abstract"], c["day"] = text, fmt.Sprintf("2026-11-%02d", 20-i)
		d.must("full", "PUT", fmt.Sprintf("%s/entries/kl-%d", root, i), c)
	}
	for query, want := range map[string]string{
		"":                              "127-KL/ĐU 128-KL/ĐU 129-KL/ĐU 130-KL/ĐU 131-KL/ĐU",
		"find=129":                      "129-KL/ĐU",
		"find=128-kl%2Fdu":              "128-KL/ĐU",
		"find=can+bo":                   "127-KL/ĐU 130-KL/ĐU",
		"words=dai+hoi":                 "128-KL/ĐU 131-KL/ĐU",
		"order=newest&words=can+bo":     "130-KL/ĐU 127-KL/ĐU",
		"order=day":                     "131-KL/ĐU 130-KL/ĐU 129-KL/ĐU 128-KL/ĐU 127-KL/ĐU",
		"from=2026-11-18&to=2026-11-19": "128-KL/ĐU 129-KL/ĐU",
		"state=void":                    "",
	} {
		if got := d.numbers(query); got != want {
			t.Errorf("%q: %s, want %s", query, got, want)
		}
	}
	d.refused(422, "invalid", "full", "GET", root+"/entries?after=kl-1", nil)
	d.refused(422, "invalid", "full", "GET", root+"/entries?order=best", nil)
}

// Of a hidden line an open register shows the number; asking for its kind or
// signer does not find it, and its id is told nowhere.
func TestGuessesAtHiddenEntriesAreNotConfirmed(t *testing.T) {
	d := newDesk(t)
	s := d.open()
	secret := conclusion(s)
	secret["secrecy"], secret["signer"] = "confidential", "Nguyễn Văn An"
	delete(secret, "abstract")
	d.must("full", "PUT", root+"/entries/ve-viec-x", secret)
	d.must("full", "PUT", root+"/entries/kl-2", conclusion(s))
	if got := d.numbers(""); got != "127-KL/ĐU 128-KL/ĐU" {
		t.Errorf("the register: %s", got)
	}
	first := d.must("full", "GET", root+"/entries?limit=1", nil)
	if text := fmt.Sprint(first); strings.Contains(text, "viec-x") || strings.Contains(text, "Nguyễn") || strings.Contains(text, "ket-luan") {
		t.Errorf("a page tells: %s", text)
	}
	if text := fmt.Sprint(d.must("full", "GET", root+"/changes", nil)); strings.Contains(text, "viec-x") || !strings.Contains(text, "kl-2") {
		t.Errorf("the changes tell: %s", text)
	}
	if got := d.numbers("signer=an"); got != "" {
		t.Errorf("by signer: %s", got)
	}
	if got := d.numbers("kind=ket-luan"); got != "128-KL/ĐU" {
		t.Errorf("by kind: %s", got)
	}
}
