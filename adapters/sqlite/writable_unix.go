//go:build linux || darwin || freebsd || netbsd || openbsd

package sqlite

import "syscall"

// writable asks the system whether a file or folder may be written: a mount
// that is read-only and a file made immutable do not show in the permissions.
// It asks and does not open: closing a file ends every POSIX lock that this
// process has on it, those of another store on the same file too.
func writable(path string) error {
	const write = 2 // W_OK
	return syscall.Access(path, write)
}
