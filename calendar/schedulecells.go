package calendar

import (
	"slices"
	"strings"

	"github.com/vanphong-go/vanphong"
)

// setCell puts the cell of a schedule file into an entry.
//
// Columns it does not know were refused with the header.
func (e *Entry) setCell(column, s string) (err error) {
	switch column {
	case "id":
		e.ID = EntryID(s)
	case "day":
		e.Day, err = vanphong.ParseDate(s)
	case "session":
		e.Session, err = ParseHalfDay(s)
	case "start":
		err = setClock(&e.Time.Start, "start", s)
	case "end":
		err = setClock(&e.Time.End, "end", s)
	case "activity":
		e.Activity = s
	case "place":
		e.Place = s
	case "unit":
		e.Unit = s
	case "invited":
		e.Invited = s
	case "note":
		e.Note = s
	case "body":
		e.Body = vanphong.BodyID(s)
	case "room":
		e.Rooms = splitList(s)
	case "vehicle":
		e.Vehicles = splitList(s)
	case "chair":
		err = e.setChair(s)
	case "people":
		e.Attendees, err = parsePeople("people", s)
	case "staff":
		e.Staff, err = parsePeople("staff", s)
	case "delegate":
		e.Delegations, err = parseDelegations(s)
	case "secrecy":
		e.Secrecy, err = parseSecrecy(s)
	case "flags":
		err = e.setFlags(s)
	case "upstream":
		err = e.setUpstream(s)
	}
	return err
}

// setClock names the column, which a clock by itself does not know.
func setClock(c *Clock, column, s string) error {
	if s == "" {
		return nil
	}
	v, err := ParseClock(s)
	if err != nil {
		return wrong(column, s, "a clock time such as 08:30 or 8h30")
	}
	*c = v
	return nil
}

// splitList splits a cell at semicolons; empty items, which a trailing
// semicolon makes, are none.
//
// Not at commas, which stand within names, titles and places.
func splitList(s string) []string {
	var out []string
	for item := range strings.SplitSeq(s, ";") {
		if item = strings.TrimSpace(item); item != "" {
			out = append(out, item)
		}
	}
	return out
}

// setChair takes one person: of two chairs a reader could not say who answers
// for the meeting.
func (e *Entry) setChair(s string) error {
	if s == "" {
		return nil
	}
	if strings.Contains(s, ";") {
		return wrong("chair", s, "one person; put the others under people")
	}
	var err error
	e.Chair, err = parsePerson("chair", s)
	return err
}

// parsePerson reads "words <id>", "words" (their own id) or "words <>" (no
// id).
//
// Words as their own id are for offices without a directory: the same words
// are the same person, and different words never conflict.
func parsePerson(column, s string) (Attendee, error) {
	want := "a person: words, words <id> or words <>"
	open := strings.IndexByte(s, '<')
	if open < 0 {
		if strings.Contains(s, ">") {
			return Attendee{}, wrong(column, s, want)
		}
		// As an id it would be refused later, without saying why.
		if len(s) > vanphong.MaxID {
			return Attendee{}, wrong(column, s, "a person of at most 200 bytes, or words <id>")
		}
		return Attendee{Person: vanphong.PersonID(s), Text: s}, nil
	}
	text, id := strings.TrimSpace(s[:open]), s[open+1:]
	if !strings.HasSuffix(id, ">") || strings.ContainsAny(id[:len(id)-1], "<>") {
		return Attendee{}, wrong(column, s, want)
	}
	a := Attendee{Person: vanphong.PersonID(strings.TrimSpace(id[:len(id)-1])), Text: text}
	if a == (Attendee{}) {
		return a, wrong(column, s, want)
	}
	return a, nil
}

// One bad person makes the row bad: left out, that person would be free for
// somebody else.
func parsePeople(column, s string) ([]Attendee, error) {
	var out []Attendee
	for _, item := range splitList(s) {
		a, err := parsePerson(column, item)
		if err != nil {
			return nil, err
		}
		out = append(out, a)
	}
	return out, nil
}

// parseDelegations reads "person -> person". The arrow needs its spaces: a
// person's id may end in a hyphen before its bracket.
func parseDelegations(s string) ([]Delegation, error) {
	var out []Delegation
	for _, item := range splitList(s) {
		from, to, ok := strings.Cut(item, " -> ")
		if !ok {
			return nil, wrong("delegate", item, "person who was invited -> person who goes")
		}
		var d Delegation
		var err error
		if d.From, err = parsePerson("delegate", strings.TrimSpace(from)); err != nil {
			return nil, err
		}
		if d.To, err = parsePerson("delegate", strings.TrimSpace(to)); err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	return out, nil
}

// parseSecrecy reads a level by its code or its Vietnamese mark. What it
// cannot read is an error, never "not secret".
//
// Both are accepted, for files come from programs and from people.
func parseSecrecy(s string) (vanphong.Secrecy, error) {
	if s == "" {
		return vanphong.NotSecret, nil
	}
	for level := vanphong.NotSecret; level <= vanphong.TopSecret; level++ {
		if strings.EqualFold(s, level.Name()) {
			return level, nil
		}
	}
	var level vanphong.Secrecy
	err := level.UnmarshalText([]byte(s))
	return level, err
}

// setFlags refuses an unknown word: a misspelt "invitation" would be an
// invitation nobody sends.
func (e *Entry) setFlags(s string) error {
	flags := [...]string{"invitation", "filler"}
	for _, item := range splitList(s) {
		switch slices.Index(flags[:], item) {
		case 0:
			e.Invitation = true
		case 1:
			e.Filler = true
		default:
			return wrong("flags", item, "invitation or filler")
		}
	}
	return nil
}

// setUpstream cuts at the first slash; an entry's id may hold more of them.
func (e *Entry) setUpstream(s string) error {
	if s == "" {
		return nil
	}
	org, entry, ok := strings.Cut(s, "/")
	if !ok || org == "" || entry == "" {
		return wrong("upstream", s, "organisation/entry")
	}
	e.Upstream = Upstream{vanphong.OrgID(org), EntryID(entry)}
	return nil
}
