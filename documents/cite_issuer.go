package documents

// An issuer is stated in words: "của Ban Thường vụ Tỉnh ủy", "do Bộ Chính trị
// ban hành", "Ban Bí thư ban hành …". Where its name ends is a question of
// spelling: names of organs begin with a capital and go on with capitals and
// with the few small words that such names contain.

const maxOrganWords = 16

// organAt returns where the organ's name that begins at b[p] ends, or p.
func organAt(b []byte, p, hi int) (end int) {
	w, ok := wordAfter(b, p, hi)
	if !ok || !w.gap.only(gapInside|gapQuote) {
		return p
	}
	if !organHeads.has(w.key) {
		return p
	}
	// In small letters two words are asked for: "của tỉnh" names nobody.
	if !w.capital {
		next, ok := wordAfter(b, w.end, hi)
		if !ok || !next.gap.only(gapInside) || !smallOrgans[[2]uint64{w.key, next.key}] {
			return p
		}
	}
	end = w.end
	// "UBND tỉnh": capitals throughout are a heading only if they go on.
	caps := w.caps
	if next, ok := wordAfter(b, w.end, hi); caps && ok {
		caps = next.caps
	}
	for range maxOrganWords {
		next, ok := wordAfter(b, w.end, hi)
		if !ok || !organContinues(b, w, next, hi, caps) {
			break
		}
		w = next
		end = w.end
	}
	first, _ := wordAfter(b, p, hi)
	if first.end == end && !first.caps && loneHeads.has(first.key) {
		return p // a fragment, or a word of its own
	}
	return numberedEnd(b, w, end, hi)
}

// numberedEnd takes in the numeral of a place or committee behind its name that
// ends at b[end] with the word w: "xã Đam Rông 4", "phường 1 Bảo Lộc", "Ban Chỉ
// đạo 35 tỉnh".
func numberedEnd(b []byte, w citeWord, end, hi int) int {
	if end >= hi || b[end] != ' ' {
		return end
	}
	to := digitsEnd(b, end+1, hi)
	if to == end+1 || to-end > 3 || !endsWord(b, to, hi) || to+1 < hi && gapOf(rune(b[to])) == gapDash ||
		to+1 < hi && (b[to] == '.' || b[to] == ',') && isDigit(b[to+1]) {
		return end
	}
	next, ok := wordAfter(b, to, hi)
	ok = ok && next.gap.only(gapBlank)
	switch {
	case numberedPlaces.has(w.key) && !w.caps:
		for n := 0; ok && n < 4 && next.capital && !isKindStart(b, next, hi); n++ {
			to = next.end
			next, ok = wordAfter(b, to, hi)
			ok = ok && next.gap.only(gapBlank)
		}
		return to
	case w.key == keyOf("dao") && ok && placeNouns[next.key][0] != "":
		return next.end
	case w.capital && inPlace(b, w) && !(ok && countedWords.has(next.key) && !next.capital && next.key != keyOf("ban")):
		return to
	}
	return end
}

// inPlace reports whether w is of the proper name behind "xã" or "phường".
func inPlace(b []byte, w citeWord) bool {
	for range 4 {
		prev, ok := wordBefore(b, max(0, w.start-24), w.start)
		if !ok || !prev.gap.only(gapBlank) {
			return false
		}
		if prev.key == keyOf("xa") || prev.key == keyOf("phuong") {
			return true
		}
		w = prev
	}
	return false
}

