package documents

import (
	"slices"
	"strings"

	"github.com/vanphong-go/vanphong"
)

// Organ says how an organ's code in numbers is spelled (ký hiệu cơ quan) and
// which system it belongs to. It is not an identity: every đảng ủy is ĐU.
// There is no national list, each organ's head decides its code (NĐ 30/2020
// phụ lục I, II.3.b); the SDK's own list is what was seen, and replaceable.
type Organ struct {
	// Code is the code as it is to be printed: "TTg". With an asterisk first
	// ("*TU") or last ("ĐU*") it stands for all codes that end or begin so.
	Code string `json:"code"`
	// System is SystemParty for organs of the Party, of the Youth Union and
	// Party organs of the army; SystemState for all others.
	System System `json:"system"`
	// Name is the Vietnamese name, if the code stands for one organ or sort of
	// organs.
	Name   string          `json:"name,omitempty"`
	Source vanphong.Source `json:"source"`
}

// Organs is a list of organ codes that can be searched. It does not change;
// the nil *Organs is the list of the SDK.
type Organs struct {
	list   []Organ
	byCode map[string]int // codes as spelled, and in capitals without strokes
	ends   []pattern      // "*TU"
	begins []pattern      // "ĐU*"
}

// A pattern is the letters of an entry that stands for many codes.
type pattern struct {
	text string
	at   int // in list
}

// NewOrgans returns a list. Of two entries with the same code (case and the
// stroke of Đ aside) the later one counts, and a whole code counts before a
// pattern. A code that no number could print is an [*vanphong.InputError].
func NewOrgans(list []Organ) (*Organs, error) {
	o := &Organs{list: slices.Clone(list), byCode: make(map[string]int, 2*len(list))}
	for i, e := range o.list {
		whole := strings.TrimSuffix(strings.TrimPrefix(e.Code, "*"), "*")
		if scanCode(whole, 0) != len(whole) || !startsUpper(whole, 0) || len(e.Code)-len(whole) > 1 || len(whole) > 30 {
			return nil, vanphong.NewInputError("organ code", e.Code, `capitals, digits and &, such as "UBND" or "*TU"`, nil)
		}
		if e.System != SystemParty && e.System != SystemState {
			return nil, vanphong.NewInputError("organ system", e.System.Name(), "party or state for "+e.Code, nil)
		}
		switch {
		case e.Code[0] == '*':
			o.ends = append(o.ends, pattern{whole, i})
		case len(e.Code) > len(whole):
			o.begins = append(o.begins, pattern{whole, i})
		default:
			o.put(i)
		}
	}
	return o, nil
}

// DefaultOrgans returns the SDK's own entries, for a caller who adds to them:
//
//	NewOrgans(append(DefaultOrgans(), mine...))
func DefaultOrgans() []Organ { return slices.Clone(builtinOrgans.list) }

// Find returns the entry that a code falls under, whatever its case and with D
// for Đ where the list knows only Đ.
func (o *Organs) Find(code string) (Organ, bool) {
	o = o.orBuiltin()
	e, _, ok := o.find(code)
	if !ok {
		return Organ{}, false
	}
	return *e, true
}

func (o *Organs) orBuiltin() *Organs {
	if o == nil {
		return builtinOrgans
	}
	return o
}

// put enters list[i] under its code and under the key that other spellings of
// the code have, in place of an earlier entry.
func (o *Organs) put(i int) {
	var buf bareBuf
	bare := string(buf.of(o.list[i].Code))
	if old, ok := o.byCode[bare]; ok {
		delete(o.byCode, o.list[old].Code)
	}
	o.byCode[bare] = i
	o.byCode[o.list[i].Code] = i
}

// find returns the entry for a code and the folds that lead from the code as
// written to the entry's spelling (none for a pattern, which spells nothing).
func (o *Organs) find(code string) (e *Organ, by foldSet, ok bool) {
	i, ok := o.byCode[code]
	if !ok && !isBare(code) {
		var buf bareBuf
		i, ok = o.byCode[string(buf.of(code))]
	}
	if ok {
		e = &o.list[i]
		if e.Code == code {
			return e, 0, true
		}
		if by = spelling(code, e.Code); by.known() {
			return e, by, true
		}
	}
	for i := range o.begins {
		if p := &o.begins[i]; strings.HasPrefix(code, p.text) {
			return &o.list[p.at], 0, true
		}
	}
	for i := range o.ends {
		if p := &o.ends[i]; strings.HasSuffix(code, p.text) {
			return &o.list[p.at], 0, true
		}
	}
	return nil, 0, false
}

// isBare reports whether a code is its own key: plain capitals, digits and &.
func isBare(code string) bool {
	for i := 0; i < len(code); i++ {
		if c := code[i]; c >= 'a' {
			return false
		}
	}
	return true
}

// centralU is the old way to write TW, trung ương: "12-NQ/TƯ", "VPTƯ".
// (TU, without the horn, is tỉnh ủy or thành ủy.)
const centralU = "TƯ"

// fixCentral returns a code with TƯ at its begin or end written TW.
func fixCentral(code string) (string, bool) {
	if isBare(code) {
		return code, false
	}
	if rest, ok := strings.CutSuffix(code, centralU); ok {
		return rest + "TW", true
	}
	if rest, ok := strings.CutPrefix(code, centralU); ok {
		return "TW" + rest, true
	}
	return code, false
}
