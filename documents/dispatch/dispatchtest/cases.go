package dispatchtest

import (
	"errors"
	"slices"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/documents/dispatch"
	"github.com/vanphong-go/vanphong/internal/exam"
)

// Loss prevented: a receipt that is not there when a recipient says it never got
// the document.
func recordKeptWhole(t T, s dispatch.Store) {
	put(t, s, here, record(here, "t1"))
	checkOne(t, s)
}

// checkOne compares the one record t1 with what was written, as got, as walked
// and as a change.
func checkOne(t T, s dispatch.Store) {
	t.Helper()
	want := record(here, "t1")
	want.Version = 1
	exam.View(t, s, here, func(r dispatch.Reader) error {
		got, err := r.Dispatch("t1")
		if err != nil {
			t.Fatalf("get: %v", err)
		}
		exam.Same(t, "record", got, want)
		n := 0
		for got, err := range r.Dispatches(dispatch.Query{}) {
			if err != nil {
				return err
			}
			n++
			exam.Same(t, "walked record", got, want)
		}
		if n != 1 {
			t.Errorf("walked %d records, want 1", n)
		}
		return nil
	})
	log := exam.Changes(t, s, here, 0)
	if len(log) != 1 {
		t.Fatalf("one record was put, the changes are %s", exam.Lines(log))
	}
	if c := log[0]; c.Kind != "dispatch" || c.ID != "t1" || c.Org != here || c.By != want.Last.By || !c.At.Equal(want.Last.At) {
		t.Errorf("change %+v", c)
	}
}

// Loss prevented: an empty record taken for a real one.
func notFound(t T, s dispatch.Store) {
	check := func(r dispatch.Reader) error {
		if _, err := r.Dispatch("x"); !errors.Is(err, vanphong.ErrNotFound) {
			t.Errorf("a record that is not there: got %v, want vanphong.ErrNotFound", err)
		}
		// What no id can be is not there either, and no other error.
		for _, id := range []documents.EntryID{"a\x00b", "a\xffb"} {
			if _, err := r.Dispatch(id); !errors.Is(err, vanphong.ErrNotFound) {
				t.Errorf("a record of id %q: got %v, want vanphong.ErrNotFound", id, err)
			}
		}
		return nil
	}
	exam.View(t, s, here, check)
	exam.Update(t, s, here, func(tx dispatch.Tx) error { return check(tx) })
	port().Empty(t, s, here)
}

// Loss prevented: a step that does not see what it has just recorded, and
// records it again.
func readYourWrites(t T, s dispatch.Store) {
	exam.Update(t, s, here, func(tx dispatch.Tx) error {
		if err := tx.PutDispatch(record(here, "t1")); err != nil {
			return err
		}
		d, err := tx.Dispatch("t1")
		if err != nil || d.Version != 1 {
			t.Errorf("a record put in this transaction: version %d, %v", d.Version, err)
		}
		if got := exam.Names(t, tx.Dispatches(dispatch.Query{Recipient: "vptw"}), entryName); len(got) != 1 {
			t.Errorf("a walk in the transaction sees %v", got)
		}
		d.Number = "lần hai"
		if err := tx.PutDispatch(d); err != nil {
			return err
		}
		if d, err = tx.Dispatch("t1"); err != nil || d.Number != "lần hai" || d.Version != 2 {
			t.Errorf("put twice in one transaction: %q version %d, %v", d.Number, d.Version, err)
		}
		return nil
	})
}

// Loss prevented: two receipts written down at the same moment, of which only
// one is kept.
func versionConflict(t T, s dispatch.Store) {
	put(t, s, here, record(here, "t1"))
	for _, c := range []struct {
		id      documents.EntryID
		version int64
	}{
		{"t1", 0},  // new though it is there
		{"t1", 2},  // from the future
		{"t1", -1}, // nonsense
		{"t9", 1},  // a first record is new
	} {
		d := record(here, c.id)
		d.Version = c.version
		if err := s.Update(t.Context(), here, func(tx dispatch.Tx) error { return tx.PutDispatch(d) }); !errors.Is(err, vanphong.ErrConflict) {
			t.Errorf("%s with version %d: got %v, want vanphong.ErrConflict", c.id, c.version, err)
		}
	}
	exam.Update(t, s, here, func(tx dispatch.Tx) error {
		d, err := tx.Dispatch("t1")
		if err != nil {
			return err
		}
		d.Number = "sửa"
		return tx.PutDispatch(d)
	})
	exam.View(t, s, here, func(r dispatch.Reader) error {
		if d, err := r.Dispatch("t1"); err != nil || d.Version != 2 || d.Number != "sửa" {
			t.Errorf("after a change: version %d, %q, %v", d.Version, d.Number, err)
		}
		return nil
	})
}

