//go:build !(linux || darwin || freebsd || netbsd || openbsd)

package sqlite

import "os"

// writable tries to open a file for writing. Locks here belong to the open
// file, so that closing it ends nobody else's. A folder is left to SQLite.
func writable(path string) error {
	if info, err := os.Stat(path); err != nil || info.IsDir() {
		return err
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return f.Close()
}
