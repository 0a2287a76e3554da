package vanphong

import (
	"time"

	"github.com/rickb777/date/v2"
)

// Days is a run of days, half-open: First belongs to it, End does not. A zero
// First has no beginning, a zero End is open ("đến nay"); the zero Days is
// every day. (Closed intervals would make two terms that touch overlap.)
type Days struct {
	First Date `json:"first,omitzero"`
	End   Date `json:"end,omitzero"`
}

// NewDays returns the days from first up to, but not with, end. An end on or
// before first is an [*InputError]; a zero end is open.
func NewDays(first, end Date) (Days, error) {
	if end != 0 && end <= first {
		return Days{}, invalid("end", end.String(), "a day after "+first.String())
	}
	return Days{first, end}, nil
}

// Through returns the days from first to last, both included, as regulations
// write a period.
func Through(first, last Date) (Days, error) { return NewDays(first, last+1) }

// YearDays returns the days of a calendar year.
func YearDays(year int) Days {
	return Days{Date(date.New(year, time.January, 1)), Date(date.New(year+1, time.January, 1))}
}

// Valid reports whether r holds at least one day.
func (r Days) Valid() bool { return r.End == 0 || r.First < r.End }

// Contains reports whether d is one of the days.
func (r Days) Contains(d Date) bool { return r.First <= d && (r.End == 0 || d < r.End) }

// Last returns the last day of r, or zero if r is open.
func (r Days) Last() Date {
	if r.End == 0 {
		return 0
	}
	return r.End - 1
}

// Len returns the number of days, or -1 if r is open at the end.
func (r Days) Len() int {
	if r.End == 0 {
		return -1
	}
	return max(0, int(r.End-r.First))
}

// Overlaps reports whether r and o share a day. Runs that touch do not.
func (r Days) Overlaps(o Days) bool { return r.Intersect(o).Valid() && r.Valid() && o.Valid() }

// Intersect returns the days that r and o share; it is not Valid if there are
// none.
func (r Days) Intersect(o Days) Days {
	out := Days{max(r.First, o.First), r.End}
	if out.End == 0 || (o.End != 0 && o.End < out.End) {
		out.End = o.End
	}
	return out
}

// String returns "từ 01/7/2025 đến 31/12/2025"; "từ 01/7/2025 đến nay" if r is
// open, "đến 31/12/2025" if it has no beginning, "mọi ngày" if it has neither.
func (r Days) String() string {
	switch {
	case r == Days{}:
		return "mọi ngày"
	case r.First == 0:
		return "đến " + FormatDate(r.Last())
	case r.End == 0:
		return "từ " + FormatDate(r.First) + " đến nay"
	}
	return "từ " + FormatDate(r.First) + " đến " + FormatDate(r.Last())
}

// ISO returns "2025-07-01..2025-12-31", both days included, for logs and
// English errors; a side that is open is empty: "2025-07-01..".
func (r Days) ISO() string { return r.First.String() + ".." + r.Last().String() }
