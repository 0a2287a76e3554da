package vanphong_test

import (
	"fmt"
	"iter"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	. "github.com/vanphong-go/vanphong"
)

func idsOf(seq iter.Seq[Organisation]) []string {
	var out []string
	for o := range seq {
		out = append(out, string(o.ID))
	}
	return out
}

func ids(orgs []Organisation) []string { return idsOf(slices.Values(orgs)) }

func unit(id OrgID, parent OrgID, valid Days) Organisation {
	return Organisation{ID: id, Name: "Đảng ủy " + string(id), Symbol: "ĐU", Level: LevelCommune, Parent: parent, Valid: valid}
}

// A province before and after 01/7/2025: two districts, four communes; one
// commune goes into another, one district falls to two new communes.
func history(t *testing.T) *Directory {
	t.Helper()
	old, now := days("", "2025-07-01"), days("2025-07-01", "")
	d1 := unit("huyen-1", "tinh-cu", old)
	d1.Successors = []OrgID{"xa-a", "xa-b"}
	a := unit("xa-a", "tinh", now)
	a.Predecessors = []OrgID{"xa-1", "xa-2"}
	tinh := unit("tinh", "", now)
	tinh.Predecessors = []OrgID{"tinh-cu", "tinh-ban-cu"}
	d, err := NewDirectory(
		tinh, a, unit("xa-b", "tinh", now), unit("tinh-cu", "", old), unit("tinh-ban-cu", "", old), d1,
		unit("xa-1", "huyen-1", old), unit("xa-2", "huyen-1", old), unit("phong", "xa-a", days("2025-09-01", "2026-01-01")),
	)
	require.NoError(t, err)
	return d
}

func TestTreeAsItStoodOnADay(t *testing.T) {
	d := history(t)
	before, after := MustDate("2025-06-30"), MustDate("2025-07-01")
	assert.Equal(t, []string{"tinh-cu", "tinh-ban-cu"}, idsOf(d.Roots(before)))
	assert.Equal(t, []string{"tinh"}, idsOf(d.Roots(after)))
	assert.Equal(t, []string{"huyen-1", "xa-1", "xa-2"}, idsOf(d.Descendants("tinh-cu", before)))
	assert.Empty(t, idsOf(d.Descendants("tinh-cu", after)))
	assert.Equal(t, []string{"xa-a", "xa-b"}, idsOf(d.Children("tinh", after)))
	assert.Equal(t, []string{"xa-a", "phong", "xa-b"}, idsOf(d.Descendants("tinh", MustDate("2025-10-01"))), "an organisation before those under it")
	assert.Equal(t, []string{"huyen-1", "tinh-cu"}, idsOf(d.Ancestors("xa-1", before)), "the nearest first")
	assert.Empty(t, idsOf(d.Ancestors("xa-1", after)))
	assert.Empty(t, idsOf(d.Ancestors("nobody", after)))
	_, ok := d.At("phong", MustDate("2026-01-01"))
	assert.False(t, ok)
	assert.True(t, d.Known("phong"))
	for range d.Descendants("tinh", after) {
		break // a walk can be left
	}
}

func TestSuccession(t *testing.T) {
	d := history(t)
	before, after := MustDate("2025-06-30"), MustDate("2025-07-01")
	assert.Equal(t, []string{"huyen-1"}, ids(d.SuccessorsOf("huyen-1", before)), "itself while it stands")
	assert.Equal(t, []string{"xa-a", "xa-b"}, ids(d.SuccessorsOf("huyen-1", after)), "an abolished district has several")
	assert.Equal(t, []string{"xa-a"}, ids(d.SuccessorsOf("xa-1", after)), "told by the successor alone")
	assert.Equal(t, []string{"tinh"}, ids(d.SuccessorsOf("tinh-ban-cu", after)))
	assert.Empty(t, d.SuccessorsOf("xa-a", before), "not there yet")
	assert.Empty(t, d.SuccessorsOf("nobody", after))
	assert.Equal(t, []string{"huyen-1"}, ids(d.PredecessorsOf("xa-b", before)), "told by the predecessor alone")
	assert.Equal(t, []string{"xa-1", "xa-2", "huyen-1"}, ids(d.PredecessorsOf("xa-a", before)))
	assert.Empty(t, d.PredecessorsOf("phong", MustDate("2026-02-01")), "gone by then, and before it nothing")
}

