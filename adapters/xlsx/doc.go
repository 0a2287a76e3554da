// Package xlsx reads and writes registers as XLSX workbooks, for
// [github.com/vanphong-go/vanphong/documents/books].
//
// Reading is streaming and bounded: a workbook comes from outside, and a file
// of some kilobytes can hold gigabytes. [Rows] looks at the sizes before it
// opens anything and gives up at the first row that is too much. It gives what
// a cell shows, as far as a register needs it: days as 2026-03-05 by the
// number format of the cell, which no two machines print alike, and Vietnamese
// by the font of the cell, since in old registers TCVN3 and VNI are fonts.
//
// The reader is our own. That of the library that [Write] uses does not tell
// the format and the font of a cell while it streams, and its memory grows with
// the sheet.
package xlsx
