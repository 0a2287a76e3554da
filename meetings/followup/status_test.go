package followup

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"testing"

	"github.com/vanphong-go/vanphong"
)

var day = vanphong.MustDate("2026-11-20")

func seq(list ...Task) iter.Seq2[Task, error] {
	return func(yield func(Task, error) bool) {
		for _, t := range list {
			if !yield(t, nil) {
				return
			}
		}
	}
}

func TestStatusOnADay(t *testing.T) {
	due := func(d vanphong.Date) Task { return Task{Assigned: day - 30, First: Due{Day: d}} }
	done := func(t Task, d vanphong.Date) Task {
		t.Progress = append(t.Progress, Progress{Day: d, Done: true})
		return t
	}
	extend := func(t Task, granted, to vanphong.Date) Task {
		t.Extensions = append(t.Extensions, Extension{Day: granted, From: t.Due(), To: to})
		return t
	}
	withdraw := func(t Task, d vanphong.Date) Task {
		t.Withdrawn = Withdrawal{Day: d, Reason: "trùng"}
		return t
	}
	for _, c := range []struct {
		probes string
		task   Task
		name   string
		late   int
		reach  bool
	}{
		{"done on the very day is in time", done(due(day), day), "hoàn thành đúng hạn", 0, true},
		{"done before", done(due(day+5), day-3), "hoàn thành đúng hạn", 0, false},
		{"done the day after", done(due(day-3), day-2), "hoàn thành quá hạn", 1, true},
		{"late by what it was, not by what has passed since", done(due(day-20), day-15), "hoàn thành quá hạn", 5, true},
		{"not done on the very day is still in time", due(day), "đang thực hiện trong hạn", 0, true},
		{"not done, days left", due(day + 1), "đang thực hiện trong hạn", 0, false},
		{"not done the day after", due(day - 1), "đang thực hiện quá hạn", 1, true},
		{"no deadline, not done", due(0), "đang thực hiện (không hạn)", 0, false},
		{"no deadline, done", done(due(0), day), "hoàn thành (không hạn)", 0, false},
		{"done tomorrow is not done today", done(due(day-1), day+1), "đang thực hiện quá hạn", 1, true},
		{"extended: the current deadline holds", extend(due(day-5), day-6, day+5), "đang thực hiện trong hạn", 0, false},
		{"extended afterwards, with hindsight", extend(due(day-5), day-1, day+5), "đang thực hiện trong hạn", 0, false},
		{"an extension granted tomorrow is not known today", extend(due(day-5), day+1, day+5), "đang thực hiện quá hạn", 5, true},
		{"granted today is known today", extend(due(day-5), day, day+5), "đang thực hiện trong hạn", 0, false},
		{"extended twice", extend(extend(due(day-9), day-10, day-5), day-6, day-2), "đang thực hiện quá hạn", 2, true},
		{"done late by the first, in time by the current", done(extend(due(day-9), day-10, day-1), day-2), "hoàn thành đúng hạn", 0, true},
		{"an extension dated after it was done does not mend it", done(extend(due(day-9), day-1, day+9), day-2), "hoàn thành quá hạn", 7, true},
		{"withdrawn today", withdraw(due(day-5), day), "đã rút", 0, true},
		{"withdrawn tomorrow still counts", withdraw(due(day-5), day+1), "đang thực hiện quá hạn", 5, true},
		{"not assigned yet", Task{Assigned: day + 1, First: Due{Day: day + 5}}, "chưa giao", 0, false},
		{"assigned today", Task{Assigned: day, First: Due{Day: day + 5}}, "đang thực hiện trong hạn", 0, false},
	} {
		s := c.task.Status(day)
		if s.Name() != c.name || s.DaysLate != c.late || s.Reached != c.reach || s.FirstDue != c.task.First.Day {
			t.Errorf("%s: %q %d %v %s", c.probes, s.Name(), s.DaysLate, s.Reached, s.FirstDue)
		}
		if s.Done() != (s.Standing == Completed) || s.Overdue() != (s.Name() == "đang thực hiện quá hạn") {
			t.Errorf("%s: done %v overdue %v", c.probes, s.Done(), s.Overdue())
		}
	}
	first := extend(due(day-5), day-6, day+5)
	if s := first.Status(day); s.FirstDue != day-5 || s.Due != day+5 || first.First.Day != day-5 {
		t.Errorf("the first deadline is shown beside the current one: %+v", s)
	}
}

