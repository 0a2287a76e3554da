package documents

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/vanphong-go/vanphong"
)

// Register is a book of outgoing documents as an office binds and prints it (sổ
// đăng ký văn bản đi): a view over one or many series. It holds no lines of its
// own, so one series can be printed in several registers and a register can be
// cut anew without touching a number.
//
// How an office divides its books is its own choice. [CommitteeBooks] and the
// functions beside it divide them as a textbook of the Party's offices has it.
type Register struct {
	Name     string            `json:"name"`
	Organ    vanphong.OrgID    `json:"organ"`
	Scope    string            `json:"scope"`         // term, congress or year that is printed on the cover
	Days     vanphong.Days     `json:"days,omitzero"` // only lines of these days: a yearly book over the series of a term
	Sections []RegisterSection `json:"sections"`
	// Columns are what the office prints, by the codes of the package that writes
	// them out; empty leaves it to the caller. The Party's own columns were not
	// found.
	Columns []string `json:"columns,omitempty"`
}

// RegisterSection is a part of a register with a heading of its own (phần sổ):
// the lines of its series, one series after the other.
type RegisterSection struct {
	Name   string     `json:"name"`
	Series []SeriesID `json:"series"`
}

// RegisterLine is one line of a printed register: a heading, a number with what
// became of it, or numbers that have no line.
type RegisterLine struct {
	Section string   `json:"section"`
	Head    bool     `json:"head,omitempty"` // the heading of Section; nothing below is set
	Series  SeriesID `json:"series,omitzero"`
	Entry   Entry    `json:"entry,omitzero"`
	// Late is a number of before the opening that was registered afterwards,
	// Inserted one with a suffix.
	Late     bool `json:"late,omitempty"`
	Inserted bool `json:"inserted,omitempty"`
	// From and To are numbers without an entry, else zero.
	From uint32 `json:"from,omitzero"`
	To   uint32 `json:"to,omitzero"`
	// Basis is that of the series, on numbers from before its opening: it says in
	// which book they stand. Numbers without an entry and without a Basis are
	// missing, and there should be none. A late entry has it if it was taken over
	// from that very book.
	Basis string `json:"basis,omitzero"`
}

// Label returns what stands in the column of the number: "981-QĐ/TU", "05–07"
// for numbers without a line, the name of the section for a heading.
func (l RegisterLine) Label() string {
	switch {
	case l.Head:
		return l.Section
	case l.From == 0:
		return l.Entry.Number.String()
	case l.From == l.To:
		return fmt.Sprintf("%02d", l.From)
	}
	return fmt.Sprintf("%02d–%02d", l.From, l.To)
}

// Status returns in Vietnamese what is to be said of the number, "" of one that
// was simply issued: "hủy số", "giữ chỗ", "sổ mật giữ", "đã thu hồi" ….
func (l RegisterLine) Status() string {
	switch {
	case l.Head:
		return ""
	case l.From != 0 && l.Basis != "":
		return "trước khi mở dãy số"
	case l.From != 0:
		return "không có trong sổ"
	}
	switch l.Entry.State {
	case StateReserved:
		return "giữ chỗ"
	case StateVoid:
		return "hủy số"
	case StateHeld:
		return joinTexts("; ", "sổ mật giữ", l.Entry.Standing.Name())
	}
	return l.Entry.Standing.Name()
}

// Note returns the whole remark of a line, as for the column "Ghi chú": its
// status with the reason, why it was registered late, that it was inserted. The
// reason of a secret document may tell its subject and is left out, as it is by
// [RegisterLine.Redacted]. A line taken over from the book on which the series
// was opened has no remark for that: a whole book would say the same.
func (l RegisterLine) Note() string {
	status, reason := l.Status(), l.Basis
	late, inserted := "", ""
	switch e := l.Entry; {
	case l.From != 0:
	case e.State == StateVoid || e.State == StateReserved:
		reason = e.Reason
	case l.Late && l.Basis == "":
		late, reason = "vào sổ muộn", e.Reason
	default:
		reason = ""
	}
	if l.Inserted {
		inserted = "số chèn"
	}
	if l.Entry.Secrecy > vanphong.NotSecret {
		reason = ""
	}
	return joinTexts("; ", because(status, reason), because(late, reason), inserted)
}

