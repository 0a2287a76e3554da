package incoming

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/calendar"
)

// office works from 07:30 to 11:30 and from 13:30 to 17:00.
func office(t testing.TB) WorkTime {
	t.Helper()
	clock := func(s string) calendar.Clock {
		c, err := calendar.ParseClock(s)
		require.NoError(t, err)
		return c
	}
	return WorkTime{calendar.Vietnam(), calendar.OfficeHours{
		Morning: calendar.Span{Start: clock("7:30"), End: clock("11:30")}, Afternoon: calendar.Span{Start: clock("13:30"), End: clock("17:00")}}}
}

func TestWorkingTimeBetweenInstants(t *testing.T) {
	w := office(t)
	at := func(d, hour, minute int) time.Time { return (day + vanphong.Date(d)).At(hour, minute) } // day is a Tuesday
	for name, c := range map[string]struct {
		from, to time.Time
		want     time.Duration
	}{
		"within a morning":       {at(0, 8, 0), at(0, 9, 15), 75 * time.Minute},
		"over noon":              {at(0, 11, 0), at(0, 14, 0), time.Hour},
		"before and after hours": {at(0, 5, 0), at(0, 23, 0), 7*time.Hour + 30*time.Minute},
		"at night":               {at(0, 17, 0), at(1, 7, 30), 0},
		"over a night":           {at(0, 16, 30), at(1, 8, 0), time.Hour},
		"over a weekend":         {at(3, 16, 0), at(6, 8, 0), 90 * time.Minute},
		"from a Saturday":        {at(4, 10, 0), at(6, 8, 0), 30 * time.Minute},
		"a week":                 {at(0, 8, 0), at(7, 8, 0), 5 * (7*time.Hour + 30*time.Minute)},
		"over Giỗ Tổ, its day in lieu and 30/4-1/5": {vanphong.MustDate("2026-04-24").At(17, 0), vanphong.MustDate("2026-05-04").At(7, 30), 2 * (7*time.Hour + 30*time.Minute)},
		"backwards": {at(0, 9, 0), at(0, 8, 0), 0},
		"nothing":   {at(0, 9, 0), at(0, 9, 0), 0},
	} {
		got, err := w.Between(c.from, c.to)
		require.NoError(t, err)
		assert.Equal(t, c.want, got, name)
	}
	_, err := w.Between(vanphong.MustDate("2017-12-31").At(8, 0), day.At(8, 0))
	assert.ErrorIs(t, err, vanphong.ErrOutOfRange)
	_, err = WorkTime{}.Between(at(0, 8, 0), at(0, 9, 0))
	assert.ErrorIs(t, err, vanphong.ErrOutOfRange, "no calendar covers no day")
	whole := WorkTime{Days: calendar.Vietnam()}
	got, err := whole.Between(at(3, 20, 0), at(6, 4, 0))
	require.NoError(t, err)
	assert.Equal(t, 8*time.Hour, got, "without hours every hour of a working day counts")
	for field, hours := range map[string]calendar.OfficeHours{
		"morning":   {Morning: calendar.Span{Start: w.Hours.Morning.Start}},
		"afternoon": {Morning: w.Hours.Morning, Afternoon: calendar.Span{Start: w.Hours.Morning.Start, End: w.Hours.Afternoon.End}},
		"end":       {Morning: calendar.Span{Start: w.Hours.Morning.End, End: w.Hours.Morning.Start}},
	} {
		_, err := WorkTime{calendar.Vietnam(), hours}.Between(at(0, 8, 0), at(0, 9, 0))
		wantInput(t, err, vanphong.ErrInvalid, field)
	}
}

