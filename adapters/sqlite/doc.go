// Package sqlite keeps everything an office has in one SQLite file, with a
// driver in pure Go: the registers and ledgers of documents, schedules,
// meetings and tasks, of as many organisations as are wanted.
//
//	store, err := sqlite.Open(ctx, "office.db", nil)
//	…
//	defer store.Close()
//	registrar := documents.NewRegistrar(store.Documents(), nil)
//
// A system with tables of its own calls [Migrate] once on its database and
// then [Within] in each of its transactions, so that its rows and ours are
// stored together or not at all.
//
// # One transaction for everybody who waits
//
// A number counts only when it is on the disk, and the disk takes one
// confirmed write at a time. So callers do not queue for a transaction each:
// all functions that wait when a transaction begins are run in it, one after
// the other, and everybody is answered after its commit. One that fails is
// undone alone. An office with one clerk notices nothing; sixty-four callers
// on one series get their numbers several times as fast.
//
// The file may be opened by several processes at once. It needs a file system
// with locks: a local disk, not a network share.
package sqlite
