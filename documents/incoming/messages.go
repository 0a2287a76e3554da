package incoming

import "github.com/vanphong-go/vanphong"

// Messages returns the sentences of this package's findings.
//
// In the rules on duplicates {0} is the arrival number of the document found,
// {1} its arrival day, {2} its number and symbol, {3} its id.
func Messages() vanphong.Catalogue {
	return vanphong.Catalogue{
		RuleDuplicate: {
			Vietnamese: "Văn bản này đã đăng ký: số đến {0} ngày {1} ({2}).",
			English:    "This document is registered already: arrival {0} of {1} ({2}), id {3}."},
		RuleNearDate: {
			Vietnamese: "Có thể trùng với số đến {0} ngày {1}: cùng số {2}, cùng cơ quan ban hành, khác ngày văn bản.",
			English:    "May be arrival {0} of {1}: same number {2} and issuer, dated otherwise (id {3})."},
		RuleNearIssuer: {
			Vietnamese: "Có thể trùng với số đến {0} ngày {1}: cùng số {2}, cùng ngày văn bản, tên cơ quan ban hành ghi khác.",
			English:    "May be arrival {0} of {1}: same number {2} and date, issuer written otherwise (id {3})."},
		RuleNearNumber: {
			Vietnamese: "Có thể trùng với số đến {0} ngày {1}: cùng cơ quan, cùng ngày văn bản, số {2} chỉ khác một chữ.",
			English:    "May be arrival {0} of {1}: same issuer and date, number {2} differs by one sign (id {3})."},
		RuleNearWritten: {
			Vietnamese: "Có thể trùng với số đến {0} ngày {1}: cùng cơ quan ban hành, số {2} chỉ khác cách ghi.",
			English:    "May be arrival {0} of {1}: same issuer, number {2} is only written otherwise (id {3})."},
		RuleNearWords: {
			Vietnamese: "Có thể trùng với số đến {0} ngày {1} ({2}): cùng cơ quan, trích yếu gần như nhau.",
			English:    "May be arrival {0} of {1} ({2}): same issuer, nearly the same abstract (id {3})."},
		RuleNearGone: {
			Vietnamese: "Văn bản này đã đến một lần: số đến {0} ngày {1} ({2}), đã trả lại hoặc từ chối. Kiểm tra nơi gửi đã sửa chưa.",
			English:    "This document came before: arrival {0} of {1} ({2}), returned or refused (id {3}). See whether it was put right."},
		RuleFuture: {
			Vietnamese: "Văn bản ghi ngày {0}, sau ngày đến {1}.",
			English:    "The document is dated {0}, after the day it arrived, {1}."},
		RuleChannel: {
			Vietnamese: "Văn bản {0} đến qua {1}: không được truyền tài liệu mật qua kênh này nếu không mã hóa bằng sản phẩm cơ yếu.",
			English:    "A document marked {0} came by {1}: secret documents may not travel there unless enciphered."},
		RuleSignature: {
			Vietnamese: "Chữ ký số của văn bản: {0}. Kiểm tra tính xác thực, toàn vẹn trước khi đăng ký; không bảo đảm thì trả lại nơi gửi.",
			English:    "Digital signature: {0}. Check authenticity and integrity before registering, or return the document."},
		RuleDelivery: {
			Vietnamese: "Hỏa tốc hẹn giờ {0} nhưng đến lúc {1}: ghi giờ nhận lên phong bì và báo người gửi.",
			English:    "To be delivered by {0} but arrived at {1}: note the time on the envelope and tell the sender."},
		RuleWidth: {
			Vietnamese: "Trường {0} dài {1} ký tự; khi gửi, nhận dữ liệu chỉ giữ {2} ký tự.",
			English:    "Field {0} has {1} characters; the exchange of records keeps {2}."},
		RuleLate: {
			Vietnamese: "Số đến {0}: quá hạn {1} (trước {2}).",
			English:    "Arrival {0}: late to {1}, due before {2}."},
		RuleTimeUnknown: {
			Vietnamese: "Số đến {0}: phải {1} ngay, nhận lúc {2}; cơ quan chưa quy định số phút.",
			English:    "Arrival {0}: to {1} at once, received {2}; the office has not said within how many minutes."},
		// Lists come with their brackets, so that nothing stands for none.
		RuleProof: {
			Vietnamese: "Sổ đến {0} mở tại số {1} ({2}), đến số {3}: {4} văn bản, hủy số {5}{6}, thiếu {7}{8}; mã kiểm tra {9}",
			English:    "Arrival book {0} opened at {1} ({2}), last {3}: {4} documents, void {5}{6}, missing {7}{8}; check code {9}"},
		RuleProofEmpty: {
			Vietnamese: "Sổ đến {0} mở tại số {1} ({2}), chưa có văn bản nào.",
			English:    "Arrival book {0} opened at {1} ({2}), no document yet."},
	}
}