// Counted minute by minute, and in two parts, it comes out the same.
func TestWorkingTimeIsThatOfItsMinutes(t *testing.T) {
	w, rnd := office(t), rand.New(rand.NewPCG(3, 30))
	start := vanphong.MustDate("2026-02-12").At(0, 0) // Tết is in it
	for range 60 {
		from := start.Add(time.Duration(rnd.IntN(14*24*60)) * time.Minute)
		to := from.Add(time.Duration(rnd.IntN(5*24*60)) * time.Minute)
		want := time.Duration(0)
		for m := from; m.Before(to); m = m.Add(time.Minute) {
			open, err := w.Open(m)
			require.NoError(t, err)
			if open {
				want += time.Minute
			}
		}
		got, err := w.Between(from, to)
		require.NoError(t, err)
		require.Equal(t, want, got, "%v to %v", from, to)
		middle := from.Add(to.Sub(from) / 2)
		a, _ := w.Between(from, middle)
		b, _ := w.Between(middle, to)
		require.Equal(t, got, a+b)
	}
}

func document(received time.Time, urgency vanphong.Urgency) Document {
	return Document{ID: "d", Org: org, Arrival: 7, Registered: vanphong.Stamp{At: received.Add(10 * time.Minute)},
		Receipt: Receipt{Book: "so", Received: received, Urgency: urgency, Channel: ChannelAxis, Issuer: Issuer{Org: "vptw"}}}
}

// deadlinesAt picks those of one stage.
func deadlinesAt(t *testing.T, p ClockPolicy, d Document, now time.Time, s Stage) []Deadline {
	t.Helper()
	all, err := p.Deadlines(d, office(t), now)
	require.NoError(t, err)
	return slices.DeleteFunc(all, func(l Deadline) bool { return l.Stage != s })
}

func TestTheDecreesClock(t *testing.T) {
	friday := day + 3
	// Received on Friday afternoon: the target is Friday, the end of Monday is
	// the latest.
	d := document(friday.At(16, 0), vanphong.NotUrgent)
	got := deadlinesAt(t, StateClock(), d, friday.At(23, 0), StagePass)
	require.Len(t, got, 1)
	assert.Equal(t, (friday+1).At(0, 0), got[0].Target)
	assert.Equal(t, (friday+4).At(0, 0), got[0].By)
	assert.False(t, got[0].Late)
	assert.Equal(t, vanphong.Source{Clause: "30/2020/NĐ-CP, Điều 23 khoản 1", Grade: vanphong.GradePrimary}, got[0].Source)
	assert.False(t, deadlinesAt(t, StateClock(), d, (friday+4).At(0, 0).Add(-1), StagePass)[0].Late)
	assert.True(t, deadlinesAt(t, StateClock(), d, (friday+4).At(0, 0), StagePass)[0].Late, "midnight is too late")
	// Passed on in time, it stays in time whenever it is asked about.
	d.Presented = []Presentation{{At: (friday + 3).At(17, 0)}}
	assert.False(t, deadlinesAt(t, StateClock(), d, (friday+99).At(0, 0), StagePass)[0].Late)
	assert.True(t, deadlinesAt(t, StateClock(), d, (friday+3).At(16, 0), StagePass)[0].Done.IsZero(), "not done yet at that instant")
	// Registered before a holiday: Tết does not count.
	tet := document(vanphong.MustDate("2026-02-13").At(16, 0), vanphong.NotUrgent) // the Friday before
	by := deadlinesAt(t, StateClock(), tet, tet.Received, StageRegister)[0].By
	next, err := calendar.Vietnam().NextWorking(vanphong.MustDate("2026-02-13"))
	require.NoError(t, err)
	assert.Equal(t, (next+1).At(0, 0), by)
	assert.Greater(t, int(next-vanphong.MustDate("2026-02-13")), 7)
	// The sender of an electronic document is told within the day; of paper
	// there is no such rule.
	assert.Equal(t, (friday+1).At(0, 0), deadlinesAt(t, StateClock(), d, d.Received, StageAcknowledge)[0].By)
	d.Channel = ChannelPaper
	assert.Empty(t, deadlinesAt(t, StateClock(), d, d.Received, StageAcknowledge))
	// No number of days for handling: what is set is what counts.
	assert.Empty(t, deadlinesAt(t, StateClock(), d, d.Received, StageHandle))
	d.Due = friday + 10
	assert.Equal(t, (friday+11).At(0, 0), deadlinesAt(t, StateClock(), d, d.Received, StageHandle)[0].By)
	// What never counted has no deadline.
	d.Voided = Ending{At: friday.At(17, 0)}
	got, err = StateClock().Deadlines(d, office(t), friday.At(18, 0))
	require.NoError(t, err)
	assert.Empty(t, got)
}