// because puts a reason behind what it is the reason of, if there is such a
// thing and the reason does not begin with it anyway: "hủy số do ghi nhầm".
func because(what, reason string) string {
	switch {
	case what == "" || reason == "":
		return what
	case strings.HasPrefix(strings.ToLower(reason), what):
		return reason
	}
	return what + ": " + reason
}

// Redacted returns a line as it may leave to a zone: of a document that the zone
// may not receive, the number, its state and its mark of secrecy are left,
// [vanphong.Placeholder] stands for the abstract and [Redacted] for the id.
func (l RegisterLine) Redacted(red vanphong.Redaction, zone vanphong.Zone) RegisterLine {
	e := l.Entry
	if red.Allows(zone, e.Secrecy) {
		return l
	}
	l.Entry = Entry{ID: Redacted, Org: e.Org, Series: e.Series, Serial: e.Serial, Number: e.Number, State: e.State, Standing: e.Standing,
		Content: Content{Secrecy: e.Secrecy, Abstract: vanphong.Placeholder}}
	return l
}

func joinTexts(sep string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), sep)
}

// Lines walks the lines of a register as they leave to a zone: section by
// section with its heading, within it series by series and number by number,
// each number that was given and each that has no line. Without a redaction
// nothing secret leaves. A series that the register names and the office does
// not have wraps vanphong.ErrNotFound.
//
// With Days only the lines of these days come. A number without a day of its
// own (reserved, held, void, without a line) belongs to the days of the number
// before it.
func (g Register) Lines(v Reader, red vanphong.Redaction, zone vanphong.Zone) iter.Seq2[RegisterLine, error] {
	return func(yield func(RegisterLine, error) bool) {
		for _, section := range g.Sections {
			if !yield(RegisterLine{Section: section.Name, Head: true}, nil) {
				return
			}
			for _, id := range section.Series {
				s, err := v.Series(id)
				if err != nil {
					yield(RegisterLine{}, vanphong.NewInputError("register", g.Name, "series of this organisation: "+string(id)+" is none", err))
					return
				}
				for l, err := range seriesLines(v, s) {
					if err != nil {
						yield(RegisterLine{}, err)
						return
					}
					if !g.holds(&l) {
						continue
					}
					l.Section = section.Name
					if !yield(l.Redacted(red, zone), nil) {
						return
					}
				}
			}
		}
	}
}

// dayed is a line with the day by which it belongs to a book.
type dayed struct {
	RegisterLine
	day vanphong.Date
}

// holds reports whether a line is of the register's days.
func (g Register) holds(l *dayed) bool {
	return g.Days == (vanphong.Days{}) || g.Days.Contains(l.day)
}

// seriesLines walks one series: entries with the numbers between them that have
// none.
func seriesLines(v Reader, s Series) iter.Seq2[dayed, error] {
	return func(yield func(dayed, error) bool) {
		next, day := uint32(1), s.Days.First // the first number that has not come yet; the day of the last one
		for en, err := range v.Entries(Query{Series: s.ID}) {
			if err != nil {
				yield(dayed{}, err)
				return
			}
			if !lineless(s, next, en.Serial, day, yield) {
				return
			}
			if en.Day != 0 {
				day = en.Day
			}
			next = max(next, en.Serial+1)
			l := RegisterLine{Series: s.ID, Entry: en, Late: en.Serial < s.First, Inserted: en.Number.Suffix != ""}
			if l.Late && en.Reason == s.Basis {
				l.Basis = s.Basis
			}
			if !yield(dayed{l, day}, nil) {
				return
			}
		}
		lineless(s, next, s.Next, day, yield)
	}
}

