// Package books takes old registers in and writes registers out (nhập sổ cũ,
// xuất sổ): what an office has on its machines when it begins, as CSV or rows
// of a spreadsheet, and what it prints or hands on.
//
// # A plan first
//
// An old book was kept by hand, by several hands, in the letters of several
// decades. So nothing is imported in passing: [NewPlan] reads the whole file
// and says of every row that it is kept, or why not, and of every series which
// numbers the book has, which it lacks and where the count goes on. A clerk
// corrects the file until the plan is right; [Plan.Run] then does exactly what
// the plan says, in one transaction, and can be run again with a better file.
//
// The rows become late entries (documents.Registrar.LateAll) before the number
// at which their series is opened: the old book stays what the office can
// search, and the ledger begins where the SDK began to count.
//
// # Letters
//
// TCVN3, VNI and code page 1258 are recognised by what they make of the text:
// in the wrong encoding hardly a word is a Vietnamese syllable. It is done row
// by row and cell by cell, because files were pasted together. A row that
// could be two things, between rows that disagree, is listed and not guessed.
//
// # Secrets
//
// Of a row with a mark of secrecy the abstract is dropped at the door, in
// remarks too; a mark that cannot be read counts as the highest. On the way out
// a [Layout] is the door: without a redaction nothing of a secret row leaves
// but its number, its mark and what became of the number.
package books
