package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// call runs vp and returns what it wrote.
func vp(t *testing.T, stdin string, args ...string) (code int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	code = run(args, strings.NewReader(stdin), &o, &e)
	return code, o.String(), e.String()
}

// The lines are a contract with scripts: key for key, byte for byte.
func TestContract(t *testing.T) {
	for _, c := range []struct {
		name  string
		args  []string
		stdin string
		code  int
		out   string
	}{
		{"a Party number, two kinds under one symbol", []string{"number", "981-QĐ/TU"}, "", 0,
			`{"input":"981-QĐ/TU","ok":true,"system":"party","serial":981,"suffix":"","year":0,"code":"QĐ","kinds":["quyết định","quy định"],"issuer":"TU","unit":"","tail":"","canonical":"981-QĐ/TU","folded":[],"certainty":"exact","kind":""}`},
		{"a refusal says where", []string{"number", "18/NQ-TW"}, "", 2,
			`{"input":"18/NQ-TW","ok":false,"error":"invalid number \"18/NQ-TW\": byte 6: a Party organ in State separators; write 18-NQ/TW","offset":6,"readings":[]}`},
		{"lenient reads it and names the fold", []string{"number", "18/NQ-TW", "-lenient"}, "", 0,
			`{"input":"18/NQ-TW","ok":true,"system":"party","serial":18,"suffix":"","year":0,"code":"NQ","kinds":["nghị quyết"],"issuer":"TW","unit":"","tail":"","canonical":"18-NQ/TW","folded":["order"],"certainty":"inferred","kind":""}`},
		{"a flag may stand before the command", []string{"-lenient", "number", "18/NQ-TW"}, "", 0,
			`{"input":"18/NQ-TW","ok":true,"system":"party","serial":18,"suffix":"","year":0,"code":"NQ","kinds":["nghị quyết"],"issuer":"TW","unit":"","tail":"","canonical":"18-NQ/TW","folded":["order"],"certainty":"inferred","kind":""}`},
		{"the name of a command is an input of another", []string{"number", "AL", "01-NQ/TU", "tet"}, "", 2,
			`{"input":"AL","ok":false,"error":"invalid number \"AL\": byte 0: a number begins with its serial","offset":0,"readings":[]}
{"input":"01-NQ/TU","ok":true,"system":"party","serial":1,"suffix":"","year":0,"code":"NQ","kinds":["nghị quyết"],"issuer":"TU","unit":"","tail":"","canonical":"01-NQ/TU","folded":[],"certainty":"exact","kind":""}
{"input":"tet","ok":false,"error":"invalid number \"tet\": byte 0: a number begins with its serial","offset":0,"readings":[]}`},
		{"ampersands stay readable", []string{"number", "12/SKH&CN-VP"}, "", 0,
			`{"input":"12/SKH&CN-VP","ok":true,"system":"state","serial":12,"suffix":"","year":0,"code":"","kinds":[],"issuer":"SKH&CN","unit":"VP","tail":"","canonical":"12/SKH&CN-VP","folded":[],"certainty":"exact","kind":""}`},
		{"lenient says the kind that is named, and how sure it is", []string{"number", "-lenient", "Quy định số 399-qđ/tw"}, "", 0,
			`{"input":"Quy định số 399-qđ/tw","ok":true,"system":"party","serial":399,"suffix":"","year":0,"code":"QĐ","kinds":["quyết định","quy định"],"issuer":"TW","unit":"","tail":"","canonical":"399-QĐ/TW","folded":["prefix","case"],"certainty":"folded","kind":"quy định"}`},
		{"both readings of what may be two numbers", []string{"number", "-lenient", "12,268-CV/ĐU"}, "", 2,
			`{"input":"12,268-CV/ĐU","ok":false,"error":"invalid number \"12,268-CV/ĐU\": byte 0: two readings: one number, or an item of a list and its number: 12268-CV/ĐU or 268-CV/ĐU","offset":0,"readings":["12268-CV/ĐU","268-CV/ĐU"]}`},
		{"an organ that only its place tells is inferred", []string{"number", "-lenient", "12/ABC"}, "", 0,
			`{"input":"12/ABC","ok":true,"system":"state","serial":12,"suffix":"","year":0,"code":"","kinds":[],"issuer":"ABC","unit":"","tail":"","canonical":"12/ABC","folded":[],"certainty":"inferred","kind":""}`},
		{"lunar", []string{"lunar", "2026-02-17", "17/2/2026"}, "", 0,
			`{"date":"2026-02-17","year":2026,"month":1,"day":1,"leap":false,"name":"Bính Ngọ"}
{"date":"2026-02-17","year":2026,"month":1,"day":1,"leap":false,"name":"Bính Ngọ"}`},
		{"solar, a leap month", []string{"solar", "1", "-leap", "6", "2025"}, "", 0,
			`{"date":"2025-07-25","year":2025,"month":6,"day":1,"leap":true,"name":"Ất Tỵ"}`},
		{"tet", []string{"tet", "2027"}, "", 0, `{"year":2027,"date":"2027-02-06"}`},
		{"both ends of days", []string{"days", "2026-08-22", "2026-08-31"}, "", 0,
			`{"date":"2026-08-22","kind":"swap_work","name":"Làm bù cho 31/8/2026","provisional":false,"source":"9441/TB-BNV; https://www.vietnam.vn/en/cong-chuc-vien-chuc-nguoi-lao-dong-hai-phong-duoc-nghi-tet-binh-ngo-lien-tuc-9-ngay"}
{"date":"2026-08-31","kind":"swap_off","name":"Hoán đổi với thứ Bảy 22/8/2026","provisional":false,"source":"9441/TB-BNV; https://www.vietnam.vn/en/cong-chuc-vien-chuc-nguoi-lao-dong-hai-phong-duoc-nghi-tet-binh-ngo-lien-tuc-9-ngay"}`},
		{"a deadline over the swapped Monday", []string{"deadline", "-from", "2026-08-28", "-days", "1"}, "", 0,
			`{"from":"2026-08-28","due":"2026-09-03","provisional":false,"skipped":[{"date":"2026-08-29","why":"thứ Bảy"},{"date":"2026-08-30","why":"Chủ nhật"},{"date":"2026-08-31","why":"hoán đổi với thứ Bảy 22/8/2026"},{"date":"2026-09-01","why":"Quốc khánh (ngày liền kề)"},{"date":"2026-09-02","why":"Quốc khánh"}]}`},
		{"nothing skipped is an empty list", []string{"deadline", "-days", "0", "-from", "2026-11-20"}, "", 0,
			`{"from":"2026-11-20","due":"2026-11-20","provisional":false,"skipped":[]}`},
		{"conflicts, half-open: b touches c", []string{"conflicts"},
			`{"id":"b","start":"2026-11-20T09:00:00+07:00","end":"2026-11-20T10:00:00+07:00","people":["p1"],"rooms":["r"]}
{"id":"a","start":"2026-11-20T08:00:00+07:00","end":"2026-11-20T09:30:00+07:00","people":["p1"],"rooms":["r"]}
{"id":"c","start":"2026-11-20T10:00:00+07:00","end":"2026-11-20T11:00:00+07:00","people":["p1"]}
`, 0,
			`{"a":"a","b":"b","resource":"person:p1","from":"2026-11-20T09:00:00+07:00","to":"2026-11-20T09:30:00+07:00"}
{"a":"a","b":"b","resource":"room:r","from":"2026-11-20T09:00:00+07:00","to":"2026-11-20T09:30:00+07:00"}`},
		{"travel time is for those who travel", []string{"conflicts", "-gap", "15"},
			`{"id":"b","start":"2026-11-20T09:00:00+07:00","end":"2026-11-20T10:00:00+07:00","people":["p1"],"rooms":["r"],"vehicles":["v"]}
{"id":"c","start":"2026-11-20T10:00:00+07:00","end":"2026-11-20T11:00:00+07:00","people":["p1"],"rooms":["r"],"vehicles":["v"]}
`, 0,
			`{"a":"b","b":"c","resource":"person:p1","from":"2026-11-20T10:00:00+07:00","to":"2026-11-20T10:15:00+07:00"}
{"a":"b","b":"c","resource":"vehicle:v","from":"2026-11-20T10:00:00+07:00","to":"2026-11-20T10:15:00+07:00"}`},
		{"narrate", []string{"narrate"},
			`{"subject":"nghị quyết","value":1,"qualifier":"exact"}
{"subject":"chỉ thị","value":2,"qualifier":"exact"}
{"subject":"thông báo","value":410,"qualifier":"over"}
`, 0, `{"text":"01 nghị quyết, 02 chỉ thị và trên 410 thông báo"}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			code, out, errs := vp(t, c.stdin, c.args...)
			assert.Equal(t, c.out+"\n", out)
			assert.Equal(t, c.code, code)
			assert.Empty(t, errs)
		})
	}
}

// Only the flags of a command are flags: all else gets its line.
func TestEveryOtherArgumentIsAnInput(t *testing.T) {
	code, out, _ := vp(t, "", "number", "-x", "", "--lenient", "-leap", "01-NQ/TU", "--")
	assert.Equal(t, 2, code)
	var inputs []string
	for line := range strings.Lines(out) {
		var v struct{ Input string }
		require.NoError(t, json.Unmarshal([]byte(line), &v))
		inputs = append(inputs, v.Input)
	}
	assert.Equal(t, []string{"-x", "", "--lenient", "-leap", "01-NQ/TU", "--"}, inputs)
}

// A line for a line: LF and CRLF, empty ones, and a last one without its end.
func TestStdinIsReadLineForLine(t *testing.T) {
	code, out, _ := vp(t, "2026-02-17\r\n\n17/2/2026", "lunar")
	assert.Equal(t, 2, code)
	assert.Equal(t, `{"date":"2026-02-17","year":2026,"month":1,"day":1,"leap":false,"name":"Bính Ngọ"}
{"input":"","ok":false,"error":"date \"\": want YYYY-MM-DD or d/m/yyyy: invalid value"}
{"date":"2026-02-17","year":2026,"month":1,"day":1,"leap":false,"name":"Bính Ngọ"}
`, out)

	code, out, _ = vp(t, "", "tet")
	assert.Equal(t, 0, code)
	assert.Empty(t, out, "no line for no line")
}

// A line of any length is answered, the next one is read.
func TestLongLineIsRefusedAndTheNextRead(t *testing.T) {
	long := strings.Repeat("á", maxLine)
	for _, in := range []string{long + "\n01-NQ/TU\n", long[:maxLine] + "\r\n01-NQ/TU"} {
		code, out, _ := vp(t, in, "number")
		assert.Equal(t, 2, code)
		lines := strings.Split(strings.TrimSpace(out), "\n")
		require.Len(t, lines, 2)
		assert.Contains(t, lines[0], `"ok":false`)
		assert.Less(t, len(lines[0]), 1000)
		assert.Contains(t, lines[0], `"offset":`)
		assert.Contains(t, lines[1], `"canonical":"01-NQ/TU"`)
	}
}

// Misuse is told on stderr and nothing stands on stdout.
func TestMisuse(t *testing.T) {
	for _, args := range [][]string{
		nil,                               // no command
		{"numbers"},                       // an unknown one
		{"solar", "1", "2"},               // an argument missing
		{"days", "2026-01-01"},            // an end missing
		{"deadline", "-from"},             // a flag without its value
		{"deadline", "-from", "2026-1-1"}, // a flag missing
		{"conflicts", "-gap", "-5"},       // a gap that is none
	} {
		code, out, errs := vp(t, "", args...)
		assert.Equal(t, 2, code, args)
		assert.Empty(t, out, args)
		assert.Contains(t, errs, "vp: ", args)
	}
}

// What cannot be read is answered on stdout, the rest is answered too.
func TestRefusals(t *testing.T) {
	for _, c := range []struct {
		why   string
		args  []string
		stdin string
		lines int
	}{
		{"a day that does not exist", []string{"lunar", "2026-02-30", "2026-02-28"}, "", 2},
		{"a year before the table", []string{"tet", "1967"}, "", 1},
		{"digits only: no sign, no blank", []string{"tet", "+2026", " 2026", "2026.0"}, "", 3},
		{"lunar month without a day 30", []string{"solar", "30", "12", "2025"}, "", 1},
		{"a leap month that year has not", []string{"solar", "1", "6", "2026", "-leap"}, "", 1},
		{"month 13", []string{"solar", "1", "13", "2026"}, "", 1},
		{"an end before the start", []string{"days", "2026-02-01", "2026-01-01"}, "", 1},
		{"a way of counting that is none", []string{"deadline", "-from", "2026-01-05", "-days", "1", "-count", "weeks"}, "", 1},
		{"days before the work calendar", []string{"deadline", "-from", "2001-01-05", "-days", "1"}, "", 1},
		{"a negative number of days", []string{"deadline", "-from", "2026-01-05", "-days", "-1"}, "", 1},
		{"an entry that ends before it starts", []string{"conflicts"},
			`{"id":"a","start":"2026-11-20T09:00:00+07:00","end":"2026-11-20T08:00:00+07:00"}`, 1},
		{"an entry twice", []string{"conflicts"},
			`{"id":"a","start":"2026-11-20T08:00:00+07:00","end":"2026-11-20T09:00:00+07:00"}
{"id":"a","start":"2026-11-20T08:00:00+07:00","end":"2026-11-20T09:00:00+07:00"}`, 1},
		{"no JSON", []string{"conflicts"}, "x\ny\n", 2},
		{"a figure that cannot be: the sentence would lack it", []string{"narrate"},
			`{"subject":"chỉ thị","value":-1,"qualifier":"exact"}
{"subject":"nghị quyết","value":1,"qualifier":"exact"}`, 1},
		{"a qualifier that is none", []string{"narrate"}, `{"subject":"chỉ thị","value":1,"qualifier":"trên"}`, 1},
	} {
		t.Run(c.why, func(t *testing.T) {
			code, out, errs := vp(t, c.stdin, c.args...)
			assert.Equal(t, 2, code)
			assert.Equal(t, c.lines, strings.Count(out, "\n"), out)
			assert.Contains(t, out, `"ok":false`)
			assert.Empty(t, errs)
		})
	}
}

// One bad entry is answered by itself; the clash of the others is still found.
// The names of both sides are composed before they are compared.
func TestConflictsAnswersEachBadLine(t *testing.T) {
	good := `{"id":"a","start":"2026-11-20T08:00:00+07:00","end":"2026-11-20T09:30:00+07:00","people":["Ha\u0300"]}
{"id":"b","start":"2026-11-20T02:00:00Z","end":"2026-11-20T03:00:00Z","people":["H\u00e0"]}
`
	clash := `{"a":"a","b":"b","resource":"person:Hà","from":"2026-11-20T02:00:00Z","to":"2026-11-20T02:30:00Z"}`
	for why, bad := range map[string]string{
		"a resource without a name":      `{"id":"c","start":"2026-11-20T08:00:00Z","end":"2026-11-20T09:00:00Z","people":[""]}`,
		"a misspelt key":                 `{"id":"c","start":"2026-11-20T08:00:00Z","end":"2026-11-20T09:00:00Z","person":["p"]}`,
		"an hour of one digit":           `{"id":"c","start":"2026-11-20T8:00:00Z","end":"2026-11-20T09:00:00Z"}`,
		"a comma before the fraction":    `{"id":"c","start":"2026-11-20T08:00:00,5Z","end":"2026-11-20T09:00:00Z"}`,
		"a day that does not exist":      `{"id":"c","start":"2026-02-30T08:00:00Z","end":"2026-03-02T09:00:00Z"}`,
		"an age that no office lives in": `{"id":"c","start":"1066-10-14T08:00:00Z","end":"1066-10-14T09:00:00Z"}`,
		"two objects on a line":          `{"id":"c","start":"2026-11-20T08:00:00Z","end":"2026-11-20T09:00:00Z"} {}`,
		"a list":                         `[]`,
	} {
		code, out, errs := vp(t, good+bad, "conflicts")
		assert.Equal(t, 2, code, why)
		assert.Empty(t, errs, why)
		lines := strings.Split(strings.TrimSpace(out), "\n")
		require.Len(t, lines, 2, why)
		var r refusal
		require.NoError(t, json.Unmarshal([]byte(lines[0]), &r), why)
		assert.Equal(t, bad, r.Input, why)
		assert.NotContains(t, r.Error, "main.", "%s: the error speaks of this program's insides", why)
		assert.Equal(t, clash, lines[1], why)
	}
}

// What is held in memory is bounded: one figure too many, and no sentence.
func TestFiguresAreBounded(t *testing.T) {
	line := `{"subject":"chỉ thị","value":1}` + "\n"
	code, out, _ := vp(t, strings.Repeat(line, maxFigures), "narrate")
	assert.Equal(t, 0, code)
	assert.Contains(t, out, `{"text":"01 chỉ thị, `)
	code, out, _ = vp(t, strings.Repeat(line, maxFigures+1), "narrate")
	assert.Equal(t, 2, code)
	assert.Contains(t, out, "more than 10000 figures")
	assert.NotContains(t, out, `"text"`)
}

// A notice of the caller's stands over the computed year and makes it certain.
func TestOwnCalendar(t *testing.T) {
	file := filepath.Join(t.TempDir(), "tet.csv")
	rows := "date,kind,name\n"
	for _, d := range []string{"2027-02-04", "2027-02-05", "2027-02-06", "2027-02-07", "2027-02-08"} {
		rows += d + ",holiday,Tết Đinh Mùi\n"
	}
	rows += "2027-02-09,comp_off,Nghỉ bù\n2027-02-10,comp_off,Nghỉ bù\n"
	require.NoError(t, os.WriteFile(file, []byte(rows), 0o600))

	_, out, _ := vp(t, "", "deadline", "-from", "2027-02-03", "-days", "1")
	assert.Contains(t, out, `"due":"2027-02-04","provisional":true`)
	code, out, _ := vp(t, "", "deadline", "-from", "2027-02-03", "-days", "1", "-calendar", file)
	assert.Equal(t, 0, code)
	assert.Contains(t, out, `"due":"2027-02-11","provisional":false`)

	require.NoError(t, os.WriteFile(file, []byte("date,kind\n2027-02-30,holiday\n"), 0o600))
	code, out, _ = vp(t, "", "deadline", "-from", "2027-02-03", "-days", "1", "-calendar", file)
	assert.Equal(t, 2, code)
	assert.Contains(t, out, "2027-02-30")
}
