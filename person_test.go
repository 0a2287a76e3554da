package vanphong_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"

	. "github.com/vanphong-go/vanphong"
)

func TestMembersOnADay(t *testing.T) {
	all := []Membership{
		{Body: "btv", Person: "an", Days: days("2025-07-01", "")},
		{Body: "btv", Person: "binh", Days: days("2025-07-01", "2025-10-01")},
		{Body: "bch", Person: "cuong", Days: days("2025-07-01", "")}, // another body
		{Body: "btv", Person: "dung", Days: days("2025-10-01", "")},
		{Body: "btv", Person: "an", Post: "Phó Bí thư", Days: days("2025-09-01", "")}, // a second line for one person
	}
	assert.Equal(t, []PersonID{"an", "binh"}, MembersOn(all, "btv", MustDate("2025-09-30")))
	assert.Equal(t, []PersonID{"an", "dung"}, MembersOn(all, "btv", MustDate("2025-10-01")))
	assert.Empty(t, MembersOn(all, "btv", MustDate("2025-06-30")))
}

func TestHolderOfAPostOnADay(t *testing.T) {
	all := []Holding{
		{Post: "bi-thu", Person: "an", Days: days("2020-10-01", "2025-07-01")},
		{Post: "chanh-vp", Person: "binh", Days: days("2020-10-01", "")}, // another post
		{Post: "bi-thu", Person: "cuong", Days: days("2025-07-01", "")},
	}
	for day, want := range map[string]PersonID{
		"2020-09-30": "",      // before anybody
		"2025-06-30": "an",    // the last day of the first
		"2025-07-01": "cuong", // the day it passes
	} {
		got, ok := HolderOn(all, "bi-thu", MustDate(day))
		assert.Equal(t, want, got, day)
		assert.Equal(t, want != "", ok, day)
	}
}

func TestPeopleAreListedByGivenName(t *testing.T) {
	want := []string{
		"Lê Thị An",
		"Nguyễn Văn An",
		"Trần Ân",          // Â after A, whatever the family name
		"Hoàng Văn Bình",   //
		"Phạm Cường",       //
		"Đỗ Dũng",          // D before Đ
		"Bùi Văn Đạt",      //
		"Nguyễn Hà",        // huyền …
		"Nguyễn Hạ",        // … nặng
		"Nguyễn Thị Hạ",    // the rest of the name after the family name
		"Nguyễn Hòa",       //
		"Nguyễn Thị Hoà",   // tone placement does not part equal names
		"Nguyễn Hoàn",      //
		"nguyễn thị hoàng", //
		"Vũ Yến",           //
	}
	var people []Person
	for i, n := range want {
		people = append(people, Person{ID: PersonID(rune('a' + i)), Name: n})
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		r.Shuffle(len(people), func(i, j int) { people[i], people[j] = people[j], people[i] })
		slices.SortFunc(people, ComparePersons)
		for i, p := range people {
			assert.Equal(t, want[i], p.Name)
		}
	}
	assert.Equal(t, "An", people[0].GivenName())
	assert.Equal(t, "", Person{Name: " "}.GivenName())
	assert.Equal(t, "An", Person{Name: "Lê\u00a0An "}.GivenName())
	assert.Negative(t, ComparePersons(Person{ID: "a", Name: "Lê An"}, Person{ID: "b", Name: "Lê An"}), "namesakes by id")
	assert.Zero(t, ComparePersons(Person{ID: "a", Name: "Lê An"}, Person{ID: "a", Name: "Lê An"}))
}
