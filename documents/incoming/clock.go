package incoming

import (
	"slices"
	"strconv"
	"time"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/calendar"
)

// Stage is a part of a document's way that has a deadline of its own.
type Stage uint8

// The stages.
const (
	StageRegister    Stage = iota + 1 // đăng ký
	StagePass                         // trình, chuyển đến người có trách nhiệm
	StageHandle                       // giải quyết
	StageAcknowledge                  // báo nhận cho nơi gửi
)

var stageNames = [...]string{"", "đăng ký", "trình, chuyển", "giải quyết", "báo nhận"}
var stageCodes = [...]string{"", "register", "pass", "handle", "acknowledge"}

// Name returns the Vietnamese name of the stage.
func (s Stage) Name() string { return vanphong.EnumName(stageNames[:], s) }

// MarshalText writes the stage as its code.
func (s Stage) MarshalText() ([]byte, error) { return vanphong.EnumText("stage", stageCodes[:], s) }

// UnmarshalText reads what MarshalText writes.
func (s *Stage) UnmarshalText(b []byte) (err error) {
	*s, err = vanphong.ParseEnum[Stage]("stage", stageCodes[:], b)
	return err
}

// Within is how a rule states its time.
//
// The ways are those that rules use, not arithmetic: "at once" and "within 0
// minutes" are different things to say to somebody.
type Within uint8

// The ways.
const (
	AtOnce        Within = iota + 1 // ngay: no number of minutes is stated
	InMinutes                       // trong … phút, in and out of hours
	SameDay                         // trong ngày
	NextDay                         // trong ngày, chậm nhất ngày làm việc tiếp theo
	AtDelivery                      // đúng giờ ghi trên phong bì (hẹn giờ)
	OnDocumentDue                   // theo hạn được giao
)

var withinCodes = [...]string{"", "at-once", "minutes", "same-day", "next-day", "delivery", "due"}

// MarshalText writes the way as its code.
func (w Within) MarshalText() ([]byte, error) { return vanphong.EnumText("within", withinCodes[:], w) }

// UnmarshalText reads what MarshalText writes.
func (w *Within) UnmarshalText(b []byte) (err error) {
	*w, err = vanphong.ParseEnum[Within]("within", withinCodes[:], b)
	return err
}

// ClockRule is one deadline: data with its clause and grade.
type ClockRule struct {
	Stage Stage `json:"stage"`
	// Urgencies are the marks it is about; none: every document.
	Urgencies  []vanphong.Urgency `json:"urgencies,omitempty"`
	Electronic bool               `json:"electronic,omitzero"` // only documents that came over a system
	Within     Within             `json:"within"`
	// Minutes and OutOfHours are for InMinutes: clock minutes from the arrival,
	// in office hours and outside of them.
	Minutes    int `json:"minutes,omitzero"`
	OutOfHours int `json:"out_of_hours,omitzero"`
	// Clock is for NextDay: by which time of the next working day; zero: its
	// end.
	Clock  calendar.Clock  `json:"clock,omitzero"`
	Source vanphong.Source `json:"source"`
}

func (r ClockRule) about(d Document) bool {
	return (len(r.Urgencies) == 0 || slices.Contains(r.Urgencies, d.Urgency)) && (!r.Electronic || d.Channel.Electronic())
}

// ClockPolicy is an office's deadlines for documents that arrive (thời hạn xử
// lý văn bản đến). Every rule that is about a document applies.
//
// More than one rule may be about one document: an urgent one is to be passed on
// at once, and in any case by the next working day.
type ClockPolicy struct {
	Version string      `json:"version"`
	Rules   []ClockRule `json:"rules"`
}

// anyUrgency are the marks that are handled before everything else.
func anyUrgency() []vanphong.Urgency {
	return []vanphong.Urgency{vanphong.Urgent, vanphong.VeryUrgent, vanphong.Express, vanphong.ExpressTimed}
}

func decree30(article string) vanphong.Source {
	return vanphong.Source{Clause: "30/2020/NĐ-CP, " + article, Grade: vanphong.GradePrimary}
}

// StateClock is NĐ 30/2020/NĐ-CP (grade P): registered and passed on the same
// day, at the latest the next working day; urgent ones passed on and handled
// at once; the sender of an electronic document told within the day. How many
// days a document without a mark may take is left to each agency's own rules,
// so there is no such rule here: the deadline is the one that a direction or
// the document sets. The Party's own figures were not found.
//
// That a hỏa tốc hẹn giờ is due at its hour is what the mark says (grade I).
func StateClock() ClockPolicy {
	return ClockPolicy{"state-30-2020-1", []ClockRule{
		{Stage: StageRegister, Within: NextDay, Source: decree30("Điều 4 khoản 2 điểm c")},
		{Stage: StagePass, Within: NextDay, Source: decree30("Điều 23 khoản 1")},
		{Stage: StagePass, Urgencies: anyUrgency(), Within: AtOnce, Source: decree30("Điều 4 khoản 2 điểm c")},
		{Stage: StagePass, Urgencies: []vanphong.Urgency{vanphong.ExpressTimed}, Within: AtDelivery, Source: vanphong.Source{Clause: "hỏa tốc hẹn giờ", Grade: vanphong.GradeInferred}},
		{Stage: StageHandle, Urgencies: anyUrgency(), Within: AtOnce, Source: decree30("Điều 24 khoản 2")},
		{Stage: StageHandle, Within: OnDocumentDue, Source: decree30("Điều 24 khoản 2")},
		{Stage: StageAcknowledge, Electronic: true, Within: SameDay, Source: decree30("Điều 21 khoản 2")},
	}}
}