// lineless yields the numbers from next to before end, those from before the opening
// apart from the others.
func lineless(s Series, next, end uint32, day vanphong.Date, yield func(dayed, error) bool) bool {
	if next < min(end, s.First) {
		if !yield(dayed{RegisterLine{Series: s.ID, From: next, To: min(end, s.First) - 1, Basis: cmp.Or(s.Basis, "không rõ căn cứ")}, day}, nil) {
			return false
		}
	}
	if next = max(next, s.First); next < end {
		return yield(dayed{RegisterLine{Series: s.ID, From: next, To: end - 1}, day}, nil)
	}
	return true
}

// The rules of [CheckRegisters].
const (
	RuleRegisterNone    = "documents.register.none"    // a series stands in no register
	RuleRegisterTwice   = "documents.register.twice"   // a series stands in two registers
	RuleRegisterUnknown = "documents.register.unknown" // a register names a series that is not there
)

// CheckRegisters says whether a set of registers has every series of an organ
// and scope exactly once: what stands in no book is not printed, and what stands
// in two is counted twice. Registers with Days are one book for each: the same
// series may stand in several whose days do not overlap. No finding means that
// the set is right.
func CheckRegisters(v Reader, organ vanphong.OrgID, scope string, set []Register) ([]vanphong.Finding, error) {
	type book struct {
		name string
		days vanphong.Days
	}
	in := map[SeriesID][]book{}
	var order []SeriesID
	for _, g := range set {
		for _, section := range g.Sections {
			for _, id := range section.Series {
				if in[id] == nil {
					order = append(order, id)
				}
				in[id] = append(in[id], book{g.Name, g.Days})
			}
		}
	}
	var out []vanphong.Finding
	add := func(rule string, severity vanphong.Severity, args ...string) {
		out = append(out, vanphong.Finding{Rule: rule, Severity: severity, Args: args})
	}
	known := map[SeriesID]bool{}
	for s, err := range v.AllSeries() {
		if err != nil {
			return nil, err
		}
		known[s.ID] = true
		if s.Key.Organ == organ && s.Key.Scope == scope && len(in[s.ID]) == 0 {
			add(RuleRegisterNone, vanphong.Fault, s.Key.Name, scope)
		}
		books := in[s.ID]
		for i, a := range books {
			for _, b := range books[i+1:] {
				if a.days.Intersect(b.days).Valid() {
					add(RuleRegisterTwice, vanphong.Fault, s.Key.Name, a.name, b.name)
				}
			}
		}
	}
	for _, id := range order {
		if !known[id] {
			add(RuleRegisterUnknown, vanphong.Fault, string(id), in[id][0].name)
		}
	}
	return out, nil
}

// The practice of books by organ is that of a textbook of the Party's offices
// from before the reform of 2025 (grade N). It is a practice of binding, not a
// rule of numbering: a yearly book may be cut from the series of a term.

// CommitteeBooks divides the series of a province committee's term into three
// books: Quyết định, Quy định and Quy chế; a book with a section for each other
// kind; Công văn. A book that no series falls into is left out.
func CommitteeBooks(organ vanphong.OrgID, scope string, series []Series) []Register {
	var decisions, others, letters []Series
	for _, s := range series {
		switch {
		case counts(s, KindDecision, KindRegulation, KindWorkingRules):
			decisions = append(decisions, s)
		case counts(s, KindLetter):
			letters = append(letters, s)
		default:
			others = append(others, s)
		}
	}
	return books(organ, scope, vanphong.Days{}, "Quyết định, Quy định, Quy chế", sectionOf(decisions), "Các loại văn bản khác", sectionEach(others), "Công văn", sectionOf(letters))
}

