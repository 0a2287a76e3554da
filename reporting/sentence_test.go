package reporting_test

import (
	"encoding/csv"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
	. "github.com/vanphong-go/vanphong/reporting"
)

// officeTemplate is the form of Thái Nguyên's report after 01/7/2025.
var officeTemplate = Template{
	Before: "ban hành ",
	Items: []Item{
		{Subject: "nghị quyết", Kinds: []documents.Kind{documents.KindResolution}},
		{Subject: "chỉ thị", Kinds: []documents.Kind{"chi-thi"}},
		{Subject: "quy định", Kinds: []documents.Kind{documents.KindRegulation}},
		{Subject: "đề án", Kinds: []documents.Kind{"de-an"}},
		{Subject: "chương trình", Kinds: []documents.Kind{"chuong-trinh"}},
		{Subject: "kế hoạch", Kinds: []documents.Kind{"ke-hoach"}},
		{Subject: "báo cáo", Kinds: []documents.Kind{"bao-cao"}},
		{Subject: "kết luận", Kinds: []documents.Kind{documents.KindConclusion}},
		{Subject: "thông báo", Kinds: []documents.Kind{documents.KindNotice}, Step: 10},
	},
}

var officeCounts = map[documents.Kind]int{
	documents.KindResolution: 1, "chi-thi": 2, documents.KindRegulation: 5, "de-an": 4, "chuong-trinh": 2, "ke-hoach": 18, "bao-cao": 120,
	documents.KindConclusion: 122, documents.KindNotice: 412, documents.KindDecision: 37,
}

func TestTheOfficesOwnSentenceFromATally(t *testing.T) {
	x := tally(t, Scheme{})
	for kind, n := range officeCounts {
		for i := range n {
			require.NoError(t, x.Add(Fact{"tu", kind, day("2025-07-01") + vanphong.Date(i%180)}))
		}
	}
	require.NoError(t, x.Add(Fact{"other", documents.KindNotice, day("2025-07-05")}))
	days := vanphong.Days{First: day("2025-07-01"), End: day("2026-01-01")}
	lines, err := officeTemplate.Lines(x, "tu", days)
	require.NoError(t, err)
	got, err := officeTemplate.Sentence(Figures(lines))
	require.NoError(t, err)
	assert.Equal(t, "ban hành 01 nghị quyết, 02 chỉ thị, 05 quy định, 04 đề án, 02 chương trình, 18 kế hoạch, 120 báo cáo, 122 kết luận và trên 410 thông báo", got)

	last := lines[len(lines)-1]
	assert.EqualValues(t, 412, last.Value, "the figure is exact, only print is cut")
	n, err := x.Count(last.Rows)
	require.NoError(t, err)
	assert.EqualValues(t, 412, n, "and can be asked for its rows")

	left, err := officeTemplate.Uncounted(x, "tu", days)
	require.NoError(t, err)
	require.Len(t, left, 1)
	assert.Equal(t, Figure{Subject: string(documents.KindDecision), Value: 37}, left[0].Figure)
	_, err = officeTemplate.Lines(x, "tu", vanphong.Days{First: day("2025-07-02")})
	assert.ErrorIs(t, err, vanphong.ErrOutOfRange, "half a month")
}

// The published figures, in the words of the published paragraphs.
func TestPublishedFiguresNarrate(t *testing.T) {
	f, err := os.Open("testdata/figures.csv")
	require.NoError(t, err)
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	lists := map[string][]Figure{}
	for _, r := range rows[1:] {
		n, err := strconv.ParseInt(r[2], 10, 64)
		require.NoError(t, err)
		var q Qualifier
		require.NoError(t, q.UnmarshalText([]byte(r[3])))
		lists[r[0]] = append(lists[r[0]], Figure{r[1], n, q})
	}
	for list, want := range map[string]string{
		"documents": "01 nghị quyết, 02 chỉ thị, 05 quy định, 04 đề án, 02 chương trình, 18 kế hoạch, 120 báo cáo, 122 kết luận và trên 410 thông báo",
		"meetings":  "13 hội nghị Thường trực Tỉnh ủy, 10 hội nghị Ban Thường vụ Tỉnh ủy và 06 hội nghị Ban Chấp hành Đảng bộ tỉnh",
		"articles":  "3.838 tin, bài và 3.971 ảnh",
		"bulletins": "398 bản tin ngày, 80 thông tin phục vụ lãnh đạo hằng tuần, 06 số Thông tin Văn phòng cấp ủy và trên 250 bản tin về tình hình dịch bệnh Covid-19",
	} {
		got, err := Narrate(lists[list])
		require.NoError(t, err)
		assert.Equal(t, want, got)
	}
}

