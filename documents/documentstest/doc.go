// Package documentstest is the exam that every documents.Store sits.
//
// # What a failure means
//
// Each case is named for one rule of the port. An adapter that fails a case
// breaks that rule, whatever else it does; none of them can be left out. An
// ability that a store does not have, such as being opened again, is named in
// the output as not offered, never skipped in silence.
//
// # How to sit it
//
// An adapter calls [Run] from its own tests with a function that opens an empty
// store. The cases need nothing else, neither network nor files of their own.
package documentstest
