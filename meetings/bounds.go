package meetings

import (
	"strconv"
	"strings"

	"github.com/vanphong-go/vanphong"
)

// The bounds of what is read from outside. They are far above what an office
// holds, and low enough that a broken file cannot fill the memory.
const (
	MaxText     = 16 << 10 // bytes of one text
	MaxSummoned = 1000     // persons summoned to, or invited to, one meeting
	MaxItems    = 500      // items on one agenda
	MaxMarks    = 10_000   // attendance marks of one meeting
	MaxMembers  = 10_000   // dated memberships of one body
)

// checkText refuses a text that is too long, not UTF-8, or holds control
// characters other than line breaks and tabs. need says that it may not be
// empty.
//
// Control characters are what a copied cell or a damaged file brings in: they
// are invisible on the screen and break the printed minutes.
func checkText(field, s string, need bool) error {
	if need && strings.TrimSpace(s) == "" {
		return vanphong.NewInputError(field, s, "a text", nil)
	}
	return vanphong.CheckText(field, s, MaxText)
}

// checkPersons refuses a list that is too long, or holds somebody twice or
// without an id.
//
// The index in the error is that of the caller's own list, so that a form can
// show which line is wrong.
func checkPersons(field string, list []vanphong.PersonID) error {
	if err := vanphong.CheckCount(field, len(list), MaxSummoned); err != nil {
		return err
	}
	seen := make(map[vanphong.PersonID]bool, len(list))
	for i, p := range list {
		at := field + "[" + strconv.Itoa(i) + "]"
		if err := vanphong.CheckID(at, p); err != nil {
			return err
		}
		if seen[p] {
			return vanphong.NewInputError(at, string(p), "each person once", nil)
		}
		seen[p] = true
	}
	return nil
}
