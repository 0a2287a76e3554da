package followuptest

import (
	"errors"
	"slices"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/internal/exam"
	"github.com/vanphong-go/vanphong/meetings/followup"
)

// Loss prevented: a deadline, an extension or its reason that is not there
// when a unit is asked why it is late.
func recordKeptWhole(t T, s followup.Store) {
	put(t, s, here, task(here, "t1"))
	checkOne(t, s)
}

// checkOne compares the one task t1 with what was written, as got, as walked
// and as a change.
func checkOne(t T, s followup.Store) {
	t.Helper()
	want := task(here, "t1")
	want.Version = 1
	exam.View(t, s, here, func(r followup.Reader) error {
		got, err := r.Task("t1")
		if err != nil {
			t.Fatalf("get: %v", err)
		}
		exam.Same(t, "task", got, want)
		n := 0
		for got, err := range r.Tasks(followup.Query{}) {
			if err != nil {
				return err
			}
			n++
			exam.Same(t, "walked task", got, want)
		}
		if n != 1 {
			t.Errorf("walked %d tasks, want 1", n)
		}
		return nil
	})
	log := exam.Changes(t, s, here, 0)
	if len(log) != 1 {
		t.Fatalf("one task was put, the changes are %s", exam.Lines(log))
	}
	if c := log[0]; c.Kind != "task" || c.ID != "t1" || c.Org != here || c.By != want.Last.By || !c.At.Equal(want.Last.At) {
		t.Errorf("change %+v", c)
	}
}

// Loss prevented: an empty task taken for a real one.
func notFound(t T, s followup.Store) {
	check := func(r followup.Reader) error {
		if _, err := r.Task("x"); !errors.Is(err, vanphong.ErrNotFound) {
			t.Errorf("a task that is not there: got %v, want vanphong.ErrNotFound", err)
		}
		return nil
	}
	exam.View(t, s, here, check)
	exam.Update(t, s, here, func(tx followup.Tx) error { return check(tx) })
	port().Empty(t, s, here)
}

// Loss prevented: a step that does not see what it has just recorded, and
// records it again.
func readYourWrites(t T, s followup.Store) {
	exam.Update(t, s, here, func(tx followup.Tx) error {
		if err := tx.PutTask(task(here, "t1")); err != nil {
			return err
		}
		k, err := tx.Task("t1")
		if err != nil || k.Version != 1 {
			t.Errorf("a task put in this transaction: version %d, %v", k.Version, err)
		}
		if got := exam.Names(t, tx.Tasks(followup.Query{Lead: "btc"}), taskName); len(got) != 1 {
			t.Errorf("a walk in the transaction sees %v", got)
		}
		k.Title = "lần hai"
		if err := tx.PutTask(k); err != nil {
			return err
		}
		if k, err = tx.Task("t1"); err != nil || k.Title != "lần hai" || k.Version != 2 {
			t.Errorf("put twice in one transaction: %q version %d, %v", k.Title, k.Version, err)
		}
		return nil
	})
}

// Loss prevented: a report and an extension at the same moment, of which only
// one is kept.
func versionConflict(t T, s followup.Store) {
	put(t, s, here, task(here, "t1"))
	for _, c := range []struct {
		id      followup.TaskID
		version int64
	}{
		{"t1", 0},  // new though it is there
		{"t1", 2},  // from the future
		{"t1", -1}, // nonsense
		{"t9", 1},  // a first record is new
	} {
		k := task(here, c.id)
		k.Version = c.version
		if err := s.Update(t.Context(), here, func(tx followup.Tx) error { return tx.PutTask(k) }); !errors.Is(err, vanphong.ErrConflict) {
			t.Errorf("%s with version %d: got %v, want vanphong.ErrConflict", c.id, c.version, err)
		}
	}
	exam.Update(t, s, here, func(tx followup.Tx) error {
		k, err := tx.Task("t1")
		if err != nil {
			return err
		}
		k.Title = "sửa"
		return tx.PutTask(k)
	})
	exam.View(t, s, here, func(r followup.Reader) error {
		if k, err := r.Task("t1"); err != nil || k.Version != 2 || k.Title != "sửa" {
			t.Errorf("after a change: version %d, %q, %v", k.Version, k.Title, err)
		}
		return nil
	})
}

