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
//
// # What is not here yet
//
// Numbers put between others (15a, 15bis) and late entries under a number of
// an earlier day are read, compared and counted ([ParseNumber], [Number]), not
// issued: a Registrar gives whole numbers, each the one after the last. An
// office that has such a number on paper keeps it there and says so in the
// Basis of the series it opens.
//
// The rules on kinds and symbols begin on 03/4/2018 for the Party and on
// 05/3/2020 for the State. Older documents can be read; to register one, see
// [RuleSetOn].
package documents
