package incoming

import (
	"cmp"
	"encoding/json"
	"iter"
	"math/bits"
	"slices"
	"time"

	"github.com/vanphong-go/vanphong"
)

// MaxUnits bounds the units of a [Summary].
const MaxUnits = 10_000

// Spread is how a set of durations lies (median and ninetieth percentile), in
// bounded memory however many there are: exact to the minute up to 17 hours,
// beyond that to 0.2 %, rounded up. The zero Spread is empty and ready.
//
// A mean is not among its methods: one forgotten paper moves it by weeks.
type Spread struct {
	count map[int]int // by bucket, see bucketOf
	n     int
}

// exact is the number of minutes that have a bucket each, and half is how many
// buckets each doubling after it has.
const (
	exact = 1024
	half  = exact / 2
)

// bucketOf returns the bucket of a number of minutes, which grows with it.
func bucketOf(minutes int) int {
	if minutes < exact {
		return minutes
	}
	shift := bits.Len(uint(minutes)) - bits.Len(uint(exact-1)) // 1 for 1024 to 2047
	return shift*half + minutes>>shift
}

// upper returns the last minute that a bucket holds.
func upper(bucket int) int {
	if bucket < exact {
		return bucket
	}
	shift := bucket/half - 1
	return (bucket-shift*half+1)<<shift - 1
}

// Add counts one duration; a part of a minute counts as one, less than none as
// none.
func (s *Spread) Add(d time.Duration) {
	if s.count == nil {
		s.count = map[int]int{}
	}
	s.count[bucketOf(int((max(0, d)+time.Minute-1)/time.Minute))]++
	s.n++
}

// Count returns how many durations there are.
func (s Spread) Count() int { return s.n }

// Median returns the median: of an even number the lower of the two in the
// middle.
func (s Spread) Median() time.Duration { return s.Percentile(50) }

// P90 returns the ninetieth percentile: nine of ten took no longer.
func (s Spread) P90() time.Duration { return s.Percentile(90) }

// Percentile returns the duration that p of a hundred do not exceed, by the
// nearest rank; 0 without durations. p is taken between 1 and 100.
//
// Nearest rank and no interpolation: the figure is one that a document took.
func (s Spread) Percentile(p int) time.Duration {
	p = min(max(p, 1), 100)
	rank := (s.n*p + 99) / 100
	for _, b := range sortedKeys(s.count) {
		if rank -= s.count[b]; rank <= 0 {
			return time.Duration(upper(b)) * time.Minute
		}
	}
	return 0
}

// MarshalJSON writes how many there are, the median and the ninetieth
// percentile in minutes: what a report shows. It is not read back, for the
// durations themselves are not there.
func (s Spread) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Count  int `json:"count"`
		Median int `json:"median_minutes"`
		P90    int `json:"p90_minutes"`
	}{s.n, int(s.Median() / time.Minute), int(s.P90() / time.Minute)})
}

func sortedKeys(m map[int]int) []int {
	keys := make([]int, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// UnitSummary is what one unit in charge did with the documents given to it.
// Documents that nobody was put in charge of are counted under the empty unit.
//
// Counts and not rates: a rate is made where it is printed, with its denominator
// beside it.
type UnitSummary struct {
	Unit  vanphong.OrgID `json:"unit"`
	Total int            `json:"total"` // without void, returned and refused ones
	Done  int            `json:"done"`
	// WithDue are those with a deadline, Late those of them that were done after
	// it or are open beyond it: the share of late ones is Late of WithDue.
	WithDue int `json:"with_due"`
	Late    int `json:"late"`
	// Handling and Whole are of the documents done: from the first direction to
	// the end, and from arrival to the end, in working time.
	Handling Spread `json:"handling"`
	Whole    Spread `json:"whole"`
}

// Summary is the figures of many documents on a day (thống kê xử lý văn bản
// đến).
type Summary struct {
	Day vanphong.Date `json:"day"`
	// Void, Returned and Refused are counted apart: they are no work of a unit.
	Void     int `json:"void"`
	Returned int `json:"returned"`
	Refused  int `json:"refused"`
	// Register and Pass are over all others, in working time: from arrival to
	// registration, and on to the first presentation or direction.
	Register Spread        `json:"register"`
	Pass     Spread        `json:"pass"`
	All      UnitSummary   `json:"all"`
	Units    []UnitSummary `json:"units,omitempty"` // in the order of the units' ids
}

// Summarise computes the figures of a day over a walk of documents. It keeps
// one line a unit and no document; more than [MaxUnits] units are an error. The
// first error of the walk is returned. What happened after the day is not
// counted.
func Summarise(day vanphong.Date, w WorkTime, documents iter.Seq2[Document, error]) (Summary, error) {
	if documents == nil {
		return Summary{}, vanphong.NewInputError("documents", "nil", "a walk of documents, empty or not", nil)
	}
	out := Summary{Day: day}
	units := map[vanphong.OrgID]*UnitSummary{}
	for d, err := range documents {
		if err != nil {
			return Summary{}, err
		}
		// First of all, for steps dated later would be among the times.
		d = d.asOf(day)
		s := d.Status(day)
		switch s.State {
		case StateUnknown:
			continue
		case StateVoid:
			out.Void++
			continue
		case StateReturned:
			out.Returned++
			continue
		case StateRefused:
			out.Refused++
			continue
		}
		u := units[s.Unit]
		if u == nil {
			// What grows with the input is bounded: a walk over a damaged file may
			// name a unit in every document.
			if err := vanphong.CheckCount("units", len(units)+1, MaxUnits); err != nil {
				return Summary{}, err
			}
			u = &UnitSummary{Unit: s.Unit}
			units[s.Unit] = u
		}
		t, err := d.Times(w)
		if err != nil {
			return Summary{}, err
		}
		out.Register.Add(t.Register.Working)
		if t.Present.Known {
			out.Pass.Add(t.Present.Working)
		} else if t.Instruct.Known {
			out.Pass.Add(t.Instruct.Working)
		}
		out.All.add(s, t)
		u.add(s, t)
	}
	for _, u := range units {
		out.Units = append(out.Units, *u)
	}
	slices.SortFunc(out.Units, func(a, b UnitSummary) int { return cmp.Compare(a.Unit, b.Unit) })
	return out, nil
}

func (u *UnitSummary) add(s Status, t Times) {
	u.Total++
	if s.Due != 0 {
		u.WithDue++
	}
	if s.Late {
		u.Late++
	}
	if s.State == StateDone {
		u.Done++
		u.Handling.Add(t.Handle.Working)
		u.Whole.Add(t.Whole.Working)
	}
}

// asOf returns the document without what happened after a day, so that figures
// of a past day come out as they were.
//
// It serves figures only: keys, links and corrections stay as they are.
func (d Document) asOf(day vanphong.Date) Document {
	d.Presented = until(d.Presented, day, func(p Presentation) time.Time { return p.At })
	d.Steps = until(d.Steps, day, func(s Step) time.Time { return s.At })
	for _, e := range []*Ending{&d.Done, &d.Returned, &d.Refused, &d.Voided} {
		if !e.on(day) {
			*e = Ending{}
		}
	}
	return d
}

func until[T any](list []T, day vanphong.Date, at func(T) time.Time) []T {
	var out []T
	for _, v := range list {
		if vanphong.DateOf(at(v)) <= day {
			out = append(out, v)
		}
	}
	return out
}