// Loss prevented: a task that turns up on another office's board.
func foreignRecord(t T, s followup.Store) {
	if err := s.Update(t.Context(), here, func(tx followup.Tx) error { return tx.PutTask(task(there, "t1")) }); !errors.Is(err, vanphong.ErrInvalid) {
		t.Errorf("a task of another organisation: got %v, want vanphong.ErrInvalid", err)
	}
	port().Empty(t, s, here)
	port().Empty(t, s, there)
}

// Loss prevented: tasks of two offices under one id, each overwriting the
// other.
func isolationIDs(t T, s followup.Store) {
	put(t, s, here, task(here, "t1"))
	exam.View(t, s, there, func(r followup.Reader) error {
		if _, err := r.Task("t1"); !errors.Is(err, vanphong.ErrNotFound) {
			t.Errorf("an id of another organisation: got %v, want vanphong.ErrNotFound", err)
		}
		return nil
	})
	// The same ids live beside each other.
	put(t, s, there, task(there, "t1"))
	checkOne(t, s)
}

// Loss prevented: another office's tasks in the rates that are reported
// upwards.
func isolationListing(t T, s followup.Store) {
	put(t, s, here, task(here, "t1"))
	exam.View(t, s, there, func(r followup.Reader) error {
		for _, q := range []followup.Query{{}, {Lead: "btc"}, {Unit: "vp"}, {Origin: "kl-1"}} {
			if got := exam.Names(t, r.Tasks(q), taskName); len(got) > 0 {
				t.Errorf("listed from another organisation: %v", got)
			}
		}
		return nil
	})
}

// Loss prevented: leads that differ only in case or marks are counted as one
// unit.
func idsExact(t T, s followup.Store) {
	exam.Update(t, s, here, func(tx followup.Tx) error {
		for _, id := range exam.OddIDs() {
			k := task(here, followup.TaskID(id))
			k.Lead, k.Origin.ID = vanphong.OrgID(id), id
			if err := tx.PutTask(k); err != nil {
				return err
			}
		}
		return nil
	})
	exam.View(t, s, here, func(r followup.Reader) error {
		for _, id := range exam.OddIDs() {
			k, err := r.Task(followup.TaskID(id))
			if err != nil || string(k.ID) != id || string(k.Lead) != id {
				t.Errorf("id %q: got %q %q, %v", id, k.ID, k.Lead, err)
			}
			exam.Same(t, "by lead", exam.Names(t, r.Tasks(followup.Query{Lead: vanphong.OrgID(id)}), taskName), []string{id})
			exam.Same(t, "by origin", exam.Names(t, r.Tasks(followup.Query{Origin: id}), taskName), []string{id})
			exam.Same(t, "by unit", exam.Names(t, r.Tasks(followup.Query{Unit: vanphong.OrgID(id)}), taskName), []string{id})
		}
		want := exam.OddIDs()
		slices.Sort(want)
		exam.Same(t, "tasks in byte order of ids", exam.Names(t, r.Tasks(followup.Query{}), taskName), want)
		return nil
	})
}

// Loss prevented: a page that sorts the reports it was given and so changes
// the record.
func recordsNotShared(t T, s followup.Store) {
	mine := task(here, "t1")
	put(t, s, here, mine)
	// Neither what was put nor what was got is the stored record.
	mine.Coordinating[0], mine.Progress[0].Note = "đổi", "đổi"
	exam.View(t, s, here, func(r followup.Reader) error {
		k, err := r.Task("t1")
		if err != nil {
			return err
		}
		k.Extensions[0].Reason, k.Coordinating[1] = "đổi", "đổi"
		for k, err := range r.Tasks(followup.Query{}) {
			if err != nil {
				return err
			}
			k.Progress[1].Note = "đổi"
		}
		return nil
	})
	checkOne(t, s)
}

