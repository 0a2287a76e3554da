// Command vp answers questions about numbers, days and figures for scripts
// and for programs not written in Go: one JSON object a line on stdout.
//
//	vp number [-lenient] TEXT…      read số, ký hiệu; strict unless -lenient
//	vp cite                         text on stdin, the documents it cites out
//	vp lunar DATE…                  the lunar date of a day
//	vp solar DAY MONTH YEAR [-leap] the day of a lunar date
//	vp tet YEAR…                    the first day of a lunar year
//	vp days FROM TO                 the days that are not ordinary, both ends included
//	vp deadline -from DATE -days N [-count working|calendar] [-calendar FILE]
//	vp conflicts [-gap MINUTES]     entries on stdin, conflicts out
//	vp narrate                      figures on stdin, their sentence out
//
// Only the flags listed are flags; they may stand anywhere. Every other
// argument is an input, an empty one or one that begins with a hyphen too, and
// gets its line. With no TEXT, DATE or YEAR given, one a line is read from
// stdin (LF or CRLF). What cannot be read is answered on stdout with
// "ok":false and the exit code is then 2 at the end; misuse (an unknown
// command, a flag without its value) is told on stderr, with exit code 2 too.
// The output is a contract: keys are added at the end, never renamed.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/vanphong-go/vanphong/documents"
)

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

// exit codes
//
// Two is for both kinds of trouble, since a script asks first whether
// everything was answered.
const (
	exitOK  = 0
	exitBad = 2
)

// command answers the inputs of one call. An error it returns is misuse; what
// could not be read it has answered itself with out.refuse.
type command struct {
	flags []string // those that take no value
	value []string // those that take one
	run   func(call, *output) error
}

var commands = map[string]command{
	"number":    {flags: []string{"-lenient"}, run: number},
	"cite":      {run: cite},
	"lunar":     {run: lunar},
	"solar":     {flags: []string{"-leap"}, run: solar},
	"tet":       {run: tet},
	"days":      {run: days},
	"deadline":  {value: []string{"-from", "-days", "-count", "-calendar"}, run: deadline},
	"conflicts": {value: []string{"-gap"}, run: conflicts},
	"narrate":   {run: narrate},
}

// call is a command line taken apart.
//
// Flags may stand anywhere, unlike those of package flag, because inputs may
// begin with a hyphen and need no "--" here.
type call struct {
	inputs []string
	set    map[string]string // flags given; "" for one without a value
	stdin  io.Reader
}

func (c call) has(flag string) bool { _, ok := c.set[flag]; return ok }

func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	name, c, err := understand(args)
	if err != nil {
		return misuse(stderr, err)
	}
	cmd := commands[name]
	c.stdin = stdin
	w := bufio.NewWriter(stdout)
	out := &output{enc: json.NewEncoder(w)}
	// Output goes to pipes and files, not into HTML pages.
	out.enc.SetEscapeHTML(false) // KH&CN stays readable
	err = cmd.run(c, out)
	// A full disk or a closed pipe shows only when the buffer is written.
	if flush := w.Flush(); flush != nil && out.err == nil {
		out.err = flush
	}
	switch {
	case err != nil:
		return misuse(stderr, fmt.Errorf("%s: %w", name, err))
	case out.err != nil:
		return misuse(stderr, fmt.Errorf("%s: writing: %w", name, out.err))
	case out.bad:
		return exitBad
	}
	return exitOK
}

// understand finds the command: the first argument, or the first after flags
// of that command, which may stand anywhere.
func understand(args []string) (name string, c call, err error) {
	for i, a := range args {
		cmd, ok := commands[a]
		if !ok {
			continue
		}
		if before, err := parse(cmd, args[:i]); err != nil || len(before.inputs) > 0 {
			continue
		}
		c, err = parse(cmd, append(slices.Clone(args[:i]), args[i+1:]...))
		if err != nil {
			err = fmt.Errorf("%s: %w", a, err)
		}
		return a, c, err
	}
	if len(args) == 0 {
		return "", c, errors.New("no command")
	}
	return "", c, fmt.Errorf("unknown command %q", args[0])
}

