package calendar

import (
	"strconv"

	"github.com/vanphong-go/vanphong"
)

// Counting is how the days of a deadline are counted (cách tính thời hạn).
//
// The Civil Code counts days (Điều 147); that a rule means working days it has
// to say itself, as the clauses on papers for a meeting do.
type Counting uint8

// The two ways of counting.
const (
	CountWorking  Counting = iota // ngày làm việc: every day off is skipped
	CountCalendar                 // ngày: every day counts, only the end moves on
)

var countingNames = [...]string{"ngày làm việc", "ngày"}
var countingCodes = [...]string{"working", "calendar"}

// Name returns what a document writes after the figure: "ngày làm việc" or
// "ngày".
func (b Counting) Name() string { return vanphong.EnumName(countingNames[:], b) }

// MarshalText writes the way of counting as "working" or "calendar".
func (b Counting) MarshalText() ([]byte, error) {
	return vanphong.EnumText("count", countingCodes[:], b)
}

// UnmarshalText reads what MarshalText writes.
func (b *Counting) UnmarshalText(text []byte) (err error) {
	*b, err = vanphong.ParseEnum[Counting]("count", countingCodes[:], text)
	return err
}

// MaxDeadline is the longest deadline in days; more is a mistake in the input.
//
// Twenty thousand days are 55 years; without a bound a slip of the keyboard
// would list every day off of a lifetime.
const MaxDeadline = 20_000

// DeadlineOptions settles what the law leaves open. Bộ luật Dân sự 2015, Điều
// 148 speaks of weekends and holidays; whether it means a weekday that was
// swapped off, or a Saturday that is worked instead, has no known source. The
// default, also for nil, follows the days the office really works.
//
// They are two switches, not one: a rule may follow the swap on one side only.
type DeadlineOptions struct {
	// RestOnSwapWork takes a worked Saturday for a day off all the same.
	RestOnSwapWork bool
	// WorkOnSwapOff takes a weekday that was swapped off for a working day.
	WorkOnSwapOff bool
}

// Deadline is a term (thời hạn) worked out, with the reasons.
//
// Skipped makes the answer checkable by hand, which is what a clerk does
// before it goes into a document.
type Deadline struct {
	From vanphong.Date `json:"from"` // the day of the event; not counted
	Due  vanphong.Date `json:"due"`  // the last day; it ends at 24:00
	// Provisional is set if a day after From up to Due is provisional (in a
	// term of no days, From itself too): the deadline may move when the notice
	// of that year comes out.
	Provisional bool `json:"provisional"`
	// Skipped holds the days off that were passed over, in order; never nil.
	Skipped []SkippedDay `json:"skipped"`
}

// SkippedDay is a day off that a deadline passed over, and why: "thứ Bảy",
// "Giỗ Tổ Hùng Vương", "nghỉ bù Quốc khánh".
type SkippedDay struct {
	Date vanphong.Date `json:"date"`
	Why  string        `json:"why"`
}

// Deadline returns the day on which a term of n days from an event ends
// (Bộ luật Dân sự 2015, Điều 147 và 148; grade P). The day of the event is
// not counted. Working days skip every day off; calendar days run through and
// only an end on a day off moves to the next working day. n = 0 is the day
// itself, moved on if it is off.
//
// A negative n or one over [MaxDeadline] is an [*vanphong.InputError]; for a
// lead time backwards see [WorkCalendar.AddWorkingDays]. A day outside the
// coverage is an error that wraps [vanphong.ErrOutOfRange].
//
// So a term of 3 working days from a Thursday ends on the next Tuesday, and
// ends at 24:00 of it.
func (c *WorkCalendar) Deadline(from vanphong.Date, n int, by Counting, opt *DeadlineOptions) (Deadline, error) {
	if n < 0 || n > MaxDeadline {
		return Deadline{}, vanphong.NewInputError("days", strconv.Itoa(n), "0 to "+strconv.Itoa(MaxDeadline), vanphong.ErrOutOfRange)
	}
	if by > CountCalendar {
		return Deadline{}, vanphong.NewInputError("count", strconv.Itoa(int(by)), oneOf(countingCodes[:]), nil)
	}
	// A term of no days has no last working day to look for: it is the day of
	// the event then, whatever is counted.
	if by == CountCalendar || n == 0 {
		return c.endOn(from, from+vanphong.Date(n), opt)
	}
	// Day by day, since every day that is skipped has to be told; who needs
	// only the date has AddWorkingDays.
	w := c.countdown(from, opt)
	for d := from + 1; ; d++ {
		off, err := w.skip(d)
		if err != nil {
			return Deadline{}, err
		}
		if off {
			continue
		}
		if n--; n == 0 {
			return w.due(d), nil
		}
	}
}

