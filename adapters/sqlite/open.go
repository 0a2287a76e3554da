package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/vanphong-go/vanphong"
)

// applicationID marks a file as ours in its header ("VPO1").
//
// file(1) and forensic tools read it, and so does [Open], to tell an office's
// file from another program's before it changes a byte.
const applicationID int32 = 0x56504F31

// headerSize is the size of the header of an SQLite file.
const headerSize = 100

// dsn is the address of a file for the driver. Everything in a path that an
// URI would read as something else is escaped.
//
// A folder may be named "50% xong?"; what follows its question mark would
// otherwise be read as options.
func dsn(path string, params ...string) string {
	p := filepath.ToSlash(path)
	if !strings.HasPrefix(p, "/") {
		p = "/" + p // a drive letter
	}
	u := url.URL{Scheme: "file", Path: p}
	return u.String() + "?" + strings.Join(params, "&")
}

// Milliseconds. For opening and for reads, which seldom meet a lock in
// write-ahead mode; updates wait in the group, see Options.Patience.
const waitForLock = "_pragma=busy_timeout(10000)"

// checkPath looks at a path before the database does, which would create or
// convert what it finds. It reports whether there is a database in it yet.
func checkPath(path string, readOnly bool) (exists bool, err error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		if readOnly {
			return false, &Error{Path: path, Op: "open", Hint: "name a file that exists", Err: errors.Join(err, vanphong.ErrNotFound)}
		}
		return false, checkFolder(path)
	}
	if err != nil {
		return false, &Error{Path: path, Op: "open", Hint: "check the path and its permissions", Err: err}
	}
	if !info.Mode().IsRegular() {
		return false, &Error{Path: path, Op: "open", Kind: ErrNotDatabase, Hint: "name a file, not a folder or device"}
	}
	if !readOnly {
		// An administrator may write in spite of the permissions; a file that
		// says that it is not to be written is still left alone.
		if info.Mode().Perm()&0o222 == 0 {
			return false, &Error{Path: path, Op: "open", Kind: ErrReadOnly, Hint: "give the file write permission, or open it with Options.ReadOnly"}
		}
		if err := writable(path); err != nil {
			return false, &Error{Path: path, Op: "open", Kind: ErrReadOnly, Err: err,
				Hint: "the file is locked against writing or on a read-only disk: unlock it, or open it with Options.ReadOnly"}
		}
		if err := checkFolder(path); err != nil {
			return false, err
		}
	}
	// An empty file is what a crash before the first commit leaves, and what
	// tempfile tools make: it counts as no database yet.
	if info.Size() == 0 {
		if readOnly {
			return false, &Error{Path: path, Op: "open", Kind: ErrNotDatabase, Hint: "the file is empty"}
		}
		return false, nil
	}
	return true, nil
}

func checkFolder(path string) error {
	dir := filepath.Dir(path)
	info, err := os.Stat(dir)
	if err != nil {
		return &Error{Path: path, Op: "open", Hint: "make the folder first", Err: err}
	}
	if !info.IsDir() {
		return &Error{Path: path, Op: "open", Hint: fmt.Sprintf("%q is not a folder", dir)}
	}
	err = writable(dir)
	if err != nil || info.Mode().Perm()&0o222 == 0 {
		// SQLite could open the file and fail at the first write, long after.
		return &Error{Path: path, Op: "open", Kind: ErrReadOnly, Err: err, Hint: "the log stands beside the file: give the folder write permission, or open with Options.ReadOnly"}
	}
	return nil
}