func TestSuccessionFollowsChains(t *testing.T) {
	var orgs []Organisation
	for i := range 5 { // each lives a year and hands on to the next
		o := unit(OrgID(fmt.Sprint("u", i)), "", YearDays(2020+i))
		if i > 0 {
			o.Predecessors = []OrgID{OrgID(fmt.Sprint("u", i-1))}
		}
		orgs = append(orgs, o)
	}
	orgs[0].Predecessors = []OrgID{"u4"} // a ring in time, which is nonsense, must end too
	d, err := NewDirectory(orgs...)
	require.NoError(t, err)
	assert.Equal(t, []string{"u3"}, ids(d.SuccessorsOf("u0", MustDate("2023-05-05"))))
	assert.Equal(t, []string{"u1"}, ids(d.PredecessorsOf("u4", MustDate("2021-05-05"))))
	assert.Empty(t, d.SuccessorsOf("u0", MustDate("2030-01-01")))
}

func TestOneIdThroughChanges(t *testing.T) {
	first := unit("x", "", days("", "2025-07-01"))
	second := unit("x", "p", days("2025-07-01", ""))
	second.Name = "Tên mới"
	d, err := NewDirectory(second, first, unit("p", "", days("2025-07-01", "")))
	require.NoError(t, err)
	o, _ := d.At("x", MustDate("2025-06-30"))
	assert.Equal(t, "Đảng ủy x", o.Name)
	o, _ = d.At("x", MustDate("2025-07-01"))
	assert.Equal(t, "Tên mới", o.Name)
	assert.Equal(t, []string{"x"}, ids(d.SuccessorsOf("x", MustDate("2026-01-01"))))
	assert.Equal(t, []string{"x", "x", "p"}, idsOf(d.All()))
	assert.Empty(t, d.Findings())
}

func TestAUnitThatMovedIsUnderOneParentADay(t *testing.T) {
	d, err := NewDirectory(unit("p", "", Days{}), unit("q", "", Days{}),
		unit("x", "p", days("", "2025-07-01")), unit("x", "q", days("2025-07-01", "")))
	require.NoError(t, err)
	for day, want := range map[string][2][]string{"2025-06-30": {{"x"}, nil}, "2025-07-01": {nil, {"x"}}} {
		assert.Equal(t, want, [2][]string{idsOf(d.Children("p", MustDate(day))), idsOf(d.Children("q", MustDate(day)))}, day)
	}
}

