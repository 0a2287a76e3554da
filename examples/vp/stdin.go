package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/vanphong-go/vanphong/calendar"
	"github.com/vanphong-go/vanphong/reporting"
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

// booking reads one entry; every error names the field.
func (e entryLine) booking() (calendar.Booking, error) {
	start, err := time.Parse(time.RFC3339, e.Start)
	if err != nil {
		return calendar.Booking{}, fmt.Errorf("start %q: want RFC 3339", e.Start)
	}
	end, err := time.Parse(time.RFC3339, e.End)
	if err != nil {
		return calendar.Booking{}, fmt.Errorf("end %q: want RFC 3339", e.End)
	}
	if e.ID == "" {
		return calendar.Booking{}, errors.New("id is empty")
	}
	if !start.Before(end) {
		return calendar.Booking{}, fmt.Errorf("end %q: want an instant after start %q", e.End, e.Start)
	}
	return calendar.Booking{ID: e.ID, Start: start, End: end, People: e.People, Rooms: e.Rooms, Vehicles: e.Vehicles}, nil
}

func conflicts(c call, out *output) error {
	gap := 0
	if text, given := c.set["-gap"]; given {
		var err error
		if gap, err = smallNumber(text); err != nil {
			return fmt.Errorf("-gap: %w", err)
		}
	}
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
		err := json.Unmarshal([]byte(line), &e)
		var b calendar.Booking
		if err == nil {
			b, err = e.booking()
		}
		if err == nil && seen[b.ID] {
			err = fmt.Errorf("id %q: already given", b.ID)
		}
		if err != nil {
			out.refuse(line, err)
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
	for _, f := range found {
		out.put(conflictLine{f.A, f.B, f.Resource.String(), f.From.Format(time.RFC3339Nano), f.To.Format(time.RFC3339Nano)})
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
