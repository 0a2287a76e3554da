package incoming

import (
	"slices"

	"github.com/vanphong-go/vanphong"
)

// For returns the document as it may leave to a zone. If its secrecy is above
// what the zone may receive, only what the book and a count need is left: book
// and arrival number, the instants of its way, units in charge and deadlines,
// its level. Number, issuer, day, kind, haste, every text, every person and the
// ids are gone or vanphong.Placeholder. No store takes such a view.
//
// The arrival number stays so that the book shows no hole, and the instants so
// that figures are the same with and without the right to read.
func (d Document) For(zone vanphong.Zone, r vanphong.Redaction) Document {
	if r.Allows(zone, d.Secrecy) {
		out := d.clone()
		out.Version, out.Last = 0, vanphong.Stamp{}
		return out
	}
	out := Document{
		ID: "redacted", Org: d.Org, Arrival: d.Arrival,
		Receipt: Receipt{Book: d.Book, Received: d.Received, NumberText: vanphong.Placeholder, Issuer: Issuer{Name: vanphong.Placeholder},
			Secrecy: d.Secrecy, Due: d.Due, Unit: d.Unit},
		Registered: vanphong.Stamp{At: d.Registered.At},
		Done:       d.Done.redacted(), Returned: d.Returned.redacted(), Refused: d.Refused.redacted(), Voided: d.Voided.redacted(),
		Acknowledged: Notice{At: d.Acknowledged.At},
		Version:      -1, // no store takes it, under whatever id
	}
	for _, p := range d.Presented {
		out.Presented = append(out.Presented, Presentation{At: p.At})
	}
	// Of the tree what a status is computed from: which unit leads, from when
	// to when, and that it has begun.
	for _, s := range d.Steps {
		out.Steps = append(out.Steps, Step{ID: s.ID.redacted(d), Parent: s.Parent.redacted(d), Kind: s.Kind, At: s.At,
			Lead: Assignee{Unit: s.Lead.Unit}, Due: s.Due, Replaces: s.Replaces.redacted(d)})
	}
	for _, a := range d.Answers {
		out.Answers = append(out.Answers, Answer{Number: vanphong.Placeholder, At: a.At})
	}
	return out
}

// The instant stays, for the state on a day is made of it.
func (e Ending) redacted() Ending {
	if e.IsZero() {
		return Ending{}
	}
	return Ending{At: e.At, Reason: vanphong.Placeholder}
}

// redacted renames a step by its place: the caller's id may say what it is
// about.
func (id StepID) redacted(d Document) StepID {
	i := slices.IndexFunc(d.Steps, func(s Step) bool { return s.ID == id })
	if id == "" || i < 0 {
		return ""
	}
	return StepID("step-" + string(rune('a'+i/26%26)) + string(rune('a'+i%26)))
}
