package documents

import "github.com/vanphong-go/vanphong"

// The rules of this package's findings.
const (
	RuleChain      = "documents.chain"
	RuleProof      = "documents.proof"
	RuleProofEmpty = "documents.proof.empty" // of a series that has given no number

	// What the secret register says and what stands here do not fit.
	RuleSecretUnknown  = "documents.secret.unknown"   // named there, not held here
	RuleSecretSilent   = "documents.secret.silent"    // held here, not named there
	RuleSecretTwice    = "documents.secret.twice"     // named twice there
	RuleSecretVoidHere = "documents.secret.void-here" // used there, void here
	RuleSecretUsedHere = "documents.secret.used-here" // not used there, told as used before
)

// Messages returns the sentences of this package's findings.
func Messages() vanphong.Catalogue {
	return vanphong.Catalogue{
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
		RuleSecretUnknown: {
			Vietnamese: "Sổ mật báo số {0}, nhưng số này không giao cho sổ mật",
			English:    "The secret register names number {0}, which it does not hold",
		},
		RuleSecretSilent: {
			Vietnamese: "Số {0} giao cho sổ mật chưa được báo về",
			English:    "The secret register says nothing of number {0}, which it holds",
		},
		RuleSecretTwice: {
			Vietnamese: "Sổ mật báo số {0} hơn một lần; chưa ghi nhận",
			English:    "The secret register names number {0} more than once; nothing was written",
		},
		RuleSecretVoidHere: {
			Vietnamese: "Số {0}: sổ mật báo đã dùng, nhưng sổ này ghi đã hủy",
			English:    "Number {0} was used by the secret register and is void here",
		},
		RuleSecretUsedHere: {
			Vietnamese: "Số {0}: sổ mật nay báo không dùng, nhưng trước đã báo đã dùng",
			English:    "Number {0} was not used by the secret register, which had said before that it was",
		},
	}
}
