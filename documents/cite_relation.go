package documents

import "github.com/vanphong-go/vanphong"

// Relation is what a text does to a document it cites (quan hệ giữa các văn
// bản).
//
// 399-QĐ/TW Điều 3 and its predecessor let an issuer amend, replace or abolish
// a document and ask that the new one says so (grades N, S); the words for it
// are few.
type Relation uint8

// The relations.
const (
	Cites    Relation = iota // viện dẫn: no more than named
	Replaces                 // thay thế
	Repeals                  // bãi bỏ, hủy bỏ; also who reports it: "hết hiệu lực"
	Amends                   // sửa đổi, bổ sung
	Corrects                 // đính chính
)

var relationCodes = [...]string{"cites", "replaces", "repeals", "amends", "corrects"}
var relationNames = [...]string{"viện dẫn", "thay thế", "bãi bỏ", "sửa đổi, bổ sung", "đính chính"}

// Name returns the Vietnamese name of the relation: "thay thế".
func (r Relation) Name() string { return vanphong.EnumName(relationNames[:], r) }

// String returns the code of the relation: "replaces".
func (r Relation) String() string { return vanphong.EnumName(relationCodes[:], r) }

// MarshalText writes the relation as its code: "cites", "replaces" ….
func (r Relation) MarshalText() ([]byte, error) {
	return vanphong.EnumText("relation", relationCodes[:], r)
}

// UnmarshalText reads what MarshalText writes.
func (r *Relation) UnmarshalText(b []byte) (err error) {
	*r, err = vanphong.ParseEnum[Relation]("relation", relationCodes[:], b)
	return err
}

// relationVerbs are the verbs by their two words.
var relationVerbs = map[[2]uint64]Relation{
	{keyOf("thay"), keyOf("the")}:   Replaces,
	{keyOf("bai"), keyOf("bo")}:     Repeals,
	{keyOf("huy"), keyOf("bo")}:     Repeals,
	{keyOf("sua"), keyOf("doi")}:    Amends,
	{keyOf("bo"), keyOf("sung")}:    Amends,
	{keyOf("dinh"), keyOf("chinh")}: Corrects,
}

var (
	// Between the verb and what it acts on: "bởi", "bằng", "theo" turn it round
	// ("được thay thế bằng Quyết định số 12"), "căn cứ" begins something else.
	turningWords = keySet("bang", "boi", "theo", "tai", "can", "thuc", "trien", "nhu", "trai")
	denialWords  = keySet("khong", "chua")
	// Between a citation and a verb of which it is the subject.
	subjectWords = keySet("ve", "viec", "nham", "de", "da", "va", "se", "cung")
)

// relationAt returns what the text before b[i] does to what is cited there. It
// looks no further back than b[lo] and the beginning of the sentence. With
// subject, another citation ends at b[lo] that the text only names: a verb
// directly behind it is its own doing ("Nghị định A sửa đổi Nghị định B").
func relationAt(b []byte, lo, i int, subject bool) Relation {
	right := uint64(0)
	at := i
	for range 16 {
		w, ok := wordBefore(b, lo, at)
		if !ok || w.gap&(gapStop|gapEmpty) != 0 {
			return Cites
		}
		if turningWords.has(w.key) && !(w.key == keyOf("theo") && comesWith(b, lo, w)) {
			return Cites
		}
		if r, verb := relationVerbs[[2]uint64{w.key, right}]; verb {
			return relationOf(b, lo, w.start, r, subject)
		}
		right, at = w.key, w.start
	}
	return Cites
}

// expires reports whether what is cited before b[p] is said to have ended: "hết
// hiệu lực".
func expires(b []byte, p, hi int) bool {
	for i, key := range [...]uint64{keyOf("het"), keyOf("hieu"), keyOf("luc")} {
		w, ok := wordAfter(b, p, hi)
		if i == 0 && ok && w.gap.only(gapInside) && (w.key == keyOf("da") || w.key == keyOf("se")) {
			w, ok = wordAfter(b, w.end, hi)
		}
		if !ok || w.key != key || !w.gap.only(gapInside) {
			return false
		}
		p = w.end
	}
	return true
}

// comesWith reports whether "theo" is that of "kèm theo": who replaces a quy chế
// that a decision issued with it replaces what that decision did.
func comesWith(b []byte, lo int, theo citeWord) bool {
	w, ok := wordBefore(b, lo, theo.start)
	return ok && w.key == keyOf("kem") && w.gap.only(gapInside)
}

// relationOf decides whose doing the verb at b[i] is.
func relationOf(b []byte, lo, i int, r Relation, subject bool) Relation {
	at := i
	for range 8 {
		w, ok := wordBefore(b, lo, at)
		switch {
		case !ok && subject && w.gap&(gapStop|gapEmpty) == 0:
			return Cites
		case !ok:
			return r
		case at == i && denialWords.has(w.key) && w.gap.only(gapInside):
			return Cites
		case w.gap&(gapStop|gapEmpty) != 0 || !subjectWords.has(w.key) && !verbWords.has(w.key):
			return r
		}
		at = w.start
	}
	return r
}

// The syllables of the verbs: "sửa đổi, bổ sung" is found from its second verb.
var verbWords = keySet("sua", "doi", "bo", "sung", "thay", "the", "bai", "huy", "dinh", "chinh")
