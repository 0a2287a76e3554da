package books

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
)

var stamp = vanphong.Stamp{By: vanphong.Actor{ID: "van-thu"}, At: time.Date(2025, 7, 1, 1, 0, 0, 0, time.UTC)}

// oldBook is the book of a province committee's term.
func oldBook() Book {
	return Book{Org: "tinh-uy", Scope: "nk-2020", Issuer: "TU", Basis: "sổ giấy quyển 2, chốt ngày 30/6/2025",
		Days: vanphong.Days{First: vanphong.MustDate("2020-10-15")}}
}

// table makes rows of lines with | between cells.
func table(lines ...string) iter.Seq2[[]string, error] {
	return func(yield func([]string, error) bool) {
		for _, l := range lines {
			if !yield(strings.Split(l, "|"), nil) {
				return
			}
		}
	}
}

const heading = "Số, ký hiệu|Ngày tháng|Tên loại và trích yếu|Người ký|Độ mật|Nơi nhận|Ghi chú"

// told lists the remarks as rule@row, without those about the book.
func told(p *Plan) (out []string) {
	for _, r := range p.Remarks {
		if r.Row > 0 {
			out = append(out, fmt.Sprintf("%s@%d", strings.TrimPrefix(r.Rule, "books."), r.Row))
		}
	}
	return out
}

func TestEveryRowIsKeptOrListed(t *testing.T) {
	p, err := NewPlan(oldBook(), table(
		"TỈNH ỦY||||||",               // 1: a title above the heading is not read
		heading,                       // 2
		"(1)|(2)|(3)|(4)|(5)|(6)|(7)", // 3: counts the columns
		"01-QĐ/TU|20/10/2020|Quyết định về việc phân công|Nguyễn Văn An|||", // 4
		"02-QĐ/TU|21.10.2020|Quy định chế độ báo cáo|Nguyễn Văn An|||",      // 5: the same series, another kind
		"03-QĐ/TU|22/10/2020|Về việc bổ nhiệm|Nguyễn Văn An|||",             // 6: QĐ is two kinds
		"4|23/10/2020|Quyết định về việc khen thưởng|||| ",                  // 7: the number alone
		"05-QĐ/TU|2020/13/40|Quyết định|||| ",                               // 8: no day
		"06-QĐ/UBND|24/10/2020|Quyết định|||| ",                             // 9: another organ's
		"07-QĐ/TU|24/10/20|Quyết định|||| ",                                 // 10: a year of two digits
		"08-QĐ/TU|24/10/2019|Quyết định|||| ",                               // 11: before the term
		"09-QĐ/TU|24/10/2020|Quyết định về việc A|||| ",                     // 12
		"09-QĐ/TU|25/10/2020|Quyết định về việc B|||| ",                     // 13: two documents, one number
		"09-QĐ/TU|24/10/2020|Quyết định về việc A|||| ",                     // 14: the same line again
		"11-QĐ/TU|26/10/2020|Quyết định về việc C||Mật|| ",                  // 15: secret
		"12-QĐ/TU|26/10/2020|Quyết định về việc D|Trần B|Tối mật||",         // 16: not even the signer
		"13-QĐ/TU|26/10/2020|Quyết định về việc E||mật A||",                 // 17: a mark that nobody knows
		"10-QĐ/TU|27/10/2020|Quyết định về việc F|||| ",                     // 18: goes back
		"14-QĐ/TU||Quyết định||||Hủy số do ghi nhầm",                        // 19: void, without a day
		"||||||", // 20: nothing
		"01-KH/TU|02/11/2020|Kế hoạch năm|||| ",          // 21: another series
		"15a-QĐ/TU|28/10/2020|Quyết định về việc G|||| ", // 22: a suffix
		"không số|28/10/2020|Quyết định|||| ",            // 23: no number
	), nil)
	require.NoError(t, err)
	assert.Equal(t, 23, p.Read)
	assert.Equal(t, []string{"kind@6", "day@8", "number@9", "day@10", "day@11", "duplicate@13", "twice@14",
		"secret@15", "secret@16", "mark@17", "secret@17", "order@18", "void@19", "number@23"}, told(p))
	kept := []int{}
	for _, r := range p.Rows {
		kept = append(kept, r.Row)
	}
	assert.Equal(t, []int{4, 5, 7, 12, 15, 16, 18, 19, 21, 22}, kept)
	assert.Equal(t, 8, p.Faults())
	assert.Equal(t, 1, p.Unread, "row 23 alone could be of any series")
	require.Len(t, p.Series, 2)
	assert.Equal(t, "KH", p.Series[0].Open.Key.Name)
	qd := p.Series[1]
	assert.Equal(t, uint32(15), qd.Last)
	assert.Equal(t, uint32(16), qd.Open.First)
	assert.Empty(t, qd.Missing, "rows that are not kept still say that their number was given")
	// A day is read although nothing else of its form is.
	assert.Equal(t, documents.KindRegulation, p.Rows[1].Request.Kind)
	assert.Equal(t, vanphong.MustDate("2020-10-21"), p.Rows[1].Request.Day)
	assert.Equal(t, "Hủy số do ghi nhầm", p.Rows[7].Request.Void)
	assert.Equal(t, "a", p.Rows[9].Request.Suffix)
}

