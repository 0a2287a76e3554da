package followup

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"strconv"

	"github.com/vanphong-go/vanphong"
)

// Tally counts tasks by cell (tổng hợp tình hình thực hiện). The six cells
// add up to the tasks assigned; those withdrawn stand apart.
//
// Two axes give six cells because that is how offices print them (done or not,
// and in time, late, without deadline); every total is a sum of cells, so a
// table cannot disagree with itself.
type Tally struct {
	DoneInTime     int `json:"done_in_time"`
	DoneLate       int `json:"done_late"`
	DoneNoDeadline int `json:"done_no_deadline"`
	OpenInTime     int `json:"open_in_time"`
	OpenLate       int `json:"open_late"`
	OpenNoDeadline int `json:"open_no_deadline"`
	Withdrawn      int `json:"withdrawn"`

	// Due is how many tasks' deadline is reached (the day itself included), and
	// DueDone how many of those are done. Both are among the six cells.
	Due     int `json:"due"`
	DueDone int `json:"due_done"`
}

// Add counts one task. One that was not assigned yet is not counted.
//
// The order of the arrays is that of Timeliness. A status is computed by this
// package, so the remainder only guards the index against one made by hand.
func (t *Tally) Add(s Status) {
	switch s.Standing {
	case Dropped:
		t.Withdrawn++
		return
	case Completed:
		*[...]*int{&t.DoneNoDeadline, &t.DoneInTime, &t.DoneLate}[s.Timeliness%3]++
	case Running:
		*[...]*int{&t.OpenNoDeadline, &t.OpenInTime, &t.OpenLate}[s.Timeliness%3]++
	default:
		return
	}
	if s.Reached {
		t.Due++
		if s.Done() {
			t.DueDone++
		}
	}
}

// Plus returns the counts of both: tallies of parts make the tally of the
// whole.
//
// Field by field, in the order of the struct: a new field that is forgotten
// here does not compile.
func (t Tally) Plus(o Tally) Tally {
	return Tally{
		t.DoneInTime + o.DoneInTime, t.DoneLate + o.DoneLate, t.DoneNoDeadline + o.DoneNoDeadline,
		t.OpenInTime + o.OpenInTime, t.OpenLate + o.OpenLate, t.OpenNoDeadline + o.OpenNoDeadline,
		t.Withdrawn + o.Withdrawn, t.Due + o.Due, t.DueDone + o.DueDone,
	}
}

// Done returns how many tasks are done.
func (t Tally) Done() int { return t.DoneInTime + t.DoneLate + t.DoneNoDeadline }

// Open returns how many tasks are not done.
func (t Tally) Open() int { return t.OpenInTime + t.OpenLate + t.OpenNoDeadline }

// Assigned returns how many tasks there are, withdrawn ones left out.
//
// A task that was withdrawn has left the denominator: nobody can fail to do
// what need not be done.
func (t Tally) Assigned() int { return t.Done() + t.Open() }

// Denominator is what a rate is of. The three are all in use, and the same
// figures give 84 % by one and 98 % by another: a rate without its
// denominator says nothing.
//
// Published: 16,051 of 16,274 done and overdue (98.62 %, report of 2017, grade
// P); 84.46 % of those assigned (Hải Phòng); 91.8 % of those due (2016).
type Denominator uint8

// The denominators.
const (
	OfAssigned       Denominator = iota + 1 // trên số nhiệm vụ được giao
	OfDoneAndOverdue                        // trên số nhiệm vụ đã hoàn thành và quá hạn chưa hoàn thành
	OfDue                                   // trên số nhiệm vụ đến hạn
)

var denominatorNames = [...]string{"", "nhiệm vụ được giao", "nhiệm vụ đã hoàn thành và quá hạn chưa hoàn thành", "nhiệm vụ đến hạn"}
var denominatorCodes = [...]string{"", "assigned", "done-and-overdue", "due"}

// Name returns the Vietnamese name of the denominator.
func (d Denominator) Name() string { return vanphong.EnumName(denominatorNames[:], d) }

// MarshalText writes the denominator as its code.
func (d Denominator) MarshalText() ([]byte, error) {
	return vanphong.EnumText("denominator", denominatorCodes[:], d)
}

// UnmarshalText reads what MarshalText writes.
func (d *Denominator) UnmarshalText(b []byte) (err error) {
	*d, err = vanphong.ParseEnum[Denominator]("denominator", denominatorCodes[:], b)
	return err
}

// Ratio is a rate as its two counts, with the denominator named. It is cut or
// rounded to a percentage once, where it is printed. Den 0 is no rate.
//
// A published 98.62 % was 98.6297 % and cut, not rounded, so a percentage kept
// in place of the counts could not be checked.
type Ratio struct {
	Num int         `json:"num"`
	Den int         `json:"den"`
	Of  Denominator `json:"of"`
}

// String returns "16051/16274 nhiệm vụ đã hoàn thành và quá hạn chưa hoàn
// thành".
func (r Ratio) String() string { return fmt.Sprintf("%d/%d %s", r.Num, r.Den, r.Of.Name()) }

