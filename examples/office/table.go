package main

import (
	"io"
	"strings"
	"unicode/utf8"
)

// table prints rows in aligned columns, as offices print their schedules. A
// cell longer than its column is wrapped at spaces. Widths count letters: the
// texts are NFC, so a letter with its marks is one.
//
// Letters of East Asian width do not occur here, so a letter is a column.
type table struct {
	heads  []string
	widths []int // most letters of a column; 0: as wide as its widest cell
	rows   [][]string
	rules  map[int]bool // rows with a line above
}

func (t *table) add(cells ...string) { t.rows = append(t.rows, cells) }

// rule draws a line above the next row.
func (t *table) rule() {
	if t.rules == nil {
		t.rules = map[int]bool{}
	}
	t.rules[len(t.rows)] = true
}

func (t *table) print(w io.Writer) error {
	width := make([]int, len(t.heads))
	for i, h := range t.heads {
		width[i] = utf8.RuneCountInString(h)
		for _, r := range t.rows {
			width[i] = max(width[i], utf8.RuneCountInString(r[i]))
		}
		// A limit narrows a column and never widens it.
		if limit := t.widths[i]; limit > 0 {
			width[i] = min(width[i], limit)
		}
	}
	var b strings.Builder
	line(&b, width, "┌", "┬", "┐")
	cells(&b, width, t.heads)
	line(&b, width, "├", "┼", "┤")
	for i, r := range t.rows {
		if t.rules[i] && i > 0 {
			line(&b, width, "├", "┼", "┤")
		}
		cells(&b, width, r)
	}
	line(&b, width, "└", "┴", "┘")
	_, err := io.WriteString(w, b.String())
	return err
}

func line(b *strings.Builder, width []int, left, middle, right string) {
	for i, n := range width {
		if i == 0 {
			b.WriteString(left)
		} else {
			b.WriteString(middle)
		}
		b.WriteString(strings.Repeat("─", n+2))
	}
	b.WriteString(right + "\n")
}

// A row is as high as its highest cell.
func cells(b *strings.Builder, width []int, row []string) {
	wrapped := make([][]string, len(row))
	height := 1
	for i, c := range row {
		wrapped[i] = wrap(c, width[i])
		height = max(height, len(wrapped[i]))
	}
	for n := range height {
		for i := range row {
			text := ""
			if n < len(wrapped[i]) {
				text = wrapped[i][n]
			}
			b.WriteString("│ " + text + strings.Repeat(" ", width[i]-utf8.RuneCountInString(text)+1))
		}
		b.WriteString("│\n")
	}
}

// wrap breaks a text at spaces into lines of at most n letters; a longer word
// is cut.
func wrap(s string, n int) []string {
	var out []string
	cur := ""
	for word := range strings.FieldsSeq(s) {
		// A word longer than the column, as an address, would push the frame
		// out of line.
		for utf8.RuneCountInString(word) > n {
			r := []rune(word)
			if cur != "" {
				out, cur = append(out, cur), ""
			}
			out, word = append(out, string(r[:n])), string(r[n:])
		}
		switch {
		case cur == "":
			cur = word
		case utf8.RuneCountInString(cur)+1+utf8.RuneCountInString(word) <= n:
			cur += " " + word
		default:
			out, cur = append(out, cur), word
		}
	}
	return append(out, cur)
}