// organContinues reports whether the word next, after w, is still the name.
func organContinues(b []byte, w, next citeWord, hi int, caps bool) bool {
	after, more := wordAfter(b, next.end, hi)
	more = more && after.gap.only(gapInside)
	switch {
	case next.gap.only(gapInside):
	case next.gap.only(gapInside|gapComma) && next.capital && more && next.key == keyOf("the") && after.key == keyOf("thao"):
		return true // Bộ Văn hóa, Thể thao và Du lịch
	case next.gap.only(gapInside|gapDash) && next.key == keyOf("thuong") && more && after.key == keyOf("binh"):
		return true // Bộ Lao động - Thương binh và Xã hội
	case next.gap.only(gapInside|gapComma) && next.key == keyOf("chong"):
		return true // Ban Chỉ đạo phòng, chống
	case next.gap.only(gapInside|gapComma) && next.key == keyOf("cac") && more && after.key == keyOf("doan") && w.key == keyOf("quoc"):
		return true // Mặt trận Tổ quốc, các đoàn thể
	case next.gap.only(gapInside|gapDash) && next.capital && organDashes[[2]uint64{w.key, next.key}]:
		return true // Bà Rịa - Vũng Tàu
	case next.gap == gapQuote && next.start-w.end <= 3 && w.capital && w.end-w.start == 1 && b[w.end] != '"' && b[w.end] != ')':
		return true // Ea H'leo
	default:
		return false
	}
	if next.key == keyBan && more && after.key == keyHanh || next.gap&gapEmpty != 0 {
		return false
	}
	// "… của Bộ Chính trị\nSố 12", "…\nThực hiện …": the next line begins anew,
	// unless it goes on with an organ or the name of a place.
	pair := [2]uint64{w.key, next.key}
	if next.gap&gapLine != 0 && next.capital && !organPlace.has(w.key) && !organPairs[pair] && !(openOrgans.has(w.key) && organOwners.has(next.key)) {
		return false
	}
	if next.key == keySo && next.capital && !caps && !startsCapital(after, more) {
		return false
	}
	if next.key == keyVa {
		if !more || caps && !next.caps || !after.capital {
			return false
		}
		if organHeads.has(after.key) && after.key != keyOf("van") && after.key != keyOf("cong") && after.key != keyOf("dao") || isKindStart(b, after, hi) {
			return false
		}
		return true
	}
	if caps {
		return next.caps && !headingStops.has(next.key)
	}
	if next.capital {
		return !isKindStart(b, next, hi) && !(next.key == keyNgay)
	}
	if falseFriends[string(b[next.start:next.end])] || next.key == keyOf("uy") && more && after.key == keyOf("quyen") {
		return false
	}
	if next.key == keyOf("cac") && (w.key == keyOf("uy") || w.key == keyBo) {
		return more && after.key == keyOf("co") // Đảng ủy các cơ quan
	}
	if organPairs[pair] || organPlaces[pair] {
		return true
	}
	if placeFirst.has(next.key) {
		return more && organPlaces[[2]uint64{next.key, after.key}]
	}
	return namesPlace(b, next, after, more)
}

// namesPlace reports whether a small word is that of a place or of a committee:
// "Ủy ban nhân dân tỉnh", "Ban Chấp hành đảng bộ xã".
func namesPlace(b []byte, w, after citeWord, more bool) bool {
	forms, ok := placeNouns[w.key]
	if text := b[w.start:w.end]; !ok || string(text) != forms[0] && string(text) != forms[1] {
		return false
	}
	switch w.key {
	case keyOf("dang"):
		return more && (after.key == keyOf("bo") || after.key == keyOf("uy"))
	case keyOf("xa"):
		return !more || after.key != keyOf("hoi") || after.capital || falseFriends[string(b[after.start:after.end])]
	}
	return true
}

func startsCapital(w citeWord, ok bool) bool { return ok && w.capital }

// isKindStart reports whether a kind's name begins with w: "Nghị quyết" after
// an issuer is the next citation.
func isKindStart(b []byte, w citeWord, hi int) bool {
	if w.key == keyOf("lenh") || w.key == keyOf("luat") {
		return true
	}
	next, ok := wordAfter(b, w.end, hi)
	if !ok || !next.gap.only(gapInside) {
		return false
	}
	if !kindTails.has(next.key) {
		return false
	}
	for _, c := range citedKinds[next.key] {
		if len(c.keys) == 2 && c.keys[1] == w.key {
			return true
		}
	}
	return false
}

// issuerAfter reads ", của Bộ Chính trị" or "do Tỉnh ủy ban hành" at b[p].
func issuerAfter(b []byte, p, hi int) (name string, end int) {
	w, ok := wordAfter(b, p, hi)
	if !ok || !w.gap.only(gapInside|gapComma|gapQuote|gapBar) || w.gap&gapEmpty != 0 {
		return "", p
	}
	// "(khóa XII)" stands between a number and its issuer.
	if w.key == keyKhoa {
		if q := termEnd(b, p, hi); q > p {
			p = q
			if w, ok = wordAfter(b, p, hi); !ok || !w.gap.only(gapInside|gapComma|gapQuote) {
				return "", p
			}
		}
	}
	if w.key != keyCua && w.key != keyDo || w.capital && !w.caps {
		return "", p
	}
	from := skipMeeting(b, w.end, hi)
	end = organAt(b, from, hi)
	if end == from {
		return "", p
	}
	if w.key == keyDo {
		verb, ok := wordAfter(b, end, hi)
		if !ok || !verb.gap.only(gapInside) || verb.key != keyBan && verb.key != keyKy {
			return "", p
		}
	}
	first, _ := wordAfter(b, from, hi)
	name = oneLine(b[first.start:end])
	if w.key == keyDo {
		end = issueVerbEnd(b, end, hi)
	}
	return name, end
}

// skipMeeting skips "Hội nghị lần thứ sáu" before the organ that met.
func skipMeeting(b []byte, p, hi int) int {
	at := p
	for i, key := range [...]uint64{keyOf("hoi"), keyOf("nghi"), keyOf("lan"), keyOf("thu")} {
		w, ok := wordAfter(b, at, hi)
		if !ok || !w.gap.only(gapInside) || w.key != key {
			if i == 2 {
				return at // "Hội nghị Trung ương"
			}
			return p
		}
		at = w.end
	}
	w, ok := wordAfter(b, at, hi)
	if ok && w.gap.only(gapInside) && !w.capital {
		return w.end // "sáu"
	}
	at = skipBlanks(b, at, hi)
	return digitsEnd(b, at, hi)
}

