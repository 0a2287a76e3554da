package main

import (
	"context"
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/vanphong-go/vanphong"
	"github.com/vanphong-go/vanphong/adapters/sqlite"
	"github.com/vanphong-go/vanphong/examples/office/bridge"
)

// serve is the second command of this example: the register office over HTTP,
// for systems that are not written in Go.
//
//	go run ./examples/office serve -db office.db -clients clients.json
//
// It returns the exit code, as run does.
func serve(ctx context.Context, args []string, stderr io.Writer) int {
	opt, err := serveFlags(args, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return 0
	}
	if err != nil {
		fmt.Fprintln(stderr, "office serve:", err)
		return 2
	}
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := opt.serve(ctx, stderr); err != nil {
		fmt.Fprintln(stderr, "office serve:", err)
		return 1
	}
	return 0
}

type serveOptions struct {
	addr, db, clients string
}

func serveFlags(args []string, stderr io.Writer) (serveOptions, error) {
	var opt serveOptions
	f := flag.NewFlagSet("office serve", flag.ContinueOnError)
	f.SetOutput(stderr)
	f.StringVar(&opt.addr, "addr", "127.0.0.1:8087", "loopback address to listen on")
	f.StringVar(&opt.db, "db", "office.db", "database file")
	f.StringVar(&opt.clients, "clients", "", "file of clients and their rights, JSON (default: one client of this example's office, its token is printed)")
	if err := f.Parse(args); err != nil {
		return opt, err
	}
	if f.NArg() > 0 {
		return opt, fmt.Errorf("unexpected argument %q", f.Arg(0))
	}
	return opt, checkLoopback(opt.addr)
}

// checkLoopback refuses an address that others can reach: the bridge speaks
// plain HTTP, and a token that crosses a network unencrypted is everybody's.
func checkLoopback(addr string) error {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return fmt.Errorf("-addr: %w", err)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return fmt.Errorf("-addr %q: want a loopback address such as 127.0.0.1:8087; let the office's own proxy, which ends TLS, lead to it", addr)
	}
	return nil
}

// readClients reads the file of clients, or makes one client for this run.
func (opt serveOptions) readClients(stderr io.Writer) ([]bridge.Client, error) {
	if opt.clients != "" {
		f, err := os.Open(opt.clients)
		if err != nil {
			return nil, err
		}
		all, err := bridge.ReadClients(f)
		return all, errors.Join(err, f.Close())
	}
	token := rand.Text()
	fmt.Fprintf(stderr, "không có -clients: một hệ thống khách cho lần chạy này, cơ quan %s, token %s\n", org, token)
	return []bridge.Client{{Name: "thử", TokenSHA256: bridge.Token(token), Actor: clerk,
		Rights: map[vanphong.OrgID][]string{org: {"documents.*", "incoming.*"}}}}, nil
}

// serve listens until the context ends, then lets the requests that are being
// answered finish.
func (opt serveOptions) serve(ctx context.Context, stderr io.Writer) (err error) {
	clients, err := opt.readClients(stderr)
	if err != nil {
		return err
	}
	store, err := sqlite.Open(ctx, opt.db, nil)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	b, err := bridge.New(bridge.Config{
		Documents: store.Documents(), Incoming: store.Incoming(), Clients: clients,
		Passing: func(err error) bool { return errors.Is(err, sqlite.ErrBusy) },
		Log:     slog.New(slog.NewTextHandler(stderr, nil)),
	})
	if err != nil {
		return err
	}
	// Every phase of a connection is bounded: one that is opened and left would
	// otherwise be kept for ever.
	srv := &http.Server{
		Handler: b, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second,
		WriteTimeout: bridge.MaxDuration + 5*time.Second, IdleTimeout: time.Minute, MaxHeaderBytes: 16 << 10,
	}
	l, err := net.Listen("tcp", opt.addr)
	if err != nil {
		return err
	}
	fmt.Fprintf(stderr, "phục vụ tại http://%s ; mô tả tại http://%s/openapi.json ; dừng bằng Ctrl-C\n", l.Addr(), l.Addr())
	stopped := make(chan error, 1)
	go func() {
		<-ctx.Done()
		end, cancel := context.WithTimeout(context.Background(), bridge.MaxDuration)
		defer cancel()
		stopped <- srv.Shutdown(end)
	}()
	if err := srv.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return <-stopped
}
