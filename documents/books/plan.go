package books

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
)

// Book says whose old register it is (sổ cũ) and how its numbers were counted.
type Book struct {
	Org    vanphong.OrgID  // in whose records the entries go
	Organ  vanphong.OrgID  // whose numbers they are; empty means Org
	Scope  vanphong.TermID // term or congress; a yearly policy takes the year of each row instead
	Issuer string          // organ code in the numbers: "TU"
	// Days are those that a document of this book can have: of the term or of
	// the year. Another day is a row that is not kept.
	Days vanphong.Days
	// Policy is how the book was counted and how it goes on; the zero Policy is
	// [documents.PartyPerSymbol]. A book from before the first rule set needs
	// Symbols in it.
	Policy documents.Policy
	// Organs settles how organs are spelled; nil is the SDK's own list.
	Organs *documents.Organs
	// Basis says what the book is, for the opening of its series: "sổ giấy quyển
	// 2, chốt ngày 30/6/2025". It is required.
	Basis string
	// Last is the last number given on paper, by the name of the series ("QĐ"):
	// for a file that ends before the book does. In a file of several years the
	// scope stands before the name ("2023/QĐ"): a name that could be of two series
	// is an error, as is one of which the file has no row.
	Last map[string]uint32
}

// Options of [NewPlan]. The zero value and nil are the default.
type Options struct {
	// Columns says by position what the columns hold. Then no heading is looked
	// for, and every row after the first Skip is a line of the book.
	Columns []Column
	Skip    int
	// Headings adds to the headings that are known, by their words.
	Headings map[string]Column
	// Encoding is that of every row; EncodingUnknown finds it out.
	Encoding Encoding
	// Kind is that of rows which do not tell one: a book of công văn.
	Kind documents.Kind
	// Century is what stands before a year of two digits: 1900 or 2000. 0
	// refuses such years.
	Century int
	// Until is the last day that a document can have, for a book whose Days have no
	// end: the day of the import. 0 is no bound; [Plan.Run] holds days against its
	// stamp all the same.
	Until vanphong.Date
	// Progress is told now and then how many rows have been read.
	Progress func(rows int)
}

// Row is a line of the old book that can be registered.
type Row struct {
	Row     int                   `json:"row"` // record of the file, counted from 1
	Name    string                `json:"name"`
	Request documents.LateRequest `json:"request"`
}

// Gap is the numbers from First to Last.
type Gap struct {
	First uint32 `json:"first"`
	Last  uint32 `json:"last"`
}

// SeriesPlan is a series of the book.
type SeriesPlan struct {
	Open    documents.OpenRequest `json:"open"` // at the number after the last one
	Last    uint32                `json:"last"` // the last number of the book
	Rows    int                   `json:"rows"` // how many of its rows are kept
	Missing []Gap                 `json:"missing,omitempty"`
}

// Plan is what an import would do: every document of the book is kept or has a
// [Remark] of severity vanphong.Fault that says why it is not. Headings among the
// rows, of columns, sections and months, and the lines that a register has for
// numbers without a document are no documents: notes say which rows they are. A plan is made
// without a store and changes nothing; [Plan.Run] carries it out.
type Plan struct {
	Book    Book
	Read    int          // rows of the file, headings and empty ones too
	Rows    []Row        // kept, in the order of the file
	Series  []SeriesPlan // by name
	Remarks []Remark     // by row; those about the book first
	Columns map[Column]string
	// Unread counts the rows whose number or series could not be read: the
	// series may have gone on to a number that the plan does not know.
	Unread int
}

// Faults counts the rows that are not kept.
func (p *Plan) Faults() int {
	rows := map[int]bool{}
	for _, r := range p.Remarks {
		if r.Severity == vanphong.Fault {
			rows[r.Row] = true
		}
	}
	return len(rows)
}

// maxRemarks bounds what a plan tells: a file read with the wrong columns has
// three faults a row, and nobody reads beyond the first thousands.
const maxRemarks = 4 * MaxRows

