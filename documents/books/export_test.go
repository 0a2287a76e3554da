package books

import (
	"bytes"
	"fmt"
	"iter"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
)

func one[T any](rows ...T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, r := range rows {
			if !yield(r, nil) {
				return
			}
		}
	}
}

func cells[T any](t *testing.T, l Layout[T], row T, red vanphong.Redaction, zone vanphong.Zone) []string {
	t.Helper()
	for c, err := range l.Rows(one(row), red, zone) {
		require.NoError(t, err)
		require.Len(t, c, len(l.Header()))
		return c
	}
	return nil
}

func entry() documents.Entry {
	return documents.Entry{Serial: 7, Number: documents.Number{System: documents.SystemParty, Serial: 7, Code: "QĐ", Issuer: "TU"},
		State: documents.StateIssued, Content: documents.Content{Kind: documents.KindDecision, Day: vanphong.MustDate("2026-03-05"),
			Abstract: "về việc phân công", Signer: "Nguyễn Văn An"}}
}

func TestTheLayoutsOfTheDecree(t *testing.T) {
	d := Departure{Line: documents.RegisterLine{Entry: entry()}, Recipients: "Ban Tổ chức", Keeper: "Văn thư", Copies: "5",
		Moved: vanphong.MustDate("2026-03-06"), Receipt: "đã ký", Note: "kèm phụ lục"}
	assert.Len(t, Outgoing().Header(), 10, "NĐ 30/2020/NĐ-CP: ten contents")
	assert.Equal(t, []string{"07-QĐ/TU", "05/3/2026", "Quyết định về việc phân công", "Nguyễn Văn An", "Ban Tổ chức", "Văn thư", "5", "06/3/2026", "đã ký", "kèm phụ lục"},
		cells(t, Outgoing(), d, nil, ""))
	d.Line.Entry.State, d.Line.Entry.Reason = documents.StateVoid, "ký nhầm"
	assert.Equal(t, "hủy số: ký nhầm; kèm phụ lục", cells(t, Outgoing(), d, nil, "")[9])
	a := Arrival{Day: vanphong.MustDate("2026-03-06"), Number: "12", Author: "Bộ Chính trị", Document: "57-NQ/TW", Dated: vanphong.MustDate("2026-03-01"),
		Kind: documents.KindResolution, Abstract: "Nghị quyết về đột phá", Recipient: "Phòng Tổng hợp", Moved: vanphong.MustDate("2026-03-07"),
		Receipt: "ký", Due: vanphong.MustDate("2026-03-20"), Progress: "đang làm", Answer: "15-BC/TU", Note: "khẩn"}
	assert.Len(t, Incoming().Header(), 10)
	assert.Equal(t, []string{"06/3/2026", "12", "Bộ Chính trị", "57-NQ/TW", "01/3/2026", "Nghị quyết về đột phá", "Phòng Tổng hợp", "07/3/2026", "ký", "khẩn"},
		cells(t, Incoming(), a, nil, ""))
	assert.Len(t, Tracking().Header(), 7)
	assert.Equal(t, []string{"12", "Nghị quyết 57-NQ/TW, 01/3/2026, Bộ Chính trị", "Phòng Tổng hợp", "20/3/2026", "đang làm", "15-BC/TU", "khẩn"},
		cells(t, Tracking(), a, nil, ""))
	for _, n := range []int{len(Outgoing().Widths()), len(Incoming().Widths()), len(Tracking().Widths()) + 3} {
		assert.Equal(t, 10, n)
	}
}