func TestNothingSecretIsInAPlan(t *testing.T) {
	const word = "tuyệtđốikínđáo"
	p, err := NewPlan(oldBook(), table(heading,
		"01-QĐ/TU|20/10/2020|Quyết định "+word+"|"+word+"|Tuyệt mật|"+word+"|"+word, // all in place
		word+"|20/10/2020|Quyết định|x|Mật||",                                       // slipped into the number
		"03-QĐ/TU|"+word+"|Quyết định|x|Mật||",                                      // into the day
		"04-QĐ/TU|20/10/2020|"+word+"|x|Mật||Hủy số "+word,                          // no kind; a reason that tells
		"05-QĐ/TU|20/10/2020|Quyết định|x|"+word+"||",                               // into the mark: taken for secret
	), nil)
	require.NoError(t, err)
	assert.NotContains(t, fmt.Sprintf("%+v", p), word)
	texts := Messages()
	for _, r := range p.Remarks {
		assert.NotContains(t, texts.Text(r.Finding)+texts.English(r.Finding), word)
	}
}

func TestAFileThatChangesItsEncodingMidway(t *testing.T) {
	lines := []string{
		"Số, ký hiệu;Ngày tháng;Trích yếu;Tên loại",
		"01-TB/TU;20/10/2020;Về việc họp Ban Thường vụ;thông báo",
		"02-TB/TU;21/10/2020;Kết luận của đồng chí Bí thư;thông báo",
		"03-TB/TU;22/10/2020;Triệu tập hội nghị lần thứ nhất;thông báo",
	}
	var file []byte
	add := func(e Encoding, l string) {
		b, err := e.Encode(l + "\r\n")
		require.NoError(t, err)
		file = append(file, b...)
	}
	for i, e := range []Encoding{TCVN3, VNI, UTF8, Windows1258} {
		for k, l := range lines {
			if k == 0 && i > 0 {
				continue
			}
			add(e, strings.Replace(l, fmt.Sprintf("0%d-", k), fmt.Sprintf("%02d-", i*3+k), 1))
		}
	}
	p, err := NewPlan(oldBook(), ReadCSV(bytes.NewReader(file), nil), nil)
	require.NoError(t, err)
	assert.Zero(t, p.Faults(), "%v", p.Remarks)
	require.Len(t, p.Rows, 12)
	for i, r := range p.Rows {
		assert.Equal(t, strings.Split(lines[1+i%3], ";")[2], r.Request.Abstract)
	}
	var converted []string
	for _, r := range p.Remarks {
		if r.Rule == RuleConverted {
			converted = append(converted, strings.Join(r.Args, " "))
		}
	}
	assert.Equal(t, []string{"Windows-1258 11–13", "TCVN3 (ABC) 1–4", "VNI 5–7"}, converted)
}

