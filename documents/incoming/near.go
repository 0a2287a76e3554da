package incoming

import (
	"fmt"
	"iter"
	"strconv"
	"strings"

	"github.com/vanphong-go/vanphong"
)

// DuplicateError is the refusal of a document that is registered already. It
// wraps vanphong.ErrConflict and names the first. Whoever must register it all
// the same (a second original that takes its own way) says why in
// [Receipt.Anyway].
type DuplicateError struct {
	First   ID
	Book    BookID
	Arrival uint32
	Day     vanphong.Date // its arrival day
	Field   string        // what is the same: "external", or "number" with issuer and day
	hidden  hidden
	value   string
}

// Error names the first document by its number in the book.
func (e *DuplicateError) Error() string { return e.Unwrap().Error() }

// Unwrap returns the [*vanphong.InputError], which wraps vanphong.ErrConflict.
func (e *DuplicateError) Unwrap() error {
	return e.hidden.refuse(e.Field, e.value, fmt.Sprintf("a document not registered yet: this one is arrival %d of %s", e.Arrival, e.Day), vanphong.ErrConflict)
}

// same returns the error about a receipt that is the document first.
func sameDocument(r Receipt, first Document) *DuplicateError {
	e := &DuplicateError{First: first.ID, Book: first.Book, Arrival: first.Arrival, Day: first.Day(), hidden: r.hidden(), Field: "number", value: r.NumberText}
	if r.External != "" && r.External == first.External {
		e.Field, e.value = "external", r.External
	}
	return e
}

// The rules of this package's findings.
const (
	RuleDuplicate   = "incoming.duplicate"        // the same document, see DuplicateError
	RuleNearDate    = "incoming.near.date"        // same number and issuer, another day
	RuleNearIssuer  = "incoming.near.issuer"      // same number and day, issuer written otherwise
	RuleNearNumber  = "incoming.near.number"      // same issuer and day, one sign of the number differs
	RuleNearWritten = "incoming.near.written"     // same issuer, the number is the same but for how it is written
	RuleNearWords   = "incoming.near.words"       // same issuer, same words in the abstract
	RuleNearGone    = "incoming.near.gone"        // the same document, which was returned or refused
	RuleFuture      = "incoming.dated"            // dated after it arrived
	RuleChannel     = "incoming.channel"          // secret by an open channel
	RuleSignature   = "incoming.signature"        // digital signature invalid, unclear or none
	RuleDelivery    = "incoming.delivery"         // arrived after the hour on the envelope
	RuleWidth       = "incoming.width"            // longer than the exchange format has room for
	RuleLate        = "incoming.late"             // a deadline has passed
	RuleProof       = "incoming.proof"            // the book and its numbers
	RuleProofEmpty  = "incoming.proof.empty"      // a book that has given no number
	RuleTimeUnknown = "incoming.at_once.no_limit" // "at once", and no figure to judge by
)

// nearDays is how far back a paper is compared: a quarter and a month over.
// What comes again after that is hardly the same delivery, and each year gives
// the same numbers anew.
const nearDays = 120

// maxNear bounds the findings of one comparison: nobody reads the fifty-first.
const maxNear = 50

// Near compares a receipt with documents registered before and returns a
// finding for each that may be the same paper, the reason being its rule:
// [RuleDuplicate] for one that would be refused, RuleNear… for the rest. At
// most 50; void documents are left out, those returned or refused are not: a
// sender corrects them and sends them again. The first error of the walk is
// returned.
//
// Near matches are shown and never refuse: consecutive letters of one issuer
// differ by one figure, too. So a number that differs by one sign counts only
// if the words of the abstract do not speak against it.
func Near(r Receipt, before iter.Seq2[Document, error]) ([]vanphong.Finding, error) {
	if before == nil {
		return nil, vanphong.NewInputError("before", "nil", "a walk of documents, empty or not", nil)
	}
	r = r.composed()
	number := r.foldedNumber()
	p := probe{r, number, looseNumber(number), r.Issuer.key(), wordSet(r.Abstract)}
	var out []vanphong.Finding
	for d, err := range before {
		if err != nil {
			return nil, err
		}
		rule, severity := p.compare(d)
		if rule == "" {
			continue
		}
		out = append(out, vanphong.Finding{Rule: rule, Severity: severity, Args: []string{
			strconv.FormatUint(uint64(d.Arrival), 10), vanphong.FormatDate(d.Day()), d.hidden().quote(d.NumberText), string(d.ID)}})
		if len(out) == maxNear {
			break
		}
	}
	return out, nil
}