// Every text of every row type is the secret word; none may leave.
func TestSecretContentCannotLeave(t *testing.T) {
	const word = "kínđáo"
	e := entry()
	e.Content = documents.Content{Kind: word, Day: vanphong.MustDate("2026-03-05"), Abstract: word, Signer: word, Unit: word, Origin: word,
		DecidedBy: word, With: word, Tail: word, Under: word, Issues: word, CopyOf: word, Secrecy: vanphong.Confidential}
	e.Reason = word
	d := Departure{Line: documents.RegisterLine{Entry: e}, Recipients: word, Keeper: word, Copies: word, Receipt: word}
	a := Arrival{Number: "12", Author: word, Document: word, Kind: word, Abstract: word, Secrecy: vanphong.Secret, Recipient: word, Receipt: word, Progress: word, Answer: word, Note: word}
	var fields []Field[documents.Entry]
	for _, f := range entryFields {
		field, err := EntryField(f.code, "", 0)
		require.NoError(t, err)
		fields = append(fields, field)
	}
	check := func(header []string, rows iter.Seq2[[]string, error]) {
		t.Helper()
		var b bytes.Buffer
		require.NoError(t, WriteCSV(&b, header, rows, 0))
		assert.NotContains(t, b.String(), word)
		assert.Contains(t, b.String(), vanphong.Placeholder)
	}
	low := vanphong.Redaction{"mạng rộng": vanphong.NotSecret, "lan": vanphong.TopSecret}
	for _, zone := range []vanphong.Zone{"", "mạng rộng", "internet"} {
		check(nil, Outgoing().Rows(one(d), low, zone))
		check(nil, Incoming().Rows(one(a), low, zone))
		check(nil, Tracking().Rows(one(a), low, zone))
		check(nil, Entries("x", fields...).Rows(one(e), low, zone))
		check(nil, Layout[documents.Entry]{Fields: []Field[documents.Entry]{{Value: func(e documents.Entry) string { return e.Abstract }}}}.Rows(one(entryWith(word)), low, zone))
	}
	// Where it may, it is all there.
	for c, err := range Entries("x", fields...).Rows(one(e), low, "lan") {
		require.NoError(t, err)
		assert.Contains(t, strings.Join(c, "|"), word)
	}
}

// entryWith is not secret by its mark; a layout that does not say how to tell
// takes it for secret all the same.
func entryWith(word string) documents.Entry {
	e := entry()
	e.Abstract = word
	return e
}

func TestEntryFields(t *testing.T) {
	e := entry()
	e.Urgency, e.Unit = vanphong.Express, "VP"
	want := map[string]string{"number": "07-QĐ/TU", "serial": "07", "day": "05/3/2026", "kind": "Quyết định", "abstract": "về việc phân công",
		"kind_abstract": "Quyết định về việc phân công", "signer": "Nguyễn Văn An", "unit": "VP", "secrecy": "", "urgency": "Hỏa tốc", "state": "",
		"standing": "", "reason": "", "decided_by": "", "origin": ""}
	for code, value := range want {
		f, err := EntryField(code, "", 3)
		require.NoError(t, err)
		assert.Equal(t, value, f.Value(e), code)
		assert.NotEmpty(t, f.Name)
	}
	assert.Len(t, entryFields, len(want))
	f, err := EntryField("number", "Số", 3)
	require.NoError(t, err)
	assert.Equal(t, "Số", f.Name)
	_, err = EntryField("numbr", "", 0)
	require.ErrorIs(t, err, vanphong.ErrInvalid)
}

// What is written out can be read in again.
func TestABookGoesOutAndComesBack(t *testing.T) {
	e := entry()
	e.Abstract = "Quyết định =SUM; \"trong\" ngoặc"
	var b bytes.Buffer
	l := Outgoing()
	require.NoError(t, WriteCSV(&b, l.Header(), l.Rows(one(Departure{Line: documents.RegisterLine{Entry: e}}), nil, ""), ';'))
	book := oldBook()
	p, err := NewPlan(book, ReadCSV(&b, nil), nil)
	require.NoError(t, err)
	require.Len(t, p.Rows, 1, "%v", p.Remarks)
	assert.Equal(t, e.Content, p.Rows[0].Request.Content)
	assert.Equal(t, e.Number, p.Rows[0].Request.Number)
	assert.Contains(t, fmt.Sprint(p.Remarks), "Nơi nhận văn bản", "columns that are not carried over are named")
}
