package documents

import (
	"io"
	"iter"

	"github.com/vanphong-go/vanphong"
)

// Citation is one document named in running text (viện dẫn văn bản).
//
// It holds what the text states and nothing that is only likely: a kind, a day
// or an issuer that is not stated is empty. A Citation is a value, comparable
// with ==.
type Citation struct {
	// Number is the number as [ReadNumber] reads Text. Of a short form it holds
	// the fields that the text tells, often the serial alone; [Number.Check]
	// says whether it is whole, as it must be to be written as text or JSON.
	Number Number
	// Start and End are the bytes of the whole text that Text stands in. They
	// are on the borders of runes if the text is UTF-8.
	Start, End int
	// Text is the number as written, of a short form with its kind if that
	// stands before it: "18 - NQ/TW", "Chỉ thị 05".
	Text string
	// Kind is the kind stated before the number or shared with the others of a
	// list; if none is stated, the one kind that the number's code stands for,
	// if it stands for one alone.
	Kind Kind
	// KindName is the stated kind as written, composed: "Nghị quyết". It is ""
	// if none is stated.
	KindName string
	// IssuerName is the stated issuer as written, composed and in one line: "Ban
	// Thường vụ Tỉnh ủy". An issuer named before a list is that of all of it.
	IssuerName string
	// Date is the stated day of the document.
	Date vanphong.Date
	// Short marks a citation without a full number: "Chỉ thị 05", "Nghị quyết
	// Trung ương 4 khoá XII".
	Short bool
	// Certainty says how sure the reading of Text is: see [Reading]. A short form
	// has none.
	Certainty Certainty
	// Relation is what the text does to the document: see [Relation].
	Relation Relation

	folds foldSet
}

// Folded names what [ReadNumber] put right in Text, in the order of the
// constants.
func (c Citation) Folded() []Fold { return c.folds.folds() }

// CiteOptions changes how citations are found. The zero value and nil are the
// default.
type CiteOptions struct {
	// Organs is the list that numbers are read by; nil is the SDK's own.
	Organs *Organs
	// Owner is the organisation whose text this is: see [ReadOptions].
	Owner vanphong.OrgID
}

// Citations walks the documents cited in a text, in order: full numbers and
// short forms, with the kind, the day and the issuer that the text states.
//
// Any bytes are text; what is not UTF-8 is passed over. A number is taken where
// [ReadNumber] reads one and the text proves it: by a code of the kind table,
// an organ of the list, or the words before it. It leans towards leaving out: dates,
// fractions, plates, accounts, contracts, articles of a law and the blanks of
// a form are never citations.
//
// A stated day is one full day that exists, directly after the number or its
// issuer, in the heading that the number stands in ("Số …", then "<place>, ngày
// …" or "Ngày ban hành: …"), in another cell of its row, in front of it
// ("05/9/2025: 12-QĐ/TU") or before it in "Ngày …, X ban hành <number>"; never
// one that belongs to another citation, another row or the next sentence part,
// and never that of receipt. Where that is not sure, none is answered.
//
// Each citation is found from the 1,000 bytes or so around it. The text is not
// kept: strings of a Citation are its own.
func Citations(text []byte, opt *CiteOptions) iter.Seq[Citation] {
	return func(yield func(Citation) bool) {
		s := newCiter(opt, yield)
		s.text = text
		if s.scan(len(text)) {
			s.flush()
		}
	}
}

// ReadCitations is [Citations] for a text that is read as it goes, of any
// length in constant memory. How the reader cuts it makes no difference. A
// reader's error ends the walk; what was read before is answered first.
func ReadCitations(r io.Reader, opt *CiteOptions) iter.Seq2[Citation, error] {
	return readCitations(r, opt, citeWindow)
}

// readCitations reads through a window of so many bytes, more than citeBefore
// and citeAfter together.
func readCitations(r io.Reader, opt *CiteOptions, window int) iter.Seq2[Citation, error] {
	return func(yield func(Citation, error) bool) {
		s := newCiter(opt, func(c Citation) bool { return yield(c, nil) })
		buf := make([]byte, 0, window)
		for {
			n, err := fill(r, buf[len(buf):cap(buf)])
			buf = buf[:len(buf)+n]
			s.text = buf
			limit := len(buf)
			if err == nil {
				limit -= citeAfter // what follows a number must be there when it is read
			}
			if !s.scan(limit) {
				return
			}
			if err != nil {
				if s.flush() && err != io.EOF {
					yield(Citation{}, err)
				}
				return
			}
			// Keep what stands before the next number, and what was not read yet.
			keep := max(0, s.at-citeBefore)
			copy(buf, buf[keep:])
			buf = buf[:len(buf)-keep]
			s.at -= keep
			s.base += keep
		}
	}
}

// fill reads until p is full, the reader ends or fails. A reader that returns
// nothing a hundred times in a row is broken.
func fill(r io.Reader, p []byte) (n int, err error) {
	for idle := 0; n < len(p) && err == nil; {
		var k int
		k, err = r.Read(p[n:])
		if n += k; k > 0 {
			idle = 0
		} else if idle++; idle == 100 && err == nil {
			err = io.ErrNoProgress
		}
	}
	return n, err
}

// The window of a text that is held at a time, and what a citation is read
// from: so many bytes before its digits and after them.
const (
	citeWindow = 256 << 10
	citeBefore = 768
	citeAfter  = 1024
)
