// Package postgres keeps everything an office has in a PostgreSQL database:
// the registers and ledgers of documents, what comes in and goes out,
// schedules, meetings and tasks, of as many organisations as are wanted.
//
//	store, err := postgres.Open(ctx, "postgres://vanthu@localhost/vanphong", &postgres.Options{Migrate: true})
//	…
//	defer store.Close()
//	registrar := documents.NewRegistrar(store.Documents(), nil)
//
// A system with tables of its own calls [Within] in each of its transactions,
// so that its rows and ours are stored together or not at all.
//
// # A lock for each organisation
//
// A number may be given twice only if two transactions read the same state. So
// a transaction that writes first takes a lock of its organisation (an
// advisory one, until it ends) and then reads what is committed. Offices never
// wait for each other; a caller's transaction that stays open holds up its own
// office and no other. Within an organisation, all functions that wait when a
// transaction begins are run in it, and everybody is answered after its one
// commit.
//
// # When the connection is cut
//
// Before the commit: nothing was stored, and the function runs again on
// another connection, until [Options].Patience has run out. During the commit:
// the store asks the database, when it is back, whether the rows are there.
// Only if it does not come back the caller gets [ErrUnknown], and asks again
// with the same ID: a document that has its number keeps it.
//
// The database's encoding must be UTF8. Any number of processes may share it.
// A COMMIT waits for the disk even if the role says otherwise
// (synchronous_commit off); a server that runs without fsync can lose numbers
// when its machine fails, which no client can mend.
package postgres
