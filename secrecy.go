package vanphong

// Secrecy is the level of State secrecy (độ mật) of a document, item or
// entry: three levels by Luật Bảo vệ bí mật nhà nước 29/2018/QH14, Điều 8
// (grade P). That law 117/2025/QH15, in force since 01/3/2026, keeps them is
// known from secondary texts only (grade S).
type Secrecy uint8

// The levels of secrecy, in order.
const (
	NotSecret    Secrecy = iota // không mật
	Confidential                // Mật
	Secret                      // Tối mật
	TopSecret                   // Tuyệt mật
)

var secrecyNames = [...]string{"không mật", "Mật", "Tối mật", "Tuyệt mật"}
var secrecyCodes = [...]string{"none", "confidential", "secret", "top-secret"}

// Name returns the Vietnamese mark of the level.
func (s Secrecy) Name() string { return EnumName(secrecyNames[:], s) }

// MarshalText writes the level as its code: "none", "confidential" ….
func (s Secrecy) MarshalText() ([]byte, error) {
	return EnumText("secrecy", secrecyCodes[:], s)
}

// UnmarshalText reads what MarshalText writes. Anything else is an error and
// leaves the highest level: what is misread must not come out as open.
func (s *Secrecy) UnmarshalText(b []byte) (err error) {
	if *s, err = ParseEnum[Secrecy]("secrecy", secrecyCodes[:], b); err != nil {
		*s = TopSecret
	}
	return err
}

// Zone names a network zone or an outlet that content may leave to:
// "internet", "mạng diện rộng của Đảng", "LAN độc lập", "terminal" …. Which
// zones there are is the caller's to say.
type Zone string

// Placeholder is what stands in for a text that may not leave.
const Placeholder = "(nội dung mật)"

// Redaction is the one door that every value passes on its way out of the SDK
// (files, calendars, messages, reports): the highest secrecy that each zone
// may receive. A zone it does not name receives nothing above [NotSecret]; so
// does every zone of the zero value, the default.
type Redaction map[Zone]Secrecy

// Allows reports whether content of level s may leave to zone. A level that
// does not exist never may.
func (r Redaction) Allows(zone Zone, s Secrecy) bool {
	return s <= r[zone] && s <= TopSecret
}

// Text returns text if it may leave to zone, and [Placeholder] otherwise.
func (r Redaction) Text(zone Zone, s Secrecy, text string) string {
	if r.Allows(zone, s) {
		return text
	}
	return Placeholder
}

// Check returns an error that wraps [ErrSecret] unless content of level s may
// leave to zone. The error names the level and the zone, never the content.
func (r Redaction) Check(zone Zone, s Secrecy) error {
	if r.Allows(zone, s) {
		return nil
	}
	return NewInputError("secrecy", s.Name(), "at most "+r[zone].Name()+" for zone "+string(zone), ErrSecret)
}

// Urgency is the mark of haste (mức độ khẩn) of a document. 66-QĐ/TW, Điều 16
// (grade N, until 09/01/2026) has khẩn, thượng khẩn, hỏa tốc hẹn giờ;
// 05-HD/VPTW (grade S) has hỏa tốc: both are kept.
type Urgency uint8

// The marks of haste, in order.
const (
	NotUrgent    Urgency = iota // thường
	Urgent                      // Khẩn
	VeryUrgent                  // Thượng khẩn
	Express                     // Hỏa tốc
	ExpressTimed                // Hỏa tốc hẹn giờ
)

var urgencyNames = [...]string{"thường", "Khẩn", "Thượng khẩn", "Hỏa tốc", "Hỏa tốc hẹn giờ"}
var urgencyCodes = [...]string{"none", "urgent", "very-urgent", "express", "express-timed"}

// Name returns the Vietnamese mark.
func (u Urgency) Name() string { return EnumName(urgencyNames[:], u) }

// MarshalText writes the mark as its code: "none", "urgent" ….
func (u Urgency) MarshalText() ([]byte, error) {
	return EnumText("urgency", urgencyCodes[:], u)
}

// UnmarshalText reads what MarshalText writes.
func (u *Urgency) UnmarshalText(b []byte) (err error) {
	*u, err = ParseEnum[Urgency]("urgency", urgencyCodes[:], b)
	return err
}
