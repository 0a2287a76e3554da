package incoming

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/vanphong-go/vanphong"
)

// MaxProof is the most numbers of one book that a [Proof] is made of.
const MaxProof = 1_000_000

// maxMissing bounds the list of missing numbers; Whole does not rest on it.
const maxMissing = 1000

// Proof says of every number of a book what became of it (chứng minh sổ đến
// liên tục): what an office prints when it closes the book. The same book gives
// the same proof, byte for byte. Nothing of a document's content is in it.
type Proof struct {
	Book   BookID `json:"book"`
	Scope  string `json:"scope"`
	First  uint32 `json:"first"`
	Basis  string `json:"basis"`
	Last   uint32 `json:"last,omitzero"` // last number given, 0 if none
	Count  int    `json:"count"`         // documents, void ones not counted
	Void   []Line `json:"void,omitempty"`
	Closed bool   `json:"closed,omitzero"`
	// Missing are numbers that no document has, Stray documents outside the
	// numbers given or with the number of another. Both must be empty; the
	// first 1000.
	Missing []uint32 `json:"missing,omitempty"`
	Stray   []ID     `json:"stray,omitempty"`
	gaps    int
	// Digest is the SHA-256 over number, id, arrival and registration of every
	// document in the order of the numbers, and over what is void.
	Digest string `json:"digest"`
}

// Line is a void number: which, why, and who made it so.
//
// Documents that stand have no line: they are the many, and the book itself
// names them.
type Line struct {
	Arrival uint32 `json:"arrival"`
	ID      ID     `json:"id"`
	Ending
}

// ProofOf makes the proof of a book from the documents of it; those of other
// books are passed over. A book of more than [MaxProof] numbers is an error
// that wraps vanphong.ErrOutOfRange. The first error of the walk is returned.
func ProofOf(b Book, documents iter.Seq2[Document, error]) (Proof, error) {
	if documents == nil {
		return Proof{}, vanphong.NewInputError("documents", "nil", "a walk of documents, empty or not", nil)
	}
	if err := b.Check(); err != nil {
		return Proof{}, err
	}
	if err := vanphong.CheckCount("numbers", b.Given(), MaxProof); err != nil {
		return Proof{}, err
	}
	p := Proof{Book: b.ID, Scope: b.Scope, First: b.First, Basis: b.Basis, Closed: !b.Closed.IsZero()}
	if b.Next > b.First {
		p.Last = b.Next - 1
	}
	sums := make([][sha256.Size]byte, b.Given())
	seen := make([]bool, b.Given())
	for d, err := range documents {
		switch {
		case err != nil:
			return Proof{}, err
		case d.Book != b.ID:
			continue
		}
		if d.Arrival < b.First || d.Arrival >= b.Next || seen[d.Arrival-b.First] {
			if len(p.Stray) < maxMissing {
				p.Stray = append(p.Stray, d.ID)
			}
			continue
		}
		i := d.Arrival - b.First
		seen[i], sums[i] = true, d.sum()
		if d.Voided.IsZero() {
			p.Count++
		} else {
			p.Void = append(p.Void, Line{d.Arrival, d.ID, d.Voided})
		}
	}
	slices.SortFunc(p.Void, func(a, b Line) int { return cmp.Compare(a.Arrival, b.Arrival) })
	all := sha256.New()
	fmt.Fprintf(all, "%s\n%d\n%d\n%q\n", b.ID, b.First, b.Next, b.Basis)
	for i := range sums {
		all.Write(sums[i][:])
		if !seen[i] {
			if p.gaps++; len(p.Missing) < maxMissing {
				p.Missing = append(p.Missing, b.First+uint32(i))
			}
		}
	}
	p.Digest = hex.EncodeToString(all.Sum(nil))
	return p, nil
}

// sum is over what can no longer change, and over being void.
//
// The abstract is not in it: it may have to be erased one day, and the printed
// proof must hold all the same.
func (d Document) sum() [sha256.Size]byte {
	// Quoted, so that no two documents write the same bytes; UTC, for a store
	// may give an instant back in another zone.
	s := fmt.Sprintf("%d %q %d %d %q", d.Arrival, d.ID, d.Received.UnixNano(), d.Registered.At.UnixNano(), d.Registered.By.ID)
	if !d.Voided.IsZero() {
		s += fmt.Sprintf(" void %d %q", d.Voided.At.UnixNano(), d.Voided.Reason)
	}
	return sha256.Sum256([]byte(s))
}

// Whole reports whether every number is accounted for.
//
// It also counts: the lists stop at 1000 and must not be the only witness.
func (p Proof) Whole() bool {
	given := 0
	if p.Last != 0 {
		given = int(p.Last-p.First) + 1
	}
	return p.gaps == 0 && len(p.Missing) == 0 && len(p.Stray) == 0 && p.Count+len(p.Void) == given
}

// Finding returns the proof as a sentence for the clerk: a note if it is whole,
// else a fault.
func (p Proof) Finding() vanphong.Finding {
	num := func(n uint32) string { return strconv.FormatUint(uint64(n), 10) }
	f := vanphong.Finding{Rule: RuleProof, Severity: vanphong.Note}
	if p.Last == 0 {
		f.Rule, f.Args = RuleProofEmpty, []string{p.Scope, num(p.First), p.Basis}
	} else {
		var void, missing []string
		for _, l := range p.Void {
			void = append(void, num(l.Arrival)+": "+l.Reason)
		}
		for _, n := range p.Missing {
			missing = append(missing, num(n))
		}
		f.Args = []string{p.Scope, num(p.First), p.Basis, num(p.Last), strconv.Itoa(p.Count),
			strconv.Itoa(len(void)), bracketed(void), strconv.Itoa(max(p.gaps, len(missing))), bracketed(missing), p.Digest[:min(12, len(p.Digest))]}
	}
	if !p.Whole() {
		f.Severity = vanphong.Fault
	}
	return f
}

// bracketed writes a list as " (a; b)", an empty one as nothing, a long one by
// its beginning.
func bracketed(list []string) string {
	const named = 20
	if len(list) > named {
		list = append(list[:named:named], "…")
	}
	if len(list) == 0 {
		return ""
	}
	return " (" + strings.Join(list, "; ") + ")"
}
