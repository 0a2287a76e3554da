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
	byBare map[string]int // capitals without strokes, to the entry in list
	ends   []int          // patterns "*TU"
	begins []int          // patterns "ĐU*"
}

// NewOrgans returns a list. Of two entries with the same code (case and the
// stroke of Đ aside) the later one counts, and a whole code counts before a
// pattern. A code that no number could print is an [*vanphong.InputError].
func NewOrgans(list []Organ) (*Organs, error) {
	o := &Organs{list: slices.Clone(list), byBare: make(map[string]int, len(list))}
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
			o.ends = append(o.ends, i)
		case len(e.Code) > len(whole):
			o.begins = append(o.begins, i)
		default:
			var buf bareBuf
			o.byBare[string(buf.of(e.Code))] = i
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

// find returns the entry for a code and the folds that lead from the code as
// written to the entry's spelling (none for a pattern, which spells nothing).
func (o *Organs) find(code string) (e *Organ, by foldSet, ok bool) {
	i, ok := o.byBare[code] // most codes are plain capitals: their own key
	if !ok {
		var buf bareBuf
		i, ok = o.byBare[string(buf.of(code))]
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
	for _, i := range o.begins {
		if p := o.list[i].Code; strings.HasPrefix(code, p[:len(p)-1]) {
			return &o.list[i], 0, true
		}
	}
	for _, i := range o.ends {
		if strings.HasSuffix(code, o.list[i].Code[1:]) {
			return &o.list[i], 0, true
		}
	}
	return nil, 0, false
}

// centralU is the old way to write TW, trung ương: "12-NQ/TƯ", "VPTƯ".
// (TU, without the horn, is tỉnh ủy or thành ủy.)
const centralU = "TƯ"

// fixCentral returns a code with TƯ at its begin or end written TW.
func fixCentral(code string) (string, bool) {
	if rest, ok := strings.CutSuffix(code, centralU); ok {
		return rest + "TW", true
	}
	if rest, ok := strings.CutPrefix(code, centralU); ok {
		return "TW" + rest, true
	}
	return code, false
}
