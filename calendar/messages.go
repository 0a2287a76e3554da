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
	}
}
