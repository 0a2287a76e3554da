package dispatch

import (
	"errors"
	"strings"
	"time"

	"github.com/vanphong-go/vanphong"
)

// The bounds of what is read from outside. They are above what a province sends
// (some thousand recipients), and low enough that a broken list cannot fill the
// memory.
const (
	MaxText       = 4 << 10 // bytes of one text
	MaxRecipients = 5000    // recipients of one document
	MaxCopies     = 10_000  // numbered copies of one document; copies for one recipient
	MaxSteps      = 100     // steps of one recipient
)

// checkText refuses a text that is too long, not UTF-8, or holds control
// characters other than line breaks and tabs. need says that it may not be
// empty.
func checkText(field, s string, need bool) error {
	if need && strings.TrimSpace(s) == "" {
		return vanphong.NewInputError(field, s, "a text", nil)
	}
	return vanphong.CheckText(field, s, MaxText)
}

// hide takes the value out of an error about a secret document: who receives
// one is secret itself, and errors end in logs.
func hide(level vanphong.Secrecy, err error) error {
	var in *vanphong.InputError
	if level == vanphong.NotSecret || !errors.As(err, &in) {
		return err
	}
	hidden := *in
	hidden.Value = vanphong.Placeholder
	return &hidden
}

// checkInstant refuses an instant that is missing, or of a year that JSON cannot
// hold.
func checkInstant(field string, at time.Time) error {
	if y := at.Year(); at.IsZero() || y < 1 || y > 9999 {
		return vanphong.NewInputError(field, at.String(), "an instant of the years 1 to 9999", nil)
	}
	return nil
}

// happened refuses an event that is written down before it happened. Steps are in
// order, so one year typed wrongly would keep every later step of its recipient
// out.
func happened(field string, at time.Time, by vanphong.Stamp) error {
	if at.After(by.At) {
		return vanphong.NewInputError(field, at.Format(time.RFC3339), "an instant not after it was recorded, "+by.At.Format(time.RFC3339), nil)
	}
	return nil
}
