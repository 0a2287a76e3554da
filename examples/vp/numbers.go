package main

import (
	"github.com/vanphong-go/vanphong/documents"
)

// Every key is always there, empty or not: a program in another language need
// not ask.
type numberLine struct {
	Input     string   `json:"input"`
	OK        bool     `json:"ok"`
	System    string   `json:"system"`
	Serial    uint32   `json:"serial"`
	Suffix    string   `json:"suffix"`
	Year      uint16   `json:"year"`
	Code      string   `json:"code"`
	Kinds     []string `json:"kinds"`
	Issuer    string   `json:"issuer"`
	Unit      string   `json:"unit"`
	Tail      string   `json:"tail"`
	Canonical string   `json:"canonical"`
	Folded    []string `json:"folded"`
}

// A readLine is what number answers: how the number was read stands after what it is,
// as a citation has its own keys there.
type readLine struct {
	numberLine
	Certainty string `json:"certainty"` // exact, folded or inferred; a person looks at the last
	Kind      string `json:"kind"`      // the one that the text names before the number
}

type numberRefusal struct {
	refusal
	Offset int `json:"offset"`
	// Both numbers that the text may be, canonical; none if it is refused for
	// another reason.
	Readings []string `json:"readings"`
}

func number(c call, out *output) error {
	read := func(s string) (documents.Reading, error) {
		n, err := documents.ParseNumber(s)
		return documents.Reading{Number: n, Certainty: documents.CertaintyExact}, err
	}
	// Strict by default: what a form is filled with should be right; -lenient
	// is for what others have written.
	if c.has("-lenient") {
		read = func(s string) (documents.Reading, error) { return documents.ReadNumber(s, nil) }
	}
	out.offsets = true
	return c.each(out, func(in string) {
		r, err := read(in)
		if err != nil {
			out.refuse(in, err)
			return
		}
		line := readLine{numberLine: lineOf(in, r.Number, r.Folded), Certainty: r.Certainty.String()}
		if r.Kind != "" {
			line.Kind = r.Kind.Name()
		}
		out.put(line)
	})
}

func lineOf(in string, n documents.Number, folded []documents.Fold) numberLine {
	line := numberLine{Input: in, OK: true, System: n.System.Name(), Serial: n.Serial, Suffix: n.Suffix, Year: n.Year,
		Code: n.Code, Issuer: n.Issuer, Unit: n.Unit, Tail: n.Tail, Canonical: n.String(),
		Kinds: []string{}, Folded: []string{}}
	// More than one, since a symbol does not always give the kind (QĐ is
	// quyết định or quy định).
	for _, k := range n.Kinds() {
		line.Kinds = append(line.Kinds, k.Name())
	}
	for _, f := range folded {
		line.Folded = append(line.Folded, f.String())
	}
	return line
}
