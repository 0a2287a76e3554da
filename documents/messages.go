package documents

import "github.com/vanphong-go/vanphong"

// The rules of this package's findings.
const (
	RuleChain = "documents.chain"
	RuleProof = "documents.proof"
)

// Messages returns the sentences of this package's findings.
func Messages() vanphong.Catalogue {
	return vanphong.Catalogue{
		RuleChain: {
			Vietnamese: "Sổ đăng ký bị sửa hoặc mất dòng: dãy số {0}, sự kiện {1}, số {2} ({3})",
			English:    "The register was edited or has lost a row: series {0}, event {1}, number {2} ({3})",
		},
		RuleProof: {
			Vietnamese: "Mở tại số {0} ({1}), đến số {2}: đã ban hành {3}, giữ chỗ {4}, đã hủy {5} ({6}), sổ mật giữ {7}, thiếu {8}; mã niêm {9}",
			English:    "Opened at {0} ({1}), last {2}: issued {3}, reserved {4}, void {5} ({6}), held as secret {7}, missing {8}; seal {9}",
		},
	}
}
