//go:build !(linux || darwin || freebsd || netbsd || openbsd)

package pgtest

import "os/exec"

func asServer(*exec.Cmd) {}

func giveAway(string) error { return nil }
