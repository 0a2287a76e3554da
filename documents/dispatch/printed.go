package dispatch

import "strings"

// Printed returns the lines of the list of recipients (phần nơi nhận) as they
// stand under its heading: "- " before each, ";" after each and "." after the
// last. Addressees ("Kính gửi", "Kính trình") are one first line "Như trên", the
// file's line is the last, "Lưu …" without colon (05-HD/VPTW, mục 9.2.5, grade
// S). The purpose is put in parentheses. No recipient, no line.
//
// It only prints: the list of a secret document passes [Dispatch.For] first.
func Printed(list []Recipient) []string {
	var lines, file []string
	add := func(to *[]string, name, purpose string) {
		// Names pasted from an old list bring their mark with them.
		name = strings.TrimRight(strings.TrimSpace(name), ";,. ")
		if purpose = strings.TrimSpace(purpose); purpose != "" {
			name += " (" + purpose + ")"
		}
		*to = append(*to, "- "+name)
	}
	for _, r := range list {
		if r.Addressee {
			add(&lines, "Như trên", "")
			break
		}
	}
	for _, r := range list {
		switch {
		case r.Filed:
			add(&file, r.Name, "")
		case !r.Addressee:
			add(&lines, r.Name, r.Purpose)
		}
	}
	lines = append(lines, file...)
	for i := range lines {
		if i < len(lines)-1 {
			lines[i] += ";"
		} else {
			lines[i] += "."
		}
	}
	return lines
}