// Between rows of two encodings a row that both can read is nobody's.
func TestARowOfUncertainEncodingIsListedNotGarbled(t *testing.T) {
	enc := func(e Encoding, s string) string {
		b, err := e.Encode(s)
		require.NoError(t, err)
		return string(b)
	}
	p, err := NewPlan(oldBook(), table("Số|Ngày tháng|Trích yếu|Tên loại",
		enc(TCVN3, "01|20/10/2020|Kế hoạch kiểm tra của Tỉnh ủy|KH"),
		"02|21/10/2020|X\xF9 Ninh|KH",
		enc(VNI, "03|22/10/2020|Kế hoạch giám sát của Tỉnh ủy|KH"),
		enc(VNI, "04|22/10/2020|Kế hoạch giám sát của Tỉnh ủy|KH")+"\x81",
	), nil)
	require.NoError(t, err)
	assert.Equal(t, []string{"encoding@3", "encoding@5"}, told(p))
	assert.NotContains(t, fmt.Sprintf("%+v", p), "Ninh")
	require.Len(t, p.Rows, 2)
}

func TestRunOpensBehindTheBookAndCanBeRepeated(t *testing.T) {
	ctx := context.Background()
	rows := []string{heading,
		"01-QĐ/TU|20/10/2020|Quyết định về việc phân công|Nguyễn Văn An|||",
		"02-QĐ/TU|21/10/2020|Quyết định về việc bổ nhiệm|Nguyễn Văn An|Mật||",
		"04-QĐ/TU|22/10/2020|Quyết định||||hủy số",
		"05-QĐ/TU|2x/10/2020|Quyết định về việc điều động|Nguyễn Văn An|||",
	}
	store := documents.NewMemory()
	plan := func(lines []string) *Plan {
		p, err := NewPlan(oldBook(), table(lines...), nil)
		require.NoError(t, err)
		return p
	}
	// All or nothing.
	_, err := plan(rows).Run(ctx, store, stamp, nil)
	require.ErrorIs(t, err, vanphong.ErrInvalid)
	reg := documents.NewRegistrar(store, nil)
	for range reg.AllSeries(ctx, "tinh-uy") {
		t.Fatal("a refused import has opened a series")
	}
	// The good rows.
	done, err := plan(rows).Run(ctx, store, stamp, &RunOptions{Partial: true})
	require.NoError(t, err)
	assert.Equal(t, 3, done.Added)
	s := done.Series[0]
	assert.Equal(t, uint32(6), s.First, "05 stands on paper although its row was not kept")
	// The corrected file adds what was missing.
	rows[4] = "05-QĐ/TU|23/10/2020|Quyết định về việc điều động|Nguyễn Văn An|||"
	done, err = plan(rows).Run(ctx, store, stamp, nil)
	require.NoError(t, err)
	assert.Equal(t, Done{Added: 1, Known: 3, Series: done.Series}, done)
	before, err := reg.Series(ctx, "tinh-uy", s.ID)
	require.NoError(t, err)
	// Again: nothing.
	later := vanphong.Stamp{By: vanphong.Actor{ID: "other"}, At: stamp.At.Add(time.Hour)}
	done, err = plan(rows).Run(ctx, store, later, nil)
	require.NoError(t, err)
	assert.Equal(t, 4, done.Known)
	after, err := reg.Series(ctx, "tinh-uy", s.ID)
	require.NoError(t, err)
	assert.Equal(t, before, after)
	require.NoError(t, reg.Verify(ctx, "tinh-uy"))
	// The office goes on behind the book.
	en, err := reg.Issue(ctx, "tinh-uy", documents.IssueRequest{ID: "new", Series: s.ID,
		Content: documents.Content{Kind: documents.KindDecision, Day: vanphong.MustDate("2025-07-01")}}, stamp)
	require.NoError(t, err)
	assert.Equal(t, "06-QĐ/TU", en.Number.String())
	// A row changed behind the register's back, and a number that is ours by now.
	rows[1] = strings.Replace(rows[1], "phân công", "phân nhiệm", 1)
	rows = append(rows, "06-QĐ/TU|24/10/2020|Quyết định về việc khác||||")
	done, err = plan(rows).Run(ctx, store, stamp, nil)
	require.ErrorIs(t, err, vanphong.ErrConflict)
	assert.Equal(t, []string{RuleChanged, RuleGiven}, []string{done.Remarks[0].Rule, done.Remarks[1].Rule})
	assert.Equal(t, []int{2, 6}, []int{done.Remarks[0].Row, done.Remarks[1].Row})
	done, err = plan(rows).Run(ctx, store, stamp, &RunOptions{Partial: true})
	require.NoError(t, err)
	assert.Zero(t, done.Added)
	// What was registered.
	var got []string
	for en, err := range reg.List(ctx, "tinh-uy", documents.Query{Series: s.ID}) {
		require.NoError(t, err)
		got = append(got, en.Number.String()+" "+en.Abstract+" "+en.Reason)
	}
	assert.Equal(t, []string{
		"01-QĐ/TU Quyết định về việc phân công sổ giấy quyển 2, chốt ngày 30/6/2025",
		"02-QĐ/TU  sổ giấy quyển 2, chốt ngày 30/6/2025",
		"04-QĐ/TU Quyết định hủy số",
		"05-QĐ/TU Quyết định về việc điều động sổ giấy quyển 2, chốt ngày 30/6/2025",
		"06-QĐ/TU  ",
	}, got)
}

