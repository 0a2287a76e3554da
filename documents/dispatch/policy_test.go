package dispatch

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/calendar"
)

// Every level over every channel, by 217-QĐ/TW as restated.
func TestASecretTakesNoOpenChannel(t *testing.T) {
	least := map[vanphong.Secrecy]Channel{
		vanphong.NotSecret: Network, vanphong.Confidential: Encrypted, vanphong.Secret: Cipher, vanphong.TopSecret: Cipher,
	}
	for level, first := range least {
		assert.NoError(t, DefaultPolicy().Allow(level, Paper), "paper is not restricted")
		for c := Network; c <= Cipher; c++ {
			err := DefaultPolicy().Allow(level, c)
			if c >= first {
				assert.NoError(t, err, "%v over %v", level.Name(), c.Name())
			} else {
				assert.ErrorIs(t, err, vanphong.ErrSecret, "%v over %v", level.Name(), c.Name())
			}
			// Without a rule only what is open travels.
			assert.Equal(t, level != vanphong.NotSecret, Policy{}.Allow(level, c) != nil)
		}
		for _, c := range []Channel{ChannelUnknown, Cipher + 1} {
			assert.ErrorIs(t, DefaultPolicy().Allow(level, c), vanphong.ErrInvalid)
		}
	}
	assert.Error(t, DefaultPolicy().Allow(9, Paper), "a level that does not exist")
	assert.Error(t, DefaultPolicy().Allow(9, Cipher))
}

func TestTheClerkRefusesASecretOverAnOpenChannel(t *testing.T) {
	a := list()
	a.Secrecy = vanphong.Confidential
	d := newDesk(t, a, nil)
	d.no(vanphong.ErrSecret, d.Send, Step{At: at(1), Channel: Network}, "hue")
	d.do(d.Send, Step{At: at(1), Channel: Encrypted}, "hue")
	d.do(d.Send, Step{At: at(1), Channel: Paper}, "vptw")
	// All or none: the second recipient is the file, so the first gets nothing.
	d.no(vanphong.ErrState, d.Send, Step{At: at(1), Channel: Cipher}, "bbt", "luu")
}

func TestErrorsOfASecretQuoteNobody(t *testing.T) {
	a := list()
	a.Secrecy, a.Recipients[2].Name = vanphong.Secret, "Vụ Bí Hiểm"
	d := newDesk(t, a, nil)
	bad := a
	bad.Recipients = append([]Recipient(nil), a.Recipients...)
	bad.Recipients[2].Name = "Vụ Bí Hiểm khác"
	_, err := d.Address(d.ctx, org, bad, stamp(1))
	require.ErrorIs(t, err, vanphong.ErrConflict)
	assert.NotContains(t, err.Error(), "hue")
	bad.Recipients[2].Name = "Vụ Bí Hiểm\x00"
	_, err = d.Address(d.ctx, org, bad, stamp(1))
	require.ErrorIs(t, err, vanphong.ErrInvalid)
	assert.NotContains(t, err.Error(), "Hiểm")
	_, err = d.Send(d.ctx, org, entry, Step{At: at(1), Channel: Cipher}, stamp(1), "Vụ Bí Hiểm")
	require.ErrorIs(t, err, vanphong.ErrNotFound)
	assert.NotContains(t, err.Error(), "Hiểm")
	_, err = d.Fail(d.ctx, org, entry, Step{At: at(1), Reason: "Vụ Bí Hiểm\x00"}, stamp(1), "hue")
	assert.NotContains(t, err.Error(), "Hiểm")
	// An open document's error names the value.
	open := newDesk(t, list(), nil)
	_, err = open.Send(open.ctx, org, entry, Step{At: at(1), Channel: Network}, stamp(1), "ai đó")
	assert.ErrorContains(t, err, "ai đó")
}

