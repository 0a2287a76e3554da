package documents

import (
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"github.com/vanphong-go/vanphong"
)

// The enumerations of the ledger are written as stable codes and its sums as
// hexadecimal text: a ledger is read long after the program that wrote it.

func marshalCode(field string, codes []string, i int) ([]byte, error) {
	if i < 0 || i >= len(codes) {
		return nil, vanphong.NewInputError(field, strconv.Itoa(i), "one of "+strings.Join(codes, ", "), nil)
	}
	return []byte(codes[i]), nil
}

func unmarshalCode(field string, codes []string, b []byte) (int, error) {
	if i := slices.Index(codes, string(b)); i >= 0 {
		return i, nil
	}
	return 0, vanphong.NewInputError(field, string(b), "one of "+strings.Join(codes, ", "), nil)
}

func nameOf(names []string, i int) string {
	if i < 0 || i >= len(names) {
		return "?"
	}
	return names[i]
}

var entryStateNames = [...]string{"", "giữ chỗ", "đã ban hành", "đã hủy", "sổ mật giữ"}
var entryStateCodes = [...]string{"", "reserved", "issued", "void", "held"}

// Name returns the Vietnamese name of the state.
func (s EntryState) Name() string { return nameOf(entryStateNames[:], int(s)) }

// MarshalText writes the state as its code: "reserved", "issued", "void",
// "held".
func (s EntryState) MarshalText() ([]byte, error) {
	return marshalCode("state", entryStateCodes[:], int(s))
}

// UnmarshalText reads what MarshalText writes.
func (s *EntryState) UnmarshalText(b []byte) error {
	i, err := unmarshalCode("state", entryStateCodes[:], b)
	*s = EntryState(i)
	return err
}

var eventKindNames = [...]string{"", "mở dãy số", "giữ chỗ", "ban hành", "trả số", "hủy số", "chuyển sổ mật", "khóa dãy số", "ấn định ngày cuối"}
var eventKindCodes = [...]string{"", "opened", "reserved", "issued", "released", "voided", "held", "closed", "ended"}

// Name returns the Vietnamese name of the event.
func (k EventKind) Name() string { return nameOf(eventKindNames[:], int(k)) }

// MarshalText writes the kind as its code: "opened", "reserved", "issued",
// "released", "voided", "held", "closed", "ended".
func (k EventKind) MarshalText() ([]byte, error) {
	return marshalCode("event kind", eventKindCodes[:], int(k))
}

// UnmarshalText reads what MarshalText writes.
func (k *EventKind) UnmarshalText(b []byte) error {
	i, err := unmarshalCode("event kind", eventKindCodes[:], b)
	*k = EventKind(i)
	return err
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

func readHex(field string, dst, text []byte) error {
	if len(text) == hex.EncodedLen(len(dst)) {
		if _, err := hex.Decode(dst, text); err == nil {
			return nil
		}
	}
	return vanphong.NewInputError(field, string(text), strconv.Itoa(2*len(dst))+" hexadecimal digits", nil)
}
