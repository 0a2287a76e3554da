package documents

import (
	"iter"
	"strings"

	"github.com/vanphong-go/vanphong"
)

// Kind is the identity of a document type (thể loại văn bản): "quyet-dinh".
// It is not the type's symbol: a quyết định and a quy định of the Party are
// both printed QĐ, and a quy định of the State QyĐ. The symbol belongs to a
// [RuleSet]; what a printed symbol may stand for is told by [KindsOf].
//
// Types of one name are one Kind in the Party and in the State (quyết định);
// thông tri (Party, TT) and thông tư (State, TT) are two. The zero Kind is
// "unset". A Kind outside the list below is carried as it is: offices have
// types of their own (văn bản chuyên ngành).
type Kind string

// The 25 types of Party documents: 399-QĐ/TW phần II (grades N, S).
// No differences between this list and that of 66-QĐ/TW were found (grade I), so one
// set of constants serves both periods.
const (
	KindPlatform      Kind = "cuong-linh-chinh-tri"
	KindCharter       Kind = "dieu-le-dang"
	KindStrategy      Kind = "chien-luoc"
	KindResolution    Kind = "nghi-quyet"
	KindDecision      Kind = "quyet-dinh"
	KindDirective     Kind = "chi-thi"
	KindConclusion    Kind = "ket-luan"
	KindWorkingRules  Kind = "quy-che"
	KindRegulation    Kind = "quy-dinh"
	KindPartyCircular Kind = "thong-tri"
	KindGuidance      Kind = "huong-dan"
	KindNotice        Kind = "thong-bao"
	KindCommunique    Kind = "thong-cao"
	KindDeclaration   Kind = "tuyen-bo"
	KindAppeal        Kind = "loi-keu-goi"
	KindReport        Kind = "bao-cao"
	KindPlan          Kind = "ke-hoach"
	KindMasterPlan    Kind = "quy-hoach"
	KindProgramme     Kind = "chuong-trinh"
	KindScheme        Kind = "de-an"
	KindOption        Kind = "phuong-an"
	KindProject       Kind = "du-an"
	KindSubmission    Kind = "to-trinh"
	KindLetter        Kind = "cong-van"
	KindMinutes       Kind = "bien-ban"
)

// The 8 administrative papers of the Party (giấy tờ hành chính): 399-QĐ/TW
// phần II (grades N, S). The State has most of them too.
const (
	KindIntroduction Kind = "giay-gioi-thieu"
	KindCertificate  Kind = "giay-chung-nhan"
	KindTravelPaper  Kind = "giay-di-duong"
	KindLeavePaper   Kind = "giay-nghi-phep"
	KindInvitation   Kind = "giay-moi"
	KindTransferSlip Kind = "phieu-chuyen"
	KindDispatchSlip Kind = "phieu-gui"
	KindLetterCard   Kind = "thu-cong"
)

// The administrative types that only the State has: NĐ 30/2020/NĐ-CP Điều 7
// (grade P). With those above that carry the same name they are 29.
const (
	KindContract   Kind = "hop-dong"
	KindTelegram   Kind = "cong-dien"
	KindMemorandum Kind = "ban-ghi-nho"
	KindAgreement  Kind = "ban-thoa-thuan"
	KindProxy      Kind = "giay-uy-quyen"
	KindAdviceSlip Kind = "phieu-bao"
)

// The normative types of the State (văn bản quy phạm pháp luật) beside
// nghị quyết, quyết định and chỉ thị, and what stands next to them.
const (
	KindConstitution    Kind = "hien-phap"
	KindCode            Kind = "bo-luat"
	KindLaw             Kind = "luat"
	KindOrdinance       Kind = "phap-lenh"
	KindOrder           Kind = "lenh"
	KindJointResolution Kind = "nghi-quyet-lien-tich"
	KindDecree          Kind = "nghi-dinh"
	KindCircular        Kind = "thong-tu"
	KindJointCircular   Kind = "thong-tu-lien-tich"
	KindConsolidated    Kind = "van-ban-hop-nhat"
	KindPrecedent       Kind = "an-le"
)

// The copies (bản sao): 36-HD/VPTW mục II.3 and NĐ 30/2020/NĐ-CP phụ lục III
// (grade P).
const (
	KindTrueCopy  Kind = "sao-y-ban-chinh"
	KindRelayCopy Kind = "sao-luc"
	KindExtract   Kind = "trich-sao"
)

// copyKinds returns the copies, as policies count them together: a new slice, because
// policies are handed out.
func copyKinds() []Kind { return []Kind{KindTrueCopy, KindRelayCopy, KindExtract} }

// IsCopy reports whether k is a kind of copy (bản sao): a document that has what it
// says from another one.
func (k Kind) IsCopy() bool { return k == KindTrueCopy || k == KindRelayCopy || k == KindExtract }

// The technical standards that offices cite by number.
const (
	KindTechnicalRegulation Kind = "quy-chuan-ky-thuat-quoc-gia"
	KindNationalStandard    Kind = "tieu-chuan-quoc-gia"
	// KindLocalTechnicalRegulation is issued by a province (QCĐP).
	KindLocalTechnicalRegulation Kind = "quy-chuan-ky-thuat-dia-phuong"
)

