package vanphong_test

import (
	"fmt"
	"slices"

	"github.com/vanphong-go/vanphong"
)

func ExampleParseDate() {
	d, _ := vanphong.ParseDate("5/2/2026")
	fmt.Println(d, vanphong.FormatDate(d), vanphong.FormatDateLong(d))
	_, err := vanphong.ParseDate("30/02/2026")
	fmt.Println(err)
	// Output:
	// 2026-02-05 05/02/2026 ngày 05 tháng 02 năm 2026
	// date "30/02/2026": want a day that exists: invalid value
}

func ExampleFold() {
	fmt.Println(vanphong.Fold("Đại  hội Đảng bộ"))
	// Output: dai hoi dang bo
}

func ExampleFoldTone() {
	fmt.Println(vanphong.FoldTone("Tỉnh uỷ Hoà Bình, quý I"))
	// Output: Tỉnh ủy Hòa Bình, quý I
}

func ExampleComparePersons() {
	people := []vanphong.Person{{Name: "Nguyễn Văn Đạt"}, {Name: "Trần Thị Ân"}, {Name: "Lê An"}}
	slices.SortFunc(people, vanphong.ComparePersons)
	for _, p := range people {
		fmt.Println(p.Name)
	}
	// Output:
	// Lê An
	// Trần Thị Ân
	// Nguyễn Văn Đạt
}

func ExampleDirectory_SuccessorsOf() {
	d, err := vanphong.NewDirectory(vanphong.ProvinceCommittees()...)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, day := range []string{"2025-06-30", "2025-07-01"} {
		for _, o := range d.SuccessorsOf("tinhuy-bac-kan-cu", vanphong.MustDate(day)) {
			fmt.Println(day, o.Name)
		}
	}
	// Output:
	// 2025-06-30 Tỉnh ủy Bắc Kạn
	// 2025-07-01 Tỉnh ủy Thái Nguyên
}

func ExampleTerms_Hold() {
	var terms vanphong.Terms
	_ = terms.Add(vanphong.Term{ID: "lam-thoi", Org: "tu", Days: vanphong.Days{First: vanphong.MustDate("2025-07-01")}})
	closing := vanphong.MustDate("2025-09-23")
	next, err := terms.Hold(vanphong.Congress{
		ID: "dai-hoi-1", Org: "tu",
		Days:        vanphong.Days{First: vanphong.MustDate("2025-09-22"), End: closing + 1},
		FirstPlenum: closing, // held within the congress: the term begins that day
	}, vanphong.Term{ID: "2025-2030"})
	fmt.Println(next.Days, err)
	// Output: từ 23/9/2025 đến nay <nil>
}
