package calendar

import (
	"cmp"
	"iter"
	"slices"

	"github.com/vanphong-go/vanphong"
)

// Row is one half-day of a schedule as it is displayed: a day, a session and
// its entries in order of time.
//
// The empty ones are rows as well: a schedule without them leaves open whether
// the half-day is free or was forgotten.
type Row struct {
	Day     vanphong.Date `json:"day"`
	Session HalfDay       `json:"session"`
	Entries []Entry       `json:"entries,omitempty"` // none: an empty half-day, printed all the same
}

// Rows walks the schedule as offices print it: day by day, and on each day
// what runs all day, what states neither session nor time, the morning and
// the afternoon. The first two only occur if there is such an entry; morning
// and afternoon always do, since an empty half-day keeps its row.
//
// Within a half-day entries without a clock time come first, then by start
// and end; entries that tie keep their issued order, which [WeekSchedule]'s
// own Entries keep throughout.
func (s WeekSchedule) Rows() iter.Seq[Row] {
	return func(yield func(Row) bool) {
		// A schedule whose days cannot stand has no rows, rather than rows
		// without end.
		if checkDays(s.Days) != nil {
			return
		}
		type key struct {
			day  vanphong.Date
			half HalfDay
		}
		by := map[key][]Entry{}
		for _, e := range s.Entries {
			k := key{e.Day, e.Half()}
			by[k] = append(by[k], e.clone())
		}
		for day := s.Days.First; day < s.Days.End; day++ {
			// The order of the printed page: what fills the day stands above
			// its halves.
			for _, half := range [...]HalfDay{WholeDay, SessionUnstated, Morning, Afternoon} {
				list := by[key{day, half}]
				if len(list) == 0 && (half == WholeDay || half == SessionUnstated) {
					continue
				}
				slices.SortStableFunc(list, byTime)
				if !yield(Row{day, half, list}) {
					return
				}
			}
		}
	}
}

// byTime orders by start, then end. An unset clock is zero and so comes
// before every other.
func byTime(a, b Entry) int {
	return cmp.Or(cmp.Compare(a.Time.Start, b.Time.Start), cmp.Compare(a.Time.End, b.Time.End))
}
