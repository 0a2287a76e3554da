package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/adapters/sqlite"
	"github.com/vanphong-go/vanphong/adapters/xlsx"
	"github.com/vanphong-go/vanphong/documents"
	"github.com/vanphong-go/vanphong/documents/books"
)

// The commands of the register clerk (văn thư): an old register taken in, the
// books written out, closed on paper, and the paper compared with the file
// years later.
//
//	go run ./examples/office import -db so.db [FILE.csv|FILE.xlsx]
//	go run ./examples/office export -db so.db -o so.xlsx
//	go run ./examples/office close  -db so.db
//	go run ./examples/office close  -db so.db -final -reason "hết nhiệm kỳ" > khoa-so.txt
//	go run ./examples/office check  -db so.db khoa-so.txt
var clerkCommands = map[string]func(context.Context, *clerkOptions, streams) error{
	"import": importBook,
	"export": exportBooks,
	"close":  closeBooks,
	"check":  checkClosing,
}

// streams are where a command writes; tests give their own.
type streams struct {
	out, err io.Writer
}

// clerkOptions are the flags of all four; each command has those it needs.
type clerkOptions struct {
	db, org, scope, issuer, from string
	basis, kind                  string
	dry, partial                 bool
	output                       string
	last                         map[string]uint32
	at, reason                   string
	final                        bool
	files                        []string
}

// clerk runs one of the commands and returns the exit code, as run does.
func runClerk(ctx context.Context, name string, args []string, s streams) int {
	opt, err := clerkFlags(name, args, s.err)
	if errors.Is(err, flag.ErrHelp) {
		return 0
	}
	if err != nil {
		fmt.Fprintf(s.err, "office %s: %v\n", name, err)
		return 2
	}
	if err := clerkCommands[name](ctx, opt, s); err != nil {
		fmt.Fprintf(s.err, "office %s: %v\n", name, err)
		return 1
	}
	return 0
}

func clerkFlags(name string, args []string, stderr io.Writer) (*clerkOptions, error) {
	opt := &clerkOptions{}
	f := flag.NewFlagSet("office "+name, flag.ContinueOnError)
	f.SetOutput(stderr)
	f.StringVar(&opt.db, "db", "so.db", "database file")
	// Of whom and of which term a filed closing is stands on it.
	if name != "check" {
		f.StringVar(&opt.org, "org", "tinh-uy", "id of the organisation whose books these are")
		f.StringVar(&opt.scope, "scope", "nk-2025-2030", "id of the term")
	}
	switch name {
	case "import":
		f.StringVar(&opt.issuer, "issuer", "TU", "organ code in the numbers")
		f.StringVar(&opt.from, "from", "2025-09-24", "first day of the term")
		f.StringVar(&opt.basis, "basis", "", "what the old book is, for the opening of its series: its volume and the day it was closed (required with FILE)")
		f.Func("last", "last number on paper of a series that the file does not show, as QĐ=130; of one year, 2024/QĐ=130; may be repeated", opt.addLast)
		f.StringVar(&opt.kind, "kind", "", "code of the kind of rows that name none: cong-van")
		f.BoolVar(&opt.dry, "dry-run", false, "only say what would be done")
		f.BoolVar(&opt.partial, "partial", false, "take the good rows of a file that has bad ones")
	case "export":
		f.StringVar(&opt.output, "o", "", "file to write, .csv or .xlsx (required)")
	case "close":
		f.StringVar(&opt.at, "at", "", "instant that the paper bears, as 2026-11-22T08:00:00+07:00 (default: now)")
		f.BoolVar(&opt.final, "final", false, "close the books for good; without it a draft is printed and nothing is closed")
		f.StringVar(&opt.reason, "reason", "", "why the books are closed (required with -final)")
	}
	if err := f.Parse(args); err != nil {
		return nil, err
	}
	opt.files = f.Args()
	if err := opt.checkArgs(name); err != nil {
		return nil, err
	}
	if name == "import" && len(opt.files) == 0 && opt.basis == "" {
		opt.basis = "tiếp theo sổ cũ" // the bundled book
	}
	return opt, nil
}

