package incoming

import (
	"strconv"
	"time"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
)

// Channel is the way a document came.
//
// It decides two rules: whom to tell of the arrival, and whether a secret
// document came where it may not.
type Channel uint8

// The channels. Which may carry secret documents is a rule of its own, see
// [Receipt.Findings].
const (
	ChannelUnstated Channel = iota // không ghi
	ChannelPaper                   // bưu điện, giao liên, trực tiếp
	ChannelAxis                    // trục liên thông văn bản
	ChannelEmail                   // thư điện tử
	ChannelFax                     // fax
	ChannelCipher                  // cơ yếu
)

var channelNames = [...]string{"không ghi", "bản giấy", "trục liên thông văn bản", "thư điện tử", "fax", "cơ yếu"}
var channelCodes = [...]string{"", "paper", "axis", "email", "fax", "cipher"}

// Name returns the Vietnamese name of the channel.
func (c Channel) Name() string { return vanphong.EnumName(channelNames[:], c) }

// MarshalText writes the channel as its code.
func (c Channel) MarshalText() ([]byte, error) {
	return vanphong.EnumText("channel", channelCodes[:], c)
}

// UnmarshalText reads what MarshalText writes.
func (c *Channel) UnmarshalText(b []byte) (err error) {
	*c, err = vanphong.ParseEnum[Channel]("channel", channelCodes[:], b)
	return err
}

// Electronic reports whether a document came as data over a system that can
// answer: the sender of such a document is told that it arrived.
func (c Channel) Electronic() bool { return c == ChannelAxis || c == ChannelEmail }

// SignatureCheck is what the check of a digital signature found. The check
// itself is not made here.
//
// Four results and not two: a certificate that could not be looked up on the day
// is no reason to send a document back, and no reason to trust it.
type SignatureCheck uint8

// The results.
const (
	SignatureUnchecked SignatureCheck = iota // chưa kiểm tra, hoặc bản giấy
	SignatureValid                           // hợp lệ
	SignatureInvalid                         // không hợp lệ
	SignatureUnclear                         // chưa xác định được (thiếu chứng thư, hết hạn tra cứu)
	SignatureNone                            // văn bản điện tử không có chữ ký số
)

var signatureNames = [...]string{"chưa kiểm tra", "hợp lệ", "không hợp lệ", "chưa xác định", "không có chữ ký số"}
var signatureCodes = [...]string{"", "valid", "invalid", "unclear", "none"}

// Name returns the Vietnamese name of the result.
func (c SignatureCheck) Name() string { return vanphong.EnumName(signatureNames[:], c) }

// MarshalText writes the result as its code.
func (c SignatureCheck) MarshalText() ([]byte, error) {
	return vanphong.EnumText("signature", signatureCodes[:], c)
}

// UnmarshalText reads what MarshalText writes.
func (c *SignatureCheck) UnmarshalText(b []byte) (err error) {
	*c, err = vanphong.ParseEnum[SignatureCheck]("signature", signatureCodes[:], b)
	return err
}

// Issuer is who issued a document: an organisation the office knows, the name
// as written, or both.
//
// Both are kept because the name on the paper is evidence: organisations are
// renamed and merged, papers are not.
type Issuer struct {
	Org  vanphong.OrgID `json:"org,omitzero"`
	Name string         `json:"name,omitzero"`
}

// Receipt is a document as the clerk registers it (đăng ký văn bản đến): what
// stands in the columns of the arrival book.
//
// The number is kept as received (NumberText) and, if it could be read, as
// read; nothing here corrects what a paper says.
type Receipt struct {
	Book BookID `json:"book"`
	// Received is when it reached the office, the instant from which the clock
	// runs; its day is the arrival day (ngày đến) of the book.
	Received time.Time        `json:"received"`
	Channel  Channel          `json:"channel,omitzero"`
	Number   documents.Number `json:"number,omitzero"`
	// NumberText is the number and symbol as received; filled from Number if it
	// is empty. Both empty: the paper has none.
	NumberText string           `json:"number_text,omitzero"`
	Issuer     Issuer           `json:"issuer"`
	Kind       documents.Kind   `json:"kind,omitzero"`
	Dated      vanphong.Date    `json:"dated,omitzero"` // day of the document; zero if it has none
	Abstract   string           `json:"abstract,omitzero"`
	Signer     string           `json:"signer,omitzero"`
	Secrecy    vanphong.Secrecy `json:"secrecy,omitzero"`
	Urgency    vanphong.Urgency `json:"urgency,omitzero"`
	// DeliverAt is the instant on the envelope of a hỏa tốc hẹn giờ, by which it
	// is to be in the addressee's hands; only such a document has it.
	DeliverAt time.Time      `json:"deliver_at,omitzero"`
	Pages     int            `json:"pages,omitzero"`
	Copies    int            `json:"copies,omitzero"`
	External  string         `json:"external,omitzero"` // id in the exchange system
	Due       vanphong.Date  `json:"due,omitzero"`      // deadline that the document itself sets
	Unit      vanphong.OrgID `json:"unit,omitzero"`     // unit it is addressed to, in charge until somebody directs otherwise
	Signature SignatureCheck `json:"signature,omitzero"`
	// Anyway is why it is registered although the same document has been; see
	// [DuplicateError].
	Anyway string `json:"anyway,omitzero"`
}

