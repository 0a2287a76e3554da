// Package exam is how the ports of the SDK examine their stores.
//
// # An exam that is examined
//
// A case that cannot fail proves nothing. So a case sees a [T] and not a
// *testing.T: [Record] runs it where a failure is only noted, and [Examine]
// holds that no case fails a healthy store and that for each case there is a
// broken store which it alone has to notice. Rules that all ports have in
// common are the cases and faults of a [Port].
package exam
