// Command office plays the week of a Party committee's office on a database
// file, from registration to report:
//
//	go run ./examples/office
//
// It takes a weekly schedule, approves and publishes it; holds the meeting of
// the Ban Thường vụ that stands in it, with presence and decisions; writes the
// conclusion and issues it a number; gives out tasks and plays their progress;
// and replays the half-year that Thái Nguyên reported after the merger of
// 01/7/2025. Then it opens the file afresh and prints the follow-up board of a
// day, the report sentences and the reconciliation of every series, all
// computed from what is stored. A second run continues and doubles nothing.
//
// Flags:
//
//	-db FILE        database file (office.db)
//	-schedule FILE  weekly schedule as CSV; columns: see calendar.ReadScheduleCSV
//	-figures FILE   figures as CSV: scope,subject,value,round,report
//	-day DATE       day of the follow-up board (2026-11-20)
//	-reason TEXT    why a week that is published already is amended by -schedule
//	-skip-bad       leave out rows that cannot be read, and list them
//	-json           the same as one JSON document on stdout
//	-v              a line on stderr for every number given
//
// Progress and warnings go to stderr.
//
// Other commands are for the clerk who keeps the books, and for systems that
// are not written in Go (package bridge beside it); each has -help:
//
//	office import [FILE]    take an old register in, CSV or XLSX; a plan first with -dry-run
//	office export -o FILE   write the books of a term out, CSV or XLSX
//	office close            print the closing of a term's books; with -final close them
//	office check FILE       compare a printed closing with the database
//	office serve            the register over HTTP on loopback
package main

import (
	"context"
	"embed"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/vanphong-go/vanphong"
)

// Bundled, so that the example runs from any folder and needs nothing but Go.
//
//go:embed data/schedule.csv data/figures.csv data/so-cu.csv
var bundled embed.FS

type options struct {
	db, schedule, figures string
	reason                string
	day                   vanphong.Date
	skipBad, json, loud   bool
}

// Exit codes and streams are arguments of run, so that tests play it whole.
func main() {
	os.Exit(run(context.Background(), os.Args[1:], os.Stdout, os.Stderr))
}

// run returns the exit code: 0, 1 for a failure, 2 for misuse.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	if len(args) > 0 && args[0] == "serve" {
		return serve(ctx, args[1:], stderr)
	}
	if len(args) > 0 && clerkCommands[args[0]] != nil {
		return runClerk(ctx, args[0], args[1:], streams{stdout, stderr})
	}
	opt, err := parseFlags(args, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return 0
	}
	if err != nil {
		fmt.Fprintln(stderr, "office:", err)
		return 2
	}
	res, err := play(ctx, opt, stderr)
	if err == nil {
		err = show(stdout, res, opt.json)
	}
	if err != nil {
		fmt.Fprintln(stderr, "office:", err)
		return 1
	}
	return 0
}

// Unknown arguments are refused: a file name without its flag would otherwise
// be ignored.
func parseFlags(args []string, stderr io.Writer) (options, error) {
	var opt options
	var day string
	f := flag.NewFlagSet("office", flag.ContinueOnError)
	f.SetOutput(stderr)
	f.StringVar(&opt.db, "db", "office.db", "database file")
	f.StringVar(&opt.schedule, "schedule", "", "weekly schedule as CSV (default: a bundled one)")
	f.StringVar(&opt.figures, "figures", "", "figures as CSV (default: bundled, Thái Nguyên 01/7/2025 to year end)")
	f.StringVar(&day, "day", "2026-11-20", "day of the follow-up board")
	f.StringVar(&opt.reason, "reason", "", "why a week that is published already is amended by -schedule")
	f.BoolVar(&opt.skipBad, "skip-bad", false, "leave out rows that cannot be read, and list them")
	f.BoolVar(&opt.json, "json", false, "one JSON document on stdout")
	f.BoolVar(&opt.loud, "v", false, "a line on stderr for every number given")
	if err := f.Parse(args); err != nil {
		return opt, err
	}
	if f.NArg() > 0 {
		return opt, fmt.Errorf("unexpected argument %q", f.Arg(0))
	}
	var err error
	opt.day, err = vanphong.ParseDate(day)
	if err != nil {
		err = fmt.Errorf("-day: %w", err)
	}
	return opt, err
}

// input opens a file, or the bundled one if name is empty.
func input(name, instead string) (fs.File, string, error) {
	if name == "" {
		f, err := bundled.Open("data/" + instead)
		return f, instead, err
	}
	f, err := os.Open(name)
	return f, name, err
}

// Both forms show one result; neither computes anything.
func show(w io.Writer, res result, asJSON bool) error {
	if asJSON {
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		return enc.Encode(res)
	}
	return res.print(w)
}
