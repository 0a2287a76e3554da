package documents

import (
	"testing"

	"github.com/vanphong-go/vanphong"
)

// Acts in an order in which they cannot have happened. Documents x, y and z are signed
// on days 0, 2 and 4.
func TestActsFollowEachOther(t *testing.T) {
	type step struct {
		do   EventKind
		id   EntryID
		act  Act
		want string // field that is refused, or ""
		kind error
	}
	from := func(id EntryID, day int) Act { return Act{By: id, Day: firstDay + vanphong.Date(day)} }
	for probes, steps := range map[string][]step{
		"two that replace each other": {
			{EventSuperseded, "x", from("y", 2), "", nil},
			{EventSuperseded, "y", from("x", 5), "act.by", vanphong.ErrState},
			{EventRepealed, "y", from("x", 2), "act.by", vanphong.ErrState},
		},
		"each before the other": {
			{EventSuperseded, "x", from("y", 9), "", nil},
			{EventRepealed, "y", from("x", 3), "act.by", vanphong.ErrState},
		},
		"an ended document acts afterwards": {
			{EventRepealed, "y", from("z", 4), "", nil},
			{EventRepealed, "x", from("y", 4), "act.by", vanphong.ErrState},
			{EventAmended, "x", from("y", 6), "act.by", vanphong.ErrState},
			{EventAmended, "x", from("y", 3), "", nil},    // late news about a document that was in force
			{EventSuperseded, "x", from("y", 2), "", nil}, // it did so before it ended
		},
		"its end was void": {
			{EventRepealed, "y", from("z", 4), "", nil},
			{EventVoided, "z", Act{}, "", nil},
			{EventRepealed, "x", from("y", 6), "", nil},
		},
		"a chain of three": {
			{EventSuperseded, "x", from("y", 2), "", nil},
			{EventSuperseded, "y", from("z", 4), "", nil},
		},
		"from before the acting document": {
			{EventRepealed, "x", from("y", 1), "act.day", vanphong.ErrOutOfRange},
			{EventRecalled, "x", from("y", 1), "act.day", vanphong.ErrOutOfRange},
			{EventSuperseded, "x", from("z", 3), "act.day", vanphong.ErrOutOfRange},
			{EventAmended, "x", from("y", 1), "", nil}, // it says from when it holds
			{EventRepealed, "x", from("y", 2), "", nil},
		},
		"itself by its number": {
			{EventAmended, "x", Act{Number: "01-QĐ/TU", Day: firstDay + 1}, "act.number", vanphong.ErrInvalid},
			{EventRepealed, "x", Act{Number: "1-QĐ/TU", Day: firstDay + 1}, "act.number", vanphong.ErrInvalid},
			{EventAmended, "x", Act{Number: "01-QĐ/TW", Day: firstDay + 1}, "", nil},
			{EventAmended, "x", Act{Number: "01-QĐ/TU", Day: firstDay + 40}, "", nil}, // of the next term
		},
	} {
		r := NewRegistrar(NewMemory(), nil)
		s, err := r.Open(ctx, tu, OpenRequest{Key: SeriesKey{tu, "nk-2025", "QĐ"}, Issuer: "TU", Days: vanphong.Days{First: firstDay, End: firstDay + 30}}, by(1))
		if err != nil {
			t.Fatal(err)
		}
		for i, id := range []string{"x", "y", "z"} {
			q := decision(id, s)
			q.Day += vanphong.Date(2 * i)
			if _, err := r.Issue(ctx, tu, q, by(1)); err != nil {
				t.Fatal(err)
			}
		}
		for i, st := range steps {
			var err error
			if st.do == EventVoided {
				_, err = r.Void(ctx, tu, VoidRequest{st.id, "hủy"}, by(1))
			} else {
				_, err = acts(r)[code(st.do.standing())](ctx, tu, ActRequest{ID: st.id, Act: st.act}, by(1))
			}
			switch {
			case st.want != "":
				wantField(t, err, st.want, st.kind)
			case err != nil:
				t.Errorf("%s, step %d: %v", probes, i, err)
			}
			if st.want != "" && err == nil {
				t.Errorf("%s, step %d passed", probes, i)
			}
		}
	}
}