func TestASeriesIsNotOpenedAtAGuess(t *testing.T) {
	rows := table(heading,
		"01-QĐ/TU|20/10/2020|Quyết định về việc phân công||||",
		"số mờ|21/10/2020|Quyết định về việc bổ nhiệm||||")
	ctx := context.Background()
	p, err := NewPlan(oldBook(), rows, nil)
	require.NoError(t, err)
	_, err = p.Run(ctx, documents.NewMemory(), stamp, &RunOptions{Partial: true})
	var in *vanphong.InputError
	require.ErrorAs(t, err, &in)
	assert.Equal(t, "last", in.Field)
	book := oldBook()
	book.Last = map[string]uint32{"QĐ": 981}
	p, err = NewPlan(book, rows, nil)
	require.NoError(t, err)
	done, err := p.Run(ctx, documents.NewMemory(), stamp, &RunOptions{Partial: true})
	require.NoError(t, err)
	assert.Equal(t, uint32(982), done.Series[0].First)
}

func TestTheGuardIsAskedAndTheFailureOfOneRowLeavesNothing(t *testing.T) {
	ctx := context.Background()
	p, err := NewPlan(oldBook(), table(heading, "01-QĐ/TU|20/10/2020|Quyết định A||||", "02-QĐ/TU|20/10/2020|Quyết định B||||"), nil)
	require.NoError(t, err)
	store := documents.NewMemory()
	var verbs []string
	refused := ""
	guard := func(_ context.Context, a vanphong.Act) error {
		if verbs = append(verbs, a.Verb); a.Verb == refused {
			return vanphong.ErrForbidden
		}
		return nil
	}
	opt := &RunOptions{Registrar: &documents.Options{Guard: guard}}
	for _, refused = range []string{"documents.late", "documents.open"} {
		_, err = p.Run(ctx, store, stamp, opt)
		require.ErrorIs(t, err, vanphong.ErrForbidden)
	}
	refused = ""
	other := documents.NewMemory()
	_, err = p.Run(ctx, other, stamp, opt)
	require.NoError(t, err)
	_, err = p.Run(ctx, other, stamp, opt)
	require.NoError(t, err)
	assert.Equal(t, []string{"documents.late", "documents.late", "documents.open", "documents.late", "documents.open", "documents.late"}, verbs,
		"nothing is opened the second time")
	p.Rows[1].Request.Abstract = strings.Repeat("x", documents.MaxAbstract+1)
	_, err = p.Run(ctx, store, stamp, nil)
	var row *documents.RowError
	require.ErrorAs(t, err, &row)
	assert.Equal(t, 1, row.Row)
	for range documents.NewRegistrar(store, nil).AllSeries(ctx, "tinh-uy") {
		t.Fatal("the series is open although its entries were refused")
	}
}

func TestAYearlyBookOfTheState(t *testing.T) {
	book := Book{Org: "ubnd", Issuer: "UBND", Basis: "sổ năm 2024", Policy: documents.StatePerYear(documents.BySymbol),
		Days: vanphong.Days{First: vanphong.MustDate("2023-01-01"), End: vanphong.MustDate("2025-01-01")}}
	p, err := NewPlan(book, table("Số ký hiệu|Ngày ban hành|Trích yếu",
		"59/QĐ-UBND|05/3/2023|Về việc phê duyệt kế hoạch",
		"01/QĐ-UBND|05/01/2024|Về việc giao dự toán",
		"02/BC-UBND|06-01-2024|Tình hình kinh tế",
	), nil)
	require.NoError(t, err)
	assert.Empty(t, told(p), "QĐ of the State is quyết định alone")
	var names []string
	for _, s := range p.Series {
		names = append(names, fmt.Sprintf("%s %s %d %s", s.Open.Key.Scope, s.Open.Key.Name, s.Last, runs(s.Missing)))
	}
	assert.Equal(t, []string{"2023 QĐ 59 1–58", "2024 BC 2 1", "2024 QĐ 1 "}, names)
	_, err = p.Run(context.Background(), documents.NewMemory(), stamp, nil)
	require.NoError(t, err)
}

