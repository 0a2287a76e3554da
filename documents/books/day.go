package books

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"github.com/vanphong-go/vanphong"
)

// ReadDay reads a day as clerks write it: 5/3/2026, 05-03-2026, 5.3.2026, 5 / 3 / 2026,
// ngày 5 tháng 3 năm 2026 with or without a place before it ("Hà Nội, ngày …"), and
// 2026-03-05; never month first. A time behind the day goes, as in a CSV that Excel has
// saved: "05/3/2026 0:00:00". One with AM or PM is refused: where it is written the
// month often comes first. A year of two digits is refused unless century says what
// stands before it: 1900 or 2000. What was expected instead is returned if the text is
// no such day, else "".
func ReadDay(s string, century int) (day vanphong.Date, want string) {
	const form = "ngày/tháng/năm như 05/3/2026"
	s = strings.TrimSpace(vanphong.Fold(s))
	if american.MatchString(s) {
		return 0, form + ", không kèm AM/PM"
	}
	s = clock.ReplaceAllString(s, "")
	s = spaced.ReplaceAllString(s, "$1")
	// The line of place and day as it stands on the document.
	if i := strings.Index(s, "ngay "); i > 0 && strings.HasSuffix(strings.TrimSpace(s[:i]), ",") {
		s = s[i:]
	}
	if d, err := vanphong.ParseDate(s); err == nil {
		return d, ""
	}
	// Whatever its form, a day is three figures in the order day, month, year.
	words := strings.FieldsFunc(s, func(c rune) bool { return !unicode.IsDigit(c) && !unicode.IsLetter(c) })
	var figures []string
	for _, w := range words {
		switch w {
		case "ngay", "thang", "nam":
			continue
		}
		figures = append(figures, w)
	}
	inWords := len(words) > len(figures)
	if len(figures) != 3 || !inWords && !separated(s) {
		return 0, form
	}
	if year := figures[2]; len(year) == 2 && !inWords {
		n, err := strconv.Atoi(year)
		if err != nil {
			return 0, form
		}
		// "26" in a book of 1998 to 2026 is not for a program to settle.
		if century == 0 {
			return 0, "năm bốn chữ số"
		}
		figures[2] = strconv.Itoa(century + n)
	}
	d, err := vanphong.ParseDate(strings.Join(figures, "/"))
	if err != nil {
		return 0, form
	}
	return d, ""
}

var (
	// clock is a time behind a day: of a spreadsheet's cell, or "SA", "CH" of Vietnamese Windows.
	clock    = regexp.MustCompile(`(?:t| +)[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.][0-9]+)?)?(?: *(?:sa|ch)|z)?$`)
	american = regexp.MustCompile(`:[0-9]{2} *[ap][.]?m[.]?$`)
	spaced   = regexp.MustCompile(` *([/.-]) *`)
)

// separated reports whether a day in figures has one separator, the same both
// times.
func separated(s string) bool {
	i := strings.IndexAny(s, "/-.")
	return i > 0 && strings.Count(s, s[i:i+1]) == 2 && !strings.ContainsAny(strings.ReplaceAll(s, s[i:i+1], ""), "/-. ,;")
}
