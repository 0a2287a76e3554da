package documents

// No term has had more plenums.
const maxPlenum = 20

// plenum reads "Nghị quyết Trung ương 4 khoá XII" and its like: the resolution
// or conclusion of a plenum, which has no number in such a form.
func (s *citer) plenum(b []byte, lo, i, j, hi int) (c listed, end int, ok bool) {
	prev, tail := s.previous(lo)
	if prev != nil && prev.Short && prev.Number.IsZero() && linkedBy(b, tail, i) {
		return s.nextPlenum(b, lo, i, j, hi, prev, tail)
	}
	w, ok := wordBefore(b, lo, i)
	nth := false
	if ok && w.key == keyOf("thu") && w.gap.only(gapInside) { // "lần thứ 8"
		if prev, ok := wordBefore(b, lo, w.start); ok && prev.key == keyOf("lan") && prev.gap.only(gapInside) {
			w, ok = wordBefore(b, lo, prev.start)
			nth = ok
		}
	}
	named := 0 // end of "Ban Chấp hành Trung ương Đảng" behind
	switch {
	case !ok || !w.gap.only(gapInside):
		return c, 0, false
	case (w.key == keyTW || isCentral(b, w)) && w.caps:
	case nth && w.key == keyOf("nghi"):
		if named = centralCommitteeEnd(b, j, hi); named == j {
			return c, 0, false
		}
	case w.key == keyUong:
		prev, ok := wordBefore(b, lo, w.start)
		if !ok || prev.key != keyTrung || !prev.gap.only(gapInside) {
			return c, 0, false
		}
		w = prev
	default:
		return c, 0, false
	}
	if prev != nil && prev.Short && prev.Number.IsZero() && linkedBy(b, tail, w.start) {
		return s.nextPlenum(b, lo, w.start, j, hi, prev, tail)
	}
	if named == 0 {
		w, ok = wordBefore(b, lo, w.start)
	}
	for range 2 { // "Hội nghị" between
		if ok && w.gap.only(gapInside) && (w.key == keyOf("nghi") || w.key == keyOf("hoi")) {
			w, ok = wordBefore(b, lo, w.start)
		}
	}
	if !ok || !w.gap.only(gapInside) {
		return c, 0, false
	}
	k := kindEndingAt(b, lo, w)
	if !k.found || k.start < tail || k.kind != KindResolution && k.kind != KindConclusion {
		return c, 0, false
	}
	end = max(j, named)
	end = max(end, termEnd(b, end, hi))
	c.Citation = Citation{Start: s.base + k.start, End: s.base + end, Text: string(b[k.start:end]), Kind: k.kind, KindName: k.name, Short: true}
	s.around(b, lo, k.start, end, hi, &c, k, prev, tail, prev != nil && linkedBy(b, tail, k.start))
	return c, end, true
}

// nextPlenum reads the next of a list of plenums: of "Nghị quyết Trung ương 4, 5
// khoá XII" the second.
func (s *citer) nextPlenum(b []byte, lo, i, j, hi int, prev *listed, tail int) (c listed, end int, ok bool) {
	end = max(j, termEnd(b, j, hi))
	if end == j {
		w, ok := wordAfter(b, j, hi)
		if ok && w.gap.only(gapInside) && !closingWords.has(w.key) {
			return c, 0, false
		}
	}
	c.Citation = Citation{Start: s.base + i, End: s.base + end, Text: string(b[i:end]), Kind: prev.Kind, KindName: prev.KindName, Short: true}
	c.shared = true
	s.around(b, lo, i, end, hi, &c, statedKind{}, prev, tail, true)
	return c, end, true
}

// isCentral reports whether a word is TƯ, trung ương.
func isCentral(b []byte, w citeWord) bool {
	return w.key == keyOf("tu") && (string(b[w.start:w.end]) == "TƯ" || string(b[w.start:w.end]) == "TU\u031B")
}

// centralCommitteeEnd returns where "Ban Chấp hành Trung ương", with or without
// "Đảng", at b[p] ends, or p.
func centralCommitteeEnd(b []byte, p, hi int) int {
	at := p
	for _, key := range [...]uint64{keyBan, keyOf("chap"), keyHanh, keyTrung, keyUong} {
		w, ok := wordAfter(b, at, hi)
		if !ok || w.key != key || !w.gap.only(gapInside) {
			return p
		}
		at = w.end
	}
	if w, ok := wordAfter(b, at, hi); ok && w.key == keyOf("dang") && w.capital && w.gap.only(gapInside) {
		at = w.end
	}
	return at
}
