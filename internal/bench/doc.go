// Package bench runs the SDK beside its peers, on the same inputs, in one run.
// It holds only tests: peers are dependencies of this module and of no other.
//
//	go test ./internal/bench                                     do they agree, and where are peers wrong
//	go test -run='^$' -bench=. ./internal/bench                  every pair as sub-benchmarks
//	go test -v -run='^TestRatios$' ./internal/bench -ratios      a table of ratios
//
// Further flags: -bookings N and -facts N (the SDK's own benchmarks take
// 1,000,000 and 10,000,000), -rounds N and -batch D (the table).
//
// # How to read the ratios
//
// A time is of one machine and one moment; a ratio of two times that were
// taken in turns, in short batches, is nearly of the code alone. The table
// gives the best batch of each way and the median, and for both how many times
// longer a peer takes. Where the two ratios differ much the machine was busy:
// take the best, or measure again. Sub-benchmarks run one after the other, and
// what goes on beside them hits one and spares the next; they are for profiles
// and allocations.
//
// Every doubt is decided for the peer: what it needs done before is done
// before, what it does not do is not asked of it, and the way its most expert
// user would write is the one measured. Inputs are random from fixed seeds,
// thousands of them, so that no answer is in a cache because it was just given.
//
// # What is compared with what
//
// Workdays: WorkCalendar against github.com/rickar/cal/v2, which has no Việt
// Nam, with the holidays and decisions of 2024 to 2026 written out by hand.
// "ours-instants" takes and returns time.Time, as the peer does; "cached" is
// the peer's own cache, warm.
//
// Conflicts: Conflicts against github.com/tidwall/rtree, github.com/google/btree
// and the interval tree of github.com/zyedidia/generic, each building its tree
// and finding all pairs; and against a map and a sort, no library at all.
// Conflicts checks every booking, refuses an id used twice, writes ids,
// resource and the time in common, and orders the result; peers return pairs of
// indexes. "map-and-sort-all" does by hand all that Conflicts does, for one
// resource a booking, and is the even pair. Conflicts uses every processor that
// is free; "ours-one-core" does not, as the peers do not.
//
// Numbers: ParseNumber against two patterns of the package regexp, on the plain
// forms that the patterns know.
//
// Tally: a reporting.Tally against a map keyed by a struct, a map keyed by text
// and GROUP BY in SQLite (modernc.org/sqlite) in memory. The SDK and the first
// map read one iterator; the second map is handed the day as text; SQLite has
// its rows loaded, and with "indexed" lying in groups, before time is taken.
//
// Issue: 64 callers at once on one series in SQLite, each answered when its
// number is on the disk. "ours-alone" is the adapter with a transaction for
// each number; "counter-table" is what offices write themselves, a counter and a
// row in a transaction of database/sql, with the same driver and durability but
// without identity, chain or proof.
//
// Issue in PostgreSQL: the same 64 callers against the statement that offices
// write there, one that raises a counter row and inserts the document.
//
// Citations: documents.Citations against one pattern of eleven kinds in regexp
// and in github.com/wasilibs/go-re2, on texts whose every citation the pattern
// takes. The pattern misses capitals, marks apart, no-break blanks, lists and
// short forms.
//
// Not compared: the lunar calendar, since no Go library for it can be had
// through the module proxy.
//
// # What is wrong in the peers' answers
//
// Each has a test that fails when the peer is repaired, but for the last one,
// which ends the program.
//
//   - rickar/cal with rules alone: 15 days of the three years, and 303 of 1,053
//     ends of a term of 30 working days. The decisions of each year are data.
//   - rickar/cal: zones are compared as pointers; with Locations set, holidays
//     are worked for instants of an equal zone that was made elsewhere.
//   - zyedidia/generic/interval: one interval for each start, so of two meetings
//     of a person that begin together one is lost with its conflicts.
//   - tidwall/rtree: edges belong to rectangles; unless the caller shortens
//     them, a meeting to 09:00 is in conflict with one from 09:00.
//   - regexp: the patterns take document 0, needless zeros, a Party organ in
//     State separators, án lệ and joint documents read as something else.
//   - a map counts a fact of no organisation like any other.
//   - a counter in a table: asked again under the same id it refuses, and the
//     caller cannot tell which number was given.
//   - rickar/cal with Cacheable set, shared by goroutines: the program ends with
//     "concurrent map writes". A WorkCalendar never changes.
package bench
