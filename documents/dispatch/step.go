package dispatch

import (
	"slices"
	"time"

	"github.com/vanphong-go/vanphong"
)

// StepKind is what happened to a document on its way.
//
// Sending and recall are one list and not two: what a recipient holds follows
// from both, in the order in which they happened.
type StepKind uint8

// The kinds of step. The first five are about a sending, the others about what
// the recipient holds. In the status messages of the State's exchange of
// electronic documents, 01 is StepDelivered, 02 StepReturned, 03 StepReceived and
// 13 StepNotified (grade W).
const (
	StepUnknown   StepKind = iota
	StepSent               // đã gửi; a second one is a resending
	StepDelivered          // đã đến nơi nhận, văn thư chưa tiếp nhận
	StepReceived           // đã tiếp nhận
	StepFailed             // không đến nơi
	StepReturned           // nơi nhận trả lại: gửi nhầm nơi, kiểm tra không đạt

	StepRecalled  // thuộc diện thu hồi
	StepNotified  // đã gửi thông báo thu hồi
	StepNoticed   // nơi nhận đã nhận thông báo thu hồi
	StepGivenBack // đã nộp lại bản giấy
	StepDestroyed // đã hủy, có báo lại
	StepConfirmed // đã xác nhận thu hồi xong
)

var stepNames = [...]string{
	"", "đã gửi", "đã đến", "đã tiếp nhận", "gửi không được", "trả lại",
	"phải thu hồi", "đã thông báo thu hồi", "đã nhận thông báo thu hồi", "đã nộp lại", "đã hủy", "đã xác nhận thu hồi",
}
var stepCodes = [...]string{
	"", "sent", "delivered", "received", "failed", "returned",
	"recalled", "notified", "noticed", "given-back", "destroyed", "confirmed",
}

// Name returns the Vietnamese name of the kind.
func (k StepKind) Name() string { return vanphong.EnumName(stepNames[:], k) }

// MarshalText writes the kind as its code.
func (k StepKind) MarshalText() ([]byte, error) {
	return vanphong.EnumText("step", stepCodes[:], k)
}

// UnmarshalText reads what MarshalText writes.
func (k *StepKind) UnmarshalText(b []byte) (err error) {
	*k, err = vanphong.ParseEnum[StepKind]("step", stepCodes[:], b)
	return err
}

// Receipt is who took a document over and under which number (phiếu giao nhận,
// sổ chuyển giao). The zero Receipt is none.
//
// The person is a name and no id: whoever signs at the other end is in nobody's
// directory here.
type Receipt struct {
	Person string `json:"person,omitempty"` // who signed for it, as signed
	Number string `json:"number,omitempty"` // of the receipt, or the arrival number there
}

// Step is one thing that happened to a document on its way to a recipient.
//
// At is when it happened by the office's own clock, Made when and by whom it was
// written down: a signed receipt often comes back the next morning. At is not
// after Made.
type Step struct {
	Kind    StepKind  `json:"kind"` // the method of [Clerk] fills it in
	At      time.Time `json:"at"`
	Channel Channel   `json:"channel,omitzero"` // of a sending or a notice
	// Numbers are the numbered copies that the step moves, in ascending order,
	// Copies how many without a number. A step moves no other copy.
	Numbers []int          `json:"numbers,omitempty"`
	Copies  int            `json:"copies,omitzero"`
	Receipt Receipt        `json:"receipt,omitzero"`
	Reason  string         `json:"reason,omitempty"`
	Made    vanphong.Stamp `json:"made"` // filled in
}

// same reports whether two steps say the same, whoever wrote them down. A
// sending that is asked for without copies means those it was made with.
//
// The copies of such a sending were filled in from what the office had then;
// asked again, it has them no more.
func (s Step) same(asked Step) bool {
	if s.Kind == StepSent && len(asked.Numbers) == 0 && asked.Copies == 0 {
		asked.Numbers, asked.Copies = s.Numbers, s.Copies
	}
	return s.Kind == asked.Kind && s.At.Equal(asked.At) && s.Channel == asked.Channel && s.Copies == asked.Copies &&
		s.Receipt == asked.Receipt && s.Reason == asked.Reason && slices.Equal(s.Numbers, asked.Numbers)
}

// compose brings the texts into NFC and the numbers into order, so that the
// same step typed on another machine is found to be the same.
func (s Step) compose() Step {
	s.Reason = vanphong.NFC(s.Reason)
	s.Receipt = Receipt{vanphong.NFC(s.Receipt.Person), vanphong.NFC(s.Receipt.Number)}
	s.Numbers = slices.Sorted(slices.Values(s.Numbers))
	return s
}

// check refuses what no step can be, whatever its kind.
func (s Step) check() error {
	if err := checkInstant("at", s.At); err != nil {
		return err
	}
	if int(s.Channel) >= len(channelCodes) {
		return vanphong.NewInputError("channel", s.Channel.Name(), "a channel", nil)
	}
	for _, err := range []error{
		checkNumbers("numbers", s.Numbers, MaxCopies), checkCount("copies", s.Copies),
		checkText("receipt.person", s.Receipt.Person, false), checkText("receipt.number", s.Receipt.Number, false),
		checkText("reason", s.Reason, s.Kind == StepFailed || s.Kind == StepReturned),
	} {
		if err != nil {
			return err
		}
	}
	return nil
}
