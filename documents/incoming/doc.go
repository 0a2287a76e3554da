// Package incoming keeps what arrives at an office (văn bản đến): the arrival
// book, who directed what, by when, and how long it took.
//
// # The book gives the number
//
// A [Book] is a run of arrival numbers, opened at a stated number on a stated
// basis. Its next number moves in the transaction that stores the document, so
// no number is lost and none is given twice; a number registered by mistake is
// made void with a reason and stays in the book. [Proof] says of every number
// what became of it. Which days and documents a book is for is data: see
// [Numbering].
//
// # One paper, one number
//
// The same paper comes by post, by fax and over the exchange system. A
// [Document] holds keys: its id in the exchange system, and its number, issuer
// and day after folding. A second document with one of these keys is refused
// with a [*DuplicateError] that names the first, unless the clerk gives a
// reason to register it anyway. What only looks alike is shown, not refused:
// [Desk.Similar].
//
// # State is a question about a day
//
// A [Document] holds what happened and when; whether it is presented, in
// progress or late is stored nowhere. [Document.Status] answers for any day.
// Instructions (bút phê) are a tree of [Step]s: each is an opinion by somebody
// at an instant, a direction has exactly one lead, and who spoke for somebody
// else did so under a [Mandate] that held at that instant.
//
// Deadlines for registering, passing on, handling and acknowledging are data
// with clause and grade: a [ClockPolicy], worked out over an office's days and
// hours ([WorkTime]).
//
// # Secret documents
//
// Of a document with a mark of secrecy only the lines of the register are
// kept: no abstract, no words of an opinion. Tối mật and tuyệt mật are
// register only by rule (grade N); that Mật is kept as they are is the safe
// choice of this package.
//
// # Who does what
//
// Programs talk to a [Desk]. A [Store] keeps the rows; [Memory] is one,
// adapters are others, and package incomingtest examines them all.
package incoming
