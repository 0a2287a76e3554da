package reporting

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"math/big"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/vanphong-go/vanphong"
)

// Qualifier says how a printed value stands to the true one.
//
// Reports write "trên 410" and "gần 1.100"; stored as bare numbers they would
// be added up as if they were exact.
type Qualifier uint8

// The qualifiers.
const (
	Exact  Qualifier = iota // the value itself
	Over                    // trên: at least the value
	Nearly                  // gần: a little less
	About                   // khoảng: near it, either side
)

var qualifierCodes = [...]string{"exact", "over", "nearly", "about"}
var qualifierWords = [...]string{"", "trên ", "gần ", "khoảng "}

// Name returns the Vietnamese word, "" for Exact.
func (q Qualifier) Name() string {
	return strings.TrimSpace(vanphong.EnumName(qualifierWords[:], q))
}

// MarshalText writes the qualifier as its code: "exact", "over" ….
func (q Qualifier) MarshalText() ([]byte, error) {
	return vanphong.EnumText("qualifier", qualifierCodes[:], q)
}

// UnmarshalText reads what MarshalText writes.
func (q *Qualifier) UnmarshalText(b []byte) (err error) {
	*q, err = vanphong.ParseEnum[Qualifier]("qualifier", qualifierCodes[:], b)
	return err
}

// Figure is one figure of a report (số liệu): so many of something. The zero
// Figure is none of nothing, and no report takes it.
//
// A figure that cannot be split, as meetings of two bodies counted together,
// takes a subject of its own: subjects are words, not kinds.
type Figure struct {
	Subject   string    `json:"subject"` // "nghị quyết", "hội nghị Ban Thường vụ Tỉnh ủy"
	Value     int64     `json:"value"`
	Qualifier Qualifier `json:"qualifier"`
}

// MaxSubject is the longest subject in bytes.
const MaxSubject = 500

// Check returns an [*vanphong.InputError] unless the figure can stand in a
// sentence: a subject of 1 to [MaxSubject] bytes of text without blanks at its
// ends, a value that is not negative, a qualifier that exists.
//
// Blanks at the ends would show as double spaces in the sentence, and make two
// subjects of one.
func (f Figure) Check() error {
	if f.Subject == "" || len(f.Subject) > MaxSubject || !utf8.ValidString(f.Subject) ||
		strings.ContainsFunc(f.Subject, unicode.IsControl) || strings.TrimSpace(f.Subject) != f.Subject {
		return vanphong.NewInputError("subject", f.Subject, "a text of 1 to 500 bytes on one line, no blanks at its ends", nil)
	}
	if f.Value < 0 {
		return vanphong.NewInputError("value", strconv.FormatInt(f.Value, 10), "a count, 0 or more, of "+f.Subject, nil)
	}
	if _, err := f.Qualifier.MarshalText(); err != nil {
		return err
	}
	return nil
}

// String returns the figure as reports print it: "01 nghị quyết", "trên 410
// thông báo", "gần 1.100 đại biểu". It does not check.
//
// It is for logs and for sentences whose figures were checked; an unknown
// qualifier shows as "?".
func (f Figure) String() string {
	word := "? "
	if int(f.Qualifier) < len(qualifierWords) {
		word = qualifierWords[f.Qualifier]
	}
	return word + Numeral(f.Value) + " " + f.Subject
}

// Numeral writes a count as reports do: a zero before 1 to 9, a dot between
// thousands; "0", "01", "10", "3.838". A negative number, which is no count,
// keeps its sign.
//
// The zero before 1 to 9 is attested (grade W: "01 nghị quyết"); before 0 it is
// not.
func Numeral(n int64) string {
	s := strconv.FormatInt(n, 10)
	if n > 0 && n < 10 {
		return "0" + s
	}
	return groupThousands(s)
}

func groupThousands(s string) string {
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "-", s[1:]
	}
	// From the end, so that a dot put in does not move those still to come.
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "." + s[i:]
	}
	return sign + s
}