// Loss prevented: a document that turns up on another office's list.
func foreignRecord(t T, s dispatch.Store) {
	if err := s.Update(t.Context(), here, func(tx dispatch.Tx) error { return tx.PutDispatch(record(there, "t1")) }); !errors.Is(err, vanphong.ErrInvalid) {
		t.Errorf("a record of another organisation: got %v, want vanphong.ErrInvalid", err)
	}
	port().Empty(t, s, here)
	port().Empty(t, s, there)
}

// Loss prevented: records of two offices under one id, each overwriting the
// other.
func isolationIDs(t T, s dispatch.Store) {
	put(t, s, here, record(here, "t1"))
	exam.View(t, s, there, func(r dispatch.Reader) error {
		if _, err := r.Dispatch("t1"); !errors.Is(err, vanphong.ErrNotFound) {
			t.Errorf("an id of another organisation: got %v, want vanphong.ErrNotFound", err)
		}
		return nil
	})
	// The same ids live beside each other.
	put(t, s, there, record(there, "t1"))
	checkOne(t, s)
}

// Loss prevented: an office reads to whom another one's secret papers went.
func isolationListing(t T, s dispatch.Store) {
	put(t, s, here, record(here, "t1"))
	exam.View(t, s, there, func(r dispatch.Reader) error {
		for _, q := range []dispatch.Query{{}, {Recipient: "vptw"}, {RecallOpen: true}, {Days: vanphong.Days{First: day}}} {
			if got := exam.Names(t, r.Dispatches(q), entryName); len(got) > 0 {
				t.Errorf("listed from another organisation: %v", got)
			}
		}
		return nil
	})
}

// Loss prevented: recipients that differ only in case or marks are taken for one.
func idsExact(t T, s dispatch.Store) {
	exam.Update(t, s, here, func(tx dispatch.Tx) error {
		for _, id := range exam.OddIDs() {
			d := record(here, documents.EntryID(id))
			d.Recipients[0].ID, d.Recipients[0].Org = dispatch.RecipientID(id), vanphong.OrgID(id)
			if err := tx.PutDispatch(d); err != nil {
				return err
			}
		}
		return nil
	})
	exam.View(t, s, here, func(r dispatch.Reader) error {
		for _, id := range exam.OddIDs() {
			d, err := r.Dispatch(documents.EntryID(id))
			if err != nil || string(d.Entry) != id || string(d.Recipients[0].Org) != id || string(d.Recipients[0].ID) != id {
				t.Errorf("id %q: got %q with %+v, %v", id, d.Entry, d.Recipients, err)
				continue
			}
			exam.Same(t, "by recipient", exam.Names(t, r.Dispatches(dispatch.Query{Recipient: vanphong.OrgID(id)}), entryName), []string{id})
		}
		want := exam.OddIDs()
		slices.Sort(want)
		exam.Same(t, "records in byte order of ids", exam.Names(t, r.Dispatches(dispatch.Query{}), entryName), want)
		return nil
	})
}

// Loss prevented: a page that sorts the recipients it was given and so changes
// the record.
func recordsNotShared(t T, s dispatch.Store) {
	mine := record(here, "t1")
	put(t, s, here, mine)
	// Neither what was put nor what was got is the stored record.
	mine.Recipients[0].Numbers[0], mine.Recipients[0].Steps[0].Numbers[0] = 9, 9
	exam.View(t, s, here, func(r dispatch.Reader) error {
		d, err := r.Dispatch("t1")
		if err != nil {
			return err
		}
		d.Recipients[1].Name, d.Recipients[0].Steps[1].Reason = "đổi", "đổi"
		for d, err := range r.Dispatches(dispatch.Query{}) {
			if err != nil {
				return err
			}
			d.Recipients[0].Steps[3].Numbers[0] = 9
		}
		return nil
	})
	checkOne(t, s)
}

// step is a step of a blank record.
func step(kind dispatch.StepKind, at vanphong.Date) dispatch.Step {
	return dispatch.Step{Kind: kind, At: at.At(9, 0), Channel: dispatch.Network, Made: exam.Stamp(1)}
}

// putFour writes records that differ in what a query asks for, out of order.
//
// Each has one thing that the others have not, so that a condition which is
// ignored shows.
func putFour(t T, s dispatch.Store) {
	t.Helper()
	blank := func(id documents.EntryID, on vanphong.Date, to vanphong.OrgID, steps ...dispatch.Step) dispatch.Dispatch {
		return dispatch.Dispatch{
			Entry: id, Org: here, Day: on, Policy: "1", Last: exam.Stamp(1),
			Recipients: []dispatch.Recipient{{ID: "0", Name: "Lưu", Filed: true}, {ID: "1", Org: to, Name: "nơi nhận", Steps: steps}},
		}
	}
	sent, received, recalled := dispatch.StepSent, dispatch.StepReceived, dispatch.StepRecalled
	put(t, s, here,
		blank("c", day+1, "btc", step(sent, day+5)),                                              // waits for an answer
		blank("a", day+2, "vp", step(sent, day+3), step(received, day+3), step(recalled, day+4)), // is called back
		blank("b", day, "btc", step(sent, day), step(received, day)),                             // is done with
		blank("d", day+1, "btg"), // was not sent
	)
}