// NewPlan reads an old register and says what would become of each row. The
// rows come from [ReadCSV], from adapters/xlsx, or from anywhere; the first
// row that has the heading of a number and of another column is the heading,
// and what stands above it is not read. An error of rows, a book without a
// heading in its first 30 rows, and a Book that is not complete are errors;
// everything else is a remark.
//
// A row in an old encoding is converted. A row of which nobody can tell in
// which letters it is written, not even by the rows before and after it, is
// not kept: it is never garbled.
//
// opt may be nil.
func NewPlan(book Book, rows iter.Seq2[[]string, error], opt *Options) (*Plan, error) {
	r, err := newReader(book, opt)
	if err != nil {
		return nil, err
	}
	all, err := collect(rows, r.opt.Progress)
	if err != nil {
		return nil, err
	}
	p := &Plan{Book: r.book, Read: len(all)}
	// Letters first: headings are in the old encoding as well.
	uncertain, remarks := decodeAll(all, r.opt.Encoding)
	r.remarks = append(r.remarks, remarks...)
	start, err := r.heading(all)
	if err != nil {
		return nil, err
	}
	p.Columns = map[Column]string{}
	for c := range r.at.at {
		p.Columns[c] = r.at.name(c)
	}
	b := builder{plan: p, reader: r, first: map[place]*line{}, series: map[documents.SeriesKey]*progress{}}
	// Row by row in the order of the file, since order is one of the things that are told.
	for i := start; i < len(all); i++ {
		if r.opt.Progress != nil && i%1000 == 0 {
			r.opt.Progress(i)
		}
		switch cells := all[i]; {
		case uncertain[i]:
			// No cell is shown: it would be shown garbled, and may be secret.
			r.remarks = append(r.remarks, rowRemark(vanphong.Fault, RuleEncoding, i+1, "", "", "bảng mã của dòng này, ghi trong Encoding"))
			p.Unread++
		case blank(cells) || counted(cells):
		case r.repeated(cells):
			b.between.repeated = withRow(b.between.repeated, i+1)
		default:
			b.take(i+1, cells)
		}
		if len(r.remarks) > maxRemarks {
			return nil, vanphong.NewInputError("rows", strconv.Itoa(i+1), "a book with fewer faults; are the columns right?", vanphong.ErrOutOfRange)
		}
	}
	b.settle(nil)
	b.tell()
	b.finish()
	if err := b.checkLast(); err != nil {
		return nil, err
	}
	if r.opt.Progress != nil {
		r.opt.Progress(len(all))
	}
	return p, nil
}

// take takes a row: a heading, numbers without a document, or a line of the book.
func (b *builder) take(row int, cells []string) {
	r := b.reader
	if heading := r.section(cells); heading != "" {
		b.enter(row, heading)
		return
	}
	if gap, ok := r.lineless(cells); ok {
		b.hold(row, gap)
		return
	}
	l, ok := line{row: row}, false
	switch {
	case r.waiting(cells):
		r.number(&l, cells)
		b.seen(&l)
	case withheld(cells):
		r.withhold(&l, cells)
		b.seen(&l)
	default:
		if l, ok = r.read(row, cells); ok {
			b.settle(&l)
			b.between.prev = &l
		}
		b.add(l, ok)
	}
}