// Rate returns the share of tasks done, of the given denominator. An unknown
// one gives 0 of 0.
func (t Tally) Rate(of Denominator) Ratio {
	switch of {
	case OfAssigned:
		return Ratio{t.Done(), t.Assigned(), of}
	// Tasks still in time are in neither count, so this rate is never below
	// that of OfAssigned.
	case OfDoneAndOverdue:
		return Ratio{t.Done(), t.Done() + t.OpenLate, of}
	case OfDue:
		return Ratio{t.DueDone, t.Due, of}
	}
	return Ratio{Of: of}
}

// Stated is totals as a report states them beside its cells. A zero total is
// not stated.
type Stated struct {
	Done  int `json:"done,omitzero"`
	Open  int `json:"open,omitzero"`
	Total int `json:"total,omitzero"`
}

// RuleSum is the rule of the findings of [Tally.Check].
const RuleSum = "followup.sum"

// Check holds stated totals against the cells and returns a finding for each
// that differs. Published reports contain such slips: it says so, and by how
// much, and corrects nothing.
//
// A report of Hải Phòng has 2,065 + 348 = 2,413 beside a total of 2,414 (grade
// N): an error would keep such a report out, and correcting it would hide the
// question.
func (t Tally) Check(s Stated) []vanphong.Finding {
	var out []vanphong.Finding
	for _, c := range []struct {
		name        string
		stated, sum int
	}{
		{"hoàn thành", s.Done, t.Done()},
		{"đang thực hiện", s.Open, t.Open()},
		{"tổng số", s.Total, t.Assigned()},
	} {
		// 0 in a form is a cell left empty far more often than a claim that
		// there were none.
		if c.stated != 0 && c.stated != c.sum {
			out = append(out, vanphong.Finding{
				Rule: RuleSum, Severity: vanphong.Warning,
				Args: []string{c.name, strconv.Itoa(c.stated), strconv.Itoa(c.sum), strconv.Itoa(c.stated - c.sum)},
			})
		}
	}
	return out
}

// Messages returns the sentences of this package's findings.
func Messages() vanphong.Catalogue {
	return vanphong.Catalogue{RuleSum: {
		Vietnamese: "Số {0} nêu trong báo cáo là {1}, cộng các mục được {2}, chênh lệch {3}.",
		English:    "Stated total ({0}) is {1}, its parts add up to {2}, difference {3}.",
	}}
}

// Line is one overdue task as a board shows it.
//
// It has what a reminder needs and nothing else; texts of reports stay in the
// task.
type Line struct {
	Task     TaskID           `json:"task"`
	Title    string           `json:"title"`
	Lead     vanphong.OrgID   `json:"lead"`
	Origin   string           `json:"origin,omitempty"` // number as printed
	Due      vanphong.Date    `json:"due"`
	FirstDue vanphong.Date    `json:"first_due"`
	DaysLate int              `json:"days_late"`
	Secrecy  vanphong.Secrecy `json:"secrecy,omitzero"`
}

// UnitTally is the tally of the tasks that one unit leads.
type UnitTally struct {
	Lead  vanphong.OrgID `json:"lead"`
	Tally Tally          `json:"tally"`
}

// Board is what the follow-up shows on a day (bảng theo dõi): counts over all,
// counts by lead unit, and what is overdue.
//
// Colours are left to whoever shows it: offices use several schemes, and none
// is a standard.
type Board struct {
	Day     vanphong.Date `json:"day"`
	Tally   Tally         `json:"tally"`
	Units   []UnitTally   `json:"units,omitempty"`   // in the order of the units' ids
	Overdue []Line        `json:"overdue,omitempty"` // the latest first
}

// BoardOf computes the board of a day. It keeps what is overdue and one tally
// a unit, not the tasks. The first error of the iterator is returned.
//
// So the board of a province with a hundred thousand tasks needs the memory of
// those that are late.
func BoardOf(day vanphong.Date, tasks iter.Seq2[Task, error]) (Board, error) {
	if tasks == nil {
		return Board{}, vanphong.NewInputError("tasks", "nil", "a walk of tasks, empty or not", nil)
	}
	b := Board{Day: day}
	units := map[vanphong.OrgID]*Tally{}
	for t, err := range tasks {
		if err != nil {
			return Board{}, err
		}
		// The day may lie in the past, before the task was given out.
		s := t.Status(day)
		if s.Standing == NotAssigned {
			continue
		}
		b.Tally.Add(s)
		u := units[t.Lead]
		if u == nil {
			u = &Tally{}
			units[t.Lead] = u
		}
		u.Add(s)
		if s.Overdue() {
			b.Overdue = append(b.Overdue, Line{t.ID, t.Title, t.Lead, t.Origin.Number, s.Due, s.FirstDue, s.DaysLate, t.Secrecy})
		}
	}
	for lead, u := range units {
		b.Units = append(b.Units, UnitTally{lead, *u})
	}
	slices.SortFunc(b.Units, func(x, y UnitTally) int { return cmp.Compare(x.Lead, y.Lead) })
	slices.SortFunc(b.Overdue, func(x, y Line) int {
		return cmp.Or(cmp.Compare(y.DaysLate, x.DaysLate), cmp.Compare(x.Task, y.Task))
	})
	return b, nil
}