func TestNarrate(t *testing.T) {
	a, b, c := Figure{"nghị quyết", 1, Exact}, Figure{"chỉ thị", 0, Exact}, Figure{"đại biểu", 1100, Nearly}
	for _, x := range []struct {
		in   []Figure
		want string
	}{
		{nil, ""},
		{[]Figure{a}, "01 nghị quyết"}, // no joiner
		{[]Figure{a, b}, "01 nghị quyết và 0 chỉ thị"},                            // zeros are said
		{[]Figure{c, a, a}, "gần 1.100 đại biểu, 01 nghị quyết và 01 nghị quyết"}, // order and repeats are the caller's
	} {
		got, err := Narrate(x.in)
		require.NoError(t, err)
		assert.Equal(t, x.want, got)
	}
}

func TestSentence(t *testing.T) {
	tmpl := Template{Items: []Item{{Subject: "a"}, {Subject: "b", Step: 10}, {Subject: "c"}}, None: "không có văn bản nào"}
	say := func(tmpl Template, figures ...Figure) string {
		got, err := tmpl.Sentence(figures)
		require.NoError(t, err)
		return got
	}
	assert.Equal(t, "01 a, trên 10 b và 03 c", say(tmpl, Figure{"c", 3, Exact}, Figure{"a", 1, Exact}, Figure{"b", 12, Exact}), "the template's order")
	assert.Equal(t, "01 a và 03 c", say(tmpl, Figure{"a", 1, Exact}, Figure{"b", 0, Exact}, Figure{"c", 3, Exact}), "zeros are left out")
	assert.Equal(t, "gần 12 b", say(tmpl, Figure{"b", 12, Nearly}), "what is rounded already is not cut again")
	assert.Equal(t, "không có văn bản nào", say(tmpl, Figure{"b", 0, Exact}))
	assert.Equal(t, "không có văn bản nào", say(tmpl))
	tmpl.KeepZero = true
	assert.Equal(t, "01 a và 0 b", say(tmpl, Figure{"a", 1, Exact}, Figure{"b", 0, Exact}))
	tmpl.Before, tmpl.After, tmpl.Comma, tmpl.And = "Có ", ".", "; ", "; "
	assert.Equal(t, "Có 01 a; 10 b; 03 c.", say(tmpl, Figure{"a", 1, Exact}, Figure{"b", 10, Exact}, Figure{"c", 3, Exact}))

	for _, c := range []struct {
		why, field string
		tmpl       Template
		figures    []Figure
		kind       error
	}{
		{"a figure without a place", "subject", tmpl, []Figure{{"d", 1, Exact}}, vanphong.ErrNotFound},
		{"a figure twice", "subject", tmpl, []Figure{{"a", 1, Exact}, {"a", 1, Exact}}, vanphong.ErrConflict},
		{"a negative figure", "value", tmpl, []Figure{{"a", -1, Exact}}, vanphong.ErrInvalid},
		{"a place twice", "items.subject", Template{Items: []Item{{Subject: "a"}, {Subject: "a"}}}, nil, vanphong.ErrConflict},
		{"a kind in two places", "items.kinds", Template{Items: []Item{{Subject: "a", Kinds: []documents.Kind{"k"}}, {Subject: "b", Kinds: []documents.Kind{"k"}}}}, nil, vanphong.ErrConflict},
		{"a negative step", "items.step", Template{Items: []Item{{Subject: "a", Step: -1}}}, nil, vanphong.ErrInvalid},
		{"no subject", "subject", Template{Items: []Item{{}}}, nil, vanphong.ErrInvalid},
	} {
		_, err := c.tmpl.Sentence(c.figures)
		var in *vanphong.InputError
		require.ErrorAs(t, err, &in, c.why)
		assert.Equal(t, c.field, in.Field, c.why)
		assert.ErrorIs(t, err, c.kind, c.why)
	}
}

// Every message says the same arguments in both languages.
func TestMessages(t *testing.T) {
	for rule, m := range Messages() {
		assert.True(t, strings.HasPrefix(rule, "reporting."))
		assert.True(t, vanphong.IsNFC(m.Vietnamese))
		for _, arg := range []string{"{0}", "{1}", "{2}"} {
			assert.Equal(t, strings.Contains(m.Vietnamese, arg), strings.Contains(m.English, arg), rule)
		}
	}
}
