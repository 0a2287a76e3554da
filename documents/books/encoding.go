package books

import (
	"encoding/binary"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/vanphong-go/vanphong"
)

// Encoding is how the letters of a file are written (bảng mã). Offices have
// kept registers on computers since before Unicode, and what they kept is in
// all of these, sometimes in one file.
//
// TCVN3 and VNI are properties of a font, not of a file: a register typed in
// .VnTime or VNI-Times and saved as XLSX holds Unicode characters that look
// like "QuyÕt ®Þnh" or "Quyeát ñònh". Both ways of meeting them, as bytes and
// as such characters, are read: see [Encoding.Decode] and [Encoding.Letters].
type Encoding uint8

// The encodings.
const (
	EncodingUnknown Encoding = iota
	UTF8                     // Unicode, composed (dựng sẵn) or with marks apart (tổ hợp)
	UTF16LE                  // "Unicode Text" of spreadsheets; known by its byte order mark
	UTF16BE                  // the same, high byte first
	Windows1258              // code page 1258 of Windows: tone marks stand apart
	TCVN3                    // TCVN 5712:1993 VN3, the ABC fonts: .VnTime, .VnTimeH
	VNI                      // VNI for Windows, up to two characters a letter: VNI-Times
)

var encodingNames = [...]string{"?", "UTF-8", "UTF-16LE", "UTF-16BE", "Windows-1258", "TCVN3 (ABC)", "VNI"}
var encodingCodes = [...]string{"", "utf-8", "utf-16le", "utf-16be", "windows-1258", "tcvn3", "vni"}

// Name returns the name that font menus and converters use.
func (e Encoding) Name() string { return vanphong.EnumName(encodingNames[:], e) }

// MarshalText writes the encoding as its code: "utf-8", "tcvn3" ….
func (e Encoding) MarshalText() ([]byte, error) {
	return vanphong.EnumText("encoding", encodingCodes[:], e)
}

// UnmarshalText reads what MarshalText writes.
func (e *Encoding) UnmarshalText(b []byte) (err error) {
	*e, err = vanphong.ParseEnum[Encoding]("encoding", encodingCodes[:], b)
	return err
}

// Decode returns the text that bytes stand for, in NFC, without a byte order
// mark. A byte that no letter has in this encoding is an
// [*vanphong.InputError] that tells its place; nothing is replaced by "?".
//
// The bytes 80 to 9F are the punctuation of Windows (“ ” – …), as they are in
// every file that Word or Excel wrote in ABC and VNI fonts; TCVN 5712 VN1 has
// capitals there, which those fonts never had.
//
// TCVN3 has no capitals with a tone: .VnTimeH shows "quyÕt" as QUYẾT and the
// bytes do not tell. Decode puts a word in capitals that has a capital behind
// its first letter and no letter that is surely small (a to z), and the rest of
// a text that has such a word and no small letter anywhere. What is left comes
// out in small letters. See [Encoding.Encode] for the way back.
func (e Encoding) Decode(b []byte) (string, error) {
	switch e {
	case UTF8:
		b = trimBOM(b)
		if !utf8.Valid(b) {
			at := invalidAt(b)
			return "", e.refuse(at, rune(b[at]))
		}
		return vanphong.NFC(string(b)), nil
	case UTF16LE:
		return decodeUTF16(b, binary.LittleEndian, e)
	case UTF16BE:
		return decodeUTF16(b, binary.BigEndian, e)
	case Windows1258, TCVN3, VNI:
		s, at := e.letters(widen(b))
		if at >= 0 {
			return "", e.refuse(at, rune(b[at]))
		}
		return s, nil
	}
	return "", vanphong.NewInputError("encoding", e.Name(), "one of "+strings.Join(encodingCodes[1:], ", "), nil)
}

// Letters returns the text that s stands for if its characters are those that
// an old font used: "QuyÕt ®Þnh" is Quyết định in TCVN3, "Quyeát ñònh" in VNI.
// That is how such text looks in XLSX and in files saved as Unicode. A
// character that the font does not have is an [*vanphong.InputError].
func (e Encoding) Letters(s string) (string, error) {
	switch e {
	case UTF8, UTF16LE, UTF16BE:
		return vanphong.NFC(s), nil
	case Windows1258, TCVN3, VNI:
		runes := []rune(s)
		out, at := e.letters(runes)
		if at >= 0 {
			return "", e.refuse(at, runes[at])
		}
		return out, nil
	}
	return "", vanphong.NewInputError("encoding", e.Name(), "one of "+strings.Join(encodingCodes[1:], ", "), nil)
}

