package documents

import (
	"strconv"
	"strings"

	"github.com/vanphong-go/vanphong"
)

// ReadQuery makes a query of what a clerk types into the one box of a search. opt
// is as for [ReadNumber] and may be nil.
//
//   - "981", "Số 981", "15a": the serial, with the suffix if one is typed; "2025" is the
//     serial 2025 and not the year, which is asked for by Query.Days
//   - "981-QĐ/TU", and however [ReadNumber] reads it: each part of the number; its
//     system is left open, since separators are what is mistyped most
//   - "981-QĐ", "15 nq": serial and code of a kind
//   - "30/2020": the serial, in documents of that year
//   - "05/3/2026", "2026-03-05", "ngày 5/3/2026", "ngày 5 tháng 3 năm 2026": documents
//     of that day
//   - anything else: words of the abstract, see [Words]
//
// The text is bounded as Query.Words is; an error is an [*vanphong.InputError].
// Blanks alone give the zero Query.
func ReadQuery(typed string, opt *ReadOptions) (Query, error) {
	typed = strings.TrimSpace(vanphong.NFC(typed))
	if typed == "" {
		return Query{}, nil
	}
	words, err := ParseWords(typed, false)
	if err != nil {
		return Query{}, err
	}
	if day, ok := readDay(typed, words); ok {
		return Query{Days: vanphong.Days{First: day, End: day + 1}}, nil
	}
	if q, ok := readSerial(words); ok {
		return q, nil
	}
	if r, err := ReadNumber(typed, opt); err == nil {
		n := r.Number
		n.System = SystemUnknown
		// Taken for a letter of the State by an organ of that name, which there is not.
		if i := nearCode(n.Issuer); n.Code == "" && i >= 0 {
			n.Code, n.Issuer = kindCodes[i].code, ""
		}
		return Query{Number: n}, nil
	}
	// Of a number with its kind alone, an organ makes a whole one; which organ is not
	// kept.
	if len(words.list) <= 3 {
		if r, err := ReadNumber(typed+"/TU", opt); err == nil && r.Number.Issuer == "TU" && r.Number.Unit == "" && r.Number.Tail == "" {
			return Query{Number: Number{Serial: r.Number.Serial, Suffix: r.Number.Suffix, Year: r.Number.Year, Code: r.Number.Code}}, nil
		}
	}
	return Query{Words: typed}, nil
}

// readDay reads what is nothing but a day, with or without the word before it.
func readDay(typed string, w Words) (vanphong.Date, bool) {
	if list := w.list; list[0].folded == "ngay" {
		if len(list) == 6 && list[2].folded == "thang" && list[4].folded == "nam" {
			typed = list[1].folded + "/" + list[3].folded + "/" + list[5].folded
		} else {
			// Behind the first blank: with its mark or without, the word is one.
			_, typed, _ = strings.Cut(typed, " ")
		}
	}
	day, err := vanphong.ParseDate(strings.TrimSpace(typed))
	return day, err == nil
}

// readSerial reads what is nothing but a serial, or a serial and a year.
func readSerial(w Words) (Query, bool) {
	list := w.list
	if len(list) > 1 && list[0].folded == "so" {
		list = list[1:]
	}
	digits := list[0].folded
	n := leadingDigits(digits)
	serial, err := strconv.ParseUint(digits[:n], 10, 32)
	if err != nil || serial == 0 || serial > MaxSerial {
		return Query{}, false
	}
	suffix := digits[n:]
	q := Query{Number: Number{Serial: uint32(serial), Suffix: suffix}}
	switch {
	case len(list) == 1 && (len(suffix) <= 1 || suffix == "bis" || suffix == "ter"):
		return q, true
	case len(list) == 2 && suffix == "" && len(list[1].folded) == 4:
		year, err := strconv.ParseUint(list[1].folded, 10, 16)
		if err != nil || year < 1900 || year > 2100 {
			return Query{}, false
		}
		q.Days.First, err = vanphong.NewDate(int(year), 1, 1)
		if err == nil {
			q.Days.End, err = vanphong.NewDate(int(year)+1, 1, 1)
		}
		return q, err == nil
	}
	return Query{}, false
}
