package meetings

import (
	"slices"
	"strconv"

	"github.com/vanphong-go/vanphong"
)

// For returns the meeting as it may leave to a zone. Items above the zone's
// level keep their place and level alone: no id, title, key, unit, guests or
// decision, and guests who come for such items only are left out. A meeting
// that is itself above the level keeps its body, term, ordinal, day and state,
// so that it can be counted. A view has no Version, so it cannot be stored
// over the meeting.
//
// Key and unit go as well as the title: "nhan-su" as a key says enough. So does
// the id, which derives from meeting and key: whoever guessed the key could see
// from the id that the guess was right.
func (m Meeting) For(zone vanphong.Zone, r vanphong.Redaction) Meeting {
	if !r.Allows(zone, m.Secrecy) {
		return Meeting{
			ID: m.ID, Org: m.Org, Body: m.Body, Term: m.Term, Kind: m.Kind, Mode: m.Mode, Day: m.Day,
			Title: vanphong.Placeholder, Secrecy: m.Secrecy, State: m.State, Ordinal: m.Ordinal,
		}
	}
	out := m.clone()
	out.Version, out.Last = 0, vanphong.Stamp{}
	hidden := false
	for i, item := range out.Agenda {
		if !r.Allows(zone, item.Secrecy) {
			out.Agenda[i] = Item{ID: ItemID("redacted-" + strconv.Itoa(i+1)), Title: vanphong.Placeholder, Secrecy: item.Secrecy}
			hidden = true
		}
	}
	// The roll call alone would name an item's guests, and a guest may tell
	// what an item is about: who came for hidden items only is left out.
	if hidden {
		out.Marks = slices.DeleteFunc(out.Marks, func(k Mark) bool {
			return !out.expects(k.Person) && !slices.Contains(out.InOffice, k.Person)
		})
	}
	return out
}

// For returns the conclusion as it may leave to a zone: above its level the
// texts are [vanphong.Placeholder], and number, document, item and its own id,
// which derives from the item's key, are left out.
//
// The number is hidden because register and number together find the document;
// the day stays, for counting.
func (c Conclusion) For(zone vanphong.Zone, r vanphong.Redaction) Conclusion {
	if r.Allows(zone, c.Secrecy) {
		out := c.clone()
		out.Version, out.Last = 0, vanphong.Stamp{}
		return out
	}
	return Conclusion{
		ID: "redacted", Org: c.Org, Meeting: c.Meeting, Body: c.Body, Term: c.Term, Day: c.Day,
		Kind: c.Kind, Abstract: vanphong.Placeholder, Secrecy: c.Secrecy,
		Version: -1, // no store takes it, under whatever id
	}
}
