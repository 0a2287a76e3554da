package vanphong

import (
	"slices"
	"strings"
)

// Province is a unit of province level (đơn vị hành chính cấp tỉnh) as it
// stood on 01/7/2025, the day on which 34 took the place of 63 (grade S; the
// sums are grade N: 28 provinces and 6 cities, 23 of them formed from 52, 11
// unchanged; 3,321 communes = 2,621 xã, 687 phường, 13 đặc khu).
//
// The table stops at that day. Đồng Nai appears as a thành phố in a public
// data set of 2026; the day of that change is not known here, so it is not in
// the table. A caller who knows it builds a Directory with it.
type Province struct {
	Name         string   `json:"name"`          // "Thái Nguyên"
	City         bool     `json:"city"`          // thành phố trực thuộc Trung ương
	Code         string   `json:"code"`          // statistical code, two digits: "19"
	Predecessors []string `json:"predecessors"`  // the provinces of 30/6/2025; its own name alone if unchanged
	Seat         string   `json:"seat"`          // former province in which its seat lies
	Wards        int      `json:"wards"`         // phường
	Communes     int      `json:"communes"`      // xã
	SpecialZones int      `json:"special_zones"` // đặc khu
}

// Units returns the number of units of commune level: wards, communes and
// special zones.
func (p Province) Units() int { return p.Wards + p.Communes + p.SpecialZones }

// Unchanged reports whether the province went on as it was on 01/7/2025.
func (p Province) Unchanged() bool { return len(p.Predecessors) == 1 }

// Committee returns the id of its Party committee in [ProvinceCommittees].
func (p Province) Committee() OrgID { return committeeID(p.Name, p.City) }

// Provinces returns the 34 provinces and cities in the order of their
// statistical codes.
func Provinces() []Province {
	out := slices.Clone(provinceTable[:])
	for i := range out {
		out[i].Predecessors = slices.Clone(out[i].Predecessors)
	}
	return out
}

// The days on which the map changed.
const (
	mergerDay  = Date(739432) // 01/7/2025
	hueCityDay = Date(739251) // 01/01/2025, Huế a city under the centre
)

// ProvinceCommittees returns the Party committees of province level (tỉnh ủy,
// thành ủy), those of the 34 provinces and those before them, ready for
// [NewDirectory] together with the caller's own organisations. The symbol of
// each is TU.
//
// Ids are stable: "tinhuy-thai-nguyen", "thanhuy-ha-noi". The committees that
// ended on 30/6/2025 end in "-cu": "tinhuy-bac-kan-cu", and
// "tinhuy-thai-nguyen-cu" too, since a committee formed by a merger is a new
// organisation even where it kept a name. The 11 that went on are one
// organisation without a break.
//
// When the former ones began is left unset. Only Huế is dated further back:
// its committee became a thành ủy with the city on 01/01/2025 and follows
// "tinhuy-thua-thien-hue-cu" (grade N).
func ProvinceCommittees() []Organisation {
	var out []Organisation
	for _, p := range provinceTable {
		now := committee(p.Committee(), p.Name, p.City, Days{})
		if p.Name == "Huế" {
			before := committee("tinhuy-thua-thien-hue-cu", "Thừa Thiên Huế", false, Days{End: hueCityDay})
			now.Valid.First = hueCityDay
			now.Predecessors = []OrgID{before.ID}
			before.Successors = []OrgID{now.ID}
			out = append(out, before)
		}
		if !p.Unchanged() {
			now.Valid.First = mergerDay
			for _, name := range p.Predecessors {
				city := formerCity(name)
				old := committee(committeeID(name, city)+"-cu", name, city, Days{End: mergerDay})
				old.Successors = []OrgID{now.ID}
				now.Predecessors = append(now.Predecessors, old.ID)
				out = append(out, old)
			}
		}
		out = append(out, now)
	}
	return out
}

func committee(id OrgID, province string, city bool, valid Days) Organisation {
	name := "Tỉnh ủy " + province
	if city {
		name = "Thành ủy " + province
	}
	if province == "Hồ Chí Minh" { // the city's own name has the word in it
		name = "Thành ủy Thành phố Hồ Chí Minh"
	}
	return Organisation{ID: id, Name: name, Symbol: "TU", Level: LevelProvince, Valid: valid}
}

func committeeID(province string, city bool) OrgID {
	words := strings.FieldsFunc(Fold(province), func(r rune) bool { return r == ' ' || r == '-' })
	prefix := "tinhuy-"
	if city {
		prefix = "thanhuy-"
	}
	return OrgID(prefix + strings.Join(words, "-"))
}

// formerCity reports whether a province of 30/6/2025 was a city under the
// centre (grade N); Huế and Hà Nội did not change and are not asked for.
func formerCity(name string) bool {
	switch name {
	case "Hải Phòng", "Đà Nẵng", "Cần Thơ", "Hồ Chí Minh":
		return true
	}
	return false
}
