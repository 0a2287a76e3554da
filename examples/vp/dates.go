package main

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/calendar"
)

// The names of keys are part of the contract; "name" is the year's, as in
// "Bính Ngọ".
type lunarLine struct {
	Date  vanphong.Date `json:"date"`
	Year  int           `json:"year"`
	Month int           `json:"month"`
	Day   int           `json:"day"`
	Leap  bool          `json:"leap"`
	Name  string        `json:"name"`
}

func lunarOf(d vanphong.Date, l calendar.Lunar) lunarLine {
	return lunarLine{d, l.Year, l.Month, l.Day, l.Leap, l.YearName()}
}

func lunar(c call, out *output) error {
	return c.each(out, func(in string) {
		d, err := vanphong.ParseDate(in)
		if err != nil {
			out.refuse(in, err)
			return
		}
		l, err := calendar.LunarOf(d)
		if err != nil {
			out.refuse(in, err)
			return
		}
		out.put(lunarOf(d, l))
	})
}

// A day, month and year make one input and get one line.
func solar(c call, out *output) error {
	if len(c.inputs) != 3 {
		return fmt.Errorf("want DAY MONTH YEAR, got %d arguments", len(c.inputs))
	}
	input := strings.Join(c.inputs, " ")
	var n [3]int
	for i, s := range c.inputs {
		v, err := smallNumber(s)
		if err != nil {
			out.refuse(input, err)
			return nil
		}
		n[i] = v
	}
	// Not NewLunar: the day must exist, and the error then says which part
	// does not.
	l := calendar.Lunar{Year: n[2], Month: n[1], Day: n[0], Leap: c.has("-leap")}
	d, err := l.Date()
	if err != nil {
		out.refuse(input, err)
		return nil
	}
	out.put(lunarOf(d, l))
	return nil
}

// smallNumber reads digits only: no sign, no space, no leading plus.
//
// Six digits at most, so that no sum further on can overflow.
func smallNumber(s string) (int, error) {
	if s == "" || len(s) > 6 || strings.Trim(s, "0123456789") != "" {
		return 0, fmt.Errorf("%q: want a whole number", s)
	}
	return strconv.Atoi(s)
}

func tet(c call, out *output) error {
	return c.each(out, func(in string) {
		year, err := smallNumber(in)
		if err != nil {
			out.refuse(in, err)
			return
		}
		d, err := calendar.Tet(year)
		if err != nil {
			out.refuse(in, err)
			return
		}
		// A struct keeps the order of its keys, which a map would not.
		out.put(struct {
			Year int           `json:"year"`
			Date vanphong.Date `json:"date"`
		}{year, d})
	})
}

type dayLine struct {
	Date        vanphong.Date `json:"date"`
	Kind        string        `json:"kind"`
	Name        string        `json:"name"`
	Provisional bool          `json:"provisional"`
	Source      string        `json:"source"`
}

// Ordinary days are left out: a script asks for what is different.
func days(c call, out *output) error {
	if len(c.inputs) != 2 {
		return fmt.Errorf("want FROM TO, got %d arguments", len(c.inputs))
	}
	input := strings.Join(c.inputs, " ")
	from, err := vanphong.ParseDate(c.inputs[0])
	if err != nil {
		out.refuse(input, err)
		return nil
	}
	to, err := vanphong.ParseDate(c.inputs[1])
	if err != nil {
		out.refuse(input, err)
		return nil
	}
	for d, err := range calendar.Vietnam().Marked(from, to) {
		if err != nil {
			out.refuse(input, err)
			return nil
		}
		out.put(dayLine{d.Date, d.Kind.String(), d.Name, d.Provisional, d.Source})
	}
	return nil
}

type deadlineLine struct {
	From        vanphong.Date `json:"from"`
	Due         vanphong.Date `json:"due"`
	Provisional bool          `json:"provisional"`
	Skipped     []skippedDay  `json:"skipped"`
}

// Lists are [] when empty and never null, so that a caller may walk them at
// once.
type skippedDay struct {
	Date vanphong.Date `json:"date"`
	Why  string        `json:"why"`
}

func deadline(c call, out *output) error {
	if !c.has("-from") || !c.has("-days") {
		return errors.New("want -from DATE and -days N")
	}
	for _, in := range c.inputs {
		out.refuse(in, errors.New("deadline takes -from DATE and -days N"))
	}
	counting := calendar.CountWorking
	if text, given := c.set["-count"]; given {
		// The set of words is the calendar's own.
		if err := counting.UnmarshalText([]byte(text)); err != nil {
			out.refuse(text, err)
			return nil
		}
	}
	from, err := vanphong.ParseDate(c.set["-from"])
	if err != nil {
		out.refuse(c.set["-from"], err)
		return nil
	}
	n, err := smallNumber(c.set["-days"])
	if err != nil {
		out.refuse(c.set["-days"], err)
		return nil
	}
	// The bundled notices, unless a file lays others over them: a day that is
	// decided tomorrow needs no new program.
	work := calendar.Vietnam()
	if c.has("-calendar") {
		if work, err = withNotices(work, c.set["-calendar"]); err != nil {
			out.refuse(c.set["-calendar"], err)
			return nil
		}
	}
	due, err := work.Deadline(from, n, counting, nil)
	if err != nil {
		out.refuse(c.set["-from"]+" "+c.set["-days"], err)
		return nil
	}
	line := deadlineLine{From: due.From, Due: due.Due, Provisional: due.Provisional, Skipped: []skippedDay{}}
	for _, s := range due.Skipped {
		line.Skipped = append(line.Skipped, skippedDay{s.Date, s.Why})
	}
	out.put(line)
	return nil
}

func withNotices(work *calendar.WorkCalendar, name string) (*calendar.WorkCalendar, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	notice, err := calendar.ReadNotice(f)
	if err != nil {
		return nil, err
	}
	return work.With(notice)
}