// issueVerbEnd skips "ban hành", "ký", "ký ban hành" after an organ at b[p].
func issueVerbEnd(b []byte, p, hi int) int {
	for range 5 {
		w, ok := wordAfter(b, p, hi)
		if !ok || !w.gap.only(gapInside) || w.key != keyBan && w.key != keyHanh && w.key != keyKy && w.key != keyOf("da") && w.key != keyOf("thong") && w.key != keyOf("qua") && !issueVerbs.has(w.key) {
			break
		}
		p = w.end
	}
	return p
}

// issuesNext reports whether b[p] goes on with an organ that issues something:
// a day before it is that of what is issued.
func issuesNext(b []byte, p, hi int) bool {
	w, ok := wordAfter(b, p, hi)
	if !ok || !w.gap.only(gapInside|gapComma) {
		return false
	}
	end := organAt(b, w.start, hi)
	return end > w.start && issueVerbEnd(b, end, hi) > end
}

// termEnd returns where "khóa XII" or "(khóa XII)" at b[p] ends, or p.
func termEnd(b []byte, p, hi int) int {
	w, ok := wordAfter(b, p, hi)
	if !ok || w.key != keyKhoa || !w.gap.only(gapInside|gapComma|gapQuote) {
		return p
	}
	at := skipBlanks(b, w.end, hi)
	end := at
	for end < hi && (isDigit(b[end]) || b[end] == 'I' || b[end] == 'V' || b[end] == 'X') {
		end++
	}
	if end == at || end-at > 6 || !endsWord(b, end, hi) {
		return p
	}
	for range 4 { // "khóa XI, XII", "khóa XI và XII"
		at := end
		if at < hi && b[at] == ',' {
			at++
		} else if va, ok := wordAfter(b, at, hi); ok && va.key == keyVa && va.gap.only(gapInside) {
			at = va.end
		}
		at = skipBlanks(b, at, hi)
		to := at
		for to < hi && to-at < 6 && (b[to] == 'I' || b[to] == 'V' || b[to] == 'X') {
			to++
		}
		if to == at || at == end || !endsWord(b, to, hi) {
			break
		}
		end = to
	}
	if w.gap&gapQuote != 0 && end < hi && b[end] == ')' {
		end++
	}
	return end
}

// issuedBefore reads "Ngày …, X ban hành" before the kind or number at b[i]:
// the organ's name and the day, each if stated.
func issuedBefore(b []byte, lo, i int) (verb bool, name string, at int) {
	w, ok := wordBefore(b, lo, i)
	for ok && w.gap.only(gapInside) && (w.key == keyOf("cac") || w.key == keyOf("mot") || w.key == keyOf("so")) {
		w, ok = wordBefore(b, lo, w.start)
	}
	if !ok || !w.gap.only(gapInside) {
		return false, "", i
	}
	switch {
	case w.key == keyHanh:
		prev, ok := wordBefore(b, lo, w.start)
		if !ok || prev.key != keyBan || !prev.gap.only(gapInside) {
			return false, "", i
		}
		w = prev
	case issueVerbs.has(w.key) && !w.capital:
	case w.key == keyOf("qua") && !w.capital:
		prev, ok := wordBefore(b, lo, w.start)
		if !ok || prev.key != keyOf("thong") || !prev.gap.only(gapInside) {
			return false, "", i
		}
		w = prev
	default:
		return false, "", i
	}
	end := w.start
	for range 3 {
		prev, ok := wordBefore(b, lo, end)
		if !ok || !prev.gap.only(gapInside) || !beforeVerbs.has(prev.key) || prev.capital {
			break
		}
		end = prev.start
	}
	if not, ok := wordBefore(b, lo, end); ok && denialWords.has(not.key) && not.gap.only(gapInside) {
		return false, "", i
	}
	start := organBefore(b, lo, end)
	if start < end {
		last, _ := wordBefore(b, lo, end)
		name = oneLine(b[start:last.end])
	}
	return true, name, start
}

// organBefore returns where the organ's name that ends before b[i] begins, or
// i.
func organBefore(b []byte, lo, i int) int {
	start, at := i, i
	last, ok := wordBefore(b, lo, i)
	if !ok {
		return i
	}
	for range maxOrganWords {
		w, ok := wordBefore(b, lo, at)
		if !ok || !w.gap.only(gapInside) || w.gap&gapEmpty != 0 {
			break
		}
		second := organTails.has(w.key) || placeFirst.has(w.key) || placeNouns[w.key][0] != "" || w.key == keyOf("chi")
		if !w.capital && !second && w.key != keyVa {
			break
		}
		at = w.start
		if organHeads.has(w.key) && organAt(b, at, i) == last.end {
			start = at
		}
	}
	return start
}