// checkHeader reads the first bytes of a file, so that one which is no
// database is never handed to SQLite.
//
// It must not run while this process has the file open, see [enter].
func checkHeader(path string, size int64) error {
	f, err := os.Open(path)
	if err != nil {
		kind := error(nil)
		if errors.Is(err, fs.ErrPermission) {
			kind = ErrReadOnly
		}
		return &Error{Path: path, Op: "open", Kind: kind, Hint: "give the program permission to read the file", Err: err}
	}
	defer f.Close()
	var h [headerSize]byte
	_, err = io.ReadFull(f, h[:])
	if !bytes.HasPrefix(h[:], []byte("SQLite format 3\x00")) {
		return &Error{Path: path, Op: "open", Kind: ErrNotDatabase, Hint: "name the office's database file; this one was left as it was"}
	}
	if err != nil {
		return &Error{Path: path, Op: "open", Kind: ErrCorrupt, Hint: "the file is cut short: restore the last backup", Err: err}
	}
	// The header tells the size when the file was last written directly. While
	// a log stands beside the file, the log tells.
	//
	// Offsets from SQLite's file format: 16 page size, 24 change counter, 28
	// pages, 92 the change counter at which the count of pages was valid. A
	// size of 65536 does not fit into two bytes and is written as 1.
	pageSize := int64(binary.BigEndian.Uint16(h[16:]))
	if pageSize == 1 {
		pageSize = 65536
	}
	pages := int64(binary.BigEndian.Uint32(h[28:]))
	_, walErr := os.Stat(path + "-wal")
	sizeValid := bytes.Equal(h[24:28], h[92:96])
	if sizeValid && walErr != nil && size < pages*pageSize {
		return &Error{Path: path, Op: "open", Kind: ErrCorrupt,
			Hint: fmt.Sprintf("the file has %d bytes of %d: restore the last backup", size, pages*pageSize)}
	}
	return nil
}

// inspect reads, without changing a byte, whose database a file is. It
// returns an error unless it is ours, empty, or may be adopted.
//
// With Adopt a database of any program will do; without it, tables or an
// application id that are not ours mean that the path is wrong.
func inspect(ctx context.Context, path string, opt Options) error {
	db, err := sql.Open("sqlite", dsn(path, "mode=ro", waitForLock))
	if err != nil {
		return fail(path, "open", err)
	}
	defer db.Close()
	var id int32
	var tables, ours int
	err = db.QueryRowContext(ctx, `SELECT count(*), count(CASE WHEN name = 'vp_schema' THEN 1 END) FROM sqlite_master`).Scan(&tables, &ours)
	if err == nil {
		err = db.QueryRowContext(ctx, `PRAGMA application_id`).Scan(&id)
	}
	switch {
	case err != nil:
		return fail(path, "open", err)
	case opt.KeepSchema || opt.ReadOnly:
		// Before the file is touched by as much as a change of mode.
		return checkSchema(ctx, db, path)
	case id == applicationID || ours > 0 || opt.Adopt:
		return nil
	case tables > 0 || id != 0:
		return &Error{Path: path, Op: "open", Kind: ErrForeign,
			Hint: fmt.Sprintf("it has %d tables and indexes and application id %#x: name the office's file, or set Options.Adopt to add our tables to it", tables, id)}
	}
	return nil
}

// prepareFile makes the file a database of ours in the write-ahead mode, with
// the schema of this version.
//
// The schema is checked even after migrating: the version may have been right
// and a table wrong.
func prepareFile(ctx context.Context, conn *sql.Conn, path string, opt Options) error {
	if err := setMode(ctx, conn, path); err != nil {
		return err
	}
	// An adopted file stays the other program's in its header.
	id := applicationID
	if opt.Adopt {
		id = 0
	}
	if !opt.KeepSchema {
		changed, err := migrate(ctx, conn, path, id)
		if err != nil {
			return err
		}
		if changed {
			// Into the file itself, so that its header says from the start
			// whose it is. Busy is no harm: the next checkpoint does it.
			_, _ = conn.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
		}
	}
	return checkSchema(ctx, conn, path)
}

// setMode switches to the write-ahead log. SQLite does not wait for a lock
// there, so that of two programs which open a new file at once one would fail.
//
// The mode is kept in the file, so this is done once in its life; then it only
// asks.
func setMode(ctx context.Context, conn *sql.Conn, path string) error {
	var mode string
	for try := 0; ; try++ {
		err := conn.QueryRowContext(ctx, "PRAGMA journal_mode = WAL").Scan(&mode)
		if err == nil {
			break
		}
		// Ten seconds in all, as long as waitForLock.
		if err = fail(path, "open", err); !errors.Is(err, ErrBusy) || try == 1000 {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(10 * time.Millisecond):
		}
	}
	// SQLite does not fail when it cannot: it stays in the old mode and says
	// so. On a network share, two machines would not see each other's log.
	if mode != "wal" {
		return &Error{Path: path, Op: "open", Hint: "the write-ahead log cannot be used here (journal mode " + mode + "): keep the file on a local disk"}
	}
	return nil
}
