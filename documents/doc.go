// Package documents numbers and registers the documents of an office: kinds
// and their symbols, numbers and how they are read, series, the register.
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
package documents
