package vanphong

import "slices"

// Level is the place of an organisation in the political system.
type Level uint8

// The levels. Districts were abolished on 01/7/2025 and stay readable.
const (
	LevelUnknown    Level = iota
	LevelCentral          // Trung ương
	LevelProvince         // tỉnh, thành phố trực thuộc Trung ương
	LevelDistrict         // huyện, quận, thị xã, thành phố thuộc tỉnh (đến 30/6/2025)
	LevelCommune          // xã, phường, đặc khu
	LevelGrassroots       // tổ chức cơ sở đảng
	LevelCell             // chi bộ
)

var levelNames = [...]string{"", "Trung ương", "cấp tỉnh", "cấp huyện", "cấp xã", "cơ sở", "chi bộ"}

// Name returns the Vietnamese name of the level.
func (l Level) Name() string { return EnumName(levelNames[:], l) }

// MarshalText writes the level as its code: "central", "province" ….
func (l Level) MarshalText() ([]byte, error) { return EnumText("level", levelCodes[:], l) }

// UnmarshalText reads what MarshalText writes.
func (l *Level) UnmarshalText(b []byte) (err error) {
	*l, err = ParseEnum[Level]("level", levelCodes[:], b)
	return err
}

var levelCodes = [...]string{"", "central", "province", "district", "commune", "grassroots", "cell"}

// Organisation is an organ or unit (cơ quan, tổ chức, đơn vị) as it stood
// during its validity. A change of name, kind or parent is a new Organisation
// that names the old one as predecessor: what was signed by the old one keeps
// its name.
type Organisation struct {
	ID     OrgID  `json:"id"`
	Name   string `json:"name"`             // "Tỉnh ủy Thái Nguyên"
	Symbol string `json:"symbol,omitempty"` // organ symbol in numbers: "TU"; not unique (every đảng ủy is ĐU)
	Level  Level  `json:"level"`
	Parent OrgID  `json:"parent,omitempty"`
	Valid  Days   `json:"valid"` // zero End: still there

	// Predecessors and Successors are the organisations this one was formed
	// from and went into. An abolished district has several successors.
	Predecessors []OrgID `json:"predecessors,omitempty"`
	Successors   []OrgID `json:"successors,omitempty"`
}

// Equal reports whether two records say the same.
func (o Organisation) Equal(p Organisation) bool {
	return o.ID == p.ID && o.Name == p.Name && o.Symbol == p.Symbol && o.Level == p.Level &&
		o.Parent == p.Parent && o.Valid == p.Valid &&
		slices.Equal(o.Predecessors, p.Predecessors) && slices.Equal(o.Successors, p.Successors)
}
