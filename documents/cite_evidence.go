package documents

import "strings"

// A number in running text needs more proof than one in a field: fractions,
// plates and contracts are made of the same signs. What counts as proof: a
// code of the kind table, an organ of the list, the word "số" or a kind before
// it.

// otherNumbered are words before "số" of things that are numbered and are no
// documents of an office: contracts, judgments, accounts, invoices, houses.
var otherNumbered = keySet("dong", "an", "khoan", "don", "bien", "nha", "ve", "lo", "chieu", "thoai", "so", "may")

// formNouns are words before "số" of forms and annexes, which are numbered like
// documents: "Mẫu số 01-NQ/ĐV".
var formNouns = keySet("mau", "bieu", "luc", "bang")

// proven reports whether what was read as a number is one.
func (s *citer) proven(b []byte, lo int, f foundNumber, k statedKind) bool {
	n := f.number
	if n.System == SystemStandard {
		return true
	}
	// A contract is its parties' own, in no register of documents.
	if n.Code == "HĐ" || k.kind == KindContract {
		return false
	}
	first, _, _ := strings.Cut(n.Issuer, "-")
	_, listed := s.organs().Find(first)
	stated := k.found || k.said
	if k.said && !k.found {
		if noun := nounBefore(b, lo, f.start); formNouns.has(noun) || n.Code == "" && otherNumbered.has(noun) {
			return false
		}
	}
	if f.loose && !listed {
		return false
	}
	if n.Code != "" {
		// "5-L/M": one letter may be anything.
		return listed || stated || len(n.Code) > 1 && len(n.Issuer) > 1 && !f.folds.guess()
	}
	assembly := strings.HasPrefix(first, "QH") || strings.HasPrefix(first, "UBTVQH")
	switch {
	case n.Year != 0:
		return assembly && first != "QH" || listed && stated
	case !stated:
		return listed && n.Unit != ""
	}
	return listed || n.Unit != "" && len(first) > 1
}

// guess reports whether the reading changed what the text says, beyond its
// spelling.
func (s foldSet) guess() bool {
	return s&(foldBit(FoldOrder)|foldBit(FoldSeparator)|foldBit(FoldCase)) != 0
}

// nounBefore returns the key of the word before "số" before b[i].
func nounBefore(b []byte, lo, i int) uint64 {
	w, said, ok := beforeSo(b, lo, i)
	if !ok || !said || !w.gap.only(gapLoose) {
		return 0
	}
	return w.key
}
