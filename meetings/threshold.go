package meetings

import (
	"fmt"
	"math/bits"
	"strconv"

	"github.com/vanphong-go/vanphong"
)

// Base is what a [Threshold] counts against. Two rules of the same committee
// use two bases: quorum counts against those summoned, a majority against
// those in office.
//
// The first three count people, the last three votes; a rule that says only
// "majority" must be asked which it means.
type Base uint8

// The bases.
const (
	BaseUnknown   Base = iota
	BaseInOffice       // đương nhiệm: members of the body in office on the day
	BaseSummoned       // được triệu tập: members summoned to the meeting
	BasePresent        // có mặt: members present for the item
	BaseCast           // phiếu thu về: every vote handed in, blank and invalid ones too
	BaseValid          // phiếu hợp lệ: for, against and blank
	BaseExpressed      // tán thành và không tán thành: blank votes do not count
)

var baseNames = [...]string{"", "ủy viên đương nhiệm", "ủy viên được triệu tập", "ủy viên có mặt", "phiếu thu về", "phiếu hợp lệ", "phiếu tán thành và không tán thành"}
var baseCodes = [...]string{"", "in-office", "summoned", "present", "cast", "valid", "expressed"}

// Name returns the Vietnamese name of the base.
func (b Base) Name() string { return vanphong.EnumName(baseNames[:], b) }

// MarshalText writes the base as its code: "in-office", "summoned" ….
func (b Base) MarshalText() ([]byte, error) { return vanphong.EnumText("base", baseCodes[:], b) }

// UnmarshalText reads what MarshalText writes.
func (b *Base) UnmarshalText(t []byte) (err error) {
	*b, err = vanphong.ParseEnum[Base]("base", baseCodes[:], t)
	return err
}

// Threshold is a share that must be reached (tỷ lệ): Num of Den of a base, at
// least or, if Strict, more than that. It is exact: "more than half of 39" is
// 20, and there is no rounding to get it wrong. The zero Threshold is none
// and is never met.
//
// Percentages are not used, for 66.67 % of 12 is 8.0004: two thirds would need
// nine.
type Threshold struct {
	Num    int  `json:"num"`
	Den    int  `json:"den"`
	Strict bool `json:"strict,omitempty"` // more than, not at least
	Base   Base `json:"base"`
}

// maxShare bounds Num and Den; no rule has a finer share.
const maxShare = 1_000_000

// Check returns an [*vanphong.InputError] naming field unless t is a share
// from above 0 to 1 of a known base that can be reached at all: "more than
// all" cannot.
//
// Num 0 with Strict is "more than none": one is enough.
func (t Threshold) Check(field string) error {
	if t.Num < 0 || t.Num > t.Den || t.Den < 1 || t.Den > maxShare || (t.Num == 0 && !t.Strict) || (t.Num == t.Den && t.Strict) {
		return vanphong.NewInputError(field, t.share(), "a share above 0 that can be reached", nil)
	}
	if t.Base == BaseUnknown || int(t.Base) >= len(baseCodes) {
		return vanphong.NewInputError(field+".base", strconv.Itoa(int(t.Base)), "a base", nil)
	}
	return nil
}

// Met reports whether count of base reaches the threshold. A base of nobody
// is never met: an empty body decides nothing.
func (t Threshold) Met(count, base int) bool {
	if t.Num < 0 || t.Den < 1 || count < 0 || base < 1 {
		return false
	}
	// count/base ≥ Num/Den without dividing, in 128 bits so that no count overflows.
	//
	// 128 bits are more than any body needs, but a threshold may come from a
	// file, and a wrong one must fail or be false, not wrap round.
	ch, cl := bits.Mul64(uint64(count), uint64(t.Den))
	bh, bl := bits.Mul64(uint64(base), uint64(t.Num))
	if ch != bh {
		return ch > bh
	}
	return cl > bl || (cl == bl && !t.Strict)
}

// Needed returns the smallest count of base that meets the threshold, or -1
// if none does.
//
// It is for sentences ("cần ít nhất 8"); decisions use Met.
func (t Threshold) Needed(base int) int {
	if !t.Met(base, base) {
		return -1
	}
	low, high := 0, base // Met(high) holds; counts are monotone
	for low < high {
		mid := low + (high-low)/2
		if t.Met(mid, base) {
			high = mid
		} else {
			low = mid + 1
		}
	}
	return low
}

// weaker reports whether t asks for less than o, or for a share of something
// else, which cannot be compared.
func (t Threshold) weaker(o Threshold) bool {
	mine, theirs := int64(t.Num)*int64(o.Den), int64(o.Num)*int64(t.Den)
	return t.Base != o.Base || mine < theirs || (mine == theirs && o.Strict && !t.Strict)
}

// String returns the threshold as a report words it: "ít nhất 2/3 ủy viên
// được triệu tập", "trên một nửa ủy viên đương nhiệm".
func (t Threshold) String() string {
	share := fmt.Sprintf("%d/%d", t.Num, t.Den)
	if share == "1/2" {
		share = "một nửa"
	}
	switch {
	case t.Strict:
		return "trên " + share + " " + t.Base.Name()
	case t.Num == t.Den:
		return "toàn bộ " + t.Base.Name()
	}
	return "ít nhất " + share + " " + t.Base.Name()
}

// share writes the threshold for an error, whatever stands in it.
func (t Threshold) share() string {
	sign := "at least "
	if t.Strict {
		sign = "more than "
	}
	return fmt.Sprintf("%s%d/%d of %s", sign, t.Num, t.Den, vanphong.EnumName(baseCodes[:], t.Base))
}

// Tally is the figures a decision was taken on (kết quả biểu quyết): enough
// to compute every [Base] again, whatever becomes of the membership later.
//
// Present and the votes need not agree: a member may be present and not vote.
type Tally struct {
	InOffice int `json:"in_office"`
	Summoned int `json:"summoned"`
	Present  int `json:"present"`
	For      int `json:"for,omitzero"`     // tán thành
	Against  int `json:"against,omitzero"` // không tán thành
	Blank    int `json:"blank,omitzero"`   // không có ý kiến, phiếu trắng
	Invalid  int `json:"invalid,omitzero"` // phiếu không hợp lệ
}

// Cast returns how many votes were handed in.
func (t Tally) Cast() int { return t.For + t.Against + t.Blank + t.Invalid }

// Of returns the figure of a base.
//
// The bases of people and those of votes come from the same tally, so that one
// stored decision can be held against another rule later.
func (t Tally) Of(b Base) int {
	switch b {
	case BaseInOffice:
		return t.InOffice
	case BaseSummoned:
		return t.Summoned
	case BasePresent:
		return t.Present
	case BaseCast:
		return t.Cast()
	case BaseValid:
		return t.Cast() - t.Invalid
	case BaseExpressed:
		return t.For + t.Against
	}
	return 0
}