// addLast reads the last numbers of series: "QĐ=130", or several with commas between.
func (opt *clerkOptions) addLast(text string) error {
	for part := range strings.SplitSeq(text, ",") {
		name, number, _ := strings.Cut(strings.TrimSpace(part), "=")
		n, err := strconv.ParseUint(number, 10, 32)
		if err != nil || name == "" {
			return fmt.Errorf("%q: want a series and its last number, as QĐ=130", part)
		}
		name = vanphong.NFC(name)
		if _, told := opt.last[name]; told {
			return fmt.Errorf("%q: the series was named before", part)
		}
		if opt.last == nil {
			opt.last = map[string]uint32{}
		}
		opt.last[name] = uint32(n)
	}
	return nil
}

func (opt *clerkOptions) checkArgs(name string) error {
	want := map[string]int{"check": 1}[name]
	switch {
	case name == "import" && len(opt.files) > 1, name != "import" && len(opt.files) != want:
		return fmt.Errorf("%d files given, want %d", len(opt.files), max(want, 1))
	// It stands in the register for good: a word that fits every book says of none what it is.
	case name == "import" && len(opt.files) == 1 && strings.TrimSpace(opt.basis) == "":
		return errors.New("-basis: say what the old book is, as “sổ giấy quyển 2, chốt ngày 30/6/2025”")
	case name == "close" && opt.final && strings.TrimSpace(opt.reason) == "":
		return errors.New("-reason: say why the books are closed")
	case name == "close" && !opt.final && opt.reason != "":
		return errors.New("-reason is of a closing for good: add -final")
	case name == "export" && filepath.Ext(opt.output) != ".csv" && filepath.Ext(opt.output) != ".xlsx":
		return fmt.Errorf("-o %q: want a file that ends in .csv or .xlsx", opt.output)
	}
	return nil
}

// withBooks opens a file that is there: with a name mistyped the commands that read
// would make an empty one and report that all books are gone.
func (opt *clerkOptions) withBooks(ctx context.Context, fn func(*sqlite.Store) error) error {
	if _, err := os.Stat(opt.db); err != nil {
		return fmt.Errorf("-db: %w", err)
	}
	return opt.withStore(ctx, fn)
}

// withStore opens the file for one command. Closing may fail too, as on a full
// disk.
func (opt *clerkOptions) withStore(ctx context.Context, fn func(*sqlite.Store) error) (err error) {
	store, err := sqlite.Open(ctx, opt.db, nil)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	return fn(store)
}

// stamp is who does it; this example has one clerk.
func (opt *clerkOptions) stamp() vanphong.Stamp {
	return vanphong.Stamp{By: vanphong.Actor{ID: clerk}, At: time.Now()}
}

// importBook takes an old register in: a plan first, then all of it or
// nothing.
func importBook(ctx context.Context, opt *clerkOptions, s streams) error {
	rows, name, done, err := opt.openRows()
	if err != nil {
		return err
	}
	defer done()
	from, err := vanphong.ParseDate(opt.from)
	if err != nil {
		return fmt.Errorf("-from: %w", err)
	}
	plan, err := books.NewPlan(books.Book{
		Org: vanphong.OrgID(opt.org), Scope: vanphong.TermID(opt.scope), Issuer: opt.issuer,
		Days: vanphong.Days{First: from}, Basis: opt.basis, Last: opt.last,
	}, rows, &books.Options{Kind: documents.Kind(opt.kind), Until: vanphong.DateOf(opt.stamp().At), Progress: func(n int) { fmt.Fprintf(s.err, "đã đọc %d dòng\n", n) }})
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	showPlan(s.out, plan)
	if opt.dry {
		return nil
	}
	return opt.withStore(ctx, func(store *sqlite.Store) error {
		done, err := plan.Run(ctx, store.Documents(), opt.stamp(), &books.RunOptions{Partial: opt.partial,
			Progress: func(n, total int) { fmt.Fprintf(s.err, "đã vào sổ %d/%d dòng\n", n, total) }})
		showRemarks(s.out, done.Remarks)
		if in := (*vanphong.InputError)(nil); errors.As(err, &in) && in.Field == "last" {
			return fmt.Errorf("%s: chưa nhập gì cả; có dòng không đọc được số, nên cần số cuối trên sổ giấy: thêm -last %s=SỐ: %w", name, in.Value, err)
		}
		if err != nil {
			return fmt.Errorf("%s: chưa nhập gì cả; sửa các dòng nêu trên rồi chạy lại, hoặc thêm -partial: %w", name, err)
		}
		fmt.Fprintf(s.out, "Đã vào sổ %d dòng, %d dòng đã có từ trước.\n", done.Added, done.Known)
		for _, sr := range done.Series {
			fmt.Fprintf(s.out, "Dãy %s: số tiếp theo là %02d.\n", sr.Key.Name, sr.Next)
		}
		return nil
	})
}

