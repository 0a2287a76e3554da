package followup

import (
	"strings"

	"github.com/vanphong-go/vanphong"
)

// The bounds of what is read from outside. They are far above what an office
// holds, and low enough that a broken file cannot fill the memory.
const (
	MaxText         = 16 << 10 // bytes of one text
	MaxCoordinating = 200      // coordinating units of one task
	MaxProgress     = 10_000   // progress events of one task
	MaxExtensions   = 1000     // extensions of one task
)

// checkText refuses a text that is too long, not UTF-8, or holds control
// characters other than line breaks and tabs. need says that it may not be
// empty.
//
// The same rule as for meetings: a text that may be stored there may be stored
// here, since conclusions become tasks.
func checkText(field, s string, need bool) error {
	if need && strings.TrimSpace(s) == "" {
		return vanphong.NewInputError(field, s, "a text", nil)
	}
	return vanphong.CheckText(field, s, MaxText)
}