// RoundDown returns f with its value cut to a multiple of step: 412 by tens is
// "trên 410". A multiple stays exact, and so does a value below one step. It
// is for print only, never for adding up. A step under 1 is an error; so is a
// figure that is already said to be nearly or about something, since cutting
// it would say more than is known.
//
// "Over" of something over is still true, "nearly" cut down is not.
func RoundDown(f Figure, step int64) (Figure, error) {
	if step < 1 {
		return f, vanphong.NewInputError("step", strconv.FormatInt(step, 10), "1 or more", nil)
	}
	if err := f.Check(); err != nil {
		return f, err
	}
	if f.Qualifier > Over {
		return f, vanphong.NewInputError("qualifier", qualifierCodes[f.Qualifier], "exact or over, to be cut", vanphong.ErrState)
	}
	// A value below one step would become "trên 0", which says nothing.
	if rest := f.Value % step; rest != 0 && f.Value > step {
		f.Value -= rest
		f.Qualifier = Over
	}
	return f, nil
}

// ParseFigure reads one figure from JSON, as
// {"subject":"thông báo","value":410,"qualifier":"over"}; without a qualifier
// it is exact. A field it does not know, a missing subject or value, a value
// that is no whole number, and more than one object are errors.
//
// Pointers tell a figure of 0 from one that was left out: an import with a
// missing column must not report zeros.
func ParseFigure(line []byte) (Figure, error) {
	var in struct {
		Subject   *string   `json:"subject"`
		Value     *int64    `json:"value"`
		Qualifier Qualifier `json:"qualifier"`
	}
	const want = `{"subject":…,"value":…,"qualifier":"exact|over|nearly|about"}`
	d := json.NewDecoder(bytes.NewReader(line))
	d.DisallowUnknownFields()
	if err := d.Decode(&in); err != nil {
		var bad *vanphong.InputError
		if errors.As(err, &bad) {
			return Figure{}, bad
		}
		return Figure{}, vanphong.NewInputError("figure", string(line), want, nil)
	}
	if _, err := d.Token(); err != io.EOF {
		return Figure{}, vanphong.NewInputError("figure", string(line), "one object: "+want, nil)
	}
	if in.Subject == nil || in.Value == nil {
		return Figure{}, vanphong.NewInputError("figure", string(line), "subject and value: "+want, nil)
	}
	f := Figure{*in.Subject, *in.Value, in.Qualifier}
	return f, f.Check()
}

// Rounding is what happens to the digits of a percentage that are not printed.
type Rounding uint8

// The two ways that reports use: published figures of the Government were cut
// (16,051 of 16,274 printed as 98.62 %), others rounded.
//
// Both are in use, and at the second decimal they differ for half of all
// figures; so the caller must choose.
const (
	Cut   Rounding = iota // bỏ phần lẻ
	Round                 // làm tròn: half goes up
)

// Percent writes part of whole as a percentage with that many decimals (0 to
// 6), by exact arithmetic and rounded once, here: Percent(16051, 16274, 2, Cut)
// is "98,62%", with Round "98,63%". A whole of 0 has no percentage and is an
// error, as are negative numbers. Which whole is meant (assigned, due, …) must
// be said beside it: reports use at least three.
func Percent(part, whole int64, decimals int, how Rounding) (string, error) {
	switch {
	case part < 0:
		return "", vanphong.NewInputError("part", strconv.FormatInt(part, 10), "0 or more", nil)
	case whole <= 0:
		return "", vanphong.NewInputError("whole", strconv.FormatInt(whole, 10), "1 or more", nil)
	case decimals < 0 || decimals > 6:
		return "", vanphong.NewInputError("decimals", strconv.Itoa(decimals), "0 to 6", nil)
	case how > Round:
		return "", vanphong.NewInputError("rounding", strconv.Itoa(int(how)), "Cut or Round", nil)
	}
	// Big numbers, because part times a hundred millions may not fit; counts
	// may, their product need not.
	scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(decimals)+2), nil)
	n := scale.Mul(scale, big.NewInt(part))
	n, rest := n.QuoRem(n, big.NewInt(whole), new(big.Int))
	// Twice the rest against the whole is "half or more" without a fraction.
	if how == Round && rest.Lsh(rest, 1).Cmp(big.NewInt(whole)) >= 0 {
		n.Add(n, big.NewInt(1))
	}
	s := n.String()
	// At least one digit before the comma: "0,05%".
	for len(s) <= decimals {
		s = "0" + s
	}
	out := groupThousands(s[:len(s)-decimals])
	if decimals > 0 {
		out += "," + s[len(s)-decimals:]
	}
	return out + "%", nil
}
