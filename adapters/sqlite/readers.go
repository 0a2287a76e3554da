package sqlite

import (
	"database/sql"
	"os"

	"github.com/vanphong-go/vanphong/adapters/internal/sqlcore"
)

// maxReaders bounds the reads that run at once, each on a connection of its
// own; keptReaders is how many idle ones stay open, with their statements.
//
// A connection is a file handle and a cache of pages: 64 are plenty for a
// server of one office, and four idle ones serve its usual traffic without
// preparing statements again.
// A read begun inside another, as in the body of a walk, needs a second one.
const (
	maxReaders  = 64
	keptReaders = 4
)

// openReaders returns the connections that only read. In write-ahead mode they
// neither wait for the writer nor hold it up.
//
// A writer must not be one of them, for it has statements and settings of its
// own; query_only makes an accident an error. frozen is looked at once, when
// the store is opened: a file on a disc stays there.
func (s *Store) openReaders() {
	params := []string{waitForLock, "_pragma=query_only(1)"}
	if s.opt.ReadOnly {
		params = append(params, "mode=ro")
		if frozen(s.path) {
			params = append(params, "immutable=1")
		}
	}
	// Open only fails for a driver that does not exist; this one is imported.
	s.readDB, _ = sql.Open("sqlite", dsn(s.path, params...))
	s.reads = sqlcore.NewViews(s.readDB, s.dialect(), sqlcore.ViewOptions{
		Most: maxReaders, Kept: keptReaders, Patience: s.opt.Patience,
		Full: &Error{Path: s.path, Op: "view", Kind: ErrBusy, Hint: sqlcore.FullHint},
	})
}

// frozen reports whether nobody can be writing to a file: no log stands beside
// it and none can be made. Only then may SQLite read it without locks, as from
// a disc or a protected backup folder.
//
// With a log or with a writable folder the locks are needed: reading without
// them a file that changes gives answers which were never true.
func frozen(path string) bool {
	_, err := os.Stat(path + "-wal")
	return err != nil && checkFolder(path) != nil
}