func misuse(w io.Writer, err error) int {
	// Nothing is left to tell if stderr itself is closed.
	_, _ = fmt.Fprintf(w, "vp: %v\n%s", err, usage)
	return exitBad
}

const usage = `usage:
  vp number [-lenient] TEXT…
  vp cite < text
  vp lunar DATE…
  vp solar DAY MONTH YEAR [-leap]
  vp tet YEAR…
  vp days FROM TO
  vp deadline -from DATE -days N [-count working|calendar] [-calendar FILE]
  vp conflicts [-gap MINUTES] < entries, one JSON object a line
  vp narrate < figures, one JSON object a line
`

// A flag given twice counts as given last.
func parse(cmd command, args []string) (call, error) {
	c := call{set: map[string]string{}}
	for i := 0; i < len(args); i++ {
		a := args[i]
		switch {
		case slices.Contains(cmd.flags, a):
			c.set[a] = ""
		case slices.Contains(cmd.value, a):
			if i+1 == len(args) {
				return c, fmt.Errorf("%s needs a value", a)
			}
			i++
			c.set[a] = args[i]
		default:
			c.inputs = append(c.inputs, a)
		}
	}
	return c, nil
}

// output writes one JSON object a line and remembers whether anything was
// refused.
type output struct {
	enc     *json.Encoder
	bad     bool
	offsets bool // refusals carry an offset
	err     error
}

func (o *output) put(v any) {
	if o.err == nil {
		o.err = o.enc.Encode(v)
	}
}

// refusal answers what could not be read.
//
// The input comes back as it was, so that a caller can match answers to
// questions by their text as well as by their order.
type refusal struct {
	Input string `json:"input"`
	OK    bool   `json:"ok"`
	Error string `json:"error"`
}

func (o *output) refuse(input string, err error) {
	o.bad = true
	r := refusal{Input: input, Error: err.Error()}
	if !o.offsets {
		o.put(r)
		return
	}
	// A number's refusal says at which byte.
	//
	// Scripts mark the place under the text.
	line := numberRefusal{refusal: r, Readings: []string{}}
	var ne *documents.NumberError
	if errors.As(err, &ne) {
		line.Offset = ne.Offset
		for _, n := range ne.Readings {
			line.Readings = append(line.Readings, n.String())
		}
	}
	o.put(line)
}

// maxLine bounds a line of stdin: no number, date or entry is longer.
const maxLine = 1 << 20

var errLong = fmt.Errorf("line longer than %d bytes", maxLine)

// each calls answer with every input: the arguments or, without any, the lines
// of stdin. A line that is too long is refused and the next is read.
func (c call) each(out *output, answer func(string)) error {
	if len(c.inputs) > 0 {
		for _, in := range c.inputs {
			answer(in)
		}
		return nil
	}
	return c.lines(out, answer)
}

// lines calls answer with every line of stdin, without its line end.
func (c call) lines(out *output, answer func(string)) error {
	r := bufio.NewReaderSize(c.stdin, 64<<10)
	var line []byte
	long := false
	for {
		part, err := r.ReadSlice('\n')
		// Kept: the first bytes, to tell which line it was. The rest is read
		// and dropped, so that memory stays bounded.
		if len(line)+len(part) > maxLine {
			long = true
			line = append(line, part[:min(len(part), 40)]...)[:40]
		} else if !long {
			line = append(line, part...)
		}
		// Half a line: its end is still to come.
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if err != nil && err != io.EOF {
			return fmt.Errorf("reading stdin: %w", err)
		}
		// The last line may lack its line end; a file that ends with one has
		// no empty line after it.
		if err == io.EOF && len(line) == 0 {
			return nil
		}
		if long {
			out.refuse(strings.ToValidUTF8(string(line), "")+"…", errLong)
		} else {
			text := strings.TrimSuffix(string(line), "\n")
			answer(strings.TrimSuffix(text, "\r"))
		}
		if err == io.EOF {
			return nil
		}
		line, long = line[:0], false
	}
}