// openRows returns the rows of the file, or of the bundled book, and what closes it.
// Nothing is read yet: both readers bound what they take, a workbook before its first
// byte.
func (opt *clerkOptions) openRows() (rows iter.Seq2[[]string, error], name string, done func(), err error) {
	if len(opt.files) == 0 {
		text, err := bundled.ReadFile("data/so-cu.csv")
		return books.ReadCSV(bytes.NewReader(text), nil), "so-cu.csv", func() {}, err
	}
	name = opt.files[0]
	f, err := os.Open(name)
	if err != nil {
		return nil, name, nil, err
	}
	done = func() { _ = f.Close() } // it was only read
	if !strings.EqualFold(filepath.Ext(name), ".xlsx") {
		return books.ReadCSV(f, nil), name, done, nil
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = fmt.Errorf("%s: want a file that lies on disk", name)
	}
	if err != nil {
		done()
		return nil, name, nil, err
	}
	return xlsx.Rows(f, info.Size(), nil), name, done, nil
}

// showPlan says what an import would do, series by series, and what is wrong.
func showPlan(w io.Writer, p *books.Plan) {
	fmt.Fprintf(w, "Sổ cũ: đọc %d dòng, dùng được %d, lỗi %d.\n", p.Read, len(p.Rows), p.Faults())
	for _, s := range p.Series {
		fmt.Fprintf(w, "Dãy %s: %d dòng, đến số %02d", s.Open.Key.Name, s.Rows, s.Last)
		for _, g := range s.Missing {
			fmt.Fprintf(w, "; sổ cũ không có số %s", gapText(g))
		}
		fmt.Fprintln(w, ".")
	}
	showRemarks(w, p.Remarks)
}

func gapText(g books.Gap) string {
	if g.First == g.Last {
		return fmt.Sprintf("%02d", g.First)
	}
	return fmt.Sprintf("%02d–%02d", g.First, g.Last)
}

// maxRemarks keeps a wrong file from filling the screen; the rest is counted.
const maxRemarks = 50

func showRemarks(w io.Writer, all []books.Remark) {
	sentences := books.Messages()
	for i, r := range all {
		if i == maxRemarks {
			fmt.Fprintf(w, "… và %d nhận xét nữa\n", len(all)-i)
			return
		}
		fmt.Fprintf(w, "- %s\n", sentences.Text(r.Finding))
	}
}

// exportBooks writes the books of the term in the State's columns: the Party's
// own were not found.
func exportBooks(ctx context.Context, opt *clerkOptions, s streams) error {
	return opt.withBooks(ctx, func(store *sqlite.Store) error {
		org := vanphong.OrgID(opt.org)
		// Written beside and renamed: a file that is half written is worse than
		// none.
		tmp := opt.output + ".part"
		n := 0
		err := store.Documents().View(ctx, org, func(v documents.Reader) error {
			all, err := booksOf(v, org, opt.scope)
			if err != nil {
				return err
			}
			layout := books.Outgoing()
			return writeRows(tmp, layout, layout.Rows(departures(v, all, &n), nil, screen))
		})
		if err == nil {
			err = os.Rename(tmp, opt.output)
		}
		if err != nil {
			return errors.Join(err, removeIfThere(tmp))
		}
		fmt.Fprintf(s.out, "Đã ghi %d dòng vào %s.\n", n, opt.output)
		return nil
	})
}

