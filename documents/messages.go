package documents

import (
	"maps"

	"github.com/vanphong-go/vanphong"
)

// The rules of this package's findings.
const (
	RuleChain       = "documents.chain"
	RuleProof       = "documents.proof"
	RuleProofEmpty  = "documents.proof.empty"  // of a series that has given no number
	RuleProofBeside = "documents.proof.beside" // of one that has given none but late and inserted ones

	// Of a closing: before it is signed, and when it is compared with the store.
	RuleClosingMissing  = "documents.closing.missing"
	RuleClosingReserved = "documents.closing.reserved"
	RuleClosingHeld     = "documents.closing.held" // the secret register has not told
	RuleClosingClock    = "documents.closing.clock"
	RuleClosingGone     = "documents.closing.gone"    // a series vanished
	RuleClosingOlder    = "documents.closing.older"   // the ledger is shorter than it was
	RuleClosingChanged  = "documents.closing.changed" // its past is another
	RuleClosingDiffers  = "documents.closing.differs" // the paper says otherwise
	RuleClosingSince    = "documents.closing.since"   // what happened after it
	RuleClosingNew      = "documents.closing.new"     // a series it does not have

	// What the secret register says and what stands here do not fit.
	RuleSecretUnknown  = "documents.secret.unknown"   // named there, not held here
	RuleSecretSilent   = "documents.secret.silent"    // held here, not named there
	RuleSecretTwice    = "documents.secret.twice"     // named twice there
	RuleSecretVoidHere = "documents.secret.void-here" // used there, void here
	RuleSecretUsedHere = "documents.secret.used-here" // not used there, told as used before
)

// Messages returns the sentences of this package's findings.
func Messages() vanphong.Catalogue {
	c := vanphong.Catalogue{
		RuleRegisterNone:    {Vietnamese: "Dãy số {0} ({1}) không có trong sổ nào", English: "Series {0} ({1}) stands in no register"},
		RuleRegisterTwice:   {Vietnamese: "Dãy số {0} có trong hai sổ: “{1}” và “{2}”", English: "Series {0} stands in two registers: “{1}” and “{2}”"},
		RuleRegisterUnknown: {Vietnamese: "Sổ “{1}” ghi dãy số {0} mà cơ quan không có", English: "Register “{1}” names series {0}, which the office does not have"},

		RuleChain: {
			// The reason is for the technician: it stands in the English one.
			Vietnamese: "Sổ đăng ký bị sửa hoặc mất dòng: dãy số {0}, sự kiện {1}, số {2}",
			English:    "The register was edited or has lost a row: series {0}, event {1}, number {2} ({3})",
		},
		// Lists come with their brackets, so that nothing stands for none.
		RuleProof: {
			Vietnamese: "Mở tại số {0}{1}, đến số {2}: đã ban hành {3}, giữ chỗ {4}{5}, đã hủy {6}{7}, trả số {8}{9}, sổ mật giữ {10}{11}, thiếu {12}{13}; vào sổ muộn {15}{16}, số chèn {17}{18}; mã kiểm tra {14}",
			English:    "Opened at {0}{1}, last {2}: issued {3}, reserved {4}{5}, void {6}{7}, released {8}{9}, held as secret {10}{11}, missing {12}{13}; late {15}{16}, inserted {17}{18}; check code {14}",
		},
		RuleProofEmpty: {
			Vietnamese: "Mở tại số {0}{1}, chưa cấp số nào; mã kiểm tra {2}",
			English:    "Opened at {0}{1}, no number given yet; check code {2}",
		},
		RuleProofBeside: {
			Vietnamese: "Mở tại số {0}{1}, chưa cấp số nào; vào sổ muộn {3}{4}, số chèn {5}{6}; mã kiểm tra {2}",
			English:    "Opened at {0}{1}, no number given yet; late {3}{4}, inserted {5}{6}; check code {2}",
		},
		RuleClosingMissing: {
			Vietnamese: "Dãy số {0}: thiếu số{1}",
			English:    "Series {0}: numbers are missing{1}",
		},
		RuleClosingReserved: {
			Vietnamese: "Dãy số {0}: còn giữ chỗ {1} số{2}",
			English:    "Series {0}: {1} numbers are still reserved{2}",
		},
		RuleClosingHeld: {
			Vietnamese: "Dãy số {0}: sổ mật chưa báo về {1} số{2}",
			English:    "Series {0}: the secret register has not accounted for {1} numbers{2}",
		},
		RuleClosingClock: {
			Vietnamese: "Dãy số {0}: đồng hồ lùi {1} lần giữa các sự kiện; thứ tự vẫn theo sổ",
			English:    "Series {0}: the clock went back {1} times between events; the order is that of the ledger",
		},
		RuleClosingGone: {
			Vietnamese: "Dãy số {0} ({1}) có trong bản khóa sổ, nay không còn trong sổ",
			English:    "Series {0} ({1}) stands in the closing and is gone from the store",
		},
		RuleClosingOlder: {
			Vietnamese: "Dãy số {0} ({1}): bản khóa sổ có {2} sự kiện, sổ chỉ còn {3}; dữ liệu có thể được phục hồi từ bản sao lưu cũ",
			English:    "Series {0} ({1}): the closing has {2} events, the ledger only {3}; the store may have been restored from an older backup",
		},
		RuleClosingChanged: {
			Vietnamese: "Dãy số {0} ({1}): các sự kiện đến thứ {2} không còn như khi khóa sổ",
			English:    "Series {0} ({1}): the events up to {2} are not those of the closing",
		},
		RuleClosingDiffers: {
			Vietnamese: "Dãy số {0} ({1}): bản khóa sổ khác sổ; theo sổ: {2}",
			English:    "Series {0} ({1}): the closing differs from the ledger, which has: {2}",
		},
		RuleClosingSince: {
			Vietnamese: "Dãy số {0} ({1}): có {2} sự kiện sau khi khóa sổ",
			English:    "Series {0} ({1}): {2} events since the closing",
		},
		RuleClosingNew: {
			Vietnamese: "Dãy số {0} ({1}) không có trong bản khóa sổ",
			English:    "Series {0} ({1}) is not in the closing",
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
	maps.Copy(c, graphMessages())
	return c
}
