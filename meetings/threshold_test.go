package meetings

import (
	"errors"
	"math"
	"math/big"
	"strings"
	"testing"
	"unicode"

	"github.com/vanphong-go/vanphong"
)

func half(b Base) Threshold      { return Threshold{1, 2, true, b} }
func twoThirds(b Base) Threshold { return Threshold{Num: 2, Den: 3, Base: b} }

func TestThresholdNeedsExactlyThisMany(t *testing.T) {
	for _, c := range []struct {
		th           Threshold
		base, needed int
	}{
		{half(BaseInOffice), 39, 20},                                    // odd body: 20, not 21
		{half(BaseInOffice), 8, 5},                                      // even body: half of it is not more than half
		{half(BaseInOffice), 2, 2},                                      // two members: both
		{half(BaseInOffice), 1, 1},                                      // one member
		{half(BaseInOffice), 15, 8},                                     // the example of the working rules
		{twoThirds(BaseSummoned), 15, 10},                               // its quorum
		{twoThirds(BaseSummoned), 16, 11},                               // 10.67 is not rounded down
		{half(BaseValid), 100, 51},                                      // absolute majority of valid votes
		{twoThirds(BaseValid), 100, 67},                                 // 66 of 100 is not two thirds
		{half(BaseCast), 10, 6},                                         // more than half of those who voted
		{half(BasePresent), 12, 7},                                      // of those present
		{half(BaseInOffice), 7, 4},                                      // 3 of 7 is not enough …
		{half(BaseExpressed), 4, 3},                                     // … but 3 of the 4 that were not blank is
		{Threshold{Num: 1, Den: 1, Base: BasePresent}, 9, 9},            // unanimity
		{Threshold{Num: 0, Den: 1, Strict: true, Base: BaseCast}, 9, 1}, // at least one vote
		{half(BaseInOffice), 0, -1},                                     // nobody can decide for an empty body
		{Threshold{}, 9, -1},                                            // no threshold is never met
	} {
		if got := c.th.Needed(c.base); got != c.needed {
			t.Errorf("%v of %d: needed %d, want %d", c.th, c.base, got, c.needed)
		}
		if c.needed > 0 && (!c.th.Met(c.needed, c.base) || c.th.Met(c.needed-1, c.base)) {
			t.Errorf("%v of %d: Met does not turn at %d", c.th, c.base, c.needed)
		}
	}
}

func TestTallyGivesEachBaseItsOwnFigure(t *testing.T) {
	// 10 in the room, 2 for, 1 against, 7 blank: two thirds of for and against,
	// far from two thirds of those present.
	room := Tally{InOffice: 12, Summoned: 11, Present: 10, For: 2, Against: 1, Blank: 7}
	for _, c := range []struct {
		base Base
		of   int
		met  bool
	}{
		{BaseExpressed, 3, true}, {BasePresent, 10, false}, {BaseValid, 10, false}, {BaseCast, 10, false},
		{BaseInOffice, 12, false}, {BaseSummoned, 11, false}, {BaseUnknown, 0, false},
	} {
		if got := room.Of(c.base); got != c.of {
			t.Errorf("%s: %d, want %d", c.base.Name(), got, c.of)
		}
		if got := twoThirds(c.base).Met(room.For, room.Of(c.base)); got != c.met {
			t.Errorf("two thirds of %s: %v", c.base.Name(), got)
		}
	}
	// An invalid vote was cast, and is not valid.
	if v := (Tally{For: 3, Invalid: 2}); v.Of(BaseCast) != 5 || v.Of(BaseValid) != 3 {
		t.Errorf("cast %d, valid %d", v.Of(BaseCast), v.Of(BaseValid))
	}
}

func TestThresholdCheckRefusesWhatCannotBeReached(t *testing.T) {
	for _, th := range []Threshold{
		{},                               // none
		{Num: 0, Den: 2, Base: BaseCast}, // at least nothing: always met
		{Num: 1, Den: 1, Strict: true, Base: BaseCast}, // more than all: never met
		{Num: 3, Den: 2, Base: BaseCast},               // more than all
		{Num: -1, Den: 2, Base: BaseCast},              // negative
		{Num: 1, Den: 2, Strict: true},                 // of nothing named
		{Num: 1, Den: maxShare + 1, Base: BaseCast},    // finer than any rule
	} {
		err := th.Check("x")
		if !errors.Is(err, vanphong.ErrInvalid) {
			t.Errorf("%v: %v", th, err)
		} else if strings.ContainsFunc(err.Error(), func(r rune) bool { return r > unicode.MaxASCII }) {
			t.Errorf("an English error speaks Vietnamese: %v", err)
		}
	}
	for _, th := range []Threshold{half(BaseInOffice), twoThirds(BaseSummoned), {Den: 1, Strict: true, Base: BaseCast}} {
		if err := th.Check("x"); err != nil {
			t.Error(err)
		}
	}
}

func TestThresholdsReadAsReportsWordThem(t *testing.T) {
	for _, c := range []struct {
		th   Threshold
		want string
	}{
		{twoThirds(BaseSummoned), "ít nhất 2/3 ủy viên được triệu tập"},
		{half(BaseInOffice), "trên một nửa ủy viên đương nhiệm"},
		{Threshold{Num: 1, Den: 2, Base: BaseValid}, "ít nhất một nửa phiếu hợp lệ"},
		{Threshold{Num: 3, Den: 4, Strict: true, Base: BasePresent}, "trên 3/4 ủy viên có mặt"},
		{Threshold{Num: 1, Den: 1, Base: BasePresent}, "toàn bộ ủy viên có mặt"}, // "at least all" is no Vietnamese
	} {
		if got := c.th.String(); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

// FuzzThreshold holds Met against exact fractions of any size.
func FuzzThreshold(f *testing.F) {
	f.Add(1, 2, true, 20, 39)                              // the smallest majority
	f.Add(2, 3, false, 10, 15)                             // exactly on the border
	f.Add(1, math.MaxInt64, true, 1, math.MaxInt64)        // equal, no overflow
	f.Add(math.MaxInt64, math.MaxInt64, false, 5, 5)       // all of five
	f.Add(math.MaxInt64-1, math.MaxInt64, false, 1<<62, 1) // products past 64 bits
	f.Add(1, 2, true, -1, -3)                              // nonsense is never met
	f.Fuzz(func(t *testing.T, num, den int, strict bool, count, base int) {
		th := Threshold{num, den, strict, BaseCast}
		want := false
		if num >= 0 && den > 0 && count >= 0 && base > 0 {
			c := big.NewRat(0, 1).SetFrac64(int64(count), int64(base)).Cmp(big.NewRat(0, 1).SetFrac64(int64(num), int64(den)))
			want = c > 0 || (c == 0 && !strict)
		}
		if got := th.Met(count, base); got != want {
			t.Errorf("%d/%d strict %v, %d of %d: %v", num, den, strict, count, base, got)
		}
		if base > 0 && base < 1000 {
			n := th.Needed(base)
			if n >= 0 && (!th.Met(n, base) || (n > 0 && th.Met(n-1, base))) {
				t.Errorf("needed %d of %d is not the smallest", n, base)
			}
		}
	})
}