func TestAtOnceIsNotAFigure(t *testing.T) {
	for _, u := range []vanphong.Urgency{vanphong.Urgent, vanphong.VeryUrgent, vanphong.Express} {
		d := document(day.At(9, 0), u)
		got := deadlinesAt(t, StateClock(), d, day.At(12, 0), StagePass)
		require.Len(t, got, 2, "the general limit holds for urgent ones as well")
		assert.True(t, got[1].By.IsZero())
		assert.Equal(t, d.Received, got[1].Target)
		assert.False(t, got[1].Late)
		finding, say := got[1].Finding(d)
		assert.True(t, say)
		assert.Equal(t, "Số đến 7: phải trình, chuyển ngay, nhận lúc 2026-03-10 09:00; cơ quan chưa quy định số phút.", Messages().Text(finding))
		assert.True(t, deadlinesAt(t, StateClock(), d, day.At(12, 0), StagePass)[0].By.After(day.At(12, 0)))
	}
	// Hẹn giờ: the hour on the envelope.
	d := document(day.At(9, 0), vanphong.ExpressTimed)
	d.DeliverAt = day.At(10, 15)
	got := deadlinesAt(t, StateClock(), d, day.At(10, 15), StagePass)
	require.Len(t, got, 3)
	assert.Equal(t, d.DeliverAt, got[2].By)
	assert.True(t, got[2].Late)
	d.Presented = []Presentation{{At: day.At(10, 14)}}
	assert.False(t, deadlinesAt(t, StateClock(), d, day.At(12, 0), StagePass)[2].Late)
}

func TestAnOfficesOwnMinutes(t *testing.T) {
	p := VungTauClock()
	in := document(day.At(9, 0), vanphong.Urgent)
	assert.Equal(t, day.At(9, 30), deadlinesAt(t, p, in, in.Received, StagePass)[0].By)
	for _, out := range []time.Time{day.At(12, 0), day.At(20, 0), (day + 4).At(9, 0), day.At(17, 0)} { // noon, evening, Saturday, the end of hours
		d := document(out, vanphong.Express)
		assert.Equal(t, out.Add(time.Hour), deadlinesAt(t, p, d, out, StagePass)[0].By, "%v", out)
	}
	late := deadlinesAt(t, p, in, day.At(9, 30), StagePass)[0]
	finding, say := late.Finding(in)
	assert.True(t, say)
	assert.Equal(t, vanphong.GradeWild, finding.Source.Grade)
	assert.Equal(t, "Số đến 7: quá hạn trình, chuyển (trước 2026-03-10 09:30).", Messages().Text(finding))
	// Registered by nine of the next working day.
	d := document((day+3).At(16, 0), vanphong.NotUrgent)
	got := deadlinesAt(t, p, d, d.Received, StageRegister)[0]
	assert.Equal(t, (day+6).At(9, 0), got.By)
	_, say = got.Finding(d)
	assert.False(t, say)
	for field, change := range map[string]func(*ClockRule){
		"clock.rules[0].stage":  func(r *ClockRule) { r.Stage = 0 },
		"clock.rules[0].within": func(r *ClockRule) { r.Within = 99 },
	} {
		p := VungTauClock()
		change(&p.Rules[0])
		_, err := p.Deadlines(d, office(t), d.Received)
		wantInput(t, err, vanphong.ErrInvalid, field)
	}
	p.Rules[1].Minutes = 0
	wantInput(t, p.Check(), vanphong.ErrInvalid, "clock.rules[1].minutes")
	d.Received = vanphong.MustDate("2100-12-31").At(9, 0)
	_, err := VungTauClock().Deadlines(d, office(t), d.Received)
	assert.ErrorIs(t, err, vanphong.ErrOutOfRange)
}