// Day returns the arrival day (ngày đến).
func (r Receipt) Day() vanphong.Date { return vanphong.DateOf(r.Received) }

// Check returns an error that names the field unless r can be registered. It
// quotes nothing of a document with a mark of secrecy; such a document with an
// abstract is refused with an error that wraps vanphong.ErrSecret.
func (r Receipt) Check() error {
	h := r.hidden()
	switch {
	case r.Received.IsZero():
		return vanphong.NewInputError("received", "", "the instant it arrived", nil)
	case r.Secrecy > vanphong.TopSecret:
		return vanphong.NewInputError("secrecy", strconv.Itoa(int(r.Secrecy)), "a level of secrecy", nil)
		// Refused and not dropped: whoever typed it must learn that it may not
		// stand here.
	case bool(h) && r.Abstract != "":
		return vanphong.NewInputError("abstract", vanphong.Placeholder, "no abstract for a document marked "+r.Secrecy.Name(), vanphong.ErrSecret)
	case r.Urgency > vanphong.ExpressTimed:
		return vanphong.NewInputError("urgency", strconv.Itoa(int(r.Urgency)), "a mark of haste", nil)
	case r.DeliverAt.IsZero() == (r.Urgency == vanphong.ExpressTimed):
		return vanphong.NewInputError("deliver_at", instant(r.DeliverAt), "an instant for a hỏa tốc hẹn giờ, and for no other document", nil)
	case int(r.Channel) >= len(channelCodes):
		return vanphong.NewInputError("channel", strconv.Itoa(int(r.Channel)), "a channel", nil)
	case int(r.Signature) >= len(signatureCodes):
		return vanphong.NewInputError("signature", strconv.Itoa(int(r.Signature)), "a result of the check", nil)
	case r.Issuer == Issuer{}:
		return vanphong.NewInputError("issuer", "", "an organisation or its name as written", nil)
	}
	// A number put together by hand could not be stored: its text would not be
	// read back. Its own error quotes it, which a secret one may not.
	if err := r.Number.Check(); err != nil && !r.Number.IsZero() {
		return h.refuse("number", r.Number.String(), "a number that reads back to itself", nil)
	}
	for _, day := range [...]vanphong.Date{r.Day(), r.Dated} {
		if _, err := day.MarshalText(); err != nil {
			return h.mask(err)
		}
	}
	if _, err := r.Due.MarshalText(); err != nil {
		return h.mask(err)
	}
	return h.mask(first(
		vanphong.CheckID("book", r.Book), optionalID("issuer.org", r.Issuer.Org), optionalID("unit", r.Unit), optionalID("external", r.External),
		h.text("number_text", r.NumberText, MaxText, false), h.text("issuer.name", r.Issuer.Name, MaxText, false),
		h.text("kind", string(r.Kind), MaxText, false), h.text("abstract", r.Abstract, MaxAbstract, false),
		h.text("signer", r.Signer, MaxText, false), h.text("anyway", r.Anyway, MaxText, false),
		within("pages", r.Pages, MaxPages), within("copies", r.Copies, MaxPages),
	))
}

// composed returns r with its texts in NFC and the number's text filled in:
// the same paper typed on another machine is the same receipt. Ids are kept to
// the byte.
func (r Receipt) composed() Receipt {
	if r.NumberText == "" {
		r.NumberText = r.Number.String()
	}
	for _, s := range []*string{&r.NumberText, &r.Issuer.Name, &r.Abstract, &r.Signer, &r.Anyway} {
		*s = vanphong.NFC(*s)
	}
	// What is stored has no monotonic clock, and compares as it was given.
	r.Received, r.DeliverAt = r.Received.Round(0), r.DeliverAt.Round(0)
	return r
}

// field is one field of a receipt, as text.
type field struct{ name, text string }

// fields lists what is compared and corrected, in the order of the form, so
// that a clerk is sent to the first that is wrong. A test holds that no field
// of a receipt is missing.
func (r Receipt) fields() []field {
	return []field{
		{"book", string(r.Book)}, {"received", fullInstant(r.Received)}, {"channel", r.Channel.Name()},
		{"number_text", r.NumberText}, {"number", r.Number.String()}, {"issuer.org", string(r.Issuer.Org)}, {"issuer.name", r.Issuer.Name},
		{"kind", string(r.Kind)}, {"dated", r.Dated.String()}, {"abstract", r.Abstract}, {"signer", r.Signer},
		{"secrecy", r.Secrecy.Name()}, {"urgency", r.Urgency.Name()}, {"deliver_at", fullInstant(r.DeliverAt)},
		{"pages", strconv.Itoa(r.Pages)}, {"copies", strconv.Itoa(r.Copies)}, {"external", r.External}, {"due", r.Due.String()},
		{"unit", string(r.Unit)}, {"signature", r.Signature.Name()}, {"anyway", r.Anyway},
	}
}

// fullInstant tells instants apart that a screen shows alike.
func fullInstant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(vanphong.Hanoi).Format(time.RFC3339Nano)
}

// differs names the first field in which two receipts differ, or "".
func (r Receipt) differs(o Receipt) (name, given, stored string) {
	was := o.fields()
	for i, f := range r.fields() {
		if f.text != was[i].text {
			return f.name, f.text, was[i].text
		}
	}
	return "", "", ""
}
