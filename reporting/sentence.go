package reporting

import (
	"slices"
	"strconv"
	"strings"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
)

// Template is an office's own form of one report sentence (mẫu câu báo cáo):
// order and wording belong to it, the figures come from outside. The zero
// Template has no place for any figure.
//
// The wording differs from office to office, even the order of the kinds, so
// nothing of it is in code.
type Template struct {
	Before string `json:"before,omitempty"` // "ban hành "
	Items  []Item `json:"items"`            // in the order in which the sentence names them
	After  string `json:"after,omitempty"`  // "."
	// Comma and And join the figures; "" stands for ", " and " và ".
	Comma string `json:"comma,omitempty"`
	And   string `json:"and,omitempty"`
	// KeepZero prints "0 chỉ thị" too; otherwise figures of 0 are left out.
	KeepZero bool `json:"keep_zero,omitempty"`
	// None is the whole sentence when there is nothing to name: "không ban hành
	// văn bản nào".
	None string `json:"none,omitempty"`
}

// Item is the place of one figure in a [Template].
type Item struct {
	Subject string `json:"subject"` // "thông báo", as printed
	// Kinds are the kinds counted here, more than one where an office names them
	// together. Two items never share a kind: nothing is counted twice.
	Kinds []documents.Kind `json:"kinds,omitempty"`
	// Step, if above 1, prints the value cut to a multiple of it, see
	// [RoundDown].
	Step int64 `json:"step,omitempty"`
}

// Check returns an [*vanphong.InputError] if an item cannot stand in a
// sentence, two items have one subject, or two count the same kind.
//
// A kind under two subjects would be counted twice in one sentence, which is
// the slip that is hardest to see in print.
func (t Template) Check() error {
	subjects, kinds := map[string]bool{}, map[documents.Kind]bool{}
	for _, item := range t.Items {
		if err := (Figure{Subject: item.Subject}).Check(); err != nil {
			return err
		}
		if subjects[item.Subject] {
			return vanphong.NewInputError("items.subject", item.Subject, "each subject once", vanphong.ErrConflict)
		}
		subjects[item.Subject] = true
		if item.Step < 0 {
			return vanphong.NewInputError("items.step", strconv.FormatInt(item.Step, 10), "0 for none, or the unit to cut "+item.Subject+" to", nil)
		}
		for _, k := range item.Kinds {
			if kinds[k] {
				return vanphong.NewInputError("items.kinds", string(k), "each kind under one subject", vanphong.ErrConflict)
			}
			kinds[k] = true
		}
	}
	return nil
}

// Counts reports whether a kind has a place in the sentence.
func (t Template) Counts(k documents.Kind) bool {
	return slices.ContainsFunc(t.Items, func(i Item) bool { return slices.Contains(i.Kinds, k) })
}

// Lines takes the template's figures from a tally: for each item that has
// kinds the exact count of an organisation's facts within days, zeros
// included, and the rows it is made of. Days must be whole periods of the
// tally. Cutting to a step is left to [Template.Sentence].
//
// The count is exact here and is cut only in print: lines can be added up,
// sentences cannot.
func (t Template) Lines(from *Tally, org vanphong.OrgID, days vanphong.Days) ([]Line, error) {
	if err := t.Check(); err != nil {
		return nil, err
	}
	if from == nil {
		return nil, missing("tally", "a tally to take the figures from")
	}
	var out []Line
	for _, item := range t.Items {
		if len(item.Kinds) == 0 {
			continue
		}
		rows := Rows{Org: org, Kinds: slices.Clone(item.Kinds), Days: days}
		n, err := from.Count(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, Line{Figure{Subject: item.Subject, Value: n}, rows})
	}
	return out, nil
}

// Uncounted returns, by kind, what the tally holds of the organisation within
// days and the sentence has no place for, so that an office sees what its
// report leaves out.
//
// A kind that is new in mid-term is in the register before it is in anybody's
// template; this is where it shows.
func (t Template) Uncounted(from *Tally, org vanphong.OrgID, days vanphong.Days) ([]Line, error) {
	if from == nil {
		return nil, missing("tally", "a tally to look through")
	}
	var out []Line
	for _, k := range from.Kinds() {
		if t.Counts(k) {
			continue
		}
		rows := Rows{Org: org, Kinds: []documents.Kind{k}, Days: days}
		n, err := from.Count(rows)
		if err != nil {
			return nil, err
		}
		if n > 0 {
			out = append(out, Line{Figure{Subject: string(k), Value: n}, rows})
		}
	}
	return out, nil
}

// Sentence writes the figures into the template, in the template's order and
// cut to its steps. A subject without a place in it, and one that comes twice,
// are errors: no figure is left out unsaid. A place without a figure is left
// out.
//
// Leaving a figure out in silence is the loss that this guards against: a
// total printed elsewhere would no longer match.
func (t Template) Sentence(figures []Figure) (string, error) {
	if err := t.Check(); err != nil {
		return "", err
	}
	place := map[string]int{}
	for i, item := range t.Items {
		place[item.Subject] = i
	}
	placed := make([]*Figure, len(t.Items))
	for _, f := range figures {
		i, ok := place[f.Subject]
		if !ok {
			return "", vanphong.NewInputError("subject", f.Subject, "a subject of the template", vanphong.ErrNotFound)
		}
		if placed[i] != nil {
			return "", vanphong.NewInputError("subject", f.Subject, "each subject once", vanphong.ErrConflict)
		}
		if err := f.Check(); err != nil {
			return "", err
		}
		// Two roundings, one on top of the other, would say more than is
		// known.
		if step := t.Items[i].Step; step > 1 && f.Qualifier <= Over { // "gần", "khoảng" are rounded already
			var err error
			if f, err = RoundDown(f, step); err != nil {
				return "", err
			}
		}
		placed[i] = &f
	}
	var named []Figure
	for _, f := range placed {
		if f != nil && (f.Value != 0 || t.KeepZero) {
			named = append(named, *f)
		}
	}
	if len(named) == 0 {
		// None may be empty: the office then prints nothing.
		return t.None, nil
	}
	list, err := t.join(named)
	if err != nil {
		return "", err
	}
	return t.Before + list + t.After, nil
}

func (t Template) join(figures []Figure) (string, error) {
	comma, and := t.Comma, t.And
	if comma == "" {
		comma = ", "
	}
	if and == "" {
		and = " và "
	}
	var b strings.Builder
	// Vietnamese puts no comma before "và".
	for i, f := range figures {
		if err := f.Check(); err != nil {
			return "", err
		}
		switch {
		case i == 0:
		case i == len(figures)-1:
			b.WriteString(and)
		default:
			b.WriteString(comma)
		}
		b.WriteString(f.String())
	}
	return b.String(), nil
}

// Narrate writes figures as a bare list in the order given, zeros and repeated
// subjects too: "01 nghị quyết, 02 chỉ thị và trên 410 thông báo". No figures
// give "". A figure that cannot stand in a sentence is an error.
//
// It has no template, so nothing is left out: what is given is printed.
func Narrate(figures []Figure) (string, error) { return Template{}.join(figures) }

// Figures returns the figures of lines, for [Template.Sentence].
func Figures(lines []Line) []Figure {
	out := make([]Figure, len(lines))
	for i, l := range lines {
		out[i] = l.Figure
	}
	return out
}