// VungTauClock is an example of an office's own rule with figures (Vũng Tàu,
// published procedure, grade W): registered the same day, at the latest by
// 09:00 of the next working day; urgent documents before the head within 30
// minutes in hours and one hour outside of them.
func VungTauClock() ClockPolicy {
	seen := vanphong.Source{Clause: "quy trình xử lý văn bản, Vũng Tàu", Grade: vanphong.GradeWild}
	nine, _ := calendar.NewClock(9, 0)
	return ClockPolicy{"vung-tau-1", []ClockRule{
		{Stage: StageRegister, Within: NextDay, Clock: nine, Source: seen},
		{Stage: StagePass, Urgencies: anyUrgency(), Within: InMinutes, Minutes: 30, OutOfHours: 60, Source: seen},
		{Stage: StageHandle, Within: OnDocumentDue, Source: seen},
	}}
}

// Check returns an error that names the field unless p can be used.
func (p ClockPolicy) Check() error {
	if err := vanphong.CheckID("clock.version", p.Version); err != nil {
		return err
	}
	for i, r := range p.Rules {
		at := "clock.rules[" + strconv.Itoa(i) + "]."
		switch {
		case r.Stage == 0 || int(r.Stage) >= len(stageCodes):
			return vanphong.NewInputError(at+"stage", strconv.Itoa(int(r.Stage)), "a stage", nil)
		case r.Within == 0 || int(r.Within) >= len(withinCodes):
			return vanphong.NewInputError(at+"within", strconv.Itoa(int(r.Within)), "a way to state a time", nil)
		case r.Within == InMinutes && (r.Minutes <= 0 || r.OutOfHours < 0):
			return vanphong.NewInputError(at+"minutes", strconv.Itoa(r.Minutes), "a number of minutes", nil)
		}
	}
	return nil
}

// Deadline is one deadline of a document, worked out.
type Deadline struct {
	Stage Stage `json:"stage"`
	// Target is when it should be done, By until when at the latest; both first
	// instants that are too late. A zero By is a rule without a figure ("ngay").
	Target time.Time `json:"target,omitzero"`
	By     time.Time `json:"by,omitzero"`
	// Done is when it was done, zero if it was not.
	Done   time.Time       `json:"done,omitzero"`
	Late   bool            `json:"late,omitzero"` // on the instant asked for
	Source vanphong.Source `json:"source"`
}

// Deadlines returns the deadlines of a document, one for each rule that is
// about it, in the order of the policy, and whether each is late at an instant.
// A rule without a figure is never late by itself: how soon "at once" is, an
// office says with a rule in minutes. A void document has none, and one sent
// back or refused is passed on and handled by that.
//
// Days outside the calendar are an error that wraps vanphong.ErrOutOfRange.
func (p ClockPolicy) Deadlines(d Document, w WorkTime, now time.Time) ([]Deadline, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	// Asked for an instant before it was made void, it was a document.
	if !d.Voided.IsZero() && !d.Voided.At.After(now) {
		return nil, nil
	}
	var out []Deadline
	for _, r := range p.Rules {
		if !r.about(d) {
			continue
		}
		l := Deadline{Stage: r.Stage, Source: r.Source, Done: d.doneAt(r.Stage)}
		if l.Done.After(now) {
			l.Done = time.Time{}
		}
		var err error
		if l.Target, l.By, err = r.limits(d, w, now); err != nil {
			return nil, err
		}
		if r.Within == OnDocumentDue && l.By.IsZero() {
			continue // nobody has set one
		}
		// What is done is judged by when it was done, and what is not by now.
		judged := now
		if !l.Done.IsZero() {
			judged = l.Done
		}
		l.Late = !l.By.IsZero() && !judged.Before(l.By)
		out = append(out, l)
	}
	return out, nil
}

// doneAt returns when a stage was done.
//
// Passing on is done by whichever came first: a leader who directed with the
// paper in his hand needs no presentation.
func (d Document) doneAt(s Stage) time.Time {
	switch s {
	case StageRegister:
		return d.Registered.At
	case StagePass:
		return firstOf(d.presentedAt(), d.instructedAt(), d.Returned.At, d.Refused.At, d.Done.At)
	case StageHandle:
		return firstOf(d.Done.At, d.Returned.At, d.Refused.At)
	}
	// An answer that sends the document back tells of its arrival too.
	return firstOf(d.Acknowledged.At, d.Returned.At, d.Refused.At)
}

// limits returns the first instants that are after the target and after the
// deadline.
//
// Midnight at the end of a day is the first instant that is too late, so that
// one comparison serves days, hours and minutes.
func (r ClockRule) limits(d Document, w WorkTime, now time.Time) (target, by time.Time, err error) {
	day := d.Day()
	midnight := (day + 1).At(0, 0)
	switch r.Within {
	case AtOnce:
		return d.Received, time.Time{}, nil
	case InMinutes:
		open, err := w.Open(d.Received)
		minutes := r.Minutes
		if !open && r.OutOfHours > 0 {
			minutes = r.OutOfHours
		}
		by = d.Received.Add(time.Duration(minutes) * time.Minute)
		return by, by, err
	case SameDay:
		return midnight, midnight, nil
	case NextDay:
		next, err := w.Days.NextWorking(day)
		if err != nil {
			return target, by, err
		}
		by = (next + 1).At(0, 0)
		if !r.Clock.IsZero() {
			by = r.Clock.On(next)
		}
		return midnight, by, nil
	case AtDelivery:
		return d.DeliverAt, d.DeliverAt, nil
	}
	// The deadline as it was known at the instant asked for.
	if due := d.Status(vanphong.DateOf(now)).Due; due != 0 {
		by = (due + 1).At(0, 0)
	}
	return by, by, nil
}