func TestPolicyCheck(t *testing.T) {
	require.NoError(t, DefaultPolicy().Check())
	for why, change := range map[string]func(*Policy){
		"no version":                  func(p *Policy) { p.Version = "" },
		"a level twice":               func(p *Policy) { p.Channels[1].Secrecy = 0 },
		"a level that does not exist": func(p *Policy) { p.Channels[1].Secrecy = 9 },
		"paper as a channel's least":  func(p *Policy) { p.Channels[1].Least = Paper },
		"negative days":               func(p *Policy) { p.Acknowledge.Days = -1 },
		"days without end":            func(p *Policy) { p.Issue.Latest = calendar.MaxDeadline + 1 },
	} {
		p := DefaultPolicy()
		change(&p)
		var in *vanphong.InputError
		assert.ErrorAs(t, p.Check(), &in, why)
	}
	for _, s := range []vanphong.Source{DefaultPolicy().Channels[3].Source, DefaultPolicy().Paper.Source, DefaultPolicy().Acknowledge.Source, DefaultPolicy().Issue.Source} {
		assert.NotEmpty(t, s.Grade)
		assert.NotEmpty(t, s.Clause)
	}
}

func TestIssueTimes(t *testing.T) {
	when := func(s string) time.Time {
		v, err := time.ParseInLocation("2006-01-02 15:04", s, vanphong.Hanoi)
		require.NoError(t, err)
		return v
	}
	for _, c := range []struct {
		ready          string
		urgency        vanphong.Urgency
		target, latest string // both the first instant that is too late
	}{
		{"2025-12-03 09:00", vanphong.NotUrgent, "2025-12-04 00:00", "2025-12-05 00:00"}, // Wednesday to Thursday
		{"2025-12-05 16:59", vanphong.NotUrgent, "2025-12-06 00:00", "2025-12-09 00:00"}, // Friday to Monday
		{"2025-12-07 10:00", vanphong.NotUrgent, "2025-12-08 00:00", "2025-12-09 00:00"}, // Sunday to Monday
		{"2025-12-31 08:00", vanphong.NotUrgent, "2026-01-01 00:00", "2026-01-06 00:00"}, // over the new year of 2026, with 02/01 off and the weekend
		{"2025-12-05 16:59", vanphong.Urgent, "2025-12-05 16:59", "2025-12-05 16:59"},
		{"2025-12-05 16:59", vanphong.ExpressTimed, "2025-12-05 16:59", "2025-12-05 16:59"},
	} {
		got, err := DefaultPolicy().IssueTimes(when(c.ready), c.urgency, calendar.Vietnam())
		require.NoError(t, err)
		assert.True(t, got.Target.Equal(when(c.target)), "%s: target %s", c.ready, got.Target)
		assert.True(t, got.Latest.Equal(when(c.latest)), "%s: latest %s", c.ready, got.Latest)
		assert.Equal(t, c.urgency != vanphong.NotUrgent, got.AtOnce)
		assert.Equal(t, vanphong.GradePrimary, got.Source.Grade)
	}
	p := DefaultPolicy()
	p.Issue.Latest = 0
	got, err := p.IssueTimes(when("2025-12-07 10:00"), 0, calendar.Vietnam())
	require.NoError(t, err)
	assert.False(t, got.Latest.Before(got.Target), "a Sunday is not due the Friday before")
	for _, f := range []func() (IssueTimes, error){
		func() (IssueTimes, error) { return p.IssueTimes(time.Time{}, 0, calendar.Vietnam()) },
		func() (IssueTimes, error) { return p.IssueTimes(at(0), 77, calendar.Vietnam()) },
		func() (IssueTimes, error) { return p.IssueTimes(at(0), 0, nil) },
	} {
		_, err := f()
		var in *vanphong.InputError
		assert.ErrorAs(t, err, &in)
	}
	got, err = Policy{}.IssueTimes(at(0), 0, nil)
	assert.NoError(t, err)
	assert.Equal(t, IssueTimes{}, got, "no rule, no time")
}

