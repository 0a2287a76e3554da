package meetingstest

import (
	"errors"
	"fmt"
	"slices"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/internal/exam"
	"github.com/vanphong-go/vanphong/meetings"
)

// Loss prevented: a vote, a mark or a reason that was recorded and is not
// there when the minutes are challenged.
func recordKeptWhole(t T, s meetings.Store) {
	exam.Update(t, s, here, func(tx meetings.Tx) error { return putAll(tx, here) })
	checkAll(t, s)
}

// checkAll compares one record of each kind with what putAll wrote, as got
// and as walked.
func checkAll(t T, s meetings.Store) {
	t.Helper()
	r0, m0, c0 := roll(here, "btv"), meeting(here, "m1"), conclusion(here, "c1")
	r0.Version, m0.Version, c0.Version = 1, 1, 1
	exam.View(t, s, here, func(r meetings.Reader) error {
		gotR, err1 := r.Roll("btv")
		gotM, err2 := r.Meeting("m1")
		gotC, err3 := r.Conclusion("c1")
		if err := errors.Join(err1, err2, err3); err != nil {
			t.Fatalf("get: %v", err)
		}
		exam.Same(t, "roll", gotR, r0)
		exam.Same(t, "meeting", gotM, m0)
		exam.Same(t, "conclusion", gotC, c0)
		exam.Same(t, "rolls", exam.Names(t, r.Rolls(), func(v meetings.Roll) string { return exam.Text(t, v) }), []string{exam.Text(t, r0)})
		exam.Same(t, "meetings", exam.Names(t, r.Meetings(meetings.Query{}), func(v meetings.Meeting) string { return exam.Text(t, v) }), []string{exam.Text(t, m0)})
		exam.Same(t, "conclusions", exam.Names(t, r.Conclusions(meetings.ConclusionQuery{}), func(v meetings.Conclusion) string { return exam.Text(t, v) }), []string{exam.Text(t, c0)})
		return nil
	})
	// The stream tells of the same puts, with who and when from the record.
	log := exam.Changes(t, s, here, 0)
	if len(log) != 3 {
		t.Fatalf("three records were put, the changes are %s", exam.Lines(log))
	}
	for i, c := range log {
		want := []struct {
			kind, id string
			last     vanphong.Stamp
		}{{"roll", "btv", r0.Last}, {"meeting", "m1", m0.Last}, {"conclusion", "c1", c0.Last}}[i]
		if c.Kind != want.kind || c.ID != want.id || c.Org != here || c.By != want.last.By || !c.At.Equal(want.last.At) {
			t.Errorf("change %d: %+v, want %+v", i, c, want)
		}
	}
}

// Loss prevented: an empty meeting taken for a real one, and opened.
func notFound(t T, s meetings.Store) {
	check := func(r meetings.Reader) error {
		_, err1 := r.Roll("x")
		_, err2 := r.Meeting("x")
		_, err3 := r.Conclusion("x")
		for _, err := range []error{err1, err2, err3} {
			if !errors.Is(err, vanphong.ErrNotFound) {
				t.Errorf("a record that is not there: got %v, want vanphong.ErrNotFound", err)
			}
		}
		return nil
	}
	exam.View(t, s, here, check)
	exam.Update(t, s, here, func(tx meetings.Tx) error { return check(tx) })
	port().Empty(t, s, here)
}

// Loss prevented: a step that opens a meeting and gives it its ordinal reads
// the roll as it was before.
func readYourWrites(t T, s meetings.Store) {
	exam.Update(t, s, here, func(tx meetings.Tx) error {
		if err := putAll(tx, here); err != nil {
			return err
		}
		m, err := tx.Meeting("m1")
		if err != nil || m.Version != 1 {
			t.Errorf("a meeting put in this transaction: version %d, %v", m.Version, err)
		}
		if _, err := tx.Roll("btv"); err != nil {
			t.Errorf("a roll put in this transaction: %v", err)
		}
		if _, err := tx.Conclusion("c1"); err != nil {
			t.Errorf("a conclusion put in this transaction: %v", err)
		}
		if got := exam.Names(t, tx.Meetings(meetings.Query{}), meetingName); len(got) != 1 {
			t.Errorf("a walk in the transaction sees %v", got)
		}
		m.Title = "lần hai"
		if err := tx.PutMeeting(m); err != nil {
			return err
		}
		if m, err = tx.Meeting("m1"); err != nil || m.Title != "lần hai" || m.Version != 2 {
			t.Errorf("put twice in one transaction: %q version %d, %v", m.Title, m.Version, err)
		}
		return nil
	})
}

