package followuptest

import (
	"context"
	"errors"
	"slices"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/meetings/followup"
)

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
	view(t, s, here, func(r followup.Reader) error {
		got, err := r.Task("t1")
		if err != nil {
			t.Fatalf("get: %v", err)
		}
		same(t, "task", got, want)
		n := 0
		for got, err := range r.Tasks(followup.Query{}) {
			if err != nil {
				return err
			}
			n++
			same(t, "walked task", got, want)
		}
		if n != 1 {
			t.Errorf("walked %d tasks, want 1", n)
		}
		return nil
	})
	log := changes(t, s, here, 0)
	if len(log) != 1 {
		t.Fatalf("one task was put, the changes are %s", changeNames(log))
	}
	if c := log[0]; c.Kind != "task" || c.ID != "t1" || c.Org != here || c.By != want.Last.By || !c.At.Equal(want.Last.At) {
		t.Errorf("change %+v", c)
	}
}

func notFound(t T, s followup.Store) {
	check := func(r followup.Reader) error {
		if _, err := r.Task("x"); !errors.Is(err, vanphong.ErrNotFound) {
			t.Errorf("a task that is not there: got %v, want vanphong.ErrNotFound", err)
		}
		return nil
	}
	view(t, s, here, check)
	update(t, s, here, func(tx followup.Tx) error { return check(tx) })
	empty(t, s, here)
}

