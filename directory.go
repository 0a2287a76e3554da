package vanphong

import (
	"cmp"
	"iter"
	"slices"
)

// MaxDepth is how many levels deep a tree of organisations can be: far more
// than any office has, and few enough that every walk upwards ends.
const MaxDepth = 64

// Directory is a tree of organisations with its history (danh mục cơ quan, tổ
// chức): who stood under whom on a given day, and what became of those that
// are no more. It does not change once made and is safe for use by many
// goroutines. The zero Directory is empty.
//
// An id can have several records, one after another, when the office keeps
// one id through a change of name or parent; on one day it has one.
type Directory struct {
	records  map[OrgID][]Organisation // of one id, by first day
	order    []OrgID                  // ids as first given
	children map[OrgID][]OrgID        // whoever was under an id at some time, in order
	after    map[OrgID][]OrgID        // successors, from both sides' records
	before   map[OrgID][]OrgID        // predecessors, likewise
	findings []Finding
}

// NewDirectory returns the directory of orgs, in any order. It refuses, with
// an [*InputError] that names the organisation: an id or level that cannot be
// one, no name, validity that ends before it begins, two records of one id over
// one day (wraps [ErrConflict]), a parent, predecessor or successor that is
// not among orgs (wraps [ErrNotFound]), and a parent above itself or more than
// [MaxDepth] levels (wraps [ErrConflict]). What is doubtful but possible is
// among its [Directory.Findings].
func NewDirectory(orgs ...Organisation) (*Directory, error) {
	d := &Directory{
		records: map[OrgID][]Organisation{}, children: map[OrgID][]OrgID{},
		after: map[OrgID][]OrgID{}, before: map[OrgID][]OrgID{},
	}
	for _, o := range orgs {
		if err := d.add(o); err != nil {
			return nil, err
		}
	}
	for _, id := range d.order {
		slices.SortFunc(d.records[id], func(a, b Organisation) int { return cmp.Compare(a.Valid.First, b.Valid.First) })
		for _, o := range d.records[id] {
			if err := d.link(o); err != nil {
				return nil, err
			}
		}
	}
	for _, id := range d.order {
		for _, o := range d.records[id] {
			if err := d.checkAbove(o); err != nil {
				return nil, err
			}
			d.doubt(o)
		}
	}
	return d, nil
}

func (d *Directory) add(o Organisation) error {
	if err := CheckID("organisation.id", o.ID); err != nil {
		return err
	}
	if o.Name == "" || !isText(o.Name) {
		return invalid("organisation.name", o.Name, "a name for "+string(o.ID))
	}
	if int(o.Level) >= len(levelNames) {
		return invalid("organisation.level", itoa(int(o.Level)), "a level for "+string(o.ID))
	}
	if !o.Valid.Valid() {
		return invalid("organisation.valid", o.Valid.ISO(), "an end after the first day of "+string(o.ID))
	}
	for _, p := range d.records[o.ID] {
		if p.Valid.Overlaps(o.Valid) {
			return NewInputError("organisation.valid", o.Valid.ISO(), "days outside the other record of "+string(o.ID)+" ("+p.Valid.ISO()+")", ErrConflict)
		}
	}
	if d.records[o.ID] == nil {
		d.order = append(d.order, o.ID)
	}
	// The caller keeps its slices: a directory does not change afterwards.
	o.Predecessors, o.Successors = slices.Clone(o.Predecessors), slices.Clone(o.Successors)
	d.records[o.ID] = append(d.records[o.ID], o)
	return nil
}

// link notes the parent, predecessors and successors of a record.
func (d *Directory) link(o Organisation) error {
	if o.Parent != "" {
		if err := d.known("parent", o, o.Parent); err != nil {
			return err
		}
		d.children[o.Parent] = appendNew(d.children[o.Parent], o.ID)
	}
	for _, p := range o.Predecessors {
		if err := d.known("predecessors", o, p); err != nil {
			return err
		}
		d.before[o.ID] = appendNew(d.before[o.ID], p)
		d.after[p] = appendNew(d.after[p], o.ID)
	}
	for _, s := range o.Successors {
		if err := d.known("successors", o, s); err != nil {
			return err
		}
		d.after[o.ID] = appendNew(d.after[o.ID], s)
		d.before[s] = appendNew(d.before[s], o.ID)
	}
	return nil
}

func (d *Directory) known(field string, o Organisation, id OrgID) error {
	if d.records[id] == nil {
		return NewInputError("organisation."+field, string(id), "an organisation of this directory (of "+string(o.ID)+")", ErrNotFound)
	}
	return nil
}