// probe is a receipt with what it is compared by, folded once.
type probe struct {
	Receipt
	number string
	loose  string
	issuer string
	words  map[string]bool
}

// compare returns the first reason for which a document may be the same paper,
// the strongest first.
func (p probe) compare(d Document) (rule string, severity vanphong.Severity) {
	if !d.Voided.IsZero() {
		return "", 0
	}
	if p.External != "" && p.External == d.External {
		if d.gone() {
			return RuleNearGone, vanphong.Warning
		}
		return RuleDuplicate, vanphong.Fault
	}
	// Folding a number and taking an abstract apart is what costs, so it is done
	// only where it can still matter.
	sameIssuer, sameDay := p.issuer == d.Issuer.key(), p.Dated == d.Dated
	if !sameIssuer && !sameDay {
		return "", 0
	}
	number := d.foldedNumber()
	sameNumber := p.number != "" && p.number == number
	switch {
	case sameNumber && sameIssuer && sameDay && d.gone():
		return RuleNearGone, vanphong.Warning
	case sameNumber && sameIssuer && sameDay: // which is what a DocumentKey is made of
		return RuleDuplicate, vanphong.Fault
	// A day misread or left out, or a paper that was issued again under its
	// number. The State's exchange tells papers apart by number, symbol and organ
	// (NĐ 30/2020/NĐ-CP, Phụ lục VI, grade P); since numbers begin anew each year,
	// only the day as well refuses one here.
	case sameNumber && sameIssuer:
		return RuleNearDate, vanphong.Warning
	// Whatever the day: it often stands where the number was typed.
	case sameIssuer && p.loose != "" && p.loose == looseNumber(number):
		return RuleNearWritten, vanphong.Warning
	// One clerk chose the issuer from a list, another typed its name.
	case sameNumber && p.Dated != 0:
		return RuleNearIssuer, vanphong.Warning
	case !sameIssuer:
		return "", 0
	}
	slip := sameDay && p.Dated != 0 && oneApart(p.number, number)
	// The same letter comes every month under another number: its words are
	// worth a look where one of the two numbers is missing or the days are the
	// same.
	if !slip && !sameDay && p.number != "" && number != "" {
		return "", 0
	}
	words := wordSet(d.Abstract)
	alike := similar(p.words, words)
	switch {
	case slip && (alike || len(p.words) == 0 || len(words) == 0):
		return RuleNearNumber, vanphong.Warning
	case alike:
		return RuleNearWords, vanphong.Note
	}
	return "", 0
}

// wordSet leaves out what every abstract begins with: "V/v" is "Về việc".
func wordSet(s string) map[string]bool {
	out := map[string]bool{}
	for _, w := range foldedWords(s) {
		if w != "v" && w != "ve" && w != "viec" {
			out[w] = true
		}
	}
	return out
}

// similar reports whether two abstracts have four fifths of their words in
// common. Fewer than four words say nothing: "Giấy mời họp" is every week's.
//
// A share of all words and not a distance of letters: abstracts of one paper
// differ by a word left out, those of two papers by what they are about.
func similar(a, b map[string]bool) bool {
	if len(a) < 4 || len(b) < 4 {
		return false
	}
	both := 0
	for w := range a {
		if b[w] {
			both++
		}
	}
	return 5*both >= 4*(len(a)+len(b)-both)
}