// newReader checks a book and its options.
func newReader(book Book, opt *Options) (*reader, error) {
	r := &reader{book: book}
	if opt != nil {
		r.opt = *opt
	}
	// What is left out is what most offices have: one organ, the default policy.
	if r.book.Organ == "" {
		r.book.Organ = r.book.Org
	}
	if r.book.Policy.Version == "" {
		r.book.Policy = documents.PartyPerSymbol()
	}
	r.policy = r.book.Policy
	if err := vanphong.CheckID("org", r.book.Org); err != nil {
		return nil, err
	}
	if err := r.policy.Check(); err != nil {
		return nil, err
	}
	if r.book.Issuer == "" {
		return nil, vanphong.NewInputError("issuer", "", "the organ code in the numbers", nil)
	}
	if r.book.Basis == "" {
		return nil, vanphong.NewInputError("basis", "", "what the book is: its volume and the day it was closed", nil)
	}
	if r.book.Days.First == 0 || !r.book.Days.Valid() {
		return nil, vanphong.NewInputError("days", r.book.Days.String(), "the days of the term or year", nil)
	}
	if c := r.opt.Century; c != 0 && c != 1900 && c != 2000 {
		return nil, vanphong.NewInputError("century", strconv.Itoa(c), "1900 or 2000", nil)
	}
	for name, last := range r.book.Last {
		if last >= documents.MaxSerial {
			return nil, vanphong.NewInputError("last", name, "a number below "+strconv.Itoa(documents.MaxSerial), vanphong.ErrOutOfRange)
		}
	}
	// The caller's headings are compared as the known ones are.
	own := map[string]Column{}
	for heading, c := range r.opt.Headings {
		own[headerKey(heading)] = c
	}
	r.opt.Headings = own
	return r, nil
}

// collect takes the rows into memory: what a row says depends on rows behind it.
func collect(rows iter.Seq2[[]string, error], progress func(int)) ([][]string, error) {
	var all [][]string
	size := 0
	for cells, err := range rows {
		if err != nil {
			return nil, err
		}
		for _, c := range cells {
			size += len(c)
		}
		if err := vanphong.CheckCount("bytes", size, MaxBook); err != nil {
			return nil, err
		}
		if err := vanphong.CheckCount("rows", len(all)+1, MaxRows); err != nil {
			return nil, err
		}
		if err := vanphong.CheckCount("cells", len(cells), MaxCells); err != nil {
			return nil, err
		}
		// A source may use one slice for all its rows, as iterators of bufio do.
		all = append(all, slices.Clone(cells))
		if progress != nil && len(all)%10_000 == 0 {
			progress(len(all))
		}
	}
	return all, nil
}

// headingWithin is how far down a heading is looked for: titles stand above it.
const headingWithin = 30

// heading finds out what the columns hold and returns the first row behind.
func (r *reader) heading(all [][]string) (int, error) {
	if r.opt.Columns != nil {
		r.at = layout{at: map[Column]int{}}
		for i, c := range r.opt.Columns {
			if _, taken := r.at.at[c]; c != ColumnNone && !taken {
				r.at.at[c] = i
			}
		}
		if _, ok := r.at.at[ColumnNumber]; !ok {
			return 0, vanphong.NewInputError("columns", "", "a column for the number", nil)
		}
		return min(max(r.opt.Skip, 0), len(all)), nil
	}
	// Above the heading stand the names of the organ and of the book, on several rows.
	for i, cells := range all[:min(len(all), headingWithin)] {
		if at, ok := layoutOf(cells, r.opt.Headings); ok {
			r.at = at
			if len(at.none) > 0 {
				r.remarks = append(r.remarks, bookRemark(vanphong.Note, RuleHeading, strings.Join(at.none, ", ")))
			}
			return i + 1, nil
		}
	}
	return 0, vanphong.NewInputError("heading", "", fmt.Sprintf("a row with the headings of the number and of the day among the first %d; or name the columns", headingWithin), vanphong.ErrNotFound)
}

// blank reports whether a row has nothing in it.
func blank(cells []string) bool {
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}

// counted reports whether a row only counts the columns, as forms do below
// their heading: (1) (2) (3).
func counted(cells []string) bool {
	n := 0
	for _, c := range cells {
		c = strings.Trim(strings.TrimSpace(c), "()")
		if c == "" {
			continue
		}
		if n++; c != strconv.Itoa(n) {
			return false
		}
	}
	return n > 2
}

// place is a number within a series: what two documents cannot share.
type place struct {
	key    documents.SeriesKey
	serial uint32
	suffix string
}