func TestDirectoryRefuses(t *testing.T) {
	with := func(o Organisation, change func(*Organisation)) Organisation { change(&o); return o }
	a := unit("a", "", Days{})
	var deep []Organisation
	for i := range MaxDepth + 1 {
		parent := OrgID("")
		if i > 0 {
			parent = OrgID(fmt.Sprint(i - 1))
		}
		deep = append(deep, unit(OrgID(fmt.Sprint(i)), parent, Days{}))
	}
	for _, c := range []struct {
		why, field string
		kind       error
		orgs       []Organisation
	}{
		{"two records over one day", "organisation.valid", ErrConflict, []Organisation{unit("a", "", days("", "2025-01-02")), unit("a", "", days("2025-01-01", ""))}},
		{"end before the start", "organisation.valid", ErrInvalid, []Organisation{unit("a", "", days("2025-01-02", "2025-01-01"))}},
		{"unknown parent", "organisation.parent", ErrNotFound, []Organisation{unit("a", "b", Days{})}},
		{"unknown predecessor", "organisation.predecessors", ErrNotFound, []Organisation{with(a, func(o *Organisation) { o.Predecessors = []OrgID{"b"} })}},
		{"unknown successor", "organisation.successors", ErrNotFound, []Organisation{with(a, func(o *Organisation) { o.Successors = []OrgID{"b"} })}},
		{"its own parent", "organisation.parent", ErrConflict, []Organisation{unit("a", "a", Days{})}},
		{"a ring of three", "organisation.parent", ErrConflict, []Organisation{unit("a", "c", Days{}), unit("b", "a", Days{}), unit("c", "b", Days{})}},
		{"a ring of one month", "organisation.parent", ErrConflict, []Organisation{
			unit("a", "", days("", "2025-01-01")), unit("a", "b", days("2025-01-01", "2025-02-01")), unit("b", "a", days("2024-01-01", "")),
		}},
		{"too deep", "organisation.parent", ErrConflict, deep},
		{"no id", "organisation.id", ErrInvalid, []Organisation{unit("", "", Days{})}},
		{"no name", "organisation.name", ErrInvalid, []Organisation{{ID: "a"}}},
		{"a level that does not exist", "organisation.level", ErrInvalid, []Organisation{with(a, func(o *Organisation) { o.Level = 99 })}},
	} {
		d, err := NewDirectory(c.orgs...)
		assert.Nil(t, d, c.why)
		var in *InputError
		require.ErrorAs(t, err, &in, c.why)
		assert.Equal(t, c.field, in.Field, c.why)
		assert.ErrorIs(t, err, c.kind, c.why)
	}
	_, err := NewDirectory(deep[:MaxDepth]...)
	assert.NoError(t, err, "the deepest that is allowed")
	_, err = NewDirectory(unit("a", "b", days("", "2025-01-01")), unit("a", "", days("2025-01-01", "")), unit("b", "a", days("2025-01-01", "")))
	assert.NoError(t, err, "who stands above whom may turn round in time")
}

func TestDirectoryFindings(t *testing.T) {
	p := unit("p", "", days("2025-01-01", "2025-07-01"))
	p.Successors = []OrgID{"q"}
	d, err := NewDirectory(p, unit("q", "", days("2025-06-01", "")), unit("c", "p", days("2025-01-01", "")), unit("gone", "", days("", "2025-01-01")))
	require.NoError(t, err)
	var rules []string
	for _, f := range d.Findings() {
		rules = append(rules, f.Rule+fmt.Sprint(f.Args))
		assert.Equal(t, Warning, f.Severity)
		assert.NotContains(t, Messages().Text(f), "{")
		assert.NotContains(t, Messages().Text(f), f.Rule, "has a sentence")
	}
	assert.Equal(t, []string{RuleEarlySuccessor + "[p q]", RuleOutsideParent + "[c p]", RuleNoSuccessor + "[gone]"}, rules)
}

func TestDirectoryDoesNotChange(t *testing.T) {
	o := unit("b", "", days("2025-01-01", ""))
	o.Predecessors = []OrgID{"a"}
	d, err := NewDirectory(unit("a", "", days("", "2025-01-01")), o)
	require.NoError(t, err)
	o.Predecessors[0] = "x" // the caller's slice
	got, _ := d.At("b", MustDate("2025-01-01"))
	got.Predecessors[0] = "y" // a slice handed out
	got, _ = d.At("b", MustDate("2025-01-01"))
	assert.Equal(t, []OrgID{"a"}, got.Predecessors)
	_, ok := new(Directory).At("a", 1)
	assert.False(t, ok, "the zero directory is empty")
}