// oneApart reports whether two folded numbers differ by exactly one sign:
// changed, left out, or two neighbours changed over.
//
// These are the slips of reading a stamp and of typing figures; two slips in one
// number are rare enough to be left to the eye.
func oneApart(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(x) == 0 || len(y)-len(x) > 1 || a == b {
		return false
	}
	i := 0
	for i < len(x) && x[i] == y[i] {
		i++
	}
	if len(x) < len(y) {
		return string(x[i:]) == string(y[i+1:])
	}
	return string(x[i+1:]) == string(y[i+1:]) ||
		i+1 < len(x) && x[i] == y[i+1] && x[i+1] == y[i] && string(x[i+2:]) == string(y[i+2:])
}

// Findings returns what a clerk should look at before registering: nothing
// here keeps a paper out.
func (r Receipt) Findings() []vanphong.Finding {
	r = r.composed()
	h := r.hidden()
	var out []vanphong.Finding
	add := func(rule string, severity vanphong.Severity, source vanphong.Source, args ...string) {
		out = append(out, vanphong.Finding{Rule: rule, Severity: severity, Source: source, Args: args})
	}
	if r.Dated > r.Day() {
		add(RuleFuture, vanphong.Warning, vanphong.Source{}, vanphong.FormatDate(r.Dated), vanphong.FormatDate(r.Day()))
	}
	// Mật goes over the network encrypted, tối mật and tuyệt mật by cipher only
	// (217-QĐ/TW, grade N); paper by messenger is no channel of this rule.
	if open := r.Channel.Electronic() || r.Channel == ChannelFax; bool(h) && open {
		add(RuleChannel, vanphong.Fault, vanphong.Source{Clause: "217-QĐ/TW", Grade: vanphong.GradePress}, r.Secrecy.Name(), r.Channel.Name())
	}
	if r.Signature > SignatureValid {
		add(RuleSignature, vanphong.Warning, decree30("Điều 21"), r.Signature.Name())
	}
	if !r.DeliverAt.IsZero() && r.Received.After(r.DeliverAt) {
		add(RuleDelivery, vanphong.Warning, vanphong.Source{}, instant(r.DeliverAt), instant(r.Received))
	}
	for _, f := range [...]struct {
		name       string
		size, room int
	}{
		{"tên loại", width(string(r.Kind)), WidthKind}, {"số, ký hiệu", width(r.NumberText), WidthNumber},
		{"cơ quan ban hành", width(r.Issuer.Name), WidthIssuer}, {"trích yếu", width(r.Abstract), WidthAbstract},
	} {
		if f.size > f.room {
			add(RuleWidth, vanphong.Note, annex6(), f.name, strconv.Itoa(f.size), strconv.Itoa(f.room))
		}
	}
	if r.Pages > WidthPages {
		add(RuleWidth, vanphong.Note, annex6(), "số tờ", strconv.Itoa(len(strconv.Itoa(r.Pages))), "3")
	}
	return out
}

func annex6() vanphong.Source { return decree30("Phụ lục VI phần II") }

// Finding returns a deadline as a sentence for the clerk, and whether there is
// anything to say: it is late, or is to be done at once and there is no figure
// to judge it by.
func (l Deadline) Finding(d Document) (vanphong.Finding, bool) {
	f := vanphong.Finding{Rule: RuleLate, Severity: vanphong.Warning, Source: l.Source,
		Args: []string{strconv.FormatUint(uint64(d.Arrival), 10), l.Stage.Name(), strings.TrimSuffix(instant(l.By), ":00")}}
	switch {
	case l.Late:
		return f, true
	case l.By.IsZero() && l.Done.IsZero():
		f.Rule, f.Severity = RuleTimeUnknown, vanphong.Note
		f.Args[2] = strings.TrimSuffix(instant(d.Received), ":00")
		return f, true
	}
	return vanphong.Finding{}, false
}
