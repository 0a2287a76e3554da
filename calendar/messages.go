package calendar

import "github.com/vanphong-go/vanphong"

// Messages returns the sentences of this package's findings, a new catalogue
// with every call: an office puts its own wording over it.
//
// In the rules of conflicts {0} is the resource, {1} and {2} the activities
// in order of time, {3} the day, {4} and {5} the clock times, {6} and {7} their ids; in
// "calendar.session" {0} is the activity, {1} the session, {2} the time, {3}
// the day, {4} the id.
func Messages() vanphong.Catalogue {
	return vanphong.Catalogue{
		"calendar.conflict.person": {
			Vietnamese: "Trùng lịch của {0} ngày {3}, từ {4} đến {5}: “{1}” và “{2}”",
			English:    "{0} is in two places on {3}, {4} to {5}: “{1}” and “{2}”",
		},
		"calendar.conflict.room": {
			Vietnamese: "Trùng phòng ({0}) ngày {3}, từ {4} đến {5}: “{1}” và “{2}”",
			English:    "room {0} is taken twice on {3}, {4} to {5}: “{1}” and “{2}”",
		},
		"calendar.conflict.vehicle": {
			Vietnamese: "Trùng xe ({0}) ngày {3}, từ {4} đến {5}: “{1}” và “{2}”",
			English:    "vehicle {0} is taken twice on {3}, {4} to {5}: “{1}” and “{2}”",
		},
		"calendar.conflict.travel": {
			Vietnamese: "{0} không đủ thời gian di chuyển ngày {3}, từ {4} đến {5}: giữa “{1}” và “{2}”",
			English:    "{0} has too little time to travel on {3}, {4} to {5}: between “{1}” and “{2}”",
		},
		"calendar.session": {
			Vietnamese: "“{0}” ngày {3}: ghi buổi {1} nhưng bắt đầu lúc {2}",
			English:    "“{0}” on {3}: printed under {1} but begins at {2}",
		},
		"calendar.swap_unpaired": {
			Vietnamese: "Thông báo có {0} ngày nghỉ hoán đổi nhưng {1} ngày làm bù.",
			English:    "The notice has {0} swapped days off but {1} days worked instead."},
		"calendar.tet_partial": {
			Vietnamese: "Thông báo có {1} ngày nghỉ dịp Tết {0} nhưng không có mùng 1 ({2}): các ngày này được cộng vào số ngày dự tính, năm {0} vẫn là tạm tính.",
			English:    "The notice names {1} days off around Tết {0} but not its first day ({2}): they are added to the computed ones and the year stays provisional."},
		"calendar.tet_days": {
			Vietnamese: "Thông báo cho nghỉ Tết {0} {1} ngày, luật định 05 ngày.",
			English:    "The notice gives {1} days of Tết {0}; the law gives 5."},
		"calendar.tet_in_lieu": {
			Vietnamese: "Tết {0} có {1} ngày nghỉ trùng thứ Bảy, Chủ nhật nhưng thông báo cho nghỉ bù {2} ngày.",
			English:    "{1} days of Tết {0} fall on a weekend, but the notice gives {2} days in lieu."},
		"calendar.tet_fifth_day": {
			Vietnamese: "Chưa rõ ngày nghỉ Tết thứ năm: {0} hay {1}.",
			English:    "The fifth day of Tết is not known: {0} or {1}."},
		"calendar.beside_national_day": {
			Vietnamese: "Chưa rõ ngày nghỉ liền kề Quốc khánh: {0} hay {1}.",
			English:    "The day off beside National Day is not known: {0} or {1}."},
		"calendar.culture_day_in_lieu": {
			Vietnamese: "Ngày Văn hóa Việt Nam {0} trùng ngày nghỉ hằng tuần; chưa có quy định rõ về nghỉ bù.",
			English:    "Culture Day {0} falls on a weekend; whether it is made up for is unsettled."},
		"calendar.swaps_unknown": {
			Vietnamese: "Chưa có thông báo về hoán đổi ngày làm việc năm {0}.",
			English:    "No notice about swapped days of {0} is known."},
		"calendar.swap_proposed": {
			Vietnamese: "Có đề xuất hoán đổi ngày {0}, chưa rõ quyết định.",
			English:    "A swap of {0} was proposed; the decision is not known."},
	}
}
