package reporting_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
	. "github.com/vanphong-go/vanphong/reporting"
)

// tree is a province with one commune formed from two, and a district that
// fell to two communes, on 01/7/2025.
func tree(t *testing.T) *vanphong.Directory {
	t.Helper()
	until, since := vanphong.Days{End: day("2025-07-01")}, vanphong.Days{First: day("2025-07-01")}
	d, err := vanphong.NewDirectory(
		vanphong.Organisation{ID: "tinh", Name: "Tỉnh ủy"},
		vanphong.Organisation{ID: "huyen", Name: "Huyện ủy", Parent: "tinh", Valid: until, Successors: []vanphong.OrgID{"xa", "phuong"}},
		vanphong.Organisation{ID: "xa-1", Name: "Đảng ủy xã 1", Parent: "huyen", Valid: until, Successors: []vanphong.OrgID{"xa"}},
		vanphong.Organisation{ID: "xa-2", Name: "Đảng ủy xã 2", Parent: "huyen", Valid: until, Successors: []vanphong.OrgID{"xa"}},
		vanphong.Organisation{ID: "xa", Name: "Đảng ủy xã", Parent: "tinh", Valid: since},
		vanphong.Organisation{ID: "phuong", Name: "Đảng ủy phường", Parent: "tinh", Valid: since},
		vanphong.Organisation{ID: "ban", Name: "Ban chỉ đạo", Parent: "tinh", Valid: until},
	)
	require.NoError(t, err)
	return d
}

func TestRollUpAfterTheMerger(t *testing.T) {
	at := func(org vanphong.OrgID) Fact { return Fact{org, "bao-cao", day("2025-06-10")} }
	x := tally(t, Scheme{}, at("tinh"), at("huyen"), at("huyen"), at("xa-1"), at("xa-2"), at("xa-2"), at("ban"), at("ai-do"),
		Fact{"xa", "bao-cao", day("2025-08-01")})
	r, err := RollUp(x, tree(t), day("2025-12-31"))
	require.NoError(t, err)
	count := func(x *Tally, org vanphong.OrgID) int64 {
		n, err := x.Count(Rows{Org: org})
		require.NoError(t, err)
		return n
	}
	assert.Equal(t, x.Total(), r.Own.Total(), "nothing lost, nothing twice")
	assert.EqualValues(t, 4, count(r.Own, "xa"), "its own and its predecessors'")
	assert.EqualValues(t, 1, count(r.Own, "tinh"))
	assert.EqualValues(t, 5, count(r.Under, "tinh"), "its own and everybody's below")
	assert.EqualValues(t, 4, count(r.Under, "xa"))
	assert.Equal(t, []vanphong.OrgID{"ai-do", "ban", "huyen"}, r.Apart)
	apart := int64(0)
	for _, id := range r.Apart {
		apart += count(r.Under, id)
	}
	assert.Equal(t, x.Total(), count(r.Under, "tinh")+apart, "the roots and what stands apart are everything")
	var rules []string
	for _, f := range r.Findings {
		rules = append(rules, strings.TrimPrefix(f.Rule, "reporting.")+" "+f.Args[0])
		assert.NotContains(t, Messages().Text(f), "{")
	}
	assert.Equal(t, []string{"unknown-organisation ai-do", "no-successor ban", "many-successors huyen", "handed-on xa-1", "handed-on xa-2"}, rules)
	june, err := r.Under.Count(Rows{Org: "tinh", Days: vanphong.Days{First: day("2025-06-01"), End: day("2025-07-01")}})
	require.NoError(t, err)
	assert.EqualValues(t, 4, june, "periods stay")
}

func TestRollUpBeforeTheMerger(t *testing.T) {
	x := tally(t, Scheme{}, Fact{"xa-1", "k", day("2025-06-10")}, Fact{"huyen", "k", day("2025-06-10")}, Fact{"xa", "k", day("2025-06-10")})
	r, err := RollUp(x, tree(t), day("2025-06-30"))
	require.NoError(t, err)
	for org, want := range map[vanphong.OrgID]int64{"xa-1": 1, "huyen": 2, "tinh": 2, "xa": 1} {
		n, err := r.Under.Count(Rows{Org: org})
		require.NoError(t, err)
		assert.Equal(t, want, n, org)
	}
	assert.Equal(t, []vanphong.OrgID{"xa"}, r.Apart, "not there yet")
	_, err = RollUp(x, tree(t), 0)
	assert.ErrorIs(t, err, vanphong.ErrInvalid)
}

// The 63 committees of June fall to the 34 of July, each once.
func TestRollUpOfTheProvinces(t *testing.T) {
	d, err := vanphong.NewDirectory(vanphong.ProvinceCommittees()...)
	require.NoError(t, err)
	x := tally(t, Scheme{})
	for o := range d.Roots(day("2025-06-30")) {
		require.NoError(t, x.Add(Fact{o.ID, documents.KindNotice, day("2025-06-30")}))
	}
	r, err := RollUp(x, d, day("2025-07-01"))
	require.NoError(t, err)
	assert.Len(t, r.Own.Orgs(), 34)
	assert.EqualValues(t, 63, r.Own.Total())
	assert.Empty(t, r.Apart)
	n, err := r.Own.Count(Rows{Org: "tinhuy-thai-nguyen"})
	require.NoError(t, err)
	assert.EqualValues(t, 2, n)
}
