package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"

	"github.com/vanphong-go/vanphong/adapters/internal/sqlcore"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// Migrations returns the SQL of every version of the schema, in files named
// for their order (0001_….sql), for a database that only its administrator
// changes. After file N is run, a row (N, file name, SHA-256 of the file in
// hexadecimal) belongs into vp_schema; [Migrate] does both.
func Migrations() fs.FS {
	sub, err := fs.Sub(migrationFiles, "migrations")
	if err != nil {
		return migrationFiles // cannot be: the folder is built in
	}
	return sub
}

func migrations() ([]sqlcore.Migration, error) { return sqlcore.Migrations(Migrations()) }

// Migrate brings the tables of the stores in db up to the version of this
// program, in one transaction: all versions or none. Every table is named
// vp_…; nothing else in the database is touched. A database that is up to date
// is only read. It fails with [ErrSchema] if a newer program made the tables,
// or if they are not as that version left them.
func Migrate(ctx context.Context, db *sql.DB) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return fail("", "migrate", err)
	}
	defer conn.Close()
	_, err = migrate(ctx, conn, "", 0)
	return err
}

// migrate runs what is missing and reports whether that was anything. A file
// of our own gets our application id with its first table.
//
// It looks without a lock first, for a database is up to date nearly every
// time it is opened, and several processes may open it at once.
func migrate(ctx context.Context, conn *sql.Conn, path string, applicationID int32) (changed bool, err error) {
	if done, err := checkVersion(ctx, conn, path); err != nil || done {
		return false, err
	}
	if _, err := conn.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
		return false, fail(path, "migrate", err)
	}
	defer func() {
		if err != nil {
			// The caller's context may be what failed.
			_, _ = conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
		}
	}()
	all, err := migrations()
	if err != nil {
		return false, err
	}
	// Another process may have migrated while this one waited for the lock.
	have, err := appliedVersions(ctx, conn, path)
	if err != nil {
		return false, err
	}
	// Only in a file that had no tables of ours: an adopted database keeps the
	// id of the program that made it.
	if have == 0 && applicationID != 0 {
		if _, err := conn.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d", applicationID)); err != nil {
			return false, fail(path, "migrate", err)
		}
	}
	// All in the one transaction, which SQLite allows for CREATE TABLE too: a
	// crash half-way leaves the old version.
	for _, m := range all[have:] {
		if _, err := conn.ExecContext(ctx, m.SQL); err != nil {
			return false, fail(path, "migrate to "+m.Name, err)
		}
		_, err := conn.ExecContext(ctx, `INSERT INTO vp_schema (version, name, digest) VALUES (?,?,?)`, m.Version, m.Name, m.Digest)
		if err != nil {
			return false, fail(path, "migrate to "+m.Name, err)
		}
	}
	if _, err = conn.ExecContext(ctx, "COMMIT"); err != nil {
		return false, fail(path, "migrate", err)
	}
	return true, nil
}

// querier is what *sql.Conn, *sql.DB and *sql.Tx have in common.
type querier interface {
	QueryContext(context.Context, string, ...any) (*sql.Rows, error)
	QueryRowContext(context.Context, string, ...any) *sql.Row
}

// schemaError keeps the op and the kind alike for all that is wrong with
// tables, so that a program can act on the kind and show the hint.
func schemaError(path, hint string) error {
	return &Error{Path: path, Op: "check the schema", Kind: ErrSchema, Hint: hint}
}

// checkVersion reports whether every version has been applied.
func checkVersion(ctx context.Context, q querier, path string) (done bool, err error) {
	all, err := migrations()
	if err != nil {
		return false, err
	}
	have, err := appliedVersions(ctx, q, path)
	return have == len(all), err
}