// kindName gives the statutory names, in the order of Kinds.
// Names are in lower case because they stand inside sentences; forms capitalise the
// first.
type kindName struct {
	kind Kind
	name string
}

// One list gives both order and names; a map alone would lose the order of the
// regulation.
var kindNames = [...]kindName{
	{KindPlatform, "cương lĩnh chính trị"},
	{KindCharter, "điều lệ Đảng"},
	{KindStrategy, "chiến lược"},
	{KindResolution, "nghị quyết"},
	{KindDecision, "quyết định"},
	{KindDirective, "chỉ thị"},
	{KindConclusion, "kết luận"},
	{KindWorkingRules, "quy chế"},
	{KindRegulation, "quy định"},
	{KindPartyCircular, "thông tri"},
	{KindGuidance, "hướng dẫn"},
	{KindNotice, "thông báo"},
	{KindCommunique, "thông cáo"},
	{KindDeclaration, "tuyên bố"},
	{KindAppeal, "lời kêu gọi"},
	{KindReport, "báo cáo"},
	{KindPlan, "kế hoạch"},
	{KindMasterPlan, "quy hoạch"},
	{KindProgramme, "chương trình"},
	{KindScheme, "đề án"},
	{KindOption, "phương án"},
	{KindProject, "dự án"},
	{KindSubmission, "tờ trình"},
	{KindLetter, "công văn"},
	{KindMinutes, "biên bản"},

	{KindIntroduction, "giấy giới thiệu"},
	{KindCertificate, "giấy chứng nhận"},
	{KindTravelPaper, "giấy đi đường"},
	{KindLeavePaper, "giấy nghỉ phép"},
	{KindInvitation, "giấy mời"},
	{KindTransferSlip, "phiếu chuyển"},
	{KindDispatchSlip, "phiếu gửi"},
	{KindLetterCard, "thư công"},

	{KindContract, "hợp đồng"},
	{KindTelegram, "công điện"},
	{KindMemorandum, "bản ghi nhớ"},
	{KindAgreement, "bản thỏa thuận"},
	{KindProxy, "giấy ủy quyền"},
	{KindAdviceSlip, "phiếu báo"},

	{KindConstitution, "hiến pháp"},
	{KindCode, "bộ luật"},
	{KindLaw, "luật"},
	{KindOrdinance, "pháp lệnh"},
	{KindOrder, "lệnh"},
	{KindJointResolution, "nghị quyết liên tịch"},
	{KindDecree, "nghị định"},
	{KindCircular, "thông tư"},
	{KindJointCircular, "thông tư liên tịch"},
	{KindConsolidated, "văn bản hợp nhất"},
	{KindPrecedent, "án lệ"},

	{KindTrueCopy, "sao y bản chính"},
	{KindRelayCopy, "sao lục"},
	{KindExtract, "trích sao"},

	{KindTechnicalRegulation, "quy chuẩn kỹ thuật quốc gia"},
	{KindNationalStandard, "tiêu chuẩn quốc gia"},
	{KindLocalTechnicalRegulation, "quy chuẩn kỹ thuật địa phương"},
}

var namesByKind = func() map[Kind]string {
	m := make(map[Kind]string, len(kindNames))
	for _, k := range kindNames {
		m[k.kind] = k.name
	}
	return m
}()

// Kinds walks the kinds the SDK knows: Party types, Party papers, State types,
// normative types, copies, standards, each group in statutory order.
func Kinds() iter.Seq[Kind] {
	return func(yield func(Kind) bool) {
		for _, k := range kindNames {
			if !yield(k.kind) {
				return
			}
		}
	}
}

// Name returns the kind's Vietnamese name in lower case, "quyết định", as it
// stands inside a sentence. A kind the SDK does not know is named by itself,
// so that an office's own type is never shown as nothing.
func (k Kind) Name() string {
	if name, ok := namesByKind[k]; ok {
		return name
	}
	return string(k)
}

// Known reports whether k is one of [Kinds].
func (k Kind) Known() bool {
	_, ok := namesByKind[k]
	return ok
}

// ParseKind reads a kind from its Vietnamese name in any case ("Quyết định")
// or from its identity ("quyet-dinh"). A name that is neither is an
// [*vanphong.InputError]; a symbol (QĐ) is one of those, because it does not
// say which kind it stands for. See [KindsOf].
// Tone marks count: a name typed without them is refused, not guessed.
func ParseKind(s string) (Kind, error) {
	if k := Kind(s); k.Known() {
		return k, nil
	}
	want := strings.ToLower(strings.TrimSpace(vanphong.NFC(s)))
	for _, k := range kindNames {
		if strings.ToLower(k.name) == want {
			return k.kind, nil
		}
	}
	return "", vanphong.NewInputError("kind", s, `a document type such as "quyết định" or "quyet-dinh"`, nil)
}
