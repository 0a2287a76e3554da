package documents

import (
	"maps"

	"github.com/vanphong-go/vanphong"
)

// The rules of this package's findings.
const (
	RuleChain      = "documents.chain"
	RuleProof      = "documents.proof"
	RuleProofEmpty = "documents.proof.empty" // of a series that has given no number
)

// Messages returns the sentences of this package's findings.
func Messages() vanphong.Catalogue {
	c := vanphong.Catalogue{
		RuleChain: {
			// The reason is for the technician: it stands in the English one.
			Vietnamese: "Sổ đăng ký bị sửa hoặc mất dòng: dãy số {0}, sự kiện {1}, số {2}",
			English:    "The register was edited or has lost a row: series {0}, event {1}, number {2} ({3})",
		},
		// Lists come with their brackets, so that nothing stands for none.
		RuleProof: {
			Vietnamese: "Mở tại số {0}{1}, đến số {2}: đã ban hành {3}, giữ chỗ {4}{5}, đã hủy {6}{7}, trả số {8}{9}, sổ mật giữ {10}{11}, thiếu {12}{13}; mã kiểm tra {14}",
			English:    "Opened at {0}{1}, last {2}: issued {3}, reserved {4}{5}, void {6}{7}, released {8}{9}, held as secret {10}{11}, missing {12}{13}; check code {14}",
		},
		RuleProofEmpty: {
			Vietnamese: "Mở tại số {0}{1}, chưa cấp số nào; mã kiểm tra {2}",
			English:    "Opened at {0}{1}, no number given yet; check code {2}",
		},
	}
	maps.Copy(c, graphMessages())
	return c
}