// Loss prevented: two secretaries record decisions at once, and one set of
// votes is gone.
func versionConflict(t T, s meetings.Store) {
	exam.Update(t, s, here, func(tx meetings.Tx) error { return putAll(tx, here) })
	for _, version := range []int64{0, 2, -1} { // new though it is there; from the future; nonsense
		r, m, c := roll(here, "btv"), meeting(here, "m1"), conclusion(here, "c1")
		r.Version, m.Version, c.Version = version, version, version
		refused(t, s, fmt.Sprintf("version %d over 1", version), r, m, c)
	}
	// A first record is new.
	r, m, c := roll(here, "bch"), meeting(here, "m9"), conclusion(here, "c9")
	r.Version, m.Version, c.Version = 1, 1, 1
	refused(t, s, "version 1 over nothing", r, m, c)

	exam.Update(t, s, here, func(tx meetings.Tx) error {
		m, err := tx.Meeting("m1")
		if err != nil {
			return err
		}
		m.Title = "sửa"
		return tx.PutMeeting(m)
	})
	exam.View(t, s, here, func(r meetings.Reader) error {
		if m, err := r.Meeting("m1"); err != nil || m.Version != 2 || m.Title != "sửa" {
			t.Errorf("after a change: version %d, %q, %v", m.Version, m.Title, err)
		}
		return nil
	})
}

// All three kinds, for a store may check one table and forget another.
func refused(t T, s meetings.Store, what string, r meetings.Roll, m meetings.Meeting, c meetings.Conclusion) {
	t.Helper()
	for kind, put := range map[string]func(meetings.Tx) error{
		"roll":       func(tx meetings.Tx) error { return tx.PutRoll(r) },
		"meeting":    func(tx meetings.Tx) error { return tx.PutMeeting(m) },
		"conclusion": func(tx meetings.Tx) error { return tx.PutConclusion(c) },
	} {
		if err := s.Update(t.Context(), here, put); !errors.Is(err, vanphong.ErrConflict) {
			t.Errorf("%s, %s: got %v, want vanphong.ErrConflict", kind, what, err)
		}
	}
}

// Loss prevented: one committee's decision filed with another's.
func foreignRecord(t T, s meetings.Store) {
	for kind, put := range map[string]func(meetings.Tx) error{
		"roll":       func(tx meetings.Tx) error { return tx.PutRoll(roll(there, "btv")) },
		"meeting":    func(tx meetings.Tx) error { return tx.PutMeeting(meeting(there, "m1")) },
		"conclusion": func(tx meetings.Tx) error { return tx.PutConclusion(conclusion(there, "c1")) },
	} {
		if err := s.Update(t.Context(), here, put); !errors.Is(err, vanphong.ErrInvalid) {
			t.Errorf("%s of another organisation: got %v, want vanphong.ErrInvalid", kind, err)
		}
	}
	port().Empty(t, s, here)
	port().Empty(t, s, there)
}

// Loss prevented: "btv" is a body in every office; a store keyed by id alone
// mixes their members.
func isolationIDs(t T, s meetings.Store) {
	exam.Update(t, s, here, func(tx meetings.Tx) error { return putAll(tx, here) })
	exam.View(t, s, there, func(r meetings.Reader) error {
		_, err1 := r.Roll("btv")
		_, err2 := r.Meeting("m1")
		_, err3 := r.Conclusion("c1")
		for _, err := range []error{err1, err2, err3} {
			if !errors.Is(err, vanphong.ErrNotFound) {
				t.Errorf("an id of another organisation: got %v, want vanphong.ErrNotFound", err)
			}
		}
		return nil
	})
	// The same ids live beside each other.
	exam.Update(t, s, there, func(tx meetings.Tx) error { return putAll(tx, there) })
	checkAll(t, s)
}

