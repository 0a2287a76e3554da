package documents

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/vanphong-go/vanphong"
)

// Proof is the gap proof of a series (chứng minh dãy số liên tục): every
// number from the first to the last, and what became of each. It is what
// an office prints and files when a term or year is closed: the head hash binds
// it to the ledger as it was then. The numbers come from the ledger, First and
// Basis from the series, which [Verify] holds against the opening event.
//
// Issued + len(Reserved) + len(Void) + len(Held) + len(Missing) is the number
// of numbers from First to Last. Late and inserted numbers are not of the run and
// stand apart.
//
// Nothing of a document's content is in it. In the lines of a secret document
// [vanphong.Placeholder] stands for the reason and [Redacted] for the id, which may tell
// its subject, so the proof of a series with secret documents is no secret itself.
type Proof struct {
	Series   SeriesID `json:"series"`
	First    uint32   `json:"first"` // opened at
	Basis    string   `json:"basis"`
	Last     uint32   `json:"last"`   // last number given, 0 if none
	Issued   int      `json:"issued"` // still in force as numbers
	Reserved []Line   `json:"reserved,omitempty"`
	Void     []Line   `json:"void,omitempty"` // hủy and trả lại
	Held     []Line   `json:"held,omitempty"` // accounted for by the secret register if Event is EventReconciled
	Late     []Run    `json:"late,omitempty"`
	Inserted []Line   `json:"inserted,omitempty"` // with their suffixes
	Missing  []uint32 `json:"missing,omitempty"`  // must be empty; the first 1000
	Closed   bool     `json:"closed,omitempty"`
	Back     int      `json:"back,omitempty"` // how often the clock went back between two events
	Events   int64    `json:"events"`
	Head     Digest   `json:"head"`
}

// Line is one number that is not simply issued, with the event that made it
// so: who, when and why.
//
// Issued numbers have no line: they are the many, and the register names each of
// them.
type Line struct {
	Serial uint32         `json:"serial"`
	Entry  EntryID        `json:"entry"`
	Event  EventKind      `json:"event"`
	Reason string         `json:"reason,omitempty"`
	Last   vanphong.Stamp `json:"last"`
	Suffix string         `json:"suffix,omitempty"` // of an inserted number, if the rows were read
}

// Run is numbers one after the other that were registered late for one reason: a
// whole paper book is one line.
type Run struct {
	First  uint32    `json:"first"`
	Last   uint32    `json:"last"`
	Suffix string    `json:"suffix,omitempty"` // then First and Last are one
	Event  EventKind `json:"event"`            // EventLate, or EventVoided: void since
	Reason string    `json:"reason,omitempty"`
}

// ProofOf folds the ledger of a series into its proof. A ledger that does not
// hold together gives a [*ChainError]; numbers that are missing are listed. The
// suffixes of inserted numbers stand in no event, so here they are empty, and no mark of
// secrecy does: any number that had a document is taken for that of a secret one, and
// its reason is [vanphong.Placeholder]. [Registrar.Proof] and [Closing] have both.
//
// Of the series it takes only id, first number and basis: the counts must come from
// what happened and not from a row that says so.
func ProofOf(s Series, events iter.Seq2[Event, error]) (Proof, error) {
	f, err := foldEvents(s.ID, events)
	if err != nil {
		return Proof{}, err
	}
	return f.proof(s, func(EntryID) rowFacts { return rowFacts{} }), nil
}

