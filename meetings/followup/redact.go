package followup

import "github.com/vanphong-go/vanphong"

// For returns the task as it may leave to a zone. If its secrecy is above what
// the zone may receive, only what a count needs is left: its lead, days and
// level. Every text is [vanphong.Placeholder] or gone, and so are origin,
// coordinating units, the names of who wrote, and the id, which derives from
// the origin and would confirm a guess. No store takes such a view.
//
// Days and lead stay, so that a unit's figures are the same with and without
// the right to read: a total that shrinks with the reader gives away how many
// secrets there are, and cannot be checked.
func (t Task) For(zone vanphong.Zone, r vanphong.Redaction) Task {
	if r.Allows(zone, t.Secrecy) {
		out := t.clone()
		out.Version, out.Last = 0, vanphong.Stamp{}
		return out
	}
	out := Task{
		ID: "redacted", Org: t.Org, Title: vanphong.Placeholder, Lead: t.Lead, Assigned: t.Assigned,
		First: Due{Day: t.First.Day}, Secrecy: t.Secrecy,
		Version: -1, // no store takes it, under whatever id
	}
	// DueOn must come out as before, so every extension stays, without its
	// reason.
	for _, e := range t.Extensions {
		out.Extensions = append(out.Extensions, Extension{Day: e.Day, From: e.From, To: e.To, Reason: vanphong.Placeholder})
	}
	// Only the report that ends the task moves a count; the others are texts.
	for _, p := range t.Progress {
		if p.Done {
			out.Progress = append(out.Progress, Progress{Day: p.Day, Done: true})
		}
	}
	if !t.Withdrawn.Day.IsZero() {
		out.Withdrawn = Withdrawal{Day: t.Withdrawn.Day, Reason: vanphong.Placeholder}
	}
	return out
}

// For returns the board as it may leave to a zone: the counts stand, the
// overdue lines above its level lose title and origin.
func (b Board) For(zone vanphong.Zone, r vanphong.Redaction) Board {
	lines := make([]Line, len(b.Overdue))
	for i, l := range b.Overdue {
		if !r.Allows(zone, l.Secrecy) {
			l.Task, l.Title, l.Origin = "redacted", vanphong.Placeholder, ""
		}
		lines[i] = l
	}
	b.Overdue = lines
	if len(lines) == 0 {
		b.Overdue = nil
	}
	return b
}
