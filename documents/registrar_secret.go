package documents

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"
	"strconv"

	"github.com/vanphong-go/vanphong"
)

// SecretReport is what the secret register says when it comes back (sổ đăng ký bí mật
// nhà nước báo về): what it did with each number that it held. It may come from a book
// or from a network of its own, so it names numbers alone: no kind, no abstract,
// nothing that could tell what a document is about.
type SecretReport struct {
	Series SeriesID     `json:"series"`
	Lines  []SecretLine `json:"lines"`
}

// SecretLine is what became of one number.
type SecretLine struct {
	Serial uint32 `json:"serial"`
	Used   bool   `json:"used"`
	Reason string `json:"reason,omitempty"` // why it was not used; none if it was
}

// Check returns an error that names the field unless the report can be compared: at
// most [MaxBatch] lines, each with a number, and with a reason exactly if it was not
// used. Numbers that are named twice are a finding, not an error.
func (sr SecretReport) Check() error {
	if err := vanphong.CheckCount("lines", len(sr.Lines), MaxBatch); err != nil {
		return err
	}
	for _, l := range sr.Lines {
		switch n := strconv.FormatUint(uint64(l.Serial), 10); {
		case l.Serial == 0 || l.Serial > MaxSerial:
			return vanphong.NewInputError("lines.serial", n, "a number", nil)
		case l.Used && l.Reason != "":
			// Its text stays out of the error: it is of a secret document.
			return vanphong.NewInputError("lines.reason", vanphong.Placeholder, "no reason: number "+n+" was used, and nothing else may be told of it", vanphong.ErrSecret)
		case !l.Used && l.Reason == "":
			return vanphong.NewInputError("lines.reason", "", "why number "+n+" was not used", nil)
		}
		// Nor is the text of a reason that cannot be written: errors are logged.
		if checkText("lines.reason", l.Reason, MaxText) != nil {
			return vanphong.NewInputError("lines.reason", vanphong.Placeholder, fmt.Sprintf("at most %d bytes of UTF-8 without control characters, for number %d", MaxText, l.Serial), nil)
		}
	}
	return nil
}

// Reconciliation is what a report of the secret register came to.
type Reconciliation struct {
	Used []Entry `json:"used,omitempty"` // accounted for as used there
	Void []Entry `json:"void,omitempty"` // void, for the reason given there
	// Findings are what people have to look at, by number: [Messages] has the words.
	Findings []vanphong.Finding `json:"findings,omitempty"`
}

// Reconcile compares the numbers held of a series with what the secret register says
// of them (đối chiếu với sổ mật). What is clear is written in one step: a number used
// there is accounted for and stays held, one not used becomes void with its reason.
// What is not clear changes nothing and is told: a number that was not held here, one
// held here of which nothing is said, one named twice, and one of which the two books
// say different things. Run again it writes nothing new and finds the same. It is
// allowed in a closed series, for the other book comes back when it can.
func (r *Registrar) Reconcile(ctx context.Context, org vanphong.OrgID, report SecretReport, stamp vanphong.Stamp) (Reconciliation, error) {
	// Begun as an event about the series: which entries it is about is found out within.
	base, err := r.begin(ctx, org, "reconcile", string(report.Series), stamp, EventClosed, "")
	if err != nil {
		return Reconciliation{}, err
	}
	if err := report.Check(); err != nil {
		return Reconciliation{}, err
	}
	// One event is prepared for each line, whether it will be needed or not.
	lines := make([]secretLine, len(report.Lines))
	// The salts are drawn outside, as everywhere: the transaction may run twice.
	for i, l := range report.Lines {
		l.Reason = vanphong.NFC(l.Reason)
		e := base
		e.Kind, e.Serial, e.Reason = EventReconciled, l.Serial, l.Reason
		if !l.Used {
			e.Kind = EventVoided
		}
		if err := r.drawSalt(&e); err != nil {
			return Reconciliation{}, err
		}
		lines[i] = secretLine{l, e}
	}
	// By number and not as the other book has it: the events of two runs over the same
	// report must come in one order.
	slices.SortStableFunc(lines, func(a, b secretLine) int { return cmp.Compare(a.Serial, b.Serial) })
	var out Reconciliation
	err = r.store.Update(ctx, org, func(tx Tx) error {
		out = Reconciliation{}
		return out.take(tx, report.Series, lines)
	})
	return settled(out, err)
}

// secretLine is a line with the event it may become.
type secretLine struct {
	SecretLine
	event Event
}

