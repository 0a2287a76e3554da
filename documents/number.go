package documents

import "fmt"

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

// String prints the number as its system writes it.
func (n Number) String() string {
	serial := fmt.Sprintf("%02d%s", n.Serial, n.Suffix)
	if n.Year != 0 {
		serial += fmt.Sprintf("/%d", n.Year)
	}
	organ := n.Issuer
	if n.Unit != "" {
		organ += "-" + n.Unit
	}
	sep, sep2 := "-", "/"
	if n.System != SystemParty {
		sep, sep2 = "/", "-"
	}
	if n.Code == "" {
		sep2 = ""
	}
	out := serial + sep + n.Code + sep2 + organ
	if n.Tail != "" {
		out += "/" + n.Tail
	}
	return out
}

var systemCodes = [...]string{"", "party", "state", "standard"}

// MarshalText writes the system as its code: "party", "state", "standard".
func (s System) MarshalText() ([]byte, error) { return marshalCode("system", systemCodes[:], int(s)) }

// UnmarshalText reads what MarshalText writes.
func (s *System) UnmarshalText(b []byte) error {
	i, err := unmarshalCode("system", systemCodes[:], b)
	*s = System(i)
	return err
}
