package calendar

// EntryChange is one entry before and after an amendment.
type EntryChange struct {
	Before Entry `json:"before"` // as it stood
	After  Entry `json:"after"`  // as it stands now, under the same id
}

// ScheduleDiff is what differs between two lists of entries. Entries are the
// same row if they have the same id; a row moved to another day is changed,
// not removed and added.
//
// Readers of a changed schedule look for what is new to them, and a row that
// moved is the same meeting: listed as removed and added, it would be
// cancelled in some diaries and doubled in others.
type ScheduleDiff struct {
	Added   []Entry       `json:"added,omitempty"`   // in the new order
	Removed []Entry       `json:"removed,omitempty"` // in the old order
	Changed []EntryChange `json:"changed,omitempty"` // in the new order
	// Reordered reports that the rows in both lists stand in another order.
	Reordered bool `json:"reordered,omitempty"`
}

// Diff returns what changed from old to new. Neither list may hold an id
// twice; if one does, the last entry with it counts.
//
// Copies go into the diff, so that an amendment stays what it was when entries
// are changed afterwards.
func Diff(old, new []Entry) ScheduleDiff {
	var d ScheduleDiff
	before := make(map[EntryID]int, len(old))
	for i, e := range old {
		before[e.ID] = i
	}
	kept := make(map[EntryID]bool, len(new))
	last := -1
	for _, e := range new {
		i, ok := before[e.ID]
		kept[e.ID] = true
		if !ok {
			d.Added = append(d.Added, e.clone())
			continue
		}
		// The rows that both lists have must climb in the old order too; the
		// first that steps back was moved.
		if i < last {
			d.Reordered = true
		}
		last = max(last, i)
		if !old[i].Equal(e) {
			d.Changed = append(d.Changed, EntryChange{old[i].clone(), e.clone()})
		}
	}
	for _, e := range old {
		if !kept[e.ID] {
			d.Removed = append(d.Removed, e.clone())
		}
	}
	return d
}

// IsEmpty reports whether nothing differs.
//
// A moved row counts: the printed page differs.
func (d ScheduleDiff) IsEmpty() bool {
	return len(d.Added)+len(d.Removed)+len(d.Changed) == 0 && !d.Reordered
}

func (d ScheduleDiff) clone() ScheduleDiff {
	d.Added = cloneEntries(d.Added)
	d.Removed = cloneEntries(d.Removed)
	d.Changed = cloneList(d.Changed)
	for i, c := range d.Changed {
		d.Changed[i] = EntryChange{c.Before.clone(), c.After.clone()}
	}
	return d
}
