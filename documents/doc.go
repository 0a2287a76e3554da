// Package documents numbers and registers the documents of an office: kinds
// and their symbols, numbers and how they are read, what a text cites, series,
// the register.
//
// # A number is an event
//
// A counter forgets; a ledger does not. A series (dãy số) is a run of numbers
// that begins with its opening, at a stated number and on a stated basis, and
// to which events are only ever added: reserved, issued, released, made void
// with a reason, held for the secret register, closed. What the next number
// is, and what has become of each earlier one, is told by the events alone.
// So a number is never lost, never given twice, and a hole in the run is
// something that can be shown, not something that happens. Each event holds
// the hash of the one before it and a salted digest of what it fixes;
// [Verify] finds every row that was deleted or edited, and a [Proof] is what
// an office files when it closes its books.
//
// # Who does what
//
// A [Registrar] is the register office: programs talk to it. A [Store] keeps
// the rows; [Memory] is one, adapters are others, and package documentstest
// examines them all. A [Policy] says which documents are counted together: as
// the Party does within a term, a congress in one run, the State within a
// year. It is data: an office loads its own.
//
// # Beside the run
//
// An office that starts in the middle of a term opens each series at the number its
// paper book has come to, and brings the book in afterwards: a late entry is a number
// from before the opening, with the reason. A number put between others (15a, 15bis) is
// registered only where the office's policy allows it. Neither is ever the next number,
// and neither fills a gap.
//
// # What becomes of a document
//
// A number is issued, void, reserved or held by the secret register; what later
// documents do to an issued one (recall, repeal, replace, amend, correct) is told by
// its [Standing] and leaves its number issued. Numbers that the secret register holds
// come without content; what it did with them is reconciled when it reports.
//
// # What a text cites
//
// [ReadNumber] reads one number as people write it and says what it changed;
// [Citations] finds the documents named in running text of any length, with the
// kind, day and issuer that the text states; [NewGraph] connects a set of them:
// who cites, replaces, repeals, amends or corrects whom.
//
// # Books and search
//
// A [Register] is a book as an office binds it: a view over one or many series,
// without lines of its own. A [Query] finds entries, the same in every store;
// [ReadQuery] makes one of what a clerk types. What arrives, what is sent out and
// how old books come in are packages below this one.
//
// # Closing the books
//
// At the end of a term, a congress or a year a [Closing] tells what became of every
// number of every series and is printed, signed and filed. Read back years later it
// says whether the store is still the one that was closed, or an older backup, or
// another past.
//
// # Since when
//
// The rules on kinds and symbols begin on 03/4/2018 for the Party and on
// 05/3/2020 for the State. Older documents can be read; to register one, see
// [RuleSetOn].
package documents
