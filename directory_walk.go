package vanphong

import (
	"iter"
	"slices"
)

// Roots walks the organisations that had nobody above them on a day, in the
// order given: those without a parent, and those whose parent was not there.
func (d *Directory) Roots(day Date) iter.Seq[Organisation] {
	return func(yield func(Organisation) bool) {
		for _, id := range d.order {
			o, ok := d.At(id, day)
			if !ok {
				continue
			}
			if _, under := d.At(o.Parent, day); !under && !yield(o) {
				return
			}
		}
	}
}

// Children walks the organisations directly under id on a day (đơn vị trực
// thuộc), in the order given. There are none on a day on which id was not.
func (d *Directory) Children(id OrgID, day Date) iter.Seq[Organisation] {
	return func(yield func(Organisation) bool) {
		if _, ok := d.At(id, day); !ok {
			return
		}
		for _, c := range d.children[id] {
			if o, ok := d.At(c, day); ok && o.Parent == id && !yield(o) {
				return
			}
		}
	}
}

// Ancestors walks the organisations above id on a day, the nearest first.
func (d *Directory) Ancestors(id OrgID, day Date) iter.Seq[Organisation] {
	return func(yield func(Organisation) bool) {
		o, ok := d.At(id, day)
		for range MaxDepth { // a ring is refused by NewDirectory, which walks here too
			if !ok || o.Parent == "" {
				return
			}
			if o, ok = d.At(o.Parent, day); ok && !yield(o) {
				return
			}
		}
	}
}

// Descendants walks everybody under id on a day, an organisation before those
// under it. id itself is not among them.
func (d *Directory) Descendants(id OrgID, day Date) iter.Seq[Organisation] {
	return func(yield func(Organisation) bool) { d.descend(id, day, yield) }
}

func (d *Directory) descend(id OrgID, day Date, yield func(Organisation) bool) bool {
	for o := range d.Children(id, day) {
		if !yield(o) || !d.descend(o.ID, day, yield) {
			return false
		}
	}
	return true
}

// SuccessorsOf returns who answers on a day for what id was (đơn vị kế thừa):
// id itself while it stands, afterwards its successors, and theirs if they
// have ended too. An abolished district has several. None if id is unknown,
// has nobody to follow it, or had not begun by that day.
func (d *Directory) SuccessorsOf(id OrgID, day Date) []Organisation {
	return d.follow(id, day, d.after, func(o Organisation) bool { return o.Valid.End != 0 && o.Valid.End <= day })
}

// PredecessorsOf returns what stood on a day in the place of id (đơn vị tiền
// thân): id itself if it was there, before that the organisations it was
// formed from, and theirs if they had not begun either.
func (d *Directory) PredecessorsOf(id OrgID, day Date) []Organisation {
	return d.follow(id, day, d.before, func(o Organisation) bool { return o.Valid.First > day })
}

// follow walks links from id until it meets organisations that stand on the
// day. It goes on from an organisation only if past says that the day lies
// beyond it in the direction walked; each is visited once.
func (d *Directory) follow(id OrgID, day Date, links map[OrgID][]OrgID, past func(Organisation) bool) []Organisation {
	var out []Organisation
	queue := []OrgID{id}
	for i := 0; i < len(queue); i++ {
		if o, ok := d.At(queue[i], day); ok {
			out = append(out, o)
			continue
		}
		if !slices.ContainsFunc(d.records[queue[i]], past) {
			continue
		}
		for _, next := range links[queue[i]] {
			queue = appendNew(queue, next)
		}
	}
	return out
}