// Loss prevented: two pages of one listing that show a record twice and another
// never.
func order(t T, s dispatch.Store) {
	putFour(t, s)
	exam.View(t, s, here, func(r dispatch.Reader) error {
		exam.Same(t, "records by day, then entry", exam.Names(t, r.Dispatches(dispatch.Query{}), entryName), []string{"b", "c", "d", "a"})
		return nil
	})
}

// Loss prevented: a recipient that did not answer and is on no list of those to
// be reminded.
func query(t T, s dispatch.Store) {
	putFour(t, s)
	exam.View(t, s, here, func(r dispatch.Reader) error {
		for what, c := range map[string]struct {
			q    dispatch.Query
			want []string
		}{
			"recipient":                  {dispatch.Query{Recipient: "btc"}, []string{"b", "c"}},
			"days, half-open":            {dispatch.Query{Days: vanphong.Days{First: day, End: day + 1}}, []string{"b"}},
			"until beyond any year":      {dispatch.Query{Days: vanphong.Days{First: day + 1, End: 9_999_999}}, []string{"c", "d", "a"}},
			"from beyond any year":       {dispatch.Query{Days: vanphong.Days{First: 9_999_999}}, []string{}},
			"until before any year":      {dispatch.Query{Days: vanphong.Days{End: -9_999_999}}, []string{}},
			"days, from one on":          {dispatch.Query{Days: vanphong.Days{First: day + 1}}, []string{"c", "d", "a"}},
			"awaiting":                   {dispatch.Query{Awaiting: day + 9}, []string{"c"}},
			"awaiting, that day counts":  {dispatch.Query{Awaiting: day + 5}, []string{"c"}},
			"awaiting, not sent by then": {dispatch.Query{Awaiting: day + 4}, []string{}},
			"open recalls":               {dispatch.Query{RecallOpen: true}, []string{"a"}},
			"after a place":              {dispatch.Query{After: dispatch.Position{Day: day + 1, Entry: "c"}}, []string{"d", "a"}},
			"after a day":                {dispatch.Query{After: dispatch.Position{Day: day + 1}}, []string{"c", "d", "a"}},
			"after the last":             {dispatch.Query{After: dispatch.Position{Day: day + 2, Entry: "a"}}, []string{}},
			"all at once":                {dispatch.Query{Recipient: "vp", RecallOpen: true, Days: vanphong.Days{First: day + 2}, After: dispatch.Position{Day: day}}, []string{"a"}},
			"nothing":                    {dispatch.Query{Recipient: "khác"}, []string{}},
		} {
			exam.Same(t, what, exam.Names(t, r.Dispatches(c.q), entryName), c.want)
		}
		return nil
	})
}

// queryFollows holds that what a query goes by is renewed with the record.
//
// Loss prevented: columns that a store keeps for queries and forgets to renew;
// the record is right when opened and wrong in every list.
func queryFollows(t T, s dispatch.Store) {
	putFour(t, s)
	exam.Update(t, s, here, func(tx dispatch.Tx) error {
		for id, more := range map[documents.EntryID]dispatch.StepKind{"c": dispatch.StepReceived, "a": dispatch.StepConfirmed, "d": dispatch.StepSent, "b": dispatch.StepRecalled} {
			d, err := tx.Dispatch(id)
			if err != nil {
				return err
			}
			d.Recipients[1].Steps = append(d.Recipients[1].Steps, step(more, day+6))
			if id == "c" {
				d.Day, d.Recipients[1].Org = day+7, "mới"
			}
			if err := tx.PutDispatch(d); err != nil {
				return err
			}
		}
		return nil
	})
	exam.View(t, s, here, func(r dispatch.Reader) error {
		exam.Same(t, "all", exam.Names(t, r.Dispatches(dispatch.Query{}), entryName), []string{"b", "d", "a", "c"})
		exam.Same(t, "awaiting", exam.Names(t, r.Dispatches(dispatch.Query{Awaiting: day + 9}), entryName), []string{"d"})
		exam.Same(t, "open recalls", exam.Names(t, r.Dispatches(dispatch.Query{RecallOpen: true}), entryName), []string{"b"})
		exam.Same(t, "old recipient", exam.Names(t, r.Dispatches(dispatch.Query{Recipient: "btc"}), entryName), []string{"b"})
		exam.Same(t, "new day and recipient", exam.Names(t, r.Dispatches(dispatch.Query{Recipient: "mới", Days: vanphong.Days{First: day + 7}}), entryName), []string{"c"})
		return nil
	})
}
