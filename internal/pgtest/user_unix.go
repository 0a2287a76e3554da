//go:build linux || darwin || freebsd || netbsd || openbsd

package pgtest

import (
	"os"
	"os/exec"
	"os/user"
	"strconv"
	"syscall"
)

// PostgreSQL refuses to run as root, so its processes run as somebody who may
// do less: its own user, if the package made one.
func server() (uid, gid int, other bool) {
	if os.Getuid() != 0 {
		return 0, 0, false
	}
	for _, name := range []string{"postgres", "nobody"} {
		if u, err := user.Lookup(name); err == nil {
			uid, err1 := strconv.Atoi(u.Uid)
			gid, err2 := strconv.Atoi(u.Gid)
			if err1 == nil && err2 == nil {
				return uid, gid, true
			}
		}
	}
	return 65534, 65534, true
}

func asServer(cmd *exec.Cmd) {
	// A group of its own: an interrupt from the keyboard ends the tests, and
	// they end the server.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if uid, gid, other := server(); other {
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	}
}

func giveAway(dir string) error {
	if uid, gid, other := server(); other {
		return os.Chown(dir, uid, gid)
	}
	return nil
}
