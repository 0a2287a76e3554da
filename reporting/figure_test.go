package reporting_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/vanphong-go/vanphong"
	. "github.com/vanphong-go/vanphong/reporting"
)

func TestNumeral(t *testing.T) {
	for _, c := range []struct {
		n    int64
		want string
	}{
		{0, "0"}, {1, "01"}, {9, "09"}, {10, "10"}, // a zero before 1 to 9 only
		{999, "999"}, {1000, "1.000"}, {3838, "3.838"}, {40500, "40.500"}, {1234567, "1.234.567"}, // dots
		{9223372036854775807, "9.223.372.036.854.775.807"}, // the largest
		{-5, "-5"}, {-1234, "-1.234"},
	} {
		assert.Equal(t, c.want, Numeral(c.n))
	}
}

func TestFigurePrintsAsReportsDo(t *testing.T) {
	for _, c := range []struct {
		f    Figure
		want string
	}{
		{Figure{"nghị quyết", 1, Exact}, "01 nghị quyết"},
		{Figure{"thông báo", 410, Over}, "trên 410 thông báo"},
		{Figure{"đại biểu", 1100, Nearly}, "gần 1.100 đại biểu"},
		{Figure{"bản tin", 300, About}, "khoảng 300 bản tin"},
		{Figure{"tin, bài", 3838, Exact}, "3.838 tin, bài"},
		{Figure{"x", 1, 9}, "? 01 x"}, // a qualifier that does not exist is shown, no panic
	} {
		assert.Equal(t, c.want, c.f.String())
	}
	assert.Equal(t, "trên", Over.Name())
	assert.Equal(t, "?", Qualifier(9).Name())
}

func TestFigureRefusesWhatNoSentenceTakes(t *testing.T) {
	for _, c := range []struct {
		why, field string
		f          Figure
	}{
		{"no subject", "subject", Figure{Value: 1}},
		{"negative", "value", Figure{Subject: "x", Value: -1}},
		{"blank at the end", "subject", Figure{Subject: "x "}},
		{"two lines", "subject", Figure{Subject: "x\ny"}},
		{"no UTF-8", "subject", Figure{Subject: "\xff"}},
		{"too long", "subject", Figure{Subject: strings.Repeat("x", MaxSubject+1)}},
		{"qualifier that does not exist", "qualifier", Figure{Subject: "x", Qualifier: 4}},
	} {
		var in *vanphong.InputError
		require.ErrorAs(t, c.f.Check(), &in, c.why)
		assert.Equal(t, c.field, in.Field, c.why)
		_, err := Narrate([]Figure{{Subject: "a", Value: 1}, c.f})
		assert.ErrorIs(t, err, vanphong.ErrInvalid, c.why)
	}
}

func TestRoundDown(t *testing.T) {
	for _, c := range []struct {
		value, step int64
		q           Qualifier
		want        string
	}{
		{412, 10, Exact, "trên 410 x"},
		{410, 10, Exact, "410 x"},     // a multiple stays exact
		{410, 10, Over, "trên 410 x"}, // and over stays over
		{419, 10, Over, "trên 410 x"}, // never up
		{7, 10, Exact, "07 x"},        // "trên 0" says nothing
		{0, 10, Exact, "0 x"},         //
		{1234, 1000, Exact, "trên 1.000 x"},
		{5, 1, Exact, "05 x"},
	} {
		f, err := RoundDown(Figure{"x", c.value, c.q}, c.step)
		require.NoError(t, err)
		assert.Equal(t, c.want, f.String())
	}
	_, err := RoundDown(Figure{"x", 5, Exact}, 0)
	assert.ErrorIs(t, err, vanphong.ErrInvalid)
	_, err = RoundDown(Figure{"x", 55, Nearly}, 10)
	assert.ErrorIs(t, err, vanphong.ErrState)
	_, err = RoundDown(Figure{"x", -5, Exact}, 10)
	assert.ErrorIs(t, err, vanphong.ErrInvalid)
}

