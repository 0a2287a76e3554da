package dispatch

import (
	"slices"
	"strconv"
	"time"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/calendar"
)

// Policy is the rules by which an office sends (quy định gửi, nhận), as data
// with their sources: an office's own come first. A record keeps the version it
// was addressed under.
type Policy struct {
	Version string `json:"version"`
	// Channels says, a level of secrecy each, what carries an electronic
	// document at least. A level above NotSecret without a rule travels on
	// paper only. Paper is never restricted here.
	Channels    []ChannelRule   `json:"channels"`
	Paper       PaperRule       `json:"paper,omitzero"`
	Acknowledge AcknowledgeRule `json:"acknowledge,omitzero"`
	Issue       IssueRule       `json:"issue,omitzero"`
}

// ChannelRule is the least protected channel that a level of secrecy may take.
type ChannelRule struct {
	Secrecy vanphong.Secrecy `json:"secrecy"`
	Least   Channel          `json:"least"`
	Source  vanphong.Source  `json:"source"`
}

// PaperRule says for which classes of document paper is sent beside a signed
// electronic document; for all others it is not. The zero rule says nothing.
type PaperRule struct {
	Classes []string        `json:"classes,omitempty"`
	Source  vanphong.Source `json:"source,omitzero"`
}

// AcknowledgeRule is until when a recipient says that an electronic document
// has come: by the end of the day that is Days days after it did; 0 is the same
// day. Without a source there is no rule.
type AcknowledgeRule struct {
	Days   int             `json:"days"`
	Source vanphong.Source `json:"source,omitzero"`
}

// IssueRule is until when a document is sent after it was registered: on the
// same day, at the latest Latest working days later; one with a mark of haste
// at once. Without a source there is no rule.
type IssueRule struct {
	Latest int             `json:"latest"`
	Source vanphong.Source `json:"source,omitzero"`
}

// The classes for which 217-QĐ/TW is restated to keep paper beside a signed
// electronic document (grade N).
const (
	ClassPersonnel  = "tổ chức, cán bộ"
	ClassInspection = "kiểm tra"
	ClassComplaints = "khiếu nại, tố cáo"
	ClassFinance    = "chính sách, tài chính"
	ClassSpecial    = "tài liệu đặc biệt"
)

// DefaultPolicy is what is attested. The channels and the rule on paper are
// 217-QĐ/TW of 2020 as restated (grade N); 337-QĐ/TW of 2025 was not seen. The
// times are the State's, NĐ 30/2020/NĐ-CP (grade P): for Party bodies a figure
// of their own was not found.
func DefaultPolicy() Policy {
	party := vanphong.Source{Clause: "217-QĐ/TW (02/01/2020), theo tài liệu giới thiệu; chưa đối chiếu với 337-QĐ/TW (2025)", Grade: vanphong.GradePress}
	return Policy{
		Version: "vanphong 2026-1",
		Channels: []ChannelRule{
			{vanphong.NotSecret, Network, party},
			{vanphong.Confidential, Encrypted, party},
			{vanphong.Secret, Cipher, party},
			{vanphong.TopSecret, Cipher, party},
		},
		Paper: PaperRule{
			Classes: []string{ClassPersonnel, ClassInspection, ClassComplaints, ClassFinance, ClassSpecial},
			Source:  party,
		},
		Acknowledge: AcknowledgeRule{0, vanphong.Source{Clause: "Nghị định 30/2020/NĐ-CP, Điều 21.2", Grade: vanphong.GradePrimary}},
		Issue:       IssueRule{1, vanphong.Source{Clause: "Nghị định 30/2020/NĐ-CP, Điều 18.1", Grade: vanphong.GradePrimary}},
	}
}

// Check returns an [*vanphong.InputError] unless the policy can be used: a
// version, channels that are electronic, each level once, no negative days.
func (p Policy) Check() error {
	if err := vanphong.CheckID("policy.version", p.Version); err != nil {
		return err
	}
	seen := map[vanphong.Secrecy]bool{}
	for i, r := range p.Channels {
		at := "policy.channels[" + strconv.Itoa(i) + "]"
		switch {
		case r.Secrecy > vanphong.TopSecret || seen[r.Secrecy]:
			return vanphong.NewInputError(at+".secrecy", r.Secrecy.Name(), "each level of secrecy once", nil)
		case !r.Least.Electronic():
			return vanphong.NewInputError(at+".least", r.Least.Name(), "an electronic channel", nil)
		}
		seen[r.Secrecy] = true
	}
	for _, n := range []struct {
		field string
		days  int
	}{{"policy.acknowledge.days", p.Acknowledge.Days}, {"policy.issue.latest", p.Issue.Latest}} {
		if n.days < 0 || n.days > calendar.MaxDeadline {
			return vanphong.NewInputError(n.field, strconv.Itoa(n.days), "0 to "+strconv.Itoa(calendar.MaxDeadline), vanphong.ErrOutOfRange)
		}
	}
	return nil
}

// Allow returns an error that wraps vanphong.ErrSecret unless a document of a
// level may take a channel. The error names level and channel and nothing else.
func (p Policy) Allow(level vanphong.Secrecy, by Channel) error {
	if by == Paper && level <= vanphong.TopSecret {
		return nil
	}
	if !by.Electronic() || level > vanphong.TopSecret {
		return vanphong.NewInputError("channel", by.Name(), "a channel and a level of secrecy that exist", nil)
	}
	for _, r := range p.Channels {
		if r.Secrecy != level {
			continue
		}
		if by >= r.Least {
			return nil
		}
		return vanphong.NewInputError("channel", by.Name(), "at least "+r.Least.Name()+" for "+level.Name()+" ("+r.Source.Clause+")", vanphong.ErrSecret)
	}
	// What is open needs no rule to travel; what is secret does.
	if level == vanphong.NotSecret {
		return nil
	}
	return vanphong.NewInputError("channel", by.Name(), "paper: policy "+p.Version+" names no channel for "+level.Name(), vanphong.ErrSecret)
}