// progress is a series while its rows come in.
type progress struct {
	last    uint32 // highest number seen, of rows that are not kept too
	rows    int
	serials map[uint32]bool
	before  *line // the row before, for the order
}

// builder puts the rows together.
type builder struct {
	plan   *Plan
	reader *reader
	first  map[place]*line
	series map[documents.SeriesKey]*progress
	between
}

func (b *builder) of(key documents.SeriesKey) *progress {
	s := b.series[key]
	if s == nil {
		s = &progress{serials: map[uint32]bool{}}
		b.series[key] = s
	}
	return s
}

// add takes one row that was read.
func (b *builder) add(l line, ok bool) {
	if !ok {
		b.seen(&l)
		return
	}
	r := b.reader
	// 15a and 15A are one number to everybody who reads them.
	at := place{l.key, l.number.Serial, strings.ToLower(l.number.Suffix)}
	printed := l.number.String()
	if !l.full {
		printed = strconv.Itoa(int(l.number.Serial)) + l.number.Suffix
	}
	// The first row stays: the second is what somebody typed later, and neither is right by
	// being later.
	if other := b.first[at]; other != nil {
		if other.Content == l.Content && other.void == l.void && other.number.Suffix == l.number.Suffix {
			r.note(RuleTwice, &l, ColumnNumber, printed, strconv.Itoa(other.row))
		} else {
			r.fault(RuleDuplicate, &l, ColumnNumber, printed, strconv.Itoa(other.row))
		}
		return
	}
	b.first[at] = &l
	s := b.of(l.key)
	if before := s.before; before != nil {
		if l.number.Serial < before.number.Serial {
			r.note(RuleOrder, &l, ColumnNumber, printed, strconv.Itoa(before.row))
		} else if l.Day != 0 && l.Day < before.Day {
			r.note(RuleOrder, &l, ColumnDay, vanphong.FormatDate(l.Day), strconv.Itoa(before.row))
		}
	}
	// The line of a void number may have no day; the row after it is held against the
	// row before it.
	if l.Day != 0 {
		s.before = &l
	}
	s.rows++
	s.last = max(s.last, l.number.Serial)
	s.serials[l.number.Serial] = true
	req := documents.LateRequest{
		ID:     EntryID(l.key, l.number.Serial, l.number.Suffix),
		Series: l.key.ID(), Serial: l.number.Serial, Suffix: l.number.Suffix,
		Void: l.void, Reason: r.book.Basis, Content: l.Content,
	}
	if l.full {
		req.Number = l.number
	}
	b.plan.Rows = append(b.plan.Rows, Row{l.row, l.key.Name, req})
}

// EntryID returns the id under which a number of an old book is registered: the
// same for every run, so that running an import again changes nothing. The case of the
// suffix does not count.
func EntryID(key documents.SeriesKey, serial uint32, suffix string) documents.EntryID {
	return documents.EntryID(vanphong.Derive("book", string(key.Organ), key.Scope, key.Name, strconv.FormatUint(uint64(serial), 10), strings.ToLower(suffix)))
}

// seen notes the number of a row that is not kept in every series that it may
// belong to: otherwise the series would be opened at a number that is on paper
// already.
func (b *builder) seen(l *line) {
	r := b.reader
	// Of a row that is not kept the kind may be unknown; then its number counts in every
	// series that its symbol can belong to. A number too many is a gap that is told, a
	// number too few is given twice.
	kinds := []documents.Kind{l.Kind}
	if l.Kind == "" {
		kinds = r.kindsOf(l.number.Code)
	}
	day := *l
	if !r.book.Days.Contains(day.Day) {
		day.Day = r.book.Days.First
	}
	found := false
	for _, k := range kinds {
		if k == "" || l.number.Serial == 0 {
			continue
		}
		if key, err := r.policy.Key(r.drawing(&day, k)); err == nil {
			s := b.of(key)
			s.last = max(s.last, l.number.Serial)
			s.serials[l.number.Serial] = true
			found = true
		}
	}
	if !found {
		b.plan.Unread++
	}
}