func TestPercent(t *testing.T) {
	for _, c := range []struct {
		part, whole int64
		decimals    int
		how         Rounding
		want        string
	}{
		{16051, 16274, 2, Cut, "98,62%"},   // as published: cut
		{16051, 16274, 2, Round, "98,63%"}, // what rounding gives
		{2039, 2414, 2, Cut, "84,46%"},     //
		{2501, 2723, 1, Cut, "91,8%"},      //
		{189, 309, 0, Cut, "61%"},          //
		{189, 309, 2, Round, "61,17%"},     //
		{1, 1, 0, Cut, "100%"},             //
		{1, 1, 2, Cut, "100,00%"},          // as many decimals as asked for
		{0, 7, 2, Round, "0,00%"},          //
		{1, 200, 0, Round, "1%"},           // a half goes up
		{1, 200, 0, Cut, "0%"},             //
		{1, 3000, 3, Cut, "0,033%"},        // zeros after the comma
		{50, 1, 0, Cut, "5.000%"},          // over 100 is possible
		{9223372036854775807, 9223372036854775807, 6, Round, "100,000000%"}, // no overflow
		{999, 1000, 0, Round, "100%"},                                       // carries
	} {
		got, err := Percent(c.part, c.whole, c.decimals, c.how)
		require.NoError(t, err)
		assert.Equal(t, c.want, got, "%d/%d", c.part, c.whole)
	}
	for _, c := range []struct {
		field       string
		part, whole int64
		decimals    int
		how         Rounding
	}{{"whole", 1, 0, 2, Cut}, {"whole", 1, -1, 2, Cut}, {"part", -1, 5, 2, Cut}, {"decimals", 1, 5, 7, Cut}, {"decimals", 1, 5, -1, Cut}, {"rounding", 1, 5, 2, 2}} {
		_, err := Percent(c.part, c.whole, c.decimals, c.how)
		var in *vanphong.InputError
		require.ErrorAs(t, err, &in)
		assert.Equal(t, c.field, in.Field)
	}
}

func TestParseFigure(t *testing.T) {
	for _, c := range []struct {
		in   string
		want Figure
		ok   bool
	}{
		{`{"subject":"thông báo","value":410,"qualifier":"over"}`, Figure{"thông báo", 410, Over}, true},
		{` {"subject":"nghị quyết","value":1} `, Figure{"nghị quyết", 1, Exact}, true}, // exact unless said
		{`{"subject":"x","value":0,"qualifier":"about"}`, Figure{"x", 0, About}, true},
		{`{"subject":"x","value":1.5}`, Figure{}, false},                        // half a document
		{`{"subject":"x","value":"1"}`, Figure{}, false},                        // text for a number
		{`{"subject":"x","value":99999999999999999999}`, Figure{}, false},       // too large
		{`{"subject":"x","value":-1}`, Figure{}, false},                         //
		{`{"subject":"x"}`, Figure{}, false},                                    // no value is not 0
		{`{"value":1}`, Figure{}, false},                                        //
		{`{"subject":"x","value":1,"qualifier":"trên"}`, Figure{}, false},       // the word for the code
		{`{"subject":"x","value":1,"qualifier":1}`, Figure{}, false},            // a number for the code
		{`{"subject":"x","value":1,"unit":"văn bản"}`, Figure{}, false},         // a field nobody would see
		{`{"subject":"x","value":1}{"subject":"y","value":2}`, Figure{}, false}, // two objects
		{`[]`, Figure{}, false}, {``, Figure{}, false}, {`null`, Figure{}, false},
	} {
		got, err := ParseFigure([]byte(c.in))
		if c.ok {
			require.NoError(t, err, c.in)
			assert.Equal(t, c.want, got)
			continue
		}
		var in *vanphong.InputError
		assert.ErrorAs(t, err, &in, c.in)
	}
}

func FuzzParseFigure(f *testing.F) {
	for _, s := range []string{
		`{"subject":"thông báo","value":410,"qualifier":"over"}`, // all fields
		`{"subject":"x","value":1}`,                              // the default qualifier
		`{"subject":"x","value":-1}`,                             // refused by Check
		`{"value":1e3,"subject":"x"}`,                            // a number in another form
		`{"subject":"\u0000","value":1}`,                         // a control character
		`{"subject":"x","value":1}x`,                             // more behind
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		fig, err := ParseFigure(b)
		if err != nil {
			return
		}
		out, err := json.Marshal(fig)
		if err != nil {
			t.Fatalf("%s: %v", b, err)
		}
		if again, err := ParseFigure(out); err != nil || again != fig {
			t.Fatalf("%s → %s → %v, %v", b, out, again, err)
		}
		if text, err := Narrate([]Figure{fig}); err != nil || text != fig.String() {
			t.Fatalf("%s: %q, %v", b, text, err)
		}
	})
}