func readYourWrites(t T, s followup.Store) {
	update(t, s, here, func(tx followup.Tx) error {
		if err := tx.PutTask(task(here, "t1")); err != nil {
			return err
		}
		k, err := tx.Task("t1")
		if err != nil || k.Version != 1 {
			t.Errorf("a task put in this transaction: version %d, %v", k.Version, err)
		}
		if got := ids(t, tx.Tasks(followup.Query{Lead: "btc"})); len(got) != 1 {
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

var errStop = errors.New("stop")

func rollbackOnError(t T, s followup.Store) {
	if err := s.Update(t.Context(), here, func(tx followup.Tx) error {
		if err := putInto(tx, task(here, "t1"), task(here, "t2")); err != nil {
			return err
		}
		return errStop
	}); err == nil {
		t.Errorf("Update returned nil although its function failed")
	}
	empty(t, s, here)
	// The store goes on, and the ids are free.
	put(t, s, here, task(here, "t1"))
	checkOne(t, s)
}

func rollbackOnPanic(t T, s followup.Store) {
	err := func() (err error) {
		defer func() {
			if r := recover(); r != nil {
				t.Errorf("a panic reached the caller: %v", r)
				err = errStop
			}
		}()
		return s.Update(t.Context(), here, func(tx followup.Tx) error {
			if err := tx.PutTask(task(here, "t1")); err != nil {
				return err
			}
			panic("giữa chừng")
		})
	}()
	if err == nil {
		t.Errorf("Update returned nil although its function panicked")
	}
	empty(t, s, here)
	put(t, s, here, task(here, "t1"))
}

func rollbackOnCancel(t T, s followup.Store) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	err := s.Update(ctx, here, func(tx followup.Tx) error {
		if err := tx.PutTask(task(here, "t1")); err != nil {
			return err
		}
		cancel()
		return nil
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled before the commit: got %v, want context.Canceled", err)
	}
	empty(t, s, here)
}

func cancelledBefore(t T, s followup.Store) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Update(ctx, here, func(tx followup.Tx) error { return tx.PutTask(task(here, "t1")) }); !errors.Is(err, context.Canceled) {
		t.Errorf("Update with a context that has ended: got %v, want context.Canceled", err)
	}
	empty(t, s, here)
}

func errorUnchanged(t T, s followup.Store) {
	if err := s.Update(t.Context(), here, func(followup.Tx) error { return errStop }); err != errStop { //nolint:errorlint // the very value is the rule
		t.Errorf("Update: got %v, want the function's own error", err)
	}
	if err := s.View(t.Context(), here, func(followup.Reader) error { return errStop }); err != errStop { //nolint:errorlint // the very value is the rule
		t.Errorf("View: got %v, want the function's own error", err)
	}
}

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
	update(t, s, here, func(tx followup.Tx) error {
		k, err := tx.Task("t1")
		if err != nil {
			return err
		}
		k.Title = "sửa"
		return tx.PutTask(k)
	})
	view(t, s, here, func(r followup.Reader) error {
		if k, err := r.Task("t1"); err != nil || k.Version != 2 || k.Title != "sửa" {
			t.Errorf("after a change: version %d, %q, %v", k.Version, k.Title, err)
		}
		return nil
	})
}

func foreignRecord(t T, s followup.Store) {
	if err := s.Update(t.Context(), here, func(tx followup.Tx) error { return tx.PutTask(task(there, "t1")) }); !errors.Is(err, vanphong.ErrInvalid) {
		t.Errorf("a task of another organisation: got %v, want vanphong.ErrInvalid", err)
	}
	empty(t, s, here)
	empty(t, s, there)
}

func isolationIDs(t T, s followup.Store) {
	put(t, s, here, task(here, "t1"))
	view(t, s, there, func(r followup.Reader) error {
		if _, err := r.Task("t1"); !errors.Is(err, vanphong.ErrNotFound) {
			t.Errorf("an id of another organisation: got %v, want vanphong.ErrNotFound", err)
		}
		return nil
	})
	// The same ids live beside each other.
	put(t, s, there, task(there, "t1"))
	checkOne(t, s)
}

func isolationListing(t T, s followup.Store) {
	put(t, s, here, task(here, "t1"))
	view(t, s, there, func(r followup.Reader) error {
		for _, q := range []followup.Query{{}, {Lead: "btc"}, {Unit: "vp"}, {Origin: "kl-1"}} {
			if got := ids(t, r.Tasks(q)); len(got) > 0 {
				t.Errorf("listed from another organisation: %v", got)
			}
		}
		return nil
	})
}

func isolationChanges(t T, s followup.Store) {
	put(t, s, here, task(here, "t1"))
	put(t, s, there, task(there, "t2"))
	if got := changeNames(changes(t, s, there, 0)); got != "task:t2 " {
		t.Errorf("changes of one organisation: %s", got)
	}
	if got := changeNames(changes(t, s, here, 0)); got != "task:t1 " {
		t.Errorf("changes of the other: %s", got)
	}
}

// odd is ids that stores have folded, cut or read as patterns.
func odd() []string {
	long := make([]byte, vanphong.MaxID)
	for i := range long {
		long[i] = 'x'
	}
	return []string{"a", "A", "a ", " a", "%", "_", "a'b", `a"b`, `a\b`, "ủy", "uỷ", "u\u0309y", "Đ", "D", "0", "00", "1e1", "🏛", string(long), string(long[1:])}
}

func idsExact(t T, s followup.Store) {
	update(t, s, here, func(tx followup.Tx) error {
		for _, id := range odd() {
			k := task(here, followup.TaskID(id))
			k.Lead, k.Origin.ID = vanphong.OrgID(id), id
			if err := tx.PutTask(k); err != nil {
				return err
			}
		}
		return nil
	})
	view(t, s, here, func(r followup.Reader) error {
		for _, id := range odd() {
			k, err := r.Task(followup.TaskID(id))
			if err != nil || string(k.ID) != id || string(k.Lead) != id {
				t.Errorf("id %q: got %q %q, %v", id, k.ID, k.Lead, err)
			}
			same(t, "by lead", ids(t, r.Tasks(followup.Query{Lead: vanphong.OrgID(id)})), []string{id})
			same(t, "by origin", ids(t, r.Tasks(followup.Query{Origin: id})), []string{id})
			same(t, "by unit", ids(t, r.Tasks(followup.Query{Unit: vanphong.OrgID(id)})), []string{id})
		}
		want := odd()
		slices.Sort(want)
		same(t, "tasks in byte order of ids", ids(t, r.Tasks(followup.Query{})), want)
		return nil
	})
}

func recordsNotShared(t T, s followup.Store) {
	mine := task(here, "t1")
	put(t, s, here, mine)
	// Neither what was put nor what was got is the stored record.
	mine.Coordinating[0], mine.Progress[0].Note = "đổi", "đổi"
	view(t, s, here, func(r followup.Reader) error {
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
func putFour(t T, s followup.Store) {
	t.Helper()
	blank := func(id followup.TaskID, assigned vanphong.Date, lead vanphong.OrgID) followup.Task {
		return followup.Task{ID: id, Org: here, Key: string(id), Title: "việc", Lead: lead, Assigned: assigned, Origin: followup.Origin{Kind: followup.FromDocument, ID: "vb"}, Last: stamp(1)}
	}
	c, a, b, d := blank("c", day+1, "btc"), blank("a", day+2, "vp"), blank("b", day, "btc"), blank("d", day+1, "btg")
	c.First.Day, c.Origin.ID = day+5, "kl"
	a.First.Day, a.Coordinating = day+6, []vanphong.OrgID{"btc"}
	a.Extensions = []followup.Extension{{Day: day + 3, From: day + 6, To: day + 9, Reason: "chờ"}}
	b.Progress = []followup.Progress{{Day: day + 1, Note: "đang làm"}, {Day: day + 2, Done: true}}
	d.Withdrawn = followup.Withdrawal{Day: day + 2, Reason: "trùng"}
	put(t, s, here, c, a, b, d)
}

func order(t T, s followup.Store) {
	putFour(t, s)
	view(t, s, here, func(r followup.Reader) error {
		same(t, "tasks by day of assignment, then id", ids(t, r.Tasks(followup.Query{})), []string{"b", "c", "d", "a"})
		return nil
	})
}

func query(t T, s followup.Store) {
	putFour(t, s)
	view(t, s, here, func(r followup.Reader) error {
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
			same(t, what, ids(t, r.Tasks(c.q)), c.want)
		}
		return nil
	})
}

// queryFollows holds that what a query goes by is renewed with the record.
func queryFollows(t T, s followup.Store) {
	putFour(t, s)
	update(t, s, here, func(tx followup.Tx) error {
		c, err := tx.Task("c")
		if err != nil {
			return err
		}
		c.Progress = append(c.Progress, followup.Progress{Day: day + 2, Done: true})
		c.Extensions = append(c.Extensions, followup.Extension{Day: day + 2, From: day + 5, To: day + 50, Reason: "chờ"})
		c.Lead, c.Coordinating = "vp", []vanphong.OrgID{"mới"}
		return tx.PutTask(c)
	})
	view(t, s, here, func(r followup.Reader) error {
		same(t, "open", ids(t, r.Tasks(followup.Query{Open: true})), []string{"a"})
		same(t, "due", ids(t, r.Tasks(followup.Query{Due: vanphong.Days{First: day + 50}})), []string{"c"})
		same(t, "old due", ids(t, r.Tasks(followup.Query{Due: vanphong.Days{First: day + 5, End: day + 6}})), []string{})
		same(t, "old lead", ids(t, r.Tasks(followup.Query{Lead: "btc"})), []string{"b"})
		same(t, "new unit", ids(t, r.Tasks(followup.Query{Unit: "mới"})), []string{"c"})
		return nil
	})
}
