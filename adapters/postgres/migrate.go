package postgres

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/vanphong-go/vanphong/adapters/internal/sqlcore"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// expected is what the migrations make, table by table: what a database is
// compared with. A test keeps it in step with the files.
//
//go:embed schema.txt
var expected string

// Migrations returns the SQL of every version of the schema, in files named
// for their order (0001_….sql), for a database that only its administrator
// changes. After file N is run, a row (N, file name, SHA-256 of the file in
// hexadecimal) belongs into vp_schema; [Migrate] does both. Where the rows are
// missing, the hint of [CheckSchema] and [Open] is the INSERT that adds them.
func Migrations() fs.FS {
	sub, err := fs.Sub(migrationFiles, "migrations")
	if err != nil {
		return migrationFiles // cannot be: the folder is built in
	}
	return sub
}

// Migrate brings the tables of the stores in db up to the version of this
// program, in one transaction: all versions or none. They are made in the
// first schema of the role's search_path. Every table is named vp_…; nothing
// else in the database is touched. A database that is up to date is only read.
// It fails with [ErrSchema] if a newer program made the tables, or if they are
// not as that version left them.
func Migrate(ctx context.Context, db *sql.DB) error {
	all, err := sqlcore.Migrations(Migrations())
	if err != nil {
		return err
	}
	// A look without a lock first, for a database is up to date nearly every
	// time, and several processes may start at once.
	have, err := appliedVersions(ctx, db, all)
	if err != nil || have == len(all) {
		return err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return fail("migrate", err)
	}
	defer func() { _ = tx.Rollback() }() // does nothing after Commit
	if _, err := tx.ExecContext(ctx, lock("migrate")); err != nil {
		return fail("migrate", err)
	}
	// Another process may have migrated while this one waited for the lock.
	if have, err = appliedVersions(ctx, tx, all); err != nil {
		return err
	}
	for _, m := range all[have:] {
		if _, err := tx.ExecContext(ctx, m.SQL); err != nil {
			return fail("migrate to "+m.Name, err)
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO vp_schema (version, name, digest) VALUES ($1, $2, $3)`, m.Version, m.Name, m.Digest)
		if err != nil {
			return fail("migrate to "+m.Name, err)
		}
	}
	if err := tx.Commit(); err != nil {
		return fail("migrate", err)
	}
	return nil
}

// querier is what *sql.DB and *sql.Tx have in common.
type querier interface {
	QueryContext(context.Context, string, ...any) (*sql.Rows, error)
	QueryRowContext(context.Context, string, ...any) *sql.Row
}

// schemaError keeps the op and the kind alike for all that is wrong with
// tables, so that a program can act on the kind and show the hint.
func schemaError(hint string) error {
	return &Error{Op: "check the schema", Kind: ErrSchema, Hint: hint}
}

// appliedVersions returns how many versions have been applied, after it has
// compared what it finds with them.
func appliedVersions(ctx context.Context, q querier, all []sqlcore.Migration) (int, error) {
	var tables int
	var there bool
	// In LIKE, _ stands for any character; escaped, vpx is none of ours.
	err := q.QueryRowContext(ctx, `SELECT to_regclass('vp_schema') IS NOT NULL,
		(SELECT count(*) FROM pg_class WHERE relkind IN ('r', 'p') AND relname LIKE 'vp\_%' AND relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema()))`).Scan(&there, &tables)
	if err != nil {
		return 0, fail("check the schema", err)
	}
	if !there {
		// Tables of ours without the list of versions: running the migrations
		// over them would fail half-way.
		if tables > 0 {
			return 0, schemaError("table vp_schema is missing: restore the last backup")
		}
		return 0, outOfReach(ctx, q)
	}
	rows, err := q.QueryContext(ctx, `SELECT version, name, digest FROM vp_schema ORDER BY version`)
	if err != nil {
		return 0, fail("check the schema", err)
	}
	defer rows.Close()
	n := 0
	for rows.Next() {
		var version int
		var name, digest string
		if err := rows.Scan(&version, &name, &digest); err != nil {
			return 0, fail("check the schema", err)
		}
		if wrong := sqlcore.CheckApplied(all, n, version, name, digest); wrong != "" {
			return 0, schemaError(wrong)
		}
		n++
	}
	if err := rows.Err(); err != nil {
		return 0, fail("check the schema", err)
	}
	if n == 0 {
		return 0, schemaError("table vp_schema is empty: " + sqlcore.ByHand(all) + "; otherwise restore the last backup")
	}
	return n, nil
}

// outOfReach returns an error if our tables are in a schema of the search_path that
// the role may not use: the server then acts as if there were none.
func outOfReach(ctx context.Context, q querier) error {
	var schema, role string
	err := q.QueryRowContext(ctx, `SELECT quote_ident(n.nspname), quote_ident(current_user) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE c.relname = 'vp_schema' AND NOT has_schema_privilege(n.oid, 'USAGE') AND n.nspname IN
		(SELECT replace(btrim(btrim(name), '"'), '$user', current_user) FROM unnest(string_to_array(current_setting('search_path'), ',')) name)`).Scan(&schema, &role)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil
	case err != nil:
		return fail("check the schema", err)
	}
	return &Error{Op: "check the schema", Kind: ErrDenied, Hint: fmt.Sprintf(
		"the tables are in schema %s, which the role may not use: GRANT USAGE ON SCHEMA %s TO %s, and SELECT, INSERT, UPDATE and DELETE on the tables vp_…", schema, schema, role)}
}

// CheckSchema compares the tables and indexes of the stores in db with what
// this version expects, column by column, and changes nothing. It returns an
// error of kind [ErrSchema] that names what differs.
//
// The digests say which migrations ran, not what has become of the tables
// since: a column that an administrator dropped is found here, not by the
// first clerk who needs it.
func CheckSchema(ctx context.Context, db *sql.DB) error {
	all, err := sqlcore.Migrations(Migrations())
	if err != nil {
		return err
	}
	have, err := appliedVersions(ctx, db, all)
	if err != nil {
		return err
	}
	if have < len(all) {
		hint := fmt.Sprintf("the tables are of an older version (%d of %d), or missing from the role's search_path: run Migrate", have, len(all))
		if have > 0 {
			hint += "; " + sqlcore.ByHand(all[have:])
		}
		return schemaError(hint)
	}
	found, err := readSchema(ctx, db)
	if err != nil {
		return err
	}
	if diff := sqlcore.Difference(byTable(expected), byTable(found)); diff != "" {
		return schemaError(diff + ": restore the last backup, or undo the change")
	}
	return nil
}

// byTable groups lines of "table: what".
func byTable(lines string) map[string][]string {
	out := map[string][]string{}
	for line := range strings.Lines(lines) {
		if table, what, ok := strings.Cut(strings.TrimSpace(line), ": "); ok {
			out[table] = append(out[table], what)
		}
	}
	return out
}

// readSchema lists the columns and indexes of our tables, a line each.
//
// The collation is part of a column: with another one the database would sort
// and compare by other rules than the stores.
func readSchema(ctx context.Context, q querier) (string, error) {
	const ours = `c.relname LIKE 'vp\_%' AND c.relnamespace = (SELECT relnamespace FROM pg_class WHERE oid = to_regclass('vp_schema'))`
	const columns = `SELECT c.relname || ': column ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
			|| CASE WHEN l.collname <> 'default' THEN ' collate ' || l.collname ELSE '' END || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
		FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped LEFT JOIN pg_collation l ON l.oid = a.attcollation
		WHERE c.relkind IN ('r', 'p') AND ` + ours + ` ORDER BY c.relname, a.attnum`
	const indexes = `SELECT c.relname || ': ' || CASE WHEN i.indisunique THEN 'unique ' ELSE '' END || 'index ('
			|| (SELECT string_agg(pg_get_indexdef(i.indexrelid, k, true), ', ' ORDER BY k) FROM generate_series(1, i.indnkeyatts) k) || ')'
			|| coalesce(' where ' || pg_get_expr(i.indpred, i.indrelid, true), '')
		FROM pg_class c JOIN pg_index i ON i.indrelid = c.oid WHERE i.indisvalid AND ` + ours + ` ORDER BY 1`
	var b strings.Builder
	for _, query := range []string{columns, indexes} {
		rows, err := q.QueryContext(ctx, query)
		if err != nil {
			return "", fail("check the schema", err)
		}
		defer rows.Close()
		for rows.Next() {
			var line string
			if err := rows.Scan(&line); err != nil {
				return "", fail("check the schema", err)
			}
			b.WriteString(line + "\n")
		}
		if err := rows.Err(); err != nil {
			return "", fail("check the schema", err)
		}
	}
	return b.String(), nil
}