// take goes through the lines, by number.
func (rc *Reconciliation) take(tx Tx, id SeriesID, lines []secretLine) error {
	if _, err := findSeries(tx, id, 0); err != nil {
		return err
	}
	// A number that is named twice is left alone even if both lines agree: one of them
	// was meant for another number.
	named := map[uint32]int{}
	for _, l := range lines {
		named[l.Serial]++
	}
	here, err := heldOrNamed(tx, id, named)
	if err != nil {
		return err
	}
	for _, l := range lines {
		if named[l.Serial] == 1 {
			if err := rc.line(tx, l, here[l.Serial]); err != nil {
				return err
			}
		}
	}
	for n, times := range named {
		if times > 1 {
			rc.find(RuleSecretTwice, vanphong.Fault, n)
		}
	}
	for n, en := range here {
		// One that was told in an earlier report need not be told again.
		if named[n] == 0 && en.Standing == StandingPlain {
			rc.find(RuleSecretSilent, vanphong.Warning, n)
		}
	}
	// Two of the lists came out of maps.
	slices.SortStableFunc(rc.Findings, func(a, b vanphong.Finding) int {
		x, _ := strconv.Atoi(a.Args[0])
		y, _ := strconv.Atoi(b.Args[0])
		return cmp.Or(cmp.Compare(x, y), cmp.Compare(a.Rule, b.Rule))
	})
	return nil
}

// heldOrNamed reads the entries that a report can be about: those held, and those it
// names. Numbers beside the run are never held.
func heldOrNamed(tx Reader, id SeriesID, named map[uint32]int) (map[uint32]Entry, error) {
	here := map[uint32]Entry{}
	for en, err := range tx.Entries(Query{Series: id}) {
		if err != nil {
			return nil, err
		}
		if en.Number.Suffix == "" && (en.State == StateHeld || named[en.Serial] > 0) {
			here[en.Serial] = en
		}
	}
	return here, nil
}

// line does what one line says, if it fits what stands here.
//
// A void number that bears a mark of secrecy is taken for one that was held: void is
// what the other book says too, and why is told here.
func (rc *Reconciliation) line(tx Tx, l secretLine, en Entry) error {
	void := en.State == StateVoid
	switch {
	case en.State != StateHeld && !void, en.Secrecy == vanphong.NotSecret:
		rc.find(RuleSecretUnknown, vanphong.Fault, l.Serial)
	case void && l.Used:
		rc.find(RuleSecretVoidHere, vanphong.Fault, l.Serial)
	case void:
		rc.Void = append(rc.Void, en)
	case en.Standing == StandingReconciled && !l.Used:
		rc.find(RuleSecretUsedHere, vanphong.Fault, l.Serial)
	case en.Standing == StandingReconciled:
		rc.Used = append(rc.Used, en)
	default:
		// Read for each line: the line before has moved it by an event.
		s, err := tx.Series(en.Series)
		if err != nil {
			return err
		}
		l.event.Entry = en.ID
		if en, err = write(tx, s, l.event, en); err != nil {
			return err
		}
		if l.Used {
			rc.Used = append(rc.Used, en)
		} else {
			rc.Void = append(rc.Void, en)
		}
	}
	return nil
}

// find adds a finding about a number.
func (rc *Reconciliation) find(rule string, s vanphong.Severity, n uint32) {
	rc.Findings = append(rc.Findings, vanphong.Finding{Rule: rule, Severity: s, Args: []string{serial(n)}})
}

// Redacted is the id of an entry that may not leave as it is.
const Redacted EntryID = "redacted"

// For returns the entry as it may leave to a network zone. If its secrecy is above
// what the zone may receive, there is left what an open register shows of a number
// that the secret one holds: the number as printed, its state and standing, its day and
// its mark. Every text is vanphong.Placeholder or gone, and so are the kind, the names
// and the id, which the caller chose and which may tell more than it should.
//
// Days, numbers and states stay, so that a proof and a count come out the same with
// and without the right to read.
func (en Entry) For(zone vanphong.Zone, r vanphong.Redaction) Entry {
	if r.Allows(zone, en.Secrecy) {
		return en
	}
	// Built up and not cut down: a field that Entry gains later is left out until
	// somebody decides that it may go.
	out := Entry{ID: Redacted, Org: en.Org, Series: en.Series, Serial: en.Serial, Number: en.Number, State: en.State, Standing: en.Standing,
		Content: Content{Day: en.Day, Secrecy: en.Secrecy}, Act: Act{Day: en.Act.Day}}
	// Whether there was a text may be seen, as on a page where a line is blacked out.
	if en.Abstract != "" {
		out.Abstract = vanphong.Placeholder
	}
	if en.Reason != "" {
		out.Reason = vanphong.Placeholder
	}
	return out
}

// EntriesFor walks entries as they may leave to a zone: every outward door can put it
// around the walk it has.
func EntriesFor(zone vanphong.Zone, r vanphong.Redaction, entries iter.Seq2[Entry, error]) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		for en, err := range entries {
			if !yield(en.For(zone, r), err) {
				return
			}
		}
	}
}
