package sqlite

import (
	"os"
	"slices"
	"sync"
)

// use says that a store of this process has a file open, or is opening it.
//
// POSIX locks belong to the process and the file, not to the file handle: when
// a process closes any handle on a file, all its locks on it are gone. SQLite
// takes care of that for its own handles. Ours, which looks at the header, must
// therefore never be closed while a store has the file open; without its locks,
// another process could take itself for the last one and remove the log under
// the store's feet.
type use struct {
	path string
	info os.FileInfo // nil: not there yet when it was entered
}

// inUse is the files that stores of this process have open. It is the one
// variable of the package: what it guards belongs to the process too.
var inUse struct {
	sync.Mutex
	files []*use
}

// enter notes that a store opens the file at path, and looks at its header if
// no other store of this process has it open: what another has opened is a
// database.
func enter(path string, exists bool) (*use, error) {
	u := &use{path: path}
	if exists {
		info, err := os.Stat(path)
		if err != nil {
			return nil, &Error{Path: path, Op: "open", Hint: "check the path and its permissions", Err: err}
		}
		u.info = info
	}
	inUse.Lock()
	defer inUse.Unlock()
	if exists && !slices.ContainsFunc(inUse.files, u.same) {
		if err := checkHeader(path, u.info.Size()); err != nil {
			return nil, err
		}
	}
	inUse.files = append(inUse.files, u)
	return u, nil
}

// same reports whether two uses are of one file, under whatever names.
func (u *use) same(o *use) bool {
	if u.path == o.path {
		return true
	}
	info := o.info
	if info == nil { // made since it was entered
		info, _ = os.Stat(o.path) // gone again: then it is no file we could share
	}
	return u.info != nil && info != nil && os.SameFile(u.info, info)
}

// leave notes that a store has closed the file. It is called after the last
// handle is closed.
func (u *use) leave() {
	inUse.Lock()
	defer inUse.Unlock()
	if i := slices.Index(inUse.files, u); i >= 0 {
		inUse.files = slices.Delete(inUse.files, i, i+1)
	}
}
