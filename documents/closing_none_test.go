package documents

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"strings"
	"testing"
)

// A series that gave no number says so, and in no other way: a page with 00 in its place
// is refused even where every sum is right.
func TestASeriesWithoutNumbersSaysSo(t *testing.T) {
	_, r := endOfTerm(t)
	page := string(closingPage(t, closingOf(t, r)))
	resummed := func(page string) string {
		head, rest, _ := strings.Cut(page, "\nDÃY SỐ")
		parts := strings.Split("\nDÃY SỐ"+rest, "\nDÃY SỐ")
		out := head
		for _, p := range parts[1:] {
			body, _, _ := strings.Cut("DÃY SỐ"+p, lineSection+"\t")
			out += "\n" + body + lineSection + "\t" + Digest(sha256.Sum256([]byte(body))).String() + "\n"
		}
		out += "\n"
		return out + lineSum + "\t" + Digest(sha256.Sum256([]byte(out))).String() + "\n"
	}
	if resummed(page) != page {
		t.Fatal("the sums of an unchanged page come out otherwise: this test proves nothing")
	}
	for _, forged := range []string{"00", "0", "Chưa cấp số", ""} {
		text := resummed(strings.Replace(page, lineLast+"\t"+lastNone, lineLast+"\t"+forged, 1))
		_, err := ReadClosing(bytes.NewReader([]byte(text)))
		var at *ClosingError
		if !errors.As(err, &at) || at.Line != 16 {
			t.Errorf("%q: %v, want an error about line 16", forged, err)
		}
	}
}