// finish settles the series and puts the remarks in order.
func (b *builder) finish() {
	r, p := b.reader, b.plan
	for _, key := range slices.SortedFunc(maps.Keys(b.series), func(x, y documents.SeriesKey) int {
		return cmp.Or(cmp.Compare(x.Scope, y.Scope), cmp.Compare(x.Name, y.Name))
	}) {
		s := b.series[key]
		// Paper wins over the file where it goes further, and the file over what was said.
		told, _ := r.book.lastOf(key)
		last := max(s.last, told)
		if s.rows == 0 && last == 0 {
			continue
		}
		plan := SeriesPlan{Last: last, Rows: s.rows, Missing: missing(s.serials, last), Open: documents.OpenRequest{
			Key: key, Issuer: r.book.Issuer, Days: r.daysOf(key), First: last + 1, Basis: r.book.Basis, Policy: r.policy.Version}}
		if len(plan.Missing) > 0 {
			r.remarks = append(r.remarks, bookRemark(vanphong.Warning, RuleMissing, key.Name+" "+key.Scope, strconv.Itoa(int(last)), runs(plan.Missing)))
		}
		p.Series = append(p.Series, plan)
	}
	slices.SortStableFunc(r.remarks, func(x, y Remark) int { return x.Row - y.Row })
	p.Remarks = r.remarks
}

// lastOf returns the last number that the book was said to have of a series.
func (b Book) lastOf(key documents.SeriesKey) (uint32, bool) {
	if n, ok := b.Last[key.Scope+"/"+key.Name]; ok {
		return n, true
	}
	n, ok := b.Last[key.Name]
	return n, ok
}

// checkLast refuses a last number for a series of which the file has no row: nothing
// would be opened by it, and a name mistyped ("QD") would have a series opened among
// numbers that are on paper. One that would be of several years is refused as well.
func (b *builder) checkLast() error {
	for _, name := range slices.Sorted(maps.Keys(b.reader.book.Last)) {
		var of []string
		for _, s := range b.plan.Series {
			if key := s.Open.Key; name == key.Name || name == key.Scope+"/"+key.Name {
				of = append(of, key.Scope+"/"+key.Name)
			}
		}
		switch {
		case len(of) == 0:
			return vanphong.NewInputError("last", name, "the name of a series that the file has rows of; open others by themselves, behind their last number", vanphong.ErrNotFound)
		case len(of) > 1:
			return vanphong.NewInputError("last", name, "one series: "+strings.Join(of, " or "), nil)
		}
	}
	return nil
}

// daysOf returns the days of a series: those of the book, of a yearly series the
// days of its year.
func (r *reader) daysOf(key documents.SeriesKey) vanphong.Days {
	if r.policy.Scope != documents.ScopeYear {
		return r.book.Days
	}
	year, err := strconv.Atoi(key.Scope)
	if err != nil {
		return r.book.Days
	}
	return vanphong.YearDays(year)
}

// missing returns the runs of numbers from 1 to last that a book does not have.
func missing(have map[uint32]bool, last uint32) []Gap {
	var out []Gap
	next := uint32(1)
	for _, n := range slices.Sorted(maps.Keys(have)) {
		if n > next {
			out = append(out, Gap{next, n - 1})
		}
		next = n + 1
	}
	if next <= last {
		out = append(out, Gap{next, last})
	}
	return out
}

// runs writes runs of numbers, "5, 7–12"; a long list is cut and says so.
func runs(list []Gap) string {
	var parts []string
	for i, r := range list {
		if i == 20 {
			return strings.Join(parts, ", ") + fmt.Sprintf(" … (%d đoạn)", len(list))
		}
		if r.First == r.Last {
			parts = append(parts, strconv.Itoa(int(r.First)))
		} else {
			parts = append(parts, fmt.Sprintf("%d–%d", r.First, r.Last))
		}
	}
	return strings.Join(parts, ", ")
}