// random returns a task as the tracker could have recorded it.
func random(r *rand.Rand, i int) Task {
	t := Task{ID: TaskID(fmt.Sprint(i)), Lead: vanphong.OrgID(fmt.Sprint("u", r.IntN(5))), Assigned: day - vanphong.Date(r.IntN(60))}
	if r.IntN(4) > 0 {
		t.First.Day = t.Assigned + vanphong.Date(r.IntN(40))
		granted := t.Assigned
		for range r.IntN(3) {
			granted += vanphong.Date(r.IntN(20))
			t.Extensions = append(t.Extensions, Extension{Day: granted, From: t.Due(), To: t.Due() + 1 + vanphong.Date(r.IntN(20))})
		}
	}
	for range r.IntN(3) {
		t.Progress = append(t.Progress, Progress{Day: t.Assigned + vanphong.Date(r.IntN(60)), Percent: 1 + r.IntN(100)})
	}
	switch r.IntN(3) {
	case 0:
		t.Progress = append(t.Progress, Progress{Day: t.Assigned + vanphong.Date(r.IntN(60)), Done: true})
	case 1:
		if r.IntN(3) == 0 {
			t.Withdrawn = Withdrawal{Day: t.Assigned + vanphong.Date(r.IntN(60)), Reason: "x"}
		}
	}
	return t
}

// known returns the task with everything dated after a day struck out: what
// the office had in its books that evening.
func known(t Task, on vanphong.Date) Task {
	out := t
	out.Progress, out.Extensions = nil, nil
	for _, p := range t.Progress {
		if p.Day <= on {
			out.Progress = append(out.Progress, p)
		}
	}
	for _, e := range t.Extensions {
		if e.Day <= on {
			out.Extensions = append(out.Extensions, e)
		}
	}
	if t.Withdrawn.Day > on {
		out.Withdrawn = Withdrawal{}
	}
	return out
}

func TestAPastDayIsReplayedFromWhatWasKnownThen(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for i := range 5000 {
		k := random(r, i)
		on := k.Assigned - 5 + vanphong.Date(r.IntN(80))
		if now, then := k.Status(on), known(k, on).Status(on); now != then {
			t.Fatalf("%+v on %s: %+v, known then: %+v", k, on, now, then)
		}
	}
}

func TestTheBoardAddsUp(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	var tasks []Task
	for i := range 2000 {
		tasks = append(tasks, random(r, i))
	}
	b, err := BoardOf(day-10, seq(tasks...))
	if err != nil {
		t.Fatal(err)
	}
	n, withdrawn, late := 0, 0, 0
	for _, k := range tasks {
		switch s := k.Status(day - 10); {
		case s.Standing == Dropped:
			withdrawn++
		case s.Standing != NotAssigned:
			n++
			if s.Overdue() {
				late++
			}
		}
	}
	if b.Tally.Assigned() != n || b.Tally.Done()+b.Tally.Open() != n || b.Tally.Withdrawn != withdrawn || len(b.Overdue) != late || b.Tally.OpenLate != late || late == 0 {
		t.Errorf("%+v over %d tasks, %d withdrawn, %d late", b.Tally, n, withdrawn, late)
	}
	var sum Tally
	for _, u := range b.Units {
		sum = sum.Plus(u.Tally)
	}
	if sum != b.Tally || len(b.Units) != 5 {
		t.Errorf("the units add up to %+v, the whole is %+v", sum, b.Tally)
	}
	for i := 1; i < len(b.Overdue); i++ {
		if b.Overdue[i].DaysLate > b.Overdue[i-1].DaysLate {
			t.Fatal("the latest come first")
		}
	}
	if b.Tally.DueDone > b.Tally.Due || b.Tally.Due > n {
		t.Errorf("%+v", b.Tally)
	}
	early, err := BoardOf(day, seq(Task{Lead: "u", Assigned: day + 1}))
	if err != nil || len(early.Units) != 0 {
		t.Errorf("a unit without a task yet is on the board: %+v %v", early, err)
	}
	stop := fmt.Errorf("đĩa hỏng")
	if _, err := BoardOf(day, func(yield func(Task, error) bool) { yield(Task{}, stop) }); err != stop { //nolint:errorlint // handed on unchanged
		t.Error(err)
	}
}