// IssueTimes are by when a document is to have left the office. Both are
// instants at which the time is over: 00:00 of the day after, at Hà Nội.
type IssueTimes struct {
	Target time.Time       `json:"target"` // the same day
	Latest time.Time       `json:"latest"`
	AtOnce bool            `json:"at_once,omitempty"` // both are the instant it was ready
	Source vanphong.Source `json:"source"`
}

// IssueTimes returns by when a document that was ready at an instant, signed and
// registered, is to be sent. Working days are those of cal; a day that it does
// not cover is an error that wraps vanphong.ErrOutOfRange. Without a rule the
// answer is the zero value.
func (p Policy) IssueTimes(ready time.Time, u vanphong.Urgency, cal *calendar.WorkCalendar) (IssueTimes, error) {
	if ready.IsZero() {
		return IssueTimes{}, vanphong.NewInputError("ready", "", "an instant", nil)
	}
	if u > vanphong.ExpressTimed {
		return IssueTimes{}, vanphong.NewInputError("urgency", u.Name(), "a mark of haste", nil)
	}
	if p.Issue.Source == (vanphong.Source{}) {
		return IssueTimes{}, nil
	}
	if u != vanphong.NotUrgent {
		return IssueTimes{ready, ready, true, p.Issue.Source}, nil
	}
	day := vanphong.DateOf(ready)
	latest, err := cal.AddWorkingDays(day, p.Issue.Latest)
	if err != nil {
		return IssueTimes{}, err
	}
	return IssueTimes{endOf(day), endOf(latest), false, p.Issue.Source}, nil
}

// AcknowledgeBy returns when the time is over in which a recipient has to say
// that an electronic document has come, from when it came. Without a rule it is
// the zero instant.
func (p Policy) AcknowledgeBy(came time.Time) time.Time {
	if p.Acknowledge.Source == (vanphong.Source{}) || came.IsZero() {
		return time.Time{}
	}
	return endOf(vanphong.DateOf(came) + vanphong.Date(p.Acknowledge.Days))
}

// endOf is the first instant that is no longer the day: times are half-open.
func endOf(day vanphong.Date) time.Time { return (day + 1).At(0, 0) }

// Overdue is a recipient that has not acknowledged in time. It names the
// recipient by its id, so that it says nothing about a redacted record.
type Overdue struct {
	Recipient RecipientID `json:"recipient"`
	Sent      time.Time   `json:"sent"`
	By        time.Time   `json:"by"` // when its time was over
}

// Unacknowledged returns the recipients that had not acknowledged an electronic
// sending at an instant though their time was over, in the order of the list.
// The time runs from when it was delivered, if that is known, else from when it
// was sent.
func (p Policy) Unacknowledged(d Dispatch, at time.Time) []Overdue {
	var out []Overdue
	for _, r := range d.Recipients {
		s := r.Status(at)
		if !s.Awaiting() || !s.Channel.Electronic() {
			continue
		}
		came := s.Sent
		if s.State == Delivered {
			came = s.delivered(r, at)
		}
		if by := p.AcknowledgeBy(came); !by.IsZero() && !at.Before(by) {
			out = append(out, Overdue{r.ID, s.Sent, by})
		}
	}
	return out
}

// delivered is when the last sending came; later steps (a recall's) do not move
// it.
func (s Status) delivered(r Recipient, at time.Time) time.Time {
	came := s.Sent
	for _, step := range r.Steps {
		if !step.At.After(at) && step.Kind == StepDelivered {
			came = step.At
		}
	}
	return came
}

// Findings holds a record against the policy at an instant: who has not
// acknowledged in time, and where paper was sent beside a signed electronic
// document of a class that is not to have it.
func (p Policy) Findings(d Dispatch, at time.Time) []vanphong.Finding {
	late := p.Unacknowledged(d, at)
	var out []vanphong.Finding
	for _, r := range d.Recipients {
		if len(late) > 0 && late[0].Recipient == r.ID {
			out = append(out, vanphong.Finding{
				Rule: RuleUnacknowledged, Severity: vanphong.Warning, Source: p.Acknowledge.Source,
				Args: []string{r.Name, vanphong.FormatDate(vanphong.DateOf(late[0].Sent))},
			})
			late = late[1:]
		}
		if p.parallel(d, r, at) {
			out = append(out, vanphong.Finding{Rule: RulePaper, Severity: vanphong.Warning, Source: p.Paper.Source, Args: []string{r.Name}})
		}
	}
	return out
}

// parallel reports whether a recipient was sent paper though it has a signed
// electronic document. One that failed or was returned is none.
func (p Policy) parallel(d Dispatch, r Recipient, at time.Time) bool {
	if !d.Signed || p.Paper.Source == (vanphong.Source{}) || slices.Contains(p.Paper.Classes, d.Class) {
		return false
	}
	paper := slices.ContainsFunc(r.Steps, func(s Step) bool {
		return s.Kind == StepSent && s.Channel == Paper && !s.At.After(at)
	})
	return paper && r.Status(at).Holding.Electronic
}
