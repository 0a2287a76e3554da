package dispatch

import "github.com/vanphong-go/vanphong"

// The rules of this package's findings.
const (
	RuleCopyOut        = "dispatch.copy.out"
	RuleCopyUnassigned = "dispatch.copy.unassigned"
	RulePaper          = "dispatch.paper"
	RuleUnacknowledged = "dispatch.unacknowledged"
)

// Messages returns the sentences of this package's findings.
func Messages() vanphong.Catalogue {
	return vanphong.Catalogue{
		RuleCopyOut: {
			Vietnamese: "Bản số {0} đang ở {1}, chưa thu về và chưa hủy",
			English:    "Copy {0} is out with {1}: neither returned nor destroyed",
		},
		RuleCopyUnassigned: {
			Vietnamese: "Bản số {0} không ghi cho nơi nhận nào, cũng không ghi là bản lưu",
			English:    "Copy {0} is meant for no recipient and is not on file",
		},
		RulePaper: {
			Vietnamese: "Đã gửi bản giấy cho {0} trong khi đã gửi văn bản điện tử có ký số",
			English:    "Paper was sent to {0} beside the signed electronic document",
		},
		RuleUnacknowledged: {
			Vietnamese: "{0} chưa báo nhận văn bản gửi ngày {1}",
			English:    "{0} has not acknowledged what was sent on {1}",
		},
	}
}