func TestAJointDocumentIsCountedByItsLead(t *testing.T) {
	book := Book{Org: "bo", Issuer: "BNV", Basis: "sổ năm 2016", Policy: documents.StatePerYear(documents.BySymbol),
		Days: vanphong.YearDays(2024)}
	p, err := NewPlan(book, table("Số ký hiệu|Ngày ban hành|Tên loại|Trích yếu",
		"01/2024/TTLT-BNV-BTC|05/3/2024|Thông tư liên tịch|Về việc A", "02/2024/TTLT-BTC-BNV|05/3/2024|Thông tư liên tịch|Về việc B"), nil)
	require.NoError(t, err)
	assert.Equal(t, []string{"number@3"}, told(p), "the other one leads here")
	require.Len(t, p.Rows, 1)
	assert.Equal(t, "BTC", p.Rows[0].Request.With)
	done, err := p.Run(context.Background(), documents.NewMemory(), stamp, &RunOptions{Partial: true})
	require.NoError(t, err)
	assert.Equal(t, 1, done.Added)
}

func TestABookIsBounded(t *testing.T) {
	cell := strings.Repeat("x", 1<<20)
	_, err := NewPlan(oldBook(), func(yield func([]string, error) bool) {
		for yield([]string{cell, cell}, nil) {
		}
	}, nil)
	require.ErrorIs(t, err, vanphong.ErrOutOfRange)
	_, err = NewPlan(oldBook(), func(yield func([]string, error) bool) {
		for yield(nil, nil) {
		}
	}, nil)
	require.ErrorIs(t, err, vanphong.ErrOutOfRange)
	_, err = NewPlan(oldBook(), table(strings.Repeat("|", MaxCells)), nil)
	require.ErrorIs(t, err, vanphong.ErrOutOfRange)
	book := oldBook()
	book.Last = map[string]uint32{"QĐ": documents.MaxSerial}
	_, err = NewPlan(book, table(heading), nil)
	require.ErrorIs(t, err, vanphong.ErrOutOfRange)
}

func TestANumberThatWasInferredIsShown(t *testing.T) {
	p, err := NewPlan(oldBook(), table(heading,
		"Số: 01 - QĐ/TU|20/10/2020|Quyết định A||||", // folded
		"02/QĐ-TU|20/10/2020|Quyết định B||||",       // hyphen and slash exchanged
		"Quy định số 03-QĐ/TU|20/10/2020|về C||||",   // the kind in the cell of the number
	), nil)
	require.NoError(t, err)
	assert.Equal(t, []string{"reading@3"}, told(p), "%v", p.Remarks)
	require.Len(t, p.Rows, 3)
	assert.Equal(t, "02-QĐ/TU", p.Rows[1].Request.Number.String())
	assert.Equal(t, documents.KindRegulation, p.Rows[2].Request.Kind)
	// The cell of a secret row may hold anything: it is not shown.
	p, err = NewPlan(oldBook(), table(heading, "02/QĐ-TU.doc|20/10/2020|Quyết định B||Mật||"), nil)
	require.NoError(t, err)
	assert.Contains(t, fmt.Sprint(p.Remarks), "02-QĐ/TU "+vanphong.Placeholder)
	assert.NotContains(t, fmt.Sprint(p.Remarks), ".doc")
}