func appendNew(ids []OrgID, id OrgID) []OrgID {
	if slices.Contains(ids, id) {
		return ids
	}
	return append(ids, id)
}

// checkAbove walks up from a record on its first day. If organisations ever
// stand in a ring, they first do so on the first day of the youngest of them,
// so looking at first days finds every ring.
func (d *Directory) checkAbove(o Organisation) error {
	depth := 1
	for range d.Ancestors(o.ID, o.Valid.First) {
		if depth++; depth > MaxDepth {
			return NewInputError("organisation.parent", string(o.Parent), "a tree of at most "+itoa(MaxDepth)+" levels, none above itself (from "+string(o.ID)+")", ErrConflict)
		}
	}
	return nil
}

// The rules of a directory's findings.
const (
	// RuleOutsideParent is an organisation that exists on days on which its
	// parent does not: {0} organisation, {1} parent.
	RuleOutsideParent = "directory.outside-parent"
	// RuleEarlySuccessor is an organisation that goes on after its successor
	// has begun: {0} organisation, {1} successor. Possible while a merger is
	// carried out, but then counts can fall on either.
	RuleEarlySuccessor = "directory.early-successor"
	// RuleNoSuccessor is an organisation that has ended and names nobody who
	// took over: {0} organisation.
	RuleNoSuccessor = "directory.no-successor"
)

// Messages returns the sentences of the findings of this package.
func Messages() Catalogue {
	return Catalogue{
		RuleOutsideParent:  {"{0} có thời gian tồn tại nằm ngoài thời gian của cấp trên {1}", "{0} exists on days on which its parent {1} does not"},
		RuleEarlySuccessor: {"{0} vẫn tồn tại sau khi đơn vị kế thừa {1} đã thành lập", "{0} goes on after its successor {1} has begun"},
		RuleNoSuccessor:    {"{0} đã kết thúc nhưng không có đơn vị kế thừa", "{0} has ended and has no successor"},
	}
}

// doubt notes what may be right but should be looked at.
func (d *Directory) doubt(o Organisation) {
	if o.Parent != "" && !d.covers(o.Parent, o.Valid) {
		d.note(RuleOutsideParent, o.ID, o.Parent)
	}
	if o.Valid.End == 0 {
		return
	}
	if len(d.after[o.ID]) == 0 && !d.lives(o.ID, o.Valid.End) {
		d.note(RuleNoSuccessor, o.ID)
	}
	for _, s := range d.after[o.ID] {
		if first := d.records[s][0].Valid.First; first != 0 && first < o.Valid.End {
			d.note(RuleEarlySuccessor, o.ID, s)
		}
	}
}

func (d *Directory) note(rule string, ids ...OrgID) {
	f := Finding{Rule: rule, Severity: Warning}
	for _, id := range ids {
		f.Args = append(f.Args, string(id))
	}
	d.findings = append(d.findings, f)
}

// covers reports whether the records of id leave none of the days out.
func (d *Directory) covers(id OrgID, days Days) bool {
	next := days.First
	for _, r := range d.records[id] {
		if r.Valid.First > next {
			return false
		}
		if r.Valid.End == 0 {
			return true
		}
		next = max(next, r.Valid.End)
		if days.End != 0 && next >= days.End {
			return true
		}
	}
	return false
}

// lives reports whether id has a record on or after a day.
func (d *Directory) lives(id OrgID, day Date) bool {
	return slices.ContainsFunc(d.records[id], func(o Organisation) bool { return o.Valid.End == 0 || o.Valid.End > day })
}

// Findings returns what NewDirectory found doubtful, see [Messages].
func (d *Directory) Findings() []Finding { return slices.Clone(d.findings) }

// All walks every record, organisations in the order given, the records of
// one organisation by their first days.
func (d *Directory) All() iter.Seq[Organisation] {
	return func(yield func(Organisation) bool) {
		for _, id := range d.order {
			for _, o := range d.records[id] {
				if !yield(copied(o)) {
					return
				}
			}
		}
	}
}

// copied returns o with slices of its own, so that a caller cannot write into
// the directory.
func copied(o Organisation) Organisation {
	o.Predecessors, o.Successors = slices.Clone(o.Predecessors), slices.Clone(o.Successors)
	return o
}

// At returns the organisation as it stood on a day; false if there was none.
func (d *Directory) At(id OrgID, day Date) (Organisation, bool) {
	for _, o := range d.records[id] {
		if o.Valid.Contains(day) {
			return copied(o), true
		}
	}
	return Organisation{}, false
}

// Known reports whether the directory has the id, on whatever day.
func (d *Directory) Known(id OrgID) bool { return d.records[id] != nil }
