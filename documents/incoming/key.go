package incoming

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
)

// Key is what a [Document] is found by beside its id; a key stands in one
// document only. Number and issuer are in it as a derived identifier, so that
// keys show neither.
//
// Keys begin with what grows, book and number or the day of the document, so
// that those of one morning stand beside each other on disk.
type Key string

// ArrivalKey is the key of a number of a book. Every document has it, a void
// one too: the number stays given.
func ArrivalKey(book BookID, arrival uint32) Key {
	digits := strconv.FormatUint(uint64(arrival), 10)
	return Key("arrival/" + string(book) + "/" + "0000000000"[len(digits):] + digits)
}

// ExternalKey is the key of a document's id in the exchange system
// ("DocumentId" of edXML).
//
// It is compared to the byte: systems make these ids, nobody types them.
func ExternalKey(external string) Key {
	return Key("external/" + vanphong.Derive("incoming-external", external))
}

// DocumentKey is the key of number, issuer and day, all as folded: two ways of
// writing one number are one key. It is "" without a number, for papers that
// have none (letters, invitations) would all be one.
func (r Receipt) DocumentKey() Key {
	number := r.foldedNumber()
	if number == "" {
		return ""
	}
	return Key("document/" + r.Dated.String() + "/" + vanphong.Derive("incoming-document", number, r.Issuer.key()))
}

// foldedNumber returns the number as it is compared: read leniently where it
// can be read, without marks, case, zeros in front and kinds of separators. Đ
// and D, "12-CV/TU" and "12/CV-TU" fold together: whoever types a number from a
// fax gets these wrong first.
func (r Receipt) foldedNumber() string {
	n := r.Number
	if n.IsZero() {
		if read, err := documents.ReadNumber(r.NumberText, nil); err == nil {
			n = read.Number
		}
	}
	text := r.NumberText
	if !n.IsZero() {
		text = n.String()
	}
	return foldNumber(text)
}

// foldNumber joins what is left of letters and digits by single hyphens.
//
// Which separators stand between is what differs most between two typings of
// one number, and never tells two numbers of one issuer and day apart.
func foldNumber(s string) string {
	groups := foldedWords(s)
	if len(groups) > 0 {
		// "05-CV/TU" is "5-CV/TU". A number of zeros alone keeps one.
		if cut := strings.TrimLeft(groups[0], "0"); cut != "" {
			groups[0] = cut
		}
	}
	return strings.Join(groups, "-")
}

// looseNumber returns a folded number for the eye of a clerk, not for a key: without
// a date typed behind it ("05-CV/TU ngày 19/11/2026"), and without what separates
// its signs ("05-CVTU"). Only between two figures something must stand: 1-12 is
// not 11-2.
func looseNumber(folded string) string {
	groups := strings.Split(folded, "-")
	if i := slices.Index(groups, "ngay"); i > 0 {
		groups = groups[:i]
	} else if n := len(groups); n > 3 && isDate(groups[n-3], groups[n-2], groups[n-1]) {
		groups = groups[:n-3]
	}
	if len(groups) > 1 && groups[0] == "so" {
		groups = groups[1:] // "Số:", and its zeros below
	}
	groups[0] = strings.TrimLeft(groups[0], "0")
	var b strings.Builder
	for _, g := range groups {
		if s := b.String(); s != "" && g != "" && isFigure(s[len(s)-1]) && isFigure(g[0]) {
			b.WriteByte('-')
		}
		b.WriteString(g)
	}
	return b.String()
}

func isFigure(c byte) bool { return c >= '0' && c <= '9' }

// isDate tells "19", "11", "2026" from three parts of a number.
func isDate(day, month, year string) bool {
	for _, s := range [...]string{day, month, year} {
		if strings.Trim(s, "0123456789") != "" {
			return false
		}
	}
	return len(day) <= 2 && len(month) <= 2 && len(year) == 4
}

// foldedWords returns the words of a text as search compares them: runs of
// letters and digits, without marks and case.
func foldedWords(s string) []string {
	return strings.FieldsFunc(vanphong.Fold(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// matchWords reports whether a text has every word of a query, in any order,
// with or without marks.
//
// One small function: when the search of package documents gives words a
// meaning of their own, this is the place to take it over.
func matchWords(text, query string) bool {
	have := map[string]bool{}
	for _, w := range foldedWords(text) {
		have[w] = true
	}
	for _, w := range foldedWords(query) {
		if !have[w] {
			return false
		}
	}
	return true
}

// key tells issuers apart: by id where there is one, else by the name as
// folded. Where one clerk chose an organisation and another typed its name the
// keys differ, which [Desk.Similar] shows.
//
// An id outranks the name beside it: names are renamed.
func (i Issuer) key() string {
	if i.Org != "" {
		return "org:" + string(i.Org)
	}
	return "name:" + strings.Join(foldedWords(i.Name), " ")
}

// gone reports whether a document does not count as having come: void, sent back
// or refused.
func (d Document) gone() bool {
	return !d.Voided.IsZero() || !d.Returned.IsZero() || !d.Refused.IsZero()
}

// Keys returns what a store finds the document by. The keys of number and
// exchange id are held by the document that was registered first, as long as it
// counts: once it is void, returned or refused, one that was registered anyway
// takes them over, or the corrected one that the sender sends again.
func (d Document) Keys() []Key {
	keys := []Key{ArrivalKey(d.Book, d.Arrival)}
	if d.gone() || (d.Duplicate.Of != "" && !d.Duplicate.Lapsed) {
		return keys
	}
	if d.External != "" {
		keys = append(keys, ExternalKey(d.External))
	}
	if k := d.DocumentKey(); k != "" {
		keys = append(keys, k)
	}
	return keys
}
