package documents

import (
	"strings"
	"unicode/utf8"
)

// What the names of files add to a number.

// cutFileTail cuts an extension from a closed list, and what programs and people
// put before it when they copy, sign or improve a file: "_v2", "-final", "(1)",
// "bản ký".
//
// Anything else after a full stop could also be a suffix (66.25). Without an
// extension only three words are cut: a canonical unit never has small letters alone,
// so none of them can be one.
func cutFileTail(s string) string {
	dot := strings.LastIndexByte(s, '.')
	if dot <= 0 || len(s)-dot > len(".signed") || !isExtension(s[dot+1:]) {
		return cutPlainWord(s)
	}
	s = strings.TrimRight(s[:dot], " ")
	for {
		rest := cutFileWord(s)
		if rest == s || rest == "" {
			return s
		}
		s = rest
	}
}

// cutPlainWord is for names without an extension, which are nearly all texts: it looks
// at one byte first.
func cutPlainWord(s string) string {
	word := ""
	switch {
	case s == "":
	case s[len(s)-1] == 'l':
		word = "final"
	case s[len(s)-1] == 'd':
		word = "signed"
	case s[len(s)-1] == 'n':
		word = "scan"
	}
	if rest, ok := strings.CutSuffix(s, word); ok && word != "" && endsInGap(rest) {
		return trimGap(rest)
	}
	return s
}

// isExtension knows the files that offices keep.
func isExtension(s string) bool {
	switch strings.ToLower(s) {
	case "pdf", "doc", "docx", "odt", "rtf", "txt", "xls", "xlsx", "xml", "edxml", "zip", "html", "htm", "aspx", "jpg", "png", "tif", "signed":
		return true
	}
	return false
}

// The gaps between words in file names.
const gaps = " _-"

func endsInGap(s string) bool { return s != "" && strings.IndexByte(gaps, s[len(s)-1]) >= 0 }
func trimGap(s string) string { return strings.TrimRight(s, gaps) }
func lastGap(s string) int    { return strings.LastIndexAny(s, gaps) }
func fewDigits(s string) bool { return len(s) > 0 && len(s) <= 2 && leadingDigits(s) == len(s) }

// cutFileWord cuts the last remark about a file, or returns s.
//
// Remarks have one word or two, so two gaps are looked at and no more.
func cutFileWord(s string) string {
	if open := strings.LastIndexByte(s, '('); open > 0 && s[len(s)-1] == ')' {
		// A second download, "981-QD-TU (1)", or a remark: "(bản chính)".
		if inside := s[open+1 : len(s)-1]; fewDigits(inside) || isFileWord(inside) {
			return trimGap(s[:open])
		}
		return s
	}
	one := lastGap(s)
	if one <= 0 {
		return s
	}
	before := trimGap(s[:one])
	if isFileWord(s[one+1:]) {
		return before
	}
	if two := lastGap(before); two > 0 && isFileWord(s[two+1:]) {
		return trimGap(before[:two])
	}
	return s
}

// isFileWord reports whether a remark says something of the file and not of the
// document: small plain letters and one blank are compared, so "Bản ký", "ban_ky" and
// "BAN-KY" are one.
func isFileWord(s string) bool {
	var buf [12]byte // "ban chinh" is the longest
	slug := buf[:0]
	for _, c := range s {
		switch l := wordLetter(c); {
		case len(slug) == cap(slug):
			return false
		case l != 0:
			slug = append(slug, l)
		case '0' <= c && c <= '9':
			slug = append(slug, byte(c))
		case c < utf8.RuneSelf && strings.IndexByte(gaps, byte(c)) >= 0:
			slug = append(slug, ' ')
		default:
			return false
		}
	}
	switch string(slug) {
	case "signed", "scan", "copy", "final", "ban ky", "ban scan", "da ky", "ky so", "ban chinh", "ban cuoi":
		return true
	}
	return len(s) > 1 && s[0]|0x20 == 'v' && fewDigits(s[1:])
}

// fileBase returns the name of a file without its folders and without a day before
// it: "2026-06-15_84-KH-TU", "20260615 84-KH-TU".
//
// The day is the file's, most often when it came; the number begins after it.
func fileBase(s string) string {
	s = s[strings.LastIndexByte(s, '/')+1:]
	for _, form := range [...]struct{ width, month, day int }{{10, 5, 8}, {8, 4, 6}} {
		if len(s) <= form.width || strings.IndexByte(gaps, s[form.width]) < 0 {
			continue
		}
		// Digits with a hyphen before month and day, or eight of them.
		if form.width == 10 && (s[4] != '-' || s[7] != '-') {
			continue
		}
		year, month, day := value(s[:4]), value(s[form.month:form.month+2]), value(s[form.day:form.day+2])
		if year >= firstYear && year <= lastYear && 0 < month && month <= 12 && 0 < day && day <= 31 {
			return s[form.width+1:]
		}
	}
	return s
}
