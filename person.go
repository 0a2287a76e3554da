package vanphong

// Person is somebody the office writes about (đồng chí). The name is stored
// as received; compare people by ID, sort them with [ComparePersons].
type Person struct {
	ID   PersonID `json:"id"`
	Name string   `json:"name"` // family name first: "Nguyễn Văn An"
}

// Post is an office that somebody holds (chức vụ): "Bí thư Tỉnh ủy".
type Post struct {
	ID   PostID `json:"id"`
	Org  OrgID  `json:"org"`
	Name string `json:"name"`
}

// Holding says who held a post and when. What a person is within one body is
// in [Membership].
type Holding struct {
	Post   PostID   `json:"post"`
	Person PersonID `json:"person"`
	Days   Days     `json:"days"`
}

// HolderOn returns who held a post on a day, the first in the order given;
// false if nobody did.
func HolderOn(all []Holding, post PostID, day Date) (PersonID, bool) {
	for _, h := range all {
		if h.Post == post && h.Days.Contains(day) {
			return h.Person, true
		}
	}
	return "", false
}

// BodyKind is what kind of deciding body a [Body] is.
type BodyKind uint8

// The bodies of a Party committee. (OParl's "Body" is a municipality; here it
// is who sits and decides.)
const (
	BodyUnknown       BodyKind = iota
	PartyCommittee             // Ban Chấp hành (BCH)
	StandingCommittee          // Ban Thường vụ (BTV)
	ThuongTruc                 // Thường trực cấp ủy: secretary and deputy secretaries
	CongressBody               // Đại hội
	InspectionBody             // Ủy ban Kiểm tra
	OtherBody                  // any other
)

var bodyKindNames = [...]string{"", "Ban Chấp hành", "Ban Thường vụ", "Thường trực", "Đại hội", "Ủy ban Kiểm tra", "khác"}
var bodyKindCodes = [...]string{"", "party-committee", "standing-committee", "thuong-truc", "congress", "inspection", "other"}

// Name returns the Vietnamese name of the kind of body.
func (k BodyKind) Name() string { return EnumName(bodyKindNames[:], k) }

// MarshalText writes the kind as its code: "standing-committee" ….
func (k BodyKind) MarshalText() ([]byte, error) {
	return EnumText("body kind", bodyKindCodes[:], k)
}

// UnmarshalText reads what MarshalText writes.
func (k *BodyKind) UnmarshalText(b []byte) (err error) {
	*k, err = ParseEnum[BodyKind]("body kind", bodyKindCodes[:], b)
	return err
}

// Body is a body that meets and decides (Ban Chấp hành, Ban Thường vụ, Thường
// trực) of an organisation. The bodies of one committee share one organ
// symbol: the decider stands in the signature, not in the number.
type Body struct {
	ID   BodyID   `json:"id"`
	Org  OrgID    `json:"org"`
	Kind BodyKind `json:"kind"`
	Name string   `json:"name"` // "Ban Thường vụ Tỉnh ủy"
}

// Membership says who sat in a body and when (ủy viên).
type Membership struct {
	Body   BodyID   `json:"body"`
	Person PersonID `json:"person"`
	Post   string   `json:"post,omitempty"` // as printed: "Bí thư", "Phó Bí thư", "Ủy viên"
	Days   Days     `json:"days"`
}

// MembersOn returns the members of a body in office on a day, each once, in
// the order given: the base of a majority (workflow: more than half of those
// in office).
func MembersOn(all []Membership, body BodyID, day Date) []PersonID {
	var out []PersonID
	seen := map[PersonID]bool{}
	for _, m := range all {
		if m.Body == body && m.Days.Contains(day) && !seen[m.Person] {
			seen[m.Person] = true
			out = append(out, m.Person)
		}
	}
	return out
}
