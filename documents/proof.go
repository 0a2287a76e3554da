package documents

import (
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
// of numbers from First to Last.
//
// Nothing of a document's content is in it, so the proof of a series with secret
// documents is no secret itself.
type Proof struct {
	Series   SeriesID `json:"series"`
	First    uint32   `json:"first"` // opened at
	Basis    string   `json:"basis"`
	Last     uint32   `json:"last"`   // last number given, 0 if none
	Issued   int      `json:"issued"` // still in force as numbers
	Reserved []Line   `json:"reserved,omitempty"`
	Void     []Line   `json:"void,omitempty"` // hủy and trả lại
	Held     []Line   `json:"held,omitempty"`
	Missing  []uint32 `json:"missing,omitempty"` // must be empty; the first 1000
	Closed   bool     `json:"closed,omitempty"`
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
}

// ProofOf folds the ledger of a series into its proof. A ledger that does not
// hold together gives a [*ChainError]; numbers that are missing are listed.
//
// Of the series it takes only id, first number and basis: the counts must come from
// what happened and not from a row that says so.
func ProofOf(s Series, events iter.Seq2[Event, error]) (Proof, error) {
	p := Proof{Series: s.ID, First: s.First, Basis: s.Basis}
	f, err := foldEvents(s.ID, events)
	if err != nil {
		return Proof{}, err
	}
	p.Closed, p.Events, p.Head = f.closed, f.seq, f.head
	if f.next == 0 {
		return p, nil
	}
	p.Last, p.Missing = f.next-1, f.missing
	// The fold knows only gaps between given numbers; those before the first given one
	// show against the number the series was opened at.
	for n := s.First; n < f.first && len(p.Missing) < maxMissing; n++ {
		p.Missing = append(p.Missing, n)
	}
	slices.Sort(p.Missing)
	for id, en := range f.entries {
		line := Line{en.serial, id, en.last.Kind, en.last.Reason, vanphong.Stamp{By: en.last.By, At: en.last.At}}
		switch en.last.Kind.state() {
		case StateIssued:
			p.Issued++
		case StateReserved:
			p.Reserved = append(p.Reserved, line)
		case StateVoid:
			p.Void = append(p.Void, line)
		case StateHeld:
			p.Held = append(p.Held, line)
		}
	}
	// The entries came out of a map. A paper that is filed must print the same each
	// time.
	for _, lines := range [...][]Line{p.Reserved, p.Void, p.Held} {
		slices.SortFunc(lines, func(a, b Line) int { return int(a.Serial) - int(b.Serial) })
	}
	return p, nil
}

// Given returns how many numbers the series has given.
//
// Missing numbers are not among them.
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
	if p.Last == 0 {
		f.Rule, f.Args = RuleProofEmpty, []string{opened, basis, check}
	} else {
		void, released := p.split()
		f.Args = []string{opened, basis, serial(p.Last), count(p.Issued)}
		for _, list := range [...][]string{texts(p.Reserved), texts(void), texts(released), texts(p.Held), missing(p.Missing)} {
			f.Args = append(f.Args, count(len(list)), bracketed(list))
		}
		f.Args = append(f.Args, check)
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
		out[i] = serial(l.Serial)
		if l.Reason != "" {
			out[i] += ": " + l.Reason
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
