package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"time"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/calendar"
	"github.com/vanphong-go/vanphong/reporting"
)

// Bounds of what is held at a time: a year of a province's entries, and more
// figures than any sentence has.
const (
	maxEntries = 2_000_000
	maxFigures = 10_000
)

type entryLine struct {
	ID       string   `json:"id"`
	Start    string   `json:"start"`
	End      string   `json:"end"`
	People   []string `json:"people"`
	Rooms    []string `json:"rooms"`
	Vehicles []string `json:"vehicles"`
}

type conflictLine struct {
	A        string `json:"a"`
	B        string `json:"b"`
	Resource string `json:"resource"`
	From     string `json:"from"`
	To       string `json:"to"`
}

// booking reads one entry; every error names the field. Names are composed:
// a person typed on another system is the same person.
func (e entryLine) booking() (calendar.Booking, error) {
	b := calendar.Booking{ID: vanphong.NFC(e.ID), People: composed(e.People), Rooms: composed(e.Rooms), Vehicles: composed(e.Vehicles)}
	var err error
	if b.Start, err = instant("start", e.Start); err != nil {
		return b, err
	}
	if b.End, err = instant("end", e.End); err != nil {
		return b, err
	}
	return b, b.Check()
}

// In place: the lists were just decoded and are nobody else's.
func composed(names []string) []string {
	for i, n := range names {
		names[i] = vanphong.NFC(n)
	}
	return names
}

// rfc3339 is stricter than time.Parse, which takes one-digit hours and a comma
// before the fraction.
var rfc3339 = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$`)

// Lower-case t and z are allowed by RFC 3339 and refused by time.Parse.
func instant(field, text string) (time.Time, error) {
	upper := strings.ToUpper(text)
	t, err := time.Parse(time.RFC3339, upper)
	if err != nil || !rfc3339.MatchString(upper) {
		return t, fmt.Errorf("%s %q: want an instant that exists, as 2026-11-20T08:00:00+07:00 (RFC 3339)", field, text)
	}
	return t, nil
}

// decode reads a line that is one JSON object with known keys: a misspelt key
// would otherwise be a person who never clashes.
func decode(line string, v any) error {
	d := json.NewDecoder(strings.NewReader(line))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		what := strings.TrimPrefix(err.Error(), "json: ")
		var mistyped *json.UnmarshalTypeError
		if errors.As(err, &mistyped) { // its own text names types of this program
			what = "a " + mistyped.Value + " where it does not belong"
			if mistyped.Field != "" {
				what += ", in " + mistyped.Field
			}
		}
		return fmt.Errorf("want one JSON object with id, start, end, people, rooms, vehicles: %s", what)
	}
	if _, err := d.Token(); err != io.EOF {
		return errors.New("want one JSON object a line")
	}
	return nil
}

func conflicts(c call, out *output) error {
	gap := 0
	if text, given := c.set["-gap"]; given {
		var err error
		if gap, err = smallNumber(text); err != nil {
			return fmt.Errorf("-gap: %w", err)
		}
	}
	// Told and not ignored: they were meant as input, and would be missing
	// from the answer.
	for _, in := range c.inputs {
		out.refuse(in, errors.New("conflicts reads its entries from stdin"))
	}
	var bookings []calendar.Booking
	seen := map[string]bool{}
	err := c.lines(out, func(line string) {
		if strings.TrimSpace(line) == "" {
			return
		}
		var e entryLine
		err := decode(line, &e)
		var b calendar.Booking
		if err == nil {
			b, err = e.booking()
		}
		// Told for its own line; the search itself would refuse all of them
		// for one.
		if err == nil && seen[b.ID] {
			err = fmt.Errorf("id %q: already given", b.ID)
		}
		if err != nil {
			out.refuse(line, err)
			return
		}
		if len(bookings) == maxEntries {
			out.refuse(line, fmt.Errorf("more than %d entries", maxEntries))
			return
		}
		seen[b.ID] = true
		bookings = append(bookings, b)
	})
	if err != nil {
		return err
	}
	found, err := calendar.Conflicts(bookings, &calendar.ConflictOptions{Gap: time.Duration(gap) * time.Minute})
	if err != nil {
		out.refuse("", err)
		return nil
	}
	// Both in the zone of From, so that a line can be read without reckoning.
	for _, f := range found {
		out.put(conflictLine{f.A, f.B, f.Resource.String(), f.From.Format(time.RFC3339Nano), f.To.In(f.From.Location()).Format(time.RFC3339Nano)})
	}
	return nil
}

func narrate(c call, out *output) error {
	for _, in := range c.inputs {
		out.refuse(in, errors.New("narrate reads its figures from stdin"))
	}
	var figures []reporting.Figure
	err := c.lines(out, func(line string) {
		if strings.TrimSpace(line) == "" {
			return
		}
		f, err := reporting.ParseFigure([]byte(line))
		if err != nil {
			out.refuse(line, err)
			return
		}
		if len(figures) == maxFigures {
			out.refuse(line, fmt.Errorf("more than %d figures", maxFigures))
			return
		}
		figures = append(figures, f)
	})
	// A sentence with a figure missing would be wrong without looking wrong.
	if err != nil || out.bad {
		return err
	}
	text, err := reporting.Narrate(figures)
	if err != nil {
		out.refuse("", err)
		return nil
	}
	out.put(struct {
		Text string `json:"text"`
	}{text})
	return nil
}
