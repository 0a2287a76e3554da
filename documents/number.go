package documents

// System is the family of rules a number is written by.
type System uint8

// The systems.
const (
	SystemUnknown  System = iota
	SystemParty           // Party form: 981-QĐ/TU
	SystemState           // State form: 59/QĐ-UBND, 30/2020/NĐ-CP
	SystemStandard        // technical standards: QCVN 102:2016/BTTTT
)

// Number is the number and symbol of a document (số, ký hiệu).
type Number struct {
	System System
	Serial uint32
	Year   uint16
	Suffix string
	Code   string
	Issuer string
	Unit   string
	Tail   string
}
