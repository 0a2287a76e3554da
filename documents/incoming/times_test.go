package incoming

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/internal/exam"
)

func jsonOf(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	require.NoError(t, err)
	return string(b)
}

// timed is a document that came at nine, with what happened hours later.
func timed(id ID, presented, directed, done int, unit vanphong.OrgID) Document {
	d := document(day.At(9, 0), vanphong.NotUrgent)
	d.ID = id
	after := func(hours int) time.Time { return d.Received.Add(time.Duration(hours) * time.Hour) }
	if presented > 0 {
		d.Presented = []Presentation{{At: after(presented)}}
	}
	if directed > 0 {
		d.Steps = []Step{{ID: "1", Kind: Direction, At: after(directed), Lead: Assignee{Unit: unit}}}
	}
	if done > 0 {
		d.Done = Ending{At: after(done)}
	}
	return d
}

func TestTimesStepByStep(t *testing.T) {
	w := office(t)
	known := func(calendar, working time.Duration) Elapsed { return Elapsed{calendar, working, true} }
	h := time.Hour
	for name, c := range map[string]struct {
		d    Document
		want Times
	}{
		"all steps, over noon and a night": {timed("a", 1, 5, 24, "btc"), Times{
			Register: known(10*time.Minute, 10*time.Minute), Present: known(50*time.Minute, 50*time.Minute),
			Instruct: known(4*h, 2*h), Handle: known(19*h, 4*h+30*time.Minute), Whole: known(24*h, 7*h+30*time.Minute)}},
		"straight to a unit": {timed("a", 0, 1, 2, "btc"), Times{
			Register: known(10*time.Minute, 10*time.Minute), Instruct: known(50*time.Minute, 50*time.Minute), Handle: known(h, h), Whole: known(2*h, 2*h)}},
		"not done": {timed("a", 1, 0, 0, ""), Times{Register: known(10*time.Minute, 10*time.Minute), Present: known(50*time.Minute, 50*time.Minute)}},
	} {
		got, err := c.d.Times(w)
		require.NoError(t, err)
		assert.Equal(t, c.want, got, name)
	}
	// Passed on first and registered afterwards: no negative time anywhere.
	d := timed("a", 1, 2, 3, "btc")
	d.Registered.At = d.Received.Add(90 * time.Minute)
	got, err := d.Times(w)
	require.NoError(t, err)
	assert.Equal(t, Times{Register: known(90*time.Minute, 90*time.Minute), Present: known(0, 0), Instruct: known(30*time.Minute, 30*time.Minute), Handle: known(h, 30*time.Minute), Whole: known(3*h, 2*h+30*time.Minute)}, got)
	d.Voided = Ending{At: d.Received.Add(4 * h)}
	got, err = d.Times(w)
	require.NoError(t, err)
	assert.False(t, got.Whole.Known)
}

// Against all values sorted: exact to the minute below 17 hours, and never
// more than 0.2 % above the truth beyond.
func TestSpreadAgainstSorting(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	for _, size := range []int{1, 2, 3, 10, 99, 100, 1000} {
		for _, limit := range []int{60, 1023, 5_000, 600_000} {
			var s Spread
			all := make([]int, size)
			for i := range all {
				all[i] = rnd.IntN(limit)
				s.Add(time.Duration(all[i]) * time.Minute)
			}
			slices.Sort(all)
			for _, p := range []int{1, 10, 50, 90, 100} {
				want := all[max(0, (size*p+99)/100-1)]
				got := int(s.Percentile(p) / time.Minute)
				if got < want || got > want+want/512 || (want < 1024 && got != want) {
					t.Errorf("%d of %d under %d: got %d, want %d", p, size, limit, got, want)
				}
			}
			assert.Equal(t, s.Percentile(50), s.Median())
			assert.Equal(t, s.Percentile(90), s.P90())
		}
	}
	var none Spread
	assert.Zero(t, none.Median())
	none.Add(-time.Hour)
	none.Add(time.Second)
	assert.Equal(t, time.Minute, none.Percentile(200), "a part of a minute is one")
	assert.Zero(t, none.Percentile(-1))
}