// DeadlineMonths is [WorkCalendar.Deadline] for a term of months (a year is
// twelve): it ends on the corresponding day of the last month, on that month's
// last day if there is none, and moves to the next working day if that is off
// (Bộ luật Dân sự 2015, Điều 148 khoản 3 và 5; grade P).
//
// One month from 31/01 is 28/02 or 29/02, never 03/03. The end is found from
// the first day in one step: adding month by month would lose the 31st on the
// way.
func (c *WorkCalendar) DeadlineMonths(from vanphong.Date, months int, opt *DeadlineOptions) (Deadline, error) {
	// Thirty days a month keep both bounds of one size.
	if most := MaxDeadline / 30; months < 0 || months > most {
		return Deadline{}, vanphong.NewInputError("months", strconv.Itoa(months), "0 to "+strconv.Itoa(most), vanphong.ErrOutOfRange)
	}
	if index(from) >= c.size() {
		return Deadline{}, outside("from", from)
	}
	return c.endOn(from, from.AddMonths(months), opt)
}

// endOn moves an end that falls on a day off.
func (c *WorkCalendar) endOn(from, last vanphong.Date, opt *DeadlineOptions) (Deadline, error) {
	w := c.countdown(from, opt)
	for d := last; ; d++ {
		off, err := w.skip(d)
		if err != nil {
			return Deadline{}, err
		}
		if !off {
			return w.due(d), nil
		}
	}
}

// countdown is a deadline on its way to the end.
type countdown struct {
	c   *WorkCalendar
	opt DeadlineOptions
	Deadline
}

func (c *WorkCalendar) countdown(from vanphong.Date, opt *DeadlineOptions) *countdown {
	w := &countdown{c: c, Deadline: Deadline{From: from, Skipped: []SkippedDay{}}}
	if opt != nil {
		w.opt = *opt
	}
	return w
}

// skip reports whether d is off, and writes down why.
//
// From is checked here, too, since a negative index of From would otherwise
// surface only in due.
func (w *countdown) skip(d vanphong.Date) (bool, error) {
	switch n := w.c.size(); {
	case index(w.From) >= n:
		return false, outside("from", w.From)
	case index(d) >= n:
		return false, outside("due", d)
	}
	switch kind := w.c.cells[index(d)].kind; {
	case kind == DaySwapWork && w.opt.RestOnSwapWork:
		why := vanphong.WeekdayName(d.Weekday()) + " (làm bù, tính là ngày nghỉ)"
		w.Skipped = append(w.Skipped, SkippedDay{d, why})
		return true, nil
	case !kind.Off() || kind == DaySwapOff && w.opt.WorkOnSwapOff:
		return false, nil
	}
	w.Skipped = append(w.Skipped, SkippedDay{d, w.c.info(d).why()})
	return true, nil
}

// due ends the countdown on d.
func (w *countdown) due(d vanphong.Date) Deadline {
	w.Due = d
	// Days before the first that counts cannot move the end.
	first := min(w.From+1, d) // for a term of no days the day itself
	if len(w.Skipped) > 0 {
		first = min(first, w.Skipped[0].Date)
	}
	for _, cell := range w.c.cells[index(first) : index(d)+1] {
		w.Provisional = w.Provisional || cell.provisional
	}
	return w.Deadline
}
