// Package followup holds the tasks that follow from conclusions and documents
// (theo dõi, đôn đốc việc thực hiện): who leads, by when, how far it has come,
// and what the board says on a day.
//
// # Status is a question about a day
//
// A [Task] holds what happened: when it was assigned, what was reported, which
// extension was granted when. "Overdue" is stored nowhere. [Task.Status]
// answers for any day from what had happened by then, so last month's board
// comes out today as it stood last month, and an extension granted afterwards
// does not mend it.
//
// Two axes make the cells that every office counts: done or not, and in time,
// late or without deadline. The deadline that counts is the current one; the
// first is kept for ever and shown beside it.
//
// # Rates name their denominator
//
// The same year was reported as 98.62 % (of those done and overdue), and is 73 %
// of those assigned. [Tally.Rate] gives a [Ratio] of two counts with the
// denominator named; cutting or rounding is left to whoever prints it.
//
// # One lead
//
// A task has exactly one lead unit and any number of coordinating ones; a
// second lead is [ErrSecondLead].
package followup