func TestPublishedFiguresComeOut(t *testing.T) {
	// Government, 2017: four cells, and a rate of done over done and overdue.
	y2017 := Tally{DoneInTime: 14_068, DoneLate: 1_983, OpenInTime: 5_640, OpenLate: 223}
	if y2017.Assigned() != 21_914 || len(y2017.Check(Stated{Done: 16_051, Open: 5_863, Total: 21_914})) != 0 {
		t.Errorf("%d", y2017.Assigned())
	}
	if r := y2017.Rate(OfDoneAndOverdue); r != (Ratio{16_051, 16_274, OfDoneAndOverdue}) || r.Num*10_000/r.Den != 9862 {
		t.Errorf("%v is published as 98.62 %%, cut", r)
	}
	// The same figures by another denominator: a rate without it says nothing.
	if r := y2017.Rate(OfAssigned); r != (Ratio{16_051, 21_914, OfAssigned}) {
		t.Error(r)
	}
	// 2016: done of those due, not of those assigned.
	y2016 := Tally{DoneInTime: 2_400, DoneLate: 101, OpenInTime: 3_549, OpenLate: 222, Due: 2_723, DueDone: 2_501}
	if r := y2016.Rate(OfDue); r != (Ratio{2_501, 2_723, OfDue}) || r.Num*1000/r.Den != 918 || y2016.Assigned() != 6_272 {
		t.Errorf("%v of %d", r, y2016.Assigned())
	}
	// Quảng Nam: three cells.
	if q := (Tally{DoneInTime: 585, DoneLate: 67, OpenInTime: 181}); q.Assigned() != 833 {
		t.Error(q.Assigned())
	}
	// Hải Phòng: 2,065 and 348 are 2,413, and the report says 2,414.
	got := Tally{DoneInTime: 2_065, DoneLate: 348}.Check(Stated{Done: 2_414})
	if len(got) != 1 || Messages().Text(got[0]) != "Số hoàn thành nêu trong báo cáo là 2414, cộng các mục được 2413, chênh lệch 1." {
		t.Errorf("%+v", got)
	}
	// A total whose parts leave 27 of 309 without a state.
	if got := (Tally{DoneInTime: 189, OpenInTime: 93}).Check(Stated{Done: 189, Total: 309}); len(got) != 1 || got[0].Args[3] != "27" {
		t.Errorf("%+v", got)
	}
	if (Ratio{16_051, 16_274, OfDoneAndOverdue}).String() != "16051/16274 nhiệm vụ đã hoàn thành và quá hạn chưa hoàn thành" {
		t.Error("a ratio names its denominator")
	}
	if r := (Tally{DoneInTime: 1}).Rate(0); r != (Ratio{}) {
		t.Errorf("of nothing named: %v", r)
	}
}

func TestDueIsCountedFromTheDayItself(t *testing.T) {
	var tally Tally
	for _, k := range []Task{
		{Assigned: day, First: Due{Day: day}},                                                   // due today, open
		{Assigned: day, First: Due{Day: day}, Progress: []Progress{{Day: day, Done: true}}},     // due today, done
		{Assigned: day, First: Due{Day: day + 1}},                                               // due tomorrow
		{Assigned: day, First: Due{Day: day + 1}, Progress: []Progress{{Day: day, Done: true}}}, // done ahead of it: not among the due
		{Assigned: day}, // never due
	} {
		tally.Add(k.Status(day))
	}
	if tally.Due != 2 || tally.DueDone != 1 || tally.Assigned() != 5 {
		t.Errorf("%+v", tally)
	}
}

func TestLatestProgressIsByItsDay(t *testing.T) {
	k := Task{Assigned: day, Progress: []Progress{{Day: day + 3, Percent: 60}, {Day: day + 1, Percent: 20}, {Day: day + 1, Percent: 30}}}
	for _, c := range []struct {
		on   vanphong.Date
		want int
	}{
		{day, 0}, {day + 1, 30}, {day + 2, 30}, {day + 3, 60}, // written down later, happened before
	} {
		p, ok := k.LatestProgress(c.on)
		if p.Percent != c.want || ok != (c.want > 0) {
			t.Errorf("%s: %d, want %d", c.on, p.Percent, c.want)
		}
	}
}

func BenchmarkBoard(b *testing.B) {
	r := rand.New(rand.NewPCG(5, 6))
	tasks := make([]Task, 10_000)
	for i := range tasks {
		tasks[i] = random(r, i)
	}
	b.ReportAllocs()
	for i := range b.N {
		if _, err := BoardOf(day-vanphong.Date(i%40), seq(tasks...)); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(tasks)), "ns/task")
}