// proof makes the proof of a ledger that was read. rows tells what stands in the row of
// an entry, as far as the rows were read.
func (f *ledgerFold) proof(s Series, rows func(EntryID) rowFacts) Proof {
	p := Proof{Series: s.ID, First: s.First, Basis: s.Basis}
	p.Closed, p.Back, p.Events, p.Head = f.closed, f.back, f.seq, f.head
	if f.next != 0 {
		p.Last, p.Missing = f.next-1, slices.Clone(f.missing)
	}
	// The fold knows only gaps between given numbers; those before the first given one
	// show against the number the series was opened at.
	for n := s.First; f.next != 0 && n < f.first && len(p.Missing) < maxMissing; n++ {
		p.Missing = append(p.Missing, n)
	}
	slices.Sort(p.Missing)
	var late []Line
	for id, en := range f.entries {
		switch first := en.fixed[0].Kind; {
		case first == EventLate:
			late = append(late, en.beside(id, rows(id).suffix))
		case first == EventInserted:
			p.Inserted = append(p.Inserted, en.beside(id, rows(id).suffix))
		case en.status.state == StateIssued:
			p.Issued++
		case en.status.state == StateReserved:
			p.Reserved = append(p.Reserved, lineOf(id, en.last, ""))
		case en.status.state == StateVoid:
			p.Void = append(p.Void, lineOf(id, en.last, ""))
		case en.status.state == StateHeld:
			p.Held = append(p.Held, lineOf(id, en.last, ""))
		}
	}
	// The entries came out of a map. A paper that is filed must print the same each
	// time.
	for _, lines := range [...][]Line{p.Reserved, p.Void, p.Held, p.Inserted, late} {
		slices.SortFunc(lines, func(a, b Line) int {
			return cmp.Or(cmp.Compare(a.Serial, b.Serial), cmp.Compare(a.Suffix, b.Suffix), cmp.Compare(a.Entry, b.Entry))
		})
		// After sorting, which needs the ids that are blacked out here.
		for i := range lines {
			if id := lines[i].Entry; f.entries[id].secret(rows(id)) {
				lines[i].redact()
			}
		}
	}
	p.Late = runs(late)
	return p
}

// lineOf is the line of a number with the event that made it so.
func lineOf(id EntryID, e Event, suffix string) Line {
	return Line{Serial: e.Serial, Suffix: suffix, Entry: id, Event: e.Kind, Reason: e.Reason, Last: vanphong.Stamp{By: e.By, At: e.At}}
}

// beside is the line of a number that is not of the run. What was done to its
// document since is not told here; that it became void is.
func (en *entryFold) beside(id EntryID, suffix string) Line {
	if en.status.state == StateVoid {
		return lineOf(id, en.last, suffix)
	}
	return lineOf(id, en.fixed[0], suffix)
}

// secret reports whether what the ledger says of an entry may tell of a secret document.
//
// A number that has no document has nothing to tell, and its row is not asked: of a
// reservation that was issued after a closing was filed, the row bears a mark by now
// which it did not then, and the closing must come out as it was filed.
func (en *entryFold) secret(row rowFacts) bool {
	return en.fixed[0].Kind == EventHeld || wasIssued(en.fixed) && (row.marked || !row.read)
}

// redact leaves of a line what an open register shows. Whether there was a reason may
// be seen, as by [Entry.For].
func (l *Line) redact() {
	l.Entry = Redacted
	if l.Reason != "" {
		l.Reason = vanphong.Placeholder
	}
}

// runs joins late numbers that follow each other.
func runs(late []Line) (out []Run) {
	for _, l := range late {
		if n := len(out) - 1; n >= 0 && l.Suffix == "" && out[n].Suffix == "" && out[n].Last+1 == l.Serial && out[n].Event == l.Event && out[n].Reason == l.Reason {
			out[n].Last++
			continue
		}
		out = append(out, Run{First: l.Serial, Last: l.Serial, Suffix: l.Suffix, Event: l.Event, Reason: l.Reason})
	}
	return out
}

// Given returns how many numbers of its run the series has given.
//
// Missing numbers are not among them, nor are late and inserted ones.
func (p Proof) Given() int {
	return p.Issued + len(p.Reserved) + len(p.Void) + len(p.Held)
}

