package calendar

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/vanphong-go/vanphong"
)

const hush = "KÍN" // stands in every field of a secret entry

// secretEntry has the mark in every field that can hold text.
func secretEntry(id string) Entry {
	a := Attendee{Person: hush + "-p", Text: hush}
	return Entry{
		ID: EntryID(hush + id), Day: week47, Session: Morning, Time: Span{500, 600}, Activity: hush, Place: hush,
		Rooms: []string{hush}, Vehicles: []string{hush}, Chair: a, Attendees: []Attendee{a}, Unit: hush, Invited: hush,
		Staff: []Attendee{a}, Delegations: []Delegation{{a, a}}, Secrecy: vanphong.Secret, Invitation: true,
		Upstream: Upstream{hush, hush}, Body: hush, Note: hush,
	}
}

func jsonOf(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestViewHidesWhatIsAboveTheZone(t *testing.T) {
	open, mark := row("a", 1, "Giao ban"), row("b", 2, "việc mật")
	mark.Secrecy = vanphong.Confidential
	s := newWeek(t, open, secretEntry("1"), mark)
	policy := vanphong.Redaction{"lan": vanphong.Confidential, "kho": vanphong.TopSecret}

	v := s.For("internet", policy)
	if out := jsonOf(t, v); strings.Contains(out, hush) || strings.Contains(out, "việc mật") || strings.Contains(out, "secret") {
		t.Errorf("the view for the internet shows %s", out)
	}
	want := Entry{ID: "redacted-1", Day: week47, Session: Morning, Time: Span{500, 600}, Activity: vanphong.Placeholder}
	if !v.Entries[1].Equal(want) {
		t.Errorf("the placeholder is %+v, want %+v", v.Entries[1], want)
	}
	if !v.Entries[0].Equal(open) || v.Entries[2].ID != "redacted-2" {
		t.Errorf("the others are %+v", v.Entries)
	}
	if lan := s.For("lan", policy); strings.Contains(jsonOf(t, lan), hush) || !lan.Entries[2].Equal(mark) {
		t.Errorf("the view for the LAN is %+v", lan.Entries)
	}
	if full := s.For("kho", policy); !entriesEqual(full.Entries, s.Entries) {
		t.Error("the view for the highest zone hides something")
	}
	if none := s.For("lan", nil); strings.Contains(jsonOf(t, none), "việc mật") {
		t.Error("without a policy something secret leaves")
	}
	if !entriesEqual(s.Entries, []Entry{open, secretEntry("1"), mark}) {
		t.Error("making a view changed the schedule")
	}
	if err := v.Check(); err != nil {
		t.Errorf("a view cannot be displayed: %v", err)
	}
	if again := v.For("internet", policy); jsonOf(t, again) != jsonOf(t, v) {
		t.Error("a view of a view differs")
	}
	if e := secretEntry("1").For("internet", policy); !e.Equal(want) {
		t.Errorf("a single entry is shown as %+v", e)
	}
}

// TestViewHidesTheHistory is a row that was open, then secret, then taken out
// again: nothing of it may be read from the record of amendments.
func TestViewHidesTheHistory(t *testing.T) {
	before := secretEntry("1")
	before.Secrecy = vanphong.NotSecret
	s := published(t, row("a", 1, "Giao ban"), before)
	var err error
	for n, entries := range [][]Entry{
		{row("a", 1, "Giao ban"), secretEntry("1")},
		{row("a", 3, "Giao ban"), secretEntry("1")},
		{row("a", 3, "Giao ban")},
	} {
		if s, err = s.Amend(entries, []string{hush + " lý do", "phòng bận", hush + " hoãn"}[n], by(3+n)); err != nil {
			t.Fatal(err)
		}
	}
	v := s.For("internet", nil)
	if out := jsonOf(t, v); strings.Contains(out, hush) {
		t.Errorf("the view shows %s", out)
	}
	if got := v.Amendments[1].Reason; got != "phòng bận" {
		t.Errorf("the reason of an open change is %q", got)
	}
	first := v.Amendments[0].Diff.Changed[0]
	if first.Before.ID != "redacted-1" || first.After.ID != "redacted-1" || v.Amendments[2].Diff.Removed[0].ID != "redacted-1" {
		t.Error("one entry has several names in the view")
	}
	if got, err := v.EntriesAt(1); err != nil || len(got) != 2 || got[1].ID != "redacted-1" || got[1].Activity != vanphong.Placeholder {
		t.Errorf("revision 1 of the view is %+v, %v", got, err)
	}
}

func TestViewCannotBeStored(t *testing.T) {
	m := NewMemory()
	s := newWeek(t, secretEntry("1"))
	put := func(s WeekSchedule) error {
		return m.Update(t.Context(), s.Org, func(tx Tx) error { return tx.PutSchedule(s) })
	}
	if err := put(s.For("internet", nil)); !errors.Is(err, vanphong.ErrConflict) {
		t.Errorf("a view as a new record: %v", err)
	}
	if err := put(s); err != nil {
		t.Fatal(err)
	}
	s.Version = 1
	if err := put(s.For("internet", nil)); !errors.Is(err, vanphong.ErrConflict) {
		t.Errorf("a view over its schedule: %v", err)
	}
}