// Sent on Friday: until midnight it is in time.
func TestWhoHasNotAcknowledged(t *testing.T) {
	d := newDesk(t, list(), nil)
	d.do(d.Send, Step{At: at(0), Channel: Network}, "bbt", "hue", "vptw")
	d.do(d.Acknowledge, Step{At: at(60)}, "bbt")
	got := d.do(d.Deliver, Step{At: (day + 1).At(7, 0)}, "hue") // the system was down over night
	late := func(at time.Time) (ids []RecipientID) {
		for _, o := range DefaultPolicy().Unacknowledged(got, at) {
			ids = append(ids, o.Recipient)
		}
		return ids
	}
	midnight := (day + 1).At(0, 0)
	assert.Empty(t, late(midnight.Add(-time.Nanosecond)))
	assert.Equal(t, []RecipientID{"vptw", "hue"}, late(midnight), "in the order of the list")
	assert.Equal(t, []RecipientID{"vptw"}, late((day+1).At(8, 0)), "the day counts from when it came")
	assert.Equal(t, []RecipientID{"vptw", "hue"}, late((day+2).At(0, 0)))
	assert.Equal(t, []string{"Văn phòng Trung ương Đảng chưa báo nhận văn bản gửi ngày 05/12/2025"}, texts(DefaultPolicy().Findings(got, (day+1).At(8, 0))))
	assert.Empty(t, Policy{}.Findings(got, (day+9).At(0, 0)), "no rule, no finding")
	// Answered later, the past day stands as it stood.
	got = d.do(d.Acknowledge, Step{At: (day + 3).At(9, 0)}, "hue")
	assert.Equal(t, []RecipientID{"vptw", "hue"}, late(midnight))
	// Paper has its receipt and no rule of hours.
	got = d.do(d.Send, Step{At: (day + 4).At(9, 0), Channel: Paper}, "vptw")
	assert.Empty(t, late((day+9).At(0, 0)))
}

func TestPaperBesideASignedDocument(t *testing.T) {
	for why, c := range map[string]struct {
		signed bool
		class  string
		want   int
	}{
		"signed, no class":        {true, "", 1},
		"signed, about personnel": {true, ClassPersonnel, 0},
		"not signed":              {false, "", 0},
	} {
		a := list()
		a.Signed, a.Class = c.signed, c.class
		d := newDesk(t, a, nil)
		d.do(d.Send, Step{At: at(1), Channel: Network}, "hue", "bbt")
		d.do(d.Acknowledge, Step{At: at(1)}, "hue", "bbt")
		got := d.do(d.HandOver, Step{At: at(2), Receipt: Receipt{Person: "Bình"}}, "hue", "vptw")
		assert.Empty(t, DefaultPolicy().Findings(got, at(1)), why)
		list := DefaultPolicy().Findings(got, at(2))
		require.Len(t, list, c.want, why)
		if c.want > 0 {
			assert.Equal(t, RulePaper, list[0].Rule)
			assert.Equal(t, vanphong.GradePress, list[0].Source.Grade)
			assert.Equal(t, "Đã gửi bản giấy cho Thành ủy Huế trong khi đã gửi văn bản điện tử có ký số", Messages().Text(list[0]))
		}
	}
}

// Every rule has both sentences, and every enumeration its codes.
func TestCodesAndMessages(t *testing.T) {
	for rule, m := range Messages() {
		assert.True(t, strings.HasPrefix(rule, "dispatch."), rule)
		assert.NotEmpty(t, m.Vietnamese)
		assert.NotEmpty(t, m.English)
	}
	type all struct {
		C Channel
		K StepKind
		S State
		R RecallState
		P Place
	}
	for i := range uint8(12) {
		v := all{Channel(i % 5), StepKind(i % 12), State(i % 7), RecallState(i % 6), Place(i % 5)}
		b, err := json.Marshal(v)
		require.NoError(t, err)
		var got all
		require.NoError(t, json.Unmarshal(b, &got))
		assert.Equal(t, v, got)
		for _, name := range []string{v.K.Name(), v.S.Name(), v.R.Name(), v.P.Name(), v.C.Name()} {
			assert.NotEqual(t, "?", name)
		}
	}
	for _, v := range []any{Channel(99), StepKind(99), State(99), RecallState(99), Place(99)} {
		_, err := json.Marshal(v)
		assert.Error(t, err, "%T", v)
	}
	assert.Error(t, json.Unmarshal([]byte(`{"C":"pigeon"}`), new(all)))
	for _, into := range []any{new(Dispatch), new(Addressing), new(Position), new(Query)} {
		err := json.Unmarshal([]byte(`{"day":"2026-02-30","Awaiting":"2026-02-30"}`), into)
		assert.ErrorIs(t, err, vanphong.ErrInvalid, "%T", into)
	}
}
