// Package pgtest runs a PostgreSQL server for tests: one that is installed
// here, on files of its own, with the settings of an office's server. It uses
// the standard library alone.
//
// Tests that find no server are skipped and say what to install; with
// NeedVariable set, as in CI, they fail.
package pgtest

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// The environment that the package reads.
const (
	// DSNVariable names a database to be used instead of a server of our own.
	// Tests make and drop schemas in it. What kills servers needs its own.
	DSNVariable = "VANPHONG_POSTGRES_DSN"
	// NeedVariable, if not empty, makes a missing server a failure.
	NeedVariable = "VANPHONG_NEED_POSTGRES"
)

// ErrMissing says that there is no server to run.
var ErrMissing = errors.New("no PostgreSQL here, and nothing was tested on it: install it (Debian: apt-get install -y --no-install-recommends postgresql), " +
	"or name a database in " + DSNVariable)

// Server is a cluster in a folder of its own.
type Server struct {
	bin, dir, password string
	port               int

	stdin io.Closer // closed, it ends the server
	ended chan struct{}
}

var shared struct {
	once   sync.Once
	server *Server
	dsn    string
	err    error
}

// DSN returns the address of a server that all tests of this process share.
// [Stop] belongs at the end of TestMain.
func DSN(tb testing.TB) string {
	tb.Helper()
	shared.once.Do(func() {
		if shared.dsn = os.Getenv(DSNVariable); shared.dsn != "" {
			return
		}
		if shared.server, shared.err = create(); shared.err == nil {
			shared.dsn = shared.server.DSN()
		}
	})
	demand(tb, shared.err)
	return shared.dsn
}

// Stop ends the shared server, if it was started.
func Stop() {
	if shared.server != nil {
		shared.server.stop()
	}
}

// New returns a server of the test's own, for one that kills it or fills its
// disk. It ends with the test.
func New(tb testing.TB, settings ...string) *Server {
	tb.Helper()
	s, err := create(settings...)
	demand(tb, err)
	tb.Cleanup(s.stop)
	return s
}

func demand(tb testing.TB, err error) {
	tb.Helper()
	switch {
	case errors.Is(err, ErrMissing) && os.Getenv(NeedVariable) == "":
		tb.Skip(err)
	case err != nil:
		tb.Fatal(err)
	}
}

// folder finds the programs of the newest version installed.
func folder() (string, error) {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb") // Debian
	best, version := "", -1
	for _, name := range found {
		v, err := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(name))))
		if err == nil && v > version {
			best, version = filepath.Dir(name), v
		}
	}
	if best != "" {
		return best, nil
	}
	name, err := exec.LookPath("initdb")
	if err != nil {
		return "", ErrMissing
	}
	return filepath.Dir(name), nil
}

func create(settings ...string) (*Server, error) {
	bin, err := folder()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "vanphong-pg")
	if err != nil {
		return nil, err
	}
	s := &Server{bin: bin, dir: dir, password: rand.Text()}
	if err = s.init(settings); err == nil {
		err = s.Start()
	}
	if err != nil {
		s.stop()
		return nil, err
	}
	return s, nil
}

// init makes the cluster: durable as an office's, and bounded as a test's.
func (s *Server) init(settings []string) error {
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	s.port = free.Addr().(*net.TCPAddr).Port
	_ = free.Close()
	secret := filepath.Join(s.dir, "password")
	if err := os.WriteFile(secret, []byte(s.password+"\n"), 0o644); err != nil {
		return err
	}
	if err := giveAway(s.dir); err != nil {
		return err
	}
	cmd := exec.Command(filepath.Join(s.bin, "initdb"), "-D", s.data(), "-U", "vanphong", "-A", "scram-sha-256", "--pwfile", secret,
		"-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
	asServer(cmd)
	cmd.Dir = s.dir
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	f, err := os.OpenFile(filepath.Join(s.data(), "postgresql.conf"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(f, "\nport = %d\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = '%s'\nmax_connections = 120\nfsync = on\nsynchronous_commit = on\n%s\n",
		s.port, s.dir, strings.Join(settings, "\n"))
	return errors.Join(err, f.Close())
}

func (s *Server) data() string { return filepath.Join(s.dir, "data") }

// keeper runs the server until its input ends, which it does with the process
// that holds the other end, however that one dies.
const keeper = `exec 3<&0
"$1/postgres" -D "$2/data" >>"$2/log" 2>&1 </dev/null 3<&- & p=$!
(cat <&3 >/dev/null; kill -INT $p 2>/dev/null) &
exec 3<&-
wait $p`

// Start starts the server, after [Server.Kill] too, and waits until it can be
// asked.
func (s *Server) Start() error {
	for try := 0; ; try++ {
		cmd := exec.Command("/bin/sh", "-c", keeper, "sh", s.bin, s.dir)
		asServer(cmd)
		cmd.Dir = s.dir
		in, err := cmd.StdinPipe()
		if err != nil {
			return err
		}
		if err := cmd.Start(); err != nil {
			return err
		}
		s.stdin, s.ended = in, make(chan struct{})
		go func() { _ = cmd.Wait(); close(s.ended) }()
		if s.ready() {
			return nil
		}
		s.halt()
		// The processes of a server that was killed may still be ending.
		if try == 20 {
			log, _ := os.ReadFile(filepath.Join(s.dir, "log"))
			return fmt.Errorf("the server does not start:\n%s", log[max(0, len(log)-4000):])
		}
		time.Sleep(100 * time.Millisecond)
	}
}

func (s *Server) ready() bool {
	for range 300 {
		cmd := exec.Command(filepath.Join(s.bin, "pg_isready"), "-q", "-h", s.dir, "-p", strconv.Itoa(s.port))
		if cmd.Run() == nil {
			return true
		}
		time.Sleep(20 * time.Millisecond)
		select {
		case <-s.ended:
			return false
		default:
		}
	}
	return false
}

// Kill kills the server as a power cut would: its first process at once, the
// others when they notice.
func (s *Server) Kill() error {
	text, err := os.ReadFile(filepath.Join(s.data(), "postmaster.pid"))
	if err != nil {
		return err
	}
	pid, err := strconv.Atoi(strings.TrimSpace(strings.SplitN(string(text), "\n", 2)[0]))
	if err != nil {
		return err
	}
	p, err := os.FindProcess(pid)
	if err == nil {
		err = p.Kill()
	}
	s.halt()
	return err
}

// halt ends the keeper and with it a server that still runs.
func (s *Server) halt() {
	if s.stdin != nil {
		_ = s.stdin.Close() // the keeper may have closed it by ending
		<-s.ended
		s.stdin = nil
	}
}

func (s *Server) stop() {
	s.halt()
	_ = os.RemoveAll(s.dir)
}

// DSN is the address of the server's database, over loopback.
func (s *Server) DSN() string { return s.DSNAt("127.0.0.1:" + strconv.Itoa(s.port)) }

// DSNAt is the address by way of another one, as of a proxy.
func (s *Server) DSNAt(address string) string {
	u := url.URL{Scheme: "postgres", User: url.UserPassword("vanphong", s.password), Host: address, Path: "/postgres"}
	return u.String()
}

// Dir is the server's folder. It belongs to the user that the server runs as.
func (s *Server) Dir() string { return s.dir }

// Tool returns a program of the server's version, as pg_dump, to be run
// against it.
func (s *Server) Tool(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(s.bin, name), args...)
	cmd.Env = append(os.Environ(), "PGHOST="+s.dir, "PGPORT="+strconv.Itoa(s.port), "PGUSER=vanphong", "PGDATABASE=postgres", "PGPASSWORD="+s.password)
	return cmd
}