// putFour writes tasks that differ in what a query asks for, out of order.
//
// Each has one thing that the others have not, so that a condition which is
// ignored shows.
func putFour(t T, s followup.Store) {
	t.Helper()
	blank := func(id followup.TaskID, assigned vanphong.Date, lead vanphong.OrgID) followup.Task {
		return followup.Task{ID: id, Org: here, Key: string(id), Title: "việc", Lead: lead, Assigned: assigned, Origin: followup.Origin{Kind: followup.FromDocument, ID: "vb"}, Last: exam.Stamp(1)}
	}
	c, a, b, d := blank("c", day+1, "btc"), blank("a", day+2, "vp"), blank("b", day, "btc"), blank("d", day+1, "btg")
	c.First.Day, c.Origin.ID = day+5, "kl"
	a.First.Day, a.Coordinating = day+6, []vanphong.OrgID{"btc"}
	a.Extensions = []followup.Extension{{Day: day + 3, From: day + 6, To: day + 9, Reason: "chờ"}}
	b.Progress = []followup.Progress{{Day: day + 1, Note: "đang làm"}, {Day: day + 2, Done: true}}
	d.Withdrawn = followup.Withdrawal{Day: day + 2, Reason: "trùng"}
	put(t, s, here, c, a, b, d)
}

// Loss prevented: two printed boards of one day in two orders.
func order(t T, s followup.Store) {
	putFour(t, s)
	exam.View(t, s, here, func(r followup.Reader) error {
		exam.Same(t, "tasks by day of assignment, then id", exam.Names(t, r.Tasks(followup.Query{}), taskName), []string{"b", "c", "d", "a"})
		return nil
	})
}

// Loss prevented: an overdue task that the reminder does not find, for it was
// looked for under its first deadline.
func query(t T, s followup.Store) {
	putFour(t, s)
	exam.View(t, s, here, func(r followup.Reader) error {
		for what, c := range map[string]struct {
			q    followup.Query
			want []string
		}{
			"origin":                      {followup.Query{Origin: "kl"}, []string{"c"}},
			"lead":                        {followup.Query{Lead: "btc"}, []string{"b", "c"}},
			"unit, leading or not":        {followup.Query{Unit: "btc"}, []string{"b", "c", "a"}},
			"open":                        {followup.Query{Open: true}, []string{"c", "a"}},
			"assigned, half-open":         {followup.Query{Assigned: vanphong.Days{First: day, End: day + 1}}, []string{"b"}},
			"due by the extended date":    {followup.Query{Due: vanphong.Days{First: day + 9, End: day + 10}}, []string{"a"}},
			"not due by the first date":   {followup.Query{Due: vanphong.Days{First: day + 6, End: day + 7}}, []string{}},
			"due, half-open":              {followup.Query{Due: vanphong.Days{First: day, End: day + 9}}, []string{"c"}},
			"without deadline is not due": {followup.Query{Due: vanphong.Days{End: day + 100}}, []string{"c", "a"}},
			"all at once":                 {followup.Query{Unit: "btc", Open: true, Origin: "vb", Due: vanphong.Days{First: day}}, []string{"a"}},
			"nothing":                     {followup.Query{Lead: "khác"}, []string{}},
		} {
			exam.Same(t, what, exam.Names(t, r.Tasks(c.q), taskName), c.want)
		}
		return nil
	})
}

// queryFollows holds that what a query goes by is renewed with the record.
//
// Loss prevented: columns that a store keeps for queries and forgets to renew;
// the task is right when opened and wrong in every list.
func queryFollows(t T, s followup.Store) {
	putFour(t, s)
	exam.Update(t, s, here, func(tx followup.Tx) error {
		c, err := tx.Task("c")
		if err != nil {
			return err
		}
		c.Progress = append(c.Progress, followup.Progress{Day: day + 2, Done: true})
		c.Extensions = append(c.Extensions, followup.Extension{Day: day + 2, From: day + 5, To: day + 50, Reason: "chờ"})
		c.Lead, c.Coordinating = "vp", []vanphong.OrgID{"mới"}
		return tx.PutTask(c)
	})
	exam.View(t, s, here, func(r followup.Reader) error {
		exam.Same(t, "open", exam.Names(t, r.Tasks(followup.Query{Open: true}), taskName), []string{"a"})
		exam.Same(t, "due", exam.Names(t, r.Tasks(followup.Query{Due: vanphong.Days{First: day + 50}}), taskName), []string{"c"})
		exam.Same(t, "old due", exam.Names(t, r.Tasks(followup.Query{Due: vanphong.Days{First: day + 5, End: day + 6}}), taskName), []string{})
		exam.Same(t, "old lead", exam.Names(t, r.Tasks(followup.Query{Lead: "btc"}), taskName), []string{"b"})
		exam.Same(t, "new unit", exam.Names(t, r.Tasks(followup.Query{Unit: "mới"}), taskName), []string{"c"})
		return nil
	})
}
