// Package reporting makes the figures of a committee office's reports: what
// was counted, over which days, under whom, and the sentence that says it.
//
// # A figure can be asked
//
// An office's report is a chain of sentences with figures in them, and each
// figure is questioned: which documents are these, is it the number the
// registers give, does it hold the districts that are no more. So a [Figure]
// here never comes alone. A [Template] that fills itself from a [Tally] gives
// a [Line] beside each figure, and the line's [Rows] is the query that walks
// the very rows it counted. [Reconcile] sets a count against its number
// series, down to the last number that was reserved, void or held. What is
// rounded says so: 412 becomes "trên 410" only by [RoundDown], and only in
// print.
//
// # Days, not months
//
// A period is a run of days ([Period]), half-open like every run of days in
// the SDK. Which days make "tháng 3" is for a [Scheme] to say: the calendar's,
// or those from the 15th to the 14th by which the State reports. Many reports
// follow neither and run from a day to "nay"; [Since] closes such a period at
// the day of the figures.
//
// # Counting once
//
// A [Tally] counts facts as they stream by and keeps only cells (organisation,
// kind, period), so its size does not grow with the number of facts. Tallies
// merge in any order, across processes too. [RollUp] adds them up over the
// tree of organisations as it stood on a day: what an abolished unit did falls
// to its successor if there is exactly one, and stands apart otherwise, with a
// finding. Nothing is counted twice and nothing is dropped.
//
// The redaction door is the caller's: a figure holds no content, but a
// subject or an organisation's name can be secret, and passes
// vanphong.Redaction like every text that leaves.
package reporting
