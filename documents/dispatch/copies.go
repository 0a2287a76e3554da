package dispatch

import (
	"fmt"
	"slices"
	"time"

	"github.com/vanphong-go/vanphong"
)

// Place is where a numbered copy is.
type Place uint8

// The places.
const (
	CopyInOffice  Place = iota // chưa gửi
	CopyOnFile                 // lưu
	CopyOut                    // đang ở nơi nhận
	CopyBack                   // đã thu về
	CopyDestroyed              // đã hủy
)

var placeNames = [...]string{"chưa gửi", "lưu", "đang ở nơi nhận", "đã thu về", "đã hủy"}
var placeCodes = [...]string{"in-office", "on-file", "out", "back", "destroyed"}

// Name returns the Vietnamese name of the place.
func (p Place) Name() string { return vanphong.EnumName(placeNames[:], p) }

// MarshalText writes the place as its code.
func (p Place) MarshalText() ([]byte, error) { return vanphong.EnumText("place", placeCodes[:], p) }

// UnmarshalText reads what MarshalText writes.
func (p *Place) UnmarshalText(b []byte) (err error) {
	*p, err = vanphong.ParseEnum[Place]("place", placeCodes[:], b)
	return err
}

// Copy is one numbered copy (bản số …) and where it is.
//
// What the office itself destroys among the copies that came back is for its own
// minutes (biên bản tiêu hủy): here such a copy is back.
type Copy struct {
	No    int   `json:"no"`
	Place Place `json:"place"`
	// Recipient holds it, or held it last; of a copy that was never sent, the
	// one it is meant for. "" if it is meant for nobody.
	Recipient RecipientID `json:"recipient,omitempty"`
}

// Copies returns every numbered copy and where it is, by all that is recorded,
// in the order of their numbers.
func (d Dispatch) Copies() []Copy {
	out := make([]Copy, max(0, min(d.Numbered, MaxCopies)))
	for i := range out {
		out[i].No = i + 1
	}
	set := func(n int, p Place, r RecipientID) {
		// A record of a store could name any number.
		if n >= 1 && n <= len(out) {
			out[n-1].Place, out[n-1].Recipient = p, r
		}
	}
	for _, r := range d.Recipients {
		p := CopyInOffice
		if r.Filed {
			p = CopyOnFile
		}
		for _, n := range r.Numbers {
			set(n, p, r.ID)
		}
	}
	// Three passes, the stronger over the weaker, so that the order of events
	// at different recipients is of no account: who holds a copy now has it,
	// whoever had it before.
	last := map[int]time.Time{}
	for _, r := range d.Recipients {
		for _, s := range r.Steps {
			if s.Kind != StepSent {
				continue
			}
			for _, n := range s.Numbers {
				if was, ok := last[n]; !ok || !s.At.Before(was) {
					last[n] = s.At
					set(n, CopyBack, r.ID)
				}
			}
		}
	}
	for _, r := range d.Recipients {
		for _, s := range r.Steps {
			if s.Kind == StepDestroyed {
				for _, n := range s.Numbers {
					set(n, CopyDestroyed, r.ID)
				}
			}
		}
		for _, n := range r.Status(time.Time{}).Holding.Numbers {
			set(n, CopyOut, r.ID)
		}
	}
	return out
}

// moved returns the numbered copies that have ever left the office.
func (d Dispatch) moved() []int {
	var out []int
	for _, r := range d.Recipients {
		for _, s := range r.Steps {
			if s.Kind == StepSent {
				out = append(out, s.Numbers...)
			}
		}
	}
	return out
}

// Reconcile holds the numbered copies together (đối chiếu bản đánh số) and
// returns a finding for each that is not accounted for: out with a recipient, or
// meant for nobody. None: every copy is on file, in the office or destroyed.
//
// A copy that is out is no fault by itself; it is what a recall, or the end of
// a meeting with secret papers, has to bring back.
func (d Dispatch) Reconcile() []vanphong.Finding {
	names := make(map[RecipientID]string, len(d.Recipients))
	for _, r := range d.Recipients {
		names[r.ID] = r.Name
	}
	var out []vanphong.Finding
	for _, c := range d.Copies() {
		no := fmt.Sprintf("%02d", c.No)
		switch {
		case c.Place == CopyOut:
			out = append(out, vanphong.Finding{Rule: RuleCopyOut, Severity: vanphong.Warning, Args: []string{no, names[c.Recipient]}})
		case c.Place == CopyInOffice && c.Recipient == "":
			out = append(out, vanphong.Finding{Rule: RuleCopyUnassigned, Severity: vanphong.Warning, Args: []string{no}})
		}
	}
	return slices.Clip(out)
}
