package documents

import (
	"slices"
	"strconv"
	"strings"

	"github.com/vanphong-go/vanphong"
)

// Organ says how an organ's code in numbers is spelled (ký hiệu cơ quan) and
// which system it belongs to. It is not an identity: every đảng ủy is ĐU.
// There is no national list, each organ's head decides its code (NĐ 30/2020
// phụ lục I, II.3.b); the SDK's own list is what was seen, and replaceable.
//
// It is apart from the directory of organisations: a number read from paper gives
// letters only, and the owner is known from where the paper came.
type Organ struct {
	// Code is the code as it is to be printed: "TTg". With an asterisk first
	// ("*TU") or last ("ĐU*") it stands for all codes that end or begin so.
	Code string `json:"code"`
	// System is SystemParty for organs of the Party, of the Youth Union and
	// Party organs of the army; SystemState for all others.
	System System `json:"system"`
	// Name is the Vietnamese name, if the code stands for one organ or sort of
	// organs.
	Name string `json:"name,omitempty"`
	// Org is the organisation that the code stands for where the list is used,
	// "" if it stands for many. Several entries may share a code and differ in
	// it: every đảng ủy of a province is ĐU.
	Org    vanphong.OrgID  `json:"org,omitempty"`
	Source vanphong.Source `json:"source"`
}

// Organs is a list of organ codes that can be searched. It does not change;
// the nil *Organs is the list of the SDK.
//
// Three ways lead to an entry because every number asks twice: a small hash for
// short codes, a map for the rest, and a walk over the few patterns.
type Organs struct {
	list   []Organ
	byCode map[string]int              // codes as spelled, and in capitals without strokes
	short  codeHash                    // those of up to eight bytes once more
	many   bool                        // there are more than fit into short
	ends   []pattern                   // "*TU"
	begins []pattern                   // "ĐU*"
	orgs   map[string][]vanphong.OrgID // of codes as spelled; nil if no entry names any
}

func (o *Organ) isPattern() bool { return o.Code[0] == '*' || o.Code[len(o.Code)-1] == '*' }

// A pattern is the letters of an entry that stands for many codes.
type pattern struct {
	text string
	at   int // in list
}

// The hash keeps places of the list in 16 bits.
const maxOrgans = 30_000

// NewOrgans returns a list. Of two entries with the same code (case and the
// stroke of Đ aside) the later one counts, and a whole code counts before a
// pattern; for [Reading.Issuer] all entries of a code count that name an
// organisation. A code that no number could print, and more than 30,000 entries, are
// an [*vanphong.InputError].
func NewOrgans(list []Organ) (*Organs, error) {
	if len(list) > maxOrgans {
		return nil, vanphong.NewInputError("organs", strconv.Itoa(len(list)), "at most 30000", vanphong.ErrOutOfRange)
	}
	o := &Organs{list: slices.Clone(list), byCode: make(map[string]int, 2*len(list))}
	for i, e := range o.list {
		// One asterisk at most: "*TU*" would take in nearly every code.
		whole := strings.TrimSuffix(strings.TrimPrefix(e.Code, "*"), "*")
		if scanCode(whole, 0) != len(whole) || !startsUpper(whole, 0) || len(e.Code)-len(whole) > 1 || len(whole) > 30 {
			return nil, vanphong.NewInputError("organ code", e.Code, `capitals, digits and &, such as "UBND" or "*TU"`, nil)
		}
		if e.System != SystemParty && e.System != SystemState {
			return nil, vanphong.NewInputError("organ system", e.System.Name(), "party or state for "+e.Code, nil)
		}
		if e.Org != "" {
			if err := vanphong.CheckID("organ org", e.Org); err != nil {
				return nil, err
			}
			if o.orgs == nil {
				o.orgs = map[string][]vanphong.OrgID{}
			}
			if !slices.Contains(o.orgs[e.Code], e.Org) {
				o.orgs[e.Code] = append(o.orgs[e.Code], e.Org)
			}
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
	// An earlier entry may be spelled otherwise; its spelling must lead to the new one
	// too.
	bare := string(buf.of(o.list[i].Code))
	codes := []string{bare, o.list[i].Code}
	if old, ok := o.byCode[bare]; ok {
		codes = append(codes, o.list[old].Code)
	}
	for _, code := range codes {
		o.byCode[code] = i
		if !o.short.put(code, i) && len(code) <= 8 {
			o.many = true
		}
	}
}

// find returns the entry for a code and the folds that lead from the code as
// written to the entry's spelling (none for a pattern, which spells nothing).
func (o *Organs) find(code string) (e *Organ, by foldSet, ok bool) {
	i := o.short.find(code)
	ok = i >= 0
	if !ok && (len(code) > 8 || o.many) {
		i, ok = o.byCode[code]
	}
	if !ok && !isBare(code) {
		var buf bareBuf
		bare := buf.of(code)
		if i = o.short.find(string(bare)); i >= 0 {
			ok = true
		} else if len(bare) > 8 || o.many {
			i, ok = o.byCode[string(bare)]
		}
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
	// Beginnings before ends: BV… of the State must win over …TW of the Party.
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

// orgOf returns the organisation that a code, spelled as the list has it, stands
// for: the owner if it has that code, else the only one that has, else "".
func (o *Organs) orgOf(code string, owner vanphong.OrgID) vanphong.OrgID {
	orgs := o.orgs[code]
	switch {
	case slices.Contains(orgs, owner):
		return owner
	case len(orgs) == 1:
		return orgs[0]
	}
	return ""
}

// isBare reports whether a code is its own key: plain capitals, digits and &.
//
// Letters with marks begin with a byte above 'z', so one comparison a byte is
// enough.
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