func TestProvincesOfTheFirstOfJuly2025(t *testing.T) {
	var cities, wards, communes, zones, merged, former, unchanged, elsewhere int
	codes := map[string]bool{}
	for _, p := range Provinces() {
		if p.City {
			cities++
		}
		wards, communes, zones = wards+p.Wards, communes+p.Communes, zones+p.SpecialZones
		if p.Unchanged() {
			unchanged++
			assert.Equal(t, p.Name, p.Predecessors[0])
		} else {
			merged++
			former += len(p.Predecessors)
		}
		if p.Seat != p.Name {
			elsewhere++
		}
		assert.Contains(t, p.Predecessors, p.Seat)
		assert.Len(t, p.Code, 2)
		assert.False(t, codes[p.Code])
		codes[p.Code] = true
		assert.True(t, IsNFC(p.Name))
	}
	assert.Len(t, Provinces(), 34)
	assert.Equal(t, []int{6, 23, 52, 11, 7}, []int{cities, merged, former, unchanged, elsewhere})
	assert.Equal(t, []int{687, 2621, 13, 3321}, []int{wards, communes, zones, wards + communes + zones})
	Provinces()[0].Predecessors[0] = "x"
	assert.Equal(t, "Hà Nội", Provinces()[0].Predecessors[0])
}

func TestProvinceCommittees(t *testing.T) {
	d, err := NewDirectory(ProvinceCommittees()...)
	require.NoError(t, err)
	assert.Empty(t, d.Findings())
	before, after := MustDate("2025-06-30"), MustDate("2025-07-01")
	assert.Len(t, idsOf(d.Roots(before)), 63)
	assert.Len(t, idsOf(d.Roots(after)), 34)

	formed, from, unbroken := 0, map[OrgID]bool{}, 0
	for _, p := range Provinces() {
		now, ok := d.At(p.Committee(), after)
		require.True(t, ok, p.Name)
		assert.Equal(t, "TU", now.Symbol)
		assert.Equal(t, LevelProvince, now.Level)
		were := d.PredecessorsOf(now.ID, before)
		assert.Len(t, were, len(p.Predecessors), p.Name)
		if len(were) == 1 {
			assert.Equal(t, now, were[0], "unchanged: one organisation")
			unbroken++
			continue
		}
		formed++
		for _, o := range were {
			assert.False(t, from[o.ID])
			from[o.ID] = true
			assert.Equal(t, []string{string(now.ID)}, ids(d.SuccessorsOf(o.ID, after)))
			assert.Zero(t, o.Valid.First, "when it began is not known")
			assert.NotEqual(t, now.ID, o.ID)
		}
	}
	assert.Equal(t, []int{23, 52, 11}, []int{formed, len(from), unbroken})

	for _, c := range []struct{ id, day, name string }{
		{"tinhuy-thai-nguyen", "2025-07-01", "Tỉnh ủy Thái Nguyên"},
		{"tinhuy-thai-nguyen-cu", "2025-06-30", "Tỉnh ủy Thái Nguyên"},
		{"tinhuy-ba-ria-vung-tau-cu", "2025-06-30", "Tỉnh ủy Bà Rịa - Vũng Tàu"},
		{"thanhuy-ho-chi-minh", "2025-07-01", "Thành ủy Thành phố Hồ Chí Minh"},
		{"thanhuy-can-tho-cu", "2020-01-01", "Thành ủy Cần Thơ"},
		{"thanhuy-hue", "2025-01-01", "Thành ủy Huế"},
		{"tinhuy-thua-thien-hue-cu", "2024-12-31", "Tỉnh ủy Thừa Thiên Huế"},
		{"tinhuy-dak-lak", "2026-01-01", "Tỉnh ủy Đắk Lắk"},
	} {
		o, ok := d.At(OrgID(c.id), MustDate(c.day))
		assert.True(t, ok, c.id)
		assert.Equal(t, c.name, o.Name)
	}
	assert.Equal(t, []string{"tinhuy-bac-kan-cu", "tinhuy-thai-nguyen-cu"}, ids(d.PredecessorsOf("tinhuy-thai-nguyen", before)))
}
