package documents

import (
	"encoding"
	"encoding/hex"
	"strconv"

	"github.com/vanphong-go/vanphong"
)

var entryStateNames = [...]string{"", "giữ chỗ", "đã ban hành", "đã hủy", "sổ mật giữ"}
var entryStateCodes = [...]string{"", "reserved", "issued", "void", "held"}

// Name returns the Vietnamese name of the state.
func (s EntryState) Name() string { return vanphong.EnumName(entryStateNames[:], s) }

// MarshalText writes the state as its code: "reserved", "issued", "void",
// "held".
func (s EntryState) MarshalText() ([]byte, error) {
	return vanphong.EnumText("state", entryStateCodes[:], s)
}

// UnmarshalText reads what MarshalText writes.
func (s *EntryState) UnmarshalText(b []byte) (err error) {
	*s, err = vanphong.ParseEnum[EntryState]("state", entryStateCodes[:], b)
	return err
}

var eventKindNames = [...]string{"", "mở dãy số", "giữ chỗ", "ban hành", "trả số", "hủy số", "chuyển sổ mật", "khóa dãy số", "ấn định ngày cuối",
	"vào sổ muộn", "chèn số", "sổ mật báo về", "thu hồi", "bãi bỏ", "thay thế", "sửa đổi, bổ sung", "đính chính"}
var eventKindCodes = [...]string{"", "opened", "reserved", "issued", "released", "voided", "held", "closed", "ended",
	"late", "inserted", "reconciled", "recalled", "repealed", "superseded", "amended", "corrected"}

// Name returns the Vietnamese name of the event.
func (k EventKind) Name() string { return vanphong.EnumName(eventKindNames[:], k) }

// MarshalText writes the kind as its code: "opened", "reserved", "issued",
// "released", "voided", "held", "closed", "ended", "late", "inserted",
// "reconciled", "recalled", "repealed", "superseded", "amended", "corrected".
func (k EventKind) MarshalText() ([]byte, error) {
	return vanphong.EnumText("event kind", eventKindCodes[:], k)
}

// UnmarshalText reads what MarshalText writes.
func (k *EventKind) UnmarshalText(b []byte) (err error) {
	*k, err = vanphong.ParseEnum[EventKind]("event kind", eventKindCodes[:], b)
	return err
}

// code is what errors name a value by: they are in English, its Name is not.
func code(v encoding.TextMarshaler) string {
	text, _ := v.MarshalText()
	return string(text)
}

// String returns the sum as hexadecimal text.
func (d Digest) String() string { return hex.EncodeToString(d[:]) }

// MarshalText writes the sum as hexadecimal text.
func (d Digest) MarshalText() ([]byte, error) { return hexText(d[:]), nil }

// UnmarshalText reads what MarshalText writes.
func (d *Digest) UnmarshalText(b []byte) error { return readHex("digest", d[:], b) }

// MarshalText writes the salt as hexadecimal text.
func (s Salt) MarshalText() ([]byte, error) { return hexText(s[:]), nil }

// UnmarshalText reads what MarshalText writes.
func (s *Salt) UnmarshalText(b []byte) error { return readHex("salt", s[:], b) }

func hexText(src []byte) []byte { return hex.AppendEncode(nil, src) }

// readHex fills dst from exactly as many digits as it takes: a digest cut short in a
// file must not pass for another one padded with zeros.
func readHex(field string, dst, text []byte) error {
	if len(text) == hex.EncodedLen(len(dst)) {
		if _, err := hex.Decode(dst, text); err == nil {
			return nil
		}
	}
	return vanphong.NewInputError(field, string(text), strconv.Itoa(2*len(dst))+" hexadecimal digits", nil)
}
