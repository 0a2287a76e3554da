package dispatch

import (
	"strconv"

	"github.com/vanphong-go/vanphong"
)

// For returns the record as it may leave to a zone. If its secrecy is above what
// the zone may receive, only what a count needs is left: its day and level, how
// many recipients there are, how and when each step happened and with how many
// copies. Who the recipients are, their purpose and order by name, every text,
// the entry, its number and the notice are gone. No store takes such a view.
//
// To whom a secret goes says much of what it is about. The level, the steps and
// the copies stay, so that a total does not shrink with the reader's rights.
func (d Dispatch) For(zone vanphong.Zone, r vanphong.Redaction) Dispatch {
	out := d.clone()
	out.Last = vanphong.Stamp{}
	if r.Allows(zone, d.Secrecy) {
		out.Version = 0
		return out
	}
	out.Version = -1 // no store takes it, under whatever id
	out.Entry, out.Number, out.Class = "redacted", "", ""
	if d.Recall != (Recall{}) {
		out.Recall = Recall{At: d.Recall.At, Reason: vanphong.Placeholder, Whole: d.Recall.Whole}
	}
	for i := range out.Recipients {
		// The place in the list stays: it is what a copy's Recipient refers to.
		p := &out.Recipients[i]
		p.ID, p.Org, p.Name, p.Purpose = RecipientID("redacted-"+strconv.Itoa(i+1)), "", vanphong.Placeholder, ""
		for j, s := range p.Steps {
			p.Steps[j] = Step{Kind: s.Kind, At: s.At, Channel: s.Channel, Numbers: s.Numbers, Copies: s.Copies}
		}
	}
	return out
}