func TestCodesAreText(t *testing.T) {
	for e := range Encoding(len(encodingCodes)) {
		b, err := e.MarshalText()
		require.NoError(t, err)
		var got Encoding
		require.NoError(t, got.UnmarshalText(b))
		assert.Equal(t, e, got)
		assert.NotEmpty(t, e.Name())
	}
	for c := range Column(len(columnCodes)) {
		b, err := c.MarshalText()
		require.NoError(t, err)
		var got Column
		require.NoError(t, got.UnmarshalText(b))
		assert.Equal(t, c, got)
	}
	require.Error(t, new(Column).UnmarshalText([]byte("x")))
	p, err := NewPlan(oldBook(), table(heading, "x|20/10/2020|Quyết định||||", "01-QĐ/TU|20/10/2020|Quyết định A||||"), nil)
	require.NoError(t, err)
	for _, v := range []any{p.Remarks, p.Rows, p.Series} {
		b, err := json.Marshal(v)
		require.NoError(t, err)
		got := reflect.New(reflect.TypeOf(v))
		require.NoError(t, json.Unmarshal(b, got.Interface()), "%s", b)
		assert.Equal(t, v, got.Elem().Interface(), "%s", b)
	}
}

func TestRemarksAreATable(t *testing.T) {
	p, err := NewPlan(oldBook(), table(heading, "x|20/10/2020|Quyết định||||"), nil)
	require.NoError(t, err)
	var got [][]string
	for row, err := range RemarkRows(p.Remarks) {
		require.NoError(t, err)
		got = append(got, row)
	}
	assert.Equal(t, [][]string{
		{"", "ghi chú", "Không nhập các cột: Nơi nhận"},
		{"2", "lỗi", "Dòng 2, cột “Số, ký hiệu”: “x” không dùng được làm số; cần số và ký hiệu như 981-QĐ/TU"},
	}, got)
}

func TestDaysAsClerksWriteThem(t *testing.T) {
	for _, c := range []struct {
		in      string
		century int
		want    string
	}{
		{"5/3/2026", 0, "2026-03-05"},
		{"05-03-2026", 0, "2026-03-05"},
		{"5.3.2026", 0, "2026-03-05"},
		{" 05/03/2026 ", 0, "2026-03-05"},
		{"2026-03-05", 0, "2026-03-05"},                // as adapters/xlsx gives the day of a cell
		{"ngày 5 tháng 3 năm 2026", 0, "2026-03-05"},   // in words
		{"Ngày 05/3/2026", 0, "2026-03-05"},            // half in words
		{"2026-03-05T08:30:00", 0, "2026-03-05"},       // a day with a time
		{"2026-02-30T08:30:00", 0, ""},                 // one that does not exist
		{"5/3/26", 2000, "2026-03-05"},                 // told
		{"5/3/98", 1900, "1998-03-05"},                 // told
		{"5/3/26", 0, ""},                              // not told
		{"03/15/2026", 0, ""},                          // month first
		{"30/2/2026", 0, ""},                           // no such day
		{"5/3-2026", 0, ""},                            // two separators
		{"5 3 2026", 0, ""},                            // none
		{"5/3", 0, ""}, {"", 0, ""}, {"3/2026", 0, ""}, // not a day
		{"45731", 0, ""},                // a serial of a spreadsheet
		{"5/3/2026 và 6/3/2026", 0, ""}, // two days
	} {
		got, want := ReadDay(c.in, c.century)
		assert.Equal(t, c.want, got.String(), c.in)
		assert.Equal(t, c.want == "", want != "", c.in)
	}
}

func TestHeadingsAreKnownByTheirWords(t *testing.T) {
	for _, f := range Outgoing().Fields[:4] {
		assert.NotEqual(t, ColumnNone, ColumnOf(f.Name), f.Name)
	}
	assert.Equal(t, ColumnNumber, ColumnOf("SỐ,\nKÝ HIỆU"))
	assert.Equal(t, ColumnNumber, ColumnOf("So ky hieu"), "typed without marks")
	assert.Equal(t, ColumnDay, ColumnOf("Ngày, tháng, năm văn bản"))
	assert.Equal(t, ColumnNone, ColumnOf("Nơi nhận"))
	// An own heading, and columns by place.
	p, err := NewPlan(oldBook(), table("Mã số|Ngày|Tên", "01-KH/TU|20/10/2020|Năm 2021"),
		&Options{Headings: map[string]Column{"Mã số": ColumnNumber, "Tên": ColumnAbstract}})
	require.NoError(t, err)
	assert.Equal(t, "Năm 2021", p.Rows[0].Request.Abstract)
	p, err = NewPlan(oldBook(), table("x", "Năm 2021|7|20/10/2020"),
		&Options{Columns: []Column{ColumnAbstract, ColumnNumber, ColumnDay}, Skip: 1, Kind: documents.KindPlan})
	require.NoError(t, err)
	assert.Equal(t, uint32(7), p.Rows[0].Request.Serial)
	assert.Equal(t, documents.KindPlan, p.Rows[0].Request.Kind)
	_, err = NewPlan(oldBook(), table("a|b", "c|d"), nil)
	require.ErrorIs(t, err, vanphong.ErrNotFound)
}