// appliedVersions returns how many versions have been applied, after it has
// compared what it finds with them.
func appliedVersions(ctx context.Context, q querier, path string) (int, error) {
	var tables, schema int
	// In LIKE, _ stands for any character; escaped, vpx is none of ours.
	err := q.QueryRowContext(ctx, `SELECT count(*), count(CASE WHEN name = 'vp_schema' THEN 1 END)
		FROM sqlite_master WHERE type = 'table' AND name LIKE 'vp\_%' ESCAPE '\'`).Scan(&tables, &schema)
	if err != nil {
		return 0, fail(path, "check the schema", err)
	}
	if tables == 0 {
		return 0, nil
	}
	// Tables of ours without the list of versions: running the migrations over
	// them could not be undone.
	if schema == 0 {
		return 0, schemaError(path, "table vp_schema is missing: restore the last backup")
	}
	all, err := migrations()
	if err != nil {
		return 0, err
	}
	rows, err := q.QueryContext(ctx, `SELECT version, name, digest FROM vp_schema ORDER BY version`)
	if err != nil {
		return 0, fail(path, "check the schema", err)
	}
	defer rows.Close()
	n := 0
	for rows.Next() {
		var version int
		var name, digest string
		if err := rows.Scan(&version, &name, &digest); err != nil {
			return 0, fail(path, "check the schema", err)
		}
		if wrong := sqlcore.CheckApplied(all, n, version, name, digest); wrong != "" {
			return 0, schemaError(path, wrong)
		}
		n++
	}
	if err := rows.Err(); err != nil {
		return 0, fail(path, "check the schema", err)
	}
	if n == 0 {
		return 0, schemaError(path, "table vp_schema is empty: "+sqlcore.ByHand(all)+"; otherwise restore the last backup")
	}
	return n, nil
}

// CheckSchema compares the tables and indexes of the stores in db with what
// this version expects, column by column, and changes nothing. It returns an
// error of kind [ErrSchema] that names what differs.
func CheckSchema(ctx context.Context, db *sql.DB) error { return checkSchema(ctx, db, "") }

// checkSchema reads the tables too: the digests say which migrations ran, not
// what has become of the tables since. A column that an administrator
// dropped is found when the file is opened, not by the first clerk who needs
// it.
func checkSchema(ctx context.Context, q querier, path string) error {
	done, err := checkVersion(ctx, q, path)
	if err != nil {
		return err
	}
	if !done {
		return schemaError(path, "the tables are of an older version, or missing: run Migrate")
	}
	want, err := expectedSchema(ctx)
	if err != nil {
		return err
	}
	have, err := readSchema(ctx, q, path)
	if err != nil {
		return err
	}
	if diff := sqlcore.Difference(want, have); diff != "" {
		return schemaError(path, diff+": restore the last backup, or undo the change")
	}
	return nil
}

// expectedSchema runs the migrations in a database in memory and reads what
// they make, so that there is no second description to keep in step.
func expectedSchema(ctx context.Context) (map[string][]string, error) {
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return nil, err
	}
	defer db.Close()
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, fail(":memory:", "open", err)
	}
	defer conn.Close()
	if _, err := migrate(ctx, conn, ":memory:", 0); err != nil {
		return nil, err
	}
	return readSchema(ctx, conn, ":memory:")
}

// readSchema returns the columns of each of our tables and indexes, each with
// what its declaration says of it.
//
// Whether SQLite was told NOT NULL or a key is part of a column here, the type
// too; comments and spaces of the CREATE TABLE are not, so a database that was
// dumped and read back is the same.
func readSchema(ctx context.Context, q querier, path string) (map[string][]string, error) {
	const tables = `SELECT 'table ' || m.Name, 'column ' || c.name || ' ' || c.type || iif(c."notnull", ' NOT NULL', '') || iif(c.pk > 0, ' key ' || c.pk, '')
		FROM sqlite_master m, pragma_table_info(m.Name) c WHERE m.type = 'table' AND m.name LIKE 'vp\_%' ESCAPE '\' ORDER BY m.Name, c.cid`
	const indexes = `SELECT 'table ' || m.tbl_name, iif(l."unique", 'unique index (', 'index (') || group_concat(i.name) || ')'
		FROM sqlite_master m, pragma_index_list(m.Name) l, pragma_index_info(l.name) i
		WHERE m.type = 'table' AND m.name LIKE 'vp\_%' ESCAPE '\' GROUP BY m.Name, l.name ORDER BY 1, 2`
	out := map[string][]string{}
	for _, query := range []string{tables, indexes} {
		rows, err := q.QueryContext(ctx, query)
		if err != nil {
			return nil, fail(path, "check the schema", err)
		}
		defer rows.Close()
		for rows.Next() {
			var name, what string
			if err := rows.Scan(&name, &what); err != nil {
				return nil, fail(path, "check the schema", err)
			}
			out[name] = append(out[name], what)
		}
		if err := rows.Err(); err != nil {
			return nil, fail(path, "check the schema", err)
		}
	}
	return out, nil
}