// InspectionBooks divides the series of an inspection commission's term (ủy ban
// kiểm tra) into two books: resolutions on personnel, and a book with a section
// for each other series. Which series those resolutions are counted in is the
// office's to say.
func InspectionBooks(organ vanphong.OrgID, scope string, series []Series, personnel ...SeriesID) []Register {
	var first, others []Series
	for _, s := range series {
		if slices.Contains(personnel, s.ID) {
			first = append(first, s)
		} else {
			others = append(others, s)
		}
	}
	return books(organ, scope, vanphong.Days{}, "Nghị quyết về nhân sự", sectionOf(first), "Các loại văn bản khác", sectionEach(others))
}

// OrganisationBooks divides the series of an organisation board (ban tổ chức)
// into the two books of a year: Quyết định, and the rest by section.
func OrganisationBooks(organ vanphong.OrgID, year int, series []Series) []Register {
	var decisions, others []Series
	for _, s := range series {
		if counts(s, KindDecision) {
			decisions = append(decisions, s)
		} else {
			others = append(others, s)
		}
	}
	return books(organ, strconv.Itoa(year), vanphong.YearDays(year), "Quyết định", sectionOf(decisions), "Các loại văn bản khác", sectionEach(others))
}

// OfficeBook is the one book of a year that the office of a committee and its
// other boards keep, with a section for each series.
func OfficeBook(organ vanphong.OrgID, year int, series []Series) []Register {
	return books(organ, strconv.Itoa(year), vanphong.YearDays(year), "Văn bản đi", sectionEach(series))
}

// books makes registers of pairs of a name and its sections, without the empty ones.
func books(organ vanphong.OrgID, scope string, days vanphong.Days, pairs ...any) []Register {
	var out []Register
	for i := 0; i+1 < len(pairs); i += 2 {
		name, _ := pairs[i].(string)
		if sections, _ := pairs[i+1].([]RegisterSection); len(sections) > 0 {
			out = append(out, Register{Name: name, Organ: organ, Scope: scope, Days: days, Sections: sections})
		}
	}
	return out
}

// sectionOf puts series into one section under the names of them all.
func sectionOf(series []Series) []RegisterSection {
	if len(series) == 0 {
		return nil
	}
	var out RegisterSection
	var names []string
	for _, s := range sortedSeries(series) {
		names = append(names, s.Key.Name)
		out.Series = append(out.Series, s.ID)
	}
	out.Name = strings.Join(names, ", ")
	return []RegisterSection{out}
}

// sectionEach gives every series a section.
func sectionEach(series []Series) []RegisterSection {
	var out []RegisterSection
	for _, s := range sortedSeries(series) {
		out = append(out, RegisterSection{Name: sectionName(s), Series: []SeriesID{s.ID}})
	}
	return out
}

// sortedSeries puts series in the order of their names: ids have none that a
// reader could follow.
func sortedSeries(series []Series) []Series {
	return slices.SortedFunc(slices.Values(series), func(a, b Series) int { return strings.Compare(a.Key.Name, b.Key.Name) })
}

// kindsIn returns the kinds that a series is named for: by its symbol or by the
// kind itself; none for a series of all kinds.
func kindsIn(s Series) []Kind {
	name := s.Key.Name[strings.LastIndexByte(s.Key.Name, '/')+1:]
	if k := Kind(name); k.Known() {
		return []Kind{k}
	}
	return KindsOf(s.System, name)
}

// counts reports whether one of the kinds is counted in a series. Quyết định and
// quy định often share one, which goes where either goes.
func counts(s Series, kinds ...Kind) bool {
	return slices.ContainsFunc(kindsIn(s), func(k Kind) bool { return slices.Contains(kinds, k) })
}

// sectionName names a section by its kinds, and by the series where no kind is
// known.
func sectionName(s Series) string {
	if s.Key.Name == AllKinds {
		return "Văn bản các loại"
	}
	var names []string
	for _, k := range kindsIn(s) {
		names = append(names, k.Name())
	}
	if len(names) == 0 {
		return s.Key.Name
	}
	return strings.Join(names, ", ") + " (" + s.Key.Name + ")"
}