func TestABookThatIsNotCompleteIsRefused(t *testing.T) {
	for _, spoil := range []func(*Book){
		func(b *Book) { b.Org = "" },
		func(b *Book) { b.Issuer = "" },
		func(b *Book) { b.Basis = "" },
		func(b *Book) { b.Days = vanphong.Days{} },
		func(b *Book) { b.Policy.Version = "x" },
	} {
		b := oldBook()
		spoil(&b)
		_, err := NewPlan(b, table(heading), nil)
		require.ErrorIs(t, err, vanphong.ErrInvalid)
	}
}

func TestProgressIsTold(t *testing.T) {
	var lines []string
	for i := range 4500 {
		lines = append(lines, fmt.Sprintf("%d|20/10/2020|Kế hoạch số %d|KH", i+1, i+1))
	}
	var read, done []int
	p, err := NewPlan(oldBook(), table(append([]string{"Số|Ngày tháng|Trích yếu|Tên loại"}, lines...)...),
		&Options{Progress: func(n int) { read = append(read, n) }})
	require.NoError(t, err)
	_, err = p.Run(context.Background(), documents.NewMemory(), stamp, &RunOptions{Progress: func(n, total int) {
		assert.Equal(t, 4500, total)
		done = append(done, n)
	}})
	require.NoError(t, err)
	assert.True(t, slices.IsSorted(read) && read[len(read)-1] == 4501, "%v", read)
	assert.Equal(t, []int{2000, 4000, 4500}, done)
}

// twice is a store that runs every transaction once in vain, as a database does
// that asks for a repetition.
type twice struct{ documents.Store }

var errAgain = errors.New("again")

func (s twice) Update(ctx context.Context, org vanphong.OrgID, fn func(documents.Tx) error) error {
	err := s.Store.Update(ctx, org, func(tx documents.Tx) error {
		if err := fn(tx); err != nil {
			return err
		}
		return errAgain
	})
	if !errors.Is(err, errAgain) {
		return err
	}
	return s.Store.Update(ctx, org, fn)
}

func TestATransactionThatIsRepeatedCountsOnce(t *testing.T) {
	p, err := NewPlan(oldBook(), table(heading, "01-QĐ/TU|20/10/2020|Quyết định A||||", "02-QĐ/TU|20/10/2020|Quyết định B||Tuyệt mật||"), nil)
	require.NoError(t, err)
	store := documents.NewMemory()
	done, err := p.Run(context.Background(), twice{store}, stamp, nil)
	require.NoError(t, err)
	assert.Equal(t, 2, done.Added)
	assert.Len(t, done.Series, 1)
	require.NoError(t, documents.NewRegistrar(store, nil).Verify(context.Background(), "tinh-uy"))
}

func TestAnImportThatIsCancelledLeavesNothing(t *testing.T) {
	lines := []string{heading}
	for i := range 3 * batch {
		lines = append(lines, fmt.Sprintf("%d|20/10/2020|Kế hoạch %d||||", i+1, i+1))
	}
	p, err := NewPlan(oldBook(), table(lines...), nil)
	require.NoError(t, err)
	store := documents.NewMemory()
	ctx, cancel := context.WithCancel(context.Background())
	_, err = p.Run(ctx, store, stamp, &RunOptions{Progress: func(done, _ int) {
		if done == 2*batch {
			cancel()
		}
	}})
	require.ErrorIs(t, err, context.Canceled)
	for range documents.NewRegistrar(store, nil).AllSeries(context.Background(), "tinh-uy") {
		t.Fatal("half an import is left")
	}
	done, err := p.Run(context.Background(), store, stamp, nil)
	require.NoError(t, err)
	assert.Equal(t, 3*batch, done.Added)
}