func removeIfThere(name string) error {
	if err := os.Remove(name); !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

// booksOf cuts the term's series into the books of a committee.
func booksOf(v documents.Reader, org vanphong.OrgID, scope string) ([]documents.Register, error) {
	var series []documents.Series
	for sr, err := range v.AllSeries() {
		if err != nil {
			return nil, err
		}
		if sr.Key.Organ == org && sr.Key.Scope == scope {
			series = append(series, sr)
		}
	}
	if len(series) == 0 {
		return nil, vanphong.NewInputError("scope", scope, "a term in which "+string(org)+" has series", vanphong.ErrNotFound)
	}
	return documents.CommitteeBooks(org, scope, series), nil
}

// departures walks the lines of all books, one after another.
func departures(v documents.Reader, all []documents.Register, n *int) iter.Seq2[books.Departure, error] {
	return func(yield func(books.Departure, error) bool) {
		for _, g := range all {
			for line, err := range g.Lines(v, nil, screen) {
				*n++
				if !yield(books.Departure{Line: line}, err) {
					return
				}
			}
		}
	}
}

// writeRows writes a layout's rows as the file's ending says.
func writeRows(name string, l books.Layout[books.Departure], rows iter.Seq2[[]string, error]) (err error) {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if strings.HasSuffix(name, ".xlsx.part") {
		return xlsx.Write(f, xlsx.Sheet{Name: l.Name, Header: l.Header(), Widths: l.Widths()}, rows)
	}
	return books.WriteCSV(f, l.Header(), rows, ',')
}

// closeBooks prints the closing of the term's books: to be signed and filed. Closing is
// for good, so it has to be asked for by name; without -final the paper is a draft.
func closeBooks(ctx context.Context, opt *clerkOptions, s streams) error {
	stamp := opt.stamp()
	at := stamp.At
	if opt.at != "" {
		var err error
		if at, err = time.Parse(time.RFC3339, opt.at); err != nil {
			return fmt.Errorf("-at: %w", err)
		}
	}
	return opt.withBooks(ctx, func(store *sqlite.Store) error {
		org := vanphong.OrgID(opt.org)
		registrar := documents.NewRegistrar(store.Documents(), nil)
		req := documents.ClosingRequest{Organ: org, Scope: opt.scope}
		if opt.final {
			// The ledger has the instant at which it was done, whatever the paper bears.
			if _, err := registrar.CloseBooks(ctx, org, req, opt.reason, stamp); err != nil {
				return err
			}
		}
		closing, err := registrar.Closing(ctx, org, req, at)
		if err != nil {
			return err
		}
		for _, f := range closing.Findings() {
			fmt.Fprintf(s.err, "- %s\n", documents.Messages().Text(f))
		}
		if opt.final {
			fmt.Fprintf(s.err, "Đã khóa %d dãy số, không mở lại được.\n", len(closing.Series))
		} else if slices.ContainsFunc(closing.Series, func(c documents.SeriesClosing) bool { return !c.Closed }) {
			fmt.Fprintln(s.err, "Đây là bản nháp: sổ chưa khóa và vẫn lấy số tiếp. Khóa hẳn thì thêm -final và -reason.")
		}
		_, err = closing.WriteTo(s.out)
		return err
	})
}

// checkClosing compares a filed closing with the file.
func checkClosing(ctx context.Context, opt *clerkOptions, s streams) error {
	text, err := os.ReadFile(opt.files[0])
	if err != nil {
		return err
	}
	closing, err := documents.ReadClosing(bytes.NewReader(text))
	if err != nil {
		return fmt.Errorf("%s: %w", opt.files[0], err)
	}
	return opt.withBooks(ctx, func(store *sqlite.Store) error {
		findings, err := documents.NewRegistrar(store.Documents(), nil).CheckClosing(ctx, closing.Org, closing)
		if err != nil {
			return err
		}
		broken := false
		for _, f := range findings {
			fmt.Fprintf(s.out, "- %s\n", documents.Messages().Text(f))
			broken = broken || f.Severity == vanphong.Fault
		}
		if broken {
			return fmt.Errorf("%s: sổ không còn như trên giấy", opt.files[0])
		}
		fmt.Fprintf(s.out, "Khớp: %d dãy số vẫn như trên giấy lập lúc %s.\n", len(closing.Series), closing.At.In(vanphong.Hanoi).Format("15:04 02/01/2006"))
		return nil
	})
}