// letters is Decode and Letters on characters; at is the place of the first
// that the encoding does not have, or -1.
func (e Encoding) letters(in []rune) (out string, at int) {
	switch e {
	case VNI:
		return lettersVNI(in)
	case TCVN3:
		return lettersTCVN3(in)
	}
	var b strings.Builder
	for i, r := range in {
		c, ok := narrow(r)
		if !ok {
			return "", i
		}
		if r = cp1258[c]; r == 0 {
			return "", i
		}
		b.WriteRune(r)
	}
	return vanphong.NFC(b.String()), -1
}

func (e Encoding) refuse(at int, r rune) error {
	return vanphong.NewInputError("encoding", fmt.Sprintf("%U at %d", r, at), "a letter of "+e.Name(), nil)
}

// Encode writes a text in an encoding; UTF-16 comes with its byte order mark,
// UTF-8 without. A character that the encoding does not have is an
// [*vanphong.InputError].
//
// In TCVN3 a capital with a tone is written as its small letter, which is what
// a typist with .VnTimeH has in the file: a word in capitals comes back as it
// was, a single such capital at the head of a word ("Ấp") comes back small.
func (e Encoding) Encode(s string) ([]byte, error) {
	s = vanphong.NFC(s)
	switch e {
	case UTF8:
		return []byte(s), nil
	case UTF16LE, UTF16BE:
		var order binary.AppendByteOrder = binary.LittleEndian
		if e == UTF16BE {
			order = binary.BigEndian
		}
		out := order.AppendUint16(nil, 0xFEFF)
		for _, u := range utf16.Encode([]rune(s)) {
			out = order.AppendUint16(out, u)
		}
		return out, nil
	case Windows1258, TCVN3, VNI:
		table := encoders[e]
		out := make([]byte, 0, len(s))
		for i, r := range s {
			text, ok := table[r]
			switch {
			case r < utf8.RuneSelf:
				out = append(out, byte(r))
			case ok:
				out = append(out, text...)
			default:
				return nil, e.refuse(i, r)
			}
		}
		return out, nil
	}
	return nil, vanphong.NewInputError("encoding", e.Name(), "one of "+strings.Join(encodingCodes[1:], ", "), nil)
}

// trimBOM takes away every byte order mark at the beginning: files that were put
// together have more than one.
func trimBOM(b []byte) []byte {
	for len(b) >= 3 && b[0] == 0xEF && b[1] == 0xBB && b[2] == 0xBF {
		b = b[3:]
	}
	return b
}

func invalidAt(b []byte) int {
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return 0
}

// decodeUTF16 refuses half a character and half a pair: with replacement
// characters in their place the damage would look like text.
func decodeUTF16(b []byte, order binary.ByteOrder, e Encoding) (string, error) {
	if len(b)%2 != 0 {
		return "", e.refuse(len(b)-1, rune(b[len(b)-1]))
	}
	var out strings.Builder
	for i := 0; i < len(b); i += 2 {
		r := rune(order.Uint16(b[i:]))
		switch {
		case r == 0xFEFF && out.Len() == 0:
			continue
		case utf16.IsSurrogate(r):
			if i+4 > len(b) {
				return "", e.refuse(i, r)
			}
			pair := utf16.DecodeRune(r, rune(order.Uint16(b[i+2:])))
			if pair == utf8.RuneError {
				return "", e.refuse(i, r)
			}
			r, i = pair, i+2
		}
		out.WriteRune(r)
	}
	return vanphong.NFC(out.String()), nil
}

// widen gives bytes as the characters that Western Windows shows for them.
func widen(b []byte) []rune {
	out := make([]rune, len(b))
	for i, c := range b {
		out[i] = rune(c)
		if c >= 0x80 && c < 0xA0 && punctuation[c-0x80] != 0 {
			out[i] = punctuation[c-0x80]
		}
	}
	return out
}

// narrow is widen backwards.
func narrow(r rune) (byte, bool) {
	if r <= 0xFF {
		return byte(r), true
	}
	c, ok := narrowed[r]
	return c, ok
}
