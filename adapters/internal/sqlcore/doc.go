// Package sqlcore is the SQL that every SQL adapter of the SDK shares: the
// ledger of documents, the records of the other ports, group commit and the
// proof that no row was changed behind the store's back. What differs between
// databases is a [Dialect]; opening, locking and migrating are the adapter's.
//
// # Writes are kept back until they are wanted
//
// Nothing that a caller's function writes reaches the database while it runs.
// It lands in a [Work], a layer over the open transaction that every read
// looks through first, and it is undone there at no cost to anybody else if
// the function fails, panics or is cancelled. That is what lets many callers
// share one transaction ([Group]): the rows are written together, by few
// statements, just before the commit that makes them durable.
//
// # What a writer locks
//
// Cursors and chains belong to an organisation, and so does the lock that
// keeps them in order: a database file has one lock for all, a server one for
// each organisation. Whoever holds it reads what is committed and nothing
// else, so no two transactions count on from the same number.
package sqlcore