// Loss prevented: conclusions of one committee in another's report.
func isolationListing(t T, s meetings.Store) {
	exam.Update(t, s, here, func(tx meetings.Tx) error { return putAll(tx, here) })
	exam.View(t, s, there, func(r meetings.Reader) error {
		m := exam.Names(t, r.Meetings(meetings.Query{Body: "btv"}), meetingName)
		c := exam.Names(t, r.Conclusions(meetings.ConclusionQuery{Meeting: "m1"}), conclusionName)
		b := exam.Names(t, r.Rolls(), rollName)
		if len(m)+len(c)+len(b) > 0 {
			t.Errorf("listed from another organisation: %v %v %v", m, c, b)
		}
		return nil
	})
}

// Loss prevented: "ủy" and "uỷ" taken for one id, or an id cut short:
// one record overwrites the other.
func idsExact(t T, s meetings.Store) {
	exam.Update(t, s, here, func(tx meetings.Tx) error {
		for _, id := range exam.OddIDs() {
			m := meeting(here, meetings.MeetingID(id))
			m.Title = "tiêu đề " + id
			if err := errors.Join(tx.PutMeeting(m), tx.PutRoll(roll(here, vanphong.BodyID(id))), tx.PutConclusion(conclusion(here, meetings.ConclusionID(id)))); err != nil {
				return fmt.Errorf("id %q: %w", id, err)
			}
		}
		return nil
	})
	exam.View(t, s, here, func(r meetings.Reader) error {
		for _, id := range exam.OddIDs() {
			m, err := r.Meeting(meetings.MeetingID(id))
			if err != nil || string(m.ID) != id || m.Title != "tiêu đề "+id {
				t.Errorf("id %q: got %q %q, %v", id, m.ID, m.Title, err)
			}
			if b, err := r.Roll(vanphong.BodyID(id)); err != nil || string(b.Body.ID) != id {
				t.Errorf("roll %q: got %q, %v", id, b.Body.ID, err)
			}
		}
		want := exam.OddIDs()
		slices.Sort(want)
		exam.Same(t, "meetings in byte order of ids", exam.Names(t, r.Meetings(meetings.Query{}), meetingName), want)
		exam.Same(t, "rolls in byte order of ids", exam.Names(t, r.Rolls(), rollName), want)
		exam.Same(t, "conclusions in byte order of ids", exam.Names(t, r.Conclusions(meetings.ConclusionQuery{}), conclusionName), want)
		return nil
	})
}

// Loss prevented: a page that changes its copy of a meeting and so the votes
// that are on record.
func recordsNotShared(t T, s meetings.Store) {
	put := meeting(here, "m1")
	exam.Update(t, s, here, func(tx meetings.Tx) error {
		if err := tx.PutMeeting(put); err != nil {
			return err
		}
		return tx.PutConclusion(conclusion(here, "c1"))
	})
	// Neither what was put nor what was got is the stored record.
	put.Summoned[0], put.Agenda[0].Decision.Votes[0].Person = "đổi", "đổi"
	exam.View(t, s, here, func(r meetings.Reader) error {
		m, err := r.Meeting("m1")
		if err != nil {
			return err
		}
		m.Marks[0].Person, m.Agenda[1].Title = "đổi", "đổi"
		for m, err := range r.Meetings(meetings.Query{}) {
			if err != nil {
				return err
			}
			m.Agenda[0].Away[0].Person, m.InOffice[0] = "đổi", "đổi"
		}
		return nil
	})
	want := meeting(here, "m1")
	want.Version = 1
	exam.View(t, s, here, func(r meetings.Reader) error {
		got, err := r.Meeting("m1")
		exam.Same(t, "a record after its copies were changed", got, want)
		return err
	})
}

