package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/documents"
)

// A citation is a number and what the text says of it: the keys of number
// first, so that one reader of lines serves both commands.
type citeLine struct {
	numberLine
	Start      int           `json:"start"`
	End        int           `json:"end"`
	Text       string        `json:"text"`
	KindName   string        `json:"kind_name"`
	Date       vanphong.Date `json:"date"` // YYYY-MM-DD or ""
	IssuerName string        `json:"issuer_name"`
	Short      bool          `json:"short"`
	Kind       string        `json:"kind"`
	Relation   string        `json:"relation"`
}

// cite reads the text as it comes: its length is no matter, and any bytes are
// text.
func cite(c call, out *output) error {
	if len(c.inputs) > 0 {
		return errors.New("the text is read from stdin")
	}
	for x, err := range documents.ReadCitations(c.stdin, nil) {
		if err != nil {
			return fmt.Errorf("reading stdin: %w", err)
		}
		out.put(citeLineOf(x))
		if out.err != nil {
			return nil // nobody reads on; run tells it
		}
	}
	return nil
}

func citeLineOf(x documents.Citation) citeLine {
	// The line must be JSON whatever the text was; start and end still say
	// where it stands.
	text := strings.ToValidUTF8(x.Text, "\uFFFD")
	line := citeLine{numberLine: lineOf(text, x.Number, x.Folded()), Start: x.Start, End: x.End, Text: text,
		KindName: x.KindName, Date: x.Date, IssuerName: x.IssuerName, Short: x.Short, Kind: x.Kind.Name(), Relation: x.Relation.String()}
	if !x.Short {
		return line // the keys of number say what number -lenient says
	}
	// Half a number has no canonical form, and no code that tells its kinds.
	if x.Number.Check() != nil {
		line.Canonical = ""
	}
	if x.Kind != "" && len(line.Kinds) == 0 {
		line.Kinds = append(line.Kinds, x.Kind.Name())
	}
	return line
}
