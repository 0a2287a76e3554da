package followup

import (
	"slices"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/meetings"
)

// TaskID names a [Task].
type TaskID string

// NewTaskID returns the id of the task that the caller's key names among those
// of one origin. It is derived, so that assigning again finds the same task.
//
// The kind is part of it because a conclusion and a document may have the same
// id in two systems.
func NewTaskID(org vanphong.OrgID, from Origin, key string) TaskID {
	return TaskID(vanphong.Derive("task", string(org), vanphong.EnumName(originCodes[:], from.Kind), from.ID, key))
}

// OriginKind is what a task follows from. Offices load both: directions in
// documents, and conclusions spoken at meetings.
//
// The kind stays with the task: reports list the two apart.
type OriginKind uint8

// The kinds of origin.
const (
	OriginUnknown  OriginKind = iota
	FromConclusion            // kết luận của cuộc họp
	FromDocument              // văn bản chỉ đạo, của cơ quan mình hoặc cấp trên
)

var originNames = [...]string{"", "kết luận", "văn bản"}
var originCodes = [...]string{"", "conclusion", "document"}

// Name returns the Vietnamese name of the kind.
func (k OriginKind) Name() string { return vanphong.EnumName(originNames[:], k) }

// MarshalText writes the kind as its code.
func (k OriginKind) MarshalText() ([]byte, error) {
	return vanphong.EnumText("origin kind", originCodes[:], k)
}

// UnmarshalText reads what MarshalText writes.
func (k *OriginKind) UnmarshalText(b []byte) (err error) {
	*k, err = vanphong.ParseEnum[OriginKind]("origin kind", originCodes[:], b)
	return err
}

// Origin is what a task follows from.
//
// ID is opaque here: a document of a higher level is known by whatever its own
// system calls it.
type Origin struct {
	Kind OriginKind `json:"kind"`
	ID   string     `json:"id"` // of the conclusion, or of the document in its own system
	// Number is the number and symbol as printed: "122-KL/TU"; "" if it has none
	// yet. It is for reading only: two tasks of one origin may show it
	// differently and still be of the same origin.
	Number string `json:"number,omitempty"`
}

// OriginOf returns a conclusion as an origin, under the number it is printed
// with.
//
// The number is handed in and not taken from the conclusion, for printing it
// takes the organ's symbol, which this package does not know.
func OriginOf(c meetings.Conclusion, number string) Origin {
	return Origin{FromConclusion, string(c.ID), number}
}

// Due is until when a task is to be done, and how that was reckoned. The zero
// Due is no deadline.
//
// Basis is kept because the day alone does not show what was meant: "10
// working days" moves when a holiday is declared, "before 30/11" does not.
type Due struct {
	Day   vanphong.Date `json:"day,omitzero"`
	Basis string        `json:"basis,omitempty"` // "trước 30/11/2026", "10 ngày làm việc từ 05/11/2026"
}

// Extension is a later deadline (gia hạn), and who gave it for what reason.
// The deadline before it is kept.
//
// From repeats what could be computed, as proof of what whoever granted it
// saw.
type Extension struct {
	Day    vanphong.Date  `json:"day"` // when it was granted
	From   vanphong.Date  `json:"from"`
	To     vanphong.Date  `json:"to"`
	Reason string         `json:"reason"`
	Made   vanphong.Stamp `json:"made"`
}

// Progress is one report on a task (tiến độ). Reports are only ever added.
//
// Percent is what the unit says; nothing is derived from it, and 100 is not
// done.
type Progress struct {
	Day     vanphong.Date  `json:"day"` // when it happened, not when it was written down
	Unit    vanphong.OrgID `json:"unit,omitempty"`
	Note    string         `json:"note,omitempty"`
	Percent int            `json:"percent,omitzero"` // 1 to 100; 0: not stated
	Done    bool           `json:"done,omitempty"`
	Made    vanphong.Stamp `json:"made"`
}

// same reports whether two reports say the same, whoever wrote them down.
//
// Made is left out: the same report from a second clerk, or from a program run
// again, is one report.
func (p Progress) same(o Progress) bool {
	return p.Day == o.Day && p.Unit == o.Unit && p.Note == o.Note && p.Percent == o.Percent && p.Done == o.Done
}

// Withdrawal is the end of a task that need not be done any more (rút nhiệm
// vụ). The zero Withdrawal is none.
type Withdrawal struct {
	Day    vanphong.Date  `json:"day"`
	Reason string         `json:"reason"`
	Made   vanphong.Stamp `json:"made"`
}

// Task is something a unit has been told to do (nhiệm vụ). It holds what
// happened; whether it is done, late or in time is computed for a day, never
// stored: see [Task.Status].
//
// A title, a lead and a deadline are "rõ việc, rõ người, rõ thời gian";
// Product is "rõ sản phẩm" (226-KL/TW, grade N).
type Task struct {
	ID           TaskID           `json:"id"`
	Org          vanphong.OrgID   `json:"org"`
	Key          string           `json:"key"` // the caller's, unique within the origin
	Origin       Origin           `json:"origin"`
	Title        string           `json:"title"`
	Product      string           `json:"product,omitempty"`      // what is to be handed in
	Lead         vanphong.OrgID   `json:"lead"`                   // đơn vị chủ trì: exactly one
	Coordinating []vanphong.OrgID `json:"coordinating,omitempty"` // đơn vị phối hợp
	Assigned     vanphong.Date    `json:"assigned"`
	First        Due              `json:"first,omitzero"` // the deadline it was given; extensions never change it
	Secrecy      vanphong.Secrecy `json:"secrecy,omitzero"`

	Extensions []Extension `json:"extensions,omitempty"`
	Progress   []Progress  `json:"progress,omitempty"`
	Withdrawn  Withdrawal  `json:"withdrawn,omitzero"`

	Version int64          `json:"version"`
	Last    vanphong.Stamp `json:"last"`
}

// Due returns the deadline after every extension so far, zero if there is
// none.
//
// The last extension is the latest: [Tracker.Extend] refuses an earlier
// deadline.
func (t Task) Due() vanphong.Date {
	if n := len(t.Extensions); n > 0 {
		return t.Extensions[n-1].To
	}
	return t.First.Day
}

// DueOn returns the deadline as it was known on a day: extensions granted
// later do not count.
//
// The loop needs no order but the one recorded: extensions are granted in the
// order of their days.
func (t Task) DueOn(day vanphong.Date) vanphong.Date {
	due := t.First.Day
	for _, e := range t.Extensions {
		if e.Day <= day {
			due = e.To
		}
	}
	return due
}

// Done returns the report that the task is done, if there is one.
//
// There is at most one, since nothing can be reported on a task that is done.
func (t Task) Done() (Progress, bool) {
	for _, p := range t.Progress {
		if p.Done {
			return p, true
		}
	}
	return Progress{}, false
}

// Open reports whether the task is still to be done, after everything
// recorded so far: neither done nor withdrawn.
//
// It looks at everything recorded, even what is dated in the future; for a
// day, ask [Task.Status].
func (t Task) Open() bool {
	_, done := t.Done()
	return !done && t.Withdrawn.Day.IsZero()
}

// Involves reports whether a unit leads or coordinates.
func (t Task) Involves(unit vanphong.OrgID) bool {
	return t.Lead == unit || slices.Contains(t.Coordinating, unit)
}

// clone returns a copy that shares nothing with t.
func (t Task) clone() Task {
	t.Coordinating = slices.Clone(t.Coordinating)
	t.Extensions = slices.Clone(t.Extensions)
	t.Progress = slices.Clone(t.Progress)
	return t
}