// three meetings and conclusions over three days, put out of order.
//
// Days repeat and ids fall, so that neither order alone will do.
func putThree(t T, s meetings.Store) {
	t.Helper()
	exam.Update(t, s, here, func(tx meetings.Tx) error {
		for i, v := range []struct {
			id   string
			day  vanphong.Date
			body vanphong.BodyID
			kind documents.Kind
			doc  documents.EntryID
		}{
			{"c", day + 1, "bch", documents.KindResolution, ""},
			{"a", day + 2, "btv", documents.KindConclusion, "vb"},
			{"b", day, "btv", documents.KindNotice, ""},
			{"d", day + 1, "btv", documents.KindConclusion, ""},
		} {
			m, c := meeting(here, meetings.MeetingID(v.id)), conclusion(here, meetings.ConclusionID(v.id))
			m.Day, m.Body, m.State = v.day, v.body, []meetings.State{meetings.Convened, meetings.Closed, meetings.Opened, meetings.Closed}[i]
			if v.id == "a" {
				m.Term = "k19"
			}
			c.Day, c.Body, c.Kind, c.Document, c.Meeting = v.day, v.body, v.kind, v.doc, m.ID
			if err := errors.Join(tx.PutMeeting(m), tx.PutConclusion(c)); err != nil {
				return err
			}
		}
		return nil
	})
}

// Loss prevented: "the last meeting" is another one in each program that asks.
func order(t T, s meetings.Store) {
	putThree(t, s)
	exam.View(t, s, here, func(r meetings.Reader) error {
		want := []string{"b", "c", "d", "a"}
		exam.Same(t, "meetings by day, then id", exam.Names(t, r.Meetings(meetings.Query{}), meetingName), want)
		exam.Same(t, "conclusions by day, then id", exam.Names(t, r.Conclusions(meetings.ConclusionQuery{}), conclusionName), want)
		return nil
	})
}

// Loss prevented: a count of meetings that holds one of another body, term or
// day.
func queryMeetings(t T, s meetings.Store) {
	putThree(t, s)
	exam.View(t, s, here, func(r meetings.Reader) error {
		for what, c := range map[string]struct {
			q    meetings.Query
			want []string
		}{
			"body":             {meetings.Query{Body: "btv"}, []string{"b", "d", "a"}},
			"term":             {meetings.Query{Term: "k19"}, []string{"a"}},
			"state":            {meetings.Query{State: meetings.Closed}, []string{"d", "a"}},
			"days, half-open":  {meetings.Query{Days: vanphong.Days{First: day, End: day + 1}}, []string{"b"}},
			"days without end": {meetings.Query{Days: vanphong.Days{First: day + 1}}, []string{"c", "d", "a"}},
			"days from ever":   {meetings.Query{Days: vanphong.Days{End: day + 2}}, []string{"b", "c", "d"}},
			"all at once":      {meetings.Query{Body: "btv", Term: "k20", State: meetings.Closed, Days: vanphong.Days{First: day + 1}}, []string{"d"}},
			"nothing":          {meetings.Query{Body: "tt"}, []string{}},
		} {
			exam.Same(t, what, exam.Names(t, r.Meetings(c.q), meetingName), c.want)
		}
		return nil
	})
}

// Loss prevented: a conclusion without a number that is not on the list of
// those that wait for one.
func queryConclusions(t T, s meetings.Store) {
	putThree(t, s)
	exam.View(t, s, here, func(r meetings.Reader) error {
		for what, c := range map[string]struct {
			q    meetings.ConclusionQuery
			want []string
		}{
			"body":        {meetings.ConclusionQuery{Body: "bch"}, []string{"c"}},
			"meeting":     {meetings.ConclusionQuery{Meeting: "d"}, []string{"d"}},
			"kind":        {meetings.ConclusionQuery{Kind: documents.KindConclusion}, []string{"d", "a"}},
			"days":        {meetings.ConclusionQuery{Days: vanphong.Days{First: day + 1, End: day + 2}}, []string{"c", "d"}},
			"unnumbered":  {meetings.ConclusionQuery{Unnumbered: true}, []string{"b", "c", "d"}},
			"all at once": {meetings.ConclusionQuery{Body: "btv", Kind: documents.KindConclusion, Unnumbered: true}, []string{"d"}},
		} {
			exam.Same(t, what, exam.Names(t, r.Conclusions(c.q), conclusionName), c.want)
		}
		return nil
	})
}
