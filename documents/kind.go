package documents

// Kind is the identity of a document type (thể loại).
type Kind string

// A few kinds.
const (
	KindResolution Kind = "nghi-quyet"
	KindDecision   Kind = "quyet-dinh"
	KindRegulation Kind = "quy-dinh"
	KindConclusion Kind = "ket-luan"
	KindNotice     Kind = "thong-bao"
)
