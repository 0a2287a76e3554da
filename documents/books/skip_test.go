package books

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
)

// written writes the books of a store as a file, and lists its entries as they are printed.
func written(t *testing.T, store documents.Store, series []documents.Series) (file, entries string) {
	t.Helper()
	var b bytes.Buffer
	var list []string
	require.NoError(t, store.View(context.Background(), "tinh-uy", func(v documents.Reader) error {
		l := Outgoing()
		lines := func(yield func(Departure, error) bool) {
			for _, g := range documents.CommitteeBooks("tinh-uy", "nk-2020", series) {
				for line, err := range g.Lines(v, nil, "") {
					if !yield(Departure{Line: line}, err) {
						return
					}
				}
			}
		}
		for _, s := range series {
			for en, err := range v.Entries(documents.Query{Series: s.ID}) {
				if err != nil {
					return err
				}
				// The form has the kind and the abstract in one column.
				c := en.Content
				c.Abstract = title(c.Kind, c.Abstract)
				list = append(list, fmt.Sprintf("%s %s %d %q %+v", en.Series, en.Number, en.State, en.Reason, c))
			}
			list = append(list, fmt.Sprintf("%s %d", s.ID, s.Next))
		}
		return WriteCSV(&b, l.Header(), l.Rows(lines, nil, ""), ',')
	}))
	return b.String(), strings.Join(list, "\n")
}

// randomBook is a book with holes, void numbers, numbers with a suffix and three series.
func randomBook(rnd *rand.Rand) []string {
	lines := []string{heading}
	for _, s := range [][2]string{{"QĐ", "Quyết định"}, {"QC", "Quy chế"}, {"KL", "Kết luận"}, {"CV", "Công văn"}} {
		for n := rnd.IntN(4); n < 30; n += 1 + rnd.IntN(4) {
			suffix, note := "", ""
			if rnd.IntN(6) == 0 {
				suffix = "a"
			}
			if rnd.IntN(5) == 0 {
				note = []string{"hủy số", "hủy số: ghi nhầm", "Đã hủy do ghi trùng"}[rnd.IntN(3)]
			}
			lines = append(lines, fmt.Sprintf("%d%s-%s/TU|%d/%d/2021|%s về việc %d|An|||%s", n+1, suffix, s[0], 1+n%28, 1+rnd.IntN(12), s[1], rnd.IntN(99), note))
		}
	}
	return lines
}

// What the SDK writes out, an empty store takes in: the same entries, the same next
// numbers, and the same file once more.
func TestWhatIsWrittenOutComesBack(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	take := func(rows iter.Seq2[[]string, error], last map[string]uint32) (documents.Store, []documents.Series) {
		book := oldBook()
		book.Last = last
		p, err := NewPlan(book, rows, nil)
		require.NoError(t, err)
		require.Zero(t, p.Faults(), "%v", p.Remarks)
		require.Zero(t, p.Unread, "%v", p.Remarks)
		store := documents.NewMemory()
		done, err := p.Run(context.Background(), store, stamp, nil)
		require.NoError(t, err)
		return store, done.Series
	}
	for i := range 60 {
		// The paper goes further than the file: the last line of the section is one of numbers.
		var last map[string]uint32
		if i%2 == 0 {
			last = map[string]uint32{"QĐ": 40, "CV": 41, "KL": 42}
		}
		store, series := take(table(randomBook(rnd)...), last)
		file, entries := written(t, store, series)
		store, series = take(ReadCSV(strings.NewReader(file), nil), nil)
		again, same := written(t, store, series)
		require.Equal(t, entries, same)
		require.Equal(t, file, again)
	}
}

// A series that has nothing but numbers from before it is opened behind them, as its
// heading says.
func TestASectionWithoutDocumentsKeepsItsCount(t *testing.T) {
	p, err := NewPlan(oldBook(), table(heading, "kết luận (KL)||||||", "01–127||||||trước khi mở dãy số: sổ giấy", "128||||||không có trong sổ",
		"QĐ||||||", "01-QĐ/TU|20/10/2020|Quyết định a|An|||"), nil)
	require.NoError(t, err)
	assert.Zero(t, p.Unread)
	require.Len(t, p.Series, 2)
	assert.Equal(t, uint32(129), p.Series[0].Open.First)
	assert.Equal(t, uint32(2), p.Series[1].Open.First)
	// Of two series in one section nobody knows: no series is opened at a guess.
	p, err = NewPlan(oldBook(), table(heading, "BC, KL||||||", "01–127||||||trước khi mở dãy số: sổ giấy"), nil)
	require.NoError(t, err)
	assert.Equal(t, 1, p.Unread)
	assert.Equal(t, []string{"lineless@3", "series@3"}, told(p))
}

func TestHeadingsAmongTheRowsAreNoFaults(t *testing.T) {
	p, err := NewPlan(oldBook(), table(
		heading,
		"THÁNG 11||||||",
		"01-QĐ/TU|20/11/2020|Quyết định a|An|||",
		strings.ToUpper(heading),                 // 4: the next page
		"||Tháng 12 năm 2020||||",                // 5: in the middle of the page
		"02-QĐ/TU|20/12/2020|Quyết định b|An|||", // 6
		"Quý I/2021||||||",                       // 7
		"QUYẾT ĐỊNH||||||",                       // 8
		"03-QĐ/TU|20/1/2021|Quyết định c|An|||",  // 9
		"04-QĐ/TU||||||",                         // 10: a number by itself is of a document
		"5||||||",                                // 11
		"số mờ||||||",                            // 12: so is one that cannot be read
		"1?-QĐ/TU||||||",                         // 13
		"||về việc d||||",                        // 14: the rest of an abstract
	), nil)
	require.NoError(t, err)
	require.Len(t, p.Rows, 3)
	var notes []string
	for _, r := range p.Remarks {
		if r.Row == 0 {
			notes = append(notes, fmt.Sprint(strings.TrimPrefix(r.Rule, "books."), r.Args))
		}
	}
	assert.Subset(t, notes, []string{"repeated[4]", "section[2, 5, 7–8]"}, "%v", notes)
	faults := map[int]bool{}
	for _, r := range p.Remarks {
		if r.Severity == vanphong.Fault {
			faults[r.Row] = true
		}
	}
	assert.Equal(t, map[int]bool{10: true, 11: true, 12: true, 13: true, 14: true}, faults)
}

// A number that is kept free, or stands in the secret book, has no document here; one that
// was written out without its content has one, and it is missing.
func TestLinesWithoutADocument(t *testing.T) {
	p, err := NewPlan(oldBook(), table(heading,
		"01-QĐ/TU|20/10/2020|Quyết định a|An|||",
		"02-QĐ/TU||||||giữ chỗ: chờ ký",
		"03-QĐ/TU||||||sổ mật giữ",
		"04-QĐ/TU|"+vanphong.Placeholder+"|||||",
		"05-QĐ/TU|20/10/2020|||||giữ chỗ"), nil) // there is a day: a line like others
	require.NoError(t, err)
	assert.Equal(t, []string{"lineless@3", "lineless@4", "withheld@5", "kind@6"}, told(p))
	assert.Zero(t, p.Unread)
	assert.Equal(t, uint32(6), p.Series[0].Open.First)
}