// Every minute has one bucket, and buckets do not overlap.
func TestBucketsCoverEveryMinute(t *testing.T) {
	for m := 1; m < 1<<20; m++ {
		b, before := bucketOf(m), bucketOf(m-1)
		if b < before || b > before+1 || upper(b) < m || (b > before && upper(before) != m-1) {
			t.Fatalf("minute %d: bucket %d after %d, upper %d", m, b, before, upper(b))
		}
	}
}

func TestSummaryByUnit(t *testing.T) {
	w := office(t)
	late := timed("b", 1, 2, 24*4, "btc")
	late.Due = day + 1
	intime := timed("c", 1, 2, 24, "btc")
	intime.Due = day + 1
	open := timed("d", 1, 2, 0, "btg")
	open.Due = day + 2
	void, returned, refused := timed("e", 1, 0, 0, ""), timed("f", 1, 0, 0, ""), timed("g", 0, 0, 0, "")
	void.Voided, returned.Returned, refused.Refused = Ending{At: day.At(10, 0)}, Ending{At: day.At(10, 0)}, Ending{At: day.At(10, 0)}
	nobody := timed("a", 0, 0, 0, "")
	future := document((day+50).At(9, 0), 0)
	docs := []Document{nobody, late, intime, open, void, returned, refused, future}
	s, err := Summarise(day+10, w, exam.Each(docs))
	require.NoError(t, err)
	assert.Equal(t, []int{1, 1, 1}, []int{s.Void, s.Returned, s.Refused})
	type line struct {
		unit                       vanphong.OrgID
		total, done, withDue, late int
	}
	var got []line
	for _, u := range s.Units {
		got = append(got, line{u.Unit, u.Total, u.Done, u.WithDue, u.Late})
	}
	assert.Equal(t, []line{{"", 1, 0, 0, 0}, {"btc", 2, 2, 2, 1}, {"btg", 1, 0, 1, 1}}, got)
	assert.Equal(t, line{"", 4, 2, 3, 2}, line{s.All.Unit, s.All.Total, s.All.Done, s.All.WithDue, s.All.Late})
	assert.Equal(t, 2, s.All.Whole.Count())
	assert.Equal(t, 7*time.Hour+30*time.Minute, s.All.Whole.Median())
	assert.Equal(t, 10*time.Minute, s.Register.P90())
	assert.Equal(t, 3, s.Pass.Count())
	assert.Contains(t, jsonOf(t, s), `"whole":{"count":2,"median_minutes":450,"p90_minutes":1711}`)
	// The same walk for a day before: what came later is not counted.
	s, err = Summarise(day, w, exam.Each(docs))
	require.NoError(t, err)
	assert.Equal(t, 0, s.All.Done)
	assert.Equal(t, 0, s.All.Late)
	assert.Equal(t, 4, s.All.Total)
	slow := timed("h", 1, 0, 0, "")
	slow.Presented[0].At = (day + 3).At(9, 0)
	for days, passed := range []int{0, 0, 0, 1} {
		s, err = Summarise(day+vanphong.Date(days), w, exam.Each([]Document{slow}))
		require.NoError(t, err)
		assert.Equal(t, passed, s.Pass.Count(), "day %d", days)
	}
	_, err = Summarise(day, w, nil)
	assert.ErrorIs(t, err, vanphong.ErrInvalid)
	_, err = Summarise(day, w, func(yield func(Document, error) bool) { yield(Document{}, vanphong.ErrClosed) })
	assert.ErrorIs(t, err, vanphong.ErrClosed)
	_, err = Summarise(day, WorkTime{}, exam.Each(docs))
	assert.ErrorIs(t, err, vanphong.ErrOutOfRange)
	units := make([]Document, MaxUnits+1)
	for i := range units {
		units[i] = timed("x", 0, 1, 0, vanphong.OrgID(time.Duration(i).String()))
	}
	_, err = Summarise(day, w, exam.Each(units))
	assert.ErrorIs(t, err, vanphong.ErrOutOfRange)
}
