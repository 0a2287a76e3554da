package documents

import (
	"errors"
	"slices"
	"strings"
	"unicode"

	"github.com/vanphong-go/vanphong"
)

// lateNumber refuses a number from paper that the book of a series cannot have: another
// system's, another organ's, of a code that does not stand for the stated kind, or of a
// kind that is counted in another series. It was typed into the wrong book, or the kind
// was mistaken.
//
// What is not known is no refusal: a code that is in no list is as the paper has it.
func lateNumber(tx Reader, p Policy, s Series, row lateRow) error {
	n, k := row.Number, row.Kind
	if n.System != s.System {
		return vanphong.NewInputError("number", n.String(), "a number of system "+code(s.System)+", as series "+s.label()+" has", nil)
	}
	if ok, err := issuedBy(tx, s, n.Issuer, row.Reason); err != nil {
		return err
	} else if !ok {
		return vanphong.NewInputError("number", n.String(), "a number of "+s.Issuer+", as series "+s.label()+" has, of an organ that it goes on from, or of one whose code the reason names", nil)
	}
	if k == "" {
		return nil
	}
	if !p.mayPrint(n, k) {
		return vanphong.NewInputError("kind", string(k), "a kind that code "+n.Code+" of number "+n.String()+" stands for", nil)
	}
	if !p.mayCount(s, row.Content) {
		return vanphong.NewInputError("kind", string(k), "a document counted in series "+s.label(), nil)
	}
	return nil
}

// issuedBy reports whether a book of a series can have numbers of an issuer: the
// series' own, as the lead of others too; that of an organ whose series it goes on from;
// or an old code of the same organ, which the reason for the late entry names ("ký hiệu
// cũ HU").
func issuedBy(tx Reader, s Series, issuer, reason string) (bool, error) {
	leads := func(lead string) bool { return issuer == lead || strings.HasPrefix(issuer, lead+"-") }
	if leads(s.Issuer) {
		return true, nil
	}
	word := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' || r == '&' }
	if slices.Contains(strings.FieldsFunc(reason, func(r rune) bool { return !word(r) }), issuer) {
		return true, nil
	}
	if s.Continues == "" {
		return false, nil
	}
	for before, err := range Lineage(tx, s.Continues) {
		if errors.Is(err, vanphong.ErrNotFound) {
			break // kept elsewhere: then the reason has to say whose it was
		}
		if err != nil {
			return false, err
		}
		if leads(before.Issuer) {
			return true, nil
		}
	}
	return false, nil
}

// mayPrint reports whether the code of a number can stand for a kind. Kinds of an
// office's own and codes that are only inferred from words refuse nothing, nor does a
// number without a code.
func (p Policy) mayPrint(n Number, k Kind) bool {
	i := codeIndex.find(n.Code)
	if !k.Known() || i < 0 || kindCodes[i].seen.Grade == vanphong.GradeInferred {
		return true
	}
	if own, ok := p.Symbols[k]; ok && own == n.Code {
		return true
	}
	return slices.Contains(n.Kinds(), k)
}

// mayCount reports whether a document can be counted in a series: by the symbols of its
// own day or by those of the series' first. A day before the first rule set, or a kind
// whose symbol nobody found, leaves it open.
func (p Policy) mayCount(s Series, c Content) bool {
	for _, day := range [...]vanphong.Date{c.Day, s.Days.First} {
		for _, normative := range [...]bool{false, true} {
			if day == 0 {
				continue
			}
			_, name, err := p.name(Drawing{Kind: c.Kind, Secrecy: c.Secrecy, Day: day, Normative: normative})
			if err != nil || name == s.Key.Name {
				return true
			}
		}
	}
	return false
}