// Whole reports whether no number is missing and every one is accounted for.
// It also counts: Missing stops at 1,000 and must not be the only witness.
func (p Proof) Whole() bool {
	if p.Last == 0 {
		return len(p.Missing) == 0 && p.Given() == 0
	}
	return len(p.Missing) == 0 && p.Given() == int(p.Last-p.First)+1
}

// Finding returns the proof as a sentence for the clerk: a note if it is
// whole, else a fault. [Messages] has the words. Numbers are named with their
// reasons, as far as there are any; those released by their holders (trả số)
// stand apart from those made void (hủy).
//
// The first twelve hexadecimal digits of the head are enough to compare by eye on
// paper; a check by program uses Head.
func (p Proof) Finding() vanphong.Finding {
	opened, basis, check := serial(p.First), bracketed([]string{p.Basis}), p.Head.String()[:12]
	f := vanphong.Finding{Rule: RuleProof, Severity: vanphong.Note}
	late := lateNumbers(p.Late)
	beside := []string{count(late), bracketed(spans(p.Late)), count(len(p.Inserted)), bracketed(texts(p.Inserted))}
	switch {
	case p.Last == 0 && late+len(p.Inserted) == 0:
		f.Rule, f.Args = RuleProofEmpty, []string{opened, basis, check}
	case p.Last == 0:
		f.Rule, f.Args = RuleProofBeside, append([]string{opened, basis, check}, beside...)
	default:
		void, released := p.split()
		f.Args = []string{opened, basis, serial(p.Last), count(p.Issued)}
		for _, list := range [...][]string{texts(p.Reserved), texts(void), texts(released), texts(p.Held), missing(p.Missing)} {
			f.Args = append(f.Args, count(len(list)), bracketed(list))
		}
		f.Args = append(append(f.Args, check), beside...)
	}
	if !p.Whole() {
		f.Severity = vanphong.Fault
	}
	return f
}

// split parts the void numbers: made void, and given back by their holders.
//
// Both are void as numbers, yet an inspector asks only about those that were made
// void.
func (p Proof) split() (void, released []Line) {
	for _, l := range p.Void {
		if l.Event == EventReleased {
			released = append(released, l)
		} else {
			void = append(void, l)
		}
	}
	return void, released
}

// count writes a count as offices do, 01, 10, 124, and none as 0.
func count(n int) string {
	if n == 0 {
		return "0"
	}
	return serial(uint32(n))
}

// serial writes a number with two digits at least, as it is printed in documents.
func serial(n uint32) string { return fmt.Sprintf("%02d", n) }

// texts writes each number with its reason, if it has one.
func texts(lines []Line) []string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = serial(l.Serial) + l.Suffix
		if l.Reason != "" {
			out[i] += ": " + l.Reason
		}
	}
	return out
}

// lateNumbers counts the numbers of runs.
func lateNumbers(all []Run) (n int) {
	for _, r := range all {
		n += int(r.Last-r.First) + 1
	}
	return n
}

// spans writes runs of numbers, each with its reason: "01–126: sổ giấy".
func spans(all []Run) []string {
	out := make([]string, len(all))
	for i, r := range all {
		out[i] = serial(r.First) + r.Suffix
		if r.Last > r.First {
			out[i] += "–" + serial(r.Last)
		}
		if r.Reason != "" {
			out[i] += ": " + r.Reason
		}
	}
	return out
}

// missing writes the numbers nobody can account for.
func missing(numbers []uint32) []string {
	out := make([]string, len(numbers))
	for i, n := range numbers {
		out[i] = serial(n)
	}
	return out
}

// maxNamed is how many numbers of a list a sentence names.
// The full lists are in the [Proof] itself; this is one sentence on a screen.
const maxNamed = 20

// bracketed writes a list as " (a; b)", an empty one as nothing, a long one by
// its beginning.
func bracketed(list []string) string {
	if len(list) > maxNamed {
		list = append(list[:maxNamed:maxNamed], "…")
	}
	text := strings.Join(list, "; ")
	if text == "" {
		return ""
	}
	return " (" + text + ")"
}
