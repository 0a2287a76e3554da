package main

import (
	"encoding/json"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The lines are a contract: the keys of number, then those of the citation.
func TestCiteContract(t *testing.T) {
	code, out, errs := vp(t, "Thực hiện Nghị quyết số 57/NQ-TW, ngày 22/12/2024 của Bộ Chính trị; Chỉ thị 05.\n", "cite")
	assert.Equal(t, 0, code)
	assert.Empty(t, errs)
	assert.Equal(t, `{"input":"57/NQ-TW","ok":true,"system":"party","serial":57,"suffix":"","year":0,"code":"NQ","kinds":["nghị quyết"],"issuer":"TW","unit":"","tail":"","canonical":"57-NQ/TW","folded":["order"],"start":34,"end":42,"text":"57/NQ-TW","kind_name":"Nghị quyết","date":"2024-12-22","issuer_name":"Bộ Chính trị","short":false,"kind":"nghị quyết","relation":"cites"}
{"input":"Chỉ thị 05","ok":true,"system":"","serial":5,"suffix":"","year":0,"code":"","kinds":["chỉ thị"],"issuer":"","unit":"","tail":"","canonical":"","folded":[],"start":86,"end":100,"text":"Chỉ thị 05","kind_name":"Chỉ thị","date":"","issuer_name":"","short":true,"kind":"chỉ thị","relation":"cites"}
`, out)
}

// What both commands say of a number is the same, key for key.
func TestCiteSaysOfANumberWhatNumberSays(t *testing.T) {
	_, cited, _ := vp(t, "Công văn số 8726 / VPCP-KGVX, QCVN 102:2016/BTTTT, số 5053-CV/VPTW/nb", "cite")
	lines := strings.Split(strings.TrimSpace(cited), "\n")
	require.Len(t, lines, 3)
	for _, line := range lines {
		var c struct{ Text string }
		require.NoError(t, json.Unmarshal([]byte(line), &c))
		_, number, _ := vp(t, "", "number", "-lenient", c.Text)
		// How sure the reading is follows what it is; a citation has its place there.
		number, _, found := strings.Cut(number, `,"certainty":`)
		assert.True(t, found && strings.HasPrefix(line, number+`,"start":`), "%s\n%s", line, number)
	}
}

// Any text is text: no exit code but 0, every line JSON.
func TestCiteTakesAnyText(t *testing.T) {
	for why, in := range map[string]string{
		"nothing":         "",
		"one digit":       "7",
		"not UTF-8":       "Quyết định số 12-QĐ/TU\xff\xfe, 13-QĐ/T\xc4",
		"NUL and control": "\x00\x01Chỉ thị\x00 số 5-CT/TW\x00",
		"UTF-16":          "\xff\xfe1\x002\x00-\x00",
		"a long line":     strings.Repeat("số 12-QĐ/TU ", 5_000),
		"digits":          strings.Repeat("1", 1<<20),
		"marks":           strings.Repeat("\u0301\u0323", 1<<18) + "12-QĐ/TU",
	} {
		code, out, errs := vp(t, in, "cite")
		assert.Equal(t, 0, code, why)
		assert.Empty(t, errs, why)
		for line := range strings.Lines(out) {
			require.True(t, json.Valid([]byte(line)), "%s: %s", why, line)
		}
	}
}

// An argument is misuse: a text is no argument, and a file name is no text.
func TestCiteReadsStdinOnly(t *testing.T) {
	code, out, errs := vp(t, "số 12-QĐ/TU", "cite", "a.txt")
	assert.Equal(t, 2, code)
	assert.Empty(t, out)
	assert.Contains(t, errs, "stdin")
}

// repeated is a text of any length that is nowhere in memory.
type repeated struct {
	text string
	left int
	at   int
}

func (r *repeated) Read(p []byte) (n int, err error) {
	for n < len(p) && r.left > 0 {
		k := copy(p[n:min(len(p), n+r.left)], r.text[r.at:])
		n, r.left, r.at = n+k, r.left-k, (r.at+k)%len(r.text)
	}
	if r.left == 0 {
		err = io.EOF
	}
	return n, err
}

// Memory does not grow with the text.
func TestCiteStreams(t *testing.T) {
	text := "Căn cứ Quyết định số 412-QĐ/TU, ngày 06/4/2026 của Ban Thường vụ Tỉnh ủy; " + strings.Repeat("chi bộ sinh hoạt đúng kỳ. ", 40)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	most := uint64(0)
	lines := 0
	code := run([]string{"cite"}, &repeated{text: text, left: 24 << 20}, writer(func(p []byte) {
		lines += strings.Count(string(p), "\n")
		runtime.ReadMemStats(&after)
		most = max(most, after.HeapAlloc)
	}), io.Discard)
	assert.Equal(t, 0, code)
	assert.InDelta(t, (24<<20)/len(text), lines, 1)
	assert.Less(t, most-min(most, before.HeapAlloc), uint64(16<<20), "24 MB were read")
}

type writer func([]byte)

func (w writer) Write(p []byte) (int, error) { w(p); return len(p), nil }
